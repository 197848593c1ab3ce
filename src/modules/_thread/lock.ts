// lock.ts: locks held by one at a time, and locks their holder may take again.      CPython: Modules/_threadmodule.c, Python/lock.c
//
// A release wakes the longest waiting thread, which then takes the lock if nobody was faster; after a millisecond of
// waiting the lock is handed to it instead, so that nobody starves (as CPython's PyMutex does).
// Invariant: a handed-over lock stays locked, in the name of the thread it was handed to.

import { PyErr_SetString } from '../../core/errors.ts';
import { gc_del } from '../../core/gc.ts';
import {
  decref,
  G_WEAKREFS,
  newref,
  Py_TPFLAGS_BASETYPE,
  Py_TPFLAGS_HAVE_GC,
  type PyObject,
  type PyTypeObject,
} from '../../core/object.ts';
import { METH_CLINIC, METH_NOARGS, METH_O, static_type } from '../../core/spec.ts';
import { current } from '../../core/tstate.ts';
import { PyIndex_Check, PyNumber_Index } from '../../objects/abstract.ts';
import { PyBool_FromLong } from '../../objects/boolobject.ts';
import { PyTuple_Check } from '../../objects/checks.ts';
import { PyDict_Size } from '../../objects/dictobject.ts';
import {
  PyExc_OverflowError,
  PyExc_RuntimeError,
  PyExc_TypeError,
  PyExc_ValueError,
} from '../../objects/exceptions.ts';
import { PyFloat_Check } from '../../objects/floatobject.ts';
import { PyArg_CheckPositional } from '../../objects/getargs.ts';
import { PyLong_AsBigInt, PyLong_FromLong } from '../../objects/longobject.ts';
import { address } from '../../objects/object.ts';
import { PyTuple_FromArraySteal } from '../../objects/tupleobject.ts';
import { PyUnicode_FromString } from '../../objects/unicodeobject.ts';
import { PyObject_ClearWeakRefs } from '../../objects/weakrefobject.ts';
import { now_ns } from '../../vm/scheduler.ts';
import { block, type Wait, WaitQueue } from '../../vm/waiting.ts';
import { c_bool, c_ssize, none, type_name } from '../args.ts';

const BILLION = 1_000_000_000n;
export const TIMEOUT_MAX = 9223372036;
/** Who has waited longer than this gets the lock handed. CPython: Python/lock.c:TIME_TO_BE_FAIR_NS */
const FAIR_NS = 1e6;

export function ident(): number {
  return current.tstate.thread_id;
}

/** A time in seconds as nanoseconds, rounded away from zero. CPython: _PyTime_FromSecondsObject, _PyTime_ROUND_TIMEOUT */
export function seconds_arg(o: PyObject): bigint {
  if (PyFloat_Check(o)) {
    if (Number.isNaN(o.v)) PyErr_SetString(PyExc_ValueError, 'Invalid value NaN (not a number)');
    const ns = o.v * 1e9;
    if (!(Math.abs(ns) < 2 ** 63)) PyErr_SetString(PyExc_OverflowError, 'timestamp out of range for C PyTime_t');
    return BigInt(ns < 0 ? Math.floor(ns) : Math.ceil(ns));
  }
  if (!PyIndex_Check(o)) {
    PyErr_SetString(PyExc_TypeError, `'${o.ob_type.tp_name}' object cannot be interpreted as an integer or float`);
  }
  const index = PyNumber_Index(o);
  const ns = PyLong_AsBigInt(index) * BILLION;
  decref(index);
  if (ns !== BigInt.asIntN(64, ns)) PyErr_SetString(PyExc_OverflowError, 'timestamp out of range for C PyTime_t');
  return ns;
}

/** Nanoseconds from acquire()'s arguments: -1 means for ever. CPython: Modules/_threadmodule.c:lock_acquire_parse_args */
export function timeout_arg(blocking: boolean, timeout: PyObject | null): bigint {
  let ns = timeout === null ? -BILLION : seconds_arg(timeout);
  const given = ns !== -BILLION;
  if (!given) ns = -1n;
  if (!blocking && given) PyErr_SetString(PyExc_ValueError, "can't specify a timeout for a non-blocking call");
  if (given && ns < 0n) PyErr_SetString(PyExc_ValueError, 'timeout value must be a non-negative number');
  if (ns > BigInt(TIMEOUT_MAX) * BILLION) PyErr_SetString(PyExc_OverflowError, 'timeout value is too large');
  return blocking ? ns : 0n;
}

export function drop_weakrefs(self: PyObject): void {
  if ((self.g & G_WEAKREFS) !== 0) PyObject_ClearWeakRefs(self);
}

// --- what both kinds share ------------------------------------------------------------------------------------------

export class LockData {
  /** How often it is held: 0 or 1, more for an RLock. */
  count = 0;
  /** thread_id of the thread that took it; anybody may release a plain lock. */
  owner = 0;
  readonly queue = new WaitQueue();
  /** The wait that the lock was handed to, until it has noticed. */
  handed: Wait | null = null;
}

