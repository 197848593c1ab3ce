import sys, os, tempfile, traceback
d = tempfile.mkdtemp(); sys.path.insert(0, d)
def w(n, s): p = os.path.join(d, n); os.makedirs(os.path.dirname(p), exist_ok=True); open(p, "w").write(s)
w("outer.py", "x = 1\nimport inner_broken\n"); w("inner_broken.py", "def f():\n    raise ValueError('deep')\nf()\n")
try: import outer
except ValueError: print(traceback.format_exc().replace(d, "<d>")); print([m for m in ("outer", "inner_broken") if m in sys.modules])
w("badpk/__init__.py", "import badpk.sub\nraise KeyError('late')\n"); w("badpk/sub.py", "v = 1\n")
try: import badpk
except KeyError as e: print(e, sorted(m for m in sys.modules if m.startswith("badpk")))
w("syn.py", "def f(:\n  pass\n")
try: import syn
except SyntaxError: print(traceback.format_exc(limit=0).replace(d, "<d>"))
w("enc.py", ""); open(os.path.join(d, "enc.py"), "wb").write(b"x = '\xff'\n")
try: import enc
except SyntaxError as e: print(str(e).replace(d, "<d>"))
import missing_module_here.sub
