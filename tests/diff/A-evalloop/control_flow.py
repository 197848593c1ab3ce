def flow(n):
    out = []
    for i in range(n):
        try:
            if i == 1: continue
            if i == 4: break
            if i == 2: raise ValueError(i)
            out.append(i)
        except ValueError as e:
            out.append(("caught", e.args))
        else:
            out.append("else")
        finally:
            out.append("finally")
    else:
        out.append("for-else")
    return out
print(flow(3)); print(flow(6))
def f():
    try: return "try"
    finally: print("cleanup")
print(f())
def g():
    for i in range(3):
        try: return i
        finally: continue_ = 1
print(g())
class CM:
    def __init__(s, n, sw=False): s.n, s.sw = n, sw
    def __enter__(s): print("enter", s.n); return s
    def __exit__(s, *a): print("exit", s.n, a[0] and a[0].__name__, str(a[1])); return s.sw
with CM(1, True) as x, CM(2) as y:
    raise KeyError("k")
def w():
    for i in range(3):
        with CM(i):
            if i == 1: return "out"
print(w())
def gen():
    try:
        while True:
            got = yield
            print("got", got)
    except GeneratorExit:
        print("closing"); raise
    finally: print("gen finally")
q = gen(); next(q); q.send(1); q.close()
def match(v):
    match v:
        case 0 | 1: return "small"
        case [a, b, *rest] if rest: return a, b, rest
        case {"k": val, **kw}: return val, kw
        case str(s): return "s" + s
        case (x, y): return x + y
        case int(): return "int"
        case CM(n=n): return n
        case None: return "none"
        case _: return "other"
for v in (0, [1, 2, 3], {"k": 1, "z": 2}, "t", (1, 2), 77, CM(5), None, 1.5): print(match(v))
a, (b, *c), d = 1, "xyz", 4
print(a, b, c, d)
for bad in ("a, b = 1, 2, 3", "a, b = [1]", "a, *b, c = [1]", "a, b = 5", "[a] = {}"):
    try: exec(bad)
    except Exception as e: print(type(e).__name__, e)
i = 0
while i < 3: i += 1
else: print("while-else", i)
print([(x, y) for x in range(3) for y in range(x) if x + y != 2], {k: v for k, v in zip("ab", (1, 2))}, {x % 2 for x in range(5)}, list(x for x in "ab"))
