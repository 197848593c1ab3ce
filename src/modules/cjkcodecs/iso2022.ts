// iso2022.ts: ISO-2022 encodings: escape sequences say which set of characters follows. CPython: Modules/cjkcodecs/_codecs_iso2022.c
//
// State, as a number: the set in G0, G1 and G2 (a byte each, 0: ASCII) and, above them, SHIFTED (G1 is shifted in) and THROUGH.

import { type CodecState, INCOMPLETE, type MultibyteCodec, table } from './codec.ts';

const ESC = 0x1b;
const SO = 0x0e;
const SI = 0x0f;
const LF = 0x0a;
const SHIFTED = 2 ** 24;
/** Within an escape sequence of somebody else's, which goes through as it is. */
const THROUGH = 2 ** 25;

function is_escape_end(c: number): boolean {
  return c >= 0x40 && c <= 0x5a;
}

/** A set of characters with 7-bit codes. */
interface Charset {
  /** What ends the escape sequence that designates it. */
  readonly mark: string;
  readonly double: boolean;
  /** Where it is put: G0, G1 or G2. */
  readonly plane: 0 | 1 | 2;
  /** Code points for a code of one or two bytes; null: none. */
  decode(code: number): readonly number[] | null;
  /** A code for a character, or two of them if `pairs`; -1: none. */
  encode(c: number): number;
  /** Codes of two characters. */
  readonly pair?: (text: string) => number;
}

/** The part of a codec's table whose codes have the high bits set, shown without them. */
function half(name: string, mark: string, plane: 0 | 1 | 2, three = false): Charset {
  return {
    mark,
    double: true,
    plane,
    decode(code) {
      const t = table(name);
      const value = (three ? t.three! : t.two)[code | 0x8080]!;
      if (value === -1 || code < 0x2100) return null;
      return value >= 0 ? [value] : Array.from(t.pairs[-2 - value]!, p => p.codePointAt(0)!);
    },
    encode(c) {
      // The full-width tilde has a code in the EUC forms of JIS X 0213 only.
      if (c === 0xff5e && name.startsWith('euc_jis')) return -1;
      const key = table(name).codes.get(c);
      return key !== undefined &&
        key > 0xff &&
        key > 0xffff === three &&
        (key & 0x8080) === 0x8080 &&
        (key & 0xff00) >= 0xa100
        ? key & 0x7f7f
        : -1;
    },
    pair(text) {
      const key = table(name).pair_codes.get(text);
      return key === undefined || key > 0xffff !== three ? -1 : key & 0x7f7f;
    },
  };
}

/** The second plane of JIS X 0213. The codecs' tables have JIS X 0212 in the rows that it leaves free. */
function plane_2(name: string): Charset {
  const all = half(name, 'P', 0, true);
  const mine = (code: number): boolean => {
    const row = (code >> 8) - 0x20;
    return row >= 78 || [1, 3, 4, 5, 8, 12, 13, 14, 15].includes(row);
  };
  return {
    ...all,
    decode: code => (mine(code) ? all.decode(code) : null),
    encode(c) {
      const code = all.encode(c);
      return code >= 0 && mine(code) ? code : -1;
    },
  };
}

/** JIS X 0208 as these encodings have it. */
function jisx0208(mark: string): Charset {
  const base = half('euc_jp', mark, 0);
  return {
    ...base,
    // 0x2140 is the full-width backslash in both directions.
    decode: code => (code === 0x2140 ? [0xff3c] : base.decode(code)),
    encode: c => (c === 0xff3c ? 0x2140 : c === 0xa5 || c === 0x203e ? -1 : base.encode(c)),
  };
}

const ROMAN: Charset = {
  mark: 'J',
  double: false,
  plane: 0,
  decode: code => (code >= 0x80 ? null : [code === 0x5c ? 0xa5 : code === 0x7e ? 0x203e : code]),
  encode: c => (c === 0xa5 ? 0x5c : c === 0x203e ? 0x7e : c < 0x80 && c !== 0x5c && c !== 0x7e ? c : -1),
};
const KANA: Charset = {
  mark: 'I',
  double: false,
  plane: 0,
  decode: code => (code >= 0x21 && code <= 0x5f ? [code + 0xff40] : null),
  encode: c => (c >= 0xff61 && c <= 0xff9f ? c - 0xff40 : -1),
};

