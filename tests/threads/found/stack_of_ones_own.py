# race: top and array of a stack do not change together.
import threading

array = [None] * 50
top = 0


def push(v):
    global top
    array[top] = v
    top = grown(top)


def grown(n):
    return n + 1


def work(name):
    for i in range(10):
        push(name + str(i))


WORK = [(work, ('a',)), (work, ('b',))]
threads = [threading.Thread(target=f, args=a) for f, a in WORK]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(top, len({x for x in array if x is not None}))
