class Borg:
    _s = {}
    def __init__(s): s.__dict__ = s._s
x, y = Borg(), Borg(); x.v = 1; print(y.v, x is y, vars(y))
class New:
    _i = None
    def __new__(c, *a):
        if c._i is None: c._i = super().__new__(c); print("created")
        return c._i
    def __init__(s, v=None): print("init again", v); s.v = v
p = New(1); q = New(2); print(p is q, p.v)
def singleton(c):
    inst = {}
    def get(*a): return inst.setdefault(c, None) or inst.__setitem__(c, c(*a)) or inst[c]
    return get
@singleton
class D:
    def __init__(s): print("D made")
print(D() is D())
import enum
class E(enum.Enum): ONLY = 1
print(E(1) is E.ONLY, E["ONLY"] is E.ONLY)
import copy, pickle; print(copy.copy(p) is p, copy.deepcopy(x).v, pickle.loads(pickle.dumps(E.ONLY)) is E.ONLY)
