// binascii.ts: bytes and their ASCII forms: hexadecimal, base64, uuencode, quoted-printable; cyclic redundancy checks.
//                                                                                       CPython: Modules/binascii.c
import { PyErr_SetString } from '../core/errors.ts';
import { decref, type PyObject, type PyTypeObject } from '../core/object.ts';
import { exception_spec, METH_CLINIC, type ModuleSpec, static_type } from '../core/spec.ts';
import { PyNumber_Index } from '../objects/abstract.ts';
import { hex_separator, hex_string } from '../objects/bytes_methods.ts';
import { PyBytes_FromUint8Array } from '../objects/bytesobject.ts';
import { PyUnicode_Check } from '../objects/checks.ts';
import { PyExc_Exception, PyExc_TypeError, PyExc_ValueError } from '../objects/exceptions.ts';
import { PyLong_AsBigInt, PyLong_FromLong } from '../objects/longobject.ts';
import { PyModule_AddObjectRef } from '../objects/moduleobject.ts';
import { PyUnicode_AsString } from '../objects/unicodeobject.ts';
import { type BytesView, c_bool, c_int, read_buffer, release, type_name } from './args.ts';

const binascii_Error: PyTypeObject = static_type(exception_spec('binascii.Error', () => PyExc_ValueError));

const binascii_Incomplete: PyTypeObject = static_type(exception_spec('binascii.Incomplete', () => PyExc_Exception));

function fail(message: string): never {
  return PyErr_SetString(binascii_Error, message);
}

/** Bytes of a bytes-like object or of an ASCII text. CPython: ascii_buffer_converter */
function ascii_bytes(o: PyObject): BytesView {
  if (PyUnicode_Check(o)) {
    const text = PyUnicode_AsString(o);
    const bytes = new Uint8Array(text.length);
    for (let i = 0; i < text.length; i++) {
      const c = text.charCodeAt(i);
      if (c > 127) PyErr_SetString(PyExc_ValueError, 'string argument should contain only ASCII characters');
      bytes[i] = c;
    }
    return { bytes, buffer: null };
  }
  if (o.ob_type.bf_getbuffer === null) {
    PyErr_SetString(PyExc_TypeError, `argument should be bytes, buffer or ASCII string, not '${type_name(o)}'`);
  }
  return read_buffer(o);
}

/** Runs `convert` over the bytes of an argument; a bytes object of what it gives. */
function converted(view: BytesView, convert: (bytes: Uint8Array) => Uint8Array | number[]): PyObject {
  try {
    return PyBytes_FromUint8Array(Uint8Array.from(convert(view.bytes)));
  } finally {
    release(view);
  }
}

// --- hexadecimal ------------------------------------------------------------------------------------------------------

function hexlify(_m: PyObject, data: PyObject, sep: PyObject | null, per_sep: PyObject | null): PyObject {
  const separator = hex_separator(sep);
  const group = per_sep === null ? 1 : c_int(per_sep);
  return converted(read_buffer(data), bytes => {
    const text = hex_string(bytes, separator, group);
    return Array.from(text, c => c.charCodeAt(0));
  });
}

function hex_value(c: number): number {
  if (c >= 48 && c <= 57) return c - 48;
  const lower = c | 32;
  return lower >= 97 && lower <= 102 ? lower - 87 : -1;
}

function unhexlify(_m: PyObject, data: PyObject): PyObject {
  return converted(ascii_bytes(data), bytes => {
    if (bytes.length % 2 !== 0) fail('Odd-length string');
    const out = new Uint8Array(bytes.length / 2);
    for (let i = 0; i < out.length; i++) {
      const high = hex_value(bytes[2 * i]!);
      const low = hex_value(bytes[2 * i + 1]!);
      if (high < 0 || low < 0) fail('Non-hexadecimal digit found');
      out[i] = high * 16 + low;
    }
    return out;
  });
}

// --- base64 -----------------------------------------------------------------------------------------------------------

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const PAD = 61;

function base64_values(): Int8Array {
  const table = new Int8Array(256).fill(-1);
  for (let i = 0; i < 64; i++) table[BASE64.charCodeAt(i)] = i;
  return table;
}

