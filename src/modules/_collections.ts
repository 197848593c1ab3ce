// _collections.ts: deque, defaultdict, OrderedDict and helpers of collections.  CPython: Modules/_collectionsmodule.c

import { PyErr_SetString } from '../core/errors.ts';
import { gc_del } from '../core/gc.ts';
import {
  decref,
  newref,
  Py_TPFLAGS_HAVE_GC,
  type PyObject,
  type PyTypeObject,
  type visitproc,
  xdecref,
} from '../core/object.ts';
import { METH_CLINIC, METH_NOARGS, type ModuleSpec, static_type } from '../core/spec.ts';
import { PyNumber_Add, PyObject_GetIter, PyObject_SetItem } from '../objects/abstract.ts';
import { check_no_keywords, check_positional, ssize_arg } from '../objects/argcheck.ts';
import { PyObject_CallTwoArgs } from '../objects/call.ts';
import { PyTuple_Check } from '../objects/checks.ts';
import { dict_get_hashed, dict_set_hashed, key_hash, PyDict_Type } from '../objects/dictobject.ts';
import { PyExc_AttributeError, PyExc_IndexError, PyExc_TypeError } from '../objects/exceptions.ts';
import { PyLong_FromLong } from '../objects/longobject.ts';
import { Py_None, PyObject_GetAttr, repr_string } from '../objects/object.ts';
import { PyODict_Type } from '../objects/odictobject.ts';
import { PyTuple_FromArraySteal, type PyTupleObject } from '../objects/tupleobject.ts';
import { _PyType_Lookup, PyType_IsSubtype } from '../objects/typeobject.ts';
import { _Py_ID, PyUnicode_FromString } from '../objects/unicodeobject.ts';
import { defdict_type } from './_collections/defaultdict.ts';
import { deque_type, dequeiter_type, dequereviter_type } from './_collections/deque.ts';

/** Counts the items of an iterable in a mapping. CPython: _collections__count_elements_impl */
function count_elements(_module: PyObject, mapping: PyObject, iterable: PyObject): PyObject {
  const it = PyObject_GetIter(iterable);
  const one = PyLong_FromLong(1);
  try {
    const next = it.ob_type.tp_iternext!;
    const type = mapping.ob_type;
    // A dict subclass whose get and __setitem__ are dict's own needs no calls.
    const plain =
      PyType_IsSubtype(type, PyDict_Type) &&
      _PyType_Lookup(type, _Py_ID('get')) === _PyType_Lookup(PyDict_Type, _Py_ID('get')) &&
      type.mp_ass_subscript === PyDict_Type.mp_ass_subscript;
    if (plain) {
      for (let key = next(it); key !== null; key = next(it)) {
        try {
          const hash = key_hash(key);
          const old = dict_get_hashed(mapping, key, hash);
          if (old === null) dict_set_hashed(mapping, key, one, hash);
          else {
            const sum = PyNumber_Add(old, one);
            try {
              dict_set_hashed(mapping, key, sum, hash);
            } finally {
              decref(sum);
            }
          }
        } finally {
          decref(key);
        }
      }
      return newref(Py_None);
    }
    const get = PyObject_GetAttr(mapping, _Py_ID('get'));
    const zero = PyLong_FromLong(0);
    try {
      for (let key = next(it); key !== null; key = next(it)) {
        try {
          const old = PyObject_CallTwoArgs(get, key, zero);
          let sum: PyObject;
          try {
            sum = PyNumber_Add(old, one);
          } finally {
            decref(old);
          }
          try {
            PyObject_SetItem(mapping, key, sum);
          } finally {
            decref(sum);
          }
        } finally {
          decref(key);
        }
      }
    } finally {
      decref(get);
      decref(zero);
    }
    return newref(Py_None);
  } finally {
    decref(it);
    decref(one);
  }
}

// --- _tuplegetter ----------------------------------------------------------------------------------------------------

