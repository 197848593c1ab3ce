// select.ts: waiting for descriptors.                                                  CPython: Modules/selectmodule.c
//
// Files and terminals are always ready here, and so is everything that can be written to; a pipe without data is not
// ready for reading. Waiting passes the time and looks again.

import { PyErr_SetString } from '../core/errors.ts';
import { HostError } from '../core/host.ts';
import { decref, newref, Py_TPFLAGS_DISALLOW_INSTANTIATION, PyObject } from '../core/object.ts';
import { METH_CLINIC, METH_NOARGS, METH_O, type ModuleSpec, static_type } from '../core/spec.ts';
import { PyIndex_Check, PyNumber_Index, PySequence_Fast, PySequence_Fast_ITEMS } from '../objects/abstract.ts';
import { PyObject_CallMethodNoArgs } from '../objects/call.ts';
import { PyLong_Check } from '../objects/checks.ts';
import {
  _PyErr_SetKeyError,
  PyExc_OSError,
  PyExc_TypeError,
  PyExc_ValueError,
  raise_errno,
} from '../objects/exceptions.ts';
import { PyFloat_Check } from '../objects/floatobject.ts';
import { PyList_FromArraySteal } from '../objects/listobject.ts';
import { PyLong_AsBigInt, PyLong_FromLong } from '../objects/longobject.ts';
import { PyModule_AddIntConstant, PyModule_AddObjectRef } from '../objects/moduleobject.ts';
import { Py_None, PyObject_GetOptionalAttrString } from '../objects/object.ts';
import { PyTuple_FromArraySteal } from '../objects/tupleobject.ts';
import { c_int, host, none } from './args.ts';

const POLLIN = 1;
const POLLPRI = 2;
const POLLOUT = 4;
const POLLNVAL = 32;
const ENOENT = 2;
const STEP_NS = 5_000_000n;

/** A descriptor, from an int or an object with a fileno() method. CPython: PyObject_AsFileDescriptor */
export function as_descriptor(o: PyObject): number {
  let fd: number;
  if (PyLong_Check(o)) fd = c_int(o);
  else {
    const method = PyObject_GetOptionalAttrString(o, 'fileno');
    if (method === null) PyErr_SetString(PyExc_TypeError, 'argument must be an int, or have a fileno() method.');
    decref(method);
    const result = PyObject_CallMethodNoArgs(o, 'fileno');
    try {
      if (!PyLong_Check(result)) PyErr_SetString(PyExc_TypeError, 'fileno() returned a non-integer');
      fd = c_int(result);
    } finally {
      decref(result);
    }
  }
  if (fd < 0) PyErr_SetString(PyExc_ValueError, `file descriptor cannot be a negative integer (${fd})`);
  return fd;
}

/** A host that knows when a read would block says so. */
function readable(fd: number): boolean {
  const { files } = host();
  files.fstat(fd);
  const fds = (files as { fds?: { readable?: (fd: number) => boolean } }).fds;
  return fds?.readable === undefined || fds.readable(fd);
}

function timeout_ns(o: PyObject | null, unit: bigint): bigint {
  if (o === null || o === Py_None) return -1n;
  if (PyFloat_Check(o)) return BigInt(Math.ceil(o.v * Number(unit)));
  if (!PyIndex_Check(o)) PyErr_SetString(PyExc_TypeError, 'timeout must be a float or None');
  const index = PyNumber_Index(o);
  const ns = PyLong_AsBigInt(index) * unit;
  decref(index);
  return ns;
}

/** Looks until something is ready or the time is over. */
function wait_until(look: () => boolean, ns: bigint): void {
  const { clock } = host();
  const end = clock.monotonic_ns() + ns;
  while (!look() && ns !== 0n) {
    const left = end - clock.monotonic_ns();
    if (ns > 0n && left <= 0n) return;
    clock.sleep_ns(ns > 0n && left < STEP_NS ? left : STEP_NS);
  }
}

interface Watched {
  object: PyObject;
  fd: number;
}

function descriptors(seq: PyObject): Watched[] {
  const fast = PySequence_Fast(seq, 'arguments 1-3 must be sequences');
  try {
    return PySequence_Fast_ITEMS(fast).map(object => ({ object, fd: as_descriptor(object) }));
  } finally {
    decref(fast);
  }
}

