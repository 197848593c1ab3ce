# deadlock: two threads put into each other's small queue before they take from their own, and a third may have come first.
import queue
import threading

a, b = queue.Queue(2), queue.Queue(2)


def work(mine, other):
    other.put(1)
    other.put(2)
    mine.get()
    mine.get()


def extra():
    a.put(9)
    b.put(9)


WORK = [(work, (a, b)), (work, (b, a)), (extra, ())]
threads = [threading.Thread(target=f, args=a) for f, a in WORK]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(a.qsize(), b.qsize())
