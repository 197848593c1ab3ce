import sys
m = sys.monitoring; E = m.events; m.use_tool_id(3, "t"); log = []
names = ["PY_START", "PY_RETURN", "PY_YIELD", "PY_RESUME", "PY_THROW", "PY_UNWIND", "RAISE", "RERAISE", "EXCEPTION_HANDLED", "STOP_ITERATION", "C_RAISE", "CALL"]
for n in names: m.register_callback(3, getattr(E, n), lambda c, o, *a, n=n: log.append((n, c.co_name, [repr(x) if isinstance(x, (BaseException, int, str, type(None))) else type(x).__name__ for x in a])) if c.co_filename == __file__ else None)
def gen():
    try: yield 1
    except ValueError: yield 2
    return 3
def raiser(): raise KeyError("k")
def work():
    g = gen(); next(g); g.throw(ValueError("v")); list(g)
    try: raiser()
    except KeyError:
        try: raise
        except KeyError: pass
    for x in gen(): pass
    try: int("z")
    except ValueError: pass
    def y(): r = yield from gen(); return r
    list(y())
m.set_events(3, E.PY_START | E.PY_RETURN | E.PY_YIELD | E.PY_RESUME | E.PY_THROW | E.PY_UNWIND | E.RAISE | E.RERAISE | E.EXCEPTION_HANDLED | E.STOP_ITERATION | E.CALL)
work(); m.set_events(3, 0); print(*log, sep="\n"); m.free_tool_id(3)
