// codec.ts: East Asian encodings, sequence by sequence.                          CPython: Modules/cjkcodecs/_codecs_*.c
//
// A codec decodes one sequence or encodes one character at a time; what is around (error handlers, streams, partial input)
// is multibyte.ts's. Most are tables (tables.generated.ts) and nothing else.

import { NumberReader, unzigzag } from '../../objects/unicode_data/decode.ts';
import { type CodecTable, codec_tables, gb18030_runs } from './tables.generated.ts';

/** What is remembered between sequences: a number, whose meaning is the codec's. */
export interface CodecState {
  n: number;
}

/** The input ends within a sequence. */
export const INCOMPLETE = 0;

export interface MultibyteCodec {
  readonly name: string;
  /** Bytes used from b[i] on, their text in `out`; INCOMPLETE; or minus the number of bytes that mean nothing. */
  decode(b: Uint8Array, i: number, out: number[], state: CodecState): number;
  /** Code points used from points[i] on, their bytes in `out`; INCOMPLETE (never when `final`); or -1: there is no code. */
  encode(points: Uint32Array, i: number, out: number[], state: CodecState, final: boolean): number;
  /** What ends a text. */
  reset(out: number[], state: CodecState): void;
}

export class Table {
  readonly leads = new Uint8Array(256);
  /** Code points of single bytes; -1: none. */
  readonly singles = new Int32Array(256).fill(-1);
  /** Code points by two bytes; -1: none; minus two and below: a pair. */
  readonly two = new Int32Array(65536).fill(-1);
  /** By the two bytes after 0x8F, or null. */
  readonly three: Int32Array | null;
  readonly pairs: string[] = [];
  /** Keys (the bytes as a number) by code point. */
  readonly codes = new Map<number, number>();
  /** Keys by pairs of characters, and the characters that begin one. */
  readonly pair_codes = new Map<string, number>();
  readonly pair_starts = new Set<number>();

  constructor(source: CodecTable) {
    this.three = source.three ? new Int32Array(65536).fill(-1) : null;
  }

  get(key: number): number {
    return key > 0xffff ? this.three![key & 0xffff]! : this.two[key]!;
  }

  set(key: number, value: number): void {
    if (key > 0xffff) this.three![key & 0xffff] = value;
    else this.two[key] = value;
  }

  /** Keys that stand for something, in order. */
  *keys(): Generator<number, void, void> {
    for (let k = 0; k < 65536; k++) if (this.two[k] !== -1) yield k;
    if (this.three !== null) for (let k = 0; k < 65536; k++) if (this.three[k] !== -1) yield 0x8f0000 | k;
  }
}

/** Where row and cell of a JIS plane (from 1) lie in Shift JIS, or -1. */
function shift_jis_key(plane: number, row: number, cell: number): number {
  let lead: number;
  let odd: boolean;
  if (plane === 2) {
    const i = row >= 78 ? row - 78 + 9 : [1, 8, 3, 4, 5, 12, 13, 14, 15].indexOf(row);
    if (i < 0) return -1;
    lead = 0xf0 + (i >> 1);
    odd = i % 2 === 0;
  } else {
    lead = ((row - 1) >> 1) + (row <= 62 ? 0x81 : 0xc1);
    odd = row % 2 === 1;
  }
  return (lead << 8) | (odd ? cell + (cell <= 63 ? 0x3f : 0x40) : cell + 0x9e);
}

/** Fills a table with what its base has. */
function take_base(t: Table, name: string, base_name: string): void {
  const base = table(base_name);
  const shifted = name.startsWith('shift') && base_name.startsWith('euc');
  for (const key of base.keys()) {
    const value = base.get(key);
    if (!shifted) {
      if (key <= 0xffff || t.three !== null) t.set(key, value);
      continue;
    }
    const plane = key > 0xffff ? 2 : 1;
    if ((key & 0xffff) < 0x8eff || (plane === 2 && name === 'shift_jis')) continue;
    const to = shift_jis_key(plane, ((key >> 8) & 0x7f) - 0x20, (key & 0x7f) - 0x20);
    if (to >= 0) t.set(to, value);
  }
  t.pairs.push(...base.pairs);
}

const made = new Map<string, Table>();

