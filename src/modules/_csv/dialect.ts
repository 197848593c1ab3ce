// dialect.ts: how a CSV file is written: delimiter, quotes, line ends.                   CPython: Modules/_csv.c

import { PyErr_SetString } from '../../core/errors.ts';
import { gc_del } from '../../core/gc.ts';
import {
  decref,
  newref,
  Py_TPFLAGS_BASETYPE,
  Py_TPFLAGS_HAVE_GC,
  type PyObject,
  type PyTypeObject,
} from '../../core/object.ts';
import { METH_VARARGS, static_type } from '../../core/spec.ts';
import { PyBool_FromLong } from '../../objects/boolobject.ts';
import { PyUnicode_Check } from '../../objects/checks.ts';
import { PyDict_GetItem, PyDict_New, PyDict_Next, type PyDictObject } from '../../objects/dictobject.ts';
import { PyExc_Exception, PyExc_TypeError, PyExc_ValueError } from '../../objects/exceptions.ts';
import { PyLong_AsLong, PyLong_FromLong, PyLong_Type } from '../../objects/longobject.ts';
import { Py_None, PyObject_GetOptionalAttrString, PyObject_IsTrue } from '../../objects/object.ts';
import type { PyTupleObject } from '../../objects/tupleobject.ts';
import { PyObject_TypeCheck } from '../../objects/typeobject.ts';
import { PyUnicode_AsString, PyUnicode_FromString } from '../../objects/unicodeobject.ts';

export const QUOTE_MINIMAL = 0;
export const QUOTE_ALL = 1;
export const QUOTE_NONNUMERIC = 2;
export const QUOTE_NONE = 3;
export const QUOTE_STRINGS = 4;
export const QUOTE_NOTNULL = 5;

/** Characters are JS strings of one code point; null: not set. */
export class Dialect {
  delimiter = ',';
  quotechar: string | null = '"';
  escapechar: string | null = null;
  doublequote = true;
  skipinitialspace = false;
  lineterminator = '\r\n';
  quoting = QUOTE_MINIMAL;
  strict = false;
}
export type DialectObject = PyObject<Dialect>;

/** The registered dialects by name (owned dict), made on first use. */
const registry: { dialects: PyDictObject | null } = { dialects: null };

/** Borrowed. */
export function registered_dialects(): PyDictObject {
  if (registry.dialects === null) registry.dialects = PyDict_New();
  return registry.dialects;
}

export const csv_error = static_type({
  name: '_csv.Error',
  heap: 'mutable',
  base: () => PyExc_Exception,
  tp_basicsize: 72,
  tp_flags: Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE,
});

/** The dialect of that name, borrowed. */
export function get_dialect(name: PyObject): PyObject {
  const d = PyDict_GetItem(registered_dialects(), name);
  if (d === null) PyErr_SetString(csv_error, 'unknown dialect');
  return d;
}

// --- reading parameters ----------------------------------------------------------------------------------------------

const PARAMETERS = [
  'dialect',
  'delimiter',
  'doublequote',
  'escapechar',
  'lineterminator',
  'quotechar',
  'quoting',
  'skipinitialspace',
  'strict',
];

function one_char(name: string, o: PyObject, what: string): string {
  if (!PyUnicode_Check(o)) {
    PyErr_SetString(PyExc_TypeError, `"${name}" must be a ${what}, not ${o.ob_type.tp_name}`);
  }
  const s = PyUnicode_AsString(o);
  const n = [...s].length;
  if (n !== 1) PyErr_SetString(PyExc_TypeError, `"${name}" must be a ${what}, not a string of length ${n}`);
  return s;
}

function char_or_none(name: string, o: PyObject | null, dflt: string | null): string | null {
  if (o === null) return dflt;
  return o === Py_None ? null : one_char(name, o, 'unicode character or None');
}

function truth(o: PyObject | null, dflt: boolean): boolean {
  return o === null ? dflt : PyObject_IsTrue(o);
}

function check_char(name: string, c: string | null, d: Dialect, allow_space: boolean): void {
  if (c === null) return;
  if (c === '\r' || c === '\n' || (c === ' ' && !allow_space)) {
    PyErr_SetString(PyExc_ValueError, `bad ${name} value`);
  }
  if (d.lineterminator.includes(c)) PyErr_SetString(PyExc_ValueError, `bad ${name} or lineterminator value`);
}

function check_different(a: string, x: string | null, b: string, y: string | null): void {
  if (x !== null && x === y) PyErr_SetString(PyExc_ValueError, `bad ${a} or ${b} value`);
}

