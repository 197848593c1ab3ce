// future.ts: the Future type.                                                             CPython: Modules/_asynciomodule.c
//
// Invariants: `callbacks` is empty once the future is done; a cleared or not initialised future has no loop.

import { PyErr_SetObject, PyErr_SetString, Raised } from '../../core/errors.ts';
import { gc_del, gc_new } from '../../core/gc.ts';
import {
  decref,
  newref,
  Py_EQ,
  Py_TPFLAGS_BASETYPE,
  Py_TPFLAGS_DISALLOW_INSTANTIATION,
  Py_TPFLAGS_HAVE_GC,
  Py_TPFLAGS_IMMUTABLETYPE,
  PyObject,
  type PyTypeObject,
  type visitproc,
  xdecref,
  xnewref,
} from '../../core/object.ts';
import {
  type GetSetSpec,
  METH_CLASS,
  METH_CLINIC,
  METH_FASTCALL,
  METH_NOARGS,
  METH_O,
  module_type,
} from '../../core/spec.ts';
import { current } from '../../core/tstate.ts';
import { PyBool_FromLong } from '../../objects/boolobject.ts';
import {
  PyObject_CallMethodNoArgs,
  PyObject_CallMethodOneArg,
  PyObject_CallNoArgs,
  PyObject_CallOneArg,
  PyObject_Vectorcall,
} from '../../objects/call.ts';
import { PyExceptionClass_Check, PyExceptionInstance_Check } from '../../objects/checks.ts';
import { PyDict_New, PyDict_SetItemString } from '../../objects/dictobject.ts';
import { PyErr_WriteUnraisable } from '../../objects/errors_util.ts';
import {
  _PyGen_SetStopIterationValue,
  PyExc_AttributeError,
  PyExc_RuntimeError,
  PyExc_StopIteration,
  PyExc_TypeError,
  PyExc_ValueError,
  PyException_GetTraceback,
  PyException_SetCause,
  PyException_SetContext,
  PyException_SetTraceback,
} from '../../objects/exceptions.ts';
import { Py_GenericAlias_class_getitem } from '../../objects/genericaliasobject.ts';
import { check_throw_args, PyErr_NormalizeException, sendResult } from '../../objects/genobject.ts';
import { PyArg_Clinic } from '../../objects/getargs.ts';
import { PyImport_ImportModuleAttr } from '../../objects/import_util.ts';
import { release_instance, traverse_instance } from '../../objects/instance.ts';
import { PyList_FromArraySteal } from '../../objects/listobject.ts';
import { PyLong_FromLong } from '../../objects/longobject.ts';
import {
  Py_None,
  PyObject_GetAttrString,
  PyObject_IsTrue,
  PyObject_RichCompareBool,
  PyObject_SelfIter,
} from '../../objects/object.ts';
import { PyFrozenSet_New } from '../../objects/setobject.ts';
import { PyTraceBack_Check } from '../../objects/tracebackobject.ts';
import { PyTuple_FromArraySteal } from '../../objects/tupleobject.ts';
import { call_finalizer_from_dealloc, clear_instance_state, PyObject_TypeCheck } from '../../objects/typeobject.ts';
import { _Py_ID, PyUnicode_FromString } from '../../objects/unicodeobject.ts';
import { PyContext_CopyCurrent } from '../_contextvars.ts';
import { none } from '../args.ts';
import { asyncio_name, cancelled_error_type, get_event_loop, invalid_state } from './running.ts';

export const PENDING = 0;
const CANCELLED = 1;
const FINISHED = 2;
const STATE_NAMES = ['PENDING', 'CANCELLED', 'FINISHED'];

/** A callback and the context it is to run in; owned. */
interface Callback {
  readonly fn: PyObject;
  readonly context: PyObject;
}

/** References are owned. */
export class FutureState {
  loop: PyObject | null = null;
  callbacks: Callback[] = [];
  state = PENDING;
  result: PyObject | null = null;
  exception: PyObject | null = null;
  exception_tb: PyObject | null = null;
  source_tb: PyObject | null = null;
  cancel_msg: PyObject | null = null;
  /** The CancelledError that ended a task, to be raised once. */
  cancelled_exc: PyObject | null = null;
  /** Who awaits it: futures and tasks. */
  awaited_by: Set<PyObject> | null = null;
  /** Its exception is to be reported if nobody asks for it. */
  log_tb = false;
  blocking = false;
}
export type FutureObject = PyObject<FutureState>;

