// lzma_encoder.ts: encoding LZMA: which literals and matches a text is written as, and those symbols.
//
// The choice is greedy with one step of looking ahead: a match is put off if the next byte begins a better one. Earlier
// distances, which cost little, are preferred. liblzma's slower modes weigh prices; the output here is larger than theirs by
// some per cent, and never the same.

import type { LzmaOptions } from './filters.ts';
import { MatchFinder } from './match_finder.ts';
import {
  ALIGN_BITS,
  after_literal,
  after_match,
  after_rep,
  after_short_rep,
  DIST_ALIGN,
  DIST_SLOT,
  DIST_SPECIAL,
  END_POS_MODEL,
  FIRST_MATCH_STATE,
  IS_MATCH,
  IS_REP,
  IS_REP0,
  IS_REP0_LONG,
  IS_REP1,
  IS_REP2,
  LEN_LONG,
  LEN_MIDDLE,
  LEN_SHORT,
  LEN_STATES,
  LITERAL,
  LITERAL_SIZE,
  MATCH_LEN,
  MATCH_MAX,
  MATCH_MIN,
  PROB_BITS,
  PROB_START,
  probs_size,
  REP_LEN,
  START_POS_MODEL,
} from './model.ts';
import { RangeEncoder } from './range_encoder.ts';

/** Bytes that must lie ahead before a symbol is chosen, unless the input has ended. */
const AHEAD = MATCH_MAX + 2;

function dist_slot(distance: number): number {
  if (distance < START_POS_MODEL) return distance;
  const top = 31 - Math.clz32(distance);
  return 2 * top + ((distance >>> (top - 1)) & 1);
}

/** The farther one is so much farther that a byte more does not pay for it. */
function much_farther(near: number, far: number): boolean {
  return far >>> 7 > near;
}

/** What a bit costs, in bits. */
function price(prob: number, bit: number): number {
  return PROB_BITS - Math.log2(bit === 0 ? prob : (1 << PROB_BITS) - prob);
}

export class LzmaEncoder {
  readonly coder = new RangeEncoder();
  private readonly finder: MatchFinder;
  private readonly probs: Uint16Array;
  private readonly options: LzmaOptions;
  private readonly pb_mask: number;
  private readonly lp_mask: number;
  private state = 0;
  private readonly reps: [number, number, number, number] = [0, 0, 0, 0];
  /** Bytes coded so far. */
  position = 0;
  /** How far the finder is ahead of the next symbol: 0, 1 or 2. At 1, `length` and `distance` are the match there. */
  private ahead = 0;
  private length = 0;
  private distance = 0;

  constructor(options: LzmaOptions) {
    this.options = options;
    this.probs = new Uint16Array(probs_size(options.lc, options.lp));
    this.pb_mask = (1 << options.pb) - 1;
    this.lp_mask = (1 << options.lp) - 1;
    const depth = options.depth === 0 ? 8 + (options.nice_len >>> 2) : Math.min(options.depth, 1000);
    this.finder = new MatchFinder(options.dict_size, options.nice_len, depth);
    this.reset_state();
  }

  reset_state(): void {
    this.probs.fill(PROB_START);
    this.state = 0;
    this.reps.fill(0);
  }

  /** Takes input; gives how many bytes there was room for. */
  fill(bytes: Uint8Array): number {
    return this.finder.fill(bytes);
  }

  /** Place in the window of the first byte that has not been coded. */
  private get at(): number {
    return this.finder.pos - this.ahead;
  }

  get uncoded(): number {
    return this.finder.filled - this.at;
  }

  /** The last `n` bytes that have been coded. */
  last(n: number): Uint8Array {
    return this.finder.window.subarray(this.at - n, this.at);
  }

  /** Whether a symbol can be chosen: enough bytes lie ahead, or there will be no more. */
  ready(ended: boolean): boolean {
    return this.uncoded > (ended ? 0 : AHEAD);
  }

  // --- choosing -------------------------------------------------------------------------------------------------------

