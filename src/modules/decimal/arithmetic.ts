// arithmetic.ts: adding, multiplying, dividing decimals, and what is made of these.      CPython: Modules/_decimal/libmpdec/mpdecimal.c

import {
  absolute,
  adjusted,
  CLAMPED,
  check_nans,
  compare_magnitudes,
  compare_total,
  compare_values,
  cut_digits,
  Dec,
  DIVISION_BY_ZERO,
  DIVISION_IMPOSSIBLE,
  DIVISION_UNDEFINED,
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
  nan,
  negated,
  ONE,
  pow10,
  QNAN,
  ROUND_CEILING,
  ROUND_FLOOR,
  ROUND_HALF_EVEN,
  ROUNDED,
  raised,
  SNAN,
  SUBNORMAL,
  UNDERFLOW,
} from './number.ts';

// --- sums and products ------------------------------------------------------------------------------------------------

/** CPython: mpd_qadd, mpd_qsub (of the negated) */
export function add(a: Dec, b: Dec, c: Limits): Dec {
  if (a.kind !== FINITE || b.kind !== FINITE) {
    const special = check_nans(a, b, c);
    if (special !== null) return special;
    if (a.kind === INFINITE) return b.kind === INFINITE && a.neg !== b.neg ? invalid(INVALID_OPERATION) : a;
    return b;
  }
  if (a.exp === b.exp) return sum(a.neg, a.coef, b.neg, b.coef, a.exp, c);
  const big = a.exp > b.exp ? a : b;
  const small = a.exp > b.exp ? b : a;
  const shift = big.exp - small.exp;
  // A summand far below the last digit that counts matters only by being there.
  if (big.coef !== 0n && small.coef !== 0n && shift > c.prec + 2) {
    const digits = digits_of(big.coef);
    const reach = Math.min(big.exp, big.exp + digits - c.prec - 2) - 1;
    if (digits_of(small.coef) + small.exp < reach) {
      const wide = big.coef * pow10(big.exp - reach);
      const coef = big.neg === small.neg ? wide + 1n : wide - 1n;
      return finalize_parts(big.neg, coef, reach, c);
    }
  } else if (big.coef === 0n || small.coef === 0n) {
    if (big.coef === 0n && small.coef === 0n) return sum(big.neg, 0n, small.neg, 0n, small.exp, c);
    if (big.coef === 0n) return finalize_parts(small.neg, small.coef, small.exp, c);
    // The zero's exponent is the ideal one, as far as the precision allows.
    const exp = Math.max(small.exp, big.exp - c.prec - 1);
    return finalize_parts(big.neg, big.coef * pow10(big.exp - exp), exp, c);
  }
  return sum(big.neg, big.coef * pow10(shift), small.neg, small.coef, small.exp, c);
}

function sum(aneg: boolean, x: bigint, bneg: boolean, y: bigint, exp: number, c: Limits): Dec {
  if (aneg === bneg) return finalize_parts(aneg, x + y, exp, c);
  const d = x - y;
  if (d === 0n) return finalize_parts(c.round === ROUND_FLOOR, 0n, exp, c);
  return d > 0n ? finalize_parts(aneg, d, exp, c) : finalize_parts(bneg, -d, exp, c);
}

export function subtract(a: Dec, b: Dec, c: Limits): Dec {
  if (is_nan(b)) return check_nans(a, b, c)!;
  return add(a, negated(b), c);
}

/** CPython: mpd_qmul */
export function multiply(a: Dec, b: Dec, c: Limits): Dec {
  if (a.kind !== FINITE || b.kind !== FINITE) {
    const special = check_nans(a, b, c);
    if (special !== null) return special;
    if (is_zero(a) || is_zero(b)) return invalid(INVALID_OPERATION);
    return infinity(a.neg !== b.neg);
  }
  return finalize_parts(a.neg !== b.neg, a.coef * b.coef, a.exp + b.exp, c);
}

/** a * b + third with one rounding. CPython: mpd_qfma */
export function fma(a: Dec, b: Dec, third: Dec, c: Limits): Dec {
  if (a.kind === FINITE && b.kind === FINITE) {
    return add(finite(a.neg !== b.neg, a.coef * b.coef, a.exp + b.exp), third, c);
  }
  const product = multiply(a, b, c);
  // An invalid product is the result; a quiet NaN still meets the third.
  const signals = a.kind === SNAN || b.kind === SNAN || !(is_nan(a) || is_nan(b));
  return signals && is_nan(product) ? product : add(product, third, c);
}

