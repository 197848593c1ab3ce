// array.ts: sequences of machine numbers.                                              CPython: Modules/arraymodule.c
//
// The items are bytes (little-endian) in a buffer that may be larger; `allocated` is what CPython would have allocated,
// in items, which __sizeof__ shows. Invariant: while buffers are exported the array is not resized.

import { PyErr_SetString } from '../core/errors.ts';
import { gc_del, gc_new } from '../core/gc.ts';
import {
  decref,
  newref,
  Py_EQ,
  Py_NE,
  Py_TPFLAGS_BASETYPE,
  Py_TPFLAGS_HAVE_GC,
  Py_TPFLAGS_SEQUENCE,
  PyObject,
  type PyTypeObject,
  type visitproc,
  xdecref,
} from '../core/object.ts';
import { per_interpreter } from '../core/per_interpreter.ts';
import {
  METH_CLASS,
  METH_CLINIC,
  METH_NOARGS,
  METH_O,
  type ModuleSpec,
  PyBUF_SIMPLE,
  type PyBuffer,
  static_type,
} from '../core/spec.ts';
import {
  PyBuffer_Release,
  PyIndex_Check,
  PyNumber_AsSsize_t,
  PyObject_GetBuffer,
  PyObject_GetIter,
} from '../objects/abstract.ts';
import { check_no_keywords, ssize_arg } from '../objects/argcheck.ts';
import { Py_False, Py_True } from '../objects/boolobject.ts';
import { PyBytes_FromUint8Array } from '../objects/bytesobject.ts';
import { PyObject_CallMethodOneArg } from '../objects/call.ts';
import {
  PyBytes_Check,
  PyList_Check,
  PyLong_Check,
  PyTuple_Check,
  PyType_Check,
  PyUnicode_Check,
} from '../objects/checks.ts';
import {
  PyExc_BufferError,
  PyExc_DeprecationWarning,
  PyExc_EOFError,
  PyExc_IndexError,
  PyExc_TypeError,
  PyExc_ValueError,
} from '../objects/exceptions.ts';
import { Py_GenericAlias } from '../objects/genericaliasobject.ts';
import { PyImport_ImportModuleAttr } from '../objects/import_util.ts';
import { release_instance } from '../objects/instance.ts';
import { builtin_iter } from '../objects/iterobject.ts';
import { PyList_FromArraySteal } from '../objects/listobject.ts';
import { PyLong_AsLong, PyLong_FromBigInt, PyLong_FromLong } from '../objects/longobject.ts';
import { PyModule_AddObjectRef, PyModule_AddStringConstant } from '../objects/moduleobject.ts';
import {
  object_id,
  Py_None,
  Py_NotImplemented,
  PyObject_GetAttrString,
  PyObject_GetOptionalAttrString,
  PyObject_HashNotImplemented,
  PyObject_RichCompare,
  PyObject_RichCompareBool,
  repr_string,
} from '../objects/object.ts';
import { slice_bounds } from '../objects/sequtil.ts';
import { PySlice_AdjustIndices, PySlice_Check, PySlice_Unpack } from '../objects/sliceobject.ts';
import { _Py_EmptyTuple, compare_lengths, PyTuple_FromArraySteal, type PyTupleObject } from '../objects/tupleobject.ts';
import { PyObject_TypeCheck, PyType_IsSubtype } from '../objects/typeobject.ts';
import {
  PyUnicode_AsString,
  PyUnicode_Decode,
  PyUnicode_FromCodePoints,
  PyUnicode_FromString,
  PyUnicode_GET_LENGTH,
  PyUnicode_READ_CHAR,
} from '../objects/unicodeobject.ts';
import { PyErr_WarnEx } from '../objects/warnings.ts';
import { type ItemKind, KINDS, kind_of, MACHINE_FORMATS, machine_format } from './array/items.ts';

class ArrayData {
  kind: ItemKind;
  /** Bytes; the first size * itemsize count. */
  buf: Uint8Array;
  view: DataView;
  /** Items. */
  size: number;
  allocated: number;
  exports = 0;
  constructor(kind: ItemKind, size: number) {
    this.kind = kind;
    this.buf = new Uint8Array(size * kind.size);
    this.view = new DataView(this.buf.buffer);
    this.size = size;
    this.allocated = size;
  }
}
type ArrayObject = PyObject<ArrayData>;

function data_of(o: PyObject): ArrayData {
  return (o as ArrayObject).v;
}

function is_array(o: PyObject): o is ArrayObject {
  return PyObject_TypeCheck(o, array_type);
}

function is_unicode(k: ItemKind): boolean {
  return k.code === 'u' || k.code === 'w';
}

/** The bytes in use, shared. */
function bytes_of(a: ArrayData): Uint8Array {
  return a.buf.subarray(0, a.size * a.kind.size);
}

function new_array(type: PyTypeObject, kind: ItemKind, size: number): ArrayObject {
  return type.tp_alloc!(type, new ArrayData(kind, size)) as ArrayObject;
}

function from_bytes(kind: ItemKind, bytes: Uint8Array): ArrayObject {
  const a = new_array(array_type, kind, bytes.length / kind.size);
  a.v.buf.set(bytes);
  return a;
}

