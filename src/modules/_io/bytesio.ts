// bytesio.ts: BytesIO, a binary stream in memory.                                        CPython: Modules/_io/bytesio.c
//
// Invariant: the content is buf[0, size); `shared`, when set, is a bytes object of exactly that content over the same
// memory, so that writing must copy first.

import { PyErr_SetString } from '../../core/errors.ts';
import { gc_del, gc_new } from '../../core/gc.ts';
import {
  decref,
  incref,
  newref,
  Py_TPFLAGS_BASETYPE,
  Py_TPFLAGS_DISALLOW_INSTANTIATION,
  Py_TPFLAGS_HAVE_GC,
  PyObject,
  type PyTypeObject,
  type visitproc,
  xdecref,
} from '../../core/object.ts';
import {
  METH_CLINIC,
  METH_NOARGS,
  METH_O,
  PyBUF_FORMAT,
  PyBUF_ND,
  PyBUF_STRIDES,
  type PyBuffer,
  static_type,
} from '../../core/spec.ts';
import { PyIndex_Check, PyNumber_Index, PyIter_Next, PyObject_GetIter } from '../../objects/abstract.ts';
import { PyBool_FromLong } from '../../objects/boolobject.ts';
import { PyBytes_FromUint8Array, PyBytes_Type } from '../../objects/bytesobject.ts';
import { PyDict_Check, PyLong_Check, PyTuple_Check } from '../../objects/checks.ts';
import { PyDict_Copy, PyDict_Update } from '../../objects/dictobject.ts';
import { PyExc_BufferError, PyExc_OverflowError, PyExc_TypeError, PyExc_ValueError } from '../../objects/exceptions.ts';
import { PyArg_Clinic } from '../../objects/getargs.ts';
import { PyList_FromAppendedSteal } from '../../objects/listobject.ts';
import { PyLong_FromLong } from '../../objects/longobject.ts';
import { PyMemoryView_FromObject } from '../../objects/memoryobject.ts';
import { instance_dict, instance_dict_or_null, Py_None } from '../../objects/object.ts';
import { PyTuple_FromArraySteal } from '../../objects/tupleobject.ts';
import { c_int, c_ssize, optional_ssize, read_buffer, release, write_buffer } from '../args.ts';
import { PyBufferedIOBase_Type } from './bufferedbase.ts';
import { begin_dealloc, clear_dict, closed_error, py_none, traverse_dict } from './common.ts';

export class BytesIOData {
  buf: Uint8Array = new Uint8Array(0);
  size = 0;
  /** Bytes that CPython's buffer would have; what __sizeof__ shows. */
  alloc = 0;
  pos = 0;
  /** Buffers handed out by getbuffer() and not yet released. */
  exports = 0;
  closed = false;
  /** Owned. */
  shared: PyObject | null = null;
}

function data_of(self: PyObject): BytesIOData {
  return self.v as BytesIOData;
}

function open_data(self: PyObject): BytesIOData {
  const data = data_of(self);
  if (data.closed) closed_error();
  return data;
}

function check_exports(data: BytesIOData): void {
  if (data.exports > 0) PyErr_SetString(PyExc_BufferError, 'Existing exports of data: object cannot be re-sized');
}

/** Whether a bytes object that others hold is the content. CPython: SHARED_BUF */
function is_shared(data: BytesIOData): boolean {
  return data.shared !== null && data.shared.ob_refcnt > 1;
}

/** The modelled memory after a change of size. CPython: Modules/_io/bytesio.c:resize_buffer */
function resize_buffer(data: BytesIOData, size: number): void {
  const { alloc } = data;
  if (size < alloc >> 1) data.alloc = size + 1;
  else if (size < alloc) return;
  else if (size <= alloc * 1.125) data.alloc = size + (size >> 3) + (size < 9 ? 3 : 6);
  else data.alloc = size + 1;
}

