// frames.ts: pushing and popping frames.                               CPython: Python/ceval.c, Python/frame.c, pycore_interpframe.h
//
// A finished frame that nobody looks at goes back to its code object's pool: a call then costs no allocation.
// Measured (Node 20, fib): see bench/.
import { nulls } from '../core/arrays.ts';
import { FRAME_OWNED_BY_GENERATOR, FRAME_OWNED_BY_THREAD, InterpreterFrame } from '../core/frame.ts';
import { errorHooks } from '../core/errors.ts';
import { type PyObject, _Py_Dealloc, decref, incref, newref } from '../core/object.ts';
import type { PyThreadState } from '../core/tstate.ts';
import { CO_OPTIMIZED, type CodePayload, code_exec } from '../objects/codeobject.ts';
import { PyExc_RecursionError } from '../objects/exceptions.ts';
import type { FunctionPayload } from '../objects/funcobject.ts';
import { frame_finish } from '../objects/frameobject.ts';
import { type GenPayload, gen_frame_done } from '../objects/genobject.ts';
import { program_runs } from './breaker.ts';

/** Most frames a code object keeps. */
const POOL_SIZE = 128;

/** A frame for a call of a Python function, its locals still empty. Steals the function. */
export function new_frame(co: CodePayload, func: PyObject): InterpreterFrame {
  const f = (func as PyObject<FunctionPayload>).v;
  const code = f.code;
  incref(code);
  const frame = co.free_frames;
  if (frame !== null) {
    co.free_frames = frame.previous;
    co.free_frame_count--;
    frame.previous = null;
    frame.f_code = code;
    frame.f_func = func;
    frame.f_globals = f.globals;
    frame.f_builtins = f.builtins;
    return frame;
  }
  if (co.exec === null) code_exec(co);
  // Code that is no function's body has its names in a mapping; such frames never reach the pool.
  const locals = (co.co_flags & CO_OPTIMIZED) !== 0 ? null : newref(f.globals);
  return new InterpreterFrame(code, func, f.globals, f.builtins, locals, nulls(co.framesize), co.nlocalsplus);
}

/** Pops the running frame: back to the caller, locals released (last to first). */
export function leave_frame(tstate: PyThreadState, frame: InterpreterFrame): void {
  tstate.recursion_depth--;
  if (frame.owner === FRAME_OWNED_BY_GENERATOR) {
    const gen = frame.generator!;
    const g = (gen as PyObject<GenPayload>).v;
    tstate.exc_info = g.exc_state.previous!;
    g.exc_state.previous = null;
    tstate.frame = frame.previous;
    frame.previous = null;
    frame.is_entry = false;
    gen_frame_done(gen);
    return;
  }
  if (frame.frame_obj !== null || frame.f_locals !== null) {
    const previous = frame.previous;
    // The frame object records its caller before the link is cut.
    frame_finish(frame);
    tstate.frame = previous;
    frame.previous = null;
    return;
  }
  tstate.frame = frame.previous;
  frame.previous = null;
  frame.is_entry = false;
  const L = frame.localsplus;
  for (let i = frame.sp - 1; i >= 0; i--) {
    const v = L[i]!;
    if (v !== null) {
      L[i] = null;
      decref(v);
    }
  }
  const co = frame.co as CodePayload;
  frame.sp = co.nlocalsplus;
  frame.instr = 0;
  const func = frame.f_func;
  frame.f_func = null;
  if (func !== null) decref(func);
  decref(frame.f_code);
  if (--tstate.frames_left === 0) {
    // One is let go now and then, so that they stay young, as in renew_locals.
    tstate.frames_left = 509;
    program_runs(tstate);
  } else if (co.free_frame_count < POOL_SIZE && frame.owner === FRAME_OWNED_BY_THREAD) {
    frame.previous = co.free_frames;
    co.free_frames = frame;
    co.free_frame_count++;
  }
}

/** Gives a frame that is in a loop a new array of locals, every few thousand jumps back. V8 moves arrays that live on to its old
 *  generation, and there each store of a young object costs a call of its write barrier (some 5 ns). Returns the array. */
export function renew_locals(tstate: PyThreadState, frame: InterpreterFrame): (PyObject | null)[] {
  tstate.jumps_left = 4096;
  program_runs(tstate);
  frame.localsplus = frame.localsplus.slice();
  return frame.localsplus;
}

/** The new innermost frame is one too many: pops it and gives the exception to raise in its caller. */
export function recursion_exceeded(tstate: PyThreadState, frame: InterpreterFrame): PyObject {
  const later = frame.on_return;
  frame.on_return = null;
  leave_frame(tstate, frame);
  if (later !== null) decref(later);
  return errorHooks.create!(PyExc_RecursionError, 'maximum recursion depth exceeded');
}

/** Deallocates an object whose last reference the running instruction gave up: what runs then may look at the frame. */
export function dealloc_at(frame: InterpreterFrame, ip: number, sp: number, o: PyObject): void {
  frame.instr = ip;
  frame.sp = sp;
  _Py_Dealloc(o);
}
