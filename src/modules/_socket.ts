// _socket.ts: sockets, addresses and their names.                                            CPython: Modules/socketmodule.c
//
// The parts: _socket/socket.ts (the type), _socket/address.ts, _socket/names.ts, _socket/constants.ts.
import { PyErr_SetString } from '../core/errors.ts';
import { decref, newref, type PyObject, type PyTypeObject } from '../core/object.ts';
import { METH_CLINIC, METH_FASTCALL, METH_NOARGS, METH_O, type ModuleSpec } from '../core/spec.ts';
import { current } from '../core/tstate.ts';
import { bytes_like } from '../objects/abstract.ts';
import { PySys_Audit } from '../objects/audit.ts';
import { Py_True } from '../objects/boolobject.ts';
import { PyBytes_FromUint8Array } from '../objects/bytesobject.ts';
import { PyCapsule_New } from '../objects/capsuleobject.ts';
import { PyTuple_Check, PyUnicode_Check } from '../objects/checks.ts';
import { PyDict_New, PyDict_SetItemString } from '../objects/dictobject.ts';
import {
  PyExc_OSError,
  PyExc_OverflowError,
  PyExc_TimeoutError,
  PyExc_TypeError,
  PyExc_ValueError,
  raise_errno,
} from '../objects/exceptions.ts';
import { PyArg_CheckPositional } from '../objects/getargs.ts';
import { PyList_FromArraySteal } from '../objects/listobject.ts';
import { PyLong_FromLong } from '../objects/longobject.ts';
import { PyModule_Add, PyModule_AddIntConstant, PyModule_AddObjectRef } from '../objects/moduleobject.ts';
import { Py_None } from '../objects/object.ts';
import { PyTuple_FromArray, PyTuple_FromArraySteal } from '../objects/tupleobject.ts';
import { PyType_Type } from '../objects/typeobject.ts';
import { _Py_ID, PyUnicode_AsString, PyUnicode_FromString } from '../objects/unicodeobject.ts';
import {
  AF_INET,
  AF_INET6,
  AF_UNIX,
  addresses,
  errors,
  flowinfo_arg,
  format_ipv6,
  host_name,
  interface_index,
  interface_name,
  parse_ipv4,
  parse_ipv6,
  resolve,
  service_arg,
  service_name,
  service_port,
} from './_socket/address.ts';
import { sockets } from './_socket/common.ts';
import { CONSTANTS } from './_socket/constants.ts';
import { SIZE_FUNCTIONS } from './_socket/messages.ts';
import { look_up, raise_unknown_host, unknown_name, with_addresses, with_name } from './_socket/names.ts';
import { defaults, socket_object, socket_type, timeout_arg, timeout_object } from './_socket/socket.ts';
import { c_int, host, none, system, unsigned_arg } from './args.ts';
import { fs_bytes, PyOS_FSPath } from './posix/path.ts';

const ENXIO = 6;
const ENODEV = 19;
const EAFNOSUPPORT = 97;
const NI_NUMERICHOST = 1;
const NI_NUMERICSERV = 2;
const NI_NAMEREQD = 8;

function text_argument(o: PyObject, fname: string): string {
  if (!PyUnicode_Check(o))
    PyErr_SetString(PyExc_TypeError, `${fname}() argument 1 must be str, not ${o.ob_type.tp_name}`);
  return PyUnicode_AsString(o);
}

// --- numeric addresses ------------------------------------------------------------------------------------------------

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

function inet_pton(_m: PyObject, args: PyObject[]): PyObject {
  PyArg_CheckPositional('inet_pton', args.length, 2, 2);
  const family = c_int(args[0]!);
  const text = text_argument(args[1]!, 'inet_pton');
  if (family !== AF_INET && family !== AF_INET6) raise_errno(EAFNOSUPPORT);
  const bytes = family === AF_INET ? parse_ipv4(text) : parse_ipv6(text);
  if (bytes === null) PyErr_SetString(PyExc_OSError, 'illegal IP address string passed to inet_pton');
  return PyBytes_FromUint8Array(bytes);
}

