import sys
sys.setrecursionlimit(110000)
def f(n): return 0 if n == 0 else 1 + f(n - 1)
try: print(f(100000))
except RecursionError as e: print("RecursionError")
def even(n): return True if n == 0 else odd(n - 1)
def odd(n): return False if n == 0 else even(n - 1)
print(even(50001))
class T:
    def __init__(s, n): s.c = T(n - 1) if n else None
    def size(s): return 1 + (s.c.size() if s.c else 0)
try: print(T(20000).size())
except RecursionError: print("RecursionError")
sys.setrecursionlimit(1000)
try: f(5000)
except RecursionError as e: print(e)
print("alive")
