// complexmath.ts: products, quotients and powers of complex constants.        CPython: Objects/complexobject.c
//
// An operand that is a plain number has no imaginary part; multiplying by it must not turn an infinity or a signed
// zero into something else, as multiplying by x + 0j would (C99 Annex G).
import { Complex } from '../../parser/constants.ts';
import { preciseLn, precisePower } from './precise.ts';

/** CPython: _Py_c_prod, _Py_rc_prod */
export function complexMultiply(a: Complex | number, b: Complex | number): Complex {
  if (typeof a === 'number') return typeof b === 'number' ? new Complex(a * b, 0) : new Complex(a * b.real, a * b.imag);
  if (typeof b === 'number') return new Complex(a.real * b, a.imag * b);
  let real = a.real * b.real - a.imag * b.imag;
  let imag = a.real * b.imag + a.imag * b.real;
  if (Number.isNaN(real) && Number.isNaN(imag)) {
    // A product with an infinity is infinite, though its parts came out as NaN.
    let { real: ar, imag: ai } = a;
    let { real: br, imag: bi } = b;
    let recompute = false;
    if (isInfinite(ar) || isInfinite(ai)) {
      [ar, ai] = boxed(ar, ai);
      [br, bi] = [zeroIfNaN(br), zeroIfNaN(bi)];
      recompute = true;
    }
    if (isInfinite(br) || isInfinite(bi)) {
      [br, bi] = boxed(br, bi);
      [ar, ai] = [zeroIfNaN(ar), zeroIfNaN(ai)];
      recompute = true;
    }
    if (!recompute && [a.real * b.real, a.imag * b.imag, a.real * b.imag, a.imag * b.real].some(isInfinite)) {
      [ar, ai, br, bi] = [zeroIfNaN(ar), zeroIfNaN(ai), zeroIfNaN(br), zeroIfNaN(bi)];
      recompute = true;
    }
    if (recompute) {
      real = Number.POSITIVE_INFINITY * (ar * br - ai * bi);
      imag = Number.POSITIVE_INFINITY * (ar * bi + ai * br);
    }
  }
  return new Complex(real, imag);
}

function isInfinite(x: number): boolean {
  return x === Number.POSITIVE_INFINITY || x === Number.NEGATIVE_INFINITY;
}

function signed(size: number, sign: number): number {
  return sign < 0 || Object.is(sign, -0) ? -size : size;
}

function zeroIfNaN(x: number): number {
  return Number.isNaN(x) ? signed(0, x) : x;
}

/** An infinite number's parts as ±1 where infinite and ±0 elsewhere. */
function boxed(real: number, imag: number): [number, number] {
  return [signed(isInfinite(real) ? 1 : 0, real), signed(isInfinite(imag) ? 1 : 0, imag)];
}

/** Undefined for a division by zero. CPython: _Py_c_quot, _Py_cr_quot, _Py_rc_quot */
export function complexDivide(a: Complex | number, b: Complex | number): Complex | undefined {
  if (typeof b === 'number') {
    if (b === 0) return undefined;
    return typeof a === 'number' ? new Complex(a / b, 0) : new Complex(a.real / b, a.imag / b);
  }
  const size = Math.abs(b.real);
  const imagSize = Math.abs(b.imag);
  if (size >= imagSize) {
    if (size === 0) return undefined;
    const ratio = b.imag / b.real;
    const denominator = b.real + b.imag * ratio;
    if (typeof a === 'number') return new Complex(a / denominator, (-a * ratio) / denominator);
    return finishQuotient(a, b, (a.real + a.imag * ratio) / denominator, (a.imag - a.real * ratio) / denominator);
  }
  if (imagSize >= size) {
    const ratio = b.real / b.imag;
    const denominator = b.real * ratio + b.imag;
    if (typeof a === 'number') return new Complex((a * ratio) / denominator, -a / denominator);
    return finishQuotient(a, b, (a.real * ratio + a.imag) / denominator, (a.imag * ratio - a.real) / denominator);
  }
  if (typeof a === 'number') return new Complex(Number.NaN, Number.NaN);
  return finishQuotient(a, b, Number.NaN, Number.NaN);
}

/** Infinities and zeros that came out as NaN. */
function finishQuotient(a: Complex, b: Complex, real: number, imag: number): Complex {
  if (!Number.isNaN(real) || !Number.isNaN(imag)) return new Complex(real, imag);
  const finite = (z: Complex) => Number.isFinite(z.real) && Number.isFinite(z.imag);
  if ((isInfinite(a.real) || isInfinite(a.imag)) && finite(b)) {
    const [x, y] = boxed(a.real, a.imag);
    return new Complex(
      Number.POSITIVE_INFINITY * (x * b.real + y * b.imag),
      Number.POSITIVE_INFINITY * (y * b.real - x * b.imag),
    );
  }
  if ((isInfinite(b.real) || isInfinite(b.imag)) && finite(a)) {
    const [x, y] = boxed(b.real, b.imag);
    return new Complex(0 * (a.real * x + a.imag * y), 0 * (a.imag * x - a.real * y));
  }
  return new Complex(real, imag);
}

/** Undefined where Python raises. CPython: complex_pow */
export function complexPower(a: Complex, b: Complex): Complex | undefined {
  let result: Complex | undefined;
  if (b.real === 0 && b.imag === 0) result = new Complex(1, 0);
  else if (b.imag === 0 && b.real === Math.floor(b.real) && Math.abs(b.real) <= 100) result = integralPower(a, b.real);
  else if (a.real === 0 && a.imag === 0) {
    if (b.imag !== 0 || b.real < 0) return undefined;
    result = new Complex(0, 0);
  } else {
    const size = Math.hypot(a.real, a.imag);
    let length = power(size, b.real);
    const angle = Math.atan2(a.imag, a.real);
    let phase = angle * b.real;
    if (b.imag !== 0) {
      length *= Math.exp(-angle * b.imag);
      phase += b.imag * (Number.isFinite(size) ? preciseLn(size) : size);
    }
    // Sine and cosine of an infinity are an error in C.
    if (isInfinite(phase)) return undefined;
    result = new Complex(length * Math.cos(phase), length * Math.sin(phase));
  }
  if (result === undefined || isInfinite(result.real) || isInfinite(result.imag)) return undefined;
  return result;
}

function power(x: number, y: number): number {
  return Number.isFinite(x) && Number.isFinite(y) ? precisePower(x, y) : x ** y;
}

/** CPython: c_powi, c_powu */
function integralPower(z: Complex, n: number): Complex | undefined {
  if (n <= 0) {
    const positive = integralPower(z, -n);
    return n === 0 ? new Complex(1, 0) : positive && complexDivide(new Complex(1, 0), positive);
  }
  let result = new Complex(1, 0);
  let square = z;
  for (let bit = 1; bit <= n; bit *= 2) {
    if (n & bit) result = complexMultiply(result, square);
    square = complexMultiply(square, square);
  }
  return result;
}
