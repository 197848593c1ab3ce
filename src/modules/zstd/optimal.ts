// optimal.ts: the cheapest way through a block: strategies BTOPT to BTULTRA2.
//
// First all matches are looked for, then each place's cheapest way there is found from front to back, by prices in bits that
// come from how often literals and codes were used by the parse before (a block's first has the block before, or the
// format's own distributions).

import { type CodeKind, codes, high_bit, literal_code, match_code } from './format.ts';
import type { Matcher } from './matcher.ts';
import { BTULTRA } from './params.ts';
import { push_offset } from './sequences.ts';

const HASH3_LOG_MAX = 16;
const SHORTEST = 3;

/** How often each symbol came, and what it costs. */
class Prices {
  readonly counts: Float64Array;
  readonly bits: Float64Array;

  constructor(symbols: number) {
    this.counts = new Float64Array(symbols);
    this.bits = new Float64Array(symbols);
  }

  /** From the counts, `extra` bits besides and `least` at least; the counts begin anew. */
  update(extra: Uint8Array | null, least: number): void {
    const { counts, bits } = this;
    let total = 0;
    for (let s = 0; s < counts.length; s++) total += counts[s]! + 0.5;
    for (let s = 0; s < counts.length; s++) {
      bits[s] = Math.max(least, Math.log2(total / (counts[s]! + 0.5))) + (extra === null ? 0 : extra[s]!);
    }
    counts.fill(0);
  }

  begin({ default_norm, extra }: CodeKind): void {
    this.counts.fill(0);
    for (let s = 0; s < default_norm.length; s++) this.counts[s] = Math.abs(default_norm[s]!);
    this.update(extra, 0);
  }
}

export class OptimalParser {
  /** The size of the largest block there is room for. */
  readonly block_max: number;
  private readonly literal = new Prices(256);
  private readonly literal_length: Prices;
  private readonly match_length: Prices;
  private readonly offset: Prices;
  private begun = false;
  private head3: Int32Array = new Int32Array(0);
  private hash3_log = 0;
  /** Matches by place in the block: from which index on, and there lengths and offsets, ever longer. */
  private readonly first: Int32Array;
  private lengths: Int32Array = new Int32Array(1 << 12);
  private offsets: Int32Array = new Int32Array(1 << 12);
  private found = 0;
  /** By place: the price of the way there, its last step (length 0: a literal), the literals since the last match. */
  private readonly price: Float64Array;
  private readonly step_length: Int32Array;
  private readonly step_offset: Int32Array;
  private readonly run: Int32Array;
  /** The last three offsets at each place. */
  private readonly repeated: Int32Array;
  private readonly three = new Int32Array(3);

  constructor(block_max: number) {
    const c = codes();
    const places = block_max + 1;
    this.block_max = block_max;
    this.first = new Int32Array(places);
    this.price = new Float64Array(places);
    this.step_length = new Int32Array(places);
    this.step_offset = new Int32Array(places);
    this.run = new Int32Array(places);
    this.repeated = new Int32Array(3 * places);
    this.literal_length = new Prices(c.literals.max_symbol + 1);
    this.match_length = new Prices(c.matches.max_symbol + 1);
    this.offset = new Prices(c.offsets.max_symbol + 1);
  }

  /** A new frame. */
  begin(hash_log: number): void {
    this.begun = false;
    this.hash3_log = Math.min(hash_log, HASH3_LOG_MAX);
    const size = 1 << this.hash3_log;
    if (this.head3.length !== size) this.head3 = new Int32Array(size);
    this.head3.fill(-1);
  }

  /** The window has lost its first places. */
  slide(drop: number): void {
    const { head3 } = this;
    for (let i = 0; i < head3.length; i++) head3[i] = Math.max(head3[i]! - drop, -1);
  }

