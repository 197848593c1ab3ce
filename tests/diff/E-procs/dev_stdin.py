# /dev/stdin of a child whose standard input is a pipe that nobody writes to any more: what is in it, and its end.
import subprocess
import sys

CODE = '''
import os
if os.read(0, 1) == b'w':
    while os.read(0, 1) != b'.': pass
with open("/dev/stdin") as f, open("/dev/fd/0", "rb") as g:
    print(f.read(), g.read())
'''
for data in (b'w.', b'wait.and the rest', b'abc'):
    p = subprocess.Popen([sys.executable, '-c', CODE], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    print(p.communicate(data, timeout=60), p.returncode)
