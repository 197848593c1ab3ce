// tupleobject.ts: the immutable sequence.                                              CPython: Objects/tupleobject.c
//
// The payload is the array of items, the second payload the cached hash (null until asked for).
// Invariant: the items never change once other code can see the tuple, so copies may share nothing but need no locks;
// the empty tuple of the exact type is one immortal object.
// Enter through: PyTuple_FromArraySteal, PyTuple_Pack, PyTuple_GET_SIZE.

import { packed } from '../core/arrays.ts';
import { PyErr_SetString } from '../core/errors.ts';
import {
  FREE_TUPLE_ITERS,
  FREE_TUPLES,
  gc_alloc,
  gc_alloc_from,
  gc_del,
  gc_del_to,
  gc_new_from,
  gc_track,
  MOST_FREE_ITEMS,
} from '../core/gc.ts';
import { Hash, keyed } from '../core/hash.ts';
import {
  _Py_TPFLAGS_MATCH_SELF,
  decref,
  decref_all,
  G_TRACKED,
  IMMORTAL_REFCNT,
  incref,
  newref,
  Py_EQ,
  Py_GT,
  Py_LE,
  Py_LT,
  Py_NE,
  Py_TPFLAGS_BASETYPE,
  Py_TPFLAGS_HAVE_GC,
  Py_TPFLAGS_HEAPTYPE,
  Py_TPFLAGS_SEQUENCE,
  Py_TPFLAGS_TUPLE_SUBCLASS,
  Py_TPFLAGS_TYPE_SUBCLASS,
  PyObject,
  type PyTypeObject,
  traverse_items,
  type visitproc,
} from '../core/object.ts';
import { METH_CLASS, METH_CLINIC, METH_NOARGS, METH_O, static_type } from '../core/spec.ts';
import { PyIndex_Check, PyNumber_AsSsize_t, PySequence_Tuple } from './abstract.ts';
import { callHooks } from './call.ts';
import { check_no_keywords, check_no_kwnames, check_positional } from './argcheck.ts';
import { Py_False, Py_True } from './boolobject.ts';
import { PyTuple_Check } from './checks.ts';
import { PyExc_IndexError, PyExc_TypeError, PyExc_ValueError } from './exceptions.ts';
import { Py_GenericAlias } from './genericaliasobject.ts';
import { mul64, product } from './int64.ts';
import { builtin_iter } from './iterobject.ts';
import { PyLong_FromLong, PyLong_Type } from './longobject.ts';
import {
  Py_EnterRecursiveCall,
  Py_LeaveRecursiveCall,
  Py_None,
  Py_NotImplemented,
  Py_ReprEnter,
  Py_ReprLeave,
  PyObject_Hash,
  PyObject_Repr,
  PyObject_RichCompare,
  PyObject_RichCompareBool,
} from './object.ts';
import { repeat_items, slice_bounds, slice_items } from './sequtil.ts';
import { PySlice_AdjustIndices, PySlice_Check, PySlice_Unpack } from './sliceobject.ts';
import { PyUnicode_AsString, PyUnicode_FromString } from './unicodeobject.ts';

export type PyTupleObject = PyObject<PyObject[], Hash | null>;

// --- making tuples ---------------------------------------------------------------------------------------------------

/** Whether a new tuple of these items is tracked: also for tuples that are not, which the collector finds out later.
 *  CPython: Objects/tupleobject.c:maybe_tracked */
function maybe_tracked(items: PyObject[]): boolean {
  for (let i = 0; i < items.length; i++) {
    if ((items[i]!.ob_type.tp_flags & Py_TPFLAGS_HAVE_GC) !== 0) return true;
  }
  return false;
}

/** Whether the collector may have to know an object now or later: not a tuple that it does not know, nor a built-in type.
 *  CPython: _PyObject_GC_MAY_BE_TRACKED */
export function may_be_tracked(o: PyObject): boolean {
  const flags = o.ob_type.tp_flags;
  if ((flags & Py_TPFLAGS_HAVE_GC) === 0) return false;
  if (o.ob_type === PyTuple_Type) return (o.g & G_TRACKED) !== 0;
  return (flags & Py_TPFLAGS_TYPE_SUBCLASS) === 0 || ((o as PyTypeObject).tp_flags & Py_TPFLAGS_HEAPTYPE) !== 0;
}

/** Counts the allocation of a tuple. CPython: Objects/tupleobject.c:tuple_alloc */
function alloc_tuple(n: number): void {
  if (n <= MOST_FREE_ITEMS) gc_alloc_from(FREE_TUPLES + n);
  else gc_alloc();
}

