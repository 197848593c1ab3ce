// row.ts: a row whose values have names, too.                                              CPython: Modules/_sqlite/row.c

import { PyErr_SetString } from '../../core/errors.ts';
import { gc_del } from '../../core/gc.ts';
import { type Hash, hash_from_halves } from '../../core/hash.ts';
import {
  newref,
  Py_EQ,
  Py_NE,
  Py_TPFLAGS_BASETYPE,
  Py_TPFLAGS_HAVE_GC,
  Py_TPFLAGS_IMMUTABLETYPE,
  type PyObject,
  type PyTypeObject,
  xdecref,
} from '../../core/object.ts';
import { METH_NOARGS, module_type } from '../../core/spec.ts';
import { PyNumber_AsSsize_t, PyObject_GetItem, PyObject_GetIter } from '../../objects/abstract.ts';
import { PyBool_FromLong } from '../../objects/boolobject.ts';
import { PyLong_Check, PyTuple_Check, PyUnicode_Check } from '../../objects/checks.ts';
import { PyExc_IndexError, PyExc_TypeError } from '../../objects/exceptions.ts';
import { PyArg_CheckPositional, PyArg_NoKeywords } from '../../objects/getargs.ts';
import { PyList_FromArray } from '../../objects/listobject.ts';
import {
  Py_None,
  Py_NotImplemented,
  PyObject_Hash,
  PyObject_RichCompare,
  PyObject_RichCompareBool,
  repr_string,
} from '../../objects/object.ts';
import { PySlice_Check } from '../../objects/sliceobject.ts';
import { PyTuple_GetItem, type PyTupleObject } from '../../objects/tupleobject.ts';
import { PyObject_TypeCheck } from '../../objects/typeobject.ts';
import { PyUnicode_AsString } from '../../objects/unicodeobject.ts';
import { type_name } from '../args.ts';
import { Cursor } from './state.ts';

/** Both owned; null after the collector cleared them. */
interface RowData {
  data: PyTupleObject | null;
  /** The cursor's description, or None. */
  description: PyObject | null;
}

function of(self: PyObject): { data: PyTupleObject; description: PyObject } {
  return self.v as { data: PyTupleObject; description: PyObject };
}

function row_new(type: PyTypeObject, args: PyObject, kwargs: PyObject | null): PyObject {
  if (type === row_type) PyArg_NoKeywords('Row', kwargs);
  const a = (args as PyTupleObject).v;
  PyArg_CheckPositional('Row', a.length, 2, 2);
  const [cursor, data] = a as [PyObject, PyObject];
  if (!(cursor.v instanceof Cursor)) {
    PyErr_SetString(PyExc_TypeError, `Row() argument 1 must be sqlite3.Cursor, not ${type_name(cursor)}`);
  }
  if (!PyTuple_Check(data)) PyErr_SetString(PyExc_TypeError, `Row() argument 2 must be tuple, not ${type_name(data)}`);
  const row: RowData = { data: newref(data as PyTupleObject), description: newref(cursor.v.description ?? Py_None) };
  return type.tp_alloc!(type, row);
}

/** Names of the columns, borrowed. */
function names(description: PyObject): PyObject[] {
  if (description === Py_None) return [];
  return (description as PyTupleObject).v.map(column => (column as PyTupleObject).v[0]!);
}

/** ASCII letters are equal whatever their case. CPython: equal_ignore_case */
function same_name(a: PyObject, b: PyObject): boolean {
  if (a === b || PyObject_RichCompareBool(a, b, Py_EQ)) return true;
  const fold = (o: PyObject): string => PyUnicode_AsString(o).replace(/[A-Z]/g, c => c.toLowerCase());
  const folded = fold(a);
  return !/[^\0-\x7f]/.test(folded) && folded === fold(b);
}

function row_subscript(self: PyObject, key: PyObject): PyObject {
  const { data, description } = of(self);
  if (PyLong_Check(key)) {
    let i = PyNumber_AsSsize_t(key, PyExc_IndexError);
    if (i < 0) i += data.v.length;
    return newref(PyTuple_GetItem(data, i));
  }
  if (PyUnicode_Check(key)) {
    if (description === Py_None) PyErr_SetString(PyExc_IndexError, `No item with key ${repr_string(key)}`);
    const i = names(description).findIndex(name => same_name(key, name));
    if (i < 0) PyErr_SetString(PyExc_IndexError, 'No item with that key');
    return newref(PyTuple_GetItem(data, i));
  }
  if (PySlice_Check(key)) return PyObject_GetItem(data, key);
  PyErr_SetString(PyExc_IndexError, 'Index must be int or string');
}

function row_hash(self: PyObject): Hash {
  const { data, description } = of(self);
  const a = PyObject_Hash(description);
  const b = PyObject_Hash(data);
  return hash_from_halves(a.lo ^ b.lo, a.hi ^ b.hi);
}

function row_richcompare(self: PyObject, other: PyObject, op: number): PyObject {
  if ((op !== Py_EQ && op !== Py_NE) || !PyObject_TypeCheck(other, row_type)) return newref(Py_NotImplemented);
  const a = of(self);
  const b = of(other);
  if (PyObject_RichCompareBool(a.description, b.description, Py_EQ)) return PyObject_RichCompare(a.data, b.data, op);
  return PyBool_FromLong(op === Py_NE);
}

function row_clear(self: PyObject): void {
  const row = self.v as RowData;
  const { data, description } = row;
  row.data = row.description = null;
  xdecref(data);
  xdecref(description);
}

function row_dealloc(self: PyObject): void {
  gc_del(self);
  row_clear(self);
}

export const row_type: PyTypeObject = module_type('_sqlite3', {
  name: 'sqlite3.Row',
  heap: 'immutable',
  tp_basicsize: 32,
  tp_flags: Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_IMMUTABLETYPE,
  tp_new: row_new,
  tp_dealloc: row_dealloc,
  tp_traverse: (self, visit) => {
    const { data, description } = self.v as RowData;
    if (data !== null) visit(data);
    if (description !== null) visit(description);
  },
  tp_clear: row_clear,
  tp_hash: row_hash,
  tp_richcompare: row_richcompare,
  tp_iter: self => PyObject_GetIter(of(self).data),
  mp_length: self => of(self).data.v.length,
  mp_subscript: row_subscript,
  sq_length: self => of(self).data.v.length,
  sq_item: (self, i) => newref(PyTuple_GetItem(of(self).data, i)),
  methods: [
    {
      name: 'keys',
      flags: METH_NOARGS,
      meth: self => PyList_FromArray(names(of(self).description)),
      sig: '($self, /)',
      doc: 'Names of the columns.',
    },
  ],
});
