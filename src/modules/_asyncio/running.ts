// running.ts: which event loop a thread runs, which task is on, which tasks there are.     CPython: Modules/_asynciomodule.c
//
// The running loop and task are the thread's (tstate.asyncio_loop, asyncio_task: owned). Invariant: `tasks` holds (borrowed)
// each Task from its start until it is done or deallocated.

import { PyErr_SetString } from '../../core/errors.ts';
import { decref, newref, type PyObject, type PyTypeObject, xdecref } from '../../core/object.ts';
import { per_interpreter } from '../../core/per_interpreter.ts';
import { current } from '../../core/tstate.ts';
import { iterate_all } from '../../objects/abstract.ts';
import { PyObject_CallMethodNoArgs, PyObject_CallMethodOneArg, PyObject_CallNoArgs } from '../../objects/call.ts';
import { PyExc_RuntimeError } from '../../objects/exceptions.ts';
import { PyImport_ImportModuleAttr } from '../../objects/import_util.ts';
import {
  Py_None,
  PyObject_GetAttrString,
  PyObject_GetOptionalAttrString,
  PyObject_IsTrue,
  repr_string,
} from '../../objects/object.ts';
import { PySet_Add, PySet_Discard, PySet_New } from '../../objects/setobject.ts';
import { PyObject_TypeCheck } from '../../objects/typeobject.ts';
import { scheduler } from '../../vm/scheduler.ts';
import { none } from '../args.ts';

/** What of asyncio itself is needed here; owned, imported when first asked for. */
const names: Map<string, PyObject> = new Map();

/** An attribute of one of asyncio's modules (borrowed). */
export function asyncio_name(module: string, attr: string): PyObject {
  let found = names.get(attr);
  if (found === undefined) {
    found = PyImport_ImportModuleAttr(module, attr);
    names.set(attr, found);
  }
  return found;
}

export function cancelled_error_type(): PyTypeObject {
  return asyncio_name('asyncio.exceptions', 'CancelledError') as PyTypeObject;
}

export function invalid_state(message: string): never {
  return PyErr_SetString(asyncio_name('asyncio.exceptions', 'InvalidStateError') as PyTypeObject, message);
}

// --- loops -----------------------------------------------------------------------------------------------------------------

/** The running loop (a new reference). CPython: _asyncio_get_running_loop_impl */
export function get_running_loop(): PyObject {
  const loop = current.tstate.asyncio_loop;
  if (loop === null) PyErr_SetString(PyExc_RuntimeError, 'no running event loop');
  return newref(loop);
}

export function get_running_loop_or_none(): PyObject {
  return newref(current.tstate.asyncio_loop ?? Py_None);
}

export function set_running_loop(_m: PyObject, loop: PyObject): PyObject {
  const { tstate } = current;
  const old = tstate.asyncio_loop;
  tstate.asyncio_loop = loop === Py_None ? null : newref(loop);
  xdecref(old);
  return none();
}

/** The running loop, or the policy's (a new reference). CPython: get_event_loop */
export function get_event_loop(): PyObject {
  const loop = current.tstate.asyncio_loop;
  if (loop !== null) return newref(loop);
  const policy = PyObject_CallNoArgs(asyncio_name('asyncio.events', '_get_event_loop_policy'));
  try {
    return PyObject_CallMethodNoArgs(policy, 'get_event_loop');
  } finally {
    decref(policy);
  }
}

/** The loop of something like a future (a new reference). CPython: get_future_loop */
export function get_future_loop(fut: PyObject): PyObject {
  const method = PyObject_GetOptionalAttrString(fut, 'get_loop');
  if (method === null) return PyObject_GetAttrString(fut, '_loop');
  try {
    return PyObject_CallNoArgs(method);
  } finally {
    decref(method);
  }
}

// --- the task that is on -----------------------------------------------------------------------------------------------------

function check_loop(loop: PyObject): void {
  if (current.tstate.asyncio_loop !== loop)
    PyErr_SetString(PyExc_RuntimeError, `loop ${repr_string(loop)} is not the running loop`);
}

/** CPython: enter_task */
export function enter_task(loop: PyObject, task: PyObject): void {
  check_loop(loop);
  const { tstate } = current;
  const on = tstate.asyncio_task;
  if (on !== null) {
    const text = `Cannot enter into task ${repr_string(task)} while another task ${repr_string(on)} is being executed.`;
    PyErr_SetString(PyExc_RuntimeError, text);
  }
  tstate.asyncio_task = newref(task);
}

