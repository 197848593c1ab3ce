import dis
def iterative(n):
    a, b = 0, 1
    for _ in range(n): a, b = b, a + b
    return a
def gen():
    a, b = 0, 1
    while True:
        yield a
        a, b = b, a + b
memo = {}
def memoised(n):
    if n in memo: return memo[n]
    memo[n] = r = n if n < 2 else memoised(n - 1) + memoised(n - 2)
    return r
rec = lambda n: n if n < 2 else rec(n - 1) + rec(n - 2)
import itertools
print(iterative(100), list(itertools.islice(gen(), 12)), memoised(80), rec(12))
for f in (iterative, gen, memoised, rec): dis.dis(f); print(f.__code__.co_consts, f.__code__.co_names, f.__code__.co_stacksize)
