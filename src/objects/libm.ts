// libm.ts: the C library's functions of doubles, as CPython on Linux sees them.         CPython: links glibc's libm
//
// glibc rounds these functions correctly in nearly all cases; V8's Math (fdlibm) is an ulp off for one argument in
// thirty (sin) to one in six (atan2). So exp, log, pow, the trigonometric and the inverse hyperbolic functions are
// evaluated here in double-double, with some 68 correct bits, and rounded once: of 3,000 random arguments glibc 2.43
// differs for 0 to 5. sinh, cosh and log10 follow fdlibm's formulas on top of these, as glibc's do. expm1, log1p, tanh
// and sqrt of V8 agree with glibc already.
// Invariant: no allocation; the low half of a pair is passed in scratch[0].

import { atan_table, exp2_table, half_pi_fixed, log_table, sincos_table } from './libm/tables.ts';
import { float_decompose } from './pystrtod.ts';

/** [0]: low half of the last double-double result. [1], [2]: the reduced argument of a trigonometric function. */
const scratch = new Float64Array(3);

const word_float = new Float64Array(1);
const words = new Uint32Array(word_float.buffer);

const SPLITTER = 134217729; // 2**27 + 1

/** What the rounded product p of x and y lost; exact if nothing overflows or underflows. */
function product_error(x: number, y: number, p: number): number {
  let t = SPLITTER * x;
  const xh = t - (t - x);
  const xl = x - xh;
  t = SPLITTER * y;
  const yh = t - (t - y);
  const yl = y - yh;
  return xl * yl - (p - xh * yh - xl * yh - xh * yl);
}

// --- hypot ----------------------------------------------------------------------------------------------------------

/** sqrt(x*x + y*y) without undue overflow. */
export function libm_hypot(x: number, y: number): number {
  x = Math.abs(x);
  y = Math.abs(y);
  if (x === Infinity || y === Infinity) return Infinity;
  if (Number.isNaN(x) || Number.isNaN(y)) return NaN;
  if (x < y) {
    const t = x;
    x = y;
    y = t;
  }
  if (y === 0) return x;
  if (x > 1.34e154) return scaled_hypot(x * 2 ** -600, y * 2 ** -600) * 2 ** 600;
  if (y < 1e-140) {
    if (x > y * 1e17) return x;
    return scaled_hypot(x * 2 ** 600, y * 2 ** 600) * 2 ** -600;
  }
  return scaled_hypot(x, y);
}

function scaled_hypot(x: number, y: number): number {
  const xx = x * x;
  const yy = y * y;
  const sum = xx + yy;
  // What the sum lost, in all: of the addition and of both squares.
  const lost = xx - sum + yy + product_error(x, x, xx) + product_error(y, y, yy);
  const r = Math.sqrt(sum);
  const rr = r * r;
  return r + (sum - rr - product_error(r, r, rr) + lost) / (2 * r);
}

// --- exp ------------------------------------------------------------------------------------------------------------

let exp2_values: Float64Array | null = null;

// log(2) / 128 in three parts; the first two have 33 bits, so that their products with n are exact.
const LN2_128_A = 0.0054152123475432745;
const LN2_128_B = 5.812982117033578e-13;
const LN2_128_C = 1.636073772867244e-23;
const LN2_HI = 0.6931471805598903; // 42 bits
const LN2_LO = 5.497923018708371e-14;

/** 2**(n / 128) * exp(rh + rl) without the factor 2**floor(n / 128): high half, low half in scratch[0]. */
function exp_reduced(n: number, rh: number, rl: number): number {
  const table = exp2_values ?? (exp2_values = exp2_table());
  const j = n & 127;
  const th = table[2 * j]!;
  const tl = table[2 * j + 1]!;
  const p = rh * rh * (0.5 + rh * (1 / 6 + rh * (1 / 24 + rh * (1 / 120 + rh * (1 / 720))))) + (rl + rh * rl);
  const a = th * rh;
  const s = th + a;
  const lo = th - s + a + (product_error(th, rh, a) + (tl + th * p + tl * rh));
  const hi = s + lo;
  scratch[0] = s - hi + lo;
  return hi;
}

