// find.ts: str methods that look for a substring.              CPython: Objects/unicodeobject.c, Objects/stringlib/find.h

import { PyErr_SetString } from '../../core/errors.ts';
import { newref, Py_TPFLAGS_TUPLE_SUBCLASS, type PyObject } from '../../core/object.ts';
import { Py_False, Py_True } from '../boolobject.ts';
import { PyExc_TypeError, PyExc_ValueError } from '../exceptions.ts';
import { PyLong_FromLong } from '../longobject.ts';
import {
  adjust_end,
  adjust_start,
  arg_slice_index,
  arg_ssize,
  arg_text,
  bad_argument,
  check_positional,
  PY_SSIZE_T_MAX,
} from './args.ts';
import { type Text, text_count, text_find, text_match_at, text_replace, text_rfind, text_slice } from './data.ts';
import { is_str, unicode_from_text, unicode_result, unicode_unchanged } from './object.ts';

/** Position of args[0] in self within the optional bounds args[1], args[2]. */
function search(self: PyObject, fname: string, args: PyObject[], backwards: boolean): number {
  check_positional(fname, args.length, 1, 3);
  const sub = args[0]!;
  if (!is_str(sub)) bad_argument(fname, 'argument 1', 'str', sub);
  const t = self.v as Text;
  let start = 0;
  let end = t.length;
  if (args.length > 1) {
    start = adjust_start(arg_slice_index(args[1], 0), t.length);
    end = adjust_end(arg_slice_index(args[2], PY_SSIZE_T_MAX), t.length);
  }
  return backwards ? text_rfind(t, sub.v, start, end) : text_find(t, sub.v, start, end);
}

export function unicode_find(self: PyObject, args: PyObject[]): PyObject {
  return PyLong_FromLong(search(self, 'find', args, false));
}
export function unicode_rfind(self: PyObject, args: PyObject[]): PyObject {
  return PyLong_FromLong(search(self, 'rfind', args, true));
}

function found(i: number): PyObject {
  if (i < 0) PyErr_SetString(PyExc_ValueError, 'substring not found');
  return PyLong_FromLong(i);
}

export function unicode_index(self: PyObject, args: PyObject[]): PyObject {
  return found(search(self, 'index', args, false));
}
export function unicode_rindex(self: PyObject, args: PyObject[]): PyObject {
  return found(search(self, 'rindex', args, true));
}

export function unicode_count(self: PyObject, args: PyObject[]): PyObject {
  check_positional('count', args.length, 1, 3);
  const sub = arg_text(args[0]!, 'count', 'argument 1');
  const t = self.v as Text;
  const start = adjust_start(arg_slice_index(args[1], 0), t.length);
  const end = adjust_end(arg_slice_index(args[2], PY_SSIZE_T_MAX), t.length);
  return PyLong_FromLong(text_count(t, sub, start, end, PY_SSIZE_T_MAX));
}

/** CPython: Objects/unicodeobject.c:tailmatch */
function tailmatch(t: Text, sub: Text, start: number, end: number, atEnd: boolean): boolean {
  if (end - start < sub.length) return false;
  return text_match_at(t, sub, atEnd ? end - sub.length : start);
}

function affix(self: PyObject, fname: string, args: PyObject[], atEnd: boolean): PyObject {
  check_positional(fname, args.length, 1, 3);
  const sub = args[0]!;
  const t = self.v as Text;
  let start = 0;
  let end = t.length;
  if (args.length > 1) {
    start = adjust_start(arg_slice_index(args[1], 0), t.length);
    end = adjust_end(arg_slice_index(args[2], PY_SSIZE_T_MAX), t.length);
  }
  if (is_str(sub)) return newref(tailmatch(t, sub.v, start, end, atEnd) ? Py_True : Py_False);
  if ((sub.ob_type.tp_flags & Py_TPFLAGS_TUPLE_SUBCLASS) !== 0) {
    for (const o of sub.v as PyObject[]) {
      if (!is_str(o))
        PyErr_SetString(PyExc_TypeError, `tuple for ${fname} must only contain str, not ${o.ob_type.tp_name}`);
      if (tailmatch(t, o.v, start, end, atEnd)) return newref(Py_True);
    }
    return newref(Py_False);
  }
  return PyErr_SetString(
    PyExc_TypeError,
    `${fname} first arg must be str or a tuple of str, not ${sub.ob_type.tp_name}`,
  );
}

export function unicode_startswith(self: PyObject, args: PyObject[]): PyObject {
  return affix(self, 'startswith', args, false);
}
export function unicode_endswith(self: PyObject, args: PyObject[]): PyObject {
  return affix(self, 'endswith', args, true);
}

/** CPython: PyUnicode_Tailmatch, whole string. */
export function unicode_has_prefix(o: PyObject, prefix: string): boolean {
  return text_match_at(o.v as Text, prefix, 0);
}

export function unicode_removeprefix(self: PyObject, prefix: PyObject): PyObject {
  const p = arg_text(prefix, 'removeprefix', 'argument');
  const t = self.v as Text;
  return text_match_at(t, p, 0) ? unicode_from_text(text_slice(t, p.length, t.length)) : unicode_unchanged(self);
}
export function unicode_removesuffix(self: PyObject, suffix: PyObject): PyObject {
  const p = arg_text(suffix, 'removesuffix', 'argument');
  const t = self.v as Text;
  if (p.length === 0) return unicode_unchanged(self);
  return text_match_at(t, p, t.length - p.length)
    ? unicode_from_text(text_slice(t, 0, t.length - p.length))
    : unicode_unchanged(self);
}

/** CPython: PyUnicode_Contains */
export function PyUnicode_Contains(self: PyObject, sub: PyObject): boolean {
  if (!is_str(sub))
    PyErr_SetString(PyExc_TypeError, `'in <string>' requires string as left operand, not ${sub.ob_type.tp_name}`);
  const t = self.v as Text;
  if (typeof t === 'string') return typeof sub.v === 'string' && t.includes(sub.v);
  return text_find(t, sub.v, 0, t.length) >= 0;
}

export function unicode_replace(self: PyObject, old: PyObject, repl: PyObject, count: PyObject | null): PyObject {
  const from = arg_text(old, 'replace', 'argument 1');
  const to = arg_text(repl, 'replace', 'argument 2');
  return PyUnicode_Replace(self, from, to, arg_ssize(count, -1));
}

/** CPython: PyUnicode_Replace */
export function PyUnicode_Replace(self: PyObject, from: Text, to: Text, max: number): PyObject {
  return unicode_result(self, text_replace(self.v as Text, from, to, max < 0 ? PY_SSIZE_T_MAX : max));
}