// --- quotients --------------------------------------------------------------------------------------------------------

/** CPython: mpd_qdiv */
export function divide(a: Dec, b: Dec, c: Limits): Dec {
  const neg = a.neg !== b.neg;
  if (a.kind !== FINITE || b.kind !== FINITE) {
    const special = check_nans(a, b, c);
    if (special !== null) return special;
    if (a.kind === INFINITE) return b.kind === INFINITE ? invalid(INVALID_OPERATION) : infinity(neg);
    raised.flags |= CLAMPED;
    return finite(neg, 0n, c.emin - c.prec + 1);
  }
  if (b.coef === 0n) {
    if (a.coef === 0n) return invalid(DIVISION_UNDEFINED);
    raised.flags |= DIVISION_BY_ZERO;
    return infinity(neg);
  }
  if (a.coef === 0n) return finalize_parts(neg, 0n, a.exp - b.exp, c);
  const shift = digits_of(b.coef) - digits_of(a.coef) + c.prec + 1;
  let exp = a.exp - b.exp - shift;
  const over = shift >= 0 ? a.coef * pow10(shift) : a.coef;
  const under = shift >= 0 ? b.coef : b.coef * pow10(-shift);
  let q = over / under;
  if (q * under !== over) {
    // A digit that is neither 0 nor 5 stands for what is left.
    if (q % 5n === 0n) q++;
  } else {
    const ideal = a.exp - b.exp;
    while (exp < ideal) {
      const step = Math.min(ideal - exp, 16);
      const unit = pow10(step);
      if (step > 1 && q % unit === 0n) {
        q /= unit;
        exp += step;
      } else if (q % 10n === 0n) {
        q /= 10n;
        exp++;
      } else break;
    }
  }
  return finalize_parts(neg, q, exp, c);
}

/** Integral quotient and remainder of finite numbers, b not zero; null if the quotient has too many digits. */
function divide_with_rest(a: Dec, b: Dec, c: Limits): [Dec, Dec] | null {
  const neg = a.neg !== b.neg;
  const ideal = Math.min(a.exp, b.exp);
  if (a.coef === 0n) return [finite(neg, 0n, 0), finite(a.neg, 0n, ideal)];
  const order = adjusted(a) - adjusted(b);
  if (order > c.prec + 1) return null;
  if (order < -2) return [finite(neg, 0n, 0), finite(a.neg, a.coef * pow10(a.exp - ideal), ideal)];
  const x = a.coef * pow10(a.exp - ideal);
  const y = b.coef * pow10(b.exp - ideal);
  const q = x / y;
  if (digits_of(q) > c.prec) return null;
  return [finite(neg, q, 0), finite(a.neg, x - q * y, ideal)];
}

/** CPython: mpd_qdivint */
export function divide_int(a: Dec, b: Dec, c: Limits): Dec {
  const neg = a.neg !== b.neg;
  if (a.kind !== FINITE || b.kind !== FINITE) {
    const special = check_nans(a, b, c);
    if (special !== null) return special;
    if (a.kind === INFINITE) return b.kind === INFINITE ? invalid(INVALID_OPERATION) : infinity(neg);
    return finite(neg, 0n, 0);
  }
  if (b.coef === 0n) {
    if (a.coef === 0n) return invalid(DIVISION_UNDEFINED);
    raised.flags |= DIVISION_BY_ZERO;
    return infinity(neg);
  }
  const both = divide_with_rest(a, b, c);
  return both === null ? invalid(DIVISION_IMPOSSIBLE) : finalize(both[0], c);
}

/** CPython: mpd_qrem */
export function remainder(a: Dec, b: Dec, c: Limits): Dec {
  if (a.kind !== FINITE || b.kind !== FINITE) {
    const special = check_nans(a, b, c);
    if (special !== null) return special;
    if (a.kind === INFINITE) return invalid(INVALID_OPERATION);
    return finalize(a, c);
  }
  if (b.coef === 0n) return invalid(a.coef === 0n ? DIVISION_UNDEFINED : INVALID_OPERATION);
  const both = divide_with_rest(a, b, c);
  return both === null ? invalid(DIVISION_IMPOSSIBLE) : finalize(both[1], c);
}

