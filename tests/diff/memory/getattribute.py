# __getattribute__ written in Python, called again and again: counts, what it raises, changes of the class in between.
from _snippets import run

run(r'''
### counts and results
class C:
    def __getattribute__(self, name):
        if name == 'fails': raise AttributeError('no ' + name)
        if name == 'count': return count(self)
        if name == 'stack': return [f.function for f in inspect.stack()[:2]]
        return object.__getattribute__(self, name)
import inspect
c = C(); c.x = 1
def f(c): return [c.count for _ in range(6)], c.count
print(f(c), f(C()), [c.x for _ in range(4)], [C().count for _ in range(4)])
def g(c):
    for _ in range(5):
        try: c.fails
        except AttributeError as e: print(e, e.name, e.obj is c, count(c), end='; ')
    print(hasattr(c, 'fails'), getattr(c, 'fails', 3), count(c))
g(c)
for _ in range(4): stack = c.stack
print(stack); del stack
### the class changes
class C:
    def __getattribute__(self, name): return name + '1'
c = C()
def f(c): return c.attr
print([f(c) for _ in range(5)])
C.__getattribute__ = lambda self, name: name + '2'; print(f(c))
C.__getattribute__.__code__ = (lambda self, name: name + '3').__code__; print(f(c), [f(c) for _ in range(3)][-1])
C.__getattribute__.__code__ = (lambda self, name, more=None: name + '4').__code__
try: print(f(c))
except TypeError as e: print(e)
C.__getattribute__.__defaults__ = (None,); print(f(c))
C.__getattr__ = lambda self, name: 'other'; print(f(c))
def raises(self, name): raise AttributeError(name)
C.__getattribute__ = raises; print([f(c) for _ in range(4)])
del C.__getattr__
for _ in range(3):
    try: f(c)
    except AttributeError as e: print(e)
del C.__getattribute__; c.attr = 5; print([f(c) for _ in range(4)])
### generators, other callables, subclasses, methods
class G:
    def __getattribute__(self, name): yield name
g = G(); print([next(g.a) for _ in range(5)])
class S:
    @staticmethod
    def __getattribute__(name): return name * 2
s = S(); print([s.ab for _ in range(5)])
class L(list):
    def __getattribute__(self, name): return super().__getattribute__(name) if name != 'size' else len(self)
l = L('abc'); print([l.size for _ in range(5)], [l.index('b') for _ in range(4)], count(l))
class M:
    def m(self, x): return count(self), x
    def __getattribute__(self, name): return object.__getattribute__(self, name)
m = M(); print([m.m(1) for _ in range(4)], count(m))
### deep
import sys
class D:
    def __getattribute__(self, name): return self.x
d = D()
for _ in range(3):
    try: d.x
    except RecursionError: print('deep', count(d))
### f.__call__
o = O(); t = (o,)
def f(*a, **k): return count(o), len(a), sorted(k)
print(f.__call__(*t), f.__call__(o), f.__call__(*t, *t), len.__call__(*['abc']))
class K:
    def __call__(self, *a, **k): return count(self), count(o)
k = K(); print(k.__call__(*t), k.__call__(o), type.__call__(K)(*t))
for bad in (lambda: len.__call__(*[]), lambda: (5).__add__(*[1, 2]), lambda: (5).__add__(*[1]), lambda: [].__len__(*(), **{'a': 1})):
    try: print(bad())
    except TypeError as e: print(e)
''')
