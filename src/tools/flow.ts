// flow.ts: the control-flow graph of a code object's bytecode, its loops and its decisions. Any version's graph; decisions are 3.14's.
//
// Nodes are basic blocks: control enters at the first instruction and leaves at the last one, exceptions apart.
// Invariant: blocks are in the order of their offsets and cover all instructions; `successors` are the normal ways on,
// `handlers` where exceptions raised in the block go.
import type { Disassembly, Instruction } from './versions/instructions.ts';

export interface FlowBlock {
  readonly index: number;
  readonly instructions: readonly Instruction[];
  readonly successors: number[];
  readonly handlers: number[];
  reachable: boolean;
  /** How many loops are around it. */
  loopDepth: number;
}

export interface FlowGraph {
  readonly blocks: readonly FlowBlock[];
  /** The block that control enters when it goes to an offset, which may be that of an EXTENDED_ARG. */
  readonly at: (offset: number) => FlowBlock | undefined;
  /** Offsets of loop heads with the offset of the last jump back to each. */
  readonly loops: readonly { readonly head: number; readonly end: number }[];
}

const LEAVES = new Set(['RETURN_VALUE', 'RETURN_CONST', 'RAISE_VARARGS', 'RERAISE', 'INTERPRETER_EXIT', 'BREAK_LOOP']);
const ALWAYS_JUMPS = new Set([
  'JUMP_FORWARD',
  'JUMP_BACKWARD',
  'JUMP_BACKWARD_NO_INTERRUPT',
  'JUMP_ABSOLUTE',
  'CONTINUE_LOOP',
]);
/** Before 3.11: opens a block whose handler is the target. */
const OPENS_BLOCK = /^SETUP_(FINALLY|EXCEPT|WITH|ASYNC_WITH)$/;
/** Has a target, but never goes there by itself. */
const NO_JUMP = new Set(['END_ASYNC_FOR', 'SETUP_LOOP']);

/** The general form's name: specialised instructions behave alike. */
export function baseName(instruction: Instruction, { code }: Disassembly): string {
  return code.version.opcodes[instruction.opcode.base]!.name;
}

export function flowGraph(disassembly: Disassembly): FlowGraph {
  const instructions = disassembly.instructions.filter(i => i.opcode.name !== 'EXTENDED_ARG');
  const { exceptions } = disassembly;
  // A jump may lead to the EXTENDED_ARG in front of an instruction.
  const after = (offset: number): number => {
    let low = 0;
    let high = instructions.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (instructions[middle]!.offset < offset) low = middle + 1;
      else high = middle;
    }
    return instructions[low]?.offset ?? -1;
  };
  const leaders = new Set<number>([instructions[0]?.offset ?? 0]);
  instructions.forEach((each, i) => {
    const name = baseName(each, disassembly);
    const jumps = each.target !== null && !NO_JUMP.has(name);
    if (jumps) leaders.add(after(each.target!));
    const following = instructions[i + 1];
    if (following !== undefined && (jumps || LEAVES.has(name))) leaders.add(following.offset);
  });
  for (const { start, end, target } of exceptions)
    for (const offset of [start, end, target]) leaders.add(after(offset));

  const blocks: FlowBlock[] = [];
  const at = new Map<number, FlowBlock>();
  let current: Instruction[] = [];
  for (const each of instructions) {
    if (leaders.has(each.offset)) {
      current = [];
      const block = {
        index: blocks.length,
        instructions: current,
        successors: [],
        handlers: [],
        reachable: false,
        loopDepth: 0,
      };
      at.set(each.offset, block);
      blocks.push(block);
    }
    current.push(each);
  }
  const loops = new Map<number, number>();
  for (const block of blocks) {
    const first = block.instructions[0]!;
    const last = block.instructions[block.instructions.length - 1]!;
    const name = baseName(last, disassembly);
    const add = (list: number[], to: FlowBlock | undefined): void => {
      if (to !== undefined && !list.includes(to.index)) list.push(to.index);
    };
    if (!LEAVES.has(name) && !ALWAYS_JUMPS.has(name)) add(block.successors, blocks[block.index + 1]);
    if (last.target !== null && OPENS_BLOCK.test(name)) add(block.handlers, at.get(after(last.target)));
    else if (last.target !== null && !NO_JUMP.has(name)) {
      const target = after(last.target);
      add(block.successors, at.get(target));
      // A SEND loop waits; it is no loop of the program's.
      if (target <= last.offset && name !== 'JUMP_BACKWARD_NO_INTERRUPT')
        loops.set(target, Math.max(loops.get(target) ?? 0, last.offset));
    }
    // The innermost range that covers the block; the table is searched so too.
    const range = exceptions.find(e => e.start <= first.offset && first.offset < e.end);
    if (range !== undefined) add(block.handlers, at.get(after(range.target)));
  }
  const todo = blocks.length > 0 ? [blocks[0]!] : [];
  for (let block = todo.pop(); block !== undefined; block = todo.pop()) {
    if (block.reachable) continue;
    block.reachable = true;
    for (const i of [...block.successors, ...block.handlers]) todo.push(blocks[i]!);
  }
  const list = [...loops].map(([head, end]) => ({ head, end })).sort((a, b) => a.head - b.head);
  for (const block of blocks) {
    const { offset } = block.instructions[0]!;
    if (list.length > 0) block.loopDepth = list.filter(l => l.head <= offset && offset <= l.end).length;
  }
  return { blocks, at: offset => at.get(after(offset)), loops: list };
}

