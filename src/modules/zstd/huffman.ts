// huffman.ts: literals in Huffman codes of at most eleven bits.
//
// Codes are canonical: the longest come first, those of equal length in the order of their symbols.

import { type BitWriter, bits_below_mark, BitWriter as Writer } from './bits.ts';
import { corrupted, high_bit } from './format.ts';
import { DecodeTable, EncodeTable, good_log, normalized, read_distribution, write_distribution } from './fse.ts';

export const HUFFMAN_MAX_BITS = 11;
/** What libzstd takes, which is more than the format allows. */
const DECODED_MAX_BITS = 12;
const WEIGHT_MAX_LOG = 6;

// --- decoding -----------------------------------------------------------------------------------------------------------

export class HuffmanDecoder {
  readonly bits: number;
  /** By the next `bits` bits: the symbol, and above it the length of its code. */
  readonly entries: Uint16Array;

  /** From a weight by symbol: 0 for none, else `bits` + 1 - the length of its code. */
  constructor(weights: Uint8Array, bits: number) {
    this.bits = bits;
    this.entries = new Uint16Array(1 << bits);
    let at = 0;
    for (let weight = 1; weight <= bits; weight++) {
      for (let s = 0; s < weights.length; s++) {
        if (weights[s] !== weight) continue;
        const next = at + (1 << (weight - 1));
        this.entries.fill(s | ((bits + 1 - weight) << 8), at, next);
        at = next;
      }
    }
  }

  /** Decodes the stream b[start:end] into `n` symbols. */
  decode(b: Uint8Array, start: number, end: number, out: Uint8Array, at: number, n: number): void {
    let left = bits_below_mark(b, start, end);
    if (left < 0) corrupted();
    const { bits, entries } = this;
    const mask = (1 << bits) - 1;
    const stop = at + n;
    while (at < stop && left >= bits) {
      const low = left - bits;
      const i = start + (low >> 3);
      const word = b[i]! | (b[i + 1]! << 8) | (b[i + 2]! << 16);
      const entry = entries[(word >> (low & 7)) & mask]!;
      out[at++] = entry;
      left -= entry >> 8;
    }
    while (at < stop) {
      const word = b[start]! | ((b[start + 1] ?? 0) << 8);
      const entry = entries[((word & ((1 << left) - 1)) << (bits - left)) & mask]!;
      out[at++] = entry;
      left -= entry >> 8;
      if (left < 0) corrupted();
    }
    if (left !== 0) corrupted();
  }
}

/** Weights in two interleaved streams of states. */
function read_coded_weights(b: Uint8Array, start: number, end: number, weights: Uint8Array): number {
  const { distribution, end: body } = read_distribution(b, start, end, WEIGHT_MAX_LOG, 255);
  const table = new DecodeTable(distribution);
  let left = bits_below_mark(b, body, end);
  if (left < 2 * table.log) corrupted();
  const read = (n: number): number => {
    left -= n;
    const from = Math.max(left, 0);
    const i = body + (from >> 3);
    const word = (b[i]! | ((b[i + 1] ?? 0) << 8)) >> (from & 7);
    return left >= 0 ? word & ((1 << n) - 1) : (word << -left) & ((1 << n) - 1);
  };
  let now = read(table.log);
  let other = read(table.log);
  for (let n = 0; ; ) {
    if (n >= 254) corrupted();
    weights[n++] = table.symbol[now]!;
    const next = table.next[now]! + read(table.bits[now]!);
    if (left < 0) {
      weights[n++] = table.symbol[other]!;
      return n;
    }
    now = other;
    other = next;
  }
}