function data_of(self: PyObject): LockData {
  return self.v as LockData;
}

/** Blocks until the lock is free, takes it `count` times and gives `result()`, or False when the time is over. */
function wait_for(
  self: PyObject,
  data: LockData,
  ns: bigint,
  count: number,
  owner: number,
  native: unknown,
  result: () => PyObject,
): PyObject {
  newref(self);
  return block(
    {
      attempt: () => {
        if (data.handed !== null && data.handed.thread.tstate.thread_id === ident()) data.handed = null;
        else if (data.count > 0) return null;
        data.count = count;
        data.owner = owner;
        return result();
      },
      expired: () => PyBool_FromLong(false),
      timeout_ns: ns,
      queue: data.queue,
      release: () => {
        // Handed over, but not wanted any more.
        if (data.handed !== null && data.handed.thread.tstate.thread_id === ident()) free(data);
        decref(self);
      },
      what: () => repr_text(self),
      holder: () => data.owner,
    },
    native,
  );
}

/** The lock is not held any more: wakes who waits for it. */
function free(data: LockData): void {
  data.count = 0;
  data.owner = 0;
  data.handed = null;
  if (data.queue.waits.length === 0) return;
  const wait = data.queue.wake_one();
  if (wait !== null && now_ns() - wait.since > FAIR_NS) {
    data.handed = wait;
    data.count = 1;
    data.owner = wait.thread.tstate.thread_id;
  }
}

function repr_text(self: PyObject): string {
  const { count, owner } = data_of(self);
  const state = count > 0 ? 'locked' : 'unlocked';
  const whose = is_rlock(self) ? ` owner=${owner} count=${count}` : '';
  return `<${state} ${self.ob_type.tp_name} object${whose} at ${address(self)}>`;
}

function is_rlock(self: PyObject): boolean {
  return self.ob_type.tp_repr === rlock_type.tp_repr;
}

function lock_reinit(self: PyObject): PyObject {
  const data = data_of(self);
  data.count = 0;
  data.owner = 0;
  data.handed = null;
  return none();
}

function lock_locked(self: PyObject): PyObject {
  return PyBool_FromLong(data_of(self).count > 0);
}

const ACQUIRE = '($self, /, blocking=True, timeout=-1)';

// --- lock -----------------------------------------------------------------------------------------------------------

export function new_lock(): PyObject {
  return lock_type.tp_alloc!(lock_type, new LockData());
}

function lock_new(type: PyTypeObject, args: PyObject, kwargs: PyObject | null): PyObject {
  if (kwargs !== null && PyDict_Size(kwargs) > 0) PyErr_SetString(PyExc_TypeError, 'lock() takes no keyword arguments');
  PyArg_CheckPositional('lock', (args.v as PyObject[]).length, 0, 0);
  return type.tp_alloc!(type, new LockData());
}

function acquire(self: PyObject, blocking: PyObject | null, timeout: PyObject | null, native: unknown): PyObject {
  const data = data_of(self);
  if (blocking === null && timeout === null && data.count === 0) {
    data.count = 1;
    data.owner = ident();
    return PyBool_FromLong(true);
  }
  const ns = timeout_arg(c_bool(blocking, true), timeout);
  if (data.count === 0) {
    data.count = 1;
    data.owner = ident();
    return PyBool_FromLong(true);
  }
  if (ns === 0n) return PyBool_FromLong(false);
  return wait_for(self, data, ns, 1, ident(), native, () => PyBool_FromLong(true));
}

function lock_acquire(self: PyObject, blocking: PyObject | null, timeout: PyObject | null): PyObject {
  return acquire(self, blocking, timeout, lock_acquire);
}

function lock_enter(self: PyObject): PyObject {
  return acquire(self, null, null, lock_enter);
}

function lock_release(self: PyObject): PyObject {
  const data = data_of(self);
  if (data.count === 0) PyErr_SetString(PyExc_RuntimeError, 'release unlocked lock');
  free(data);
  return none();
}

function lock_repr(self: PyObject): PyObject {
  return PyUnicode_FromString(repr_text(self));
}

export const lock_type = static_type({
  name: '_thread.lock',
  heap: 'immutable',
  tp_basicsize: 24,
  tp_weaklistoffset: -32,
  has_weakrefs: true,
  tp_doc: 'lock()\n--\n\nHeld by one at a time.',
  tp_new: lock_new,
  tp_dealloc: drop_weakrefs,
  tp_repr: lock_repr,
  methods: [
    { name: 'acquire_lock', flags: METH_CLINIC, meth: lock_acquire, sig: ACQUIRE },
    { name: 'acquire', flags: METH_CLINIC, meth: lock_acquire, sig: ACQUIRE },
    { name: 'release_lock', flags: METH_NOARGS, meth: lock_release, sig: '($self, /)' },
    { name: 'release', flags: METH_NOARGS, meth: lock_release, sig: '($self, /)' },
    { name: 'locked_lock', flags: METH_NOARGS, meth: lock_locked, sig: '($self, /)' },
    { name: 'locked', flags: METH_NOARGS, meth: lock_locked, sig: '($self, /)' },
    { name: '__enter__', flags: METH_NOARGS, meth: lock_enter, sig: '($self, /)' },
    { name: '__exit__', flags: METH_CLINIC, meth: lock_release, sig: '($self, /, *exc_info)' },
    { name: '_at_fork_reinit', flags: METH_NOARGS, meth: lock_reinit, sig: '($self, /)' },
  ],
});

