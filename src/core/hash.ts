// hash.ts: CPython's hash functions on 64-bit values held as two 32-bit halves.  CPython: Python/pyhash.c
//
// Invariant: a Hash stands for the signed 64-bit number hi:lo; it is never -1 (CPython keeps that for errors).

/** A 64-bit hash: `lo` and `hi` are int32. Immutable; may be shared. */
export class Hash {
  readonly lo: number;
  readonly hi: number;
  constructor(lo: number, hi: number) {
    this.lo = lo;
    this.hi = hi;
  }
}

/** The Hash for a signed 64-bit value, -1 turned into -2. */
export function hash_from_halves(lo: number, hi: number): Hash {
  lo |= 0;
  hi |= 0;
  return lo === -1 && hi === -1 ? new Hash(-2, -1) : new Hash(lo, hi);
}

/** The Hash for a JS integer (safe range). */
export function hash_from_number(n: number): Hash {
  if (n === -1) n = -2;
  return new Hash(n | 0, Math.floor(n / 4294967296) | 0);
}

export function hash_from_bigint(n: bigint): Hash {
  return hash_from_halves(Number(BigInt.asIntN(32, n)), Number(BigInt.asIntN(32, n >> 32n)));
}

/** The hash as a bigint, as Python's `hash()` shows it. */
export function hash_to_bigint(h: Hash): bigint {
  return (BigInt(h.hi) << 32n) | BigInt(h.lo >>> 0);
}

/** The SipHash key, set at start-up from PYTHONHASHSEED. CPython: _Py_HashSecret */
export const hashSecret = { k0lo: 0, k0hi: 0, k1lo: 0, k1hi: 0, seed: 0, enabled: false };

/** While a start-up snapshot is made: what depends on the key, and so cannot be kept as it is (src/objects/rekey.ts). */
export interface KeyedState {
  /** Objects that keep their hash in `x`, or forget it when `x` is set. */
  hashed: { x: unknown }[];
  /** Tables of dicts and of sets that hashes have laid out. */
  dicts: unknown[];
  sets: unknown[];
}
export const keyed: { record: KeyedState | null } = { record: null };

/** Derives the key from a seed (0: all zero). CPython: Python/bootstrap_hash.c:lcg_urandom */
export function seed_hash(seed: number): void {
  hashSecret.seed = seed;
  hashSecret.enabled = true;
  const bytes = new Uint8Array(24);
  if (seed !== 0) {
    let x = seed >>> 0;
    for (let i = 0; i < 24; i++) {
      x = (Math.imul(x, 214013) + 2531011) >>> 0;
      bytes[i] = (x >>> 16) & 0xff;
    }
  }
  set_hash_key(bytes);
}

/** Sets the key from at least 16 (random) bytes. */
export function set_hash_key(bytes: Uint8Array): void {
  const at = (i: number): number => bytes[i]! | (bytes[i + 1]! << 8) | (bytes[i + 2]! << 16) | (bytes[i + 3]! << 24);
  hashSecret.k0lo = at(0);
  hashSecret.k0hi = at(4);
  hashSecret.k1lo = at(8);
  hashSecret.k1hi = at(12);
}

/** What is being hashed, as 64-bit words in two int32 halves each, the lower one first. */
let words = new Int32Array(128);

/** Makes room for `n` bytes and the word behind them; gives how many halves they are. */
function sip_room(n: number): number {
  const count = 2 * ((n >>> 3) + 1);
  if (count > words.length) words = new Int32Array(2 * count);
  return count;
}

/** Ends what was written up to half `k`: `rest` are the bytes behind, `n` is the length. What is between them is filled with zeros. */
function sip_end(k: number, rest: number, n: number): void {
  words[k] = rest;
  if ((k & 1) === 0) words[k + 1] = n << 24;
  else words[k] = rest | (n << 24);
}

/** SipHash-1-3 of the first `count` halves of `words`. The state is held in local variables, as V8 keeps them in registers. */
function sip(count: number, k0l: number, k0h: number, k1l: number, k1h: number): Hash {
  const data = words;
  let v0l = k0l ^ 0x70736575;
  let v0h = k0h ^ 0x736f6d65;
  let v1l = k1l ^ 0x6e646f6d;
  let v1h = k1h ^ 0x646f7261;
  let v2l = k0l ^ 0x6e657261;
  let v2h = k0h ^ 0x6c796765;
  let v3l = k1l ^ 0x79746573;
  let v3h = k1h ^ 0x74656462;
  // A round for each word, and three to finish.
  for (let i = 0; i < count + 6; i += 2) {
    let word_l = 0;
    let word_h = 0;
    if (i < count) {
      word_l = data[i]!;
      word_h = data[i + 1]!;
      v3l ^= word_l;
      v3h ^= word_h;
    } else if (i === count) v2l ^= 0xff;
    let l = (v0l + v1l) | 0;
    let h = (v0h + v1h + carry(v0l, v1l, l)) | 0;
    let t = (v1l << 13) | (v1h >>> 19);
    v1h = ((v1h << 13) | (v1l >>> 19)) ^ h;
    v1l = t ^ l;
    v0l = h;
    v0h = l;
    l = (v2l + v3l) | 0;
    h = (v2h + v3h + carry(v2l, v3l, l)) | 0;
    v2l = l;
    v2h = h;
    t = (v3l << 16) | (v3h >>> 16);
    v3h = ((v3h << 16) | (v3l >>> 16)) ^ h;
    v3l = t ^ l;
    l = (v0l + v3l) | 0;
    h = (v0h + v3h + carry(v0l, v3l, l)) | 0;
    v0l = l;
    v0h = h;
    t = (v3l << 21) | (v3h >>> 11);
    v3h = ((v3h << 21) | (v3l >>> 11)) ^ h;
    v3l = t ^ l;
    l = (v2l + v1l) | 0;
    h = (v2h + v1h + carry(v2l, v1l, l)) | 0;
    t = (v1l << 17) | (v1h >>> 15);
    v1h = ((v1h << 17) | (v1l >>> 15)) ^ h;
    v1l = t ^ l;
    v2l = h;
    v2h = l;
    v0l ^= word_l;
    v0h ^= word_h;
  }
  return new Hash(v0l ^ v1l ^ v2l ^ v3l, v0h ^ v1h ^ v2h ^ v3h);
}

