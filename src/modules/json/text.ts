// text.ts: JSON strings: finding their end, undoing and making escapes.                    CPython: Modules/_json.c
//
// A document is looked at through JsonText, whose positions are code points whichever way the str is stored.

import { PyErr_SetObject, PyErr_SetString } from '../../core/errors.ts';
import { decref, type PyObject, type PyTypeObject } from '../../core/object.ts';
import { PyObject_CallOneArg, PyObject_Vectorcall } from '../../objects/call.ts';
import { PyExc_StopIteration, PyExc_ValueError } from '../../objects/exceptions.ts';
import { PyImport_ImportModuleAttr } from '../../objects/import_util.ts';
import { PyLong_FromLong } from '../../objects/longobject.ts';
import { PyUnicode_FromCodePoints, PyUnicode_FromString, unicode_from_bmp } from '../../objects/unicodeobject.ts';

type Units = Uint8Array | Uint16Array | Uint32Array;

/** Made when first needed. */
const utf8 = { encoder: null as TextEncoder | null };

/** The code units of a JS string. V8 reads an array of numbers some ten times as fast as the string that a program put together. */
function units_of(s: string): Units {
  const n = s.length;
  if (n > 64) {
    utf8.encoder ??= new TextEncoder();
    const bytes = utf8.encoder.encode(s);
    if (bytes.length === n) return bytes;
  }
  const units = new Uint8Array(n);
  for (let i = 0; i < n; i++) {
    const c = s.charCodeAt(i);
    if (c > 255) return wide_units_of(s);
    units[i] = c;
  }
  return units;
}

function wide_units_of(s: string): Uint16Array {
  const units = new Uint16Array(s.length);
  for (let i = 0; i < s.length; i++) units[i] = s.charCodeAt(i);
  return units;
}

/** A str being read. */
export class JsonText {
  /** Borrowed. */
  readonly object: PyObject;
  /** The text if it is stored as a JS string, else null. */
  readonly s: string | null;
  /** Its code points; null where they are not worth it, as `s` is not read from end to end. */
  readonly units: Units | null;
  readonly length: number;
  constructor(object: PyObject, whole: boolean) {
    this.object = object;
    if (typeof object.v === 'string') {
      this.s = object.v;
      this.units = whole ? units_of(object.v) : null;
      this.length = object.v.length;
    } else {
      this.s = null;
      this.units = object.v as Uint32Array;
      this.length = this.units.length;
    }
  }

  /** The code point at i, -1 past the end. */
  at(i: number): number {
    if (i >= this.length) return -1;
    return this.units !== null ? this.units[i]! : this.s!.charCodeAt(i);
  }

  /** The text from start to end as a JS string. */
  slice(start: number, end: number): string {
    if (this.s !== null) return this.s.slice(start, end);
    let out = '';
    for (let i = start; i < end; i++) out += String.fromCodePoint(this.at(i));
    return out;
  }
}

/** Raises json.JSONDecodeError at a position. CPython: Modules/_json.c:raise_errmsg */
export function raise_errmsg(message: string, text: JsonText, pos: number): never {
  const type = PyImport_ImportModuleAttr('json.decoder', 'JSONDecodeError') as PyTypeObject;
  const msg = PyUnicode_FromString(message);
  const where = PyLong_FromLong(pos);
  try {
    const exc = PyObject_Vectorcall(type, [msg, text.object, where], null);
    try {
      PyErr_SetObject(exc.ob_type, exc);
    } finally {
      decref(exc);
    }
  } finally {
    decref(where);
    decref(msg);
    decref(type);
  }
}

/** Raises StopIteration(pos): there is no value there. */
export function raise_stop_iteration(pos: number): never {
  const value = PyLong_FromLong(pos);
  try {
    const exc = PyObject_CallOneArg(PyExc_StopIteration, value);
    try {
      PyErr_SetObject(PyExc_StopIteration, exc);
    } finally {
      decref(exc);
    }
  } finally {
    decref(value);
  }
}

const QUOTE = 34;
const BACKSLASH = 92;

function hex4(text: JsonText, start: number): number {
  let value = 0;
  for (let i = start; i < start + 4; i++) {
    const c = text.at(i) | 32;
    const digit = c >= 48 && c <= 57 ? c - 48 : c >= 97 && c <= 102 ? c - 87 : -1;
    if (digit < 0 || (text.at(i) < 65 && text.at(i) > 57) || text.at(i) < 48) return -1;
    value = value * 16 + digit;
  }
  return value;
}

function simple_escape(c: number): string {
  switch (c) {
    case QUOTE:
      return '"';
    case BACKSLASH:
      return '\\';
    case 47:
      return '/';
    case 98:
      return '\b';
    case 102:
      return '\f';
    case 110:
      return '\n';
    case 114:
      return '\r';
    case 116:
      return '\t';
    default:
      return '';
  }
}

