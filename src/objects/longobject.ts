// longobject.ts: int.                                                               CPython: Objects/longobject.c
//
// The payload is a JS number while |n| <= 2**53 - 1 and a BigInt beyond; never both for one value, so that payloads of
// equal ints are equal by ===. Ints from -5 to 256 exist once and are immortal. An int subclass has the same payload.
// Enter through: PyLong_FromLong, PyLong_FromBigInt, long_value, long_add and its kin (arguments known to be ints).
// Arithmetic on payloads is in longobject/arith.ts, text and bytes in convert.ts, methods in methods.ts.

import { PyErr_SetNone, PyErr_SetString } from '../core/errors.ts';
import { type Hash, hash_bigint, hash_int } from '../core/hash.ts';
import {
  _Py_TPFLAGS_MATCH_SELF,
  decref,
  IMMORTAL_REFCNT,
  newref,
  Py_EQ,
  Py_GE,
  Py_GT,
  Py_LE,
  Py_LT,
  Py_TPFLAGS_BASETYPE,
  Py_TPFLAGS_LONG_SUBCLASS,
  PyObject,
  type PyTypeObject,
} from '../core/object.ts';
import { METH_CLASS, METH_CLINIC, METH_NOARGS, METH_O, static_type } from '../core/spec.ts';
import { bytes_like, PyNumber_AsSsize_t, PyNumber_Index, PyNumber_Long } from './abstract.ts';
import { Py_False, Py_True } from './boolobject.ts';
import { PyByteArray_Check } from './bytearrayobject.ts';
import { PyBytes_FromUint8Array } from './bytesobject.ts';
import { PyBytes_Check, PyLong_Check, PyUnicode_Check } from './checks.ts';
import {
  PyExc_MemoryError,
  PyExc_OverflowError,
  PyExc_TypeError,
  PyExc_ValueError,
  PyExc_ZeroDivisionError,
} from './exceptions.ts';
import { float_pow, PyFloat_FromDouble } from './floatobject.ts';
import { PyArg_CheckPositional, PyArg_Clinic, PyArg_ClinicVector } from './getargs.ts';
import {
  big_floor_div,
  big_mod,
  bit_length,
  from_integral_double,
  type LongValue,
  MAX_BITS,
  MAX_SAFE,
  num_mod,
  power,
  power_mod,
  true_divide,
} from './longobject/arith.ts';
import {
  long_format_base,
  long_from_text,
  long_to_decimal,
  parse_long_text,
  to_ascii_number_text,
} from './longobject/convert.ts';
import {
  long___format__,
  long___getnewargs__,
  long___round__,
  long___sizeof__,
  long_as_integer_ratio,
  long_bit_count,
  long_bit_length,
  long_from_bytes,
  long_is_integer,
  long_to_bytes,
} from './longobject/methods.ts';
import { Py_None, Py_NotImplemented } from './object.ts';
import { tuple_pair_steal } from './tupleobject.ts';
import { unicode_from_bmp } from './unicodeobject.ts';

export type { LongValue };
export type PyLongObject = PyObject<LongValue, null>;

// --- making ints ----------------------------------------------------------------------------------------------------

export const SMALL_INT_MIN = -5;
export const SMALL_INT_MAX = 256;

/** An int from a JS integer in the safe range (-0 allowed). */
export function PyLong_FromLong(n: number): PyObject {
  if (n >= -5 && n <= 256) return newref(small_ints[n + 5]!);
  return new PyObject(PyLong_Type, n, null);
}

/** The shared int for -5 <= n <= 256; borrowed (immortal). */
export function get_small_int(n: number): PyObject {
  return small_ints[n + 5]!;
}

/** An int from any BigInt. */
export function PyLong_FromBigInt(b: bigint): PyObject {
  if (b <= 9007199254740991n && b >= -9007199254740991n) return PyLong_FromLong(Number(b));
  return new PyObject<LongValue, null>(PyLong_Type, b, null);
}

