// floatobject.ts: float, a C double.                                               CPython: Objects/floatobject.c
//
// The payload is the JS number. JavaScript's arithmetic is C's; what differs is what happens at the edges (division by
// zero raises, overflow of ** raises), and the sign and payload of NaN, which JavaScript does not keep.
// Enter through: PyFloat_FromDouble, PyFloat_AsDouble, float_floor_div_double and its kin.

import { PyErr_SetObject, PyErr_SetString } from '../core/errors.ts';
import { type Hash, hash_from_halves, hash_int } from '../core/hash.ts';
import {
  _Py_TPFLAGS_MATCH_SELF,
  decref,
  newref,
  Py_EQ,
  Py_GE,
  Py_GT,
  Py_LE,
  Py_LT,
  Py_TPFLAGS_BASETYPE,
  PyObject,
  type PyTypeObject,
} from '../core/object.ts';
import { METH_CLASS, METH_CLINIC, METH_NOARGS, METH_O, static_type } from '../core/spec.ts';
import { _PyNumber_Index, bytes_like, PyNumber_AsSsize_t, PyNumber_Float } from './abstract.ts';
import { Py_False, Py_True } from './boolobject.ts';
import { PyObject_CallOneArg } from './call.ts';
import { PyLong_Check, PyUnicode_Check } from './checks.ts';
import { complex_pow_doubles } from './complexobject.ts';
import {
  PyExc_DeprecationWarning,
  PyExc_OverflowError,
  PyExc_TypeError,
  PyExc_ValueError,
  PyExc_ZeroDivisionError,
} from './exceptions.ts';
import { format_float } from './formatter.ts';
import { PyArg_CheckPositional, PyArg_NoKeywords, PyArg_NoKwnames } from './getargs.ts';
import { libm_pow } from './libm.ts';
import { from_integral_double, type LongValue } from './longobject/arith.ts';
import { strip_c_space, to_ascii_number_text } from './longobject/convert.ts';
import { check_format_spec } from './longobject/methods.ts';
import { long_as_double, PyLong_FromDouble, PyLong_FromLong, PyLong_FromValue, PyLong_Type } from './longobject.ts';
import { Py_None, Py_NotImplemented, PyObject_Str, pointer_hash, repr_string, type_name_of } from './object.ts';
import { double_round, float_decompose, float_repr, is_negative, parse_double, strip_underscores } from './pystrtod.ts';
import { PyTuple_FromArraySteal, tuple_pair_steal } from './tupleobject.ts';
import { PyType_IsSubtype } from './typeobject.ts';
import { PyUnicode_AsString, PyUnicode_Type, unicode_from_bmp } from './unicodeobject.ts';
import { PyErr_WarnEx } from './warnings.ts';

export type PyFloatObject = PyObject<number, null>;

export function PyFloat_FromDouble(x: number): PyObject {
  return new PyObject(PyFloat_Type, x, null);
}

export function PyFloat_CheckExact(o: PyObject): boolean {
  return o.ob_type === PyFloat_Type;
}

export function PyFloat_Check(o: PyObject): o is PyFloatObject {
  return o.ob_type === PyFloat_Type || PyType_IsSubtype(o.ob_type, PyFloat_Type);
}

