// _thread.ts: locks, thread handles and thread-local data.                               CPython: Modules/_threadmodule.c
//
// Who runs threads says so through threadHooks; until then there is one thread, and waiting for what only another thread
// could do is an error instead of a program that hangs.

import { PyErr_SetNone, PyErr_SetString } from '../core/errors.ts';
import { gc_del } from '../core/gc.ts';
import {
  decref,
  G_WEAKREFS,
  newref,
  Py_TPFLAGS_BASETYPE,
  Py_TPFLAGS_HAVE_GC,
  type PyObject,
  type PyTypeObject,
  SlotState,
  type visitproc,
  xdecref,
} from '../core/object.ts';
import { METH_CLINIC, METH_FASTCALL, METH_NOARGS, METH_O, type ModuleSpec, static_type } from '../core/spec.ts';
import { current, type PyThreadState } from '../core/tstate.ts';
import { PyIndex_Check, PyNumber_Index } from '../objects/abstract.ts';
import { PyBool_FromLong } from '../objects/boolobject.ts';
import { PyObject_Call, PyObject_CallOneArg } from '../objects/call.ts';
import { PyDict_Check, PyLong_Check, PyTuple_Check, PyUnicode_Check } from '../objects/checks.ts';
import { PyDict_New, PyDict_Size } from '../objects/dictobject.ts';
import { PyErr_FormatUnraisable, PyFile_WriteString } from '../objects/errors_util.ts';
import {
  PyExc_OverflowError,
  PyExc_RuntimeError,
  PyExc_SystemExit,
  PyExc_TypeError,
  PyExc_ValueError,
} from '../objects/exceptions.ts';
import { PyFloat_Check, PyFloat_FromDouble } from '../objects/floatobject.ts';
import { PyArg_CheckPositional } from '../objects/getargs.ts';
import { PyImport_ImportModuleAttr, sys_attr } from '../objects/import_util.ts';
import { PyLong_AsBigInt, PyLong_FromLong } from '../objects/longobject.ts';
import { PyModule_AddIntConstant, PyModule_AddObjectRef } from '../objects/moduleobject.ts';
import {
  address,
  Py_None,
  PyCallable_Check,
  PyObject_GenericGetAttr,
  PyObject_GenericSetAttr,
  PyObject_GetOptionalAttrString,
  repr_string,
  str_string,
} from '../objects/object.ts';
import { PyStructSequence_GetItem, PyStructSequence_New, PyStructSequence_NewType } from '../objects/structseq.ts';
import { PyTuple_FromArraySteal } from '../objects/tupleobject.ts';
import {
  clear_instance_state,
  PyBaseObject_Type,
  ready_static_types,
  traverse_instance_state,
} from '../objects/typeobject.ts';
import { PyUnicode_AsString, PyUnicode_FromString, unicode_equals_js } from '../objects/unicodeobject.ts';
import { PyObject_ClearWeakRefs } from '../objects/weakrefobject.ts';
import { c_bool, c_ssize, host, none, type_name } from './args.ts';
import { set_interrupt } from './_signal.ts';

const BILLION = 1_000_000_000n;
const TIMEOUT_MAX = 9223372036;

/** What a scheduler of threads provides. */
export const threadHooks = {
  /** Starts a thread that runs `body` (which throws nothing); false if it cannot. */
  start: null as ((body: () => void, daemon: boolean) => number) | null,
  /** Lets other threads run until the condition holds or the time (nanoseconds, negative: none) is over; whether it holds. */
  wait: null as ((condition: () => boolean, timeout_ns: bigint) => boolean) | null,
  /** Threads running besides the main one. */
  count: null as (() => number) | null,
  /** Ends the calling thread's siblings' wait at shutdown. */
  shutdown: null as (() => void) | null,
};

/** Waits for a condition; without threads only time can pass. */
function wait_for(condition: () => boolean, timeout_ns: bigint, what: string): boolean {
  if (condition()) return true;
  if (timeout_ns === 0n) return false;
  if (threadHooks.wait !== null) return threadHooks.wait(condition, timeout_ns);
  if (timeout_ns > 0n) {
    host().clock.sleep_ns(timeout_ns);
    return condition();
  }
  PyErr_SetString(PyExc_RuntimeError, `deadlock: ${what}, and no other thread runs`);
}

