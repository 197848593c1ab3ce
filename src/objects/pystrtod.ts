// pystrtod.ts: floats to decimal strings and back, digit for digit as CPython prints them.
//                                                          CPython: Python/pystrtod.c, Python/dtoa.c
//
// JavaScript's own conversions are correctly rounded but break exact ties upwards where C breaks them to even, stop at
// 100 digits, and change notation at other places. So they serve where no tie is possible, and BigInt does the rest.
// Invariant: nothing here touches Python objects; strings are ASCII.

const float_view = new Float64Array(1);
const word_view = new Uint32Array(float_view.buffer);

/** Flags of PyOS_double_to_string. */
export const Py_DTSF_SIGN = 1; // always a sign
export const Py_DTSF_ADD_DOT_0 = 2; // '.0' after an integral value
export const Py_DTSF_ALT = 4; // '#': keep the point and trailing zeros
export const Py_DTSF_NO_NEG_0 = 8; // 'z': what rounds to -0 is printed as 0

/** Mantissa and exponent of a finite x >= 0: x === mantissa * 2 ** exponent, mantissa a safe integer. */
export function float_decompose(x: number): { mantissa: number; exponent: number } {
  float_view[0] = x;
  const hi = word_view[1]!;
  const biased = (hi >>> 20) & 0x7ff;
  const fraction = (hi & 0xfffff) * 4294967296 + word_view[0]!;
  if (biased === 0) return { mantissa: fraction, exponent: -1074 };
  return { mantissa: fraction + 4503599627370496, exponent: biased - 1075 };
}

/** True for negative numbers and -0. */
export function is_negative(x: number): boolean {
  return x < 0 || (x === 0 && 1 / x < 0);
}

/** x * 10**ndigits (x finite, >= 0) rounded to an integer, ties to even. */
function scaled_integer(x: number, ndigits: number): bigint {
  const { mantissa, exponent } = float_decompose(x);
  let numerator = BigInt(mantissa);
  let denominator = 1n;
  if (ndigits >= 0) numerator *= 10n ** BigInt(ndigits);
  else denominator = 10n ** BigInt(-ndigits);
  if (exponent >= 0) numerator <<= BigInt(exponent);
  else if (denominator === 1n) {
    const shift = BigInt(-exponent);
    const quotient = numerator >> shift;
    const rest = numerator - (quotient << shift);
    const half = 1n << (shift - 1n);
    return rest > half || (rest === half && (quotient & 1n) === 1n) ? quotient + 1n : quotient;
  } else denominator <<= BigInt(-exponent);
  const quotient = numerator / denominator;
  const twice = (numerator - quotient * denominator) * 2n;
  return twice > denominator || (twice === denominator && (quotient & 1n) === 1n) ? quotient + 1n : quotient;
}

/** No double has more decimals than this. */
const MAX_DECIMALS = 1074;

/** Digits of x (finite, >= 0) with exactly `ndigits` >= 0 decimals: '12.50', or '12' for none. dtoa's mode 3. */
export function fixed_digits(x: number, ndigits: number): string {
  if (ndigits <= 100 && x < 1e21) {
    const doubled = x * 2 ** (ndigits + 1);
    if (doubled % 2 !== 1) return x.toFixed(ndigits); // not half-way between two candidates
  }
  const decimals = Math.min(ndigits, MAX_DECIMALS);
  let digits = scaled_integer(x, decimals).toString();
  if (ndigits === 0) return digits;
  if (digits.length <= decimals) digits = '0'.repeat(decimals + 1 - digits.length) + digits;
  const point = digits.length - decimals;
  return `${digits.slice(0, point)}.${digits.slice(point)}${'0'.repeat(ndigits - decimals)}`;
}

/** Decimal digits and the exponent of the first one: value = d.ddd * 10**exponent. */
export interface Decimal {
  digits: string;
  exponent: number;
}

function parse_exponential(s: string): Decimal {
  const e = s.indexOf('e');
  const digits = e === 1 ? s[0]! : s[0]! + s.slice(2, e);
  return { digits, exponent: +s.slice(e + 1) };
}

