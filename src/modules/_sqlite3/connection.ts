// connection.ts: the type of connections: opening, closing, transactions.              CPython: Modules/_sqlite/connection.c

import { as_raised, PyErr_Clear, PyErr_ExceptionMatches, PyErr_SetString, Raised } from '../../core/errors.ts';
import { gc_del } from '../../core/gc.ts';
import { HostError } from '../../core/host.ts';
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
import { current } from '../../core/tstate.ts';
import { PySys_Audit } from '../../objects/audit.ts';
import { Py_False, Py_True, PyBool_FromLong } from '../../objects/boolobject.ts';
import { PyObject_CallMethodOneArg, PyObject_CallOneArg } from '../../objects/call.ts';
import { PyLong_Check, PyUnicode_Check } from '../../objects/checks.ts';
import { PyErr_FormatUnraisable } from '../../objects/errors_util.ts';
import {
  chain_exceptions,
  PyExc_AttributeError,
  PyExc_DeprecationWarning,
  PyExc_TypeError,
  PyExc_ValueError,
  PyExc_Warning,
} from '../../objects/exceptions.ts';
import { PyFloat_AsDouble } from '../../objects/floatobject.ts';
import { PyArg_Clinic, PyArg_NoKeywords } from '../../objects/getargs.ts';
import { release_instance } from '../../objects/instance.ts';
import { PyList_FromArraySteal, PyList_New } from '../../objects/listobject.ts';
import { PyLong_FromLong } from '../../objects/longobject.ts';
import { Py_None, repr_string } from '../../objects/object.ts';
import type { PyTupleObject } from '../../objects/tupleobject.ts';
import { call_finalizer_from_dealloc, PyObject_TypeCheck } from '../../objects/typeobject.ts';
import { PyUnicode_FromString, PyUnicode_Type } from '../../objects/unicodeobject.ts';
import { PyErr_ResourceWarning, PyErr_WarnEx } from '../../objects/warnings.ts';
import { _PyWeakref_GET_REF } from '../../objects/weakrefobject.ts';
import { c_bool, c_int, host, none, type_name } from '../args.ts';
import { fs_bytes, PyOS_FSPath } from '../posix/path.ts';
import { BLOB_METHODS, close_all_blobs } from './blob.ts';
import { callback_of, drop_callback } from './callbacks.ts';
import { SQLITE_OPEN_CREATE, SQLITE_OPEN_READWRITE, SQLITE_OPEN_URI, SQLITE_TRACE_STMT } from './capi.ts';
import { DATABASE_METHODS, MAIN } from './connection_methods.ts';
import { LEGACY_TRANSACTION_CONTROL } from './constants.ts';
import { cursor_type } from './cursor.ts';
import { engine } from './engine.ts';
import { exceptions, ProgrammingError, raise_from_db } from './errors.ts';
import { execute, run_sql } from './execute.ts';
import { FUNCTION_METHODS } from './functions.ts';
import { SQLITE_OK } from './result_codes.ts';
import {
  AUTOCOMMIT_DISABLED,
  AUTOCOMMIT_ENABLED,
  Connection,
  check_connection,
  check_thread,
  check_usable,
  con,
  cur,
  module_state,
} from './state.ts';
import { statement_create } from './statement.ts';
import { unicode_arg, utf8_arg } from './values.ts';

// --- opening ------------------------------------------------------------------------------------------------------------

const ISOLATION_LEVELS = ['', 'DEFERRED', 'IMMEDIATE', 'EXCLUSIVE'];

// CPython: isolation_level_converter
function isolation_level_arg(o: PyObject): string | null {
  if (o === Py_None) return null;
  if (!PyUnicode_Check(o)) PyErr_SetString(PyExc_TypeError, 'isolation_level must be str or None');
  const level = new TextDecoder().decode(utf8_arg('connect', 'isolation_level', o)).toUpperCase();
  if (!ISOLATION_LEVELS.includes(level)) {
    PyErr_SetString(PyExc_ValueError, "isolation_level string must be '', 'DEFERRED', 'IMMEDIATE', or 'EXCLUSIVE'");
  }
  return level;
}

