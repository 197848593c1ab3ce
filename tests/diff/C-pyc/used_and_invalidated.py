import sys, os, tempfile, importlib
sys.dont_write_bytecode = False
d = tempfile.mkdtemp(); sys.path.insert(0, d)
src = os.path.join(d, "cached_mod.py"); open(src, "w").write("print('run body'); v = 'one'\n"); os.utime(src, (1e9, 1e9))
import cached_mod
pyc = cached_mod.__cached__ if hasattr(cached_mod, "__cached__") else cached_mod.__spec__.cached
print(os.path.relpath(pyc, d), os.path.exists(pyc), cached_mod.v)
open(src, "w").write("print('run body'); v = 'two'\n"); os.utime(src, (1e9, 1e9))
del sys.modules["cached_mod"]; importlib.invalidate_caches(); import cached_mod; print(cached_mod.v)
os.utime(src, (1e9 + 5, 1e9 + 5)); del sys.modules["cached_mod"]; import cached_mod; print(cached_mod.v)
data = bytearray(open(pyc, "rb").read())
for name, change in (("magic", lambda b: b.__setitem__(0, 0)), ("flags", lambda b: b.__setitem__(4, 0x20))):
    b = bytearray(data); change(b); open(pyc, "wb").write(b); del sys.modules["cached_mod"]
    try: import cached_mod; print(name, cached_mod.v)
    except ImportError as e: print(name, e)
open(pyc, "wb").write(data[:10]); del sys.modules["cached_mod"]; import cached_mod; print("truncated", cached_mod.v)
print(sorted(os.listdir(os.path.join(d, "__pycache__"))), any("used_and" in n for n in os.listdir(".")  if n == "__pycache__"))
