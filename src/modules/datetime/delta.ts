// delta.ts: datetime.timedelta.                                                          CPython: Modules/_datetimemodule.c

import { PyErr_SetString } from '../../core/errors.ts';
import type { Hash } from '../../core/hash.ts';
import { decref, newref, Py_TPFLAGS_BASETYPE, type PyObject, type PyTypeObject } from '../../core/object.ts';
import { METH_NOARGS, static_type } from '../../core/spec.ts';
import { PyNumber_FloorDivide, PyNumber_TrueDivide } from '../../objects/abstract.ts';
import { PyBool_FromLong } from '../../objects/boolobject.ts';
import { PyObject_CallMethodNoArgs } from '../../objects/call.ts';
import { PyLong_Check, PyTuple_Check } from '../../objects/checks.ts';
import {
  PyExc_OverflowError,
  PyExc_TypeError,
  PyExc_ValueError,
  PyExc_ZeroDivisionError,
} from '../../objects/exceptions.ts';
import { PyFloat_Check } from '../../objects/floatobject.ts';
import { PyLong_AsBigInt, PyLong_FromBigInt, PyLong_FromLong } from '../../objects/longobject.ts';
import { Py_NotImplemented, PyObject_Hash } from '../../objects/object.ts';
import { PyTuple_FromArraySteal, tuple_pair_steal } from '../../objects/tupleobject.ts';
import { PyUnicode_FromString } from '../../objects/unicodeobject.ts';
import { parse_arguments } from '../parse_keywords.ts';
import { pad2 } from './calendar.ts';
import {
  type Delta,
  type DeltaObject,
  delta_cmp,
  delta_is_zero,
  delta_to_us,
  holds,
  new_delta,
  PyDelta_Check,
  us_to_delta,
} from './core.ts';

const NAMES: readonly string[] = ['days', 'seconds', 'microseconds', 'milliseconds', 'minutes', 'hours', 'weeks'];
/** Microseconds of each unit of NAMES. */
const FACTORS: readonly number[] = [86400e6, 1e6, 1, 1000, 60e6, 3600e6, 604800e6];
/** In this order the values are added up (and complained about). */
const ORDER: readonly number[] = [2, 3, 1, 4, 5, 0, 6];

/** C's round(): halves away from zero. */
function c_round(x: number): number {
  return x < 0 ? -Math.floor(-x + 0.5) : Math.floor(x + 0.5);
}

/** A sum of microseconds: exact integer part, and what fractions are left. */
class Sum {
  exact = 0;
  big: bigint | null = null;
  left = 0;

  add(n: bigint | number, factor: number): void {
    if (this.big === null && typeof n === 'number') {
      const product = n * factor;
      const sum = this.exact + product;
      if (Number.isSafeInteger(product) && Number.isSafeInteger(sum)) {
        this.exact = sum;
        return;
      }
    }
    this.big = (this.big ?? BigInt(this.exact)) + BigInt(n) * BigInt(factor);
  }

  /** CPython: accum */
  accumulate(name: string, o: PyObject, factor: number): void {
    if (PyLong_Check(o)) {
      this.add(typeof o.v === 'number' ? o.v : (o.v as bigint), factor);
      return;
    }
    if (!PyFloat_Check(o)) {
      PyErr_SetString(PyExc_TypeError, `unsupported type for timedelta ${name} component: ${o.ob_type.tp_name}`);
    }
    const x = o.v as number;
    if (Number.isNaN(x)) PyErr_SetString(PyExc_ValueError, 'cannot convert float NaN to integer');
    if (!Number.isFinite(x)) PyErr_SetString(PyExc_OverflowError, 'cannot convert float infinity to integer');
    const whole = Math.trunc(x);
    this.add(Number.isSafeInteger(whole) ? whole : BigInt(whole), factor);
    const fraction = x - whole;
    if (fraction === 0) return;
    const rest = factor * fraction;
    const us = Math.trunc(rest);
    this.left += rest - us;
    this.add(us, 1);
  }

  total(): bigint | number {
    if (this.left !== 0) {
      let whole = c_round(this.left);
      if (Math.abs(whole - this.left) === 0.5) {
        // A tie goes to the even sum.
        const odd = this.big !== null ? Number(this.big & 1n) : Math.abs(this.exact % 2);
        whole = 2 * c_round((this.left + odd) * 0.5) - odd;
      }
      this.add(whole, 1);
    }
    return this.big ?? this.exact;
  }
}

function delta_new(type: PyTypeObject, args: PyObject, kwargs: PyObject | null): PyObject {
  const given: (PyObject | null)[] = [null, null, null, null, null, null, null];
  parse_arguments('__new__', NAMES, 0, 7, args, kwargs, (i, value) => {
    given[i] = value;
  });
  const sum = new Sum();
  for (const i of ORDER) {
    const o = given[i];
    if (o !== null && o !== undefined) sum.accumulate(NAMES[i]!, o, FACTORS[i]!);
  }
  return us_to_delta(sum.total(), type);
}