// CPython: autocommit_converter
function autocommit_arg(o: PyObject): number {
  if (o === Py_True) return AUTOCOMMIT_ENABLED;
  if (o === Py_False) return AUTOCOMMIT_DISABLED;
  if (PyLong_Check(o) && o.v === LEGACY_TRANSACTION_CONTROL) return LEGACY_TRANSACTION_CONTROL;
  PyErr_SetString(PyExc_ValueError, 'autocommit must be True, False, or sqlite3.LEGACY_TRANSACTION_CONTROL');
}

/** What connect() and Connection() take. */
export const CONNECT_SIGNATURE =
  "database, timeout=5.0, detect_types=0, isolation_level='', check_same_thread=True, factory=ConnectionType, cached_statements=128, uri=False, *, autocommit=sqlite3.LEGACY_TRANSACTION_CONTROL)";

export function warn_positional(fname: string, given: number): void {
  if (given <= 1 || given > 8) return;
  PyErr_WarnEx(
    PyExc_DeprecationWarning,
    `Passing more than 1 positional argument to ${fname}() is deprecated. Parameters 'timeout', 'detect_types', ` +
      "'isolation_level', 'check_same_thread', 'factory', 'cached_statements' and 'uri' will become keyword-only parameters " +
      'in Python 3.15.',
    1,
  );
}

/** The null-terminated bytes of a path. */
function path_bytes(o: PyObject): Uint8Array {
  const path = PyOS_FSPath(o);
  try {
    const bytes = fs_bytes(path);
    if (bytes.includes(0)) PyErr_SetString(PyExc_ValueError, 'embedded null byte');
    return bytes;
  } finally {
    decref(path);
  }
}

/** Whether a database has no pages yet. New ones get pages of SQLite's usual size, which is not the WebAssembly build's. */
function is_new(db: number): boolean {
  const e = engine();
  const name = e.c_string(e.x.sqlite3_db_filename(db, e.temporary(MAIN))).slice();
  if (name.length === 0) return true;
  try {
    return host().files.stat(name).size === 0;
  } catch (error) {
    if (error instanceof HostError) return false;
    throw error;
  }
}

function open_database(path: Uint8Array, timeout: number, uri: boolean): number {
  const e = engine();
  const { x } = e;
  const name = e.string(path);
  const out = e.malloc(4);
  let rc: number;
  let db: number;
  try {
    rc = x.sqlite3_open_v2(name, out, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | (uri ? SQLITE_OPEN_URI : 0), 0);
    db = e.int32(out);
  } finally {
    x.sqlite3_free(name);
    x.sqlite3_free(out);
  }
  if (rc === SQLITE_OK) {
    x.sqlite3_busy_timeout(db, Math.trunc(timeout * 1000) | 0);
    if (is_new(db)) x.sqlite3_exec(db, e.temporary(new TextEncoder().encode('PRAGMA page_size = 4096')), 0, 0, 0);
    return db;
  }
  try {
    raise_from_db(db);
  } finally {
    x.sqlite3_close_v2(db);
  }
}

/** functools.lru_cache(size)(connection). */
function make_statement_cache(self: PyObject, size: number): PyObject {
  const n = PyLong_FromLong(size);
  try {
    const decorator = PyObject_CallOneArg(module_state.lru_cache!, n);
    try {
      return PyObject_CallOneArg(decorator, self);
    } finally {
      decref(decorator);
    }
  } finally {
    decref(n);
  }
}

function connection_new(type: PyTypeObject): PyObject {
  return type.tp_alloc!(type, new Connection());
}

