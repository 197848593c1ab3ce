// cmath.ts: functions of complex numbers.                                        CPython: Modules/cmathmodule.c
//
// The formulas are those of Kahan's paper on branch cuts. Arguments with an infinity or NaN do not go through them but
// through tables (C99 Annex G): one row for each kind of real part, one column for each kind of imaginary part.

import { PyErr_SetString } from '../core/errors.ts';
import type { PyObject } from '../core/object.ts';
import { METH_CLINIC, METH_O, type MethodSpec, type ModuleSpec } from '../core/spec.ts';
import { PyBool_FromLong } from '../objects/boolobject.ts';
import { type Complex, c_abs, c_quot, PyComplex_AsCComplex, PyComplex_FromDoubles } from '../objects/complexobject.ts';
import { PyExc_OverflowError, PyExc_ValueError } from '../objects/exceptions.ts';
import { PyFloat_AsDouble, PyFloat_FromDouble } from '../objects/floatobject.ts';
import {
  libm_asinh,
  libm_atan2,
  libm_cos,
  libm_cosh,
  libm_exp,
  libm_hypot,
  libm_log,
  libm_log1p,
  libm_sin,
  libm_sinh,
  libm_tan,
  libm_tanh,
} from '../objects/libm.ts';
import { PyModule_Add } from '../objects/moduleobject.ts';
import { is_negative } from '../objects/pystrtod.ts';
import { tuple_pair_steal } from '../objects/tupleobject.ts';

function domain_error(): never {
  PyErr_SetString(PyExc_ValueError, 'math domain error');
}

function range_error(): never {
  PyErr_SetString(PyExc_OverflowError, 'math range error');
}

function copysign(x: number, y: number): number {
  const magnitude = Math.abs(x);
  return is_negative(y) ? -magnitude : magnitude;
}

function is_inf(x: number): boolean {
  return x === Infinity || x === -Infinity;
}

function is_finite(z: Complex): boolean {
  return Number.isFinite(z.real) && Number.isFinite(z.imag);
}

function complex(real: number, imag: number): Complex {
  return { real, imag };
}

// --- special values -------------------------------------------------------------------------------------------------

/** Kinds of doubles in the tables: -inf, negative, -0, 0, positive, inf, NaN. */
function kind(x: number): number {
  if (Number.isNaN(x)) return 6;
  if (x === 0) return is_negative(x) ? 2 : 3;
  if (x < 0) return x === -Infinity ? 0 : 1;
  return x === Infinity ? 5 : 4;
}

// Two letters an entry, real and imaginary part: 0, 1, I(nfinity), N(aN), P = pi, H = pi/2, Q = pi/4, T = 3pi/4; small
// letters (z, o for 0 and 1) are negative. Finite entries are unused and written as dots.
const ACOS = 'TIPIPIPiPiTiNIHI........HiNNHI........HiHNHI........HiHNHI........HiNNQI0I0I0i0iQiNININNNNNNNNNiNN';
const ACOSH = 'ItIpIpIPIPITINIh........IHNNIh........IHNHIh........IHNHIh........IHNNIqIzIzI0I0IQININNNNNNNNNINNN';
const ASINH = 'iqizizi0i0iQiNih........iHNNih........iHNNIh........IHNNIh........IHNNIqIzIzI0I0IQININNNNzN0NNINNN';
const ATANH = 'zhzhzhzHzHzHzNzh........zHNNzh........zHzN0h........0H0N0h........0HNN0h0h0h0H0H0H0N0hNNNNNNNN0HNN';
const COSH = 'NNIII0IzIiNNINNN........NNNNNN........NNN0NN........NNN0NN........NNNNNNIiIzI0IINNINNNNNN0N0NNNNNN';
const EXP = '000z0z00000000NN........NNNNNN........NNNNNN........NNNNNN........NNNNNNIiIzI0IINNINNNNNNzN0NNNNNN';
const LOG = 'ItIpIpIPIPITINIh........IHNNIh........IHNNIh........IHNNIh........IHNNIqIzIzI0I0IQININNNNNNNNNINNN';
const SINH = 'NNiiizi0iINNINNN........NNNNNN........NN0NNN........NN0NNN........NNNNNNIiIzI0IINNINNNNNNzN0NNNNNN';
const SQRT = 'Ii0i0i0I0IIINIIi........IINNIi........IINNIi........IINNIi........IINNIiIzIzI0I0IIINIiNNNNNNNNIINN';
const TANH = 'o0ozozo0o0o0o0NN........NNNNNN........NNzNNN........NN0NNN........NNNN101z1z10101010NNNNNzN0NNNNNN';
const RECT = 'NNiIi0iziiNNINNN........NNNN00........000000........0000NN........NNNNNNIiIzI0IINNINNNNNN0N0NNNNNN';

