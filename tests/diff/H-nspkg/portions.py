import sys, os, tempfile, importlib
a, b, c = (tempfile.mkdtemp() for _ in range(3)); sys.path[:0] = [a, b]
def w(d, n, s=""): p = os.path.join(d, n); os.makedirs(os.path.dirname(p), exist_ok=True); open(p, "w").write(s)
w(a, "nsp/one.py", "v = 'one'"); w(b, "nsp/two.py", "v = 'two'"); w(c, "nsp/three.py", "v = 'three'"); w(a, "nsp/deep/x.py", "v = 'ax'"); w(b, "nsp/deep/y.py", "v = 'by'")
import nsp.one, nsp.two, nsp.deep.x, nsp.deep.y; print(nsp.one.v, nsp.two.v, nsp.deep.x.v, nsp.deep.y.v, len(nsp.__path__), type(nsp.__path__).__name__, nsp.__spec__.loader and type(nsp.__loader__).__name__, getattr(nsp, "__file__", "no file"), nsp.__spec__.origin, nsp.__package__)
try: import nsp.three
except ModuleNotFoundError as e: print(e)
sys.path.append(c); importlib.invalidate_caches(); import nsp.three; print(nsp.three.v, len(nsp.__path__), list(nsp.__path__) == [os.path.join(x, "nsp") for x in (a, b, c)], c + "/nsp" in nsp.__path__)
r = repr(nsp).replace(a, "A").replace(b, "B").replace(c, "C"); print(r)
try: from nsp import nothing
except ImportError as e: print(e)
try: nsp.zzz
except AttributeError as e: print(e)
w(c, "late/__init__.py", "kind = 'regular'"); w(a, "late/m.py"); importlib.invalidate_caches(); import late; print(late.kind)
w(a, "mod_wins/x.py"); w(b, "mod_wins.py", "kind = 'module'"); importlib.invalidate_caches(); import mod_wins; print(mod_wins.kind)
import importlib.resources as R; w(b, "nsp/data.txt", "ns data"); print((R.files("nsp") / "data.txt").read_text())
