# Signals: from the program itself, from outside, from timers; while it computes, sleeps, reads, waits for a lock.
import os
import signal
import subprocess
import sys
import threading
import time


def after(seconds, name):
    return subprocess.Popen(f'sleep {seconds}; kill -{name} {os.getpid()}', shell=True)


calls = []


def handler(n, frame):
    calls.append(n)
    print('handler', signal.Signals(n).name, type(frame).__name__)


signal.signal(signal.SIGUSR1, handler)
os.kill(os.getpid(), signal.SIGUSR1)
print('after kill')
signal.raise_signal(signal.SIGUSR1)
print('after raise_signal')
subprocess.run(['kill', '-USR1', str(os.getpid())])
while len(calls) < 3:
    time.sleep(0.01)
print('after a child')

start = time.monotonic()
with after(0.2, 'USR1'):
    time.sleep(0.5)
    print('slept on', time.monotonic() - start >= 0.5)

seen = []
signal.signal(signal.SIGALRM, lambda n, frame: seen.append(n))
print(signal.setitimer(signal.ITIMER_REAL, 0.1))
while not seen:
    pass
print('computed', seen)
signal.setitimer(signal.ITIMER_REAL, 0.05, 0.05)
for i in range(3):
    signal.pause()
print(len(seen), signal.setitimer(signal.ITIMER_REAL, 0)[1], signal.getitimer(signal.ITIMER_REAL))
signal.setitimer(signal.ITIMER_VIRTUAL, 0.02)
signal.signal(signal.SIGVTALRM, handler)
signal.signal(signal.SIGPROF, handler)
end = time.process_time() + 0.2
while time.process_time() < end:
    pass
print(signal.getitimer(signal.ITIMER_VIRTUAL), signal.alarm(10), signal.alarm(0))

# Blocked signals wait.
print(signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGUSR1, signal.SIGUSR2]))
os.kill(os.getpid(), signal.SIGUSR1)
os.kill(os.getpid(), signal.SIGUSR2)
print(sorted(signal.sigpending()))
print(signal.sigwait([signal.SIGUSR2]))
print(sorted(signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGUSR1, signal.SIGUSR2])))
print(signal.sigpending())
signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGUSR2])
with after(0.1, "USR2"):
    print(signal.sigtimedwait([signal.SIGUSR2], 5).si_signo, signal.sigtimedwait([signal.SIGUSR2], 0.01))

signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGUSR2])

# Ctrl-C, wherever the program is.
r, w = os.pipe()
lock = threading.Lock()
lock.acquire()
seen.clear()


def compute():
    while True:
        pass


def recurse(n=0):
    return recurse(n + 1) + 1 if n < 20 else 0


for action in (
    compute,
    lambda: [recurse() for _ in iter(int, 1)],
    lambda: time.sleep(20),
    lambda: os.read(r, 1),
    lambda: open(r, closefd=False).read(),
    lambda: lock.acquire(),
    lambda: lock.acquire(True, 20),
    lambda: threading.Event().wait(20),
    lambda: signal.pause(),
    lambda: subprocess.run(['sleep', '2']),
    lambda: [os.write(w, bytes(10_000)) for _ in range(1000)],
):
    with after(0.2, 'INT'):
        try:
            action()
        except KeyboardInterrupt as e:
            print('interrupted', repr(e))

# The wake-up descriptor.
r, w = os.pipe()
os.set_blocking(w, False)
print(signal.set_wakeup_fd(w))
signal.raise_signal(signal.SIGUSR1)
print(os.read(r, 10), signal.set_wakeup_fd(-1) == w)

# Default actions end the process.
for name in 'SIGTERM', 'SIGUSR2', 'SIGALRM', 'SIGINT':
    code = f'import os, signal, time; signal.signal(signal.{name}, signal.SIG_DFL); os.kill(os.getpid(), signal.{name}); time.sleep(5)'
    print(name, subprocess.run([sys.executable, '-c', code]).returncode)
code = 'import signal, time; signal.alarm(1); print(1, flush=True); time.sleep(20)'
p = subprocess.run([sys.executable, '-c', code], capture_output=True)
print(p.returncode, p.stdout, p.stderr)
# SIGINT early in a program's life.
code = 'print(1, flush=True); input()'
p = subprocess.Popen([sys.executable, '-c', code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
print(p.stdout.readline())
p.send_signal(signal.SIGINT)
print(p.wait(), p.stderr.read().splitlines()[-1])
