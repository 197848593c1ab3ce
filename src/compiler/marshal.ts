// marshal.ts: the serialised form of constants and code objects.                     CPython: Python/marshal.c
//
// A value is a type byte and its payload, little-endian. The type byte's top bit (FLAG_REF) gives the value the
// next number in a list, and TYPE_REF n stands for it from then on; writer and reader number alike.
// The reader makes values through a MarshalBuilder, so that the runtime can build Python objects from the same
// bytes; PlainBuilder makes the compiler's plain data. Errors are MarshalErrors with CPython's type and text.
// Enter through: dumps, loads; MarshalReader with a builder of one's own.
import { CO_FAST_LOCAL, CO_VARARGS, CO_VARKEYWORDS } from '../opcode/operands.ts';
import { Complex, Ellipsis, FrozenSet, PyTuple, SurrogateStr } from '../parser/constants.ts';
import { Code, type CodeConstant, SliceConstant } from './code.ts';
import { constantKey, IdentityKeys } from './constkey.ts';

/** What dumps writes unless told otherwise. */
export const MARSHAL_VERSION = 5;

export const TYPE_NULL = 0x30; // 0
export const TYPE_NONE = 0x4e; // N
export const TYPE_FALSE = 0x46; // F
export const TYPE_TRUE = 0x54; // T
export const TYPE_STOPITER = 0x53; // S
export const TYPE_ELLIPSIS = 0x2e; // .
export const TYPE_INT = 0x69; // i
export const TYPE_INT64 = 0x49; // I, read only
export const TYPE_LONG = 0x6c; // l
export const TYPE_FLOAT = 0x66; // f, as text
export const TYPE_BINARY_FLOAT = 0x67; // g
export const TYPE_COMPLEX = 0x78; // x, as text
export const TYPE_BINARY_COMPLEX = 0x79; // y
export const TYPE_STRING = 0x73; // s: bytes
export const TYPE_INTERNED = 0x74; // t
export const TYPE_UNICODE = 0x75; // u
export const TYPE_ASCII = 0x61; // a
export const TYPE_ASCII_INTERNED = 0x41; // A
export const TYPE_SHORT_ASCII = 0x7a; // z
export const TYPE_SHORT_ASCII_INTERNED = 0x5a; // Z
export const TYPE_TUPLE = 0x28; // (
export const TYPE_SMALL_TUPLE = 0x29; // )
export const TYPE_LIST = 0x5b; // [
export const TYPE_DICT = 0x7b; // {
export const TYPE_SET = 0x3c; // <
export const TYPE_FROZENSET = 0x3e; // >
export const TYPE_CODE = 0x63; // c
export const TYPE_SLICE = 0x3a; // :
export const TYPE_REF = 0x72; // r
export const FLAG_REF = 0x80;

/** Nesting deeper than this is refused, on both sides. */
export const MAX_MARSHAL_STACK_DEPTH = 2000;

const SIZE_MAX = 0x7fffffff;

/** A failure, with the name of the Python exception it stands for. */
export class MarshalError {
  readonly type: 'EOFError' | 'ValueError' | 'TypeError' | 'SystemError' | 'UnicodeDecodeError';
  readonly msg: string;
  constructor(type: MarshalError['type'], msg: string) {
    this.type = type;
    this.msg = msg;
  }
}

// --- writing -------------------------------------------------------------------------------------------------

/** Bytes in CPython's encodings of numbers and strings, for whoever serialises values. */
export class MarshalOutput {
  bytes: Uint8Array<ArrayBuffer> = new Uint8Array(1024);
  length = 0;
  private view = new DataView(this.bytes.buffer);

