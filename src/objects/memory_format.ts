// memory_format.ts: single items of a memoryview in native formats.           CPython: Objects/memoryobject.c (unpack_single, pack_single)
//
// Little-endian, sizes of 64-bit Linux. A format is one character, perhaps after '@'.

import { PyErr_Clear, PyErr_ExceptionMatches, PyErr_SetString } from '../core/errors.ts';
import { decref, Py_TPFLAGS_BYTES_SUBCLASS, type PyObject } from '../core/object.ts';
import { PyNumber_Index } from './abstract.ts';
import { PyBool_FromLong } from './boolobject.ts';
import { PyBytes_FromUint8Array } from './bytesobject.ts';
import { PyExc_NotImplementedError, PyExc_OverflowError, PyExc_TypeError, PyExc_ValueError } from './exceptions.ts';
import { PyFloat_AsDouble, PyFloat_FromDouble } from './floatobject.ts';
import { long_value, PyLong_FromBigInt, PyLong_FromLong } from './longobject.ts';
import { PyObject_IsTrue } from './object.ts';

/** The one native format character of a format, or '' when it is not such. */
export function native_format(format: string | null): string {
  if (format === null) return 'B';
  const c = format.charCodeAt(0) === 64 ? format.substring(1) : format;
  return c.length === 1 && item_size(c) > 0 ? c : '';
}

/** Bytes of an item, 0 for what is not a native format. */
export function item_size(c: string): number {
  switch (c) {
    case 'c':
    case 'b':
    case 'B':
    case '?':
      return 1;
    case 'h':
    case 'H':
    case 'e':
      return 2;
    case 'i':
    case 'I':
    case 'f':
      return 4;
    case 'l':
    case 'L':
    case 'q':
    case 'Q':
    case 'n':
    case 'N':
    case 'd':
    case 'P':
      return 8;
    default:
      return 0;
  }
}

function data_view(b: Uint8Array): DataView {
  return new DataView(b.buffer, b.byteOffset, b.byteLength);
}

/** The number of a 16-bit float. */
export function half_to_double(h: number): number {
  const sign = h & 0x8000 ? -1 : 1;
  const e = (h >> 10) & 31;
  const f = h & 0x3ff;
  if (e === 31) return f === 0 ? sign * Infinity : Number.NaN;
  return sign * (e === 0 ? f * 2 ** -24 : (1 + f / 1024) * 2 ** (e - 15));
}

/** The 16-bit float nearest to a number (ties to even), or -1 when it is too large. */
export function double_to_half(x: number): number {
  const sign = x < 0 || Object.is(x, -0) ? 0x8000 : 0;
  if (Number.isNaN(x)) return 0x7e00;
  const a = Math.abs(x);
  if (a === Infinity) return sign | 0x7c00;
  if (a < 2 ** -14) return sign | round_even(a * 2 ** 24);
  const e = Math.min(Math.floor(Math.log2(a)), 16);
  let exponent = 2 ** e > a ? e - 1 : e;
  if (2 ** (exponent + 1) <= a) exponent++;
  const bits = ((exponent + 15) << 10) + round_even((a / 2 ** exponent - 1) * 1024);
  return exponent > 15 || bits >= 0x7c00 ? -1 : sign | bits;
}

function round_even(x: number): number {
  const f = Math.floor(x);
  const d = x - f;
  return d > 0.5 || (d === 0.5 && f % 2 === 1) ? f + 1 : f;
}

