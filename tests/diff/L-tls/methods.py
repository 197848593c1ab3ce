# The methods of SSLSocket: what they take, ends of connections with and without a farewell, plain sockets before and after.
import io
import os
import socket
import ssl
import struct
import threading

folder = os.path.join(os.path.dirname(os.path.abspath(__file__)), "_certs", "")
client = ssl.create_default_context(cafile=folder + "ca.pem")
server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
server.load_cert_chain(folder + "server.pem")


def attempt(what, do):
    try:
        print(what, "=>", do())
    except Exception as e:
        print(what, "=>", f"{type(e).__name__}: {e}")


def pair(**more):
    """A client and a server that have shaken hands."""
    with server.wrap_socket(socket.create_server(("localhost", 0)), server_side=True) as listener:
        made = []
        thread = threading.Thread(target=lambda: made.append(listener.accept()[0]))
        thread.start()
        a = client.wrap_socket(socket.socket(), server_hostname="localhost", **more)
        a.settimeout(5)
        a.connect(listener.getsockname())
        thread.join()
    return a, made[0]


a, b = pair()
with a, b:
    print(a.server_side, b.server_side, a.server_hostname, b.server_hostname, a.gettimeout(), b.gettimeout())
    buffer = bytearray(4)
    for name, *args in (
        ("recv", 3, 1),
        ("recv_into", buffer, 2, 1),
        ("send", b"x", 1),
        ("sendall", b"x", 1),
        ("sendto", b"x", ("localhost", 1)),
        ("recvfrom", 1),
        ("recvfrom_into", buffer),
        ("sendmsg", [b"x"]),
        ("recvmsg", 1),
        ("recvmsg_into", [buffer]),
        ("send", b""),
        ("send", "x"),
        ("sendall", "x"),
        ("recv", 0),
        ("recv", -1),
        ("recv_into", b"x"),
        ("connect", ("localhost", 1)),
        ("connect_ex", ("localhost", 1)),
        ("get_channel_binding", "x"),
        ("selected_alpn_protocol",),
    ):
        attempt(name, lambda: getattr(a, name)(*args))
    attempt("connect", lambda: b.connect(("localhost", 1)))
    attempt("session", lambda: setattr(a, "session", a.session))
    attempt("context", lambda: setattr(a, "context", 3))
    print(b.getpeercert(), len(a.get_verified_chain()), b.get_verified_chain())
    a.sendall(memoryview(struct.pack("<3i", 1, 2, 3)).cast("i"))
    attempt("recv", lambda: b.recv(2))
    attempt("recv_into", lambda: (b.recv_into(buffer), buffer))
    attempt("read", lambda: (b.read(2, buffer), buffer))
    attempt("recv_into", lambda: (b.recv_into(buffer, 0), buffer, b.pending()))
    with open(__file__, "rb") as file:
        attempt("sendfile", lambda: (a.sendfile(file, 2, 30), file.tell()))
        attempt("sendfile", lambda: a.sendfile(file, count=0))
    attempt("recv", b.recv)
    attempt("sendfile", lambda: a.sendfile(io.StringIO("x")))

print("--- farewells")
a, b = pair()
with a, b:
    thread = threading.Thread(target=b.unwrap)
    thread.start()
    attempt("recv", lambda: a.recv(9))
    attempt("unwrap", lambda: a.unwrap() is a)
    thread.join()
    print(a.version(), b.cipher())
    a.sendall(b"plain")
    attempt("recv", b.recv)
    attempt("read", b.read)
    attempt("write", lambda: b.write(b"x"))
for suppress in True, False:
    a, b = pair(suppress_ragged_eofs=suppress)
    with a, b:
        socket.socket.shutdown(b, socket.SHUT_RDWR)
        attempt("recv", lambda: a.recv(9))
        attempt("recv_into", lambda: a.recv_into(bytearray(9)))
a, b = pair()
with a, b:
    a.sendall(b"x")
    a.shutdown(socket.SHUT_WR)
    print(b.recv(9), b.recv(9), a.version())
    attempt("read", a.read)
a, b = pair()
with b:
    file = a.makefile("rwb")
    b.sendall(b"line\nrest")
    print(file.readline())
    file.write(b"answer")
    file.flush()
    print(b.recv(9))
    a.close()
    b.close()
    print(file.read())
    file.close()
    print(a.fileno())

print("--- before the handshake")
x, y = socket.socketpair()
with x, y:
    x.setblocking(False)
    attempt("not blocking", lambda: client.wrap_socket(x, server_hostname="localhost"))
    print(x.fileno(), y.recv(5))
with socket.create_server(("localhost", 0)) as listener:
    for sent in b"", b"not TLS at all\n":
        x = socket.create_connection(listener.getsockname())
        with listener.accept()[0] as y:
            y.sendall(sent)
            y.shutdown(socket.SHUT_WR)
            attempt(sent, lambda: client.wrap_socket(x, server_hostname="localhost"))
            print(x.fileno())
    x = socket.create_connection(listener.getsockname())
    with listener.accept()[0] as y:
        with client.wrap_socket(x, server_hostname="localhost", do_handshake_on_connect=False) as x:
            print(x.version())
            attempt("certificate", x.getpeercert)
with client.wrap_socket(socket.socket(), server_hostname="localhost") as x:
    attempt("refused", lambda: x.connect(("localhost", 1)))
    attempt("refused", lambda: x.connect_ex(("localhost", 1)))

print("--- certificates of servers")
with socket.create_server(("localhost", 0)) as listener:
    for more in {}, {"ca_certs": folder + "ca.pem"}, {"ca_certs": folder + "self.pem"}:

        def serve():
            try:
                server.wrap_socket(listener.accept()[0], server_side=True).close()
            except ssl.SSLError:
                pass

        thread = threading.Thread(target=serve)
        thread.start()
        attempt([*more], lambda: len(ssl.get_server_certificate(listener.getsockname(), timeout=5, **more)))
        thread.join()