/** Upper halves of ISO 8859 parts, decoded only. */
function latin(mark: string, encoding: string): Charset {
  return {
    mark,
    double: false,
    plane: 2,
    decode(code) {
      if (code >= 0x80) return null;
      const point = new TextDecoder(encoding).decode(Uint8Array.of(code | 0x80)).codePointAt(0)!;
      return point === 0xfffd ? null : [point];
    },
    encode: () => -1,
  };
}

function latin1(): Charset {
  return { ...latin('A', 'iso-8859-7'), decode: code => (code >= 0x80 ? null : [code | 0x80]) };
}

/** Sets of each encoding, the one that encodes first first. */
function charsets(name: string): Charset[] {
  const j208 = jisx0208('B');
  const j208_old = jisx0208('@');
  const j212 = half('euc_jp', 'D', 0, true);
  switch (name) {
    case 'iso2022_kr':
      return [half('euc_kr', 'C', 1)];
    case 'iso2022_jp':
      return [j208, ROMAN, j208_old];
    case 'iso2022_jp_1':
      return [j208, j212, ROMAN, j208_old];
    case 'iso2022_jp_2':
      return [
        j208,
        j212,
        half('euc_kr', 'C', 0),
        half('gb2312', 'A', 0),
        ROMAN,
        j208_old,
        latin1(),
        latin('F', 'iso-8859-7'),
      ];
    case 'iso2022_jp_2004':
      return [j208, half('euc_jis_2004', 'Q', 0), plane_2('euc_jis_2004')];
    case 'iso2022_jp_3':
      return [j208, half('euc_jisx0213', 'O', 0), plane_2('euc_jisx0213')];
    default:
      return [j208, j212, ROMAN, KANA, j208_old];
  }
}

/** Whose table has the pairs of characters. */
const PAIRS_OF: Readonly<Record<string, string>> = { iso2022_jp_2004: 'euc_jis_2004', iso2022_jp_3: 'euc_jisx0213' };

export class Iso2022 implements MultibyteCodec {
  readonly name: string;
  private sets: Charset[] | null = null;
  constructor(name: string) {
    this.name = name;
  }

  private get list(): Charset[] {
    this.sets ??= charsets(this.name);
    return this.sets;
  }

  private get may_shift(): boolean {
    return this.name === 'iso2022_kr';
  }

  /** The number (from 1) of the set in a plane; 0: ASCII. */
  private designated(state: CodecState, plane: number): number {
    return Math.floor(state.n / 256 ** plane) % 256;
  }

  private designate(state: CodecState, plane: number, set: number): void {
    state.n += (set - this.designated(state, plane)) * 256 ** plane;
  }

  private shifted(state: CodecState): boolean {
    return Math.floor(state.n / SHIFTED) % 2 === 1;
  }

  /** CPython: iso2022processesc */
  private escape(b: Uint8Array, i: number, state: CodecState): number {
    // ESC & @ begins a longer sequence (a revision of JIS X 0208).
    const long = this.name !== 'iso2022_kr';
    let n = 0;
    for (let k = 1; n === 0; k++) {
      if (k >= 16) return -1;
      if (i + k >= b.length) return INCOMPLETE;
      const c = b[i + k]!;
      if (is_escape_end(c) && !(long && k === 2 && b[i + 1] === 0x26)) n = k + 1;
    }
    const text = String.fromCharCode(...b.subarray(i + 1, i + n));
    // biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences begin with one.
    const m = /^(?:\$([@AB])|([().])([A-Z])|\$([()])([A-Z])|(&@\x1b\$B))$/.exec(text);
    if (m === null) return -n;
    const double = m[2] === undefined;
    const mark = m[6] !== undefined ? 'B' : (m[1] ?? m[3] ?? m[5])!;
    const where = m[2] ?? m[4] ?? '(';
    const plane = where === '(' ? 0 : where === ')' ? 1 : 2;
    if (plane === 2 && this.name !== 'iso2022_jp_2') return -n;
    if (mark === 'B' && !double) {
      this.designate(state, plane, 0);
      return n;
    }
    const set = this.list.findIndex(s => s.mark === mark && s.double === double && (s.plane === 2) === (plane === 2));
    if (set < 0) return -n;
    this.designate(state, plane, set + 1);
    return n;
  }

