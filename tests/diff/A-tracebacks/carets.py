import traceback, sys
def show(f):
    try: f()
    except BaseException as e: traceback.print_exc(file=sys.stdout)
class O: attr = None
o = O(); d = {"a": {"b": None}}; lst = [1]
def a(): return d["a"]["b"]["c"]
def b(): return o.attr.x.y
def c(): return (1 + 2) * lst[0] / (3 - 3) + 5
def d1(): return lst[0](1, 2)
def e(): foo(lst, *lst, **{"k": 1})
def foo(*a, **k): return len(a).bit_count(1)
def f():
    return [
        x.y
        for x in lst
    ]
def g(): x = -"a"; return x
def h():
    with open("/nonexistent/file") as fh:
        pass
def i(): assert lst == [2], "lists differ"
def j(): raise ValueError("multi\nline")
def k(): a, b = lst
def l(): import nonexistent.module
def m(): from os import nonexistent
def n(): return "é€" + lst[5] + "x"
def p(): del d["zz"]
def q(): lst.append(1)(2).foo
def r(): return (lst
   .index(
     99))
for fn in (a, b, c, d1, e, f, g, h, i, j, k, l, m, n, p, q, r): show(fn)
