// utf16.ts: UTF-16 in both byte orders.          CPython: Objects/unicodeobject.c:PyUnicode_DecodeUTF16Stateful

import type { PyObject } from '../../../core/object.ts';
import { type Text, TextWriter, text_at } from '../data.ts';
import { BytesWriter, text_is_ascii } from './bytes_writer.ts';
import { DecodeErrors, EncodeErrors } from './errors.ts';

/** What a decoder of several byte orders found: `byteorder` -1 little, 1 big, 0 not known (little is assumed). */
export interface DecodedUtf {
  text: Text;
  consumed: number;
  byteorder: number;
}

export function decode_utf16(input: Uint8Array, errors: string | null, byteorder: number, final: boolean): DecodedUtf {
  let b = input;
  let i = 0;
  if (byteorder === 0 && b.length >= 2) {
    const bom = b[0]! | (b[1]! << 8);
    if (bom === 0xfeff) {
      i = 2;
      byteorder = -1;
    } else if (bom === 0xfffe) {
      i = 2;
      byteorder = 1;
    }
  }
  if (b.length === 0) return { text: '', consumed: 0, byteorder };
  const lo = byteorder > 0 ? 1 : 0;
  const hi = 1 - lo;
  const encoding = byteorder > 0 ? 'utf-16-be' : 'utf-16-le';
  const w = new TextWriter();
  let handler: DecodeErrors | null = null;
  try {
    for (;;) {
      let start = i;
      let end = i;
      let reason: string;
      if (i + 1 >= b.length) {
        if (i >= b.length || !final) break;
        end = b.length;
        reason = 'truncated data';
      } else {
        const c = b[i + lo]! | (b[i + hi]! << 8);
        if ((c & 0xf800) !== 0xd800) {
          w.char(c);
          i += 2;
          continue;
        }
        if (c >= 0xdc00) {
          end = i + 2;
          reason = 'illegal encoding';
        } else if (i + 3 >= b.length) {
          if (!final) break;
          end = b.length;
          reason = 'unexpected end of data';
        } else {
          const d = b[i + 2 + lo]! | (b[i + 2 + hi]! << 8);
          if ((d & 0xfc00) === 0xdc00) {
            w.char(0x10000 + ((c & 0x3ff) << 10) + (d & 0x3ff));
            i += 4;
            continue;
          }
          end = i + 2;
          reason = 'illegal UTF-16 surrogate';
        }
      }
      handler ??= new DecodeErrors(encoding, errors, b);
      w.text(handler.handle(start, end, reason));
      b = handler.input;
      start = handler.pos;
      i = start;
    }
  } finally {
    handler?.dispose();
  }
  return { text: w.finish(), consumed: i, byteorder };
}

/** byteorder 0: little-endian with a byte order mark; -1 little, 1 big. CPython: _PyUnicode_EncodeUTF16 */
export function encode_utf16(o: PyObject, errors: string | null, byteorder: number): Uint8Array {
  const t = o.v as Text;
  const big = byteorder > 0;
  const w = new BytesWriter(t.length * 2 + 2);
  const unit = (c: number): void => {
    w.byte(big ? c >> 8 : c & 0xff);
    w.byte(big ? c & 0xff : c >> 8);
  };
  if (byteorder === 0) unit(0xfeff);
  let handler: EncodeErrors | null = null;
  const encoding = byteorder === 0 ? 'utf-16' : big ? 'utf-16-be' : 'utf-16-le';
  const reason = 'surrogates not allowed';
  try {
    for (let i = 0; i < t.length; ) {
      const c = text_at(t, i);
      if (c > 0xffff) {
        unit(0xd7c0 + (c >> 10));
        unit(0xdc00 | (c & 0x3ff));
        i++;
      } else if ((c & 0xf800) !== 0xd800) {
        unit(c);
        i++;
      } else {
        handler ??= new EncodeErrors(encoding, errors, o);
        const r = handler.handle(i, i + 1, reason);
        if (r.bytes) {
          if ((r.value.length & 1) !== 0) handler.raise(i, i + 1, reason);
          w.bytes(r.value as Uint8Array);
        } else {
          if (!text_is_ascii(r.value as Text)) handler.raise(i, i + 1, reason);
          for (let k = 0; k < r.value.length; k++) unit(text_at(r.value as Text, k));
        }
        i = r.pos;
      }
    }
  } finally {
    handler?.dispose();
  }
  return w.finish();
}