/** A new tuple that takes the array and the references in it. Tracked only if an item could be part of a cycle.
 *  CPython: Objects/tupleobject.c:_PyTuple_FromArraySteal */
export function PyTuple_FromArraySteal(items: PyObject[]): PyObject {
  if (items.length === 0) return newref(_Py_EmptyTuple);
  const t = new PyObject(PyTuple_Type, items, null);
  alloc_tuple(items.length);
  if (maybe_tracked(items)) gc_track(t);
  return t;
}

/** Puts other items (stolen) into a tuple that only its maker knows. CPython: _PyTuple_Recycle */
export function tuple_recycle(t: PyTupleObject, items: PyObject[]): PyTupleObject {
  const old = t.v;
  t.v = items;
  t.x = null;
  gc_track(t);
  for (let i = 0; i < old.length; i++) decref(old[i]!);
  return t;
}

/** As PyTuple_FromArraySteal, but tracked at once, as most of CPython's ways to a new tuple do. */
export function new_tuple_tracked(items: PyObject[]): PyObject {
  if (items.length === 0) return newref(_Py_EmptyTuple);
  const t = new PyObject(PyTuple_Type, items, null);
  alloc_tuple(items.length);
  gc_track(t);
  return t;
}

/** A new tuple of new references to the items. CPython: PyTuple_FromArray */
export function PyTuple_FromArray(items: readonly PyObject[]): PyObject {
  const own = packed(items);
  for (let i = 0; i < own.length; i++) incref(own[i]!);
  return new_tuple_tracked(own);
}

/** A new tuple of new references to the arguments. CPython: PyTuple_Pack */
export function PyTuple_Pack(...items: PyObject[]): PyObject {
  for (let i = 0; i < items.length; i++) incref(items[i]!);
  return new_tuple_tracked(items);
}

/** A pair that steals both references: what dict.items(), zip, enumerate give. CPython: _PyTuple_FromPairSteal */
export function tuple_pair_steal(a: PyObject, b: PyObject): PyObject {
  const t = new PyObject(PyTuple_Type, [a, b], null);
  gc_new_from(FREE_TUPLES + 2, t);
  return t;
}

export function PyTuple_GET_SIZE(t: PyObject): number {
  return (t as PyTupleObject).v.length;
}

export function PyTuple_Size(t: PyObject): number {
  return (t as PyTupleObject).v.length;
}

/** Borrowed. */
export function PyTuple_GET_ITEM(t: PyObject, i: number): PyObject {
  return (t as PyTupleObject).v[i]!;
}

/** Borrowed; IndexError when out of range. */
export function PyTuple_GetItem(t: PyObject, i: number): PyObject {
  const items = (t as PyTupleObject).v;
  if (i < 0 || i >= items.length) PyErr_SetString(PyExc_IndexError, 'tuple index out of range');
  return items[i]!;
}

/** CPython: PyTuple_GetSlice */
export function PyTuple_GetSlice(t: PyObject, low: number, high: number): PyObject {
  const items = (t as PyTupleObject).v;
  if (low < 0) low = 0;
  if (high > items.length) high = items.length;
  if (high <= low) return newref(_Py_EmptyTuple);
  if (low === 0 && high === items.length && t.ob_type === PyTuple_Type) return newref(t);
  const part = items.slice(low, high);
  for (let i = 0; i < part.length; i++) incref(part[i]!);
  return new_tuple_tracked(part);
}

/** CPython: Objects/tupleobject.c:tuple_new_impl */
function tuple_new_impl(type: PyTypeObject, iterable: PyObject | null): PyObject {
  if (type !== PyTuple_Type) {
    const tmp = (iterable === null ? newref(_Py_EmptyTuple) : PySequence_Tuple(iterable)) as PyTupleObject;
    const items = tmp.v.slice();
    for (let i = 0; i < items.length; i++) incref(items[i]!);
    decref(tmp);
    return type.tp_alloc!(type, items);
  }
  return iterable === null ? newref(_Py_EmptyTuple) : PySequence_Tuple(iterable);
}

function tuple_new(type: PyTypeObject, args: PyObject, kwargs: PyObject | null): PyObject {
  if (type === PyTuple_Type || type.tp_init === PyTuple_Type.tp_init) check_no_keywords('tuple', kwargs);
  const a = (args as PyTupleObject).v;
  check_positional('tuple', a.length, 0, 1);
  return tuple_new_impl(type, a.length > 0 ? a[0]! : null);
}

function tuple_vectorcall(type: PyObject, args: PyObject[], kwnames: PyObject | null): PyObject {
  check_no_kwnames('tuple', kwnames);
  check_positional('tuple', args.length, 0, 1);
  const entered = args.length > 0 ? callHooks.collect(type, args[0]!) : null;
  if (entered !== null) return entered;
  return tuple_new_impl(type as PyTypeObject, args.length > 0 ? args[0]! : null);
}

