// memoryobject.ts: memoryview, a window on another object's bytes.                           CPython: Objects/memoryobject.c
//
// All views of one buffer share a managed buffer, which holds the exporter's buffer until the last view is gone. A view
// is offset, shape and strides over the exporter's Uint8Array. Invariant: shape and strides are arrays of ndim numbers.

import { PyErr_Clear, PyErr_ExceptionMatches, PyErr_SetString } from '../core/errors.ts';
import { gc_del, gc_new } from '../core/gc.ts';
import { type Hash, hash_bytes } from '../core/hash.ts';
import {
  decref,
  G_WEAKREFS,
  newref,
  Py_EQ,
  Py_NE,
  Py_TPFLAGS_HAVE_GC,
  Py_TPFLAGS_SEQUENCE,
  Py_TPFLAGS_TUPLE_SUBCLASS,
  PyObject,
  type PyTypeObject,
} from '../core/object.ts';
import {
  METH_CLASS,
  METH_CLINIC,
  METH_FASTCALL,
  METH_NOARGS,
  METH_O,
  PyBUF_ANY_CONTIGUOUS,
  PyBUF_C_CONTIGUOUS,
  PyBUF_F_CONTIGUOUS,
  PyBUF_FORMAT,
  PyBUF_FULL_RO,
  PyBUF_ND,
  PyBUF_STRIDES,
  PyBUF_WRITABLE,
  type PyBuffer,
  static_type,
} from '../core/spec.ts';
import {
  PyBuffer_Release,
  PyIndex_Check,
  PyNumber_AsSsize_t,
  PyObject_CheckBuffer,
  PyObject_GetBuffer,
} from './abstract.ts';
import { Py_False, Py_True } from './boolobject.ts';
import { hex_separator, hex_string } from './bytes_methods.ts';
import { PyBytes_FromUint8Array } from './bytesobject.ts';
import { PyObject_CallMethodOneArg, PyObject_CallOneArg } from './call.ts';
import { PyList_Check, PyLong_Check, PyTuple_Check } from './checks.ts';
import {
  PyExc_BufferError,
  PyExc_Exception,
  PyExc_IndexError,
  PyExc_NotImplementedError,
  PyExc_TypeError,
  PyExc_ValueError,
} from './exceptions.ts';
import { PyFloat_Type } from './floatobject.ts';
import { Py_GenericAlias_class_getitem } from './genericaliasobject.ts';
import { PyArg_Clinic } from './getargs.ts';
import { PyImport_ImportModuleAttr } from './import_util.ts';
import { PyList_FromArraySteal } from './listobject.ts';
import { PyLong_AsSsize_t, PyLong_FromLong, PyLong_Type } from './longobject.ts';
import { item_size, native_format, pack_single, unpack_single } from './memory_format.ts';
import {
  address,
  Py_Ellipsis,
  Py_None,
  Py_NotImplemented,
  PyObject_Hash,
  PyObject_IsTrue,
  PyObject_RichCompare,
  PyObject_RichCompareBool,
  PyObject_SelfIter,
} from './object.ts';
import { extent, lend, shared_bytes, take_back } from './shared_bytes.ts';
import { PySlice_AdjustIndices, PySlice_Check, PySlice_Unpack } from './sliceobject.ts';
import { PyTuple_FromArraySteal } from './tupleobject.ts';
import { arg_int, arg_ssize, arg_str, arg_str_or_none, PY_SSIZE_T_MAX } from './unicodeobject/args.ts';
import { PyUnicode_FromString } from './unicodeobject/object.ts';
import { PyObject_ClearWeakRefs } from './weakrefobject.ts';

/** Payload of the managed buffer. */
class ManagedBuffer {
  master: PyBuffer;
  /** Views on it that are not released. */
  exports = 0;
  released = false;
  constructor(master: PyBuffer) {
    this.master = master;
  }
}

/** Payload of a memoryview. */
export class MemoryView {
  /** Owned. */
  mbuf: PyObject<ManagedBuffer>;
  /** What is seen; `obj` is borrowed from the managed buffer, null once released. */
  view: PyBuffer;
  shape: number[];
  strides: number[];
  released = false;
  /** Buffers taken from this view itself. */
  exports = 0;
  hash: Hash | null = null;
  restricted = false;
  constructor(mbuf: PyObject<ManagedBuffer>, view: PyBuffer, shape: number[], strides: number[]) {
    this.mbuf = mbuf;
    this.view = view;
    this.shape = shape;
    this.strides = strides;
  }
  /** ob_size: shape, strides and suboffsets. */
  get length(): number {
    return 3 * this.shape.length;
  }
}

export type PyMemoryViewObject = PyObject<MemoryView>;

export function PyMemoryView_Check(o: PyObject): o is PyMemoryViewObject {
  return o.ob_type === PyMemoryView_Type;
}

// --- the managed buffer -----------------------------------------------------------------------------------------------

function mbuf_release(self: PyObject<ManagedBuffer>): void {
  const m = self.v;
  if (m.released) return;
  m.released = true;
  PyBuffer_Release(m.master);
}

function mbuf_dealloc(self: PyObject): void {
  gc_del(self);
  mbuf_release(self as PyObject<ManagedBuffer>);
}

function mbuf_traverse(self: PyObject, visit: (o: PyObject) => void): void {
  const { master } = self.v as ManagedBuffer;
  if (master.obj !== null) visit(master.obj);
}

function mbuf_clear(self: PyObject): void {
  if ((self.v as ManagedBuffer).exports === 0) mbuf_release(self as PyObject<ManagedBuffer>);
}

