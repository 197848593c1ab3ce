// bytearrayobject.ts: the mutable sequence of bytes.                                    CPython: Objects/bytearrayobject.c
//
// The bytes lie in [start, start + length) of a JS buffer with spare room; `alloc` is what CPython would have allocated
// (what __alloc__ and getsizeof show), by its growth rule. While views of the bytes are exported nothing may resize.

import { PyErr_ExceptionMatches, PyErr_SetString } from '../core/errors.ts';
import { gc_del, gc_new } from '../core/gc.ts';
import {
  _Py_TPFLAGS_MATCH_SELF,
  decref,
  newref,
  Py_EQ,
  Py_GE,
  Py_GT,
  Py_LE,
  Py_LT,
  Py_NE,
  Py_TPFLAGS_BASETYPE,
  Py_TPFLAGS_HAVE_GC,
  PyObject,
  type PyTypeObject,
  memoryHooks,
} from '../core/object.ts';
import { METH_CLASS, METH_CLINIC, METH_NOARGS, METH_O, type PyBuffer, static_type } from '../core/spec.ts';
import { PyIndex_Check, PyIter_Next, PyNumber_AsSsize_t, PyObject_CheckBuffer, PyObject_GetIter, PyObject_LengthHint } from './abstract.ts';
import { Py_False, Py_True } from './boolobject.ts';
import { compare_bytes, concat_bytes, equal_bytes, repeat_bytes } from './bytes_data.ts';
import { bytes_format } from './bytes_format.ts';
import {
  buffer_bytes,
  byte_value,
  bytes_contains,
  bytes_from_hex,
  check_bytes_size,
  shared_methods,
} from './bytes_methods.ts';
import {
  buffer_copy,
  bytes_of_object,
  bytes_repr_string,
  bytes_warning,
  count_argument,
  fill_buffer,
  PyBytes_FromUint8Array,
  slice_bytes,
} from './bytesobject.ts';
import { PyObject_CallOneArg } from './call.ts';
import { PyUnicode_Check } from './checks.ts';
import { PyExc_BufferError, PyExc_IndexError, PyExc_TypeError, PyExc_ValueError } from './exceptions.ts';
import { PyArg_Clinic } from './getargs.ts';
import { builtin_iter } from './iterobject.ts';
import { PyList_Type } from './listobject.ts';
import { PyLong_AsSsize_t, PyLong_FromLong, PyLong_Type } from './longobject.ts';
import { Py_None, Py_NotImplemented, PyObject_HashNotImplemented, PyObject_SelfIter } from './object.ts';
import { PySlice_AdjustIndices, PySlice_Check, PySlice_Unpack } from './sliceobject.ts';
import { PyTuple_FromArraySteal, PyTuple_Type } from './tupleobject.ts';
import { object_getstate } from './typeobject/object.ts';
import { PyType_IsSubtype } from './typeobject.ts';
import { arg_int, arg_ssize, arg_str } from './unicodeobject/args.ts';
import { PyUnicode_AsEncodedString } from './unicodeobject/coding.ts';
import { string_from_units } from './unicodeobject/data.ts';
import { unicode_from_bmp } from './unicodeobject/object.ts';

/** Payload of a bytearray. */
export class ByteArrayData {
  buf: Uint8Array;
  start = 0;
  length: number;
  /** CPython's ob_alloc, in bytes. */
  alloc: number;
  /** Bytes that deletions at the front have skipped, as CPython counts them. */
  front = 0;
  /** Buffers handed out and not yet released. */
  exports = 0;
  constructor(buf: Uint8Array) {
    this.buf = buf;
    this.length = buf.length;
    this.alloc = buf.length === 0 ? 0 : buf.length + 1;
  }
}

export type PyByteArrayObject = PyObject<ByteArrayData>;

export function PyByteArray_Check(o: PyObject): o is PyByteArrayObject {
  return (
    o.ob_type === PyByteArray_Type || (o.v instanceof ByteArrayData && PyType_IsSubtype(o.ob_type, PyByteArray_Type))
  );
}

/** The bytes, shared: valid until the next change of size. */
export function bytearray_bytes(o: PyObject): Uint8Array {
  const d = o.v as ByteArrayData;
  return d.buf.subarray(d.start, d.start + d.length);
}

/** A bytearray that takes the array over. */
export function PyByteArray_FromUint8Array(b: Uint8Array): PyObject {
  return new PyObject(PyByteArray_Type, new ByteArrayData(b), null);
}

