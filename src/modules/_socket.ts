// _socket.ts: addresses and constants of the socket module. Sockets themselves come with the scheduler: making one raises
// OSError (ENOSYS) and says so; docs/gaps.md lists it.                              CPython: Modules/socketmodule.c
import { PyErr_SetString } from '../core/errors.ts';
import { HostError } from '../core/host.ts';
import { newref, Py_TPFLAGS_BASETYPE, type PyObject, xdecref, xnewref } from '../core/object.ts';
import { METH_NOARGS, METH_O, METH_VARARGS, type ModuleSpec, static_type } from '../core/spec.ts';
import { PyCapsule_New } from '../objects/capsuleobject.ts';
import { current } from '../core/tstate.ts';
import { bytes_like } from '../objects/abstract.ts';
import { Py_False } from '../objects/boolobject.ts';
import { PyBytes_FromUint8Array } from '../objects/bytesobject.ts';

import { PyUnicode_Check } from '../objects/checks.ts';
import { PyDict_New } from '../objects/dictobject.ts';
import {
  PyExc_OSError,
  PyExc_OverflowError,
  PyExc_TimeoutError,
  PyExc_TypeError,
  PyExc_ValueError,
  set_errno_error,
} from '../objects/exceptions.ts';
import { PyLong_AsLong, PyLong_FromLong } from '../objects/longobject.ts';
import { PyModule_Add, PyModule_AddIntConstant, PyModule_AddObjectRef } from '../objects/moduleobject.ts';
import { Py_None } from '../objects/object.ts';
import { PyTuple_FromArray } from '../objects/tupleobject.ts';
import { PyType_Type } from '../objects/typeobject.ts';
import { PyUnicode_AsString, PyUnicode_FromString } from '../objects/unicodeobject.ts';

const ENOSYS = 38;

