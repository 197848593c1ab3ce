// matcher.ts: a window over what was given, and the search for what was there before.
//
// Invariant: window[0:filled] is known, what is before `pos` has been told in blocks. Tables hold places in the window
// (-1: none). Places before `dict_end` are a dictionary's.

import { BLOCK_MAX } from './format.ts';
import { OptimalParser } from './optimal.ts';
import { BTOPT, DFAST, FAST, GREEDY, LAZY, type Search } from './params.ts';
import { Sequences } from './sequences.ts';

const NO_TABLE = /* @__PURE__ */ new Int32Array(0);
const FIRST_WINDOW = 1 << 13;
/** Behind the last place that is looked up there are as many bytes at least. */
const MARGIN = 8;
/** After so many places (a power of two) without a match one more is skipped at a time. */
const SKIP_LOG = 8;

export class Matcher {
  sequences = new Sequences(0);
  search: Search;
  window: Uint8Array = new Uint8Array(FIRST_WINDOW);
  pos = 0;
  filled = 0;
  private dict_end = 0;
  /** Where the frame's own content begins; goes down as the window slides, below zero too. */
  private frame_start = 0;
  private window_size = 0;
  private head: Int32Array = NO_TABLE;
  private long_head: Int32Array = NO_TABLE;
  private chain: Int32Array = NO_TABLE;
  /** How many bytes `head` goes by. */
  private hashed = 4;
  private optimal: OptimalParser | null = null;
  /** Places before this one are in the chains. */
  private entered = 0;
  /** The lowest place that may be copied from, and the largest offset, for the block at work. */
  private lowest = 0;
  private reach = 0;
  /** The best match found, and its offset. */
  best_offset = 0;

  constructor(search: Search) {
    this.search = search;
  }

  /** A new frame, behind a dictionary's content. */
  begin(search: Search, dictionary: Uint8Array, repeated: readonly number[]): void {
    this.search = search;
    this.window_size = 2 ** search.window_log;
    this.head = emptied(this.head, 1 << search.hash_log);
    this.long_head = search.strategy === DFAST ? emptied(this.long_head, 1 << search.hash_log) : NO_TABLE;
    this.chain = search.strategy >= GREEDY ? emptied(this.chain, 1 << search.chain_log) : NO_TABLE;
    this.hashed = search.strategy >= BTOPT ? Math.max(4, search.min_match) : search.min_match;
    const block_max = Math.min(BLOCK_MAX, this.window_size);
    if (this.sequences.block_max < block_max) this.sequences = new Sequences(block_max);
    if (search.strategy >= BTOPT) {
      if (this.optimal === null || this.optimal.block_max < block_max) this.optimal = new OptimalParser(block_max);
      this.optimal.begin(search.hash_log);
    }
    this.entered = 0;
    this.pos = 0;
    this.filled = 0;
    this.sequences.repeated.set(repeated);
    if (dictionary.length > 0) {
      this.grow(dictionary.length);
      this.window.set(dictionary);
      this.filled = dictionary.length;
      this.enter_dictionary();
      this.pos = dictionary.length;
    }
    this.dict_end = this.pos;
    this.frame_start = this.pos;
  }

  private enter_dictionary(): void {
    const end = this.filled - MARGIN;
    if (this.search.strategy >= GREEDY) {
      this.enter(end);
      return;
    }
    for (let i = 0; i < end; i++) {
      this.head[this.hash(i)] = i;
      if (this.long_head.length > 0) this.long_head[this.hash8(i)] = i;
    }
  }

  private grow(size: number): void {
    if (size <= this.window.length) return;
    const window = new Uint8Array(Math.max(size, Math.min(2 * this.window.length, size + 8 * BLOCK_MAX)));
    window.set(this.window.subarray(0, this.filled));
    this.window = window;
  }

  /** Takes bytes, a block's at most. */
  fill(b: Uint8Array): void {
    const slack = Math.max(2 * BLOCK_MAX, this.chain.length, this.window_size >>> 2);
    if (this.filled + b.length > this.dict_end + this.window_size + slack) this.slide();
    this.grow(this.filled + b.length);
    this.window.set(b, this.filled);
    this.filled += b.length;
  }

  /** Drops what is out of the window, as many whole rounds of the chain as it has. */
  private slide(): void {
    const round = Math.max(1, this.chain.length);
    const drop = Math.floor((this.pos - this.window_size) / round) * round;
    if (drop <= 0) return;
    this.window.copyWithin(0, drop, this.filled);
    for (const table of [this.head, this.long_head, this.chain]) {
      for (let i = 0; i < table.length; i++) table[i] = Math.max(table[i]! - drop, -1);
    }
    this.optimal?.slide(drop);
    this.pos -= drop;
    this.filled -= drop;
    this.entered = Math.max(0, this.entered - drop);
    this.frame_start -= drop;
    this.dict_end = Math.max(0, this.dict_end - drop);
  }

