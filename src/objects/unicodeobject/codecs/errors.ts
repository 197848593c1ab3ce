// errors.ts: what a codec does about input it cannot convert.               CPython: Python/codecs.c, Objects/unicodeobject.c
//
// The handlers that CPython brings along are functions on plain values here; a codec runs them without making an
// exception. Any other handler is a Python callable: it gets a UnicodeError and answers (replacement, position).
// Positions count code points when encoding, bytes when decoding.

import { PyErr_SetString, Raised } from '../../../core/errors.ts';
import { decref, newref, Py_TPFLAGS_TUPLE_SUBCLASS, type PyObject } from '../../../core/object.ts';
import { PyBytes_FromUint8Array } from '../../bytesobject.ts';
import { PyObject_CallOneArg } from '../../call.ts';
import { PyBytes_Check, PyLong_Check } from '../../checks.ts';
import { PyCodec_LookupError } from '../../codecs.ts';
import {
  _PyUnicodeError_GetParams,
  new_unicode_decode_error,
  new_unicode_encode_error,
  PyExc_IndexError,
  PyExc_TypeError,
  update_unicode_error,
} from '../../exceptions.ts';
import { char_name } from '../../unicode_data/names.ts';
import { arg_ssize } from '../args.ts';
import { type Text, text_at, text_from_points } from '../data.ts';
import { is_str } from '../object.ts';
import { escape_char } from '../repr.ts';

export const STRICT = 0;
export const IGNORE = 1;
export const REPLACE = 2;
export const SURROGATEESCAPE = 3;
export const BACKSLASHREPLACE = 4;
export const XMLCHARREFREPLACE = 5;
export const NAMEREPLACE = 6;
export const SURROGATEPASS = 7;
export const OTHER = 8;

/** Names of the handlers that come with the interpreter, by number. */
export const HANDLER_NAMES = [
  'strict',
  'ignore',
  'replace',
  'surrogateescape',
  'backslashreplace',
  'xmlcharrefreplace',
  'namereplace',
  'surrogatepass',
];

export function error_kind(errors: string | null): number {
  if (errors === null || errors === 'strict') return STRICT;
  const i = HANDLER_NAMES.indexOf(errors);
  return i < 0 ? OTHER : i;
}

/** A replacement and the position to go on from. */
export interface Replacement {
  value: Text | Uint8Array;
  bytes: boolean;
  pos: number;
}

function text_replacement(value: Text, pos: number): Replacement {
  return { value, bytes: false, pos };
}
function bytes_replacement(value: Uint8Array | number[], pos: number): Replacement {
  return { value: value instanceof Uint8Array ? value : Uint8Array.from(value), bytes: true, pos };
}

// --- surrogatepass: which of the UTF encodings it is ------------------------------------------------------------------

interface UtfKind {
  bits: 8 | 16 | 32;
  big: boolean;
}

/** CPython: Python/codecs.c:get_standard_encoding */
function utf_kind(encoding: string): UtfKind | null {
  const m = /^utf[-_]?(8|16|32)(?:[-_]?(le|be))?$/i.exec(encoding);
  if (m === null) return encoding === 'CP_UTF8' ? { bits: 8, big: false } : null;
  const bits = Number(m[1]) as 8 | 16 | 32;
  if (bits === 8 && m[2] !== undefined) return null;
  return { bits, big: m[2]?.toLowerCase() === 'be' };
}

function surrogatepass_encode(encoding: string, t: Text, start: number, end: number): Replacement | null {
  const kind = utf_kind(encoding);
  if (kind === null) return null;
  const out: number[] = [];
  for (let i = start; i < end; i++) {
    const c = text_at(t, i);
    if ((c & 0x1ff800) !== 0xd800) return null;
    if (kind.bits === 8) out.push(0xe0 | (c >> 12), 0x80 | ((c >> 6) & 0x3f), 0x80 | (c & 0x3f));
    else if (kind.bits === 16) kind.big ? out.push(c >> 8, c & 0xff) : out.push(c & 0xff, c >> 8);
    else kind.big ? out.push(0, 0, c >> 8, c & 0xff) : out.push(c & 0xff, c >> 8, 0, 0);
  }
  return bytes_replacement(out, end);
}

function surrogatepass_decode(encoding: string, b: Uint8Array, start: number): Replacement | null {
  const kind = utf_kind(encoding);
  if (kind === null) return null;
  const size = kind.bits === 8 ? 3 : kind.bits >> 3;
  if (b.length - start < size) return null;
  let c = 0;
  if (kind.bits === 8) {
    if ((b[start]! & 0xf0) === 0xe0 && (b[start + 1]! & 0xc0) === 0x80 && (b[start + 2]! & 0xc0) === 0x80) {
      c = ((b[start]! & 0x0f) << 12) | ((b[start + 1]! & 0x3f) << 6) | (b[start + 2]! & 0x3f);
    }
  } else {
    for (let i = 0; i < size; i++) c = c * 256 + b[kind.big ? start + i : start + size - 1 - i]!;
  }
  if (c < 0xd800 || c > 0xdfff) return null;
  return text_replacement(text_from_points([c]), start + size);
}

