# The module ssl without a connection: its names, contexts, what they warn of and refuse, conversions.
import os
import ssl
import socket
import warnings

folder = os.path.join(os.path.dirname(os.path.abspath(__file__)), "_certs", "")


def tell(what, ask):
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always", DeprecationWarning)
        try:
            answer = repr(ask())
        except Exception as e:
            answer = f"{type(e).__name__}: {e}"
    places = [f"{w.message} ({'here' if w.filename == __file__ else 'there'})" for w in told if w.category is DeprecationWarning]
    print(what, "=>", answer, *places)


def put(owner, name, value):
    setattr(owner, name, value)
    return getattr(owner, name)


print(*[name for name in dir(ssl) if not name.startswith("_")])
for cls in ssl.SSLObject, ssl.SSLSocket:
    print(*[name for name in dir(cls) if not name.startswith("_") and name not in dir(socket.socket)])
for enum in ssl.TLSVersion, ssl.VerifyMode, ssl.SSLErrorNumber, ssl.AlertDescription, ssl._SSLMethod, ssl.Purpose:
    print(enum, enum.__module__, *enum.__members__.items())
for enum in ssl._TLSAlertType, ssl._TLSContentType, ssl._TLSMessageType:
    print(enum, *[(member.name, int(member)) for member in enum])
print(ssl.CertificateError is ssl.SSLCertVerificationError, ssl.socket_error, ssl.CHANNEL_BINDING_TYPES)

print("--- contexts")
for protocol in (), (ssl.PROTOCOL_TLS,), (ssl.PROTOCOL_TLSv1_2,), (ssl.PROTOCOL_TLS_SERVER,), (42,):
    tell(protocol, lambda: ssl.SSLContext(*protocol).protocol)
c = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
for name, value in (
    ("minimum_version", ssl.TLSVersion.TLSv1),
    ("minimum_version", 771),
    ("minimum_version", 4711),
    ("maximum_version", ssl.TLSVersion.MAXIMUM_SUPPORTED),
    ("options", ssl.OP_NO_TLSv1),
    ("options", ssl.OP_ALL | ssl.OP_NO_SSLv3),
    ("options", "x"),
    ("verify_mode", 0),
    ("verify_mode", 7),
    ("verify_flags", 4),
    ("hostname_checks_common_name", False),
    ("hostname_checks_common_name", True),
    ("_msg_callback", 3),
    ("_msg_callback", None),
    ("protocol", 3),
    ("check_hostname", False),
    ("verify_mode", 0),
    ("sni_callback", print),
):
    tell(f"{name} {value}", lambda: put(c, name, value))
for names in ["http/1.1", "h2"], ["x" * 256], [""], [b"a"], ["\xe9"]:
    tell(f"ALPN {names}", lambda: c.set_alpn_protocols(names))
tell("NPN", lambda: c.set_npn_protocols(["a"]))
tell("server name", lambda: c.set_servername_callback(3))
tell("authorities", lambda: c.load_default_certs("x"))
for purpose in (*ssl.Purpose, ssl._ASN1Object.fromname("codeSigning"), "x"):
    tell(purpose, lambda: (d := ssl.create_default_context(purpose), d.protocol, d.verify_mode, d.verify_flags, d.check_hostname)[1:])
for given in (
    {},
    {"protocol": ssl.PROTOCOL_TLS_SERVER},
    {"protocol": ssl.PROTOCOL_TLS},
    {"purpose": ssl.Purpose.CLIENT_AUTH},
    {"check_hostname": True},
    {"check_hostname": True, "cert_reqs": None},
    {"cert_reqs": ssl.CERT_REQUIRED},
    {"keyfile": "x"},
    {"certfile": folder + "server.pem"},
    {"cafile": folder + "ca.pem"},
):
    def make():
        d = ssl._create_unverified_context(**given)
        return d.protocol, d.verify_mode, d.verify_flags, d.check_hostname

    tell([*given], make)
os.environ["SSLKEYLOGFILE"] = os.devnull
print(ssl.create_default_context().keylog_filename, ssl._create_unverified_context().keylog_filename)
del os.environ["SSLKEYLOGFILE"]

print("--- wrapping")
tell("constructor", ssl.SSLObject)
tell("constructor", ssl.SSLSocket)
for given in (
    {"server_side": True, "server_hostname": "x"},
    {"server_side": True, "session": 3},
    {"session": 3},
    {"server_hostname": ""},
    {"server_hostname": ".x"},
):
    d = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER if "server_side" in given else ssl.PROTOCOL_TLS_CLIENT)
    with socket.socket() as s:
        tell(given, lambda: d.wrap_socket(s, **given))
    tell(given, lambda: d.wrap_bio(ssl.MemoryBIO(), ssl.MemoryBIO(), **given))
with socket.socket(type=socket.SOCK_DGRAM) as s:
    tell("datagrams", lambda: c.wrap_socket(s))

print("--- not connected")
with c.wrap_socket(socket.socket()) as s:
    for name, *args in (
        ("recv",),
        ("send", b"x"),
        ("sendall", b"x"),
        ("recv_into", bytearray(3)),
        ("recvfrom",),
        ("sendmsg", [b"x"]),
        ("recvmsg", 1),
        ("recvmsg_into", [bytearray(3)]),
        ("read",),
        ("write", b"x"),
        ("getpeercert",),
        ("cipher",),
        ("shared_ciphers",),
        ("compression",),
        ("pending",),
        ("do_handshake",),
        ("version",),
        ("get_channel_binding",),
        ("get_channel_binding", "x"),
        ("selected_npn_protocol",),
        ("selected_alpn_protocol",),
        ("dup",),
        ("shutdown", 2),
    ):
        tell(name, lambda: getattr(s, name)(*args))
    for name in "unwrap", "verify_client_post_handshake":
        try:
            getattr(s, name)()
        except ValueError as e:
            print(str(e)[:37])
    tell("session", lambda: s.session)

print("--- conversions")
for time in (
    "Jan  5 09:34:43 2018 GMT",
    "JAN  5 09:34:60 2018 gmt",
    "Feb 29 09:34:00 2018 GMT",
    "Jan  5 09:34:43 2018",
    "foo  5 09:34:43 2018 GMT",
    "Jan  5 25:34:43 2018 GMT",
    "",
):
    tell(time, lambda: ssl.cert_time_to_seconds(time))
for length in 0, 1, 48, 49, 100:
    pem = ssl.DER_cert_to_PEM_cert(b"x" * length)
    print(pem, ssl.PEM_cert_to_DER_cert(pem + "  \n") == b"x" * length)
tell("PEM", lambda: ssl.PEM_cert_to_DER_cert("AAAA"))
tell("PEM", lambda: ssl.PEM_cert_to_DER_cert(ssl.PEM_HEADER + "AAAA"))
for code in 2, 16, 99:
    print(ssl.get_protocol_name(code))
for ask in (
    lambda: ssl._ASN1Object("1.3.6.1.5.5.7.3.1"),
    lambda: ssl._ASN1Object("serverAuth"),
    lambda: ssl._ASN1Object.fromnid(-1),
    lambda: ssl._ASN1Object.fromname("clientAuth"),
    lambda: ssl.Purpose.SERVER_AUTH == ssl._ASN1Object.fromnid(129),
):
    tell("object", ask)
os.environ["SSL_CERT_FILE"] = folder + "ca.pem"
os.environ["SSL_CERT_DIR"] = "/nowhere"
paths = ssl.get_default_verify_paths()
print(paths._fields, os.path.basename(paths.cafile), paths.capath, paths.openssl_cafile_env, paths.openssl_capath_env)
