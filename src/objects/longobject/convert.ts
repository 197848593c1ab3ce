// convert.ts: ints from and to text and bytes.                                     CPython: Objects/longobject.c
//
// Text is ASCII here; `to_ascii_number_text` turns a str's decimal digits and blanks of other scripts into ASCII.
// The limit on decimal digits (sys.set_int_max_str_digits) is looked up when a conversion could exceed it.

import { PyErr_SetString } from '../../core/errors.ts';
import type { PyObject } from '../../core/object.ts';
import { current } from '../../core/tstate.ts';
import { PyExc_OverflowError, PyExc_ValueError } from '../exceptions.ts';
import { repr_string } from '../object.ts';
import { char_flags, DECIMAL, is_space } from '../unicodeobject/ctype.ts';
import { bit_length, type LongValue, MAX_SAFE, normal } from './arith.ts';

/** Numbers of this many digits are always converted. CPython: _PY_LONG_MAX_STR_DIGITS_THRESHOLD */
export const STR_DIGITS_CHECK_THRESHOLD = 640;
/** CPython: _PY_LONG_DEFAULT_MAX_STR_DIGITS */
export const DEFAULT_MAX_STR_DIGITS = 4300;

function max_str_digits(): number {
  return current.tstate === null ? DEFAULT_MAX_STR_DIGITS : current.tstate.interp.int_max_str_digits;
}

// --- text to int ----------------------------------------------------------------------------------------------------

/** Value of a decimal digit of any script, or -1. CPython: _PyUnicode_ToDecimalDigit */
export function decimal_value(c: number): number {
  if (c < 128) return c >= 48 && c <= 57 ? c - 48 : -1;
  if ((char_flags(c) & DECIMAL) === 0) return -1;
  // Decimal digits come in whole runs from zero to nine.
  let start = c;
  while ((char_flags(start - 1) & DECIMAL) !== 0) start--;
  return (c - start) % 10;
}

/** Longer texts are looked through by these: 1.2 million digits take 1 ms, where a loop takes 25 ms. */
const LONG_TEXT = 64;
const ASCII_ONLY = /^[\0-\x7f]*$/;
const DECIMAL_DIGITS = /[0-9]*/y;

/**
 * The text of a number in ASCII; what is neither a digit nor a blank becomes '?' and ends the text.
 * CPython: _PyUnicode_TransformDecimalAndSpaceToASCII
 */
export function to_ascii_number_text(o: PyObject): string {
  const text = o.v as string | Uint32Array;
  const n = text.length;
  if (typeof text === 'string') {
    if (n > LONG_TEXT && ASCII_ONLY.test(text)) return text;
    let i = 0;
    while (i < n && text.charCodeAt(i) < 128) i++;
    if (i === n) return text;
  }
  let out = '';
  for (let i = 0; i < n; i++) {
    const c = typeof text === 'string' ? text.charCodeAt(i) : text[i]!;
    if (c < 127) out += String.fromCharCode(c);
    else if (is_space(c)) out += ' ';
    else {
      const d = decimal_value(c);
      if (d < 0) return `${out}?`;
      out += d;
    }
  }
  return out;
}

/** Whether a character is white space to C: blank, or tab to carriage return. */
export function is_c_space(c: number): boolean {
  return c === 32 || (c >= 9 && c <= 13);
}

/** Strips what C calls white space. */
export function strip_c_space(s: string): string {
  let start = 0;
  let end = s.length;
  while (start < end && is_c_space(s.charCodeAt(start))) start++;
  while (end > start && is_c_space(s.charCodeAt(end - 1))) end--;
  return start === 0 && end === s.length ? s : s.slice(start, end);
}

function digit_value(c: number): number {
  if (c >= 48 && c <= 57) return c - 48;
  if (c >= 97 && c <= 122) return c - 87;
  if (c >= 65 && c <= 90) return c - 55;
  return 99;
}

