import sys, gc
class A: __slots__ = ()
class B: __slots__ = ("a", "b", "c")
class C: pass
class D: __slots__ = ("__dict__",)
class E: __slots__ = ("__weakref__",)
for k in (A, B, C, D, E): o = k(); print(k.__name__, k.__basicsize__, k.__dictoffset__, k.__weakrefoffset__, sys.getsizeof(o), gc.is_tracked(o))
class Node:
    __slots__ = ("next", "v")
n = Node(); n.next = n; n.v = 1; import weakref; gc.collect(); del n; print(gc.collect())
class L:
    __slots__ = ("x", "__weakref__")
    def __del__(s): print("del", s.x)
l = L(); l.x = 5; r = weakref.ref(l); print(r() is l); del l; print(r())
o = B(); o.a = x = object(); c = sys.getrefcount(x); del o.a; print(c - sys.getrefcount(x)); o.b = x; o.b = None; print(c - sys.getrefcount(x)); print(gc.get_referents(o))
