import os, shlex, tempfile
class Ran: pass
def start(args, input="", cwd=".", unset=()):
    t = tempfile.mkdtemp(); open(t + "/in", "w").write(input or "")
    pre = "".join(f"unset {u}; " for u in unset)
    r = Ran(); r.returncode = os.waitstatus_to_exitcode(os.system(f"cd {shlex.quote(cwd)}; {pre}{shlex.join(args)} <{t}/in >{t}/out 2>{t}/err"))
    r.stdout = open(t + "/out").read(); r.stderr = open(t + "/err").read(); return r
import sys, os, tempfile, runpy
d = tempfile.mkdtemp(); sys.path.insert(0, d)
def w(n, s): p = os.path.join(d, n); os.makedirs(os.path.dirname(p), exist_ok=True); open(p, "w").write(s)
w("app/__init__.py", "print('init')\n"); w("app/__main__.py", "import sys\nfrom . import core\nprint('main', __name__, __package__, core.v, sys.argv[1:], __spec__.name)\n"); w("app/core.py", "v = __name__\nif __name__ == '__main__': print('core as main')\n"); w("lone.py", "import sys; print(__name__, __spec__ and __spec__.name, sys.argv[0] != ''); result = 42\n"); w("nomain/__init__.py", ""); w("dirapp/__main__.py", "import sys; print('dir', __name__, __package__ == '', sys.path[0] == __file__.rsplit('/', 1)[0])")
g = runpy.run_module("lone"); print(g["result"], g["__name__"], "lone" in sys.modules); g = runpy.run_module("lone", {"extra": 1}, "renamed"); print(g["extra"], g["__name__"]); g = runpy.run_path(os.path.join(d, "lone.py"), run_name="rp"); print(g["__file__"].endswith("lone.py")); runpy.run_module("app", run_name="__main__", alter_sys=True); runpy.run_path(os.path.join(d, "dirapp"), run_name="__main__")
for a in ("nosuchmod", "nomain", "app.nosuch", "sys"):
    try: runpy.run_module(a)
    except ImportError as e: print(e)
def run(*a):
    r = start([sys.executable, *a], cwd=d); print(a[:2] if a[0][0] == "-" else "path", r.returncode, r.stdout.strip(), r.stderr.strip().replace(d, "<d>").replace(sys.executable, "EXE").splitlines()[-1:])
run("-m", "app", "x", "y"); run("-m", "app.core"); run("-m", "nosuch"); run("-m", "nomain"); run(os.path.join(d, "dirapp")); run("-m", "app.core.zz")
