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

// The SipHash state: four 64-bit words as int32 halves. Module-level, so that rounds allocate nothing.
let v0l = 0;
let v0h = 0;
let v1l = 0;
let v1h = 0;
let v2l = 0;
let v2h = 0;
let v3l = 0;
let v3h = 0;

function sipround(): void {
  let l = (v0l + v1l) | 0;
  let h = (v0h + v1h + (l >>> 0 < v0l >>> 0 ? 1 : 0)) | 0;
  let a = v0l = l;
  let b = v0h = h;
  // v1 = rotl(v1, 13) ^ v0; v0 = rotl(v0, 32)
  l = (v1l << 13) | (v1h >>> 19);
  h = (v1h << 13) | (v1l >>> 19);
  v1l = l ^ a;
  v1h = h ^ b;
  v0l = b;
  v0h = a;
  l = (v2l + v3l) | 0;
  h = (v2h + v3h + (l >>> 0 < v2l >>> 0 ? 1 : 0)) | 0;
  v2l = l;
  v2h = h;
  l = (v3l << 16) | (v3h >>> 16);
  h = (v3h << 16) | (v3l >>> 16);
  v3l = l ^ v2l;
  v3h = h ^ v2h;
  l = (v0l + v3l) | 0;
  h = (v0h + v3h + (l >>> 0 < v0l >>> 0 ? 1 : 0)) | 0;
  v0l = l;
  v0h = h;
  l = (v3l << 21) | (v3h >>> 11);
  h = (v3h << 21) | (v3l >>> 11);
  v3l = l ^ v0l;
  v3h = h ^ v0h;
  l = (v2l + v1l) | 0;
  h = (v2h + v1h + (l >>> 0 < v2l >>> 0 ? 1 : 0)) | 0;
  a = v2l = l;
  b = v2h = h;
  l = (v1l << 17) | (v1h >>> 15);
  h = (v1h << 17) | (v1l >>> 15);
  v1l = l ^ a;
  v1h = h ^ b;
  v2l = b;
  v2h = a;
}

function sip_init(k0l: number, k0h: number, k1l: number, k1h: number): void {
  v0l = k0l ^ 0x70736575;
  v0h = k0h ^ 0x736f6d65;
  v1l = k1l ^ 0x6e646f6d;
  v1h = k1h ^ 0x646f7261;
  v2l = k0l ^ 0x6e657261;
  v2h = k0h ^ 0x6c796765;
  v3l = k1l ^ 0x79746573;
  v3h = k1h ^ 0x74656462;
}

function sip_word(l: number, h: number): void {
  v3l ^= l;
  v3h ^= h;
  sipround();
  v0l ^= l;
  v0h ^= h;
}

function sip_finish(): void {
  v2l ^= 0xff;
  sipround();
  sipround();
  sipround();
}

/** SipHash-1-3 of `length` bytes that `byteAt` gives, under an explicit key. Returns the raw 64-bit value. */
export function siphash13_keyed(k0: bigint, k1: bigint, bytes: Uint8Array): bigint {
  sip_init(
    Number(BigInt.asIntN(32, k0)),
    Number(BigInt.asIntN(32, k0 >> 32n)),
    Number(BigInt.asIntN(32, k1)),
    Number(BigInt.asIntN(32, k1 >> 32n)),
  );
  sip_bytes(bytes);
  const lo = v0l ^ v1l ^ v2l ^ v3l;
  const hi = v0h ^ v1h ^ v2h ^ v3h;
  return (BigInt(hi >>> 0) << 32n) | BigInt(lo >>> 0);
}

function sip_bytes(b: Uint8Array): void {
  const n = b.length;
  let i = 0;
  for (; i + 8 <= n; i += 8) {
    sip_word(
      b[i]! | (b[i + 1]! << 8) | (b[i + 2]! << 16) | (b[i + 3]! << 24),
      b[i + 4]! | (b[i + 5]! << 8) | (b[i + 6]! << 16) | (b[i + 7]! << 24),
    );
  }
  let lo = 0;
  let hi = (n & 0xff) << 24;
  for (let k = 0; i + k < n; k++) {
    if (k < 4) lo |= b[i + k]! << (8 * k);
    else hi |= b[i + k]! << (8 * (k - 4));
  }
  sip_word(lo, hi);
  sip_finish();
}

function sip_result(): Hash {
  return hash_from_halves(v0l ^ v1l ^ v2l ^ v3l, v0h ^ v1h ^ v2h ^ v3h);
}

const EMPTY = new Hash(0, 0);

/** Hash of a bytes-like value. CPython: Python/pyhash.c:Py_HashBuffer */
export function hash_bytes(b: Uint8Array): Hash {
  if (b.length === 0) return EMPTY;
  sip_init(hashSecret.k0lo, hashSecret.k0hi, hashSecret.k1lo, hashSecret.k1hi);
  sip_bytes(b);
  return sip_result();
}

/** Hash of a string of BMP code units: over 1-byte units if all are below 256, else 2-byte units, as CPython stores them. */
export function hash_string(s: string): Hash {
  const n = s.length;
  if (n === 0) return EMPTY;
  sip_init(hashSecret.k0lo, hashSecret.k0hi, hashSecret.k1lo, hashSecret.k1hi);
  let wide = 0;
  for (let i = 0; i < n; i++) wide |= s.charCodeAt(i);
  if (wide < 256) {
    let i = 0;
    for (; i + 8 <= n; i += 8) {
      sip_word(
        s.charCodeAt(i) | (s.charCodeAt(i + 1) << 8) | (s.charCodeAt(i + 2) << 16) | (s.charCodeAt(i + 3) << 24),
        s.charCodeAt(i + 4) | (s.charCodeAt(i + 5) << 8) | (s.charCodeAt(i + 6) << 16) | (s.charCodeAt(i + 7) << 24),
      );
    }
    let lo = 0;
    let hi = (n & 0xff) << 24;
    for (let k = 0; i + k < n; k++) {
      if (k < 4) lo |= s.charCodeAt(i + k) << (8 * k);
      else hi |= s.charCodeAt(i + k) << (8 * (k - 4));
    }
    sip_word(lo, hi);
  } else {
    let i = 0;
    for (; i + 4 <= n; i += 4) {
      sip_word(
        s.charCodeAt(i) | (s.charCodeAt(i + 1) << 16),
        s.charCodeAt(i + 2) | (s.charCodeAt(i + 3) << 16),
      );
    }
    let lo = 0;
    let hi = ((2 * n) & 0xff) << 24;
    for (let k = 0; i + k < n; k++) {
      if (k < 2) lo |= s.charCodeAt(i + k) << (16 * k);
      else hi |= s.charCodeAt(i + k) << (16 * (k - 2));
    }
    sip_word(lo, hi);
  }
  sip_finish();
  return sip_result();
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
  sip_init(hashSecret.k0lo, hashSecret.k0hi, hashSecret.k1lo, hashSecret.k1hi);
  let i = 0;
  for (; i + 2 <= n; i += 2) sip_word(points[i]!, points[i + 1]!);
  const tail = ((4 * n) & 0xff) << 24;
  sip_word(i < n ? points[i]! : 0, tail);
  sip_finish();
  return sip_result();
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
