// code.ts: a code object of any version, and how it is read from marshal data.     CPython: Python/marshal.c, Objects/codeobject.c
//
// One class for all versions: what only some of them store is derived (varnames and cells of 3.11's localsplus) or empty
// (exception tables before 3.11). Constants are the compiler's own plain values, with AnyCode in the place of Code.
// Invariant: a VersionedCode's strings, tuples and byte strings have the right types; its numbers and tables may still be
// nonsense, which whoever decodes them must bear.
import type { Code, CodeConstant } from '../../compiler/code.ts';
import { Code as PlainCode, SliceConstant } from '../../compiler/code.ts';
import { MarshalError } from '../../compiler/marshal_format.ts';
import { CODE_LAYOUT, type CodeLayout, type MarshalBuilder, MarshalReader } from '../../compiler/marshal_reader.ts';
import { CO_FAST_CELL, CO_FAST_FREE, CO_FAST_LOCAL } from '../../opcode/operands.ts';
import { Complex, Ellipsis, FrozenSet, PyTuple, SurrogateStr } from '../../parser/constants.ts';
import { ownVersion, type Version } from './version.ts';

export type AnyConstant =
  | null
  | boolean
  | bigint
  | number
  | string
  | SurrogateStr
  | Uint8Array
  | Complex
  | PyTuple<AnyConstant>
  | FrozenSet<AnyConstant>
  | typeof Ellipsis
  | AnySlice
  | AnyCode;

export class AnySlice {
  readonly parts: readonly [AnyConstant, AnyConstant, AnyConstant];
  constructor(start: AnyConstant, stop: AnyConstant, step: AnyConstant) {
    this.parts = [start, stop, step];
  }
}

export class AnyCode {
  readonly version: Version;
  argcount = 0;
  posonlyargcount = 0;
  kwonlyargcount = 0;
  nlocals = 0;
  stacksize = 0;
  flags = 0;
  firstlineno = 0;
  code: Uint8Array = new Uint8Array(0);
  consts: readonly AnyConstant[] = [];
  names: readonly string[] = [];
  varnames: readonly string[] = [];
  cellvars: readonly string[] = [];
  freevars: readonly string[] = [];
  /** From 3.11 on: all of a frame's variables, which arguments count through. */
  localsplusnames: readonly string[] = [];
  localspluskinds: Uint8Array = new Uint8Array(0);
  filename = '';
  name = '';
  /** As stored from 3.11 on, else the name. */
  qualname = '';
  /** co_lnotab before 3.10, co_linetable since. */
  linetable: Uint8Array = new Uint8Array(0);
  exceptiontable: Uint8Array = new Uint8Array(0);

  constructor(version: Version) {
    this.version = version;
  }

  /** Code objects among the constants, in order; each once. */
  nested(): AnyCode[] {
    return [...new Set(this.consts.filter(c => c instanceof AnyCode))];
  }
}

const OLD_VALUES = ['code', 'consts', 'names', 'varnames', 'freevars', 'cellvars', 'filename', 'name', 'linetable'];

function layoutOf({ minor }: Version): CodeLayout {
  if (minor >= 11) return CODE_LAYOUT;
  const positional = minor >= 8 ? ['argcount', 'posonlyargcount'] : ['argcount'];
  return {
    numbers: [...positional, 'kwonlyargcount', 'nlocals', 'stacksize', 'flags'],
    values: OLD_VALUES,
    valuesBeforeFirstLine: 8,
  };
}

type Parts = Record<string, number | AnyConstant>;

export function damaged(what: string): never {
  throw new MarshalError('ValueError', what);
}

