// unicodedata.ts: the Unicode character database, 16.0.0 and 3.2.0.                          CPython: Modules/unicodedata.c
//
// The functions of the module and the methods of `ucd_3_2_0` are the same natives: self says which version is meant.

import { PyErr_SetObject, PyErr_SetString } from '../core/errors.ts';
import { decref, newref, Py_TPFLAGS_DISALLOW_INSTANTIATION, PyObject } from '../core/object.ts';
import { METH_CLINIC, METH_O, type MethodSpec, type ModuleSpec, static_type } from '../core/spec.ts';
import { PyBool_FromLong } from '../objects/boolobject.ts';
import { PyExc_KeyError, PyExc_TypeError, PyExc_ValueError } from '../objects/exceptions.ts';
import { PyFloat_FromDouble } from '../objects/floatobject.ts';
import { PyLong_FromLong } from '../objects/longobject.ts';
import { PyModule_AddObjectRef, PyModule_AddStringConstant } from '../objects/moduleobject.ts';
import { Database } from '../objects/unicode_data/database.ts';
import { char_name, lookup_name } from '../objects/unicode_data/names.ts';
import { is_normalized, normalize } from '../objects/unicode_data/normalize.ts';
import { bad_argument } from '../objects/unicodeobject/args.ts';
import { type Text, text_at, text_to_js } from '../objects/unicodeobject/data.ts';
import {
  is_str,
  PyUnicode_FromCodePoints,
  PyUnicode_FromString,
  unicode_from_text,
  unicode_unchanged,
} from '../objects/unicodeobject/object.ts';

/** The database that a function's self stands for: the module means the current one. */
function database(self: PyObject): Database {
  return Database.of(self.ob_type === UCD_Type);
}

/** The one character of an argument. Clinic: int(accept={str}) */
function character(o: PyObject, fname: string, what: string): number {
  if (!is_str(o)) bad_argument(fname, what, 'a unicode character', o);
  if (o.v.length !== 1) {
    PyErr_SetString(
      PyExc_TypeError,
      `${fname}(): ${what} must be a unicode character, not a string of length ${o.v.length}`,
    );
  }
  return text_at(o.v, 0);
}

function or_default(dflt: PyObject | null, message: string): PyObject {
  if (dflt === null) PyErr_SetString(PyExc_ValueError, message);
  return newref(dflt);
}

function ucd_decimal(self: PyObject, chr: PyObject, dflt: PyObject | null): PyObject {
  const v = database(self).decimal(character(chr, 'decimal', 'argument 1'));
  return v < 0 ? or_default(dflt, 'not a decimal') : PyLong_FromLong(v);
}
function ucd_digit(self: PyObject, chr: PyObject, dflt: PyObject | null): PyObject {
  const v = database(self).digit(character(chr, 'digit', 'argument 1'));
  return v < 0 ? or_default(dflt, 'not a digit') : PyLong_FromLong(v);
}
function ucd_numeric(self: PyObject, chr: PyObject, dflt: PyObject | null): PyObject {
  const v = database(self).numeric(character(chr, 'numeric', 'argument 1'));
  return v === null ? or_default(dflt, 'not a numeric character') : PyFloat_FromDouble(v);
}
function ucd_category(self: PyObject, chr: PyObject): PyObject {
  return PyUnicode_FromString(database(self).category(character(chr, 'category', 'argument')));
}
function ucd_bidirectional(self: PyObject, chr: PyObject): PyObject {
  return PyUnicode_FromString(database(self).bidirectional(character(chr, 'bidirectional', 'argument')));
}
function ucd_combining(self: PyObject, chr: PyObject): PyObject {
  return PyLong_FromLong(database(self).combining(character(chr, 'combining', 'argument')));
}
function ucd_mirrored(self: PyObject, chr: PyObject): PyObject {
  return PyLong_FromLong(database(self).mirrored(character(chr, 'mirrored', 'argument')));
}
function ucd_east_asian_width(self: PyObject, chr: PyObject): PyObject {
  return PyUnicode_FromString(database(self).east_asian_width(character(chr, 'east_asian_width', 'argument')));
}
function ucd_decomposition(self: PyObject, chr: PyObject): PyObject {
  return PyUnicode_FromString(database(self).decomposition_text(character(chr, 'decomposition', 'argument')));
}

function ucd_name(self: PyObject, chr: PyObject, dflt: PyObject | null): PyObject {
  const c = character(chr, 'name', 'argument 1');
  const name = database(self).assigned(c) ? char_name(c) : null;
  return name === null ? or_default(dflt, 'no such name') : PyUnicode_FromString(name);
}

/** Longest name that is looked up. */
const NAME_MAXLEN = 256;

