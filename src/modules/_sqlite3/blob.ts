// blob.ts: the value of one column of one row, read and written in pieces.                  CPython: Modules/_sqlite/blob.c

import { PyErr_Clear, PyErr_ExceptionMatches, PyErr_SetString } from '../../core/errors.ts';
import { gc_del, gc_new } from '../../core/gc.ts';
import {
  decref,
  newref,
  Py_TPFLAGS_DISALLOW_INSTANTIATION,
  Py_TPFLAGS_HAVE_GC,
  Py_TPFLAGS_IMMUTABLETYPE,
  PyObject,
  type PyTypeObject,
  xdecref,
} from '../../core/object.ts';
import { METH_CLINIC, METH_NOARGS, METH_O, type MethodSpec, module_type } from '../../core/spec.ts';
import { PyIndex_Check, PyNumber_AsSsize_t } from '../../objects/abstract.ts';
import { Py_False } from '../../objects/boolobject.ts';
import { PyBytes_FromUint8Array } from '../../objects/bytesobject.ts';
import { PyLong_Check } from '../../objects/checks.ts';
import { PyExc_IndexError, PyExc_OverflowError, PyExc_TypeError, PyExc_ValueError } from '../../objects/exceptions.ts';
import { release_instance, traverse_instance } from '../../objects/instance.ts';
import { PyList_Append } from '../../objects/listobject.ts';
import { PyLong_AsLong, PyLong_FromLong } from '../../objects/longobject.ts';
import { PySlice_AdjustIndices, PySlice_Check, PySlice_Unpack } from '../../objects/sliceobject.ts';
import { _PyWeakref_GET_REF, PyWeakref_NewRef } from '../../objects/weakrefobject.ts';
import { c_bool, c_int, none, read_buffer, release } from '../args.ts';
import { type BlobHandle, open_blob } from './blob_io.ts';
import { ProgrammingError } from './errors.ts';
import { type Connection, check_connection, check_thread, check_usable, con } from './state.ts';
import { long_as_int64, utf8_arg } from './values.ts';

const INT_MAX = 0x7fffffff;

class Blob {
  /** Owned; null after the collector cleared it. */
  connection: PyObject | null;
  /** Null: closed. */
  handle: BlobHandle | null;
  offset = 0;
  constructor(connection: PyObject, handle: BlobHandle) {
    this.connection = connection;
    this.handle = handle;
  }
}
type BlobObject = PyObject<Blob>;

function of(self: PyObject): Blob {
  return (self as BlobObject).v;
}

function close_handle(b: Blob): void {
  const { handle } = b;
  b.handle = null;
  handle?.close();
}

/** CPython: pysqlite_close_all_blobs */
export function close_all_blobs(c: Connection): void {
  if (c.blobs === null) return;
  for (const reference of (c.blobs as PyObject<PyObject[]>).v) {
    const blob = _PyWeakref_GET_REF(reference);
    if (blob === null) continue;
    close_handle(of(blob));
    decref(blob);
  }
}

function check_open_connection(b: Blob): void {
  const c = con(b.connection!);
  check_connection(c);
  check_thread(c);
}

/** The blob's handle, if it can be used. CPython: check_blob */
function usable(self: PyObject): BlobHandle {
  const b = of(self);
  check_open_connection(b);
  if (b.handle === null) PyErr_SetString(ProgrammingError, 'Cannot operate on a closed blob.');
  return b.handle;
}

// CPython: inner_write
function write_at(handle: BlobHandle, data: Uint8Array, offset: number): void {
  if (data.length > handle.size - offset) PyErr_SetString(PyExc_ValueError, 'data longer than blob length');
  handle.write(data, offset);
}

function blob_close(self: PyObject): PyObject {
  check_open_connection(of(self));
  close_handle(of(self));
  return none();
}

function blob_read(self: PyObject, length: PyObject | null): PyObject {
  let n = length === null ? -1 : c_int(length);
  const b = of(self);
  const handle = usable(self);
  const left = handle.size - b.offset;
  if (n < 0 || n > left) n = left;
  const data = n === 0 ? new Uint8Array(0) : handle.read(b.offset, n);
  b.offset += n;
  return PyBytes_FromUint8Array(data);
}

function blob_write(self: PyObject, data: PyObject): PyObject {
  const view = read_buffer(data);
  try {
    const b = of(self);
    write_at(usable(self), view.bytes, b.offset);
    b.offset += view.bytes.length;
  } finally {
    release(view);
  }
  return none();
}