// CPython: pysqlite_connection_init_impl
function connection_init(self: PyObject, args: PyObject, kwargs: PyObject | null): void {
  warn_positional('_sqlite3.Connection', (args as PyTupleObject).v.length);
  const given = PyArg_Clinic('Connection', `(${CONNECT_SIGNATURE}`, args, kwargs);
  const database = given[0]!;
  const timeout = given[1] === null ? 5 : PyFloat_AsDouble(given[1]!);
  const detect_types = given[2] === null ? 0 : c_int(given[2]!);
  const isolation_level = given[3] === null ? '' : isolation_level_arg(given[3]!);
  const check_same_thread = c_bool(given[4]!, true);
  const cache_size = given[6] === null ? 128 : c_int(given[6]!);
  const uri = c_bool(given[7]!, false);
  const autocommit = given[8] === null ? LEGACY_TRANSACTION_CONTROL : autocommit_arg(given[8]!);
  PySys_Audit('sqlite3.connect', database);
  const path = path_bytes(database);
  const c = con(self);
  if (c.initialized) {
    c.initialized = false;
    connection_clear(self);
    close_database(c);
  }
  const db = open_database(path, timeout, uri);
  try {
    c.statement_cache = make_statement_cache(self, cache_size);
  } catch (e) {
    engine().x.sqlite3_close_v2(db);
    throw e;
  }
  c.db = db;
  c.cursors = PyList_New();
  c.blobs = PyList_New();
  c.created_cursors = c.blob_changes = 0;
  c.detect_types = detect_types;
  c.isolation_level = isolation_level;
  c.autocommit = autocommit;
  c.check_same_thread = check_same_thread;
  c.thread_ident = current.tstate.thread_id;
  c.row_factory = none();
  c.text_factory = newref(PyUnicode_Type);
  PySys_Audit('sqlite3.connect/handle', self);
  c.initialized = true;
  if (autocommit === AUTOCOMMIT_DISABLED) run_sql(c, 'BEGIN');
}

// --- closing ------------------------------------------------------------------------------------------------------------

// CPython: connection_clear
function connection_clear(self: PyObject): void {
  const c = con(self);
  const held = [c.statement_cache, c.cursors, c.blobs, c.row_factory, c.text_factory];
  c.statement_cache = c.cursors = c.blobs = c.row_factory = c.text_factory = null;
  decref_all(held);
}

/** Rolls back what is open with `autocommit=False`, and closes; what cannot be rolled back is raised at the end. CPython: connection_close */
function close_database(c: Connection): void {
  const { db } = c;
  if (db === 0) return;
  const { x } = engine();
  try {
    if (c.autocommit === AUTOCOMMIT_DISABLED && x.sqlite3_get_autocommit(db) === 0) run_sql(c, 'ROLLBACK');
  } finally {
    c.db = 0;
    x.sqlite3_close_v2(db);
    const callbacks = [c.trace, c.progress, c.authorizer];
    c.trace = c.progress = c.authorizer = 0;
    for (const number of callbacks) drop_callback(number);
  }
}

/** Nothing of Python's is called any more when the interpreter ends. CPython: remove_callbacks */
function remove_callbacks(db: number): void {
  const { x } = engine();
  x.sqlite3_trace_v2(db, SQLITE_TRACE_STMT, 0, 0);
  x.sqlite3_progress_handler(db, 0, 0, 0);
  x.sqlite3_set_authorizer(db, 0, 0);
}

// CPython: connection_finalize
function connection_finalize(self: PyObject): void {
  const c = con(self);
  if (c.db === 0) return;
  const teardown = current.tstate.interp.finalizing;
  if (teardown) remove_callbacks(c.db);
  try {
    PyErr_ResourceWarning(self, 1, `unclosed database in ${repr_string(self)}`);
  } catch (e) {
    const raised = as_raised(e);
    if (PyErr_ExceptionMatches(raised, PyExc_Warning)) {
      PyErr_FormatUnraisable(`Exception ignored while finalizing database connection ${repr_string(self)}`, raised);
    } else PyErr_Clear(raised);
  }
  try {
    close_database(c);
  } catch (e) {
    const raised = as_raised(e);
    if (teardown) PyErr_Clear(raised);
    else PyErr_FormatUnraisable(`Exception ignored while closing database ${repr_string(self)}`, raised);
  }
}

