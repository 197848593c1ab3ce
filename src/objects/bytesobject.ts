// bytesobject.ts: the immutable sequence of bytes.                                          CPython: Objects/bytesobject.c
//
// The payload is a Uint8Array that nobody writes to once the object exists; `x` caches the hash. The empty bytes and
// the 256 single bytes exist once and are immortal.

import { PyErr_Clear, PyErr_ExceptionMatches, PyErr_SetString } from '../core/errors.ts';
import { gc_del, gc_new } from '../core/gc.ts';
import { type Hash, hash_bytes, keyed } from '../core/hash.ts';
import {
  _Py_TPFLAGS_MATCH_SELF,
  decref,
  immortalize,
  newref,
  Py_EQ,
  Py_GE,
  Py_GT,
  Py_LE,
  Py_LT,
  Py_NE,
  Py_TPFLAGS_BASETYPE,
  Py_TPFLAGS_BYTES_SUBCLASS,
  Py_TPFLAGS_HAVE_GC,
  PyObject,
  type PyTypeObject,
} from '../core/object.ts';
import {
  METH_CLASS,
  METH_NOARGS,
  METH_O,
  PyBUF_FORMAT,
  PyBUF_FULL_RO,
  PyBUF_ND,
  PyBUF_STRIDES,
  PyBUF_WRITABLE,
  type PyBuffer,
  static_type,
} from '../core/spec.ts';
import { current } from '../core/tstate.ts';
import {
  PyBuffer_Release,
  PyIndex_Check,
  PyIter_Next,
  PyNumber_AsSsize_t,
  PyObject_CheckBuffer,
  PyObject_GetBuffer,
  PyObject_GetIter,
} from './abstract.ts';
import { Py_False, Py_True } from './boolobject.ts';
import { compare_bytes, concat_bytes, equal_bytes, repeat_bytes } from './bytes_data.ts';
import { bytes_format } from './bytes_format.ts';
import { buffer_bytes, bytes_contains, bytes_from_hex, check_bytes_size, shared_methods } from './bytes_methods.ts';
import { PyObject_CallNoArgs, PyObject_CallOneArg } from './call.ts';
import { PyBytes_Check, PyList_Check, PyLong_Check, PyTuple_Check, PyUnicode_Check } from './checks.ts';
import {
  PyExc_BufferError,
  PyExc_BytesWarning,
  PyExc_IndexError,
  PyExc_OverflowError,
  PyExc_TypeError,
  PyExc_ValueError,
} from './exceptions.ts';
import { PyArg_Clinic } from './getargs.ts';
import { builtin_iter } from './iterobject.ts';
import { PyList_Type } from './listobject.ts';
import { PyLong_AsSsize_t, PyLong_FromLong, PyLong_Type } from './longobject.ts';
import { buffer_to_contiguous } from './memoryobject.ts';
import { _PyObject_LookupSpecial, Py_None, Py_NotImplemented, PyObject_SelfIter } from './object.ts';
import { PySlice_AdjustIndices, PySlice_Check, PySlice_Unpack } from './sliceobject.ts';
import { PyTuple_FromArraySteal, PyTuple_Type } from './tupleobject.ts';
import { arg_str } from './unicodeobject/args.ts';
import { PyUnicode_AsEncodedString } from './unicodeobject/coding.ts';
import { _Py_ID, unicode_from_bmp } from './unicodeobject/object.ts';
import { PyErr_WarnEx } from './warnings.ts';

export type PyBytesObject = PyObject<Uint8Array, Hash | null>;

const characters: (PyObject | undefined)[] = [];
const shared: { empty: PyObject | null } = { empty: null };

/** The shared bytes object of one byte; borrowed (immortal). */
function single_byte(c: number): PyObject {
  return (characters[c] ??= immortalize(new PyObject(PyBytes_Type, Uint8Array.of(c), null) as PyObject));
}

function empty_bytes(): PyObject {
  return (shared.empty ??= immortalize(new PyObject(PyBytes_Type, new Uint8Array(0), null) as PyObject));
}

/** A bytes object of the array, which it takes over: nobody may write to it any more. */
export function PyBytes_FromUint8Array(b: Uint8Array): PyObject {
  const n = b.length;
  if (n <= 1) return newref(n === 0 ? empty_bytes() : single_byte(b[0]!));
  return new PyObject(PyBytes_Type, b, null);
}

/** Bytes of a string of characters below 256. */
export function PyBytes_FromString(s: string): PyObject {
  const b = new Uint8Array(s.length);
  for (let i = 0; i < b.length; i++) b[i] = s.charCodeAt(i);
  return PyBytes_FromUint8Array(b);
}

