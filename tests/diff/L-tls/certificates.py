# Certificates as dictionaries, what contexts say of themselves, and what they refuse.
import os
import ssl
import _ssl

folder = os.path.join(os.path.dirname(os.path.abspath(__file__)), "_certs", "")


def attempt(what):
    try:
        print(what())
    except Exception as e:
        print(type(e).__name__, e, getattr(e, "reason", "-"), getattr(e, "library", "-"))


for name in "ca", "server", "client", "expired", "self":
    print(name, _ssl._test_decode_cert(folder + name + ".pem"))

c = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
s = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
for context in c, s, ssl.create_default_context():
    print(context.protocol, context.verify_mode, context.check_hostname, context.verify_flags, context.options)
    print(context.minimum_version, context.maximum_version, context.sni_callback, context.keylog_filename)
print(s.session_stats(), c.cert_store_stats())
attempt(lambda: c.load_verify_locations(folder + "ca.pem"))
attempt(lambda: c.load_verify_locations(folder + "server.pem"))
print(c.cert_store_stats(), c.get_ca_certs(), [len(der) for der in c.get_ca_certs(True)])
pem = open(folder + "ca.pem").read()
der = ssl.PEM_cert_to_DER_cert(pem)
for data in pem, der, der + der, pem + "\n" + pem, b"junk", "junk", "", b"", 5:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    attempt(lambda: context.load_verify_locations(cadata=data))
    print(context.cert_store_stats())
for wrong in (
    lambda: c.load_cert_chain(folder + "ca.pem"),
    lambda: c.load_cert_chain(folder + "none.pem"),
    lambda: c.load_cert_chain(folder + "make.sh"),
    lambda: c.load_cert_chain(folder + "server.pem", folder + "client.pem"),
    lambda: c.load_cert_chain(None),
    lambda: c.load_verify_locations(folder + "make.sh"),
    lambda: c.load_verify_locations(),
    lambda: c.set_ciphers("no such cipher"),
    lambda: setattr(c, "verify_mode", ssl.CERT_NONE),
    lambda: setattr(c, "verify_mode", 9),
    lambda: setattr(c, "sni_callback", print),
    lambda: setattr(s, "sni_callback", 5),
    lambda: c.wrap_bio(ssl.MemoryBIO(), ssl.MemoryBIO(), server_hostname=""),
    lambda: c.wrap_bio(ssl.MemoryBIO(), ssl.MemoryBIO(), server_hostname=".example"),
    lambda: c.wrap_bio(ssl.MemoryBIO(), ssl.MemoryBIO(), server_hostname="a\0b"),
    lambda: c.wrap_bio(ssl.MemoryBIO(), ssl.MemoryBIO()),
    lambda: c.wrap_bio(ssl.MemoryBIO(), ssl.MemoryBIO(), server_side=True),
    lambda: s.wrap_bio(ssl.MemoryBIO(), ssl.MemoryBIO()),
    lambda: _ssl.txt2obj("nothing"),
    lambda: _ssl.nid2obj(100000),
    lambda: _ssl.RAND_bytes(-1),
):
    attempt(wrong)
s.set_ciphers("ECDHE+AESGCM")
for cipher in s.get_ciphers():
    print(cipher)
print([x["name"] for x in s.get_ciphers()])
print(_ssl.txt2obj("1.3.6.1.5.5.7.3.1"), ssl.Purpose.CLIENT_AUTH, len(ssl.RAND_bytes(20)), ssl.RAND_status())
bio = ssl.MemoryBIO()
print(bio.pending, bio.eof, bio.write(b"some bytes"), bio.pending, bio.read(4), bio.read(), bio.read())
bio.write_eof()
print(bio.eof)
attempt(lambda: bio.write(b"more"))
print(ssl.get_server_certificate.__name__, ssl.cert_time_to_seconds("Jan  1 00:00:00 2120 GMT"))
print([e.__mro__ for e in (ssl.SSLError, ssl.SSLCertVerificationError, ssl.SSLWantReadError)])
