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
import { PyLong_FromLong, PyLong_FromValue } from '../../objects/longobject.ts';
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

/** The last one made: an iteration, or the items of one record, ask for the same again. */
const last = { bytes: null as Uint8Array | null, view: null as DataView | null };

function view_of(b: Uint8Array): DataView {
  if (last.bytes === b && last.view!.byteLength === b.byteLength) return last.view!;
  last.bytes = b;
  last.view = new DataView(b.buffer, b.byteOffset, b.byteLength);
  return last.view;
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
    view_of(out).setUint16(at, bits, little);
  } else if (size === 4) {
    if (!Number.isFinite(Math.fround(x)) && Number.isFinite(x)) float_too_large('f', o);
    view_of(out).setFloat32(at, x, little);
  } else view_of(out).setFloat64(at, x, little);
}

/** Bytes of an argument for 's' or 'p'. */
function string_bytes(letter: string, o: PyObject): Uint8Array {
  if (PyBytes_Check(o)) return o.v as Uint8Array;
  if (PyByteArray_Check(o)) return bytearray_bytes(o);
  PyErr_SetString(struct_error, `argument for '${letter}' must be a bytes object`);
}

/** Writes one item at an offset. */
export function pack_item(out: Uint8Array, at: number, code: FormatCode, little: boolean, o: PyObject): void {
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
  write_float(out, at, half, little, z.real, o);
  write_float(out, at + half, half, little, z.imag, o);
}

// --- unpacking ------------------------------------------------------------------------------------------------------

function read_float(view: DataView, at: number, size: number, little: boolean): number {
  if (size === 2) return half_value(view.getUint16(at, little));
  return size === 4 ? view.getFloat32(at, little) : view.getFloat64(at, little);
}

/** Reads one item at an offset. */
export function unpack_item(data: Uint8Array, at: number, code: FormatCode, little: boolean): PyObject {
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
      return PyFloat_FromDouble(read_float(view_of(data), at, code.size, little));
    case 'F':
    case 'D': {
      const view = view_of(data);
      const half = code.size / 2;
      return PyComplex_FromDoubles(read_float(view, at, half, little), read_float(view, at + half, half, little));
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
