// math.ts: the math module.                                                       CPython: Modules/mathmodule.c
//
// Functions of doubles come from objects/libm.ts; here are the conversions of arguments and the checks of results: NaN
// from something that is not NaN is a domain error, infinity from something finite a range error.
// Sums are in math/exact.ts, gamma and erf in math/gamma.ts, combinatorics in math/integer.ts.

import { PyErr_SetString } from '../core/errors.ts';
import { decref, newref, type PyObject } from '../core/object.ts';
import { METH_CLINIC, METH_FASTCALL, METH_O, type MethodSpec, type ModuleSpec } from '../core/spec.ts';
import {
  PyIter_Next,
  PyNumber_Add,
  PyNumber_Index,
  PyNumber_Multiply,
  PyNumber_TrueDivide,
  PyObject_GetIter,
  PySequence_Tuple,
} from '../objects/abstract.ts';
import { PyBool_FromLong, PyBool_Type } from '../objects/boolobject.ts';
import { PyObject_CallNoArgs } from '../objects/call.ts';
import { PyLong_Check, PyTuple_Check } from '../objects/checks.ts';
import { PyExc_OverflowError, PyExc_TypeError, PyExc_ValueError } from '../objects/exceptions.ts';
import { PyFloat_AsDouble, PyFloat_FromDouble, PyFloat_Type, round_scaled } from '../objects/floatobject.ts';
import { PyArg_CheckPositional } from '../objects/getargs.ts';
import {
  libm_acos,
  libm_acosh,
  libm_asin,
  libm_asinh,
  libm_atan,
  libm_atan2,
  libm_atanh,
  libm_cbrt,
  libm_cos,
  libm_cosh,
  libm_exp,
  libm_exp2,
  libm_expm1,
  libm_log,
  libm_log1p,
  libm_log2,
  libm_log10,
  libm_pow,
  libm_sin,
  libm_sinh,
  libm_tan,
  libm_tanh,
} from '../objects/libm.ts';
import { big_frexp, gcd, isqrt, type LongValue, normal } from '../objects/longobject/arith.ts';
import { PyLong_FromDouble, PyLong_FromLong, PyLong_FromValue, PyLong_Type } from '../objects/longobject.ts';
import { PyModule_Add } from '../objects/moduleobject.ts';
import { _PyObject_LookupSpecial, Py_None, type_name_of } from '../objects/object.ts';
import { float_decompose, float_repr, is_negative } from '../objects/pystrtod.ts';
import { tuple_pair_steal } from '../objects/tupleobject.ts';
import { _Py_ID } from '../objects/unicodeobject.ts';
import { ExactSum, TripleSum, vector_norm } from './math/exact.ts';
import { erf, erfc, gamma, lgamma } from './math/gamma.ts';
import { combinations, factorial, permutations } from './math/integer.ts';

function domain_error(): never {
  PyErr_SetString(PyExc_ValueError, 'math domain error');
}

function range_error(): never {
  PyErr_SetString(PyExc_OverflowError, 'math range error');
}

function double_of(o: PyObject): number {
  return o.ob_type === PyFloat_Type ? (o.v as number) : PyFloat_AsDouble(o);
}

// --- functions of one double ----------------------------------------------------------------------------------------

/** A function of one double. `domain` completes the message for a NaN result or (unless it may overflow) infinity. */
function one_double(name: string, f: (x: number) => number, domain: string | null, may_overflow: boolean): MethodSpec {
  const meth = (_module: PyObject, arg: PyObject): PyObject => {
    const x = double_of(arg);
    const r = f(x);
    if (!Number.isFinite(r)) check_special(x, r, domain, may_overflow);
    return PyFloat_FromDouble(r);
  };
  return { name, flags: METH_O, meth, sig: '($module, x, /)' };
}

function check_special(x: number, r: number, domain: string | null, may_overflow: boolean): void {
  if (Number.isNaN(r)) {
    if (!Number.isNaN(x)) raise_domain(x, domain);
  } else if (Number.isFinite(x)) {
    if (may_overflow) range_error();
    raise_domain(x, domain);
  }
}

function raise_domain(x: number, domain: string | null): never {
  if (domain === null) domain_error();
  PyErr_SetString(PyExc_ValueError, `expected ${domain}, got ${float_repr(x)}`);
}

const POSITIVE = 'a positive input';
const FINITE = 'a finite input';
const UNIT = 'a number in range from -1 up to 1';
const GAMMA = 'a noninteger or positive integer';