/** An int from a payload in canonical form. */
export function PyLong_FromValue(v: LongValue): PyObject {
  return typeof v === 'number' ? PyLong_FromLong(v) : new PyObject<LongValue, null>(PyLong_Type, v, null);
}

/** An int from an integral JS number of any size (beyond the safe range: its exact value, within int64). */
export function PyLong_FromSsize_t(n: number): PyObject {
  if (n <= MAX_SAFE && n >= -MAX_SAFE) return PyLong_FromLong(n);
  const b = BigInt(n);
  return PyLong_FromBigInt(b > 0x7fffffffffffffffn ? 0x7fffffffffffffffn : b);
}

/** The integer part of a double. CPython: PyLong_FromDouble */
export function PyLong_FromDouble(x: number): PyObject {
  if (x <= MAX_SAFE && x >= -MAX_SAFE) return PyLong_FromLong(Math.trunc(x));
  if (Number.isNaN(x)) PyErr_SetString(PyExc_ValueError, 'cannot convert float NaN to integer');
  if (x === Infinity || x === -Infinity) {
    PyErr_SetString(PyExc_OverflowError, 'cannot convert float infinity to integer');
  }
  return PyLong_FromValue(from_integral_double(x));
}

/** int(str, base). CPython: PyLong_FromUnicodeObject */
export function PyLong_FromUnicodeObject(o: PyObject, base: number): PyObject {
  return PyLong_FromValue(long_from_text(to_ascii_number_text(o), base, o));
}

/** The int that a JS string spells, or null. */
export function PyLong_FromString(s: string, base: number): PyObject | null {
  const value = parse_long_text(s, base);
  return value === null ? null : PyLong_FromValue(value);
}

/** int(bytes, base); `shown` is the object that the error names. CPython: _PyLong_FromBytes */
export function long_from_bytes_text(bytes: Uint8Array, base: number, shown: PyObject): PyObject {
  let s = '';
  for (let i = 0; i < bytes.length; i++) s += String.fromCharCode(bytes[i]!);
  const value = parse_long_text(s, base);
  if (value !== null) return PyLong_FromValue(value);
  if (PyBytes_Check(shown)) return PyLong_FromValue(long_from_text(s, base, shown));
  const copy = PyBytes_FromUint8Array(bytes.slice());
  try {
    return PyLong_FromValue(long_from_text(s, base, copy));
  } finally {
    decref(copy);
  }
}

// --- reading ints ---------------------------------------------------------------------------------------------------

/** The payload of an int (unchecked). */
export function long_value(o: PyObject): LongValue {
  return o.v as LongValue;
}

/** The value as a BigInt (unchecked). */
export function PyLong_AsBigInt(o: PyObject): bigint {
  return BigInt(o.v as LongValue);
}

export function _PyLong_Sign(o: PyObject): number {
  const v = o.v as LongValue;
  return v > 0 ? 1 : v < 0 ? -1 : 0;
}

/** Bits of the magnitude. CPython: _PyLong_NumBits */
export function _PyLong_NumBits(o: PyObject): number {
  return bit_length(o.v as LongValue);
}

function too_large(ctype: string): never {
  PyErr_SetString(PyExc_OverflowError, `Python int too large to convert to C ${ctype}`);
}

/** The value of an int or of something with `__index__`, which must lie in a range. */
function as_range(o: PyObject, low: bigint, high: bigint, ctype: string): number {
  let v: LongValue;
  if (PyLong_Check(o)) v = o.v as LongValue;
  else {
    const index = PyNumber_Index(o);
    v = index.v as LongValue;
    decref(index);
  }
  if (v < low || v > high) too_large(ctype);
  return Number(v);
}

/** A C long: 64 bits, rounded to a double beyond 2**53. CPython: PyLong_AsLong */
export function PyLong_AsLong(o: PyObject): number {
  if (typeof o.v === 'number' && PyLong_Check(o)) return o.v;
  return as_range(o, -0x8000000000000000n, 0x7fffffffffffffffn, 'long');
}

