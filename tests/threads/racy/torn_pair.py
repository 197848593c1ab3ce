# Two values that belong together are written one after the other.
import threading

class Pair:
    left = right = 0


def write(values):
    for v in values:
        Pair.left = step(v)
        Pair.right = step(v)


def step(v):
    return v


torn = []


def read():
    for _ in range(40):
        a = step(Pair.left)
        b = Pair.right
        if a != b:
            torn.append((a, b))


WORK = [(write, (range(40),)), (read, ()), (read, ())]
threads = [threading.Thread(target=f, args=a) for f, a in WORK]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(len(torn), torn[:5])
