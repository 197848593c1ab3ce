import marshal
vals = [None, True, False, ..., StopIteration, 0, 1, -1, 2**31 - 1, 2**31, -2**31, -2**31 - 1, 2**100, -2**45, 1.5, -0.0, 1e300, 1+2j, "", "a", "abc", "é", "\u20ac\U0001F600", "\ud800", b"", b"abc", bytearray(b"x"), (), (1, "a"), [1, [2]], {}, {1: 2, "a": None}, {1}, frozenset({1}), "x" * 300, (1,) * 300, slice(1, 2, None)]
for v in vals:
    for ver in (0, 1, 2, 3, 4, 5):
        try: b = marshal.dumps(v, ver)
        except ValueError as e: print(ver, repr(v)[:20], e); continue
        if ver == 2: print(repr(v)[:30], b.hex()[:120])
        r = marshal.loads(b); assert r == v or v is StopIteration, (v, r)
print(marshal.version)
