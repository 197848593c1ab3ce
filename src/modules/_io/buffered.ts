// buffered.ts: BufferedReader, BufferedWriter, BufferedRandom and BufferedRWPair.    CPython: Modules/_io/bufferedio.c

import { as_raised, PyErr_Clear, PyErr_SetString, Raised } from '../../core/errors.ts';
import {
  decref,
  newref,
  Py_TPFLAGS_BASETYPE,
  Py_TPFLAGS_HAVE_GC,
  type PyObject,
  type PyTypeObject,
  type visitproc,
  xdecref,
} from '../../core/object.ts';
import { METH_CLINIC, METH_NOARGS, METH_O, METH_VARARGS, static_type } from '../../core/spec.ts';
import { Py_True, PyBool_FromLong, PyBool_Type } from '../../objects/boolobject.ts';
import { PyBytes_FromUint8Array } from '../../objects/bytesobject.ts';
import {
  PyObject_Call,
  PyObject_CallMethodNoArgs,
  PyObject_CallMethodOneArg,
  PyObject_Vectorcall,
} from '../../objects/call.ts';
import { PyBytes_Check } from '../../objects/checks.ts';
import {
  PyExc_OSError,
  PyExc_RuntimeError,
  PyExc_TypeError,
  PyExc_ValueError,
  PyException_SetContext,
} from '../../objects/exceptions.ts';
import { PyArg_Clinic } from '../../objects/getargs.ts';
import { PyLong_FromLong } from '../../objects/longobject.ts';
import {
  Py_None,
  Py_ReprEnter,
  Py_ReprLeave,
  PyObject_GetAttrString,
  PyObject_GetOptionalAttrString,
  repr_string,
} from '../../objects/object.ts';
import { object_new } from '../../objects/typeobject/object.ts';
import { PyType_GenericAlloc } from '../../objects/typeobject.ts';
import { PyUnicode_FromString } from '../../objects/unicodeobject.ts';
import { iterate_by_steps, no_more } from '../../vm/iterators.ts';
import { call_method, run_nested, run_steps, type Steps } from '../../vm/steps.ts';
import { type BytesView, c_int, c_ssize, optional_ssize, read_buffer, release, write_buffer } from '../args.ts';
import {
  BufferedData,
  buffer_takes,
  buffered_data,
  buffered_peek,
  buffered_read,
  buffered_readinto,
  buffered_readline,
  buffered_write,
  flush_and_rewind,
  flush_writes,
  line_ahead,
  locked,
  open_stream,
  raw_offset,
  raw_read,
  raw_seek,
  raw_tell,
  readable_stream,
  readahead,
  ready,
  release_buffer,
  reset_read,
  reset_write,
  take_ahead,
  WOULD_BLOCK,
} from './buffer_core.ts';
import { PyBufferedIOBase_Type } from './bufferedbase.ts';
import {
  attr_is_true,
  begin_dealloc,
  clear_dict,
  DEFAULT_BUFFER_SIZE,
  no_pickle,
  py_none,
  stream_name,
  traverse_dict,
  unsupported,
} from './common.ts';
import { PyFileIO_Type } from './fileio.ts';
import { check_readable, check_seekable, check_writable } from './iobase.ts';

function buffered_alloc(type: PyTypeObject, v: unknown): PyObject {
  return PyType_GenericAlloc(type, v ?? new BufferedData());
}

/** Sets the stream up over a raw stream. CPython: _buffered_init */
function init(self: PyObject, raw: PyObject, size: number, readable: boolean, writable: boolean): void {
  const data = buffered_data(self);
  if (size <= 0) PyErr_SetString(PyExc_ValueError, 'buffer size must be strictly positive');
  xdecref(data.raw);
  data.raw = newref(raw);
  data.readable = readable;
  data.writable = writable;
  data.fast = raw.ob_type === PyFileIO_Type;
  data.buf = new Uint8Array(size);
  data.pos = 0;
  data.abs_pos = -1;
  try {
    raw_tell(data);
  } catch (e) {
    if (!(e instanceof Raised)) throw e;
    PyErr_Clear(e); // not seekable
  }
  if (readable) reset_read(data);
  if (writable) {
    reset_write(data);
    data.pos = 0;
  }
  data.ok = true;
}