/** gamma has poles at 0 and the negative integers, and overflows elsewhere. */
function math_gamma(_module: PyObject, arg: PyObject): PyObject {
  const x = double_of(arg);
  const r = gamma(x);
  if (Number.isNaN(r) && !Number.isNaN(x)) raise_domain(x, GAMMA);
  if ((r === Infinity || r === -Infinity) && x !== Infinity) range_error();
  return PyFloat_FromDouble(r);
}

function math_lgamma(_module: PyObject, arg: PyObject): PyObject {
  const x = double_of(arg);
  const r = lgamma(x);
  if (Number.isNaN(r) && !Number.isNaN(x)) raise_domain(x, GAMMA);
  if (r === Infinity && Number.isFinite(x)) range_error();
  return PyFloat_FromDouble(r);
}

function degrees(x: number): number {
  return x * (180 / Math.PI);
}

function radians(x: number): number {
  return x * (Math.PI / 180);
}

function math_degrees(_module: PyObject, arg: PyObject): PyObject {
  return PyFloat_FromDouble(degrees(double_of(arg)));
}

function math_radians(_module: PyObject, arg: PyObject): PyObject {
  return PyFloat_FromDouble(radians(double_of(arg)));
}

function math_isfinite(_module: PyObject, arg: PyObject): PyObject {
  return PyBool_FromLong(Number.isFinite(double_of(arg)));
}

function math_isnan(_module: PyObject, arg: PyObject): PyObject {
  return PyBool_FromLong(Number.isNaN(double_of(arg)));
}

function math_isinf(_module: PyObject, arg: PyObject): PyObject {
  const x = double_of(arg);
  return PyBool_FromLong(x === Infinity || x === -Infinity);
}

/** The result of a special method without arguments, or null if the type has none. */
function call_special(o: PyObject, name: string): PyObject | null {
  const method = _PyObject_LookupSpecial(o, _Py_ID(name));
  if (method === null) return null;
  try {
    return PyObject_CallNoArgs(method);
  } finally {
    decref(method);
  }
}

function math_floor(_module: PyObject, arg: PyObject): PyObject {
  if (arg.ob_type === PyLong_Type) return newref(arg);
  if (arg.ob_type !== PyFloat_Type) {
    const r = call_special(arg, '__floor__');
    if (r !== null) return r;
  }
  return PyLong_FromDouble(Math.floor(double_of(arg)));
}

function math_ceil(_module: PyObject, arg: PyObject): PyObject {
  if (arg.ob_type === PyLong_Type) return newref(arg);
  if (arg.ob_type !== PyFloat_Type) {
    const r = call_special(arg, '__ceil__');
    if (r !== null) return r;
  }
  return PyLong_FromDouble(Math.ceil(double_of(arg)));
}

function math_trunc(_module: PyObject, arg: PyObject): PyObject {
  if (arg.ob_type === PyFloat_Type) return PyLong_FromDouble(Math.trunc(arg.v as number));
  const r = call_special(arg, '__trunc__');
  if (r !== null) return r;
  PyErr_SetString(PyExc_TypeError, `type ${type_name_of(arg)} doesn't define __trunc__ method`);
}

/** Mantissa in [0.5, 1) and exponent of a finite double. */
function frexp(x: number): { mantissa: number; exponent: number } {
  if (x === 0) return { mantissa: x, exponent: 0 };
  const { mantissa, exponent } = float_decompose(Math.abs(x));
  let m = mantissa;
  let e = exponent + 53;
  while (m < 4503599627370496) {
    m *= 2;
    e--;
  }
  m /= 9007199254740992;
  return { mantissa: x < 0 ? -m : m, exponent: e };
}

function math_frexp(_module: PyObject, arg: PyObject): PyObject {
  const x = double_of(arg);
  if (!Number.isFinite(x)) return tuple_pair_steal(PyFloat_FromDouble(x), PyLong_FromLong(0));
  const { mantissa, exponent } = frexp(x);
  return tuple_pair_steal(PyFloat_FromDouble(mantissa), PyLong_FromLong(exponent));
}

