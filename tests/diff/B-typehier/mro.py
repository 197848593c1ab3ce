import io, collections, enum, typing
print(type(42), type(type), type(object), type.__mro__, object.__mro__, type.__bases__, object.__bases__, object.__base__)
for t in (bool, OSError, FileNotFoundError, collections.OrderedDict, collections.Counter, io.StringIO, enum.IntEnum, ExceptionGroup, UnicodeDecodeError, KeyError):
    print([c.__name__ for c in t.__mro__])
class A: pass
class B(A): pass
class C(A): pass
class D(B, C): pass
print(D.mro(), D.__base__, A.__subclasses__(), isinstance(D(), A), issubclass(D, (int, C)), D.__bases__)
for bad in ("class X(A, B): pass", "class X(A, A): pass", "class X(int, str): pass", "class X(bool): pass", "class X(type(None)): pass", "class X(5): pass", "class X(type(lambda: 0)): pass", "isinstance(1, 5)", "issubclass(1, int)", "isinstance(1, (int, 5))", "isinstance('', (int, 5))", "issubclass(int, [int])", "type(1, 2)", "type('X', (), 5)", "type(5, (), {})", "type('a\\0b', (), {})", "class X(B, C, A, D): pass"):
    try: exec(bad); print(bad, "ok")
    except Exception as e: print(bad, type(e).__name__, e)