/** The bytes (borrowed, not to be written to). CPython: PyBytes_AS_STRING */
export function PyBytes_AsUint8Array(o: PyObject): Uint8Array {
  return o.v as Uint8Array;
}

export function PyBytes_GET_SIZE(o: PyObject): number {
  return (o.v as Uint8Array).length;
}

/** bytes(o) for the buffer protocol, lists, tuples and iterables. CPython: PyBytes_FromObject */
export function PyBytes_FromObject(o: PyObject): PyObject {
  if (o.ob_type === PyBytes_Type) return newref(o);
  return PyBytes_FromUint8Array(bytes_of_object(o, 'bytes'));
}

/** The bytes that an object stands for, as a fresh array. */
export function bytes_of_object(o: PyObject, what: string): Uint8Array {
  if (PyObject_CheckBuffer(o)) return buffer_copy(o);
  if (!PyUnicode_Check(o)) {
    if (PyList_Check(o) || PyTuple_Check(o) || o.ob_type.tp_iter !== null || o.ob_type.sq_item !== null)
      return bytes_of_iterable(o, what);
  }
  return PyErr_SetString(PyExc_TypeError, `cannot convert '${o.ob_type.tp_name}' object to ${what}`);
}

/** A copy of all items of a buffer, contiguous or not. */
export function buffer_copy(o: PyObject): Uint8Array {
  if (PyBytes_Check(o)) return (o.v as Uint8Array).slice();
  const view = PyObject_GetBuffer(o, PyBUF_FULL_RO);
  try {
    return buffer_to_contiguous(view);
  } finally {
    PyBuffer_Release(view);
  }
}

function bytes_of_iterable(o: PyObject, what: string): Uint8Array {
  const range = what === 'bytes' ? 'bytes must be in range(0, 256)' : 'byte must be in range(0, 256)';
  if (o.ob_type === PyList_Type || o.ob_type === PyTuple_Type) {
    const small = bytes_of_small_ints(o.v as PyObject[]);
    if (small !== null) return small;
  }
  const it = PyObject_GetIter(o);
  const out: number[] = [];
  try {
    for (;;) {
      const item = PyIter_Next(it);
      if (item === null) break;
      let n: number;
      try {
        n = PyNumber_AsSsize_t(item, null);
      } finally {
        decref(item);
      }
      if (!(n >= 0 && n < 256)) PyErr_SetString(PyExc_ValueError, range);
      out.push(n);
    }
  } finally {
    decref(it);
  }
  return new Uint8Array(out);
}

/** Null if not all items are such ints. */
function bytes_of_small_ints(items: readonly PyObject[]): Uint8Array | null {
  const out = new Uint8Array(items.length);
  for (let i = 0; i < items.length; i++) {
    const item = items[i]!;
    const n = item.v as number;
    if (item.ob_type !== PyLong_Type || !(n >= 0 && n < 256)) return null;
    out[i] = n;
  }
  return out;
}

// --- text forms -----------------------------------------------------------------------------------------------------

/** repr() of bytes, with smart quotes. `escape_single`: ' is escaped within any quotes, as bytearray does. CPython: PyBytes_Repr */
export function bytes_repr_string(b: Uint8Array, escape_single = false): string {
  let quote = "'";
  if (b.includes(39) && !b.includes(34)) quote = '"';
  const q = escape_single ? 39 : quote.charCodeAt(0);
  let s = `b${quote}`;
  for (let i = 0; i < b.length; i++) {
    const c = b[i]!;
    if (c === q || c === 92) s += `\\${String.fromCharCode(c)}`;
    else if (c === 9) s += '\\t';
    else if (c === 10) s += '\\n';
    else if (c === 13) s += '\\r';
    else if (c < 32 || c >= 127) s += `\\x${c < 16 ? '0' : ''}${c.toString(16)}`;
    else s += String.fromCharCode(c);
  }
  return s + quote;
}

function bytes_repr(self: PyObject): PyObject {
  return unicode_from_bmp(bytes_repr_string(self.v as Uint8Array));
}

/** Warns, when -b asks for it. */
export function bytes_warning(message: string): void {
  if (current.tstate.interp.config.bytes_warning > 0) PyErr_WarnEx(PyExc_BytesWarning, message, 1);
}

function bytes_str(self: PyObject): PyObject {
  bytes_warning('str() on a bytes instance');
  return bytes_repr(self);
}

