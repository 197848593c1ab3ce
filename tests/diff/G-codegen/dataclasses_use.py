from dataclasses import dataclass, field, fields, asdict, astuple, replace, KW_ONLY, InitVar, make_dataclass, is_dataclass, FrozenInstanceError
import inspect
@dataclass(order=True)
class P:
    x: int
    y: int = 0
    tags: list = field(default_factory=list, compare=False, repr=False)
    _: KW_ONLY
    z: float = field(default=1.5, metadata={"u": "m"})
    iv: InitVar[int] = 0
    def __post_init__(self, iv): self.extra = iv
p = P(1, 2, iv=9); q = P(1, 3, ["a"]); print(p, q, p < q, p == P(1, 2), p.extra, asdict(q), astuple(q), replace(p, x=7), inspect.signature(P), P.__match_args__, P.__hash__)
print([(f.name, f.type, f.kw_only, f.metadata) for f in fields(P)], is_dataclass(P), P.__doc__)
@dataclass(frozen=True, eq=True)
class F:
    a: int
    b: str = "x"
f = F(1); print(hash(f) == hash(F(1)), {f: 1}[F(1)])
for c in ("f.a = 2", "del f.a", "P()", "P(1, 2, [], 4)", "P(1) < 5", "replace(f, zz=1)", "asdict(5)", "replace(p, iv=1).extra and fields(3)"):
    try: exec(c); print(c, "ok")
    except Exception as e: print(c, type(e).__name__, e)
for s in ("@dataclass\nclass X:\n a: int = 1\n b: int", "@dataclass\nclass X:\n a: list = []", "@dataclass(order=True, eq=False)\nclass X: pass", "@dataclass(frozen=True)\nclass X(P): pass", "@dataclass\nclass X(F): pass", "field(default=1, default_factory=list)", "@dataclass(slots=True)\nclass X:\n __slots__ = ('a',)\n a: int"):
    try: exec(s)
    except Exception as e: print(type(e).__name__, e)
C = make_dataclass("C", ["x", ("y", int), ("z", int, field(default=5))], namespace={"s": lambda s: s.x + s.z}); print(C(1, 2), C(1, 2).s())
@dataclass
class Child(P): w: str = "w"
print(Child(1), Child.__mro__[1].__name__)
match p:
    case P(x, y): print("matched", x, y)
@dataclass
class Tree:
    v: int
    kids: list["Tree"] = field(default_factory=list)
t = Tree(1, [Tree(2)]); t.kids.append(t); print(t); import copy; print(copy.replace(f, b="new"))
