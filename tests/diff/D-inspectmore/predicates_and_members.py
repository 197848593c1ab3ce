import inspect, types, functools, abc
class A(abc.ABC):
    x = 1
    def m(self): pass
    @classmethod
    def c(cls): pass
    @staticmethod
    def s(): pass
    @property
    def p(self): pass
    @abc.abstractmethod
    def ab(self): pass
    __slots__ = ("sl",)
def g(): yield
async def co(): pass
async def ag(): yield
c = co()
objs = dict(int=int, len=len, A=A, m=A.m, bound=A.c, s=A.s, p=A.__dict__["p"], sl=A.__dict__["sl"], g=g, gi=g(), co=co, c=c, ag=ag, agi=ag(), lam=lambda: 0, mod=types, code=g.__code__, fr=inspect.currentframe(), real=int.real, add=int.__add__, join=str.join, append=[].append, part=functools.partial(g))
preds = [n for n in dir(inspect) if n.startswith("is")]
for k, o in objs.items(): print(k, [p for p in preds if p not in ("iskeyword",) and getattr(inspect, p)(o)])
c.close()
print([n for n, _ in inspect.getmembers(A) if not n.startswith("__")], [n for n, _ in inspect.getmembers(A, inspect.isfunction)], [(a.name, a.kind, a.defining_class.__name__) for a in inspect.classify_class_attrs(A) if not a.name.startswith("_")])
print([n for n, v in inspect.getmembers_static(A, lambda v: isinstance(v, property))], inspect.getmro(bool), inspect.getattr_static(A, "c"), inspect.getclasstree([A, bool, int])[0][0].__name__)
