// blocks.ts: a compressed block: its literals, its sequences, and what they make.                          (RFC 8878, 3.1.1.3)
//
// Invariant: tables and repeated offsets are those left by the block before, so that the next can use them again.

import { bits_below_mark } from './bits.ts';
import type { Dictionary } from './dictionary.ts';
import {
  BAD_DICTIONARY,
  type CodeKind,
  codes,
  corrupted,
  fail,
  get_u16,
  get_u24,
  LITERALS_RAW,
  LITERALS_RLE,
  LITERALS_SAME_TABLE,
  TABLE_FSE,
  TABLE_PREDEFINED,
  TABLE_RLE,
} from './format.ts';
import { DecodeTable, read_distribution, single_symbol } from './fse.ts';
import { type HuffmanDecoder, read_huffman } from './huffman.ts';

/** The content that is being made: `bytes` up to `length`, of which what is from `start` on may be copied. */
export interface Content {
  bytes: Uint8Array;
  length: number;
}

/** Reads of a bit stream may touch what is right behind it. */
const PADDING = 8;

export class BlockDecoder {
  private literals_table: HuffmanDecoder | null = null;
  private literal_lengths: DecodeTable | null = null;
  private offsets: DecodeTable | null = null;
  private match_lengths: DecodeTable | null = null;
  private readonly repeated = Int32Array.of(1, 4, 8);
  private literals: Uint8Array = new Uint8Array(PADDING);
  private literal_count = 0;
  /** The block, with zeros behind it. */
  private source: Uint8Array = new Uint8Array(PADDING);

  /** What a new frame begins with, whose blocks have `block_max` bytes at most. */
  begin(dictionary: Dictionary | null, block_max: number): void {
    if (this.source.length < block_max + PADDING) {
      this.literals = new Uint8Array(block_max + PADDING);
      this.source = new Uint8Array(block_max + PADDING);
    }
    const tables = dictionary?.tables ?? null;
    this.literals_table = tables === null ? null : tables.huffman;
    this.literal_lengths = tables === null ? null : new DecodeTable(tables.literal_lengths);
    this.offsets = tables === null ? null : new DecodeTable(tables.offsets);
    this.match_lengths = tables === null ? null : new DecodeTable(tables.match_lengths);
    this.repeated.set(tables === null ? [1, 4, 8] : tables.repeated);
  }

  /** Decodes block[0:size] behind what `out` has; there is room for `max` bytes, more than which is an error. */
  decode(block: Uint8Array, out: Content, max: number): void {
    const { source } = this;
    const size = block.length;
    source.set(block);
    source.fill(0, size, size + PADDING);
    const at = this.read_literals(size, max);
    this.read_sequences(at, size, out, out.length + max);
  }

  private read_literals(end: number, max: number): number {
    const { source, literals } = this;
    if (end < 1) corrupted();
    const kind = source[0]! & 3;
    const format = (source[0]! >> 2) & 3;
    if (kind === LITERALS_RAW || kind === LITERALS_RLE) {
      const at = format === 1 ? 2 : format === 3 ? 3 : 1;
      const n = format === 1 ? get_u16(source, 0) >> 4 : format === 3 ? get_u24(source, 0) >> 4 : source[0]! >> 3;
      if (n > max || at + (kind === LITERALS_RAW ? n : 1) > end) corrupted();
      this.literal_count = n;
      if (kind === LITERALS_RLE) {
        literals.fill(source[at]!, 0, n);
        return at + 1;
      }
      literals.set(source.subarray(at, at + n));
      return at + n;
    }
    if (kind === LITERALS_SAME_TABLE && this.literals_table === null) fail(BAD_DICTIONARY);
    const width = format < 2 ? 10 : format === 2 ? 14 : 18;
    let at = format < 2 ? 3 : format + 2;
    const word = source[0]! + 256 * source[1]! + 65536 * source[2]! + 2 ** 24 * source[3]! + 2 ** 32 * source[4]!;
    const n = Math.floor(word / 16) % (1 << width);
    const stop = at + (Math.floor(word / (16 * (1 << width))) % (1 << width));
    if (n > max || stop > end) corrupted();
    if (kind !== LITERALS_SAME_TABLE) {
      const read = read_huffman(source, at, stop);
      this.literals_table = read.decoder;
      at = read.end;
    }
    this.literal_count = n;
    this.read_streams(at, stop, n, format === 0 ? 1 : 4);
    return stop;
  }

  /** Huffman-coded literals in one stream, or in four that are as long as each other (but the last). */
  private read_streams(at: number, stop: number, n: number, streams: 1 | 4): void {
    const { source, literals } = this;
    const table = this.literals_table!;
    if (streams === 1) {
      if (n === 0) corrupted();
      table.decode(source, at, stop, literals, 0, n);
      return;
    }
    const share = (n + 3) >> 2;
    if (n < 6 || at + 10 > stop) corrupted();
    let from = at + 6;
    for (let k = 0; k < 4; k++) {
      const to = k < 3 ? from + get_u16(source, at + 2 * k) : stop;
      const count = k < 3 ? share : n - 3 * share;
      if (to > stop || count < 0) corrupted();
      table.decode(source, from, to, literals, k * share, count);
      from = to;
    }
  }