function tuple_dealloc(self: PyObject): void {
  const items = (self as PyTupleObject).v;
  const n = items.length;
  if (n <= MOST_FREE_ITEMS && n > 0 && self.ob_type === PyTuple_Type) gc_del_to(FREE_TUPLES + n, self);
  else gc_del(self);
  decref_all(items);
}

// --- text, hash, comparison -----------------------------------------------------------------------------------------

function tuple_repr(self: PyObject): PyObject {
  const items = (self as PyTupleObject).v;
  const n = items.length;
  if (n === 0) return PyUnicode_FromString('()');
  if (Py_ReprEnter(self)) return PyUnicode_FromString('(...)');
  try {
    let text = '(';
    for (let i = 0; i < n; i++) {
      const r = PyObject_Repr(items[i]!);
      text += i === 0 ? PyUnicode_AsString(r) : `, ${PyUnicode_AsString(r)}`;
      decref(r);
    }
    return PyUnicode_FromString(n === 1 ? `${text},)` : `${text})`);
  } finally {
    Py_ReprLeave(self);
  }
}

const P1_LO = 0x85ebca87 | 0;
const P1_HI = 0x9e3779b1 | 0;
const P2_LO = 0x27d4eb4f | 0;
const P2_HI = 0xc2b2ae3d | 0;
const P5_LO = 0x165667c5 | 0;
const P5_HI = 0x27d4eb2f | 0;

/** The xxHash-derived hash of a sequence of hashes. CPython: Objects/tupleobject.c:tuple_hash */
function tuple_hash(self: PyObject): Hash {
  const t = self as PyTupleObject;
  if (t.x !== null) return t.x;
  const items = t.v;
  const n = items.length;
  let lo = P5_LO;
  let hi = P5_HI;
  for (let i = 0; i < n; i++) {
    const item = items[i]!;
    const lane = item.ob_type === PyTuple_Type && item.x === null ? hash_nested(item) : PyObject_Hash(item);
    mul64(lane.lo, lane.hi, P2_LO, P2_HI);
    const l = (lo + product.lo) | 0;
    const h = (hi + product.hi + (l >>> 0 < lo >>> 0 ? 1 : 0)) | 0;
    // rotate left by 31, then multiply
    mul64((l << 31) | (h >>> 1), (h << 31) | (l >>> 1), P1_LO, P1_HI);
    lo = product.lo;
    hi = product.hi;
  }
  // acc += n ^ (P5 ^ 3527539)
  const addLo = P5_LO ^ 3527539 ^ n;
  const l = (lo + addLo) | 0;
  hi = (hi + P5_HI + (l >>> 0 < lo >>> 0 ? 1 : 0)) | 0;
  lo = l;
  const h = lo === -1 && hi === -1 ? new Hash(1546275796, 0) : new Hash(lo, hi);
  t.x = h;
  if (keyed.record !== null) keyed.record.hashed.push(t);
  return h;
}

/** The hash of a tuple within a tuple: such may nest deep. */
function hash_nested(t: PyObject): Hash {
  Py_EnterRecursiveCall(' while hashing a tuple');
  try {
    return tuple_hash(t);
  } finally {
    Py_LeaveRecursiveCall();
  }
}

/** CPython: Py_RETURN_RICHCOMPARE for two lengths. */
export function compare_lengths(a: number, b: number, op: number): boolean {
  switch (op) {
    case Py_LT:
      return a < b;
    case Py_LE:
      return a <= b;
    case Py_EQ:
      return a === b;
    case Py_NE:
      return a !== b;
    case Py_GT:
      return a > b;
    default:
      return a >= b;
  }
}

function tuple_richcompare(self: PyObject, other: PyObject, op: number): PyObject {
  if (!PyTuple_Check(self) || !PyTuple_Check(other)) return newref(Py_NotImplemented);
  Py_EnterRecursiveCall(' in comparison');
  try {
    const v = self.v;
    const w = other.v;
    const n = v.length < w.length ? v.length : w.length;
    let i = 0;
    while (i < n && PyObject_RichCompareBool(v[i]!, w[i]!, Py_EQ)) i++;
    if (i >= n) return newref(compare_lengths(v.length, w.length, op) ? Py_True : Py_False);
    if (op === Py_EQ) return newref(Py_False);
    if (op === Py_NE) return newref(Py_True);
    return PyObject_RichCompare(v[i]!, w[i]!, op);
  } finally {
    Py_LeaveRecursiveCall();
  }
}

