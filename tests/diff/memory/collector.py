# The collector: what it counts, finds, tracks, tells, and where objects go.
from _snippets import run

run(r'''
### thresholds
print(gc.get_threshold()); gc.set_threshold(5); print(gc.get_threshold()); gc.set_threshold(700, 3); print(gc.get_threshold()); gc.set_threshold(2000, 10, 10)
### errors
for f, a in ((gc.set_threshold, ()), (gc.set_threshold, (1, 2, 3, 4)), (gc.set_threshold, ('a',)), (gc.collect, (3,)), (gc.collect, (-1,)), (gc.collect, ('x',)), (gc.get_objects, (3,)), (gc.get_objects, (-2,)), (gc.get_objects, ('x',)), (gc.set_debug, ('x',)), (gc.is_tracked, ()), (gc.enable, (1,))):
    try: f(*a); print('ok')
    except Exception as e: print(type(e).__name__, e)
### enable and disable
print(gc.isenabled()); gc.disable(); print(gc.isenabled()); gc.enable(); print(gc.isenabled())
### counts after a collection
gc.collect(); a = gc.get_count(); x = [[] for _ in range(10)]; b = gc.get_count(); del x; c = gc.get_count(); print(a, b, c)
### counts of allocation
def made(f):
    gc.collect(); before = gc.get_count()[0]; x = f(); return gc.get_count()[0] - before
gc.disable(); print([made(f) for f in (lambda: [], lambda: {}, lambda: (), lambda: (1,), lambda: ([],), lambda: O(), lambda: set(), lambda: lambda: 0, lambda: iter([]), lambda: range(3), lambda: object(), lambda: 'a' * 5, lambda: (x for x in ''), lambda: slice(1, 2), lambda: [].append, lambda: O().__init__, lambda: ValueError(), lambda: memoryview(b''), lambda: zip(), lambda: weakref.ref(O))]); gc.enable()
### what collect returns
def n(f): f(); return gc.collect()
def two_lists(): a, b = [], []; a.append(b); b.append(a)
def one_list(): a = []; a.append(a)
def a_dict(): d = {}; d[1] = d
def instance(): o = O(); o.me = o
def instance_dict(): o = O(); o.__dict__; o.me = o
def two(): a, b = O(), O(); a.o, b.o = b, a
def klass(): type('C', (), {})
def function():
    def f(): return f
def generator():
    def g(): yield me
    me = g(); next(me)
def exception():
    try: 1 / 0
    except ZeroDivisionError as e: x = e
def a_set():
    class H: pass
    h = H(); h.s = {h}
def chain(): a = []; a.append([[[a]]])
def tupl(): a = []; a.append((a,))
def method(): o = O(); o.m = o.__init__
def partial(): import functools; o = O(); o.p = functools.partial(print, o)
def frame(): f = sys._getframe()
def cell():
    x = None
    def g(): return x
    x = g
def deque(): import collections; d = collections.deque(); d.append(d)
def odict(): import collections; d = collections.OrderedDict(); d[1] = d
def prop(): class_ = type('P', (), {'p': property(lambda self: class_)})
for f in (two_lists, one_list, a_dict, instance, instance_dict, two, klass, function, generator, exception, a_set, chain, tupl, method, partial, frame, cell, deque, odict, prop):
    n(f); print(f.__name__, n(f), end='; ')
### nothing to collect
gc.collect(); print(gc.collect(), gc.collect(0), gc.collect(1))
### generations
gc.collect(); x = []; y = [x]
def where(o): return [i for i in range(3) if any(p is o for p in gc.get_objects(i))]
print(where(x)); gc.collect(0); print(where(x)); gc.collect(0); print(where(x)); gc.collect(1); print(where(x)); gc.collect(); print(where(x))
### old garbage waits for a full collection
o = O(); o.me = o; r = weakref.ref(o); gc.collect(); del o; gc.collect(0); print(r() is not None); gc.collect(1); print(r() is not None); gc.collect(2); print(r() is None)
### get_objects None and -1
x = []; print(any(o is x for o in gc.get_objects()), any(o is x for o in gc.get_objects(None)), any(o is x for o in gc.get_objects(generation=-1)) if 0 else '')
### statistics
gc.collect(); a = gc.get_stats(); o = O(); o.me = o; del o; gc.collect(0); gc.collect(1); gc.collect(2); b = gc.get_stats(); print([{k: y[k] - x[k] for k in x} for x, y in zip(a, b)], [list(x) for x in b])
### automatic young collections
gc.collect(); gc.set_threshold(100, 10, 10); a = gc.get_stats()[0]['collections']; x = [[] for _ in range(1000)]; print(gc.get_stats()[0]['collections'] - a); gc.set_threshold(2000, 10, 10)
### threshold zero turns it off
gc.collect(); gc.set_threshold(0); a = gc.get_stats()[0]['collections']; x = [[] for _ in range(5000)]; print(gc.get_stats()[0]['collections'] - a, gc.get_count()[0] > 4000); gc.set_threshold(2000, 10, 10); gc.collect()
### disabled: nothing automatic
gc.collect(); gc.disable(); a = gc.get_stats()[0]['collections']; x = [[] for _ in range(5000)]; print(gc.get_stats()[0]['collections'] - a); gc.enable(); gc.collect()
### middle generation by count
gc.collect(); gc.set_threshold(10, 2, 1000); a = [s['collections'] for s in gc.get_stats()]; x = [[] for _ in range(100)]; print([s['collections'] - n for s, n in zip(gc.get_stats(), a)]); gc.set_threshold(2000, 10, 10); gc.collect()
### cyclic garbage does not pile up
def live(): return sum(isinstance(o, O) for o in gc.get_objects())
for _ in range(20000): o = O(); o.me = o
print(live() < 2100); del o; gc.collect(); print(live())
### is_tracked
import types, collections
def g(): yield
for x in (1, 1.5, 'a', b'', None, (), (1,), ([],), (1, (2,)), [], {}, {1: 2}, {1: []}, set(), frozenset(), O(), O, len, [].append, g, g(), types, range(3), slice(1), slice([]), iter([]), iter(()), iter(''), iter(range(1)), object(), type, ValueError(), memoryview(b''), bytearray(), property(), staticmethod(g), functools_ if 0 else collections.deque(), collections.OrderedDict(), collections.Counter(), types.SimpleNamespace(), types.MappingProxyType({}), weakref.ref(O), g.__code__, types.CellType(1), O().__init__, enumerate([]), zip(), map(len, []), reversed([]), {}.keys(), {}.items(), iter({}), super(O, O()), int | str, list[int], Ellipsis, NotImplemented, 1j): print(int(gc.is_tracked(x)), end='')
### tuples are untracked by a collection
x = (1, 'a'); y = tuple([1, 2]); z = (1, [2]); w = tuple(iter([(1,), (2,)])); before = [gc.is_tracked(t) for t in (x, y, z, w)]; gc.collect(); print(before, [gc.is_tracked(t) for t in (x, y, z, w)])
### dicts stay tracked
d = {}; print(gc.is_tracked(d)); d[1] = 'a'; gc.collect(); print(gc.is_tracked(d)); d['l'] = []; print(gc.is_tracked(d)); e = {1: 2}.copy(); print(gc.is_tracked(e)); print(gc.is_tracked(dict(a=1)), gc.is_tracked(O().__dict__))
### slots instances
class S: __slots__ = 'a'
s = S(); print(gc.is_tracked(s)); s.a = []; print(gc.is_tracked(s))
class E: __slots__ = ()
print(gc.is_tracked(E()), gc.is_tracked(type('I', (int,), {})(1)), gc.is_tracked(type('I', (int,), {'__slots__': ()})(1)))
### referents
import types
def r(o): return sorted(type(x).__name__ for x in gc.get_referents(o))
o = O(); o.a = []; o.b = 1
def f(a=[]): return o
def g(): yield
print(r([1, [], 'a']), r({1: [], 'k': 2}), r((1, 2)), r({1, 2}), r(o), r(f), r(f.__code__), r(o.__init__), r([].append), r(iter([1])), r(slice(1, 2)), r(1), r('a'), r(types.SimpleNamespace(a=1)), r(weakref.ref(o)), r(property(f)), r(staticmethod(f)), r(g()), r(ValueError(1)), r(types.MappingProxyType({})), r(enumerate([])), r({1: 2}.items()), r(range(2)))
### referents of a class
class C: a = 1
print(sorted(type(x).__name__ for x in gc.get_referents(C)))
### referents of an instance with a dict
o = O(); o.a = 1; print(len(gc.get_referents(o))); o.__dict__; print([type(x).__name__ for x in gc.get_referents(o)]); 
### referents of a frame and a traceback
def f(x, y): return sys._getframe()
fr = f([], {}); print(sorted(type(x).__name__ for x in gc.get_referents(fr)))
try: 1 / 0
except ZeroDivisionError as e: t = e.__traceback__
print(sorted(type(x).__name__ for x in gc.get_referents(t)))
### referents several arguments
a, b = [1], [2]; print(gc.get_referents(a, b), gc.get_referents())
### referrers
a = []; b = [a]; c = (a,); d = {'k': a}; o = O(); o.x = a; print(sorted(type(x).__name__ for x in gc.get_referrers(a)), gc.get_referrers(b) == [globals()], gc.get_referrers())
### referrers of a local
def f():
    a = []; b = [a]
    return [type(x).__name__ for x in gc.get_referrers(a)]
print(f())
### referrers through a closure and a frame
def f():
    a = []
    def g(): return a
    return sorted(type(x).__name__ for x in gc.get_referrers(a)), g
print(f()[0])
### freeze
gc.collect(); x = []; gc.freeze(); n = gc.get_freeze_count(); print(n > 1000, gc.get_count(), any(o is x for o in gc.get_objects())); y = []; print(any(o is y for o in gc.get_objects()), gc.get_freeze_count() == n); gc.unfreeze(); print(gc.get_freeze_count(), any(o is x for o in gc.get_objects(2)))
### frozen garbage stays
o = O(); o.me = o; r = weakref.ref(o); gc.freeze(); del o; gc.collect(); print(r() is not None); gc.unfreeze(); gc.collect(); print(r() is None)
### callbacks
def cb(phase, info): log.append((phase, sorted(info.items())))
log = []; gc.collect(); gc.callbacks.append(cb); o = O(); o.me = o; del o; gc.collect(); gc.collect(0); gc.callbacks.remove(cb); print(*log, sep='\n')
### two callbacks, and one that fails
def bad(phase, info): raise ValueError(phase)
def good(phase, info): print(phase, info['generation'])
def hook(u): print('unraisable', repr(u.exc_value), u.err_msg.split(' <')[0])
sys.unraisablehook = hook; gc.callbacks += [bad, good]; gc.collect(1); gc.callbacks.clear(); sys.unraisablehook = sys.__unraisablehook__
### a collection inside a callback is none
def cb(phase, info): print(phase, gc.collect())
gc.callbacks.append(cb); gc.collect(); gc.callbacks.clear()
### callbacks of automatic collections
def cb(phase, info): log.append((phase, info['generation']))
log = []; gc.collect(); gc.callbacks.append(cb); gc.set_threshold(50); x = [[] for _ in range(200)]; gc.callbacks.clear(); gc.set_threshold(2000, 10, 10); print(log[:8], len(log))
### DEBUG flags
print(gc.DEBUG_STATS, gc.DEBUG_COLLECTABLE, gc.DEBUG_UNCOLLECTABLE, gc.DEBUG_SAVEALL, gc.DEBUG_LEAK); gc.set_debug(gc.DEBUG_SAVEALL | gc.DEBUG_STATS); print(gc.get_debug()); gc.set_debug(0); print(gc.get_debug(), gc.garbage)
### DEBUG_SAVEALL
gc.collect(); gc.set_debug(gc.DEBUG_SAVEALL); o = O(); o.me = o; o.l = [1, o]; del o; print(gc.collect(), [type(x).__name__ for x in gc.garbage], gc.garbage[0].me is gc.garbage[0]); gc.set_debug(0); gc.garbage.clear(); print(gc.collect())
### DEBUG_SAVEALL after finalizers
gc.collect(); gc.set_debug(gc.DEBUG_SAVEALL); d = D('d'); d.me = d; del d; print(gc.collect(), [type(x).__name__ for x in gc.garbage]); gc.set_debug(0); gc.garbage.clear(); print(gc.collect())
### DEBUG_COLLECTABLE output
import io, re
gc.collect(); old, sys.stderr = sys.stderr, io.StringIO(); gc.set_debug(gc.DEBUG_COLLECTABLE); o = O(); o.me = o; o.l = [o]; o.d = {1: o}; del o; gc.collect(); gc.set_debug(0); out = sys.stderr.getvalue(); sys.stderr = old; print(re.sub('0x[0-9a-f]+', 'ADDR', out))
### weak reference callbacks run before finalizers
d = D('d'); d.me = d; r = weakref.ref(d, lambda r: print('cb')); del d; gc.collect()
### garbage with a __del__ is collected
class C:
    def __del__(self): pass
a, b = C(), C(); a.o, b.o = b, a; del a, b; print(gc.collect(), gc.garbage)
### collection during a finalizer
class C:
    def __del__(self): print(gc.collect())
c = C(); c.me = c; del c; print(gc.collect())
### allocation during a collection
class C:
    def __del__(self): self.x = [[] for _ in range(5000)]; print('made')
c = C(); c.me = c; del c; print(gc.collect())
### clearing order: dict entries
class L(list):
    def __del__(self): print('del', self.n)
a, b = L(), L(); a.n, b.n = 'a', 'b'; a.append(b); b.append(a); del a, b; print(gc.collect())
### cycles through types
class M(type): pass
class C(metaclass=M):
    def m(self): return C
r = weakref.ref(C); del C; print(gc.collect() > 0, r())
### cycles through a module
import types
m = types.ModuleType('m'); exec('def f(): pass', m.__dict__); r = weakref.ref(m); del m; print(r() is None); gc.collect(); print(r())
### mutual closures
def f():
    def a(): return b
    def b(): return a
    return weakref.ref(a), weakref.ref(b)
x, y = f(); print(x() is not None, gc.collect(), x(), y())
### a generator in its own frame
def g(): me = yield; yield
x = g(); next(x); x.send(x); r = weakref.ref(x); del x; gc.collect(); print(r())
### counts inside a cycle
a = O(); a.me = a; print(count(a)); b = [a]; a.b = b; print(count(a), count(b)); del b; print(count(a), count(a.b))
### is_finalized after a collection
d = D('d'); print(gc.is_finalized(d)); d.me = d; keep = []; type(d).__del__, old = (lambda self: keep.append(self)), type(d).__del__; del d; gc.collect(); print(gc.is_finalized(keep[0])); D.__del__ = old; keep[0].me = None; keep.clear(); print('|')
### get_objects does not hold what it lists
x = []; n = count(x); l = gc.get_objects(); print(count(x) - n); del l; print(count(x) - n)
### collected counts of automatic collections
gc.collect(); a = gc.get_stats()[0]['collected']; gc.set_threshold(100)
for _ in range(250): o = O(); o.me = o
del o; gc.set_threshold(2000, 10, 10); print(gc.get_stats()[0]['collected'] - a); gc.collect()
### untracked containers and get_referrers
t = (1, 2); d = {'t': t}; print(any(x is d for x in gc.get_referrers(t)))
''')
