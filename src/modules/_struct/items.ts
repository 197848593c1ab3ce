// items.ts: packing and unpacking one item of a struct.                               CPython: Modules/_struct.c

import { PyErr_Clear, PyErr_ExceptionMatches, PyErr_SetString } from '../../core/errors.ts';
import { decref, newref, type PyObject } from '../../core/object.ts';
import { PyNumber_Index } from '../../objects/abstract.ts';
import { PyBool_FromLong } from '../../objects/boolobject.ts';
import { bytearray_bytes, PyByteArray_Check } from '../../objects/bytearrayobject.ts';
import { PyBytes_FromUint8Array } from '../../objects/bytesobject.ts';
import { PyBytes_Check, PyLong_Check } from '../../objects/checks.ts';
import { PyComplex_AsCComplex, PyComplex_FromDoubles } from '../../objects/complexobject.ts';
import { PyExc_OverflowError, PyExc_TypeError } from '../../objects/exceptions.ts';
import { PyFloat_AsDouble, PyFloat_FromDouble, round_half_even } from '../../objects/floatobject.ts';
import type { LongValue } from '../../objects/longobject/arith.ts';
import { read_int32, read_int64, write_bytes } from '../../objects/longobject/convert.ts';
import { PyLong_FromLong, PyLong_FromValue, PyLong_Type } from '../../objects/longobject.ts';
import { PyObject_IsTrue } from '../../objects/object.ts';
import { is_negative } from '../../objects/pystrtod.ts';
import { struct_error } from './error.ts';
import type { FormatCode } from './format.ts';

/** A double as a half-precision number, or -1 when too large. CPython: PyFloat_Pack2 */
function half_bits(x: number): number {
  const sign = is_negative(x) ? 0x8000 : 0;
  const a = Math.abs(x);
  if (Number.isNaN(x)) return 0x7e00;
  if (a === Infinity) return sign | 0x7c00;
  if (a < 2 ** -14) return sign | round_half_even(a * 2 ** 24); // may round up to the smallest normal number
  if (a >= 65520) return -1;
  let e = Math.floor(Math.log2(a));
  if (2 ** e > a) e--;
  else if (2 ** (e + 1) <= a) e++;
  const fraction = round_half_even((a / 2 ** e) * 1024);
  return sign + ((e + 15) << 10) + fraction - 1024;
}

/** CPython: PyFloat_Unpack2 */
function half_value(bits: number): number {
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  let x: number;
  if (exponent === 31) x = fraction === 0 ? Infinity : NaN;
  else if (exponent === 0) x = fraction * 2 ** -24;
  else x = (1024 + fraction) * 2 ** (exponent - 25);
  return (bits & 0x8000) !== 0 ? -x : x;
}

/** A number on its way from or to bytes: a view of the bytes themselves would take longer to make than to use. */
const scratch = /* @__PURE__ */ new DataView(/* @__PURE__ */ new ArrayBuffer(8));

/** Copies the scratch's first bytes to others, and the other way round. */
function put_scratch(out: Uint8Array, at: number, size: number): void {
  for (let i = 0; i < size; i++) out[at + i] = scratch.getUint8(i);
}

function take_scratch(data: Uint8Array, at: number, size: number): void {
  for (let i = 0; i < size; i++) scratch.setUint8(i, data[at + i]!);
}

// --- packing --------------------------------------------------------------------------------------------------------

/** An argument as an int; struct.error if it is none. Owned. CPython: get_pylong */
function get_int(o: PyObject): PyObject {
  if (PyLong_Check(o)) return newref(o);
  if (o.ob_type.nb_index === null) PyErr_SetString(struct_error, 'required argument is not an integer');
  return PyNumber_Index(o);
}

function pack_int(out: Uint8Array, at: number, code: FormatCode, little: boolean, o: PyObject): void {
  const index = get_int(o);
  const v = index.v as LongValue;
  decref(index);
  // What is no bigint is below 2 ** 53, so the rounding of `high` does not matter.
  if (typeof v !== 'number' || v < code.low || v > code.high) check_range(v, code);
  write_bytes(v, out, at, code.size, little);
}

