# FIFOs, nodes and pseudo-terminals: what is made, with which permissions, and what calls that do not fit raise.
import os
import shutil
import stat
import tempfile
import termios
import threading
import tty

NAMES = 'mkfifo', 'mknod', 'openpty', 'posix_openpt', 'grantpt', 'unlockpt', 'ptsname', 'ttyname'
for name in NAMES:
    print(name, getattr(os, name).__text_signature__)


def ask(label, call, *names):
    try:
        result = call()
    except Exception as e:
        result = type(e).__name__, *e.args, getattr(e, 'filename', None)
    print(label, result, *(stat.filemode(os.lstat(name).st_mode) for name in names))


folder = tempfile.mkdtemp()
os.chdir(folder)
os.umask(0o022)
ask('mkfifo', lambda: os.mkfifo('a'), 'a')
ask('mkfifo again', lambda: os.mkfifo('a'))
ask('mkfifo 777', lambda: os.mkfifo('b', 0o777), 'b')
ask('mkfifo 0', lambda: os.mkfifo(b'c', 0), 'c')
ask('mkfifo 4755', lambda: os.mkfifo('d', 0o4755), 'd')
ask('mkfifo in nothing', lambda: os.mkfifo('x/y'))
ask('mkfifo in a FIFO', lambda: os.mkfifo('a/y'))
ask('mkfifo -m', lambda: os.mkfifo('-m'), '-m')
ask('mkfifo, a long name', lambda: os.mkfifo('x' * 300))
ask('mkfifo, no name', lambda: os.mkfifo(''))
ask('mkfifo, null', lambda: os.mkfifo('a\0b'))
ask('mkfifo 1', lambda: os.mkfifo(1))
here = os.open('.', os.O_RDONLY)
ask('mkfifo dir_fd', lambda: os.mkfifo('e', dir_fd=here), 'e')
print(os.mkfifo in os.supports_dir_fd, os.mknod in os.supports_dir_fd)
ask('mknod', lambda: os.mknod('f'), 'f')
ask('mknod 640', lambda: os.mknod('g', 0o640), 'g')
ask('mknod FIFO', lambda: os.mknod('h', stat.S_IFIFO | 0o666), 'h')
ask('mknod FIFO again', lambda: os.mknod('h', stat.S_IFIFO | 0o666))
ask('mknod again', lambda: os.mknod('f'))
ask('mknod folder', lambda: os.mknod('i', stat.S_IFDIR | 0o666))
ask('mknod link', lambda: os.mknod('i', stat.S_IFLNK | 0o666))
ask('mknod nonsense', lambda: os.mknod('i', 0o30000 | 0o666))
ask('mknod dir_fd', lambda: os.mknod('j', stat.S_IFREG | 0o600, dir_fd=here), 'j')

reading = os.open('a', os.O_RDONLY | os.O_NONBLOCK)
writing = os.open('a', os.O_WRONLY)
os.write(writing, b'through')
print(os.read(reading, 100))
os.close(writing)
print(os.read(reading, 100))

master, slave = os.openpty()
print(os.isatty(master), os.isatty(slave), os.get_inheritable(master), os.get_inheritable(slave))
print(os.ttyname(slave).startswith('/dev/pts/'), os.ptsname(master) == os.ttyname(slave), os.ttyname(master))
os.write(master, b'hi\n')
print(os.read(slave, 10), os.read(master, 10))
os.write(slave, b'out\n')
print(os.read(master, 10))
attributes = termios.tcgetattr(master)
print(attributes == termios.tcgetattr(slave))
termios.tcsetwinsize(master, (30, 90))
print(termios.tcgetwinsize(slave), os.get_terminal_size(slave))
tty.setraw(slave)
os.write(master, b'raw\n')
print(os.read(slave, 10))
termios.tcsetattr(slave, termios.TCSANOW, attributes)
os.set_blocking(master, False)
ask('nothing there', lambda: os.read(master, 10))
os.set_blocking(master, True)
# Whoever reads from either end waits, and the others go on.
got = []
threads = [threading.Thread(target=lambda fd=fd: got.append(os.read(fd, 10))) for fd in (slave, master)]
for t in threads:
    t.start()
os.write(master, b'ping\n')
threads[0].join()
threads[1].join()
print(sorted(got))
r, w = os.pipe()
for name in 'ptsname', 'grantpt', 'unlockpt', 'ttyname':
    for label, fd in ('slave', slave), ('pipe', r), ('99', 99):
        if (name, label) != ('ttyname', 'slave'):
            ask(f'{name} {label}', lambda: getattr(os, name)(fd))
os.close(slave)
ask('hung up', lambda: os.read(master, 10))
os.close(master)
master = os.posix_openpt(os.O_RDWR | os.O_NOCTTY)
print(os.grantpt(master), os.unlockpt(master), os.get_inheritable(master))
slave = os.open(os.ptsname(master), os.O_RDWR | os.O_NOCTTY)
print(os.write(slave, b'x'), os.read(master, 5))
os.close(master)
ask('hung up', lambda: os.read(slave, 10))
os.chdir('/')
shutil.rmtree(folder)
