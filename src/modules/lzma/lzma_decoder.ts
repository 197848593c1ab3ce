// lzma_decoder.ts: decoding LZMA: the range coder, the model and the window.
//
// The window is one array that what is decoded is appended to; when it is full, all but the last `dict_size` bytes are
// dropped. Symbols are decoded as long as the input holds as many bytes as the longest of them may need. With less, one at
// a time is decoded from a copy that is padded; if that took more than there is, everything is put back.
// Invariant: start <= taken <= w, and limit <= window.length.

import { corrupt } from './format.ts';
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
  MATCH_MIN,
  MOVE_BITS,
  PROB_BITS,
  PROB_START,
  probs_size,
  REP_LEN,
  START_POS_MODEL,
} from './model.ts';

/** What is fed to a decoder: it reads from `pos` to `end`. */
export class Source {
  bytes: Uint8Array = new Uint8Array(0);
  pos = 0;
  end = 0;
}

/** From here on a call is worth it. */
const LONG_COPY = 32;
/** More bytes than any symbol takes. */
const SYMBOL_BYTES = 21;
/** Bits of the range that must not all be zero. */
const TOP = 0xff000000;
/** What is dropped from the window is a multiple of this: positions count modulo 16. */
const ALIGNED = 16;
const FIRST_WINDOW = 1 << 12;
/** Room behind the dictionary, at most. */
const SLACK = 1 << 18;

/** Probabilities as they were before the last symbol that was decoded with care, of whichever decoder that was. */
const scratch: { probs: Uint16Array } = { probs: new Uint16Array(0) };

function saved_probs(probs: Uint16Array): Uint16Array {
  if (scratch.probs.length < probs.length) scratch.probs = new Uint16Array(probs.length);
  scratch.probs.set(probs);
  return scratch.probs.subarray(0, probs.length);
}

export class LzmaDecoder {
  private readonly source: Source;
  private readonly dict_size: number;
  private window: Uint8Array = new Uint8Array(FIRST_WINDOW);
  /** Where the next byte goes. */
  private w = 0;
  /** First byte of the dictionary in the window. */
  private start = 0;
  /** Where what has not been taken begins. */
  private taken = 0;
  /** No byte goes to this place or beyond. */
  private limit = 0;
  /** A byte's position modulo 16 is that of its place plus this. */
  private offset = 0;

  private probs = new Uint16Array(0);
  private lc = 0;
  private lp_mask = 0;
  private pb_mask = 0;
  private state = 0;
  private rep0 = 0;
  private rep1 = 0;
  private rep2 = 0;
  private rep3 = 0;
  /** Bytes of a match that are still to be copied. */
  private left = 0;

  private range = 0;
  private code = 0;
  /** What symbols are read from, and where in it. */
  private src: Uint8Array = new Uint8Array(0);
  private at = 0;
  private readonly padded = new Uint8Array(2 * SYMBOL_BYTES + 2);
  /** The end marker has been read; it may be read now. */
  private marker = false;
  private marker_fits = false;
  /** A symbol was wrong; or it was read from beyond the input. */
  private wrong = false;

  constructor(source: Source, dict_size: number) {
    this.source = source;
    this.dict_size = Math.ceil(Math.max(dict_size, 4096) / ALIGNED) * ALIGNED;
  }

  // --- the window -----------------------------------------------------------------------------------------------------

  /** Lets up to `n` bytes be decoded before the next `take()`. */
  allow(n: number): void {
    n = Math.min(n, SLACK);
    // One more: the symbol behind the last may turn out to be the end marker only when it has been decoded.
    if (this.w + n >= this.window.length) this.make_room(n + 1);
    this.limit = this.w + n;
  }

  private make_room(n: number): void {
    const most = this.dict_size + SLACK + ALIGNED;
    if (this.w + n > most) {
      const drop = Math.floor(Math.min(this.w - this.dict_size, this.taken) / ALIGNED) * ALIGNED;
      this.window.copyWithin(0, drop, this.w);
      this.w -= drop;
      this.taken -= drop;
      this.start = Math.max(0, this.start - drop);
    }
    if (this.w + n <= this.window.length) return;
    const larger = new Uint8Array(Math.max(Math.min(2 * this.window.length, most), this.w + n));
    larger.set(this.window.subarray(0, this.w));
    this.window = larger;
  }

