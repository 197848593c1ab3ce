# Sockets whose both ends are here: pairs, loopback, datagrams, local paths; selectors, a threaded server.
import os
import select
import socket
import socketserver
import tempfile
import threading

a, b = socket.socketpair()
a.sendall(b"abc")
print(b.recv(2), select.select([b], [b], [], 0) == ([b], [b], []), b.recv(10, socket.MSG_PEEK), b.recv(10))
b.settimeout(0.01)
try:
    b.recv(1)
except TimeoutError as e:
    print(repr(e))
b.setblocking(False)
try:
    b.recv(1)
except BlockingIOError as e:
    print(e)
a.close()
print(b.recv(1))
try:
    b.send(b"x")
except BrokenPipeError as e:
    print(e)
b.close()
try:
    b.fileno() == -1 and b.recv(1)
except OSError as e:
    print(e)


class Handler(socketserver.BaseRequestHandler):
    def handle(self):
        while data := self.request.recv(100):
            self.request.sendall(data.upper())


with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler) as server:
    t = threading.Thread(target=server.serve_forever, args=(0.01,))
    t.start()

    def client(k):
        with socket.create_connection(server.server_address) as c:
            for i in range(3):
                c.sendall(f"client {k} line {i}".encode())
                answers[k].append(c.recv(100))

    answers = [[] for _ in range(5)]
    threads = [threading.Thread(target=client, args=(k,)) for k in range(5)]
    for c in threads:
        c.start()
    for c in threads:
        c.join()
    server.shutdown()
    t.join()
print(answers[3], [len(x) for x in answers])

u, v = (socket.socket(socket.AF_INET, socket.SOCK_DGRAM) for _ in range(2))
u.bind(("127.0.0.1", 0))
v.bind(("127.0.0.1", 0))
v.sendto(b"message", u.getsockname())
data, sender = u.recvfrom(100)
print(data, sender == v.getsockname())
u.close()
v.close()

with tempfile.TemporaryDirectory() as folder:
    path = os.path.join(folder, "s")
    with socket.socket(socket.AF_UNIX) as s, socket.socket(socket.AF_UNIX) as c:
        s.bind(path)
        s.listen()
        c.connect(path)
        peer, address = s.accept()
        peer.sendall(b"local")
        print(c.recv(10), repr(address), c.getpeername() == path, os.path.exists(path))
        peer.close()
try:
    socket.create_connection(("127.0.0.1", 1))
except ConnectionRefusedError as e:
    print(e)
