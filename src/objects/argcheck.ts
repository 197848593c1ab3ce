// argcheck.ts: the argument checks that constructors taking plain arrays do by hand.     CPython: Python/getargs.c

import { PyErr_SetString } from '../core/errors.ts';
import { decref, type PyObject } from '../core/object.ts';
import { PyNumber_Index } from './abstract.ts';
import { PyExc_TypeError } from './exceptions.ts';
import { PyLong_AsSsize_t, PyLong_Type } from './longobject.ts';

/** Raises unless min <= nargs <= max. CPython: _PyArg_CheckPositional */
export function check_positional(name: string, nargs: number, min: number, max: number): void {
  if (nargs < min) {
    const bound = min === max ? '' : 'at least ';
    PyErr_SetString(PyExc_TypeError, `${name} expected ${bound}${min} argument${min === 1 ? '' : 's'}, got ${nargs}`);
  }
  if (nargs > max) {
    const bound = min === max ? '' : 'at most ';
    PyErr_SetString(PyExc_TypeError, `${name} expected ${bound}${max} argument${max === 1 ? '' : 's'}, got ${nargs}`);
  }
}

/** Raises if there are keyword arguments (a kwnames tuple). CPython: _PyArg_NoKwnames */
export function check_no_kwnames(name: string, kwnames: PyObject | null): void {
  if (kwnames !== null && (kwnames as PyObject<PyObject[]>).v.length > 0) {
    PyErr_SetString(PyExc_TypeError, `${name}() takes no keyword arguments`);
  }
}

/** Raises if there are keyword arguments (a dict). CPython: _PyArg_NoKeywords */
export function check_no_keywords(name: string, kwargs: PyObject | null): void {
  if (kwargs !== null && (kwargs as PyObject<{ used: number }>).v.used > 0) {
    PyErr_SetString(PyExc_TypeError, `${name}() takes no keyword arguments`);
  }
}

/** Raises if there are positional arguments. CPython: _PyArg_NoPositional */
export function check_no_positional(name: string, args: PyObject): void {
  if ((args as PyObject<PyObject[]>).v.length > 0) {
    PyErr_SetString(PyExc_TypeError, `${name}() takes no positional arguments`);
  }
}

/** An argument of C type Py_ssize_t. CPython: Argument Clinic's Py_ssize_t converter */
export function ssize_arg(o: PyObject): number {
  if (o.ob_type === PyLong_Type && typeof o.v === 'number') return o.v;
  const i = PyNumber_Index(o);
  try {
    return PyLong_AsSsize_t(i);
  } finally {
    decref(i);
  }
}
