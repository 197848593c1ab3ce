// textio.ts: TextIOWrapper, a text stream over a buffered binary stream.               CPython: Modules/_io/textio.c
//
// Reading decodes chunks of the binary stream; `decoded` [used..] is what the next read gives. Writing collects encoded
// text until a chunk is full. tell() gives a number from which seek() rebuilds the decoder's state: the position of the
// last snapshot and how far to decode from there.
// Invariant: while `telling`, `snapshot` holds the decoder flags and input bytes that `decoded` came from.

import { as_raised, PyErr_Clear, PyErr_SetString, Raised } from '../../core/errors.ts';
import {
  decref,
  newref,
  Py_EQ,
  Py_LT,
  Py_TPFLAGS_BASETYPE,
  Py_TPFLAGS_HAVE_GC,
  type PyObject,
  type PyTypeObject,
  type visitproc,
  xdecref,
} from '../../core/object.ts';
import { METH_CLINIC, METH_NOARGS, METH_O, PyBUF_SIMPLE, static_type } from '../../core/spec.ts';
import { current } from '../../core/tstate.ts';
import {
  PyBuffer_Release,
  PyNumber_AsSsize_t,
  PyNumber_Index,
  PyNumber_Long,
  PyObject_CheckBuffer,
  PyObject_GetBuffer,
} from '../../objects/abstract.ts';
import { Py_True, PyBool_FromLong, PyBool_Type } from '../../objects/boolobject.ts';
import { PyBytes_FromUint8Array } from '../../objects/bytesobject.ts';
import { PyObject_CallMethod, PyObject_CallMethodNoArgs, PyObject_CallMethodOneArg } from '../../objects/call.ts';
import { PyBytes_Check, PyUnicode_Check } from '../../objects/checks.ts';
import {
  _PyCodec_LookupTextEncoding,
  _PyCodecInfo_GetIncrementalDecoder,
  _PyCodecInfo_GetIncrementalEncoder,
  PyCodec_LookupError,
} from '../../objects/codecs.ts';
import {
  PyExc_AttributeError,
  PyExc_BlockingIOError,
  PyExc_EncodingWarning,
  PyExc_OSError,
  PyExc_RuntimeError,
  PyExc_TypeError,
  PyExc_ValueError,
  PyException_SetContext,
} from '../../objects/exceptions.ts';
import { PyArg_Clinic } from '../../objects/getargs.ts';
import { PyLong_AsBigInt, PyLong_AsLong, PyLong_FromBigInt, PyLong_FromLong } from '../../objects/longobject.ts';
import {
  Py_None,
  Py_ReprEnter,
  Py_ReprLeave,
  PyObject_GetAttrString,
  PyObject_GetOptionalAttrString,
  PyObject_HasAttr,
  PyObject_IsTrue,
  PyObject_RichCompareBool,
  repr_string,
} from '../../objects/object.ts';
import { object_new } from '../../objects/typeobject/object.ts';
import { PyType_GenericAlloc } from '../../objects/typeobject.ts';
import {
  _Py_ID,
  c_string,
  PyUnicode_AsString,
  PyUnicode_AsUTF8,
  PyUnicode_FromString,
  PyUnicode_Type,
  str_text,
  type Text,
  text_concat,
  text_join,
  text_slice,
  unicode_from_text,
  utf8_from_js,
} from '../../objects/unicodeobject.ts';
import { PyErr_WarnEx } from '../../objects/warnings.ts';
import { iterate_by_steps, no_more } from '../../vm/iterators.ts';
import { call_method, run_nested, run_steps, type Steps } from '../../vm/steps.ts';
import { c_bool, c_int, c_ssize, optional_ssize, type_name } from '../args.ts';
import { buffer_takes, buffered_data, buffered_write, locked, open_stream } from './buffer_core.ts';
import { buffered_read1, PyBufferedRandom_Type, PyBufferedReader_Type, PyBufferedWriter_Type } from './buffered.ts';
import { PyTextIOBase_Type } from './bufferedbase.ts';
import {
  attr_is_true,
  begin_dealloc,
  clear_dict,
  closed_error,
  no_pickle,
  py_none,
  stream_name,
  trap_eintr,
  traverse_dict,
  unsupported,
} from './common.ts';
import { type FileIOData, PyFileIO_Type } from './fileio.ts';
import { check_closed as base_check_closed } from './iobase.ts';
import { contains_cr, contains_lf, from_lf, type LineEnding, line_end } from './lines.ts';
import { NewlineTranslator, new_newline_decoder } from './nldecoder.ts';
import {
  NativeDecoder,
  NativeEncoder,
  native_encoding,
  ObjectDecoder,
  ObjectEncoder,
  type StreamDecoder,
  type StreamEncoder,
} from './textcodec.ts';

const DEFAULT_CHUNK_SIZE = 8192;

interface Snapshot {
  flags: bigint;
  input: Uint8Array;
}

export class TextData {
  ok = false;
  detached = false;
  /** Owned. */
  buffer: PyObject | null = null;
  encoding: PyObject | null = null;
  errors: PyObject | null = null;
  decoder: StreamDecoder | null = null;
  encoder: StreamEncoder | null = null;
  /** `encoder` if it is UTF-8, which takes any text without surrogates. */
  fast_encoder = false;
  /** The FileIO below, borrowed from the buffer, or null. */
  raw: PyObject | null = null;
  ending: LineEnding = { universal: false, newline: '\n' };
  readuniversal = true;
  readtranslate = true;
  writenl: string | null = null;
  line_buffering = false;
  write_through = false;
  seekable = false;
  telling = false;
  has_read1 = false;
  finalizing = false;
  chunk_size = DEFAULT_CHUNK_SIZE;
  decoded: Text = '';
  used = 0;
  snapshot: Snapshot | null = null;
  /** Bytes per character in the last chunk. */
  b2cratio = 0;
  /** What was written and not passed on yet: pieces, then text. */
  pending: Uint8Array[] = [];
  pending_text = '';
  pending_count = 0;
}

function data_of(self: PyObject): TextData {
  return self.v as TextData;
}

