// arith.ts: integer arithmetic on payloads, without Python objects.                CPython: Objects/longobject.c
//
// A payload is a JS number while it is a safe integer and a BigInt beyond. Invariant: every LongValue that leaves a
// function here is in that form (see `normal`); -0 may occur and is dropped when the object is made.

export type LongValue = number | bigint;

export const MAX_SAFE = 9007199254740991;
const MAX_SAFE_BIG = 9007199254740991n;

/** Most bits that a JS BigInt can have. */
export const MAX_BITS = 1073741824;

/** The canonical payload of a BigInt. */
export function normal(b: bigint): LongValue {
  return b <= MAX_SAFE_BIG && b >= -MAX_SAFE_BIG ? Number(b) : b;
}

/** Bits of |n|, 0 for 0. */
export function bit_length(n: LongValue): number {
  if (typeof n === 'bigint') return big_bit_length(n);
  if (n < 0) n = -n;
  if (n <= 0xffffffff) return 32 - Math.clz32(n);
  return 64 - Math.clz32(n / 4294967296);
}

function big_bit_length(n: bigint): number {
  if (n < 0n) n = -n;
  const s = n.toString(16);
  return s.length * 4 - 4 + (32 - Math.clz32(Number.parseInt(s[0]!, 16)));
}

function popcount32(n: number): number {
  n -= (n >>> 1) & 0x55555555;
  n = (n & 0x33333333) + ((n >>> 2) & 0x33333333);
  return Math.imul((n + (n >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/** Ones in the binary form of |n|. */
export function bit_count(n: LongValue): number {
  if (typeof n === 'number') {
    if (n < 0) n = -n;
    return popcount32(n | 0) + popcount32((n / 4294967296) | 0);
  }
  const s = (n < 0n ? -n : n).toString(16);
  let count = 0;
  let end = s.length;
  for (; end > 8; end -= 8) count += popcount32(Number.parseInt(s.slice(end - 8, end), 16));
  return count + popcount32(Number.parseInt(s.slice(0, end), 16));
}

/** Floor of a / b for BigInts, b not 0. */
export function big_floor_div(a: bigint, b: bigint): bigint {
  const q = a / b;
  return a < 0n !== b < 0n && q * b !== a ? q - 1n : q;
}

/** a - b * floor(a / b): has the sign of b, which is not 0. */
export function big_mod(a: bigint, b: bigint): bigint {
  const r = a % b;
  return r !== 0n && r < 0n !== b < 0n ? r + b : r;
}

/** a modulo b for safe integers, with the sign of b (not 0). */
export function num_mod(a: number, b: number): number {
  if (a >= 0 && b > 0) {
    // 32-bit remainders are one instruction; C's fmod, behind % of doubles, takes 20 ns. The quotient of safe integers
    // never rounds up to an integer, so its floor is exact, and so are product and difference.
    if (a === (a | 0) && b === (b | 0)) return (a | 0) % (b | 0);
    return a - b * Math.floor(a / b);
  }
  const r = a % b;
  return r !== 0 && r < 0 !== b < 0 ? r + b : r;
}

/** The nearest double, ties to even; Infinity when too large. */
export function to_double(n: LongValue): number {
  return Number(n);
}

/** The exact integer of an integral double. */
export function from_integral_double(x: number): LongValue {
  return x <= MAX_SAFE && x >= -MAX_SAFE ? x : BigInt(x);
}

/** a / b, correctly rounded; b is not 0. Infinity when too large. CPython: Objects/longobject.c:long_true_divide */
export function true_divide(a: LongValue, b: LongValue): number {
  if (typeof a === 'number' && typeof b === 'number') return a / b;
  let x = BigInt(a);
  let y = BigInt(b);
  const negative = x < 0n !== y < 0n;
  if (x < 0n) x = -x;
  if (y < 0n) y = -y;
  if (x === 0n) return negative ? -0 : 0;
  // A quotient of 55 or 56 bits (fewer where the result is subnormal), its last bit sticky, rounds once in Number().
  const difference = big_bit_length(x) - big_bit_length(y);
  if (difference > 1024) return negative ? -Infinity : Infinity;
  if (difference < -1076) return negative ? -0 : 0;
  const shift = Math.max(difference, -1021) - 55;
  if (shift <= 0) x <<= BigInt(-shift);
  else y <<= BigInt(shift);
  let q = x / y;
  if (q * y !== x) q |= 1n;
  let result: number;
  if (difference >= -1021) result = scale(Number(q), shift);
  else {
    // The result's last bit is 2**-1074: round here to that unit (shift is -1076).
    const unit = q >> 2n;
    const rest = Number(q & 3n);
    result = Number(rest > 2 || (rest === 2 && (unit & 1n) === 1n) ? unit + 1n : unit) * 2 ** -1074;
  }
  return negative ? -result : result;
}

/** m * 2**e where only the last step may leave the range of doubles. */
function scale(m: number, e: number): number {
  if (e > 900) return m * 2 ** 900 * 2 ** (e - 900);
  if (e < -1000) return m * 2 ** -900 * 2 ** (e + 900);
  return m * 2 ** e;
}

/** Mantissa in [0.5, 1) and exponent of a BigInt's magnitude, correctly rounded. CPython: _PyLong_Frexp */
export function big_frexp(n: bigint): { mantissa: number; exponent: number } {
  const negative = n < 0n;
  if (negative) n = -n;
  let exponent = big_bit_length(n);
  let mantissa: number;
  if (exponent <= 53) mantissa = Number(n) / 2 ** exponent;
  else {
    // 55 bits, the last one sticky, so that Number() rounds once.
    const shift = BigInt(exponent - 55);
    let top = exponent >= 55 ? n >> shift : n << BigInt(55 - exponent);
    if (exponent > 55 && top << shift !== n) top |= 1n;
    mantissa = Number(top) / 36028797018963968;
    if (mantissa === 1) {
      mantissa = 0.5;
      exponent++;
    }
  }
  return { mantissa: negative ? -mantissa : mantissa, exponent };
}

/** a ** b for b >= 0; null when the result would have too many bits. */
export function power(a: LongValue, b: LongValue): LongValue | null {
  if (typeof a === 'number') {
    if (a === 1 || b === 0) return 1;
    if (a === 0) return 0;
    if (a === -1) return typeof b === 'number' ? (b % 2 === 0 ? 1 : -1) : (b & 1n) === 0n ? 1 : -1;
    if (typeof b === 'number') {
      if (a === 2 && b < 53) return 2 ** b;
      // Square and multiply while everything is exact.
      let result = 1;
      let square = a;
      let e = b;
      for (;;) {
        if ((e & 1) === 1) result *= square;
        e = Math.floor(e / 2);
        if (e === 0) break;
        square *= square;
        if (square > MAX_SAFE) break;
      }
      if (e === 0 && result <= MAX_SAFE && result >= -MAX_SAFE) return result;
    }
  }
  if (typeof b === 'bigint') return null;
  const bits = bit_length(a);
  if ((bits - 1) * b >= MAX_BITS) return null;
  const base = BigInt(a);
  return normal(base ** BigInt(b));
}

/** g = gcd(a, n) with x * a = g modulo n; n > 0. */
function invert(a: bigint, n: bigint): bigint | null {
  let r0 = n;
  let r1 = big_mod(a, n);
  let t0 = 0n;
  let t1 = 1n;
  while (r1 !== 0n) {
    const q = r0 / r1;
    [r0, r1] = [r1, r0 - q * r1];
    [t0, t1] = [t1, t0 - q * t1];
  }
  return r0 === 1n ? t0 : null;
}

/** pow(a, b, m) with m not 0; null when a has no inverse and b < 0. The result has the sign of m. */
export function power_mod(a: LongValue, b: LongValue, m: LongValue): LongValue | null {
  const negative = m < 0;
  if (negative) m = -m;
  if (b < 0) {
    const inverse = invert(BigInt(a), BigInt(m));
    if (inverse === null) return m === 1 ? 0 : null;
    a = normal(inverse);
    b = -b;
  }
  if (m === 1) return 0;
  let result: LongValue;
  if (typeof m === 'number' && m <= 94906265 && typeof b === 'number') {
    // Products of residues stay safe.
    let square = typeof a === 'number' ? num_mod(a, m) : Number(big_mod(a, BigInt(m)));
    let e = b;
    let product = 1;
    while (e > 0) {
      if (e % 2 === 1) product = (product * square) % m;
      square = (square * square) % m;
      e = Math.floor(e / 2);
    }
    result = product;
  } else result = normal(big_power_mod(big_mod(BigInt(a), BigInt(m)), BigInt(b), BigInt(m)));
  if (negative && result !== 0)
    return typeof result === 'number' && typeof m === 'number' ? result - m : normal(BigInt(result) - BigInt(m));
  return result;
}

/** Windows of four exponent bits. */
function big_power_mod(a: bigint, b: bigint, m: bigint): bigint {
  const digits = b.toString(16);
  if (digits.length <= 8) {
    let e = Number(b);
    let product = 1n;
    while (e > 0) {
      if (e % 2 === 1) product = (product * a) % m;
      e = Math.floor(e / 2);
      if (e > 0) a = (a * a) % m;
    }
    return product;
  }
  const table: bigint[] = [1n];
  for (let i = 1; i < 16; i++) table.push((table[i - 1]! * a) % m);
  let product = 1n;
  for (let i = 0; i < digits.length; i++) {
    if (i > 0) for (let k = 0; k < 4; k++) product = (product * product) % m;
    const d = Number.parseInt(digits[i]!, 16);
    if (d !== 0) product = (product * table[d]!) % m;
  }
  return product;
}

/** Greatest common divisor, >= 0. CPython: Objects/longobject.c:_PyLong_GCD */
export function gcd(a: LongValue, b: LongValue): LongValue {
  if (typeof a === 'bigint' || typeof b === 'bigint') {
    let x = BigInt(a);
    let y = BigInt(b);
    if (x < 0n) x = -x;
    if (y < 0n) y = -y;
    while (y > MAX_SAFE_BIG) [x, y] = [y, x % y];
    if (y === 0n) return normal(x);
    a = Number(y);
    b = Number(x % y);
  }
  if (a < 0) a = -a;
  if (b < 0) b = -b;
  while (b !== 0) {
    const r: number = a % b;
    a = b;
    b = r;
  }
  return a;
}

/** Floor of the square root; n >= 0. */
export function isqrt(n: LongValue): LongValue {
  if (typeof n === 'number') {
    let r = Math.floor(Math.sqrt(n));
    if (r * r > n) r--;
    return r;
  }
  return normal(big_isqrt(n));
}

function big_isqrt(n: bigint): bigint {
  // Each step doubles the number of correct bits, starting from a double's root of the leading bits.
  const bits = big_bit_length(n);
  if (bits <= 104) {
    let r = BigInt(Math.floor(Math.sqrt(Number(n))));
    while (r * r > n) r--;
    while ((r + 1n) * (r + 1n) <= n) r++;
    return r;
  }
  const half = BigInt(Math.floor((bits - 1) / 4));
  const high = n >> (2n * half);
  let r = big_isqrt(high) << half;
  r = (r + n / r) >> 1n;
  while (r * r > n) r--;
  while ((r + 1n) * (r + 1n) <= n) r++;
  return r;
}

/** n rounded to a multiple of 10**digits, ties to even; digits > 0. CPython: Objects/longobject.c:int___round___impl */
export function round_to_power(n: LongValue, digits: LongValue): LongValue {
  // More digits than the number has: it is less than half the unit.
  if (digits > bit_length(n) / 3 + 2) return 0;
  const value = BigInt(n);
  const unit = 10n ** BigInt(digits);
  let rest = big_mod(value, unit);
  const twice = rest * 2n;
  if (twice > unit || (twice === unit && (((value - rest) / unit) & 1n) === 1n)) rest -= unit;
  return normal(value - rest);
}
