import sys, traceback
def inner(v):
    local = v * 2
    return [local,
            v.missing]
def outer():
    return inner("s")
try: outer()
except AttributeError as e:
    tb = e.__traceback__
    while tb:
        c = tb.tb_frame.f_code
        pos = list(c.co_positions())[tb.tb_lasti // 2]
        print(c.co_name, tb.tb_lineno, pos, sorted(tb.tb_frame.f_locals) if c.co_name != "<module>" else "")
        tb = tb.tb_next
    print(e.name, e.obj)
    for s in traceback.extract_tb(e.__traceback__): print(s.name, s.lineno, s.end_lineno, s.colno, s.end_colno, s.line)
    te = traceback.TracebackException.from_exception(e, capture_locals=True)
    print("".join(line for line in te.format() if "local" in line))
    print(list(te.format_exception_only()))
    t = e.__traceback__
    import types
    new = types.TracebackType(None, t.tb_next.tb_frame, t.tb_next.tb_lasti, 3)
    print(new.tb_lineno, new.tb_next)
    for bad in (lambda: setattr(new, "tb_next", new), lambda: setattr(t, "tb_next", 5), lambda: types.TracebackType(1, 2, 3, 4)):
        try: bad()
        except (TypeError, ValueError) as x: print(type(x).__name__, x)
    print(repr(e.with_traceback(None).__traceback__))
