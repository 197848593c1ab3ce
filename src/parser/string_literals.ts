// string_literals.ts: the text of a str or bytes literal to its value.      CPython: Parser/string_parser.c
//
// Works on a token's text and knows no tokens: an error is a StringLiteralError and an invalid escape is handed back
// with its offset, because their places in the source are the parser's business.
// Enter through: parseStringLiteral (a whole STRING token), decodeEscapes (an f-string's literal part).
// Differs: CPython first rewrites the text as ASCII with \U escapes and reports positions in that; we decode directly and
// compute such a position when an error asks for it (escapedLength).
import { SurrogateStr } from './constants.ts';

/** Looks up a Unicode character name (any case, aliases too); returns the code point, or -1 for an unknown name. */
export type NameLookup = (name: string) => number;

/** The first invalid escape in a literal: it stays as it is, with a SyntaxWarning. */
export interface InvalidEscape {
  /** Offset of the backslash in the decoded text. */
  readonly offset: number;
  /** What stands behind the backslash: one character, or three octal digits. */
  readonly escape: string;
}

/** A literal that has no value. The parser raises SyntaxError with `(${kind}) ${msg}`, for 'syntax' with `msg` alone. */
export class StringLiteralError {
  readonly kind: 'unicode error' | 'value error' | 'syntax';
  readonly msg: string;
  constructor(kind: StringLiteralError['kind'], msg: string) {
    this.kind = kind;
    this.msg = msg;
  }
}

export interface StringLiteral {
  readonly value: string | SurrogateStr | Uint8Array;
  /** Has it a 'u' prefix? `ast.Constant.kind` tells. */
  readonly isU: boolean;
  readonly invalidEscape: InvalidEscape | null;
  /** Where the contents begin in the token's text; add it to invalidEscape.offset. */
  readonly contentStart: number;
}

/** The two texts for an invalid escape: the warning's, and the SyntaxError's that a filter makes of it. */
export function invalidEscapeMessages(sequence: string): { warning: string; error: string } {
  const octal = sequence.length > 1 ? 'octal ' : '';
  const what = `"\\${sequence}" is an invalid ${octal}escape sequence.`;
  const advice = `Did you mean "\\\\${sequence}"? A raw string is also an option.`;
  return { warning: `${what} Such sequences will not work in the future. ${advice}`, error: `${what} ${advice}` };
}

/** The value of a STRING token. CPython: string_parser.c:_PyPegen_parse_string */
export function parseStringLiteral(text: string, lookupName: NameLookup | null): StringLiteral {
  let start = 0;
  let isBytes = false;
  let isRaw = false;
  let isU = false;
  for (; ; start++) {
    const c = text.charCodeAt(start) | 32;
    if (c === 98) isBytes = true;
    else if (c === 114) isRaw = true;
    else if (c === 117) isU = true;
    else break;
  }
  const quote = text[start]!;
  const size = text.length - start >= 6 && text[start + 1] === quote && text[start + 2] === quote ? 3 : 1;
  const contentStart = start + size;
  const content = text.slice(contentStart, text.length - size);
  if (isBytes) {
    if (!/^[\0-\x7f]*$/.test(content)) {
      throw new StringLiteralError('syntax', 'bytes can only contain ASCII literal characters');
    }
    const decoded = isRaw || !content.includes('\\') ? rawBytes(content) : decodeBytesEscapes(content);
    return { value: decoded.value, isU, invalidEscape: decoded.invalidEscape, contentStart };
  }
  if (isRaw || !content.includes('\\')) return { value: content, isU, invalidEscape: null, contentStart };
  const decoded = decodeEscapes(content, lookupName);
  return { value: decoded.value, isU, invalidEscape: decoded.invalidEscape, contentStart };
}

// ---- bytes ----------------------------------------------------------------------------------------------------------

interface DecodedBytes {
  value: Uint8Array;
  invalidEscape: InvalidEscape | null;
}

function rawBytes(text: string): DecodedBytes {
  const value = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) value[i] = text.charCodeAt(i);
  return { value, invalidEscape: null };
}

/** CPython: Objects/bytesobject.c:_PyBytes_DecodeEscape2 */
function decodeBytesEscapes(text: string): DecodedBytes {
  const out = new Uint8Array(text.length);
  let n = 0;
  let invalidEscape: InvalidEscape | null = null;
  for (let i = 0; i < text.length; ) {
    const c = text.charCodeAt(i);
    if (c !== 92) {
      out[n++] = c;
      i++;
      continue;
    }
    const start = i;
    const e = text.charCodeAt(i + 1);
    i += 2;
    const simple = simpleEscape(e);
    if (simple >= 0) {
      out[n++] = simple;
    } else if (e === 10) {
      // A backslash at the end of the line: nothing.
    } else if (e >= 48 && e <= 55) {
      i = octalEnd(text, start + 1);
      const value = Number.parseInt(text.slice(start + 1, i), 8);
      if (value > 0o377) invalidEscape ??= { offset: start, escape: text.slice(start + 1, i) };
      out[n++] = value & 0xff;
    } else if (e === 120) {
      const value = hexValue(text, i, 2);
      if (value < 0) throw new StringLiteralError('value error', `invalid \\x escape at position ${start}`);
      out[n++] = value;
      i += 2;
    } else {
      invalidEscape ??= { offset: start, escape: text[start + 1]! };
      out[n++] = 92;
      i = start + 1;
    }
  }
  return { value: out.slice(0, n), invalidEscape };
}

// ---- str ------------------------------------------------------------------------------------------------------------

export interface DecodedStr {
  value: string | SurrogateStr;
  invalidEscape: InvalidEscape | null;
}

