// _lzma.ts: compression by LZMA.                                                           CPython: Modules/_lzmamodule.c
//
// Decoders and encoders are our own (lzma/); what they write is not liblzma's to the byte.

import { PyErr_SetString } from '../core/errors.ts';
import type { PyObject, PyTypeObject } from '../core/object.ts';
import { METH_CLINIC, METH_O, type ModuleSpec, module_type } from '../core/spec.ts';
import { PyBool_FromLong } from '../objects/boolobject.ts';
import { PyBytes_FromUint8Array } from '../objects/bytesobject.ts';
import { PyExc_ValueError } from '../objects/exceptions.ts';
import { PyArg_Clinic } from '../objects/getargs.ts';
import { PyLong_FromBigInt, PyLong_FromLong } from '../objects/longobject.ts';
import { PyModule_Add } from '../objects/moduleobject.ts';
import { Py_None } from '../objects/object.ts';
import { c_int, read_buffer, release, unsigned_arg } from './args.ts';
import { check_is_supported } from './lzma/checks.ts';
import { LzmaStreamDecoder } from './lzma/containers.ts';
import { type Encoder, new_alone_encoder, new_raw_encoder, new_xz_encoder } from './lzma/encoders.ts';
import { guarded, lzma_error, lzma_error_type, raise_failure } from './lzma/errors.ts';
import { decode_properties, encode_properties, preset_options } from './lzma/filters.ts';
import * as F from './lzma/format.ts';
import { build_spec, parse_chain, parse_filter, uint32 } from './lzma/specs.ts';
import { Decompression, decompress_step, type Manner } from './stream_decoder.ts';
import { COMPRESSOR_METHODS, Compression, dealloc, instance, NO_PICKLE } from './stream_objects.ts';

function decompressor_of(self: PyObject): Decompression {
  return (self as PyObject<Decompression>).v;
}

function is_given(o: PyObject | null | undefined): o is PyObject {
  return o != null && o !== Py_None;
}

// --- compressor -------------------------------------------------------------------------------------------------------

function xz_encoder(specs: PyObject | null, preset: number, check: number): Encoder {
  if (specs !== null) {
    const filters = parse_chain(specs);
    return guarded(() => new_xz_encoder(filters, check));
  }
  return guarded(() => {
    const lzma = preset_options(preset) ?? F.bad_options();
    return new_xz_encoder([{ id: F.FILTER_LZMA2, lzma }], check);
  });
}

function alone_encoder(specs: PyObject | null, preset: number): Encoder {
  if (specs === null) {
    const options = preset_options(preset) ?? lzma_error(`Invalid compression preset: ${preset}`);
    return guarded(() => new_alone_encoder(options));
  }
  const filters = parse_chain(specs);
  if (filters.length !== 1 || filters[0]!.id !== F.FILTER_LZMA1) {
    PyErr_SetString(PyExc_ValueError, 'Invalid filter chain for FORMAT_ALONE - must be a single LZMA1 filter');
  }
  return guarded(() => new_alone_encoder(filters[0]!.lzma!));
}

function raw_encoder(specs: PyObject | null): Encoder {
  if (specs === null) PyErr_SetString(PyExc_ValueError, 'Must specify filters for FORMAT_RAW');
  const filters = parse_chain(specs);
  return guarded(() => new_raw_encoder(filters));
}