function delta_text(d: Delta): string {
  const parts: string[] = [];
  if (d.days !== 0) parts.push(`days=${d.days}`);
  if (d.seconds !== 0) parts.push(`seconds=${d.seconds}`);
  if (d.microseconds !== 0) parts.push(`microseconds=${d.microseconds}`);
  return parts.length === 0 ? '0' : parts.join(', ');
}

function delta_str(self: PyObject): PyObject {
  const d = (self as DeltaObject).v;
  const minutes = Math.floor(d.seconds / 60);
  let text = `${Math.floor(minutes / 60)}:${pad2(minutes % 60)}:${pad2(d.seconds % 60)}`;
  if (d.microseconds !== 0) text += `.${String(d.microseconds).padStart(6, '0')}`;
  if (d.days !== 0) text = `${d.days} day${d.days === 1 || d.days === -1 ? '' : 's'}, ${text}`;
  return PyUnicode_FromString(text);
}

function delta_state(d: Delta): PyObject {
  return PyTuple_FromArraySteal([PyLong_FromLong(d.days), PyLong_FromLong(d.seconds), PyLong_FromLong(d.microseconds)]);
}

function delta_hash(self: PyObject): Hash {
  const d = (self as DeltaObject).v;
  if (d.hash === null) {
    const state = delta_state(d);
    d.hash = PyObject_Hash(state);
    decref(state);
  }
  return d.hash;
}

function delta_richcompare(self: PyObject, other: PyObject, op: number): PyObject {
  if (!PyDelta_Check(other)) return newref(Py_NotImplemented);
  return PyBool_FromLong(holds(delta_cmp((self as DeltaObject).v, other.v), op));
}

function not_implemented(): PyObject {
  return newref(Py_NotImplemented);
}

function delta_add(a: PyObject, b: PyObject): PyObject {
  if (!PyDelta_Check(a) || !PyDelta_Check(b)) return not_implemented();
  return new_delta(a.v.days + b.v.days, a.v.seconds + b.v.seconds, a.v.microseconds + b.v.microseconds);
}

function delta_subtract(a: PyObject, b: PyObject): PyObject {
  if (!PyDelta_Check(a) || !PyDelta_Check(b)) return not_implemented();
  return new_delta(a.v.days - b.v.days, a.v.seconds - b.v.seconds, a.v.microseconds - b.v.microseconds);
}

function delta_negative(self: PyObject): PyObject {
  const d = (self as DeltaObject).v;
  return new_delta(-d.days, -d.seconds, -d.microseconds);
}

function delta_positive(self: PyObject): PyObject {
  const d = (self as DeltaObject).v;
  return new_delta(d.days, d.seconds, d.microseconds);
}

function zero_division(): never {
  PyErr_SetString(PyExc_ZeroDivisionError, 'division by zero');
}

/** m / n to the nearest integer, a tie to the even one. */
function divide_nearest(m: bigint, n: bigint): bigint {
  if (n === 0n) zero_division();
  if (n < 0n) {
    m = -m;
    n = -n;
  }
  let q = m / n;
  let r = m % n;
  if (r < 0n) {
    r += n;
    q -= 1n;
  }
  const twice = r * 2n;
  if (twice > n || (twice === n && (q & 1n) === 1n)) q += 1n;
  return q;
}

/** Numerator and denominator of a float, by its own method. */
function integer_ratio(o: PyObject): [bigint, bigint] {
  const ratio = PyObject_CallMethodNoArgs(o, 'as_integer_ratio');
  try {
    if (!PyTuple_Check(ratio)) {
      PyErr_SetString(
        PyExc_TypeError,
        `unexpected return type from as_integer_ratio(): expected tuple, not '${ratio.ob_type.tp_name}'`,
      );
    }
    if (ratio.v.length !== 2) {
      PyErr_SetString(PyExc_ValueError, 'as_integer_ratio() must return a 2-tuple');
    }
    return [PyLong_AsBigInt(ratio.v[0]!), PyLong_AsBigInt(ratio.v[1]!)];
  } finally {
    decref(ratio);
  }
}

function multiply(delta: Delta, by: PyObject): PyObject {
  const us = delta_to_us(delta);
  if (PyLong_Check(by)) return us_to_delta(us * PyLong_AsBigInt(by));
  const [numerator, denominator] = integer_ratio(by);
  return us_to_delta(divide_nearest(us * numerator, denominator));
}

function is_number(o: PyObject): boolean {
  return PyLong_Check(o) || PyFloat_Check(o);
}

