// _sha3.ts: the SHA-3 hashes and the SHAKE functions, whose digests have any length.      CPython: Modules/sha3module.c
import { PyErr_SetString } from '../core/errors.ts';
import type { PyObject, PyTypeObject } from '../core/object.ts';
import { METH_CLINIC, type MethodSpec, type ModuleSpec, module_type } from '../core/spec.ts';
import { hex_string } from '../objects/bytes_methods.ts';
import { PyBytes_FromUint8Array } from '../objects/bytesobject.ts';
import { PyExc_ValueError } from '../objects/exceptions.ts';
import { PyArg_Clinic } from '../objects/getargs.ts';
import { PyLong_FromLong } from '../objects/longobject.ts';
import { PyModule_AddIntConstant, PyModule_AddStringConstant } from '../objects/moduleobject.ts';
import { PyObject_IsTrue } from '../objects/object.ts';
import { PyUnicode_FromString } from '../objects/unicodeobject.ts';
import { unsigned_arg } from './args.ts';
import { data_argument, GIL_MINSIZE, HASH_GETSET, hash_methods, hash_of, state_of } from './hashes/object.ts';
import { algorithm } from './hashes/state.ts';

const NEW_SIG = "(data=b'', *, usedforsecurity=True, string=None)";
const MAX_SHAKE_LENGTH = 2 ** 29;

/** Bits of the state that messages do not reach. */
function capacity_bits(self: PyObject): number {
  return 1600 - rate_bits(self);
}

function rate_bits(self: PyObject): number {
  return state_of(self).algorithm.block_size * 8;
}

function is_shake(self: PyObject): boolean {
  return state_of(self).algorithm.digest_size === 0;
}

/** CPython: py_sha3_new_impl */
function sha3_new(name: string) {
  return (type: PyTypeObject, args: PyObject, kwargs: PyObject | null): PyObject => {
    // The arguments are parsed under one name for all of them.
    const [data, security, text] = PyArg_Clinic('sha3_224', NEW_SIG, args, kwargs);
    if (security != null) PyObject_IsTrue(security);
    return hash_of(type, algorithm(name), data_argument(data ?? null, text ?? null));
  };
}

/** How many bytes of a SHAKE are wanted. CPython: sha3module.c:_SHAKE_digest */
function shake_length(length: PyObject): number {
  const n = unsigned_arg(length, 64, 'unsigned long');
  if (n >= MAX_SHAKE_LENGTH) PyErr_SetString(PyExc_ValueError, 'length is too large');
  return Number(n);
}

function shake_digest(self: PyObject, length: PyObject): PyObject {
  return PyBytes_FromUint8Array(state_of(self).digest(shake_length(length)));
}

function shake_hexdigest(self: PyObject, length: PyObject): PyObject {
  return PyUnicode_FromString(hex_string(state_of(self).digest(shake_length(length)), null, 0));
}

function methods(shake: boolean): MethodSpec[] {
  const all = hash_methods('data');
  if (!shake) return all;
  return all.map(row => {
    if (row.name === 'digest') return { ...row, flags: METH_CLINIC, meth: shake_digest, sig: '($self, /, length)' };
    if (row.name === 'hexdigest')
      return { ...row, flags: METH_CLINIC, meth: shake_hexdigest, sig: '($self, /, length)' };
    return row;
  });
}

const TYPES = ['sha3_224', 'sha3_256', 'sha3_384', 'sha3_512', 'shake_128', 'shake_256'].map(name => {
  const shake = name.startsWith('shake');
  return module_type('_sha3', {
    heap: 'immutable',
    name: `_sha3.${name}`,
    tp_basicsize: 48,
    tp_doc: shake
      ? `${name}([data], *, usedforsecurity=True) -> SHAKE object`
      : `${name}([data], *, usedforsecurity=True) -> SHA3 object`,
    tp_new: sha3_new(name),
    methods: methods(shake),
    getset: [
      ...HASH_GETSET,
      { name: '_capacity_bits', get: self => PyLong_FromLong(capacity_bits(self)) },
      { name: '_rate_bits', get: self => PyLong_FromLong(rate_bits(self)) },
      { name: '_suffix', get: self => PyBytes_FromUint8Array(Uint8Array.of(is_shake(self) ? 0x1f : 0x06)) },
    ],
  });
});

export const module: ModuleSpec = {
  name: '_sha3',
  types: () => TYPES,
  exec(m) {
    PyModule_AddIntConstant(m, '_GIL_MINSIZE', GIL_MINSIZE);
    PyModule_AddStringConstant(m, 'implementation', 'HACL');
  },
};