function init_arguments(name: string, args: PyObject, kwargs: PyObject | null): [PyObject, number] {
  const [raw, size] = PyArg_Clinic(name, '(raw, buffer_size=DEFAULT_BUFFER_SIZE)', args, kwargs);
  return [raw!, size === null || size === undefined ? DEFAULT_BUFFER_SIZE : c_ssize(size)];
}

function reader_init(self: PyObject, args: PyObject, kwargs: PyObject | null): void {
  const data = buffered_data(self);
  data.ok = false;
  data.detached = false;
  const [raw, size] = init_arguments('BufferedReader', args, kwargs);
  decref(check_readable(raw));
  init(self, raw, size, true, false);
}

function writer_init(self: PyObject, args: PyObject, kwargs: PyObject | null): void {
  const data = buffered_data(self);
  data.ok = false;
  data.detached = false;
  const [raw, size] = init_arguments('BufferedWriter', args, kwargs);
  decref(check_writable(raw));
  init(self, raw, size, false, true);
}

function random_init(self: PyObject, args: PyObject, kwargs: PyObject | null): void {
  const data = buffered_data(self);
  data.ok = false;
  data.detached = false;
  const [raw, size] = init_arguments('BufferedRandom', args, kwargs);
  decref(check_seekable(raw));
  decref(check_readable(raw));
  decref(check_writable(raw));
  init(self, raw, size, true, true);
}

// --- what all three have --------------------------------------------------------------------------------------------

function call_raw(name: string): (self: PyObject) => PyObject {
  return self => PyObject_CallMethodNoArgs(ready(self).raw!, name);
}

const raw_flush = call_raw('flush');
const raw_seekable = call_raw('seekable');
const raw_readable = call_raw('readable');
const raw_writable = call_raw('writable');
const raw_fileno = call_raw('fileno');
const raw_isatty = call_raw('isatty');

function closed_get(self: PyObject): PyObject {
  return PyObject_GetAttrString(ready(self).raw!, 'closed');
}
function name_get(self: PyObject): PyObject {
  return PyObject_GetAttrString(ready(self).raw!, 'name');
}
function mode_get(self: PyObject): PyObject {
  return PyObject_GetAttrString(ready(self).raw!, 'mode');
}

function dealloc_warn(self: PyObject, source: PyObject): PyObject {
  const data = buffered_data(self);
  if (data.ok && data.raw !== null) {
    try {
      decref(PyObject_CallMethodOneArg(data.raw, '_dealloc_warn', source));
    } catch (e) {
      if (!(e instanceof Raised)) throw e;
      PyErr_Clear(e);
    }
  }
  return py_none();
}

/** CPython: Modules/_io/bufferedio.c:_io__Buffered_close_impl */
function buffered_close(self: PyObject): PyObject {
  return run_steps(buffered_close, self, close_steps(self, ready(self)));
}

function* close_steps(self: PyObject, data: BufferedData): Steps<PyObject> {
  if (attr_is_true(self, 'closed')) return py_none();
  if (data.finalizing && data.raw !== null) decref(dealloc_warn(self, self));
  let failure: unknown = null;
  try {
    decref(yield* call_method(self, 'flush', []));
  } catch (e) {
    failure = e;
  }
  let result: PyObject;
  try {
    result = yield* locked(self, call_method(data.raw!, 'close', []));
  } catch (e) {
    release_buffer(data);
    if (failure === null) throw e;
    const second = as_raised(e);
    PyException_SetContext(second.exc, as_raised(failure).exc);
    throw second;
  }
  release_buffer(data);
  if (failure !== null) {
    decref(result);
    throw failure;
  }
  return result;
}

