// listing.ts: disassembly as text, letter for letter as each version's own dis prints it.                  CPython: Lib/dis.py
//
// One difference: 3.6's dis.dis shows no nested code objects; here they follow as in 3.7. Addresses of code objects are made
// up (constant_repr.ts).
import type { AnyCode } from './code.ts';
import { ConstantRepr } from './constant_repr.ts';
import { cachesOf, type Disassembly, disassemble, type Instruction } from './instructions.ts';
import { type Position, positions as positionsOf } from './lines.ts';

export interface ListingOptions {
  /** Inline caches, from 3.11 on. */
  readonly caches?: boolean;
  /** Offsets; before 3.13 they are always shown. */
  readonly offsets?: boolean;
  /** Positions instead of line numbers; from 3.14 on. */
  readonly positions?: boolean;
  /** How deep nested code objects are shown; all if not given. */
  readonly depth?: number;
}

const OPNAME_WIDTH = 20;
const OPARG_WIDTH = 5;
const NO_LINE = '  --';
/** `LINE:COLUMN-LINE:COLUMN` has three signs between its numbers. */
const POSITION_SIGNS = 3;

/** The listing of a code object and those within it. CPython: Lib/dis.py:_disassemble_recursive */
export function listing(code: AnyCode, options: ListingOptions = {}): string {
  const repr = new ConstantRepr(code.version);
  const out: string[] = [];
  const seen = new Set<AnyCode>();
  const visit = (each: AnyCode, depth: number): void => {
    seen.add(each);
    for (const line of listingLines(disassemble(each, repr), options)) out.push(line, '\n');
    if (depth <= 0) return;
    for (const inner of each.nested()) {
      if (seen.has(inner)) continue;
      out.push('\n', `Disassembly of ${repr.of(inner)}:\n`);
      visit(inner, depth - 1);
    }
  };
  visit(code, options.depth ?? Number.POSITIVE_INFINITY);
  return out.join('');
}

/** Lines of one code object's listing. */
export function listingLines(disassembly: Disassembly, options: ListingOptions = {}): string[] {
  return disassembly.code.version.minor >= 13 ? newLines(disassembly, options) : oldLines(disassembly, options);
}

const padStart = (value: number | string, width: number): string => String(value).padStart(width);

/** 3.6 to 3.12. */
function oldLines(disassembly: Disassembly, { caches }: ListingOptions): string[] {
  const { code, instructions, exceptions, lineStarts } = disassembly;
  const { minor } = code.version;
  // Since 3.10 a column of line numbers that would be empty is left out.
  const showLines = lineStarts.size > 0 || minor < 10;
  const last = highest(lineStarts.values());
  const lineWidth = !showLines ? 0 : minor >= 7 && last >= 1000 ? String(last).length : 3;
  const lastOffset = code.code.length - 2;
  const offsetWidth = minor >= 7 && lastOffset >= 10000 ? String(lastOffset).length : 4;
  const out: string[] = [];
  const row = (each: Instruction | null, offset: number, name: string, arg: number | null, argrepr: string): void => {
    const fields: string[] = [];
    const line = each !== null && each.startsLine ? lineStarts.get(offset)! : null;
    if (lineWidth > 0) {
      if (line !== null && offset > 0) out.push('');
      fields.push(padStart(line ?? '', lineWidth));
    }
    fields.push(
      '   ',
      each !== null && each.isJumpTarget ? '>>' : '  ',
      padStart(offset, offsetWidth),
      name.padEnd(OPNAME_WIDTH),
    );
    if (arg !== null) {
      fields.push(padStart(arg, OPARG_WIDTH));
      if (argrepr !== '') fields.push(`(${argrepr})`);
    }
    out.push(fields.join(' ').trimEnd());
  };
  for (const each of instructions) {
    const { offset, opcode } = each;
    row(each, offset, opcode.name, each.arg, each.argrepr);
    if (!caches) continue;
    let at = offset;
    for (const { name, units, value } of cachesOf(disassembly, each)) {
      for (let i = 0; i < units; i++) {
        at += 2;
        // 3.11 shows contents of specialised instructions' caches only.
        const shown = i === 0 && (minor >= 12 || opcode.base !== opcode.number);
        row(null, at, 'CACHE', 0, shown ? `${name}: ${value}` : '');
      }
    }
  }
  if (exceptions.length > 0) {
    out.push('ExceptionTable:');
    for (const { start, end, target, depth, lasti } of exceptions)
      out.push(`  ${start} to ${end - 2} -> ${target} [${depth}]${lasti ? ' lasti' : ''}`);
  }
  return out;
}

