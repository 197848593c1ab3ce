// _hashlib.ts: what CPython takes from OpenSSL: hashes by name, key derivation.            CPython: Modules/_hashopenssl.c
import { PyErr_SetString } from '../core/errors.ts';
import {
  decref,
  newref,
  Py_TPFLAGS_BASETYPE,
  Py_TPFLAGS_DISALLOW_INSTANTIATION,
  type PyObject,
  type PyTypeObject,
  xdecref,
} from '../core/object.ts';
import { per_interpreter } from '../core/per_interpreter.ts';
import {
  exception_spec,
  METH_CLINIC,
  METH_NOARGS,
  type MethodSpec,
  type ModuleSpec,
  module_type,
} from '../core/spec.ts';
import { PyNumber_Index } from '../objects/abstract.ts';
import { hex_string } from '../objects/bytes_methods.ts';
import { PyBytes_FromUint8Array } from '../objects/bytesobject.ts';
import { PyUnicode_Check } from '../objects/checks.ts';
import { PyDict_GetItem, PyDict_GetItemString, PyDict_New, PyDict_SetItem } from '../objects/dictobject.ts';
import {
  PyExc_MemoryError,
  PyExc_OverflowError,
  PyExc_SystemError,
  PyExc_TypeError,
  PyExc_ValueError,
} from '../objects/exceptions.ts';
import { PyImport_ImportModuleAttr } from '../objects/import_util.ts';
import { PyLong_AsLong, PyLong_FromLong } from '../objects/longobject.ts';
import {
  PyModule_Add,
  PyModule_AddIntConstant,
  PyModule_AddObjectRef,
  PyModule_GetDict,
} from '../objects/moduleobject.ts';
import { address, Py_None, PyObject_IsTrue, repr_string } from '../objects/object.ts';
import { PyFrozenSet_New } from '../objects/setobject.ts';
import { PyTuple_FromArraySteal } from '../objects/tupleobject.ts';
import { PyUnicode_AsString, PyUnicode_FromString } from '../objects/unicodeobject.ts';
import { c_ssize, host, read_buffer, release, str_arg, unsigned_arg } from './args.ts';
import { hmac_type, new_hmac } from './hashes/hmac_type.ts';
import { data_argument, GIL_MINSIZE, HASH_GETSET, hash_methods, hash_of, state_of } from './hashes/object.ts';
import { type Algorithm, algorithm, algorithms, HmacState, hash_object } from './hashes/state.ts';

const INT_MAX = 2147483647;

const unsupported_type: PyTypeObject = module_type(
  '_hashlib',
  exception_spec('_hashlib.UnsupportedDigestmodError', () => PyExc_ValueError),
);

function hash_repr(self: PyObject): PyObject {
  const kind = self.ob_type === hashxof_type ? 'HASHXOF' : 'HASH';
  return PyUnicode_FromString(`<${state_of(self).algorithm.name} _hashlib.${kind} object @ ${address(self)}>`);
}

const hash_object_type: PyTypeObject = module_type('_hashlib', {
  name: '_hashlib.HASH',
  heap: 'immutable',
  tp_basicsize: 32,
  tp_flags: Py_TPFLAGS_BASETYPE | Py_TPFLAGS_DISALLOW_INSTANTIATION,
  tp_doc: 'A hash that is being computed.',
  tp_repr: hash_repr,
  methods: hash_methods('obj'),
  getset: HASH_GETSET,
  after_ready: type => {
    type.tp_data = { text_signature: "(name, string=b'')" };
  },
});

function xof_length(length: PyObject): number {
  const n = c_ssize(length);
  if (n < 0) PyErr_SetString(PyExc_SystemError, 'Negative size passed to PyBytes_FromStringAndSize');
  if (n >= 2 ** 31) PyErr_SetString(PyExc_MemoryError, '');
  return n;
}

function xof_digest(self: PyObject, length: PyObject): PyObject {
  return PyBytes_FromUint8Array(state_of(self).digest(xof_length(length)));
}

function xof_hexdigest(self: PyObject, length: PyObject): PyObject {
  if (c_ssize(length) < 0) PyErr_SetString(PyExc_MemoryError, '');
  return PyUnicode_FromString(hex_string(state_of(self).digest(xof_length(length)), null, 0));
}