export function PyByteArray_Size(o: PyObject): number {
  return (o.v as ByteArrayData).length;
}

function check_exports(d: ByteArrayData): void {
  if (d.exports > 0) PyErr_SetString(PyExc_BufferError, 'Existing exports of data: object cannot be re-sized');
}

/** Changes the size; new bytes at the end are zero. CPython: PyByteArray_Resize */
export function PyByteArray_Resize(o: PyObject, size: number): void {
  const d = o.v as ByteArrayData;
  if (size === d.length) return;
  if (size < 0) PyErr_SetString(PyExc_ValueError, `Can only resize to positive sizes, got ${size}`);
  check_exports(d);
  if (d.start + size > d.buf.length) check_bytes_size(size);
  const old = d.length;
  let alloc = d.alloc;
  if (size + d.front + 1 <= alloc) {
    if (size < alloc >> 1) alloc = size + 1;
    else alloc = -1; // stays as it is
  } else if (size <= alloc * 1.125) alloc = size + (size >> 3) + (size < 9 ? 3 : 6);
  else alloc = size + 1;
  if (alloc >= 0) {
    if (memoryHooks.resized !== null) memoryHooks.resized(o);
    d.alloc = alloc;
    d.front = 0;
  }
  if (d.start + size > d.buf.length || (alloc >= 0 && d.buf.length > alloc * 4 + 64)) {
    const grown = new Uint8Array(Math.max(size, alloc, size > old ? Math.min(size + (size >> 2), 0x7fffffff) : size));
    grown.set(d.buf.subarray(d.start, d.start + Math.min(old, size)));
    d.buf = grown;
    d.start = 0;
  } else if (size > old) d.buf.fill(0, d.start + old, d.start + size);
  d.length = size;
}

/** Replaces [lo, hi) by other bytes. CPython: bytearray_setslice_linear */
function set_range(o: PyObject, lo: number, hi: number, b: Uint8Array): void {
  const d = o.v as ByteArrayData;
  const growth = b.length - (hi - lo);
  if (growth !== 0) {
    check_exports(d);
    const tail = d.length - hi;
    if (growth < 0 && lo === 0) {
      // Cutting at the front moves the start only.
      d.start -= growth;
      d.front -= growth;
      d.length += growth;
      PyByteArray_shrunk(d);
    } else if (growth < 0) {
      d.buf.copyWithin(d.start + hi + growth, d.start + hi, d.start + d.length);
      PyByteArray_Resize(o, d.length + growth);
    } else {
      PyByteArray_Resize(o, d.length + growth);
      d.buf.copyWithin(d.start + lo + b.length, d.start + hi, d.start + hi + tail);
    }
  }
  d.buf.set(b, d.start + lo);
}

/** The allocation after a cut at the front. */
function PyByteArray_shrunk(d: ByteArrayData): void {
  if (d.length < d.alloc >> 1) {
    d.alloc = d.length + 1;
    d.front = 0;
  }
}

// --- sequence -------------------------------------------------------------------------------------------------------

function bytearray_length(self: PyObject): number {
  return (self.v as ByteArrayData).length;
}

function bytearray_concat(a: PyObject, b: PyObject): PyObject {
  if (!PyObject_CheckBuffer(a) || !PyObject_CheckBuffer(b)) {
    PyErr_SetString(PyExc_TypeError, `can't concat ${b.ob_type.tp_name} to ${a.ob_type.tp_name}`);
  }
  return PyByteArray_FromUint8Array(concat_bytes([buffer_bytes(a), buffer_bytes(b)]));
}

function bytearray_iconcat(self: PyObject, other: PyObject): PyObject {
  if (!PyObject_CheckBuffer(other)) {
    PyErr_SetString(PyExc_TypeError, `can't concat ${other.ob_type.tp_name} to ${self.ob_type.tp_name}`);
  }
  const b = buffer_bytes(other);
  append_bytes(self, other === self ? b.slice() : b);
  return newref(self);
}

function append_bytes(self: PyObject, b: Uint8Array): void {
  const d = self.v as ByteArrayData;
  const at = d.length;
  PyByteArray_Resize(self, at + b.length);
  d.buf.set(b, d.start + at);
}