/** The value of a float, or of what converts to one. CPython: PyFloat_AsDouble */
export function PyFloat_AsDouble(o: PyObject): number {
  if (o.ob_type === PyFloat_Type) return o.v as number;
  if (PyLong_Check(o) && o.ob_type.nb_float === PyLong_Type.nb_float) return long_as_double(o);
  if (PyFloat_Check(o)) return o.v;
  const nb_float = o.ob_type.nb_float;
  if (nb_float === null) {
    if (o.ob_type.nb_index !== null) {
      const index = _PyNumber_Index(o);
      try {
        return long_as_double(index);
      } finally {
        decref(index);
      }
    }
    PyErr_SetString(PyExc_TypeError, `must be real number, not ${type_name_of(o)}`);
  }
  const r = nb_float(o);
  if (r.ob_type !== PyFloat_Type) {
    try {
      if (!PyFloat_Check(r)) {
        PyErr_SetString(PyExc_TypeError, `${type_name_of(o)}.__float__ returned non-float (type ${type_name_of(r)})`);
      }
      PyErr_WarnEx(
        PyExc_DeprecationWarning,
        `${type_name_of(o)}.__float__ returned non-float (type ${type_name_of(r)}).  The ability to return an instance of a strict subclass of float is deprecated, and may not be supported in a future version of Python.`,
        1,
      );
    } catch (e) {
      decref(r);
      throw e;
    }
  }
  const x = r.v as number;
  decref(r);
  return x;
}

/** float(str) and float(bytes). CPython: PyFloat_FromString */
export function PyFloat_FromString(o: PyObject): PyObject {
  let text: string;
  if (PyUnicode_Check(o)) text = to_ascii_number_text(o);
  else {
    const bytes = bytes_like(o);
    if (bytes === null) {
      PyErr_SetString(PyExc_TypeError, `float() argument must be a string or a real number, not '${type_name_of(o)}'`);
    }
    text = '';
    for (let i = 0; i < bytes.length; i++) text += String.fromCharCode(bytes[i]!);
  }
  const plain = strip_underscores(strip_c_space(text));
  const x = plain === null ? null : parse_double(plain);
  if (x === null) PyErr_SetString(PyExc_ValueError, `could not convert string to float: ${repr_string(o)}`);
  return PyFloat_FromDouble(x);
}

// --- arithmetic on doubles ------------------------------------------------------------------------------------------

function division_by_zero(): never {
  PyErr_SetString(PyExc_ZeroDivisionError, 'division by zero');
}

export function float_true_div_double(x: number, y: number): number {
  if (y === 0) division_by_zero();
  return x / y;
}

/** x modulo y, with the sign of y. CPython: Objects/floatobject.c:float_rem */
export function float_mod_double(x: number, y: number): number {
  if (y === 0) division_by_zero();
  const mod = x % y;
  if (mod !== 0) return y < 0 !== mod < 0 ? mod + y : mod;
  return is_negative(y) ? -0 : 0;
}

/** CPython: Objects/floatobject.c:_float_div_mod */
export function float_floor_div_double(x: number, y: number): number {
  if (y === 0) division_by_zero();
  const mod = x % y;
  let div = (x - mod) / y;
  if (mod !== 0 && y < 0 !== mod < 0) div -= 1;
  if (div !== 0) {
    const floor = Math.floor(div);
    return div - floor > 0.5 ? floor + 1 : floor;
  }
  return is_negative(x / y) ? -0 : 0;
}

function is_odd(x: number): boolean {
  return Math.abs(x % 2) === 1;
}

/** OverflowError as C's errno ERANGE gives it. */
export function raise_erange(): never {
  const args = tuple_pair_steal(PyLong_FromLong(34), unicode_from_bmp('Numerical result out of range'));
  try {
    PyErr_SetObject(PyExc_OverflowError, args);
  } finally {
    decref(args);
  }
}

/** x ** y for doubles where the result is real; the caller has excluded x < 0 with a fractional y.
 *  CPython: Objects/floatobject.c:float_pow */
export function float_pow_double(x: number, y: number): number {
  if (y === 0) return 1;
  if (Number.isNaN(x)) return x;
  if (Number.isNaN(y)) return x === 1 ? 1 : y;
  if (y === Infinity || y === -Infinity) {
    const magnitude = Math.abs(x);
    if (magnitude === 1) return 1;
    return y > 0 === magnitude > 1 ? Infinity : 0;
  }
  if (x === Infinity || x === -Infinity) {
    const odd = is_odd(y);
    if (y > 0) return odd ? x : Infinity;
    return odd && x < 0 ? -0 : 0;
  }
  if (x === 0) {
    if (y < 0) PyErr_SetString(PyExc_ZeroDivisionError, 'zero to a negative power');
    return is_odd(y) ? x : 0;
  }
  let negate = false;
  if (x < 0) {
    x = -x;
    negate = is_odd(y);
  }
  if (x === 1) return negate ? -1 : 1;
  const r = libm_pow(x, y);
  if (r === Infinity) raise_erange();
  return negate ? -r : r;
}

