# Weak references: what they show, when their callbacks run, and in which order.
from _snippets import run

run(r'''
### dead reference
o = O(); r = weakref.ref(o); print(r() is o); del o; print(r())
### callback order: last made first
o = O(); rs = [weakref.ref(o, lambda r, i=i: print('cb', i)) for i in range(3)]; del o; print('|')
### callback sees a dead reference
o = O(); r = weakref.ref(o, lambda r: print(r(), r is globals()['r'])); del o
### shared reference without callback
o = O(); print(weakref.ref(o) is weakref.ref(o)); a = weakref.ref(o); b = weakref.ref(o); c = weakref.ref(o, print); print(a is b, a is c, weakref.getweakrefcount(o), weakref.getweakrefs(o) == [a, c])
### equality and hash
a, b = O(), O(); ra, rb = weakref.ref(a), weakref.ref(b); print(ra == rb, ra == weakref.ref(a, print), hash(ra) == hash(a)); del a; print(ra == ra, ra == rb); hash(ra)
try: r = weakref.ref(O()); hash(r)
except TypeError as e: print(e)
### reference dies before its object
o = O(); r = weakref.ref(o, lambda r: print('never')); del r; print(weakref.getweakrefcount(o)); del o; print('|')
### callbacks before or after __del__
d = D('d'); r = weakref.ref(d, lambda r: print('cb')); del d; print('|')
### in __del__ the reference is dead
class C:
    def __del__(self): print(r())
c = C(); r = weakref.ref(c); del c; print(r())
### resurrection and references
class C:
    def __del__(self): global kept; kept = self
c = C(); r = weakref.ref(c, lambda r: print('cb')); del c; print(r() is kept); kept = None; print(r())
### proxy
o = O(); o.a = 1; p = weakref.proxy(o); print(p.a, type(p).__name__, weakref.getweakrefcount(o)); p.b = 2; print(o.b); del o
try: p.a
except ReferenceError as e: print(e)
### callable proxy and proxy operators
class C:
    def __call__(self): return 'called'
    def __len__(self): return 3
    def __add__(self, o): return 'add'
    def __iter__(self): return iter('ab')
    def __contains__(self, x): return True
c = C(); p = weakref.proxy(c); print(type(p).__name__, p(), len(p), p + 1, list(p), 5 in p, bool(p)); hash_ok = getattr(p, '__hash__', None); print(hash_ok)
### proxies are shared
o = O(); print(weakref.proxy(o) is weakref.proxy(o)); p = weakref.proxy(o); q = weakref.proxy(o); print(p is q, weakref.proxy(o, print) is p)
### proxy callback
o = O(); p = weakref.proxy(o, lambda p: print('cb')); del o; print('|')
### what cannot be referenced
for x in (1, 'a', (), [], {}, None, 1.5, b'', object(), range(3), slice(1)):
    try: weakref.ref(x); print(type(x).__name__, 'ok')
    except TypeError as e: print(e)
### what can
import types
def g(): yield
for x in (set(), frozenset([1]), O, O(), len, print, g, g(), types, type, re_ if 0 else weakref, memoryview(b''), __import__('array').array('b'), __import__('collections').deque(), g.__code__, O().__init__, {}.keys if 0 else O.__init__):
    try: weakref.ref(x); print(type(x).__name__, 'ok')
    except TypeError as e: print(e)
### slots with and without __weakref__
class S: __slots__ = ()
class W: __slots__ = ('__weakref__',)
try: weakref.ref(S())
except TypeError as e: print(e)
w = W(); print(weakref.ref(w)() is w, sys.getsizeof(w), sys.getsizeof(S()))
### subclass of ref
class R(weakref.ref):
    def __init__(self, o, cb=None, *, n=0): super().__init__(o, cb); self.n = n
    def __new__(cls, o, cb=None, *, n=0): return super().__new__(cls, o, cb)
o = O(); a = R(o, n=1); b = R(o, n=2); print(a is b, a.n, b.n, a == b, weakref.getweakrefcount(o)); del o; print(a())
### repr
o = O(); r = weakref.ref(o); print(repr(r).split(' at ')[0], repr(r).split(';')[1].split(' at ')[0]); del o; print(repr(r).split(';')[1])
### __callback__
o = O(); r = weakref.ref(o, print); print(r.__callback__ is print, weakref.ref(o).__callback__); f = r.__callback__; r2 = weakref.ref(o, lambda r: None); del o; print(r2.__callback__)
### error in a callback
def hook(u): print('unraisable', u.exc_type.__name__, u.err_msg, u.object is not None)
sys.unraisablehook = hook
o = O(); r = weakref.ref(o, lambda r: 1 / 0); del o; sys.unraisablehook = sys.__unraisablehook__; print('|')
### callback kills another
a, b = O(), O(); ra = weakref.ref(a, lambda r: globals().pop('b')); rb = weakref.ref(b, lambda r: print('b gone')); del a; print('|')
### callback drops references
o = O(); rs = []; rs.append(weakref.ref(o, lambda r: rs.clear())); rs.append(weakref.ref(o, lambda r: print('second'))); del o; print(len(rs))
### bound method reference dies at once
class C:
    def m(self): pass
c = C(); r = weakref.ref(c.m); print(r()); w = weakref.WeakMethod(c.m); print(w()() , w() == c.m); del c; print(w())
### WeakValueDictionary
d = weakref.WeakValueDictionary(); a, b = O(), O(); d['a'] = a; d['b'] = b; d['c'] = O(); print(sorted(d), len(d)); del a; print(sorted(d), len(d), d.get('a'), 'a' in d); it = iter(d.items()); k, v = next(it); print(k, v is b, d.setdefault('b', 1) is b); print(d.pop('b') is b, len(d))
### WeakKeyDictionary
d = weakref.WeakKeyDictionary(); a, b = O(), O(); d[a] = 1; d[b] = D('value'); print(len(d)); del b; print(len(d)); print(d[a], list(d.keyrefs())[0]() is a)
### WeakSet
s = weakref.WeakSet(); a, b = O(), O(); s.add(a); s.add(b); s.add(O()); print(len(s), a in s); del a; print(len(s)); s2 = s | {b}; print(len(s2), s == s2); s.discard(b); print(len(s))
### iterating while things die
xs = [O() for _ in range(4)]; s = weakref.WeakSet(xs); it = iter(s); next(it); del xs; print(len(s)); list(it); del it; print(len(s))
d = weakref.WeakValueDictionary((i, x) for i, x in enumerate([O()] * 3)); print(len(d))
### weak value callbacks and cycles
class N: pass
a, b = N(), N(); a.o, b.o = b, a; d = weakref.WeakValueDictionary({1: a, 2: b}); del a, b; print(len(d)); gc.collect(); print(len(d))
### callback in garbage does not run
o = O(); o.me = o; o.r = weakref.ref(o, lambda r: print('never')); del o; gc.collect(); print('|')
### callback outside garbage runs
o = O(); o.me = o; r = weakref.ref(o, lambda r: print('ran', r())); del o; gc.collect(); print('|')
### order in garbage: callbacks, then finalizers
class F:
    def __del__(self): print('del', self.n, self.r() if hasattr(self, 'r') else None)
a, b = F(), F(); a.n, b.n = 'a', 'b'; a.o, b.o = b, a; a.r = weakref.ref(b); ra = weakref.ref(a, lambda r: print('cb a')); rb = weakref.ref(b, lambda r: print('cb b')); del a, b; gc.collect(); print(ra(), rb())
### weakrefs of resurrected garbage
class F:
    def __del__(self): global kept; kept = self
a = F(); a.me = a; r = weakref.ref(a); del a; gc.collect(); print(r() is kept, kept.me is kept); kept.me = None; kept = None; print(r())
### finalize
def say(*a, **k): print('fin', a, k)
o = O(); f = weakref.finalize(o, say, 1, x=2); print(f.alive, f.peek()[1:] == (say, (1,), {'x': 2})); del o; print(f.alive, f.peek(), f())
### finalize by hand
o = O(); f = weakref.finalize(o, lambda: 'value'); print(f(), f(), f.alive); del o; print('|')
### finalize detached
o = O(); f = weakref.finalize(o, print, 'no'); d = f.detach(); print(d[0] is o, d[1] is print, f.alive, f.detach()); del o, d; print('|')
### finalize several: last made first
o = O(); fs = [weakref.finalize(o, print, i) for i in range(3)]; print(f'{len(fs)}', fs[0].atexit); del o; print('|')
### finalize with an error
def hook(u): print('unraisable', u.exc_type.__name__)
sys.unraisablehook = hook
o = O(); f = weakref.finalize(o, lambda: 1 / 0); del o; sys.unraisablehook = sys.__unraisablehook__; print(f.alive)
### ref to a class
C = type('C', (), {}); r = weakref.ref(C, lambda r: print('class gone')); del C; print(r() is not None); gc.collect(); print(r())
### ref to a function and a generator
def f(): yield
r = weakref.ref(f); g = f(); s = weakref.ref(g, lambda r: print('gen gone')); del g; print(s()); del f; print(r())
### subclasses are weak
class A: pass
class B(A): pass
print(len(A.__subclasses__())); del B; gc.collect(); print(len(A.__subclasses__()))
### counts with weak references
o = O(); n = [weakref.getweakrefcount(o)]; r = weakref.ref(o); n.append(weakref.getweakrefcount(o)); p = weakref.proxy(o); n.append(weakref.getweakrefcount(o)); q = weakref.ref(o, print); n.append(weakref.getweakrefcount(o)); del r, p, q; n.append(weakref.getweakrefcount(o)); print(n, weakref.getweakrefcount(1), weakref.getweakrefs(1))
### ref in its own object
o = O(); o.r = weakref.ref(o); del o; print(gc.collect())
### __weakref__
o = O(); print(o.__weakref__); r = weakref.ref(o); print(o.__weakref__ is r); p = weakref.proxy(o); print(o.__weakref__ is r)
### dict of refs as keys
d = {}; o = O(); d[weakref.ref(o)] = 1; print(d[weakref.ref(o)]); k = next(iter(d)); del o; print(d[k], len(d))
### weakref to a thread
import threading
t = threading.Thread(target=lambda: None); r = weakref.ref(t); t.start(); t.join(); del t; print(r())
### sizes
o = O(); print(sys.getsizeof(weakref.ref(o)), sys.getsizeof(weakref.proxy(o)), count(weakref.ref(o)))
### ref counts of refs
o = O(); r = weakref.ref(o); s = weakref.ref(o); print(count(r)); x = weakref.getweakrefs(o); print(count(r)); del x, s; print(count(r))
### copy and pickle
import copy, pickle
o = O(); r = weakref.ref(o); print(copy.copy(r) is r, copy.deepcopy(r) is r)
try: pickle.dumps(r)
except TypeError as e: print(e)
''')
