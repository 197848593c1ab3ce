class D:
    def __init__(s): s.n = None
    def __set_name__(s, o, n): print("set_name", o.__name__, n); s.n = n
class A:
    x = D(); y = x
d = D(); A.z = d; print(d.n)
class Bad:
    def __set_name__(s): pass
class Bad2:
    def __set_name__(s, o, n): raise ValueError("no")
for b in (Bad, Bad2):
    try: type("T", (), {"attr": b()})
    except Exception as e: print(type(e).__name__, e, getattr(e, "__notes__", None))
def f(s, *a): return s, a
class B: m = f; c = classmethod(f); st = staticmethod(f); l = len; lam = lambda s: "lam"
b = B(); print(f.__get__(1)(2), f.__get__(None, int) is f, b.m(1)[1], B.m(1, 2), b.c(5) == (B, (5,)), b.st(9), b.l([1, 2]), b.lam())
print(b.m == b.m, b.m is b.m, b.m.__func__ is f, b.m.__self__ is b, hash(b.m) == hash(b.m), B.c.__self__, B.__dict__["c"].__func__ is f, B.__dict__["c"].__wrapped__ is f)
try: f.__get__(None)
except TypeError as e: print(e)
try: f.__get__(None, None)
except TypeError as e: print(e)
import types; m = types.MethodType(len, [1, 2, 3]); print(m(), m.__func__, m.__self__, m.__name__)
for a in ((5, 1), (len, None), (len,)):
    try: types.MethodType(*a)
    except TypeError as e: print(e)
try: b.m.x = 1
except AttributeError as e: print(e)
print(staticmethod(f)(1), staticmethod(f).__name__, classmethod(f).__isabstractmethod__, B.__dict__["st"].__get__(b) is f, int.__add__.__get__(5)(6), str.upper.__get__("a")(), int.real.__get__(7))
for c in ("int.__add__.__get__('x')", "str.upper.__get__(5)", "str.upper()", "str.upper(5)", "int.__add__('a', 1)", "int.real.__get__('x')", "B.m()", "B().c.__func__()", "list.append.__get__([1])(2, 3)", "object.__dict__['__class__'].__get__(5)", "type.__dict__['__mro__'].__get__(5)"):
    try: print(c, eval(c))
    except TypeError as e: print(c, e)
