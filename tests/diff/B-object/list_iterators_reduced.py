# What __reduce__ of list iterators tells along the way.
for make in (iter, reversed):
    items = [1, 2]
    it = make(items)
    print(it.__reduce__(), it.__length_hint__())
    next(it), next(it)
    print(it.__reduce__(), list(it), it.__reduce__(), it.__length_hint__())
    it = make(items)
    it.__setstate__(-1)
    print(it.__reduce__(), list(it))
    it = make(items)
    items.clear()
    print(it.__reduce__(), list(it), it.__reduce__())
