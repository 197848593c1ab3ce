// latin1.ts: Latin-1 and ASCII.                              CPython: Objects/unicodeobject.c:unicode_encode_ucs1

import type { PyObject } from '../../../core/object.ts';
import { string_from_units, type Text, TextWriter, text_at } from '../data.ts';
import { BytesWriter } from './bytes_writer.ts';
import { DecodeErrors, EncodeErrors } from './errors.ts';

export function decode_latin1(b: Uint8Array): string {
  return string_from_units(b);
}

/** CPython: PyUnicode_DecodeASCII */
export function decode_ascii(input: Uint8Array, errors: string | null = null): Text {
  let b = input;
  let i = 0;
  while (i < b.length && b[i]! < 128) i++;
  if (i === b.length) return string_from_units(b);
  const w = new TextWriter();
  w.str(string_from_units(b, 0, i));
  const handler = new DecodeErrors('ascii', errors, b);
  try {
    while (i < b.length) {
      if (b[i]! < 128) w.char(b[i++]!);
      else {
        w.text(handler.handle(i, i + 1, 'ordinal not in range(128)'));
        b = handler.input;
        i = handler.pos;
      }
    }
  } finally {
    handler.dispose();
  }
  return w.finish();
}

/** Encodes with one byte a character, all below `limit` (128 or 256). */
export function encode_ucs1(o: PyObject, limit: number, errors: string | null = null): Uint8Array {
  const t = o.v as Text;
  const n = t.length;
  const out = new Uint8Array(n);
  let i = 0;
  for (; i < n; i++) {
    const c = text_at(t, i);
    if (c >= limit) break;
    out[i] = c;
  }
  if (i === n) return out;
  const w = new BytesWriter(n);
  w.bytes(out.subarray(0, i));
  const reason = `ordinal not in range(${limit})`;
  const handler = new EncodeErrors(limit === 128 ? 'ascii' : 'latin-1', errors, o);
  try {
    while (i < n) {
      const c = text_at(t, i);
      if (c < limit) {
        w.byte(c);
        i++;
        continue;
      }
      let end = i + 1;
      while (end < n && text_at(t, end) >= limit) end++;
      const r = handler.handle(i, end, reason);
      if (r.bytes) w.bytes(r.value as Uint8Array);
      else {
        const rep = r.value as Text;
        for (let k = 0; k < rep.length; k++) {
          if (text_at(rep, k) >= limit) handler.raise(i, end, reason);
          w.byte(text_at(rep, k));
        }
      }
      i = r.pos;
    }
  } finally {
    handler.dispose();
  }
  return w.finish();
}