function buffered_detach(self: PyObject): PyObject {
  const data = ready(self);
  decref(PyObject_CallMethodNoArgs(self, 'flush'));
  const raw = data.raw!;
  data.raw = null;
  data.detached = true;
  data.ok = false;
  return raw;
}

function buffered_sizeof(self: PyObject): PyObject {
  return PyLong_FromLong(self.ob_type.tp_basicsize + buffered_data(self).buf.length);
}

/** CPython: Modules/_io/bufferedio.c:buffered_repr */
function buffered_repr(self: PyObject): PyObject {
  const type = self.ob_type.tp_name;
  const name = stream_name(self);
  if (name === null) return PyUnicode_FromString(`<${type}>`);
  try {
    if (Py_ReprEnter(self)) PyErr_SetString(PyExc_RuntimeError, `reentrant call inside ${type}.__repr__`);
    try {
      return PyUnicode_FromString(`<${type} name=${repr_string(name)}>`);
    } finally {
      Py_ReprLeave(self);
    }
  } finally {
    decref(name);
  }
}

// --- reading --------------------------------------------------------------------------------------------------------

/** CPython: Modules/_io/bufferedio.c:_bufferedreader_read_all */
function* read_all(data: BufferedData): Steps<PyObject> {
  const current = readahead(data);
  const head = data.buf.slice(data.pos, data.pos + current);
  data.pos += current;
  if (data.writable) yield* flush_and_rewind(data);
  reset_read(data);
  const chunks: Uint8Array[] = current > 0 ? [head] : [];
  const joined = (): PyObject => PyBytes_FromUint8Array(concat(chunks));
  const readall = PyObject_GetOptionalAttrString(data.raw!, 'readall');
  if (readall !== null) {
    let rest: PyObject;
    try {
      rest = yield { callable: readall, args: [] };
    } finally {
      decref(readall);
    }
    try {
      if (rest !== Py_None && !PyBytes_Check(rest)) PyErr_SetString(PyExc_TypeError, 'readall() should return bytes');
      data.abs_pos = -1;
      if (current === 0) return newref(rest);
      if (rest !== Py_None) chunks.push(rest.v as Uint8Array);
      return joined();
    } finally {
      decref(rest);
    }
  }
  for (;;) {
    const piece = yield* call_method(data.raw!, 'read', []);
    try {
      if (piece !== Py_None && !PyBytes_Check(piece)) PyErr_SetString(PyExc_TypeError, 'read() should return bytes');
      if (piece === Py_None || (piece.v as Uint8Array).length === 0) {
        if (chunks.length === 0) return newref(piece);
        return joined();
      }
      const bytes = piece.v as Uint8Array;
      chunks.push(bytes);
      if (data.abs_pos !== -1) data.abs_pos += bytes.length;
    } finally {
      decref(piece);
    }
  }
}

function concat(chunks: Uint8Array[]): Uint8Array {
  if (chunks.length === 1) return chunks[0]!;
  const out = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.length, 0));
  let at = 0;
  for (const chunk of chunks) {
    out.set(chunk, at);
    at += chunk.length;
  }
  return out;
}

function bytes_or_none(bytes: Uint8Array | null): PyObject {
  return bytes === null ? py_none() : PyBytes_FromUint8Array(bytes);
}

function read(self: PyObject, size: PyObject | null): PyObject {
  const n = optional_ssize(size, -1);
  ready(self);
  if (n < -1) PyErr_SetString(PyExc_ValueError, 'read length must be non-negative or -1');
  const data = readable_stream(self, 'read of closed file');
  if (data.owner === null && n >= 0 && n <= readahead(data)) return PyBytes_FromUint8Array(take_ahead(data, n));
  return run_steps(read, self, locked(self, n === -1 ? read_all(data) : read_n(data, n)));
}

function* read_n(data: BufferedData, n: number): Steps<PyObject> {
  return bytes_or_none(yield* buffered_read(data, n));
}