/** The binary stream; Python code that was called in between may have detached it. CPython: CHECK_ATTACHED */
function buffer_of(data: TextData): PyObject {
  if (data.detached) PyErr_SetString(PyExc_ValueError, 'underlying buffer has been detached');
  if (!data.ok) PyErr_SetString(PyExc_ValueError, 'I/O operation on uninitialized object');
  return data.buffer!;
}

/** CPython: CHECK_INITIALIZED and CHECK_ATTACHED */
function attached(self: PyObject): TextData {
  const data = data_of(self);
  if (!data.ok) PyErr_SetString(PyExc_ValueError, 'I/O operation on uninitialized object');
  if (data.detached) PyErr_SetString(PyExc_ValueError, 'underlying buffer has been detached');
  return data;
}

/** CPython: _io_TextIOWrapper_closed_get_impl */
function text_closed(self: PyObject): PyObject {
  if (!data_of(self).ok) return newref(Py_True);
  return PyObject_GetAttrString(attached(self).buffer!, 'closed');
}

/** Raises if the stream is closed. CPython: CHECK_CLOSED */
function check_closed(self: PyObject, data: TextData): void {
  if (self.ob_type === PyTextIOWrapper_Type) {
    const closed = data.raw !== null ? (data.raw.v as FileIOData).fd < 0 : attr_is_true(buffer_of(data), 'closed');
    if (closed) closed_error();
  } else base_check_closed(self);
}

function open_data(self: PyObject): TextData {
  const data = attached(self);
  check_closed(self, data);
  return data;
}

// --- set-up ---------------------------------------------------------------------------------------------------------

/** What the locale's encoding is called. CPython: _Py_GetLocaleEncodingObject */
export function locale_encoding(): string {
  return current.tstate.interp.config.utf8_mode !== 0 ? 'utf-8' : 'UTF-8';
}

/** A str argument or null for None. */
function text_or_none(fname: string, arg: string, o: PyObject | null): string | null {
  if (o === null || o === Py_None) return null;
  if (!PyUnicode_Check(o))
    PyErr_SetString(PyExc_TypeError, `${fname}() argument '${arg}' must be str or None, not ${type_name(o)}`);
  return c_string(o);
}

/** The text of a str that C code takes up to a null character. */
function utf8_text(o: PyObject): string {
  const text = PyUnicode_AsUTF8(o);
  const end = text.indexOf('\0');
  return end < 0 ? text : text.slice(0, end);
}

/** An argument of C type long. */
function c_long(o: PyObject): number {
  const index = PyNumber_Index(o);
  try {
    return PyLong_AsLong(index);
  } finally {
    decref(index);
  }
}

function check_newline(newline: string | null): void {
  if (newline !== null && newline !== '' && newline !== '\n' && newline !== '\r' && newline !== '\r\n') {
    PyErr_SetString(PyExc_ValueError, `illegal newline value: ${newline}`);
  }
}

function set_newline(data: TextData, newline: string | null): void {
  data.readuniversal = newline === null || newline === '';
  data.readtranslate = newline === null;
  data.ending = { universal: newline === '', newline: data.readuniversal ? '\n' : newline! };
  data.writenl = newline === '\r' || newline === '\r\n' ? newline : null;
}

/** Makes decoder and encoder for the encoding, as the buffer can be read and written. */
function set_codec(data: TextData, encoding: string, errors: string): void {
  const native = native_encoding(encoding);
  const codec = native === null ? _PyCodec_LookupTextEncoding(encoding, null) : null;
  let decoder: StreamDecoder | null = null;
  let encoder: StreamEncoder | null = null;
  try {
    if (able(data.buffer!, 'readable')) {
      if (native !== null) {
        decoder = new NativeDecoder(
          native,
          errors,
          data.readuniversal ? new NewlineTranslator(data.readtranslate) : null,
        );
      } else {
        let object = _PyCodecInfo_GetIncrementalDecoder(codec!, errors);
        if (data.readuniversal) {
          const inner = object;
          object = new_newline_decoder(inner, data.readtranslate);
          decref(inner);
        }
        decoder = new ObjectDecoder(object);
      }
    }
    if (able(data.buffer!, 'writable')) {
      encoder =
        native !== null
          ? new NativeEncoder(native, errors)
          : new ObjectEncoder(_PyCodecInfo_GetIncrementalEncoder(codec!, errors));
    }
  } catch (e) {
    decoder?.release();
    throw e;
  } finally {
    xdecref(codec);
  }
  data.decoder?.release();
  data.encoder?.release();
  data.decoder = decoder;
  data.encoder = encoder;
  data.fast_encoder = encoder instanceof NativeEncoder && encoder.takes_all();
}

function able(buffer: PyObject, method: string): boolean {
  const answer = PyObject_CallMethodNoArgs(buffer, method);
  try {
    return PyObject_IsTrue(answer);
  } finally {
    decref(answer);
  }
}

/** An encoder in the middle of a stream writes no byte order mark. CPython: _textiowrapper_fix_encoder_state */
function fix_encoder(data: TextData): void {
  if (!data.seekable || data.encoder === null) return;
  const at = PyObject_CallMethodNoArgs(data.buffer!, 'tell');
  const zero = PyLong_FromLong(0);
  try {
    if (!PyObject_RichCompareBool(at, zero, Py_EQ)) data.encoder.restart(false);
  } finally {
    decref(zero);
    decref(at);
  }
}

function textio_alloc(type: PyTypeObject, v: unknown): PyObject {
  return PyType_GenericAlloc(type, v ?? new TextData());
}

const SIGNATURE =
  '(buffer, encoding=None, errors=None, newline=None,\n              line_buffering=False, write_through=False)';

