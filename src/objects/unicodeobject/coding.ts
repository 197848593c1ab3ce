// coding.ts: str to bytes and back by the name of an encoding.                 CPython: Objects/unicodeobject.c
//
// The usual encodings are recognised by name and converted here at once; all others go through the codec registry.

import { PyErr_SetString } from '../../core/errors.ts';
import { decref, newref, type PyObject } from '../../core/object.ts';
import { PyBUF_SIMPLE } from '../../core/spec.ts';
import { current } from '../../core/tstate.ts';
import { PyBuffer_Release, PyObject_CheckBuffer, PyObject_GetBuffer } from '../abstract.ts';
import { bytearray_bytes, PyByteArray_Check } from '../bytearrayobject.ts';
import { PyBytes_AsUint8Array, PyBytes_FromUint8Array } from '../bytesobject.ts';
import { PyBytes_Check } from '../checks.ts';
import { _PyCodec_DecodeText, _PyCodec_EncodeText, PyCodec_Lookup, PyCodec_LookupError } from '../codecs.ts';
import { PyExc_RuntimeWarning, PyExc_TypeError } from '../exceptions.ts';
import { PyErr_WarnFormat } from '../warnings.ts';
import { decode_ascii, decode_latin1, encode_ucs1 } from './codecs/latin1.ts';
import { decode_utf8, encode_utf8 } from './codecs/utf8.ts';
import { decode_utf16, encode_utf16 } from './codecs/utf16.ts';
import { decode_utf32, encode_utf32 } from './codecs/utf32.ts';
import { type Text, text_to_js } from './data.ts';
import { empty_str, is_str, unicode_from_text } from './object.ts';

const UTF8 = 1;
const UTF16 = 2;
const UTF32 = 3;
const ASCII = 4;
const LATIN1 = 5;

/** Lower case, with every run of other characters turned into one underscore; null when it is not ASCII.
 *  CPython: _Py_normalize_encoding */
export function normalize_encoding(encoding: string): string {
  let out = '';
  let punct = false;
  for (let i = 0; i < encoding.length; i++) {
    const c = encoding.charCodeAt(i);
    const alnum = (c >= 48 && c <= 57) || (c >= 65 && c <= 90) || (c >= 97 && c <= 122);
    if (alnum || c === 46) {
      if (punct && out !== '') out += '_';
      punct = false;
      out += encoding[i]!.toLowerCase();
    } else punct = true;
  }
  return out;
}

/** Which of the built-in encodings a name means, or 0. */
function shortcut(encoding: string): number {
  switch (encoding.length > 11 ? '' : normalize_encoding(encoding)) {
    case 'utf_8':
    case 'utf8':
      return UTF8;
    case 'utf_16':
    case 'utf16':
      return UTF16;
    case 'utf_32':
    case 'utf32':
      return UTF32;
    case 'ascii':
    case 'us_ascii':
      return ASCII;
    case 'latin1':
    case 'latin_1':
    case 'iso_8859_1':
    case 'iso8859_1':
      return LATIN1;
    default:
      return 0;
  }
}

/**
 * In development mode, names of encodings and error handlers have to be known even where nothing needs them.
 * CPython: unicode_check_encoding_errors
 */
function check_names(encoding: string | null, errors: string | null): void {
  const { interp } = current.tstate;
  if (!interp.config.dev_mode || interp.finalizing) return;
  if (encoding !== null && shortcut(encoding) === 0) decref(PyCodec_Lookup(encoding));
  if (errors !== null) decref(PyCodec_LookupError(errors));
}

/** Encodes a str; null stands for UTF-8 and 'strict'. Returns bytes. CPython: PyUnicode_AsEncodedString */
export function PyUnicode_AsEncodedString(o: PyObject, encoding: string | null, errors: string | null): PyObject {
  if (!is_str(o)) PyErr_SetString(PyExc_TypeError, 'bad argument type for built-in operation');
  check_names(encoding, errors);
  switch (encoding === null ? UTF8 : shortcut(encoding)) {
    case UTF8:
      return PyBytes_FromUint8Array(encode_utf8(o, errors));
    case UTF16:
      return PyBytes_FromUint8Array(encode_utf16(o, errors, 0));
    case UTF32:
      return PyBytes_FromUint8Array(encode_utf32(o, errors, 0));
    case ASCII:
      return PyBytes_FromUint8Array(encode_ucs1(o, 128, errors));
    case LATIN1:
      return PyBytes_FromUint8Array(encode_ucs1(o, 256, errors));
  }
  const v = _PyCodec_EncodeText(o, encoding!, errors);
  if (PyBytes_Check(v)) return v;
  try {
    if (PyByteArray_Check(v)) {
      PyErr_WarnFormat(
        PyExc_RuntimeWarning,
        1,
        `encoder ${encoding} returned bytearray instead of bytes; use codecs.encode() to encode to arbitrary types`,
      );
      return PyBytes_FromUint8Array(bytearray_bytes(v).slice());
    }
    return PyErr_SetString(
      PyExc_TypeError,
      `'${encoding}' encoder returned '${v.ob_type.tp_name}' instead of 'bytes'; use codecs.encode() to encode to arbitrary types`,
    );
  } finally {
    decref(v);
  }
}

