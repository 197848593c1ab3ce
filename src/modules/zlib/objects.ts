// objects.ts: what compressobj() and decompressobj() give.                                 CPython: Modules/zlibmodule.c

import { PyErr_SetString } from '../../core/errors.ts';
import { decref, newref, Py_TPFLAGS_DISALLOW_INSTANTIATION, PyObject, type PyTypeObject } from '../../core/object.ts';
import { METH_CLINIC, METH_NOARGS, METH_O, module_type } from '../../core/spec.ts';
import { PyBool_FromLong } from '../../objects/boolobject.ts';
import { PyBytes_FromUint8Array } from '../../objects/bytesobject.ts';
import { PyExc_ValueError } from '../../objects/exceptions.ts';
import { c_int, c_ssize, read_buffer, release } from '../args.ts';
import { zlib_error } from './errors.ts';
import {
  type Deflater,
  type Inflater,
  Output,
  Z_BUF_ERROR,
  Z_FINISH,
  Z_NO_FLUSH,
  Z_OK,
  Z_STREAM_END,
  Z_STREAM_ERROR,
  Z_SYNC_FLUSH,
} from './streams.ts';

export const DEF_BUF_SIZE = 16384;
const NOTHING = /* @__PURE__ */ new Uint8Array(0);

function concat(a: Uint8Array, b: Uint8Array): Uint8Array {
  if (a.length === 0) return b;
  if (b.length === 0) return a;
  const out = new Uint8Array(a.length + b.length);
  out.set(a);
  out.set(b, a.length);
  return out;
}

// --- Compress ----------------------------------------------------------------------------------------------------------

class CompressData {
  stream: Deflater;
  ended = false;
  constructor(stream: Deflater) {
    this.stream = stream;
  }
}

function compress_of(self: PyObject): CompressData {
  return (self as PyObject<CompressData>).v;
}

export function new_compress(stream: Deflater): PyObject {
  return new PyObject<CompressData, null>(compress_type, new CompressData(stream), null) as PyObject;
}

/** CPython: zlib_Compress_compress_impl */
function compress_compress(self: PyObject, data: PyObject): PyObject {
  const c = compress_of(self);
  const view = read_buffer(data);
  try {
    if (c.ended) zlib_error(Z_STREAM_ERROR, c.stream.message, 'while compressing data');
    c.stream.set_input(view.bytes);
    const out = new Output();
    const status = c.stream.run(out, Z_NO_FLUSH);
    if (status === Z_STREAM_ERROR) zlib_error(status, c.stream.message, 'while compressing data');
    return PyBytes_FromUint8Array(out.finish());
  } finally {
    c.stream.release();
    release(view);
  }
}

/** CPython: zlib_Compress_flush_impl */
function compress_flush(self: PyObject, mode: PyObject | null): PyObject {
  const c = compress_of(self);
  const flush = mode === null ? Z_FINISH : c_int(mode);
  if (flush === Z_NO_FLUSH) return PyBytes_FromUint8Array(NOTHING);
  if (c.ended) zlib_error(Z_STREAM_ERROR, c.stream.message, 'while flushing');
  c.stream.release();
  const out = new Output();
  const status = c.stream.run(out, flush);
  if (status === Z_STREAM_END && flush === Z_FINISH) c.ended = true;
  else if (status !== Z_OK && status !== Z_BUF_ERROR) zlib_error(status, c.stream.message, 'while flushing');
  return PyBytes_FromUint8Array(out.finish());
}

function compress_copy(self: PyObject): PyObject {
  const c = compress_of(self);
  if (c.ended) PyErr_SetString(PyExc_ValueError, 'Inconsistent stream state');
  return new_compress(c.stream.copy());
}

function compress_deepcopy(self: PyObject, _memo: PyObject): PyObject {
  return compress_copy(self);
}

export const compress_type: PyTypeObject = module_type('zlib', {
  name: 'zlib.Compress',
  heap: 'mutable',
  tp_basicsize: 168,
  tp_flags: Py_TPFLAGS_DISALLOW_INSTANTIATION,
  methods: [
    { name: 'compress', flags: METH_O, meth: compress_compress, sig: '($self, data, /)' },
    { name: 'flush', flags: METH_CLINIC, meth: compress_flush, sig: '($self, mode=zlib.Z_FINISH, /)' },
    { name: 'copy', flags: METH_NOARGS, meth: compress_copy, sig: '($self, /)' },
    { name: '__copy__', flags: METH_NOARGS, meth: compress_copy, sig: '($self, /)' },
    { name: '__deepcopy__', flags: METH_O, meth: compress_deepcopy, sig: '($self, memo, /)' },
  ],
});

// --- Decompress --------------------------------------------------------------------------------------------------------

class DecompressData {
  stream: Inflater;
  /** Preset dictionary, for when the stream asks for it. */
  dict: Uint8Array | null;
  eof = false;
  /** flush() met the end: the stream is no more. */
  ended = false;
  /** What follows the stream; what was not used because enough came out. Owned bytes objects. */
  unused_data: PyObject = PyBytes_FromUint8Array(NOTHING);
  unconsumed_tail: PyObject = PyBytes_FromUint8Array(NOTHING);
  constructor(stream: Inflater, dict: Uint8Array | null) {
    this.stream = stream;
    this.dict = dict;
  }

  set_unused(b: Uint8Array): void {
    const old = this.unused_data;
    this.unused_data = PyBytes_FromUint8Array(b);
    decref(old);
  }

