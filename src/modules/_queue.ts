// _queue.ts: SimpleQueue, an unbounded first-in first-out queue.                  CPython: Modules/_queuemodule.c
//
// A get() on an empty queue blocks its thread (vm/waiting.ts); a put() wakes the longest waiting one.

import { PyErr_SetNone, PyErr_SetString } from '../core/errors.ts';
import { gc_del } from '../core/gc.ts';
import {
  decref,
  newref,
  Py_TPFLAGS_BASETYPE,
  Py_TPFLAGS_HAVE_GC,
  type PyObject,
  type PyTypeObject,
  type visitproc,
} from '../core/object.ts';
import {
  exception_spec,
  METH_CLASS,
  METH_CLINIC,
  METH_NOARGS,
  METH_O,
  type ModuleSpec,
  static_type,
} from '../core/spec.ts';
import { check_no_keywords, check_no_positional } from '../objects/argcheck.ts';
import { PyBool_FromLong } from '../objects/boolobject.ts';
import { PyLong_Check } from '../objects/checks.ts';
import { PyExc_Exception, PyExc_OverflowError, PyExc_TypeError, PyExc_ValueError } from '../objects/exceptions.ts';
import { PyFloat_AsDouble, PyFloat_Type } from '../objects/floatobject.ts';
import { Py_GenericAlias } from '../objects/genericaliasobject.ts';
import { release_instance } from '../objects/instance.ts';
import { PyLong_AsDouble, PyLong_FromLong } from '../objects/longobject.ts';
import { Py_None, PyObject_IsTrue } from '../objects/object.ts';
import { PyObject_TypeCheck } from '../objects/typeobject.ts';
import { block, WaitQueue } from '../vm/waiting.ts';

class SimpleQueue {
  /** Owned; those before `head` were taken (null). */
  items: (PyObject | null)[] = [];
  head = 0;
  readonly waiting = new WaitQueue();
}
type SimpleQueueObject = PyObject<SimpleQueue>;

function size(q: SimpleQueue): number {
  return q.items.length - q.head;
}

function take(q: SimpleQueue): PyObject {
  const item = q.items[q.head]!;
  q.items[q.head++] = null;
  if (q.head === q.items.length) {
    q.items.length = 0;
    q.head = 0;
  } else if (q.head >= 1024 && q.head * 2 > q.items.length) {
    q.items = q.items.slice(q.head);
    q.head = 0;
  }
  return item;
}

function queue_new(type: PyTypeObject, args: PyObject, kwargs: PyObject | null): PyObject {
  if (type === simplequeue_type || type.tp_init === simplequeue_type.tp_init) {
    check_no_positional('SimpleQueue', args);
    check_no_keywords('SimpleQueue', kwargs);
  }
  return type.tp_alloc!(type, new SimpleQueue());
}

function queue_dealloc(self: PyObject): void {
  gc_del(self);
  release_instance(self);
  const q = (self as SimpleQueueObject).v;
  for (let i = q.head; i < q.items.length; i++) decref(q.items[i]!);
}

function queue_traverse(self: PyObject, visit: visitproc): void {
  const q = (self as SimpleQueueObject).v;
  for (let i = q.head; i < q.items.length; i++) visit(q.items[i]!);
}

function queue_clear(self: PyObject): void {
  const q = (self as SimpleQueueObject).v;
  while (size(q) > 0) decref(take(q));
}

function queue_put(self: PyObject, item: PyObject, _block: PyObject | null, _timeout: PyObject | null): PyObject {
  const q = (self as SimpleQueueObject).v;
  q.items.push(newref(item));
  if (q.waiting.waits.length > 0) q.waiting.wake_one();
  return newref(Py_None);
}

function queue_put_nowait(self: PyObject, item: PyObject): PyObject {
  return queue_put(self, item, null, null);
}