const LETTERS: Record<string, number> = {
  '0': 0,
  z: -0,
  '1': 1,
  o: -1,
  I: Infinity,
  i: -Infinity,
  N: NaN,
  P: Math.PI,
  p: -Math.PI,
  H: Math.PI / 2,
  h: -Math.PI / 2,
  Q: Math.PI / 4,
  q: -Math.PI / 4,
  T: 0.75 * Math.PI,
  t: -0.75 * Math.PI,
};

function special(table: string, z: Complex): Complex {
  const at = 2 * (7 * kind(z.real) + kind(z.imag));
  return complex(LETTERS[table[at]!]!, LETTERS[table[at + 1]!]!);
}

// --- the functions --------------------------------------------------------------------------------------------------

const LARGE = Number.MAX_VALUE / 4;
const SQRT_LARGE = 6.703903964971298e153;
const LOG_LARGE = 708.3964185322641;
const TINY = 2.2250738585072014e-308;
const SQRT_TINY = 1.4916681462400413e-154;

function too_large(z: Complex): boolean {
  return Math.abs(z.real) > LARGE || Math.abs(z.imag) > LARGE;
}

/** log of twice the magnitude of a number near the limits. */
function log_twice_magnitude(z: Complex): number {
  return libm_log(libm_hypot(z.real / 2, z.imag / 2)) + Math.LN2 * 2;
}

function c_sqrt(z: Complex): Complex {
  if (!is_finite(z)) return special(SQRT, z);
  if (z.real === 0 && z.imag === 0) return complex(0, z.imag);
  let ax = Math.abs(z.real);
  const ay = Math.abs(z.imag);
  let s: number;
  if (ax < TINY && ay < TINY) {
    ax *= 2 ** 53;
    s = Math.sqrt(ax + libm_hypot(ax, ay * 2 ** 53)) * 2 ** -27;
  } else {
    ax /= 8;
    s = 2 * Math.sqrt(ax + libm_hypot(ax, ay / 8));
  }
  const d = ay / (2 * s);
  return z.real >= 0 ? complex(s, copysign(d, z.imag)) : complex(d, copysign(s, z.imag));
}

function c_acos(z: Complex): Complex {
  if (!is_finite(z)) return special(ACOS, z);
  if (too_large(z)) {
    const imag = log_twice_magnitude(z);
    return complex(libm_atan2(Math.abs(z.imag), z.real), copysign(imag, -z.imag));
  }
  const s1 = c_sqrt(complex(1 - z.real, -z.imag));
  const s2 = c_sqrt(complex(1 + z.real, z.imag));
  return complex(2 * libm_atan2(s1.real, s2.real), libm_asinh(s2.real * s1.imag - s2.imag * s1.real));
}

function c_acosh(z: Complex): Complex {
  if (!is_finite(z)) return special(ACOSH, z);
  if (too_large(z)) return complex(log_twice_magnitude(z), libm_atan2(z.imag, z.real));
  const s1 = c_sqrt(complex(z.real - 1, z.imag));
  const s2 = c_sqrt(complex(z.real + 1, z.imag));
  return complex(libm_asinh(s1.real * s2.real + s1.imag * s2.imag), 2 * libm_atan2(s1.imag, s2.real));
}

function c_asinh(z: Complex): Complex {
  if (!is_finite(z)) return special(ASINH, z);
  if (too_large(z)) {
    return complex(copysign(log_twice_magnitude(z), z.real), libm_atan2(z.imag, Math.abs(z.real)));
  }
  const s1 = c_sqrt(complex(1 + z.imag, -z.real));
  const s2 = c_sqrt(complex(1 - z.imag, z.real));
  return complex(
    libm_asinh(s1.real * s2.imag - s2.real * s1.imag),
    libm_atan2(z.imag, s1.real * s2.real - s1.imag * s2.imag),
  );
}

