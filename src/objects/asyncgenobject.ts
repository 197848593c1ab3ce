// asyncgenobject.ts: asynchronous generators and the awaitables of their methods.         CPython: Objects/genobject.c, Objects/iterobject.c
//
// An asynchronous generator is never iterated itself: asend(), athrow(), aclose() and __anext__() give awaitables that step
// it. Inside the body `await` yields plain values, which go out to the event loop, while `yield` yields a wrapped value
// (async_gen_wrap), which ends the awaitable with that value.
// Invariant: `running_async` is true from an awaitable's first step to its last; only one awaitable runs at a time.
import { PyErr_Clear, PyErr_ExceptionMatches, PyErr_SetNone, PyErr_SetString } from '../core/errors.ts';
import { gc_del, gc_new, gc_track, gc_untrack } from '../core/gc.ts';
import {
  decref,
  G_TRACKED,
  newref,
  Py_TPFLAGS_HAVE_GC,
  PyObject,
  type PyTypeObject,
  xdecref,
  xnewref,
} from '../core/object.ts';
import { METH_FASTCALL, METH_NOARGS, METH_O, METH_VARARGS, static_type } from '../core/spec.ts';
import { current } from '../core/tstate.ts';
import { PyIter_Check } from './abstract.ts';
import { asyncGenHooks } from './asyncgen_hook.ts';
import { PyBool_FromLong } from './boolobject.ts';
import { PyObject_CallMethod, PyObject_CallOneArg } from './call.ts';
import { PyTuple_Check } from './checks.ts';
import { PyErr_FormatUnraisable } from './errors_util.ts';
import {
  _PyGen_SetStopIterationValue,
  PyExc_DeprecationWarning,
  PyExc_GeneratorExit,
  PyExc_RuntimeError,
  PyExc_RuntimeWarning,
  PyExc_StopAsyncIteration,
  PyExc_StopIteration,
  PyExc_TypeError,
} from './exceptions.ts';
import {
  _PyCoro_GetAwaitableIter,
  GEN_COMPLETED,
  type GenPayload,
  gen_class_getitem,
  gen_dealloc,
  gen_finalize,
  gen_getset,
  gen_repr_as,
  gen_send,
  gen_sizeof_method,
  gen_throw,
  gen_throw_exc,
  gen_traverse,
  PyCoro_CheckExact,
  sendResult,
} from './genobject.ts';
import { PyArg_CheckPositional } from './getargs.ts';
import { Py_None, PyObject_SelfIter, repr_string } from './object.ts';
import { PyTuple_GET_SIZE } from './tupleobject.ts';
import { call_finalizer_from_dealloc } from './typeobject.ts';
import { PyErr_WarnEx, warn_text } from './warnings.ts';

type AsyncGen = PyObject<GenPayload>;

// --- the generator ------------------------------------------------------------------------------------------------------

/** Tells the event loop's hooks of the generator, before its first step. CPython: async_gen_init_hooks */
function init_hooks(gen: AsyncGen): void {
  const g = gen.v;
  if (g.hooks_inited) return;
  g.hooks_inited = true;
  const tstate = current.tstate;
  if (tstate.async_gen_finalizer !== null) g.finalizer = newref(tstate.async_gen_finalizer);
  const firstiter = tstate.async_gen_firstiter;
  if (firstiter === null) return;
  newref(firstiter);
  try {
    decref(PyObject_CallOneArg(firstiter, gen));
  } finally {
    decref(firstiter);
  }
}

function async_gen_anext(self: PyObject): PyObject {
  init_hooks(self as AsyncGen);
  return asend_new(self as AsyncGen, null);
}

function async_gen_asend(self: PyObject, arg: PyObject): PyObject {
  init_hooks(self as AsyncGen);
  return asend_new(self as AsyncGen, arg);
}

function async_gen_aclose(self: PyObject): PyObject {
  init_hooks(self as AsyncGen);
  return athrow_new(self as AsyncGen, null);
}

