"""Many instances and dicts alike: short ways must not show, neither in the bytes nor in what comes back."""
import copyreg
import gc
import io
import pickle
import re
import sys


class Point:
    def __init__(self, x, y):
        self.x = x
        self.y = y

    def __repr__(self):
        return f'{type(self).__name__}({vars(self)})'


class Empty(Point):
    def __init__(self):
        pass


class Stateful(Point):
    def __getstate__(self):
        return {'x': self.x}

    def __setstate__(self, state):
        self.__dict__.update(state, set=True)


class Slotted(Point):
    __slots__ = ('z',)

    def __init__(self, i):
        super().__init__(i, -i)
        self.z = i


class WithArgs(Point):
    def __getnewargs__(self):
        return (1,)

    def __new__(cls, *args):
        return super().__new__(cls)


class Lazy(Point):
    def __getattr__(self, name):
        if name.startswith('__'):
            raise AttributeError(name)
        return name


class OwnDict(Point):
    @property
    def __dict__(self):
        print('asked')
        return {}


def show(title, value, protocols=(0, 2, 4, 5)):
    for protocol in protocols:
        data = pickle.dumps(value, protocol)
        print(title, protocol, data)
        print('  ', pickle.loads(data))


def attempt(title, f):
    try:
        print(title, f())
    except Exception as e:
        print(title, type(e).__name__, re.sub('0x[0-9a-f]+', '0x...', str(e)), getattr(e, '__notes__', None))


for make in (lambda i: Point(i, i / 4), lambda i: Empty(), lambda i: Stateful(i, 2), Slotted, lambda i: WithArgs(i, i), lambda i: Lazy(i, i)):
    show('alike', [make(i) for i in range(4)], (2, 5))

# attributes set in another order, deleted, more of them, other kinds of keys
others = [Point(i, i) for i in range(9)]
others[2] = Point.__new__(Point)
others[2].y, others[2].x = 1, 2
del others[3].x
others[4].z = 5
others[5].__dict__[7] = 'seven'
others[6].__dict__ = {}
others[7].__dict__['a b'] = 1
show('others', others, (5,))
many = []
for i in range(4):
    p = Point(0, 0)
    for k in range(40):
        setattr(p, f'a{k}', k)
    many.append(p)
back = pickle.loads(pickle.dumps(many))
print([vars(p) == vars(q) for p, q in zip(many, back)], [sys.getsizeof(vars(p)) == sys.getsizeof(vars(back[0])) for p in back])

# names of an instance that stand in the way of its class's
for name in ('__reduce_ex__', '__reduce__', '__getstate__', '__class__', '__getnewargs__', '__setstate__'):
    points = [Point(i, i) for i in range(4)]
    points[3].__dict__[name] = (lambda protocol: (int, ('5',))) if name == '__reduce_ex__' else lambda *a: (int, ('6',))
    attempt(name, lambda: pickle.loads(pickle.dumps(points)))


# changes while it is pickled
class Changer:
    def __init__(self, change):
        self.change = change

    def __reduce__(self):
        self.change()
        return (int, ())


def add_getstate():
    Point.__getstate__ = lambda self: {'made': 'otherwise'}


def add_reducer():
    copyreg.pickle(Point, lambda p: (Point, (p.y, p.x)))


def drop_reducer():
    del copyreg.dispatch_table[Point]


for change, undo in ((add_getstate, lambda: delattr(Point, '__getstate__')), (add_reducer, drop_reducer)):
    value = [Point(1, 2), Point(3, 4), Point(5, 6), Changer(change), Point(7, 8), Point(9, 10)]
    print(pickle.loads(pickle.dumps(value)))
    undo()
print(pickle.loads(pickle.dumps([Point(i, 0) for i in range(3)])))

# errors tell where
points = [Point(1, 2), Point(3, 4), Point(5, lambda: 1), Point(7, 8)]
attempt('error', lambda: pickle.dumps(points))
attempt('error', lambda: pickle.dumps({'k': points}))

# shared and cyclic
shared = [1]
points = [Point(shared, None) for i in range(4)]
for a, b in zip(points, points[1:] + points[:1]):
    a.y = b
back = pickle.loads(pickle.dumps(points))
print([p.x is back[0].x for p in back], [p.y is q for p, q in zip(back, back[1:] + back[:1])])
print(pickle.dumps([points[0].__dict__, points[0], points[1], points[1].__dict__])[-60:])