// biome-ignore format: a table
const CONSTANTS: Readonly<Record<string, number>> = {
  AF_ALG: 38, AF_APPLETALK: 5, AF_ASH: 18, AF_ATMPVC: 8, AF_ATMSVC: 20, AF_AX25: 3, AF_BLUETOOTH: 31, AF_BRIDGE: 7, AF_CAN: 29, AF_ECONET: 19, AF_INET: 2, AF_INET6: 10, AF_IPX: 4, AF_IRDA: 23, AF_KEY: 15, AF_LLC: 26, AF_NETBEUI: 13, AF_NETLINK: 16, AF_NETROM: 6, AF_PACKET: 17, AF_PPPOX: 24, AF_QIPCRTR: 42, AF_RDS: 21, AF_ROSE: 11, AF_ROUTE: 16, AF_SECURITY: 14, AF_SNA: 22, AF_TIPC: 30, AF_UNIX: 1, AF_UNSPEC: 0, AF_VSOCK: 40, AF_WANPIPE: 25, AF_X25: 9, AI_ADDRCONFIG: 32, AI_ALL: 16, AI_CANONNAME: 2, AI_NUMERICHOST: 4, AI_NUMERICSERV: 1024, AI_PASSIVE: 1, AI_V4MAPPED: 8, EAI_ADDRFAMILY: -9, EAI_AGAIN: -3, EAI_BADFLAGS: -1, EAI_FAIL: -4, EAI_FAMILY: -6, EAI_MEMORY: -10, EAI_NODATA: -5, EAI_NONAME: -2, EAI_OVERFLOW: -12, EAI_SERVICE: -8, EAI_SOCKTYPE: -7, EAI_SYSTEM: -11, INADDR_ALLHOSTS_GROUP: 3758096385, INADDR_ANY: 0, INADDR_BROADCAST: 4294967295, INADDR_LOOPBACK: 2130706433, INADDR_MAX_LOCAL_GROUP: 3758096639, INADDR_NONE: 4294967295, INADDR_UNSPEC_GROUP: 3758096384, IPPORT_RESERVED: 1024, IPPORT_USERRESERVED: 5000, IPPROTO_AH: 51, IPPROTO_DSTOPTS: 60, IPPROTO_EGP: 8, IPPROTO_ESP: 50, IPPROTO_FRAGMENT: 44, IPPROTO_GRE: 47, IPPROTO_HOPOPTS: 0, IPPROTO_ICMP: 1, IPPROTO_ICMPV6: 58, IPPROTO_IDP: 22, IPPROTO_IGMP: 2, IPPROTO_IP: 0, IPPROTO_IPIP: 4, IPPROTO_IPV6: 41, IPPROTO_MPTCP: 262, IPPROTO_NONE: 59, IPPROTO_PIM: 103, IPPROTO_PUP: 12, IPPROTO_RAW: 255, IPPROTO_ROUTING: 43, IPPROTO_RSVP: 46, IPPROTO_SCTP: 132, IPPROTO_TCP: 6, IPPROTO_TP: 29, IPPROTO_UDP: 17, IPPROTO_UDPLITE: 136, IPV6_CHECKSUM: 7, IPV6_DONTFRAG: 62, IPV6_DSTOPTS: 59, IPV6_HOPLIMIT: 52, IPV6_HOPOPTS: 54, IPV6_JOIN_GROUP: 20, IPV6_LEAVE_GROUP: 21, IPV6_MULTICAST_HOPS: 18, IPV6_MULTICAST_IF: 17, IPV6_MULTICAST_LOOP: 19, IPV6_NEXTHOP: 9, IPV6_PATHMTU: 61, IPV6_PKTINFO: 50, IPV6_RECVDSTOPTS: 58, IPV6_RECVERR: 25, IPV6_RECVHOPLIMIT: 51, IPV6_RECVHOPOPTS: 53, IPV6_RECVPATHMTU: 60, IPV6_RECVPKTINFO: 49, IPV6_RECVRTHDR: 56, IPV6_RECVTCLASS: 66, IPV6_RTHDR: 57, IPV6_RTHDRDSTOPTS: 55, IPV6_RTHDR_TYPE_0: 0, IPV6_TCLASS: 67, IPV6_UNICAST_HOPS: 16, IPV6_V6ONLY: 26, IP_ADD_MEMBERSHIP: 35, IP_ADD_SOURCE_MEMBERSHIP: 39, IP_BIND_ADDRESS_NO_PORT: 24, IP_BLOCK_SOURCE: 38, IP_DEFAULT_MULTICAST_LOOP: 1, IP_DEFAULT_MULTICAST_TTL: 1, IP_DROP_MEMBERSHIP: 36, IP_DROP_SOURCE_MEMBERSHIP: 40, IP_FREEBIND: 15, IP_HDRINCL: 3, IP_MAX_MEMBERSHIPS: 20, IP_MULTICAST_IF: 32, IP_MULTICAST_LOOP: 34, IP_MULTICAST_TTL: 33, IP_OPTIONS: 4, IP_PKTINFO: 8, IP_RECVERR: 11, IP_RECVOPTS: 6, IP_RECVORIGDSTADDR: 20, IP_RECVRETOPTS: 7, IP_RECVTOS: 13, IP_RECVTTL: 12, IP_RETOPTS: 7, IP_TOS: 1, IP_TRANSPARENT: 19, IP_TTL: 2, IP_UNBLOCK_SOURCE: 37, MSG_CMSG_CLOEXEC: 1073741824, MSG_CONFIRM: 2048, MSG_CTRUNC: 8, MSG_DONTROUTE: 4, MSG_DONTWAIT: 64, MSG_EOR: 128, MSG_ERRQUEUE: 8192, MSG_FASTOPEN: 536870912, MSG_MORE: 32768, MSG_NOSIGNAL: 16384, MSG_OOB: 1, MSG_PEEK: 2, MSG_TRUNC: 32, MSG_WAITALL: 256, NI_DGRAM: 16, NI_IDN: 32, NI_MAXHOST: 1025, NI_MAXSERV: 32, NI_NAMEREQD: 8, NI_NOFQDN: 4, NI_NUMERICHOST: 1, NI_NUMERICSERV: 2, SCM_CREDENTIALS: 2, SCM_J1939_DEST_ADDR: 1, SCM_J1939_DEST_NAME: 2, SCM_J1939_ERRQUEUE: 4, SCM_J1939_PRIO: 3, SCM_RIGHTS: 1, SHUT_RD: 0, SHUT_RDWR: 2, SHUT_WR: 1, SOCK_CLOEXEC: 524288, SOCK_DGRAM: 2, SOCK_NONBLOCK: 2048, SOCK_RAW: 3, SOCK_RDM: 4, SOCK_SEQPACKET: 5, SOCK_STREAM: 1, SOL_ALG: 279, SOL_BLUETOOTH: 274, SOL_CAN_BASE: 100, SOL_CAN_RAW: 101, SOL_HCI: 0, SOL_IP: 0, SOL_L2CAP: 6, SOL_RDS: 276, SOL_RFCOMM: 18, SOL_SCO: 17, SOL_SOCKET: 1, SOL_TCP: 6, SOL_TIPC: 271, SOL_UDP: 17, SOMAXCONN: 4096, SO_ACCEPTCONN: 30, SO_BINDTODEVICE: 25, SO_BINDTOIFINDEX: 62, SO_BROADCAST: 6, SO_DEBUG: 1, SO_DOMAIN: 39, SO_DONTROUTE: 5, SO_ERROR: 4, SO_INCOMING_CPU: 49, SO_J1939_ERRQUEUE: 4, SO_J1939_FILTER: 1, SO_J1939_PROMISC: 2, SO_J1939_SEND_PRIO: 3, SO_KEEPALIVE: 9, SO_LINGER: 13, SO_MARK: 36, SO_OOBINLINE: 10, SO_ORIGINAL_DST: 80, SO_PASSCRED: 16, SO_PASSSEC: 34, SO_PEERCRED: 17, SO_PEERSEC: 31, SO_PRIORITY: 12, SO_PROTOCOL: 38, SO_RCVBUF: 8, SO_RCVLOWAT: 18, SO_RCVTIMEO: 20, SO_REUSEADDR: 2, SO_REUSEPORT: 15, SO_SNDBUF: 7, SO_SNDLOWAT: 19, SO_SNDTIMEO: 21, SO_TYPE: 3, SO_VM_SOCKETS_BUFFER_MAX_SIZE: 2, SO_VM_SOCKETS_BUFFER_MIN_SIZE: 1, SO_VM_SOCKETS_BUFFER_SIZE: 0, TCP_CC_INFO: 26, TCP_CONGESTION: 13, TCP_CORK: 3, TCP_DEFER_ACCEPT: 9, TCP_FASTOPEN: 23, TCP_FASTOPEN_CONNECT: 30, TCP_FASTOPEN_KEY: 33, TCP_FASTOPEN_NO_COOKIE: 34, TCP_INFO: 11, TCP_INQ: 36, TCP_KEEPCNT: 6, TCP_KEEPIDLE: 4, TCP_KEEPINTVL: 5, TCP_LINGER2: 8, TCP_MAXSEG: 2, TCP_MD5SIG: 14, TCP_MD5SIG_EXT: 32, TCP_NODELAY: 1, TCP_NOTSENT_LOWAT: 25, TCP_QUEUE_SEQ: 21, TCP_QUICKACK: 12, TCP_REPAIR: 19, TCP_REPAIR_OPTIONS: 22, TCP_REPAIR_QUEUE: 20, TCP_REPAIR_WINDOW: 29, TCP_SAVED_SYN: 28, TCP_SAVE_SYN: 27, TCP_SYNCNT: 7, TCP_THIN_DUPACK: 17, TCP_THIN_LINEAR_TIMEOUTS: 16, TCP_TIMESTAMP: 24, TCP_TX_DELAY: 37, TCP_ULP: 31, TCP_USER_TIMEOUT: 18, TCP_WINDOW_CLAMP: 10, TCP_ZEROCOPY_RECEIVE: 35
};

