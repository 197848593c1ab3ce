// fse.ts: finite state entropy (tANS): distributions as they are stored, and the tables of decoders and encoders.
//
// A distribution gives each symbol its share of 1 << log states; -1 is a share of less than one, which takes one.

import type { BitWriter } from './bits.ts';
import { corrupted, high_bit } from './format.ts';

export interface Distribution {
  norm: Int16Array;
  log: number;
}

/** By state: the symbol, how many bits lead on from it, and from which state on they count. */
export class DecodeTable {
  readonly log: number;
  readonly symbol: Uint8Array;
  readonly bits: Uint8Array;
  readonly next: Uint16Array;

  constructor(d: Distribution) {
    const size = 1 << d.log;
    this.log = d.log;
    this.symbol = spread(d);
    this.bits = new Uint8Array(size);
    this.next = new Uint16Array(size);
    const seen = Uint16Array.from(d.norm, n => (n < 0 ? 1 : n));
    for (let state = 0; state < size; state++) {
      const x = seen[this.symbol[state]!]!++;
      const bits = d.log - high_bit(x);
      this.bits[state] = bits;
      this.next[state] = (x << bits) - size;
    }
  }
}

/** A table of one state, which takes no bits. */
export function single_symbol(symbol: number): DecodeTable {
  const norm = new Int16Array(symbol + 1);
  norm[symbol] = 1;
  return new DecodeTable({ norm, log: 0 });
}

/** Which symbol each state has. */
function spread({ norm, log }: Distribution): Uint8Array {
  const size = 1 << log;
  const symbols = new Uint8Array(size);
  if (size === 1) {
    symbols[0] = norm.findIndex(n => n !== 0);
    return symbols;
  }
  let high = size - 1;
  for (let s = 0; s < norm.length; s++) if (norm[s] === -1) symbols[high--] = s;
  const step = (size >> 1) + (size >> 3) + 3;
  let at = 0;
  for (let s = 0; s < norm.length; s++) {
    for (let k = norm[s]!; k > 0; k--) {
      symbols[at] = s;
      do at = (at + step) & (size - 1);
      while (at > high);
    }
  }
  return symbols;
}

/** Reads a distribution that starts at `start`; gives it and where it ends. */
export function read_distribution(
  b: Uint8Array,
  start: number,
  end: number,
  max_log: number,
  max_symbol: number,
): { distribution: Distribution; end: number } {
  let bit = start * 8;
  const last = end * 8;
  const peek = (n: number): number => {
    const i = bit >> 3;
    const word = (b[i] ?? 0) | ((b[i + 1] ?? 0) << 8) | ((b[i + 2] ?? 0) << 16);
    return (word >>> (bit & 7)) & ((1 << n) - 1);
  };
  const log = peek(4) + 5;
  bit += 4;
  if (log > max_log) corrupted();
  const norm = new Int16Array(max_symbol + 1);
  let left = 1 << log;
  let s = 0;
  while (left > 0) {
    if (s > max_symbol || bit > last) corrupted();
    // a number from 0 to left + 1; the smaller ones take a bit less
    const width = high_bit(left + 1) + 1;
    const spare = (1 << width) - 2 - left;
    let n = peek(width - 1);
    if (n < spare) bit += width - 1;
    else {
      n = peek(width);
      bit += width;
      if (n >= 1 << (width - 1)) n -= spare;
    }
    n--;
    left -= Math.abs(n);
    norm[s++] = n;
    if (n !== 0) continue;
    for (let more = 3; more === 3; ) {
      more = peek(2);
      bit += 2;
      s += more;
      if (bit > last) corrupted();
    }
  }
  if (left < 0 || bit > last || s > max_symbol + 1) corrupted();
  return { distribution: { norm: norm.subarray(0, s), log }, end: (bit + 7) >> 3 };
}

