# Makes values of every kind and works with them.
import _weakref, abc, array, ast, asyncio, collections, contextlib, contextvars, copy, csv, dataclasses, datetime, enum, fractions
import functools, gc, heapq, inspect, io, itertools, json, math, operator, os, pickle, queue, random, re, string, struct, sys
import threading, time, traceback, types, typing, unicodedata, weakref, zipfile, tempfile, string.templatelib

kept = []


def keep(*values):
    kept.append(values)


class Plain:
    def __init__(self, x):
        self.x = x

    def method(self):
        return self.x

    @property
    def twice(self):
        return self.x * 2

    @classmethod
    def make(cls):
        return cls(1)

    @staticmethod
    def static():
        return 1

    def __del__(self):
        pass


class Slots:
    __slots__ = ("a", "b", "__weakref__")


class Both(Plain, dict):
    pass


class Meta(type):
    pass


class WithMeta(metaclass=Meta):
    def __getattr__(self, name):
        if name.startswith("_"):
            raise AttributeError(name)
        return name


class Number(int):
    pass


class Text(str):
    pass


class Row(tuple):
    pass


class Color(enum.Enum):
    RED = 1
    BLUE = 2


class Bits(enum.Flag):
    A = 1
    B = 2


@dataclasses.dataclass(order=True)
class Point:
    x: int = 0
    y: float = 0.0


Pair = collections.namedtuple("Pair", "a b")


class Generic[T, *Ts, **P]:
    def get(self) -> T: ...


type Alias[T] = list[T] | None

# numbers
keep(0, 1, -1, 255, 300, 2**31, 2**53, 2**53 + 1, 2**64, 10**100, -(10**30), True, None, ..., NotImplemented)
keep(0.0, 1.0, -0.0, 1.5, 1e300, float("inf"), float("nan"), 3j, 1 + 2.5j, Number(7), Number(2**70))
for i in range(300):
    keep(i * i, i / 3, i * 10**17, i**i, -i, i + 0.5, float(i), complex(i))
# text and bytes
keep("", "a", "abc", "ü", "日本", "a😀b", "\ud800", Text("t"), "x" * 100, b"", b"a", bytes(100), bytearray(b"q"), memoryview(b"abc"))
keep(f"{1}{'a'!r}", t"{1} a", sys.intern("interned here"), "a,b".split(","), "abc"[::-1], "A😀".lower(), "%s %d" % ("a", 1))
# containers
keep((), (1,), (1, [2]), [], [1, 2], {}, {"a": 1}, {1: 2, "b": 3}, set(), {1, 2}, frozenset(), frozenset({1}), Row((1, 2)), Both(1))
keep({}.keys(), {}.values(), {}.items(), iter({}), iter({}.values()), iter({}.items()), reversed({}), iter([]), reversed([1]), iter(()), iter("a"))
keep(iter(b"a"), iter(bytearray(b"a")), iter({1}), range(3), iter(range(3)), iter(range(2**70)), slice(1, 2), array.array("i", [1]), iter(array.array("d")))
keep(collections.deque([1]), iter(collections.deque()), collections.defaultdict(list), collections.OrderedDict(a=1), iter(collections.OrderedDict(a=1)), collections.Counter("aab"), collections.ChainMap({}))
keep(Pair(1, 2), os.stat("."), time.localtime(), sys.version_info, sys.flags, types.MappingProxyType({}), types.SimpleNamespace(a=1))
# functions and what runs
def function(a, b=1, *args, c=2, **kwargs):
    cell = a

    def inner():
        return cell

    return inner


def generator():
    got = yield 1
    yield from [got]


async def coroutine():
    return 1


async def agenerator():
    yield 1


def frames():
    keep(sys._getframe(), sys._getframe().f_locals, sys._getframe().f_back)


frames()
keep(function, function.__code__, function(1), function(1).__closure__, lambda: 1, Plain(1).method, len, [].append, str.upper, int.__add__, (1).__add__)
keep(str.__dict__["join"], dict.fromkeys, object.__init__, Plain.__dict__["make"], Plain.__dict__["static"], Plain.__dict__["twice"], Slots.a, function.__code__.co_positions(), function.__code__.co_lines())
g = generator()
keep(g, next(g), g.send(5), list(g), agenerator(), function.__get__(1), super(Both, Both(1)), classmethod(len), staticmethod(len), property())
c = coroutine()
keep(c, c.__await__())
c.close()


async def work():
    async with contextlib.AsyncExitStack():
        return [x async for x in agenerator()], await coroutine(), [y for y in range(3)]


a = work()
try:
    a.send(None)
except StopIteration as e:
    keep(e, e.value)
