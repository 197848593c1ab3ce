import copy
l = [1, [2], "s", (1, [2])]
c = copy.copy(l); d = copy.deepcopy(l)
print(c is l, c == l, c[1] is l[1], d[1] is l[1], d[2] is l[2], d[3] is l[3], d == l)
t = (1, "a"); print(copy.copy(t) is t, copy.deepcopy(t) is t, t[:] is t, tuple(t) is t, t + () is t, () + t is t, t * 1 is t)
s = "abc"; print(s[:] is s, str(s) is s, s + "" is s, "".join([s]) is s, s.strip() is s, s.replace("z", "y") is s, s.upper().lower() is s, s.ljust(2) is s, copy.deepcopy(s) is s, s.encode().decode() is s)
b = b"abc"; print(b[:] is b, bytes(b) is b, b + b"" is b, b"".join([b]) is b, b.strip() is b)
f = frozenset({1}); print(frozenset(f) is f, f | f is f, f.copy() is f, f - frozenset() is f)
i = 10**10; print(int(i) is i, +i is i, i * 1 is i, i | 0 is i, abs(i) is i, i.numerator is i, i.conjugate() is i, round(i) is i)
x = 2.5; print(float(x) is x, +x is x, x * 1 is x, copy.deepcopy(x) is x, x.real is x)
print(list(l) is l, dict({}) is {}, range(3)[:] is range(3), l.copy() is l, [].__iadd__([]) is None)
