class D:
    def __set_name__(s, o, n): print("  set_name", n, "in", o.__name__, hasattr(o, n))
class M(type):
    def __new__(m, n, b, ns, **k):
        print("meta new start", n); c = super().__new__(m, n, b, ns, **k); print("meta new end"); return c
    def __init__(c, n, b, ns, **k): print("meta init", n, k)
class Base(metaclass=M):
    def __init_subclass__(cls, **k): print("  init_subclass", cls.__name__, k, cls.__bases__[0].__name__)
class A(Base, x=1):
    a = D(); b = D()
    print("body")
class B1(Base):
    def __init_subclass__(cls, **k): print("  B1.init_subclass"); super().__init_subclass__(**k)
class B2(Base):
    def __init_subclass__(cls, **k): print("  B2.init_subclass"); super().__init_subclass__(**k)
class C(B1, B2, y=2): pass
class T:
    def __init_subclass__(cls): print(sorted(k for k in vars(cls) if not k.startswith("__")), cls.__doc__, getattr(cls, "__static_attributes__", None))
class U(T):
    "doc"
    def m(self): self.attr = 1