export function fut(o: PyObject): FutureState {
  return (o as FutureObject).v;
}

export function is_future(o: PyObject): boolean {
  return PyObject_TypeCheck(o, future_type);
}

const NOT_INITIALIZED = 'Future object is not initialized.';

/** The loop; RuntimeError if the future has none. CPython: future_ensure_alive */
function alive(f: FutureState): PyObject {
  if (f.loop === null) PyErr_SetString(PyExc_RuntimeError, NOT_INITIALIZED);
  return f.loop;
}

const CONTEXT_KEYWORD: { names: PyObject | null } = { names: null };

/** loop.call_soon(func, arg, context=context); without arg for null. */
export function call_soon(loop: PyObject, func: PyObject, arg: PyObject | null, context: PyObject): void {
  CONTEXT_KEYWORD.names ??= PyTuple_FromArraySteal([newref(_Py_ID('context'))]);
  const method = PyObject_GetAttrString(loop, 'call_soon');
  try {
    const args = arg === null ? [func, context] : [func, arg, context];
    decref(PyObject_Vectorcall(method, args, CONTEXT_KEYWORD.names));
  } finally {
    decref(method);
  }
}

function release_callbacks(callbacks: readonly Callback[]): void {
  for (const c of callbacks) {
    decref(c.fn);
    decref(c.context);
  }
}

/** Has the loop call the callbacks. CPython: future_schedule_callbacks */
function schedule_callbacks(self: PyObject): void {
  const f = fut(self);
  const { callbacks } = f;
  if (callbacks.length === 0) return;
  f.callbacks = [];
  try {
    for (const c of callbacks) call_soon(f.loop!, c.fn, self, c.context);
  } finally {
    release_callbacks(callbacks);
  }
}

/** Gives up everything that is held, and the state. */
function reset(f: FutureState): void {
  const { loop, callbacks, awaited_by } = f;
  const held = [f.result, f.exception, f.exception_tb, f.source_tb, f.cancel_msg, f.cancelled_exc];
  f.loop = f.result = f.exception = f.exception_tb = f.source_tb = f.cancel_msg = f.cancelled_exc = null;
  f.callbacks = [];
  f.awaited_by = null;
  release_callbacks(callbacks);
  xdecref(loop);
  for (const o of held) xdecref(o);
  if (awaited_by !== null) for (const o of awaited_by) decref(o);
}

/** CPython: future_init */
export function future_init(self: PyObject, loop: PyObject | null): void {
  const f = fut(self);
  reset(f);
  f.state = PENDING;
  f.log_tb = f.blocking = false;
  f.loop = loop === null || loop === Py_None ? get_event_loop() : newref(loop);
  const debug = PyObject_CallMethodNoArgs(f.loop, 'get_debug');
  const is_debug = PyObject_IsTrue(debug);
  decref(debug);
  if (!is_debug || current.tstate.interp.finalizing) return;
  const extract = PyImport_ImportModuleAttr('traceback', 'extract_stack');
  try {
    f.source_tb = PyObject_CallNoArgs(extract);
  } finally {
    decref(extract);
  }
}

function expect_pending(f: FutureState): void {
  if (f.state !== PENDING) invalid_state('invalid state');
}

/** CPython: future_set_result */
export function set_result(self: PyObject, result: PyObject): void {
  const f = fut(self);
  alive(f);
  expect_pending(f);
  f.result = newref(result);
  f.state = FINISHED;
  schedule_callbacks(self);
}

const STOP_ITERATION = 'StopIteration interacts badly with generators and cannot be raised into a Future';

/** The exception (owned) that set_exception() is to keep. */
function exception_to_keep(f: FutureState, given: PyObject): PyObject {
  let exc = newref(given);
  if (PyExceptionClass_Check(given)) {
    decref(exc);
    exc = PyObject_CallNoArgs(given);
  }
  try {
    expect_pending(f);
    if (!PyExceptionInstance_Check(exc)) PyErr_SetString(PyExc_TypeError, 'invalid exception object');
    if (!PyObject_TypeCheck(exc, PyExc_StopIteration)) return newref(exc);
    const text = PyUnicode_FromString(STOP_ITERATION);
    const wrapped = PyObject_CallOneArg(PyExc_RuntimeError, text);
    decref(text);
    PyException_SetCause(wrapped, newref(exc));
    PyException_SetContext(wrapped, newref(exc));
    return wrapped;
  } finally {
    decref(exc);
  }
}

