// repr.ts: repr() and ascii() of a str.                                  CPython: Objects/unicodeobject.c:unicode_repr

import { newref, type PyObject } from '../../core/object.ts';
import { is_printable } from './ctype.ts';
import { type Text, TextWriter, text_at } from './data.ts';
import { unicode_from_bmp, unicode_from_text } from './object.ts';

const SIMPLE = /^[\x20-\x26\x28-\x5b\x5d-\x7e]*$/;

function hex(c: number, digits: number): string {
  return c.toString(16).padStart(digits, '0');
}

/** \x, \u or \U escape of a character. */
export function escape_char(c: number): string {
  return c < 256 ? `\\x${hex(c, 2)}` : c < 0x10000 ? `\\u${hex(c, 4)}` : `\\U${hex(c, 8)}`;
}

/** The text of repr() of a str with that text. */
export function text_repr(t: Text): Text {
  if (typeof t === 'string') {
    if (SIMPLE.test(t)) return `'${t}'`;
  }
  let single = false;
  let double = false;
  for (let i = 0; i < t.length; i++) {
    const c = text_at(t, i);
    if (c === 39) single = true;
    else if (c === 34) double = true;
  }
  const quote = single && !double ? 34 : 39;
  const w = new TextWriter();
  w.char(quote);
  for (let i = 0; i < t.length; i++) {
    const c = text_at(t, i);
    if (c === quote || c === 92) {
      w.str('\\');
      w.char(c);
    } else if (c === 9) w.str('\\t');
    else if (c === 10) w.str('\\n');
    else if (c === 13) w.str('\\r');
    else if (is_printable(c)) w.char(c);
    else w.str(escape_char(c));
  }
  w.char(quote);
  return w.finish();
}

export function unicode_repr(self: PyObject): PyObject {
  return unicode_from_text(text_repr(self.v as Text));
}

/** A str with every non-ASCII character written as a \x, \u or \U escape. */
export function unicode_ascii_escape(o: PyObject): PyObject {
  const t = o.v as Text;
  let out = '';
  let last = 0;
  for (let i = 0; i < t.length; i++) {
    const c = text_at(t, i);
    if (c < 128) continue;
    for (; last < i; last++) out += String.fromCharCode(text_at(t, last));
    out += escape_char(c);
    last = i + 1;
  }
  if (last === 0) return newref(o);
  for (; last < t.length; last++) out += String.fromCharCode(text_at(t, last));
  return unicode_from_bmp(out);
}