class TupleGetter {
  index: number;
  /** Owned. */
  doc: PyObject | null;
  constructor(index: number, doc: PyObject) {
    this.index = index;
    this.doc = doc;
  }
}
type TupleGetterObject = PyObject<TupleGetter>;

function tuplegetter_new(type: PyTypeObject, args: PyObject, kwargs: PyObject | null): PyObject {
  check_no_keywords('_tuplegetter', kwargs);
  const a = (args as PyTupleObject).v;
  check_positional('_tuplegetter', a.length, 2, 2);
  return type.tp_alloc!(type, new TupleGetter(ssize_arg(a[0]!), newref(a[1]!)));
}

/** CPython: tuplegetter_descr_get */
function tuplegetter_get(self: PyObject, obj: PyObject | null, _type: PyObject | null): PyObject {
  const { index } = (self as TupleGetterObject).v;
  if (obj === null) return newref(self);
  if (!PyTuple_Check(obj)) {
    if (obj === Py_None) return newref(self);
    PyErr_SetString(
      PyExc_TypeError,
      `descriptor for index '${index}' for tuple subclasses doesn't apply to '${obj.ob_type.tp_name}' object`,
    );
  }
  const items = obj.v;
  if (index < 0 || index >= items.length) PyErr_SetString(PyExc_IndexError, 'tuple index out of range');
  return newref(items[index]!);
}

function tuplegetter_set(_self: PyObject, _obj: PyObject, value: PyObject | null): void {
  PyErr_SetString(PyExc_AttributeError, value === null ? "can't delete attribute" : "can't set attribute");
}

function tuplegetter_dealloc(self: PyObject): void {
  gc_del(self);
  xdecref((self as TupleGetterObject).v.doc);
}

function tuplegetter_traverse(self: PyObject, visit: visitproc): void {
  const { doc } = (self as TupleGetterObject).v;
  if (doc !== null) visit(doc);
}

function tuplegetter_reduce(self: PyObject): PyObject {
  const { index, doc } = (self as TupleGetterObject).v;
  const args = PyTuple_FromArraySteal([PyLong_FromLong(index), newref(doc ?? Py_None)]);
  return PyTuple_FromArraySteal([newref(self.ob_type as PyObject), args]);
}

function tuplegetter_repr(self: PyObject): PyObject {
  const { index, doc } = (self as TupleGetterObject).v;
  return PyUnicode_FromString(`_tuplegetter(${index}, ${repr_string(doc ?? Py_None)})`);
}

function tuplegetter_set_doc(self: PyObject, value: PyObject | null): void {
  const t = (self as TupleGetterObject).v;
  const old = t.doc;
  t.doc = value === null ? null : newref(value);
  xdecref(old);
}

export const tuplegetter_type = static_type({
  name: 'collections._tuplegetter',
  heap: 'immutable',
  tp_basicsize: 32,
  tp_flags: Py_TPFLAGS_HAVE_GC,
  tp_dealloc: tuplegetter_dealloc,
  tp_traverse: tuplegetter_traverse,
  tp_repr: tuplegetter_repr,
  tp_descr_get: tuplegetter_get,
  tp_descr_set: tuplegetter_set,
  tp_new: tuplegetter_new,
  methods: [{ name: '__reduce__', flags: METH_NOARGS, meth: tuplegetter_reduce, sig: '($self, /)' }],
  members: [
    {
      name: '__doc__',
      get: self => newref((self as TupleGetterObject).v.doc ?? Py_None),
      set: tuplegetter_set_doc,
    },
  ],
});

export const module: ModuleSpec = {
  name: '_collections',
  doc: 'Container types for the collections module.',
  methods: [
    {
      name: '_count_elements',
      flags: METH_CLINIC,
      meth: count_elements,
      sig: '($module, mapping, iterable, /)',
      doc: 'Counts the items of an iterable in a mapping.',
    },
  ],
  types: () => [deque_type, defdict_type, PyODict_Type, dequeiter_type, dequereviter_type, tuplegetter_type],
};
