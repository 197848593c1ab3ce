// jump.ts: assigning to frame.f_lineno in a trace function moves the frame.                    CPython: Objects/frameobject.c
//
// A jump is safe when the stack at the target is a beginning of the present one, item by item of a like kind: the rest is
// popped. What the stack holds before each instruction is found by running the code abstractly.
// Invariant: a stack is a bigint of three bits an item, top of stack lowest; OVERFLOWED and UNINITIALIZED are negative.
import { PyErr_SetString } from '../core/errors.ts';
import type { InterpreterFrame } from '../core/frame.ts';
import { decref, newref, type PyObject, xdecref } from '../core/object.ts';
import { current } from '../core/tstate.ts';
import { iterate_lines } from '../objects/code_location.ts';
import type { CodePayload } from '../objects/codeobject.ts';
import { PyExc_RuntimeWarning, PyExc_ValueError } from '../objects/exceptions.ts';
import { frame_of, type PyFrameObject } from '../objects/frameobject.ts';
import { frameJump } from '../objects/func_hook.ts';
import { gen_is_suspended } from '../objects/genobject.ts';
import { Py_None } from '../objects/object.ts';
import { PyErr_WarnFormat } from '../objects/warnings.ts';
import {
  COPY,
  END_ASYNC_FOR,
  EXTENDED_ARG,
  FOR_ITER,
  GET_AITER,
  GET_ITER,
  JUMP_BACKWARD,
  JUMP_BACKWARD_NO_INTERRUPT,
  JUMP_FORWARD,
  LOAD_ATTR,
  LOAD_GLOBAL,
  numPopped,
  numPushed,
  OPCODE_CACHES,
  POP_EXCEPT,
  POP_JUMP_IF_FALSE,
  POP_JUMP_IF_NONE,
  POP_JUMP_IF_NOT_NONE,
  POP_JUMP_IF_TRUE,
  PUSH_EXC_INFO,
  PUSH_NULL,
  RAISE_VARARGS,
  RERAISE,
  RETURN_VALUE,
  SEND,
  SWAP,
} from '../opcode/opcodes.generated.ts';
import {
  BRANCH,
  BRANCH_LEFT,
  BRANCH_RIGHT,
  C_RETURN,
  EVENT_CALL,
  JUMP,
  LINE,
  PY_RESUME,
  PY_START,
  PY_YIELD,
} from './instrumentation.ts';
import { exception_table } from './unwind.ts';

// --- the abstract stack ---------------------------------------------------------------------------------------------------------

type Stack = bigint;

const ITERATOR = 1n;
const EXCEPT = 2n;
const OBJECT = 3n;
const NULL = 4n;
const LASTI = 5n;

const BITS = 3n;
const MASK = 7n;
const MAX_ENTRIES = 21n;
const OVERFLOWED = -1n;
const UNINITIALIZED = -2n;
const WILL_OVERFLOW = 1n << ((MAX_ENTRIES - 1n) * BITS);

function push(stack: Stack, kind: bigint): Stack {
  return stack < 0n || stack >= WILL_OVERFLOW ? OVERFLOWED : (stack << BITS) | kind;
}

function pop(stack: Stack): Stack {
  return stack >> BITS;
}

function peek(stack: Stack, n: number): bigint {
  return (stack >> (BITS * BigInt(n - 1))) & MASK;
}

function swap(stack: Stack, n: number): Stack {
  const shift = BITS * BigInt(n - 1);
  const other = peek(stack, n);
  const top = stack & MASK;
  return (((stack & ~(MASK << shift)) | (top << shift)) & ~MASK) | other;
}

function pop_to_level(stack: Stack, level: number): Stack {
  if (level === 0) return 0n;
  const most = MASK << (BigInt(level - 1) * BITS);
  while (stack > most) stack = pop(stack);
  return stack;
}

/** Whether an item of one kind may stand where the other is expected. */
function compatible_kind(from: bigint, to: bigint): boolean {
  if (to === 0n) return false;
  if (to === OBJECT) return from !== NULL;
  return to === NULL || from === to;
}

function compatible_stack(from: Stack, to: Stack): boolean {
  if (from < 0n || to < 0n) return false;
  while (from > to) from = pop(from);
  while (from !== 0n) {
    if (!compatible_kind(from & MASK, to & MASK)) return false;
    from = pop(from);
    to = pop(to);
  }
  return to === 0n;
}

