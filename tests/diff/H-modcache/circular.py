import sys, os, tempfile
d = tempfile.mkdtemp(); sys.path.insert(0, d)
def w(n, s): p = os.path.join(d, n); os.makedirs(os.path.dirname(p), exist_ok=True); open(p, "w").write(s)
w("ca.py", "import cb\nvalue = 1\nprint('ca done', cb.other)\n"); w("cb.py", "import ca\nprint('cb sees', hasattr(ca, 'value'))\nother = 2\n"); import ca
w("cc.py", "from cd import x\ny = 1\n"); w("cd.py", "from cc import y\nx = 1\n")
try: import cc
except ImportError as e: print(str(e).replace(d, "<d>"), e.name, "cc" in sys.modules, "cd" in sys.modules)
w("ce.py", "import cf\nz = 1\n"); w("cf.py", "import ce\nce.z\n")
try: import ce
except AttributeError as e: print(str(e).replace(d, "<d>"))
w("pk/__init__.py", "from . import one\n"); w("pk/one.py", "from . import two\nv = 1\n"); w("pk/two.py", "from . import one\nfrom .one import __name__ as n\nimport pk.one as o\nprint('two', n, o is one)\n"); import pk; print(pk.one.two.one is pk.one)
w("pj/__init__.py", "import pj.a\nfrom pj.b import missing\n"); w("pj/a.py", ""); w("pj/b.py", "import pj\nprint(pj.__spec__._initializing)\n")
try: import pj
except ImportError as e: print(str(e).replace(d, "<d>"), sorted(m for m in sys.modules if m.startswith("pj")))