/** CPython: mpd_qdivmod */
export function divide_modulo(a: Dec, b: Dec, c: Limits): [Dec, Dec] {
  const neg = a.neg !== b.neg;
  if (a.kind !== FINITE || b.kind !== FINITE) {
    const special = check_nans(a, b, c);
    if (special !== null) return [special, special];
    if (a.kind === INFINITE) {
      raised.flags |= INVALID_OPERATION;
      return [b.kind === INFINITE ? nan() : infinity(neg), nan()];
    }
    return [finite(neg, 0n, 0), finalize(a, c)];
  }
  if (b.coef === 0n) {
    if (a.coef === 0n) {
      const undefined_result = invalid(DIVISION_UNDEFINED);
      return [undefined_result, undefined_result];
    }
    raised.flags |= DIVISION_BY_ZERO | INVALID_OPERATION;
    return [infinity(neg), nan()];
  }
  const both = divide_with_rest(a, b, c);
  if (both === null) {
    const impossible = invalid(DIVISION_IMPOSSIBLE);
    return [impossible, impossible];
  }
  return [finalize(both[0], c), finalize(both[1], c)];
}

/** The remainder to the nearest quotient. CPython: mpd_qrem_near */
export function remainder_near(a: Dec, b: Dec, c: Limits): Dec {
  if (a.kind !== FINITE || b.kind !== FINITE) {
    const special = check_nans(a, b, c);
    if (special !== null) return special;
    if (a.kind === INFINITE) return invalid(INVALID_OPERATION);
    return finalize(a, c);
  }
  if (b.coef === 0n) return invalid(a.coef === 0n ? DIVISION_UNDEFINED : INVALID_OPERATION);
  const ideal = Math.min(a.exp, b.exp);
  if (a.coef === 0n) return finalize_parts(a.neg, 0n, ideal, c);
  const order = adjusted(a) - adjusted(b);
  if (order >= c.prec + 1) return invalid(DIVISION_IMPOSSIBLE);
  if (order <= -2) return finalize(finite(a.neg, a.coef * pow10(a.exp - ideal), ideal), c);
  const x = a.coef * pow10(a.exp - ideal);
  const y = b.coef * pow10(b.exp - ideal);
  let q = x / y;
  let rest = x - q * y;
  let neg = a.neg;
  if (2n * rest + (q & 1n) > y) {
    rest -= y;
    q++;
  }
  if (q >= pow10(c.prec)) return invalid(DIVISION_IMPOSSIBLE);
  if (rest < 0n) {
    neg = !neg;
    rest = -rest;
  }
  return finalize_parts(neg, rest, ideal, c);
}

// --- rounding ---------------------------------------------------------------------------------------------------------

/** a with the exponent of b. CPython: mpd_qquantize */
export function quantize(a: Dec, b: Dec, c: Limits): Dec {
  if (a.kind !== FINITE || b.kind !== FINITE) {
    const special = check_nans(a, b, c);
    if (special !== null) return special;
    if (a.kind === INFINITE && b.kind === INFINITE) return a;
    return invalid(INVALID_OPERATION);
  }
  const etiny = c.emin - c.prec + 1;
  if (b.exp > c.emax || b.exp < etiny) return invalid(INVALID_OPERATION);
  if (a.coef === 0n) return finalize_parts(a.neg, 0n, b.exp, c);
  const shift = a.exp - b.exp;
  if (digits_of(a.coef) + shift > c.prec) return invalid(INVALID_OPERATION);
  let coef: bigint;
  let lost = 0;
  if (shift >= 0) coef = a.coef * pow10(shift);
  else {
    coef = cut_digits(a.coef, -shift, a.neg, c.round);
    lost = ROUNDED;
    if (coef * pow10(Math.min(-shift, digits_of(a.coef) + 1)) !== a.coef) lost |= INEXACT;
  }
  const order = digits_of(coef) - 1 + b.exp;
  if (order > c.emax || digits_of(coef) > c.prec) return invalid(INVALID_OPERATION);
  raised.flags |= lost;
  if (coef !== 0n && order < c.emin) raised.flags |= SUBNORMAL;
  const result = finite(a.neg, coef, b.exp);
  raised.flags &= ~UNDERFLOW;
  return c.clamp === 1 ? finalize(result, c) : result;
}

/** Without trailing zeros. CPython: mpd_qreduce */
export function reduce(a: Dec, c: Limits): Dec {
  if (a.kind !== FINITE) return check_nans(a, null, c) ?? a;
  const r = finalize(a, c);
  if (r.kind !== FINITE) return r;
  if (r.coef === 0n) return finite(r.neg, 0n, 0);
  const top = c.clamp === 1 ? c.emax - c.prec + 1 : c.emax;
  let { coef, exp } = r;
  for (let step = 64; step >= 1; step >>= 1) {
    const unit = pow10(step);
    while (exp + step <= top && coef % unit === 0n) {
      coef /= unit;
      exp += step;
    }
  }
  return finite(r.neg, coef, exp);
}

