// task.ts: the Task type: a coroutine that an event loop runs step by step.                 CPython: Modules/_asynciomodule.c
//
// A step sends to the coroutine what it waited for, and has the next step called by the loop, or by the future that the
// coroutine waits for now. Called straight from bytecode (Context.run()), a step enters the coroutine's frame instead of
// nesting a loop, so that what the coroutine calls can block.
// Invariant: of a task that is not done either a step is scheduled, or `waiter` calls wakeup() when it is done, or it is on.

import { as_raised, PyErr_ExceptionMatches, PyErr_SetString, Raised } from '../../core/errors.ts';
import { gc_del, gc_new } from '../../core/gc.ts';
import {
  decref,
  newref,
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
import { type GetSetSpec, METH_CLASS, METH_CLINIC, METH_NOARGS, METH_O, module_type } from '../../core/spec.ts';
import { PyBool_FromLong } from '../../objects/boolobject.ts';
import {
  PyObject_CallMethodNoArgs,
  PyObject_CallMethodOneArg,
  PyObject_CallOneArg,
  PyObject_Vectorcall,
} from '../../objects/call.ts';
import { PyDict_Size } from '../../objects/dictobject.ts';
import {
  chain_exceptions,
  PyExc_KeyboardInterrupt,
  PyExc_RuntimeError,
  PyExc_StopIteration,
  PyExc_SystemExit,
  PyExc_TypeError,
} from '../../objects/exceptions.ts';
import { Py_GenericAlias_class_getitem } from '../../objects/genericaliasobject.ts';
import {
  gen_is_suspended,
  gen_may_start,
  genHooks,
  PyCoro_CheckExact,
  PyGen_Check,
  sendResult,
  stop_iteration_value,
} from '../../objects/genobject.ts';
import { PyArg_Clinic } from '../../objects/getargs.ts';
import { release_instance } from '../../objects/instance.ts';
import { PyLong_FromLong } from '../../objects/longobject.ts';
import { MethodDef, PyCFunction_New } from '../../objects/methodobject.ts';
import {
  Py_None,
  PyObject_GetAttrString,
  PyObject_GetOptionalAttrString,
  PyObject_IsTrue,
  PyObject_SetAttrString,
  PyObject_Str,
  repr_string,
} from '../../objects/object.ts';
import { PyTuple_FromArraySteal, type PyTupleObject } from '../../objects/tupleobject.ts';
import { call_finalizer_from_dealloc, PyObject_TypeCheck } from '../../objects/typeobject.ts';
import { _Py_ID, PyUnicode_FromString, PyUnicode_Type } from '../../objects/unicodeobject.ts';
import { type After, by_frame } from '../../vm/native_calls.ts';
import { send_value } from '../../vm/ops.ts';
import { PyContext_CopyCurrent, PyContext_Enter, PyContext_Exit } from '../_contextvars.ts';
import { none } from '../args.ts';
import {
  add_done_callback,
  awaited_by_add,
  awaited_by_discard,
  call_soon,
  cancel,
  FutureState,
  fut,
  future_finalize,
  future_init,
  future_tp_clear,
  future_traverse,
  future_type,
  get_result,
  make_cancelled_error,
  PENDING,
  set_exception,
  set_result,
  settable,
  tell_loop,
} from './future.ts';
import {
  asyncio_name,
  cancelled_error_type,
  enter_task,
  get_future_loop,
  invalid_state,
  leave_task,
  own_tasks,
  swap_current_task,
} from './running.ts';

/** References are owned. */
class TaskState extends FutureState {
  waiter: PyObject | null = null;
  coro: PyObject | null = null;
  /** A str, the number of a task without a name, or null. */
  name: PyObject | number | null = null;
  context: PyObject | null = null;
  must_cancel = false;
  log_destroy_pending = false;
  num_cancels = 0;
}

function data(o: PyObject): TaskState {
  return o.v as TaskState;
}

/** Number of the last task without a name. */
const counter = { tasks: 0 };

// --- callables that go on with a task ------------------------------------------------------------------------------------

/** A step to be called by the loop, with an exception to raise in the coroutine or null; both owned until called. */
class Step {
  task: PyObject | null;
  exc: PyObject | null;
  constructor(task: PyObject, exc: PyObject | null) {
    this.task = newref(task);
    this.exc = xnewref(exc);
  }
}

function step_clear(self: PyObject): void {
  const step = self.v as Step;
  const { task, exc } = step;
  step.task = step.exc = null;
  xdecref(task);
  xdecref(exc);
}

function step_tp_call(self: PyObject, args: PyObject, kwargs: PyObject | null): PyObject {
  if (kwargs !== null && PyDict_Size(kwargs) > 0)
    PyErr_SetString(PyExc_TypeError, 'function takes no keyword arguments');
  if ((args as PyTupleObject).v.length > 0) PyErr_SetString(PyExc_TypeError, 'function takes no positional arguments');
  const { task, exc } = self.v as Step;
  run_step(task!, exc);
  return none();
}

export const step_type = module_type('_asyncio', {
  name: '_asyncio.TaskStepMethWrapper',
  heap: 'immutable',
  tp_basicsize: 32,
  tp_flags: Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_DISALLOW_INSTANTIATION | Py_TPFLAGS_IMMUTABLETYPE,
  tp_dealloc: self => {
    gc_del(self);
    step_clear(self);
  },
  tp_traverse: (self, visit) => {
    const { task, exc } = self.v as Step;
    if (task !== null) visit(task);
    if (exc !== null) visit(exc);
  },
  tp_clear: step_clear,
  tp_call: step_tp_call,
  getset: [{ name: '__self__', get: self => newref((self.v as Step).task ?? Py_None) }],
});

/** CPython: task_call_step_soon */
function step_soon(self: PyObject, exc: PyObject | null): void {
  const t = data(self);
  const step: PyObject = new PyObject<unknown, unknown>(step_type, new Step(self, exc), null);
  gc_new(step);
  try {
    call_soon(t.loop!, step, null, t.context!);
  } finally {
    decref(step);
  }
}

/** What the future that the task waited for raises (owned), or null. */
function waited(self: PyObject, future: PyObject): PyObject | null {
  awaited_by_discard(future, self);
  try {
    const native = future.ob_type === future_type || future.ob_type === task_type;
    decref(native ? get_result(future) : PyObject_CallMethodNoArgs(future, 'result'));
    return null;
  } catch (e) {
    return as_raised(e).exc;
  }
}

/** CPython: task_wakeup */
function task_wakeup(self: PyObject, future: PyObject): PyObject {
  const exc = waited(self, future);
  try {
    run_step(self, exc);
  } finally {
    xdecref(exc);
  }
  return none();
}

const wakeup_def: { made: MethodDef | null } = { made: null };

function new_wakeup(self: PyObject): PyObject {
  wakeup_def.made ??= new MethodDef({
    name: 'task_wakeup',
    flags: METH_O,
    meth: task_wakeup,
    sig: '($self, object, /)',
  });
  return PyCFunction_New(wakeup_def.made, self, null);
}

/** Steps that Context.run() is asked for enter the coroutine's frame. */
export function init_task_steps(): void {
  by_frame.set(step_type, (native, step, args, after) => {
    if (args.length > 0) return null;
    const { task, exc } = step.v as Step;
    return enter_step(native, task!, exc, after);
  });
  by_frame.set(task_wakeup, (native, wakeup, args, after) => {
    const self = (wakeup.v as { self: PyObject }).self;
    const { coro } = data(self);
    if (args.length !== 1 || coro === null || !PyCoro_CheckExact(coro)) return null;
    const exc = waited(self, args[0]!);
    try {
      const entered = enter_step(native, self, exc, after);
      if (entered !== null) return entered;
      run_step(self, exc);
      return after(none(), null);
    } finally {
      xdecref(exc);
    }
  });
}

// --- a step ----------------------------------------------------------------------------------------------------------------

/** Makes ready for a step; what it is to raise in the coroutine: `exc` (borrowed), or a new CancelledError (owned). */
function begin_step(self: PyObject, exc: PyObject | null): PyObject | null {
  const t = data(self);
  if (t.state !== PENDING)
    invalid_state(`__step(): already done: ${repr_string(self)} ${exc === null ? 'None' : repr_string(exc)}`);
  let raised = exc;
  if (t.must_cancel) {
    if (exc === null || !PyObject_TypeCheck(exc, cancelled_error_type())) raised = make_cancelled_error(self);
    t.must_cancel = false;
  }
  const { waiter } = t;
  t.waiter = null;
  xdecref(waiter);
  if (t.coro === null) {
    if (raised !== exc) xdecref(raised);
    PyErr_SetString(PyExc_RuntimeError, 'uninitialized Task object');
  }
  return raised;
}

/** Sends to the coroutine: what it yields or (sendResult.returned) returns. */
function send(coro: PyObject, exc: PyObject | null): PyObject {
  if (exc === null) return send_value(coro, Py_None);
  const result = PyObject_CallMethodOneArg(coro, 'throw', exc);
  sendResult.returned = false;
  return result;
}

/** The coroutine has returned or yielded a value (owned), or raised. CPython: task_step_impl, task_step_handle_result_impl */
function end_step(self: PyObject, result: PyObject | null, returned: boolean, error: unknown): void {
  if (result === null && PyErr_ExceptionMatches(error, PyExc_StopIteration)) {
    result = stop_iteration_value(error);
    returned = true;
  }
  if (result === null) {
    coroutine_raised(self, as_raised(error).exc);
    return;
  }
  try {
    if (!returned) wait_for(self, result);
    else {
      const t = data(self);
      own_tasks.tasks.delete(self);
      if (t.must_cancel) {
        t.must_cancel = false;
        cancel(self, t.cancel_msg);
      } else set_result(self, result);
    }
  } finally {
    decref(result);
  }
}

/** The coroutine ended with an exception (stolen). */
function coroutine_raised(self: PyObject, exc: PyObject): void {
  const t = data(self);
  own_tasks.tasks.delete(self);
  if (PyObject_TypeCheck(exc, cancelled_error_type())) {
    const old = t.cancelled_exc;
    t.cancelled_exc = exc;
    xdecref(old);
    cancel(self, null);
    return;
  }
  try {
    set_exception(self, exc);
  } catch (e) {
    decref(exc);
    throw e;
  }
  if (PyObject_TypeCheck(exc, PyExc_KeyboardInterrupt) || PyObject_TypeCheck(exc, PyExc_SystemExit))
    throw new Raised(exc);
  decref(exc);
}

/** The next step raises RuntimeError in the coroutine. CPython: task_set_error_soon */
function error_soon(self: PyObject, message: string): void {
  const text = PyUnicode_FromString(message);
  const exc = PyObject_CallOneArg(PyExc_RuntimeError, text);
  decref(text);
  try {
    step_soon(self, exc);
  } finally {
    decref(exc);
  }
}

/** The task waits for what its coroutine yielded. */
function wait_for(self: PyObject, result: PyObject): void {
  if (result === self) error_soon(self, `Task cannot await on itself: ${repr_string(self)}`);
  else if (result.ob_type === future_type || result.ob_type === task_type) wait_for_own(self, result);
  else if (result === Py_None) step_soon(self, null);
  else wait_for_other(self, result);
}

function other_loop(self: PyObject, future: PyObject): void {
  error_soon(self, `Task ${repr_string(self)} got Future ${repr_string(future)} attached to a different loop`);
}

function not_awaited(self: PyObject, future: PyObject): void {
  error_soon(self, `yield was used instead of yield from in task ${repr_string(self)} with ${repr_string(future)}`);
}

/** A future or a task of our own, whose methods nobody has overridden. */
function wait_for_own(self: PyObject, future: PyObject): void {
  const t = data(self);
  const f = fut(future);
  if (f.loop !== t.loop) {
    other_loop(self, future);
    return;
  }
  if (!f.blocking) {
    not_awaited(self, future);
    return;
  }
  f.blocking = false;
  const wakeup = new_wakeup(self);
  try {
    add_done_callback(future, wakeup, t.context!);
  } finally {
    decref(wakeup);
  }
  waits(self, future);
}

/** `waiter` will call wakeup(); if the task is to be cancelled, so is `waiter`. */
function waits(self: PyObject, waiter: PyObject): void {
  const t = data(self);
  xdecref(t.waiter);
  t.waiter = newref(waiter);
  awaited_by_add(waiter, self);
  if (t.must_cancel && cancel_waiter(waiter, t.cancel_msg)) t.must_cancel = false;
}

/** waiter.cancel(msg=message) */
function cancel_waiter(waiter: PyObject, message: PyObject | null): boolean {
  const method = PyObject_GetAttrString(waiter, 'cancel');
  const names = PyTuple_FromArraySteal([newref(_Py_ID('msg'))]);
  try {
    const result = PyObject_Vectorcall(method, [message ?? Py_None], names);
    try {
      return PyObject_IsTrue(result);
    } finally {
      decref(result);
    }
  } finally {
    decref(names);
    decref(method);
  }
}

/** Something that has the protocol of futures, or an error. */
function wait_for_other(self: PyObject, result: PyObject): void {
  const blocking = PyObject_GetOptionalAttrString(result, '_asyncio_future_blocking');
  if (blocking === null || blocking === Py_None) {
    xdecref(blocking);
    if (PyGen_Check(result)) {
      const text = 'yield was used instead of yield from for generator in task';
      error_soon(self, `${text} ${repr_string(self)} with ${repr_string(result)}`);
    } else error_soon(self, `Task got bad yield: ${repr_string(result)}`);
    return;
  }
  let is_blocking: boolean;
  try {
    is_blocking = PyObject_IsTrue(blocking);
  } finally {
    decref(blocking);
  }
  const t = data(self);
  const loop = get_future_loop(result);
  decref(loop);
  if (loop !== t.loop) {
    other_loop(self, result);
    return;
  }
  if (!is_blocking) {
    not_awaited(self, result);
    return;
  }
  const no = PyBool_FromLong(false);
  PyObject_SetAttrString(result, '_asyncio_future_blocking', no);
  decref(no);
  const method = PyObject_GetAttrString(result, 'add_done_callback');
  const wakeup = new_wakeup(self);
  const names = PyTuple_FromArraySteal([newref(_Py_ID('context'))]);
  try {
    decref(PyObject_Vectorcall(method, [wakeup, t.context!], names));
  } finally {
    decref(names);
    decref(wakeup);
    decref(method);
  }
  waits(self, result);
}

/** The body of a step, in the task's context, with the task on. */
function step_body(self: PyObject, exc: PyObject | null): void {
  const raised = begin_step(self, exc);
  let result: PyObject | null = null;
  let error: unknown = null;
  try {
    result = send(data(self).coro!, raised);
  } catch (e) {
    error = e;
  } finally {
    if (raised !== exc) xdecref(raised);
  }
  end_step(self, result, sendResult.returned, error);
}

/** Leaves the task that is on, `error` being under way (null: none). */
function leave(self: PyObject, loop: PyObject, error: unknown): void {
  try {
    leave_task(loop, self);
  } catch (e) {
    if (error === null) throw e;
    const newer = as_raised(e);
    chain_exceptions(as_raised(error), newer);
    throw newer;
  }
  if (error !== null) throw error;
}

/** A step. The thread holds the task that is on, and that its coroutine and its loop. CPython: task_step */
function run_step(self: PyObject, exc: PyObject | null): void {
  const loop = data(self).loop ?? Py_None;
  let error: unknown = null;
  enter_task(loop, self);
  try {
    step_body(self, exc);
  } catch (e) {
    error = e;
  }
  leave(self, loop, error);
}

/** As run_step, but the coroutine's frame is entered from `native`. Null: that cannot be, and nothing has happened. */
function enter_step(native: unknown, self: PyObject, exc: PyObject | null, after: After): PyObject | null {
  const { coro, loop, must_cancel } = data(self);
  // throw() has to look into what the coroutine delegates to: that nests a loop.
  if (coro === null || loop === null || exc !== null || must_cancel || !PyCoro_CheckExact(coro)) return null;
  if (!genHooks.may_enter(native) || !gen_may_start(coro)) return null;
  enter_task(loop, self);
  try {
    begin_step(self, null);
  } catch (e) {
    leave(self, loop, e);
  }
  return genHooks.enter(coro, Py_None, null, (result, error) => {
    let failed: unknown = null;
    try {
      try {
        end_step(self, result, !gen_is_suspended(coro), error);
      } catch (e) {
        failed = e;
      }
      leave(self, loop, failed);
    } catch (e) {
      return after(null, e);
    }
    return after(none(), null);
  });
}

/** CPython: task_eager_start */
function eager_start(self: PyObject): void {
  const t = data(self);
  const loop = t.loop!;
  const before = swap_current_task(loop, self);
  let error: unknown = null;
  own_tasks.tasks.add(self);
  try {
    PyContext_Enter(t.context!);
    try {
      step_body(self, null);
    } finally {
      PyContext_Exit(t.context!);
    }
  } catch (e) {
    error = e;
  }
  decref(swap_current_task(loop, before));
  decref(before);
  if (t.state !== PENDING) {
    own_tasks.tasks.delete(self);
    const { coro } = t;
    t.coro = null;
    xdecref(coro);
  }
  if (error !== null) throw error;
}

// --- methods -----------------------------------------------------------------------------------------------------------------

const INIT_SIGNATURE = '(coro, *, loop=None, name=None, context=None, eager_start=False)';

function is_coroutine(o: PyObject): boolean {
  if (PyCoro_CheckExact(o)) return true;
  const result = PyObject_CallOneArg(asyncio_name('asyncio.coroutines', 'iscoroutine'), o);
  try {
    return PyObject_IsTrue(result);
  } finally {
    decref(result);
  }
}

/** CPython: _asyncio_Task___init___impl */
function task_init(self: PyObject, args: PyObject, kwargs: PyObject | null): void {
  const [coro, loop, name, context, eager] = PyArg_Clinic('Task', INIT_SIGNATURE, args, kwargs) as [
    PyObject,
    PyObject | null,
    PyObject | null,
    PyObject | null,
    PyObject | null,
  ];
  const t = data(self);
  future_init(self, loop);
  reset_task(t);
  if (!is_coroutine(coro)) PyErr_SetString(PyExc_TypeError, `a coroutine was expected, got ${repr_string(coro)}`);
  t.context = context === null || context === Py_None ? PyContext_CopyCurrent() : newref(context);
  t.log_destroy_pending = true;
  t.coro = newref(coro);
  if (name === null || name === Py_None) t.name = ++counter.tasks;
  else t.name = name.ob_type === PyUnicode_Type ? newref(name) : PyObject_Str(name);
  if (eager !== null && PyObject_IsTrue(eager)) {
    const running = PyObject_CallMethodNoArgs(t.loop!, 'is_running');
    const is_running = PyObject_IsTrue(running);
    decref(running);
    if (is_running) {
      eager_start(self);
      return;
    }
  }
  step_soon(self, null);
  own_tasks.tasks.add(self);
}

function reset_task(t: TaskState): void {
  const { waiter, coro, name, context } = t;
  t.waiter = t.coro = t.name = t.context = null;
  t.must_cancel = t.log_destroy_pending = false;
  t.num_cancels = 0;
  xdecref(waiter);
  xdecref(coro);
  xdecref(context);
  if (name instanceof PyObject) decref(name);
}

function task_new(type: PyTypeObject): PyObject {
  return type.tp_alloc!(type, new TaskState());
}

/** CPython: TaskObj_finalize */
function task_finalize(self: PyObject): void {
  const t = data(self);
  if (t.state === PENDING && t.log_destroy_pending && t.loop !== null) {
    const message = PyUnicode_FromString('Task was destroyed but it is pending!');
    tell_loop(self, [
      ['task', self],
      ['message', message],
    ]);
    decref(message);
  }
  future_finalize(self);
}

function task_dealloc(self: PyObject): void {
  if (!call_finalizer_from_dealloc(self)) return;
  own_tasks.tasks.delete(self);
  gc_del(self);
  release_instance(self);
  task_clear(self);
}

function task_traverse(self: PyObject, visit: visitproc): void {
  const t = data(self);
  future_traverse(self, visit);
  if (t.waiter !== null) visit(t.waiter);
  if (t.coro !== null) visit(t.coro);
  if (t.name instanceof PyObject) visit(t.name);
  if (t.context !== null) visit(t.context);
}

function task_clear(self: PyObject): void {
  future_tp_clear(self);
  reset_task(data(self));
}

function task_repr(self: PyObject): PyObject {
  return PyObject_CallOneArg(asyncio_name('asyncio.base_tasks', '_task_repr'), self);
}

function no_result(name: string): (self: PyObject, value: PyObject) => PyObject {
  return () => PyErr_SetString(PyExc_RuntimeError, `Task does not support ${name} operation`);
}

/** CPython: _asyncio_Task_cancel_impl */
function task_cancel(self: PyObject, message: PyObject | null): PyObject {
  const t = data(self);
  t.log_tb = false;
  if (t.state !== PENDING) return PyBool_FromLong(false);
  t.num_cancels++;
  if (t.waiter !== null && cancel_waiter(t.waiter, message)) return PyBool_FromLong(true);
  const old = t.cancel_msg;
  t.cancel_msg = xnewref(message);
  xdecref(old);
  t.must_cancel = true;
  return PyBool_FromLong(true);
}

function task_cancelling(self: PyObject): PyObject {
  return PyLong_FromLong(data(self).num_cancels);
}

function task_uncancel(self: PyObject): PyObject {
  const t = data(self);
  if (t.num_cancels > 0 && --t.num_cancels === 0) t.must_cancel = false;
  return PyLong_FromLong(t.num_cancels);
}

function task_get_stack(self: PyObject, limit: PyObject | null): PyObject {
  const func = asyncio_name('asyncio.base_tasks', '_task_get_stack');
  return PyObject_Vectorcall(func, [self, limit ?? Py_None], null);
}

function task_print_stack(self: PyObject, limit: PyObject | null, file: PyObject | null): PyObject {
  const func = asyncio_name('asyncio.base_tasks', '_task_print_stack');
  return PyObject_Vectorcall(func, [self, limit ?? Py_None, file ?? Py_None], null);
}

function task_get_name(self: PyObject): PyObject {
  const t = data(self);
  if (typeof t.name === 'number') t.name = PyUnicode_FromString(`Task-${t.name}`);
  return newref(t.name ?? Py_None);
}

function task_set_name(self: PyObject, value: PyObject): PyObject {
  const t = data(self);
  const name = value.ob_type === PyUnicode_Type ? newref(value) : PyObject_Str(value);
  const old = t.name;
  t.name = name;
  if (old instanceof PyObject) decref(old);
  return none();
}

const getset: GetSetSpec[] = [
  {
    name: '_log_destroy_pending',
    get: self => PyBool_FromLong(data(self).log_destroy_pending),
    set: settable('_log_destroy_pending', 'Task', (self, value) => {
      data(self).log_destroy_pending = PyObject_IsTrue(value);
    }),
  },
  { name: '_must_cancel', get: self => PyBool_FromLong(data(self).must_cancel) },
  { name: '_coro', get: self => newref(data(self).coro ?? Py_None) },
  { name: '_fut_waiter', get: self => newref(data(self).waiter ?? Py_None) },
];

export const task_type = module_type('_asyncio', {
  name: '_asyncio.Task',
  heap: 'immutable',
  base: () => future_type,
  tp_basicsize: 168,
  tp_dictoffset: -1,
  has_dict: true,
  has_weakrefs: true,
  tp_flags: Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_IMMUTABLETYPE,
  tp_doc: 'A coroutine wrapped in a Future.',
  tp_new: task_new,
  tp_init: task_init,
  tp_dealloc: task_dealloc,
  tp_traverse: task_traverse,
  tp_clear: task_clear,
  tp_finalize: task_finalize,
  tp_repr: task_repr,
  methods: [
    { name: 'set_result', flags: METH_O, meth: no_result('set_result'), sig: '($self, result, /)' },
    { name: 'set_exception', flags: METH_O, meth: no_result('set_exception'), sig: '($self, exception, /)' },
    {
      name: 'cancel',
      flags: METH_CLINIC,
      meth: task_cancel,
      sig: '($self, /, msg=None)',
      doc: 'Asks the task to end: CancelledError is raised in its coroutine.',
    },
    {
      name: 'cancelling',
      flags: METH_NOARGS,
      meth: task_cancelling,
      sig: '($self, /)',
      doc: 'How many requests to cancel it there are.',
    },
    {
      name: 'uncancel',
      flags: METH_NOARGS,
      meth: task_uncancel,
      sig: '($self, /)',
      doc: 'Takes a request to cancel it back; how many remain.',
    },
    {
      name: 'get_stack',
      flags: METH_CLINIC,
      meth: task_get_stack,
      sig: '($self, /, *, limit=None)',
      doc: "The frames of the task's coroutine, or of the traceback it ended with.",
    },
    {
      name: 'print_stack',
      flags: METH_CLINIC,
      meth: task_print_stack,
      sig: '($self, /, *, limit=None, file=None)',
      doc: 'Prints what get_stack() gives.',
    },
    { name: 'get_name', flags: METH_NOARGS, meth: task_get_name, sig: '($self, /)' },
    { name: 'set_name', flags: METH_O, meth: task_set_name, sig: '($self, value, /)' },
    { name: 'get_coro', flags: METH_NOARGS, meth: self => newref(data(self).coro ?? Py_None), sig: '($self, /)' },
    { name: 'get_context', flags: METH_NOARGS, meth: self => newref(data(self).context ?? Py_None), sig: '($self, /)' },
    {
      name: '__class_getitem__',
      flags: METH_O | METH_CLASS,
      meth: Py_GenericAlias_class_getitem,
      sig: '($type, object, /)',
    },
  ],
  getset,
  after_ready: type => {
    type.tp_data = { text_signature: INIT_SIGNATURE };
  },
});

/** Whether a task runs in the loop and is not done. */
export function pending_in(task: PyObject, loop: PyObject): boolean {
  const t = data(task);
  return t.loop === loop && t.state === PENDING;
}
