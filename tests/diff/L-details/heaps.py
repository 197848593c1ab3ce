"""heapq with items of many kinds: the lists are the same, item by item, whatever is compared how."""
import heapq
import sys

state = 1


def rand(n):
    global state
    state = (state * 1103515245 + 12345) % (1 << 31)
    return (state >> 8) % n


class Loud:
    def __init__(self, n):
        self.n = n

    def __lt__(self, other):
        log.append((self.n, other if not isinstance(other, Loud) else other.n))
        return self.n < (other.n if isinstance(other, Loud) else other)

    def __gt__(self, other):
        log.append((self.n, '>'))
        return self.n > other

    def __repr__(self):
        return f'L{self.n}'


class Int(int):
    def __lt__(self, other):
        log.append('int')
        return int(self) < int(other)


log = []
nan = float('nan')
KINDS = {
    'floats': lambda: rand(50) / 4,
    'ints': lambda: rand(60) - 30,
    'large': lambda: (rand(60) - 30) * 10**15 * (1 if rand(2) else 10**9),
    'numbers': lambda: rand(9) if rand(2) else rand(40) / 4,
    'zeros': lambda: (0, 0.0, -0.0, False, True, 1, -1)[rand(7)],
    'nans': lambda: (nan, float('nan'), 1.0, 2, float('inf'), 0.5)[rand(6)],
    'pairs': lambda: (rand(5), rand(9) / 2),
    'lengths': lambda: (1,) * rand(4) + (rand(3),) * rand(2),
    'lists': lambda: [rand(3), rand(3), rand(3)],
    'nan pairs': lambda: ((nan, 1, float('nan'))[rand(3)], rand(4)),
    'texts': lambda: (rand(3), 'abcde'[rand(5)]),
    'nested': lambda: (rand(3), (rand(3), [rand(3)])),
    'large pairs': lambda: (rand(3), 10**20 * rand(3)),
    'loud': lambda: Loud(rand(20)),
    'some loud': lambda: Loud(rand(20)) if rand(3) == 0 else rand(20),
    'loud pairs': lambda: (rand(3), Loud(rand(20))),
    'own ints': lambda: Int(rand(20)) if rand(3) == 0 else rand(20),
}

for name, make in KINDS.items():
    for push, pop, pushpop, replace, heapify in (
        (heapq.heappush, heapq.heappop, heapq.heappushpop, heapq.heapreplace, heapq.heapify),
        (heapq.heappush_max, heapq.heappop_max, heapq.heappushpop_max, heapq.heapreplace_max, heapq.heapify_max),
    ):
        del log[:]
        heap = []
        results = []
        try:
            for _ in range(25):
                push(heap, make())
            results.append(heap[:])
            for _ in range(6):
                results.append((pushpop(heap, make()), replace(heap, make()), pop(heap)))
            results.append(heap[:])
            other = [make() for _ in range(20)]
            heapify(other)
            results.append(other[:])
            results.append([pop(other) for _ in range(20)])
        except TypeError as e:
            results.append(str(e))
        print(name, push.__name__, results, heap, len(log), log[:9], log[-9:])


# a comparison that fails, or changes the list
class Bad:
    def __init__(self, act):
        self.act = act

    def __lt__(self, other):
        return self.act()

    __gt__ = __lt__

    def __repr__(self):
        return 'Bad'


heap = [i // 2 for i in range(20)]
for at in (19, 5, 2, 1):
    for act in (lambda: 1 / 0, lambda: heap.append(1), lambda: heap.clear()):
        for work in (heapq.heappop, lambda h: heapq.heapreplace(h, 30), lambda h: heapq.heappush(h, -1), heapq.heapify):
            heap = [i // 2 for i in range(20)]
            heap[at] = Bad(act)
            try:
                print(at, work(heap), heap)
            except Exception as e:
                print(at, type(e).__name__, e, heap)

# counts
items = [(i % 7, i) for i in range(50)] + [(3, i) for i in range(5)]
counts = [sys.getrefcount(x) for x in items]
heap = items[:]
heapq.heapify(heap)
print([sys.getrefcount(x) for x in items] == [n + 1 for n in counts], end=' ')
while heap:
    heapq.heappop(heap)
print([sys.getrefcount(x) for x in items] == counts)
