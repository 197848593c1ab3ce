# Counts where frames, exceptions, generators and classes hold things.
from _snippets import run

run(r'''
### parameter
def f(x): return count(x)
o = O(); print(f(o), f(O()), f([]))
### parameter, first calls and specialised ones
def f(x): return count(x)
def g():
    o = O()
    print([f(o) for _ in range(5)])
g()
### deleted parameter
def f(x):
    y = x
    del x
    return count(y)
print(f(O()), f(object()))
### parameter rebound
def f(x):
    n = count(x)
    x = [x]
    return n, count(x), count(x[0])
print(f(O()))
### local copies
def f():
    a = O(); n = [count(a)]
    b = a; n.append(count(a))
    c = b; n.append(count(c))
    del a; n.append(count(c))
    return n
print(f())
### locals through a call chain
def a(x): return b(x)
def b(x): return c(x, x)
def c(x, y): return count(x), count(y)
o = O(); print(a(o), a(O()))
### recursion
def f(x, n):
    if n: return f(x, n - 1)
    return count(x)
print([f(O(), n) for n in range(4)])
### keyword arguments
def f(*, x, y=None): return count(x)
o = O(); print(f(x=o), f(x=o, y=o), f(**{'x': o}))
### default used
def f(x=O()): return count(x)
print(f(), f(O()), f())
### cell variable parameter
def f(x):
    g = lambda: x
    return count(x), g() is x
print(f(O()))
### generator argument
def g(x):
    yield count(x)
    y = x
    yield count(x)
    x = None
    yield count(y)
o = O(); it = g(o); print(count(o), list(it), count(o))
### generator not started
def g(x): yield
o = O(); it = g(o); print(count(o)); del it; print(count(o))
### generator closed
def g(x): yield x
o = O(); it = g(o); next(it); print(count(o)); it.close(); print(count(o))
### generator exhausted
def g(x): yield x
o = O(); it = g(o); x = list(it); print(count(o)); del x; print(count(o))
### generator that raised
def g(x): yield; raise ValueError(x)
o = O(); it = g(o); next(it)
try: next(it)
except ValueError as e: print(count(o))
print(count(o)); del it; print(count(o))
### generator send
def g():
    while True:
        x = yield
        print(count(x))
it = g(); next(it); o = O(); it.send(o); it.send(O()); print(count(o))
### generator frame
def g(o): yield
o = O(); it = g(o); f = it.gi_frame; print(count(it), count(o)); next(it); print(count(f)); it.close(); print(count(o), count(f), it.gi_frame)
### generator expression
o = O(); x = [o]; g = (v for v in x); print(count(x), count(o)); next(g); print(count(o)); list(g); print(count(x), count(o))
### yield from
def a(o): yield o; yield o
def b(o): yield from a(o)
o = O(); g = b(o); next(g); print(count(o)); inner = g.gi_yieldfrom; print(count(inner)); next(g); print(count(o)); list(g); print(count(o))
### coroutine
async def c(o): return count(o)
o = O(); x = c(o); print(count(o))
try: x.send(None)
except StopIteration as e: print(e.value)
print(count(o)); del x; print(count(o))
### async generator
async def g(o): yield o
o = O(); a = g(o); print(count(o)); n = a.asend(None)
try: n.send(None)
except StopIteration as e: print(count(o), e.value is o)
del n, a; gc.collect(); print(count(o))
### exception argument
o = O(); e = ValueError(o, o); print(count(o), count(e.args)); del e; print(count(o))
### caught exception
o = O()
try: raise ValueError(o)
except ValueError as e: print(count(e), count(o), count(e.__traceback__))
print(count(o))
### caught in a function
def f(o):
    try: raise ValueError(o)
    except ValueError as e: return count(e), count(o), count(e.__traceback__)
o = O(); print(f(o), f(o), count(o))
### traceback holds the frame's locals
def f(o): raise ValueError
o = O()
try: f(o)
except ValueError as e: keep = e
print(count(o)); keep.__traceback__ = None; print(count(o))
### traceback chain counts
def a(): b()
def b(): raise KeyError
try: a()
except KeyError as e:
    t = e.__traceback__; print(count(t), count(t.tb_next), count(t.tb_next.tb_frame)); f = t.tb_next.tb_frame; print(count(f))
### exception context
try:
    try: raise KeyError
    except KeyError as k:
        n = count(k); raise ValueError
except ValueError as v: print(n, count(v.__context__), count(v))
### exception cause
k = KeyError()
try: raise ValueError from k
except ValueError as v: print(count(k), v.__cause__ is k)
print(count(k)); del k
### exception raised again
def f():
    try: raise ValueError
    except ValueError as e:
        n = count(e)
        try: raise
        except ValueError as g: return n, count(e), e is g
print(f())
### sys.exc_info
def f():
    try: raise ValueError
    except ValueError:
        e = sys.exception(); n = count(e); t = sys.exc_info(); return n, count(e), count(t)
print(f())
### exception group
o = KeyError(1); g = ExceptionGroup('g', [o, ValueError()]); print(count(o), count(g.exceptions))
try: raise g
except* KeyError as e: print(count(o), count(e))
except* ValueError as e: print(count(o))
print(count(o))
### finally
def f(o):
    try: return o
    finally: print(count(o))
o = O(); print(count(f(o)), count(o))
### return through finally
def f():
    o = O()
    try: raise ValueError(o)
    except ValueError: pass
    finally: print(count(o))
    return count(o)
print(f())
### frame object
def f(o): return sys._getframe()
o = O(); fr = f(o); print(count(o), count(fr)); fr.clear(); print(count(o))
### frame of the caller
def f(): return count(sys._getframe(1)), count(sys._getframe())
print(f())
### f_locals
def f(o): return sys._getframe().f_locals
o = O(); p = f(o); print(count(o), count(p), p['o'] is o); del p; print(count(o))
### locals()
def f(o):
    d = locals(); n = count(o); d = None; return n, count(o)
o = O(); print(f(o))
### vars of an instance
o = O(); h = O(); h.o = o; v = vars(h); print(count(o), count(v)); h.__dict__ = {}; print(count(o), count(v)); del v; print(count(o))
### f_back
def f(): return g()
def g(): return sys._getframe()
fr = f(); print(fr.f_back is not None, count(fr), count(fr.f_back)); del fr
### trace function frame argument
seen = []
def tr(frame, event, arg): seen.append((event, count(arg) if event == 'return' and isinstance(arg, list) else 0)); return tr
def f(): x = []; return x
sys.settrace(tr); f(); sys.settrace(None); print(seen)
### class body
class C:
    x = O(); print(count(x)); y = x; print(count(x))
print(count(C.x))
### class namespace is copied
d = {'o': O()}; C = type('C', (), d); print(count(d['o']), count(d))
### metaclass
class M(type): pass
n = count(M)
class A(metaclass=M): pass
print(count(M) - n)
### __init_subclass__ and __set_name__
class S:
    def __set_name__(self, owner, name): print(count(self))
class C: s = S()
print(count(C.__dict__['s']))
### property call
class C:
    @property
    def p(self): return count(self)
c = C(); print(c.p, [c.p for _ in range(4)], C().p)
### __getattr__
class C:
    def __getattr__(self, n): return count(self)
c = C(); print(c.x, [c.x for _ in range(4)], C().x)
### operators
class C:
    def __add__(self, x): return count(self), count(x)
    def __radd__(self, x): return count(self)
    def __eq__(self, x): return count(self), count(x)
    def __neg__(self): return count(self)
    def __getitem__(self, i): return count(self), count(i)
    def __contains__(self, x): print(count(self), count(x)); return True
    def __iadd__(self, x): print(count(self), count(x)); return self
    def __len__(self): print(count(self)); return 1
    def __bool__(self): print(count(self)); return True
    __hash__ = None
c = C(); o = O(); print(c + o, o + c, c == o, -c, c[o], o in c, len(c), bool(c)); c += o
### operators on locals
class C:
    def __add__(self, x): return count(self), count(x)
    def __getitem__(self, i): return count(self), count(i)
    def __lt__(self, x): return count(self), count(x)
def f():
    c = C(); o = O()
    for _ in range(3): print(c + o, c[o], c < o, C() + O(), C()[O()])
f()
### __setitem__ and __delitem__
class C:
    def __setitem__(self, i, v): print(count(self), count(i), count(v))
    def __delitem__(self, i): print(count(self), count(i))
def f():
    c = C(); o = O(); c[o] = o; del c[o]; c[O()] = O()
f(); c = C(); o = O(); c[o] = o
### __setattr__
class C:
    def __setattr__(self, n, v): print(count(self), count(v))
def f():
    c = C(); o = O(); c.x = o; c.x = O()
f(); f()
### __iter__ and __next__
class C:
    def __iter__(self): print('i', count(self)); return self
    def __next__(self): print('n', count(self)); raise StopIteration
for x in C(): pass
c = C(); list(c); [*c]
def f():
    c = C()
    for x in c: pass
f()
### __enter__ and __exit__
class C:
    def __enter__(self): print(count(self))
    def __exit__(self, *a): print(count(self))
with C(): pass
def f():
    c = C()
    with c: pass
f()
### descriptor __get__ and __set__
class V:
    def __get__(self, obj, cls): return count(self), count(obj)
    def __set__(self, obj, v): print(count(self), count(obj), count(v))
class C: v = V()
def f():
    c = C(); print(c.v); c.v = O(); print(C().v)
c = C(); print(c.v); c.v = O(); f(); f()
### decorators
def deco(f): print(count(f)); return f
@deco
def g(): pass
print(count(g))
@deco
@deco
class K: pass
### comprehension variable
print([count(x) for x in [O(), O()]], {count(x) for x in [O()]}, {1: count(x) for x in [O()]}, list(count(x) for x in [O()]))
### comprehension in a function
def f():
    x = [O(), O()]
    return [count(v) for v in x], [count(x) for _ in x]
print(f())
### loop variable in a function
def f():
    for x in [O(), O()]: print(count(x))
    print(count(x))
    for i, x in enumerate([O()]): print(count(x))
    for x, y in zip([O()], (O(),)): print(count(x), count(y))
    for k, v in {1: O()}.items(): print(count(v))
    for x in {O()}: print(count(x))
    for x in (O(),): print(count(x))
    for x in iter([O()]): print(count(x))
    for x in (O() for _ in 'a'): print(count(x))
    for x in map(lambda v: v, [O()]): print(count(x))
f()
### map passes its arguments
def f(x): return count(x)
print(list(map(f, [O(), O()])), list(map(lambda *a: count(a[0]), [O()], [1])))
### filter and sorted pass theirs
print(list(filter(lambda x: print(count(x)), [O()])), sorted([O()], key=lambda x: print(count(x)) or 0) and '', min([O()], key=lambda x: print(count(x)) or 0) and '')
### classmethod and staticmethod call
class C:
    @classmethod
    def k(cls, x): return count(x)
    @staticmethod
    def s(x): return count(x)
def f():
    o = O(); print(C.k(o), C.s(o), C().k(o), C().s(O()))
f(); f()
### many arguments
def f(a, b, c, d, e): return [count(x) for x in (a, b, c, d, e)], count(a)
o = O(); print(f(o, O(), o, [o], (o,)))
### stored in a container while borrowed
def f(x):
    y = [x]; z = (x, x); d = {1: x}
    return count(x)
print(f(O()))
### borrowed past a branch
def f(x, c):
    y = x if c else O()
    return count(y), count(x)
print(f(O(), 1), f(O(), 0))
### try in a loop
def f():
    o = O(); r = []
    for i in range(3):
        try: r.append(count(o)); raise ValueError(o)
        except ValueError as e: r.append(count(o))
    return r, count(o)
print(f())
### nested functions share a cell
def f():
    o = O()
    def a(): return o
    def b(): return o
    return count(o), count(a.__closure__[0]), a, b
n, m, a, b = f(); print(n, m, count(a()), count(a.__closure__[0]))
### class cell
class C:
    def m(self): return __class__
n = count(C)
def f():
    c = C(); return count(c.m())
print(f() - n)
### thread target's arguments
import threading
def f(x): r.append(count(x))
r = []; o = O(); t = threading.Thread(target=f, args=(o,)); print(count(o)); t.start(); t.join(); print(r, count(o))
### lambda default arguments in a list
fs = [lambda x=O(): count(x) for _ in range(2)]; print([f() for f in fs])
### eval and exec
o = O(); print(eval('count(o)'), eval('count(x)', {'x': o, 'count': count})); exec('print(count(o)); y = o; print(count(o))')
### globals dict itself
print(count(globals()) - count(globals()), globals() is sys._getframe().f_globals)
### code object running
def f(): return count(f.__code__), count(f)
print(f(), f())
### __call__
class C:
    def __call__(self, x): return count(self), count(x)
c = C(); o = O(); print(c(o), [c(o) for _ in range(3)], C()(O()))
### __init__ alone, calls in a loop
class C:
    def __init__(self, o): print(count(self), count(o), end=' ')
def f():
    o = O()
    for _ in range(4): C(o)
    for _ in range(4): C(O())
f()
''')