/** CPython: Modules/_io/textio.c:_io_TextIOWrapper___init___impl */
function textio_init(self: PyObject, args: PyObject, kwargs: PyObject | null): void {
  const [buffer, encoding_arg, errors_arg, newline_arg, line_buffering, write_through] = PyArg_Clinic(
    'TextIOWrapper',
    SIGNATURE,
    args,
    kwargs,
  ) as [PyObject, PyObject | null, PyObject | null, PyObject | null, PyObject | null, PyObject | null];
  const data = data_of(self);
  data.ok = false;
  data.detached = false;
  let encoding = text_or_none('TextIOWrapper', 'encoding', encoding_arg);
  if (errors_arg !== null && errors_arg !== Py_None && !PyUnicode_Check(errors_arg)) {
    PyErr_SetString(
      PyExc_TypeError,
      `TextIOWrapper() argument 'errors' must be str or None, not ${type_name(errors_arg)}`,
    );
  }
  const newline = text_or_none('TextIOWrapper', 'newline', newline_arg);
  if (encoding === null && current.tstate.interp.config.warn_default_encoding !== 0) {
    PyErr_WarnEx(PyExc_EncodingWarning, "'encoding' argument not specified", 1);
  }
  check_newline(newline);
  const errors = errors_arg === null || errors_arg === Py_None ? 'strict' : c_string(errors_arg);
  if (current.tstate.interp.config.dev_mode) decref(PyCodec_LookupError(errors));
  if (encoding === null || encoding === 'locale') encoding = locale_encoding();
  data.decoder?.release();
  data.encoder?.release();
  data.decoder = null;
  data.encoder = null;
  data.decoded = '';
  data.used = 0;
  data.snapshot = null;
  data.pending = [];
  data.pending_text = '';
  data.pending_count = 0;
  xdecref(data.buffer);
  data.buffer = newref(buffer);
  xdecref(data.encoding);
  data.encoding =
    encoding_arg !== null && encoding_arg !== Py_None && PyUnicode_AsString(encoding_arg) === encoding
      ? newref(encoding_arg)
      : PyUnicode_FromString(encoding);
  xdecref(data.errors);
  data.errors = errors_arg === null || errors_arg === Py_None ? PyUnicode_FromString('strict') : newref(errors_arg);
  data.chunk_size = DEFAULT_CHUNK_SIZE;
  data.line_buffering = c_bool(line_buffering, false);
  data.write_through = c_bool(write_through, false);
  set_newline(data, newline);
  set_codec(data, encoding, errors);
  data.raw = null;
  const type = buffer.ob_type;
  if (type === PyBufferedReader_Type || type === PyBufferedWriter_Type || type === PyBufferedRandom_Type) {
    const raw = buffered_data(buffer).raw;
    if (raw !== null && raw.ob_type === PyFileIO_Type) data.raw = raw;
  }
  data.seekable = able(buffer, 'seekable');
  data.telling = data.seekable;
  data.has_read1 = PyObject_HasAttr(buffer, _Py_ID('read1'));
  fix_encoder(data);
  data.ok = true;
}

/** CPython: Modules/_io/textio.c:_io_TextIOWrapper_reconfigure_impl */
function reconfigure(
  self: PyObject,
  encoding_arg: PyObject | null,
  errors_arg: PyObject | null,
  newline_arg: PyObject | null,
  line_buffering_arg: PyObject | null,
  write_through_arg: PyObject | null,
): PyObject {
  const data = open_data(self);
  const str_check = (arg: string, o: PyObject | null): void => {
    if (o !== null && o !== Py_None && !PyUnicode_Check(o)) {
      PyErr_SetString(PyExc_TypeError, `reconfigure() argument '${arg}' must be str or None, not ${type_name(o)}`);
    }
  };
  str_check('encoding', encoding_arg);
  str_check('errors', errors_arg);
  str_check('newline', newline_arg);
  const gives = (o: PyObject | null): o is PyObject => o !== null && o !== Py_None;
  // Once something is decoded, it is too late for another way to decode.
  if (data.decoded.length > 0 || data.used > 0 || data.snapshot !== null) {
    if (gives(encoding_arg) || gives(errors_arg) || newline_arg !== null) {
      unsupported('It is not possible to set the encoding or newline of stream after the first read');
    }
  }
  const newline = newline_arg === null ? undefined : newline_arg === Py_None ? null : utf8_text(newline_arg);
  if (newline !== undefined) check_newline(newline);
  // CPython: convert_optional_bool
  const line_buffering = gives(line_buffering_arg) ? c_long(line_buffering_arg) !== 0 : data.line_buffering;
  const write_through = gives(write_through_arg) ? c_long(write_through_arg) !== 0 : data.write_through;
  decref(PyObject_CallMethodNoArgs(self, 'flush'));
  data.b2cratio = 0;
  if (gives(encoding_arg) || gives(errors_arg) || newline !== undefined) {
    let errors = data.errors!;
    let encoding = data.encoding!;
    let made_errors: PyObject | null = null;
    if (gives(errors_arg)) errors = errors_arg;
    else if (gives(encoding_arg)) {
      made_errors = PyUnicode_FromString('strict');
      errors = made_errors;
    }
    let made_encoding: PyObject | null = null;
    if (gives(encoding_arg)) {
      encoding = encoding_arg;
      if (PyUnicode_AsString(encoding) === 'locale') {
        made_encoding = PyUnicode_FromString(locale_encoding());
        encoding = made_encoding;
      }
    }
    const saved = {
      universal: data.readuniversal,
      translate: data.readtranslate,
      ending: data.ending,
      writenl: data.writenl,
    };
    if (newline !== undefined) set_newline(data, newline);
    try {
      set_codec(data, utf8_text(encoding), utf8_text(errors));
      newref(encoding);
      decref(data.encoding!);
      data.encoding = encoding;
      newref(errors);
      decref(data.errors!);
      data.errors = errors;
    } catch (e) {
      data.readuniversal = saved.universal;
      data.readtranslate = saved.translate;
      data.ending = saved.ending;
      data.writenl = saved.writenl;
      throw e;
    } finally {
      xdecref(made_errors);
      xdecref(made_encoding);
    }
    fix_encoder(data);
  }
  data.line_buffering = line_buffering;
  data.write_through = write_through;
  return py_none();
}

// --- writing --------------------------------------------------------------------------------------------------------