// --- RLock ----------------------------------------------------------------------------------------------------------

function rlock_new(type: PyTypeObject): PyObject {
  return type.tp_alloc!(type, new LockData());
}

function reacquire(self: PyObject, blocking: PyObject | null, timeout: PyObject | null, native: unknown): PyObject {
  const data = data_of(self);
  const ns = timeout_arg(c_bool(blocking, true), timeout);
  const me = ident();
  if (data.count === 0 || (data.owner === me && data.handed === null)) {
    data.count++;
    data.owner = me;
    return PyBool_FromLong(true);
  }
  if (ns === 0n) return PyBool_FromLong(false);
  return wait_for(self, data, ns, 1, me, native, () => PyBool_FromLong(true));
}

function rlock_acquire(self: PyObject, blocking: PyObject | null, timeout: PyObject | null): PyObject {
  return reacquire(self, blocking, timeout, rlock_acquire);
}

function rlock_enter(self: PyObject): PyObject {
  return reacquire(self, null, null, rlock_enter);
}

function rlock_release(self: PyObject): PyObject {
  const data = data_of(self);
  if (data.count === 0 || data.owner !== ident())
    PyErr_SetString(PyExc_RuntimeError, 'cannot release un-acquired lock');
  if (data.count === 1) free(data);
  else data.count--;
  return none();
}

function rlock_is_owned(self: PyObject): PyObject {
  const data = data_of(self);
  return PyBool_FromLong(data.count > 0 && data.owner === ident());
}

function rlock_recursion_count(self: PyObject): PyObject {
  const data = data_of(self);
  return PyLong_FromLong(data.owner === ident() ? data.count : 0);
}

function rlock_release_save(self: PyObject): PyObject {
  const data = data_of(self);
  if (data.count === 0) PyErr_SetString(PyExc_RuntimeError, 'cannot release un-acquired lock');
  const state = PyTuple_FromArraySteal([PyLong_FromLong(data.count), PyLong_FromLong(data.owner)]);
  free(data);
  return state;
}

function rlock_acquire_restore(self: PyObject, state: PyObject): PyObject {
  if (!PyTuple_Check(state) || state.v.length !== 2) {
    PyErr_SetString(PyExc_TypeError, `_acquire_restore() argument 1 must be 2-item tuple, not ${type_name(state)}`);
  }
  const count = c_ssize(state.v[0]!);
  const owner = Number(PyLong_AsBigInt(state.v[1]!));
  const data = data_of(self);
  if (data.count > 0) return wait_for(self, data, -1n, count, owner, rlock_acquire_restore, none);
  data.count = count;
  data.owner = owner;
  return none();
}

/** As another function than the plain lock's, by which the two are told apart. */
function rlock_repr(self: PyObject): PyObject {
  return PyUnicode_FromString(repr_text(self));
}

function rlock_dealloc(self: PyObject): void {
  gc_del(self);
  drop_weakrefs(self);
}

export const rlock_type = static_type({
  name: '_thread.RLock',
  heap: 'immutable',
  tp_basicsize: 40,
  tp_weaklistoffset: -32,
  has_weakrefs: true,
  tp_flags: Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_GC,
  tp_new: rlock_new,
  tp_dealloc: rlock_dealloc,
  tp_traverse: () => {},
  tp_repr: rlock_repr,
  methods: [
    { name: 'acquire', flags: METH_CLINIC, meth: rlock_acquire, sig: ACQUIRE },
    { name: 'release', flags: METH_NOARGS, meth: rlock_release, sig: '($self, /)' },
    { name: 'locked', flags: METH_NOARGS, meth: lock_locked, sig: '($self, /)' },
    { name: '_is_owned', flags: METH_NOARGS, meth: rlock_is_owned, sig: '($self, /)' },
    { name: '_acquire_restore', flags: METH_O, meth: rlock_acquire_restore, sig: '($self, state, /)' },
    { name: '_release_save', flags: METH_NOARGS, meth: rlock_release_save, sig: '($self, /)' },
    { name: '_recursion_count', flags: METH_NOARGS, meth: rlock_recursion_count, sig: '($self, /)' },
    { name: '__enter__', flags: METH_NOARGS, meth: rlock_enter, sig: '($self, /)' },
    { name: '__exit__', flags: METH_CLINIC, meth: rlock_release, sig: '($self, /, *exc_info)' },
    { name: '_at_fork_reinit', flags: METH_NOARGS, meth: lock_reinit, sig: '($self, /)' },
  ],
});