/** A timeout in nanoseconds. CPython: _PyTime_FromSecondsObject */
function timeout_ns(o: PyObject): bigint {
  let seconds: number;
  if (PyObject_TypeCheck(o, PyFloat_Type)) {
    seconds = PyFloat_AsDouble(o);
    if (Number.isNaN(seconds)) PyErr_SetString(PyExc_ValueError, 'Invalid value NaN (not a number)');
  } else if (PyLong_Check(o)) seconds = PyLong_AsDouble(o);
  else {
    PyErr_SetString(PyExc_TypeError, `'${o.ob_type.tp_name}' object cannot be interpreted as an integer or float`);
  }
  const ns = Math.ceil(seconds * 1e9);
  if (Math.abs(ns) >= 2 ** 63) PyErr_SetString(PyExc_OverflowError, 'timestamp out of range for C PyTime_t');
  return BigInt(ns);
}

/** CPython: _queue_SimpleQueue_get_impl */
function queue_get(self: PyObject, blocks: PyObject | null, timeout: PyObject | null): PyObject {
  const q = (self as SimpleQueueObject).v;
  const blocking = blocks === null || PyObject_IsTrue(blocks);
  if (!blocking) {
    if (size(q) === 0) PyErr_SetNone(empty_type);
    return take(q);
  }
  let limit: bigint | null = null;
  if (timeout !== null && timeout !== Py_None) {
    limit = timeout_ns(timeout);
    if (limit < 0n) PyErr_SetString(PyExc_ValueError, "'timeout' must be a non-negative number");
  }
  if (size(q) > 0) return take(q);
  if (limit === 0n) PyErr_SetNone(empty_type);
  newref(self);
  return block(
    {
      attempt: () => (size(q) > 0 ? take(q) : null),
      expired: () => PyErr_SetNone(empty_type),
      timeout_ns: limit ?? -1n,
      queue: q.waiting,
      release: () => decref(self),
      what: () => 'an item in a SimpleQueue',
    },
    queue_get,
  );
}

function queue_get_nowait(self: PyObject): PyObject {
  const q = (self as SimpleQueueObject).v;
  if (size(q) === 0) PyErr_SetNone(empty_type);
  return take(q);
}

function queue_empty(self: PyObject): PyObject {
  return PyBool_FromLong(size((self as SimpleQueueObject).v) === 0);
}

function queue_qsize(self: PyObject): PyObject {
  return PyLong_FromLong(size((self as SimpleQueueObject).v));
}

function class_getitem(type: PyObject, item: PyObject): PyObject {
  return Py_GenericAlias(type, item);
}

export const empty_type = static_type({
  ...exception_spec('_queue.Empty', () => PyExc_Exception),
  tp_doc: 'Exception raised by Queue.get(block=0)/get_nowait().',
});

export const simplequeue_type = static_type({
  name: '_queue.SimpleQueue',
  heap: 'immutable',
  tp_basicsize: 72,
  tp_weaklistoffset: 64,
  has_weakrefs: true,
  tp_flags: Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE,
  tp_doc: 'Simple, unbounded, reentrant FIFO queue.',
  tp_dealloc: queue_dealloc,
  tp_traverse: queue_traverse,
  tp_clear: queue_clear,
  tp_new: queue_new,
  methods: [
    { name: 'empty', flags: METH_NOARGS, meth: queue_empty, sig: '($self, /)' },
    { name: 'get', flags: METH_CLINIC, meth: queue_get, sig: '($self, /, block=True, timeout=None)' },
    { name: 'get_nowait', flags: METH_NOARGS, meth: queue_get_nowait, sig: '($self, /)' },
    { name: 'put', flags: METH_CLINIC, meth: queue_put, sig: '($self, /, item, block=True, timeout=None)' },
    { name: 'put_nowait', flags: METH_CLINIC, meth: queue_put_nowait, sig: '($self, /, item)' },
    { name: 'qsize', flags: METH_NOARGS, meth: queue_qsize, sig: '($self, /)' },
    { name: '__class_getitem__', flags: METH_O | METH_CLASS, meth: class_getitem, sig: '($type, object, /)' },
  ],
  after_ready: type => {
    type.tp_data = { text_signature: '()' };
  },
});

export const module: ModuleSpec = {
  name: '_queue',
  doc: 'A queue for the queue module.',
  types: () => [empty_type, simplequeue_type],
};
