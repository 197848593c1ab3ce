# Calls that block inside natives: other threads, the main one too, go on meanwhile.
import contextlib
import queue
import threading
import time

requests, answers = queue.Queue(), queue.Queue()


def server():
    # iter(callable, sentinel) calls get() from a native.
    for item in iter(requests.get, None):
        answers.put(item * 2)
    answers.put("end")


t = threading.Thread(target=server)
t.start()
for i in range(5):
    requests.put(i)
    print(answers.get())
requests.put(None)
print(answers.get())
t.join()


def slow(x):
    time.sleep(0.02)
    return x


@contextlib.contextmanager
def region(x):
    time.sleep(0.02)
    yield x
    time.sleep(0.02)


class Lazy:
    def __init__(self, x):
        time.sleep(0.02)
        self.x = x

    def __getattr__(self, name):
        time.sleep(0.02)
        return name

    @property
    def value(self):
        time.sleep(0.02)
        return self.x

    def __call__(self, y):
        time.sleep(0.02)
        return self.x + y

    def __iter__(self):
        for i in range(3):
            time.sleep(0.01)
            yield i


done = []


def work(k):
    out = [sorted([3, 1, 2], key=slow), list(map(slow, "ab")), sum(slow(i) for i in range(3))]
    with region(k) as r:
        out.append(r)
    lazy = Lazy(k)
    out += [lazy.value, lazy.other, lazy(1), [i for i in lazy]]
    namespace = {"slow": slow}
    exec("y = slow(7)", namespace)
    out += [namespace["y"], eval("slow(8)", namespace), next(iter(lazy))]
    done.append((k, out))


threads = [threading.Thread(target=work, args=(k,)) for k in range(4)]
for t in threads:
    t.start()
for t in threads:
    t.join()
for item in sorted(done):
    print(item)
