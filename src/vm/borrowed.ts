// borrowed.ts: which slots of a frame hold references that CPython does not count.
//                                                     CPython: InternalDocs/stackrefs.md, Include/internal/pycore_stackref.h
//
// CPython's LOAD_FAST_BORROW pushes a local without counting it, and such an uncounted reference stays uncounted when
// it is copied, swapped, stored in another local or handed to a Python function as an argument; it is counted as soon
// as it enters a container, a cell, a generator or a return value. Our eval loop counts every slot (that is what keeps
// its bodies short), so sys.getrefcount takes off what CPython would not have counted.
// The analysis walks a code object once and keeps, for each instruction, what is in each slot before it runs.
// Differs: where two paths meet with a counted and an uncounted reference in the same slot, it counts as counted.
// Enter through: borrowed_references.

import type { InterpreterFrame } from '../core/frame.ts';
import type { PyObject } from '../core/object.ts';
import { current } from '../core/tstate.ts';
import { CO_VARARGS, CO_VARKEYWORDS, type CodePayload } from '../objects/codeobject.ts';
import { PyDict_Next, type PyDictObject } from '../objects/dictobject.ts';
import type { PyTupleObject } from '../objects/tupleobject.ts';
import { _PyType_Lookup } from '../objects/typeobject.ts';
import {
  BINARY_OP,
  CALL,
  CALL_ALLOC_AND_ENTER_INIT,
  CALL_FUNCTION_EX,
  CALL_KW,
  CHECK_EXC_MATCH,
  COPY,
  DELETE_FAST,
  DICT_MERGE,
  DICT_UPDATE,
  EXTENDED_ARG,
  FOR_ITER,
  GET_ANEXT,
  GET_LEN,
  HAS_JUMP,
  IMPORT_FROM,
  INTERPRETER_EXIT,
  JUMP_BACKWARD,
  JUMP_BACKWARD_NO_INTERRUPT,
  JUMP_FORWARD,
  LIST_APPEND,
  LIST_EXTEND,
  LOAD_ATTR,
  LOAD_CONST,
  LOAD_FAST,
  LOAD_FAST_AND_CLEAR,
  LOAD_FAST_BORROW,
  LOAD_FAST_BORROW_LOAD_FAST_BORROW,
  LOAD_FAST_CHECK,
  LOAD_FAST_LOAD_FAST,
  LOAD_GLOBAL,
  LOAD_SPECIAL,
  LOAD_SUPER_ATTR,
  MAKE_CELL,
  MAP_ADD,
  MATCH_KEYS,
  MATCH_MAPPING,
  MATCH_SEQUENCE,
  numPopped,
  numPushed,
  OPCODE_CACHES,
  OPCODE_FLAGS,
  PUSH_NULL,
  RAISE_VARARGS,
  RERAISE,
  RETURN_GENERATOR,
  RETURN_VALUE,
  SEND,
  SET_ADD,
  SET_UPDATE,
  STORE_ATTR,
  STORE_FAST,
  STORE_FAST_LOAD_FAST,
  STORE_FAST_STORE_FAST,
  SWAP,
  WITH_EXCEPT_START,
} from '../opcode/opcodes.generated.ts';
import { UNFINISHED } from './special.ts';
import { find_handler } from './unwind.ts';

// What a slot holds. From PARAMETER on: whatever the caller passed for parameter number (value - PARAMETER).
const COUNTED = 0;
const BORROWED = 1;
const NULL_MARK = 2;
// What was made of the arguments that have no parameter: counted, and so are its items.
const VARARGS = 3;
const VARKEYWORDS = 4;
const PARAMETER = 8;

/** What is in each slot (locals, then the value stack) before an instruction. */
type State = number[];

/** States by instruction index. */
type Analysis = (State | undefined)[];

const analyses = new WeakMap<CodePayload, Analysis>();

/** Instructions that leave their lower operands where they are. */
const KEEPS_OPERANDS = new Set([
  CHECK_EXC_MATCH,
  DICT_MERGE,
  DICT_UPDATE,
  FOR_ITER,
  GET_ANEXT,
  GET_LEN,
  IMPORT_FROM,
  LIST_APPEND,
  LIST_EXTEND,
  MAP_ADD,
  MATCH_KEYS,
  MATCH_MAPPING,
  MATCH_SEQUENCE,
  SEND,
  SET_ADD,
  SET_UPDATE,
  WITH_EXCEPT_START,
]);

