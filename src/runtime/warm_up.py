# What start-up shows to the eval loop: each hot instruction with each kind of operand (see warm_up.ts).
class Slots:
    __slots__ = ('a', 'b')
    def __init__(self, a):
        self.a = a
        self.b = None
    def get(self):
        return self.a
    def set(self, v):
        self.b = v
class Plain:
    k = 1
    def __init__(self, a):
        self.a = a
        self.b = a
    def get(self):
        return self.a
    def set(self, v):
        self.b = v
class Dies:
    def __init__(self):
        self.a = 1
    def __del__(self):
        pass

glob = 1

def ints(n, x, y):
    i = 0
    while i < n:
        i += 1
        z = x + y
        z = z * 2 - y
        z = x - y
        u = x * y
        if x > y: z = 0
        if x == y: z = 1
        w = x <= y
        if not w: z = 2
        a = b = z
        a, b = b, a
    return z

def floats(n, x, y):
    for i in range(n):
        z = x + y
        z = z * x - y
        u = x - y
        u = x * y
        if x > y: z = 0.0
        if x == y: z = 1.0
        w = x < y
    return z

def lists(n, a, t, pairs):
    s = 0
    for i in range(n):
        a[i] = a[0]
        a[-1] = a[i]
        s = t[0]
        s = t[-1]
    for x in a:
        s = x
    for x, y in pairs:
        s = x
    for x in a:
        if x is None: continue
        if x is not None: s = x
        if s: s = glob
        s = len(a)
    return s

def objects(n, o):
    for i in range(n):
        o.set(o.get())
        v = o.a
        o.b = v
        o.get()
    return o.b

def gen(n):
    for i in range(n):
        yield i
def outer(x):
    def inner(y):
        return x + y
    return inner
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)
def dies(n):
    for i in range(n):
        d = Dies()
        d = None
        Dies()
        e = Dies(); e = i
        c = [Dies()]
        c[0] = None
        p = Plain(Dies()); p.a = None; p.b = None
        q = Slots(Dies()); q.a = None
        x = (Dies(), 1); y, x = x; y = None
        for j in [Dies()]: pass
        j = None
        if Dies(): pass
def const(n):
    for i in range(n):
        s = 'warm up'
        f = 2.5
        u = (1, 2)
def deep(n):
    return 0 if n == 0 else 1 + deep(n - 1)
def go():
    n = 6
    for x, y in ((1, 2), (3, 3), (70000, 5), (2**31, 2**31), (2**53, 3), (2**70, 2**65), (-5, -2**40), (2**52, 2**52), (2**30, 2**30), (0, -1), (-2**31, 1)):
        ints(n, x, y)
    for x, y in ((1.5, 2.5), (2.0, 2.0), (-0.0, 0.0), (1e300, 1e300), (float('inf'), float('nan')), (3.0, 1.0)):
        floats(n, x, y)
    lists(n, [1] * 8, (1, 2), [(1, 2)] * 8)
    lists(n, [None, 'a', 1.5, (), []] * 2, ('a', None), [(1.5, 'a')] * 8)
    objects(n, Slots(1))
    objects(n, Plain(1))
    objects(n, Plain('a'))
    for i in gen(n): pass
    f = outer(1)
    for i in range(n): f(i)
    fib(5)
    dies(n)
    const(n)
    deep(20)
    for i in range(2**31 - 3, 2**31 + 3): pass
    for i in range(0, -5, -1): pass
for k in range(3): go()