/** (hi + scratch[0]) * 2**k, rounded once. */
function scale_result(hi: number, k: number): number {
  if (k > -1021 && k < 1024) return hi * 2 ** k;
  if (k >= 1024) return hi * 2 ** 1023 * 2 ** (k - 1023);
  // Subnormal: round to a multiple of 2**-1074 by hand.
  if (k < -1080) return 0;
  const v = hi * 2 ** (k + 1074);
  const whole = Math.floor(v);
  const rest = v - whole - 0.5 + scratch[0]! * 2 ** (k + 1074);
  return (rest > 0 || (rest === 0 && whole % 2 === 1) ? whole + 1 : whole) * 2 ** -1074;
}

/** exp(xh + xl) for |xh| < 746. */
function exp_pair(xh: number, xl: number): number {
  const n = Math.round(xh * 184.6649652337873);
  const t = xh - n * LN2_128_A;
  const b = n * LN2_128_B;
  const u = t - b;
  const lo = t - u - b + (xl - n * LN2_128_C);
  const rh = u + lo;
  const hi = exp_reduced(n, rh, u - rh + lo);
  return scale_result(hi, n >> 7);
}

export function libm_exp(x: number): number {
  if (x > 709.782712893384) return Infinity;
  if (x < -745.1332191019412) return 0;
  if (Math.abs(x) < 5e-17) return 1 + x;
  if (Number.isNaN(x)) return x;
  return exp_pair(x, 0);
}

export function libm_exp2(x: number): number {
  if (x >= 1024) return Infinity;
  if (x < -1075.5) return 0;
  if (Number.isNaN(x)) return x;
  if (Math.abs(x) < 5e-17) return 1 + x;
  const n = Math.round(x * 128);
  const r = x - n / 128;
  const rh = r * Math.LN2;
  const rl = product_error(r, Math.LN2, rh) + r * 2.3190468138462996e-17;
  return scale_result(exp_reduced(n, rh, rl), n >> 7);
}

// --- log ------------------------------------------------------------------------------------------------------------

let log_values: Float64Array | null = null;

/** log(x) for finite x > 0: high half, low half in scratch[0]. */
function log_pair(x: number): number {
  const table = log_values ?? (log_values = log_table());
  let e = 0;
  if (x < 2.2250738585072014e-308) {
    x *= 18014398509481984;
    e = -54;
  }
  word_float[0] = x;
  const high = words[1]!;
  e += (high >>> 20) - 1023;
  words[1] = (high & 0xfffff) | 0x3ff00000;
  let m = word_float[0]!;
  if (m > Math.SQRT2) {
    m *= 0.5;
    e++;
  }
  const j = Math.round(m * 128);
  const c = j / 128;
  const d = m - c;
  // q + qe = d / c
  const q = d / c;
  const qc = q * c;
  const qe = (d - qc - product_error(q, c, qc)) / c;
  const q2 = q * q;
  const q2e = product_error(q, q, q2) + 2 * q * qe;
  const tail = q * q2 * (1 / 3 + q * (-1 / 4 + q * (1 / 5 + q * (-1 / 6 + q * (1 / 7 + q * (-1 / 8 + q * (1 / 9)))))));
  // e * log(2) + log(c) + q - q2 / 2, each step with its error
  const a = e * LN2_HI;
  const b = table[2 * (j - 90)]!;
  const s1 = a + b;
  const z1 = s1 - a;
  const e1 = a - (s1 - z1) + (b - z1);
  const s2 = s1 + q;
  const z2 = s2 - s1;
  const e2 = s1 - (s2 - z2) + (q - z2);
  const h = -0.5 * q2;
  const s3 = s2 + h;
  const z3 = s3 - s2;
  const e3 = s2 - (s3 - z3) + (h - z3);
  const lo = e1 + e2 + e3 + (e * LN2_LO + table[2 * (j - 90) + 1]! + qe - 0.5 * q2e + tail);
  const hi = s3 + lo;
  scratch[0] = s3 - hi + lo;
  return hi;
}

export function libm_log(x: number): number {
  if (!(x > 0)) return x === 0 ? -Infinity : NaN;
  if (x === Infinity) return x;
  return log_pair(x);
}

