// formatter.ts: the format mini-language of int, float, complex and str.       CPython: Python/formatter_unicode.c
//
// A spec is parsed into a FormatSpec once per call; the parsed specs of recent texts are kept, since programs format in
// loops. Texts are handled as JS strings or, where an astral character takes part, as arrays of one-character strings.
// Enter through: format_str, format_long, format_float, format_complex (spec: a str object, empty or not).

import { PyErr_SetNone, PyErr_SetString } from '../core/errors.ts';
import { reserve } from '../core/memory_limit.ts';
import { newref, type PyObject } from '../core/object.ts';
import type { Complex } from './complexobject.ts';
import { PyExc_MemoryError, PyExc_OverflowError, PyExc_ValueError } from './exceptions.ts';
import type { LongValue } from './longobject/arith.ts';
import { decimal_value, long_format_base, long_to_decimal } from './longobject/convert.ts';
import { long_as_double } from './longobject.ts';
import { is_negative, Py_DTSF_ADD_DOT_0, Py_DTSF_ALT, Py_DTSF_NO_NEG_0, PyOS_double_to_string } from './pystrtod.ts';
import { PyUnicode_FromCodePoints, PyUnicode_FromString, unicode_from_bmp } from './unicodeobject.ts';

/** Longest string that JavaScript can make. */
const MAX_STRING = 0x1fffffe8;

const NO_GROUPING = '';

class FormatSpec {
  fill = ' ';
  /** '<', '>', '=' or '^'. */
  align = '>';
  /** '+', '-', ' ' or '' when not given. */
  sign = '';
  no_neg_0 = false;
  alternate = false;
  /** -1 when not given. */
  width = -1;
  precision = -1;
  /** ',', '_' or '' for the integer part; `group` digits a group. */
  thousands = NO_GROUPING;
  group = 3;
  /** The same for the digits after the point. */
  frac_thousands = NO_GROUPING;
  /** One character, '' when not given and the type has no default. */
  type = '';
}

function value_error(message: string): never {
  PyErr_SetString(PyExc_ValueError, message);
}

/** A character as messages show it: printable ASCII itself, else \x and hexadecimal digits. */
function shown(c: string): string {
  const code = c.codePointAt(0)!;
  return code > 32 && code < 128 ? c : `\\x${code.toString(16)}`;
}

function unknown_code(type: string, type_name: string): never {
  value_error(`Unknown format code '${shown(type)}' for object of type '${type_name}'`);
}

function is_align(c: string | undefined): boolean {
  return c === '<' || c === '>' || c === '=' || c === '^';
}

/** The characters of a str: its JS string, or an array where it has astral characters or surrogates. */
function chars_of(o: PyObject): string | string[] {
  const text = o.v as string | Uint32Array;
  return typeof text === 'string' ? text : Array.from(text, c => String.fromCodePoint(c));
}

const specs = new Map<string, FormatSpec>();

/** CPython: parse_internal_render_format_spec */
function parse_spec(o: PyObject, type_name: string, default_type: string, default_align: string): FormatSpec {
  if (typeof o.v !== 'string') return parse_spec_chars(chars_of(o), type_name, default_type, default_align);
  const key = default_type + default_align + o.v;
  let spec = specs.get(key);
  if (spec === undefined) {
    spec = parse_spec_chars(o.v, type_name, default_type, default_align);
    if (specs.size >= 256) specs.clear();
    specs.set(key, spec);
  }
  return spec;
}

/** Reads digits from `at`; the place after them and the value, -1 without digits. */
function parse_integer(s: string | string[], at: number): { end: number; value: number } {
  let value = 0;
  let end = at;
  for (; end < s.length; end++) {
    const digit = decimal_value(s[end]!.codePointAt(0)!);
    if (digit < 0) break;
    if (value > 922337203685477500) {
      value_error('Too many decimal digits in format string');
    }
    value = value * 10 + digit;
  }
  return { end, value: end === at ? -1 : value };
}

