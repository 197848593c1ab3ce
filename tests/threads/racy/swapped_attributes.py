# Attributes of one object swapped by several threads at once.
import threading

class Thing:
    __slots__ = ('a', 'b', 'c')


t0 = Thing()
t0.a, t0.b, t0.c = 'a', 'b', 'c'


def get(name):
    return getattr(t0, name)


def swap(x, y):
    for _ in range(25):
        v = get(x)
        setattr(t0, x, get(y))
        setattr(t0, y, v)


WORK = [(swap, ('a', 'b')), (swap, ('b', 'c')), (swap, ('c', 'a'))]
threads = [threading.Thread(target=f, args=a) for f, a in WORK]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(t0.a, t0.b, t0.c)
