// utf8.ts: UTF-8.                                 CPython: Objects/stringlib/codecs.h, PyUnicode_DecodeUTF8Stateful

import type { PyObject } from '../../../core/object.ts';
import { string_from_bytes, type Text, TextWriter, text_from_js } from '../data.ts';
import { BytesWriter, text_is_ascii } from './bytes_writer.ts';
import { DecodeErrors, EncodeErrors } from './errors.ts';

// The platform's coders, in browsers and in Node: worth their call from a few dozen bytes on, and some more if all are ASCII.
declare const TextDecoder: new (
  label: string,
  options: { fatal: boolean; ignoreBOM: boolean },
) => { decode(b: Uint8Array): string };
declare const TextEncoder: new () => { encode(s: string): Uint8Array };

const SHORT = 32;
const SHORT_ASCII = 128;
const coders: { decoder: { decode(b: Uint8Array): string } | null; encoder: { encode(s: string): Uint8Array } | null } =
  {
    decoder: null,
    encoder: null,
  };

/** Length of the ASCII prefix. */
function ascii_prefix(b: Uint8Array, start: number, end: number): number {
  let i = start;
  while (i < end && b[i]! < 128) i++;
  return i;
}

/** Decodes; `consumed` is set when incomplete input at the end is to be left (final = false). */
export interface Decoded {
  text: Text;
  consumed: number;
}

/** CPython: PyUnicode_DecodeUTF8 */
export function decode_utf8(input: Uint8Array, errors: string | null = null, start = 0, end = input.length): Text {
  if (end - start <= SHORT_ASCII && ascii_prefix(input, start, end) === end)
    return string_from_bytes(input, start, end);
  const b = end - start === input.length ? input : input.subarray(start, end);
  if (b.length > SHORT) {
    coders.decoder ??= new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
    try {
      return text_from_js(coders.decoder.decode(b));
    } catch {
      // Malformed: the loop below finds out where.
    }
  }
  return decode_utf8_stateful(b, errors, true).text;
}

/** CPython: PyUnicode_DecodeUTF8Stateful */
export function decode_utf8_stateful(input: Uint8Array, errors: string | null, final: boolean): Decoded {
  const w = new TextWriter();
  let handler: DecodeErrors | null = null;
  let b = input;
  let i = 0;
  try {
    for (;;) {
      const stop = ascii_prefix(b, i, b.length);
      if (stop > i) {
        w.str(string_from_bytes(b, i, stop));
        i = stop;
      }
      if (i >= b.length) break;
      const c = b[i]!;
      const left = b.length - i;
      let bad = 1; // how many bytes are at fault
      let reason = 'invalid start byte';
      if (c >= 0xc2 && c < 0xe0) {
        if (left < 2) {
          if (!final) break;
          reason = 'unexpected end of data';
        } else if ((b[i + 1]! & 0xc0) === 0x80) {
          w.char(((c & 0x1f) << 6) | (b[i + 1]! & 0x3f));
          i += 2;
          continue;
        } else reason = 'invalid continuation byte';
      } else if (c >= 0xe0 && c < 0xf0) {
        const d = left > 1 ? b[i + 1]! : -1;
        const ok = d < 0 || ((d & 0xc0) === 0x80 && (c !== 0xe0 || d >= 0xa0) && (c !== 0xed || d < 0xa0));
        if (d >= 0 && !ok) {
          // Half of a surrogate may be one that the error handler wants.
          if (!final && left === 2 && c === 0xed && (d & 0xe0) === 0xa0) break;
          reason = 'invalid continuation byte';
        } else if (left < 3) {
          if (!final) break;
          bad = left;
          reason = 'unexpected end of data';
        } else if ((b[i + 2]! & 0xc0) !== 0x80) {
          bad = 2;
          reason = 'invalid continuation byte';
        } else {
          w.char(((c & 0x0f) << 12) | ((d & 0x3f) << 6) | (b[i + 2]! & 0x3f));
          i += 3;
          continue;
        }
      } else if (c >= 0xf0 && c < 0xf5) {
        const d = left > 1 ? b[i + 1]! : -1;
        const ok = d < 0 || ((d & 0xc0) === 0x80 && (c !== 0xf0 || d >= 0x90) && (c !== 0xf4 || d < 0x90));
        if (d >= 0 && !ok) reason = 'invalid continuation byte';
        else if (left > 2 && (b[i + 2]! & 0xc0) !== 0x80) {
          bad = 2;
          reason = 'invalid continuation byte';
        } else if (left < 4) {
          if (!final) break;
          bad = left;
          reason = 'unexpected end of data';
        } else if ((b[i + 3]! & 0xc0) !== 0x80) {
          bad = 3;
          reason = 'invalid continuation byte';
        } else {
          w.char(((c & 7) << 18) | ((d & 0x3f) << 12) | ((b[i + 2]! & 0x3f) << 6) | (b[i + 3]! & 0x3f));
          i += 4;
          continue;
        }
      }
      handler ??= new DecodeErrors('utf-8', errors, b);
      w.text(handler.handle(i, i + bad, reason));
      b = handler.input;
      i = handler.pos;
    }
  } finally {
    handler?.dispose();
  }
  return { text: w.finish(), consumed: final ? input.length : i };
}

const REASON = 'surrogates not allowed';

/** UTF-8 of a JS string without lone surrogates. */
export function utf8_from_js(s: string): Uint8Array {
  if (s.length <= SHORT) {
    const out = new Uint8Array(s.length);
    let i = 0;
    for (; i < s.length; i++) {
      const c = s.charCodeAt(i);
      if (c > 127) break;
      out[i] = c;
    }
    if (i === s.length) return out;
  }
  coders.encoder ??= new TextEncoder();
  return coders.encoder.encode(s);
}

/** CPython: _PyUnicode_AsUTF8String */
export function encode_utf8(o: PyObject, errors: string | null = null): Uint8Array {
  const t = o.v as Text;
  if (typeof t === 'string') return utf8_from_js(t);
  const w = new BytesWriter(t.length * 2);
  let handler: EncodeErrors | null = null;
  try {
    for (let i = 0; i < t.length; ) {
      const c = t[i]!;
      if (c < 0x80) w.byte(c);
      else if (c < 0x800) {
        w.byte(0xc0 | (c >> 6));
        w.byte(0x80 | (c & 0x3f));
      } else if (c >= 0x10000) {
        w.byte(0xf0 | (c >> 18));
        w.byte(0x80 | ((c >> 12) & 0x3f));
        w.byte(0x80 | ((c >> 6) & 0x3f));
        w.byte(0x80 | (c & 0x3f));
      } else if (c < 0xd800 || c > 0xdfff) {
        w.byte(0xe0 | (c >> 12));
        w.byte(0x80 | ((c >> 6) & 0x3f));
        w.byte(0x80 | (c & 0x3f));
      } else {
        let end = i + 1;
        while (end < t.length && t[end]! >= 0xd800 && t[end]! <= 0xdfff) end++;
        handler ??= new EncodeErrors('utf-8', errors, o);
        const r = handler.handle(i, end, REASON);
        if (r.bytes) w.bytes(r.value as Uint8Array);
        else if (text_is_ascii(r.value as Text)) w.latin1(r.value as string);
        else handler.raise(i, end, REASON);
        i = r.pos;
        continue;
      }
      i++;
    }
  } finally {
    handler?.dispose();
  }
  return w.finish();
}