  /** Finds the sequences of everything that is in front. */
  parse(): Sequences {
    const { sequences, filled, pos } = this;
    sequences.clear();
    // A dictionary is there as a whole as long as the window has not been passed.
    const whole = filled - this.frame_start <= this.window_size;
    this.lowest = whole ? 0 : this.dict_end;
    this.reach = whole ? filled : this.window_size;
    const { strategy } = this.search;
    let told = pos;
    if (filled - pos > MARGIN) {
      if (strategy === FAST) told = this.parse_fast(pos, filled);
      else if (strategy === DFAST) told = this.parse_double(pos, filled);
      else if (strategy < BTOPT) told = this.parse_lazy(pos, filled);
      else told = this.optimal!.parse(this, pos, filled, filled - MARGIN);
    }
    sequences.add_literals(this.window, told, filled);
    this.pos = filled;
    return sequences;
  }

  /** Goes on without sequences. */
  skip(): void {
    this.pos = this.filled;
  }

  /** The lowest place that what is at `i` may be copied from. */
  floor(i: number): number {
    return Math.max(this.lowest, i - this.reach);
  }

  /** How many bytes from `a` and from `b` on are the same; b < end. */
  common(a: number, b: number, end: number): number {
    const { window } = this;
    const start = b;
    while (b < end && window[a] === window[b]) {
      a++;
      b++;
    }
    return b - start;
  }

  private word(i: number): number {
    const { window } = this;
    return window[i]! | (window[i + 1]! << 8) | (window[i + 2]! << 16) | (window[i + 3]! << 24);
  }

  /** By three to seven bytes. */
  private hash(i: number): number {
    const { window } = this;
    const { hashed } = this;
    let word = window[i]! | (window[i + 1]! << 8) | (window[i + 2]! << 16);
    if (hashed > 3) word |= window[i + 3]! << 24;
    let h = Math.imul(word, 0x9e3779b1);
    if (hashed > 4) {
      let more = window[i + 4]!;
      if (hashed > 5) more |= window[i + 5]! << 8;
      if (hashed > 6) more |= window[i + 6]! << 16;
      h = Math.imul(h ^ Math.imul(more, 0x85ebca6b) ^ (h >>> 15), 0x27d4eb2f);
    }
    return h >>> (32 - this.search.hash_log);
  }

  private hash8(i: number): number {
    const h = Math.imul(this.word(i), 0x9e3779b1) ^ Math.imul(this.word(i + 4), 0xc2b2ae3d);
    return Math.imul(h ^ (h >>> 15), 0x27d4eb2f) >>> (32 - this.search.hash_log);
  }

  /** Strategy FAST: one place per hash; what is not compressible is passed quickly. */
  private parse_fast(from: number, to: number): number {
    const { head, sequences, reach } = this;
    const { repeated } = sequences;
    const shortest = Math.max(4, this.search.min_match - 1);
    const stride = 1 + (this.search.nice >> 1);
    const stop = to - MARGIN;
    let told = from;
    for (let i = from; i < stop; ) {
      const lowest = Math.max(this.lowest, i + 1 - reach);
      const h = this.hash(i);
      let at = head[h]!;
      head[h] = i;
      let start = i;
      let length = 0;
      const again = i + 1 - repeated[0]!;
      if (again >= lowest && again >= 0 && this.word(again) === this.word(i + 1)) {
        start = i + 1;
        at = again;
        length = 4 + this.common(at + 4, start + 4, to);
      } else if (at >= lowest && at >= 0 && this.word(at) === this.word(i)) {
        length = 4 + this.common(at + 4, i + 4, to);
        if (length < shortest) length = 0;
      }
      if (length === 0) {
        i += stride + ((i - told) >> SKIP_LOG);
        continue;
      }
      told = this.take(told, lowest, start, at, length);
      if (told < stop) {
        head[this.hash(i + 2)] = i + 2;
        head[this.hash(told - 2)] = told - 2;
      }
      i = told;
    }
    return told;
  }

  /** Strategy DFAST: one place per hash of eight bytes and per hash of a few. */
  private parse_double(from: number, to: number): number {
    const { head, long_head, sequences, reach } = this;
    const { repeated } = sequences;
    const stop = to - MARGIN;
    let told = from;
    for (let i = from; i < stop; ) {
      const lowest = Math.max(this.lowest, i + 1 - reach);
      const h = this.hash(i);
      const h8 = this.hash8(i);
      const near = head[h]!;
      let at = long_head[h8]!;
      head[h] = i;
      long_head[h8] = i;
      let start = i;
      let length = 0;
      const again = i + 1 - repeated[0]!;
      if (again >= lowest && again >= 0 && this.word(again) === this.word(i + 1)) {
        start = i + 1;
        at = again;
        length = 4 + this.common(at + 4, start + 4, to);
      } else if (at >= lowest && at >= 0 && this.word(at) === this.word(i) && this.word(at + 4) === this.word(i + 4)) {
        length = 8 + this.common(at + 8, i + 8, to);
      } else if (near >= lowest && near >= 0 && this.word(near) === this.word(i)) {
        at = near;
        length = 4 + this.common(at + 4, i + 4, to);
        // A long match one place further on is better.
        const further = this.hash8(i + 1);
        const far = long_head[further]!;
        long_head[further] = i + 1;
        if (far >= lowest && far >= 0) {
          const n = this.common(far, i + 1, to);
          if (n > length) {
            start = i + 1;
            at = far;
            length = n;
          }
        }
      }
      if (length === 0) {
        i += 1 + ((i - told) >> SKIP_LOG);
        continue;
      }
      told = this.take(told, lowest, start, at, length);
      if (told < stop) {
        for (const place of [i + 2, told - 2]) {
          head[this.hash(place)] = place;
          long_head[this.hash8(place)] = place;
        }
      }
      i = told;
    }
    return told;
  }