/** Nanoseconds from a `timeout` argument: -1 means for ever. CPython: Modules/_threadmodule.c:lock_acquire_parse_args */
function timeout_arg(blocking: boolean, timeout: PyObject | null): bigint {
  let ns = -1n;
  let given = false;
  if (timeout !== null) {
    let seconds: number | null = null;
    if (PyFloat_Check(timeout)) {
      if (Number.isNaN(timeout.v)) PyErr_SetString(PyExc_ValueError, 'Invalid value NaN (not a number)');
      seconds = timeout.v;
      if (!(Math.abs(seconds * 1e9) < 2 ** 63))
        PyErr_SetString(PyExc_OverflowError, 'timestamp out of range for C PyTime_t');
      ns = BigInt(seconds < 0 ? Math.floor(seconds * 1e9) : Math.ceil(seconds * 1e9));
    } else {
      if (!PyIndex_Check(timeout)) {
        PyErr_SetString(
          PyExc_TypeError,
          `'${timeout.ob_type.tp_name}' object cannot be interpreted as an integer or float`,
        );
      }
      const index = PyNumber_Index(timeout);
      ns = PyLong_AsBigInt(index) * BILLION;
      decref(index);
      if (ns !== BigInt.asIntN(64, ns)) PyErr_SetString(PyExc_OverflowError, 'timestamp out of range for C PyTime_t');
    }
    given = ns !== -BILLION;
    if (!given) ns = -1n;
  }
  if (!blocking && given) PyErr_SetString(PyExc_ValueError, "can't specify a timeout for a non-blocking call");
  if (given && ns < 0n) PyErr_SetString(PyExc_ValueError, 'timeout value must be a non-negative number');
  if (ns > BigInt(TIMEOUT_MAX) * BILLION) PyErr_SetString(PyExc_OverflowError, 'timeout value is too large');
  return blocking ? ns : 0n;
}

function drop_weakrefs(self: PyObject): void {
  if ((self.g & G_WEAKREFS) !== 0) PyObject_ClearWeakRefs(self);
}

// --- lock -----------------------------------------------------------------------------------------------------------

class LockData {
  locked = false;
}

function lock_data(self: PyObject): LockData {
  return self.v as LockData;
}

function lock_new(type: PyTypeObject, args: PyObject, kwargs: PyObject | null): PyObject {
  if (kwargs !== null && PyDict_Size(kwargs) > 0) PyErr_SetString(PyExc_TypeError, 'lock() takes no keyword arguments');
  PyArg_CheckPositional('lock', (args.v as PyObject[]).length, 0, 0);
  return type.tp_alloc!(type, new LockData());
}

function lock_acquire(self: PyObject, blocking: PyObject | null, timeout: PyObject | null): PyObject {
  const data = lock_data(self);
  const ns = timeout_arg(c_bool(blocking, true), timeout);
  if (!wait_for(() => !data.locked, ns, 'the lock is held')) return PyBool_FromLong(false);
  data.locked = true;
  return PyBool_FromLong(true);
}

function lock_enter(self: PyObject): PyObject {
  return lock_acquire(self, null, null);
}

function lock_release(self: PyObject): PyObject {
  const data = lock_data(self);
  if (!data.locked) PyErr_SetString(PyExc_RuntimeError, 'release unlocked lock');
  data.locked = false;
  return none();
}

function lock_locked(self: PyObject): PyObject {
  return PyBool_FromLong(lock_data(self).locked);
}

function lock_reinit(self: PyObject): PyObject {
  lock_data(self).locked = false;
  return none();
}

function lock_repr(self: PyObject): PyObject {
  const state = lock_data(self).locked ? 'locked' : 'unlocked';
  return PyUnicode_FromString(`<${state} ${self.ob_type.tp_name} object at ${address(self)}>`);
}

const ACQUIRE = '($self, /, blocking=True, timeout=-1)';