/** The state after an instruction; changes `s`. */
function step(s: State, op: number, oparg: number, nlocalsplus: number): void {
  switch (op) {
    case LOAD_FAST:
    case LOAD_FAST_CHECK:
      s.push(s[oparg]!);
      return;
    case LOAD_FAST_AND_CLEAR:
      s.push(s[oparg]!);
      s[oparg] = COUNTED;
      return;
    case LOAD_FAST_BORROW:
      s.push(BORROWED);
      return;
    case LOAD_FAST_BORROW_LOAD_FAST_BORROW:
      s.push(BORROWED, BORROWED);
      return;
    case LOAD_FAST_LOAD_FAST:
      s.push(s[oparg >> 4]!, s[oparg & 15]!);
      return;
    case STORE_FAST:
      s[oparg] = s.pop()!;
      return;
    case STORE_FAST_LOAD_FAST:
      s[oparg >> 4] = s.pop()!;
      s.push(s[oparg & 15]!);
      return;
    case STORE_FAST_STORE_FAST:
      s[oparg >> 4] = s.pop()!;
      s[oparg & 15] = s.pop()!;
      return;
    case DELETE_FAST:
    case MAKE_CELL:
      s[oparg] = COUNTED;
      return;
    case COPY:
      s.push(s[s.length - oparg]!);
      return;
    case SWAP: {
      const other = s.length - oparg;
      const top = s.length - 1;
      [s[other], s[top]] = [s[top]!, s[other]!];
      return;
    }
    case PUSH_NULL:
      s.push(NULL_MARK);
      return;
    case LOAD_GLOBAL:
      s.push(COUNTED);
      if ((oparg & 1) !== 0) s.push(NULL_MARK);
      return;
    case LOAD_ATTR:
    case LOAD_SPECIAL: {
      const owner = s.pop()!;
      s.push(COUNTED);
      if (op === LOAD_SPECIAL || (oparg & 1) !== 0) s.push(owner);
      return;
    }
    case LOAD_SUPER_ATTR: {
      const self = s.pop()!;
      s.length -= 2;
      s.push(COUNTED);
      if ((oparg & 1) !== 0) s.push(self);
      return;
    }
    case RETURN_GENERATOR:
      s.fill(COUNTED, 0, nlocalsplus);
      s.push(COUNTED);
      return;
    default: {
      const popped = numPopped(op, oparg);
      const pushed = numPushed(op, oparg);
      const kept = KEEPS_OPERANDS.has(op) ? Math.min(popped, pushed) : 0;
      s.length -= popped - kept;
      for (let i = kept; i < pushed; i++) s.push(COUNTED);
    }
  }
}

/** Adds what one more path brings to the state before an instruction. True if that is news. */
function merge(states: Analysis, at: number, s: State): boolean {
  const known = states[at];
  if (known === undefined) {
    states[at] = s.slice();
    return true;
  }
  let changed = false;
  for (let i = Math.min(known.length, s.length) - 1; i >= 0; i--) {
    if (known[i] !== s[i] && known[i] !== COUNTED) {
      known[i] = COUNTED;
      changed = true;
    }
  }
  return changed;
}

