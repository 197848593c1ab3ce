"""Records what a native CPython 3.14 with GNU readline 8.3 shows for keys: writes golden.json.

    python record.py [NAME ...]

Each case: what is set up, then pieces of input; what the terminal gets after each, and the line that input() gives.
"""
import fcntl, json, os, pathlib, select, struct, subprocess, sys, termios
from concurrent.futures import ThreadPoolExecutor

HERE = pathlib.Path(__file__).parent
PROGRAM = r'''
import json, readline, sys
setup = json.loads(sys.argv[1])
words = setup["words"]
def complete(text, i):
    matches = [w for w in words if w.startswith(text)]
    return matches[i] if i < len(matches) else None
if words is not None:
    readline.set_completer(complete)
readline.parse_and_bind("tab: complete")
for line in setup["bind"]:
    readline.parse_and_bind(line)
for line in setup["history"]:
    readline.add_history(line)
try:
    print(ascii(input(setup["prompt"])), end="")
    for n in range(setup["again"]):
        print("\n" + ascii(input(setup["prompt"])), end="")
    print("\n", [readline.get_history_item(i + 1) for i in range(readline.get_current_history_length())], end="")
except EOFError:
    print("EOF", end="")
'''
WORDS = "alpha alphabet alphanumeric beta gamma gammb".split()
HISTORY = ["abc one", "ab two", "a", "b abc three", "xab"]


def run(case):
    name, setup, steps = case
    master, slave = os.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", setup["rows"], setup["columns"], 0, 0))
    env = dict(os.environ, TERM=setup["term"], INPUTRC=os.devnull, LC_ALL="C.UTF-8")
    child = subprocess.Popen([sys.executable, "-c", PROGRAM, json.dumps(setup)], stdin=slave, stdout=slave, stderr=slave, env=env)
    os.close(slave)

    def collect(quiet):
        got = b""
        while select.select([master], [], [], quiet)[0]:
            try:
                more = os.read(master, 65536)
            except OSError:
                break
            if not more:
                break
            got += more
        return got.decode("utf-8", "surrogateescape")

    out = [collect(1.5)]
    for keys in steps:
        os.write(master, keys.encode("utf-8", "surrogateescape"))
        out.append(collect(0.6))
    try:
        child.wait(5)
    except subprocess.TimeoutExpired:
        print(name, "does not end")
        child.kill()
    os.close(master)
    return {"name": name, "setup": setup, "steps": steps, "out": out}


CASES = []


def case(name, *steps, columns=80, rows=24, term="xterm", words=WORDS, bind=(), history=HISTORY, prompt="> ", again=0, ends=False):
    setup = dict(columns=columns, rows=rows, term=term, words=words, bind=list(bind), history=history, prompt=prompt, again=again)
    CASES.append((name, setup, [*steps, *([] if ends else ["\r"])]))


exec((HERE / "cases.py").read_text())
wanted = sys.argv[1:]
golden = HERE / "golden.json"
kept = json.loads(golden.read_text()) if wanted and golden.exists() else []
chosen = [c for c in CASES if not wanted or c[0] in wanted]
with ThreadPoolExecutor(4) as pool:
    new = {r["name"]: r for r in pool.map(run, chosen)}
old = {r["name"]: r for r in kept}
results = [new.get(name) or old[name] for name, *_ in CASES if name in new or name in old]
golden.write_text("[\n" + ",\n".join(json.dumps(r) for r in results) + "\n]\n")
