// _csv.ts: reading and writing comma-separated values.                                   CPython: Modules/_csv.c

import { PyErr_SetString } from '../core/errors.ts';
import { decref, newref, type PyObject } from '../core/object.ts';
import { METH_CLINIC, METH_KEYWORDS, METH_NOARGS, METH_VARARGS, type ModuleSpec } from '../core/spec.ts';
import { PySequence_List } from '../objects/abstract.ts';
import { check_positional } from '../objects/argcheck.ts';
import { PyUnicode_Check } from '../objects/checks.ts';
import { PyDict_Contains, PyDict_DelItem, PyDict_SetItem } from '../objects/dictobject.ts';
import { PyExc_TypeError } from '../objects/exceptions.ts';
import { PyLong_AsSsize_t, PyLong_FromLong, PyLong_Type } from '../objects/longobject.ts';
import { PyModule_AddIntConstant, PyModule_AddObjectRef } from '../objects/moduleobject.ts';
import { Py_None } from '../objects/object.ts';
import type { PyTupleObject } from '../objects/tupleobject.ts';
import {
  csv_error,
  dialect_type,
  get_dialect,
  make_dialect,
  QUOTE_ALL,
  QUOTE_MINIMAL,
  QUOTE_NONE,
  QUOTE_NONNUMERIC,
  QUOTE_NOTNULL,
  QUOTE_STRINGS,
  registered_dialects,
} from './_csv/dialect.ts';
import { csv_reader, fieldLimit, reader_type } from './_csv/reader.ts';
import { csv_writer, writer_type } from './_csv/writer.ts';

/** The one or two positional arguments of reader(), writer() and register_dialect(). */
function unpack(name: string, args: PyObject): [PyObject, PyObject | null] {
  const a = (args as PyTupleObject).v;
  check_positional(name, a.length, 1, 2);
  return [a[0]!, a[1] ?? null];
}

function reader(_module: PyObject, args: PyObject, kwargs: PyObject | null): PyObject {
  const [iterable, dialect] = unpack('reader', args);
  return csv_reader(iterable, dialect, kwargs);
}

function writer(_module: PyObject, args: PyObject, kwargs: PyObject | null): PyObject {
  const [file, dialect] = unpack('writer', args);
  return csv_writer(file, dialect, kwargs);
}

function register_dialect(_module: PyObject, args: PyObject, kwargs: PyObject | null): PyObject {
  const [name, base] = unpack('register_dialect', args);
  if (!PyUnicode_Check(name)) PyErr_SetString(PyExc_TypeError, 'dialect name must be a string');
  const dialect = make_dialect(dialect_type, base, kwargs);
  try {
    PyDict_SetItem(registered_dialects(), name, dialect);
  } finally {
    decref(dialect);
  }
  return newref(Py_None);
}

function unregister_dialect(_module: PyObject, name: PyObject): PyObject {
  if (!PyDict_Contains(registered_dialects(), name)) PyErr_SetString(csv_error, 'unknown dialect');
  PyDict_DelItem(registered_dialects(), name);
  return newref(Py_None);
}

function get_dialect_method(_module: PyObject, name: PyObject): PyObject {
  return newref(get_dialect(name));
}

function list_dialects(_module: PyObject): PyObject {
  return PySequence_List(registered_dialects());
}

function field_size_limit(_module: PyObject, limit: PyObject | null): PyObject {
  const old = fieldLimit.limit;
  if (limit !== null) {
    if (limit.ob_type !== PyLong_Type) PyErr_SetString(PyExc_TypeError, 'limit must be an integer');
    fieldLimit.limit = PyLong_AsSsize_t(limit);
  }
  return PyLong_FromLong(old);
}

const VARKW = METH_VARARGS | METH_KEYWORDS;
const FMTPARAMS = "dialect='excel', **fmtparams)";

export const module: ModuleSpec = {
  name: '_csv',
  doc: 'CSV parsing and writing.',
  methods: [
    { name: 'reader', flags: VARKW, meth: reader, sig: `($module, iterable, /, ${FMTPARAMS}` },
    { name: 'writer', flags: VARKW, meth: writer, sig: `($module, fileobj, /, ${FMTPARAMS}` },
    { name: 'list_dialects', flags: METH_NOARGS, meth: list_dialects, sig: '($module, /)' },
    { name: 'register_dialect', flags: VARKW, meth: register_dialect, sig: `($module, name, /, ${FMTPARAMS}` },
    { name: 'unregister_dialect', flags: METH_CLINIC, meth: unregister_dialect, sig: '($module, /, name)' },
    { name: 'get_dialect', flags: METH_CLINIC, meth: get_dialect_method, sig: '($module, /, name)' },
    {
      name: 'field_size_limit',
      flags: METH_CLINIC,
      meth: field_size_limit,
      sig: '($module, /, new_limit=<unrepresentable>)',
    },
  ],
  types: () => [csv_error, dialect_type],
  exec(m) {
    PyModule_AddObjectRef(m, 'Reader', reader_type);
    PyModule_AddObjectRef(m, 'Writer', writer_type);
    PyModule_AddObjectRef(m, '_dialects', registered_dialects());
    PyModule_AddIntConstant(m, 'QUOTE_MINIMAL', QUOTE_MINIMAL);
    PyModule_AddIntConstant(m, 'QUOTE_ALL', QUOTE_ALL);
    PyModule_AddIntConstant(m, 'QUOTE_NONNUMERIC', QUOTE_NONNUMERIC);
    PyModule_AddIntConstant(m, 'QUOTE_NONE', QUOTE_NONE);
    PyModule_AddIntConstant(m, 'QUOTE_STRINGS', QUOTE_STRINGS);
    PyModule_AddIntConstant(m, 'QUOTE_NOTNULL', QUOTE_NOTNULL);
  },
};
