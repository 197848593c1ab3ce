# Which objects the collector tracks, from when, and until when.
import gc

gc.collect()  # constants that are tuples of atoms are not tracked from now on


class A:
    pass


class S:
    __slots__ = ("a",)


def f():
    pass


def g():
    yield


def pack(*args):
    return args


t = gc.is_tracked
print([t(x) for x in ((), (1, 2), ([],), [], {}, {1: 2}, {"a": []}, dict(a=1), set(), frozenset(), frozenset([1]), "a", 1, A(), S(), f, g(), int, A, len, [].append, 1.5, object(), slice(1), range(3), iter([]), iter(()), enumerate([]), Exception(), gc, f.__code__, f.__globals__, A.__dict__, lambda: 1, type(f), b"", memoryview(b""), zip(), property(), A().__init__, None)])
atoms = tuple([1, 2, "x"])
print(t(atoms), t((atoms, atoms)), t((1, atoms)), t((int, 1)), t(tuple([atoms, atoms])), t((atoms,)), t((1.5 * len(atoms), atoms[0])))
print(t(pack(1, 2)), t(pack(1, atoms)), t(tuple(x for x in (1, 2))), t((1, 2) + atoms), t(atoms * 2), t(atoms[:1]), t(divmod(5, 2)), [t(x) for x in zip([1], [2])], [t(x) for x in enumerate([1])], [t(x) for x in {1: 2}.items()])
d = {}
d["a"] = 1
nested = (atoms, (1, len(atoms)))
print(t(d), t(nested))
gc.collect()
print(t(d), t(nested), t(atoms))
gc.collect()
print(t(nested))
d["b"] = []
print(t(d))
a = A()
print(t(vars(a)), t(a.__dict__))