/** The item at `at` as a JS value: number, bigint, boolean, or for 'c' a number. */
export function item_value(b: Uint8Array, at: number, c: string): number | bigint | boolean {
  switch (c) {
    case 'B':
    case 'c':
      return b[at]!;
    case 'b':
      return (b[at]! << 24) >> 24;
    case '?':
      return b[at] !== 0;
  }
  const v = data_view(b);
  switch (c) {
    case 'h':
      return v.getInt16(at, true);
    case 'H':
      return v.getUint16(at, true);
    case 'i':
      return v.getInt32(at, true);
    case 'I':
      return v.getUint32(at, true);
    case 'l':
    case 'q':
    case 'n':
      return v.getBigInt64(at, true);
    case 'L':
    case 'Q':
    case 'N':
    case 'P':
      return v.getBigUint64(at, true);
    case 'f':
      return v.getFloat32(at, true);
    case 'd':
      return v.getFloat64(at, true);
    case 'e':
      return half_to_double(v.getUint16(at, true));
  }
  return PyErr_SetString(PyExc_NotImplementedError, `memoryview: format ${c} not supported`);
}

/** The item at `at` as an object. CPython: unpack_single */
export function unpack_single(b: Uint8Array, at: number, c: string): PyObject {
  if (c === 'B') return PyLong_FromLong(b[at]!);
  if (c === 'c') return PyBytes_FromUint8Array(b.slice(at, at + 1));
  const v = item_value(b, at, c);
  if (typeof v === 'boolean') return PyBool_FromLong(v);
  if (typeof v === 'bigint') return PyLong_FromBigInt(v);
  return c === 'f' || c === 'd' || c === 'e' ? PyFloat_FromDouble(v) : PyLong_FromLong(v);
}

function bad_value(c: string): never {
  return PyErr_SetString(PyExc_ValueError, `memoryview: invalid value for format '${c}'`);
}

/** Runs a conversion, with its TypeError and OverflowError worded as memoryview does. */
function converted<T>(c: string, f: () => T): T {
  try {
    return f();
  } catch (e) {
    if (PyErr_ExceptionMatches(e, PyExc_TypeError)) {
      PyErr_Clear(e);
      PyErr_SetString(PyExc_TypeError, `memoryview: invalid type for format '${c}'`);
    }
    if (PyErr_ExceptionMatches(e, PyExc_OverflowError) || PyErr_ExceptionMatches(e, PyExc_ValueError)) {
      PyErr_Clear(e as never);
      bad_value(c);
    }
    throw e;
  }
}

/** Stores an object as the item at `at`. CPython: pack_single */
export function pack_single(b: Uint8Array, at: number, c: string, o: PyObject): void {
  if (c === 'c') {
    if ((o.ob_type.tp_flags & Py_TPFLAGS_BYTES_SUBCLASS) === 0) {
      PyErr_SetString(PyExc_TypeError, `memoryview: invalid type for format '${c}'`);
    }
    const bytes = o.v as Uint8Array;
    if (bytes.length !== 1) bad_value(c);
    b[at] = bytes[0]!;
    return;
  }
  if (c === '?') {
    b[at] = PyObject_IsTrue(o) ? 1 : 0;
    return;
  }
  const v = data_view(b);
  if (c === 'f' || c === 'd' || c === 'e') {
    const x = converted(c, () => PyFloat_AsDouble(o));
    if (c === 'd') v.setFloat64(at, x, true);
    else if (c === 'f') v.setFloat32(at, x, true);
    else {
      const h = double_to_half(x);
      if (h < 0) bad_value(c);
      v.setUint16(at, h, true);
    }
    return;
  }
  const i = converted(c, () => PyNumber_Index(o));
  const n = BigInt(long_value(i));
  decref(i);
  const size = item_size(c);
  const signed = c === 'b' || c === 'h' || c === 'i' || c === 'l' || c === 'q' || c === 'n';
  const bits = BigInt(size * 8);
  if (signed ? BigInt.asIntN(Number(bits), n) !== n : BigInt.asUintN(Number(bits), n) !== n) bad_value(c);
  if (size === 8) v.setBigUint64(at, BigInt.asUintN(64, n), true);
  else if (size === 4) v.setUint32(at, Number(BigInt.asUintN(32, n)), true);
  else if (size === 2) v.setUint16(at, Number(BigInt.asUintN(16, n)), true);
  else b[at] = Number(BigInt.asUintN(8, n));
}
