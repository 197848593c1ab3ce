# Slots: where they are read, written and deleted, what holds their values, with subclasses, dicts and native bases.
import sys, gc, copy
class A:
    __slots__ = ('a', 'b')
class B(A):
    __slots__ = ('c', '__dict__', '__weakref__')
class C(B):
    pass
class D:
    __slots__ = ('x', 'y', 'z', 'w')
class E(list):
    __slots__ = ('p', 'q')
class F:
    q = E.p
    r = A.a
def get(o, names):
    out = []
    for n in names:
        try: out.append(getattr(o, n))
        except AttributeError as e: out.append(str(e))
    return out
for _ in range(3):
    for T, names in ((A, 'ab'), (B, 'abcd'), (C, 'abcd'), (D, 'xyzw'), (E, 'pq')):
        o = T()
        print(get(o, names))
        vals = [object() for _ in names]
        for n, v in zip(names, vals): setattr(o, n, v)
        print([sys.getrefcount(v) for v in vals], [getattr(o, n) is v for n, v in zip(names, vals)])
        print(len(gc.get_referents(o)), sys.getsizeof(o))
        p = copy.copy(o)
        print([getattr(p, n) is v for n, v in zip(names, vals)], [sys.getrefcount(v) for v in vals])
        delattr(o, names[1]); print(get(o, names[1]), sys.getrefcount(vals[1]))
        try: delattr(o, names[1])
        except AttributeError as e: print(e)
        o.__class__
        del o, p
        print([sys.getrefcount(v) for v in vals])
def f(o): return o.r
for i in range(50):
    try: f(F())
    except TypeError as e: s = str(e)
print(s)
def g(o): o.r = 1
for i in range(50):
    try: g(F())
    except TypeError as e: s = str(e)
print(s)
class A2:
    __slots__ = ('a', 'b')
a = A(); a.a = 1; a.__class__ = A2; print(a.a)
a.a = a; del a; print(gc.collect())
def loop(o):
    for i in range(1000):
        o.x = i; o.y = o.x; o.z = o.y; o.w = o.z
    return o.x, o.y, o.z, o.w
print(loop(D()))
