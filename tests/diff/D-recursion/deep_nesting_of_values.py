import sys, copy, json, pickle
l = []
for _ in range(100000): l = [l]
for name, f in (("repr", lambda: repr(l)), ("eq", lambda: l == copy_of), ("json", lambda: json.dumps(l)), ("deepcopy", lambda: copy.deepcopy(l)), ("hash", lambda: hash(t)), ("lt", lambda: l < copy_of)):
    copy_of = []
    for _ in range(100000): copy_of = [copy_of]
    t = ()
    for _ in range(100000): t = (t,)
    try: f(); print(name, "survived")
    except RecursionError: print(name, "survived")
del l, copy_of, t; print("deallocated")
class N:
    def __init__(s, n): s.next = n
n = None
for _ in range(100000): n = N(n)
del n; print("chain gone")
g = iter([1])
for _ in range(5000): g = map(lambda x: x + 1, g)
try: next(g); print("map survived")
except RecursionError: print("map survived")
def gen(n):
    if n: yield from gen(n - 1)
    yield n
try: print(sum(gen(400)))
except RecursionError: print("gen")
d = {}
for _ in range(100000): d = {"k": d}
try: str(d); print("RecursionError")
except RecursionError: print("RecursionError")
del d
e = None
for i in range(50000): x = ValueError(i); x.__cause__ = e; e = x
del e, x; print("exceptions gone")
f = lambda: 0
for _ in range(20000): f = (lambda g: lambda: g)(f)
del f; print("closures gone")
