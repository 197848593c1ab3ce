// escape.ts: unicode_escape, raw_unicode_escape, and escapes in bytes.     CPython: Objects/unicodeobject.c, Objects/bytesobject.c

import { PyErr_SetString } from '../../../core/errors.ts';
import type { PyObject } from '../../../core/object.ts';
import { PyExc_DeprecationWarning, PyExc_ValueError } from '../../exceptions.ts';
import { lookup_name } from '../../unicode_data/names.ts';
import { PyErr_WarnFormat } from '../../warnings.ts';
import { string_from_units, type Text, TextWriter, text_at } from '../data.ts';
import { escape_char } from '../repr.ts';
import { BytesWriter } from './bytes_writer.ts';
import { DecodeErrors } from './errors.ts';
import type { Decoded } from './utf8.ts';

function hex_value(c: number): number {
  if (c >= 48 && c <= 57) return c - 48;
  const d = c | 32;
  return d >= 97 && d <= 102 ? d - 87 : -1;
}

/** What a one-letter escape stands for, or -1. */
function simple_escape(c: number): number {
  switch (c) {
    case 92: // backslash
    case 39:
    case 34:
      return c;
    case 98: // b
      return 8;
    case 116: // t
      return 9;
    case 110: // n
      return 10;
    case 102: // f
      return 12;
    case 114: // r
      return 13;
    case 118: // v
      return 11;
    case 97: // a
      return 7;
    default:
      return -1;
  }
}

/** Warns of the first escape that means nothing. */
function warn_invalid(b: Uint8Array, at: number, quote: string): void {
  const c = b[at]!;
  const text =
    c >= 52 && c <= 55
      ? `\\${string_from_units(b, at, at + 3)}" is an invalid octal`
      : `\\${String.fromCharCode(c)}" is an invalid`;
  PyErr_WarnFormat(
    PyExc_DeprecationWarning,
    1,
    `${quote}${text} escape sequence. Such sequences will not work in the future. `,
  );
}

/** CPython: _PyUnicode_DecodeUnicodeEscapeStateful */
export function decode_unicode_escape(input: Uint8Array, errors: string | null, final: boolean): Decoded {
  let b = input;
  const w = new TextWriter();
  let handler: DecodeErrors | null = null;
  let i = 0;
  let invalid = -1;
  try {
    for (;;) {
      const plain = i;
      while (i < b.length && b[i] !== 92) i++;
      if (i > plain) w.str(string_from_units(b, plain, i));
      if (i >= b.length) break;
      const start = i++;
      let message = '\\ at end of string';
      let incomplete = i >= b.length;
      if (!incomplete) {
        const c = b[i++]!;
        const simple = simple_escape(c);
        if (simple >= 0) {
          w.char(simple);
          continue;
        }
        if (c === 10) continue;
        if (c >= 48 && c <= 55) {
          let v = c - 48;
          for (let k = 0; k < 2 && i < b.length && b[i]! >= 48 && b[i]! <= 55; k++) v = v * 8 + b[i++]! - 48;
          if (v > 255 && invalid < 0) invalid = start + 1;
          w.char(v);
          continue;
        }
        const digits = c === 120 ? 2 : c === 117 ? 4 : c === 85 ? 8 : 0;
        if (digits > 0) {
          message =
            c === 120
              ? 'truncated \\xXX escape'
              : c === 117
                ? 'truncated \\uXXXX escape'
                : 'truncated \\UXXXXXXXX escape';
          let v = 0;
          let k = 0;
          for (; k < digits && i < b.length; k++) {
            const d = hex_value(b[i]!);
            if (d < 0) break;
            v = v * 16 + d;
            i++;
          }
          if (k === digits) {
            if (v <= 0x10ffff) {
              w.char(v);
              continue;
            }
            message = 'illegal Unicode character';
          } else incomplete = i >= b.length;
        } else if (c === 78) {
          message = 'malformed \\N character escape';
          incomplete = i >= b.length;
          if (!incomplete && b[i] === 123) {
            const from = ++i;
            while (i < b.length && b[i] !== 125) i++;
            incomplete = i >= b.length;
            if (!incomplete && i > from) {
              const points = lookup_name(string_from_units(b, from, i), false);
              i++;
              if (points !== null) {
                w.char(points[0]!);
                continue;
              }
              message = 'unknown Unicode character name';
            }
          }
        } else {
          if (invalid < 0) invalid = i - 1;
          w.str('\\');
          w.char(c);
          continue;
        }
      }
      if (incomplete && !final) {
        i = start;
        break;
      }
      handler ??= new DecodeErrors('unicodeescape', errors, b);
      w.text(handler.handle(start, i, message));
      b = handler.input;
      i = handler.pos;
    }
  } finally {
    handler?.dispose();
  }
  if (invalid >= 0) warn_invalid(input, invalid, '"');
  return { text: w.finish(), consumed: i };
}

