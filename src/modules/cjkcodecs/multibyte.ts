// multibyte.ts: codecs as Python sees them: whole texts, pieces, streams.       CPython: Modules/cjkcodecs/multibytecodec.c

import { PyErr_SetString } from '../../core/errors.ts';
import { gc_del } from '../../core/gc.ts';
import {
  decref,
  newref,
  Py_TPFLAGS_BASETYPE,
  Py_TPFLAGS_DISALLOW_INSTANTIATION,
  Py_TPFLAGS_HAVE_GC,
  PyObject,
  type PyTypeObject,
  type visitproc,
} from '../../core/object.ts';
import { METH_CLINIC, METH_NOARGS, module_type } from '../../core/spec.ts';
import { iterate_all } from '../../objects/abstract.ts';
import { PyBytes_FromUint8Array } from '../../objects/bytesobject.ts';
import { PyObject_CallMethodNoArgs, PyObject_CallMethodOneArg } from '../../objects/call.ts';
import { PyBytes_Check, PyLong_Check, PyTuple_Check, PyUnicode_Check } from '../../objects/checks.ts';
import { PyExc_AttributeError, PyExc_TypeError, PyExc_UnicodeError } from '../../objects/exceptions.ts';
import { release_instance, traverse_instance } from '../../objects/instance.ts';
import { PyList_FromArraySteal } from '../../objects/listobject.ts';
import { PyLong_AsBigInt, PyLong_FromBigInt, PyLong_FromLong } from '../../objects/longobject.ts';
import { Py_None, PyObject_GetAttrString, PyObject_IsTrue, PyObject_Str } from '../../objects/object.ts';
import { PyTuple_FromArraySteal } from '../../objects/tupleobject.ts';
import { BytesWriter } from '../../objects/unicodeobject/codecs/bytes_writer.ts';
import { DecodeErrors, EncodeErrors, resume_multibyte_at } from '../../objects/unicodeobject/codecs/errors.ts';
import { type Text, text_from_points, text_points } from '../../objects/unicodeobject/data.ts';
import { PyUnicode_AsString, PyUnicode_FromString, unicode_from_text } from '../../objects/unicodeobject.ts';
import { optional_ssize, read_buffer, release, type_name } from '../args.ts';
import { parse_arguments } from '../parse_keywords.ts';
import { type CodecState, INCOMPLETE, type MultibyteCodec } from './codec.ts';

const ILLEGAL = 'illegal multibyte sequence';
const INCOMPLETE_SEQUENCE = 'incomplete multibyte sequence';
/** Most characters and bytes that wait for more. CPython: MAXENCPENDING, MAXDECPENDING */
const MAX_PENDING_CHARS = 2;
const MAX_PENDING_BYTES = 8;

/** Encodes a str; gives the bytes, and how many code points were used (all unless not `final`). */
function encode_text(
  codec: MultibyteCodec,
  text: PyObject,
  errors: string | null,
  state: CodecState,
  final: boolean,
): [Uint8Array, number] {
  const points = text_points(text.v as Text);
  const out: number[] = [];
  let handler: EncodeErrors | null = null;
  let i = 0;
  try {
    while (i < points.length) {
      const used = codec.encode(points, i, out, state, final);
      if (used > 0) i += used;
      else if (used === INCOMPLETE) break;
      else {
        handler ??= new EncodeErrors(codec.name, errors, text, resume_multibyte_at);
        const r = handler.handle(i, i - used, ILLEGAL);
        if (r.bytes) for (const b of r.value as Uint8Array) out.push(b);
        else {
          // What stands in is encoded, too; it may not be wrong again.
          const points_in = text_points(r.value as Text);
          for (let k = 0; k < points_in.length; ) {
            const n = codec.encode(points_in, k, out, state, true);
            if (n <= 0) handler.raise(i, i - used, ILLEGAL);
            k += n;
          }
        }
        i = r.pos;
      }
    }
    if (final) codec.reset(out, state);
  } finally {
    handler?.dispose();
  }
  return [Uint8Array.from(out), i];
}

/** Decodes bytes; gives the text, and how many bytes were used (all if `final`). */
function decode_bytes(
  codec: MultibyteCodec,
  input: Uint8Array,
  errors: string | null,
  state: CodecState,
  final: boolean,
): [PyObject, number] {
  let b = input;
  const out: number[] = [];
  let handler: DecodeErrors | null = null;
  let i = 0;
  try {
    while (i < b.length) {
      const used = codec.decode(b, i, out, state);
      if (used > 0) {
        i += used;
        continue;
      }
      if (used === INCOMPLETE && !final) break;
      handler ??= new DecodeErrors(codec.name, errors, b, resume_multibyte_at);
      const text =
        used === INCOMPLETE ? handler.handle(i, b.length, INCOMPLETE_SEQUENCE) : handler.handle(i, i - used, ILLEGAL);
      for (const p of text_points(text)) out.push(p);
      b = handler.input;
      i = handler.pos;
    }
  } finally {
    handler?.dispose();
  }
  return [unicode_from_text(text_from_points(out)), i];
}