function c_atanh(z: Complex): Complex {
  if (!is_finite(z)) return special(ATANH, z);
  if (is_negative(z.real)) {
    const r = c_atanh(complex(-z.real, -z.imag));
    return complex(-r.real, -r.imag);
  }
  const ay = Math.abs(z.imag);
  if (z.real > SQRT_LARGE || ay > SQRT_LARGE) {
    const h = libm_hypot(z.real / 2, z.imag / 2);
    return complex(z.real / 4 / h / h, copysign(Math.PI / 2, z.imag));
  }
  if (z.real === 1 && ay < SQRT_TINY) {
    if (ay === 0) domain_error();
    return complex(-libm_log(Math.sqrt(ay) / Math.sqrt(libm_hypot(ay, 2))), copysign(libm_atan2(2, -ay) / 2, z.imag));
  }
  const d = 1 - z.real;
  return complex(
    libm_log1p((4 * z.real) / (d * d + ay * ay)) / 4,
    -libm_atan2(-2 * z.imag, d * (1 + z.real) - ay * ay) / 2,
  );
}

/** f(z) as g(iz) / i. */
function rotated(g: (z: Complex) => Complex): (z: Complex) => Complex {
  return z => {
    const r = g(complex(-z.imag, z.real));
    return complex(r.imag, -r.real);
  };
}

function check_overflow(z: Complex): Complex {
  if (is_inf(z.real) || is_inf(z.imag)) range_error();
  return z;
}

/** The value at an infinite real and a finite, non-zero imaginary part, from the signs of cosine and sine. */
function at_infinity(magnitude: number, real_sign: number, imag_sign: number, angle: number): Complex {
  return complex(real_sign * copysign(magnitude, libm_cos(angle)), imag_sign * copysign(magnitude, libm_sin(angle)));
}

function infinite_real(z: Complex): boolean {
  return is_inf(z.real) && Number.isFinite(z.imag) && z.imag !== 0;
}

function c_cosh(z: Complex): Complex {
  if (!is_finite(z)) {
    if (is_inf(z.imag) && !Number.isNaN(z.real)) domain_error();
    if (infinite_real(z)) return at_infinity(Infinity, 1, z.real > 0 ? 1 : -1, z.imag);
    return special(COSH, z);
  }
  const c = libm_cos(z.imag);
  const s = libm_sin(z.imag);
  if (Math.abs(z.real) > LOG_LARGE) {
    const x = z.real - copysign(1, z.real);
    return check_overflow(complex(c * libm_cosh(x) * Math.E, s * libm_sinh(x) * Math.E));
  }
  return check_overflow(complex(c * libm_cosh(z.real), s * libm_sinh(z.real)));
}

function c_sinh(z: Complex): Complex {
  if (!is_finite(z)) {
    if (is_inf(z.imag) && !Number.isNaN(z.real)) domain_error();
    if (infinite_real(z)) return at_infinity(Infinity, z.real > 0 ? 1 : -1, 1, z.imag);
    return special(SINH, z);
  }
  const c = libm_cos(z.imag);
  const s = libm_sin(z.imag);
  if (Math.abs(z.real) > LOG_LARGE) {
    const x = z.real - copysign(1, z.real);
    return check_overflow(complex(c * libm_sinh(x) * Math.E, s * libm_cosh(x) * Math.E));
  }
  return check_overflow(complex(c * libm_sinh(z.real), s * libm_cosh(z.real)));
}

function c_tanh(z: Complex): Complex {
  if (!is_finite(z)) {
    if (is_inf(z.imag) && Number.isFinite(z.real)) domain_error();
    if (infinite_real(z)) {
      return complex(z.real > 0 ? 1 : -1, copysign(0, 2 * libm_sin(z.imag) * libm_cos(z.imag)));
    }
    return special(TANH, z);
  }
  if (Math.abs(z.real) > LOG_LARGE) {
    return complex(copysign(1, z.real), 4 * libm_sin(z.imag) * libm_cos(z.imag) * libm_exp(-2 * Math.abs(z.real)));
  }
  const tx = libm_tanh(z.real);
  const ty = libm_tan(z.imag);
  const cx = 1 / libm_cosh(z.real);
  const txty = tx * ty;
  const denominator = 1 + txty * txty;
  return complex((tx * (1 + ty * ty)) / denominator, (ty / denominator) * cx * cx);
}

