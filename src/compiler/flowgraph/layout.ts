// layout.ts: the last steps on the graph: order of blocks, stack depth, cells, real instructions for pseudo ones.
//                                                                            CPython: Python/flowgraph.c
import {
  COPY,
  COPY_FREE_VARS,
  DELETE_DEREF,
  END_ASYNC_FOR,
  HAS_CONST,
  JUMP,
  JUMP_IF_FALSE,
  JUMP_IF_TRUE,
  JUMP_NO_INTERRUPT,
  LOAD_CLOSURE,
  LOAD_DEREF,
  LOAD_FAST,
  LOAD_FROM_DICT_OR_DEREF,
  MAKE_CELL,
  NOT_TAKEN,
  numPopped,
  numPushed,
  OPCODE_FLAGS,
  POP_JUMP_IF_FALSE,
  POP_JUMP_IF_NONE,
  POP_JUMP_IF_NOT_NONE,
  POP_JUMP_IF_TRUE,
  POP_TOP,
  RETURN_GENERATOR,
  STORE_DEREF,
  STORE_FAST,
  STORE_FAST_MAYBE_NULL,
  TO_BOOL,
} from '../../opcode/opcodes.generated.ts';
import { CO_ASYNC_GENERATOR, CO_COROUTINE, CO_GENERATOR } from '../../opcode/operands.ts';
import type { CodeConstant } from '../code.ts';
import { Instr, Location, NO_LOCATION, type UnitMetadata } from '../instruction_sequence.ts';
import {
  addInstr,
  addJump,
  BasicBlock,
  clearVisited,
  fallsThrough,
  hasTarget,
  insertInstr,
  isBlockPush,
  isConditionalJump,
  isJump,
  isScopeExit,
  isUnconditionalJump,
  lastInstr,
  toNop,
} from './block.ts';
import { removeNopsAndJumps } from './jumps.ts';

/** Drops the constants that no instruction loads; the first stays, for it may be the docstring. CPython: remove_unused_consts */
export function removeUnusedConsts(entry: BasicBlock, consts: CodeConstant[]): void {
  if (consts.length === 0) return;
  const isUsed = new Uint8Array(consts.length);
  isUsed[0] = 1;
  let count = 1;
  for (let b: BasicBlock | null = entry; b !== null; b = b.next) {
    for (let i = 0; i < b.used; i++) {
      const { opcode, oparg } = b.instrs[i]!;
      if ((OPCODE_FLAGS[opcode]! & HAS_CONST) !== 0 && isUsed[oparg] === 0) {
        isUsed[oparg] = 1;
        count++;
      }
    }
  }
  if (count === consts.length) return;
  const newIndex = new Int32Array(consts.length);
  let to = 0;
  for (let from = 0; from < consts.length; from++) {
    if (isUsed[from] === 0) continue;
    newIndex[from] = to;
    consts[to++] = consts[from]!;
  }
  consts.length = to;
  for (let b: BasicBlock | null = entry; b !== null; b = b.next) {
    for (let i = 0; i < b.used; i++) {
      const instr = b.instrs[i]!;
      if ((OPCODE_FLAGS[instr.opcode]! & HAS_CONST) !== 0) instr.oparg = newIndex[instr.oparg]!;
    }
  }
}

/** Marks what is reached without exceptions as warm, and what only handlers lead to as cold. CPython: mark_warm, mark_cold */
function markColdBlocks(entry: BasicBlock): void {
  clearVisited(entry);
  entry.visited = true;
  const todo: BasicBlock[] = [entry];
  for (let b = todo.pop(); b !== undefined; b = todo.pop()) {
    b.warm = true;
    if (b.next !== null && !b.next.visited && fallsThrough(b)) {
      b.next.visited = true;
      todo.push(b.next);
    }
    const target = jumpTarget(b);
    if (target !== null && !target.visited) {
      target.visited = true;
      todo.push(target);
    }
  }
  clearVisited(entry);
  for (let b: BasicBlock | null = entry; b !== null; b = b.next) {
    if (b.exceptHandler) {
      b.visited = true;
      todo.push(b);
    }
  }
  for (let b = todo.pop(); b !== undefined; b = todo.pop()) {
    b.cold = true;
    if (b.next !== null && !b.next.visited && !b.next.warm && fallsThrough(b)) {
      b.next.visited = true;
      todo.push(b.next);
    }
    const target = jumpTarget(b);
    if (target !== null && !target.visited && !target.warm) {
      target.visited = true;
      todo.push(target);
    }
  }
}

