# deadlock: whether there is something to wait for is looked at outside the lock.
import threading

cond = threading.Condition()
ready = False


def is_ready():
    return ready


def wait():
    if not is_ready():
        with cond:
            cond.wait()


def tell():
    global ready
    ready = True
    with cond:
        cond.notify()


WORK = [(wait, ()), (tell, ())]
threads = [threading.Thread(target=f, args=a) for f, a in WORK]
for t in threads:
    t.start()
for t in threads:
    t.join()
print('done')
