# How much each kind of holder adds to a reference count, and that it gives it back.
import collections, contextvars, functools, itertools, operator, sys, types, weakref

count = sys.getrefcount


class Thing:
    pass


class Slots:
    __slots__ = ("a",)


def default(x):
    def f(a=x, *, b=x):
        pass

    return f


def generator(x):
    y = x
    yield y
    yield


def started(x):
    g = generator(x)
    next(g)
    return g


def caught(x):
    try:
        raise ValueError(x)
    except ValueError as e:
        return e


def traceback(x):
    local = x
    try:
        1 / 0
    except ZeroDivisionError as e:
        return e


def attribute(x):
    t = Thing()
    t.x = x
    return t


def slot(x):
    s = Slots()
    s.a = x
    return s


class Method:
    def m(self):
        pass


def partly(x):
    it = iter([x, x])
    next(it)
    return it


HOLDERS = dict(
    list=lambda x: [x], list3=lambda x: [x] * 3, tuple=lambda x: (x, x), dict_key=lambda x: {x: 1}, dict_value=lambda x: {1: x}, set=lambda x: {x}, frozenset=lambda x: frozenset([x]),
    attribute=attribute, slot=slot, closure=lambda x: lambda: x, default=default, generator=started, fresh_generator=generator, expression=lambda x: (x for _ in ()), partial=lambda x: functools.partial(print, x, k=x),
    exception=caught, traceback=traceback, cell=types.CellType, namespace=lambda x: types.SimpleNamespace(a=x), deque=lambda x: collections.deque([x]), ordered=lambda x: collections.OrderedDict(a=x), counter=lambda x: collections.Counter([x]),
    map=lambda x: map(x.__eq__, [x]), zip=lambda x: zip([x], [x]), enumerate=lambda x: enumerate([x]), filter=lambda x: filter(None, [x]), iterator=partly, reversed=lambda x: reversed([x]), repeat=itertools.repeat, chain=lambda x: itertools.chain([x], [x]), cycle=lambda x: itertools.cycle([x]), product=lambda x: itertools.product([x], [x]), tee=lambda x: itertools.tee([x]),
    weakref=weakref.ref, proxy=weakref.proxy, slice=lambda x: slice(x, x), property=lambda x: property(x), staticmethod=staticmethod, classmethod=classmethod, method=lambda x: types.MethodType(print, x), getitem=lambda x: operator.itemgetter(x), alias=lambda x: types.GenericAlias(list, (x,)), mapping=lambda x: types.MappingProxyType({1: x}), view=lambda x: {1: x}.values(), module=lambda x: setattr(m := types.ModuleType("m"), "x", x) or m, klass=lambda x: type("K", (), {"x": x}), default_dict=lambda x: collections.defaultdict(lambda: x), context=lambda x: contextvars.ContextVar("v", default=x), named=lambda x: collections.namedtuple("N", "a")(x), nested=lambda x: [[[x], x]], group=lambda x: ExceptionGroup("g", [ValueError(x)]), range=lambda x: range(3), union=lambda x: {"a": x} | {"b": x}, unpack=lambda x: [*[x], *(x,)], string=lambda x: f"{x!s:.0}", chainmap=lambda x: collections.ChainMap({1: x}), frame=lambda x: sys._getframe(), format=lambda x: t"{x}",
)


def measure(make):
    x = Thing()
    before = count(x)
    held = make(x)
    during = count(x)
    del held
    return during - before, count(x) - before


for name, make in HOLDERS.items():
    print(name, measure(make), measure(make))
