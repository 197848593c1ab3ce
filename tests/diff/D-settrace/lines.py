import sys
ev = []
def tr(f, e, a):
    if f.f_code.co_filename != __file__: return None
    ev.append((f.f_code.co_name, f.f_lineno - f.f_code.co_firstlineno, e, a if e == "return" and not hasattr(a, "send") else a[0].__name__ if e == "exception" else None))
    return tr
def run(fn, *a):
    ev.clear(); sys.settrace(tr)
    try: fn(*a)
    except Exception as e: pass
    finally: sys.settrace(None)
    print(fn.__name__)
    for x in ev: print("   ", *x)
def loop():
    t = 0
    for i in range(2):
        t += i
    else:
        t = 9
    return t
def cond(x):
    if x:
        y = 1
    elif not x:
        y = 2
    while x: x -= 1
    return y
def exc():
    try:
        raise ValueError
    except TypeError:
        pass
    except ValueError as e:
        x = 1
    finally:
        z = 1
def uncaught():
    a = 1
    callee()
def callee(): raise KeyError
def gen():
    for v in g():
        v
def g():
    yield 1
    yield 2
def comp():
    x = [i
         for i in (1, 2)
         if i]
    return (lambda: 3)()
def withs():
    with open("/dev/null") as f:
        f.name
def cls():
    class A:
        x = 1
        def m(self): return 1
    return A().m()
def multi():
    x = (1 +
         len("a"
             ))
    match x:
        case 1: return 1
        case 2:
            return 2
def retfin():
    for i in (1, 2):
        try:
            return i
        finally:
            i = 5
for f, a in ((loop, ()), (cond, (1,)), (cond, (0,)), (exc, ()), (uncaught, ()), (gen, ()), (comp, ()), (withs, ()), (cls, ()), (multi, ()), (retfin, ())): run(f, *a)
