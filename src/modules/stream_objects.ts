// stream_objects.ts: what the objects of _bz2, _lzma and _zstd have in common besides decompressing (stream_decoder.ts).
//                                                                    CPython: Modules/_bz2module.c, Modules/_lzmamodule.c
import { PyErr_SetString } from '../core/errors.ts';
import { decref, newref, PyObject, type PyTypeObject } from '../core/object.ts';
import { METH_NOARGS, METH_O, METH_VARARGS, type MethodSpec } from '../core/spec.ts';
import { PyBytes_FromUint8Array } from '../objects/bytesobject.ts';
import { PyExc_TypeError, PyExc_ValueError } from '../objects/exceptions.ts';
import { read_buffer, release } from './args.ts';

/** What compresses a stream piece by piece. */
export interface StreamEncoder {
  compress(data: Uint8Array): Uint8Array;
  flush(): Uint8Array;
}

/** What a compressor object holds. */
export class Compression {
  readonly encoder: StreamEncoder;
  flushed = false;
  constructor(encoder: StreamEncoder) {
    this.encoder = encoder;
  }
}

function compression_of(self: PyObject): Compression {
  return (self as PyObject<Compression>).v;
}

/** An instance of a type that modules make: it owns a reference to its type. */
export function instance<T>(type: PyTypeObject, payload: T): PyObject {
  return new PyObject<T, null>(newref(type), payload, null) as PyObject;
}

export function dealloc(self: PyObject): void {
  decref(self.ob_type);
}

function cannot_pickle(self: PyObject): PyObject {
  PyErr_SetString(PyExc_TypeError, `cannot pickle '${self.ob_type.tp_name}' object`);
}

export const NO_PICKLE: readonly MethodSpec[] = [
  { name: '__reduce__', flags: METH_VARARGS, meth: cannot_pickle },
  { name: '__reduce_ex__', flags: METH_VARARGS, meth: cannot_pickle },
];

function compress(self: PyObject, data: PyObject): PyObject {
  const c = compression_of(self);
  const view = read_buffer(data);
  try {
    if (c.flushed) PyErr_SetString(PyExc_ValueError, 'Compressor has been flushed');
    return PyBytes_FromUint8Array(c.encoder.compress(view.bytes));
  } finally {
    release(view);
  }
}

function flush(self: PyObject): PyObject {
  const c = compression_of(self);
  if (c.flushed) PyErr_SetString(PyExc_ValueError, 'Repeated call to flush()');
  c.flushed = true;
  return PyBytes_FromUint8Array(c.encoder.flush());
}

export const COMPRESSOR_METHODS: readonly MethodSpec[] = [
  { name: 'compress', flags: METH_O, meth: compress, sig: '($self, data, /)' },
  { name: 'flush', flags: METH_NOARGS, meth: flush, sig: '($self, /)' },
  ...NO_PICKLE,
];
