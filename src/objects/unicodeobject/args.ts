// args.ts: converting arguments the way Argument Clinic's converters do.          CPython: Python/getargs.c
//
// Every converter takes a borrowed argument, or null for "not given", and gives a plain value or raises CPython's text.

import { PyErr_SetString } from '../../core/errors.ts';
import { decref, Py_TPFLAGS_LONG_SUBCLASS, type PyObject } from '../../core/object.ts';
import { PyNumber_AsSsize_t, PyNumber_Index } from '../abstract.ts';
import { PyExc_OverflowError, PyExc_TypeError, PyExc_ValueError } from '../exceptions.ts';
import { Py_None, PyObject_IsTrue } from '../object.ts';
import { PyUnicode_AsUTF8 } from './coding.ts';
import type { Text } from './data.ts';
import { is_str } from './object.ts';

export const PY_SSIZE_T_MAX = 2 ** 63;

/** "f() argument 1 must be str, not int". CPython: _PyArg_BadArgument */
export function bad_argument(fname: string, what: string, expected: string, o: PyObject): never {
  return PyErr_SetString(PyExc_TypeError, `${fname}() ${what} must be ${expected}, not ${type_name(o)}`);
}

/** How messages name the type of a value: None is "None". */
export function type_name(o: PyObject): string {
  return o === Py_None ? 'None' : o.ob_type.tp_name;
}

/** CPython: _PyArg_CheckPositional */
export function check_positional(fname: string, given: number, min: number, max: number): void {
  if (given < min) {
    const many = min === 1 ? '' : 's';
    PyErr_SetString(
      PyExc_TypeError,
      `${fname} expected ${min === max ? '' : 'at least '}${min} argument${many}, got ${given}`,
    );
  }
  if (given > max) {
    const many = max === 1 ? '' : 's';
    PyErr_SetString(
      PyExc_TypeError,
      `${fname} expected ${min === max ? '' : 'at most '}${max} argument${many}, got ${given}`,
    );
  }
}

/** A str argument as a JS string without NULs and surrogates; `dflt` when it was not given. Clinic: `str` */
export function arg_str<D extends string | null>(o: PyObject | null, fname: string, what: string, dflt: D): string | D {
  if (o === null) return dflt;
  if (!is_str(o)) bad_argument(fname, what, 'str', o);
  return c_string(o);
}

/** As arg_str, with None allowed: it gives null. Clinic: `str(accept={str, NoneType})` */
export function arg_str_or_none(o: PyObject | null, fname: string, what: string): string | null {
  if (o === null || o === Py_None) return null;
  if (!is_str(o)) bad_argument(fname, what, 'str or None', o);
  return c_string(o);
}

/** The text of a str that C code gets as UTF-8 and up to a null character, which it must not have. */
export function c_string(o: PyObject): string {
  const s = PyUnicode_AsUTF8(o);
  if (s.includes('\0')) PyErr_SetString(PyExc_ValueError, 'embedded null character');
  return s;
}

/** The text of a str argument. Clinic: `unicode` */
export function arg_text(o: PyObject, fname: string, what: string): Text {
  if (!is_str(o)) bad_argument(fname, what, 'str', o);
  return o.v;
}

/** A Py_ssize_t argument. Clinic: `Py_ssize_t` */
export function arg_ssize(o: PyObject | null, dflt: number): number {
  if (o === null) return dflt;
  if ((o.ob_type.tp_flags & Py_TPFLAGS_LONG_SUBCLASS) !== 0 && typeof o.v === 'number') return o.v;
  const i = PyNumber_Index(o);
  const v = i.v as number | bigint;
  decref(i);
  if (typeof v === 'number') return v;
  if (v > 9223372036854775807n || v < -9223372036854775808n) {
    PyErr_SetString(PyExc_OverflowError, 'Python int too large to convert to C ssize_t');
  }
  return Number(v);
}

/** A C int argument. Clinic: `int` */
export function arg_int(o: PyObject | null, dflt: number): number {
  if (o === null) return dflt;
  const i = PyNumber_Index(o);
  const v = i.v as number | bigint;
  decref(i);
  if (typeof v === 'number' && v <= 0x7fffffff && v >= -0x80000000) return v;
  return PyErr_SetString(PyExc_OverflowError, 'Python int too large to convert to C int');
}

/** A truth value. Clinic: `bool` */
export function arg_bool(o: PyObject | null, dflt: boolean): boolean {
  return o === null ? dflt : PyObject_IsTrue(o);
}

/** An optional slice bound, clipped to ±2^63. CPython: _PyEval_SliceIndex */
export function arg_slice_index(o: PyObject | null | undefined, dflt: number): number {
  if (o === null || o === undefined || o === Py_None) return dflt;
  if ((o.ob_type.tp_flags & Py_TPFLAGS_LONG_SUBCLASS) !== 0 && typeof o.v === 'number') return o.v;
  if (o.ob_type.nb_index === null) {
    PyErr_SetString(PyExc_TypeError, 'slice indices must be integers or None or have an __index__ method');
  }
  return PyNumber_AsSsize_t(o, null);
}

/** A start bound within a sequence of `n`; may exceed n. CPython: ADJUST_INDICES */
export function adjust_start(start: number, n: number): number {
  if (start < 0) {
    start += n;
    if (start < 0) start = 0;
  }
  return start;
}

export function adjust_end(end: number, n: number): number {
  if (end > n) return n;
  if (end < 0) {
    end += n;
    if (end < 0) end = 0;
  }
  return end;
}
