ops = ["a + b", "a - b", "a * b", "a / b", "a // b", "a % b", "a ** b", "a << b", "a >> b", "a & b", "a | b", "a ^ b", "a @ b", "a[b]", "a < b", "a == b", "a != b", "a >= b", "a in b", "a not in b", "divmod(a, b)", "-a", "+a", "~a", "not a"]
vals = [0, -7, True, 2.5, 1j, "ab", b"ab", [1, 2], (1,), {1: 2}, {1}, None, 2**70]

for op in ops:
    good, bad = [], {}
    for a in vals:
        for b in (3, 0.5, "ab", [3], None, {3}, 2**65 if "<<" not in op and "**" not in op else 5):
            try:
                good.append(repr(eval(op)))
            except Exception as e:
                k = f"{type(e).__name__}: {e}"
                bad[k] = bad.get(k, 0) + 1
    print(op, len(good), " ".join(g for g in good if len(g) < 30)[:300])
    for k in bad: print("    ", bad[k], k)
