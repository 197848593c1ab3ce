// tracing.ts: sys.settrace and sys.setprofile, as two tools of the monitoring machinery.      CPython: Python/legacy_tracing.c, Python/sysmodule.c
//
// A trace function gets 'call' when a frame is entered, and what it returns becomes the frame's f_trace, which gets the
// frame's other events. A profile function gets all its events itself. Either is dropped when it raises.
import type { InterpreterFrame } from '../core/frame.ts';
import { decref, incref, newref, type PyObject, xdecref, xnewref } from '../core/object.ts';
import { per_interpreter } from '../core/per_interpreter.ts';
import type { PyThreadState } from '../core/tstate.ts';
import { PyObject_Vectorcall } from '../objects/call.ts';
import type { CodePayload } from '../objects/codeobject.ts';
import { PyMethodDescr_Type } from '../objects/descrobject.ts';
import { PyException_GetTraceback } from '../objects/exceptions.ts';
import {
  frameTraceHooks,
  PyEval_GetFrame,
  PyFrame_GetFrameObject,
  type PyFrameObject,
} from '../objects/frameobject.ts';
import { PyLong_AsLong } from '../objects/longobject.ts';
import { PyCFunction_Type } from '../objects/methodobject.ts';
import { Py_None } from '../objects/object.ts';
import { PyTuple_FromArraySteal } from '../objects/tupleobject.ts';
import { _Py_ID } from '../objects/unicodeobject.ts';
import {
  C_RAISE,
  C_RETURN,
  EVENT_CALL,
  get_local_events,
  INSTRUCTION,
  init_monitoring,
  instrumented_line,
  JUMP,
  LINE,
  MISSING,
  type NativeCallback,
  PY_RESUME,
  PY_RETURN,
  PY_START,
  PY_THROW,
  PY_UNWIND,
  PY_YIELD,
  RAISE,
  STOP_ITERATION,
  SYS_PROFILE_ID,
  SYS_TRACE_ID,
  set_callback,
  set_events,
  set_local_events,
} from './instrumentation.ts';
import { init_jump } from './jump.ts';

type TraceEvent = 'call' | 'exception' | 'line' | 'return' | 'c_call' | 'c_exception' | 'c_return' | 'opcode';

function frame_object(frame: InterpreterFrame): PyFrameObject {
  return PyFrame_GetFrameObject(frame) as PyFrameObject;
}

/** Calls a Python trace or profile function. CPython: Python/sysmodule.c:call_trampoline */
function call_trampoline(
  callback: PyObject,
  frame: InterpreterFrame,
  what: TraceEvent,
  arg: PyObject | null,
): PyObject {
  incref(callback);
  try {
    return PyObject_Vectorcall(callback, [frame_object(frame), _Py_ID(what), arg ?? Py_None], null);
  } finally {
    decref(callback);
  }
}

/** CPython: Python/sysmodule.c:trace_trampoline */
function trace_trampoline(
  tstate: PyThreadState,
  frame: InterpreterFrame,
  what: TraceEvent,
  arg: PyObject | null,
): void {
  const f = frame_object(frame);
  const callback = what === 'call' ? tstate.c_traceobj : f.v.trace;
  if (callback === null) return;
  incref(f);
  try {
    let result: PyObject;
    try {
      result = call_trampoline(callback, frame, what, arg);
    } catch (e) {
      set_trace(tstate, null);
      const trace = f.v.trace;
      f.v.trace = null;
      xdecref(trace);
      throw e;
    }
    if (result === Py_None) decref(result);
    else {
      const old = f.v.trace;
      f.v.trace = result;
      xdecref(old);
    }
  } finally {
    decref(f);
  }
}

/** CPython: Python/sysmodule.c:profile_trampoline */
function profile_trampoline(
  tstate: PyThreadState,
  frame: InterpreterFrame,
  what: TraceEvent,
  arg: PyObject | null,
): void {
  const callback = tstate.c_profileobj;
  if (callback === null) return;
  const f = newref(frame_object(frame));
  try {
    decref(call_trampoline(callback, frame, what, arg));
  } catch (e) {
    set_profile(tstate, null);
    throw e;
  } finally {
    decref(f);
  }
}

