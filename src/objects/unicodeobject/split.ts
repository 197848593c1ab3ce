// split.ts: cutting a str into pieces, stripping and joining.    CPython: Objects/stringlib/split.h, Objects/unicodeobject.c

import { PyErr_SetString } from '../../core/errors.ts';
import { decref, newref, type PyObject } from '../../core/object.ts';
import { PySequence_Fast, PySequence_Fast_ITEMS } from '../abstract.ts';
import { PyExc_TypeError, PyExc_ValueError } from '../exceptions.ts';
import { PyList_FromAppendedSteal } from '../listobject.ts';
import { Py_None } from '../object.ts';
import { PyTuple_FromArraySteal } from '../tupleobject.ts';
import { arg_bool, arg_ssize } from './args.ts';
import { is_linebreak, is_space } from './ctype.ts';
import { type Text, text_at, text_find, text_join, text_rfind, text_slice } from './data.ts';
import {
  empty_str,
  ensure_unicode,
  is_str,
  PyUnicode_Substring,
  unicode_from_bmp,
  unicode_from_text,
  unicode_unchanged,
} from './object.ts';
import { PyUnicode_Type } from './type.ts';

function sub(t: Text, start: number, end: number): PyObject {
  return typeof t === 'string'
    ? unicode_from_bmp(t.substring(start, end))
    : unicode_from_text(text_slice(t, start, end));
}

/** The pieces between runs of white space, at most max cuts. */
function split_whitespace(self: PyObject, max: number): PyObject[] {
  const t = self.v as Text;
  const n = t.length;
  const out: PyObject[] = [];
  let i = 0;
  while (max-- > 0) {
    while (i < n && is_space(text_at(t, i))) i++;
    if (i === n) break;
    const start = i++;
    while (i < n && !is_space(text_at(t, i))) i++;
    if (start === 0 && i === n && self.ob_type === PyUnicode_Type) {
      out.push(newref(self));
      return out;
    }
    out.push(sub(t, start, i));
  }
  if (i < n) {
    while (i < n && is_space(text_at(t, i))) i++;
    if (i < n) out.push(sub(t, i, n));
  }
  return out;
}

function rsplit_whitespace(self: PyObject, max: number): PyObject[] {
  const t = self.v as Text;
  const out: PyObject[] = [];
  let i = t.length - 1;
  while (max-- > 0) {
    while (i >= 0 && is_space(text_at(t, i))) i--;
    if (i < 0) break;
    const end = i + 1;
    i--;
    while (i >= 0 && !is_space(text_at(t, i))) i--;
    if (i < 0 && end === t.length && self.ob_type === PyUnicode_Type) {
      out.push(newref(self));
      return out;
    }
    out.push(sub(t, i + 1, end));
  }
  if (i >= 0) {
    while (i >= 0 && is_space(text_at(t, i))) i--;
    if (i >= 0) out.push(sub(t, 0, i + 1));
  }
  return out.reverse();
}

function split_at(self: PyObject, sep: Text, max: number): PyObject[] {
  const t = self.v as Text;
  if (sep.length === 0) PyErr_SetString(PyExc_ValueError, 'empty separator');
  const out: PyObject[] = [];
  const last =
    typeof t === 'string' && typeof sep === 'string' ? cut_string(t, sep, max, out) : cut_text(t, sep, max, out);
  if (last === 0) return [unicode_unchanged(self)];
  out.push(sub(t, last, t.length));
  return out;
}

/** Puts the pieces in front of separators into `out`; gives where the last one begins. */
function cut_string(t: string, sep: string, max: number, out: PyObject[]): number {
  let last = 0;
  for (let i = t.indexOf(sep); i >= 0 && max > 0; i = t.indexOf(sep, last), max--) {
    out.push(unicode_from_bmp(t.substring(last, i)));
    last = i + sep.length;
  }
  return last;
}

