// block_encoder.ts: sequences and literals as a compressed block.                                          (RFC 8878, 3.1.1.3)
//
// Invariant: the tables kept are those that the decoder has after the blocks written so far.

import { BitWriter } from './bits.ts';
import type { DictionaryTables } from './dictionary.ts';
import {
  type CodeKind,
  codes,
  high_bit,
  LITERALS_HUFFMAN,
  LITERALS_RAW,
  LITERALS_RLE,
  LITERALS_SAME_TABLE,
  literal_code,
  match_code,
  TABLE_FSE,
  TABLE_PREDEFINED,
  TABLE_RLE,
  TABLE_SAME,
} from './format.ts';
import { EncodeTable, good_log, normalized, write_distribution } from './fse.ts';
import { HUFFMAN_MAX_BITS, HuffmanEncoder } from './huffman.ts';
import type { Sequences } from './sequences.ts';

/** Fewer literals are not worth a table of their own. */
const FEW_LITERALS = 64;
const MANY_STREAMS = 256;

/** A table chosen for one kind of code, and what a block says of it. */
interface Choice {
  mode: number;
  table: EncodeTable;
  description: Uint8Array | null;
}

/** What blocks share; null: there is none, or one that had better not be used again. */
interface Tables {
  huffman: HuffmanEncoder | null;
  literal_lengths: EncodeTable | null;
  offsets: EncodeTable | null;
  match_lengths: EncodeTable | null;
}

export class BlockEncoder {
  private kept: Tables = { huffman: null, literal_lengths: null, offsets: null, match_lengths: null };
  private next: Tables = this.kept;
  private readonly w = new BitWriter(1 << 12);
  private readonly scratch = new BitWriter(256);
  private readonly counts = new Uint32Array(256);
  private readonly defaults: readonly [EncodeTable, EncodeTable, EncodeTable];
  private literal_codes: Uint8Array = new Uint8Array(0);
  private match_codes: Uint8Array = new Uint8Array(0);
  private offset_codes: Uint8Array = new Uint8Array(0);

  constructor() {
    const c = codes();
    const of = (k: CodeKind): EncodeTable => new EncodeTable({ norm: k.default_norm, log: k.default_log });
    this.defaults = [of(c.literals), of(c.offsets), of(c.matches)];
  }

  begin(tables: DictionaryTables | null): void {
    if (tables === null) {
      this.kept = { huffman: null, literal_lengths: null, offsets: null, match_lengths: null };
      return;
    }
    this.kept = {
      huffman: HuffmanEncoder.from_weights(tables.weights, tables.huffman.bits),
      literal_lengths: new EncodeTable(tables.literal_lengths),
      offsets: new EncodeTable(tables.offsets),
      match_lengths: new EncodeTable(tables.match_lengths),
    };
  }

  /** The block; a view that holds until the next call. Call keep() if it is used. */
  encode(s: Sequences): Uint8Array {
    this.next = { ...this.kept };
    this.w.length = 0;
    this.write_literals(s);
    this.write_sequences(s);
    return this.w.written();
  }

  keep(): void {
    this.kept = this.next;
  }

  // --- literals ---------------------------------------------------------------------------------------------------------

  private write_literals(s: Sequences): void {
    const { counts } = this;
    const n = s.literal_count;
    const { huffman } = this.kept;
    if (n < (huffman === null ? FEW_LITERALS : 8)) {
      this.plain_literals(LITERALS_RAW, s.literals.subarray(0, n), n);
      return;
    }
    counts.fill(0);
    for (let i = 0; i < n; i++) counts[s.literals[i]!]!++;
    let most = 0;
    for (let k = 0; k < 256; k++) most = Math.max(most, counts[k]!);
    if (most === n) {
      this.plain_literals(LITERALS_RLE, s.literals.subarray(0, 1), n);
      return;
    }
    // Where no byte is much more frequent than others nothing can be gained.
    const hopeless = most <= (n >> 7) + 4;
    const own = hopeless || n < FEW_LITERALS ? null : HuffmanEncoder.from_counts(counts, HUFFMAN_MAX_BITS);
    const own_bits =
      own === null || own.description === null
        ? Number.POSITIVE_INFINITY
        : own.cost(counts) + 8 * own.description.length;
    const old_bits = huffman === null ? Number.POSITIVE_INFINITY : huffman.cost(counts);
    if (Math.min(own_bits, old_bits) / 8 + 5 >= n - (n >> 6)) {
      this.plain_literals(LITERALS_RAW, s.literals.subarray(0, n), n);
    } else if (old_bits <= own_bits) this.coded_literals(huffman!, LITERALS_SAME_TABLE, s.literals, n);
    else {
      this.next.huffman = own;
      this.coded_literals(own!, LITERALS_HUFFMAN, s.literals, n);
    }
  }

  private plain_literals(kind: number, b: Uint8Array, n: number): void {
    const { w } = this;
    w.reserve(8);
    if (n < 32) w.bits(kind | (n << 3), 8);
    else if (n < 4096) w.bits(kind | (1 << 2) | (n << 4), 16);
    else w.bits(kind | (3 << 2) | (n << 4), 24);
    w.all(b);
  }

