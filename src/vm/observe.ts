// observe.ts: where tracing, profiling and monitoring attach to the eval loop.          CPython: Python/instrumentation.c, Python/legacy_tracing.c
//
// Nothing here runs while nobody observes: the plain loop does not call it. When somebody starts to, `switch_loop` and the
// EVAL_SWITCH bit of the eval breaker stay set for as long as that lasts: every plain loop hands over to
// eval_loop_observed at its next check, which tells the observer of each instruction before it runs.
// Invariant: `tstate.switch_loop === observer.active` for every thread.
import { as_raised, PyErr_ExceptionMatches, Raised } from '../core/errors.ts';
import type { InterpreterFrame } from '../core/frame.ts';
import { decref, newref, type PyObject, xdecref, xnewref } from '../core/object.ts';
import { current, EVAL_BLOCKED, EVAL_SWITCH, type PyThreadState } from '../core/tstate.ts';
import { PyObject_Call, PyObject_Vectorcall } from '../objects/call.ts';
import { PyMethod_Type } from '../objects/classobject.ts';
import { PyExc_StopIteration, StopIteration_value } from '../objects/exceptions.ts';
import { PyCoro_CheckExact, PyGen_Check, sendResult } from '../objects/genobject.ts';
import { Py_None, PyObject_GetAttr } from '../objects/object.ts';
import { PyType_IsSubtype } from '../objects/typeobject.ts';
import { _Py_ID } from '../objects/unicodeobject.ts';
import { load_super_attr } from './ops.ts';

/** What an observer implements; sys.monitoring is the only one so far, and serves sys.settrace and sys.setprofile. */
export interface Observer {
  active: boolean;
  /**
   * Before an instruction (frame.instr, frame.sp are current): `base` is its general opcode, `oparg` its argument, `prev`
   * the unit that ran before it in this frame. Returns where to go on: frame.instr unless the observer jumped. May throw.
   */
  instruction(tstate: PyThreadState, frame: InterpreterFrame, prev: number, base: number, oparg: number): number;
  /** Whether anybody is told of the frame's instruction, its line or what it does: it then runs in its general form. */
  watches(tstate: PyThreadState, frame: InterpreterFrame): boolean;
  /** A native call is about to be made by the frame's instruction, or has returned, or has raised. May throw. */
  call(tstate: PyThreadState, frame: InterpreterFrame, func: PyObject, arg0: PyObject | null): void;
  c_return(tstate: PyThreadState, frame: InterpreterFrame, func: PyObject, arg0: PyObject | null): void;
  /** Returns the exception to go on with: `exc` (owned) or what took its place. */
  c_raise(
    tstate: PyThreadState,
    frame: InterpreterFrame,
    func: PyObject,
    arg0: PyObject | null,
    exc: PyObject,
  ): PyObject;
  /** A `for` got its next item: where to go on (`to` unless the observer jumped). May throw. */
  iterated(tstate: PyThreadState, frame: InterpreterFrame, to: number): number;
  /** An exception is raised in, raised again in, leaves (each at unit `at`), or is thrown into the frame. Takes it over, gives
   *  back it or another. */
  raise(tstate: PyThreadState, frame: InterpreterFrame, exc: PyObject, at: number): PyObject;
  reraise(tstate: PyThreadState, frame: InterpreterFrame, exc: PyObject, at: number): PyObject;
  unwound(tstate: PyThreadState, frame: InterpreterFrame, exc: PyObject, at: number): PyObject;
  thrown(tstate: PyThreadState, frame: InterpreterFrame, exc: PyObject): PyObject;
  /** A handler at unit `target` is about to run for the (borrowed) exception. An exception to raise instead (owned), or null. */
  handled(tstate: PyThreadState, frame: InterpreterFrame, exc: PyObject, target: number): PyObject | null;
}

