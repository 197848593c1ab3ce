import sys
from collections import Counter
n = Counter(); depth = mx = 0
def prof(f, e, a):
    global depth, mx
    if e == "call": n[f.f_code.co_name] += 1; depth += 1; mx = max(mx, depth)
    elif e == "return": depth -= 1
    elif e == "c_call": n["c:" + a.__qualname__] += 1
def fib(k): return k if k < 2 else fib(k - 1) + fib(k - 2)
def work(): fib(10); "a,b".split(","); max(1, 2); {}.get(1); abs(-1); dict(a=1); [*map(str, (1, 2))]
sys.setprofile(prof); work(); sys.setprofile(None); print(sorted(n.items()), depth, mx)
