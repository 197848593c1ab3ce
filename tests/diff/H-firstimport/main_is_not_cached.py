import os, shlex, tempfile
class Ran: pass
def start(args, input="", cwd=".", unset=()):
    t = tempfile.mkdtemp(); open(t + "/in", "w").write(input or "")
    pre = "".join(f"unset {u}; " for u in unset)
    r = Ran(); r.returncode = os.waitstatus_to_exitcode(os.system(f"cd {shlex.quote(cwd)}; {pre}{shlex.join(args)} <{t}/in >{t}/out 2>{t}/err"))
    r.stdout = open(t + "/out").read(); r.stderr = open(t + "/err").read(); return r
import sys, tempfile, os
d = tempfile.mkdtemp(); open(os.path.join(d, "main.py"), "w").write("import lib, sys; print('main', lib.v, __name__, __spec__, sys.path[0] == __import__('os').path.dirname(__file__))"); open(os.path.join(d, "lib.py"), "w").write("v = 1; print('lib body')")
for _ in range(2):
    r = start([sys.executable, os.path.join(d, "main.py")], unset=["PYTHONDONTWRITEBYTECODE"]); print(r.stdout, r.stderr, sorted(os.listdir(os.path.join(d, "__pycache__"))))
r = start([sys.executable, "-O", os.path.join(d, "main.py")], unset=["PYTHONDONTWRITEBYTECODE"]); print(sorted(os.listdir(os.path.join(d, "__pycache__"))))
