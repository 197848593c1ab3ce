class Field:
    def __init__(s, typ, required=True): s.typ, s.required = typ, required
    def __set_name__(s, o, n): s.name = n
class Model(type):
    def __new__(m, n, bases, ns):
        fields = {}
        for b in reversed(bases): fields.update(getattr(b, "_fields", {}))
        fields.update({k: v for k, v in ns.items() if isinstance(v, Field)})
        ns = {k: v for k, v in ns.items() if not isinstance(v, Field)} | {"_fields": fields}
        return super().__new__(m, n, bases, ns)
class Base(metaclass=Model):
    def __init__(s, **kw):
        for k, f in s._fields.items():
            if k not in kw:
                if f.required: raise TypeError(f"missing {k}")
                continue
            if not isinstance(kw[k], f.typ): raise TypeError(f"{k}: expected {f.typ.__name__}, got {kw[k]!r}")
            setattr(s, k, kw.pop(k))
        if kw: raise TypeError(f"unexpected {sorted(kw)}")
    def __repr__(s): return f"{type(s).__name__}({', '.join(f'{k}={getattr(s, k, None)!r}' for k in s._fields)})"
class User(Base): name = Field(str); age = Field(int, False)
class Admin(User): level = Field(int)
print(User(name="a"), Admin(name="b", level=3, age=1), list(Admin._fields))
for c, k in ((User, {}), (User, {"name": 5}), (Admin, {"name": "x"}), (User, {"name": "q", "zz": 1})):
    try: c(**k)
    except TypeError as e: print(e)
import typing
class TD(typing.TypedDict, total=False): a: int; b: typing.Required[str]
print(TD.__required_keys__, TD.__optional_keys__, TD(a=1, b="x"), TD.__annotations__)
class NT(typing.NamedTuple):
    x: int
    y: str = "d"
print(NT(1), NT._fields, NT._field_defaults, NT.__annotations__, NT(2)._replace(y=5))