// --- sequence -------------------------------------------------------------------------------------------------------

function bytes_length(self: PyObject): number {
  return (self.v as Uint8Array).length;
}

/** CPython: bytes_concat */
export function bytes_concat(a: PyObject, b: PyObject): PyObject {
  if (!PyObject_CheckBuffer(a) || !PyObject_CheckBuffer(b)) {
    PyErr_SetString(PyExc_TypeError, `can't concat ${b.ob_type.tp_name} to ${a.ob_type.tp_name}`);
  }
  const x = buffer_bytes(a);
  const y = buffer_bytes(b);
  if (x.length === 0 && b.ob_type === PyBytes_Type) return newref(b);
  if (y.length === 0 && a.ob_type === PyBytes_Type) return newref(a);
  return PyBytes_FromUint8Array(concat_bytes([x, y]));
}

function bytes_repeat(self: PyObject, n: number): PyObject {
  const b = self.v as Uint8Array;
  if (n < 0) n = 0;
  if ((n === 1 || b.length === 0) && self.ob_type === PyBytes_Type) return newref(self);
  check_bytes_size(b.length * n);
  // Repeating no times makes an empty object of its own, as in CPython.
  if (n === 0) return new PyObject(PyBytes_Type, new Uint8Array(0), null);
  return PyBytes_FromUint8Array(repeat_bytes(b, n));
}

function bytes_item(self: PyObject, i: number): PyObject {
  const b = self.v as Uint8Array;
  if (i < 0 || i >= b.length) PyErr_SetString(PyExc_IndexError, 'index out of range');
  return PyLong_FromLong(b[i]!);
}

/** CPython: bytes_subscript */
function bytes_subscript(self: PyObject, item: PyObject): PyObject {
  const b = self.v as Uint8Array;
  if (PyIndex_Check(item)) {
    const i = item.ob_type === PyLong_Type && typeof item.v === 'number' ? item.v : PyNumber_AsSsize_t(item, PyExc_IndexError);
    return bytes_item(self, i < 0 ? i + b.length : i);
  }
  if (!PySlice_Check(item)) {
    PyErr_SetString(PyExc_TypeError, `byte indices must be integers or slices, not ${item.ob_type.tp_name}`);
  }
  const [s, e, step] = PySlice_Unpack(item);
  const [start, , n] = PySlice_AdjustIndices(b.length, s, e, step);
  if (n <= 0) return newref(empty_bytes());
  if (n === b.length && step === 1 && self.ob_type === PyBytes_Type) return newref(self);
  return PyBytes_FromUint8Array(slice_bytes(b, start, step, n));
}

export function slice_bytes(b: Uint8Array, start: number, step: number, n: number): Uint8Array {
  if (step === 1) return b.slice(start, start + n);
  const out = new Uint8Array(n);
  for (let k = 0, i = start; k < n; k++, i += step) out[k] = b[i]!;
  return out;
}

/** CPython: bytes_richcompare */
function bytes_richcompare(a: PyObject, b: PyObject, op: number): PyObject {
  if (!PyBytes_Check(a) || !PyBytes_Check(b)) {
    if ((op === Py_EQ || op === Py_NE) && current.tstate.interp.config.bytes_warning > 0) {
      if (PyUnicode_Check(a) || PyUnicode_Check(b)) bytes_warning('Comparison between bytes and string');
      if (PyLong_Check(a) || PyLong_Check(b)) bytes_warning('Comparison between bytes and int');
    }
    return newref(Py_NotImplemented);
  }
  const x = a.v as Uint8Array;
  const y = b.v as Uint8Array;
  let r: boolean;
  if (op === Py_EQ) r = a === b || equal_bytes(x, y);
  else if (op === Py_NE) r = a !== b && !equal_bytes(x, y);
  else {
    const d = compare_bytes(x, y);
    r = op === Py_LT ? d < 0 : op === Py_LE ? d <= 0 : op === Py_GT ? d > 0 : op === Py_GE ? d >= 0 : false;
  }
  return newref(r ? Py_True : Py_False);
}

function bytes_hash(self: PyObject): Hash {
  const cached = self.x as Hash | null;
  if (cached !== null) return cached;
  const h = hash_bytes(self.v as Uint8Array);
  self.x = h;
  if (keyed.record !== null) keyed.record.hashed.push(self);
  return h;
}

