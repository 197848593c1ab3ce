import sys
s = sys.getsizeof
for n in (0, 1, -1, 2**30 - 1, 2**30, 2**60 - 1, 2**60, 2**90, -2**1000): print("int", s(n), end=" ")
print()
for n in (0, 1, 2, 7, 8, 100): print("str", s("a" * n), s("é" * n), s("\u20ac" * n), s("\U0001F600" * n), "bytes", s(b"a" * n), "tuple", s((1,) * n), "list", s([1] * n), "bytearray", s(bytearray(n)))
for v in (1.5, 1j, True, None, ..., range(3), slice(1), {}, set(), frozenset(), {1: 2}, {"a": 1}, {1, 2}, object(), len, Exception(), [1, 2, 3], [x for x in range(3)], list(range(10)), list((1, 2)), dict.fromkeys(range(6)), dict(a=1), {str(i): 1 for i in range(20)}, set(range(5)), set(range(100)), iter([]), iter(()), "abc".split(), super, (x for x in ()), lambda: 0, enumerate([]), zip(), memoryview(b"ab"), property()):
    print(type(v).__name__, s(v), v.__sizeof__() if v is not super else "")
class A: pass
class B: __slots__ = ("x",)
class C:
    def __init__(self): self.a = 1; self.b = 2
print(s(A()), s(B()), s(C()), s(C().__dict__), s(A().__dict__))
class Bad:
    def __sizeof__(self): return -1
class Bad2:
    def __sizeof__(self): return "x"
class Good:
    def __sizeof__(self): return 100
for k in (Bad, Bad2, Good):
    try: print(s(k()))
    except Exception as e: print(type(e).__name__, e)
print(s(Bad2(), "default"))
try: s()
except TypeError as e: print(e)