export const _PyManagedBuffer_Type = static_type({
  name: 'managedbuffer',
  tp_basicsize: 144,
  tp_flags: Py_TPFLAGS_HAVE_GC,
  tp_dealloc: mbuf_dealloc,
  tp_traverse: mbuf_traverse,
  tp_clear: mbuf_clear,
});

// --- shapes -----------------------------------------------------------------------------------------------------------

function c_strides(shape: number[], itemsize: number): number[] {
  const out = new Array<number>(shape.length);
  let n = itemsize;
  for (let i = shape.length - 1; i >= 0; i--) {
    out[i] = n;
    n *= shape[i]!;
  }
  return out;
}

function is_contiguous(m: MemoryView, order: 'C' | 'F'): boolean {
  if (m.view.suboffsets !== null) return false;
  if (m.view.len === 0) return true;
  let n = m.view.itemsize;
  const dims = m.shape.length;
  for (let k = 0; k < dims; k++) {
    const i = order === 'C' ? dims - 1 - k : k;
    if (m.shape[i]! > 1 && m.strides[i] !== n) return false;
    n *= m.shape[i]!;
  }
  return true;
}

function item_count(shape: number[]): number {
  let n = 1;
  for (const k of shape) n *= k;
  return n;
}

// --- making views -----------------------------------------------------------------------------------------------------

/** A new view of a managed buffer (borrowed). */
function new_view(mbuf: PyObject<ManagedBuffer>, view: PyBuffer, shape: number[], strides: number[]): PyObject {
  if (mbuf.v.released) PyErr_SetString(PyExc_ValueError, 'operation forbidden on released memoryview object');
  mbuf.v.exports++;
  const o = new PyObject(PyMemoryView_Type, new MemoryView(newref(mbuf), view, shape, strides), null);
  gc_new(o);
  return o;
}

/** A view that takes a buffer over. CPython: PyMemoryView_FromBuffer */
export function PyMemoryView_FromBuffer(master: PyBuffer): PyObject {
  const mbuf = new PyObject(_PyManagedBuffer_Type, new ManagedBuffer(master), null);
  gc_new(mbuf);
  const shape = master.ndim === 0 ? [] : (master.shape ?? [Math.floor(master.len / master.itemsize)]);
  const view = { ...master, format: master.format ?? 'B' };
  try {
    return new_view(mbuf, view, shape.slice(), (master.strides ?? c_strides(shape, master.itemsize)).slice());
  } finally {
    decref(mbuf);
  }
}

/** CPython: PyMemoryView_FromObject */
export function PyMemoryView_FromObject(o: PyObject): PyObject {
  return PyMemoryView_FromObjectAndFlags(o, PyBUF_FULL_RO);
}

export function PyMemoryView_FromObjectAndFlags(o: PyObject, flags: number): PyObject {
  if (PyMemoryView_Check(o)) {
    check_released(o.v);
    check_restricted(o.v);
    return new_view(o.v.mbuf, { ...o.v.view }, o.v.shape.slice(), o.v.strides.slice());
  }
  if (!PyObject_CheckBuffer(o))
    PyErr_SetString(PyExc_TypeError, `memoryview: a bytes-like object is required, not '${o.ob_type.tp_name}'`);
  return PyMemoryView_FromBuffer(PyObject_GetBuffer(o, flags));
}

/** As PyMemoryView_FromObjectAndFlags, through a given bf_getbuffer. CPython: _PyMemoryView_FromBufferProc */
export function PyMemoryView_FromBufferProc(o: PyObject, flags: number, f: (o: PyObject, flags: number) => PyBuffer): PyObject {
  return PyMemoryView_FromBuffer(f(o, flags));
}

/** A view of plain memory. CPython: PyMemoryView_FromMemory */
export function PyMemoryView_FromMemory(buf: Uint8Array, readonly: boolean): PyObject {
  return PyMemoryView_FromBuffer({
    obj: null,
    buf,
    offset: 0,
    len: buf.length,
    itemsize: 1,
    readonly,
    ndim: 1,
    format: 'B',
    shape: [buf.length],
    strides: [1],
    suboffsets: null,
    internal: null,
  });
}

/** The view that `__release_buffer__` is shown: nothing may keep its memory. CPython: CHECK_RESTRICTED */
export function memoryview_restrict(view: PyObject): void {
  (view.v as MemoryView).restricted = true;
}

function check_restricted(m: MemoryView): void {
  if (m.restricted) PyErr_SetString(PyExc_ValueError, 'cannot create new view on restricted memoryview');
}

function check_released(m: MemoryView): void {
  if (m.released || m.mbuf.v.released)
    PyErr_SetString(PyExc_ValueError, 'operation forbidden on released memoryview object');
}

function data_of(self: PyObject): MemoryView {
  const m = self.v as MemoryView;
  check_released(m);
  return m;
}

/** As data_of, for those who read it all. */
function contents_of(self: PyObject): MemoryView {
  const m = data_of(self);
  if (m.view.internal !== null) {
    const [from, to] = extent(m.view, m.shape, m.strides);
    shared_bytes(m.view)?.pull(from, to);
  }
  return m;
}

/** The item at a position of the buffer. */
function item_at(m: MemoryView, at: number, format: string): PyObject {
  if (m.view.internal !== null) shared_bytes(m.view)?.pull(at, at + m.view.itemsize);
  return unpack_single(m.view.buf, at, format);
}

function memory_new(_type: PyTypeObject, args: PyObject, kwargs: PyObject | null): PyObject {
  const [o] = PyArg_Clinic('memoryview', '(object)', args, kwargs);
  return PyMemoryView_FromObject(o!);
}