/** The int that the whole text spells in a base (0: as in source code), or null. CPython: PyLong_FromString */
export function parse_long_text(s: string, base: number): LongValue | null {
  s = strip_c_space(s);
  let i = 0;
  let negative = false;
  const sign = s.charCodeAt(0);
  if (sign === 43 || sign === 45) {
    negative = sign === 45;
    i = 1;
  }
  let must_be_zero = false;
  const letter = s.charCodeAt(i) === 48 ? s.charCodeAt(i + 1) | 32 : 0;
  const prefix_base = letter === 120 ? 16 : letter === 111 ? 8 : letter === 98 ? 2 : 0;
  if (base === 0) {
    if (s.charCodeAt(i) !== 48) base = 10;
    else if (prefix_base !== 0) base = prefix_base;
    else {
      base = 10;
      must_be_zero = true; // old octal: refused unless the value is zero
    }
  }
  if (prefix_base !== 0 && prefix_base === base) {
    i += 2;
    if (s.charCodeAt(i) === 95) i++;
  }
  const start = i;
  let digits = 0;
  let underscores = 0;
  let previous = 0;
  const end = s.length;
  if (base === 10 && end - i > LONG_TEXT) {
    DECIMAL_DIGITS.lastIndex = i;
    DECIMAL_DIGITS.test(s);
    digits = DECIMAL_DIGITS.lastIndex - i;
    if (digits > 0) previous = 48;
    i += digits;
  }
  for (; i < end; i++) {
    const c = s.charCodeAt(i);
    if (c === 95) {
      if (previous === 95 || digits === 0) return null;
      underscores++;
    } else if (digit_value(c) < base) digits++;
    else break;
    previous = c;
  }
  if (digits === 0 || previous === 95) return null;
  if (digits > STR_DIGITS_CHECK_THRESHOLD && (base & (base - 1)) !== 0) {
    const limit = max_str_digits();
    if (limit > 0 && digits > limit) {
      PyErr_SetString(
        PyExc_ValueError,
        `Exceeds the limit (${limit} digits) for integer string conversion: value has ${digits} digits; use sys.set_int_max_str_digits() to increase the limit`,
      );
    }
  }
  if (i < end) return null;
  let body = start === 0 ? s : s.slice(start);
  if (underscores > 0) body = body.replaceAll('_', '');
  const value = digits_value(body, base);
  if (must_be_zero && value !== 0) return null;
  return negative ? -value : value;
}

/** The value of digits known to be valid. */
function digits_value(s: string, base: number): LongValue {
  if (base === 10) return s.length <= 15 ? +s : normal(BigInt(s));
  if (s.length * Math.log2(base) < 53) return Number.parseInt(s, base);
  if (base === 16) return normal(BigInt(`0x${s}`));
  if (base === 8) return normal(BigInt(`0o${s}`));
  if (base === 2) return normal(BigInt(`0b${s}`));
  return normal(big_digits_value(s, base, BigInt(base)));
}

/** Halves: linear in the number of multiplications of halves. */
function big_digits_value(s: string, base: number, big_base: bigint): bigint {
  if (s.length <= 10) return BigInt(Number.parseInt(s, base));
  const half = s.length >> 1;
  const high = big_digits_value(s.slice(0, s.length - half), base, big_base);
  return high * big_base ** BigInt(half) + big_digits_value(s.slice(s.length - half), base, big_base);
}

/** As parse_long_text, or ValueError naming `shown` (the str or bytes that was given). */
export function long_from_text(s: string, base: number, shown: PyObject): LongValue {
  const value = parse_long_text(s, base);
  if (value === null) {
    const repr = repr_string(shown);
    PyErr_SetString(
      PyExc_ValueError,
      `invalid literal for int() with base ${base}: ${repr.length > 200 ? repr.slice(0, 200) : repr}`,
    );
  }
  return value;
}

// --- int to text ----------------------------------------------------------------------------------------------------

function raise_too_many_digits(limit: number): never {
  PyErr_SetString(
    PyExc_ValueError,
    `Exceeds the limit (${limit} digits) for integer string conversion; use sys.set_int_max_str_digits() to increase the limit`,
  );
}

/** Decimal digits, subject to the limit. CPython: Objects/longobject.c:long_to_decimal_string_internal */
export function long_to_decimal(n: LongValue): string {
  if (typeof n === 'number') return `${n}`;
  const bits = bit_length(n);
  if (bits < 2100) return n.toString(); // at most 633 digits
  const limit = max_str_digits();
  // Refused before the work is done when it is clear.
  if (limit > 0 && bits * 0.30102 > limit + 2) raise_too_many_digits(limit);
  const s = n.toString();
  if (limit > 0) {
    const digits = n < 0n ? s.length - 1 : s.length;
    if (digits > STR_DIGITS_CHECK_THRESHOLD && digits > limit) raise_too_many_digits(limit);
  }
  return s;
}

/** Digits in base 2, 8, 10 or 16, with '0b', '0o' or '0x' in front if asked for. CPython: _PyLong_FormatWriter */
export function long_format_base(n: LongValue, base: number, prefix: boolean): string {
  if (base === 10) return long_to_decimal(n);
  const digits = n.toString(base);
  if (!prefix) return digits;
  const mark = base === 16 ? '0x' : base === 8 ? '0o' : '0b';
  return n < 0 ? `-${mark}${digits.slice(1)}` : mark + digits;
}

// --- int and bytes --------------------------------------------------------------------------------------------------

