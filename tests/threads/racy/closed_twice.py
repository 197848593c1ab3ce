# `if not closed: close()` closes twice.
import threading

class Resource:
    def __init__(self, n):
        self.n = n
        self.closed = False
        self.closings = 0

    def release(self):
        self.closings += 1

    def close(self):
        if not self.closed:
            self.release()
            self.closed = True


resources = [Resource(n) for n in range(40)]


def work():
    for r in resources:
        r.close()


WORK = [(work, ())] * 3
threads = [threading.Thread(target=f, args=a) for f, a in WORK]
for t in threads:
    t.start()
for t in threads:
    t.join()
print([r.closings for r in resources])