/** Writes a distribution, as read_distribution() reads it. */
export function write_distribution(w: BitWriter, { norm, log }: Distribution): void {
  w.reserve(2 * norm.length + 8);
  w.bits(log - 5, 4);
  let left = 1 << log;
  for (let s = 0; left > 0; ) {
    const width = high_bit(left + 1) + 1;
    const spare = (1 << width) - 2 - left;
    const n = norm[s]! + 1;
    if (n < spare) w.bits(n, width - 1);
    else w.bits(n < 1 << (width - 1) ? n : n + spare, width);
    left -= Math.abs(norm[s]!);
    if (norm[s++] !== 0) continue;
    let zeros = 0;
    while (norm[s] === 0) {
      zeros++;
      s++;
    }
    for (; zeros >= 3; zeros -= 3) w.bits(3, 2);
    w.bits(zeros, 2);
  }
  w.align();
}

/** Shares of 1 << log in proportion to counts, none of those that occur without one. */
export function normalized(counts: Uint32Array, symbols: number, total: number, log: number): Distribution {
  const size = 1 << log;
  const norm = new Int16Array(symbols);
  let given = 0;
  let largest = 0;
  for (let s = 0; s < symbols; s++) {
    const n = counts[s]!;
    if (n === 0) continue;
    norm[s] = Math.max(1, Math.round((n * size) / total));
    given += norm[s]!;
    if (n > counts[largest]!) largest = s;
  }
  // What is too much or too little goes where it changes the size least.
  if (given < size) norm[largest] = norm[largest]! + size - given;
  for (; given > size; given--) {
    let best = -1;
    let least = Number.POSITIVE_INFINITY;
    for (let s = 0; s < symbols; s++) {
      if (norm[s]! < 2) continue;
      const cost = counts[s]! * Math.log2(norm[s]! / (norm[s]! - 1));
      if (cost < least) {
        least = cost;
        best = s;
      }
    }
    norm[best] = norm[best]! - 1;
  }
  return { norm, log };
}

/** The accuracy worth having for so many symbols in all, of which `kinds` differ. */
export function good_log(total: number, kinds: number, max_log: number): number {
  const enough = total > 1 ? high_bit(total - 1) - 2 : 5;
  const needed = high_bit(kinds) + 1;
  return Math.min(max_log, Math.max(5, enough, needed));
}

/** For an encoder: the states of each symbol, in order. */
export class EncodeTable {
  readonly log: number;
  readonly share: Uint16Array;
  private readonly first: Uint16Array;
  private readonly states: Uint16Array;
  private readonly most_bits: Uint8Array;

  constructor(d: Distribution) {
    const n = d.norm.length;
    const size = 1 << d.log;
    this.log = d.log;
    this.share = new Uint16Array(256);
    this.first = new Uint16Array(n);
    this.most_bits = new Uint8Array(n);
    this.states = new Uint16Array(size);
    let at = 0;
    for (let s = 0; s < n; s++) {
      const share = Math.abs(d.norm[s]!);
      this.share[s] = share;
      this.first[s] = at;
      this.most_bits[s] = share === 0 ? 0 : d.log - high_bit(share);
      at += share;
    }
    const next = this.first.slice();
    const symbols = spread(d);
    for (let state = 0; state < size; state++) this.states[next[symbols[state]!]!++] = size + state;
  }

  /** The state to begin with at the last symbol. */
  start(symbol: number): number {
    return this.states[this.first[symbol]!]!;
  }

  /** Writes what leads to `state` from the state of an earlier symbol, which it gives. */
  encode(w: BitWriter, state: number, symbol: number): number {
    const share = this.share[symbol]!;
    let bits = this.most_bits[symbol]!;
    if (state < share << bits) bits--;
    w.bits(state & ((1 << bits) - 1), bits);
    return this.states[this.first[symbol]! + (state >> bits) - share]!;
  }

  finish(w: BitWriter, state: number): void {
    w.bits(state & ((1 << this.log) - 1), this.log);
  }

  /** About how many bits symbols with these counts take; infinity where one of them has no state. */
  cost(counts: Uint32Array, symbols: number): number {
    let bits = 0;
    for (let s = 0; s < symbols; s++) {
      if (counts[s] === 0) continue;
      if (this.share[s] === 0) return Number.POSITIVE_INFINITY;
      bits += counts[s]! * (this.log - Math.log2(this.share[s]!));
    }
    return bits;
  }
}
