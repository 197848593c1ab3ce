"""heapq: queues of numbers and of tuples, merging, the largest and the smallest."""
import heapq
import random

random.seed(8)
numbers = [random.random() for _ in range(100_000)]
heap = []
total = 0.0
for x in numbers:
    heapq.heappush(heap, x)
while heap:
    total += heapq.heappop(heap) * len(heap)
for _ in range(5):
    heap = numbers[:]
    heapq.heapify(heap)
    for x in numbers[:20_000]:
        total += heapq.heappushpop(heap, x) + heapq.heapreplace(heap, x)
tasks = []
for i, x in enumerate(numbers[:40_000]):
    heapq.heappush(tasks, (int(x * 100), i, 'task'))
while tasks:
    total += heapq.heappop(tasks)[1]
for k in (1, 10, 1000):
    total += sum(heapq.nlargest(k, numbers)) + sum(heapq.nsmallest(k, numbers, key=lambda x: -x))
rows = [sorted(numbers[i::20]) for i in range(20)]
total += sum(x for x in heapq.merge(*rows))
print(total)