/** Changes the number of items. CPython: array_resize */
function resize(a: ArrayData, newsize: number): void {
  if (a.exports > 0 && newsize !== a.size) {
    PyErr_SetString(PyExc_BufferError, 'cannot resize an array that is exporting buffers');
  }
  if (a.allocated >= newsize && a.size < newsize + 16 && a.allocated > 0) {
    ensure(a, newsize);
    a.size = newsize;
    return;
  }
  if (newsize === 0) {
    a.buf = new Uint8Array(0);
    a.view = new DataView(a.buf.buffer);
    a.allocated = 0;
    a.size = 0;
    return;
  }
  a.allocated = (newsize >> 4) + (a.size < 8 ? 3 : 7) + newsize;
  ensure(a, newsize);
  a.size = newsize;
}

/** Makes room for that many items. */
function ensure(a: ArrayData, items: number): void {
  const need = items * a.kind.size;
  if (need <= a.buf.length) return;
  const buf = new Uint8Array(Math.max(need, a.buf.length * 2));
  buf.set(a.buf);
  a.buf = buf;
  a.view = new DataView(buf.buffer);
}

function get_item(a: ArrayData, i: number): PyObject {
  return a.kind.get(a.view, i * a.kind.size);
}

/** Stores an item. The conversion may run code that shrinks the array. */
function set_item(a: ArrayData, i: number, value: PyObject): void {
  const { kind } = a;
  const scratch = new DataView(new ArrayBuffer(8));
  kind.set(scratch, 0, value);
  if (i >= a.size) PyErr_SetString(PyExc_IndexError, 'array assignment index out of range');
  for (let k = 0; k < kind.size; k++) a.buf[i * kind.size + k] = scratch.getUint8(k);
}

/** CPython: ins1 */
function insert(a: ArrayData, where: number, value: PyObject): void {
  const { kind } = a;
  const scratch = new DataView(new ArrayBuffer(8));
  kind.set(scratch, 0, value);
  const n = a.size;
  resize(a, n + 1);
  if (where < 0) {
    where += n;
    if (where < 0) where = 0;
  }
  if (where > n) where = n;
  const s = kind.size;
  if (where !== n) a.buf.copyWithin((where + 1) * s, where * s, n * s);
  for (let k = 0; k < s; k++) a.buf[where * s + k] = scratch.getUint8(k);
}

/** Puts bytes in place of the items low to high. */
function replace(a: ArrayData, low: number, high: number, bytes: Uint8Array): void {
  const s = a.kind.size;
  const old = a.size;
  const added = bytes.length / s;
  const grow = added - (high - low);
  if (grow > 0) {
    resize(a, old + grow);
    a.buf.copyWithin((high + grow) * s, high * s, old * s);
  } else if (grow < 0) {
    if (a.exports > 0) PyErr_SetString(PyExc_BufferError, 'cannot resize an array that is exporting buffers');
    a.buf.copyWithin((high + grow) * s, high * s, old * s);
    resize(a, old + grow);
  }
  a.buf.set(bytes, low * s);
}

/** Appends the items of an iterable. CPython: array_iter_extend */
function iter_extend(a: ArrayData, iterable: PyObject): void {
  const it = PyObject_GetIter(iterable);
  try {
    const next = it.ob_type.tp_iternext!;
    for (let o = next(it); o !== null; o = next(it)) {
      try {
        insert(a, a.size, o);
      } finally {
        decref(o);
      }
    }
  } finally {
    decref(it);
  }
}

/** CPython: array_do_extend */
function do_extend(a: ArrayData, other: PyObject): void {
  if (!is_array(other)) {
    iter_extend(a, other);
    return;
  }
  if (other.v.kind !== a.kind) PyErr_SetString(PyExc_TypeError, 'can only extend with array of same kind');
  const bytes = bytes_of(other.v).slice();
  replace(a, a.size, a.size, bytes);
}

// --- construction ----------------------------------------------------------------------------------------------------

const BAD_TYPECODE = 'bad typecode (must be b, B, u, w, h, H, i, I, l, L, q, Q, f or d)';

function append_text(a: ArrayData, text: PyObject): void {
  const n = PyUnicode_GET_LENGTH(text);
  const old = a.size;
  if (n === 0) return;
  resize(a, old + n);
  for (let i = 0; i < n; i++) a.view.setUint32((old + i) * 4, PyUnicode_READ_CHAR(text, i), true);
}

/** CPython: array_new */
function array_new(type: PyTypeObject, args: PyObject, kwargs: PyObject | null): PyObject {
  if (type === array_type || type.tp_init === array_type.tp_init) check_no_keywords('array.array', kwargs);
  const given = (args as PyTupleObject).v;
  if (given.length < 1) PyErr_SetString(PyExc_TypeError, 'array() takes at least 1 argument (0 given)');
  if (given.length > 2) {
    PyErr_SetString(PyExc_TypeError, `array() takes at most 2 arguments (${given.length} given)`);
  }
  const code_arg = given[0]!;
  if (!PyUnicode_Check(code_arg)) {
    PyErr_SetString(PyExc_TypeError, `array() argument 1 must be a unicode character, not ${code_arg.ob_type.tp_name}`);
  }
  const n = PyUnicode_GET_LENGTH(code_arg);
  if (n !== 1) {
    PyErr_SetString(PyExc_TypeError, `array() argument 1 must be a unicode character, not a string of length ${n}`);
  }
  const code = PyUnicode_AsString(code_arg);
  if (code === 'u') {
    PyErr_WarnEx(PyExc_DeprecationWarning, "The 'u' type code is deprecated and will be removed in Python 3.16", 1);
  }
  const initial = given[1] ?? null;
  const wide = code === 'u' || code === 'w';
  if (initial !== null && !wide) {
    if (PyUnicode_Check(initial)) {
      PyErr_SetString(PyExc_TypeError, `cannot use a str to initialize an array with typecode '${code}'`);
    }
    if (is_array(initial) && is_unicode(initial.v.kind)) {
      PyErr_SetString(PyExc_TypeError, `cannot use a unicode array to initialize an array with typecode '${code}'`);
    }
  }
  const kind = kind_of(code);
  if (kind === null) PyErr_SetString(PyExc_ValueError, BAD_TYPECODE);
  return fill_new(type, kind, initial);
}

