// rangeobject.ts: arithmetic progressions.                                             CPython: Objects/rangeobject.c
//
// The payload keeps start, stop, step and length as objects, as Python sees them, and beside them as JS numbers when
// start, step and every element are safe integers (`small`), which is what loops use.
// Differs: a range between 2^53 and 2^63 is walked by longrange_iterator, where CPython still uses range_iterator.
// Enter through: range_new_steal, PyRange_Type, RangeIter (for the VM's FOR_ITER_RANGE).

import { PyErr_SetString } from '../core/errors.ts';
import type { Hash } from '../core/hash.ts';
import { decref, newref, Py_EQ, Py_NE, Py_TPFLAGS_SEQUENCE, PyObject, type PyTypeObject } from '../core/object.ts';
import { METH_NOARGS, METH_O, static_type } from '../core/spec.ts';
import { PyIndex_Check, PyNumber_Index, PyObject_GetIter } from './abstract.ts';
import { check_no_keywords, check_no_kwnames, check_positional } from './argcheck.ts';
import { Py_False, Py_True, PyBool_Type } from './boolobject.ts';
import { PyExc_IndexError, PyExc_TypeError, PyExc_ValueError } from './exceptions.ts';
import { builtin_iter } from './iterobject.ts';
import { PyLong_AsBigInt, PyLong_AsSsize_t, PyLong_FromBigInt, PyLong_FromLong, PyLong_Type } from './longobject.ts';
import { Py_None, Py_NotImplemented, PyObject_Hash, PyObject_RichCompareBool, repr_string } from './object.ts';
import { PySlice_Check, slice_long_indices } from './sliceobject.ts';
import { PyTuple_FromArraySteal, type PyTupleObject } from './tupleobject.ts';
import { PyUnicode_FromString } from './unicodeobject.ts';

export class RangeData {
  /** Owned ints. */
  start: PyObject;
  stop: PyObject;
  step: PyObject;
  length: PyObject;
  /** Whether the three numbers below are valid. */
  small: boolean;
  first: number;
  by: number;
  len: number;
  constructor(start: PyObject, stop: PyObject, step: PyObject) {
    this.start = start;
    this.stop = stop;
    this.step = step;
    this.small = false;
    this.first = 0;
    this.by = 0;
    this.len = 0;
    const a = start.v;
    const b = stop.v;
    const c = step.v;
    if (typeof a === 'number' && typeof b === 'number' && typeof c === 'number') {
      const n = c > 0 ? (a < b ? Math.floor((b - a - 1) / c) + 1 : 0) : b < a ? Math.floor((a - b - 1) / -c) + 1 : 0;
      if (Number.isSafeInteger(b - a) && Number.isSafeInteger(a + n * c)) {
        this.small = true;
        this.first = a;
        this.by = c;
        this.len = n;
        this.length = PyLong_FromLong(n);
        return;
      }
    }
    this.length = PyLong_FromBigInt(big_length(PyLong_AsBigInt(start), PyLong_AsBigInt(stop), PyLong_AsBigInt(step)));
  }
}

export type PyRangeObject = PyObject<RangeData>;

function big_length(start: bigint, stop: bigint, step: bigint): bigint {
  if (step > 0n) return start < stop ? (stop - start - 1n) / step + 1n : 0n;
  return stop < start ? (start - stop - 1n) / -step + 1n : 0n;
}

/** A range of three exact ints, which it steals; the step is not zero. */
export function range_new_steal(start: PyObject, stop: PyObject, step: PyObject): PyRangeObject {
  return new PyObject(PyRange_Type, new RangeData(start, stop, step), null);
}

function index_arg(o: PyObject): PyObject {
  if (o.ob_type === PyLong_Type) return newref(o);
  return PyNumber_Index(o);
}

/** CPython: Objects/rangeobject.c:range_from_array */
function range_from_array(args: PyObject[]): PyObject {
  check_positional('range', args.length, 1, 3);
  if (args.length === 1) {
    const stop = index_arg(args[0]!);
    return range_new_steal(PyLong_FromLong(0), stop, PyLong_FromLong(1));
  }
  const owned: PyObject[] = [];
  try {
    for (let i = 0; i < args.length; i++) owned.push(index_arg(args[i]!));
    if (owned.length === 2) owned.push(PyLong_FromLong(1));
    if (owned[2]!.v === 0) PyErr_SetString(PyExc_ValueError, 'range() arg 3 must not be zero');
  } catch (e) {
    for (const o of owned) decref(o);
    throw e;
  }
  return range_new_steal(owned[0]!, owned[1]!, owned[2]!);
}

function range_new(_type: PyTypeObject, args: PyObject, kwargs: PyObject | null): PyObject {
  check_no_keywords('range', kwargs);
  return range_from_array((args as PyTupleObject).v);
}

