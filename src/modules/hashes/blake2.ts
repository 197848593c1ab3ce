// blake2.ts: BLAKE2b and BLAKE2s with all their parameters (RFC 7693, and the parameter block of the BLAKE2 paper).
//
// BLAKE2b computes with 64-bit words, here pairs of 32-bit halves (low first) in a Uint32Array.

import type { HostHash } from '../../core/host.ts';

export interface Blake2Parameters {
  digest_size: number;
  key: Uint8Array;
  salt: Uint8Array;
  person: Uint8Array;
  fanout: number;
  depth: number;
  leaf_size: number;
  node_offset: bigint;
  node_depth: number;
  inner_size: number;
  last_node: boolean;
}

const NOTHING = /* @__PURE__ */ new Uint8Array(0);

/** The parameters of a plain hash. */
export function plain_parameters(digest_size: number): Blake2Parameters {
  return {
    digest_size,
    key: NOTHING,
    salt: NOTHING,
    person: NOTHING,
    fanout: 1,
    depth: 1,
    leaf_size: 0,
    node_offset: 0n,
    node_depth: 0,
    inner_size: 0,
    last_node: false,
  };
}

/** Whether hosts know this form: without a key, a tree, a salt. */
export function is_plain(p: Blake2Parameters, digest_size: number): boolean {
  const sizes = p.key.length + p.salt.length + p.person.length + p.leaf_size + p.node_depth + p.inner_size;
  return (
    sizes === 0 &&
    p.digest_size === digest_size &&
    p.fanout === 1 &&
    p.depth === 1 &&
    p.node_offset === 0n &&
    !p.last_node
  );
}

/** Which word of the message each step takes, ten rounds of sixteen. */
const SIGMA =
  '0123456789abcdefea489fd61c02b753b8c052fdae3671947931dcbe265a40f8905724afe1bc683d' +
  '2c6a0b834d75fe19c51fed4a0763928bdb7ec13950f4862a6fe9b308c2d714a5a2847615fb9e3cd0';

function schedule(): Uint8Array {
  return Uint8Array.from(SIGMA, c => Number.parseInt(c, 16));
}

function write_parameters(p: Blake2Parameters, wide: boolean): Uint8Array {
  const block = new Uint8Array(wide ? 64 : 32);
  block[0] = p.digest_size;
  block[1] = p.key.length;
  block[2] = p.fanout;
  block[3] = p.depth;
  for (let i = 0; i < 4; i++) block[4 + i] = p.leaf_size / 2 ** (8 * i);
  const offset_size = wide ? 8 : 6;
  for (let i = 0; i < offset_size; i++) block[8 + i] = Number((p.node_offset >> BigInt(8 * i)) & 255n);
  const at = 8 + offset_size;
  block[at] = p.node_depth;
  block[at + 1] = p.inner_size;
  block.set(p.salt, wide ? 32 : 16);
  block.set(p.person, wide ? 48 : 24);
  return block;
}

/** SHA-256's, which are the high halves of SHA-512's. */
const IV = [
  0xf3bcc908, 0x6a09e667, 0x84caa73b, 0xbb67ae85, 0xfe94f82b, 0x3c6ef372, 0x5f1d36f1, 0xa54ff53a, 0xade682d1,
  0x510e527f, 0x2b3e6c1f, 0x9b05688c, 0xfb41bd6b, 0x1f83d9ab, 0x137e2179, 0x5be0cd19,
];

function iv_high(i: number): number {
  return IV[2 * i + 1]!;
}

abstract class Blake2 implements HostHash {
  protected h: Uint32Array;
  protected readonly digest_size: number;
  protected readonly last_node: boolean;
  private block: Uint8Array;
  private filled = 0;
  /** Bytes compressed so far. */
  protected count = 0;

  protected constructor(h: Uint32Array, block_size: number, p: Blake2Parameters) {
    this.h = h;
    this.block = new Uint8Array(block_size);
    this.digest_size = p.digest_size;
    this.last_node = p.last_node;
  }

  protected abstract compress(block: Uint8Array, at: number, last: boolean): void;
  protected abstract fresh(): Blake2;

  update(data: Uint8Array): void {
    const size = this.block.length;
    let at = 0;
    // The last block waits: it is compressed in another way.
    while (data.length - at > size - this.filled) {
      if (this.filled === 0) {
        this.count += size;
        this.compress(data, at, false);
        at += size;
        continue;
      }
      const n = size - this.filled;
      this.block.set(data.subarray(at, at + n), this.filled);
      at += n;
      this.count += size;
      this.compress(this.block, 0, false);
      this.filled = 0;
    }
    this.block.set(data.subarray(at), this.filled);
    this.filled += data.length - at;
  }

