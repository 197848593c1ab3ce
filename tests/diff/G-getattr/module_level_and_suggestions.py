import types, sys
m = types.ModuleType("m", "doc"); exec("def __getattr__(n):\n if n == 'lazy': return 'loaded'\n raise AttributeError(f'module has no {n!r}')\ndef __dir__(): return ['lazy', 'x']\nx = 1", m.__dict__)
sys.modules["m"] = m; print(m.lazy, m.x, dir(m), hasattr(m, "q")); from m import lazy; print(lazy)
try: m.other
except AttributeError as e: print(e)
try: from m import other
except ImportError as e: print(e)
e = types.ModuleType("empty")
for c in ("e.x", "del e.__name__\ne.x", "types.ModuleType()", "types.ModuleType(5)", "types.__missing__", "del types.zzz", "types.ModuleType.__new__(types.ModuleType).x", "e.__dict__ = {}"):
    try: exec(c)
    except Exception as x: print(c, type(x).__name__, x)
class MM(types.ModuleType):
    @property
    def computed(self): return "prop"
m.__class__ = MM; print(m.computed)
try: m.__class__ = int
except TypeError as x: print(x)
class P:
    def __init__(s): s.colour = 1; s.__secret = 2
import traceback
for c in ("P().color", "P().secret", "P().colour.foo", "P.colr", "''.stirp", "[].lenght", "sys.pth", "P().Colour", "P()._secret", "(1).bit_lenght", "P().__colour__"):
    try: exec(c)
    except AttributeError as x: print(traceback.format_exception_only(x)[0].strip())
class S: __slots__ = ("alpha",)
try: S().alpa
except AttributeError as x: print(traceback.format_exception_only(x)[0].strip(), x.name)
print(repr(m)[:12], m.__doc__, m.__spec__, m.__loader__)