function cut_text(t: Text, sep: Text, max: number, out: PyObject[]): number {
  let last = 0;
  for (let i = text_find(t, sep, 0, t.length); i >= 0 && max > 0; i = text_find(t, sep, last, t.length), max--) {
    out.push(sub(t, last, i));
    last = i + sep.length;
  }
  return last;
}

function rsplit_at(self: PyObject, sep: Text, max: number): PyObject[] {
  const t = self.v as Text;
  if (sep.length === 0) PyErr_SetString(PyExc_ValueError, 'empty separator');
  const out: PyObject[] = [];
  let end = t.length;
  for (let i = text_rfind(t, sep, 0, end); i >= 0 && max > 0; i = text_rfind(t, sep, 0, end), max--) {
    out.push(sub(t, i + sep.length, end));
    end = i;
  }
  if (out.length === 0) return [unicode_unchanged(self)];
  out.push(sub(t, 0, end));
  return out.reverse();
}

function sep_text(sep: PyObject | null): Text | null {
  if (sep === null || sep === Py_None) return null;
  if (!is_str(sep)) PyErr_SetString(PyExc_TypeError, `must be str or None, not ${sep.ob_type.tp_name}`);
  return sep.v;
}

/** Room that CPython gives the list of pieces at first. CPython: Objects/stringlib/split.h:PREALLOC_SIZE */
function first_room(self: PyObject, sep: Text | null, max: number): number {
  if (max < 0) {
    const n = (self.v as Text).length;
    max = sep === null ? Math.trunc((n - 1) / 2) + 1 : sep.length > n ? 0 : Math.floor(n / sep.length) + 1;
    if (sep !== null && n === 0) max = 0;
  }
  return Math.min(max, MAX_FIRST_ROOM - 1) + 1;
}

const MAX_FIRST_ROOM = 12;

function pieces_list(pieces: PyObject[], self: PyObject, sep: Text | null, max: number): PyObject {
  return PyList_FromAppendedSteal(pieces, first_room(self, sep, max));
}

export function unicode_split(self: PyObject, sep: PyObject | null, maxsplit: PyObject | null): PyObject {
  const max = arg_ssize(maxsplit, -1);
  const s = sep_text(sep);
  const limit = max < 0 ? Infinity : max;
  return pieces_list(s === null ? split_whitespace(self, limit) : split_at(self, s, limit), self, s, max);
}

export function unicode_rsplit(self: PyObject, sep: PyObject | null, maxsplit: PyObject | null): PyObject {
  const max = arg_ssize(maxsplit, -1);
  const s = sep_text(sep);
  const limit = max < 0 ? Infinity : max;
  return pieces_list(s === null ? rsplit_whitespace(self, limit) : rsplit_at(self, s, limit), self, s, max);
}

/** CPython: PyUnicode_Split */
export function PyUnicode_Split(self: PyObject, sep: Text | null, max: number): PyObject {
  const limit = max < 0 ? Infinity : max;
  return pieces_list(sep === null ? split_whitespace(self, limit) : split_at(self, sep, limit), self, sep, max);
}

/** CPython: PyUnicode_Splitlines */
export function PyUnicode_Splitlines(self: PyObject, keepends: boolean): PyObject {
  const t = self.v as Text;
  const n = t.length;
  const out: PyObject[] = [];
  let i = 0;
  while (i < n) {
    const start = i;
    while (i < n && !is_linebreak(text_at(t, i))) i++;
    let end = i;
    if (i < n) {
      if (text_at(t, i) === 13 && i + 1 < n && text_at(t, i + 1) === 10) i += 2;
      else i++;
      if (keepends) end = i;
    }
    if (start === 0 && end === n && self.ob_type === PyUnicode_Type) {
      out.push(newref(self));
      break;
    }
    out.push(sub(t, start, end));
  }
  return PyList_FromAppendedSteal(out);
}

export function unicode_splitlines(self: PyObject, keepends: PyObject | null): PyObject {
  return PyUnicode_Splitlines(self, arg_bool(keepends, false));
}

