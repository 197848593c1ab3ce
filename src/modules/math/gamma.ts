// gamma.ts: the gamma and error functions.                     CPython: Modules/mathmodule.c (gamma), libm (erf, erfc)
//
// gamma is CPython's Lanczos sum with its parameters, so that results agree to the last digit wherever exp, pow and sin
// do. erf and erfc are the classic rational approximations of the C library.

import { libm_cos, libm_exp, libm_log, libm_pow, libm_sin } from '../../objects/libm.ts';

const LANCZOS_G = 6.02468004077673;
const LANCZOS_G_MINUS_HALF = 5.52468004077673;

const LANCZOS_NUM = [
  23531376880.41076, 42919803642.6491, 35711959237.35567, 17921034426.03721, 6039542586.352028, 1439720407.3117216,
  248874557.86205417, 31426415.585400194, 2876370.6289353725, 186056.26539522348, 8071.672002365816, 210.82427775157936,
  2.5066282746310002,
];
const LANCZOS_DEN = [
  0, 39916800, 120543840, 150917976, 105258076, 45995730, 13339535, 2637558, 357423, 32670, 1925, 66, 1,
];

/** Numerator over denominator, in x or 1/x, whichever is small. */
function lanczos_sum(x: number): number {
  let num = 0;
  let den = 0;
  if (x < 5) {
    for (let i = 12; i >= 0; i--) {
      num = num * x + LANCZOS_NUM[i]!;
      den = den * x + LANCZOS_DEN[i]!;
    }
  } else {
    for (let i = 0; i < 13; i++) {
      num = num / x + LANCZOS_NUM[i]!;
      den = den / x + LANCZOS_DEN[i]!;
    }
  }
  return num / den;
}

/** sin(pi * x), x finite. CPython: m_sinpi */
function sinpi(x: number): number {
  const y = Math.abs(x) % 2;
  let r: number;
  switch (Math.floor(2 * y + 0.5)) {
    case 0:
      r = libm_sin(Math.PI * y);
      break;
    case 1:
      r = libm_cos(Math.PI * (y - 0.5));
      break;
    case 2:
      r = libm_sin(Math.PI * (1 - y));
      break;
    case 3:
      r = -libm_cos(Math.PI * (y - 1.5));
      break;
    default:
      r = libm_sin(Math.PI * (y - 2));
  }
  return x < 0 ? -r : r;
}

/** Γ(x): NaN for a pole or -inf, an infinity where it overflows. CPython: m_tgamma */
export function gamma(x: number): number {
  if (Number.isNaN(x) || x === Infinity) return x;
  if (x === -Infinity || x === 0) return NaN;
  if (x === Math.floor(x)) {
    if (x < 0) return NaN;
    if (x <= 23) {
      let product = 1;
      for (let i = 2; i < x; i++) product *= i;
      return product;
    }
  }
  const magnitude = Math.abs(x);
  if (magnitude < 1e-20) return 1 / x;
  if (magnitude > 200) return x < 0 ? 0 / sinpi(x) : Infinity;
  const y = magnitude + LANCZOS_G_MINUS_HALF;
  // What the addition lost is put back to first order.
  let lost: number;
  if (magnitude > LANCZOS_G_MINUS_HALF) lost = y - magnitude - LANCZOS_G_MINUS_HALF;
  else lost = y - LANCZOS_G_MINUS_HALF - magnitude;
  const z = (lost * LANCZOS_G) / y;
  let r: number;
  if (x < 0) {
    r = ((-Math.PI / sinpi(magnitude) / magnitude) * libm_exp(y)) / lanczos_sum(magnitude);
    r -= z * r;
    if (magnitude < 140) r /= libm_pow(y, magnitude - 0.5);
    else {
      const root = libm_pow(y, magnitude / 2 - 0.25);
      r /= root;
      r /= root;
    }
  } else {
    r = lanczos_sum(magnitude) / libm_exp(y);
    r += z * r;
    if (magnitude < 140) r *= libm_pow(y, magnitude - 0.5);
    else {
      const root = libm_pow(y, magnitude / 2 - 0.25);
      r *= root;
      r *= root;
    }
  }
  return r;
}

const LOG_PI = 1.1447298858494002;

/** log |Γ(x)|: NaN for a pole. CPython: m_lgamma */
export function lgamma(x: number): number {
  if (Number.isNaN(x)) return x;
  if (x === Infinity || x === -Infinity) return Infinity;
  if (x === Math.floor(x) && x <= 2) return x <= 0 ? NaN : 0;
  const magnitude = Math.abs(x);
  if (magnitude < 1e-20) return -libm_log(magnitude);
  let r = libm_log(lanczos_sum(magnitude)) - LANCZOS_G;
  r += (magnitude - 0.5) * (libm_log(magnitude + LANCZOS_G - 0.5) - 1);
  if (x < 0) r = LOG_PI - libm_log(Math.abs(sinpi(magnitude))) - libm_log(magnitude) - r;
  return r;
}

