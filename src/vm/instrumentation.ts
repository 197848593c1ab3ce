// instrumentation.ts: which tool is told of which event at which instruction (PEP 669).        CPython: Python/instrumentation.c
//
// CPython rewrites the bytecode of watched code objects; here the observed eval loop asks, before each instruction, tables
// that say the same. A tool switches events on for all code (`monitors`) or for one code object (`local`); their union is
// `active`, and the tables follow it when the code runs next after a change (`version`). A callback that returns DISABLE
// takes its tool out of one place of the tables.
// Invariant: a code object's tables are up to date when its `version` equals the global one.
import { as_raised, errorHooks, PyErr_SetString } from '../core/errors.ts';
import type { InterpreterFrame } from '../core/frame.ts';
import { decref, immortalize, incref, newref, PyObject, xdecref } from '../core/object.ts';
import { per_interpreter } from '../core/per_interpreter.ts';
import type { PyThreadState } from '../core/tstate.ts';
import { Py_False, Py_True } from '../objects/boolobject.ts';
import { PyObject_Vectorcall } from '../objects/call.ts';
import { PyMethod_Type } from '../objects/classobject.ts';
import { iterate_lines } from '../objects/code_location.ts';
import { CO_NO_MONITORING_EVENTS, type CodePayload } from '../objects/codeobject.ts';
import { PyExc_StopIteration, PyExc_SystemError, PyExc_ValueError } from '../objects/exceptions.ts';
import { frame_first_traceable } from '../objects/frameobject.ts';
import { genHooks, PyCoro_CheckExact, PyGen_Check } from '../objects/genobject.ts';
import { PyLong_FromLong } from '../objects/longobject.ts';
import { Py_None } from '../objects/object.ts';
import { PyBaseObject_Type } from '../objects/typeobject.ts';
import { PyUnicode_AsString } from '../objects/unicodeobject.ts';
import {
  CALL,
  CALL_FUNCTION_EX,
  CALL_KW,
  END_ASYNC_FOR,
  END_FOR,
  END_SEND,
  EXTENDED_ARG,
  FOR_ITER,
  JUMP_BACKWARD,
  JUMP_BACKWARD_NO_INTERRUPT,
  JUMP_FORWARD,
  LOAD_SUPER_ATTR,
  NOT_TAKEN,
  OPCODE_CACHES,
  POP_ITER,
  POP_JUMP_IF_FALSE,
  POP_JUMP_IF_NONE,
  POP_JUMP_IF_NOT_NONE,
  POP_JUMP_IF_TRUE,
  RESUME,
  RETURN_VALUE,
  SEND,
  YIELD_VALUE,
} from '../opcode/opcodes.generated.ts';
import { type Observer, set_observer } from './observe.ts';
import { exception_table } from './unwind.ts';

// --- events ---------------------------------------------------------------------------------------------------------------

export const PY_START = 0;
export const PY_RESUME = 1;
export const PY_RETURN = 2;
export const PY_YIELD = 3;
export const EVENT_CALL = 4;
export const LINE = 5;
export const INSTRUCTION = 6;
export const JUMP = 7;
export const BRANCH_LEFT = 8;
export const BRANCH_RIGHT = 9;
export const STOP_ITERATION = 10;
/** Events below this belong to an instruction: they can be switched on for one code object, and disabled at one place. */
export const LOCAL_EVENTS = 11;
export const RAISE = 11;
export const EXCEPTION_HANDLED = 12;
export const PY_UNWIND = 13;
export const PY_THROW = 14;
export const RERAISE = 15;
/** Events from here on are told to the tools of another event. */
export const UNGROUPED_EVENTS = 16;
export const C_RETURN = 16;
export const C_RAISE = 17;
export const BRANCH = 18;
export const EVENTS = 19;

export const EVENT_NAMES = [
  'PY_START',
  'PY_RESUME',
  'PY_RETURN',
  'PY_YIELD',
  'CALL',
  'LINE',
  'INSTRUCTION',
  'JUMP',
  'BRANCH_LEFT',
  'BRANCH_RIGHT',
  'STOP_ITERATION',
  'RAISE',
  'EXCEPTION_HANDLED',
  'PY_UNWIND',
  'PY_THROW',
  'RERAISE',
  'C_RETURN',
  'C_RAISE',
  'BRANCH',
] as const;

