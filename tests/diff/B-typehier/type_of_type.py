class Meta(type):
    def __repr__(cls): return f"<{cls.__name__}>"
class A(metaclass=Meta): pass
class B(A): pass
print(A, B, type(B), type(Meta), isinstance(A, Meta), isinstance(A, type), Meta.__mro__, Meta("C", (A,), {"x": 1}).x)
print(type.__call__(list, "ab"), type.__instancecheck__(int, 5), type.__subclasscheck__(int, bool), type(A).__name__, type.__prepare__())
print([t.__name__ for t in (int, type, object, A) if isinstance(t, t)])
print(type.__flags__ == type.__flags__, type("X", (), {}), type("X", (int,), {"__doc__": "d"}).__doc__, type("Q", (), {}).__module__)
print(int.__name__, int.__qualname__, int.__module__, int.__text_signature__)
B.__name__ = "Renamed"; print(B, B.__qualname__); B.__qualname__ = "P.Q"; print(B.__qualname__)
B.__bases__ = (A,); print(B.__mro__)
