# race: an object can be seen before it is complete.
import threading

class Config:
    pass


config = None


def load():
    global config
    config = Config()
    config.name = str('x')
    config.size = int('3')


def use():
    c = config
    if c is not None:
        seen.append(sorted(vars(c)))


seen = []


def user():
    for _ in range(20):
        use()


WORK = [(load, ()), (user, ())]
threads = [threading.Thread(target=f, args=a) for f, a in WORK]
for t in threads:
    t.start()
for t in threads:
    t.join()
print('incomplete' if any(s != ['name', 'size'] for s in seen) else 'fine')
