// lines.ts: line endings: finding them in texts, and translating them.                  CPython: Modules/_io/textio.c
//
// Positions count code points, in both forms that a text has.

import { type Text, text_from_points, text_slice } from '../../objects/unicodeobject.ts';

const LF = 10;
const CR = 13;

/** Position of a character at or after `from`, or -1. */
function index_of(t: Text, c: number, from: number): number {
  return typeof t === 'string' ? t.indexOf(c === LF ? '\n' : '\r', from) : t.indexOf(c, from);
}

function at(t: Text, i: number): number {
  return typeof t === 'string' ? t.charCodeAt(i) : t[i]!;
}

/** How lines end: after '\n' only, after any of the three endings, or after a given ending. */
export interface LineEnding {
  universal: boolean;
  /** The ending when not universal and not plain '\n'. */
  newline: string;
}

/** Where the line that starts at `start` ends (just behind its ending), or -1 when its ending is not in the text.
 *  CPython: Modules/_io/textio.c:_PyIO_find_line_ending */
export function line_end(t: Text, start: number, ending: LineEnding): number {
  if (ending.universal) {
    const lf = index_of(t, LF, start);
    const cr = index_of(t, CR, start);
    if (cr < 0) return lf < 0 ? -1 : lf + 1;
    if (lf >= 0 && lf < cr) return lf + 1;
    return cr + 1 < t.length && at(t, cr + 1) === LF ? cr + 2 : cr + 1;
  }
  const { newline } = ending;
  if (newline.length === 1) {
    const i = index_of(t, newline.charCodeAt(0), start);
    return i < 0 ? -1 : i + 1;
  }
  for (let i = index_of(t, CR, start); i >= 0; i = index_of(t, CR, i + 1)) {
    if (i + 1 < t.length && at(t, i + 1) === LF) return i + 2;
  }
  return -1;
}

/** Which endings occur: bits of SEEN_*. */
export const SEEN_CR = 1;
export const SEEN_LF = 2;
export const SEEN_CRLF = 4;

export function endings_seen(t: Text): number {
  let seen = 0;
  let lf = index_of(t, LF, 0);
  let cr = index_of(t, CR, 0);
  if (cr < 0) return lf < 0 ? 0 : SEEN_LF;
  while (lf >= 0 || cr >= 0) {
    if (cr < 0 || (lf >= 0 && lf < cr)) {
      seen |= SEEN_LF;
      if (cr < 0) break;
      lf = index_of(t, LF, cr - 1 > lf ? cr - 1 : lf + 1);
    } else if (lf === cr + 1) {
      seen |= SEEN_CRLF;
      lf = index_of(t, LF, lf + 1);
      cr = index_of(t, CR, cr + 2);
    } else {
      seen |= SEEN_CR;
      cr = index_of(t, CR, cr + 1);
    }
    if (seen === 7) break;
  }
  return seen;
}

/** '\r\n' and '\r' as '\n'. */
export function to_lf(t: Text): Text {
  if (index_of(t, CR, 0) < 0) return t;
  if (typeof t === 'string') return t.replace(/\r\n?/g, '\n');
  const out: number[] = [];
  for (let i = 0; i < t.length; i++) {
    const c = t[i]!;
    if (c === CR) {
      out.push(LF);
      if (t[i + 1] === LF) i++;
    } else out.push(c);
  }
  return text_from_points(out);
}

/** '\n' as another ending. */
export function from_lf(t: Text, newline: string): Text {
  if (typeof t === 'string') return t.includes('\n') ? t.replaceAll('\n', newline) : t;
  const out: number[] = [];
  for (const c of t) {
    if (c === LF) for (const n of newline) out.push(n.charCodeAt(0));
    else out.push(c);
  }
  return text_from_points(out);
}

export function ends_with_cr(t: Text): boolean {
  return t.length > 0 && at(t, t.length - 1) === CR;
}

export function contains_lf(t: Text): boolean {
  return index_of(t, LF, 0) >= 0;
}

export function contains_cr(t: Text): boolean {
  return index_of(t, CR, 0) >= 0;
}

/** The text without its last character. */
export function without_last(t: Text): Text {
  return text_slice(t, 0, t.length - 1);
}
