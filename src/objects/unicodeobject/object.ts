// object.ts: making, sharing and hashing str objects.                            CPython: Objects/unicodeobject.c
//
// '' and the 256 Latin-1 characters exist once and are immortal. The table of interned strings maps a text to the one
// str that stands for it; the table owns nothing: a mortal interned str leaves it when it dies.

import { PyErr_SetString } from '../../core/errors.ts';
import { type Hash, hash_codepoints, hash_string, keyed } from '../../core/hash.ts';
import {
  decref,
  G_INTERNED,
  IMMORTAL_REFCNT,
  immortalize,
  incref,
  memoryHooks,
  newref,
  Py_TPFLAGS_UNICODE_SUBCLASS,
  PyObject,
} from '../../core/object.ts';
import { PyExc_SystemError, PyExc_TypeError, PyExc_ValueError } from '../exceptions.ts';
import {
  type Text,
  text_concat,
  text_eq,
  text_from_js,
  text_from_points,
  text_of_char,
  text_slice,
  text_to_js,
} from './data.ts';
import { PyUnicode_Type } from './type.ts';

/** A str: its text, and its hash once computed. */
export type PyUnicodeObject = PyObject<Text, Hash | null>;

/** Whether the object is a str or of a subclass. */
export function is_str(o: PyObject): o is PyUnicodeObject {
  return (o.ob_type.tp_flags & Py_TPFLAGS_UNICODE_SUBCLASS) !== 0;
}

/** The text of a str (unchecked). */
export function str_text(o: PyObject): Text {
  return o.v as Text;
}

// Filled on first use: nothing may run when the module is loaded.
const latin1: (PyObject | undefined)[] = [];
const shared: { empty: PyObject | null } = { empty: null };
const interned: Map<string, PyObject> = new Map();
const interned_wide: Map<string, PyObject> = new Map();

/** Strings interned so far. */
let interned_count = 0;

/** An interned str has a number in `gc`, which no str needs for the collector: caches of what names stand for go by it. */
function mark_interned(o: PyObject): void {
  o.g |= G_INTERNED;
  o.gc = ++interned_count;
  memoryHooks.uninterned = forget_interned;
}

function make_latin1(c: number): PyObject {
  const o = immortalize(new PyObject(PyUnicode_Type, String.fromCharCode(c), null) as PyObject);
  mark_interned(o);
  interned.set(o.v as string, o);
  latin1[c] = o;
  return o;
}

/** The shared one-character str for c < 256; borrowed (immortal). */
export function latin1_char(c: number): PyObject {
  return latin1[c] ?? make_latin1(c);
}

/** The empty str; borrowed (immortal). */
export function empty_str(): PyObject {
  if (shared.empty === null) {
    const o = immortalize(new PyObject(PyUnicode_Type, '', null) as PyObject);
    mark_interned(o);
    interned.set('', o);
    shared.empty = o;
  }
  return shared.empty;
}

/** A str of a plain JS string: the caller knows that it has no surrogate code units. */
export function unicode_from_bmp(s: string): PyObject {
  if (s.length <= 1) {
    if (s.length === 0) return newref(empty_str());
    const c = s.charCodeAt(0);
    if (c < 256) return newref(latin1_char(c));
  }
  return new PyObject(PyUnicode_Type, s, null);
}

/** A str of a text. */
export function unicode_from_text(t: Text): PyObject {
  return typeof t === 'string' ? unicode_from_bmp(t) : new PyObject(PyUnicode_Type, t, null);
}

/** A str of any JS string; surrogate pairs become one character, lone surrogates stay. CPython: PyUnicode_FromString */
export function PyUnicode_FromString(js: string): PyObject {
  return unicode_from_text(text_from_js(js));
}

/** A str of code points. CPython: PyUnicode_FromKindAndData */
export function PyUnicode_FromCodePoints(points: Uint32Array | number[], start = 0, end = points.length): PyObject {
  return unicode_from_text(text_from_points(points, start, end));
}

/** CPython: PyUnicode_FromOrdinal */
export function PyUnicode_FromOrdinal(c: number): PyObject {
  if (!(c >= 0 && c <= 0x10ffff)) PyErr_SetString(PyExc_ValueError, 'chr() arg not in range(0x110000)');
  return unicode_from_char(c);
}

/** A one-character str (c in range). */
export function unicode_from_char(c: number): PyObject {
  return c < 256 ? newref(latin1_char(c)) : new PyObject(PyUnicode_Type, text_of_char(c), null);
}