/** Makes the memory writable and at least `capacity` long. */
function make_room(data: BytesIOData, capacity: number): void {
  if (is_shared(data)) data.alloc = Math.max(capacity, data.size);
  else if (capacity > data.alloc) resize_buffer(data, capacity);
  if (data.shared !== null || capacity > data.buf.length) {
    const room =
      capacity > data.buf.length
        ? Math.max(capacity, data.size + (data.size >> 3) + 64)
        : Math.max(capacity, data.size);
    const larger = new Uint8Array(room);
    larger.set(data.buf.subarray(0, data.size));
    data.buf = larger;
    if (data.shared !== null) {
      decref(data.shared);
      data.shared = null;
    }
  }
}

function write_bytes(data: BytesIOData, bytes: Uint8Array): number {
  const n = bytes.length;
  if (n === 0) return 0;
  const end = data.pos + n;
  if (end > 0x7fffffff * 4) PyErr_SetString(PyExc_OverflowError, 'new buffer size too large');
  make_room(data, end);
  if (data.pos > data.size) data.buf.fill(0, data.size, data.pos);
  data.buf.set(bytes, data.pos);
  data.pos = end;
  if (end > data.size) data.size = end;
  return n;
}

/** The next bytes as a bytes object, moving the position. */
function take(data: BytesIOData, n: number): PyObject {
  if (n > 1 && data.pos === 0 && n === data.size && data.shared !== null) {
    data.pos = n;
    return newref(data.shared);
  }
  const start = data.pos;
  data.pos += n;
  return PyBytes_FromUint8Array(data.buf.slice(start, start + n));
}

function available(data: BytesIOData): number {
  return data.pos < data.size ? data.size - data.pos : 0;
}

/** Length of the next line, at most `limit` (negative: no limit). */
function line_length(data: BytesIOData, limit: number): number {
  let n = available(data);
  if (n === 0) return 0;
  if (limit >= 0 && limit < n) n = limit;
  const at = data.buf.subarray(data.pos, data.pos + n).indexOf(10);
  return at < 0 ? n : at + 1;
}

function bytesio_new(type: PyTypeObject): PyObject {
  return type.tp_alloc!(type, new BytesIOData());
}

/** CPython: Modules/_io/bytesio.c:_io_BytesIO___init___impl */
function bytesio_init(self: PyObject, args: PyObject, kwargs: PyObject | null): void {
  const [initial] = PyArg_Clinic('BytesIO', "(initial_bytes=b'')", args, kwargs);
  const data = data_of(self);
  check_exports(data);
  data.size = 0;
  data.pos = 0;
  if (initial === null || initial === undefined || initial === Py_None) return;
  if (initial.ob_type === PyBytes_Type) {
    xdecref(data.shared);
    data.shared = newref(initial);
    data.buf = initial.v as Uint8Array;
    data.size = data.buf.length;
    data.alloc = data.size;
    return;
  }
  const view = read_buffer(initial);
  try {
    write_bytes(data, view.bytes);
  } finally {
    release(view);
  }
  data.pos = 0;
}

function bytesio_true(self: PyObject): PyObject {
  open_data(self);
  return PyBool_FromLong(true);
}
function bytesio_false(self: PyObject): PyObject {
  open_data(self);
  return PyBool_FromLong(false);
}
function bytesio_flush(self: PyObject): PyObject {
  open_data(self);
  return py_none();
}

function bytesio_tell(self: PyObject): PyObject {
  return PyLong_FromLong(open_data(self).pos);
}

function bytesio_getvalue(self: PyObject): PyObject {
  const data = open_data(self);
  if (data.shared === null || (data.shared.v as Uint8Array).length !== data.size) {
    const bytes = data.buf.length === data.size && data.exports === 0 ? data.buf : data.buf.slice(0, data.size);
    const value = PyBytes_FromUint8Array(bytes);
    if (data.exports > 0) return value;
    xdecref(data.shared);
    data.shared = value;
    data.buf = value.v as Uint8Array;
    data.alloc = data.size;
  }
  return newref(data.shared);
}

function bytesio_read(self: PyObject, size: PyObject | null): PyObject {
  const limit = optional_ssize(size, -1);
  const data = open_data(self);
  const n = available(data);
  return take(data, limit >= 0 && limit < n ? limit : n);
}

