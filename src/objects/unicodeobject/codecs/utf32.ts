// utf32.ts: UTF-32 in both byte orders.          CPython: Objects/unicodeobject.c:PyUnicode_DecodeUTF32Stateful

import type { PyObject } from '../../../core/object.ts';
import { type Text, TextWriter, text_at } from '../data.ts';
import { BytesWriter, text_is_ascii } from './bytes_writer.ts';
import { DecodeErrors, EncodeErrors } from './errors.ts';
import type { DecodedUtf } from './utf16.ts';

export function decode_utf32(input: Uint8Array, errors: string | null, byteorder: number, final: boolean): DecodedUtf {
  let b = input;
  let i = 0;
  if (byteorder === 0 && b.length >= 4) {
    if (b[0] === 0xff && b[1] === 0xfe && b[2] === 0 && b[3] === 0) {
      i = 4;
      byteorder = -1;
    } else if (b[0] === 0 && b[1] === 0 && b[2] === 0xfe && b[3] === 0xff) {
      i = 4;
      byteorder = 1;
    }
  }
  if (b.length === 0) return { text: '', consumed: 0, byteorder };
  const big = byteorder > 0;
  const encoding = big ? 'utf-32-be' : 'utf-32-le';
  const w = new TextWriter();
  let handler: DecodeErrors | null = null;
  try {
    for (;;) {
      let end = i + 4;
      let reason: string;
      if (i + 3 >= b.length) {
        if (i >= b.length || !final) break;
        end = b.length;
        reason = 'truncated data';
      } else {
        const c =
          (big
            ? (b[i]! << 24) | (b[i + 1]! << 16) | (b[i + 2]! << 8) | b[i + 3]!
            : (b[i + 3]! << 24) | (b[i + 2]! << 16) | (b[i + 1]! << 8) | b[i]!) >>> 0;
        if (c >= 0xd800 && c <= 0xdfff) reason = 'code point in surrogate code point range(0xd800, 0xe000)';
        else if (c > 0x10ffff) reason = 'code point not in range(0x110000)';
        else {
          w.char(c);
          i += 4;
          continue;
        }
      }
      handler ??= new DecodeErrors(encoding, errors, b);
      w.text(handler.handle(i, end, reason));
      b = handler.input;
      i = handler.pos;
    }
  } finally {
    handler?.dispose();
  }
  return { text: w.finish(), consumed: i, byteorder };
}

/** byteorder 0: little-endian with a byte order mark; -1 little, 1 big. CPython: _PyUnicode_EncodeUTF32 */
export function encode_utf32(o: PyObject, errors: string | null, byteorder: number): Uint8Array {
  const t = o.v as Text;
  const big = byteorder > 0;
  const w = new BytesWriter(t.length * 4 + 4);
  const unit = (c: number): void => {
    w.byte(big ? 0 : c & 0xff);
    w.byte(big ? c >> 16 : (c >> 8) & 0xff);
    w.byte(big ? (c >> 8) & 0xff : c >> 16);
    w.byte(big ? c & 0xff : 0);
  };
  if (byteorder === 0) unit(0xfeff);
  let handler: EncodeErrors | null = null;
  const encoding = byteorder === 0 ? 'utf-32' : big ? 'utf-32-be' : 'utf-32-le';
  const reason = 'surrogates not allowed';
  try {
    for (let i = 0; i < t.length; ) {
      const c = text_at(t, i);
      if (c < 0xd800 || c > 0xdfff) {
        unit(c);
        i++;
        continue;
      }
      handler ??= new EncodeErrors(encoding, errors, o);
      const r = handler.handle(i, i + 1, reason);
      if (r.bytes) {
        if ((r.value.length & 3) !== 0) handler.raise(i, i + 1, reason);
        w.bytes(r.value as Uint8Array);
      } else {
        if (!text_is_ascii(r.value as Text)) handler.raise(i, i + 1, reason);
        for (let k = 0; k < r.value.length; k++) unit(text_at(r.value as Text, k));
      }
      i = r.pos;
    }
  } finally {
    handler?.dispose();
  }
  return w.finish();
}