function fill_new(type: PyTypeObject, kind: ItemKind, initial: PyObject | null): PyObject {
  const listed = initial !== null && (PyList_Check(initial) || PyTuple_Check(initial));
  const a = new_array(type, kind, 0);
  if (initial === null) return a;
  try {
    if (listed) {
      const items = (initial as PyTupleObject).v;
      resize(a.v, items.length);
      a.v.allocated = items.length;
      for (let i = 0; i < items.length; i++) set_item(a.v, i, items[i]!);
    } else if (is_unicode(kind) && PyUnicode_Check(initial)) {
      append_text(a.v, initial);
      a.v.allocated = a.v.size;
    } else if (PyBytes_Check(initial) || is_bytearray(initial)) {
      frombytes(a.v, initial);
      a.v.allocated = a.v.size;
    } else if (is_array(initial) && initial.v.kind === kind) {
      replace(a.v, 0, 0, bytes_of(initial.v).slice());
      a.v.allocated = a.v.size;
    } else if (is_array(initial)) {
      const items: PyObject[] = [];
      for (let i = 0; i < initial.v.size; i++) items.push(get_item(initial.v, i));
      try {
        resize(a.v, items.length);
        a.v.allocated = items.length;
        for (let i = 0; i < items.length; i++) set_item(a.v, i, items[i]!);
      } finally {
        for (const o of items) decref(o);
      }
    } else iter_extend(a.v, initial);
  } catch (e) {
    decref(a);
    throw e;
  }
  return a;
}

function is_bytearray(o: PyObject): boolean {
  return o.ob_type.tp_name === 'bytearray' || o.ob_type.tp_base?.tp_name === 'bytearray';
}

function array_dealloc(self: PyObject): void {
  gc_del(self);
  release_instance(self);
}

// --- text and comparison ---------------------------------------------------------------------------------------------

function text_of(a: ArrayData): PyObject {
  const points: number[] = [];
  for (let i = 0; i < a.size; i++) {
    const c = a.view.getUint32(i * 4, true);
    // The codec words the error.
    if (c > 0x10ffff)
      return PyUnicode_Decode(
        new Uint8Array(a.view.buffer, a.view.byteOffset, a.size * 4),
        'utf-32-le',
        'surrogatepass',
      );
    points.push(c);
  }
  return PyUnicode_FromCodePoints(points);
}

function list_of(a: ArrayData): PyObject {
  const items: PyObject[] = [];
  for (let i = 0; i < a.size; i++) items.push(get_item(a, i));
  return PyList_FromArraySteal(items);
}

function array_repr(self: PyObject): PyObject {
  const a = data_of(self);
  const full = self.ob_type.tp_name;
  const name = full.slice(full.lastIndexOf('.') + 1);
  if (a.size === 0) return PyUnicode_FromString(`${name}('${a.kind.code}')`);
  const content = is_unicode(a.kind) ? text_of(a) : list_of(a);
  try {
    return PyUnicode_FromString(`${name}('${a.kind.code}', ${repr_string(content)})`);
  } finally {
    decref(content);
  }
}

/** CPython: array_richcompare */
function array_richcompare(self: PyObject, other: PyObject, op: number): PyObject {
  if (!is_array(self) || !is_array(other)) return newref(Py_NotImplemented);
  const a = self.v;
  const b = other.v;
  if (a.size !== b.size && (op === Py_EQ || op === Py_NE)) return newref(op === Py_EQ ? Py_False : Py_True);
  for (let i = 0; i < a.size && i < b.size; i++) {
    const x = get_item(a, i);
    const y = get_item(b, i);
    try {
      if (PyObject_RichCompareBool(x, y, Py_EQ)) continue;
      if (op === Py_EQ) return newref(Py_False);
      if (op === Py_NE) return newref(Py_True);
      return PyObject_RichCompare(x, y, op);
    } finally {
      decref(x);
      decref(y);
    }
  }
  return newref(compare_lengths(a.size, b.size, op) ? Py_True : Py_False);
}

// --- the sequence protocol ------------------------------------------------------------------------------------------

function array_length(self: PyObject): number {
  return data_of(self).size;
}

function array_item(self: PyObject, i: number): PyObject {
  const a = data_of(self);
  if (i < 0 || i >= a.size) PyErr_SetString(PyExc_IndexError, 'array index out of range');
  return get_item(a, i);
}

function array_contains(self: PyObject, value: PyObject): boolean {
  return find(data_of(self), value, 0, Infinity) >= 0;
}

