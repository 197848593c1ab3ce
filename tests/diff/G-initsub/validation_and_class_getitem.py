class Validated:
    required = ()
    def __init_subclass__(cls, /, **kw):
        super().__init_subclass__(**kw)
        for r in cls.required:
            if not hasattr(cls, r): raise TypeError(f"{cls.__name__} must define {r!r}")
class Base(Validated):
    required = ("name",); name = None
class Ok(Base): name = "ok"
try:
    class V2(Validated): required = ("zz",)
except TypeError as e: print(e)
class Box:
    def __class_getitem__(cls, k): return f"{cls.__name__}[{k!r}]"
class SubBox(Box): pass
print(Box[int], SubBox[1, 2], Box["x":3])
try: Box()[1]
except TypeError as e: print(e)
class NoGet: pass
try: NoGet[int]
except TypeError as e: print(e)
try: int[3]
except TypeError as e: print(e)
class Metered(type):
    def __getitem__(c, k): return "meta wins"
class MB(Box, metaclass=Metered): pass
print(MB[1], list[int], dict[str, list[int]], tuple[int, ...], list[int].__origin__, list[int].__args__, list[int]([1]), isinstance([], list) , list[int] == list[int], hash(list[int]) == hash(list[int]), type[int], list[int] | None, list["X"])
try: isinstance([], list[int])
except TypeError as e: print(e)
try: class_ = type("Z", (list[int],), {})
except TypeError as e: print(e)
class Z(list[int]): pass
print(Z.__orig_bases__, Z.__bases__, Z([1]))
class P[T, *Ts, **Q]: pass
print(P.__type_params__, P[int, str, [bool]], P.__parameters__, P.__mro__)
