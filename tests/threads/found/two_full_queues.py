# deadlock: two threads put into each other's small queue and take from their own only then.
import queue
import threading

a, b = queue.Queue(2), queue.Queue(2)


def work(mine, other):
    for i in range(5):
        other.put(i)
        if i % 2:
            mine.get()
            mine.get()


WORK = [(work, (a, b)), (work, (b, a))]


def extra():
    a.put(9)
    b.get()


WORK.append((extra, ()))
threads = [threading.Thread(target=f, args=a) for f, a in WORK]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(a.qsize(), b.qsize())
