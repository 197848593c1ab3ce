// passes.ts: `pyvarium cfg`: the control-flow graph of each unit, and what each pass of the optimiser does to it.
//                                                                               CPython: Python/flowgraph.c
//
// The compiler shows its graph after each pass (src/compiler/flowgraph.ts); a snapshot writes its instructions down as text, and
// the change between two snapshots is the difference of their lines. Blocks keep their names from pass to pass.
import type { CodeConstant } from '../compiler/code.ts';
import { Code, SliceConstant } from '../compiler/code.ts';
import type { BasicBlock } from '../compiler/flowgraph/block.ts';
import { fallsThrough, hasTarget, isBlockPush, nextNonempty } from '../compiler/flowgraph/block.ts';
import type { Instr, UnitMetadata } from '../compiler/instruction_sequence.ts';
import * as op from '../opcode/opcodes.generated.ts';
import { CMP_OPS, NB_OPS } from '../opcode/operands.ts';
import { constantRepr } from './ast.ts';
import { diffLines } from './diff.ts';
import type { Json } from './json.ts';
import { type Program, ToolError } from './program.ts';
import { type Kind, padEnd, type Style } from './style.ts';

export interface BlockInstruction {
  readonly name: string;
  /** The argument as a person reads it: a name, a constant, a block. */
  readonly arg: string;
  readonly line: number | null;
  /** Block that handles exceptions raised here. */
  readonly handler: string | null;
}

export interface Edge {
  readonly to: string;
  readonly kind: 'falls' | 'jump' | 'exception';
}

export interface Block {
  /** B1, B2, …: the same in all passes. */
  readonly id: string;
  readonly instructions: readonly BlockInstruction[];
  readonly edges: readonly Edge[];
  /** Stack depth at entry, null before it is known. */
  readonly depth: number | null;
  readonly cold: boolean;
}

export interface PassReport {
  readonly name: string;
  readonly blocks: readonly Block[];
}

export interface UnitReport {
  readonly name: string;
  readonly firstlineno: number;
  /** The graph at the start and after each pass that changed it. */
  readonly passes: readonly PassReport[];
  /** Passes that ran and changed nothing. */
  readonly idle: readonly string[];
}

/** Compiles the program and writes down the graphs of all its units, the module's first. */
/** Code units of source whose graphs, after each pass, still fit into memory. */
const LARGEST = 1_000_000;

/** `wanted` chooses units by name; all of a large source would not fit into memory. */
export function passReports(program: Program, wanted: ((name: string) => boolean) | null = null): UnitReport[] {
  if (wanted === null && program.text.length > LARGEST) {
    throw new ToolError(`${program.name}: too large for the graphs of all functions at once: name one with -f`);
  }
  const units: UnitReport[] = [];
  program.code((unit, consts) => {
    const passes: PassReport[] = [];
    const idle: string[] = [];
    const name = unit.qualname || '<module>';
    if (wanted !== null && !wanted(name)) return () => {};
    const names = new Map<BasicBlock, string>();
    let last = '';
    // A unit begins before those inside it end, and ends after: the order of ends is innermost first.
    units.unshift({ name, firstlineno: unit.firstlineno, passes, idle });
    return (pass, entry) => {
      const blocks = snapshot(entry, names, unit, consts);
      const text = JSON.stringify(blocks.map(b => ({ ...b, depth: null })));
      if (text === last) idle.push(pass);
      else passes.push({ name: pass, blocks });
      last = text;
    };
  });
  return units.sort(
    (a, b) => Number(b.name === '<module>') - Number(a.name === '<module>') || a.firstlineno - b.firstlineno,
  );
}

function snapshot(
  entry: BasicBlock,
  names: Map<BasicBlock, string>,
  unit: UnitMetadata,
  consts: readonly CodeConstant[],
): Block[] {
  const id = (b: BasicBlock): string => {
    let name = names.get(b);
    if (name === undefined) {
      name = `B${names.size + 1}`;
      names.set(b, name);
    }
    return name;
  };
  const blocks: Block[] = [];
  for (let b: BasicBlock | null = entry; b !== null; b = b.next) id(b);
  // Emptied blocks lead on to the next; they are not shown.
  for (let b = nextNonempty(entry); b !== null; b = nextNonempty(b.next)) {
    const edges: Edge[] = [];
    const add = (to: string, kind: Edge['kind']): void => {
      if (!edges.some(e => e.to === to && e.kind === kind)) edges.push({ to, kind });
    };
    const instructions: BlockInstruction[] = [];
    for (let i = 0; i < b.used; i++) {
      const instr = b.instrs[i]!;
      const target =
        hasTarget(instr.opcode) && instr.target !== null ? id(nextNonempty(instr.target) ?? instr.target) : null;
      if (target !== null) add(target, isBlockPush(instr.opcode) ? 'exception' : 'jump');
      if (instr.except !== null) add(id(nextNonempty(instr.except) ?? instr.except), 'exception');
      instructions.push({
        name: op.OPCODE_NAMES[instr.opcode] ?? `<${instr.opcode}>`,
        arg: target ?? argument(instr, unit, consts),
        line: instr.loc.lineno > 0 ? instr.loc.lineno : null,
        handler: instr.except === null ? null : id(instr.except),
      });
    }
    const next = nextNonempty(b.next);
    if (next !== null && fallsThrough(b)) add(id(next), 'falls');
    const depth = b.startDepth >= 0 ? b.startDepth : null;
    blocks.push({ id: id(b), instructions, edges, depth, cold: b.cold });
  }
  return blocks;
}