/** Reads with at most one call of the raw stream. CPython: Modules/_io/bufferedio.c:_io__Buffered_read1_impl */
export function* buffered_read1(self: PyObject, n: number): Steps<Uint8Array> {
  const data = readable_stream(self, 'read of closed file');
  if (n < 0) n = data.buf.length;
  if (n === 0) return new Uint8Array(0);
  return yield* locked(self, read1_locked(data, n));
}

function* read1_locked(data: BufferedData, n: number): Steps<Uint8Array> {
  const have = readahead(data);
  if (have > 0) return take_ahead(data, Math.min(have, n));
  if (data.writable) yield* flush_and_rewind(data);
  reset_read(data);
  const into = new Uint8Array(n);
  const r = yield* raw_read(data, into);
  return r === n ? into : into.slice(0, r === WOULD_BLOCK ? 0 : r);
}

/** The steps' bytes as an object. */
function* bytes_of(steps: Steps<Uint8Array>): Steps<PyObject> {
  return PyBytes_FromUint8Array(yield* steps);
}

function read1(self: PyObject, size: PyObject | null): PyObject {
  return run_steps(read1, self, bytes_of(buffered_read1(self, size === null ? -1 : c_ssize(size))));
}

/** Releases the view. */
function* readinto_steps(self: PyObject, view: BytesView, once: boolean): Steps<PyObject> {
  try {
    const data = readable_stream(self, 'readinto of closed file');
    const n = yield* locked(self, buffered_readinto(data, view.bytes, once));
    return n === WOULD_BLOCK ? py_none() : PyLong_FromLong(n);
  } finally {
    release(view);
  }
}

function readinto(self: PyObject, buffer: PyObject): PyObject {
  return run_steps(readinto, self, readinto_steps(self, write_buffer(buffer, 'readinto'), false));
}
function readinto1(self: PyObject, buffer: PyObject): PyObject {
  return run_steps(readinto1, self, readinto_steps(self, write_buffer(buffer, 'readinto1'), true));
}

function peek(self: PyObject, _size: PyObject | null): PyObject {
  const data = readable_stream(self, 'peek of closed file');
  return run_steps(peek, self, bytes_of(locked(self, buffered_peek(data))));
}

function readline(self: PyObject, size: PyObject | null): PyObject {
  const limit = optional_ssize(size, -1);
  const data = readable_stream(self, 'readline of closed file');
  const line = data.owner === null ? line_ahead(data, limit) : null;
  if (line !== null) return PyBytes_FromUint8Array(line);
  return run_steps(readline, self, bytes_of(locked(self, buffered_readline(data, limit))));
}

/** CPython: Modules/_io/bufferedio.c:buffered_iternext */
function iternext(self: PyObject): PyObject | null {
  ready(self);
  if (self.ob_type === PyBufferedReader_Type || self.ob_type === PyBufferedRandom_Type) {
    const data = readable_stream(self, 'readline of closed file');
    let line = data.owner === null ? line_ahead(data, -1) : null;
    if (line === null) line = run_nested(locked(self, buffered_readline(data, -1)));
    return line.length === 0 ? null : PyBytes_FromUint8Array(line);
  }
  return line_of(PyObject_CallMethodNoArgs(self, 'readline'));
}

/** Steps that give the next line, or null: it is in the buffer. */
function next_line(self: PyObject): Steps<PyObject> | null {
  const data = ready(self);
  if (self.ob_type !== PyBufferedReader_Type && self.ob_type !== PyBufferedRandom_Type)
    return line_or_end(call_method(self, 'readline', []));
  const ahead = data.owner === null && data.buf.subarray(data.pos, data.pos + readahead(data)).includes(10);
  return ahead
    ? null
    : line_or_end(bytes_of(locked(self, buffered_readline(readable_stream(self, 'readline of closed file'), -1))));
}

function* line_or_end(steps: Steps<PyObject>): Steps<PyObject> {
  return line_of(yield* steps) ?? no_more();
}