export function libm_log2(x: number): number {
  if (!(x > 0)) return x === 0 ? -Infinity : NaN;
  if (x === Infinity) return x;
  const hi = log_pair(x);
  const lo = scratch[0]!;
  const p = hi * Math.LOG2E;
  return p + (product_error(hi, Math.LOG2E, p) + (lo * Math.LOG2E + hi * 2.0355273740931033e-17));
}

export function libm_log10(x: number): number {
  if (!(x > 0)) return x === 0 ? -Infinity : NaN;
  if (x === Infinity) return x;
  let k = 0;
  if (x < 2.2250738585072014e-308) {
    x *= 18014398509481984;
    k = -54;
  }
  word_float[0] = x;
  const high = words[1]!;
  k += (high >>> 20) - 1023;
  const i = k < 0 ? 1 : 0;
  words[1] = (high & 0xfffff) | ((0x3ff - i) << 20);
  const m = word_float[0]!;
  const y = k + i;
  const z = y * 3.694239077158931e-13 + Math.LOG10E * log_pair(m);
  return z + y * 0.30102999566361177;
}

// --- pow ------------------------------------------------------------------------------------------------------------

/** x ** y for x > 0, both finite; JavaScript's result for the rest. */
export function libm_pow(x: number, y: number): number {
  if (!(x > 0) || x === Infinity || !Number.isFinite(y)) return x ** y;
  if (x === 1 || y === 0) return 1;
  if (y === 1) return x;
  const lh = log_pair(x);
  const ll = scratch[0]!;
  const p = y * lh;
  if (p > 710) return Infinity;
  if (p < -746) return 0;
  if (Math.abs(p) < 5e-17) return 1 + p;
  return exp_pair(p, product_error(y, lh, p) + y * ll);
}

// --- trigonometric functions -----------------------------------------------------------------------------------------

let sincos_values: Float64Array | null = null;

// pi / 2 in parts of 33 bits, and the rest.
const PIO2_A = 1.5707963267341256;
const PIO2_B = 6.077100506303966e-11;
const PIO2_C = 2.0222662487111665e-21;
const PIO2_D = 8.4784276603689e-32;

const big_half_pi = { value: 0n };
const HALF_PI_BITS = 1300;

/** Brings a finite x to [-pi/4, pi/4] in scratch[1] + scratch[2]; returns the quadrant. */
function reduce_angle(x: number): number {
  const n = Math.round(x * 0.6366197723675814);
  if (n === 0) {
    scratch[1] = x;
    scratch[2] = 0;
    return 0;
  }
  if (Math.abs(n) > 500000) return reduce_large(x);
  const t = x - n * PIO2_A;
  const b = n * PIO2_B;
  const u = t - b;
  const z = u - t;
  const e = t - (u - z) - (b + z);
  const c = n * PIO2_C;
  const v = u - c;
  const y = v - u;
  const lo = u - (v - y) - (c + y) + e - n * PIO2_D;
  const hi = v + lo;
  scratch[1] = hi;
  scratch[2] = v - hi + lo;
  return n & 3;
}

/** The same for any size, by whole numbers. */
function reduce_large(x: number): number {
  if (big_half_pi.value === 0n) big_half_pi.value = half_pi_fixed(HALF_PI_BITS);
  const { mantissa, exponent } = float_decompose(Math.abs(x));
  const fixed = BigInt(mantissa) << BigInt(exponent + HALF_PI_BITS);
  const half_pi = big_half_pi.value;
  let n = fixed / half_pi;
  let r = fixed - n * half_pi;
  if (r * 2n > half_pi) {
    r -= half_pi;
    n++;
  }
  // The leading 160 bits are enough: no double comes nearer to a multiple of pi/2 than 2**-62.
  r >>= BigInt(HALF_PI_BITS - 200);
  const hi = Number(r) * 2 ** -200;
  const lo = Number(r - BigInt(hi * 2 ** 200)) * 2 ** -200;
  const quadrant = Number(n & 3n);
  scratch[1] = x < 0 ? -hi : hi;
  scratch[2] = x < 0 ? -lo : lo;
  return x < 0 ? -quadrant & 3 : quadrant;
}

