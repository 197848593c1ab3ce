// defaultdict.ts: a dict that makes values for missing keys.                    CPython: Modules/_collectionsmodule.c
//
// The payload is the dict's own table; the factory (owned, or null) is the second payload.

import { PyErr_SetString } from '../../core/errors.ts';
import {
  decref,
  newref,
  Py_TPFLAGS_BASETYPE,
  Py_TPFLAGS_HAVE_GC,
  type PyObject,
  type PyTypeObject,
  type visitproc,
  xdecref,
} from '../../core/object.ts';
import { METH_CLASS, METH_NOARGS, METH_O, static_type } from '../../core/spec.ts';
import { PyObject_GetIter } from '../../objects/abstract.ts';
import { PyObject_CallMethodNoArgs, PyObject_CallNoArgs, PyObject_CallTwoArgs } from '../../objects/call.ts';
import { PyDict_Check } from '../../objects/checks.ts';
import { _PyErr_SetKeyError, dict_update_arg, PyDict_SetDefault, PyDict_Type } from '../../objects/dictobject.ts';
import { PyExc_TypeError } from '../../objects/exceptions.ts';
import { Py_GenericAlias } from '../../objects/genericaliasobject.ts';
import {
  Py_None,
  Py_NotImplemented,
  Py_ReprEnter,
  Py_ReprLeave,
  PyCallable_Check,
  repr_string,
} from '../../objects/object.ts';
import { PyTuple_FromArray, PyTuple_FromArraySteal, type PyTupleObject } from '../../objects/tupleobject.ts';
import { PyObject_TypeCheck } from '../../objects/typeobject.ts';
import { PyUnicode_AsString, PyUnicode_FromString } from '../../objects/unicodeobject.ts';

type DefaultDict = PyObject<unknown, PyObject | null>;

function defdict_missing(self: PyObject, key: PyObject): PyObject {
  const factory = (self as DefaultDict).x;
  if (factory === null || factory === Py_None) _PyErr_SetKeyError(key);
  const value = PyObject_CallNoArgs(factory);
  // A factory that has put something there itself has the last word.
  try {
    return newref(PyDict_SetDefault(self, key, value));
  } finally {
    decref(value);
  }
}

/** A dict of the same type and factory with the items of another. CPython: new_defdict */
function new_defdict(self: PyObject, items: PyObject): PyObject {
  return PyObject_CallTwoArgs(self.ob_type, (self as DefaultDict).x ?? Py_None, items);
}

function defdict_copy(self: PyObject): PyObject {
  return new_defdict(self, self);
}

/** CPython: defdict_reduce */
function defdict_reduce(self: PyObject): PyObject {
  const factory = (self as DefaultDict).x;
  const items = PyObject_CallMethodNoArgs(self, 'items');
  let it: PyObject;
  try {
    it = PyObject_GetIter(items);
  } finally {
    decref(items);
  }
  const args = PyTuple_FromArraySteal(factory === null || factory === Py_None ? [] : [newref(factory)]);
  return PyTuple_FromArraySteal([newref(self.ob_type as PyObject), args, newref(Py_None), newref(Py_None), it]);
}

function defdict_init(self: PyObject, args: PyObject, kwargs: PyObject | null): void {
  const a = (args as PyTupleObject).v;
  let factory: PyObject | null = null;
  if (a.length > 0) {
    factory = a[0]!;
    if (!PyCallable_Check(factory) && factory !== Py_None) {
      PyErr_SetString(PyExc_TypeError, 'first argument must be callable or None');
    }
  }
  const old = (self as DefaultDict).x;
  (self as DefaultDict).x = factory === null ? null : newref(factory);
  const rest = PyTuple_FromArray(a.slice(1));
  try {
    PyDict_Type.tp_init!(self, rest, kwargs);
  } finally {
    decref(rest);
    xdecref(old);
  }
}

function defdict_dealloc(self: PyObject): void {
  xdecref((self as DefaultDict).x);
  PyDict_Type.tp_dealloc!(self);
}

function defdict_traverse(self: PyObject, visit: visitproc): void {
  const factory = (self as DefaultDict).x;
  if (factory !== null) visit(factory);
  PyDict_Type.tp_traverse!(self, visit);
}

function defdict_clear(self: PyObject): void {
  const factory = (self as DefaultDict).x;
  (self as DefaultDict).x = null;
  xdecref(factory);
  PyDict_Type.tp_clear!(self);
}

function defdict_repr(self: PyObject): PyObject {
  const base = PyDict_Type.tp_repr!(self);
  let text: string;
  try {
    text = PyUnicode_AsString(base);
  } finally {
    decref(base);
  }
  const factory = (self as DefaultDict).x;
  let factory_text = 'None';
  if (factory !== null) {
    if (Py_ReprEnter(factory)) factory_text = '...';
    else {
      try {
        factory_text = repr_string(factory);
      } finally {
        Py_ReprLeave(factory);
      }
    }
  }
  const name = self.ob_type.tp_name.slice(self.ob_type.tp_name.lastIndexOf('.') + 1);
  return PyUnicode_FromString(`${name}(${factory_text}, ${text})`);
}

function defdict_or(left: PyObject, right: PyObject): PyObject {
  let self: PyObject;
  let other: PyObject;
  if (PyObject_TypeCheck(left, defdict_type)) {
    self = left;
    other = right;
  } else {
    self = right;
    other = left;
  }
  if (!PyDict_Check(other)) return newref(Py_NotImplemented);
  const result = new_defdict(self, left);
  try {
    dict_update_arg(result, right);
  } catch (e) {
    decref(result);
    throw e;
  }
  return result;
}

function defdict_new(type: PyTypeObject, args: PyObject, kwargs: PyObject | null): PyObject {
  const self = PyDict_Type.tp_new!(type, args, kwargs);
  (self as DefaultDict).x = null;
  return self;
}

function class_getitem(type: PyObject, item: PyObject): PyObject {
  return Py_GenericAlias(type, item);
}

function set_factory(self: PyObject, value: PyObject | null): void {
  const old = (self as DefaultDict).x;
  (self as DefaultDict).x = value === null ? null : newref(value);
  xdecref(old);
}

export const defdict_type = static_type({
  name: 'collections.defaultdict',
  heap: 'immutable',
  base: () => PyDict_Type,
  tp_basicsize: 56,
  tp_flags: Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE,
  tp_doc: 'defaultdict(default_factory=None, /, [...]): a dict that calls the factory for missing keys.',
  tp_dealloc: defdict_dealloc,
  tp_traverse: defdict_traverse,
  tp_clear: defdict_clear,
  tp_repr: defdict_repr,
  tp_init: defdict_init,
  tp_new: defdict_new,
  nb_or: defdict_or,
  methods: [
    { name: '__missing__', flags: METH_O, meth: defdict_missing, sig: '($self, object, /)' },
    { name: 'copy', flags: METH_NOARGS, meth: defdict_copy, sig: '($self, /)' },
    { name: '__copy__', flags: METH_NOARGS, meth: defdict_copy, sig: '($self, /)' },
    { name: '__reduce__', flags: METH_NOARGS, meth: defdict_reduce, sig: '($self, /)' },
    { name: '__class_getitem__', flags: METH_O | METH_CLASS, meth: class_getitem, sig: '($type, object, /)' },
  ],
  members: [
    {
      name: 'default_factory',
      get: self => newref((self as DefaultDict).x ?? Py_None),
      set: set_factory,
      doc: 'Called without arguments for the value of a missing key.',
    },
  ],
});