const idle: Observer = {
  active: false,
  instruction: (_t, frame) => frame.instr,
  watches: () => false,
  call: () => {},
  c_return: () => {},
  c_raise: (_t, _f, _func, _arg, exc) => exc,
  iterated: (_t, _f, to) => to,
  raise: (_t, _f, exc) => exc,
  reraise: (_t, _f, exc) => exc,
  unwound: (_t, _f, exc) => exc,
  thrown: (_t, _f, exc) => exc,
  handled: () => null,
};

export let observer: Observer = idle;

/** A tool's observer, which passes on what it is told to the one of the program's. */
export interface ToolObserver extends Observer {
  inner: Observer;
}

const tool = { observer: null as ToolObserver | null };

/** Attaches an observer, or detaches it (null). */
export function set_observer(o: Observer | null): void {
  if (tool.observer !== null) {
    tool.observer.inner = o ?? idle;
    return;
  }
  observer = o ?? idle;
  if (current.tstate !== null) observe_thread(current.tstate);
}

/** Attaches the observer of a tool that watches the run, or detaches it (null). */
export function set_tool_observer(o: ToolObserver | null): void {
  const inner = tool.observer === null ? observer : tool.observer.inner;
  tool.observer = o;
  if (o === null) set_observer(inner === idle ? null : inner);
  else {
    o.inner = inner;
    observer = o;
    observe_thread(current.tstate);
  }
}

/** The observer of a tool that watches the run, or null. */
export function tool_observer(): ToolObserver | null {
  return tool.observer;
}

/** Whether the observed loop runs: somebody watches, or counts what is allocated. */
export function is_observed(): boolean {
  return observer.active || idle.active;
}

/** Has each instruction's place kept in its frame, as the observed loop does, also while nobody observes; or no longer. */
export function need_positions(on: boolean): void {
  idle.active = on;
  if (current.tstate !== null) observe_thread(current.tstate);
}

/** Tells a thread whether it is observed. To be called for a thread that starts, or goes on. */
export function observe_thread(tstate: PyThreadState): void {
  tstate.switch_loop = observer.active;
  if (observer.active) tstate.eval_breaker |= EVAL_SWITCH;
  else tstate.eval_breaker &= ~EVAL_SWITCH;
}

// --- what instruction bodies of the observed loop call -------------------------------------------------------------------

/** A call of a native whose end is to be told of later; owns function and argument. */
export interface Untold {
  readonly frame: InterpreterFrame;
  readonly func: PyObject;
  readonly arg0: PyObject | null;
}

/** The last such call, until the scheduler takes it. */
export const untold = { last: null as Untold | null };

/** Tells of the end of such a call: gives the result back, or throws what goes on instead of the error. */
export function tell_end(tstate: PyThreadState, call: Untold, result: PyObject | null, error: unknown): PyObject {
  const { frame, func, arg0 } = call;
  try {
    if (result === null) throw observe_raised(error, exc => observer.c_raise(tstate, frame, func, arg0, exc));
    try {
      observer.c_return(tstate, frame, func, arg0);
    } catch (e) {
      decref(result);
      throw e;
    }
    return result;
  } finally {
    decref(func);
    xdecref(arg0);
  }
}

/** Calls a native and tells of its end. Borrows all. */
function told(
  tstate: PyThreadState,
  frame: InterpreterFrame,
  func: PyObject,
  arg0: PyObject | null,
  result: () => PyObject,
): PyObject {
  let r: PyObject;
  try {
    r = result();
  } catch (e) {
    throw observe_raised(e, exc => observer.c_raise(tstate, frame, func, arg0, exc));
  }
  if ((tstate.eval_breaker & EVAL_BLOCKED) !== 0) {
    // The native goes on after the loop has been left.
    untold.last = { frame, func: newref(func), arg0: xnewref(arg0) };
    return r;
  }
  try {
    observer.c_return(tstate, frame, func, arg0);
  } catch (e) {
    decref(r);
    throw e;
  }
  return r;
}

/** Shows a caught error to an observer; what to throw. */
function observe_raised(e: unknown, show: (exc: PyObject) => PyObject): unknown {
  const raised = as_raised(e);
  const exc = show(raised.exc);
  return exc === raised.exc ? raised : new Raised(exc);
}

