// _zstd.ts: compression by Zstandard.                                                       CPython: Modules/_zstd/
//
// Decoder and encoder are our own (zstd/); what they write is not libzstd's to the byte.

import { PyErr_SetString } from '../core/errors.ts';
import { gc_del } from '../core/gc.ts';
import {
  decref,
  newref,
  Py_TPFLAGS_HAVE_GC,
  Py_TPFLAGS_IMMUTABLETYPE,
  type PyObject,
  type PyTypeObject,
  type visitproc,
} from '../core/object.ts';
import { METH_CLINIC, METH_O, type ModuleSpec, module_type } from '../core/spec.ts';
import { PyBool_FromLong } from '../objects/boolobject.ts';
import { PyBytes_FromUint8Array } from '../objects/bytesobject.ts';
import { PyType_Check } from '../objects/checks.ts';
import { PyDict_SetItemString } from '../objects/dictobject.ts';
import { PyExc_TypeError, PyExc_ValueError } from '../objects/exceptions.ts';
import { PyArg_Clinic } from '../objects/getargs.ts';
import { PyLong_FromBigInt, PyLong_FromLong } from '../objects/longobject.ts';
import { PyModule_AddIntConstant, PyModule_AddStringConstant } from '../objects/moduleobject.ts';
import { PyObject_IsTrue } from '../objects/object.ts';
import { PyTuple_FromArraySteal } from '../objects/tupleobject.ts';
import { PyUnicode_FromString } from '../objects/unicodeobject.ts';
import { c_int, c_ssize, none, read_buffer, release, type_name } from './args.ts';
import { Decompression, decompress_step, type Manner } from './stream_decoder.ts';
import { NO_PICKLE } from './stream_objects.ts';
import {
  bytes_argument,
  content_size_argument,
  DIGESTED,
  DictData,
  dict_argument,
  is_given,
  kept,
  level_argument,
  options_argument,
  PREFIX,
  parameter_types,
  sample_sizes,
  tuple_argument,
  UNDIGESTED,
} from './zstd/arguments.ts';
import { ZstdStreamDecoder } from './zstd/decoder.ts';
import { type Dictionary, dictionary_id } from './zstd/dictionary.ts';
import { CONTINUE, FLUSH_BLOCK, FLUSH_FRAME, ZstdEncoder } from './zstd/encoder.ts';
import { guarded, raise_failure, zstd_error, zstd_error_type } from './zstd/errors.ts';
import { fail, NO_MEMORY, UNSUPPORTED_PARAMETER, ZstdFailure } from './zstd/format.ts';
import { frame_size, read_header } from './zstd/frame.ts';
import * as P from './zstd/params.ts';
import { finalize, train } from './zstd/train.ts';

const TYPE_FLAGS = Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_IMMUTABLETYPE;

// --- dictionaries -----------------------------------------------------------------------------------------------------

const DICT_SIG = '(dict_content, /, *, is_raw=False)';

function dict_of(self: PyObject): DictData {
  return (self as PyObject<DictData>).v;
}

/** CPython: _zstd_ZstdDict_new_impl */
function dict_new(type: PyTypeObject, args: PyObject, kwargs: PyObject | null): PyObject {
  const [content, is_raw] = PyArg_Clinic('ZstdDict', DICT_SIG, args, kwargs);
  const view = read_buffer(content!);
  try {
    const raw = is_raw != null && PyObject_IsTrue(is_raw);
    if (view.bytes.length < 8) {
      PyErr_SetString(PyExc_ValueError, 'Zstandard dictionary content too short (must have at least eight bytes)');
    }
    const bytes = view.bytes.slice();
    const id = dictionary_id(bytes);
    if (!raw && id === 0) PyErr_SetString(PyExc_ValueError, 'invalid Zstandard dictionary');
    newref(type);
    return type.tp_alloc!(type, new DictData(bytes, id));
  } finally {
    release(view);
  }
}

function dict_dealloc(self: PyObject): void {
  gc_del(self);
  decref(self.ob_type);
}

function dict_repr(self: PyObject): PyObject {
  const { id, content } = dict_of(self);
  return PyUnicode_FromString(`<ZstdDict dict_id=${id} dict_size=${content.length}>`);
}

function as_kind(kind: number): (self: PyObject) => PyObject {
  return self => PyTuple_FromArraySteal([newref(self), PyLong_FromLong(kind)]);
}

