// complexobject.ts: complex, a pair of doubles.                                  CPython: Objects/complexobject.c
//
// The payload is an immutable {real, imag}. Since 3.14 a real operand is not widened to complex first (C99 Annex G):
// adding a float leaves the imaginary part alone, and multiplying by one multiplies both parts.
// Enter through: PyComplex_FromDoubles, PyComplex_AsCComplex, c_prod and its kin on plain pairs.

import { PyErr_SetString } from '../core/errors.ts';
import { type Hash, hash_from_halves } from '../core/hash.ts';
import { decref, newref, Py_EQ, Py_NE, Py_TPFLAGS_BASETYPE, PyObject, type PyTypeObject } from '../core/object.ts';
import { METH_CLASS, METH_NOARGS, METH_O, static_type } from '../core/spec.ts';
import { Py_False, Py_True } from './boolobject.ts';
import { PyObject_CallNoArgs, PyObject_CallOneArg } from './call.ts';
import { PyLong_Check, PyUnicode_Check } from './checks.ts';
import {
  PyExc_DeprecationWarning,
  PyExc_OverflowError,
  PyExc_TypeError,
  PyExc_ValueError,
  PyExc_ZeroDivisionError,
} from './exceptions.ts';
import { float_compare, hash_double, PyFloat_AsDouble, PyFloat_Check, PyFloat_FromDouble } from './floatobject.ts';
import { format_complex } from './formatter.ts';
import { PyArg_Clinic } from './getargs.ts';
import { libm_atan2, libm_cos, libm_exp, libm_hypot, libm_log, libm_pow, libm_sin } from './libm.ts';
import type { LongValue } from './longobject/arith.ts';
import { strip_c_space, to_ascii_number_text } from './longobject/convert.ts';
import { check_format_spec } from './longobject/methods.ts';
import { long_as_double } from './longobject.ts';
import {
  _PyObject_LookupSpecial,
  Py_None,
  Py_NotImplemented,
  PyObject_Str,
  pointer_hash,
  repr_string,
  type_name_of,
} from './object.ts';
import {
  is_negative,
  Py_DTSF_SIGN,
  PyOS_double_to_string,
  parse_double,
  scan_double,
  strip_underscores,
} from './pystrtod.ts';
import { tuple_pair_steal } from './tupleobject.ts';
import { PyType_IsSubtype } from './typeobject.ts';
import { _Py_ID, unicode_from_bmp } from './unicodeobject.ts';
import { PyErr_WarnEx } from './warnings.ts';

/** A complex number as C's Py_complex. */
export interface Complex {
  readonly real: number;
  readonly imag: number;
}

export type PyComplexObject = PyObject<Complex, null>;

export function PyComplex_FromDoubles(real: number, imag: number): PyObject {
  return new PyObject<Complex, null>(PyComplex_Type, { real, imag }, null);
}

export function PyComplex_Check(o: PyObject): o is PyComplexObject {
  return o.ob_type === PyComplex_Type || PyType_IsSubtype(o.ob_type, PyComplex_Type);
}

// --- arithmetic on pairs --------------------------------------------------------------------------------------------

function copysign(x: number, y: number): number {
  const magnitude = Math.abs(x);
  return is_negative(y) ? -magnitude : magnitude;
}

/** 1 with the sign of x if x is infinite, else 0 with its sign. JavaScript tells no NaN's sign: float('nan') is positive, and one
 *  that the processor makes of infinities is negative. */
function boxed(x: number, nan = 0): number {
  if (Number.isNaN(x)) return nan;
  return copysign(x === Infinity || x === -Infinity ? 1 : 0, x);
}

function is_inf(x: number): boolean {
  return x === Infinity || x === -Infinity;
}

function nan_to_zero(x: number): number {
  return Number.isNaN(x) ? 0 : x;
}