/** x * 2**e with a single rounding. */
export function ldexp(x: number, e: number): number {
  if (x === 0 || !Number.isFinite(x) || e === 0) return x;
  const { mantissa, exponent } = frexp(x);
  const scale = exponent + e;
  if (scale > 1024) return x < 0 ? -Infinity : Infinity;
  if (scale < -1080) return x < 0 ? -0 : 0;
  if (scale > -1021) return scale > 1000 ? mantissa * 2 ** 1000 * 2 ** (scale - 1000) : mantissa * 2 ** scale;
  return mantissa * 2 ** (scale + 1000) * 2 ** -1000;
}

function math_ldexp(_module: PyObject, x_object: PyObject, i: PyObject): PyObject {
  const x = double_of(x_object);
  if (!PyLong_Check(i)) PyErr_SetString(PyExc_TypeError, 'Expected an int as second argument to ldexp.');
  const e = i.v as LongValue;
  if (x === 0 || !Number.isFinite(x)) return PyFloat_FromDouble(x);
  if (e > 2147483647) range_error();
  if (e < -2147483648) return PyFloat_FromDouble(x < 0 ? -0 : 0);
  const r = ldexp(x, Number(e));
  if (r === Infinity || r === -Infinity) range_error();
  return PyFloat_FromDouble(r);
}

function math_modf(_module: PyObject, arg: PyObject): PyObject {
  const x = double_of(arg);
  let fraction: number;
  let whole = x;
  if (x === Infinity || x === -Infinity) fraction = x > 0 ? 0 : -0;
  else if (Number.isNaN(x)) fraction = x;
  else {
    whole = Math.trunc(x);
    fraction = x - whole;
    if (fraction === 0 && is_negative(x)) fraction = -0;
  }
  return tuple_pair_steal(PyFloat_FromDouble(fraction), PyFloat_FromDouble(whole));
}

// --- logarithms -----------------------------------------------------------------------------------------------------

/** The logarithm of a positive int or float by one of the bases' functions. CPython: loghelper */
function log_of(o: PyObject, f: (x: number) => number): number {
  if (PyLong_Check(o)) {
    const v = o.v as LongValue;
    if (v <= 0) PyErr_SetString(PyExc_ValueError, `expected ${POSITIVE}`);
    if (typeof v === 'number') return f(v);
    const x = Number(v);
    if (x !== Infinity) return f(x);
    const { mantissa, exponent } = big_frexp(v);
    return f(mantissa) + f(2) * exponent;
  }
  const x = double_of(o);
  if (x <= 0) raise_domain(x, POSITIVE);
  return f(x);
}

function math_log(_module: PyObject, args: PyObject[]): PyObject {
  PyArg_CheckPositional('log', args.length, 1, 2);
  const value = PyFloat_FromDouble(log_of(args[0]!, libm_log));
  if (args.length === 1) return value;
  try {
    const base = PyFloat_FromDouble(log_of(args[1]!, libm_log));
    try {
      return PyNumber_TrueDivide(value, base);
    } finally {
      decref(base);
    }
  } finally {
    decref(value);
  }
}

function math_log2(_module: PyObject, arg: PyObject): PyObject {
  return PyFloat_FromDouble(log_of(arg, libm_log2));
}

function math_log10(_module: PyObject, arg: PyObject): PyObject {
  return PyFloat_FromDouble(log_of(arg, libm_log10));
}

// --- functions of two and three doubles -----------------------------------------------------------------------------

function math_atan2(_module: PyObject, y: PyObject, x: PyObject): PyObject {
  const a = double_of(y);
  return PyFloat_FromDouble(libm_atan2(a, double_of(x)));
}

function math_copysign(_module: PyObject, x: PyObject, y: PyObject): PyObject {
  const magnitude = Math.abs(double_of(x));
  return PyFloat_FromDouble(is_negative(double_of(y)) ? -magnitude : magnitude);
}

function math_fmod(_module: PyObject, x_object: PyObject, y_object: PyObject): PyObject {
  const x = double_of(x_object);
  const y = double_of(y_object);
  const r = x % y;
  if (Number.isNaN(r) && !Number.isNaN(x) && !Number.isNaN(y)) domain_error();
  return PyFloat_FromDouble(r);
}

/** IEEE 754 remainder: x minus the nearest multiple of y. CPython: m_remainder */
function remainder(x: number, y: number): number {
  if (!Number.isFinite(x) || !Number.isFinite(y)) {
    if (Number.isNaN(x)) return x;
    if (Number.isNaN(y)) return y;
    return x === Infinity || x === -Infinity ? NaN : x;
  }
  if (y === 0) return NaN;
  const a = Math.abs(x);
  const b = Math.abs(y);
  const m = a % b;
  const c = b - m;
  let r: number;
  if (m < c) r = m;
  else if (m > c) r = -c;
  else r = m - 2 * ((0.5 * (a - m)) % b);
  return is_negative(x) ? -r : r;
}