export const TOOL_IDS = 8;
export const SYS_PROFILE_ID = 6;
export const SYS_TRACE_ID = 7;

/** Returned by a callback: no more of this event at this place. */
export const DISABLE = new PyObject<unknown, unknown>(null, null, null);
/** The first argument of a call without arguments. */
export const MISSING = new PyObject<unknown, unknown>(null, null, null);

/** A callback of our own (tracing.ts): gets what a Python callback gets; true stands for DISABLE. May throw. */
export type NativeCallback = (tstate: PyThreadState, frame: InterpreterFrame, args: PyObject[]) => boolean;

/** State of the interpreter. CPython: the monitoring fields of PyInterpreterState */
function make_monitoring() {
  return {
    /** By event: bit set of the tools that have it on everywhere. */
    monitors: new Uint8Array(UNGROUPED_EVENTS),
    /** By tool and event; Python callbacks are owned. */
    callables: Array.from({ length: TOOL_IDS }, () => new Array<PyObject | NativeCallback | null>(EVENTS).fill(null)),
    /** Owned names of the tools in use. */
    tool_names: new Array<PyObject | null>(TOOL_IDS).fill(null),
    /** Code objects whose local events of a tool are older than this have none. */
    tool_versions: new Array<number>(TOOL_IDS).fill(0),
    /** Code objects with local events, by tool (some of them may be dead). */
    local_codes: new Array<number>(TOOL_IDS).fill(0),
    version: 0,
    last_restart_version: 0,
  };
}

export const monitoring = /* @__PURE__ */ per_interpreter(make_monitoring, {
  clear({ callables, tool_names }) {
    for (const of_tool of callables) for (const callback of of_tool) if (callback instanceof PyObject) decref(callback);
    tool_names.forEach(xdecref);
    Object.assign(monitoring, make_monitoring());
    update_observer();
  },
  entered: update_observer,
});

/** Connects DISABLE and MISSING with their type, and generators with what is watched. Called at start-up. */
export function init_monitoring(): void {
  for (const o of [DISABLE, MISSING]) {
    o.ob_type = PyBaseObject_Type;
    immortalize(o);
  }
  genHooks.unwind_watched = () => monitoring.monitors[PY_UNWIND] !== 0;
}

// --- tables of a code object ------------------------------------------------------------------------------------------------

/** What is watched in a code object. CPython: _PyCoMonitoringData */
export class CoMonitoring {
  version = -1;
  /** By event: bit sets of tools. */
  local = new Uint8Array(LOCAL_EVENTS);
  active = new Uint8Array(LOCAL_EVENTS);
  tool_versions = new Array<number>(TOOL_IDS).fill(0);
  /** By unit: the event of the instruction (-1: none), and the tools that are told of it, of lines and of instructions. */
  events: Int8Array;
  tools: Uint8Array;
  line_tools: Uint8Array;
  instruction_tools: Uint8Array;
  /** By unit: the line (-1: none), and whether it is reported here. Filled when first needed. */
  lines: Int32Array | null = null;
  line_starts: Uint8Array | null = null;
  first: number;
  constructor(co: CodePayload) {
    const n = co.co_code.length >> 1;
    this.first = frame_first_traceable(co);
    this.tools = new Uint8Array(n);
    this.line_tools = new Uint8Array(n);
    this.instruction_tools = new Uint8Array(n);
    this.events = new Int8Array(n).fill(-1);
    for (let i = this.first; i < n; i = next_unit(co, i)) this.events[i] = event_of(co, i);
  }
}

function next_unit(co: CodePayload, i: number): number {
  return i + 1 + OPCODE_CACHES[co.co_code[2 * i]!]!;
}

/** The event that the instruction at a unit gives rise to. CPython: EVENT_FOR_OPCODE */
function event_of(co: CodePayload, i: number): number {
  switch (co.co_code[2 * i]!) {
    case RESUME:
      return co.co_code[2 * i + 1] === 0 ? PY_START : PY_RESUME;
    case RETURN_VALUE:
      return PY_RETURN;
    case YIELD_VALUE:
      return PY_YIELD;
    case CALL:
    case CALL_KW:
    case CALL_FUNCTION_EX:
    case LOAD_SUPER_ATTR:
      return EVENT_CALL;
    case JUMP_FORWARD:
    case JUMP_BACKWARD:
      return JUMP;
    case POP_JUMP_IF_FALSE:
    case POP_JUMP_IF_TRUE:
    case POP_JUMP_IF_NONE:
    case POP_JUMP_IF_NOT_NONE:
    case POP_ITER:
    case END_ASYNC_FOR:
      return BRANCH_RIGHT;
    case NOT_TAKEN:
    case FOR_ITER:
      return BRANCH_LEFT;
    case END_FOR:
    case END_SEND:
      return STOP_ITERATION;
    default:
      return -1;
  }
}

