// cursor.ts: what executes statements and gives their rows.                              CPython: Modules/_sqlite/cursor.c

import { PyErr_Clear, PyErr_ExceptionMatches, PyErr_SetString } from '../../core/errors.ts';
import { gc_del } from '../../core/gc.ts';
import {
  decref,
  decref_all,
  newref,
  Py_TPFLAGS_BASETYPE,
  Py_TPFLAGS_HAVE_GC,
  Py_TPFLAGS_IMMUTABLETYPE,
  type PyObject,
  type PyTypeObject,
  type visitproc,
  xdecref,
} from '../../core/object.ts';
import { METH_CLINIC, METH_NOARGS, METH_O, module_type } from '../../core/spec.ts';
import { PyByteArray_FromUint8Array, PyByteArray_Type } from '../../objects/bytearrayobject.ts';
import { PyBytes_Type } from '../../objects/bytesobject.ts';
import { PyObject_CallOneArg, PyObject_CallTwoArgs } from '../../objects/call.ts';
import { PyUnicode_Check } from '../../objects/checks.ts';
import {
  PyExc_AttributeError,
  PyExc_OverflowError,
  PyExc_TypeError,
  PyExc_UnicodeDecodeError,
} from '../../objects/exceptions.ts';
import { PyFloat_FromDouble } from '../../objects/floatobject.ts';
import { PyArg_CheckPositional, PyArg_NoKeywords } from '../../objects/getargs.ts';
import { release_instance, traverse_instance } from '../../objects/instance.ts';
import { PyList_Append, PyList_FromAppendedSteal } from '../../objects/listobject.ts';
import { PyLong_FromLong } from '../../objects/longobject.ts';
import { Py_None, PyObject_SelfIter } from '../../objects/object.ts';
import { PyTuple_FromArraySteal, type PyTupleObject } from '../../objects/tupleobject.ts';
import { decode_utf8, PyUnicode_Type, unicode_from_text } from '../../objects/unicodeobject.ts';
import { PyWeakref_NewRef } from '../../objects/weakrefobject.ts';
import { none, type_name, unsigned_arg } from '../args.ts';
import { SQLITE_BLOB, SQLITE_FLOAT, SQLITE_INTEGER, SQLITE_TEXT } from './capi.ts';
import { LEGACY_TRANSACTION_CONTROL, SQLITE_LIMIT_SQL_LENGTH } from './constants.ts';
import { type Engine, engine } from './engine.ts';
import { DataError, OperationalError, ProgrammingError, raise_from_db } from './errors.ts';
import {
  check_not_locked,
  execute,
  release_converters,
  release_statement,
  run_sql,
  usable_connection,
} from './execute.ts';
import { SQLITE_DONE, SQLITE_OK, SQLITE_ROW } from './result_codes.ts';
import { Connection, Cursor, check_thread, check_usable, con, cur } from './state.ts';
import { bytes_at, int_of, unicode_arg, utf8_arg } from './values.ts';

function cursor_new(type: PyTypeObject): PyObject {
  return type.tp_alloc!(type, new Cursor());
}

// CPython: pysqlite_cursor_init_impl
function cursor_init(self: PyObject, args: PyObject, kwargs: PyObject | null): void {
  if (self.ob_type === cursor_type) PyArg_NoKeywords('Cursor', kwargs);
  const a = (args as PyTupleObject).v;
  PyArg_CheckPositional('Cursor', a.length, 1, 1);
  const connection = a[0]!;
  if (!(connection.v instanceof Connection)) {
    PyErr_SetString(PyExc_TypeError, `Cursor() argument 1 must be sqlite3.Connection, not ${type_name(connection)}`);
  }
  const cursor = cur(self);
  check_not_locked(cursor);
  const old = [cursor.connection, cursor.description, cursor.lastrowid, cursor.row_factory, cursor.statement];
  cursor.connection = newref(connection);
  cursor.description = none();
  cursor.lastrowid = none();
  cursor.row_factory = none();
  cursor.statement = null;
  cursor.arraysize = 1;
  cursor.rowcount = -1;
  cursor.closed = false;
  release_converters(cursor);
  decref_all(old);
  const c = con(connection);
  check_thread(c);
  if (c.cursors === null) PyErr_SetString(ProgrammingError, 'Base Connection.__init__ not called.');
  const reference = PyWeakref_NewRef(self, null);
  try {
    PyList_Append(c.cursors, reference);
  } finally {
    decref(reference);
  }
  cursor.initialized = true;
}