function connection_dealloc(self: PyObject): void {
  if (!call_finalizer_from_dealloc(self)) return;
  gc_del(self);
  release_instance(self);
  connection_clear(self);
}

function connection_traverse(self: PyObject, visit: visitproc): void {
  const c = con(self);
  if (c.statement_cache !== null) visit(c.statement_cache);
  if (c.cursors !== null) visit(c.cursors);
  if (c.blobs !== null) visit(c.blobs);
  if (c.row_factory !== null) visit(c.row_factory);
  if (c.text_factory !== null) visit(c.text_factory);
  for (const number of [c.trace, c.progress, c.authorizer]) {
    const callable = callback_of(number);
    if (callable !== null) visit(callable);
  }
}

// CPython: pysqlite_connection_close_impl
function connection_close(self: PyObject): PyObject {
  const c = con(self);
  check_thread(c);
  if (!c.initialized) PyErr_SetString(ProgrammingError, 'Base Connection.__init__ not called.');
  close_all_blobs(c);
  const { statement_cache } = c;
  c.statement_cache = null;
  xdecref(statement_cache);
  close_database(c);
  return none();
}

// --- cursors ------------------------------------------------------------------------------------------------------------

/** So many cursors are made before references to dead ones go. */
const CURSORS_BETWEEN = 200;

// CPython: _pysqlite_drop_unused_cursor_references
function drop_dead_cursors(c: Connection): void {
  if (c.created_cursors++ < CURSORS_BETWEEN) return;
  c.created_cursors = 0;
  const live = (c.cursors as PyObject<PyObject[]>).v.filter(reference => {
    const cursor = _PyWeakref_GET_REF(reference);
    xdecref(cursor);
    return cursor !== null;
  });
  const old = c.cursors!;
  c.cursors = PyList_FromArraySteal(live.map(newref));
  decref(old);
}

function make_cursor(self: PyObject, factory: PyObject | null): PyObject {
  const c = con(self);
  check_usable(c);
  const cursor = PyObject_CallOneArg(factory ?? cursor_type, self);
  if (!PyObject_TypeCheck(cursor, cursor_type)) {
    const type = cursor.ob_type.tp_name;
    decref(cursor);
    PyErr_SetString(PyExc_TypeError, `factory must return a cursor, not ${type}`);
  }
  drop_dead_cursors(c);
  if (c.row_factory !== Py_None && c.row_factory !== null) {
    const state = cur(cursor);
    const old = state.row_factory;
    state.row_factory = newref(c.row_factory);
    xdecref(old);
  }
  return cursor;
}

/** A new cursor on which something is done. */
function with_cursor(self: PyObject, run: (cursor: PyObject) => PyObject): PyObject {
  const cursor = make_cursor(self, null);
  try {
    decref(run(cursor));
  } catch (e) {
    decref(cursor);
    throw e;
  }
  return cursor;
}

function connection_execute(self: PyObject, sql: PyObject, parameters: PyObject | null): PyObject {
  unicode_arg('execute', '1', sql);
  return with_cursor(self, cursor => execute(cursor, false, sql, parameters));
}

function connection_executemany(self: PyObject, sql: PyObject, parameters: PyObject): PyObject {
  unicode_arg('executemany', '1', sql);
  return with_cursor(self, cursor => execute(cursor, true, sql, parameters));
}

function connection_executescript(self: PyObject, script: PyObject): PyObject {
  return with_cursor(self, cursor => PyObject_CallMethodOneArg(cursor, 'executescript', script));
}

