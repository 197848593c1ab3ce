import bdb
class T(bdb.Bdb):
    def user_call(s, f, a): s.out.append(("call", f.f_code.co_name)) if f.f_code.co_filename == __file__ else None; s.set_step()
    def user_line(s, f):
        if f.f_code.co_filename == __file__: s.out.append(("line", f.f_code.co_name, f.f_lineno))
        s.set_step()
    def user_return(s, f, v): s.out.append(("ret", f.f_code.co_name, v)) if f.f_code.co_filename == __file__ else None; s.set_step()
    def user_exception(s, f, e): s.out.append(("exc", f.f_code.co_name, e[0].__name__)) if f.f_code.co_filename == __file__ else None; s.set_step()
def a(x):
    y = x + 1
    return b(y)
def b(z):
    try: raise ValueError
    except ValueError: return z
t = T(); t.out = []; print(t.runcall(a, 1)); print(*t.out, sep="\n")
class B(bdb.Bdb):
    def do_clear(s, n): s.clear_bpbynumber(n)
    def user_line(s, f): s.out.append((f.f_code.co_name, f.f_lineno, dict(f.f_locals).get("z"))); s.set_continue()
t = B(); t.out = []; print(t.set_break(__file__, 13, cond="z > 5")); t.set_break(__file__, 11, temporary=True); print(t.set_break(__file__, 9999), t.get_all_breaks() and [l for l in t.get_all_breaks().values()])
t.runcall(lambda: [b(i) for i in (1, 6, 7)] + [a(10)]); print(t.out)
class N(bdb.Bdb):
    def user_line(s, f): s.out.append(f.f_lineno) if f.f_code.co_filename == __file__ else 0; s.set_next(f)
n = N(); n.out = []; n.runcall(a, 1); print(n.out); print(bdb.effective(__file__, 11, None) if 0 else len(bdb.Breakpoint.bpbynumber)); bdb.Breakpoint.clearBreakpoints()
class Q(bdb.Bdb):
    def user_line(s, f): s.set_quit()
try: print(Q().run("x = 1\ny = 2"))
except bdb.BdbQuit: print("quit")
