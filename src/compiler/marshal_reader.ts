// marshal_reader.ts: reads marshal data into values of the caller's making.           CPython: Python/marshal.c
//
// Values are made through a MarshalBuilder, so that the runtime can build Python objects from the same bytes as
// marshal.ts does the compiler's constants. Invariant: a value read with FLAG_REF takes its number before the values
// inside it take theirs, as when it was written.
import { SurrogateStr } from '../parser/constants.ts';
import {
  FLAG_REF,
  MAX_MARSHAL_STACK_DEPTH,
  MarshalError,
  TYPE_ASCII,
  TYPE_ASCII_INTERNED,
  TYPE_BINARY_COMPLEX,
  TYPE_BINARY_FLOAT,
  TYPE_CODE,
  TYPE_COMPLEX,
  TYPE_DICT,
  TYPE_ELLIPSIS,
  TYPE_FALSE,
  TYPE_FLOAT,
  TYPE_FROZENSET,
  TYPE_INT,
  TYPE_INT64,
  TYPE_INTERNED,
  TYPE_LIST,
  TYPE_LONG,
  TYPE_NONE,
  TYPE_NULL,
  TYPE_REF,
  TYPE_SET,
  TYPE_SHORT_ASCII,
  TYPE_SHORT_ASCII_INTERNED,
  TYPE_SLICE,
  TYPE_SMALL_TUPLE,
  TYPE_STOPITER,
  TYPE_STRING,
  TYPE_TRUE,
  TYPE_TUPLE,
  TYPE_UNICODE,
} from './marshal_format.ts';

const SIZE_MAX = 0x7fffffff;
/**
 * A code object's fields in the order in which they are stored: numbers, values, the first line's number and the values
 * behind it. Each version of CPython has its own.
 */
export interface CodeLayout {
  readonly numbers: readonly string[];
  readonly values: readonly string[];
  /** Values that stand before the first line's number. */
  readonly valuesBeforeFirstLine: number;
}

/** CPython 3.11 to 3.14. */
export const CODE_LAYOUT: CodeLayout = {
  numbers: ['argcount', 'posonlyargcount', 'kwonlyargcount', 'stacksize', 'flags'],
  values: [
    'code',
    'consts',
    'names',
    'localsplusnames',
    'localspluskinds',
    'filename',
    'name',
    'qualname',
    'linetable',
    'exceptiontable',
  ],
  valuesBeforeFirstLine: 8,
};

/** The parts of a code object in the layout of this version. */
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
export interface MarshalBuilder<T, P = CodeParts<T>> {
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
  /** `P` has the fields of the reader's layout, and `firstlineno`. */
  code(parts: P): T;
}

/** For containers that take their items at once. */
const NO_PARTS: never[] = [];

/** A container that is being read. */
interface Open<T> {
  readonly type: number;
  /** The container where it exists from the start. */
  readonly value: T | undefined;
  /** What was read so far where it does not. */
  readonly parts: T[];
  /** Items that it is to have, and has. */
  readonly size: number;
  filled: number;
  /** Its number among the references, -1 for none. */
  readonly number: number;
  /** The numbers of a code object and its first line's. */
  readonly header: number[] | null;
}

/**
 * Reads values without recursion: what a hostile file nests deeply must end in an error, not in a stack overflow.
 * CPython: Python/marshal.c:r_object
 */
export class MarshalReader<T, P = CodeParts<T>> {
  /** What is being read; with a source, its last piece. */
  private data: Uint8Array;
  private view: DataView;
  /** Gives the next bytes of a file, exactly as many as asked for; throws if there are fewer. */
  private readonly source: ((size: number) => Uint8Array) | null;
  private readonly builder: MarshalBuilder<T, P>;
  private readonly allowCode: boolean;
  private readonly layout: CodeLayout;
  /** Values with a number; undefined while one is being built that cannot be referred to yet. */
  private readonly refs: (T | undefined)[] = [];
  private readonly open: Open<T>[] = [];
  /** Next byte to be read. */
  position: number;

