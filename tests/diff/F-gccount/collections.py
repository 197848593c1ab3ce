# When young and middle collections run, what they find, and what the statistics say.
import gc


class Node:
    pass


def cycle():
    a = Node()
    a.itself = a


def stats():
    return [(s["collections"], s["collected"], s["uncollectable"]) for s in gc.get_stats()]


def change(before):
    return [tuple(y - x for x, y in zip(a, b)) for a, b in zip(before, stats())]


gc.collect()
print(gc.get_threshold(), gc.isenabled(), gc.get_count())
start = stats()
gc.collect(0)
gc.collect(1)
gc.collect(2)
print(change(start))
for n in (1, 5, 10):
    for _ in range(n):
        cycle()
    print(gc.collect(), gc.collect())
x = Node()
x.itself = x
where = lambda: [any(o is x for o in gc.get_objects(i)) for i in range(3)]
print(where())
gc.collect(0)
print(where())
gc.collect(1)
print(where())
for thresholds in ((100, 5, 5), (50, 3, 3), (700, 10, 10), (10, 1, 1)):
    gc.set_threshold(*thresholds)
    gc.collect()
    start = stats()
    kept = [[] for _ in range(5000)]
    print(change(start))
    start = stats()
    for _ in range(5000):
        Node()
    print(change(start))
    start = stats()
    for _ in range(1000):
        cycle()
    print([runs for runs, _, _ in change(start)], gc.collect() > 0)
gc.set_threshold(0)
start = stats()
for _ in range(10000):
    cycle()
print(change(start), gc.get_count()[0] >= 10000, gc.collect())
gc.set_threshold(2000, 10, 10)
gc.freeze()
print(gc.get_freeze_count() > 0, len(gc.get_objects()) < 10)
gc.unfreeze()
print(gc.get_freeze_count())
