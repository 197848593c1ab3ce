"""TLS for sockets and for programs that carry the bytes themselves: the interface of CPython's ssl over _ssl.

An SSLContext holds settings, certificates and keys; its wrap_socket() makes an SSLSocket of a connected, listening or fresh
socket, its wrap_bio() an SSLObject between two MemoryBIOs. create_default_context() makes a context with settings that are
good for most programs. What goes wrong raises SSLError or one of its kinds.
"""
# CPython: Lib/ssl.py, which the packed library lacks; builds with --lib have it instead of this one.

import base64
import errno
import os
import sys
import warnings
from collections import namedtuple
from enum import Enum as _Enum, IntEnum as _IntEnum, IntFlag as _IntFlag, _simple_enum
from socket import SO_TYPE, SOCK_STREAM, SOL_SOCKET, _GLOBAL_DEFAULT_TIMEOUT, create_connection, socket

import _ssl
from _ssl import (
    HAS_ALPN, HAS_ECDH, HAS_NPN, HAS_PHA, HAS_PSK, HAS_SNI, HAS_SSLv2, HAS_SSLv3, HAS_TLSv1, HAS_TLSv1_1, HAS_TLSv1_2,
    HAS_TLSv1_3, OPENSSL_VERSION, OPENSSL_VERSION_INFO, OPENSSL_VERSION_NUMBER, MemoryBIO, RAND_add, RAND_bytes, RAND_status,
    SSLCertVerificationError, SSLEOFError, SSLError, SSLSession, SSLSyscallError, SSLWantReadError, SSLWantWriteError,
    SSLZeroReturnError, _DEFAULT_CIPHERS, _OPENSSL_API_VERSION, _SSLContext,
)

socket_error = OSError
CertificateError = SSLCertVerificationError

HAS_NEVER_CHECK_COMMON_NAME = hasattr(_ssl, 'HOSTFLAG_NEVER_CHECK_SUBJECT')
CHANNEL_BINDING_TYPES = ['tls-unique'] if _ssl.HAS_TLS_UNIQUE else []
PEM_HEADER = '-----BEGIN CERTIFICATE-----'
PEM_FOOTER = '-----END CERTIFICATE-----'

# Enumerations of _ssl's constants; _convert_() puts the members into this module, too.
for _base, _name, _prefix in [
    (_IntEnum, '_SSLMethod', 'PROTOCOL_'),
    (_IntFlag, 'Options', 'OP_'),
    (_IntEnum, 'AlertDescription', 'ALERT_DESCRIPTION_'),
    (_IntEnum, 'SSLErrorNumber', 'SSL_ERROR_'),
    (_IntFlag, 'VerifyFlags', 'VERIFY_'),
    (_IntEnum, 'VerifyMode', 'CERT_'),
]:
    # SSLv23 is what TLS was called once.
    _base._convert_(_name, __name__, lambda n: n.startswith(_prefix) and n != 'PROTOCOL_SSLv23', source=_ssl)
del _base, _name, _prefix

PROTOCOL_SSLv23 = _SSLMethod.PROTOCOL_SSLv23 = PROTOCOL_TLS
_PROTOCOL_NAMES = {value: name for name, value in _SSLMethod.__members__.items()}


class TLSVersion(_IntEnum):
    """Versions of the protocol, by their numbers in it, and the bounds of what is supported."""

    MINIMUM_SUPPORTED = _ssl.PROTO_MINIMUM_SUPPORTED
    SSLv3 = _ssl.PROTO_SSLv3
    TLSv1 = _ssl.PROTO_TLSv1
    TLSv1_1 = _ssl.PROTO_TLSv1_1
    TLSv1_2 = _ssl.PROTO_TLSv1_2
    TLSv1_3 = _ssl.PROTO_TLSv1_3
    MAXIMUM_SUPPORTED = _ssl.PROTO_MAXIMUM_SUPPORTED


def _numbers(name, **members):
    """An enumeration of numbers of the protocol, made the quick way."""
    return _simple_enum(_IntEnum)(type(name, (), {'__module__': __name__, **members}))


