# The prompt at a terminal adds its lines to the file of history.
import os
import select
import subprocess
import sys
import tempfile

with tempfile.TemporaryDirectory() as folder:
    path = os.path.join(folder, 'history')
    with open(path, 'w') as f:
        f.write('old_line = 1\n')
    master, slave = os.openpty()
    env = {**os.environ, 'TERM': 'xterm', 'PYTHON_HISTORY': path, 'INPUTRC': os.devnull}
    child = subprocess.Popen([sys.executable, '-i', '-c', ''], stdin=slave, stdout=slave, stderr=slave, env=env)
    os.close(slave)
    output = b''
    typed = [b'new_line = 2\r', b'\x04']
    while select.select([master], [], [], 20)[0]:
        try:
            data = os.read(master, 65536)
        except OSError:
            break
        output += data
        if typed and output.count(b'>>> ') > 0:
            os.write(master, typed.pop(0))
            output = b''
    child.wait()
    with open(path) as f:
        print([line for line in f.read().split('\n') if 'line' in line])