export const lock_type = static_type({
  name: '_thread.lock',
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

class RLockData {
  owner = 0;
  count = 0;
}

function rlock_data(self: PyObject): RLockData {
  return self.v as RLockData;
}

function ident(): number {
  return current.tstate.thread_id;
}

function rlock_new(type: PyTypeObject): PyObject {
  return type.tp_alloc!(type, new RLockData());
}

function rlock_acquire(self: PyObject, blocking: PyObject | null, timeout: PyObject | null): PyObject {
  const data = rlock_data(self);
  const ns = timeout_arg(c_bool(blocking, true), timeout);
  const me = ident();
  if (data.count > 0 && data.owner === me) {
    data.count++;
    return PyBool_FromLong(true);
  }
  if (!wait_for(() => data.count === 0, ns, 'the lock is held')) return PyBool_FromLong(false);
  data.owner = me;
  data.count = 1;
  return PyBool_FromLong(true);
}

function rlock_enter(self: PyObject): PyObject {
  return rlock_acquire(self, null, null);
}

function rlock_release(self: PyObject): PyObject {
  const data = rlock_data(self);
  if (data.count === 0 || data.owner !== ident())
    PyErr_SetString(PyExc_RuntimeError, 'cannot release un-acquired lock');
  if (--data.count === 0) data.owner = 0;
  return none();
}

function rlock_locked(self: PyObject): PyObject {
  return PyBool_FromLong(rlock_data(self).count > 0);
}

function rlock_is_owned(self: PyObject): PyObject {
  const data = rlock_data(self);
  return PyBool_FromLong(data.count > 0 && data.owner === ident());
}

function rlock_recursion_count(self: PyObject): PyObject {
  const data = rlock_data(self);
  return PyLong_FromLong(data.owner === ident() ? data.count : 0);
}

function rlock_release_save(self: PyObject): PyObject {
  const data = rlock_data(self);
  if (data.count === 0) PyErr_SetString(PyExc_RuntimeError, 'cannot release un-acquired lock');
  const state = PyTuple_FromArraySteal([PyLong_FromLong(data.count), PyLong_FromLong(data.owner)]);
  data.count = 0;
  data.owner = 0;
  return state;
}

function rlock_acquire_restore(self: PyObject, state: PyObject): PyObject {
  if (!PyTuple_Check(state) || state.v.length !== 2) {
    PyErr_SetString(PyExc_TypeError, `_acquire_restore() argument 1 must be 2-item tuple, not ${type_name(state)}`);
  }
  const count = c_ssize(state.v[0]!);
  const owner = Number(PyLong_AsBigInt(state.v[1]!));
  const data = rlock_data(self);
  wait_for(() => data.count === 0, -1n, 'the lock is held');
  data.count = count;
  data.owner = owner;
  return none();
}

function rlock_reinit(self: PyObject): PyObject {
  const data = rlock_data(self);
  data.count = 0;
  data.owner = 0;
  return none();
}

function rlock_repr(self: PyObject): PyObject {
  const { owner, count } = rlock_data(self);
  const state = count > 0 ? 'locked' : 'unlocked';
  return PyUnicode_FromString(
    `<${state} ${self.ob_type.tp_name} object owner=${owner} count=${count} at ${address(self)}>`,
  );
}

function rlock_dealloc(self: PyObject): void {
  gc_del(self);
  drop_weakrefs(self);
}

export const rlock_type = static_type({
  name: '_thread.RLock',
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
    { name: 'locked', flags: METH_NOARGS, meth: rlock_locked, sig: '($self, /)' },
    { name: '_is_owned', flags: METH_NOARGS, meth: rlock_is_owned, sig: '($self, /)' },
    { name: '_acquire_restore', flags: METH_O, meth: rlock_acquire_restore, sig: '($self, state, /)' },
    { name: '_release_save', flags: METH_NOARGS, meth: rlock_release_save, sig: '($self, /)' },
    { name: '_recursion_count', flags: METH_NOARGS, meth: rlock_recursion_count, sig: '($self, /)' },
    { name: '__enter__', flags: METH_NOARGS, meth: rlock_enter, sig: '($self, /)' },
    { name: '__exit__', flags: METH_CLINIC, meth: rlock_release, sig: '($self, /, *exc_info)' },
    { name: '_at_fork_reinit', flags: METH_NOARGS, meth: rlock_reinit, sig: '($self, /)' },
  ],
});

// --- handles --------------------------------------------------------------------------------------------------------

class HandleData {
  ident = 0;
  state: 'new' | 'starting' | 'running' | 'done' = 'new';
}

function handle_data(self: PyObject): HandleData {
  return self.v as HandleData;
}

function handle_new(type: PyTypeObject): PyObject {
  return type.tp_alloc!(type, new HandleData());
}

function handle_repr(self: PyObject): PyObject {
  return PyUnicode_FromString(`<${self.ob_type.tp_name} object: ident=${handle_data(self).ident}>`);
}

/** CPython: Modules/_threadmodule.c:PyThreadHandleObject_join */
function handle_join(self: PyObject, args: PyObject[]): PyObject {
  PyArg_CheckPositional('join', args.length, 0, 1);
  const data = handle_data(self);
  const timeout = args[0] === undefined || args[0] === Py_None ? null : args[0];
  let ns = -1n;
  if (timeout !== null) {
    ns = PyFloat_Check(timeout) ? BigInt(Math.ceil(timeout.v * 1e9)) : PyLong_AsBigInt(timeout) * BILLION;
    if (ns < 0n) ns = -1n;
  }
  if (data.state === 'new') PyErr_SetString(PyExc_RuntimeError, 'thread not started');
  if (data.state !== 'done' && data.ident === ident())
    PyErr_SetString(PyExc_RuntimeError, 'Cannot join current thread');
  wait_for(() => data.state === 'done', ns, 'the thread does not end');
  return none();
}

function handle_set_done(self: PyObject): PyObject {
  handle_data(self).state = 'done';
  return none();
}

function handle_is_done(self: PyObject): PyObject {
  return PyBool_FromLong(handle_data(self).state === 'done');
}

function handle_dealloc(): void {}

export const handle_type = static_type({
  name: '_thread._ThreadHandle',
  tp_basicsize: 24,
  tp_new: handle_new,
  tp_dealloc: handle_dealloc,
  tp_repr: handle_repr,
  methods: [
    { name: 'join', flags: METH_FASTCALL, meth: handle_join },
    { name: '_set_done', flags: METH_NOARGS, meth: handle_set_done, sig: '($self, /)' },
    { name: 'is_done', flags: METH_NOARGS, meth: handle_is_done, sig: '($self, /)' },
  ],
  getset: [{ name: 'ident', get: self => PyLong_FromLong(handle_data(self).ident) }],
});

// --- _local ---------------------------------------------------------------------------------------------------------

/** Attributes for each thread apart. The dict of the thread that looked last stands in the instance. */
class LocalData {
  /** Owned: what __init__ gets in each further thread. */
  readonly args: PyObject;
  readonly kwargs: PyObject | null;
  readonly dicts: Map<number, PyObject> = new Map();
  thread: number;
  constructor(args: PyObject, kwargs: PyObject | null, thread: number) {
    this.args = args;
    this.kwargs = kwargs;
    this.thread = thread;
  }
}

function local_data(self: PyObject): LocalData {
  return self.v as LocalData;
}

function local_new(type: PyTypeObject, args: PyObject, kwargs: PyObject | null): PyObject {
  const given = (args.v as PyObject[]).length > 0 || (kwargs !== null && PyDict_Size(kwargs) > 0);
  if (given && type.tp_init === PyBaseObject_Type.tp_init) {
    PyErr_SetString(PyExc_TypeError, 'Initialization arguments are not supported');
  }
  return type.tp_alloc!(type, new LocalData(newref(args), kwargs === null ? null : newref(kwargs), ident()));
}

function get_dict(self: PyObject): PyObject | null {
  return self.d instanceof SlotState ? self.d.dict : (self.d as PyObject | null);
}

function set_dict(self: PyObject, dict: PyObject | null): void {
  if (self.d instanceof SlotState) self.d.dict = dict;
  else self.d = dict;
}

/** Puts the running thread's dict into the instance; a thread's first look calls __init__. CPython: _ldict */
function switch_thread(self: PyObject): void {
  const data = local_data(self);
  const me = ident();
  if (data.thread === me) return;
  const mine = get_dict(self);
  if (mine !== null) data.dicts.set(data.thread, mine);
  data.thread = me;
  const known = data.dicts.get(me) ?? null;
  data.dicts.delete(me);
  if (known !== null) {
    set_dict(self, known);
    return;
  }
  set_dict(self, PyDict_New());
  const init = self.ob_type.tp_init;
  if (init !== null && init !== PyBaseObject_Type.tp_init) init(self, data.args, data.kwargs);
}

function local_getattro(self: PyObject, name: PyObject): PyObject {
  switch_thread(self);
  if (PyUnicode_Check(name) && unicode_equals_js(name, '__dict__')) {
    let dict = get_dict(self);
    if (dict === null) {
      dict = PyDict_New();
      set_dict(self, dict);
    }
    return newref(dict);
  }
  return PyObject_GenericGetAttr(self, name);
}

function local_setattro(self: PyObject, name: PyObject, value: PyObject | null): void {
  switch_thread(self);
  PyObject_GenericSetAttr(self, name, value);
}

function local_dealloc(self: PyObject): void {
  gc_del(self);
  drop_weakrefs(self);
  const data = local_data(self);
  if (self.d !== null && self.ob_type.ht_slot_count === 0) clear_instance_state(self);
  for (const dict of data.dicts.values()) decref(dict);
  data.dicts.clear();
  decref(data.args);
  xdecref(data.kwargs);
}

function local_traverse(self: PyObject, visit: visitproc): void {
  const data = local_data(self);
  visit(data.args);
  if (data.kwargs !== null) visit(data.kwargs);
  for (const dict of data.dicts.values()) visit(dict);
  if (self.d !== null && self.ob_type.ht_slot_count === 0) traverse_instance_state(self, visit);
}

function local_clear(self: PyObject): void {
  const data = local_data(self);
  if (self.d !== null && self.ob_type.ht_slot_count === 0) clear_instance_state(self);
  const dicts = [...data.dicts.values()];
  data.dicts.clear();
  for (const dict of dicts) decref(dict);
}

export const local_type = static_type({
  name: '_thread._local',
  tp_basicsize: 56,
  tp_weaklistoffset: 32,
  has_dict: true,
  has_weakrefs: true,
  tp_flags: Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_GC,
  tp_doc: '_local()\n--\n\nAttributes of each thread apart.',
  tp_new: local_new,
  tp_dealloc: local_dealloc,
  tp_traverse: local_traverse,
  tp_clear: local_clear,
  tp_getattro: local_getattro,
  tp_setattro: local_setattro,
});

// --- functions ------------------------------------------------------------------------------------------------------

function allocate_lock(): PyObject {
  return lock_type.tp_alloc!(lock_type, new LockData());
}

/** Runs a thread's function; what it raises is reported. CPython: Modules/_threadmodule.c:thread_run */
function thread_body(func: PyObject, args: PyObject, kwargs: PyObject | null, done: () => void): () => void {
  return () => {
    try {
      decref(PyObject_Call(func, args, kwargs));
    } catch (e) {
      const exc = (e as { exc?: PyObject }).exc;
      if (exc !== undefined && exc.ob_type === PyExc_SystemExit) decref(exc);
      else PyErr_FormatUnraisable(`Exception ignored in thread started by ${repr_string(func)}`, e);
    } finally {
      decref(func);
      decref(args);
      xdecref(kwargs);
      done();
    }
  };
}

function start(body: () => void, daemon: boolean): number {
  const thread = threadHooks.start === null ? -1 : threadHooks.start(body, daemon);
  if (thread < 0) PyErr_SetString(PyExc_RuntimeError, "can't start new thread");
  return thread;
}

function start_new_thread(_m: PyObject, func: PyObject, args: PyObject, kwargs: PyObject | null): PyObject {
  if (!PyCallable_Check(func)) PyErr_SetString(PyExc_TypeError, 'first arg must be callable');
  if (!PyTuple_Check(args)) PyErr_SetString(PyExc_TypeError, '2nd arg must be a tuple');
  if (kwargs !== null && !PyDict_Check(kwargs))
    PyErr_SetString(PyExc_TypeError, 'optional 3rd arg must be a dictionary');
  if (threadHooks.start === null) PyErr_SetString(PyExc_RuntimeError, "can't start new thread");
  return PyLong_FromLong(
    start(
      thread_body(newref(func), newref(args), kwargs === null ? null : newref(kwargs), () => {}),
      true,
    ),
  );
}

/** CPython: Modules/_threadmodule.c:thread_PyThread_start_joinable_thread */
function start_joinable_thread(
  _m: PyObject,
  func: PyObject,
  handle: PyObject | null,
  daemon: PyObject | null,
): PyObject {
  if (!PyCallable_Check(func)) PyErr_SetString(PyExc_TypeError, 'thread function must be callable');
  if (handle === Py_None) handle = null;
  if (handle !== null && handle.ob_type !== handle_type)
    PyErr_SetString(PyExc_TypeError, "'handle' must be a _ThreadHandle");
  const target = handle === null ? handle_new(handle_type) : newref(handle);
  const data = handle_data(target);
  if (data.state !== 'new') {
    decref(target);
    PyErr_SetString(PyExc_RuntimeError, 'thread already started');
  }
  try {
    if (threadHooks.start === null) PyErr_SetString(PyExc_RuntimeError, "can't start new thread");
    data.state = 'running';
    const empty = PyTuple_FromArraySteal([]);
    data.ident = start(
      thread_body(newref(func), empty, null, () => {
        data.state = 'done';
      }),
      c_bool(daemon, true),
    );
  } catch (e) {
    data.state = 'new';
    decref(target);
    throw e;
  }
  return target;
}

function daemon_threads_allowed(): PyObject {
  return PyBool_FromLong(true);
}

function exit_thread(): PyObject {
  PyErr_SetNone(PyExc_SystemExit);
}

function interrupt_main(_m: PyObject, signum: PyObject | null): PyObject {
  const n = signum === null ? 2 : c_ssize(signum);
  if (n < 1 || n >= 65) PyErr_SetString(PyExc_ValueError, 'signal number out of range');
  set_interrupt(n);
  return none();
}

function get_ident(): PyObject {
  return PyLong_FromLong(ident());
}

function get_native_id(): PyObject {
  return PyLong_FromLong(host().process.pid);
}

function _count(): PyObject {
  return PyLong_FromLong(threadHooks.count?.() ?? 0);
}

const stack = { size: 0 };

function stack_size(_m: PyObject, size: PyObject | null): PyObject {
  const n = size === null ? 0 : c_ssize(size);
  if (n < 0) PyErr_SetString(PyExc_ValueError, 'size must be 0 or a positive value');
  if (n > 0 && n < 53248) PyErr_SetString(PyExc_ValueError, 'size must be at least 53248 bytes');
  const old = stack.size;
  if (size !== null) stack.size = n;
  return PyLong_FromLong(old);
}

function _is_main_interpreter(): PyObject {
  return PyBool_FromLong(true);
}

function _shutdown(): PyObject {
  threadHooks.shutdown?.();
  return none();
}

/** A handle for a thread that somebody else started; it counts as running. */
function _make_thread_handle(_m: PyObject, id: PyObject): PyObject {
  if (!PyLong_Check(id)) PyErr_SetString(PyExc_TypeError, 'ident must be an integer');
  const handle = handle_new(handle_type);
  const data = handle_data(handle);
  data.ident = Number(PyLong_AsBigInt(id));
  data.state = 'running';
  return handle;
}

const main = { ident: 0, name: '' };

function _get_main_thread_ident(): PyObject {
  return PyLong_FromLong(main.ident);
}

function set_name(_m: PyObject, name: PyObject): PyObject {
  if (!PyUnicode_Check(name))
    PyErr_SetString(PyExc_TypeError, `set_name() argument 'name' must be str, not ${type_name(name)}`);
  main.name = PyUnicode_AsString(name).slice(0, 15);
  return none();
}

function _get_name(): PyObject {
  return PyUnicode_FromString(main.name);
}

let hook_args: PyTypeObject | undefined;

function ExceptHookArgs_Type(): PyTypeObject {
  if (hook_args === undefined) {
    hook_args = PyStructSequence_NewType({
      name: '_thread._ExceptHookArgs',
      doc: 'What threading.excepthook gets.',
      fields: ['exc_type', 'exc_value', 'exc_traceback', 'thread'].map(name => ({ name })),
      n_in_sequence: 4,
    });
    ready_static_types();
  }
  return hook_args!;
}

/** Shows what a thread raised. CPython: Modules/_threadmodule.c:thread_excepthook */
function _excepthook(_m: PyObject, args: PyObject): PyObject {
  if (args.ob_type !== ExceptHookArgs_Type()) {
    PyErr_SetString(PyExc_TypeError, '_thread.excepthook argument type must be ExceptHookArgs');
  }
  if (PyStructSequence_GetItem(args, 0) === PyExc_SystemExit) return none();
  const exc = PyStructSequence_GetItem(args, 1);
  const thread = PyStructSequence_GetItem(args, 3);
  const file = sys_attr('stderr');
  if (file === null || file === Py_None) return none();
  newref(file);
  try {
    let name = String(ident());
    if (thread !== Py_None) {
      const given = PyObject_GetOptionalAttrString(thread, 'name');
      if (given !== null) {
        name = str_string(given);
        decref(given);
      }
    }
    PyFile_WriteString(`Exception in thread ${name}:\n`, file);
    const print = PyImport_ImportModuleAttr('traceback', '_print_exception_bltin');
    try {
      decref(PyObject_CallOneArg(print, exc));
    } finally {
      decref(print);
    }
  } finally {
    decref(file);
  }
  return none();
}

/** The arguments for threading.excepthook; borrows. */
export function new_except_hook_args(exc: PyObject, traceback: PyObject, thread: PyObject): PyObject {
  return PyStructSequence_New(ExceptHookArgs_Type(), [
    newref(exc.ob_type),
    newref(exc),
    newref(traceback),
    newref(thread),
  ]);
}

function exec(m: PyObject): void {
  const tstate: PyThreadState = current.tstate;
  main.ident = tstate.thread_id;
  PyModule_AddObjectRef(m, '_ThreadHandle', handle_type);
  PyModule_AddObjectRef(m, 'lock', lock_type);
  PyModule_AddObjectRef(m, 'LockType', lock_type);
  PyModule_AddObjectRef(m, 'RLock', rlock_type);
  PyModule_AddObjectRef(m, '_local', local_type);
  PyModule_AddObjectRef(m, 'error', PyExc_RuntimeError);
  PyModule_AddObjectRef(m, '_ExceptHookArgs', ExceptHookArgs_Type());
  const max = PyFloat_FromDouble(TIMEOUT_MAX);
  PyModule_AddObjectRef(m, 'TIMEOUT_MAX', max);
  decref(max);
  PyModule_AddIntConstant(m, '_NAME_MAXLEN', 15);
}

export const module: ModuleSpec = {
  name: '_thread',
  doc: 'Threads and locks.',
  methods: [
    {
      name: 'start_new_thread',
      flags: METH_CLINIC,
      meth: start_new_thread,
      sig: '($module, function, args, kwargs={}, /)',
    },
    { name: 'start_new', flags: METH_CLINIC, meth: start_new_thread, sig: '($module, function, args, kwargs={}, /)' },
    {
      name: 'start_joinable_thread',
      flags: METH_CLINIC,
      meth: start_joinable_thread,
      sig: '($module, /, function, handle=None, daemon=True)',
    },
    { name: 'daemon_threads_allowed', flags: METH_NOARGS, meth: daemon_threads_allowed, sig: '($module, /)' },
    { name: 'allocate_lock', flags: METH_NOARGS, meth: allocate_lock, sig: '($module, /)' },
    { name: 'allocate', flags: METH_NOARGS, meth: allocate_lock, sig: '($module, /)' },
    { name: 'exit_thread', flags: METH_NOARGS, meth: exit_thread, sig: '($module, /)' },
    { name: 'exit', flags: METH_NOARGS, meth: exit_thread, sig: '($module, /)' },
    { name: 'interrupt_main', flags: METH_CLINIC, meth: interrupt_main, sig: '($module, signum=signal.SIGINT, /)' },
    { name: 'get_ident', flags: METH_NOARGS, meth: get_ident, sig: '($module, /)' },
    { name: 'get_native_id', flags: METH_NOARGS, meth: get_native_id, sig: '($module, /)' },
    { name: '_count', flags: METH_NOARGS, meth: _count, sig: '($module, /)' },
    { name: 'stack_size', flags: METH_CLINIC, meth: stack_size, sig: '($module, size=0, /)' },
    { name: '_excepthook', flags: METH_O, meth: _excepthook, sig: '($module, args, /)' },
    { name: '_is_main_interpreter', flags: METH_NOARGS, meth: _is_main_interpreter, sig: '($module, /)' },
    { name: '_shutdown', flags: METH_NOARGS, meth: _shutdown, sig: '($module, /)' },
    { name: '_make_thread_handle', flags: METH_O, meth: _make_thread_handle, sig: '($module, ident, /)' },
    { name: '_get_main_thread_ident', flags: METH_NOARGS, meth: _get_main_thread_ident, sig: '($module, /)' },
    { name: 'set_name', flags: METH_CLINIC, meth: set_name, sig: '($module, /, name)' },
    { name: '_get_name', flags: METH_NOARGS, meth: _get_name, sig: '($module, /)' },
  ],
  exec,
};
