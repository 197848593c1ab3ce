class Vec:
    def __init__(s, *v): s.v = v
    def __repr__(s): return f"Vec{s.v}"
    def __add__(s, o): return Vec(*(a + b for a, b in zip(s.v, o.v))) if isinstance(o, Vec) else NotImplemented
    def __mul__(s, k): return Vec(*(a * k for a in s.v))
    __rmul__ = __mul__
    def __neg__(s): return s * -1
    def __matmul__(s, o): return sum(a * b for a, b in zip(s.v, o.v))
    def __getitem__(s, i): return Vec(*s.v[i]) if isinstance(i, slice) else s.v[i]
    def __len__(s): return len(s.v)
    def __iter__(s): return iter(s.v)
    def __eq__(s, o): return s.v == o.v if isinstance(o, Vec) else NotImplemented
    def __hash__(s): return hash(s.v)
    def __bool__(s): return any(s.v)
    def __format__(s, f): return "<" + ",".join(format(x, f) for x in s.v) + ">"
    def __contains__(s, x): return x in s.v
    def __abs__(s): return sum(x * x for x in s.v) ** .5
    def __divmod__(s, k): return [divmod(x, k) for x in s]
    def __rpow__(s, b): return [b ** x for x in s]
a, b = Vec(1, 2), Vec(3, 4); print(a + b, 3 * a, a * 2, -a, a @ b, a[0], a[:1], len(a), list(a), a == Vec(1, 2), {a: 1}[Vec(1, 2)], bool(Vec(0)), f"{a:.1f}", 2 in a, abs(b), divmod(b, 2), 2 ** b, max(b), sum(a), [*a, *b], sorted(b, reverse=True))
for c in ("a + 1", "1 + a", "a - b", "a < b", "a @ 5", "a ** 2", "a & b", "a[5]", "a['x']", "a += 1", "~a", "a()", "round(a)", "int(a)"):
    try: exec(c)
    except Exception as e: print(c, type(e).__name__, e)
class R:
    def __radd__(s, o): return ("radd", o)
    def __rsub__(s, o): return NotImplemented
    def __eq__(s, o): print("eq asked"); return NotImplemented
    def __lt__(s, o): return "lt"
    def __class_getitem__(c, k): return k
class S(R):
    def __radd__(s, o): return ("sub radd", o)
    def __add__(s, o): return "add"
print(1 + R(), [] + R() if 0 else "", R() == R(), R() > R(), R() < 1, 5 > R(), R() + S(), S() + R())
try: 1 - R()
except TypeError as e: print(e)
class It:
    def __init__(s, n): s.n = n
    def __iter__(s): return s
    def __next__(s):
        if not s.n: raise StopIteration
        s.n -= 1; return s.n
    def __length_hint__(s): return s.n
print(list(It(3)), sum(It(4)), dict(enumerate(It(2))), [*zip(It(2), It(3))], max(It(5)), tuple(reversed(list(It(3)))), 2 in It(3), iter(lambda i=It(9): next(i), 5).__class__.__name__)
class Seq:
    def __getitem__(s, i):
        if i > 2: raise IndexError
        return i * 10
print(list(Seq()), 20 in Seq(), 99 in Seq(), [*iter(Seq())])
try: reversed(Seq())
except TypeError as e: print(e)
class Cmp:
    def __init__(s, v): s.v = v
    def __lt__(s, o): return s.v < o.v
print([c.v for c in sorted([Cmp(3), Cmp(1)])], max([Cmp(1), Cmp(2)]).v if hasattr(Cmp, "__gt__") else "")