/** Reads the description of a table; gives the decoder, the weights and where it ends. */
export function read_huffman(
  b: Uint8Array,
  start: number,
  end: number,
): { decoder: HuffmanDecoder; weights: Uint8Array; end: number } {
  if (start >= end) corrupted();
  const weights = new Uint8Array(257);
  const head = b[start]!;
  let at = start + 1;
  let n: number;
  if (head < 128) {
    if (at + head > end) corrupted();
    n = read_coded_weights(b, at, at + head, weights);
    at += head;
  } else {
    n = head - 127;
    if (at + ((n + 1) >> 1) > end) corrupted();
    for (let k = 0; k < n; k++) weights[k] = k % 2 === 0 ? b[at + (k >> 1)]! >> 4 : b[at + (k >> 1)]! & 15;
    at += (n + 1) >> 1;
  }
  let sum = 0;
  let ones = 0;
  for (let k = 0; k < n; k++) {
    if (weights[k]! > DECODED_MAX_BITS) corrupted();
    if (weights[k]! > 0) sum += 1 << (weights[k]! - 1);
    if (weights[k] === 1) ones++;
  }
  if (sum === 0) corrupted();
  const bits = high_bit(sum) + 1;
  // The last symbol's weight is what is missing.
  const rest = (1 << bits) - sum;
  if (bits > DECODED_MAX_BITS || (rest & (rest - 1)) !== 0) corrupted();
  weights[n++] = high_bit(rest) + 1;
  if (rest === 1) ones++;
  if (ones < 2 || (ones & 1) !== 0) corrupted();
  const used = weights.subarray(0, n);
  return { decoder: new HuffmanDecoder(used, bits), weights: used, end: at };
}

// --- encoding -----------------------------------------------------------------------------------------------------------

/** Lengths of Huffman codes for counts, at most `max`; `used` lists the symbols that occur, two at least. */
function code_lengths(counts: Uint32Array, used: number[], max: number): Uint8Array {
  const sorted = used.slice().sort((a, b) => counts[a]! - counts[b]!);
  const n = sorted.length;
  // Leaves come in order, inner nodes too: the two lightest are always at the heads of two queues.
  const weight = new Float64Array(2 * n - 1);
  const parent = new Int32Array(2 * n - 1);
  for (let k = 0; k < n; k++) weight[k] = counts[sorted[k]!]!;
  let leaf = 0;
  let inner = n;
  for (let made = n; made < 2 * n - 1; made++) {
    for (let k = 0; k < 2; k++) {
      const child = leaf < n && (inner >= made || weight[leaf]! <= weight[inner]!) ? leaf++ : inner++;
      weight[made] = weight[made]! + weight[child]!;
      parent[child] = made;
    }
  }
  const depth = new Uint8Array(2 * n - 1);
  for (let k = 2 * n - 3; k >= 0; k--) depth[k] = depth[parent[k]!]! + 1;
  limit(depth.subarray(0, n), max);
  const lengths = new Uint8Array(256);
  for (let k = 0; k < n; k++) lengths[sorted[k]!] = depth[k]!;
  return lengths;
}

/** Cuts codes to `max` bits; others grow so that all fit, the rarest first (`depth` goes down from the rarest on). */
function limit(depth: Uint8Array, max: number): void {
  if (depth[0]! <= max) return;
  const whole = 1 << max;
  let taken = 0;
  for (let k = 0; k < depth.length; k++) {
    depth[k] = Math.min(depth[k]!, max);
    taken += whole >> depth[k]!;
  }
  while (taken > whole) {
    let k = 0;
    while (depth[k]! >= max) k++;
    taken -= whole >> (depth[k]! + 1);
    depth[k] = depth[k]! + 1;
  }
  for (let k = depth.length - 1; k >= 0; k--) {
    while (taken + (whole >> depth[k]!) <= whole) {
      taken += whole >> depth[k]!;
      depth[k] = depth[k]! - 1;
    }
  }
}

export class HuffmanEncoder {
  readonly lengths: Uint8Array;
  private readonly values: Uint16Array;
  private readonly max_bits: number;
  /** The table as it is stored; null where it cannot be. */
  readonly description: Uint8Array | null;

