# deadlock: two locks, taken in two orders.
import threading

a, b = threading.Lock(), threading.Lock()


def work(first, second):
    for _ in range(5):
        with first:
            with second:
                pass


WORK = [(work, (a, b)), (work, (b, a))]
threads = [threading.Thread(target=f, args=a) for f, a in WORK]
for t in threads:
    t.start()
for t in threads:
    t.join()
print('done')
