// socket.ts: the type under socket.socket.                                                    CPython: Modules/socketmodule.c
import { PyErr_SetString } from '../../core/errors.ts';
import { type ConnectCall, type HostAddress, HostError, POLLIN, POLLOUT } from '../../core/host.ts';
import { decref, newref, Py_TPFLAGS_BASETYPE, type PyObject, type PyTypeObject } from '../../core/object.ts';
import { METH_FASTCALL, METH_KEYWORDS, METH_NOARGS, METH_O, static_type } from '../../core/spec.ts';
import { PySys_Audit } from '../../objects/audit.ts';
import { PyBool_FromLong } from '../../objects/boolobject.ts';
import { PyBytes_FromUint8Array } from '../../objects/bytesobject.ts';
import { PyLong_Check } from '../../objects/checks.ts';
import { PyErr_WriteUnraisable } from '../../objects/errors_util.ts';
import { PyExc_OSError, PyExc_TypeError, PyExc_ValueError, raise_errno } from '../../objects/exceptions.ts';
import { PyFloat_FromDouble } from '../../objects/floatobject.ts';
import { PyArg_CheckPositional, PyArg_Clinic } from '../../objects/getargs.ts';
import { release_instance } from '../../objects/instance.ts';
import { PyLong_FromLong } from '../../objects/longobject.ts';
import { Py_None, PyObject_IsTrue, repr_string } from '../../objects/object.ts';
import { PyTuple_FromArraySteal } from '../../objects/tupleobject.ts';
import { PyUnicode_FromString } from '../../objects/unicodeobject.ts';
import { PyErr_ResourceWarning } from '../../objects/warnings.ts';
import { seconds_arg } from '../_thread/lock.ts';
import { c_int, c_ssize, host, none, release, system, write_buffer } from '../args.ts';
import { AF_INET, address_arg, address_object, sender_object } from './address.ts';
import {
  copy_arg,
  data_of,
  fd_of,
  flags_arg,
  SocketData,
  send_some,
  sockets,
  wait_holding,
  wait_io,
} from './common.ts';
import { MESSAGE_METHODS } from './messages.ts';

const EAGAIN = 11;
const EINPROGRESS = 115;
const SOCK_STREAM = 1;
const SOCK_NONBLOCK = 2048;
const SOCK_CLOEXEC = 524288;

/** What socket.setdefaulttimeout() was told. */
export const defaults = { timeout: -1n };

// --- making and closing -------------------------------------------------------------------------------------------------

function sock_new(type: PyTypeObject): PyObject {
  return type.tp_alloc!(type, new SocketData());
}

/** CPython: sock_initobj_impl */
function sock_init(self: PyObject, args: PyObject, kwargs: PyObject | null): void {
  const [family_o, type_o, proto_o, fileno] = PyArg_Clinic(
    'socket',
    '($self, /, family=-1, type=-1, proto=-1, fileno=None)',
    args,
    kwargs,
  );
  const data = data_of(self);
  let family = family_o === null || family_o === undefined ? -1 : c_int(family_o);
  let type = type_o === null || type_o === undefined ? -1 : c_int(type_o);
  let proto = proto_o === null || proto_o === undefined ? -1 : c_int(proto_o);
  PySys_Audit('socket.__new__', self, family, type, proto);
  let fd: number;
  if (fileno !== null && fileno !== undefined && fileno !== Py_None) {
    fd = c_int(fileno);
    if (fd < 0) PyErr_SetString(PyExc_ValueError, 'negative file descriptor');
    const [f, t, p] = system(() => sockets().describe(fd));
    if (family === -1) family = f;
    if (type === -1) type = t;
    if (proto === -1) proto = p;
  } else {
    if (family === -1) family = AF_INET;
    if (type === -1) type = SOCK_STREAM;
    if (proto === -1) proto = 0;
    fd = system(() => sockets().socket(family, type & ~(SOCK_NONBLOCK | SOCK_CLOEXEC), proto));
  }
  set_up(data, fd, family, type, proto);
}

