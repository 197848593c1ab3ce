import sys
def gen():
    x = 1
    yield sys._getframe()
    yield 2
g = gen(); f = next(g); print(f is g.gi_frame, f.f_back, f.f_lineno, f.f_locals, g.gi_running, g.gi_suspended, g.gi_code is gen.__code__, g.gi_yieldfrom)
list(g); print(g.gi_frame, f.f_locals, g.gi_suspended)
g = gen(); f = next(g)
try: f.clear()
except RuntimeError as e: print(e)
print(f.f_locals)
def fn():
    big = ["data"]; return sys._getframe()
fr = fn(); print(fr.f_locals, fr.f_back, fr.f_lineno); fr.clear(); print(fr.f_locals)
def err():
    keep = "kept"; raise ValueError
try: err()
except ValueError as e:
    t = e.__traceback__; print(t.tb_next.tb_frame.f_locals); t.tb_next.tb_frame.clear(); print(t.tb_next.tb_frame.f_locals, t.tb_next.tb_frame.f_back is sys._getframe())
def running():
    try: sys._getframe().clear()
    except RuntimeError as e: print(e)
running()
def g2():
    try: sys._getframe().clear()
    except RuntimeError as e: print(e)
    yield 1
g = g2(); next(g)
try: g.gi_frame.clear(); print("cleared", g.gi_frame)
except RuntimeError as e: print(e)
async def co(): await sub()
class sub:
    def __await__(self): yield 5
c = co(); c.send(None); print(c.cr_frame.f_lineno, c.cr_await is not None, c.cr_running, c.cr_suspended, c.cr_origin, c.cr_code.co_name); c.close(); print(c.cr_frame)
def d():
    yield from gen()
q = d(); next(q); print(q.gi_yieldfrom.gi_code.co_name)
