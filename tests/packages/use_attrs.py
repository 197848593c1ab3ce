import attr
from attr import asdict, evolve, fields

@attr.s(order=True)
class P:
    x = attr.ib(converter=int, validator=attr.validators.instance_of(int))
    y = attr.ib(default=attr.Factory(list), repr=False, eq=False)

@attr.define(frozen=True, slots=True)
class Q:
    a: int
    b: str = attr.field(default="b", kw_only=True)

p = P("3")
print(p, asdict(p), P(1) < P(2), P(1) == P(1, [2]))
print([f.name for f in fields(P)], [f.default for f in fields(Q)])
q = Q(1)
print(evolve(q, a=5), hash(q) == hash(Q(1)))
for f in (lambda: P("x"), lambda: setattr(q, "a", 2), lambda: Q(), lambda: q.zz):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
print(attr.make_class("M", ["u", "v"])(1, 2))
