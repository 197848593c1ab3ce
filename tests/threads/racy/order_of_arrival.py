# Who puts what into a queue when.
import queue
import threading

q = queue.Queue(4)


def produce(name):
    for i in range(12):
        q.put(f'{name}{i}')


got = []


def consume():
    while len(got) < 36:
        got.append(q.get())


WORK = [(produce, ('a',)), (produce, ('b',)), (produce, ('c',)), (consume, ())]
threads = [threading.Thread(target=f, args=a) for f, a in WORK]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(' '.join(got))
