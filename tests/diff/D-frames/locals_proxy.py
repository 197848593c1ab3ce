import sys
def f(a, b=2):
    c = 3
    def g(): return c
    p = sys._getframe().f_locals
    print(type(p).__name__, dict(p).keys() - {"p", "g"}, p["a"], "b" in p, len(p), p.get("zz", "none"))
    p["a"] = 100; p["c"] = 30; p["extra"] = "x"
    print(a, c, g(), p["extra"], list(p), "extra" in locals())
    c = 31; print(p["c"], locals()["c"], locals() is locals(), p is sys._getframe().f_locals, p == sys._getframe().f_locals)
    for s in ("del p['a']", "p['q']", "p.pop('a')", "p.clear()", "p[1]", "p.popitem()", "del p['extra']"):
        try: exec(s, {"p": p}); print(s, "ok")
        except Exception as e: print(s, type(e).__name__, e)
    print(p | {"a": 0} == {**p, "a": 0}, sorted(p.copy())[:2], p.setdefault("a", 5), p.setdefault("new", 6)); p.update({"b": 20, "z": 9}); print(b, p["z"], [*reversed(p)])
    x = 1; del x; print("x" in p, "x" in dir())
    try: p["x"]
    except KeyError as e: print("KeyError", e)
    p["x"] = 5; print(x)
f(1)
def gen():
    v = 1
    while True: v = yield v
g = gen(); next(g); g.gi_frame.f_locals["v"] = 50; print(g.gi_frame.f_locals["v"], g.send(7), g.gi_frame.f_locals)
class C:
    y = 1; l = sys._getframe().f_locals; l["z"] = 2
print(C.z, type(C.l))