const dict_type: PyTypeObject = module_type('_zstd', {
  name: 'compression.zstd.ZstdDict',
  heap: 'immutable',
  tp_basicsize: 56,
  tp_flags: TYPE_FLAGS,
  tp_doc: 'A Zstandard dictionary: what data begin with, as far as the one who decompresses knows it too.',
  tp_new: dict_new,
  tp_dealloc: dict_dealloc,
  tp_repr: dict_repr,
  sq_length: self => dict_of(self).content.length,
  methods: NO_PICKLE,
  members: [{ name: 'dict_id', get: self => PyLong_FromBigInt(BigInt(dict_of(self).id)) }],
  getset: [
    { name: 'dict_content', get: self => PyBytes_FromUint8Array(dict_of(self).content) },
    { name: 'as_digested_dict', get: as_kind(DIGESTED) },
    { name: 'as_undigested_dict', get: as_kind(UNDIGESTED) },
    { name: 'as_prefix', get: as_kind(PREFIX) },
  ],
  after_ready: type => {
    type.tp_data = { text_signature: DICT_SIG };
  },
});

/** What compressors and decompressors share: the dictionary that they keep alive. */
interface WithDict {
  dict: PyObject | null;
}

function dealloc_with_dict(self: PyObject): void {
  gc_del(self);
  const { dict } = (self as PyObject<WithDict>).v;
  if (dict !== null) decref(dict);
  decref(self.ob_type);
}

function traverse_dict(self: PyObject, visit: visitproc): void {
  const { dict } = (self as PyObject<WithDict>).v;
  if (dict !== null) visit(dict);
}

function clear_dict(self: PyObject): void {
  const holder = (self as PyObject<WithDict>).v;
  const { dict } = holder;
  holder.dict = null;
  if (dict !== null) decref(dict);
}

// --- compressor -------------------------------------------------------------------------------------------------------

class Compressor implements WithDict {
  dict: PyObject | null = null;
  /** null: its dictionary is broken, which is told when it is to compress. */
  readonly encoder: ZstdEncoder | null;
  last_mode = FLUSH_FRAME;
  constructor(encoder: ZstdEncoder | null) {
    this.encoder = encoder;
  }
}

const COMPRESSOR_SIG = '(level=None, options=None, zstd_dict=None)';

function compressor_of(self: PyObject): Compressor {
  return (self as PyObject<Compressor>).v;
}

/** The dictionary of an encoder; null where it is broken, unless it is wanted at once. */
function encoder_for(options: Map<number, number>, given: { data: DictData; kind: number } | null): ZstdEncoder | null {
  if (given === null) return new ZstdEncoder(options, null, null);
  if (given.kind === PREFIX) return new ZstdEncoder(options, null, given.data.content);
  try {
    return new ZstdEncoder(options, given.data.read(), null);
  } catch (e) {
    if (!(e instanceof ZstdFailure)) throw e;
    if (given.kind === UNDIGESTED) return null;
    return zstd_error('Failed to create a ZSTD_CDict instance from Zstandard dictionary content.');
  }
}

/** CPython: _zstd_ZstdCompressor_new_impl */
function compressor_new(type: PyTypeObject, args: PyObject, kwargs: PyObject | null): PyObject {
  const [level, options_arg, dict] = PyArg_Clinic('ZstdCompressor', COMPRESSOR_SIG, args, kwargs);
  if (is_given(level) && is_given(options_arg)) {
    PyErr_SetString(PyExc_TypeError, 'Only one of level or options should be used.');
  }
  let options = new Map<number, number>();
  if (is_given(level)) options.set(P.LEVEL, level_argument(level));
  if (is_given(options_arg)) options = options_argument('ZstdCompressor', options_arg, true);
  const given = is_given(dict) ? dict_argument(dict, dict_type, UNDIGESTED) : null;
  const c = new Compressor(encoder_for(options, given));
  c.dict = kept(dict);
  newref(type);
  return type.tp_alloc!(type, c);
}

const COMPRESS_TASK = 'compress Zstandard data';

function run_encoder(c: Compressor, data: Uint8Array, mode: number): PyObject {
  try {
    const out = (c.encoder ?? fail(NO_MEMORY)).compress(data, mode);
    c.last_mode = mode;
    return PyBytes_FromUint8Array(out);
  } catch (e) {
    c.last_mode = FLUSH_FRAME;
    return raise_failure(COMPRESS_TASK, e);
  }
}