/** Anything but the alphabet is skipped, unless strict; padding counts only where the data ends. */
function decode_base64(bytes: Uint8Array, strict: boolean): number[] {
  const values = base64_values();
  const out: number[] = [];
  if (strict && bytes[0] === PAD) fail('Leading padding not allowed');
  let quad = 0;
  let bits = 0;
  let pads = 0;
  for (const c of bytes) {
    if (c === PAD) {
      pads++;
      if (!strict) continue;
      // No padding can help a single character.
      if (quad === 1) break;
      if (quad === 0 || quad + pads > 4) fail('Excess padding not allowed');
      continue;
    }
    const value = values[c]!;
    if (value < 0) {
      if (strict) fail('Only base64 data is allowed');
      continue;
    }
    if (pads > 0 && strict) fail(quad + pads === 4 ? 'Excess data after padding' : 'Discontinuous padding not allowed');
    pads = 0;
    bits = ((bits << 6) | value) & 0xffffff;
    quad = (quad + 1) & 3;
    // Every character after the first completes a byte.
    if (quad !== 1) out.push((bits >> (quad === 0 ? 0 : 6 - 2 * (quad - 1))) & 255);
  }
  if (quad === 1) {
    const count = Math.floor(out.length / 3) * 4 + 1;
    fail(`Invalid base64-encoded string: number of data characters (${count}) cannot be 1 more than a multiple of 4`);
  }
  if (quad !== 0 && quad + pads < 4) fail('Incorrect padding');
  return out;
}

function a2b_base64(_m: PyObject, data: PyObject, strict_mode: PyObject | null): PyObject {
  const strict = c_bool(strict_mode, false);
  return converted(ascii_bytes(data), bytes => decode_base64(bytes, strict));
}

function b2a_base64(_m: PyObject, data: PyObject, newline: PyObject | null): PyObject {
  const ended = c_bool(newline, true);
  return converted(read_buffer(data), bytes => {
    const out: number[] = [];
    for (let i = 0; i < bytes.length; i += 3) {
      const left = bytes.length - i;
      const bits = (bytes[i]! << 16) | ((left > 1 ? bytes[i + 1]! : 0) << 8) | (left > 2 ? bytes[i + 2]! : 0);
      out.push(BASE64.charCodeAt(bits >> 18), BASE64.charCodeAt((bits >> 12) & 63));
      out.push(left > 1 ? BASE64.charCodeAt((bits >> 6) & 63) : PAD, left > 2 ? BASE64.charCodeAt(bits & 63) : PAD);
    }
    if (ended) out.push(10);
    return out;
  });
}

// --- uuencode ---------------------------------------------------------------------------------------------------------

function decode_uu(bytes: Uint8Array): Uint8Array {
  if (bytes.length === 0) fail('Missing length byte');
  const out = new Uint8Array((bytes[0]! - 32) & 63);
  let at = 1;
  let length = 0;
  let bits = 0;
  let held = 0;
  while (length < out.length) {
    // A line whose trailing blanks were cut stands for zeros.
    const c = at < bytes.length ? bytes[at]! : 10;
    at++;
    let value = 0;
    if (c !== 10 && c !== 13) {
      if (c < 32 || c > 96) fail('Illegal char');
      value = (c - 32) & 63;
    }
    bits = ((bits << 6) | value) & 0xffff;
    held += 6;
    if (held >= 8) {
      held -= 8;
      out[length++] = (bits >> held) & 255;
    }
  }
  for (; at < bytes.length; at++) {
    const c = bytes[at]!;
    if (c !== 32 && c !== 96 && c !== 10 && c !== 13) fail('Trailing garbage');
  }
  return out;
}

function a2b_uu(_m: PyObject, data: PyObject): PyObject {
  return converted(ascii_bytes(data), decode_uu);
}

