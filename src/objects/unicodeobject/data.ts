// data.ts: the text inside a str, as plain values.                        CPython: Include/cpython/unicodeobject.h (PEP 393)
//
// A text is a JS string while no code point is a surrogate or beyond the BMP, else a Uint32Array of code points.
// Invariant: every text has exactly one representation (so a string never equals an array), and length, indexing and
// slicing count code points at O(1). Nothing here knows Python objects.

import { code_units, find_units, rfind_units, search_may_be_slow } from '../search.ts';

export type Text = string | Uint32Array;

const NOT_PLAIN = /[\ud800-\udfff]/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: NUL begins the range
const NOT_ASCII = /[^\x00-\x7f]/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: NUL begins the range
const NOT_LATIN1 = /[^\x00-\xff]/;

/** Most code units handed to String.fromCharCode at once. */
const CHUNK = 8192;

/** Up to this length strings are put together from a few characters at once: V8 makes ropes of longer ones. */
const SHORT_BYTES = 12;

/** Whether all characters of a plain string are ASCII. Short strings are scanned by hand: a regular expression costs more. */
export function string_is_ascii(s: string): boolean {
  if (s.length > 24) return !NOT_ASCII.test(s);
  for (let i = 0; i < s.length; i++) if (s.charCodeAt(i) > 127) return false;
  return true;
}

export function string_is_latin1(s: string): boolean {
  if (s.length > 24) return !NOT_LATIN1.test(s);
  for (let i = 0; i < s.length; i++) if (s.charCodeAt(i) > 255) return false;
  return true;
}

/** Whether a JS string has no surrogate code units, so that it is a text as it stands. */
export function string_is_plain(s: string): boolean {
  if (s.length > 24) return !NOT_PLAIN.test(s);
  for (let i = 0; i < s.length; i++) if ((s.charCodeAt(i) & 0xf800) === 0xd800) return false;
  return true;
}

/** The text for a JS string (UTF-16): surrogate pairs become one code point, lone surrogates stay. */
export function text_from_js(s: string): Text {
  return string_is_plain(s) ? s : points_from_js(s);
}

/** The code points of a JS string. */
export function points_from_js(s: string): Uint32Array {
  const out = new Uint32Array(s.length);
  let n = 0;
  for (let i = 0; i < s.length; i++) {
    let c = s.charCodeAt(i);
    if ((c & 0xfc00) === 0xd800 && i + 1 < s.length) {
      const d = s.charCodeAt(i + 1);
      if ((d & 0xfc00) === 0xdc00) {
        c = 0x10000 + ((c & 0x3ff) << 10) + (d & 0x3ff);
        i++;
      }
    }
    out[n++] = c;
  }
  return n === out.length ? out : out.slice(0, n);
}

/** A JS string (UTF-16) of a text; a lone surrogate stays one. */
export function text_to_js(t: Text): string {
  if (typeof t === 'string') return t;
  let s = '';
  for (let i = 0; i < t.length; i++) {
    const c = t[i]!;
    s += c > 0xffff ? String.fromCharCode(0xd7c0 + (c >> 10), 0xdc00 | (c & 0x3ff)) : String.fromCharCode(c);
  }
  return s;
}

/** Makes a JS string of bytes [start, end), a character each: set where the host has something faster than what JavaScript has. */
export const latin1Hook: { decode: ((b: Uint8Array, start: number, end: number) => string) | null } = { decode: null };

/** A JS string of bytes, a character each. */
export function string_from_bytes(b: Uint8Array, start = 0, end = b.length): string {
  const n = end - start;
  if (n > SHORT_BYTES) return latin1Hook.decode === null ? string_of(b, start, end) : latin1Hook.decode(b, start, end);
  let s = '';
  let i = start;
  for (; i + 4 <= end; i += 4) s += String.fromCharCode(b[i]!, b[i + 1]!, b[i + 2]!, b[i + 3]!);
  switch (end - i) {
    case 1:
      return s + String.fromCharCode(b[i]!);
    case 2:
      return s + String.fromCharCode(b[i]!, b[i + 1]!);
    case 3:
      return s + String.fromCharCode(b[i]!, b[i + 1]!, b[i + 2]!);
  }
  return s;
}

/** A JS string of 16-bit units. */
export function string_from_units(
  units: Uint8Array | Uint16Array | Uint32Array | number[],
  start = 0,
  end = units.length,
): string {
  return units instanceof Uint8Array ? string_from_bytes(units, start, end) : string_of(units, start, end);
}

function string_of(units: Uint8Array | Uint16Array | Uint32Array | number[], start: number, end: number): string {
  if (end - start <= CHUNK) {
    return String.fromCharCode.apply(
      null,
      (start === 0 && end === units.length ? units : units.slice(start, end)) as number[],
    );
  }
  let s = '';
  for (let i = start; i < end; i += CHUNK) {
    const stop = Math.min(i + CHUNK, end);
    const part = Array.isArray(units) ? units.slice(i, stop) : units.subarray(i, stop);
    s += String.fromCharCode.apply(null, part as number[]);
  }
  return s;
}

