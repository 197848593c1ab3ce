import sys, builtins, importlib
class Block:
    def find_spec(self, n, p=None, t=None):
        if n in ("colorsys", "this"): raise ModuleNotFoundError(f"{n} is blocked", name=n)
sys.meta_path.insert(0, Block())
for m in ("colorsys", "this", "bisect"):
    try: __import__(m); print(m, "ok")
    except ImportError as e: print(e, e.name)
sys.meta_path.pop(0)
class Alias:
    M = {"j": "json", "j.dec": "json.decoder"}
    def find_spec(self, n, p=None, t=None):
        if n in self.M: return importlib.util.spec_from_loader(n, self)
    def create_module(self, s): return importlib.import_module(self.M[s.name])
    def exec_module(self, m): pass
import importlib.util; sys.meta_path.append(Alias()); import j, json; print(j.dumps([1]), j is json)
seen = []; orig = builtins.__import__
def imp(name, *a, **k): seen.append(name); return orig(name, *a, **k)
builtins.__import__ = imp; import textwrap, string; from os import path; builtins.__import__ = orig; print([s for s in seen if s in ("textwrap", "string", "os")])
class Count:
    n = {}
    @classmethod
    def find_spec(cls, name, path=None, target=None): cls.n[name] = cls.n.get(name, 0) + 1
sys.meta_path.insert(0, Count); import json.tool
for _ in range(3):
    try: import not_there_at_all
    except ImportError: pass
print(Count.n["not_there_at_all"], Count.n["json.tool"])
