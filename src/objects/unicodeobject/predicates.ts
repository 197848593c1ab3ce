// predicates.ts: the is…() methods of str.                                        CPython: Objects/unicodeobject.c

import { newref, type PyObject } from '../../core/object.ts';
import { Py_False, Py_True } from '../boolobject.ts';
import {
  ALNUM,
  ALPHA,
  char_flags,
  DECIMAL,
  DIGIT,
  is_printable,
  is_space,
  LOWER,
  NUMERIC,
  TITLE,
  UPPER,
  XID_CONTINUE,
  XID_START,
} from './ctype.ts';
import { string_is_ascii, type Text, text_at } from './data.ts';

function bool(b: boolean): PyObject {
  return newref(b ? Py_True : Py_False);
}

/** Whether there are characters and all have one of the flags. */
function all(t: Text, flags: number): boolean {
  const n = t.length;
  for (let i = 0; i < n; i++) if ((char_flags(text_at(t, i)) & flags) === 0) return false;
  return n > 0;
}

export function unicode_isascii(self: PyObject): PyObject {
  return bool(typeof self.v === 'string' && string_is_ascii(self.v));
}
export function unicode_isalpha(self: PyObject): PyObject {
  return bool(all(self.v as Text, ALPHA));
}
export function unicode_isalnum(self: PyObject): PyObject {
  return bool(all(self.v as Text, ALNUM));
}
export function unicode_isdecimal(self: PyObject): PyObject {
  return bool(all(self.v as Text, DECIMAL));
}
export function unicode_isdigit(self: PyObject): PyObject {
  return bool(all(self.v as Text, DIGIT));
}
export function unicode_isnumeric(self: PyObject): PyObject {
  return bool(all(self.v as Text, NUMERIC));
}
export function unicode_isspace(self: PyObject): PyObject {
  const t = self.v as Text;
  for (let i = 0; i < t.length; i++) if (!is_space(text_at(t, i))) return bool(false);
  return bool(t.length > 0);
}
export function unicode_isprintable(self: PyObject): PyObject {
  const t = self.v as Text;
  for (let i = 0; i < t.length; i++) if (!is_printable(text_at(t, i))) return bool(false);
  return bool(true);
}

/** Some character of the wanted case, and none of the other or title case. */
function one_case(t: Text, wanted: number, other: number): boolean {
  let cased = false;
  for (let i = 0; i < t.length; i++) {
    const flags = char_flags(text_at(t, i));
    if ((flags & (other | TITLE)) !== 0) return false;
    if ((flags & wanted) !== 0) cased = true;
  }
  return cased;
}

export function unicode_islower(self: PyObject): PyObject {
  return bool(one_case(self.v as Text, LOWER, UPPER));
}
export function unicode_isupper(self: PyObject): PyObject {
  return bool(one_case(self.v as Text, UPPER, LOWER));
}

export function unicode_istitle(self: PyObject): PyObject {
  const t = self.v as Text;
  let cased = false;
  let previous = false;
  for (let i = 0; i < t.length; i++) {
    const flags = char_flags(text_at(t, i));
    if ((flags & (UPPER | TITLE)) !== 0) {
      if (previous) return bool(false);
      previous = true;
      cased = true;
    } else if ((flags & LOWER) !== 0) {
      if (!previous) return bool(false);
      cased = true;
    } else previous = false;
  }
  return bool(cased);
}

/** CPython: PyUnicode_IsIdentifier */
export function PyUnicode_IsIdentifier(self: PyObject): boolean {
  const t = self.v as Text;
  if (t.length === 0 || (char_flags(text_at(t, 0)) & XID_START) === 0) return false;
  for (let i = 1; i < t.length; i++) if ((char_flags(text_at(t, i)) & XID_CONTINUE) === 0) return false;
  return true;
}

export function unicode_isidentifier(self: PyObject): PyObject {
  return bool(PyUnicode_IsIdentifier(self));
}
