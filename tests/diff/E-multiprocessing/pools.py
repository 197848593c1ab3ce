# Pools of processes: map and its kin, exceptions with the worker's traceback.
import multiprocessing as mp

base = 0


def begin(n):
    global base
    base = n


def power(x, y=2):
    return base + x**y


def fail(x):
    raise KeyError(f'no {x}')


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
    print(mp.active_children())