/** Where lines are reported: at the first instruction of each, and at targets of jumps and handlers. CPython: initialize_lines */
function find_lines(co: CodePayload, m: CoMonitoring): void {
  const code = co.co_code;
  const n = code.length >> 1;
  const lines = new Int32Array(n).fill(-1);
  const starts = new Uint8Array(n);
  for (const [start, end, line] of iterate_lines(co.co_linetable, co.co_firstlineno)) {
    lines.fill(line, start >> 1, end >> 1);
  }
  let line = -1;
  for (let i = m.first; i < n; i = next_unit(co, i)) {
    switch (code[2 * i]!) {
      case END_ASYNC_FOR:
      case END_FOR:
      case END_SEND:
      case RESUME:
      case POP_ITER:
        // The jump that leads to these skips them, or ends their line.
        break;
      default:
        if (lines[i] !== line && lines[i]! >= 0) starts[i] = 1;
        line = lines[i]!;
    }
  }
  let oparg = 0;
  for (let i = m.first; i < n; ) {
    const op = code[2 * i]!;
    oparg = (oparg << 8) | code[2 * i + 1]!;
    const next = next_unit(co, i);
    let target = -1;
    switch (op) {
      case EXTENDED_ARG:
        i = next;
        continue;
      case POP_JUMP_IF_FALSE:
      case POP_JUMP_IF_TRUE:
      case POP_JUMP_IF_NONE:
      case POP_JUMP_IF_NOT_NONE:
      case JUMP_FORWARD:
        target = next + oparg;
        break;
      case FOR_ITER:
      case SEND:
        target = next + oparg + 1;
        break;
      case JUMP_BACKWARD:
      case JUMP_BACKWARD_NO_INTERRUPT:
        target = next - oparg;
        break;
    }
    if (target >= 0 && lines[target]! >= 0 && code[2 * target] !== POP_ITER) starts[target] = 1;
    oparg = 0;
    i = next;
  }
  const table = exception_table(co);
  for (let i = 0; i < table.length; i += 4) {
    const handler = table[i + 2]!;
    if (lines[handler]! >= 0 && code[2 * handler] !== END_ASYNC_FOR) starts[handler] = 1;
  }
  m.lines = lines;
  m.line_starts = starts;
}

/** The line of a unit, as line events report it. */
export function instrumented_line(co: CodePayload, unit: number): number {
  const m = monitoring_data(co);
  if (m.lines === null) find_lines(co, m);
  return m.lines![unit]!;
}

/** The tables of a code object, made when first asked for. */
function monitoring_data(co: CodePayload): CoMonitoring {
  let m = co.monitoring as CoMonitoring | null;
  if (m === null) co.monitoring = m = new CoMonitoring(co);
  return m;
}

/** Brings the tables of a code object up to date. CPython: force_instrument_lock_held */
function instrument(co: CodePayload): CoMonitoring {
  const m = monitoring_data(co);
  const { monitors } = monitoring;
  for (let tool = 0; tool < TOOL_IDS; tool++) {
    if (m.tool_versions[tool] !== monitoring.tool_versions[tool]) {
      for (let e = 0; e < LOCAL_EVENTS; e++) m.local[e]! &= ~(1 << tool);
    }
  }
  const watched = (co.co_flags & CO_NO_MONITORING_EVENTS) === 0;
  const restarted = monitoring.last_restart_version > m.version;
  const added = new Uint8Array(LOCAL_EVENTS);
  const removed = new Uint8Array(LOCAL_EVENTS);
  let any_change = false;
  for (let e = 0; e < LOCAL_EVENTS; e++) {
    const now = watched ? monitors[e]! | m.local[e]! : 0;
    const before = m.active[e]!;
    added[e] = restarted ? now : now & ~before;
    removed[e] = restarted ? before : before & ~now;
    if (added[e] !== 0 || removed[e] !== 0) any_change = true;
    m.active[e] = now;
  }
  m.version = monitoring.version;
  if (!any_change) return m;
  if (added[LINE] !== 0 && m.lines === null) find_lines(co, m);
  const starts = m.line_starts;
  const n = co.co_code.length >> 1;
  for (let i = m.first; i < n; i = next_unit(co, i)) {
    const e = m.events[i]!;
    if (e >= 0) m.tools[i] = (m.tools[i]! & ~removed[e]!) | added[e]!;
    if (starts !== null && starts[i] === 1) m.line_tools[i] = (m.line_tools[i]! & ~removed[LINE]!) | added[LINE]!;
    const op = co.co_code[2 * i]!;
    if (op !== RESUME && op !== END_FOR) {
      m.instruction_tools[i] = (m.instruction_tools[i]! & ~removed[INSTRUCTION]!) | added[INSTRUCTION]!;
    }
  }
  return m;
}

