import os, shlex, tempfile
class Ran: pass
def start(args, input="", cwd=".", unset=()):
    t = tempfile.mkdtemp(); open(t + "/in", "w").write(input or "")
    pre = "".join(f"unset {u}; " for u in unset)
    r = Ran(); r.returncode = os.waitstatus_to_exitcode(os.system(f"cd {shlex.quote(cwd)}; {pre}{shlex.join(args)} <{t}/in >{t}/out 2>{t}/err"))
    r.stdout = open(t + "/out").read(); r.stderr = open(t + "/err").read(); return r
import sys, os, tempfile, zipfile, py_compile, runpy
d = tempfile.mkdtemp(); z = os.path.join(d, "app.pyz")
with zipfile.ZipFile(z, "w") as f: f.writestr("__main__.py", "import helper, sys\nprint(__name__, helper.v, sys.argv[1:], sys.path[0] == sys.argv[0])\n"); f.writestr("helper.py", "v = 'helped'\n")
r = start([sys.executable, z, "arg"]); print(r.returncode, r.stdout, r.stderr)
s = os.path.join(d, "sl.py"); open(s, "w").write("v = 'sourceless'\ndef f(): raise KeyError\n"); py_compile.compile(s, cfile=os.path.join(d, "sl.pyc"), dfile="dfile.py")
z2 = os.path.join(d, "sl.zip"); f = zipfile.ZipFile(z2, "w"); f.write(os.path.join(d, "sl.pyc"), "sl.pyc"); f.close(); os.remove(s); sys.path.insert(0, z2); import sl; print(sl.v, os.path.basename(sl.__file__), sl.__loader__.get_source("sl"))
runpy.run_path(z, run_name="__main__") if 0 else print(sorted(runpy.run_path(z))[:3])
e = os.path.join(d, "nomain.zip"); f = zipfile.ZipFile(e, "w"); f.writestr("x.py", ""); f.close()
r = start([sys.executable, e]); print(r.returncode, r.stderr.replace(d, "<d>").replace(sys.executable, "EXE"))
