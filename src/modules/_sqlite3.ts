// _sqlite3.ts: SQLite databases (the DB-API 2.0), on which CPython's package sqlite3 stands.    CPython: Modules/_sqlite/module.c
//
// The parts are in _sqlite3/; SQLite itself is a WebAssembly module, which is loaded with this one (docs/adr/0009-sqlite.md).
// Extensions cannot be loaded, so that connections have neither enable_load_extension() nor load_extension().

import { PyErr_SetString } from '../core/errors.ts';
import { decref, type PyObject } from '../core/object.ts';
import { METH_CLINIC, METH_KEYWORDS, METH_O, METH_VARARGS, type ModuleSpec } from '../core/spec.ts';
import { PyBool_FromLong } from '../objects/boolobject.ts';
import { PyObject_Call, PyObject_CallMethodNoArgs } from '../objects/call.ts';
import { PyUnicode_Check } from '../objects/checks.ts';
import { PyDict_GetItemString, PyDict_SetItem } from '../objects/dictobject.ts';
import { PyExc_TypeError } from '../objects/exceptions.ts';
import { PyImport_ImportModuleAttr } from '../objects/import_util.ts';
import { PyModule_AddIntConstant, PyModule_AddObjectRef, PyModule_AddStringConstant } from '../objects/moduleobject.ts';
import type { PyTupleObject } from '../objects/tupleobject.ts';
import { adapt, prepare_protocol_type, register_adapter } from './_sqlite3/adapt.ts';
import { blob_type } from './_sqlite3/blob.ts';
import { CONNECT_SIGNATURE, connection_type, warn_positional } from './_sqlite3/connection.ts';
import * as constants from './_sqlite3/constants.ts';
import { cursor_type } from './_sqlite3/cursor.ts';
import { engine } from './_sqlite3/engine.ts';
import { exceptions } from './_sqlite3/errors.ts';
import * as result_codes from './_sqlite3/result_codes.ts';
import { row_type } from './_sqlite3/row.ts';
import { adapters, converters, module_state } from './_sqlite3/state.ts';
import { utf8_arg } from './_sqlite3/values.ts';
import { c_int, none, type_name } from './args.ts';

/** Where `factory` stands among the arguments of connect(). */
const FACTORY = 5;

// CPython: module_connect
function connect(_module: PyObject, args: PyObject, kwargs: PyObject | null): PyObject {
  const given = (args as PyTupleObject).v;
  warn_positional('sqlite3.connect', given.length);
  const factory =
    given[FACTORY] ?? (kwargs === null ? null : PyDict_GetItemString(kwargs, 'factory')) ?? connection_type;
  return PyObject_Call(factory, args, kwargs);
}

function complete_statement(_module: PyObject, statement: PyObject): PyObject {
  const e = engine();
  return PyBool_FromLong(
    e.x.sqlite3_complete(e.temporary(utf8_arg('complete_statement', "'statement'", statement))) !== 0,
  );
}

function register_adapter_method(_module: PyObject, type: PyObject, adapter: PyObject): PyObject {
  register_adapter(type, adapter);
  return none();
}

function register_converter(_module: PyObject, name: PyObject, converter: PyObject): PyObject {
  if (!PyUnicode_Check(name)) {
    PyErr_SetString(PyExc_TypeError, `register_converter() argument 1 must be str, not ${type_name(name)}`);
  }
  const upper = PyObject_CallMethodNoArgs(name, 'upper');
  try {
    PyDict_SetItem(converters(), upper, converter);
  } finally {
    decref(upper);
  }
  return none();
}

function enable_callback_tracebacks(_module: PyObject, enable: PyObject): PyObject {
  module_state.callback_tracebacks = c_int(enable) !== 0;
  return none();
}

function adapt_method(_module: PyObject, o: PyObject, protocol: PyObject | null, otherwise: PyObject | null): PyObject {
  return adapt(o, protocol ?? prepare_protocol_type, otherwise);
}

export const module: ModuleSpec = {
  name: '_sqlite3',
  methods: [
    {
      name: 'adapt',
      flags: METH_CLINIC,
      meth: adapt_method,
      sig: '($module, obj, proto=PrepareProtocolType, alt=<unrepresentable>, /)',
      doc: 'The object as the protocol wants it.',
    },
    {
      name: 'complete_statement',
      flags: METH_CLINIC,
      meth: complete_statement,
      sig: '($module, /, statement)',
      doc: 'Whether the text ends a statement of SQL.',
    },
    {
      name: 'connect',
      flags: METH_VARARGS | METH_KEYWORDS,
      meth: connect,
      sig: `($module, /, ${CONNECT_SIGNATURE}`,
      doc: 'Opens a database file, or one in memory (":memory:").',
    },
    {
      name: 'enable_callback_tracebacks',
      flags: METH_O,
      meth: enable_callback_tracebacks,
      sig: '($module, enable, /)',
      doc: 'Whether errors in callbacks are shown on stderr.',
    },
    {
      name: 'register_adapter',
      flags: METH_CLINIC,
      meth: register_adapter_method,
      sig: '($module, type, adapter, /)',
      doc: 'Sets the function that makes values for SQLite of objects of a type.',
    },
    {
      name: 'register_converter',
      flags: METH_CLINIC,
      meth: register_converter,
      sig: '($module, typename, converter, /)',
      doc: 'Sets the function that makes objects of the values in columns of a type.',
    },
  ],
  types: () => [blob_type, connection_type, cursor_type, prepare_protocol_type, row_type, ...exceptions()],
  exec(m) {
    const e = engine();
    module_state.lru_cache ??= PyImport_ImportModuleAttr('functools', 'lru_cache');
    for (const table of [constants, result_codes]) {
      for (const [name, value] of Object.entries(table)) PyModule_AddIntConstant(m, name, value);
    }
    PyModule_AddStringConstant(m, 'sqlite_version', e.text(e.x.sqlite3_libversion()));
    // Calls of SQLite run one at a time, whichever thread makes them.
    PyModule_AddIntConstant(m, 'threadsafety', 3);
    PyModule_AddObjectRef(m, 'adapters', adapters());
    PyModule_AddObjectRef(m, 'converters', converters());
  },
};