function up_to_date(co: CodePayload): CoMonitoring {
  const m = co.monitoring as CoMonitoring | null;
  return m === null || m.version !== monitoring.version ? instrument(co) : m;
}

// --- calling tools -----------------------------------------------------------------------------------------------------------

/** Calls one tool's callback; true if it said DISABLE. CPython: call_one_instrument */
function call_one(
  tstate: PyThreadState,
  frame: InterpreterFrame,
  tool: number,
  event: number,
  args: PyObject[],
): boolean {
  const callback = monitoring.callables[tool]![event]!;
  if (callback === null) return false;
  const what = tstate.what_event;
  tstate.what_event = event;
  tstate.tracing++;
  try {
    if (typeof callback === 'function') return callback(tstate, frame, args);
    incref(callback);
    try {
      const res = PyObject_Vectorcall(callback, args, null);
      decref(res);
      return res === DISABLE;
    } finally {
      decref(callback);
    }
  } finally {
    tstate.tracing--;
    tstate.what_event = what;
  }
}

/** The highest bit of a set of tools: later tools are told first. */
function top_tool(tools: number): number {
  return 31 - Math.clz32(tools);
}

/**
 * Tells the tools of an event of the instruction at unit `at`, which concerns the instruction at `source`. `rest` (borrowed)
 * follows code and offset. CPython: call_instrumentation_vector
 */
function fire(
  tstate: PyThreadState,
  frame: InterpreterFrame,
  event: number,
  at: number,
  source: number,
  rest: PyObject[],
): void {
  if (tstate.tracing !== 0) return;
  let tools: number;
  let m: CoMonitoring | null = null;
  if (event < LOCAL_EVENTS || event >= UNGROUPED_EVENTS) {
    m = up_to_date(frame.co as CodePayload);
    tools = m.tools[at]!;
  } else tools = monitoring.monitors[event]!;
  if (tools === 0) return;
  const offset = PyLong_FromLong(2 * source);
  const args = [frame.f_code, offset, ...rest];
  try {
    while (tools !== 0) {
      const tool = top_tool(tools);
      tools ^= 1 << tool;
      if (!call_one(tstate, frame, tool, event, args)) continue;
      if (event >= LOCAL_EVENTS) {
        // Else this would go on for ever.
        const callbacks = monitoring.callables[tool]!;
        const old = callbacks[event]!;
        callbacks[event] = null;
        if (old instanceof PyObject) decref(old);
        PyErr_SetString(PyExc_ValueError, `Cannot disable ${EVENT_NAMES[event]!} events. Callback removed.`);
      }
      m!.tools[at]! &= ~(1 << tool);
    }
  } finally {
    decref(offset);
  }
}

/** As fire for a jump: where to go on. CPython: _Py_call_instrumentation_jump */
function fire_jump(tstate: PyThreadState, frame: InterpreterFrame, event: number, source: number, dest: number): void {
  const to = PyLong_FromLong(2 * dest);
  try {
    fire(tstate, frame, event, frame.instr, source, [to]);
  } finally {
    decref(to);
  }
}

/** Whether a unit is a RESUME that has not been quickened, or is watched. */
function is_fresh_resume(co: CodePayload, m: CoMonitoring, unit: number): boolean {
  return co.co_code[2 * unit] === RESUME && (m.tools[unit] !== 0 || (co.exec![unit]! & 255) === RESUME);
}

