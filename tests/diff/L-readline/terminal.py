# Lines read at a terminal: editing, history, completion, hooks, signals, threads.
import os
import select
import signal
import subprocess
import sys

master, slave = os.openpty()
env = {**os.environ, 'TERM': 'xterm', 'INPUTRC': os.devnull, 'LC_ALL': 'C.UTF-8'}
child = subprocess.Popen([sys.executable, '_child/program.py'], stdin=slave, stdout=slave, stderr=slave, env=env)
os.close(slave)
output = b''


def read():
    global output
    try:
        if not select.select([master], [], [], 20)[0]:
            child.kill()
            data = b''
            print('nothing comes any more')
        else:
            data = os.read(master, 65536)
    except OSError:
        data = b''
    output += data
    return data


def wait_for(text):
    while text not in output:
        if not read():
            print('the child ended', output)
            sys.exit(1)


def step(n, *pieces):
    wait_for(b'<%s> ' % str(n).encode())
    for piece in pieces:
        if isinstance(piece, int):
            # What was typed before has been shown, and the child waits.
            wait_for(pieces[0])
            select.select([], [], [], 0.3)
            os.kill(child.pid, piece)
        else:
            os.write(master, piece)


# Editing and history.
step(1, b'abc\x02X\x01\x1bu\r')
step(2, b'\x10\x01now \r')
step(3, b'kept out\r')
step(4, '\x12hist\x05 + caf\u00e9\r'.encode())
# Completion.
step(5, b'(al\t\t\tb\t+b\t\r')
step(6, b'alp\t\t\t\r')
step(7, b'alp\t\t\t\r')
step(8, b'(al\tbet\t\r')
step(9, b'x\t\r')
step(10, b'x\t\r')
# Hooks.
step(11, b'one\r')
step(12, b'two\r')
step(13, b'three\r')
# The end of the input, and signals.
step(14, b'\x04')
step(15, b'unfinished', signal.SIGINT)
step(16, b'signalled', signal.SIGUSR1)
wait_for(b'[USR1]')
os.write(master, b'!\r')
step(17, b'lost', signal.SIGUSR2)
step(18, b'still there\r')
# Threads.
wait_for(b'<19> ')
select.select([], [], [], 0.1)
step(19, b'threads\r')
step('both', b'first\r')
while output.count(b'<both> ') < 2:
    read()
step('both', b'second\r')
step(20, b'al\t\t\t.\t su\tc\t li\t s\tde\t .h\t\r')
step(21, '\u00e9\r'.encode())
wait_for(b'LOG\r\n')
while read():
    pass
child.wait()
print(output.partition(b'LOG\r\n')[2].decode().replace('\r\n', '\n'), end='')
