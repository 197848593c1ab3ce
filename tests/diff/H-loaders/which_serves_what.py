import sys, importlib.util, importlib.machinery as M
for n in ("sys", "builtins", "json", "json.decoder", "os", "zipimport", "_frozen_importlib", "importlib._bootstrap", "collections.abc", "email"):
    s = importlib.util.find_spec(n); print(n, s.loader if isinstance(s.loader, type) else type(s.loader).__name__, s.origin if s.origin in ("built-in", "frozen") else "file" if s.origin else None, s.has_location, s.parent, bool(s.submodule_search_locations))
print([f.__name__ for f in sys.meta_path], M.SOURCE_SUFFIXES, M.BYTECODE_SUFFIXES, M.all_suffixes()[:1])
B = M.BuiltinImporter; print(B.find_spec("sys").origin, B.find_spec("json"), B.is_package("sys"), B.get_source("sys"), B.get_code("sys"), M.FrozenImporter.find_spec("zipimport").origin, M.FrozenImporter.find_spec("json"))
for f in (lambda: B.create_module(M.ModuleSpec("zz", B)), lambda: B.get_code("zz"), lambda: M.FrozenImporter.get_code("zz"), lambda: M.FrozenImporter.is_package("zz")):
    try: f()
    except ImportError as e: print(e)
print(M.PathFinder.find_spec("json").name, M.PathFinder.find_spec("json", []), M.PathFinder.find_spec("decoder", importlib.import_module("json").__path__).name)