/** connection(sql): a statement; for the statement cache. CPython: pysqlite_connection_call */
function connection_call(self: PyObject, args: PyObject, kwargs: PyObject | null): PyObject {
  const c = con(self);
  check_usable(c);
  PyArg_NoKeywords('sqlite3.Connection', kwargs);
  const a = (args as PyTupleObject).v;
  if (a.length !== 1) PyErr_SetString(PyExc_TypeError, `function takes exactly 1 argument (${a.length} given)`);
  if (!PyUnicode_Check(a[0]!)) PyErr_SetString(PyExc_TypeError, `argument 1 must be str, not ${type_name(a[0]!)}`);
  return statement_create(c, a[0]!);
}

// --- transactions -------------------------------------------------------------------------------------------------------

/** COMMIT or ROLLBACK, as far as there is something to end. */
function end_transaction(c: Connection, how: string): void {
  check_usable(c);
  if (c.autocommit === LEGACY_TRANSACTION_CONTROL) {
    if (engine().x.sqlite3_get_autocommit(c.db) === 0) run_sql(c, how);
  } else if (c.autocommit === AUTOCOMMIT_DISABLED) {
    run_sql(c, how);
    run_sql(c, 'BEGIN');
  }
}

function connection_commit(self: PyObject): PyObject {
  end_transaction(con(self), 'COMMIT');
  return none();
}

function connection_rollback(self: PyObject): PyObject {
  end_transaction(con(self), 'ROLLBACK');
  return none();
}

function connection_enter(self: PyObject): PyObject {
  check_connection(con(self));
  return newref(self);
}

// CPython: pysqlite_connection_exit_impl
function connection_exit(self: PyObject, type: PyObject, value: PyObject, traceback: PyObject): PyObject {
  const c = con(self);
  if (type !== Py_None || value !== Py_None || traceback !== Py_None) end_transaction(c, 'ROLLBACK');
  else {
    try {
      end_transaction(c, 'COMMIT');
    } catch (e) {
      if (!(e instanceof Raised)) throw e;
      // So that the database is locked no longer.
      try {
        end_transaction(c, 'ROLLBACK');
      } catch (second) {
        if (second instanceof Raised) chain_exceptions(e, second);
        throw second;
      }
      throw e;
    }
  }
  return newref(Py_False);
}

function get_isolation_level(self: PyObject): PyObject {
  const c = con(self);
  check_connection(c);
  return c.isolation_level === null ? none() : PyUnicode_FromString(c.isolation_level);
}

// CPython: pysqlite_connection_set_isolation_level
function set_isolation_level(self: PyObject, value: PyObject | null): void {
  if (value === null) PyErr_SetString(PyExc_AttributeError, 'cannot delete attribute');
  const c = con(self);
  c.isolation_level = isolation_level_arg(value);
  if (c.isolation_level === null) end_transaction(c, 'COMMIT');
}

function get_autocommit(self: PyObject): PyObject {
  const c = con(self);
  check_usable(c);
  if (c.autocommit === LEGACY_TRANSACTION_CONTROL) return PyLong_FromLong(LEGACY_TRANSACTION_CONTROL);
  return PyBool_FromLong(c.autocommit === AUTOCOMMIT_ENABLED);
}

// CPython: set_autocommit
function set_autocommit(self: PyObject, value: PyObject | null): void {
  const c = con(self);
  check_usable(c);
  if (value === null) PyErr_SetString(PyExc_AttributeError, 'cannot delete autocommit attribute');
  c.autocommit = autocommit_arg(value);
  const in_transaction = engine().x.sqlite3_get_autocommit(c.db) === 0;
  if (c.autocommit === AUTOCOMMIT_ENABLED && in_transaction) run_sql(c, 'COMMIT');
  else if (c.autocommit === AUTOCOMMIT_DISABLED && !in_transaction) run_sql(c, 'BEGIN');
}

function get_total_changes(self: PyObject): PyObject {
  const c = con(self);
  check_connection(c);
  return PyLong_FromLong(engine().x.sqlite3_total_changes(c.db) - c.blob_changes);
}

function get_in_transaction(self: PyObject): PyObject {
  const c = con(self);
  check_connection(c);
  return PyBool_FromLong(engine().x.sqlite3_get_autocommit(c.db) === 0);
}