/** CPython: Modules/selectmodule.c:select_select_impl */
function select(_m: PyObject, rlist: PyObject, wlist: PyObject, xlist: PyObject, timeout: PyObject | null): PyObject {
  const ns = timeout_ns(timeout, 1_000_000_000n);
  if (timeout !== null && timeout !== Py_None && ns < 0n)
    PyErr_SetString(PyExc_ValueError, 'timeout must be non-negative');
  const r = descriptors(rlist);
  const w = descriptors(wlist);
  const x = descriptors(xlist);
  const { files } = host();
  for (const { fd } of [...w, ...x]) files.fstat(fd);
  let ready: Watched[] = [];
  wait_until(() => {
    ready = r.filter(({ fd }) => readable(fd));
    return ready.length > 0 || w.length > 0;
  }, ns);
  const list = (items: Watched[]): PyObject => PyList_FromArraySteal(items.map(({ object }) => newref(object)));
  return PyTuple_FromArraySteal([list(ready), list(w), list([])]);
}

// --- poll -----------------------------------------------------------------------------------------------------------

type Registered = Map<number, number>;

function poll_data(self: PyObject): Registered {
  return self.v as Registered;
}

function poll_register(self: PyObject, fd: PyObject, mask: PyObject | null): PyObject {
  poll_data(self).set(as_descriptor(fd), mask === null ? POLLIN | POLLPRI | POLLOUT : c_int(mask) & 0xffff);
  return none();
}

function poll_modify(self: PyObject, fd: PyObject, mask: PyObject): PyObject {
  const n = as_descriptor(fd);
  if (!poll_data(self).has(n)) raise_errno(ENOENT);
  poll_data(self).set(n, c_int(mask) & 0xffff);
  return none();
}

function poll_unregister(self: PyObject, fd: PyObject): PyObject {
  const n = as_descriptor(fd);
  if (!poll_data(self).delete(n)) {
    const key = PyLong_FromLong(n);
    try {
      _PyErr_SetKeyError(key);
    } finally {
      decref(key);
    }
  }
  return none();
}

function poll_poll(self: PyObject, timeout: PyObject | null): PyObject {
  let ns = timeout_ns(timeout, 1_000_000n);
  if (ns < 0n) ns = -1n;
  let events: [number, number][] = [];
  wait_until(() => {
    events = [];
    for (const [fd, mask] of poll_data(self)) {
      let bits = 0;
      try {
        if ((mask & POLLIN) !== 0 && readable(fd)) bits |= POLLIN;
        else host().files.fstat(fd);
        bits |= mask & POLLOUT;
      } catch (e) {
        if (!(e instanceof HostError)) throw e;
        bits = POLLNVAL;
      }
      if (bits !== 0) events.push([fd, bits]);
    }
    return events.length > 0;
  }, ns);
  return PyList_FromArraySteal(
    events.map(([fd, bits]) => PyTuple_FromArraySteal([PyLong_FromLong(fd), PyLong_FromLong(bits)])),
  );
}

export const poll_type = static_type({
  name: 'select.poll',
  tp_basicsize: 48,
  tp_flags: Py_TPFLAGS_DISALLOW_INSTANTIATION,
  methods: [
    {
      name: 'register',
      flags: METH_CLINIC,
      meth: poll_register,
      sig: '($self, fd, eventmask=select.POLLIN | select.POLLPRI | select.POLLOUT, /)',
    },
    { name: 'modify', flags: METH_CLINIC, meth: poll_modify, sig: '($self, fd, eventmask, /)' },
    { name: 'unregister', flags: METH_O, meth: poll_unregister, sig: '($self, fd, /)' },
    { name: 'poll', flags: METH_CLINIC, meth: poll_poll, sig: '($self, timeout=None, /)' },
  ],
});

function poll(): PyObject {
  return new PyObject<Registered>(poll_type, new Map(), null);
}

function exec(m: PyObject): void {
  PyModule_AddObjectRef(m, 'error', PyExc_OSError);
  const constants = {
    PIPE_BUF: 4096,
    POLLIN,
    POLLPRI,
    POLLOUT,
    POLLERR: 8,
    POLLHUP: 16,
    POLLNVAL,
    POLLRDNORM: 64,
    POLLRDBAND: 128,
    POLLWRNORM: 256,
    POLLWRBAND: 512,
    POLLMSG: 1024,
    POLLRDHUP: 8192,
  };
  for (const [name, value] of Object.entries(constants)) PyModule_AddIntConstant(m, name, value);
}

export const module: ModuleSpec = {
  name: 'select',
  doc: 'Waits for descriptors.',
  methods: [
    { name: 'select', flags: METH_CLINIC, meth: select, sig: '($module, rlist, wlist, xlist, timeout=None, /)' },
    { name: 'poll', flags: METH_NOARGS, meth: poll, sig: '($module, /)' },
  ],
  exec,
};