function unavailable(): never {
  set_errno_error(new HostError(ENOSYS, 'sockets are not available here'));
}

let default_timeout: PyObject | null = null;

/** Four bytes of an IPv4 address in dotted form, or null. */
function parse_ipv4(text: string): Uint8Array | null {
  const m = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text);
  if (m === null) return null;
  const parts = m.slice(1).map(Number);
  return parts.every(p => p <= 255) ? Uint8Array.from(parts) : null;
}

function text_argument(o: PyObject, fname: string): string {
  if (!PyUnicode_Check(o))
    PyErr_SetString(PyExc_TypeError, `${fname}() argument 1 must be str, not ${o.ob_type.tp_name}`);
  return PyUnicode_AsString(o);
}

function inet_aton(_m: PyObject, o: PyObject): PyObject {
  const bytes = parse_ipv4(text_argument(o, 'inet_aton'));
  if (bytes === null) PyErr_SetString(PyExc_OSError, 'illegal IP address string passed to inet_aton');
  return PyBytes_FromUint8Array(bytes);
}

function inet_ntoa(_m: PyObject, o: PyObject): PyObject {
  const bytes = bytes_like(o);
  if (bytes === null) PyErr_SetString(PyExc_TypeError, `a bytes-like object is required, not '${o.ob_type.tp_name}'`);
  if (bytes.length !== 4) PyErr_SetString(PyExc_OSError, 'packed IP wrong length');
  return PyUnicode_FromString(bytes.join('.'));
}

