import sys
def jump(fn, frm, to):
    def tr(f, e, a):
        if f.f_code is fn.__code__:
            if e == "line" and f.f_lineno - fn.__code__.co_firstlineno == frm and not done:
                done.append(1)
                try: f.f_lineno = fn.__code__.co_firstlineno + to
                except ValueError as x: print("  refused:", x)
            return tr
    done = []; sys.settrace(tr)
    try: r = fn([])
    except Exception as x: r = repr(x)
    sys.settrace(None); print(fn.__name__, frm, to, r)
def straight(o):
    o.append(1)
    o.append(2)
    o.append(3)
    return o
def loop(o):
    for i in (1, 2):
        o.append(i)
    o.append("end")
    return o
def tri(o):
    try:
        o.append(1)
    except Exception:
        o.append(2)
    finally:
        o.append(3)
    return o
def wi(o):
    with open("/dev/null") as f:
        o.append(1)
    return o
jump(straight, 1, 3); jump(straight, 3, 1); jump(straight, 2, 50); jump(straight, 2, -5); jump(loop, 3, 2); jump(loop, 1, 2); jump(loop, 2, 3); jump(tri, 2, 4); jump(tri, 2, 7); jump(tri, 7, 2); jump(wi, 1, 2); jump(wi, 2, 3); jump(straight, 1, 4)
def at_call(f, e, a):
    if f.f_code is straight.__code__ and e == "call":
        try: f.f_lineno = f.f_lineno + 1
        except ValueError as x: print(x)
sys.settrace(at_call); straight([]); sys.settrace(None)
