import dis
def add(a, b): return a + b
def cat(a, b): return a + b
def attr(o): return o.x
def item(l, i): return l[i]
def it(r):
    for i in r: pass
def cmp(a, b): return a < b
def call(): return add(1, 2)
def glob(): return len
def meth(o): return o.m()
class A:
    def __init__(s): s.x = 1
    def m(s): return 5
a = A()
for _ in range(100):
    add(1, 2); cat("a", "b"); attr(a); item([1, 2], 1); it(range(5)); cmp(1, 2); call(); glob(); meth(a)
for f in (add, cat, attr, item, it, cmp, call, glob, meth): print(f.__name__, [i.opname for i in dis.get_instructions(f, adaptive=True)])
