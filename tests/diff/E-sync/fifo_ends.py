"""Both ends of a FIFO opened by threads of one process."""
import os
import signal
import tempfile
import threading

with tempfile.TemporaryDirectory() as folder:
    path = os.path.join(folder, 'fifo')
    os.mkfifo(path)
    got = []

    def reader():
        with open(path, 'rb') as f:
            got.append(f.read())

    def writer(text):
        with open(path, 'w') as f:
            f.write(text)

    for n in range(3):
        t = threading.Thread(target=reader)
        t.start()
        writer(f'to a thread {n}')
        t.join()
    for n in range(3):
        t = threading.Thread(target=writer, args=(f'from a thread {n}',))
        t.start()
        reader()
        t.join()
    print(got)

    def low_reader():
        fd = os.open(path, os.O_RDONLY)
        got.append(os.read(fd, 100))
        os.close(fd)

    got.clear()
    t = threading.Thread(target=low_reader)
    t.start()
    fd = os.open(path, os.O_WRONLY)
    os.write(fd, b'os.open')
    os.close(fd)
    t.join()
    print(got)

    # Several at once on one side.
    def one_byte():
        fd = os.open(path, os.O_RDONLY)
        got.append(os.read(fd, 1))
        os.close(fd)

    got.clear()
    threads = [threading.Thread(target=one_byte) for _ in range(3)]
    for t in threads:
        t.start()
    fd = os.open(path, os.O_WRONLY)
    os.write(fd, b'xyz')
    for t in threads:
        t.join()
    os.close(fd)
    print(sorted(got))

    # Nobody is there.
    try:
        os.open(path, os.O_WRONLY | os.O_NONBLOCK)
    except OSError as e:
        print(type(e), e.errno)

    def interrupt(number, frame):
        raise InterruptedError('enough')

    # A signal's handler ends the wait.
    signal.signal(signal.SIGALRM, interrupt)
    other = threading.Event()
    t = threading.Thread(target=other.wait)
    t.start()
    signal.setitimer(signal.ITIMER_REAL, 0.3)
    try:
        open(path, 'rb')
    except InterruptedError as e:
        print(e)
    other.set()
    t.join()
