// eval.ts: entering the eval loop: calls of Python functions from natives, generators' steps, running code objects.   CPython: Python/ceval.c
import { PyErr_SetString, Raised } from '../core/errors.ts';
import { type InterpreterFrame } from '../core/frame.ts';
import { type PyObject, decref, newref, xdecref } from '../core/object.ts';
import { type PyThreadState, current, interpHooks } from '../core/tstate.ts';

import type { CodePayload } from '../objects/codeobject.ts';
import { PyExc_TypeError, set_exception_context } from '../objects/exceptions.ts';
import { callPythonFunction } from '../objects/func_hook.ts';
import { type FunctionPayload, PyFunction_New } from '../objects/funcobject.ts';
import { GEN_EXECUTING, type GenPayload } from '../objects/genobject.ts';
import { NATIVE_DEPTH_LIMIT } from '../objects/object.ts';
import { frame_for_vectorcall } from './arguments.ts';
import { new_frame, recursion_exceeded } from './frames.ts';
import { run_loops } from './loops.ts';
import { observer } from './observe.ts';
import { run_bottom, scheduler } from './scheduler.ts';

/** Runs a frame until it is left: the value it returns or yields. `thrown` is as in `run_loops`. */
function run(tstate: PyThreadState, frame: InterpreterFrame, thrown: PyObject | null): PyObject {
  if (tstate.native_depth === 0 && scheduler.main !== null && scheduler.main.tstate === tstate && !scheduler.paged) return run_bottom(thrown);
  if (tstate.native_depth >= NATIVE_DEPTH_LIMIT.limit) {
    throw new Raised(recursion_exceeded(tstate, frame));
  }
  const outer = tstate.in_observed;
  tstate.native_depth++;
  try {
    let value = run_loops(tstate, frame, thrown);
    while (value === null) value = run_loops(tstate, tstate.frame!, null);
    return value;
  } finally {
    tstate.native_depth--;
    tstate.in_observed = outer;
  }
}

/** Runs a new frame (stolen) as a call from native code. CPython: _PyEval_EvalFrame */
export function eval_frame(tstate: PyThreadState, frame: InterpreterFrame): PyObject {
  frame.previous = tstate.frame;
  frame.is_entry = true;
  tstate.frame = frame;
  if (++tstate.recursion_depth > tstate.recursion_limit) throw new Raised(recursion_exceeded(tstate, frame));
  return run(tstate, frame, null);
}

/** CPython: _PyFunction_Vectorcall */
export function function_vectorcall(func: PyObject, args: PyObject[], kwnames: PyObject | null): PyObject {
  return eval_frame(current.tstate, frame_for_vectorcall(func, args, kwnames));
}

/** Resumes a generator with a value or an exception (both stolen). */
function gen_resume(gen: PyObject, value: PyObject | null, exc: PyObject | null): PyObject {
  const tstate = current.tstate;
  const g = (gen as PyObject<GenPayload>).v;
  const frame = g.frame;
  frame.localsplus[frame.sp++] = value;
  g.state = GEN_EXECUTING;
  g.exc_state.previous = tstate.exc_info;
  tstate.exc_info = g.exc_state;
  frame.previous = tstate.frame;
  frame.is_entry = true;
  tstate.frame = frame;
  tstate.recursion_depth++;
  if (tstate.recursion_depth > tstate.recursion_limit) {
    xdecref(exc);
    throw new Raised(recursion_exceeded(tstate, frame));
  }
  if (exc !== null) {
    if (g.exc_state.exc_value !== null) set_exception_context(exc);
    if (observer.active) exc = observer.thrown(tstate, frame, exc);
    return run(tstate, frame, exc);
  }
  return run(tstate, frame, null);
}

/** Runs a code object in namespaces (borrowed). CPython: PyEval_EvalCode */
export function PyEval_EvalCode(code: PyObject, globals: PyObject, locals: PyObject, closure: PyObject | null = null): PyObject {
  const func = PyFunction_New(code, globals);
  if (closure !== null) (func as PyObject<FunctionPayload>).v.closure = newref(closure);
  return eval_function_with_locals(func, locals);
}

/** Calls a function of no arguments with a namespace as its locals (class bodies, exec). Steals the function. */
export function eval_function_with_locals(func: PyObject, locals: PyObject | null): PyObject {
  return eval_frame(current.tstate, frame_with_locals(func, locals));
}

/** The frame of that call. Steals the function. */
export function frame_with_locals(func: PyObject, locals: PyObject | null): InterpreterFrame {
  const f = (func as PyObject<FunctionPayload>).v;
  const co = (f.code as PyObject<CodePayload>).v;
  if (co.co_argcount + co.co_kwonlyargcount > 0) {
    decref(func);
    PyErr_SetString(PyExc_TypeError, `${(co.co_name as PyObject<string>).v}() missing required arguments`);
  }
  const frame = new_frame(co, func);
  if (locals !== null) {
    if (frame.f_locals !== null) decref(frame.f_locals);
    frame.f_locals = newref(locals);
  }
  return frame;
}

/** Connects objects/ with the eval loop. Called at start-up. */
export function init_eval(): void {
  interpHooks.eval_frame = eval_frame;
  interpHooks.gen_resume = gen_resume;
  callPythonFunction.call = function_vectorcall;
}