/** CPython: future_set_exception */
export function set_exception(self: PyObject, given: PyObject): void {
  const f = fut(self);
  alive(f);
  expect_pending(f);
  const exc = exception_to_keep(f, given);
  f.exception = exc;
  f.exception_tb = PyException_GetTraceback(exc);
  f.state = FINISHED;
  schedule_callbacks(self);
  f.log_tb = true;
}

/** CPython: future_cancel */
export function cancel(self: PyObject, message: PyObject | null): boolean {
  const f = fut(self);
  f.log_tb = false;
  if (f.state !== PENDING) return false;
  f.state = CANCELLED;
  const old = f.cancel_msg;
  f.cancel_msg = xnewref(message);
  xdecref(old);
  schedule_callbacks(self);
  return true;
}

/** The CancelledError to raise (owned). CPython: create_cancelled_error */
export function make_cancelled_error(self: PyObject): PyObject {
  const f = fut(self);
  const saved = f.cancelled_exc;
  if (saved !== null) {
    f.cancelled_exc = null;
    return saved;
  }
  const type = cancelled_error_type();
  return f.cancel_msg === null || f.cancel_msg === Py_None
    ? PyObject_CallNoArgs(type)
    : PyObject_CallOneArg(type, f.cancel_msg);
}

function raise(exc: PyObject): never {
  try {
    return PyErr_SetObject(exc.ob_type, exc);
  } finally {
    decref(exc);
  }
}

/** The exception (owned) of a future that is done, null if it has a result. CPython: future_get_result */
function outcome(self: PyObject, not_yet: string): PyObject | null {
  const f = fut(self);
  if (f.loop === null) invalid_state(NOT_INITIALIZED);
  if (f.state === CANCELLED) raise(make_cancelled_error(self));
  if (f.state !== FINISHED) invalid_state(not_yet);
  f.log_tb = false;
  return xnewref(f.exception);
}

/** The result (owned), or what it raises. */
export function get_result(self: PyObject): PyObject {
  const exc = outcome(self, 'Result is not set.');
  const f = fut(self);
  if (exc === null) return newref(f.result!);
  const tb = f.exception_tb;
  f.exception_tb = null;
  PyException_SetTraceback(exc, tb ?? Py_None);
  xdecref(tb);
  return raise(exc);
}

/** Has `fn` called with the future when it is done. CPython: future_add_done_callback */
export function add_done_callback(self: PyObject, fn: PyObject, context: PyObject): void {
  const f = fut(self);
  if (f.loop === null) PyErr_SetString(PyExc_RuntimeError, 'uninitialized Future object');
  if (f.state !== PENDING) call_soon(f.loop, fn, self, context);
  else f.callbacks.push({ fn: newref(fn), context: newref(context) });
}

/** Records that `waiter` awaits the future; of other objects nothing is known. CPython: future_awaited_by_add */
export function awaited_by_add(self: PyObject, waiter: PyObject): void {
  if (!is_future(self) || !is_future(waiter)) return;
  const f = fut(self);
  f.awaited_by ??= new Set();
  if (!f.awaited_by.has(waiter)) f.awaited_by.add(newref(waiter));
}

/** CPython: future_awaited_by_discard */
export function awaited_by_discard(self: PyObject, waiter: PyObject): void {
  if (!is_future(self)) return;
  const f = fut(self);
  if (f.awaited_by === null || !f.awaited_by.delete(waiter)) return;
  if (f.awaited_by.size === 0) f.awaited_by = null;
  decref(waiter);
}

// --- methods -----------------------------------------------------------------------------------------------------------------

function future_tp_init(self: PyObject, args: PyObject, kwargs: PyObject | null): void {
  future_init(self, PyArg_Clinic('Future', '(*, loop=None)', args, kwargs)[0]!);
}

function future_exception(self: PyObject): PyObject {
  return outcome(self, 'Exception is not set.') ?? none();
}

function future_set_result(self: PyObject, result: PyObject): PyObject {
  set_result(self, result);
  return none();
}

function future_set_exception(self: PyObject, exc: PyObject): PyObject {
  set_exception(self, exc);
  return none();
}

function future_add_done_callback(self: PyObject, fn: PyObject, context: PyObject | null): PyObject {
  if (context !== null) add_done_callback(self, fn, context);
  else {
    const copy = PyContext_CopyCurrent();
    try {
      add_done_callback(self, fn, copy);
    } finally {
      decref(copy);
    }
  }
  return none();
}

