# A busy loop starves nobody; busy waiting ends; daemons do not keep the process alive.
import threading
import time

flag = False


def setter():
    global flag
    time.sleep(0.02)
    flag = True


threading.Thread(target=setter).start()
while not flag:
    pass
print("the main thread has seen it")

counts = [0] * 4
stop = threading.Event()


def spin(i):
    while not stop.is_set():
        counts[i] += 1


threads = [threading.Thread(target=spin, args=(i,)) for i in range(4)]
for t in threads:
    t.start()
time.sleep(0.4)
stop.set()
for t in threads:
    t.join()
print(all(c > 100 for c in counts), max(counts) < 20 * min(counts))


def forever():
    while True:
        pass


def wait_forever():
    threading.Event().wait()


threading.Thread(target=forever, daemon=True).start()
threading.Thread(target=wait_forever, daemon=True).start()
threading.Thread(target=lambda: sorted([2, 1], key=lambda x: threading.Event().wait()), daemon=True).start()
time.sleep(0.05)
print("the main thread ends")
