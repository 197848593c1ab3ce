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

/** Optimises a unit; `consts` grows by results and loses what is no longer used. CPython: _PyCfg_OptimizeCodeUnit */
export function optimizeUnit(
  sequence: InstructionSequence,
  consts: CodeConstant[],
  localCount: number,
  parameterCount: number,
): BasicBlock {
  const entry = buildGraph(sequence);
  markExceptHandlers(entry);
  labelExceptionTargets(entry);

  inlineSmallTargets(entry);
  removeUnreachable(entry);
  resolveLineNumbers(entry);
  const table = new ConstantTable(consts);
  for (let b: BasicBlock | null = entry; b !== null; b = b.next) optimizeConstLoads(b, table);
  for (let b: BasicBlock | null = entry; b !== null; b = b.next) optimizeBlock(b, table);
  removePushPopPairs(entry);
  removeUnreachable(entry);
  removeNopsAndJumps(entry);

  removeUnusedConsts(entry, consts);
  addLoadChecks(entry, localCount, parameterCount);
  insertSuperinstructions(entry);
  moveColdBlocks(entry);
  resolveLineNumbers(entry);
  return entry;
}

/** What the assembler needs: real instructions in their final order. */
export interface FinishedUnit {
  readonly instrs: Instr[];
  readonly stackSize: number;
  readonly localSlots: number;
}

/** CPython: _PyCfg_OptimizedCfgToInstructionSequence */
export function finishUnit(entry: BasicBlock, unit: UnitMetadata, codeFlags: number): FinishedUnit {
  expandConditionalJumps(entry);
  const stackSize = stackDepth(entry);
  const localSlots = prepareLocals(entry, unit, codeFlags);
  replacePseudoOps(entry);
  normalizeJumps(entry);
  borrowLoads(entry);
  return { instrs: flatten(entry), stackSize, localSlots };
}

/** The optimised graph as a list, for looking at it. CPython: _PyCompile_OptimizeCfg */
export function optimizeToList(sequence: InstructionSequence, consts: CodeConstant[], localCount: number): Instr[] {
  const entry = optimizeUnit(sequence, consts, localCount, 0);
  stackDepth(entry);
  borrowLoads(entry);
  return flatten(entry);
}