  private coded_literals(table: HuffmanEncoder, kind: number, b: Uint8Array, n: number): void {
    const { w } = this;
    const streams = n < MANY_STREAMS ? 1 : 4;
    const format = n < 1024 ? (streams === 1 ? 0 : 1) : n < 16384 ? 2 : 3;
    const width = format < 2 ? 10 : format === 2 ? 14 : 18;
    const head = w.length;
    const head_size = format < 2 ? 3 : format + 2;
    w.reserve(8);
    w.length += head_size;
    const start = w.length;
    if (kind === LITERALS_HUFFMAN) w.all(table.description!);
    if (streams === 1) table.encode(w, b, 0, n);
    else {
      const jumps = w.length;
      w.reserve(8);
      w.length += 6;
      const share = (n + 3) >> 2;
      for (let k = 0; k < 4; k++) {
        const before = w.length;
        table.encode(w, b, k * share, Math.min(n, (k + 1) * share));
        if (k < 3) {
          w.bytes[jumps + 2 * k] = w.length - before;
          w.bytes[jumps + 2 * k + 1] = (w.length - before) >> 8;
        }
      }
    }
    const end = w.length;
    w.length = head;
    w.bits(kind | (format << 2), 4);
    w.bits(n, width);
    w.bits(end - start, width);
    w.length = end;
  }

  // --- sequences --------------------------------------------------------------------------------------------------------

  private write_sequences(s: Sequences): void {
    const { w } = this;
    const n = s.count;
    w.reserve(4);
    if (n < 128) w.bits(n, 8);
    else if (n < 0x7f00) w.bits((n >> 8) + 128 + ((n & 255) << 8), 16);
    else w.bits(255 + ((n - 0x7f00) << 8), 24);
    if (n === 0) return;
    this.find_codes(s);
    const c = codes();
    const { kept, next } = this;
    const lengths = this.choose(c.literals, this.literal_codes, n, this.defaults[0], kept.literal_lengths);
    const offsets = this.choose(c.offsets, this.offset_codes, n, this.defaults[1], kept.offsets);
    const matches = this.choose(c.matches, this.match_codes, n, this.defaults[2], kept.match_lengths);
    w.byte((lengths.mode << 6) | (offsets.mode << 4) | (matches.mode << 2));
    for (const choice of [lengths, offsets, matches]) if (choice.description !== null) w.all(choice.description);
    next.literal_lengths = reusable(lengths);
    next.offsets = reusable(offsets);
    next.match_lengths = reusable(matches);
    this.write_codes(s, lengths.table, offsets.table, matches.table);
  }

  private find_codes(s: Sequences): void {
    const n = s.count;
    if (this.literal_codes.length < n) {
      this.literal_codes = new Uint8Array(2 * n);
      this.match_codes = new Uint8Array(2 * n);
      this.offset_codes = new Uint8Array(2 * n);
    }
    const c = codes();
    for (let i = 0; i < n; i++) {
      this.literal_codes[i] = literal_code(c, s.literal_lengths[i]!);
      this.match_codes[i] = match_code(c, s.match_lengths[i]!);
      this.offset_codes[i] = high_bit(s.offset_values[i]!);
    }
  }

  /** The table that makes the block shortest. */
  private choose(kind: CodeKind, used: Uint8Array, n: number, standard: EncodeTable, kept: EncodeTable | null): Choice {
    const { counts, scratch } = this;
    counts.fill(0);
    for (let i = 0; i < n; i++) counts[used[i]!]!++;
    let kinds = 0;
    let symbols = 0;
    for (let k = 0; k <= kind.max_symbol; k++) {
      if (counts[k] === 0) continue;
      kinds++;
      symbols = k + 1;
    }
    const standard_bits = standard.cost(counts, symbols);
    const kept_bits = kept === null ? Number.POSITIVE_INFINITY : kept.cost(counts, symbols);
    if (kinds === 1) {
      if (Math.min(standard_bits, kept_bits) > 8) {
        const norm = new Int16Array(symbols);
        norm[symbols - 1] = 1;
        return { mode: TABLE_RLE, table: new EncodeTable({ norm, log: 0 }), description: Uint8Array.of(symbols - 1) };
      }
    } else {
      const distribution = normalized(counts, symbols, n, good_log(n, kinds, kind.max_log));
      scratch.length = 0;
      write_distribution(scratch, distribution);
      const own = new EncodeTable(distribution);
      if (own.cost(counts, symbols) + 8 * scratch.length < Math.min(standard_bits, kept_bits)) {
        return { mode: TABLE_FSE, table: own, description: scratch.written().slice() };
      }
    }
    if (kept_bits < standard_bits) return { mode: TABLE_SAME, table: kept!, description: null };
    return { mode: TABLE_PREDEFINED, table: standard, description: null };
  }

  /** The sequences from the last to the first, as they are read from behind. */
  private write_codes(s: Sequences, lengths: EncodeTable, offsets: EncodeTable, matches: EncodeTable): void {
    const { w, literal_codes, offset_codes, match_codes } = this;
    const { literals: length_kind, matches: match_kind } = codes();
    w.reserve(16 * s.count + 16);
    let length_state = 0;
    let offset_state = 0;
    let match_state = 0;
    for (let i = s.count - 1; i >= 0; i--) {
      const length_code = literal_codes[i]!;
      const offset_code = offset_codes[i]!;
      const code = match_codes[i]!;
      if (i === s.count - 1) {
        length_state = lengths.start(length_code);
        offset_state = offsets.start(offset_code);
        match_state = matches.start(code);
      } else {
        offset_state = offsets.encode(w, offset_state, offset_code);
        match_state = matches.encode(w, match_state, code);
        length_state = lengths.encode(w, length_state, length_code);
      }
      w.bits(s.literal_lengths[i]! - length_kind.base[length_code]!, length_kind.extra[length_code]!);
      w.bits(s.match_lengths[i]! - match_kind.base[code]!, match_kind.extra[code]!);
      w.long_bits(s.offset_values[i]! - 2 ** offset_code, offset_code);
    }
    matches.finish(w, match_state);
    offsets.finish(w, offset_state);
    lengths.finish(w, length_state);
    w.close();
  }
}

function reusable(choice: Choice): EncodeTable | null {
  return choice.mode === TABLE_FSE || choice.mode === TABLE_SAME ? choice.table : null;
}