_TLSContentType = _numbers(
    '_TLSContentType',
    CHANGE_CIPHER_SPEC=20, ALERT=21, HANDSHAKE=22, APPLICATION_DATA=23,
    # What OpenSSL adds to RFC 8446, B.1.
    HEADER=256, INNER_CONTENT_TYPE=257,
)

_TLSAlertType = _numbers(
    '_TLSAlertType',
    CLOSE_NOTIFY=0, UNEXPECTED_MESSAGE=10, BAD_RECORD_MAC=20, DECRYPTION_FAILED=21, RECORD_OVERFLOW=22,
    DECOMPRESSION_FAILURE=30, HANDSHAKE_FAILURE=40, NO_CERTIFICATE=41, BAD_CERTIFICATE=42, UNSUPPORTED_CERTIFICATE=43,
    CERTIFICATE_REVOKED=44, CERTIFICATE_EXPIRED=45, CERTIFICATE_UNKNOWN=46, ILLEGAL_PARAMETER=47, UNKNOWN_CA=48,
    ACCESS_DENIED=49, DECODE_ERROR=50, DECRYPT_ERROR=51, EXPORT_RESTRICTION=60, PROTOCOL_VERSION=70,
    INSUFFICIENT_SECURITY=71, INTERNAL_ERROR=80, INAPPROPRIATE_FALLBACK=86, USER_CANCELED=90, NO_RENEGOTIATION=100,
    MISSING_EXTENSION=109, UNSUPPORTED_EXTENSION=110, CERTIFICATE_UNOBTAINABLE=111, UNRECOGNIZED_NAME=112,
    BAD_CERTIFICATE_STATUS_RESPONSE=113, BAD_CERTIFICATE_HASH_VALUE=114, UNKNOWN_PSK_IDENTITY=115,
    CERTIFICATE_REQUIRED=116, NO_APPLICATION_PROTOCOL=120,
)

_TLSMessageType = _numbers(
    '_TLSMessageType',
    HELLO_REQUEST=0, CLIENT_HELLO=1, SERVER_HELLO=2, HELLO_VERIFY_REQUEST=3, NEWSESSION_TICKET=4, END_OF_EARLY_DATA=5,
    HELLO_RETRY_REQUEST=6, ENCRYPTED_EXTENSIONS=8, CERTIFICATE=11, SERVER_KEY_EXCHANGE=12, CERTIFICATE_REQUEST=13,
    SERVER_DONE=14, CERTIFICATE_VERIFY=15, CLIENT_KEY_EXCHANGE=16, FINISHED=20, CERTIFICATE_URL=21, CERTIFICATE_STATUS=22,
    SUPPLEMENTAL_DATA=23, KEY_UPDATE=24, NEXT_PROTO=67, MESSAGE_HASH=254,
    # Another content type, which OpenSSL tells of as a message.
    CHANGE_CIPHER_SPEC=257,
)


class _ASN1Object(namedtuple('_ASN1Object', 'nid shortname longname oid')):
    """An object that OpenSSL knows, found by its dotted number."""

    __slots__ = ()

    def __new__(cls, oid):
        return super().__new__(cls, *_ssl.txt2obj(oid, name=False))

    @classmethod
    def fromnid(cls, nid):
        """The object with a number of OpenSSL's."""
        return super().__new__(cls, *_ssl.nid2obj(nid))

    @classmethod
    def fromname(cls, name):
        """The object with a short name, long name or dotted number."""
        return super().__new__(cls, *_ssl.txt2obj(name, name=True))


class Purpose(_ASN1Object, _Enum):
    """What a context is for: authenticating servers (on the client's side), or clients (on the server's)."""

    SERVER_AUTH = '1.3.6.1.5.5.7.3.1'
    CLIENT_AUTH = '1.3.6.1.5.5.7.3.2'


def _member(enum, number):
    """The member of `enum` with that number, or the number where there is none."""
    try:
        return enum(number)
    except ValueError:
        return number


def _typed(name, enum, doc):
    """A property of contexts that reads as a member of `enum`."""
    raw = getattr(_SSLContext, name)

    def read(self):
        return enum(raw.__get__(self))

    def write(self, value):
        raw.__set__(self, value)

    return property(read, None if name == 'protocol' else write, doc=doc)


