# ProcessPoolExecutor: results, exceptions with the worker's traceback, a worker that dies.
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
