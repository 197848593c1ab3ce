"""Pickles byte by byte: every protocol, in memory and through files."""
import pickle, io, collections, copyreg, datetime, enum, functools, itertools, operator, sys, types, pathlib, array
def digest(b):
    h = 0
    for x in b: h = (h * 31 + x) % (1 << 61)
    return h
class Writes:
    def __init__(self): self.chunks = []
    def write(self, b): self.chunks.append((type(b).__name__, len(b), digest(bytes(b)))); return len(b)
class Plain:
    pass
class Slots:
    __slots__ = ('a', 'b')
class Both(Slots):
    pass
class L(list): pass
class D(dict): pass
class T(tuple): pass
class S(set): pass
class F(frozenset): pass
class I(int): pass
class St(str): pass
class NewArgs(int):
    def __new__(cls, v, extra): 
        s = super().__new__(cls, v); s.extra = extra; return s
    def __getnewargs__(self): return int(self), self.extra
class NewArgsEx:
    def __new__(cls, *a, k): return super().__new__(cls)
    def __getnewargs_ex__(self): return (1, 2), {'k': 3}
class State:
    def __getstate__(self): return [1, 2]
    def __setstate__(self, s): self.s = s
class Nested:
    class Inner:
        class Most: pass
    def method(self): pass
    @staticmethod
    def stat(): pass
class Color(enum.Enum):
    RED = 1
class Perm(enum.Flag):
    R = 1; W = 2
Point = collections.namedtuple('Point', 'x y')
class Rec:
    def __reduce__(self): return Rec, (), {'self': self}, iter([self]), None
    def append(self, x): pass
class Setter:
    def __reduce__(self): return Setter, (), 5, None, None, setter
def setter(o, s): o.s = s
p = Plain(); p.x = 1; p.me = p
s = Slots(); s.a = 1
b = Both(); b.a = 1; b.b = [b]; b.c = 3
l = L([1, 2]); l.attr = 5
d = D(a=1); d.attr = d
rl = []; rl.append(rl)
rt = ([],); rt[0].append(rt)
rt4 = (1, 2, 3, []); rt4[3].append(rt4)
rd = {}; rd['d'] = rd
rs = Plain(); rs.s = frozenset([rs]); 

values = [None, True, False, 0, 1, -1, 255, 256, 65535, 65536, 2**31 - 1, 2**31, -2**31, -2**31 - 1, 2**53, 2**63, -2**63, 2**64, -128, -129, 2**2000, -2**2039, 10**700,
  0.0, -0.0, 1.5, 1e300, float('inf'), float('-inf'), '', 'a', 'é', '\0\n\r\x1a\\', '\ud800', '€', '😀', 'x' * 255, 'x' * 256, 'é' * 200, b'', b'a', b'\xff' * 255, b'\0' * 256,
  bytearray(), bytearray(b'abc'), bytearray(300), (), (1,), (1, 2), (1, 2, 3), (1, 2, 3, 4), [], [1], [1, 2], {}, {1: 2}, {1: 2, 'a': 'b'}, set(), {1}, frozenset(), frozenset([1, 2]),
  list(range(1000)), list(range(1001)), list(range(2500)), dict.fromkeys(range(1000)), dict.fromkeys(range(1001)), set(range(1000)), set(range(1500)), frozenset(range(1200)), p, s, b, l, d, T((1, 2)), S({1}), F({1}), I(5), St('abc'),
  NewArgs(5, 'x'), NewArgsEx(k=1), State(), Nested, Nested.Inner.Most, Nested.Inner.Most(), Nested.method, Nested.stat, Nested().method, Color.RED, Perm.R | Perm.W, Point(1, 2), Rec(), Setter(), rl, rt, rt4, rd, rs,
  int, type(None), type(...), type(NotImplemented), ..., NotImplemented, print, len, [].append, 'abc'.upper, str.join, dict.fromkeys, int.from_bytes, operator.itemgetter(1, 2), operator.attrgetter('a.b'), functools.partial(int, base=2),
  itertools.count, range(10), range(0, 2**70, 3), slice(1, 2), complex(1, 2), collections.OrderedDict(a=1, b=2), collections.defaultdict(list, a=[1]), collections.Counter('abca'), collections.deque([1, 2], 5), collections.ChainMap({1: 2}),
  datetime.datetime(2020, 1, 2, 3, 4, 5, 6), datetime.timedelta(1, 2, 3), datetime.timezone.utc, datetime.date(2020, 2, 3), ValueError('a', 1), OSError(2, 'x', 'f'), KeyError(), StopIteration(3),
  pathlib.PurePosixPath('/a/b'), types.SimpleNamespace(a=1), array.array('i', [1, 2, 3]), memoryview, iter([1, 2, 3]), iter((1, 2)), iter('abc'), reversed([1, 2]), iter(range(5)), enumerate('ab'), zip('ab', 'cd'), map(int, '12'), iter({1: 2}), iter({5}),
  ['a', 'a', 'b' * 10] * 3, [p, p], [(1, 2)] * 3, ['ab' + str(i % 300) for i in range(700)], [str(i) for i in range(300)], {'k%d' % i: i * 1.5 for i in range(1200)},
  b'x' * 70000, 'y' * 70000, bytearray(70000), [b'x' * 70000, 'é' * 70000, bytearray(b'z') * 70000, 5], ['w' * 60000, 'v' * 60000, [b'u' * 65535, b't' * 65536]], list('word' * 40000), ['line %d' % i for i in range(20000)],
  pickle.PickleBuffer(bytearray(b'abc')), [pickle.PickleBuffer(b'q' * 70000)]]
for n, v in enumerate(values):
    name = type(v).__name__
    for proto in range(6):
        row = []
        try:
            out = pickle.dumps(v, proto)
            row.append(out if len(out) < 100 else (len(out), digest(out)))
        except Exception as e:
            row.append(type(e).__name__ + ': ' + str(e).split(' at 0x')[0])
        f = Writes()
        try:
            pickle.dump(v, f, proto)
            if len(f.chunks) > 1: row.append(f.chunks)
            elif f.chunks[0][2] != digest(out): row.append('differs')
        except Exception as e:
            pass
        print(n, name, proto, *row)
        if isinstance(row[0], str): continue
        try:
            back = pickle.loads(out)
            if type(back) is not type(v): print('   back', type(back))
            try:
                same = back == v
            except RecursionError:
                same = 'recursive'
            if same is not True and type(v).__module__ == 'builtins' and '__next__' not in dir(v): print('   back', type(back), same)
            again = pickle.dumps(back, proto)
            if again != out: print('   again', len(again) - len(out))
        except Exception as e:
            print('   load', type(e).__name__, str(e).split(' at 0x')[0])
# one Pickler, several dumps: the memo stays
f = io.BytesIO()
k = pickle.Pickler(f, 5)
k.dump(['abc', (1, 2)]); k.dump(['abc', p]); k.clear_memo(); k.dump('abc')
print(f.getvalue())
f.seek(0)
u = pickle.Unpickler(f)
print(u.load(), type(u.load()[1]), f.tell())
try: print(u.load())
except Exception as e: print(repr(e))
f = io.BytesIO()
k = pickle.Pickler(f, 2); k.fast = 1
k.dump([1, ['a', 'a'], {'b': ('c',)}]); print(f.getvalue())
x = []
for i in range(60): x = [x]
k.dump(x); print(len(f.getvalue()))
try: k.dump(rl)
except Exception as e: print(str(e).split(' at ')[0])
