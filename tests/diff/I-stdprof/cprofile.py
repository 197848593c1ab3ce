# cProfile: calls, recursive calls, callers, of functions, natives, generators; what is left out without builtins or subcalls.
import _lsprof
import cProfile
import io
import pstats


def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


def gen(n):
    for i in range(n):
        yield i


class Box:
    def __init__(self, x):
        self.x = x

    def __lt__(self, other):
        return self.x < other.x


def fails():
    raise KeyError('no')


def work():
    fib(6)
    list(gen(3))
    sorted([Box(2), Box(1), Box(3)])
    for _ in range(2):
        try:
            fails()
        except KeyError:
            pass
    'a,b'.split(',')
    len([].copy())


def show(profile):
    rows = []
    for entry in profile.getstats():
        name = entry.code if isinstance(entry.code, str) else entry.code.co_qualname
        calls = entry.calls and sorted(
            (c.code if isinstance(c.code, str) else c.code.co_qualname, c.callcount, c.reccallcount) for c in entry.calls
        )
        assert entry.totaltime >= entry.inlinetime >= 0, entry
        rows.append((name, entry.callcount, entry.reccallcount, calls))
    for row in sorted(rows, key=lambda r: r[0]):
        print(*row)


p = cProfile.Profile()
p.runcall(work)
show(p)
print('-- without builtins')
p = cProfile.Profile(builtins=False)
p.runcall(work)
show(p)
print('-- without subcalls')
p = cProfile.Profile(subcalls=False)
p.runcall(fib, 4)
show(p)

print('-- a timer of ints, with a unit')
ticks = iter(range(0, 1000, 2))
p = _lsprof.Profiler(lambda: next(ticks), 0.5)
p.enable(builtins=False)
fib(1)
p.disable()
for e in p.getstats():
    print(getattr(e.code, 'co_name', e.code), e.callcount, e.totaltime, e.inlinetime)
p.clear()
print(p.getstats())

print('-- errors')
for call in (
    lambda: _lsprof.Profiler(None, 'x'),
    lambda: _lsprof.Profiler(foo=1),
    lambda: _lsprof.Profiler().enable(1, 2, 3),
):
    try:
        call()
    except TypeError as e:
        print(e)
first = _lsprof.Profiler()
first.enable()
try:
    _lsprof.Profiler().enable()
except ValueError as e:
    print(e)
first.disable()

out = io.StringIO()
p = cProfile.Profile()
p.runcall(fib, 3)
pstats.Stats(p, stream=out).strip_dirs().sort_stats('calls', 'name').print_stats()
print(out.getvalue().splitlines()[0].split(' in ')[0].strip())
print(_lsprof.profiler_entry.__match_args__, _lsprof.profiler_subentry.n_fields)