// --- the profiler's callbacks: (code, offset, ...) ----------------------------------------------------------------------------

function profile_event(what: TraceEvent, arg: (args: PyObject[]) => PyObject | null): NativeCallback {
  return (tstate, frame, args) => {
    profile_trampoline(tstate, frame, what, arg(args));
    return false;
  };
}

/** Native functions only; a method descriptor is shown as the method bound to its first argument. CPython: sys_profile_call_or_return */
function profile_native(what: TraceEvent): NativeCallback {
  return (tstate, frame, args) => {
    if (tstate.c_profileobj === null) return false;
    const callable = args[2]!;
    if (callable.ob_type === PyCFunction_Type) profile_trampoline(tstate, frame, what, callable);
    else if (callable.ob_type === PyMethodDescr_Type) {
      const self = args[3]!;
      if (self === MISSING) return false;
      const method = callable.ob_type.tp_descr_get!(callable, self, self.ob_type);
      try {
        profile_trampoline(tstate, frame, what, method);
      } finally {
        decref(method);
      }
    }
    return false;
  };
}

// --- the tracer's callbacks ---------------------------------------------------------------------------------------------------

/** CPython: call_trace_func */
function trace_frame(tstate: PyThreadState, frame: InterpreterFrame, what: TraceEvent, arg: PyObject | null): boolean {
  if (tstate.c_traceobj === null) return false;
  if (frame_object(frame).v.trace_opcodes) set_opcode_trace(frame, true);
  trace_trampoline(tstate, frame, what, arg);
  return false;
}

function trace_event(what: TraceEvent, arg: (args: PyObject[]) => PyObject | null): NativeCallback {
  return (tstate, frame, args) => trace_frame(tstate, frame, what, arg(args));
}

/** CPython: sys_trace_exception_func */
const trace_exception: NativeCallback = (tstate, frame, args) => {
  const exc = args[2]!;
  const tb = PyException_GetTraceback(exc) ?? newref(Py_None);
  const triple = PyTuple_FromArraySteal([newref(exc.ob_type), newref(exc), tb]);
  try {
    return trace_frame(tstate, frame, 'exception', triple);
  } finally {
    decref(triple);
  }
};

/** CPython: trace_line */
function trace_line(tstate: PyThreadState, frame: InterpreterFrame, line: number): void {
  const f = frame_object(frame);
  if (tstate.c_traceobj === null || !f.v.trace_lines || line < 0) return;
  incref(f);
  f.v.lineno = line;
  try {
    trace_trampoline(tstate, frame, 'line', null);
  } finally {
    f.v.lineno = 0;
    decref(f);
  }
}

const trace_line_event: NativeCallback = (tstate, frame, args) => {
  trace_line(tstate, frame, PyLong_AsLong(args[1]!));
  return false;
};

/** A jump back makes a line event even within a line. CPython: sys_trace_jump_func */
const trace_jump: NativeCallback = (tstate, frame, args) => {
  if (tstate.c_traceobj === null) return false;
  const from = PyLong_AsLong(args[1]!) >> 1;
  const to = PyLong_AsLong(args[2]!) >> 1;
  if (to > from) return true;
  const co = frame.co as CodePayload;
  const line = instrumented_line(co, to);
  // Another line: its own event comes.
  if (line !== instrumented_line(co, from)) return true;
  trace_line(tstate, frame, line);
  return false;
};

/** CPython: sys_trace_instruction_func */
const trace_instruction: NativeCallback = (tstate, frame) => {
  const f = frame_object(frame);
  if (tstate.c_traceobj === null || !f.v.trace_opcodes) {
    set_opcode_trace(frame, false);
    return false;
  }
  incref(f);
  try {
    trace_trampoline(tstate, frame, 'opcode', null);
  } finally {
    f.v.lineno = 0;
    decref(f);
  }
  return false;
};

/** Switches instruction events for the tracer on or off in a frame's code. CPython: _PyEval_SetOpcodeTrace */
export function set_opcode_trace(frame: InterpreterFrame, enable: boolean): void {
  const co = frame.co as CodePayload;
  const events = get_local_events(co, SYS_TRACE_ID);
  const wanted = enable ? events | (1 << INSTRUCTION) : events & ~(1 << INSTRUCTION);
  if (wanted !== events) set_local_events(co, SYS_TRACE_ID, wanted);
}