function bytearray_repeat(self: PyObject, n: number): PyObject {
  const b = bytearray_bytes(self);
  if (n < 0) n = 0;
  check_bytes_size(b.length * n);
  return PyByteArray_FromUint8Array(repeat_bytes(b, n));
}

function bytearray_irepeat(self: PyObject, n: number): PyObject {
  const d = self.v as ByteArrayData;
  if (n < 0) n = 0;
  if (n === 1) return newref(self);
  const size = d.length;
  check_bytes_size(size * n);
  const b = repeat_bytes(bytearray_bytes(self), n);
  PyByteArray_Resize(self, size * n);
  d.buf.set(b, d.start);
  return newref(self);
}

function bytearray_getitem(self: PyObject, i: number): PyObject {
  const d = self.v as ByteArrayData;
  if (i < 0 || i >= d.length) PyErr_SetString(PyExc_IndexError, 'bytearray index out of range');
  return PyLong_FromLong(d.buf[d.start + i]!);
}

/** CPython: bytearray_subscript */
function bytearray_subscript(self: PyObject, index: PyObject): PyObject {
  const d = self.v as ByteArrayData;
  if (PyIndex_Check(index)) {
    const i = PyNumber_AsSsize_t(index, PyExc_IndexError);
    return bytearray_getitem(self, i < 0 ? i + d.length : i);
  }
  if (!PySlice_Check(index)) {
    PyErr_SetString(PyExc_TypeError, `bytearray indices must be integers or slices, not ${index.ob_type.tp_name}`);
  }
  const [s, e, step] = PySlice_Unpack(index);
  const [start, , n] = PySlice_AdjustIndices(d.length, s, e, step);
  return PyByteArray_FromUint8Array(n <= 0 ? new Uint8Array(0) : slice_bytes(bytearray_bytes(self), start, step, n));
}

function bytearray_setitem(self: PyObject, i: number, value: PyObject | null): void {
  const d = self.v as ByteArrayData;
  const c = value === null ? -1 : byte_value(value);
  if (i < 0) i += d.length;
  if (i < 0 || i >= d.length) PyErr_SetString(PyExc_IndexError, 'bytearray index out of range');
  if (value === null) set_range(self, i, i + 1, new Uint8Array(0));
  else d.buf[d.start + i] = c;
}

/** CPython: bytearray_ass_subscript */
function bytearray_ass_subscript(self: PyObject, index: PyObject, value: PyObject | null): void {
  const d = self.v as ByteArrayData;
  if (PyIndex_Check(index)) {
    const i = PyNumber_AsSsize_t(index, PyExc_IndexError);
    bytearray_setitem(self, i, value);
    return;
  }
  if (!PySlice_Check(index)) {
    PyErr_SetString(PyExc_TypeError, `bytearray indices must be integers or slices, not ${index.ob_type.tp_name}`);
  }
  const [s, e, step] = PySlice_Unpack(index);
  let b: Uint8Array;
  if (value === null) b = new Uint8Array(0);
  else if (value === self) b = bytearray_bytes(self).slice();
  else if (PyByteArray_Check(value)) b = bytearray_bytes(value);
  else {
    // Numbers and str are refused here, or bytearray(value) would take them.
    if (PyIndex_Check(value) || PyUnicode_Check(value)) {
      PyErr_SetString(PyExc_TypeError, 'can assign only bytes, buffers, or iterables of ints in range(0, 256)');
    }
    b = bytes_of_object(value, 'bytearray');
  }
  let [start, stop, n] = PySlice_AdjustIndices(d.length, s, e, step);
  if ((step < 0 && start < stop) || (step > 0 && start > stop)) stop = start;
  if (step === 1) {
    set_range(self, start, stop, b);
    return;
  }
  if (b.length === 0) {
    if (n === 0) return;
    check_exports(d);
    if (step < 0) {
      start = start + (n - 1) * step;
    }
    const stride = Math.abs(step);
    const old = bytearray_bytes(self);
    const out = new Uint8Array(d.length - n);
    let k = 0;
    for (let i = 0; i < old.length; i++) {
      const off = i - start;
      if (off >= 0 && off % stride === 0 && off / stride < n) continue;
      out[k++] = old[i]!;
    }
    d.buf.set(out, d.start);
    PyByteArray_Resize(self, out.length);
    return;
  }
  if (b.length !== n) {
    PyErr_SetString(PyExc_ValueError, `attempt to assign bytes of size ${b.length} to extended slice of size ${n}`);
  }
  for (let k = 0, i = start; k < n; k++, i += step) d.buf[d.start + i] = b[k]!;
}

