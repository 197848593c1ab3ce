def decode(code):
    it = iter(code.co_linetable); line = code.co_firstlineno; out = []
    def varint():
        b = next(it); v = b & 63; sh = 0
        while b & 64: b = next(it); sh += 6; v |= (b & 63) << sh
        return v
    def svarint():
        u = varint(); return -(u >> 1) if u & 1 else u >> 1
    for b in it:
        kind = (b >> 3) & 15; n = (b & 7) + 1
        if kind == 15: e = (None,) * 4
        elif kind == 14: line += svarint(); el = line + varint(); c1 = varint(); c2 = varint(); e = (line, el, c1 - 1 if c1 else None, c2 - 1 if c2 else None)
        elif kind == 13: line += svarint(); e = (line, line, None, None)
        elif kind >= 10: line += kind - 10; c1 = next(it); c2 = next(it); e = (line, line, c1, c2)
        else: s = next(it); c1 = kind * 8 + (s >> 4); e = (line, line, c1, c1 + (s & 15))
        out += [e] * n
    return out
import textwrap
srcs = ["def f(): return 1", "with a as b:\n  c", "try:\n  a\nexcept E as e:\n  b\nfinally:\n  c", "x = " + "(" * 30 + "a" + ")" * 30 + " + bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb", "a(\n" * 5 + "b" + "\n)" * 5, "\n" * 500 + "x\n" + "\n" * 300 + "y", "[q for q in\n w if\n e]", "async def g():\n async for i in j: yield i", "class A[T]:\n x: int\n def m(s): super().m()"]
def all_codes(c):
    yield c
    for k in c.co_consts:
        if hasattr(k, "co_code"): yield from all_codes(k)
for s in srcs:
    for c in all_codes(compile(s, "<s>", "exec")):
        print(c.co_name, decode(c) == [(p[0], p[1], p[2], p[3]) for p in c.co_positions()], c.co_linetable.hex())