def _protocol_list(protocols, kind):
    """Names of protocols as they stand in a TLS message: each after its length."""
    encoded = [bytes(name, 'ascii') for name in protocols]
    if not all(1 <= len(name) <= 255 for name in encoded):
        raise SSLError(f'{kind} protocols must be 1 to 255 in length')
    return b''.join(bytes([len(name)]) + name for name in encoded)


class SSLContext(_SSLContext):
    """Settings, certificates and keys that connections are made with."""

    sslsocket_class = None  # SSLSocket
    sslobject_class = None  # SSLObject

    def __new__(cls, protocol=None, *args, **kwargs):
        if protocol is None:
            warnings.warn('ssl.SSLContext() without protocol argument is deprecated.', DeprecationWarning, stacklevel=2)
            protocol = PROTOCOL_TLS
        return super().__new__(cls, protocol)

    protocol = _typed('protocol', _SSLMethod, 'The protocol that the context was made for.')
    verify_mode = _typed('verify_mode', VerifyMode, 'Whether the other end has to show a certificate, and a good one.')
    verify_flags = _typed('verify_flags', VerifyFlags, 'How certificates are verified.')
    options = _typed('options', Options, 'Options of OpenSSL for connections.')
    maximum_version = _typed('maximum_version', TLSVersion, 'The highest version of TLS that may be spoken.')

    @property
    def minimum_version(self):
        """The lowest version of TLS that may be spoken."""
        return TLSVersion(super().minimum_version)

    @minimum_version.setter
    def minimum_version(self, value):
        if value == TLSVersion.SSLv3:
            self.options &= ~Options.OP_NO_SSLv3
        _SSLContext.minimum_version.__set__(self, value)

    @property
    def hostname_checks_common_name(self):
        """Whether a certificate without alternative names is checked by its subject's common name."""
        return not self._host_flags & _ssl.HOSTFLAG_NEVER_CHECK_SUBJECT

    @hostname_checks_common_name.setter
    def hostname_checks_common_name(self, value):
        if value:
            self._host_flags &= ~_ssl.HOSTFLAG_NEVER_CHECK_SUBJECT
        else:
            self._host_flags |= _ssl.HOSTFLAG_NEVER_CHECK_SUBJECT

    @property
    def _msg_callback(self):
        """Called with each message of the protocol: (connection, direction, version, content type, message type, data)."""
        callback = super()._msg_callback
        return None if callback is None else callback.user_function

    @_msg_callback.setter
    def _msg_callback(self, callback):
        if callback is None:
            _SSLContext._msg_callback.__set__(self, None)
            return
        if not callable(callback):
            raise TypeError(f'{callback} is not callable.')

        def typed(connection, direction, version, content_type, message_type, data):
            content_type = _member(_TLSContentType, content_type)
            if content_type == _TLSContentType.HEADER:
                messages = _TLSContentType
            elif content_type == _TLSContentType.ALERT:
                messages = _TLSAlertType
            else:
                messages = _TLSMessageType
            version, message_type = _member(TLSVersion, version), _member(messages, message_type)
            return callback(connection, direction, version, content_type, message_type, data)

        typed.user_function = callback
        _SSLContext._msg_callback.__set__(self, typed)

    def _encode_hostname(self, hostname):
        if hostname is None:
            return None
        if isinstance(hostname, str):
            hostname = hostname.encode('idna')
        return hostname.decode('ascii')

    def wrap_socket(self, sock, server_side=False, do_handshake_on_connect=True, suppress_ragged_eofs=True,
                    server_hostname=None, session=None):
        """An SSLSocket that takes over the socket. If that is connected, the handshake is done at once, unless told otherwise."""
        return self.sslsocket_class._create(
            sock, server_side, do_handshake_on_connect, suppress_ragged_eofs, server_hostname, self, session)

    def wrap_bio(self, incoming, outgoing, server_side=False, server_hostname=None, session=None):
        """An SSLObject that reads what the other end sent from one MemoryBIO and writes what is for it to another."""
        server_hostname = self._encode_hostname(server_hostname)
        return self.sslobject_class._create(incoming, outgoing, server_side, server_hostname, session, self)

    def set_alpn_protocols(self, alpn_protocols):
        """Names of protocols to agree on in the handshake, those liked best first."""
        self._set_alpn_protocols(_protocol_list(alpn_protocols, 'ALPN'))

    def set_npn_protocols(self, npn_protocols):
        """ALPN's predecessor, which OpenSSL no longer has: an AttributeError as in CPython."""
        warnings.warn('ssl NPN is deprecated, use ALPN instead', DeprecationWarning, stacklevel=2)
        self._set_npn_protocols(_protocol_list(npn_protocols, 'NPN'))

    def set_servername_callback(self, server_name_callback):
        """An older way to set sni_callback."""
        if server_name_callback is not None and not callable(server_name_callback):
            raise TypeError('not a callable object')
        self.sni_callback = server_name_callback

    def load_default_certs(self, purpose=Purpose.SERVER_AUTH):
        """Loads the certificates of authorities that the system trusts."""
        if not isinstance(purpose, _ASN1Object):
            raise TypeError(purpose)
        self.set_default_verify_paths()