function c_cos(z: Complex): Complex {
  return c_cosh(complex(-z.imag, z.real));
}

function c_exp(z: Complex): Complex {
  if (!is_finite(z)) {
    if (is_inf(z.imag) && (Number.isFinite(z.real) || z.real === Infinity)) domain_error();
    if (infinite_real(z)) return at_infinity(z.real > 0 ? Infinity : 0, 1, 1, z.imag);
    return special(EXP, z);
  }
  const c = libm_cos(z.imag);
  const s = libm_sin(z.imag);
  if (z.real > LOG_LARGE) {
    const l = libm_exp(z.real - 1);
    return check_overflow(complex(l * c * Math.E, l * s * Math.E));
  }
  const l = libm_exp(z.real);
  return check_overflow(complex(l * c, l * s));
}

function c_log(z: Complex): Complex {
  if (!is_finite(z)) return special(LOG, z);
  const ax = Math.abs(z.real);
  const ay = Math.abs(z.imag);
  let real: number;
  if (ax > LARGE || ay > LARGE) real = libm_log(libm_hypot(ax / 2, ay / 2)) + Math.LN2;
  else if (ax < TINY && ay < TINY) {
    if (ax === 0 && ay === 0) domain_error();
    real = libm_log(libm_hypot(ax * 2 ** 53, ay * 2 ** 53)) - 53 * Math.LN2;
  } else {
    const h = libm_hypot(ax, ay);
    if (h >= 0.71 && h <= 1.73) {
      const am = Math.max(ax, ay);
      const an = Math.min(ax, ay);
      real = libm_log1p((am - 1) * (am + 1) + an * an) / 2;
    } else real = libm_log(h);
  }
  return complex(real, libm_atan2(z.imag, z.real));
}

function c_log10(z: Complex): Complex {
  const r = c_log(z);
  return complex(r.real / Math.LN10, r.imag / Math.LN10);
}

// --- the module -----------------------------------------------------------------------------------------------------

function from_complex(z: Complex): PyObject {
  return PyComplex_FromDoubles(z.real, z.imag);
}

function one_complex(name: string, f: (z: Complex) => Complex): MethodSpec {
  const meth = (_module: PyObject, arg: PyObject): PyObject => from_complex(f(PyComplex_AsCComplex(arg)));
  return { name, flags: METH_O, meth, sig: '($module, z, /)' };
}

function predicate(name: string, f: (z: Complex) => boolean): MethodSpec {
  const meth = (_module: PyObject, arg: PyObject): PyObject => PyBool_FromLong(f(PyComplex_AsCComplex(arg)));
  return { name, flags: METH_O, meth, sig: '($module, z, /)' };
}

function cmath_log(_module: PyObject, z: PyObject, base: PyObject | null): PyObject {
  const value = PyComplex_AsCComplex(z);
  if (base === null) return from_complex(c_log(value));
  const b = PyComplex_AsCComplex(base);
  const r = c_quot(c_log(value), c_log(b));
  if (r === null) domain_error();
  return from_complex(r);
}

function cmath_phase(_module: PyObject, arg: PyObject): PyObject {
  const z = PyComplex_AsCComplex(arg);
  const r = libm_atan2(z.imag, z.real);
  if (r === 0 && z.imag !== 0 && Number.isFinite(z.real)) range_error(); // C reports the underflow
  return PyFloat_FromDouble(r);
}

function cmath_polar(_module: PyObject, arg: PyObject): PyObject {
  const z = PyComplex_AsCComplex(arg);
  const phi = libm_atan2(z.imag, z.real);
  const r = libm_hypot(z.real, z.imag);
  if (r === Infinity && is_finite(z)) range_error();
  return tuple_pair_steal(PyFloat_FromDouble(r), PyFloat_FromDouble(phi));
}

