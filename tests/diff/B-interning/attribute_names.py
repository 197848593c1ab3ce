import sys
class A: pass
o = A(); n = "dyn_" + str(1)
setattr(o, n, 5); k = list(vars(o))[0]; print(k == n, sys._is_interned(k), getattr(o, "dyn" + "_1"))
d = {"dyn_" + str(2): 1}; print([sys._is_interned(k) for k in d])
def f(**kw): return [sys._is_interned(k) for k in kw]
print(f(**{"zz_" + str(3): 1}), f(literal=1))
T = type("Name" + str(1), (), {"attr" + str(1): 1}); print(sys._is_interned(T.__name__), [sys._is_interned(k) for k in vars(T)])
import keyword; print(all(map(sys._is_interned, dir(object))))
b = "split me now".split(); c = "split me now".split(); print([x is y for x, y in zip(b, c)], [x is y for x, y in zip("abc", "abc")])
j = __import__("json").loads('[{"kk": 1}, {"kk": 2}]'); print([k for d in j for k in d][0] is [k for d in j for k in d][1])
