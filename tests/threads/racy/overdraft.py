# Two threads look at the balance before either takes from it.
import threading

balance = 100
log = []


def may_take(amount):
    return balance >= amount


def take(name, amount):
    global balance
    for _ in range(8):
        if may_take(amount):
            log.append((name, balance))
            balance -= amount


WORK = [(take, ('a', 30)), (take, ('b', 20)), (take, ('c', 45))]
threads = [threading.Thread(target=f, args=a) for f, a in WORK]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(balance, log)