/** CPython: PyUnicode_AsUnicodeEscapeString */
export function encode_unicode_escape(o: PyObject): Uint8Array {
  const t = o.v as Text;
  const w = new BytesWriter(t.length);
  for (let i = 0; i < t.length; i++) {
    const c = text_at(t, i);
    if (c === 92) w.latin1('\\\\');
    else if (c >= 32 && c < 127) w.byte(c);
    else if (c === 9) w.latin1('\\t');
    else if (c === 10) w.latin1('\\n');
    else if (c === 13) w.latin1('\\r');
    else w.latin1(escape_char(c));
  }
  return w.finish();
}

/** CPython: _PyUnicode_DecodeRawUnicodeEscapeStateful */
export function decode_raw_unicode_escape(input: Uint8Array, errors: string | null, final: boolean): Decoded {
  let b = input;
  const w = new TextWriter();
  let handler: DecodeErrors | null = null;
  let i = 0;
  try {
    while (i < b.length) {
      const c = b[i]!;
      if (c !== 92) {
        w.char(c);
        i++;
        continue;
      }
      const start = i++;
      if (i >= b.length) {
        if (!final) {
          i = start;
          break;
        }
        w.char(92);
        continue;
      }
      const kind = b[i++]!;
      if (kind !== 117 && kind !== 85) {
        w.char(92);
        w.char(kind);
        continue;
      }
      const digits = kind === 117 ? 4 : 8;
      let message = kind === 117 ? 'truncated \\uXXXX escape' : 'truncated \\UXXXXXXXX escape';
      let v = 0;
      let k = 0;
      for (; k < digits && i < b.length; k++) {
        const d = hex_value(b[i]!);
        if (d < 0) break;
        v = v * 16 + d;
        i++;
      }
      if (k === digits) {
        if (v <= 0x10ffff) {
          w.char(v);
          continue;
        }
        message = '\\Uxxxxxxxx out of range';
      } else if (i >= b.length && !final) {
        i = start;
        break;
      }
      handler ??= new DecodeErrors('rawunicodeescape', errors, b);
      w.text(handler.handle(start, i, message));
      b = handler.input;
      i = handler.pos;
    }
  } finally {
    handler?.dispose();
  }
  return { text: w.finish(), consumed: i };
}

/** CPython: PyUnicode_AsRawUnicodeEscapeString */
export function encode_raw_unicode_escape(o: PyObject): Uint8Array {
  const t = o.v as Text;
  const w = new BytesWriter(t.length);
  for (let i = 0; i < t.length; i++) {
    const c = text_at(t, i);
    if (c < 256) w.byte(c);
    else w.latin1(escape_char(c));
  }
  return w.finish();
}

/** Backslash escapes of bytes literals. CPython: PyBytes_DecodeEscape */
export function decode_bytes_escape(b: Uint8Array, errors: string | null): Uint8Array {
  const w = new BytesWriter(b.length);
  let invalid = -1;
  for (let i = 0; i < b.length; ) {
    const c = b[i++]!;
    if (c !== 92) {
      w.byte(c);
      continue;
    }
    if (i >= b.length) PyErr_SetString(PyExc_ValueError, 'Trailing \\ in string');
    const e = b[i++]!;
    const simple = simple_escape(e);
    if (simple >= 0) w.byte(simple);
    else if (e === 10) continue;
    else if (e >= 48 && e <= 55) {
      let v = e - 48;
      const at = i - 1;
      for (let k = 0; k < 2 && i < b.length && b[i]! >= 48 && b[i]! <= 55; k++) v = v * 8 + b[i++]! - 48;
      if (v > 255 && invalid < 0) invalid = at;
      w.byte(v & 255);
    } else if (e === 120) {
      const hi = i < b.length ? hex_value(b[i]!) : -1;
      const lo = i + 1 < b.length ? hex_value(b[i + 1]!) : -1;
      if (hi >= 0 && lo >= 0) {
        w.byte(hi * 16 + lo);
        i += 2;
        continue;
      }
      if (hi >= 0) i++;
      if (errors === null || errors === 'strict') {
        PyErr_SetString(PyExc_ValueError, `invalid \\x escape at position ${i - 2 - (hi >= 0 ? 1 : 0)}`);
      }
      if (errors === 'replace') w.byte(63);
      else if (errors !== 'ignore') {
        PyErr_SetString(PyExc_ValueError, `decoding error; unknown error handling code: ${errors}`);
      }
    } else {
      if (invalid < 0) invalid = i - 1;
      w.byte(92);
      w.byte(e);
    }
  }
  if (invalid >= 0) warn_invalid(b, invalid, 'b"');
  return w.finish();
}

/** The inside of repr() of bytes with single quotes. CPython: _codecs_escape_encode_impl */
export function encode_bytes_escape(b: Uint8Array): Uint8Array {
  const w = new BytesWriter(b.length);
  for (let i = 0; i < b.length; i++) {
    const c = b[i]!;
    if (c === 39 || c === 92) {
      w.byte(92);
      w.byte(c);
    } else if (c === 9) w.latin1('\\t');
    else if (c === 10) w.latin1('\\n');
    else if (c === 13) w.latin1('\\r');
    else if (c < 32 || c >= 127) w.latin1(escape_char(c));
    else w.byte(c);
  }
  return w.finish();
}
