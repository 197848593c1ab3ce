// xxh64.ts: the checksum of a frame's content: the low half of XXH64 with seed 0.
//
// A 64-bit number is two signed 32-bit ones, low and high; products go by quarters.

const P1_LOW = 0x85ebca87 | 0;
const P1_HIGH = 0x9e3779b1 | 0;
const P2_LOW = 0x27d4eb4f;
const P2_HIGH = 0xc2b2ae3d | 0;
const P3_LOW = 0x9e3779f9 | 0;
const P3_HIGH = 0x165667b1;
const P4_LOW = 0xc2b2ae63 | 0;
const P4_HIGH = 0x85ebca77 | 0;
const P5_LOW = 0x165667c5;
const P5_HIGH = 0x27d4eb2f;

/** The upper half of the product of two unsigned 32-bit numbers. */
function upper(a: number, b: number): number {
  const a0 = a & 0xffff;
  const a1 = a >>> 16;
  const b0 = b & 0xffff;
  const b1 = b >>> 16;
  const middle = a1 * b0 + (Math.imul(a0, b0) >>> 16);
  const cross = a0 * b1 + (middle & 0xffff);
  return (a1 * b1 + (middle >>> 16) + (cross >>> 16)) | 0;
}

export class Xxh64 {
  /** Four lanes: low and high of each. */
  private readonly lanes = new Int32Array(8);
  private readonly held = new Uint8Array(32);
  private held_count = 0;
  private total = 0;
  /** The number worked on. */
  private low = 0;
  private high = 0;

  constructor() {
    const { lanes } = this;
    this.set(P1_LOW, P1_HIGH);
    this.add(P2_LOW, P2_HIGH);
    lanes[0] = this.low;
    lanes[1] = this.high;
    lanes[2] = P2_LOW;
    lanes[3] = P2_HIGH;
    this.set(~P1_LOW, ~P1_HIGH);
    this.add(1, 0);
    lanes[6] = this.low;
    lanes[7] = this.high;
  }

  private set(low: number, high: number): void {
    this.low = low;
    this.high = high;
  }

  private add(low: number, high: number): void {
    const sum = (this.low >>> 0) + (low >>> 0);
    this.low = sum | 0;
    this.high = (this.high + high + (sum > 0xffffffff ? 1 : 0)) | 0;
  }

  private multiply(low: number, high: number): void {
    this.high = (upper(this.low, low) + Math.imul(this.low, high) + Math.imul(this.high, low)) | 0;
    this.low = Math.imul(this.low, low);
  }

  private rotate(n: number): void {
    const { low, high } = this;
    if (n < 32) {
      this.low = (low << n) | (high >>> (32 - n));
      this.high = (high << n) | (low >>> (32 - n));
    } else {
      this.low = (high << (n - 32)) | (n === 32 ? 0 : low >>> (64 - n));
      this.high = (low << (n - 32)) | (n === 32 ? 0 : high >>> (64 - n));
    }
  }

  /** Number ^= number >> n, for n of 29, 32, 33. */
  private fold(n: number): void {
    const { low, high } = this;
    if (n < 32) {
      this.low = low ^ ((low >>> n) | (high << (32 - n)));
      this.high = high ^ (high >>> n);
    } else this.low = low ^ (high >>> (n - 32));
  }

  /** One round over the 32 bytes from `i` on. */
  private stripe(b: Uint8Array, i: number): void {
    const { lanes } = this;
    for (let k = 0; k < 8; k += 2, i += 8) {
      this.set(
        b[i]! | (b[i + 1]! << 8) | (b[i + 2]! << 16) | (b[i + 3]! << 24),
        b[i + 4]! | (b[i + 5]! << 8) | (b[i + 6]! << 16) | (b[i + 7]! << 24),
      );
      this.multiply(P2_LOW, P2_HIGH);
      this.add(lanes[k]!, lanes[k + 1]!);
      this.rotate(31);
      this.multiply(P1_LOW, P1_HIGH);
      lanes[k] = this.low;
      lanes[k + 1] = this.high;
    }
  }

  update(b: Uint8Array): void {
    this.total += b.length;
    let i = 0;
    if (this.held_count > 0) {
      i = Math.min(b.length, 32 - this.held_count);
      this.held.set(b.subarray(0, i), this.held_count);
      this.held_count += i;
      if (this.held_count < 32) return;
      this.stripe(this.held, 0);
      this.held_count = 0;
    }
    for (; i + 32 <= b.length; i += 32) this.stripe(b, i);
    if (i < b.length) {
      this.held.set(b.subarray(i));
      this.held_count = b.length - i;
    }
  }

  /** The low 32 bits of the hash. */
  digest(): number {
    const { held } = this;
    if (this.total >= 32) this.merge_lanes();
    else this.set(P5_LOW, P5_HIGH);
    this.add(this.total | 0, Math.floor(this.total / 2 ** 32) | 0);
    let i = 0;
    const word = (at: number): number =>
      held[at]! | (held[at + 1]! << 8) | (held[at + 2]! << 16) | (held[at + 3]! << 24);
    for (; i + 8 <= this.held_count; i += 8) {
      const { low, high } = this;
      this.set(word(i), word(i + 4));
      this.multiply(P2_LOW, P2_HIGH);
      this.rotate(31);
      this.multiply(P1_LOW, P1_HIGH);
      this.set(this.low ^ low, this.high ^ high);
      this.rotate(27);
      this.multiply(P1_LOW, P1_HIGH);
      this.add(P4_LOW, P4_HIGH);
    }
    if (i + 4 <= this.held_count) {
      const { low, high } = this;
      this.set(word(i), 0);
      this.multiply(P1_LOW, P1_HIGH);
      this.set(this.low ^ low, this.high ^ high);
      this.rotate(23);
      this.multiply(P2_LOW, P2_HIGH);
      this.add(P3_LOW, P3_HIGH);
      i += 4;
    }
    for (; i < this.held_count; i++) {
      const { low, high } = this;
      this.set(held[i]!, 0);
      this.multiply(P5_LOW, P5_HIGH);
      this.set(this.low ^ low, this.high ^ high);
      this.rotate(11);
      this.multiply(P1_LOW, P1_HIGH);
    }
    this.fold(33);
    this.multiply(P2_LOW, P2_HIGH);
    this.fold(29);
    this.multiply(P3_LOW, P3_HIGH);
    this.fold(32);
    return this.low >>> 0;
  }

  private merge_lanes(): void {
    const { lanes } = this;
    let low = 0;
    let high = 0;
    for (let k = 0; k < 4; k++) {
      this.set(lanes[2 * k]!, lanes[2 * k + 1]!);
      this.rotate([1, 7, 12, 18][k]!);
      this.add(low, high);
      low = this.low;
      high = this.high;
    }
    for (let k = 0; k < 4; k++) {
      this.set(lanes[2 * k]!, lanes[2 * k + 1]!);
      this.multiply(P2_LOW, P2_HIGH);
      this.rotate(31);
      this.multiply(P1_LOW, P1_HIGH);
      this.set(this.low ^ low, this.high ^ high);
      this.multiply(P1_LOW, P1_HIGH);
      this.add(P4_LOW, P4_HIGH);
      low = this.low;
      high = this.high;
    }
  }
}
