// front_end.ts: where Python objects meet the parser and the compiler, which know none.   CPython: Python/pythonrun.c, Parser/pegen_errors.c
//
// Sources and file names go in, errors and warnings come out as Python exceptions.
// Enter through: source_of_object, filename_of_object, parser_options, raise_front_end.

import { errorHooks, PyErr_Clear, PyErr_ExceptionMatches, PyErr_SetString, Raised } from '../core/errors.ts';
import { decref, newref, type PyObject, type PyTypeObject } from '../core/object.ts';
import { PyBUF_SIMPLE } from '../core/spec.ts';
import { current } from '../core/tstate.ts';
import { PyBuffer_Release, PyObject_CheckBuffer, PyObject_GetBuffer } from '../objects/abstract.ts';
import { PyBytes_FromUint8Array } from '../objects/bytesobject.ts';
import { PyObject_CallMethod } from '../objects/call.ts';
import { PyBytes_Check, PyUnicode_Check } from '../objects/checks.ts';
import {
  new_syntax_error,
  new_unicode_decode_error,
  PyExc_DeprecationWarning,
  PyExc_IncompleteInputError,
  PyExc_IndentationError,
  PyExc_MemoryError,
  PyExc_OverflowError,
  PyExc_RecursionError,
  PyExc_SyntaxError,
  PyExc_SyntaxWarning,
  PyExc_SystemError,
  PyExc_TabError,
  PyExc_TypeError,
  PyExc_ValueError,
} from '../objects/exceptions.ts';
import { PyImport_ImportModule } from '../objects/import_util.ts';
import { PyLong_FromLong } from '../objects/longobject.ts';
import { Py_None, PyObject_SetAttrString, str_string } from '../objects/object.ts';
import { program_text, sourceHooks } from '../objects/source_text.ts';
import { PyTuple_FromArraySteal } from '../objects/tupleobject.ts';
import { lookup_name } from '../objects/unicode_data/names.ts';
import {
  PyUnicode_AsString,
  PyUnicode_AsUTF8String,
  PyUnicode_Decode,
  PyUnicode_DecodeFSDefault,
  PyUnicode_FromString,
} from '../objects/unicodeobject.ts';
import { PyErr_WarnExplicitObject } from '../objects/warnings.ts';
import {
  type ParseMetadata,
  type PyErrorType,
  PySyntaxError,
  type WarnCallback,
  type WarningCategory,
} from '../parser/errors.ts';
import { identifierHooks } from '../parser/identifiers.ts';
import type { ParseOptions } from '../parser/parser.ts';
import { declaredEncoding, encodingError } from '../parser/source.ts';
import { PyOS_FSPath } from './posix/path.ts';

function exception_type(type: PyErrorType): PyTypeObject {
  switch (type) {
    case 'SyntaxError':
      return PyExc_SyntaxError;
    case 'IndentationError':
      return PyExc_IndentationError;
    case 'TabError':
      return PyExc_TabError;
    case '_IncompleteInputError':
      return PyExc_IncompleteInputError;
    case 'ValueError':
    case 'UnicodeDecodeError':
      return PyExc_ValueError;
    case 'OverflowError':
      return PyExc_OverflowError;
    case 'MemoryError':
      return PyExc_MemoryError;
    case 'RecursionError':
      return PyExc_RecursionError;
    default:
      return PyExc_SystemError;
  }
}

/** A SyntaxError that was made with a message only and told its place afterwards. */
function raise_located(type: PyTypeObject, e: PySyntaxError, filename: PyObject | null, text: string | null): never {
  const exc = errorHooks.create!(type, e.msg);
  const set = (name: string, value: PyObject): void => {
    PyObject_SetAttrString(exc, name, value);
    decref(value);
  };
  set('filename', filename === null ? newref(Py_None) : newref(filename));
  set('lineno', PyLong_FromLong(e.lineno!));
  if (e.offset !== null) set('offset', PyLong_FromLong(e.offset));
  if (e.end_lineno !== null) set('end_lineno', PyLong_FromLong(e.end_lineno));
  if (e.end_offset !== null) set('end_offset', PyLong_FromLong(e.end_offset));
  if (text !== null) set('text', PyUnicode_FromString(text));
  throw new Raised(exc);
}

/** Tells a SyntaxError what the parser was at. CPython: Parser/pegen.c:_PyPegen_set_syntax_error_metadata */
function set_metadata(exc: PyObject, { lineno, col_offset, source, encoding }: ParseMetadata): void {
  const metadata = PyTuple_FromArraySteal([
    PyLong_FromLong(lineno),
    PyLong_FromLong(col_offset),
    metadata_source(source, encoding),
  ]);
  PyObject_SetAttrString(exc, '_metadata', metadata);
  decref(metadata);
}

/** The source in UTF-8, read in the encoding that its cookie names, as CPython has it. */
function metadata_source(source: string | null, encoding: string | null): PyObject {
  if (source === null) return newref(Py_None);
  if (encoding === null || encoding === 'utf-8') return PyUnicode_FromString(source);
  try {
    return PyUnicode_Decode(new TextEncoder().encode(source), encoding, null);
  } catch (e) {
    if (!(e instanceof Raised)) throw e;
    PyErr_Clear(e);
    return newref(Py_None);
  }
}

/**
 * Raises the Python exception for what parser or compiler threw (anything else passes through).
 * `from_compiler`: the source line is still to be read from the file.
 */
