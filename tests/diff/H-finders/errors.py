import sys, importlib.util
from importlib.machinery import ModuleSpec
def with_finder(find, stmt):
    f = type("F", (), {"find_spec": staticmethod(find)})(); sys.meta_path.insert(0, f)
    try: exec(stmt); print("ok", stmt)
    except BaseException as e: print(type(e).__name__, e)
    finally: sys.meta_path.remove(f)
class NoExec: 
    def create_module(s, spec): return None
class BadCreate:
    def create_module(s, spec): raise ValueError("create fails")
    def exec_module(s, m): pass
class Old:
    def load_module(s, n): import types; m = sys.modules[n] = types.ModuleType(n); m.old = True; return m
class NoCreate:
    def exec_module(s, m): m.a = 1
class Weird:
    def create_module(s, spec): return 5
    def exec_module(s, m): print("exec on", m)
with_finder(lambda n, p, t=None: ModuleSpec(n, None), "import q1")
with_finder(lambda n, p, t=None: ModuleSpec(n, NoExec()), "import q2")
with_finder(lambda n, p, t=None: ModuleSpec(n, BadCreate()), "import q3")
with_finder(lambda n, p, t=None: ModuleSpec(n, NoCreate()), "import q4")
with_finder(lambda n, p, t=None: ModuleSpec(n, Weird()), "import q5")
with_finder(lambda n, p, t=None: 5, "import q6")
with_finder(lambda n, p, t=None: 1 / 0, "import q7")
with_finder(lambda: None, "import q8")
import warnings; warnings.simplefilter("ignore"); with_finder(lambda n, p, t=None: ModuleSpec(n, Old()), "import q9; print(q9.old)")
with_finder(lambda n, p, t=None: ModuleSpec("different", NoCreate()), "import q10")
with_finder(lambda n, p, t=None: ModuleSpec(n, None, is_package=True), "import q11; print(q11, q11.__path__)")
sys.meta_path.insert(0, object())
try: import q12
except Exception as e: print(type(e).__name__, e)
sys.meta_path.pop(0); print(ModuleSpec("a.b", None), ModuleSpec("a", None, origin="o", is_package=True), ModuleSpec("a", None) == ModuleSpec("a", None), ModuleSpec("a.b", None).parent, ModuleSpec("a", None).cached)
