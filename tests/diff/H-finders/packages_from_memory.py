import sys, importlib.abc, importlib.util
SRC = {"app": ("from .util import helper\nversion = '1'\n", True), "app.util": ("def helper(): return __name__, __package__\n", False), "app.sub": ("from .. import version\nfrom ..util import helper as h\n", True), "app.bad": ("def f(:", False), "app.err": ("1/0", False)}
class Dict(importlib.abc.MetaPathFinder, importlib.abc.InspectLoader):
    def find_spec(self, n, p, t=None): return importlib.util.spec_from_loader(n, self) if n in SRC else None
    def get_source(self, n): return SRC[n][0]
    def is_package(self, n): return SRC[n][1]
    def create_module(self, s): return None
sys.meta_path.append(Dict())
import app.sub; print(app.version, app.helper(), app.sub.h(), app.sub.version, app.__path__, app.sub.__spec__.parent, app.sub.__spec__.submodule_search_locations)
try: import app.bad
except SyntaxError as e: print(e)
try: import app.err
except ZeroDivisionError as e: print(e.__traceback__.tb_next.tb_next is not None, "app.err" in sys.modules)
try: import app.nothing
except ModuleNotFoundError as e: print(e, e.name)
print(app.__loader__.get_code("app.util").co_filename, importlib.util.find_spec("app.util").name)
try: importlib.util.find_spec(".util")
except (ImportError, ValueError) as e: print(type(e).__name__, e)
print(importlib.util.find_spec(".util", "app").name, importlib.util.find_spec("nonexistent_x"))
try: importlib.util.find_spec("nonexistent_x.y")
except ModuleNotFoundError as e: print(e)
