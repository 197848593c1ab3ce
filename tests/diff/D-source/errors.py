import inspect, linecache, types
exec("def dyn(): pass\nclass Dyn: pass")
for o in (len, int, 5, dyn, Dyn, "s", types, __import__("sys"), None, type("T", (), {})):
    try: print(inspect.getsource(o)[:20])
    except (OSError, TypeError) as e: print(type(e).__name__, e if "0x" not in str(e) else "addr")
src = "def made(x):\n    return x * 2\n\nclass Made:\n    def m(self): return 1\n"
linecache.cache["<made>"] = (len(src), None, src.splitlines(True), "<made>"); ns = {"__name__": "madem"}; exec(compile(src, "<made>", "exec"), ns)
print(inspect.getsource(ns["made"]))
import sys; mod = types.ModuleType("madem"); mod.__dict__.update(ns); mod.__file__ = "<made>"; sys.modules["madem"] = mod
try: print(inspect.getsource(ns["Made"]))
except OSError as e: print(e)
def f(): return inspect.currentframe()
print(inspect.getsource(f()), inspect.findsource(f)[1], inspect.getblock(["def f():\n", "  x\n", "y\n"]), inspect.getfile(f) == __file__)
for o in (len, 5, int, __import__("sys")):
    try: inspect.getfile(o)
    except TypeError as e: print(e)
