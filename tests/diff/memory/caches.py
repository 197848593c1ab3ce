# What is shared, cached, interned and immortal, and where things lie.
from _snippets import run

run(r'''
### small ints
print([int(str(n)) is int(str(n)) for n in (-6, -5, 0, 256, 257)], count(0), count(256), count(-5)); x = 257; print(count(x) < 10)
### arithmetic gives the cached ones
a = 200; b = 56; print(a + b is 256 if 0 else (a + b) is int('256'), (a * 2) is int('400'), (a - a) is int('0'))
### one-character strings
print([chr(n) is chr(n) for n in (0, 97, 255, 256, 8364)], 'abc'[1] is chr(98), 'éa'[0] is chr(233), count('a'), 'a' is 'ba'[1:])
### the empties
print(() is tuple([]), '' is str(), b'' is bytes(), frozenset() is frozenset([]), [] is [], count(()), count(''), count(b''))
### one-byte strings
print(b'a' is bytes([97]), b'abc'[1:2] is b'b', count(b'a'))
### singletons
print([count(x) for x in (None, True, False, Ellipsis, NotImplemented)], type(None)() is None, bool(1) is True, type(...)() is ...)
### static types
print([count(t) for t in (int, str, list, type, object, ValueError, type(None))], count(O) < 1000)
### is_immortal
print([sys._is_immortal(x) for x in (None, 1, 256, 257, 'a', 'name', '', (), b'', b'x', int, O, [], 1.5, len, print, ..., 10**20, 'not a name!', frozenset(), ''.join(['a', 'bc']))])
### interned
a = 'hello'; b = ''.join(['hel', 'lo']); print(a is b, sys.intern(b) is a, sys._is_interned(a), sys._is_interned(b), sys._is_interned('x' * 3 + str(1)))
### intern returns the first
x = ''.join(['some', ' ', 'text']); print(sys.intern(x) is x); y = ''.join(['some', ' ', 'text']); print(sys.intern(y) is x, sys._is_interned(x), sys._is_interned(y))
### interned strings are mortal
x = sys.intern(''.join(['mortal', '!'])); print(sys._is_interned(x), count(x)); y = id(x); del x; x = ''.join(['mortal', '!']); print(sys._is_interned(x))
### intern errors
for v in (1, type('S', (str,), {})('a'), b'a', None):
    try: sys.intern(v); print('ok')
    except TypeError as e: print(e)
### names are interned
def some_function(some_parameter): some_local = 1
print(sys._is_interned(some_function.__name__), all(map(sys._is_interned, some_function.__code__.co_varnames)), sys._is_interned(list(globals())[-1]))
### attribute names
o = O(); n = ''.join(['at', 'tr']); setattr(o, n, 1); print(list(vars(o))[0] is n, list(vars(o))[0] is sys.intern('attr'), sys._is_interned(list(vars(o))[0]))
### dict keys are not interned
n = ''.join(['ke', 'y']); d = {n: 1}; print(list(d)[0] is n, sys._is_interned(list(d)[0]))
### keyword names
def f(**k): return list(k)[0]
n = ''.join(['kw', 'arg']); print(f(**{n: 1}) is n, sys._is_interned(f(kwarg=1)))
### type names, module names
C = type(''.join(['Na', 'me']), (), {}); print(sys._is_interned(C.__name__), sys._is_interned(C.__qualname__)); import types; m = types.ModuleType(''.join(['mo', 'd'])); print(sys._is_interned(m.__name__))
### constants in one unit
a = 1000; b = 1000; print(a is b); c = 'a text'; d = 'a text'; print(c is d); e = (1, 2); f = (1, 2); print(e is f); g = 1.5; h = 1.5; print(g is h)
### constants in nested units
def f(): return 1000, 'a text', (1, 2), 1.5
a = 1000; print(f()[0] is a, f()[1] is 'a text', f()[2] is (1, 2))
### constants of separate units
a = eval('1000'); b = eval('1000'); print(a is b); c = eval("'a_name'"); d = eval("'a_name'"); print(c is d); print(eval("'a text'") is eval("'a text'"))
### folded constants
print('a' * 3 is 'aaa', 'a' + 'b' is 'ab', (1, 2) + (3,) is (1, 2, 3), -1000 is -1000, 2 ** 10 is 1024)
### types of equal constants differ
a, b, c, d = 1.0, 1, True, 0.0; e = -0.0; print(a is b, b is c, d is e)
### strings built at run time
a = 'ab'; b = a + 'c'; print(b is 'abc', sys.intern(b) is 'abc', str(b) is b, b[:] is b, ''.join([b]) is b, b * 1 is b, b.strip() is b, b.lower() is b, b + '' is b, f'{b}' is b, '%s' % b is b)
### bytes at run time
b = bytes([1, 2, 3]); print(bytes(b) is b, b[:] is b, b + b'' is b, b * 1 is b, b''.join([b]) is b, b.strip() is b)
### tuples at run time
t = tuple([1, 2]); print(tuple(t) is t, t[:] is t, t + () is t, () + t is t, t * 1 is t, t[0:2] is t)
### frozensets
f = frozenset([1]); print(frozenset(f) is f, f | frozenset() is f, f.copy() is f, f & f is f)
### ints, floats
n = 10 ** 20; x = 2.5; print(int(n) is n, n + 0 is n, +n is n, float(x) is x, x + 0 is x, +x is x, n * 1 is n, abs(n) is n, n // 1 is n, n.__index__() is n, round(n) is n)
### ranges and slices
r = range(3); print(r[:] is r, iter(iter([])) is not None); i = iter([1]); print(iter(i) is i)
### methods are made anew
o = O(); print(o.__init__ is o.__init__, o.__init__ == o.__init__, O.__init__ is O.__init__, id(o.__init__) == id(o.__init__))
### id of temporaries
print(id([]) == id([]), id({}) == id({}), id(O()) == id(O()), id((1, [])) == id((1, [])), id(object()) == id(object()), id(1.5) == id(2.5) if 0 else '')
### id of living objects differ
x = [object() for _ in range(100)]; print(len(set(map(id, x)))); y = [[] for _ in range(50)] + [{} for _ in range(50)] + [O() for _ in range(50)]; print(len(set(map(id, y))))
### freed list block is used again
a = []; i = id(a); del a; b = []; print(id(b) == i); c = []; print(id(c) == i)
### last freed, first used
a, b = [], []; i, j = id(a), id(b); del a; del b; c = []; d = []; print(id(c) == j, id(d) == i)
### floats and their free list
a = float('1.5'); i = id(a); del a; b = float('2.5'); print(id(b) == i)
### tuples by size
a = (1, []); i = id(a); del a; b = (2, []); print(id(b) == i)
### instances
a = O(); i = id(a); del a; b = O(); print(id(b) == i)
### alignment
print({id(x) % 16 for x in ([], {}, (), O(), 1.5, 10**20, 'abc d', object(), set(), O, len)})
### neighbours
xs = [object() for _ in range(20)]; ids = list(map(id, xs)); print({b - a for a, b in zip(ids[5:], ids[6:])} & {16, -16} != set())
### default repr uses the address
o = O(); print(repr(o).endswith(hex(id(o)) + '>'), hex(id(o)).startswith('0x'), hash(o) == (id(o) >> 4 | (id(o) & 15) << 60))
### sizes
print([sys.getsizeof(x) for x in (0, 1, 2**30, 2**60, -1, True, 1.5, 1j, '', 'a', 'é', '€', '😀', 'ab', b'', b'a', (), (1,), [], [1], {}, {1: 1}, set(), {1}, frozenset(), None, ..., object(), range(1), slice(1), O(), O, len, print, type, int, lambda: 0, (x for x in ''), [].append, O().__init__, iter([]), iter(()), iter(''), iter({}), {}.keys(), memoryview(b''), bytearray(), bytearray(1), ValueError(), property(), staticmethod(1), super(O, O()), weakref.ref(O), enumerate([]), zip(), map(len, []), filter(None, []), reversed([]))])
### list growth
x = []; s = []
for i in range(70): x.append(i); s.append(sys.getsizeof(x))
print(sorted(set(s))); s = []
while x: x.pop(); s.append(sys.getsizeof(x))
print(sorted(set(s))); print(sys.getsizeof([0] * 5), sys.getsizeof(list(range(5))), sys.getsizeof([i for i in range(5)]), sys.getsizeof([*range(5)]), sys.getsizeof([1, 2, 3]), sys.getsizeof(list((1, 2, 3))), sys.getsizeof([1, 2, 3][:]), sys.getsizeof([1] + [2]))
### dict growth
d = {}; s = []
for i in range(200): d[i] = i; s.append(sys.getsizeof(d))
print(sorted(set(s))); s = []
for i in range(200): del d[i]; s.append(sys.getsizeof(d))
print(sorted(set(s))); d.clear(); print(sys.getsizeof(d)); d = {str(i): i for i in range(6)}; print(sys.getsizeof(d), sys.getsizeof(dict(d)), sys.getsizeof({**d}), sys.getsizeof(d.copy()), sys.getsizeof(dict.fromkeys('abc')))
### set growth
x = set(); s = []
for i in range(200): x.add(i); s.append(sys.getsizeof(x))
print(sorted(set(s))); print(sys.getsizeof(set(range(10))), sys.getsizeof(frozenset(range(10))), sys.getsizeof({*range(10)}), sys.getsizeof(x.copy()))
### bytearray, deque, array growth
import array, collections
b = bytearray(); a = array.array('i'); q = collections.deque(); s = []
for i in range(70): b.append(1); a.append(1); q.append(1); s.append((sys.getsizeof(b), sys.getsizeof(a), sys.getsizeof(q)))
print([sorted({x[i] for x in s}) for i in range(3)])
### instances and their dicts
class C:
    def __init__(self, n):
        for i in range(n): setattr(self, f'a{i}', i)
print([sys.getsizeof(C(n)) for n in (0, 1, 5, 30, 40)], [sys.getsizeof(C(n).__dict__) for n in (0, 1, 5, 30, 40)])
### classes, functions, slots
class S: __slots__ = ('a', 'b', 'c')
class T(S): pass
class U(S): __slots__ = ('d',)
class L(list): pass
class I(int): __slots__ = ()
print(*[sys.getsizeof(x) for x in (S(), T(), U(), L(), I(), I(2**70), S, T, type('X', (int,), {}), type('Y', (), {'__slots__': ('a', '__dict__', '__weakref__')})())])
### strings with cached utf-8
s = 'é€' * 3; n = sys.getsizeof(s); import codecs; s.encode(); print(n == sys.getsizeof(s)); exec('pass', {s: 1}) if 0 else None; t = 'é' * 10; compile(t, 'f', 'eval'); print(sys.getsizeof(t) - sys.getsizeof('é' * 10))
### generators and frames
def g(a, b):
    c = yield
def f(a, b, c): return sys._getframe()
print(sys.getsizeof(g(1, 2)), sys.getsizeof(f(1, 2, 3)), sys.getsizeof(f.__code__) > 200)
### __sizeof__ overridden
class C:
    def __sizeof__(self): return 100
class B:
    def __sizeof__(self): return -1
class T:
    def __sizeof__(self): return 'x'
print(sys.getsizeof(C()), sys.getsizeof(T(), 7))
for x in (B(), T()):
    try: sys.getsizeof(x)
    except Exception as e: print(type(e).__name__, e)
### getrefcount errors
for a in ((), (1, 2)):
    try: count(*a)
    except TypeError as e: print(e)
### getallocatedblocks
n = sys.getallocatedblocks(); x = [object() for _ in range(1000)]; m = sys.getallocatedblocks(); print(type(n).__name__, 900 < m - n < 1200)
### unicode interned size
n = sys.getunicodeinternedsize(); print(type(n).__name__, n > 1000)
''')
