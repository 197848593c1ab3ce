// tokenizer_chars.ts: classes of ASCII characters, and the three ways to count a line: code units, bytes, characters.
//                                                                CPython: Parser/lexer/lexer.c (macros), Objects/unicodectype.c
//
// The tokenizer works on UTF-16 offsets. Token columns are UTF-8 bytes, SyntaxError offsets are characters (code points).
// Invariant: the text is well-formed UTF-16, so each half of a surrogate pair stands for 2 of its 4 bytes.

export const ID_START = 1;
export const ID_CONTINUE = 2;
export const DIGIT = 4;
export const HEX_DIGIT = 8;
/** Blank, tab, form feed. */
export const SPACE = 16;
/** Letters that may stand before a string literal: b r u f t. */
export const PREFIX = 32;

/** Flags of the 128 ASCII characters. */
export const CHAR_FLAGS: Uint8Array = charFlags();

function charFlags(): Uint8Array {
  const flags = new Uint8Array(128);
  for (let c = 0; c < 128; c++) {
    const ch = String.fromCharCode(c);
    let f = 0;
    if (/[A-Za-z_]/.test(ch)) f |= ID_START | ID_CONTINUE;
    if (/[0-9]/.test(ch)) f |= ID_CONTINUE | DIGIT | HEX_DIGIT;
    if (/[A-Fa-f]/.test(ch)) f |= HEX_DIGIT;
    if (/[ \t\f]/.test(ch)) f |= SPACE;
    if (/[bruftBRUFT]/.test(ch)) f |= PREFIX;
    flags[c] = f;
  }
  return flags;
}

/** Is `c` (a code unit, or NaN at the end of the text) a character that may continue a name? */
export function isNameChar(c: number): boolean {
  return c < 128 ? (CHAR_FLAGS[c]! & ID_CONTINUE) !== 0 : c >= 128;
}

export function isDigit(c: number): boolean {
  return c >= 48 && c <= 57;
}

/** How many bytes the UTF-8 form of text[from:to] has. */
export function utf8Length(text: string, from: number, to: number): number {
  let n = to - from;
  for (let i = from; i < to; i++) {
    const c = text.charCodeAt(i);
    if (c >= 0x80) n += c >= 0x800 && (c < 0xd800 || c > 0xdfff) ? 2 : 1;
  }
  return n;
}

/** How many code points text[from:to] has. */
export function codePointCount(text: string, from: number, to: number): number {
  let n = to - from;
  for (let i = from; i < to; i++) {
    const c = text.charCodeAt(i);
    if (c >= 0xdc00 && c <= 0xdfff) n--;
  }
  return n;
}

/**
 * Code points that begin in the first `bytes` bytes of `line`; one more for a position past the end, as CPython counts.
 * CPython: Parser/pegen.c:_PyPegen_byte_offset_to_character_offset
 */
export function byteToCharOffset(line: string, bytes: number): number {
  if (bytes < 0) return -1;
  let chars = 0;
  let seen = 0;
  for (let i = 0; i < line.length && seen < bytes; i++) {
    const c = line.codePointAt(i)!;
    seen += c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    if (c >= 0x10000) i++;
    chars++;
  }
  return seen < bytes ? chars + 1 : chars;
}

/** Offset of the first character of `text` from `from` on that is not ASCII; the text's length if there is none. */
export function nextNonAscii(text: string, from: number): number {
  const re = /[^\0-\x7f]/g;
  re.lastIndex = from;
  const m = re.exec(text);
  return m === null ? text.length : m.index;
}
