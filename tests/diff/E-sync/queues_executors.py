# Queues and thread pools.
import concurrent.futures
import contextvars
import queue
import threading
import time

q = queue.Queue(maxsize=3)
N, P = 2000, 5
seen = [0] * N


def produce(k):
    for i in range(k, N, P):
        q.put(i)


def consume():
    while (item := q.get()) is not None:
        seen[item] += 1
        q.task_done()


consumers = [threading.Thread(target=consume) for _ in range(P)]
producers = [threading.Thread(target=produce, args=(k,)) for k in range(P)]
for t in consumers + producers:
    t.start()
for t in producers:
    t.join()
q.join()
for _ in consumers:
    q.put(None)
for t in consumers:
    t.join()
print(set(seen), q.qsize())
for make in (queue.LifoQueue, queue.PriorityQueue, queue.SimpleQueue):
    q = make()
    for x in (2, 3, 1):
        q.put(x)
    print(make.__name__, [q.get() for _ in range(3)])
    try:
        q.get(timeout=0.01)
    except queue.Empty as e:
        print(type(e).__name__)
q = queue.Queue()
t = threading.Thread(target=lambda: (time.sleep(0.02), q.shutdown()))
t.start()
try:
    q.get()
except queue.ShutDown:
    print("shut down")
t.join()

with concurrent.futures.ThreadPoolExecutor(4) as pool:
    print(list(pool.map(lambda x: x * x, range(8))))
    futures = {pool.submit(lambda x: time.sleep(x / 10) or x, x): x for x in (3, 1, 2)}
    print([f.result() for f in concurrent.futures.as_completed(futures)])
    f = pool.submit(int, "x")
    print(repr(f.exception()))
    done, rest = concurrent.futures.wait([pool.submit(time.sleep, 0.01) for _ in range(3)])
    print(len(done), len(rest))
var = contextvars.ContextVar("var", default="default")
var.set("main")
out = []
t = threading.Thread(target=lambda: (out.append(var.get()), var.set("other")))
t.start()
t.join()
t = threading.Thread(target=lambda: out.append(var.get()), context=contextvars.copy_context())
t.start()
t.join()
print(out, var.get())