function math_remainder(_module: PyObject, x_object: PyObject, y_object: PyObject): PyObject {
  const x = double_of(x_object);
  const y = double_of(y_object);
  const r = remainder(x, y);
  if (Number.isNaN(r) && !Number.isNaN(x) && !Number.isNaN(y)) domain_error();
  return PyFloat_FromDouble(r);
}

/** C's pow: 1 for x ** 0 and 1 ** y, where JavaScript has NaN for 1 ** inf. */
function c_pow(x: number, y: number): number {
  if (y === 0 || x === 1) return 1;
  if (x === -1 && (y === Infinity || y === -Infinity)) return 1;
  return Number.isFinite(x) && Number.isFinite(y) && x > 0 ? libm_pow(x, y) : pow_signed(x, y);
}

function pow_signed(x: number, y: number): number {
  if (x < 0 && Number.isFinite(x) && Number.isFinite(y) && Math.floor(y) === y) {
    const r = libm_pow(-x, y);
    return Math.abs(y % 2) === 1 ? -r : r;
  }
  return x ** y;
}

function math_pow(_module: PyObject, x_object: PyObject, y_object: PyObject): PyObject {
  const x = double_of(x_object);
  const y = double_of(y_object);
  const r = c_pow(x, y);
  if (!Number.isFinite(r) && Number.isFinite(x) && Number.isFinite(y)) {
    if (Number.isNaN(r) || x === 0) domain_error();
    range_error();
  }
  return PyFloat_FromDouble(r);
}

/** x * y + z, rounded once; the arguments are finite. */
function fused(x: number, y: number, z: number): number {
  if (x === 0 || y === 0) return x * y + z;
  const p = float_decompose(Math.abs(x));
  const q = float_decompose(Math.abs(y));
  const r = float_decompose(Math.abs(z));
  let product = BigInt(p.mantissa) * BigInt(q.mantissa);
  let addend = BigInt(r.mantissa);
  if (is_negative(x) !== is_negative(y)) product = -product;
  if (is_negative(z)) addend = -addend;
  const exponent = p.exponent + q.exponent;
  const low = Math.min(exponent, r.exponent);
  const sum = (product << BigInt(exponent - low)) + (addend << BigInt(r.exponent - low));
  if (sum === 0n) return z === 0 ? x * y + z : 0;
  return sum < 0n ? -round_scaled(-sum, low) : round_scaled(sum, low);
}

function math_fma(_module: PyObject, x_object: PyObject, y_object: PyObject, z_object: PyObject): PyObject {
  const x = double_of(x_object);
  const y = double_of(y_object);
  const z = double_of(z_object);
  const finite = Number.isFinite(x) && Number.isFinite(y) && Number.isFinite(z);
  const r = finite ? fused(x, y, z) : Number.isFinite(x) && Number.isFinite(y) ? z : x * y + z;
  if (Number.isNaN(r)) {
    if (!Number.isNaN(x) && !Number.isNaN(y) && !Number.isNaN(z)) {
      PyErr_SetString(PyExc_ValueError, 'invalid operation in fma');
    }
  } else if (finite && !Number.isFinite(r)) PyErr_SetString(PyExc_OverflowError, 'overflow in fma');
  return PyFloat_FromDouble(r);
}

const bits_float = new Float64Array(1);
const bits_int = new BigInt64Array(bits_float.buffer);

/** Position of a double in the order of all doubles: 0 for 0 and -0. */
function ordinal(x: number): bigint {
  bits_float[0] = Math.abs(x);
  const n = bits_int[0]!;
  return is_negative(x) ? -n : n;
}

function from_ordinal(n: bigint, negative_zero: boolean): number {
  bits_int[0] = n < 0n ? -n : n;
  const magnitude = bits_float[0]!;
  return n < 0n || (n === 0n && negative_zero) ? -magnitude : magnitude;
}

/** CPython: math_nextafter_impl */
function nextafter(x: number, y: number, steps: bigint): number {
  if (steps === 0n) return x;
  if (Number.isNaN(x)) return x;
  if (Number.isNaN(y)) return y;
  if (x === y) return y;
  const from = ordinal(x);
  const to = ordinal(y);
  if (from < to) return from + steps >= to ? y : from_ordinal(from + steps, is_negative(x));
  return from - steps <= to ? y : from_ordinal(from - steps, is_negative(x));
}

