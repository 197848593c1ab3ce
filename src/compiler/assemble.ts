// assemble.ts: from optimised instructions to a code object.                CPython: Python/assemble.c
//
// Bytecode is made of two-byte units: opcode and the oparg's low byte; EXTENDED_ARG before it holds higher bytes,
// and zeroed inline caches follow. Beside it stand the location table (which source range an instruction is from)
// and the exception table (which handler protects a range), both in variable-length integers.
// Enter through: optimizeAndAssemble; assemble for instructions that are to be left as they are.
import {
  END_ASYNC_FOR,
  EXTENDED_ARG,
  HAS_JUMP,
  JUMP,
  JUMP_BACKWARD,
  JUMP_BACKWARD_NO_INTERRUPT,
  JUMP_FORWARD,
  JUMP_NO_INTERRUPT,
  OPCODE_CACHES,
  OPCODE_FLAGS,
} from '../opcode/opcodes.generated.ts';
import {
  CO_FAST_ARG_KW,
  CO_FAST_ARG_POS,
  CO_FAST_ARG_VAR,
  CO_FAST_CELL,
  CO_FAST_FREE,
  CO_FAST_HIDDEN,
  CO_FAST_LOCAL,
  CO_VARARGS,
  CO_VARKEYWORDS,
} from '../opcode/operands.ts';
import { Code, type CodeConstant } from './code.ts';
import type { BasicBlock } from './flowgraph/block.ts';
import { isJump, isScopeExit } from './flowgraph/block.ts';
import { buildGraph, labelExceptionTargets } from './flowgraph/build.ts';
import { type FinishedUnit, finishUnit, optimizeUnit, type PassWatcher } from './flowgraph.ts';
import {
  type Instr,
  type InstructionSequence,
  type Location,
  NO_LOCATION,
  type UnitMetadata,
} from './instruction_sequence.ts';

/** Kinds of location entry. CPython: Include/internal/pycore_code.h:_PyCodeLocationInfoKind */
const LOCATION_ONE_LINE0 = 10;
const LOCATION_NO_COLUMNS = 13;
const LOCATION_LONG = 14;
const LOCATION_NONE = 15;

/** From END_ASYNC_FOR's SEND to the END_SEND behind it, in units. */
const END_SEND_OFFSET = 5;

/** A growing byte string. */
class Bytes {
  private bytes: Uint8Array<ArrayBuffer> = new Uint8Array(64);
  private length = 0;
  push(byte: number): void {
    if (this.length === this.bytes.length) {
      const grown = new Uint8Array(this.length * 2);
      grown.set(this.bytes);
      this.bytes = grown;
    }
    this.bytes[this.length++] = byte;
  }
  finish(): Uint8Array {
    return this.bytes.slice(0, this.length);
  }
}

/** Six bits a byte, low bits first; bit 6 says that more follow. */
function pushVarint(out: Bytes, value: number): void {
  while (value >= 64) {
    out.push(64 | (value & 63));
    value >>>= 6;
  }
  out.push(value);
}

/** The sign goes to the lowest bit. */
function pushSignedVarint(out: Bytes, value: number): void {
  pushVarint(out, value < 0 ? ((-value << 1) | 1) >>> 0 : value << 1);
}

/** Length in units, caches and EXTENDED_ARGs included. CPython: instr_size */
function instrSize(opcode: number, oparg: number): number {
  return 1 + OPCODE_CACHES[opcode]! + (oparg > 0xff ? (oparg > 0xffff ? (oparg > 0xffffff ? 3 : 2) : 1) : 0);
}

function directed(opcode: number, forward: boolean): number {
  if (opcode === JUMP) return forward ? JUMP_FORWARD : JUMP_BACKWARD;
  if (opcode === JUMP_NO_INTERRUPT) return forward ? JUMP_FORWARD : JUMP_BACKWARD_NO_INTERRUPT;
  return opcode;
}

/** Fixes the direction and distance of jumps; answers the offset of every instruction, and of the end. CPython: resolve_unconditional_jumps, resolve_jump_offsets */
function resolveJumps(instrs: readonly Instr[]): Int32Array {
  const offsets = new Int32Array(instrs.length + 1);
  const jumps: number[] = [];
  for (let i = 0; i < instrs.length; i++) {
    const instr = instrs[i]!;
    if ((OPCODE_FLAGS[instr.opcode]! & HAS_JUMP) === 0) continue;
    const target = instr.target!.index;
    instr.opcode = directed(instr.opcode, target > i);
    // A first guess at the distance; it decides whether jumps around it get an EXTENDED_ARG to begin with.
    instr.oparg = target;
    jumps.push(i);
  }
  for (let grown = true; grown; ) {
    let offset = 0;
    for (let i = 0; i < instrs.length; i++) {
      offsets[i] = offset;
      offset += instrSize(instrs[i]!.opcode, instrs[i]!.oparg);
    }
    offsets[instrs.length] = offset;
    grown = false;
    for (const i of jumps) {
      const instr = instrs[i]!;
      const size = instrSize(instr.opcode, instr.oparg);
      const distance = offsets[instr.target!.index]! - (offsets[i]! + size);
      if (instr.opcode === END_ASYNC_FOR) instr.oparg = -distance - END_SEND_OFFSET;
      else instr.oparg = Math.abs(distance);
      if (instrSize(instr.opcode, instr.oparg) !== size) grown = true;
    }
  }
  return offsets;
}

