def f(x, acc=[]):
    acc.append(x); return acc
a = f(1); b = f(2); print(a is b, a, f.__defaults__)
l = m = [1]; l += [2]; print(l is m, m); l = l + [3]; print(l is m, m)
t = u = (1,); t += (2,); print(t is u, u)
s = ([],)
try: s[0] += [1]
except TypeError as e: print(e, s)
d = e = {1: 1}; d |= {2: 2}; print(d is e, e)
q = r = {1}; q |= {2}; q -= {1}; q ^= {3}; print(q is r, sorted(r)); q = q | {9}; print(q is r)
by = bz = bytearray(b"a"); by += b"b"; by *= 2; print(by is bz, bz)
class V:
    def __iadd__(s, o): return NotImplemented
    def __add__(s, o): return "added"
v = V(); v += 1; print(v)
class W:
    def __init__(s): s.log = []
    def __getitem__(s, k): s.log.append(("get", k)); return 5
    def __setitem__(s, k, v): s.log.append(("set", k, v))
w = W(); w[print("key evaluated once")] += 1; print(w.log)
x = y = [[0] * 2] * 2; x[0][0] = 1; print(x, x[0] is x[1])