/** CPython: _Py_call_instrumentation_line */
function fire_line(tstate: PyThreadState, frame: InterpreterFrame, m: CoMonitoring, prev: number): void {
  const ip = frame.instr;
  const line = m.lines![ip]!;
  // Before its RESUME has run, or when that is watched itself, the line's event is still to come.
  if (m.lines![prev] === line && !is_fresh_resume(frame.co as CodePayload, m, prev)) return;
  let tools = m.line_tools[ip]!;
  const number = PyLong_FromLong(line);
  const args = [frame.f_code, number];
  try {
    while (tools !== 0) {
      const tool = top_tool(tools);
      tools ^= 1 << tool;
      if (call_one(tstate, frame, tool, LINE, args)) m.line_tools[ip]! &= ~(1 << tool);
    }
  } finally {
    decref(number);
  }
}

/** CPython: _Py_call_instrumentation_instruction */
function fire_instruction(tstate: PyThreadState, frame: InterpreterFrame, m: CoMonitoring): void {
  const ip = frame.instr;
  let tools = m.instruction_tools[ip]!;
  const offset = PyLong_FromLong(2 * ip);
  const args = [frame.f_code, offset];
  try {
    while (tools !== 0) {
      const tool = top_tool(tools);
      tools ^= 1 << tool;
      if (call_one(tstate, frame, tool, INSTRUCTION, args)) m.instruction_tools[ip]! &= ~(1 << tool);
    }
  } finally {
    decref(offset);
  }
}

/** Tells of an exception; gives back it (owned) or what a callback raised. CPython: Python/ceval.c:do_monitor_exc */
function fire_exc(tstate: PyThreadState, frame: InterpreterFrame, event: number, at: number, exc: PyObject): PyObject {
  if (tstate.tracing !== 0 || monitoring.monitors[event] === 0) return exc;
  try {
    fire(tstate, frame, event, at, at, [exc]);
    return exc;
  } catch (e) {
    decref(exc);
    return as_raised(e).exc;
  }
}

/** Tells of the StopIteration that a generator's end stands for. CPython: monitor_stop_iteration */
function fire_stop_iteration(tstate: PyThreadState, frame: InterpreterFrame, value: PyObject): void {
  const exc = errorHooks.create!(PyExc_StopIteration, value);
  try {
    fire(tstate, frame, STOP_ITERATION, frame.instr, frame.instr, [exc]);
  } finally {
    decref(exc);
  }
}

/** The event of an instruction that is about to run. Bodies of the observed loop tell of what comes after. */
function fire_event(
  tstate: PyThreadState,
  frame: InterpreterFrame,
  m: CoMonitoring,
  prev: number,
  base: number,
  oparg: number,
): void {
  const L = frame.localsplus;
  const sp = frame.sp;
  const ip = frame.instr;
  switch (base) {
    case RESUME:
      fire(tstate, frame, m.events[ip]!, ip, ip, []);
      return;
    case RETURN_VALUE:
      fire(tstate, frame, PY_RETURN, ip, ip, [L[sp - 1]!]);
      return;
    case YIELD_VALUE:
      fire(tstate, frame, PY_YIELD, ip, ip, [L[sp - 1]!]);
      return;
    case CALL:
    case CALL_KW: {
      const top = base === CALL ? sp : sp - 1;
      let func = L[top - oparg - 2]!;
      let arg0 = L[top - oparg - 1] ?? null;
      if (arg0 === null && func.ob_type === PyMethod_Type) {
        arg0 = func.x as PyObject;
        func = func.v as PyObject;
      }
      if (arg0 === null) arg0 = oparg > 0 ? L[top - oparg]! : MISSING;
      fire(tstate, frame, EVENT_CALL, ip, ip, [func, arg0]);
      return;
    }
    case JUMP_FORWARD:
      fire_jump(tstate, frame, JUMP, ip, ip + 1 + oparg);
      return;
    case JUMP_BACKWARD:
      fire_jump(tstate, frame, JUMP, ip, ip + 2 - oparg);
      return;
    case POP_JUMP_IF_FALSE:
      if (L[sp - 1] === Py_False) fire_jump(tstate, frame, BRANCH_RIGHT, ip, ip + 2 + oparg);
      return;
    case POP_JUMP_IF_TRUE:
      if (L[sp - 1] === Py_True) fire_jump(tstate, frame, BRANCH_RIGHT, ip, ip + 2 + oparg);
      return;
    case POP_JUMP_IF_NONE:
      if (L[sp - 1] === Py_None) fire_jump(tstate, frame, BRANCH_RIGHT, ip, ip + 2 + oparg);
      return;
    case POP_JUMP_IF_NOT_NONE:
      if (L[sp - 1] !== Py_None) fire_jump(tstate, frame, BRANCH_RIGHT, ip, ip + 2 + oparg);
      return;
    case NOT_TAKEN:
      fire_jump(tstate, frame, BRANCH_LEFT, prev, ip + 1);
      return;
    case POP_ITER:
      fire_jump(tstate, frame, BRANCH_RIGHT, prev, ip + 1);
      return;
    case END_ASYNC_FOR:
      fire_jump(tstate, frame, BRANCH_RIGHT, ip + 1 - oparg, ip + 1);
      return;
    case END_FOR:
      if (PyGen_Check(L[sp - 2]!)) fire_stop_iteration(tstate, frame, L[sp - 1]!);
      return;
    case END_SEND:
      if (PyGen_Check(L[sp - 2]!) || PyCoro_CheckExact(L[sp - 2]!)) fire_stop_iteration(tstate, frame, L[sp - 1]!);
      return;
  }
}