  /** Adds the sequences of m.window[from:to]; gives where the literals behind the last begin. */
  parse(m: Matcher, from: number, to: number, stop: number): number {
    this.find_matches(m, from, to, stop);
    const first_of_frame = !this.begun;
    if (first_of_frame) this.begin_prices(m, from, to);
    const parses = first_of_frame || m.search.strategy >= BTULTRA ? 2 : 1;
    for (let k = 0; k < parses; k++) {
      this.find_way(m, from, to);
      this.take_way(m, from, to, null);
      this.update_prices();
    }
    return this.take_way(m, from, to, m);
  }

  private begin_prices(m: Matcher, from: number, to: number): void {
    const c = codes();
    this.literal_length.begin(c.literals);
    this.match_length.begin(c.matches);
    this.offset.begin(c.offsets);
    for (let i = from; i < to; i++) this.literal.counts[m.window[i]!]!++;
    this.literal.update(null, 1);
    this.begun = true;
  }

  private update_prices(): void {
    const c = codes();
    this.literal.update(null, 1);
    this.literal_length.update(c.literals.extra, 0);
    this.match_length.update(c.matches.extra, 0);
    this.offset.update(c.offsets.extra, 0);
  }

  // --- matches ----------------------------------------------------------------------------------------------------------

  private find_matches(m: Matcher, from: number, to: number, stop: number): void {
    const { first } = this;
    const { nice } = m.search;
    this.found = 0;
    for (let i = from; i < to; i++) {
      first[i - from] = this.found;
      if (i >= stop) continue;
      const longest = this.matches_at(m, i, to);
      if (longest < nice) continue;
      // Nothing better begins within a match that is long enough.
      for (const end = Math.min(i + longest, to) - 1; i < end; ) first[++i - from] = this.found;
    }
    first[to - from] = this.found;
  }

  private matches_at(m: Matcher, i: number, to: number): number {
    const { window, search } = m;
    const { head3 } = this;
    const lowest = m.floor(i);
    let best = SHORTEST - 1;
    if (search.min_match === SHORTEST) {
      const word = window[i]! | (window[i + 1]! << 8) | (window[i + 2]! << 16);
      const h = Math.imul(word, 0x9e3779b1) >>> (32 - this.hash3_log);
      const at = head3[h]!;
      head3[h] = i;
      if (at >= lowest && at >= 0) best = this.try_match(m, at, i, to, best);
    }
    let at = m.first_place(i);
    for (let left = search.depth; at >= lowest && at >= 0 && left > 0; left--, at = m.next_place(at, i)) {
      if (window[at + best] !== window[i + best]) continue;
      best = this.try_match(m, at, i, to, best);
      if (best >= search.nice || i + best >= to) break;
    }
    return best;
  }

  private try_match(m: Matcher, at: number, i: number, to: number, best: number): number {
    const n = m.common(at, i, to);
    if (n <= best) return best;
    if (this.found === this.lengths.length) {
      this.lengths = doubled(this.lengths);
      this.offsets = doubled(this.offsets);
    }
    this.lengths[this.found] = n;
    this.offsets[this.found++] = i - at;
    return n;
  }

  // --- the way ----------------------------------------------------------------------------------------------------------

  private find_way(m: Matcher, from: number, to: number): void {
    const { price, step_length, run, repeated, first, lengths, offsets } = this;
    const { window } = m;
    const c = codes();
    const literal_bits = this.literal.bits;
    const length_bits = this.literal_length.bits;
    const offset_bits = this.offset.bits;
    const n = to - from;
    price.fill(Number.POSITIVE_INFINITY, 0, n + 1);
    price[0] = length_bits[0]!;
    step_length[0] = 0;
    run[0] = 0;
    repeated.set(m.sequences.repeated, 0);
    for (let p = 0; p < n; ) {
      if (p > 0) this.arrive(p);
      const here = price[p]!;
      const literals = run[p]!;
      const next =
        here +
        literal_bits[window[from + p]!]! +
        length_bits[literal_code(c, literals + 1)]! -
        length_bits[literal_code(c, literals)]!;
      if (next < price[p + 1]!) {
        price[p + 1] = next;
        step_length[p + 1] = 0;
        run[p + 1] = literals + 1;
      }
      const i = from + p;
      const lowest = m.floor(i);
      const match = here + length_bits[0]!;
      // The last offsets; after a match they mean others.
      let known = SHORTEST - 1;
      for (let k = 1; k <= 3; k++) {
        const which = literals === 0 ? k : k - 1;
        const offset = which === 3 ? repeated[3 * p]! - 1 : repeated[3 * p + which]!;
        const at = i - offset;
        if (offset <= 0 || at < lowest || at < 0 || window[at + known] !== window[i + known]) continue;
        const longest = m.common(at, i, to);
        if (longest <= known) continue;
        this.relax(p, SHORTEST, longest, offset, match + offset_bits[high_bit(k)]!, m.search.nice);
        known = longest;
      }
      let shortest = SHORTEST;
      for (let k = first[p]!; k < first[p + 1]!; k++) {
        const longest = lengths[k]!;
        const offset = offsets[k]!;
        if (longest >= shortest) {
          this.relax(p, shortest, longest, offset, match + offset_bits[high_bit(offset + 3)]!, m.search.nice);
        }
        shortest = longest + 1;
        known = Math.max(known, longest);
      }
      // Behind a match that is long enough, not within it, the way goes on.
      p += known > m.search.nice ? known : 1;
    }
    this.arrive(n);
  }

