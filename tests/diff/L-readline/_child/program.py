# Reads lines at a terminal as each step of terminal.py wants it; what came of it is printed at the end.
import os
import signal
import sys
import tempfile
import termios
import threading
import time

import readline

log = []
step = 0


def read(ask=input):
    global step
    step += 1
    before = termios.tcgetattr(0)
    try:
        result = ask(f'<{step}> ')
    except BaseException as e:
        result = repr(e)
    log.append((step, result, termios.tcgetattr(0) == before))


def history():
    log.append([readline.get_history_item(i + 1) for i in range(readline.get_current_history_length())])


read()
readline.add_history('from history')
read()
readline.set_auto_history(False)
read()
readline.set_auto_history(True)
read()
history()

readline.parse_and_bind('tab: complete')
words = ['alpha', 'alphabet', 'beta']


def complete(text, i):
    if i == 0:
        buffer = readline.get_line_buffer()
        log.append((text, readline.get_begidx(), readline.get_endidx(), readline.get_completion_type(), buffer))
    return [w for w in words if w.startswith(text)][i]


readline.set_completer(complete)
read()
readline.set_completion_display_matches_hook(lambda *args: log.append(args))
read()
readline.set_completion_display_matches_hook(lambda *args: 1 / 0)
read()
readline.set_completion_display_matches_hook()
readline.set_completer_delims(' ')
read()
readline.set_completer(lambda text, i: [text + '!', 5, None][i])
read()


def again(text, i):
    try:
        input('again? ')
    except BaseException as e:
        log.append(repr(e))
    raise KeyboardInterrupt


readline.set_completer(again)
read()

readline.set_startup_hook(lambda: readline.insert_text('start '))
read()
readline.set_startup_hook(lambda: 1 / 0)
readline.set_pre_input_hook(lambda: readline.insert_text('pre '))
read()
readline.set_startup_hook(lambda: 'no int')
readline.set_pre_input_hook(lambda: (readline.insert_text('shown '), readline.redisplay())[0])
read()
readline.set_startup_hook()
readline.set_pre_input_hook(None)

# The end of the input, and signals.
read()
read()
signal.signal(signal.SIGUSR1, lambda *args: log.append('USR1') or os.write(1, b'[USR1]'))
read()


def fail(*args):
    raise ValueError('USR2')


signal.signal(signal.SIGUSR2, fail)
read()
read()

# Other threads go on.
ticks = []
stop = threading.Event()
thread = threading.Thread(target=lambda: [ticks.append(1) for _ in iter(lambda: stop.wait(0.01), True)])
thread.start()
while not ticks:
    time.sleep(0.01)
so_far = len(ticks)
read()
stop.set()
thread.join()
log.append(len(ticks) > so_far)
# Two threads read one after the other.
both = []
threads = [threading.Thread(target=lambda: both.append(input('<both> '))) for _ in range(2)]
for t in threads:
    t.start()
for t in threads:
    t.join()
log.append(both)

# Without a completer names of files are completed.
readline.set_completer()
with tempfile.TemporaryDirectory() as folder:
    os.chdir(folder)
    os.makedirs('sub/deep')
    os.symlink('sub', 'link')
    for name in ('alpha.txt', 'alphabet', '.hidden', 'sub/caf\u00e9'):
        open(name, 'w').close()
    read()
    os.chdir('/')

try:
    input('a\0b')
except ValueError as e:
    log.append(repr(e))
sys.stdin = open(0, encoding='latin-1', closefd=False)
read()
history()
print('LOG')
for entry in log:
    print(ascii(entry))