const monitor: Observer = {
  active: true,

  instruction(tstate, frame, prev, base, oparg) {
    const co = frame.co as CodePayload;
    const ip = frame.instr;
    let m = up_to_date(co);
    if (m.line_tools[ip] !== 0) {
      fire_line(tstate, frame, m, prev);
      if (frame.instr !== ip) return frame.instr;
      m = up_to_date(co);
    }
    if (m.instruction_tools[ip] !== 0) {
      fire_instruction(tstate, frame, m);
      m = up_to_date(co);
    }
    if (m.tools[ip] !== 0) fire_event(tstate, frame, m, prev, base, oparg);
    return frame.instr;
  },

  watches(tstate, frame) {
    if (tstate.tracing !== 0) return false;
    const m = up_to_date(frame.co as CodePayload);
    const ip = frame.instr;
    return (m.tools[ip]! | m.line_tools[ip]! | m.instruction_tools[ip]!) !== 0;
  },

  call(tstate, frame, func, arg0) {
    fire(tstate, frame, EVENT_CALL, frame.instr, frame.instr, [func, arg0 ?? MISSING]);
  },

  c_return(tstate, frame, func, arg0) {
    fire(tstate, frame, C_RETURN, frame.instr, frame.instr, [func, arg0 ?? MISSING]);
  },

  c_raise(tstate, frame, func, arg0, exc) {
    try {
      fire(tstate, frame, C_RAISE, frame.instr, frame.instr, [func, arg0 ?? MISSING]);
      return exc;
    } catch (e) {
      decref(exc);
      return as_raised(e).exc;
    }
  },

  iterated(tstate, frame, to) {
    const ip = frame.instr;
    if (up_to_date(frame.co as CodePayload).tools[ip] === 0) return to;
    fire_jump(tstate, frame, BRANCH_LEFT, ip, to);
    return frame.instr !== ip ? frame.instr : to;
  },

  raise: (tstate, frame, exc, at) => fire_exc(tstate, frame, RAISE, at, exc),
  reraise: (tstate, frame, exc, at) => fire_exc(tstate, frame, RERAISE, at, exc),
  unwound: (tstate, frame, exc, at) => fire_exc(tstate, frame, PY_UNWIND, at, exc),
  thrown: (tstate, frame, exc) => fire_exc(tstate, frame, PY_THROW, frame.instr, exc),

  handled(tstate, frame, exc, target) {
    if (tstate.tracing !== 0 || monitoring.monitors[EXCEPTION_HANDLED] === 0) return null;
    try {
      fire(tstate, frame, EXCEPTION_HANDLED, target, target, [exc]);
      return null;
    } catch (e) {
      return as_raised(e).exc;
    }
  },
};

// --- switching events on and off ---------------------------------------------------------------------------------------------

const watching = { on: false };

/** Attaches to the eval loop while any tool watches anything. */
function update_observer(): void {
  let on = monitoring.monitors.some(tools => tools !== 0);
  // The tracer's local events mean nothing while nobody traces.
  for (let tool = 0; tool < SYS_PROFILE_ID; tool++) if (monitoring.local_codes[tool]! > 0) on = true;
  if (on !== watching.on) set_observer((watching.on = on) ? monitor : null);
}