/** To an integer; `exact` says what was lost. CPython: mpd_qround_to_intx, mpd_qround_to_int */
export function to_integral(a: Dec, c: Limits, round: number, exact: boolean): Dec {
  if (a.kind !== FINITE) return check_nans(a, null, c) ?? a;
  if (a.exp >= 0) return a;
  if (a.coef === 0n) return finite(a.neg, 0n, 0);
  const coef = cut_digits(a.coef, -a.exp, a.neg, round);
  if (exact) {
    raised.flags |= ROUNDED;
    if (!is_integral(a)) raised.flags |= INEXACT;
  }
  return finite(a.neg, coef, 0);
}

/** CPython: mpd_qplus, mpd_qminus, mpd_qabs */
export function plus(a: Dec, c: Limits): Dec {
  if (is_nan(a)) return check_nans(a, null, c)!;
  if (is_zero(a) && c.round !== ROUND_FLOOR) return finalize(absolute(a), c);
  return finalize(a, c);
}

export function minus(a: Dec, c: Limits): Dec {
  if (is_nan(a)) return check_nans(a, null, c)!;
  if (is_zero(a) && c.round !== ROUND_FLOOR) return finalize(absolute(a), c);
  return finalize(negated(a), c);
}

export function magnitude(a: Dec, c: Limits): Dec {
  if (is_nan(a)) return check_nans(a, null, c)!;
  return a.neg ? minus(a, c) : plus(a, c);
}

// --- comparing ------------------------------------------------------------------------------------------------------------

/** -1, 0, 1 or NaN. CPython: mpd_qcompare, mpd_qcompare_signal */
export function compare(a: Dec, b: Dec, c: Limits, signal: boolean): Dec {
  if (is_nan(a) || is_nan(b)) {
    if (signal) raised.flags |= INVALID_OPERATION;
    return check_nans(a, b, c)!;
  }
  return from_int(compare_values(a, b));
}

/** The larger or smaller; by magnitude if `mag`. A quiet NaN loses to a number. CPython: mpd_qmax and its kin */
export function extreme(a: Dec, b: Dec, c: Limits, larger: boolean, mag: boolean): Dec {
  if (is_nan(a) || is_nan(b)) {
    if (a.kind === QNAN && !is_nan(b)) return finalize(b, c);
    if (b.kind === QNAN && !is_nan(a)) return finalize(a, c);
    return check_nans(a, b, c)!;
  }
  let order = mag ? compare_magnitudes(a, b) : compare_values(a, b);
  if (order === 0) order = mag ? compare_values(a, b) : 0;
  if (order === 0) order = compare_total(a, b);
  return finalize(larger === order < 0 ? b : a, c);
}

// --- neighbours ------------------------------------------------------------------------------------------------------------

function largest(neg: boolean, c: Limits): Dec {
  return finite(neg, pow10(c.prec) - 1n, c.emax - c.prec + 1);
}

function smallest(neg: boolean, c: Limits): Dec {
  return finite(neg, 1n, c.emin - c.prec + 1);
}

/** The next number above or below. CPython: mpd_qnext_plus, mpd_qnext_minus */
export function next(a: Dec, c: Limits, up: boolean): Dec {
  if (is_nan(a)) return check_nans(a, null, c)!;
  if (a.kind === INFINITE) return a.neg === up ? largest(a.neg, c) : a;
  const directed: Limits = { ...c, round: up ? ROUND_CEILING : ROUND_FLOOR };
  const before = raised.flags;
  if (is_zero(a)) return smallest(!up, c);
  const fitted = finalize(a, directed);
  let result = fitted;
  if (compare_values(fitted, a) === 0) {
    const tiny = finite(!up, 1n, c.emin - c.prec);
    result = add(a, tiny, directed);
  }
  raised.flags = before;
  return result;
}

/** CPython: mpd_qnext_toward */
export function next_toward(a: Dec, b: Dec, c: Limits): Dec {
  const special = check_nans(a, b, c);
  if (special !== null) return special;
  const order = compare_values(a, b);
  if (order === 0) return new Dec(b.neg, a.kind, a.coef, a.exp);
  const result = next(a, c, order < 0);
  if (result.kind === INFINITE) raised.flags |= 0x800 | ROUNDED | INEXACT;
  else if (adjusted(result) < c.emin) {
    raised.flags |= UNDERFLOW | SUBNORMAL | ROUNDED | INEXACT;
    if (is_zero(result)) raised.flags |= CLAMPED;
  }
  return result;
}

