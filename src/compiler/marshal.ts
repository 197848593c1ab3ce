// marshal.ts: the serialised form of constants and code objects.                     CPython: Python/marshal.c
//
// A value is a type byte and its payload, little-endian. The type byte's top bit (FLAG_REF) gives the value the
// next number in a list, and TYPE_REF n stands for it from then on; writer and reader number alike.
// Errors are MarshalErrors with CPython's type and text.
// Enter through: dumps, loads; marshal_reader.ts with a builder of one's own.
import { CO_FAST_LOCAL, CO_VARARGS, CO_VARKEYWORDS } from '../opcode/operands.ts';
import { Complex, Ellipsis, FrozenSet, PyTuple, SurrogateStr } from '../parser/constants.ts';
import { Code, type CodeConstant, SliceConstant } from './code.ts';
import { constantKey, IdentityKeys } from './constkey.ts';
import {
  encodeUtf8,
  FLAG_REF,
  formatG17,
  MARSHAL_VERSION,
  MAX_MARSHAL_STACK_DEPTH,
  MarshalError,
  MarshalOutput,
  TYPE_BINARY_COMPLEX,
  TYPE_BINARY_FLOAT,
  TYPE_CODE,
  TYPE_COMPLEX,
  TYPE_ELLIPSIS,
  TYPE_FALSE,
  TYPE_FLOAT,
  TYPE_FROZENSET,
  TYPE_INTERNED,
  TYPE_NONE,
  TYPE_REF,
  TYPE_SLICE,
  TYPE_SMALL_TUPLE,
  TYPE_STRING,
  TYPE_TRUE,
  TYPE_TUPLE,
  TYPE_UNICODE,
} from './marshal_format.ts';
import { type CodeParts, type MarshalBuilder, MarshalReader } from './marshal_reader.ts';

/**
 * Strings that read like names are interned when a code object is made, and single characters up to U+00FF exist
 * once anyway. CPython: Objects/codeobject.c:should_intern_string
 */
function isInterned(text: string): boolean {
  if (text.length === 1 && text.charCodeAt(0) < 256) return true;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (!((c >= 97 && c <= 122) || (c >= 65 && c <= 90) || (c >= 48 && c <= 57) || c === 95)) return false;
  }
  return true;
}

class Writer {
  readonly out = new MarshalOutput();
  private readonly version: number;
  private readonly identity = new IdentityKeys();
  /** Numbers of what was written with FLAG_REF, by key. */
  private readonly refs: Map<string, number> | null;
  private depth = 0;

  constructor(version: number) {
    this.version = version;
    this.refs = version >= 3 ? new Map() : null;
  }

  value(value: CodeConstant): void {
    if (++this.depth > MAX_MARSHAL_STACK_DEPTH)
      throw new MarshalError('ValueError', 'object too deeply nested to marshal');
    const { out } = this;
    if (value === null) out.byte(TYPE_NONE);
    else if (value === true) out.byte(TYPE_TRUE);
    else if (value === false) out.byte(TYPE_FALSE);
    else if (value === Ellipsis) out.byte(TYPE_ELLIPSIS);
    else if (typeof value === 'string') this.str(value, isInterned(value));
    else if (typeof value === 'bigint') {
      // Small ints are shared objects everywhere.
      const small = value >= -5n && value <= 256n;
      if (!small || !this.shared(`i${value}`)) out.int(value, small ? this.flag() : 0);
    } else if (typeof value === 'number') this.float(value);
    else if (value instanceof SurrogateStr) out.str(value, false, 0);
    else if (value instanceof Code) {
      if (!this.shared(constantKey(value, this.identity))) this.code(value);
    } else if (value instanceof PyTuple) {
      if (!this.shared(constantKey(value, this.identity))) this.tuple(value.items, this.flag());
    } else if (value instanceof FrozenSet) this.frozenSet(value.items);
    else if (value instanceof Uint8Array) this.bytes(value);
    else if (value instanceof Complex) this.complex(value);
    else if (value instanceof SliceConstant) {
      if (this.version < 5) throw new MarshalError('ValueError', 'unmarshallable object');
      out.byte(TYPE_SLICE);
      this.value(value.start);
      this.value(value.stop);
      this.value(value.step);
    } else throw new MarshalError('ValueError', 'unmarshallable object');
    this.depth--;
  }

  private flag(): number {
    return this.refs === null ? 0 : FLAG_REF;
  }