function range_vectorcall(_type: PyObject, args: PyObject[], kwnames: PyObject | null): PyObject {
  check_no_kwnames('range', kwnames);
  return range_from_array(args);
}

function range_dealloc(self: PyObject): void {
  const r = (self as PyRangeObject).v;
  decref(r.start);
  decref(r.stop);
  decref(r.step);
  decref(r.length);
}

function range_repr(self: PyObject): PyObject {
  const r = (self as PyRangeObject).v;
  const text = `range(${repr_string(r.start)}, ${repr_string(r.stop)}`;
  return PyUnicode_FromString(r.step.v === 1 ? `${text})` : `${text}, ${repr_string(r.step)})`);
}

function range_length(self: PyObject): number {
  const r = (self as PyRangeObject).v;
  return r.small ? r.len : PyLong_AsSsize_t(r.length);
}

function range_bool(self: PyObject): boolean {
  return (self as PyRangeObject).v.length.v !== 0;
}

/** The element at a bigint index within the range. */
function big_item(r: RangeData, i: bigint): PyObject {
  return PyLong_FromBigInt(PyLong_AsBigInt(r.start) + i * PyLong_AsBigInt(r.step));
}

function range_item(self: PyObject, i: number): PyObject {
  const r = (self as PyRangeObject).v;
  if (r.small) {
    if (i < 0 || i >= r.len) PyErr_SetString(PyExc_IndexError, 'range object index out of range');
    return PyLong_FromLong(r.first + i * r.by);
  }
  const b = BigInt(i);
  if (b < 0n || b >= PyLong_AsBigInt(r.length)) {
    PyErr_SetString(PyExc_IndexError, 'range object index out of range');
  }
  return big_item(r, b);
}

/** CPython: Objects/rangeobject.c:compute_slice */
function range_slice(r: RangeData, slice: PyObject): PyObject {
  const s = (slice as PyObject<{ start: PyObject; stop: PyObject; step: PyObject }>).v;
  const [start, stop, step] = slice_long_indices(s, PyLong_AsBigInt(r.length));
  const first = PyLong_AsBigInt(r.start);
  const by = PyLong_AsBigInt(r.step);
  return range_new_steal(
    PyLong_FromBigInt(first + start * by),
    PyLong_FromBigInt(first + stop * by),
    PyLong_FromBigInt(step * by),
  );
}

function range_subscript(self: PyObject, item: PyObject): PyObject {
  const r = (self as PyRangeObject).v;
  if (PyIndex_Check(item)) {
    const index = index_arg(item);
    const i = index.v;
    if (r.small && typeof i === 'number') {
      decref(index);
      return range_item(self, i < 0 ? i + r.len : i);
    }
    let b = PyLong_AsBigInt(index);
    decref(index);
    const n = PyLong_AsBigInt(r.length);
    if (b < 0n) b += n;
    if (b < 0n || b >= n) PyErr_SetString(PyExc_IndexError, 'range object index out of range');
    return big_item(r, b);
  }
  if (PySlice_Check(item)) return range_slice(r, item);
  PyErr_SetString(PyExc_TypeError, `range indices must be integers or slices, not ${item.ob_type.tp_name}`);
}

function is_exact_int(o: PyObject): boolean {
  return o.ob_type === PyLong_Type || o.ob_type === PyBool_Type;
}

/** The position of an exact int (or bool), or -1. */
function position(r: RangeData, o: PyObject): number | bigint {
  const x = o.v;
  if (r.small) {
    if (typeof x !== 'number') return -1;
    const d = x - r.first;
    if (d % r.by !== 0) return -1;
    const i = d / r.by;
    return i >= 0 && i < r.len ? i : -1;
  }
  const d = PyLong_AsBigInt(o) - PyLong_AsBigInt(r.start);
  const by = PyLong_AsBigInt(r.step);
  if (d % by !== 0n) return -1;
  const i = d / by;
  return i >= 0n && i < PyLong_AsBigInt(r.length) ? i : -1;
}

/** Calls with each index at which an equal item is met, until it returns false. */
function search(self: PyObject, value: PyObject, found: (i: number) => boolean): void {
  const it = PyObject_GetIter(self);
  try {
    const next = it.ob_type.tp_iternext!;
    let i = 0;
    for (let item = next(it); item !== null; item = next(it), i++) {
      let same: boolean;
      try {
        same = PyObject_RichCompareBool(item, value, Py_EQ);
      } finally {
        decref(item);
      }
      if (same && !found(i)) return;
    }
  } finally {
    decref(it);
  }
}

function range_contains(self: PyObject, value: PyObject): boolean {
  if (is_exact_int(value)) return position((self as PyRangeObject).v, value) !== -1;
  let result = false;
  search(self, value, () => {
    result = true;
    return false;
  });
  return result;
}