const hashxof_type: PyTypeObject = module_type('_hashlib', {
  name: '_hashlib.HASHXOF',
  heap: 'immutable',
  base: () => hash_object_type,
  tp_basicsize: 32,
  tp_flags: Py_TPFLAGS_BASETYPE | Py_TPFLAGS_DISALLOW_INSTANTIATION,
  tp_doc: 'A hash that is being computed, whose digest may have any length.',
  methods: [
    { name: 'digest', flags: METH_CLINIC, meth: xof_digest, sig: '($self, /, length)' },
    { name: 'hexdigest', flags: METH_CLINIC, meth: xof_hexdigest, sig: '($self, /, length)' },
  ],
  getset: [{ name: 'digest_size', get: () => PyLong_FromLong(0) }],
  after_ready: type => {
    type.tp_data = { text_signature: "(name, string=b'')" };
  },
});

const openssl_hmac_type = /* @__PURE__ */ hmac_type('_hashlib', 32);

/** OpenSSL's other names of the algorithms. */
const ALIASES: Readonly<Record<string, string>> = {
  'sha-1': 'sha1',
  'ssl3-md5': 'md5',
  'ssl3-sha1': 'sha1',
  'sha2-224': 'sha224',
  'sha2-256': 'sha256',
  'sha2-384': 'sha384',
  'sha2-512': 'sha512',
  'sha-224': 'sha224',
  'sha-256': 'sha256',
  'sha-384': 'sha384',
  'sha-512': 'sha512',
  'sha512-224': 'sha512_224',
  'sha512-256': 'sha512_256',
  'sha-512/224': 'sha512_224',
  'sha-512/256': 'sha512_256',
  'sha2-512/224': 'sha512_224',
  'sha2-512/256': 'sha512_256',
  'sha3-224': 'sha3_224',
  'sha3-256': 'sha3_256',
  'sha3-384': 'sha3_384',
  'sha3-512': 'sha3_512',
  shake128: 'shake_128',
  shake256: 'shake_256',
  'shake-128': 'shake_128',
  'shake-256': 'shake_256',
  'ripemd-160': 'ripemd160',
  ripemd: 'ripemd160',
  rmd160: 'ripemd160',
  blake2b512: 'blake2b',
  'blake2b-512': 'blake2b',
  blake2s256: 'blake2s',
  'blake2s-256': 'blake2s',
};

function find(name: string): Algorithm {
  const known = algorithms();
  const found = known.get(name) ?? known.get(ALIASES[name.toLowerCase()] ?? name.toLowerCase());
  return found ?? PyErr_SetString(unsupported_type, '[digital envelope routines] unsupported');
}

function type_for(a: Algorithm): PyTypeObject {
  return a.digest_size === 0 ? hashxof_type : hash_object_type;
}

function c_name(text: string): string {
  if (text.includes('\0')) PyErr_SetString(PyExc_ValueError, 'embedded null character');
  return text;
}

/** CPython: _hashlib_HASH_new_impl */
function hashlib_new(
  _m: PyObject,
  name: PyObject,
  data: PyObject | null,
  security: PyObject | null,
  text: PyObject | null,
): PyObject {
  const wanted = c_name(str_arg('new', "'name'", name));
  if (security !== null) PyObject_IsTrue(security);
  const given = data_argument(data, text);
  const a = find(wanted);
  return hash_of(type_for(a), a, given);
}

const CONSTRUCTORS =
  'md5 sha1 sha224 sha256 sha384 sha512 sha3_224 sha3_256 sha3_384 sha3_512 shake_128 shake_256'.split(' ');

function constructor_of(name: string): MethodSpec {
  const full = `openssl_${name}`;
  const one_line = name.length <= 4;
  return {
    name: full,
    flags: METH_CLINIC,
    meth: (_m: PyObject, data: PyObject | null, security: PyObject | null, text: PyObject | null): PyObject => {
      if (security !== null) PyObject_IsTrue(security);
      const given = data_argument(data, text);
      const a = algorithm(name);
      return hash_of(type_for(a), a, given);
    },
    sig: `($module, /, data=b'', *, usedforsecurity=True,${one_line ? ' ' : `\n${' '.repeat(full.length + 1)}`}string=None)`,
  };
}

// --- HMAC ----------------------------------------------------------------------------------------------------------------

const held = /* @__PURE__ */ per_interpreter(() => ({ constructors: null as PyObject | null }), {
  clear() {
    xdecref(held.constructors);
    held.constructors = null;
  },
});

