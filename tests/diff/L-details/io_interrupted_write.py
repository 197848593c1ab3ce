"""A signal's handler ends a write that waits for room in a pipe, whatever the layers above the descriptor."""
import io
import os
import signal
import threading


def alarm(*args):
    1 / 0


signal.signal(signal.SIGALRM, alarm)


def interrupted(item, **options):
    r, w = os.pipe()
    got = []
    reader = threading.Thread(target=lambda: got.append(os.read(r, 1)), daemon=True)
    stream = io.open(w, closefd=False, **options)
    signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGALRM])
    reader.start()
    signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGALRM])
    signal.setitimer(signal.ITIMER_REAL, 0.3)
    try:
        stream.write(item * (3 * 1024 * 1024))
        print('written')
    except ZeroDivisionError:
        print('interrupted')
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        reader.join()
    got.append(os.read(r, 1))
    print(got)
    os.close(w)
    os.close(r)
    try:
        stream.close()
    except OSError as e:
        print(e)


interrupted(b'xy', mode='wb', buffering=0)
interrupted(b'xy', mode='wb')
interrupted('xy', mode='w', encoding='ascii')
