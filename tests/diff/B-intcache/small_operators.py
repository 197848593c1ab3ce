"""Operators of ints that fit a double, around 2**31, 2**32 and 2**53, against the same with ints that do not."""
import random

random.seed(314)
EDGES = [0, 1, 2, 3, 7, 255, 2**30, 2**31 - 1, 2**31, 2**32 - 1, 2**32, 2**33 + 5, 2**52, 2**53 - 1, 2**53]
values = EDGES + [-n for n in EDGES] + [random.randrange(-2**53, 2**53) for _ in range(40)] + [random.randrange(-2**34, 2**34) for _ in range(40)]
wrong = 0
total = 0
for x in values:
    for y in values:
        a, o, e = x & y, x | y, x ^ y
        X, Y = x << 70, y << 70
        wrong += (a << 70 != X & Y) + (o << 70 != X | Y) + (e << 70 != X ^ Y)
        if y:
            q, r = x // y, x % y
            wrong += q * y + r != x or not (0 <= r < y if y > 0 else y < r <= 0)
            wrong += q != X // Y or r << 70 != X % Y
            total += q + r
        total += a - o + e
    for n in (0, 1, 5, 30, 31, 52):
        wrong += x >> n != (x << 70) >> (n + 70)
        wrong += x << n != x * 2**n
        total += (x >> n) + (x << n)
print(wrong, total)
print([7 // 2, -7 // 2, 7 // -2, -7 // -2], [7 % 3, -7 % 3, 7 % -3, -7 % -3], 0 // -5, 0 % -5)
print([hash(x % 97 & 31) for x in values[:12]], str(-1 & 2**40), repr(2**53 | 1))
