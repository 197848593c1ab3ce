// object.ts: what the types of all hash modules have in common.                     CPython: Modules/md5module.c, hashlib.h

import { PyErr_SetString } from '../../core/errors.ts';
import { newref, Py_TPFLAGS_DISALLOW_INSTANTIATION, PyObject, type PyTypeObject } from '../../core/object.ts';
import { METH_CLINIC, METH_NOARGS, METH_O, type MethodSpec, module_type, type TypeSpec } from '../../core/spec.ts';
import { hex_string } from '../../objects/bytes_methods.ts';
import { PyBytes_FromUint8Array } from '../../objects/bytesobject.ts';
import { PyExc_TypeError } from '../../objects/exceptions.ts';
import { PyLong_FromLong } from '../../objects/longobject.ts';
import { Py_None, PyObject_IsTrue } from '../../objects/object.ts';
import { PyUnicode_FromString } from '../../objects/unicodeobject.ts';
import { type Algorithm, HashState, hash_object } from './state.ts';

/** Inputs from this size on release CPython's GIL. */
export const GIL_MINSIZE = 2048;

export type HashObject = PyObject<HashState>;

export function state_of(self: PyObject): HashState {
  return (self as HashObject).v;
}

export function new_hash(type: PyTypeObject, state: HashState): PyObject {
  return new PyObject<HashState, null>(type, state, null) as PyObject;
}

/** The data of a constructor, whose second name is `string`; null if there is none. CPython: _Py_hashlib_data_argument */
export function data_argument(data: PyObject | null, text: PyObject | null): PyObject | null {
  if (text === null) return data;
  if (data !== null) {
    PyErr_SetString(
      PyExc_TypeError,
      "'data' and 'string' are mutually exclusive and support for 'string' keyword parameter is slated for removal in a future version.",
    );
  }
  return text;
}

/** A hash object that has taken the data. */
export function hash_of(type: PyTypeObject, a: Algorithm, data: PyObject | null): PyObject {
  const state = new HashState(a);
  if (data !== null) hash_object(state, data);
  return new_hash(type, state);
}

function update(self: PyObject, data: PyObject): PyObject {
  hash_object(state_of(self), data);
  return newref(Py_None);
}

function digest(self: PyObject): PyObject {
  return PyBytes_FromUint8Array(state_of(self).digest());
}

function hexdigest(self: PyObject): PyObject {
  return PyUnicode_FromString(hex_string(state_of(self).digest(), null, 0));
}

function copy(self: PyObject): PyObject {
  return new_hash(self.ob_type, state_of(self).copy());
}

/** Methods of every hash; `data` is what update() calls its argument. */
export function hash_methods(data: string): MethodSpec[] {
  return [
    { name: 'copy', flags: METH_NOARGS, meth: copy, sig: '($self, /)' },
    { name: 'digest', flags: METH_NOARGS, meth: digest, sig: '($self, /)' },
    { name: 'hexdigest', flags: METH_NOARGS, meth: hexdigest, sig: '($self, /)' },
    { name: 'update', flags: METH_O, meth: update, sig: `($self, ${data}, /)` },
  ];
}

export const HASH_GETSET: NonNullable<TypeSpec['getset']> = [
  { name: 'block_size', get: self => PyLong_FromLong(state_of(self).algorithm.block_size) },
  { name: 'name', get: self => PyUnicode_FromString(state_of(self).algorithm.name) },
  { name: 'digest_size', get: self => PyLong_FromLong(state_of(self).digest_size) },
];

/** A type whose instances only a function of its module makes. */
export function hash_type(module: string, name: string, size: number): PyTypeObject {
  return module_type(module, {
    name,
    heap: 'immutable',
    tp_basicsize: size,
    tp_flags: Py_TPFLAGS_DISALLOW_INSTANTIATION,
    methods: hash_methods('obj'),
    getset: HASH_GETSET,
  });
}

/** The function of a module that makes hashes: `sha256(data=b'', *, usedforsecurity=True, string=None)`. */
export function constructor_row(name: string, type: () => PyTypeObject, a: () => Algorithm): MethodSpec {
  return {
    name,
    flags: METH_CLINIC,
    meth: (_m: PyObject, data: PyObject | null, security: PyObject | null, text: PyObject | null): PyObject => {
      if (security !== null) PyObject_IsTrue(security);
      return hash_of(type(), a(), data_argument(data, text));
    },
    sig: "($module, /, data=b'', *, usedforsecurity=True, string=None)",
  };
}
