import sys
x = object(); y = object()
print(id(x) == id(x), id(x) != id(y), x is not y)
a = []
print(sys.getrefcount(a)); b = a; print(sys.getrefcount(a)); l = [a, a]; print(sys.getrefcount(a)); del l, b; print(sys.getrefcount(a))
def f(v): return sys.getrefcount(v)
def local():
    z = []
    return sys.getrefcount(z), f(z)
print(sys.getrefcount([]), f(a), f([]), local())
print(sys.getrefcount(None), sys.getrefcount(5), sys.getrefcount(()), sys.getrefcount(int) > 10**9, sys.getrefcount(""))
class D:
    def __del__(self): print("del")
d = D(); d2 = d; del d; print("one left"); del d2; print("gone")
D(); print("after temp")