/** A place where the program takes one of two ways. */
export interface Decision {
  readonly line: number | null;
  readonly offset: number;
  /** branch (if, while, and, or, a comparison in a chain, a pattern, assert), loop, handler (a bare except). */
  readonly kind: 'branch' | 'loop' | 'handler';
}

/** Whether one instruction's source is part of the other's. */
function isWithin({ position: a }: Instruction, { position: b }: Instruction): boolean {
  if (a === null || b === null || a.line === null || b.line === null) return false;
  const before = (l: number, c: number | null, line: number | null, column: number | null): boolean =>
    l < (line ?? l) || (l === (line ?? l) && (c ?? 0) <= (column ?? 0));
  return (
    before(b.line, b.column, a.line, a.column) &&
    before(a.endLine ?? a.line, a.endColumn, b.endLine ?? b.line, b.endColumn)
  );
}

/** Whether a decision may stand at an instruction of that name. */
const mayDecide = (name: string): boolean =>
  name.startsWith('POP_JUMP_IF') ||
  name === 'FOR_ITER' ||
  name === 'END_ASYNC_FOR' ||
  name === 'PUSH_EXC_INFO' ||
  name === 'CHECK_EXC_MATCH';

/**
 * The decisions of a function. Cyclomatic complexity is their number plus one.
 *
 * A decision is an instruction with two ways on. Copies of one (a `finally` block is compiled once for each way into it) count
 * once; what the compiler adds on its own does not count: whether `__exit__` swallowed an exception, the loop of an `await`,
 * the guard of `all()` and `any()`, the format check of an annotation function, the collecting of `except*`.
 */
export function decisions(disassembly: Disassembly, graph: FlowGraph): Decision[] {
  const found = new Map<string, Decision>();
  const place = (i: Instruction): string => {
    const p = i.position;
    return p === null ? `@${i.offset}` : `${p.line}:${p.column}-${p.endLine}:${p.endColumn}`;
  };
  const instructions = graph.blocks.filter(b => b.reachable).flatMap(b => b.instructions);
  const names = instructions.map(i => baseName(i, disassembly));
  if (!names.some(mayDecide)) return [];
  const own = new Set<string>();
  instructions.forEach((each, i) => {
    if (names[i] === 'WITH_EXCEPT_START') own.add(place(each));
    if (names[i] === 'LOAD_COMMON_CONSTANT' && names[i + 1] === 'IS_OP') own.add(place(each));
  });
  let byOffset: Map<number, number> | null = null;
  const indexOf = (offset: number): number | undefined => {
    byOffset ??= new Map(instructions.map((each, i) => [each.offset, i]));
    return byOffset.get(offset);
  };
  // A bare `except` begins by dropping the exception: where the handler does, or where no other clause matched.
  const dropsException = (i: number | undefined): boolean =>
    i !== undefined && (names[i] === 'POP_TOP' || (names[i] === 'NOP' && names[i + 1] === 'POP_TOP'));
  instructions.forEach((each, i) => {
    const name = names[i]!;
    if (names[i - 1] === 'CHECK_EXC_MATCH' && each.target !== null && dropsException(indexOf(each.target))) {
      const first = instructions[indexOf(each.target)!]!;
      found.set(`handler ${place(first)}`, { line: first.line, offset: first.offset, kind: 'handler' });
    }
    let kind: Decision['kind'] | null = null;
    if (name === 'FOR_ITER' || name === 'END_ASYNC_FOR') kind = 'loop';
    else if (name.startsWith('POP_JUMP_IF')) {
      const back = names.slice(Math.max(0, i - 3), i);
      const collects = back.includes('CALL_INTRINSIC_2');
      const formats =
        names[i + 1] === 'NOT_TAKEN' &&
        names[i + 2] === 'LOAD_COMMON_CONSTANT' &&
        names[i + 3] === 'RAISE_VARARGS' &&
        instructions[i + 2]!.argrepr === 'NotImplementedError' &&
        /__annotate__|__evaluate/.test(disassembly.code.name);
      if (!collects && !formats) kind = 'branch';
    } else if (name === 'PUSH_EXC_INFO' && dropsException(i + 1)) kind = 'handler';
    if (kind === null || own.has(place(each))) return;
    // Tests within one expression share its place: the part of it that was computed last tells them apart.
    let part = i - 1;
    while (part >= 0 && place(instructions[part]!) === place(each)) part--;
    // A comprehension's test jumps from the place of its element: what stands right before it is the test.
    const within = kind === 'branch' && part >= 0 && (part === i - 1 || isWithin(instructions[part]!, each));
    const key = `${kind} ${place(each)} ${within ? place(instructions[part]!) : ''}`;
    if (!found.has(key)) found.set(key, { line: each.line, offset: each.offset, kind });
  });
  return [...found.values()];
}
