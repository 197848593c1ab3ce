// execute.ts: running statements: parameters, transactions, what a result consists of.    CPython: Modules/_sqlite/cursor.c

import { as_raised, PyErr_Clear, PyErr_ExceptionMatches, PyErr_SetString } from '../../core/errors.ts';
import { decref, newref, type PyObject, xdecref } from '../../core/object.ts';
import {
  PyIter_Next,
  PyObject_GetItem,
  PyObject_GetIter,
  PyObject_Size,
  PySequence_Check,
  PySequence_GetItem,
} from '../../objects/abstract.ts';
import { PyObject_CallMethodNoArgs, PyObject_CallOneArg } from '../../objects/call.ts';
import { PyDict_Check } from '../../objects/checks.ts';
import { PyDict_GetItem } from '../../objects/dictobject.ts';
import { PyErr_FormatUnraisable } from '../../objects/errors_util.ts';
import { PyExc_LookupError, raise_from_cause } from '../../objects/exceptions.ts';
import { PyList_GetItem, PyList_Type } from '../../objects/listobject.ts';
import { PyLong_FromBigInt } from '../../objects/longobject.ts';
import { Py_None } from '../../objects/object.ts';
import { PyTuple_FromArraySteal, PyTuple_Type, type PyTupleObject } from '../../objects/tupleobject.ts';
import { decode_utf8, PyUnicode_AsString, unicode_from_text } from '../../objects/unicodeobject.ts';
import { adapt, needs_adapting, prepare_protocol_type } from './adapt.ts';
import { LEGACY_TRANSACTION_CONTROL, PARSE_COLNAMES, PARSE_DECLTYPES } from './constants.ts';
import { type Engine, engine } from './engine.ts';
import { OperationalError, ProgrammingError, raise_from_db } from './errors.ts';
import { SQLITE_DONE, SQLITE_OK, SQLITE_ROW } from './result_codes.ts';
import {
  type Connection,
  type Cursor,
  check_usable,
  con,
  converters,
  cur,
  module_state,
  type Statement,
  type StatementObject,
} from './state.ts';
import { statement_create } from './statement.ts';
import { bind_value } from './values.ts';

/** Runs SQL without result. CPython: connection_exec_stmt */
export function run_sql(c: Connection, sql: string): void {
  const e = engine();
  const rc = e.x.sqlite3_exec(c.db, e.temporary(new TextEncoder().encode(sql)), 0, 0, 0);
  if (rc !== SQLITE_OK) raise_from_db(c.db);
  e.rethrow();
}

// CPython: check_cursor_locked
export function check_not_locked(cursor: Cursor): void {
  if (cursor.locked) PyErr_SetString(ProgrammingError, 'Recursive use of cursors not allowed.');
}

/** The cursor's connection, if both can be used. CPython: check_cursor */
export function usable_connection(cursor: Cursor): Connection {
  if (!cursor.initialized) PyErr_SetString(ProgrammingError, 'Base Cursor.__init__ not called.');
  if (cursor.closed) PyErr_SetString(ProgrammingError, 'Cannot operate on a closed cursor.');
  const c = con(cursor.connection!);
  check_usable(c);
  check_not_locked(cursor);
  return c;
}

/** Lets go of the statement, which another cursor may use then. */
export function release_statement(cursor: Cursor): void {
  const { statement } = cursor;
  if (statement === null) return;
  cursor.statement = null;
  if (statement.v.st !== 0) engine().x.sqlite3_reset(statement.v.st);
  decref(statement);
}

// --- parameters ---------------------------------------------------------------------------------------------------------

/** Binds a value (stolen). */
function bind_parameter(e: Engine, st: number, i: number, value: PyObject): void {
  if (needs_adapting(value) && value !== Py_None) {
    const plain = value;
    try {
      value = adapt(plain, prepare_protocol_type, plain);
    } finally {
      decref(plain);
    }
  }
  try {
    const rc = value === Py_None ? e.x.sqlite3_bind_null(st, i) : bind_value(e, st, i, value);
    if (rc === SQLITE_OK) return;
    if (rc !== -1) raise_from_db(e.x.sqlite3_db_handle(st));
    PyErr_SetString(ProgrammingError, `Error binding parameter ${i}: type '${value.ob_type.tp_name}' is not supported`);
  } finally {
    decref(value);
  }
}

