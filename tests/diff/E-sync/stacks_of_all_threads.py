"""faulthandler: the stacks of all threads, at once, later, and on a signal."""
import faulthandler
import os
import re
import signal
import tempfile
import threading
import time

out = tempfile.TemporaryFile()


def show():
    out.seek(0)
    text = out.read().decode()
    out.seek(0)
    out.truncate()
    # Library frames, numbers of threads and the name of the process are each implementation's own.
    text = re.sub(r'  File ".*threading.py", .*\n', '', text)
    text = re.sub(r'0x[0-9a-f]{16}', 'ID', text)
    text = re.sub(r'ID (\[(?!waiter).*\] )', 'ID ', text)
    print(text.replace(os.path.dirname(os.path.abspath(__file__)), 'DIR').replace(__file__, 'FILE'))


def deep(n):
    if n:
        return deep(n - 1)
    faulthandler.dump_traceback(out, all_threads=False)
    faulthandler.dump_traceback(out)


go_on = threading.Event()


def waiter():
    go_on.wait()


thread = threading.Thread(target=waiter, name='waiter of a long name')
thread.start()
time.sleep(0.05)
deep(2)
show()

print('-- later')
faulthandler.dump_traceback_later(0.1, file=out)
time.sleep(0.3)
show()
faulthandler.dump_traceback_later(0.1, file=out)
end = time.monotonic() + 0.4
while time.monotonic() < end:
    pass
out.seek(0)
print(out.read().startswith(b'Timeout (0:00:00.100000)!\nThread 0x'))
out.seek(0)
out.truncate()
faulthandler.dump_traceback_later(0.2, repeat=True, file=out)
time.sleep(0.7)
faulthandler.cancel_dump_traceback_later()
out.seek(0)
print(2 <= out.read().count(b'Timeout (0:00:00.200000)!') <= 3)
out.seek(0)
out.truncate()
faulthandler.dump_traceback_later(0.1, file=out)
faulthandler.cancel_dump_traceback_later()
time.sleep(0.2)
show()

print('-- signals')
faulthandler.register(signal.SIGUSR1, out)
os.kill(os.getpid(), signal.SIGUSR1)
time.sleep(0.1)
show()
calls = []
signal.signal(signal.SIGUSR2, lambda *args: calls.append(args[0]))
faulthandler.register(signal.SIGUSR2, out, all_threads=False, chain=True)
os.kill(os.getpid(), signal.SIGUSR2)
time.sleep(0.1)
show()
print(calls, faulthandler.unregister(signal.SIGUSR2), faulthandler.unregister(signal.SIGUSR2))

print('-- errors')
for f, arg in (
    (faulthandler.dump_traceback_later, 0),
    (faulthandler.dump_traceback_later, 'x'),
    (faulthandler.register, signal.SIGSEGV),
    (faulthandler.register, signal.SIGKILL),
    (faulthandler.register, 999),
):
    try:
        f(arg)
    except Exception as e:
        print(type(e).__name__, e)
exec(compile('faulthandler.dump_traceback(out, all_threads=False)', 'é€😀' * 200, 'exec'))
out.seek(0)
print(out.read().split(b'\n')[1][:60])
go_on.set()
thread.join()