function memory_from_flags(_type: PyObject, object: PyObject, flags: PyObject): PyObject {
  return PyMemoryView_FromObjectAndFlags(object, arg_int(flags, 0));
}

/** Lets the managed buffer go. CPython: _memory_release */
function release(self: PyObject): void {
  const m = self.v as MemoryView;
  if (m.released) return;
  if (m.exports > 0) {
    const s = m.exports === 1 ? '' : 's';
    PyErr_SetString(PyExc_BufferError, `memoryview has ${m.exports} exported buffer${s}`);
  }
  m.released = true;
  m.view.obj = null;
  if (--m.mbuf.v.exports === 0) mbuf_release(m.mbuf);
}

function memory_release(self: PyObject): PyObject {
  release(self);
  return newref(Py_None);
}
function memory_enter(self: PyObject): PyObject {
  data_of(self);
  return newref(self);
}
function memory_exit(self: PyObject, _args: PyObject[]): PyObject {
  return memory_release(self);
}

function memory_dealloc(self: PyObject): void {
  gc_del(self);
  const m = self.v as MemoryView;
  if (m.exports === 0) release(self);
  if ((self.g & G_WEAKREFS) !== 0) PyObject_ClearWeakRefs(self);
  decref(m.mbuf);
}
function memory_traverse(self: PyObject, visit: (o: PyObject) => void): void {
  visit((self.v as MemoryView).mbuf);
}
function memory_clear(self: PyObject): void {
  if ((self.v as MemoryView).exports === 0) release(self);
}

/** CPython: memory_getbuf */
function memory_getbuf(self: PyObject, flags: number): PyBuffer {
  const m = data_of(self);
  check_restricted(m);
  if ((flags & PyBUF_WRITABLE) !== 0 && m.view.readonly) {
    PyErr_SetString(PyExc_BufferError, 'memoryview: underlying buffer is not writable');
  }
  const c = is_contiguous(m, 'C');
  if ((flags & PyBUF_C_CONTIGUOUS) === PyBUF_C_CONTIGUOUS && !c) {
    PyErr_SetString(PyExc_BufferError, 'memoryview: underlying buffer is not C-contiguous');
  }
  if ((flags & PyBUF_F_CONTIGUOUS) === PyBUF_F_CONTIGUOUS && !is_contiguous(m, 'F')) {
    PyErr_SetString(PyExc_BufferError, 'memoryview: underlying buffer is not Fortran contiguous');
  }
  if ((flags & PyBUF_ANY_CONTIGUOUS) === PyBUF_ANY_CONTIGUOUS && !c && !is_contiguous(m, 'F')) {
    PyErr_SetString(PyExc_BufferError, 'memoryview: underlying buffer is not contiguous');
  }
  const strides = (flags & PyBUF_STRIDES) === PyBUF_STRIDES;
  if (!strides && !c) PyErr_SetString(PyExc_BufferError, 'memoryview: underlying buffer is not C-contiguous');
  const nd = (flags & PyBUF_ND) === PyBUF_ND;
  if (!nd && (flags & PyBUF_FORMAT) !== 0 && m.view.format !== null) {
    // Without a shape the buffer is plain bytes, so a format would be wrong.
    PyErr_SetString(PyExc_BufferError, 'memoryview: cannot cast to unsigned bytes if the format flag is present');
  }
  m.exports++;
  const view = {
    ...m.view,
    obj: newref(self),
    format: (flags & PyBUF_FORMAT) !== 0 ? m.view.format : null,
    ndim: nd ? m.shape.length : 1,
    shape: nd ? m.shape.slice() : null,
    strides: strides ? m.strides.slice() : null,
  };
  if (view.internal === null) return view;
  try {
    return lend(view, flags);
  } catch (e) {
    m.exports--;
    decref(self);
    throw e;
  }
}

function memory_releasebuf(self: PyObject, view: PyBuffer): void {
  if (view.internal !== null) take_back(view);
  (self.v as MemoryView).exports--;
}

// --- copying out --------------------------------------------------------------------------------------------------------

/** The items of a strided buffer in C or Fortran order, as fresh bytes. CPython: PyBuffer_ToContiguous */
export function buffer_to_contiguous(view: PyBuffer, order: 'C' | 'F' | 'A' = 'C'): Uint8Array {
  if (view.strides === null || view.shape === null) return view.buf.slice(view.offset, view.offset + view.len);
  return copy_items(view, view.shape, view.strides, order);
}

function copy_items(view: PyBuffer, shape: number[], strides: number[], order: 'C' | 'F' | 'A'): Uint8Array {
  const size = view.itemsize;
  const fortran =
    order === 'F' || (order === 'A' && !same(strides, c_strides(shape, size)) && same(strides, f_strides(shape, size)));
  if (!fortran && same(strides, c_strides(shape, size))) return view.buf.slice(view.offset, view.offset + view.len);
  const out = new Uint8Array(item_count(shape) * size);
  const to = fortran ? f_strides(shape, size) : c_strides(shape, size);
  const walk = (dim: number, from: number, at: number): void => {
    if (dim === shape.length) {
      for (let k = 0; k < size; k++) out[at + k] = view.buf[from + k]!;
      return;
    }
    for (let i = 0; i < shape[dim]!; i++) walk(dim + 1, from + i * strides[dim]!, at + i * to[dim]!);
  };
  walk(0, view.offset, 0);
  return out;
}

function same(a: number[], b: number[]): boolean {
  return a.length === b.length && a.every((x, i) => x === b[i]);
}