// --- slots ----------------------------------------------------------------------------------------------------------

/** Whether the object takes part in float arithmetic: a float or an int. */
function is_real(o: PyObject): boolean {
  return o.ob_type === PyFloat_Type || PyLong_Check(o) || PyType_IsSubtype(o.ob_type, PyFloat_Type);
}

/** Value of what is_real accepts; OverflowError for a huge int. */
function real_value(o: PyObject): number {
  const v = o.v as LongValue;
  return typeof v === 'number' ? v : long_as_double(o);
}

function not_implemented(): PyObject {
  return newref(Py_NotImplemented);
}

function float_add(a: PyObject, b: PyObject): PyObject {
  if (!is_real(a) || !is_real(b)) return not_implemented();
  return new PyObject(PyFloat_Type, real_value(a) + real_value(b), null);
}

function float_sub(a: PyObject, b: PyObject): PyObject {
  if (!is_real(a) || !is_real(b)) return not_implemented();
  return new PyObject(PyFloat_Type, real_value(a) - real_value(b), null);
}

function float_mul(a: PyObject, b: PyObject): PyObject {
  if (!is_real(a) || !is_real(b)) return not_implemented();
  return new PyObject(PyFloat_Type, real_value(a) * real_value(b), null);
}

function float_div(a: PyObject, b: PyObject): PyObject {
  if (!is_real(a) || !is_real(b)) return not_implemented();
  return new PyObject(PyFloat_Type, float_true_div_double(real_value(a), real_value(b)), null);
}

function float_rem(a: PyObject, b: PyObject): PyObject {
  if (!is_real(a) || !is_real(b)) return not_implemented();
  return new PyObject(PyFloat_Type, float_mod_double(real_value(a), real_value(b)), null);
}

function float_floor_div(a: PyObject, b: PyObject): PyObject {
  if (!is_real(a) || !is_real(b)) return not_implemented();
  return new PyObject(PyFloat_Type, float_floor_div_double(real_value(a), real_value(b)), null);
}

function float_divmod(a: PyObject, b: PyObject): PyObject {
  if (!is_real(a) || !is_real(b)) return not_implemented();
  const x = real_value(a);
  const y = real_value(b);
  return tuple_pair_steal(PyFloat_FromDouble(float_floor_div_double(x, y)), PyFloat_FromDouble(float_mod_double(x, y)));
}

/** CPython: Objects/floatobject.c:float_pow */
export function float_pow(a: PyObject, b: PyObject, c: PyObject): PyObject {
  if (c !== Py_None) {
    PyErr_SetString(PyExc_TypeError, 'pow() 3rd argument not allowed unless all arguments are integers');
  }
  if (!is_real(a) || !is_real(b)) return not_implemented();
  const x = real_value(a);
  const y = real_value(b);
  if (x < 0 && y !== Math.floor(y) && !Number.isNaN(y) && x !== -Infinity) return complex_pow_doubles(x, y);
  return new PyObject(PyFloat_Type, float_pow_double(x, y), null);
}

function float_neg(a: PyObject): PyObject {
  return new PyObject(PyFloat_Type, -(a.v as number), null);
}

function float_abs(a: PyObject): PyObject {
  return new PyObject(PyFloat_Type, Math.abs(a.v as number), null);
}

/** The float itself if it is exact, else an exact float of its value. CPython: Objects/floatobject.c:float_float */
function float_float(a: PyObject): PyObject {
  return a.ob_type === PyFloat_Type ? newref(a) : PyFloat_FromDouble(a.v as number);
}