// --- construction ---------------------------------------------------------------------------------------------------

function bytearray_new(type: PyTypeObject, _args: PyObject, _kwargs: PyObject | null): PyObject {
  if (type === PyByteArray_Type) return PyByteArray_FromUint8Array(new Uint8Array(0));
  return type.tp_alloc!(type, new ByteArrayData(new Uint8Array(0)));
}

const BYTEARRAY_SIG = "(source=b'', encoding='utf-8', errors='strict')";

/** CPython: bytearray___init___impl */
function bytearray_init(self: PyObject, args: PyObject, kwargs: PyObject | null): void {
  const [x, enc, err] = PyArg_Clinic('bytearray', BYTEARRAY_SIG, args, kwargs) as [
    PyObject | null,
    PyObject | null,
    PyObject | null,
  ];
  const encoding = arg_str(enc, 'bytearray', "argument 'encoding'", null);
  const errors = arg_str(err, 'bytearray', "argument 'errors'", null);
  const d = self.v as ByteArrayData;
  if (d.length !== 0) PyByteArray_Resize(self, 0);
  if (x === null) {
    if (encoding !== null || errors !== null) {
      PyErr_SetString(
        PyExc_TypeError,
        encoding !== null ? 'encoding without a string argument' : 'errors without a string argument',
      );
    }
    return;
  }
  if (PyUnicode_Check(x)) {
    if (encoding === null) PyErr_SetString(PyExc_TypeError, 'string argument without an encoding');
    const bytes = PyUnicode_AsEncodedString(x, encoding, errors);
    append_bytes(self, bytes.v as Uint8Array);
    decref(bytes);
    return;
  }
  if (encoding !== null || errors !== null) {
    PyErr_SetString(
      PyExc_TypeError,
      encoding !== null ? 'encoding without a string argument' : 'errors without a string argument',
    );
  }
  if (PyIndex_Check(x)) {
    const n = count_argument(x);
    if (n !== null) {
      if (n > 0) PyByteArray_Resize(self, n);
      return;
    }
  }
  if (PyObject_CheckBuffer(x)) {
    append_bytes(self, buffer_copy(x));
    return;
  }
  if (x.ob_type === PyList_Type || x.ob_type === PyTuple_Type) {
    // All small integers: at once, and nothing of it stays when one is out of range.
    const b = bytes_of_ints((x as PyObject<PyObject[]>).v);
    if (b !== null) {
      append_bytes(self, b);
      return;
    }
  }
  let it: PyObject;
  try {
    it = PyObject_GetIter(x);
  } catch (e) {
    if (PyErr_ExceptionMatches(e, PyExc_TypeError)) {
      decref(e.exc);
      PyErr_SetString(PyExc_TypeError, `cannot convert '${x.ob_type.tp_name}' object to bytearray`);
    }
    throw e;
  }
  try {
    for (;;) {
      const item = PyIter_Next(it);
      if (item === null) return;
      let c: number;
      try {
        c = byte_value(item);
      } finally {
        decref(item);
      }
      append_byte(self, c);
    }
  } finally {
    decref(it);
  }
}

/** The bytes that ints stand for; null if one of them is no exact int. */
function bytes_of_ints(items: PyObject[]): Uint8Array | null {
  const out = new Uint8Array(items.length);
  for (let i = 0; i < items.length; i++) {
    const o = items[i]!;
    if (o.ob_type !== PyLong_Type) return null;
    out[i] = byte_value(o);
  }
  return out;
}

function append_byte(self: PyObject, c: number): void {
  const d = self.v as ByteArrayData;
  const n = d.length;
  PyByteArray_Resize(self, n + 1);
  d.buf[d.start + n] = c;
}

// --- methods --------------------------------------------------------------------------------------------------------

function bytearray_append(self: PyObject, item: PyObject): PyObject {
  append_byte(self, byte_value(item));
  return newref(Py_None);
}

function bytearray_insert(self: PyObject, index: PyObject, item: PyObject): PyObject {
  let i = arg_ssize(index, 0);
  const c = byte_value(item);
  const d = self.v as ByteArrayData;
  const n = d.length;
  PyByteArray_Resize(self, n + 1);
  if (i < 0) i = Math.max(0, i + n);
  if (i > n) i = n;
  d.buf.copyWithin(d.start + i + 1, d.start + i, d.start + n);
  d.buf[d.start + i] = c;
  return newref(Py_None);
}

