import importlib.abc as abc, importlib.util as u, sys
class Src(abc.SourceLoader):
    def get_filename(self, n): return f"<virt {n}>"
    def get_data(self, p): print("data for", p); return b"def f(): return 1/0\nx = __file__\n"
l = Src(); s = u.spec_from_loader("virt", l); m = u.module_from_spec(s); l.exec_module(m); print(m.x, l.is_package("virt"), l.get_source("virt"), l.get_code("virt").co_filename)
try: m.f()
except ZeroDivisionError as e: print(e.__traceback__.tb_next.tb_frame.f_code.co_filename)
class Ex(abc.ExecutionLoader):
    def get_filename(self, n): return "fn.py"
    def get_source(self, n): return "q = 2"
    def get_code(self, n): return self.source_to_code(self.get_source(n), "fn.py")
m = u.module_from_spec(u.spec_from_loader("ex", Ex())); Ex().exec_module(m); print(m.q)
class Insp(abc.InspectLoader):
    def get_source(self, n): raise OSError("no source")
for f in (lambda: Insp().is_package("a"), lambda: Insp().get_code("a"), lambda: Insp(), lambda: abc.Loader().load_module("x"), lambda: abc.SourceLoader()):
    try: print(type(f()).__name__)
    except Exception as e: print(type(e).__name__, e)
class Upper(Src):
    def source_to_code(self, data, path, *, _optimization=-1): return compile(data.decode().replace("1/0", "'patched'"), path, "exec")
m = u.module_from_spec(u.spec_from_loader("up", Upper())); m.__loader__.exec_module(m); print(m.f())
class MF(abc.MetaPathFinder):
    def find_spec(self, n, p, t=None): return None
print(MF().invalidate_caches(), isinstance(__import__("importlib.machinery").machinery.PathFinder, abc.MetaPathFinder), issubclass(__import__("importlib.machinery").machinery.SourceFileLoader, abc.FileLoader))
