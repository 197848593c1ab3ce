// _interpqueues.ts: queues between interpreters.                                        CPython: Modules/_interpqueuesmodule.c
//
// A queue has a number, by which every interpreter knows it, and lives as long as anybody is bound to it. What waits for items
// is Python code (concurrent/interpreters/_queues.py), which asks again and again.

import { PyErr_SetString } from '../core/errors.ts';
import { decref, newref, type PyObject, type PyTypeObject, xdecref } from '../core/object.ts';
import { per_interpreter } from '../core/per_interpreter.ts';
import { exception_spec, METH_CLINIC, METH_NOARGS, type ModuleSpec, static_type } from '../core/spec.ts';
import { current, type PyInterpreterState } from '../core/tstate.ts';
import { PyBool_FromLong } from '../objects/boolobject.ts';
import { PyObject_CallOneArg } from '../objects/call.ts';
import { PyType_Check } from '../objects/checks.ts';
import { PyExc_BaseException, PyExc_RuntimeError, PyExc_TypeError } from '../objects/exceptions.ts';
import { PyImport_ImportModule } from '../objects/import_util.ts';
import { PyList_FromArraySteal } from '../objects/listobject.ts';
import { PyLong_FromLong } from '../objects/longobject.ts';
import { PyObject_GetAttrString, repr_string } from '../objects/object.ts';
import { PyTuple_FromArraySteal } from '../objects/tupleobject.ts';
import { PyType_IsSubtype } from '../objects/typeobject.ts';
import { c_ssize, none } from './args.ts';
import { type CrossData, cross_data, register_class, unregister_class } from './interpreters/crossdata.ts';
import { PACKAGE } from './interpreters/errors.ts';
import { id_argument, interpreterEnds } from './interpreters/lifecycle.ts';
import {
  FULL_FALLBACK,
  fallback_choice,
  UNBOUND_REMOVE,
  UNBOUND_REPLACE,
  unbound_choice,
} from './interpreters/unbound.ts';

export const QueueError = /* @__PURE__ */ static_type({
  ...exception_spec(`${PACKAGE}.QueueError`, () => PyExc_RuntimeError),
  tp_doc: 'Indicates that a queue-related error happened.',
});
export const QueueNotFoundError = /* @__PURE__ */ static_type(
  exception_spec(`${PACKAGE}.QueueNotFoundError`, () => QueueError),
);

interface Item {
  readonly interp: PyInterpreterState;
  /** Null: its interpreter has ended. */
  data: CrossData | null;
  readonly unboundop: number;
}

interface Queue {
  readonly id: number;
  readonly maxsize: number;
  readonly unboundop: number;
  readonly fallback: number;
  items: Item[];
  bound: number;
}

const queues: Map<number, Queue> = new Map();
const next_id = { value: 1 };

/** The classes (owned) that the Python module has told us of: its queues, and what it raises. */
const classes = /* @__PURE__ */ per_interpreter(
  () => ({ queue: null as PyTypeObject | null, empty: null as PyTypeObject | null, full: null as PyTypeObject | null }),
  { clear: drop_classes },
);

function drop_classes(): void {
  const { queue, empty, full } = classes;
  if (queue !== null) unregister_class(queue);
  for (const type of [queue, empty, full]) xdecref(type);
  Object.assign(classes, { queue: null, empty: null, full: null });
}

/** A class of the Python module, which is imported for it (borrowed). */
function external(name: 'queue' | 'empty' | 'full'): PyTypeObject {
  if (classes[name] === null) decref(PyImport_ImportModule(`${PACKAGE}._queues`));
  return classes[name]!;
}

function queue_of(id: number): Queue {
  const queue = queues.get(id);
  if (queue === undefined) PyErr_SetString(QueueNotFoundError, `queue ${id} not found`);
  return queue;
}

function queue_id(qid: PyObject): number {
  return id_argument(qid, 'queue ID', () => `max queue ID is ${2n ** 63n - 1n}, got ${repr_string(qid)}`);
}

function queue_argument(qid: PyObject): Queue {
  return queue_of(queue_id(qid));
}