function factory_attribute(name: 'row_factory' | 'text_factory') {
  return {
    name,
    get: (self: PyObject) => newref(con(self)[name] ?? Py_None),
    set: (self: PyObject, value: PyObject | null) => {
      if (value === null) PyErr_SetString(PyExc_AttributeError, `cannot delete ${name} attribute`);
      const c = con(self);
      const old = c[name];
      c[name] = newref(value);
      xdecref(old);
    },
  };
}

/** An exception as an attribute of connections. */
function exception_member(i: number, name: string) {
  return { name, get: (self: PyObject) => (con(self).initialized ? newref(exceptions()[i]!) : none()) };
}

const EXCEPTION_NAMES = [
  'Warning',
  'Error',
  'InterfaceError',
  'DatabaseError',
  'DataError',
  'OperationalError',
  'IntegrityError',
  'InternalError',
  'ProgrammingError',
  'NotSupportedError',
];

export const connection_type: PyTypeObject = module_type('_sqlite3', {
  name: 'sqlite3.Connection',
  heap: 'immutable',
  tp_basicsize: 224,
  tp_flags: Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_IMMUTABLETYPE,
  tp_doc: 'SQLite database connection object.',
  tp_new: connection_new,
  tp_init: connection_init,
  tp_dealloc: connection_dealloc,
  tp_traverse: connection_traverse,
  tp_clear: connection_clear,
  tp_finalize: connection_finalize,
  tp_call: connection_call,
  methods: [
    {
      name: 'close',
      flags: METH_NOARGS,
      meth: connection_close,
      sig: '($self, /)',
      doc: 'Closes the connection, without a commit.',
    },
    {
      name: 'commit',
      flags: METH_NOARGS,
      meth: connection_commit,
      sig: '($self, /)',
      doc: 'Commits the open transaction, if there is one.',
    },
    {
      name: 'rollback',
      flags: METH_NOARGS,
      meth: connection_rollback,
      sig: '($self, /)',
      doc: 'Rolls the open transaction back, if there is one.',
    },
    {
      name: 'cursor',
      flags: METH_CLINIC,
      meth: make_cursor,
      sig: '($self, /, factory=<unrepresentable>)',
      doc: 'A new cursor.',
    },
    {
      name: 'execute',
      flags: METH_CLINIC,
      meth: connection_execute,
      sig: '($self, sql, parameters=(), /)',
      doc: 'Executes a statement on a new cursor, and gives that.',
    },
    {
      name: 'executemany',
      flags: METH_CLINIC,
      meth: connection_executemany,
      sig: '($self, sql, parameters, /)',
      doc: 'Executes a statement for each of the sets of parameters on a new cursor, and gives that.',
    },
    {
      name: 'executescript',
      flags: METH_O,
      meth: connection_executescript,
      sig: '($self, sql_script, /)',
      doc: 'Executes several statements on a new cursor, and gives that.',
    },
    { name: '__enter__', flags: METH_NOARGS, meth: connection_enter, sig: '($self, /)', doc: 'The connection itself.' },
    {
      name: '__exit__',
      flags: METH_CLINIC,
      meth: connection_exit,
      sig: '($self, type, value, traceback, /)',
      doc: 'Commits; rolls back if there was an exception.',
    },
    ...FUNCTION_METHODS,
    ...DATABASE_METHODS,
    ...BLOB_METHODS,
  ],
  members: EXCEPTION_NAMES.map((name, i) => exception_member(i, name)),
  getset: [
    { name: 'isolation_level', get: get_isolation_level, set: set_isolation_level },
    { name: 'total_changes', get: get_total_changes },
    { name: 'in_transaction', get: get_in_transaction },
    { name: 'autocommit', get: get_autocommit, set: set_autocommit },
    { name: '__text_signature__', get: () => PyUnicode_FromString('(sql, /)') },
    factory_attribute('row_factory'),
    factory_attribute('text_factory'),
  ],
});