function float_bool(a: PyObject): boolean {
  const x = a.v as number;
  return x !== 0;
}

/** Compares a double with a double or an int's payload by a Py_LT … operator; exact, as JavaScript's operators are. */
export function float_compare(x: number, y: LongValue, op: number): boolean {
  switch (op) {
    case Py_LT:
      return x < y;
    case Py_LE:
      return x <= y;
    case Py_GT:
      return x > y;
    case Py_GE:
      return x >= y;
    case Py_EQ:
      return typeof y === 'number' ? x === y : x >= y && x <= y;
    default:
      return typeof y === 'number' ? x !== y : !(x >= y && x <= y);
  }
}

function float_richcompare(a: PyObject, b: PyObject, op: number): PyObject {
  if (!is_real(b)) return not_implemented();
  return newref(float_compare(a.v as number, b.v as LongValue, op) ? Py_True : Py_False);
}

/** Hash of a finite or infinite double: its value modulo 2^61 - 1. CPython: Python/pyhash.c:_Py_HashDouble */
export function hash_double(x: number): Hash {
  if (Math.floor(x) === x && x <= 9007199254740991 && x >= -9007199254740991) return hash_int(x);
  if (x === Infinity || x === -Infinity) return hash_int(x > 0 ? 314159 : -314159);
  const { mantissa, exponent } = float_decompose(Math.abs(x));
  // 2^61 is 1 modulo the prime: multiplying by 2^exponent rotates the 61 bits.
  const k = ((exponent % 61) + 61) % 61;
  const split = 2 ** (61 - k);
  const wrapped = Math.floor(mantissa / split);
  const shifted = (mantissa - wrapped * split) * 2 ** k;
  let hi = Math.floor(shifted / 4294967296) | Math.floor(wrapped / 4294967296);
  let lo = (shifted % 4294967296) | 0 | (wrapped | 0);
  if (x < 0) {
    lo = -lo | 0;
    hi = lo === 0 ? -hi | 0 : ~hi;
  }
  return hash_from_halves(lo, hi);
}

function float_hash(self: PyObject): Hash {
  const x = self.v as number;
  return Number.isNaN(x) ? pointer_hash(self) : hash_double(x);
}

function float_tp_repr(self: PyObject): PyObject {
  return unicode_from_bmp(float_repr(self.v as number));
}

function float_new_value(x: PyObject): PyObject {
  return x.ob_type === PyUnicode_Type ? PyFloat_FromString(x) : PyNumber_Float(x);
}

/** An instance of the type with the value of a float, which is stolen. */
function float_of_type(type: PyTypeObject, value: PyObject): PyObject {
  if (type === PyFloat_Type) return value;
  const v = value.v;
  decref(value);
  return type.tp_alloc!(type, v);
}

function float_new(type: PyTypeObject, args: PyObject, kwargs: PyObject | null): PyObject {
  if (type === PyFloat_Type || type.tp_init === PyFloat_Type.tp_init) PyArg_NoKeywords('float', kwargs);
  const given = (args as PyObject<PyObject[]>).v;
  PyArg_CheckPositional('float', given.length, 0, 1);
  return float_of_type(type, given.length === 0 ? PyFloat_FromDouble(0) : float_new_value(given[0]!));
}

function float_vectorcall(type: PyObject, args: PyObject[], kwnames: PyObject | null): PyObject {
  PyArg_NoKwnames('float', kwnames);
  PyArg_CheckPositional('float', args.length, 0, 1);
  return float_of_type(type as PyTypeObject, args.length === 0 ? PyFloat_FromDouble(0) : float_new_value(args[0]!));
}

// --- methods --------------------------------------------------------------------------------------------------------

function float_is_integer(self: PyObject): PyObject {
  const x = self.v as number;
  return newref(Math.floor(x) === x && x !== Infinity && x !== -Infinity ? Py_True : Py_False);
}

