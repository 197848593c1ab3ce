// tables.ts: constants and function values in double-double, computed on first use.
//
// Each entry is a pair (hi, lo) of doubles whose sum is the value to about 106 bits. They come from BigInt fixed point
// with 160 bits after the point; a table takes well under a millisecond.

const BITS = 160n;
const ONE = 1n << BITS;

/** Rounds a fixed-point value to a pair, at table[2 * i] and table[2 * i + 1]. */
function store(table: Float64Array, i: number, value: bigint): void {
  const hi = Number(value) * 2 ** -160;
  // hi has 53 bits, so hi * 2**160 is an integer that BigInt takes exactly.
  const lo = Number(value - BigInt(hi * 2 ** 160)) * 2 ** -160;
  table[2 * i] = hi;
  table[2 * i + 1] = lo;
}

/** atanh(1/n) in fixed point. */
function atanh_inverse(n: bigint): bigint {
  let power = ONE / n;
  let sum = power;
  const square = n * n;
  for (let k = 3n; power !== 0n; k += 2n) {
    power /= square;
    sum += power / k;
  }
  return sum;
}

/** atan(p/q) in fixed point. */
function atan_ratio(p: bigint, q: bigint): bigint {
  let power = (ONE * p) / q;
  let sum = power;
  const pp = p * p;
  const qq = q * q;
  let sign = -1n;
  for (let k = 3n; power !== 0n; k += 2n) {
    power = (power * pp) / qq;
    sum += (sign * power) / k;
    sign = -sign;
  }
  return sum;
}

function big_sqrt(n: bigint): bigint {
  let r = 1n << BigInt((n.toString(2).length + 1) >> 1);
  for (;;) {
    const next = (r + n / r) >> 1n;
    if (next >= r) return r;
    r = next;
  }
}

/** log(j / 128) at index j - 90, for j from 90 to 182. */
export function log_table(): Float64Array {
  const table = new Float64Array(2 * 93);
  let value = 0n;
  for (let j = 128n; j < 182n; j++) {
    value += 2n * atanh_inverse(2n * j + 1n);
    store(table, Number(j) + 1 - 90, value);
  }
  value = 0n;
  for (let j = 128n; j > 90n; j--) {
    value -= 2n * atanh_inverse(2n * j - 1n);
    store(table, Number(j) - 1 - 90, value);
  }
  return table;
}

/** 2**(j / 128), j from 0 to 127. */
export function exp2_table(): Float64Array {
  const table = new Float64Array(2 * 128);
  let root = 2n * ONE;
  for (let i = 0; i < 7; i++) root = big_sqrt(root << BITS);
  let value = ONE;
  for (let j = 0; j < 128; j++) {
    store(table, j, value);
    value = (value * root) >> BITS;
  }
  return table;
}

/** sin(k / 64) at index 2k and cos(k / 64) at 2k + 1, k from 0 to 51. */
export function sincos_table(): Float64Array {
  const table = new Float64Array(4 * 52);
  for (let k = 0; k < 52; k++) {
    const x = (ONE * BigInt(k)) / 64n;
    let term = ONE;
    let sin = 0n;
    let cos = 0n;
    for (let i = 0n; term !== 0n; i++) {
      if (i % 4n === 0n) cos += term;
      else if (i % 4n === 1n) sin += term;
      else if (i % 4n === 2n) cos -= term;
      else sin -= term;
      term = ((term * x) >> BITS) / (i + 1n);
    }
    store(table, 2 * k, sin);
    store(table, 2 * k + 1, cos);
  }
  return table;
}

/** atan(k / 64), k from 0 to 64. */
export function atan_table(): Float64Array {
  const table = new Float64Array(2 * 65);
  let value = 0n;
  for (let k = 1n; k <= 64n; k++) {
    value += atan_ratio(64n, 4096n + k * (k - 1n));
    store(table, Number(k), value);
  }
  return table;
}

/** pi / 2 with `bits` bits after the point. */
export function half_pi_fixed(bits: number): bigint {
  const one = 1n << BigInt(bits + 16);
  const atan_of_inverse = (n: bigint): bigint => {
    let power = one / n;
    let sum = power;
    let sign = -1n;
    for (let k = 3n; power !== 0n; k += 2n) {
      power /= n * n;
      sum += (sign * power) / k;
      sign = -sign;
    }
    return sum;
  };
  return (8n * atan_of_inverse(5n) - 2n * atan_of_inverse(239n)) >> 16n;
}
