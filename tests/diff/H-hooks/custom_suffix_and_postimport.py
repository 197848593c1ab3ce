import sys, os, tempfile, importlib.util, importlib.machinery as M
d = tempfile.mkdtemp(); open(os.path.join(d, "greet.myl"), "w").write("say hello\nsay world\nset n 5\n")
class MylLoader:
    def __init__(self, n, p): self.p = p
    def create_module(self, s): return None
    def exec_module(self, m):
        py = []
        for i, l in enumerate(open(self.p).read().splitlines()):
            op, *r = l.split(); py.append(f"print({r[0]!r})" if op == "say" else f"{r[0]} = {r[1]}")
        exec(compile("\n".join(py), self.p, "exec"), m.__dict__)
class F:
    def find_spec(self, n, path=None, t=None):
        p = os.path.join(d, n + ".myl")
        if os.path.exists(p): return importlib.util.spec_from_file_location(n, p, loader=MylLoader(n, p))
sys.meta_path.append(F()); import greet; print(greet.n, os.path.basename(greet.__file__), greet.__spec__.has_location)
hooks = {}
class Post:
    def find_spec(self, n, path=None, t=None):
        if n not in hooks: return None
        f = hooks.pop(n); s = importlib.util.find_spec(n); orig = s.loader.exec_module
        class W:
            def create_module(self, sp): return None
            def exec_module(self, m): orig(m); f(m)
        s.loader = W(); return s
sys.meta_path.insert(0, Post()); hooks["colorsys"] = lambda m: print("post import", m.__name__, hasattr(m, "rgb_to_hsv")); import colorsys; print(colorsys.rgb_to_hls(0, 0, 0))
from importlib import _bootstrap; print(_bootstrap._calc___package__({"__name__": "a.b", "__package__": "a"}), M.FileFinder(d, (M.SourceFileLoader, [".py"])).find_spec("nope"))
