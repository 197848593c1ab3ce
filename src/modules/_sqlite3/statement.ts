// statement.ts: compiled SQL.                                                        CPython: Modules/_sqlite/statement.c

import { PyErr_SetString } from '../../core/errors.ts';
import { gc_del, gc_new } from '../../core/gc.ts';
import {
  Py_TPFLAGS_DISALLOW_INSTANTIATION,
  Py_TPFLAGS_HAVE_GC,
  Py_TPFLAGS_IMMUTABLETYPE,
  PyObject,
} from '../../core/object.ts';
import { module_type } from '../../core/spec.ts';
import { encode_utf8 } from '../../objects/unicodeobject.ts';
import { SQLITE_LIMIT_SQL_LENGTH } from './constants.ts';
import { engine } from './engine.ts';
import { DataError, ProgrammingError, raise_from_db } from './errors.ts';
import { SQLITE_OK } from './result_codes.ts';
import { type Connection, Statement, type StatementObject } from './state.ts';

/** Where something begins behind white space and comments; -1: nowhere. CPython: lstrip_sql */
function first_token(sql: Uint8Array, at: number): number {
  const n = sql.length;
  for (let i = at; i < n; i++) {
    const c = sql[i]!;
    if (c === 32 || c === 9 || c === 12 || c === 10 || c === 13) continue;
    if (c === 45 && sql[i + 1] === 45) {
      i = sql.indexOf(10, i);
      if (i < 0) return -1;
    } else if (c === 47 && sql[i + 1] === 42) {
      i += 2;
      while (i < n && !(sql[i] === 42 && sql[i + 1] === 47)) i++;
      if (i >= n) return -1;
      i++;
    } else return i;
  }
  return -1;
}

const DML = /^(insert|update|delete|replace)/i;

/** Compiles one statement: owned. CPython: pysqlite_statement_create */
export function statement_create(c: Connection, sql_object: PyObject): StatementObject {
  const e = engine();
  const { x } = e;
  const sql = encode_utf8(sql_object);
  if (sql.length > x.sqlite3_limit(c.db, SQLITE_LIMIT_SQL_LENGTH, -1))
    PyErr_SetString(DataError, 'query string is too large');
  if (sql.includes(0)) PyErr_SetString(ProgrammingError, 'the query contains a null character');
  const out = e.malloc(8 + sql.length + 1);
  const text = out + 8;
  let st: number;
  let tail: number;
  try {
    e.bytes.set(sql, text);
    e.bytes[text + sql.length] = 0;
    const rc = x.sqlite3_prepare_v2(c.db, text, sql.length + 1, out, out + 4);
    st = e.int32(out);
    tail = e.int32(out + 4) - text;
    if (rc !== SQLITE_OK) raise_from_db(c.db);
  } finally {
    x.sqlite3_free(out);
  }
  if (first_token(sql, tail) >= 0) {
    x.sqlite3_finalize(st);
    PyErr_SetString(ProgrammingError, 'You can only execute one statement at a time.');
  }
  const start = first_token(sql, 0);
  const is_dml = start >= 0 && DML.test(String.fromCharCode(...sql.subarray(start, start + 7)));
  const o: StatementObject = new PyObject(statement_type, new Statement(st, is_dml), null);
  gc_new(o);
  return o;
}

function statement_dealloc(self: PyObject): void {
  gc_del(self);
  const s = (self as StatementObject).v;
  const { st } = s;
  s.st = 0;
  if (st !== 0) engine().x.sqlite3_finalize(st);
}

export const statement_type = module_type('_sqlite3', {
  name: 'sqlite3.Statement',
  heap: 'immutable',
  tp_basicsize: 32,
  tp_flags: Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_IMMUTABLETYPE | Py_TPFLAGS_DISALLOW_INSTANTIATION,
  tp_dealloc: statement_dealloc,
  tp_traverse: () => {},
});
