// select.ts: waiting for descriptors.                                                  CPython: Modules/selectmodule.c
//
// The host says what is ready (Host.poll); files always are. Exceptional conditions, select()'s third list, never are.

import { PyErr_SetString } from '../core/errors.ts';
import { type HostPoll, POLLERR, POLLHUP, POLLIN, POLLNVAL, POLLOUT, POLLRDHUP } from '../core/host.ts';
import { decref, newref, Py_TPFLAGS_DISALLOW_INSTANTIATION, PyObject } from '../core/object.ts';
import { METH_CLINIC, METH_NOARGS, METH_O, type ModuleSpec, static_type } from '../core/spec.ts';
import { PySequence_Fast, PySequence_Fast_ITEMS } from '../objects/abstract.ts';
import {
  _PyErr_SetKeyError,
  PyExc_OSError,
  PyExc_OverflowError,
  PyExc_RuntimeError,
  PyExc_ValueError,
  raise_errno,
} from '../objects/exceptions.ts';
import { PyList_FromArraySteal } from '../objects/listobject.ts';
import { PyLong_FromLong } from '../objects/longobject.ts';
import { PyModule_AddIntConstant, PyModule_AddObjectRef } from '../objects/moduleobject.ts';
import { Py_None } from '../objects/object.ts';
import { PyTuple_FromArraySteal } from '../objects/tupleobject.ts';
import { host, none, unsigned_arg } from './args.ts';
import { EPOLL_CONSTANTS, epoll_type } from './select/epoll.ts';
import { as_descriptor, MILLISECOND, timeout_ns, wait_ready } from './select/waiting.ts';

const POLLPRI = 2;
const ENOENT = 2;
const SECOND = 1_000_000_000n;
const INT_MAX = 0x7fffffffn;
const EBADF = 9;

interface Watched {
  object: PyObject;
  fd: number;
}

function descriptors(seq: PyObject): Watched[] {
  const fast = PySequence_Fast(seq, 'arguments 1-3 must be sequences');
  try {
    const found: Watched[] = [];
    // A fileno() may change the list on the way.
    for (let i = 0; i < PySequence_Fast_ITEMS(fast).length; i++) {
      const object = PySequence_Fast_ITEMS(fast)[i]!;
      found.push({ object, fd: as_descriptor(object) });
    }
    return found;
  } finally {
    decref(fast);
  }
}

/** CPython: Modules/selectmodule.c:select_select_impl */
function select(_m: PyObject, rlist: PyObject, wlist: PyObject, xlist: PyObject, timeout: PyObject | null): PyObject {
  const ns = timeout_ns(timeout, SECOND, 'a float');
  if (timeout !== null && timeout !== Py_None && ns < 0n)
    PyErr_SetString(PyExc_ValueError, 'timeout must be non-negative');
  const r = descriptors(rlist);
  const w = descriptors(wlist);
  const x = descriptors(xlist);
  for (const { fd } of [...r, ...w, ...x]) host().files.fstat(fd);
  const entries = (items: Watched[], events: number): HostPoll[] => items.map(({ fd }) => ({ fd, events, revents: 0 }));
  const fds = [...entries(r, POLLIN), ...entries(w, POLLOUT)];
  const ready = (items: Watched[], at: number): PyObject =>
    PyList_FromArraySteal(items.filter((_, i) => fds[at + i]!.revents !== 0).map(({ object }) => newref(object)));
  // The lists may be gone, or changed, when the wait is over.
  const held = [...r, ...w].map(({ object }) => newref(object));
  const drop = (): void => {
    for (const o of held) decref(o);
  };
  return wait_ready(fds, ns, select, drop, () => {
    for (const { revents } of fds) if ((revents & POLLNVAL) !== 0) raise_errno(EBADF);
    return PyTuple_FromArraySteal([ready(r, 0), ready(w, r.length), PyList_FromArraySteal([])]);
  });
}

// --- poll -----------------------------------------------------------------------------------------------------------

interface PollData {
  /** Events to look for, by descriptor. */
  registered: Map<number, number>;
  /** A thread is in poll(). */
  running: boolean;
}

function poll_data(self: PyObject): Map<number, number> {
  return (self.v as PollData).registered;
}

/** CPython: Objects/longobject.c:_PyLong_UnsignedShort_Converter */
function event_mask(o: PyObject): number {
  return Number(unsigned_arg(o, 16, 'unsigned short'));
}

function poll_register(self: PyObject, fd: PyObject, mask: PyObject | null): PyObject {
  poll_data(self).set(as_descriptor(fd), mask === null ? POLLIN | POLLPRI | POLLOUT : event_mask(mask));
  return none();
}

function poll_modify(self: PyObject, fd: PyObject, mask: PyObject): PyObject {
  const n = as_descriptor(fd);
  const events = event_mask(mask);
  if (!poll_data(self).has(n)) raise_errno(ENOENT);
  poll_data(self).set(n, events);
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
  let ns = timeout_ns(timeout, MILLISECOND, 'an integer');
  if (ns > INT_MAX * MILLISECOND) PyErr_SetString(PyExc_OverflowError, 'timeout is too large');
  if (ns < 0n) ns = -1n;
  const data = self.v as PollData;
  if (data.running) PyErr_SetString(PyExc_RuntimeError, 'concurrent poll() invocation');
  data.running = true;
  newref(self);
  const fds: HostPoll[] = [];
  for (const [fd, events] of poll_data(self)) fds.push({ fd, events, revents: 0 });
  return wait_ready(
    fds,
    ns,
    poll_poll,
    () => {
      data.running = false;
      decref(self);
    },
    () => {
      const ready = fds.filter(entry => entry.revents !== 0);
      return PyList_FromArraySteal(
        ready.map(({ fd, revents }) => PyTuple_FromArraySteal([PyLong_FromLong(fd), PyLong_FromLong(revents)])),
      );
    },
  );
}

export const poll_type = static_type({
  name: 'select.poll',
  heap: 'mutable',
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
  return new PyObject<PollData>(poll_type, { registered: new Map(), running: false }, null);
}

function exec(m: PyObject): void {
  PyModule_AddObjectRef(m, 'error', PyExc_OSError);
  const constants = {
    PIPE_BUF: 4096,
    POLLIN,
    POLLPRI,
    POLLOUT,
    POLLERR,
    POLLHUP,
    POLLNVAL,
    POLLRDNORM: 64,
    POLLRDBAND: 128,
    POLLWRNORM: 256,
    POLLWRBAND: 512,
    POLLMSG: 1024,
    POLLRDHUP,
  };
  for (const [name, value] of Object.entries({ ...constants, ...EPOLL_CONSTANTS }))
    PyModule_AddIntConstant(m, name, value);
}

export const module: ModuleSpec = {
  name: 'select',
  doc: 'Waits for descriptors.',
  methods: [
    { name: 'select', flags: METH_CLINIC, meth: select, sig: '($module, rlist, wlist, xlist, timeout=None, /)' },
    { name: 'poll', flags: METH_NOARGS, meth: poll, sig: '($module, /)' },
  ],
  types: () => [epoll_type],
  exec,
};
