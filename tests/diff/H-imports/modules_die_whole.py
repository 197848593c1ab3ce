# Modules that hold each other die whole at exit: finalizers find everything in its place.
import os, sys, tempfile
d = tempfile.mkdtemp()
os.mkdir(os.path.join(d, "pkg"))
open(os.path.join(d, "pkg", "__init__.py"), "w").write("from . import sub\n")
open(os.path.join(d, "pkg", "sub.py"), "w").write("""
import pkg
def helper(): return 'helper of sub'
class C:
    def __del__(self): print(helper(), pkg.sub.__name__, C.__name__)
kept = C()
""")
sys.path.insert(0, d)
import pkg