function cursor_clear(self: PyObject): void {
  const cursor = cur(self);
  release_statement(cursor);
  release_converters(cursor);
  const held = [cursor.connection, cursor.description, cursor.lastrowid, cursor.row_factory];
  cursor.connection = cursor.description = cursor.lastrowid = cursor.row_factory = null;
  decref_all(held);
}

function cursor_dealloc(self: PyObject): void {
  gc_del(self);
  release_instance(self);
  cursor_clear(self);
}

function cursor_traverse(self: PyObject, visit: visitproc): void {
  const cursor = cur(self);
  traverse_instance(self, visit);
  if (cursor.connection !== null) visit(cursor.connection);
  if (cursor.description !== null) visit(cursor.description);
  if (cursor.lastrowid !== null) visit(cursor.lastrowid);
  if (cursor.row_factory !== null) visit(cursor.row_factory);
  if (cursor.statement !== null) visit(cursor.statement);
  if (cursor.converters !== null) for (const o of cursor.converters) if (o !== null) visit(o);
}

// --- rows ---------------------------------------------------------------------------------------------------------------

/** The message's text is cut off at so many bytes. */
const MESSAGE_SIZE = 198;

function undecodable(e: Engine, st: number, i: number, text: number): never {
  const ascii = (at: number): string => Array.from(e.c_string(at), c => String.fromCharCode(c)).join('');
  const message = `Could not decode to UTF-8 column '${ascii(e.x.sqlite3_column_name(st, i))}' with text '${ascii(text)}'`;
  PyErr_SetString(OperationalError, message.slice(0, MESSAGE_SIZE).replace(/[^\0-\x7f]/g, '\ufffd'));
}

function text_value(e: Engine, c: Connection, st: number, i: number): PyObject {
  const { x } = e;
  const at = x.sqlite3_column_text(st, i);
  const length = x.sqlite3_column_bytes(st, i);
  const factory = c.text_factory!;
  if (factory === PyUnicode_Type) {
    try {
      return unicode_from_text(decode_utf8(e.bytes.subarray(at, at + length)));
    } catch (error) {
      if (!PyErr_ExceptionMatches(error, PyExc_UnicodeDecodeError)) throw error;
      PyErr_Clear(error);
      undecodable(e, st, i, at);
    }
  }
  if (factory === PyByteArray_Type) return PyByteArray_FromUint8Array(e.bytes.slice(at, at + length));
  const bytes = bytes_at(e, at, length);
  if (factory === PyBytes_Type) return bytes;
  try {
    return PyObject_CallOneArg(factory, bytes);
  } finally {
    decref(bytes);
  }
}

function column_value(e: Engine, c: Connection, st: number, i: number): PyObject {
  const { x } = e;
  switch (x.sqlite3_column_type(st, i)) {
    case SQLITE_INTEGER:
      return int_of(x.sqlite3_column_double(st, i), () => x.sqlite3_column_int64(st, i));
    case SQLITE_FLOAT:
      return PyFloat_FromDouble(x.sqlite3_column_double(st, i));
    case SQLITE_TEXT:
      return text_value(e, c, st, i);
    case SQLITE_BLOB: {
      const at = x.sqlite3_column_blob(st, i);
      return bytes_at(e, at, x.sqlite3_column_bytes(st, i));
    }
    default:
      return none();
  }
}

function converted_value(e: Engine, st: number, i: number, converter: PyObject): PyObject {
  const at = e.x.sqlite3_column_blob(st, i);
  if (at === 0) return none();
  const bytes = bytes_at(e, at, e.x.sqlite3_column_bytes(st, i));
  try {
    return PyObject_CallOneArg(converter, bytes);
  } finally {
    decref(bytes);
  }
}

/** The row that the last step has given, as a tuple. CPython: _pysqlite_fetch_one_row */
function fetch_row(e: Engine, c: Connection, cursor: Cursor, st: number): PyObject {
  const n = e.x.sqlite3_data_count(st);
  const values: PyObject[] = [];
  try {
    for (let i = 0; i < n; i++) {
      const converter = c.detect_types === 0 ? null : (cursor.converters?.[i] ?? null);
      values.push(converter === null ? column_value(e, c, st, i) : converted_value(e, st, i, converter));
    }
  } catch (error) {
    decref_all(values);
    throw error;
  }
  return PyTuple_FromArraySteal(values);
}

