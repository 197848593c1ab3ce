# What of CPython's ssl.py the programs here need, over `_ssl`: they run without it, too.
import _ssl
from _ssl import *
from _ssl import _test_decode_cert
import base64
import socket


class SSLObject:
    """A connection over a socket, or over two MemoryBIOs."""

    def __init__(self, make, sock=None):
        self.socket = sock
        self._sslobj = make(self)

    def __getattr__(self, name):
        return getattr(self._sslobj, name)

    def unwrap(self):
        self._sslobj.shutdown()
        return self.socket

    def recv(self, n):
        try:
            return self._sslobj.read(n)
        except SSLEOFError:
            return b""

    def sendall(self, data):
        with memoryview(data) as view:
            done = 0
            while done < len(data):
                done += self._sslobj.write(view[done:])

    def __enter__(self):
        return self

    def __exit__(self, *args):
        self.socket.close()


class SSLContext(_ssl._SSLContext):
    def wrap_socket(self, sock, server_side=False, server_hostname=None, shake=True):
        made = SSLObject(lambda o: self._wrap_socket(sock, server_side, server_hostname, owner=o), sock)
        if shake:
            try:
                made.do_handshake()
            except BaseException:
                sock.close()
                raise
        return made

    def wrap_bio(self, incoming, outgoing, server_side=False, server_hostname=None, session=None):
        return SSLObject(lambda o: self._wrap_bio(incoming, outgoing, server_side, server_hostname, owner=o, session=session))

    def set_alpn_protocols(self, protocols):
        self._set_alpn_protocols(b"".join(bytes([len(p)]) + p.encode() for p in protocols))


def create_default_context(cafile=None):
    context = SSLContext(PROTOCOL_TLS_CLIENT)
    context.verify_flags |= VERIFY_X509_PARTIAL_CHAIN | VERIFY_X509_STRICT
    if cafile is not None:
        context.load_verify_locations(cafile)
    return context


def _create_unverified_context():
    context = SSLContext(PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = CERT_NONE
    return context


def PEM_cert_to_DER_cert(pem):
    return base64.b64decode("".join(pem.split("-----")[2].split()))


def DER_cert_to_PEM_cert(der):
    text = base64.b64encode(der).decode()
    lines = [text[i : i + 64] for i in range(0, len(text), 64)]
    return "\n".join(["-----BEGIN CERTIFICATE-----", *lines, "-----END CERTIFICATE-----", ""])


class TLSVersion:
    TLSv1_2 = PROTO_TLSv1_2
    TLSv1_3 = PROTO_TLSv1_3