/** Hands what is pending to the binary stream. CPython: _textiowrapper_writeflush */
function* write_flush(data: TextData): Steps<void> {
  if (data.pending_count === 0 && data.pending.length === 0 && data.pending_text === '') return;
  let bytes: Uint8Array;
  if (data.pending.length === 0) bytes = utf8_from_js(data.pending_text);
  else {
    if (data.pending_text !== '') data.pending.push(utf8_from_js(data.pending_text));
    const pieces = data.pending;
    if (pieces.length === 1) bytes = pieces[0]!;
    else {
      bytes = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
      let at = 0;
      for (const piece of pieces) {
        bytes.set(piece, at);
        at += piece.length;
      }
    }
    data.pending = [];
  }
  data.pending_text = '';
  data.pending_count = 0;
  const buffer = buffer_of(data);
  if (buffer.ob_type === PyBufferedWriter_Type || buffer.ob_type === PyBufferedRandom_Type) {
    const stream = open_stream(buffer, 'write to closed file');
    if (!buffer_takes(stream, bytes)) yield* locked(buffer, buffered_write(stream, bytes));
    return;
  }
  const object = PyBytes_FromUint8Array(bytes);
  try {
    for (;;) {
      try {
        decref(yield* call_method(buffer, 'write', [object]));
        return;
      } catch (e) {
        if (!trap_eintr(e)) throw e;
      }
    }
  } finally {
    decref(object);
  }
}

/** The data of a stream that can be written to now. */
function writable_data(self: PyObject): TextData {
  const data = open_data(self);
  if (data.encoder === null) unsupported('not writable');
  return data;
}

/** CPython: Modules/_io/textio.c:_io_TextIOWrapper_write_impl */
function write(self: PyObject, text: PyObject): PyObject {
  if (!PyUnicode_Check(text)) {
    attached(self);
    PyErr_SetString(PyExc_TypeError, `write() argument must be str, not ${type_name(text)}`);
  }
  const data = writable_data(self);
  const t = str_text(text);
  const has_lf = (data.writenl !== null || data.line_buffering) && contains_lf(t);
  if (!has_lf || data.writenl === null) return write_text(self, data, text, has_lf, t.length);
  const made = with_newlines(text, data.writenl);
  try {
    // A str subclass may have done anything to the stream.
    if (text.ob_type !== PyUnicode_Type) writable_data(self);
    return write_text(self, data, made, true, t.length);
  } finally {
    decref(made);
  }
}

/** A text with other line ends (new), as its replace() makes it. */
function with_newlines(text: PyObject, newline: string): PyObject {
  if (text.ob_type === PyUnicode_Type) return unicode_from_text(from_lf(str_text(text), newline));
  const old = PyUnicode_FromString('\n');
  const end = PyUnicode_FromString(newline);
  let made: PyObject;
  try {
    made = PyObject_CallMethod(text, 'replace', old, end);
  } finally {
    decref(end);
    decref(old);
  }
  if (!PyUnicode_Check(made)) {
    const got = made.ob_type.tp_name;
    decref(made);
    PyErr_SetString(PyExc_TypeError, `replace() should return a str, not ${got}`);
  }
  return made;
}

/** What write() does with a text whose line ends are in place; `length` is its result. */
function write_text(self: PyObject, data: TextData, text: PyObject, has_lf: boolean, length: number): PyObject {
  const t = str_text(text);
  const flush_line = data.line_buffering && (has_lf || contains_cr(t));
  if (!data.fast_encoder || typeof t !== 'string') {
    return run_steps(write, self, write_steps(data, '', data.encoder!.encode(text), length, flush_line));
  }
  if (flush_line || data.write_through || data.pending_count + t.length >= data.chunk_size) {
    return run_steps(write, self, write_steps(data, t, null, length, flush_line));
  }
  // The usual case: nothing is to be handed on.
  data.pending_text += t;
  data.pending_count += t.length;
  restart_reading(data);
  return PyLong_FromLong(length);
}

/** Adds text, or bytes, to what is pending, and hands it on where that is due. */
function* write_steps(
  data: TextData,
  t: string,
  bytes: Uint8Array | null,
  length: number,
  flush_line: boolean,
): Steps<PyObject> {
  const more = bytes === null ? t.length : bytes.length;
  // What would make it longer than a chunk goes out before; whatever the binary stream writes here meanwhile, too.
  while (data.pending_count !== 0 && data.pending_count + more > data.chunk_size) yield* write_flush(data);
  if (bytes === null) data.pending_text += t;
  else {
    if (data.pending_text !== '') {
      data.pending.push(utf8_from_js(data.pending_text));
      data.pending_text = '';
    }
    data.pending.push(bytes);
  }
  data.pending_count += more;
  if (data.pending_count >= data.chunk_size || flush_line || data.write_through) yield* write_flush(data);
  if (flush_line) decref(yield* call_method(buffer_of(data), 'flush', []));
  restart_reading(data);
  return PyLong_FromLong(length);
}

/** After writing, what was decoded ahead is of no use. */
function restart_reading(data: TextData): void {
  if (data.snapshot !== null) {
    set_decoded(data, '');
    data.snapshot = null;
  }
  if (data.decoder !== null) data.decoder.reset();
}

// --- reading --------------------------------------------------------------------------------------------------------

function set_decoded(data: TextData, text: Text): void {
  data.decoded = text;
  data.used = 0;
}

/** Up to n decoded characters (negative: all). */
function take_decoded(data: TextData, n: number): Text {
  const available = data.decoded.length - data.used;
  if (n < 0 || n > available) n = available;
  if (n === 0) return '';
  const out =
    data.used === 0 && n === data.decoded.length ? data.decoded : text_slice(data.decoded, data.used, data.used + n);
  data.used += n;
  return out;
}

/** Bytes that a method of the buffer gave; releases the object. */
function checked_bytes(result: PyObject, method: string): Uint8Array {
  try {
    if (PyBytes_Check(result)) return result.v as Uint8Array;
    if (!PyObject_CheckBuffer(result)) {
      PyErr_SetString(
        PyExc_TypeError,
        `underlying ${method}() should have returned a bytes-like object, not '${result.ob_type.tp_name}'`,
      );
    }
    const view = PyObject_GetBuffer(result, PyBUF_SIMPLE);
    const bytes = view.buf.slice(view.offset, view.offset + view.len);
    PyBuffer_Release(view);
    return bytes;
  } finally {
    decref(result);
  }
}