  /** The longest match at the finder's place, or a shorter one that is much nearer: sets `length` and `distance`. */
  private look(): void {
    const { finder } = this;
    finder.find();
    this.ahead++;
    let n = finder.count - 1;
    this.length = n < 0 ? 1 : finder.lengths[n]!;
    this.distance = n < 0 ? 0 : finder.distances[n]!;
    for (; n > 0; n--) {
      const shorter = finder.lengths[n - 1]!;
      if (this.length !== shorter + 1 || !much_farther(finder.distances[n - 1]!, this.distance)) break;
      this.length = shorter;
      this.distance = finder.distances[n - 1]!;
    }
    if (this.length === 2 && this.distance >= 0x80) this.length = 1;
  }

  /** The length of what an earlier distance gives at a place. */
  private rep_length(i: number, at: number, limit: number): number {
    const rep = this.reps[i]!;
    if (rep >= this.position + at - this.at || rep >= this.options.dict_size) return 0;
    return this.finder.common(at - rep - 1, at, limit);
  }

  /** Codes one symbol. */
  symbol(): void {
    if (this.ahead === 0) this.look();
    const { at, length, distance } = this;
    const limit = Math.min(this.uncoded, MATCH_MAX);
    let rep = 0;
    let rep_length = 0;
    for (let i = 0; i < 4; i++) {
      const n = this.rep_length(i, at, limit);
      if (n > rep_length) {
        rep = i;
        rep_length = n;
      }
    }
    const nice = this.options.nice_len;
    const worth =
      rep_length >= MATCH_MIN &&
      (rep_length >= nice ||
        rep_length + 1 >= length ||
        (rep_length + 2 >= length && distance >= 1 << 9) ||
        (rep_length + 3 >= length && distance >= 1 << 15));
    if (worth) this.put_rep(rep, rep_length);
    else if (length < MATCH_MIN || this.put_off(length, distance, limit)) this.put_single(at);
    else this.put_match(length, distance);
  }

  /** Looks at the next place if a match is not long enough to be taken anyway. */
  private put_off(length: number, distance: number, limit: number): boolean {
    if (length >= this.options.nice_len || limit <= MATCH_MIN) return false;
    this.look();
    return this.next_is_better(length, distance, this.at + 1);
  }

  /** Whether a match had better be put off by a byte for that which was found there. */
  private next_is_better(length: number, distance: number, next_at: number): boolean {
    const { length: next, distance: far } = this;
    if (
      next >= MATCH_MIN &&
      ((next >= length && far < distance) ||
        (next === length + 1 && !much_farther(distance, far)) ||
        next > length + 1 ||
        (next + 1 >= length && length >= 3 && much_farther(far, distance)))
    ) {
      return true;
    }
    const limit = Math.min(this.finder.filled - next_at, MATCH_MAX);
    const enough = Math.max(MATCH_MIN, length - 1);
    for (let i = 0; i < 4; i++) if (this.rep_length(i, next_at, limit) >= enough) return true;
    return false;
  }

  /** Goes on by `n` bytes that have been coded. */
  private advance(n: number): void {
    this.position += n;
    if (n > this.ahead) this.finder.skip(n - this.ahead);
    this.ahead = Math.max(0, this.ahead - n);
  }

  // --- writing --------------------------------------------------------------------------------------------------------

  private put_length(base: number, length: number, pos_state: number): void {
    const { coder, probs } = this;
    const n = length - MATCH_MIN;
    coder.bit(probs, base, n < 8 ? 0 : 1);
    if (n < 8) {
      coder.tree(probs, base + LEN_SHORT + (pos_state << 3), 3, n);
      return;
    }
    coder.bit(probs, base + 1, n < 16 ? 0 : 1);
    if (n < 16) coder.tree(probs, base + LEN_MIDDLE + (pos_state << 3), 3, n - 8);
    else coder.tree(probs, base + LEN_LONG, 8, n - 16);
  }