  digest(_length: number): Uint8Array {
    this.block.fill(0, this.filled);
    this.count += this.filled;
    this.compress(this.block, 0, true);
    const out = new Uint8Array(this.h.length * 4);
    for (let i = 0; i < this.h.length; i++) {
      const w = this.h[i]!;
      out[4 * i] = w;
      out[4 * i + 1] = w >>> 8;
      out[4 * i + 2] = w >>> 16;
      out[4 * i + 3] = w >>> 24;
    }
    return out.slice(0, this.digest_size);
  }

  copy(): HostHash {
    const copy = this.fresh();
    copy.h = this.h.slice();
    copy.block = this.block.slice();
    copy.filled = this.filled;
    copy.count = this.count;
    return copy;
  }

  protected take_key(key: Uint8Array): void {
    if (key.length === 0) return;
    const block = new Uint8Array(this.block.length);
    block.set(key);
    this.update(block);
  }
}

function read_words(m: Uint32Array, block: Uint8Array, at: number): void {
  for (let i = 0; i < m.length; i++) {
    const j = at + 4 * i;
    m[i] = block[j]! | (block[j + 1]! << 8) | (block[j + 2]! << 16) | (block[j + 3]! << 24);
  }
}

const scratch: { sigma: Uint8Array | null } = { sigma: null };
const v32 = /* @__PURE__ */ new Uint32Array(16);
const m32 = /* @__PURE__ */ new Uint32Array(16);
const v64 = /* @__PURE__ */ new Uint32Array(32);
const m64 = /* @__PURE__ */ new Uint32Array(32);

function mix32(a: number, b: number, c: number, d: number, x: number, y: number): void {
  const v = v32;
  v[a] = v[a]! + v[b]! + x;
  let t = v[d]! ^ v[a]!;
  v[d] = (t >>> 16) | (t << 16);
  v[c] = v[c]! + v[d]!;
  t = v[b]! ^ v[c]!;
  v[b] = (t >>> 12) | (t << 20);
  v[a] = v[a]! + v[b]! + y;
  t = v[d]! ^ v[a]!;
  v[d] = (t >>> 8) | (t << 24);
  v[c] = v[c]! + v[d]!;
  t = v[b]! ^ v[c]!;
  v[b] = (t >>> 7) | (t << 25);
}

export class Blake2s extends Blake2 {
  private readonly p: Blake2Parameters;

  constructor(p: Blake2Parameters = plain_parameters(32), keyed = true) {
    const h = new Uint32Array(8);
    read_words(h, write_parameters(p, false), 0);
    for (let i = 0; i < 8; i++) h[i]! ^= iv_high(i);
    super(h, 64, p);
    this.p = p;
    if (keyed) this.take_key(p.key);
  }

  protected fresh(): Blake2 {
    return new Blake2s(this.p, false);
  }

  protected compress(block: Uint8Array, at: number, last: boolean): void {
    scratch.sigma ??= schedule();
    const s = scratch.sigma;
    const { h } = this;
    const v = v32;
    const m = m32;
    read_words(m, block, at);
    for (let i = 0; i < 8; i++) {
      v[i] = h[i]!;
      v[i + 8] = iv_high(i);
    }
    v[12]! ^= this.count;
    v[13]! ^= Math.floor(this.count / 4294967296);
    if (last) v[14] = ~v[14]!;
    if (last && this.last_node) v[15] = ~v[15]!;
    for (let r = 0; r < 160; r += 16) {
      mix32(0, 4, 8, 12, m[s[r]!]!, m[s[r + 1]!]!);
      mix32(1, 5, 9, 13, m[s[r + 2]!]!, m[s[r + 3]!]!);
      mix32(2, 6, 10, 14, m[s[r + 4]!]!, m[s[r + 5]!]!);
      mix32(3, 7, 11, 15, m[s[r + 6]!]!, m[s[r + 7]!]!);
      mix32(0, 5, 10, 15, m[s[r + 8]!]!, m[s[r + 9]!]!);
      mix32(1, 6, 11, 12, m[s[r + 10]!]!, m[s[r + 11]!]!);
      mix32(2, 7, 8, 13, m[s[r + 12]!]!, m[s[r + 13]!]!);
      mix32(3, 4, 9, 14, m[s[r + 14]!]!, m[s[r + 15]!]!);
    }
    for (let i = 0; i < 8; i++) h[i]! ^= v[i]! ^ v[i + 8]!;
  }
}

