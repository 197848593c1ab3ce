// transcendental.ts: exp, ln, log10 and power of decimals.                      CPython: Modules/_decimal/libmpdec/mpdecimal.c
//
// They are computed in binary fixed point: a BigInt of `bits` bits after the point. A result is taken when the digits after
// those wanted leave no doubt about the rounding; else it is computed again with more. So all are correctly rounded.

import { integer_power, multiply } from './arithmetic.ts';
import { fixed_exp, fixed_ln, fixed_ln10, to_fixed } from './fixed.ts';
import {
  absolute,
  adjusted,
  check_nans,
  compare_magnitudes,
  Dec,
  digits_of,
  FINITE,
  finalize,
  finalize_parts,
  finite,
  from_int,
  INEXACT,
  INFINITE,
  INVALID_OPERATION,
  infinity,
  integer_of,
  invalid,
  is_integral,
  is_nan,
  is_zero,
  type Limits,
  limits,
  ONE,
  pow10,
  ROUND_HALF_EVEN,
  ROUNDED,
  raised,
} from './number.ts';

/** Bits that hold so many decimal digits. */
function bits_for(digits: number): number {
  return Math.ceil(digits * 3.3219280948873626) + 8;
}

/** Rounds half even a value known to a few units: `approximate(digits)` gives (coefficient, exponent) of at least so many
 *  digits, wrong by less than 10 in the last. */
function certain(c: Limits, approximate: (digits: number) => [bigint, number, boolean]): Dec {
  const even: Limits = { ...c, round: ROUND_HALF_EVEN };
  for (let extra = 6; ; extra *= 2) {
    const [coef, exp, neg] = approximate(c.prec + extra);
    const drop = digits_of(coef) - c.prec;
    const unit = pow10(drop);
    const rest = coef % unit;
    const doubt = 100n;
    const half = unit / 2n;
    const near = rest < doubt || unit - rest < doubt || (rest > half - doubt && rest < half + doubt);
    if (near) {
      // Only so many nines or zeros follow by chance.
      if (extra < 200 + c.prec * 4) continue;
    }
    // What was computed is never exact.
    const sticky = coef * 10n + 1n;
    return finalize_parts(neg, sticky, exp - 1, even);
  }
}

/** CPython: mpd_qexp */
export function exponential(a: Dec, c: Limits): Dec {
  if (is_nan(a)) return check_nans(a, null, c)!;
  if (a.kind === INFINITE) return a.neg ? finite(false, 0n, 0) : a;
  if (a.coef === 0n) return ONE;
  // Beyond any exponent, or so small that only the direction counts.
  const size = adjusted(a);
  const far = Math.ceil(Math.log10(Math.max(c.emax, -(c.emin - c.prec)) * 2.31)) + 1;
  if (size > far) {
    if (!a.neg) return finalize_parts(false, 1n, c.emax + 1, { ...c, round: ROUND_HALF_EVEN });
    const tiny = finalize_parts(false, 1n, c.emin - c.prec - 2, { ...c, round: ROUND_HALF_EVEN });
    return tiny;
  }
  if (size < -c.prec - 2) {
    // 1 + a, to the precision.
    const unit = pow10(c.prec + 1);
    const coef = a.neg ? unit - 1n : unit + 1n;
    return finalize_parts(false, coef, -(c.prec + 1), { ...c, round: ROUND_HALF_EVEN });
  }
  return certain(c, digits => {
    const bits = bits_for(digits + Math.max(size, 0) + 4);
    const x = to_fixed(a, bits);
    const ln10 = fixed_ln10(bits);
    let k = x / ln10;
    let r = x - k * ln10;
    if (r < 0n) {
      r += ln10;
      k--;
    }
    const y = fixed_exp(r, bits);
    return [(y * pow10(digits)) >> BigInt(bits), Number(k) - digits, false];
  });
}

/** The logarithm of a positive finite number other than 1, as a fixed-point value. */
function fixed_log(a: Dec, bits: number): bigint {
  // a = m * 10^e with m in [0.1, 10): near 1 no digits cancel.
  const e = adjusted(a);
  const near_one = e === -1 ? 0 : e;
  const m = to_fixed(finite(false, a.coef, a.exp - near_one), bits);
  const log = fixed_ln(m, bits);
  return near_one === 0 ? log : log + BigInt(near_one) * fixed_ln10(bits);
}

/** How many digits after the point are zeros in the logarithm of a number close to 1. */
function closeness(a: Dec): number {
  const e = adjusted(a);
  if (e !== 0 && e !== -1) return 0;
  const unit = a.exp < 0 ? pow10(-a.exp) : 1n;
  const d = a.coef > unit ? a.coef - unit : unit - a.coef;
  return Math.max(0, -a.exp - digits_of(d));
}

function logarithm(a: Dec, c: Limits, decimal: boolean): Dec {
  const zeros = closeness(a);
  return certain(c, digits => {
    const total = digits + zeros + 4;
    const bits = bits_for(total + 6);
    let log = fixed_log(a, bits);
    if (decimal) log = (log << BigInt(bits)) / fixed_ln10(bits);
    const neg = log < 0n;
    const coef = ((neg ? -log : log) * pow10(total)) >> BigInt(bits);
    return [coef, -total, neg];
  });
}

