// native_calls.ts: natives that call a Python function without a loop of their own.
//
// A native called straight from the bytecode of a thread's base loop gives the function's frame, and what is to be done
// with its result, to the scheduler and returns a placeholder: the loop is left, the function runs on the same level of
// JavaScript, and `after` makes the native's real result. So what the function does can block like any other Python code.
import type { InterpreterFrame } from '../core/frame.ts';
import { decref, incref, newref, type PyObject, type PyTypeObject } from '../core/object.ts';
import { EVAL_BLOCKED } from '../core/tstate.ts';
import { callHooks } from '../objects/call.ts';
import { PyMethod_Type } from '../objects/classobject.ts';
import { type FunctionPayload, PyFunction_New, PyFunction_Type } from '../objects/funcobject.ts';
import { GEN_EXECUTING, type GenPayload, genHooks } from '../objects/genobject.ts';
import { type CFunction, PyCFunction_Type } from '../objects/methodobject.ts';
import { Py_None } from '../objects/object.ts';
import { slot_tp_init, slot_tp_new, slotHooks } from '../objects/typeobject/slots.ts';
import { PyType_Type } from '../objects/typeobject.ts';
import { frame_for_vectorcall } from './arguments.ts';
import { instantiate } from './class_calls.ts';
import { frame_with_locals } from './eval.ts';
import { type PyThread, scheduler } from './scheduler.ts';
import { begin_steps } from './steps.ts';
import { called_directly, calls } from './waiting.ts';

/** Takes the function's result (owned), or the error it ended with: the native's result (owned), or null when it has asked for
 *  more (`call` or `wait` of the thread). May throw. */
export type After = (result: PyObject | null, error: unknown) => PyObject | null;

/** A call that the running thread's loop is to be left for. */
export interface NativeCall {
  readonly frame: InterpreterFrame;
  after: After;
  /** A generator that goes on, or null; the exception (owned) that it is to raise, or null. */
  readonly generator: GenPayload | null;
  readonly thrown: PyObject | null;
}

/** Natives and types of callables that have their own way to enter a frame, for call_by_frame. */
export type Enter = (native: unknown, callable: PyObject, args: PyObject[], after: After) => PyObject | null;
export const by_frame: Map<unknown, Enter> = new Map();

/** Whether a native (as it stands in its method table) can have a frame entered. */
export function may_enter(native: unknown): boolean {
  return called_directly(scheduler.running, native);
}

/** Has the running thread enter a frame (stolen) in place of a nested loop; the placeholder to return. */
function enter(me: PyThread, frame: InterpreterFrame, after: After): PyObject {
  me.call = { frame, after, generator: null, thrown: null };
  me.tstate.eval_breaker |= EVAL_BLOCKED;
  return newref(Py_None);
}

/** Runs a code object in namespaces (borrowed) as the last act of a native. Null: it has to be run in the ordinary way. */
export function eval_by_frame(
  native: unknown,
  code: PyObject,
  globals: PyObject,
  locals: PyObject,
  closure: PyObject | null,
  after: After,
): PyObject | null {
  const me = scheduler.running;
  if (!called_directly(me, native)) return null;
  return enter(me, frame_for_code(code, globals, locals, closure), after);
}

/** A frame that runs a code object in namespaces (borrowed). */
export function frame_for_code(
  code: PyObject,
  globals: PyObject,
  locals: PyObject,
  closure: PyObject | null,
): InterpreterFrame {
  const func = PyFunction_New(code, globals);
  if (closure !== null) (func.v as FunctionPayload).closure = newref(closure);
  return frame_with_locals(func, locals);
}

/**
 * Calls a Python function with borrowed arguments as the last act of a native (as it stands in its method table). Null if it
 * has to be called in the ordinary way; then nothing has happened. Throws if the arguments do not fit.
 */
export function call_by_frame(
  native: unknown,
  func: PyObject,
  args: PyObject[],
  kwnames: PyObject | null,
  after: After,
): PyObject | null {
  const me = scheduler.running;
  if (!called_directly(me, native)) return null;
  if (kwnames === null) {
    const own = by_frame.get(func.ob_type === PyCFunction_Type ? (func.v as CFunction).ml.meth : func.ob_type);
    if (own !== undefined) return own(native, func, args, after);
  }
  if (func.ob_type === PyMethod_Type) {
    args = [func.x as PyObject, ...args];
    func = func.v as PyObject;
  }
  if (func.ob_type !== PyFunction_Type) return null;
  return enter(me, frame_for_vectorcall(func, args, kwnames), after);
}

/** genHooks.may_enter */
function may_enter_generator(native: unknown): boolean {
  return !alone() && called_directly(scheduler.running, native);
}

/** genHooks.enter */
function enter_generator(gen: PyObject, arg: PyObject, exc: PyObject | null, after: After): PyObject {
  const me = scheduler.running;
  const generator = (gen as PyObject<GenPayload>).v;
  const { frame } = generator;
  frame.localsplus[frame.sp++] = newref(arg);
  generator.state = GEN_EXECUTING;
  me.call = { frame, after, generator, thrown: exc };
  me.tstate.eval_breaker |= EVAL_BLOCKED;
  return newref(Py_None);
}

/** A thread alone needs no frames entered, and a nested loop takes less time. */
export function alone(): boolean {
  return scheduler.threads.length === 1 && !scheduler.paged;
}

/** slotHooks.call. What the caller's tuple holds is held until the function has returned. */
function enter_call(func: PyObject, self: PyObject, args: PyObject[], kwnames: PyObject | null): PyObject | null {
  if (func.ob_type !== PyFunction_Type || alone() || !calls(scheduler.running, self)) return null;
  const all = [self, ...args];
  const frame = frame_for_vectorcall(func, all, kwnames);
  all.forEach(incref);
  return enter(scheduler.running, frame, (result, error) => {
    all.forEach(decref);
    if (result === null) throw error;
    return result;
  });
}

/** callHooks.instantiate */
function enter_class(callable: PyObject, args: PyObject, kwargs: PyObject | null): PyObject | null {
  if (alone() || callable.ob_type.tp_call !== PyType_Type.tp_call) return null;
  const type = callable as PyTypeObject;
  if (type.tp_new !== slot_tp_new && type.tp_init !== slot_tp_init) return null;
  return calls(scheduler.running, type) ? begin_steps(instantiate(type, args, kwargs)) : null;
}

/** Called at start-up. */
export function init_native_calls(): void {
  slotHooks.call = enter_call;
  callHooks.instantiate = enter_class;
  genHooks.may_enter = may_enter_generator;
  genHooks.enter = enter_generator;
}