/** v[a] += v[b] + m[x], all 64 bits wide; a, b and x count halves. */
function add64(a: number, b: number, x: number): void {
  const v = v64;
  const low = v[a]! + v[b]! + m64[x]!;
  v[a + 1] = v[a + 1]! + v[b + 1]! + m64[x + 1]! + ((low / 4294967296) | 0);
  v[a] = low;
}

function mix64(a: number, b: number, c: number, d: number, x: number, y: number): void {
  const v = v64;
  add64(a, b, x);
  // d = (d ^ a) rotated by 32
  let lo = v[d]! ^ v[a]!;
  let hi = v[d + 1]! ^ v[a + 1]!;
  v[d] = hi;
  v[d + 1] = lo;
  let sum = v[c]! + v[d]!;
  v[c + 1] = v[c + 1]! + v[d + 1]! + (sum > 0xffffffff ? 1 : 0);
  v[c] = sum;
  // b = (b ^ c) rotated by 24
  lo = v[b]! ^ v[c]!;
  hi = v[b + 1]! ^ v[c + 1]!;
  v[b] = (lo >>> 24) | (hi << 8);
  v[b + 1] = (hi >>> 24) | (lo << 8);
  add64(a, b, y);
  // d = (d ^ a) rotated by 16
  lo = v[d]! ^ v[a]!;
  hi = v[d + 1]! ^ v[a + 1]!;
  v[d] = (lo >>> 16) | (hi << 16);
  v[d + 1] = (hi >>> 16) | (lo << 16);
  sum = v[c]! + v[d]!;
  v[c + 1] = v[c + 1]! + v[d + 1]! + (sum > 0xffffffff ? 1 : 0);
  v[c] = sum;
  // b = (b ^ c) rotated by 63
  lo = v[b]! ^ v[c]!;
  hi = v[b + 1]! ^ v[c + 1]!;
  v[b] = (lo << 1) | (hi >>> 31);
  v[b + 1] = (hi << 1) | (lo >>> 31);
}

export class Blake2b extends Blake2 {
  private readonly p: Blake2Parameters;

  constructor(p: Blake2Parameters = plain_parameters(64), keyed = true) {
    const h = new Uint32Array(16);
    read_words(h, write_parameters(p, true), 0);
    for (let i = 0; i < 16; i++) h[i]! ^= IV[i]!;
    super(h, 128, p);
    this.p = p;
    if (keyed) this.take_key(p.key);
  }

  protected fresh(): Blake2 {
    return new Blake2b(this.p, false);
  }

  protected compress(block: Uint8Array, at: number, last: boolean): void {
    scratch.sigma ??= schedule();
    const s = scratch.sigma;
    const { h } = this;
    const v = v64;
    read_words(m64, block, at);
    for (let i = 0; i < 16; i++) {
      v[i] = h[i]!;
      v[i + 16] = IV[i]!;
    }
    v[24]! ^= this.count;
    v[25]! ^= Math.floor(this.count / 4294967296);
    if (last) {
      v[28] = ~v[28]!;
      v[29] = ~v[29]!;
      if (this.last_node) {
        v[30] = ~v[30]!;
        v[31] = ~v[31]!;
      }
    }
    for (let round = 0; round < 12; round++) {
      const r = (round % 10) * 16;
      mix64(0, 8, 16, 24, s[r]! * 2, s[r + 1]! * 2);
      mix64(2, 10, 18, 26, s[r + 2]! * 2, s[r + 3]! * 2);
      mix64(4, 12, 20, 28, s[r + 4]! * 2, s[r + 5]! * 2);
      mix64(6, 14, 22, 30, s[r + 6]! * 2, s[r + 7]! * 2);
      mix64(0, 10, 20, 30, s[r + 8]! * 2, s[r + 9]! * 2);
      mix64(2, 12, 22, 24, s[r + 10]! * 2, s[r + 11]! * 2);
      mix64(4, 14, 16, 26, s[r + 12]! * 2, s[r + 13]! * 2);
      mix64(6, 8, 18, 28, s[r + 14]! * 2, s[r + 15]! * 2);
    }
    for (let i = 0; i < 16; i++) h[i]! ^= v[i]! ^ v[i + 16]!;
  }
}
