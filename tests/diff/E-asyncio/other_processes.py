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


def other(code):
    code = 'import os, socket, struct\ndef tell(x): print(x, flush=True)\n' + code
    return subprocess.Popen([sys.executable, '-c', code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def err(f):
    try:
        return f()
    except OSError as e:
        return type(e).__name__, errno.errorcode.get(e.errno, e.errno)


print('- a web server')
p = other(
    """
import http.server
class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b'page ' + self.path.encode() * 100000)
    def log_message(self, *args): pass
s = http.server.HTTPServer(('127.0.0.1', 0), Handler)
tell(s.server_port)
s.serve_forever()
"""
)
port = int(p.stdout.readline())
for host in '127.0.0.1', 'localhost':
    with urllib.request.urlopen(f'http://{host}:{port}/there') as r:
        print(r.status, len(r.read()))
print(err(lambda: socket.socket().bind(('127.0.0.1', port))))
p.kill()
p.wait()
print(err(lambda: socket.create_connection(('127.0.0.1', port))))
print(err(lambda: socket.socket().bind(('192.0.2.1', 0))))

print('- a connection made without waiting, that the other end resets')
p = other(
    """
s = socket.create_server(('127.0.0.1', 0))
tell(s.getsockname()[1])
c, a = s.accept()
tell(a[1])
c.sendall(b'hi')
tell(c.recv(10))
c.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack('ii', 1, 0))
c.close()
input()
"""
)
port = int(p.stdout.readline())
s = socket.socket()
s.setblocking(False)
print(s.connect_ex(('127.0.0.1', port)) == errno.EINPROGRESS)
print([len(x) for x in select.select([], [s], [], 20)], s.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR))
print(s.connect_ex(('127.0.0.1', port)), errno.errorcode[s.connect_ex(('127.0.0.1', port))])
print(s.getpeername() == ('127.0.0.1', port), s.getsockname()[1] == int(p.stdout.readline()))
s.settimeout(20)
print(s.recv(10))
s.settimeout(0.05)
print(err(lambda: s.recv(10)))
s.settimeout(20)
s.send(b'bye')
print(p.stdout.readline())
print(err(lambda: s.recv(10)), err(lambda: s.send(b'x')), err(lambda: s.getpeername()))
p.communicate('\n')
s.close()

print('- nobody there')
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
p = other(
    """
s = socket.create_server(('::1', 0), family=socket.AF_INET6)
tell(s.getsockname()[1])
c, a = s.accept()
c.close()
input()
"""
)
port = int(p.stdout.readline())
s = socket.create_connection(('::1', port))
print(s.family, s.getpeername()[:2] == ('::1', port))
print(s.recv(5), s.send(b'x'))
time.sleep(0.3)
print(err(lambda: s.send(b'y')))
p.communicate('\n')

print('- half of a connection')
s = socket.create_server(('127.0.0.1', 0))
p = other(
    f"""
s = socket.create_connection(('127.0.0.1', {s.getsockname()[1]}))
s.sendall(b'x' * 1_000_000)
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
c.sendall(b'y' * 3_000_000)
c.close()
print(p.communicate()[0])

print('- datagrams')
p = other(
    """
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
s.bind(('127.0.0.1', 0))
tell(s.getsockname()[1])
for _ in range(3):
    data, a = s.recvfrom(70000)
    s.sendto(data[::-1], a)
"""
)
port = int(p.stdout.readline())
u = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
u.settimeout(20)
u.sendto(b'abc', ('127.0.0.1', port))
print(u.recvfrom(10) == (b'cba', ('127.0.0.1', port)), u.getsockname()[0])
u.connect(('127.0.0.1', port))
u.send(b'x' * 60000)
print(len(u.recv(70000)), u.getsockname()[0])
u.send(b'')
print(u.recv(10))
p.communicate('\n')
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
p = other(f"s = socket.socket(socket.AF_UNIX)\ns.connect({path!r})\ns.sendall(b'hello')\ntell(s.recv(10))")
c, a = s.accept()
print(repr(a), c.recv(10), c.getsockname() == path)
c.sendall(b'there')
c.close()
print(p.communicate()[0])
print(err(lambda: socket.socket(socket.AF_UNIX).bind(path)))
s.close()
print(os.path.exists(path), err(lambda: socket.socket(socket.AF_UNIX).connect(path)))
os.unlink(path)
print(err(lambda: socket.socket(socket.AF_UNIX).connect(path)))
p = other(
    f"""
s = socket.socket(socket.AF_UNIX)
s.bind({path!r})
s.listen()
tell('')
c, a = s.accept()
c.sendall(c.recv(10) * 2)
"""
)
p.stdout.readline()
s = socket.socket(socket.AF_UNIX)
s.connect(path)
s.send(b'ab')
print(s.recv(10), s.recv(10), s.getpeername() == path)
p.communicate('\n')
os.unlink(path)
os.rmdir(folder)