/** A line (stolen) as an item: null at the end. */
function line_of(line: PyObject): PyObject | null {
  if (!PyBytes_Check(line)) {
    const got = line.ob_type.tp_name;
    decref(line);
    PyErr_SetString(PyExc_OSError, `readline() should have returned a bytes object, not '${got}'`);
  }
  if ((line.v as Uint8Array).length === 0) {
    decref(line);
    return null;
  }
  return line;
}

// --- position -------------------------------------------------------------------------------------------------------

function tell(self: PyObject): PyObject {
  const data = ready(self);
  const pos = raw_tell(data) - raw_offset(data);
  return PyLong_FromLong(Math.max(pos, 0));
}

/** CPython: Modules/_io/bufferedio.c:_io__Buffered_seek_impl */
function seek(self: PyObject, targetobj: PyObject, whence: PyObject | null): PyObject {
  const how = whence === null ? 0 : c_int(whence);
  const data = ready(self);
  if (how < 0 || how > 4) PyErr_SetString(PyExc_ValueError, `whence value ${how} unsupported`);
  readable_stream(self, 'seek of closed file');
  decref(check_seekable(data.raw!));
  let target = c_ssize(targetobj);
  if ((how === 0 || how === 1) && data.readable) {
    // The target may lie within what is buffered.
    const current = data.abs_pos !== -1 ? data.abs_pos : raw_tell(data);
    const have = readahead(data);
    if (have > 0) {
      const offset = how === 0 ? target - (current - raw_offset(data)) : target;
      if (offset >= -data.pos && offset <= have) {
        data.pos += offset;
        return PyLong_FromLong(Math.max(current - have + offset, 0)); // devices tell nonsense
      }
    }
  }
  if (data.writable) run_nested(locked(self, flush_writes(data)));
  if (how === 1) target -= raw_offset(data);
  const n = raw_seek(data, target, how);
  data.raw_pos = -1;
  if (data.readable) reset_read(data);
  return PyLong_FromLong(n);
}

function truncate(self: PyObject, pos: PyObject | null): PyObject {
  const data = readable_stream(self, 'truncate of closed file');
  if (!data.writable) unsupported('truncate');
  run_nested(locked(self, flush_and_rewind(data)));
  const result = PyObject_CallMethodOneArg(data.raw!, 'truncate', pos ?? Py_None);
  try {
    raw_tell(data);
  } catch (e) {
    if (!(e instanceof Raised)) throw e;
    PyErr_Clear(e);
  }
  return result;
}

// --- writing --------------------------------------------------------------------------------------------------------

function write(self: PyObject, buffer: PyObject): PyObject {
  ready(self);
  const view = read_buffer(buffer);
  let data: BufferedData;
  try {
    data = open_stream(self, 'write to closed file');
    if (buffer_takes(data, view.bytes)) {
      const n = view.bytes.length;
      release(view);
      return PyLong_FromLong(n);
    }
  } catch (e) {
    release(view);
    throw e;
  }
  return run_steps(write, self, write_steps(self, data, view));
}

/** Releases the view. */
function* write_steps(self: PyObject, data: BufferedData, view: BytesView): Steps<PyObject> {
  try {
    return PyLong_FromLong(yield* locked(self, buffered_write(data, view.bytes)));
  } finally {
    release(view);
  }
}

function flush(self: PyObject): PyObject {
  const data = readable_stream(self, 'flush of closed file');
  return run_steps(flush, self, flush_steps(self, data));
}

function* flush_steps(self: PyObject, data: BufferedData): Steps<PyObject> {
  yield* locked(self, flush_and_rewind(data));
  return py_none();
}

// --- life -----------------------------------------------------------------------------------------------------------

function dealloc(self: PyObject): void {
  const data = buffered_data(self);
  data.finalizing = true;
  if (!begin_dealloc(self)) return;
  data.ok = false;
  xdecref(data.raw);
}

function traverse(self: PyObject, visit: visitproc): void {
  traverse_dict(self, visit);
  const { raw } = buffered_data(self);
  if (raw !== null) visit(raw);
}