def _load_authorities(context, purpose, cafile, capath, cadata):
    """Loads the authorities that are given; where none is and the other end is to be verified, the system's."""
    if cafile or capath or cadata:
        context.load_verify_locations(cafile, capath, cadata)
    elif context.verify_mode != CERT_NONE:
        context.load_default_certs(purpose)
    keylog = None if sys.flags.ignore_environment else os.environ.get('SSLKEYLOGFILE')
    if keylog:
        context.keylog_filename = keylog
    return context


def _protocol_for(purpose):
    """The protocol of the side that authenticates the other one."""
    if not isinstance(purpose, _ASN1Object):
        raise TypeError(purpose)
    if purpose == Purpose.SERVER_AUTH:
        return PROTOCOL_TLS_CLIENT
    if purpose == Purpose.CLIENT_AUTH:
        return PROTOCOL_TLS_SERVER
    raise ValueError(purpose)


def create_default_context(purpose=Purpose.SERVER_AUTH, *, cafile=None, capath=None, cadata=None):
    """A context with safe settings: for a client that verifies servers, or for a server (Purpose.CLIENT_AUTH)."""
    context = SSLContext(_protocol_for(purpose))
    context.verify_flags |= VERIFY_X509_PARTIAL_CHAIN | VERIFY_X509_STRICT
    return _load_authorities(context, purpose, cafile, capath, cadata)


def _create_unverified_context(protocol=None, *, cert_reqs=CERT_NONE, check_hostname=False, purpose=Purpose.SERVER_AUTH,
                               certfile=None, keyfile=None, cafile=None, capath=None, cadata=None):
    """A context that trusts anybody unless told otherwise: what modules of the library use that are given none."""
    side = _protocol_for(purpose)
    context = SSLContext(side if protocol is None else protocol)
    context.check_hostname = check_hostname
    if cert_reqs is not None:
        context.verify_mode = cert_reqs
    if keyfile and not certfile:
        raise ValueError('certfile must be specified')
    if certfile or keyfile:
        context.load_cert_chain(certfile, keyfile)
    return _load_authorities(context, purpose, cafile, capath, cadata)


# What http.client, and what smtplib, ftplib and others use; programs replace them for settings of their own.
_create_default_https_context = create_default_context
_create_stdlib_context = _create_unverified_context