/** Product; an infinite factor gives an infinite product even where NaN came out. CPython: _Py_c_prod */
export function c_prod(z: Complex, w: Complex): Complex {
  let a = z.real;
  let b = z.imag;
  let c = w.real;
  let d = w.imag;
  const ac = a * c;
  const bd = b * d;
  const ad = a * d;
  const bc = b * c;
  const real = ac - bd;
  const imag = ad + bc;
  if (!Number.isNaN(real) || !Number.isNaN(imag)) return { real, imag };
  let again = false;
  if (is_inf(a) || is_inf(b)) {
    a = boxed(a);
    b = boxed(b);
    c = nan_to_zero(c);
    d = nan_to_zero(d);
    again = true;
  }
  if (is_inf(c) || is_inf(d)) {
    c = boxed(c);
    d = boxed(d);
    a = nan_to_zero(a);
    b = nan_to_zero(b);
    again = true;
  }
  if (!again && (is_inf(ac) || is_inf(bd) || is_inf(ad) || is_inf(bc))) {
    a = nan_to_zero(a);
    b = nan_to_zero(b);
    c = nan_to_zero(c);
    d = nan_to_zero(d);
    again = true;
  }
  if (!again) return { real, imag };
  return { real: Infinity * (a * c - b * d), imag: Infinity * (a * d + b * c) };
}

/** Quotient by Smith's method, null for division by zero; `nan` is the zero whose sign a NaN in b has. CPython: _Py_c_quot */
export function c_quot(a: Complex, b: Complex, nan = 0): Complex | null {
  const breal = Math.abs(b.real);
  const bimag = Math.abs(b.imag);
  let real: number;
  let imag: number;
  if (breal >= bimag) {
    if (breal === 0) return null;
    const ratio = b.imag / b.real;
    const denominator = b.real + b.imag * ratio;
    real = (a.real + a.imag * ratio) / denominator;
    imag = (a.imag - a.real * ratio) / denominator;
  } else if (bimag >= breal) {
    const ratio = b.real / b.imag;
    const denominator = b.real * ratio + b.imag;
    real = (a.real * ratio + a.imag) / denominator;
    imag = (a.imag * ratio - a.real) / denominator;
  } else {
    real = NaN;
    imag = NaN;
  }
  if (Number.isNaN(real) && Number.isNaN(imag)) {
    if ((is_inf(a.real) || is_inf(a.imag)) && Number.isFinite(b.real) && Number.isFinite(b.imag)) {
      const x = boxed(a.real);
      const y = boxed(a.imag);
      real = Infinity * (x * b.real + y * b.imag);
      imag = Infinity * (y * b.real - x * b.imag);
    } else if ((is_inf(breal) || is_inf(bimag)) && Number.isFinite(a.real) && Number.isFinite(a.imag)) {
      const x = boxed(b.real, nan);
      const y = boxed(b.imag, nan);
      real = 0 * (a.real * x + a.imag * y);
      imag = 0 * (a.imag * x - a.real * y);
    }
  }
  return { real, imag };
}

/** Real over complex, null for division by zero. CPython: _Py_rc_quot */
function rc_quot(a: number, b: Complex): Complex | null {
  const breal = Math.abs(b.real);
  const bimag = Math.abs(b.imag);
  let real: number;
  let imag: number;
  if (breal >= bimag) {
    if (breal === 0) return null;
    const ratio = b.imag / b.real;
    const denominator = b.real + b.imag * ratio;
    real = a / denominator;
    imag = (-a * ratio) / denominator;
  } else if (bimag >= breal) {
    const ratio = b.real / b.imag;
    const denominator = b.real * ratio + b.imag;
    real = (a * ratio) / denominator;
    imag = -a / denominator;
  } else {
    real = NaN;
    imag = NaN;
  }
  if (Number.isNaN(real) && Number.isNaN(imag) && Number.isFinite(a) && (is_inf(breal) || is_inf(bimag))) {
    const x = boxed(b.real);
    const y = boxed(b.imag);
    real = 0 * (a * x);
    imag = 0 * (-a * y);
  }
  return { real, imag };
}

const ONE: Complex = { real: 1, imag: 0 };

function c_powu(x: Complex, n: number): Complex {
  let r = ONE;
  let p = x;
  for (let mask = 1; n >= mask; mask *= 2) {
    if ((n & mask) !== 0) r = c_prod(r, p);
    p = c_prod(p, p);
  }
  return r;
}

/** a ** b, null for zero to a power that is not positive. CPython: _Py_c_pow and c_powi */
export function c_pow(a: Complex, b: Complex): Complex | null {
  if (b.imag === 0 && Math.floor(b.real) === b.real && Math.abs(b.real) <= 100) {
    if (b.real > 0) return c_powu(a, b.real);
    return b.real < 0 ? c_quot(ONE, c_powu(a, -b.real), -0) : ONE;
  }
  return c_pow_polar(a, b);
}

