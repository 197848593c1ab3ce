def add(x, y): return x + y
def sub(x, y): return x - y
for _ in range(40): add(1, 2); sub(3, 1)
m = 2**53 - 1
for y in (0, 1, 2, 3, 5, 10**6 + 1, m): print(add(m, y), sub(-m, y), add(-m, -y), sub(m, -y))
a, b = 0, 1
for _ in range(200): a, b = b, a + b
print(a)
t = 0
for i in range(20): t += m - i
print(t, t - m * 20, add(0, 0), sub(0, 0), repr(sub(0, 0)))