function bytesio_readline(self: PyObject, size: PyObject | null): PyObject {
  const limit = optional_ssize(size, -1);
  const data = open_data(self);
  return take(data, line_length(data, limit));
}

function bytesio_readlines(self: PyObject, hint: PyObject | null): PyObject {
  const data = open_data(self);
  let limit = 0;
  if (hint !== null && hint !== Py_None) {
    if (!PyIndex_Check(hint))
      PyErr_SetString(PyExc_TypeError, `integer argument expected, got '${hint.ob_type.tp_name}'`);
    limit = c_ssize(hint);
  }
  const lines: PyObject[] = [];
  let total = 0;
  for (let n = line_length(data, -1); n > 0; n = line_length(data, -1)) {
    lines.push(take(data, n));
    total += n;
    if (limit > 0 && total >= limit) break;
  }
  return PyList_FromAppendedSteal(lines);
}

function bytesio_readinto(self: PyObject, buffer: PyObject): PyObject {
  const view = write_buffer(buffer, 'readinto');
  try {
    const data = open_data(self);
    const n = Math.min(available(data), view.bytes.length);
    view.bytes.set(data.buf.subarray(data.pos, data.pos + n));
    data.pos += n;
    return PyLong_FromLong(n);
  } finally {
    release(view);
  }
}

/** CPython: Modules/_io/bytesio.c:_io_BytesIO_truncate_impl */
function bytesio_truncate(self: PyObject, size: PyObject | null): PyObject {
  open_data(self);
  const n = size === null || size === Py_None ? data_of(self).pos : c_ssize(size);
  const data = open_data(self);
  check_exports(data);
  if (n < 0) PyErr_SetString(PyExc_ValueError, `negative size value ${n}`);
  if (n < data.size) {
    if (is_shared(data)) data.alloc = n;
    else resize_buffer(data, n);
    data.size = n;
    if (data.shared !== null) make_room(data, n);
  }
  return PyLong_FromLong(n);
}

function bytesio_iternext(self: PyObject): PyObject | null {
  const data = open_data(self);
  const n = line_length(data, -1);
  return n === 0 ? null : take(data, n);
}

/** CPython: Modules/_io/bytesio.c:_io_BytesIO_seek_impl */
function bytesio_seek(self: PyObject, pos: PyObject, whence: PyObject | null): PyObject {
  let at = c_ssize(pos);
  const how = whence === null ? 0 : c_int(whence);
  const data = open_data(self);
  if (at < 0 && how === 0) PyErr_SetString(PyExc_ValueError, `negative seek value ${at}`);
  if (how === 1) at += data.pos;
  else if (how === 2) at += data.size;
  else if (how !== 0) PyErr_SetString(PyExc_ValueError, `invalid whence (${how}, should be 0, 1 or 2)`);
  if (how !== 0 && at >= 2 ** 63) PyErr_SetString(PyExc_OverflowError, 'new position too large');
  data.pos = at < 0 ? 0 : at;
  return how === 0 && !Number.isSafeInteger(at) ? PyNumber_Index(pos) : PyLong_FromLong(data.pos);
}

function do_write(self: PyObject, b: PyObject): number {
  const data = open_data(self);
  check_exports(data);
  const view = read_buffer(b);
  try {
    // Giving its buffer, the object may have done something to this one.
    open_data(self);
    check_exports(data);
    return write_bytes(data, view.bytes);
  } finally {
    release(view);
  }
}

function bytesio_write(self: PyObject, b: PyObject): PyObject {
  return PyLong_FromLong(do_write(self, b));
}

function bytesio_writelines(self: PyObject, lines: PyObject): PyObject {
  open_data(self);
  const it = PyObject_GetIter(lines);
  try {
    for (let line = PyIter_Next(it); line !== null; line = PyIter_Next(it)) {
      try {
        do_write(self, line);
      } finally {
        decref(line);
      }
    }
  } finally {
    decref(it);
  }
  return py_none();
}

