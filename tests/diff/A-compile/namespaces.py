g = {"x": 1}
exec("y = x + 1\ndef f(): return x, y\n", g)
print(g["y"], g["f"](), "__builtins__" in g)
l = {}
exec("z = 5\nclass A: w = 7", {"q": 0}, l)
print(sorted(l), l["A"].w)
print(eval("a + b", {"a": 1}, {"b": 2}))
def fn():
    v = 10
    exec("v = 20; n = 1")
    print(v, "n" in locals(), sorted(locals()))
    d = locals(); d["v"] = 99
    print(v, d["v"], eval("v + 1"))
fn()
print(eval("len('abc')", {"__builtins__": {"len": lambda s: -1}}))
for c, ns in (("open", {"__builtins__": {}}), ("import os", {"__builtins__": {}}), ("class A: pass", {"__builtins__": {}})):
    try: exec(c, ns)
    except Exception as e: print(type(e).__name__, e)
class M(dict):
    def __missing__(self, k): return "missing " + k
    def __setitem__(self, k, v): print("set", k, v); super().__setitem__(k, v)
exec("a = b\nprint(a)", {}, M())
exec("print(closure_cell())", {"closure_cell": lambda: "called"})
def outer():
    t = 3
    def inner(): return t
    return inner
f = outer()
try: exec(f.__code__)
except TypeError as e: print(e)
exec(f.__code__, closure=f.__closure__)
for args in (("1",), ("1", 5), ("1", {}, 5), (5,), ("1", None, None)):
    for fn in (eval, exec):
        try: print(fn.__name__, fn(*args))
        except TypeError as e: print(fn.__name__, e)
