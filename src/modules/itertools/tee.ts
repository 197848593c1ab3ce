// tee.ts: several iterators over one.                                            CPython: Modules/itertoolsmodule.c
//
// The items read so far stand in a chain of blocks; each tee object points to a place in it, and blocks that no tee
// object can reach any more are released from the front.

import { PyErr_SetString } from '../../core/errors.ts';
import { gc_del, gc_new } from '../../core/gc.ts';
import {
  decref,
  decref_all,
  G_WEAKREFS,
  newref,
  Py_TPFLAGS_HAVE_GC,
  PyObject,
  type PyTypeObject,
  type visitproc,
} from '../../core/object.ts';
import { METH_NOARGS, static_type } from '../../core/spec.ts';
import { PyObject_GetIter } from '../../objects/abstract.ts';
import { ssize_arg } from '../../objects/argcheck.ts';
import { PyObject_CallNoArgs } from '../../objects/call.ts';
import { PyList_Check } from '../../objects/checks.ts';
import { PyExc_RuntimeError, PyExc_TypeError, PyExc_ValueError } from '../../objects/exceptions.ts';
import { Py_None, PyObject_GetOptionalAttr } from '../../objects/object.ts';
import { PyTuple_FromArraySteal } from '../../objects/tupleobject.ts';
import { PyObject_TypeCheck } from '../../objects/typeobject.ts';
import { _Py_ID } from '../../objects/unicodeobject.ts';
import { PyObject_ClearWeakRefs } from '../../objects/weakrefobject.ts';
import { next_of, positional, self_iter } from './common.ts';

/** Items per block. */
const LINKCELLS = 57;

class TeeData {
  /** Owned. */
  it: PyObject;
  values: PyObject[] = [];
  next: TeeDataObject | null = null;
  running = false;
  constructor(it: PyObject) {
    this.it = it;
  }
}
type TeeDataObject = PyObject<TeeData>;

class Tee {
  /** Owned block, and the place in it. */
  data: TeeDataObject;
  index: number;
  constructor(data: TeeDataObject, index: number) {
    this.data = data;
    this.index = index;
  }
}
type TeeObject = PyObject<Tee>;

function teedata_make(it: PyObject): TeeDataObject {
  const tdo = new PyObject(teedataobject_type, new TeeData(newref(it)), null);
  gc_new(tdo);
  return tdo;
}

function teedata_next_block(tdo: TeeDataObject): TeeDataObject {
  if (tdo.v.next === null) tdo.v.next = teedata_make(tdo.v.it);
  return newref(tdo.v.next);
}

/** An owned item, or null at the end. CPython: teedataobject_getitem */
function teedata_getitem(td: TeeData, i: number): PyObject | null {
  if (i < td.values.length) return newref(td.values[i]!);
  if (td.running) PyErr_SetString(PyExc_RuntimeError, 'cannot re-enter the tee iterator');
  td.running = true;
  let value: PyObject | null;
  try {
    value = next_of(td.it);
  } finally {
    td.running = false;
  }
  if (value === null) return null;
  td.values.push(value);
  return newref(value);
}

function teedata_dealloc(self: PyObject): void {
  gc_del(self);
  const td = (self as TeeDataObject).v;
  decref(td.it);
  for (const o of td.values) decref(o);
  let next = td.next;
  td.next = null;
  // A long chain is released block by block, not by nesting.
  while (next !== null && next.ob_refcnt === 1) {
    const after: TeeDataObject | null = next.v.next;
    next.v.next = null;
    decref(next);
    next = after;
  }
  if (next !== null) decref(next);
}

function teedata_traverse(self: PyObject, visit: visitproc): void {
  const td = (self as TeeDataObject).v;
  visit(td.it);
  for (const o of td.values) visit(o);
  if (td.next !== null) visit(td.next);
}

function teedata_new(_type: PyTypeObject, args: PyObject, kwargs: PyObject | null): PyObject {
  const [it, values, next] = positional(teedataobject_type, teedataobject_type, 'teedataobject', args, kwargs, 3, 3);
  if (!PyList_Check(values!)) {
    PyErr_SetString(PyExc_TypeError, `teedataobject() argument 2 must be list, not ${values!.ob_type.tp_name}`);
  }
  const tdo = teedata_make(it!);
  const items = values.v;
  if (items.length > LINKCELLS) {
    decref(tdo);
    PyErr_SetString(PyExc_ValueError, 'Invalid arguments');
  }
  for (const o of items) tdo.v.values.push(newref(o));
  if (items.length === LINKCELLS && next !== Py_None && next!.ob_type === teedataobject_type) {
    tdo.v.next = newref(next as TeeDataObject);
  } else if (next !== Py_None) {
    decref(tdo);
    PyErr_SetString(PyExc_ValueError, 'Invalid arguments');
  }
  return tdo;
}