// --- the sequence protocol ------------------------------------------------------------------------------------------

function tuple_length(self: PyObject): number {
  return (self as PyTupleObject).v.length;
}

function tuple_contains(self: PyObject, item: PyObject): boolean {
  const items = (self as PyTupleObject).v;
  for (let i = 0; i < items.length; i++) {
    const it = items[i]!;
    if (it === item || PyObject_RichCompareBool(it, item, Py_EQ)) return true;
  }
  return false;
}

function tuple_item(self: PyObject, i: number): PyObject {
  const items = (self as PyTupleObject).v;
  if (i < 0 || i >= items.length) PyErr_SetString(PyExc_IndexError, 'tuple index out of range');
  return newref(items[i]!);
}

function tuple_concat(a: PyObject, b: PyObject): PyObject {
  const x = (a as PyTupleObject).v;
  if (x.length === 0 && b.ob_type === PyTuple_Type) return newref(b);
  if (!PyTuple_Check(b)) {
    PyErr_SetString(PyExc_TypeError, `can only concatenate tuple (not "${b.ob_type.tp_name}") to tuple`);
  }
  const y = b.v;
  if (y.length === 0 && a.ob_type === PyTuple_Type) return newref(a);
  const items = x.concat(y);
  for (let i = 0; i < items.length; i++) incref(items[i]!);
  return new_tuple_tracked(items);
}

function tuple_repeat(self: PyObject, n: number): PyObject {
  const items = (self as PyTupleObject).v;
  if ((items.length === 0 || n === 1) && self.ob_type === PyTuple_Type) return newref(self);
  if (items.length === 0 || n <= 0) return newref(_Py_EmptyTuple);
  return new_tuple_tracked(repeat_items(items, n));
}

function tuple_subscript(self: PyObject, item: PyObject): PyObject {
  const items = (self as PyTupleObject).v;
  if (PyIndex_Check(item)) {
    let i =
      item.ob_type === PyLong_Type && typeof item.v === 'number' ? item.v : PyNumber_AsSsize_t(item, PyExc_IndexError);
    if (i < 0) i += items.length;
    if (i < 0 || i >= items.length) PyErr_SetString(PyExc_IndexError, 'tuple index out of range');
    return newref(items[i]!);
  }
  if (PySlice_Check(item)) {
    const [start0, stop, step] = PySlice_Unpack(item);
    const [start, , n] = PySlice_AdjustIndices(items.length, start0, stop, step);
    if (n <= 0) return newref(_Py_EmptyTuple);
    if (start === 0 && step === 1 && n === items.length && self.ob_type === PyTuple_Type) return newref(self);
    return new_tuple_tracked(slice_items(items, start, step, n));
  }
  PyErr_SetString(PyExc_TypeError, `tuple indices must be integers or slices, not ${item.ob_type.tp_name}`);
}

// --- methods ---------------------------------------------------------------------------------------------------------

function tuple_index(self: PyObject, value: PyObject, start: PyObject | null, stop: PyObject | null): PyObject {
  const items = (self as PyTupleObject).v;
  const [lo, hi] = slice_bounds(start, stop, items.length);
  for (let i = lo; i < hi && i < items.length; i++) {
    if (PyObject_RichCompareBool(items[i]!, value, Py_EQ)) return PyLong_FromLong(i);
  }
  PyErr_SetString(PyExc_ValueError, 'tuple.index(x): x not in tuple');
}

function tuple_count(self: PyObject, value: PyObject): PyObject {
  const items = (self as PyTupleObject).v;
  let count = 0;
  for (let i = 0; i < items.length; i++) if (PyObject_RichCompareBool(items[i]!, value, Py_EQ)) count++;
  return PyLong_FromLong(count);
}

function tuple___getnewargs__(self: PyObject): PyObject {
  return PyTuple_FromArraySteal([PyTuple_FromArray((self as PyTupleObject).v)]);
}

function class_getitem(type: PyObject, item: PyObject): PyObject {
  return Py_GenericAlias(type, item);
}

// --- the iterator ----------------------------------------------------------------------------------------------------

/** Payload of a tuple iterator: the tuple (owned; null once exhausted) and the next index. */
export class TupleIter {
  seq: PyTupleObject | null;
  index = 0;
  constructor(seq: PyTupleObject) {
    this.seq = seq;
  }
}

export type PyTupleIterObject = PyObject<TupleIter>;

function tuple_iter(self: PyObject): PyObject {
  const it = new PyObject(PyTupleIter_Type, new TupleIter(newref(self as PyTupleObject)), null);
  gc_new_from(FREE_TUPLE_ITERS, it);
  return it;
}

