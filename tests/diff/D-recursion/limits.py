import sys
def f(n): return 0 if n == 0 else 1 + f(n - 1)
try: f(10**6)
except RecursionError as e: print(e)
print(f(900)); sys.setrecursionlimit(5000); print(f(4500))
sys.setrecursionlimit(200)
def depth():
    n = 0
    def r(): nonlocal n; n += 1; r()
    try: r()
    except RecursionError: return n
print(150 < depth() < 200)
try: sys.setrecursionlimit(2)
except RecursionError as e: print(e)
sys.setrecursionlimit(1000)
class A:
    def __getattr__(s, n): return getattr(s, n + "x")
    def __repr__(s): return repr(s)
    def __eq__(s, o): return s == o
    def __hash__(s): return hash(s)
    def __call__(s): return s()
    def __add__(s, o): return s + o
    def __iter__(s): return iter(s)
    def __str__(s): return str(s)
    def __len__(s): return len(s)
    def __bool__(s): return bool(s)
    def __index__(s): return int(s)
for c in ("A().q", "repr(A())", "A() == 1", "hash(A())", "A()()", "A() + 1", "list(A())", "str(A())", "len(A())", "bool(A())", "range(A())"):
    try: eval(c)
    except RecursionError as e: print(c, "RecursionError")
