// bcj.ts: the branch filters: absolute targets of jumps and calls for relative ones, which compress worse.
//
// A filter goes over the bytes from their beginning and says how many it is done with; the rest comes again with more
// behind it. `encode` makes relative targets absolute.

import { put_u32, u32 } from './format.ts';

export interface Branches {
  /** Changes bytes in place; `at` is the position of the first in the stream, modulo 2^32. Gives how many are done. */
  run(bytes: Uint8Array, at: number): number;
}

type Convert = (bytes: Uint8Array, i: number, at: number, encode: boolean) => void;

/** Instructions that stand at multiples of their size. */
class Aligned implements Branches {
  private readonly size: number;
  private readonly convert: Convert;
  private readonly encode: boolean;
  constructor(size: number, convert: Convert, encode: boolean) {
    this.size = size;
    this.convert = convert;
    this.encode = encode;
  }
  run(bytes: Uint8Array, at: number): number {
    const { size, convert, encode } = this;
    let i = 0;
    for (; i + size <= bytes.length; i += size) convert(bytes, i, at + i, encode);
    return i;
  }
}

function powerpc(b: Uint8Array, i: number, at: number, encode: boolean): void {
  if (b[i]! >>> 2 !== 0x12 || (b[i + 3]! & 3) !== 1) return;
  const from = ((b[i]! & 3) << 24) | (b[i + 1]! << 16) | (b[i + 2]! << 8) | (b[i + 3]! & ~3);
  const to = encode ? from + at : from - at;
  b[i] = 0x48 | ((to >>> 24) & 3);
  b[i + 1] = to >>> 16;
  b[i + 2] = to >>> 8;
  b[i + 3] = (to & ~3) | 1;
}

function arm(b: Uint8Array, i: number, at: number, encode: boolean): void {
  if (b[i + 3] !== 0xeb) return;
  const from = (b[i]! | (b[i + 1]! << 8) | (b[i + 2]! << 16)) << 2;
  const to = (encode ? from + (at + 8) : from - (at + 8)) >>> 2;
  b[i] = to;
  b[i + 1] = to >>> 8;
  b[i + 2] = to >>> 16;
}

function sparc(b: Uint8Array, i: number, at: number, encode: boolean): void {
  const call = b[i] === 0x40 ? (b[i + 1]! & 0xc0) === 0 : b[i] === 0x7f && (b[i + 1]! & 0xc0) === 0xc0;
  if (!call) return;
  const from = ((b[i]! << 24) | (b[i + 1]! << 16) | (b[i + 2]! << 8) | b[i + 3]!) << 2;
  const to = (encode ? from + at : from - at) >>> 2;
  const word = (-((to >>> 22) & 1) << 22) & 0x3fffffff;
  const out = word | (to & 0x3fffff) | 0x40000000;
  b[i] = out >>> 24;
  b[i + 1] = out >>> 16;
  b[i + 2] = out >>> 8;
  b[i + 3] = out;
}

function arm64(b: Uint8Array, i: number, at: number, encode: boolean): void {
  const word = u32(b, i);
  if (word >>> 26 === 0x25) {
    const by = at >>> 2;
    put_u32(b, i, 0x94000000 | ((word + (encode ? by : -by)) & 0x03ffffff));
  } else if ((word & 0x9f000000) >>> 0 === 0x90000000) {
    const from = ((word >>> 29) & 3) | ((word >>> 3) & 0x1ffffc);
    if (((from + 0x020000) & 0x1c0000) !== 0) return;
    const by = at >>> 12;
    const to = from + (encode ? by : -by);
    put_u32(b, i, (word & 0x9000001f) | ((to & 3) << 29) | ((to & 0x03fffc) << 3) | (-(to & 0x020000) & 0xe00000));
  }
}

/** Which of a bundle's three slots are branches, by the bundle's template. */
const IA64_SLOTS = [
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4, 4, 6, 6, 0, 0, 7, 7, 4, 4, 0, 0, 4, 4, 0, 0,
] as const;

function ia64(b: Uint8Array, i: number, at: number, encode: boolean): void {
  const slots = IA64_SLOTS[b[i]! & 31]!;
  for (let slot = 0; slot < 3; slot++) {
    if (((slots >>> slot) & 1) === 0) continue;
    const first = 5 + 41 * slot;
    const place = i + (first >>> 3);
    const shift = BigInt(first & 7);
    let word = 0n;
    for (let k = 5; k >= 0; k--) word = (word << 8n) | BigInt(b[place + k]!);
    let instruction = word >> shift;
    if (((instruction >> 37n) & 15n) !== 5n || ((instruction >> 9n) & 7n) !== 0n) continue;
    const from = Number(((instruction >> 13n) & 0xfffffn) | (((instruction >> 36n) & 1n) << 20n)) << 4;
    const to = BigInt((encode ? from + at : from - at) >>> 4);
    instruction &= ~(0x8fffffn << 13n);
    instruction |= (to & 0xfffffn) << 13n;
    instruction |= (to & 0x100000n) << 16n;
    word = (word & ((1n << shift) - 1n)) | (instruction << shift);
    for (let k = 0; k < 6; k++) b[place + k] = Number((word >> BigInt(8 * k)) & 255n);
  }
}