/** A C int. CPython: PyLong_AsInt */
export function PyLong_AsInt(o: PyObject): number {
  if (typeof o.v === 'number' && o.v === (o.v | 0) && PyLong_Check(o)) return o.v;
  return as_range(o, -0x80000000n, 0x7fffffffn, 'int');
}

/** A Py_ssize_t; TypeError unless it is an int. CPython: PyLong_AsSsize_t */
export function PyLong_AsSsize_t(o: PyObject): number {
  if (!PyLong_Check(o)) PyErr_SetString(PyExc_TypeError, 'an integer is required');
  if (typeof o.v === 'number') return o.v;
  return as_range(o, -0x8000000000000000n, 0x7fffffffffffffffn, 'ssize_t');
}

/** An unsigned 64-bit value as a BigInt. CPython: PyLong_AsUnsignedLong */
export function PyLong_AsUnsignedLong(o: PyObject): bigint {
  if (!PyLong_Check(o)) PyErr_SetString(PyExc_TypeError, 'an integer is required');
  const v = o.v as LongValue;
  if (v < 0) PyErr_SetString(PyExc_OverflowError, "can't convert negative value to unsigned int");
  if (v > 0xffffffffffffffffn) too_large('unsigned long');
  return BigInt(v);
}

/** The value modulo 2**32, for C unsigned int arguments that wrap. Accepts `__index__`. */
export function long_as_uint32_mask(o: PyObject): number {
  if (PyLong_Check(o)) {
    const v = o.v as LongValue;
    return typeof v === 'number' ? v >>> 0 : Number(BigInt.asUintN(32, v));
  }
  const index = PyNumber_Index(o);
  const v = index.v as LongValue;
  decref(index);
  return typeof v === 'number' ? v >>> 0 : Number(BigInt.asUintN(32, v));
}

/** The nearest double. CPython: PyLong_AsDouble */
export function PyLong_AsDouble(o: PyObject): number {
  if (!PyLong_Check(o)) PyErr_SetString(PyExc_TypeError, 'an integer is required');
  return long_as_double(o);
}

/** As PyLong_AsDouble, for what is known to be an int. */
export function long_as_double(o: PyObject): number {
  const v = o.v as LongValue;
  if (typeof v === 'number') return v;
  const x = Number(v);
  if (x === Infinity || x === -Infinity) PyErr_SetString(PyExc_OverflowError, 'int too large to convert to float');
  return x;
}

/** Decimal digits of an int, subject to the limit on digits. */
export function long_decimal_string(o: PyObject): string {
  return long_to_decimal(o.v as LongValue);
}

/** The str in base 2, 8, 10 or 16, as bin(), oct() and hex() show it. CPython: _PyLong_Format */
export function _PyLong_Format(o: PyObject, base: number): PyObject {
  return unicode_from_bmp(long_format_base(o.v as LongValue, base, true));
}

// --- arithmetic: both arguments are known to be ints -----------------------------------------------------------------

export function long_add(a: PyObject, b: PyObject): PyObject {
  const x = a.v as LongValue;
  const y = b.v as LongValue;
  if (typeof x === 'number' && typeof y === 'number') {
    const r = x + y;
    if (r <= MAX_SAFE && r >= -MAX_SAFE) return PyLong_FromLong(r);
  }
  return PyLong_FromBigInt(BigInt(x) + BigInt(y));
}

export function long_sub(a: PyObject, b: PyObject): PyObject {
  const x = a.v as LongValue;
  const y = b.v as LongValue;
  if (typeof x === 'number' && typeof y === 'number') {
    const r = x - y;
    if (r <= MAX_SAFE && r >= -MAX_SAFE) return PyLong_FromLong(r);
  }
  return PyLong_FromBigInt(BigInt(x) - BigInt(y));
}

