// _bz2.ts: compression by bzip2.                                                            CPython: Modules/_bz2module.c

import { PyErr_SetString } from '../core/errors.ts';
import type { PyObject, PyTypeObject } from '../core/object.ts';
import { METH_CLINIC, type ModuleSpec, module_type } from '../core/spec.ts';
import { check_no_keywords, check_no_positional, check_positional } from '../objects/argcheck.ts';
import { PyBool_FromLong } from '../objects/boolobject.ts';
import { PyBytes_FromUint8Array } from '../objects/bytesobject.ts';
import { PyExc_OSError, PyExc_ValueError } from '../objects/exceptions.ts';
import type { PyTupleObject } from '../objects/tupleobject.ts';
import { c_int } from './args.ts';
import { Bz2Encoder } from './bz2/compress.ts';
import { Bz2Decoder, Bz2Error } from './bz2/decompress.ts';
import { Decompression, decompress_step, type Manner } from './stream_decoder.ts';
import { COMPRESSOR_METHODS, Compression, dealloc, instance, NO_PICKLE } from './stream_objects.ts';

function decompressor_of(self: PyObject): Decompression {
  return (self as PyObject<Decompression>).v;
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

const compressor_type: PyTypeObject = module_type('_bz2', {
  name: '_bz2.BZ2Compressor',
  heap: 'immutable',
  tp_basicsize: 112,
  tp_doc: 'BZ2Compressor(compresslevel=9, /)\n--\n\nCompresses piece by piece.',
  tp_new: compressor_new,
  tp_dealloc: dealloc,
  methods: COMPRESSOR_METHODS,
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
  heap: 'immutable',
  tp_basicsize: 152,
  tp_doc: 'BZ2Decompressor()\n--\n\nDecompresses piece by piece.',
  tp_new: decompressor_new,
  tp_dealloc: dealloc,
  methods: [
    { name: 'decompress', flags: METH_CLINIC, meth: decompressor_decompress, sig: '($self, /, data, max_length=-1)' },
    ...NO_PICKLE,
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
