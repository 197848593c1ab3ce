// locals.ts: which loads of locals must be checked, which may borrow, which pair up.   CPython: Python/flowgraph.c
//
// Three passes: a load that an unbound variable may reach becomes LOAD_FAST_CHECK; neighbours merge into
// superinstructions; and last, when nothing moves any more, loads whose value is used up before the variable can
// change become borrowing loads.
import {
  CHECK_EXC_MATCH,
  COPY,
  DELETE_FAST,
  DICT_MERGE,
  DICT_UPDATE,
  END_SEND,
  FOR_ITER,
  FORMAT_SIMPLE,
  GET_ANEXT,
  GET_LEN,
  GET_YIELD_FROM_ITER,
  IMPORT_FROM,
  LIST_APPEND,
  LIST_EXTEND,
  LOAD_ATTR,
  LOAD_FAST,
  LOAD_FAST_AND_CLEAR,
  LOAD_FAST_BORROW,
  LOAD_FAST_BORROW_LOAD_FAST_BORROW,
  LOAD_FAST_CHECK,
  LOAD_FAST_LOAD_FAST,
  LOAD_SPECIAL,
  LOAD_SUPER_ATTR,
  MAP_ADD,
  MATCH_KEYS,
  MATCH_MAPPING,
  MATCH_SEQUENCE,
  numPopped,
  numPushed,
  PUSH_EXC_INFO,
  RERAISE,
  SEND,
  SET_ADD,
  SET_FUNCTION_ATTRIBUTE,
  SET_UPDATE,
  STORE_FAST,
  STORE_FAST_LOAD_FAST,
  STORE_FAST_MAYBE_NULL,
  STORE_FAST_STORE_FAST,
  SWAP,
  WITH_EXCEPT_START,
} from '../../opcode/opcodes.generated.ts';
import type { Instr } from '../instruction_sequence.ts';
import {
  type BasicBlock,
  clearVisited,
  fallsThrough,
  hasTarget,
  isBlockPush,
  isJump,
  lastInstr,
  toNop,
} from './block.ts';
import { removeNops } from './jumps.ts';

/** Variables whose state is followed from block to block; of the others only within a block, to stay linear. */
const TRACKED = 64;

/** Queues a block if some variable may be unbound there of which it was not known before. CPython: maybe_push */
function spread(block: BasicBlock, low: number, high: number, todo: BasicBlock[]): void {
  const newLow = block.unsafeLow | low;
  const newHigh = block.unsafeHigh | high;
  if (newLow === block.unsafeLow && newHigh === block.unsafeHigh) return;
  block.unsafeLow = newLow;
  block.unsafeHigh = newHigh;
  if (!block.visited) {
    block.visited = true;
    todo.push(block);
  }
}

/** CPython: scan_block_for_locals */
function scanBlock(block: BasicBlock, todo: BasicBlock[]): void {
  let low = block.unsafeLow;
  let high = block.unsafeHigh;
  let handler: BasicBlock | null = null;
  let changed = true;
  for (let i = 0; i < block.used; i++) {
    const instr = block.instrs[i]!;
    if (instr.except !== null && (changed || instr.except !== handler)) {
      handler = instr.except;
      changed = false;
      spread(handler, low, high, todo);
    }
    const { oparg } = instr;
    if (oparg >= TRACKED) continue;
    switch (instr.opcode) {
      case DELETE_FAST:
      case LOAD_FAST_AND_CLEAR:
      case STORE_FAST_MAYBE_NULL:
        if (oparg < 32) low |= 1 << oparg;
        else high |= 1 << oparg;
        changed = true;
        break;
      case LOAD_FAST:
        if ((oparg < 32 ? low : high) & (1 << oparg)) instr.opcode = LOAD_FAST_CHECK;
        if (oparg < 32) low &= ~(1 << oparg);
        else high &= ~(1 << oparg);
        break;
      case STORE_FAST:
      case LOAD_FAST_CHECK:
        if (oparg < 32) low &= ~(1 << oparg);
        else high &= ~(1 << oparg);
        break;
    }
  }
  if (block.next !== null && fallsThrough(block)) spread(block.next, low, high, todo);
  const last = lastInstr(block);
  if (last !== null && isJump(last.opcode)) spread(last.target!, low, high, todo);
}