  /** Writes a reference if the value was written before; else the caller must write it, with FLAG_REF. */
  private shared(key: string): boolean {
    if (this.refs === null) return false;
    const number = this.refs.get(key);
    if (number === undefined) {
      this.refs.set(key, this.refs.size);
      return false;
    }
    this.out.byte(TYPE_REF);
    this.out.long(number);
    return true;
  }

  private str(value: string, interned: boolean): void {
    if (this.version < 4) {
      // Before the ASCII types (version 4) and interning by name.
      const encoded = encodeUtf8(value);
      if (interned && this.version >= 3 && this.shared(`s${value}`)) return;
      this.out.byte(interned && this.version >= 3 ? TYPE_INTERNED | FLAG_REF : TYPE_UNICODE);
      this.out.long(encoded.length);
      this.out.raw(encoded);
      return;
    }
    if (interned) {
      if (!this.shared(`s${value}`)) this.out.str(value, true, this.flag());
    } else this.out.str(value, false, 0);
  }

  /** Names, which are interned whatever they look like. */
  private names(names: readonly string[]): void {
    const key = constantKey(new PyTuple(names), this.identity);
    if (this.shared(key)) return;
    this.tupleHead(names.length, this.flag());
    for (const name of names) this.str(name, true);
  }

  private tupleHead(size: number, flag: number): void {
    if (this.version >= 4 && size < 256) {
      this.out.byte(TYPE_SMALL_TUPLE | flag);
      this.out.byte(size);
    } else {
      this.out.byte(TYPE_TUPLE | flag);
      this.out.long(size);
    }
  }

  private tuple(items: readonly CodeConstant[], flag: number): void {
    this.tupleHead(items.length, flag);
    for (const item of items) this.value(item);
  }

  /** In the order of the items' own serialised forms, so that equal sets are written alike. */
  private frozenSet(items: readonly CodeConstant[]): void {
    this.out.byte(TYPE_FROZENSET);
    this.out.long(items.length);
    const keyed: { item: CodeConstant; dump: Uint8Array }[] = [];
    for (const item of items) keyed.push({ item, dump: dumps(item, this.version) });
    keyed.sort((a, b) => compareBytes(a.dump, b.dump));
    for (const { item } of keyed) this.value(item);
  }

  private bytes(value: Uint8Array): void {
    this.out.byte(TYPE_STRING);
    this.out.long(value.length);
    this.out.raw(value);
  }

  private float(value: number): void {
    if (this.version > 1) {
      this.out.byte(TYPE_BINARY_FLOAT);
      this.out.float(value);
    } else {
      this.out.byte(TYPE_FLOAT);
      this.floatText(value);
    }
  }

  private complex({ real, imag }: Complex): void {
    if (this.version > 1) {
      this.out.byte(TYPE_BINARY_COMPLEX);
      this.out.float(real);
      this.out.float(imag);
    } else {
      this.out.byte(TYPE_COMPLEX);
      this.floatText(real);
      this.floatText(imag);
    }
  }

  /** Seventeen significant digits, as C's %.17g. */
  private floatText(value: number): void {
    const text = formatG17(value);
    this.out.byte(text.length);
    for (let i = 0; i < text.length; i++) this.out.byte(text.charCodeAt(i));
  }

  private code(code: Code): void {
    const { out } = this;
    out.byte(TYPE_CODE | this.flag());
    out.long(code.co_argcount);
    out.long(code.co_posonlyargcount);
    out.long(code.co_kwonlyargcount);
    out.long(code.co_stacksize);
    out.long(code.co_flags);
    this.bytes(code.co_code);
    this.tuple(code.co_consts, 0);
    this.names(code.co_names);
    this.names(code.co_localsplusnames);
    this.bytes(code.co_localspluskinds);
    this.str(code.co_filename, true);
    this.str(code.co_name, true);
    this.str(code.co_qualname, true);
    out.long(code.co_firstlineno);
    this.bytes(code.co_linetable);
    this.bytes(code.co_exceptiontable);
  }
}

function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const size = Math.min(a.length, b.length);
  for (let i = 0; i < size; i++) if (a[i] !== b[i]) return a[i]! - b[i]!;
  return a.length - b.length;
}
/** Serialises a value. CPython: PyMarshal_WriteObjectToString */
export function dumps(value: CodeConstant, version = MARSHAL_VERSION): Uint8Array<ArrayBuffer> {
  const writer = new Writer(version);
  writer.value(value);
  return writer.out.finish();
}

function bad(): MarshalError {
  return new MarshalError('SystemError', 'bad argument to internal function');
}