function f_strides(shape: number[], itemsize: number): number[] {
  const out: number[] = [];
  let n = itemsize;
  for (const k of shape) {
    out.push(n);
    n *= k;
  }
  return out;
}

function contents(m: MemoryView, order: 'C' | 'F' | 'A' = 'C'): Uint8Array {
  return copy_items(m.view, m.shape, m.strides, order);
}

function memory_tobytes(self: PyObject, order: PyObject | null): PyObject {
  const m = contents_of(self);
  const o = arg_str_or_none(order, 'tobytes', "argument 'order'") ?? 'C';
  if (o !== 'C' && o !== 'F' && o !== 'A') PyErr_SetString(PyExc_ValueError, "order must be 'C', 'F' or 'A'");
  return PyBytes_FromUint8Array(contents(m, o as 'C' | 'F' | 'A'));
}

function memory_hex(self: PyObject, sep: PyObject | null, bytes_per_sep: PyObject | null): PyObject {
  const m = contents_of(self);
  const group = arg_int(bytes_per_sep, 1);
  m.exports++; // the separator's methods must not release the view
  try {
    return PyUnicode_FromString(hex_string(contents(m), hex_separator(sep), group));
  } finally {
    m.exports--;
  }
}

/** The format that items are read with, or an error. CPython: adjust_fmt */
function item_format(m: MemoryView): string {
  const c = native_format(m.view.format);
  if (c === '') PyErr_SetString(PyExc_NotImplementedError, `memoryview: unsupported format ${m.view.format}`);
  return c;
}

function memory_tolist(self: PyObject): PyObject {
  const m = contents_of(self);
  return tolist(m, item_format(m), 0, m.view.offset);
}

function tolist(m: MemoryView, c: string, dim: number, at: number): PyObject {
  if (dim === m.shape.length) return unpack_single(m.view.buf, at, c);
  const out: PyObject[] = [];
  for (let i = 0; i < m.shape[dim]!; i++) out.push(tolist(m, c, dim + 1, at + i * m.strides[dim]!));
  return PyList_FromArraySteal(out);
}

// --- casting ------------------------------------------------------------------------------------------------------------

/** CPython: memoryview_cast_impl */
function memory_cast(self: PyObject, format: PyObject, shape: PyObject | null): PyObject {
  const m = data_of(self);
  check_restricted(m);
  const f = arg_str(format, 'cast', "argument 'format'", '');
  if (!is_contiguous(m, 'C'))
    PyErr_SetString(PyExc_TypeError, 'memoryview: casts are restricted to C-contiguous views');
  if ((shape !== null || m.shape.length !== 1) && (m.shape.includes(0) || m.strides.includes(0))) {
    PyErr_SetString(PyExc_TypeError, 'memoryview: cannot cast view with zeros in shape or strides');
  }
  let dims: number[] | null = null;
  if (shape !== null) {
    if (!PyList_Check(shape) && !PyTuple_Check(shape))
      PyErr_SetString(PyExc_TypeError, 'shape must be a list or a tuple');
    const items = shape.v as PyObject[];
    if (items.length > 64) PyErr_SetString(PyExc_ValueError, 'memoryview: number of dimensions must not exceed 64');
    if (m.shape.length !== 1 && items.length !== 1) {
      PyErr_SetString(PyExc_TypeError, 'memoryview: cast must be 1D -> ND or ND -> 1D');
    }
    dims = items.map(shape_item);
  }
  const to = native_format(f);
  if (to === '') {
    PyErr_SetString(
      PyExc_ValueError,
      "memoryview: destination format must be a native single character format prefixed with an optional '@'",
    );
  }
  const from = native_format(m.view.format);
  if (from === '') {
    PyErr_SetString(
      PyExc_ValueError,
      "memoryview: source format must be a native single character format prefixed with an optional '@'",
    );
  }
  if (!is_byte_format(from) && !is_byte_format(to))
    PyErr_SetString(PyExc_TypeError, 'memoryview: cannot cast between two non-byte formats');
  const size = item_size(to);
  if (m.view.len % size !== 0) PyErr_SetString(PyExc_TypeError, 'memoryview: length is not a multiple of itemsize');
  if (dims === null) dims = [m.view.len / size];
  else if (item_count(dims) * size !== m.view.len) {
    PyErr_SetString(PyExc_TypeError, 'memoryview: product(shape) * itemsize != buffer size');
  }
  const view = { ...m.view, format: f.startsWith('@') ? f : to, itemsize: size, ndim: dims.length };
  return new_view(m.mbuf, view, dims, c_strides(dims, size));
}

function shape_item(o: PyObject): number {
  if (!PyLong_Check(o)) PyErr_SetString(PyExc_TypeError, 'memoryview.cast(): elements of shape must be integers');
  const n = PyLong_AsSsize_t(o);
  if (n <= 0) PyErr_SetString(PyExc_ValueError, 'memoryview.cast(): elements of shape must be integers > 0');
  return n;
}

function is_byte_format(c: string): boolean {
  return c === 'b' || c === 'B' || c === 'c';
}

function memory_toreadonly(self: PyObject): PyObject {
  const m = data_of(self);
  check_restricted(m);
  return new_view(m.mbuf, { ...m.view, readonly: true }, m.shape.slice(), m.strides.slice());
}

// --- indexing -----------------------------------------------------------------------------------------------------------

/** Byte position of an index in one dimension. */
function position(m: MemoryView, at: number, dim: number, index: number): number {
  const n = m.shape[dim]!;
  if (index < 0) index += n;
  if (index < 0 || index >= n) PyErr_SetString(PyExc_IndexError, `index out of bounds on dimension ${dim + 1}`);
  return at + index * m.strides[dim]!;
}