function float_trunc(self: PyObject): PyObject {
  return PyLong_FromDouble(self.v as number);
}

function float_floor(self: PyObject): PyObject {
  return PyLong_FromDouble(Math.floor(self.v as number));
}

function float_ceil(self: PyObject): PyObject {
  return PyLong_FromDouble(Math.ceil(self.v as number));
}

/** Nearest integer, ties to even. */
export function round_half_even(x: number): number {
  const floor = Math.floor(x);
  const rest = x - floor;
  if (rest < 0.5) return floor;
  if (rest > 0.5) return floor + 1;
  return floor % 2 === 0 ? floor : floor + 1;
}

/** CPython: Objects/floatobject.c:float___round___impl */
function float___round__(self: PyObject, ndigits: PyObject | null): PyObject {
  const x = self.v as number;
  if (ndigits === null || ndigits === Py_None) return PyLong_FromDouble(Number.isFinite(x) ? round_half_even(x) : x);
  const n = PyNumber_AsSsize_t(ndigits, null);
  const r = double_round(x, n);
  if ((r === Infinity || r === -Infinity) && Number.isFinite(x)) {
    PyErr_SetString(PyExc_OverflowError, 'rounded value too large to represent');
  }
  return PyFloat_FromDouble(r);
}

/** Numerator and denominator of a finite double in lowest terms. */
export function double_as_integer_ratio(x: number): [LongValue, LongValue] {
  const magnitude = Math.abs(x);
  if (Math.floor(magnitude) === magnitude) return [from_integral_double(x), 1];
  let { mantissa, exponent } = float_decompose(magnitude);
  while (mantissa % 2 === 0) {
    mantissa /= 2;
    exponent++;
  }
  return [x < 0 ? -mantissa : mantissa, from_power(-exponent)];
}

function from_power(n: number): LongValue {
  return n <= 52 ? 2 ** n : 1n << BigInt(n);
}

function float_as_integer_ratio(self: PyObject): PyObject {
  const x = self.v as number;
  if (x === Infinity || x === -Infinity) {
    PyErr_SetString(PyExc_OverflowError, 'cannot convert Infinity to integer ratio');
  }
  if (Number.isNaN(x)) PyErr_SetString(PyExc_ValueError, 'cannot convert NaN to integer ratio');
  const [numerator, denominator] = double_as_integer_ratio(x);
  return tuple_pair_steal(PyLong_FromValue(numerator), PyLong_FromValue(denominator));
}

/** CPython: Objects/floatobject.c:float_hex_impl */
function float_hex(self: PyObject): PyObject {
  const x = self.v as number;
  if (!Number.isFinite(x)) return unicode_from_bmp(float_repr(x));
  const sign = is_negative(x) ? '-' : '';
  if (x === 0) return unicode_from_bmp(`${sign}0x0.0p+0`);
  const { mantissa, exponent } = float_decompose(Math.abs(x));
  const lead = mantissa >= 4503599627370496 ? 1 : 0;
  const fraction = (mantissa - lead * 4503599627370496).toString(16).padStart(13, '0');
  const e = exponent + 52;
  return unicode_from_bmp(`${sign}0x${lead}.${fraction}p${e < 0 ? '-' : '+'}${Math.abs(e)}`);
}

const HEX_FLOAT = /^([+-]?)(?:0[xX])?([0-9a-fA-F]*)(?:\.([0-9a-fA-F]*))?(?:[pP]([+-]?[0-9]+))?$/;
const SPECIAL_FLOAT = /^([+-]?)(?:(inf|infinity)|nan)$/i;