function clear(self: PyObject): void {
  const data = buffered_data(self);
  data.ok = false;
  const raw = data.raw;
  data.raw = null;
  xdecref(raw);
  clear_dict(self);
}

function finalizing_set(self: PyObject, value: PyObject | null): void {
  if (value === null) PyErr_SetString(PyExc_TypeError, "can't delete numeric/char attribute");
  if (value.ob_type !== PyBool_Type) PyErr_SetString(PyExc_TypeError, 'attribute value type must be bool');
  buffered_data(self).finalizing = value === Py_True;
}

const members = [
  { name: 'raw', get: (self: PyObject): PyObject => newref(buffered_data(self).raw ?? Py_None) },
  {
    name: '_finalizing',
    get: (self: PyObject): PyObject => PyBool_FromLong(buffered_data(self).finalizing),
    set: finalizing_set,
  },
];

const getset = [
  { name: 'closed', get: closed_get },
  { name: 'name', get: name_get },
  { name: 'mode', get: mode_get },
];

const SLOTS = {
  base: () => PyBufferedIOBase_Type,
  tp_basicsize: 152,
  tp_dictoffset: 136,
  tp_weaklistoffset: 144,
  has_dict: true,
  has_weakrefs: true,
  tp_flags: Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_GC,
  tp_new: object_new,
  tp_alloc: buffered_alloc,
  tp_dealloc: dealloc,
  tp_traverse: traverse,
  tp_clear: clear,
  tp_repr: buffered_repr,
  members,
  getset,
};

const common_methods = [
  { name: 'detach', flags: METH_NOARGS, meth: buffered_detach, sig: '($self, /)' },
  { name: 'close', flags: METH_NOARGS, meth: buffered_close, sig: '($self, /)' },
  { name: 'seekable', flags: METH_NOARGS, meth: raw_seekable, sig: '($self, /)' },
  { name: 'fileno', flags: METH_NOARGS, meth: raw_fileno, sig: '($self, /)' },
  { name: 'isatty', flags: METH_NOARGS, meth: raw_isatty, sig: '($self, /)' },
  { name: '_dealloc_warn', flags: METH_O, meth: dealloc_warn, sig: '($self, source, /)' },
  { name: 'seek', flags: METH_CLINIC, meth: seek, sig: '($self, target, whence=0, /)' },
  { name: 'tell', flags: METH_NOARGS, meth: tell, sig: '($self, /)' },
  { name: 'truncate', flags: METH_CLINIC, meth: truncate, sig: '($self, pos=None, /)' },
  { name: '__sizeof__', flags: METH_NOARGS, meth: buffered_sizeof, sig: '($self, /)' },
  { name: '__getstate__', flags: METH_NOARGS, meth: no_pickle, sig: '($self, /)' },
];

const read_methods = [
  { name: 'readable', flags: METH_NOARGS, meth: raw_readable, sig: '($self, /)' },
  { name: 'read', flags: METH_CLINIC, meth: read, sig: '($self, size=-1, /)' },
  { name: 'peek', flags: METH_CLINIC, meth: peek, sig: '($self, size=0, /)' },
  { name: 'read1', flags: METH_CLINIC, meth: read1, sig: '($self, size=-1, /)' },
  { name: 'readinto', flags: METH_O, meth: readinto, sig: '($self, buffer, /)' },
  { name: 'readinto1', flags: METH_O, meth: readinto1, sig: '($self, buffer, /)' },
  { name: 'readline', flags: METH_CLINIC, meth: readline, sig: '($self, size=-1, /)' },
];

const write_methods = [
  { name: 'writable', flags: METH_NOARGS, meth: raw_writable, sig: '($self, /)' },
  { name: 'write', flags: METH_O, meth: write, sig: '($self, buffer, /)' },
  { name: 'flush', flags: METH_NOARGS, meth: flush, sig: '($self, /)' },
];

