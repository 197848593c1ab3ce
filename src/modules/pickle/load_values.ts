// load_values.ts: numbers, strings and bytes of a pickle.                                 CPython: Modules/_pickle.c

import { PyErr_ExceptionMatches, PyErr_SetString } from '../../core/errors.ts';
import { decref, type PyObject } from '../../core/object.ts';
import { PyBool_FromLong } from '../../objects/boolobject.ts';
import { PyBytes_FromUint8Array } from '../../objects/bytesobject.ts';
import { PyExc_OverflowError, PyExc_ValueError } from '../../objects/exceptions.ts';
import { PyFloat_FromDouble } from '../../objects/floatobject.ts';
import type { LongValue } from '../../objects/longobject/arith.ts';
import { from_byte_array, long_from_text, parse_long_text } from '../../objects/longobject/convert.ts';
import { PyLong_FromValue } from '../../objects/longobject.ts';
import { scan_double } from '../../objects/pystrtod.ts';
import { decode_bytes_escape, decode_raw_unicode_escape } from '../../objects/unicodeobject/codecs/escape.ts';
import { decode_latin1, decode_utf8, PyUnicode_Decode, unicode_from_text } from '../../objects/unicodeobject.ts';
import { UnpicklingError } from './state.ts';
import type { Unpickler } from './unpickler.ts';

export const SSIZE_MAX = '9223372036854775807';
const CAPITAL_L = 76;

export function refuse(message: string): never {
  return PyErr_SetString(UnpicklingError, message);
}

export function text_of(line: Uint8Array): string {
  return decode_latin1(line);
}

/** CPython: load_int. The names of bools before protocol 2 are I00 and I01. */
export function load_int(u: Unpickler): PyObject {
  const line = u.input.line();
  const text = text_of(line).split('\0', 1)[0]!;
  let value: LongValue | null = null;
  try {
    value = text === '' ? 0 : parse_long_text(text, 10);
  } catch (e) {
    // Too many digits.
    if (!PyErr_ExceptionMatches(e, PyExc_ValueError)) throw e;
    decref(e.exc);
  }
  if (value === null) PyErr_SetString(PyExc_ValueError, 'could not convert string to int');
  if (line.length === 3 && (value === 0 || value === 1)) return PyBool_FromLong(value);
  return PyLong_FromValue(value);
}

/** The int that bytes up to a NUL spell; an error shows them as UTF-8. CPython: PyLong_FromString */
export function line_int(line: Uint8Array): PyObject {
  const nul = line.indexOf(0);
  const bytes = nul < 0 ? line : line.subarray(0, nul);
  const text = decode_latin1(bytes);
  const value = parse_long_text(text, 10);
  if (value !== null) return PyLong_FromValue(value);
  const shown = unicode_from_text(decode_utf8(bytes));
  try {
    return PyLong_FromValue(long_from_text(text, 10, shown));
  } finally {
    decref(shown);
  }
}

export function load_long(u: Unpickler): PyObject {
  const line = u.input.line();
  return line_int(line[line.length - 2] === CAPITAL_L ? line.subarray(0, -2) : line);
}

export function load_counted_long(u: Unpickler, nbytes: number): PyObject {
  const n = nbytes === 1 ? u.input.size(1) : u.input.size(4) | 0;
  if (n < 0) refuse('LONG pickle has negative byte count');
  const at = u.input.read(n);
  return PyLong_FromValue(from_byte_array(u.input.data.subarray(at, at + n), true, true));
}

/** A line as messages show it: as C reads it, to the first null. */
function shown_line(line: Uint8Array): string {
  const end = line.indexOf(0);
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(
    line.subarray(0, Math.min(end < 0 ? line.length : end, 200)),
  );
}

export function load_float(u: Unpickler): PyObject {
  const line = u.input.line();
  const text = text_of(line);
  const end = scan_double(text, 0);
  if (end <= 0) PyErr_SetString(PyExc_ValueError, `could not convert string to float: '${shown_line(line)}'`);
  const digits = text.slice(0, end);
  const lower = digits.toLowerCase();
  let x = Number(digits);
  if (lower.includes('n')) {
    x = lower.includes('nan')
      ? Number.NaN
      : lower.startsWith('-')
        ? Number.NEGATIVE_INFINITY
        : Number.POSITIVE_INFINITY;
  } else if (!Number.isFinite(x)) {
    PyErr_SetString(PyExc_OverflowError, `value too large to convert to float: '${shown_line(line)}'`);
  }
  if (text[end] !== '\n' && text[end] !== '\0') PyErr_SetString(PyExc_ValueError, 'could not convert string to float');
  return PyFloat_FromDouble(x);
}

const double = /* @__PURE__ */ new DataView(/* @__PURE__ */ new ArrayBuffer(8));

export function load_binfloat(u: Unpickler): PyObject {
  const at = u.input.read(8);
  const { data } = u.input;
  for (let i = 0; i < 8; i++) double.setUint8(i, data[at + i]!);
  return PyFloat_FromDouble(double.getFloat64(0));
}

/** Bytes of Python 2's str. */
function old_str(u: Unpickler, b: Uint8Array): PyObject {
  if (u.encoding === 'bytes') return PyBytes_FromUint8Array(b.slice());
  return PyUnicode_Decode(b, u.encoding, u.errors);
}

export function load_string(u: Unpickler): PyObject {
  const line = u.input.line(1);
  const s = line.subarray(0, line.length - 1);
  const quote = s[0];
  if (s.length < 2 || quote !== s[s.length - 1] || (quote !== 39 && quote !== 34)) {
    refuse('the STRING opcode argument must be quoted');
  }
  return old_str(u, decode_bytes_escape(s.slice(1, -1), null));
}

export function load_binstring(u: Unpickler, nbytes: number): PyObject {
  const n = nbytes === 1 ? u.input.size(1) : u.input.size(4) | 0;
  if (n < 0) refuse('BINSTRING pickle has negative byte count');
  const at = u.input.read(n);
  return old_str(u, u.input.data.subarray(at, at + n));
}

export function counted(u: Unpickler, nbytes: number, name: string): number {
  const n = u.input.size(nbytes);
  if (n < 0) PyErr_SetString(PyExc_OverflowError, `${name} exceeds system's maximum size of ${SSIZE_MAX} bytes`);
  return n;
}

export function load_binunicode(u: Unpickler, nbytes: number): PyObject {
  const n = counted(u, nbytes, 'BINUNICODE');
  const at = u.input.read(n);
  return unicode_from_text(decode_utf8(u.input.data, 'surrogatepass', at, at + n));
}

export function load_unicode(u: Unpickler): PyObject {
  const line = u.input.line(1);
  return unicode_from_text(decode_raw_unicode_escape(line.slice(0, -1), null, true).text);
}
