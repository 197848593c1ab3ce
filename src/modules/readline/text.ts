// text.ts: characters of the line that is edited.
//
// A line is an array of code points. Bytes that are no UTF-8 are lone surrogates U+DC80 to U+DCFF, as Python's surrogateescape
// has them, so that every line can be written back as it was read.

import { char_width as wcwidth } from '../_curses/width.ts';

const WORD = /^[\p{L}\p{N}]$/u;

export function codes(text: string): number[] {
  return Array.from(text, c => c.codePointAt(0)!);
}

export function text_of(chars: readonly number[]): string {
  let text = '';
  for (const c of chars) text += String.fromCodePoint(c);
  return text;
}

/** How many bytes a UTF-8 sequence has that begins with this one; 0: none does. */
export function sequence_length(byte: number): number {
  if (byte < 0x80) return 1;
  if (byte >= 0xc2 && byte < 0xe0) return 2;
  if (byte >= 0xe0 && byte < 0xf0) return 3;
  return byte >= 0xf0 && byte < 0xf5 ? 4 : 0;
}

/** The characters of bytes: UTF-8, and what is none byte by byte. */
export function decode_codes(bytes: ArrayLike<number>): number[] {
  const out: number[] = [];
  for (let i = 0; i < bytes.length; ) {
    const first = bytes[i]!;
    const n = sequence_length(first);
    let c = n === 1 ? first : first & (0xff >> (n + 1));
    let k = 1;
    while (k < n && ((bytes[i + k] ?? 0) & 0xc0) === 0x80) c = (c << 6) | (bytes[i + k++]! & 0x3f);
    const least = [0, 0, 0x80, 0x800, 0x10000][n]!;
    if (n === 0 || k < n || c < least || c > 0x10ffff || (c >= 0xd800 && c < 0xe000)) {
      out.push(0xdc00 + first);
      i++;
    } else {
      out.push(c);
      i += n;
    }
  }
  return out;
}

export function decode(bytes: ArrayLike<number>): string {
  return text_of(decode_codes(bytes));
}

export function encode(text: string): Uint8Array {
  const out: number[] = [];
  for (const c of codes(text)) {
    if (c < 0x80) out.push(c);
    else if (c < 0x800) out.push(0xc0 | (c >> 6), 0x80 | (c & 63));
    else if (c >= 0xdc80 && c <= 0xdcff) out.push(c - 0xdc00);
    else if (c < 0x10000) out.push(0xe0 | (c >> 12), 0x80 | ((c >> 6) & 63), 0x80 | (c & 63));
    else out.push(0xf0 | (c >> 18), 0x80 | ((c >> 12) & 63), 0x80 | ((c >> 6) & 63), 0x80 | (c & 63));
  }
  return Uint8Array.from(out);
}

export function is_control(c: number): boolean {
  return c < 32 || c === 127;
}

/** The columns that a character takes which is no control character; what cannot be shown takes one. */
export function char_width(c: number): number {
  const width = wcwidth(c);
  return width < 0 ? 1 : width;
}

/** Letters and digits: what words are made of for those commands that go by words. */
export function is_word(c: number): boolean {
  return WORD.test(String.fromCodePoint(c));
}

export function is_space(c: number): boolean {
  return c === 32 || c === 9;
}

/** A control character as it is shown: ^X. */
export function caret(c: number): string {
  return `^${String.fromCharCode(c ^ 64)}`;
}

/** A text with its control characters shown, and the columns that it takes. */
export function printable(text: string): [shown: string, width: number] {
  let shown = '';
  let width = 0;
  for (const c of codes(text)) {
    shown += is_control(c) ? caret(c) : String.fromCodePoint(c);
    width += is_control(c) ? 2 : char_width(c);
  }
  return [shown, width];
}
