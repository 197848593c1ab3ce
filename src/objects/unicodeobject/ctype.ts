// ctype.ts: what kind of character a code point is, and its other cases.               CPython: Objects/unicodectype.c
//
// Flags of Latin-1 characters come from small literal tables; the recorded tables are decoded when the first other character asks.

import { CTYPE_RECORDS, CTYPE_RUNS, LATIN1_FLAGS, SPECIAL_CASING } from '../unicode_data/ctype.generated.ts';
import { decode_numbers, decode_runs, NumberReader, unzigzag } from '../unicode_data/decode.ts';

export const ALPHA = 1;
export const DECIMAL = 2;
export const DIGIT = 4;
export const NUMERIC = 8;
export const LOWER = 16;
export const UPPER = 32;
export const TITLE = 64;
export const XID_START = 128;
export const XID_CONTINUE = 256;
export const PRINTABLE = 512;
export const SPACE = 1024;
export const LINEBREAK = 2048;
export const CASED = 4096;
export const CASE_IGNORABLE = 8192;
/** A case mapping is not one character, or the full lower case is not the simple one. */
export const SPECIAL = 16384;
export const ALNUM = ALPHA | DECIMAL | DIGIT | NUMERIC;

/** Full case mappings of a character that has special ones. */
export interface SpecialCasing {
  lower: number[];
  upper: number[];
  title: number[];
  fold: number[];
}

class CTypes {
  /** Record number by code point. */
  readonly index: Uint8Array;
  /** Five numbers a record: flags, and what to add for the lower, upper, title and folded case. */
  readonly records: Int32Array;
  readonly special: Map<number, SpecialCasing>;
  constructor() {
    this.index = decode_runs(CTYPE_RUNS);
    this.records = Int32Array.from(decode_numbers(CTYPE_RECORDS), unzigzag);
    this.special = new Map();
    const r = new NumberReader(SPECIAL_CASING);
    const list = (): number[] => Array.from({ length: r.next() }, () => r.next());
    while (r.more()) this.special.set(r.next(), { lower: list(), upper: list(), title: list(), fold: list() });
  }
}

let tables: CTypes | null = null;

function ctypes(): CTypes {
  return tables ?? (tables = new CTypes());
}

const P = PRINTABLE;
const LO = ALPHA | LOWER | XID_START | XID_CONTINUE | P | CASED;
const UP = ALPHA | UPPER | XID_START | XID_CONTINUE | P | CASED;
const DI = DECIMAL | DIGIT | NUMERIC | XID_CONTINUE | P;

/** Flags of an ASCII character. */
function ascii_flags(c: number): number {
  if (c >= 97 && c <= 122) return LO;
  if (c >= 65 && c <= 90) return UP;
  if (c >= 48 && c <= 57) return DI;
  if (c === 95) return P | XID_START | XID_CONTINUE;
  if (c === 32) return P | SPACE;
  if (c < 32)
    return c >= 9 && c <= 13
      ? c === 9
        ? SPACE
        : SPACE | LINEBREAK
      : c >= 28
        ? c === 31
          ? SPACE
          : SPACE | LINEBREAK
        : 0;
  if (c === 127) return 0;
  return c === 39 || c === 46 || c === 58 || c === 94 || c === 96 ? P | CASE_IGNORABLE : P;
}

/** All flags of a code point. */
export function char_flags(c: number): number {
  if (c < 256) return c < 128 ? ascii_flags(c) : LATIN1_FLAGS[c - 128]!;
  const t = ctypes();
  return t.records[t.index[c]! * 5]!;
}

/** CPython: _PyUnicode_IsWhitespace */
export function is_space(c: number): boolean {
  if (c < 128) return c === 32 || (c >= 9 && c <= 13) || (c >= 28 && c <= 31);
  if (c < 0x1680) return c === 0x85 || c === 0xa0;
  return (
    c === 0x1680 ||
    (c >= 0x2000 && c <= 0x200a) ||
    c === 0x2028 ||
    c === 0x2029 ||
    c === 0x202f ||
    c === 0x205f ||
    c === 0x3000
  );
}

/** CPython: _PyUnicode_IsLinebreak */
export function is_linebreak(c: number): boolean {
  return (c >= 10 && c <= 13) || (c >= 28 && c <= 30) || c === 0x85 || c === 0x2028 || c === 0x2029;
}

export function is_printable(c: number): boolean {
  if (c < 128) return c >= 32 && c < 127;
  if (c < 256) return c > 0xa0 && c !== 0xad;
  return (char_flags(c) & PRINTABLE) !== 0;
}

export function is_alnum(c: number): boolean {
  return (char_flags(c) & ALNUM) !== 0;
}

/** Lower case of one character by the simple mapping. CPython: _PyUnicode_ToLowercase */
export function to_lower(c: number): number {
  if (c < 128) return c >= 65 && c <= 90 ? c + 32 : c;
  const t = ctypes();
  return c + t.records[t.index[c]! * 5 + 1]!;
}

/** Upper case of one character: the first of its upper case if that is longer. CPython: _PyUnicode_ToUppercase */
export function to_upper(c: number): number {
  if (c < 128) return c >= 97 && c <= 122 ? c - 32 : c;
  const t = ctypes();
  const r = t.index[c]! * 5;
  if ((t.records[r]! & SPECIAL) !== 0) return t.special.get(c)!.upper[0]!;
  return c + t.records[r + 2]!;
}

export const TO_LOWER = 1;
export const TO_UPPER = 2;
export const TO_TITLE = 3;
export const TO_FOLD = 4;

/** Appends the full mapping of a character. CPython: _PyUnicode_ToLowerFull and its kin */
export function push_case(out: number[], c: number, kind: number): void {
  if (c < 128) {
    if (kind === TO_LOWER || kind === TO_FOLD) out.push(c >= 65 && c <= 90 ? c + 32 : c);
    else out.push(c >= 97 && c <= 122 ? c - 32 : c);
    return;
  }
  const t = ctypes();
  const r = t.index[c]! * 5;
  if ((t.records[r]! & SPECIAL) === 0) {
    out.push(c + t.records[r + kind]!);
    return;
  }
  const s = t.special.get(c)!;
  const m = kind === TO_LOWER ? s.lower : kind === TO_UPPER ? s.upper : kind === TO_TITLE ? s.title : s.fold;
  for (let i = 0; i < m.length; i++) out.push(m[i]!);
}
