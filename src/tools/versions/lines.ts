// lines.ts: which source line, and from 3.11 on which columns, each instruction comes from.
//                               CPython: Objects/lnotab_notes.txt (to 3.10), InternalDocs/code_objects.md (3.11 on)
//
// Three encodings: 3.6 to 3.9 pairs of increments (co_lnotab); 3.10 pairs of ranges and line increments, -128 for "no
// line"; 3.11 on entries of one to several bytes that begin with a set high bit, with columns.
import { type AnyCode, damaged } from './code.ts';

/** Offsets `start` to `end` (bytes, end excluded) come from `line`, null for none. */
export interface LineRange {
  readonly start: number;
  end: number;
  readonly line: number | null;
}

export interface Position {
  readonly line: number | null;
  readonly endLine: number | null;
  /** In UTF-8 bytes from the line's start. */
  readonly column: number | null;
  readonly endColumn: number | null;
}

const signed = (byte: number): number => (byte >= 128 ? byte - 256 : byte);

/** Where lines start, as the version's dis.findlinestarts has it. From 3.13 on null is a line, "none". */
export function findLineStarts(code: AnyCode): Map<number, number | null> {
  const { minor } = code.version;
  const starts = new Map<number, number | null>();
  if (minor < 10) {
    lnotabStarts(code, (offset, line) => starts.set(offset, line));
    return starts;
  }
  let last: number | null | undefined = minor >= 13 ? undefined : null;
  for (const { start, line } of lineRanges(code)) {
    if (line === last || (minor < 13 && line === null)) continue;
    last = line;
    starts.set(start, line);
  }
  return starts;
}

function lnotabStarts(
  { linetable, firstlineno, code, version }: AnyCode,
  start: (offset: number, line: number) => void,
): void {
  let last: number | undefined;
  let line = firstlineno;
  let offset = 0;
  for (let i = 0; i + 1 < linetable.length; i += 2) {
    const step = linetable[i]!;
    if (step !== 0) {
      if (line !== last) {
        start(offset, line);
        last = line;
      }
      offset += step;
      // Lines of code that was optimised away.
      if (version.minor >= 8 && offset >= code.length) return;
    }
    line += signed(linetable[i + 1]!);
  }
  if (line !== last) start(offset, line);
}

/** All ranges in order, adjacent ones of the same line joined. CPython: code.co_lines */
export function lineRanges(code: AnyCode): LineRange[] {
  const ranges: LineRange[] = [];
  const add = (start: number, end: number, line: number | null): void => {
    const last = ranges.at(-1);
    if (last !== undefined && last.line === line) last.end = end;
    else ranges.push({ start, end, line });
  };
  const { minor } = code.version;
  if (minor >= 11) {
    eachLocation(code, (start, end, { line }) => add(start, end, line));
  } else if (minor === 10) {
    const { linetable } = code;
    let line = code.firstlineno;
    let end = 0;
    for (let i = 0; i + 1 < linetable.length; i += 2) {
      const start = end;
      end += linetable[i]!;
      const step = signed(linetable[i + 1]!);
      if (step !== -128) line += step;
      if (end > start) add(start, end, step === -128 ? null : line);
    }
  } else {
    const starts: [number, number][] = [];
    lnotabStarts(code, (offset, line) => starts.push([offset, line]));
    starts.forEach(([offset, line], i) => {
      add(offset, starts[i + 1]?.[0] ?? code.code.length, line);
    });
  }
  return ranges;
}

/** One position for each unit (two bytes) of the code, caches included; none before 3.11. CPython: code.co_positions */
export function positions(code: AnyCode): Position[] {
  const all: Position[] = [];
  if (code.version.minor < 11) return all;
  const units = code.code.length / 2;
  eachLocation(code, (start, end, position) => {
    for (let unit = start / 2; unit < end / 2 && unit < units; unit++) all.push(position);
  });
  return all;
}

const NOWHERE: Position = { line: null, endLine: null, column: null, endColumn: null };

/** CPython: Objects/codeobject.c:positionsiter_next */
function eachLocation(code: AnyCode, visit: (start: number, end: number, position: Position) => void): void {
  const { linetable } = code;
  let at = 0;
  const byte = (): number => linetable[at++] ?? damaged('a location table that ends in an entry');
  const varint = (): number => {
    let value = 0;
    for (let scale = 1; ; scale *= 64) {
      const b = byte();
      value += (b & 63) * scale;
      if ((b & 64) === 0) return value;
      if (scale > 2 ** 30) damaged('a location table with a number beyond 32 bits');
    }
  };
  const signedVarint = (): number => {
    const value = varint();
    return value % 2 === 1 ? -Math.floor(value / 2) : value / 2;
  };
  let line = code.firstlineno;
  let end = 0;
  while (at < linetable.length) {
    const first = byte();
    if ((first & 128) === 0) damaged('a location table whose entry does not begin as one');
    const start = end;
    end += ((first & 7) + 1) * 2;
    const kind = (first >> 3) & 15;
    let position = NOWHERE;
    if (kind < 10) {
      const columns = byte();
      const column = (kind << 3) | (columns >> 4);
      position = { line, endLine: line, column, endColumn: column + (columns & 15) };
    } else if (kind < 13) {
      line += kind - 10;
      const column = byte();
      position = { line, endLine: line, column, endColumn: byte() };
    } else if (kind === 13) {
      line += signedVarint();
      position = { line, endLine: line, column: null, endColumn: null };
    } else if (kind === 14) {
      line += signedVarint();
      const endLine = line + varint();
      const column = varint() - 1;
      const endColumn = varint() - 1;
      position = { line, endLine, column: column < 0 ? null : column, endColumn: endColumn < 0 ? null : endColumn };
    }
    visit(start, end, position);
  }
}

/** A row of an exception table; offsets in bytes, end excluded. */
export interface ExceptionEntry {
  readonly start: number;
  readonly end: number;
  readonly target: number;
  /** Items of the stack that stay. */
  readonly depth: number;
  /** Whether the offset of the raising instruction is pushed too. */
  readonly lasti: boolean;
}

/** CPython: Lib/dis.py:_parse_exception_table */
export function exceptionEntries({ exceptiontable }: AnyCode): ExceptionEntry[] {
  const entries: ExceptionEntry[] = [];
  let at = 0;
  /** Highest bits first; null at the table's end. */
  const varint = (): number | null => {
    let value = 0;
    for (;;) {
      const b = exceptiontable[at++];
      if (b === undefined) return null;
      value = value * 64 + (b & 63);
      if ((b & 64) === 0) return value;
      if (value > 2 ** 32) damaged('an exception table with a number beyond 32 bits');
    }
  };
  for (;;) {
    const start = varint();
    const length = varint();
    const target = varint();
    const depthAndLasti = varint();
    if (start === null || length === null || target === null || depthAndLasti === null) return entries;
    entries.push({
      start: start * 2,
      end: (start + length) * 2,
      target: target * 2,
      depth: depthAndLasti >> 1,
      lasti: (depthAndLasti & 1) === 1,
    });
  }
}