function c_pow_polar(a: Complex, b: Complex): Complex | null {
  if (b.real === 0 && b.imag === 0) return ONE;
  if (a.real === 0 && a.imag === 0) return b.imag !== 0 || b.real < 0 ? null : { real: 0, imag: 0 };
  const radius = libm_hypot(a.real, a.imag);
  let length = libm_pow(radius, b.real);
  const angle = libm_atan2(a.imag, a.real);
  let phase = angle * b.real;
  if (b.imag !== 0) {
    length *= libm_exp(-angle * b.imag);
    phase += b.imag * libm_log(radius);
  }
  // The C library reports a domain error for the cosine of infinity.
  if (is_inf(phase)) return null;
  return { real: length * libm_cos(phase), imag: length * libm_sin(phase) };
}

/** A negative float to a fractional power. */
export function complex_pow_doubles(x: number, y: number): PyObject {
  return checked_power(c_pow({ real: x, imag: 0 }, { real: y, imag: 0 }));
}

function checked_power(r: Complex | null): PyObject {
  if (r === null) PyErr_SetString(PyExc_ZeroDivisionError, 'zero to a negative or complex power');
  if (is_inf(r.real) || is_inf(r.imag)) PyErr_SetString(PyExc_OverflowError, 'complex exponentiation');
  return PyComplex_FromDoubles(r.real, r.imag);
}

/** Magnitude; OverflowError when it is finite but too large. CPython: _Py_c_abs */
export function c_abs(z: Complex): number {
  const r = libm_hypot(z.real, z.imag);
  if (r === Infinity && Number.isFinite(z.real) && Number.isFinite(z.imag)) {
    PyErr_SetString(PyExc_OverflowError, 'absolute value too large');
  }
  return r;
}

// --- conversion -----------------------------------------------------------------------------------------------------

/** The result of `__complex__`, or null if the type has none. Owned. CPython: try_complex_special_method */
function try_complex_method(o: PyObject): PyObject | null {
  const method = _PyObject_LookupSpecial(o, _Py_ID('__complex__'));
  if (method === null) return null;
  let r: PyObject;
  try {
    r = PyObject_CallNoArgs(method);
  } finally {
    decref(method);
  }
  if (r.ob_type === PyComplex_Type) return r;
  try {
    if (!PyComplex_Check(r)) {
      PyErr_SetString(PyExc_TypeError, `__complex__ returned non-complex (type ${type_name_of(r)})`);
    }
    PyErr_WarnEx(
      PyExc_DeprecationWarning,
      `__complex__ returned non-complex (type ${type_name_of(r)}).  The ability to return an instance of a strict subclass of complex is deprecated, and may be removed in a future version of Python.`,
      1,
    );
  } catch (e) {
    decref(r);
    throw e;
  }
  return r;
}

/** The value as a complex number; a float's imaginary part is 0. CPython: PyComplex_AsCComplex */
export function PyComplex_AsCComplex(o: PyObject): Complex {
  if (PyComplex_Check(o)) return o.v;
  const r = try_complex_method(o);
  if (r !== null) {
    const value = r.v as Complex;
    decref(r);
    return value;
  }
  return { real: PyFloat_AsDouble(o), imag: 0 };
}

/** What the text of a complex number says, or null. CPython: complex_from_string_inner */
export function parse_complex(text: string): Complex | null {
  let s = strip_c_space(text);
  if (s.startsWith('(')) {
    if (!s.endsWith(')')) return null;
    s = strip_c_space(s.slice(1, -1));
  }
  if (s === '') return null;
  // One of: a float; a float and 'j'; a signed 'j'; a float, then a signed float or sign alone, and 'j'.
  let end = scan_double(s, 0);
  if (end < 0) {
    const imag = bare_sign(s, 0);
    return imag !== null && is_j(s, imag.end) ? { real: 0, imag: imag.value } : null;
  }
  const first = parse_double(s.slice(0, end))!;
  if (end === s.length) return { real: first, imag: 0 };
  if (is_j(s, end)) return { real: 0, imag: first };
  const c = s[end]!;
  if (c !== '+' && c !== '-') return null;
  const start = end;
  end = scan_double(s, start);
  if (end >= 0) return is_j(s, end) ? { real: first, imag: parse_double(s.slice(start, end))! } : null;
  const imag = bare_sign(s, start)!;
  return is_j(s, imag.end) ? { real: first, imag: imag.value } : null;
}

