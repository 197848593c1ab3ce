import sys, os, tempfile, importlib, types
d = tempfile.mkdtemp(); sys.path.insert(0, d)
def w(n, s): open(os.path.join(d, n), "w").write(s); importlib.invalidate_caches()
sys.dont_write_bytecode = True
w("r.py", "a = 1\nb = 2\ndef f(): return a\n"); import r; old = r.f; w("r.py", "a = 10 + 0\ndef f(): return a * 2\n"); n = importlib.reload(r); print(n is r, r.a, r.b, r.f(), old())
sys.modules["blocked"] = None
for s in ("import blocked", "import blocked.x", "from blocked import y"):
    try: exec(s)
    except ImportError as e: print(type(e).__name__, e)
sys.modules["fake"] = types.SimpleNamespace(v=5); import fake; print(fake.v); from fake import v
try: from fake import zz
except ImportError as e: print(e)
w("selfrep.py", "import sys\nclass M: attr = 'replaced'\nsys.modules[__name__] = M()\n"); import selfrep; print(type(selfrep).__name__, selfrep.attr)
w("gone.py", "import sys\ndel sys.modules[__name__]\n")
try: import gone; print("ok?")
except (KeyError, ImportError) as e: print(type(e).__name__, e)
for a in (5, types.ModuleType("notin")):
    try: importlib.reload(a)
    except (TypeError, ImportError) as e: print(type(e).__name__, e)
w("bad.py", "import sys; part = 1\nraise RuntimeError('half')\n")
for _ in (1, 2):
    try: import bad
    except RuntimeError as e: print(e, "bad" in sys.modules)
w("rl.py", "x = 1"); import rl; w("rl.py", "1/0")
try: importlib.reload(rl)
except ZeroDivisionError: print("kept", rl.x, "rl" in sys.modules)