/** Index of the first equal item, or -1. */
function find(a: ArrayData, value: PyObject, start: number, stop: number): number {
  for (let i = start; i < stop && i < a.size; i++) {
    const item = get_item(a, i);
    try {
      if (PyObject_RichCompareBool(item, value, Py_EQ)) return i;
    } finally {
      decref(item);
    }
  }
  return -1;
}

function array_concat(self: PyObject, other: PyObject): PyObject {
  if (!is_array(other)) {
    PyErr_SetString(PyExc_TypeError, `can only append array (not "${other.ob_type.tp_name}") to array`);
  }
  const a = data_of(self);
  if (a.kind !== other.v.kind) bad_argument();
  const result = new_array(array_type, a.kind, a.size + other.v.size);
  result.v.buf.set(bytes_of(a));
  result.v.buf.set(bytes_of(other.v), a.size * a.kind.size);
  return result;
}

function bad_argument(): never {
  PyErr_SetString(PyExc_TypeError, 'bad argument type for built-in operation');
}

function array_repeat(self: PyObject, n: number): PyObject {
  const a = data_of(self);
  if (n < 0) n = 0;
  const result = new_array(array_type, a.kind, a.size * n);
  const bytes = bytes_of(a);
  for (let k = 0; k < n; k++) result.v.buf.set(bytes, k * bytes.length);
  return result;
}

function array_inplace_concat(self: PyObject, other: PyObject): PyObject {
  if (!is_array(other)) {
    PyErr_SetString(PyExc_TypeError, `can only extend array with array (not "${other.ob_type.tp_name}")`);
  }
  do_extend(data_of(self), other);
  return newref(self);
}

function array_inplace_repeat(self: PyObject, n: number): PyObject {
  const a = data_of(self);
  if (a.size === 0) return newref(self);
  if (n < 0) n = 0;
  const bytes = bytes_of(a).slice();
  resize(a, a.size * n);
  for (let k = 1; k < n; k++) a.buf.set(bytes, k * bytes.length);
  return newref(self);
}

function array_subscript(self: PyObject, item: PyObject): PyObject {
  const a = data_of(self);
  if (PyIndex_Check(item)) {
    const i = PyNumber_AsSsize_t(item, PyExc_IndexError);
    return array_item(self, i < 0 ? i + a.size : i);
  }
  if (!PySlice_Check(item)) PyErr_SetString(PyExc_TypeError, 'array indices must be integers');
  const [start0, stop, step] = PySlice_Unpack(item);
  const [start, , n] = PySlice_AdjustIndices(a.size, start0, stop, step);
  const result = new_array(array_type, a.kind, Math.max(0, n));
  const s = a.kind.size;
  for (let k = 0, i = start; k < n; k++, i += step) {
    for (let b = 0; b < s; b++) result.v.buf[k * s + b] = a.buf[i * s + b]!;
  }
  return result;
}

/** CPython: array_ass_subscr */
function array_ass_subscript(self: PyObject, item: PyObject, value: PyObject | null): void {
  const a = data_of(self);
  const s = a.kind.size;
  if (PyIndex_Check(item)) {
    let i = PyNumber_AsSsize_t(item, PyExc_IndexError);
    if (i < 0) i += a.size;
    if (i < 0 || i >= a.size) PyErr_SetString(PyExc_IndexError, 'array assignment index out of range');
    if (value !== null) set_item(a, i, value);
    else replace(a, i, i + 1, new Uint8Array(0));
    return;
  }
  if (!PySlice_Check(item)) PyErr_SetString(PyExc_TypeError, 'array indices must be integers');
  const [start0, stop0, step0] = PySlice_Unpack(item);
  let [start, stop, n] = PySlice_AdjustIndices(a.size, start0, stop0, step0);
  let step = step0;
  let bytes = new Uint8Array(0);
  if (value !== null) {
    if (!is_array(value)) {
      PyErr_SetString(PyExc_TypeError, `can only assign array (not "${value.ob_type.tp_name}") to array slice`);
    }
    if (value.v.kind !== a.kind) bad_argument();
    bytes = bytes_of(value.v).slice();
  }
  const needed = bytes.length / s;
  if ((step > 0 && stop < start) || (step < 0 && stop > start)) stop = start;
  if (a.exports > 0 && (value === null || needed !== n) && (step === 1 || value === null) && n !== needed) {
    PyErr_SetString(PyExc_BufferError, 'cannot resize an array that is exporting buffers');
  }
  if (step === 1) {
    replace(a, start, start + n, bytes);
    return;
  }
  if (value === null) {
    if (n <= 0) return;
    if (step < 0) {
      start = start + step * (n - 1);
      step = -step;
    }
    let to = start;
    let gone = 0;
    for (let i = start; i < a.size; i++) {
      if (gone < n && i === start + gone * step) gone++;
      else {
        a.buf.copyWithin(to * s, i * s, (i + 1) * s);
        to++;
      }
    }
    resize(a, to);
    return;
  }
  if (needed !== n) {
    PyErr_SetString(PyExc_ValueError, `attempt to assign array of size ${needed} to extended slice of size ${n}`);
  }
  for (let k = 0, i = start; k < n; k++, i += step) a.buf.set(bytes.subarray(k * s, (k + 1) * s), i * s);
}

// --- buffers ---------------------------------------------------------------------------------------------------------

