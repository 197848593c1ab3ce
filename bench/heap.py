"""Memory, and time elapsed and of the processor, of a chain of many small objects: built, linked, dropped.

    PYTHON bench/heap.py [N [KIND ...]]        N: 10,000,000 if not given

Each kind runs in a process of its own; run it with Pyvarium and with CPython 3.14 and compare the columns.
"""
import resource
import subprocess
import sys
import time


class Plain:
    def __init__(self, next):
        self.next = next


class Slotted:
    __slots__ = ('next',)

    def __init__(self, next):
        self.next = next


def ints(n):
    return list(range(n))


def floats(n):
    return [i * 0.5 for i in range(n)]


def tuples(n):
    last = None
    for i in range(n):
        last = (last, i)
    return last


def lists(n):
    last = None
    for i in range(n):
        last = [last, i]
    return last


def dicts(n):
    last = None
    for i in range(n):
        last = {'next': last}
    return last


def slotted(n):
    last = None
    for i in range(n):
        last = Slotted(last)
    return last


def plain(n):
    last = None
    for i in range(n):
        last = Plain(last)
    return last


KINDS = [ints, floats, tuples, lists, slotted, plain, dicts]


def megabytes():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def now():
    return time.perf_counter(), time.process_time()


def between(start, end):
    return '{:6.2f} s ({:6.2f} s)'.format(*(b - a for a, b in zip(start, end)))


def measure(kind, n):
    started = now()
    made = kind(n)
    built = now()
    del made
    dropped = now()
    print(f'{kind.__name__:8} {between(started, built)} built {between(built, dropped)} dropped {megabytes():6.0f} MB at most', flush=True)


def main(n='10000000', *names):
    if len(names) == 2 and names[0] == '--here':
        measure(globals()[names[1]], int(n))
        return
    for kind in KINDS:
        if not names or kind.__name__ in names:
            subprocess.run([sys.executable, __file__, n, '--here', kind.__name__])


main(*sys.argv[1:])
