// set_order.ts: the order in which a frozenset of constants shows its items.           CPython: Objects/setobject.c, Python/pyhash.c
//
// marshal adds the items one by one to an open-addressing table; repr() walks that table. The hashes of strings are those of
// PYTHONHASHSEED=0 (others are random by design). What hashes by its address (None before 3.12, Ellipsis, NaN since 3.10)
// has no order that could be known: such a set keeps the order in which it is stored.
import { Complex, FrozenSet, PyTuple, SurrogateStr } from '../../parser/constants.ts';
import type { AnyConstant } from './code.ts';
import type { Version } from './version.ts';

const WORD = (1n << 64n) - 1n;
const signed = (x: bigint): bigint => BigInt.asIntN(64, x);
const MODULUS = (1n << 61n) - 1n;
const LINEAR_PROBES = 9;

/** The items in the order of the table that they are added to. */
export function setOrder(items: readonly AnyConstant[], version: Version): readonly AnyConstant[] {
  const hashes = items.map(item => hash(item, version));
  if (hashes.includes(null)) return items;
  let mask = 7;
  let table: number[] = new Array(mask + 1).fill(-1);
  const place = (item: number): void => {
    let i = Number(hashes[item]! & BigInt(mask));
    let perturb = hashes[item]! & WORD;
    for (;;) {
      const last = i + LINEAR_PROBES <= mask ? i + LINEAR_PROBES : i;
      for (let at = i; at <= last; at++) {
        if (table[at] === -1) {
          table[at] = item;
          return;
        }
      }
      perturb >>= 5n;
      i = Number((BigInt(i) * 5n + 1n + perturb) & BigInt(mask));
    }
  };
  items.forEach((_, item) => {
    place(item);
    const used = item + 1;
    // 3.7 made tables sparser.
    if (version.minor >= 7 ? used * 5 < mask * 3 : used * 3 < mask * 2) return;
    let size = 8;
    while (size <= (used > 50000 ? used * 2 : used * 4)) size *= 2;
    const old = table;
    mask = size - 1;
    table = new Array(size).fill(-1);
    for (const each of old) if (each >= 0) place(each);
  });
  return table.filter(item => item >= 0).map(item => items[item]!);
}

/** hash(value) as a signed number, null where it depends on an address. */
function hash(value: AnyConstant, version: Version): bigint | null {
  const result = plainHash(value, version);
  return result === -1n ? -2n : result;
}

function plainHash(value: AnyConstant, version: Version): bigint | null {
  const { minor } = version;
  if (value === null) return minor >= 12 ? 0xfca86420n : null;
  if (typeof value === 'boolean') return value ? 1n : 0n;
  if (typeof value === 'bigint') return value % MODULUS;
  if (typeof value === 'number') return floatHash(value, minor);
  if (typeof value === 'string' || value instanceof SurrogateStr) return bytesHash(stringBytes(value), minor);
  if (value instanceof Uint8Array) return bytesHash(value, minor);
  if (value instanceof Complex) {
    const real = floatHash(value.real, minor);
    const imag = floatHash(value.imag, minor);
    return real === null || imag === null ? null : signed(real + 1000003n * imag);
  }
  if (value instanceof PyTuple) return tupleHash(value.items, version);
  if (value instanceof FrozenSet) return setHash(value.items, version);
  return null;
}

/** CPython: Python/pyhash.c:_Py_HashDouble */
function floatHash(value: number, minor: number): bigint | null {
  if (Number.isNaN(value)) return minor >= 10 ? null : 0n;
  if (!Number.isFinite(value)) return value > 0 ? 314159n : -314159n;
  // value = numerator / 2**power, and 2**61 is 1 in that arithmetic.
  let power = 0;
  let numerator = Math.abs(value);
  while (!Number.isInteger(numerator)) {
    numerator *= 2;
    power++;
  }
  const shift = BigInt((61 - (power % 61)) % 61);
  const result = ((BigInt(numerator) % MODULUS) << shift) % MODULUS;
  const hashed = value < 0 ? -result : result;
  return hashed === -1n ? -2n : hashed;
}