function drop_content(data: BytesIOData): void {
  data.buf = new Uint8Array(0);
  data.size = 0;
  data.alloc = 0;
  const shared = data.shared;
  data.shared = null;
  xdecref(shared);
}

function bytesio_close(self: PyObject): PyObject {
  const data = data_of(self);
  check_exports(data);
  data.closed = true;
  drop_content(data);
  return py_none();
}

/** CPython: Modules/_io/bytesio.c:_io_BytesIO___getstate___impl */
function bytesio_getstate(self: PyObject): PyObject {
  const value = bytesio_getvalue(self);
  const dict = instance_dict_or_null(self);
  return PyTuple_FromArraySteal([
    value,
    PyLong_FromLong(data_of(self).pos),
    dict === null ? py_none() : PyDict_Copy(dict),
  ]);
}

/** CPython: Modules/_io/bytesio.c:_io_BytesIO___setstate___impl */
function bytesio_setstate(self: PyObject, state: PyObject): PyObject {
  const data = data_of(self);
  if (!PyTuple_Check(state) || state.v.length < 3) {
    PyErr_SetString(
      PyExc_TypeError,
      `${self.ob_type.tp_name}.__setstate__ argument should be 3-tuple, got ${state.ob_type.tp_name}`,
    );
  }
  check_exports(data);
  const [value, position, dict] = state.v as [PyObject, PyObject, PyObject];
  drop_content(data);
  data.pos = 0;
  do_write(self, value);
  if (!PyLong_Check(position)) {
    PyErr_SetString(PyExc_TypeError, `second item of state must be an integer, not ${position.ob_type.tp_name}`);
  }
  const pos = c_ssize(position);
  if (pos < 0) PyErr_SetString(PyExc_ValueError, 'position value cannot be negative');
  data.pos = pos;
  if (dict !== Py_None) {
    if (!PyDict_Check(dict)) {
      PyErr_SetString(PyExc_TypeError, `third item of state should be a dict, got a ${dict.ob_type.tp_name}`);
    }
    PyDict_Update(instance_dict(self)!, dict);
  }
  return py_none();
}

function bytesio_sizeof(self: PyObject): PyObject {
  const data = data_of(self);
  const own = !is_shared(data) && data.alloc > 0 ? data.alloc + 33 : 0;
  return PyLong_FromLong(self.ob_type.tp_basicsize + own);
}

function bytesio_dealloc(self: PyObject): void {
  if (!begin_dealloc(self)) return;
  xdecref(data_of(self).shared);
}

function bytesio_traverse(self: PyObject, visit: visitproc): void {
  traverse_dict(self, visit);
  const { shared } = data_of(self);
  if (shared !== null) visit(shared);
}

function bytesio_clear(self: PyObject): void {
  clear_dict(self);
}

