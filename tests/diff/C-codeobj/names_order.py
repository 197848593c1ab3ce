def a():
    z = y = x = 1
    del y
    for q, (w, *e) in []: pass
    with b as c: import d.e as f, g.h
    try: i.j.k(l=m)
    except N as o: pass
    [p for p in r if s]; t = u = {v: aa for v, aa in bb}
    return (lambda cc: dd + x), cc
c = a.__code__
print(c.co_varnames, c.co_names, c.co_cellvars, c.co_consts[:1], [getattr(k, "co_freevars", k) for k in c.co_consts])
def b(p, q=1, *, r, **s):
    def in1(): return q, s, loc
    loc = 1
    class C:
        p2 = p
        def in2(self): return __class__, r
    return in1
print(b.__code__.co_varnames, b.__code__.co_cellvars, [(k.co_name, k.co_freevars, k.co_cellvars) for k in b.__code__.co_consts if hasattr(k, "co_name")])
print(b.__code__._varname_from_oparg(0), [b.__code__._varname_from_oparg(i) for i in range(len(b.__code__.co_varnames))])
for bad in ("a.__code__.co_code = b''", "a.__code__.x = 1", "del a.__code__", "a.__code__ = 5", "a.__code__.co_lnotab"):
    try: exec(bad); print("ok")
    except Exception as e: print(type(e).__name__, e)
