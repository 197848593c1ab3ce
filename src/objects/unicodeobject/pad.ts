// pad.ts: str methods that fill up to a width, and translate().                  CPython: Objects/unicodeobject.c

import { PyErr_Clear, PyErr_ExceptionMatches, PyErr_SetString } from '../../core/errors.ts';
import { reserve } from '../../core/memory_limit.ts';
import { decref, newref, type PyObject } from '../../core/object.ts';
import { PyObject_GetItem } from '../abstract.ts';
import { PyDict_Check, PyLong_Check } from '../checks.ts';
import { PyDict_Items, PyDict_New, PyDict_SetItem } from '../dictobject.ts';
import {
  PyExc_LookupError,
  PyExc_MemoryError,
  PyExc_OverflowError,
  PyExc_TypeError,
  PyExc_ValueError,
} from '../exceptions.ts';
import { PyLong_FromLong } from '../longobject.ts';
import { Py_None } from '../object.ts';
import { arg_int, arg_ssize, bad_argument, PY_SSIZE_T_MAX } from './args.ts';
import { type Text, TextWriter, text_at, text_concat, text_of_char, text_repeat, text_slice } from './data.ts';
import { is_str, unicode_from_text, unicode_unchanged } from './object.ts';

/** Longest text that is attempted: V8's own limit on strings. */
export const MAX_TEXT = 0x1fffffe8;

/** Raises MemoryError for what cannot be held. */
export function check_text_size(n: number): void {
  if (n > PY_SSIZE_T_MAX) PyErr_SetString(PyExc_OverflowError, 'padded string is too long');
  if (n > MAX_TEXT) PyErr_SetString(PyExc_MemoryError, '');
  reserve(n);
}

function fill_char(o: PyObject | null): Text {
  if (o === null) return ' ';
  if (!is_str(o))
    PyErr_SetString(PyExc_TypeError, `The fill character must be a unicode character, not ${o.ob_type.tp_name}`);
  if (o.v.length !== 1) PyErr_SetString(PyExc_TypeError, 'The fill character must be exactly one character long');
  return o.v;
}

function pad(self: PyObject, left: number, right: number, fill: Text): PyObject {
  const t = self.v as Text;
  if (left <= 0 && right <= 0) return unicode_unchanged(self);
  check_text_size(t.length + left + right);
  return unicode_from_text(text_concat(text_concat(text_repeat(fill, left), t), text_repeat(fill, right)));
}

export function unicode_ljust(self: PyObject, width: PyObject, fillchar: PyObject | null): PyObject {
  const n = arg_ssize(width, 0);
  const fill = fill_char(fillchar);
  return pad(self, 0, n - (self.v as Text).length, fill);
}
export function unicode_rjust(self: PyObject, width: PyObject, fillchar: PyObject | null): PyObject {
  const n = arg_ssize(width, 0);
  const fill = fill_char(fillchar);
  return pad(self, n - (self.v as Text).length, 0, fill);
}
export function unicode_center(self: PyObject, width: PyObject, fillchar: PyObject | null): PyObject {
  const n = arg_ssize(width, 0);
  const fill = fill_char(fillchar);
  const margin = n - (self.v as Text).length;
  if (margin <= 0) return unicode_unchanged(self);
  check_text_size(n);
  // The odd one goes left when margin and width are both odd.
  const left = (margin >> 1) + (margin & n & 1);
  return pad(self, left, margin - left, fill);
}

export function unicode_zfill(self: PyObject, width: PyObject): PyObject {
  const n = arg_ssize(width, 0);
  const t = self.v as Text;
  const fill = n - t.length;
  if (fill <= 0) return unicode_unchanged(self);
  check_text_size(n);
  const first = t.length > 0 ? text_at(t, 0) : 0;
  const zeros = '0'.repeat(fill);
  if (first !== 43 && first !== 45) return unicode_from_text(text_concat(zeros, t));
  return unicode_from_text(text_concat(String.fromCharCode(first) + zeros, text_slice(t, 1, t.length)));
}

export function unicode_expandtabs(self: PyObject, tabsize: PyObject | null): PyObject {
  const size = arg_int(tabsize, 8);
  const t = self.v as Text;
  const w = new TextWriter();
  let column = 0;
  let last = 0;
  let seen = false;
  for (let i = 0; i < t.length; i++) {
    const c = text_at(t, i);
    if (c === 9) {
      seen = true;
      w.text(text_slice(t, last, i));
      last = i + 1;
      if (size > 0) {
        const n = size - (column % size);
        if (w.length + n > MAX_TEXT)
          PyErr_SetString(w.length + n > PY_SSIZE_T_MAX ? PyExc_OverflowError : PyExc_MemoryError, '');
        w.str(' '.repeat(n));
        column += n;
      }
    } else {
      column++;
      if (c === 10 || c === 13) column = 0;
    }
  }
  if (!seen) return unicode_unchanged(self);
  w.text(text_slice(t, last, t.length));
  return unicode_from_text(w.finish());
}