/** The double that hexadecimal text spells; null if malformed, Infinity with `finite` text if too large. */
function parse_hex_float(text: string): { value: number; finite: boolean } | null {
  const special = SPECIAL_FLOAT.exec(text);
  if (special !== null) {
    const magnitude = special[2] === undefined ? NaN : Infinity;
    return { value: special[1] === '-' ? -magnitude : magnitude, finite: false };
  }
  const match = HEX_FLOAT.exec(text);
  if (match === null) return null;
  const fraction = match[3] ?? '';
  const digits = match[2]! + fraction;
  if (digits === '') return null;
  const coefficient = BigInt(`0x${digits}`);
  let value = 0;
  if (coefficient !== 0n) {
    const exponent = (match[4] === undefined ? 0 : +match[4]) - 4 * fraction.length;
    value = round_scaled(coefficient, exponent);
  }
  return { value: match[1] === '-' ? -value : value, finite: true };
}

/** coefficient * 2**exponent rounded to a double, ties to even. */
export function round_scaled(coefficient: bigint, exponent: number): number {
  const bits = coefficient.toString(2).length;
  const top = bits + exponent;
  if (top > 1024) return Infinity;
  if (top < -1074) return 0;
  const lsb = Math.max(top - 53, -1074);
  const drop = lsb - exponent;
  let kept = coefficient;
  if (drop > 0) {
    kept = coefficient >> BigInt(drop);
    const rest = coefficient - (kept << BigInt(drop));
    const half = 1n << BigInt(drop - 1);
    if (rest > half || (rest === half && (kept & 1n) === 1n)) kept++;
  } else kept = coefficient << BigInt(-drop);
  const m = Number(kept);
  return lsb > 900 ? m * 2 ** 900 * 2 ** (lsb - 900) : lsb < -1000 ? m * 2 ** -900 * 2 ** (lsb + 900) : m * 2 ** lsb;
}

/** A class method. CPython: Objects/floatobject.c:float_fromhex_impl */
function float_fromhex(type: PyTypeObject, string: PyObject): PyObject {
  if (!PyUnicode_Check(string)) PyErr_SetString(PyExc_TypeError, 'bad argument type for built-in operation');
  const parsed = parse_hex_float(strip_c_space(PyUnicode_AsString(string)));
  if (parsed === null) PyErr_SetString(PyExc_ValueError, 'invalid hexadecimal floating-point string');
  if (parsed.finite && !Number.isFinite(parsed.value)) {
    PyErr_SetString(PyExc_OverflowError, 'hexadecimal value too large to represent as a float');
  }
  return float_for_class(type, parsed.value);
}

function float_for_class(type: PyTypeObject, x: number): PyObject {
  const value = PyFloat_FromDouble(x);
  if (type === PyFloat_Type) return value;
  try {
    return PyObject_CallOneArg(type, value);
  } finally {
    decref(value);
  }
}

/** A class method. CPython: Objects/floatobject.c:float_from_number_impl */
function float_from_number(type: PyTypeObject, number: PyObject): PyObject {
  if (number.ob_type === PyFloat_Type && type === PyFloat_Type) return newref(number);
  return float_for_class(type, PyFloat_AsDouble(number));
}

function float_getformat(_type: PyTypeObject, typestr: PyObject): PyObject {
  if (!PyUnicode_Check(typestr)) {
    PyErr_SetString(
      PyExc_TypeError,
      `__getformat__() argument must be str, not ${typestr === Py_None ? 'None' : type_name_of(typestr)}`,
    );
  }
  const name = PyUnicode_AsString(typestr);
  if (name !== 'double' && name !== 'float') {
    PyErr_SetString(PyExc_ValueError, "__getformat__() argument 1 must be 'double' or 'float'");
  }
  return unicode_from_bmp('IEEE, little-endian');
}

function float_getnewargs(self: PyObject): PyObject {
  return PyTuple_FromArraySteal([PyFloat_FromDouble(self.v as number)]);
}

function float___format__(self: PyObject, spec: PyObject): PyObject {
  check_format_spec(spec);
  if ((spec as PyObject<string>).v.length === 0) return PyObject_Str(self);
  return format_float(self, spec);
}

function float_zero(): PyObject {
  return PyFloat_FromDouble(0);
}