  set_tail(b: Uint8Array): void {
    const old = this.unconsumed_tail;
    if (b.length === 0 && (old.v as Uint8Array).length === 0) return;
    this.unconsumed_tail = PyBytes_FromUint8Array(b);
    decref(old);
  }

  /** Keeps the input that is left. CPython: save_unconsumed_input */
  keep_rest(status: number): void {
    if (status === Z_STREAM_END) {
      if (this.stream.left > 0) this.set_unused(concat(this.unused_data.v as Uint8Array, this.stream.rest()));
      this.set_tail(NOTHING);
    } else this.set_tail(this.stream.rest());
  }

  run(out: Output, flush: number): number {
    return this.stream.run(out, flush, this.dict, status =>
      zlib_error(status, this.stream.message, 'while setting zdict'),
    );
  }
}

function decompress_of(self: PyObject): DecompressData {
  return (self as PyObject<DecompressData>).v;
}

export function new_decompress(stream: Inflater, dict: Uint8Array | null): PyObject {
  return new PyObject<DecompressData, null>(decompress_type, new DecompressData(stream, dict), null) as PyObject;
}

function decompress_dealloc(self: PyObject): void {
  const d = decompress_of(self);
  decref(d.unused_data);
  decref(d.unconsumed_tail);
}

/** CPython: zlib_Decompress_decompress_impl */
function decompress_decompress(self: PyObject, data: PyObject, max_length: PyObject | null): PyObject {
  const d = decompress_of(self);
  const view = read_buffer(data);
  try {
    const max = max_length === null ? 0 : c_ssize(max_length);
    if (max < 0) PyErr_SetString(PyExc_ValueError, 'max_length must be non-negative');
    d.stream.set_input(view.bytes);
    if (d.ended) {
      d.keep_rest(Z_STREAM_ERROR);
      zlib_error(Z_STREAM_ERROR, d.stream.message, 'while decompressing data');
    }
    const out = new Output(DEF_BUF_SIZE, max === 0 ? Number.POSITIVE_INFINITY : max);
    const status = d.run(out, Z_SYNC_FLUSH);
    d.keep_rest(status);
    if (status === Z_STREAM_END) d.eof = true;
    else if (status !== Z_OK && status !== Z_BUF_ERROR) {
      zlib_error(status, d.stream.message, 'while decompressing data');
    }
    return PyBytes_FromUint8Array(out.finish());
  } finally {
    d.stream.release();
    release(view);
  }
}

/** CPython: zlib_Decompress_flush_impl */
function decompress_flush(self: PyObject, length: PyObject | null): PyObject {
  const d = decompress_of(self);
  const first = length === null ? DEF_BUF_SIZE : c_ssize(length);
  if (first <= 0) PyErr_SetString(PyExc_ValueError, 'length must be greater than zero');
  if (d.ended) return PyBytes_FromUint8Array(NOTHING);
  try {
    d.stream.set_input(d.unconsumed_tail.v as Uint8Array);
    const out = new Output(Math.min(first, 1 << 20));
    const status = d.run(out, Z_FINISH);
    d.keep_rest(status);
    if (status === Z_STREAM_END) {
      d.eof = true;
      d.ended = true;
    } else if (status !== Z_OK && status !== Z_BUF_ERROR) {
      zlib_error(status, d.stream.message, 'while decompressing data');
    }
    return PyBytes_FromUint8Array(out.finish());
  } finally {
    d.stream.release();
  }
}

function decompress_copy(self: PyObject): PyObject {
  const d = decompress_of(self);
  if (d.ended) PyErr_SetString(PyExc_ValueError, 'Inconsistent stream state');
  const copy = new_decompress(d.stream.copy(), d.dict);
  const other = decompress_of(copy);
  decref(other.unused_data);
  decref(other.unconsumed_tail);
  other.unused_data = newref(d.unused_data);
  other.unconsumed_tail = newref(d.unconsumed_tail);
  other.eof = d.eof;
  return copy;
}

function decompress_deepcopy(self: PyObject, _memo: PyObject): PyObject {
  return decompress_copy(self);
}

export const decompress_type: PyTypeObject = module_type('zlib', {
  name: 'zlib.Decompress',
  heap: 'mutable',
  tp_basicsize: 168,
  tp_flags: Py_TPFLAGS_DISALLOW_INSTANTIATION,
  tp_dealloc: decompress_dealloc,
  methods: [
    {
      name: 'decompress',
      flags: METH_CLINIC,
      meth: decompress_decompress,
      sig: '($self, data, /, max_length=0)',
    },
    { name: 'flush', flags: METH_CLINIC, meth: decompress_flush, sig: '($self, length=zlib.DEF_BUF_SIZE, /)' },
    { name: 'copy', flags: METH_NOARGS, meth: decompress_copy, sig: '($self, /)' },
    { name: '__copy__', flags: METH_NOARGS, meth: decompress_copy, sig: '($self, /)' },
    { name: '__deepcopy__', flags: METH_O, meth: decompress_deepcopy, sig: '($self, memo, /)' },
  ],
  members: [
    { name: 'unused_data', get: self => newref(decompress_of(self).unused_data) },
    { name: 'unconsumed_tail', get: self => newref(decompress_of(self).unconsumed_tail) },
    { name: 'eof', get: self => PyBool_FromLong(decompress_of(self).eof) },
  ],
});
