// libm.ts: the C library's functions of a double, as CPython on Linux sees them.        CPython: links glibc's libm
//
// glibc rounds nearly always correctly; V8's Math is fdlibm, an ulp off now and then. What floats and complex numbers
// need is here, so that printed results agree.

/** Exact product as a sum of two doubles: product_error holds what x * y lost. */
const SPLITTER = 134217729; // 2**27 + 1

function product_error(x: number, y: number, p: number): number {
  let t = SPLITTER * x;
  const xh = t - (t - x);
  const xl = x - xh;
  t = SPLITTER * y;
  const yh = t - (t - y);
  const yl = y - yh;
  return xl * yl - (p - xh * yh - xl * yh - xh * yl);
}

/** sqrt(x*x + y*y) without undue overflow, within an ulp and nearly always correctly rounded. */
export function libm_hypot(x: number, y: number): number {
  x = Math.abs(x);
  y = Math.abs(y);
  if (x === Infinity || y === Infinity) return Infinity;
  if (x !== x || y !== y) return NaN;
  if (x < y) {
    const t = x;
    x = y;
    y = t;
  }
  if (y === 0) return x;
  if (x > 1.34e154) {
    const r = scaled_hypot(x * 2 ** -600, y * 2 ** -600);
    return r * 2 ** 600;
  }
  if (y < 1e-140) {
    if (x > y * 1e17) return x;
    return scaled_hypot(x * 2 ** 600, y * 2 ** 600) * 2 ** -600;
  }
  return scaled_hypot(x, y);
}

function scaled_hypot(x: number, y: number): number {
  const xx = x * x;
  const yy = y * y;
  const sum = xx + yy;
  // What the sum lost, in all: of the addition and of both squares.
  const lost = xx - sum + yy + product_error(x, x, xx) + product_error(y, y, yy);
  const r = Math.sqrt(sum);
  const rr = r * r;
  return r + (sum - rr - product_error(r, r, rr) + lost) / (2 * r);
}

export function libm_pow(x: number, y: number): number {
  return x ** y;
}
export function libm_exp(x: number): number {
  return Math.exp(x);
}
export function libm_log(x: number): number {
  return Math.log(x);
}
export function libm_sin(x: number): number {
  return Math.sin(x);
}
export function libm_cos(x: number): number {
  return Math.cos(x);
}
export function libm_atan2(y: number, x: number): number {
  return Math.atan2(y, x);
}
