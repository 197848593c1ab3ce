// observe.ts: where tracing, profiling and monitoring attach to the eval loop.          CPython: Python/instrumentation.c, Python/legacy_tracing.c
//
// Nothing here runs while nobody observes: the plain loop does not call it. When an observer attaches, the thread's
// eval_breaker asks the loop to hand over to eval_loop_observed, which reports each instruction before it runs.
import type { InterpreterFrame } from '../core/frame.ts';
import type { PyObject } from '../core/object.ts';
import type { PyThreadState } from '../core/tstate.ts';

/** What an observer implements; sys.settrace, sys.setprofile and sys.monitoring share one (tracing.ts). */
export interface Observer {
  active: boolean;
  /** Before an instruction (frame.instr, frame.sp are current). Returns where to go on: frame.instr unless the observer jumped. */
  instruction(tstate: PyThreadState, frame: InterpreterFrame, word: number): number;
  /** A frame was entered by a call. */
  call(tstate: PyThreadState, frame: InterpreterFrame): void;
  /** An exception was raised in, re-raised in, leaves, or is handled by the frame. May replace the exception (owned). */
  raise(tstate: PyThreadState, frame: InterpreterFrame, exc: PyObject): PyObject;
  reraise(tstate: PyThreadState, frame: InterpreterFrame, exc: PyObject): PyObject;
  unwound(tstate: PyThreadState, frame: InterpreterFrame, exc: PyObject): PyObject;
  handled(tstate: PyThreadState, frame: InterpreterFrame, exc: PyObject): void;
}

const idle: Observer = {
  active: false,
  instruction: (_t, frame) => frame.instr,
  call: () => {},
  raise: (_t, _f, exc) => exc,
  reraise: (_t, _f, exc) => exc,
  unwound: (_t, _f, exc) => exc,
  handled: () => {},
};

export let observer: Observer = idle;

export function set_observer(o: Observer | null): void {
  observer = o ?? idle;
}

export function observe_instruction(tstate: PyThreadState, frame: InterpreterFrame, word: number): number {
  return observer.instruction(tstate, frame, word);
}

export function observe_call(tstate: PyThreadState, frame: InterpreterFrame): void {
  observer.call(tstate, frame);
}
