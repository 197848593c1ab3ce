// convert.ts: Decimals of other objects.                                                 CPython: Modules/_decimal/_decimal.c

import { PyErr_SetString } from '../../core/errors.ts';
import { decref, PyObject, type PyTypeObject } from '../../core/object.ts';
import { PySequence_Tuple } from '../../objects/abstract.ts';
import { PyList_Check, PyLong_Check, PyTuple_Check, PyUnicode_Check } from '../../objects/checks.ts';
import { PyExc_TypeError, PyExc_ValueError } from '../../objects/exceptions.ts';
import { double_as_integer_ratio, PyFloat_Check } from '../../objects/floatobject.ts';
import type { LongValue } from '../../objects/longobject/arith.ts';
import { to_ascii_number_text } from '../../objects/longobject/convert.ts';
import { PyLong_AsSsize_t } from '../../objects/longobject.ts';
import { PyObject_TypeCheck } from '../../objects/typeobject.ts';
import { PyUnicode_AsString } from '../../objects/unicodeobject.ts';
import { add_status, type Ctx, check_status } from './context.ts';
import {
  adjusted,
  CONVERSION_SYNTAX,
  Dec,
  digits_of,
  FINITE,
  FLOAT_OPERATION,
  finalize,
  finite,
  from_int,
  INVALID_OPERATION,
  infinity,
  is_nan,
  nan,
  QNAN,
  raised,
  SNAN,
} from './number.ts';
import { parse } from './text.ts';

export type DecimalObject = PyObject<Dec>;

/** The type, set by its file (they need each other). */
export const decimalType = { type: null as PyTypeObject | null };

export function is_decimal(o: PyObject): o is DecimalObject {
  return o.ob_type === decimalType.type || PyObject_TypeCheck(o, decimalType.type!);
}

/** A Decimal of exactly that type. */
export function new_decimal(d: Dec): PyObject {
  return new PyObject<Dec, null>(decimalType.type, d, null) as PyObject;
}

/** The same of a subclass. */
export function new_of_type(type: PyTypeObject, d: Dec): PyObject {
  return type === decimalType.type ? new_decimal(d) : type.tp_alloc!(type, d);
}

/** The result of an operation, once its conditions are dealt with. */
export function result(d: Dec, c: Ctx): PyObject {
  check_status(c);
  return new_decimal(d);
}

export function dec_of_long(o: PyObject): Dec {
  return from_int(o.v as LongValue);
}

/** The value of a Decimal or an int; null for anything else. */
export function operand(o: PyObject): Dec | null {
  if (o.ob_type === decimalType.type || is_decimal(o)) return (o as DecimalObject).v;
  if (PyLong_Check(o)) return dec_of_long(o);
  return null;
}

/** The value of an argument, which must be a Decimal or an int. */
export function argument(o: PyObject): Dec {
  return operand(o) ?? unsupported(o);
}

export function unsupported(o: PyObject): never {
  return PyErr_SetString(PyExc_TypeError, `conversion from ${o.ob_type.tp_name} to Decimal is not supported`);
}

const MAX = 1e18 - 128;

/** What does not fit any context is no number. */
function exact(d: Dec, c: Ctx): Dec {
  if (d.kind !== FINITE) return d;
  const fits = d.coef === 0n ? d.exp <= MAX : adjusted(d) <= MAX;
  if (fits && d.exp >= -2 * MAX) return d;
  add_status(c, INVALID_OPERATION);
  return nan();
}

/** The number that a str spells. `strip`: blanks around and underscores are allowed. CPython: PyDecType_FromUnicode */
export function from_text(o: PyObject, c: Ctx, strip: boolean): Dec {
  let text: string;
  if (strip) text = to_ascii_number_text(o).replaceAll('_', '').trim();
  else {
    text = to_ascii_number_text(o);
    if (text.length !== PyUnicode_AsString(o).length || /\s/.test(text)) text = '';
  }
  const d = parse(text);
  if (d === null) {
    add_status(c, CONVERSION_SYNTAX);
    return nan();
  }
  return d;
}

