import functools
from functools import total_ordering, singledispatch, singledispatchmethod, partial, reduce, cmp_to_key, cache
@total_ordering
class V:
    def __init__(s, v): s.v = v
    def __eq__(s, o): return s.v == o.v if isinstance(o, V) else NotImplemented
    def __lt__(s, o): return s.v < o.v if isinstance(o, V) else NotImplemented
print(V(1) <= V(1), V(2) > V(1), V(1) >= V(2), V(1) != V(2), sorted([V(3), V(1)], reverse=True)[0].v, V.__ge__.__name__, V.__gt__.__doc__)
try: V(1) <= 5
except TypeError as e: print(e)
try: total_ordering(type("X", (), {}))
except ValueError as e: print(e)
@singledispatch
def show(x, *a): return f"object {x!r}"
@show.register
def _(x: int): return f"int {x}"
@show.register(list)
@show.register(tuple)
def _(x): return f"seq of {len(x)}"
@show.register
def _(x: float | complex): return "number"
class Sub(int): pass
print(show(1), show(True), show([1]), show(()), show("s"), show(1.5), show(2j), show(Sub(3)), show.dispatch(bool) is show.dispatch(int), sorted(k.__name__ for k in show.registry))
for f in (lambda: show(), lambda: show.register(5), lambda: show.register(lambda x: 0), lambda: show.register("a", None)):
    try: f()
    except TypeError as e: print(str(e)[:90].split(" at 0x")[0])
class C:
    @singledispatchmethod
    def m(self, x): return "base"
    @m.register
    def _(self, x: str): return "str " + x
    @singledispatchmethod
    @classmethod
    def c(cls, x): return "cbase"
    @c.register
    @classmethod
    def _(cls, x: int): return "cint"
print(C().m("q"), C().m(1), C.c(1), C.c(""))
p = partial(int, base=2); print(p("101"), p.func, p.args, p.keywords, repr(p), partial(p, "11")(), partial(print, 1, sep="-")(2))
print(reduce(lambda a, b: a * b, [1, 2, 3], 10), sorted("bca", key=cmp_to_key(lambda a, b: (a < b) - (a > b))))
try: reduce(max, [])
except TypeError as e: print(e)
from functools import Placeholder as _p; q = partial(pow, _p, 2); print(q(5), q)
class PM:
    def f(s, a, b): return a, b
    g = functools.partialmethod(f, 1)
print(PM().g(2)); 
@cache
def fact(n): return n * fact(n - 1) if n else 1
print(fact(20), fact.cache_info())
try: fact([])
except TypeError as e: print(e)
