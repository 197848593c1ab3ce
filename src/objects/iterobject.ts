// iterobject.ts: iterators over anything with __getitem__, and over calls.             CPython: Objects/iterobject.c

import { PyErr_Clear, PyErr_ExceptionMatches, PyErr_SetString } from '../core/errors.ts';
import { gc_del, gc_new } from '../core/gc.ts';
import { decref, newref, Py_EQ, Py_TPFLAGS_HAVE_GC, PyObject, type visitproc, xdecref } from '../core/object.ts';
import { METH_NOARGS, METH_O, static_type } from '../core/spec.ts';
import { current } from '../core/tstate.ts';
import { PyNumber_AsSsize_t, PyNumber_Index, PyObject_GetItem, PySequence_GetItem, PySequence_Size } from './abstract.ts';
import { PyObject_CallNoArgs } from './call.ts';
import { PyDict_Check } from './checks.ts';
import { PyDict_GetItemString } from './dictobject.ts';
import { PyExc_AttributeError, PyExc_IndexError, PyExc_KeyError, PyExc_OverflowError, PyExc_StopIteration } from './exceptions.ts';
import { PyLong_FromBigInt, PyLong_FromLong } from './longobject.ts';
import { Py_None, Py_NotImplemented, PyObject_RichCompareBool } from './object.ts';
import { _Py_EmptyTuple, PyTuple_FromArraySteal } from './tupleobject.ts';
import { _Py_ID } from './unicodeobject.ts';

/** A built-in by name (owned), as `__reduce__` of iterators gives it. CPython: _PyEval_GetBuiltin */
export function builtin_iter(name: string): PyObject {
  const frame = current.tstate.frame;
  const builtins = frame !== null ? frame.f_builtins : current.tstate.interp.builtins;
  if (builtins === null) PyErr_SetString(PyExc_AttributeError, name);
  if (PyDict_Check(builtins)) {
    const f = PyDict_GetItemString(builtins, name);
    if (f !== null) return newref(f);
  } else {
    // Any mapping may stand in the globals' __builtins__.
    const key = _Py_ID(name);
    try {
      return PyObject_GetItem(builtins, key);
    } catch (e) {
      if (!PyErr_ExceptionMatches(e, PyExc_KeyError)) throw e;
      PyErr_Clear(e);
    }
  }
  PyErr_SetString(PyExc_AttributeError, name);
}

// --- sequence iterator -----------------------------------------------------------------------------------------------

class SeqIter {
  /** Owned; null once exhausted. */
  seq: PyObject | null;
  index = 0;
  /** The index in place of `index` where a double could not hold it. */
  far: bigint | null = null;
  constructor(seq: PyObject) {
    this.seq = seq;
  }
}
type PySeqIterObject = PyObject<SeqIter>;

/** CPython: PySeqIter_New */
export function PySeqIter_New(seq: PyObject): PyObject {
  const it = new PyObject(PySeqIter_Type, new SeqIter(newref(seq)), null);
  gc_new(it);
  return it;
}

/** The item at an index that no double holds exactly. */
function get_far_item(seq: PyObject, i: bigint): PyObject {
  if (i === 2n ** 63n - 1n) PyErr_SetString(PyExc_OverflowError, 'iter index too large');
  const index = PyLong_FromBigInt(i);
  try {
    return PyObject_GetItem(seq, index);
  } finally {
    decref(index);
  }
}

function seqiter_next(self: PyObject): PyObject | null {
  const it = (self as PySeqIterObject).v;
  const seq = it.seq;
  if (seq === null) return null;
  try {
    const item = it.far === null ? PySequence_GetItem(seq, it.index) : get_far_item(seq, it.far);
    if (it.far === null) it.index++;
    else it.far++;
    return item;
  } catch (e) {
    if (PyErr_ExceptionMatches(e, PyExc_IndexError) || PyErr_ExceptionMatches(e, PyExc_StopIteration)) {
      PyErr_Clear(e);
      it.seq = null;
      decref(seq);
      return null;
    }
    throw e;
  }
}

function seqiter_dealloc(self: PyObject): void {
  gc_del(self);
  xdecref((self as PySeqIterObject).v.seq);
}

function seqiter_traverse(self: PyObject, visit: visitproc): void {
  const seq = (self as PySeqIterObject).v.seq;
  if (seq !== null) visit(seq);
}

function seqiter_length_hint(self: PyObject): PyObject {
  const it = (self as PySeqIterObject).v;
  if (it.seq === null) return PyLong_FromLong(0);
  const t = it.seq.ob_type;
  if (t.sq_length === null) return newref(Py_NotImplemented);
  const n = PySequence_Size(it.seq) - it.index;
  return PyLong_FromLong(n >= 0 ? n : 0);
}

function seqiter_reduce(self: PyObject): PyObject {
  const iter = builtin_iter('iter');
  const it = (self as PySeqIterObject).v;
  if (it.seq !== null) {
    return PyTuple_FromArraySteal([iter, PyTuple_FromArraySteal([newref(it.seq)]), it.far === null ? PyLong_FromLong(it.index) : PyLong_FromBigInt(it.far)]);
  }
  return PyTuple_FromArraySteal([iter, PyTuple_FromArraySteal([newref(_Py_EmptyTuple as PyObject)])]);
}