function inet_ntop(_m: PyObject, args: PyObject[]): PyObject {
  PyArg_CheckPositional('inet_ntop', args.length, 2, 2);
  const family = c_int(args[0]!);
  const bytes = bytes_like(args[1]!);
  if (bytes === null)
    PyErr_SetString(PyExc_TypeError, `a bytes-like object is required, not '${args[1]!.ob_type.tp_name}'`);
  if (family !== AF_INET && family !== AF_INET6) PyErr_SetString(PyExc_ValueError, `unknown address family ${family}`);
  if (bytes.length !== (family === AF_INET ? 4 : 16))
    PyErr_SetString(PyExc_ValueError, 'invalid length of packed IP address string');
  return PyUnicode_FromString(family === AF_INET ? bytes.join('.') : format_ipv6(bytes));
}

/** Swaps the bytes of a number of 16 or 32 bits: network order is big-endian. */
function swap(name: string, bits: 16 | 32) {
  return {
    name,
    flags: METH_O,
    meth(_m: PyObject, o: PyObject): PyObject {
      const n = Number(unsigned_arg(o, bits, `uint${bits}_t`));
      if (bits === 16) return PyLong_FromLong(((n & 255) << 8) | (n >> 8));
      return PyLong_FromLong((((n & 255) << 24) | ((n & 0xff00) << 8) | ((n >>> 8) & 0xff00) | (n >>> 24)) >>> 0);
    },
    sig: '($module, integer, /)',
  };
}

// --- names --------------------------------------------------------------------------------------------------------------

function getaddrinfo(
  _m: PyObject,
  name: PyObject,
  port: PyObject,
  family: PyObject | null,
  type: PyObject | null,
  proto: PyObject | null,
  flags: PyObject | null,
): PyObject {
  const number = (o: PyObject | null): number => (o === null ? 0 : c_int(o));
  PySys_Audit('socket.getaddrinfo', name, port, number(family), number(type), number(proto));
  const text = name === Py_None ? null : host_name(name, 'getaddrinfo() argument 1 must be string or None');
  const service = service_arg(port);
  return addresses(getaddrinfo, text, service, number(family), number(type), number(proto), number(flags));
}

/** CPython: socket_getnameinfo */
function getnameinfo(_m: PyObject, args: PyObject[]): PyObject {
  PyArg_CheckPositional('getnameinfo', args.length, 2, 2);
  const address = args[0]!;
  if (!PyTuple_Check(address)) PyErr_SetString(PyExc_TypeError, 'getnameinfo() argument 1 must be a tuple');
  if (address.v.length < 2 || address.v.length > 4)
    PyErr_SetString(PyExc_TypeError, 'getnameinfo(): illegal sockaddr argument');
  const flags = c_int(args[1]!);
  PySys_Audit('socket.getnameinfo', address);
  const found = resolve(text_argument(address.v[0]!, 'getnameinfo'), 0);
  if (found === null) unknown_name();
  const port = c_int(address.v[1]!);
  if (address.v.length > 2) flowinfo_arg(address.v[2]!, 'getnameinfo');
  const scope = interface_name(address.v.length > 3 ? c_int(address.v[3]!) : 0);
  const numeric = scope === null ? found[0] : `${found[0]}%${scope}`;
  const result = (name: string | null, service: string | null): PyObject => {
    if (name === null && (flags & NI_NAMEREQD) !== 0) unknown_name();
    const shown = (flags & NI_NUMERICSERV) !== 0 ? null : (service_name(port) ?? service);
    return PyTuple_FromArraySteal([PyUnicode_FromString(name ?? numeric), PyUnicode_FromString(shown ?? String(port))]);
  };
  return (flags & NI_NUMERICHOST) !== 0 ? result(null, null) : with_name(getnameinfo, found, port, result);
}

/** What `result` makes of the IPv4 addresses of a name. */
function with_ipv4(native: unknown, name: string, result: (addresses: string[]) => PyObject): PyObject {
  if (name === '') return result(['0.0.0.0']);
  return with_addresses(native, name, AF_INET, found => result(found.map(([text]) => text)));
}

function gethostname(): PyObject {
  PySys_Audit('socket.gethostname');
  return PyUnicode_FromString(current.tstate.interp.host.process.uname().nodename);
}