function jumpTarget(block: BasicBlock): BasicBlock | null {
  const last = lastInstr(block);
  return last !== null && isJump(last.opcode) ? last.target : null;
}

/** CPython: push_cold_blocks_to_end */
export function moveColdBlocks(entry: BasicBlock): void {
  if (entry.next === null) return;
  markColdBlocks(entry);
  for (let b: BasicBlock | null = entry; b !== null; b = b.next) {
    const { next } = b;
    if (!b.cold || next === null || !next.warm || !fallsThrough(b)) continue;
    const jump = new BasicBlock();
    addJump(jump, JUMP_NO_INTERRUPT, next, NO_LOCATION);
    next.labelled = true;
    jump.cold = true;
    jump.predecessors = 1;
    jump.next = next;
    b.next = jump;
  }
  let warmEnd = entry;
  let coldStart: BasicBlock | null = null;
  let coldEnd: BasicBlock | null = null;
  for (let b: BasicBlock | null = entry.next; b !== null; b = b.next) {
    if (b.cold) {
      if (coldEnd === null) coldStart = b;
      else coldEnd.next = b;
      coldEnd = b;
    } else {
      warmEnd.next = b;
      warmEnd = b;
    }
  }
  if (coldEnd === null) return;
  coldEnd.next = null;
  warmEnd.next = coldStart;
  removeNopsAndJumps(entry);
}

/** CPython: convert_pseudo_conditional_jumps */
export function expandConditionalJumps(entry: BasicBlock): void {
  for (let b: BasicBlock | null = entry; b !== null; b = b.next) {
    const last = lastInstr(b);
    if (last === null || (last.opcode !== JUMP_IF_FALSE && last.opcode !== JUMP_IF_TRUE)) continue;
    last.opcode = last.opcode === JUMP_IF_FALSE ? POP_JUMP_IF_FALSE : POP_JUMP_IF_TRUE;
    const copy = new Instr(COPY, 1, last.loc);
    const test = new Instr(TO_BOOL, 0, last.loc);
    copy.except = test.except = last.except;
    insertInstr(b, b.used - 1, copy);
    insertInstr(b, b.used - 1, test);
  }
}

/** The deepest that the stack gets; every block learns its depth at entry. CPython: calculate_stackdepth */
export function stackDepth(entry: BasicBlock): number {
  for (let b: BasicBlock | null = entry; b !== null; b = b.next) b.startDepth = -1;
  const todo: BasicBlock[] = [];
  const enter = (block: BasicBlock, depth: number) => {
    if (block.startDepth >= 0) {
      if (block.startDepth !== depth) throw new Error('Invalid CFG, inconsistent stackdepth');
      return;
    }
    block.startDepth = depth;
    todo.push(block);
  };
  let deepest = 0;
  enter(entry, 0);
  for (let b = todo.pop(); b !== undefined; b = todo.pop()) {
    let depth = b.startDepth;
    let next = b.next;
    for (let i = 0; i < b.used; i++) {
      const { opcode, oparg, target } = b.instrs[i]!;
      const effect = numPushed(opcode, oparg) - numPopped(opcode, oparg);
      const after = isBlockPush(opcode) ? depth : depth + effect;
      if (after < 0) throw new Error('Invalid CFG, stack underflow');
      if (depth > deepest) deepest = depth;
      // END_ASYNC_FOR names the SEND that it goes with, and does not jump there.
      if (opcode !== END_ASYNC_FOR && hasTarget(opcode)) enter(target!, depth + effect);
      depth = after;
      if (isUnconditionalJump(opcode) || isScopeExit(opcode)) {
        next = null;
        break;
      }
    }
    if (next !== null) enter(next, depth);
  }
  return deepest;
}

/**
 * Position among the locals of every cell and free variable: a cell that is a parameter (or another local) takes
 * that local's place. CPython: build_cellfixedoffsets, fix_cell_offsets
 */