function is_multi_index(key: PyObject): boolean {
  return (key.ob_type.tp_flags & Py_TPFLAGS_TUPLE_SUBCLASS) !== 0 && (key.v as PyObject[]).every(PyIndex_Check);
}
function is_multi_slice(key: PyObject): boolean {
  const items = (key.ob_type.tp_flags & Py_TPFLAGS_TUPLE_SUBCLASS) !== 0 ? (key.v as PyObject[]) : null;
  return items !== null && items.length > 0 && items.every(PySlice_Check);
}

function multi_position(m: MemoryView, key: PyObject): number {
  const items = key.v as PyObject[];
  const n = m.shape.length;
  if (items.length > n)
    PyErr_SetString(PyExc_TypeError, `cannot index ${n}-dimension view with ${items.length}-element tuple`);
  let at = m.view.offset;
  for (let i = 0; i < items.length; i++) at = position(m, at, i, PyNumber_AsSsize_t(items[i]!, PyExc_IndexError));
  check_released(m);
  return at;
}

function memory_item(self: PyObject, index: number): PyObject {
  const m = data_of(self);
  const c = item_format(m);
  if (m.shape.length === 0) PyErr_SetString(PyExc_TypeError, 'invalid indexing of 0-dim memory');
  if (m.shape.length > 1) PyErr_SetString(PyExc_NotImplementedError, 'multi-dimensional sub-views are not implemented');
  return item_at(m, position(m, m.view.offset, 0, index), c);
}

/** A view of part of the first dimension. */
function sliced(m: MemoryView, key: PyObject): { view: PyBuffer; shape: number[]; strides: number[] } {
  const owner = m.view.obj;
  const [s, e, step] = PySlice_Unpack(key);
  const [start, , n] = PySlice_AdjustIndices(m.shape[0]!, s, e, step);
  const shape = m.shape.slice();
  const strides = m.strides.slice();
  shape[0] = n;
  strides[0] = m.strides[0]! * step;
  const view = {
    ...m.view,
    obj: owner,
    offset: m.view.offset + start * m.strides[0]!,
    len: item_count(shape) * m.view.itemsize,
  };
  return { view, shape, strides };
}

/** CPython: memory_subscript */
function memory_subscript(self: PyObject, key: PyObject): PyObject {
  const m = data_of(self);
  if (m.shape.length === 0) {
    if ((key.ob_type.tp_flags & Py_TPFLAGS_TUPLE_SUBCLASS) !== 0 && (key.v as PyObject[]).length === 0) {
      return item_at(m, m.view.offset, item_format(m));
    }
    if (key === Py_Ellipsis) return newref(self);
    PyErr_SetString(PyExc_TypeError, 'invalid indexing of 0-dim memory');
  }
  if (PyIndex_Check(key)) return memory_item(self, PyNumber_AsSsize_t(key, PyExc_IndexError));
  if (PySlice_Check(key)) {
    check_restricted(m);
    // The view comes first: what the slice's bounds run may release this one, and then the memory stays for that.
    const result = new_view(m.mbuf, { ...m.view }, m.shape, m.strides);
    try {
      Object.assign(result.v as MemoryView, sliced(m, key));
    } catch (e) {
      decref(result);
      throw e;
    }
    return result;
  }
  if (is_multi_index(key)) {
    const c = item_format(m);
    if ((key.v as PyObject[]).length < m.shape.length)
      PyErr_SetString(PyExc_NotImplementedError, 'sub-views are not implemented');
    return item_at(m, multi_position(m, key), c);
  }
  if (is_multi_slice(key)) PyErr_SetString(PyExc_NotImplementedError, 'multi-dimensional slicing is not implemented');
  return PyErr_SetString(PyExc_TypeError, 'memoryview: invalid slice key');
}

/** CPython: memory_ass_sub */
function memory_ass_sub(self: PyObject, key: PyObject, value: PyObject | null): void {
  const m = data_of(self);
  const c = item_format(m);
  if (m.view.readonly) PyErr_SetString(PyExc_TypeError, 'cannot modify read-only memory');
  if (value === null) PyErr_SetString(PyExc_TypeError, 'cannot delete memory');
  if (m.shape.length === 0) {
    if (
      key === Py_Ellipsis ||
      ((key.ob_type.tp_flags & Py_TPFLAGS_TUPLE_SUBCLASS) !== 0 && (key.v as PyObject[]).length === 0)
    ) {
      pack(m, m.view.offset, c, value);
      return;
    }
    PyErr_SetString(PyExc_TypeError, 'invalid indexing of 0-dim memory');
  }
  if (PyIndex_Check(key)) {
    if (m.shape.length > 1) PyErr_SetString(PyExc_NotImplementedError, 'sub-views are not implemented');
    const index = PyNumber_AsSsize_t(key, PyExc_IndexError);
    check_released(m);
    pack(m, position(m, m.view.offset, 0, index), c, value);
    return;
  }
  if (PySlice_Check(key) && m.shape.length === 1) {
    const src = PyObject_GetBuffer(value, PyBUF_FULL_RO);
    try {
      const dest = sliced(m, key);
      check_released(m);
      const sformat = src.format ?? 'B';
      const sshape = src.shape ?? [src.len];
      if (
        sshape.length !== 1 ||
        sshape[0] !== dest.shape[0] ||
        src.itemsize !== m.view.itemsize ||
        sformat.replace(/^@/, '') !== (m.view.format ?? 'B').replace(/^@/, '')
      ) {
        PyErr_SetString(PyExc_ValueError, 'memoryview assignment: lvalue and rvalue have different structures');
      }
      const bytes = buffer_to_contiguous(src);
      const size = m.view.itemsize;
      for (let i = 0, at = dest.view.offset; i < sshape[0]!; i++, at += dest.strides[0]!) {
        for (let k = 0; k < size; k++) m.view.buf[at + k] = bytes[i * size + k]!;
      }
      if (m.view.internal !== null) push_items(m, dest.view.offset, sshape[0]!, dest.strides[0]!);
    } finally {
      PyBuffer_Release(src);
    }
    return;
  }
  if (is_multi_index(key)) {
    if ((key.v as PyObject[]).length < m.shape.length)
      PyErr_SetString(PyExc_NotImplementedError, 'sub-views are not implemented');
    pack(m, multi_position(m, key), c, value);
    return;
  }
  if (PySlice_Check(key) || is_multi_slice(key)) {
    PyErr_SetString(PyExc_NotImplementedError, 'memoryview slice assignments are currently restricted to ndim = 1');
  }
  PyErr_SetString(PyExc_TypeError, 'memoryview: invalid slice key');
}