/** Where the last string that was scanned ended (after its quote), and whether escapes gave it surrogates. */
export const scanned = { end: 0, wide: false };

/** The contents of a string: code points if the document is stored so, else a JS string. */
export type Scanned = string | number[];

/**
 * The string whose opening quote stands before `start`; `scanned` is set.
 * CPython: Modules/_json.c:scanstring_unicode
 */
export function scan_string(text: JsonText, start: number, strict: boolean): Scanned {
  const { length } = text;
  const begin = start - 1;
  if (start < 0 || length < start) PyErr_SetString(PyExc_ValueError, 'end is out of bounds');
  let out = '';
  const points: number[] | null = text.s === null ? [] : null;
  let pos = start;
  scanned.wide = false;
  for (;;) {
    let next = pos;
    let c = -1;
    for (; next < length; next++) {
      c = text.at(next);
      if (c === QUOTE || c === BACKSLASH) break;
      if (c <= 0x1f && strict) raise_errmsg('Invalid control character at', text, next);
    }
    if (next >= length) raise_errmsg('Unterminated string starting at', text, begin);
    if (points !== null) for (let i = pos; i < next; i++) points.push(text.at(i));
    else if (next > pos) out += text.slice(pos, next);
    next++;
    if (c === QUOTE) {
      scanned.end = next;
      return points ?? out;
    }
    if (next === length) raise_errmsg('Unterminated string starting at', text, begin);
    c = text.at(next);
    if (c !== 117) {
      const escaped = simple_escape(c);
      if (escaped === '') raise_errmsg('Invalid \\escape', text, next - 1);
      if (points !== null) points.push(escaped.charCodeAt(0));
      else out += escaped;
      pos = next + 1;
      continue;
    }
    next++;
    pos = next + 4;
    if (pos > length) raise_errmsg('Invalid \\uXXXX escape', text, next - 1);
    const unit = hex4(text, next);
    if (unit < 0) raise_errmsg('Invalid \\uXXXX escape', text, pos - 5);
    let point = unit;
    // The second half of a pair must be valid as soon as there is room for it.
    if (unit >= 0xd800 && unit < 0xdc00 && pos + 6 < length && text.at(pos) === BACKSLASH && text.at(pos + 1) === 117) {
      const low = hex4(text, pos + 2);
      if (low < 0) raise_errmsg('Invalid \\uXXXX escape', text, pos + 1);
      if (low >= 0xdc00 && low < 0xe000) {
        point = ((unit - 0xd800) << 10) + low - 0xdc00 + 0x10000;
        pos += 6;
      }
    }
    if (points !== null) points.push(point);
    else out += String.fromCodePoint(point);
    if (point >= 0xd800 && (point < 0xe000 || point > 0xffff)) scanned.wide = true;
  }
}

/** The str of what scan_string gave just now. */
export function scanned_str(value: Scanned): PyObject {
  if (typeof value !== 'string') return PyUnicode_FromCodePoints(value);
  return scanned.wide ? PyUnicode_FromString(value) : unicode_from_bmp(value);
}

// --- encoding ----------------------------------------------------------------------------------------------------------

const PLAIN_ASCII = /^[ !#-[\]-~]*$/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON escapes control characters.
const NEEDS_ESCAPE = /["\\\x00-\x1f]/;

function escape_unit(c: number): string {
  switch (c) {
    case QUOTE:
      return '\\"';
    case BACKSLASH:
      return '\\\\';
    case 8:
      return '\\b';
    case 12:
      return '\\f';
    case 10:
      return '\\n';
    case 13:
      return '\\r';
    case 9:
      return '\\t';
    default:
      return `\\u${c.toString(16).padStart(4, '0')}`;
  }
}

/** A JSON string of ASCII characters only. CPython: ascii_escape_unicode */
export function encode_ascii(s: string): string {
  if (PLAIN_ASCII.test(s)) return `"${s}"`;
  let out = '"';
  let from = 0;
  for (let i = 0; i < s.length; i++) {
    const c = s.charCodeAt(i);
    if (c >= 32 && c < 127 && c !== QUOTE && c !== BACKSLASH) continue;
    out += s.slice(from, i) + escape_unit(c);
    from = i + 1;
  }
  return `${out}${s.slice(from)}"`;
}

/** A JSON string in which only what must be escaped is. CPython: escape_unicode */
export function encode_plain(s: string): string {
  if (!NEEDS_ESCAPE.test(s)) return `"${s}"`;
  let out = '"';
  let from = 0;
  for (let i = 0; i < s.length; i++) {
    const c = s.charCodeAt(i);
    if (c >= 32 && c !== QUOTE && c !== BACKSLASH) continue;
    out += s.slice(from, i) + escape_unit(c);
    from = i + 1;
  }
  return `${out}${s.slice(from)}"`;
}
