class Validator:
    def __set_name__(s, o, n): s.p = n
    def __set__(s, o, v): s.check(v); o.__dict__[s.p] = v
class Range(Validator):
    def __init__(s, lo, hi): s.lo, s.hi = lo, hi
    def check(s, v):
        if not s.lo <= v <= s.hi: raise ValueError(f"{s.p}={v!r} not in [{s.lo}, {s.hi}]")
class OneOf(Validator):
    def __init__(s, *o): s.o = o
    def check(s, v):
        if v not in s.o: raise ValueError(f"{v!r} is not one of {s.o}")
class Item:
    qty = Range(0, 10); kind = OneOf("a", "b")
    def __init__(s, q, k): s.qty = q; s.kind = k
i = Item(5, "a"); print(vars(i), i.qty)
for a in ((11, "a"), (1, "z"), ("x", "a")):
    try: Item(*a)
    except (ValueError, TypeError) as e: print(type(e).__name__, e)
i.__dict__["qty"] = 99; print(i.qty); del i.__dict__["qty"]
try: print(i.qty is Item.__dict__["qty"])
except AttributeError as e: print(e)