/** CPython: write_instr */
function writeCode(instrs: readonly Instr[], units: number): Uint8Array {
  const code = new Uint8Array(units * 2);
  let at = 0;
  for (const { opcode, oparg } of instrs) {
    if (oparg > 0xff) {
      if (oparg > 0xffffff) {
        code[at++] = EXTENDED_ARG;
        code[at++] = oparg >>> 24;
      }
      if (oparg > 0xffff) {
        code[at++] = EXTENDED_ARG;
        code[at++] = oparg >>> 16;
      }
      code[at++] = EXTENDED_ARG;
      code[at++] = oparg >>> 8;
    }
    code[at++] = opcode;
    code[at++] = oparg;
    at += OPCODE_CACHES[opcode]! * 2; // CACHE is 0
  }
  return code;
}

/** Writes location entries, each for up to eight units. CPython: assemble_location_info */
class LocationWriter {
  private readonly out = new Bytes();
  private line: number;
  constructor(firstLine: number) {
    this.line = firstLine;
  }

  /** `units` instructions' units from one location. */
  write(loc: Location, units: number): void {
    for (; units > 8; units -= 8) this.entry(loc, 8);
    if (units > 0) this.entry(loc, units);
  }

  finish(): Uint8Array {
    return this.out.finish();
  }

  /** CPython: write_location_info_entry */
  private entry(loc: Location, units: number): void {
    const { lineno, end_lineno, col_offset: column, end_col_offset: endColumn } = loc;
    if (lineno === NO_LOCATION.lineno) {
      this.start(LOCATION_NONE, units);
      return;
    }
    const delta = lineno - this.line;
    if (column < 0 || endColumn < 0) {
      if (end_lineno === lineno || end_lineno < 0) {
        this.start(LOCATION_NO_COLUMNS, units);
        pushSignedVarint(this.out, delta);
        this.line = lineno;
        return;
      }
    } else if (end_lineno === lineno) {
      const width = endColumn - column;
      if (delta === 0 && column < 80 && width >= 0 && width < 16) {
        this.start(column >> 3, units);
        this.out.push(((column & 7) << 4) | width);
        return;
      }
      if (delta >= 0 && delta < 3 && column < 128 && endColumn < 128) {
        this.start(LOCATION_ONE_LINE0 + delta, units);
        this.out.push(column);
        this.out.push(endColumn);
        this.line = lineno;
        return;
      }
    }
    this.start(LOCATION_LONG, units);
    pushSignedVarint(this.out, delta);
    pushVarint(this.out, end_lineno - lineno);
    pushVarint(this.out, column + 1);
    pushVarint(this.out, endColumn + 1);
    this.line = lineno;
  }

  private start(kind: number, units: number): void {
    this.out.push(0x80 | (kind << 3) | (units - 1));
  }
}

function sameLocation(a: Location, b: Location): boolean {
  return (
    a === b ||
    (a.lineno === b.lineno &&
      a.col_offset === b.col_offset &&
      a.end_lineno === b.end_lineno &&
      a.end_col_offset === b.end_col_offset)
  );
}

function writeLocations(instrs: readonly Instr[], offsets: Int32Array, firstLine: number): Uint8Array {
  // NEXT_LOCATION takes the location of what follows, which an exit or a jump has not got.
  for (let i = instrs.length - 1; i >= 0; i--) {
    const instr = instrs[i]!;
    if (instr.loc.lineno !== -2) continue;
    const ends = i + 1 === instrs.length || isJump(instr.opcode) || isScopeExit(instr.opcode);
    instr.loc = ends ? NO_LOCATION : instrs[i + 1]!.loc;
  }
  const writer = new LocationWriter(firstLine);
  let start = 0;
  for (let i = 1; i <= instrs.length; i++) {
    if (i < instrs.length && sameLocation(instrs[i]!.loc, instrs[start]!.loc)) continue;
    writer.write(instrs[start]!.loc, offsets[i]! - offsets[start]!);
    start = i;
  }
  return writer.finish();
}

/** Six bits a byte, high bits first; bit 7 begins an entry. CPython: assemble_emit_exception_table_item */
function pushTableItem(out: Bytes, value: number, first: number): void {
  let shift = 24;
  while (shift > 0 && value < 1 << shift) shift -= 6;
  for (; shift > 0; shift -= 6) {
    out.push(((value >> shift) & 63) | 64 | first);
    first = 0;
  }
  out.push((value & 63) | first);
}