/** Comparing may change the list: what stands in it then and was found equal goes. CPython: _asyncio_Future_remove_done_callback */
function future_remove_done_callback(self: PyObject, fn: PyObject): PyObject {
  const f = fut(self);
  alive(f);
  const equal: Set<Callback> = new Set();
  for (let i = 0; i < f.callbacks.length; i++) {
    const c = f.callbacks[i]!;
    newref(c.fn);
    try {
      if (PyObject_RichCompareBool(c.fn, fn, Py_EQ)) equal.add(c);
    } finally {
      decref(c.fn);
    }
  }
  const removed = f.callbacks.filter(c => equal.has(c));
  f.callbacks = f.callbacks.filter(c => !equal.has(c));
  release_callbacks(removed);
  return PyLong_FromLong(equal.size);
}

function future_cancel(self: PyObject, message: PyObject | null): PyObject {
  alive(fut(self));
  return PyBool_FromLong(cancel(self, message));
}

function future_cancelled(self: PyObject): PyObject {
  return PyBool_FromLong(fut(self).loop !== null && fut(self).state === CANCELLED);
}

function future_done(self: PyObject): PyObject {
  return PyBool_FromLong(fut(self).loop !== null && fut(self).state !== PENDING);
}

function future_get_loop(self: PyObject): PyObject {
  return newref(alive(fut(self)));
}

function future_repr(self: PyObject): PyObject {
  alive(fut(self));
  return PyObject_CallOneArg(asyncio_name('asyncio.base_futures', '_future_repr'), self);
}

/** Tells the loop's exception handler of something that nobody will see otherwise. Throws nothing. */
export function tell_loop(self: PyObject, entries: readonly (readonly [string, PyObject])[]): void {
  const f = fut(self);
  try {
    const context = PyDict_New();
    try {
      for (const [name, value] of entries) PyDict_SetItemString(context, name, value);
      if (f.source_tb !== null) PyDict_SetItemString(context, 'source_traceback', f.source_tb);
      decref(PyObject_CallMethodOneArg(f.loop!, 'call_exception_handler', context));
    } finally {
      decref(context);
    }
  } catch (e) {
    PyErr_WriteUnraisable(self, e);
  }
}

/** CPython: FutureObj_finalize */
export function future_finalize(self: PyObject): void {
  const f = fut(self);
  if (!f.log_tb || f.exception === null) return;
  f.log_tb = false;
  const name = self.ob_type.tp_name;
  const message = PyUnicode_FromString(`${name.slice(name.lastIndexOf('.') + 1)} exception was never retrieved`);
  tell_loop(self, [
    ['message', message],
    ['exception', f.exception],
    ['future', self],
  ]);
  decref(message);
}

function future_new(type: PyTypeObject): PyObject {
  return type.tp_alloc!(type, new FutureState());
}

export function future_traverse(self: PyObject, visit: visitproc): void {
  const f = fut(self);
  traverse_instance(self, visit);
  if (f.loop !== null) visit(f.loop);
  for (const c of f.callbacks) {
    visit(c.fn);
    visit(c.context);
  }
  if (f.result !== null) visit(f.result);
  if (f.exception !== null) visit(f.exception);
  if (f.exception_tb !== null) visit(f.exception_tb);
  if (f.source_tb !== null) visit(f.source_tb);
  if (f.cancel_msg !== null) visit(f.cancel_msg);
  if (f.cancelled_exc !== null) visit(f.cancelled_exc);
  if (f.awaited_by !== null) for (const o of f.awaited_by) visit(o);
}

export function future_tp_clear(self: PyObject): void {
  if (self.d !== null && self.ob_type.ht_slot_count === 0) clear_instance_state(self);
  reset(fut(self));
}

function future_dealloc(self: PyObject): void {
  if (!call_finalizer_from_dealloc(self)) return;
  gc_del(self);
  release_instance(self);
  reset(fut(self));
}

// --- attributes ----------------------------------------------------------------------------------------------------------------

/** What cannot be deleted. */
export function settable(name: string, type: string, set: (self: PyObject, value: PyObject) => void) {
  return (self: PyObject, value: PyObject | null): void => {
    if (value === null) {
      PyErr_SetString(PyExc_AttributeError, `attribute '${name}' of '_asyncio.${type}' objects cannot be deleted`);
    }
    set(self, value);
  };
}

function get_callbacks(self: PyObject): PyObject {
  const f = fut(self);
  alive(f);
  if (f.callbacks.length === 0) return none();
  return PyList_FromArraySteal(f.callbacks.map(c => PyTuple_FromArraySteal([newref(c.fn), newref(c.context)])));
}