/** CPython: fast_scan_many_locals */
function scanManyLocals(entry: BasicBlock, count: number): void {
  // boundIn[i]: number of the last block in which variable TRACKED + i is known to be bound.
  const boundIn = new Int32Array(count - TRACKED);
  let number = 0;
  for (let b: BasicBlock | null = entry; b !== null; b = b.next) {
    number++;
    for (let i = 0; i < b.used; i++) {
      const instr: Instr = b.instrs[i]!;
      const variable = instr.oparg - TRACKED;
      if (variable < 0) continue;
      switch (instr.opcode) {
        case DELETE_FAST:
        case LOAD_FAST_AND_CLEAR:
        case STORE_FAST_MAYBE_NULL:
          boundIn[variable] = number - 1;
          break;
        case STORE_FAST:
          boundIn[variable] = number;
          break;
        case LOAD_FAST:
          if (boundIn[variable] !== number) instr.opcode = LOAD_FAST_CHECK;
          boundIn[variable] = number;
          break;
      }
    }
  }
}

/** CPython: add_checks_for_loads_of_uninitialized_variables */
export function addLoadChecks(entry: BasicBlock, localCount: number, parameterCount: number): void {
  if (localCount === 0) return;
  if (localCount > TRACKED) scanManyLocals(entry, localCount);
  for (let b: BasicBlock | null = entry; b !== null; b = b.next) {
    b.visited = false;
    b.unsafeLow = 0;
    b.unsafeHigh = 0;
  }
  let low = 0;
  let high = 0;
  for (let i = parameterCount; i < Math.min(localCount, TRACKED); i++) {
    if (i < 32) low |= 1 << i;
    else high |= 1 << i;
  }
  const todo: BasicBlock[] = [];
  spread(entry, low, high, todo);
  for (let b: BasicBlock | null = entry; b !== null; b = b.next) scanBlock(b, todo);
  for (let b = todo.pop(); b !== undefined; b = todo.pop()) {
    b.visited = false;
    scanBlock(b, todo);
  }
}

/** CPython: make_super_instruction */
function merge(first: Instr, second: Instr, opcode: number): void {
  const line1 = first.loc.lineno;
  const line2 = second.loc.lineno;
  if (line1 >= 0 && line2 >= 0 && line1 !== line2) return;
  if (first.oparg >= 16 || second.oparg >= 16) return;
  first.opcode = opcode;
  first.oparg = (first.oparg << 4) | second.oparg;
  toNop(second);
}

/** CPython: insert_superinstructions */
export function insertSuperinstructions(entry: BasicBlock): void {
  for (let b: BasicBlock | null = entry; b !== null; b = b.next) {
    const { instrs } = b;
    for (let i = 0; i + 1 < b.used; i++) {
      const instr = instrs[i]!;
      const next = instrs[i + 1]!;
      if (instr.opcode === LOAD_FAST) {
        if (next.opcode === LOAD_FAST) merge(instr, next, LOAD_FAST_LOAD_FAST);
      } else if (instr.opcode === STORE_FAST) {
        if (next.opcode === LOAD_FAST) merge(instr, next, STORE_FAST_LOAD_FAST);
        else if (next.opcode === STORE_FAST) merge(instr, next, STORE_FAST_STORE_FAST);
      }
    }
  }
  removeNops(entry);
}

/** Values on the simulated stack: which instruction of the block pushed them, and from which local (-1: none). */
class RefStack {
  readonly instrs: number[] = [];
  readonly locals: number[] = [];
  size = 0;
  push(instr: number, local: number): void {
    this.instrs[this.size] = instr;
    this.locals[this.size++] = local;
  }
  drop(count: number): void {
    this.size -= count;
    if (this.size < 0) this.size = 0;
  }
}

/**
 * A load may borrow if its value is consumed within the block, is not stored in a variable, and its own variable
 * keeps the value until then. CPython: optimize_load_fast
 */
