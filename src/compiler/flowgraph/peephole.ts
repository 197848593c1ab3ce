// peephole.ts: optimisations within one block.                              CPython: Python/flowgraph.c
//
// Each looks at an instruction and its neighbours, or at the first instruction of a jump's target, and rewrites in
// place; what becomes needless turns into NOPs.
import {
  BINARY_OP,
  BUILD_LIST,
  BUILD_SET,
  BUILD_TUPLE,
  CALL_INTRINSIC_1,
  COMPARE_OP,
  CONTAINS_OP,
  COPY,
  GET_ITER,
  INTRINSIC_LIST_TO_TUPLE,
  INTRINSIC_UNARY_POSITIVE,
  IS_OP,
  JUMP,
  JUMP_IF_FALSE,
  JUMP_IF_TRUE,
  JUMP_NO_INTERRUPT,
  LIST_APPEND,
  LOAD_CONST,
  LOAD_GLOBAL,
  LOAD_SMALL_INT,
  NOP,
  POP_JUMP_IF_FALSE,
  POP_JUMP_IF_NONE,
  POP_JUMP_IF_NOT_NONE,
  POP_JUMP_IF_TRUE,
  POP_TOP,
  PUSH_NULL,
  SET_ADD,
  STORE_FAST,
  STORE_FAST_MAYBE_NULL,
  SWAP,
  TO_BOOL,
  UNARY_INVERT,
  UNARY_NEGATIVE,
  UNARY_NOT,
  UNPACK_SEQUENCE,
} from '../../opcode/opcodes.generated.ts';
import type { ConstantTable } from '../constkey.ts';
import type { Instr } from '../instruction_sequence.ts';
import { isTrue } from './arithmetic.ts';
import { addJump, type BasicBlock, setOp, toNop } from './block.ts';
import {
  constOf,
  foldAppendsAt,
  foldBinaryAt,
  foldListOrSetAt,
  foldTupleAt,
  foldUnaryAt,
  loadSmallInt,
} from './fold.ts';

/** COMPARE_OP's oparg bit that asks for a bool. */
const COMPARE_TO_BOOL = 16;

/** Decides tests of constants and loads small ints without co_consts. CPython: basicblock_optimize_load_const */
export function optimizeConstLoads(block: BasicBlock, table: ConstantTable): void {
  const { instrs } = block;
  let opcode = 0;
  let oparg = 0;
  for (let i = 0; i < block.used; i++) {
    const instr = instrs[i]!;
    if (instr.opcode === LOAD_CONST) loadSmallInt(instr, table.consts[instr.oparg]!);
    // A copy of a constant is as constant; then the copied constant is what is looked at.
    if (opcode !== LOAD_CONST || instr.opcode !== COPY || instr.oparg !== 1) {
      opcode = instr.opcode;
      oparg = instr.oparg;
    }
    if ((opcode !== LOAD_CONST && opcode !== LOAD_SMALL_INT) || i + 1 >= block.used) continue;
    const user = instrs[i + 1]!;
    switch (user.opcode) {
      case POP_JUMP_IF_FALSE:
      case POP_JUMP_IF_TRUE:
      case JUMP_IF_FALSE:
      case JUMP_IF_TRUE: {
        const taken = user.opcode === POP_JUMP_IF_TRUE || user.opcode === JUMP_IF_TRUE;
        if (user.opcode === POP_JUMP_IF_FALSE || user.opcode === POP_JUMP_IF_TRUE) toNop(instr);
        if (isTrue(constOf(opcode, oparg, table)) === taken) user.opcode = JUMP;
        else toNop(user);
        break;
      }
      case IS_OP:
        if (constOf(opcode, oparg, table) === null) testForNone(block, i);
        break;
      case TO_BOOL: {
        const index = table.add(isTrue(constOf(opcode, oparg, table)));
        toNop(instr);
        user.opcode = LOAD_CONST;
        user.oparg = index;
        break;
      }
    }
  }
}

/** `is None` and `is not None` before a conditional jump become one jump. Position `i` loads the None. */
function testForNone(block: BasicBlock, i: number): void {
  const { instrs } = block;
  if (block.used <= i + 2) return;
  const test = instrs[i + 1]!;
  let jump = instrs[i + 2]!;
  if (jump.opcode === TO_BOOL) {
    toNop(jump);
    if (block.used <= i + 3) return;
    jump = instrs[i + 3]!;
  }
  let inverted = test.oparg !== 0;
  if (jump.opcode === POP_JUMP_IF_FALSE) inverted = !inverted;
  else if (jump.opcode !== POP_JUMP_IF_TRUE) return;
  toNop(instrs[i]!);
  toNop(test);
  jump.opcode = inverted ? POP_JUMP_IF_NOT_NONE : POP_JUMP_IF_NONE;
}