function async_gen_athrow(self: PyObject, args: PyObject): PyObject {
  if (PyTuple_GET_SIZE(args) > 1) {
    PyErr_WarnEx(
      PyExc_DeprecationWarning,
      'the (type, exc, tb) signature of athrow() is deprecated, use the single-arg signature instead.',
      1,
    );
  }
  init_hooks(self as AsyncGen);
  return athrow_new(self as AsyncGen, (args as PyObject<PyObject[]>).v);
}

export const PyAsyncGen_Type = static_type({
  name: 'async_generator',
  tp_basicsize: 152,
  tp_itemsize: 8,
  tp_flags: Py_TPFLAGS_HAVE_GC,
  has_weakrefs: true,
  tp_weaklistoffset: 16,
  tp_dealloc: gen_dealloc_thunk,
  tp_traverse: gen_traverse_thunk,
  tp_finalize: self => gen_finalize(self),
  tp_repr: async_gen_repr,
  am_aiter: self => PyObject_SelfIter(self),
  am_anext: async_gen_anext,
  methods: [
    { name: 'asend', flags: METH_O, meth: async_gen_asend, sig: '($self, object, /)' },
    { name: 'athrow', flags: METH_VARARGS, meth: async_gen_athrow },
    { name: 'aclose', flags: METH_NOARGS, meth: async_gen_aclose, sig: '($self, /)' },
  ],
  members: [{ name: 'ag_running', get: self => PyBool_FromLong((self as AsyncGen).v.running_async) }],
});

// genobject.ts may be evaluated after this file: its functions are looked up when they are called.
function gen_dealloc_thunk(self: PyObject): void {
  gen_dealloc(self);
}
function gen_traverse_thunk(self: PyObject, visit: (o: PyObject) => void): void {
  gen_traverse(self, visit);
}
function async_gen_repr(self: PyObject): PyObject {
  return gen_repr_as('async_generator')(self);
}

/** Completes the type's tables with what it shares with the other generators. Called at start-up, before types are readied. */
export function init_asyncgen(): void {
  if (asyncGenHooks.type !== null) return;
  asyncGenHooks.type = PyAsyncGen_Type;
  PyAsyncGen_Type.tp_methods = [...PyAsyncGen_Type.tp_methods, gen_sizeof_method, gen_class_getitem];
  PyAsyncGen_Type.tp_getset = gen_getset('ag', 'ag_await');
}

// --- the awaitables -----------------------------------------------------------------------------------------------------

const AWAITABLE_INIT = 0; // not yet iterated
const AWAITABLE_ITER = 1;
const AWAITABLE_CLOSED = 2;

/** An error ends the step: what it says of the generator. CPython: the NULL case of async_gen_unwrap_value */
function step_failed(g: GenPayload, error: unknown): void {
  if (PyErr_ExceptionMatches(error, PyExc_StopAsyncIteration) || PyErr_ExceptionMatches(error, PyExc_GeneratorExit))
    g.closed = true;
  g.running_async = false;
}

/** Raises StopIteration with the wrapped value; releases the wrapper. */
function raise_wrapped(result: PyObject): never {
  try {
    _PyGen_SetStopIterationValue((result as PyObject<PyObject>).v);
  } finally {
    decref(result);
  }
}

function is_wrapped(o: PyObject): boolean {
  return o.ob_type === _PyAsyncGenWrappedValue_Type;
}

/** Reports an awaitable that is dropped before it ran. CPython: Python/_warnings.c:_PyErr_WarnUnawaitedAgenMethod */
function warn_unawaited_method(gen: AsyncGen, method: string): void {
  try {
    warn_text(
      PyExc_RuntimeWarning,
      `coroutine method '${method}' of ${repr_string(gen.v.qualname)} was never awaited`,
      1,
      gen,
    );
  } catch (e) {
    PyErr_FormatUnraisable(`Exception ignored while finalizing async generator ${repr_string(gen)}`, e);
  }
}

/** Ends an awaitable by GeneratorExit; quiet when it ends as it should. */
function close_awaitable(throw_: (self: PyObject, args: PyObject[]) => PyObject, self: PyObject): PyObject {
  let result: PyObject;
  try {
    result = throw_(self, [PyExc_GeneratorExit]);
  } catch (e) {
    if (
      PyErr_ExceptionMatches(e, PyExc_StopIteration) ||
      PyErr_ExceptionMatches(e, PyExc_StopAsyncIteration) ||
      PyErr_ExceptionMatches(e, PyExc_GeneratorExit)
    ) {
      PyErr_Clear(e);
      return newref(Py_None);
    }
    throw e;
  }
  decref(result);
  PyErr_SetString(PyExc_RuntimeError, 'coroutine ignored GeneratorExit');
}