/** What a digestmod names. CPython: py_digest_by_digestmod */
function find_digestmod(digestmod: PyObject): Algorithm {
  let name: PyObject | null = null;
  if (PyUnicode_Check(digestmod)) name = digestmod;
  else if (typeof digestmod.ob_type.tp_hash === 'function') name = PyDict_GetItem(held.constructors!, digestmod);
  if (name === null) PyErr_SetString(unsupported_type, `Unsupported digestmod ${repr_string(digestmod)}`);
  const a = find(PyUnicode_AsString(name));
  if (a.digest_size === 0) PyErr_SetString(PyExc_ValueError, 'no reason supplied');
  return a;
}

function make_hmac(key: PyObject, msg: PyObject | null, a: Algorithm): HmacState {
  const view = read_buffer(key);
  let state: HmacState;
  try {
    state = HmacState.make(a, view.bytes);
  } finally {
    release(view);
  }
  if (msg !== null && msg !== Py_None) hash_object(state, msg);
  return state;
}

function hmac_new(_m: PyObject, key: PyObject, msg: PyObject | null, digestmod: PyObject | null): PyObject {
  if (digestmod === null) PyErr_SetString(PyExc_TypeError, "Missing required parameter 'digestmod'.");
  const a = find_digestmod(digestmod);
  return new_hmac(openssl_hmac_type, make_hmac(key, msg, a));
}

function hmac_digest(_m: PyObject, key: PyObject, msg: PyObject, digest: PyObject): PyObject {
  const a = find_digestmod(digest);
  return PyBytes_FromUint8Array(make_hmac(key, msg, a).digest());
}

// --- key derivation ------------------------------------------------------------------------------------------------------

function long_arg(o: PyObject): number {
  const index = PyNumber_Index(o);
  try {
    return PyLong_AsLong(index);
  } finally {
    decref(index);
  }
}

/** PBKDF2 (RFC 8018) by the portable hashes. */
function derive(a: Algorithm, password: Uint8Array, salt: Uint8Array, iterations: number, length: number): Uint8Array {
  const out = new Uint8Array(length);
  const keyed = HmacState.make(a, password);
  for (let at = 0, block = 1; at < length; at += a.digest_size, block++) {
    let h = keyed.copy();
    h.update(salt);
    h.update(Uint8Array.of(block >>> 24, block >>> 16, block >>> 8, block));
    let u = h.digest();
    const sum = u.slice();
    for (let i = 1; i < iterations; i++) {
      h = keyed.copy();
      h.update(u);
      u = h.digest();
      for (let k = 0; k < sum.length; k++) sum[k]! ^= u[k]!;
    }
    out.set(sum.subarray(0, Math.min(sum.length, length - at)), at);
  }
  return out;
}

/** CPython: pbkdf2_hmac_impl */
function pbkdf2_hmac(
  _m: PyObject,
  hash_name: PyObject,
  password: PyObject,
  salt: PyObject,
  iterations: PyObject,
  dklen: PyObject | null,
): PyObject {
  const name = str_arg('pbkdf2_hmac', "'hash_name'", hash_name);
  const pass = read_buffer(password);
  try {
    const salted = read_buffer(salt);
    try {
      const rounds = long_arg(iterations);
      const a = find(c_name(name));
      if (rounds < 1) PyErr_SetString(PyExc_ValueError, 'iteration value must be greater than 0.');
      if (rounds > INT_MAX) PyErr_SetString(PyExc_OverflowError, 'iteration value is too great.');
      const length = dklen === null || dklen === Py_None ? a.digest_size : long_arg(dklen);
      if (length < 1) PyErr_SetString(PyExc_ValueError, 'key length must be greater than 0.');
      if (length > INT_MAX) PyErr_SetString(PyExc_OverflowError, 'key length is too great.');
      const h = host();
      const by_host = h.pbkdf2 !== undefined && h.hash?.(a.name) != null;
      const key = by_host
        ? h.pbkdf2!(a.name, pass.bytes, salted.bytes, rounds, length)
        : derive(a, pass.bytes, salted.bytes, rounds, length);
      return PyBytes_FromUint8Array(key);
    } finally {
      release(salted);
    }
  } finally {
    release(pass);
  }
}

function cost(o: PyObject): bigint {
  return unsigned_arg(o, 64, 'unsigned long');
}