export function long_mul(a: PyObject, b: PyObject): PyObject {
  const x = a.v as LongValue;
  const y = b.v as LongValue;
  if (typeof x === 'number' && typeof y === 'number') {
    const r = x * y;
    if (r <= MAX_SAFE && r >= -MAX_SAFE) return PyLong_FromLong(r);
  }
  return PyLong_FromBigInt(BigInt(x) * BigInt(y));
}

function division_by_zero(): never {
  PyErr_SetString(PyExc_ZeroDivisionError, 'division by zero');
}

export function long_floor_div(a: PyObject, b: PyObject): PyObject {
  const x = a.v as LongValue;
  const y = b.v as LongValue;
  if (y === 0) division_by_zero();
  // The quotient of two safe integers is never rounded up to an integer, so floor is exact.
  if (typeof x === 'number' && typeof y === 'number') {
    if (x >= 0 && y > 0 && x === (x | 0) && y === (y | 0)) return PyLong_FromLong(((x | 0) / (y | 0)) | 0);
    return PyLong_FromLong(Math.floor(x / y));
  }
  return PyLong_FromBigInt(big_floor_div(BigInt(x), BigInt(y)));
}

export function long_mod(a: PyObject, b: PyObject): PyObject {
  const x = a.v as LongValue;
  const y = b.v as LongValue;
  if (y === 0) division_by_zero();
  if (typeof x === 'number' && typeof y === 'number') return PyLong_FromLong(num_mod(x, y));
  return PyLong_FromBigInt(big_mod(BigInt(x), BigInt(y)));
}

export function long_divmod(a: PyObject, b: PyObject): PyObject {
  const x = a.v as LongValue;
  const y = b.v as LongValue;
  if (y === 0) division_by_zero();
  if (typeof x === 'number' && typeof y === 'number') {
    return tuple_pair_steal(PyLong_FromLong(Math.floor(x / y)), PyLong_FromLong(num_mod(x, y)));
  }
  const p = BigInt(x);
  const q = BigInt(y);
  const quotient = big_floor_div(p, q);
  return tuple_pair_steal(PyLong_FromBigInt(quotient), PyLong_FromBigInt(p - quotient * q));
}

/** The quotient as a JS number; raises as int / int does. */
export function long_true_divide_double(a: PyObject, b: PyObject): number {
  const x = a.v as LongValue;
  const y = b.v as LongValue;
  if (y === 0) division_by_zero();
  const r = true_divide(x, y);
  if (r === Infinity || r === -Infinity) {
    PyErr_SetString(PyExc_OverflowError, 'integer division result too large for a float');
  }
  return r;
}

export function long_true_divide(a: PyObject, b: PyObject): PyObject {
  return PyFloat_FromDouble(long_true_divide_double(a, b));
}

/** a ** b, or pow(a, b, c) when c is not None. CPython: Objects/longobject.c:long_pow */
export function long_pow(a: PyObject, b: PyObject, c: PyObject): PyObject {
  const x = a.v as LongValue;
  const y = b.v as LongValue;
  if (c !== Py_None) {
    const m = c.v as LongValue;
    if (m === 0) PyErr_SetString(PyExc_ValueError, 'pow() 3rd argument cannot be 0');
    const r = power_mod(x, y, m);
    if (r === null) PyErr_SetString(PyExc_ValueError, 'base is not invertible for the given modulus');
    return PyLong_FromValue(r);
  }
  if (y < 0) {
    const p = PyFloat_FromDouble(long_as_double(a));
    try {
      const q = PyFloat_FromDouble(long_as_double(b));
      try {
        return float_pow(p, q, Py_None);
      } finally {
        decref(q);
      }
    } finally {
      decref(p);
    }
  }
  const r = power(x, y);
  if (r === null) PyErr_SetNone(PyExc_MemoryError);
  return PyLong_FromValue(r);
}

