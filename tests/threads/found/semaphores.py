# deadlock: each of two threads may take the first half of what both need whole.
import threading

permits = threading.Semaphore(2)


def work():
    for _ in range(3):
        permits.acquire()
        permits.acquire()
        permits.release(2)


WORK = [(work, ()), (work, ())]
threads = [threading.Thread(target=f, args=a) for f, a in WORK]
for t in threads:
    t.start()
for t in threads:
    t.join()
print('done')
