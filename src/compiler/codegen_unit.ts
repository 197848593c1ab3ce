// codegen_unit.ts: what the code generator keeps for one code object while it writes it.    CPython: Python/compile.c
//
// A unit has the instruction sequence, the tables that opargs index (constants, names, variables) and the stack of
// frame blocks: loops, `try`s and `with`s around the statement being compiled, which `return`, `break` and
// `continue` must unwind.
// Invariant: each table maps a name to its index, in the order in which indices were given out.
import type { AnnAssign, stmt } from '../parser/ast.generated.ts';
import { Complex, Ellipsis, FrozenSet, PyTuple, SurrogateStr } from '../parser/constants.ts';
import { Code, type CodeConstant } from './code.ts';
import { constantKey, type IdentityKeys } from './constkey.ts';
import { InstructionSequence, type Location, UnitMetadata } from './instruction_sequence.ts';
import {
  CELL,
  DEF_COMP_CELL,
  DEF_FREE_CLASS,
  FREE,
  SCOPE_MASK,
  SCOPE_OFFSET,
  type SymtableEntry,
} from './symtable_entry.ts';

/** What kind of source a unit comes from. CPython: _PyCompile_ScopeType's numbers */
export const SCOPE_MODULE = 0;
export const SCOPE_CLASS = 1;
export const SCOPE_FUNCTION = 2;
export const SCOPE_ASYNC_FUNCTION = 3;
export const SCOPE_LAMBDA = 4;
export const SCOPE_COMPREHENSION = 5;
export const SCOPE_ANNOTATIONS = 6;

/** Kinds of frame block. CPython: _PyCompile_FBlockType */
export const FBLOCK_WHILE_LOOP = 0;
export const FBLOCK_FOR_LOOP = 1;
export const FBLOCK_ASYNC_FOR_LOOP = 2;
export const FBLOCK_TRY_EXCEPT = 3;
export const FBLOCK_FINALLY_TRY = 4;
export const FBLOCK_FINALLY_END = 5;
export const FBLOCK_WITH = 6;
export const FBLOCK_ASYNC_WITH = 7;
export const FBLOCK_HANDLER_CLEANUP = 8;
export const FBLOCK_POP_VALUE = 9;
export const FBLOCK_EXCEPTION_HANDLER = 10;
export const FBLOCK_EXCEPTION_GROUP_HANDLER = 11;
export const FBLOCK_ASYNC_COMPREHENSION_GENERATOR = 12;
export const FBLOCK_STOP_ITERATION = 13;

/** CPython: Include/cpython/code.h:CO_MAXBLOCKS */
export const CO_MAXBLOCKS = 21;

/** Where a frame block has no label. */
export const NO_LABEL = -1;

/** CPython: _PyCompile_FBlockInfo */
export class FBlock {
  readonly type: number;
  /** Label of the block itself: where `continue` goes. */
  readonly block: number;
  /** Label behind it: where `break` goes. */
  readonly exit: number;
  readonly loc: Location;
  /** Name that an except clause binds. */
  readonly name: string | null;
  /** Statements of the finally clause. */
  readonly finalbody: readonly stmt[] | null;
  constructor(
    type: number,
    loc: Location,
    block: number,
    exit: number,
    name: string | null,
    finalbody: readonly stmt[] | null,
  ) {
    this.type = type;
    this.block = block;
    this.exit = exit;
    this.loc = loc;
    this.name = name;
    this.finalbody = finalbody;
  }
}

/** Index of a name in a table, which gets it if it is new. CPython: _PyCompile_DictAddObj */
export function indexIn(table: Map<string, number>, name: string): number {
  let index = table.get(name);
  if (index === undefined) {
    index = table.size;
    table.set(name, index);
  }
  return index;
}

/** Orders names as Python does, by code points. */
export function comparePoints(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    let x = a.charCodeAt(i);
    let y = b.charCodeAt(i);
    if (x === y) continue;
    // Surrogates stand for code points above all others.
    if (x >= 0xd800 && y >= 0xd800) {
      if (x <= 0xdfff) x += 0x10000;
      if (y <= 0xdfff) y += 0x10000;
    }
    return x - y;
  }
  return a.length - b.length;
}

/** Names with the given scope or bit, in order, numbered from `offset` on. CPython: dictbytype */
function namesByScope(entry: SymtableEntry, scope: number, bit: number, offset: number): Map<string, number> {
  const names: string[] = [];
  for (const [name, symbol] of entry.symbols) {
    if (((symbol >> SCOPE_OFFSET) & SCOPE_MASK) === scope || symbol & bit) names.push(name);
  }
  const table = new Map<string, number>();
  if (names.length > 1) names.sort(comparePoints);
  for (const name of names) table.set(name, offset++);
  return table;
}

/** Code objects are equal if everything that running them depends on is. CPython: Objects/codeobject.c:code_richcompare */
function sameCode(a: Code, b: Code, identity: IdentityKeys): boolean {
  return (
    a.co_name === b.co_name &&
    a.co_firstlineno === b.co_firstlineno &&
    a.co_argcount === b.co_argcount &&
    a.co_posonlyargcount === b.co_posonlyargcount &&
    a.co_kwonlyargcount === b.co_kwonlyargcount &&
    a.co_flags === b.co_flags &&
    sameItems(a.co_code, b.co_code) &&
    sameItems(a.co_linetable, b.co_linetable) &&
    sameItems(a.co_exceptiontable, b.co_exceptiontable) &&
    sameItems(a.co_names, b.co_names) &&
    sameItems(a.co_localsplusnames, b.co_localsplusnames) &&
    a.co_consts.length === b.co_consts.length &&
    a.co_consts.every((value, i) => sameConstant(value, b.co_consts[i]!, identity))
  );
}