/** CPython: _hashlib_scrypt_impl */
function scrypt(
  _m: PyObject,
  password: PyObject,
  salt: PyObject,
  n_arg: PyObject,
  r_arg: PyObject,
  p_arg: PyObject,
  maxmem_arg: PyObject | null,
  dklen: PyObject | null,
): PyObject {
  const pass = read_buffer(password);
  try {
    const salted = read_buffer(salt);
    try {
      const n = cost(n_arg);
      const r = cost(r_arg);
      const p = cost(p_arg);
      const maxmem = maxmem_arg === null ? 0 : long_arg(maxmem_arg);
      const length = dklen === null ? 64 : long_arg(dklen);
      if (n < 2n || (n & (n - 1n)) !== 0n) PyErr_SetString(PyExc_ValueError, 'n must be a power of 2.');
      if (maxmem < 0 || maxmem > INT_MAX) {
        PyErr_SetString(PyExc_ValueError, `maxmem must be positive and smaller than ${INT_MAX}`);
      }
      if (length < 1 || length > INT_MAX) {
        PyErr_SetString(PyExc_ValueError, `dklen must be greater than 0 and smaller than ${INT_MAX}`);
      }
      if (r < 1n || p < 1n || p > 0x3fffffffn / r || (16n * r <= 63n && n >= 1n << (16n * r))) {
        PyErr_SetString(PyExc_ValueError, 'Invalid parameter combination for n, r, p, maxmem.');
      }
      // OpenSSL allows 32 MiB unless told otherwise.
      const limit = maxmem === 0 ? 32 * 1024 * 1024 : maxmem;
      if (128n * r * (p + n + 2n) > BigInt(limit)) {
        PyErr_SetString(PyExc_ValueError, '[digital envelope routines] memory limit exceeded');
      }
      const h = host();
      if (h.scrypt === undefined) PyErr_SetString(unsupported_type, '[digital envelope routines] unsupported');
      const spent = { n: Number(n), r: Number(r), p: Number(p), maxmem: limit + 1024 };
      return PyBytes_FromUint8Array(h.scrypt(pass.bytes, salted.bytes, spent, length));
    } finally {
      release(salted);
    }
  } finally {
    release(pass);
  }
}

function get_fips_mode(_m: PyObject): PyObject {
  return PyLong_FromLong(0);
}

/** The names of all algorithms that the host knows. */
function method_names(): PyObject {
  const names: PyObject[] = [];
  for (const [name, a] of algorithms()) {
    const ours = name.startsWith('blake2');
    if (ours || name !== 'sm3' || host().hash?.(a.name) != null) names.push(PyUnicode_FromString(name));
  }
  const tuple = PyTuple_FromArraySteal(names);
  try {
    return PyFrozenSet_New(tuple);
  } finally {
    decref(tuple);
  }
}

export const module: ModuleSpec = {
  name: '_hashlib',
  doc: 'OpenSSL interface for hashlib module',
  methods: [
    {
      name: 'new',
      flags: METH_CLINIC,
      meth: hashlib_new,
      sig: "($module, /, name, data=b'', *, usedforsecurity=True, string=None)",
    },
    {
      name: 'pbkdf2_hmac',
      flags: METH_CLINIC,
      meth: pbkdf2_hmac,
      sig: '($module, /, hash_name, password, salt, iterations,\n            dklen=None)',
    },
    {
      name: 'scrypt',
      flags: METH_CLINIC,
      meth: scrypt,
      sig: '($module, /, password, *, salt, n, r, p, maxmem=0, dklen=64)',
    },
    { name: 'get_fips_mode', flags: METH_NOARGS, meth: get_fips_mode, sig: '($module, /)' },
    { name: 'hmac_new', flags: METH_CLINIC, meth: hmac_new, sig: "($module, /, key, msg=b'', digestmod=None)" },
    { name: 'hmac_digest', flags: METH_CLINIC, meth: hmac_digest, sig: '($module, /, key, msg, digest)' },
    ...CONSTRUCTORS.map(constructor_of),
  ],
  types: () => [hash_object_type, hashxof_type, openssl_hmac_type, unsupported_type],
  exec(m) {
    const dict = PyModule_GetDict(m);
    const constructors = PyDict_New();
    for (const name of CONSTRUCTORS) {
      const value = PyUnicode_FromString(name);
      PyDict_SetItem(constructors, PyDict_GetItemString(dict, `openssl_${name}`)!, value);
      decref(value);
    }
    held.constructors = newref(constructors);
    PyModule_Add(m, '_constructors', constructors);
    PyModule_Add(m, 'openssl_md_meth_names', method_names());
    PyModule_Add(m, 'compare_digest', PyImport_ImportModuleAttr('_operator', '_compare_digest'));
    PyModule_AddIntConstant(m, '_GIL_MINSIZE', GIL_MINSIZE);
    PyModule_AddObjectRef(m, 'HMAC', openssl_hmac_type);
  },
};
