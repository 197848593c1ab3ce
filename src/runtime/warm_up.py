# What start-up shows to the eval loop: each hot instruction, fused or not, with each kind of operand (see warm_up.ts).
# Every loop runs often enough for its instructions to specialise; the comments name what a line is there for.
class Slots:
    __slots__ = ('a', 'b', 'items')
    f = staticmethod(len)

    def __init__(self, a):
        self.a = a
        self.b = None
        self.items = [a, a]

    def get(self):
        return self.a

    def set(self, v):
        self.b = v


class Plain:
    f = staticmethod(len)

    def __init__(self, a):
        self.a = a
        self.b = a
        self.items = [a, a]

    def get(self):
        return self.a

    def set(self, v):
        self.b = v


class Other(Plain):
    # Attributes in another order, and one without a value.
    def __init__(self, a):
        self.items = None
        self.b = a
        del self.items
        self.c = a
        self.items = [a, a]
        self.a = a


class Static:
    a = 1
    f = staticmethod(len)


class Dies:
    def __init__(self):
        self.a = 1

    def __del__(self):
        pass


class Methods:
    # Special methods that instructions enter as frames.
    def __init__(self, a):
        self.a = a

    def __add__(self, other):
        return self

    def __lt__(self, other):
        return True

    def __getitem__(self, i):
        return i

    def __setitem__(self, i, v):
        pass

    def __contains__(self, v):
        return True

    def __bool__(self):
        return True

    def __len__(self):
        return 1

    @property
    def b(self):
        return self.a

    @b.setter
    def b(self, v):
        self.a = v


def ints(x, y):
    for i in range(4):
        z = x + y       # two locals
        z = x + 1       # a local and a constant
        z = z * y
        z = x * x + y   # the stack and a local
        z = x * x + 1
        z = x * x + x * x
        z = (x + y) * (x + y)
        (x + y) * y, x + y, x + 1, x * x + y, x * x + 1
        z = x - y
        z = x - 1
        z = x * x - y
        z = x * x - 1
        z = x * x - x * x
        x - y, x - 1, x * x - y, x * x - 1
        if x < y: z = 0
        if x < 3: z = 0
        if x + y > y: z = 0
        if x + y > 3: z = 0
        if x + y == x + y: z = 0
        if not x < y: z = 0
        if not x < 3: z = 0
        if not x + y > y: z = 0
        if not x + y > 3: z = 0
        if not x + y == x + y: z = 0
        z = x < y
        z = x < 3
        z = x + y > y
        z = x + y > 3
        z = x + y == x + y
        if z: z = 1
        if not z: z = 1
        z = x == y
        z = not z       # a bool that no jump follows
        z = (x * x) * y
        if y: z = x % y
        if y: x // y
        while z:
            z = None
        while z is not None:
            z = None
        z = x if z is None else y
    i = 0
    while i < 4:
        i += 1
    while i > 0:
        i -= 1
    return z


def floats(x, y):
    for i in range(4):
        z = x + y
        z = x * y
        z = x - y
        z = x * x + y
        z = x * x - y
        z = (x + y) * y
        z = x * x + y * y
        z = x * x - y * y
        z = (x + y) * (x + y)
        x + y, x * y, x - y, x * x + y, x * x - y, (x + y) * y
        if x < y: z = 0.0
        if x + y > y: z = 0.0
        if x + y == x + y: z = 0.0
        if not x != y: z = 0.0
        if not x + y > y: z = 0.0
        if not x + y == x + y: z = 0.0
        z = x < y
        z = x + y > y
        z = x + y == x + y
    return z


def items(a, t, o, k):
    n = len(a)
    o.items = a
    for i in range(n):
        j = k - 1       # 0 or -1
        s = a[j], o.items[j], t[j], o.items[i], (a[0], t)[j]
        a[i] = a[0]
        a[-1] = a[i]
        a[i] = 1.5
        s = o.items[0]
        s = o.items[-1]
        s = o.items[k]
        s = o.items[k - k]
        s = [1, 2][k]
        s = [1, 2][0]
        s = t[0]
        s = t[-1]
        s = t[k]
        s = (t, t)[0]
        s = (i, i)[0]
        s = (a[0], t)[k]
        s = t[k - k]
        a[0], a[i], t[0], o.items[0], o.items[k]
    for x in a:
        s = x
        for y in t: pass
    for x, y in [(n, t), (t, n), (n, 1.5), (1.5, 'a'), (a, o), (o, a), (int, a), (a, int)]:
        s = x
    for x in [n, t, 1.5, 'a', a, o, int]:
        if x is None: continue
        if x is not None: s = x
        x = None
        if x is None: s = x
    a[0] = a[-1] = 1
    return s


def classes(c):
    # Classes are the second kind of object: whatever moves values meets them.
    for i in range(4):
        d = c
        e, f = d, c
        e, f = f, e
        d = None
        d = [c][0]
        d = [c][i - i]
        d = (c, c)[0]
        d = (c, c)[i - i]
        p = Plain(c)
        p.a = p.a
        p.set(c)
        p.get()
        p.a, p.b
        [p][0].a = c
        [p][0].a
        p = Slots(c)
        p.a = p.a
        p.set(c)
        p.get()
        [p][0].a = c
        [p][0].a
        a = [c, c]
        a[0] = a[1]
        a[i - i] = c
        for e in a: pass
        for e in (c, c): pass
        for e, f in [(c, i), (i, c)]: pass
        for e in echo(c): pass
        e = f = c
        c
        if c is None: pass
        if c is not None: pass
        adder_of(c)()
        passes(c)
    return c


def methods(o, v):
    for i in range(4):
        p = o + o
        p = o + v
        if o < v: p = o < v
        if v in o: p = v in o
        if o: p = not o
        o[i] = v
        p = o[i]
        len(o)
        o.b = v
        p = o.b