// --- the handlers on plain values -----------------------------------------------------------------------------------

/** What a known handler does about t[start:end] that cannot be encoded; null: nothing, the error stands.
 *  `partial`: it may do the first characters of it only. */
export function handle_encode(
  kind: number,
  encoding: string,
  t: Text,
  start: number,
  end: number,
  partial = false,
): Replacement | null {
  switch (kind) {
    case IGNORE:
      return text_replacement('', end);
    case REPLACE:
      return text_replacement('?'.repeat(end - start), end);
    case SURROGATEESCAPE: {
      const out = new Uint8Array(end - start);
      for (let i = start; i < end; i++) {
        const c = text_at(t, i);
        if (c < 0xdc80 || c > 0xdcff)
          return partial && i > start ? bytes_replacement(out.slice(0, i - start), i) : null;
        out[i - start] = c - 0xdc00;
      }
      return bytes_replacement(out, end);
    }
    case BACKSLASHREPLACE:
    case XMLCHARREFREPLACE:
    case NAMEREPLACE: {
      let s = '';
      for (let i = start; i < end; i++) s += replacement_name(kind, text_at(t, i));
      return text_replacement(s, end);
    }
    case SURROGATEPASS:
      return surrogatepass_encode(encoding, t, start, end);
    default:
      return null;
  }
}

function replacement_name(kind: number, c: number): string {
  if (kind === XMLCHARREFREPLACE) return `&#${c};`;
  if (kind === NAMEREPLACE) {
    const name = char_name(c);
    if (name !== null) return `\\N{${name}}`;
  }
  return escape_char(c);
}

/** What a known handler does about b[start:end] that cannot be decoded; null: nothing. */
export function handle_decode(
  kind: number,
  encoding: string,
  b: Uint8Array,
  start: number,
  end: number,
): Replacement | null {
  switch (kind) {
    case IGNORE:
      return text_replacement('', end);
    case REPLACE:
      return text_replacement('\ufffd', end);
    case SURROGATEESCAPE: {
      const out: number[] = [];
      for (let i = start; i < end && i < start + 4 && b[i]! >= 128; i++) out.push(0xdc00 + b[i]!);
      return out.length === 0 ? null : text_replacement(Uint32Array.from(out), start + out.length);
    }
    case BACKSLASHREPLACE: {
      let s = '';
      for (let i = start; i < end; i++) s += `\\x${b[i]!.toString(16).padStart(2, '0')}`;
      return text_replacement(s, end);
    }
    case SURROGATEPASS:
      return surrogatepass_decode(encoding, b, start);
    default:
      return null;
  }
}

/** What a known handler does about t[start:end] that cannot be translated. */
export function handle_translate(kind: number, t: Text, start: number, end: number): Replacement | null {
  if (kind === REPLACE) return text_replacement('\ufffd'.repeat(end - start), end);
  if (kind === IGNORE || kind === BACKSLASHREPLACE) return handle_encode(kind, '', t, start, end);
  return null;
}

// --- errors of one conversion ---------------------------------------------------------------------------------------

/** Checks what a Python handler answered; owned parts are released. */
function unpack(result: PyObject, message: string, bytesToo: boolean): { rep: PyObject; position: PyObject } {
  const items = (result.ob_type.tp_flags & Py_TPFLAGS_TUPLE_SUBCLASS) !== 0 ? (result.v as PyObject[]) : null;
  if (items === null || items.length !== 2) PyErr_SetString(PyExc_TypeError, message);
  const rep = items[0]!;
  if (!is_str(rep) && !(bytesToo && PyBytes_Check(rep))) PyErr_SetString(PyExc_TypeError, message);
  if (!PyLong_Check(items[1]!))
    PyErr_SetString(PyExc_TypeError, `'${items[1]!.ob_type.tp_name}' object cannot be interpreted as an integer`);
  return { rep, position: items[1]! };
}

/** How a family of codecs takes a handler's answer to where it goes on: the place in a text of that length. */
export type Resume = (position: PyObject, length: number) => number;

/** CPython: Objects/unicodeobject.c:unicode_decode_call_errorhandler_writer and kin */
function resume_at(position: PyObject, length: number): number {
  const pos = arg_ssize(position, 0);
  const at = pos < 0 ? pos + length : pos;
  return at >= 0 && at <= length ? at : out_of_bounds(pos);
}

