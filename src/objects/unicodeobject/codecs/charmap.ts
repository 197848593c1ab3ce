// charmap.ts: encodings of one byte a character by a table.                  CPython: Objects/unicodeobject.c:PyUnicode_DecodeCharmap
//
// A decoding table is a str, or a mapping from bytes to characters; an encoding table is an EncodingMap made from such a
// str, or a mapping from characters to bytes.

import { PyErr_Clear, PyErr_ExceptionMatches, PyErr_SetString } from '../../../core/errors.ts';
import { decref, Py_TPFLAGS_DISALLOW_INSTANTIATION, PyObject } from '../../../core/object.ts';
import { METH_NOARGS, static_type } from '../../../core/spec.ts';
import { PyObject_GetItem } from '../../abstract.ts';
import { PyBytes_Check, PyLong_Check } from '../../checks.ts';
import { PyDict_New, PyDict_SetItem } from '../../dictobject.ts';
import { PyExc_LookupError, PyExc_TypeError } from '../../exceptions.ts';
import { PyLong_FromLong } from '../../longobject.ts';
import { Py_None } from '../../object.ts';
import { type Text, TextWriter, text_at, text_of_char } from '../data.ts';
import { is_str } from '../object.ts';
import { BytesWriter } from './bytes_writer.ts';
import { DecodeErrors, EncodeErrors } from './errors.ts';

const UNDEFINED = 'character maps to <undefined>';

/** mapping[key] as an owned object, or null when it has none. */
function lookup(mapping: PyObject, key: number): PyObject | null {
  const k = PyLong_FromLong(key);
  try {
    return PyObject_GetItem(mapping, k);
  } catch (e) {
    if (!PyErr_ExceptionMatches(e, PyExc_LookupError)) throw e;
    PyErr_Clear(e);
    return null;
  } finally {
    decref(k);
  }
}

/** What a byte decodes to; null: undefined. */
function decode_byte(mapping: PyObject, c: number): Text | null {
  if (is_str(mapping)) {
    if (c >= mapping.v.length) return null;
    const x = text_at(mapping.v, c);
    return x === 0xfffe ? null : text_of_char(x);
  }
  const item = lookup(mapping, c);
  if (item === null) return null;
  try {
    if (item === Py_None) return null;
    if (PyLong_Check(item)) {
      const v = item.v as number | bigint;
      if (typeof v !== 'number' || v < 0 || v > 0x10ffff)
        PyErr_SetString(PyExc_TypeError, 'character mapping must be in range(0x110000)');
      return v === 0xfffe ? null : text_of_char(v);
    }
    if (is_str(item)) {
      // U+FFFE alone stands for "undefined".
      return item.v.length === 1 && text_at(item.v, 0) === 0xfffe ? null : item.v;
    }
    return PyErr_SetString(PyExc_TypeError, 'character mapping must return integer, None or str');
  } finally {
    decref(item);
  }
}

export function decode_charmap(input: Uint8Array, errors: string | null, mapping: PyObject): Text {
  let b = input;
  const w = new TextWriter();
  let handler: DecodeErrors | null = null;
  try {
    for (let i = 0; i < b.length; ) {
      const t = decode_byte(mapping, b[i]!);
      if (t !== null) {
        w.text(t);
        i++;
        continue;
      }
      handler ??= new DecodeErrors('charmap', errors, b);
      w.text(handler.handle(i, i + 1, UNDEFINED));
      b = handler.input;
      i = handler.pos;
    }
  } finally {
    handler?.dispose();
  }
  return w.finish();
}

/** What a character encodes to: bytes, or null: undefined. */
function encode_char(mapping: PyObject, c: number): Uint8Array | number {
  if (mapping.ob_type === EncodingMap_Type) return (mapping.v as Map<number, number>).get(c) ?? -1;
  const item = lookup(mapping, c);
  if (item === null) return -1;
  try {
    if (item === Py_None) return -1;
    if (PyLong_Check(item)) {
      const v = item.v as number | bigint;
      if (typeof v !== 'number' || v < 0 || v > 255)
        PyErr_SetString(PyExc_TypeError, 'character mapping must be in range(256)');
      return v;
    }
    if (PyBytes_Check(item)) return item.v as Uint8Array;
    return PyErr_SetString(
      PyExc_TypeError,
      `character mapping must return integer, bytes or None, not ${item.ob_type.tp_name}`,
    );
  } finally {
    decref(item);
  }
}

function put(w: BytesWriter, r: Uint8Array | number): void {
  if (typeof r === 'number') w.byte(r);
  else w.bytes(r);
}

/** CPython: _PyUnicode_EncodeCharmap */
export function encode_charmap(o: PyObject, errors: string | null, mapping: PyObject): Uint8Array {
  const t = o.v as Text;
  const w = new BytesWriter(t.length);
  let handler: EncodeErrors | null = null;
  try {
    for (let i = 0; i < t.length; ) {
      const r = encode_char(mapping, text_at(t, i));
      if (r !== -1) {
        put(w, r);
        i++;
        continue;
      }
      // All that cannot be encoded in a row.
      let end = i + 1;
      while (end < t.length && encode_char(mapping, text_at(t, end)) === -1) end++;
      handler ??= new EncodeErrors('charmap', errors, o);
      const rep = handler.handle(i, end, UNDEFINED);
      if (rep.bytes) w.bytes(rep.value as Uint8Array);
      else {
        for (let k = 0; k < rep.value.length; k++) {
          const x = encode_char(mapping, text_at(rep.value as Text, k));
          if (x === -1) handler.raise(i, end, UNDEFINED);
          put(w, x);
        }
      }
      i = rep.pos;
    }
  } finally {
    handler?.dispose();
  }
  return w.finish();
}

// --- EncodingMap --------------------------------------------------------------------------------------------------------

function encoding_map_size(self: PyObject): PyObject {
  return PyLong_FromLong(32 + 16 * Math.ceil((self.v as Map<number, number>).size / 16));
}

/** The inverse of a decoding table, looked up by character. */
export const EncodingMap_Type = static_type({
  name: 'EncodingMap',
  tp_basicsize: 64,
  tp_flags: Py_TPFLAGS_DISALLOW_INSTANTIATION,
  methods: [{ name: 'size', flags: METH_NOARGS, meth: encoding_map_size, doc: 'Size of the table.' }],
});

/** An encoding table for a decoding table. CPython: PyUnicode_BuildEncodingMap */
export function build_encoding_map(o: PyObject): PyObject {
  const t = o.v as Text;
  const length = Math.min(t.length, 256);
  // A dict if the table is too irregular for CPython's trie.
  let need_dict = t.length !== 256 || text_at(t, 0) !== 0;
  for (let i = 1; i < length && !need_dict; i++) {
    const c = text_at(t, i);
    if (c === 0 || c > 0xffff) need_dict = true;
  }
  if (!need_dict) {
    const map = new Map<number, number>();
    for (let i = 0; i < length; i++) {
      const c = text_at(t, i);
      if (c !== 0xfffe) map.set(c, i);
    }
    return new PyObject(EncodingMap_Type, map, null);
  }
  const result = PyDict_New();
  for (let i = 0; i < length; i++) {
    const key = PyLong_FromLong(text_at(t, i));
    const value = PyLong_FromLong(i);
    try {
      PyDict_SetItem(result, key, value);
    } finally {
      decref(key);
      decref(value);
    }
  }
  return result;
}