// --- MultibyteCodec ------------------------------------------------------------------------------------------------------

function codec_of(self: PyObject): MultibyteCodec {
  return (self as PyObject<MultibyteCodec>).v;
}

function errors_argument(o: PyObject | null, fname: string): string | null {
  if (o === null || o === Py_None) return null;
  if (!PyUnicode_Check(o)) {
    PyErr_SetString(PyExc_TypeError, `${fname}() argument 'errors' must be str or None, not ${type_name(o)}`);
  }
  return PyUnicode_AsString(o);
}

/** A str, or what str() makes of the object (owned). */
function as_text(o: PyObject): PyObject {
  if (PyUnicode_Check(o)) return newref(o);
  const s = PyObject_Str(o);
  if (!PyUnicode_Check(s)) PyErr_SetString(PyExc_TypeError, "couldn't convert the object to str.");
  return s;
}

function codec_encode(self: PyObject, input: PyObject, errors: PyObject | null): PyObject {
  const kind = errors_argument(errors, 'encode');
  const text = as_text(input);
  try {
    const [bytes, n] = encode_text(codec_of(self), text, kind, { n: 0 }, true);
    return PyTuple_FromArraySteal([PyBytes_FromUint8Array(bytes), PyLong_FromLong(n)]);
  } finally {
    decref(text);
  }
}

function codec_decode(self: PyObject, input: PyObject, errors: PyObject | null): PyObject {
  const view = read_buffer(input);
  try {
    const [text] = decode_bytes(codec_of(self), view.bytes, errors_argument(errors, 'decode'), { n: 0 }, true);
    return PyTuple_FromArraySteal([text, PyLong_FromLong(view.bytes.length)]);
  } finally {
    release(view);
  }
}

export const codec_type: PyTypeObject = module_type('_multibytecodec', {
  name: '_multibytecodec.MultibyteCodec',
  heap: 'immutable',
  tp_basicsize: 32,
  tp_flags: Py_TPFLAGS_DISALLOW_INSTANTIATION,
  methods: [
    { name: 'encode', flags: METH_CLINIC, meth: codec_encode, sig: '($self, /, input, errors=None)' },
    { name: 'decode', flags: METH_CLINIC, meth: codec_decode, sig: '($self, /, input, errors=None)' },
  ],
});

export function new_codec(codec: MultibyteCodec): PyObject {
  return new PyObject<MultibyteCodec, null>(newref(codec_type), codec, null) as PyObject;
}

// --- pieces and streams --------------------------------------------------------------------------------------------------

/** State of an incremental coder or stream. */
class Coder {
  readonly codec: MultibyteCodec;
  errors: string | null;
  readonly state: CodecState = { n: 0 };
  /** Characters (encoders) or bytes (decoders) that wait for more. */
  pending: Uint8Array = new Uint8Array(0);
  pending_text: string = '';
  /** Owned, for streams. */
  stream: PyObject | null = null;
  constructor(codec: MultibyteCodec, errors: string | null) {
    this.codec = codec;
    this.errors = errors;
  }
}

function of(self: PyObject): Coder {
  return (self as PyObject<Coder>).v;
}

/** The coder for an instance of a class whose attribute `codec` names the encoding. */
function make(type: PyTypeObject, stream: PyObject | null, errors: string): PyObject {
  const codec = PyObject_GetAttrString(type, 'codec');
  try {
    if (codec.ob_type !== codec_type) PyErr_SetString(PyExc_TypeError, 'codec is unexpected type');
    const coder = new Coder(codec_of(codec), errors === 'strict' ? null : errors);
    coder.stream = stream === null ? null : newref(stream);
    return type.tp_alloc!(type, coder);
  } finally {
    decref(codec);
  }
}

function text_argument(o: PyObject, what: string): string {
  if (!PyUnicode_Check(o)) PyErr_SetString(PyExc_TypeError, `${what} must be str, not ${type_name(o)}`);
  return PyUnicode_AsString(o);
}

function incremental_new(name: string): (type: PyTypeObject, args: PyObject, kwargs: PyObject | null) => PyObject {
  return (type, args, kwargs) => {
    let errors = 'strict';
    parse_arguments(name, ['errors'], 0, 1, args, kwargs, (_i, o) => {
      errors = text_argument(o, `${name}() argument 1`);
    });
    return make(type, null, errors);
  };
}

