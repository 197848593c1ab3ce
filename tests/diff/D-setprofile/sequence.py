import sys, threading
out = []
def prof(f, e, a): out.append((f.f_code.co_name, e, getattr(a, "__name__", None) if e.startswith("c_") else a if e == "return" and isinstance(a, (int, str, type(None))) else "")) if f.f_code.co_filename == __file__ else None
def a(): b(1); len("x"); [].append(1)
def b(n):
    try: int("bad")
    except ValueError: pass
    return n
def g():
    yield 1
    yield 2
def c(): list(g()); sorted([2, 1], key=lambda v: v); return "c"
def d(): raise KeyError
def e():
    try: d()
    except KeyError: return 5
for f in (a, c, e):
    out.clear(); sys.setprofile(prof); f(); sys.setprofile(None); print(f.__name__); print(*out, sep="\n")
print(sys.getprofile())
def bad(f, e, a): raise RuntimeError("in profiler")
sys.setprofile(bad)
try: a()
except RuntimeError as x: print(x, sys.getprofile())
for x in ("sys.setprofile()", "sys.settrace(1, 2)", "sys.getprofile(1)"):
    try: exec(x)
    except TypeError as y: print(y)
