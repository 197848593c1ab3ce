// zlib.ts: compression by deflate, checksums.                                              CPython: Modules/zlibmodule.c
//
// Streams are pako's (zlib/streams.ts): their output is zlib's to the byte. Where the host decompresses a whole input faster,
// it does; what it refuses is given to pako, which says what is wrong.

import { PyErr_SetString } from '../core/errors.ts';
import type { PyObject } from '../core/object.ts';
import { decref } from '../core/object.ts';
import { METH_CLINIC, type ModuleSpec } from '../core/spec.ts';
import { PyNumber_Index } from '../objects/abstract.ts';
import { PyBytes_FromUint8Array } from '../objects/bytesobject.ts';
import { PyExc_MemoryError, PyExc_ValueError } from '../objects/exceptions.ts';
import { long_as_uint32_mask, PyLong_FromLong } from '../objects/longobject.ts';
import { PyModule_AddIntConstant, PyModule_AddStringConstant } from '../objects/moduleobject.ts';
import { c_int, c_ssize, host, read_buffer, release } from './args.ts';
import { crc32_of } from './binascii.ts';
import { decompressor_type, make_inflater, zdict_bytes } from './zlib/decompressor.ts';
import { zlib_error, zlib_error_type } from './zlib/errors.ts';
import { DEF_BUF_SIZE, new_compress, new_decompress } from './zlib/objects.ts';
import {
  Deflater,
  Inflater,
  Output,
  output_for,
  Z_BUF_ERROR,
  Z_FINISH,
  Z_MEM_ERROR,
  Z_OK,
  Z_STREAM_END,
  Z_STREAM_ERROR,
  Z_SYNC_FLUSH,
} from './zlib/streams.ts';

const MAX_WBITS = 15;
const DEFLATED = 8;
const DEF_MEM_LEVEL = 8;

/** From this length on the host compresses. It is twice as fast; its bytes are not zlib's, a per cent more or less of them. */
const FOR_HOST = 32 * 1024;

/** CPython: zlib_compress_impl */
function compress(_m: PyObject, data: PyObject, level_arg: PyObject | null, wbits_arg: PyObject | null): PyObject {
  const view = read_buffer(data);
  try {
    const level = level_arg === null ? -1 : c_int(level_arg);
    const wbits = wbits_arg === null ? MAX_WBITS : c_int(wbits_arg);
    if (view.bytes.length >= FOR_HOST && level !== 0) {
      const quick = host().deflate?.(view.bytes, level, wbits) ?? null;
      if (quick !== null) return PyBytes_FromUint8Array(quick);
    }
    const stream = Deflater.make({ level, method: DEFLATED, wbits, memLevel: DEF_MEM_LEVEL, strategy: 0 });
    if (typeof stream === 'number') {
      if (stream === Z_MEM_ERROR) PyErr_SetString(PyExc_MemoryError, 'Out of memory while compressing data');
      if (stream === Z_STREAM_ERROR) PyErr_SetString(zlib_error_type, 'Bad compression level');
      zlib_error(stream, null, 'while compressing data');
    }
    stream.set_input(view.bytes);
    const out = output_for(view.bytes.length);
    const status = stream.run(out, Z_FINISH);
    if (status !== Z_STREAM_END) zlib_error(status, stream.message, 'while compressing data');
    stream.dispose();
    return PyBytes_FromUint8Array(out.finish());
  } finally {
    release(view);
  }
}

/** CPython: zlib_decompress_impl */
function decompress(_m: PyObject, data: PyObject, wbits_arg: PyObject | null, bufsize: PyObject | null): PyObject {
  const view = read_buffer(data);
  try {
    const wbits = wbits_arg === null ? MAX_WBITS : c_int(wbits_arg);
    const size = bufsize === null ? DEF_BUF_SIZE : c_ssize(bufsize);
    if (size < 0) PyErr_SetString(PyExc_ValueError, 'bufsize must be non-negative');
    const quick = host().inflate?.(view.bytes, wbits) ?? null;
    if (quick !== null) return PyBytes_FromUint8Array(quick);
    const stream = Inflater.make(wbits);
    if (typeof stream === 'number') zlib_error(stream, null, 'while preparing to decompress data');
    stream.set_input(view.bytes);
    const out = new Output(Math.min(Math.max(size, 1), 1 << 20));
    const status = stream.run(out, Z_SYNC_FLUSH, null, s => zlib_error(s, null, 'while decompressing data'));
    if (status !== Z_STREAM_END) {
      if (status !== Z_OK && status !== Z_BUF_ERROR) zlib_error(status, stream.message, 'while decompressing data');
      zlib_error(Z_BUF_ERROR, null, 'while decompressing data');
    }
    stream.dispose();
    return PyBytes_FromUint8Array(out.finish());
  } finally {
    release(view);
  }
}

/** CPython: zlib_compressobj_impl */
function compressobj(
  _m: PyObject,
  level: PyObject | null,
  method: PyObject | null,
  wbits: PyObject | null,
  mem_level: PyObject | null,
  strategy: PyObject | null,
  zdict: PyObject | null,
): PyObject {
  const options = {
    level: level === null ? -1 : c_int(level),
    method: method === null ? DEFLATED : c_int(method),
    wbits: wbits === null ? MAX_WBITS : c_int(wbits),
    memLevel: mem_level === null ? DEF_MEM_LEVEL : c_int(mem_level),
    strategy: strategy === null ? 0 : c_int(strategy),
  };
  const view = zdict === null ? null : read_buffer(zdict);
  try {
    const stream = Deflater.make(options);
    if (typeof stream === 'number') {
      if (stream === Z_STREAM_ERROR) PyErr_SetString(PyExc_ValueError, 'Invalid initialization option');
      if (stream === Z_MEM_ERROR) {
        PyErr_SetString(PyExc_MemoryError, "Can't allocate memory for compression object");
      }
      zlib_error(stream, null, 'while creating compression object');
    }
    if (view !== null) {
      const status = stream.set_dictionary(view.bytes);
      if (status === Z_STREAM_ERROR) PyErr_SetString(PyExc_ValueError, 'Invalid dictionary');
      if (status !== Z_OK) PyErr_SetString(PyExc_ValueError, 'deflateSetDictionary() failed');
    }
    return new_compress(stream);
  } finally {
    if (view !== null) release(view);
  }
}

