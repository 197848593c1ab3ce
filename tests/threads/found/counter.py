# race: `n += f()` reads n before the call.
import threading

n = 0


def one():
    return 1


def add():
    global n
    for _ in range(10):
        n += one()


WORK = [(add, ()), (add, ())]
threads = [threading.Thread(target=f, args=a) for f, a in WORK]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(n)
