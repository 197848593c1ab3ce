import sys
x = object(); base = sys.getrefcount(x)
def d(): return sys.getrefcount(x) - base
l = [x] * 5; print(d()); t = (x, x); print(d()); di = {1: x, x: 2}; print(d()); del l; print(d()); t = None; print(d()); di.clear(); print(d())
f = lambda v=x: v; print(d()); g = (lambda: (lambda z: z))()(x); print(d()); del f, g; print(d())
class A: pass
a = A(); a.x = x; print(d()); A.y = x; print(d()); del a, A; print(d())
s = {x}; fs = frozenset(s); print(d()); del s, fs; m = [x].append; print(d()); del m
it = iter([x, x]); print(d()); next(it); print(d()); del it; print(d())
import functools; p = functools.partial(print, x); print(d()); del p
try: raise ValueError(x)
except ValueError as e: print(d())
print(d())