/** Makes a jump to a jump go straight on; false if it would lead where it leads already. CPython: jump_thread */
function threadJump(block: BasicBlock, instr: Instr, target: Instr, opcode: number): boolean {
  if (instr.target === target.target) return false;
  toNop(instr);
  addJump(block, opcode, target.target!, target.loc);
  return true;
}

/** CPython: optimize_basic_block */
export function optimizeBlock(block: BasicBlock, table: ConstantTable): void {
  const { instrs } = block;
  let swaps = false;
  // A threaded jump is looked at again: the NOP that it leaves is followed by the new jump.
  for (let i = 0; i < block.used; i++) {
    const instr = instrs[i]!;
    const { opcode, oparg } = instr;
    const next = i + 1 < block.used ? instrs[i + 1]! : null;
    const nextOpcode = next === null ? 0 : next.opcode;
    switch (opcode) {
      case BUILD_TUPLE:
        if (nextOpcode === UNPACK_SEQUENCE && oparg === next!.oparg && oparg >= 1 && oparg <= 3) {
          toNop(instr);
          if (oparg === 1) toNop(next!);
          else next!.opcode = SWAP;
        } else foldTupleAt(block, i, table);
        break;
      case BUILD_LIST:
      case BUILD_SET:
        foldListOrSetAt(block, i, nextOpcode, table);
        break;
      case POP_JUMP_IF_NOT_NONE:
      case POP_JUMP_IF_NONE:
      case POP_JUMP_IF_FALSE:
      case POP_JUMP_IF_TRUE: {
        const target = instr.target!.instrs[0]!;
        if (target.opcode === JUMP && threadJump(block, instr, target, opcode)) i--;
        break;
      }
      case JUMP_IF_FALSE:
      case JUMP_IF_TRUE: {
        const target = instr.target!.instrs[0]!;
        if (target.opcode === JUMP || target.opcode === opcode) {
          if (threadJump(block, instr, target, opcode)) i--;
        } else if (target.opcode === JUMP_IF_FALSE || target.opcode === JUMP_IF_TRUE) {
          // The opposite test of the same value: it falls through.
          instr.target = instr.target!.next;
          i--;
        }
        break;
      }
      case JUMP:
      case JUMP_NO_INTERRUPT: {
        const target = instr.target!.instrs[0]!;
        if (target.opcode === JUMP) {
          if (threadJump(block, instr, target, JUMP)) i--;
        } else if (target.opcode === JUMP_NO_INTERRUPT && threadJump(block, instr, target, opcode)) i--;
        break;
      }
      case STORE_FAST:
        // Of two stores to one variable the first, which is the upper value, is never seen.
        if (nextOpcode === STORE_FAST && oparg === next!.oparg && instr.loc.lineno === next!.loc.lineno) {
          setOp(instr, POP_TOP);
        }
        break;
      case SWAP:
        if (oparg === 1) toNop(instr);
        break;
      case LOAD_GLOBAL:
        if (nextOpcode === PUSH_NULL && (oparg & 1) === 0) {
          instr.oparg = oparg | 1;
          toNop(next!);
        }
        break;
      case COMPARE_OP:
        if (nextOpcode === TO_BOOL) {
          toNop(instr);
          next!.opcode = COMPARE_OP;
          next!.oparg = oparg | COMPARE_TO_BOOL;
        }
        break;
      case CONTAINS_OP:
      case IS_OP:
        if (nextOpcode === TO_BOOL || nextOpcode === UNARY_NOT) {
          toNop(instr);
          next!.opcode = opcode;
          next!.oparg = nextOpcode === TO_BOOL ? oparg : oparg ^ 1;
        }
        break;
      case TO_BOOL:
        if (nextOpcode === TO_BOOL) toNop(instr);
        break;
      case UNARY_NOT:
        if (nextOpcode === TO_BOOL) {
          toNop(instr);
          setOp(next!, UNARY_NOT);
        } else if (nextOpcode === UNARY_NOT) {
          toNop(instr);
          toNop(next!);
        } else foldUnaryAt(block, i, table);
        break;
      case UNARY_INVERT:
      case UNARY_NEGATIVE:
        foldUnaryAt(block, i, table);
        break;
      case CALL_INTRINSIC_1:
        if (oparg === INTRINSIC_LIST_TO_TUPLE) {
          if (!foldAppendsAt(block, i, table) && nextOpcode === GET_ITER) toNop(instr);
        } else if (oparg === INTRINSIC_UNARY_POSITIVE) foldUnaryAt(block, i, table);
        break;
      case LIST_APPEND:
      case SET_ADD:
        if (oparg === 1 && (nextOpcode === GET_ITER || nextOpcode === CONTAINS_OP)) foldAppendsAt(block, i, table);
        break;
      case BINARY_OP:
        foldBinaryAt(block, i, table);
        break;
    }
    if (opcode === SWAP) swaps = true;
  }
  if (!swaps) return;
  for (let i = 0; i < block.used; i++) {
    if (instrs[i]!.opcode !== SWAP) continue;
    i = shortenSwaps(block, i);
    applySwaps(block, i);
  }
}