function math_nextafter(_module: PyObject, x_object: PyObject, y_object: PyObject, steps: PyObject | null): PyObject {
  const x = double_of(x_object);
  const y = double_of(y_object);
  if (steps === null || steps === Py_None) return PyFloat_FromDouble(nextafter(x, y, 1n));
  const index = PyNumber_Index(steps);
  const n = index.v as LongValue;
  decref(index);
  if (n < 0) PyErr_SetString(PyExc_ValueError, 'steps must be a non-negative integer');
  return PyFloat_FromDouble(nextafter(x, y, BigInt(n)));
}

function math_ulp(_module: PyObject, arg: PyObject): PyObject {
  const x = Math.abs(double_of(arg));
  if (!Number.isFinite(x)) return PyFloat_FromDouble(x);
  const next = nextafter(x, Infinity, 1n);
  return PyFloat_FromDouble(next === Infinity ? x - nextafter(x, -Infinity, 1n) : next - x);
}

function math_isclose(
  _module: PyObject,
  a_object: PyObject,
  b_object: PyObject,
  rel_object: PyObject | null,
  abs_object: PyObject | null,
): PyObject {
  const a = double_of(a_object);
  const b = double_of(b_object);
  const rel_tol = rel_object === null ? 1e-9 : double_of(rel_object);
  const abs_tol = abs_object === null ? 0 : double_of(abs_object);
  if (rel_tol < 0 || abs_tol < 0) PyErr_SetString(PyExc_ValueError, 'tolerances must be non-negative');
  if (a === b) return PyBool_FromLong(true);
  if (a === Infinity || a === -Infinity || b === Infinity || b === -Infinity) return PyBool_FromLong(false);
  const diff = Math.abs(b - a);
  return PyBool_FromLong(diff <= Math.abs(rel_tol * b) || diff <= Math.abs(rel_tol * a) || diff <= abs_tol);
}

// --- sums and norms -------------------------------------------------------------------------------------------------

/** Calls `f` with each item (borrowed) of an iterable. */
function for_each(iterable: PyObject, f: (item: PyObject) => void): void {
  const it = PyObject_GetIter(iterable);
  try {
    for (;;) {
      const item = PyIter_Next(it);
      if (item === null) return;
      try {
        f(item);
      } finally {
        decref(item);
      }
    }
  } finally {
    decref(it);
  }
}

function math_fsum(_module: PyObject, seq: PyObject): PyObject {
  const sum = new ExactSum();
  for_each(seq, item => {
    if (!sum.add(double_of(item))) PyErr_SetString(PyExc_OverflowError, 'intermediate overflow in fsum');
  });
  if (sum.conflicting()) PyErr_SetString(PyExc_ValueError, '-inf + inf in fsum');
  return PyFloat_FromDouble(sum.value());
}

function math_prod(_module: PyObject, iterable: PyObject, start: PyObject | null): PyObject {
  let result = start === null ? PyLong_FromLong(1) : newref(start);
  try {
    for_each(iterable, item => {
      const next = PyNumber_Multiply(result, item);
      decref(result);
      result = next;
    });
  } catch (e) {
    decref(result);
    throw e;
  }
  return result;
}

/** Items of a tuple or a new tuple of an iterable's; owned tuple. */
function tuple_of(o: PyObject): PyObject {
  return PyTuple_Check(o) ? newref(o) : PySequence_Tuple(o);
}

function math_dist(_module: PyObject, p_object: PyObject, q_object: PyObject): PyObject {
  const p = tuple_of(p_object);
  try {
    const q = tuple_of(q_object);
    try {
      const a = (p as PyObject<PyObject[]>).v;
      const b = (q as PyObject<PyObject[]>).v;
      if (a.length !== b.length) {
        PyErr_SetString(PyExc_ValueError, 'both points must have the same number of dimensions');
      }
      return norm_of(a.map((x, i) => Math.abs(double_of(x) - double_of(b[i]!))));
    } finally {
      decref(q);
    }
  } finally {
    decref(p);
  }
}