class _Connection:
    """What SSLSocket and SSLObject tell of a connection. `_sslobj` is that of _ssl; None: there is no TLS now."""

    __slots__ = ()

    @property
    def session(self):
        """The session of a client's connection, for another one to go on with."""
        if self._sslobj is not None:
            return self._sslobj.session

    @session.setter
    def session(self, session):
        self._session = session
        if self._sslobj is not None:
            self._sslobj.session = session

    @property
    def session_reused(self):
        """Whether the connection goes on with the session that was given."""
        if self._sslobj is not None:
            return self._sslobj.session_reused

    def get_verified_chain(self):
        """The certificates from the other end's to that of an authority, as bytes in DER."""
        return [cert.public_bytes(_ssl.ENCODING_DER) for cert in self._sslobj.get_verified_chain() or ()]

    def get_unverified_chain(self):
        """The certificates that the other end sent, as bytes in DER."""
        return [cert.public_bytes(_ssl.ENCODING_DER) for cert in self._sslobj.get_unverified_chain() or ()]

    def selected_npn_protocol(self):
        """None: NPN is gone."""
        warnings.warn('ssl NPN is deprecated, use ALPN instead', DeprecationWarning, stacklevel=2)

    def selected_alpn_protocol(self):
        """The protocol that both ends agreed on, if they did."""
        if self._sslobj is not None:
            return self._sslobj.selected_alpn_protocol()

    def cipher(self):
        """The cipher in use: (name, version of TLS, secret bits)."""
        if self._sslobj is not None:
            return self._sslobj.cipher()

    def shared_ciphers(self):
        """A server's list of the client's ciphers that it knows, too; None for clients."""
        if self._sslobj is not None:
            return self._sslobj.shared_ciphers()

    def compression(self):
        """The way of compression in use, if any."""
        if self._sslobj is not None:
            return self._sslobj.compression()

    def pending(self):
        """How many bytes can be read without the other end's help."""
        return 0 if self._sslobj is None else self._sslobj.pending()

    def version(self):
        """The version of TLS that is spoken; None before the handshake."""
        if self._sslobj is not None:
            return self._sslobj.version()

    def get_channel_binding(self, cb_type='tls-unique'):
        """Bytes that only the two ends of this connection know; None before the handshake."""
        if self._sslobj is not None:
            return self._sslobj.get_channel_binding(cb_type)
        if cb_type not in CHANNEL_BINDING_TYPES:
            raise ValueError(f'{cb_type} channel binding type not implemented')


class SSLObject(_Connection):
    """A connection without a socket: its bytes go by two MemoryBIOs. SSLContext.wrap_bio() makes them."""

    def __init__(self, *args, **kwargs):
        raise TypeError(f'{self.__class__.__name__} does not have a public constructor. '
                        f'Instances are returned by SSLContext.wrap_bio().')

    @classmethod
    def _create(cls, incoming, outgoing, server_side=False, server_hostname=None, session=None, context=None):
        _check_sides(server_side, context, server_hostname, session)
        self = cls.__new__(cls)
        self._sslobj = context._wrap_bio(incoming, outgoing, server_side=server_side, server_hostname=server_hostname,
                                         owner=self, session=session)
        return self

    @property
    def context(self):
        """The context in use; a server's sni_callback may set another one."""
        return self._sslobj.context

    @context.setter
    def context(self, context):
        self._sslobj.context = context

    @property
    def server_side(self):
        """Whether this is the server's end."""
        return self._sslobj.server_side

    @property
    def server_hostname(self):
        """The name of the server that a client wants, or None."""
        return self._sslobj.server_hostname

    def read(self, len=1024, buffer=None):
        """Reads at most `len` bytes; into the buffer if there is one, giving their number."""
        return self._sslobj.read(len) if buffer is None else self._sslobj.read(len, buffer)

    def write(self, data):
        """Writes bytes, and gives the number of those written."""
        return self._sslobj.write(data)

    def getpeercert(self, binary_form=False):
        """The other end's certificate: a dictionary, empty if it was not verified, or bytes in DER; None if there is none."""
        return self._sslobj.getpeercert(binary_form)

    def do_handshake(self):
        """Goes on with the handshake, as far as the bytes lead."""
        self._sslobj.do_handshake()

    def unwrap(self):
        """Ends TLS on both sides."""
        return self._sslobj.shutdown()

    def verify_client_post_handshake(self):
        """Asks a client for its certificate after the handshake."""
        return self._sslobj.verify_client_post_handshake()


def _check_sides(server_side, context, server_hostname, session):
    """Raises for what only clients can say, and for clients that do not say what they must."""
    if server_side:
        if server_hostname:
            raise ValueError('server_hostname can only be specified in client mode')
        if session is not None:
            raise ValueError('session can only be specified in client mode')
    if context.check_hostname and not server_hostname:
        raise ValueError('check_hostname requires server_hostname')


