"""Closures, decorators, partial, lambdas, keyword and variable arguments, lru_cache, reduce, map and filter."""
from functools import lru_cache, partial, reduce, wraps


def counted(function):
    calls = 0

    @wraps(function)
    def wrapper(*args, **kwargs):
        nonlocal calls
        calls += 1
        return function(*args, **kwargs)

    wrapper.calls = lambda: calls
    return wrapper


def repeat(times):
    def decorate(function):
        def inner(value):
            for _ in range(times):
                value = function(value)
            return value
        return inner
    return decorate


@counted
def add(a, b=1, *rest, scale=1, **options):
    return (a + b + sum(rest)) * scale + len(options)


@repeat(3)
def grow(value):
    return value * 2 % 1_000_003


def compose(*functions):
    return reduce(lambda f, g: lambda x: g(f(x)), functions)


def make_counter(start):
    def increment(by=1):
        nonlocal start
        start += by
        return start

    def reset(to=0):
        nonlocal start
        start = to

    return increment, reset


@lru_cache(maxsize=None)
def paths(x, y):
    return 1 if x == 0 or y == 0 else (paths(x - 1, y) + paths(x, y - 1)) % 1_000_007


@lru_cache(maxsize=64)
def recent(x):
    return x * x


def run(n):
    increment, reset = make_counter(0)
    pipeline = compose(lambda x: x + 1, lambda x: x * 3, lambda x: x % 1001, partial(pow, 3, mod=10_007))
    add_ten = partial(add, 10, scale=2)
    total = 0
    for i in range(n):
        total += add(i) + add(i, 2, 3, 4) + add(a=i, scale=3) + add_ten(i, colour='red')
        total += grow(i) + pipeline(i) + increment() + increment(by=2)
        if i % 100 == 0:
            reset()
        total += recent(i % 80) + recent(i % 10)
    total += paths(200, 200)
    total += sum(map(lambda x: x * 2, filter(lambda x: x & 1, range(n))))
    options = {'b': 2, 'scale': 3}
    for i in range(n // 2):
        total += add(i, **options) + add(*(i, 1, 2))
    return total, add.calls()


print(run(180_000))