/** CPython: PyUnicode_Partition */
export function unicode_partition(self: PyObject, sep: PyObject): PyObject {
  ensure_unicode(sep);
  const t = self.v as Text;
  const s = sep.v as Text;
  if (s.length === 0) PyErr_SetString(PyExc_ValueError, 'empty separator');
  const i = text_find(t, s, 0, t.length);
  if (i < 0) return PyTuple_FromArraySteal([unicode_unchanged(self), newref(empty_str()), newref(empty_str())]);
  return PyTuple_FromArraySteal([sub(t, 0, i), newref(sep), sub(t, i + s.length, t.length)]);
}

export function unicode_rpartition(self: PyObject, sep: PyObject): PyObject {
  ensure_unicode(sep);
  const t = self.v as Text;
  const s = sep.v as Text;
  if (s.length === 0) PyErr_SetString(PyExc_ValueError, 'empty separator');
  const i = text_rfind(t, s, 0, t.length);
  if (i < 0) return PyTuple_FromArraySteal([newref(empty_str()), newref(empty_str()), unicode_unchanged(self)]);
  return PyTuple_FromArraySteal([sub(t, 0, i), newref(sep), sub(t, i + s.length, t.length)]);
}

const LEFT = 1;
const RIGHT = 2;

function strip(self: PyObject, chars: PyObject | null, sides: number, fname: string): PyObject {
  const t = self.v as Text;
  let i = 0;
  let j = t.length;
  if (chars === null || chars === Py_None) {
    if (sides & LEFT) while (i < j && is_space(text_at(t, i))) i++;
    if (sides & RIGHT) while (j > i && is_space(text_at(t, j - 1))) j--;
  } else {
    if (!is_str(chars)) PyErr_SetString(PyExc_TypeError, `${fname} arg must be None or str`);
    const set = chars.v;
    if (typeof set === 'string') {
      const has = (c: number): boolean => c <= 0xffff && set.includes(String.fromCharCode(c));
      if (sides & LEFT) while (i < j && has(text_at(t, i))) i++;
      if (sides & RIGHT) while (j > i && has(text_at(t, j - 1))) j--;
    } else {
      if (sides & LEFT) while (i < j && set.includes(text_at(t, i))) i++;
      if (sides & RIGHT) while (j > i && set.includes(text_at(t, j - 1))) j--;
    }
  }
  return PyUnicode_Substring(self, i, j);
}

export function unicode_strip(self: PyObject, chars: PyObject | null): PyObject {
  return strip(self, chars, LEFT | RIGHT, 'strip');
}
export function unicode_lstrip(self: PyObject, chars: PyObject | null): PyObject {
  return strip(self, chars, LEFT, 'lstrip');
}
export function unicode_rstrip(self: PyObject, chars: PyObject | null): PyObject {
  return strip(self, chars, RIGHT, 'rstrip');
}

/** CPython: PyUnicode_Join */
export function PyUnicode_Join(separator: PyObject | null, seq: PyObject): PyObject {
  const fast = PySequence_Fast(seq, 'can only join an iterable');
  try {
    return PyUnicode_JoinArray(separator, PySequence_Fast_ITEMS(fast));
  } finally {
    decref(fast);
  }
}

/** CPython: _PyUnicode_JoinArray */
export function PyUnicode_JoinArray(separator: PyObject | null, items: readonly PyObject[]): PyObject {
  const n = items.length;
  if (n === 0) return newref(empty_str());
  if (n === 1 && items[0]!.ob_type === PyUnicode_Type) return newref(items[0]!);
  if (separator !== null && !is_str(separator)) {
    PyErr_SetString(PyExc_TypeError, `separator: expected str instance, ${separator.ob_type.tp_name} found`);
  }
  const sep = separator === null ? ' ' : (separator.v as Text);
  const parts = new Array<Text>(n);
  for (let i = 0; i < n; i++) {
    const o = items[i]!;
    if (!is_str(o))
      PyErr_SetString(PyExc_TypeError, `sequence item ${i}: expected str instance, ${o.ob_type.tp_name} found`);
    parts[i] = o.v;
  }
  return unicode_from_text(text_join(sep, parts));
}