function analyse(co: CodePayload): Analysis {
  const known = analyses.get(co);
  if (known !== undefined) return known;
  const bytes = co.co_code;
  const states: Analysis = [];
  const start: State = [];
  const named = co.co_argcount + co.co_kwonlyargcount;
  for (let i = 0; i < named; i++) start.push(PARAMETER + i);
  if ((co.co_flags & CO_VARARGS) !== 0) start.push(VARARGS);
  if ((co.co_flags & CO_VARKEYWORDS) !== 0) start.push(VARKEYWORDS);
  while (start.length < co.nlocalsplus) start.push(COUNTED);
  states[0] = start;
  // Looking for one decodes the table.
  find_handler(co, 0);
  const handlers = co.handlers!;
  const work = [0];
  while (work.length > 0) {
    const first = work.pop()!;
    const s = states[first]!.slice();
    let at = first;
    let oparg = 0;
    while (bytes[2 * at] === EXTENDED_ARG) {
      oparg = (oparg << 8) | bytes[2 * at + 1]!;
      at++;
      // The eval loop names an instruction by its own unit, not by that of its prefix.
      states[at] = states[first];
    }
    const op = bytes[2 * at]!;
    oparg = (oparg << 8) | bytes[2 * at + 1]!;
    for (let h = 0; h < handlers.length; h += 4) {
      if (at < handlers[h]! || at >= handlers[h + 1]!) continue;
      const raised = s.slice(0, co.nlocalsplus + (handlers[h + 3]! >> 1));
      if ((handlers[h + 3]! & 1) !== 0) raised.push(COUNTED);
      raised.push(COUNTED);
      if (merge(states, handlers[h + 2]!, raised)) work.push(handlers[h + 2]!);
      break;
    }
    step(s, op, oparg, co.nlocalsplus);
    const next = at + 1 + OPCODE_CACHES[op]!;
    if ((OPCODE_FLAGS[op]! & HAS_JUMP) !== 0) {
      const back = op === JUMP_BACKWARD || op === JUMP_BACKWARD_NO_INTERRUPT;
      const target = back ? next - oparg : next + oparg;
      if (merge(states, target, s)) work.push(target);
      if (back || op === JUMP_FORWARD) continue;
    }
    if (op === RETURN_VALUE || op === RAISE_VARARGS || op === RERAISE || op === INTERPRETER_EXIT) continue;
    if (2 * next < bytes.length && merge(states, next, s)) work.push(next);
  }
  analyses.set(co, states);
  return states;
}

function opcode_at(co: CodePayload, at: number): [opcode: number, oparg: number] {
  let oparg = co.co_code[2 * at + 1]!;
  for (let i = at - 1, shift = 8; i >= 0 && co.co_code[2 * i] === EXTENDED_ARG; i--, shift += 8) {
    // A cache unit may look like a prefix; then the analysis has not been there.
    if (analyse(co)[i] === undefined) break;
    oparg |= co.co_code[2 * i + 1]! << shift;
  }
  return [co.co_code[2 * at]!, oparg];
}

/** Whether the frame runs the method that the class of its first argument has under the function's name. */
function runs_method_of_first(frame: InterpreterFrame): boolean {
  const first = frame.localsplus[0] ?? null;
  return first !== null && _PyType_Lookup(first.ob_type, (frame.co as CodePayload).co_name) === frame.f_func;
}

/** Whether the caller's instruction passes a `self` in front of its arguments. */
function passes_self(frame: InterpreterFrame, mark: number, nargs: number): boolean {
  if (mark === NULL_MARK) return false;
  const co = frame.co as CodePayload;
  if (co.simple && co.co_argcount === nargs) return false;
  if (co.simple && co.co_argcount === nargs + 1) return true;
  return runs_method_of_first(frame);
}

/** How an argument came into a frame. */
class Passage {
  /** The slot of the caller that had it; -1 if none had. */
  readonly slot: number;
  /** Whether CPython's frame takes over that slot's reference; otherwise it gets one of its own. */
  readonly taken: boolean;
  /** References that natives between the two hold in CPython meanwhile: the tuple of arguments, for one. */
  readonly held: number;
  constructor(slot: number, taken: boolean, held: number) {
    this.slot = slot;
    this.taken = taken;
    this.held = held;
  }
}

const ELSEWHERE = new Passage(-1, false, 0);
const HELD = new Passage(-1, false, 1);

/** Which of a call's values is meant: by its position among those that are passed by position (-1: none), and by its name. */
class Value {
  readonly position: number;
  readonly name: PyObject | null;
  constructor(position: number, name: PyObject | null) {
    this.position = position;
    this.name = name;
  }
}

/** That of parameter number `k`. */
function value_of_parameter(co: CodePayload, k: number): Value {
  return new Value(k < co.co_argcount ? k : -1, co.varnames[k]!);
}

/** Whether the call has put a self in front that is none of the caller's values: that of a bound method, or an instance with `__call__`. */
function puts_self_in_front(frame: InterpreterFrame, mark: number, nargs: number): boolean {
  const co = frame.co as CodePayload;
  return mark === NULL_MARK && !(co.simple && co.co_argcount === nargs) && runs_method_of_first(frame);
}