/** A flat, contiguous view of bytes for the buffer protocol. CPython: PyBuffer_FillInfo */
export function fill_buffer(
  owner: PyObject,
  buf: Uint8Array,
  offset: number,
  len: number,
  readonly: boolean,
  flags: number,
): PyBuffer {
  if (readonly && (flags & PyBUF_WRITABLE) !== 0) PyErr_SetString(PyExc_BufferError, 'Object is not writable.');
  return {
    obj: newref(owner),
    buf,
    offset,
    len,
    itemsize: 1,
    readonly,
    ndim: 1,
    format: (flags & PyBUF_FORMAT) !== 0 ? 'B' : null,
    shape: (flags & PyBUF_ND) !== 0 ? [len] : null,
    strides: (flags & PyBUF_STRIDES) === PyBUF_STRIDES ? [1] : null,
    suboffsets: null,
    internal: null,
  };
}

function bytes_getbuffer(self: PyObject, flags: number): PyBuffer {
  const b = self.v as Uint8Array;
  return fill_buffer(self, b, 0, b.length, true, flags);
}

// --- construction ---------------------------------------------------------------------------------------------------

const BYTES_SIG = "(source=b'', encoding='utf-8', errors='strict')";

/** CPython: bytes_new_impl */
function construct(x: PyObject | null, encoding: string | null, errors: string | null): PyObject {
  if (x === null) {
    if (encoding !== null || errors !== null) no_text(encoding);
    return newref(empty_bytes());
  }
  if (encoding !== null) {
    if (!PyUnicode_Check(x)) PyErr_SetString(PyExc_TypeError, 'encoding without a string argument');
    return PyUnicode_AsEncodedString(x, encoding, errors);
  }
  if (errors !== null) {
    PyErr_SetString(
      PyExc_TypeError,
      PyUnicode_Check(x) ? 'string argument without an encoding' : 'errors without a string argument',
    );
  }
  const bytes_method = x.ob_type === PyBytes_Type ? null : _PyObject_LookupSpecial(x, _Py_ID('__bytes__'));
  if (bytes_method !== null) {
    let r: PyObject;
    try {
      r = PyObject_CallNoArgs(bytes_method);
    } finally {
      decref(bytes_method);
    }
    if (!PyBytes_Check(r)) {
      const name = r.ob_type.tp_name;
      decref(r);
      PyErr_SetString(PyExc_TypeError, `__bytes__ returned non-bytes (type ${name})`);
    }
    return r;
  }
  if (PyUnicode_Check(x)) PyErr_SetString(PyExc_TypeError, 'string argument without an encoding');
  if (PyIndex_Check(x)) {
    const n = count_argument(x);
    if (n !== null) return PyBytes_FromUint8Array(new Uint8Array(n));
  }
  return PyBytes_FromObject(x);
}

function no_text(encoding: string | null): never {
  return PyErr_SetString(
    PyExc_TypeError,
    encoding !== null ? 'encoding without a string argument' : 'errors without a string argument',
  );
}

/** How many zero bytes an integer asks for; null when the object is not usable as an integer after all (TypeError). */
export function count_argument(x: PyObject): number | null {
  let n: number;
  try {
    n = PyNumber_AsSsize_t(x, PyExc_OverflowError);
  } catch (e) {
    if (!PyErr_ExceptionMatches(e, PyExc_TypeError)) throw e;
    PyErr_Clear(e);
    return null;
  }
  if (n < 0) PyErr_SetString(PyExc_ValueError, 'negative count');
  check_bytes_size(n);
  return n;
}

function bytes_new(type: PyTypeObject, args: PyObject, kwargs: PyObject | null): PyObject {
  const [x, encoding, errors] = PyArg_Clinic('bytes', BYTES_SIG, args, kwargs);
  const value = construct(
    x!,
    arg_str(encoding!, 'bytes', "argument 'encoding'", null),
    arg_str(errors!, 'bytes', "argument 'errors'", null),
  );
  if (type === PyBytes_Type) return value;
  const o = type.tp_alloc!(type, value.v);
  decref(value);
  return o;
}

function bytes_fromhex(type: PyObject, s: PyObject): PyObject {
  const b = PyBytes_FromUint8Array(bytes_from_hex(s));
  if (type === PyBytes_Type) return b;
  try {
    return PyObject_CallOneArg(type, b);
  } finally {
    decref(b);
  }
}

function bytes_getnewargs(self: PyObject): PyObject {
  return PyTuple_FromArraySteal([PyBytes_FromUint8Array(self.v as Uint8Array)]);
}

function bytes_dunder_bytes(self: PyObject): PyObject {
  return self.ob_type === PyBytes_Type ? newref(self) : PyBytes_FromUint8Array(self.v as Uint8Array);
}

