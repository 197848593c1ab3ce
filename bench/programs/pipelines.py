"""Generators chained to generators, itertools, yield from and send()."""
from itertools import accumulate, chain, count, groupby, islice, product, takewhile, zip_longest


def numbers(limit):
    for i in range(limit):
        yield i


def keep(predicate, source):
    for item in source:
        if predicate(item):
            yield item


def apply(function, source):
    for item in source:
        yield function(item)


def windows(source, size):
    window = []
    for item in source:
        window.append(item)
        if len(window) > size:
            del window[0]
        if len(window) == size:
            yield tuple(window)


def walk(tree):
    if isinstance(tree, list):
        for part in tree:
            yield from walk(part)
    else:
        yield tree


def averager():
    total = 0.0
    received = 0
    average = None
    while True:
        value = yield average
        total += value
        received += 1
        average = total / received


def nest(depth, width):
    return list(range(width)) if depth == 0 else [nest(depth - 1, width) for _ in range(3)]


def run(n):
    pipeline = windows(apply(lambda x: x * x % 1009, keep(lambda x: x % 3, numbers(n))), 3)
    first = sum(a ^ b ^ c for a, b, c in pipeline)
    second = sum(walk(nest(7, n // 20_000)))
    average = averager()
    next(average)
    for i in range(n // 2):
        third = average.send(i % 77)
    fourth = sum(accumulate(islice(count(1), n)))
    fifth = sum(len(list(g)) * k for k, g in groupby(x // 7 for x in range(n // 2)))
    sixth = sum(a * b for a, b in product(range(300), range(n // 1000)))
    seventh = sum(1 for _ in takewhile(lambda x: x < n // 2, chain(range(n // 4), range(n))))
    eighth = sum((a or 0) - (b or 0) for a, b in zip_longest(range(n // 4), range(n // 5)))
    return first, second, round(third, 6), fourth, fifth, sixth, seventh, eighth


print(run(1_000_000))