function gethostbyname(_m: PyObject, name: PyObject): PyObject {
  PySys_Audit('socket.gethostbyname', name);
  const text = host_name(name, 'str, bytes or bytearray expected');
  return with_ipv4(gethostbyname, text, ([first]) => PyUnicode_FromString(first!));
}

/** Name, aliases, addresses. */
function host_entry(name: string, all: readonly string[]): PyObject {
  return PyTuple_FromArraySteal([
    PyUnicode_FromString(name),
    PyList_FromArraySteal([]),
    PyList_FromArraySteal(all.map(PyUnicode_FromString)),
  ]);
}

function gethostbyname_ex(_m: PyObject, name: PyObject): PyObject {
  PySys_Audit('socket.gethostbyname', name);
  const text = host_name(name, 'str, bytes or bytearray expected');
  return with_ipv4(gethostbyname_ex, text, all => host_entry(text, all));
}

function gethostbyaddr(_m: PyObject, name: PyObject): PyObject {
  PySys_Audit('socket.gethostbyaddr', name);
  const text = host_name(name, 'str, bytes or bytearray expected');
  const found = resolve(text, 0) ?? look_up(text, 0);
  return with_name(gethostbyaddr, found, 0, known =>
    known === null ? raise_unknown_host() : host_entry(known, [found[0]]),
  );
}

function getservbyname(_m: PyObject, args: PyObject[]): PyObject {
  PyArg_CheckPositional('getservbyname', args.length, 1, 2);
  PySys_Audit('socket.getservbyname', args[0]!, args[1] ?? null);
  const port = service_port(text_argument(args[0]!, 'getservbyname'));
  if (port === null) PyErr_SetString(PyExc_OSError, 'service/proto not found');
  return PyLong_FromLong(port);
}

function getservbyport(_m: PyObject, args: PyObject[]): PyObject {
  PyArg_CheckPositional('getservbyport', args.length, 1, 2);
  const port = c_int(args[0]!);
  if (port < 0 || port > 0xffff) PyErr_SetString(PyExc_OverflowError, 'getservbyport: port must be 0-65535.');
  PySys_Audit('socket.getservbyport', port, args[1] ?? null);
  const name = service_name(port);
  if (name === null) PyErr_SetString(PyExc_OSError, 'port/proto not found');
  return PyUnicode_FromString(name);
}

const PROTOCOLS: Readonly<Record<string, number>> = { ip: 0, icmp: 1, tcp: 6, udp: 17, 'ipv6-icmp': 58 };

function getprotobyname(_m: PyObject, name: PyObject): PyObject {
  const n = PROTOCOLS[text_argument(name, 'getprotobyname')];
  if (n === undefined) PyErr_SetString(PyExc_OSError, 'protocol not found');
  return PyLong_FromLong(n);
}

function if_nameindex(): PyObject {
  return PyList_FromArraySteal([PyTuple_FromArraySteal([PyLong_FromLong(1), PyUnicode_FromString('lo')])]);
}

function if_nametoindex(_m: PyObject, name: PyObject): PyObject {
  const path = PyOS_FSPath(name);
  const text = String.fromCharCode(...fs_bytes(path));
  decref(path);
  const index = interface_index(text);
  if (index === 0) raise_errno(ENODEV);
  return PyLong_FromLong(index);
}

function if_indextoname(_m: PyObject, index: PyObject): PyObject {
  const name = interface_name(Number(unsigned_arg(index, 32, 'unsigned int')));
  if (name === null) raise_errno(ENXIO);
  return PyUnicode_FromString(name);
}

// --- descriptors --------------------------------------------------------------------------------------------------------

function socketpair(_m: PyObject, args: PyObject[]): PyObject {
  PyArg_CheckPositional('socketpair', args.length, 0, 3);
  const family = args.length > 0 ? c_int(args[0]!) : AF_UNIX;
  const type = args.length > 1 ? c_int(args[1]!) : 1;
  const proto = args.length > 2 ? c_int(args[2]!) : 0;
  const [a, b] = system(() => sockets().socketpair(family, type, proto));
  return PyTuple_FromArraySteal([socket_object(a, family, type, proto), socket_object(b, family, type, proto)]);
}