function explain(to: Stack): string {
  if (to === OVERFLOWED) return 'stack is too deep to analyze';
  if (to === UNINITIALIZED) return "can't jump into an exception handler, or code may be unreachable";
  switch (to & MASK) {
    case EXCEPT:
      return "can't jump into an 'except' block as there's no exception";
    case LASTI:
      return "can't jump into a re-raising block as there's no location";
    case ITERATOR:
      return "can't jump into the body of a for loop";
    default:
      return 'incompatible stacks';
  }
}

/** The stack before each unit. CPython: mark_stacks */
function mark_stacks(co: CodePayload): Stack[] {
  const code = co.co_code;
  const n = code.length >> 1;
  const stacks = new Array<Stack>(n + 1).fill(UNINITIALIZED);
  stacks[0] = 0n;
  const table = exception_table(co);
  let again = true;
  while (again) {
    again = false;
    for (let i = 0; i < n; ) {
      let stack = stacks[i]!;
      let op = code[2 * i]!;
      let oparg = code[2 * i + 1]!;
      while (op === EXTENDED_ARG) {
        i++;
        op = code[2 * i]!;
        oparg = (oparg << 8) | code[2 * i + 1]!;
        stacks[i] = stack;
      }
      const next = i + 1 + OPCODE_CACHES[op]!;
      if (stack === UNINITIALIZED) {
        i = next;
        continue;
      }
      let falls_through = true;
      switch (op) {
        case POP_JUMP_IF_FALSE:
        case POP_JUMP_IF_TRUE:
        case POP_JUMP_IF_NONE:
        case POP_JUMP_IF_NOT_NONE:
          stack = pop(stack);
          stacks[next + oparg] = stack;
          break;
        case SEND:
          stacks[next + oparg] = stack;
          break;
        case JUMP_FORWARD:
          stacks[next + oparg] = stack;
          falls_through = false;
          break;
        case JUMP_BACKWARD:
        case JUMP_BACKWARD_NO_INTERRUPT: {
          const target = next - oparg;
          if (stacks[target] === UNINITIALIZED && target < i) again = true;
          stacks[target] = stack;
          falls_through = false;
          break;
        }
        case GET_ITER:
        case GET_AITER:
          stack = push(pop(stack), ITERATOR);
          break;
        case FOR_ITER:
          stack = push(stack, OBJECT);
          stacks[next + oparg] = stack;
          break;
        case END_ASYNC_FOR:
          stack = pop(pop(stack));
          break;
        case PUSH_EXC_INFO:
          stack = push(stack, EXCEPT);
          break;
        case POP_EXCEPT:
          stack = pop(stack);
          break;
        case RETURN_VALUE:
        case RAISE_VARARGS:
        case RERAISE:
          falls_through = false;
          break;
        case PUSH_NULL:
          stack = push(stack, NULL);
          break;
        case LOAD_GLOBAL:
          stack = push(stack, OBJECT);
          if ((oparg & 1) !== 0) stack = push(stack, NULL);
          break;
        case LOAD_ATTR:
          if ((oparg & 1) !== 0) stack = push(push(pop(stack), OBJECT), NULL);
          break;
        case SWAP:
          stack = swap(stack, oparg);
          break;
        case COPY:
          stack = push(stack, peek(stack, oparg));
          break;
        default: {
          let delta = numPushed(op, oparg) - numPopped(op, oparg);
          for (; delta < 0; delta++) stack = pop(stack);
          for (; delta > 0; delta--) stack = push(stack, OBJECT);
        }
      }
      if (falls_through) stacks[next] = stack;
      i = next;
    }
    for (let k = 0; k < table.length; k += 4) {
      const from = stacks[table[k]!]!;
      const handler = table[k + 2]!;
      if (from === UNINITIALIZED || stacks[handler] !== UNINITIALIZED) continue;
      again = true;
      let stack = pop_to_level(from, table[k + 3]! >> 1);
      if ((table[k + 3]! & 1) !== 0) stack = push(stack, LASTI);
      stacks[handler] = push(stack, EXCEPT);
    }
  }
  return stacks;
}