function norm_of(magnitudes: number[]): PyObject {
  let max = 0;
  let found_nan = false;
  for (const x of magnitudes) {
    if (Number.isNaN(x)) found_nan = true;
    else if (x > max) max = x;
  }
  return PyFloat_FromDouble(vector_norm(magnitudes, max, found_nan));
}

function math_hypot(_module: PyObject, coordinates: PyObject[]): PyObject {
  return norm_of(coordinates.map(x => Math.abs(double_of(x))));
}

/** The state of sumprod: ints and floats are summed exactly as long as nothing else comes. CPython: math_sumprod_impl */
class SumProduct {
  /** Owned. */
  total = PyLong_FromLong(0);
  private ints: LongValue = 0;
  private ints_used = false;
  private ints_enabled = true;
  private floats = new TripleSum();
  private floats_used = false;
  private floats_enabled = true;

  add(p: PyObject, q: PyObject): void {
    if (this.ints_enabled) {
      if (p.ob_type === PyLong_Type && q.ob_type === PyLong_Type && is_c_long(p) && is_c_long(q)) {
        const sum = normal(BigInt(this.ints) + BigInt(p.v as LongValue) * BigInt(q.v as LongValue));
        if (typeof sum === 'number' || (sum <= 0x7fffffffffffffffn && sum >= -0x8000000000000000n)) {
          this.ints = sum;
          this.ints_used = true;
          return;
        }
      }
      this.finish_ints();
    }
    if (this.floats_enabled) {
      const x = this.float_pair(p, q);
      if (x && this.floats.add_product(this.x, this.y)) {
        this.floats_used = true;
        return;
      }
      this.finish_floats();
    }
    const product = PyNumber_Multiply(p, q);
    this.add_owned(product);
  }

  private x = 0;
  private y = 0;

  /** Whether the pair is float times float, int or bool; then x and y hold the doubles. */
  private float_pair(p: PyObject, q: PyObject): boolean {
    const p_float = p.ob_type === PyFloat_Type;
    const q_float = q.ob_type === PyFloat_Type;
    if (!p_float && !q_float) return false;
    if (!p_float && p.ob_type !== PyLong_Type && p.ob_type !== PyBool_Type) return false;
    if (!q_float && q.ob_type !== PyLong_Type && q.ob_type !== PyBool_Type) return false;
    this.x = Number(p.v as LongValue);
    this.y = Number(q.v as LongValue);
    return (p_float || Number.isFinite(this.x)) && (q_float || Number.isFinite(this.y));
  }

  private finish_ints(): void {
    this.ints_enabled = false;
    if (this.ints_used) this.add_owned(PyLong_FromValue(this.ints));
  }

  private finish_floats(): void {
    this.floats_enabled = false;
    if (this.floats_used) this.add_owned(PyFloat_FromDouble(this.floats.value()));
  }

  /** Steals the term. */
  private add_owned(term: PyObject): void {
    try {
      const next = PyNumber_Add(this.total, term);
      decref(this.total);
      this.total = next;
    } finally {
      decref(term);
    }
  }

  finish(): PyObject {
    if (this.ints_enabled) this.finish_ints();
    if (this.floats_enabled) this.finish_floats();
    return this.total;
  }
}

function is_c_long(o: PyObject): boolean {
  const v = o.v as LongValue;
  return typeof v === 'number' || (v <= 0x7fffffffffffffffn && v >= -0x8000000000000000n);
}

function math_sumprod(_module: PyObject, p_object: PyObject, q_object: PyObject): PyObject {
  const p_it = PyObject_GetIter(p_object);
  try {
    const q_it = PyObject_GetIter(q_object);
    try {
      return sumprod(p_it, q_it);
    } finally {
      decref(q_it);
    }
  } finally {
    decref(p_it);
  }
}

function sumprod(p_it: PyObject, q_it: PyObject): PyObject {
  const sum = new SumProduct();
  try {
    for (;;) {
      const p = PyIter_Next(p_it);
      let q: PyObject | null = null;
      try {
        q = PyIter_Next(q_it);
        if ((p === null) !== (q === null)) PyErr_SetString(PyExc_ValueError, 'Inputs are not the same length');
        if (p === null || q === null) return sum.finish();
        sum.add(p, q);
      } finally {
        if (p !== null) decref(p);
        if (q !== null) decref(q);
      }
    }
  } catch (e) {
    decref(sum.total);
    throw e;
  }
}

// --- integers -------------------------------------------------------------------------------------------------------

