# Two threads free deeply nested objects whose finalizers sleep: each frees its own, and both come to an end.
import sys
import threading
import time


def sleeper():
    try:
        yield
    finally:
        time.sleep(0.000001)


class Node(list):
    made = []
    gone = []

    def __init__(self, items):
        self[:] = items
        Node.made.append(None)

    def __del__(self):
        Node.gone.append(None)
        g = sleeper()
        next(g)


def make():
    x = Node([])
    for _ in range(60):
        x = [Node([x])]
    del x


def run():
    while not stop:
        make()


def main(_):
    threads = [threading.Thread(target=run) for _ in range(2)]
    for t in threads:
        t.start()
    time.sleep(0.2)
    stop.append(1)
    for t in threads:
        t.join()


sys.setswitchinterval(1e-5)
stop = []
# Below a native: the main thread cannot leave its loop.
list(map(main, [1]))
print(len(Node.made) == len(Node.gone), len(Node.made) > 60)