// --- asend() and __anext__() ----------------------------------------------------------------------------------------------

class ASendPayload {
  /** Owned. */
  gen: AsyncGen;
  /** Owned; null for __anext__(). */
  sendval: PyObject | null;
  state = AWAITABLE_INIT;
  constructor(gen: AsyncGen, sendval: PyObject | null) {
    this.gen = gen;
    this.sendval = sendval;
  }
}
type ASend = PyObject<ASendPayload>;

function asend_new(gen: AsyncGen, sendval: PyObject | null): PyObject {
  const o = new PyObject<unknown, unknown>(
    _PyAsyncGenASend_Type,
    new ASendPayload(newref(gen), xnewref(sendval)),
    null,
  );
  gc_new(o);
  return o;
}

const REUSED_ASEND = 'cannot reuse already awaited __anext__()/asend()';
const ANEXT_RUNNING = 'anext(): asynchronous generator is already running';

/** A step: the awaited value, or null with the yielded value in `yielded` (owned, wrapped). CPython: async_gen_asend_send */
function asend_step(o: ASendPayload, arg: PyObject | null): PyObject {
  const g = o.gen.v;
  if (o.state === AWAITABLE_CLOSED) PyErr_SetString(PyExc_RuntimeError, REUSED_ASEND);
  if (o.state === AWAITABLE_INIT) {
    if (g.running_async) {
      o.state = AWAITABLE_CLOSED;
      PyErr_SetString(PyExc_RuntimeError, ANEXT_RUNNING);
    }
    if (arg === null || arg === Py_None) arg = o.sendval;
    o.state = AWAITABLE_ITER;
  }
  g.running_async = true;
  let result: PyObject;
  try {
    result = gen_send(o.gen, arg);
  } catch (e) {
    step_failed(g, e);
    o.state = AWAITABLE_CLOSED;
    throw e;
  }
  if (is_wrapped(result)) {
    g.running_async = false;
    o.state = AWAITABLE_CLOSED;
  }
  return result;
}

function asend_send(self: PyObject, arg: PyObject | null): PyObject {
  const result = asend_step((self as ASend).v, arg);
  if (is_wrapped(result)) raise_wrapped(result);
  return result;
}

/** The quick way for SEND: no StopIteration is made for a yielded value. */
function asend_am_send(self: PyObject, arg: PyObject): PyObject {
  const result = asend_step((self as ASend).v, arg);
  if (!is_wrapped(result)) {
    sendResult.returned = false;
    return result;
  }
  const value = newref((result as PyObject<PyObject>).v);
  decref(result);
  sendResult.returned = true;
  return value;
}

function asend_throw(self: PyObject, args: PyObject[]): PyObject {
  const o = (self as ASend).v;
  const g = o.gen.v;
  if (o.state === AWAITABLE_CLOSED) PyErr_SetString(PyExc_RuntimeError, REUSED_ASEND);
  if (o.state === AWAITABLE_INIT) {
    if (g.running_async) {
      o.state = AWAITABLE_CLOSED;
      PyErr_SetString(PyExc_RuntimeError, ANEXT_RUNNING);
    }
    o.state = AWAITABLE_ITER;
    g.running_async = true;
  }
  let result: PyObject;
  try {
    result = gen_throw(o.gen, args);
  } catch (e) {
    step_failed(g, e);
    o.state = AWAITABLE_CLOSED;
    throw e;
  }
  if (is_wrapped(result)) {
    g.running_async = false;
    o.state = AWAITABLE_CLOSED;
    raise_wrapped(result);
  }
  return result;
}

function asend_close(self: PyObject): PyObject {
  if ((self as ASend).v.state === AWAITABLE_CLOSED) return newref(Py_None);
  return close_awaitable(asend_throw, self);
}

function asend_dealloc(self: PyObject): void {
  if (!finalize_awaitable(self)) return;
  const o = (self as ASend).v;
  decref(o.gen);
  xdecref(o.sendval);
}