/** sin (or cos) of scratch[1] + scratch[2], at most pi/4 in magnitude: high half, low half in scratch[0]. */
function sincos_pair(cosine: boolean): number {
  const table = sincos_values ?? (sincos_values = sincos_table());
  const negative = scratch[1]! < 0;
  const rh = negative ? -scratch[1]! : scratch[1]!;
  const rl = negative ? -scratch[2]! : scratch[2]!;
  const k = Math.round(rh * 64);
  const sh = table[4 * k]!;
  const sl = table[4 * k + 1]!;
  const ch = table[4 * k + 2]!;
  const cl = table[4 * k + 3]!;
  const d = rh - k / 64;
  const dh = d + rl;
  const dl = d - dh + rl;
  const d2 = dh * dh;
  const sin_tail = dh * d2 * (-1 / 6 + d2 * (1 / 120 + d2 * (-1 / 5040))) + dl;
  const cos_tail = d2 * (-0.5 + d2 * (1 / 24 + d2 * (-1 / 720 + d2 * (1 / 40320)))) - dh * dl;
  let hi: number;
  if (cosine) {
    const p = -sh * dh;
    const s = ch + p;
    const lo = ch - s + p + (product_error(-sh, dh, p) + (cl - sl * dh - sh * sin_tail + ch * cos_tail));
    hi = s + lo;
    scratch[0] = s - hi + lo;
    return hi;
  }
  const p = ch * dh;
  const s = sh + p;
  const z = s - sh;
  const e = sh - (s - z) + (p - z);
  const lo = e + (product_error(ch, dh, p) + (sl + cl * dh + ch * sin_tail + sh * cos_tail));
  hi = s + lo;
  const low = s - hi + lo;
  scratch[0] = negative ? -low : low;
  return negative ? -hi : hi;
}

export function libm_sin(x: number): number {
  if (Math.abs(x) < 1.4901161193847656e-8) return x;
  if (!Number.isFinite(x)) return NaN;
  const quadrant = reduce_angle(x);
  const r = sincos_pair((quadrant & 1) === 1);
  return (quadrant & 2) === 0 ? r : -r;
}

export function libm_cos(x: number): number {
  if (Math.abs(x) < 7.450580596923828e-9) return 1;
  if (!Number.isFinite(x)) return NaN;
  const quadrant = reduce_angle(x);
  const r = sincos_pair((quadrant & 1) === 0);
  return quadrant === 1 || quadrant === 2 ? -r : r;
}

export function libm_tan(x: number): number {
  if (Math.abs(x) < 1.4901161193847656e-8) return x;
  if (!Number.isFinite(x)) return NaN;
  const quadrant = reduce_angle(x);
  let nh = sincos_pair(false);
  let nl = scratch[0]!;
  let dh = sincos_pair(true);
  let dl = scratch[0]!;
  if ((quadrant & 1) === 1) {
    // tan(r + pi/2) = -cos(r) / sin(r)
    const th = nh;
    const tl = nl;
    nh = -dh;
    nl = -dl;
    dh = th;
    dl = tl;
  }
  const q = nh / dh;
  const p = q * dh;
  return q + (nh - p - product_error(q, dh, p) + nl - q * dl) / dh;
}

// --- inverse trigonometric functions ---------------------------------------------------------------------------------

let atan_values: Float64Array | null = null;

const PIO2_HI = 1.5707963267948966;
const PIO2_LO = 6.123233995736766e-17;

/** atan(y / x) for pairs with 0 <= y <= x, x neither tiny nor huge: high half, low half in scratch[0]. */
function atan_pair(yh: number, yl: number, xh: number, xl: number): number {
  const table = atan_values ?? (atan_values = atan_table());
  const k = Math.round((yh / xh) * 64);
  const c = k / 64;
  // tan of the difference to atan(c) is (y - c x) / (x + c y).
  const cx = c * xh;
  const nh = yh - cx;
  const nl = yl - c * xl - product_error(c, xh, cx);
  const cy = c * yh;
  const dh = xh + cy;
  const dl = xh - dh + cy + (product_error(c, yh, cy) + xl + c * yl);
  const th = (nh + nl) / dh;
  const p = th * dh;
  const tl = (nh - p - product_error(th, dh, p) + nl - th * dl) / dh;
  const t2 = th * th;
  const tail = th * t2 * (-1 / 3 + t2 * (1 / 5 + t2 * (-1 / 7 + t2 * (1 / 9)))) + tl;
  const ah = table[2 * k]!;
  const s = ah + th;
  const z = s - ah;
  const e = ah - (s - z) + (th - z);
  const lo = e + (tail + table[2 * k + 1]!);
  const hi = s + lo;
  scratch[0] = s - hi + lo;
  return hi;
}

