// messages.ts: sendmsg(), recvmsg(), recvmsg_into(), and the sizes of ancillary data.             CPython: Modules/socketmodule.c
import { PyErr_Clear, PyErr_SetString, Raised } from '../../core/errors.ts';
import { type HostControl, type HostReceived, POLLIN } from '../../core/host.ts';
import { decref, newref, type PyObject } from '../../core/object.ts';
import { METH_FASTCALL, type MethodSpec } from '../../core/spec.ts';
import { PySequence_Check, PySequence_Fast, PySequence_Fast_ITEMS } from '../../objects/abstract.ts';
import { PySys_Audit } from '../../objects/audit.ts';
import { PyBytes_FromUint8Array } from '../../objects/bytesobject.ts';
import { PyUnicode_Check } from '../../objects/checks.ts';
import { PyExc_OSError, PyExc_OverflowError, PyExc_TypeError, PyExc_ValueError } from '../../objects/exceptions.ts';
import { PyArg_CheckPositional } from '../../objects/getargs.ts';
import { PyList_FromArraySteal } from '../../objects/listobject.ts';
import { PyLong_FromLong } from '../../objects/longobject.ts';
import { Py_None } from '../../objects/object.ts';
import { PyTuple_FromArraySteal } from '../../objects/tupleobject.ts';
import { type BytesView, c_int, c_ssize, release, type_name, write_buffer } from '../args.ts';
import { address_arg, sender_object } from './address.ts';
import { copy_arg, data_of, fd_of, flags_arg, send_some, sockets, wait_holding, wait_io } from './common.ts';

/** Bytes of a cmsghdr, and what items are aligned to. */
const HEADER = 16;
const ALIGNMENT = 8;
/** Lengths are C ints in places. */
const INT_MAX = 0x7fffffff;
const IOV_MAX = 1024;
/** Buffers are often far larger than what comes. */
const LONGEST_RECEIVE = 1 << 18;

/** A function for the size of an item whose data are padded to a multiple of `alignment`. CPython: get_CMSG_LEN, get_CMSG_SPACE */
function size_function(name: string, alignment: number): MethodSpec {
  const padding = alignment - 1;
  const meth = (_m: PyObject, args: PyObject[]): PyObject => {
    if (args.length !== 1)
      PyErr_SetString(PyExc_TypeError, `${name}() takes exactly 1 argument (${args.length} given)`);
    const length = c_ssize(args[0]!);
    if (length < 0 || length > INT_MAX - HEADER - padding)
      PyErr_SetString(PyExc_OverflowError, `${name}() argument out of range`);
    return PyLong_FromLong(HEADER + Math.ceil(length / alignment) * alignment);
  };
  return { name, flags: METH_FASTCALL, meth };
}

/** Functions of the module. */
export const SIZE_FUNCTIONS: readonly MethodSpec[] = [
  size_function('CMSG_LEN', 1),
  size_function('CMSG_SPACE', ALIGNMENT),
];

/** What `each` makes of the items of an iterable. */
function each_of<T>(o: PyObject, message: string, each: (item: PyObject) => T): T[] {
  const fast = PySequence_Fast(o, message);
  // Converting an item may run code that changes the list.
  const items = PySequence_Fast_ITEMS(fast).map(newref);
  decref(fast);
  try {
    return items.map(each);
  } finally {
    items.forEach(decref);
  }
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const data = new Uint8Array(parts.reduce((n, p) => n + p.length, 0));
  let at = 0;
  for (const p of parts) {
    data.set(p, at);
    at += p.length;
  }
  return data;
}

function control_arg(item: PyObject): HostControl {
  const what = '[sendmsg() ancillary data items]() argument must be';
  if (!PySequence_Check(item) || PyUnicode_Check(item))
    PyErr_SetString(PyExc_TypeError, `${what} 3-item tuple, not ${type_name(item)}`);
  const fast = PySequence_Fast(item, what);
  try {
    const items = PySequence_Fast_ITEMS(fast);
    if (items.length !== 3) PyErr_SetString(PyExc_TypeError, `${what} tuple of length 3, not ${items.length}`);
    return { level: c_int(items[0]!), type: c_int(items[1]!), data: copy_arg(items[2]!) };
  } finally {
    decref(fast);
  }
}