function release_items(queue: Queue): void {
  queues.delete(queue.id);
  for (const item of queue.items.splice(0)) item.data?.release();
}

function bind_queue(queue: Queue): void {
  queue.bound++;
}

function release_queue(queue: Queue): void {
  if (queue.bound === 0) PyErr_SetString(QueueError, `queue ${queue.id} never bound`);
  if (--queue.bound === 0) release_items(queue);
}

/** An interpreter ends: its items are gone, or marked. CPython: _queue_clear_interpreter */
function clear_interpreter(interp: PyInterpreterState): void {
  for (const queue of queues.values()) {
    queue.items = queue.items.filter(item => {
      if (item.interp !== interp || item.data === null) return true;
      item.data.release();
      item.data = null;
      return item.unboundop !== UNBOUND_REMOVE;
    });
  }
}

/** A Queue of the Python module goes as its number. CPython: _queueobj_shared */
function queue_data(o: PyObject): CrossData {
  const id_o = PyObject_GetAttrString(o, '_id');
  let queue: Queue;
  try {
    queue = queue_argument(id_o);
  } finally {
    decref(id_o);
  }
  bind_queue(queue);
  return {
    new_object() {
      const id = PyLong_FromLong(queue.id);
      try {
        return PyObject_CallOneArg(external('queue'), id);
      } finally {
        decref(id);
      }
    },
    release() {
      if (queues.has(queue.id)) release_queue(queue);
    },
  };
}

// --- functions -------------------------------------------------------------------------------------------------------------

function create(_m: PyObject, maxsize: PyObject, unboundop: PyObject | null, fallback: PyObject | null): PyObject {
  const queue: Queue = {
    maxsize: c_ssize(maxsize),
    unboundop: unbound_choice(unboundop, UNBOUND_REPLACE),
    fallback: fallback_choice(fallback, FULL_FALLBACK),
    id: next_id.value++,
    items: [],
    bound: 0,
  };
  queues.set(queue.id, queue);
  return PyLong_FromLong(queue.id);
}

function destroy(_m: PyObject, qid: PyObject): PyObject {
  release_items(queue_argument(qid));
  return none();
}

function list_all(): PyObject {
  const all = [...queues.values()].reverse();
  return PyList_FromArraySteal(
    all.map(({ id, unboundop, fallback }) => PyTuple_FromArraySteal([id, unboundop, fallback].map(PyLong_FromLong))),
  );
}

function put(
  _m: PyObject,
  qid: PyObject,
  o: PyObject,
  unboundop: PyObject | null,
  fallback: PyObject | null,
): PyObject {
  const id = queue_id(qid);
  const defaults = queue_of(id);
  const op = unbound_choice(unboundop, defaults.unboundop);
  const way = fallback_choice(fallback, defaults.fallback);
  const data = cross_data(o, way === FULL_FALLBACK);
  // Python code may have run meanwhile.
  const queue = queues.get(id);
  if (queue === undefined || (queue.maxsize > 0 && queue.items.length >= queue.maxsize)) {
    data.release();
    if (queue === undefined) PyErr_SetString(QueueNotFoundError, `queue ${id} not found`);
    PyErr_SetString(external('full'), `queue ${id} is full`);
  }
  queue.items.push({ interp: current.tstate.interp, data, unboundop: op });
  return none();
}

function get(_m: PyObject, qid: PyObject): PyObject {
  const queue = queue_argument(qid);
  const item = queue.items.shift();
  if (item === undefined) PyErr_SetString(external('empty'), `queue ${queue.id} is empty`);
  const { data, unboundop } = item;
  if (data === null) return PyTuple_FromArraySteal([none(), PyLong_FromLong(unboundop)]);
  try {
    return PyTuple_FromArraySteal([data.new_object(), none()]);
  } finally {
    data.release();
  }
}

function bind(_m: PyObject, qid: PyObject): PyObject {
  bind_queue(queue_argument(qid));
  return none();
}

function release(_m: PyObject, qid: PyObject): PyObject {
  release_queue(queue_argument(qid));
  return none();
}

function get_maxsize(_m: PyObject, qid: PyObject): PyObject {
  return PyLong_FromLong(queue_argument(qid).maxsize);
}