export function raise_front_end(e: unknown, from_compiler = false): never {
  if (!(e instanceof PySyntaxError)) throw e;
  if (e.metadata !== null) {
    const { metadata } = e;
    e.metadata = null;
    try {
      raise_front_end(e);
    } catch (raised) {
      if (raised instanceof Raised) set_metadata(raised.exc, metadata);
      throw raised;
    }
  }
  if (e.unicode !== null) {
    const { encoding, object, start, end, reason } = e.unicode;
    const bytes = PyBytes_FromUint8Array(object.slice());
    const exc = new_unicode_decode_error(encoding, bytes, start, end, reason);
    decref(bytes);
    throw new Raised(exc);
  }
  const type = exception_type(e.type);
  if (e.lineno === null) PyErr_SetString(type, e.msg);
  const filename = e.filename === null ? null : PyUnicode_FromString(e.filename);
  try {
    let text = e.text;
    if (text === null && from_compiler && e.filename !== null) text = program_text(e.filename, e.lineno);
    const told_later = e.toldLater || (text === null && !from_compiler && e.offset !== -1 && e.end_offset === null);
    if (told_later) raise_located(type, e, filename, text);
    // Decoding errors come without an end.
    const end_lineno = e.offset === -1 && e.text === null ? undefined : e.end_lineno;
    const { lineno, offset, end_offset } = e;
    throw new Raised(new_syntax_error(type, e.msg, { filename, lineno, offset, text, end_lineno, end_offset }));
  } finally {
    if (filename !== null) decref(filename);
  }
}

/** Sends a warning of the front end through the filters; true if one makes it an error. */
export function front_end_warn(
  category: WarningCategory,
  message: string,
  filename: string | null,
  lineno: number,
): boolean {
  const type = category === 'SyntaxWarning' ? PyExc_SyntaxWarning : PyExc_DeprecationWarning;
  const text = PyUnicode_FromString(message);
  const file = PyUnicode_FromString(filename ?? '<unknown>');
  try {
    PyErr_WarnExplicitObject(type, text, file, lineno, null, null);
    return false;
  } catch (e) {
    if (!PyErr_ExceptionMatches(e, type)) throw e;
    PyErr_Clear(e);
    return true;
  } finally {
    decref(file);
    decref(text);
  }
}

/** front_end_warn as the parser and the compiler take it. */
export const warn_callback: WarnCallback = (category, message, filename, lineno) =>
  front_end_warn(category, message, filename, lineno);

function unicode_name(name: string): number {
  const points = lookup_name(name, false);
  return points === null || points.length !== 1 ? -1 : points[0]!;
}

/** Decodes a source in an encoding that its cookie names, by Python's codecs. */
function decode_source(bytes: Uint8Array, encoding: string, filename: string | null): string {
  let text: PyObject;
  try {
    text = PyUnicode_Decode(bytes, encoding, null);
  } catch (e) {
    if (!(e instanceof Raised)) throw e;
    const message = str_string(e.exc);
    PyErr_Clear(e);
    throw encodingError(message, filename);
  }
  const js = PyUnicode_AsString(text);
  decref(text);
  return js;
}

/** Lets those who quote source files know their encodings, and the parser what `unicodedata` says. */
export function init_source_texts(): void {
  sourceHooks.encoding = declaredEncoding;
  identifierHooks.normalize = normalized;
}

/** A name in NFKC, by unicodedata.normalize(). CPython: Parser/pegen.c:_PyPegen_new_identifier */
function normalized(name: string): string {
  const unicodedata = PyImport_ImportModule('unicodedata');
  const form = PyUnicode_FromString('NFKC');
  const text = PyUnicode_FromString(name);
  try {
    const id = PyObject_CallMethod(unicodedata, 'normalize', form, text);
    try {
      if (PyUnicode_Check(id)) return PyUnicode_AsString(id);
      const what = id.ob_type.tp_name;
      return PyErr_SetString(PyExc_TypeError, `unicodedata.normalize() must return a string, not ${what}`);
    } finally {
      decref(id);
    }
  } finally {
    for (const o of [unicodedata, form, text]) decref(o);
  }
}

/** What the parser needs of a running interpreter. */
export function parser_options(flags: number, feature_version: number, filename: string | null): ParseOptions {
  return {
    flags,
    feature_version: feature_version < 0 ? undefined : feature_version,
    warn: warn_callback,
    unicodeName: unicode_name,
    intMaxStrDigits: current.tstate.interp.int_max_str_digits,
    programText: program_text,
    decode: (bytes, encoding) => decode_source(bytes, encoding, filename),
  };
}

/** The source text of an argument: a str, or the bytes of a buffer. `what` ends the message for anything else.
 *  CPython: Python/pythonrun.c:_Py_SourceAsString */
export function source_of_object(o: PyObject, fname: string, what: string): string | Uint8Array {
  if (PyUnicode_Check(o)) {
    // Surrogates cannot be encoded: raises UnicodeEncodeError.
    if (typeof o.v !== 'string') decref(PyUnicode_AsUTF8String(o));
    return PyUnicode_AsString(o);
  }
  if (PyBytes_Check(o)) return o.v as Uint8Array;
  if (!PyObject_CheckBuffer(o)) PyErr_SetString(PyExc_TypeError, `${fname}() arg 1 must be a ${what} object`);
  const view = PyObject_GetBuffer(o, PyBUF_SIMPLE);
  const bytes = view.buf.slice(view.offset, view.offset + view.len);
  PyBuffer_Release(view);
  return bytes;
}

/** A path argument as a str (new reference). CPython: PyUnicode_FSDecoder */
export function filename_of_object(o: PyObject): PyObject {
  const path = PyOS_FSPath(o);
  if (PyUnicode_Check(path)) return path;
  const text = PyUnicode_DecodeFSDefault(path.v as Uint8Array);
  decref(path);
  return text;
}
