// case.ts: str methods that change case.                        CPython: Objects/unicodeobject.c (do_upper_or_lower and kin)
//
// Latin-1 text takes JavaScript's own mapping where the two agree; everything else goes by the recorded tables.

import type { PyObject } from '../../core/object.ts';
import {
  CASE_IGNORABLE,
  CASED,
  char_flags,
  LOWER,
  push_case,
  TO_FOLD,
  TO_LOWER,
  TO_TITLE,
  TO_UPPER,
  UPPER,
} from './ctype.ts';
import { string_is_ascii, string_is_latin1, type Text, text_from_points, text_points } from './data.ts';
import { unicode_from_bmp, unicode_from_text } from './object.ts';

const SIGMA = 0x3a3;

/** Whether the capital sigma at i ends a word. CPython: handle_capital_sigma */
function sigma_is_final(p: Uint32Array, i: number): boolean {
  let j = i - 1;
  let flags = 0;
  for (; j >= 0; j--) {
    flags = char_flags(p[j]!);
    if ((flags & CASE_IGNORABLE) === 0) break;
  }
  if (j < 0 || (flags & CASED) === 0) return false;
  for (j = i + 1; j < p.length; j++) {
    flags = char_flags(p[j]!);
    if ((flags & CASE_IGNORABLE) === 0) break;
  }
  return j === p.length || (flags & CASED) === 0;
}

function push_lower(out: number[], p: Uint32Array, i: number): void {
  const c = p[i]!;
  if (c === SIGMA) out.push(sigma_is_final(p, i) ? 0x3c2 : 0x3c3);
  else push_case(out, c, TO_LOWER);
}

export function text_lower(t: Text): Text {
  if (typeof t === 'string' && string_is_latin1(t)) return t.toLowerCase();
  const p = text_points(t);
  const out: number[] = [];
  for (let i = 0; i < p.length; i++) push_lower(out, p, i);
  return text_from_points(out);
}

export function text_upper(t: Text): Text {
  if (typeof t === 'string' && string_is_latin1(t)) return t.toUpperCase();
  return map_case(t, TO_UPPER);
}

function map_case(t: Text, kind: number): Text {
  const p = text_points(t);
  const out: number[] = [];
  for (let i = 0; i < p.length; i++) push_case(out, p[i]!, kind);
  return text_from_points(out);
}

export function unicode_lower(self: PyObject): PyObject {
  return unicode_from_text(text_lower(self.v as Text));
}
export function unicode_upper(self: PyObject): PyObject {
  return unicode_from_text(text_upper(self.v as Text));
}

export function text_casefold(t: Text): Text {
  return typeof t === 'string' && string_is_ascii(t) ? t.toLowerCase() : map_case(t, TO_FOLD);
}

export function unicode_casefold(self: PyObject): PyObject {
  return unicode_from_text(text_casefold(self.v as Text));
}

export function unicode_capitalize(self: PyObject): PyObject {
  const t = self.v as Text;
  if (t.length === 0) return unicode_from_bmp('');
  if (typeof t === 'string' && string_is_ascii(t))
    return unicode_from_bmp(t[0]!.toUpperCase() + t.substring(1).toLowerCase());
  const p = text_points(t);
  const out: number[] = [];
  push_case(out, p[0]!, TO_TITLE);
  for (let i = 1; i < p.length; i++) push_lower(out, p, i);
  return unicode_from_text(text_from_points(out));
}

export function unicode_swapcase(self: PyObject): PyObject {
  const p = text_points(self.v as Text);
  const out: number[] = [];
  for (let i = 0; i < p.length; i++) {
    const flags = char_flags(p[i]!);
    if ((flags & UPPER) !== 0) push_lower(out, p, i);
    else if ((flags & LOWER) !== 0) push_case(out, p[i]!, TO_UPPER);
    else out.push(p[i]!);
  }
  return unicode_from_text(text_from_points(out));
}

export function unicode_title(self: PyObject): PyObject {
  const p = text_points(self.v as Text);
  const out: number[] = [];
  let previous_is_cased = false;
  for (let i = 0; i < p.length; i++) {
    if (previous_is_cased) push_lower(out, p, i);
    else push_case(out, p[i]!, TO_TITLE);
    previous_is_cased = (char_flags(p[i]!) & CASED) !== 0;
  }
  return unicode_from_text(text_from_points(out));
}