// --- digits ---------------------------------------------------------------------------------------------------------------

/** The exponent of the first digit. CPython: mpd_qlogb */
export function logb(a: Dec, c: Limits): Dec {
  if (is_nan(a)) return check_nans(a, null, c)!;
  if (a.kind === INFINITE) return infinity(false);
  if (a.coef === 0n) {
    raised.flags |= DIVISION_BY_ZERO;
    return infinity(true);
  }
  return finalize(from_int(adjusted(a)), c);
}

/** The integer that the second operand must be, within limits; null if it is not. */
function small_integer(b: Dec, most: number): number | null {
  if (b.kind !== FINITE || b.exp !== 0) return null;
  const n = Number(b.coef);
  return n > most ? null : b.neg ? -n : n;
}

/** CPython: mpd_qscaleb */
export function scaleb(a: Dec, b: Dec, c: Limits): Dec {
  const special = check_nans(a, b, c);
  if (special !== null) return special;
  const n = small_integer(b, 2 * (c.emax + c.prec));
  if (n === null) return invalid(INVALID_OPERATION);
  if (a.kind === INFINITE) return a;
  return finalize_parts(a.neg, a.coef, a.exp + n, c);
}

function kept_digits(a: Dec, c: Limits): bigint {
  return digits_of(a.coef) > c.prec ? a.coef % pow10(c.prec) : a.coef;
}

/** Moves digits; those that leave are lost. CPython: mpd_qshift */
export function shift(a: Dec, b: Dec, c: Limits): Dec {
  const special = check_nans(a, b, c);
  if (special !== null) return special;
  const n = small_integer(b, c.prec);
  if (n === null) return invalid(INVALID_OPERATION);
  if (a.kind === INFINITE) return a;
  const coef = kept_digits(a, c);
  return finite(a.neg, n >= 0 ? (coef * pow10(n)) % pow10(c.prec) : coef / pow10(-n), a.exp);
}

/** Moves digits around. CPython: mpd_qrotate */
export function rotate(a: Dec, b: Dec, c: Limits): Dec {
  const special = check_nans(a, b, c);
  if (special !== null) return special;
  const n = small_integer(b, c.prec);
  if (n === null) return invalid(INVALID_OPERATION);
  if (a.kind === INFINITE) return a;
  const coef = kept_digits(a, c);
  const left = n >= 0 ? n : c.prec + n;
  const unit = pow10(c.prec - left);
  return finite(a.neg, (coef % unit) * pow10(left) + coef / unit, a.exp);
}

/** The digits of a logical operand (0 and 1 only), at most as many as the precision; null if it is none. */
function logical_digits(a: Dec, c: Limits): bigint | null {
  if (a.kind !== FINITE || a.neg || a.exp !== 0) return null;
  const text = a.coef.toString();
  if (!/^[01]+$/.test(text)) return null;
  return BigInt(`0b${text.length > c.prec ? text.slice(-c.prec) : text}`);
}

/** CPython: mpd_qand, mpd_qor, mpd_qxor, mpd_qinvert (b null) */
export function logical(a: Dec, b: Dec | null, c: Limits, operator: '&' | '|' | '^' | '~'): Dec {
  const x = logical_digits(a, c);
  const y = b === null ? 0n : logical_digits(b, c);
  if (x === null || y === null) return invalid(INVALID_OPERATION);
  let bits: bigint;
  if (operator === '&') bits = x & y;
  else if (operator === '|') bits = x | y;
  else if (operator === '^') bits = x ^ y;
  else bits = x ^ ((1n << BigInt(c.prec)) - 1n);
  return finite(false, BigInt(bits.toString(2)), 0);
}

// --- roots and powers -------------------------------------------------------------------------------------------------------

/** The largest integer whose square is at most n. */
export function integer_root(n: bigint): bigint {
  if (n < 2n) return n;
  const bits = n.toString(16).length * 4;
  let x = 1n << BigInt((bits >> 1) + 1);
  if (bits < 1000) x = BigInt(Math.floor(Math.sqrt(Number(n)) * (1 + 1e-15))) + 1n;
  for (;;) {
    const y = (x + n / x) >> 1n;
    if (y >= x) return x;
    x = y;
  }
}

