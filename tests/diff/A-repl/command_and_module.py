import subprocess, sys
def run(*args, input=None):
    r = subprocess.run([sys.executable, *args], input=input, capture_output=True, text=True)
    print(args[:2], r.returncode)
    for text in (r.stdout, r.stderr):
        for line in text.splitlines():
            print("   |", line)
run("-c", "import sys; print(sys.argv, __name__); sys.exit(3)", "x", "y")
run("-c", "def f():\n    raise KeyError('k')\nf()")
run("-c", "import sys; sys.exit('message')")
run("-", input="import sys; print(sys.argv); print(__name__)")
run("-c", "x = (1,\n")
run("-V")