function b2a_uu(_m: PyObject, data: PyObject, backtick: PyObject | null): PyObject {
  const zero = c_bool(backtick, false) ? 96 : 32;
  return converted(read_buffer(data), bytes => {
    if (bytes.length > 45) fail('At most 45 bytes at once');
    const digit = (value: number): number => (value === 0 ? zero : value + 32);
    const out = [digit(bytes.length)];
    for (let i = 0; i < bytes.length; i += 3) {
      const bits = (bytes[i]! << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
      for (let shift = 18; shift >= 0; shift -= 6) out.push(digit((bits >> shift) & 63));
    }
    out.push(10);
    return out;
  });
}

// --- quoted-printable -------------------------------------------------------------------------------------------------

const TAB = 9;
const LF = 10;
const CR = 13;
const SPACE = 32;
const EQUALS = 61;
const UNDERSCORE = 95;
const MAX_LINE = 76;

function decode_qp(bytes: Uint8Array, header: boolean): number[] {
  const out: number[] = [];
  for (let i = 0; i < bytes.length; ) {
    const c = bytes[i++]!;
    if (c !== EQUALS) {
      out.push(header && c === UNDERSCORE ? SPACE : c);
      continue;
    }
    if (i >= bytes.length) break;
    const next = bytes[i]!;
    if (next === LF || next === CR) {
      // A soft line break vanishes.
      while (i < bytes.length && bytes[i] !== LF) i++;
      i++;
    } else if (next === EQUALS) {
      out.push(EQUALS);
      i++;
    } else if (i + 1 < bytes.length && hex_value(next) >= 0 && hex_value(bytes[i + 1]!) >= 0) {
      out.push(hex_value(next) * 16 + hex_value(bytes[i + 1]!));
      i += 2;
    } else out.push(EQUALS);
  }
  return out;
}

function a2b_qp(_m: PyObject, data: PyObject, header: PyObject | null): PyObject {
  const in_header = c_bool(header, false);
  return converted(ascii_bytes(data), bytes => decode_qp(bytes, in_header));
}

interface QuotedOptions {
  quotetabs: boolean;
  istext: boolean;
  header: boolean;
}

/** Whether the byte at i cannot stand for itself; `column` is its place in the line. */
function must_quote(bytes: Uint8Array, i: number, column: number, options: QuotedOptions): boolean {
  const c = bytes[i]!;
  const last = i + 1 === bytes.length;
  if (c > 126 || c === EQUALS || (options.header && c === UNDERSCORE)) return true;
  // A lone dot would end a mail.
  if (c === 46 && column === 0) return last || bytes[i + 1] === LF || bytes[i + 1] === CR || bytes[i + 1] === 0;
  if (c === LF || c === CR) return !options.istext;
  if (c === TAB || c === SPACE) return last || options.quotetabs;
  return c < 33;
}

function encode_qp(bytes: Uint8Array, options: QuotedOptions): number[] {
  const first_lf = bytes.indexOf(LF);
  const line_end = first_lf > 0 && bytes[first_lf - 1] === CR ? [CR, LF] : [LF];
  const out: number[] = [];
  const quote = (c: number): void => {
    out.push(EQUALS, '0123456789ABCDEF'.charCodeAt(c >> 4), '0123456789ABCDEF'.charCodeAt(c & 15));
  };
  let column = 0;
  const soft_break = (): void => {
    out.push(EQUALS, ...line_end);
    column = 0;
  };
  for (let i = 0; i < bytes.length; i++) {
    const c = bytes[i]!;
    if (must_quote(bytes, i, column, options)) {
      if (column + 3 >= MAX_LINE) soft_break();
      quote(c);
      column += 3;
    } else if (options.istext && (c === LF || (c === CR && bytes[i + 1] === LF))) {
      const before = out.at(-1);
      if (before === SPACE || before === TAB) {
        out.pop();
        quote(before);
      }
      out.push(...line_end);
      column = 0;
      if (c === CR) i++;
    } else {
      if (i + 1 !== bytes.length && bytes[i + 1] !== LF && column + 1 >= MAX_LINE) soft_break();
      column++;
      out.push(options.header && c === SPACE ? UNDERSCORE : c);
    }
  }
  return out;
}

type Arg = PyObject | null;

function b2a_qp(_m: PyObject, data: PyObject, quotetabs: Arg, istext: Arg, header: Arg): PyObject {
  const options = { quotetabs: c_bool(quotetabs, false), istext: c_bool(istext, true), header: c_bool(header, false) };
  return converted(read_buffer(data), bytes => encode_qp(bytes, options));
}

// --- checksums --------------------------------------------------------------------------------------------------------

/** The low bits of an integer argument. */
function masked(o: PyObject, bits: number): number {
  const index = PyNumber_Index(o);
  const value = Number(BigInt.asUintN(bits, PyLong_AsBigInt(index)));
  decref(index);
  return value;
}

const tables: { crc32: Uint32Array | null } = { crc32: null };

function crc32_table(): Uint32Array {
  if (tables.crc32 !== null) return tables.crc32;
  const table = new Uint32Array(256);
  for (let n = 0; n < 256; n++) {
    let c = n;
    for (let k = 0; k < 8; k++) c = (c & 1) !== 0 ? (c >>> 1) ^ 0xedb88320 : c >>> 1;
    table[n] = c;
  }
  tables.crc32 = table;
  return table;
}

/** The CRC that zip and gzip use. */
export function crc32_of(bytes: Uint8Array, start: number): number {
  const table = crc32_table();
  let c = ~start;
  for (let i = 0; i < bytes.length; i++) c = (c >>> 8) ^ table[(c ^ bytes[i]!) & 255]!;
  return ~c >>> 0;
}

function crc32(_m: PyObject, data: PyObject, crc: PyObject | null): PyObject {
  const start = crc === null ? 0 : masked(crc, 32);
  const view = read_buffer(data);
  try {
    return PyLong_FromLong(crc32_of(view.bytes, start));
  } finally {
    release(view);
  }
}

/** CRC-CCITT as BinHex has it. */
function crc_hqx(_m: PyObject, data: PyObject, crc: PyObject): PyObject {
  let c = masked(crc, 16);
  const view = read_buffer(data);
  try {
    for (const byte of view.bytes) {
      c ^= byte << 8;
      for (let k = 0; k < 8; k++) c = (c & 0x8000) !== 0 ? ((c << 1) ^ 0x1021) & 0xffff : c << 1;
    }
    return PyLong_FromLong(c);
  } finally {
    release(view);
  }
}

const HEX_SIGNATURE = '($module, /, data, sep=<unrepresentable>, bytes_per_sep=1)';

export const module: ModuleSpec = {
  name: 'binascii',
  doc: 'Conversion between bytes and their forms in ASCII.',
  types: () => [binascii_Error, binascii_Incomplete],
  methods: [
    { name: 'a2b_uu', flags: METH_CLINIC, meth: a2b_uu, sig: '($module, data, /)' },
    { name: 'b2a_uu', flags: METH_CLINIC, meth: b2a_uu, sig: '($module, data, /, *, backtick=False)' },
    { name: 'a2b_base64', flags: METH_CLINIC, meth: a2b_base64, sig: '($module, data, /, *, strict_mode=False)' },
    { name: 'b2a_base64', flags: METH_CLINIC, meth: b2a_base64, sig: '($module, data, /, *, newline=True)' },
    { name: 'a2b_hex', flags: METH_CLINIC, meth: unhexlify, sig: '($module, hexstr, /)' },
    { name: 'b2a_hex', flags: METH_CLINIC, meth: hexlify, sig: HEX_SIGNATURE },
    { name: 'hexlify', flags: METH_CLINIC, meth: hexlify, sig: HEX_SIGNATURE },
    { name: 'unhexlify', flags: METH_CLINIC, meth: unhexlify, sig: '($module, hexstr, /)' },
    { name: 'crc_hqx', flags: METH_CLINIC, meth: crc_hqx, sig: '($module, data, crc, /)' },
    { name: 'crc32', flags: METH_CLINIC, meth: crc32, sig: '($module, data, crc=0, /)' },
    { name: 'a2b_qp', flags: METH_CLINIC, meth: a2b_qp, sig: '($module, /, data, header=False)' },
    {
      name: 'b2a_qp',
      flags: METH_CLINIC,
      meth: b2a_qp,
      sig: '($module, /, data, quotetabs=False, istext=True, header=False)',
    },
  ],
  exec: m => {
    PyModule_AddObjectRef(m, 'Error', binascii_Error);
    PyModule_AddObjectRef(m, 'Incomplete', binascii_Incomplete);
  },
};