// --- translate ------------------------------------------------------------------------------------------------------

/** What a translation table says of a character; null: leave it alone. CPython: charmaptranslate_lookup */
export function translate_lookup(table: PyObject, c: number): Text | null {
  const key = PyLong_FromLong(c);
  let x: PyObject;
  try {
    x = PyObject_GetItem(table, key);
  } catch (e) {
    if (!PyErr_ExceptionMatches(e, PyExc_LookupError)) throw e;
    PyErr_Clear(e);
    return null;
  } finally {
    decref(key);
  }
  try {
    if (x === Py_None) return '';
    if (PyLong_Check(x)) {
      const v = x.v as number | bigint;
      if (typeof v !== 'number' || v < 0 || v > 0x10ffff) {
        PyErr_SetString(PyExc_ValueError, 'character mapping must be in range(0x110000)');
      }
      return text_of_char(v);
    }
    if (is_str(x)) return x.v;
    return PyErr_SetString(PyExc_TypeError, 'character mapping must return integer, None or str');
  } finally {
    decref(x);
  }
}

/** CPython: _PyUnicode_TranslateCharmap */
export function unicode_translate(self: PyObject, table: PyObject): PyObject {
  const t = self.v as Text;
  const w = new TextWriter();
  // ASCII answers are remembered, as CPython does: a table is asked once for each.
  const known = new Map<number, Text>();
  let changed = false;
  for (let i = 0; i < t.length; i++) {
    const c = text_at(t, i);
    let r = known.get(c);
    if (r === undefined) {
      const found = translate_lookup(table, c);
      r = found ?? text_of_char(c);
      if (c < 128) known.set(c, r);
    }
    if (r.length !== 1 || text_at(r, 0) !== c) changed = true;
    w.text(r);
  }
  return changed ? unicode_from_text(w.finish()) : unicode_unchanged(self);
}

/** str.maketrans. CPython: unicode_maketrans_impl */
export function unicode_maketrans(_self: unknown, x: PyObject, y: PyObject | null, z: PyObject | null): PyObject {
  if (y !== null && !is_str(y)) bad_argument('maketrans', 'argument 2', 'str', y);
  if (z !== null && !is_str(z)) bad_argument('maketrans', 'argument 3', 'str', z);
  const result = PyDict_New();
  try {
    if (y !== null) {
      if (!is_str(x))
        PyErr_SetString(PyExc_TypeError, 'first maketrans argument must be a string if there is a second argument');
      const from = x.v;
      const to = y.v as Text;
      if (from.length !== to.length)
        PyErr_SetString(PyExc_ValueError, 'the first two maketrans arguments must have equal length');
      for (let i = 0; i < from.length; i++)
        set_steal(result, PyLong_FromLong(text_at(from, i)), PyLong_FromLong(text_at(to, i)));
      if (z !== null) {
        const gone = z.v as Text;
        for (let i = 0; i < gone.length; i++) set_steal(result, PyLong_FromLong(text_at(gone, i)), newref(Py_None));
      }
      return result;
    }
    if (!PyDict_Check(x))
      PyErr_SetString(PyExc_TypeError, 'if you give only one argument to maketrans it must be a dict');
    const items = PyDict_Items(x);
    try {
      for (const pair of items.v as PyObject<PyObject[]>[]) {
        const key = pair.v[0]!;
        const value = pair.v[1]!;
        if (is_str(key)) {
          if (key.v.length !== 1)
            PyErr_SetString(PyExc_ValueError, 'string keys in translatetable must be of length 1');
          set_steal(result, PyLong_FromLong(text_at(key.v, 0)), newref(value));
        } else if (PyLong_Check(key)) PyDict_SetItem(result, key, value);
        else PyErr_SetString(PyExc_TypeError, 'keys in translate table mustbe strings or integers');
      }
    } finally {
      decref(items);
    }
    return result;
  } catch (e) {
    decref(result);
    throw e;
  }
}

function set_steal(dict: PyObject, key: PyObject, value: PyObject): void {
  try {
    PyDict_SetItem(dict, key, value);
  } finally {
    decref(key);
    decref(value);
  }
}