/** The integer that bytes spell. CPython: Objects/longobject.c:_PyLong_FromByteArray */
export function from_byte_array(bytes: Uint8Array, little_endian: boolean, is_signed: boolean): LongValue {
  const n = bytes.length;
  if (n === 0) return 0;
  if (n <= 6) {
    let value = 0;
    if (little_endian) for (let i = n - 1; i >= 0; i--) value = value * 256 + bytes[i]!;
    else for (let i = 0; i < n; i++) value = value * 256 + bytes[i]!;
    if (is_signed && bytes[little_endian ? n - 1 : 0]! >= 128) value -= 2 ** (8 * n);
    return value;
  }
  if (n === 8) return read_int64(bytes, 0, little_endian, is_signed);
  const parts: string[] = [];
  if (little_endian) for (let i = n - 1; i >= 0; i--) parts.push(hex_of(bytes[i]!));
  else for (let i = 0; i < n; i++) parts.push(hex_of(bytes[i]!));
  let value = BigInt(`0x${parts.join('')}`);
  if (is_signed && bytes[little_endian ? n - 1 : 0]! >= 128) value -= 1n << BigInt(8 * n);
  return normal(value);
}

/** The four bytes at an offset as an int32. */
export function read_int32(bytes: Uint8Array, at: number, little_endian: boolean): number {
  const a = bytes[at]!;
  const b = bytes[at + 1]!;
  const c = bytes[at + 2]!;
  const d = bytes[at + 3]!;
  return little_endian ? a | (b << 8) | (c << 16) | (d << 24) : (a << 24) | (b << 16) | (c << 8) | d;
}

/** The integer in the eight bytes at an offset. */
export function read_int64(bytes: Uint8Array, at: number, little_endian: boolean, is_signed: boolean): LongValue {
  const lo = read_int32(bytes, little_endian ? at : at + 4, little_endian) >>> 0;
  const top = read_int32(bytes, little_endian ? at + 4 : at, little_endian);
  const hi = is_signed ? top : top >>> 0;
  if (hi >= -0x200000 && hi < 0x200000) {
    const value = hi * 4294967296 + lo;
    if (value >= -MAX_SAFE) return value;
  }
  return (BigInt(hi) << 32n) | BigInt(lo);
}

function hex_of(byte: number): string {
  return byte < 16 ? `0${byte.toString(16)}` : byte.toString(16);
}

/** Bytes needed for the value, two's complement if signed. */
function fits(n: LongValue, length: number, is_signed: boolean): boolean {
  const bits = bit_length(n);
  if (!is_signed) return bits <= 8 * length;
  if (n >= 0) return bits === 0 || bits < 8 * length;
  // -2**k needs k + 1 bits.
  const magnitude = typeof n === 'number' ? -n - 1 : normal(-n - 1n);
  return bit_length(magnitude) < 8 * length;
}

/** The value in `length` bytes; OverflowError if it does not fit. CPython: Objects/longobject.c:_PyLong_AsByteArray */
export function to_byte_array(n: LongValue, length: number, little_endian: boolean, is_signed: boolean): Uint8Array {
  if (n < 0 && !is_signed) PyErr_SetString(PyExc_OverflowError, "can't convert negative int to unsigned");
  if (!fits(n, length, is_signed)) PyErr_SetString(PyExc_OverflowError, 'int too big to convert');
  const out = new Uint8Array(length);
  write_bytes(n, out, 0, length, little_endian);
  return out;
}

/** Writes the low `length` bytes of the two's complement form into a buffer. */
export function write_bytes(n: LongValue, out: Uint8Array, at: number, length: number, little_endian: boolean): void {
  if (typeof n === 'bigint' && length > 8) return write_large(n, out, at, length, little_endian);
  let lo: number;
  let hi: number;
  if (typeof n === 'number') {
    lo = n | 0; // modulo 2 ** 32
    hi = Math.floor(n / 4294967296) | 0;
  } else {
    lo = Number(BigInt.asIntN(32, n));
    hi = Number(BigInt.asIntN(32, n >> 32n));
  }
  const step = little_endian ? 1 : -1;
  let i = little_endian ? at : at + length - 1;
  for (let k = 0; k < length; k++) {
    if (k === 4) lo = hi;
    else if (k === 8) lo = hi >> 31;
    out[i] = lo; // modulo 256
    lo >>= 8;
    i += step;
  }
}

function write_large(n: bigint, out: Uint8Array, at: number, length: number, little_endian: boolean): void {
  const hex = BigInt.asUintN(8 * length, n).toString(16);
  const step = little_endian ? 1 : -1;
  let i = little_endian ? at : at + length - 1;
  let end = hex.length;
  for (let k = 0; k < length; k++) {
    out[i] = end <= 0 ? 0 : Number.parseInt(hex.slice(end >= 2 ? end - 2 : 0, end), 16);
    end -= 2;
    i += step;
  }
}
