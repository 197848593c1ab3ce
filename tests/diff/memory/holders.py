# Counts of an object with each kind of holder.
from _snippets import run

run(r'''
### list item
o = O(); x = [o, o]; print(count(o))
### tuple item
o = O(); x = (o, o, o); print(count(o))
### set item
o = O(); x = {o}; print(count(o)); x.add(o); print(count(o)); x.discard(o); print(count(o))
### frozenset item
o = O(); x = frozenset([o, o]); print(count(o))
### dict value and key
o = O(); x = {o: o}; print(count(o)); x[1] = o; print(count(o)); del x[o]; print(count(o))
### dict item replaced by itself
o = O(); x = {1: o}; x[1] = o; x[1] = o; print(count(o))
### dict.setdefault
o = O(); x = {}; x.setdefault(1, o); print(count(o)); x.setdefault(1, o); print(count(o))
### dict.fromkeys
o = O(); x = dict.fromkeys(range(5), o); print(count(o))
### dict.pop and popitem
o = O(); x = {1: o, 2: o}; y = x.pop(1); print(count(o)); z = x.popitem(); print(count(o)); del y, z; print(count(o))
### dict.update and copy
o = O(); x = {1: o}; y = x.copy(); z = {}; z.update(x); print(count(o)); w = x | y; print(count(o))
### dict views
o = O(); x = {1: o}; v = x.values(); print(count(o), count(x)); it = iter(v); print(count(x)); y = next(it); print(count(o), list(it), count(x))
### dict items iterator reuses its tuple
o = O(); x = {1: o, 2: o, 3: o}; it = iter(x.items()); next(it); print(count(o)); t = next(it); print(count(o)); next(it); print(count(o))
### keyword dict
def f(**k): print(count(k['o']), count(k)); return k
o = O(); f(o=o); k = f(**{'o': o}); print(count(o), count(k))
### attribute
o = O(); h = O(); h.a = o; h.b = o; print(count(o)); del h.a; print(count(o)); h.b = None; print(count(o))
### attribute dict materialised
o = O(); h = O(); h.a = o; d = h.__dict__; print(count(o), count(d)); d['b'] = o; print(count(o)); del h; print(count(d), count(o))
### class attribute
o = O(); C = type('C', (), {'a': o}); print(count(o)); C.b = o; print(count(o)); C.a = 1; print(count(o)); print(count(C()), count(o))
### slot
class S: __slots__ = ('a', 'b')
o = O(); s = S(); s.a = o; s.b = o; print(count(o)); del s.a; print(count(o)); del s; print(count(o))
### module attribute
import types
o = O(); m = types.ModuleType('m'); m.a = o; print(count(o)); del m; print(count(o))
### function default
o = O()
def f(a=o, *, k=o): return count(a)
print(count(o), f(), count(f.__defaults__), count(f.__kwdefaults__)); f.__defaults__ = None; print(count(o))
### function attribute
o = O()
def f(): pass
f.a = o; print(count(o)); f.__dict__.clear(); print(count(o))
### closure cell
def outer():
    o = O()
    def inner(): return o
    print(count(o), count(inner.__closure__), count(inner.__closure__[0]))
    c = inner.__closure__[0]
    print(count(o), count(c), count(c.cell_contents))
    return inner
f = outer(); print(count(f()))
### nonlocal
def outer(o):
    def put(x):
        nonlocal o
        o = x
    print(count(o)); put(None)
x = O(); outer(x); print(count(x))
### cell made by hand
import types
o = O(); c = types.CellType(o); print(count(o)); c.cell_contents = None; print(count(o))
### bound method
class C:
    def m(self): pass
c = C(); m = c.m; print(count(c), count(C.m), count(m)); n = [c.m, c.m]; print(count(c), count(C.m)); del m, n; print(count(c), count(C.m))
### builtin method
x = []; a = x.append; print(count(x), count(a)); y = [x.pop] * 3; print(count(x))
### method wrapper
o = O(); w = o.__str__; print(count(o), count(w)); del w; print(count(o))
### staticmethod and classmethod
def f(): pass
s = staticmethod(f); print(count(f)); c = classmethod(f); print(count(f)); d = s.__dict__; print(count(f)); del s, c, d; print(count(f))
### property
def f(self): pass
p = property(f, f, f); print(count(f)); q = p.getter(None); print(count(f)); q = p.deleter(f); print(count(f))
### lru_cache
import functools
@functools.lru_cache
def f(x): return x
o = O(); f(o); print(count(o)); f(o); print(count(o)); f.cache_clear(); print(count(o))
### map filter zip enumerate
o = O(); x = [o]; m = map(len, x); print(count(x)); f = filter(None, x); print(count(x), list(f) == x, count(x), count(o)); z = zip(x, x); print(count(x), count(o)); t = next(z); print(count(o)); e = enumerate(x); u = next(e); print(count(o))
### reversed
x = [O()]; r = reversed(x); print(count(x)); a = next(r); print(count(x), count(a)); print(next(r, None), count(x))
### list iterator ends and lets go
x = [1]; it = iter(x); print(count(x)); next(it); print(count(x)); print(next(it, 'end'), count(x))
### tuple iterator
o = O(); x = (o,); it = iter(x); print(count(x)); next(it); print(count(x)); print(next(it, 'end'), count(x))
### str iterator
s = ''.join(['ab', 'cd']); it = iter(s); print(count(s)); list(it); print(count(s))
### set iterator
x = {O()}; it = iter(x); print(count(x)); list(it); print(count(x))
### range holds nothing of ours
n = int('1000'); r = range(n); print(count(n), count(r.stop)); it = iter(r); print(count(r))
### range of huge ints
n = 10 ** 30; r = range(n); print(count(n)); r2 = range(n, n + 5, 1); print(count(n)); it = iter(r2); a = next(it); print(a is n, count(n))
### slice
o = O(); s = slice(o, o, o); print(count(o)); t = s.indices if 0 else None; del s; print(count(o))
### itertools.chain
import itertools
o = O(); c = itertools.chain([o], [o]); print(count(o)); x = next(c); print(count(o)); y = list(c); print(count(o)); del x, y; print(count(o))
### itertools.cycle
import itertools
o = O(); c = itertools.cycle([o]); print(count(o)); next(c); print(count(o)); next(c); print(count(o)); del c; print(count(o))
### itertools.repeat
import itertools
o = O(); r = itertools.repeat(o, 2); print(count(o)); x = list(r); print(count(o)); del r; print(count(o))
### itertools.tee
import itertools
o = O(); a, b = itertools.tee([o, o]); print(count(o)); next(a); print(count(o)); next(b); print(count(o)); del a; print(count(o)); del b; print(count(o))
### itertools.product reuses its tuple
import itertools
o = O(); p = itertools.product([o], repeat=2); print(count(o)); next(p); print(count(o)); t = list(p); print(count(o)); del p; print(count(o))
### itertools.groupby
import itertools
o = O(); g = itertools.groupby([o, o]); k, sub = next(g); print(count(o)); x = list(sub); print(count(o)); del g, k, sub, x; print(count(o))
### itertools.islice, accumulate, zip_longest
import itertools
o = O(); a = itertools.islice([o, o], 1); print(count(o)); list(a); print(count(o)); z = itertools.zip_longest([o], [], fillvalue=o); print(count(o)); next(z); print(count(o)); a = itertools.accumulate([o], initial=o); print(count(o)); next(a); print(count(o))
### deque
import collections
o = O(); q = collections.deque([o, o], 2); print(count(o)); q.append(None); print(count(o)); q.rotate(1); print(count(o)); q.clear(); print(count(o))
### OrderedDict
import collections
o = O(); d = collections.OrderedDict(); d[o] = o; print(count(o)); d.move_to_end(o); print(count(o)); del d[o]; print(count(o))
### defaultdict
import collections
def make(): return 1
d = collections.defaultdict(make); print(count(make)); d[1]; e = d.copy(); print(count(make))
### namedtuple
import collections
P = collections.namedtuple('P', 'a b'); o = O(); p = P(o, o); print(count(o)); q = p._replace(a=1); print(count(o)); del p; print(count(o))
### list.append, insert, extend, +, *
o = O(); x = []; x.append(o); x.insert(0, o); x.extend([o, o]); print(count(o)); y = x + x; print(count(o)); y = x * 3; print(count(o)); y *= 2; print(count(o)); x += x; print(count(o))
### list slices
o = O(); x = [o] * 5; y = x[1:3]; print(count(o)); x[1:3] = []; print(count(o)); x[::2] = [1, 2]; print(count(o)); del x[:]; print(count(o))
### list.sort with key
o = O(); x = [o, o]; x.sort(key=id); print(count(o)); y = sorted(x, key=lambda v: count(v)); print(count(o))
### key function sees its argument
o = O(); print(max([o], key=count) is o, sorted([O(), O()], key=lambda v: print(count(v)) or 0) and '')
### unpacking
o = O(); a, b = o, o; print(count(o)); a, *b = [o, o, o]; print(count(o)); (a, (b,)) = o, (o,); print(count(o))
### swap
a = O(); b = O(); a, b = b, a; print(count(a), count(b)); a, b, c = b, a, a; print(count(a), count(b))
### chained assignment
a = b = c = O(); print(count(a)); x = y = [a, b]; print(count(a), count(x))
### walrus
print(count(o := O()), count(o)); x = [y := o, y]; print(count(o))
### conditional, and, or
o = O(); print(count(o or 1), count(1 and o), count(o if 1 else 2)); z = o or 1; print(count(o))
### star call
def f(*a): return count(a), count(a[0])
o = O(); print(f(o), f(*[o]), f(*(o,)), f(*(o, o))); t = (o,); print(f(*t))
### nested call of a lambda
o = O(); print((lambda x: count(x))(o), (lambda *x: count(x[0]))(o), (lambda x=o: count(x))())
### global from a function
g = O()
def f(): return count(g)
def h(): a = g; return count(a), count(g)
print(count(g), f(), h())
### super
class A:
    def m(self): return count(self)
class B(A):
    def m(self): return super().m(), count(self)
b = B(); print(b.m(), count(b)); s = super(B, b); print(count(b), count(B) - count(B)); del s; print(count(b))
### instance holds its class
class C: pass
n = count(C); x = [C() for _ in range(3)]; print(count(C) - n); del x; print(count(C) - n)
### subclass holds its base
class A: pass
n = count(A); class_b = type('B', (A,), {}); print(count(A) - n); del class_b; gc.collect(); print(count(A) - n)
### code constant
def f(): return (1.5, 'some text with spaces')
t = f(); u = f(); print(t is u, count(t))
### memoryview
b = bytearray(3); m = memoryview(b); print(count(b)); n = m[1:]; k = m.cast('b'); print(count(b)); m.release(); n.release(); k.release(); print(count(b))
### contextvars
import contextvars
o = O(); v = contextvars.ContextVar('v'); t = v.set(o); print(count(o)); c = contextvars.copy_context(); print(count(o)); v.reset(t); print(count(o)); del c, t; print(count(o))
### generic alias and union
class C: pass
n = count(C); import types; a = types.GenericAlias(list, (C,)); print(count(C) - n); u = C | None; print(count(C) - n); del a, u; print(count(C) - n)
### weak references hold nothing
o = O(); r = weakref.ref(o); p = weakref.proxy(o); w = weakref.WeakSet([o]); print(count(o)); k = weakref.WeakKeyDictionary({o: o}); print(count(o))
### SimpleNamespace
import types
o = O(); n = types.SimpleNamespace(a=o, b=o); print(count(o)); del n; print(count(o))
### mapping proxy
import types
d = {}; p = types.MappingProxyType(d); print(count(d)); del p; print(count(d))
### code objects
def f(): pass
c = f.__code__; print(count(c)); import types; g = types.FunctionType(c, {}); print(count(c)); del g; print(count(c))
### f-string and format leave nothing
o = O(); s = f'{o}{o!r:>5}'; s = '%s %s' % (o, o); s = '{}'.format(o); print(count(o))
### match statement
o = O()
match (o, [o]):
    case (a, [b]): print(count(o))
del a, b; print(count(o))
### with statement
class M:
    def __enter__(self): return self
    def __exit__(self, *a): print(count(self))
m = M()
with m as n: print(count(m))
print(count(m)); del n; print(count(m))
### import machinery holds modules
import types
m = types.ModuleType('tmp_mod'); sys.modules['tmp_mod'] = m; print(count(m)); import tmp_mod; print(count(m)); del sys.modules['tmp_mod'], tmp_mod; print(count(m))
### exec namespaces
d = {}; exec('a = 1', d); print(count(d)); exec('def f(): pass', d); print(count(d)); del d['f']; print(count(d))
### globals of a function
def f(): pass
n = count(globals()); g = [lambda: 1 for _ in range(4)]; print(count(globals()) - n)
### heapq, bisect, operator
import heapq, operator
o = (1, O()); h = []; heapq.heappush(h, o); print(count(o)); heapq.heappop(h); print(count(o)); g = operator.itemgetter(o); print(count(o)); a = operator.methodcaller('x', o); print(count(o)); del g, a; print(count(o))
### array, bytes and int results are fresh
x = int('12345678'); y = x + 0; print(x is y, count(x), count(y)); b = bytes([1, 2]); c = bytes(b); print(b is c, count(b))
### functools.reduce, any, all, sum
import functools
o = O(); print(functools.reduce(lambda a, b: b, [o, o, o]) is o, count(o)); any([o]); all([o]); print(count(o)); x = sum([[o], [o]], []); print(count(o))
### queue
import queue
o = O(); q = queue.SimpleQueue(); q.put(o); print(count(o)); q.get(); print(count(o))
### copy
import copy
o = O(); h = [o]; c = copy.copy(h); print(count(o)); d = copy.deepcopy(h); print(count(o), count(d[0]))
### pickle memo
import pickle
o = [1]; pickle.dumps(o); print(count(o)); x = pickle.loads(pickle.dumps([o, o])); print(count(x[0]), x[0] is x[1])
### Template strings
o = O(); t = t'{o} {o}'; print(count(o), count(t.interpolations[0].value)); del t; print(count(o))
''')
