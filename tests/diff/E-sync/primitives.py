# Locks, conditions, semaphores, events, barriers, timers, thread-local data.
import threading
import time

r = threading.RLock()
with r:
    with r:
        print(r._recursion_count(), r._is_owned())
    t = threading.Thread(target=lambda: print("other thread:", r.acquire(blocking=False)))
    t.start()
    t.join()

condition = threading.Condition()
ready = []


def consumer(k):
    with condition:
        condition.wait_for(lambda: len(ready) > k)
        ready.append(f"seen {k}")


threads = [threading.Thread(target=consumer, args=(k,)) for k in (0, 2)]
for t in threads:
    t.start()
with condition:
    ready.append("go")
    condition.notify_all()
for t in threads[:1]:
    t.join()
with condition:
    ready.append("more")
    condition.notify_all()
threads[1].join()
print(ready)

semaphore = threading.BoundedSemaphore(2)
inside, most = 0, 0
guard = threading.Lock()


def limited():
    global inside, most
    with semaphore:
        with guard:
            inside += 1
            most = max(most, inside)
        time.sleep(0.01)
        with guard:
            inside -= 1


threads = [threading.Thread(target=limited) for _ in range(6)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(most)
try:
    semaphore.release()
except ValueError as e:
    print(e)

barrier = threading.Barrier(3, action=lambda: print("all are here"))
numbers = []
threads = [threading.Thread(target=lambda: numbers.append(barrier.wait())) for _ in range(3)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(sorted(numbers), barrier.broken)
try:
    barrier.wait(0.01)
except threading.BrokenBarrierError as e:
    print(type(e).__name__, barrier.broken)

timer = threading.Timer(0.02, print, ("the timer has run",))
timer.start()
timer.join()
timer = threading.Timer(10, print, ("never",))
timer.start()
timer.cancel()
timer.join()
print(timer.finished.is_set())


class Local(threading.local):
    def __init__(self, x):
        self.x = [x]


local = Local(1)
local.x.append("main")


class Dies:
    def __del__(self):
        print("thread's own data dies with it")


def other():
    print(local.x)
    local.y = Dies()


t = threading.Thread(target=other)
t.start()
t.join()
print(local.x, hasattr(local, "y"))