/** A dialect from another one (an object with attributes, or null) and parameters by name. CPython: dialect_new */
function dialect_from(base: PyObject | null, given: Map<string, PyObject>): Dialect {
  const owned: PyObject[] = [];
  const get = (name: string): PyObject | null => {
    const g = given.get(name);
    if (g !== undefined) return g;
    if (base === null) return null;
    const a = PyObject_GetOptionalAttrString(base, name);
    if (a !== null) owned.push(a);
    return a;
  };
  try {
    const o: Record<string, PyObject | null> = {};
    for (const name of PARAMETERS.slice(1)) o[name] = get(name);
    const d = new Dialect();
    if (o.delimiter !== null) d.delimiter = one_char('delimiter', o.delimiter!, 'unicode character');
    d.doublequote = truth(o.doublequote!, true);
    d.escapechar = char_or_none('escapechar', o.escapechar!, null);
    if (o.lineterminator !== null) {
      if (!PyUnicode_Check(o.lineterminator!)) {
        const type = o.lineterminator!.ob_type.tp_name;
        PyErr_SetString(PyExc_TypeError, `"lineterminator" must be a string, not ${type}`);
      }
      d.lineterminator = PyUnicode_AsString(o.lineterminator!);
    }
    d.quotechar = char_or_none('quotechar', o.quotechar!, '"');
    if (o.quoting !== null) {
      if (o.quoting!.ob_type !== PyLong_Type) {
        PyErr_SetString(PyExc_TypeError, `"quoting" must be an integer, not ${o.quoting!.ob_type.tp_name}`);
      }
      d.quoting = PyLong_AsLong(o.quoting!);
    }
    d.skipinitialspace = truth(o.skipinitialspace!, false);
    d.strict = truth(o.strict!, false);
    if (d.quoting < QUOTE_MINIMAL || d.quoting > QUOTE_NOTNULL) {
      PyErr_SetString(PyExc_TypeError, 'bad "quoting" value');
    }
    if (o.quotechar === Py_None && o.quoting === null) d.quoting = QUOTE_NONE;
    if (d.quoting !== QUOTE_NONE && d.quotechar === null) {
      PyErr_SetString(PyExc_TypeError, 'quotechar must be set if quoting enabled');
    }
    check_char('delimiter', d.delimiter, d, true);
    check_char('escapechar', d.escapechar, d, !d.skipinitialspace);
    check_char('quotechar', d.quotechar, d, !d.skipinitialspace);
    check_different('delimiter', d.delimiter, 'escapechar', d.escapechar);
    check_different('delimiter', d.delimiter, 'quotechar', d.quotechar);
    check_different('escapechar', d.escapechar, 'quotechar', d.quotechar);
    return d;
  } finally {
    for (const a of owned) decref(a);
  }
}

/** A Dialect for the arguments of a reader or writer (owned). CPython: _call_dialect */
export function make_dialect(type: PyTypeObject, dialect: PyObject | null, kwargs: PyObject | null): PyObject {
  const given = new Map<string, PyObject>();
  if (kwargs !== null) {
    const t = (kwargs as PyDictObject).v;
    for (let i = PyDict_Next(kwargs, 0); i >= 0; i = PyDict_Next(kwargs, i + 1)) {
      const name = PyUnicode_AsString(t.keys[i]!);
      if (!PARAMETERS.includes(name)) {
        PyErr_SetString(PyExc_TypeError, `this function got an unexpected keyword argument '${name}'`);
      }
      given.set(name, t.values[i]!);
    }
  }
  dialect ??= given.get('dialect') ?? null;
  given.delete('dialect');
  if (dialect === Py_None) dialect = null;
  if (dialect !== null && PyUnicode_Check(dialect)) dialect = get_dialect(dialect);
  if (dialect !== null && given.size === 0 && PyObject_TypeCheck(dialect, dialect_type) && type === dialect_type) {
    return newref(dialect);
  }
  return type.tp_alloc!(type, dialect_from(dialect, given));
}

function dialect_new(type: PyTypeObject, args: PyObject, kwargs: PyObject | null): PyObject {
  const a = (args as PyTupleObject).v;
  if (a.length > 1) {
    PyErr_SetString(PyExc_TypeError, `this function takes at most 1 positional argument (${a.length} given)`);
  }
  return make_dialect(type, a[0] ?? null, kwargs);
}

function cannot_pickle(self: PyObject): PyObject {
  const name = self.ob_type.tp_name;
  PyErr_SetString(PyExc_TypeError, `cannot pickle '${name.slice(name.lastIndexOf('.') + 1)}' instances`);
}

function str_or_none(s: string | null): PyObject {
  return s === null ? newref(Py_None) : PyUnicode_FromString(s);
}

function of(self: PyObject): Dialect {
  return (self as DialectObject).v;
}

export const dialect_type = static_type({
  name: '_csv.Dialect',
  heap: 'immutable',
  tp_basicsize: 48,
  tp_flags: Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE,
  tp_doc: 'CSV dialect',
  tp_dealloc: gc_del,
  tp_new: dialect_new,
  methods: [
    { name: '__reduce__', flags: METH_VARARGS, meth: cannot_pickle },
    { name: '__reduce_ex__', flags: METH_VARARGS, meth: cannot_pickle },
  ],
  members: [
    { name: 'skipinitialspace', get: self => PyBool_FromLong(of(self).skipinitialspace) },
    { name: 'doublequote', get: self => PyBool_FromLong(of(self).doublequote) },
    { name: 'strict', get: self => PyBool_FromLong(of(self).strict) },
  ],
  getset: [
    { name: 'delimiter', get: self => PyUnicode_FromString(of(self).delimiter) },
    { name: 'escapechar', get: self => str_or_none(of(self).escapechar) },
    { name: 'lineterminator', get: self => PyUnicode_FromString(of(self).lineterminator) },
    { name: 'quotechar', get: self => str_or_none(of(self).quotechar) },
    { name: 'quoting', get: self => PyLong_FromLong(of(self).quoting) },
  ],
});
