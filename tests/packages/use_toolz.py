import toolz
from toolz.curried import map as cmap, pipe, filter as cfilter, get, groupby
print(pipe(range(10), cfilter(lambda x: x % 2), cmap(lambda x: x * x), list))
print(toolz.groupby(len, ["a", "bb", "cc"]), toolz.frequencies("hello"), list(toolz.sliding_window(2, range(4))))
@toolz.curry
def add(x, y, z=1): return x + y + z
print(add(1)(2), add(1, z=5)(2), add, toolz.compose(str, add(1))(2))
print(toolz.merge_with(sum, {"a": 1}, {"a": 2, "b": 3}), toolz.get_in(["a", 0], {"a": [7]}), toolz.assoc_in({}, ["x", "y"], 1))
print(list(toolz.partition_all(2, range(5))), list(toolz.join(0, [(1, "a")], 0, [(1, "b"), (2, "c")])), toolz.reduceby(0, lambda a, b: a + b[1], [("x", 1), ("x", 2)], 0))
print(toolz.memoize(lambda x: x)(3), list(toolz.unique([1, 2, 1])), list(toolz.accumulate(lambda a, b: a * b, [1, 2, 3])), toolz.dicttoolz.keymap(str, {1: 2}))
