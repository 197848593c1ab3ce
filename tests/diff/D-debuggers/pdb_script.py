import pdb, io, sys
def inner(n):
    total = 0
    for i in range(n):
        total += i
    return total
def outer():
    x = [1, 2]
    r = inner(3)
    return r + len(x)
def run(cmds, fn):
    out = io.StringIO(); p = pdb.Pdb(stdin=io.StringIO("\n".join(cmds) + "\n"), stdout=out, nosigint=True, readrc=False); p.use_rawinput = False
    try: p.runcall(fn)
    except BaseException as e: out.write(f"[{type(e).__name__}]")
    print(out.getvalue().replace(__file__, "FILE")); print("=====")
run(["s", "n", "n", "p x", "a", "s", "w", "n", "n", "n", "p i, total", "up", "p x", "down", "!total = 100", "r", "c"], outer)
run(["b inner", "b 6, i == 2", "c", "a", "p n", "c", "p i", "l", "cl 1", "b", "u", "l 8, 10", "whatis r", "pp x", "source inner", "h p", "q"], outer)
run(["tbreak 6", "commands 1", "p total", "end", "c", "display i", "n", "undisplay i", "retval", "unt 7", "j 6", "args", "ll", "c"], outer)
run(["p missing", "p 1/0", "foo = 5", "foo + 1", "alias pi p %1 + 1", "pi 5", "zzz", "b nosuch", "disable 1", "ignore 1", "condition", "c"], outer)
