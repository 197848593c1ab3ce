# The order in which threads get a lock, with sleeps in between.
import threading
import time

lock = threading.Lock()
order = []


def work(name):
    for i in range(6):
        with lock:
            order.append(name)
        time.sleep(0.0002 * (1 + i % 3))


WORK = [(work, (name,)) for name in 'abcde']
threads = [threading.Thread(target=f, args=a) for f, a in WORK]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(''.join(order))
