# A list is asked whether it has items, and is empty when one is taken.
import threading

items = list(range(50))
took = {}
errors = []


def some():
    return len(items) > 0


def worker(name):
    mine = took[name] = []
    while some():
        try:
            mine.append(items.pop())
        except IndexError as e:
            errors.append((name, str(e)))


WORK = [(worker, (name,)) for name in 'abcd']
threads = [threading.Thread(target=f, args=a) for f, a in WORK]
for t in threads:
    t.start()
for t in threads:
    t.join()
print({k: len(v) for k, v in sorted(took.items())}, errors)
