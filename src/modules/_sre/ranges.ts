// ranges.ts: sets of UTF-16 code units as sorted ranges: what a pattern's sets and classes hold.
//
// A set is a flat list of inclusive bounds: low, high, low, high ... Only code units count: it is for texts without characters
// beyond them.

import { in_category, lower_ascii, lower_unicode, upper_unicode } from './chars.ts';
import * as op from './opcodes.ts';
import { charset_slow } from './program.ts';

export type Ranges = readonly number[];

/** Thrown for what has no counterpart in V8's regular expressions, or not surely. */
export class Untranslatable {}

export const TOP = 0xffff;
export const ALL: Ranges = [0, TOP];
export const NONE: Ranges = [];

/** The ranges of a predicate, asked for each code unit. */
function ranges_where(test: (c: number) => boolean): Ranges {
  const out: number[] = [];
  let start = -1;
  for (let c = 0; c <= TOP + 1; c++) {
    const is = c <= TOP && test(c);
    if (is && start < 0) start = c;
    else if (!is && start >= 0) {
      out.push(start, c - 1);
      start = -1;
    }
  }
  return out;
}

/** Sorted, without overlaps and neighbours that touch. */
function normal(pairs: [number, number][]): Ranges {
  pairs.sort((a, b) => a[0] - b[0]);
  const out: number[] = [];
  for (const [low, high] of pairs) {
    if (low > high) continue;
    const last = out.length - 1;
    if (last > 0 && low <= out[last]! + 1) out[last] = Math.max(out[last]!, high);
    else out.push(low, high);
  }
  return out;
}

function pairs_of(r: Ranges): [number, number][] {
  const out: [number, number][] = [];
  for (let i = 0; i < r.length; i += 2) out.push([r[i]!, r[i + 1]!]);
  return out;
}

export function union(a: Ranges, b: Ranges): Ranges {
  if (a.length === 0) return b;
  return b.length === 0 ? a : normal([...pairs_of(a), ...pairs_of(b)]);
}

export function complement(r: Ranges): Ranges {
  const out: number[] = [];
  let next = 0;
  for (let i = 0; i < r.length; i += 2) {
    if (r[i]! > next) out.push(next, r[i]! - 1);
    next = r[i + 1]! + 1;
  }
  if (next <= TOP) out.push(next, TOP);
  return out;
}

export function disjoint(a: Ranges, b: Ranges): boolean {
  for (let i = 0, k = 0; i < a.length && k < b.length; ) {
    if (a[i + 1]! < b[k]!) i += 2;
    else if (b[k + 1]! < a[i]!) k += 2;
    else return false;
  }
  return true;
}

export function single(c: number): Ranges {
  return c > TOP ? NONE : [c, c];
}

const categories = new Map<number, Ranges>();

export function category_ranges(category: number): Ranges {
  let known = categories.get(category);
  if (known === undefined) {
    // An odd one is what the one before is not.
    known = category & 1 ? complement(category_ranges(category - 1)) : ranges_where(c => in_category(category, c));
    categories.set(category, known);
  }
  return known;
}

/** Code units that have another case, and their lower cases: those of ASCII, and all. */
interface Cased {
  readonly units: readonly number[];
  readonly lower: readonly number[];
  /** The others. */
  readonly uncased: Ranges;
}
const cased: { ascii: Cased | null; unicode: Cased | null } = { ascii: null, unicode: null };

function make_cased(has_case: (c: number) => boolean, lower: (c: number) => number): Cased {
  const with_case = ranges_where(has_case);
  const units: number[] = [];
  for (const [low, high] of pairs_of(with_case)) for (let c = low; c <= high; c++) units.push(c);
  return { units, lower: units.map(lower), uncased: complement(with_case) };
}

function cased_units(unicode: boolean): Cased {
  if (!unicode) {
    cased.ascii ??= make_cased(c => (c >= 65 && c <= 90) || (c >= 97 && c <= 122), lower_ascii);
    return cased.ascii;
  }
  cased.unicode ??= make_cased(c => lower_unicode(c) !== c || upper_unicode(c) !== c, lower_unicode);
  return cased.unicode;
}

function intersection(a: Ranges, b: Ranges): Ranges {
  return complement(union(complement(a), complement(b)));
}

/** What has this lower case. */
export function ignoring_case(c: number, unicode: boolean): Ranges {
  const { units, lower, uncased } = cased_units(unicode);
  const found: [number, number][] = [];
  for (let i = 0; i < units.length; i++) if (lower[i] === c) found.push([units[i]!, units[i]!]);
  return union(normal(found), intersection(single(c), uncased));
}

/** What the set at `at` of a program holds. */
export function set_ranges(code: Int32Array, at: number): Ranges {
  const start = at;
  const pairs: [number, number][] = [];
  for (;;) {
    switch (code[at++]) {
      case op.FAILURE:
        return code[start] === op.NEGATE ? complement(normal(pairs)) : normal(pairs);
      case op.NEGATE:
        if (at !== start + 1) throw new Untranslatable();
        break;
      case op.LITERAL:
        pairs.push([code[at]!, Math.min(code[at]!, TOP)]);
        at++;
        break;
      case op.RANGE:
      case op.RANGE_UNI_IGNORE:
        pairs.push([code[at]!, Math.min(code[at + 1]!, TOP)]);
        at += 2;
        break;
      case op.CATEGORY:
        pairs.push(...pairs_of(category_ranges(code[at]!)));
        at++;
        break;
      case op.CHARSET:
        for (let c = 0; c < 256; c++) if ((code[at + (c >> 5)]! & (1 << (c & 31))) !== 0) pairs.push([c, c]);
        at += 8;
        break;
      default: {
        // BIGCHARSET
        const count = code[at]!;
        const blocks = at + 1;
        for (let c = 0; c <= TOP; c++) {
          const hi = c >> 8;
          const block = (code[blocks + (hi >> 2)]! >>> ((hi & 3) * 8)) & 255;
          const bit = block * 256 + (c & 255);
          if ((code[blocks + 64 + (bit >> 5)]! & (1 << (bit & 31))) !== 0) pairs.push([c, c]);
        }
        at += 65 + count * 8;
      }
    }
  }
}

/** What has a lower case that the set at `at` holds. */
export function set_ranges_ignoring_case(code: Int32Array, at: number, unicode: boolean): Ranges {
  const { units, lower, uncased } = cased_units(unicode);
  const found: [number, number][] = [];
  for (let i = 0; i < units.length; i++) if (charset_slow(code, at, lower[i]!)) found.push([units[i]!, units[i]!]);
  return union(normal(found), intersection(set_ranges(code, at), uncased));
}
