// decompressor.ts: _ZlibDecompressor, which keeps the input that it does not need yet.     CPython: Modules/zlibmodule.c

import { PyErr_SetString } from '../../core/errors.ts';
import { decref, newref, type PyObject, type PyTypeObject } from '../../core/object.ts';
import { METH_CLINIC, module_type } from '../../core/spec.ts';
import { PyObject_CheckBuffer } from '../../objects/abstract.ts';
import { PyBool_FromLong } from '../../objects/boolobject.ts';
import { PyBytes_FromUint8Array } from '../../objects/bytesobject.ts';
import { PyExc_EOFError, PyExc_TypeError, PyExc_ValueError } from '../../objects/exceptions.ts';
import { PyArg_Clinic } from '../../objects/getargs.ts';
import { c_int, c_ssize, read_buffer, release } from '../args.ts';
import { zlib_error } from './errors.ts';
import { DEF_BUF_SIZE } from './objects.ts';
import { Inflater, Output, Z_BUF_ERROR, Z_OK, Z_STREAM_END, Z_STREAM_ERROR, Z_SYNC_FLUSH } from './streams.ts';

const NOTHING = /* @__PURE__ */ new Uint8Array(0);
const MAX_WBITS = 15;

class DecompressorData {
  stream: Inflater;
  dict: Uint8Array | null;
  /** Input that is left from earlier calls. */
  pending: Uint8Array = NOTHING;
  /** Owned. */
  unused_data: PyObject = PyBytes_FromUint8Array(NOTHING);
  eof = false;
  needs_input = true;
  constructor(stream: Inflater, dict: Uint8Array | null) {
    this.stream = stream;
    this.dict = dict;
  }
}

function data_of(self: PyObject): DecompressorData {
  return (self as PyObject<DecompressorData>).v;
}

/** A preset dictionary; a copy of its bytes. */
export function zdict_bytes(o: PyObject): Uint8Array {
  if (!PyObject_CheckBuffer(o)) PyErr_SetString(PyExc_TypeError, 'zdict argument must support the buffer protocol');
  const view = read_buffer(o);
  try {
    return view.bytes.slice();
  } finally {
    release(view);
  }
}

/** A stream for decompressing, its dictionary set if it has to be at once. */
export function make_inflater(wbits: number, dict: Uint8Array | null): Inflater {
  const stream = Inflater.make(wbits);
  if (typeof stream === 'number') {
    if (stream === Z_STREAM_ERROR) PyErr_SetString(PyExc_ValueError, 'Invalid initialization option');
    zlib_error(stream, null, 'while creating decompression object');
  }
  // A raw stream does not ask.
  if (dict !== null && wbits < 0) {
    const status = stream.set_dictionary(dict);
    if (status !== Z_OK) zlib_error(status, stream.message, 'while setting zdict');
  }
  return stream;
}

const NEW_SIG = "(wbits=15, zdict=b'')";

function decompressor_new(type: PyTypeObject, args: PyObject, kwargs: PyObject | null): PyObject {
  const [wbits, zdict] = PyArg_Clinic('_ZlibDecompressor', NEW_SIG, args, kwargs);
  const bits = wbits == null ? MAX_WBITS : c_int(wbits);
  const dict = zdict == null ? null : zdict_bytes(zdict);
  return type.tp_alloc!(type, new DecompressorData(make_inflater(bits, dict), dict));
}

function decompressor_dealloc(self: PyObject): void {
  decref(data_of(self).unused_data);
}

/** CPython: zlib__ZlibDecompressor_decompress_impl */
function decompressor_decompress(self: PyObject, data: PyObject, max_length: PyObject | null): PyObject {
  const d = data_of(self);
  const view = read_buffer(data);
  try {
    const max = max_length === null ? -1 : c_ssize(max_length);
    if (d.eof) PyErr_SetString(PyExc_EOFError, 'End of stream already reached');
    let input = view.bytes;
    if (d.pending.length > 0) {
      input = new Uint8Array(d.pending.length + view.bytes.length);
      input.set(d.pending);
      input.set(view.bytes, d.pending.length);
    }
    d.stream.set_input(input);
    const out = new Output(DEF_BUF_SIZE, max < 0 ? Number.POSITIVE_INFINITY : max);
    const { stream } = d;
    const status = stream.run(out, Z_SYNC_FLUSH, d.dict, s => zlib_error(s, stream.message, 'while setting zdict'));
    if (status !== Z_OK && status !== Z_BUF_ERROR && status !== Z_STREAM_END) {
      zlib_error(status, stream.message, 'while decompressing data');
    }
    if (status === Z_STREAM_END) {
      d.eof = true;
      d.needs_input = false;
      decref(d.unused_data);
      d.unused_data = PyBytes_FromUint8Array(stream.rest());
      d.pending = NOTHING;
    } else {
      d.pending = stream.rest();
      d.needs_input = d.pending.length === 0;
    }
    return PyBytes_FromUint8Array(out.finish());
  } finally {
    d.stream.release();
    release(view);
  }
}

export const decompressor_type: PyTypeObject = module_type('zlib', {
  name: 'zlib._ZlibDecompressor',
  heap: 'immutable',
  tp_basicsize: 184,
  tp_doc: 'Decompresses a stream piece by piece.',
  tp_new: decompressor_new,
  tp_dealloc: decompressor_dealloc,
  methods: [
    {
      name: 'decompress',
      flags: METH_CLINIC,
      meth: decompressor_decompress,
      sig: '($self, /, data, max_length=-1)',
    },
  ],
  members: [
    { name: 'eof', get: self => PyBool_FromLong(data_of(self).eof) },
    { name: 'unused_data', get: self => newref(data_of(self).unused_data) },
    { name: 'needs_input', get: self => PyBool_FromLong(data_of(self).needs_input) },
  ],
  after_ready: type => {
    type.tp_data = { text_signature: NEW_SIG };
  },
});