/** An attribute that is None when it is not set, of a future that is alive. */
function attribute(name: string, get: (f: FutureState) => PyObject | null): GetSetSpec {
  return {
    name,
    get: self => {
      alive(fut(self));
      return newref(get(fut(self)) ?? Py_None);
    },
  };
}

const getset: GetSetSpec[] = [
  {
    name: '_state',
    get: self => {
      alive(fut(self));
      return newref(_Py_ID(STATE_NAMES[fut(self).state]!));
    },
  },
  {
    name: '_asyncio_future_blocking',
    get: self => PyBool_FromLong(fut(self).loop !== null && fut(self).blocking),
    set: settable('_asyncio_future_blocking', 'Future', (self, value) => {
      alive(fut(self));
      fut(self).blocking = PyObject_IsTrue(value);
    }),
  },
  { name: '_loop', get: self => newref(fut(self).loop ?? Py_None) },
  { name: '_callbacks', get: get_callbacks },
  attribute('_result', f => f.result),
  attribute('_exception', f => f.exception),
  {
    name: '_log_traceback',
    get: self => {
      alive(fut(self));
      return PyBool_FromLong(fut(self).log_tb);
    },
    set: settable('_log_traceback', 'Future', (self, value) => {
      if (PyObject_IsTrue(value)) PyErr_SetString(PyExc_ValueError, '_log_traceback can only be set to False');
      fut(self).log_tb = false;
    }),
  },
  { name: '_source_traceback', get: self => newref(fut(self).source_tb ?? Py_None) },
  {
    name: '_cancel_message',
    get: self => newref(fut(self).cancel_msg ?? Py_None),
    set: settable('_cancel_message', 'Future', (self, value) => {
      const old = fut(self).cancel_msg;
      fut(self).cancel_msg = newref(value);
      xdecref(old);
    }),
  },
  {
    name: '_asyncio_awaited_by',
    get: self => {
      const { awaited_by } = fut(self);
      if (awaited_by === null) return none();
      const list = PyList_FromArraySteal([...awaited_by].map(newref));
      try {
        return PyFrozenSet_New(list);
      } finally {
        decref(list);
      }
    },
  },
];

// --- awaiting ------------------------------------------------------------------------------------------------------------------

/** The future (owned), until the iterator is closed. */
type FutureIterObject = PyObject<PyObject | null>;

function future_iter(self: PyObject): PyObject {
  alive(fut(self));
  const it: PyObject = new PyObject<unknown, unknown>(futureiter_type, newref(self), null);
  gc_new(it);
  return it;
}

/** CPython: FutureIter_am_send */
function iter_am_send(self: PyObject, _arg: PyObject): PyObject {
  const future = (self as FutureIterObject).v;
  sendResult.returned = true;
  if (future === null) return none();
  const f = fut(future);
  if (f.state === PENDING) {
    if (f.blocking) PyErr_SetString(PyExc_RuntimeError, "await wasn't used with future");
    f.blocking = true;
    sendResult.returned = false;
    return newref(future);
  }
  return get_result(future);
}

/** CPython: FutureIter_iternext */
function iter_next(self: PyObject): PyObject | null {
  const result = iter_am_send(self, Py_None);
  if (!sendResult.returned) return result;
  try {
    if (result === Py_None) return null;
    return _PyGen_SetStopIterationValue(result);
  } finally {
    decref(result);
  }
}

function iter_send(self: PyObject, _arg: PyObject): PyObject {
  const result = iter_next(self);
  if (result !== null) return result;
  throw new Raised(PyObject_CallNoArgs(PyExc_StopIteration));
}

function iter_close(self: PyObject): PyObject {
  const it = self as FutureIterObject;
  const future = it.v;
  it.v = null;
  xdecref(future);
  return none();
}

/** CPython: FutureIter_throw */
function iter_throw(self: PyObject, args: PyObject[]): PyObject {
  check_throw_args(args);
  const [type, value = null] = args as [PyObject, PyObject?];
  const tb = args[2] === Py_None ? null : (args[2] ?? null);
  if (tb !== null && !PyTraceBack_Check(tb))
    PyErr_SetString(PyExc_TypeError, 'throw() third argument must be a traceback');
  let exc: PyObject;
  if (PyExceptionClass_Check(type)) exc = PyErr_NormalizeException(type as PyTypeObject, value);
  else if (PyExceptionInstance_Check(type)) {
    if (value !== null && value !== Py_None)
      PyErr_SetString(PyExc_TypeError, 'instance exception may not have a separate value');
    exc = newref(type);
  } else {
    const text = 'exceptions must be classes deriving BaseException or instances of such a class';
    PyErr_SetString(PyExc_TypeError, text);
  }
  if (tb !== null) PyException_SetTraceback(exc, tb);
  decref(iter_close(self));
  throw new Raised(exc);
}

