# Numbers that should be unique are given twice.
import threading

last = 0
given = []


def following(n):
    return n + 1


def new_id():
    global last
    n = following(last)
    last = n
    return n


def work():
    for _ in range(30):
        given.append(new_id())


WORK = [(work, ())] * 4
threads = [threading.Thread(target=f, args=a) for f, a in WORK]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(len(given), len(set(given)))
