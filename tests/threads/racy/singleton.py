# A lazily made singleton is made more than once.
import threading

made = []
instance = None


class Single:
    def __init__(self, who):
        made.append(who)
        self.who = who


def get(who):
    global instance
    if instance is None:
        instance = Single(who)
    return instance


seen = []


def use(who):
    seen.append(get(who).who)


WORK = [(use, (k,)) for k in range(6)]
threads = [threading.Thread(target=f, args=a) for f, a in WORK]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(made, seen)
