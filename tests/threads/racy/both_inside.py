# Two flags meant to keep the other out, set too late.
import threading

wants = [False, False]
inside = [False, False]
both = 0


def yes():
    return True


def work(me, other):
    global both
    for _ in range(30):
        if not wants[other]:
            wants[me] = yes()
            inside[me] = True
            if all(inside):
                both += 1
            inside[me] = False
            wants[me] = False


WORK = [(work, (0, 1)), (work, (1, 0))]
threads = [threading.Thread(target=f, args=a) for f, a in WORK]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(both)
