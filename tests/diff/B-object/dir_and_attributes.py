class A:
    x = 1
    def __init__(self): self.y = 2
print([n for n in dir(A()) if not n.startswith("__")], sorted(vars(A())), [k for k in vars(A)])
for t in (object, int, list, dict, type, type(None)):
    print(t.__name__, [n for n in dir(t)])
o = object()
for code in ("o.x = 1", "o.x", "del o.x", "(1).x = 2", "int.x = 3", "del int.real", "[].append = 1", "A.__name__ = 5", "A().__class__ = int", "A().__dict__ = 5", "None.x = 1", "A.__bases__ = ()", "o.__class__ = A", "len.x = 1", "del A().y.z", "A().__class__ = 5", "vars(1)", "object(1)", "A(1)", "object.__new__(A, 1)", "object.__new__(int)", "int.__new__(str)", "object.__init__(o, 1)"):
    try: exec(code); print(code, "ok")
    except Exception as e: print(code, type(e).__name__, e)
print(A.__doc__, A.__module__, A.__qualname__, A.__firstlineno__, A.__static_attributes__)
print(o == o, o != object(), o.__eq__(1), o.__lt__(1), object.__repr__(5)[:8], object.__format__(5, ""))
try: object.__format__(5, "x")
except TypeError as e: print(e)
print(object().__reduce_ex__(2), A().__reduce_ex__(4)[2], A().__getstate__())