/** Runs the finalizer of an awaitable that dies; false if it lives on. */
function finalize_awaitable(self: PyObject): boolean {
  if ((self.g & G_TRACKED) === 0) gc_track(self);
  if (!call_finalizer_from_dealloc(self)) return false;
  gc_untrack(self);
  gc_del(self);
  return true;
}

export const _PyAsyncGenASend_Type: PyTypeObject = static_type({
  name: 'async_generator_asend',
  tp_basicsize: 40,
  tp_flags: Py_TPFLAGS_HAVE_GC,
  tp_dealloc: asend_dealloc,
  tp_traverse(self, visit) {
    const o = (self as ASend).v;
    visit(o.gen);
    if (o.sendval !== null) visit(o.sendval);
  },
  tp_finalize(self) {
    const o = (self as ASend).v;
    if (o.state === AWAITABLE_INIT) warn_unawaited_method(o.gen, 'asend');
  },
  tp_iter: self => PyObject_SelfIter(self),
  tp_iternext: self => asend_send(self, null),
  am_await: self => PyObject_SelfIter(self),
  am_send: asend_am_send,
  methods: [
    { name: 'send', flags: METH_O, meth: asend_send, sig: '($self, object, /)' },
    { name: 'throw', flags: METH_FASTCALL, meth: asend_throw },
    { name: 'close', flags: METH_NOARGS, meth: asend_close, sig: '($self, /)' },
  ],
});

// --- values yielded by the body --------------------------------------------------------------------------------------------

type Wrapped = PyObject<PyObject>;

/** What `yield value` yields in an asynchronous generator. Borrows the value. CPython: _PyAsyncGenValueWrapperNew */
export function async_gen_wrap(value: PyObject): PyObject {
  const o = new PyObject<unknown, unknown>(_PyAsyncGenWrappedValue_Type, newref(value), null);
  gc_new(o);
  return o;
}

export const _PyAsyncGenWrappedValue_Type: PyTypeObject = static_type({
  name: 'async_generator_wrapped_value',
  tp_basicsize: 24,
  tp_flags: Py_TPFLAGS_HAVE_GC,
  tp_dealloc(self) {
    gc_del(self);
    decref((self as Wrapped).v);
  },
  tp_traverse(self, visit) {
    visit((self as Wrapped).v);
  },
});

// --- athrow() and aclose() -------------------------------------------------------------------------------------------------

class AThrowPayload {
  /** Owned. */
  gen: AsyncGen;
  /** Owned arguments of athrow(); null for aclose(). */
  args: PyObject[] | null;
  state = AWAITABLE_INIT;
  constructor(gen: AsyncGen, args: PyObject[] | null) {
    this.gen = gen;
    this.args = args;
  }
}
type AThrow = PyObject<AThrowPayload>;

/** CPython: async_gen_athrow_new */
function athrow_new(gen: AsyncGen, args: PyObject[] | null): PyObject {
  const payload = new AThrowPayload(newref(gen), args === null ? null : args.map(newref));
  const o = new PyObject<unknown, unknown>(_PyAsyncGenAThrow_Type, payload, null);
  gc_new(o);
  return o;
}

const REUSED_ATHROW = 'cannot reuse already awaited aclose()/athrow()';
const IGNORED_EXIT = 'async generator ignored GeneratorExit';

function athrow_start(o: AThrowPayload): void {
  if (o.gen.v.running_async) {
    o.state = AWAITABLE_CLOSED;
    PyErr_SetString(
      PyExc_RuntimeError,
      `${o.args === null ? 'aclose' : 'athrow'}(): asynchronous generator is already running`,
    );
  }
}

function athrow_done(o: AThrowPayload): void {
  o.gen.v.running_async = false;
  o.state = AWAITABLE_CLOSED;
}

/** The end of aclose(): the body yielded where it should have ended. */
function yielded_in_close(o: AThrowPayload, value: PyObject): never {
  decref(value);
  athrow_done(o);
  PyErr_SetString(PyExc_RuntimeError, IGNORED_EXIT);
}