function range_count(self: PyObject, value: PyObject): PyObject {
  if (is_exact_int(value)) return PyLong_FromLong(position((self as PyRangeObject).v, value) === -1 ? 0 : 1);
  let n = 0;
  search(self, value, () => {
    n++;
    return true;
  });
  return PyLong_FromLong(n);
}

function range_index(self: PyObject, value: PyObject): PyObject {
  if (is_exact_int(value)) {
    const i = position((self as PyRangeObject).v, value);
    if (i === -1) PyErr_SetString(PyExc_ValueError, 'range.index(x): x not in range');
    return typeof i === 'number' ? PyLong_FromLong(i) : PyLong_FromBigInt(i);
  }
  let index = -1;
  search(self, value, i => {
    index = i;
    return false;
  });
  if (index < 0) PyErr_SetString(PyExc_ValueError, 'sequence.index(x): x not in sequence');
  return PyLong_FromLong(index);
}

function range_equals(a: RangeData, b: RangeData): boolean {
  if (a === b) return true;
  if (a.length.v !== b.length.v) return false;
  if (a.length.v === 0) return true;
  if (a.start.v !== b.start.v) return false;
  return a.length.v === 1 || a.step.v === b.step.v;
}

function range_richcompare(self: PyObject, other: PyObject, op: number): PyObject {
  if (other.ob_type !== PyRange_Type || (op !== Py_EQ && op !== Py_NE)) return newref(Py_NotImplemented);
  const equal = range_equals((self as PyRangeObject).v, (other as PyRangeObject).v);
  return newref(equal === (op === Py_EQ) ? Py_True : Py_False);
}

/** The hash of (length, start, step), with None for what does not matter. CPython: range_hash */
function range_hash(self: PyObject): Hash {
  const r = (self as PyRangeObject).v;
  const n = r.length.v;
  const t = PyTuple_FromArraySteal([
    newref(r.length),
    newref(n === 0 ? Py_None : r.start),
    newref(n === 0 || n === 1 ? Py_None : r.step),
  ]);
  const h = PyObject_Hash(t);
  decref(t);
  return h;
}

function range_reduce(self: PyObject): PyObject {
  const r = (self as PyRangeObject).v;
  const args = PyTuple_FromArraySteal([newref(r.start), newref(r.stop), newref(r.step)]);
  return PyTuple_FromArraySteal([newref(PyRange_Type as PyObject), args]);
}

// --- iterators -------------------------------------------------------------------------------------------------------

/** Payload of range_iterator: the next value, the step, and how many values are left. */
export class RangeIter {
  start: number;
  step: number;
  len: number;
  constructor(start: number, step: number, len: number) {
    this.start = start;
    this.step = step;
    this.len = len;
  }
}

/** The same for values of any size. */
class LongRangeIter {
  /** Owned: what is given next. */
  start: PyObject;
  step: bigint;
  len: bigint;
  constructor(start: PyObject, step: bigint, len: bigint) {
    this.start = start;
    this.step = step;
    this.len = len;
  }
}

export type PyRangeIterObject = PyObject<RangeIter>;
type PyLongRangeIterObject = PyObject<LongRangeIter>;

export function range_iter(self: PyObject): PyObject {
  const r = (self as PyRangeObject).v;
  if (r.small) return new PyObject(PyRangeIter_Type, new RangeIter(r.first, r.by, r.len), null);
  const it = new LongRangeIter(newref(r.start), PyLong_AsBigInt(r.step), PyLong_AsBigInt(r.length));
  return new PyObject(PyLongRangeIter_Type, it, null);
}

function range_reverse(self: PyObject): PyObject {
  const r = (self as PyRangeObject).v;
  if (r.small) {
    return new PyObject(PyRangeIter_Type, new RangeIter(r.first + (r.len - 1) * r.by, -r.by, r.len), null);
  }
  const start = PyLong_AsBigInt(r.start);
  const step = PyLong_AsBigInt(r.step);
  const n = PyLong_AsBigInt(r.length);
  const it = new LongRangeIter(PyLong_FromBigInt(start + (n - 1n) * step), -step, n);
  return new PyObject(PyLongRangeIter_Type, it, null);
}

function rangeiter_next(self: PyObject): PyObject | null {
  const it = (self as PyRangeIterObject).v;
  if (it.len <= 0) return null;
  const n = it.start;
  it.start = n + it.step;
  it.len--;
  return PyLong_FromLong(n);
}

function rangeiter_len(self: PyObject): PyObject {
  return PyLong_FromLong((self as PyRangeIterObject).v.len);
}

function reduce_iter(start: PyObject, stop: PyObject, step: PyObject): PyObject {
  const range = range_new_steal(start, stop, step) as PyObject;
  return PyTuple_FromArraySteal([builtin_iter('iter'), PyTuple_FromArraySteal([range]), newref(Py_None)]);
}