/** Builds AnyCode; what no code object holds is refused. */
class Builder implements MarshalBuilder<AnyConstant, Parts> {
  readonly version: Version;
  readonly none = null;
  readonly true = true;
  readonly false = false;
  readonly ellipsis: typeof Ellipsis = Ellipsis;
  constructor(version: Version) {
    this.version = version;
  }
  get stopIteration(): AnyConstant {
    return damaged('a StopIteration among the constants');
  }
  int(value: bigint | number): AnyConstant {
    return BigInt(value);
  }
  float(value: number): AnyConstant {
    return value;
  }
  complex(real: number, imag: number): AnyConstant {
    return new Complex(real, imag);
  }
  bytes(value: Uint8Array): AnyConstant {
    return value;
  }
  str(value: string | SurrogateStr): AnyConstant {
    return value;
  }
  newTuple(): AnyConstant {
    return new PyTuple<AnyConstant>([]);
  }
  setTupleItem(tuple: AnyConstant, index: number, item: AnyConstant): void {
    if (item === tuple) damaged('a tuple that holds itself');
    ((tuple as PyTuple<AnyConstant>).items as AnyConstant[])[index] = item;
  }
  newList(): AnyConstant {
    return damaged('a list among the constants');
  }
  setListItem(): void {}
  newDict(): AnyConstant {
    return damaged('a dict among the constants');
  }
  setDictItem(): void {}
  newSet(): AnyConstant {
    return damaged('a set among the constants');
  }
  addToSet(): void {}
  frozenSet(items: AnyConstant[]): AnyConstant {
    return new FrozenSet(items);
  }
  slice(start: AnyConstant, stop: AnyConstant, step: AnyConstant): AnyConstant {
    return new AnySlice(start, stop, step);
  }
  code(parts: Parts): AnyConstant {
    const code = new AnyCode(this.version);
    const number = (field: string): number => {
      const value = parts[field] as number;
      return value < 0 ? damaged(`a code object with ${field} ${value}`) : value;
    };
    const text = (field: string): string => plainString(parts[field]) ?? damaged(`co_${field} is no string`);
    const bytes = (field: string): Uint8Array => {
      const value = parts[field];
      return value instanceof Uint8Array ? value : damaged(`co_${field} is no bytes object`);
    };
    const tuple = (field: string): readonly AnyConstant[] => {
      const value = parts[field];
      return value instanceof PyTuple ? value.items : damaged(`co_${field} is no tuple`);
    };
    const strings = (field: string): string[] =>
      tuple(field).map(item => plainString(item) ?? damaged(`co_${field} holds something else than names`));
    code.argcount = number('argcount');
    code.kwonlyargcount = number('kwonlyargcount');
    code.stacksize = number('stacksize');
    code.flags = (parts['flags'] as number) >>> 0;
    code.firstlineno = parts['firstlineno'] as number;
    code.code = bytes('code');
    if (code.code.length % 2 !== 0) damaged('a code object with half an instruction');
    code.consts = tuple('consts');
    code.names = strings('names');
    code.filename = text('filename');
    code.name = text('name');
    code.linetable = bytes('linetable');
    if (this.version.minor >= 8) code.posonlyargcount = number('posonlyargcount');
    if (this.version.minor >= 11) {
      code.qualname = text('qualname');
      code.exceptiontable = bytes('exceptiontable');
      setLocals(code, strings('localsplusnames'), bytes('localspluskinds'));
    } else {
      code.qualname = code.name;
      code.nlocals = number('nlocals');
      code.varnames = strings('varnames');
      code.cellvars = strings('cellvars');
      code.freevars = strings('freevars');
    }
    return code;
  }
}

function plainString(value: number | AnyConstant | undefined): string | null {
  if (value instanceof SurrogateStr) return String.fromCodePoint(...value.points);
  return typeof value === 'string' ? value : null;
}

function setLocals(code: AnyCode, names: readonly string[], kinds: Uint8Array): void {
  if (names.length !== kinds.length) damaged('co_localsplusnames and co_localspluskinds differ in length');
  const having = (kind: number): string[] => names.filter((_, i) => (kinds[i]! & kind) !== 0);
  code.localsplusnames = names;
  code.localspluskinds = kinds;
  code.varnames = having(CO_FAST_LOCAL);
  code.cellvars = having(CO_FAST_CELL);
  code.freevars = having(CO_FAST_FREE);
  code.nlocals = code.varnames.length;
}

/** Reads the marshalled code object at `position`. Throws MarshalError. */
export function readCode(data: Uint8Array, position: number, version: Version): AnyCode {
  const builder = new Builder(version);
  const value = new MarshalReader(data, builder, position, true, null, layoutOf(version)).read();
  if (!(value instanceof AnyCode)) throw new MarshalError('ValueError', 'no code object');
  return value;
}

/** A code object of our own compiler's. */
export function fromCompiler(plain: Code): AnyCode {
  const code = new AnyCode(ownVersion());
  code.argcount = plain.co_argcount;
  code.posonlyargcount = plain.co_posonlyargcount;
  code.kwonlyargcount = plain.co_kwonlyargcount;
  code.stacksize = plain.co_stacksize;
  code.flags = plain.co_flags;
  code.firstlineno = plain.co_firstlineno;
  code.code = plain.co_code;
  code.consts = plain.co_consts.map(constantFromCompiler);
  code.names = plain.co_names;
  code.filename = plain.co_filename;
  code.name = plain.co_name;
  code.qualname = plain.co_qualname;
  code.linetable = plain.co_linetable;
  code.exceptiontable = plain.co_exceptiontable;
  setLocals(code, plain.co_localsplusnames, plain.co_localspluskinds);
  return code;
}

function constantFromCompiler(value: CodeConstant): AnyConstant {
  if (value instanceof PlainCode) return fromCompiler(value);
  if (value instanceof SliceConstant) {
    return new AnySlice(
      constantFromCompiler(value.start),
      constantFromCompiler(value.stop),
      constantFromCompiler(value.step),
    );
  }
  // `a[1:2, 3]` has a slice in a tuple; sets and code objects in tuples hold neither.
  if (value instanceof PyTuple) return new PyTuple(value.items.map(constantFromCompiler));
  return value as Exclude<CodeConstant, Code | SliceConstant> as AnyConstant;
}
