// text.ts: decimals and their text forms.                                          CPython: Modules/_decimal/libmpdec/io.c

import {
  adjusted,
  cut_digits,
  Dec,
  digits_of,
  FINITE,
  finite,
  INFINITE,
  infinity,
  MAX_EMAX,
  pow10,
  QNAN,
  SNAN,
} from './number.ts';

const NUMBER = /^([-+])?(?:(\d*)(?:\.(\d*))?(?:e([-+]?\d+))?|(inf|infinity)|(s)?nan(\d*))$/i;

/** The number that a text (ASCII digits, no blanks) spells, or null. */
export function parse(text: string): Dec | null {
  const m = NUMBER.exec(text);
  if (m === null) return null;
  const neg = m[1] === '-';
  if (m[5] !== undefined) return infinity(neg);
  if (m[7] !== undefined) return new Dec(neg, m[6] !== undefined ? SNAN : QNAN, BigInt(m[7] || '0'), 0);
  const whole = m[2] ?? '';
  const part = m[3] ?? '';
  if (whole === '' && part === '') return null;
  let exp = -part.length;
  if (m[4] !== undefined) {
    const given = BigInt(m[4]);
    // Far beyond any limit all are alike.
    const most = 4n * MAX_EMAX;
    exp += Number(given > most ? most : given < -most ? -most : given);
  }
  return finite(neg, BigInt(whole + part), exp);
}

function special_text(a: Dec): string {
  if (a.kind === INFINITE) return 'Infinity';
  const payload = a.coef === 0n ? '' : a.coef.toString();
  return (a.kind === SNAN ? 'sNaN' : 'NaN') + payload;
}

/** Scientific or engineering notation. CPython: _mpd_to_string */
export function to_text(a: Dec, engineering: boolean, capitals: boolean): string {
  const sign = a.neg ? '-' : '';
  if (a.kind !== FINITE) return sign + special_text(a);
  const digits = a.coef.toString();
  const left = a.exp + digits.length;
  let point: number;
  if (a.exp <= 0 && left > -6) point = left;
  else if (!engineering) point = 1;
  else if (a.coef === 0n) point = mod3(left + 1) - 1;
  else point = mod3(left - 1) + 1;
  let whole: string;
  let part: string;
  if (point <= 0) {
    whole = '0';
    part = `.${'0'.repeat(-point)}${digits}`;
  } else if (point >= digits.length) {
    whole = digits + '0'.repeat(point - digits.length);
    part = '';
  } else {
    whole = digits.slice(0, point);
    part = `.${digits.slice(point)}`;
  }
  const e = left - point;
  if (e === 0) return sign + whole + part;
  return `${sign}${whole}${part}${capitals ? 'E' : 'e'}${e > 0 ? '+' : ''}${e}`;
}

function mod3(n: number): number {
  return ((n % 3) + 3) % 3;
}

// --- format() -----------------------------------------------------------------------------------------------------------

export interface FormatSpec {
  fill: string;
  align: string;
  sign: string;
  z: boolean;
  alternate: boolean;
  zero: boolean;
  width: number;
  grouping: string;
  precision: number | null;
  /** What stands between groups of three digits behind the point. */
  part_separator: string;
  type: string;
}

/** What a locale does with numbers. */
export interface NumberLocale {
  point: string;
  separator: string;
  /** Sizes of groups from the right; 0 or the end: the last is repeated; 127: no more. */
  grouping: number[];
}

/** No format is wider. */
const MAX_WIDTH = 2 ** 29;