function stream_new(name: string): (type: PyTypeObject, args: PyObject, kwargs: PyObject | null) => PyObject {
  return (type, args, kwargs) => {
    let errors = 'strict';
    let stream: PyObject = Py_None;
    parse_arguments(name, ['stream', 'errors'], 1, 2, args, kwargs, (i, o) => {
      if (i === 0) stream = o;
      else errors = text_argument(o, `${name}() argument 2`);
    });
    return make(type, stream, errors);
  };
}

function coder_dealloc(self: PyObject): void {
  gc_del(self);
  release_instance(self);
  const { stream } = of(self);
  if (stream !== null) decref(stream);
}

function coder_traverse(self: PyObject, visit: visitproc): void {
  traverse_instance(self, visit);
  const { stream } = of(self);
  if (stream !== null) visit(stream);
}

/** All was done by tp_new; the __init__ of the classes in `codecs` is not to run. */
function no_init(): void {}

const ERRORS_GETSET = {
  name: 'errors',
  get: (self: PyObject) => PyUnicode_FromString(of(self).errors ?? 'strict'),
  set(self: PyObject, value: PyObject | null) {
    if (value === null) PyErr_SetString(PyExc_AttributeError, 'cannot delete attribute');
    if (!PyUnicode_Check(value!)) PyErr_SetString(PyExc_TypeError, 'errors must be a string');
    const name = PyUnicode_AsString(value!);
    of(self).errors = name === 'strict' ? null : name;
  },
};

/** CPython: encoder_encode_stateful */
function encode_piece(self: PyObject, input: PyObject, final: boolean): PyObject {
  const c = of(self);
  const own = as_text(input);
  const text = c.pending_text === '' ? own : PyUnicode_FromString(c.pending_text + PyUnicode_AsString(own));
  if (text !== own) decref(own);
  c.pending_text = '';
  try {
    const [bytes, n] = encode_text(c.codec, text, c.errors, c.state, final);
    const left = text_points(text.v as Text).slice(n);
    if (left.length > MAX_PENDING_CHARS) PyErr_SetString(PyExc_UnicodeError, 'pending buffer overflow');
    c.pending_text = String.fromCodePoint(...left);
    return PyBytes_FromUint8Array(bytes);
  } finally {
    decref(text);
  }
}

function encoder_encode(self: PyObject, input: PyObject, final: PyObject | null): PyObject {
  return encode_piece(self, input, final !== null && PyObject_IsTrue(final));
}

/** State as an int: number of bytes pending, the bytes, the codec's eight bytes, least significant first. */
function encoder_getstate(self: PyObject): PyObject {
  const c = of(self);
  const text = new TextEncoder().encode(c.pending_text);
  let n = 0n;
  const bytes = [text.length, ...text, ...state_bytes(c.state)];
  for (const b of bytes.reverse()) n = (n << 8n) | BigInt(b);
  return PyLong_FromBigInt(n);
}

function state_bytes(state: CodecState): number[] {
  return Array.from({ length: 8 }, (_, i) => Number((BigInt(state.n) >> BigInt(8 * i)) & 255n));
}

function encoder_setstate(self: PyObject, value: PyObject): PyObject {
  const c = of(self);
  if (!PyLong_Check(value))
    PyErr_SetString(PyExc_TypeError, `setstate() argument must be int, not ${type_name(value)}`);
  let n = PyLong_AsBigInt(value);
  const size = Number(n & 255n);
  n >>= 8n;
  if (size > MAX_PENDING_BYTES) PyErr_SetString(PyExc_UnicodeError, 'pending buffer too large');
  const bytes = new Uint8Array(size);
  for (let i = 0; i < size; i++, n >>= 8n) bytes[i] = Number(n & 255n);
  c.pending_text = new TextDecoder().decode(bytes);
  c.state.n = Number(n & 0xffffffffffffffffn);
  return newref(Py_None);
}

function encoder_reset(self: PyObject): PyObject {
  const c = of(self);
  c.codec.reset([], c.state);
  c.state.n = 0;
  c.pending_text = '';
  return newref(Py_None);
}

