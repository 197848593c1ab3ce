// state.ts: what connections, cursors and statements consist of, and whether they may be used.
//                                                        CPython: Modules/_sqlite/connection.h, cursor.h, statement.h, module.h
import { PyErr_SetString } from '../../core/errors.ts';
import { type PyObject, xdecref } from '../../core/object.ts';
import { per_interpreter } from '../../core/per_interpreter.ts';
import { current } from '../../core/tstate.ts';
import { PyDict_New } from '../../objects/dictobject.ts';
import { LEGACY_TRANSACTION_CONTROL } from './constants.ts';
import { ProgrammingError } from './errors.ts';

/** Values of `autocommit` beside LEGACY_TRANSACTION_CONTROL. */
export const AUTOCOMMIT_DISABLED = 0;
export const AUTOCOMMIT_ENABLED = 1;

/** References are owned; `db`, `st` and the like are pointers into SQLite's memory, 0 when closed. */
export class Connection {
  db = 0;
  initialized = false;
  detect_types = 0;
  /** What stands behind BEGIN; null: no transactions are begun. */
  isolation_level: string | null = '';
  autocommit = LEGACY_TRANSACTION_CONTROL;
  check_same_thread = false;
  thread_ident = 0;
  /** An lru_cache around the connection itself: SQL to Statement. */
  statement_cache: PyObject | null = null;
  /** Lists of weak references. */
  cursors: PyObject | null = null;
  blobs: PyObject | null = null;
  created_cursors = 0;
  row_factory: PyObject | null = null;
  text_factory: PyObject | null = null;
  /** Numbers of callbacks (callbacks.ts); 0: none. */
  trace = 0;
  progress = 0;
  authorizer = 0;
  /** Changes that SQLite counts although they were made through blobs. */
  blob_changes = 0;
}

export class Cursor {
  connection: PyObject | null = null;
  description: PyObject | null = null;
  /** For each column its converter or null; null: there are none. */
  converters: (PyObject | null)[] | null = null;
  lastrowid: PyObject | null = null;
  row_factory: PyObject | null = null;
  statement: PyObject<Statement> | null = null;
  arraysize = 1;
  rowcount = 0;
  closed = false;
  /** SQLite or a callback is at work for it. */
  locked = false;
  initialized = false;
}

export class Statement {
  st: number;
  /** INSERT, UPDATE, DELETE or REPLACE. */
  readonly is_dml: boolean;
  constructor(st: number, is_dml: boolean) {
    this.st = st;
    this.is_dml = is_dml;
  }
}

export type ConnectionObject = PyObject<Connection>;
export type CursorObject = PyObject<Cursor>;
export type StatementObject = PyObject<Statement>;

export function con(o: PyObject): Connection {
  return (o as ConnectionObject).v;
}

export function cur(o: PyObject): Cursor {
  return (o as CursorObject).v;
}

/** State of the module; the dicts are made when they are first asked for. */
function make_state() {
  return {
    adapters: null as PyObject | null,
    converters: null as PyObject | null,
    /** functools.lru_cache. */
    lru_cache: null as PyObject | null,
    /** An adapter is registered for int, float, str or bytearray: no value goes unadapted. */
    base_type_adapted: false,
    callback_tracebacks: false,
  };
}

export const module_state = /* @__PURE__ */ per_interpreter(make_state, {
  clear({ adapters, converters, lru_cache }) {
    for (const o of [adapters, converters, lru_cache]) xdecref(o);
    Object.assign(module_state, make_state());
  },
});

export function adapters(): PyObject {
  return (module_state.adapters ??= PyDict_New());
}

export function converters(): PyObject {
  return (module_state.converters ??= PyDict_New());
}

// CPython: Modules/_sqlite/connection.c:pysqlite_check_thread
export function check_thread(c: Connection): void {
  if (!c.check_same_thread) return;
  const here = current.tstate.thread_id;
  if (here === c.thread_ident) return;
  PyErr_SetString(
    ProgrammingError,
    'SQLite objects created in a thread can only be used in that same thread. ' +
      `The object was created in thread id ${c.thread_ident} and this is thread id ${here}.`,
  );
}

// CPython: Modules/_sqlite/connection.c:pysqlite_check_connection
export function check_connection(c: Connection): void {
  if (!c.initialized) PyErr_SetString(ProgrammingError, 'Base Connection.__init__ not called.');
  if (c.db === 0) PyErr_SetString(ProgrammingError, 'Cannot operate on a closed database.');
}

export function check_usable(c: Connection): void {
  check_thread(c);
  check_connection(c);
}
