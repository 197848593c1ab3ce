import sys, ast, importlib.abc, importlib.util, importlib.machinery as M, os, tempfile
class VFinder:
    def __init__(self, p):
        if not p.startswith("virt://"): raise ImportError
        print("hook for", p); self.p = p
    def find_spec(self, n, t=None):
        print("path finder asked", n); return importlib.util.spec_from_loader(n, L()) if n == "vmod" else None
class L:
    def create_module(s, spec): pass
    def exec_module(s, m): m.where = "virtual"
sys.path_hooks.append(VFinder); sys.path.append("virt://a"); import vmod; print(vmod.where, type(sys.path_importer_cache["virt://a"]).__name__)
try: import vnope
except ImportError as e: print(e)
sys.path.remove("virt://a"); d = tempfile.mkdtemp(); sys.path.insert(0, d)
open(os.path.join(d, "calc.py"), "w").write("def f(): return 2 + 3\nresult = 10 - 4\n")
class T(ast.NodeTransformer):
    def visit_BinOp(self, n): self.generic_visit(n); return ast.copy_location(ast.BinOp(n.left, ast.Mult(), n.right), n)
class AstLoader(M.SourceFileLoader):
    def source_to_code(self, data, path, *, _optimization=-1): return compile(ast.fix_missing_locations(T().visit(ast.parse(data))), path, "exec")
sys.path_hooks.insert(0, M.FileFinder.path_hook((AstLoader, [".py"]))); sys.path_importer_cache.clear(); sys.dont_write_bytecode = True
import calc; print(calc.f(), calc.result, type(calc.__loader__).__name__); sys.path_hooks.pop(0); sys.path_importer_cache.clear()
class JsonLoader(M.SourceFileLoader):
    def get_code(self, n): return compile(f"data = {self.get_data(self.path).decode()}", self.path, "exec")
open(os.path.join(d, "conf.json"), "w").write('{"a": [1, 2]}'); sys.path_hooks.insert(0, M.FileFinder.path_hook((JsonLoader, [".json"]), (M.SourceFileLoader, [".py"]))); sys.path_importer_cache.clear(); import conf; print(conf.data, os.path.basename(conf.__file__))
