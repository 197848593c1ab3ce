# getsizeof of every kind of built-in object in every state: one line per kind.
import array, collections, contextvars, datetime, fractions, functools, io, itertools, operator, queue, random, re, struct, sys, threading, types, typing, weakref

s = sys.getsizeof
total = 0


def show(name, *values):
    global total
    total += len(values)
    print(name, *(s(v) for v in values))


def steps(name, n, make, step):
    """Sizes where they change while step(o, i) is applied."""
    global total
    o = make()
    out = [s(o)]
    for i in range(n):
        step(o, i)
        total += 1
        if s(o) != out[-1]:
            out.append((i, s(o)))
    print(name, *out)


show("int", *[2**k for k in range(0, 400, 7)], *[2**k - 1 for k in range(30, 200, 15)], *[-(2**k) for k in range(29, 400, 30)], 0, True, False)
show("int results", *[(2**k - 1) - (2**k - 1) for k in range(0, 100, 20)], *[2**90 - 2**90 + k for k in (0, 1, 2**30)], *[2**60 // 2**k for k in range(0, 61, 10)], *[int("9" * k) for k in range(1, 60, 7)])
show("float", 0.0, 1.5, 1e300, float("nan"))
show("complex", 0j, 1 + 2j)
for ch in ("a", "\xe9", "\u20ac", "\U0001f600"):
    show(f"str {ch!a}", *[ch * n for n in (0, 1, 2, 3, 4, 7, 8, 15, 16, 31, 100, 255, 1000)])
    show(f"str ops {ch!a}", (ch * 10)[2:5], (ch * 10).upper(), ch + "a", "a" + ch, f"{ch}{ch}", (ch + "aaa")[1:], ("a" + ch).replace(ch, "b"), ch.join("abc"), *(ch + " a").split(), (ch * 4).encode(), *[(ch * n).center(20, "-") for n in (1, 5)])
t = "\xe9" * 10
t.encode()
show("str utf8 cached", t, "\u20ac" * 5)
show("bytes", *[b"a" * n for n in (0, 1, 2, 10, 100)], b"abc"[1:], b"abc" + b"d", bytes(10), b"a b".split()[0], b"x".join([b"1", b"2"]))
show("tuple", *[(1,) * n for n in (0, 1, 2, 3, 10, 20, 21, 100)], tuple([1, 2]), (1, 2, 3)[1:], tuple(x for x in range(5)), tuple(range(9)), divmod(5, 2))
# lists
show("list", *[[1] * n for n in (0, 1, 2, 3, 4, 5, 7, 8, 9, 16, 17, 100)], [1], [1, 2], [1, 2, 3], [1, 2, 3, 4], [1, 2, 3, 4, 5])
show("list()", *[list(range(n)) for n in range(30)], *[list((1,) * n) for n in range(12)], *[list(x for x in range(n)) for n in range(30)], *[list("a" * n) for n in range(9)], *[list({i: 1 for i in range(n)}) for n in range(9)], *[list(set(range(n))) for n in range(9)], list(map(int, "123")), list(zip("ab", "cd")), list(iter([1, 2, 3])), list(reversed([1, 2, 3])), list({}.items()), list({1: 2}.values()))
show("list comp", *[[x for x in range(n)] for n in range(40)])
show("list slices", *[list(range(20))[a:b] for a in (0, 3, 9) for b in (1, 4, 10, 20)], list(range(20))[::2], list(range(20))[::-1], [1, 2] + [3], [1] * 5 + [2] * 4, list(range(10)).copy(), [*range(5)], [*[1, 2, 3], 4], [*(1, 2), *"ab"], sorted([3, 1, 2]), sorted(range(17)), sorted({3, 1}), "a b c".split(), "a,b".split(","), "a\nb".splitlines(), re.findall("a", "aaa"), dir(object), [[]] * 3)
steps("list append", 200, list, lambda l, i: l.append(i))
steps("list append from 3", 100, lambda: [1, 2, 3], lambda l, i: l.append(i))
steps("list insert", 100, list, lambda l, i: l.insert(0, i))
steps("list pop", 100, lambda: list(range(100)), lambda l, i: l.pop())
steps("list pop(0)", 100, lambda: list(range(100)), lambda l, i: l.pop(0))
steps("list del", 90, lambda: list(range(100)), lambda l, i: l.__delitem__(slice(0, 1)))
steps("list small pop", 40, lambda: [x for x in range(40)], lambda l, i: l.pop())
steps("list extend", 40, list, lambda l, i: l.extend(range(i)))
steps("list extend list", 40, list, lambda l, i: l.extend([1] * i))
steps("list extend gen", 40, list, lambda l, i: l.extend(x for x in range(i)))
steps("list +=", 40, list, lambda l, i: l.__iadd__((1, 2, 3)))
steps("list *=", 7, lambda: [1], lambda l, i: l.__imul__(2))
steps("list slice assign", 40, list, lambda l, i: l.__setitem__(slice(i, i), [1, 2, 3]))
steps("list remove", 40, lambda: list(range(40)), lambda l, i: l.remove(i))
l = list(range(50)); l.clear(); m = list(range(50)); del m[:]; n = list(range(50)); n[:] = [1, 2]; o = [3, 2, 1]; o.sort(); p = list(range(50)); del p[::2]; q = list(range(9)); q *= 0; r = []; r += [1]; r2 = []; r2.extend("ab"); r3 = [1]; r3.extend([]); r4 = [1, 2, 3]; r4.extend((4,))
show("list misc", l, m, n, o, p, q, r, r2, r3, r4)
# dicts
show("dict", {}, {1: 1}, {"a": 1}, dict(a=1), dict(a=1, b=2), dict([(1, 2)]), dict({}), dict({1: 2}), {**{}}, {**{"a": 1}}, {"a": 1}.copy(), {}.copy(), {1: 2, "a": 3}, {"a": 1, 1: 2})
show("dict literals", *[eval("{" + ",".join(f"'k{i}': {i}" for i in range(n)) + "}") for n in range(0, 40)], *[eval("{" + ",".join(f"{i}: {i}" for i in range(n)) + "}") for n in range(0, 40)])
show("dict comp", *[{i: i for i in range(n)} for n in range(0, 100, 3)], *[{str(i): i for i in range(n)} for n in range(0, 100, 3)])
show("dict copies", *[dict({i: i for i in range(n)}) for n in range(0, 60, 3)], *[{str(i): i for i in range(n)}.copy() for n in range(0, 60, 3)], *[dict.fromkeys(range(n)) for n in range(0, 60, 4)], *[dict.fromkeys("abcdefghijk"[:n]) for n in range(11)], *[dict.fromkeys({i: 1 for i in range(n)}) for n in range(0, 40, 5)], *[dict.fromkeys(set(range(n))) for n in range(0, 40, 5)], *[dict(zip(range(n), range(n))) for n in range(0, 50, 5)], *[{i: 1 for i in range(n)} | {n: 1} for n in range(0, 50, 5)])
steps("dict int", 500, dict, lambda d, i: d.__setitem__(i, i))
steps("dict str", 500, dict, lambda d, i: d.__setitem__(str(i), i))
steps("dict pop", 100, lambda: {i: i for i in range(100)}, lambda d, i: d.pop(i))
steps("dict del and add", 200, lambda: {i: i for i in range(10)}, lambda d, i: (d.pop(i), d.__setitem__(i + 10, 1)))
steps("dict update", 30, dict, lambda d, i: d.update({(i, j): 1 for j in range(i)}))
steps("dict update self sized", 8, lambda: {1: 1}, lambda d, i: d.update({k + 10**i: 1 for k in d}))
steps("dict mixed", 50, dict, lambda d, i: d.__setitem__(i if i > 20 else str(i), 1))
steps("dict setdefault", 50, dict, lambda d, i: d.setdefault(i, 1))
steps("dict |=", 20, dict, lambda d, i: d.__ior__({i: 1, str(i): 2}))
steps("dict popitem", 50, lambda: {i: i for i in range(50)}, lambda d, i: d.popitem())
d = {i: i for i in range(50)}; d.clear(); e = {i: i for i in range(50)}
for i in range(49): del e[i]
f = e.copy(); g = dict(e); h = {**e}; k = {"a": 1}; del k["a"]; kk = {i: 1 for i in range(1000)}; kc = dict(kk)
show("dict misc", d, e, f, g, h, k, kk, kc, {}.keys(), {}.values(), {}.items(), iter({}), iter({}.values()), iter({}.items()), reversed({}), reversed({}.items()))
def kw(**k): return k
show("kwargs", kw(), kw(a=1), kw(a=1, b=2, c=3, d=4, e=5, f=6), kw(**{"a": 1}), kw(**{"a": 1}, b=2))
show("namespaces", vars(types.SimpleNamespace(a=1)), types.SimpleNamespace(), types.SimpleNamespace(a=1), types.ModuleType("m"), vars(types.ModuleType("m")), types.MappingProxyType({}))
# sets
show("set", set(), {1}, {1, 2, 3, 4}, {1, 2, 3, 4, 5}, set("abc"), frozenset(), frozenset("ab"), frozenset(range(5)), frozenset(range(50)), set().copy(), {1, 2}.copy(), {1} | {2}, {1} & {1}, {1} - {2}, {1} ^ {2}, set(range(30)) - set(range(28)))
show("sets", *[set(range(n)) for n in range(0, 200, 3)], *[{x for x in range(n)} for n in range(0, 60, 3)], *[set(range(n)).copy() for n in range(0, 100, 7)], *[set([1] * n) for n in range(0, 30, 3)], *[set({i: 1 for i in range(n)}) for n in range(0, 50, 5)], *[frozenset(set(range(n))) for n in range(0, 50, 5)], *[set(range(n)) | set(range(n, n + 5)) for n in range(0, 60, 5)], *[set(range(n)) & set(range(n)) for n in range(0, 60, 5)], *[set(range(n)) ^ set(range(n, n + 9)) for n in range(0, 60, 5)], *[set(range(n)) - {0} for n in range(0, 60, 5)])
steps("set add", 1000, set, lambda o, i: o.add(i))
steps("set add discard", 200, set, lambda o, i: (o.add(i), o.discard(i - 3)))
steps("set update", 30, set, lambda o, i: o.update(range(i * i)))
steps("set update set", 30, set, lambda o, i: o.update(set(range(i * i))))
steps("set pop", 100, lambda: set(range(100)), lambda o, i: o.pop())
c = set(range(50)); c.clear(); c2 = set(range(50)); c2 &= {1}; c3 = set(range(50)); c3 -= {1}; c4 = {1}; c4 |= set(range(50)); c5 = {1}; c5 ^= set(range(20))
show("set misc", c, c2, c3, c4, c5, iter(set()), {}.keys() | {1}, {1: 1}.keys() & {1})
# byte arrays and buffers
show("bytearray", *[bytearray(n) for n in (0, 1, 2, 10, 100)], bytearray(b"abc"), bytearray([1, 2, 3]), bytearray(b"abc")[1:], bytearray(b"a") + b"b", bytearray(b"ab") * 3, bytearray("abc", "ascii"), bytearray(iter([1, 2, 3])))
steps("bytearray append", 300, bytearray, lambda b, i: b.append(1))
steps("bytearray extend", 40, bytearray, lambda b, i: b.extend(b"a" * i))
steps("bytearray +=", 40, bytearray, lambda b, i: b.__iadd__(b"abc"))
steps("bytearray pop", 100, lambda: bytearray(100), lambda b, i: b.pop())
steps("bytearray del front", 90, lambda: bytearray(100), lambda b, i: b.__delitem__(slice(0, 1)))
show("memoryview", memoryview(b"abc"), memoryview(bytearray(3)), memoryview(b"abcd")[1:], memoryview(array.array("i", [1, 2])), memoryview(b"abcd").cast("B", (2, 2)))
show("array", *[array.array(c, [1] * n) for c in "bhilqfd" for n in (0, 1, 2, 5)], array.array("w", "abc"))
steps("array append", 100, lambda: array.array("i"), lambda a, i: a.append(i))
steps("array extend", 30, lambda: array.array("i"), lambda a, i: a.extend([1] * i))
steps("array pop", 60, lambda: array.array("i", range(60)), lambda a, i: a.pop())
show("deque", collections.deque(), collections.deque([1]), collections.deque(range(64)), collections.deque(range(65)), collections.deque(range(1000)), collections.deque(maxlen=5))
steps("deque append", 300, collections.deque, lambda q, i: q.append(i))
steps("deque appendleft", 300, collections.deque, lambda q, i: q.appendleft(i))
steps("deque rotate", 100, lambda: collections.deque(range(10)), lambda q, i: (q.append(1), q.popleft()))
show("collections", collections.OrderedDict(), collections.OrderedDict(a=1), collections.OrderedDict((i, i) for i in range(20)), collections.defaultdict(list), collections.defaultdict(int, a=1), collections.Counter("aab"), collections.ChainMap(), collections.UserDict(), iter(collections.OrderedDict()), collections.OrderedDict().keys(), iter(collections.deque()))
steps("OrderedDict", 60, collections.OrderedDict, lambda d, i: d.__setitem__(i, i))
P = collections.namedtuple("P", "x y")
show("namedtuple", P(1, 2), P._fields, P)
# functions, code, frames
def f(): pass
def g(a, b=1, *c, d=2, **e): return a
def h():
    x = 1
    def inner(): return x
    return inner
def gen(n):
    a = b = c = n
    yield [a, b, c, sys._getframe()]
def gen2(): yield 1
async def co(): return 1
async def agen(): yield 1
class M:
    def m(self): return self
    @classmethod
    def c(cls): pass
    @staticmethod
    def st(): pass
    @property
    def p(self): return 1
k = co()
show("functions", f, g, h(), lambda: 1, f.__code__, g.__code__, h.__code__, h().__code__, gen.__code__, h().__closure__, h().__closure__[0], M().m, M.c, M.st, M.__dict__["c"], M.__dict__["st"], M.__dict__["p"], len, [].append, str.upper, int.__add__, (1).__add__, dict.fromkeys, str.__dict__["maketrans"], object.__init__, types.GenericAlias(list, int), super(M, M()))
show("generators", gen(1), gen2(), k, agen(), (x for x in ()), k.__await__(), agen().__anext__(), agen().asend(1), agen().aclose(), gen2().gi_frame, gen(1).gi_frame, next(gen(3))[-1])
k.close()
show("frames", sys._getframe(), (lambda: sys._getframe())(), (lambda a, b, c: sys._getframe())(1, 2, 3), sys._getframe().f_locals, (lambda: sys._getframe().f_locals)())
class A: pass
class B: __slots__ = ("x",)
class C:
    def __init__(self): self.a = 1; self.b = 2
class D(B): pass
class E(B): __slots__ = ("y", "__weakref__")
class F: __slots__ = ("__dict__",)
class G(int): pass
class H(list): pass
class I(dict): pass
class J(tuple): __slots__ = ()
class K(str): pass
class L(Exception): pass
class N(int): __slots__ = ()
class O(set): __slots__ = ("q",)
class Q:
    def __init__(self):
        for i in range(40): setattr(self, "a%d" % i, i)
class V(bytes): pass
class W(float): pass
class X(type): pass
class Y(A, metaclass=X): a = 1
class Z(collections.OrderedDict): pass
show("instances", A(), B(), C(), D(), E(), F(), G(1), G(2**70), H(), H([1]), I(), I(a=1), J((1, 2)), K("ab"), K("\u20ac"), L(), L(1), N(5), O(), O("abc"), Q(), V(b"ab"), W(1.5), Y(), Z())
show("vars", vars(A()), vars(C()), vars(D()), vars(F()), vars(H()), vars(L()), vars(Q()), vars(W(1.0)), vars(Y()))
c = C(); c.z = 1; d = C(); del d.a; e = C(); vars(e)["q"] = 1; vars(e)["r"] = 1; m = M(); vars(m)
show("vars changed", vars(c), vars(d), vars(e), vars(m), dict(vars(c)), vars(c).copy())
steps("instance dict", 60, A, lambda o, i: setattr(o, "n%d" % i, i))
a = A()
steps("instance vars", 60, lambda: vars(a), lambda o, i: setattr(a, "n%d" % i, i))
show("types", A, B, C, D, E, F, G, H, I, J, K, L, O, Q, X, Y, Z, int, str, type, object, dict, P, type("T", (), {}), type("T", (A,), {"a": 1}), types.SimpleNamespace, collections.OrderedDict, datetime.date)
show("exceptions", BaseException(), Exception(), ValueError(1), KeyError(1), OSError(), OSError(1, "a"), StopIteration(), SystemExit(), SyntaxError(), UnicodeDecodeError("a", b"", 0, 1, ""), UnicodeEncodeError("a", "", 0, 1, ""), ImportError(), AttributeError(), NameError(), ExceptionGroup("a", [ValueError()]), KeyboardInterrupt(), MemoryError(), RecursionError(), UnicodeTranslateError("", 0, 1, ""), StopAsyncIteration())
try: 1 / 0
except ZeroDivisionError as exc: show("traceback", exc, exc.__traceback__)
# iterators
show("iterators", iter([]), iter(()), iter(""), iter(b""), iter(range(1)), iter(range(2**70)), iter(bytearray()), reversed([]), reversed(()), reversed(range(2)), enumerate([]), zip(), zip([1], [2]), map(len, []), filter(None, []), iter(len, 1), iter(memoryview(b"")), iter(array.array("i")), range(1), range(2**70), slice(1), slice(1, 2, 3))
show("itertools", itertools.count(), itertools.count(1.5), itertools.cycle([1]), itertools.repeat(1), itertools.accumulate([]), itertools.chain(), itertools.chain.from_iterable([]), itertools.compress([], []), itertools.dropwhile(len, []), itertools.filterfalse(None, []), itertools.groupby([]), itertools.islice([], 1), itertools.pairwise([]), itertools.starmap(len, []), itertools.takewhile(len, []), *itertools.tee([]), itertools.zip_longest(), itertools.product(), itertools.product([1], [2, 3]), itertools.permutations([1, 2]), itertools.permutations(range(5), 2), itertools.combinations([1, 2], 1), itertools.combinations(range(9), 4), itertools.combinations_with_replacement([1], 1), itertools.batched([], 1))
show("functools", functools.partial(len), functools.partial(len, 1, a=2), functools.lru_cache(len), functools.lru_cache(maxsize=None)(len), functools.cmp_to_key(len), functools.cmp_to_key(len)(1), functools.cached_property(len), operator.itemgetter(1), operator.itemgetter(1, 2), operator.attrgetter("a"), operator.attrgetter("a.b", "c"), operator.methodcaller("a"), operator.methodcaller("a", 1, b=2))
# others
class Weak: pass
w = Weak()
show("weakref", weakref.ref(w), weakref.proxy(w), weakref.WeakMethod(M().m), weakref.KeyedRef(w, None, 1), weakref.WeakSet(), weakref.WeakValueDictionary())
show("datetime", datetime.date(1, 1, 1), datetime.time(), datetime.time(tzinfo=datetime.timezone.utc), datetime.datetime(1, 1, 1), datetime.datetime(1, 1, 1, tzinfo=datetime.timezone.utc), datetime.timedelta(), datetime.timezone.utc, datetime.timezone(datetime.timedelta(1 / 3)), datetime.date.today().isocalendar())
show("re", re.compile("a"), re.compile("a(b)*c|[d-z]+"), re.match("a", "a"), re.match("(a)(b)", "ab"), re.compile("a").scanner("a"), re.finditer("a", "a"))
show("struct", struct.Struct(""), struct.Struct("i"), struct.Struct("<idq"), struct.Struct("10s"), struct.iter_unpack("i", b"1234"))
show("io", io.StringIO(), io.StringIO("abc"), io.BytesIO(), io.BytesIO(b"abc"))
steps("StringIO", 60, io.StringIO, lambda f, i: f.write("abc" * i))
steps("BytesIO", 60, io.BytesIO, lambda f, i: f.write(b"abc" * i))
show("typing", typing.TypeVar("T"), typing.ParamSpec("P"), typing.TypeVarTuple("Ts"), list[int], list[int] | None, int | str, typing.NewType("A", int), typing.Any)
type Alias[T] = list[T]
def generic[T](a: T): pass
show("type params", Alias, Alias.__type_params__[0], generic, generic.__type_params__)
show("singletons", None, ..., NotImplemented, object(), sys.flags, sys.version_info, sys.float_info, sys.implementation, sys, __builtins__)
show("others", property(), classmethod(len), staticmethod(len), types.CellType(), types.CellType(1), fractions.Fraction(1, 2), random.Random(1), threading.RLock(), threading.Event(), threading.local(), contextvars.ContextVar("a"), contextvars.Context(), queue.SimpleQueue(), t"{1}", t"{1}".interpolations[0], slice(None), types.coroutine(gen2), functools.reduce)
print("objects", total)