function is_call_of_instance(frame: InterpreterFrame): boolean {
  return ((frame.co as CodePayload).co_name as PyObject<string>).v === '__call__';
}

/** What `CALL` with `nargs` arguments made of a value. */
function passage_of_call(
  frame: InterpreterFrame,
  caller: InterpreterFrame,
  s: State,
  { position: k }: Value,
  nargs: number,
): Passage {
  if (k < 0) return ELSEWHERE;
  const top = s.length;
  const mark = s[top - nargs - 1]!;
  let first = top - nargs;
  if (frame.on_return !== null) {
    // An unspecialised call of a class goes through type.__call__, with a tuple.
    if (k === 0 || first + k - 1 >= top) return ELSEWHERE;
    const entered = ((caller.co as CodePayload).exec![caller.instr]! & 255) === CALL_ALLOC_AND_ENTER_INIT;
    return new Passage(first + k - 1, entered, entered ? 0 : 1);
  }
  if (puts_self_in_front(frame, mark, nargs)) {
    const instance = is_call_of_instance(frame);
    if (k === 0) return instance ? new Passage(top - nargs - 2, false, 0) : ELSEWHERE;
    first--;
    return first + k < top ? new Passage(first + k, !instance, instance ? 1 : 0) : ELSEWHERE;
  }
  if (passes_self(frame, mark, nargs)) first--;
  return first + k < top ? new Passage(first + k, true, 0) : ELSEWHERE;
}

/** The same for `CALL_KW`, whose names are a constant, loaded right before. */
function passage_of_call_kw(
  frame: InterpreterFrame,
  caller: InterpreterFrame,
  s: State,
  { position: k, name }: Value,
  nargs: number,
): Passage {
  const caller_co = caller.co as CodePayload;
  const [before, constant] = opcode_at(caller_co, caller.instr - 1);
  if (before !== LOAD_CONST) return ELSEWHERE;
  const names = caller_co.consts[constant]!.v as PyObject[];
  const top = s.length;
  const first_named = top - 1 - names.length;
  const mark = s[top - nargs - 2]!;
  const init = frame.on_return !== null;
  const in_front = !init && puts_self_in_front(frame, mark, nargs);
  const instance = in_front && is_call_of_instance(frame);
  let first = top - nargs - 1;
  if (init || in_front || passes_self(frame, mark, nargs)) first--;
  const named = name === null ? -1 : names.indexOf(name);
  let slot = -1;
  if (named >= 0) slot = first_named + named;
  else if (k === 0 && instance) return new Passage(first - 1, false, 1);
  else if (k >= 0 && first + k < first_named && !((init || in_front) && k === 0)) slot = first + k;
  // A class or an instance gets a tuple and a dict, and spreads them out again.
  const spread = init || instance;
  return slot < 0 ? ELSEWHERE : new Passage(slot, !spread, spread ? 2 : 0);
}

/** How a value was passed to a running frame. */
function passage(frame: InterpreterFrame, value: Value): Passage {
  const caller = frame.previous;
  if (frame.is_entry || caller === null || frame.generator !== null) return ELSEWHERE;
  const k = value.position;
  if (frame.on_return === UNFINISHED) {
    // The look-up of an attribute holds the descriptor whose method it calls.
    const owner = caller.localsplus[caller.sp - 1];
    const [op] = opcode_at(caller.co as CodePayload, caller.instr);
    if (op === CALL_FUNCTION_EX) {
      // With keywords, all values but `self` are put into an array that holds them.      CPython: _PyStack_UnpackDict
      const kwargs = caller.localsplus[caller.sp - 1] as PyDictObject | null;
      return k !== 0 && kwargs !== null && kwargs.v.used > 0 ? HELD : ELSEWHERE;
    }
    return k === 0 && (op === LOAD_ATTR || op === STORE_ATTR) && frame.localsplus[0] !== owner ? HELD : ELSEWHERE;
  }
  const caller_co = caller.co as CodePayload;
  const s = analyse(caller_co)[caller.instr];
  if (s === undefined) return ELSEWHERE;
  const [op, oparg] = opcode_at(caller_co, caller.instr);
  const top = s.length;
  switch (op) {
    case CALL:
      return passage_of_call(frame, caller, s, value, oparg);
    case CALL_KW:
      return passage_of_call_kw(frame, caller, s, value, oparg);
    case BINARY_OP:
      return k >= 0 && k < 2 ? new Passage(top - 2 + k, true, 0) : ELSEWHERE;
    case LOAD_ATTR:
      return k === 0 ? new Passage(top - 1, true, 0) : ELSEWHERE;
    default:
      return ELSEWHERE;
  }
}