function bytes_mod(a: PyObject, b: PyObject): PyObject {
  if (!PyBytes_Check(a)) return newref(Py_NotImplemented);
  return PyBytes_FromUint8Array(bytes_format(a.v as Uint8Array, b));
}

// --- iterator -------------------------------------------------------------------------------------------------------

class BytesIter {
  /** Owned; null once exhausted. */
  seq: PyObject | null;
  index = 0;
  constructor(seq: PyObject) {
    this.seq = seq;
  }
}

function bytes_iter(self: PyObject): PyObject {
  const it = new PyObject(PyBytesIter_Type, new BytesIter(newref(self)), null);
  gc_new(it);
  return it;
}

function striter_next(self: PyObject): PyObject | null {
  const it = self.v as BytesIter;
  const seq = it.seq;
  if (seq === null) return null;
  const b = seq.v as Uint8Array;
  if (it.index < b.length) return PyLong_FromLong(b[it.index++]!);
  it.seq = null;
  decref(seq);
  return null;
}

function striter_dealloc(self: PyObject): void {
  gc_del(self);
  const { seq } = self.v as BytesIter;
  if (seq !== null) decref(seq);
}

function striter_traverse(self: PyObject, visit: (o: PyObject) => void): void {
  const { seq } = self.v as BytesIter;
  if (seq !== null) visit(seq);
}

function striter_len(self: PyObject): PyObject {
  const it = self.v as BytesIter;
  return PyLong_FromLong(it.seq === null ? 0 : (it.seq.v as Uint8Array).length - it.index);
}

function striter_reduce(self: PyObject): PyObject {
  const it = self.v as BytesIter;
  const iter = builtin_iter('iter');
  const seq = it.seq;
  if (seq === null) return PyTuple_FromArraySteal([iter, PyTuple_FromArraySteal([PyTuple_FromArraySteal([])])]);
  return PyTuple_FromArraySteal([iter, PyTuple_FromArraySteal([newref(seq)]), PyLong_FromLong(it.index)]);
}

function striter_setstate(self: PyObject, state: PyObject): PyObject {
  const index = PyLong_AsSsize_t(state);
  const it = self.v as BytesIter;
  if (it.seq !== null) it.index = Math.max(0, Math.min(index, (it.seq.v as Uint8Array).length));
  return newref(Py_None);
}

export const PyBytesIter_Type = static_type({
  name: 'bytes_iterator',
  tp_basicsize: 32,
  tp_flags: Py_TPFLAGS_HAVE_GC,
  tp_dealloc: striter_dealloc,
  tp_traverse: striter_traverse,
  tp_iter: PyObject_SelfIter,
  tp_iternext: striter_next,
  methods: [
    { name: '__length_hint__', flags: METH_NOARGS, meth: striter_len, sig: '($self, /)' },
    { name: '__reduce__', flags: METH_NOARGS, meth: striter_reduce, sig: '($self, /)' },
    { name: '__setstate__', flags: METH_O, meth: striter_setstate, sig: '($self, object, /)' },
  ],
});

export const PyBytes_Type = static_type({
  name: 'bytes',
  tp_basicsize: 33,
  tp_itemsize: 1,
  tp_flags: Py_TPFLAGS_BASETYPE | Py_TPFLAGS_BYTES_SUBCLASS | _Py_TPFLAGS_MATCH_SELF,
  tp_doc: "bytes(source=b'', [encoding[, errors]]) -> bytes\n\nAn immutable sequence of bytes.",
  tp_repr: bytes_repr,
  tp_str: bytes_str,
  tp_hash: bytes_hash,
  tp_richcompare: bytes_richcompare,
  tp_iter: bytes_iter,
  tp_new: bytes_new,
  nb_remainder: bytes_mod,
  sq_length: bytes_length,
  sq_concat: bytes_concat,
  sq_repeat: bytes_repeat,
  sq_item: bytes_item,
  sq_contains: bytes_contains,
  mp_length: bytes_length,
  mp_subscript: bytes_subscript,
  bf_getbuffer: bytes_getbuffer,
  methods: [
    { name: '__getnewargs__', flags: METH_NOARGS, meth: bytes_getnewargs, sig: '($self, /)' },
    { name: '__bytes__', flags: METH_NOARGS, meth: bytes_dunder_bytes, sig: '($self, /)' },
    { name: 'fromhex', flags: METH_O | METH_CLASS, meth: bytes_fromhex, sig: '($type, string, /)' },
    ...shared_methods(),
  ],
});
