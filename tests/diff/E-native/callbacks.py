# Natives that call back into Python, from several threads at once: sorting, hashing, iteration, imports.
import functools
import threading

results = {}


class Key:
    def __init__(self, v):
        self.v = v

    def __hash__(self):
        return hash(self.v % 7)

    def __eq__(self, other):
        return self.v == other.v

    def __lt__(self, other):
        return self.v < other.v


def work(k):
    data = [Key((i * 37 + k) % 101) for i in range(101)]
    by_key = [x.v for x in sorted(data, key=lambda x: x.v)]
    by_lt = [x.v for x in sorted(data)]
    table = {x: x.v for x in data}
    total = functools.reduce(lambda a, b: a + b.v, data, 0)
    mapped = list(map(lambda x: x.v * 2, filter(lambda x: x.v % 2, data)))
    text = "".join(str(x.v) for x in data[:5])
    import colorsys

    results[k] = (by_key == by_lt == list(range(101)), len(table), total, sum(mapped), text, colorsys.__name__)


threads = [threading.Thread(target=work, args=(k,)) for k in range(6)]
for t in threads:
    t.start()
for t in threads:
    t.join()
for k in sorted(results):
    print(k, results[k])
