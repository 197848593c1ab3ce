// depths.ts: how many values lie on the stack at each instruction, by the effects that each version's interpreter tells.
//
// Known from 3.9 on: before that the effects of finally blocks are upper bounds.
import { CO_ASYNC_GENERATOR, CO_COROUTINE, CO_GENERATOR } from '../../opcode/operands.ts';
import { baseName, type FlowGraph } from '../flow.ts';
import type { Disassembly } from './instructions.ts';
import { stackEffect } from './version.ts';

export interface Depth {
  readonly before: number;
  /** Where it goes on, not where it jumps to. */
  readonly after: number;
}

const OLDEST = 9;
const GENERATORS = CO_GENERATOR | CO_COROUTINE | CO_ASYNC_GENERATOR;

/** Depths by offset; unreachable instructions have none. Null where they are not known. */
export function stackDepths(disassembly: Disassembly, graph: FlowGraph): Map<number, Depth> | null {
  const { code, exceptions } = disassembly;
  if (code.version.minor < OLDEST) return null;
  const entry = new Map<number, number>();
  const depths = new Map<number, Depth>();
  const todo: number[] = [];
  const enter = (block: number, depth: number): void => {
    if (entry.has(block)) return;
    entry.set(block, depth);
    todo.push(block);
  };
  // From 3.10 to 3.12 a generator starts with the None that was sent into it.
  const sent = code.version.minor >= 10 && code.version.minor <= 12 && (code.flags & GENERATORS) !== 0;
  if (graph.blocks.length > 0) enter(0, sent ? 1 : 0);
  for (let index = todo.pop(); index !== undefined; index = todo.pop()) {
    const block = graph.blocks[index]!;
    let depth = entry.get(index)!;
    const { length } = block.instructions;
    for (let i = 0; i < length; i++) {
      const each = block.instructions[i]!;
      const effect = (jumps: boolean): number | null =>
        stackEffect(code.version.opcodes[each.opcode.base]!, each.arg ?? 0, jumps);
      const [falls, jumps] = [effect(false) ?? 0, effect(true) ?? 0];
      const before = depth;
      depth += falls;
      depths.set(each.offset, { before, after: depth });
      if (i < length - 1) continue;
      const opensBlock = /^SETUP_/.test(baseName(each, disassembly));
      for (const next of block.successors) {
        const jumped =
          each.target !== null && !opensBlock && graph.blocks[next]!.instructions[0]!.offset >= each.target;
        const fallsThrough = next === index + 1 && !(jumped && block.successors.length === 1 && each.target !== null);
        enter(next, fallsThrough ? depth : before + jumps);
      }
      if (opensBlock) for (const handler of block.handlers) enter(handler, before + jumps);
    }
    const { offset } = block.instructions[0]!;
    const range = exceptions.find(e => e.start <= offset && offset < e.end);
    if (range !== undefined) for (const handler of block.handlers) enter(handler, range.depth + (range.lasti ? 2 : 1));
  }
  return depths;
}