/** A sign (or nothing) that stands for one. */
function bare_sign(s: string, at: number): { value: number; end: number } | null {
  if (s[at] === '+') return { value: 1, end: at + 1 };
  if (s[at] === '-') return { value: -1, end: at + 1 };
  return { value: 1, end: at };
}

/** Whether the text ends with a 'j' at that place. */
function is_j(s: string, at: number): boolean {
  return at === s.length - 1 && (s[at] === 'j' || s[at] === 'J');
}

function complex_from_string(type: PyTypeObject, o: PyObject): PyObject {
  const plain = strip_underscores(to_ascii_number_text(o));
  if (plain === null) PyErr_SetString(PyExc_ValueError, `could not convert string to complex: ${repr_string(o)}`);
  const value = parse_complex(plain);
  if (value === null) PyErr_SetString(PyExc_ValueError, 'complex() arg is a malformed string');
  return complex_of_type(type, value.real, value.imag);
}

function complex_of_type(type: PyTypeObject, real: number, imag: number): PyObject {
  return type === PyComplex_Type ? PyComplex_FromDoubles(real, imag) : type.tp_alloc!(type, { real, imag });
}

function is_real_number(o: PyObject): boolean {
  return o.ob_type.nb_float !== null || o.ob_type.nb_index !== null;
}

function bad_part(which: string, o: PyObject): never {
  PyErr_SetString(PyExc_TypeError, `complex() argument '${which}' must be a real number, not ${type_name_of(o)}`);
}

function warn_part(which: string, o: PyObject): void {
  PyErr_WarnEx(
    PyExc_DeprecationWarning,
    `complex() argument '${which}' must be a real number, not ${type_name_of(o)}`,
    1,
  );
}

/** complex(x): a string, or anything that converts. CPython: actual_complex_new */
function complex_from_one(type: PyTypeObject, o: PyObject): PyObject {
  if (o.ob_type === PyComplex_Type && type === PyComplex_Type) return newref(o);
  if (PyUnicode_Check(o)) return complex_from_string(type, o);
  const r = try_complex_method(o);
  if (r !== null) {
    const { real, imag } = r.v as Complex;
    decref(r);
    return complex_of_type(type, real, imag);
  }
  if (PyComplex_Check(o)) return complex_of_type(type, o.v.real, o.v.imag);
  if (is_real_number(o)) return complex_of_type(type, PyFloat_AsDouble(o), 0);
  PyErr_SetString(PyExc_TypeError, `complex() argument must be a string or a number, not ${type_name_of(o)}`);
}

/** CPython: Objects/complexobject.c:complex_new_impl */
function complex_new(type: PyTypeObject, args: PyObject, kwargs: PyObject | null): PyObject {
  const given = (args as PyObject<PyObject[]>).v;
  const has_keywords = kwargs !== null && (kwargs as PyObject<{ used: number }>).v.used > 0;
  if (given.length === 1 && !has_keywords) return complex_from_one(type, given[0]!);
  const [r, i] = PyArg_Clinic('complex', '(real=0, imag=0)', args, kwargs) as [PyObject | null, PyObject | null];
  let real = 0;
  let imag = 0;
  let real_is_complex = false;
  if (r !== null) {
    const special = PyComplex_Check(r) || PyUnicode_Check(r) ? null : try_complex_method(r);
    if (special !== null) {
      ({ real, imag } = special.v as Complex);
      decref(special);
      real_is_complex = true;
      warn_part('real', r);
    } else if (PyComplex_Check(r)) {
      ({ real, imag } = r.v);
      real_is_complex = true;
      warn_part('real', r);
    } else if (is_real_number(r)) real = PyFloat_AsDouble(r);
    else bad_part('real', r);
  }
  if (i !== null) {
    let imag_real: number;
    if (PyComplex_Check(i)) {
      warn_part('imag', i);
      real -= i.v.imag;
      imag_real = i.v.real;
    } else if (is_real_number(i)) imag_real = PyFloat_AsDouble(i);
    else bad_part('imag', i);
    imag = real_is_complex ? imag + imag_real : imag_real;
  }
  return complex_of_type(type, real, imag);
}

// --- slots ----------------------------------------------------------------------------------------------------------

/** Operand kinds: 0 not a number of ours, 1 real, 2 complex. */
function kind(o: PyObject): number {
  if (o.ob_type === PyComplex_Type) return 2;
  if (PyLong_Check(o) || PyFloat_Check(o)) return 1;
  return PyComplex_Check(o) ? 2 : 0;
}

