// instructions.ts: the instructions of a code object of any version.                                       CPython: Lib/dis.py
//
// What an argument means and how dis words it changed from version to version; each change is a test of `minor` here, and
// nowhere else. Invariant: `argrepr`, labels and line starts are those that the version's own dis gives.
import { type AnyCode, damaged } from './code.ts';
import { ConstantRepr } from './constant_repr.ts';
import {
  type ExceptionEntry,
  exceptionEntries,
  findLineStarts,
  lineRanges,
  type Position,
  positions,
} from './lines.ts';
import type { Opcode, Version } from './version.ts';

export interface Instruction {
  /** In bytes; of the instruction itself, behind its EXTENDED_ARG prefixes. */
  readonly offset: number;
  readonly opcode: Opcode;
  /** Null where the opcode has none. */
  readonly arg: number | null;
  /** What dis shows of the argument in parentheses, '' for nothing. */
  readonly argrepr: string;
  /** Where it jumps to, in bytes. */
  readonly target: number | null;
  /** The line it comes from. */
  readonly line: number | null;
  /** Whether dis shows the line's number here. */
  readonly startsLine: boolean;
  readonly isJumpTarget: boolean;
  /** From 3.13 on jump targets and ends of handled ranges are numbered. */
  readonly label: number | null;
  readonly position: Position | null;
}

export interface CachePart {
  readonly name: string;
  readonly units: number;
  readonly value: bigint;
}

export interface Disassembly {
  readonly code: AnyCode;
  readonly instructions: readonly Instruction[];
  readonly exceptions: readonly ExceptionEntry[];
  readonly lineStarts: ReadonlyMap<number, number | null>;
  /** Numbers of the labels by offset. */
  readonly labels: ReadonlyMap<number, number>;
}

interface RawInstruction {
  readonly offset: number;
  readonly opcode: Opcode;
  /** The general form's, for a specialised one. */
  readonly base: Opcode;
  readonly arg: number | null;
}

/** CPython: Lib/dis.py:_unpack_opargs */
function unpack({ code, version }: AnyCode): RawInstruction[] {
  const raw: RawInstruction[] = [];
  const { minor, opcodes } = version;
  let prefix = 0;
  for (let offset = 0; offset < code.length; offset += 2) {
    const opcode = opcodes[code[offset]!]!;
    const base = opcodes[opcode.base]!;
    let arg: number | null = null;
    if (base.arg) {
      arg = prefix + code[offset + 1]!;
      prefix = base.name === 'EXTENDED_ARG' ? arg * 256 : 0;
      // An int of 32 bits since 3.11; before, no compiler makes more than three prefixes.
      if (prefix >= 2 ** 31) {
        if (minor >= 11) prefix -= 2 ** 32;
        else if (prefix >= 2 ** 40) damaged(`too many EXTENDED_ARG at offset ${offset}`);
      }
    } else if (minor >= 10) {
      prefix = 0;
    }
    raw.push({ offset, opcode, base, arg });
    offset += base.cacheUnits * 2;
  }
  return raw;
}

/** Whether a jump's argument counts backwards. */
function isBackward({ name }: Opcode, minor: number): boolean {
  if (minor < 13) return name.includes('JUMP_BACKWARD');
  return (
    name === 'JUMP_BACKWARD' ||
    name === 'JUMP_BACKWARD_NO_INTERRUPT' ||
    // No jump, but it names the SEND that it belongs to.
    (name === 'END_ASYNC_FOR' && minor >= 14)
  );
}

/** The target of a jump, null for other instructions. CPython: Lib/dis.py:_get_jump_target */
function jumpTarget({ offset, base, arg }: RawInstruction, minor: number): number | null {
  if (arg === null) return null;
  if (base.kind === 'jabs') return minor >= 10 ? arg * 2 : arg;
  if (base.kind !== 'jrel') return null;
  if (minor < 10) return offset + 2 + arg;
  const distance = isBackward(base, minor) ? -arg : arg;
  return offset + 2 + distance * 2 + (minor >= 12 ? base.cacheUnits * 2 : 0);
}

/** Decodes the whole of a code object, nested ones excluded. */
export function disassemble(code: AnyCode, repr = new ConstantRepr(code.version)): Disassembly {
  const { minor } = code.version;
  const raw = unpack(code);
  const exceptions = minor >= 11 ? exceptionEntries(code) : [];
  const lineStarts = findLineStarts(code);
  const where = positions(code);
  const targets = new Set<number>();
  for (const each of raw) {
    const target = jumpTarget(each, minor);
    if (target !== null) targets.add(target);
  }
  for (const { start, end, target } of exceptions) {
    if (minor >= 13) targets.add(start).add(end);
    if (minor >= 13 || start < end) targets.add(target);
  }
  const labels = new Map<number, number>();
  if (minor >= 13) for (const offset of [...targets].sort((a, b) => a - b)) labels.set(offset, labels.size + 1);
  const words = new Arguments(code, repr, labels);
  const lines = lineOf(code);
  const instructions = raw.map((each): Instruction => {
    const { offset, opcode } = each;
    const target = jumpTarget(each, minor);
    return {
      offset,
      opcode,
      arg: each.arg,
      argrepr: words.argrepr(each, target),
      target,
      line: lines(offset),
      startsLine: lineStarts.has(offset),
      isJumpTarget: targets.has(offset),
      label: labels.get(offset) ?? null,
      position: where[offset / 2] ?? null,
    };
  });
  return { code, instructions, exceptions, lineStarts, labels };
}

