// build.ts: from a sequence of instructions to a graph of blocks, and back to a flat list.
//                                                                            CPython: Python/flowgraph.c
//
// A block ends behind a jump or an exit and before an instruction that something jumps to. After
// labelExceptionTargets every instruction knows the handler that protects it, and POP_BLOCK is gone.
import {
  ANNOTATIONS_PLACEHOLDER,
  POP_BLOCK,
  RESUME,
  SETUP_CLEANUP,
  SETUP_WITH,
  YIELD_VALUE,
} from '../../opcode/opcodes.generated.ts';
import { RESUME_AT_FUNC_START, RESUME_OPARG_DEPTH1_MASK } from '../../opcode/operands.ts';
import type { Instr, InstructionSequence } from '../instruction_sequence.ts';
import { BasicBlock, clearVisited, fallsThrough, hasTarget, isBlockPush, isJump, isScopeExit, toNop } from './block.ts';

/** Splits a sequence into blocks and links jumps to them; takes the sequence's instructions over. CPython: _PyCfg_FromInstructionSequence */
export function buildGraph(sequence: InstructionSequence): BasicBlock {
  const { instrs, labels } = sequence;
  const isTarget = new Uint8Array(instrs.length + 1);
  for (const instr of instrs) {
    if (!hasTarget(instr.opcode)) continue;
    const position = labels[instr.oparg];
    if (position === undefined || position < 0) throw new Error(`jump to the unplaced label ${instr.oparg}`);
    isTarget[position] = 1;
  }
  const blockAt = new Array<BasicBlock | undefined>(instrs.length + 1);
  const entry = new BasicBlock();
  let block = entry;
  let ended = false;
  /** Target positions since the last instruction: the placeholder may be the target, and be dropped. */
  let labelled = false;
  for (let i = 0; i < instrs.length; i++) {
    const instr = instrs[i]!;
    if (isTarget[i] === 1) {
      labelled = true;
    }
    if (instr.opcode === ANNOTATIONS_PLACEHOLDER) {
      if (sequence.annotationsCode !== null) {
        for (const inserted of sequence.annotationsCode.instrs) block.instrs[block.used++] = inserted;
      }
      continue;
    }
    if (ended || (labelled && (block.used > 0 || block.labelled))) {
      const following = new BasicBlock();
      block.next = following;
      block = following;
    }
    if (labelled) {
      block.labelled = true;
      blockAt[i] = block;
      labelled = false;
    }
    block.instrs[block.used++] = instr;
    ended = isJump(instr.opcode) || isScopeExit(instr.opcode);
  }
  for (const instr of instrs) {
    if (hasTarget(instr.opcode)) instr.target = blockAt[labels[instr.oparg]!] ?? null;
  }
  return entry;
}

/** CPython: mark_except_handlers */
export function markExceptHandlers(entry: BasicBlock): void {
  for (let b: BasicBlock | null = entry; b !== null; b = b.next) {
    for (let i = 0; i < b.used; i++) {
      const instr = b.instrs[i]!;
      if (isBlockPush(instr.opcode)) instr.target!.exceptHandler = true;
    }
  }
}

/** Finds the handler of every instruction by following control flow. CPython: label_exception_targets */
export function labelExceptionTargets(entry: BasicBlock): void {
  clearVisited(entry);
  entry.visited = true;
  entry.exceptStack = [];
  const todo: BasicBlock[] = [entry];
  for (let b = todo.pop(); b !== undefined; b = todo.pop()) {
    let stack: BasicBlock[] | null = b.exceptStack!;
    b.exceptStack = null;
    let handler: BasicBlock | null = stack.length > 0 ? stack[stack.length - 1]! : null;
    let lastYieldDepth = -1;
    for (let i = 0; i < b.used; i++) {
      const instr: Instr = b.instrs[i]!;
      const { opcode } = instr;
      if (isBlockPush(opcode)) {
        const target = instr.target!;
        if (!target.visited) {
          target.visited = true;
          target.exceptStack = stack!.slice();
          todo.push(target);
        }
        if (opcode === SETUP_WITH || opcode === SETUP_CLEANUP) target.preserveLasti = true;
        stack!.push(target);
        handler = target;
      } else if (opcode === POP_BLOCK) {
        stack!.pop();
        handler = stack!.length > 0 ? stack![stack!.length - 1]! : null;
        toNop(instr);
      } else {
        instr.except = handler;
        if (isJump(opcode)) {
          const target = instr.target!;
          if (!target.visited) {
            target.visited = true;
            if (fallsThrough(b)) target.exceptStack = stack!.slice();
            else {
              target.exceptStack = stack;
              stack = null;
            }
            todo.push(target);
          }
        } else if (opcode === YIELD_VALUE) lastYieldDepth = stack!.length;
        else if (opcode === RESUME && instr.oparg !== RESUME_AT_FUNC_START) {
          // Only the generator's own StopIteration handler surrounds it: throw() and close() need not look further.
          if (lastYieldDepth === 1) instr.oparg |= RESUME_OPARG_DEPTH1_MASK;
          lastYieldDepth = -1;
        }
      }
    }
    if (b.next !== null && !b.next.visited && fallsThrough(b)) {
      b.next.visited = true;
      b.next.exceptStack = stack;
      todo.push(b.next);
    }
  }
}

/** All live instructions in layout order; each block's `index` is the position of its first one. CPython: _PyCfg_ToInstructionSequence */
export function flatten(entry: BasicBlock): Instr[] {
  const flat: Instr[] = [];
  for (let b: BasicBlock | null = entry; b !== null; b = b.next) {
    b.index = flat.length;
    for (let i = 0; i < b.used; i++) flat.push(b.instrs[i]!);
  }
  return flat;
}