function rangeiter_reduce(self: PyObject): PyObject {
  const it = (self as PyRangeIterObject).v;
  return reduce_iter(PyLong_FromLong(it.start), PyLong_FromLong(it.start + it.len * it.step), PyLong_FromLong(it.step));
}

function rangeiter_setstate(self: PyObject, state: PyObject): PyObject {
  const it = (self as PyRangeIterObject).v;
  const index = Math.max(0, Math.min(PyLong_AsSsize_t(state), it.len));
  it.start += index * it.step;
  it.len -= index;
  return newref(Py_None);
}

function longrangeiter_next(self: PyObject): PyObject | null {
  const it = (self as PyLongRangeIterObject).v;
  if (it.len <= 0n) return null;
  const n = it.start;
  it.start = PyLong_FromBigInt(PyLong_AsBigInt(n) + it.step);
  it.len--;
  return n;
}

function longrangeiter_dealloc(self: PyObject): void {
  decref((self as PyLongRangeIterObject).v.start);
}

function longrangeiter_len(self: PyObject): PyObject {
  return PyLong_FromBigInt((self as PyLongRangeIterObject).v.len);
}

function longrangeiter_reduce(self: PyObject): PyObject {
  const it = (self as PyLongRangeIterObject).v;
  return reduce_iter(
    newref(it.start),
    PyLong_FromBigInt(PyLong_AsBigInt(it.start) + it.len * it.step),
    PyLong_FromBigInt(it.step),
  );
}

function longrangeiter_setstate(self: PyObject, state: PyObject): PyObject {
  const it = (self as PyLongRangeIterObject).v;
  if (!is_exact_int(state) && (state.ob_type.tp_flags & (1 << 24)) === 0) {
    PyErr_SetString(PyExc_TypeError, `state must be an int, not ${state.ob_type.tp_name}`);
  }
  let index = PyLong_AsBigInt(state);
  if (index < 0n) index = 0n;
  else if (index > it.len) index = it.len;
  const start = it.start;
  it.start = PyLong_FromBigInt(PyLong_AsBigInt(start) + index * it.step);
  decref(start);
  it.len -= index;
  return newref(Py_None);
}

function self_iter(self: PyObject): PyObject {
  return newref(self);
}

export const PyRangeIter_Type = static_type({
  name: 'range_iterator',
  tp_basicsize: 40,
  tp_iter: self_iter,
  tp_iternext: rangeiter_next,
  methods: [
    { name: '__length_hint__', flags: METH_NOARGS, meth: rangeiter_len, sig: '($self, /)' },
    { name: '__reduce__', flags: METH_NOARGS, meth: rangeiter_reduce, sig: '($self, /)' },
    { name: '__setstate__', flags: METH_O, meth: rangeiter_setstate, sig: '($self, object, /)' },
  ],
});

export const PyLongRangeIter_Type = static_type({
  name: 'longrange_iterator',
  tp_basicsize: 40,
  tp_dealloc: longrangeiter_dealloc,
  tp_iter: self_iter,
  tp_iternext: longrangeiter_next,
  methods: [
    { name: '__length_hint__', flags: METH_NOARGS, meth: longrangeiter_len, sig: '($self, /)' },
    { name: '__reduce__', flags: METH_NOARGS, meth: longrangeiter_reduce, sig: '($self, /)' },
    { name: '__setstate__', flags: METH_O, meth: longrangeiter_setstate, sig: '($self, object, /)' },
  ],
});

export const PyRange_Type = static_type({
  name: 'range',
  tp_basicsize: 48,
  tp_flags: Py_TPFLAGS_SEQUENCE,
  tp_doc: 'Immutable arithmetic progression of integers.',
  tp_dealloc: range_dealloc,
  tp_repr: range_repr,
  tp_hash: range_hash,
  tp_richcompare: range_richcompare,
  tp_iter: range_iter,
  tp_new: range_new,
  tp_vectorcall: range_vectorcall,
  nb_bool: range_bool,
  sq_length: range_length,
  sq_item: range_item,
  sq_contains: range_contains,
  mp_length: range_length,
  mp_subscript: range_subscript,
  methods: [
    { name: '__reversed__', flags: METH_NOARGS, meth: range_reverse, sig: '($self, /)' },
    { name: '__reduce__', flags: METH_NOARGS, meth: range_reduce, sig: '($self, /)' },
    { name: 'count', flags: METH_O, meth: range_count, sig: '($self, object, /)' },
    { name: 'index', flags: METH_O, meth: range_index, sig: '($self, object, /)' },
  ],
  members: [
    { name: 'start', get: self => newref((self as PyRangeObject).v.start) },
    { name: 'stop', get: self => newref((self as PyRangeObject).v.stop) },
    { name: 'step', get: self => newref((self as PyRangeObject).v.step) },
  ],
});