# picklers that say themselves how
class Persistent(pickle.Pickler):
    def persistent_id(self, obj):
        return obj.x if isinstance(obj, Point) and obj.x % 2 else None


class Overriding(pickle.Pickler):
    def reducer_override(self, obj):
        return (complex, (obj.x, 0)) if isinstance(obj, Point) and obj.x % 2 else NotImplemented


class Tabled(pickle.Pickler):
    dispatch_table = {Point: lambda p: (str, (str(p.x),))}


class Loader(pickle.Unpickler):
    def persistent_load(self, pid):
        return f'<{pid}>'


for kind in (Persistent, Overriding, Tabled):
    out = io.BytesIO()
    kind(out).dump([Point(i, 0) for i in range(5)])
    print(kind.__name__, Loader(io.BytesIO(out.getvalue())).load())

# memos: of two picklers at once, cleared, handed on
strs = [f'text {i}' for i in range(12)]
outs = io.BytesIO(), io.BytesIO()
one, two = (pickle.Pickler(out) for out in outs)
for part in (strs[:5], strs[3:], strs):
    one.dump(part)
    two.dump(part)
one.clear_memo()
two.dump(strs)
one.dump(strs[:2])
one.memo.clear()
two.memo = one.memo
two.dump(strs[:2])
two.memo = {id(s): (i * 3, s) for i, s in enumerate(strs[:10])}
two.dump(strs)
two.dump([strs[11], strs[10]])
print([out.getvalue() for out in outs])
attempt('memo', lambda: setattr(two, 'memo', {1: (1, 'a'), 2: 3}))
memo = two.memo.copy()
print(sorted((i, s) for i, s in memo.values()))

# dicts with keys alike, equal keys, keys given twice
rows = [{'a': i, 'b': [i], 'c': str(i)} for i in range(4)] + [{'a': 1}, {'b': 1, 'a': 2}, {}, {'a': 1, 'b': 2, 'c': 3, 'd': 4}]
show('rows', rows, (2, 5))
wide = [{f'k{k}': k * i for k in range(12)} for i in range(4)]
back = pickle.loads(pickle.dumps(wide))
print(back == wide, [sys.getsizeof(d) for d in back])
back[0]['k0'] = 'changed'
back[1]['more'] = 1
del back[2]['k3']
print(back)
for data in (
    b"](}(V\x61\nK\x01V\x61\nK\x02u}(V\x61\nK\x01V\x61\nK\x02V\x62\nK\x03ue.",
    b"](}(V\x61\nq\x00K\x01h\x00K\x02u}(h\x00K\x01h\x00K\x02u}(h\x00K\x03ue.",
    b"](}(K\x01K\x02G?\xf0\x00\x00\x00\x00\x00\x00K\x03u}(V\x61\nK\x01K\x05K\x06ue.",
    b"}(V\x61\nK\x01V\x61\n(lK\x05u.",
    b"}(](K\x01eK\x02u.",
    b"(}}K\x01u.",
):
    attempt(data, lambda: pickle.loads(data))

attempt('own dict', lambda: [pickle.loads(pickle.dumps([OwnDict.__new__(OwnDict) for i in range(3)])), None][1])
print(gc.get_referents({'a': 1.5}), gc.get_referents({1: 'q', 'a': 2.5}))

# small numbers in a row, over frames and to the end of the data
numbers = [i * 31 % 66_000 for i in range(40_000)] + [1, 2, 300]


class Plain:
    """A file that cannot peek."""

    def __init__(self, data):
        out = io.BytesIO(data)
        self.read, self.readline = out.read, out.readline


for protocol in (1, 2, 4):
    data = pickle.dumps(numbers, protocol)
    print(len(data), pickle.loads(data) == numbers, pickle.load(Plain(data)) == numbers)
    print(pickle.load(io.BufferedReader(io.BytesIO(data + b'rest'))) == numbers)
short = pickle.dumps([1, 300, 2, 65_535, 65_536], 4)
for n in range(len(short) - 14, len(short)):
    attempt(n, lambda: pickle.loads(short[:n]))
    attempt(n, lambda: pickle.loads(short[:3] + (n - 11).to_bytes(8, 'little') + short[11:n] + short[n:]))