/** Exactly `ndigits` >= 1 significant digits of x (finite, >= 0). dtoa's mode 2 with its zeros kept. */
export function significant_digits(x: number, ndigits: number): Decimal {
  if (x === 0) return { digits: '0'.repeat(ndigits), exponent: 0 };
  if (ndigits <= 100) {
    // A tie ends in 5 when written exactly with one digit more.
    const longer = x.toExponential(ndigits);
    if (longer.charCodeAt(longer.indexOf('e') - 1) !== 53) return parse_exponential(x.toExponential(ndigits - 1));
  }
  const wanted = Math.min(ndigits, MAX_DECIMALS);
  let { exponent } = parse_exponential(x.toExponential());
  const low = 10n ** BigInt(wanted - 1);
  let n = scaled_integer(x, wanted - 1 - exponent);
  if (n >= low * 10n) n = scaled_integer(x, wanted - 1 - ++exponent);
  else if (n <= low) {
    // The shortest digits may have been rounded up to a power of ten that x itself does not reach.
    const finer = scaled_integer(x, wanted - exponent);
    if (finer < low * 10n) {
      n = finer;
      exponent--;
    }
  }
  return { digits: n.toString() + '0'.repeat(ndigits - wanted), exponent };
}

/** The shortest digits that read back as x (finite, >= 0). dtoa's mode 0. */
export function shortest_digits(x: number): Decimal {
  return parse_exponential(x.toExponential());
}

function exponent_suffix(exponent: number): string {
  const magnitude = exponent < 0 ? -exponent : exponent;
  return `${exponent < 0 ? 'e-' : 'e+'}${magnitude < 10 ? '0' : ''}${magnitude}`;
}

/** repr() of a float. CPython: Objects/floatobject.c:float_repr */
export function float_repr(x: number): string {
  const magnitude = x < 0 ? -x : x;
  if (magnitude >= 1e-4 && magnitude < 1e16) {
    const s = `${x}`;
    return Math.floor(x) === x ? `${s}.0` : s;
  }
  if (x === 0) return 1 / x < 0 ? '-0.0' : '0.0';
  if (magnitude === Infinity) return x < 0 ? '-inf' : 'inf';
  if (Number.isNaN(x)) return 'nan';
  const s = x.toExponential();
  const e = s.indexOf('e');
  return s.slice(0, e) + exponent_suffix(+s.slice(e + 1));
}

/**
 * A float in one of the codes 'e', 'f', 'g' (or upper case) with a precision, or 'r' (shortest, precision unused).
 * Upper case changes the letters only. CPython: Python/pystrtod.c:PyOS_double_to_string
 */
export function PyOS_double_to_string(x: number, code: string, precision: number, flags: number): string {
  switch (code) {
    case 'E':
      return double_to_string(x, 'e', precision, flags).toUpperCase();
    case 'F':
      return double_to_string(x, 'f', precision, flags).toUpperCase();
    case 'G':
      return double_to_string(x, 'g', precision, flags).toUpperCase();
    default:
      return double_to_string(x, code, precision, flags);
  }
}

function double_to_string(x: number, code: string, precision: number, flags: number): string {
  if (Number.isNaN(x)) return (flags & Py_DTSF_SIGN) !== 0 ? '+nan' : 'nan';
  const magnitude = Math.abs(x);
  const negative = is_negative(x);
  let body: string;
  if (magnitude === Infinity) body = 'inf';
  else if (code === 'f') {
    body = fixed_digits(magnitude, precision);
    if (precision === 0) {
      if ((flags & Py_DTSF_ALT) !== 0) body += '.';
      else if ((flags & Py_DTSF_ADD_DOT_0) !== 0) body += '.0';
    }
  } else if (code === 'e') {
    const { digits, exponent } = significant_digits(magnitude, precision + 1);
    body = exponential_body(digits, exponent, flags);
  } else if (code === 'g') body = general_body(magnitude, precision === 0 ? 1 : precision, flags);
  else body = repr_body(magnitude, flags);
  if (negative && !((flags & Py_DTSF_NO_NEG_0) !== 0 && is_zero_text(body))) return `-${body}`;
  return (flags & Py_DTSF_SIGN) !== 0 ? `+${body}` : body;
}

/** Whether the printed digits are all zeros. */
function is_zero_text(body: string): boolean {
  for (let i = 0; i < body.length; i++) {
    const c = body.charCodeAt(i);
    if (c === 101) return true;
    if (c !== 48 && c !== 46) return false;
  }
  return true;
}