function real_of(o: PyObject): number {
  return typeof o.v === 'number' ? o.v : long_as_double(o);
}

function not_implemented(): PyObject {
  return newref(Py_NotImplemented);
}

function complex_add(a: PyObject, b: PyObject): PyObject {
  const ka = kind(a);
  const kb = kind(b);
  if (ka === 0 || kb === 0) return not_implemented();
  if (kb === 1) {
    const z = a.v as Complex;
    return PyComplex_FromDoubles(z.real + real_of(b), z.imag);
  }
  const w = b.v as Complex;
  if (ka === 1) return PyComplex_FromDoubles(real_of(a) + w.real, w.imag);
  const z = a.v as Complex;
  return PyComplex_FromDoubles(z.real + w.real, z.imag + w.imag);
}

function complex_sub(a: PyObject, b: PyObject): PyObject {
  const ka = kind(a);
  const kb = kind(b);
  if (ka === 0 || kb === 0) return not_implemented();
  if (kb === 1) {
    const z = a.v as Complex;
    return PyComplex_FromDoubles(z.real - real_of(b), z.imag);
  }
  const w = b.v as Complex;
  if (ka === 1) return PyComplex_FromDoubles(real_of(a) - w.real, -w.imag);
  const z = a.v as Complex;
  return PyComplex_FromDoubles(z.real - w.real, z.imag - w.imag);
}

function complex_mul(a: PyObject, b: PyObject): PyObject {
  const ka = kind(a);
  const kb = kind(b);
  if (ka === 0 || kb === 0) return not_implemented();
  if (kb === 1 || ka === 1) {
    const z = (kb === 1 ? a.v : b.v) as Complex;
    const x = real_of(kb === 1 ? b : a);
    return PyComplex_FromDoubles(z.real * x, z.imag * x);
  }
  const r = c_prod(a.v as Complex, b.v as Complex);
  return PyComplex_FromDoubles(r.real, r.imag);
}

function complex_div(a: PyObject, b: PyObject): PyObject {
  const ka = kind(a);
  const kb = kind(b);
  if (ka === 0 || kb === 0) return not_implemented();
  let r: Complex | null;
  if (kb === 1) {
    const z = a.v as Complex;
    const x = real_of(b);
    r = x === 0 ? null : { real: z.real / x, imag: z.imag / x };
  } else if (ka === 1) r = rc_quot(real_of(a), b.v as Complex);
  else r = c_quot(a.v as Complex, b.v as Complex);
  if (r === null) PyErr_SetString(PyExc_ZeroDivisionError, 'division by zero');
  return PyComplex_FromDoubles(r.real, r.imag);
}

function as_complex(o: PyObject): Complex {
  return kind(o) === 2 ? (o.v as Complex) : { real: real_of(o), imag: 0 };
}

function complex_pow(a: PyObject, b: PyObject, c: PyObject): PyObject {
  if (kind(a) === 0 || kind(b) === 0) return not_implemented();
  const x = as_complex(a);
  const y = as_complex(b);
  if (c !== Py_None) PyErr_SetString(PyExc_ValueError, 'complex modulo');
  return checked_power(c_pow(x, y));
}

function complex_neg(a: PyObject): PyObject {
  const z = a.v as Complex;
  return PyComplex_FromDoubles(-z.real, -z.imag);
}

function complex_pos(a: PyObject): PyObject {
  if (a.ob_type === PyComplex_Type) return newref(a);
  const z = a.v as Complex;
  return PyComplex_FromDoubles(z.real, z.imag);
}

function complex_abs(a: PyObject): PyObject {
  return PyFloat_FromDouble(c_abs(a.v as Complex));
}

function complex_bool(a: PyObject): boolean {
  const z = a.v as Complex;
  return z.real !== 0 || z.imag !== 0;
}

function complex_richcompare(a: PyObject, b: PyObject, op: number): PyObject {
  if (op !== Py_EQ && op !== Py_NE) return not_implemented();
  const k = kind(b);
  if (k === 0) return not_implemented();
  const z = a.v as Complex;
  let equal: boolean;
  if (k === 1) equal = z.imag === 0 && float_compare(z.real, b.v as LongValue, Py_EQ);
  else equal = z.real === (b.v as Complex).real && z.imag === (b.v as Complex).imag;
  return newref(equal === (op === Py_EQ) ? Py_True : Py_False);
}

