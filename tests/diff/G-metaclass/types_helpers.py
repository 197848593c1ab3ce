import types
class Fake:
    def __mro_entries__(s, bases): print("entries", len(bases)); return (dict,)
class A(Fake()): pass
print(A.__bases__, types.get_original_bases(A)[0].__class__.__name__, A.__orig_bases__[0].__class__.__name__, types.resolve_bases((Fake(), int)))
C = types.new_class("C", (int,), {}, lambda ns: ns.update(x=1)); print(C, C(5) + 1, C.x, C.__module__)
class M(type):
    @classmethod
    def __prepare__(m, n, b, **k): return {"k": k}
    def __new__(m, n, b, ns, **k): return super().__new__(m, n, b, ns)
    def __init__(c, *a, **k): pass
D = types.new_class("D", (), {"metaclass": M, "z": 3}); print(D.k, type(D)); print(types.prepare_class("E", (D,), {"metaclass": type, "q": 1}))
for f in (lambda: type("X", (Fake(),), {}), lambda: types.new_class("X", (type("B", (), {"__mro_entries__": lambda s, b: 5})(),)), lambda: types.get_original_bases(5), lambda: types.prepare_class("E", (1,))):
    try: print(f())
    except TypeError as e: print(e)
class Bad:
    def __mro_entries__(s, b): return 5
try:
    class F(Bad()): pass
except TypeError as e: print(e)
import typing; T = typing.TypeVar("T")
class G(list[int], typing.Generic[T]): pass
print(G.__orig_bases__, G.__bases__, G[int], G.__parameters__, types.get_original_bases(G))
@types.coroutine
def co(): yield 1
print(types.DynamicClassAttribute.__name__, types.SimpleNamespace(a=1, b=2), types.SimpleNamespace({"q": 1}, z=2), types.MappingProxyType({1: 2}) | {3: 4})
class Reg(type):
    reg = []
    def __init__(c, n, b, ns): super().__init__(n, b, ns); c.reg.append(n)
class R1(metaclass=Reg): pass
class R2(R1): pass
print(Reg.reg)