function array_getbuffer(self: PyObject, flags: number): PyBuffer {
  const a = data_of(self);
  a.exports++;
  return {
    obj: newref(self),
    buf: a.buf,
    offset: 0,
    len: a.size * a.kind.size,
    itemsize: a.kind.size,
    readonly: false,
    ndim: 1,
    format: (flags & 0x0004) !== 0 ? a.kind.format : null,
    shape: (flags & 0x0008) !== 0 ? [a.size] : null,
    strides: (flags & 0x0018) === 0x0018 ? [a.kind.size] : null,
    suboffsets: null,
    internal: null,
  };
}

function array_releasebuffer(self: PyObject, _view: PyBuffer): void {
  data_of(self).exports--;
}

/** Appends the bytes of an object. CPython: frombytes */
function frombytes(a: ArrayData, o: PyObject): void {
  const view = PyObject_GetBuffer(o, PyBUF_SIMPLE);
  try {
    if (view.itemsize !== 1) PyErr_SetString(PyExc_TypeError, 'a bytes-like object is required');
    if (view.len % a.kind.size !== 0) {
      PyErr_SetString(PyExc_ValueError, 'bytes length not a multiple of item size');
    }
    const bytes = view.buf.slice(view.offset, view.offset + view.len);
    if (bytes.length > 0) replace(a, a.size, a.size, bytes);
  } finally {
    PyBuffer_Release(view);
  }
}

// --- methods ---------------------------------------------------------------------------------------------------------

function none(): PyObject {
  return newref(Py_None);
}

function array_append(self: PyObject, v: PyObject): PyObject {
  const a = data_of(self);
  insert(a, a.size, v);
  return none();
}

function array_extend(self: PyObject, other: PyObject): PyObject {
  do_extend(data_of(self), other);
  return none();
}

function array_insert(self: PyObject, i: PyObject, v: PyObject): PyObject {
  insert(data_of(self), ssize_arg(i), v);
  return none();
}

function array_pop(self: PyObject, index: PyObject | null): PyObject {
  const a = data_of(self);
  let i = index === null ? -1 : ssize_arg(index);
  if (a.size === 0) PyErr_SetString(PyExc_IndexError, 'pop from empty array');
  if (i < 0) i += a.size;
  if (i < 0 || i >= a.size) PyErr_SetString(PyExc_IndexError, 'pop index out of range');
  const item = get_item(a, i);
  try {
    replace(a, i, i + 1, new Uint8Array(0));
  } catch (e) {
    decref(item);
    throw e;
  }
  return item;
}

function array_remove(self: PyObject, v: PyObject): PyObject {
  const a = data_of(self);
  const i = find(a, v, 0, Infinity);
  if (i < 0) PyErr_SetString(PyExc_ValueError, 'array.remove(x): x not in array');
  replace(a, i, i + 1, new Uint8Array(0));
  return none();
}

function array_index(self: PyObject, v: PyObject, start: PyObject | null, stop: PyObject | null): PyObject {
  const a = data_of(self);
  const [lo, hi] = slice_bounds(start, stop, a.size);
  const i = find(a, v, lo, hi);
  if (i < 0) PyErr_SetString(PyExc_ValueError, 'array.index(x): x not in array');
  return PyLong_FromLong(i);
}

function array_count(self: PyObject, v: PyObject): PyObject {
  const a = data_of(self);
  let count = 0;
  for (let i = find(a, v, 0, Infinity); i >= 0; i = find(a, v, i + 1, Infinity)) count++;
  return PyLong_FromLong(count);
}

function array_clear(self: PyObject): PyObject {
  resize(data_of(self), 0);
  return none();
}

function array_copy(self: PyObject): PyObject {
  const a = data_of(self);
  return from_bytes(a.kind, bytes_of(a));
}

function array_reverse(self: PyObject): PyObject {
  const a = data_of(self);
  const s = a.kind.size;
  const bytes = bytes_of(a).slice();
  for (let i = 0; i < a.size; i++) a.buf.set(bytes.subarray(i * s, (i + 1) * s), (a.size - 1 - i) * s);
  return none();
}

function array_byteswap(self: PyObject): PyObject {
  const a = data_of(self);
  const s = a.kind.size;
  for (let i = 0; i < a.size; i++) a.buf.subarray(i * s, (i + 1) * s).reverse();
  return none();
}

function array_buffer_info(self: PyObject): PyObject {
  const a = data_of(self);
  return PyTuple_FromArraySteal([PyLong_FromBigInt(BigInt(object_id(self)) + 0x1000n), PyLong_FromLong(a.size)]);
}

function array_tolist(self: PyObject): PyObject {
  return list_of(data_of(self));
}

/** Appends the items of a list, or nothing at all if one does not fit. */
function array_fromlist(self: PyObject, list: PyObject): PyObject {
  if (!PyList_Check(list)) PyErr_SetString(PyExc_TypeError, 'arg must be list');
  const a = data_of(self);
  const old = a.size;
  const n = list.v.length;
  if (n === 0) return none();
  resize(a, old + n);
  try {
    for (let i = 0; i < n; i++) {
      set_item(a, old + i, list.v[i]!);
      if (n !== list.v.length) {
        PyErr_SetString(PyExc_ValueError, 'list changed size during iteration');
      }
    }
  } catch (e) {
    resize(a, old);
    throw e;
  }
  return none();
}

function array_tobytes(self: PyObject): PyObject {
  return PyBytes_FromUint8Array(bytes_of(data_of(self)).slice());
}

function array_frombytes(self: PyObject, buffer: PyObject): PyObject {
  frombytes(data_of(self), buffer);
  return none();
}