function get_queue_defaults(_m: PyObject, qid: PyObject): PyObject {
  const { unboundop, fallback } = queue_argument(qid);
  return PyTuple_FromArraySteal([PyLong_FromLong(unboundop), PyLong_FromLong(fallback)]);
}

function is_full(_m: PyObject, qid: PyObject): PyObject {
  const { items, maxsize } = queue_argument(qid);
  return PyBool_FromLong(maxsize > 0 && items.length >= maxsize);
}

function get_count(_m: PyObject, qid: PyObject): PyObject {
  return PyLong_FromLong(queue_argument(qid).items.length);
}

function exception_argument(o: PyObject, name: string): PyTypeObject {
  if (!PyType_Check(o) || !PyType_IsSubtype(o as PyTypeObject, PyExc_BaseException))
    PyErr_SetString(PyExc_TypeError, `expected an exception type for '${name}'`);
  return o as PyTypeObject;
}

function _register_heap_types(_m: PyObject, queue: PyObject, empty: PyObject, full: PyObject): PyObject {
  if (!PyType_Check(queue)) PyErr_SetString(PyExc_TypeError, "expected a type for 'queuetype'");
  exception_argument(empty, 'emptyerror');
  exception_argument(full, 'fullerror');
  drop_classes();
  Object.assign(classes, { queue: newref(queue), empty: newref(empty), full: newref(full) });
  register_class(queue as PyTypeObject, queue_data);
  return none();
}

export const module: ModuleSpec = {
  name: '_interpqueues',
  doc: "This module provides primitive operations to manage Python interpreters.\nThe 'interpreters' module provides a more convenient interface.",
  types: () => [QueueError, QueueNotFoundError],
  methods: [
    {
      name: 'create',
      flags: METH_CLINIC,
      meth: create,
      sig: '($module, /, maxsize, unboundop=-1, fallback=-1)',
      doc: 'Makes a queue and returns its number.',
    },
    {
      name: 'destroy',
      flags: METH_CLINIC,
      meth: destroy,
      sig: '($module, /, qid)',
      doc: 'Ends a queue with all that is in it.',
    },
    {
      name: 'list_all',
      flags: METH_NOARGS,
      meth: list_all,
      sig: '($module, /)',
      doc: 'Numbers of all queues, and what each does with items of interpreters that end, and with objects that cannot be shared.',
    },
    {
      name: 'put',
      flags: METH_CLINIC,
      meth: put,
      sig: '($module, /, qid, obj, unboundop=-1, fallback=-1)',
      doc: "Adds an object's data.",
    },
    {
      name: 'get',
      flags: METH_CLINIC,
      meth: get,
      sig: '($module, /, qid)',
      doc: 'Takes the first item: the object and None, or None and what is to be done where its interpreter has ended.',
    },
    { name: 'bind', flags: METH_CLINIC, meth: bind, sig: '($module, /, qid)', doc: 'Takes a reference to a queue.' },
    {
      name: 'release',
      flags: METH_CLINIC,
      meth: release,
      sig: '($module, /, qid)',
      doc: 'Gives a reference up; the queue ends with the last one.',
    },
    {
      name: 'get_maxsize',
      flags: METH_CLINIC,
      meth: get_maxsize,
      sig: '($module, /, qid)',
      doc: 'The most items it takes; none if not positive.',
    },
    {
      name: 'get_queue_defaults',
      flags: METH_CLINIC,
      meth: get_queue_defaults,
      sig: '($module, /, qid)',
      doc: 'What it was made with.',
    },
    { name: 'is_full', flags: METH_CLINIC, meth: is_full, sig: '($module, /, qid)', doc: 'Whether it takes no more.' },
    { name: 'get_count', flags: METH_CLINIC, meth: get_count, sig: '($module, /, qid)', doc: 'How many items it has.' },
    {
      name: '_register_heap_types',
      flags: METH_CLINIC,
      meth: _register_heap_types,
      sig: '($module, /, queuetype, emptyerror, fullerror)',
    },
  ],
  exec() {
    if (!interpreterEnds.includes(clear_interpreter)) interpreterEnds.push(clear_interpreter);
  },
};
