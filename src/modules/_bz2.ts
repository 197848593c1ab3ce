// _bz2.ts: compression by bzip2.                                                            CPython: Modules/_bz2module.c

import { PyErr_SetString } from '../core/errors.ts';
import { decref, newref, PyObject, type PyTypeObject } from '../core/object.ts';
import { METH_CLINIC, METH_NOARGS, METH_O, METH_VARARGS, type ModuleSpec, module_type } from '../core/spec.ts';
import { check_no_keywords, check_no_positional, check_positional } from '../objects/argcheck.ts';
import { PyBool_FromLong } from '../objects/boolobject.ts';
import { PyBytes_FromUint8Array } from '../objects/bytesobject.ts';
import { PyExc_OSError, PyExc_TypeError, PyExc_ValueError } from '../objects/exceptions.ts';
import type { PyTupleObject } from '../objects/tupleobject.ts';
import { c_int, read_buffer, release } from './args.ts';
import { Bz2Encoder } from './bz2/compress.ts';
import { Bz2Decoder, Bz2Error } from './bz2/decompress.ts';
import { Decompression, decompress_step, type Manner } from './stream_decoder.ts';

class Compression {
  readonly encoder: Bz2Encoder;
  flushed = false;
  constructor(encoder: Bz2Encoder) {
    this.encoder = encoder;
  }
}

function compressor_of(self: PyObject): Compression {
  return (self as PyObject<Compression>).v;
}

function decompressor_of(self: PyObject): Decompression {
  return (self as PyObject<Decompression>).v;
}

function cannot_pickle(self: PyObject): PyObject {
  PyErr_SetString(PyExc_TypeError, `cannot pickle '${self.ob_type.tp_name}' object`);
}

/** An instance of a type that modules make: it owns a reference to its type. */
function instance<T>(type: PyTypeObject, payload: T): PyObject {
  return new PyObject<T, null>(newref(type), payload, null) as PyObject;
}

function dealloc(self: PyObject): void {
  decref(self.ob_type);
}

/** CPython: _bz2_BZ2Compressor_impl */
function compressor_new(type: PyTypeObject, args: PyObject, kwargs: PyObject | null): PyObject {
  check_no_keywords('BZ2Compressor', kwargs);
  const a = (args as PyTupleObject).v;
  check_positional('BZ2Compressor', a.length, 0, 1);
  const level = a.length === 0 ? 9 : c_int(a[0]!);
  if (level < 1 || level > 9) PyErr_SetString(PyExc_ValueError, 'compresslevel must be between 1 and 9');
  return instance(type, new Compression(new Bz2Encoder(level)));
}

function compressor_compress(self: PyObject, data: PyObject): PyObject {
  const c = compressor_of(self);
  const view = read_buffer(data);
  try {
    if (c.flushed) PyErr_SetString(PyExc_ValueError, 'Compressor has been flushed');
    return PyBytes_FromUint8Array(c.encoder.compress(view.bytes));
  } finally {
    release(view);
  }
}

function compressor_flush(self: PyObject): PyObject {
  const c = compressor_of(self);
  if (c.flushed) PyErr_SetString(PyExc_ValueError, 'Repeated call to flush()');
  c.flushed = true;
  return PyBytes_FromUint8Array(c.encoder.flush());
}

const compressor_type: PyTypeObject = module_type('_bz2', {
  name: '_bz2.BZ2Compressor',
  tp_basicsize: 112,
  tp_doc: 'BZ2Compressor(compresslevel=9, /)\n--\n\nCompresses piece by piece.',
  tp_new: compressor_new,
  tp_dealloc: dealloc,
  methods: [
    { name: 'compress', flags: METH_O, meth: compressor_compress, sig: '($self, data, /)' },
    { name: 'flush', flags: METH_NOARGS, meth: compressor_flush, sig: '($self, /)' },
    { name: '__reduce__', flags: METH_VARARGS, meth: cannot_pickle },
    { name: '__reduce_ex__', flags: METH_VARARGS, meth: cannot_pickle },
  ],
});

function decompressor_new(type: PyTypeObject, args: PyObject, kwargs: PyObject | null): PyObject {
  check_no_positional('BZ2Decompressor', args);
  check_no_keywords('BZ2Decompressor', kwargs);
  return instance(type, new Decompression(new Bz2Decoder()));
}

const MANNER: Manner = {
  ended: 'End of stream already reached',
  unusable: 'Decompressor is unusable after a previous error',
  fail(error) {
    if (!(error instanceof Bz2Error)) throw error;
    return PyErr_SetString(PyExc_OSError, 'Invalid data stream');
  },
};

function decompressor_decompress(self: PyObject, data: PyObject, max_length: PyObject | null): PyObject {
  return decompress_step(decompressor_of(self), data, max_length, MANNER);
}

const decompressor_type: PyTypeObject = module_type('_bz2', {
  name: '_bz2.BZ2Decompressor',
  tp_basicsize: 152,
  tp_doc: 'BZ2Decompressor()\n--\n\nDecompresses piece by piece.',
  tp_new: decompressor_new,
  tp_dealloc: dealloc,
  methods: [
    { name: 'decompress', flags: METH_CLINIC, meth: decompressor_decompress, sig: '($self, /, data, max_length=-1)' },
    { name: '__reduce__', flags: METH_VARARGS, meth: cannot_pickle },
    { name: '__reduce_ex__', flags: METH_VARARGS, meth: cannot_pickle },
  ],
  members: [
    { name: 'eof', get: self => PyBool_FromLong(decompressor_of(self).eof) },
    { name: 'needs_input', get: self => PyBool_FromLong(decompressor_of(self).needs_input) },
    { name: 'unused_data', get: self => PyBytes_FromUint8Array(decompressor_of(self).unused_data) },
  ],
});

export const module: ModuleSpec = {
  name: '_bz2',
  types: () => [compressor_type, decompressor_type],
};
