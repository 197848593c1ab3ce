// boolobject.ts: bool, whose only instances are True and False.                     CPython: Objects/boolobject.c
//
// True and False are ints with the payloads 1 and 0 that are not the small ints 1 and 0. Both are immortal.

import { PyErr_SetString } from '../core/errors.ts';
import {
  _Py_TPFLAGS_MATCH_SELF,
  IMMORTAL_REFCNT,
  newref,
  Py_TPFLAGS_LONG_SUBCLASS,
  PyObject,
  type PyTypeObject,
} from '../core/object.ts';
import { static_type } from '../core/spec.ts';
import { PyExc_DeprecationWarning, PyExc_TypeError } from './exceptions.ts';
import { PyArg_CheckPositional, PyArg_NoKeywords } from './getargs.ts';
import { long_invert, PyLong_Type } from './longobject.ts';
import { PyObject_IsTrue } from './object.ts';
import { _Py_ID } from './unicodeobject.ts';
import { PyErr_WarnEx } from './warnings.ts';

/** True or False, as a new reference. */
export function PyBool_FromLong(value: boolean | number): PyObject {
  return newref(value ? Py_True : Py_False);
}

export function PyBool_Check(o: PyObject): boolean {
  return o.ob_type === PyBool_Type;
}

function bool_repr(self: PyObject): PyObject {
  return newref(_Py_ID(self === Py_True ? 'True' : 'False'));
}

function bool_new(type: PyTypeObject, args: PyObject, kwargs: PyObject | null): PyObject {
  PyArg_NoKeywords('bool', kwargs);
  const given = (args as PyObject<PyObject[]>).v;
  PyArg_CheckPositional('bool', given.length, 0, 1);
  return PyBool_FromLong(given.length === 1 && PyObject_IsTrue(given[0]!));
}

function bool_vectorcall(_type: PyObject, args: PyObject[], kwnames: PyObject | null): PyObject {
  if (kwnames !== null && (kwnames as PyObject<PyObject[]>).v.length > 0) {
    PyErr_SetString(PyExc_TypeError, 'bool() takes no keyword arguments');
  }
  if (args.length === 1) return newref(PyObject_IsTrue(args[0]!) ? Py_True : Py_False);
  PyArg_CheckPositional('bool', args.length, 0, 1);
  return newref(Py_False);
}

function bool_invert(self: PyObject): PyObject {
  PyErr_WarnEx(
    PyExc_DeprecationWarning,
    "Bitwise inversion '~' on bool is deprecated and will be removed in Python 3.16. This returns the bitwise inversion of the underlying int object and is usually not what you expect from negating a bool. Use the 'not' operator for boolean negation or ~int(x) if you really want the bitwise inversion of the underlying int.",
    1,
  );
  return long_invert(self);
}

function bool_and(a: PyObject, b: PyObject): PyObject {
  if (a.ob_type !== PyBool_Type || b.ob_type !== PyBool_Type) return PyLong_Type.nb_and!(a, b);
  return newref(a === Py_True && b === Py_True ? Py_True : Py_False);
}

function bool_or(a: PyObject, b: PyObject): PyObject {
  if (a.ob_type !== PyBool_Type || b.ob_type !== PyBool_Type) return PyLong_Type.nb_or!(a, b);
  return newref(a === Py_True || b === Py_True ? Py_True : Py_False);
}

function bool_xor(a: PyObject, b: PyObject): PyObject {
  if (a.ob_type !== PyBool_Type || b.ob_type !== PyBool_Type) return PyLong_Type.nb_xor!(a, b);
  return newref(a !== b ? Py_True : Py_False);
}

export const PyBool_Type = static_type({
  name: 'bool',
  after_ready: type => {
    type.tp_data = { text_signature: '(object=False, /)' };
  },
  base: () => PyLong_Type,
  tp_basicsize: 24,
  tp_itemsize: 4,
  tp_flags: Py_TPFLAGS_LONG_SUBCLASS | _Py_TPFLAGS_MATCH_SELF,
  tp_doc:
    'True when the argument is true, False otherwise. True and False are the only instances.',
  tp_repr: bool_repr,
  tp_new: bool_new,
  tp_vectorcall: bool_vectorcall,
  nb_invert: bool_invert,
  nb_and: bool_and,
  nb_xor: bool_xor,
  nb_or: bool_or,
});

function make_bool(value: number): PyObject {
  const o = new PyObject(PyBool_Type, value, null);
  o.ob_refcnt = IMMORTAL_REFCNT;
  return o;
}

export const Py_True: PyObject = /* @__PURE__ */ make_bool(1);
export const Py_False: PyObject = /* @__PURE__ */ make_bool(0);
