// handle.ts: starting threads, and waiting for their end.                          CPython: Modules/_threadmodule.c, "thread handles"
//
// Invariant: a handle is 'running' from the start of its thread until that thread has released all that it held.

import { PyErr_SetString, Raised } from '../../core/errors.ts';
import type { InterpreterFrame } from '../../core/frame.ts';
import { decref, newref, type PyObject, type PyTypeObject, xdecref } from '../../core/object.ts';
import { per_interpreter } from '../../core/per_interpreter.ts';
import { METH_FASTCALL, METH_NOARGS, static_type } from '../../core/spec.ts';
import { current } from '../../core/tstate.ts';
import { PyBool_FromLong } from '../../objects/boolobject.ts';
import { PyObject_Call } from '../../objects/call.ts';
import { PyMethod_Type } from '../../objects/classobject.ts';
import { PyErr_FormatUnraisable } from '../../objects/errors_util.ts';
import { PyExc_PythonFinalizationError, PyExc_RuntimeError, PyExc_SystemExit } from '../../objects/exceptions.ts';
import { PyFunction_Type } from '../../objects/funcobject.ts';
import { PyArg_CheckPositional } from '../../objects/getargs.ts';
import { PyLong_FromLong } from '../../objects/longobject.ts';
import { Py_None, repr_string } from '../../objects/object.ts';
import { PyTuple_FromArraySteal } from '../../objects/tupleobject.ts';
import { PyType_IsSubtype } from '../../objects/typeobject.ts';
import { PyUnicode_FromString } from '../../objects/unicodeobject.ts';
import { frame_for_call_ex } from '../../vm/arguments.ts';
import { type PyThread, scheduler, start_thread, type ThreadBody } from '../../vm/scheduler.ts';
import { forget_thread } from '../../vm/tracing.ts';
import { block, WaitQueue } from '../../vm/waiting.ts';
import { none } from '../args.ts';
import { drop_locals } from './local.ts';
import { ident, seconds_arg } from './lock.ts';

/** Threads that run besides the main one. CPython: interp->threads.count */
export const running = /* @__PURE__ */ per_interpreter(() => ({ count: 0 }));

/** Handles of threads that the interpreter waits for before it ends, and who waits for any of them. CPython: shutdown_handles */
const shutting = /* @__PURE__ */ per_interpreter(() => ({ handles: new Set<HandleData>(), queue: new WaitQueue() }));

// --- the thread's function ------------------------------------------------------------------------------------------

/** The frame of a call (of borrowed objects) if what is called is a Python function or a method of one, else null. */
export function frame_of_call(func: PyObject, args: PyObject, kwargs: PyObject | null): InterpreterFrame | null {
  if (func.ob_type === PyFunction_Type) return frame_for_call_ex(newref(func), args, kwargs);
  if (func.ob_type !== PyMethod_Type || (func.v as PyObject).ob_type !== PyFunction_Type) return null;
  const all = [newref(func.x as PyObject)];
  for (const a of args.v as PyObject[]) all.push(newref(a));
  const bound = PyTuple_FromArraySteal(all);
  try {
    return frame_for_call_ex(newref(func.v as PyObject), bound, kwargs);
  } finally {
    decref(bound);
  }
}

/** Runs a function in its own frames, where it is one of Python's; owns it and its arguments. CPython: thread_run */
class FunctionBody implements ThreadBody {
  readonly func: PyObject;
  readonly args: PyObject;
  readonly kwargs: PyObject | null;
  readonly done: () => void;
  constructor(func: PyObject, args: PyObject, kwargs: PyObject | null, done: () => void) {
    this.func = newref(func);
    this.args = newref(args);
    this.kwargs = kwargs === null ? null : newref(kwargs);
    this.done = done;
  }

  begin(): InterpreterFrame | null {
    running.count++;
    const { func, args, kwargs } = this;
    const frame = frame_of_call(func, args, kwargs);
    if (frame === null) decref(PyObject_Call(func, args, kwargs));
    return frame;
  }

  end(error: unknown): void {
    const { func } = this;
    if (error !== null) {
      if (error instanceof Raised && PyType_IsSubtype(error.exc.ob_type, PyExc_SystemExit)) decref(error.exc);
      else PyErr_FormatUnraisable(`Exception ignored in thread started by ${repr_string(func)}`, error);
    }
    decref(func);
    decref(this.args);
    xdecref(this.kwargs);
    running.count--;
    clear_thread(scheduler.running);
    this.done();
  }
}

/** CPython: Python/pystate.c:PyThreadState_Clear */
export function clear_thread(thread: PyThread): void {
  const { tstate } = thread;
  drop_locals(tstate.id);
  forget_thread(tstate);
  for (const field of ['dict', 'context', 'async_exc', 'async_gen_firstiter', 'async_gen_finalizer'] as const) {
    const old = tstate[field];
    tstate[field] = null;
    xdecref(old);
  }
  const exc = tstate.exc_state.exc_value;
  tstate.exc_state.exc_value = null;
  xdecref(exc);
}