function iter_dealloc(self: PyObject): void {
  gc_del(self);
  decref(iter_close(self));
}

export const futureiter_type = module_type('_asyncio', {
  name: '_asyncio.FutureIter',
  heap: 'immutable',
  tp_basicsize: 24,
  tp_flags: Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_DISALLOW_INSTANTIATION | Py_TPFLAGS_IMMUTABLETYPE,
  tp_dealloc: iter_dealloc,
  tp_traverse: (self, visit) => {
    const future = (self as FutureIterObject).v;
    if (future !== null) visit(future);
  },
  tp_clear: self => decref(iter_close(self)),
  tp_iter: PyObject_SelfIter,
  tp_iternext: iter_next,
  am_send: iter_am_send,
  methods: [
    { name: 'send', flags: METH_O, meth: iter_send, sig: '($self, object, /)' },
    { name: 'throw', flags: METH_FASTCALL, meth: iter_throw },
    { name: 'close', flags: METH_NOARGS, meth: iter_close, sig: '($self, /)' },
  ],
});

export const future_type = module_type('_asyncio', {
  name: '_asyncio.Future',
  heap: 'immutable',
  tp_basicsize: 112,
  tp_dictoffset: -1,
  has_dict: true,
  has_weakrefs: true,
  tp_flags: Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_IMMUTABLETYPE,
  tp_doc: 'Something that will have a result, or an exception; for one event loop.',
  tp_new: future_new,
  tp_init: future_tp_init,
  tp_dealloc: future_dealloc,
  tp_traverse: future_traverse,
  tp_clear: future_tp_clear,
  tp_finalize: future_finalize,
  tp_repr: future_repr,
  tp_iter: future_iter,
  am_await: future_iter,
  methods: [
    { name: 'result', flags: METH_NOARGS, meth: get_result, sig: '($self, /)', doc: 'The result, or what it raises.' },
    {
      name: 'exception',
      flags: METH_NOARGS,
      meth: future_exception,
      sig: '($self, /)',
      doc: 'The exception that was set, or None.',
    },
    {
      name: 'set_result',
      flags: METH_O,
      meth: future_set_result,
      sig: '($self, result, /)',
      doc: 'Ends the future with a result.',
    },
    {
      name: 'set_exception',
      flags: METH_O,
      meth: future_set_exception,
      sig: '($self, exception, /)',
      doc: 'Ends the future with an exception.',
    },
    {
      name: 'add_done_callback',
      flags: METH_CLINIC,
      meth: future_add_done_callback,
      sig: '($self, fn, /, *, context=<unrepresentable>)',
      doc: 'Has the function called with the future, by the event loop, when it is done.',
    },
    {
      name: 'remove_done_callback',
      flags: METH_O,
      meth: future_remove_done_callback,
      sig: '($self, fn, /)',
      doc: 'Removes a callback; how many there were.',
    },
    {
      name: 'cancel',
      flags: METH_CLINIC,
      meth: future_cancel,
      sig: '($self, /, msg=None)',
      doc: 'Ends the future as cancelled; False if it is done already.',
    },
    {
      name: 'cancelled',
      flags: METH_NOARGS,
      meth: future_cancelled,
      sig: '($self, /)',
      doc: 'Whether it was cancelled.',
    },
    {
      name: 'done',
      flags: METH_NOARGS,
      meth: future_done,
      sig: '($self, /)',
      doc: 'Whether it has ended, in any way.',
    },
    { name: 'get_loop', flags: METH_NOARGS, meth: future_get_loop, sig: '($self, /)', doc: 'Its event loop.' },
    {
      name: '_make_cancelled_error',
      flags: METH_NOARGS,
      meth: make_cancelled_error,
      sig: '($self, /)',
      doc: 'The CancelledError to raise.',
    },
    {
      name: '__class_getitem__',
      flags: METH_O | METH_CLASS,
      meth: Py_GenericAlias_class_getitem,
      sig: '($type, object, /)',
    },
  ],
  getset,
  after_ready: type => {
    type.tp_data = { text_signature: '(*, loop=None)' };
  },
});
