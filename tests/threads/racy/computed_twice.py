# A cache without a lock computes some values more than once.
import threading

cache = {}
computed = []


def compute(k):
    computed.append(k)
    return sum(range(k))


def value(k):
    if k not in cache:
        cache[k] = compute(k)
    return cache[k]


def work():
    for k in range(25):
        value(k)


WORK = [(work, ())] * 4
threads = [threading.Thread(target=f, args=a) for f, a in WORK]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(len(computed), sorted(computed)[:40])