class SSLSocket(_Connection, socket):
    """A socket that speaks TLS. SSLContext.wrap_socket() makes them; once TLS has ended, it is a plain socket again."""

    def __init__(self, *args, **kwargs):
        raise TypeError(f'{self.__class__.__name__} does not have a public constructor. '
                        f'Instances are returned by SSLContext.wrap_socket().')

    @classmethod
    def _create(cls, sock, server_side=False, do_handshake_on_connect=True, suppress_ragged_eofs=True,
                server_hostname=None, context=None, session=None):
        if sock.getsockopt(SOL_SOCKET, SO_TYPE) != SOCK_STREAM:
            raise NotImplementedError('only stream sockets are supported')
        _check_sides(server_side, context, server_hostname, session)

        timeout = sock.gettimeout()
        self = cls.__new__(cls)
        socket.__init__(self, family=sock.family, type=sock.type, proto=sock.proto, fileno=sock.fileno())
        sock.detach()
        self._context = context
        self._session = session
        self._sslobj = None
        self.server_side = server_side
        self.do_handshake_on_connect = do_handshake_on_connect
        self.suppress_ragged_eofs = suppress_ragged_eofs
        try:
            self.server_hostname = context._encode_hostname(server_hostname)
            self._connected = self._is_connected()
            self.settimeout(timeout)
            if self._connected:
                self._start()
                if do_handshake_on_connect:
                    if timeout == 0.0:
                        raise ValueError('do_handshake_on_connect should not be specified for non-blocking sockets')
                    self.do_handshake()
        except BaseException:
            self.close()
            raise
        return self

    def _is_connected(self):
        """Whether the socket has another end. One that has lost it must not have bytes left: they would pass for a peer's."""
        absent = (errno.ENOTCONN, errno.EINVAL)
        try:
            self.getpeername()
            return True
        except OSError as e:
            if e.errno not in absent:
                raise
        self.setblocking(False)
        try:
            left = socket.recv(self, 1)
        except OSError as e:
            if e.errno not in absent:
                raise
            left = b''
        if left:
            error = SSLError(errno.ENOTCONN, 'Closed before TLS handshake with data in recv buffer.')
            error.reason = error.args[1]
            error.library = None
            try:
                raise error
            finally:
                error = None
        return False

    def _start(self):
        self._sslobj = self._context._wrap_socket(self, self.server_side, self.server_hostname, owner=self, session=self._session)

    def _check_connected(self):
        if not self._connected:
            # Connected in the meantime, or this raises.
            self.getpeername()

    def _checkClosed(self, msg=None):
        """For subclasses: called before reading and writing."""

    def _refuse_flags(self, flags, method):
        if flags:
            raise ValueError(f'non-zero flags not allowed in calls to {method}() on {self.__class__}')

    def _refuse(self, method, error=ValueError):
        raise error(f'{method} not allowed on instances of {self.__class__}')

    def _wrapped(self):
        """What _ssl has for the connection, for methods that make no sense without."""
        if self._sslobj is None:
            raise ValueError(f'No SSL wrapper around {self}')
        return self._sslobj

    @property
    def context(self):
        """The context in use; a server's sni_callback may set another one."""
        return self._context

    @context.setter
    def context(self, context):
        if self._sslobj is not None:
            self._sslobj.context = context
        self._context = context

    # Connecting.

    def _real_connect(self, addr, connect_ex):
        if self.server_side:
            raise ValueError("can't connect in server-side mode")
        if self._connected or self._sslobj is not None:
            raise ValueError('attempt to connect already-connected SSLSocket!')
        self._start()
        try:
            code = (super().connect_ex if connect_ex else super().connect)(addr)
            if not code:
                self._connected = True
                if self.do_handshake_on_connect:
                    self.do_handshake()
        except BaseException:
            self._sslobj = None
            raise
        return code

    def connect(self, addr):
        """Connects, and does the handshake unless told otherwise."""
        self._real_connect(addr, False)

    def connect_ex(self, addr):
        """As connect(), but gives the number of what goes wrong while connecting."""
        return self._real_connect(addr, True)

    def accept(self):
        """(an SSLSocket for a client that has connected, its address)"""
        client, addr = super().accept()
        wrapped = self.context.wrap_socket(
            client, server_side=True, do_handshake_on_connect=self.do_handshake_on_connect,
            suppress_ragged_eofs=self.suppress_ragged_eofs)
        return wrapped, addr

    def do_handshake(self, block=False):
        """Does the handshake; `block`: waits for it even if the socket does not block."""
        self._check_connected()
        timeout = self.gettimeout()
        if not block or timeout != 0.0:
            self._sslobj.do_handshake()
            return
        self.settimeout(None)
        try:
            self._sslobj.do_handshake()
        finally:
            self.settimeout(timeout)

    def dup(self):
        raise NotImplementedError(f"Can't dup() {self.__class__.__name__} instances")

    # Reading and writing. Without TLS, these are those of plain sockets.

    def read(self, len=1024, buffer=None):
        """Reads at most `len` bytes; into the buffer if there is one, giving their number. Nothing: the other end is done."""
        self._checkClosed()
        if self._sslobj is None:
            raise ValueError('Read on closed or unwrapped SSL socket.')
        try:
            return self._sslobj.read(len) if buffer is None else self._sslobj.read(len, buffer)
        except SSLError as e:
            if e.args[0] != SSL_ERROR_EOF or not self.suppress_ragged_eofs:
                raise
            return b'' if buffer is None else 0

    def write(self, data):
        """Writes bytes, and gives the number of those written."""
        self._checkClosed()
        if self._sslobj is None:
            raise ValueError('Write on closed or unwrapped SSL socket.')
        return self._sslobj.write(data)

    def recv(self, buflen=1024, flags=0):
        self._checkClosed()
        if self._sslobj is None:
            return super().recv(buflen, flags)
        self._refuse_flags(flags, 'recv')
        return self.read(buflen)

    def recv_into(self, buffer, nbytes=None, flags=0):
        self._checkClosed()
        if nbytes is None:
            with memoryview(buffer) as view:
                nbytes = view.nbytes
            nbytes = nbytes or 1024
        if self._sslobj is None:
            return super().recv_into(buffer, nbytes, flags)
        self._refuse_flags(flags, 'recv_into')
        return self.read(nbytes, buffer)

    def send(self, data, flags=0):
        self._checkClosed()
        if self._sslobj is None:
            return super().send(data, flags)
        self._refuse_flags(flags, 'send')
        return self.write(data)

    def sendall(self, data, flags=0):
        self._checkClosed()
        if self._sslobj is None:
            return super().sendall(data, flags)
        self._refuse_flags(flags, 'sendall')
        with memoryview(data) as view, view.cast('B') as rest:
            sent = 0
            while sent < len(rest):
                sent += self.send(rest[sent:])

    def sendfile(self, file, offset=0, count=None):
        """Sends a file, or `count` bytes of it, and gives the number of bytes sent."""
        if self._sslobj is None:
            return super().sendfile(file, offset, count)
        return self._sendfile_use_send(file, offset, count)

    def sendto(self, data, flags_or_addr, addr=None):
        self._checkClosed()
        if self._sslobj is not None:
            self._refuse('sendto')
        if addr is None:
            return super().sendto(data, flags_or_addr)
        return super().sendto(data, flags_or_addr, addr)

    def recvfrom(self, buflen=1024, flags=0):
        self._checkClosed()
        if self._sslobj is not None:
            self._refuse('recvfrom')
        return super().recvfrom(buflen, flags)

    def recvfrom_into(self, buffer, nbytes=None, flags=0):
        self._checkClosed()
        if self._sslobj is not None:
            self._refuse('recvfrom_into')
        return super().recvfrom_into(buffer, nbytes or 0, flags)

    # Bytes and ancillary data of the socket below, which would be lost on TLS: not even when there is none now.

    def sendmsg(self, *args, **kwargs):
        self._refuse('sendmsg', NotImplementedError)

    def recvmsg(self, *args, **kwargs):
        self._refuse('recvmsg', NotImplementedError)

    def recvmsg_into(self, *args, **kwargs):
        self._refuse('recvmsg_into', NotImplementedError)

    # The other end, and the end of it all.

    def getpeercert(self, binary_form=False):
        """The other end's certificate: a dictionary, empty if it was not verified, or bytes in DER; None if there is none."""
        self._checkClosed()
        self._check_connected()
        return self._sslobj.getpeercert(binary_form)

    def verify_client_post_handshake(self):
        """Asks a client for its certificate after the handshake."""
        return self._wrapped().verify_client_post_handshake()

    def unwrap(self):
        """Ends TLS on both sides, and gives a socket for what is said without it."""
        plain = self._wrapped().shutdown()
        self._sslobj = None
        return plain

    def shutdown(self, how):
        self._checkClosed()
        self._sslobj = None
        super().shutdown(how)

    def _real_close(self):
        self._sslobj = None
        super()._real_close()