/** A tuple under construction is a PyTuple whose items are still being filled in. */
type Plain = CodeConstant;

function unsupported(what: string): never {
  throw new MarshalError('TypeError', `a ${what} is no constant of the compiler's`);
}

/** Builds the compiler's constants; lists, dicts and sets, which no code object holds, are refused. */
export class PlainBuilder implements MarshalBuilder<Plain> {
  readonly none = null;
  readonly true = true;
  readonly false = false;
  readonly ellipsis: typeof Ellipsis = Ellipsis;
  get stopIteration(): Plain {
    return unsupported('StopIteration');
  }
  int(value: bigint | number): Plain {
    return BigInt(value);
  }
  float(value: number): Plain {
    return value;
  }
  complex(real: number, imag: number): Plain {
    return new Complex(real, imag);
  }
  bytes(value: Uint8Array): Plain {
    return value;
  }
  str(value: string | SurrogateStr): Plain {
    return value;
  }
  newTuple(size: number): Plain {
    return new PyTuple<CodeConstant>(new Array<CodeConstant>(size).fill(null));
  }
  setTupleItem(tuple: Plain, index: number, item: Plain): void {
    ((tuple as PyTuple<CodeConstant>).items as CodeConstant[])[index] = item;
  }
  newList(): Plain {
    return unsupported('list');
  }
  setListItem(): void {}
  newDict(): Plain {
    return unsupported('dict');
  }
  setDictItem(): void {}
  newSet(): Plain {
    return unsupported('set');
  }
  addToSet(): void {}
  frozenSet(items: Plain[]): Plain {
    return new FrozenSet(items);
  }
  slice(start: Plain, stop: Plain, step: Plain): Plain {
    return new SliceConstant(start, stop, step);
  }
  /** CPython: Objects/codeobject.c:_PyCode_Validate */
  code(parts: CodeParts<Plain>): Plain {
    const code = new Code();
    code.co_argcount = parts.argcount;
    code.co_posonlyargcount = parts.posonlyargcount;
    code.co_kwonlyargcount = parts.kwonlyargcount;
    code.co_stacksize = parts.stacksize;
    code.co_flags = parts.flags;
    code.co_firstlineno = parts.firstlineno;
    code.co_code = bytesPart(parts.code);
    code.co_consts = [...tuplePart(parts.consts)];
    code.co_names = namesPart(parts.names);
    code.co_localsplusnames = namesPart(parts.localsplusnames);
    code.co_localspluskinds = bytesPart(parts.localspluskinds);
    code.co_filename = strPart(parts.filename);
    code.co_name = strPart(parts.name);
    code.co_qualname = strPart(parts.qualname);
    code.co_linetable = bytesPart(parts.linetable);
    code.co_exceptiontable = bytesPart(parts.exceptiontable);
    const { co_argcount, co_posonlyargcount, co_kwonlyargcount } = code;
    if (co_argcount < co_posonlyargcount || co_posonlyargcount < 0 || co_kwonlyargcount < 0) throw bad();
    if (code.co_stacksize < 0 || code.co_flags < 0) throw bad();
    if (code.co_localsplusnames.length !== code.co_localspluskinds.length) throw bad();
    if (code.co_code.length % 2 !== 0) throw new MarshalError('ValueError', 'code: co_code is malformed');
    let locals = 0;
    for (const kind of code.co_localspluskinds) if (kind & CO_FAST_LOCAL) locals++;
    const parameters =
      co_argcount + co_kwonlyargcount + (code.co_flags & CO_VARARGS ? 1 : 0) + (code.co_flags & CO_VARKEYWORDS ? 1 : 0);
    if (locals < parameters) throw new MarshalError('ValueError', 'code: co_varnames is too small');
    return code;
  }
}

function bytesPart(value: Plain): Uint8Array {
  if (!(value instanceof Uint8Array)) throw bad();
  return value;
}
function strPart(value: Plain): string {
  if (typeof value !== 'string') throw bad();
  return value;
}
function tuplePart(value: Plain): readonly CodeConstant[] {
  if (!(value instanceof PyTuple)) throw bad();
  return value.items;
}
function namesPart(value: Plain): string[] {
  return tuplePart(value).map(item => {
    if (typeof item === 'string') return item;
    throw new MarshalError('SystemError', 'non-string found in code slot');
  });
}

/** Reads one value; what follows it is left alone. CPython: PyMarshal_ReadObjectFromString */
export function loads(data: Uint8Array, position = 0): CodeConstant {
  return new MarshalReader(data, new PlainBuilder(), position).read();
}