function array_fromunicode(self: PyObject, ustr: PyObject): PyObject {
  const a = data_of(self);
  if (!PyUnicode_Check(ustr)) {
    PyErr_SetString(PyExc_TypeError, `fromunicode() argument must be str, not ${ustr.ob_type.tp_name}`);
  }
  if (!is_unicode(a.kind)) {
    PyErr_SetString(PyExc_ValueError, "fromunicode() may only be called on unicode type arrays ('u' or 'w')");
  }
  append_text(a, ustr);
  return none();
}

function array_tounicode(self: PyObject): PyObject {
  const a = data_of(self);
  if (!is_unicode(a.kind)) {
    PyErr_SetString(PyExc_ValueError, "tounicode() may only be called on unicode type arrays ('u' or 'w')");
  }
  return text_of(a);
}

/** CPython: array_array_fromfile_impl */
function array_fromfile(self: PyObject, file: PyObject, count: PyObject): PyObject {
  const a = data_of(self);
  const n = ssize_arg(count);
  if (n < 0) PyErr_SetString(PyExc_ValueError, 'negative count');
  const nbytes = PyLong_FromLong(n * a.kind.size);
  let bytes: PyObject;
  try {
    bytes = PyObject_CallMethodOneArg(file, 'read', nbytes);
  } finally {
    decref(nbytes);
  }
  let enough: boolean;
  try {
    if (!PyBytes_Check(bytes)) PyErr_SetString(PyExc_TypeError, "read() didn't return bytes");
    enough = (bytes.v as Uint8Array).length === n * a.kind.size;
    frombytes(a, bytes);
  } finally {
    decref(bytes);
  }
  if (!enough) PyErr_SetString(PyExc_EOFError, "read() didn't return enough bytes");
  return none();
}

function array_tofile(self: PyObject, file: PyObject): PyObject {
  const all = bytes_of(data_of(self)).slice();
  const BLOCK = 64 * 1024;
  for (let at = 0; at < all.length; at += BLOCK) {
    const part = PyBytes_FromUint8Array(all.slice(at, at + BLOCK));
    try {
      decref(PyObject_CallMethodOneArg(file, 'write', part));
    } finally {
      decref(part);
    }
  }
  return none();
}

/** CPython: array_array___reduce_ex___impl */
function array_reduce_ex(self: PyObject, value: PyObject): PyObject {
  if (!PyLong_Check(value)) PyErr_SetString(PyExc_TypeError, '__reduce_ex__ argument should be an integer');
  const protocol = PyLong_AsLong(value);
  const a = data_of(self);
  const dict = PyObject_GetOptionalAttrString(self, '__dict__') ?? newref(Py_None);
  const code = PyUnicode_FromString(a.kind.code);
  const type = newref(self.ob_type as PyObject);
  if (protocol < 3) {
    return PyTuple_FromArraySteal([type, PyTuple_FromArraySteal([code, list_of(a)]), dict]);
  }
  const format = PyLong_FromLong(machine_format(a.kind));
  const args = PyTuple_FromArraySteal([type, code, format, array_tobytes(self)]);
  return PyTuple_FromArraySteal([reconstructor_function(), args, dict]);
}

/** `_array_reconstructor` of this module (owned). */
function reconstructor_function(): PyObject {
  return newref(loaded.reconstructor!);
}

function array_sizeof(self: PyObject): PyObject {
  const a = data_of(self);
  return PyLong_FromLong(self.ob_type.tp_basicsize + a.allocated * a.kind.size);
}

function class_getitem(type: PyObject, item: PyObject): PyObject {
  return Py_GenericAlias(type, item);
}

// --- the iterator ----------------------------------------------------------------------------------------------------

class ArrayIter {
  /** Owned; null once exhausted. */
  array: ArrayObject | null;
  index = 0;
  constructor(array: ArrayObject) {
    this.array = array;
  }
}
type ArrayIterObject = PyObject<ArrayIter>;

function array_iter(self: PyObject): PyObject {
  const it = new PyObject(arrayiter_type, new ArrayIter(newref(self as ArrayObject)), null);
  gc_new(it);
  return it;
}

function arrayiter_next(self: PyObject): PyObject | null {
  const it = (self as ArrayIterObject).v;
  const { array } = it;
  if (array === null) return null;
  if (it.index < array.v.size) return get_item(array.v, it.index++);
  it.array = null;
  decref(array);
  return null;
}

function arrayiter_dealloc(self: PyObject): void {
  gc_del(self);
  const { array } = (self as ArrayIterObject).v;
  if (array !== null) decref(array);
}

function arrayiter_traverse(self: PyObject, visit: visitproc): void {
  const { array } = (self as ArrayIterObject).v;
  if (array !== null) visit(array);
}

function arrayiter_reduce(self: PyObject): PyObject {
  const f = builtin_iter('iter');
  const it = (self as ArrayIterObject).v;
  if (it.array === null) {
    return PyTuple_FromArraySteal([f, PyTuple_FromArraySteal([newref(_Py_EmptyTuple as PyObject)])]);
  }
  const args = PyTuple_FromArraySteal([newref(it.array as PyObject)]);
  return PyTuple_FromArraySteal([f, args, PyLong_FromLong(it.index)]);
}

