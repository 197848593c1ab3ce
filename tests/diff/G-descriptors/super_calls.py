class A:
    def f(s): return ["A"]
    @classmethod
    def c(cls): return ["A", cls.__name__]
    @property
    def p(s): return "Ap"
    x = "Ax"
class B(A):
    def f(s): return ["B"] + super().f()
    @classmethod
    def c(cls): return ["B"] + super().c()
    @property
    def p(s): return "B" + super().p
class C(A):
    def f(s): return ["C"] + super().f()
class D(B, C):
    def f(s): return ["D"] + super().f()
    def g(s):
        def inner(): return super(D, s).f()
        return inner(), [super(D, s).f() for _ in (1,)]
    @staticmethod
    def st(): return super().x
    def dele(s): del s; return super().f()
    def two(s): return super(B, s).f(), super(D, D).c(), super(D, s).x
d = D(); print(d.f(), d.c(), d.p, d.g(), d.two())
for f in (d.st, d.dele, lambda: super(), lambda: super(D, 5), lambda: super(5), lambda: super(D, d).nope, lambda: super(A, d).f(), lambda: super(D).f, lambda: super(int, D)):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
s = super(D, d); print(s.__thisclass__, s.__self__ is d, s.__self_class__, super(D).__self__); import re; print(re.sub("0x\\w+", "_", repr(s)), super(D))
u = super(D); print(u.__get__(d, D).f())
class E:
    def __init__(s): super().__init__(); s.ok = 1
    def __getitem__(s, k): return super().__getitem__(k)
print(E().ok)
try: E()[1]
except AttributeError as e: print(e)
try: super(D, d).x = 1
except AttributeError as e: print(e)
class F(A):
    f = lambda s: super().f()
    def gen(s): yield super().f()
    async def co(s): return super().f()
print(F().f(), next(F().gen()))
try: F().co().send(None)
except StopIteration as e: print(e.value)