  private read_sequences(start: number, end: number, out: Content, limit: number): void {
    const { source } = this;
    if (start >= end) corrupted();
    let at = start + 1;
    let n = source[start]!;
    if (n >= 128) {
      if (n < 255) {
        n = ((n - 128) << 8) + source[at]!;
        at += 1;
      } else {
        n = get_u16(source, at) + 0x7f00;
        at += 2;
      }
    }
    if (at > end) corrupted();
    if (n === 0) {
      if (at !== end) corrupted();
      this.copy_literals(0, this.literal_count, out, limit);
      return;
    }
    if (at >= end) corrupted();
    const modes = source[at++]!;
    if ((modes & 3) !== 0) corrupted();
    const c = codes();
    const from = { at };
    this.literal_lengths = this.read_table(modes >> 6, c.literals, this.literal_lengths, from, end);
    this.offsets = this.read_table((modes >> 4) & 3, c.offsets, this.offsets, from, end);
    this.match_lengths = this.read_table((modes >> 2) & 3, c.matches, this.match_lengths, from, end);
    this.run_sequences(n, from.at, end, out, limit);
  }

  private read_table(
    mode: number,
    kind: CodeKind,
    before: DecodeTable | null,
    from: { at: number },
    end: number,
  ): DecodeTable {
    if (mode === TABLE_PREDEFINED) return new DecodeTable({ norm: kind.default_norm, log: kind.default_log });
    if (mode === TABLE_RLE) {
      if (from.at >= end || this.source[from.at]! > kind.max_symbol) corrupted();
      return single_symbol(this.source[from.at++]!);
    }
    if (mode !== TABLE_FSE) return before ?? corrupted();
    const read = read_distribution(this.source, from.at, end, kind.max_log, kind.max_symbol);
    from.at = read.end;
    return new DecodeTable(read.distribution);
  }

  private copy_literals(from: number, n: number, out: Content, limit: number): void {
    if (out.length + n > limit) corrupted();
    out.bytes.set(this.literals.subarray(from, from + n), out.length);
    out.length += n;
  }

  private run_sequences(n: number, start: number, end: number, out: Content, limit: number): void {
    const { source, literals, repeated, literal_count } = this;
    const lengths = this.literal_lengths!;
    const offsets = this.offsets!;
    const matches = this.match_lengths!;
    const { literals: length_kind, matches: match_kind } = codes();
    const { bytes } = out;
    let to = out.length;
    let used = 0;
    let left = bits_below_mark(source, start, end) - lengths.log - offsets.log - matches.log;
    if (left < 0) corrupted();
    const base = start * 8;
    // The bits are read from `base + left` on, after `left` has gone down by their number.
    let at = base + left;
    let match_state = bits_at(source, at, matches.log);
    at += matches.log;
    let offset_state = bits_at(source, at, offsets.log);
    at += offsets.log;
    let length_state = bits_at(source, at, lengths.log);
    for (let k = n; ; ) {
      const offset_code = offsets.symbol[offset_state]!;
      const match_code = matches.symbol[match_state]!;
      const length_code = lengths.symbol[length_state]!;
      let value = 1;
      if (offset_code > 16) {
        left -= offset_code - 16;
        value = (value << (offset_code - 16)) | bits_at(source, base + left, offset_code - 16);
        left -= 16;
        value = value * 65536 + bits_at(source, base + left, 16);
      } else {
        left -= offset_code;
        value = (1 << offset_code) | bits_at(source, base + left, offset_code);
      }
      const match_bits = match_kind.extra[match_code]!;
      left -= match_bits;
      const match = match_kind.base[match_code]! + bits_at(source, base + left, match_bits);
      const length_bits = length_kind.extra[length_code]!;
      left -= length_bits;
      const length = length_kind.base[length_code]! + bits_at(source, base + left, length_bits);

      let offset: number;
      if (value > 3) {
        offset = value - 3;
        repeated[2] = repeated[1]!;
        repeated[1] = repeated[0]!;
        repeated[0] = offset;
      } else {
        const which = value - 1 + (length === 0 ? 1 : 0);
        offset = which === 3 ? repeated[0]! - 1 : repeated[which]!;
        if (offset === 0) corrupted();
        if (which > 0) {
          if (which > 1) repeated[2] = repeated[1]!;
          repeated[1] = repeated[0]!;
          repeated[0] = offset;
        }
      }

      if (left < 0 || used + length > literal_count || to + length + match > limit) corrupted();
      if (length < 24) for (let i = 0; i < length; i++) bytes[to + i] = literals[used + i]!;
      else bytes.set(literals.subarray(used, used + length), to);
      used += length;
      to += length;
      let from = to - offset;
      if (from < 0) corrupted();
      if (offset >= match && match > 32) bytes.copyWithin(to, from, from + match);
      else for (const stop = to + match; to < stop; to++, from++) bytes[to] = bytes[from]!;
      to = offset >= match && match > 32 ? to + match : to;

      if (--k === 0) break;
      let bits = lengths.bits[length_state]!;
      left -= bits;
      length_state = lengths.next[length_state]! + bits_at(source, base + left, bits);
      bits = matches.bits[match_state]!;
      left -= bits;
      match_state = matches.next[match_state]! + bits_at(source, base + left, bits);
      bits = offsets.bits[offset_state]!;
      left -= bits;
      offset_state = offsets.next[offset_state]! + bits_at(source, base + left, bits);
      if (left < 0) corrupted();
    }
    if (left !== 0) corrupted();
    out.length = to;
    this.copy_literals(used, literal_count - used, out, limit);
  }
}

/** `n` bits, at most 17, from bit `at` of `b` on; what they are below bit 0 does not matter. */
function bits_at(b: Uint8Array, at: number, n: number): number {
  const i = at >> 3;
  return ((b[i]! | (b[i + 1]! << 8) | (b[i + 2]! << 16)) >> (at & 7)) & ((1 << n) - 1);
}
