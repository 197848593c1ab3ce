import sys, importlib.util, importlib.abc, types
class F:
    def find_spec(self, name, path=None, target=None):
        if name.startswith("x"): print("find", name, path, target); 
        return None
sys.meta_path.insert(0, F())
for s in ("import xyz", "import xml.xnope", "from xml import xnope2", "import xml.etree.xdeep"):
    try: exec(s)
    except ImportError as e: print(type(e).__name__, e)
class Loader:
    def create_module(self, spec): print("create", spec.name); return None
    def exec_module(self, m): print("exec", m.__name__, m.__spec__.origin, m.__package__); m.value = m.__name__.upper()
class Mem:
    def find_spec(self, name, path, target=None):
        if name.split(".")[0] == "mem": return importlib.util.spec_from_loader(name, Loader(), origin="memory", is_package=name == "mem")
sys.meta_path.append(Mem()); import mem.sub; print(mem.value, mem.sub.value, mem.__path__, mem.sub.__package__, mem, mem.__spec__)
from mem import other; print(other.value, sys.modules["mem.other"] is other)
sys.meta_path[:] = []
try: import colorsys
except ImportError as e: print(e)
