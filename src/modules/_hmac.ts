// _hmac.ts: keyed message authentication by the hashes of Python's own modules.         CPython: Modules/hmacmodule.c
import { PyErr_SetString } from '../core/errors.ts';
import type { PyObject, PyTypeObject } from '../core/object.ts';
import { exception_spec, METH_CLINIC, type MethodSpec, type ModuleSpec, module_type } from '../core/spec.ts';
import { PyBytes_FromUint8Array } from '../objects/bytesobject.ts';
import { PyUnicode_Check } from '../objects/checks.ts';
import { PyExc_TypeError, PyExc_ValueError } from '../objects/exceptions.ts';
import { PyModule_AddIntConstant, PyModule_AddObjectRef } from '../objects/moduleobject.ts';
import { Py_None, repr_string } from '../objects/object.ts';
import { PyUnicode_AsString } from '../objects/unicodeobject.ts';
import { hmac_type, new_hmac } from './hashes/hmac_type.ts';
import { GIL_MINSIZE } from './hashes/object.ts';
import { type Algorithm, algorithm, HmacState, hash_object, with_bytes } from './hashes/state.ts';

const HASHES = 'md5 sha1 sha224 sha256 sha384 sha512 sha3_224 sha3_256 sha3_384 sha3_512 blake2s blake2b'.split(' ');

const unknown_type: PyTypeObject = module_type(
  '_hmac',
  exception_spec('_hmac.UnknownHashError', () => PyExc_ValueError),
);

const own_hmac_type = /* @__PURE__ */ hmac_type('_hmac', 72);

function find(digest: PyObject): Algorithm {
  if (PyUnicode_Check(digest)) {
    const name = PyUnicode_AsString(digest).toLowerCase();
    if (HASHES.includes(name)) return algorithm(name);
  }
  return PyErr_SetString(unknown_type, `unsupported hash type: ${repr_string(digest)}`);
}

function make(a: Algorithm, key: PyObject, msg: PyObject | null): HmacState {
  const state = with_bytes(key, bytes => HmacState.make(a, bytes));
  if (msg !== null && msg !== Py_None) hash_object(state, msg);
  return state;
}

function hmac_new(_m: PyObject, key: PyObject, msg: PyObject | null, digestmod: PyObject | null): PyObject {
  if (digestmod === null) PyErr_SetString(PyExc_TypeError, "new() missing 1 required argument 'digestmod'");
  return new_hmac(own_hmac_type, make(find(digestmod), key, msg));
}

function compute_digest(_m: PyObject, key: PyObject, msg: PyObject, digest: PyObject): PyObject {
  return PyBytes_FromUint8Array(make(find(digest), key, msg).digest());
}

function compute_row(name: string): MethodSpec {
  return {
    name: `compute_${name}${name.startsWith('blake') ? '_32' : ''}`,
    flags: METH_CLINIC,
    meth: (_m: PyObject, key: PyObject, msg: PyObject): PyObject =>
      PyBytes_FromUint8Array(make(algorithm(name), key, msg).digest()),
    sig: '($module, key, msg, /)',
  };
}

export const module: ModuleSpec = {
  name: '_hmac',
  methods: [
    { name: 'new', flags: METH_CLINIC, meth: hmac_new, sig: '($module, /, key, msg=None, digestmod=None)' },
    { name: 'compute_digest', flags: METH_CLINIC, meth: compute_digest, sig: '($module, /, key, msg, digest)' },
    ...HASHES.map(compute_row),
  ],
  types: () => [unknown_type],
  exec(m) {
    PyModule_AddObjectRef(m, 'HMAC', own_hmac_type);
    PyModule_AddIntConstant(m, '_GIL_MINSIZE', GIL_MINSIZE);
  },
};