/**
 * Replaces the escapes in a str literal's contents.
 * CPython: string_parser.c:decode_unicode_with_escapes, Objects/unicodeobject.c:_PyUnicode_DecodeUnicodeEscapeInternal2
 */
export function decodeEscapes(text: string, lookupName: NameLookup | null): DecodedStr {
  let out = '';
  /** Code points so far, once one of them is a surrogate. */
  let points: number[] | null = null;
  let invalidEscape: InvalidEscape | null = null;
  const length = text.length;
  let i = 0;
  for (;;) {
    let backslash = text.indexOf('\\', i);
    if (backslash < 0) backslash = length;
    if (backslash > i) {
      const plain = text.slice(i, backslash);
      if (points === null) out += plain;
      else for (const ch of plain) points.push(ch.codePointAt(0)!);
    }
    if (backslash === length) break;
    const e = text.charCodeAt(backslash + 1);
    i = backslash + 2;
    let value = simpleEscape(e);
    if (value < 0) {
      if (e === 10) continue;
      if (e >= 48 && e <= 55) {
        i = octalEnd(text, backslash + 1);
        value = Number.parseInt(text.slice(backslash + 1, i), 8);
        if (value > 0o377) invalidEscape ??= { offset: backslash, escape: text.slice(backslash + 1, i) };
      } else if (e === 120 || e === 117 || e === 85) {
        const digits = e === 120 ? 2 : e === 117 ? 4 : 8;
        value = hexValue(text, i, digits);
        if (value < 0) {
          const name = e === 120 ? 'xXX' : e === 117 ? 'uXXXX' : 'UXXXXXXXX';
          throw unicodeError(text, backslash, hexEnd(text, i, digits), `truncated \\${name} escape`);
        }
        i += digits;
        if (value > 0x10ffff) throw unicodeError(text, backslash, i, 'illegal Unicode character');
      } else if (e === 78) {
        const close = text.charCodeAt(i) === 123 ? text.indexOf('}', i) : i;
        if (close < 0) throw unicodeError(text, backslash, length, 'malformed \\N character escape');
        if (close <= i + 1) throw unicodeError(text, backslash, close, 'malformed \\N character escape');
        if (lookupName === null) {
          const why = "\\N escapes not supported (can't load unicodedata module)";
          throw unicodeError(text, backslash, close + 1, why);
        }
        value = lookupName(text.slice(i + 1, close));
        if (value < 0) throw unicodeError(text, backslash, close + 1, 'unknown Unicode character name');
        i = close + 1;
      } else {
        if (i > length) throw unicodeError(text, backslash, length, '\\ at end of string');
        if (e < 128) invalidEscape ??= { offset: backslash, escape: text[backslash + 1]! };
        value = 92;
        i = backslash + 1;
      }
    }
    if (points === null && value >= 0xd800 && value <= 0xdfff) {
      points = Array.from(out, ch => ch.codePointAt(0)!);
    }
    if (points === null) out += String.fromCodePoint(value);
    else points.push(value);
  }
  return { value: points === null ? out : new SurrogateStr(points), invalidEscape };
}

/** The error for text[from:to]; the positions are those of the text with every non-ASCII character as an escape. */
function unicodeError(text: string, from: number, to: number, reason: string): StringLiteralError {
  const start = escapedLength(text, from);
  const end = escapedLength(text, to);
  const codec = "'unicodeescape' codec can't decode";
  const where = end - start === 1 ? `byte 0x5c in position ${start}` : `bytes in position ${start}-${end - 1}`;
  return new StringLiteralError('unicode error', `${codec} ${where}: ${reason}`);
}

/** Length of text[:end] with each character beyond ASCII as \UXXXXXXXX, and a backslash before it as \u005c. */
function escapedLength(text: string, end: number): number {
  let n = 0;
  for (let i = 0; i < end; i++) {
    const c = text.codePointAt(i)!;
    if (c === 92) {
      n++;
      i++;
      if (i >= end) break;
      if (text.charCodeAt(i) >= 128) {
        n += 5;
        i--;
      } else n++;
    } else if (c < 128) n++;
    else {
      n += 10;
      if (c > 0xffff) i++;
    }
  }
  return n;
}

// ---- escapes --------------------------------------------------------------------------------------------------------

/** The value of a one-letter escape, -1 if `e` is none. */
function simpleEscape(e: number): number {
  switch (e) {
    case 92:
    case 39:
    case 34:
      return e;
    case 98:
      return 8;
    case 102:
      return 12;
    case 116:
      return 9;
    case 110:
      return 10;
    case 114:
      return 13;
    case 118:
      return 11;
    case 97:
      return 7;
    default:
      return -1;
  }
}

/** End of the one to three octal digits from `i` on. */
function octalEnd(text: string, i: number): number {
  const limit = i + 3;
  while (i < limit) {
    const c = text.charCodeAt(i);
    if (!(c >= 48 && c <= 55)) break;
    i++;
  }
  return i;
}

function hexDigit(c: number): number {
  if (c >= 48 && c <= 57) return c - 48;
  const lower = c | 32;
  return lower >= 97 && lower <= 102 ? lower - 87 : -1;
}

/** The number that `count` hexadecimal digits from `i` on make; -1 if there are fewer. */
function hexValue(text: string, i: number, count: number): number {
  let value = 0;
  for (let k = 0; k < count; k++) {
    const digit = hexDigit(text.charCodeAt(i + k));
    if (digit < 0) return -1;
    value = value * 16 + digit;
  }
  return value;
}

/** End of the at most `count` hexadecimal digits from `i` on. */
function hexEnd(text: string, i: number, count: number): number {
  const limit = i + count;
  while (i < limit && hexDigit(text.charCodeAt(i)) >= 0) i++;
  return i;
}