/** CPython: init_sockobject */
function set_up(data: SocketData, fd: number, family: number, type: number, proto: number): void {
  data.fd = fd;
  data.family = family;
  data.type = type & ~(SOCK_NONBLOCK | SOCK_CLOEXEC);
  data.proto = proto;
  set_timeout(data, (type & SOCK_NONBLOCK) !== 0 ? 0n : defaults.timeout);
}

function set_timeout(data: SocketData, ns: bigint): void {
  data.timeout = ns;
  system(() => host().files.set_blocking?.(data.fd, ns < 0n));
}

/** A plain socket object for a descriptor (socketpair). */
export function socket_object(fd: number, family: number, type: number, proto: number): PyObject {
  const self = sock_new(socket_type);
  set_up(data_of(self), fd, family, type, proto);
  return self;
}

function sock_close(self: PyObject): PyObject {
  const data = data_of(self);
  const { fd } = data;
  data.fd = -1;
  if (fd >= 0) system(() => host().files.close(fd));
  return none();
}

function sock_detach(self: PyObject): PyObject {
  const data = data_of(self);
  const { fd } = data;
  data.fd = -1;
  return PyLong_FromLong(fd);
}

/** CPython: sock_finalize */
function sock_finalize(self: PyObject): void {
  const data = data_of(self);
  if (data.fd < 0) return;
  try {
    PyErr_ResourceWarning(self, 1, `unclosed ${repr_string(self)}`);
  } catch (e) {
    PyErr_WriteUnraisable(self, e);
  }
  try {
    decref(sock_close(self));
  } catch (e) {
    PyErr_WriteUnraisable(self, e);
  }
}

function sock_dealloc(self: PyObject): void {
  if (data_of(self).fd >= 0) {
    self.ob_refcnt = 1;
    sock_finalize(self);
    if (--self.ob_refcnt > 0) return;
  }
  release_instance(self);
}

function sock_repr(self: PyObject): PyObject {
  const { fd, family, type, proto } = data_of(self);
  return PyUnicode_FromString(`<socket object, fd=${fd}, family=${family}, type=${type}, proto=${proto}>`);
}

// --- connections --------------------------------------------------------------------------------------------------------

function sock_bind(self: PyObject, address: PyObject): PyObject {
  const a = address_arg(address, data_of(self).family, 'bind');
  PySys_Audit('socket.bind', self, address);
  system(() => sockets().bind(fd_of(self), a));
  return none();
}

function sock_listen(self: PyObject, args: PyObject[]): PyObject {
  PyArg_CheckPositional('listen', args.length, 0, 1);
  const backlog = args.length > 0 ? c_int(args[0]!) : 128;
  system(() => sockets().listen(fd_of(self), backlog));
  return none();
}

function sock_accept(self: PyObject): PyObject {
  return wait_io(self, POLLIN, 0, sock_accept, () => {
    const got = sockets().accept_now(fd_of(self));
    return got === null ? null : PyTuple_FromArraySteal([PyLong_FromLong(got[0]), address_object(got[1])]);
  });
}

function sock_connect(self: PyObject, address: PyObject): PyObject {
  const a = address_arg(address, data_of(self).family, 'connect');
  PySys_Audit('socket.connect', self, address);
  const blocks = data_of(self).timeout !== 0n;
  if (system(() => sockets().connect_now(fd_of(self), a, blocks ? 'first' : 'only'))) return none();
  if (!blocks) raise_errno(EINPROGRESS);
  return wait_io(self, POLLOUT, 0, sock_connect, () =>
    sockets().connect_now(fd_of(self), a, 'again') ? none() : null,
  );
}

function sock_connect_ex(self: PyObject, address: PyObject): PyObject {
  const a = address_arg(address, data_of(self).family, 'connect_ex');
  PySys_Audit('socket.connect', self, address);
  const attempt = (call: ConnectCall): PyObject | null => {
    try {
      return sockets().connect_now(data_of(self).fd, a, call) ? PyLong_FromLong(0) : null;
    } catch (e) {
      if (e instanceof HostError) return PyLong_FromLong(e.errno);
      throw e;
    }
  };
  const blocks = data_of(self).timeout !== 0n;
  const now = attempt(blocks ? 'first' : 'only');
  if (now !== null) return now;
  if (!blocks) return PyLong_FromLong(EINPROGRESS);
  const expired = (): PyObject => PyLong_FromLong(EAGAIN);
  return wait_io(self, POLLOUT, 0, sock_connect_ex, () => attempt('again'), expired);
}

