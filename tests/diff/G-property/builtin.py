class A:
    def __init__(s): s._x = 1
    @property
    def x(s): "the x"; return s._x
    @x.setter
    def x(s, v): s._x = v
    @x.deleter
    def x(s): print("del"); s._x = None
    @property
    def ro(s): return 5
    wo = property(None, lambda s, v: print("wo", v))
    nothing = property()
    doc = property(lambda s: 1, doc="given")
a = A(); a.x = 4; print(a.x, A.x.__doc__, A.doc.__doc__, A.ro.fset, A.x.fget(a), A.x.__name__, A.ro.__name__); del a.x; print(a.x); a.wo = 3
for c in ("a.ro = 1", "del a.ro", "a.wo", "del a.wo", "a.nothing", "a.nothing = 1", "A.x.fget = 5", "property(1, 2, 3, 4, 5)", "property().__get__(a)", "A.x.__set__(a)", "property(5).__get__(a)"):
    try: exec(c); print(c, "ok")
    except Exception as e: print(c, type(e).__name__, e)
class B(A):
    @A.x.getter
    def x(s): return "B" + str(s._x)
b = B(); b.x = 2; print(b.x, B.x.__doc__, isinstance(B.x, property), B.x.__isabstractmethod__)
class P(property):
    "P doc"
class C:
    @P
    def y(s): "y doc"; return 1
print(C.y.__doc__, type(C.y).__name__, C().y); C.y.__doc__ = "changed"; print(C.y.__doc__)
p = property(lambda s: 1); p.__doc__ = "new"; print(p.__doc__, p.__get__(None, int) is p, p.__get__(5))
class M(type):
    @property
    def cp(cls): return cls.__name__
class D(metaclass=M): pass
print(D.cp)
try: D().cp
except AttributeError as e: print(e)
try: D.cp = 1
except AttributeError as e: print(e)
