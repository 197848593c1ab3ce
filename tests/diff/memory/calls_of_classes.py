# Counts inside calls of classes and partial objects, which hold arguments in tuples, or on a stack of their own with keywords.
from _snippets import run

run(r'''
### __new__ and __init__
class C:
    def __new__(cls, o): s = object.__new__(cls); print(count(s), count(o)); return s
    def __init__(self, o): print(count(self), count(o))
o = O(); C(o); C(*[o])
def f():
    o = O(); C(o); C(O()); C(*[o])
f(); f()
### __init__ alone
class C:
    def __init__(self, o): print(count(self), count(o))
o = O(); C(o); C(*[o]); C(**{'o': o}); C(*(o,)); type.__call__(C, o); C.__call__(o)
### natives of one tuple
o = O(); t = (o,)
def f(*a, **k): return count(o)
print(f(*t), f.__call__(o), f(**{'k': o}), max(*t, o, key=lambda x: count(x)) is o)
### partial
import functools
o = O()
def f(*a, **k): return count(o)
for p in functools.partial(f), functools.partial(f, o), functools.partial(f, k=o), functools.partial(f, o, k=o):
    print(count(o), p(), p(1), p(o), p(k=1))
''')
