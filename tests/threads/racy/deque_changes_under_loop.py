# A deque changes while it is gone through.
import collections
import threading

d = collections.deque(range(30))
seen = []


def same(x):
    return x


def read(name):
    try:
        seen.append((name, len([same(x) for x in d])))
    except RuntimeError as e:
        seen.append((name, str(e)))


def turn():
    for _ in range(20):
        d.append(same(d.popleft()))


WORK = [(read, ('a',)), (turn, ()), (read, ('b',)), (turn, ()), (read, ('c',))]
threads = [threading.Thread(target=f, args=a) for f, a in WORK]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(seen, list(d)[:5])