/** Swaps the bytes of a number of 16 or 32 bits: network order is big-endian. */
function swap(name: string, bits: 16 | 32) {
  return {
    name,
    flags: METH_O,
    meth(_m: PyObject, o: PyObject): PyObject {
      const n = PyLong_AsLong(o);
      if (n < 0)
        PyErr_SetString(
          PyExc_OverflowError,
          `${name}: can't convert negative Python int to C ${bits}-bit unsigned integer`,
        );
      if (n >= 2 ** bits)
        PyErr_SetString(
          PyExc_OverflowError,
          `${name}: Python int too large to convert to C ${bits}-bit unsigned integer`,
        );
      if (bits === 16) return PyLong_FromLong(((n & 255) << 8) | (n >> 8));
      return PyLong_FromLong((((n & 255) << 24) | ((n & 0xff00) << 8) | ((n >>> 8) & 0xff00) | (n >>> 24)) >>> 0);
    },
    sig: '($module, integer, /)',
  };
}

function setdefaulttimeout(_m: PyObject, o: PyObject): PyObject {
  if (o !== Py_None) {
    const v = o.v;
    if (typeof v !== 'number')
      PyErr_SetString(PyExc_TypeError, `'${o.ob_type.tp_name}' object cannot be interpreted as an integer`);
    if (v < 0) PyErr_SetString(PyExc_ValueError, 'Timeout value out of range');
  }
  const old = default_timeout;
  default_timeout = o === Py_None ? null : xnewref(o);
  xdecref(old);
  return newref(Py_None);
}

const socket_type = static_type({
  name: '_socket.socket',
  tp_basicsize: 40,
  tp_flags: Py_TPFLAGS_BASETYPE,
  tp_new: unavailable,
});

/** `class name(OSError)` of this module. */
function error_class(name: string): PyObject {
  const bases = PyTuple_FromArray([PyExc_OSError]);
  const dict = PyDict_New();
  const n = PyUnicode_FromString(name);
  return PyType_Type.tp_new!(PyType_Type, PyTuple_FromArray([n, bases, dict]), null);
}

const absent = (name: string) => ({ name, flags: METH_VARARGS, meth: unavailable });

export const module: ModuleSpec = {
  name: '_socket',
  doc: 'Addresses and constants of sockets.',
  methods: [
    { name: 'inet_aton', flags: METH_O, meth: inet_aton, sig: '($module, ip_addr, /)' },
    { name: 'inet_ntoa', flags: METH_O, meth: inet_ntoa, sig: '($module, packed_ip, /)' },
    swap('htons', 16),
    swap('ntohs', 16),
    swap('htonl', 32),
    swap('ntohl', 32),
    { name: 'getdefaulttimeout', flags: METH_NOARGS, meth: () => newref(default_timeout ?? Py_None) },
    { name: 'setdefaulttimeout', flags: METH_O, meth: setdefaulttimeout },
    {
      name: 'gethostname',
      flags: METH_NOARGS,
      meth: () => PyUnicode_FromString(current.tstate.interp.host.process.uname().nodename),
    },
    ...[
      'gethostbyname',
      'gethostbyname_ex',
      'gethostbyaddr',
      'getaddrinfo',
      'getnameinfo',
      'getservbyname',
      'getservbyport',
      'getprotobyname',
      'socketpair',
      'dup',
      'close',
      'if_nameindex',
      'if_nametoindex',
      'if_indextoname',
      'inet_pton',
      'inet_ntop',
    ].map(absent),
  ],
  types: () => [socket_type],
  exec(m) {
    PyModule_AddObjectRef(m, 'SocketType', socket_type);
    PyModule_Add(m, 'CAPI', PyCapsule_New({ socket_type }, '_socket.CAPI', true));
    PyModule_AddObjectRef(m, 'error', PyExc_OSError);
    PyModule_AddObjectRef(m, 'timeout', PyExc_TimeoutError);
    PyModule_Add(m, 'gaierror', error_class('gaierror'));
    PyModule_Add(m, 'herror', error_class('herror'));
    PyModule_AddObjectRef(m, 'has_ipv6', Py_False);
    for (const [name, n] of Object.entries(CONSTANTS)) PyModule_AddIntConstant(m, name, n);
  },
};