function check_range(v: LongValue, code: FormatCode): void {
  const bits = BigInt(8 * code.size);
  if (code.letter === 'P') {
    if (v > (1n << 64n) - 1n || v < -(1n << 63n)) PyErr_SetString(struct_error, 'int too large to convert');
    return;
  }
  const low = code.signed ? -(1n << (bits - 1n)) : 0n;
  const high = (1n << (code.signed ? bits - 1n : bits)) - 1n;
  if (v < low || v > high) {
    PyErr_SetString(struct_error, `'${code.letter}' format requires ${low} <= number <= ${high}`);
  }
}

function as_double(o: PyObject): number {
  try {
    return PyFloat_AsDouble(o);
  } catch (e) {
    if (PyLong_Check(o) && PyErr_ExceptionMatches(e, PyExc_OverflowError)) {
      PyErr_Clear(e);
      PyErr_SetString(struct_error, 'required argument is not a float');
    }
    if (PyErr_ExceptionMatches(e, PyExc_TypeError)) {
      PyErr_Clear(e);
      PyErr_SetString(struct_error, 'required argument is not a float');
    }
    throw e;
  }
}

function float_too_large(letter: string, o: PyObject): never {
  if (PyLong_Check(o)) PyErr_SetString(struct_error, 'int too large to convert');
  PyErr_SetString(PyExc_OverflowError, `float too large to pack with ${letter} format`);
}

function write_float(out: Uint8Array, at: number, size: number, little: boolean, x: number, o: PyObject): void {
  if (size === 2) {
    const bits = half_bits(x);
    if (bits < 0) float_too_large('e', o);
    scratch.setUint16(0, bits, little);
  } else if (size === 4) {
    if (!Number.isFinite(Math.fround(x)) && Number.isFinite(x)) float_too_large('f', o);
    scratch.setFloat32(0, x, little);
  } else scratch.setFloat64(0, x, little);
  put_scratch(out, at, size);
}

/** Bytes of an argument for 's' or 'p'. */
function string_bytes(letter: string, o: PyObject): Uint8Array {
  if (PyBytes_Check(o)) return o.v as Uint8Array;
  if (PyByteArray_Check(o)) return bytearray_bytes(o);
  PyErr_SetString(struct_error, `argument for '${letter}' must be a bytes object`);
}

/** Writes the items of a code from args[next] on. */
export function pack_items(
  out: Uint8Array,
  at: number,
  code: FormatCode,
  little: boolean,
  args: readonly PyObject[],
  next: number,
): void {
  const { size, low, high } = code;
  for (let i = 0; i < code.repeat; i++, at += size) {
    const o = args[next + i]!;
    const v = o.v as LongValue;
    if (!code.is_int || o.ob_type !== PyLong_Type || typeof v !== 'number' || v < low || v > high) {
      pack_item(out, at, code, little, o);
    } else if (size === 1) out[at] = v;
    else if (size === 2) write_int16(out, at, v, little);
    else if (size === 4) write_int32(out, at, v | 0, little);
    else {
      write_int32(out, little ? at : at + 4, v | 0, little);
      write_int32(out, little ? at + 4 : at, Math.floor(v / 4294967296) | 0, little);
    }
  }
}

function write_int16(out: Uint8Array, at: number, n: number, little: boolean): void {
  out[at] = little ? n : n >> 8;
  out[at + 1] = little ? n >> 8 : n;
}

function write_int32(out: Uint8Array, at: number, n: number, little: boolean): void {
  if (little) {
    out[at] = n;
    out[at + 1] = n >> 8;
    out[at + 2] = n >> 16;
    out[at + 3] = n >> 24;
  } else {
    out[at] = n >> 24;
    out[at + 1] = n >> 16;
    out[at + 2] = n >> 8;
    out[at + 3] = n;
  }
}

