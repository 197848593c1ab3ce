// percent.ts: the % operator of str, and its engine, which bytes shares.     CPython: Objects/unicodeobject.c:PyUnicode_Format, Objects/bytesobject.c
//
// The format is walked once. A text of bytes is handled as a string of characters below 256. Conversions of one value
// give [sign, digits]; padding and the '0' flag are applied to that.

import { PyErr_Clear, PyErr_ExceptionMatches, PyErr_SetString } from '../../core/errors.ts';
import {
  decref,
  newref,
  Py_TPFLAGS_BYTES_SUBCLASS,
  Py_TPFLAGS_TUPLE_SUBCLASS,
  type PyObject,
} from '../../core/object.ts';
import {
  PyIndex_Check,
  PyMapping_Check,
  PyNumber_Check,
  PyNumber_Index,
  PyNumber_Long,
  PyObject_GetItem,
} from '../abstract.ts';
import { bytearray_bytes, PyByteArray_Check } from '../bytearrayobject.ts';
import { bytes_of_percent_b } from '../bytes_format.ts';
import { PyBytes_FromUint8Array } from '../bytesobject.ts';
import { PyLong_Check } from '../checks.ts';
import { qualified_name } from '../dictobject.ts';
import { PyExc_MemoryError, PyExc_OverflowError, PyExc_TypeError, PyExc_ValueError } from '../exceptions.ts';
import { PyFloat_AsDouble } from '../floatobject.ts';
import { long_decimal_string, long_value, PyLong_AsInt, PyLong_AsSsize_t } from '../longobject.ts';
import { Py_NotImplemented, PyObject_ASCII, PyObject_Repr, PyObject_Str } from '../object.ts';
import { format_float_for_percent } from '../pystrtod.ts';
import { PY_SSIZE_T_MAX } from './args.ts';
import { string_from_units, type Text, TextWriter, text_at, text_of_char, text_slice } from './data.ts';
import { is_str, unicode_from_text } from './object.ts';
import { MAX_TEXT } from './pad.ts';

const LJUST = 1;
const SIGN = 2;
const BLANK = 4;
const ALT = 8;
const ZERO = 16;

/** One conversion specifier. */
class Spec {
  flags = 0;
  width = -1;
  prec = -1;
  /** The format is nothing else. */
  alone = false;
}

/** Where arguments come from. */
class Args {
  /** A tuple's items; null: the one value `single`. Borrowed, but for `owned`. */
  items: PyObject[] | null;
  single: PyObject;
  next = 0;
  /** The mapping for %(key)s, borrowed. */
  dict: PyObject | null;
  /** The value that the last key gave. */
  owned: PyObject | null = null;
  constructor(args: PyObject, mapping: boolean) {
    this.items = (args.ob_type.tp_flags & Py_TPFLAGS_TUPLE_SUBCLASS) !== 0 ? (args.v as PyObject[]) : null;
    this.single = args;
    this.dict = mapping ? args : null;
  }
  take(): PyObject {
    if (this.items !== null) {
      if (this.next < this.items.length) return this.items[this.next++]!;
    } else if (this.next === 0) {
      this.next = 1;
      return this.single;
    }
    return PyErr_SetString(PyExc_TypeError, 'not enough arguments for format string');
  }
  set_value(value: PyObject): void {
    if (this.owned !== null) decref(this.owned);
    this.owned = value;
    this.single = value;
    this.items = null;
    this.next = 0;
  }
  all_taken(): boolean {
    return this.dict !== null || (this.items !== null ? this.next >= this.items.length : this.next === 1);
  }
}

function value_error(message: string): never {
  return PyErr_SetString(PyExc_ValueError, message);
}

/** CPython: PyUnicode_Format */
export function PyUnicode_Format(format: PyObject, args: PyObject): PyObject {
  const mapping = PyMapping_Check(args) && (args.ob_type.tp_flags & Py_TPFLAGS_TUPLE_SUBCLASS) === 0 && !is_str(args);
  const f = format.v as Text;
  const w = new FormatWriter();
  try {
    write_formatted(w, f, args, mapping, false);
    if (w.whole !== null) return newref(w.whole);
    if (typeof f === 'string' && !f.includes('%')) return newref(format);
    return unicode_from_text(w.finish());
  } finally {
    if (w.whole !== null) decref(w.whole);
  }
}