/** Replaces the run of SWAPs and NOPs at `start` by the fewest SWAPs that do the same; answers its last position. CPython: swaptimize */
function shortenSwaps(block: BasicBlock, start: number): number {
  const { instrs } = block;
  let depth = instrs[start]!.oparg;
  let end = start + 1;
  let several = false;
  for (; end < block.used; end++) {
    const instr = instrs[end]!;
    if (instr.opcode === SWAP) {
      depth = Math.max(depth, instr.oparg);
      several = true;
    } else if (instr.opcode !== NOP) break;
  }
  if (!several) return start;
  // What the run does to the stack: stack[i] is the old depth of the item that ends up at depth i (the top is 0).
  const stack: number[] = [];
  for (let i = 0; i < depth; i++) stack.push(i);
  for (let i = start; i < end; i++) {
    if (instrs[i]!.opcode !== SWAP) continue;
    const other = instrs[i]!.oparg - 1;
    const top = stack[0]!;
    stack[0] = stack[other]!;
    stack[other] = top;
  }
  // Every cycle of that permutation is undone through the top; so read backwards it is done. The last SWAP of the
  // new run belongs to the first cycle, hence it is filled from its end.
  let at = end - 1;
  for (let first = 0; first < depth; first++) {
    if (stack[first] === -1 || stack[first] === first) continue;
    for (let i = first; ; ) {
      if (i !== 0) {
        const instr = instrs[at--]!;
        instr.opcode = SWAP;
        instr.oparg = i + 1;
      }
      const next: number = stack[i]!;
      if (next === -1) break;
      stack[i] = -1;
      i = next;
    }
  }
  while (at >= start) toNop(instrs[at--]!);
  return end - 1;
}

/** Stores that only take the top off the stack may change places. */
function isSwappable(opcode: number): boolean {
  return opcode === STORE_FAST || opcode === STORE_FAST_MAYBE_NULL || opcode === POP_TOP;
}

/** The variable an instruction stores to, or -1. */
function storedBy(instr: Instr): number {
  return instr.opcode === STORE_FAST || instr.opcode === STORE_FAST_MAYBE_NULL ? instr.oparg : -1;
}

/** Position of the next swappable instruction behind `i`, on line `line` unless that is negative; -1 if another stands before it. CPython: next_swappable_instruction */
function nextSwappable(block: BasicBlock, i: number, line: number): number {
  while (++i < block.used) {
    const instr = block.instrs[i]!;
    if (line >= 0 && instr.loc.lineno !== line) return -1;
    if (instr.opcode === NOP) continue;
    return isSwappable(instr.opcode) ? i : -1;
  }
  return -1;
}

/** Swaps the stores behind a SWAP instead of the values, for the SWAPs that end at position `i`. CPython: apply_static_swaps */
function applySwaps(block: BasicBlock, i: number): void {
  const { instrs } = block;
  for (; i >= 0; i--) {
    const swap = instrs[i]!;
    if (swap.opcode !== SWAP) {
      if (swap.opcode === NOP || isSwappable(swap.opcode)) continue;
      return;
    }
    const j = nextSwappable(block, i, -1);
    if (j < 0) return;
    let k = j;
    const line = instrs[j]!.loc.lineno;
    for (let count = swap.oparg - 1; count > 0; count--) {
      k = nextSwappable(block, k, line);
      if (k < 0) return;
    }
    // Two stores to one variable must keep their order.
    const first = storedBy(instrs[j]!);
    const second = storedBy(instrs[k]!);
    if (first >= 0 || second >= 0) {
      if (first === second) return;
      for (let between = j + 1; between < k; between++) {
        const stored = storedBy(instrs[between]!);
        if (stored >= 0 && (stored === first || stored === second)) return;
      }
    }
    toNop(swap);
    const moved = instrs[j]!;
    instrs[j] = instrs[k]!;
    instrs[k] = moved;
  }
}
