import sys, os, tempfile, importlib, importlib.util
sys.dont_write_bytecode = False; d = tempfile.mkdtemp(); sys.path.insert(0, d); p = os.path.join(d, "counted.py")
open(p, "w").write("import builtins\nbuiltins.runs = getattr(builtins, 'runs', 0) + 1\n")
import builtins, counted; import counted; from counted import *; print(builtins.runs)
c = importlib.util.cache_from_source(p); print(os.path.relpath(c, d), os.path.exists(c), counted.__spec__.cached == c)
m = os.stat(c).st_mtime_ns; del sys.modules["counted"]; import counted; print(builtins.runs, os.stat(c).st_mtime_ns == m)
open(p, "a").write("extra = 1\n"); importlib.invalidate_caches(); importlib.reload(counted); print(counted.extra, builtins.runs)
sys.dont_write_bytecode = True; open(os.path.join(d, "nopyc.py"), "w").write("v = 1"); importlib.invalidate_caches(); import nopyc; print(os.path.exists(importlib.util.cache_from_source(nopyc.__file__)))
sys.dont_write_bytecode = False; sys.pycache_prefix = os.path.join(d, "prefix"); open(os.path.join(d, "pre.py"), "w").write("v = 1"); importlib.invalidate_caches(); import pre; print(pre.__spec__.cached.startswith(sys.pycache_prefix), os.path.exists(pre.__spec__.cached)); sys.pycache_prefix = None
