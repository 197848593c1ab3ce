# Managers: objects in a process of their own, and their proxies in others.
import multiprocessing as mp
from multiprocessing.managers import SyncManager


class Counter:
    def __init__(self, value):
        self.value = value

    def add(self, n):
        self.value += n
        return self.value


class Manager(SyncManager):
    pass


Manager.register('Counter', Counter)


def work(d, l, n, lock, queue, event, counter):
    event.wait()
    with lock:
        d[len(d)] = counter.add(10)
        n.value += 1
    l.append(n.value)
    queue.put('done')


if __name__ == '__main__':
    mp.set_start_method('spawn')
    with Manager() as manager:
        d, l, n = manager.dict(a=1), manager.list(range(3)), manager.Namespace(value=0)
        lock, queue, event = manager.Lock(), manager.Queue(), manager.Event()
        counter = manager.Counter(5)
        processes = [mp.Process(target=work, args=(d, l, n, lock, queue, event, counter)) for _ in range(2)]
        for p in processes:
            p.start()
        event.set()
        for p in processes:
            p.join()
        print(sorted(map(str, d.items())), l[:3], sorted(l[3:])[-1], n, queue.qsize(), queue.get())
        print(type(d).__name__, str(l)[:9], d.copy()['a'], len(l), 1 in l)
        inner = manager.list([d])
        inner[0]['b'] = 2
        print(d['b'])
        try:
            d['missing']
        except KeyError as e:
            print(repr(e))
        try:
            counter.missing()
        except AttributeError as e:
            print(e)
        value, array = manager.Value('i', 3), manager.Array('d', [1.5, 2])
        value.value += 1
        array[0] *= 2
        print(value.value, array[:], manager.Semaphore(2).acquire(False))
    print(mp.active_children())