  reserve(size: number): void {
    if (this.length + size <= this.bytes.length) return;
    const grown = new Uint8Array(Math.max(this.bytes.length * 2, this.length + size));
    grown.set(this.bytes.subarray(0, this.length));
    this.bytes = grown;
    this.view = new DataView(grown.buffer);
  }
  byte(value: number): void {
    this.reserve(1);
    this.bytes[this.length++] = value;
  }
  short(value: number): void {
    this.reserve(2);
    this.view.setInt16(this.length, value, true);
    this.length += 2;
  }
  long(value: number): void {
    this.reserve(4);
    this.view.setInt32(this.length, value, true);
    this.length += 4;
  }
  float(value: number): void {
    this.reserve(8);
    this.view.setFloat64(this.length, value, true);
    this.length += 8;
  }
  raw(data: Uint8Array): void {
    this.reserve(data.length);
    this.bytes.set(data, this.length);
    this.length += data.length;
  }
  /** An int, after its type byte's flag; 32 bits or 15-bit digits. */
  int(value: bigint, flag: number): void {
    if (value >= -0x80000000n && value <= 0x7fffffffn) {
      this.byte(TYPE_INT | flag);
      this.long(Number(value));
      return;
    }
    this.byte(TYPE_LONG | flag);
    const negative = value < 0n;
    let hex = (negative ? -value : value).toString(2);
    const digits = Math.ceil(hex.length / 15);
    this.long(negative ? -digits : digits);
    hex = hex.padStart(digits * 15, '0');
    for (let at = hex.length; at > 0; at -= 15) this.short(Number.parseInt(hex.slice(at - 15, at), 2));
  }
  /** A str, after its type byte's flag. Lone surrogates are encoded as if they were characters. */
  str(value: string | SurrogateStr, interned: boolean, flag: number): void {
    if (typeof value === 'string' && isAscii(value)) {
      const size = value.length;
      if (size < 256) {
        this.byte((interned ? TYPE_SHORT_ASCII_INTERNED : TYPE_SHORT_ASCII) | flag);
        this.byte(size);
      } else {
        this.byte((interned ? TYPE_ASCII_INTERNED : TYPE_ASCII) | flag);
        this.long(size);
      }
      this.reserve(size);
      for (let i = 0; i < size; i++) this.bytes[this.length++] = value.charCodeAt(i);
      return;
    }
    this.byte((interned ? TYPE_INTERNED : TYPE_UNICODE) | flag);
    const encoded = encodeUtf8(value);
    this.long(encoded.length);
    this.raw(encoded);
  }
  finish(): Uint8Array<ArrayBuffer> {
    return this.bytes.slice(0, this.length);
  }
}

function isAscii(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 127) return false;
  return true;
}

/** UTF-8, surrogates included. */
function encodeUtf8(value: string | SurrogateStr): Uint8Array {
  const bytes: number[] = [];
  for (const item of typeof value === 'string' ? value : value.points) {
    const point = typeof item === 'string' ? item.codePointAt(0)! : item;
    if (point < 0x80) bytes.push(point);
    else if (point < 0x800) bytes.push(0xc0 | (point >> 6), 0x80 | (point & 63));
    else if (point < 0x10000) bytes.push(0xe0 | (point >> 12), 0x80 | ((point >> 6) & 63), 0x80 | (point & 63));
    else {
      bytes.push(0xf0 | (point >> 18), 0x80 | ((point >> 12) & 63), 0x80 | ((point >> 6) & 63), 0x80 | (point & 63));
    }
  }
  return Uint8Array.from(bytes);
}

