// sysinfo.ts: facts about numbers that sys shows: int_info, float_info, hash_info.   CPython: Objects/longobject.c, floatobject.c

import { DEFAULT_MAX_STR_DIGITS, STR_DIGITS_CHECK_THRESHOLD } from './longobject/convert.ts';

/** Fields of sys.int_info, in order. */
export const int_info = {
  bits_per_digit: 30,
  sizeof_digit: 4,
  default_max_str_digits: 4300,
  str_digits_check_threshold: 640,
} as const;

/** Fields of sys.float_info, in order; max, min and epsilon are floats, the rest ints. */
export const float_info = {
  max: Number.MAX_VALUE,
  max_exp: 1024,
  max_10_exp: 308,
  min: 2.2250738585072014e-308,
  min_exp: -1021,
  min_10_exp: -307,
  dig: 15,
  mant_dig: 53,
  epsilon: Number.EPSILON,
  radix: 2,
  rounds: 1,
} as const;

/** Fields of sys.hash_info, in order. */
export const hash_info = {
  width: 64,
  modulus: (1n << 61n) - 1n,
  inf: 314159,
  nan: 0,
  imag: 1000003,
  algorithm: 'siphash13',
  hash_bits: 64,
  seed_bits: 128,
  cutoff: 0,
} as const;

/** What sys.set_int_max_str_digits accepts besides 0: at least this. */
export const MIN_MAX_STR_DIGITS = STR_DIGITS_CHECK_THRESHOLD;
export { DEFAULT_MAX_STR_DIGITS };