/** CPython: bytearray_extend_impl */
function bytearray_extend(self: PyObject, iterable: PyObject): PyObject {
  if (PyObject_CheckBuffer(iterable)) {
    // At what was the end; taking the buffer may run code that changes the size.
    const end = PyByteArray_Size(self);
    const b = buffer_bytes(iterable).slice();
    const at = Math.min(end, PyByteArray_Size(self));
    set_range(self, at, at, b);
    return newref(Py_None);
  }
  let it: PyObject;
  try {
    it = PyObject_GetIter(iterable);
  } catch (e) {
    if (PyErr_ExceptionMatches(e, PyExc_TypeError)) {
      decref(e.exc);
      PyErr_SetString(PyExc_TypeError, `can't extend bytearray with ${iterable.ob_type.tp_name}`);
    }
    throw e;
  }
  const out: number[] = [];
  try {
    PyObject_LengthHint(iterable, 32);
    for (;;) {
      const item = PyIter_Next(it);
      if (item === null) break;
      try {
        if (out.length === 0 && PyUnicode_Check(iterable) && PyUnicode_Check(item)) {
          PyErr_SetString(PyExc_TypeError, `expected iterable of integers; got: 'str'`);
        }
        out.push(byte_value(item));
      } finally {
        decref(item);
      }
    }
  } finally {
    decref(it);
  }
  append_bytes(self, Uint8Array.from(out));
  return newref(Py_None);
}

function bytearray_pop(self: PyObject, index: PyObject | null): PyObject {
  let i = arg_ssize(index, -1);
  const d = self.v as ByteArrayData;
  const n = d.length;
  if (n === 0) PyErr_SetString(PyExc_IndexError, 'pop from empty bytearray');
  if (i < 0) i += n;
  if (i < 0 || i >= n) PyErr_SetString(PyExc_IndexError, 'pop index out of range');
  check_exports(d);
  const c = d.buf[d.start + i]!;
  d.buf.copyWithin(d.start + i, d.start + i + 1, d.start + n);
  PyByteArray_Resize(self, n - 1);
  return PyLong_FromLong(c);
}

function bytearray_remove(self: PyObject, value: PyObject): PyObject {
  const c = byte_value(value);
  const d = self.v as ByteArrayData;
  const i = bytearray_bytes(self).indexOf(c);
  if (i < 0) PyErr_SetString(PyExc_ValueError, 'value not found in bytearray');
  check_exports(d);
  d.buf.copyWithin(d.start + i, d.start + i + 1, d.start + d.length);
  PyByteArray_Resize(self, d.length - 1);
  return newref(Py_None);
}

function bytearray_reverse(self: PyObject): PyObject {
  bytearray_bytes(self).reverse();
  return newref(Py_None);
}

function bytearray_clear(self: PyObject): PyObject {
  PyByteArray_Resize(self, 0);
  return newref(Py_None);
}

function bytearray_copy(self: PyObject): PyObject {
  return PyByteArray_FromUint8Array(bytearray_bytes(self).slice());
}

function bytearray_resize(self: PyObject, size: PyObject): PyObject {
  const n = arg_ssize(size, 0);
  if (n < 0) PyErr_SetString(PyExc_ValueError, `Can only resize to positive sizes, got ${n}`);
  PyByteArray_Resize(self, n);
  return newref(Py_None);
}

function bytearray_alloc(self: PyObject): PyObject {
  return PyLong_FromLong((self.v as ByteArrayData).alloc);
}

function bytearray_sizeof(self: PyObject): PyObject {
  return PyLong_FromLong(self.ob_type.tp_basicsize + (self.v as ByteArrayData).alloc);
}

function reduce(self: PyObject, proto: number): PyObject {
  const b = bytearray_bytes(self);
  const state = object_getstate(self, false);
  let args: PyObject[];
  if (proto < 3) args = b.length === 0 ? [] : [unicode_from_bmp(string_from_units(b)), unicode_from_bmp('latin-1')];
  else args = b.length === 0 ? [] : [PyBytes_FromUint8Array(b.slice())];
  return PyTuple_FromArraySteal([newref(self.ob_type), PyTuple_FromArraySteal(args), state]);
}