  /** CPython: iso2022_decode */
  decode(b: Uint8Array, i: number, out: number[], state: CodecState): number {
    const c = b[i]!;
    if (state.n >= THROUGH) {
      out.push(c);
      if (is_escape_end(c)) state.n -= THROUGH;
      return 1;
    }
    if (c === ESC) {
      if (i + 1 >= b.length) return INCOMPLETE;
      const d = String.fromCharCode(b[i + 1]!);
      if ('()$.&'.includes(d)) return this.escape(b, i, state);
      if (this.name === 'iso2022_jp_2' && d === 'N') {
        if (i + 2 >= b.length) return INCOMPLETE;
        const third = b[i + 2]!;
        const g2 = this.designated(state, 2);
        const points = g2 === 0 ? (third < 0x80 ? [third] : null) : this.list[g2 - 1]!.decode(third);
        if (points === null) return -3;
        out.push(...points);
        return 3;
      }
      state.n += THROUGH;
    } else if (c === SI || c === SO) {
      if (this.may_shift) {
        if (this.shifted(state) !== (c === SO)) state.n += c === SO ? SHIFTED : -SHIFTED;
        return 1;
      }
    } else if (c === LF && this.shifted(state)) state.n -= SHIFTED;
    if (c < 0x20) {
      out.push(c);
      return 1;
    }
    if (c >= 0x80) return -1;
    const set = this.designated(state, this.shifted(state) ? 1 : 0);
    if (set === 0) {
      out.push(c);
      return 1;
    }
    const charset = this.list[set - 1]!;
    const width = charset.double ? 2 : 1;
    if (i + width > b.length) return INCOMPLETE;
    const second = charset.double ? b[i + 1]! : 0;
    const points = second >= 0x80 ? null : charset.decode(charset.double ? (c << 8) | second : c);
    if (points === null) return -width;
    out.push(...points);
    return width;
  }

  private shift(out: number[], state: CodecState, on: boolean): void {
    if (this.shifted(state) === on) return;
    out.push(on ? SO : SI);
    state.n += on ? SHIFTED : -SHIFTED;
  }

  /** CPython: iso2022_encode */
  encode(points: Uint32Array, i: number, out: number[], state: CodecState, final: boolean): number {
    const c = points[i]!;
    if (c < 0x80) {
      this.shift(out, state, false);
      if (this.designated(state, 0) !== 0) {
        out.push(ESC, 0x28, 0x42);
        this.designate(state, 0, 0);
      }
      out.push(c);
      return 1;
    }
    // Pairs of characters go before single ones.
    const paired = this.list.findIndex(set => set.mark === 'O' || set.mark === 'Q');
    if (paired >= 0 && table(PAIRS_OF[this.name]!).pair_starts.has(c)) {
      if (i + 1 < points.length) {
        const code = this.list[paired]!.pair!(String.fromCodePoint(c, points[i + 1]!));
        if (code >= 0) {
          this.put(out, state, paired, code);
          return 2;
        }
      } else if (!final) return INCOMPLETE;
    }
    for (let n = 0; n < this.list.length; n++) {
      const code = this.list[n]!.encode(c);
      if (code < 0) continue;
      this.put(out, state, n, code);
      return 1;
    }
    return -1;
  }

  private put(out: number[], state: CodecState, n: number, code: number): void {
    const set = this.list[n]!;
    this.switch_to(out, state, set, n + 1);
    if (set.double) out.push(code >> 8);
    out.push(code & 255);
  }

  private switch_to(out: number[], state: CodecState, set: Charset, number: number): void {
    if (set.plane === 0) this.shift(out, state, false);
    if (this.designated(state, set.plane) !== number) {
      out.push(ESC);
      if (set.double) out.push(0x24);
      const bare = set.double && set.plane === 0 && '@B'.includes(set.mark);
      if (!bare) out.push(set.plane === 0 ? 0x28 : 0x29);
      out.push(set.mark.charCodeAt(0));
      this.designate(state, set.plane, number);
    }
    if (set.plane === 1) this.shift(out, state, true);
  }

  reset(out: number[], state: CodecState): void {
    this.shift(out, state, false);
    if (this.designated(state, 0) !== 0) {
      out.push(ESC, 0x28, 0x42);
      this.designate(state, 0, 0);
    }
  }
}
