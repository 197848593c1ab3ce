# Which objects get the address of one that died: same size class, or the free list of their type.
import sys
print(id([]) == id([]), id({}) == id({}), id(object()) == id(object()), id((1,sys)) == id((2,sys)), id(1.5*id(1)) == id(2.5*id(2)))
class A: pass
class B: __slots__=('a','b')
print(id(A()) == id(A()), id(B()) == id(B()), id(A()) == id(B()))
a=object(); b=object(); i=id(a); del a; print(id(b)==i); c=object(); print(id(c)==i)
l=[object() for _ in range(10)]; ids=[id(o) for o in l]; del l[3]; n=object(); print(ids.index(id(n)))
print(id(6)-id(5), id(-5)<id(256))
l=[object() for _ in range(1000)]; s={id(o) for o in l}; print(len(s)); del l; m=[object() for _ in range(1000)]; t={id(o) for o in m}; print(len(t), len(s&t)>900)
f=1.5*id(2); i=id(f); del f; x=object(); y=[1.5*id(3)]; print(id(x)==i, id(y[0])==i)
print(id(A)==id(A), hash(A)==id(A)>>4 or hash(A), [hash(o)==(id(o)>>4) for o in (object(), A())])
def f(): pass
i=id(f.__code__); print(id(f.__code__)==i, id(A.__dict__)==id(A.__dict__), id(f.__get__(1))==id(f.__get__(2)))
d={}; 
for k in range(50): d[id(object())]=k
print(len(d))
d={}
for k in range(50): d[id([k])]=k
print(len(d))
x=[]; 
for k in range(5): x=[x]; 
print(len({id(z) for z in [x, x[0], x[0][0]]}))