function parse_spec_chars(
  s: string | string[],
  type_name: string,
  default_type: string,
  default_align: string,
): FormatSpec {
  const spec = new FormatSpec();
  spec.type = default_type;
  spec.align = default_align;
  let pos = 0;
  let fill_given = false;
  let align_given = false;
  if (s.length >= 2 && is_align(s[1])) {
    spec.fill = s[0]!;
    spec.align = s[1]!;
    fill_given = true;
    align_given = true;
    pos = 2;
  } else if (s.length >= 1 && is_align(s[0])) {
    spec.align = s[0]!;
    align_given = true;
    pos = 1;
  }
  if (s[pos] === '+' || s[pos] === '-' || s[pos] === ' ') spec.sign = s[pos++]!;
  if (s[pos] === 'z') {
    spec.no_neg_0 = true;
    pos++;
  }
  if (s[pos] === '#') {
    spec.alternate = true;
    pos++;
  }
  if (!fill_given && s[pos] === '0') {
    spec.fill = '0';
    if (!align_given && default_align === '>') spec.align = '=';
    pos++;
  }
  const width = parse_integer(s, pos);
  spec.width = width.value;
  pos = width.end;
  if (s[pos] === ',' || s[pos] === '_') {
    spec.thousands = s[pos]!;
    pos = after_separator(s, pos);
  }
  if (s[pos] === '.') {
    const precision = parse_integer(s, pos + 1);
    spec.precision = precision.value;
    pos = precision.end;
    if (s[pos] === ',' || s[pos] === '_') {
      spec.frac_thousands = s[pos]!;
      pos = after_separator(s, pos);
    } else if (spec.precision < 0) value_error('Format specifier missing precision');
  }
  if (s.length - pos > 1) {
    value_error(
      `Invalid format specifier '${typeof s === 'string' ? s : s.join('')}' for object of type '${type_name}'`,
    );
  }
  if (s.length - pos === 1) spec.type = s[pos]!;
  check_separators(spec);
  return spec;
}

/** Steps over a thousands separator; a second, other one is an error. */
function after_separator(s: string | string[], pos: number): number {
  const next = s[pos + 1];
  if ((next === ',' || next === '_') && next !== s[pos]) value_error("Cannot specify both ',' and '_'.");
  return pos + 1;
}

function check_separators(spec: FormatSpec): void {
  if (spec.thousands !== '') {
    if (
      'bBoOxX'.includes(spec.type) &&
      spec.type !== 'B' &&
      spec.type !== 'O' &&
      spec.type !== '' &&
      spec.thousands === '_'
    ) {
      spec.group = 4;
    } else if (spec.type !== '' && !'defgEFG%'.includes(spec.type)) {
      value_error(`Cannot specify '${spec.thousands}' with '${shown(spec.type)}'.`);
    }
  }
  if (spec.type === 'n' && spec.frac_thousands !== '') {
    value_error(`Cannot specify '${spec.frac_thousands}' with '${shown(spec.type)}'.`);
  }
}

// --- padding --------------------------------------------------------------------------------------------------------

function check_length(n: number): void {
  if (n > MAX_STRING) PyErr_SetNone(PyExc_MemoryError);
  reserve(n);
}

/** Pads `body` (`length` characters) to the width. */
function pad(body: string, length: number, spec: FormatSpec): string {
  const total = spec.width - length;
  if (total <= 0) return body;
  check_length(spec.width * spec.fill.length);
  switch (spec.align) {
    case '>':
      return spec.fill.repeat(total) + body;
    case '^': {
      const left = Math.floor(total / 2);
      return spec.fill.repeat(left) + body + spec.fill.repeat(total - left);
    }
    default:
      return body + spec.fill.repeat(total);
  }
}

/** Inserts separators from the right; with a minimum width, zeros go in front first. CPython: _PyUnicode_InsertThousandsGrouping */
function group_digits(digits: string, separator: string, group: number, min_width: number): string {
  if (separator === '' || digits === '') return digits.length >= min_width ? digits : digits.padStart(min_width, '0');
  if (min_width > 0) {
    // The fewest digits whose grouped form reaches the width; a separator never comes first.
    const wanted = min_width - Math.floor((min_width - 1) / (group + 1));
    if (digits.length < wanted) digits = digits.padStart(wanted, '0');
  }
  if (digits.length <= group) return digits;
  const parts: string[] = [];
  const first = digits.length % group;
  if (first > 0) parts.push(digits.slice(0, first));
  for (let i = first; i < digits.length; i += group) parts.push(digits.slice(i, i + group));
  return parts.join(separator);
}

/** Inserts separators from the left. */
function group_fraction(digits: string, separator: string): string {
  if (separator === '' || digits.length <= 3) return digits;
  const parts: string[] = [];
  for (let i = 0; i < digits.length; i += 3) parts.push(digits.slice(i, i + 3));
  return parts.join(separator);
}

/** Lays a number out: sign, prefix, grouped digits and the rest, padded. CPython: calc_number_widths, fill_number */
function layout_number(negative: boolean, prefix: string, digits: string, rest: string, spec: FormatSpec): string {
  const sign = negative ? '-' : spec.sign === '+' ? '+' : spec.sign === ' ' ? ' ' : '';
  const fixed = sign.length + prefix.length + rest.length;
  check_length(spec.width);
  const min_width = spec.fill === '0' && spec.align === '=' ? spec.width - fixed : 0;
  const grouped = group_digits(digits, spec.thousands, spec.group, min_width);
  const length = fixed + grouped.length;
  if (length >= spec.width) return sign + prefix + grouped + rest;
  if (spec.align === '=') {
    check_length(spec.width * spec.fill.length);
    return sign + prefix + spec.fill.repeat(spec.width - length) + grouped + rest;
  }
  return pad(sign + prefix + grouped + rest, length, spec);
}

