# An update of a global is lost when the GIL changes hands between its reading and its writing.
import threading

n = 0


def pause():
    pass


def add():
    global n
    for _ in range(60):
        m = n
        pause()
        n = m + 1


WORK = [(add, ())] * 3
threads = [threading.Thread(target=f, args=a) for f, a in WORK]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(n)
