// names.ts: character names, aliases and named sequences.                      CPython: Modules/unicodedata.c (name, lookup)
//
// Names are recorded as word numbers, each name telling how many words it shares with the one before. The whole list
// is decoded when the first name is asked for; Hangul syllables and ideographs are named by rule.

import { NumberReader } from './decode.ts';
import { NAME_ALIASES, NAME_RANGES, NAME_STREAM, NAME_WORDS } from './names.generated.ts';

const JAMO_L = ['G', 'GG', 'N', 'D', 'DD', 'R', 'M', 'B', 'BB', 'S', 'SS', '', 'J', 'JJ', 'C', 'K', 'T', 'P', 'H'];
const JAMO_V = [
  'A',
  'AE',
  'YA',
  'YAE',
  'EO',
  'E',
  'YEO',
  'YE',
  'O',
  'WA',
  'WAE',
  'OE',
  'YO',
  'U',
  'WEO',
  'WE',
  'WI',
  'YU',
  'EU',
  'YI',
  'I',
];
const JAMO_T = [
  '',
  'G',
  'GG',
  'GS',
  'N',
  'NJ',
  'NH',
  'D',
  'L',
  'LG',
  'LM',
  'LB',
  'LS',
  'LT',
  'LP',
  'LH',
  'M',
  'B',
  'BS',
  'S',
  'SS',
  'NG',
  'J',
  'C',
  'K',
  'T',
  'P',
  'H',
];
const HANGUL = 'HANGUL SYLLABLE ';

interface Range {
  first: number;
  last: number;
  prefix: string;
}

class Names {
  readonly byChar: Map<number, string> = new Map();
  /** Reverse of byChar, made when a name is first looked up. */
  byName: Map<string, number> | null = null;
  /** Aliases and sequences: name to code points. */
  readonly aliases: Map<string, number[]> = new Map();
  readonly ranges: Range[] = [];
  constructor() {
    const words = NAME_WORDS.match(/[ -][^ -]*/g)!;
    const r = new NumberReader(NAME_STREAM);
    let c = 0;
    let previous: string[] = [];
    while (r.more()) {
      c += r.next();
      for (let n = r.next(); n > 0; n--) {
        const head = r.next();
        const name = previous.slice(0, head % 10);
        for (let k = Math.floor(head / 10); k > 0; k--) name.push(words[r.next()]!);
        this.byChar.set(c++, name.join('').substring(1));
        previous = name;
      }
    }
    const a = new NumberReader(NAME_ALIASES);
    while (a.more()) {
      let name = '';
      for (let n = a.next(); n > 0; n--) name += words[a.next()]!;
      const points: number[] = [];
      for (let n = a.next(); n > 0; n--) points.push(a.next());
      this.aliases.set(name.substring(1), points);
    }
    for (let i = 0; i < NAME_RANGES.length; i += 3) {
      this.ranges.push({
        first: Number.parseInt(NAME_RANGES[i]!, 16),
        last: Number.parseInt(NAME_RANGES[i + 1]!, 16),
        prefix: NAME_RANGES[i + 2]!,
      });
    }
  }
}

let names: Names | null = null;

function all_names(): Names {
  return names ?? (names = new Names());
}

/** The name of a character, or null. */
export function char_name(c: number): string | null {
  if (c >= 0xac00 && c <= 0xd7a3) {
    const s = c - 0xac00;
    return HANGUL + JAMO_L[Math.floor(s / 588)] + JAMO_V[Math.floor((s % 588) / 28)] + JAMO_T[s % 28];
  }
  const n = all_names();
  const name = n.byChar.get(c);
  if (name !== undefined) return name;
  for (const r of n.ranges) if (c >= r.first && c <= r.last) return r.prefix + c.toString(16).toUpperCase();
  return null;
}

function longest_prefix(list: readonly string[], s: string, at: number): number {
  let best = -1;
  for (let i = 0; i < list.length; i++) {
    if (s.startsWith(list[i]!, at) && (best < 0 || list[i]!.length > list[best]!.length)) best = i;
  }
  return best;
}

/** Ideographs that can be looked up although their characters say that they have no name. */
const TANGUT: readonly Range[] = [
  { first: 0x17000, last: 0x187f7, prefix: 'TANGUT IDEOGRAPH-' },
  { first: 0x18d00, last: 0x18d08, prefix: 'TANGUT IDEOGRAPH-' },
];

/** The character that a name means by rule, or -1. */
function named_by_rule(ranges: readonly Range[], upper: string): number {
  for (const r of ranges) {
    if (!upper.startsWith(r.prefix)) continue;
    const digits = upper.substring(r.prefix.length);
    if (!/^[0-9A-F]{4,6}$/.test(digits) || (digits.length > 4 && digits[0] === '0')) continue;
    const c = Number.parseInt(digits, 16);
    if (c >= r.first && c <= r.last) return c;
  }
  return -1;
}

/** The code points with that name (upper or lower case), alias or sequence name; null if there are none. */
export function lookup_name(name: string, sequences = true, aliases = true): readonly number[] | null {
  const upper = name.toUpperCase();
  if (upper.length !== name.length || !/^[\x20-\x7e]*$/.test(name)) return null;
  if (upper.startsWith(HANGUL)) {
    let at = HANGUL.length;
    const l = longest_prefix(JAMO_L, upper, at);
    if (l >= 0) {
      at += JAMO_L[l]!.length;
      const v = longest_prefix(JAMO_V, upper, at);
      if (v >= 0) {
        at += JAMO_V[v]!.length;
        const t = longest_prefix(JAMO_T, upper, at);
        if (at + JAMO_T[t]!.length === upper.length) return [0xac00 + (l * 21 + v) * 28 + t];
      }
    }
    return null;
  }
  const n = all_names();
  const ruled = Math.max(named_by_rule(n.ranges, upper), named_by_rule(TANGUT, upper));
  if (ruled >= 0) return [ruled];
  if (n.byName === null) {
    n.byName = new Map();
    for (const [c, s] of n.byChar) n.byName.set(s, c);
  }
  const c = n.byName.get(upper);
  if (c !== undefined) return [c];
  if (!aliases) return null;
  const points = n.aliases.get(upper);
  return points !== undefined && (points.length === 1 || sequences) ? points : null;
}
