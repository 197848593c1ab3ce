# A special method that blocks suspends its thread only, wherever an instruction calls it from.
import threading
import time


class Slow:
    def __add__(self, other):
        time.sleep(0.2)
        return 'add'

    def __lt__(self, other):
        time.sleep(0.2)
        return True

    def __getattr__(self, name):
        time.sleep(0.2)
        return name

    def __setitem__(self, key, value):
        time.sleep(0.2)

    def __contains__(self, item):
        time.sleep(0.2)
        return True

    def __bool__(self):
        time.sleep(0.2)
        return True

    def __len__(self):
        time.sleep(0.2)
        return 5

    @property
    def value(self):
        return 1

    @value.setter
    def value(self, v):
        time.sleep(0.2)


def setitem(s):
    s[1] = 2


def set_value(s):
    s.value = 2


jobs = [lambda s: s + 1, lambda s: s < 1, lambda s: s.other, setitem, lambda s: 1 in s, lambda s: not s, lambda s: len(s), set_value]
results = [None] * len(jobs)


def work(i):
    results[i] = jobs[i](Slow())


threads = [threading.Thread(target=work, args=(i,)) for i in range(len(jobs))]
start = time.monotonic()
for t in threads:
    t.start()
for t in threads:
    t.join()
print(results)
print('together' if time.monotonic() - start < 1.2 else 'one after the other')