  /** What has been decoded since the last time; a view that holds until the next `allow()`. */
  take(): Uint8Array {
    const bytes = this.window.subarray(this.taken, this.w);
    this.taken = this.w;
    return bytes;
  }

  get room(): number {
    return this.limit - this.w;
  }

  reset_dict(): void {
    this.start = this.w;
    this.offset = -this.w & (ALIGNED - 1);
  }

  /** Copies up to `n` bytes of input; gives their number. */
  copy(n: number): number {
    const { source } = this;
    const count = Math.min(n, source.end - source.pos, this.room);
    this.window.set(source.bytes.subarray(source.pos, source.pos + count), this.w);
    this.w += count;
    source.pos += count;
    return count;
  }

  // --- the model ------------------------------------------------------------------------------------------------------

  set_props(lc: number, lp: number, pb: number): void {
    this.lc = lc;
    this.lp_mask = (1 << lp) - 1;
    this.pb_mask = (1 << pb) - 1;
    const size = probs_size(lc, lp);
    if (this.probs.length !== size) this.probs = new Uint16Array(size);
    this.reset_state();
  }

  reset_state(): void {
    this.probs.fill(PROB_START);
    this.state = 0;
    this.rep0 = this.rep1 = this.rep2 = this.rep3 = 0;
    this.left = 0;
  }

  /** The range coder's first five bytes. */
  *begin(): Generator<void, void, void> {
    const { source } = this;
    this.range = -1;
    this.code = 0;
    for (let i = 0; i < 5; i++) {
      while (source.pos >= source.end) yield;
      const byte = source.bytes[source.pos++]!;
      if (i === 0 && byte !== 0) corrupt();
      this.code = (this.code << 8) | byte;
    }
  }

  // --- decoding -------------------------------------------------------------------------------------------------------

  /**
   * Decodes a stream, yielding where input or room is missing. `size` is the number of bytes that it has, or Infinity if
   * a marker ends it; with `marker` a stream of known size may have one, too.
   */
  *run(size: number, marker: boolean): Generator<void, void, void> {
    let rest = size;
    this.marker = false;
    this.marker_fits = size === Number.POSITIVE_INFINITY;
    for (;;) {
      const before = this.w;
      this.decode(Math.min(this.limit, before + rest));
      rest -= this.w - before;
      // A marker may stand right behind the last byte that there is room for.
      if (this.marker || (this.marker_fits && this.room === 0 && this.marker_follows())) break;
      if (rest === 0) {
        if (this.left > 0) corrupt();
        while (!this.normalize()) yield;
        if (this.code === 0) return;
        if (!marker) corrupt();
        this.marker_fits = true;
        while (!this.careful()) yield;
        if (!this.marker) corrupt();
        break;
      }
      yield;
    }
    if (this.code !== 0) corrupt();
  }

  /** Decodes up to a place in the window or the marker, as far as input goes. */
  private decode(limit: number): void {
    const { source } = this;
    if (this.left > 0) this.copy_match(limit);
    while (this.w < limit && !this.marker) {
      if (source.end - source.pos >= SYMBOL_BYTES) {
        this.src = source.bytes;
        this.at = source.pos;
        this.symbols(limit, source.end - SYMBOL_BYTES);
        source.pos = this.at;
        if (this.wrong) corrupt();
      } else {
        if (!this.careful()) return;
        if (this.left > 0) this.copy_match(limit);
      }
    }
  }

  /** Decodes one symbol, of a match without its bytes; false, with nothing changed, if there is not enough input. */
  private careful(): boolean {
    const { source, padded } = this;
    const available = Math.min(source.end - source.pos, SYMBOL_BYTES);
    padded.fill(0);
    padded.set(source.bytes.subarray(source.pos, source.pos + available));
    const { range, code, state, rep0, rep1, rep2, rep3, w } = this;
    const saved = saved_probs(this.probs);
    this.src = padded;
    this.at = 0;
    // A literal may be put at the limit; it is not taken from there.
    this.symbols(w + 1, -1);
    if (this.at <= available) {
      if (this.wrong) corrupt();
      source.pos += this.at;
      return true;
    }
    this.probs.set(saved);
    this.marker = false;
    this.wrong = false;
    this.left = 0;
    Object.assign(this, { range, code, state, rep0, rep1, rep2, rep3, w });
    return false;
  }