// --- setting --------------------------------------------------------------------------------------------------------------------

const state = /* @__PURE__ */ per_interpreter(() => ({
  trace_ready: false,
  profile_ready: false,
  tracing: new Set<PyThreadState>(),
  profiling: new Set<PyThreadState>(),
}));

function event_set(events: number[]): number {
  return events.reduce((set, e) => set | (1 << e), 0);
}

const none = (): null => null;
const value = (args: PyObject[]): PyObject => args[2]!;

function prepare_trace(): void {
  state.trace_ready = true;
  const callbacks: [number, NativeCallback][] = [
    [PY_START, trace_event('call', none)],
    [PY_RESUME, trace_event('call', none)],
    [PY_THROW, trace_event('call', none)],
    [PY_RETURN, trace_event('return', value)],
    [PY_YIELD, trace_event('return', value)],
    [PY_UNWIND, trace_event('return', none)],
    [RAISE, trace_exception],
    [STOP_ITERATION, trace_exception],
    [LINE, trace_line_event],
    [JUMP, trace_jump],
    [INSTRUCTION, trace_instruction],
  ];
  for (const [event, callback] of callbacks) set_callback(SYS_TRACE_ID, event, callback);
}

/** Sets a thread's trace function (borrowed), or none. CPython: _PyEval_SetTrace */
export function set_trace(tstate: PyThreadState, func: PyObject | null): void {
  if (!state.trace_ready) prepare_trace();
  const old = tstate.c_traceobj;
  tstate.c_traceobj = xnewref(func);
  xdecref(old);
  if (func !== null) state.tracing.add(tstate);
  else state.tracing.delete(tstate);
  if (state.tracing.size > 0) {
    const f = PyEval_GetFrame() as PyFrameObject | null;
    if (f?.v.trace_opcodes) set_opcode_trace(f.v.frame, true);
  }
  set_events(
    SYS_TRACE_ID,
    state.tracing.size > 0
      ? event_set([PY_START, PY_RESUME, PY_RETURN, PY_YIELD, RAISE, LINE, JUMP, PY_UNWIND, PY_THROW, STOP_ITERATION])
      : 0,
  );
}

function prepare_profile(): void {
  state.profile_ready = true;
  const callbacks: [number, NativeCallback][] = [
    [PY_START, profile_event('call', none)],
    [PY_RESUME, profile_event('call', none)],
    [PY_THROW, profile_event('call', none)],
    [PY_RETURN, profile_event('return', value)],
    [PY_YIELD, profile_event('return', value)],
    [PY_UNWIND, profile_event('return', none)],
    [EVENT_CALL, profile_native('c_call')],
    [C_RETURN, profile_native('c_return')],
    [C_RAISE, profile_native('c_exception')],
  ];
  for (const [event, callback] of callbacks) set_callback(SYS_PROFILE_ID, event, callback);
}

/** Sets a thread's profile function (borrowed), or none. CPython: _PyEval_SetProfile */
export function set_profile(tstate: PyThreadState, func: PyObject | null): void {
  if (!state.profile_ready) prepare_profile();
  const old = tstate.c_profileobj;
  tstate.c_profileobj = xnewref(func);
  xdecref(old);
  if (func !== null) state.profiling.add(tstate);
  else state.profiling.delete(tstate);
  set_events(
    SYS_PROFILE_ID,
    state.profiling.size > 0
      ? event_set([PY_START, PY_RESUME, PY_RETURN, PY_YIELD, EVENT_CALL, PY_UNWIND, PY_THROW])
      : 0,
  );
}

/** A thread ends: it traces no more. */
export function forget_thread(tstate: PyThreadState): void {
  if (tstate.c_traceobj !== null) set_trace(tstate, null);
  if (tstate.c_profileobj !== null) set_profile(tstate, null);
}

/** Connects monitoring, tracing and jumps with the objects they work on. Called at start-up. */
export function init_tracing(): void {
  init_monitoring();
  init_jump();
  frameTraceHooks.set_opcode_trace = set_opcode_trace;
}