function bytearray_reduce(self: PyObject): PyObject {
  return reduce(self, 2);
}
function bytearray_reduce_ex(self: PyObject, proto: PyObject | null): PyObject {
  return reduce(self, arg_int(proto, 0));
}

function bytearray_fromhex(type: PyObject, s: PyObject): PyObject {
  const b = PyByteArray_FromUint8Array(bytes_from_hex(s));
  if (type === PyByteArray_Type) return b;
  try {
    return PyObject_CallOneArg(type, b);
  } finally {
    decref(b);
  }
}

function bytearray_repr(self: PyObject): PyObject {
  const name = self.ob_type.tp_name;
  const body = bytes_repr_string(bytearray_bytes(self), true);
  return unicode_from_bmp(`${name.substring(name.lastIndexOf('.') + 1)}(${body})`);
}

function bytearray_str(self: PyObject): PyObject {
  bytes_warning('str() on a bytearray instance');
  return bytearray_repr(self);
}

/** CPython: bytearray_richcompare */
function bytearray_richcompare(a: PyObject, b: PyObject, op: number): PyObject {
  if (!PyObject_CheckBuffer(a) || !PyObject_CheckBuffer(b)) {
    if (PyUnicode_Check(a) || PyUnicode_Check(b)) bytes_warning('Comparison between bytearray and string');
    return newref(Py_NotImplemented);
  }
  const x = buffer_bytes(a);
  const y = buffer_bytes(b);
  let r: boolean;
  if (op === Py_EQ) r = equal_bytes(x, y);
  else if (op === Py_NE) r = !equal_bytes(x, y);
  else {
    const d = compare_bytes(x, y);
    r = op === Py_LT ? d < 0 : op === Py_LE ? d <= 0 : op === Py_GT ? d > 0 : op === Py_GE ? d >= 0 : false;
  }
  return newref(r ? Py_True : Py_False);
}

function bytearray_mod(a: PyObject, b: PyObject): PyObject {
  if (!PyByteArray_Check(a)) return newref(Py_NotImplemented);
  // Held while the arguments' own code runs.
  a.v.exports++;
  try {
    return PyByteArray_FromUint8Array(bytes_format(bytearray_bytes(a), b));
  } finally {
    a.v.exports--;
  }
}

function bytearray_getbuffer(self: PyObject, flags: number): PyBuffer {
  const d = self.v as ByteArrayData;
  const view = fill_buffer(self, d.buf, d.start, d.length, false, flags);
  d.exports++;
  return view;
}

function bytearray_releasebuffer(self: PyObject, _view: PyBuffer): void {
  (self.v as ByteArrayData).exports--;
}

// --- iterator -------------------------------------------------------------------------------------------------------

class ByteArrayIter {
  /** Owned; null once exhausted. */
  seq: PyObject | null;
  index = 0;
  constructor(seq: PyObject) {
    this.seq = seq;
  }
}

function bytearray_iter(self: PyObject): PyObject {
  const it = new PyObject(PyByteArrayIter_Type, new ByteArrayIter(newref(self)), null);
  gc_new(it);
  return it;
}

function bytearrayiter_next(self: PyObject): PyObject | null {
  const it = self.v as ByteArrayIter;
  const seq = it.seq;
  if (seq === null) return null;
  const d = seq.v as ByteArrayData;
  if (it.index < d.length) return PyLong_FromLong(d.buf[d.start + it.index++]!);
  it.seq = null;
  decref(seq);
  return null;
}

function bytearrayiter_dealloc(self: PyObject): void {
  gc_del(self);
  const { seq } = self.v as ByteArrayIter;
  if (seq !== null) decref(seq);
}

function bytearrayiter_traverse(self: PyObject, visit: (o: PyObject) => void): void {
  const { seq } = self.v as ByteArrayIter;
  if (seq !== null) visit(seq);
}

function bytearrayiter_length_hint(self: PyObject): PyObject {
  const it = self.v as ByteArrayIter;
  return PyLong_FromLong(it.seq === null ? 0 : Math.max(0, (it.seq.v as ByteArrayData).length - it.index));
}

function bytearrayiter_reduce(self: PyObject): PyObject {
  const it = self.v as ByteArrayIter;
  const iter = builtin_iter('iter');
  const seq = it.seq;
  if (seq === null) return PyTuple_FromArraySteal([iter, PyTuple_FromArraySteal([PyTuple_FromArraySteal([])])]);
  return PyTuple_FromArraySteal([iter, PyTuple_FromArraySteal([newref(seq)]), PyLong_FromLong(it.index)]);
}