/** Writes one item at an offset. */
function pack_item(out: Uint8Array, at: number, code: FormatCode, little: boolean, o: PyObject): void {
  switch (code.letter) {
    case 'c':
      if (!PyBytes_Check(o) || (o.v as Uint8Array).length !== 1) {
        PyErr_SetString(struct_error, 'char format requires a bytes object of length 1');
      }
      out[at] = (o.v as Uint8Array)[0]!;
      return;
    case 's': {
      const bytes = string_bytes('s', o);
      out.set(bytes.length > code.size ? bytes.subarray(0, code.size) : bytes, at);
      return;
    }
    case 'p': {
      const bytes = string_bytes('p', o);
      if (code.size === 0) return;
      const n = Math.min(bytes.length, code.size - 1);
      out[at] = Math.min(n, 255);
      out.set(bytes.subarray(0, n), at + 1);
      return;
    }
    case '?':
      out[at] = PyObject_IsTrue(o) ? 1 : 0;
      return;
    case 'e':
    case 'f':
    case 'd':
      write_float(out, at, code.size, little, as_double(o), o);
      return;
    case 'F':
    case 'D':
      pack_complex(out, at, code, little, o);
      return;
    default:
      pack_int(out, at, code, little, o);
  }
}

function pack_complex(out: Uint8Array, at: number, code: FormatCode, little: boolean, o: PyObject): void {
  let z: { real: number; imag: number };
  try {
    z = PyComplex_AsCComplex(o);
  } catch (e) {
    if (PyErr_ExceptionMatches(e, PyExc_TypeError)) {
      PyErr_Clear(e);
      PyErr_SetString(struct_error, 'required argument is not a complex');
    }
    throw e;
  }
  const half = code.size / 2;
  // (what is too large for a float is infinite, but for big-endian ones)
  const value = (x: number): number => (half === 4 && little ? Math.fround(x) : x);
  write_float(out, at, half, little, value(z.real), o);
  write_float(out, at + half, half, little, value(z.imag), o);
}

// --- unpacking ------------------------------------------------------------------------------------------------------

function read_float(data: Uint8Array, at: number, size: number, little: boolean): number {
  take_scratch(data, at, size);
  if (size === 2) return half_value(scratch.getUint16(0, little));
  return size === 4 ? scratch.getFloat32(0, little) : scratch.getFloat64(0, little);
}

/** Reads the items of a code, to items[next] and on. */
export function unpack_items(
  items: (PyObject | null)[],
  next: number,
  data: Uint8Array,
  at: number,
  code: FormatCode,
  little: boolean,
): void {
  const { size, repeat } = code;
  if (code.is_int) for (let i = 0; i < repeat; i++) items[next + i] = unpack_int(data, at + i * size, code, little);
  else for (let i = 0; i < repeat; i++) items[next + i] = unpack_item(data, at + i * size, code, little);
}

/** Reads one item at an offset. */
function unpack_item(data: Uint8Array, at: number, code: FormatCode, little: boolean): PyObject {
  switch (code.letter) {
    case 'c':
      return PyBytes_FromUint8Array(data.slice(at, at + 1));
    case 's':
      return PyBytes_FromUint8Array(data.slice(at, at + code.size));
    case 'p': {
      const n = code.size === 0 ? 0 : Math.min(data[at]!, code.size - 1);
      return PyBytes_FromUint8Array(data.slice(at + 1, at + 1 + n));
    }
    case '?':
      return PyBool_FromLong(data[at] !== 0);
    case 'e':
    case 'f':
    case 'd':
      return PyFloat_FromDouble(read_float(data, at, code.size, little));
    case 'F':
    case 'D': {
      const half = code.size / 2;
      return PyComplex_FromDoubles(read_float(data, at, half, little), read_float(data, at + half, half, little));
    }
    default:
      return unpack_int(data, at, code, little);
  }
}

function unpack_int(data: Uint8Array, at: number, code: FormatCode, little: boolean): PyObject {
  switch (code.size) {
    case 1:
      return PyLong_FromLong(code.signed ? (data[at]! << 24) >> 24 : data[at]!);
    case 2: {
      const n = little ? data[at]! | (data[at + 1]! << 8) : (data[at]! << 8) | data[at + 1]!;
      return PyLong_FromLong(code.signed ? (n << 16) >> 16 : n);
    }
    case 4: {
      const n = read_int32(data, at, little);
      return PyLong_FromLong(code.signed ? n : n >>> 0);
    }
    default:
      return PyLong_FromValue(read_int64(data, at, little, code.signed));
  }
}