/** CPython: leave_task */
export function leave_task(loop: PyObject, task: PyObject): void {
  check_loop(loop);
  const { tstate } = current;
  const on = tstate.asyncio_task;
  if (on !== task) {
    const text = `Invalid attempt to leave task ${repr_string(task)} while task ${repr_string(on ?? Py_None)} is entered.`;
    PyErr_SetString(PyExc_RuntimeError, text);
  }
  tstate.asyncio_task = null;
  decref(task);
}

/** Puts a task (None: no task) in the place of the one that is on, which is given (a new reference). CPython: swap_current_task */
export function swap_current_task(loop: PyObject, task: PyObject): PyObject {
  check_loop(loop);
  const { tstate } = current;
  const on = tstate.asyncio_task;
  tstate.asyncio_task = task === Py_None ? null : newref(task);
  return on ?? none();
}

/** CPython: _asyncio_current_task_impl */
export function current_task(loop: PyObject | null): PyObject {
  const { tstate } = current;
  if (loop === null || loop === Py_None) {
    if (tstate.asyncio_loop === null) PyErr_SetString(PyExc_RuntimeError, 'no running event loop');
    return newref(tstate.asyncio_task ?? Py_None);
  }
  if (tstate.asyncio_loop === loop) return newref(tstate.asyncio_task ?? Py_None);
  for (const thread of scheduler.threads)
    if (thread.tstate.asyncio_loop === loop) return newref(thread.tstate.asyncio_task ?? Py_None);
  return none();
}

// --- all tasks -----------------------------------------------------------------------------------------------------------------

/** Tasks of ours, and tests whether one runs in a loop and is not done; both set by task.ts. */
export const own_tasks = {
  tasks: new Set<PyObject>(),
  pending_in: null as unknown as (task: PyObject, loop: PyObject) => boolean,
  type: null as unknown as PyTypeObject,
};

/** Tasks of other classes: a WeakSet, and a set of those in their first eager step (owned; null: none yet). */
function make_foreign() {
  return { scheduled: null as PyObject | null, eager: null as PyObject | null };
}

const foreign = /* @__PURE__ */ per_interpreter(make_foreign, {
  clear({ scheduled, eager }) {
    xdecref(scheduled);
    xdecref(eager);
    Object.assign(foreign, make_foreign());
  },
});

function is_own(task: PyObject): boolean {
  return PyObject_TypeCheck(task, own_tasks.type);
}

function scheduled_set(): PyObject {
  if (foreign.scheduled === null) {
    const type = PyImport_ImportModuleAttr('weakref', 'WeakSet');
    foreign.scheduled = PyObject_CallNoArgs(type);
    decref(type);
  }
  return foreign.scheduled;
}

export function register_task(_m: PyObject, task: PyObject): PyObject {
  if (is_own(task)) own_tasks.tasks.add(task);
  else decref(PyObject_CallMethodOneArg(scheduled_set(), 'add', task));
  return none();
}

export function unregister_task(_m: PyObject, task: PyObject): PyObject {
  if (is_own(task)) own_tasks.tasks.delete(task);
  else decref(PyObject_CallMethodOneArg(scheduled_set(), 'discard', task));
  return none();
}

export function register_eager_task(_m: PyObject, task: PyObject): PyObject {
  foreign.eager ??= PySet_New(null);
  PySet_Add(foreign.eager, task);
  return none();
}

export function unregister_eager_task(_m: PyObject, task: PyObject): PyObject {
  if (foreign.eager !== null) PySet_Discard(foreign.eager, task);
  return none();
}

/** CPython: add_one_task */
function add_foreign(all: PyObject, task: PyObject, loop: PyObject): void {
  const its = get_future_loop(task);
  decref(its);
  if (its !== loop) return;
  const done = PyObject_CallMethodNoArgs(task, 'done');
  const is_done = PyObject_IsTrue(done);
  decref(done);
  if (!is_done) PySet_Add(all, task);
}

/** CPython: _asyncio_all_tasks_impl */
export function all_tasks(_m: PyObject, loop: PyObject | null): PyObject {
  if (loop === null || loop === Py_None) {
    loop = current.tstate.asyncio_loop;
    if (loop === null) PyErr_SetString(PyExc_RuntimeError, 'no running event loop');
  }
  const all = PySet_New(null);
  let listed: PyObject[] = [];
  try {
    for (const source of [foreign.eager, foreign.scheduled]) {
      if (source === null) continue;
      listed = iterate_all(source);
      for (const task of listed) add_foreign(all, task, loop);
      for (const task of listed.splice(0)) decref(task);
    }
    for (const task of own_tasks.tasks) if (own_tasks.pending_in(task, loop)) PySet_Add(all, task);
    return all;
  } catch (e) {
    for (const task of listed) decref(task);
    decref(all);
    throw e;
  }
}
