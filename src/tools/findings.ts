// findings.ts: what in a function's bytecode is worth a second look, and the instructions that show it.
import type { Finding } from './analyze.ts';
import { baseName, type FlowBlock, type FlowGraph } from './flow.ts';
import { bare, type StackState } from './symbolic.ts';
import type { AnyCode } from './versions/code.ts';
import type { Disassembly, Instruction } from './versions/instructions.ts';

export interface Analyzed {
  readonly code: AnyCode;
  readonly disassembly: Disassembly;
  readonly graph: FlowGraph;
  readonly stacks: ReadonlyMap<number, StackState>;
  /** Names that the module binds. */
  readonly globals: ReadonlySet<string>;
}

/** So many look-ups of one attribute in a function are worth a local; in a loop two are. */
const MANY_LOOKUPS = 4;

const show = ({ offset, opcode, arg, argrepr }: Instruction): string =>
  `${offset} ${opcode.name}${argrepr !== '' ? ` ${argrepr}` : arg === null ? '' : ` ${arg}`}`;

interface Placed {
  readonly each: Instruction;
  readonly name: string;
  readonly block: FlowBlock;
  /** Place within the block. */
  readonly index: number;
}

/** All findings of one code object, by line. */
export function findings(a: Analyzed, deadLines: readonly number[]): Finding[] {
  const placed: Placed[] = [];
  for (const block of a.graph.blocks) {
    if (!block.reachable) continue;
    block.instructions.forEach((each, index) => {
      placed.push({ each, name: baseName(each, a.disassembly), block, index });
    });
  }
  const out = [
    ...globalsInLoops(placed),
    ...repeatedAttributes(a, placed),
    ...rebuiltConstants(a, placed),
    ...comparisons(a, placed),
    ...mutableDefaults(a, placed),
    ...unreachable(deadLines),
  ];
  return out.sort((x, y) => (x.line ?? 0) - (y.line ?? 0));
}

function globalsInLoops(placed: readonly Placed[]): Finding[] {
  const byName = new Map<string, Placed[]>();
  for (const p of placed) {
    // Leaving a loop by an exception is not part of its work.
    if (p.name !== 'LOAD_GLOBAL' || p.block.loopDepth === 0 || raises(p.block)) continue;
    const name = bare(p.each.argrepr);
    const list = byName.get(name);
    if (list === undefined) byName.set(name, [p]);
    else list.push(p);
  }
  return [...byName].map(([name, list]) => ({
    kind: 'global-in-loop',
    level: 'advice' as const,
    line: list[0]!.each.line,
    message: `the global '${name}' is looked up ${list.length === 1 ? '' : `${list.length} times `}in each round of a loop: a local would be faster`,
    evidence: list.map(p => show(p.each)),
  }));
}

function raises(block: FlowBlock): boolean {
  const last = block.instructions[block.instructions.length - 1]!;
  return /^(RAISE_VARARGS|RERAISE)$/.test(last.opcode.name);
}

function repeatedAttributes({ stacks }: Analyzed, placed: readonly Placed[]): Finding[] {
  const byText = new Map<string, Placed[]>();
  const changed = new Set<string>();
  for (const p of placed) {
    if (p.name === 'STORE_ATTR' || p.name === 'DELETE_ATTR') {
      const owner = stacks.get(p.each.offset)?.top();
      if (owner !== undefined) changed.add(`${owner}.${p.each.argrepr}`);
    }
    // What is assigned in the function may be another object at each look-up.
    if (p.name.startsWith('STORE_') && /^STORE_(FAST|NAME|GLOBAL|DEREF)/.test(p.name))
      for (const name of p.each.argrepr.split(', ')) changed.add(name);
    if (p.name !== 'LOAD_ATTR' || raises(p.block)) continue;
    const owner = stacks.get(p.each.offset)?.top();
    if (owner === undefined || !/^[\w.]+$/.test(owner) || /^\d/.test(owner)) continue;
    const text = `${owner}.${bare(p.each.argrepr)}`;
    const list = byText.get(text);
    if (list === undefined) byText.set(text, [p]);
    else list.push(p);
  }
  const out: Finding[] = [];
  for (const [text, list] of byText) {
    const inLoop = list.filter(p => p.block.loopDepth > 0);
    const few = inLoop.length < 2 && list.length < MANY_LOOKUPS;
    const parts = text.split('.');
    const stale = parts.some((_, i) => changed.has(parts.slice(0, i + 1).join('.')));
    if (few || stale) continue;
    out.push({
      kind: 'repeated-attribute',
      level: 'advice',
      line: (inLoop[0] ?? list[0]!).each.line,
      message: `'${text}' is looked up ${list.length} times${inLoop.length > 0 ? `, ${inLoop.length} of them in a loop` : ''}: keep it in a local`,
      evidence: list.map(p => show(p.each)),
    });
  }
  return out;
}

