import sys
sys.setrecursionlimit(80)
def f(n):
    return g(n + 1)
def g(n): return f(n)
def h(n):
    return h(n + 1)
import traceback
try: f(0)
except RecursionError as e: traceback.print_exc(file=sys.stdout, limit=-12)
h(0)