function result_of(s: string, spec: FormatSpec): PyObject {
  return spec.fill.length === 1 && !is_surrogate(spec.fill) ? unicode_from_bmp(s) : PyUnicode_FromString(s);
}

function is_surrogate(c: string): boolean {
  const code = c.charCodeAt(0);
  return code >= 0xd800 && code <= 0xdfff;
}

// --- str ------------------------------------------------------------------------------------------------------------

/** format(str, spec). CPython: format_string_internal */
export function format_str(o: PyObject, spec_object: PyObject): PyObject {
  const spec = parse_spec(spec_object, type_name(o), 's', '<');
  if (spec.type !== 's') unknown_code(spec.type, type_name(o));
  if (spec.sign !== '') {
    value_error(`${spec.sign === ' ' ? 'Space' : 'Sign'} not allowed in string format specifier`);
  }
  if (spec.no_neg_0) value_error('Negative zero coercion (z) not allowed in string format specifier');
  if (spec.alternate) value_error('Alternate form (#) not allowed in string format specifier');
  if (spec.align === '=') value_error("'=' alignment not allowed in string format specifier");
  const text = o.v as string | Uint32Array;
  const length = spec.precision >= 0 && spec.precision < text.length ? spec.precision : text.length;
  const total = spec.width - length;
  if (total <= 0 && length === text.length) return newref(o);
  if (total > 0) check_length(spec.width);
  const left = total <= 0 || spec.align === '<' ? 0 : spec.align === '>' ? total : Math.floor(total / 2);
  const right = total <= 0 ? 0 : total - left;
  if (typeof text === 'string' && spec.fill.length === 1 && !is_surrogate(spec.fill)) {
    const body = length === text.length ? text : text.slice(0, length);
    return unicode_from_bmp(spec.fill.repeat(left) + body + spec.fill.repeat(right));
  }
  const points = new Uint32Array(left + length + right).fill(spec.fill.codePointAt(0)!);
  for (let i = 0; i < length; i++) points[left + i] = typeof text === 'string' ? text.charCodeAt(i) : text[i]!;
  return PyUnicode_FromCodePoints(points);
}

function type_name(o: PyObject): string {
  return o.ob_type.tp_name;
}

// --- int ------------------------------------------------------------------------------------------------------------

/** format(int, spec). CPython: format_long_internal, _PyLong_FormatAdvancedWriter */
export function format_long(o: PyObject, spec_object: PyObject): PyObject {
  const spec = parse_spec(spec_object, type_name(o), 'd', '>');
  const value = o.v as LongValue;
  switch (spec.type) {
    case 'b':
    case 'c':
    case 'd':
    case 'o':
    case 'x':
    case 'X':
    case 'n':
      return format_integer(value, spec);
    case 'e':
    case 'E':
    case 'f':
    case 'F':
    case 'g':
    case 'G':
    case '%':
      return result_of(format_double(long_as_double(o), spec), spec);
    default:
      unknown_code(spec.type, type_name(o));
  }
}

function format_integer(value: LongValue, spec: FormatSpec): PyObject {
  if (spec.precision !== -1) value_error('Precision not allowed in integer format specifier');
  if (spec.no_neg_0) value_error('Negative zero coercion (z) not allowed in integer format specifier');
  if (spec.type === 'c') return format_character(value, spec);
  const base = spec.type === 'b' ? 2 : spec.type === 'o' ? 8 : spec.type === 'd' || spec.type === 'n' ? 10 : 16;
  let digits = base === 10 ? long_to_decimal(value) : long_format_base(value, base, false);
  const negative = value < 0;
  if (negative) digits = digits.slice(1);
  let prefix = spec.alternate && base !== 10 ? (base === 2 ? '0b' : base === 8 ? '0o' : '0x') : '';
  if (spec.type === 'X') {
    digits = digits.toUpperCase();
    prefix = prefix.toUpperCase();
  }
  return result_of(layout_number(negative, prefix, digits, '', spec), spec);
}

