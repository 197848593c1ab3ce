x = "global"
def f():
    x = "local"
    class A:
        y = x
        x = "class"
        z = x
        def m(self): return x
        l = [x for _ in range(1)]; g = list(x for _ in range(1))
        def s(self): return __class__.__name__, super().__repr__()[:4]
    return A
A = f(); a = A(); print(A.y, A.z, a.m(), A.l, A.g, a.s()[0])
class B:
    x = x + "+B"
    def get(self): return x
    try: w = undefined_thing
    except NameError as e: w = str(e)
print(B.x, B().get(), B.w)
def g():
    class C:
        nonlocal v
        v = "set in class"
    v = 1
    class D:
        nonlocal v
        v = "set in class"
    return v, hasattr(D, "v")
print(g())
def h():
    class E:
        global gg
        gg = 5
    return E
h(); print(gg)
class M(type):
    def __new__(m, n, b, ns): print(sorted(k for k in ns if "cell" in k)); c = super().__new__(m, n, b, ns); return c
class F(metaclass=M):
    def q(self): return __class__
print(F().q() is F)
class N(type):
    def __new__(m, n, b, ns): ns.pop("__classcell__", None); return super().__new__(m, n, b, ns)
try:
    class G(metaclass=N):
        def q(self): return super()
except RuntimeError as e: print(e)
def t[T](a: T):
    class In[U]: y: T; z: U
    return In.__annotations__, In.__type_params__
print(t(1))
