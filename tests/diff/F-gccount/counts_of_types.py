# What making and dropping fifty objects does to the young count: free lists keep some, others are given back.
import gc


class Plain:
    pass


class Slots:
    __slots__ = ("a",)


def function():
    pass


def generator():
    yield


def counts(make, n):
    gc.collect()
    gc.disable()
    a = gc.get_count()[0]
    kept = [make() for _ in range(n)]
    b = gc.get_count()[0]
    del kept
    c = gc.get_count()[0]
    gc.enable()
    return b - a, c - a


KINDS = dict(list=list, dict=dict, dict_with_list=lambda: {1: []}, tuple=lambda: ([],), atoms=lambda: (1, 2.5 * 2), set=set, object=object, plain=Plain, slots=Slots, float=lambda: float("1.5"), function=lambda: (lambda: 1), generator=generator, wrapper=lambda: Plain().__init__, iterator=lambda: iter([]), exception=Exception, frozenset=frozenset, keys=lambda: {}.keys(), enumerate=lambda: enumerate([]), builtin=lambda: [].append, tuples=lambda: (([],), ([],)), deep=lambda: [[[]]])
for name, make in KINDS.items():
    print(name, counts(make, 1), counts(make, 50), counts(make, 500))
