import sys
for v in (0, -1, -2, 2**61 - 1, 2**61, 2**61 - 2, -(2**61), 10**40, 0.5, 1e300, -0.0, float("inf"), float("-inf"), 1j, 3 + 4j, True,
          (), (1,), (1, 2, 3), ((1, 2), (3, 4)), frozenset(), frozenset({1, 2, 3}), range(10), range(0), None is None, slice(1, 2, 3)):
    print(repr(v), hash(v))
print(hash("") , hash(b""))
print(hash("a"), hash("abc"), hash("é"), hash("\u20ac"), hash("\U0001f600"), hash(b"abc"))
print(set("hello world"), {"b", "a", "c", "zeta"}, {3, 1, 2, 100, 50})
from fractions import Fraction
print(hash(Fraction(1, 3)))
class H:
    def __hash__(self): return 2**70
print(hash(H()))
class Bad:
    def __hash__(self): return "x"
try: hash(Bad())
except TypeError as e: print(e)
for v in ([], {}, set(), bytearray()):
    try: hash(v)
    except TypeError as e: print(e)
try: {[]: 1}
except TypeError as e: print(e)
try: {1, {}}
except TypeError as e: print(e)
