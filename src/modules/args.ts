// args.ts: conversions of arguments that many native modules need.          CPython: Argument Clinic's converters
//
// Each turns a Python object into a JS value or raises what CPython raises.

import { PyErr_Clear, PyErr_SetString, Raised } from '../core/errors.ts';
import { type Host, HostError } from '../core/host.ts';
import { decref, newref, type PyObject } from '../core/object.ts';
import { PyBUF_SIMPLE, PyBUF_WRITABLE, type PyBuffer } from '../core/spec.ts';
import { current } from '../core/tstate.ts';
import { PyBuffer_Release, PyNumber_Index, PyObject_GetBuffer } from '../objects/abstract.ts';
import { PyBytes_Check, PyUnicode_Check } from '../objects/checks.ts';
import { PyExc_OverflowError, PyExc_TypeError, PyExc_ValueError, set_errno_error } from '../objects/exceptions.ts';
import { PyLong_AsBigInt, PyLong_AsInt, PyLong_AsSsize_t, PyLong_Type } from '../objects/longobject.ts';
import { Py_None, PyObject_IsTrue } from '../objects/object.ts';
import { PyUnicode_AsString } from '../objects/unicodeobject.ts';

export function host(): Host {
  return current.tstate.interp.host;
}

/** Calls the host; its errors are Python's. */
export function system<T>(call: () => T): T {
  try {
    return call();
  } catch (e) {
    if (e instanceof HostError) set_errno_error(e);
    throw e;
  }
}

export function none(): PyObject {
  return newref(Py_None);
}

/** How an object's type is named in messages about arguments. */
export function type_name(o: PyObject): string {
  return o === Py_None ? 'None' : o.ob_type.tp_name;
}

/** An argument of C type int. */
export function c_int(o: PyObject): number {
  if (o.ob_type === PyLong_Type && typeof o.v === 'number' && (o.v | 0) === o.v) return o.v;
  const index = PyNumber_Index(o);
  try {
    return PyLong_AsInt(index);
  } finally {
    decref(index);
  }
}

/** An argument of C type Py_ssize_t. */
export function c_ssize(o: PyObject): number {
  if (o.ob_type === PyLong_Type && typeof o.v === 'number') return o.v;
  const index = PyNumber_Index(o);
  try {
    return PyLong_AsSsize_t(index);
  } finally {
    decref(index);
  }
}

/** An argument that is an integer of any size. */
export function big_int(o: PyObject): bigint {
  const index = PyNumber_Index(o);
  try {
    return PyLong_AsBigInt(index);
  } finally {
    decref(index);
  }
}

/** A Py_ssize_t or None, which stands for `fallback`. */
export function optional_ssize(o: PyObject | null, fallback: number): number {
  if (o === null || o === Py_None) return fallback;
  if (o.ob_type !== PyLong_Type && o.ob_type.nb_index === null) {
    PyErr_SetString(PyExc_TypeError, `argument should be integer or None, not '${o.ob_type.tp_name}'`);
  }
  return c_ssize(o);
}

/** An argument of an unsigned C type of so many bits. CPython: Objects/longobject.c:_PyLong_UnsignedInt_Converter and kin */
export function unsigned_arg(o: PyObject, bits: number, ctype: string): bigint {
  const index = PyNumber_Index(o);
  try {
    const n = PyLong_AsBigInt(index);
    if (n < 0n) PyErr_SetString(PyExc_ValueError, 'Cannot convert negative int');
    if (n >> BigInt(bits) !== 0n) PyErr_SetString(PyExc_OverflowError, `Python int too large for C ${ctype}`);
    return n;
  } finally {
    decref(index);
  }
}

/** A truth value; `fallback` when the argument is missing. */
export function c_bool(o: PyObject | null, fallback: boolean): boolean {
  return o === null ? fallback : PyObject_IsTrue(o);
}

/** An argument that must be a str. */
export function str_arg(fname: string, arg: string, o: PyObject): string {
  if (!PyUnicode_Check(o))
    PyErr_SetString(PyExc_TypeError, `${fname}() argument ${arg} must be str, not ${type_name(o)}`);
  return PyUnicode_AsString(o);
}

/** The bytes of a contiguous buffer as a view. Release `buffer` when done. */
export interface BytesView {
  bytes: Uint8Array;
  buffer: PyBuffer | null;
}

/** Read access to a bytes-like object. */
export function read_buffer(o: PyObject): BytesView {
  if (PyBytes_Check(o)) return { bytes: o.v as Uint8Array, buffer: null };
  return view_of(PyObject_GetBuffer(o, PyBUF_SIMPLE));
}

function view_of(buffer: PyBuffer): BytesView {
  return { bytes: buffer.buf.subarray(buffer.offset, buffer.offset + buffer.len), buffer };
}

/** Write access, with the object's own errors. */
export function writable_buffer(o: PyObject): BytesView {
  return view_of(PyObject_GetBuffer(o, PyBUF_WRITABLE));
}

/** Write access to a bytes-like object; `fname` and `arg` are named when it has none. */
export function write_buffer(o: PyObject, fname: string, arg = 'argument'): BytesView {
  if (o.ob_type.bf_getbuffer === null || PyBytes_Check(o)) {
    PyErr_SetString(PyExc_TypeError, `${fname}() ${arg} must be read-write bytes-like object, not ${type_name(o)}`);
  }
  try {
    return writable_buffer(o);
  } catch (e) {
    if (!(e instanceof Raised)) throw e;
    PyErr_Clear(e);
    PyErr_SetString(PyExc_TypeError, `${fname}() ${arg} must be read-write bytes-like object, not ${type_name(o)}`);
  }
}

export function release(view: BytesView): void {
  if (view.buffer !== null) PyBuffer_Release(view.buffer);
}