/** Whether parameter number `k` of a running frame came as an uncounted reference. */
function parameter_is_borrowed(frame: InterpreterFrame, k: number): boolean {
  const { slot, taken } = passage(frame, value_of_parameter(frame.co as CodePayload, k));
  if (slot < 0 || !taken) return false;
  const caller = frame.previous!;
  return slot_is_borrowed(caller, analyse(caller.co as CodePayload)[caller.instr]![slot]!);
}

/** How many references to a value that was passed CPython's caller and natives hold beside the frame's. */
function held_for(frame: InterpreterFrame, value: Value): number {
  const { slot, taken, held } = passage(frame, value);
  if (slot < 0 || taken) return held;
  const caller = frame.previous!;
  const borrowed = slot_is_borrowed(caller, analyse(caller.co as CodePayload)[caller.instr]![slot]!);
  return borrowed ? held : held + 1;
}

function slot_is_borrowed(frame: InterpreterFrame, held: number): boolean {
  if (held >= PARAMETER) return parameter_is_borrowed(frame, held - PARAMETER);
  return held === BORROWED;
}

/** Whether the reference in slot `i` of a running frame is one that CPython does not count. */
export function slot_is_uncounted(frame: InterpreterFrame, i: number): boolean {
  const held = analyse(frame.co as CodePayload)[frame.instr]?.[i];
  return held !== undefined && slot_is_borrowed(frame, held);
}

/** How many of the counted references to an object are held by frames in slots that CPython leaves uncounted; less those
 *  that CPython's callers hold to arguments, where ours have handed them over to the frame. */
export function borrowed_references(o: PyObject): number {
  let n = 0;
  for (let frame = current.tstate.frame; frame !== null; frame = frame.previous) {
    const L = frame.localsplus;
    let s: State | undefined;
    const co = frame.co as CodePayload;
    for (let i = 0; i < frame.sp; i++) {
      if (L[i] !== o) continue;
      s ??= analyse(co)[frame.instr];
      if (s === undefined) break;
      if (i >= s.length) continue;
      const held = s[i]!;
      if (held === PARAMETER + i) n -= held_for(frame, value_of_parameter(co, i));
      if (slot_is_borrowed(frame, held)) n++;
    }
    n -= held_for_rest(frame, o);
  }
  return n;
}

/** What held_for tells of an object for each place that it has in the frame's `*args` and `**kwargs`. */
function held_for_rest(frame: InterpreterFrame, o: PyObject): number {
  const co = frame.co as CodePayload;
  if ((co.co_flags & (CO_VARARGS | CO_VARKEYWORDS)) === 0) return 0;
  let n = 0;
  let at = co.co_argcount + co.co_kwonlyargcount;
  const is_still = (what: number): boolean => analyse(co)[frame.instr]?.[at] === what;
  if ((co.co_flags & CO_VARARGS) !== 0) {
    const items = is_still(VARARGS) ? (frame.localsplus[at] as PyTupleObject).v : [];
    for (let j = 0; j < items.length; j++) {
      if (items[j] === o) n += held_for(frame, new Value(co.co_argcount + j, null));
    }
    at++;
  }
  if ((co.co_flags & CO_VARKEYWORDS) !== 0 && is_still(VARKEYWORDS)) {
    const kwargs = frame.localsplus[at] as PyDictObject;
    for (let i = PyDict_Next(kwargs, 0); i >= 0; i = PyDict_Next(kwargs, i + 1)) {
      if (kwargs.v.values[i] === o) n += held_for(frame, new Value(-1, kwargs.v.keys[i]!));
    }
  }
  return n;
}