// --- erf ------------------------------------------------------------------------------------------------------------

const ERX = 0.8450629115104675;
const EFX = 0.1283791670955126;
const PP = [
  0.12837916709551256, -0.3250421072470015, -0.02848174957559851, -0.005770270296489442, -2.3763016656650163e-5,
];
const QQ = [
  1, 0.39791722395915535, 0.0650222499887673, 0.005081306281875766, 0.00013249473800432164, -3.960228278775368e-6,
];
const PA = [
  -0.0023621185607526594, 0.41485611868374833, -0.3722078760357013, 0.31834661990116175, -0.11089469428239668,
  0.035478304325618236, -0.002166375594868791,
];
const QA = [
  1, 0.10642088040084423, 0.540397917702171, 0.07182865441419627, 0.12617121980876164, 0.01363708391202905,
  0.011984499846799107,
];
const RA = [
  -0.009864944034847148, -0.6938585727071818, -10.558626225323291, -62.375332450326006, -162.39666946257347,
  -184.60509290671104, -81.2874355063066, -9.814329344169145,
];
const SA = [
  1, 19.651271667439257, 137.65775414351904, 434.56587747522923, 645.3872717332679, 429.00814002756783,
  108.63500554177944, 6.570249770319282, -0.0604244152148581,
];
const RB = [
  -0.0098649429247001, -0.799283237680523, -17.757954917754752, -160.63638485582192, -637.5664433683896,
  -1025.0951316110772, -483.5191916086514,
];
const SB = [
  1, 30.33806074348246, 325.7925129965739, 1536.729586084437, 3199.8582195085955, 2553.0504064331644,
  474.52854120695537, -22.44095244658582,
];

/** A polynomial in pairs of terms, as the C library sums it. */
function paired(c: readonly number[], z: number): number {
  const z2 = z * z;
  const n = c.length;
  const term = (i: number): number => (i + 1 < n ? c[i]! + z * c[i + 1]! : c[i]!);
  let sum = term(0) + z2 * term(2);
  let power = z2 * z2;
  for (let i = 4; i < n; i += 2) {
    sum += power * term(i);
    power = i === 4 ? z2 * z2 * z2 : z2 * z2 * (z2 * z2);
  }
  return sum;
}

const chop_view = new Float64Array(1);
const chop_words = new Uint32Array(chop_view.buffer);

/** x without the lower half of its mantissa. */
function chop(x: number): number {
  chop_view[0] = x;
  chop_words[0] = 0;
  return chop_view[0]!;
}

/** erfc(x) * x for x >= 1.25. */
function erfc_tail(x: number): number {
  const s = 1 / (x * x);
  const ratio = x < 1 / 0.35 ? paired(RA, s) / paired(SA, s) : paired(RB, s) / paired(SB, s);
  const z = chop(x);
  return libm_exp(-z * z - 0.5625) * libm_exp((z - x) * (z + x) + ratio);
}

export function erf(x: number): number {
  if (Number.isNaN(x)) return x;
  const a = Math.abs(x);
  if (a < 0.84375) {
    if (a < 3.7252902984e-9) return a < 2.848094538889218e-306 ? 0.0625 * (16 * x + 16 * EFX * x) : x + EFX * x;
    const z = x * x;
    return x + x * (paired(PP, z) / paired(QQ, z));
  }
  let r: number;
  if (a < 1.25) {
    const s = a - 1;
    r = ERX + paired(PA, s) / paired(QA, s);
  } else if (a >= 6) r = 1;
  else r = 1 - erfc_tail(a) / a;
  return x < 0 ? -r : r;
}

export function erfc(x: number): number {
  if (Number.isNaN(x)) return x;
  const a = Math.abs(x);
  if (a < 0.84375) {
    if (a < 1.3877787807814457e-17) return 1 - x;
    const z = x * x;
    const y = paired(PP, z) / paired(QQ, z);
    if (x < 0.25) return 1 - (x + x * y);
    return 0.5 - (x - 0.5 + x * y);
  }
  if (a < 1.25) {
    const s = a - 1;
    const ratio = paired(PA, s) / paired(QA, s);
    return x >= 0 ? 1 - ERX - ratio : 1 + (ERX + ratio);
  }
  if (a < 28) {
    if (x < -6) return 2;
    const r = erfc_tail(a) / a;
    return x > 0 ? r : 2 - r;
  }
  return x > 0 ? 0 : 2;
}
