def parse(t):
    it = iter(t); out = []
    def v():
        b = next(it); x = b & 63
        while b & 64: b = next(it); x = x << 6 | b & 63
        return x
    try:
        while True:
            s = v() * 2; n = v() * 2; target = v() * 2; dl = v(); out.append((s, s + n, target, dl >> 1, bool(dl & 1)))
    except StopIteration: return out
body = "\n".join(f"  x{i} = {i} + a" for i in range(80))
src = f"def big():\n try:\n{body}\n except E:\n  b\n finally: c\n"
ns = {}; exec(src, ns); print(parse(ns["big"].__code__.co_exceptiontable), ns["big"].__code__.co_exceptiontable.hex())
def w():
    with a, b as c: return 1
def t():
    while 1:
        try: break
        except: raise
        finally: x
for f in (w, t, lambda: 0): print(parse(f.__code__.co_exceptiontable))