/** Reads and decodes a chunk; false at the end. CPython: textiowrapper_read_chunk */
function* read_chunk(data: TextData, size_hint: number): Steps<boolean> {
  const { decoder } = data;
  if (decoder === null) unsupported('not readable');
  const state = data.telling ? decoder.getstate() : null;
  if (size_hint > 0) size_hint = Math.trunc(data.b2cratio * Math.max(size_hint, 1));
  const chunk = Math.max(data.chunk_size, size_hint);
  const buffer = buffer_of(data);
  let bytes: Uint8Array;
  if (buffer.ob_type === PyBufferedReader_Type) bytes = yield* buffered_read1(buffer, chunk);
  else {
    const method = data.has_read1 ? 'read1' : 'read';
    const size = PyLong_FromLong(chunk);
    let result: PyObject;
    try {
      result = yield* call_method(buffer, method, [size]);
    } finally {
      decref(size);
    }
    bytes = checked_bytes(result, method);
  }
  let eof = bytes.length === 0;
  const text = decoder.decode(bytes, eof);
  set_decoded(data, text);
  if (text.length > 0) {
    data.b2cratio = bytes.length / text.length;
    eof = false;
  } else data.b2cratio = 0;
  if (state !== null) {
    let input = bytes;
    if (state.buffer.length > 0) {
      input = new Uint8Array(state.buffer.length + bytes.length);
      input.set(state.buffer);
      input.set(bytes, state.buffer.length);
    }
    data.snapshot = { flags: state.flags, input };
  }
  return !eof;
}

/** CPython: Modules/_io/textio.c:_io_TextIOWrapper_read_impl */
function read(self: PyObject, size: PyObject | null): PyObject {
  const n = optional_ssize(size, -1);
  const data = open_data(self);
  const { decoder } = data;
  if (decoder === null) unsupported('not readable');
  return run_steps(read, self, read_steps(data, decoder, n));
}

function* read_steps(data: TextData, decoder: StreamDecoder, n: number): Steps<PyObject> {
  yield* write_flush(data);
  if (n < 0) {
    const result = yield* call_method(buffer_of(data), 'read', []);
    if (result === Py_None) {
      decref(result);
      PyErr_SetString(PyExc_BlockingIOError, 'Read returned None.');
    }
    const bytes = checked_bytes(result, 'read');
    const rest = decoder.decode(bytes, true);
    const head = take_decoded(data, -1);
    set_decoded(data, '');
    data.snapshot = null;
    return unicode_from_text(head.length === 0 ? rest : text_concat(head, rest));
  }
  let text = take_decoded(data, n);
  let remaining = n - text.length;
  if (remaining > 0) {
    const chunks: Text[] = [text];
    while (remaining > 0) {
      let more: boolean;
      try {
        more = yield* read_chunk(data, remaining);
      } catch (e) {
        if (trap_eintr(e)) continue;
        throw e;
      }
      if (!more) break;
      const piece = take_decoded(data, remaining);
      chunks.push(piece);
      remaining -= piece.length;
    }
    text = text_join('', chunks);
  }
  return unicode_from_text(text);
}

/** The next line, if it is decoded already. */
function decoded_line(self: PyObject, data: TextData, limit: number): PyObject | null {
  check_closed(self, data);
  if (data.pending_count === 0 && limit < 0 && data.used < data.decoded.length) {
    const end = line_end(data.decoded, data.used, data.ending);
    if (end >= 0) {
      const line = text_slice(data.decoded, data.used, end);
      data.used = end;
      return unicode_from_text(line);
    }
  }
  return null;
}

/** The next line, at most `limit` characters (negative: no limit). CPython: _textiowrapper_readline */
function* read_line(data: TextData, limit: number): Steps<PyObject> {
  yield* write_flush(data);
  let line: Text = data.used < data.decoded.length ? text_slice(data.decoded, data.used, data.decoded.length) : '';
  // How much of `line` came before the present chunk, and where in the chunk it starts.
  let before = 0;
  let chunk_start = data.used;
  let searched = 0;
  for (;;) {
    let end = line.length > 0 ? line_end(line, searched, data.ending) : -1;
    if (end < 0 && limit >= 0 && line.length >= limit) end = limit;
    if (end >= 0) {
      if (limit >= 0 && end > limit) end = limit;
      data.used = Math.max(0, chunk_start + end - before);
      return unicode_from_text(end === line.length ? line : text_slice(line, 0, end));
    }
    // A '\r' at the end may be the first half of an ending.
    searched = Math.max(0, line.length - 1);
    let more = true;
    set_decoded(data, '');
    while (data.decoded.length === 0) {
      try {
        more = yield* read_chunk(data, 0);
      } catch (e) {
        if (trap_eintr(e)) continue;
        throw e;
      }
      if (!more) break;
    }
    if (!more) {
      set_decoded(data, '');
      data.snapshot = null;
      return unicode_from_text(line);
    }
    before = line.length;
    chunk_start = 0;
    line = before === 0 ? data.decoded : text_concat(line, data.decoded);
  }
}

function readline(self: PyObject, size: PyObject | null): PyObject {
  const data = attached(self);
  const limit = size === null ? -1 : c_ssize(size);
  return decoded_line(self, data, limit) ?? run_steps(readline, self, read_line(data, limit));
}

/** CPython: Modules/_io/textio.c:textiowrapper_iternext */
function iternext(self: PyObject): PyObject | null {
  const data = attached(self);
  data.telling = false;
  if (self.ob_type !== PyTextIOWrapper_Type) return line_of(data, PyObject_CallMethodNoArgs(self, 'readline'));
  return line_of(data, decoded_line(self, data, -1) ?? run_nested(read_line(data, -1)));
}

/** Steps that give the next line, or null: it is decoded already. */
function next_line(self: PyObject): Steps<PyObject> | null {
  const data = attached(self);
  if (self.ob_type !== PyTextIOWrapper_Type) return line_or_end(data, call_method(self, 'readline', []));
  if (data.used < data.decoded.length && line_end(data.decoded, data.used, data.ending) >= 0) return null;
  check_closed(self, data);
  return line_or_end(data, read_line(data, -1));
}

