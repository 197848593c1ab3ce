"""Runs a program several times in one process: python steady.py PROGRAM RUNS [no-gc]. The seconds of each run go to standard error.

Only the first run's output is shown. All runs execute the same code objects, each in a namespace of its own.
"""
import gc
import io
import sys
import time

path, runs = sys.argv[1], int(sys.argv[2])
if sys.argv[3:] == ['no-gc']:
    gc.disable()
sys.argv = [path]
with open(path, encoding='utf-8') as file:
    code = compile(file.read(), path, 'exec')
stdout = sys.stdout
seconds = []
for run in range(runs):
    module = type(sys)('__main__')
    sys.modules['__main__'] = module
    started = time.perf_counter()
    exec(code, module.__dict__)
    seconds.append(time.perf_counter() - started)
    sys.stdout.flush()
    sys.stdout = io.StringIO()
sys.stdout = stdout
print(*seconds, file=sys.stderr)
