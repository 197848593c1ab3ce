import sys, os, tempfile, importlib.resources as R, pkgutil
d = tempfile.mkdtemp(); sys.path.insert(0, d)
def w(n, s): p = os.path.join(d, n); os.makedirs(os.path.dirname(p), exist_ok=True); open(p, "wb").write(s)
w("rp/__init__.py", b""); w("rp/data.txt", "h\u00e9llo\n".encode()); w("rp/bin.dat", b"\0\1"); w("rp/sub/__init__.py", b""); w("rp/sub/x.json", b'{"a": 1}'); w("rp/assets/y.txt", b"y")
f = R.files("rp"); print(sorted(p.name for p in f.iterdir() if p.name != "__pycache__"), (f / "data.txt").read_text(encoding="utf-8"), f.joinpath("bin.dat").read_bytes(), f.joinpath("sub/x.json").is_file(), (f / "assets").is_dir(), (f / "assets" / "y.txt").read_text())
with R.as_file(f / "data.txt") as p: print(p.name, p.exists())
print(R.read_text("rp", "data.txt", encoding="utf-8"), R.read_binary("rp.sub", "x.json"), R.is_resource("rp", "data.txt"), R.is_resource("rp", "sub"), sorted(c for c in R.contents("rp.sub") if not c.startswith("__")))
with R.open_text("rp", "data.txt", encoding="utf-8") as fh: print(fh.readline())
print(pkgutil.get_data("rp", "bin.dat"), [m.name for m in pkgutil.iter_modules([os.path.join(d, "rp")])], [m.name for m in pkgutil.walk_packages([d], "")], pkgutil.resolve_name("os.path:join").__name__)
for f2 in (lambda: R.read_text("rp", "nope.txt"), lambda: R.files("nosuchpk"), lambda: R.files("json.decoder") and 1, lambda: pkgutil.resolve_name("rp:zz"), lambda: pkgutil.resolve_name("1bad"), lambda: R.read_binary("rp", "../x")):
    try: print(f2())
    except Exception as e: print(type(e).__name__, str(e).replace(d, "<d>"))
