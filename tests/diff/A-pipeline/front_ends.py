# stdin: x = 1 if y else [z]
import os, shlex, tempfile
class Ran: pass
def start(args, input="", cwd=".", unset=()):
    t = tempfile.mkdtemp(); open(t + "/in", "w").write(input or "")
    pre = "".join(f"unset {u}; " for u in unset)
    r = Ran(); r.returncode = os.waitstatus_to_exitcode(os.system(f"cd {shlex.quote(cwd)}; {pre}{shlex.join(args)} <{t}/in >{t}/out 2>{t}/err"))
    r.stdout = open(t + "/out").read(); r.stderr = open(t + "/err").read(); return r
import sys
src = "def f(a, *b):\n    return a + b[0]\n"
for mod in ("tokenize", "ast", "dis"):
    r = start([sys.executable, "-m", mod] + (["-"] if mod == "ast" else []), input=src)
    print(mod, r.returncode)
    print(r.stdout, r.stderr)
