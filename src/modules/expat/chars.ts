// chars.ts: which characters may stand in XML, and in its names (XML 1.0, 4th edition, as Expat has it).
//
//                                                                                          CPython: Modules/expat/nametab.h
import { BASE_CHAR, COMBINING_CHAR, DIGIT, EXTENDER, IDEOGRAPHIC } from 'xmlchars/xml/1.0/ed4.js';

export const NAME_START = 1;
export const NAME = 2;
/** No character of XML. The decoders put U+FFFF where bytes stand for nothing. */
export const BAD = 4;
export const SPACE = 8;

let table: Uint8Array | null = null;

/** Marks the ranges of a regular expression's character class. */
function mark(t: Uint8Array, set: string, bits: number): void {
  for (let i = 0; i < set.length; i++) {
    const from = set.charCodeAt(i);
    let to = from;
    if (set[i + 1] === '-') {
      to = set.charCodeAt(i + 2);
      i += 2;
    }
    for (let c = from; c <= to; c++) t[c]! |= bits;
  }
}

/** What each UTF-16 unit may be. ':' counts as part of names; where namespaces matter, the scanner looks for it first. */
export function char_table(): Uint8Array {
  if (table === null) {
    const t = new Uint8Array(0x10000);
    for (const set of [BASE_CHAR, IDEOGRAPHIC, '_:']) mark(t, set, NAME_START | NAME);
    for (const set of [COMBINING_CHAR, DIGIT, EXTENDER]) mark(t, set, NAME);
    for (const c of '.-') t[c.charCodeAt(0)]! |= NAME;
    for (let c = 0; c < 0x20; c++) t[c] = BAD;
    for (const c of [9, 10, 13, 32]) t[c] = SPACE;
    t[0xfffe] = t[0xffff] = BAD;
    table = t;
  }
  return table;
}

/** The number of a character reference between '&#' and ';', or -1: no character. CPython: XmlCharRefNumber */
export function char_ref_number(text: string): number {
  const hex = text[0] === 'x';
  const digits = text.slice(hex ? 1 : 0).replace(/^0+(?=.)/, '');
  if (digits.length > 7) return -1;
  const n = Number.parseInt(digits, hex ? 16 : 10);
  if (n > 0x10ffff || (n >= 0xd800 && n <= 0xdfff)) return -1;
  return n < 0x10000 && (char_table()[n]! & BAD) !== 0 ? -1 : n;
}