function shift_count(y: LongValue): void {
  if (y < 0) PyErr_SetString(PyExc_ValueError, 'negative shift count');
}

export function long_lshift(a: PyObject, b: PyObject): PyObject {
  const x = a.v as LongValue;
  const y = b.v as LongValue;
  if (typeof x === 'number' && typeof y === 'number' && y >= 0 && y < 54) {
    const r = x * 2 ** y;
    if (r <= MAX_SAFE && r >= -MAX_SAFE) return PyLong_FromLong(r);
  }
  shift_count(y);
  if (x === 0) return PyLong_FromLong(0);
  if (typeof y === 'bigint') {
    if (y > 0x7fffffffffffffffn) PyErr_SetString(PyExc_OverflowError, 'too many digits in integer');
    PyErr_SetNone(PyExc_MemoryError);
  }
  if (y + bit_length(x) > MAX_BITS) PyErr_SetNone(PyExc_MemoryError);
  return PyLong_FromBigInt(BigInt(x) << BigInt(y));
}

export function long_rshift(a: PyObject, b: PyObject): PyObject {
  const x = a.v as LongValue;
  const y = b.v as LongValue;
  if (typeof y === 'number') {
    if (typeof x === 'number') {
      if (y >= 0) {
        if (y < 32 && x === (x | 0)) return PyLong_FromLong(x >> y);
        return PyLong_FromLong(y < 54 ? Math.floor(x / 2 ** y) : x < 0 ? -1 : 0);
      }
    } else if (y >= 0) return PyLong_FromBigInt(x >> BigInt(y));
  }
  shift_count(y);
  return PyLong_FromLong(x < 0 ? -1 : 0);
}

const TWO_M32 = 2 ** -32;

export function long_and(a: PyObject, b: PyObject): PyObject {
  const x = a.v as LongValue;
  const y = b.v as LongValue;
  if (typeof x === 'number' && typeof y === 'number') {
    const lo = x & y;
    if (x === (x | 0) && y === (y | 0)) return PyLong_FromLong(lo);
    // Halves in two's complement; the upper one has 22 bits with the sign.
    const r = (Math.floor(x * TWO_M32) & Math.floor(y * TWO_M32)) * 4294967296 + (lo >>> 0);
    if (r >= -MAX_SAFE) return PyLong_FromLong(r);
  }
  return PyLong_FromBigInt(BigInt(x) & BigInt(y));
}

export function long_or(a: PyObject, b: PyObject): PyObject {
  const x = a.v as LongValue;
  const y = b.v as LongValue;
  if (typeof x === 'number' && typeof y === 'number') {
    const lo = x | y;
    if (x === (x | 0) && y === (y | 0)) return PyLong_FromLong(lo);
    const r = (Math.floor(x * TWO_M32) | Math.floor(y * TWO_M32)) * 4294967296 + (lo >>> 0);
    if (r >= -MAX_SAFE) return PyLong_FromLong(r);
  }
  return PyLong_FromBigInt(BigInt(x) | BigInt(y));
}

export function long_xor(a: PyObject, b: PyObject): PyObject {
  const x = a.v as LongValue;
  const y = b.v as LongValue;
  if (typeof x === 'number' && typeof y === 'number') {
    const lo = x ^ y;
    if (x === (x | 0) && y === (y | 0)) return PyLong_FromLong(lo);
    const r = (Math.floor(x * TWO_M32) ^ Math.floor(y * TWO_M32)) * 4294967296 + (lo >>> 0);
    if (r >= -MAX_SAFE) return PyLong_FromLong(r);
  }
  return PyLong_FromBigInt(BigInt(x) ^ BigInt(y));
}

export function long_neg(a: PyObject): PyObject {
  const x = a.v as LongValue;
  return typeof x === 'number' ? PyLong_FromLong(-x) : PyLong_FromBigInt(-x);
}