function* line_or_end(data: TextData, steps: Steps<PyObject>): Steps<PyObject> {
  data.telling = false;
  return line_of(data, yield* steps) ?? no_more();
}

/** A line (stolen) as an item: null at the end. */
function line_of(data: TextData, line: PyObject): PyObject | null {
  if (!PyUnicode_Check(line)) {
    const got = line.ob_type.tp_name;
    decref(line);
    PyErr_SetString(PyExc_OSError, `readline() should have returned a str object, not '${got}'`);
  }
  if (str_text(line).length > 0) return line;
  decref(line);
  data.snapshot = null;
  data.telling = data.seekable;
  return null;
}

// --- position -------------------------------------------------------------------------------------------------------

/** A position from which decoding can start again, and how to get from there to where the stream is. */
interface Cookie {
  start_pos: bigint;
  dec_flags: bigint;
  bytes_to_feed: bigint;
  chars_to_skip: bigint;
  need_eof: boolean;
}

const INT = 0xffffffffn;

function build_cookie(c: Cookie): PyObject {
  return PyLong_FromBigInt(
    c.start_pos |
      ((c.dec_flags & INT) << 64n) |
      ((c.bytes_to_feed & INT) << 96n) |
      ((c.chars_to_skip & INT) << 128n) |
      (c.need_eof ? 1n << 160n : 0n),
  );
}

function parse_cookie(o: PyObject): Cookie {
  const number = PyNumber_Long(o);
  const n = PyLong_AsBigInt(number);
  decref(number);
  return {
    start_pos: n & 0xffffffffffffffffn,
    dec_flags: (n >> 64n) & INT,
    bytes_to_feed: (n >> 96n) & INT,
    chars_to_skip: (n >> 128n) & INT,
    need_eof: ((n >> 160n) & 0xffn) !== 0n,
  };
}

/** The start of a stream needs reset(): some decoders expect a byte order mark there. */
function restore_decoder(decoder: StreamDecoder, c: Cookie): void {
  if (c.start_pos === 0n && c.dec_flags === 0n) decoder.reset();
  else decoder.setstate({ buffer: new Uint8Array(0), flags: c.dec_flags });
}

function call_seek(buffer: PyObject, pos: bigint, whence: number | null): PyObject {
  const at = PyLong_FromBigInt(pos);
  const how = whence === null ? null : PyLong_FromLong(whence);
  try {
    return how === null ? PyObject_CallMethodOneArg(buffer, 'seek', at) : PyObject_CallMethod(buffer, 'seek', at, how);
  } finally {
    decref(at);
    xdecref(how);
  }
}

/** Whether an object equals (or is less than) zero. */
function compare_zero(o: PyObject, op: number): boolean {
  const zero = PyLong_FromLong(0);
  try {
    return PyObject_RichCompareBool(o, zero, op);
  } finally {
    decref(zero);
  }
}

function seek_end(self: PyObject, data: TextData): PyObject {
  decref(PyObject_CallMethodNoArgs(self, 'flush'));
  set_decoded(data, '');
  data.snapshot = null;
  if (data.decoder !== null) data.decoder.reset();
  const result = call_seek(buffer_of(data), 0n, 2);
  if (data.encoder !== null) data.encoder.restart(compare_zero(result, Py_EQ));
  return result;
}

/** CPython: Modules/_io/textio.c:_io_TextIOWrapper_seek_impl */
function seek(self: PyObject, cookie_arg: PyObject, whence: PyObject | null): PyObject {
  const how = whence === null ? 0 : c_int(whence);
  const data = open_data(self);
  if (!data.seekable) unsupported('underlying stream is not seekable');
  let cookie_obj = newref(cookie_arg);
  try {
    if (how === 1) {
      if (!compare_zero(cookie_obj, Py_EQ)) unsupported("can't do nonzero cur-relative seeks");
      decref(cookie_obj);
      cookie_obj = newref(Py_None);
      const here = PyObject_CallMethodNoArgs(self, 'tell');
      decref(cookie_obj);
      cookie_obj = here;
    } else if (how === 2) {
      if (!compare_zero(cookie_obj, Py_EQ)) unsupported("can't do nonzero end-relative seeks");
      return seek_end(self, data);
    } else if (how !== 0) PyErr_SetString(PyExc_ValueError, `invalid whence (${how}, should be 0, 1 or 2)`);
    if (compare_zero(cookie_obj, Py_LT))
      PyErr_SetString(PyExc_ValueError, `negative seek position ${repr_string(cookie_obj)}`);
    decref(PyObject_CallMethodNoArgs(self, 'flush'));
    const cookie = parse_cookie(cookie_obj);
    decref(call_seek(buffer_of(data), cookie.start_pos, null));
    set_decoded(data, '');
    data.snapshot = null;
    if (data.decoder !== null) restore_decoder(data.decoder, cookie);
    if (cookie.chars_to_skip !== 0n) {
      const size = PyLong_FromBigInt(cookie.bytes_to_feed);
      let chunk: PyObject;
      try {
        chunk = PyObject_CallMethodOneArg(buffer_of(data), 'read', size);
      } finally {
        decref(size);
      }
      if (!PyBytes_Check(chunk)) {
        const got = chunk.ob_type.tp_name;
        decref(chunk);
        PyErr_SetString(PyExc_TypeError, `underlying read() should have returned a bytes object, not '${got}'`);
      }
      const input = chunk.v as Uint8Array;
      decref(chunk);
      data.snapshot = { flags: cookie.dec_flags, input };
      const text = data.decoder!.decode(input, cookie.need_eof);
      set_decoded(data, text);
      if (text.length < Number(cookie.chars_to_skip)) {
        PyErr_SetString(PyExc_OSError, "can't restore logical file position");
      }
      data.used = Number(cookie.chars_to_skip);
    } else data.snapshot = { flags: cookie.dec_flags, input: new Uint8Array(0) };
    if (data.encoder !== null) data.encoder.restart(cookie.start_pos === 0n && cookie.dec_flags === 0n);
    return newref(cookie_obj);
  } finally {
    decref(cookie_obj);
  }
}