function sock_shutdown(self: PyObject, how: PyObject): PyObject {
  const n = c_int(how);
  system(() => sockets().shutdown(fd_of(self), n));
  return none();
}

function sock_getsockname(self: PyObject): PyObject {
  return address_object(system(() => sockets().getsockname(fd_of(self))));
}

function sock_getpeername(self: PyObject): PyObject {
  return address_object(system(() => sockets().getpeername(fd_of(self))));
}

// --- receiving ----------------------------------------------------------------------------------------------------------

function size_arg(o: PyObject, fname: string): number {
  const n = c_ssize(o);
  if (n < 0) PyErr_SetString(PyExc_ValueError, `negative buffersize in ${fname}`);
  return n;
}

/** Receives up to `size` bytes in a new array; null where it would wait. */
function receive(self: PyObject, size: number, flags: number): [Uint8Array, HostAddress | null] | null {
  // Buffers are often far larger than what comes.
  const into = new Uint8Array(Math.min(size, 1 << 18));
  const got = sockets().recv_now(fd_of(self), into, flags, 0);
  return got === null ? null : [into.slice(0, Math.min(got.n, into.length)), got.from];
}

function sock_recv(self: PyObject, args: PyObject[]): PyObject {
  PyArg_CheckPositional('recv', args.length, 1, 2);
  const size = size_arg(args[0]!, 'recv');
  const flags = flags_arg(args[1]);
  return wait_io(self, POLLIN, flags, sock_recv, () => {
    const got = receive(self, size, flags);
    return got === null ? null : PyBytes_FromUint8Array(got[0]);
  });
}

function sock_recvfrom(self: PyObject, args: PyObject[]): PyObject {
  PyArg_CheckPositional('recvfrom', args.length, 1, 2);
  const size = size_arg(args[0]!, 'recvfrom');
  const flags = flags_arg(args[1]);
  return wait_io(self, POLLIN, flags, sock_recvfrom, () => {
    const got = receive(self, size, flags);
    return got === null ? null : PyTuple_FromArraySteal([PyBytes_FromUint8Array(got[0]), sender_object(got[1])]);
  });
}

/** Receives into a buffer (owned until the end), then gives `result`. */
function receive_into(
  self: PyObject,
  args: PyObject[],
  fname: string,
  native: unknown,
  result: (n: number, from: HostAddress | null) => PyObject,
): PyObject {
  const view = write_buffer(args[0]!, fname, 'argument 1');
  let size = args.length > 1 ? c_ssize(args[1]!) : 0;
  const bad =
    size < 0
      ? `negative buffersize in ${fname}`
      : size > view.bytes.length
        ? 'nbytes is greater than the length of the buffer'
        : '';
  if (bad !== '') {
    release(view);
    PyErr_SetString(PyExc_ValueError, bad);
  }
  if (size === 0) size = view.bytes.length;
  const flags = flags_arg(args[2]);
  newref(args[0]!);
  const free = (): void => {
    release(view);
    decref(args[0]!);
  };
  return wait_holding(self, POLLIN, flags, native, free, () => {
    const got = sockets().recv_now(fd_of(self), view.bytes.subarray(0, size), flags, 0);
    return got === null ? null : result(got.n, got.from);
  });
}

function sock_recv_into(self: PyObject, args: PyObject[], kwnames: PyObject | null): PyObject {
  args = with_keywords('recv_into', args, kwnames, ['buffer', 'nbytes', 'flags']);
  return receive_into(self, args, 'recv_into', sock_recv_into, n => PyLong_FromLong(n));
}

function sock_recvfrom_into(self: PyObject, args: PyObject[], kwnames: PyObject | null): PyObject {
  args = with_keywords('recvfrom_into', args, kwnames, ['buffer', 'nbytes', 'flags']);
  return receive_into(self, args, 'recvfrom_into', sock_recvfrom_into, (n, from) =>
    PyTuple_FromArraySteal([PyLong_FromLong(n), sender_object(from)]),
  );
}