  constructor(
    data: Uint8Array,
    builder: MarshalBuilder<T, P>,
    position = 0,
    allowCode = true,
    source: ((size: number) => Uint8Array) | null = null,
    layout: CodeLayout = CODE_LAYOUT,
  ) {
    this.data = data;
    this.source = source;
    this.view = new DataView(data.buffer, data.byteOffset, data.byteLength);
    this.builder = builder;
    this.position = position;
    this.allowCode = allowCode;
    this.layout = layout;
  }

  /** Reads one value; a bare NULL is an error. */
  read(): T {
    for (;;) {
      const code = this.typeCode();
      if (this.open.length >= MAX_MARSHAL_STACK_DEPTH) throw new MarshalError('ValueError', 'recursion limit exceeded');
      const depth = this.open.length;
      let value = this.start(code & ~FLAG_REF, code & FLAG_REF);
      // A container that waits for items is open now; anything else goes to the container around it, which may
      // be complete by that and go on to the next one.
      if (this.open.length > depth) continue;
      for (;;) {
        const container = this.open[this.open.length - 1];
        if (container === undefined) {
          if (value === undefined) throw new MarshalError('TypeError', 'NULL object in marshal data for object');
          return value;
        }
        if (!this.put(container, value)) break;
        this.open.pop();
        value = this.close(container);
      }
    }
  }

  /** Gives an item to a container; says whether it is complete. */
  private put(container: Open<T>, item: T | undefined): boolean {
    const { builder } = this;
    const { type, value, parts } = container;
    if (type === TYPE_DICT) {
      // A NULL ends it, even in a value's place.
      if (item === undefined) return true;
      if (parts.push(item) === 2) builder.setDictItem(value!, parts.shift()!, parts.shift()!);
      return false;
    }
    if (item === undefined) {
      // In a slice CPython does not look; then the slice is NULL.
      if (type === TYPE_SLICE) {
        parts.length = 0;
        return true;
      }
      const where =
        type === TYPE_LIST ? 'list' : type === TYPE_TUPLE ? 'tuple' : type === TYPE_CODE ? 'code object' : 'set';
      throw new MarshalError('TypeError', `NULL object in marshal data for ${where}`);
    }
    if (type === TYPE_TUPLE) builder.setTupleItem(value!, container.filled, item);
    else if (type === TYPE_LIST) builder.setListItem(value!, container.filled, item);
    else if (type === TYPE_SET) builder.addToSet(value!, item);
    else parts.push(item);
    const filled = ++container.filled;
    if (type === TYPE_CODE && filled === this.layout.valuesBeforeFirstLine) container.header!.push(this.long());
    return filled === container.size;
  }

  /** The value of a complete container. */
  private close({ type, value, parts, number, header }: Open<T>): T | undefined {
    if (value !== undefined) return value;
    const { builder } = this;
    if (type === TYPE_FROZENSET) return this.fulfil(number, builder.frozenSet(parts));
    if (type === TYPE_SLICE) {
      const [start, stop, step] = parts;
      if (start === undefined || stop === undefined || step === undefined) return undefined;
      return this.fulfil(number, builder.slice(start, stop, step));
    }
    return this.fulfil(number, this.code(header!, parts));
  }

  /** Opens a container; it has no value yet if it cannot be referred to while it is being read. */
  private begin(
    type: number,
    flag: number,
    size: number,
    value: T | undefined,
    header: number[] | null = null,
  ): undefined {
    let number = -1;
    if (flag !== 0) number = this.refs.push(value) - 1;
    const parts: T[] = value === undefined || type === TYPE_DICT ? [] : NO_PARTS;
    this.open.push({ type, value, parts, size, filled: 0, number, header });
  }

  private typeCode(): number {
    if (this.source === null) {
      if (this.position < this.data.length) return this.data[this.position++]!;
      throw new MarshalError('EOFError', 'EOF read where object expected');
    }
    try {
      const at = this.take(1);
      return this.data[at]!;
    } catch (e) {
      if (!(e instanceof MarshalError) || e.type !== 'EOFError') throw e;
      throw new MarshalError('EOFError', 'EOF read where object expected');
    }
  }