/** Thumb's calls are two halves of 16 bits at even places. */
class ArmThumb implements Branches {
  private readonly encode: boolean;
  constructor(encode: boolean) {
    this.encode = encode;
  }
  run(b: Uint8Array, at: number): number {
    let i = 0;
    for (; i + 4 <= b.length; i += 2) {
      if ((b[i + 1]! & 0xf8) !== 0xf0 || (b[i + 3]! & 0xf8) !== 0xf8) continue;
      const from = (((b[i + 1]! & 7) << 19) | (b[i]! << 11) | ((b[i + 3]! & 7) << 8) | b[i + 2]!) << 1;
      const to = (this.encode ? from + (at + i + 4) : from - (at + i + 4)) >>> 1;
      b[i + 1] = 0xf0 | ((to >>> 19) & 7);
      b[i] = to >>> 11;
      b[i + 3] = 0xf8 | ((to >>> 8) & 7);
      b[i + 2] = to;
      i += 2;
    }
    return i;
  }
}

/** The byte may be the highest of a near target. */
function extends_sign(byte: number): boolean {
  return byte === 0 || byte === 0xff;
}

/** E8 and E9 with a target of 32 bits, unless other opcodes close by say that they are data. */
class X86 implements Branches {
  private readonly encode: boolean;
  /** Which of the last bytes were opcodes, and which of those had a near target; one bit each, the latest lowest. */
  private opcodes = 0;
  /** Where the last opcode was. */
  private last = -5;
  constructor(encode: boolean) {
    this.encode = encode;
  }
  run(b: Uint8Array, at: number): number {
    if (b.length < 5) return 0;
    if ((at - this.last) >>> 0 > 5) this.last = (at - 5) | 0;
    const end = b.length - 5;
    let i = 0;
    while (i <= end) {
      if ((b[i]! & 0xfe) !== 0xe8) {
        i++;
        continue;
      }
      const distance = (at + i - this.last) >>> 0;
      this.last = (at + i) | 0;
      if (distance > 5) this.opcodes = 0;
      else for (let k = 0; k < distance; k++) this.opcodes = (this.opcodes & 0x77) << 1;
      const high = b[i + 4]!;
      const before = this.opcodes >>> 1;
      if (extends_sign(high) && before < 0x10 && [0, 1, 2, 4].includes(before & 7)) {
        const to = this.target(u32(b, i + 1), (at + i + 5) | 0);
        put_u32(b, i + 1, to & 0x1ffffff);
        b[i + 4] = (to & 0x1000000) !== 0 ? 0xff : 0;
        i += 5;
        this.opcodes = 0;
      } else {
        i++;
        this.opcodes |= extends_sign(high) ? 0x11 : 1;
      }
    }
    return i;
  }
  /** The target for another; turned until the byte that an earlier opcode overlaps does not look like a near target's. */
  private target(from: number, after: number): number {
    for (;;) {
      const to = (this.encode ? from + after : from - after) | 0;
      if (this.opcodes === 0) return to;
      const before = this.opcodes >>> 1;
      const place = before <= 1 ? before : before <= 3 ? 2 : 3;
      if (!extends_sign((to >>> (24 - place * 8)) & 255)) return to;
      from = to ^ (place === 0 ? -1 : (1 << (32 - place * 8)) - 1);
    }
  }
}

/** By the filter's number: what its start offset has to be a multiple of, and what it does. */
export const BRANCHES: ReadonlyMap<bigint, { align: number; make(encode: boolean): Branches }> = new Map([
  [4n, { align: 1, make: (encode: boolean): Branches => new X86(encode) }],
  [5n, { align: 4, make: (encode: boolean): Branches => new Aligned(4, powerpc, encode) }],
  [6n, { align: 16, make: (encode: boolean): Branches => new Aligned(16, ia64, encode) }],
  [7n, { align: 4, make: (encode: boolean): Branches => new Aligned(4, arm, encode) }],
  [8n, { align: 2, make: (encode: boolean): Branches => new ArmThumb(encode) }],
  [9n, { align: 4, make: (encode: boolean): Branches => new Aligned(4, sparc, encode) }],
  [10n, { align: 4, make: (encode: boolean): Branches => new Aligned(4, arm64, encode) }],
]);