const ZERO: { o: PyObject | null } = { o: null };

/** Positional and keyword arguments in order; what is missing in between is 0. */
function with_keywords(fname: string, args: PyObject[], kwnames: PyObject | null, names: string[]): PyObject[] {
  const keys = kwnames === null ? [] : (kwnames.v as PyObject<string>[]);
  const n = args.length - keys.length;
  const out = args.slice(0, n);
  ZERO.o ??= PyLong_FromLong(0);
  keys.forEach((key, i) => {
    const at = names.indexOf(key.v);
    if (at < 0 || at < n) PyErr_SetString(PyExc_TypeError, `${fname}() got an unexpected keyword argument '${key.v}'`);
    while (out.length < at) out.push(ZERO.o!);
    out[at] = args[n + i]!;
  });
  if (out.length < 1) PyErr_SetString(PyExc_TypeError, `${fname}() missing required argument '${names[0]}' (pos 1)`);
  if (out.length > names.length)
    PyErr_SetString(PyExc_TypeError, `${fname}() takes at most ${names.length} arguments (${out.length} given)`);
  return out;
}

// --- sending ------------------------------------------------------------------------------------------------------------

function sock_send(self: PyObject, args: PyObject[]): PyObject {
  PyArg_CheckPositional('send', args.length, 1, 2);
  return send_some(self, sock_send, copy_arg(args[0]!), flags_arg(args[1]), null);
}

function sock_sendall(self: PyObject, args: PyObject[]): PyObject {
  PyArg_CheckPositional('sendall', args.length, 1, 2);
  const data = copy_arg(args[0]!);
  const flags = flags_arg(args[1]);
  let done = 0;
  return wait_io(self, POLLOUT, flags, sock_sendall, () => {
    for (;;) {
      const n = sockets().send_now(fd_of(self), data.subarray(done), null, []);
      if (n < 0) return null;
      done += n;
      if (done >= data.length) return none();
    }
  });
}

function sock_sendto(self: PyObject, args: PyObject[]): PyObject {
  if (args.length < 2 || args.length > 3)
    PyErr_SetString(PyExc_TypeError, `sendto() takes 2 or 3 arguments (${args.length} given)`);
  const data = copy_arg(args[0]!);
  const flags = args.length === 3 ? c_int(args[1]!) : 0;
  const address = args[args.length - 1]!;
  const to = address_arg(address, data_of(self).family, 'sendto');
  PySys_Audit('socket.sendto', self, address);
  return send_some(self, sock_sendto, data, flags, to);
}

// --- options and modes --------------------------------------------------------------------------------------------------

/** CPython: socket_parse_timeout. None: -1n */
export function timeout_arg(o: PyObject): bigint {
  if (o === Py_None) return -1n;
  const ns = seconds_arg(o);
  if (ns < 0n) PyErr_SetString(PyExc_ValueError, 'Timeout value out of range');
  return ns;
}

export function timeout_object(ns: bigint): PyObject {
  return ns < 0n ? none() : PyFloat_FromDouble(Number(ns) / 1e9);
}

function sock_settimeout(self: PyObject, timeout: PyObject): PyObject {
  const ns = timeout_arg(timeout);
  fd_of(self);
  set_timeout(data_of(self), ns);
  return none();
}

function sock_setblocking(self: PyObject, flag: PyObject): PyObject {
  const blocking = PyObject_IsTrue(flag);
  fd_of(self);
  set_timeout(data_of(self), blocking ? -1n : 0n);
  return none();
}

function sock_getsockopt(self: PyObject, args: PyObject[]): PyObject {
  PyArg_CheckPositional('getsockopt', args.length, 2, 3);
  const level = c_int(args[0]!);
  const name = c_int(args[1]!);
  const value = system(() => sockets().getsockopt(fd_of(self), level, name));
  if (args.length === 2) return PyLong_FromLong(value);
  const size = c_int(args[2]!);
  if (size <= 0 || size > 1024) PyErr_SetString(PyExc_OSError, 'getsockopt buflen out of range');
  const bytes = new Uint8Array(size);
  for (let i = 0; i < Math.min(4, size); i++) bytes[i] = (value >> (8 * i)) & 255;
  return PyBytes_FromUint8Array(bytes);
}

