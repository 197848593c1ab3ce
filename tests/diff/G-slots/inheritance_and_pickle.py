import copy, pickle
class Base: __slots__ = ("a",)
class Child(Base):
    __slots__ = ("b",)
    def __init__(s, a, b): s.a, s.b = a, b
c = Child(1, [2]); d = pickle.loads(pickle.dumps(c)); print(d.a, d.b, copy.deepcopy(c).b == c.b, c.__getstate__())
class St:
    __slots__ = ("x",)
    def __getstate__(s): return {"x": s.x * 2}
    def __setstate__(s, st): s.x = st["x"]
s = St(); s.x = 4; print(copy.copy(s).x)
for p in (0, 1):
    try: pickle.dumps(c, p)
    except TypeError as e: print(e)
class Mixed(Base): pass
m = Mixed(); m.a = 1; m.z = 2; print(m.__getstate__(), vars(m), [n for k in type(m).__mro__ for n in getattr(k, "__slots__", ())])
class Multi1: __slots__ = ()
class Multi2(Base, Multi1): __slots__ = ("c",)
x = Multi2(); x.a = x.c = 5; print(x.a + x.c, Multi2.__mro__[1].__name__)
from dataclasses import dataclass
@dataclass(slots=True, frozen=True)
class P: x: int; y: int = 0
p = P(1); print(p, P.__slots__, hash(p) == hash(P(1)))
try: p.x = 5
except Exception as e: print(type(e).__name__, e)
try: object.__setattr__(p, "zz", 1)
except AttributeError as e: print(e)