/** CPython: zlib_decompressobj_impl */
function decompressobj(_m: PyObject, wbits: PyObject | null, zdict: PyObject | null): PyObject {
  const bits = wbits === null ? MAX_WBITS : c_int(wbits);
  const dict = zdict === null ? null : zdict_bytes(zdict);
  return new_decompress(make_inflater(bits, dict), dict);
}

/** The low 32 bits of a start value. */
function start_value(o: PyObject | null, fallback: number): number {
  if (o === null) return fallback;
  const index = PyNumber_Index(o);
  try {
    return long_as_uint32_mask(index) >>> 0;
  } finally {
    decref(index);
  }
}

const ADLER_BASE = 65521;
/** Most bytes whose sums stay below 2^32. */
const ADLER_RUN = 5552;

function adler32_of(bytes: Uint8Array, start: number): number {
  let a = start & 0xffff;
  let b = start >>> 16;
  for (let i = 0; i < bytes.length; ) {
    const end = Math.min(i + ADLER_RUN, bytes.length);
    for (; i + 4 <= end; i += 4) {
      const w = bytes[i]!;
      const x = bytes[i + 1]!;
      const y = bytes[i + 2]!;
      const z = bytes[i + 3]!;
      b += 4 * (a + w) + 3 * x + 2 * y + z;
      a += w + x + y + z;
    }
    for (; i < end; i++) {
      a += bytes[i]!;
      b += a;
    }
    a %= ADLER_BASE;
    b %= ADLER_BASE;
  }
  return ((b << 16) | a) >>> 0;
}

function checksum(data: PyObject, sum: (bytes: Uint8Array) => number): PyObject {
  const view = read_buffer(data);
  try {
    return PyLong_FromLong(sum(view.bytes));
  } finally {
    release(view);
  }
}

function adler32(_m: PyObject, data: PyObject, value: PyObject | null): PyObject {
  return checksum(data, bytes => adler32_of(bytes, start_value(value, 1)));
}

function crc32(_m: PyObject, data: PyObject, value: PyObject | null): PyObject {
  const h = host();
  return checksum(data, bytes => {
    const start = start_value(value, 0);
    return bytes.length > 64 && h.crc32 !== undefined ? h.crc32(bytes, start) : crc32_of(bytes, start);
  });
}

const CONSTANTS: Readonly<Record<string, number>> = {
  MAX_WBITS,
  DEFLATED,
  DEF_MEM_LEVEL,
  DEF_BUF_SIZE,
  Z_NO_COMPRESSION: 0,
  Z_BEST_SPEED: 1,
  Z_BEST_COMPRESSION: 9,
  Z_DEFAULT_COMPRESSION: -1,
  Z_FILTERED: 1,
  Z_HUFFMAN_ONLY: 2,
  Z_RLE: 3,
  Z_FIXED: 4,
  Z_DEFAULT_STRATEGY: 0,
  Z_NO_FLUSH: 0,
  Z_PARTIAL_FLUSH: 1,
  Z_SYNC_FLUSH: 2,
  Z_FULL_FLUSH: 3,
  Z_FINISH: 4,
  Z_BLOCK: 5,
  Z_TREES: 6,
};

/** The version of zlib that pako 3 is. */
const VERSION = '1.3.2';

export const module: ModuleSpec = {
  name: 'zlib',
  doc: 'Compression and decompression in the formats of the zlib library.',
  methods: [
    { name: 'adler32', flags: METH_CLINIC, meth: adler32, sig: '($module, data, value=1, /)' },
    {
      name: 'compress',
      flags: METH_CLINIC,
      meth: compress,
      sig: '($module, data, /, level=Z_DEFAULT_COMPRESSION, wbits=MAX_WBITS)',
    },
    {
      name: 'compressobj',
      flags: METH_CLINIC,
      meth: compressobj,
      sig: '($module, /, level=Z_DEFAULT_COMPRESSION, method=DEFLATED,\n            wbits=MAX_WBITS, memLevel=DEF_MEM_LEVEL,\n            strategy=Z_DEFAULT_STRATEGY, zdict=<unrepresentable>)',
    },
    { name: 'crc32', flags: METH_CLINIC, meth: crc32, sig: '($module, data, value=0, /)' },
    {
      name: 'decompress',
      flags: METH_CLINIC,
      meth: decompress,
      sig: '($module, data, /, wbits=MAX_WBITS, bufsize=DEF_BUF_SIZE)',
    },
    { name: 'decompressobj', flags: METH_CLINIC, meth: decompressobj, sig: "($module, /, wbits=MAX_WBITS, zdict=b'')" },
  ],
  types: () => [decompressor_type, zlib_error_type],
  exec(m) {
    for (const [name, value] of Object.entries(CONSTANTS)) PyModule_AddIntConstant(m, name, value);
    PyModule_AddStringConstant(m, 'ZLIB_VERSION', VERSION);
    PyModule_AddStringConstant(m, 'ZLIB_RUNTIME_VERSION', VERSION);
    PyModule_AddStringConstant(m, '__version__', '1.0');
  },
};