  /** The place of the next bytes in `data`, which this may replace. CPython: Python/marshal.c:r_string */
  private take(size: number): number {
    if (this.source !== null) {
      const data = this.source(size);
      this.data = data;
      this.view = new DataView(data.buffer, data.byteOffset, data.byteLength);
      this.position = size;
      return 0;
    }
    const start = this.position;
    if (size > this.data.length - start) throw new MarshalError('EOFError', 'marshal data too short');
    this.position = start + size;
    return start;
  }
  private byte(): number {
    if (this.source === null) {
      if (this.position < this.data.length) return this.data[this.position++]!;
      throw new MarshalError('EOFError', 'EOF read where not expected');
    }
    const at = this.take(1);
    return this.data[at]!;
  }
  private short(): number {
    const at = this.take(2);
    return this.view.getInt16(at, true);
  }
  private long(): number {
    const at = this.take(4);
    return this.view.getInt32(at, true);
  }
  private int64(): bigint {
    const at = this.take(8);
    return this.view.getBigInt64(at, true);
  }
  private float(): number {
    const at = this.take(8);
    return this.view.getFloat64(at, true);
  }
  private size(what: string): number {
    const size = this.long();
    if (size < 0 || size > SIZE_MAX)
      throw new MarshalError('ValueError', `bad marshal data (${what} size out of range)`);
    return size;
  }
  /** No more items than bytes are left: a larger size is a lie that ends in an error, and must not cost memory. A container
   *  read from a file grows as it is filled. */
  private plausible(size: number): number {
    if (this.source !== null) return Math.min(size, 4096);
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

  private fulfil(number: number, value: T): T {
    if (number >= 0) this.refs[number] = value;
    return value;
  }

  /** Reads a value or opens a container. */
  private start(type: number, flag: number): T | undefined {
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
        return this.register(flag, builder.int(this.int64()));
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
      case TYPE_TUPLE: {
        const size = type === TYPE_TUPLE ? this.size('tuple') : this.byte();
        const tuple = builder.newTuple(this.plausible(size));
        return size === 0 ? this.register(flag, tuple) : this.begin(TYPE_TUPLE, flag, size, tuple);
      }
      case TYPE_LIST: {
        const size = this.size('list');
        const list = builder.newList(this.plausible(size));
        return size === 0 ? this.register(flag, list) : this.begin(type, flag, size, list);
      }
      case TYPE_DICT:
        return this.begin(type, flag, 0, builder.newDict());
      case TYPE_SET: {
        const size = this.size('set');
        const set = builder.newSet();
        return size === 0 ? this.register(flag, set) : this.begin(type, flag, size, set);
      }
      case TYPE_FROZENSET: {
        const size = this.size('set');
        return size === 0 ? this.register(flag, builder.frozenSet([])) : this.begin(type, flag, size, undefined);
      }
      case TYPE_SLICE:
        return this.begin(type, flag, 3, undefined);
      case TYPE_CODE: {
        if (!this.allowCode) throw new MarshalError('ValueError', 'unmarshalling code objects is disallowed');
        const { numbers, values } = this.layout;
        return this.begin(
          type,
          flag,
          values.length,
          undefined,
          Array.from(numbers, () => this.long()),
        );
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

  private code(header: readonly number[], parts: readonly T[]): T {
    const { numbers, values } = this.layout;
    const all: Record<string, number | T> = {};
    for (let i = 0; i < numbers.length; i++) all[numbers[i]!] = header[i]!;
    for (let i = 0; i < values.length; i++) all[values[i]!] = parts[i]!;
    all['firstlineno'] = header[numbers.length]!;
    return this.builder.code(all as P);
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
  const place = { data: data.slice(), start: at, end: at + size, reason: why };
  return new MarshalError('UnicodeDecodeError', `'utf-8' codec can't decode ${where}: ${why}`, place);
}