/** CPython: Compressor_new */
function compressor_new(type: PyTypeObject, args: PyObject, kwargs: PyObject | null): PyObject {
  const sig = '(format=FORMAT_XZ, check=-1, preset=None, filters=None)';
  const [format_arg, check_arg, preset_arg, filters_arg] = PyArg_Clinic('LZMACompressor', sig, args, kwargs);
  const format = format_arg == null ? F.FORMAT_XZ : c_int(format_arg);
  const check = check_arg == null ? -1 : c_int(check_arg);
  if (format !== F.FORMAT_XZ && check !== -1 && check !== F.CHECK_NONE) {
    PyErr_SetString(PyExc_ValueError, 'Integrity checks are only supported by FORMAT_XZ');
  }
  const specs = is_given(filters_arg) ? filters_arg : null;
  if (is_given(preset_arg) && specs !== null) {
    PyErr_SetString(PyExc_ValueError, 'Cannot specify both preset and filter chain');
  }
  const preset = is_given(preset_arg) ? uint32(preset_arg) : F.PRESET_DEFAULT;
  let encoder: Encoder;
  if (format === F.FORMAT_XZ) encoder = xz_encoder(specs, preset, check === -1 ? F.CHECK_CRC64 : check);
  else if (format === F.FORMAT_ALONE) encoder = alone_encoder(specs, preset);
  else if (format === F.FORMAT_RAW) encoder = raw_encoder(specs);
  else PyErr_SetString(PyExc_ValueError, `Invalid container format: ${format}`);
  return instance(type, new Compression(encoder));
}

const compressor_type: PyTypeObject = module_type('_lzma', {
  name: '_lzma.LZMACompressor',
  heap: 'immutable',
  tp_basicsize: 192,
  tp_doc: 'LZMACompressor(format=FORMAT_XZ, check=-1, preset=None, filters=None)\n\nCompresses piece by piece.',
  tp_new: compressor_new,
  tp_dealloc: dealloc,
  methods: COMPRESSOR_METHODS,
});

// --- decompressor -----------------------------------------------------------------------------------------------------

const NEW_SIG = '(format=FORMAT_AUTO, memlimit=None, filters=None)';

/** CPython: _lzma_LZMADecompressor_impl */
function decompressor_new(type: PyTypeObject, args: PyObject, kwargs: PyObject | null): PyObject {
  const [format_arg, memlimit_arg, filters_arg] = PyArg_Clinic('LZMADecompressor', NEW_SIG, args, kwargs);
  const format = format_arg == null ? F.FORMAT_AUTO : c_int(format_arg);
  let memlimit = (1n << 64n) - 1n;
  if (is_given(memlimit_arg)) {
    if (format === F.FORMAT_RAW) PyErr_SetString(PyExc_ValueError, 'Cannot specify memory limit with FORMAT_RAW');
    memlimit = unsigned_arg(memlimit_arg, 64, 'uint64_t');
  }
  const raw = format === F.FORMAT_RAW;
  if (raw && !is_given(filters_arg)) PyErr_SetString(PyExc_ValueError, 'Must specify filters for FORMAT_RAW');
  if (!raw && is_given(filters_arg)) {
    PyErr_SetString(PyExc_ValueError, 'Cannot specify filters except with FORMAT_RAW');
  }
  if (format < F.FORMAT_AUTO || format > F.FORMAT_RAW) {
    PyErr_SetString(PyExc_ValueError, `Invalid container format: ${format}`);
  }
  const filters = raw ? parse_chain(filters_arg!) : null;
  return instance(type, new Decompression(guarded(() => new LzmaStreamDecoder(format, memlimit, filters))));
}

const MANNER: Manner = { ended: 'Already at end of stream', unusable: null, fail: raise_failure };

function decompressor_decompress(self: PyObject, data: PyObject, max_length: PyObject | null): PyObject {
  return decompress_step(decompressor_of(self), data, max_length, MANNER);
}

const decompressor_type: PyTypeObject = module_type('_lzma', {
  name: '_lzma.LZMADecompressor',
  heap: 'immutable',
  tp_basicsize: 224,
  tp_doc: 'Decompresses piece by piece.',
  tp_new: decompressor_new,
  tp_dealloc: dealloc,
  methods: [
    { name: 'decompress', flags: METH_CLINIC, meth: decompressor_decompress, sig: '($self, /, data, max_length=-1)' },
    ...NO_PICKLE,
  ],
  members: [
    { name: 'check', get: self => PyLong_FromLong((decompressor_of(self).decoder as LzmaStreamDecoder).check) },
    { name: 'eof', get: self => PyBool_FromLong(decompressor_of(self).eof) },
    { name: 'needs_input', get: self => PyBool_FromLong(decompressor_of(self).needs_input) },
    { name: 'unused_data', get: self => PyBytes_FromUint8Array(decompressor_of(self).unused_data) },
  ],
  after_ready: type => {
    type.tp_data = { text_signature: NEW_SIG };
  },
});

