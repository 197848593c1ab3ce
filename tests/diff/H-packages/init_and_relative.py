import sys, os, tempfile
d = tempfile.mkdtemp(); sys.path.insert(0, d)
def w(n, s): p = os.path.join(d, n); os.makedirs(os.path.dirname(p), exist_ok=True); open(p, "w").write(s)
w("pk/__init__.py", "print('init', __name__, __package__, [__import__('os').path.basename(p) for p in __path__])\n__all__ = ['a', 'fn', 'b']\ndef fn(): return 'fn'\nhidden = 1\n_h = 2\n")
w("pk/a.py", "from . import b\nfrom .b import name as bn\nfrom .sub import deep\nfrom .sub.deep import up\nimport pk.b as pb\nv = (b is pb, bn, deep.__name__, up)\n")
w("pk/b.py", "name = __name__\n"); w("pk/sub/__init__.py", ""); w("pk/sub/deep.py", "from ...pk import b if False else b\n".replace(" if False else b", "") if False else "from .. import b\nfrom ..b import name\nup = b.name\n")
from pk import *; print(a.v, fn(), b.name, "hidden" in globals()); import pk; print(pk.a is a, pk.sub.deep.up, sorted(n for n in vars(pk) if not n.startswith("__")))
w("pk/esc.py", "from ... import x\n"); w("pk/esc2.py", "from ..nothing import x\n"); w("pk/nf.py", "from . import nope\n"); w("pk/nf2.py", "from .nope import x\n"); w("badall/__init__.py", "__all__ = ['nosuch']\n"); w("badall2/__init__.py", "__all__ = [5]\n"); w("badall3/__init__.py", "__all__ = 5\n")
for s in ("import pk.esc", "import pk.esc2", "import pk.nf", "import pk.nf2", "from badall import *", "from badall2 import *", "from badall3 import *", "import pk.b.c", "from pk.b import zz", "from pk import zz", "import pk.zz"):
    try: exec(s); print(s, "ok")
    except Exception as e: print(s, "->", type(e).__name__, str(e).replace(d, "<d>"))
w("dynp/__init__.py", "import os\n__path__.append(os.path.join(os.path.dirname(__file__), 'plugins'))\n"); w("dynp/plugins/plug.py", "v = 'plugged'"); import dynp.plug; print(dynp.plug.v)
w("bind/__init__.py", "sub = 'attribute first'\n"); w("bind/sub.py", "x = 1"); from bind import sub; print(sub); import bind.sub; print(type(bind.sub).__name__)
