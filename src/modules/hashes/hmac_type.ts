// hmac_type.ts: what _hmac.HMAC and _hashlib.HMAC have in common.                        CPython: Modules/hmacmodule.c
import { newref, Py_TPFLAGS_DISALLOW_INSTANTIATION, PyObject, type PyTypeObject } from '../../core/object.ts';
import { METH_CLINIC, METH_NOARGS, module_type } from '../../core/spec.ts';
import { hex_string } from '../../objects/bytes_methods.ts';
import { PyBytes_FromUint8Array } from '../../objects/bytesobject.ts';
import { PyLong_FromLong } from '../../objects/longobject.ts';
import { address, Py_None } from '../../objects/object.ts';
import { PyUnicode_FromString } from '../../objects/unicodeobject.ts';
import { type HmacState, hash_object } from './state.ts';

function state_of(self: PyObject): HmacState {
  return (self as PyObject<HmacState>).v;
}

export function new_hmac(type: PyTypeObject, state: HmacState): PyObject {
  return new PyObject<HmacState, null>(type, state, null) as PyObject;
}

function update(self: PyObject, msg: PyObject): PyObject {
  hash_object(state_of(self), msg);
  return newref(Py_None);
}

function digest(self: PyObject): PyObject {
  return PyBytes_FromUint8Array(state_of(self).digest());
}

function hexdigest(self: PyObject): PyObject {
  return PyUnicode_FromString(hex_string(state_of(self).digest(), null, 0));
}

function copy(self: PyObject): PyObject {
  return new_hmac(self.ob_type, state_of(self).copy());
}

function repr(self: PyObject): PyObject {
  const { name } = state_of(self).inner.algorithm;
  return PyUnicode_FromString(`<${name} HMAC object @ ${address(self)}>`);
}

export function hmac_type(module: string, size: number): PyTypeObject {
  return module_type(module, {
    heap: 'immutable',
    name: `${module}.HMAC`,
    tp_basicsize: size,
    tp_flags: Py_TPFLAGS_DISALLOW_INSTANTIATION,
    tp_repr: repr,
    methods: [
      { name: 'copy', flags: METH_NOARGS, meth: copy, sig: '($self, /)' },
      { name: 'digest', flags: METH_NOARGS, meth: digest, sig: '($self, /)' },
      { name: 'hexdigest', flags: METH_NOARGS, meth: hexdigest, sig: '($self, /)' },
      { name: 'update', flags: METH_CLINIC, meth: update, sig: '($self, /, msg)' },
    ],
    getset: [
      { name: 'block_size', get: self => PyLong_FromLong(state_of(self).inner.algorithm.block_size) },
      { name: 'digest_size', get: self => PyLong_FromLong(state_of(self).inner.digest_size) },
      { name: 'name', get: self => PyUnicode_FromString(`hmac-${state_of(self).inner.algorithm.name}`) },
    ],
  });
}