  /** One byte: as a literal, or by the last distance if that gives it for less. */
  private put_single(at: number): void {
    const { coder, probs, state, finder } = this;
    const pos_state = this.position & this.pb_mask;
    const byte = finder.window[at]!;
    const before = this.position > 0 ? finder.window[at - 1]! : 0;
    const base =
      LITERAL +
      LITERAL_SIZE * (((this.position & this.lp_mask) << this.options.lc) + (before >>> (8 - this.options.lc)));
    const after_matched = state >= FIRST_MATCH_STATE;
    const expected = after_matched ? finder.window[at - this.reps[0] - 1]! : 0;
    const match = IS_MATCH + (state << 4) + pos_state;
    if (this.rep_length(0, at, 1) === 1) {
      const long = IS_REP0_LONG + (state << 4) + pos_state;
      const short_rep =
        price(probs[match]!, 1) +
        price(probs[IS_REP + state]!, 1) +
        price(probs[IS_REP0 + state]!, 0) +
        price(probs[long]!, 0);
      let literal = price(probs[match]!, 0);
      literal_bits(base, byte, expected, after_matched, (i, bit) => {
        literal += price(probs[i]!, bit);
      });
      if (short_rep < literal) {
        coder.bit(probs, match, 1);
        coder.bit(probs, IS_REP + state, 1);
        coder.bit(probs, IS_REP0 + state, 0);
        coder.bit(probs, long, 0);
        this.state = after_short_rep(state);
        this.advance(1);
        return;
      }
    }
    coder.bit(probs, match, 0);
    literal_bits(base, byte, expected, after_matched, (i, bit) => coder.bit(probs, i, bit));
    this.state = after_literal(state);
    this.advance(1);
  }

  private put_rep(i: number, length: number): void {
    const { coder, probs, state, reps } = this;
    const pos_state = this.position & this.pb_mask;
    coder.bit(probs, IS_MATCH + (state << 4) + pos_state, 1);
    coder.bit(probs, IS_REP + state, 1);
    coder.bit(probs, IS_REP0 + state, i === 0 ? 0 : 1);
    if (i === 0) coder.bit(probs, IS_REP0_LONG + (state << 4) + pos_state, 1);
    else {
      coder.bit(probs, IS_REP1 + state, i === 1 ? 0 : 1);
      if (i > 1) coder.bit(probs, IS_REP2 + state, i - 2);
      const distance = reps[i]!;
      for (let k = i; k > 0; k--) reps[k] = reps[k - 1]!;
      reps[0] = distance;
    }
    this.put_length(REP_LEN, length, pos_state);
    this.state = after_rep(state);
    this.advance(length);
  }

  private put_match(length: number, distance: number): void {
    const { coder, probs, state, reps } = this;
    const pos_state = this.position & this.pb_mask;
    coder.bit(probs, IS_MATCH + (state << 4) + pos_state, 1);
    coder.bit(probs, IS_REP + state, 0);
    this.state = after_match(state);
    this.put_length(MATCH_LEN, length, pos_state);
    const slot = dist_slot(distance);
    coder.tree(probs, DIST_SLOT + (Math.min(length - MATCH_MIN, LEN_STATES - 1) << 6), 6, slot);
    if (slot >= START_POS_MODEL) {
      const bits = (slot >>> 1) - 1;
      const base = (2 | (slot & 1)) << bits;
      if (slot < END_POS_MODEL) coder.reverse_tree(probs, DIST_SPECIAL + base - slot - 1, bits, distance - base);
      else {
        const rest = (distance - base) >>> 0;
        coder.direct(rest >>> ALIGN_BITS, bits - ALIGN_BITS);
        coder.reverse_tree(probs, DIST_ALIGN, ALIGN_BITS, rest & ((1 << ALIGN_BITS) - 1));
      }
    }
    reps[3] = reps[2];
    reps[2] = reps[1];
    reps[1] = reps[0];
    reps[0] = distance;
    this.advance(length);
  }

  /** The marker of the end: a match that has the greatest distance. */
  put_marker(): void {
    this.put_match(MATCH_MIN, 0xffffffff);
  }
}

/** The bits of a literal and where their probabilities stand. */
function literal_bits(
  base: number,
  byte: number,
  expected: number,
  after_matched: boolean,
  each: (i: number, bit: number) => void,
): void {
  let like = after_matched ? 0x100 : 0;
  let node = 1;
  for (let k = 7; k >= 0; k--) {
    expected <<= 1;
    const bit = (byte >>> k) & 1;
    each(base + like + (expected & like) + node, bit);
    node = (node << 1) | bit;
    like &= bit === 0 ? ~expected : expected;
  }
}
