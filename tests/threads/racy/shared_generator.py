# One generator in the hands of several threads.
import threading

def numbers():
    n = 0
    while n < 60:
        n = grow(n)
        yield n


def grow(n):
    return n + 1


g = numbers()
out = []


def work(name):
    while True:
        try:
            out.append((name, next(g)))
        except StopIteration:
            return
        except ValueError as e:
            out.append((name, str(e)))


WORK = [(work, ('a',)), (work, ('b',)), (work, ('c',))]
threads = [threading.Thread(target=f, args=a) for f, a in WORK]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(len(out), [x for x in out if x[1] == 'generator already executing'][:5], out[-3:])
