// utf7.ts: UTF-7 (RFC 2152).                                    CPython: Objects/unicodeobject.c:PyUnicode_DecodeUTF7Stateful

import type { PyObject } from '../../../core/object.ts';
import { type Text, TextWriter, text_at, text_slice } from '../data.ts';
import { BytesWriter } from './bytes_writer.ts';
import { DecodeErrors } from './errors.ts';
import type { Decoded } from './utf8.ts';

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

function base64_value(c: number): number {
  if (c >= 65 && c <= 90) return c - 65;
  if (c >= 97 && c <= 122) return c - 71;
  if (c >= 48 && c <= 57) return c + 4;
  return c === 43 ? 62 : c === 47 ? 63 : -1;
}

/** Characters that stand for themselves when encoding. */
function direct(c: number): boolean {
  if (c < 32) return c === 9 || c === 10 || c === 13;
  return c < 127 && c !== 43 && c !== 92 && c !== 126;
}

export function decode_utf7(input: Uint8Array, errors: string | null, final: boolean): Decoded {
  let b = input;
  const w = new TextWriter();
  let handler: DecodeErrors | null = null;
  let i = 0;
  let shifted = false;
  let bits = 0;
  let buffer = 0;
  let surrogate = 0;
  let start = 0; // where the shift sequence, or the fault, begins
  let length_before = 0; // of the output, when the shift sequence began
  try {
    for (;;) {
      let message = '';
      while (i < b.length && message === '') {
        const c = b[i]!;
        if (shifted) {
          const v = base64_value(c);
          if (v >= 0) {
            buffer = (buffer << 6) | v;
            bits += 6;
            i++;
            if (bits < 16) continue;
            const unit = (buffer >>> (bits - 16)) & 0xffff;
            bits -= 16;
            buffer &= (1 << bits) - 1;
            if (surrogate !== 0) {
              if ((unit & 0xfc00) === 0xdc00) {
                w.char(0x10000 + ((surrogate & 0x3ff) << 10) + (unit & 0x3ff));
                surrogate = 0;
                continue;
              }
              w.char(surrogate);
              surrogate = 0;
            }
            if ((unit & 0xfc00) === 0xd800) surrogate = unit;
            else w.char(unit);
            continue;
          }
          shifted = false;
          if (bits >= 6) {
            i++;
            message = 'partial character in shift sequence';
            continue;
          }
          if (bits > 0 && buffer !== 0) {
            i++;
            message = 'non-zero padding bits in shift sequence';
            continue;
          }
          if (surrogate !== 0 && c < 128 && c !== 43) w.char(surrogate);
          surrogate = 0;
          if (c === 45) i++;
        } else if (c === 43) {
          start = i++;
          if (i < b.length && b[i] === 45) {
            i++;
            w.str('+');
          } else if (i < b.length && base64_value(b[i]!) < 0) {
            i++;
            message = 'ill-formed sequence';
          } else {
            shifted = true;
            surrogate = 0;
            bits = 0;
            buffer = 0;
            length_before = w.length;
          }
        } else if (c < 128) {
          i++;
          w.char(c);
        } else {
          start = i++;
          message = 'unexpected special character';
        }
      }
      if (message === '') {
        if (!shifted || !final) break;
        shifted = false;
        if (surrogate === 0 && bits < 6 && (bits === 0 || buffer === 0)) break;
        message = 'unterminated shift sequence';
        i = b.length;
      }
      handler ??= new DecodeErrors('utf7', errors, b);
      w.text(handler.handle(start, i, message));
      b = handler.input;
      i = handler.pos;
    }
  } finally {
    handler?.dispose();
  }
  let text = w.finish();
  if (!final && shifted) {
    text = text_slice(text, 0, length_before);
    i = start;
  }
  return { text, consumed: i };
}

/** CPython: _PyUnicode_EncodeUTF7 */
export function encode_utf7(o: PyObject): Uint8Array {
  const t = o.v as Text;
  const w = new BytesWriter(t.length * 2);
  let shifted = false;
  let bits = 0;
  let buffer = 0;
  const unit = (u: number): void => {
    buffer = (buffer << 16) | u;
    bits += 16;
    while (bits >= 6) {
      bits -= 6;
      w.byte(BASE64.charCodeAt((buffer >>> bits) & 63));
      buffer &= (1 << bits) - 1;
    }
  };
  const flush = (): void => {
    if (bits > 0) w.byte(BASE64.charCodeAt((buffer << (6 - bits)) & 63));
    bits = 0;
    buffer = 0;
  };
  for (let i = 0; i < t.length; i++) {
    const c = text_at(t, i);
    if (direct(c)) {
      if (shifted) {
        flush();
        shifted = false;
        if (base64_value(c) >= 0 || c === 45) w.byte(45);
      }
      w.byte(c);
      continue;
    }
    if (!shifted) {
      w.byte(43);
      if (c === 43) {
        w.byte(45);
        continue;
      }
      shifted = true;
    }
    if (c > 0xffff) {
      unit(0xd7c0 + (c >> 10));
      unit(0xdc00 | (c & 0x3ff));
    } else unit(c);
  }
  flush();
  if (shifted) w.byte(45);
  return w.finish();
}
