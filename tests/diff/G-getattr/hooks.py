class T:
    log = []
    def __init__(s): s.real = 1
    def __getattribute__(s, n):
        if n != "log" and not n.startswith("__"): T.log.append("ga " + n)
        return super().__getattribute__(n)
    def __getattr__(s, n):
        T.log.append("gattr " + n)
        if n.startswith("dyn"): return n
        raise AttributeError(f"no {n}", name=n, obj=s)
    def __setattr__(s, n, v): T.log.append(f"set {n}"); super().__setattr__(n, v)
    def __delattr__(s, n): T.log.append(f"del {n}"); super().__delattr__(n)
    def __len__(s): return 9
t = T(); t.real; t.dyn1; t.new = 5; del t.new; len(t); hasattr(t, "nope"); getattr(t, "zip", 3)
try: t.missing
except AttributeError as e: print(e, e.name, e.obj is t)
print(*T.log, sep="; ")
try: del t.nothing
except AttributeError as e: print(e)
class L:
    def __getattr__(s, n): v = n * 2; setattr(s, n, v); print("loaded", n); return v
l = L(); print(l.ab, l.ab, vars(l))
class G:
    def __getattribute__(s, n): raise AttributeError("always")
for f in (lambda: G().x, lambda: hasattr(G(), "x"), lambda: repr(G())[:5], lambda: getattr(G(), "x", 0), lambda: isinstance(G(), int), lambda: G().__class__):
    try: print(f())
    except AttributeError as e: print("AE", e)
class W:
    def __init__(s, o): object.__setattr__(s, "_o", o)
    def __getattr__(s, n): return getattr(s._o, n)
    def __setattr__(s, n, v): setattr(s._o, n, v)
class O: pass
o = O(); w = W(o); w.q = 5; print(o.q, w.q); print(W([1]).append(2), W("abc").upper())
class B:
    def __getattr__(s, n): raise KeyError(n)
for f in (lambda: B().x, lambda: hasattr(B(), "x"), lambda: getattr(B(), "x", 1)):
    try: f()
    except KeyError as e: print("KeyError", e)
class Dir:
    def __dir__(s): return ["z", "a"]
print(dir(Dir()), Dir().__dir__())
for c in ("getattr(1)", "getattr(1, 2)", "setattr(1, 2, 3)", "hasattr(1)", "hasattr(1, 5)", "delattr(t, 5)", "getattr(1, 'x', 2, 3)", "object.__getattribute__(t)", "object.__setattr__(t, 'a')", "dir(1, 2)"):
    try: eval(c)
    except TypeError as e: print(e)
