import subprocess, sys, tempfile, os
d = tempfile.mkdtemp(); open(os.path.join(d, "main.py"), "w").write("import lib, sys; print('main', lib.v, __name__, __spec__, sys.path[0] == __import__('os').path.dirname(__file__))"); open(os.path.join(d, "lib.py"), "w").write("v = 1; print('lib body')")
env = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
for _ in range(2):
    r = subprocess.run([sys.executable, os.path.join(d, "main.py")], capture_output=True, text=True, env=env); print(r.stdout, r.stderr, sorted(os.listdir(os.path.join(d, "__pycache__"))))
r = subprocess.run([sys.executable, "-O", os.path.join(d, "main.py")], capture_output=True, text=True, env=env); print(sorted(os.listdir(os.path.join(d, "__pycache__"))))
