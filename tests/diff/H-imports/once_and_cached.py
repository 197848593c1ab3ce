import sys, os, tempfile
d = tempfile.mkdtemp(); sys.path.insert(0, d)
def w(p, s): p = os.path.join(d, p); os.makedirs(os.path.dirname(p), exist_ok=True); open(p, "w").write(s)
w("m1.py", "print('loading', __name__, os.path.basename(__file__)); x = 1\n".replace("os.path", "__import__('os').path"))
import m1; import m1 as again; from m1 import x; print(m1 is again, sys.modules["m1"] is m1, x, m1.__spec__.name, m1.__package__ == "", m1.__doc__, type(m1.__loader__).__name__, sorted(k for k in vars(m1) if k.startswith("__")))
del sys.modules["m1"]; import m1 as fresh; print(fresh is m1)
w("m2.py", "'docstring'\n_private = 1; pub = 2\n"); from m2 import *; print("_private" in globals(), pub); import m2; print(m2.__doc__)
for s in ("import nosuch", "import m1.sub", "from m1 import nope", "from nosuch.a import b", "import os.nosuch", "from os.path import zzz", "import m1.x", "from . import a", "from .a import b", "__import__('')", "__import__(5)", "__import__('m1', level=-1)", "__import__('x', level=1)", "import sys.path.x", "__import__('m1.nope', fromlist=['a'])"):
    try: exec(s, {"__name__": "__main__"}); print(s, "ok")
    except Exception as e: print(s, "->", type(e).__name__, str(e).replace(d, "<tmp>"), getattr(e, "name", None), getattr(e, "path", None) and os.path.basename(e.path), getattr(e, "name_from", None))
import importlib; print(importlib.import_module("os.path") is os.path, __import__("os.path") is os, __import__("os.path", fromlist=["join"]) is os.path)
w("syn.py", "x = (1\n"); w("err.py", "y = 1\n1/0\n")
for n in ("syn", "err"):
    try: __import__(n)
    except Exception as e: print(type(e).__name__, e if n == "err" else e.msg, n in sys.modules)
