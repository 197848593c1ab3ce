import sys, os, tempfile, importlib
sys.dont_write_bytecode = False; d = tempfile.mkdtemp(); sys.path.insert(0, d)
open(os.path.join(d, "__pycache__"), "w").write("a file, not a folder"); open(os.path.join(d, "mm.py"), "w").write("v = 5"); import mm; print(mm.v, os.path.isfile(os.path.join(d, "__pycache__")))
from importlib.machinery import SourceFileLoader, SourcelessFileLoader
p = os.path.join(d, "direct.txt"); open(p, "w").write("value = __name__"); m = SourceFileLoader("direct", p).load_module() if False else None
import importlib.util; s = importlib.util.spec_from_loader("direct", SourceFileLoader("direct", p)); m = importlib.util.module_from_spec(s); s.loader.exec_module(m); print(m.value, os.path.basename(m.__file__), s.has_location)
l = SourceFileLoader("direct", p); print(l.get_filename(), l.is_package("direct"), l.get_source("direct"), l.get_code("direct").co_names, l.path_stats(p)["size"], l.get_data(p)) if 0 else print(l.is_package("direct"), l.get_source("direct"), l.get_code("direct").co_names, l.path_stats(p)["size"], l.get_data(p), repr(l).replace(d, "<d>"))
try: l.get_source("other")
except ImportError as e: print(e)