export function borrowLoads(entry: BasicBlock): void {
  clearVisited(entry);
  const refs = new RefStack();
  const { instrs: by, locals: from } = refs;
  /** 1 where the instruction at this position must take a reference of its own. */
  let owns = new Uint8Array(64);
  const todo: BasicBlock[] = [];
  const visit = (block: BasicBlock | null) => {
    if (block === null || block.visited) return;
    block.visited = true;
    todo.push(block);
  };
  const kill = (local: number) => {
    for (let i = 0; i < refs.size; i++) if (from[i] === local) owns[by[i]!] = 1;
  };
  const store = (local: number) => {
    refs.drop(1);
    const instr = by[refs.size]!;
    kill(local);
    if (instr >= 0) owns[instr] = 1;
  };
  entry.startDepth = 0;
  visit(entry);
  for (let block = todo.pop(); block !== undefined; block = todo.pop()) {
    const { used, instrs } = block;
    if (owns.length < used) owns = new Uint8Array(used * 2);
    else owns.fill(0, 0, used);
    refs.size = 0;
    for (let i = 0; i < block.startDepth; i++) refs.push(-1, -1);
    let loads = false;
    for (let i = 0; i < used; i++) {
      const { opcode, oparg, target } = instrs[i]!;
      switch (opcode) {
        case DELETE_FAST:
          kill(oparg);
          break;
        case LOAD_FAST:
          refs.push(i, oparg);
          loads = true;
          break;
        case LOAD_FAST_AND_CLEAR:
          kill(oparg);
          refs.push(i, oparg);
          break;
        case LOAD_FAST_LOAD_FAST:
          refs.push(i, oparg >> 4);
          refs.push(i, oparg & 15);
          loads = true;
          break;
        case STORE_FAST:
          store(oparg);
          break;
        case STORE_FAST_LOAD_FAST:
          store(oparg >> 4);
          refs.push(i, oparg & 15);
          break;
        case STORE_FAST_STORE_FAST:
          store(oparg >> 4);
          store(oparg & 15);
          break;
        case COPY: {
          const at = refs.size - oparg;
          refs.push(by[at]!, from[at]!);
          break;
        }
        case SWAP: {
          const at = refs.size - oparg;
          const top = refs.size - 1;
          const [instr, local] = [by[at]!, from[at]!];
          by[at] = by[top]!;
          from[at] = from[top]!;
          by[top] = instr;
          from[top] = local;
          break;
        }
        // Consume nothing. CPython counts what they push as pushed by the block's first instruction (its loop variable
        // is shadowed), which now and then keeps that one from borrowing.
        case FORMAT_SIMPLE:
        case GET_ANEXT:
        case GET_LEN:
        case GET_YIELD_FROM_ITER:
        case IMPORT_FROM:
        case MATCH_KEYS:
        case MATCH_MAPPING:
        case MATCH_SEQUENCE:
        case WITH_EXCEPT_START:
          for (let n = 0; n < numPushed(opcode, oparg) - numPopped(opcode, oparg); n++) refs.push(n, -1);
          break;
        // Consume some and push nothing new.
        case DICT_MERGE:
        case DICT_UPDATE:
        case LIST_APPEND:
        case LIST_EXTEND:
        case MAP_ADD:
        case RERAISE:
        case SET_ADD:
        case SET_UPDATE:
          refs.drop(numPopped(opcode, oparg) - numPushed(opcode, oparg));
          break;
        // Keep the top and consume what is under it.
        case END_SEND:
        case SET_FUNCTION_ATTRIBUTE: {
          const top = refs.size - 1;
          refs.drop(2);
          refs.push(by[top]!, from[top]!);
          break;
        }
        case CHECK_EXC_MATCH:
          refs.drop(1);
          refs.push(i, -1);
          break;
        case FOR_ITER:
          visit(target);
          refs.push(i, -1);
          break;
        case LOAD_ATTR:
        case LOAD_SUPER_ATTR: {
          // A method load may put self back.
          const top = refs.size - 1;
          refs.drop(opcode === LOAD_ATTR ? 1 : 3);
          const [instr, local] = [by[top]!, from[top]!];
          refs.push(i, -1);
          if (oparg & 1) refs.push(instr, local);
          break;
        }
        case LOAD_SPECIAL:
        case PUSH_EXC_INFO: {
          const top = refs.size - 1;
          const [instr, local] = [by[top]!, from[top]!];
          refs.drop(1);
          refs.push(i, -1);
          refs.push(instr, local);
          break;
        }
        case SEND:
          visit(target);
          refs.drop(1);
          refs.push(i, -1);
          break;
        default: {
          if (hasTarget(opcode)) visit(target);
          if (isBlockPush(opcode)) break;
          refs.drop(numPopped(opcode, oparg));
          for (let n = numPushed(opcode, oparg); n > 0; n--) refs.push(i, -1);
        }
      }
    }
    if (used > 0 && fallsThrough(block)) visit(block.next);
    if (!loads) continue;
    for (let i = 0; i < refs.size; i++) if (by[i]! >= 0) owns[by[i]!] = 1;
    for (let i = 0; i < used; i++) {
      const instr = instrs[i]!;
      if (owns[i] === 1) continue;
      if (instr.opcode === LOAD_FAST) instr.opcode = LOAD_FAST_BORROW;
      else if (instr.opcode === LOAD_FAST_LOAD_FAST) instr.opcode = LOAD_FAST_BORROW_LOAD_FAST_BORROW;
    }
  }
}
