// stack.ts: `pyvarium stack`: beside each instruction the value stack before and after, jumps and loops in the margin.
import { baseName, type FlowGraph, flowGraph } from './flow.ts';
import type { Json } from './json.ts';
import { drawJumps, type Jump } from './margin.ts';
import { clip, padEnd, type Style, textWidth } from './style.ts';
import { type StackState, symbolicStacks } from './symbolic.ts';
import type { AnyCode } from './versions/code.ts';
import { type Disassembly, disassemble } from './versions/instructions.ts';

export interface StackReport {
  readonly code: AnyCode;
  readonly disassembly: Disassembly;
  readonly graph: FlowGraph;
  /** By offset; none for instructions that nothing reaches. */
  readonly stacks: ReadonlyMap<number, StackState>;
  /** The deepest stack that was seen; never above co_stacksize. */
  readonly deepest: number;
}

export function stackReport(code: AnyCode): StackReport {
  const disassembly = disassemble(code);
  const graph = flowGraph(disassembly);
  const stacks = symbolicStacks(disassembly, graph);
  let deepest = 0;
  for (const { before, after } of stacks.values()) deepest = Math.max(deepest, before.length, after.length);
  return { code, disassembly, graph, stacks, deepest };
}

export function stackJson({ code, disassembly, stacks, deepest }: StackReport): Json {
  return {
    name: code.qualname,
    co_stacksize: code.stacksize,
    deepest,
    instructions: disassembly.instructions.map(i => ({
      offset: i.offset,
      opname: i.opcode.name,
      arg: i.arg,
      argrepr: i.argrepr,
      line: i.line,
      jump_target: i.target,
      before: stacks.get(i.offset)?.before,
      after: stacks.get(i.offset)?.after,
    })),
  };
}

/** A stack, its top at the right; what a step changed is coloured. */
function stackText(items: readonly string[], kept: number, style: Style, kind: 'add' | 'remove'): string {
  if (items.length === 0) return style.as('dim', '·');
  return items.map((text, i) => (i < kept ? style.as('dim', text) : style.as(kind, text))).join(style.as('dim', ' ┊ '));
}

function common(a: readonly string[], b: readonly string[]): number {
  let n = 0;
  while (n < a.length && n < b.length && a[n] === b[n]) n++;
  return n;
}

const WIDEST_OPCODE = 34;

/** Source lines, and under each its instructions with margin, stack before and after. */
export function renderStack(report: StackReport, lines: readonly string[], style: Style): string {
  const { code, disassembly, stacks } = report;
  const { instructions, labels } = disassembly;
  const rowOf = new Map<number, number>();
  const rows: ({ line: number | null } | { index: number })[] = [];
  instructions.forEach((each, index) => {
    if (each.startsLine) rows.push({ line: each.line });
    rowOf.set(each.offset, rows.length);
    rows.push({ index });
  });
  const jumps: Jump[] = [];
  for (const each of instructions) {
    if (each.target === null || baseName(each, disassembly) === 'END_ASYNC_FOR') continue;
    const to = rowOf.get(each.target);
    if (to !== undefined) jumps.push({ from: rowOf.get(each.offset)!, to });
  }
  const margin = drawJumps(rows.length, jumps);
  const opcodeWidth = Math.min(
    WIDEST_OPCODE,
    instructions.reduce((most, i) => Math.max(most, i.opcode.name.length), 0),
  );
  const middle = Math.max(24, Math.floor((style.width - opcodeWidth - textWidth(margin[0] ?? '') - 22) / 2));
  const out = [
    style.heading(
      `${code.qualname}: stack of ${code.stacksize}${report.deepest < code.stacksize ? `, ${report.deepest} used` : ''}`,
    ),
  ];
  rows.forEach((row, r) => {
    const left = style.as('accent', margin[r]!);
    if ('line' in row) {
      const text =
        row.line === null ? style.as('dim', '(no line)') : style.as('bold', (lines[row.line - 1] ?? '').trim());
      out.push(`${left} ${style.as('dim', String(row.line ?? '--').padStart(4))} ${text}`.trimEnd());
      return;
    }
    const each = instructions[row.index]!;
    const state = stacks.get(each.offset);
    const label = labels.get(each.offset);
    const arg = each.argrepr !== '' ? each.argrepr : each.arg === null ? '' : String(each.arg);
    const name = padEnd(each.opcode.name, opcodeWidth);
    const head = `${left} ${style.as('dim', padEnd(label === undefined ? '' : `L${label}:`, 5))}${style.as('opcode', name)} ${padEnd(clip(arg, 16), 16)} `;
    if (state === undefined) {
      out.push(`${head}${style.as('dim', 'never reached')}`);
      return;
    }
    const kept = common(state.before, state.after);
    const before = clip(state.before.join(' ┊ ') || '·', middle);
    const shown = before.endsWith('…') ? style.as('dim', before) : stackText(state.before, kept, style, 'remove');
    out.push(
      `${head}${padEnd(shown, middle)} ${style.as('dim', '→')} ${stackText(state.after, kept, style, 'add')}`.trimEnd(),
    );
  });
  for (const { start, end, target, depth, lasti } of disassembly.exceptions) {
    const name = (offset: number): string => `L${labels.get(offset)}`;
    out.push(
      style.as('dim', `      an exception between ${name(start)} and ${name(end)} goes to ${name(target)}, `) +
        style.as(
          'dim',
          `with ${depth === 0 ? 'an empty stack' : `the lowest ${depth} of the stack`}${lasti ? ' and the position' : ''}`,
        ),
    );
  }
  return `${out.join('\n')}\n`;
}