function exponential_body(digits: string, exponent: number, flags: number): string {
  let mantissa = digits[0]!;
  if (digits.length > 1) mantissa += `.${digits.slice(1)}`;
  else if ((flags & Py_DTSF_ALT) !== 0) mantissa += '.';
  return mantissa + exponent_suffix(exponent);
}

/** Positional notation of digits whose first stands for 10**exponent. */
function positional_body(digits: string, exponent: number, flags: number): string {
  const point = exponent + 1;
  let body: string;
  if (point <= 0) body = `0.${'0'.repeat(-point)}${digits}`;
  else if (point < digits.length) body = `${digits.slice(0, point)}.${digits.slice(point)}`;
  else {
    body = digits + '0'.repeat(point - digits.length);
    if ((flags & Py_DTSF_ADD_DOT_0) !== 0) body += '.0';
    else if ((flags & Py_DTSF_ALT) !== 0) body += '.';
  }
  return body;
}

function strip_zeros(digits: string): string {
  let end = digits.length;
  while (end > 1 && digits.charCodeAt(end - 1) === 48) end--;
  return end === digits.length ? digits : digits.slice(0, end);
}

function general_body(magnitude: number, precision: number, flags: number): string {
  const decimal = significant_digits(magnitude, precision);
  const digits = (flags & Py_DTSF_ALT) !== 0 ? decimal.digits : strip_zeros(decimal.digits);
  const limit = (flags & Py_DTSF_ADD_DOT_0) !== 0 ? precision - 1 : precision;
  if (decimal.exponent < -4 || decimal.exponent >= limit) return exponential_body(digits, decimal.exponent, flags);
  return positional_body(digits, decimal.exponent, flags);
}

function repr_body(magnitude: number, flags: number): string {
  const { digits, exponent } = shortest_digits(magnitude);
  if (exponent < -4 || exponent >= 16) return exponential_body(digits, exponent, flags);
  return positional_body(digits, exponent, flags);
}

/** For `%e`, `%f`, `%g` of str and bytes formatting; a negative precision means the default of 6. */
export function format_float_for_percent(x: number, code: string, precision: number, alternate: boolean): string {
  return PyOS_double_to_string(x, code, precision < 0 ? 6 : precision, alternate ? Py_DTSF_ALT : 0);
}

const FLOAT_TEXT =
  /^[+-]?(?:(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?|[iI][nN][fF](?:[iI][nN][iI][tT][yY])?|[nN][aA][nN])$/;
const FLOAT_PREFIX =
  /[+-]?(?:(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?|[iI][nN][fF](?:[iI][nN][iI][tT][yY])?|[nN][aA][nN])/y;

/** The float that the whole string spells (no blanks, no underscores), or null. Too large is infinity. */
export function parse_double(s: string): number | null {
  return FLOAT_TEXT.test(s) ? number_of(s) : null;
}

function number_of(s: string): number {
  const value = +s;
  if (!Number.isNaN(value)) return value;
  const c = s.charCodeAt(0);
  const letter = c === 43 || c === 45 ? s.charCodeAt(1) : c;
  if (letter === 110 || letter === 78) return NaN;
  return c === 45 ? -Infinity : Infinity;
}

/** Where the float at `start` of the string ends, or -1 if there is none. With number text from there: parse_double. */
export function scan_double(s: string, start: number): number {
  FLOAT_PREFIX.lastIndex = start;
  return FLOAT_PREFIX.test(s) ? FLOAT_PREFIX.lastIndex : -1;
}

/**
 * Removes underscores that stand between two digits; null if one stands elsewhere.
 * CPython: Python/pystrtod.c:_Py_string_to_number_with_underscores
 */
export function strip_underscores(s: string): string | null {
  if (!s.includes('_')) return s;
  if (!/^(?:[^_]|(?<=[0-9])_(?=[0-9]))*$/.test(s)) return null;
  return s.replaceAll('_', '');
}

/** x rounded to `ndigits` decimals (may be negative), half to even on the exact value; Infinity when it overflows.
 *  CPython: Objects/floatobject.c:double_round */
export function double_round(x: number, ndigits: number): number {
  if (!Number.isFinite(x)) return x;
  if (ndigits > 323) return x;
  if (ndigits < -308) return 0 * x;
  const magnitude = Math.abs(x);
  const rounded =
    ndigits >= 0 ? +fixed_digits(magnitude, ndigits) : +`${scaled_integer(magnitude, ndigits)}e${-ndigits}`;
  return is_negative(x) ? -rounded : rounded;
}
