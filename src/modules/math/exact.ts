// exact.ts: sums and norms in more than double precision.                          CPython: Modules/mathmodule.c
//
// A product or sum of two doubles is kept as a pair (result, error) that is exact together. The error goes to a module
// variable, so that inner loops allocate nothing.

const SPLITTER = 134217729; // 2**27 + 1

/** [0]: what the last two_sum or two_product lost. */
const lost = new Float64Array(1);

/** a + b; `lost` gets the error. */
function two_sum(a: number, b: number): number {
  const x = a + b;
  const z = x - a;
  lost[0] = a - (x - z) + (b - z);
  return x;
}

/** a * b; `lost` gets the error (exact unless it underflows or the halves overflow). */
function two_product(a: number, b: number): number {
  const x = a * b;
  if (Math.abs(a) > 1e290 || Math.abs(b) > 1e290 || Math.abs(x) > 1e300) {
    // Splitting, or the product of the halves, would overflow: scale one factor down and the error back up.
    if (!Number.isFinite(x)) {
      lost[0] = NaN;
      return x;
    }
    const big_a = Math.abs(a) >= Math.abs(b);
    two_product(big_a ? a * 2 ** -100 : a, big_a ? b : b * 2 ** -100);
    lost[0] *= 2 ** 100;
    return x;
  }
  if (Math.abs(x) < 1e-280) {
    // The error may be subnormal: find it on a larger scale and round it once.
    if (a === 0 || b === 0) {
      lost[0] = 0;
      return x;
    }
    const scaled = two_product(
      Math.abs(a) < Math.abs(b) ? a : a * 2 ** 600,
      Math.abs(a) < Math.abs(b) ? b * 2 ** 600 : b,
    );
    lost[0] = (scaled - x * 2 ** 600 + lost[0]) * 2 ** -600;
    return x;
  }
  let t = SPLITTER * a;
  const ah = t - (t - a);
  const al = a - ah;
  t = SPLITTER * b;
  const bh = t - (t - b);
  const bl = b - bh;
  lost[0] = al * bl - (x - ah * bh - al * bh - ah * bl);
  return x;
}

/** A running total of products in triple precision. CPython: TripleLength, tl_fma, tl_to_d */
export class TripleSum {
  hi = 0;
  lo = 0;
  tiny = 0;

  /** Adds x * y; false (and no change) when the total would not be finite. */
  add_product(x: number, y: number): boolean {
    const product = two_product(x, y);
    const product_lost = lost[0];
    const hi = two_sum(this.hi, product);
    const hi_lost = lost[0];
    if (!Number.isFinite(hi)) return false;
    const r1 = two_sum(this.lo, product_lost);
    const r1_lost = lost[0];
    const lo = two_sum(r1, hi_lost);
    this.tiny = this.tiny + r1_lost + lost[0];
    this.hi = hi;
    this.lo = lo;
    return true;
  }

  value(): number {
    const last = two_sum(this.lo, this.tiny);
    const last_lost = lost[0];
    const total = two_sum(this.hi, last);
    const total_lost = lost[0];
    return total + (total_lost + last_lost);
  }
}

/** Binary exponent e with 2**(e-1) <= x < 2**e, x positive and finite. */
function exponent_of(x: number): number {
  let e = Math.floor(Math.log2(x)) + 1;
  // log2 may be off next to powers of two.
  if (e < 1024 && e > -1074 && 2 ** e <= x) e++;
  else if (e - 1 < 1024 && 2 ** (e - 1) > x) e--;
  return e;
}

const DBL_MIN = 2.2250738585072014e-308;

/** Euclidean norm of magnitudes whose maximum is `max`. CPython: vector_norm */
export function vector_norm(vec: number[], max: number, found_nan: boolean): number {
  if (max === Infinity) return max;
  if (found_nan) return NaN;
  if (max === 0 || vec.length <= 1) return max;
  if (max < 2 ** -1023)
    return (
      DBL_MIN *
      vector_norm(
        vec.map(x => x / DBL_MIN),
        max / DBL_MIN,
        false,
      )
    );
  const e = exponent_of(max);
  // 2**-e itself may not be a double; then scale in two steps.
  const scale_down = (x: number): number => (e < -1000 ? x * 2 ** 900 * 2 ** (-e - 900) : x * 2 ** -e);
  let sum = 1;
  let frac1 = 0;
  let frac2 = 0;
  const add = (product: number, product_lost: number): void => {
    const next = sum + product;
    frac1 += product_lost;
    frac2 += sum - next + product;
    sum = next;
  };
  for (const x of vec) {
    const scaled = scale_down(x);
    const product = two_product(scaled, scaled);
    add(product, lost[0]);
  }
  let h = Math.sqrt(sum - 1 + (frac1 + frac2));
  const product = two_product(-h, h);
  add(product, lost[0]);
  const x = sum - 1 + (frac1 + frac2);
  h += x / (2 * h);
  return e > 1000 ? h * 2 ** 900 * 2 ** (e - 900) : h * 2 ** e;
}

/** An exact sum of doubles as non-overlapping partial sums, rounded once. CPython: math_fsum */
export class ExactSum {
  private partials: number[] = [];
  private special = 0;
  private infinite = 0;

  /** Adds x; false when finite values overflowed. */
  add(x: number): boolean {
    const given = x;
    const p = this.partials;
    let n = 0;
    for (let j = 0; j < p.length; j++) {
      let y = p[j]!;
      if (Math.abs(x) < Math.abs(y)) {
        const t = x;
        x = y;
        y = t;
      }
      const hi = x + y;
      const lo = y - (hi - x);
      if (lo !== 0) p[n++] = lo;
      x = hi;
    }
    p.length = n;
    if (x !== 0) {
      if (!Number.isFinite(x)) {
        if (Number.isFinite(given)) return false;
        if (!Number.isNaN(given)) this.infinite += given;
        this.special += given;
        p.length = 0;
      } else p.push(x);
    }
    return true;
  }

  /** Whether both infinities were added. */
  conflicting(): boolean {
    return this.special !== 0 && Number.isNaN(this.infinite);
  }

  value(): number {
    if (this.special !== 0) return this.special;
    const p = this.partials;
    let n = p.length;
    if (n === 0) return 0;
    let hi = p[--n]!;
    let lo = 0;
    while (n > 0) {
      const x = hi;
      const y = p[--n]!;
      hi = x + y;
      lo = y - (hi - x);
      if (lo !== 0) break;
    }
    // Half-way between two doubles: the remaining partials decide the direction.
    if (n > 0 && ((lo < 0 && p[n - 1]! < 0) || (lo > 0 && p[n - 1]! > 0))) {
      const y = lo * 2;
      const x = hi + y;
      if (y === x - hi) hi = x;
    }
    return hi;
  }
}