  /** Whether the next symbol is the end marker, which is then taken. */
  private marker_follows(): boolean {
    if (this.left > 0) return false;
    const { range, code, state, rep0, rep1, rep2, rep3, w } = this;
    const { pos } = this.source;
    if (!this.careful()) return false;
    if (this.marker) return true;
    this.probs.set(scratch.probs.subarray(0, this.probs.length));
    this.left = 0;
    this.source.pos = pos;
    Object.assign(this, { range, code, state, rep0, rep1, rep2, rep3, w });
    return false;
  }

  /** Refills the range if it has to be; false if there is no byte for that. */
  private normalize(): boolean {
    if ((this.range & TOP) !== 0) return true;
    const { source } = this;
    if (source.pos >= source.end) return false;
    this.range <<= 8;
    this.code = (this.code << 8) | source.bytes[source.pos++]!;
    return true;
  }

  private copy_match(limit: number): void {
    const n = Math.min(this.left, limit - this.w);
    const { window, rep0 } = this;
    let { w } = this;
    const end = w + n;
    if (n > LONG_COPY && rep0 === 0) window.fill(window[w - 1]!, w, end);
    else if (n > LONG_COPY && rep0 >= n) window.copyWithin(w, w - rep0 - 1, end - rep0 - 1);
    else for (; w < end; w++) window[w] = window[w - rep0 - 1]!;
    this.w = end;
    this.left -= n;
  }

  /** Decodes symbols until the window is filled to `limit`, the input is beyond `safe` or the marker is found; at least one. */
  private symbols(limit: number, safe: number): void {
    const { probs, src, window, pb_mask, lp_mask, lc, offset, start } = this;
    let { range, code, at, state, w } = this;
    do {
      const pos_state = (w + offset) & pb_mask;
      let i = IS_MATCH + (state << 4) + pos_state;
      if ((range & TOP) === 0) {
        range <<= 8;
        code = (code << 8) | src[at++]!;
      }
      let p = probs[i]!;
      let bound = Math.imul(range >>> PROB_BITS, p);
      if (code >>> 0 >= bound >>> 0) {
        probs[i] = p - (p >>> MOVE_BITS);
        this.range = (range - bound) | 0;
        this.code = (code - bound) | 0;
        this.at = at;
        this.w = w;
        this.state = state;
        this.match(pos_state);
        if (this.marker || this.wrong) return;
        if (safe >= 0) this.copy_match(limit);
        ({ range, code, at, state, w } = this);
        continue;
      }
      range = bound;
      probs[i] = p + (((1 << PROB_BITS) - p) >>> MOVE_BITS);
      const before = w > start ? window[w - 1]! : 0;
      const literal = LITERAL + LITERAL_SIZE * ((((w + offset) & lp_mask) << lc) + (before >>> (8 - lc)));
      // While the bits are those of the byte that the last match would go on with, its bits choose the probabilities.
      let like = state >= FIRST_MATCH_STATE ? 0x100 : 0;
      let expected = like !== 0 ? window[w - this.rep0 - 1]! : 0;
      let node = 1;
      do {
        expected <<= 1;
        const bit = expected & like;
        i = literal + like + bit + node;
        if ((range & TOP) === 0) {
          range <<= 8;
          code = (code << 8) | src[at++]!;
        }
        p = probs[i]!;
        bound = Math.imul(range >>> PROB_BITS, p);
        if (code >>> 0 < bound >>> 0) {
          range = bound;
          probs[i] = p + (((1 << PROB_BITS) - p) >>> MOVE_BITS);
          node <<= 1;
          like &= ~expected;
        } else {
          range = (range - bound) | 0;
          code = (code - bound) | 0;
          probs[i] = p - (p >>> MOVE_BITS);
          node = (node << 1) | 1;
          like &= expected;
        }
      } while (node < 0x100);
      window[w++] = node;
      state = after_literal(state);
    } while (w < limit && at <= safe);
    this.range = range;
    this.code = code;
    this.at = at;
    this.state = state;
    this.w = w;
  }