/** CALL, CALL_KW: calls anything but a Python function. */
export function observe_vectorcall(
  tstate: PyThreadState,
  frame: InterpreterFrame,
  func: PyObject,
  args: PyObject[],
  kwnames: PyObject | null,
): PyObject {
  return told(tstate, frame, func, args.length > 0 ? args[0]! : null, () => PyObject_Vectorcall(func, args, kwnames));
}

/** CALL_FUNCTION_EX of anything but a Python function. */
export function observe_call_ex(
  tstate: PyThreadState,
  frame: InterpreterFrame,
  func: PyObject,
  args: PyObject,
  kwargs: PyObject | null,
): PyObject {
  const items = args.v as PyObject[];
  if (func.ob_type === PyMethod_Type) return PyObject_Call(func, args, kwargs);
  return told(tstate, frame, func, items.length > 0 ? items[0]! : null, () => PyObject_Call(func, args, kwargs));
}

/** LOAD_SUPER_ATTR: as load_super_attr; where calls are watched, super() is really called and its attribute bound. */
export function observe_super(
  tstate: PyThreadState,
  frame: InterpreterFrame,
  L: (PyObject | null)[],
  sp: number,
  name: PyObject,
  oparg: number,
): number {
  if (!observer.watches(tstate, frame)) return load_super_attr(L, sp, name, oparg);
  const func = L[sp - 3]!;
  const args = (oparg & 2) !== 0 ? [L[sp - 2]!, L[sp - 1]!] : [];
  observer.call(tstate, frame, func, args.length > 0 ? args[0]! : null);
  const su = observe_vectorcall(tstate, frame, func, args, null);
  let attr: PyObject;
  try {
    attr = PyObject_GetAttr(su, name);
  } finally {
    decref(su);
  }
  return replace_super(L, sp, attr, oparg);
}

/** Puts an attribute in the place of LOAD_SUPER_ATTR's operands; the new stack pointer. */
function replace_super(L: (PyObject | null)[], sp: number, attr: PyObject, oparg: number): number {
  for (let i = sp - 3; i < sp; i++) decref(L[i]!);
  L[sp - 3] = attr;
  if ((oparg & 1) === 0) return sp - 2;
  L[sp - 2] = null;
  return sp - 1;
}

/** Drops the StopIteration (owned) that ends what a frame's instruction does; those who observe are told of it. */
export function drop_stop(tstate: PyThreadState, frame: InterpreterFrame, stop: PyObject): void {
  const exc = observer.active ? observer.raise(tstate, frame, stop, frame.instr) : stop;
  if (!PyType_IsSubtype(exc.ob_type, PyExc_StopIteration)) throw new Raised(exc);
  decref(exc);
}

/** SEND: as send_value, with the StopIteration that ends a native iterator told of. */
export function observe_send(
  tstate: PyThreadState,
  frame: InterpreterFrame,
  receiver: PyObject,
  v: PyObject,
): PyObject {
  const type = receiver.ob_type;
  if (type.am_send !== null && (PyGen_Check(receiver) || PyCoro_CheckExact(receiver)))
    return type.am_send(receiver, v)!;
  let value: PyObject;
  try {
    let r: PyObject | null;
    if (v === Py_None && type.tp_iternext !== null) {
      r = type.tp_iternext(receiver);
      sendResult.returned = r === null;
      return r ?? newref(Py_None);
    }
    const meth = PyObject_GetAttr(receiver, _Py_ID('send'));
    try {
      r = PyObject_Vectorcall(meth, [v], null);
    } finally {
      decref(meth);
    }
    sendResult.returned = false;
    return r;
  } catch (e) {
    if (!PyErr_ExceptionMatches(e, PyExc_StopIteration)) throw e;
    value = newref(StopIteration_value(e.exc));
    try {
      drop_stop(tstate, frame, e.exc);
    } catch (other) {
      decref(value);
      throw other;
    }
  }
  sendResult.returned = true;
  return value;
}
