// datetime_operators.ts: +, -, comparison and hash of datetime.datetime.                  CPython: Modules/_datetimemodule.c
//
// Two datetimes of one tzinfo are compared and subtracted as their clocks show them, others by what they are in UTC.

import { PyErr_SetString } from '../../core/errors.ts';
import { type Hash, hash_bytes } from '../../core/hash.ts';
import { decref, newref, Py_EQ, Py_NE, type PyObject, xdecref } from '../../core/object.ts';
import { PyBool_FromLong } from '../../objects/boolobject.ts';
import { PyExc_TypeError } from '../../objects/exceptions.ts';
import { Py_None, Py_NotImplemented, PyObject_Hash } from '../../objects/object.ts';
import { ymd_to_ord } from './calendar.ts';
import {
  add_datetime_delta,
  type DateTimeFields,
  type DateTimeObject,
  type Delta,
  type DeltaObject,
  datetime_utcoffset,
  datetime_with_fold,
  delta_cmp,
  delta_difference,
  holds,
  new_delta,
  PyDateTime_Check,
  PyDelta_Check,
} from './core.ts';

function fields(self: PyObject): DateTimeFields {
  return (self as DateTimeObject).v;
}

// --- arithmetic ----------------------------------------------------------------------------------------------------------------

export function datetime_add(a: PyObject, b: PyObject): PyObject {
  if (PyDateTime_Check(a)) {
    return PyDelta_Check(b) ? add_datetime_delta(a, b.v, 1) : newref(Py_NotImplemented);
  }
  return PyDelta_Check(a) ? add_datetime_delta(b as DateTimeObject, a.v, 1) : newref(Py_NotImplemented);
}

/** The difference of what the clocks show, as a timedelta. */
function shown_difference(a: DateTimeFields, b: DateTimeFields): PyObject {
  return new_delta(
    ymd_to_ord(a.year, a.month, a.day) - ymd_to_ord(b.year, b.month, b.day),
    (a.hour - b.hour) * 3600 + (a.minute - b.minute) * 60 + (a.second - b.second),
    a.microsecond - b.microsecond,
  );
}

/** a - b, both datetimes. */
function difference(a: DateTimeObject, b: DateTimeObject): PyObject {
  const shown = shown_difference(a.v, b.v);
  if (a.v.tzinfo === b.v.tzinfo) return shown;
  let offset1: PyObject | null = null;
  let offset2: PyObject | null = null;
  try {
    offset1 = datetime_utcoffset(a);
    offset2 = datetime_utcoffset(b);
    if ((offset1 === Py_None) !== (offset2 === Py_None)) {
      PyErr_SetString(PyExc_TypeError, "can't subtract offset-naive and offset-aware datetimes");
    }
    if (offset1 === Py_None) return newref(shown);
    const offsets = delta_difference((offset1 as DeltaObject).v, (offset2 as DeltaObject).v);
    try {
      return delta_difference((shown as DeltaObject).v, (offsets as DeltaObject).v);
    } finally {
      decref(offsets);
    }
  } finally {
    decref(shown);
    xdecref(offset1);
    xdecref(offset2);
  }
}

export function datetime_subtract(a: PyObject, b: PyObject): PyObject {
  if (!PyDateTime_Check(a)) return newref(Py_NotImplemented);
  if (PyDateTime_Check(b)) return difference(a, b);
  return PyDelta_Check(b) ? add_datetime_delta(a, b.v, -1) : newref(Py_NotImplemented);
}

// --- comparison ------------------------------------------------------------------------------------------------------------------

function compare_fields(a: DateTimeFields, b: DateTimeFields): number {
  return (
    a.year - b.year ||
    a.month - b.month ||
    a.day - b.day ||
    a.hour - b.hour ||
    a.minute - b.minute ||
    a.second - b.second ||
    a.microsecond - b.microsecond
  );
}

/** Whether the other fold would have another offset: then the time is in a gap or repeated. */
function is_problematic(dt: DateTimeObject, offset: PyObject): boolean {
  const flipped = datetime_with_fold(dt.v, 1 - dt.v.fold) as DateTimeObject;
  let other: PyObject;
  try {
    other = datetime_utcoffset(flipped);
  } finally {
    decref(flipped);
  }
  try {
    if (other === offset) return false;
    if (other === Py_None || offset === Py_None) return true;
    return delta_cmp((other as DeltaObject).v, (offset as DeltaObject).v) !== 0;
  } finally {
    decref(other);
  }
}

/** CPython: datetime_richcompare */
export function datetime_richcompare(self: PyObject, other: PyObject, op: number): PyObject {
  if (!PyDateTime_Check(other)) return newref(Py_NotImplemented);
  const a = self as DateTimeObject;
  if (a.v.tzinfo === other.v.tzinfo) return PyBool_FromLong(holds(compare_fields(a.v, other.v), op));
  const offset1 = datetime_utcoffset(a);
  let offset2: PyObject | null = null;
  try {
    offset2 = datetime_utcoffset(other);
    const both_aware = offset1 !== Py_None && offset2 !== Py_None;
    const same =
      offset1 === offset2 || (both_aware && delta_cmp((offset1 as DeltaObject).v, (offset2 as DeltaObject).v) === 0);
    if (!same && !both_aware) {
      if (op === Py_EQ || op === Py_NE) return PyBool_FromLong(op === Py_NE);
      PyErr_SetString(PyExc_TypeError, "can't compare offset-naive and offset-aware datetimes");
    }
    let diff: number;
    if (same) diff = compare_fields(a.v, other.v);
    else {
      const delta = difference(a, other);
      const d: Delta = (delta as DeltaObject).v;
      diff = d.days || d.seconds || d.microseconds;
      decref(delta);
    }
    // A time that is shown twice, or never, equals none of another zone (PEP 495).
    if (
      diff === 0 &&
      (op === Py_EQ || op === Py_NE) &&
      (is_problematic(a, offset1) || is_problematic(other, offset2))
    ) {
      diff = 1;
    }
    return PyBool_FromLong(holds(diff, op));
  } finally {
    decref(offset1);
    xdecref(offset2);
  }
}

/** The ten bytes that pickles hold. */
export function state_bytes(f: DateTimeFields, fold: number): Uint8Array {
  const us = f.microsecond;
  return new Uint8Array([
    f.year >> 8,
    f.year & 255,
    f.month | (fold << 7),
    f.day,
    f.hour,
    f.minute,
    f.second,
    us >> 16,
    (us >> 8) & 255,
    us & 255,
  ]);
}

/** Equal moments have equal hashes, whatever their zones; the fold does not count. CPython: datetime_hash */
export function datetime_hash(self: PyObject): Hash {
  const f = fields(self);
  if (f.hash !== null) return f.hash;
  const subject = f.fold === 0 ? newref(self) : datetime_with_fold(f, 0);
  let offset: PyObject;
  try {
    offset = datetime_utcoffset(subject as DateTimeObject);
  } finally {
    decref(subject);
  }
  try {
    if (offset === Py_None) f.hash = hash_bytes(state_bytes(f, 0));
    else {
      const days = ymd_to_ord(f.year, f.month, f.day);
      const shown = new_delta(days, f.hour * 3600 + f.minute * 60 + f.second, f.microsecond);
      const utc = delta_difference((shown as DeltaObject).v, (offset as DeltaObject).v);
      decref(shown);
      f.hash = PyObject_Hash(utc);
      decref(utc);
    }
  } finally {
    decref(offset);
  }
  return f.hash;
}
