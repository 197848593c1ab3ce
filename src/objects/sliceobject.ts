// sliceobject.ts: start, stop and step of a subscript.                                CPython: Objects/sliceobject.c
//
// The payload holds the three objects, owned. Indices may be of any size; PySlice_Unpack cuts them to Py_ssize_t.
// Enter through: PySlice_New, PySlice_Unpack, PySlice_AdjustIndices.

import { PyErr_SetString } from '../core/errors.ts';
import { FREE_SLICES, gc_del_to, gc_new_from } from '../core/gc.ts';
import { Hash } from '../core/hash.ts';
import { decref, newref, Py_TPFLAGS_HAVE_GC, PyObject, type PyTypeObject, type visitproc } from '../core/object.ts';
import { METH_NOARGS, METH_O, static_type } from '../core/spec.ts';
import { PyIndex_Check, PyNumber_AsSsize_t, PyNumber_Index } from './abstract.ts';
import { check_no_keywords, check_positional } from './argcheck.ts';
import { PyExc_TypeError, PyExc_ValueError } from './exceptions.ts';
import { PyLong_AsBigInt, PyLong_FromBigInt, PyLong_FromLong, PyLong_Type } from './longobject.ts';
import { Py_None, Py_NotImplemented, PyObject_Hash, PyObject_RichCompare, repr_string } from './object.ts';
import { PyTuple_FromArraySteal } from './tupleobject.ts';
import { PyUnicode_FromString } from './unicodeobject.ts';

export class SliceData {
  start: PyObject;
  stop: PyObject;
  step: PyObject;
  constructor(start: PyObject, stop: PyObject, step: PyObject) {
    this.start = start;
    this.stop = stop;
    this.step = step;
  }
}

export type PySliceObject = PyObject<SliceData>;

/** PY_SSIZE_T_MAX, rounded to a double; only ever compared with or clipped by a length. */
export const SSIZE_MAX = 2 ** 63;

export function PySlice_Check(o: PyObject): o is PySliceObject {
  return o.ob_type === PySlice_Type;
}

/** A new slice of borrowed objects; null stands for None. */
export function PySlice_New(start: PyObject | null, stop: PyObject | null, step: PyObject | null): PyObject {
  return slice_new_steal(newref(start ?? Py_None), newref(stop ?? Py_None), newref(step ?? Py_None));
}

/** A new slice that steals its three objects. */
export function slice_new_steal(start: PyObject, stop: PyObject, step: PyObject): PyObject {
  const s = new PyObject(PySlice_Type, new SliceData(start, stop, step), null);
  gc_new_from(FREE_SLICES, s);
  return s;
}

function index_of(o: PyObject): number {
  if (o.ob_type === PyLong_Type && typeof o.v === 'number') return o.v;
  if (!PyIndex_Check(o)) {
    PyErr_SetString(PyExc_TypeError, 'slice indices must be integers or None or have an __index__ method');
  }
  return PyNumber_AsSsize_t(o, null);
}

/** [start, stop, step] as numbers, defaults filled in, cut to Py_ssize_t. CPython: PySlice_Unpack */
export function PySlice_Unpack(slice: PyObject): [number, number, number] {
  const s = (slice as PySliceObject).v;
  let step = 1;
  if (s.step !== Py_None) {
    step = index_of(s.step);
    if (step === 0) PyErr_SetString(PyExc_ValueError, 'slice step cannot be zero');
    if (step < -SSIZE_MAX) step = -SSIZE_MAX;
  }
  const start = s.start === Py_None ? (step < 0 ? SSIZE_MAX : 0) : index_of(s.start);
  const stop = s.stop === Py_None ? (step < 0 ? -SSIZE_MAX - 1 : SSIZE_MAX) : index_of(s.stop);
  return [start, stop, step];
}

/** Clips to a sequence of that length: [start, stop, number of items]. CPython: PySlice_AdjustIndices */
export function PySlice_AdjustIndices(
  length: number,
  start: number,
  stop: number,
  step: number,
): [number, number, number] {
  if (start < 0) {
    start += length;
    if (start < 0) start = step < 0 ? -1 : 0;
  } else if (start >= length) {
    start = step < 0 ? length - 1 : length;
  }
  if (stop < 0) {
    stop += length;
    if (stop < 0) stop = step < 0 ? -1 : 0;
  } else if (stop >= length) {
    stop = step < 0 ? length - 1 : length;
  }
  let n = 0;
  if (step < 0) {
    if (stop < start) n = Math.floor((start - stop - 1) / -step) + 1;
  } else if (start < stop) {
    n = Math.floor((stop - start - 1) / step) + 1;
  }
  return [start, stop, n];
}

/** [start, stop, step, slicelength] for a sequence of that length. CPython: PySlice_GetIndicesEx */
export function PySlice_GetIndicesEx(slice: PyObject, length: number): [number, number, number, number] {
  const [start0, stop0, step] = PySlice_Unpack(slice);
  const [start, stop, n] = PySlice_AdjustIndices(length, start0, stop0, step);
  return [start, stop, step, n];
}

function big_index(o: PyObject): bigint {
  if (!PyIndex_Check(o)) {
    PyErr_SetString(PyExc_TypeError, 'slice indices must be integers or None or have an __index__ method');
  }
  const i = PyNumber_Index(o);
  const b = PyLong_AsBigInt(i);
  decref(i);
  return b;
}