function arrayiter_setstate(self: PyObject, state: PyObject): PyObject {
  let index = PyNumber_AsSsize_t(state, null);
  const it = (self as ArrayIterObject).v;
  if (it.array !== null) {
    if (index < 0) index = 0;
    else if (index > it.array.v.size) index = it.array.v.size;
    it.index = index;
  }
  return none();
}

function self_iter(self: PyObject): PyObject {
  return newref(self);
}

export const arrayiter_type = static_type({
  name: 'array.arrayiterator',
  heap: 'immutable',
  tp_basicsize: 40,
  tp_flags: Py_TPFLAGS_HAVE_GC,
  tp_dealloc: arrayiter_dealloc,
  tp_traverse: arrayiter_traverse,
  tp_iter: self_iter,
  tp_iternext: arrayiter_next,
  methods: [
    { name: '__reduce__', flags: METH_NOARGS, meth: arrayiter_reduce, sig: '($self, /)' },
    { name: '__setstate__', flags: METH_O, meth: arrayiter_setstate, sig: '($self, object, /)' },
  ],
});

const DOC = `array(typecode [, initializer]) -> array

A compact mutable sequence of values of one kind, which the type code names:

    Type code   C Type             Minimum size in bytes
    'b'         signed integer     1
    'B'         unsigned integer   1
    'u'         Unicode character  2 (see note)
    'w'         Py_UCS4            4
    'h'         signed integer     2
    'H'         unsigned integer   2
    'i'         signed integer     2
    'I'         unsigned integer   2
    'l'         signed integer     4
    'L'         unsigned integer   4
    'q'         signed integer     8
    'Q'         unsigned integer   8
    'f'         floating-point     4
    'd'         floating-point     8

The initializer is a list, a string or bytes, or an iterable of values.
NOTE: 'u' is four bytes long here, as it is on Linux.`;

export const array_type = static_type({
  name: 'array.array',
  heap: 'immutable',
  tp_basicsize: 64,
  tp_weaklistoffset: 48,
  has_weakrefs: true,
  tp_flags: Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_SEQUENCE,
  tp_doc: DOC,
  tp_dealloc: array_dealloc,
  tp_repr: array_repr,
  tp_hash: PyObject_HashNotImplemented,
  tp_richcompare: array_richcompare,
  tp_iter: array_iter,
  tp_new: array_new,
  sq_length: array_length,
  sq_concat: array_concat,
  sq_repeat: array_repeat,
  sq_item: array_item,
  sq_contains: array_contains,
  sq_inplace_concat: array_inplace_concat,
  sq_inplace_repeat: array_inplace_repeat,
  mp_length: array_length,
  mp_subscript: array_subscript,
  mp_ass_subscript: array_ass_subscript,
  bf_getbuffer: array_getbuffer,
  bf_releasebuffer: array_releasebuffer,
  methods: [
    { name: 'append', flags: METH_O, meth: array_append, sig: '($self, v, /)' },
    { name: 'buffer_info', flags: METH_NOARGS, meth: array_buffer_info, sig: '($self, /)' },
    { name: 'byteswap', flags: METH_NOARGS, meth: array_byteswap, sig: '($self, /)' },
    { name: 'clear', flags: METH_NOARGS, meth: array_clear, sig: '($self, /)' },
    { name: '__copy__', flags: METH_NOARGS, meth: array_copy, sig: '($self, /)' },
    { name: 'count', flags: METH_O, meth: array_count, sig: '($self, v, /)' },
    { name: '__deepcopy__', flags: METH_O, meth: array_copy, sig: '($self, unused, /)' },
    { name: 'extend', flags: METH_O, meth: array_extend, sig: '($self, bb, /)' },
    { name: 'fromfile', flags: METH_CLINIC, meth: array_fromfile, sig: '($self, f, n, /)' },
    { name: 'fromlist', flags: METH_O, meth: array_fromlist, sig: '($self, list, /)' },
    { name: 'frombytes', flags: METH_O, meth: array_frombytes, sig: '($self, buffer, /)' },
    { name: 'fromunicode', flags: METH_O, meth: array_fromunicode, sig: '($self, ustr, /)' },
    { name: 'index', flags: METH_CLINIC, meth: array_index, sig: '($self, v, start=0, stop=sys.maxsize, /)' },
    { name: 'insert', flags: METH_CLINIC, meth: array_insert, sig: '($self, i, v, /)' },
    { name: 'pop', flags: METH_CLINIC, meth: array_pop, sig: '($self, i=-1, /)' },
    { name: '__reduce_ex__', flags: METH_O, meth: array_reduce_ex, sig: '($self, value, /)' },
    { name: 'remove', flags: METH_O, meth: array_remove, sig: '($self, v, /)' },
    { name: 'reverse', flags: METH_NOARGS, meth: array_reverse, sig: '($self, /)' },
    { name: 'tofile', flags: METH_O, meth: array_tofile, sig: '($self, f, /)' },
    { name: 'tolist', flags: METH_NOARGS, meth: array_tolist, sig: '($self, /)' },
    { name: 'tobytes', flags: METH_NOARGS, meth: array_tobytes, sig: '($self, /)' },
    { name: 'tounicode', flags: METH_NOARGS, meth: array_tounicode, sig: '($self, /)' },
    { name: '__sizeof__', flags: METH_NOARGS, meth: array_sizeof, sig: '($self, /)' },
    { name: '__class_getitem__', flags: METH_O | METH_CLASS, meth: class_getitem, sig: '($type, object, /)' },
  ],
  getset: [
    { name: 'typecode', get: self => PyUnicode_FromString(data_of(self).kind.code) },
    { name: 'itemsize', get: self => PyLong_FromLong(data_of(self).kind.size) },
  ],
});

