# Pools of processes and ProcessPoolExecutor: map and its kin, exceptions with the worker's traceback, a worker that dies.
import multiprocessing as mp
import os
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool

base = 0


def begin(n):
    global base
    base = n


def power(x, y=2):
    return base + x**y


def fail(x):
    raise KeyError(f'no {x}')


def die():
    os._exit(3)


if __name__ == '__main__':
    mp.set_start_method('spawn')
    with mp.Pool(2, begin, (1000,)) as pool:
        print(pool.map(power, range(10), chunksize=3))
        print(pool.starmap(power, [(2, 3), (3, 2)]), pool.apply(power, (2,), {'y': 5}))
        print(list(pool.imap(power, range(4))), sorted(pool.imap_unordered(power, range(4))))
        result = pool.apply_async(fail, ('such',))
        try:
            result.get()
        except KeyError as e:
            print(repr(e), type(e.__cause__).__name__)
            print([line.strip() for line in str(e.__cause__).splitlines() if 'fail' in line or 'KeyError' in line])
        print(result.ready(), result.successful())
        pool.close()
        pool.join()
    with ProcessPoolExecutor(1, initializer=begin, initargs=(100,)) as executor:
        print(list(executor.map(power, range(5))))
        futures = {executor.submit(power, n): n for n in range(3)}
        print(sorted((futures[f], f.result()) for f in as_completed(futures)))
        try:
            executor.submit(fail, 1).result()
        except KeyError as e:
            print(repr(e), 'Traceback' in str(e.__cause__))
        print(executor.submit(os.getpid).result() != os.getpid())
        broken = executor.submit(die)
        try:
            broken.result()
        except BrokenProcessPool as e:
            print(e)
    print(mp.active_children())
