import os, shlex, tempfile
class Ran: pass
def start(args, input="", cwd=".", unset=()):
    t = tempfile.mkdtemp(); open(t + "/in", "w").write(input or "")
    pre = "".join(f"unset {u}; " for u in unset)
    r = Ran(); r.returncode = os.waitstatus_to_exitcode(os.system(f"cd {shlex.quote(cwd)}; {pre}{shlex.join(args)} <{t}/in >{t}/out 2>{t}/err"))
    r.stdout = open(t + "/out").read(); r.stderr = open(t + "/err").read(); return r
import sys
def run(*args, input=None):
    r = start([sys.executable, *args], input=input)
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
