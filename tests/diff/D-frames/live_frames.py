import sys
g = 1
def outer(a):
    b = a + 1
    return inner(b)
def inner(c):
    f = sys._getframe(); r = []
    while f:
        r.append((f.f_code.co_name, f.f_lineno, sorted(f.f_locals) if f.f_code.co_name != "<module>" else "mod", f.f_globals is globals(), f.f_builtins is __builtins__.__dict__, f.f_trace, f.f_lasti >= 0))
        f = f.f_back
    return r
for x in outer(1): print(*x)
print(sys._getframe().f_locals is globals(), sys._getframe(0).f_code.co_name, (lambda: sys._getframe(1).f_code.co_name)(), [sys._getframe().f_code.co_name for _ in (1,)])
class A: name = sys._getframe().f_code.co_name; loc = sorted(sys._getframe().f_locals)
print(A.name, A.loc)
try: sys._getframe(100)
except ValueError as e: print(e)
try: sys._getframe("x")
except TypeError as e: print(e)
print(sys._getframemodulename(), sys._getframemodulename(50))
import re
print(re.sub("0x\\w+|'.*?'", "_", repr(sys._getframe())))
f = sys._getframe()
for c in ("f.f_back = None", "f.f_lineno = 5", "f.f_trace = 5", "f.x = 1", "type(f)()", "f.f_code = 1", "f.clear()", "del f.f_trace_lines", "f.f_trace_opcodes = 5", "f.f_locals = {}"):
    try: exec(c); print(c, "ok")
    except Exception as e: print(c, type(e).__name__, e)