function sock_sendmsg(self: PyObject, args: PyObject[]): PyObject {
  PyArg_CheckPositional('sendmsg', args.length, 1, 4);
  const parts = each_of(args[0]!, 'sendmsg() argument 1 must be an iterable', copy_arg);
  if (parts.length > IOV_MAX) PyErr_SetString(PyExc_OSError, 'sendmsg() argument 1 is too long');
  const control = args.length < 2 ? [] : each_of(args[1]!, 'sendmsg() argument 2 must be an iterable', control_arg);
  const flags = flags_arg(args[2]);
  const to =
    args[3] === undefined || args[3] === Py_None ? null : address_arg(args[3], data_of(self).family, 'sendmsg');
  PySys_Audit('socket.sendmsg', self, to === null ? null : args[3]!);
  return send_some(self, sock_sendmsg, joined(parts), flags, to, control);
}

function room_arg(o: PyObject | undefined): number {
  const room = o === undefined ? 0 : c_ssize(o);
  if (room < 0 || room > INT_MAX) PyErr_SetString(PyExc_ValueError, 'invalid ancillary data buffer length');
  return room;
}

/** (data, ancillary data, flags, address) */
function received(first: PyObject, got: HostReceived): PyObject {
  const items = got.control.map(({ level, type, data }) =>
    PyTuple_FromArraySteal([PyLong_FromLong(level), PyLong_FromLong(type), PyBytes_FromUint8Array(data.slice())]),
  );
  return PyTuple_FromArraySteal([
    first,
    PyList_FromArraySteal(items),
    PyLong_FromLong(got.flags),
    sender_object(got.from),
  ]);
}

function sock_recvmsg(self: PyObject, args: PyObject[]): PyObject {
  PyArg_CheckPositional('recvmsg', args.length, 1, 3);
  const size = c_ssize(args[0]!);
  const room_object = args[1];
  const flags = flags_arg(args[2]);
  if (size < 0) PyErr_SetString(PyExc_ValueError, 'negative buffer size in recvmsg()');
  const room = room_arg(room_object);
  return wait_io(self, POLLIN, flags, sock_recvmsg, () => {
    const into = new Uint8Array(Math.min(size, LONGEST_RECEIVE));
    const got = sockets().recv_now(fd_of(self), into, flags, room);
    if (got === null) return null;
    return received(PyBytes_FromUint8Array(into.slice(0, Math.min(got.n, into.length))), got);
  });
}

const NO_BUFFERS = 'recvmsg_into() argument 1 must be an iterable of single-segment read-write buffers';

function buffer_arg(o: PyObject): BytesView {
  try {
    return write_buffer(o, 'recvmsg_into');
  } catch (e) {
    if (!(e instanceof Raised)) throw e;
    PyErr_Clear(e);
    return PyErr_SetString(PyExc_TypeError, NO_BUFFERS);
  }
}

function sock_recvmsg_into(self: PyObject, args: PyObject[]): PyObject {
  PyArg_CheckPositional('recvmsg_into', args.length, 1, 3);
  const flags = flags_arg(args[2]);
  const views: BytesView[] = [];
  const free = (): void => views.forEach(release);
  let room: number;
  try {
    each_of(args[0]!, 'recvmsg_into() argument 1 must be an iterable', o => views.push(buffer_arg(o)));
    if (views.length > IOV_MAX) PyErr_SetString(PyExc_OSError, 'recvmsg_into() argument 1 is too long');
    room = room_arg(args[1]);
  } catch (e) {
    free();
    throw e;
  }
  const size = views.reduce((n, view) => n + view.bytes.length, 0);
  return wait_holding(self, POLLIN, flags, sock_recvmsg_into, free, () => {
    const into = new Uint8Array(size);
    const got = sockets().recv_now(fd_of(self), into, flags, room);
    if (got === null) return null;
    let at = 0;
    for (const { bytes } of views) {
      const part = into.subarray(at, Math.min(at + bytes.length, got.n));
      bytes.set(part);
      at += part.length;
    }
    return received(PyLong_FromLong(got.n), got);
  });
}

/** Methods of a socket. */
export const MESSAGE_METHODS: readonly MethodSpec[] = [
  { name: 'recvmsg', flags: METH_FASTCALL, meth: sock_recvmsg },
  { name: 'recvmsg_into', flags: METH_FASTCALL, meth: sock_recvmsg_into },
  { name: 'sendmsg', flags: METH_FASTCALL, meth: sock_sendmsg },
];