/** No number is too large to be out of bounds. CPython: Modules/cjkcodecs/multibytecodec.c:multibytecodec_encerror */
export function resume_multibyte_at(position: PyObject, length: number): number {
  const value = BigInt(position.v as number | bigint);
  if (BigInt.asIntN(64, value) !== value) return out_of_bounds(-1);
  const at = value < 0n ? value + BigInt(length) : value;
  return at >= 0n && at <= BigInt(length) ? Number(at) : out_of_bounds(at);
}

function out_of_bounds(pos: number | bigint): never {
  PyErr_SetString(PyExc_IndexError, `position ${pos} from error handler out of bounds`);
}

/** Errors while encoding one str. Call `dispose` in the end. */
export class EncodeErrors {
  readonly encoding: string;
  readonly errors: string | null;
  readonly kind: number;
  /** The str being encoded, borrowed. */
  readonly object: PyObject;
  private exc: PyObject | null = null;
  private handler: PyObject | null = null;
  private readonly resume: Resume;
  constructor(encoding: string, errors: string | null, object: PyObject, resume: Resume = resume_at) {
    this.encoding = encoding;
    this.resume = resume;
    this.errors = errors;
    this.kind = error_kind(errors);
    this.object = object;
  }

  raise(start: number, end: number, reason: string): never {
    this.set_exc(start, end, reason);
    throw new Raised(newref(this.exc!));
  }

  private set_exc(start: number, end: number, reason: string): void {
    if (this.exc === null) this.exc = new_unicode_encode_error(this.encoding, this.object, start, end, reason);
    else update_unicode_error(this.exc, start, end, reason);
  }

  /** What to write in place of object[start:end]. */
  handle(start: number, end: number, reason: string): Replacement {
    if (this.kind !== OTHER) {
      return (
        handle_encode(this.kind, this.encoding, this.object.v as Text, start, end, true) ??
        this.raise(start, end, reason)
      );
    }
    this.handler ??= PyCodec_LookupError(this.errors!);
    this.set_exc(start, end, reason);
    const result = PyObject_CallOneArg(this.handler, this.exc!);
    try {
      const { rep, position } = unpack(result, 'encoding error handler must return (str/bytes, int) tuple', true);
      const at = this.resume(position, (this.object.v as Text).length);
      return is_str(rep) ? text_replacement(rep.v, at) : bytes_replacement(rep.v as Uint8Array, at);
    } finally {
      decref(result);
    }
  }

  dispose(): void {
    if (this.exc !== null) decref(this.exc);
    if (this.handler !== null) decref(this.handler);
    this.exc = null;
    this.handler = null;
  }
}

/** Errors while decoding one run of bytes. A Python handler may exchange the input: use `input` after `handle`. */
export class DecodeErrors {
  readonly encoding: string;
  readonly errors: string | null;
  readonly kind: number;
  input: Uint8Array;
  /** Where decoding goes on, after `handle`. */
  pos = 0;
  private exc: PyObject | null = null;
  private handler: PyObject | null = null;
  private readonly resume: Resume;
  constructor(encoding: string, errors: string | null, input: Uint8Array, resume: Resume = resume_at) {
    this.encoding = encoding;
    this.resume = resume;
    this.errors = errors;
    this.kind = error_kind(errors);
    this.input = input;
  }

  raise(start: number, end: number, reason: string): never {
    this.set_exc(start, end, reason);
    throw new Raised(newref(this.exc!));
  }

  private set_exc(start: number, end: number, reason: string): void {
    if (this.exc === null) {
      const object = PyBytes_FromUint8Array(this.input.slice());
      try {
        this.exc = new_unicode_decode_error(this.encoding, object, start, end, reason);
      } finally {
        decref(object);
      }
    } else update_unicode_error(this.exc, start, end, reason);
  }

  /** The text to put in place of input[start:end]; sets `pos`. */
  handle(start: number, end: number, reason: string): Text {
    if (this.kind !== OTHER) {
      const r = handle_decode(this.kind, this.encoding, this.input, start, end) ?? this.raise(start, end, reason);
      this.pos = r.pos;
      return r.value as Text;
    }
    this.handler ??= PyCodec_LookupError(this.errors!);
    this.set_exc(start, end, reason);
    const result = PyObject_CallOneArg(this.handler, this.exc!);
    try {
      const { rep, position } = unpack(result, 'decoding error handler must return (str, int) tuple', false);
      this.input = _PyUnicodeError_GetParams(this.exc!, true).object.v as Uint8Array;
      this.pos = this.resume(position, this.input.length);
      return rep.v as Text;
    } finally {
      decref(result);
    }
  }

  dispose(): void {
    if (this.exc !== null) decref(this.exc);
    if (this.handler !== null) decref(this.handler);
    this.exc = null;
    this.handler = null;
  }
}