function tupleiter_next(self: PyObject): PyObject | null {
  const it = (self as PyTupleIterObject).v;
  const seq = it.seq;
  if (seq === null) return null;
  const items = seq.v;
  if (it.index < items.length) return newref(items[it.index++]!);
  it.seq = null;
  decref(seq);
  return null;
}

function tupleiter_dealloc(self: PyObject): void {
  gc_del_to(FREE_TUPLE_ITERS, self);
  const seq = (self as PyTupleIterObject).v.seq;
  if (seq !== null) decref(seq);
}

function tupleiter_traverse(self: PyObject, visit: visitproc): void {
  const seq = (self as PyTupleIterObject).v.seq;
  if (seq !== null) visit(seq);
}

function tupleiter_length_hint(self: PyObject): PyObject {
  const it = (self as PyTupleIterObject).v;
  return PyLong_FromLong(it.seq === null ? 0 : it.seq.v.length - it.index);
}

function tupleiter_reduce(self: PyObject): PyObject {
  const iter = builtin_iter('iter');
  const it = (self as PyTupleIterObject).v;
  if (it.seq !== null) {
    return PyTuple_FromArraySteal([
      iter,
      PyTuple_FromArraySteal([newref(it.seq as PyObject)]),
      PyLong_FromLong(it.index),
    ]);
  }
  return PyTuple_FromArraySteal([iter, PyTuple_FromArraySteal([newref(_Py_EmptyTuple)])]);
}

function tupleiter_setstate(self: PyObject, state: PyObject): PyObject {
  let index = PyNumber_AsSsize_t(state, null);
  const it = (self as PyTupleIterObject).v;
  if (it.seq !== null) {
    if (index < 0) index = 0;
    else if (index > it.seq.v.length) index = it.seq.v.length;
    it.index = index;
  }
  return newref(Py_None);
}

function self_iter(self: PyObject): PyObject {
  return newref(self);
}

export const PyTupleIter_Type = static_type({
  name: 'tuple_iterator',
  tp_basicsize: 32,
  tp_flags: Py_TPFLAGS_HAVE_GC,
  tp_dealloc: tupleiter_dealloc,
  tp_traverse: tupleiter_traverse,
  tp_iter: self_iter,
  tp_iternext: tupleiter_next,
  methods: [
    { name: '__length_hint__', flags: METH_NOARGS, meth: tupleiter_length_hint, sig: '($self, /)' },
    { name: '__reduce__', flags: METH_NOARGS, meth: tupleiter_reduce, sig: '($self, /)' },
    { name: '__setstate__', flags: METH_O, meth: tupleiter_setstate, sig: '($self, object, /)' },
  ],
});

export const PyTuple_Type = static_type({
  name: 'tuple',
  tp_basicsize: 32,
  tp_itemsize: 8,
  tp_flags:
    Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_TUPLE_SUBCLASS | _Py_TPFLAGS_MATCH_SELF | Py_TPFLAGS_SEQUENCE,
  tp_doc: 'Immutable sequence of any objects.',
  after_ready: type => {
    type.tp_data = { text_signature: '(iterable=(), /)' };
  },
  tp_dealloc: tuple_dealloc,
  tp_traverse: traverse_items,
  tp_repr: tuple_repr,
  tp_hash: tuple_hash,
  tp_richcompare: tuple_richcompare,
  tp_iter: tuple_iter,
  tp_new: tuple_new,
  tp_vectorcall: tuple_vectorcall,
  sq_length: tuple_length,
  sq_concat: tuple_concat,
  sq_repeat: tuple_repeat,
  sq_item: tuple_item,
  sq_contains: tuple_contains,
  mp_length: tuple_length,
  mp_subscript: tuple_subscript,
  methods: [
    { name: '__getnewargs__', flags: METH_NOARGS, meth: tuple___getnewargs__, sig: '($self, /)' },
    { name: 'index', flags: METH_CLINIC, meth: tuple_index, sig: '($self, value, start=0, stop=sys.maxsize, /)' },
    { name: 'count', flags: METH_O, meth: tuple_count, sig: '($self, value, /)' },
    { name: '__class_getitem__', flags: METH_O | METH_CLASS, meth: class_getitem, sig: '($type, object, /)' },
  ],
});

function make_empty(): PyTupleObject {
  const t: PyTupleObject = new PyObject<PyObject[], Hash | null>(PyTuple_Type, [], null);
  t.ob_refcnt = IMMORTAL_REFCNT;
  return t;
}

/** The empty tuple; immortal. */
export const _Py_EmptyTuple: PyTupleObject = /* @__PURE__ */ make_empty();
