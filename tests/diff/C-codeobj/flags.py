import inspect, dis
def f(): pass
def n():
    x = 1
    def g(): return x
    return g
class A:
    def m(self): pass
    @staticmethod
    def s(*a, **k): pass
async def c(): pass
async def ag(): yield
def g(): "doc"; yield
lam = lambda: (yield)
for x in (f, n, n(), A.m, A.s, c, ag, g, lam): print(x.__name__, dis.pretty_flags(x.__code__.co_flags), x.__code__.co_flags & 0x4000000, x.__code__.co_flags & 0x8000000)
print(dis.pretty_flags(compile("1", "", "exec").co_flags), dis.pretty_flags(compile("from __future__ import annotations", "", "exec").co_flags))
print({k: v for k, v in inspect.__dict__.items() if k.startswith("CO_")})
def br(x):
    while x:
        if x > 1 and x < 5: x -= 1
        for y in range(x): print(y)
        x -= 1
print(list(br.__code__.co_branches()))