/** The next row, or null. CPython: pysqlite_cursor_iternext */
function cursor_iternext(self: PyObject): PyObject | null {
  const cursor = cur(self);
  const c = usable_connection(cursor);
  const { statement } = cursor;
  if (statement === null) return null;
  const e = engine();
  const { x } = e;
  const { st } = statement.v;
  let row: PyObject;
  cursor.locked = true;
  try {
    row = fetch_row(e, c, cursor, st);
  } finally {
    cursor.locked = false;
  }
  const rc = x.sqlite3_step(st);
  if (rc !== SQLITE_ROW || e.failure !== null || e.interruption !== null) end_of_rows(e, c, cursor, rc, row);
  const factory = cursor.row_factory!;
  if (factory === Py_None) return row;
  try {
    return PyObject_CallTwoArgs(factory, self, row);
  } finally {
    decref(row);
  }
}

/** There is no further row, or no row (stolen then) because of an error. */
function end_of_rows(e: Engine, c: Connection, cursor: Cursor, rc: number, row: PyObject): void {
  if (rc === SQLITE_DONE && cursor.statement!.v.is_dml) cursor.rowcount = e.x.sqlite3_changes(c.db);
  try {
    if (rc !== SQLITE_DONE && rc !== SQLITE_ROW) raise_from_db(c.db);
    e.rethrow();
  } catch (error) {
    decref(row);
    throw error;
  } finally {
    release_statement(cursor);
  }
}

function fetchone(self: PyObject): PyObject {
  return cursor_iternext(self) ?? none();
}

function rows(self: PyObject, most: number): PyObject {
  const list: PyObject[] = [];
  try {
    while (list.length < most) {
      const row = cursor_iternext(self);
      if (row === null) break;
      list.push(row);
    }
  } catch (e) {
    decref_all(list);
    throw e;
  }
  return PyList_FromAppendedSteal(list);
}

function fetchmany(self: PyObject, size: PyObject | null): PyObject {
  const most = size === null ? cur(self).arraysize : Number(unsigned_arg(size, 32, 'uint32_t'));
  return rows(self, most);
}

// --- methods ------------------------------------------------------------------------------------------------------------

function cursor_execute(self: PyObject, sql: PyObject, parameters: PyObject | null): PyObject {
  return execute(self, false, unicode_arg('execute', '1', sql), parameters);
}

function cursor_executemany(self: PyObject, sql: PyObject, parameters: PyObject): PyObject {
  return execute(self, true, unicode_arg('executemany', '1', sql), parameters);
}

/** Runs all statements of a script. CPython: pysqlite_cursor_executescript_impl */
function cursor_executescript(self: PyObject, script: PyObject): PyObject {
  if (!PyUnicode_Check(script)) {
    PyErr_SetString(PyExc_TypeError, `executescript() argument must be str, not ${type_name(script)}`);
  }
  const sql = utf8_arg('executescript', '1', script);
  const c = usable_connection(cur(self));
  const e = engine();
  const { x } = e;
  if (sql.length > x.sqlite3_limit(c.db, SQLITE_LIMIT_SQL_LENGTH, -1))
    PyErr_SetString(DataError, 'query string is too large');
  if (c.autocommit === LEGACY_TRANSACTION_CONTROL && x.sqlite3_get_autocommit(c.db) === 0) run_sql(c, 'COMMIT');
  const text = e.string(sql);
  const out = e.malloc(8);
  try {
    const end = text + sql.length;
    for (let at = text; at < end; ) {
      let rc = x.sqlite3_prepare_v2(c.db, at, end - at + 1, out, out + 4);
      if (rc === SQLITE_OK) {
        const st = e.int32(out);
        at = e.int32(out + 4);
        if (st !== 0) {
          do rc = x.sqlite3_step(st);
          while (rc === SQLITE_ROW);
          rc = x.sqlite3_finalize(st);
        }
      }
      if (rc !== SQLITE_OK) raise_from_db(c.db);
      e.rethrow();
    }
  } finally {
    x.sqlite3_free(text);
    x.sqlite3_free(out);
  }
  return newref(self);
}