export function unicode_mod(a: PyObject, b: PyObject): PyObject {
  if (!is_str(a)) return newref(Py_NotImplemented);
  return PyUnicode_Format(a, b);
}

/** The engine: `bytes` says that the texts are bytes. */
export function percent_format(f: Text, args: PyObject, mapping: boolean, bytes: boolean): Text {
  const w = new FormatWriter();
  write_formatted(w, f, args, mapping, bytes);
  return w.finish();
}

/** A format that is nothing but one conversion gives the object that this made, not a copy. */
class FormatWriter extends TextWriter {
  /** Owned. */
  whole: PyObject | null = null;
}

function write_formatted(w: FormatWriter, f: Text, args: PyObject, mapping: boolean, bytes: boolean): void {
  const a = new Args(args, mapping);
  const n = f.length;
  let i = 0;
  try {
    for (;;) {
      const start = i;
      if (typeof f === 'string') {
        i = f.indexOf('%', start);
        if (i < 0) i = n;
      } else while (i < n && f[i] !== 37) i++;
      if (i > start) w.text(text_slice(f, start, i));
      if (i >= n) break;
      i++;
      if (i < n && text_at(f, i) === 37) {
        w.str('%');
        i++;
        continue;
      }
      i = conversion(f, i, a, w, bytes);
    }
    if (!a.all_taken()) {
      PyErr_SetString(PyExc_TypeError, `not all arguments converted during ${bytes ? 'bytes' : 'string'} formatting`);
    }
  } finally {
    if (a.owned !== null) decref(a.owned);
  }
}

/** Parses and writes one conversion; `i` is after its percent sign. Returns the position after it. */
function conversion(f: Text, i: number, a: Args, w: FormatWriter, bytes: boolean): number {
  const n = f.length;
  const start = i;
  const spec = new Spec();
  if (i >= n) value_error('incomplete format');
  if (text_at(f, i) === 40) i = mapping_key(f, i + 1, a, bytes);
  let c = 0;
  flags: for (; i < n; i++) {
    switch ((c = text_at(f, i))) {
      case 45:
        spec.flags |= LJUST;
        break;
      case 43:
        spec.flags |= SIGN;
        break;
      case 32:
        spec.flags |= BLANK;
        break;
      case 35:
        spec.flags |= ALT;
        break;
      case 48:
        spec.flags |= ZERO;
        break;
      default:
        break flags;
    }
  }
  if (i < n && c === 42) {
    const v = a.take();
    if (!PyLong_Check(v)) PyErr_SetString(PyExc_TypeError, '* wants int');
    spec.width = PyLong_AsSsize_t(v);
    if (spec.width < 0) {
      if (long_value(v) === SSIZE_MIN) PyErr_SetString(PyExc_OverflowError, 'width too big');
      spec.flags |= LJUST;
      spec.width = -spec.width;
    }
    i++;
  } else if (i < n && c >= 48 && c <= 57) {
    spec.width = 0;
    const digits = i;
    for (; i < n && (c = text_at(f, i)) >= 48 && c <= 57; i++) spec.width = spec.width * 10 + c - 48;
    // A double cannot tell the largest size from the next number.
    if (spec.width >= PY_SSIZE_T_MAX && digits_value(f, digits, i) >= -SSIZE_MIN) value_error('width too big');
  }
  if (i < n && text_at(f, i) === 46) {
    spec.prec = 0;
    i++;
    if (i < n && text_at(f, i) === 42) {
      const v = a.take();
      if (!PyLong_Check(v)) PyErr_SetString(PyExc_TypeError, '* wants int');
      spec.prec = Math.max(0, PyLong_AsInt(v));
      i++;
    } else {
      for (; i < n && (c = text_at(f, i)) >= 48 && c <= 57; i++) {
        spec.prec = spec.prec * 10 + c - 48;
        if (spec.prec > 0x7fffffff) value_error(bytes ? 'prec too big' : 'precision too big');
      }
    }
  }
  if (i < n && ((c = text_at(f, i)) === 104 || c === 108 || c === 76)) i++;
  if (i >= n) value_error('incomplete format');
  c = text_at(f, i++);
  spec.alone = start === 1 && i === n && !bytes;
  const v = a.take();
  write_value(c, v, spec, w, bytes, i - 1);
  return i;
}

const SSIZE_MIN = -9223372036854775808n;