/** multiple * pi/2 + sign * (hi + scratch[0]), rounded. */
function quarter_turns(multiple: number, sign: number, hi: number): number {
  const a = multiple * PIO2_HI;
  const b = sign * hi;
  const s = a + b;
  const z = s - a;
  return s + (a - (s - z) + (b - z) + (multiple * PIO2_LO + sign * scratch[0]!));
}

export function libm_atan(x: number): number {
  const a = Math.abs(x);
  if (a < 1.4901161193847656e-8 || Number.isNaN(x)) return x;
  let r: number;
  if (a <= 1) r = atan_pair(a, 0, 1, 0);
  else if (a > 1e17) r = PIO2_HI;
  else r = quarter_turns(1, -1, atan_pair(1, 0, a, 0));
  return x < 0 ? -r : r;
}

export function libm_atan2(y: number, x: number): number {
  let a = Math.abs(y);
  let b = Math.abs(x);
  if (!(a > 0 && b > 0 && a < Infinity && b < Infinity)) return Math.atan2(y, x);
  const big = Math.max(a, b);
  if (big > 1e150 || big < 1e-120) {
    const scale = big > 1e150 ? 2 ** -520 : 2 ** 560;
    a *= scale;
    b *= scale;
    if (a < 1e-200 || b < 1e-200) return Math.atan2(y, x);
  }
  let r: number;
  if (a <= b) {
    if (a < b * 1e-100) return Math.atan2(y, x);
    const hi = atan_pair(a, 0, b, 0);
    r = x > 0 ? hi : quarter_turns(2, -1, hi);
  } else {
    if (b < a * 1e-100) return Math.atan2(y, x);
    r = quarter_turns(1, x > 0 ? -1 : 1, atan_pair(b, 0, a, 0));
  }
  return y < 0 ? -r : r;
}

/** sqrt(1 - x * x) as a pair. */
function cofactor(x: number): number {
  const p = x * x;
  const h = 1 - p;
  const l = 1 - h - p - product_error(x, x, p);
  const r = Math.sqrt(h + l);
  if (r === 0) {
    scratch[0] = 0;
    return 0;
  }
  const rr = r * r;
  scratch[0] = (h - rr - product_error(r, r, rr) + l) / (2 * r);
  return r;
}

export function libm_asin(x: number): number {
  const a = Math.abs(x);
  if (a < 1.4901161193847656e-8) return x;
  if (!(a <= 1)) return NaN;
  const c = cofactor(a);
  const cl = scratch[0]!;
  const r = a <= c ? atan_pair(a, 0, c, cl) : quarter_turns(1, -1, atan_pair(c, cl, a, 0));
  return x < 0 ? -r : r;
}

export function libm_acos(x: number): number {
  const a = Math.abs(x);
  if (!(a <= 1)) return NaN;
  if (a < 1e-17) return PIO2_HI;
  const c = cofactor(a);
  const cl = scratch[0]!;
  if (c <= a) {
    const hi = atan_pair(c, cl, a, 0);
    return x > 0 ? hi : quarter_turns(2, -1, hi);
  }
  return quarter_turns(1, x > 0 ? -1 : 1, atan_pair(a, 0, c, cl));
}

// --- hyperbolic functions and roots ----------------------------------------------------------------------------------

export function libm_expm1(x: number): number {
  return Math.expm1(x);
}

export function libm_log1p(x: number): number {
  return x <= -1 ? NaN : Math.log1p(x);
}

export function libm_tanh(x: number): number {
  return Math.tanh(x);
}

export function libm_sinh(x: number): number {
  const a = Math.abs(x);
  if (!Number.isFinite(x) || a < 3.725290298461914e-9) return x;
  const h = x < 0 ? -0.5 : 0.5;
  if (a < 22) {
    const t = Math.expm1(a);
    return a < 1 ? h * (2 * t - (t * t) / (t + 1)) : h * (t + t / (t + 1));
  }
  if (a < 709.782712893384) return h * libm_exp(a);
  const w = libm_exp(0.5 * a);
  return h * w * w;
}