/** The value of an int or of something with `__index__`. */
function index_value(o: PyObject): LongValue {
  const index = PyNumber_Index(o);
  const v = index.v as LongValue;
  decref(index);
  return v;
}

function math_gcd(_module: PyObject, integers: PyObject[]): PyObject {
  let r: LongValue = 0;
  for (const o of integers) r = gcd(r, index_value(o));
  return PyLong_FromValue(r);
}

function math_lcm(_module: PyObject, integers: PyObject[]): PyObject {
  let r: LongValue = 1;
  for (const o of integers) {
    const n = index_value(o);
    if (r === 0) continue;
    if (n === 0) {
      r = 0;
      continue;
    }
    const product = (BigInt(r) / BigInt(gcd(r, n))) * BigInt(n);
    r = normal(product < 0n ? -product : product);
  }
  return PyLong_FromValue(r);
}

const LONG_MAX = 0x7fffffffffffffffn;

function math_factorial(_module: PyObject, arg: PyObject): PyObject {
  const n = index_value(arg);
  if (n > LONG_MAX) {
    PyErr_SetString(PyExc_OverflowError, `factorial() argument should not exceed ${LONG_MAX}`);
  }
  if (n < 0) PyErr_SetString(PyExc_ValueError, 'factorial() not defined for negative values');
  return PyLong_FromValue(factorial(Number(n)));
}

function math_isqrt(_module: PyObject, arg: PyObject): PyObject {
  const n = index_value(arg);
  if (n < 0) PyErr_SetString(PyExc_ValueError, 'isqrt() argument must be nonnegative');
  return PyLong_FromValue(isqrt(n));
}

function math_perm(module: PyObject, n_object: PyObject, k_object: PyObject | null): PyObject {
  if (k_object === null || k_object === Py_None) return math_factorial(module, n_object);
  const n = index_value(n_object);
  const k = index_value(k_object);
  if (n < 0) PyErr_SetString(PyExc_ValueError, 'n must be a non-negative integer');
  if (k < 0) PyErr_SetString(PyExc_ValueError, 'k must be a non-negative integer');
  if (n < k) return PyLong_FromLong(0);
  if (k > LONG_MAX) PyErr_SetString(PyExc_OverflowError, `k must not exceed ${LONG_MAX}`);
  return PyLong_FromValue(permutations(n, Number(k)));
}

function math_comb(_module: PyObject, n_object: PyObject, k_object: PyObject): PyObject {
  const n = index_value(n_object);
  let k = index_value(k_object);
  if (n < 0) PyErr_SetString(PyExc_ValueError, 'n must be a non-negative integer');
  if (k < 0) PyErr_SetString(PyExc_ValueError, 'k must be a non-negative integer');
  if (n < k) return PyLong_FromLong(0);
  const other = normal(BigInt(n) - BigInt(k));
  if (other < k) k = other;
  if (k > LONG_MAX) PyErr_SetString(PyExc_OverflowError, `min(n - k, k) must not exceed ${LONG_MAX}`);
  return PyLong_FromValue(combinations(n, Number(k)));
}

const TWO = '($module, x, y, /)';

