import py_compile, importlib.util, tempfile, os, marshal, struct, sys
d = tempfile.mkdtemp(); src = os.path.join(d, "mod.py")
open(src, "w").write("x = 1\n"); os.utime(src, (1000000000, 1000000000))
p = py_compile.compile(src); print(os.path.relpath(p, d))
b = open(p, "rb").read(); print(b[:16].hex(), importlib.util.MAGIC_NUMBER, struct.unpack("<H", b[:2]), marshal.loads(b[16:]).co_consts)
for mode in py_compile.PycInvalidationMode:
    p = py_compile.compile(src, invalidation_mode=mode, optimize=1, cfile=os.path.join(d, "o.pyc")); b = open(p, "rb").read(); print(mode.name, b[4:16].hex())
print(importlib.util.source_hash(b"x = 1\n").hex(), os.path.basename(py_compile.compile(src, optimize=2)))
open(src, "w").write("x = = 1\n")
try: py_compile.compile(src, doraise=True)
except py_compile.PyCompileError as e: print(e.exc_type_name, str(e).replace(d, "<tmp>"))
print(importlib.util.cache_from_source("/a/b.py"), importlib.util.cache_from_source("/a/b.py", optimization=2), importlib.util.source_from_cache("/a/__pycache__/b.cpython-314.opt-1.pyc"))
for bad in ("/a/b.pyc", "/a/__pycache__/b.pyc", "/a/__pycache__/b.x.y.z.pyc", "/a/__pycache__/b.cpython-314.zzz-1.pyc"):
    try: print(importlib.util.source_from_cache(bad))
    except ValueError as e: print(e)