export const encoder_type: PyTypeObject = module_type('_multibytecodec', {
  name: '_multibytecodec.MultibyteIncrementalEncoder',
  heap: 'immutable',
  tp_basicsize: 48,
  tp_flags: Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_GC,
  tp_new: incremental_new('MultibyteIncrementalEncoder'),
  tp_init: no_init,
  tp_dealloc: coder_dealloc,
  tp_traverse: coder_traverse,
  methods: [
    { name: 'encode', flags: METH_CLINIC, meth: encoder_encode, sig: '($self, /, input, final=False)' },
    { name: 'getstate', flags: METH_NOARGS, meth: encoder_getstate, sig: '($self, /)' },
    { name: 'setstate', flags: METH_CLINIC, meth: encoder_setstate, sig: '($self, state, /)' },
    { name: 'reset', flags: METH_NOARGS, meth: encoder_reset, sig: '($self, /)' },
  ],
  getset: [ERRORS_GETSET],
});

function with_pending(c: Coder, bytes: Uint8Array): Uint8Array {
  if (c.pending.length === 0) return bytes;
  const w = new BytesWriter(c.pending.length + bytes.length);
  w.bytes(c.pending);
  w.bytes(bytes);
  c.pending = new Uint8Array(0);
  return w.finish();
}

/** Decodes what waited and what came. */
function decode_piece(c: Coder, bytes: Uint8Array, final: boolean): PyObject {
  const kept = c.pending;
  const input = with_pending(c, bytes);
  try {
    const [text, n] = decode_bytes(c.codec, input, c.errors, c.state, final);
    c.pending = input.slice(n);
    if (c.pending.length > MAX_PENDING_BYTES) {
      decref(text);
      PyErr_SetString(PyExc_UnicodeError, 'pending buffer overflow');
    }
    return text;
  } catch (e) {
    c.pending = kept;
    throw e;
  }
}

function decoder_decode(self: PyObject, input: PyObject, final: PyObject | null): PyObject {
  const view = read_buffer(input);
  try {
    return decode_piece(of(self), view.bytes, final !== null && PyObject_IsTrue(final));
  } finally {
    release(view);
  }
}

function decoder_getstate(self: PyObject): PyObject {
  const c = of(self);
  let n = 0n;
  for (const b of state_bytes(c.state)) n = (n << 8n) | BigInt(b);
  return PyTuple_FromArraySteal([PyBytes_FromUint8Array(c.pending.slice()), PyLong_FromBigInt(n)]);
}

function decoder_setstate(self: PyObject, value: PyObject): PyObject {
  if (!PyTuple_Check(value))
    PyErr_SetString(PyExc_TypeError, `setstate() argument must be tuple, not ${type_name(value)}`);
  const [buffer, state] = value.v as PyObject[];
  if (buffer === undefined || state === undefined || !PyBytes_Check(buffer) || !PyLong_Check(state)) {
    PyErr_SetString(PyExc_TypeError, 'setstate() argument must be a tuple of bytes and int');
  }
  const c = of(self);
  const bytes = buffer!.v as Uint8Array;
  if (bytes.length > MAX_PENDING_BYTES) PyErr_SetString(PyExc_UnicodeError, 'pending buffer too large');
  c.pending = bytes.slice();
  let n = PyLong_AsBigInt(state!);
  let swapped = 0n;
  for (let i = 0; i < 8; i++, n >>= 8n) swapped = (swapped << 8n) | (n & 255n);
  c.state.n = Number(swapped);
  return newref(Py_None);
}

function decoder_reset(self: PyObject): PyObject {
  const c = of(self);
  c.state.n = 0;
  c.pending = new Uint8Array(0);
  return newref(Py_None);
}

export const decoder_type: PyTypeObject = module_type('_multibytecodec', {
  name: '_multibytecodec.MultibyteIncrementalDecoder',
  heap: 'immutable',
  tp_basicsize: 56,
  tp_flags: Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_GC,
  tp_new: incremental_new('MultibyteIncrementalDecoder'),
  tp_init: no_init,
  tp_dealloc: coder_dealloc,
  tp_traverse: coder_traverse,
  methods: [
    { name: 'decode', flags: METH_CLINIC, meth: decoder_decode, sig: '($self, /, input, final=False)' },
    { name: 'getstate', flags: METH_NOARGS, meth: decoder_getstate, sig: '($self, /)' },
    { name: 'setstate', flags: METH_CLINIC, meth: decoder_setstate, sig: '($self, state, /)' },
    { name: 'reset', flags: METH_NOARGS, meth: decoder_reset, sig: '($self, /)' },
  ],
  getset: [ERRORS_GETSET],
});