export const PyFloat_Type = static_type({
  name: 'float',
  tp_basicsize: 24,
  tp_flags: Py_TPFLAGS_BASETYPE | _Py_TPFLAGS_MATCH_SELF,
  tp_doc: 'Convert a string or number to a floating-point number, if possible.',
  tp_repr: float_tp_repr,
  tp_hash: float_hash,
  tp_richcompare: float_richcompare,
  tp_new: float_new,
  tp_vectorcall: float_vectorcall,
  nb_add: float_add,
  nb_subtract: float_sub,
  nb_multiply: float_mul,
  nb_remainder: float_rem,
  nb_divmod: float_divmod,
  nb_power: float_pow,
  nb_negative: float_neg,
  nb_positive: float_float,
  nb_absolute: float_abs,
  nb_bool: float_bool,
  nb_int: float_trunc,
  nb_float: float_float,
  nb_floor_divide: float_floor_div,
  nb_true_divide: float_div,
  methods: [
    {
      name: 'from_number',
      flags: METH_O | METH_CLASS,
      meth: float_from_number,
      sig: '($type, number, /)',
      doc: 'A float from a real number.',
    },
    { name: 'conjugate', flags: METH_NOARGS, meth: float_float, sig: '($self, /)', doc: 'The float itself.' },
    { name: '__trunc__', flags: METH_NOARGS, meth: float_trunc, sig: '($self, /)', doc: 'The integer part.' },
    {
      name: '__floor__',
      flags: METH_NOARGS,
      meth: float_floor,
      sig: '($self, /)',
      doc: 'The largest int not above it.',
    },
    {
      name: '__ceil__',
      flags: METH_NOARGS,
      meth: float_ceil,
      sig: '($self, /)',
      doc: 'The smallest int not below it.',
    },
    {
      name: '__round__',
      flags: METH_CLINIC,
      meth: float___round__,
      sig: '($self, ndigits=None, /)',
      doc: 'Rounds to ndigits decimals, half to even; to an int without ndigits.',
    },
    {
      name: 'as_integer_ratio',
      flags: METH_NOARGS,
      meth: float_as_integer_ratio,
      sig: '($self, /)',
      doc: 'Two ints in lowest terms whose ratio is the float.\n\n>>> (2.5).as_integer_ratio()\n(5, 2)\n>>> (-0.125).as_integer_ratio()\n(-1, 8)',
    },
    {
      name: 'fromhex',
      flags: METH_O | METH_CLASS,
      meth: float_fromhex,
      sig: '($type, string, /)',
      doc: "A float from hexadecimal text.\n\n>>> float.fromhex('0x1.8p+1')\n3.0\n>>> float.fromhex('-0x.4')\n-0.25",
    },
    { name: 'hex', flags: METH_NOARGS, meth: float_hex, sig: '($self, /)', doc: "The exact value in hexadecimal notation.\n\n>>> (3.0).hex()\n'0x1.8000000000000p+1'\n>>> (-0.25).hex()\n'-0x1.0000000000000p-2'" },
    {
      name: 'is_integer',
      flags: METH_NOARGS,
      meth: float_is_integer,
      sig: '($self, /)',
      doc: 'Whether it is an integer.',
    },
    { name: '__getnewargs__', flags: METH_NOARGS, meth: float_getnewargs, sig: '($self, /)' },
    {
      name: '__getformat__',
      flags: METH_O | METH_CLASS,
      meth: float_getformat,
      sig: '($type, typestr, /)',
      doc: 'How the machine stores floats.',
    },
    {
      name: '__format__',
      flags: METH_O,
      meth: float___format__,
      sig: '($self, format_spec, /)',
      doc: 'Formats by a format spec.',
    },
  ],
  getset: [
    { name: 'real', get: float_float, doc: 'the real part of a complex number' },
    { name: 'imag', get: float_zero, doc: 'the imaginary part of a complex number' },
  ],
  after_ready: type => {
    type.tp_data = { text_signature: '(x=0, /)' };
  },
});
