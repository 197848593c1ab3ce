// fixed.ts: exponential and logarithm in binary fixed point.
//
// A value is a BigInt whose last `bits` bits are after the point. Results are wrong by a few units in the last place.

import { integer_root } from './arithmetic.ts';
import { type Dec, pow10 } from './number.ts';

/** Bits beyond those wanted, for what rounding loses. */
const GUARD = 32;

export function to_fixed(a: Dec, bits: number): bigint {
  const b = BigInt(bits);
  const n = a.exp >= 0 ? (a.coef * pow10(a.exp)) << b : (a.coef << b) / pow10(-a.exp);
  return a.neg ? -n : n;
}

/** artanh(1/n) * 2^bits. */
function inverse_artanh(n: bigint, bits: number): bigint {
  const square = n * n;
  let power = (1n << BigInt(bits)) / n;
  let sum = power;
  for (let k = 3n; power !== 0n; k += 2n) {
    power /= square;
    sum += power / k;
  }
  return sum;
}

const constants: { bits: number; ln2: bigint; ln10: bigint } = { bits: 0, ln2: 0n, ln10: 0n };

/** ln 2 and ln 10 by Machin's formulas, kept for the most bits that were asked for. */
function make_constants(bits: number): void {
  if (bits <= constants.bits) return;
  const wide = Math.ceil((bits + GUARD) * 1.25) + 64;
  const a = inverse_artanh(26n, wide);
  const b = inverse_artanh(4801n, wide);
  const d = inverse_artanh(8749n, wide);
  constants.ln2 = 18n * a - 2n * b + 8n * d;
  // ln 10 = 3 ln 2 + ln 1.25
  constants.ln10 = 3n * constants.ln2 + 2n * inverse_artanh(9n, wide);
  constants.bits = wide;
}

export function fixed_ln2(bits: number): bigint {
  make_constants(bits);
  return constants.ln2 >> BigInt(constants.bits - bits);
}

export function fixed_ln10(bits: number): bigint {
  make_constants(bits);
  return constants.ln10 >> BigInt(constants.bits - bits);
}

/** e^x for x >= 0 of moderate size. */
export function fixed_exp(x: bigint, bits: number): bigint {
  const wide = bits + GUARD;
  const ln2 = fixed_ln2(wide);
  const y = x << BigInt(GUARD);
  const k = y / ln2;
  let r = y - k * ln2;
  // Halved often enough that few terms are needed; each squaring doubles the error.
  const halvings = BigInt(Math.floor(Math.sqrt(bits) / 1.5) + 4);
  const work = BigInt(wide) + halvings + 8n;
  r <<= 8n;
  const one = 1n << work;
  // r / 2^halvings has the same digits with more bits after the point.
  let term = one;
  let sum = one;
  for (let n = 1n; term !== 0n; n++) {
    term = ((term * r) >> work) / n;
    sum += term;
  }
  for (let i = 0n; i < halvings; i++) sum = (sum * sum) >> work;
  const back = work - BigInt(bits) - k;
  return back >= 0n ? sum >> back : sum << -back;
}

/** ln x for x > 0 between 0.05 and 20. */
export function fixed_ln(x: bigint, bits: number): bigint {
  const roots = Math.floor(Math.sqrt(bits) / 2.5) + 2;
  const wide = bits + GUARD + roots * 2;
  const w = BigInt(wide);
  const one = 1n << w;
  let y = x << (w - BigInt(bits));
  for (let i = 0; i < roots; i++) y = integer_root(y << w);
  // ln y = 2 artanh((y - 1) / (y + 1))
  const z = ((y - one) << w) / (y + one);
  const square = (z * z) >> w;
  let power = z;
  let sum = z;
  for (let k = 3n; power !== 0n && power !== -1n; k += 2n) {
    power = (power * square) >> w;
    sum += power / k;
  }
  return (sum << BigInt(roots + 1)) >> (w - BigInt(bits));
}
