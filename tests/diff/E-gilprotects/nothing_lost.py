"""50 producers and 50 consumers on one queue; 8 threads on one list, dict and counter with a lock: nothing is lost.

    nothing_lost.py [ITEMS]        100000 for the full size
"""
import queue
import sys
import threading

ITEMS = int(sys.argv[1]) if len(sys.argv) > 1 else 5000
PRODUCERS = CONSUMERS = 50


def together(target, count):
    threads = [threading.Thread(target=target, args=(k,)) for k in range(count)]
    for t in threads:
        t.start()
    return threads


q = queue.Queue(maxsize=100)
got = [[] for _ in range(CONSUMERS)]


def produce(k):
    for i in range(k, ITEMS, PRODUCERS):
        q.put(i)


def consume(k):
    while (item := q.get()) is not None:
        got[k].append(item)


consumers = together(consume, CONSUMERS)
for t in together(produce, PRODUCERS):
    t.join()
for _ in consumers:
    q.put(None)
for t in consumers:
    t.join()
everything = sorted(item for mine in got for item in mine)
print(everything == list(range(ITEMS)), q.qsize())

lock = threading.Lock()
shared, table, count = [], {}, 0
EACH = ITEMS // 8


def work(k):
    global count
    for i in range(EACH):
        with lock:
            shared.append((k, i))
            table[i] = table.get(i, 0) + 1
            count += 1


for t in together(work, 8):
    t.join()
print(sorted(shared) == [(k, i) for k in range(8) for i in range(EACH)], set(table.values()), len(table) == EACH, count == 8 * EACH)