function bind_sequence(e: Engine, st: number, parameters: PyObject, needed: number): void {
  const { x } = e;
  const is_tuple = parameters.ob_type === PyTuple_Type;
  const is_list = parameters.ob_type === PyList_Type;
  const given = is_tuple || is_list ? (parameters as PyTupleObject).v.length : PyObject_Size(parameters);
  if (given !== needed) {
    PyErr_SetString(
      ProgrammingError,
      `Incorrect number of bindings supplied. The current statement uses ${needed}, and there are ${given} supplied.`,
    );
  }
  for (let i = 0; i < given; i++) {
    const name = x.sqlite3_bind_parameter_name(st, i + 1);
    if (name !== 0 && e.bytes[name] !== 63) {
      PyErr_SetString(
        ProgrammingError,
        `Binding ${i + 1} ('${e.text(name)}') is a named parameter, but you supplied a sequence which requires nameless (qmark) placeholders.`,
      );
    }
    const value = is_tuple
      ? newref((parameters as PyTupleObject).v[i]!)
      : is_list
        ? newref(PyList_GetItem(parameters, i))
        : PySequence_GetItem(parameters, i);
    bind_parameter(e, st, i + 1, value);
  }
}

function bind_mapping(e: Engine, st: number, parameters: PyObject, needed: number): void {
  for (let i = 1; i <= needed; i++) {
    const at = e.x.sqlite3_bind_parameter_name(st, i);
    if (at === 0) {
      PyErr_SetString(
        ProgrammingError,
        `Binding ${i} has no name, but you supplied a dictionary (which has only names).`,
      );
    }
    // Without the colon.
    const key = e.str(at + 1);
    let value: PyObject;
    try {
      value = PyObject_GetItem(parameters, key);
    } catch (error) {
      if (!PyErr_ExceptionMatches(error, PyExc_LookupError)) throw error;
      PyErr_Clear(error);
      PyErr_SetString(
        ProgrammingError,
        `You did not supply a value for binding parameter :${PyUnicode_AsString(key)}.`,
      );
    } finally {
      decref(key);
    }
    bind_parameter(e, st, i, value);
  }
}

// CPython: bind_parameters
function bind_parameters(e: Engine, st: number, parameters: PyObject): void {
  const needed = e.x.sqlite3_bind_parameter_count(st);
  const type = parameters.ob_type;
  const is_dict = type !== PyTuple_Type && PyDict_Check(parameters);
  if (type === PyTuple_Type || type === PyList_Type || (!is_dict && PySequence_Check(parameters))) {
    bind_sequence(e, st, parameters, needed);
  } else if (is_dict) bind_mapping(e, st, parameters, needed);
  else PyErr_SetString(ProgrammingError, 'parameters are of unsupported type');
}

// --- results ------------------------------------------------------------------------------------------------------------

/** The converter for a type's name, or null; borrowed. CPython: _pysqlite_get_converter */
function converter(name: Uint8Array): PyObject | null {
  const key = unicode_from_text(decode_utf8(name));
  try {
    const upper = PyObject_CallMethodNoArgs(key, 'upper');
    try {
      return PyDict_GetItem(converters(), upper);
    } finally {
      decref(upper);
    }
  } finally {
    decref(key);
  }
}

function column_converter(e: Engine, st: number, i: number, detect: number): PyObject | null {
  if ((detect & PARSE_COLNAMES) !== 0) {
    const name = e.c_string(e.x.sqlite3_column_name(st, i));
    // What stands in the brackets that are closed first.
    const start = name.indexOf(91);
    const end = start < 0 ? -1 : name.indexOf(93, start);
    if (end > 0) {
      const found = converter(name.subarray(name.lastIndexOf(91, end) + 1, end));
      if (found !== null) return found;
    }
  }
  if ((detect & PARSE_DECLTYPES) === 0) return null;
  const declared = e.x.sqlite3_column_decltype(st, i);
  if (declared === 0) return null;
  // "INTEGER NOT NULL", "NUMBER(10)".
  const type = e.c_string(declared);
  const end = type.findIndex(c => c === 32 || c === 40);
  return converter(end < 0 ? type : type.subarray(0, end));
}

export function release_converters(cursor: Cursor): void {
  const { converters: held } = cursor;
  cursor.converters = null;
  if (held !== null) for (const o of held) xdecref(o);
}

// CPython: pysqlite_build_row_cast_map
function find_converters(e: Engine, cursor: Cursor, st: number, detect: number): void {
  release_converters(cursor);
  const found: (PyObject | null)[] = [];
  cursor.converters = found;
  try {
    const n = e.x.sqlite3_column_count(st);
    for (let i = 0; i < n; i++) {
      const o = column_converter(e, st, i, detect);
      found.push(o === null ? null : newref(o));
    }
  } catch (error) {
    release_converters(cursor);
    raise_from_cause(as_raised(error), OperationalError, 'Error while building row_cast_map');
  }
}

/** A column's name as Python shows it: without the type in brackets. CPython: _pysqlite_build_column_name */
function column_name(e: Engine, st: number, i: number, detect: number): PyObject {
  const name = e.c_string(e.x.sqlite3_column_name(st, i));
  let end = (detect & PARSE_COLNAMES) !== 0 ? name.indexOf(91) : -1;
  if (end < 0) end = name.length;
  else if (end > 0 && name[end - 1] === 32) end--;
  return unicode_from_text(decode_utf8(name.subarray(0, end)));
}

