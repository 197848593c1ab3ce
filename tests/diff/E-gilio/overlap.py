# Sleeps and waits overlap, also those inside calls of natives, and the process goes on meanwhile.
import threading
import time


def timed(k, body):
    start = time.monotonic()
    threads = [threading.Thread(target=body, args=(i,)) for i in range(k)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    return time.monotonic() - start


print(0.19 < timed(8, lambda i: time.sleep(0.2)) < 0.8)
event = threading.Event()
print(0.19 < timed(5, lambda i: event.wait(0.2)) < 0.8)
lock = threading.Lock()
with lock:
    print(0.19 < timed(5, lambda i: lock.acquire(timeout=0.2)) < 0.8)

# The main thread computes while another sleeps, and that one wakes in time.
woke = []
t = threading.Thread(target=lambda: (time.sleep(0.1), woke.append(time.monotonic())))
start = time.monotonic()
t.start()
turns = 0
while not woke:
    turns += 1
t.join()
print(turns > 100, 0.09 < woke[0] - start < 0.6)

order = []


def sleeper(name, seconds):
    time.sleep(seconds)
    order.append(name)


threads = [threading.Thread(target=sleeper, args=a) for a in [("c", 0.3), ("a", 0.1), ("b", 0.2)]]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(order)
