# A ring buffer with two positions and no lock.
import threading

SIZE = 8
buffer = [None] * SIZE
head = tail = 0
lost = []


def follow(i):
    return (i + 1) % SIZE


def put(name):
    global tail
    for i in range(30):
        after = follow(tail)
        if after != head:
            buffer[tail] = (name, i)
            tail = after


def take():
    global head
    for _ in range(60):
        if head != tail:
            lost.append(buffer[head])
            head = follow(head)


WORK = [(put, ('a',)), (put, ('b',)), (take, ()), (take, ())]
threads = [threading.Thread(target=f, args=a) for f, a in WORK]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(len(lost), len(set(lost)), lost[-5:])