function digits_value(f: Text, start: number, end: number): bigint {
  let value = 0n;
  for (let i = start; i < end; i++) value = value * 10n + BigInt(text_at(f, i) - 48);
  return value;
}

function mapping_key(f: Text, i: number, a: Args, bytes: boolean): number {
  if (a.dict === null) PyErr_SetString(PyExc_TypeError, 'format requires a mapping');
  const start = i;
  let depth = 1;
  while (depth > 0 && i < f.length) {
    const c = text_at(f, i++);
    if (c === 41) depth--;
    else if (c === 40) depth++;
  }
  if (depth > 0) value_error('incomplete format key');
  const name = text_slice(f, start, i - 1);
  const key = bytes
    ? PyBytes_FromUint8Array(Uint8Array.from(name as string, ch => ch.charCodeAt(0)))
    : unicode_from_text(name);
  try {
    a.set_value(PyObject_GetItem(a.dict!, key));
  } finally {
    decref(key);
  }
  return i;
}

/** Writes a text with the spec's width, spaces on the side that it says. */
function write_padded(w: TextWriter, t: Text, spec: Spec): void {
  const fill = spec.width - t.length;
  if (fill <= 0) {
    w.text(t);
    return;
  }
  if (w.length + spec.width > MAX_TEXT) PyErr_SetString(PyExc_MemoryError, '');
  if ((spec.flags & LJUST) === 0) w.str(' '.repeat(fill));
  w.text(t);
  if ((spec.flags & LJUST) !== 0) w.str(' '.repeat(fill));
}

/** Writes a number: sign, prefix such as 0x, digits. */
function write_number(w: TextWriter, negative: boolean, prefix: string, digits: string, spec: Spec): void {
  const sign = negative ? '-' : (spec.flags & SIGN) !== 0 ? '+' : (spec.flags & BLANK) !== 0 ? ' ' : '';
  const fill = spec.width - sign.length - prefix.length - digits.length;
  if (fill > 0) {
    if (w.length + spec.width > MAX_TEXT) PyErr_SetString(PyExc_MemoryError, '');
    if ((spec.flags & LJUST) !== 0) digits += ' '.repeat(fill);
    else if ((spec.flags & ZERO) !== 0) digits = '0'.repeat(fill) + digits;
    else {
      w.str(' '.repeat(fill));
    }
  }
  w.str(sign + prefix + digits);
}

function write_value(c: number, v: PyObject, spec: Spec, w: FormatWriter, bytes: boolean, at: number): void {
  switch (c) {
    case 115: // s
    case 98: // b
      if (bytes) {
        write_padded(w, truncated(string_from_units(bytes_of_percent_b(v)), spec), spec);
        return;
      }
      if (c === 98) break;
      write_object(PyObject_Str(v), w, spec);
      return;
    case 114: // r
      write_object(bytes ? PyObject_ASCII(v) : PyObject_Repr(v), w, spec);
      return;
    case 97: // a
      write_object(PyObject_ASCII(v), w, spec);
      return;
    case 99: // c
      write_padded(w, bytes ? byte_char(v) : char(v), spec);
      return;
    case 100: // d
    case 105: // i
    case 117: // u
    case 111: // o
    case 120: // x
    case 88: // X
      write_integer(c, v, spec, w);
      return;
    case 101: // e
    case 69:
    case 102: // f
    case 70:
    case 103: // g
    case 71: {
      const x = float_argument(v, bytes);
      const s = format_float_for_percent(
        x,
        String.fromCharCode(c),
        spec.prec < 0 ? 6 : spec.prec,
        (spec.flags & ALT) !== 0,
      );
      write_number(w, s.startsWith('-'), '', s.startsWith('-') ? s.substring(1) : s, spec);
      return;
    }
  }
  // (CPython's %c of a char above 127 is negative there.)
  if (bytes && c > 127) PyErr_SetString(PyExc_OverflowError, 'character argument not in range(0x110000)');
  const shown = bytes || (c > 31 && c < 128) ? String.fromCharCode(c) : '?';
  value_error(`unsupported format character '${shown}' (0x${c.toString(16)}) at index ${at}`);
}

function truncated(t: Text, spec: Spec): Text {
  return spec.prec >= 0 && t.length > spec.prec ? text_slice(t, 0, spec.prec) : t;
}