/** A string as it lies in memory: one, two or four bytes a character. */
function stringBytes(value: string | SurrogateStr): Uint8Array {
  const points = typeof value === 'string' ? Array.from(value, c => c.codePointAt(0)!) : value.points;
  const most = points.reduce((a, b) => Math.max(a, b), 0);
  const width = most < 0x100 ? 1 : most < 0x10000 ? 2 : 4;
  const bytes = new Uint8Array(points.length * width);
  points.forEach((point, i) => {
    for (let k = 0; k < width; k++) bytes[i * width + k] = (point >>> (8 * k)) & 255;
  });
  return bytes;
}

/** SipHash with a key of zeros: 2-4 to 3.10, 1-3 since. */
function bytesHash(bytes: Uint8Array, minor: number): bigint {
  if (bytes.length === 0) return 0n;
  const [compress, finish] = minor >= 11 ? [1, 3] : [2, 4];
  let v0 = 0x736f6d6570736575n;
  let v1 = 0x646f72616e646f6dn;
  let v2 = 0x6c7967656e657261n;
  let v3 = 0x7465646279746573n;
  const rotate = (x: bigint, n: bigint): bigint => ((x << n) | (x >> (64n - n))) & WORD;
  const rounds = (n: number): void => {
    for (let i = 0; i < n; i++) {
      v0 = (v0 + v1) & WORD;
      v1 = rotate(v1, 13n) ^ v0;
      v0 = rotate(v0, 32n);
      v2 = (v2 + v3) & WORD;
      v3 = rotate(v3, 16n) ^ v2;
      v0 = (v0 + v3) & WORD;
      v3 = rotate(v3, 21n) ^ v0;
      v2 = (v2 + v1) & WORD;
      v1 = rotate(v1, 17n) ^ v2;
      v2 = rotate(v2, 32n);
    }
  };
  const absorb = (word: bigint): void => {
    v3 ^= word;
    rounds(compress!);
    v0 ^= word;
  };
  let word = 0n;
  bytes.forEach((byte, i) => {
    word |= BigInt(byte) << BigInt(8 * (i % 8));
    if (i % 8 === 7) {
      absorb(word);
      word = 0n;
    }
  });
  absorb(word | (BigInt(bytes.length & 255) << 56n));
  v2 ^= 0xffn;
  rounds(finish!);
  return signed(v0 ^ v1 ^ v2 ^ v3);
}

/** CPython: Objects/tupleobject.c:tuplehash; before 3.8 another one */
function tupleHash(items: readonly AnyConstant[], version: Version): bigint | null {
  const old = version.minor < 8;
  const prime1 = 11400714785074694791n;
  const prime2 = 14029467366897019727n;
  const prime5 = 2870177450012600261n;
  let acc = old ? 0x345678n : prime5;
  let factor = 1000003n;
  let left = BigInt(items.length);
  for (const item of items) {
    const each = hash(item, version);
    if (each === null) return null;
    const lane = each & WORD;
    if (old) {
      left--;
      acc = ((acc ^ lane) * factor) & WORD;
      factor = (factor + 82520n + left * 2n) & WORD;
    } else {
      acc = (acc + lane * prime2) & WORD;
      acc = ((acc << 31n) | (acc >> 33n)) & WORD;
      acc = (acc * prime1) & WORD;
    }
  }
  acc = (old ? acc + 97531n : acc + (left ^ (prime5 ^ 3527539n))) & WORD;
  if (acc === WORD && !old) return 1546275796n;
  return signed(acc);
}

/** CPython: Objects/setobject.c:frozenset_hash */
function setHash(items: readonly AnyConstant[], version: Version): bigint | null {
  let acc = 0n;
  for (const item of items) {
    const each = hash(item, version);
    if (each === null) return null;
    const h = each & WORD;
    acc ^= ((h ^ 89869747n ^ (h << 16n)) * 3644798167n) & WORD;
  }
  acc ^= ((BigInt(items.length) + 1n) * 1927868237n) & WORD;
  acc ^= (acc >> 11n) ^ (acc >> 25n);
  acc = (acc * 69069n + 907133923n) & WORD;
  return acc === WORD ? 590923713n : signed(acc);
}
