# When and in which order objects die.
from _snippets import run

run(r'''
### del and rebinding
a = D('a'); del a; print('|'); a = D('b'); a = D('c'); print('|'); a = a; print('|'); a = None; print('|')
### temporaries
D('x'); print('|'); (D('a'), D('b')); print('|'); [D('l')]; print('|'); {1: D('v')}; print('|'); D('y').name; print('|')
### locals at return
def f(): a = D('a'); b = D('b'); c = D('c')
f(); print('|')
### parameters at return
def f(a, b, *c, **d): pass
f(D('a'), D('b'), D('c'), D('c2'), x=D('d'), y=D('d2')); print('|')
### return value outlives the locals
def f():
    a = D('a'); b = D('b')
    return a
f(); print('|'); r = f(); print('|'); del r; print('|')
### locals of a frame that raised
def f(): a = D('a'); b = D('b'); raise ValueError
try: f()
except ValueError: print('caught')
print('|')
### held by the traceback
def f(): a = D('a'); raise ValueError
try: f()
except ValueError as e: k = e
print('|'); k.__traceback__ = None; print('|')
### end of except
try: raise ValueError(D('arg'))
except ValueError as e: print('in')
print('|')
### exception replaced
try:
    try: raise ValueError(D('first'))
    except ValueError: raise KeyError(D('second'))
except KeyError as e: print('in'); e.__context__ = None; print('cut')
print('|')
### finally and return
def f():
    try: a = D('a'); return D('r')
    finally: print('f')
f(); print('|')
### list clears last to first
x = [D(i) for i in range(4)]; del x; print('|'); x = [D(i) for i in range(4)]; x.clear(); print('|'); x = [D(i) for i in range(4)]; del x[1:3]; print('|'); x[:] = (); print('|')
### list assignments
x = [D(0), D(1), D(2)]; x[0] = D('n'); print('|'); x[1:2] = [D('p'), D('q')]; print('|'); x *= 0; print('|')
### list pop, remove, sort
x = [D(i) for i in range(3)]; x.pop(); print('|'); x.pop(0); print('|'); x.remove(x[0]); print('|')
### list shrunk by reassigning
x = [D(0)]; x = x + [D(1)]; print('|'); x = x[1:]; print('|'); del x; print('|')
### tuple dies last to first
x = (D(0), D(1), D(2)); del x; print('|'); x = (D(0),); x += (D(1),); print('|'); del x; print('|')
### dict values in order
x = {i: D(i) for i in range(4)}; del x[1]; print('|'); x[2] = D('n'); print('|'); x.clear(); print('|'); x = {1: D('a'), 2: D('b')}; del x; print('|')
### dict keys and values
class K(D):
    def __hash__(self): return 1
    def __eq__(self, o): return self is o
x = {K('k'): D('v'), K('k2'): D('v2')}; del x; print('|')
### dict update, pop, popitem, setdefault
x = {1: D('a'), 2: D('b')}; x.update({1: D('c')}); print('|'); x.pop(1); print('|'); x.popitem(); print('|'); x.setdefault(1, D('d')); x.setdefault(1, D('e')); print('|'); x |= {1: D('f')}; print('|'); del x; print('|')
### set
class H(D):
    def __hash__(self): return self.name
x = {H(1)}; x.add(H(2)); x.discard(None); x.pop(); print('|'); x.clear(); print('|')
### attributes die in order of setting
o = O(); o.a = D('a'); o.b = D('b'); o.c = D('c'); del o; print('|')
### attributes with a dict
o = O(); o.a = D('a'); o.b = D('b'); d = o.__dict__; del o; print('|'); del d; print('|')
### attribute rebinding and deleting
o = O(); o.a = D('a'); o.a = D('b'); print('|'); del o.a; print('|')
### __dict__ replaced
o = O(); o.a = D('a'); o.__dict__ = {'b': D('b')}; print('|'); del o; print('|')
### slots
class S: __slots__ = ('a', 'b')
s = S(); s.a = D('a'); s.b = D('b'); del s; print('|')
### slots and dict in a hierarchy
class S: __slots__ = ('a',)
class T(S): pass
t = T(); t.x = D('x'); t.a = D('a'); del t; print('|')
### object with finalizer holding others
d = D('outer', D('inner1'), D('inner2')); del d; print('|')
### chain
x = None
for i in range(5): x = D(i, x)
del x; print('|'); x = None
### deep chain
x = None
for i in range(100000): x = [x]
x = None; print('done')
### closure
def f():
    a = D('a')
    def g(): return a
    return g
g = f(); print('|'); del g; print('|')
### default and annotations
def f(a=D('d'), *, b=D('k')) -> D('n'): pass
del f; print('|')
### class attributes
class C: a = D('a'); b = D('b')
del C; print('|'); gc.collect(); print('|')
### generator never started
def g(x): yield
x = g(D('a')); del x; print('|')
### generator suspended
def g():
    a = D('a')
    try: yield
    finally: print('fin'); b = D('b')
x = g(); next(x); del x; print('|')
### generator finished
def g(): a = D('a'); yield; b = D('b')
x = g(); list(x); print('|'); del x; print('|')
### generator yields what it holds
def g():
    for i in range(3): yield D(i)
for x in g(): print('body', x.name)
print('|'); del x; print('|')
### comprehension
[D(i) for i in range(2)]; print('|'); {D(i).name for i in range(2)}; print('|'); x = [v.name for v in [D('a'), D('b')]]; print('|')
### generator expression
print(sum(D(i).name for i in range(3))); print('|')
### for loop
for i in [D(0), D(1), D(2)]: print('body')
print('|'); del i; print('|')
### for loop over what only it holds
for x in iter([D(0), D(1)]): x = None; print('body')
print('|')
### break
for i in (D(n) for n in range(5)):
    if i.name == 1: break
print('|'); del i; print('|')
### enumerate and zip
for i, x in enumerate([D('a'), D('b')]): print('body')
del x; print('|')
for x, y in zip([D('a')], [D('b')]): print('body')
del x, y; print('|')
### unpacking
a, b = D(1), D(2); a, b = b, a; print('|'); a, b = D(3), D(4); print('|'); a = b = None; print('|')
### star unpacking
a, *b = [D(1), D(2), D(3)]; print('|'); del b; print('|'); del a; print('|')
### call arguments
def f(*a): print('called')
f(D(1), D(2)); print('|'); f(*[D(1), D(2)]); print('|'); f(*(D(i) for i in range(2))); print('|')
### keyword arguments
def f(**k): print('called')
f(a=D(1), b=D(2)); print('|'); f(**{'a': D(1)}); print('|')
### parameter rebound in the callee
def f(x): x = None; print('rebound')
f(D('a')); print('|'); y = D('b'); f(y); print('|'); del y
### parameter deleted in the callee
def f(x): del x; print('deleted')
f(D('a')); print('|')
### method on a temporary
class E(D):
    def m(self): print('in m'); return 1
E('e').m(); print('|'); x = E('f').m; print('|'); x(); del x; print('|')
### operators on temporaries
class E(D):
    def __add__(self, o): print('add'); return 1
    def __lt__(self, o): print('lt'); return True
    def __getitem__(self, i): print('get'); return 1
E('a') + E('b'); print('|'); E('a') < E('b'); print('|'); E('a')[E('b')]; print('|')
### chained comparison
class E(D):
    def __lt__(self, o): return True
E('a') < E('b') < E('c'); print('|')
### boolean operators
D('a') and D('b'); print('|'); D('a') or D('b'); print('|'); not D('a'); print('|'); x = D('a') if D('c') else D('b'); print('|'); x = None
### with
class E(D):
    def __enter__(self): return D('entered')
    def __exit__(self, *a): print('exit')
with E('m') as v: print('body')
print('|'); del v; print('|')
with E('n'): print('body')
print('|')
### string formatting
class E(D):
    def __str__(self): return 'text'
f"{E('a')}"; print('|'); '%s' % E('b'); print('|'); print(E('c')); print('|'); repr(D('d')); print('|')
### assert and raise
try: assert not D('a'), D('b')
except AssertionError as e: print('in')
print('|')
### match
match D('a'):
    case O(): pass
    case D(name=n): print(n)
print('|')
### del several
a, b, c = D('a'), D('b'), D('c'); del b, a, c; print('|')
### global deleted by a function
a = D('a')
def f():
    global a
    del a; print('deleted')
f(); print('|')
### exec namespace
d = {}; exec('x = __import__("builtins").__dict__', d); d['y'] = D('y'); d['z'] = D('z'); del d; print('|'); gc.collect(); print('|')
### module
import types
m = types.ModuleType('m'); m.a = D('a'); m._b = D('b'); del m; print('|')
### deque
import collections
q = collections.deque([D(0), D(1), D(2)], 3); q.append(D(3)); print('|'); q.popleft(); print('|'); q.clear(); print('|')
### OrderedDict and defaultdict
import collections
o = collections.OrderedDict(a=D('a'), b=D('b')); del o; print('|'); d = collections.defaultdict(lambda: D('made')); d[1]; del d; print('|')
### itertools
import itertools
list(itertools.chain([D(0)], [D(1)])); print('|'); c = itertools.cycle([D(0)]); next(c); print('|'); del c; print('|'); a, b = itertools.tee(D(i) for i in range(2)); next(a); next(b); print('|'); del a, b; print('|')
### functools
import functools
p = functools.partial(print, D('a'), x=D('b')); del p; print('|'); c = functools.lru_cache(1)(lambda x: x); c(1); f = functools.reduce(lambda a, b: b, [D(0), D(1), D(2)]); print('|'); f = None; print('|')
### lru_cache evicts
import functools
@functools.lru_cache(maxsize=2)
def f(n): return D(n)
f(1); f(2); print('|'); f(3); print('|'); f.cache_clear(); print('|')
### sorted and min
sorted([D(1), D(2)], key=lambda d: -d.name); print('|'); m = min([D(1), D(2)], key=lambda d: d.name); print('|'); m = None
### map and filter
list(map(lambda d: d.name, [D(0), D(1)])); print('|'); list(filter(lambda d: d.name, (D(i) for i in range(2)))); print('|')
### iter with sentinel
i = iter(lambda: D('r'), None); next(i); print('|'); next(i); print('|')
### slices
x = [1, 2, 3]; s = slice(D('a'), D('b'), D('c')); del s; print('|')
### bound method keeps its object
class E(D):
    def m(self): pass
e = E('e'); m = e.m; del e; print('|'); del m; print('|')
### callable instances
class E(D):
    def __call__(self): print('call')
E('e')(); print('|')
### class called with temporaries
class E:
    def __init__(self, a): print('init')
E(D('a')); print('|')
class F:
    def __init__(self, a): self.a = a
F(D('a')); print('|'); x = F(D('b')); x.__init__(D('c')); print('|'); del x; print('|')
### init raises
class E(D):
    def __init__(self, n): super().__init__(n); raise ValueError
try: E('e')
except ValueError: print('in')
print('|')
### new raises
class E:
    def __new__(cls, a): raise ValueError(a)
try: E(D('a'))
except ValueError: print('in')
print('|')
### subclass of builtins
class L(list):
    def __del__(self): print('- L', end=' ')
class T(tuple):
    def __del__(self): print('- T', end=' ')
class I(int):
    def __del__(self): print('- I', end=' ')
class S(str):
    def __del__(self): print('- S', end=' ')
x = L([D(1)]); del x; print('|'); x = T((D(1),)); del x; print('|'); I(5); print('|'); S('a') + 'b'; print('|')
### property and descriptor values
class C:
    @property
    def p(self): return D('p')
C().p; print('|'); C().p.name; print('|')
### exception group
try: raise ExceptionGroup('g', [ValueError(D('a')), KeyError(D('b'))])
except* ValueError: print('v')
except* KeyError: print('k')
print('|')
### traceback of a caught exception in a loop
for i in range(2):
    try: a = D(i); raise ValueError
    except ValueError: pass
    print('next')
a = None; print('|')
### frame locals through f_locals
def f(): a = D('a'); return sys._getframe()
x = f(); print('|'); x.clear(); print('|')
### locals() snapshot
def f(): a = D('a'); return locals()
x = f(); print('|'); del x; print('|')
### weak value died
d = weakref.WeakValueDictionary(); d[1] = D('a'); print(len(d)); x = D('b'); d[2] = x; print(len(d)); del x; print(len(d))
### coroutine
async def c(x): pass
x = c(D('a')); x.close(); print('|'); del x; print('|')
### async generator
async def g(): yield D('a')
a = g().__anext__()
try: a.send(None)
except StopIteration as e: print('got')
print('|'); del a; print('|')
### thread locals
import threading
l = threading.local(); l.x = D('main'); t = threading.Thread(target=lambda: setattr(l, 'x', D('thread'))); t.start(); t.join(); print('|'); del l; print('|')
### contextvars
import contextvars
def f(): v.set(D('in'))
v = contextvars.ContextVar('v'); c = contextvars.copy_context(); c.run(f); print('|'); del c; print('|')
### copy
import copy
x = [D('a')]; y = copy.copy(x); del x; print('|'); del y; print('|')
### bytes and memory views
class B(bytearray):
    def __del__(self): print('- B', end=' ')
b = B(3); m = memoryview(b); del b; print('|'); m.release(); print('|'); del m; print('|')
### container of itself
x = [D('a')]; x.append(x); del x; print('|'); gc.collect(); print('|')
### instance in a cycle
o = O(); o.me = o; o.d = D('a'); del o; print('|'); gc.collect(); print('|')
### function recursion in a closure
def f():
    a = D('a')
    def g(): return g, a
f(); print('|'); gc.collect(); print('|')
''')
