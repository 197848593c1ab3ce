// operations.ts: the operations that Decimal and Context share, by name.                  CPython: Modules/_decimal/_decimal.c

import {
  add,
  compare,
  divide,
  divide_int,
  extreme,
  logb,
  logical,
  magnitude,
  minus,
  multiply,
  next,
  next_toward,
  plus,
  quantize,
  reduce,
  remainder,
  remainder_near,
  rotate,
  scaleb,
  shift,
  square_root,
  subtract,
  to_integral,
} from './arithmetic.ts';
import { absolute, compare_total, Dec, from_int, type Limits } from './number.ts';
import { common_log, exponential, natural_log } from './transcendental.ts';

export type Unary = (a: Dec, c: Limits) => Dec;
export type Binary = (a: Dec, b: Dec, c: Limits) => Dec;

/** Methods of both types with one operand. */
export const UNARY: Readonly<Record<string, Unary>> = {
  exp: exponential,
  ln: natural_log,
  log10: common_log,
  next_minus: (a, c) => next(a, c, false),
  next_plus: (a, c) => next(a, c, true),
  normalize: reduce,
  sqrt: square_root,
  logb,
  logical_invert: (a, c) => logical(a, null, c, '~'),
};

/** Methods of contexts only. */
export const CONTEXT_UNARY: Readonly<Record<string, Unary>> = {
  abs: magnitude,
  minus,
  plus,
  to_integral: (a, c) => to_integral(a, c, c.round, false),
  to_integral_exact: (a, c) => to_integral(a, c, c.round, true),
  to_integral_value: (a, c) => to_integral(a, c, c.round, false),
};

/** Methods of both types with two operands. */
export const BINARY: Readonly<Record<string, Binary>> = {
  compare: (a, b, c) => compare(a, b, c, false),
  compare_signal: (a, b, c) => compare(a, b, c, true),
  max: (a, b, c) => extreme(a, b, c, true, false),
  max_mag: (a, b, c) => extreme(a, b, c, true, true),
  min: (a, b, c) => extreme(a, b, c, false, false),
  min_mag: (a, b, c) => extreme(a, b, c, false, true),
  next_toward,
  remainder_near,
  compare_total: (a, b) => from_int(compare_total(a, b)),
  compare_total_mag: (a, b) => from_int(compare_total(absolute(a), absolute(b))),
  copy_sign: (a, b) => new Dec(b.neg, a.kind, a.coef, a.exp),
  logical_and: (a, b, c) => logical(a, b, c, '&'),
  logical_or: (a, b, c) => logical(a, b, c, '|'),
  logical_xor: (a, b, c) => logical(a, b, c, '^'),
  rotate,
  scaleb,
  shift,
};

export const CONTEXT_BINARY: Readonly<Record<string, Binary>> = {
  add,
  divide,
  divide_int,
  multiply,
  quantize,
  remainder,
  subtract,
};

/** CPython: mpd_class */
export function number_class(a: Dec, c: Limits, adjusted: number): string {
  if (a.kind === 2) return 'NaN';
  if (a.kind === 3) return 'sNaN';
  const sign = a.neg ? '-' : '+';
  if (a.kind === 1) return `${sign}Infinity`;
  if (a.coef === 0n) return `${sign}Zero`;
  return sign + (adjusted < c.emin ? 'Subnormal' : 'Normal');
}

export const ROUNDINGS = [
  'ROUND_UP',
  'ROUND_DOWN',
  'ROUND_CEILING',
  'ROUND_FLOOR',
  'ROUND_HALF_UP',
  'ROUND_HALF_DOWN',
  'ROUND_HALF_EVEN',
  'ROUND_05UP',
];
