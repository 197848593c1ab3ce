"""list.sort and sorted with and without keys, heapq, bisect, and a quicksort in Python."""
import heapq
from bisect import bisect_left, insort
from operator import attrgetter, itemgetter


class Row:
    def __init__(self, number, name):
        self.number = number
        self.name = name

    def __lt__(self, other):
        return self.number < other.number


def quicksort(items):
    if len(items) < 2:
        return items
    pivot = items[len(items) // 2]
    return quicksort([x for x in items if x < pivot]) + [x for x in items if x == pivot] + quicksort([x for x in items if x > pivot])


def run(n):
    seed = 3
    numbers = []
    for _ in range(n):
        seed = (seed * 69621) % 2147483647
        numbers.append(seed)
    ordered = sorted(numbers)
    floats = sorted(x / 3 for x in numbers)
    names = sorted([str(x) for x in numbers], reverse=True)
    by_digits = sorted(numbers, key=lambda x: (x % 100, -x))
    pairs = sorted([(x % 1000, str(x)) for x in numbers])
    pairs.sort(key=itemgetter(1))
    rows = [Row(x, str(x)) for x in numbers[: n // 4]]
    rows.sort()
    low = rows[0].number
    rows.sort(key=attrgetter('name'), reverse=True)
    assert quicksort(numbers[: n // 2]) == sorted(numbers[: n // 2])
    heap = []
    for x in numbers[: n // 2]:
        heapq.heappush(heap, x)
    popped = [heapq.heappop(heap) for _ in range(len(heap) // 2)]
    places = sum(bisect_left(ordered, x) for x in numbers[: n // 2])
    small = []
    for x in numbers[: n // 20]:
        insort(small, x)
    return ordered[n // 2], round(floats[5], 3), names[0], by_digits[0], pairs[0], low, rows[0].name, popped[-1], places, small[7]


print(run(100_000))
