# Counts inside what is called through slots and natives, which hold its arguments meanwhile.
from _snippets import run

run(r'''
### partial
import functools
o = O()
def f(*a, **k): return count(o)
p = functools.partial(f, o, k=o); print(count(o), p(), count(f)); p2 = functools.partial(p, o); print(count(o), p2(), count(f), count(p)); del p, p2; print(count(o), count(f))
### __getattribute__
class C:
    def __getattribute__(self, n): return count(self)
c = C(); print(c.x, [c.x for _ in range(4)], C().x)
### callbacks from natives
def f(x, *a): return count(x)
o = O(); import functools; print(functools.partial(f)(o), f.__call__(o), f.__get__(o)(), apply(f, o) if 0 else '')
### class call through type.__call__
class C:
    def __init__(self, o): print(count(o))
o = O(); type.__call__(C, o); C.__call__(o); C(*[o]); C(**{'o': o}); C(o=o)
### generator throw
def g(o):
    try: yield
    except KeyError as e: print(count(o), count(e)); yield
o = O(); it = g(o); next(it); it.throw(KeyError(o)); print(count(o)); it.close(); print(count(o))
### __new__ and __init__
class C:
    def __new__(cls, o): s = object.__new__(cls); print(count(s), count(o)); return s
    def __init__(self, o): print(count(self), count(o))
o = O(); C(o)
def f():
    o = O(); C(o); C(O())
f(); f()
### bound method call
class C:
    def m(self, x): return count(self), count(x)
def f():
    c = C(); o = O(); m = c.m
    print(c.m(o), m(o), C.m(c, o), c.m(*[o]), c.m(x=o), C().m(O()))
f(); f(); c = C(); o = O(); m = c.m; print(c.m(o), m(o), C.m(c, o))
### tuples of the caller's
o = O(); t = (o,)
def f(*a, **k): return count(o)
import functools; print(f.__call__(*t), functools.partial(f, k=o)(*t))
''')
