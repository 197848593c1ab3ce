import types, sys
def gen(): yield
ts = [object, int, bool, float, complex, str, bytes, bytearray, memoryview, list, tuple, dict, set, frozenset, range, slice, type, types.FunctionType, types.MethodType, types.BuiltinFunctionType, types.CodeType, types.FrameType, types.TracebackType, types.GeneratorType, types.CoroutineType, types.AsyncGeneratorType, types.ModuleType, types.CellType, types.MappingProxyType, types.SimpleNamespace, property, classmethod, staticmethod, super, enumerate, zip, map, filter, reversed, BaseException, OSError, SyntaxError, StopIteration, ImportError, UnicodeDecodeError, type(None), type(...), type(NotImplemented), types.GenericAlias, types.UnionType, types.GetSetDescriptorType, types.MemberDescriptorType, types.WrapperDescriptorType, types.MethodDescriptorType]
for t in ts: print(t.__name__, t.__basicsize__, t.__itemsize__, t.__dictoffset__, t.__weakrefoffset__, hex(t.__flags__ & 0x7fffffff & ~(1 << 19)))
class A: pass
class B: __slots__ = ("a", "b")
class C(B): pass
class D(int): pass
class E(tuple): pass
class F(list): __slots__ = ()
class G(dict): pass
class H(Exception): pass
class I: __slots__ = ("__dict__",)
class J: __slots__ = ("__weakref__", "x")
class K(str): pass
class M(type): pass
for t in (A, B, C, D, E, F, G, H, I, J, K, M): print(t.__name__, t.__basicsize__, t.__itemsize__, t.__dictoffset__, t.__weakrefoffset__)