function constant(value: CodeConstant | undefined): string {
  if (value === undefined) return '?';
  if (value instanceof Code) return `<code ${value.co_name}>`;
  if (value instanceof SliceConstant)
    return `slice(${constant(value.start)}, ${constant(value.stop)}, ${constant(value.step)})`;
  return constantRepr(value);
}

/** What the argument means, in words. Cells and free variables are numbered anew by a late pass: both numberings are tried. */
function argument({ opcode, oparg }: Instr, unit: UnitMetadata, consts: readonly CodeConstant[]): string {
  const flags = op.OPCODE_FLAGS[opcode] ?? 0;
  if ((flags & op.HAS_ARG) === 0) return '';
  if (flags & op.HAS_CONST) return constant(consts[oparg]);
  if (flags & op.HAS_NAME) {
    const shift = opcode === op.LOAD_GLOBAL || opcode === op.LOAD_ATTR ? 1 : opcode === op.LOAD_SUPER_ATTR ? 2 : 0;
    const extra = shift > 0 && oparg & 1 ? (opcode === op.LOAD_GLOBAL ? ' + NULL' : ' + NULL|self') : '';
    return `${unit.names[oparg >> shift] ?? oparg}${extra}`;
  }
  if (flags & op.HAS_LOCAL) {
    const name = (i: number): string => unit.varnames[i] ?? String(i);
    if (opcode === op.LOAD_CLOSURE) return [...unit.cellvars, ...unit.freevars][oparg] ?? String(oparg);
    const two = /FAST_.*_FAST/.test(op.OPCODE_NAMES[opcode]!) && !/MAYBE|CLEAR/.test(op.OPCODE_NAMES[opcode]!);
    return two ? `${name(oparg >> 4)}, ${name(oparg & 15)}` : name(oparg);
  }
  if (flags & op.HAS_FREE) return [...unit.cellvars, ...unit.freevars][oparg] ?? String(oparg);
  if (opcode === op.BINARY_OP) return NB_OPS[oparg]?.[1] ?? String(oparg);
  if (opcode === op.COMPARE_OP) return CMP_OPS[oparg >> 5] ?? String(oparg);
  return String(oparg);
}

export function passesJson(units: readonly UnitReport[]): Json {
  return units as unknown as Json;
}

const EDGE_MARKS = { falls: '↓', jump: '→', exception: '⚡' } as const;

function blockLines(block: Block): string[] {
  return block.instructions.map(i => `${block.id}  ${i.name} ${i.arg}`.trimEnd());
}

function renderBlocks(blocks: readonly Block[], style: Style): string[] {
  const out: string[] = [];
  const entered = new Map<string, number>();
  for (const b of blocks) for (const e of b.edges) entered.set(e.to, (entered.get(e.to) ?? 0) + 1);
  for (const block of blocks) {
    const traits: string[] = [];
    if (block.depth !== null) traits.push(`stack ${block.depth}`);
    if (block.cold) traits.push('cold');
    if (blocks[0] !== block && !entered.has(block.id)) traits.push('unreachable');
    const to = block.edges.map(e => `${EDGE_MARKS[e.kind]} ${e.to}`).join('  ');
    out.push(`  ┌ ${style.as('title', block.id)}${traits.length > 0 ? style.as('dim', `  ${traits.join(', ')}`) : ''}`);
    let line: number | null = -1;
    for (const i of block.instructions) {
      const shown = i.line === line ? '' : i.line === null ? '--' : String(i.line);
      line = i.line;
      out.push(
        `  │ ${style.as('dim', shown.padStart(4))}  ${style.as('opcode', padEnd(i.name, 28))} ${i.arg}`.trimEnd(),
      );
    }
    out.push(`  └ ${to === '' ? style.as('dim', 'leaves') : style.as('accent', to)}`);
  }
  return out;
}

/** Before, the changes of each pass, after. `all` shows the whole graph after each pass. */
export function renderPasses(units: readonly UnitReport[], style: Style, all = false): string {
  const out: string[] = [];
  for (const unit of units) {
    const [first] = unit.passes;
    if (first === undefined) continue;
    out.push(style.heading(`${unit.name}: as generated`), ...renderBlocks(first.blocks, style), '');
    for (let i = 1; i < unit.passes.length; i++) {
      const pass = unit.passes[i]!;
      const changes = diffLines(unit.passes[i - 1]!.blocks.flatMap(blockLines), pass.blocks.flatMap(blockLines));
      const changed = changes.filter(c => c.kind !== 'same');
      if (!all && changed.length === 0) continue;
      out.push(style.heading(`${unit.name}: ${pass.name}`));
      if (all) out.push(...renderBlocks(pass.blocks, style));
      else {
        for (let c = 0; c < changed.length; c++) {
          const { kind, text } = changed[c]!;
          let times = 1;
          while (changed[c + 1]?.kind === kind && changed[c + 1]!.text === text) {
            times++;
            c++;
          }
          const colour: Kind = kind === 'add' ? 'add' : 'remove';
          out.push(style.as(colour, `  ${kind === 'add' ? '+' : '-'} ${text}${times > 1 ? `   ${times} times` : ''}`));
        }
      }
      out.push('');
    }
    const last = unit.passes[unit.passes.length - 1]!;
    out.push(style.heading(`${unit.name}: as assembled`), ...renderBlocks(last.blocks, style), '');
  }
  return `${out.join('\n')}\n`;
}