/** Finds the last point before the position at which the decoder holds nothing back.
 *  CPython: Modules/_io/textio.c:_io_TextIOWrapper_tell_impl */
function locate(data: TextData, decoder: StreamDecoder, cookie: Cookie, input: Uint8Array): void {
  let chars_to_skip = data.used;
  let skip_bytes = Math.trunc(data.b2cratio * chars_to_skip);
  let skip_back = 1;
  // A guess from the ratio of the chunk, corrected backwards.
  while (skip_bytes > 0) {
    restore_decoder(decoder, cookie);
    const decoded = decoder.decode(input.slice(0, skip_bytes), false).length;
    if (decoded <= chars_to_skip) {
      const state = decoder.getstate();
      if (state.buffer.length === 0) {
        cookie.dec_flags = state.flags;
        chars_to_skip -= decoded;
        break;
      }
      skip_bytes -= state.buffer.length;
      skip_back = 1;
    } else {
      skip_bytes -= skip_back;
      skip_back *= 2;
    }
  }
  if (skip_bytes <= 0) {
    skip_bytes = 0;
    restore_decoder(decoder, cookie);
  }
  cookie.start_pos += BigInt(skip_bytes);
  cookie.chars_to_skip = BigInt(chars_to_skip);
  if (chars_to_skip === 0) return;
  // Byte by byte from there, noting each point where the decoder is empty.
  let decoded = 0;
  let fed = 0;
  let at = skip_bytes;
  for (; at < input.length; at++) {
    decoded += decoder.decode(input.slice(at, at + 1), false).length;
    fed++;
    const state = decoder.getstate();
    if (state.buffer.length === 0 && decoded <= chars_to_skip) {
      cookie.start_pos += BigInt(fed);
      chars_to_skip -= decoded;
      cookie.dec_flags = state.flags;
      fed = 0;
      decoded = 0;
    }
    if (decoded >= chars_to_skip) break;
  }
  if (at === input.length) {
    decoded += decoder.decode(new Uint8Array(0), true).length;
    cookie.need_eof = true;
    if (decoded < chars_to_skip) PyErr_SetString(PyExc_OSError, "can't reconstruct logical file position");
  }
  cookie.bytes_to_feed = BigInt(fed);
  cookie.chars_to_skip = BigInt(chars_to_skip);
}

function tell(self: PyObject): PyObject {
  const data = open_data(self);
  if (!data.seekable) unsupported('underlying stream is not seekable');
  if (!data.telling) PyErr_SetString(PyExc_OSError, 'telling position disabled by next() call');
  run_nested(write_flush(data));
  decref(PyObject_CallMethodNoArgs(self, 'flush'));
  const pos = PyObject_CallMethodNoArgs(buffer_of(data), 'tell');
  const { decoder, snapshot } = data;
  if (decoder === null || snapshot === null) return pos;
  const cookie: Cookie = {
    start_pos: PyLong_AsBigInt(pos) - BigInt(snapshot.input.length),
    dec_flags: snapshot.flags,
    bytes_to_feed: 0n,
    chars_to_skip: 0n,
    need_eof: false,
  };
  decref(pos);
  if (data.used === 0) return build_cookie(cookie);
  const saved = decoder.getstate();
  try {
    locate(data, decoder, cookie, snapshot.input);
  } finally {
    decoder.setstate(saved);
  }
  return build_cookie(cookie);
}

function truncate(self: PyObject, pos: PyObject | null): PyObject {
  const data = attached(self);
  decref(PyObject_CallMethodNoArgs(self, 'flush'));
  return PyObject_CallMethodOneArg(buffer_of(data), 'truncate', pos ?? Py_None);
}

// --- the rest -------------------------------------------------------------------------------------------------------

function detach(self: PyObject): PyObject {
  const data = attached(self);
  decref(PyObject_CallMethodNoArgs(self, 'flush'));
  const buffer = buffer_of(data);
  data.buffer = null;
  data.raw = null;
  data.detached = true;
  return buffer;
}

function flush(self: PyObject): PyObject {
  const data = open_data(self);
  data.telling = data.seekable;
  return run_steps(flush, self, flush_steps(data));
}

function* flush_steps(data: TextData): Steps<PyObject> {
  yield* write_flush(data);
  return yield* call_method(buffer_of(data), 'flush', []);
}

/** CPython: Modules/_io/textio.c:_io_TextIOWrapper_close_impl */
function close(self: PyObject): PyObject {
  return run_steps(close, self, close_steps(self, attached(self)));
}

