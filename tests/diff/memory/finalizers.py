# Finalizers: __del__, resurrection, generators, coroutines, and what goes wrong in them.
from _snippets import run


def hook(u):
    print("unraisable", u.exc_type.__name__, u.exc_value, "|", u.err_msg, "|", type(u.object).__name__)


run(r'''
### once
class C:
    def __del__(self): print('del'); keep.append(self)
keep = []; c = C(); del c; print(len(keep)); keep.clear(); print('|'); gc.collect()
### is_finalized
class C:
    def __del__(self): keep.append(self)
keep = []; c = C(); print(gc.is_finalized(c)); del c; print(gc.is_finalized(keep[0])); print(gc.is_finalized(3), gc.is_finalized([]))
### __del__ called by hand
d = D('d'); d.__del__(); print('|'); del d; print('|')
### __del__ added to the class later
class C: pass
c = C(); C.__del__ = lambda self: print('late'); del c; print('|')
### __del__ on the instance is ignored
c = O(); c.__del__ = lambda: print('never'); del c; print('|')
### __del__ = None
class C: __del__ = None
sys.unraisablehook = hook; c = C(); del c; print('|'); sys.unraisablehook = sys.__unraisablehook__
### inherited and super
class A:
    def __del__(self): print('A', end=' ')
class B(A):
    def __del__(self): print('B', end=' '); super().__del__()
b = B(); del b; print('|')
### error in __del__
class C:
    def __del__(self): raise ValueError('bad')
sys.unraisablehook = hook; c = C(); del c; print('|'); sys.unraisablehook = sys.__unraisablehook__
### error in __del__ while another is handled
class C:
    def __del__(self): raise ValueError('bad')
sys.unraisablehook = hook
try:
    c = C(); raise KeyError('k')
except KeyError as e: del c; print(repr(e), e.__context__, sys.exception() is e)
sys.unraisablehook = sys.__unraisablehook__
### __del__ while an exception propagates
def f(): d = D('local'); raise KeyError('k')
try: f()
except KeyError as e: print('in', repr(e))
print('|')
### __del__ does not see the exception
class C:
    def __del__(self): print(sys.exception())
def f(): c = C(); raise KeyError('k')
try: f()
except KeyError: pass
print('|')
### __del__ makes new objects that die
class C:
    def __del__(self): x = D('new'); print('del')
C(); print('|')
### __del__ calls the collector
class C:
    def __del__(self): print(gc.collect() >= 0)
c = C(); c.me = c; del c; gc.collect(); print('|')
### resurrect through a global, again and again
class C:
    n = 0
    def __del__(self): C.n += 1; globals()['back'] = self
C(); print(C.n); back = None; print(C.n); gc.collect(); print(C.n)
### resurrection of a cycle
class C:
    def __del__(self): print('del', self.n); keep.append(self)
keep = []; a, b = C(), C(); a.n, b.n = 'a', 'b'; a.o, b.o = b, a; del a, b; print(gc.collect(), len(keep)); keep.clear(); print(gc.collect())
### resurrection by one saves the others
class C:
    def __del__(self): print('del', end=' '); keep.append(self)
class P: pass
keep = []; c, p = C(), P(); c.p, p.c = p, c; r = weakref.ref(p); del c, p; print(gc.collect(), r()); print(keep[0].p.c is keep[0]); keep.clear(); print(gc.collect())
### finalizer order in garbage
xs = [D(i) for i in range(4)]
for i, x in enumerate(xs): x.next = xs[(i + 1) % 4]
del xs, x; gc.collect(); print('|')
### finalizer order in garbage, linked backwards
xs = [D(i) for i in range(4)]
for i, x in enumerate(xs): x.next = xs[i - 1]
del xs, x; gc.collect(); print('|')
### garbage hanging from garbage
a = D('a'); a.me = a; a.child = D('child'); a.child.x = D('grandchild'); del a; print(gc.collect()); print('|')
### finalizer breaks the cycle
class C:
    def __del__(self): self.o = None; print('cut', end=' ')
a, b = C(), C(); a.o, b.o = b, a; del a, b; print(gc.collect())
### finalizer deletes another in the same garbage
class C:
    def __del__(self): print('del', self.n, end=' '); self.__dict__.clear()
a, b = C(), C(); a.n, b.n = 1, 2; a.o, b.o = b, a; del a, b
sys.unraisablehook = hook; print(gc.collect()); sys.unraisablehook = sys.__unraisablehook__
### slots and cycles
class S:
    __slots__ = ('o', '__weakref__')
    def __del__(self): print('S', end=' ')
s = S(); s.o = s; del s; print(gc.collect())
### list subclass in a cycle
class L(list):
    def __del__(self): print('L', len(self), end=' ')
l = L(); l.append(l); del l; print(gc.collect())
### generator finally at death
def g():
    try: yield 1
    finally: print('fin')
x = g(); next(x); del x; print('|')
### generator in a cycle
def g():
    me = yield
    try: yield
    finally: print('fin', me is not None)
x = g(); next(x); x.send(x); del x; print('|'); print(gc.collect())
### generator that yields in finally
def g():
    try: yield 1
    finally: yield 2
sys.unraisablehook = hook; x = g(); next(x); del x; print('|'); sys.unraisablehook = sys.__unraisablehook__
### generator that raises in finally
def g():
    try: yield 1
    finally: raise ValueError('in finally')
sys.unraisablehook = hook; x = g(); next(x); del x; print('|'); sys.unraisablehook = sys.__unraisablehook__
### generator catches GeneratorExit
def g():
    try: yield 1
    except GeneratorExit: print('exit'); raise
x = g(); next(x); del x; print('|')
### generator resurrects itself
def g():
    try: yield 1
    finally: keep.append(sys._getframe())
keep = []; x = g(); next(x); del x; print(len(keep), keep[0].f_code.co_name)
### generator return value in close
def g():
    try: yield 1
    except GeneratorExit: return 'closed'
x = g(); next(x); print(x.close(), x.close())
### nested generators
def a():
    try: yield 1
    finally: print('a')
def b():
    try: yield from a()
    finally: print('b')
x = b(); next(x); del x; print('|')
### with inside a generator
class M:
    def __enter__(self): print('enter')
    def __exit__(self, *a): print('exit', a[0] and a[0].__name__)
def g():
    with M(): yield
x = g(); next(x); del x; print('|')
### for loop leaves a generator
def g():
    try:
        for i in range(5): yield i
    finally: print('fin')
for i in g():
    if i == 1: break
print('|')
### exception leaves a generator
def g():
    try: yield 1
    finally: print('fin')
try:
    for i in g(): raise ValueError
except ValueError: print('caught')
print('|')
### coroutine never awaited
import warnings
async def c(): pass
with warnings.catch_warnings(record=True) as w:
    warnings.simplefilter('always'); c(); print([(x.category.__name__, str(x.message)) for x in w])
### coroutine closed
import warnings
async def c(): pass
with warnings.catch_warnings(record=True) as w:
    warnings.simplefilter('always'); x = c(); x.close(); del x; print(len(w))
### coroutine begun and dropped
class A:
    def __await__(self): yield
async def c():
    try: await A()
    finally: print('fin')
x = c(); x.send(None); del x; print('|')
### coroutine in a cycle
import warnings
async def c(x): pass
with warnings.catch_warnings(record=True) as w:
    warnings.simplefilter('always'); l = []; l.append(c(l)); del l; print(len(w)); gc.collect(); print([str(x.message) for x in w])
### coroutine origin tracking
import warnings
async def c(): pass
sys.set_coroutine_origin_tracking_depth(2)
with warnings.catch_warnings(record=True) as w:
    warnings.simplefilter('always'); c(); print([str(x.message) for x in w])
sys.set_coroutine_origin_tracking_depth(0)
### async generator dropped
async def g():
    try: yield 1
    finally: print('fin')
x = g(); a = x.__anext__()
try: a.send(None)
except StopIteration as e: print(e.value)
del a, x; print('|')
### async generator hooks
async def g(): yield 1
old = sys.get_asyncgen_hooks(); sys.set_asyncgen_hooks(firstiter=lambda a: print('first'), finalizer=lambda a: print('finalizer'))
x = g(); a = x.__anext__()
try: a.send(None)
except StopIteration: pass
del a, x; sys.set_asyncgen_hooks(*old); print('|')
### anext never awaited
import warnings
async def g(): yield 1
with warnings.catch_warnings(record=True) as w:
    warnings.simplefilter('always'); x = g(); x.__anext__(); x.asend(1); x.aclose(); print([str(i.message) for i in w])
### unclosed file
import warnings, os
with warnings.catch_warnings(record=True) as w:
    warnings.simplefilter('always'); open(os.devnull); print([(x.category.__name__, str(x.message)) for x in w])
### unclosed binary file, raw file, closed file
import warnings, os
with warnings.catch_warnings(record=True) as w:
    warnings.simplefilter('always'); open(os.devnull, 'rb'); open(os.devnull, 'rb', buffering=0); open(os.devnull).close()
    with open(os.devnull): pass
    print([str(x.message) for x in w])
### unclosed file in a cycle
import warnings, os
with warnings.catch_warnings(record=True) as w:
    warnings.simplefilter('always'); o = O(); o.me = o; o.f = open(os.devnull); del o; print(len(w)); gc.collect(); print([str(x.message) for x in w])
### io subclasses
import io
class B(io.BytesIO):
    def __del__(self): print('del', end=' '); super().__del__()
    def close(self): print('close', end=' '); super().close()
B(b'x'); print('|')
### TextIOWrapper flushes when it dies
import io
class R(io.RawIOBase):
    def writable(self): return True
    def write(self, b): print('write', bytes(b), end=' '); return len(b)
    def close(self): print('close', end=' '); super().close()
t = io.TextIOWrapper(io.BufferedWriter(R())); t.write('text'); del t; print('|')
### ResourceWarning names its source
import warnings, os
with warnings.catch_warnings(record=True) as w:
    warnings.simplefilter('always'); f = open(os.devnull); del f; print(type(w[0].source).__name__, w[0].filename)
### temporary directory
import tempfile, warnings, os
with warnings.catch_warnings(record=True) as w:
    warnings.simplefilter('always'); t = tempfile.TemporaryDirectory(); n = t.name; del t; print(os.path.exists(n), [type(x.message).__name__ for x in w])
### sys.unraisablehook arguments
class C:
    def __del__(self): raise ValueError('v')
def h(u): print(type(u).__name__, u.exc_type, repr(u.exc_value), u.exc_traceback.tb_frame.f_code.co_name, u.err_msg, u.object is C.__del__)
sys.unraisablehook = h; C(); sys.unraisablehook = sys.__unraisablehook__
### unraisablehook that fails
class C:
    def __del__(self): raise ValueError('v')
import io
def h(u): raise KeyError('hook')
sys.unraisablehook = h; old, sys.stderr = sys.stderr, io.StringIO(); C(); out = sys.stderr.getvalue(); sys.stderr = old; sys.unraisablehook = sys.__unraisablehook__; print([l for l in out.splitlines() if not l.startswith('  ')])
### default unraisable output
class C:
    def __del__(self): raise ValueError('v')
import io
old, sys.stderr = sys.stderr, io.StringIO(); C(); out = sys.stderr.getvalue(); sys.stderr = old
import re; print(re.sub('0x[0-9a-f]+', 'ADDR', out))
### type of dying object changes
class A:
    def __del__(self): print('A', end=' '); self.__class__ = B
class B:
    def __del__(self): print('B', end=' ')
a = A(); del a; print('|')
### __del__ of a class through its metaclass
class M(type):
    def __del__(cls): print('class', cls.__name__, end=' ')
class C(metaclass=M): pass
del C; print('|', end=' '); gc.collect(); print('|')
### threads' arguments
import threading
t = threading.Thread(target=lambda d: None, args=(D('arg'),)); t.start(); t.join(); print('|'); del t; print('|')
### exceptions in a cycle with their frame
def f():
    d = D('local')
    try: raise ValueError
    except ValueError as e: x = e
f(); print('|'); print(gc.collect())
''', hook=hook)