/** The text as a JS string (UTF-16); lone surrogates stay. */
export function PyUnicode_AsString(o: PyObject): string {
  const t = o.v as Text;
  return typeof t === 'string' ? t : text_to_js(t);
}

/** Length in code points (unchecked). */
export function PyUnicode_GET_LENGTH(o: PyObject): number {
  return (o.v as Text).length;
}

/** Length in code points. CPython: PyUnicode_GetLength */
export function PyUnicode_GetLength(o: PyObject): number {
  if (!is_str(o)) PyErr_SetString(PyExc_TypeError, 'bad argument type for built-in operation');
  return o.v.length;
}

/** Code point at i (unchecked). */
export function PyUnicode_READ_CHAR(o: PyObject, i: number): number {
  const t = o.v as Text;
  return typeof t === 'string' ? t.charCodeAt(i) : t[i]!;
}

/** An exact str with the same text: the object itself when it is one. CPython: unicode_result_unchanged */
export function unicode_unchanged(o: PyObject): PyObject {
  return o.ob_type === PyUnicode_Type ? newref(o) : unicode_from_text(o.v as Text);
}

/** The result of an operation on `o`: `o` itself if nothing changed. */
export function unicode_result(o: PyObject, t: Text): PyObject {
  return t === o.v ? unicode_unchanged(o) : unicode_from_text(t);
}

/** CPython: PyUnicode_FromObject */
export function PyUnicode_FromObject(o: PyObject): PyObject {
  if (is_str(o)) return unicode_unchanged(o);
  return PyErr_SetString(PyExc_TypeError, `Can't convert '${o.ob_type.tp_name}' object to str implicitly`);
}

/** Characters [start, end). CPython: PyUnicode_Substring */
export function PyUnicode_Substring(o: PyObject, start: number, end: number): PyObject {
  const t = o.v as Text;
  if (end > t.length) end = t.length;
  if (start === 0 && end === t.length) return unicode_unchanged(o);
  if (start >= end) return newref(empty_str());
  if (end - start === 1) return unicode_from_char(typeof t === 'string' ? t.charCodeAt(start) : t[start]!);
  return unicode_from_text(text_slice(t, start, end));
}

/** Both must be str. CPython: PyUnicode_Concat */
export function PyUnicode_Concat(a: PyObject, b: PyObject): PyObject {
  if (!is_str(a)) PyErr_SetString(PyExc_TypeError, `must be str, not ${a.ob_type.tp_name}`);
  if (!is_str(b)) {
    return PyErr_SetString(PyExc_TypeError, `can only concatenate str (not "${b.ob_type.tp_name}") to str`);
  }
  const s = a.v;
  const t = b.v;
  if (t.length === 0) return unicode_unchanged(a);
  if (s.length === 0) return unicode_unchanged(b);
  return new PyObject(PyUnicode_Type, typeof s === 'string' && typeof t === 'string' ? s + t : text_concat(s, t), null);
}

/** Whether two str have the same text (unchecked). CPython: unicode_eq */
export function unicode_eq(a: PyObject, b: PyObject): boolean {
  const s = a.v as Text;
  return typeof s === 'string' ? s === b.v : text_eq(s, b.v as Text);
}

/** Whether a str has exactly that (plain) text. CPython: _PyUnicode_EqualToASCIIString */
export function unicode_equals_js(o: PyObject, js: string): boolean {
  return o.v === js;
}

/** CPython: Objects/unicodeobject.c:unicode_hash */
export function unicode_hash(self: PyObject): Hash {
  const cached = self.x as Hash | null;
  if (cached !== null) return cached;
  const t = self.v as Text;
  const h = typeof t === 'string' ? hash_string(t) : hash_codepoints(t);
  self.x = h;
  if (keyed.record !== null) keyed.record.hashed.push(self);
  return h;
}

// --- interning ------------------------------------------------------------------------------------------------------

function wide_key(t: Uint32Array): string {
  return t.join();
}

/** The interned str with that text; borrowed, or null. */
export function interned_lookup(t: Text): PyObject | null {
  return (typeof t === 'string' ? interned.get(t) : interned_wide.get(wide_key(t))) ?? null;
}