export function table(name: string): Table {
  const found = made.get(name);
  if (found !== undefined) return found;
  const source = codec_tables()[name]!;
  const t = new Table(source);
  if (source.base !== null) take_base(t, name, source.base);
  const r = new NumberReader(source.entries);
  for (let key = 0, point = 0; r.more(); ) {
    key += r.next();
    const step = r.next();
    if (step !== 0) point += unzigzag(step - 1);
    t.set(key, step === 0 ? -1 : point);
  }
  for (const [key, pair] of source.pairs) t.set(key, -2 - (t.pairs.push(pair) - 1));
  for (let b = 0; b < 128; b++) t.singles[b] = b;
  for (let i = 0; i < source.singles.length; i += 6) {
    t.singles[Number.parseInt(source.singles.slice(i, i + 2), 16)] = Number.parseInt(
      source.singles.slice(i + 2, i + 6),
      16,
    );
  }
  for (let b = 0; b < 256; b++) {
    if ((Number.parseInt(source.leads.slice((b >> 3) * 2, (b >> 3) * 2 + 2), 16) & (1 << (b & 7))) !== 0)
      t.leads[b] = 1;
  }
  for (const key of t.keys()) {
    const value = t.get(key);
    if (value < -1) {
      const pair = t.pairs[-2 - value]!;
      t.pair_codes.set(pair, key);
      t.pair_starts.add(pair.codePointAt(0)!);
    } else if (!t.codes.has(value)) t.codes.set(value, key);
  }
  for (let b = 255; b >= 0; b--) if (t.singles[b]! >= 0) t.codes.set(t.singles[b]!, b);
  for (const s = new NumberReader(source.special); s.more(); ) {
    const point = s.next();
    const key = s.next() - 1;
    if (key < 0) t.codes.delete(point);
    else t.codes.set(point, key);
  }
  made.set(name, t);
  return t;
}

export function put_key(out: number[], key: number): void {
  if (key > 0xffff) out.push(key >> 16);
  if (key > 0xff) out.push((key >> 8) & 255);
  out.push(key & 255);
}

/** Encodings in which a first byte tells how many follow. */
export class TableCodec implements MultibyteCodec {
  readonly name: string;
  private readonly source: string;
  private t: Table | null = null;

  constructor(name: string, source = name) {
    this.name = name;
    this.source = source;
  }

  protected get table(): Table {
    this.t ??= table(this.source);
    return this.t;
  }

  decode(b: Uint8Array, i: number, out: number[], _state: CodecState): number {
    const { table: t } = this;
    const c = b[i]!;
    const single = t.singles[c]!;
    if (single >= 0) {
      out.push(single);
      return 1;
    }
    if (t.leads[c] === 0) return -1;
    if (i + 1 >= b.length) return INCOMPLETE;
    let value: number;
    let used = 2;
    if (c === 0x8f && t.three !== null) {
      if (i + 2 >= b.length) return INCOMPLETE;
      value = t.three[(b[i + 1]! << 8) | b[i + 2]!]!;
      used = 3;
    } else value = t.two[(c << 8) | b[i + 1]!]!;
    if (value === -1) return this.decode_more(b, i, out);
    if (value >= 0) out.push(value);
    else for (const p of t.pairs[-2 - value]!) out.push(p.codePointAt(0)!);
    return used;
  }

  /** Sequences that the table lacks. Those that JIS X 0213 has since 2004 only count as one mistake. */
  protected decode_more(b: Uint8Array, i: number, _out: number[]): number {
    if (!this.name.endsWith('jisx0213')) return -1;
    return table(this.name.replace('jisx0213', 'jis_2004')).two[(b[i]! << 8) | b[i + 1]!] === -1 ? -1 : -2;
  }

  encode(points: Uint32Array, i: number, out: number[], _state: CodecState, final: boolean): number {
    const { table: t } = this;
    const c = points[i]!;
    if (t.pair_starts.has(c)) {
      if (i + 1 >= points.length) {
        if (!final) return INCOMPLETE;
      } else {
        const key = t.pair_codes.get(String.fromCodePoint(c, points[i + 1]!));
        if (key !== undefined) {
          put_key(out, key);
          return 2;
        }
      }
    }
    const key = t.codes.get(c);
    if (key === undefined) return this.encode_more(c, out);
    put_key(out, key);
    return 1;
  }

  protected encode_more(_c: number, _out: number[]): number {
    return -1;
  }

  reset(): void {}
}

/** KS X 1001 spells syllables that it lacks: a filler, then initial, vowel and final as compatibility letters. */
const FILLER = 0xa4d4;
const INITIALS = [
  0xa1, 0xa2, 0xa4, 0xa7, 0xa8, 0xa9, 0xb1, 0xb2, 0xb3, 0xb5, 0xb6, 0xb7, 0xb8, 0xb9, 0xba, 0xbb, 0xbc, 0xbd, 0xbe,
];
const FIRST_VOWEL = 0xbf;
const FINALS = [
  0xd4, 0xa1, 0xa2, 0xa3, 0xa4, 0xa5, 0xa6, 0xa7, 0xa9, 0xaa, 0xab, 0xac, 0xad, 0xae, 0xaf, 0xb0, 0xb1, 0xb2, 0xb4,
  0xb5, 0xb6, 0xb7, 0xb8, 0xba, 0xbb, 0xbc, 0xbd, 0xbe,
];