// --- unpickling ------------------------------------------------------------------------------------------------------

/** CPython: array__array_reconstructor_impl */
function array_reconstructor(
  _module: PyObject,
  type: PyObject,
  typecode: PyObject,
  mformat: PyObject,
  items: PyObject,
): PyObject {
  if (!PyType_Check(type)) {
    PyErr_SetString(PyExc_TypeError, `first argument must be a type object, not ${type.ob_type.tp_name}`);
  }
  if (!PyType_IsSubtype(type, array_type)) {
    PyErr_SetString(PyExc_TypeError, `${type.tp_name} is not a subtype of ${array_type.tp_name}`);
  }
  const kind = PyUnicode_Check(typecode) ? kind_of(PyUnicode_AsString(typecode)) : null;
  if (kind === null) PyErr_SetString(PyExc_ValueError, 'second argument must be a valid type code');
  const format = MACHINE_FORMATS[PyLong_AsLong(mformat)];
  if (format === undefined) {
    PyErr_SetString(PyExc_ValueError, 'third argument must be a valid machine format code.');
  }
  if (!PyBytes_Check(items)) {
    PyErr_SetString(PyExc_TypeError, `fourth argument should be bytes, not ${items.ob_type.tp_name}`);
  }
  const bytes = items.v as Uint8Array;
  if (MACHINE_FORMATS[machine_format(kind)] === format) {
    const a = new_array(type, kind, 0);
    try {
      frombytes(a.v, items);
    } catch (e) {
      decref(a);
      throw e;
    }
    return a;
  }
  if (format.family === 'utf-16' || format.family === 'utf-32') {
    if (bytes.length % (format.family === 'utf-16' ? 2 : 4) !== 0) {
      PyErr_SetString(PyExc_ValueError, 'string length not a multiple of item size');
    }
    const text = PyUnicode_Decode(bytes, `${format.family}-${format.big_endian ? 'be' : 'le'}`, 'strict');
    try {
      const a = new_array(type, kind, 0);
      append_text(a.v, text);
      return a;
    } finally {
      decref(text);
    }
  }
  if (bytes.length % format.size !== 0) {
    PyErr_SetString(PyExc_ValueError, 'bytes length not a multiple of item size');
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const little = !format.big_endian;
  // Integers keep their width: another type code may be the one that has it here.
  const same = (k: ItemKind): boolean => k.is_integer && k.size === format.size && k.is_signed === format.is_signed;
  const fitting = format.family === 'int' ? (KINDS.find(same) ?? kind) : kind;
  const target = new_array(type, fitting, bytes.length / format.size);
  try {
    for (let i = 0, at = 0; at < bytes.length; i++, at += format.size) {
      const value = read_machine(view, at, format.size, format.family === 'float', format.is_signed, little);
      try {
        set_item(target.v, i, value);
      } finally {
        decref(value);
      }
    }
  } catch (e) {
    decref(target);
    throw e;
  }
  return target;
}

function read_machine(
  view: DataView,
  at: number,
  size: number,
  is_float: boolean,
  is_signed: boolean,
  little: boolean,
): PyObject {
  if (is_float) {
    const kind = kind_of('d')!;
    const scratch = new DataView(new ArrayBuffer(8));
    scratch.setFloat64(0, size === 4 ? view.getFloat32(at, little) : view.getFloat64(at, little), true);
    return kind.get(scratch, 0);
  }
  if (size === 8) return PyLong_FromBigInt(is_signed ? view.getBigInt64(at, little) : view.getBigUint64(at, little));
  if (size === 4) return PyLong_FromLong(is_signed ? view.getInt32(at, little) : view.getUint32(at, little));
  if (size === 2) return PyLong_FromLong(is_signed ? view.getInt16(at, little) : view.getUint16(at, little));
  return PyLong_FromLong(is_signed ? view.getInt8(at) : view.getUint8(at));
}

/** What the loaded module offers to __reduce_ex__; owned. */
const loaded = /* @__PURE__ */ per_interpreter(() => ({ reconstructor: null as PyObject | null }), {
  clear() {
    xdecref(loaded.reconstructor);
    loaded.reconstructor = null;
  },
});

/** Registers array with the abstract class that it implements. */
function register_abc(): void {
  const abc = PyImport_ImportModuleAttr('collections.abc', 'MutableSequence');
  try {
    decref(PyObject_CallMethodOneArg(abc, 'register', array_type));
  } finally {
    decref(abc);
  }
}

export const module: ModuleSpec = {
  name: 'array',
  doc: 'Arrays of machine values.',
  methods: [
    {
      name: '_array_reconstructor',
      flags: METH_CLINIC,
      meth: array_reconstructor,
      sig: '($module, arraytype, typecode, mformat_code, items,\n                     /)',
    },
  ],
  types: () => [array_type],
  exec(m) {
    loaded.reconstructor = PyObject_GetAttrString(m, '_array_reconstructor');
    PyModule_AddObjectRef(m, 'ArrayType', array_type);
    PyModule_AddStringConstant(m, 'typecodes', KINDS.map(k => k.code).join(''));
    register_abc();
  },
};