function needs_array(p: ArrayLike<number>, start: number, end: number): boolean {
  for (let i = start; i < end; i++) {
    const c = p[i]!;
    if (c > 0xffff || (c & 0xf800) === 0xd800) return true;
  }
  return false;
}

/** The text of code points [start, end). The array is copied, or kept when it is whole and `steal`. */
export function text_from_points(p: Uint32Array | number[], start = 0, end = p.length, steal = false): Text {
  if (!needs_array(p, start, end)) return string_from_units(p, start, end);
  if (steal && start === 0 && end === p.length && p instanceof Uint32Array) return p;
  return p instanceof Uint32Array
    ? p.slice(start, end)
    : Uint32Array.from(start === 0 && end === p.length ? p : p.slice(start, end));
}

/** The code points of a text. The array of a text is given as it is: do not write to it. */
export function text_points(t: Text): Uint32Array {
  if (typeof t !== 'string') return t;
  const out = new Uint32Array(t.length);
  for (let i = 0; i < out.length; i++) out[i] = t.charCodeAt(i);
  return out;
}

export function text_of_char(c: number): Text {
  return c > 0xffff || (c & 0xf800) === 0xd800 ? Uint32Array.of(c) : String.fromCharCode(c);
}

/** The code point at i (in range). */
export function text_at(t: Text, i: number): number {
  return typeof t === 'string' ? t.charCodeAt(i) : t[i]!;
}

/** 127, 255, 65535 or 0x10ffff: the widest that its characters need. CPython: PyUnicode_MAX_CHAR_VALUE */
export function text_maxchar(t: Text): number {
  if (typeof t === 'string') return string_is_ascii(t) ? 127 : string_is_latin1(t) ? 255 : 0xffff;
  for (let i = 0; i < t.length; i++) if (t[i]! > 0xffff) return 0x10ffff;
  return 0xffff;
}

export function text_slice(t: Text, start: number, end: number): Text {
  return typeof t === 'string' ? t.substring(start, end) : start >= end ? '' : text_from_points(t, start, end);
}

export function text_concat(a: Text, b: Text): Text {
  if (typeof a === 'string') {
    if (typeof b === 'string') return a + b;
    if (a.length === 0) return b;
  } else if (b.length === 0) return a;
  const out = new Uint32Array(a.length + b.length);
  put_text(out, 0, a);
  put_text(out, a.length, b);
  return out;
}

/** Writes a text into an array of code points; returns the position after it. */
export function put_text(out: Uint32Array, at: number, t: Text): number {
  if (typeof t === 'string') for (let i = 0; i < t.length; i++) out[at + i] = t.charCodeAt(i);
  else out.set(t, at);
  return at + t.length;
}

/** All texts one after another, with `sep` between them. */
export function text_join(sep: Text, parts: readonly Text[]): Text {
  let plain = typeof sep === 'string' || parts.length < 2;
  let n = parts.length > 1 ? sep.length * (parts.length - 1) : 0;
  for (let i = 0; i < parts.length; i++) {
    const p = parts[i]!;
    if (typeof p !== 'string') plain = false;
    n += p.length;
  }
  if (plain) return (parts as string[]).join(sep as string);
  const out = new Uint32Array(n);
  let at = 0;
  for (let i = 0; i < parts.length; i++) {
    if (i > 0) at = put_text(out, at, sep);
    at = put_text(out, at, parts[i]!);
  }
  return text_from_points(out, 0, n, true);
}

export function text_repeat(t: Text, n: number): Text {
  if (n <= 0) return '';
  if (typeof t === 'string') return t.repeat(n);
  const out = new Uint32Array(t.length * n);
  for (let i = 0; i < n; i++) out.set(t, i * t.length);
  return out;
}

