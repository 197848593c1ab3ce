// items.ts: how the items of each type code are stored, read and checked.              CPython: Modules/arraymodule.c

import { PyErr_SetString } from '../../core/errors.ts';
import { decref, type PyObject } from '../../core/object.ts';
import { PyNumber_Index } from '../../objects/abstract.ts';
import { PyUnicode_Check } from '../../objects/checks.ts';
import { PyExc_OverflowError, PyExc_TypeError } from '../../objects/exceptions.ts';
import { PyFloat_AsDouble, PyFloat_FromDouble } from '../../objects/floatobject.ts';
import { PyLong_AsBigInt, PyLong_FromBigInt, PyLong_FromLong } from '../../objects/longobject.ts';
import { PyUnicode_FromOrdinal, PyUnicode_GET_LENGTH, PyUnicode_READ_CHAR } from '../../objects/unicodeobject.ts';

/** One type code. Positions are byte offsets. */
export interface ItemKind {
  readonly code: string;
  readonly size: number;
  /** Format of the buffer protocol. */
  readonly format: string;
  readonly is_integer: boolean;
  readonly is_signed: boolean;
  readonly get: (view: DataView, at: number) => PyObject;
  /** Converts and checks first, then stores. */
  readonly set: (view: DataView, at: number, value: PyObject) => void;
}

function overflow(message: string): never {
  PyErr_SetString(PyExc_OverflowError, message);
}

/** An int argument within C long. */
function as_long(o: PyObject): bigint {
  const i = PyNumber_Index(o);
  const b = PyLong_AsBigInt(i);
  decref(i);
  if (b !== BigInt.asIntN(64, b)) overflow('Python int too large to convert to C long');
  return b;
}

function as_int_of(o: PyObject, bits: number, name: string): number {
  const b = as_long(o);
  const max = 2n ** BigInt(bits - 1) - 1n;
  if (b < -max - 1n) overflow(`${name} is less than minimum`);
  if (b > max) overflow(`${name} is greater than maximum`);
  return Number(b);
}

function as_short(o: PyObject): number {
  return as_int_of(o, 16, 'signed short integer');
}

function as_int(o: PyObject): number {
  return as_int_of(o, 32, 'signed integer');
}

function set_b(view: DataView, at: number, o: PyObject): void {
  const x = as_short(o);
  if (x < -128) overflow('signed char is less than minimum');
  if (x > 127) overflow('signed char is greater than maximum');
  view.setInt8(at, x);
}

function set_B(view: DataView, at: number, o: PyObject): void {
  const b = as_long(o);
  if (b < 0n) overflow('unsigned byte integer is less than minimum');
  if (b > 255n) overflow('unsigned byte integer is greater than maximum');
  view.setUint8(at, Number(b));
}

function set_h(view: DataView, at: number, o: PyObject): void {
  view.setInt16(at, as_short(o), true);
}

function set_H(view: DataView, at: number, o: PyObject): void {
  const x = as_int(o);
  if (x < 0) overflow('unsigned short is less than minimum');
  if (x > 65535) overflow('unsigned short is greater than maximum');
  view.setUint16(at, x, true);
}

function set_i(view: DataView, at: number, o: PyObject): void {
  view.setInt32(at, as_int(o), true);
}

/** An int for the codes I and L. */
function as_unsigned(o: PyObject): bigint {
  const i = PyNumber_Index(o);
  const b = PyLong_AsBigInt(i);
  decref(i);
  if (b < 0n) overflow("can't convert negative value to unsigned int");
  if (b !== BigInt.asUintN(64, b)) overflow('Python int too large to convert to C unsigned long');
  return b;
}

function set_I(view: DataView, at: number, o: PyObject): void {
  const b = as_unsigned(o);
  if (b > 0xffffffffn) overflow('unsigned int is greater than maximum');
  view.setUint32(at, Number(b), true);
}

function set_l(view: DataView, at: number, o: PyObject): void {
  view.setBigInt64(at, as_long(o), true);
}

function set_L(view: DataView, at: number, o: PyObject): void {
  view.setBigUint64(at, as_unsigned(o), true);
}

function set_q(view: DataView, at: number, o: PyObject): void {
  const i = PyNumber_Index(o);
  const b = PyLong_AsBigInt(i);
  decref(i);
  if (b !== BigInt.asIntN(64, b)) overflow('int too big to convert');
  view.setBigInt64(at, b, true);
}

function set_Q(view: DataView, at: number, o: PyObject): void {
  const i = PyNumber_Index(o);
  const b = PyLong_AsBigInt(i);
  decref(i);
  if (b < 0n) overflow("can't convert negative int to unsigned");
  if (b !== BigInt.asUintN(64, b)) overflow('int too big to convert');
  view.setBigUint64(at, b, true);
}

function set_f(view: DataView, at: number, o: PyObject): void {
  view.setFloat32(at, PyFloat_AsDouble(o), true);
}

function set_d(view: DataView, at: number, o: PyObject): void {
  view.setFloat64(at, PyFloat_AsDouble(o), true);
}