/** Strings that read like names are interned when a code object is made. CPython: Objects/codeobject.c:should_intern_string */
function readsLikeName(text: string): boolean {
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
    else if (typeof value === 'string') this.str(value, readsLikeName(value));
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

/** A float as C's printf("%.17g") writes it. */
export function formatG17(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value < 0 ? '-inf' : 'inf';
  const sign = value < 0 || Object.is(value, -0) ? '-' : '';
  const [digits, exponentText] = Math.abs(value).toExponential(16).split('e') as [string, string];
  const exponent = Number(exponentText);
  if (value !== 0 && (exponent < -4 || exponent >= 17)) {
    const size = Math.abs(exponent);
    return `${sign}${trimZeros(digits)}e${exponent < 0 ? '-' : '+'}${size < 10 ? '0' : ''}${size}`;
  }
  const all = digits.replace('.', '');
  if (exponent < 0) return `${sign}${trimZeros(`0.${'0'.repeat(-exponent - 1)}${all}`)}`;
  return sign + trimZeros(`${all.slice(0, exponent + 1)}.${all.slice(exponent + 1)}`);
}

function trimZeros(text: string): string {
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}

/** Serialises a value. CPython: PyMarshal_WriteObjectToString */
export function dumps(value: CodeConstant, version = MARSHAL_VERSION): Uint8Array<ArrayBuffer> {
  const writer = new Writer(version);
  writer.value(value);
  return writer.out.finish();
}

// --- reading -------------------------------------------------------------------------------------------------

/** The parts of a code object, in the order in which they are stored. */
export interface CodeParts<T> {
  argcount: number;
  posonlyargcount: number;
  kwonlyargcount: number;
  stacksize: number;
  flags: number;
  code: T;
  consts: T;
  names: T;
  localsplusnames: T;
  localspluskinds: T;
  filename: T;
  name: T;
  qualname: T;
  firstlineno: number;
  linetable: T;
  exceptiontable: T;
}

/**
 * Makes the reader's values. Containers that can contain themselves are made empty and filled later; `setItem`
 * and the like may throw what they please.
 */
export interface MarshalBuilder<T> {
  readonly none: T;
  readonly true: T;
  readonly false: T;
  readonly ellipsis: T;
  readonly stopIteration: T;
  int(value: bigint | number): T;
  float(value: number): T;
  complex(real: number, imag: number): T;
  bytes(value: Uint8Array): T;
  /** `ascii`: the string is known to be of ASCII characters only. */
  str(value: string | SurrogateStr, interned: boolean, ascii: boolean): T;
  newTuple(size: number): T;
  setTupleItem(tuple: T, index: number, item: T): void;
  newList(size: number): T;
  setListItem(list: T, index: number, item: T): void;
  newDict(): T;
  setDictItem(dict: T, key: T, value: T): void;
  newSet(): T;
  addToSet(set: T, item: T): void;
  frozenSet(items: T[]): T;
  slice(start: T, stop: T, step: T): T;
  code(parts: CodeParts<T>): T;
}

/** Parts of a code object that are values of their own, and how many of them stand before the first line's number. */
const CODE_PARTS = 10;
const PARTS_BEFORE_FIRST_LINE = 8;

/** CPython: Python/marshal.c:r_object */
export class MarshalReader<T> {
  private readonly data: Uint8Array;
  private readonly view: DataView;
  private readonly builder: MarshalBuilder<T>;
  private readonly allowCode: boolean;
  /** Values with a number; undefined while one is being built that cannot be referred to yet. */
  private readonly refs: (T | undefined)[] = [];
  private depth = 0;
  /** Next byte to be read. */
  position: number;

  constructor(data: Uint8Array, builder: MarshalBuilder<T>, position = 0, allowCode = true) {
    this.data = data;
    this.view = new DataView(data.buffer, data.byteOffset, data.byteLength);
    this.builder = builder;
    this.position = position;
    this.allowCode = allowCode;
  }

  /** Reads one value; a bare NULL is an error. */
  read(): T {
    return this.need('object');
  }

  private need(where: string): T {
    const value = this.object();
    if (value === undefined) throw new MarshalError('TypeError', `NULL object in marshal data for ${where}`);
    return value;
  }

  private take(size: number): number {
    const start = this.position;
    if (size > this.data.length - start) throw new MarshalError('EOFError', 'marshal data too short');
    this.position = start + size;
    return start;
  }
  private byte(): number {
    if (this.position >= this.data.length) throw new MarshalError('EOFError', 'EOF read where not expected');
    return this.data[this.position++]!;
  }
  private short(): number {
    return this.view.getInt16(this.take(2), true);
  }
  private long(): number {
    return this.view.getInt32(this.take(4), true);
  }
  private float(): number {
    return this.view.getFloat64(this.take(8), true);
  }
  private size(what: string): number {
    const size = this.long();
    if (size < 0 || size > SIZE_MAX)
      throw new MarshalError('ValueError', `bad marshal data (${what} size out of range)`);
    return size;
  }
  /** No more items than bytes are left: a larger size is a lie that ends in an error, and must not cost memory. */
  private plausible(size: number): number {
    return Math.min(size, this.data.length - this.position);
  }
  private slice(size: number): Uint8Array {
    const start = this.take(size);
    return this.data.subarray(start, start + size);
  }
  private ascii(size: number): string {
    const start = this.take(size);
    let text = '';
    for (let i = start; i < start + size; i++) text += String.fromCharCode(this.data[i]!);
    return text;
  }
  private floatText(): number {
    return parseFloatText(this.ascii(this.byte()));
  }

  private register(flag: number, value: T): T {
    if (flag !== 0) this.refs.push(value);
    return value;
  }

  /** Takes a number for a value that exists only later. */
  private reserve(flag: number): number {
    return flag === 0 ? -1 : this.refs.push(undefined) - 1;
  }

  private fulfil(number: number, value: T): T {
    if (number >= 0) this.refs[number] = value;
    return value;
  }

  private object(): T | undefined {
    if (this.position >= this.data.length) throw new MarshalError('EOFError', 'EOF read where object expected');
    if (++this.depth > MAX_MARSHAL_STACK_DEPTH) throw new MarshalError('ValueError', 'recursion limit exceeded');
    const code = this.data[this.position++]!;
    const value = this.typed(code & ~FLAG_REF, code & FLAG_REF);
    this.depth--;
    return value;
  }

  private typed(type: number, flag: number): T | undefined {
    const { builder } = this;
    switch (type) {
      case TYPE_NULL:
        return undefined;
      case TYPE_NONE:
        return builder.none;
      case TYPE_STOPITER:
        return builder.stopIteration;
      case TYPE_ELLIPSIS:
        return builder.ellipsis;
      case TYPE_FALSE:
        return builder.false;
      case TYPE_TRUE:
        return builder.true;
      case TYPE_INT:
        return this.register(flag, builder.int(this.long()));
      case TYPE_INT64:
        return this.register(flag, builder.int(this.view.getBigInt64(this.take(8), true)));
      case TYPE_LONG:
        return this.register(flag, builder.int(this.digits()));
      case TYPE_FLOAT:
        return this.register(flag, builder.float(this.floatText()));
      case TYPE_BINARY_FLOAT:
        return this.register(flag, builder.float(this.float()));
      case TYPE_COMPLEX: {
        const real = this.floatText();
        return this.register(flag, builder.complex(real, this.floatText()));
      }
      case TYPE_BINARY_COMPLEX: {
        const real = this.float();
        return this.register(flag, builder.complex(real, this.float()));
      }
      case TYPE_STRING:
        return this.register(flag, builder.bytes(this.slice(this.size('bytes object')).slice()));
      case TYPE_ASCII:
      case TYPE_ASCII_INTERNED:
        return this.register(flag, builder.str(this.ascii(this.size('string')), type === TYPE_ASCII_INTERNED, true));
      case TYPE_SHORT_ASCII:
      case TYPE_SHORT_ASCII_INTERNED:
        return this.register(flag, builder.str(this.ascii(this.byte()), type === TYPE_SHORT_ASCII_INTERNED, true));
      case TYPE_UNICODE:
      case TYPE_INTERNED:
        return this.register(
          flag,
          builder.str(decodeUtf8(this.slice(this.size('string'))), type === TYPE_INTERNED, false),
        );
      case TYPE_SMALL_TUPLE:
        return this.tuple(this.byte(), flag);
      case TYPE_TUPLE:
        return this.tuple(this.size('tuple'), flag);
      case TYPE_LIST: {
        const size = this.size('list');
        const list = this.register(flag, builder.newList(this.plausible(size)));
        for (let i = 0; i < size; i++) builder.setListItem(list, i, this.need('list'));
        return list;
      }
      case TYPE_DICT: {
        const dict = this.register(flag, builder.newDict());
        for (;;) {
          const key = this.object();
          if (key === undefined) return dict;
          const value = this.object();
          if (value === undefined) return dict;
          builder.setDictItem(dict, key, value);
        }
      }
      case TYPE_SET: {
        const size = this.size('set');
        const set = this.register(flag, builder.newSet());
        for (let i = 0; i < size; i++) builder.addToSet(set, this.need('set'));
        return set;
      }
      case TYPE_FROZENSET: {
        const size = this.size('set');
        if (size === 0) return this.register(flag, builder.frozenSet([]));
        const number = this.reserve(flag);
        const items: T[] = [];
        for (let i = 0; i < size; i++) items.push(this.need('set'));
        return this.fulfil(number, builder.frozenSet(items));
      }
      case TYPE_SLICE: {
        const number = this.reserve(flag);
        const start = this.object();
        const stop = start === undefined ? undefined : this.object();
        const step = stop === undefined ? undefined : this.object();
        if (start === undefined || stop === undefined || step === undefined) return undefined;
        return this.fulfil(number, builder.slice(start, stop, step));
      }
      case TYPE_CODE: {
        if (!this.allowCode) throw new MarshalError('ValueError', 'unmarshalling code objects is disallowed');
        const number = this.reserve(flag);
        return this.fulfil(number, this.code());
      }
      case TYPE_REF: {
        const value = this.refs[this.long()];
        if (value === undefined) throw new MarshalError('ValueError', 'bad marshal data (invalid reference)');
        return value;
      }
      default:
        throw new MarshalError('ValueError', 'bad marshal data (unknown type code)');
    }
  }

  private tuple(size: number, flag: number): T {
    const tuple = this.register(flag, this.builder.newTuple(this.plausible(size)));
    for (let i = 0; i < size; i++) this.builder.setTupleItem(tuple, i, this.need('tuple'));
    return tuple;
  }

  private digits(): bigint {
    const count = this.long();
    if (count === -0x80000000) throw new MarshalError('ValueError', 'bad marshal data (long size out of range)');
    let bits = '';
    for (let i = Math.abs(count); i > 0; i--) {
      const digit = this.short();
      if (digit < 0) throw new MarshalError('ValueError', 'bad marshal data (digit out of range in long)');
      if (digit === 0 && i === 1) throw new MarshalError('ValueError', 'bad marshal data (unnormalized long data)');
      bits = digit.toString(2).padStart(15, '0') + bits;
    }
    const value = BigInt(`0b0${bits}`);
    return count < 0 ? -value : value;
  }

  private code(): T {
    const argcount = this.long();
    const posonlyargcount = this.long();
    const kwonlyargcount = this.long();
    const stacksize = this.long();
    const flags = this.long();
    const parts: T[] = [];
    let firstlineno = 0;
    for (let i = 0; i < CODE_PARTS; i++) {
      if (i === PARTS_BEFORE_FIRST_LINE) firstlineno = this.long();
      parts.push(this.need('code object'));
    }
    const [code, consts, names, localsplusnames, localspluskinds, filename, name, qualname, linetable, exceptiontable] =
      parts as [T, T, T, T, T, T, T, T, T, T];
    return this.builder.code({
      argcount,
      posonlyargcount,
      kwonlyargcount,
      stacksize,
      flags,
      code,
      consts,
      names,
      localsplusnames,
      localspluskinds,
      filename,
      name,
      qualname,
      firstlineno,
      linetable,
      exceptiontable,
    });
  }
}

/** A float as PyOS_string_to_double reads it; a NUL ends the text. */
function parseFloatText(text: string): number {
  const end = text.indexOf('\0');
  if (end >= 0) text = text.slice(0, end);
  const match = /^([+-]?)(?:(inf(?:inity)?)|(nan)|((?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?))$/i.exec(text);
  if (match === null) {
    const shown = text.replace(/[\x80-\xff]/g, '\ufffd');
    throw new MarshalError('ValueError', `could not convert string to float: '${shown}'`);
  }
  const size = match[2] ? Number.POSITIVE_INFINITY : match[3] ? Number.NaN : Number(match[4]);
  return match[1] === '-' ? -size : size;
}

/** Decodes UTF-8 that may hold surrogates. CPython: PyUnicode_DecodeUTF8 with "surrogatepass" */
function decodeUtf8(data: Uint8Array): string | SurrogateStr {
  const points: number[] = [];
  let surrogates = false;
  for (let i = 0; i < data.length; ) {
    const lead = data[i]!;
    let more = 0;
    let point = lead;
    if (lead >= 0xc2 && lead < 0xe0) [more, point] = [1, lead & 31];
    else if (lead >= 0xe0 && lead < 0xf0) [more, point] = [2, lead & 15];
    else if (lead >= 0xf0 && lead < 0xf5) [more, point] = [3, lead & 7];
    else if (lead >= 0x80) throw undecodable(data, i, 1, 'invalid start byte');
    for (let k = 1; k <= more; k++) {
      if (i + k >= data.length && k === 2 && lead === 0xed && data[i + 1]! >= 0xa0) {
        throw undecodable(data, i, 1, 'invalid continuation byte');
      }
      if (i + k >= data.length) throw undecodable(data, i, data.length - i, 'unexpected end of data');
      const next = data[i + k]!;
      // Half a surrogate: what is wrong is then its second byte, as for those who take no surrogates.
      if (k === 2 && lead === 0xed && data[i + 1]! >= 0xa0 && (next & 0xc0) !== 0x80) {
        throw undecodable(data, i, 1, 'invalid continuation byte');
      }
      const tooLow = k === 1 && ((lead === 0xe0 && next < 0xa0) || (lead === 0xf0 && next < 0x90));
      const tooHigh = k === 1 && lead === 0xf4 && next > 0x8f;
      if ((next & 0xc0) !== 0x80 || tooLow || tooHigh) throw undecodable(data, i, k, 'invalid continuation byte');
      point = (point << 6) | (next & 63);
    }
    if (point >= 0xd800 && point <= 0xdfff) surrogates = true;
    points.push(point);
    i += more + 1;
  }
  if (surrogates) return new SurrogateStr(points);
  let text = '';
  for (const point of points) text += String.fromCodePoint(point);
  return text;
}

function undecodable(data: Uint8Array, at: number, size: number, why: string): MarshalError {
  const where =
    size === 1
      ? `byte 0x${data[at]!.toString(16).padStart(2, '0')} in position ${at}`
      : `bytes in position ${at}-${at + size - 1}`;
  return new MarshalError('UnicodeDecodeError', `'utf-8' codec can't decode ${where}: ${why}`);
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
