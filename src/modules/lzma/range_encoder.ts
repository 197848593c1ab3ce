// range_encoder.ts: LZMA's arithmetic coder, writing.
//
// `low` has up to 33 bits; the top byte that is ready waits in `cache`, and behind it as many 0xff bytes as a carry could run
// through.

import { MOVE_BITS, PROB_BITS } from './model.ts';

export class RangeEncoder {
  private bytes: Uint8Array = new Uint8Array(1 << 12);
  private n = 0;
  private low = 0;
  private range = 0xffffffff;
  private cache = 0;
  private waiting = 1;

  /** How many bytes there would be if it were finished now. */
  get size(): number {
    return this.n + this.waiting + 4;
  }

  private put(byte: number): void {
    if (this.n === this.bytes.length) {
      const more = new Uint8Array(2 * this.n);
      more.set(this.bytes);
      this.bytes = more;
    }
    this.bytes[this.n++] = byte;
  }

  private shift(): void {
    if (this.low < 0xff000000 || this.low > 0xffffffff) {
      const carry = this.low > 0xffffffff ? 1 : 0;
      for (let byte = this.cache; this.waiting > 0; this.waiting--, byte = 0xff) this.put(byte + carry);
      this.cache = (this.low >>> 24) & 0xff;
    }
    this.waiting++;
    this.low = (this.low & 0x00ffffff) * 256;
  }

  bit(probs: Uint16Array, i: number, bit: number): void {
    const p = probs[i]!;
    const bound = (this.range >>> PROB_BITS) * p;
    if (bit === 0) {
      this.range = bound;
      probs[i] = p + (((1 << PROB_BITS) - p) >>> MOVE_BITS);
    } else {
      this.low += bound;
      this.range -= bound;
      probs[i] = p - (p >>> MOVE_BITS);
    }
    while (this.range < 0x1000000) {
      this.range *= 256;
      this.shift();
    }
  }

  /** Bits without probabilities, the highest first. */
  direct(value: number, bits: number): void {
    while (bits-- > 0) {
      this.range >>>= 1;
      if (((value >>> bits) & 1) !== 0) this.low += this.range;
      while (this.range < 0x1000000) {
        this.range *= 256;
        this.shift();
      }
    }
  }

  tree(probs: Uint16Array, base: number, bits: number, value: number): void {
    let node = 1;
    while (bits-- > 0) {
      const bit = (value >>> bits) & 1;
      this.bit(probs, base + node, bit);
      node = (node << 1) | bit;
    }
  }

  reverse_tree(probs: Uint16Array, base: number, bits: number, value: number): void {
    let node = 1;
    for (let k = 0; k < bits; k++) {
      const bit = (value >>> k) & 1;
      this.bit(probs, base + node, bit);
      node = (node << 1) | bit;
    }
  }

  /** Writes all that is left; the next bit begins a new code. */
  finish(): void {
    for (let i = 0; i < 5; i++) this.shift();
    this.restart();
  }

  private restart(): void {
    this.low = 0;
    this.range = 0xffffffff;
    this.cache = 0;
    this.waiting = 1;
  }

  /** The bytes that are ready. */
  take(): Uint8Array {
    const out = this.bytes.slice(0, this.n);
    this.n = 0;
    return out;
  }

  /** Forgets everything. */
  clear(): void {
    this.n = 0;
    this.restart();
  }
}