function far_index(state: PyObject): bigint {
  const index = PyNumber_Index(state);
  const n = BigInt((index as PyObject<number | bigint>).v);
  decref(index);
  return n < 2n ** 63n ? n : 2n ** 63n - 1n;
}

function seqiter_setstate(self: PyObject, state: PyObject): PyObject {
  let index = PyNumber_AsSsize_t(state, null);
  const it = (self as PySeqIterObject).v;
  if (it.seq !== null) {
    if (index < 0) index = 0;
    it.index = index;
    it.far = Number.isSafeInteger(index) ? null : far_index(state);
  }
  return newref(Py_None);
}

function self_iter(self: PyObject): PyObject {
  return newref(self);
}

export const PySeqIter_Type = static_type({
  name: 'iterator',
  tp_basicsize: 32,
  tp_flags: Py_TPFLAGS_HAVE_GC,
  tp_dealloc: seqiter_dealloc,
  tp_traverse: seqiter_traverse,
  tp_iter: self_iter,
  tp_iternext: seqiter_next,
  methods: [
    { name: '__length_hint__', flags: METH_NOARGS, meth: seqiter_length_hint, sig: '($self, /)' },
    { name: '__reduce__', flags: METH_NOARGS, meth: seqiter_reduce, sig: '($self, /)' },
    { name: '__setstate__', flags: METH_O, meth: seqiter_setstate, sig: '($self, object, /)' },
  ],
});

// --- callable iterator -----------------------------------------------------------------------------------------------

export class CallIter {
  /** Owned; both null once the sentinel was seen. */
  callable: PyObject | null;
  sentinel: PyObject | null;
  constructor(callable: PyObject, sentinel: PyObject) {
    this.callable = callable;
    this.sentinel = sentinel;
  }
}
type PyCallIterObject = PyObject<CallIter>;

/** CPython: PyCallIter_New */
export function PyCallIter_New(callable: PyObject, sentinel: PyObject): PyObject {
  const it = new PyObject(PyCallIter_Type, new CallIter(newref(callable), newref(sentinel)), null);
  gc_new(it);
  return it;
}

/** The iterator has come to its end. */
export function calliter_clear(it: CallIter): void {
  const { callable, sentinel } = it;
  it.callable = null;
  it.sentinel = null;
  xdecref(callable);
  xdecref(sentinel);
}

/** CPython: Objects/iterobject.c:calliter_iternext */
function calliter_next(self: PyObject): PyObject | null {
  const it = (self as PyCallIterObject).v;
  if (it.callable === null) return null;
  let result: PyObject;
  try {
    result = PyObject_CallNoArgs(it.callable);
  } catch (e) {
    if (PyErr_ExceptionMatches(e, PyExc_StopIteration)) {
      PyErr_Clear(e);
      calliter_clear(it);
      return null;
    }
    throw e;
  }
  return calliter_item(it, result);
}

/** What the call gave (stolen), or null if that ends the iteration. */
export function calliter_item(it: CallIter, result: PyObject): PyObject | null {
  if (it.sentinel === null) {
    decref(result); // the call itself exhausted the iterator
    return null;
  }
  let same: boolean;
  try {
    same = PyObject_RichCompareBool(it.sentinel, result, Py_EQ);
  } catch (e) {
    decref(result);
    throw e;
  }
  if (!same) return result;
  calliter_clear(it);
  decref(result);
  return null;
}

function calliter_dealloc(self: PyObject): void {
  gc_del(self);
  const it = (self as PyCallIterObject).v;
  xdecref(it.callable);
  xdecref(it.sentinel);
}

function calliter_traverse(self: PyObject, visit: visitproc): void {
  const it = (self as PyCallIterObject).v;
  if (it.callable !== null) visit(it.callable);
  if (it.sentinel !== null) visit(it.sentinel);
}

function calliter_reduce(self: PyObject): PyObject {
  const iter = builtin_iter('iter');
  const it = (self as PyCallIterObject).v;
  if (it.callable !== null && it.sentinel !== null) {
    return PyTuple_FromArraySteal([iter, PyTuple_FromArraySteal([newref(it.callable), newref(it.sentinel)])]);
  }
  return PyTuple_FromArraySteal([iter, PyTuple_FromArraySteal([newref(_Py_EmptyTuple as PyObject)])]);
}

export const PyCallIter_Type = static_type({
  name: 'callable_iterator',
  tp_basicsize: 32,
  tp_flags: Py_TPFLAGS_HAVE_GC,
  tp_dealloc: calliter_dealloc,
  tp_traverse: calliter_traverse,
  tp_iter: self_iter,
  tp_iternext: calliter_next,
  methods: [{ name: '__reduce__', flags: METH_NOARGS, meth: calliter_reduce, sig: '($self, /)' }],
});