/** Stores an item; converting it may run Python code that releases the view. */
function pack(m: MemoryView, at: number, c: string, value: PyObject): void {
  if (value.ob_type === PyLong_Type || value.ob_type === PyFloat_Type) {
    pack_single(m.view.buf, at, c, value);
    if (m.view.internal !== null) push_items(m, at, 1, 0);
    return;
  }
  const item = new Uint8Array(m.view.itemsize);
  pack_single(item, 0, c, value);
  check_released(m);
  m.view.buf.set(item, at);
  if (m.view.internal !== null) push_items(m, at, 1, 0);
}

/** Tells others who share the memory of items that were changed. */
function push_items(m: MemoryView, at: number, count: number, stride: number): void {
  const shared = shared_bytes(m.view);
  const size = m.view.itemsize;
  if (stride === size) shared?.push(at, at + count * size);
  else for (let i = 0; i < count; i++) shared?.push(at + i * stride, at + i * stride + size);
}

function memory_length(self: PyObject): number {
  const m = data_of(self);
  if (m.shape.length === 0) PyErr_SetString(PyExc_TypeError, '0-dim memory has no length');
  return m.shape[0]!;
}

// --- comparing and hashing ------------------------------------------------------------------------------------------------

/** Reads items of one buffer for comparison: natively, or through the struct module. */
class ItemReader {
  readonly view: PyBuffer;
  readonly shape: number[];
  readonly strides: number[];
  readonly native: string;
  /** Owned struct.Struct for a format that is not native; null: none, or not a valid format. */
  unpacker: PyObject | null = null;
  valid = true;
  constructor(view: PyBuffer) {
    this.view = view;
    this.shape = view.ndim === 0 ? [] : (view.shape ?? [Math.floor(view.len / view.itemsize)]);
    this.strides = view.strides ?? c_strides(this.shape, view.itemsize);
    this.native = native_format(view.format);
  }
  prepare(): void {
    const Struct = PyImport_ImportModuleAttr('_struct', 'Struct');
    const format = PyUnicode_FromString(this.view.format ?? 'B');
    try {
      this.unpacker = PyObject_CallOneArg(Struct, format);
    } catch (e) {
      if (!PyErr_ExceptionMatches(e, PyExc_Exception)) throw e;
      PyErr_Clear(e);
      this.valid = false;
    } finally {
      decref(Struct);
      decref(format);
    }
  }
  item(at: number): PyObject {
    if (this.unpacker === null) return unpack_single(this.view.buf, at, this.native);
    const bytes = PyBytes_FromUint8Array(this.view.buf.slice(at, at + this.view.itemsize));
    try {
      const t = PyObject_CallMethodOneArg(this.unpacker, 'unpack', bytes);
      const items = t.v as PyObject[];
      if (items.length !== 1) return t;
      const first = newref(items[0]!);
      decref(t);
      return first;
    } finally {
      decref(bytes);
    }
  }
  dispose(): void {
    if (this.unpacker !== null) decref(this.unpacker);
  }
}

function equal_items(a: ItemReader, b: ItemReader, dim: number, x: number, y: number): boolean {
  if (dim === a.shape.length) {
    if (
      a.unpacker === null &&
      b.unpacker === null &&
      a.native === b.native &&
      a.native !== 'f' &&
      a.native !== 'd' &&
      a.native !== 'e' &&
      a.native !== '?'
    ) {
      for (let k = 0; k < a.view.itemsize; k++) if (a.view.buf[x + k] !== b.view.buf[y + k]) return false;
      return true;
    }
    const p = a.item(x);
    try {
      const q = b.item(y);
      try {
        // Not by identity: NaN differs from itself.
        const r = PyObject_RichCompare(p, q, Py_EQ);
        const t = PyObject_IsTrue(r);
        decref(r);
        return t;
      } finally {
        decref(q);
      }
    } finally {
      decref(p);
    }
  }
  for (let i = 0; i < a.shape[dim]!; i++) {
    if (!equal_items(a, b, dim + 1, x + i * a.strides[dim]!, y + i * b.strides[dim]!)) return false;
  }
  return true;
}

