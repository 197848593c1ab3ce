// marshal_format.ts: type bytes, errors and the encoding of scalars in marshal data.   CPython: Python/marshal.c
import type { SurrogateStr } from '../parser/constants.ts';

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
/** A failure, with the name of the Python exception it stands for. */
export class MarshalError {
  readonly type: 'EOFError' | 'ValueError' | 'TypeError' | 'SystemError' | 'UnicodeDecodeError';
  readonly msg: string;
  /** Of text that is no UTF-8: the bytes, and which of them cannot be decoded why. */
  readonly undecodable: { data: Uint8Array; start: number; end: number; reason: string } | null;
  constructor(type: MarshalError['type'], msg: string, undecodable: MarshalError['undecodable'] = null) {
    this.type = type;
    this.msg = msg;
    this.undecodable = undecodable;
  }
}

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
export function encodeUtf8(value: string | SurrogateStr): Uint8Array {
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
  const fraction = all.slice(exponent + 1);
  return sign + all.slice(0, exponent + 1) + (fraction === '' ? '' : trimZeros(`.${fraction}`));
}

function trimZeros(text: string): string {
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}