/** Decodes bytes; null stands for UTF-8 and 'strict'. CPython: PyUnicode_Decode */
export function PyUnicode_Decode(b: Uint8Array, encoding: string | null, errors: string | null): PyObject {
  check_names(encoding, errors);
  switch (encoding === null ? UTF8 : shortcut(encoding)) {
    case UTF8:
      return unicode_from_text(decode_utf8(b, errors));
    case UTF16:
      return unicode_from_text(decode_utf16(b, errors, 0, true).text);
    case UTF32:
      return unicode_from_text(decode_utf32(b, errors, 0, true).text);
    case ASCII:
      return unicode_from_text(decode_ascii(b, errors));
    case LATIN1:
      return unicode_from_text(decode_latin1(b));
  }
  const bytes = PyBytes_FromUint8Array(b.slice());
  let v: PyObject;
  try {
    v = _PyCodec_DecodeText(bytes, encoding!, errors);
  } finally {
    decref(bytes);
  }
  if (!is_str(v)) {
    const name = v.ob_type.tp_name;
    decref(v);
    PyErr_SetString(
      PyExc_TypeError,
      `'${encoding}' decoder returned '${name}' instead of 'str'; use codecs.decode() to decode to arbitrary types`,
    );
  }
  return v;
}

/** No bytes are the empty text in any encoding, known or not. */
function decode_or_empty(b: Uint8Array, encoding: string | null, errors: string | null): PyObject {
  if (b.length > 0) return PyUnicode_Decode(b, encoding, errors);
  check_names(encoding, errors);
  return newref(empty_str());
}

/** str(o, encoding, errors). CPython: PyUnicode_FromEncodedObject */
export function PyUnicode_FromEncodedObject(o: PyObject, encoding: string | null, errors: string | null): PyObject {
  if (PyBytes_Check(o)) {
    return decode_or_empty(PyBytes_AsUint8Array(o), encoding, errors);
  }
  if (is_str(o)) PyErr_SetString(PyExc_TypeError, 'decoding str is not supported');
  if (!PyObject_CheckBuffer(o)) {
    PyErr_SetString(PyExc_TypeError, `decoding to str: need a bytes-like object, ${o.ob_type.tp_name} found`);
  }
  const view = PyObject_GetBuffer(o, PyBUF_SIMPLE);
  try {
    return decode_or_empty(view.buf.subarray(view.offset, view.offset + view.len), encoding, errors);
  } finally {
    PyBuffer_Release(view);
  }
}

/** The text as a JS string; a lone surrogate raises UnicodeEncodeError, as UTF-8 has none. CPython: PyUnicode_AsUTF8 */
export function PyUnicode_AsUTF8(o: PyObject): string {
  if (typeof o.v !== 'string') encode_utf8(o, null);
  return text_to_js(o.v as Text);
}

/** The UTF-8 bytes of a str. CPython: PyUnicode_AsUTF8String */
export function PyUnicode_AsUTF8String(o: PyObject): PyObject {
  return PyBytes_FromUint8Array(encode_utf8(o, null));
}

/** CPython: PyUnicode_DecodeUTF8 */
export function PyUnicode_DecodeUTF8(b: Uint8Array, errors: string | null = null): PyObject {
  return unicode_from_text(decode_utf8(b, errors));
}

/** How file names and the like are encoded. CPython: interp->unicode.fs_codec */
export const fs_codec = { encoding: 'utf-8', errors: 'surrogateescape' };

/** bytes of a file name. CPython: PyUnicode_EncodeFSDefault */
export function PyUnicode_EncodeFSDefault(o: PyObject): PyObject {
  return PyUnicode_AsEncodedString(o, fs_codec.encoding, fs_codec.errors);
}

export function PyUnicode_DecodeFSDefault(b: Uint8Array): PyObject {
  return PyUnicode_Decode(b, fs_codec.encoding, fs_codec.errors);
}

/** UTF-8 with undecodable bytes kept as surrogates: how the host's names become text. */
export function decode_fs(b: Uint8Array): Text {
  return decode_utf8(b, 'surrogateescape');
}