function format_character(value: LongValue, spec: FormatSpec): PyObject {
  if (spec.sign !== '') value_error("Sign not allowed with integer format specifier 'c'");
  if (spec.alternate) value_error("Alternate form (#) not allowed with integer format specifier 'c'");
  if (value > 0x7fffffffffffffffn || value < -0x8000000000000000n) {
    PyErr_SetString(PyExc_OverflowError, 'Python int too large to convert to C long');
  }
  if (value < 0 || value > 0x10ffff) PyErr_SetString(PyExc_OverflowError, '%c arg not in range(0x110000)');
  const total = Math.max(spec.width - 1, 0);
  check_length(spec.width);
  const left = spec.align === '>' || spec.align === '=' ? total : spec.align === '^' ? Math.floor(total / 2) : 0;
  const points = new Uint32Array(total + 1).fill(spec.fill.codePointAt(0)!);
  points[left] = Number(value);
  return PyUnicode_FromCodePoints(points);
}

// --- float ----------------------------------------------------------------------------------------------------------

/** format(float, spec). CPython: _PyFloat_FormatAdvancedWriter */
export function format_float(o: PyObject, spec_object: PyObject): PyObject {
  const spec = parse_spec(spec_object, type_name(o), '', '>');
  if (spec.type !== '' && !'eEfFgGn%'.includes(spec.type)) unknown_code(spec.type, type_name(o));
  return result_of(format_double(o.v as number, spec), spec);
}

function check_precision(spec: FormatSpec): void {
  if (spec.precision > 0x7fffffff) value_error('precision too big');
  check_length(spec.precision);
}

/** CPython: format_float_internal */
function format_double(x: number, spec: FormatSpec): string {
  check_precision(spec);
  let { precision, type } = spec;
  let flags = spec.alternate ? Py_DTSF_ALT : 0;
  if (spec.no_neg_0) flags |= Py_DTSF_NO_NEG_0;
  let suffix = '';
  if (type === '') {
    flags |= Py_DTSF_ADD_DOT_0;
    type = precision >= 0 ? 'g' : 'r';
  } else if (type === 'n') type = 'g';
  else if (type === '%') {
    type = 'f';
    x *= 100;
    suffix = '%';
  }
  if (precision < 0) precision = 6;
  const { negative, digits, rest } = split_number(PyOS_double_to_string(x, type, precision, flags), spec);
  return layout_number(negative, '', digits, rest + suffix, spec);
}

/** Sign, integer digits, and the rest with its digits after the point grouped. CPython: parse_number */
function split_number(text: string, spec: FormatSpec): { negative: boolean; digits: string; rest: string } {
  const negative = text.charCodeAt(0) === 45;
  const start = negative ? 1 : 0;
  let end = start;
  while (end < text.length && is_digit(text.charCodeAt(end))) end++;
  let rest = text.slice(end);
  if (spec.frac_thousands !== '' && rest.charCodeAt(0) === 46) {
    let stop = 1;
    while (stop < rest.length && is_digit(rest.charCodeAt(stop))) stop++;
    rest = `.${group_fraction(rest.slice(1, stop), spec.frac_thousands)}${rest.slice(stop)}`;
  }
  return { negative, digits: text.slice(start, end), rest };
}

function is_digit(c: number): boolean {
  return c >= 48 && c <= 57;
}

// --- complex --------------------------------------------------------------------------------------------------------

/** format(complex, spec). CPython: format_complex_internal */
export function format_complex(o: PyObject, spec_object: PyObject): PyObject {
  const spec = parse_spec(spec_object, type_name(o), '', '>');
  let { type } = spec;
  if (type !== '' && !'eEfFgGn'.includes(type)) unknown_code(type, type_name(o));
  const { real, imag } = o.v as Complex;
  check_precision(spec);
  if (spec.fill === '0') value_error('Zero padding is not allowed in complex format specifier');
  if (spec.align === '=') value_error("'=' alignment flag is not allowed in complex format specifier");
  let flags = spec.alternate ? Py_DTSF_ALT : 0;
  if (spec.no_neg_0) flags |= Py_DTSF_NO_NEG_0;
  let skip_real = false;
  let parentheses = false;
  if (type === '') {
    type = spec.precision >= 0 ? 'g' : 'r';
    if (real === 0 && !is_negative(real)) skip_real = true;
    else parentheses = true;
  } else if (type === 'n') type = 'g';
  const precision = spec.precision < 0 ? 6 : spec.precision;
  const part = new FormatSpec();
  part.thousands = spec.thousands;
  part.frac_thousands = spec.frac_thousands;
  part.sign = spec.sign;
  let body = '';
  if (!skip_real) {
    const re = split_number(PyOS_double_to_string(real, type, precision, flags), spec);
    body = layout_number(re.negative, '', re.digits, re.rest, part);
    part.sign = '+';
  }
  const im = split_number(PyOS_double_to_string(imag, type, precision, flags), spec);
  body += `${layout_number(im.negative, '', im.digits, im.rest, part)}j`;
  if (parentheses) body = `(${body})`;
  return result_of(pad(body, body.length, spec), spec);
}