export const PyBufferedReader_Type = static_type({
  ...SLOTS,
  name: '_io.BufferedReader',
  heap: 'immutable',
  tp_doc: 'BufferedReader(raw, buffer_size=DEFAULT_BUFFER_SIZE)\n--\n\nReads ahead from a raw stream.',
  tp_init: reader_init,
  tp_iternext: iternext,
  methods: [
    ...common_methods,
    ...read_methods,
    { name: 'flush', flags: METH_NOARGS, meth: raw_flush, sig: '($self, /)' },
  ],
});

export const PyBufferedWriter_Type = static_type({
  ...SLOTS,
  name: '_io.BufferedWriter',
  heap: 'immutable',
  tp_doc: 'BufferedWriter(raw, buffer_size=DEFAULT_BUFFER_SIZE)\n--\n\nCollects what is written to a raw stream.',
  tp_init: writer_init,
  methods: [...common_methods, ...write_methods],
});

export const PyBufferedRandom_Type = static_type({
  ...SLOTS,
  name: '_io.BufferedRandom',
  heap: 'immutable',
  tp_doc:
    'BufferedRandom(raw, buffer_size=DEFAULT_BUFFER_SIZE)\n--\n\nReads and writes a seekable raw stream through a buffer.',
  tp_init: random_init,
  tp_iternext: iternext,
  methods: [...common_methods, ...read_methods, ...write_methods],
});

// --- BufferedRWPair -------------------------------------------------------------------------------------------------

class PairData {
  /** Owned. */
  reader: PyObject | null = null;
  writer: PyObject | null = null;
}

function pair_data(self: PyObject): PairData {
  return self.v as PairData;
}

function pair_alloc(type: PyTypeObject, v: unknown): PyObject {
  return PyType_GenericAlloc(type, v ?? new PairData());
}

/** CPython: Modules/_io/bufferedio.c:_io_BufferedRWPair___init___impl */
function pair_init(self: PyObject, args: PyObject, kwargs: PyObject | null): void {
  const [raw_reader, raw_writer, size] = PyArg_Clinic(
    'BufferedRWPair',
    '(reader, writer, buffer_size=DEFAULT_BUFFER_SIZE, /)',
    args,
    kwargs,
  ) as [PyObject, PyObject, PyObject | null];
  decref(check_readable(raw_reader));
  decref(check_writable(raw_writer));
  const n = PyLong_FromLong(size === null ? DEFAULT_BUFFER_SIZE : c_ssize(size));
  const data = pair_data(self);
  try {
    const reader = PyObject_Vectorcall(PyBufferedReader_Type, [raw_reader, n], null);
    xdecref(data.reader);
    data.reader = reader;
    try {
      const writer = PyObject_Vectorcall(PyBufferedWriter_Type, [raw_writer, n], null);
      xdecref(data.writer);
      data.writer = writer;
    } catch (e) {
      data.reader = null;
      decref(reader);
      throw e;
    }
  } finally {
    decref(n);
  }
}

function forward_to(part: 'reader' | 'writer', name: string): (self: PyObject, args: PyObject) => PyObject {
  return (self, args) => {
    const target = pair_data(self)[part];
    if (target === null) PyErr_SetString(PyExc_ValueError, 'I/O operation on uninitialized object');
    const method = PyObject_GetAttrString(target, name);
    try {
      return PyObject_Call(method, args, null);
    } finally {
      decref(method);
    }
  };
}

function forward_noargs(part: 'reader' | 'writer', name: string): (self: PyObject) => PyObject {
  return self => {
    const target = pair_data(self)[part];
    if (target === null) PyErr_SetString(PyExc_ValueError, 'I/O operation on uninitialized object');
    return PyObject_CallMethodNoArgs(target, name);
  };
}

function pair_part(self: PyObject, part: 'reader' | 'writer'): PyObject {
  const target = pair_data(self)[part];
  if (target === null) PyErr_SetString(PyExc_ValueError, 'I/O operation on uninitialized object');
  return target;
}

