# Processes that are started anew: a queue, both kinds of pipe, descriptors sent over one, locks, how they end.
import multiprocessing as mp
import os
import sys
import tempfile
from multiprocessing import reduction


def produce(queue, lock, n):
    """Puts three things; then ends by sys.exit() or an exception."""
    for i in range(3):
        with lock:
            queue.put((n, i, os.getpid() != os.getppid()))
    if n == 0:
        sys.exit(7)
    sys.stderr = open(os.devnull, 'w')
    raise ValueError('in the child')


def serve(both, receive):
    """Answers on a pipe of two directions what it gets on it; writes to a file that it gets; answers on two pipes of one
    direction, one of which it gets; ends by a signal."""
    while (x := both.recv()) is not None:
        both.send(x * 2)
    fd = reduction.recv_handle(both)
    os.write(fd, b'from the server')
    os.close(fd)
    send = both.recv()
    both.close()
    send.send_bytes(receive.recv_bytes()[::-1])
    os.kill(os.getpid(), 9)


if __name__ == '__main__':
    mp.set_start_method('spawn')
    queue, lock = mp.Queue(), mp.Lock()
    a, b = mp.Pipe()
    r1, w1 = mp.Pipe(duplex=False)
    r2, w2 = mp.Pipe(duplex=False)
    processes = [mp.Process(target=produce, args=(queue, lock, n), name=f'producer {n}') for n in range(2)]
    processes.append(mp.Process(target=serve, args=(b, r1), name='server'))
    for p in processes:
        p.start()
    b.close()
    print(sorted(queue.get() for _ in range(6)))
    a.send(21)
    print(a.recv())
    big = 'x' * 200_000
    a.send(big)
    print(a.recv() == big * 2)
    a.send(None)
    with tempfile.TemporaryFile() as f:
        f.write(b'a file ')
        f.flush()
        reduction.send_handle(a, f.fileno(), processes[2].pid)
        a.send(w2)
        w1.send_bytes(b'abc')
        print(r2.recv_bytes())
        f.seek(0)
        print(f.read())
    try:
        a.recv()
    except EOFError:
        print('EOFError')
    for p in processes:
        p.join()
    print([(p.name, p.exitcode, p.is_alive()) for p in processes], queue.empty())
    print(mp.active_children(), repr(lock), mp.Semaphore(3).get_value())