SSLContext.sslsocket_class = SSLSocket
SSLContext.sslobject_class = SSLObject

DefaultVerifyPaths = namedtuple(
    'DefaultVerifyPaths', 'cafile capath openssl_cafile_env openssl_cafile openssl_capath_env openssl_capath')


def get_default_verify_paths():
    """Where the authorities are that load_default_certs() loads: a file and a folder, each None if it does not exist."""
    file_variable, file, folder_variable, folder = paths = _ssl.get_default_verify_paths()
    file, folder = os.environ.get(file_variable, file), os.environ.get(folder_variable, folder)
    return DefaultVerifyPaths(file if os.path.isfile(file) else None, folder if os.path.isdir(folder) else None, *paths)


def get_protocol_name(protocol_code):
    """The name of a PROTOCOL_ constant."""
    return _PROTOCOL_NAMES.get(protocol_code, '<unknown>')


def cert_time_to_seconds(cert_time):
    """Seconds since 1970 of a time as certificates tell it, such as 'Jan  5 09:34:43 2018 GMT'."""
    from calendar import timegm
    from time import strptime

    # Months are English whatever the locale: strptime() gets the rest.
    rest_format = ' %d %H:%M:%S %Y GMT'
    months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
    month = cert_time[:3].title()
    if month not in months:
        raise ValueError(f'time data {cert_time!r} does not match format "%b{rest_format}"')
    rest = strptime(cert_time[3:], rest_format)
    return timegm((rest.tm_year, months.index(month) + 1, rest.tm_mday, rest.tm_hour, rest.tm_min, rest.tm_sec))


