# race: who is the last to leave is decided after having left.
import threading

inside = 3
closed = []
lock = threading.Lock()


def leave():
    global inside
    with lock:
        inside -= 1
    if inside == 0:
        closed.append(threading.current_thread() is not None)


WORK = [(leave, ())] * 3
threads = [threading.Thread(target=f, args=a) for f, a in WORK]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(len(closed))
