# list() and tuple() of iterators that wait for a thread which is inside a native call below.
import threading
import time

done = threading.Event()


def spin(x):
    end = time.perf_counter() + 0.15
    while time.perf_counter() < end:
        pass
    return x


def work():
    results.append(sorted([3, 1, 2], key=spin))
    done.set()


def waiting(n):
    for i in range(n):
        done.wait()
        yield i, bool(results)


def fails():
    done.wait()
    yield 1
    raise KeyError('in the generator')


for collect in (
    lambda: list(waiting(2)),
    lambda: tuple(waiting(2)),
    lambda: list(map(lambda x: done.wait() and x, range(3))),
    lambda: tuple(iter(lambda: not done.wait(), False)),
    lambda: list(fails()),
):
    results = []
    done.clear()
    t = threading.Thread(target=work)
    t.start()
    begun = time.perf_counter()
    while time.perf_counter() < begun + 0.1:
        pass
    try:
        print(collect(), results)
    except KeyError as e:
        print(repr(e), results)
    t.join()
