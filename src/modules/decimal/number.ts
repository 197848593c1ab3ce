// number.ts: decimal numbers as plain values: making, rounding, comparing.                    CPython: Modules/_decimal/libmpdec
//
// A number is sign, coefficient and exponent: (-1)^sign * coef * 10^exp. Operations are those of the General Decimal
// Arithmetic specification; what is exceptional about a result is added to `raised.flags`, and who asked looks there.
// Exponents are JS numbers: they are exact up to 2^53, far beyond any that a program computes with.

export const FINITE = 0;
export const INFINITE = 1;
export const QNAN = 2;
export const SNAN = 3;

/** A number; the coefficient of a NaN is its payload. Never changed once made. */
export class Dec {
  readonly neg: boolean;
  readonly kind: number;
  readonly coef: bigint;
  readonly exp: number;
  constructor(neg: boolean, kind: number, coef: bigint, exp: number) {
    this.neg = neg;
    this.kind = kind;
    this.coef = coef;
    this.exp = exp;
  }
}

// Conditions, with libmpdec's numbers.
export const CLAMPED = 0x1;
export const CONVERSION_SYNTAX = 0x2;
export const DIVISION_BY_ZERO = 0x4;
export const DIVISION_IMPOSSIBLE = 0x8;
export const DIVISION_UNDEFINED = 0x10;
export const INEXACT = 0x40;
export const INVALID_CONTEXT = 0x80;
export const INVALID_OPERATION = 0x100;
export const OVERFLOW = 0x800;
export const ROUNDED = 0x1000;
export const SUBNORMAL = 0x2000;
export const UNDERFLOW = 0x4000;
export const FLOAT_OPERATION = 0x400;
export const ANY_INVALID =
  CONVERSION_SYNTAX | DIVISION_IMPOSSIBLE | DIVISION_UNDEFINED | 0x20 | INVALID_CONTEXT | INVALID_OPERATION | 0x200;

/** What the operation that runs has met. */
export const raised = { flags: 0 };

export const ROUND_UP = 0;
export const ROUND_DOWN = 1;
export const ROUND_CEILING = 2;
export const ROUND_FLOOR = 3;
export const ROUND_HALF_UP = 4;
export const ROUND_HALF_DOWN = 5;
export const ROUND_HALF_EVEN = 6;
export const ROUND_05UP = 7;

export const MAX_PREC = 999999999999999999n;
export const MAX_EMAX = 999999999999999999n;
const HUGE = 1e18 - 128;

/** Precision and range of results. */
export interface Limits {
  prec: number;
  emax: number;
  emin: number;
  round: number;
  clamp: number;
}

export function limits(prec: number, round = ROUND_HALF_EVEN): Limits {
  return { prec, emax: HUGE, emin: -HUGE, round, clamp: 0 };
}

const powers: bigint[] = [1n];

/** 10^n. */
export function pow10(n: number): bigint {
  if (n < 400) {
    while (powers.length <= n) powers.push(powers[powers.length - 1]! * 10n);
    return powers[n]!;
  }
  if (n > 3e8) throw new RangeError('Maximum BigInt size exceeded');
  return 10n ** BigInt(n);
}

const LOG10_2 = Math.LOG10E * Math.LN2;

/** How many decimal digits a coefficient has; zero has one. */
export function digits_of(coef: bigint): number {
  const n = Number(coef);
  if (n < 1e8) {
    if (n < 1e4) return n < 100 ? (n < 10 ? 1 : 2) : n < 1000 ? 3 : 4;
    return n < 1e6 ? (n < 1e5 ? 5 : 6) : n < 1e7 ? 7 : 8;
  }
  if (n < 1e15) {
    if (n < 1e12) return n < 1e10 ? (n < 1e9 ? 9 : 10) : n < 1e11 ? 11 : 12;
    return n < 1e14 ? (n < 1e13 ? 13 : 14) : 15;
  }
  // Rounded by now, as is the logarithm: right but for the neighbourhood of powers of ten.
  let guess = n < 1e300 ? Math.floor(Math.log10(n)) : Math.floor((coef.toString(16).length * 4 - 4) * LOG10_2);
  while (coef >= pow10(guess + 1)) guess++;
  while (coef < pow10(guess)) guess--;
  return guess + 1;
}

export function finite(neg: boolean, coef: bigint, exp: number): Dec {
  return new Dec(neg, FINITE, coef, exp);
}

export function infinity(neg: boolean): Dec {
  return new Dec(neg, INFINITE, 0n, 0);
}