const isConstant = (text: string | undefined): boolean =>
  text !== undefined &&
  /^(-?\d[\w.]*|'[^']*'|"[^"]*"|b'[^']*'|None|True|False|\((?:-?\d[\w.]*|'[^']*'|, ?)*\)|frozenset\(.*\))$/.test(text);

const MAKES_CONTAINER = /^(LIST_EXTEND|SET_UPDATE|BUILD_(MAP|SET|LIST))$/;

function rebuiltConstants({ stacks }: Analyzed, placed: readonly Placed[]): Finding[] {
  const out: Finding[] = [];
  for (const { each, name, block, index } of placed) {
    if (block.loopDepth === 0 || raises(block)) continue;
    if (name === 'MAKE_FUNCTION') {
      out.push({
        kind: 'function-in-loop',
        level: 'advice',
        line: each.line,
        message: 'a function is made anew in each round of a loop',
        evidence: [show(each)],
      });
      continue;
    }
    if (!MAKES_CONTAINER.test(name)) continue;
    const before = stacks.get(each.offset)?.before ?? [];
    const items = each.arg ?? 0;
    let what: string | null = null;
    const proof = [show(each)];
    if ((name === 'LIST_EXTEND' || name === 'SET_UPDATE') && isConstant(before.at(-1))) {
      const made = block.instructions[index - 2];
      if (made !== undefined && /^BUILD_(LIST|SET)$/.test(made.opcode.name) && made.arg === 0) {
        what = name === 'LIST_EXTEND' ? 'list' : 'set';
        proof.unshift(show(made), show(block.instructions[index - 1]!));
      }
    } else if (name === 'BUILD_MAP' && items > 0 && before.slice(-2 * items).every(isConstant)) what = 'dict';
    else if (name === 'BUILD_SET' && items > 0 && before.slice(-items).every(isConstant)) what = 'set';
    else if (name === 'BUILD_LIST' && items > 0 && before.slice(-items).every(isConstant)) what = 'list';
    if (what === null) continue;
    out.push({
      kind: 'constant-rebuilt',
      level: 'advice',
      line: each.line,
      message: `a ${what} of constants is built anew in each round of a loop`,
      evidence: proof,
    });
  }
  return out;
}

const isLiteral = (text: string | undefined): boolean =>
  text !== undefined && /^(-?\d[\w.]*|b?'.*'|b?".*"|\(.*\))$/.test(text);

function comparisons({ stacks }: Analyzed, placed: readonly Placed[]): Finding[] {
  const out: Finding[] = [];
  for (const { each, name } of placed) {
    if (name !== 'IS_OP' && name !== 'COMPARE_OP') continue;
    const operands = stacks.get(each.offset)?.before.slice(-2) ?? [];
    if (name === 'IS_OP') {
      const literal = operands.find(isLiteral);
      if (literal === undefined) continue;
      out.push({
        kind: 'is-literal',
        level: 'problem',
        line: each.line,
        message: `'${each.arg ? 'is not' : 'is'}' compares identity with the literal ${literal}: use '${each.arg ? '!=' : '=='}'`,
        evidence: [show(each)],
      });
    } else if (operands.includes('None') && /^(bool\()?[=!]=/.test(each.argrepr)) {
      out.push({
        kind: 'equals-none',
        level: 'advice',
        line: each.line,
        message: `a comparison with None by '${each.argrepr.replace(/bool\((.*)\)/, '$1')}': 'is' asks what is meant, and is faster`,
        evidence: [show(each)],
      });
    }
  }
  return out;
}

/** Defaults are made when the function is: a list among them is shared by all calls. */
function mutableDefaults({ stacks }: Analyzed, placed: readonly Placed[]): Finding[] {
  const out: Finding[] = [];
  for (const { each, name } of placed) {
    if (name !== 'SET_FUNCTION_ATTRIBUTE' || (each.arg !== 1 && each.arg !== 2)) continue;
    const [defaults, func] = stacks.get(each.offset)?.before.slice(-2) ?? [];
    const shared = /^\(.*(\[.*\]|\{.*\}).*\)$|^\{.*: (\[.*\]|\{.*\}).*\}$/.test(defaults ?? '');
    if (!shared) continue;
    out.push({
      kind: 'mutable-default',
      level: 'problem',
      line: each.line,
      message: `a default of ${(func ?? 'a function').replace(/^<function (.*)>$/, "'$1'")} is a new list, dict or set, shared by all calls`,
      evidence: [show(each)],
    });
  }
  return out;
}

function unreachable(lines: readonly number[]): Finding[] {
  const out: Finding[] = [];
  const sorted = [...lines].sort((a, b) => a - b);
  for (let i = 0; i < sorted.length; ) {
    let end = i;
    while (end + 1 < sorted.length && sorted[end + 1]! <= sorted[end]! + 1) end++;
    const [first, last] = [sorted[i]!, sorted[end]!];
    out.push({
      kind: 'unreachable',
      level: 'problem',
      line: first,
      message: first === last ? 'nothing reaches this line' : `nothing reaches lines ${first} to ${last}`,
      evidence: ['no instruction of the code object has these lines: the optimiser removed their blocks'],
    });
    i = end + 1;
  }
  return out;
}
