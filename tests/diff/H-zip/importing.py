import sys, os, tempfile, zipfile, zipimport, traceback
d = tempfile.mkdtemp(); z = os.path.join(d, "lib.zip")
with zipfile.ZipFile(z, "w") as f:
    f.writestr("zm.py", "def f():\n    return 1 / 0\nv = __file__\n"); f.writestr("zp/__init__.py", "from . import sub\n"); f.writestr("zp/sub.py", "name = __name__\n"); f.writestr("zp/data.txt", "res"); f.writestr("inner/deep.py", "x = 'deep'\n"); f.writestr("comp.py", "big = 1\n" * 50, zipfile.ZIP_STORED); f.writestr("bad.py", "x = (")
sys.path.insert(0, z); import zm, zp; print(os.path.relpath(zm.v, d), zp.sub.name, type(zm.__loader__).__name__, os.path.relpath(zp.__path__[0], d), os.path.relpath(zm.__spec__.cached, d))
try: zm.f()
except ZeroDivisionError: print(traceback.format_exc().replace(d, "<d>"))
sys.path.insert(0, os.path.join(z, "inner")); import deep; print(deep.x)
i = zipimport.zipimporter(z); print(i.is_package("zp"), i.is_package("zm"), i.get_source("zp.sub") if 0 else i.get_source("zm"), i.get_data("zp/data.txt"), os.path.relpath(i.get_filename("zm"), d), os.path.relpath(i.archive, d), repr(i.prefix), i.find_spec("nope"), i.get_code("zm").co_name, repr(i).replace(d, "<d>"))
for f in (lambda: i.get_data("nope"), lambda: i.is_package("nope"), lambda: zipimport.zipimporter("/nonexistent.zip"), lambda: zipimport.zipimporter(__file__), lambda: i.get_source("nope"), lambda: zipimport.zipimporter("")):
    try: f()
    except Exception as e: print(type(e).__name__, str(e).replace(d, "<d>").replace(os.path.dirname(__file__), "<here>"))
try: import bad
except SyntaxError as e: print(e.msg, e.lineno)
import importlib.resources as R; print((R.files("zp") / "data.txt").read_text(), sorted(x.name for x in R.files("zp").iterdir())); import pkgutil; print([m.name for m in pkgutil.iter_modules([z])])
