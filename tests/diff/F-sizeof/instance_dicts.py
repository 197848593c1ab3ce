# Dicts of instances: those that share the keys of their class, and what ends the sharing.
import sys
s=sys.getsizeof
class B: __slots__ = ("x",)
class A: pass
class C:
    def __init__(self): self.a=1; self.b=2
class D(B): pass
class F: __slots__ = ("__dict__",)
class H(list): pass
class K(str): pass
class G(int): pass
class W(float): pass
class T(tuple): pass
class X(type): pass
class Y(A, metaclass=X): pass
class I(dict): pass
class Sub(C): pass
for t in (A,C,D,F,H,K,G,W,T,X,Y,I,Sub):
    print(t.__name__, bool(t.__flags__&16), s(t), end=" ")
    if t is X: print(s(vars(X("a",(),{})))); continue
    print([(s(o), s(vars(o))) for o in [t() for _ in range(3)]], end=" ")
    o=t(); print(s(vars(o)), end=" "); o.q=1; print(s(vars(o)), end=" "); p=[t() for i in range(40)]; print(s(vars(o)), s(vars(p[0])), s(vars(p[-1])), end=" ")
    o=t(); o.z=1; o.y=2; o.zz=3; print(s(vars(o)))
class L:
    pass
for i in range(5): o=L(); o.a=1; o.b=2; print(s(vars(o)), end=" ")
print()
class M:
    def f(self):
        self.a=self.b=self.c=self.d=self.e=self.f=self.g=1
for i in range(40): o=M(); o.zzz=1; print(s(vars(o)), end=" ")
o.f(); print(s(vars(o))); o.more=1; print(s(vars(o)))
o=M(); vars(o)[1]=2; print(s(vars(o))); o=M(); o.a=1;vars(o).popitem(); print(s(vars(o))); o=M(); o.a=1; d=vars(o); del o; print(s(d)); 
o=M(); o.a=1; d=vars(o); d.clear(); print(s(d)); o.x=1; print(s(d)); o=M();d=vars(o); d.update(a=1); print(s(d)); d.setdefault("q",1); print(s(d)); d.pop("a"); print(s(d)); print(s(d.copy()), s(dict(d)), s({**d}), s(d|{}))
o=M(); o.__dict__={"a":1}; print(s(vars(o)))
import copy; o=C(); print(s(vars(copy.copy(o))))