export function long_abs(a: PyObject): PyObject {
  const x = a.v as LongValue;
  return x < 0 ? long_neg(a) : long_long(a);
}

export function long_invert(a: PyObject): PyObject {
  const x = a.v as LongValue;
  if (typeof x === 'number' && x < MAX_SAFE) return PyLong_FromLong(-x - 1);
  return PyLong_FromBigInt(~BigInt(x));
}

/** Compares two ints by a Py_LT … operator. */
export function long_compare(a: PyObject, b: PyObject, op: number): boolean {
  const x = a.v as LongValue;
  const y = b.v as LongValue;
  switch (op) {
    case Py_LT:
      return x < y;
    case Py_LE:
      return x <= y;
    case Py_EQ:
      return x === y;
    case Py_GT:
      return x > y;
    case Py_GE:
      return x >= y;
    default:
      return x !== y;
  }
}

/** The int itself if it is exact, else an exact int of its value. CPython: Objects/longobject.c:long_long */
export function long_long(a: PyObject): PyObject {
  return a.ob_type === PyLong_Type ? newref(a) : PyLong_FromValue(a.v as LongValue);
}

// --- slots ----------------------------------------------------------------------------------------------------------

/** Whether both are ints. */
function both(a: PyObject, b: PyObject): boolean {
  return (a.ob_type.tp_flags & b.ob_type.tp_flags & Py_TPFLAGS_LONG_SUBCLASS) !== 0;
}

function not_implemented(): PyObject {
  return newref(Py_NotImplemented);
}

function nb_add(a: PyObject, b: PyObject): PyObject {
  return both(a, b) ? long_add(a, b) : not_implemented();
}
function nb_subtract(a: PyObject, b: PyObject): PyObject {
  return both(a, b) ? long_sub(a, b) : not_implemented();
}
function nb_multiply(a: PyObject, b: PyObject): PyObject {
  return both(a, b) ? long_mul(a, b) : not_implemented();
}
function nb_remainder(a: PyObject, b: PyObject): PyObject {
  return both(a, b) ? long_mod(a, b) : not_implemented();
}
function nb_divmod(a: PyObject, b: PyObject): PyObject {
  return both(a, b) ? long_divmod(a, b) : not_implemented();
}
function nb_floor_divide(a: PyObject, b: PyObject): PyObject {
  return both(a, b) ? long_floor_div(a, b) : not_implemented();
}
function nb_true_divide(a: PyObject, b: PyObject): PyObject {
  return both(a, b) ? long_true_divide(a, b) : not_implemented();
}
function nb_power(a: PyObject, b: PyObject, c: PyObject): PyObject {
  return both(a, b) && (c === Py_None || PyLong_Check(c)) ? long_pow(a, b, c) : not_implemented();
}
function nb_lshift(a: PyObject, b: PyObject): PyObject {
  return both(a, b) ? long_lshift(a, b) : not_implemented();
}
function nb_rshift(a: PyObject, b: PyObject): PyObject {
  return both(a, b) ? long_rshift(a, b) : not_implemented();
}
function nb_and(a: PyObject, b: PyObject): PyObject {
  return both(a, b) ? long_and(a, b) : not_implemented();
}
function nb_or(a: PyObject, b: PyObject): PyObject {
  return both(a, b) ? long_or(a, b) : not_implemented();
}
function nb_xor(a: PyObject, b: PyObject): PyObject {
  return both(a, b) ? long_xor(a, b) : not_implemented();
}
function nb_bool(a: PyObject): boolean {
  return a.v !== 0;
}
function nb_float(a: PyObject): PyObject {
  return PyFloat_FromDouble(long_as_double(a));
}

function long_richcompare(a: PyObject, b: PyObject, op: number): PyObject {
  if (!both(a, b)) return not_implemented();
  return newref(long_compare(a, b, op) ? Py_True : Py_False);
}

export function long_hash(a: PyObject): Hash {
  const v = a.v as LongValue;
  return typeof v === 'number' ? hash_int(v) : hash_bigint(v);
}