/** CPython: assemble_exception_table */
function writeExceptionTable(instrs: readonly Instr[], offsets: Int32Array): Uint8Array {
  const out = new Bytes();
  let handler: BasicBlock | null = null;
  let start = 0;
  for (let i = 0; i <= instrs.length; i++) {
    const except = i < instrs.length ? instrs[i]!.except : null;
    if (except === handler || (except !== null && handler !== null && except.index === handler.index)) continue;
    if (handler !== null) {
      const depth = handler.startDepth - 1 - (handler.preserveLasti ? 1 : 0);
      pushTableItem(out, offsets[start]!, 128);
      pushTableItem(out, offsets[i]! - offsets[start]!, 0);
      pushTableItem(out, offsets[handler.index]!, 0);
      pushTableItem(out, (depth << 1) | (handler.preserveLasti ? 1 : 0), 0);
    }
    start = i;
    handler = except;
  }
  return out.finish();
}

/** Names and kinds of the local slots: locals, then cells that are none of them, then free variables. CPython: compute_localsplus_info */
function describeLocals(code: Code, unit: UnitMetadata, codeFlags: number, slots: number): void {
  const names: string[] = [];
  const kinds = new Uint8Array(slots);
  const isCell = unit.cellvars.length > 0 ? new Set(unit.cellvars) : null;
  const parameterKinds: readonly [count: number, kind: number][] = [
    [unit.posonlyargcount, CO_FAST_ARG_POS],
    [unit.argcount, CO_FAST_ARG_POS | CO_FAST_ARG_KW],
    [unit.kwonlyargcount, CO_FAST_ARG_KW],
    [codeFlags & CO_VARARGS ? 1 : 0, CO_FAST_ARG_VAR | CO_FAST_ARG_POS],
    [codeFlags & CO_VARKEYWORDS ? 1 : 0, CO_FAST_ARG_VAR | CO_FAST_ARG_KW],
  ];
  for (const name of unit.varnames) {
    const hidden = unit.fasthidden.has(name) ? CO_FAST_HIDDEN : 0;
    kinds[names.length] = CO_FAST_LOCAL | hidden | (isCell?.has(name) ? CO_FAST_CELL : 0);
    names.push(name);
  }
  let at = 0;
  for (const [count, kind] of parameterKinds) for (const end = at + count; at < end; at++) kinds[at]! |= kind;
  const isLocal = isCell === null ? null : new Set(unit.varnames);
  for (const name of unit.cellvars) {
    if (isLocal!.has(name)) continue;
    kinds[names.length] = CO_FAST_CELL;
    names.push(name);
  }
  for (const name of unit.freevars) {
    kinds[names.length] = CO_FAST_FREE;
    names.push(name);
  }
  code.co_localsplusnames = names;
  code.co_localspluskinds = kinds;
}

/** Makes a code object of final instructions. CPython: _PyAssemble_MakeCodeObject */
export function assemble(
  finished: FinishedUnit,
  unit: UnitMetadata,
  consts: CodeConstant[],
  codeFlags: number,
  filename: string,
): Code {
  const { instrs } = finished;
  const offsets = resolveJumps(instrs);
  const code = new Code();
  code.co_argcount = unit.posonlyargcount + unit.argcount;
  code.co_posonlyargcount = unit.posonlyargcount;
  code.co_kwonlyargcount = unit.kwonlyargcount;
  code.co_stacksize = finished.stackSize;
  code.co_flags = codeFlags;
  code.co_code = writeCode(instrs, offsets[instrs.length]!);
  code.co_consts = consts;
  code.co_names = unit.names.slice();
  code.co_filename = filename;
  code.co_name = unit.name;
  code.co_qualname = unit.qualname;
  code.co_firstlineno = unit.firstlineno;
  code.co_linetable = writeLocations(instrs, offsets, unit.firstlineno);
  code.co_exceptiontable = writeExceptionTable(instrs, offsets);
  describeLocals(code, unit, codeFlags, finished.localSlots);
  return code;
}

/** Told of each unit before it is optimised; says who is to see its passes. */
export type UnitWatcher = (unit: UnitMetadata, consts: readonly CodeConstant[]) => PassWatcher;

/** Turns a unit's instructions, which are used up, into its code object. CPython: Python/compile.c:optimize_and_assemble_code_unit */
export function optimizeAndAssemble(
  sequence: InstructionSequence,
  unit: UnitMetadata,
  codeFlags: number,
  filename: string,
  watchUnit: UnitWatcher | null = null,
): Code {
  const consts = unit.consts.slice();
  const parameterCount =
    unit.posonlyargcount +
    unit.argcount +
    unit.kwonlyargcount +
    (codeFlags & CO_VARARGS ? 1 : 0) +
    (codeFlags & CO_VARKEYWORDS ? 1 : 0);
  const watch = watchUnit === null ? null : watchUnit(unit, consts);
  const entry = optimizeUnit(sequence, consts, unit.varnames.length, parameterCount, watch);
  return assemble(finishUnit(entry, unit, codeFlags, watch), unit, consts, codeFlags, filename);
}

/** Assembles instructions as they are: labels become jumps and handlers, and nothing is optimised. CPython: Python/compile.c:_PyCompile_Assemble */
export function assembleSequence(
  sequence: InstructionSequence,
  unit: UnitMetadata,
  codeFlags: number,
  filename: string,
): Code {
  const entry = buildGraph(sequence);
  labelExceptionTargets(entry);
  return assemble(finishUnit(entry, unit, codeFlags), unit, unit.consts.slice(), codeFlags, filename);
}