function bytearrayiter_setstate(self: PyObject, state: PyObject): PyObject {
  const index = PyLong_AsSsize_t(state);
  const it = self.v as ByteArrayIter;
  if (it.seq !== null) it.index = Math.max(0, Math.min(index, (it.seq.v as ByteArrayData).length));
  return newref(Py_None);
}

export const PyByteArrayIter_Type = static_type({
  name: 'bytearray_iterator',
  tp_basicsize: 32,
  tp_flags: Py_TPFLAGS_HAVE_GC,
  tp_dealloc: bytearrayiter_dealloc,
  tp_traverse: bytearrayiter_traverse,
  tp_iter: PyObject_SelfIter,
  tp_iternext: bytearrayiter_next,
  methods: [
    { name: '__length_hint__', flags: METH_NOARGS, meth: bytearrayiter_length_hint, sig: '($self, /)' },
    { name: '__reduce__', flags: METH_NOARGS, meth: bytearrayiter_reduce, sig: '($self, /)' },
    { name: '__setstate__', flags: METH_O, meth: bytearrayiter_setstate, sig: '($self, object, /)' },
  ],
});

export const PyByteArray_Type = static_type({
  name: 'bytearray',
  tp_basicsize: 56,
  tp_flags: Py_TPFLAGS_BASETYPE | _Py_TPFLAGS_MATCH_SELF,
  tp_doc: "bytearray(source=b'', [encoding[, errors]]) -> bytearray\n\nA mutable sequence of bytes.",
  tp_repr: bytearray_repr,
  tp_str: bytearray_str,
  tp_hash: PyObject_HashNotImplemented,
  tp_richcompare: bytearray_richcompare,
  tp_iter: bytearray_iter,
  tp_init: bytearray_init,
  tp_new: bytearray_new,
  nb_remainder: bytearray_mod,
  sq_length: bytearray_length,
  sq_concat: bytearray_concat,
  sq_repeat: bytearray_repeat,
  sq_item: bytearray_getitem,
  sq_ass_item: bytearray_setitem,
  sq_contains: bytes_contains,
  sq_inplace_concat: bytearray_iconcat,
  sq_inplace_repeat: bytearray_irepeat,
  mp_length: bytearray_length,
  mp_subscript: bytearray_subscript,
  mp_ass_subscript: bytearray_ass_subscript,
  bf_getbuffer: bytearray_getbuffer,
  bf_releasebuffer: bytearray_releasebuffer,
  methods: [
    { name: '__alloc__', flags: METH_NOARGS, meth: bytearray_alloc, sig: '($self, /)' },
    { name: '__reduce__', flags: METH_NOARGS, meth: bytearray_reduce, sig: '($self, /)' },
    { name: '__reduce_ex__', flags: METH_CLINIC, meth: bytearray_reduce_ex, sig: '($self, proto=0, /)' },
    { name: '__sizeof__', flags: METH_NOARGS, meth: bytearray_sizeof, sig: '($self, /)' },
    { name: 'append', flags: METH_O, meth: bytearray_append, sig: '($self, item, /)' },
    { name: 'clear', flags: METH_NOARGS, meth: bytearray_clear, sig: '($self, /)' },
    { name: 'copy', flags: METH_NOARGS, meth: bytearray_copy, sig: '($self, /)' },
    { name: 'extend', flags: METH_O, meth: bytearray_extend, sig: '($self, iterable_of_ints, /)' },
    { name: 'fromhex', flags: METH_O | METH_CLASS, meth: bytearray_fromhex, sig: '($type, string, /)' },
    { name: 'insert', flags: METH_CLINIC, meth: bytearray_insert, sig: '($self, index, item, /)' },
    { name: 'pop', flags: METH_CLINIC, meth: bytearray_pop, sig: '($self, index=-1, /)' },
    { name: 'remove', flags: METH_O, meth: bytearray_remove, sig: '($self, value, /)' },
    { name: 'resize', flags: METH_O, meth: bytearray_resize, sig: '($self, size, /)' },
    { name: 'reverse', flags: METH_NOARGS, meth: bytearray_reverse, sig: '($self, /)' },
    ...shared_methods(),
  ],
});