function tee_object(data: TeeDataObject, index: number): TeeObject {
  const to = new PyObject(tee_type, new Tee(data, index), null);
  gc_new(to);
  return to;
}

function tee_next(self: PyObject): PyObject | null {
  const to = (self as TeeObject).v;
  if (to.index >= LINKCELLS) {
    const link = teedata_next_block(to.data);
    const old = to.data;
    to.data = link;
    to.index = 0;
    decref(old);
  }
  const value = teedata_getitem(to.data.v, to.index);
  if (value !== null) to.index++;
  return value;
}

function tee_copy(self: PyObject): PyObject {
  const to = (self as TeeObject).v;
  return tee_object(newref(to.data), to.index);
}

/** CPython: tee_fromiterable */
function tee_fromiterable(iterable: PyObject): PyObject {
  const it = PyObject_GetIter(iterable);
  try {
    if (PyObject_TypeCheck(it, tee_type)) return tee_copy(it);
    return tee_object(teedata_make(it), 0);
  } finally {
    decref(it);
  }
}

function tee_new(type: PyTypeObject, args: PyObject, kwargs: PyObject | null): PyObject {
  const [iterable] = positional(type, tee_type, '_tee', args, kwargs, 1, 1);
  return tee_fromiterable(iterable!);
}

function tee_dealloc(self: PyObject): void {
  gc_del(self);
  if ((self.g & G_WEAKREFS) !== 0) PyObject_ClearWeakRefs(self);
  decref((self as TeeObject).v.data);
}

function tee_traverse(self: PyObject, visit: visitproc): void {
  visit((self as TeeObject).v.data);
}

export const teedataobject_type = static_type({
  name: 'itertools._tee_dataobject',
  heap: 'immutable',
  tp_basicsize: 496,
  tp_flags: Py_TPFLAGS_HAVE_GC,
  tp_doc: 'Items shared by tee iterators.',
  tp_dealloc: teedata_dealloc,
  tp_traverse: teedata_traverse,
  tp_new: teedata_new,
});

export const tee_type = static_type({
  name: 'itertools._tee',
  heap: 'immutable',
  tp_basicsize: 48,
  tp_weaklistoffset: 32,
  has_weakrefs: true,
  tp_flags: Py_TPFLAGS_HAVE_GC,
  tp_doc: 'An iterator that can be copied.',
  tp_dealloc: tee_dealloc,
  tp_traverse: tee_traverse,
  tp_iter: self_iter,
  tp_iternext: tee_next,
  tp_new: tee_new,
  methods: [{ name: '__copy__', flags: METH_NOARGS, meth: tee_copy, sig: '($self, /)' }],
  after_ready: type => {
    type.tp_data = { text_signature: '(iterable, /)' };
  },
});

/** tee(iterable, n=2). CPython: itertools_tee_impl */
export function itertools_tee(_module: PyObject, iterable: PyObject, count: PyObject | null): PyObject {
  const n = count === null ? 2 : ssize_arg(count);
  if (n < 0) PyErr_SetString(PyExc_ValueError, 'n must be >= 0');
  if (n === 0) return PyTuple_FromArraySteal([]);
  const it = PyObject_GetIter(iterable);
  const result: PyObject[] = [];
  let copyfunc: PyObject | null = null;
  try {
    if (!PyObject_TypeCheck(it, tee_type)) copyfunc = PyObject_GetOptionalAttr(it, _Py_ID('__copy__'));
    if (copyfunc !== null) {
      result.push(newref(it));
      for (let i = 1; i < n; i++) result.push(PyObject_CallNoArgs(copyfunc));
    } else {
      const first = tee_fromiterable(it);
      result.push(first);
      for (let i = 1; i < n; i++) result.push(tee_copy(first));
    }
  } catch (e) {
    decref_all(result);
    throw e;
  } finally {
    decref(it);
    if (copyfunc !== null) decref(copyfunc);
  }
  return PyTuple_FromArraySteal(result);
}