function cursor_close(self: PyObject): PyObject {
  const cursor = cur(self);
  check_not_locked(cursor);
  if (cursor.connection === null) PyErr_SetString(ProgrammingError, 'Base Cursor.__init__ not called.');
  check_usable(con(cursor.connection));
  release_statement(cursor);
  cursor.closed = true;
  return none();
}

function set_arraysize(self: PyObject, value: PyObject | null): void {
  if (value === null) {
    PyErr_SetString(PyExc_AttributeError, "attribute 'arraysize' of 'sqlite3.Cursor' objects cannot be deleted");
  }
  const n = unsigned_arg(value, 64, 'uint64_t');
  if (n > 0xffffffffn) PyErr_SetString(PyExc_OverflowError, 'Python int too large to convert to C uint32_t');
  cur(self).arraysize = Number(n);
}

function set_row_factory(self: PyObject, value: PyObject | null): void {
  if (value === null) PyErr_SetString(PyExc_AttributeError, 'cannot delete row_factory attribute');
  const cursor = cur(self);
  const old = cursor.row_factory;
  cursor.row_factory = newref(value);
  xdecref(old);
}

function member(o: PyObject | null): PyObject {
  return newref(o ?? Py_None);
}

export const cursor_type: PyTypeObject = module_type('_sqlite3', {
  name: 'sqlite3.Cursor',
  heap: 'immutable',
  tp_basicsize: 104,
  has_weakrefs: true,
  tp_weaklistoffset: 96,
  tp_flags: Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_IMMUTABLETYPE,
  tp_doc: 'SQLite database cursor class.',
  tp_new: cursor_new,
  tp_init: cursor_init,
  tp_dealloc: cursor_dealloc,
  tp_traverse: cursor_traverse,
  tp_clear: cursor_clear,
  tp_iter: PyObject_SelfIter,
  tp_iternext: cursor_iternext,
  methods: [
    { name: 'close', flags: METH_NOARGS, meth: cursor_close, sig: '($self, /)', doc: 'Closes the cursor.' },
    {
      name: 'executemany',
      flags: METH_CLINIC,
      meth: cursor_executemany,
      sig: '($self, sql, seq_of_parameters, /)',
      doc: 'Executes a statement for each of the sets of parameters.',
    },
    {
      name: 'executescript',
      flags: METH_O,
      meth: cursor_executescript,
      sig: '($self, sql_script, /)',
      doc: 'Executes several statements, one after the other.',
    },
    {
      name: 'execute',
      flags: METH_CLINIC,
      meth: cursor_execute,
      sig: '($self, sql, parameters=(), /)',
      doc: 'Executes a statement.',
    },
    {
      name: 'fetchall',
      flags: METH_NOARGS,
      meth: self => rows(self, Number.POSITIVE_INFINITY),
      sig: '($self, /)',
      doc: 'All rows that are left, as a list.',
    },
    {
      name: 'fetchmany',
      flags: METH_CLINIC,
      meth: fetchmany,
      sig: '($self, /, size=1)',
      doc: 'So many rows as a list; by default as many as arraysize tells.',
    },
    { name: 'fetchone', flags: METH_NOARGS, meth: fetchone, sig: '($self, /)', doc: 'The next row, or None.' },
    {
      name: 'setinputsizes',
      flags: METH_O,
      meth: none,
      sig: '($self, sizes, /)',
      doc: 'Required by the DB-API; does nothing.',
    },
    {
      name: 'setoutputsize',
      flags: METH_CLINIC,
      meth: none,
      sig: '($self, size, column=None, /)',
      doc: 'Required by the DB-API; does nothing.',
    },
  ],
  members: [
    { name: 'connection', get: self => member(cur(self).connection) },
    { name: 'description', get: self => member(cur(self).description) },
    { name: 'lastrowid', get: self => member(cur(self).lastrowid) },
    { name: 'rowcount', get: self => PyLong_FromLong(cur(self).rowcount) },
  ],
  getset: [
    { name: 'arraysize', get: self => PyLong_FromLong(cur(self).arraysize), set: set_arraysize },
    { name: 'row_factory', get: self => member(cur(self).row_factory), set: set_row_factory },
  ],
});
