import re
def f(): pass
async def co(): pass
class C:
    def m(self): pass
    class D: pass
vals = [f, lambda: 0, C, C.D(), C().m, C.m, len, [].append, str.join, (1).__add__, int.__add__, int.real, type, object(), iter([]), {}.keys(), {1: 2}.values(), {1: 2}.items(), slice(1, None), range(1, 5, 2), NotImplemented, ..., __import__("sys"), __import__("os"), (x for x in ()), classmethod(f), staticmethod(f), property(f), super(C, C()), memoryview(b"a"), bytearray(b"x"), frozenset({1}), set(), {}, (1,), [1, [2]], f.__code__, list[int], int | None, dict.fromkeys, Exception("a", 1), KeyError("k"), C.__dict__, type.__call__, object.__init__, re.compile("a"), 1e22, 1e16, 1e-5, 123456789.123, -0.0, 1j, -0j, complex("nan"), "it's", 'a"b\'c', "\x00\x7f\xa0\u200b\U0001F600\ud800", b"\x00'\"\xff", 10**25]
for v in vals: print(re.sub("0x[0-9a-f]+", "ADDR", repr(v)).replace("line 2", "line N"))
l = [1]; l.append(l); d = {}; d["d"] = d; print(l, d)
class R:
    def __repr__(self): return 5
try: repr(R())
except TypeError as e: print(e)
print(f"{C()!s:.8}", ascii("é\u20ac\U0001F600"))
