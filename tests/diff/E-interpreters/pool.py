# InterpreterPoolExecutor, and calls of what the program itself defines.
from concurrent import interpreters
from concurrent.futures import InterpreterPoolExecutor
import sys


class Point:
    def __init__(self, x):
        self.x = x

    def __eq__(self, other):
        return type(other) is Point and self.x == other.x

    def double(self):
        return Point(2 * self.x)


SCALE = 3


def scaled(x):
    return SCALE * x


def fails(x):
    raise LookupError(x)


def identity(x):
    return x


def unpicklable():
    return sys._getframe()


def setup(value):
    import builtins
    builtins.value_of_worker = value


if __name__ == '__main__':
    interp = interpreters.create()
    print(interp.call(scaled, 5), interp.call(identity, {'a': [1, {2.5}]}))
    # What comes back is a pickle of the other's copy of this module, whose name is another.
    for func, args in ((Point(2).double, ()), (Point, (7,)), (identity, ([Point(1)],))):
        try:
            interp.call(func, *args)
        except interpreters.NotShareableError as e:
            print(e, '|', type(e.__cause__).__name__, str(e.__cause__).split(' object at')[0])
    for func, args in ((fails, ('missing',)), (unpicklable, ()), (identity, (open(__file__),)), (lambda: SCALE, ())):
        try:
            print(interp.call(func, *args))
        except Exception as e:
            print(type(e).__name__, str(e).splitlines()[0].split(' 0x')[0].split(' at ')[0].split("name='")[0])
            cause = e.__cause__
            while cause is not None:
                print('   from', type(cause).__name__, str(cause).splitlines()[-1].split(' at ')[0].split(' name=')[0])
                cause = cause.__cause__
    with InterpreterPoolExecutor(2, initializer=setup, initargs=('set up',)) as pool:
        print(list(pool.map(scaled, range(5))))
        print(pool.submit(eval, 'value_of_worker').result())
        future = pool.submit(fails, 'key')
        error = future.exception()
        print(type(error).__name__, str(error).splitlines()[0], type(error.__cause__).__name__)
    print(len(interpreters.list_all()))