/** The one str for this text: steals `o`, returns an owned reference. CPython: PyUnicode_InternInPlace */
export function PyUnicode_InternInPlace(o: PyObject): PyObject {
  if ((o.g & G_INTERNED) !== 0 || o.ob_type !== PyUnicode_Type) return o;
  const t = o.v as Text;
  const table = typeof t === 'string' ? interned : interned_wide;
  const key = typeof t === 'string' ? t : wide_key(t);
  const found = table.get(key);
  if (found !== undefined) {
    incref(found);
    decref(o);
    return found;
  }
  if (t.length === 1 && typeof t === 'string' && t.charCodeAt(0) < 256) {
    decref(o);
    return newref(latin1_char(t.charCodeAt(0)));
  }
  table.set(key, o);
  mark_interned(o);
  return o;
}

/** As PyUnicode_InternInPlace, and never dies. CPython: _PyUnicode_InternImmortal */
export function PyUnicode_InternImmortal(o: PyObject): PyObject {
  return immortalize(PyUnicode_InternInPlace(o));
}

/** The interned str of a JS string; owned. CPython: PyUnicode_InternFromString */
export function PyUnicode_InternFromString(js: string): PyObject {
  const found = interned.get(js);
  if (found !== undefined) return newref(found);
  return PyUnicode_InternInPlace(PyUnicode_FromString(js));
}

// The identifiers last asked for, by some of their characters.
const IDENTIFIERS = 512;
const identifiers: PyObject[] = [];
const identifier_texts: string[] = [];

/** The immortal interned str of a JS string; borrowed. CPython: _Py_ID */
export function _Py_ID(js: string): PyObject {
  const n = js.length;
  const i =
    n < 4 ? n : (n + 5 * js.charCodeAt(2) + 31 * js.charCodeAt(3) + 17 * js.charCodeAt(n - 3)) & (IDENTIFIERS - 1);
  if (identifier_texts[i] === js) return identifiers[i]!;
  return find_identifier(js, i);
}

function find_identifier(js: string, i: number): PyObject {
  const o = interned.get(js) ?? PyUnicode_InternInPlace(PyUnicode_FromString(js));
  if (o.ob_refcnt < IMMORTAL_REFCNT >> 1) o.ob_refcnt = IMMORTAL_REFCNT;
  while (identifiers.length < IDENTIFIERS) {
    identifiers.push(o);
    identifier_texts.push('');
  }
  identifiers[i] = o;
  identifier_texts[i] = js;
  return o;
}

export function PyUnicode_CHECK_INTERNED(o: PyObject): boolean {
  return (o.g & G_INTERNED) !== 0;
}

/** How many strings are interned, and how many of them are immortal. */
export function interned_counts(): { total: number; immortal: number } {
  let immortal = 0;
  for (const o of interned.values()) if (o.ob_refcnt > IMMORTAL_REFCNT >> 1) immortal++;
  return { total: interned.size + interned_wide.size, immortal };
}

/** An interned str died. CPython: Objects/unicodeobject.c:unicode_dealloc */
function forget_interned(self: PyObject): void {
  const t = self.v as Text;
  if (typeof t === 'string') {
    if (interned.get(t) === self) interned.delete(t);
  } else if (interned_wide.get(wide_key(t)) === self) interned_wide.delete(wide_key(t));
}

/** Complains about a non-str where only a str can be. */
export function ensure_unicode(o: PyObject): void {
  if (!is_str(o)) PyErr_SetString(PyExc_TypeError, `must be str, not ${o.ob_type.tp_name}`);
}

/** CPython: PyErr_BadInternalCall */
export function bad_internal_call(): never {
  return PyErr_SetString(PyExc_SystemError, 'bad argument to internal function');
}

/** The interned str equal to `o`, borrowed: `o` itself becomes it when there is none and it is an exact str. */
export function intern_borrowed(o: PyObject): PyObject {
  if ((o.g & G_INTERNED) !== 0) return o;
  const found = interned_lookup(o.v as Text);
  if (found !== null) return found;
  if (o.ob_type !== PyUnicode_Type) return PyUnicode_InternImmortal(unicode_from_text(o.v as Text));
  (typeof o.v === 'string' ? interned : interned_wide).set(
    typeof o.v === 'string' ? o.v : wide_key(o.v as Uint32Array),
    o,
  );
  mark_interned(o);
  return o;
}

/** The interned str equal to `o`, borrowed, or null when no such name is interned. */
export function interned_form(o: PyObject): PyObject | null {
  return (o.g & G_INTERNED) !== 0 ? o : interned_lookup(o.v as Text);
}