/** CPython: _zstd_ZstdCompressor_compress_impl */
function compressor_compress(self: PyObject, data: PyObject, mode_arg: PyObject | null): PyObject {
  const view = read_buffer(data);
  try {
    const mode = mode_arg === null ? CONTINUE : c_int(mode_arg);
    if (mode !== CONTINUE && mode !== FLUSH_BLOCK && mode !== FLUSH_FRAME) {
      PyErr_SetString(
        PyExc_ValueError,
        'mode argument wrong value, it should be one of ZstdCompressor.CONTINUE, ZstdCompressor.FLUSH_BLOCK, ' +
          'ZstdCompressor.FLUSH_FRAME.',
      );
    }
    return run_encoder(compressor_of(self), view.bytes, mode);
  } finally {
    release(view);
  }
}

/** CPython: _zstd_ZstdCompressor_flush_impl */
function compressor_flush(self: PyObject, mode_arg: PyObject | null): PyObject {
  const mode = mode_arg === null ? FLUSH_FRAME : c_int(mode_arg);
  if (mode !== FLUSH_BLOCK && mode !== FLUSH_FRAME) {
    PyErr_SetString(
      PyExc_ValueError,
      'mode argument wrong value, it should be ZstdCompressor.FLUSH_FRAME or ZstdCompressor.FLUSH_BLOCK.',
    );
  }
  return run_encoder(compressor_of(self), new Uint8Array(0), mode);
}

/** CPython: _zstd_ZstdCompressor_set_pledged_input_size_impl */
function set_pledged_input_size(self: PyObject, size: PyObject): PyObject {
  const c = compressor_of(self);
  const n = content_size_argument(size);
  if (c.last_mode !== FLUSH_FRAME) {
    PyErr_SetString(PyExc_ValueError, 'set_pledged_input_size() method must be called when last_mode == FLUSH_FRAME');
  }
  c.encoder?.pledge(n);
  return none();
}

const compressor_type: PyTypeObject = module_type('_zstd', {
  name: 'compression.zstd.ZstdCompressor',
  heap: 'immutable',
  tp_basicsize: 56,
  tp_flags: TYPE_FLAGS,
  tp_doc: 'Compresses piece by piece.',
  tp_new: compressor_new,
  tp_dealloc: dealloc_with_dict,
  tp_traverse: traverse_dict,
  tp_clear: clear_dict,
  methods: [
    {
      name: 'compress',
      flags: METH_CLINIC,
      meth: compressor_compress,
      sig: '($self, /, data, mode=ZstdCompressor.CONTINUE)',
    },
    { name: 'flush', flags: METH_CLINIC, meth: compressor_flush, sig: '($self, /, mode=ZstdCompressor.FLUSH_FRAME)' },
    { name: 'set_pledged_input_size', flags: METH_O, meth: set_pledged_input_size, sig: '($self, size, /)' },
    ...NO_PICKLE,
  ],
  members: [{ name: 'last_mode', get: self => PyLong_FromLong(compressor_of(self).last_mode) }],
  after_ready: type => {
    type.tp_data = { text_signature: COMPRESSOR_SIG };
    for (const [name, mode] of Object.entries({ CONTINUE, FLUSH_BLOCK, FLUSH_FRAME })) {
      const number = PyLong_FromLong(mode);
      PyDict_SetItemString(type.tp_dict!, name, number);
      decref(number);
    }
  },
});

// --- decompressor -----------------------------------------------------------------------------------------------------

class Decompressor extends Decompression implements WithDict {
  dict: PyObject | null = null;
}

const DECOMPRESSOR_SIG = '(zstd_dict=None, options=None)';

function decompressor_of(self: PyObject): Decompressor {
  return (self as PyObject<Decompressor>).v;
}

function decoder_dictionary({ data, kind }: { data: DictData; kind: number }): Dictionary {
  try {
    return data.read();
  } catch (e) {
    if (!(e instanceof ZstdFailure)) throw e;
    if (kind === DIGESTED) {
      zstd_error('Failed to create a ZSTD_DDict instance from Zstandard dictionary content.');
    }
    return zstd_error(`Unable to load Zstandard dictionary or prefix for decompression: ${NO_MEMORY}`);
  }
}

