import importlib.util as u, sys, os, tempfile, importlib
for a in ((".x", "pk"), ("..x", "a.b"), ("x", None), ("...x", "a.b.c"), (".", "pk")):
    print(a, u.resolve_name(*a))
for a in ((".x", None), ("..x", "a"), (".x", "")):
    try: u.resolve_name(*a)
    except (ImportError, ValueError) as e: print(type(e).__name__, e)
d = tempfile.mkdtemp(); p = os.path.join(d, "lz.py"); open(p, "w").write("print('executed')\nv = 5\n")
s = u.spec_from_file_location("lz", p); s.loader = u.LazyLoader(s.loader); m = u.module_from_spec(s); sys.modules["lz"] = m; s.loader.exec_module(m); print("not yet", type(m).__name__); print(m.v, type(m).__name__)
s = u.spec_from_file_location("plain", p); print(s.name, type(s.loader).__name__, s.origin == p, s.has_location, s.cached.endswith(".cpython-314.pyc"), s.submodule_search_locations)
s = u.spec_from_file_location("pack", os.path.join(d, "q", "__init__.py"), submodule_search_locations=["x"]); print(s.submodule_search_locations, s.parent); print(u.spec_from_file_location("odd", os.path.join(d, "odd.xyz")), u.spec_from_file_location("n", None, loader=None) if 0 else "")
try: u.spec_from_loader("z", None) and print(u.spec_from_loader("z", None))
except Exception as e: print(type(e).__name__, e)
for f in (lambda: u.module_from_spec(5), lambda: u.spec_from_file_location("a"), lambda: u.LazyLoader(object()), lambda: u.find_spec("__main__") , lambda: u.find_spec("")):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
m = u.module_from_spec(u.spec_from_loader("empty", type("L", (), {"create_module": lambda s, sp: None, "exec_module": lambda s, m: None, "__repr__": lambda s: "LOADER"})())); print(m, m.__spec__); m.__spec__.origin = "orig"; print(m); m.__spec__.has_location = True; print(m); print(u.decode_source(b"# coding: latin-1\nx='\xe9'"), u.MAGIC_NUMBER[:2] == b"+\x0e")
