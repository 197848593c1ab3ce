import sys
for v in (1.5, 1j, slice(1, 2), range(3), object(), 5, 2**100, "abc", b"abc", (1, 2), [1, 2], {}, set()):
    t = type(v); print(t.__name__, v.__sizeof__() >= t.__basicsize__, v.__sizeof__() - t.__basicsize__, sys.getsizeof(v) - v.__sizeof__())
for n in (1, 2, 3, 10):
    print(n, tuple(range(n)).__sizeof__() - (24 + 8 * n), (2 ** (30 * n)).__sizeof__(), ("x" * n).__sizeof__(), (b"x" * n).__sizeof__())