function long_repr(a: PyObject): PyObject {
  return unicode_from_bmp(long_to_decimal(a.v as LongValue));
}

/** CPython: Objects/longobject.c:long_new_impl */
function long_new_value(x: PyObject | null, base: PyObject | null): PyObject {
  if (x === null) {
    if (base !== null) PyErr_SetString(PyExc_TypeError, 'int() missing string argument');
    return PyLong_FromLong(0);
  }
  if (base === null) return PyNumber_Long(x);
  const b = PyNumber_AsSsize_t(base, null);
  if (b !== 0 && (b < 2 || b > 36)) {
    PyErr_SetString(PyExc_ValueError, 'int() base must be >= 2 and <= 36, or 0');
  }
  if (PyUnicode_Check(x)) return PyLong_FromUnicodeObject(x, b);
  if (PyBytes_Check(x) || PyByteArray_Check(x)) return long_from_bytes_text(bytes_like(x)!, b, x);
  PyErr_SetString(PyExc_TypeError, "int() can't convert non-string with explicit base");
}

const NEW_SIGNATURE = '(x=0, /, base=10)';

function long_new(type: PyTypeObject, args: PyObject, kwargs: PyObject | null): PyObject {
  const [x, base] = PyArg_Clinic('int', NEW_SIGNATURE, args, kwargs) as [PyObject | null, PyObject | null];
  return long_of_type(type, long_new_value(x, base));
}

/** An instance of the type with the value of an int, which is stolen. CPython: Objects/longobject.c:long_subtype_new */
function long_of_type(type: PyTypeObject, value: PyObject): PyObject {
  if (type === PyLong_Type) return value;
  const v = value.v;
  decref(value);
  return type.tp_alloc!(type, v);
}

/** CPython: Objects/longobject.c:long_vectorcall */
function long_vectorcall(type: PyObject, args: PyObject[], kwnames: PyObject | null): PyObject {
  let result: PyObject;
  if (kwnames === null || (kwnames as PyObject<PyObject[]>).v.length === 0) {
    if (args.length === 1) result = PyNumber_Long(args[0]!);
    else if (args.length === 0) result = PyLong_FromLong(0);
    else if (args.length === 2) result = long_new_value(args[0]!, args[1]!);
    else PyArg_CheckPositional('int', args.length, 0, 2);
  } else {
    const npos = args.length - (kwnames as PyObject<PyObject[]>).v.length;
    if (npos > 2) PyArg_CheckPositional('int', npos, 0, 2);
    const [x, base] = PyArg_ClinicVector('int', NEW_SIGNATURE, args, kwnames) as [PyObject | null, PyObject | null];
    result = long_new_value(x, base);
  }
  return long_of_type(type as PyTypeObject, result!);
}

function zero(): PyObject {
  return PyLong_FromLong(0);
}
function one(): PyObject {
  return PyLong_FromLong(1);
}

// --- the type -------------------------------------------------------------------------------------------------------

