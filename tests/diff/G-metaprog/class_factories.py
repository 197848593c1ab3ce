def make(name, *fields, **defaults):
    args = ", ".join([*fields, *(f"{k}={v!r}" for k, v in defaults.items())]); body = "".join(f"\n    self.{f} = {f}" for f in [*fields, *defaults]) or "\n    pass"
    ns = {}; exec(f"def __init__(self, {args}):{body}", {}, ns)
    ns["__repr__"] = lambda s: f"{name}({', '.join(f'{k}={v!r}' for k, v in vars(s).items())})"
    return type(name, (), ns)
P = make("P", "x", "y", z=3); print(P(1, 2), P(1, y=5, z=6), P.__name__, P.__module__)
try: P(1)
except TypeError as e: print(e)
def mixin(**ms): return type("Mixin", (), {k: (lambda n: lambda s: f"{n} of {type(s).__name__}")(v) for k, v in ms.items()})
class K(mixin(hello="greet", bye="part")): pass
print(K().hello(), K().bye())
def add_methods(cls):
    for n in ("a", "b"):
        def m(self, _n=n): return _n
        m.__name__ = n; m.__qualname__ = f"{cls.__qualname__}.{n}"; setattr(cls, n, m)
    return cls
@add_methods
class D: pass
print(D().a(), D().b(), D.a.__qualname__)
class Chain:
    def __init__(s, p=""): s.p = p
    def __getattr__(s, n): return Chain(f"{s.p}/{n}")
    def __call__(s, *a): return Chain(f"{s.p}({','.join(map(str, a))})")
    def __str__(s): return s.p
print(Chain().users(5).posts.latest)
class Auto(dict):
    def __missing__(s, k):
        if k.startswith("__"): raise KeyError(k)
        s[k] = v = len([x for x in s if not x.startswith("_")]); return v
class AM(type):
    @classmethod
    def __prepare__(m, n, b): return Auto()
    def __new__(m, n, b, ns): return super().__new__(m, n, b, dict(ns))
class Colours(metaclass=AM):
    red; green; blue
print(Colours.red, Colours.green, Colours.blue)
class Overload(dict):
    def __setitem__(s, k, v):
        if callable(v) and k in s: s.setdefault("_ov", {}).setdefault(k, [s[k]]).append(v)
        super().__setitem__(k, v)
class OM(type):
    @classmethod
    def __prepare__(m, n, b): return Overload()
class O(metaclass=OM):
    def f(self): return 0
    def f(self, x): return 1
print({k: len(v) for k, v in O._ov.items()})
