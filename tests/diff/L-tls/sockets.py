# Servers and clients over sockets, in threads: who is trusted, what is said of it on both sides, names, time-outs.
import os
import socket
import ssl
import threading

folder = os.path.join(os.path.dirname(os.path.abspath(__file__)), "_certs", "")


def told(e):
    return f"{type(e).__name__} {getattr(e, 'reason', None)}: {e}"


def talk(client, server, hostname="localhost"):
    """One connection: what the client and the server have to say."""
    listener = socket.create_server(("127.0.0.1", 0))
    said = []

    def serve():
        with listener, listener.accept()[0] as plain:
            try:
                with server.wrap_socket(plain, server_side=True) as s:
                    data = s.recv(100)
                    s.sendall(data.upper())
                    cert = s.getpeercert()
                    said.append((data, s.version(), cert and cert["subject"]))
                    s.recv(1)
            except (ssl.SSLError, OSError) as e:
                said.append(told(e))

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        with socket.create_connection(listener.getsockname()) as plain:
            with client.wrap_socket(plain, server_hostname=hostname) as c:
                c.sendall(b"ping")
                print("client:", c.recv(100), c.version(), c.getpeercert() and c.getpeercert()["serialNumber"])
    except (ssl.SSLError, OSError) as e:
        print("client:", told(e))
        if isinstance(e, ssl.SSLCertVerificationError):
            print(e.verify_code, e.verify_message)
    thread.join()
    print("server:", *said)


def server_with(name, **more):
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(folder + name, **more)
    return server


def trusting():
    return ssl.create_default_context(cafile=folder + "ca.pem")


for version in ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3:
    print("---", version.name)
    server = server_with("server.pem")
    server.maximum_version = version
    for hostname in "localhost", "www.example.test", "127.0.0.1", "::1", "example.test", "127.0.0.2":
        print(hostname)
        talk(trusting(), server, hostname)
    for name in "self.pem", "expired.pem":
        print(name)
        server = server_with(name)
        server.maximum_version = version
        talk(trusting(), server)
    print("nobody is trusted")
    server = server_with("server.pem")
    server.maximum_version = version
    talk(ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT), server)
    print("everybody is trusted")
    careless = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    careless.check_hostname = False
    careless.verify_mode = ssl.CERT_NONE
    talk(careless, server, "anything")
    print("the client has a certificate")
    server.verify_mode = ssl.CERT_REQUIRED
    server.load_verify_locations(folder + "ca.pem")
    client = trusting()
    client.load_cert_chain(folder + "client.pem")
    talk(client, server)

print("--- no certificate of the client, TLS 1.2")
server.maximum_version = ssl.TLSVersion.TLSv1_2
talk(trusting(), server)

print("--- an encrypted key")
talk(ssl._create_unverified_context(), server_with("self.encrypted.pem", password="secret"))
for password in "wrong", lambda: b"wrong", lambda: 5:
    try:
        server_with("self.encrypted.pem", password=password)
    except (ssl.SSLError, TypeError) as e:
        print(told(e))

print("--- names")
server, other = server_with("self.pem"), server_with("server.pem")
asked = []


def choose(sock, name, context):
    asked.append((type(sock).__name__, name, context is server))
    if name == "www.example.test":
        sock.context = other
    if name == "nobody.example.test":
        return ssl.ALERT_DESCRIPTION_UNRECOGNIZED_NAME


server.sni_callback = choose
talk(trusting(), server, "www.example.test")
talk(trusting(), server, "nobody.example.test")
talk(ssl._create_unverified_context(), server, None)
print(asked)

print("--- waiting")
a, b = socket.socketpair()
with a, b:
    late = trusting().wrap_socket(a, server_hostname="localhost", do_handshake_on_connect=False)
    late.settimeout(0.05)
    try:
        late.do_handshake()
    except TimeoutError as e:
        print(repr(e))
    late.setblocking(False)
    try:
        late.do_handshake()
    except ssl.SSLWantReadError as e:
        print(repr(e))
    b.sendall(b"220 hello, this is no TLS\r\n")
    try:
        late.do_handshake()
    except ssl.SSLError as e:
        print(told(e))

print("--- much")
a, b = socket.socketpair()
data = os.urandom(100_000) * 20
received = bytearray()
server = server_with("server.pem")


def take():
    with server.wrap_socket(b, server_side=True) as s:
        while piece := s.recv(65536):
            received.extend(piece)
        s.unwrap().sendall(b"plain again")


thread = threading.Thread(target=take)
thread.start()
with trusting().wrap_socket(a, server_hostname="localhost") as c:
    c.sendall(data)
    with c.unwrap() as plain:
        print(type(plain).__name__, plain.recv(100))
thread.join()
print(received == data)