function part_hash(self: PyObject, x: number): Hash {
  return Number.isNaN(x) ? pointer_hash(self) : hash_double(x);
}

/** hash(real) + 1000003 * hash(imag), modulo 2^64. */
function complex_hash(self: PyObject): Hash {
  const z = self.v as Complex;
  const r = part_hash(self, z.real);
  const i = part_hash(self, z.imag);
  // 64-bit product by 20-bit factor, in 32-bit halves.
  const low = (i.lo >>> 0) * 1000003 + (r.lo >>> 0);
  const lo = low % 4294967296;
  const hi = Math.imul(i.hi, 1000003) + Math.floor(low / 4294967296) + r.hi;
  return hash_from_halves(lo | 0, hi | 0);
}

function complex_repr(self: PyObject): PyObject {
  const { real, imag } = self.v as Complex;
  if (real === 0 && !is_negative(real)) return unicode_from_bmp(`${PyOS_double_to_string(imag, 'r', 0, 0)}j`);
  const re = PyOS_double_to_string(real, 'r', 0, 0);
  return unicode_from_bmp(`(${re}${PyOS_double_to_string(imag, 'r', 0, Py_DTSF_SIGN)}j)`);
}

// --- methods --------------------------------------------------------------------------------------------------------

function complex_conjugate(self: PyObject): PyObject {
  const z = self.v as Complex;
  return PyComplex_FromDoubles(z.real, -z.imag);
}

function complex___complex__(self: PyObject): PyObject {
  return complex_pos(self);
}

function complex_getnewargs(self: PyObject): PyObject {
  const z = self.v as Complex;
  return tuple_pair_steal(PyFloat_FromDouble(z.real), PyFloat_FromDouble(z.imag));
}

function complex___format__(self: PyObject, spec: PyObject): PyObject {
  check_format_spec(spec);
  if ((spec as PyObject<string>).v.length === 0) return PyObject_Str(self);
  return format_complex(self, spec);
}

/** A class method. CPython: complex_from_number_impl */
function complex_from_number(type: PyTypeObject, number: PyObject): PyObject {
  if (number.ob_type === PyComplex_Type && type === PyComplex_Type) return newref(number);
  const { real, imag } = PyComplex_AsCComplex(number);
  const value = PyComplex_FromDoubles(real, imag);
  if (type === PyComplex_Type) return value;
  try {
    return PyObject_CallOneArg(type, value);
  } finally {
    decref(value);
  }
}

export const PyComplex_Type = static_type({
  name: 'complex',
  tp_basicsize: 32,
  tp_flags: Py_TPFLAGS_BASETYPE,
  tp_doc: 'Create a complex number from a string or numbers.',
  tp_repr: complex_repr,
  tp_hash: complex_hash,
  tp_richcompare: complex_richcompare,
  tp_new: complex_new,
  nb_add: complex_add,
  nb_subtract: complex_sub,
  nb_multiply: complex_mul,
  nb_power: complex_pow,
  nb_negative: complex_neg,
  nb_positive: complex_pos,
  nb_absolute: complex_abs,
  nb_bool: complex_bool,
  nb_true_divide: complex_div,
  methods: [
    {
      name: 'from_number',
      flags: METH_O | METH_CLASS,
      meth: complex_from_number,
      sig: '($type, number, /)',
      doc: 'A complex number from any number.',
    },
    {
      name: 'conjugate',
      flags: METH_NOARGS,
      meth: complex_conjugate,
      sig: '($self, /)',
      doc: 'The number with its imaginary part negated.',
    },
    {
      name: '__complex__',
      flags: METH_NOARGS,
      meth: complex___complex__,
      sig: '($self, /)',
      doc: 'The number as an exact complex.',
    },
    { name: '__getnewargs__', flags: METH_NOARGS, meth: complex_getnewargs, sig: '($self, /)' },
    {
      name: '__format__',
      flags: METH_O,
      meth: complex___format__,
      sig: '($self, format_spec, /)',
      doc: 'Formats by a format spec.',
    },
  ],
  members: [
    {
      name: 'real',
      get: self => PyFloat_FromDouble((self.v as Complex).real),
      doc: 'the real part of a complex number',
    },
    {
      name: 'imag',
      get: self => PyFloat_FromDouble((self.v as Complex).imag),
      doc: 'the imaginary part of a complex number',
    },
  ],
  after_ready: type => {
    type.tp_data = { text_signature: '(real=0, imag=0)' };
  },
});