def owners(o):
    # What has the attributes is an instance, another one, a class.
    for i in range(4):
        o.a
        [o][0].a
        o.f(())
        [o][0].f(())
        o.a = 1
        [o][0].a = 1


def kinds(*a):
    # An attribute of instances of two types: the general form is left with both.
    for i in range(20):
        for o in a:
            o.a


def echo(c):
    yield c
    yield c


def passes(c):
    return c


def adder_of(c):
    def inner():
        return c
    return inner


def attributes_plain(o):
    for i in range(4):
        o.set(o.get())
        v = o.a
        o.b = v
        o.b = i
        o.b = o.get()
        o.get().__class__
        [o][0].a
        [o][0].b = v
        [o][0].get()
        o.a, o.b
        o.call = len
        o.call(())
        [o][0].call(())
        p = Other(v)
        [p][0].later = v
        p.last = v
    return o.b


def attributes_slots(o):
    for i in range(4):
        o.set(o.get())
        v = o.a
        o.b = v
        o.b = i
        o.b = o.get()
        o.get().__class__
        [o][0].a
        [o][0].b = v
        [o][0].get()
        o.a, o.b
        o.b = len
        o.b(())
        [o][0].b(())
    return o.b


def counts(n):
    for i in range(n):
        yield i


def adder(x):
    def inner(y):
        nonlocal x
        x = x + y
        return x + y
    return inner


def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


def deep(n):
    return 0 if n == 0 else 1 + deep(n - 1)


def told(x):
    id(x)
    return x


def deaths():
    s = 'warm'
    for i in range(4):
        d = Dies()
        d = None
        d = Dies()
        d = i + i
        d = Dies()
        d = i * 1.0
        d = Dies(); d = [i][0]
        Dies()
        Dies().a
        Dies().a = 1
        c = [Dies()]
        c[0] = None
        [Dies()][0]
        (Dies(), 1)[1]
        k = 0
        [Dies()][k]
        (Dies(), 1)[k]
        [Dies()][k - k]
        [Dies(), 1][1]
        d = [Dies()][0]
        d = (Dies(), 1)[0]
        d = None
        p = Plain(Dies())
        p.a = None
        p.b = None
        p.items = None
        [p][0].a = [i]
        [p][0].a = i + 1000
        [p][0].a = [i]
        p.a = i + 1000
        p.a = i + 2000
        p.a = i
        q = Slots(Dies())
        q.a = None
        q.items = None
        [q][0].a = [i]
        [q][0].a = i + 1000
        [q][0].a = [i]
        q.a = i + 1000
        q.a = i + 2000
        q.a = i
        d = [i + 1000, [i]]
        d[0] = i
        d[1] = i
        x = Dies()
        id(x)
        x = None
        x = (Dies(), 1)
        y, x = x
        y = None
        x, y = Dies(), Dies()
        x, y = 1, 2
        x, y = i + 1000, i + 2000
        x, y = i + 3000, i + 4000
        for j in [Dies(), Dies()]: pass
        if i + 1000 is None: pass
        if i + 1000 is not None: pass
        for j in range(2): pass
        if Dies(): pass
        if Dies() is None: pass
        if Dies() is not None: pass
        Dies() is Dies()
        {x: i}[x]
        {i + 1000: Dies()}[i + 1000]
        {s + 'a': i}[s + 'a']
        {s + 'a': i}[told(s + 'a')]
        s + 'a' == s + 'b'
        if told(s + 'a') == told(s + 'b'): pass
        s + 'a' is s + 'b'


def constants():
    for i in range(4):
        s = 'warm up'
        f = 2.5
        u = (1, 2)
        a = b = u
        a, b = b, a


def run():
    for x, y in ((1, 2), (3, 3), (70000, 5), (2**31, 2**31), (2**53, 3), (2**70, 2**65), (-5, -2**40), (2**52, 2**52), (2**30, 2**30), (0, -1), (-2**31, 1)):
        ints(x, y)
    for x, y in ((1.5, 2.5), (2.0, 2.0), (-0.0, 0.0), (1e300, 1e300), (float('inf'), float('nan')), (3.0, 1.0)):
        floats(x, y)
    # Arrays of each of V8's kinds: literals, copies, growing ones, multiplied ones.
    grown = []
    for i in range(4):
        grown.append(i)
    for a in ([1, 2, 3], grown, [None] * 4, list(range(4)), [i for i in range(4)], grown[1:], sorted(grown)):
        items(a, (1, 2), Slots(1), 0)
        items(a, tuple(a), Plain('a'), 1)
    for a in (1, 'a', 1.5, None):
        attributes_slots(Slots(a))
        attributes_plain(Plain(a))
    for i in counts(4): pass
    f = adder(1)
    for i in range(4): f(i)
    f.__code__ = f.__code__     # a field that V8 took for constant
    fib(5)
    deep(20)
    deaths()
    constants()
    classes(int)
    classes(Plain)
    classes(1)
    for a in (1, None, 2.5, int):
        methods(Methods(a), a)
    for a in (Plain(1), Slots(1)):
        for b in (a, a, Static, a):
            owners(b)
    kinds(Plain(1), Other(2))
    kinds(Plain(int), Other(None))
    for i in range(2**31 - 2, 2**31 + 2): pass
    for i in range(0, -3, -1): pass
    # Guards that fail.
    for f, a, b in ((ints, (1.5, 2.5), (1, 2)), (floats, (1, 2), (1.5, 2.5)), (attributes_plain, (Plain(1),), (Other(1),)), (attributes_slots, (Slots(1),), (Other(1),))):
        f(*a)
        f(*b)


run()
