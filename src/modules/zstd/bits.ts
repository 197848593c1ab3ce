// bits.ts: bits as Zstandard stores them: written upwards from the lowest bit, with a one behind the last.
//
// Readers of such streams start at that one and go down; each does so in its own loop (fse.ts, huffman.ts, blocks.ts).

/** Appends to a byte array that grows. */
export class BitWriter {
  bytes: Uint8Array;
  length = 0;
  private held = 0;
  private count = 0;

  constructor(size = 1 << 10) {
    this.bytes = new Uint8Array(size);
  }

  /** Room for `n` more bytes. */
  reserve(n: number): void {
    if (this.length + n <= this.bytes.length) return;
    const more = new Uint8Array(Math.max(this.length + n, 2 * this.bytes.length));
    more.set(this.bytes.subarray(0, this.length));
    this.bytes = more;
  }

  byte(b: number): void {
    this.reserve(1);
    this.bytes[this.length++] = b;
  }

  all(b: Uint8Array): void {
    this.reserve(b.length);
    this.bytes.set(b, this.length);
    this.length += b.length;
  }

  /** Up to 24 bits; `value` has no others. Room must have been reserved. */
  bits(value: number, n: number): void {
    this.held |= value << this.count;
    this.count += n;
    while (this.count >= 8) {
      this.bytes[this.length++] = this.held;
      this.held >>>= 8;
      this.count -= 8;
    }
  }

  /** Up to 32 bits. */
  long_bits(value: number, n: number): void {
    if (n <= 16) {
      this.bits(value & ((1 << n) - 1), n);
      return;
    }
    this.bits(value & 0xffff, 16);
    this.bits((value >>> 16) & ((1 << (n - 16)) - 1), n - 16);
  }

  /** Zeros up to the next byte. */
  align(): void {
    if (this.count > 0) this.bytes[this.length++] = this.held;
    this.held = 0;
    this.count = 0;
  }

  /** The one that ends a stream read downwards. */
  close(): void {
    this.reserve(8);
    this.bits(1, 1);
    this.align();
  }

  written(from = 0): Uint8Array {
    return this.bytes.subarray(from, this.length);
  }
}

/** How many bits a stream has that is read downwards and ends before `end`; -1 where its last byte is none. */
export function bits_below_mark(b: Uint8Array, start: number, end: number): number {
  if (end <= start || b[end - 1] === 0) return -1;
  return (end - start - 1) * 8 + 31 - Math.clz32(b[end - 1]!);
}
