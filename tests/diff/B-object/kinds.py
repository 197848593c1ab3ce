import types, sys
def f(): pass
def g(): yield
async def co(): pass
async def ag(): yield
class C: 
    def m(self): pass
    p = property(); s = staticmethod(f); c = classmethod(f)
c = co()
vals = [1, True, 1.5, 1j, "s", b"b", bytearray(), memoryview(b""), [], (), {}, set(), frozenset(), range(1), slice(1), None, ..., NotImplemented, f, lambda: 0, len, [].append, C, C(), C().m, C.m, C.__dict__["p"], C.__dict__["s"], C.__dict__["c"], g(), c, ag(), types, f.__code__, sys._getframe(), type, object, super(C, C()), {}.keys(), {}.values(), {}.items(), iter([]), iter(()), iter({}), iter(set()), iter(""), iter(b""), iter(range(1)), reversed([]), enumerate([]), zip(), map(f, []), filter(f, []), str.join, int.__add__, (1).__add__, dict.fromkeys, int.real, type.__dict__["__dict__"], list[int], int | str, types.SimpleNamespace(), types.MappingProxyType({}), Exception(), sys.flags, types.CellType(1)]
for v in vals:
    assert type(v) is v.__class__ and type(type(v)).__mro__[-1] is object and id(v) == id(v)
    print(type(v).__module__, type(v).__qualname__, v.__sizeof__() if not isinstance(v, (types.ModuleType, types.FrameType)) and not isinstance(v, type) else "", isinstance(v, object), callable(v))
c.close()
print(isinstance(type, type), type(type) is type, issubclass(type, object), isinstance(object, type))