function ucd_lookup(self: PyObject, name: PyObject): PyObject {
  if (!is_str(name)) bad_argument('lookup', 'argument', 'str', name);
  const text = text_to_js(name.v);
  if (text.length > NAME_MAXLEN) {
    const message = PyUnicode_FromString('name too long');
    try {
      PyErr_SetObject(PyExc_KeyError, message);
    } finally {
      decref(message);
    }
  }
  const db = database(self);
  const points = lookup_name(text, !db.is_old, !db.is_old);
  if (points === null || !db.assigned(points[0]!)) {
    const message = PyUnicode_FromString(`undefined character name '${text}'`);
    try {
      PyErr_SetObject(PyExc_KeyError, message);
    } finally {
      decref(message);
    }
  }
  return PyUnicode_FromCodePoints(points as number[]);
}

/** [compose, compatibility] of a normal form's name. */
function form_of(form: PyObject, fname: string): [boolean, boolean] {
  if (!is_str(form)) bad_argument(fname, 'argument 1', 'str', form);
  switch (text_to_js(form.v)) {
    case 'NFC':
      return [true, false];
    case 'NFKC':
      return [true, true];
    case 'NFD':
      return [false, false];
    case 'NFKD':
      return [false, true];
    default:
      return PyErr_SetString(PyExc_ValueError, 'invalid normalization form');
  }
}

function ucd_normalize(self: PyObject, form: PyObject, unistr: PyObject): PyObject {
  if (!is_str(form)) bad_argument('normalize', 'argument 1', 'str', form);
  if (!is_str(unistr)) bad_argument('normalize', 'argument 2', 'str', unistr);
  if (unistr.v.length === 0) return unicode_unchanged(unistr);
  const [compose, compat] = form_of(form, 'normalize');
  const t = normalize(database(self), unistr.v as Text, compose, compat);
  return t === unistr.v ? unicode_unchanged(unistr) : unicode_from_text(t);
}

function ucd_is_normalized(self: PyObject, form: PyObject, unistr: PyObject): PyObject {
  if (!is_str(form)) bad_argument('is_normalized', 'argument 1', 'str', form);
  if (!is_str(unistr)) bad_argument('is_normalized', 'argument 2', 'str', unistr);
  if (unistr.v.length === 0) return PyBool_FromLong(true);
  const [compose, compat] = form_of(form, 'is_normalized');
  return PyBool_FromLong(is_normalized(database(self), unistr.v as Text, compose, compat));
}

function methods(): MethodSpec[] {
  return [
    { name: 'decimal', flags: METH_CLINIC, meth: ucd_decimal, sig: '($self, chr, default=<unrepresentable>, /)' },
    { name: 'digit', flags: METH_CLINIC, meth: ucd_digit, sig: '($self, chr, default=<unrepresentable>, /)' },
    { name: 'numeric', flags: METH_CLINIC, meth: ucd_numeric, sig: '($self, chr, default=<unrepresentable>, /)' },
    { name: 'category', flags: METH_O, meth: ucd_category, sig: '($self, chr, /)' },
    { name: 'bidirectional', flags: METH_O, meth: ucd_bidirectional, sig: '($self, chr, /)' },
    { name: 'combining', flags: METH_O, meth: ucd_combining, sig: '($self, chr, /)' },
    { name: 'mirrored', flags: METH_O, meth: ucd_mirrored, sig: '($self, chr, /)' },
    { name: 'east_asian_width', flags: METH_O, meth: ucd_east_asian_width, sig: '($self, chr, /)' },
    { name: 'decomposition', flags: METH_O, meth: ucd_decomposition, sig: '($self, chr, /)' },
    { name: 'name', flags: METH_CLINIC, meth: ucd_name, sig: '($self, chr, default=<unrepresentable>, /)' },
    { name: 'lookup', flags: METH_O, meth: ucd_lookup, sig: '($self, name, /)' },
    { name: 'is_normalized', flags: METH_CLINIC, meth: ucd_is_normalized, sig: '($self, form, unistr, /)' },
    { name: 'normalize', flags: METH_CLINIC, meth: ucd_normalize, sig: '($self, form, unistr, /)' },
  ];
}

export const UCD_Type = static_type({
  name: 'unicodedata.UCD',
  heap: 'immutable',
  tp_basicsize: 40,
  tp_flags: Py_TPFLAGS_DISALLOW_INSTANTIATION,
  methods: methods(),
  members: [{ name: 'unidata_version', get: () => PyUnicode_FromString('3.2.0') }],
});

function exec(m: PyObject): void {
  PyModule_AddStringConstant(m, 'unidata_version', '16.0.0');
  PyModule_AddObjectRef(m, 'UCD', UCD_Type);
  const old = new PyObject(UCD_Type, null, null);
  PyModule_AddObjectRef(m, 'ucd_3_2_0', old);
  decref(old);
}

export const module: ModuleSpec = {
  name: 'unicodedata',
  doc: 'The Unicode character database, version 16.0.0.',
  methods: methods(),
  exec,
};