/** The indices for a length of any size. CPython: Objects/sliceobject.c:_PySlice_GetLongIndices */
export function slice_long_indices(s: SliceData, length: bigint): [bigint, bigint, bigint] {
  let step = 1n;
  if (s.step !== Py_None) {
    step = big_index(s.step);
    if (step === 0n) PyErr_SetString(PyExc_ValueError, 'slice step cannot be zero');
  }
  const neg = step < 0n;
  const lower = neg ? -1n : 0n;
  const upper = neg ? length - 1n : length;
  const clip = (o: PyObject, dflt: bigint): bigint => {
    if (o === Py_None) return dflt;
    let i = big_index(o);
    if (i < 0n) {
      i += length;
      return i < lower ? lower : i;
    }
    return i > upper ? upper : i;
  };
  const start = clip(s.start, neg ? upper : lower);
  const stop = clip(s.stop, neg ? lower : upper);
  return [start, stop, step];
}

function slice_indices(self: PyObject, len: PyObject): PyObject {
  const n = PyNumber_Index(len);
  const length = PyLong_AsBigInt(n);
  decref(n);
  if (length < 0n) PyErr_SetString(PyExc_ValueError, 'length should not be negative');
  const [start, stop, step] = slice_long_indices((self as PySliceObject).v, length);
  return PyTuple_FromArraySteal([PyLong_FromBigInt(start), PyLong_FromBigInt(stop), PyLong_FromBigInt(step)]);
}

function slice_make(args: PyObject[]): PyObject {
  check_positional('slice', args.length, 1, 3);
  if (args.length === 1) return PySlice_New(null, args[0]!, null);
  return PySlice_New(args[0]!, args[1]!, args[2] ?? null);
}

function slice_new(_type: PyTypeObject, args: PyObject, kwargs: PyObject | null): PyObject {
  check_no_keywords('slice', kwargs);
  return slice_make((args as PyObject<PyObject[]>).v);
}

function slice_dealloc(self: PyObject): void {
  gc_del_to(FREE_SLICES, self);
  const s = (self as PySliceObject).v;
  decref(s.step);
  decref(s.start);
  decref(s.stop);
}

function slice_traverse(self: PyObject, visit: visitproc): void {
  const s = (self as PySliceObject).v;
  visit(s.start);
  visit(s.stop);
  visit(s.step);
}

function slice_repr(self: PyObject): PyObject {
  const s = (self as PySliceObject).v;
  return PyUnicode_FromString(`slice(${repr_string(s.start)}, ${repr_string(s.stop)}, ${repr_string(s.step)})`);
}

function as_tuple(s: SliceData): PyObject {
  return PyTuple_FromArraySteal([newref(s.start), newref(s.stop), newref(s.step)]);
}

function slice_richcompare(self: PyObject, other: PyObject, op: number): PyObject {
  if (!PySlice_Check(self) || !PySlice_Check(other)) return newref(Py_NotImplemented);
  const a = as_tuple(self.v);
  const b = as_tuple(other.v);
  try {
    if (self === other) return PyObject_RichCompare(a, a, op);
    return PyObject_RichCompare(a, b, op);
  } finally {
    decref(a);
    decref(b);
  }
}

/** CPython: Objects/sliceobject.c:slice_hash (a 64-bit xxHash of the three hashes, as for tuples but without the length) */
function slice_hash(self: PyObject): Hash {
  const s = (self as PySliceObject).v;
  const MASK = 0xffffffffffffffffn;
  const P1 = 11400714785074694791n;
  const P2 = 14029467366897019727n;
  let acc = 2870177450012600261n;
  for (const o of [s.start, s.stop, s.step]) {
    const h = PyObject_Hash(o);
    const lane = BigInt.asUintN(64, (BigInt(h.hi) << 32n) | BigInt(h.lo >>> 0));
    acc = (acc + lane * P2) & MASK;
    acc = ((acc << 31n) | (acc >> 33n)) & MASK;
    acc = (acc * P1) & MASK;
  }
  if (acc === MASK) return new Hash(1546275796, 0);
  return new Hash(Number(acc & 0xffffffffn) | 0, Number(acc >> 32n) | 0);
}

function slice_reduce(self: PyObject): PyObject {
  return PyTuple_FromArraySteal([newref(PySlice_Type as PyObject), as_tuple((self as PySliceObject).v)]);
}

export const PySlice_Type = static_type({
  name: 'slice',
  tp_basicsize: 40,
  tp_flags: Py_TPFLAGS_HAVE_GC,
  tp_doc: 'Start, stop and step of an extended subscript.',
  tp_dealloc: slice_dealloc,
  tp_traverse: slice_traverse,
  tp_repr: slice_repr,
  tp_hash: slice_hash,
  tp_richcompare: slice_richcompare,
  tp_new: slice_new,
  methods: [
    { name: 'indices', flags: METH_O, meth: slice_indices, sig: '($self, object, /)' },
    { name: '__reduce__', flags: METH_NOARGS, meth: slice_reduce, sig: '($self, /)' },
  ],
  members: [
    { name: 'start', get: self => newref((self as PySliceObject).v.start) },
    { name: 'stop', get: self => newref((self as PySliceObject).v.stop) },
    { name: 'step', get: self => newref((self as PySliceObject).v.step) },
  ],
});

/** slice(None, n) and the like from JS numbers. CPython: _PySlice_FromIndices */
export function _PySlice_FromIndices(start: number, stop: number): PyObject {
  return slice_new_steal(PyLong_FromLong(start), PyLong_FromLong(stop), newref(Py_None));
}