export function text_eq(a: Text, b: Text): boolean {
  if (typeof a === 'string') return a === b;
  if (typeof b === 'string' || a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

/** Order by code points: negative, zero or positive. */
export function text_compare(a: Text, b: Text): number {
  if (typeof a === 'string' && typeof b === 'string') return a < b ? -1 : a === b ? 0 : 1;
  const n = Math.min(a.length, b.length);
  for (let i = 0; i < n; i++) {
    const d = text_at(a, i) - text_at(b, i);
    if (d !== 0) return d;
  }
  return a.length - b.length;
}

// --- searching ------------------------------------------------------------------------------------------------------

function points_match(t: Text, sub: Text, at: number): boolean {
  for (let j = 0; j < sub.length; j++) if (text_at(t, at + j) !== text_at(sub, j)) return false;
  return true;
}

/** Whether `sub` stands at position `at`. */
export function text_match_at(t: Text, sub: Text, at: number): boolean {
  if (at < 0 || at + sub.length > t.length) return false;
  if (typeof t === 'string') return typeof sub === 'string' && t.startsWith(sub, at);
  return points_match(t, sub, at);
}

/** First position of `sub` within [start, end), or -1. The range is already clipped to the text. */
export function text_find(t: Text, sub: Text, start: number, end: number): number {
  if (end - start < sub.length) return -1;
  if (typeof t === 'string') {
    if (typeof sub !== 'string') return -1;
    if (search_may_be_slow(end - start, sub.length)) return find_units(code_units(t), code_units(sub), start, end);
    if (end === t.length) return t.indexOf(sub, start);
    // A search that runs far past `end` would be wasted work: look only at the slice.
    const i = t.substring(start, end).indexOf(sub);
    return i < 0 ? -1 : i + start;
  }
  if (sub.length === 0) return start;
  return find_units(t, typeof sub === 'string' ? code_units(sub) : sub, start, end);
}

/** Last position of `sub` within [start, end), or -1. */
export function text_rfind(t: Text, sub: Text, start: number, end: number): number {
  if (end - start < sub.length) return -1;
  if (typeof t === 'string') {
    if (typeof sub !== 'string') return -1;
    if (search_may_be_slow(end - start, sub.length)) return rfind_units(code_units(t), code_units(sub), start, end);
    if (start === 0) return t.lastIndexOf(sub, end - sub.length);
    const i = t.substring(start, end).lastIndexOf(sub);
    return i < 0 ? -1 : i + start;
  }
  if (sub.length === 0) return end;
  return rfind_units(t, typeof sub === 'string' ? code_units(sub) : sub, start, end);
}

/** How often `sub` occurs within [start, end) without overlap, at most `max` times. */
export function text_count(t: Text, sub: Text, start: number, end: number, max: number): number {
  if (end < start) return 0;
  if (sub.length === 0) return Math.min(end - start + 1, max);
  let n = 0;
  if (typeof t === 'string') {
    if (typeof sub !== 'string') return 0;
    const s = start === 0 && end === t.length ? t : t.substring(start, end);
    if (search_may_be_slow(s.length, sub.length)) {
      const units = code_units(s);
      const wanted = code_units(sub);
      for (let i = find_units(units, wanted, 0, units.length); i >= 0 && n < max; n++) {
        i = i + wanted.length * 2 > units.length ? -1 : find_units(units, wanted, i + wanted.length, units.length);
      }
      return n;
    }
    for (let i = s.indexOf(sub); i >= 0 && n < max; i = s.indexOf(sub, i + sub.length)) n++;
    return n;
  }
  for (let i = text_find(t, sub, start, end); i >= 0 && n < max; i = text_find(t, sub, i + sub.length, end)) n++;
  return n;
}

/** `t` with the first `max` occurrences of `from` replaced; the very same value when nothing changes. */
export function text_replace(t: Text, from: Text, to: Text, max: number): Text {
  if (max === 0 || t.length < from.length || (t.length === 0 && from.length > 0)) return t;
  if (from.length === 0) {
    const parts: Text[] = [];
    const n = Math.min(max, t.length + 1);
    for (let i = 0; i < n; i++) {
      parts.push(to);
      if (i < t.length) parts.push(text_slice(t, i, i + 1));
    }
    if (n < t.length) parts.push(text_slice(t, n, t.length));
    return text_join('', parts);
  }
  if (typeof t === 'string') {
    if (typeof from !== 'string') return t;
    let at = t.indexOf(from);
    if (at < 0) return t;
    if (typeof to === 'string') {
      let out = '';
      let last = 0;
      for (; at >= 0 && max > 0; at = t.indexOf(from, last), max--) {
        out += t.substring(last, at) + to;
        last = at + from.length;
      }
      return out + t.substring(last);
    }
  }
  const parts: Text[] = [];
  let last = 0;
  for (let at = text_find(t, from, 0, t.length); at >= 0 && max > 0; at = text_find(t, from, last, t.length), max--) {
    parts.push(text_slice(t, last, at));
    last = at + from.length;
  }
  if (parts.length === 0) return t;
  parts.push(text_slice(t, last, t.length));
  return text_join(to, parts);
}

/** Collects a text piece by piece. CPython: _PyUnicodeWriter */
export class TextWriter {
  private js = '';
  /** Pieces before `js`, once something is not a plain string. */
  private parts: Text[] | null = null;
  length = 0;

  /** Appends a text. */
  text(t: Text): void {
    this.length += t.length;
    if (typeof t === 'string') this.js += t;
    else {
      const parts = (this.parts ??= []);
      if (this.js !== '') parts.push(this.js);
      this.js = '';
      parts.push(t);
    }
  }

  /** Appends a plain string. */
  str(s: string): void {
    this.length += s.length;
    this.js += s;
  }

  /** Appends one code point. */
  char(c: number): void {
    if (c > 0xffff || (c & 0xf800) === 0xd800) this.text(Uint32Array.of(c));
    else {
      this.length++;
      this.js += String.fromCharCode(c);
    }
  }

  finish(): Text {
    if (this.parts === null) return this.js;
    if (this.js !== '') this.parts.push(this.js);
    return text_join('', this.parts);
  }
}