export function nan(): Dec {
  return new Dec(false, QNAN, 0n, 0);
}

export function from_int(n: number | bigint): Dec {
  const b = BigInt(n);
  return b < 0n ? finite(true, -b, 0) : finite(false, b, 0);
}

export const ZERO = /* @__PURE__ */ new Dec(false, FINITE, 0n, 0);
export const ONE = /* @__PURE__ */ new Dec(false, FINITE, 1n, 0);

export function is_zero(a: Dec): boolean {
  return a.kind === FINITE && a.coef === 0n;
}

export function is_nan(a: Dec): boolean {
  return a.kind >= QNAN;
}

/** Exponent of the first digit. */
export function adjusted(a: Dec): number {
  return digits_of(a.coef) - 1 + a.exp;
}

export function negated(a: Dec): Dec {
  return new Dec(!a.neg, a.kind, a.coef, a.exp);
}

export function absolute(a: Dec): Dec {
  return a.neg ? negated(a) : a;
}

/** Raises a condition; the NaN that stands for the result. */
export function invalid(flag: number): Dec {
  raised.flags |= flag;
  return nan();
}

/** Whether a coefficient cut after some digits is to be increased by one: `rest` is what was cut, `half` half of one unit. */
function rounds_up(coef: bigint, rest: bigint, half: bigint, neg: boolean, round: number): boolean {
  switch (round) {
    case ROUND_DOWN:
      return false;
    case ROUND_UP:
      return rest !== 0n;
    case ROUND_CEILING:
      return rest !== 0n && !neg;
    case ROUND_FLOOR:
      return rest !== 0n && neg;
    case ROUND_HALF_UP:
      return rest >= half;
    case ROUND_HALF_DOWN:
      return rest > half;
    case ROUND_HALF_EVEN:
      return rest > half || (rest === half && (coef & 1n) === 1n);
    default:
      return rest !== 0n && coef % 5n === 0n;
  }
}

/** The last rounding: whether digits other than zero were lost. */
const lost = { inexact: false };

/** The coefficient without its last n digits, rounded; `lost.inexact` says whether they mattered. */
export function cut_digits(coef: bigint, n: number, neg: boolean, round: number): bigint {
  if (n > digits_of(coef) + 1) {
    lost.inexact = coef !== 0n;
    return rounds_up(0n, coef === 0n ? 0n : 1n, 5n, neg, round) ? 1n : 0n;
  }
  const unit = pow10(n);
  const q = coef / unit;
  const rest = coef - q * unit;
  lost.inexact = rest !== 0n;
  if (rest === 0n) return q;
  return rounds_up(q, rest, unit / 2n, neg, round) ? q + 1n : q;
}

/** What overflow gives in a rounding. CPython: mpd_set_overflow... _mpd_fix */
function overflowed(neg: boolean, c: Limits): Dec {
  raised.flags |= OVERFLOW | INEXACT | ROUNDED;
  const { round } = c;
  const largest =
    round === ROUND_DOWN || round === ROUND_05UP || (round === ROUND_CEILING && neg) || (round === ROUND_FLOOR && !neg);
  if (!largest) return infinity(neg);
  return finite(neg, pow10(c.prec) - 1n, c.emax - c.prec + 1);
}

/** Fits a number into the limits. CPython: mpd_qfinalize */
export function finalize(a: Dec, c: Limits): Dec {
  if (a.kind !== FINITE) {
    if (a.kind === INFINITE) return a;
    const room = c.prec - c.clamp;
    if (a.coef !== 0n && digits_of(a.coef) > room) return new Dec(a.neg, a.kind, a.coef % pow10(room), 0);
    return a;
  }
  return finalize_parts(a.neg, a.coef, a.exp, c, a);
}