/** CPython: _zstd_ZstdDecompressor_new_impl */
function decompressor_new(type: PyTypeObject, args: PyObject, kwargs: PyObject | null): PyObject {
  const [dict, options_arg] = PyArg_Clinic('ZstdDecompressor', DECOMPRESSOR_SIG, args, kwargs);
  const given = is_given(dict) ? dict_argument(dict, dict_type, DIGESTED) : null;
  const prefix = given !== null && given.kind === PREFIX ? given.data.content : null;
  const dictionary = given !== null && prefix === null ? decoder_dictionary(given) : null;
  const options = is_given(options_arg) ? options_argument('ZstdDecompressor', options_arg, false) : null;
  const d = new Decompressor(new ZstdStreamDecoder(dictionary, prefix, options?.get(P.WINDOW_LOG_LIMIT) ?? 0));
  d.dict = kept(dict);
  newref(type);
  return type.tp_alloc!(type, d);
}

const MANNER: Manner = {
  ended: 'Already at the end of a Zstandard frame.',
  unusable: null,
  fail: error => raise_failure('decompress Zstandard data', error),
};

function decompressor_decompress(self: PyObject, data: PyObject, max_length: PyObject | null): PyObject {
  return decompress_step(decompressor_of(self), data, max_length, MANNER);
}

const decompressor_type: PyTypeObject = module_type('_zstd', {
  name: 'compression.zstd.ZstdDecompressor',
  heap: 'immutable',
  tp_basicsize: 80,
  tp_flags: TYPE_FLAGS,
  tp_doc: 'Decompresses piece by piece.',
  tp_new: decompressor_new,
  tp_dealloc: dealloc_with_dict,
  tp_traverse: traverse_dict,
  tp_clear: clear_dict,
  methods: [
    {
      name: 'decompress',
      flags: METH_CLINIC,
      meth: decompressor_decompress,
      sig: '($self, /, data, max_length=-1)',
    },
    ...NO_PICKLE,
  ],
  members: [
    { name: 'eof', get: self => PyBool_FromLong(decompressor_of(self).eof) },
    { name: 'needs_input', get: self => PyBool_FromLong(decompressor_of(self).needs_input) },
  ],
  getset: [{ name: 'unused_data', get: self => PyBytes_FromUint8Array(decompressor_of(self).unused_data) }],
  after_ready: type => {
    type.tp_data = { text_signature: DECOMPRESSOR_SIG };
  },
});

// --- functions --------------------------------------------------------------------------------------------------------

function check_dict_size(size: number): void {
  if (size <= 0) PyErr_SetString(PyExc_ValueError, 'dict_size argument should be positive number.');
}

/** CPython: _zstd_train_dict_impl */
function train_dict(_m: PyObject, samples: PyObject, sizes: PyObject, size_arg: PyObject): PyObject {
  const bytes = bytes_argument('train_dict', 1, samples);
  const items = tuple_argument('train_dict', 2, sizes);
  const size = c_ssize(size_arg);
  check_dict_size(size);
  const lengths = sample_sizes(items, bytes.length);
  return PyBytes_FromUint8Array(guarded('train the Zstandard dictionary', () => train(bytes, lengths, size)));
}

/** CPython: _zstd_finalize_dict_impl */
function finalize_dict(
  _m: PyObject,
  content: PyObject,
  samples: PyObject,
  sizes: PyObject,
  size_arg: PyObject,
  level_arg: PyObject,
): PyObject {
  const dict = bytes_argument('finalize_dict', 1, content);
  const bytes = bytes_argument('finalize_dict', 2, samples);
  const items = tuple_argument('finalize_dict', 3, sizes);
  const size = c_ssize(size_arg);
  const level = c_int(level_arg);
  check_dict_size(size);
  const lengths = sample_sizes(items, bytes.length);
  return PyBytes_FromUint8Array(
    guarded('finalize the Zstandard dictionary', () => finalize(dict, bytes, lengths, size, level)),
  );
}

/** CPython: _zstd_get_param_bounds_impl */
function get_param_bounds(_m: PyObject, key_arg: PyObject, is_compress: PyObject): PyObject {
  const key = c_int(key_arg);
  const compress = PyObject_IsTrue(is_compress);
  const parameter = (compress ? P.COMPRESSION_PARAMETERS : P.DECOMPRESSION_PARAMETERS).find(p => p.key === key);
  if (parameter === undefined) {
    const kind = compress ? 'compression' : 'decompression';
    return zstd_error(`Unable to get zstd ${kind} parameter bounds: ${UNSUPPORTED_PARAMETER}`);
  }
  return PyTuple_FromArraySteal([PyLong_FromLong(parameter.low), PyLong_FromLong(parameter.high)]);
}