  constructor(lengths: Uint8Array) {
    this.lengths = lengths;
    const per_length = new Uint16Array(HUFFMAN_MAX_BITS + 2);
    for (let s = 0; s < 256; s++) per_length[lengths[s]!]!++;
    let max = HUFFMAN_MAX_BITS;
    while (per_length[max] === 0) max--;
    this.max_bits = max;
    const next = new Uint16Array(HUFFMAN_MAX_BITS + 2);
    let value = 0;
    for (let bits = max; bits > 0; bits--) {
      next[bits] = value;
      value = (value + per_length[bits]!) >> 1;
    }
    this.values = new Uint16Array(256);
    for (let s = 0; s < 256; s++) if (lengths[s] !== 0) this.values[s] = next[lengths[s]!]!++;
    this.description = this.describe();
  }

  static from_counts(counts: Uint32Array, max_bits: number): HuffmanEncoder {
    const used: number[] = [];
    for (let s = 0; s < 256; s++) if (counts[s] !== 0) used.push(s);
    return new HuffmanEncoder(code_lengths(counts, used, max_bits));
  }

  static from_weights(weights: Uint8Array, bits: number): HuffmanEncoder {
    const lengths = new Uint8Array(256);
    for (let s = 0; s < weights.length; s++) if (weights[s] !== 0) lengths[s] = bits + 1 - weights[s]!;
    return new HuffmanEncoder(lengths);
  }

  private describe(): Uint8Array | null {
    let last = 255;
    while (this.lengths[last] === 0) last--;
    const weights = new Uint8Array(last);
    for (let s = 0; s < last; s++) weights[s] = this.lengths[s] === 0 ? 0 : this.max_bits + 1 - this.lengths[s]!;
    const coded = coded_weights(weights);
    const direct = 1 + ((last + 1) >> 1);
    if (coded !== null && (coded.length < direct || last > 128)) return coded;
    if (last > 128) return null;
    const out = new Uint8Array(direct);
    out[0] = 127 + last;
    for (let s = 0; s < last; s++) out[1 + (s >> 1)]! |= s % 2 === 0 ? weights[s]! << 4 : weights[s]!;
    return out;
  }

  /** How many bits literals with these counts take; infinity where one of them has no code. */
  cost(counts: Uint32Array): number {
    let bits = 0;
    for (let s = 0; s < 256; s++) {
      if (counts[s] === 0) continue;
      if (this.lengths[s] === 0) return Number.POSITIVE_INFINITY;
      bits += counts[s]! * this.lengths[s]!;
    }
    return bits;
  }

  /** Writes a stream of the codes of b[start:end]. */
  encode(w: BitWriter, b: Uint8Array, start: number, end: number): void {
    const { lengths, values } = this;
    w.reserve(2 * (end - start) + 8);
    for (let i = end - 1; i >= start; i--) w.bits(values[b[i]!]!, lengths[b[i]!]!);
    w.close();
  }
}

/** Weights as two interleaved streams of states; null where there is no sense in it. */
function coded_weights(weights: Uint8Array): Uint8Array | null {
  const n = weights.length;
  const counts = new Uint32Array(HUFFMAN_MAX_BITS + 2);
  for (const weight of weights) counts[weight]!++;
  const kinds = counts.reduce((sum, c) => sum + (c > 0 ? 1 : 0), 0);
  if (n < 2 || kinds < 2) return null;
  let symbols = counts.length;
  while (counts[symbols - 1] === 0) symbols--;
  const distribution = normalized(counts, symbols, n, good_log(n, kinds, WEIGHT_MAX_LOG));
  const table = new EncodeTable(distribution);
  const w = new Writer(256);
  w.byte(0);
  write_distribution(w, distribution);
  w.reserve(2 * n);
  const states = [0, 0];
  for (let i = n - 1; i >= 0; i--) {
    states[i & 1] = i >= n - 2 ? table.start(weights[i]!) : table.encode(w, states[i & 1]!, weights[i]!);
  }
  table.finish(w, states[1]!);
  table.finish(w, states[0]!);
  w.close();
  if (w.length > 128) return null;
  w.bytes[0] = w.length - 1;
  return w.written().slice();
}