/** Raises ValueError for a tool that nobody has taken. CPython: check_tool */
export function check_tool(tool: number): void {
  if (tool < SYS_PROFILE_ID && monitoring.tool_names[tool] === null)
    PyErr_SetString(PyExc_ValueError, `tool ${tool} is not in use`);
}

export function get_events(tool: number): number {
  let events = 0;
  for (let e = 0; e < UNGROUPED_EVENTS; e++) if (((monitoring.monitors[e]! >> tool) & 1) !== 0) events |= 1 << e;
  return events;
}

/** CPython: _PyMonitoring_SetEvents */
export function set_events(tool: number, events: number): void {
  check_tool(tool);
  if (get_events(tool) === events) return;
  for (let e = 0; e < UNGROUPED_EVENTS; e++) {
    const on = (events >> e) & 1;
    monitoring.monitors[e] = (monitoring.monitors[e]! & ~(1 << tool)) | (on << tool);
  }
  monitoring.version++;
  update_observer();
}

function local_events_of(m: CoMonitoring, tool: number): number {
  let events = 0;
  for (let e = 0; e < LOCAL_EVENTS; e++) if (((m.local[e]! >> tool) & 1) !== 0) events |= 1 << e;
  return events;
}

/** CPython: monitoring_get_local_events_impl */
export function get_local_events(co: CodePayload, tool: number): number {
  const m = co.monitoring as CoMonitoring | null;
  return m === null ? 0 : local_events_of(m, tool);
}

/** CPython: _PyMonitoring_SetLocalEvents */
export function set_local_events(co: CodePayload, tool: number, events: number): void {
  if (frame_first_traceable(co) >= co.co_code.length >> 1) {
    PyErr_SetString(PyExc_SystemError, `cannot instrument shim code object '${PyUnicode_AsString(co.co_name)}'`);
  }
  check_tool(tool);
  const m = monitoring_data(co);
  // Events that the tool had set before it was cleared do not count.
  const before = m.tool_versions[tool] === monitoring.tool_versions[tool] ? local_events_of(m, tool) : 0;
  const stale = local_events_of(m, tool);
  m.tool_versions[tool] = monitoring.tool_versions[tool]!;
  if (stale === events) {
    if (before === 0 && events !== 0) monitoring.local_codes[tool]!++;
    update_observer();
    return;
  }
  for (let e = 0; e < LOCAL_EVENTS; e++) {
    const on = (events >> e) & 1;
    m.local[e] = (m.local[e]! & ~(1 << tool)) | (on << tool);
  }
  if (before === 0 && events !== 0) monitoring.local_codes[tool]!++;
  if (before !== 0 && events === 0) monitoring.local_codes[tool]!--;
  instrument(co);
  update_observer();
}

/** Sets a callback (borrowed, null for none) and returns the one before (owned). */
export function set_callback(
  tool: number,
  event: number,
  callback: PyObject | NativeCallback | null,
): PyObject | NativeCallback | null {
  const callbacks = monitoring.callables[tool]!;
  const old = callbacks[event]!;
  callbacks[event] = callback instanceof PyObject ? newref(callback) : callback;
  return old;
}

/** Removes a tool's callbacks and events, those of single code objects too. CPython: _PyMonitoring_ClearToolId */
export function clear_tool(tool: number): void {
  for (let e = 0; e < EVENTS; e++) {
    const old = set_callback(tool, e, null);
    if (old instanceof PyObject) decref(old);
  }
  set_events(tool, 0);
  monitoring.tool_versions[tool] = ++monitoring.version;
  monitoring.local_codes[tool] = 0;
  update_observer();
}

/** Gives up a tool id. */
export function free_tool(tool: number): void {
  const name = monitoring.tool_names[tool]!;
  if (name !== null) clear_tool(tool);
  monitoring.tool_names[tool] = null;
  xdecref(name);
}

/** Undoes every DISABLE. CPython: monitoring_restart_events_impl */
export function restart_events(): void {
  monitoring.last_restart_version = ++monitoring.version;
  monitoring.version++;
}

/** Takes a tool out of the table of one place: how a handler of both branches disables the other one. */
export function disable_at(co: CodePayload, unit: number, tool: number): void {
  up_to_date(co).tools[unit]! &= ~(1 << tool);
}

/** The tools that are told of the event of an instruction. */
export function tools_at(co: CodePayload, unit: number): number {
  return up_to_date(co).tools[unit]!;
}
