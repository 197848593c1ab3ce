# A program that runs for a while sees nothing of what the interpreter does about that: counts, exceptions, limits, classes.
import gc
import sys


def turns(n):
    for _ in range(n):
        pass


def one(n):
    return n


def handling():
    try:
        raise ValueError("outer")
    except ValueError:
        turns(5000)
        print(repr(sys.exception()), sys.exception().__context__)


names = {c.__name__ for c in object.__subclasses__()}
gc.disable()
before = gc.get_count()
turns(9000)
print(gc.get_count() == before)
handling()
sys.setrecursionlimit(40)
for i in range(3000):
    one(i)
sys.setrecursionlimit(1000)
print(sorted({c.__name__ for c in object.__subclasses__()} - names), len(gc.garbage))
