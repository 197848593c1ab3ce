# Sockets whose other end is in another process: TCP, UDP, local paths, errors by number.
import errno
import os
import select
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request


SERVANT = """
import os, socket, struct, sys
def tell(x): print(x, flush=True)
while code := sys.stdin.readline(): exec(eval(code), dict(globals()))
"""
servant = subprocess.Popen([sys.executable, '-c', SERVANT], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def other(code):
    """Has the other process run it."""
    print(repr(code), file=servant.stdin, flush=True)


def told():
    return servant.stdout.readline().strip()


def err(f):
    try:
        return f()
    except OSError as e:
        return type(e).__name__, errno.errorcode.get(e.errno, e.errno)


print('- a web server')
other(
    """
s = socket.create_server(('127.0.0.1', 0))
tell(s.getsockname()[1])
for _ in range(2):
    c, a = s.accept()
    path = c.recv(10000).split()[1]
    c.sendall(b'HTTP/1.0 200 OK\\r\\n\\r\\npage ' + path * 100000)
    c.close()
sys.stdin.readline()
s.close()
tell('closed')
"""
)
port = int(told())
for host in '127.0.0.1', 'localhost':
    with urllib.request.urlopen(f'http://{host}:{port}/there') as r:
        print(r.status, len(r.read()))
print(err(lambda: socket.socket().bind(('127.0.0.1', port))))
other('')
told()
print(err(lambda: socket.create_connection(('127.0.0.1', port))))
print(err(lambda: socket.socket().bind(('192.0.2.1', 0))))

print('- a connection made without waiting, that the other end resets')
other(
    """
s = socket.create_server(('127.0.0.1', 0))
tell(s.getsockname()[1])
c, a = s.accept()
tell(a[1])
c.sendall(b'hi')
tell(c.recv(10))
c.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack('ii', 1, 0))
c.close()
s.close()
tell('closed')
"""
)
port = int(told())
s = socket.socket()
s.setblocking(False)
print(s.connect_ex(('127.0.0.1', port)) == errno.EINPROGRESS)
print([len(x) for x in select.select([], [s], [], 20)], s.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR))
print(s.connect_ex(('127.0.0.1', port)), errno.errorcode[s.connect_ex(('127.0.0.1', port))])
print(s.getpeername() == ('127.0.0.1', port), s.getsockname()[1] == int(told()))
s.settimeout(20)
print(s.recv(10))
s.settimeout(0.05)
print(err(lambda: s.recv(10)))
s.settimeout(20)
s.send(b'bye')
print(told())
print(err(lambda: s.recv(10)), err(lambda: s.send(b'x')), err(lambda: s.getpeername()))
s.close()

print('- nobody there')
told()
s = socket.socket()
s.setblocking(False)
s.connect_ex(('127.0.0.1', port))
print([len(x) for x in select.select([s], [s], [], 20)])
print(errno.errorcode[s.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)])
s.close()
s = socket.socket()
s.setblocking(False)
s.connect_ex(('127.0.0.1', port))
poll = select.poll()
poll.register(s, select.POLLIN | select.POLLOUT)
print([e for _, e in poll.poll(20000)])
s.close()

print('- the other end goes away')
other(
    """
s = socket.create_server(('::1', 0), family=socket.AF_INET6)
tell(s.getsockname()[1])
c, a = s.accept()
c.close()
"""
)
port = int(told())
s = socket.create_connection(('::1', port))
print(s.family, s.getpeername()[:2] == ('::1', port))
print(s.recv(5), s.send(b'x'))
time.sleep(0.3)
print(err(lambda: s.send(b'y')))

print('- half of a connection')
s = socket.create_server(('127.0.0.1', 0))
other(
    f"""
s = socket.create_connection(('127.0.0.1', {s.getsockname()[1]}))
s.sendall(b'x' * 400_000)
s.shutdown(socket.SHUT_WR)
n = 0
while data := s.recv(65536): n += len(data)
tell(n)
"""
)
c, a = s.accept()
print(a == c.getpeername(), c.getsockname() == s.getsockname())
n = 0
while data := c.recv(65536):
    n += len(data)
print(n)
c.sendall(b'y' * 600_000)
c.close()
print(told())

print('- datagrams')
other(
    """
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
s.bind(('127.0.0.1', 0))
tell(s.getsockname()[1])
for _ in range(3):
    data, a = s.recvfrom(70000)
    s.sendto(data[::-1], a)
s.close()
tell('closed')
"""
)
port = int(told())
u = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
u.settimeout(20)
u.sendto(b'abc', ('127.0.0.1', port))
print(u.recvfrom(10) == (b'cba', ('127.0.0.1', port)), u.getsockname()[0])
u.connect(('127.0.0.1', port))
u.send(b'x' * 60000)
print(len(u.recv(70000)), u.getsockname()[0])
u.send(b'')
print(u.recv(10))
told()
u.send(b'nobody')
time.sleep(0.3)
print(err(lambda: u.recv(10)))

print('- local paths')
folder = tempfile.mkdtemp()
path = os.path.join(folder, 's')
s = socket.socket(socket.AF_UNIX)
s.bind(path)
s.listen()
print(oct(os.stat(path).st_mode & 0o170000), os.listdir(folder))
other(f"s = socket.socket(socket.AF_UNIX)\ns.connect({path!r})\ns.sendall(b'hello')\ntell(s.recv(10))")
c, a = s.accept()
print(repr(a), c.recv(10), c.getsockname() == path)
c.sendall(b'there')
c.close()
print(told())
print(err(lambda: socket.socket(socket.AF_UNIX).bind(path)))
s.close()
print(os.path.exists(path), err(lambda: socket.socket(socket.AF_UNIX).connect(path)))
os.unlink(path)
print(err(lambda: socket.socket(socket.AF_UNIX).connect(path)))
other(
    f"""
s = socket.socket(socket.AF_UNIX)
s.bind({path!r})
s.listen()
tell('')
c, a = s.accept()
c.sendall(c.recv(10) * 2)
c.close()
"""
)
told()
s = socket.socket(socket.AF_UNIX)
s.connect(path)
s.send(b'ab')
print(s.recv(10), s.recv(10), s.getpeername() == path)
os.unlink(path)
os.rmdir(folder)
servant.communicate()
