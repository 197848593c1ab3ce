// iterator.ts: iterating over the characters of a str.             CPython: Objects/unicodeobject.c (unicodeiter)

import { PyErr_SetString } from '../../core/errors.ts';
import { gc_del, gc_new } from '../../core/gc.ts';
import { decref, newref, Py_TPFLAGS_HAVE_GC, PyObject } from '../../core/object.ts';
import { METH_NOARGS, METH_O, static_type } from '../../core/spec.ts';
import { PyExc_TypeError } from '../exceptions.ts';
import { builtin_iter } from '../iterobject.ts';
import { PyLong_AsSsize_t, PyLong_FromLong } from '../longobject.ts';
import { Py_None, PyObject_SelfIter } from '../object.ts';
import { PyTuple_FromArraySteal } from '../tupleobject.ts';
import { string_is_ascii, type Text } from './data.ts';
import { empty_str, is_str, latin1_char, unicode_from_char } from './object.ts';

class UnicodeIter {
  /** Owned; null once exhausted. */
  seq: PyObject | null;
  index = 0;
  constructor(seq: PyObject) {
    this.seq = seq;
  }
}

export function unicode_iter(self: PyObject): PyObject {
  if (!is_str(self)) PyErr_SetString(PyExc_TypeError, 'bad argument type for built-in operation');
  const type = typeof self.v === 'string' && string_is_ascii(self.v) ? PyUnicodeASCIIIter_Type : PyUnicodeIter_Type;
  const it = new PyObject(type, new UnicodeIter(newref(self)), null);
  gc_new(it);
  return it;
}

function unicodeiter_next(self: PyObject): PyObject | null {
  const it = self.v as UnicodeIter;
  const seq = it.seq;
  if (seq === null) return null;
  const t = seq.v as Text;
  if (it.index < t.length) {
    const c = typeof t === 'string' ? t.charCodeAt(it.index++) : t[it.index++]!;
    return c < 256 ? newref(latin1_char(c)) : unicode_from_char(c);
  }
  it.seq = null;
  decref(seq);
  return null;
}

function unicodeiter_dealloc(self: PyObject): void {
  gc_del(self);
  const { seq } = self.v as UnicodeIter;
  if (seq !== null) decref(seq);
}

function unicodeiter_traverse(self: PyObject, visit: (o: PyObject) => void): void {
  const { seq } = self.v as UnicodeIter;
  if (seq !== null) visit(seq);
}

function unicodeiter_len(self: PyObject): PyObject {
  const it = self.v as UnicodeIter;
  return PyLong_FromLong(it.seq === null ? 0 : (it.seq.v as Text).length - it.index);
}

function unicodeiter_reduce(self: PyObject): PyObject {
  const it = self.v as UnicodeIter;
  const iter = builtin_iter('iter');
  // The attribute look-up may have run the iterator dry.
  const seq = it.seq;
  if (seq === null) return PyTuple_FromArraySteal([iter, PyTuple_FromArraySteal([newref(empty_str())])]);
  return PyTuple_FromArraySteal([iter, PyTuple_FromArraySteal([newref(seq)]), PyLong_FromLong(it.index)]);
}

function unicodeiter_setstate(self: PyObject, state: PyObject): PyObject {
  const index = PyLong_AsSsize_t(state);
  const it = self.v as UnicodeIter;
  if (it.seq !== null) it.index = Math.max(0, Math.min(index, (it.seq.v as Text).length));
  return newref(Py_None);
}

const methods = [
  { name: '__length_hint__', flags: METH_NOARGS, meth: unicodeiter_len, sig: '($self, /)' },
  { name: '__reduce__', flags: METH_NOARGS, meth: unicodeiter_reduce, sig: '($self, /)' },
  { name: '__setstate__', flags: METH_O, meth: unicodeiter_setstate, sig: '($self, object, /)' },
];

export const PyUnicodeASCIIIter_Type = static_type({
  name: 'str_ascii_iterator',
  tp_basicsize: 32,
  tp_flags: Py_TPFLAGS_HAVE_GC,
  tp_dealloc: unicodeiter_dealloc,
  tp_traverse: unicodeiter_traverse,
  tp_iter: PyObject_SelfIter,
  tp_iternext: unicodeiter_next,
  methods,
});

export const PyUnicodeIter_Type = static_type({
  name: 'str_iterator',
  tp_basicsize: 32,
  tp_flags: Py_TPFLAGS_HAVE_GC,
  tp_dealloc: unicodeiter_dealloc,
  tp_traverse: unicodeiter_traverse,
  tp_iter: PyObject_SelfIter,
  tp_iternext: unicodeiter_next,
  methods,
});