def DER_cert_to_PEM_cert(der_cert_bytes):
    """A certificate's bytes in DER as text in PEM."""
    text = base64.standard_b64encode(der_cert_bytes).decode('ascii')
    lines = [text[at:at + 64] for at in range(0, len(text), 64)]
    return '\n'.join([PEM_HEADER, *lines, PEM_FOOTER, ''])


def PEM_cert_to_DER_cert(pem_cert_string):
    """A certificate's text in PEM as bytes in DER."""
    if not pem_cert_string.startswith(PEM_HEADER):
        raise ValueError(f'Invalid PEM encoding; must start with {PEM_HEADER}')
    text = pem_cert_string.strip()
    if not text.endswith(PEM_FOOTER):
        raise ValueError(f'Invalid PEM encoding; must end with {PEM_FOOTER}')
    return base64.decodebytes(text[len(PEM_HEADER):-len(PEM_FOOTER)].encode('ascii', 'strict'))


def get_server_certificate(addr, ssl_version=PROTOCOL_TLS_CLIENT, ca_certs=None, timeout=_GLOBAL_DEFAULT_TIMEOUT):
    """The certificate of the server at an address, as text in PEM; verified if a file of authorities is given."""
    cert_reqs = CERT_REQUIRED if ca_certs else CERT_NONE
    context = _create_stdlib_context(ssl_version, cert_reqs=cert_reqs, cafile=ca_certs)
    with create_connection(addr, timeout=timeout) as sock, context.wrap_socket(sock, server_hostname=addr[0]) as connection:
        return DER_cert_to_PEM_cert(connection.getpeercert(True))
