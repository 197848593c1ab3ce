// enumobject.ts: enumerate and reversed.                                                CPython: Objects/enumobject.c
//
// enumerate keeps its last pair: if nobody else holds it by the time of the next step, it is filled again instead of
// making a new tuple, as CPython does.

import { PyErr_Clear, PyErr_ExceptionMatches, PyErr_SetString } from '../core/errors.ts';
import { gc_del, gc_track } from '../core/gc.ts';
import {
  decref,
  newref,
  Py_TPFLAGS_BASETYPE,
  Py_TPFLAGS_HAVE_GC,
  type PyObject,
  type PyTypeObject,
  type visitproc,
  xdecref,
} from '../core/object.ts';
import { METH_CLASS, METH_NOARGS, METH_O, static_type } from '../core/spec.ts';
import {
  PyNumber_AsSsize_t,
  PyNumber_Index,
  PyObject_GetIter,
  PySequence_Check,
  PySequence_GetItem,
  PySequence_Size,
} from './abstract.ts';
import { check_no_keywords, check_no_kwnames, check_positional } from './argcheck.ts';
import { PyObject_CallNoArgs } from './call.ts';
import type { PyDictObject } from './dictobject.ts';
import { PyDict_Next } from './dictobject.ts';
import { PyExc_IndexError, PyExc_StopIteration, PyExc_TypeError } from './exceptions.ts';
import { Py_GenericAlias } from './genericaliasobject.ts';
import { PyLong_AsBigInt, PyLong_FromBigInt, PyLong_FromLong } from './longobject.ts';
import { _PyObject_LookupSpecial, Py_None } from './object.ts';
import { _Py_EmptyTuple, PyTuple_FromArraySteal, type PyTupleObject, tuple_pair_steal } from './tupleobject.ts';
import { _Py_ID, PyUnicode_AsString } from './unicodeobject.ts';

// --- enumerate -------------------------------------------------------------------------------------------------------

export class EnumIter {
  /** The next number: `index` while it is a safe integer, then `big`. */
  index: number;
  big: bigint | null;
  /** Owned iterator. */
  it: PyObject;
  /** Owned: the last pair given. */
  result: PyTupleObject;
  constructor(index: number, big: bigint | null, it: PyObject, result: PyTupleObject) {
    this.index = index;
    this.big = big;
    this.it = it;
    this.result = result;
  }
}

type PyEnumObject = PyObject<EnumIter>;

/** CPython: Objects/enumobject.c:enum_new_impl */
function enum_make(type: PyTypeObject, iterable: PyObject, start: PyObject | null): PyObject {
  let index = 0;
  let big: bigint | null = null;
  if (start !== null) {
    const i = PyNumber_Index(start);
    if (typeof i.v === 'number') index = i.v;
    else big = PyLong_AsBigInt(i);
    decref(i);
  }
  const it = PyObject_GetIter(iterable);
  const result = tuple_pair_steal(newref(Py_None), newref(Py_None)) as PyTupleObject;
  return type.tp_alloc!(type, new EnumIter(index, big, it, result));
}

function invalid_keyword(name: PyObject): never {
  PyErr_SetString(PyExc_TypeError, `'${PyUnicode_AsString(name)}' is an invalid keyword argument for enumerate()`);
}

/** enumerate(iterable, start=0). CPython: Objects/enumobject.c:enumerate_vectorcall */
function enum_vectorcall(type: PyObject, args: PyObject[], kwnames: PyObject | null): PyObject {
  const names = kwnames === null ? [] : (kwnames as PyTupleObject).v;
  const total = args.length;
  const nargs = total - names.length;
  const name = (i: number): string => PyUnicode_AsString(names[i]!);
  if (total === 2) {
    if (names.length === 1) {
      if (name(0) !== 'start') invalid_keyword(names[0]!);
    } else if (names.length === 2) {
      if (name(0) === 'start') {
        if (name(1) !== 'iterable') invalid_keyword(names[1]!);
        return enum_make(type as PyTypeObject, args[1]!, args[0]!);
      }
      if (name(0) !== 'iterable') invalid_keyword(names[0]!);
      if (name(1) !== 'start') invalid_keyword(names[1]!);
    }
    return enum_make(type as PyTypeObject, args[0]!, args[1]!);
  }
  if (total === 1) {
    if (nargs === 0 && name(0) !== 'iterable') invalid_keyword(names[0]!);
    return enum_make(type as PyTypeObject, args[0]!, null);
  }
  if (total === 0) PyErr_SetString(PyExc_TypeError, "enumerate() missing required argument 'iterable'");
  PyErr_SetString(PyExc_TypeError, `enumerate() takes at most 2 arguments (${total} given)`);
}

