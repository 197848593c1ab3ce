# Both ends of a connection in one thread, over MemoryBIO: every step of it, and what each end knows afterwards.
import os
import ssl

folder = os.path.join(os.path.dirname(os.path.abspath(__file__)), "_certs", "")


class Pair:
    def __init__(self, client, server, hostname="localhost", session=None):
        bios = [ssl.MemoryBIO() for _ in range(4)]
        self.pipes = bios
        self.client = client.wrap_bio(bios[0], bios[1], server_hostname=hostname, session=session)
        self.server = server.wrap_bio(bios[2], bios[3], server_side=True)

    def carry(self):
        to_client, from_client, to_server, from_server = self.pipes
        to_server.write(from_client.read())
        to_client.write(from_server.read())

    def shake(self):
        waits = []
        todo = {"client": self.client, "server": self.server}
        while todo:
            for name, end in list(todo.items()):
                try:
                    end.do_handshake()
                    del todo[name]
                    waits.append(name)
                except ssl.SSLWantReadError as e:
                    waits.append(type(e).__name__)
                self.carry()
        return waits


def contexts():
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(folder + "server.pem")
    return ssl.create_default_context(cafile=folder + "ca.pem"), server


client, server = contexts()
client.set_alpn_protocols(["h3", "http/1.1"])
server.set_alpn_protocols(["http/1.1", "h2"])
pair = Pair(client, server)
print(pair.client.version(), pair.client.cipher(), pair.client.pending())
try:
    pair.client.getpeercert()
except ValueError as e:
    print(e)
print(pair.shake())
for end in pair.client, pair.server:
    print(end.version(), end.cipher(), end.selected_alpn_protocol(), end.compression(), end.server_side, end.server_hostname)
    print(end.getpeercert(), end.session_reused)
print([len(chain) for chain in (pair.client.get_verified_chain(), pair.client.get_unverified_chain())])
print(ssl.DER_cert_to_PEM_cert(pair.client.getpeercert(True)) in open(folder + "server.pem").read())

print(pair.client.write(b"hello, server"))
pair.carry()
print(pair.server.read(5), pair.server.pending(), pair.server.read(100), pair.server.pending())
try:
    pair.server.read(1)
except ssl.SSLWantReadError as e:
    print(repr(e))
data = bytes(range(256)) * 400
print(pair.server.write(data))
pair.carry()
got = bytearray()
while len(got) < len(data):
    got += pair.client.read(50_000)
print(got == data)
buffer = bytearray(20)
pair.client.write(b"into a buffer")
pair.carry()
print(pair.server.read(7, buffer), bytes(buffer), pair.server.read(20, buffer))

try:
    pair.client.unwrap()
except ssl.SSLWantReadError as e:
    print("client", type(e).__name__)
pair.pipes[1].write(b"not TLS any more")
pair.carry()
print(pair.server.read(10))
print(pair.server.unwrap())
pair.carry()
print(pair.client.unwrap(), pair.pipes[2].read())

print("--- the other end is gone")
pair = Pair(*contexts())
pair.shake()
pair.pipes[2].write_eof()
for attempt in pair.server.read, pair.server.read, pair.server.write:
    try:
        print(attempt(10 if attempt != pair.server.write else b"x"))
    except ssl.SSLError as e:
        print(type(e).__name__, e.reason, e)

print("--- versions")
for least, most in ("TLSv1_2", "TLSv1_2"), ("TLSv1_3", "TLSv1_3"), ("TLSv1_2", "TLSv1_3"):
    client, server = contexts()
    client.minimum_version = ssl.TLSVersion[least]
    server.maximum_version = ssl.TLSVersion[most]
    pair = Pair(client, server)
    pair.shake()
    print(least, most, pair.client.version(), pair.server.version())
    bindings = [end._sslobj.get_channel_binding("tls-unique") for end in (pair.client, pair.server)]
    print(bindings[0] == bindings[1], len(bindings[0]))
client, server = contexts()
client.maximum_version = ssl.TLSVersion.TLSv1_2
server.minimum_version = ssl.TLSVersion.TLSv1_3
pair = Pair(client, server)
for end in pair.client, pair.server, pair.client:
    try:
        end.do_handshake()
    except ssl.SSLError as e:
        print(type(e).__name__, e.reason)
    pair.carry()

print("--- sessions")
client, server = contexts()
client.maximum_version = ssl.TLSVersion.TLSv1_2
first = Pair(client, server)
first.shake()
session = first.client.session
print(first.client.session_reused, session.has_ticket, len(session.id), session.timeout > 0)
second = Pair(client, server, session=session)
second.shake()
print(second.client.session_reused, second.server.session_reused, second.client.session == session)
print({k: v for k, v in server.session_stats().items() if k in ("accept", "accept_good", "hits")})
for wrong in (
    lambda: setattr(second.client, "session", session),
    lambda: setattr(second.client, "session", 5),
    lambda: Pair(contexts()[0], server, session=session),
):
    try:
        wrong()
    except (TypeError, ValueError) as e:
        print(type(e).__name__, e)
