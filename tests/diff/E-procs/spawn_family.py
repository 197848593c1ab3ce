# os.spawn*: exit codes, signals, the environment, what goes wrong, and that others run while one waits.
import os
import threading
import time

SH = '/bin/sh'


def ask(label, call):
    try:
        result = call()
    except Exception as e:
        result = type(e).__name__, *e.args
    print(label, result, flush=True)


print(os.P_WAIT, os.P_NOWAIT, os.P_NOWAITO, [name in os.__all__ for name in ('spawnl', 'spawnve', 'spawnvp', 'P_WAIT')])
ask('spawnv', lambda: os.spawnv(os.P_WAIT, SH, ['sh', '-c', 'exit 3']))
ask('spawnl', lambda: os.spawnl(os.P_WAIT, SH, 'sh', '-c', 'exit 4'))
ask('spawnlp', lambda: os.spawnlp(os.P_WAIT, 'sh', 'sh', '-c', 'echo hello'))
ask('spawnvp', lambda: os.spawnvp(mode=os.P_WAIT, file='sh', args=('sh', '-c', 'kill -9 $$')))
env = {'A': 'x y', 'PATH': '/nowhere'}
ask('spawnve', lambda: os.spawnve(os.P_WAIT, SH, ['sh', '-c', 'echo "$A $PATH"'], env))
ask('spawnle', lambda: os.spawnle(os.P_WAIT, SH, 'sh', '-c', 'echo "$A"', env))
ask('spawnvpe', lambda: os.spawnvpe(os.P_WAIT, 'sh', ['sh', '-c', 'exit 5'], env))
ask('spawnlpe', lambda: os.spawnlpe(os.P_WAIT, 'sh', 'sh', '-c', 'exit 6', {'PATH': '/bin'}))
ask('missing', lambda: os.spawnv(os.P_WAIT, '/nowhere/x', ['x']))
ask('a folder', lambda: os.spawnv(os.P_WAIT, '/', ['x']))
ask('wrong arguments', lambda: os.spawnv(os.P_WAIT, SH, ['sh', 1]))
ask('wrong environment', lambda: os.spawnve(os.P_WAIT, SH, ['sh'], {'a=b': 'c'}))
ask('no list', lambda: os.spawnv(os.P_WAIT, SH, 'sh'))
ask('empty', lambda: os.spawnv(os.P_WAIT, SH, []))
ask('empty', lambda: os.spawnv(os.P_WAIT, SH, ('', 'x')))
ask('bytes', lambda: os.spawnv(os.P_WAIT, b'/bin/sh', (b'sh', b'-c', b'exit 7')))
pid = os.spawnv(os.P_NOWAIT, SH, ['sh', '-c', 'exit 8'])
print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
pid = os.spawnv(os.P_NOWAIT, '/nowhere/x', ['x'])
print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
start = time.monotonic()
threads = [threading.Thread(target=os.spawnlp, args=(os.P_WAIT, 'sleep', 'sleep', '1')) for _ in range(3)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print('together' if time.monotonic() - start < 2.5 else 'one after the other')