// --- functions --------------------------------------------------------------------------------------------------------

function is_check_supported(_m: PyObject, id: PyObject): PyObject {
  return PyBool_FromLong(check_is_supported(c_int(id)));
}

function encode_filter_properties(_m: PyObject, spec: PyObject): PyObject {
  const filter = parse_filter(spec);
  return PyBytes_FromUint8Array(guarded(() => encode_properties(filter)));
}

/** CPython: _lzma__decode_filter_properties_impl */
function decode_filter_properties(_m: PyObject, id_arg: PyObject, encoded: PyObject): PyObject {
  const id = unsigned_arg(id_arg, 64, 'lzma_vli');
  const view = read_buffer(encoded);
  try {
    const filter = guarded(() => decode_properties(id, view.bytes));
    if (id === F.FILTER_ARM64) PyErr_SetString(PyExc_ValueError, `Invalid filter ID: ${id}`);
    return build_spec(filter);
  } finally {
    release(view);
  }
}

export const module: ModuleSpec = {
  name: '_lzma',
  methods: [
    { name: 'is_check_supported', flags: METH_O, meth: is_check_supported, sig: '($module, check_id, /)' },
    {
      name: '_encode_filter_properties',
      flags: METH_O,
      meth: encode_filter_properties,
      sig: '($module, filter, /)',
    },
    {
      name: '_decode_filter_properties',
      flags: METH_CLINIC,
      meth: decode_filter_properties,
      sig: '($module, filter_id, encoded_props, /)',
    },
  ],
  types: () => [lzma_error_type, compressor_type, decompressor_type],
  exec(m) {
    const constants = {
      FORMAT_AUTO: F.FORMAT_AUTO,
      FORMAT_XZ: F.FORMAT_XZ,
      FORMAT_ALONE: F.FORMAT_ALONE,
      FORMAT_RAW: F.FORMAT_RAW,
      CHECK_NONE: F.CHECK_NONE,
      CHECK_CRC32: F.CHECK_CRC32,
      CHECK_CRC64: F.CHECK_CRC64,
      CHECK_SHA256: F.CHECK_SHA256,
      CHECK_ID_MAX: F.CHECK_ID_MAX,
      CHECK_UNKNOWN: F.CHECK_UNKNOWN,
      FILTER_LZMA1: F.FILTER_LZMA1,
      FILTER_LZMA2: F.FILTER_LZMA2,
      FILTER_DELTA: F.FILTER_DELTA,
      FILTER_X86: F.FILTER_X86,
      FILTER_IA64: F.FILTER_IA64,
      FILTER_ARM: F.FILTER_ARM,
      FILTER_ARMTHUMB: F.FILTER_ARMTHUMB,
      FILTER_SPARC: F.FILTER_SPARC,
      FILTER_POWERPC: F.FILTER_POWERPC,
      MF_HC3: F.MF_HC3,
      MF_HC4: F.MF_HC4,
      MF_BT2: F.MF_BT2,
      MF_BT3: F.MF_BT3,
      MF_BT4: F.MF_BT4,
      MODE_FAST: F.MODE_FAST,
      MODE_NORMAL: F.MODE_NORMAL,
      PRESET_DEFAULT: F.PRESET_DEFAULT,
      PRESET_EXTREME: F.PRESET_EXTREME,
    };
    for (const [name, n] of Object.entries(constants)) PyModule_Add(m, name, PyLong_FromBigInt(BigInt(n)));
  },
};
