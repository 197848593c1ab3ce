from collections import namedtuple
from enum import Enum, IntEnum, Flag, IntFlag, auto, unique, StrEnum, member, nonmember, CONTINUOUS, verify
N = namedtuple("N", "a b c", defaults=[3]); n = N(1, 2); print(n, n.a, n[1], n._asdict(), n._replace(a=9), N._make([4, 5, 6]), N._field_defaults, n == (1, 2, 3), N.__doc__, N.a.__doc__, *n, hash(n) == hash((1, 2, 3)))
for c in ("namedtuple('X', 'a a')", "namedtuple('X', 'def')", "namedtuple('X', '_a')", "namedtuple('1X', 'a')", "N(1)", "N(1, 2, 3, 4)", "n.a = 1", "n._replace(zz=1)", "N._make([1])"):
    try: eval(c) if "=" not in c or "(" in c else exec(c)
    except Exception as e: print(type(e).__name__, e)
print(namedtuple("R", "a def a", rename=True)._fields)
class Color(Enum):
    RED = 1; GREEN = 2; CRIMSON = 1
    def hot(self): return self is Color.RED
    @classmethod
    def default(cls): return cls.GREEN
print(Color.RED, repr(Color.RED), Color(1), Color["GREEN"], Color.CRIMSON is Color.RED, list(Color), Color.__members__, Color.RED.hot(), Color.default(), Color.RED.name, Color.RED.value, len(Color), Color.RED in Color, 1 in Color, 9 in Color, hash(Color.RED) == hash("RED"))
for c in ("Color(5)", "Color['X']", "Color.RED = 5", "Color.X", "Color.RED < Color.GREEN", "del Color.RED", "class Z(Color): pass", "Color()", "Color.RED.value = 3", "class D(Enum):\n A = 1\n A = 2", "@unique\nclass D(Enum):\n A = 1\n B = 1", "class D(StrEnum): A = 5", "@verify(CONTINUOUS)\nclass D(IntEnum):\n A = 1\n B = 5"):
    try: exec(c); print(c, "ok")
    except Exception as e: print(c, type(e).__name__, e)
class I(IntEnum): A = 1; B = auto(); C = 10
print(I.B + 1, I.A < I.C, f"{I.C}", repr(I.B), I.B == 2, sorted([I.C, I.A]))
class Perm(Flag): R = auto(); W = auto(); X = auto(); RW = R | W
print(Perm.R | Perm.X, Perm.RW, ~Perm.R, Perm(0), Perm.R in Perm.RW, list(Perm.RW), repr(Perm.R | Perm.X), Perm(5), bool(Perm(0)), len(Perm.RW), Perm.R ^ Perm.RW)
try: Perm(8)
except ValueError as e: print(e)
class IF(IntFlag): A = 1; B = 2
print(IF.A | 8, IF(3), repr(IF(11)), IF.A & 3)
class S(StrEnum): HELLO = auto(); B = "b"
print(S.HELLO, S.B.upper(), repr(S.B)); Fn = Enum("Fn", "X Y", start=5); print(list(Fn), Fn.Y.value)
class Planet(Enum):
    EARTH = (5.97, 6.37); MARS = (0.64, 3.39)
    def __init__(self, m, r): self.m, self.r = m, r
    @property
    def d(self): return round(self.m / self.r, 3)
print(Planet.EARTH.d, Planet.MARS.value)
class A(Enum):
    _ignore_ = ["q"]; q = 1; X = 1
    def _generate_next_value_(name, start, count, last): return name.lower()
    @classmethod
    def _missing_(cls, v): return cls.X if v == "anything" else None
print(A("anything"))
