# n += 1 has no switch inside it; with a call in between an update can get lost, and a lock prevents that.
import threading


def run(target, k=4):
    threads = [threading.Thread(target=target) for _ in range(k)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()


n = 0


def plain():
    global n
    for _ in range(50_000):
        n += 1


run(plain)
print(n)

lock = threading.Lock()
n = 0


def locked():
    global n
    for _ in range(2_000):
        with lock:
            m = n
            len("")
            n = m + 1


run(locked)
print(n)

# Made to happen: each reads before any writes.
n = 0
barrier = threading.Barrier(4)


def together():
    global n
    m = n
    barrier.wait()
    n = m + 1


run(together)
print(n)