  /** Tries matches of all these lengths from `p` on; of those that are long enough only the longest. */
  private relax(p: number, shortest: number, longest: number, offset: number, bits: number, nice: number): void {
    const { price, step_length, step_offset, run } = this;
    const c = codes();
    const match_bits = this.match_length.bits;
    for (let n = longest > nice ? longest : shortest; n <= longest; n++) {
      const total = bits + match_bits[match_code(c, n)]!;
      if (total >= price[p + n]!) continue;
      price[p + n] = total;
      step_length[p + n] = n;
      step_offset[p + n] = offset;
      run[p + n] = 0;
    }
  }

  /** The way to `p` is settled: which offsets are the last ones there. */
  private arrive(p: number): void {
    const { repeated, three } = this;
    const length = this.step_length[p]!;
    const before = 3 * (length === 0 ? p - 1 : p - length);
    if (length === 0) {
      repeated.copyWithin(3 * p, before, before + 3);
      return;
    }
    three[0] = repeated[before]!;
    three[1] = repeated[before + 1]!;
    three[2] = repeated[before + 2]!;
    push_offset(three, this.step_offset[p]!, this.run[p - length] === 0);
    repeated[3 * p] = three[0]!;
    repeated[3 * p + 1] = three[1]!;
    repeated[3 * p + 2] = three[2]!;
  }

  /** Goes the way found: counts what it uses, or adds its sequences to a matcher's. */
  private take_way(m: Matcher, from: number, to: number, into: Matcher | null): number {
    const { step_length, run } = this;
    // The way is known from behind: turn its matches round (`run` of a match's end is free to say where the next ends).
    let end = 0;
    for (let p = to - from; p > 0; p -= Math.max(1, step_length[p]!)) {
      if (step_length[p] === 0) continue;
      run[p] = end;
      end = p;
    }
    let told = from;
    const { repeated } = m.sequences;
    const three = repeated.slice();
    while (end > 0) {
      const next = run[end]!;
      const length = step_length[end]!;
      const start = from + end - length;
      const offset = this.step_offset[end]!;
      if (into === null) this.count(m, told, start, length, push_offset(three, offset, told === start));
      else into.sequences.add(m.window, told, start, offset, length);
      told = start + length;
      run[end] = 0;
      end = next;
    }
    if (into === null) for (let i = told; i < to; i++) this.literal.counts[m.window[i]!]!++;
    return told;
  }

  private count(m: Matcher, told: number, start: number, length: number, value: number): void {
    const c = codes();
    for (let i = told; i < start; i++) this.literal.counts[m.window[i]!]!++;
    this.literal_length.counts[literal_code(c, start - told)]!++;
    this.match_length.counts[match_code(c, length)]!++;
    this.offset.counts[high_bit(value)]!++;
  }
}

function doubled(a: Int32Array): Int32Array {
  const out = new Int32Array(2 * a.length);
  out.set(a);
  return out;
}
