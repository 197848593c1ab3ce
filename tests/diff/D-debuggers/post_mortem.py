import pdb, io, sys
def f(a): b = a * 2; return g(b)
def g(c): return c / 0
def pm(cmds, tb):
    out = io.StringIO(); p = pdb.Pdb(stdin=io.StringIO("\n".join(cmds) + "\n"), stdout=out, nosigint=True, readrc=False); p.use_rawinput = False; p.reset(); p.interaction(None, tb)
    print(out.getvalue().replace(__file__, "FILE"))
try: f(4)
except ZeroDivisionError as e: pm(["w", "p c", "u", "p a, b", "u", "u", "d", "d", "p c + 1", "q"], e.__traceback__)