// CPython: blob_seek_impl
function blob_seek(self: PyObject, offset_arg: PyObject, origin_arg: PyObject | null): PyObject {
  const offset = c_int(offset_arg);
  const origin = origin_arg === null ? 0 : c_int(origin_arg);
  const { size } = usable(self);
  const b = of(self);
  if (origin < 0 || origin > 2) {
    PyErr_SetString(PyExc_ValueError, "'origin' should be os.SEEK_SET, os.SEEK_CUR, or os.SEEK_END");
  }
  const at = offset + [0, b.offset, size][origin]!;
  if (at > INT_MAX) PyErr_SetString(PyExc_OverflowError, 'seek offset results in overflow');
  if (at < 0 || at > size) PyErr_SetString(PyExc_ValueError, 'offset out of blob range');
  b.offset = at;
  return none();
}

function blob_tell(self: PyObject): PyObject {
  usable(self);
  return PyLong_FromLong(of(self).offset);
}

function blob_enter(self: PyObject): PyObject {
  usable(self);
  return newref(self);
}

function blob_exit(self: PyObject): PyObject {
  usable(self);
  close_handle(of(self));
  return newref(Py_False);
}

// --- indices and slices -------------------------------------------------------------------------------------------------

function index_of(handle: BlobHandle, key: PyObject): number {
  let i = PyNumber_AsSsize_t(key, PyExc_IndexError);
  if (i < 0) i += handle.size;
  if (i < 0 || i >= handle.size) PyErr_SetString(PyExc_IndexError, 'Blob index out of range');
  return i;
}

function not_an_index(): never {
  PyErr_SetString(PyExc_TypeError, 'Blob indices must be integers');
}

function check_step(step: number): void {
  if (step < 0) PyErr_SetString(PyExc_ValueError, "Blob doesn't support slices with a negative step");
}

// CPython: blob_subscript
function blob_subscript(self: PyObject, key: PyObject): PyObject {
  const handle = usable(self);
  if (PyIndex_Check(key)) return PyLong_FromLong(handle.read(index_of(handle, key), 1)[0]!);
  if (!PySlice_Check(key)) not_an_index();
  const [start_arg, stop_arg, step] = PySlice_Unpack(key);
  const [start, , n] = PySlice_AdjustIndices(handle.size, start_arg, stop_arg, step);
  if (n === 0) return PyBytes_FromUint8Array(new Uint8Array(0));
  check_step(step);
  const data = handle.read(start, (n - 1) * step + 1);
  if (step === 1) return PyBytes_FromUint8Array(data);
  const out = new Uint8Array(n);
  for (let i = 0; i < n; i++) out[i] = data[i * step]!;
  return PyBytes_FromUint8Array(out);
}

/** A byte's value; what is out of range or too large is no byte. */
function byte_value(o: PyObject): number {
  let value = -1;
  try {
    value = PyLong_AsLong(o);
  } catch (e) {
    if (!PyErr_ExceptionMatches(e, PyExc_OverflowError)) throw e;
    PyErr_Clear(e);
  }
  if (value < 0 || value > 255) PyErr_SetString(PyExc_ValueError, 'byte must be in range(0, 256)');
  return value;
}

function assign_index(handle: BlobHandle, key: PyObject, value: PyObject | null): void {
  if (value === null) PyErr_SetString(PyExc_TypeError, "Blob doesn't support item deletion");
  if (!PyLong_Check(value)) {
    PyErr_SetString(PyExc_TypeError, `'${value.ob_type.tp_name}' object cannot be interpreted as an integer`);
  }
  const i = index_of(handle, key);
  write_at(handle, new Uint8Array([byte_value(value)]), i);
}

function assign_slice(handle: BlobHandle, key: PyObject, value: PyObject | null): void {
  if (value === null) PyErr_SetString(PyExc_TypeError, "Blob doesn't support slice deletion");
  const [start_arg, stop_arg, step] = PySlice_Unpack(key);
  const [start, , n] = PySlice_AdjustIndices(handle.size, start_arg, stop_arg, step);
  if (n > 0) check_step(step);
  const view = read_buffer(value);
  try {
    const { bytes } = view;
    if (bytes.length !== n) PyErr_SetString(PyExc_IndexError, 'Blob slice assignment is wrong size');
    if (n === 0) return;
    if (step === 1) {
      write_at(handle, bytes, start);
      return;
    }
    const data = handle.read(start, (n - 1) * step + 1);
    for (let i = 0; i < n; i++) data[i * step] = bytes[i]!;
    write_at(handle, data, start);
  } finally {
    release(view);
  }
}