/** By unit: the line that begins there, else -1. CPython: marklines */
function mark_lines(co: CodePayload): Int32Array {
  const lines = new Int32Array(co.co_code.length >> 1).fill(-1);
  let last = -1;
  for (const [start, , line] of iterate_lines(co.co_linetable, co.co_firstlineno)) {
    if (line === last || line < 0) continue;
    lines[start >> 1] = line;
    last = line;
  }
  return lines;
}

// --- the jump -------------------------------------------------------------------------------------------------------------------

/** Refuses events at which the frame cannot move. */
function check_event(): void {
  const what = current.tstate.what_event;
  let message: string;
  switch (what) {
    case PY_RESUME:
    case JUMP:
    case BRANCH:
    case BRANCH_LEFT:
    case BRANCH_RIGHT:
    case LINE:
    case PY_YIELD:
      return;
    case PY_START:
      message = "can't jump from the 'call' trace event of a new frame";
      break;
    case EVENT_CALL:
    case C_RETURN:
      message = "can't jump during a call";
      break;
    default:
      message = what < 0 ? 'f_lineno can only be set in a trace function' : "can only jump from a 'line' trace event";
  }
  PyErr_SetString(PyExc_ValueError, message);
}

/** The code may rely on locals being bound at the target: unbound ones become None. */
function bind_unbound(frame: InterpreterFrame): void {
  const n = (frame.co as CodePayload).nlocalsplus;
  const L = frame.localsplus;
  let unbound = 0;
  for (let i = 0; i < n; i++) if (L[i] === null) unbound++;
  if (unbound === 0) return;
  PyErr_WarnFormat(PyExc_RuntimeWarning, 0, `assigning None to ${unbound} unbound local${unbound === 1 ? '' : 's'}`);
  for (let i = 0; i < n; i++) if (L[i] === null) L[i] = newref(Py_None);
}

/** Pops an item for the jump; a saved exception becomes the handled one again. */
function pop_item(frame: InterpreterFrame, kind: bigint): void {
  const item = frame.localsplus[--frame.sp]!;
  frame.localsplus[frame.sp] = null;
  if (kind !== EXCEPT) {
    xdecref(item);
    return;
  }
  const info = current.tstate.exc_info;
  const old = info.exc_value;
  if (item === Py_None) {
    info.exc_value = null;
    decref(item);
  } else info.exc_value = item;
  xdecref(old);
}

/** CPython: Objects/frameobject.c:frame_lineno_set_impl */
function set_lineno(f: PyObject, wanted: number): void {
  const frame = frame_of(f);
  const co = frame.co as CodePayload;
  const suspended = frame.generator !== null && gen_is_suspended(frame.generator);
  check_event();
  if (wanted > 0x7fffffff || wanted < -0x80000000) PyErr_SetString(PyExc_ValueError, 'lineno out of range');
  if (wanted < co.co_firstlineno)
    PyErr_SetString(PyExc_ValueError, `line ${wanted} comes before the current code block`);
  const lines = mark_lines(co);
  let line = Number.POSITIVE_INFINITY;
  for (const l of lines) if (l >= wanted && l < line) line = l;
  if (line === Number.POSITIVE_INFINITY)
    PyErr_SetString(PyExc_ValueError, `line ${wanted} comes after the current code block`);

  const stacks = mark_stacks(co);
  let start = stacks[frame.instr]!;
  let best = OVERFLOWED;
  let target = -1;
  let message = 'cannot find bytecode for specified line';
  let explained = false;
  for (let i = 0; i < lines.length; i++) {
    if (lines[i] !== line) continue;
    const stack = stacks[i]!;
    if (compatible_stack(start, stack)) {
      if (target < 0 || stack > best) {
        best = stack;
        target = i;
      }
    } else if (target < 0 && !explained) {
      if (start === OVERFLOWED) message = 'stack to deep to analyze';
      else if (start === UNINITIALIZED) message = "can't jump from unreachable code";
      else {
        message = explain(stack);
        explained = true;
      }
    }
  }
  if (target < 0) PyErr_SetString(PyExc_ValueError, message);
  bind_unbound(frame);
  // The value of a yield has left the stack already.
  if (suspended) start = pop(start);
  while (start > best) {
    pop_item(frame, start & MASK);
    start = pop(start);
  }
  (f as PyFrameObject).v.lineno = 0;
  frame.instr = target;
}

/** Connects frame objects with jumps. Called at start-up. */
export function init_jump(): void {
  frameJump.set_lineno = set_lineno;
}
