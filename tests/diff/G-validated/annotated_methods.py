class Strict(type):
    def __new__(m, n, b, ns):
        c = super().__new__(m, n, b, ns)
        for k, v in ns.items():
            if callable(v) and not k.startswith("__"):
                a = v.__annotations__
                if "return" not in a: raise TypeError(f"{n}.{k} needs a return annotation, has {a}")
        return c
class Ok(metaclass=Strict):
    def f(self, x: int) -> str: return str(x)
    def __init__(self): pass
print(Ok().f(1))
try:
    class Bad(metaclass=Strict):
        def g(self, y: int): pass
except TypeError as e: print(e)
def none(): pass
print(none.__annotations__, none.__annotations__ is none.__annotations__, hasattr(none, "__annotations__"), none.__annotate__)
class NoDoc(type):
    def __init__(c, n, b, ns):
        if not c.__doc__: raise TypeError(n + " has no docstring")
for d in ({"__doc__": "x"}, {}):
    try: print(NoDoc("N", (), d))
    except TypeError as e: print(e)
class Req(type):
    def __new__(m, n, b, ns, required=()):
        missing = [r for r in required if r not in ns]
        if missing: raise TypeError(f"{n} lacks {', '.join(missing)}")
        return super().__new__(m, n, b, ns)
try:
    class R(metaclass=Req, required=("a", "b")): a = 1
except TypeError as e: print(e)
