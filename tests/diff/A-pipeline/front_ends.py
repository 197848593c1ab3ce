# stdin: x = 1 if y else [z]
import subprocess, sys
src = "def f(a, *b):\n    return a + b[0]\n"
for mod in ("tokenize", "ast", "dis"):
    r = subprocess.run([sys.executable, "-m", mod] + (["-"] if mod == "ast" else []), input=src, capture_output=True, text=True)
    print(mod, r.returncode)
    print(r.stdout, r.stderr)