function enum_new(type: PyTypeObject, args: PyObject, kwargs: PyObject | null): PyObject {
  const values = (args as PyTupleObject).v.slice();
  if (kwargs === null) return enum_vectorcall(type, values, null);
  const d = kwargs as PyDictObject;
  const names: PyObject[] = [];
  for (let i = PyDict_Next(d, 0); i >= 0; i = PyDict_Next(d, i + 1)) {
    names.push(newref(d.v.keys[i]!));
    values.push(d.v.values[i]!);
  }
  const kwnames = PyTuple_FromArraySteal(names);
  try {
    return enum_vectorcall(type, values, kwnames);
  } finally {
    decref(kwnames);
  }
}

function enum_next(self: PyObject): PyObject | null {
  const en = (self as PyEnumObject).v;
  const it = en.it;
  const item = it.ob_type.tp_iternext!(it);
  return item === null ? null : enum_pair(en, item);
}

/** The next number and an item (stolen). */
export function enum_pair(en: EnumIter, item: PyObject): PyObject {
  let number: PyObject;
  if (en.big === null) {
    number = PyLong_FromLong(en.index);
    if (en.index === Number.MAX_SAFE_INTEGER) en.big = BigInt(en.index) + 1n;
    else en.index++;
  } else {
    number = PyLong_FromBigInt(en.big);
    en.big++;
  }
  return refill_pair(en.result, number, item) ?? tuple_pair_steal(number, item);
}

/** Puts two stolen items in a pair that only its maker holds, and returns it; null if others hold it too. */
export function refill_pair(result: PyTupleObject, a: PyObject, b: PyObject): PyObject | null {
  if (result.ob_refcnt !== 1) return null;
  const items = result.v;
  const old0 = items[0]!;
  const old1 = items[1]!;
  newref(result);
  items[0] = a;
  items[1] = b;
  result.x = null;
  decref(old0);
  decref(old1);
  gc_track(result);
  return result;
}

function enum_dealloc(self: PyObject): void {
  gc_del(self);
  const en = (self as PyEnumObject).v;
  decref(en.it);
  decref(en.result);
}

function enum_traverse(self: PyObject, visit: visitproc): void {
  const en = (self as PyEnumObject).v;
  visit(en.it);
  visit(en.result);
}

function enum_reduce(self: PyObject): PyObject {
  const en = (self as PyEnumObject).v;
  const n = en.big === null ? PyLong_FromLong(en.index) : PyLong_FromBigInt(en.big);
  return PyTuple_FromArraySteal([newref(self.ob_type as PyObject), PyTuple_FromArraySteal([newref(en.it), n])]);
}

function class_getitem(type: PyObject, item: PyObject): PyObject {
  return Py_GenericAlias(type, item);
}

function self_iter(self: PyObject): PyObject {
  return newref(self);
}

export const PyEnum_Type = static_type({
  name: 'enumerate',
  tp_basicsize: 56,
  tp_flags: Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE,
  tp_doc: 'Pairs of a running number and an item.',
  after_ready: type => {
    type.tp_data = { text_signature: '(iterable, start=0)' };
  },
  tp_dealloc: enum_dealloc,
  tp_traverse: enum_traverse,
  tp_iter: self_iter,
  tp_iternext: enum_next,
  tp_new: enum_new,
  tp_vectorcall: enum_vectorcall,
  methods: [
    { name: '__reduce__', flags: METH_NOARGS, meth: enum_reduce, sig: '($self, /)' },
    { name: '__class_getitem__', flags: METH_O | METH_CLASS, meth: class_getitem, sig: '($type, object, /)' },
  ],
});

// --- reversed --------------------------------------------------------------------------------------------------------

class ReversedIter {
  /** Index of the next item; -1 at the end. */
  index: number;
  /** Owned; null once exhausted. */
  seq: PyObject | null;
  constructor(index: number, seq: PyObject) {
    this.index = index;
    this.seq = seq;
  }
}

type PyReversedObject = PyObject<ReversedIter>;