// CPython: blob_ass_subscript
function blob_ass_subscript(self: PyObject, key: PyObject, value: PyObject | null): void {
  const handle = usable(self);
  if (PyIndex_Check(key)) assign_index(handle, key, value);
  else if (PySlice_Check(key)) assign_slice(handle, key, value);
  else not_an_index();
}

function blob_clear(self: PyObject): void {
  const { connection } = of(self);
  of(self).connection = null;
  xdecref(connection);
}

function blob_dealloc(self: PyObject): void {
  gc_del(self);
  close_handle(of(self));
  release_instance(self);
  blob_clear(self);
}

export const blob_type: PyTypeObject = module_type('_sqlite3', {
  name: 'sqlite3.Blob',
  heap: 'immutable',
  tp_basicsize: 48,
  has_weakrefs: true,
  tp_weaklistoffset: 40,
  tp_flags: Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_IMMUTABLETYPE | Py_TPFLAGS_DISALLOW_INSTANTIATION,
  tp_dealloc: blob_dealloc,
  tp_traverse: (self, visit) => {
    traverse_instance(self, visit);
    const { connection } = of(self);
    if (connection !== null) visit(connection);
  },
  tp_clear: blob_clear,
  mp_length: self => usable(self).size,
  mp_subscript: blob_subscript,
  mp_ass_subscript: blob_ass_subscript,
  methods: [
    { name: 'close', flags: METH_NOARGS, meth: blob_close, sig: '($self, /)', doc: 'Closes the blob.' },
    { name: '__enter__', flags: METH_NOARGS, meth: blob_enter, sig: '($self, /)', doc: 'The blob itself.' },
    {
      name: '__exit__',
      flags: METH_CLINIC,
      meth: blob_exit,
      sig: '($self, type, val, tb, /)',
      doc: 'Closes the blob.',
    },
    {
      name: 'read',
      flags: METH_CLINIC,
      meth: blob_read,
      sig: '($self, length=-1, /)',
      doc: 'So many bytes from where the blob stands, or all that are left.',
    },
    {
      name: 'seek',
      flags: METH_CLINIC,
      meth: blob_seek,
      sig: '($self, offset, origin=0, /)',
      doc: 'Goes to a place, counted from the start, from where it stands, or from the end.',
    },
    { name: 'tell', flags: METH_NOARGS, meth: blob_tell, sig: '($self, /)', doc: 'Where it stands.' },
    {
      name: 'write',
      flags: METH_O,
      meth: blob_write,
      sig: '($self, data, /)',
      doc: 'Overwrites bytes from where the blob stands; its length stays.',
    },
  ],
});

// CPython: Modules/_sqlite/connection.c:blobopen_impl
function connection_blobopen(
  self: PyObject,
  table_arg: PyObject,
  column_arg: PyObject,
  rowid_arg: PyObject,
  readonly: PyObject | null,
  name_arg: PyObject | null,
): PyObject {
  const table = utf8_arg('blobopen', '1', table_arg);
  const column = utf8_arg('blobopen', '2', column_arg);
  if (!PyLong_Check(rowid_arg)) PyErr_SetString(PyExc_TypeError, "expected 'int'");
  const rowid = BigInt(long_as_int64(rowid_arg));
  const writable = !c_bool(readonly, false);
  const name = name_arg === null ? null : utf8_arg('blobopen', "'name'", name_arg);
  const c = con(self);
  check_usable(c);
  const handle = open_blob(c, { name, table, column, rowid, writable });
  const blob: BlobObject = new PyObject(blob_type, new Blob(newref(self), handle), null);
  gc_new(blob);
  try {
    const reference = PyWeakref_NewRef(blob, null);
    PyList_Append(c.blobs!, reference);
    decref(reference);
  } catch (e) {
    decref(blob);
    throw e;
  }
  return blob;
}

export const BLOB_METHODS: readonly MethodSpec[] = [
  {
    name: 'blobopen',
    flags: METH_CLINIC,
    meth: connection_blobopen,
    sig: "($self, table, column, rowid, /, *, readonly=False, name='main')",
    doc: 'Opens the value of a column in the row with that number.',
  },
];
