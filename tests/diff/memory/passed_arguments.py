"""Counts of arguments, as what is called sees them: what the call's own tuples and dicts hold on the way."""
from functools import partial
from sys import getrefcount as rc
def run(c, *what):
    out = []
    for i in range(6):
        x = object()
        out.append(c(x))
    print(*what, out)
class V:
    def __init__(self, p, *a, k=None, **kw): self.n = rc(a[0]) if a else 0, rc(p), rc(k), [rc(v) for v in kw.values()]
run(lambda x: V(1, x).n, 1)
run(lambda x: V(x, x).n, 2)
run(lambda x: V(x, x, x, x).n, 3)
run(lambda x: V(x, k=x).n, 4)
run(lambda x: V(1, k=x).n, 5)
run(lambda x: V(1, 2, y=x).n, 6)
run(lambda x: V(1, x, y=x).n, 7)
run(lambda x: V(1, x, y=x, k=x, z=x).n, 8)
run(lambda x: V(*(1, x), y=x, k=x, z=x).n, 9)
class C:
    def __call__(self, p, *a, k=None, **kw): return rc(a[0]) if a else 0, rc(p), rc(k), [rc(v) for v in kw.values()], rc(self)
c = C()
run(lambda x: c(1, x), 11)
run(lambda x: c(x, x), 12)
run(lambda x: c(x, x, x, x), 13)
run(lambda x: c(x, k=x), 14)
run(lambda x: c(1, k=x), 15)
run(lambda x: c(1, 2, y=x), 16)
run(lambda x: c(1, x, y=x), 17)
run(lambda x: c(1, x, y=x, k=x, z=x), 18)
class M:
    def m(self, p, *a, k=None, **kw): return rc(a[0]) if a else 0, rc(p), rc(k), [rc(v) for v in kw.values()]
m = M(); b = m.m
run(lambda x: m.m(1, x), 21)
run(lambda x: m.m(x, x, x, x), 23)
run(lambda x: m.m(x, k=x), 24)
run(lambda x: m.m(1, x, y=x, k=x, z=x), 28)
run(lambda x: b(1, x), 31)
run(lambda x: b(x, x, x, x), 33)
run(lambda x: b(x, k=x), 34)
run(lambda x: b(1, x, y=x, k=x, z=x), 38)
def f(p, *a, k=None, **kw): return rc(a[0]) if a else 0, rc(p), rc(k), [rc(v) for v in kw.values()]
run(lambda x: f(1, x), 41)
run(lambda x: f(x, k=x), 44)
run(lambda x: f(1, x, y=x, k=x, z=x), 48)
def g(x):
    y = [x]
    return V(x, y[0], k=y[0], z=y.pop()).n
run(g, 51)
def g(x):
    y = [x]
    return c(x, y[0], k=y[0], z=y.pop())
run(g, 52)
class K:
    def __init__(self, x, y=None): self.n = rc(x), rc(y)
class Ch(K):
    def __init__(self, *args, **kw): super().__init__(*args, **kw)
class Ch2(Ch):
    def __init__(self, *args, **kw):
        self.a = args
        super().__init__(*args, **kw)
run(lambda x: Ch(x).n, 61)
run(lambda x: Ch(x, y=x).n, 62)
run(lambda x: Ch2(x).n, 63)
run(lambda x: Ch2(x, y=x).n, 64)
class E(Exception):
    def __init__(self, *args): super().__init__(*args); self.n = rc(args[0])
run(lambda x: E(x).n, 65)
import dataclasses
@dataclasses.dataclass
class Dc:
    a: object
    b: object = None
    def __post_init__(self): self.n = rc(self.a)
run(lambda x: Dc(x).n, 66)
run(lambda x: Dc(a=x, b=x).n, 67)
class T(type):
    def __call__(cls, *a, **k):
        o = super().__call__(*a, **k)
        o.m = rc(a[0]) if a else 0, [rc(v) for v in k.values()]
        return o
class W(K, metaclass=T): pass
run(lambda x: (W(x).n), 68)
run(lambda x: (W(x).m), 69)
run(lambda x: (W(x=x).m), 70)
run(lambda x: (W(x=x).n), 71)

class P(K):
    def __init__(self, *a): super().__init__(*a)
class Meta(type):
    def __call__(cls, *a): return super().__call__(*a)
class WV(metaclass=Meta):
    def __init__(self, *x): self.n = rc(x[0])
class E2(Exception):
    def __init__(self, *args):
        first = self.args
        super().__init__(*args)
        self.n = self.args is args, first is args, rc(args[0])
run(lambda x: P(x).n, 81)
run(lambda x: WV(x).n, 82)
run(lambda x: E2(x).n, 83)
run(lambda x: partial(K, x)().n, 84)
run(lambda x: partial(V, 1, x)().n, 85)
run(lambda x: partial(f, 1)(x), 86)
run(lambda x: partial(E2)(x).n, 87)