function set_char(view: DataView, at: number, o: PyObject): void {
  if (!PyUnicode_Check(o)) {
    PyErr_SetString(PyExc_TypeError, `array item must be a unicode character, not ${o.ob_type.tp_name}`);
  }
  const n = PyUnicode_GET_LENGTH(o);
  if (n !== 1) {
    PyErr_SetString(PyExc_TypeError, `array item must be a unicode character, not a string of length ${n}`);
  }
  view.setUint32(at, PyUnicode_READ_CHAR(o, 0), true);
}

function get_i64(view: DataView, at: number): PyObject {
  return PyLong_FromBigInt(view.getBigInt64(at, true));
}

function get_u64(view: DataView, at: number): PyObject {
  return PyLong_FromBigInt(view.getBigUint64(at, true));
}

function kind(code: string, size: number, is_signed: boolean, get: ItemKind['get'], set: ItemKind['set']): ItemKind {
  const is_integer = !'fduw'.includes(code);
  return { code, size, format: code === 'u' ? 'w' : code, is_integer, is_signed, get, set };
}

const get_char: ItemKind['get'] = (v, at) => PyUnicode_FromOrdinal(v.getUint32(at, true));

/** In CPython's order, which error messages follow. */
export const KINDS: readonly ItemKind[] = [
  /* @__PURE__ */ kind('b', 1, true, (v, at) => PyLong_FromLong(v.getInt8(at)), set_b),
  /* @__PURE__ */ kind('B', 1, false, (v, at) => PyLong_FromLong(v.getUint8(at)), set_B),
  /* @__PURE__ */ kind('u', 4, false, get_char, set_char),
  /* @__PURE__ */ kind('w', 4, false, get_char, set_char),
  /* @__PURE__ */ kind('h', 2, true, (v, at) => PyLong_FromLong(v.getInt16(at, true)), set_h),
  /* @__PURE__ */ kind('H', 2, false, (v, at) => PyLong_FromLong(v.getUint16(at, true)), set_H),
  /* @__PURE__ */ kind('i', 4, true, (v, at) => PyLong_FromLong(v.getInt32(at, true)), set_i),
  /* @__PURE__ */ kind('I', 4, false, (v, at) => PyLong_FromLong(v.getUint32(at, true)), set_I),
  /* @__PURE__ */ kind('l', 8, true, get_i64, set_l),
  /* @__PURE__ */ kind('L', 8, false, get_u64, set_L),
  /* @__PURE__ */ kind('q', 8, true, get_i64, set_q),
  /* @__PURE__ */ kind('Q', 8, false, get_u64, set_Q),
  /* @__PURE__ */ kind('f', 4, false, (v, at) => PyFloat_FromDouble(v.getFloat32(at, true)), set_f),
  /* @__PURE__ */ kind('d', 8, false, (v, at) => PyFloat_FromDouble(v.getFloat64(at, true)), set_d),
];

export function kind_of(code: string): ItemKind | null {
  return KINDS.find(k => k.code === code) ?? null;
}

/** One machine format of pickled arrays. CPython: mformatdescr */
interface MachineFormat {
  readonly size: number;
  readonly is_signed: boolean;
  readonly big_endian: boolean;
  readonly family: 'int' | 'float' | 'utf-16' | 'utf-32';
}

function machine(
  family: MachineFormat['family'],
  size: number,
  is_signed: boolean,
  big_endian: boolean,
): MachineFormat {
  return { family, size, is_signed, big_endian };
}

/** By format code. */
export const MACHINE_FORMATS: readonly MachineFormat[] = [
  /* @__PURE__ */ machine('int', 1, false, false),
  /* @__PURE__ */ machine('int', 1, true, false),
  /* @__PURE__ */ machine('int', 2, false, false),
  /* @__PURE__ */ machine('int', 2, false, true),
  /* @__PURE__ */ machine('int', 2, true, false),
  /* @__PURE__ */ machine('int', 2, true, true),
  /* @__PURE__ */ machine('int', 4, false, false),
  /* @__PURE__ */ machine('int', 4, false, true),
  /* @__PURE__ */ machine('int', 4, true, false),
  /* @__PURE__ */ machine('int', 4, true, true),
  /* @__PURE__ */ machine('int', 8, false, false),
  /* @__PURE__ */ machine('int', 8, false, true),
  /* @__PURE__ */ machine('int', 8, true, false),
  /* @__PURE__ */ machine('int', 8, true, true),
  /* @__PURE__ */ machine('float', 4, false, false),
  /* @__PURE__ */ machine('float', 4, false, true),
  /* @__PURE__ */ machine('float', 8, false, false),
  /* @__PURE__ */ machine('float', 8, false, true),
  /* @__PURE__ */ machine('utf-16', 4, false, false),
  /* @__PURE__ */ machine('utf-16', 4, false, true),
  /* @__PURE__ */ machine('utf-32', 8, false, false),
  /* @__PURE__ */ machine('utf-32', 8, false, true),
];

/** The format in which this machine (64-bit, little-endian) stores a kind. CPython: typecode_to_mformat_code */
export function machine_format(k: ItemKind): number {
  if (k.code === 'u' || k.code === 'w') return 20;
  if (k.code === 'f') return 14;
  if (k.code === 'd') return 16;
  return MACHINE_FORMATS.findIndex(
    m => m.family === 'int' && m.size === k.size && m.is_signed === k.is_signed && !m.big_endian,
  );
}