/** An error in aclose(): that the body ended is what was wanted, and ends the awaitable with None. */
function rethrow_from_close(error: unknown): never {
  if (PyErr_ExceptionMatches(error, PyExc_StopAsyncIteration) || PyErr_ExceptionMatches(error, PyExc_GeneratorExit)) {
    PyErr_Clear(error);
    PyErr_SetNone(PyExc_StopIteration);
  }
  throw error;
}

/** CPython: async_gen_athrow_send */
function athrow_send(self: PyObject, arg: PyObject): PyObject {
  const o = (self as AThrow).v;
  const gen = o.gen;
  const g = gen.v;
  if (o.state === AWAITABLE_CLOSED) PyErr_SetString(PyExc_RuntimeError, REUSED_ATHROW);
  if (g.state >= GEN_COMPLETED) {
    o.state = AWAITABLE_CLOSED;
    PyErr_SetNone(PyExc_StopIteration);
  }
  let result: PyObject;
  if (o.state === AWAITABLE_INIT) {
    athrow_start(o);
    if (g.closed) {
      o.state = AWAITABLE_CLOSED;
      PyErr_SetNone(PyExc_StopAsyncIteration);
    }
    if (arg !== Py_None) PyErr_SetString(PyExc_RuntimeError, "can't send non-None value to a just-started coroutine");
    o.state = AWAITABLE_ITER;
    g.running_async = true;
    // GeneratorExit does not close what the body awaits: that may take awaiting too.
    if (o.args === null) {
      g.closed = true;
      try {
        result = gen_throw_exc(gen, PyExc_GeneratorExit, null, null, false);
      } catch (e) {
        athrow_done(o);
        rethrow_from_close(e);
      }
      if (is_wrapped(result)) yielded_in_close(o, result);
      return result;
    }
    PyArg_CheckPositional('athrow', o.args.length, 1, 3);
    try {
      result = gen_throw_exc(gen, o.args[0]!, o.args[1] ?? null, o.args[2] ?? null, false);
    } catch (e) {
      step_failed(g, e);
      athrow_done(o);
      throw e;
    }
    if (is_wrapped(result)) {
      athrow_done(o);
      raise_wrapped(result);
    }
    return result;
  }
  try {
    result = gen_send(gen, arg);
  } catch (e) {
    if (o.args !== null) {
      step_failed(g, e);
      throw e;
    }
    athrow_done(o);
    rethrow_from_close(e);
  }
  if (is_wrapped(result)) {
    if (o.args === null) yielded_in_close(o, result);
    g.running_async = false;
    raise_wrapped(result);
  }
  return result;
}

/** CPython: async_gen_athrow_throw */
function athrow_throw(self: PyObject, args: PyObject[]): PyObject {
  const o = (self as AThrow).v;
  const g = o.gen.v;
  if (o.state === AWAITABLE_CLOSED) PyErr_SetString(PyExc_RuntimeError, REUSED_ATHROW);
  if (o.state === AWAITABLE_INIT) {
    athrow_start(o);
    o.state = AWAITABLE_ITER;
    g.running_async = true;
  }
  let result: PyObject;
  try {
    result = gen_throw(o.gen, args);
  } catch (e) {
    if (o.args !== null) step_failed(g, e);
    athrow_done(o);
    if (o.args === null) rethrow_from_close(e);
    throw e;
  }
  if (is_wrapped(result)) {
    if (o.args === null) yielded_in_close(o, result);
    athrow_done(o);
    raise_wrapped(result);
  }
  return result;
}

function athrow_close(self: PyObject): PyObject {
  if ((self as AThrow).v.state === AWAITABLE_CLOSED) return newref(Py_None);
  return close_awaitable(athrow_throw, self);
}