export const PyBytesIO_Type = static_type({
  name: '_io.BytesIO',
  heap: 'immutable',
  base: () => PyBufferedIOBase_Type,
  tp_basicsize: 64,
  tp_dictoffset: 40,
  tp_weaklistoffset: 48,
  has_dict: true,
  has_weakrefs: true,
  tp_flags: Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_GC,
  tp_doc: "BytesIO(initial_bytes=b'')\n--\n\nA binary stream in memory.",
  tp_new: bytesio_new,
  tp_init: bytesio_init,
  tp_dealloc: bytesio_dealloc,
  tp_traverse: bytesio_traverse,
  tp_clear: bytesio_clear,
  tp_iter: self => newref(self),
  tp_iternext: bytesio_iternext,
  methods: [
    { name: 'readable', flags: METH_NOARGS, meth: bytesio_true, sig: '($self, /)' },
    { name: 'seekable', flags: METH_NOARGS, meth: bytesio_true, sig: '($self, /)' },
    { name: 'writable', flags: METH_NOARGS, meth: bytesio_true, sig: '($self, /)' },
    { name: 'close', flags: METH_NOARGS, meth: bytesio_close, sig: '($self, /)' },
    { name: 'flush', flags: METH_NOARGS, meth: bytesio_flush, sig: '($self, /)' },
    { name: 'isatty', flags: METH_NOARGS, meth: bytesio_false, sig: '($self, /)' },
    { name: 'tell', flags: METH_NOARGS, meth: bytesio_tell, sig: '($self, /)' },
    { name: 'write', flags: METH_O, meth: bytesio_write, sig: '($self, b, /)' },
    { name: 'writelines', flags: METH_O, meth: bytesio_writelines, sig: '($self, lines, /)' },
    { name: 'read1', flags: METH_CLINIC, meth: bytesio_read, sig: '($self, size=-1, /)' },
    { name: 'readinto', flags: METH_O, meth: bytesio_readinto, sig: '($self, buffer, /)' },
    { name: 'readline', flags: METH_CLINIC, meth: bytesio_readline, sig: '($self, size=-1, /)' },
    { name: 'readlines', flags: METH_CLINIC, meth: bytesio_readlines, sig: '($self, size=None, /)' },
    { name: 'read', flags: METH_CLINIC, meth: bytesio_read, sig: '($self, size=-1, /)' },
    { name: 'getbuffer', flags: METH_NOARGS, meth: bytesio_getbuffer, sig: '($self, /)' },
    { name: 'getvalue', flags: METH_NOARGS, meth: bytesio_getvalue, sig: '($self, /)' },
    { name: 'seek', flags: METH_CLINIC, meth: bytesio_seek, sig: '($self, pos, whence=0, /)' },
    { name: 'truncate', flags: METH_CLINIC, meth: bytesio_truncate, sig: '($self, size=None, /)' },
    { name: '__getstate__', flags: METH_NOARGS, meth: bytesio_getstate, sig: '($self, /)' },
    { name: '__setstate__', flags: METH_O, meth: bytesio_setstate, sig: '($self, object, /)' },
    { name: '__sizeof__', flags: METH_NOARGS, meth: bytesio_sizeof, sig: '($self, /)' },
  ],
  getset: [{ name: 'closed', get: self => PyBool_FromLong(data_of(self).closed) }],
});

// --- the exporter behind getbuffer() --------------------------------------------------------------------------------

/** A view of the content that can be written to but not resized. */
function bytesio_getbuffer(self: PyObject): PyObject {
  open_data(self);
  const exporter = new PyObject<PyObject>(_BytesIOBuffer_Type, newref(self), null);
  gc_new(exporter);
  try {
    return PyMemoryView_FromObject(exporter);
  } finally {
    decref(exporter);
  }
}

function bytesiobuf_getbuffer(self: PyObject, flags: number): PyBuffer {
  const source = self.v as PyObject;
  const data = data_of(source);
  if (data.exports === 0) make_room(data, data.size);
  data.exports++;
  incref(self);
  const nd = (flags & PyBUF_ND) === PyBUF_ND;
  return {
    obj: self,
    buf: data.buf,
    offset: 0,
    len: data.size,
    itemsize: 1,
    readonly: false,
    ndim: 1,
    format: (flags & PyBUF_FORMAT) !== 0 ? 'B' : null,
    shape: nd ? [data.size] : null,
    strides: (flags & PyBUF_STRIDES) === PyBUF_STRIDES ? [1] : null,
    suboffsets: null,
    internal: null,
  };
}

function bytesiobuf_releasebuffer(self: PyObject): void {
  data_of(self.v as PyObject).exports--;
}

function bytesiobuf_dealloc(self: PyObject): void {
  gc_del(self);
  decref(self.v as PyObject);
}

function bytesiobuf_traverse(self: PyObject, visit: visitproc): void {
  visit(self.v as PyObject);
}

export const _BytesIOBuffer_Type = static_type({
  name: '_io._BytesIOBuffer',
  heap: 'immutable',
  tp_basicsize: 24,
  tp_flags: Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_DISALLOW_INSTANTIATION,
  tp_dealloc: bytesiobuf_dealloc,
  tp_traverse: bytesiobuf_traverse,
  bf_getbuffer: bytesiobuf_getbuffer,
  bf_releasebuffer: bytesiobuf_releasebuffer,
});