export const module: ModuleSpec = {
  name: 'math',
  doc: 'The mathematical functions of the C standard, and more.',
  methods: [
    one_double('acos', libm_acos, UNIT, false),
    one_double('acosh', libm_acosh, 'argument value not less than 1', false),
    one_double('asin', libm_asin, UNIT, false),
    one_double('asinh', libm_asinh, null, false),
    one_double('atan', libm_atan, null, false),
    { name: 'atan2', flags: METH_CLINIC, meth: math_atan2, sig: '($module, y, x, /)' },
    one_double('atanh', libm_atanh, 'a number between -1 and 1', false),
    one_double('cbrt', libm_cbrt, null, false),
    { name: 'ceil', flags: METH_O, meth: math_ceil, sig: '($module, x, /)' },
    { name: 'copysign', flags: METH_CLINIC, meth: math_copysign, sig: TWO },
    one_double('cos', libm_cos, FINITE, false),
    one_double('cosh', libm_cosh, null, true),
    { name: 'degrees', flags: METH_O, meth: math_degrees, sig: '($module, x, /)' },
    { name: 'dist', flags: METH_CLINIC, meth: math_dist, sig: '($module, p, q, /)' },
    one_double('erf', erf, null, false),
    one_double('erfc', erfc, null, false),
    one_double('exp', libm_exp, null, true),
    one_double('exp2', libm_exp2, null, true),
    one_double('expm1', libm_expm1, null, true),
    one_double('fabs', Math.abs, null, false),
    { name: 'factorial', flags: METH_O, meth: math_factorial, sig: '($module, n, /)' },
    { name: 'floor', flags: METH_O, meth: math_floor, sig: '($module, x, /)' },
    { name: 'fma', flags: METH_CLINIC, meth: math_fma, sig: '($module, x, y, z, /)' },
    { name: 'fmod', flags: METH_CLINIC, meth: math_fmod, sig: TWO },
    { name: 'frexp', flags: METH_O, meth: math_frexp, sig: '($module, x, /)' },
    { name: 'fsum', flags: METH_O, meth: math_fsum, sig: '($module, seq, /)' },
    { name: 'gamma', flags: METH_O, meth: math_gamma, sig: '($module, x, /)' },
    { name: 'gcd', flags: METH_CLINIC, meth: math_gcd, sig: '($module, /, *integers)' },
    { name: 'hypot', flags: METH_CLINIC, meth: math_hypot, sig: '($module, /, *coordinates)' },
    {
      name: 'isclose',
      flags: METH_CLINIC,
      meth: math_isclose,
      sig: '($module, /, a, b, *, rel_tol=1e-09, abs_tol=0.0)',
    },
    { name: 'isfinite', flags: METH_O, meth: math_isfinite, sig: '($module, x, /)' },
    { name: 'isinf', flags: METH_O, meth: math_isinf, sig: '($module, x, /)' },
    { name: 'isnan', flags: METH_O, meth: math_isnan, sig: '($module, x, /)' },
    { name: 'isqrt', flags: METH_O, meth: math_isqrt, sig: '($module, n, /)' },
    { name: 'lcm', flags: METH_CLINIC, meth: math_lcm, sig: '($module, /, *integers)' },
    { name: 'ldexp', flags: METH_CLINIC, meth: math_ldexp, sig: '($module, x, i, /)' },
    { name: 'lgamma', flags: METH_O, meth: math_lgamma, sig: '($module, x, /)' },
    { name: 'log', flags: METH_FASTCALL, meth: math_log },
    one_double('log1p', libm_log1p, 'argument value > -1', false),
    { name: 'log10', flags: METH_O, meth: math_log10, sig: '($module, x, /)' },
    { name: 'log2', flags: METH_O, meth: math_log2, sig: '($module, x, /)' },
    { name: 'modf', flags: METH_O, meth: math_modf, sig: '($module, x, /)' },
    { name: 'pow', flags: METH_CLINIC, meth: math_pow, sig: TWO },
    { name: 'radians', flags: METH_O, meth: math_radians, sig: '($module, x, /)' },
    { name: 'remainder', flags: METH_CLINIC, meth: math_remainder, sig: TWO },
    one_double('sin', libm_sin, FINITE, false),
    one_double('sinh', libm_sinh, null, true),
    one_double('sqrt', Math.sqrt, 'a nonnegative input', false),
    one_double('tan', libm_tan, FINITE, false),
    one_double('tanh', libm_tanh, null, false),
    { name: 'sumprod', flags: METH_CLINIC, meth: math_sumprod, sig: '($module, p, q, /)' },
    { name: 'trunc', flags: METH_O, meth: math_trunc, sig: '($module, x, /)' },
    { name: 'prod', flags: METH_CLINIC, meth: math_prod, sig: '($module, iterable, /, *, start=1)' },
    { name: 'perm', flags: METH_CLINIC, meth: math_perm, sig: '($module, n, k=None, /)' },
    { name: 'comb', flags: METH_CLINIC, meth: math_comb, sig: '($module, n, k, /)' },
    { name: 'nextafter', flags: METH_CLINIC, meth: math_nextafter, sig: '($module, x, y, /, *, steps=None)' },
    { name: 'ulp', flags: METH_O, meth: math_ulp, sig: '($module, x, /)' },
  ],
  exec: m => {
    PyModule_Add(m, 'pi', PyFloat_FromDouble(Math.PI));
    PyModule_Add(m, 'e', PyFloat_FromDouble(Math.E));
    PyModule_Add(m, 'tau', PyFloat_FromDouble(2 * Math.PI));
    PyModule_Add(m, 'inf', PyFloat_FromDouble(Infinity));
    PyModule_Add(m, 'nan', PyFloat_FromDouble(NaN));
  },
};