  /** Puts the places before `end` into the chains. */
  enter(end: number): void {
    const { chain, head } = this;
    const mask = chain.length - 1;
    for (let i = this.entered; i < end; i++) {
      const h = this.hash(i);
      chain[i & mask] = head[h]!;
      head[h] = i;
    }
    if (end > this.entered) this.entered = end;
  }

  /** Where the search for earlier places of the bytes at `i` begins. */
  first_place(i: number): number {
    this.enter(i);
    return this.head[this.hash(i)]!;
  }

  /** Where it goes on; -1: nowhere. */
  next_place(at: number, i: number): number {
    const next = this.chain[at & (this.chain.length - 1)]!;
    return next < at && next > i - this.chain.length ? next : -1;
  }

  /** The best match at `i`, longer than `least`; 0 for none. The last offsets are preferred. */
  private best_match(i: number, to: number, least: number, no_literals: boolean): number {
    const { window } = this;
    const { repeated } = this.sequences;
    const lowest = this.floor(i);
    let best = least;
    let offset = 0;
    for (let k = no_literals ? 1 : 0; k < 3; k++) {
      const at = i - repeated[k]!;
      if (at < lowest || at < 0 || window[at + best] !== window[i + best]) continue;
      const n = this.common(at, i, to);
      if (n <= best) continue;
      best = n;
      offset = repeated[k]!;
    }
    const near = offset;
    let at = this.first_place(i);
    for (let left = this.search.depth; at >= lowest && at >= 0 && left > 0; left--, at = this.next_place(at, i)) {
      if (window[at + best] !== window[i + best] || window[at] !== window[i]) continue;
      const n = this.common(at, i, to);
      // A new offset costs about two bytes more than one of the last.
      if (n <= best + (near !== 0 && offset === near ? 1 : 0)) continue;
      best = n;
      offset = i - at;
      if (i + n >= to) break;
    }
    this.best_offset = offset;
    return offset === 0 ? 0 : best;
  }

  /** Strategies GREEDY to BTLAZY2: chains, and a look at what one or two places further on would give. */
  private parse_lazy(from: number, to: number): number {
    const { lowest } = this;
    const { strategy, nice } = this.search;
    const ahead = strategy === GREEDY ? 0 : strategy === LAZY ? 1 : 2;
    const stop = to - MARGIN;
    let told = from;
    for (let i = from; i < stop; ) {
      let length = this.best_match(i, to, 3, i === told);
      if (length === 0) {
        i += 1 + ((i - told) >> SKIP_LOG);
        continue;
      }
      let start = i;
      let offset = this.best_offset;
      for (let tried = 0; tried < ahead && start + tried + 1 < stop && length < Math.max(nice, 32); ) {
        const place = start + tried + 1;
        const n = this.best_match(place, to, 3, false);
        tried++;
        if (n === 0 || this.gain(n, this.best_offset) <= this.gain(length, offset) + 1 + 3 * tried) continue;
        length = n;
        offset = this.best_offset;
        start = place;
        tried = 0;
      }
      told = this.take(told, lowest, start, start - offset, length);
      i = told;
    }
    return told;
  }

  /** Tells a match of what stands at `at`, longer by what equals before it and is not told yet; where it ends. */
  private take(told: number, lowest: number, start: number, at: number, length: number): number {
    const { window } = this;
    let back = 0;
    while (start - back > told && at - back > lowest && window[start - back - 1] === window[at - back - 1]) back++;
    this.sequences.add(window, told, start - back, start - at, length + back);
    return start + length;
  }

  /** About what a match saves, in quarters of a byte. */
  private gain(length: number, offset: number): number {
    const { repeated } = this.sequences;
    const near = offset === repeated[0] || offset === repeated[1] || offset === repeated[2];
    return 4 * length - (near ? 0 : 31 - Math.clz32(offset + 3));
  }
}

function emptied(table: Int32Array, size: number): Int32Array {
  return table.length === size ? table.fill(-1) : new Int32Array(size).fill(-1);
}