function dup(_m: PyObject, fd: PyObject): PyObject {
  const n = c_int(fd);
  return PyLong_FromLong(system(() => host().files.dup(n)));
}

function close(_m: PyObject, fd: PyObject): PyObject {
  const n = c_int(fd);
  system(() => host().files.close(n));
  return none();
}

function setdefaulttimeout(_m: PyObject, o: PyObject): PyObject {
  defaults.timeout = timeout_arg(o);
  return none();
}

/** `class name(OSError)` of this module. */
function error_class(name: string): PyTypeObject {
  const dict = PyDict_New();
  PyDict_SetItemString(dict, '__module__', _Py_ID('socket'));
  const args = PyTuple_FromArraySteal([PyUnicode_FromString(name), PyTuple_FromArray([PyExc_OSError]), dict]);
  try {
    return PyType_Type.tp_new!(PyType_Type, args, null) as PyTypeObject;
  } finally {
    decref(args);
  }
}

export const module: ModuleSpec = {
  name: '_socket',
  doc: 'Sockets, addresses and constants.',
  methods: [
    { name: 'inet_aton', flags: METH_O, meth: inet_aton, sig: '($module, ip_addr, /)' },
    { name: 'inet_ntoa', flags: METH_O, meth: inet_ntoa, sig: '($module, packed_ip, /)' },
    { name: 'inet_pton', flags: METH_FASTCALL, meth: inet_pton },
    { name: 'inet_ntop', flags: METH_FASTCALL, meth: inet_ntop },
    swap('htons', 16),
    swap('ntohs', 16),
    swap('htonl', 32),
    swap('ntohl', 32),
    { name: 'getdefaulttimeout', flags: METH_NOARGS, meth: () => timeout_object(defaults.timeout) },
    { name: 'setdefaulttimeout', flags: METH_O, meth: setdefaulttimeout },
    {
      name: 'gethostname',
      flags: METH_NOARGS,
      meth: gethostname,
    },
    {
      name: 'getaddrinfo',
      flags: METH_CLINIC,
      meth: getaddrinfo,
      sig: '($module, /, host, port, family=0, type=0, proto=0, flags=0)',
    },
    { name: 'getnameinfo', flags: METH_FASTCALL, meth: getnameinfo },
    { name: 'gethostbyname', flags: METH_O, meth: gethostbyname },
    { name: 'gethostbyname_ex', flags: METH_O, meth: gethostbyname_ex },
    { name: 'gethostbyaddr', flags: METH_O, meth: gethostbyaddr },
    { name: 'getservbyname', flags: METH_FASTCALL, meth: getservbyname },
    { name: 'getservbyport', flags: METH_FASTCALL, meth: getservbyport },
    { name: 'getprotobyname', flags: METH_O, meth: getprotobyname },
    { name: 'if_nameindex', flags: METH_NOARGS, meth: if_nameindex, sig: '($module, /)' },
    { name: 'if_nametoindex', flags: METH_O, meth: if_nametoindex, sig: '($module, oname, /)' },
    { name: 'if_indextoname', flags: METH_O, meth: if_indextoname, sig: '($module, if_index, /)' },
    ...SIZE_FUNCTIONS,
    { name: 'socketpair', flags: METH_FASTCALL, meth: socketpair },
    { name: 'dup', flags: METH_O, meth: dup },
    { name: 'close', flags: METH_O, meth: close },
  ],
  types: () => [socket_type],
  exec(m) {
    PyModule_AddObjectRef(m, 'SocketType', socket_type);
    PyModule_Add(m, 'CAPI', PyCapsule_New({ socket_type }, '_socket.CAPI', true));
    PyModule_AddObjectRef(m, 'error', PyExc_OSError);
    PyModule_AddObjectRef(m, 'timeout', PyExc_TimeoutError);
    errors.gaierror = error_class('gaierror');
    errors.herror = error_class('herror');
    PyModule_Add(m, 'gaierror', newref(errors.gaierror));
    PyModule_Add(m, 'herror', newref(errors.herror));
    PyModule_AddObjectRef(m, 'has_ipv6', Py_True);
    for (const [name, n] of Object.entries(CONSTANTS)) PyModule_AddIntConstant(m, name, n);
  },
};
