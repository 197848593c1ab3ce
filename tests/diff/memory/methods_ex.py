# Bound methods called with (*args, **kwargs), and by natives: who holds self and the arguments meanwhile.
from _snippets import run

run(r'''
### a tuple, a list, keywords
class C:
    def m(self, x=None, y=None): return count(self), count(x), count(y)
    def rest(self, *a, **k): return count(self), [count(o) for o in a], [count(o) for o in k.values()]
def f():
    c = C(); o = O(); p = O(); m = c.m; t = (o, p); d = {'x': o, 'y': p}
    print(c.m(*[o]), m(*[o]), c.m(*t), m(*t), C.m(c, *t))
    print(c.m(**d), m(*[o], y=p), m(*(), **{}), c.m(*[O()], **{'y': O()}))
    print(c.rest(*t), c.rest(*t, *t))
    return c, o, p, m, t, d
print(*map(count, f()))
c = C(); o = O(); print(c.m(*[o]), c.m(*[o], **{}), c.m(o, *()), C().m(*[O()]), C().m(*[o], **{'y': o}))
### what is left of it
class C:
    def m(self, x): return x
    def g(self, x): yield count(self), count(x)
    def fails(self, x): raise KeyError(count(self), count(x))
    async def a(self, x): return count(self), count(x)
    class n: 
        def __init__(self, c, x): print(count(c), count(x))
c = C(); o = O()
for _ in range(3): c.m(*[o])
print(count(c), count(o), c.m(*[o]) is o, list(c.g(*[o])), count(c), count(o))
for _ in range(3):
    try: c.fails(*[o])
    except KeyError as e: print(e.args, count(c), count(o))
print(count(c), count(o)); c.n(*[c, o])
try: c.a(*[o]).send(None)
except StopIteration as e: print(e.value)
for bad in ((), (1, 2)):
    try: c.m(*bad)
    except TypeError as e: print(e)
try: c.m(*[1], **{'x': 2})
except TypeError as e: print(e)
print(count(c), count(o))
### super, classmethods, recursion
class B:
    def __init__(self, *a, **k): print(count(self), len(a), sorted(k))
    @classmethod
    def c(cls, x): return count(x)
class C(B):
    def __init__(self, *a, **k): super().__init__(*a, **k)
    def depth(self, n): return self.depth(*[n - 1]) if n else count(self)
o = O(); c = C(o); print(count(o), C.c(*[o]), c.c(*[o]), count(c), c.depth(3), c.depth(500) > 500)
try: c.depth(10**6)
except RecursionError: print('deep')
print(count(c))
### traced
import sys
class C:
    def m(self, x): return x
seen = []
def trace(frame, event, arg): seen.append((event, frame.f_code.co_name)); return trace
c = C(); o = O()
sys.settrace(trace); c.m(*[o]); sys.settrace(None); print(seen, count(o)); seen.clear()
sys.setprofile(lambda f, e, a: seen.append((e, f.f_code.co_name))); c.m(*[o]); sys.setprofile(None); print(seen, count(c), count(o))
### methods that natives call
class F:
    def write(self, s): self.n = count(self)
    def flush(self): print(count(self))
    def keys(self): print(count(self)); return []
    def __getitem__(self, k): return count(self), count(k)
    def read(self, n=-1): print(count(self)); return ''
    def readline(self): print(count(self)); return ''
    def close(self): print(count(self))
    def throw(self, e): print(count(self), count(e)); raise e
    def __iter__(self): return self
    def __next__(self): return 1
    def send(self, v): print(count(self)); return v
f = F(); dict(f); print(f['a' + 'b'])
def g(): yield from f
it = g(); next(it); it.send(1)
try: it.throw(KeyError())
except KeyError: pass
it = g(); next(it); it.close(); print(count(f))
import json; 
try: json.load(f)
except ValueError: pass
import io, csv, types
csv.writer(f).writerow([1]); print(f.n); print(1, file=f, flush=True); print(f.n)
p = types.MappingProxyType(f); list(p.keys()); print(count(f))
''')
