# `if key not in d: d[key] = []` by several threads loses members.
import threading

groups = {}


def key_of(i):
    return i % 7


def put(base):
    for i in range(base, base + 40):
        k = key_of(i)
        if k not in groups:
            groups[k] = list()
        groups[k].append(i)


WORK = [(put, (0,)), (put, (100,)), (put, (200,))]
threads = [threading.Thread(target=f, args=a) for f, a in WORK]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(sum(map(len, groups.values())), {k: v[:4] for k, v in sorted(groups.items())})