/** The writer first; an error of one does not keep the other open. */
function pair_close(self: PyObject): PyObject {
  let failure: unknown = null;
  try {
    decref(PyObject_CallMethodNoArgs(pair_part(self, 'writer'), 'close'));
  } catch (e) {
    failure = e;
  }
  let result: PyObject;
  try {
    result = PyObject_CallMethodNoArgs(pair_part(self, 'reader'), 'close');
  } catch (e) {
    if (failure === null) throw e;
    const second = as_raised(e);
    PyException_SetContext(second.exc, as_raised(failure).exc);
    throw second;
  }
  if (failure !== null) {
    decref(result);
    throw failure;
  }
  return result;
}

function pair_isatty(self: PyObject): PyObject {
  const answer = PyObject_CallMethodNoArgs(pair_part(self, 'writer'), 'isatty');
  if (answer === Py_True) return answer;
  decref(answer);
  return PyObject_CallMethodNoArgs(pair_part(self, 'reader'), 'isatty');
}

function pair_closed(self: PyObject): PyObject {
  const { writer } = pair_data(self);
  if (writer === null) PyErr_SetString(PyExc_RuntimeError, 'the BufferedRWPair object is being garbage-collected');
  return PyObject_GetAttrString(writer, 'closed');
}

function pair_dealloc(self: PyObject): void {
  if (!begin_dealloc(self)) return;
  const data = pair_data(self);
  xdecref(data.reader);
  xdecref(data.writer);
}

function pair_traverse(self: PyObject, visit: visitproc): void {
  traverse_dict(self, visit);
  const { reader, writer } = pair_data(self);
  if (reader !== null) visit(reader);
  if (writer !== null) visit(writer);
}

function pair_clear(self: PyObject): void {
  const data = pair_data(self);
  const { reader, writer } = data;
  data.reader = null;
  data.writer = null;
  xdecref(reader);
  xdecref(writer);
  clear_dict(self);
}

export const PyBufferedRWPair_Type = static_type({
  name: '_io.BufferedRWPair',
  heap: 'immutable',
  base: () => PyBufferedIOBase_Type,
  tp_basicsize: 48,
  tp_dictoffset: 32,
  tp_weaklistoffset: 40,
  has_dict: true,
  has_weakrefs: true,
  tp_flags: Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_GC,
  tp_doc:
    'BufferedRWPair(reader, writer, buffer_size=DEFAULT_BUFFER_SIZE, /)\n--\n\nA reader and a writer as one stream.',
  tp_new: object_new,
  tp_alloc: pair_alloc,
  tp_init: pair_init,
  tp_dealloc: pair_dealloc,
  tp_traverse: pair_traverse,
  tp_clear: pair_clear,
  methods: [
    { name: 'read', flags: METH_VARARGS, meth: forward_to('reader', 'read') },
    { name: 'peek', flags: METH_VARARGS, meth: forward_to('reader', 'peek') },
    { name: 'read1', flags: METH_VARARGS, meth: forward_to('reader', 'read1') },
    { name: 'readinto', flags: METH_VARARGS, meth: forward_to('reader', 'readinto') },
    { name: 'readinto1', flags: METH_VARARGS, meth: forward_to('reader', 'readinto1') },
    { name: 'write', flags: METH_VARARGS, meth: forward_to('writer', 'write') },
    { name: 'flush', flags: METH_NOARGS, meth: forward_noargs('writer', 'flush'), sig: '($self, /)' },
    { name: 'readable', flags: METH_NOARGS, meth: forward_noargs('reader', 'readable'), sig: '($self, /)' },
    { name: 'writable', flags: METH_NOARGS, meth: forward_noargs('writer', 'writable'), sig: '($self, /)' },
    { name: 'close', flags: METH_NOARGS, meth: pair_close, sig: '($self, /)' },
    { name: 'isatty', flags: METH_NOARGS, meth: pair_isatty, sig: '($self, /)' },
  ],
  getset: [{ name: 'closed', get: pair_closed }],
});

/** Loops over buffered streams wait by steps. Called at start-up. */
export function init_buffered_lines(): void {
  iterate_by_steps(iternext, next_line);
}