/** CPython: Objects/enumobject.c:reversed_new_impl */
function reversed_make(type: PyTypeObject, seq: PyObject): PyObject {
  const method = _PyObject_LookupSpecial(seq, _Py_ID('__reversed__'));
  if (method === Py_None) {
    decref(method);
    PyErr_SetString(PyExc_TypeError, `'${seq.ob_type.tp_name}' object is not reversible`);
  }
  if (method !== null) {
    try {
      return PyObject_CallNoArgs(method);
    } finally {
      decref(method);
    }
  }
  if (!PySequence_Check(seq)) {
    PyErr_SetString(PyExc_TypeError, `'${seq.ob_type.tp_name}' object is not reversible`);
  }
  const n = PySequence_Size(seq);
  return type.tp_alloc!(type, new ReversedIter(n - 1, newref(seq)));
}

function reversed_new(type: PyTypeObject, args: PyObject, kwargs: PyObject | null): PyObject {
  if (type === PyReversed_Type || type.tp_init === PyReversed_Type.tp_init) check_no_keywords('reversed', kwargs);
  const a = (args as PyTupleObject).v;
  check_positional('reversed', a.length, 1, 1);
  return reversed_make(type, a[0]!);
}

function reversed_vectorcall(type: PyObject, args: PyObject[], kwnames: PyObject | null): PyObject {
  check_no_kwnames('reversed', kwnames);
  check_positional('reversed', args.length, 1, 1);
  return reversed_make(type as PyTypeObject, args[0]!);
}

function reversed_next(self: PyObject): PyObject | null {
  const ro = (self as PyReversedObject).v;
  const seq = ro.seq;
  if (seq === null) return null;
  if (ro.index >= 0) {
    try {
      const item = PySequence_GetItem(seq, ro.index);
      ro.index--;
      return item;
    } catch (e) {
      if (!PyErr_ExceptionMatches(e, PyExc_IndexError) && !PyErr_ExceptionMatches(e, PyExc_StopIteration)) throw e;
      PyErr_Clear(e);
    }
  }
  ro.index = -1;
  ro.seq = null;
  decref(seq);
  return null;
}

function reversed_dealloc(self: PyObject): void {
  gc_del(self);
  xdecref((self as PyReversedObject).v.seq);
}

function reversed_traverse(self: PyObject, visit: visitproc): void {
  const seq = (self as PyReversedObject).v.seq;
  if (seq !== null) visit(seq);
}

function reversed_len(self: PyObject): PyObject {
  const ro = (self as PyReversedObject).v;
  if (ro.seq === null) return PyLong_FromLong(0);
  const position = ro.index + 1;
  return PyLong_FromLong(PySequence_Size(ro.seq) < position ? 0 : position);
}

function reversed_reduce(self: PyObject): PyObject {
  const ro = (self as PyReversedObject).v;
  const type = newref(self.ob_type as PyObject);
  if (ro.seq !== null) {
    return PyTuple_FromArraySteal([type, PyTuple_FromArraySteal([newref(ro.seq)]), PyLong_FromLong(ro.index)]);
  }
  return PyTuple_FromArraySteal([type, PyTuple_FromArraySteal([newref(_Py_EmptyTuple as PyObject)])]);
}

function reversed_setstate(self: PyObject, state: PyObject): PyObject {
  let index = PyNumber_AsSsize_t(state, null);
  const ro = (self as PyReversedObject).v;
  if (ro.seq !== null) {
    const n = PySequence_Size(ro.seq);
    if (index < -1) index = -1;
    else if (index > n - 1) index = n - 1;
    ro.index = index;
  }
  return newref(Py_None);
}

export const PyReversed_Type = static_type({
  name: 'reversed',
  tp_basicsize: 32,
  tp_flags: Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE,
  tp_doc: 'The items of a sequence, last to first.',
  after_ready: type => {
    type.tp_data = { text_signature: '(sequence, /)' };
  },
  tp_dealloc: reversed_dealloc,
  tp_traverse: reversed_traverse,
  tp_iter: self_iter,
  tp_iternext: reversed_next,
  tp_new: reversed_new,
  tp_vectorcall: reversed_vectorcall,
  methods: [
    { name: '__length_hint__', flags: METH_NOARGS, meth: reversed_len, sig: '($self, /)' },
    { name: '__reduce__', flags: METH_NOARGS, meth: reversed_reduce, sig: '($self, /)' },
    { name: '__setstate__', flags: METH_O, meth: reversed_setstate, sig: '($self, object, /)' },
  ],
});