/** CPython: memory_richcompare */
function memory_richcompare(a: PyObject, b: PyObject, op: number): PyObject {
  if (op !== Py_EQ && op !== Py_NE) return newref(Py_NotImplemented);
  const m = a.v as MemoryView;
  let equal: boolean;
  if (m.released || (PyMemoryView_Check(b) && b.v.released)) equal = a === b;
  else {
    if (!PyObject_CheckBuffer(b)) return newref(Py_NotImplemented);
    let other: PyBuffer;
    try {
      other = PyObject_GetBuffer(b, PyBUF_FULL_RO);
    } catch (e) {
      if (!PyErr_ExceptionMatches(e, PyExc_BufferError) && !PyErr_ExceptionMatches(e, PyExc_TypeError)) throw e;
      PyErr_Clear(e);
      return newref(Py_NotImplemented);
    }
    contents_of(a);
    const x = new ItemReader({ ...m.view, shape: m.shape, strides: m.strides, ndim: m.shape.length });
    const y = new ItemReader(other);
    m.exports++; // comparing items may run Python code
    try {
      equal = same(x.shape, y.shape);
      if (equal && (x.native === '' || y.native === '')) {
        x.prepare();
        y.prepare();
        equal = x.valid && y.valid;
      }
      if (equal) equal = equal_items(x, y, 0, x.view.offset, y.view.offset);
    } finally {
      m.exports--;
      x.dispose();
      y.dispose();
      PyBuffer_Release(other);
    }
  }
  return newref(equal === (op === Py_EQ) ? Py_True : Py_False);
}

/** CPython: memory_hash */
function memory_hash(self: PyObject): Hash {
  const m = self.v as MemoryView;
  if (m.hash !== null) return m.hash;
  check_released(m);
  if (!m.view.readonly) PyErr_SetString(PyExc_ValueError, 'cannot hash writable memoryview object');
  const c = native_format(m.view.format);
  if (!is_byte_format(c))
    PyErr_SetString(PyExc_ValueError, "memoryview: hashing is restricted to formats 'B', 'b' or 'c'");
  // The exporter must be hashable too; its method must not release the view.
  if (m.view.obj !== null) {
    m.exports++;
    try {
      PyObject_Hash(m.view.obj);
    } finally {
      m.exports--;
    }
  }
  m.hash = hash_bytes(contents(contents_of(self)));
  return m.hash;
}

function memory_repr(self: PyObject): PyObject {
  const m = self.v as MemoryView;
  return PyUnicode_FromString(`<${m.released ? 'released memory' : 'memory'} at ${address(self)}>`);
}

function memory_count(self: PyObject, value: PyObject): PyObject {
  data_of(self);
  const it = memory_iter(self);
  let n = 0;
  try {
    for (;;) {
      const item = memoryiter_next(it);
      if (item === null) break;
      try {
        if (item === value || PyObject_RichCompareBool(item, value, Py_EQ)) n++;
      } finally {
        decref(item);
      }
    }
  } finally {
    decref(it);
  }
  return PyLong_FromLong(n);
}

function memory_index(self: PyObject, value: PyObject, start: PyObject | null, stop: PyObject | null): PyObject {
  const m = data_of(self);
  let i = arg_ssize(start, 0);
  let end = arg_ssize(stop, PY_SSIZE_T_MAX);
  if (m.shape.length === 0) PyErr_SetString(PyExc_TypeError, 'invalid lookup on 0-dim memory');
  if (m.shape.length > 1) PyErr_SetString(PyExc_NotImplementedError, 'multi-dimensional lookup is not implemented');
  const n = m.shape[0]!;
  if (i < 0) i = Math.max(0, i + n);
  if (end < 0) end = Math.max(0, end + n);
  end = Math.min(end, n);
  for (; i < end; i++) {
    const item = memory_item(self, i);
    try {
      if (item === value || PyObject_RichCompareBool(item, value, Py_EQ)) return PyLong_FromLong(i);
    } finally {
      decref(item);
    }
  }
  return PyErr_SetString(PyExc_ValueError, 'memoryview.index(x): x not found');
}

// --- attributes -----------------------------------------------------------------------------------------------------------

function numbers(list: number[] | null): PyObject {
  return PyTuple_FromArraySteal((list ?? []).map(PyLong_FromLong));
}
function bool(b: boolean): PyObject {
  return newref(b ? Py_True : Py_False);
}
function memory_obj(self: PyObject): PyObject {
  return newref(data_of(self).view.obj ?? Py_None);
}
function memory_nbytes(self: PyObject): PyObject {
  const m = data_of(self);
  return PyLong_FromLong(m.view.itemsize * item_count(m.shape));
}
function memory_readonly(self: PyObject): PyObject {
  return bool(data_of(self).view.readonly);
}
function memory_itemsize(self: PyObject): PyObject {
  return PyLong_FromLong(data_of(self).view.itemsize);
}
function memory_format(self: PyObject): PyObject {
  return PyUnicode_FromString(data_of(self).view.format ?? 'B');
}
function memory_ndim(self: PyObject): PyObject {
  return PyLong_FromLong(data_of(self).shape.length);
}
function memory_shape(self: PyObject): PyObject {
  return numbers(data_of(self).shape);
}
function memory_strides(self: PyObject): PyObject {
  return numbers(data_of(self).strides);
}
function memory_suboffsets(self: PyObject): PyObject {
  return numbers(data_of(self).view.suboffsets);
}
function memory_c_contiguous(self: PyObject): PyObject {
  return bool(is_contiguous(data_of(self), 'C'));
}
function memory_f_contiguous(self: PyObject): PyObject {
  return bool(is_contiguous(data_of(self), 'F'));
}
function memory_contiguous(self: PyObject): PyObject {
  const m = data_of(self);
  return bool(is_contiguous(m, 'C') || is_contiguous(m, 'F'));
}
// --- iterator -------------------------------------------------------------------------------------------------------------

