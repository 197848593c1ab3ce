class M(type):
    @classmethod
    def __prepare__(m, n, b, **k): print("prepare", n, b, k); return {"injected": 1}
    def __new__(m, n, b, ns, **k): print("new", n, [x for x in ns if not x.startswith("__")], k); return super().__new__(m, n, b, ns)
    def __init__(c, n, b, ns, **k): print("init", c.__name__, k); super().__init__(n, b, ns)
    def __call__(c, *a, **k): print("call", c.__name__, a, k); return super().__call__(*a, **k)
    def __setattr__(c, n, v): print("setattr", n); super().__setattr__(n, v)
    def __instancecheck__(c, o): return o == 42
    def __subclasscheck__(c, o): return o is int
    def __len__(c): return 7
    def __getattr__(c, n): return "meta " + n
    def __iter__(c): return iter("ab")
    def __contains__(c, x): return x == "in"
    def __getitem__(c, k): return k
    def __add__(c, o): return "added"
    def __dir__(c): return ["x"]
class A(metaclass=M, opt=1):
    print("body", injected); x = 2
    def __new__(cls, *a): print("A.new", a); return super().__new__(cls)
    def __init__(s, *a): print("A.init", a)
A(1); A.y = 3; print(isinstance(42, A), issubclass(int, A), len(A), A.zzz, list(A), "in" in A, A[5], A + 1, dir(A), bool(A))
class B(A): pass
print(type(B).__name__, B.injected); B()
class N:
    def __new__(c): return 5
    def __init__(s): print("never")
print(N())
class NoPrep(type):
    __prepare__ = lambda n, b: {"seen": (n, b)}
print((lambda: type.__prepare__("a", ()))())
class P(metaclass=lambda n, b, ns: (n, b, sorted(ns))): q = 1
print(P)
class Q(metaclass=print): pass
print(Q)
