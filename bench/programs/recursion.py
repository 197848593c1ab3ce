"""Plain recursive calls: Fibonacci, Ackermann and Takeuchi."""
import sys

sys.setrecursionlimit(10_000)


def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


def ackermann(m, n):
    if m == 0:
        return n + 1
    if n == 0:
        return ackermann(m - 1, 1)
    return ackermann(m - 1, ackermann(m, n - 1))


def takeuchi(x, y, z):
    if y >= x:
        return z
    return takeuchi(takeuchi(x - 1, y, z), takeuchi(y - 1, z, x), takeuchi(z - 1, x, y))


def run(n):
    total = 0
    for i in range(n):
        total += fib(24 + i % 2) + ackermann(2, 90 + i) + takeuchi(14, 8, i % 3)
    return total


print(run(30))