function make_description(e: Engine, st: number, columns: number, detect: number): PyObject {
  const items: PyObject[] = [];
  for (let i = 0; i < columns; i++) {
    const column = [column_name(e, st, i, detect)];
    for (let k = 1; k < 7; k++) column.push(newref(Py_None));
    items.push(PyTuple_FromArraySteal(column));
  }
  return PyTuple_FromArraySteal(items);
}

// --- execute ------------------------------------------------------------------------------------------------------------

/** The statement for some SQL: owned. */
function statement_for(c: Connection, sql: PyObject): StatementObject {
  const o = PyObject_CallOneArg(c.statement_cache!, sql) as StatementObject;
  if (engine().x.sqlite3_stmt_busy(o.v.st) === 0) return o;
  // Another cursor is in the midst of it.
  decref(o);
  return statement_create(c, sql);
}

/** A step failed after an error in a callback: that one is shown or forgotten. */
function report_callback_error(e: Engine): void {
  const { failure } = e;
  if (failure === null) return;
  e.failure = null;
  if (module_state.callback_tracebacks) PyErr_FormatUnraisable('Exception ignored in sqlite3 callback', failure);
  else decref(failure.exc);
}

/** One run of the cursor's statement. */
function run_once(e: Engine, c: Connection, cursor: Cursor, s: Statement, parameters: PyObject): void {
  const { x } = e;
  const { st } = s;
  bind_parameters(e, st, parameters);
  // Nothing but comments and white space.
  if (st === 0) return;
  const rc = x.sqlite3_step(st);
  if (rc !== SQLITE_DONE && rc !== SQLITE_ROW) {
    report_callback_error(e);
    raise_from_db(c.db);
  }
  if (e.failure !== null || e.interruption !== null) e.rethrow();
  if (c.detect_types !== 0) find_converters(e, cursor, st, c.detect_types);
  if (cursor.description === Py_None) {
    const columns = x.sqlite3_column_count(st);
    if (columns > 0) {
      const description = make_description(e, st, columns, c.detect_types);
      decref(cursor.description);
      cursor.description = description;
    }
  }
  if (rc === SQLITE_DONE) {
    if (s.is_dml) cursor.rowcount += x.sqlite3_changes(c.db);
    x.sqlite3_reset(st);
  }
}

function execute_locked(
  c: Connection,
  cursor: Cursor,
  multiple: boolean,
  sql: PyObject,
  argument: PyObject | null,
): void {
  const e = engine();
  const { x } = e;
  const iterator = multiple ? PyObject_GetIter(argument!) : null;
  try {
    const { description } = cursor;
    cursor.description = newref(Py_None);
    xdecref(description);
    if (cursor.statement !== null) x.sqlite3_reset(cursor.statement.v.st);
    const statement = statement_for(c, sql);
    xdecref(cursor.statement);
    cursor.statement = statement;
    const s = statement.v;
    if (multiple && x.sqlite3_stmt_readonly(s.st) !== 0) {
      PyErr_SetString(ProgrammingError, 'executemany() can only execute DML statements.');
    }
    x.sqlite3_reset(s.st);
    cursor.rowcount = s.is_dml ? 0 : -1;
    const legacy = c.autocommit === LEGACY_TRANSACTION_CONTROL && c.isolation_level !== null;
    if (legacy && s.is_dml && x.sqlite3_get_autocommit(c.db) !== 0) run_sql(c, `BEGIN ${c.isolation_level}`);
    if (iterator === null) {
      const parameters = argument === null ? PyTuple_FromArraySteal([]) : newref(argument);
      try {
        run_once(e, c, cursor, s, parameters);
      } finally {
        decref(parameters);
      }
      const { lastrowid } = cursor;
      cursor.lastrowid = PyLong_FromBigInt(x.sqlite3_last_insert_rowid(c.db));
      xdecref(lastrowid);
    } else {
      for (let parameters = PyIter_Next(iterator); parameters !== null; parameters = PyIter_Next(iterator)) {
        try {
          run_once(e, c, cursor, s, parameters);
        } finally {
          decref(parameters);
        }
      }
    }
  } finally {
    xdecref(iterator);
  }
}

/** Executes a statement once or for each of many sets of parameters: the cursor (owned). CPython: _pysqlite_query_execute */
export function execute(self: PyObject, multiple: boolean, sql: PyObject, argument: PyObject | null): PyObject {
  const cursor = cur(self);
  const c = usable_connection(cursor);
  cursor.locked = true;
  try {
    execute_locked(c, cursor, multiple, sql, argument);
  } catch (e) {
    cursor.locked = false;
    release_statement(cursor);
    cursor.rowcount = -1;
    throw e;
  }
  cursor.locked = false;
  const { statement } = cursor;
  if (statement !== null && engine().x.sqlite3_stmt_busy(statement.v.st) === 0) {
    cursor.statement = null;
    decref(statement);
  }
  return newref(self);
}