export const PyLong_Type = static_type({
  name: 'int',
  tp_basicsize: 24,
  tp_itemsize: 4,
  tp_flags: Py_TPFLAGS_BASETYPE | Py_TPFLAGS_LONG_SUBCLASS | _Py_TPFLAGS_MATCH_SELF,
  tp_doc:
    'int([x]) -> integer\nint(x, base=10) -> integer\n\nThe integer part of a number, or the integer that a text spells in a base from 2 to 36; base 0 reads the base from the text.\n\n>>> int(-2.75)\n-2\n>>> int("0x1f", base=0)\n31',
  tp_repr: long_repr,
  tp_hash: long_hash,
  tp_richcompare: long_richcompare,
  tp_new: long_new,
  tp_vectorcall: long_vectorcall,
  nb_add,
  nb_subtract,
  nb_multiply,
  nb_remainder,
  nb_divmod,
  nb_power,
  nb_negative: long_neg,
  nb_positive: long_long,
  nb_absolute: long_abs,
  nb_bool,
  nb_invert: long_invert,
  nb_lshift,
  nb_rshift,
  nb_and,
  nb_xor,
  nb_or,
  nb_int: long_long,
  nb_float,
  nb_floor_divide,
  nb_true_divide,
  nb_index: long_long,
  methods: [
    { name: 'conjugate', flags: METH_NOARGS, meth: long_long, sig: '($self, /)', doc: 'The int itself.' },
    { name: 'bit_length', flags: METH_NOARGS, meth: long_bit_length, sig: '($self, /)', doc: 'How many binary digits the magnitude has.\n\n>>> (255).bit_length()\n8\n>>> (-256).bit_length()\n9' },
    {
      name: 'bit_count',
      flags: METH_NOARGS,
      meth: long_bit_count,
      sig: '($self, /)',
      doc: 'How many of the binary digits of the magnitude are ones.\n\n>>> (255).bit_count()\n8\n>>> (-256).bit_count()\n1',
    },
    {
      name: 'to_bytes',
      flags: METH_CLINIC,
      meth: long_to_bytes,
      sig: "($self, /, length=1, byteorder='big', *, signed=False)",
      doc: 'The bytes that spell the int.',
    },
    {
      name: 'from_bytes',
      flags: METH_CLINIC | METH_CLASS,
      meth: long_from_bytes,
      sig: "($type, /, bytes, byteorder='big', *, signed=False)",
      doc: 'The int that bytes spell.',
    },
    {
      name: 'as_integer_ratio',
      flags: METH_NOARGS,
      meth: long_as_integer_ratio,
      sig: '($self, /)',
      doc: 'The pair of the int and 1.\n\n>>> (-7).as_integer_ratio()\n(-7, 1)',
    },
    { name: '__trunc__', flags: METH_NOARGS, meth: long_long, sig: '($self, /)', doc: 'The int itself.' },
    { name: '__floor__', flags: METH_NOARGS, meth: long_long, sig: '($self, /)', doc: 'The int itself.' },
    { name: '__ceil__', flags: METH_NOARGS, meth: long_long, sig: '($self, /)', doc: 'The int itself.' },
    {
      name: '__round__',
      flags: METH_CLINIC,
      meth: long___round__,
      sig: '($self, ndigits=None, /)',
      doc: 'Rounds to a multiple of 10**-ndigits, half to even.',
    },
    { name: '__getnewargs__', flags: METH_NOARGS, meth: long___getnewargs__, sig: '($self, /)' },
    {
      name: '__format__',
      flags: METH_O,
      meth: long___format__,
      sig: '($self, format_spec, /)',
      doc: 'Formats by a format spec.',
    },
    {
      name: '__sizeof__',
      flags: METH_NOARGS,
      meth: long___sizeof__,
      sig: '($self, /)',
      doc: 'Size in memory, in bytes.',
    },
    { name: 'is_integer', flags: METH_NOARGS, meth: long_is_integer, sig: '($self, /)', doc: 'True.' },
  ],
  getset: [
    { name: 'real', get: long_long, doc: 'the real part of a complex number' },
    { name: 'imag', get: zero, doc: 'the imaginary part of a complex number' },
    { name: 'numerator', get: long_long, doc: 'the numerator of a rational number in lowest terms' },
    { name: 'denominator', get: one, doc: 'the denominator of a rational number in lowest terms' },
  ],
});

function make_small_ints(): PyObject[] {
  const ints: PyObject[] = [];
  for (let n = SMALL_INT_MIN; n <= SMALL_INT_MAX; n++) {
    const o = new PyObject(PyLong_Type, n, null);
    o.ob_refcnt = IMMORTAL_REFCNT;
    ints.push(o);
  }
  return ints;
}

const small_ints: PyObject[] = /* @__PURE__ */ make_small_ints();