/** CPython: mpd_qln */
export function natural_log(a: Dec, c: Limits): Dec {
  const special = log_special(a, c);
  if (special !== null) return special;
  if (compare_magnitudes(a, ONE) === 0) return from_int(0);
  return logarithm(a, c, false);
}

/** CPython: mpd_qlog10 */
export function common_log(a: Dec, c: Limits): Dec {
  const special = log_special(a, c);
  if (special !== null) return special;
  const e = adjusted(a);
  if (a.coef === pow10(digits_of(a.coef) - 1)) return finalize(from_int(e), { ...c, round: ROUND_HALF_EVEN });
  return logarithm(a, c, true);
}

function log_special(a: Dec, c: Limits): Dec | null {
  if (is_nan(a)) return check_nans(a, null, c);
  if (is_zero(a)) return infinity(true);
  if (a.neg) return invalid(INVALID_OPERATION);
  return a.kind === INFINITE ? a : null;
}

/** 1 with all digits of the precision. */
function padded_one(neg: boolean, c: Limits): Dec {
  raised.flags |= INEXACT | ROUNDED;
  return finite(neg, pow10(c.prec - 1), -(c.prec - 1));
}

/** CPython: mpd_qpow */
export function power(base: Dec, exp: Dec, c: Limits): Dec {
  const special = check_nans(base, exp, c);
  if (special !== null) return special;
  const integral = is_integral(exp);
  const odd = integral && exp.exp <= 0 && (integer_of(exp) & 1n) !== 0n;
  const neg = base.neg && odd;
  if (is_zero(exp)) return is_zero(base) ? invalid(INVALID_OPERATION) : ONE;
  if (is_zero(base)) return exp.neg ? infinity(neg) : finite(neg, 0n, 0);
  if (base.neg && (!integral || exp.kind === INFINITE)) return invalid(INVALID_OPERATION);
  if (base.kind === INFINITE) return exp.neg ? finite(neg, 0n, 0) : infinity(neg);
  const to_one = compare_magnitudes(base, ONE);
  if (exp.kind === INFINITE) {
    if (to_one === 0) return padded_one(neg, c);
    return to_one < 0 === exp.neg ? infinity(false) : finite(false, 0n, 0);
  }
  if (to_one === 0) return power_of_one(base, exp, neg, integral, c);
  const bounded = out_of_range(base, exp, neg, to_one, c);
  if (bounded !== null) return bounded;
  if (integral && digits_of(exp.coef) + exp.exp <= 19) return integer_power(base, exp, neg, c);
  return real_power(base, exp, neg, c);
}

/** The exponent says how many zeros are shown. CPython: _qcheck_pow_one */
function power_of_one(base: Dec, exp: Dec, neg: boolean, integral: boolean, c: Limits): Dec {
  if (!integral || exp.neg) {
    if (!integral) return padded_one(neg, c);
    if (base.exp === 0) return finite(neg, 1n, 0);
    if (exp.neg) return integer_power(base, exp, neg, c);
  }
  const shift = Number(-BigInt(base.exp) * integer_of(absolute(exp)));
  if (shift > c.prec - 1) {
    raised.flags |= ROUNDED;
    return finite(neg, pow10(c.prec - 1), -(c.prec - 1));
  }
  return finite(neg, pow10(shift), -shift);
}

/** A result that certainly overflows or vanishes, or null. CPython: _qcheck_pow_bounds */
function out_of_range(base: Dec, exp: Dec, neg: boolean, to_one: number, c: Limits): Dec | null {
  const e = adjusted(base);
  // log10(base) lies between e and e + 1.
  const least = to_one > 0 ? Math.max(e, 0) : -(e + 1);
  const size = adjusted(exp);
  const grows = to_one > 0 !== exp.neg;
  let log_size: number;
  if (least >= 1) log_size = Math.floor(Math.log10(least));
  else {
    // Close to 1: the logarithm is about the distance to 1.
    log_size = -closeness(base) - 2;
  }
  const bound = grows ? c.emax : -(c.emin - c.prec + 1);
  if (log_size + size <= Math.ceil(Math.log10(Math.max(bound, 1))) + 1) return null;
  if (grows) return finalize_parts(neg, 1n, c.emax + 1, c);
  return finalize_parts(neg, 1n, c.emin - c.prec - 2, c);
}

/** CPython: _mpd_qpow_real */
function real_power(base: Dec, exp: Dec, neg: boolean, c: Limits): Dec {
  const prec = Math.max(c.prec, digits_of(base.coef)) + 4 + 19;
  const work = limits(prec);
  const before = raised.flags;
  const log = natural_log(base, work);
  const result = exponential(multiply(log, exp, work), { ...work, emax: c.emax, emin: c.emin - 30 });
  raised.flags = before | INEXACT | ROUNDED;
  const signed = new Dec(neg, result.kind, result.coef, result.exp);
  if (signed.kind !== FINITE) return finalize_parts(neg, 1n, c.emax + 1, c);
  if (signed.coef === 0n) return finalize_parts(neg, 1n, c.emin - c.prec - 2, c);
  return finalize(pad(signed, c), c);
}

/** An exact result shows all digits too. */
function pad(a: Dec, c: Limits): Dec {
  const missing = c.prec + 1 - digits_of(a.coef);
  return missing > 0 ? finite(a.neg, a.coef * pow10(missing), a.exp - missing) : a;
}
