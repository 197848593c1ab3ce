// jumps.ts: which blocks are reached, which NOPs and jumps are needless.      CPython: Python/flowgraph.c
//
// Other passes only ever turn instructions into NOPs; here NOPs vanish, unless one is all that a source line has.
import {
  COPY,
  HAS_EVAL_BREAK,
  JUMP,
  LOAD_CONST,
  LOAD_SMALL_INT,
  NOP,
  OPCODE_FLAGS,
  POP_TOP,
} from '../../opcode/opcodes.generated.ts';
import type { Instr } from '../instruction_sequence.ts';
import {
  appendCopies,
  type BasicBlock,
  exitsScope,
  fallsThrough,
  hasTarget,
  isJump,
  isUnconditionalJump,
  lastInstr,
  nextNonempty,
  toNop,
} from './block.ts';

/** Small blocks that leave the frame are copied in place of a jump to them, up to this many instructions. */
const MAX_COPY_SIZE = 4;

/** Counts predecessors and empties the blocks that have none. CPython: remove_unreachable */
export function removeUnreachable(entry: BasicBlock): void {
  for (let b: BasicBlock | null = entry; b !== null; b = b.next) {
    b.predecessors = 0;
    b.visited = false;
  }
  entry.predecessors = 1;
  entry.visited = true;
  const todo: BasicBlock[] = [entry];
  for (let b = todo.pop(); b !== undefined; b = todo.pop()) {
    const { next } = b;
    if (next !== null && fallsThrough(b)) {
      if (!next.visited) {
        next.visited = true;
        todo.push(next);
      }
      next.predecessors++;
    }
    for (let i = 0; i < b.used; i++) {
      const instr = b.instrs[i]!;
      if (!hasTarget(instr.opcode)) continue;
      const target = instr.target!;
      if (!target.visited) {
        target.visited = true;
        todo.push(target);
      }
      target.predecessors++;
    }
  }
  for (let b: BasicBlock | null = entry; b !== null; b = b.next) {
    if (b.predecessors === 0) {
      b.used = 0;
      b.exceptHandler = false;
    }
  }
}

/** Line of what runs after the block, NOPs without a line apart; -1 if that has none. */
function lineAfter(block: BasicBlock): number {
  const next = nextNonempty(block.next);
  if (next === null) return -1;
  for (let i = 0; i < next.used; i++) {
    const instr = next.instrs[i]!;
    if (instr.opcode !== NOP || instr.loc.lineno >= 0) return instr.loc.lineno;
  }
  return -1;
}

/** Drops the NOPs that no line needs, and says how many. CPython: basicblock_remove_redundant_nops */
function removeNopsOf(block: BasicBlock): number {
  const { instrs, used } = block;
  let to = 0;
  let previousLine = -1;
  for (let from = 0; from < used; from++) {
    const instr = instrs[from]!;
    const line = instr.loc.lineno;
    if (instr.opcode === NOP) {
      if (line < 0 || line === previousLine) continue;
      if (from < used - 1) {
        const following = instrs[from + 1]!;
        if (following.loc.lineno === line) continue;
        if (following.loc.lineno < 0) {
          following.loc = instr.loc;
          continue;
        }
      } else if (lineAfter(block) === line) continue;
    }
    if (to !== from) instrs[to] = instr;
    to++;
    previousLine = line;
  }
  block.used = to;
  return used - to;
}

/** CPython: remove_redundant_nops */
export function removeNops(entry: BasicBlock): number {
  let removed = 0;
  for (let b: BasicBlock | null = entry; b !== null; b = b.next) removed += removeNopsOf(b);
  return removed;
}

/** Drops pushes that the very next instruction pops. CPython: remove_redundant_nops_and_pairs */
export function removePushPopPairs(entry: BasicBlock): void {
  for (let done = false; !done; ) {
    done = true;
    let instr: Instr | null = null;
    for (let b: BasicBlock | null = entry; b !== null; b = b.next) {
      removeNopsOf(b);
      if (b.labelled) instr = null;
      for (let i = 0; i < b.used; i++) {
        const previous: Instr | null = instr;
        instr = b.instrs[i]!;
        if (instr.opcode !== POP_TOP || previous === null) continue;
        const { opcode } = previous;
        if (opcode === LOAD_CONST || opcode === LOAD_SMALL_INT || (opcode === COPY && previous.oparg === 1)) {
          toNop(previous);
          toNop(instr);
          done = false;
        }
      }
      if ((instr !== null && isJump(instr.opcode)) || !fallsThrough(b)) instr = null;
    }
  }
}

/** Turns jumps to the next instruction into NOPs, and says how many. CPython: remove_redundant_jumps */
function removeJumpsToNext(entry: BasicBlock): number {
  let changes = 0;
  for (let b: BasicBlock | null = entry; b !== null; b = b.next) {
    const last = lastInstr(b);
    if (last === null || !isUnconditionalJump(last.opcode)) continue;
    if (nextNonempty(last.target) === nextNonempty(b.next)) {
      toNop(last);
      changes++;
    }
  }
  return changes;
}

/** CPython: remove_redundant_nops_and_jumps */
export function removeNopsAndJumps(entry: BasicBlock): void {
  while (removeNops(entry) + removeJumpsToNext(entry) > 0);
}

function hasNoLine(block: BasicBlock): boolean {
  for (let i = 0; i < block.used; i++) if (block.instrs[i]!.loc.lineno >= 0) return false;
  return true;
}

/** Puts a copy of the target in place of the jump at a block's end if that is cheap. CPython: basicblock_inline_small_or_no_lineno_blocks */
function inlineTarget(block: BasicBlock): boolean {
  const last = lastInstr(block);
  if (last === null || !isUnconditionalJump(last.opcode)) return false;
  const target = last.target!;
  const small = exitsScope(target) && target.used <= MAX_COPY_SIZE;
  const lineless = hasNoLine(target) && !fallsThrough(target);
  if (!small && !lineless) return false;
  const jump = last.opcode;
  toNop(last);
  appendCopies(block, target);
  if (lineless && jump === JUMP) {
    const end = lastInstr(block)!;
    if (isUnconditionalJump(end.opcode)) end.opcode = JUMP;
  }
  target.predecessors--;
  return true;
}

/** CPython: inline_small_or_no_lineno_blocks */
export function inlineSmallTargets(entry: BasicBlock): void {
  for (let changes = true; changes; ) {
    changes = false;
    for (let b: BasicBlock | null = entry; b !== null; b = b.next) if (inlineTarget(b)) changes = true;
  }
}

/** An exit or an eval-breaker check must have a line, so that a traceback or a signal shows one. CPython: is_exit_or_eval_check_without_lineno */
export function needsLine(block: BasicBlock): boolean {
  if (!exitsScope(block)) {
    let checks = false;
    for (let i = 0; i < block.used && !checks; i++) {
      checks = (OPCODE_FLAGS[block.instrs[i]!.opcode]! & HAS_EVAL_BREAK) !== 0;
    }
    if (!checks) return false;
  }
  return hasNoLine(block);
}