# types and classes
keep(int, type, object, Plain, Meta, WithMeta, WithMeta(), Generic, Generic[int, str, [int]], Alias, Alias[int], list[int], int | str, typing.Optional[int], typing.TypeVar("T"), typing.ParamSpec("P"))
s = Slots()
s.a = 1
s.b = 2.5
keep(s, Slots(), Plain(1.5), Plain(2**60), Plain("a"), vars(Plain(3)), Color.RED, Bits.A | Bits.B, Point(1, 2.0), Point() < Point(1))
p = Plain(1)
p.__dict__["z"] = 1
p.later = 2
del p.x
keep(p, type("Made", (Plain,), {"z": 1})(1), weakref.ref(p), weakref.proxy(s), weakref.WeakValueDictionary(a=p), weakref.WeakMethod(Plain(1).method), weakref.finalize(s, len, ""))
# exceptions
for bad in ("1 / 0", "[][1]", "{}[1]", "nope", "None.x", "int('x')", "open('/nope')", "'a' + 1", "'\\ud800'.encode()", "b'\\xff'.decode()", "import nope_nope", "raise ExceptionGroup('g', [ValueError(1)])", "(", "next(iter([]))", "exit(3)", "10 ** 400 * 1.0", "assert 0", "raise KeyboardInterrupt", "raise Warning('w')"):
    try:
        exec(bad)
    except BaseException as e:
        e.add_note("n")
        keep(e, e.__traceback__, e.args, traceback.format_exc())
# modules
keep(math, math.pi, math.factorial(30), math.sqrt(2), json.loads('{"a": [1, 2.5, null, "x"]}'), json.dumps({"a": [1, 2.5, None]}), re.compile("a(b)"), re.match("a(b)", "ab"), re.finditer("a", "aa"))
keep(struct.Struct("<id"), struct.unpack("<id", bytes(12)), struct.iter_unpack("<i", bytes(8)), io.StringIO("a"), io.BytesIO(b"a"), pickle.dumps([1, "a", datetime.date(1, 2, 3)]), pickle.loads(pickle.dumps([1, "a", datetime.date(1, 2, 3)])))
keep(datetime.date(2020, 1, 2), datetime.datetime.now(datetime.timezone.utc), datetime.timedelta(1), datetime.time(1), datetime.timezone.utc, datetime.date.today().isocalendar())
keep(fractions.Fraction(1, 3), random.Random(1), random.random(), operator.itemgetter(1), operator.attrgetter("a"), operator.methodcaller("a"), functools.partial(len, ""), functools.lru_cache(len), functools.cmp_to_key(len)(1), functools.reduce(operator.add, [1, 2]))
for it in (itertools.count(), itertools.cycle([1]), itertools.repeat(1), itertools.accumulate([1, 2]), itertools.chain([1], [2]), itertools.compress([1], [1]), itertools.dropwhile(len, [[]]), itertools.filterfalse(None, [0]), itertools.groupby([1, 1]), itertools.islice([1], 1), itertools.pairwise([1, 2]), itertools.starmap(max, [(1, 2)]), itertools.takewhile(len, [[1]]), itertools.tee([1])[0], itertools.zip_longest([1], [2, 3]), itertools.product([1], [2]), itertools.permutations([1, 2]), itertools.combinations([1, 2], 1), itertools.combinations_with_replacement([1], 1), itertools.batched([1, 2], 1), map(len, [[]]), filter(None, [1]), zip([1], [2]), enumerate([1]), reversed((1,)), iter(len, 1)):
    if it is not len:
        keep(it, type(it))
        try:
            keep(next(it))
        except TypeError:
            pass
with tempfile.TemporaryFile("w+") as f:
    f.write("a\nb")
    f.seek(0)
    keep(f, f.buffer, f.buffer.raw, f.readlines())
keep(threading.Lock(), threading.RLock(), threading.local(), queue.SimpleQueue(), contextvars.ContextVar("v"), contextvars.copy_context(), contextvars.ContextVar("w").set(1))
keep(ast.parse("a = 1"), inspect.signature(function), csv.reader(["a,b"]), csv.writer(io.StringIO()), os.scandir("."), os.environ, copy.deepcopy([1, {2: 3}]), string.Template("a"), unicodedata.ucd_3_2_0)
keep(typing.NamedTuple("N", [("a", int)])(1), abc.ABC, types.GenericAlias(list, (int,)), types.CellType(1), types.ModuleType("m"), function.__type_params__, (lambda: 1).__globals__)
# programs' kinds of work
heap = []
for i in range(200):
    heapq.heappush(heap, (i * 37) % 101)
    keep(heap[0], sum(heap), sorted(heap, key=lambda x: -x)[0], {k: v for k, v in enumerate(heap)}, {x for x in heap}, [x * 1.5 for x in heap[:3]])
    p.x = i if i % 3 else i * 1.5 if i % 2 else "a"
    s.a = (i, 2**i, None)[i % 3]
hash((1, "a", 2.5)), hash("text"), hash(2**61), hash(frozenset({1}))
d = {i: str(i) for i in range(100)}
for i in range(50):
    del d[i]
d.update(a=1, b=2)
gc.collect()
kept.clear()
gc.collect()