/** CPython: mpd_qsqrt */
export function square_root(a: Dec, c: Limits): Dec {
  if (is_nan(a)) return check_nans(a, null, c)!;
  const half = Math.floor(a.exp / 2);
  if (is_zero(a)) return finalize_parts(a.neg, 0n, half, c);
  if (a.neg) return invalid(INVALID_OPERATION);
  if (a.kind === INFINITE) return a;
  const odd = a.exp - 2 * half === 1;
  let coef = odd ? a.coef * 10n : a.coef;
  let exp = half;
  const wanted = c.prec + 1;
  const have = Math.floor((digits_of(coef) + 1) / 2);
  const move = wanted - have;
  let exact = true;
  if (move >= 0) coef *= pow10(2 * move);
  else {
    const unit = pow10(-2 * move);
    const q = coef / unit;
    exact = q * unit === coef;
    coef = q;
  }
  exp -= move;
  let root = integer_root(coef);
  if (exact && root * root === coef) {
    if (move >= 0) root /= pow10(move);
    else root *= pow10(-move);
    exp += move;
  } else if (root % 5n === 0n) root++;
  return finalize_parts(false, root, exp, { ...c, round: ROUND_HALF_EVEN });
}

/** base^n for an integer n, each product rounded. CPython: _mpd_qpow_uint */
function power_by_squaring(base: Dec, n: bigint, neg: boolean, c: Limits): Dec {
  const bits = n.toString(2);
  let result = base;
  for (let i = 1; i < bits.length; i++) {
    result = multiply(result, result, c);
    if (bits[i] === '1') result = multiply(result, base, c);
    if (result.kind !== FINITE || (result.coef === 0n && (raised.flags & CLAMPED) !== 0)) break;
  }
  return new Dec(neg, result.kind, result.coef, result.exp);
}

/** base^exp for an integral exp. CPython: _mpd_qpow_int */
export function integer_power(base: Dec, exp: Dec, neg: boolean, c: Limits): Dec {
  const work: Limits = {
    prec: c.prec + digits_of(exp.coef) + exp.exp + 2,
    emax: c.emax,
    emin: c.emin,
    round: ROUND_HALF_EVEN,
    clamp: 0,
  };
  let start = absolute(base);
  if (exp.neg) {
    work.prec++;
    start = divide(ONE, start, work);
  }
  const n = integer_of(absolute(exp));
  const result = power_by_squaring(start, n, neg, work);
  if (result.kind === INFINITE) return finalize_parts(neg, 1n, c.emax + 1, c);
  return finalize(result, c);
}

/** pow(base, exp, modulo) of integers. CPython: mpd_qpowmod */
export function power_modulo(base: Dec, exp: Dec, modulo: Dec, c: Limits): Dec {
  if (is_nan(base) || is_nan(exp) || is_nan(modulo)) {
    const first = [base, exp, modulo].find(d => d.kind === SNAN) ?? [base, exp, modulo].find(is_nan)!;
    return check_nans(first, null, c)!;
  }
  const integral = is_integral(base) && is_integral(exp) && is_integral(modulo);
  if (!integral || is_zero(modulo) || (exp.neg && !is_zero(exp))) return invalid(INVALID_OPERATION);
  if (adjusted(modulo) >= c.prec) return invalid(INVALID_OPERATION);
  if (is_zero(base) && is_zero(exp)) return invalid(INVALID_OPERATION);
  const m = integer_of(absolute(modulo));
  let e = integer_of(exp);
  const neg = base.neg && (e & 1n) === 1n;
  // The base may have a large exponent: 10^exp is reduced as well.
  let b = power_mod_big(absolute(base).coef % m, 1n, m);
  if (base.exp > 0) b = (b * power_mod_big(10n, BigInt(base.exp), m)) % m;
  else if (base.exp < 0) b = integer_of(absolute(base)) % m;
  let r = 1n % m;
  while (e > 0n) {
    if ((e & 1n) === 1n) r = (r * b) % m;
    b = (b * b) % m;
    e >>= 1n;
  }
  return finite(neg, r, 0);
}

function power_mod_big(base: bigint, exp: bigint, m: bigint): bigint {
  let r = 1n % m;
  let b = base % m;
  for (let e = exp; e > 0n; e >>= 1n) {
    if ((e & 1n) === 1n) r = (r * b) % m;
    b = (b * b) % m;
  }
  return r;
}
