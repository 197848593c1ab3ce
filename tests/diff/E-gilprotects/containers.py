# Single operations on containers survive any interleaving of threads.
import sys
import threading

sys.setswitchinterval(1e-6)
N = 2000
items, table, members = [], {}, set()


def work(k):
    for i in range(N):
        items.append((k, i))
        table[k, i] = i
        members.add(k * N + i)
        table.setdefault(("shared", i), k)


threads = [threading.Thread(target=work, args=(k,)) for k in range(8)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(len(items), len(table), len(members))
print(sorted(items) == [(k, i) for k in range(8) for i in range(N)])
print(all(sum(1 for x in items if x[0] == k) == N for k in range(8)))
# Each thread's own items are in order.
print(all([i for q, i in items if q == k] == list(range(N)) for k in range(8)))
o = object()
before = sys.getrefcount(o)


def hold():
    for _ in range(N):
        held = [o] * 10
        del held


threads = [threading.Thread(target=hold) for _ in range(4)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(sys.getrefcount(o) - before)