/** CPython: PyDecType_FromFloatExact */
export function from_double(x: number): Dec {
  const neg = x < 0 || Object.is(x, -0);
  if (Number.isNaN(x)) return nan();
  if (!Number.isFinite(x)) return infinity(neg);
  if (Number.isInteger(x)) return finite(neg, BigInt(Math.abs(x)), 0);
  const [n, d] = double_as_integer_ratio(Math.abs(x));
  const k = BigInt(d).toString(2).length - 1;
  return finite(neg, BigInt(n) * 5n ** BigInt(k), -k);
}

function refuse(message: string): never {
  return PyErr_SetString(PyExc_ValueError, message);
}

/** The number of (sign, digits, exponent). CPython: dectuple_as_str */
function from_tuple(o: PyObject): Dec {
  const tuple = PySequence_Tuple(o);
  try {
    const items = tuple.v as PyObject[];
    if (items.length !== 3) refuse('argument must be a sequence of length 3');
    const [sign, digits, exponent] = items as [PyObject, PyObject, PyObject];
    if (!PyLong_Check(sign) || (sign.v !== 0 && sign.v !== 1)) refuse('sign must be an integer with the value 0 or 1');
    const neg = sign.v === 1;
    let kind = FINITE;
    let exp = 0;
    if (PyUnicode_Check(exponent)) {
      const text = PyUnicode_AsString(exponent);
      if (text === 'F') return infinity(neg);
      if (text === 'n') kind = QNAN;
      else if (text === 'N') kind = SNAN;
      else refuse("string argument in the third position must be 'F', 'n' or 'N'");
    } else {
      if (!PyLong_Check(exponent)) refuse('exponent must be an integer');
      exp = PyLong_AsSsize_t(exponent);
    }
    if (!PyTuple_Check(digits) && !PyList_Check(digits)) refuse('coefficient must be a tuple of digits');
    let text = '';
    for (const digit of digits.v) {
      const n = PyLong_Check(digit) ? (digit.v as LongValue) : -1;
      if (typeof n !== 'number' || n < 0 || n > 9) refuse('coefficient must be a tuple of digits');
      text += n;
    }
    return new Dec(neg, kind, BigInt(text || '0'), kind === FINITE ? exp : 0);
  } finally {
    decref(tuple);
  }
}

/** The exact value of what Decimal() was given. CPython: PyDecType_FromObjectExact */
export function exact_value(o: PyObject | null, c: Ctx): Dec {
  if (o === null) return from_int(0);
  if (is_decimal(o)) return o.v;
  if (PyUnicode_Check(o)) return exact(from_text(o, c, true), c);
  if (PyLong_Check(o)) return dec_of_long(o);
  if (PyList_Check(o) || PyTuple_Check(o)) return exact(from_tuple(o), c);
  if (PyFloat_Check(o)) {
    add_status(c, FLOAT_OPERATION);
    return from_double(o.v);
  }
  return unsupported(o);
}

/** The value of what Context.create_decimal() was given, rounded. CPython: PyDec_FromObject */
export function rounded_value(o: PyObject | null, c: Ctx): Dec {
  if (o === null) return from_int(0);
  let d: Dec;
  if (is_decimal(o)) {
    d = o.v;
    // A NaN whose payload is too long.
    if (is_nan(d) && digits_of(d.coef) > c.prec - c.clamp && d.coef !== 0n) {
      add_status(c, CONVERSION_SYNTAX);
      return nan();
    }
  } else if (PyUnicode_Check(o)) {
    d = from_text(o, c, false);
    if (is_nan(d) && d.coef !== 0n && digits_of(d.coef) > c.prec - c.clamp) {
      add_status(c, CONVERSION_SYNTAX);
      return nan();
    }
  } else if (PyLong_Check(o)) d = dec_of_long(o);
  else if (PyList_Check(o) || PyTuple_Check(o)) d = from_tuple(o);
  else if (PyFloat_Check(o)) {
    add_status(c, FLOAT_OPERATION);
    d = from_double(o.v);
  } else return unsupported(o);
  raised.flags = 0;
  const r = finalize(d, c);
  check_status(c);
  return r;
}
