# When and in which order objects die.
import sys


class D:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("-", self.name, end=" ")


def end(what):
    print("|", what)


def locals_():
    a = D("a")
    b = D("b")
    c = D("c")


locals_(); end("locals")
x = [D("l0"), D("l1"), D("l2")]; del x; end("list")
x = (D("t0"), D("t1")); del x; end("tuple")
x = {"a": D("d0"), "b": D("d1")}; del x; end("dict")
x = D("old"); x = D("new"); end("rebound"); del x; end("deleted")
x = [D(i) for i in range(4)]; x.pop(); end("pop"); del x[0]; end("del item"); x[:] = []; end("slice")
x = {1: D("v")}; x[1] = D("w"); end("replaced"); x.clear(); end("clear")
try:
    raise ValueError(D("arg"))
except ValueError as e:
    end("caught")
end("after except")
def gen():
    a = D("gen local")
    yield
g = gen(); next(g); del g; end("generator")
class C: pass
c = C(); c.x = D("attr x"); c.y = D("attr y"); del c; end("attributes")
def f(a, b=D("default")): pass
del f; end("function")
D("temporary"); end("temporary")
(D("t"), D("u")); end("tuple temporaries")
[D("in comp") for _ in range(2)]; end("comprehension")
def ret(): return D("returned")
ret(); end("return value")
for i in [D("loop0"), D("loop1")]: pass
end("loop"); del i; end("loop variable")
def args(a, b): pass
args(D("arg a"), D("arg b")); end("arguments")
class Cyc:
    def __del__(self): print("- cyc", end=" ")
import gc
c = Cyc(); c.me = c; del c; end("cycle"); gc.collect(); end("collected")
class Res:
    kept = []
    def __del__(self): Res.kept.append(self); print("- res", end=" ")
r = Res(); del r; end("resurrected"); Res.kept.clear(); end("dropped for good")
import weakref
a = D("weak"); w = weakref.ref(a, lambda r: print("callback", r() is None, end=" ")); del a; end("weakref")
a = D("fin"); f = weakref.finalize(a, print, "finalize", end=" "); del a; end("finalize")
with_ = None
def nested():
    def inner():
        return cell
    cell = D("cell")
    return inner
n = nested(); n(); end("closure"); del n; end("closure gone")
a = b = D("two names"); del a; end("one name"); del b; end("none")
print("exit")
last = D("module global")