function cmath_rect(_module: PyObject, r_object: PyObject, phi_object: PyObject): PyObject {
  const r = PyFloat_AsDouble(r_object);
  const phi = PyFloat_AsDouble(phi_object);
  const z = complex(r, phi);
  if (!is_finite(z)) {
    if (r !== 0 && !Number.isNaN(r) && is_inf(phi)) domain_error();
    if (infinite_real(z)) return from_complex(at_infinity(Infinity, r > 0 ? 1 : -1, r > 0 ? 1 : -1, phi));
    return from_complex(special(RECT, z));
  }
  if (phi === 0) return PyComplex_FromDoubles(r, r * phi);
  return PyComplex_FromDoubles(r * libm_cos(phi), r * libm_sin(phi));
}

function cmath_isclose(
  _module: PyObject,
  a_object: PyObject,
  b_object: PyObject,
  rel_object: PyObject | null,
  abs_object: PyObject | null,
): PyObject {
  const a = PyComplex_AsCComplex(a_object);
  const b = PyComplex_AsCComplex(b_object);
  const rel_tol = rel_object === null ? 1e-9 : PyFloat_AsDouble(rel_object);
  const abs_tol = abs_object === null ? 0 : PyFloat_AsDouble(abs_object);
  if (rel_tol < 0 || abs_tol < 0) PyErr_SetString(PyExc_ValueError, 'tolerances must be non-negative');
  if (a.real === b.real && a.imag === b.imag) return PyBool_FromLong(true);
  if (is_inf(a.real) || is_inf(a.imag) || is_inf(b.real) || is_inf(b.imag)) return PyBool_FromLong(false);
  const diff = c_abs(complex(a.real - b.real, a.imag - b.imag));
  return PyBool_FromLong(diff <= rel_tol * c_abs(b) || diff <= rel_tol * c_abs(a) || diff <= abs_tol);
}

function add(m: PyObject, name: string, value: PyObject): void {
  PyModule_Add(m, name, value);
}

export const module: ModuleSpec = {
  name: 'cmath',
  doc: 'Functions of complex numbers.',
  methods: [
    one_complex('acos', c_acos),
    one_complex('acosh', c_acosh),
    one_complex('asin', rotated(c_asinh)),
    one_complex('asinh', c_asinh),
    one_complex('atan', rotated(c_atanh)),
    one_complex('atanh', c_atanh),
    one_complex('cos', c_cos),
    one_complex('cosh', c_cosh),
    one_complex('exp', c_exp),
    {
      name: 'isclose',
      flags: METH_CLINIC,
      meth: cmath_isclose,
      sig: '($module, /, a, b, *, rel_tol=1e-09, abs_tol=0.0)',
    },
    predicate('isfinite', is_finite),
    predicate('isinf', z => is_inf(z.real) || is_inf(z.imag)),
    predicate('isnan', z => Number.isNaN(z.real) || Number.isNaN(z.imag)),
    { name: 'log', flags: METH_CLINIC, meth: cmath_log, sig: '($module, z, base=<unrepresentable>, /)' },
    one_complex('log10', c_log10),
    { name: 'phase', flags: METH_O, meth: cmath_phase, sig: '($module, z, /)' },
    { name: 'polar', flags: METH_O, meth: cmath_polar, sig: '($module, z, /)' },
    { name: 'rect', flags: METH_CLINIC, meth: cmath_rect, sig: '($module, r, phi, /)' },
    one_complex('sin', rotated(c_sinh)),
    one_complex('sinh', c_sinh),
    one_complex('sqrt', c_sqrt),
    one_complex('tan', rotated(c_tanh)),
    one_complex('tanh', c_tanh),
  ],
  exec: m => {
    add(m, 'pi', PyFloat_FromDouble(Math.PI));
    add(m, 'e', PyFloat_FromDouble(Math.E));
    add(m, 'tau', PyFloat_FromDouble(2 * Math.PI));
    add(m, 'inf', PyFloat_FromDouble(Infinity));
    add(m, 'infj', PyComplex_FromDoubles(0, Infinity));
    add(m, 'nan', PyFloat_FromDouble(NaN));
    add(m, 'nanj', PyComplex_FromDoubles(0, NaN));
  },
};
