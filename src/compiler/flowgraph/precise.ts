// precise.ts: logarithm, exponential and power, rounded as well as a good C library rounds them.
//
// JavaScript's own Math.pow, Math.exp and Math.log may differ from C's in the last bit, and what is folded must be
// what run time would compute elsewhere. Constants with such powers are rare, so this counts in fixed-point
// BigInts and rounds once, instead of being fast.

/** Bits behind the binary point. */
const PRECISION = 256n;
const ONE = 1n << PRECISION;

/** A finite non-zero float as mantissa * 2 ** exponent, the mantissa being an int. */
export function exactParts(x: number): { mantissa: bigint; exponent: number } {
  let exponent = 0;
  while (x !== Math.floor(x)) {
    x *= 2;
    exponent--;
  }
  return { mantissa: BigInt(x), exponent };
}

/** ln((1 + z) / (1 - z)) for a small fixed-point z. */
function twiceAtanh(z: bigint): bigint {
  if (z < 0n) return -twiceAtanh(-z);
  const square = (z * z) >> PRECISION;
  let sum = 0n;
  for (let term = z, n = 1n; term !== 0n; term = (term * square) >> PRECISION, n += 2n) sum += term / n;
  return sum << 1n;
}

function ln2(): bigint {
  return twiceAtanh(ONE / 3n);
}

/** ln x of a positive finite float, in fixed point. */
function lnFixed(x: number): bigint {
  const { mantissa, exponent } = exactParts(x);
  const bits = BigInt(mantissa.toString(2).length);
  // Scaled to between 2/3 and 4/3, where the series is quick.
  let scaled = (mantissa << PRECISION) >> bits;
  let shift = BigInt(exponent) + bits;
  if (scaled * 3n < ONE * 2n) {
    scaled <<= 1n;
    shift--;
  }
  return twiceAtanh(((scaled - ONE) << PRECISION) / (scaled + ONE)) + shift * ln2();
}

/** e ** v of a fixed-point v, as a float. */
function expFixed(v: bigint): number {
  const unit = ln2();
  let shift = v / unit;
  let rest = v - shift * unit;
  if (rest < 0n) {
    rest += unit;
    shift--;
  }
  if (shift > 1100n) return Number.POSITIVE_INFINITY;
  if (shift < -1200n) return 0;
  let sum = 0n;
  for (let term = ONE, n = 1n; term !== 0n; term = ((term * rest) >> PRECISION) / n++) sum += term;
  return fixedToFloat(sum, Number(shift));
}

/** The float nearest to value / 2 ** PRECISION * 2 ** shift. */
function fixedToFloat(value: bigint, shift: number): number {
  const exponent = shift - Number(PRECISION);
  const bits = value.toString(2).length;
  const keep = Math.min(53, bits + exponent + 1074);
  if (keep < 0) return 0;
  const drop = BigInt(bits - keep);
  const half = 1n << (drop - 1n);
  const rest = value & ((1n << drop) - 1n);
  let kept = value >> drop;
  if (rest > half || (rest === half && (kept & 1n) === 1n)) kept += 1n;
  const scale = exponent + Number(drop);
  // In two steps, since 2 ** scale may be out of range though the product is not.
  const first = Math.trunc(scale / 2);
  return Number(kept) * 2 ** first * 2 ** (scale - first);
}

/** x ** y of a positive finite x and a finite y. */
export function precisePower(x: number, y: number): number {
  if (x === 1 || y === 0) return 1;
  const { mantissa, exponent } = exactParts(y);
  const product = lnFixed(x) * mantissa;
  return expFixed(exponent >= 0 ? product << BigInt(exponent) : product >> BigInt(-exponent));
}

/** ln x of a positive finite x. */
export function preciseLn(x: number): number {
  const value = lnFixed(x);
  if (value === 0n) return 0;
  return value < 0n ? -fixedToFloat(-value, 0) : fixedToFloat(value, 0);
}
