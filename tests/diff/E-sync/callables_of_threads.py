# Threads whose targets are instances with __call__ block without blocking the others; arguments are counted as ever.
import sys
import threading
import time
from unittest.mock import ThreadingMock

lock = threading.Lock()
order = []


class Instance:
    def __call__(self, k, *, extra=0):
        with lock:
            time.sleep(0.02)
            order.append((k, extra))


def run(target):
    order.clear()
    threads = [threading.Thread(target=target, args=(k,), kwargs={'extra': -k}) for k in range(4)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    print(sorted(order))


run(Instance())
said = []
threading.excepthook = lambda args: said.append(f'{args.exc_type.__name__}: {args.exc_value}')
t = threading.Thread(target=Instance(), args=(1, 2, 3))
t.start()
t.join()
print(said)


class Counts:
    def __call__(self, x):
        time.sleep(0)
        counted.append(sys.getrefcount(x))


counted = []
other = threading.Event()
waiter = threading.Thread(target=other.wait)
waiter.start()
c = Counts()
c(*[object()])
x = object()
c(*[x])
print(counted, sys.getrefcount(x), sys.getrefcount(c))
other.set()
waiter.join()
m = ThreadingMock()
threads = [threading.Thread(target=m, args=(i,)) for i in range(4)]
for t in threads:
    t.start()
m.wait_until_called(timeout=5)
for t in threads:
    t.join()
print(m.call_count)
