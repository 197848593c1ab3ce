def counter():
    n = 0
    def inc():
        nonlocal n; n += 1; return n
    def get(): return n
    return inc, get
inc, get = counter(); inc(); inc(); print(get(), inc.__closure__[0] is get.__closure__[0], inc.__closure__[0].cell_contents)
inc.__closure__[0].cell_contents = 40; print(inc(), get()); i2, g2 = counter(); print(g2(), inc.__closure__[0] is i2.__closure__[0])
del inc.__closure__[0].cell_contents
try: get()
except NameError as e: print(type(e).__name__, e)
fs = [lambda: i for i in range(3)]; print([f() for f in fs]); fs = [lambda i=i: i for i in range(3)]; print([f() for f in fs])
def loop():
    out = []
    for i in range(3):
        def f(): return i
        out.append(f)
    return [f() for f in out], out[0].__closure__[0] is out[2].__closure__[0]
print(loop())
def late():
    def f(): return x
    try: f()
    except NameError as e: print(e)
    x = 1; print(f()); del x
    try: f()
    except NameError as e: print(e)
late()
c = inc.__closure__[0]; c.cell_contents = 5
import re; print(re.sub("0x\\w+", "_", repr(c)), c == get.__closure__[0], c < i2.__closure__[0])
