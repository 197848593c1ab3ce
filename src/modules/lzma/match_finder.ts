// match_finder.ts: what comes next, has it been there before? Hash chains over a sliding window.
//
// Invariant: 0 <= pos <= filled <= window.length; the tables hold positions in the window (-1: none), and those of all
// places before `pos` have been entered.

import { MATCH_MAX } from './model.ts';

const HASH2_BITS = 10;
const HASH3_BITS = 14;
const FIRST_WINDOW = 1 << 13;
/** Kept before `pos` at least: what may have to be stored as it is. */
const KEPT = 1 << 17;
/** Room behind the dictionary, at least; a quarter of the dictionary where that is more: sliding moves all of it. */
const SLACK = 1 << 18;

export class MatchFinder {
  window: Uint8Array = new Uint8Array(FIRST_WINDOW);
  pos = 0;
  filled = 0;
  private readonly dict_size: number;
  private readonly nice: number;
  private readonly depth: number;
  private readonly head2 = new Int32Array(1 << HASH2_BITS).fill(-1);
  private readonly head3 = new Int32Array(1 << HASH3_BITS).fill(-1);
  private head4: Int32Array;
  /** By position: where its four bytes' hash was seen before. */
  private chain: Int32Array = new Int32Array(FIRST_WINDOW);
  /** The matches found, each longer than the one before. */
  readonly lengths = new Int32Array(MATCH_MAX);
  readonly distances = new Float64Array(MATCH_MAX);
  count = 0;

  constructor(dict_size: number, nice: number, depth: number) {
    this.dict_size = dict_size;
    this.nice = nice;
    this.depth = depth;
    this.head4 = new Int32Array(1 << 12).fill(-1);
  }

  get available(): number {
    return this.filled - this.pos;
  }

  /** Takes input; gives how many bytes the window had room for. */
  fill(bytes: Uint8Array): number {
    const most = Math.max(this.dict_size, KEPT) + Math.max(SLACK, this.dict_size >>> 2) + MATCH_MAX;
    if (this.filled + bytes.length > this.window.length) {
      if (this.window.length < most)
        this.grow(Math.min(most, Math.max(2 * this.window.length, this.filled + bytes.length)));
      if (this.filled + bytes.length > this.window.length) this.slide();
    }
    const n = Math.min(bytes.length, this.window.length - this.filled);
    this.window.set(bytes.subarray(0, n), this.filled);
    this.filled += n;
    return n;
  }

  private grow(size: number): void {
    const window = new Uint8Array(size);
    window.set(this.window);
    this.window = window;
    const chain = new Int32Array(size);
    chain.set(this.chain);
    this.chain = chain;
    const wanted = Math.min(1 << 20, 1 << (32 - Math.clz32(size >>> 1)));
    if (wanted > this.head4.length) this.rehash(wanted);
  }

  /** A larger table of heads: every position is entered again. */
  private rehash(size: number): void {
    this.head4 = new Int32Array(size).fill(-1);
    const { window, head4, chain } = this;
    for (let i = 0; i < this.pos && i + 4 <= this.filled; i++) {
      const h = this.hash4(window, i);
      chain[i] = head4[h]!;
      head4[h] = i;
    }
  }

  private slide(): void {
    const drop = this.pos - Math.max(this.dict_size, KEPT);
    if (drop <= 0) return;
    this.window.copyWithin(0, drop, this.filled);
    this.chain.copyWithin(0, drop, this.filled);
    for (const table of [this.head2, this.head3, this.head4, this.chain]) {
      for (let i = 0; i < table.length; i++) table[i] = Math.max(table[i]! - drop, -1);
    }
    this.pos -= drop;
    this.filled -= drop;
  }

  private hash4(b: Uint8Array, i: number): number {
    const word = b[i]! | (b[i + 1]! << 8) | (b[i + 2]! << 16) | (b[i + 3]! << 24);
    return Math.imul(word, 0x9e3779b1) >>> (Math.clz32(this.head4.length) + 1);
  }

  /** How many bytes from `a` and from `b` on are the same. */
  common(a: number, b: number, limit: number): number {
    const { window } = this;
    let n = 0;
    while (n < limit && window[a + n] === window[b + n]) n++;
    return n;
  }

  /** Finds the matches of what is at `pos`, and goes on by one. */
  find(): void {
    const { window, pos, chain, head4, lengths, distances } = this;
    const limit = Math.min(this.available, MATCH_MAX);
    this.pos = pos + 1;
    this.count = 0;
    if (limit < 4) return;
    const lowest = Math.max(0, pos - this.dict_size);
    let best = 1;
    let n = 0;
    const h2 = (window[pos]! ^ (window[pos + 1]! << 2)) & ((1 << HASH2_BITS) - 1);
    const h3 = (window[pos]! ^ (window[pos + 1]! << 4) ^ (window[pos + 2]! << 7)) & ((1 << HASH3_BITS) - 1);
    const h4 = this.hash4(window, pos);
    const near2 = this.head2[h2]!;
    const near3 = this.head3[h3]!;
    let at = head4[h4]!;
    this.head2[h2] = pos;
    this.head3[h3] = pos;
    head4[h4] = pos;
    chain[pos] = at;
    for (let k = 0; k < 2; k++) {
      const near = k === 0 ? near2 : near3;
      if (near < lowest || window[near + best] !== window[pos + best]) continue;
      const length = this.common(near, pos, limit);
      if (length <= best) continue;
      best = length;
      lengths[n] = length;
      distances[n++] = pos - near - 1;
    }
    for (let left = this.depth; at >= lowest && left > 0 && best < limit; left--, at = chain[at]!) {
      if (window[at + best] !== window[pos + best] || window[at] !== window[pos]) continue;
      const length = this.common(at, pos, limit);
      if (length <= best) continue;
      best = length;
      lengths[n] = length;
      distances[n++] = pos - at - 1;
      if (length >= this.nice) break;
    }
    this.count = n;
  }

  /** Enters the next places without looking for matches. */
  skip(n: number): void {
    const { window, chain, head4 } = this;
    for (const end = this.pos + n; this.pos < end; this.pos++) {
      const { pos } = this;
      if (this.filled - pos < 4) {
        this.pos = end;
        return;
      }
      this.head2[(window[pos]! ^ (window[pos + 1]! << 2)) & ((1 << HASH2_BITS) - 1)] = pos;
      this.head3[(window[pos]! ^ (window[pos + 1]! << 4) ^ (window[pos + 2]! << 7)) & ((1 << HASH3_BITS) - 1)] = pos;
      const h = this.hash4(window, pos);
      chain[pos] = head4[h]!;
      head4[h] = pos;
    }
  }
}