/** What a + b carries beyond 32 bits; `sum` is what is left of it. */
function carry(a: number, b: number, sum: number): number {
  return ((a & b) | ((a | b) & ~sum)) >>> 31;
}

/** Hashes what `words` holds with the secret key. */
function sip_secret(count: number): Hash {
  const h = sip(count, hashSecret.k0lo, hashSecret.k0hi, hashSecret.k1lo, hashSecret.k1hi);
  return h.lo === -1 ? hash_from_halves(h.lo, h.hi) : h;
}

/** Writes bytes into `words`; gives how many halves they are. */
function sip_bytes(b: Uint8Array): number {
  const n = b.length;
  const count = sip_room(n);
  let i = 0;
  let k = 0;
  for (; i + 4 <= n; i += 4) words[k++] = b[i]! | (b[i + 1]! << 8) | (b[i + 2]! << 16) | (b[i + 3]! << 24);
  let rest = 0;
  for (let shift = 0; i < n; i++, shift += 8) rest |= b[i]! << shift;
  sip_end(k, rest, n);
  return count;
}

/** SipHash-1-3 under an explicit key: the raw 64-bit value. */
export function siphash13_keyed(k0: bigint, k1: bigint, bytes: Uint8Array): bigint {
  const half = (k: bigint): number => Number(BigInt.asIntN(32, k));
  const h = sip(sip_bytes(bytes), half(k0), half(k0 >> 32n), half(k1), half(k1 >> 32n));
  return (BigInt(h.hi >>> 0) << 32n) | BigInt(h.lo >>> 0);
}

const EMPTY = new Hash(0, 0);

/** Hash of a bytes-like value. CPython: Python/pyhash.c:Py_HashBuffer */
export function hash_bytes(b: Uint8Array): Hash {
  return b.length === 0 ? EMPTY : sip_secret(sip_bytes(b));
}

/** Hash of a string of BMP code units: over 1-byte units if all are below 256, else 2-byte units, as CPython stores them. */
export function hash_string(s: string): Hash {
  const n = s.length;
  if (n === 0) return EMPTY;
  const count = sip_room(n);
  const data = words;
  let all = 0;
  let i = 0;
  let k = 0;
  for (; i + 4 <= n; i += 4) {
    const a = s.charCodeAt(i);
    const b = s.charCodeAt(i + 1);
    const c = s.charCodeAt(i + 2);
    const d = s.charCodeAt(i + 3);
    all |= a | b | c | d;
    data[k++] = a | (b << 8) | (c << 16) | (d << 24);
  }
  let rest = 0;
  for (let shift = 0; i < n; i++, shift += 8) {
    const c = s.charCodeAt(i);
    all |= c;
    rest |= c << shift;
  }
  if (all > 255) return hash_wide_string(s);
  sip_end(k, rest, n);
  return sip_secret(count);
}

/** Hash of a string stored in 2-byte units. */
function hash_wide_string(s: string): Hash {
  const n = s.length;
  const count = sip_room(2 * n);
  for (let i = 1; i < n; i += 2) words[i >> 1] = s.charCodeAt(i - 1) | (s.charCodeAt(i) << 16);
  sip_end(n >> 1, n & 1 ? s.charCodeAt(n - 1) : 0, 2 * n);
  return sip_secret(count);
}

/** Hash of a string given as code points: 1, 2 or 4 bytes a unit by the largest one. */
export function hash_codepoints(points: ArrayLike<number>): Hash {
  const n = points.length;
  if (n === 0) return EMPTY;
  let max = 0;
  for (let i = 0; i < n; i++) if (points[i]! > max) max = points[i]!;
  if (max < 0x10000) {
    // Surrogates: 2-byte units.
    let s = '';
    for (let i = 0; i < n; i++) s += String.fromCharCode(points[i]!);
    return hash_string(s);
  }
  const count = sip_room(4 * n);
  for (let i = 0; i < n; i++) words[i] = points[i]!;
  sip_end(n, 0, 4 * n);
  return sip_secret(count);
}

/** Hash of an int given as a JS integer: the value modulo 2^61 - 1, with the sign. CPython: Objects/longobject.c:long_hash */
export function hash_int(n: number): Hash {
  // |n| < 2^53 is below the modulus already.
  return n === (n | 0) ? new Hash(n === -1 ? -2 : n, n < 0 ? -1 : 0) : hash_from_number(n);
}

const MODULUS = (1n << 61n) - 1n;

export function hash_bigint(n: bigint): Hash {
  const m = (n < 0n ? -n : n) % MODULUS;
  return hash_from_bigint(n < 0n ? -m : m);
}