function write_object(o: PyObject, w: FormatWriter, spec: Spec): void {
  const { length } = o.v as Text;
  if (spec.alone && spec.width <= length && (spec.prec < 0 || spec.prec >= length)) {
    w.whole = o;
    return;
  }
  write_padded(w, truncated(o.v as Text, spec), spec);
  decref(o);
}

function float_argument(v: PyObject, bytes: boolean): number {
  if (!bytes) return PyFloat_AsDouble(v);
  try {
    return PyFloat_AsDouble(v);
  } catch (e) {
    if (!PyErr_ExceptionMatches(e, PyExc_TypeError)) throw e;
    PyErr_Clear(e);
    return PyErr_SetString(PyExc_TypeError, `float argument required, not ${v.ob_type.tp_name}`);
  }
}

/** CPython: mainformatlong */
function write_integer(c: number, v: PyObject, spec: Spec, w: TextWriter): void {
  const decimal = c === 100 || c === 105 || c === 117;
  let o: PyObject | null = null;
  if (PyLong_Check(v)) o = newref(v);
  else if (PyNumber_Check(v)) {
    try {
      o = decimal ? PyNumber_Long(v) : PyNumber_Index(v);
    } catch (e) {
      if (!PyErr_ExceptionMatches(e, PyExc_TypeError)) throw e;
      PyErr_Clear(e);
    }
  }
  if (o === null) {
    const wanted = decimal ? 'a real number is required' : 'an integer is required';
    PyErr_SetString(PyExc_TypeError, `%${String.fromCharCode(c)} format: ${wanted}, not ${v.ob_type.tp_name}`);
  }
  let digits: string;
  let prefix = '';
  try {
    if (decimal) digits = long_decimal_string(o);
    else {
      digits = long_value(o).toString(c === 111 ? 8 : 16);
      if (c === 88) digits = digits.toUpperCase();
      if ((spec.flags & ALT) !== 0) prefix = c === 111 ? '0o' : c === 88 ? '0X' : '0x';
    }
  } finally {
    decref(o);
  }
  const negative = digits.startsWith('-');
  if (negative) digits = digits.substring(1);
  if (spec.prec > digits.length) {
    if (spec.prec > MAX_TEXT) PyErr_SetString(PyExc_OverflowError, 'precision too large');
    digits = digits.padStart(spec.prec, '0');
  }
  write_number(w, negative, prefix, digits, spec);
}

/** CPython: formatchar of unicodeobject.c */
function char(v: PyObject): Text {
  if (is_str(v)) {
    if (v.v.length === 1) return v.v;
    return PyErr_SetString(
      PyExc_TypeError,
      `%c requires an int or a unicode character, not a string of length ${v.v.length}`,
    );
  }
  if (!PyIndex_Check(v))
    PyErr_SetString(PyExc_TypeError, `%c requires an int or a unicode character, not ${qualified_name(v.ob_type)}`);
  const i = PyNumber_Index(v);
  const x = long_value(i);
  decref(i);
  if (typeof x !== 'number' || x < 0 || x > 0x10ffff)
    PyErr_SetString(PyExc_OverflowError, '%c arg not in range(0x110000)');
  return text_of_char(x);
}

/** CPython: byte_converter of bytesobject.c */
function byte_char(v: PyObject): string {
  const isBytes = (v.ob_type.tp_flags & Py_TPFLAGS_BYTES_SUBCLASS) !== 0;
  if (isBytes || PyByteArray_Check(v)) {
    const b = isBytes ? (v.v as Uint8Array) : bytearray_bytes(v);
    if (b.length === 1) return String.fromCharCode(b[0]!);
    const kind = isBytes ? 'bytes' : 'bytearray';
    return PyErr_SetString(
      PyExc_TypeError,
      `%c requires an integer in range(256) or a single byte, not a ${kind} object of length ${b.length}`,
    );
  }
  if (!PyIndex_Check(v)) {
    PyErr_SetString(
      PyExc_TypeError,
      `%c requires an integer in range(256) or a single byte, not ${qualified_name(v.ob_type)}`,
    );
  }
  const i = PyNumber_Index(v);
  const x = long_value(i);
  decref(i);
  if (typeof x !== 'number' || x < 0 || x > 255) PyErr_SetString(PyExc_OverflowError, '%c arg not in range(256)');
  return String.fromCharCode(x);
}