/** As finalize() of a number that may not exist yet (`same` if it does). */
export function finalize_parts(neg: boolean, coef: bigint, exp: number, c: Limits, same: Dec | null = null): Dec {
  const etiny = c.emin - c.prec + 1;
  const etop = c.emax - c.prec + 1;
  if (coef === 0n) {
    const top = c.clamp === 1 ? etop : c.emax;
    if (exp < etiny || exp > top) {
      raised.flags |= CLAMPED;
      return finite(neg, 0n, exp < etiny ? etiny : top);
    }
    return same ?? finite(neg, 0n, exp);
  }
  const digits = digits_of(coef);
  let least = digits + exp - c.prec;
  if (least > etop) return overflowed(neg, c);
  const subnormal = least < etiny;
  if (subnormal) least = etiny;
  if (exp < least) {
    let q = cut_digits(coef, least - exp, neg, c.round);
    const { inexact } = lost;
    if (q === pow10(c.prec)) {
      q /= 10n;
      least++;
    }
    if (least > etop) return overflowed(neg, c);
    raised.flags |= ROUNDED;
    if (inexact) raised.flags |= subnormal ? INEXACT | UNDERFLOW | SUBNORMAL : INEXACT;
    else if (subnormal) raised.flags |= SUBNORMAL;
    if (q === 0n) raised.flags |= CLAMPED;
    return finite(neg, q, least);
  }
  if (subnormal) raised.flags |= SUBNORMAL;
  if (c.clamp === 1 && exp > etop) {
    raised.flags |= CLAMPED;
    return finite(neg, coef * pow10(exp - etop), etop);
  }
  return same ?? finite(neg, coef, exp);
}

/** The NaN that an operation on NaNs gives, or null if there is none among them. CPython: mpd_qcheck_nans */
export function check_nans(a: Dec, b: Dec | null, c: Limits): Dec | null {
  if (a.kind < QNAN && (b === null || b.kind < QNAN)) return null;
  let from = a;
  if (a.kind === SNAN) raised.flags |= INVALID_OPERATION;
  else if (b !== null && b.kind === SNAN) {
    raised.flags |= INVALID_OPERATION;
    from = b;
  } else if (a.kind !== QNAN) from = b!;
  return finalize(new Dec(from.neg, QNAN, from.coef, 0), c);
}

// --- comparing --------------------------------------------------------------------------------------------------------

/** -1, 0 or 1; no NaNs. CPython: _mpd_cmp */
export function compare_values(a: Dec, b: Dec): number {
  const za = is_zero(a);
  const zb = is_zero(b);
  if (za || zb) return za ? (zb ? 0 : b.neg ? 1 : -1) : a.neg ? -1 : 1;
  if (a.neg !== b.neg) return a.neg ? -1 : 1;
  const larger = compare_magnitudes(a, b);
  return a.neg ? -larger : larger;
}

/** -1, 0 or 1, without signs; no NaNs. */
export function compare_magnitudes(a: Dec, b: Dec): number {
  if (a.kind === INFINITE || b.kind === INFINITE) return a.kind === b.kind ? 0 : a.kind === INFINITE ? 1 : -1;
  const za = a.coef === 0n;
  const zb = b.coef === 0n;
  if (za || zb) return za ? (zb ? 0 : -1) : 1;
  const order = adjusted(a) - adjusted(b);
  if (order !== 0) return order < 0 ? -1 : 1;
  let x = a.coef;
  let y = b.coef;
  if (a.exp > b.exp) x *= pow10(a.exp - b.exp);
  else if (b.exp > a.exp) y *= pow10(b.exp - a.exp);
  return x < y ? -1 : x > y ? 1 : 0;
}

/** The total order of all numbers: also by exponent, sign of zero, kind of NaN. CPython: mpd_cmp_total */
export function compare_total(a: Dec, b: Dec): number {
  if (a.neg !== b.neg) return a.neg ? -1 : 1;
  const sign = a.neg ? -1 : 1;
  if (a.kind >= QNAN || b.kind >= QNAN) {
    const rank = (d: Dec): number => (d.kind === QNAN ? 2 : d.kind === SNAN ? 1 : 0);
    const order = rank(a) - rank(b);
    if (order !== 0) return order < 0 ? -sign : sign;
    return a.coef < b.coef ? -sign : a.coef > b.coef ? sign : 0;
  }
  const order = compare_values(a, b);
  if (order !== 0) return order;
  if (a.exp === b.exp) return 0;
  return a.exp < b.exp ? -sign : sign;
}

/** Whether all digits of a finite number are before the point. */
export function is_integral(a: Dec): boolean {
  if (a.kind !== FINITE) return false;
  if (a.exp >= 0 || a.coef === 0n) return true;
  if (-a.exp > digits_of(a.coef)) return false;
  return a.coef % pow10(-a.exp) === 0n;
}

/** The integer of an integral number. */
export function integer_of(a: Dec): bigint {
  const n = a.exp >= 0 ? a.coef * pow10(a.exp) : -a.exp > digits_of(a.coef) ? 0n : a.coef / pow10(-a.exp);
  return a.neg ? -n : n;
}
