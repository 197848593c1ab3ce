# A loop (or next()) whose iterator blocks suspends its thread only, whatever kind of iterator it is.
import functools
import os
import queue
import threading
import time


def wait():
    time.sleep(0.1)


class Numbers:
    n = 0

    def __iter__(self):
        return self

    def __next__(self):
        wait()
        self.n += 1
        if self.n > 3:
            raise StopIteration
        return self.n


class Broken(Numbers):
    def __next__(self):
        return super().__next__() + ''


def slow(x):
    wait()
    return x


def numbers():
    for i in range(3):
        wait()
        yield i


def calls(end=None):
    n = 0

    def call():
        nonlocal n
        wait()
        n += 1
        if n == end:
            raise StopIteration(n)
        return n

    return iter(call, 4)


def filled(q):
    def fill():
        for x in [1, 2, 3, None]:
            wait()
            q.put(x)

    threading.Thread(target=fill).start()
    return iter(q.get, None)


def pipe(mode='r', **options):
    r, w = os.pipe()

    def fill():
        for x in [1, 2, 3]:
            wait()
            os.write(w, b'%d\n' % x)
        os.close(w)

    threading.Thread(target=fill).start()
    return open(r, mode, **options)


def chunks():
    f = pipe('rb')
    return iter(lambda: f.read1(1), b'')


makers = [
    Numbers,
    Broken,
    numbers,
    calls,
    lambda: calls(3),
    lambda: map(slow, [1, 2, 3]),
    lambda: map(slow, numbers()),
    lambda: map(slow, map(slow, [1, 2])),
    lambda: map(str.strip, pipe()),
    lambda: map(slow, [1, 2], numbers(), strict=True),
    lambda: filter(slow, [0, 1, 2]),
    lambda: filter(None, numbers()),
    lambda: enumerate(numbers()),
    lambda: enumerate(Numbers()),
    lambda: enumerate(pipe()),
    lambda: zip(numbers(), [1, 2, 3, 4]),
    lambda: zip(Numbers(), numbers(), strict=True),
    lambda: zip([1], numbers(), strict=True),
    lambda: filled(queue.Queue()),
    lambda: filled(queue.SimpleQueue()),
    pipe,
    lambda: pipe('rb'),
    lambda: iter(pipe().readline, ''),
    chunks,
    lambda: iter(functools.partial(slow, 1), 1),
]


def by_loop(maker):
    got = []
    try:
        for x in maker():
            got.append(x)
    except Exception as e:
        got.append(repr(e))
    return got


def by_next(maker):
    got = []
    it = iter(maker())
    try:
        while (x := next(it, 'end')) != 'end':
            got.append(x)
        next(it)
    except Exception as e:
        got.append(repr(e))
    return got


results = {}


def work(function, i):
    results[function, i] = function(makers[i])


jobs = [(function, i) for function in (by_loop, by_next) for i in range(len(makers))]
threads = [threading.Thread(target=work, args=job) for job in jobs]
start = time.monotonic()
for t in threads:
    t.start()
for t in threads:
    t.join()
for function, i in jobs:
    print(function.__name__, i, results[function, i])
print('together' if time.monotonic() - start < 3 else 'one after the other')