function start(body: ThreadBody, daemon: boolean): PyThread {
  const { features, finalizing } = current.tstate.interp;
  if (!features.allow_threads)
    PyErr_SetString(PyExc_RuntimeError, 'thread is not supported for isolated subinterpreters');
  if (finalizing) PyErr_SetString(PyExc_PythonFinalizationError, "can't create new thread at interpreter shutdown");
  return start_thread(body, daemon);
}

/** A thread that nobody can join; its ident. */
export function start_detached(func: PyObject, args: PyObject, kwargs: PyObject | null): number {
  return start(new FunctionBody(func, args, kwargs, () => {}), true).tstate.thread_id;
}

/** CPython: Modules/_threadmodule.c:ThreadHandle_start. Borrows all. */
export function start_joinable(handle: PyObject, func: PyObject, daemon: boolean): void {
  const data = handle_data(handle);
  if (data.state !== 'new') PyErr_SetString(PyExc_RuntimeError, 'thread already started');
  const empty = PyTuple_FromArraySteal([]);
  newref(handle);
  data.state = 'running';
  data.daemon = daemon;
  try {
    const body = new FunctionBody(func, empty, null, () => {
      set_done(data);
      decref(handle);
    });
    data.ident = start(body, daemon).tstate.thread_id;
  } catch (e) {
    data.state = 'new';
    decref(handle);
    throw e;
  } finally {
    decref(empty);
  }
  if (!daemon) shutting.handles.add(data);
}

// --- handles --------------------------------------------------------------------------------------------------------

export class HandleData {
  ident = 0;
  state: 'new' | 'running' | 'done' = 'new';
  daemon = true;
  readonly queue = new WaitQueue();
}

export function handle_data(self: PyObject): HandleData {
  return self.v as HandleData;
}

export function handle_new(type: PyTypeObject): PyObject {
  return type.tp_alloc!(type, new HandleData());
}

function handle_repr(self: PyObject): PyObject {
  return PyUnicode_FromString(`<${self.ob_type.tp_name} object: ident=${handle_data(self).ident}>`);
}

function set_done(data: HandleData): void {
  data.state = 'done';
  shutting.handles.delete(data);
  data.queue.wake_all();
  shutting.queue.wake_all();
}

/** CPython: Modules/_threadmodule.c:ThreadHandle_join */
function handle_join(self: PyObject, args: PyObject[]): PyObject {
  PyArg_CheckPositional('join', args.length, 0, 1);
  const data = handle_data(self);
  const timeout = args[0] === undefined || args[0] === Py_None ? null : args[0];
  let ns = timeout === null ? -1n : seconds_arg(timeout);
  if (ns < 0n) ns = -1n;
  if (data.state === 'new') PyErr_SetString(PyExc_RuntimeError, 'thread not started');
  if (data.state === 'done') return none();
  if (data.ident === ident()) PyErr_SetString(PyExc_RuntimeError, 'Cannot join current thread');
  if (data.daemon && current.tstate.interp.finalizing) {
    PyErr_SetString(PyExc_PythonFinalizationError, 'cannot join daemon thread at interpreter shutdown');
  }
  if (ns === 0n) return none();
  newref(self);
  return block(
    {
      attempt: () => (data.state === 'done' ? none() : null),
      expired: none,
      timeout_ns: ns,
      queue: data.queue,
      release: () => decref(self),
      what: () => `the end of thread ${data.ident}`,
    },
    handle_join,
  );
}

/** Waits for all threads that are no daemons. CPython: Modules/_threadmodule.c:thread_shutdown */
export function shutdown(): PyObject {
  const me = ident();
  const attempt = (): PyObject | null => {
    for (const data of shutting.handles) if (data.ident !== me) return null;
    return none();
  };
  const now = attempt();
  if (now !== null) return now;
  return block(
    {
      attempt,
      expired: none,
      timeout_ns: -1n,
      queue: shutting.queue,
      what: () => 'the end of all threads',
    },
    shutdown,
  );
}

function handle_set_done(self: PyObject): PyObject {
  const data = handle_data(self);
  if (data.state === 'new') PyErr_SetString(PyExc_RuntimeError, 'thread not started');
  set_done(data);
  return none();
}

function handle_is_done(self: PyObject): PyObject {
  return PyBool_FromLong(handle_data(self).state === 'done');
}

export const handle_type = static_type({
  name: '_thread._ThreadHandle',
  heap: 'immutable',
  tp_basicsize: 24,
  tp_new: handle_new,
  tp_dealloc: () => {},
  tp_repr: handle_repr,
  methods: [
    { name: 'join', flags: METH_FASTCALL, meth: handle_join },
    { name: '_set_done', flags: METH_NOARGS, meth: handle_set_done, sig: '($self, /)' },
    { name: 'is_done', flags: METH_NOARGS, meth: handle_is_done, sig: '($self, /)' },
  ],
  getset: [{ name: 'ident', get: self => PyLong_FromLong(handle_data(self).ident) }],
});