const SPEC = /^(?:([\s\S]?)([<>=^]))?([-+ ])?(z)?(#)?(0)?(\d+)?([,_])?(?:\.(?=[\d,_])(\d+)?([,_])?)?([eEfFgGn%N])?$/u;

/** A format specification, or null if it is none. CPython: mpd_parse_fmt_str */
export function parse_format(text: string): FormatSpec | null {
  const m = SPEC.exec(text);
  if (m === null) return null;
  const [, fill, align, sign, z, alternate, zero, width, grouping, precision, part_separator, type] = m;
  if (zero !== undefined && align !== undefined) return null;
  if (Number(width ?? 0) > MAX_WIDTH || Number(precision ?? 0) > MAX_WIDTH) return null;
  if (type === 'n' || type === 'N') {
    if (grouping !== undefined || (part_separator !== undefined && precision === undefined)) return null;
  }
  return {
    fill: fill === undefined || fill === '' ? ' ' : fill,
    align: align ?? '',
    sign: sign ?? '-',
    z: z !== undefined,
    alternate: alternate !== undefined,
    zero: zero !== undefined,
    width: width === undefined ? 0 : Number(width),
    grouping: grouping ?? '',
    precision: precision === undefined ? null : Number(precision),
    part_separator: part_separator ?? '',
    type: type ?? '',
  };
}

function rescale(a: Dec, exp: number, round: number): Dec {
  if (a.exp >= exp) return finite(a.neg, a.coef * pow10(a.exp - exp), exp);
  return finite(a.neg, cut_digits(a.coef, exp - a.exp, a.neg, round), exp);
}

/** Rounds to so many significant digits. */
function round_digits(a: Dec, places: number, round: number): Dec {
  if (a.coef === 0n) return a;
  const r = rescale(a, adjusted(a) + 1 - places, round);
  if (digits_of(r.coef) > places && adjusted(r) !== adjusted(a)) return rescale(r, adjusted(r) + 1 - places, round);
  return r;
}

/** format(a, spec). CPython: mpd_qformat_spec */
export function format(a: Dec, spec: FormatSpec, round: number, capitals: boolean, locale: NumberLocale): string {
  let { type } = spec;
  if (type === '') type = capitals ? 'G' : 'g';
  if (type === 'n') type = 'g';
  if (type === 'N') type = 'G';
  let value = a;
  let body: string;
  let suffix = '';
  if (a.kind !== FINITE) {
    body = special_text(a);
    if (type === '%') suffix = '%';
    return aligned(sign_of(a.neg, spec), body + suffix, '', spec, { ...locale, separator: '', grouping: [] }, true);
  }
  if (type === '%') {
    value = finite(value.neg, value.coef, value.exp + 2);
    suffix = '%';
  }
  const { precision } = spec;
  if (precision !== null) {
    if (type === 'e' || type === 'E') value = round_digits(value, precision + 1, round);
    else if (type === 'f' || type === 'F' || type === '%') value = rescale(value, -precision, round);
    else if (digits_of(value.coef) > Math.max(precision, 1)) value = round_digits(value, Math.max(precision, 1), round);
  }
  if (value.coef === 0n && value.exp > 0 && 'fF%'.includes(type)) value = rescale(value, 0, round);
  let neg = value.neg;
  if (neg && value.coef === 0n && spec.z) neg = false;
  const digits = value.coef.toString();
  const left = value.exp + digits.length;
  let point: number;
  if (type === 'e' || type === 'E') {
    point = value.coef === 0n && precision !== null ? 1 - precision : 1;
  } else if (type === 'f' || type === 'F' || type === '%') point = left;
  else if (value.exp <= 0 && left > -6) point = left;
  else point = 1;
  let whole: string;
  let part: string;
  if (point < 0) {
    whole = '0';
    part = '0'.repeat(-point) + digits;
  } else if (point > digits.length) {
    whole = digits + '0'.repeat(point - digits.length);
    part = '';
  } else {
    whole = digits.slice(0, point) || '0';
    part = digits.slice(point);
  }
  const e = left - point;
  if (spec.part_separator !== '') part = part.replace(/...(?=.)/g, `$&${spec.part_separator}`);
  let tail = part === '' ? (spec.alternate ? locale.point : '') : locale.point + part;
  if (e !== 0 || type === 'e' || type === 'E') {
    const letter = type === 'e' || type === 'g' ? 'e' : 'E';
    tail += `${letter}${e < 0 ? '' : '+'}${e}`;
  }
  return aligned(sign_of(neg, spec), whole, tail + suffix, spec, locale, false);
}

function sign_of(neg: boolean, spec: FormatSpec): string {
  if (neg) return '-';
  return spec.sign === '-' ? '' : spec.sign;
}

/** Puts the separators in, at least to `width` characters with zeros. CPython: _mpd_add_sep_dot */
function group(whole: string, locale: NumberLocale, width: number): string {
  const { separator, grouping } = locale;
  if (separator === '' || grouping.length === 0 || grouping[0] === 0) return whole.padStart(width, '0');
  const groups: string[] = [];
  let left = whole;
  let room = width;
  for (let i = 0; ; i++) {
    // A zero repeats the size before; the end does so too.
    const end = grouping.indexOf(0);
    let size = grouping[Math.min(i, (end < 0 ? grouping.length : end) - 1)]!;
    if (size === 127) size = Math.max(left.length, room, 1);
    const n = Math.min(Math.max(left.length, room, 1), size);
    groups.push('0'.repeat(Math.max(0, n - left.length)) + left.slice(-n));
    left = left.slice(0, -n);
    room -= n;
    if (left === '' && room <= 0) break;
    room -= separator.length;
  }
  return groups.reverse().join(separator);
}

/** Sign, number and rest in the wanted width. */
function aligned(
  sign: string,
  whole: string,
  rest: string,
  spec: FormatSpec,
  locale: NumberLocale,
  special: boolean,
): string {
  const zeros = spec.zero && spec.align === '' && !special;
  const align = spec.align === '' ? (spec.zero ? (special ? '>' : '=') : '>') : spec.align;
  const fill = spec.zero && spec.align === '' ? (special ? ' ' : '0') : spec.fill;
  const least = zeros ? Math.max(0, spec.width - sign.length - rest.length) : 0;
  const body = group(whole, locale, special ? 0 : least) + rest;
  const missing = Math.max(0, spec.width - [...sign].length - [...body].length);
  if (missing === 0) return sign + body;
  if (align === '=') return sign + fill.repeat(missing) + body;
  if (align === '<') return sign + body + fill.repeat(missing);
  if (align === '^') {
    const before = Math.floor(missing / 2);
    return fill.repeat(before) + sign + body + fill.repeat(missing - before);
  }
  return fill.repeat(missing) + sign + body;
}
