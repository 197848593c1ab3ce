// format.ts: struct formats: which item is where, how large and how aligned.         CPython: Modules/_struct.c
//
// '@' (or nothing) means the machine's sizes and alignment, here those of 64-bit Linux; '=', '<', '>' and '!' standard
// sizes without alignment. All but '>' and '!' are little-endian.

import { PyErr_SetString } from '../../core/errors.ts';
import { struct_error } from './error.ts';

/** Largest size that a struct may have. */
const MAX_SIZE = 9223372036854775807n;

/** One format letter with its count. */
export interface FormatCode {
  readonly letter: string;
  /** Bytes before the first item. */
  readonly offset: number;
  /** Bytes of one item (of the whole string for 's' and 'p'). */
  readonly size: number;
  readonly repeat: number;
  readonly is_int: boolean;
  /** An integer's: whether it has a sign, and the least and the largest that fits (as doubles). */
  readonly signed: boolean;
  readonly low: number;
  readonly high: number;
}

/** A parsed format. */
export interface StructFormat {
  readonly codes: readonly FormatCode[];
  readonly size: number;
  /** Size as an exact integer, where it may exceed 2**53. */
  readonly exact_size: bigint;
  /** Number of Python values. */
  readonly length: number;
  readonly little: boolean;
  readonly native: boolean;
}

/** Size and alignment by letter, as C has them. */
const NATIVE: Record<string, readonly [number, number]> = {
  x: [1, 1],
  b: [1, 1],
  B: [1, 1],
  c: [1, 1],
  s: [1, 1],
  p: [1, 1],
  h: [2, 2],
  H: [2, 2],
  i: [4, 4],
  I: [4, 4],
  l: [8, 8],
  L: [8, 8],
  n: [8, 8],
  N: [8, 8],
  q: [8, 8],
  Q: [8, 8],
  '?': [1, 1],
  e: [2, 2],
  f: [4, 4],
  d: [8, 8],
  F: [8, 4],
  D: [16, 8],
  P: [8, 8],
};

/** Sizes that differ without alignment; absent: as above; 0: not allowed. */
const STANDARD: Record<string, number> = { l: 4, L: 4, n: 0, N: 0, P: 0 };

function too_long(): never {
  PyErr_SetString(struct_error, 'total struct size too long');
}

function is_digit(c: string | undefined): boolean {
  return c !== undefined && c >= '0' && c <= '9';
}

function format_code(letter: string, offset: number, size: number, repeat: number): FormatCode {
  const signed = !'BHILNQP'.includes(letter);
  const low = signed ? -(2 ** (8 * size - 1)) : 0;
  const high = 2 ** (8 * size - (signed ? 1 : 0)) - 1;
  return { letter, offset, size, repeat, is_int: 'bBhHiIlLnNqQP'.includes(letter), signed, low, high };
}

/** CPython: prepare_s */
export function parse_format(format: string): StructFormat {
  let i = 0;
  let little = true;
  let native = true;
  const first = format[0];
  if (first === '@' || first === '=' || first === '<' || first === '>' || first === '!') {
    i = 1;
    native = first === '@';
    little = first !== '>' && first !== '!';
  }
  const codes: FormatCode[] = [];
  let size = 0n;
  let length = 0n;
  while (i < format.length) {
    let c = format[i++]!;
    if (c === ' ' || (c >= '\t' && c <= '\r')) continue;
    let count = 1n;
    if (is_digit(c)) {
      const start = i - 1;
      while (is_digit(format[i])) i++;
      count = BigInt(format.slice(start, i));
      if (count > MAX_SIZE) too_long();
      if (i === format.length) PyErr_SetString(struct_error, 'repeat count given without format specifier');
      c = format[i++]!;
    }
    const entry = NATIVE[c];
    const item = entry === undefined ? 0 : native ? entry[0] : (STANDARD[c] ?? entry[0]);
    if (entry === undefined || item === 0) PyErr_SetString(struct_error, 'bad char in struct format');
    if (native && entry[1] > 1) {
      const alignment = BigInt(entry[1]);
      size = ((size + alignment - 1n) / alignment) * alignment;
      if (size > MAX_SIZE) too_long();
    }
    const offset = size;
    size += count * BigInt(item);
    if (size > MAX_SIZE) too_long();
    if (c === 's' || c === 'p') {
      codes.push(format_code(c, Number(offset), Number(count), 1));
      length++;
    } else if (c !== 'x' && count > 0n) {
      codes.push(format_code(c, Number(offset), item, Number(count)));
      length += count;
    }
  }
  return { codes, size: Number(size), exact_size: size, length: Number(length), little, native };
}
