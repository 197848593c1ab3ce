# Money moved between accounts without a lock: the sum does not stay.
import threading

accounts = [100] * 5


def amount(i):
    return accounts[i]


def move(seed):
    for i in range(40):
        a, b = (seed + i) % 5, (seed * 3 + 2 * i) % 5
        x = amount(a)
        y = amount(b)
        accounts[a] = x - 1
        accounts[b] = y + 1


WORK = [(move, (k,)) for k in range(4)]
threads = [threading.Thread(target=f, args=a) for f, a in WORK]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(sum(accounts), accounts)