class MemoryIter {
  /** Owned; null once exhausted. */
  seq: PyObject | null;
  index = 0;
  length: number;
  format: string;
  constructor(seq: PyObject, length: number, format: string) {
    this.seq = seq;
    this.length = length;
    this.format = format;
  }
}

/** CPython: memory_iter */
function memory_iter(self: PyObject): PyObject {
  const m = data_of(self);
  if (m.shape.length === 0) PyErr_SetString(PyExc_TypeError, 'invalid indexing of 0-dim memory');
  if (m.shape.length !== 1)
    PyErr_SetString(PyExc_NotImplementedError, 'multi-dimensional sub-views are not implemented');
  const it = new PyObject(_PyMemoryIter_Type, new MemoryIter(newref(self), m.shape[0]!, item_format(m)), null);
  gc_new(it);
  return it;
}

function memoryiter_next(self: PyObject): PyObject | null {
  const it = self.v as MemoryIter;
  const seq = it.seq;
  if (seq === null) return null;
  const m = seq.v as MemoryView;
  if (it.index < it.length) {
    check_released(m);
    return item_at(m, m.view.offset + it.index++ * m.strides[0]!, it.format);
  }
  it.seq = null;
  decref(seq);
  return null;
}
function memoryiter_dealloc(self: PyObject): void {
  gc_del(self);
  const { seq } = self.v as MemoryIter;
  if (seq !== null) decref(seq);
}
function memoryiter_traverse(self: PyObject, visit: (o: PyObject) => void): void {
  const { seq } = self.v as MemoryIter;
  if (seq !== null) visit(seq);
}

export const _PyMemoryIter_Type = static_type({
  name: 'memory_iterator',
  tp_basicsize: 48,
  tp_flags: Py_TPFLAGS_HAVE_GC,
  tp_dealloc: memoryiter_dealloc,
  tp_traverse: memoryiter_traverse,
  tp_iter: PyObject_SelfIter,
  tp_iternext: memoryiter_next,
});

export const PyMemoryView_Type = static_type({
  name: 'memoryview',
  after_ready: type => {
    type.tp_data = { text_signature: '(object)' };
  },
  tp_basicsize: 144,
  tp_itemsize: 8,
  tp_flags: Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_SEQUENCE,
  tp_doc: 'A window on the bytes of another object.',
  has_weakrefs: true,
  tp_weaklistoffset: 136,
  tp_dealloc: memory_dealloc,
  tp_traverse: memory_traverse,
  tp_clear: memory_clear,
  tp_repr: memory_repr,
  tp_hash: memory_hash,
  tp_richcompare: memory_richcompare,
  tp_iter: memory_iter,
  tp_new: memory_new,
  sq_length: memory_length,
  sq_item: memory_item,
  mp_length: memory_length,
  mp_subscript: memory_subscript,
  mp_ass_subscript: memory_ass_sub,
  bf_getbuffer: memory_getbuf,
  bf_releasebuffer: memory_releasebuf,
  methods: [
    { name: 'release', flags: METH_NOARGS, meth: memory_release, sig: '($self, /)' },
    { name: 'tobytes', flags: METH_CLINIC, meth: memory_tobytes, sig: "($self, /, order='C')" },
    { name: 'hex', flags: METH_CLINIC, meth: memory_hex, sig: '($self, /, sep=<unrepresentable>, bytes_per_sep=1)', doc: "The bytes as hexadecimal digits, with a separator between groups if one is given.\n\n>>> memoryview(b'\\x0a\\x1b\\x2c').hex()\n'0a1b2c'\n>>> memoryview(b'\\x0a\\x1b\\x2c').hex('-', 2)\n'0a-1b2c'" },
    { name: 'tolist', flags: METH_NOARGS, meth: memory_tolist, sig: '($self, /)' },
    { name: 'cast', flags: METH_CLINIC, meth: memory_cast, sig: '($self, /, format, shape=<unrepresentable>)' },
    { name: 'toreadonly', flags: METH_NOARGS, meth: memory_toreadonly, sig: '($self, /)' },
    { name: '_from_flags', flags: METH_CLINIC | METH_CLASS, meth: memory_from_flags, sig: '($type, /, object, flags)' },
    { name: 'count', flags: METH_O, meth: memory_count, sig: '($self, value, /)' },
    { name: 'index', flags: METH_CLINIC, meth: memory_index, sig: '($self, value, start=0, stop=sys.maxsize, /)' },
    { name: '__enter__', flags: METH_NOARGS, meth: memory_enter, sig: '($self, /)' },
    { name: '__exit__', flags: METH_FASTCALL, meth: memory_exit, sig: '($self, /, *exc_info)' },
    {
      name: '__class_getitem__',
      flags: METH_O | METH_CLASS,
      meth: Py_GenericAlias_class_getitem,
      sig: '($type, object, /)',
    },
  ],
  getset: [
    { name: 'obj', get: memory_obj },
    { name: 'nbytes', get: memory_nbytes },
    { name: 'readonly', get: memory_readonly },
    { name: 'itemsize', get: memory_itemsize },
    { name: 'format', get: memory_format },
    { name: 'ndim', get: memory_ndim },
    { name: 'shape', get: memory_shape },
    { name: 'strides', get: memory_strides },
    { name: 'suboffsets', get: memory_suboffsets },
    { name: 'c_contiguous', get: memory_c_contiguous },
    { name: 'f_contiguous', get: memory_f_contiguous },
    { name: 'contiguous', get: memory_contiguous },
  ],
});
