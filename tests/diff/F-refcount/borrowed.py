# What sys.getrefcount shows where loads of locals borrow, and where references are really taken.
import sys

count = sys.getrefcount


class C:
    def __init__(self, held=None):
        self.held = held
        if held is not None:
            print("in __init__", count(held), count(self))

    def method(self, x):
        return count(self), count(x)

    @property
    def prop(self):
        return count(self)

    def __getitem__(self, i):
        return count(self), count(i)


def temporaries():
    a = []
    print(count(a), count([]), count(count([]) and a))
    b = (a, a)
    print(count(a), count(b), count(*[a]))


def calls():
    a = []

    def plain(x):
        return count(x)

    def copied(y):
        x = y
        z = x
        return count(z)

    def default(x, y=None):
        return count(x)

    def variadic(*args):
        return count(args[0]), count(args)

    def named(*, k):
        return count(k)

    def deep(x, n):
        return count(x) if n == 0 else deep(x, n - 1)

    def held(x):
        box = [x]
        return count(x), len(box)

    for _ in range(3):
        print(plain(a), plain([]), copied(a), default(a), default(a, 1), variadic(a), named(k=a), deep(a, 3), held(a))
    print((lambda x: count(x))(a), list(map(count, [C()])), [plain(x) for x in [C(), C()]])


def methods():
    c = C()
    for _ in range(3):
        print(c.method([]), c.prop, c[C()], c.method(c))
    a = []
    for _ in range(3):
        C(a)


def generators():
    def gen(x):
        yield count(x)
        y = x
        yield count(y)
        del x
        yield count(y)

    a = []
    g = gen(a)
    print(count(a), next(g), next(g), next(g), count(a))
    del g
    print(count(a))


def closures():
    a = []

    def inner():
        return count(a)

    print(inner(), count(a))


def loops():
    for item in [C()]:
        print(count(item))
    items = [C(), C()]
    for i, item in enumerate(items):
        print(i, count(item))
    a, b = C(), C()
    a, b = b, a
    print(count(a), count(b))
    try:
        raise ValueError(a)
    except ValueError as e:
        print(count(a), count(e))
    with memoryview(b"x") as m:
        print(count(m))


def many():
    v0 = v1 = v2 = v3 = v4 = v5 = v6 = v7 = v8 = v9 = v10 = v11 = v12 = v13 = v14 = v15 = v16 = v17 = []
    print(count(v0), count(v17), count(v9))


temporaries()
calls()
methods()
generators()
closures()
loops()
many()
module_level = []
print(count(module_level), count(None), count(7))
text = "hello"
number = 123456.5
print(count(text), count(number))
exec('text2 = "hullo"; print(count(text2))')
