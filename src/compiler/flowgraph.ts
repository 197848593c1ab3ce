// flowgraph.ts: the optimiser between code generator and assembler.        CPython: Python/flowgraph.c
//
// The sequence of instructions becomes a graph of basic blocks (flowgraph/build.ts), which passes rewrite in an
// order that matters, as each relies on what those before it leave behind. Invariant: every pass leaves a graph
// that would run the same; lines are kept so that tracing sees each line it should.
// Enter through: optimizeUnit, then finishUnit.
import type { CodeConstant } from './code.ts';
import { ConstantTable } from './constkey.ts';
import type { BasicBlock } from './flowgraph/block.ts';
import { buildGraph, flatten, labelExceptionTargets, markExceptHandlers } from './flowgraph/build.ts';
import { inlineSmallTargets, removeNopsAndJumps, removePushPopPairs, removeUnreachable } from './flowgraph/jumps.ts';
import {
  expandConditionalJumps,
  moveColdBlocks,
  normalizeJumps,
  prepareLocals,
  removeUnusedConsts,
  replacePseudoOps,
  stackDepth,
} from './flowgraph/layout.ts';
import { resolveLineNumbers } from './flowgraph/lines.ts';
import { addLoadChecks, borrowLoads, insertSuperinstructions } from './flowgraph/locals.ts';
import { optimizeBlock, optimizeConstLoads } from './flowgraph/peephole.ts';
import type { Instr, InstructionSequence, UnitMetadata } from './instruction_sequence.ts';

/** Told of the graph at the start and after each pass, by who wants to see how it changes. */
export type PassWatcher = (pass: string, entry: BasicBlock) => void;

/** Optimises a unit; `consts` grows by results and loses what is no longer used. CPython: _PyCfg_OptimizeCodeUnit */
export function optimizeUnit(
  sequence: InstructionSequence,
  consts: CodeConstant[],
  localCount: number,
  parameterCount: number,
  watch: PassWatcher | null = null,
): BasicBlock {
  const entry = buildGraph(sequence);
  watch?.('code generator', entry);
  markExceptHandlers(entry);
  labelExceptionTargets(entry);
  watch?.('exception targets', entry);

  inlineSmallTargets(entry);
  watch?.('inline small targets', entry);
  removeUnreachable(entry);
  watch?.('remove unreachable blocks', entry);
  resolveLineNumbers(entry);
  const table = new ConstantTable(consts);
  for (let b: BasicBlock | null = entry; b !== null; b = b.next) optimizeConstLoads(b, table);
  watch?.('constant loads', entry);
  for (let b: BasicBlock | null = entry; b !== null; b = b.next) optimizeBlock(b, table);
  watch?.('constant folding and peephole', entry);
  removePushPopPairs(entry);
  watch?.('remove push and pop pairs', entry);
  removeUnreachable(entry);
  watch?.('remove unreachable blocks again', entry);
  removeNopsAndJumps(entry);
  watch?.('remove NOPs and redundant jumps', entry);

  removeUnusedConsts(entry, consts);
  watch?.('remove unused constants', entry);
  addLoadChecks(entry, localCount, parameterCount);
  watch?.('check loads of unbound locals', entry);
  insertSuperinstructions(entry);
  watch?.('superinstructions', entry);
  moveColdBlocks(entry);
  resolveLineNumbers(entry);
  watch?.('move cold blocks', entry);
  return entry;
}

/** What the assembler needs: real instructions in their final order. */
export interface FinishedUnit {
  readonly instrs: Instr[];
  readonly stackSize: number;
  readonly localSlots: number;
}

/** CPython: _PyCfg_OptimizedCfgToInstructionSequence */
export function finishUnit(
  entry: BasicBlock,
  unit: UnitMetadata,
  codeFlags: number,
  watch: PassWatcher | null = null,
): FinishedUnit {
  expandConditionalJumps(entry);
  watch?.('expand conditional jumps', entry);
  const stackSize = stackDepth(entry);
  const localSlots = prepareLocals(entry, unit, codeFlags);
  watch?.('prepare cells and generators', entry);
  replacePseudoOps(entry);
  watch?.('replace pseudo instructions', entry);
  normalizeJumps(entry);
  watch?.('normalise jumps', entry);
  borrowLoads(entry);
  watch?.('borrowed loads', entry);
  return { instrs: flatten(entry), stackSize, localSlots };
}

/** The optimised graph as a list, for looking at it. CPython: _PyCompile_OptimizeCfg */
export function optimizeToList(sequence: InstructionSequence, consts: CodeConstant[], localCount: number): Instr[] {
  const entry = optimizeUnit(sequence, consts, localCount, 0);
  stackDepth(entry);
  borrowLoads(entry);
  return flatten(entry);
}