function sameItems<T>(a: ArrayLike<T>, b: ArrayLike<T>): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

function sameConstant(a: CodeConstant, b: CodeConstant, identity: IdentityKeys): boolean {
  if (a instanceof Code && b instanceof Code) return sameCode(a, b, identity);
  return constantKey(a, identity) === constantKey(b, identity);
}

/** Constants by index; strings and ints, the most frequent, have tables of their own. */
class Constants {
  readonly values: CodeConstant[] = [];
  private readonly byString = new Map<string, number>();
  private readonly byInt = new Map<bigint, number>();
  private none = -1;
  private byKey: Map<string, number> | null = null;
  private readonly codes: number[] = [];

  /** CPython: _PyCompile_AddConst */
  add(value: CodeConstant, identity: IdentityKeys): number {
    const { values } = this;
    if (typeof value === 'string') {
      const index = this.byString.get(value);
      if (index !== undefined) return index;
      this.byString.set(value, values.length);
    } else if (value === null) {
      if (this.none >= 0) return this.none;
      this.none = values.length;
    } else if (typeof value === 'bigint') {
      const index = this.byInt.get(value);
      if (index !== undefined) return index;
      this.byInt.set(value, values.length);
    } else if (value instanceof Code) {
      for (const index of this.codes) if (sameCode(values[index] as Code, value, identity)) return index;
      this.codes.push(values.length);
    } else {
      this.byKey ??= new Map();
      const key = constantKey(value, identity);
      const index = this.byKey.get(key);
      if (index !== undefined) return index;
      this.byKey.set(key, values.length);
    }
    return values.push(value) - 1;
  }
}

/** Counts of parameters. */
export interface Arity {
  readonly argcount?: number;
  readonly posonlyargcount?: number;
  readonly kwonlyargcount?: number;
}

/** CPython: struct compiler_unit */
export class Unit {
  readonly name: string;
  qualname = '';
  readonly scopeType: number;
  readonly entry: SymtableEntry;
  /** Name of the class around, for mangling. */
  readonly className: string | null;
  readonly firstlineno: number;
  readonly arity: Arity;

  seq: InstructionSequence = new InstructionSequence();
  /** The module's own sequence while its annotations are compiled. */
  stashed: InstructionSequence | null = null;

  readonly consts: Constants = new Constants();
  readonly names: Map<string, number> = new Map();
  readonly varnames: Map<string, number> = new Map();
  readonly cellvars: Map<string, number>;
  /** Numbered after the cells. */
  readonly freevars: Map<string, number>;
  /** Names of inlined comprehensions that are fast locals where names else are not: true while they are. */
  readonly fasthidden: Map<string, boolean> = new Map();

  readonly fblocks: FBlock[] = [];
  /** How many inlined comprehensions are being compiled. */
  inInlinedComp = 0;
  inConditionalBlock = 0;
  /** For a class: attributes that its methods assign on `self`. */
  readonly staticAttributes: Set<string> | null;
  /** Annotated assignments whose annotations __annotate__ is to evaluate. */
  deferredAnnotations: AnnAssign[] | null = null;
  /** For each of them its index in __conditional_annotations__, or -1. */
  readonly conditionalIndices: number[] = [];
  nextConditionalIndex = 0;

  /** CPython: _PyCompile_EnterScope */
  constructor(
    name: string,
    scopeType: number,
    entry: SymtableEntry,
    className: string | null,
    firstlineno: number,
    arity: Arity,
  ) {
    this.name = name;
    this.scopeType = scopeType;
    this.entry = entry;
    this.className = className;
    this.firstlineno = firstlineno;
    this.arity = arity;
    for (const variable of entry.varnames) this.varnames.set(variable, this.varnames.size);
    this.cellvars = namesByScope(entry, CELL, DEF_COMP_CELL, 0);
    if (entry.needsClassClosure) indexIn(this.cellvars, '__class__');
    if (entry.needsClassdict) indexIn(this.cellvars, '__classdict__');
    if (entry.hasConditionalAnnotations) indexIn(this.cellvars, '__conditional_annotations__');
    this.freevars = namesByScope(entry, FREE, DEF_FREE_CLASS, this.cellvars.size);
    this.staticAttributes = scopeType === SCOPE_CLASS ? new Set() : null;
  }

  /** What the assembler needs besides instructions. */
  metadata(): UnitMetadata {
    const metadata = new UnitMetadata(this.name, this.qualname);
    metadata.consts = this.consts.values;
    metadata.names = [...this.names.keys()];
    metadata.varnames = [...this.varnames.keys()];
    metadata.cellvars = [...this.cellvars.keys()];
    metadata.freevars = [...this.freevars.keys()];
    metadata.fasthidden = this.fasthidden;
    metadata.argcount = this.arity.argcount ?? 0;
    metadata.posonlyargcount = this.arity.posonlyargcount ?? 0;
    metadata.kwonlyargcount = this.arity.kwonlyargcount ?? 0;
    metadata.firstlineno = this.firstlineno;
    return metadata;
  }
}

/** Name of a constant's type, as messages show it. */
export function constantTypeName(value: CodeConstant): string {
  switch (typeof value) {
    case 'string':
      return 'str';
    case 'bigint':
      return 'int';
    case 'number':
      return 'float';
    case 'boolean':
      return 'bool';
  }
  if (value === null) return 'NoneType';
  if (value === Ellipsis) return 'ellipsis';
  if (value instanceof SurrogateStr) return 'str';
  if (value instanceof Uint8Array) return 'bytes';
  if (value instanceof Complex) return 'complex';
  if (value instanceof PyTuple) return 'tuple';
  if (value instanceof FrozenSet) return 'frozenset';
  return value instanceof Code ? 'code' : 'slice';
}