/** CPython: _zstd_get_frame_size_impl */
function get_frame_size(_m: PyObject, buffer: PyObject): PyObject {
  const view = read_buffer(buffer);
  try {
    return PyLong_FromLong(frame_size(view.bytes));
  } catch (e) {
    if (!(e instanceof ZstdFailure)) throw e;
    return zstd_error(
      'Error when finding the compressed size of a Zstandard frame. Ensure the frame_buffer argument starts from the ' +
        'beginning of a frame, and its length is not less than this complete frame. ' +
        `Zstd error message: ${e.message}.`,
    );
  } finally {
    release(view);
  }
}

/** CPython: _zstd_get_frame_info_impl */
function get_frame_info(_m: PyObject, buffer: PyObject): PyObject {
  const view = read_buffer(buffer);
  try {
    const header = read_header(view.bytes, 0, view.bytes.length) ?? fail(UNSUPPORTED_PARAMETER);
    const size = header.skippable ? 0n : header.content_size;
    return PyTuple_FromArraySteal([
      size === null ? none() : PyLong_FromBigInt(size),
      PyLong_FromBigInt(BigInt(header.dict_id)),
    ]);
  } catch (e) {
    if (!(e instanceof ZstdFailure)) throw e;
    return zstd_error(
      'Error when getting information from the header of a Zstandard frame. Ensure the frame_buffer argument starts ' +
        'from the beginning of a frame, and its length is not less than the frame header (6~18 bytes).',
    );
  } finally {
    release(view);
  }
}

function type_argument(name: string, o: PyObject): PyTypeObject {
  if (!PyType_Check(o)) {
    PyErr_SetString(PyExc_TypeError, `set_parameter_types() argument '${name}' must be type, not ${type_name(o)}`);
  }
  return o;
}

/** CPython: _zstd_set_parameter_types_impl */
function set_parameter_types(_m: PyObject, compression: PyObject, decompression: PyObject): PyObject {
  const c = type_argument('c_parameter_type', compression);
  const d = type_argument('d_parameter_type', decompression);
  const before = [parameter_types.compression, parameter_types.decompression];
  parameter_types.compression = newref(c);
  parameter_types.decompression = newref(d);
  for (const type of before) if (type !== null) decref(type);
  return none();
}

const VERSION = [1, 5, 7] as const;

export const module: ModuleSpec = {
  name: '_zstd',
  doc: 'Zstandard compression.',
  methods: [
    {
      name: 'train_dict',
      flags: METH_CLINIC,
      meth: train_dict,
      sig: '($module, samples_bytes, samples_sizes, dict_size, /)',
    },
    {
      name: 'finalize_dict',
      flags: METH_CLINIC,
      meth: finalize_dict,
      sig: '($module, custom_dict_bytes, samples_bytes, samples_sizes,\n              dict_size, compression_level, /)',
    },
    {
      name: 'get_param_bounds',
      flags: METH_CLINIC,
      meth: get_param_bounds,
      sig: '($module, /, parameter, is_compress)',
    },
    { name: 'get_frame_size', flags: METH_CLINIC, meth: get_frame_size, sig: '($module, /, frame_buffer)' },
    { name: 'get_frame_info', flags: METH_CLINIC, meth: get_frame_info, sig: '($module, /, frame_buffer)' },
    {
      name: 'set_parameter_types',
      flags: METH_CLINIC,
      meth: set_parameter_types,
      sig: '($module, /, c_parameter_type, d_parameter_type)',
    },
  ],
  types: () => [dict_type, compressor_type, decompressor_type, zstd_error_type],
  exec(m) {
    const [major, minor, release_number] = VERSION;
    PyModule_AddIntConstant(m, 'zstd_version_number', 10000 * major + 100 * minor + release_number);
    PyModule_AddStringConstant(m, 'zstd_version', VERSION.join('.'));
    for (const [name, n] of Object.entries(P.CONSTANTS)) PyModule_AddIntConstant(m, name, n);
  },
};