export const _PyAsyncGenAThrow_Type: PyTypeObject = static_type({
  name: 'async_generator_athrow',
  tp_basicsize: 40,
  tp_flags: Py_TPFLAGS_HAVE_GC,
  tp_dealloc(self) {
    if (!finalize_awaitable(self)) return;
    const o = (self as AThrow).v;
    decref(o.gen);
    for (const a of o.args ?? []) decref(a);
  },
  tp_traverse(self, visit) {
    const o = (self as AThrow).v;
    visit(o.gen);
    for (const a of o.args ?? []) visit(a);
  },
  tp_finalize(self) {
    const o = (self as AThrow).v;
    if (o.state === AWAITABLE_INIT) warn_unawaited_method(o.gen, o.args === null ? 'aclose' : 'athrow');
  },
  tp_iter: self => PyObject_SelfIter(self),
  tp_iternext: self => athrow_send(self, Py_None),
  am_await: self => PyObject_SelfIter(self),
  methods: [
    { name: 'send', flags: METH_O, meth: athrow_send, sig: '($self, object, /)' },
    { name: 'throw', flags: METH_FASTCALL, meth: athrow_throw },
    { name: 'close', flags: METH_NOARGS, meth: athrow_close, sig: '($self, /)' },
  ],
});

// --- anext(iterator, default) ------------------------------------------------------------------------------------------------

/** v: the awaitable; x: the default. Both owned. */
type AnextAwaitable = PyObject<PyObject, PyObject>;

/** An awaitable that gives the default where the wrapped one raises StopAsyncIteration. Borrows both. CPython: PyAnextAwaitable_New */
export function anext_awaitable_new(awaitable: PyObject, default_value: PyObject): PyObject {
  const o = new PyObject<unknown, unknown>(PyAnextAwaitable_Type, newref(awaitable), newref(default_value));
  gc_new(o);
  return o;
}

/** CPython: anextawaitable_getiter */
function anext_getiter(self: AnextAwaitable): PyObject {
  const awaitable = _PyCoro_GetAwaitableIter(self.v);
  if (!PyCoro_CheckExact(awaitable)) return awaitable;
  // Of what can come here only a coroutine is no iterator.
  let it: PyObject;
  try {
    it = awaitable.ob_type.am_await!(awaitable);
  } finally {
    decref(awaitable);
  }
  if (!PyIter_Check(it)) {
    decref(it);
    PyErr_SetString(PyExc_TypeError, '__await__ must return an iterable');
  }
  return it;
}

function default_for(self: AnextAwaitable, error: unknown): never {
  if (!PyErr_ExceptionMatches(error, PyExc_StopAsyncIteration)) throw error;
  PyErr_Clear(error);
  _PyGen_SetStopIterationValue(self.x);
}

function anext_iternext(self: PyObject): PyObject | null {
  const it = anext_getiter(self as AnextAwaitable);
  try {
    return it.ob_type.tp_iternext!(it);
  } catch (e) {
    default_for(self as AnextAwaitable, e);
  } finally {
    decref(it);
  }
}

/** Hands a method call on. A tuple stands for several arguments, as where CPython builds the call from a format. */
function anext_proxy(self: PyObject, method: string, arg: PyObject | null): PyObject {
  const it = anext_getiter(self as AnextAwaitable);
  const args = arg === null ? [] : PyTuple_Check(arg) ? arg.v : [arg];
  try {
    return PyObject_CallMethod(it, method, ...args);
  } catch (e) {
    default_for(self as AnextAwaitable, e);
  } finally {
    decref(it);
  }
}

export const PyAnextAwaitable_Type: PyTypeObject = static_type({
  name: 'anext_awaitable',
  tp_basicsize: 32,
  tp_flags: Py_TPFLAGS_HAVE_GC,
  tp_dealloc(self) {
    gc_del(self);
    decref((self as AnextAwaitable).v);
    decref((self as AnextAwaitable).x);
  },
  tp_traverse(self, visit) {
    visit((self as AnextAwaitable).v);
    visit((self as AnextAwaitable).x);
  },
  tp_iter: self => PyObject_SelfIter(self),
  tp_iternext: anext_iternext,
  am_await: self => PyObject_SelfIter(self),
  methods: [
    { name: 'send', flags: METH_O, meth: (self: PyObject, arg: PyObject) => anext_proxy(self, 'send', arg), sig: '($self, object, /)' },
    { name: 'throw', flags: METH_VARARGS, meth: (self: PyObject, args: PyObject) => anext_proxy(self, 'throw', args) },
    { name: 'close', flags: METH_NOARGS, meth: (self: PyObject) => anext_proxy(self, 'close', null), sig: '($self, /)' },
  ],
});