/** A function from ascending offsets to lines. */
function lineOf(code: AnyCode): (offset: number) => number | null {
  const ranges = lineRanges(code);
  let at = 0;
  return offset => {
    while (at < ranges.length && ranges[at]!.end <= offset) at++;
    const range = ranges[at];
    return range !== undefined && range.start <= offset ? range.line : null;
  };
}

/** Contents of the inline cache behind an instruction. */
export function cachesOf({ code: { code, version } }: Disassembly, { offset, opcode }: Instruction): CachePart[] {
  let at = offset + 2;
  return version.opcodes[opcode.base]!.cache.map(([name, units]) => {
    let value = 0n;
    for (let i = units * 2 - 1; i >= 0; i--) value = value * 256n + BigInt(code[at + i] ?? 0);
    // 3.13's dis reads every part at the place of the first.
    if (version.minor !== 13) at += units * 2;
    return { name, units, value };
  });
}

const CONVERSIONS = ['', 'str', 'repr', 'ascii'];

/** Words arguments. CPython: Lib/dis.py:ArgResolver.get_argval_argrepr, _get_instructions_bytes before 3.13 */
class Arguments {
  private readonly code: AnyCode;
  private readonly version: Version;
  private readonly repr: ConstantRepr;
  private readonly labels: ReadonlyMap<number, number>;
  private readonly cells: readonly string[];

  constructor(code: AnyCode, repr: ConstantRepr, labels: ReadonlyMap<number, number>) {
    this.code = code;
    this.version = code.version;
    this.repr = repr;
    this.labels = labels;
    this.cells = [...code.cellvars, ...code.freevars];
  }

  argrepr(raw: RawInstruction, target: number | null): string {
    const { base, arg } = raw;
    if (arg === null) return '';
    const { minor, table } = this.version;
    const pick = <T>(list: readonly T[], index: number, what: string): T => {
      const item = list[index];
      if (item !== undefined) return item;
      return damaged(
        `${base.name} ${arg} at offset ${raw.offset} of ${this.code.qualname}, but there are ${list.length} ${what}`,
      );
    };
    switch (base.kind) {
      case 'const':
        // 3.11's dis knows the names of a call's keywords only by number.
        if (minor === 11 && base.name !== 'LOAD_CONST') return '';
        return this.repr.of(pick(this.code.consts, arg, 'constants'));
      case 'name':
        return this.named(base, arg, index => pick(this.code.names, index, 'names'));
      case 'jabs':
        return minor >= 10 ? `to ${target}` : '';
      case 'jrel':
        if (minor < 13) return `to ${target}`;
        return `${base.name === 'END_ASYNC_FOR' ? 'from' : 'to'} L${this.labels.get(target!)}`;
      case 'local': {
        if (minor < 11) return pick(this.code.varnames, arg, 'local variables');
        const local = (index: number): string => pick(this.code.localsplusnames, index, 'variables');
        return /_FAST_(BORROW_)?(LOAD|STORE)_FAST/.test(base.name)
          ? `${local(arg >> 4)}, ${local(arg & 15)}`
          : local(arg);
      }
      case 'free':
        return pick(minor < 11 ? this.cells : this.code.localsplusnames, arg, 'cells and free variables');
      case 'compare': {
        const operator = pick(
          table.compareOperators,
          minor >= 13 ? arg >> 5 : minor === 12 ? arg >> 4 : arg,
          'comparisons',
        );
        return minor >= 13 && arg & 16 ? `bool(${operator})` : operator;
      }
    }
    switch (base.name) {
      case 'FORMAT_VALUE': {
        const conversion = CONVERSIONS[arg & 3]!;
        if ((arg & 4) === 0) return conversion;
        return conversion === '' ? 'with format' : `${conversion}, with format`;
      }
      case 'CONVERT_VALUE':
        return pick(CONVERSIONS, arg, 'conversions');
      case 'MAKE_FUNCTION':
      case 'SET_FUNCTION_ATTRIBUTE':
        return table.functionFlags.filter((_, bit) => arg & (1 << bit)).join(', ');
      case 'BINARY_OP':
        return pick(table.binaryOperators, arg, 'operators');
      case 'CALL_INTRINSIC_1':
        return pick(table.intrinsics1, arg, 'functions');
      case 'CALL_INTRINSIC_2':
        return pick(table.intrinsics2, arg, 'functions');
      case 'LOAD_COMMON_CONSTANT':
        return pick(table.commonConstants, arg, 'common constants');
      case 'LOAD_SPECIAL':
        return pick(table.specialMethods, arg, 'special methods');
      case 'IS_OP':
        return minor < 14 ? '' : arg ? 'is not' : 'is';
      case 'CONTAINS_OP':
        return minor < 14 ? '' : arg ? 'not in' : 'in';
    }
    return '';
  }

  /** Since 3.11 low bits of some arguments ask for a second value. */
  private named({ name }: Opcode, arg: number, pick: (index: number) => string): string {
    const { minor } = this.version;
    let shift = 0;
    let second = '';
    if (name === 'LOAD_GLOBAL' && minor >= 11) [shift, second] = [1, 'NULL'];
    else if (name === 'LOAD_ATTR' && minor >= 12) [shift, second] = [1, 'NULL|self'];
    else if (name === 'LOAD_SUPER_ATTR') [shift, second] = [2, 'NULL|self'];
    else if (name === 'IMPORT_NAME' && minor >= 15) shift = 2;
    const text = pick(arg >> shift);
    if (name === 'IMPORT_NAME' && minor >= 15 && text !== '') return arg & 1 ? `${text} + lazy` : arg & 2 ? `${text} + eager` : text;
    if (shift === 0 || (arg & 1) === 0 || text === '') return text;
    return minor >= 13 ? `${text} + ${second}` : `${second} + ${text}`;
  }
}