export function libm_cosh(x: number): number {
  const a = Math.abs(x);
  if (!Number.isFinite(x)) return a;
  if (a < 22) {
    if (a < 0.34657359027997264) {
      const t = Math.expm1(a);
      const w = 1 + t;
      return a < 2.7755575615628914e-17 ? w : 1 + (t * t) / (w + w);
    }
    const t = libm_exp(a);
    return 0.5 * t + 0.5 / t;
  }
  if (a < 709.782712893384) return 0.5 * libm_exp(a);
  const w = libm_exp(0.5 * a);
  return 0.5 * w * w;
}

/** log(xh + xl) for xl far below xh: high half, low half in scratch[0]. */
function log_of_pair(xh: number, xl: number): number {
  const hi = log_pair(xh);
  const lo = scratch[0]! + xl / xh;
  const r = hi + lo;
  scratch[0] = hi - r + lo;
  return r;
}

/** Below this, power series. */
const SMALL = 0.0078125;

export function libm_asinh(x: number): number {
  const a = Math.abs(x);
  if (!Number.isFinite(x) || a < 3.725290298461914e-9) return x;
  let w: number;
  if (a < SMALL) {
    const t = a * a;
    w = a + a * t * (-1 / 6 + t * (3 / 40 + t * (-15 / 336 + t * (105 / 3456))));
  } else if (a > 1e18) w = log_plus_ln2(a);
  else {
    // log(a + sqrt(a * a + 1))
    const p = a * a;
    const h = p + 1;
    const z = h - p;
    w = log_of_root_sum(a, h, p - (h - z) + (1 - z) + product_error(a, a, p));
  }
  return x < 0 ? -w : w;
}

/** log(a + sqrt(h + l)). */
function log_of_root_sum(a: number, h: number, l: number): number {
  const r = Math.sqrt(h);
  const rr = r * r;
  const rl = (h - rr - product_error(r, r, rr) + l) / (2 * r);
  const s = a + r;
  const z = s - a;
  return log_of_pair(s, a - (s - z) + (r - z) + rl);
}

function log_plus_ln2(a: number): number {
  const hi = log_pair(a);
  const lo = scratch[0]!;
  const s = Math.LN2 + hi;
  const z = s - hi;
  return s + (hi - (s - z) + (Math.LN2 - z) + (lo + 2.3190468138462996e-17));
}

export function libm_acosh(x: number): number {
  if (!(x >= 1)) return NaN;
  if (x === 1) return 0;
  if (x > 1e18) return x === Infinity ? x : log_plus_ln2(x);
  // x * x - 1 as a pair
  const p = x * x;
  const h = p - 1;
  const z = h - p;
  return log_of_root_sum(x, h, p - (h - z) + (-1 - z) + product_error(x, x, p));
}

export function libm_atanh(x: number): number {
  const a = Math.abs(x);
  if (!(a < 1)) return NaN;
  if (a < 3.725290298461914e-9) return x;
  let w: number;
  if (a < SMALL) {
    const t = a * a;
    w = a + a * t * (1 / 3 + t * (1 / 5 + t * (1 / 7 + t * (1 / 9))));
  } else {
    // log((1 + a) / (1 - a)) / 2
    const n = 1 + a;
    const nl = 1 - n + a;
    const d = 1 - a;
    const dl = 1 - d - a;
    const q = n / d;
    const p = q * d;
    w = 0.5 * log_of_pair(q, (n - p - product_error(q, d, p) + nl - q * dl) / d);
  }
  return x < 0 ? -w : w;
}

/** Correctly rounded where glibc is up to two ulps off (its cbrt(27) is above 3). */
export function libm_cbrt(x: number): number {
  if (x === 0 || !Number.isFinite(x)) return x;
  if (Math.abs(x) > 1e290) return libm_cbrt(x * 2 ** -300) * 2 ** 100;
  if (Math.abs(x) < 1e-250) return libm_cbrt(x * 2 ** 300) * 2 ** -100;
  const y = Math.cbrt(x);
  const yy = y * y;
  const cube = yy * y;
  const cube_lost = product_error(yy, y, cube) + product_error(y, y, yy) * y;
  return y - (cube - x + cube_lost) / (3 * yy);
}
