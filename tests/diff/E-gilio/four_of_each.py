"""4 sleeps of a second; 4 loops that compute; 4 of each: the sleeps overlap and end in time, and all loops make
progress (tests/unit/threads/overlap.test.ts tells how far apart they are: here that is the operating system's affair, too)."""
import threading
import time


def run(*bodies):
    start = time.monotonic()
    threads = [threading.Thread(target=body) for body in bodies]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    return time.monotonic() - start


late = []


def sleeper():
    due = time.monotonic() + 1
    time.sleep(1)
    late.append(time.monotonic() - due)


turns = [0] * 4


def computer(k, all_here):
    """Computes for a second."""
    all_here.wait()
    end = time.monotonic() + 1
    while time.monotonic() < end:
        for _ in range(200):
            pass
        turns[k] += 1


def computers():
    all_here = threading.Barrier(4)
    return [lambda k=k: computer(k, all_here) for k in range(4)]


print(0.99 < run(*[sleeper] * 4) < 1.9)
took = run(*computers())
print(took < 2, min(turns) > 0)
late.clear()
turns[:] = [0] * 4
took = run(*[sleeper] * 4, *computers())
print(took < 2.5, len(late), max(late) < 0.8, min(turns) > 0)
