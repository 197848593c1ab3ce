# Class bodies, metaclasses, __new__ and __init__ and getattr() that wait: every thread waits inside one for another that began later.
import enum
import threading

log = []


class Relay:
    """Threads wait in reverse order: the first to wait is the last to go on."""

    def __init__(self, n):
        self.events = [threading.Event() for _ in range(n + 1)]
        self.arrived = [threading.Event() for _ in range(n + 1)]

    def wait(self, k):
        self.arrived[k].set()
        self.events[k].wait()

    def run(self, target):
        n = len(self.events) - 1
        threads = []
        for k in range(n):
            t = threading.Thread(target=target, args=(self, k))
            t.start()
            self.arrived[k].wait()
            threads.append(t)
        for k in range(n):
            self.events[k].set()
            threads[k].join()


def body(relay, k):
    class C:
        relay.wait(k)
        x = k

    log.append(('body', k, C.x))


class Meta(type):
    @classmethod
    def __prepare__(meta, name, bases, relay, k):
        relay.wait(k)
        return {'prepared': k}

    def __new__(meta, name, bases, ns, relay, k):
        return super().__new__(meta, name, bases, ns)

    def __init__(cls, name, bases, ns, relay, k):
        pass


class MetaNew(type):
    def __new__(meta, name, bases, ns, relay, k):
        relay.wait(k)
        return super().__new__(meta, name, bases, ns)

    def __init__(cls, name, bases, ns, relay, k):
        super().__init__(name, bases, ns)


def prepare(relay, k):
    class C(metaclass=Meta, relay=relay, k=k):
        def f(self):
            return __class__

    log.append(('prepare', k, C.prepared, C().f() is C))


def meta_new(relay, k):
    class C(metaclass=MetaNew, relay=relay, k=k):
        y = k

    log.append(('metaclass', k, C.y))


class New:
    def __new__(cls, relay, k, *, named=None):
        relay.wait(k)
        self = super().__new__(cls)
        self.named = named
        return self

    def __init__(self, relay, k, **named):
        self.k = k


class Init(list):
    def __init__(self, relay, k=None, **named):
        relay.wait(k)
        super().__init__([k, *named])


def new(relay, k):
    log.append(('new', k, New(relay, k).k))


def new_named(relay, k):
    made = New(relay, k, named='n')
    log.append(('named', k, made.k, made.named))


def new_unpacked(relay, k):
    made = New(*(relay, k), **{'named': k})
    log.append(('unpacked', k, made.k, made.named))


def init(relay, k):
    log.append(('init', k, Init(relay, k), Init.__name__))


def init_unpacked(relay, k):
    log.append(('init unpacked', k, Init(relay, **{'k': k, 'z': 1})))


class Asked:
    def __init__(self, relay):
        self.relay = relay

    def __getattr__(self, name):
        kind, _, k = name.partition('_')
        self.relay.wait(int(k))
        if kind == 'none':
            raise AttributeError('none of it')
        return name


def attribute(relay, k):
    log.append(('getattr', k, getattr(Asked(relay), f'some_{k}'), getattr(Asked(relay), 'relay') is relay))


def no_attribute(relay, k):
    o = Asked(relay)
    log.append(('default', k, getattr(o, f'none_{k}', 'instead')))
    try:
        getattr(o, f'none_{k}')
    except AttributeError as e:
        log.append(('missing', k, str(e), e.name, e.obj is o))


for target in (attribute, no_attribute, body, prepare, meta_new, new, new_named, new_unpacked, init, init_unpacked):
    Relay(4).run(target)
Relay(4).run(New)
Relay(4).run(Init)
for row in log:
    print(*row)


class Wrong:
    def __new__(cls, *args):
        return super().__new__(cls)

    def __init__(self, *args):
        return 5


class Other:
    def __new__(cls):
        return 3

    def __init__(self):
        print('never')


def errors():
    for f in (lambda: Wrong(1), lambda: New(), lambda: Init(), lambda: Init(**{1: 2}), lambda: Wrong(**{'a': 1})):
        try:
            print(f())
        except TypeError as e:
            print(e)
    print(Other())

    class Color(enum.Enum):
        RED = 1
        GREEN = enum.auto()

    print(list(Color))
    try:

        class Broken(metaclass=MetaNew):
            pass
    except TypeError as e:
        print(e)
    try:

        class Raises:
            1 / 0
    except ZeroDivisionError as e:
        print(e, e.__traceback__.tb_next.tb_frame.f_code.co_name)


other = threading.Thread(target=threading.Event().wait, daemon=True)
other.start()
errors()