export class EucKr extends TableCodec {
  override decode(b: Uint8Array, i: number, out: number[], state: CodecState): number {
    if (b[i] !== FILLER >> 8 || b[i + 1] !== (FILLER & 255)) return super.decode(b, i, out, state);
    if (i + 7 >= b.length) return INCOMPLETE;
    if (b[i + 2] !== 0xa4 || b[i + 4] !== 0xa4 || b[i + 6] !== 0xa4) return -1;
    const initial = INITIALS.indexOf(b[i + 3]!);
    const vowel = b[i + 5]! - FIRST_VOWEL;
    const final = FINALS.indexOf(b[i + 7]!);
    if (initial < 0 || vowel < 0 || vowel > 20 || final < 0) return -1;
    out.push(0xac00 + (initial * 21 + vowel) * 28 + final);
    return 8;
  }

  protected override encode_more(c: number, out: number[]): number {
    const n = c - 0xac00;
    if (n < 0 || n >= 19 * 21 * 28) return -1;
    out.push(0xa4, 0xd4, 0xa4, INITIALS[Math.floor(n / 588)]!, 0xa4, FIRST_VOWEL + (Math.floor(n / 28) % 21));
    out.push(0xa4, FINALS[n % 28]!);
    return 1;
  }
}

/** Code points beyond the first plane follow from this sequence on. */
const GB_ASTRAL = ((0x90 - 0x81) * 10 * 126 + (0x81 - 0x81)) * 10;

export class Gb18030 extends TableCodec {
  override decode(b: Uint8Array, i: number, out: number[], state: CodecState): number {
    const second = b[i + 1];
    if (b[i]! < 0x80 || second === undefined || second < 0x30 || second > 0x39) return super.decode(b, i, out, state);
    if (i + 3 >= b.length) return INCOMPLETE;
    const [a, , c, d] = b.subarray(i, i + 4);
    if (a! < 0x81 || a! > 0xfe || c! < 0x81 || c! > 0xfe || d! < 0x30 || d! > 0x39) return -1;
    const n = ((a! - 0x81) * 10 + (second - 0x30)) * 1260 + (c! - 0x81) * 10 + (d! - 0x30);
    if (n >= GB_ASTRAL) {
      const point = 0x10000 + n - GB_ASTRAL;
      if (point > 0x10ffff) return -1;
      out.push(point);
      return 4;
    }
    const runs = gb18030_runs();
    for (let k = 0; k < runs.length; k += 3) {
      const at = n - runs[k]!;
      if (at >= 0 && at < runs[k + 2]!) {
        out.push(runs[k + 1]! + at);
        return 4;
      }
    }
    return -1;
  }

  protected override encode_more(c: number, out: number[]): number {
    let n = -1;
    if (c >= 0x10000) n = GB_ASTRAL + c - 0x10000;
    else {
      const runs = gb18030_runs();
      for (let k = 0; n < 0 && k < runs.length; k += 3) {
        const at = c - runs[k + 1]!;
        if (at >= 0 && at < runs[k + 2]!) n = runs[k]! + at;
      }
    }
    if (n < 0) return -1;
    out.push(0x81 + Math.floor(n / 12600), 0x30 + (Math.floor(n / 1260) % 10), 0x81 + (Math.floor(n / 10) % 126));
    out.push(0x30 + (n % 10));
    return 1;
  }
}

/** HZ: GB 2312 in seven bits, between '~{' and '~}'. State 1: within. */
export class Hz implements MultibyteCodec {
  readonly name = 'hz';

  decode(b: Uint8Array, i: number, out: number[], state: CodecState): number {
    const c = b[i]!;
    if (c === 0x7e) {
      if (i + 1 >= b.length) return INCOMPLETE;
      const d = b[i + 1]!;
      if (d === 0x7e && state.n === 0) out.push(0x7e);
      else if (d === 0x7b && state.n === 0) state.n = 1;
      else if (d === 0x7d && state.n === 1) state.n = 0;
      else if (d !== 0x0a || state.n === 1) return -1;
      return 2;
    }
    if ((c & 0x80) !== 0) return -1;
    if (state.n === 0) {
      out.push(c);
      return 1;
    }
    if (i + 1 >= b.length) return INCOMPLETE;
    const point = table('gb2312').two[((c | 0x80) << 8) | b[i + 1]! | 0x80]!;
    if (point < 0 || (b[i + 1]! & 0x80) !== 0) return -1;
    out.push(point);
    return 2;
  }

  encode(points: Uint32Array, i: number, out: number[], state: CodecState): number {
    const c = points[i]!;
    if (c < 0x80) {
      if (state.n === 1) out.push(0x7e, 0x7d);
      state.n = 0;
      if (c === 0x7e) out.push(0x7e);
      out.push(c);
      return 1;
    }
    const key = table('gb2312').codes.get(c);
    if (key === undefined || key < 0x100) return -1;
    if (state.n === 0) out.push(0x7e, 0x7b);
    state.n = 1;
    put_key(out, key & 0x7f7f);
    return 1;
  }

  reset(out: number[], state: CodecState): void {
    if (state.n === 1) out.push(0x7e, 0x7d);
    state.n = 0;
  }
}