/** 3.13 on: labels instead of offsets. CPython: Lib/dis.py:Formatter */
function newLines(disassembly: Disassembly, { caches, offsets, positions }: ListingOptions): string[] {
  const { code, instructions, exceptions, lineStarts, labels } = disassembly;
  const lineWidth = positions ? positionsWidth(code) : newLineWidth([...lineStarts.values()]);
  const labelWidth = 4 + String(labels.size).length;
  const offsetWidth = offsets ? String(Math.max(code.code.length - 2, 9999)).length : 0;
  const out: string[] = [];
  const row = (
    each: Instruction | null,
    offset: number,
    name: string,
    arg: number | null,
    argrepr: string,
    position: Position | null,
  ): void => {
    const fields: string[] = [];
    if (lineWidth > 0) {
      const starts = each !== null && each.startsLine;
      if (starts && offset > 0) out.push('');
      if (positions) fields.push(positionText(position).padEnd(lineWidth));
      else fields.push(padStart(starts ? (lineStarts.get(offset) ?? NO_LINE) : '', lineWidth));
    }
    fields.push(padStart(each !== null && each.label !== null ? `L${each.label}:` : '', labelWidth));
    if (offsetWidth > 0) fields.push(`${padStart(offset, offsetWidth)}  `);
    fields.push('   ', name.padEnd(OPNAME_WIDTH));
    if (arg !== null) {
      fields.push(padStart(arg, OPARG_WIDTH - Math.max(0, name.length - OPNAME_WIDTH)));
      if (argrepr !== '') fields.push(`(${argrepr})`);
    }
    out.push(fields.join(' ').trimEnd());
  };
  for (const each of instructions) {
    row(each, each.offset, each.opcode.name, each.arg, each.argrepr, each.position);
    if (!caches) continue;
    let at = each.offset;
    for (const { name, units, value } of cachesOf(disassembly, each)) {
      for (let i = 0; i < units; i++) {
        at += 2;
        row(null, at, 'CACHE', 0, i === 0 ? `${name}: ${value}` : '', each.position);
      }
    }
  }
  if (exceptions.length > 0) {
    out.push('ExceptionTable:');
    for (const { start, end, target, depth, lasti } of exceptions) {
      const label = (offset: number): string => `L${labels.get(offset)}`;
      out.push(`  ${label(start)} to ${label(end)} -> ${label(target)} [${depth}]${lasti ? ' lasti' : ''}`);
    }
  }
  return out;
}

/** CPython: Lib/dis.py:_get_lineno_width */
function newLineWidth(lines: readonly (number | null)[]): number {
  const last = highest(lines);
  if (last === 0) return 0;
  const width = Math.max(3, String(last).length);
  return lines.includes(null) ? Math.max(width, NO_LINE.length) : width;
}

const partsOf = ({ line, endLine, column, endColumn }: Position): (number | null)[] => [
  line,
  endLine,
  column,
  endColumn,
];

function positionText(position: Position | null): string {
  if (position === null) return '';
  const parts = partsOf(position);
  if (parts.every(p => p === null)) return NO_LINE;
  const [line, endLine, column, endColumn] = parts.map(p => p ?? '?');
  return `${line}:${column}-${endLine}:${endColumn}`;
}

/** CPython: Lib/dis.py:_get_positions_width */
function positionsWidth(code: AnyCode): number {
  let widest = 0;
  let known = false;
  for (const position of positionsOf(code)) {
    const parts = partsOf(position);
    known ||= parts.some(p => p !== null);
    widest = Math.max(
      widest,
      parts.reduce<number>((sum, p) => sum + (p === null ? 1 : String(p).length), 0),
    );
  }
  return known ? 1 + Math.max(NO_LINE.length, POSITION_SIGNS + widest) : 0;
}

/** The highest line's number, 0 for none. */
function highest(lines: Iterable<number | null>): number {
  let last = 0;
  for (const line of lines) if (line !== null && line > last) last = line;
  return last;
}

/** What a code object is, as the version's dis.code_info tells. CPython: Lib/dis.py:_format_code_info */
export function codeInfo(code: AnyCode, repr = new ConstantRepr(code.version)): string {
  const { version } = code;
  const out = [
    `Name:              ${code.name}`,
    `Filename:          ${code.filename}`,
    `Argument count:    ${code.argcount}`,
  ];
  if (version.minor >= 8) out.push(`Positional-only arguments: ${code.posonlyargcount}`);
  out.push(
    `Kw-only arguments: ${code.kwonlyargcount}`,
    `Number of locals:  ${code.nlocals}`,
    `Stack size:        ${code.stacksize}`,
    `Flags:             ${flagNames(code).join(', ')}`,
  );
  const list = (title: string, items: readonly string[]): void => {
    if (items.length === 0) return;
    out.push(`${title}:`, ...items.map((item, i) => `${padStart(i, 4)}: ${item}`));
  };
  list(
    'Constants',
    code.consts.map(value => repr.of(value)),
  );
  list('Names', code.names);
  list('Variable names', code.varnames);
  list('Free variables', code.freevars);
  list('Cell variables', code.cellvars);
  return out.join('\n');
}

/** CPython: Lib/dis.py:pretty_flags */
export function flagNames({ flags, version }: AnyCode): string[] {
  const known = new Map(version.table.codeFlags);
  const names: string[] = [];
  for (let bit = 0; bit < 32; bit++) {
    const flag = 2 ** bit;
    if (Math.floor(flags / flag) % 2 === 1) names.push(known.get(flag) ?? `0x${flag.toString(16)}`);
  }
  return names.length === 0 ? ['0x0'] : names;
}