  private bit(i: number): number {
    if ((this.range & TOP) === 0) {
      this.range <<= 8;
      this.code = (this.code << 8) | this.src[this.at++]!;
    }
    const p = this.probs[i]!;
    const bound = Math.imul(this.range >>> PROB_BITS, p);
    if (this.code >>> 0 < bound >>> 0) {
      this.range = bound;
      this.probs[i] = p + (((1 << PROB_BITS) - p) >>> MOVE_BITS);
      return 0;
    }
    this.range = (this.range - bound) | 0;
    this.code = (this.code - bound) | 0;
    this.probs[i] = p - (p >>> MOVE_BITS);
    return 1;
  }

  /** A number whose highest bit comes first. */
  private tree(base: number, bits: number): number {
    let node = 1;
    for (let k = 0; k < bits; k++) node = (node << 1) | this.bit(base + node);
    return node - (1 << bits);
  }

  /** A number whose lowest bit comes first. */
  private reverse_tree(base: number, bits: number): number {
    let node = 1;
    let value = 0;
    for (let k = 0; k < bits; k++) {
      const bit = this.bit(base + node);
      node = (node << 1) | bit;
      value |= bit << k;
    }
    return value;
  }

  private length(base: number, pos_state: number): number {
    if (this.bit(base) === 0) return MATCH_MIN + this.tree(base + LEN_SHORT + (pos_state << 3), 3);
    if (this.bit(base + 1) === 0) return MATCH_MIN + 8 + this.tree(base + LEN_MIDDLE + (pos_state << 3), 3);
    return MATCH_MIN + 16 + this.tree(base + LEN_LONG, 8);
  }

  /** What follows a one of IS_MATCH: sets `left` and the distances, or `marker`. */
  private match(pos_state: number): void {
    const { state } = this;
    const reach = Math.min(this.w - this.start, this.dict_size);
    if (this.bit(IS_REP + state) === 0) {
      this.rep3 = this.rep2;
      this.rep2 = this.rep1;
      this.rep1 = this.rep0;
      this.left = this.length(MATCH_LEN, pos_state);
      this.state = after_match(state);
      this.rep0 = this.distance(Math.min(this.left - MATCH_MIN, LEN_STATES - 1));
      if (this.rep0 === 0xffffffff) {
        this.wrong = !this.marker_fits;
        if ((this.range & TOP) === 0) {
          this.range <<= 8;
          this.code = (this.code << 8) | this.src[this.at++]!;
        }
        this.marker = true;
        this.left = 0;
      } else this.wrong = this.rep0 >= reach;
      return;
    }
    if (reach === 0) {
      this.wrong = true;
      return;
    }
    if (this.bit(IS_REP0 + state) === 0) {
      if (this.bit(IS_REP0_LONG + (state << 4) + pos_state) === 0) {
        this.state = after_short_rep(state);
        this.left = 1;
        return;
      }
    } else {
      let distance = this.rep1;
      if (this.bit(IS_REP1 + state) !== 0) {
        distance = this.rep2;
        if (this.bit(IS_REP2 + state) !== 0) {
          distance = this.rep3;
          this.rep3 = this.rep2;
        }
        this.rep2 = this.rep1;
      }
      this.rep1 = this.rep0;
      this.rep0 = distance;
    }
    this.left = this.length(REP_LEN, pos_state);
    this.state = after_rep(state);
  }

  private distance(len_state: number): number {
    const slot = this.tree(DIST_SLOT + (len_state << 6), 6);
    if (slot < START_POS_MODEL) return slot;
    const bits = (slot >>> 1) - 1;
    const high = 2 | (slot & 1);
    if (slot < END_POS_MODEL) {
      const base = high << bits;
      return base + this.reverse_tree(DIST_SPECIAL + base - slot - 1, bits);
    }
    let value = high;
    for (let k = bits - ALIGN_BITS; k > 0; k--) value = (value << 1) | this.even_bit();
    return ((value << ALIGN_BITS) | this.reverse_tree(DIST_ALIGN, ALIGN_BITS)) >>> 0;
  }

  private even_bit(): number {
    if ((this.range & TOP) === 0) {
      this.range <<= 8;
      this.code = (this.code << 8) | this.src[this.at++]!;
    }
    this.range >>>= 1;
    if (this.code >>> 0 < this.range) return 0;
    this.code = (this.code - this.range) | 0;
    return 1;
  }
}