function delta_multiply(a: PyObject, b: PyObject): PyObject {
  if (PyDelta_Check(a)) return is_number(b) ? multiply(a.v, b) : not_implemented();
  return is_number(a) ? multiply((b as DeltaObject).v, a) : not_implemented();
}

/** Two durations in microseconds, combined by an operation of ints. */
function of_microseconds(a: Delta, b: Delta, op: (x: PyObject, y: PyObject) => PyObject): PyObject {
  const x = PyLong_FromBigInt(delta_to_us(a));
  const y = PyLong_FromBigInt(delta_to_us(b));
  try {
    return op(x, y);
  } finally {
    decref(x);
    decref(y);
  }
}

function delta_truedivide(a: PyObject, b: PyObject): PyObject {
  if (!PyDelta_Check(a)) return not_implemented();
  if (PyDelta_Check(b)) return of_microseconds(a.v, b.v, PyNumber_TrueDivide);
  if (PyLong_Check(b)) return us_to_delta(divide_nearest(delta_to_us(a.v), PyLong_AsBigInt(b)));
  if (!PyFloat_Check(b)) return not_implemented();
  const [numerator, denominator] = integer_ratio(b);
  return us_to_delta(divide_nearest(delta_to_us(a.v) * denominator, numerator));
}

/** Floor division of integers. */
function floor_div(a: bigint, b: bigint): bigint {
  if (b === 0n) zero_division();
  const q = a / b;
  return a % b !== 0n && a < 0n !== b < 0n ? q - 1n : q;
}

function delta_floordivide(a: PyObject, b: PyObject): PyObject {
  if (!PyDelta_Check(a)) return not_implemented();
  if (PyLong_Check(b)) return us_to_delta(floor_div(delta_to_us(a.v), PyLong_AsBigInt(b)));
  return PyDelta_Check(b) ? of_microseconds(a.v, b.v, PyNumber_FloorDivide) : not_implemented();
}

function delta_remainder(a: PyObject, b: PyObject): PyObject {
  if (!PyDelta_Check(a) || !PyDelta_Check(b)) return not_implemented();
  const x = delta_to_us(a.v);
  const y = delta_to_us(b.v);
  return us_to_delta(x - floor_div(x, y) * y);
}

function delta_divmod(a: PyObject, b: PyObject): PyObject {
  if (!PyDelta_Check(a) || !PyDelta_Check(b)) return not_implemented();
  const x = delta_to_us(a.v);
  const y = delta_to_us(b.v);
  const q = floor_div(x, y);
  return tuple_pair_steal(PyLong_FromBigInt(q), us_to_delta(x - q * y));
}

function delta_total_seconds(self: PyObject): PyObject {
  const us = PyLong_FromBigInt(delta_to_us((self as DeltaObject).v));
  const million = PyLong_FromLong(1000000);
  try {
    return PyNumber_TrueDivide(us, million);
  } finally {
    decref(us);
    decref(million);
  }
}

export const Delta_Type = static_type({
  name: 'datetime.timedelta',
  tp_doc: 'The difference between two moments.',
  tp_basicsize: 40,
  tp_flags: Py_TPFLAGS_BASETYPE,
  tp_new: delta_new,
  tp_repr: self => PyUnicode_FromString(`${self.ob_type.tp_name}(${delta_text((self as DeltaObject).v)})`),
  tp_str: delta_str,
  tp_hash: delta_hash,
  tp_richcompare: delta_richcompare,
  nb_add: delta_add,
  nb_subtract: delta_subtract,
  nb_multiply: delta_multiply,
  nb_remainder: delta_remainder,
  nb_divmod: delta_divmod,
  nb_negative: delta_negative,
  nb_positive: delta_positive,
  nb_absolute: self => ((self as DeltaObject).v.days < 0 ? delta_negative(self) : delta_positive(self)),
  nb_bool: self => !delta_is_zero((self as DeltaObject).v),
  nb_floor_divide: delta_floordivide,
  nb_true_divide: delta_truedivide,
  methods: [
    {
      name: 'total_seconds',
      flags: METH_NOARGS,
      meth: delta_total_seconds,
      sig: '($self, /)',
      doc: 'The whole duration in seconds.',
    },
    {
      name: '__reduce__',
      flags: METH_NOARGS,
      meth: (self: PyObject) => tuple_pair_steal(newref(self.ob_type), delta_state((self as DeltaObject).v)),
      sig: '($self, /)',
      doc: '__reduce__() -> (cls, state)',
    },
  ],
  members: [
    { name: 'days', get: self => PyLong_FromLong((self as DeltaObject).v.days), doc: 'Number of days.' },
    { name: 'seconds', get: self => PyLong_FromLong((self as DeltaObject).v.seconds), doc: '0 to 86399.' },
    { name: 'microseconds', get: self => PyLong_FromLong((self as DeltaObject).v.microseconds), doc: '0 to 999999.' },
  ],
});
