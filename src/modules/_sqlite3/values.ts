// values.ts: values of SQLite as Python's and the other way round.        CPython: Modules/_sqlite/cursor.c, connection.c, util.c

import { PyErr_SetString } from '../../core/errors.ts';
import type { PyObject } from '../../core/object.ts';
import { PyObject_CheckBuffer } from '../../objects/abstract.ts';
import { PyBytes_FromUint8Array } from '../../objects/bytesobject.ts';
import { PyLong_Check, PyUnicode_Check } from '../../objects/checks.ts';
import { PyExc_OverflowError, PyExc_TypeError, PyExc_ValueError } from '../../objects/exceptions.ts';
import { PyFloat_AsDouble, PyFloat_Check, PyFloat_FromDouble } from '../../objects/floatobject.ts';
import { type LongValue, PyLong_FromBigInt, PyLong_FromLong } from '../../objects/longobject.ts';
import { decode_utf8, encode_utf8, unicode_from_text } from '../../objects/unicodeobject.ts';
import { none, read_buffer, release, type_name } from '../args.ts';
import { SQLITE_BLOB, SQLITE_FLOAT, SQLITE_INTEGER, SQLITE_TEXT } from './capi.ts';
import { type Engine, SQLITE_TRANSIENT } from './engine.ts';

const INT64_MAX = 0x7fffffffffffffffn;

/** CPython: Modules/_sqlite/util.c:_pysqlite_long_as_int64 */
export function long_as_int64(o: PyObject): LongValue {
  const value = o.v as LongValue;
  if (typeof value === 'bigint' && (value > INT64_MAX || value < -INT64_MAX - 1n)) {
    PyErr_SetString(PyExc_OverflowError, 'Python int too large to convert to SQLite INTEGER');
  }
  return value;
}

/** Where the UTF-8 of a str lies for a moment, and its length. */
export const placed = { at: 0, length: 0 };

/** Copies a str's UTF-8 into SQLite's memory, for a call that copies it: sets `placed`. */
export function place_text(e: Engine, o: PyObject): void {
  const text = o.v;
  if (typeof text === 'string' && text.length < 64) {
    const n = text.length;
    const at = e.room(64);
    const { bytes } = e;
    let i = 0;
    for (; i < n; i++) {
      const c = text.charCodeAt(i);
      if (c > 127) break;
      bytes[at + i] = c;
    }
    if (i === n) {
      placed.at = at;
      placed.length = n;
      return;
    }
  }
  place_bytes(e, encode_utf8(o));
}

function place_bytes(e: Engine, data: Uint8Array): void {
  placed.at = e.room(data.length);
  placed.length = data.length;
  e.bytes.set(data, placed.at);
}

/** Gives a parameter of a statement its value: the result code, or -1 for a type that SQLite does not have. CPython: bind_param */
export function bind_value(e: Engine, st: number, i: number, o: PyObject): number {
  const { x } = e;
  if (PyLong_Check(o)) {
    const value = long_as_int64(o);
    if (typeof value === 'bigint') return x.sqlite3_bind_int64(st, i, value);
    return (value | 0) === value ? x.sqlite3_bind_int(st, i, value) : x.sqlite3_bind_int64(st, i, BigInt(value));
  }
  if (PyFloat_Check(o)) return x.sqlite3_bind_double(st, i, PyFloat_AsDouble(o));
  if (PyUnicode_Check(o)) {
    place_text(e, o);
    return x.sqlite3_bind_text(st, i, placed.at, placed.length, SQLITE_TRANSIENT);
  }
  if (!PyObject_CheckBuffer(o)) return -1;
  const view = read_buffer(o);
  try {
    place_bytes(e, view.bytes);
  } finally {
    release(view);
  }
  return x.sqlite3_bind_blob(st, i, placed.at, placed.length, SQLITE_TRANSIENT);
}

/** The result of a function; false for a type that SQLite does not have. CPython: _pysqlite_set_result */
export function set_result(e: Engine, context: number, o: PyObject): boolean {
  const { x } = e;
  if (PyLong_Check(o)) x.sqlite3_result_int64(context, BigInt(long_as_int64(o)));
  else if (PyFloat_Check(o)) x.sqlite3_result_double(context, PyFloat_AsDouble(o));
  else if (PyUnicode_Check(o)) {
    place_text(e, o);
    x.sqlite3_result_text(context, placed.at, placed.length, SQLITE_TRANSIENT);
  } else if (PyObject_CheckBuffer(o)) {
    const view = read_buffer(o);
    try {
      place_bytes(e, view.bytes);
    } finally {
      release(view);
    }
    x.sqlite3_result_blob(context, placed.at, placed.length, SQLITE_TRANSIENT);
  } else return false;
  return true;
}

/** An int of a 64-bit integer that is also given as a double, which is exact for most and cheaper than a BigInt. */
export function int_of(double: number, exact: () => bigint): PyObject {
  return Number.isSafeInteger(double) ? PyLong_FromLong(double) : PyLong_FromBigInt(exact());
}

/** A copy of bytes in SQLite's memory as bytes object. */
export function bytes_at(e: Engine, at: number, length: number): PyObject {
  return PyBytes_FromUint8Array(e.bytes.slice(at, at + length));
}

/** An argument of a function. CPython: _pysqlite_build_py_params */
export function value_object(e: Engine, value: number): PyObject {
  const { x } = e;
  switch (x.sqlite3_value_type(value)) {
    case SQLITE_INTEGER:
      return int_of(x.sqlite3_value_double(value), () => x.sqlite3_value_int64(value));
    case SQLITE_FLOAT:
      return PyFloat_FromDouble(x.sqlite3_value_double(value));
    case SQLITE_TEXT: {
      const at = x.sqlite3_value_text(value);
      return unicode_from_text(decode_utf8(e.bytes.subarray(at, at + x.sqlite3_value_bytes(value))));
    }
    case SQLITE_BLOB: {
      const at = x.sqlite3_value_blob(value);
      return bytes_at(e, at, x.sqlite3_value_bytes(value));
    }
    default:
      return none();
  }
}

/** The UTF-8 of an argument that must be a str without null characters. */
export function utf8_arg(fname: string, arg: string, o: PyObject): Uint8Array {
  if (!PyUnicode_Check(o))
    PyErr_SetString(PyExc_TypeError, `${fname}() argument ${arg} must be str, not ${type_name(o)}`);
  const text = encode_utf8(o);
  if (text.includes(0)) PyErr_SetString(PyExc_ValueError, 'embedded null character');
  return text;
}

/** An argument that must be a str. */
export function unicode_arg(fname: string, arg: string, o: PyObject): PyObject {
  if (!PyUnicode_Check(o))
    PyErr_SetString(PyExc_TypeError, `${fname}() argument ${arg} must be str, not ${type_name(o)}`);
  return o;
}