function sock_setsockopt(self: PyObject, args: PyObject[]): PyObject {
  PyArg_CheckPositional('setsockopt', args.length, 3, 4);
  const level = c_int(args[0]!);
  const name = c_int(args[1]!);
  let value = 0;
  let bytes: Uint8Array | undefined;
  if (PyLong_Check(args[2]!)) value = c_int(args[2]!);
  else if (args[2] !== Py_None || args.length < 4) {
    bytes = copy_arg(args[2]!);
    for (let i = 0; i < Math.min(4, bytes.length); i++) value |= bytes[i]! << (8 * i);
  }
  system(() => sockets().setsockopt(fd_of(self), level, name, value, bytes));
  return none();
}

export const socket_type = static_type({
  name: '_socket.socket',
  heap: 'immutable',
  tp_basicsize: 40,
  tp_flags: Py_TPFLAGS_BASETYPE,
  tp_doc: 'socket(family=AF_INET, type=SOCK_STREAM, proto=0) -> socket object',
  tp_new: sock_new,
  tp_init: sock_init,
  tp_dealloc: sock_dealloc,
  tp_finalize: sock_finalize,
  tp_repr: sock_repr,
  methods: [
    { name: '_accept', flags: METH_NOARGS, meth: sock_accept },
    { name: 'bind', flags: METH_O, meth: sock_bind },
    { name: 'close', flags: METH_NOARGS, meth: sock_close, sig: '($self, /)' },
    { name: 'connect', flags: METH_O, meth: sock_connect, sig: '($self, object, /)' },
    { name: 'connect_ex', flags: METH_O, meth: sock_connect_ex, sig: '($self, object, /)' },
    { name: 'detach', flags: METH_NOARGS, meth: sock_detach },
    { name: 'fileno', flags: METH_NOARGS, meth: self => PyLong_FromLong(data_of(self).fd), sig: '($self, /)' },
    { name: 'getblocking', flags: METH_NOARGS, meth: self => PyBool_FromLong(data_of(self).timeout !== 0n) },
    { name: 'getpeername', flags: METH_NOARGS, meth: sock_getpeername, sig: '($self, /)' },
    { name: 'getsockname', flags: METH_NOARGS, meth: sock_getsockname, sig: '($self, /)' },
    { name: 'getsockopt', flags: METH_FASTCALL, meth: sock_getsockopt },
    {
      name: 'gettimeout',
      flags: METH_NOARGS,
      meth: self => timeout_object(data_of(self).timeout),
      sig: '($self, /)',
    },
    { name: 'listen', flags: METH_FASTCALL, meth: sock_listen },
    { name: 'recv', flags: METH_FASTCALL, meth: sock_recv },
    { name: 'recv_into', flags: METH_FASTCALL | METH_KEYWORDS, meth: sock_recv_into },
    { name: 'recvfrom', flags: METH_FASTCALL, meth: sock_recvfrom },
    { name: 'recvfrom_into', flags: METH_FASTCALL | METH_KEYWORDS, meth: sock_recvfrom_into },
    { name: 'send', flags: METH_FASTCALL, meth: sock_send },
    { name: 'sendall', flags: METH_FASTCALL, meth: sock_sendall },
    ...MESSAGE_METHODS,
    { name: 'sendto', flags: METH_FASTCALL, meth: sock_sendto },
    { name: 'setblocking', flags: METH_O, meth: sock_setblocking },
    { name: 'setsockopt', flags: METH_FASTCALL, meth: sock_setsockopt },
    { name: 'settimeout', flags: METH_O, meth: sock_settimeout },
    { name: 'shutdown', flags: METH_O, meth: sock_shutdown },
  ],
  getset: [
    { name: 'family', get: self => PyLong_FromLong(data_of(self).family) },
    { name: 'type', get: self => PyLong_FromLong(data_of(self).type) },
    { name: 'proto', get: self => PyLong_FromLong(data_of(self).proto) },
    { name: 'timeout', get: self => timeout_object(data_of(self).timeout) },
  ],
});
