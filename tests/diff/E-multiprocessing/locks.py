# Locks of all kinds between two processes: what each sees of the other's.
import multiprocessing as mp
import threading


def child(conn, lock, rlock, bounded, event, condition, barrier, state):
    steps = []
    conn.recv()
    steps.append(lock.acquire(block=False))
    steps.append(lock.acquire(timeout=0.05))
    conn.send('tried')
    with lock:  # waits for the parent, a thread of which goes on
        steps.append(repr(lock))
    with rlock, rlock:
        steps.append(repr(rlock))
    steps.append((bounded.acquire(False), bounded.acquire(False), bounded.get_value()))
    bounded.release()
    with condition:
        state.put('waits')
        steps.append(condition.wait_for(event.is_set, timeout=60))
    steps.append((barrier.n_waiting in (0, 1), barrier.wait(60) in (0, 1)))
    try:
        barrier.wait(0.05)
    except threading.BrokenBarrierError:
        steps.append(('broken', barrier.broken))
    try:
        lock.release()
    except ValueError as e:
        steps.append(str(e))
    try:
        rlock.release()
    except AssertionError as e:
        steps.append(str(e))
    conn.send(steps)


if __name__ == '__main__':
    mp.set_start_method('spawn')
    a, b = mp.Pipe()
    lock, rlock, bounded = mp.Lock(), mp.RLock(), mp.BoundedSemaphore(2)
    event, condition, barrier, state = mp.Event(), mp.Condition(), mp.Barrier(2), mp.SimpleQueue()
    print(lock, rlock, bounded, mp.Semaphore(100_000).get_value(), event.is_set(), barrier.parties)
    p = mp.Process(target=child, args=(b, lock, rlock, bounded, event, condition, barrier, state))
    bounded.acquire()
    p.start()
    with lock:
        a.send('go')
        print(a.recv())
    print(state.get())
    with condition:
        event.set()
        condition.notify_all()
    print(barrier.wait(60) in (0, 1))
    print(*a.recv(), sep='\n')
    p.join()
    print(bounded.get_value(), event.is_set(), barrier.broken, p.exitcode)
    for _ in range(2):
        try:
            bounded.release()
        except ValueError as e:
            print(e)
    tasks = mp.JoinableQueue(1)
    tasks.put('x')
    print(tasks.full(), tasks.qsize(), tasks.get())
    tasks.task_done()
    tasks.join()
    try:
        tasks.task_done()
    except ValueError as e:
        print(e)
