# A semaphore made of a counter lets too many in.
import threading
import time

inside = most = 0
free = 2


def count(n):
    return n


def work():
    global inside, most, free
    for _ in range(10):
        while count(free) <= 0:
            time.sleep(0.0001)
        free = count(free) - 1
        inside = count(inside) + 1
        most = max(most, inside)
        inside = count(inside) - 1
        free = count(free) + 1


WORK = [(work, ())] * 3
threads = [threading.Thread(target=f, args=a) for f, a in WORK]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(most, inside, free)