/** CPython: mbstreamreader_iread */
function stream_read(self: PyObject, method: string, hint: number): PyObject {
  const c = of(self);
  if (hint === 0) return PyUnicode_FromString('');
  for (;;) {
    let data: PyObject;
    if (hint < 0) data = PyObject_CallMethodNoArgs(c.stream!, method);
    else {
      const size = PyLong_FromLong(hint);
      try {
        data = PyObject_CallMethodOneArg(c.stream!, method, size);
      } finally {
        decref(size);
      }
    }
    try {
      if (!PyBytes_Check(data)) {
        PyErr_SetString(PyExc_TypeError, `stream function returned a non-bytes object (${data.ob_type.tp_name})`);
      }
      const bytes = data.v as Uint8Array;
      const text = decode_piece(c, bytes, hint < 0 || bytes.length === 0);
      if (hint < 0 || bytes.length === 0 || (text.v as Text).length > 0) return text;
      decref(text);
      // Not even one character: one more byte at a time.
      hint = 1;
    } finally {
      decref(data);
    }
  }
}

function reader_read(self: PyObject, size: PyObject | null): PyObject {
  return stream_read(self, 'read', optional_ssize(size, -1));
}

function reader_readline(self: PyObject, size: PyObject | null): PyObject {
  return stream_read(self, 'readline', optional_ssize(size, -1));
}

function reader_readlines(self: PyObject, hint: PyObject | null): PyObject {
  const all = stream_read(self, 'read', optional_ssize(hint, -1));
  try {
    const yes = PyLong_FromLong(1);
    try {
      return PyObject_CallMethodOneArg(all, 'splitlines', yes);
    } finally {
      decref(yes);
    }
  } finally {
    decref(all);
  }
}

const STREAM_MEMBER = { name: 'stream', get: (self: PyObject) => newref(of(self).stream ?? Py_None) };

export const reader_type: PyTypeObject = module_type('_multibytecodec', {
  name: '_multibytecodec.MultibyteStreamReader',
  heap: 'immutable',
  tp_basicsize: 64,
  tp_flags: Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_GC,
  tp_new: stream_new('MultibyteStreamReader'),
  tp_init: no_init,
  tp_dealloc: coder_dealloc,
  tp_traverse: coder_traverse,
  methods: [
    { name: 'read', flags: METH_CLINIC, meth: reader_read, sig: '($self, sizeobj=None, /)' },
    { name: 'readline', flags: METH_CLINIC, meth: reader_readline, sig: '($self, sizeobj=None, /)' },
    { name: 'readlines', flags: METH_CLINIC, meth: reader_readlines, sig: '($self, sizehintobj=None, /)' },
    { name: 'reset', flags: METH_NOARGS, meth: decoder_reset, sig: '($self, /)' },
  ],
  members: [STREAM_MEMBER],
  getset: [ERRORS_GETSET],
});

function write_piece(self: PyObject, text: PyObject): void {
  const bytes = encode_piece(self, text, false);
  try {
    decref(PyObject_CallMethodOneArg(of(self).stream!, 'write', bytes));
  } finally {
    decref(bytes);
  }
}

function writer_write(self: PyObject, text: PyObject): PyObject {
  write_piece(self, text);
  return newref(Py_None);
}

function writer_writelines(self: PyObject, lines: PyObject): PyObject {
  const items = PyList_FromArraySteal(iterate_all(lines));
  try {
    for (const line of items.v as unknown as PyObject[]) write_piece(self, line);
  } finally {
    decref(items);
  }
  return newref(Py_None);
}

/** Writes characters that waited, and what ends the text then. CPython: _multibytecodec_MultibyteStreamWriter_reset_impl */
function writer_reset(self: PyObject): PyObject {
  const c = of(self);
  if (c.pending_text !== '') {
    const empty = PyUnicode_FromString('');
    const bytes = encode_piece(self, empty, true);
    decref(empty);
    try {
      if ((bytes.v as Uint8Array).length > 0) decref(PyObject_CallMethodOneArg(c.stream!, 'write', bytes));
    } finally {
      decref(bytes);
    }
  }
  return newref(Py_None);
}

export const writer_type: PyTypeObject = module_type('_multibytecodec', {
  name: '_multibytecodec.MultibyteStreamWriter',
  heap: 'immutable',
  tp_basicsize: 56,
  tp_flags: Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_GC,
  tp_new: stream_new('MultibyteStreamWriter'),
  tp_init: no_init,
  tp_dealloc: coder_dealloc,
  tp_traverse: coder_traverse,
  methods: [
    { name: 'write', flags: METH_CLINIC, meth: writer_write, sig: '($self, strobj, /)' },
    { name: 'writelines', flags: METH_CLINIC, meth: writer_writelines, sig: '($self, lines, /)' },
    { name: 'reset', flags: METH_NOARGS, meth: writer_reset, sig: '($self, /)' },
  ],
  members: [STREAM_MEMBER],
  getset: [ERRORS_GETSET],
});
