# deadlock: everybody takes the left fork first.
import threading

forks = [threading.Lock() for _ in range(3)]


def eat(i):
    for _ in range(4):
        with forks[i]:
            with forks[(i + 1) % 3]:
                pass


WORK = [(eat, (i,)) for i in range(3)]
threads = [threading.Thread(target=f, args=a) for f, a in WORK]
for t in threads:
    t.start()
for t in threads:
    t.join()
print('all have eaten')
