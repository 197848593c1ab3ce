// _functools.ts: partial, reduce, cmp_to_key and the lru_cache wrapper.          CPython: Modules/_functoolsmodule.c

import { PyErr_Clear, PyErr_ExceptionMatches, PyErr_SetString } from '../core/errors.ts';
import { gc_del } from '../core/gc.ts';
import { decref, newref, Py_TPFLAGS_HAVE_GC, type PyObject, type visitproc, xdecref } from '../core/object.ts';
import { METH_CLINIC, type ModuleSpec, static_type } from '../core/spec.ts';
import { PyObject_GetIter } from '../objects/abstract.ts';
import { PyObject_CallTwoArgs } from '../objects/call.ts';
import { PyDict_Size } from '../objects/dictobject.ts';
import { PyExc_TypeError } from '../objects/exceptions.ts';
import { PyArg_Clinic } from '../objects/getargs.ts';
import { PyLong_FromLong } from '../objects/longobject.ts';
import { PyModule_AddObjectRef } from '../objects/moduleobject.ts';
import { Py_None, PyObject_HashNotImplemented, PyObject_RichCompare } from '../objects/object.ts';
import type { PyTupleObject } from '../objects/tupleobject.ts';
import { PyUnicode_FromString } from '../objects/unicodeobject.ts';
import { lru_cache_type } from './_functools/lru_cache.ts';
import { Placeholder, partial_type, placeholder_type } from './_functools/partial.ts';

/** CPython: _functools_reduce_impl */
function reduce(_module: PyObject, func: PyObject, seq: PyObject, initial: PyObject | null): PyObject {
  let it: PyObject;
  try {
    it = PyObject_GetIter(seq);
  } catch (e) {
    if (PyErr_ExceptionMatches(e, PyExc_TypeError)) {
      PyErr_Clear(e);
      PyErr_SetString(PyExc_TypeError, 'reduce() arg 2 must support iteration');
    }
    throw e;
  }
  let result = initial === null ? null : newref(initial);
  try {
    const next = it.ob_type.tp_iternext!;
    for (let item = next(it); item !== null; item = next(it)) {
      if (result === null) {
        result = item;
        continue;
      }
      const old: PyObject = result;
      try {
        result = PyObject_CallTwoArgs(func, old, item);
      } catch (e) {
        decref(item);
        throw e;
      }
      decref(old);
      decref(item);
    }
  } catch (e) {
    xdecref(result);
    throw e;
  } finally {
    decref(it);
  }
  if (result === null) {
    PyErr_SetString(PyExc_TypeError, 'reduce() of empty iterable with no initial value');
  }
  return result;
}

// --- cmp_to_key ------------------------------------------------------------------------------------------------------

class Key {
  /** Owned. */
  cmp: PyObject;
  object: PyObject | null;
  constructor(cmp: PyObject, object: PyObject | null) {
    this.cmp = cmp;
    this.object = object;
  }
}
type KeyObject = PyObject<Key>;

function key_make(cmp: PyObject, object: PyObject | null): PyObject {
  return keyobject_type.tp_alloc!(keyobject_type, new Key(newref(cmp), object === null ? null : newref(object)));
}

function keyobject_call(self: PyObject, args: PyObject, kwargs: PyObject | null): PyObject {
  const given = (args as PyTupleObject).v.length + (kwargs === null ? 0 : PyDict_Size(kwargs));
  if (given > 1) PyErr_SetString(PyExc_TypeError, `K() takes at most 1 argument (${given} given)`);
  const [object] = PyArg_Clinic('K', '(obj)', args, kwargs) as PyObject[];
  return key_make((self as KeyObject).v.cmp, object!);
}

/** CPython: keyobject_richcompare */
function keyobject_richcompare(self: PyObject, other: PyObject, op: number): PyObject {
  if (other.ob_type !== keyobject_type) PyErr_SetString(PyExc_TypeError, 'other argument must be K instance');
  const k = (self as KeyObject).v;
  const x = k.object;
  const y = (other as KeyObject).v.object;
  if (x === null || y === null) PyErr_SetString(PyExc_TypeError, 'object');
  const res = PyObject_CallTwoArgs(k.cmp, x, y);
  const zero = PyLong_FromLong(0);
  try {
    return PyObject_RichCompare(res, zero, op);
  } finally {
    decref(res);
    decref(zero);
  }
}

function keyobject_dealloc(self: PyObject): void {
  gc_del(self);
  const k = (self as KeyObject).v;
  decref(k.cmp);
  xdecref(k.object);
}

function keyobject_traverse(self: PyObject, visit: visitproc): void {
  const k = (self as KeyObject).v;
  visit(k.cmp);
  if (k.object !== null) visit(k.object);
}

function set_object(self: PyObject, value: PyObject | null): void {
  const k = (self as KeyObject).v;
  const old = k.object;
  k.object = value === null ? null : newref(value);
  xdecref(old);
}

export const keyobject_type = static_type({
  name: 'functools.KeyWrapper',
  heap: 'immutable',
  tp_basicsize: 32,
  tp_flags: Py_TPFLAGS_HAVE_GC,
  tp_dealloc: keyobject_dealloc,
  tp_traverse: keyobject_traverse,
  tp_call: keyobject_call,
  tp_richcompare: keyobject_richcompare,
  tp_hash: PyObject_HashNotImplemented,
  members: [
    {
      name: 'obj',
      get: self => newref((self as KeyObject).v.object ?? Py_None),
      set: set_object,
      doc: 'Value wrapped by a key function.',
    },
  ],
  getset: [{ name: '__text_signature__', get: () => PyUnicode_FromString('(obj)') }],
});

function cmp_to_key(_module: PyObject, mycmp: PyObject): PyObject {
  return key_make(mycmp, null);
}

export const module: ModuleSpec = {
  name: '_functools',
  doc: 'Tools that operate on functions.',
  methods: [
    {
      name: 'reduce',
      flags: METH_CLINIC,
      meth: reduce,
      sig: '($module, function, iterable, /, initial=<unrepresentable>)',
      doc: 'Combines the items of an iterable by a function of two arguments.',
    },
    {
      name: 'cmp_to_key',
      flags: METH_CLINIC,
      meth: cmp_to_key,
      sig: '($module, /, mycmp)',
      doc: 'Turns a comparison function into a key function.',
    },
  ],
  types: () => [placeholder_type, partial_type, lru_cache_type],
  exec: m => PyModule_AddObjectRef(m, 'Placeholder', Placeholder),
};
