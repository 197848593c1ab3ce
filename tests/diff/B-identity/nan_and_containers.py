nan = float("nan"); n2 = float("nan")
print(nan == nan, nan is nan, nan in [nan], n2 in [nan], [nan] == [nan], [nan] == [n2], {nan: 1}.get(nan), {nan: 1}.get(n2), (nan,) == (nan,), {nan} == {nan}, [nan].index(nan), [nan, n2].count(nan), len({nan, n2, nan}))
class Never:
    def __eq__(self, o): return False
    __hash__ = object.__hash__
v = Never(); print(v in [v], v == v, [v] == [v], {v: 1}[v], [v].count(v))
class Boom:
    def __eq__(self, o): raise ValueError("compare")
b = Boom(); print(b in [b])
try: b in [1]
except ValueError as e: print(e)
print(None is None, None == None, ... is Ellipsis, NotImplemented is NotImplemented, type(None)() is None, type(...)() is ..., bool(0) is False)
print(True is (1 == 1), () is (), tuple() is (), frozenset() is frozenset(), "" is str(), b"" is bytes(), [] is [], {} is {})
