import importlib, importlib.util as u, sys, os
print(importlib.import_module("json.decoder").__name__, importlib.import_module(".decoder", "json").__name__, u.find_spec("json").name, u.find_spec("nope_x"), u.find_spec(".encoder", "json").name)
for f in (lambda: importlib.import_module(".x"), lambda: importlib.import_module("..x", "json"), lambda: importlib.import_module(""), lambda: importlib.import_module(5), lambda: importlib.reload("x"), lambda: u.find_spec("json.decoder.x"), lambda: u.find_spec("sys.x"), lambda: importlib.import_module("json.nope"), lambda: u.cache_from_source("a.py", optimization="a-b"), lambda: u.source_hash("x")):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
print(u.cache_from_source("a/b.py"), u.cache_from_source("a/b.py", optimization=1), u.cache_from_source("a/b.py", optimization=""), u.cache_from_source("b.c.py"), u.source_from_cache("a/__pycache__/b.cpython-314.pyc"))
sys.modules["nospec"] = m = type(sys)("nospec"); m.__spec__ = None
try: u.find_spec("nospec")
except ValueError as e: print(e)
del m.__spec__
try: u.find_spec("nospec")
except ValueError as e: print(e)
import json; importlib.reload(json); print(json.loads("[1]")); print(importlib.__import__("json.decoder").__name__, importlib.__import__("decoder", {"__package__": "json", "__name__": "json.x", "__spec__": None}, None, ("JSONDecoder",), 1).__name__)
import _imp; print(_imp.is_builtin("sys"), _imp.is_builtin("json"), _imp.is_frozen("zipimport"), _imp.is_frozen("nope"), _imp.lock_held(), _imp.source_hash(0, b"a").hex(), _imp.extension_suffixes()[-1:])