function cellPositions(unit: UnitMetadata): { positions: number[]; dropped: number } {
  const localCount = unit.varnames.length;
  const positions: number[] = [];
  const local = new Map<string, number>();
  if (unit.cellvars.length > 0) for (let i = 0; i < localCount; i++) local.set(unit.varnames[i]!, i);
  let dropped = 0;
  for (let i = 0; i < unit.cellvars.length + unit.freevars.length; i++) {
    const at = i < unit.cellvars.length ? local.get(unit.cellvars[i]!) : undefined;
    if (at === undefined) positions.push(localCount + i - dropped);
    else {
      positions.push(at);
      dropped++;
    }
  }
  return { positions, dropped };
}

/** Adds what a frame does before its own code: cells, closure, generator. Answers how many local slots there are. CPython: prepare_localsplus */
export function prepareLocals(entry: BasicBlock, unit: UnitMetadata, codeFlags: number): number {
  const { positions, dropped } = cellPositions(unit);
  const cellCount = unit.cellvars.length;
  const freeCount = unit.freevars.length;
  const prefix: Instr[] = [];
  if (freeCount > 0) prefix.push(new Instr(COPY_FREE_VARS, freeCount, NO_LOCATION));
  if (cellCount > 0) {
    const cells = Array.from({ length: cellCount }, (_, i) => i).sort((a, b) => positions[a]! - positions[b]!);
    for (const cell of cells) prefix.push(new Instr(MAKE_CELL, cell, NO_LOCATION));
  }
  if (codeFlags & (CO_GENERATOR | CO_COROUTINE | CO_ASYNC_GENERATOR)) {
    const loc = new Location(unit.firstlineno, unit.firstlineno, -1, -1);
    prefix.push(new Instr(RETURN_GENERATOR, 0, loc), new Instr(POP_TOP, 0, loc));
  }
  prefix.forEach((instr, i) => {
    insertInstr(entry, i, instr);
  });
  if (cellCount + freeCount > 0) {
    for (let b: BasicBlock | null = entry; b !== null; b = b.next) {
      for (let i = 0; i < b.used; i++) {
        const instr = b.instrs[i]!;
        switch (instr.opcode) {
          case MAKE_CELL:
          case LOAD_CLOSURE:
          case LOAD_DEREF:
          case STORE_DEREF:
          case DELETE_DEREF:
          case LOAD_FROM_DICT_OR_DEREF:
            instr.oparg = positions[instr.oparg]!;
        }
      }
    }
  }
  return unit.varnames.length + cellCount + freeCount - dropped;
}

/** CPython: convert_pseudo_ops */
export function replacePseudoOps(entry: BasicBlock): void {
  for (let b: BasicBlock | null = entry; b !== null; b = b.next) {
    for (let i = 0; i < b.used; i++) {
      const instr = b.instrs[i]!;
      if (instr.opcode === LOAD_CLOSURE) instr.opcode = LOAD_FAST;
      else if (instr.opcode === STORE_FAST_MAYBE_NULL) instr.opcode = STORE_FAST;
      else if (isBlockPush(instr.opcode)) toNop(instr);
    }
  }
  removeNopsAndJumps(entry);
}

function oppositeJump(opcode: number): number {
  switch (opcode) {
    case POP_JUMP_IF_FALSE:
      return POP_JUMP_IF_TRUE;
    case POP_JUMP_IF_TRUE:
      return POP_JUMP_IF_FALSE;
    case POP_JUMP_IF_NONE:
      return POP_JUMP_IF_NOT_NONE;
    default:
      return POP_JUMP_IF_NONE;
  }
}

/** Conditional jumps go forward only: one that goes back jumps over an unconditional one instead. CPython: normalize_jumps */
export function normalizeJumps(entry: BasicBlock): void {
  clearVisited(entry);
  for (let b: BasicBlock | null = entry; b !== null; b = b.next) {
    b.visited = true;
    const last = lastInstr(b);
    if (last === null || !isConditionalJump(last.opcode)) continue;
    const target = last.target!;
    if (!target.visited) {
      addInstr(b, NOT_TAKEN, 0, last.loc);
      continue;
    }
    const back = new BasicBlock();
    addInstr(back, NOT_TAKEN, 0, last.loc);
    addJump(back, JUMP, target, last.loc);
    back.startDepth = target.startDepth;
    back.cold = b.cold;
    last.opcode = oppositeJump(last.opcode);
    last.target = b.next;
    back.next = b.next;
    b.next = back;
    back.visited = true;
    b = back;
  }
}