function* close_steps(self: PyObject, data: TextData): Steps<PyObject> {
  if (attr_is_true(buffer_of(data), 'closed') || data.detached) return py_none();
  if (data.finalizing) {
    try {
      decref(PyObject_CallMethodOneArg(buffer_of(data), '_dealloc_warn', self));
    } catch (e) {
      if (!(e instanceof Raised)) throw e;
      PyErr_Clear(e);
    }
  }
  let failure: unknown = null;
  try {
    decref(yield* call_method(self, 'flush', []));
  } catch (e) {
    failure = e;
  }
  let result: PyObject;
  try {
    result = yield* call_method(buffer_of(data), 'close', []);
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

function forward(name: string): (self: PyObject) => PyObject {
  return self => PyObject_CallMethodNoArgs(attached(self).buffer!, name);
}

/** CPython: Modules/_io/textio.c:textiowrapper_repr */
function repr(self: PyObject): PyObject {
  const data = data_of(self);
  if (!data.ok) PyErr_SetString(PyExc_ValueError, 'I/O operation on uninitialized object');
  const type = self.ob_type.tp_name;
  if (Py_ReprEnter(self)) PyErr_SetString(PyExc_RuntimeError, `reentrant call inside ${type}.__repr__`);
  try {
    let text = `<${type}`;
    const name = stream_name(self);
    if (name !== null) {
      try {
        text += ` name=${repr_string(name)}`;
      } finally {
        decref(name);
      }
    }
    const mode = PyObject_GetOptionalAttrString(self, 'mode');
    if (mode !== null) {
      try {
        text += ` mode=${repr_string(mode)}`;
      } finally {
        decref(mode);
      }
    }
    return PyUnicode_FromString(`${text} encoding=${repr_string(data.encoding!)}>`);
  } finally {
    Py_ReprLeave(self);
  }
}

function dealloc(self: PyObject): void {
  const data = data_of(self);
  data.finalizing = true;
  if (!begin_dealloc(self)) return;
  data.ok = false;
  release_all(data);
}

function release_all(data: TextData): void {
  const { buffer, encoding, errors, decoder, encoder } = data;
  data.buffer = null;
  data.raw = null;
  data.decoder = null;
  data.encoder = null;
  data.encoding = null;
  data.errors = null;
  xdecref(buffer);
  xdecref(encoding);
  xdecref(errors);
  decoder?.release();
  encoder?.release();
}

function traverse(self: PyObject, visit: visitproc): void {
  traverse_dict(self, visit);
  const { buffer, encoding, errors, decoder, encoder } = data_of(self);
  if (buffer !== null) visit(buffer);
  if (encoding !== null) visit(encoding);
  if (errors !== null) visit(errors);
  decoder?.visit(visit);
  encoder?.visit(visit);
}

function clear(self: PyObject): void {
  const data = data_of(self);
  data.ok = false;
  release_all(data);
  clear_dict(self);
}

function chunk_size_set(self: PyObject, value: PyObject | null): void {
  const data = attached(self);
  if (value === null) {
    PyErr_SetString(
      PyExc_AttributeError,
      `attribute '_CHUNK_SIZE' of '${self.ob_type.tp_name}' objects cannot be deleted`,
    );
  }
  const n = PyNumber_AsSsize_t(value, PyExc_ValueError);
  if (n <= 0) PyErr_SetString(PyExc_ValueError, 'a strictly positive integer is required');
  data.chunk_size = n;
}

function finalizing_set(self: PyObject, value: PyObject | null): void {
  if (value === null) PyErr_SetString(PyExc_TypeError, "can't delete numeric/char attribute");
  if (value.ob_type !== PyBool_Type) PyErr_SetString(PyExc_TypeError, 'attribute value type must be bool');
  data_of(self).finalizing = value === Py_True;
}

function errors_get(self: PyObject): PyObject {
  const data = data_of(self);
  if (!data.ok) PyErr_SetString(PyExc_ValueError, 'I/O operation on uninitialized object');
  return newref(data.errors!);
}

function newlines_get(self: PyObject): PyObject {
  const data = attached(self);
  return data.decoder === null ? py_none() : data.decoder.newlines();
}

export const PyTextIOWrapper_Type = static_type({
  name: '_io.TextIOWrapper',
  heap: 'immutable',
  base: () => PyTextIOBase_Type,
  tp_basicsize: 200,
  tp_dictoffset: 184,
  tp_weaklistoffset: 176,
  has_dict: true,
  has_weakrefs: true,
  tp_flags: Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_GC,
  tp_doc: `TextIOWrapper${SIGNATURE}\n--\n\nA text stream over a binary one.`,
  tp_new: object_new,
  tp_alloc: textio_alloc,
  tp_init: textio_init,
  tp_dealloc: dealloc,
  tp_traverse: traverse,
  tp_clear: clear,
  tp_repr: repr,
  tp_iternext: iternext,
  methods: [
    { name: 'detach', flags: METH_NOARGS, meth: detach, sig: '($self, /)' },
    {
      name: 'reconfigure',
      flags: METH_CLINIC,
      meth: reconfigure,
      sig: '($self, /, *, encoding=None, errors=None, newline=None,\n            line_buffering=None, write_through=None)',
    },
    { name: 'write', flags: METH_O, meth: write, sig: '($self, text, /)' },
    { name: 'read', flags: METH_CLINIC, meth: read, sig: '($self, size=-1, /)' },
    { name: 'readline', flags: METH_CLINIC, meth: readline, sig: '($self, size=-1, /)' },
    { name: 'flush', flags: METH_NOARGS, meth: flush, sig: '($self, /)' },
    { name: 'close', flags: METH_NOARGS, meth: close, sig: '($self, /)' },
    { name: 'fileno', flags: METH_NOARGS, meth: forward('fileno'), sig: '($self, /)' },
    { name: 'seekable', flags: METH_NOARGS, meth: forward('seekable'), sig: '($self, /)' },
    { name: 'readable', flags: METH_NOARGS, meth: forward('readable'), sig: '($self, /)' },
    { name: 'writable', flags: METH_NOARGS, meth: forward('writable'), sig: '($self, /)' },
    { name: 'isatty', flags: METH_NOARGS, meth: forward('isatty'), sig: '($self, /)' },
    { name: 'seek', flags: METH_CLINIC, meth: seek, sig: '($self, cookie, whence=os.SEEK_SET, /)' },
    { name: 'tell', flags: METH_NOARGS, meth: tell, sig: '($self, /)' },
    { name: 'truncate', flags: METH_CLINIC, meth: truncate, sig: '($self, pos=None, /)' },
    { name: '__getstate__', flags: METH_NOARGS, meth: no_pickle, sig: '($self, /)' },
  ],
  members: [
    { name: 'encoding', get: self => newref(data_of(self).encoding ?? Py_None) },
    { name: 'line_buffering', get: self => PyBool_FromLong(data_of(self).line_buffering) },
    { name: 'write_through', get: self => PyBool_FromLong(data_of(self).write_through) },
    { name: '_finalizing', get: self => PyBool_FromLong(data_of(self).finalizing), set: finalizing_set },
  ],
  getset: [
    { name: 'name', get: self => PyObject_GetAttrString(attached(self).buffer!, 'name') },
    { name: 'closed', get: text_closed },
    { name: 'newlines', get: newlines_get },
    { name: 'errors', get: errors_get },
    { name: '_CHUNK_SIZE', get: self => PyLong_FromLong(attached(self).chunk_size), set: chunk_size_set },
    { name: 'buffer', get: self => newref(attached(self).buffer!) },
  ],
});

/** Loops over text streams wait by steps. Called at start-up. */
export function init_text_lines(): void {
  iterate_by_steps(iternext, next_line);
}
