import sys, os, tempfile, zipfile, subprocess, py_compile, runpy
d = tempfile.mkdtemp(); z = os.path.join(d, "app.pyz")
with zipfile.ZipFile(z, "w") as f: f.writestr("__main__.py", "import helper, sys\nprint(__name__, helper.v, sys.argv[1:], sys.path[0] == sys.argv[0])\n"); f.writestr("helper.py", "v = 'helped'\n")
r = subprocess.run([sys.executable, z, "arg"], capture_output=True, text=True); print(r.returncode, r.stdout, r.stderr)
s = os.path.join(d, "sl.py"); open(s, "w").write("v = 'sourceless'\ndef f(): raise KeyError\n"); py_compile.compile(s, cfile=os.path.join(d, "sl.pyc"), dfile="dfile.py")
z2 = os.path.join(d, "sl.zip"); f = zipfile.ZipFile(z2, "w"); f.write(os.path.join(d, "sl.pyc"), "sl.pyc"); f.close(); os.remove(s); sys.path.insert(0, z2); import sl; print(sl.v, os.path.basename(sl.__file__), sl.__loader__.get_source("sl"))
runpy.run_path(z, run_name="__main__") if 0 else print(sorted(runpy.run_path(z))[:3])
e = os.path.join(d, "nomain.zip"); f = zipfile.ZipFile(e, "w"); f.writestr("x.py", ""); f.close()
r = subprocess.run([sys.executable, e], capture_output=True, text=True); print(r.returncode, r.stderr.replace(d, "<d>").replace(sys.executable, "EXE"))
