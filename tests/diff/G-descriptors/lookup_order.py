class Data:
    def __get__(s, o, t): return f"data get {o is not None} {t.__name__}"
    def __set__(s, o, v): print("data set", v)
    def __delete__(s, o): print("data del")
class NonData:
    def __get__(s, o, t=None): return "nondata"
class SetOnly:
    def __set__(s, o, v): print("setonly", v); o.__dict__["so"] = v
class A:
    d = Data(); n = NonData(); so = SetOnly(); plain = "class"
    def __getattr__(s, k): return f"getattr {k}"
a = A(); a.__dict__.update(d="inst", n="inst n", plain="inst plain")
print(a.d, a.n, a.plain, A.d, A.n, a.zzz); a.d = 5; del a.d; a.so = 3; print(a.so, a.__dict__, type(A.so).__name__)
del a.n; print(a.n); a.n = 7; print(a.n)
class B:
    @property
    def p(s): raise AttributeError("inner")
    def __getattr__(s, k): return "fallback " + k
print(B().p)
class C:
    @property
    def p(s): return s.missing
try: C().p
except AttributeError as e: print(e)
class D:
    x = NonData()
class E(D): pass
print(E.x, E().x, super(E, E()).x, object.__getattribute__(E(), "x"), type.__getattribute__(E, "x"))
class G:
    __get__ = None
class H: g = G()
try: H().g
except TypeError as e: print(e)
class OnlyGet:
    def __get__(s, o, t): raise AttributeError("from descr")
class I: x = OnlyGet()
i = I()
for f in (lambda: i.x, lambda: I.x, lambda: hasattr(i, "x"), lambda: getattr(i, "x", "dflt"), lambda: setattr(A(), "d", 1)):
    try: print(f())
    except AttributeError as e: print("AE", e)
class Del:
    def __delete__(s, o): print("deleted")
class J: x = Del()
del J().x
try: J().x = 1
except AttributeError as e: print(e)
class K: x = SetOnly()
try: del K().x
except AttributeError as e: print(e)
