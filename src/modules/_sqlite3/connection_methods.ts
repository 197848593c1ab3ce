// connection_methods.ts: methods of connections for whole databases: backups, dumps, limits.   CPython: Modules/_sqlite/connection.c

import { PyErr_SetString } from '../../core/errors.ts';
import { decref, type PyObject } from '../../core/object.ts';
import { METH_CLINIC, METH_NOARGS, type MethodSpec } from '../../core/spec.ts';
import { PyBool_FromLong } from '../../objects/boolobject.ts';
import { PyObject_Vectorcall } from '../../objects/call.ts';
import { PyUnicode_Check } from '../../objects/checks.ts';
import { PyExc_TypeError, PyExc_ValueError } from '../../objects/exceptions.ts';
import { PyFloat_AsDouble } from '../../objects/floatobject.ts';
import { PyImport_ImportModuleAttr } from '../../objects/import_util.ts';
import { PyLong_FromLong } from '../../objects/longobject.ts';
import { Py_None, PyCallable_Check } from '../../objects/object.ts';
import { PyTuple_FromArraySteal } from '../../objects/tupleobject.ts';
import { encode_utf8, PyUnicode_FromString } from '../../objects/unicodeobject.ts';
import { c_bool, c_int, none, read_buffer, release, type_name } from '../args.ts';
import { SQLITE_DESERIALIZE_FREEONCLOSE, SQLITE_DESERIALIZE_RESIZEABLE, SQLITE_SERIALIZE_NOCOPY } from './capi.ts';
import * as constants from './constants.ts';
import { engine } from './engine.ts';
import { OperationalError, ProgrammingError, raise_from_db } from './errors.ts';
import { SQLITE_BUSY, SQLITE_LOCKED, SQLITE_OK } from './result_codes.ts';
import { Connection, check_connection, check_usable, con } from './state.ts';
import { bytes_at, utf8_arg } from './values.ts';
import { sleep_in_call } from './vfs.ts';

/** The database that a connection opens first. */
export const MAIN = new Uint8Array([109, 97, 105, 110]);

/** A `name='main'` argument. */
function database_arg(fname: string, o: PyObject | null): Uint8Array {
  return o === null ? MAIN : utf8_arg(fname, "'name'", o);
}

// --- backup -------------------------------------------------------------------------------------------------------------

/** Copies the pages, some at a time; `progress` is told after each. */
function run_backup(backup: number, pages: number, progress: PyObject, sleep_ms: number): void {
  const e = engine();
  const { x } = e;
  for (;;) {
    const rc = x.sqlite3_backup_step(backup, pages);
    e.rethrow_interruption();
    if (progress !== Py_None) {
      const args = [rc, x.sqlite3_backup_remaining(backup), x.sqlite3_backup_pagecount(backup)].map(n =>
        PyLong_FromLong(n),
      );
      try {
        decref(PyObject_Vectorcall(progress, args, null));
      } finally {
        for (const o of args) decref(o);
      }
    }
    if (rc === SQLITE_BUSY || rc === SQLITE_LOCKED) {
      sleep_in_call(e, sleep_ms);
      e.rethrow_interruption();
    } else if (rc !== SQLITE_OK) return;
  }
}

// CPython: pysqlite_connection_backup_impl
function connection_backup(
  self: PyObject,
  target: PyObject,
  pages_arg: PyObject | null,
  progress_arg: PyObject | null,
  name_arg: PyObject | null,
  sleep_arg: PyObject | null,
): PyObject {
  const to = target.v;
  if (!(to instanceof Connection)) {
    PyErr_SetString(PyExc_TypeError, `backup() argument 'target' must be sqlite3.Connection, not ${type_name(target)}`);
  }
  const pages = pages_arg === null ? -1 : c_int(pages_arg);
  const name = database_arg('backup', name_arg);
  const sleep_ms = (sleep_arg === null ? 0.25 : PyFloat_AsDouble(sleep_arg)) * 1000;
  const progress = progress_arg ?? Py_None;
  const c = con(self);
  check_usable(c);
  check_connection(to);
  if (target === self) PyErr_SetString(PyExc_ValueError, 'target cannot be the same connection instance');
  if (progress !== Py_None && !PyCallable_Check(progress)) {
    PyErr_SetString(PyExc_TypeError, 'progress argument must be a callable');
  }
  const e = engine();
  const { x } = e;
  const names = [e.string(MAIN), e.string(name)];
  const backup = x.sqlite3_backup_init(to.db, names[0]!, c.db, names[1]!);
  for (const p of names) x.sqlite3_free(p);
  if (backup === 0) raise_from_db(to.db);
  let rc: number;
  try {
    run_backup(backup, pages === 0 ? -1 : pages, progress, sleep_ms);
  } finally {
    rc = x.sqlite3_backup_finish(backup);
  }
  if (rc !== SQLITE_OK) raise_from_db(to.db);
  return none();
}

// --- dumps --------------------------------------------------------------------------------------------------------------

function connection_iterdump(self: PyObject, filter: PyObject | null): PyObject {
  check_connection(con(self));
  const iterdump = PyImport_ImportModuleAttr('sqlite3.dump', '_iterdump');
  const names = PyTuple_FromArraySteal([PyUnicode_FromString('filter')]);
  try {
    return PyObject_Vectorcall(iterdump, [self, filter ?? Py_None], names);
  } finally {
    decref(iterdump);
    decref(names);
  }
}

// CPython: serialize_impl
function connection_serialize(self: PyObject, name_arg: PyObject | null): PyObject {
  const name = database_arg('serialize', name_arg);
  const c = con(self);
  check_usable(c);
  const e = engine();
  const { x } = e;
  // The size, then the name.
  const p = e.malloc(8 + name.length + 1);
  try {
    e.bytes.set(name, p + 8);
    e.bytes[p + 8 + name.length] = 0;
    let own = false;
    let data = x.sqlite3_serialize(c.db, p + 8, p, SQLITE_SERIALIZE_NOCOPY);
    if (data === 0) {
      own = true;
      data = x.sqlite3_serialize(c.db, p + 8, p, 0);
    }
    if (data === 0) PyErr_SetString(OperationalError, `unable to serialize '${new TextDecoder().decode(name)}'`);
    const bytes = bytes_at(e, data, Number(e.view.getBigInt64(p, true)));
    if (own) x.sqlite3_free(data);
    return bytes;
  } finally {
    x.sqlite3_free(p);
  }
}

// CPython: deserialize_impl
function connection_deserialize(self: PyObject, data: PyObject, name_arg: PyObject | null): PyObject {
  const view = PyUnicode_Check(data) ? { bytes: encode_utf8(data), buffer: null } : read_buffer(data);
  try {
    const name = database_arg('deserialize', name_arg);
    const c = con(self);
    check_usable(c);
    const e = engine();
    const size = view.bytes.length;
    const p = e.malloc(Math.max(size, 1));
    e.bytes.set(view.bytes, p);
    const flags = SQLITE_DESERIALIZE_FREEONCLOSE | SQLITE_DESERIALIZE_RESIZEABLE;
    const rc = e.x.sqlite3_deserialize(c.db, e.temporary(name), p, BigInt(size), BigInt(size), flags);
    if (rc !== SQLITE_OK) raise_from_db(c.db);
    return none();
  } finally {
    release(view);
  }
}

// --- limits and switches ------------------------------------------------------------------------------------------------

function limit(self: PyObject, category: number, value: number): PyObject {
  const c = con(self);
  check_usable(c);
  const old = engine().x.sqlite3_limit(c.db, category, value);
  if (old < 0) PyErr_SetString(ProgrammingError, "'category' is out of bounds");
  return PyLong_FromLong(old);
}

function connection_setlimit(self: PyObject, category: PyObject, value: PyObject): PyObject {
  return limit(self, c_int(category), c_int(value));
}

function connection_getlimit(self: PyObject, category: PyObject): PyObject {
  return limit(self, c_int(category), -1);
}

/** Whether there is a switch with that number. CPython: is_int_config */
function is_switch(op: number): boolean {
  return Object.entries(constants).some(([name, value]) => value === op && name.startsWith('SQLITE_DBCONFIG_'));
}

/** Sets a switch (0 or 1) or leaves it (-1): how it is then. */
function configure(c: Connection, op: number, value: number): number {
  check_usable(c);
  if (!is_switch(op)) PyErr_SetString(PyExc_ValueError, `unknown config 'op': ${op}`);
  const e = engine();
  const actual = e.malloc(4);
  try {
    if (e.x.sqlite3__wasm_db_config_ip(c.db, op, value, actual) !== SQLITE_OK) raise_from_db(c.db);
    return e.int32(actual);
  } finally {
    e.x.sqlite3_free(actual);
  }
}

function connection_setconfig(self: PyObject, op: PyObject, enable: PyObject | null): PyObject {
  const value = c_bool(enable, true) ? 1 : 0;
  if (configure(con(self), c_int(op), value) !== value) PyErr_SetString(OperationalError, 'Unable to set config');
  return none();
}

function connection_getconfig(self: PyObject, op: PyObject): PyObject {
  return PyBool_FromLong(configure(con(self), c_int(op), -1) !== 0);
}

function connection_interrupt(self: PyObject): PyObject {
  const c = con(self);
  check_connection(c);
  engine().x.sqlite3_interrupt(c.db);
  return none();
}

export const DATABASE_METHODS: readonly MethodSpec[] = [
  {
    name: 'backup',
    flags: METH_CLINIC,
    meth: connection_backup,
    sig: "($self, /, target, *, pages=-1, progress=None, name='main',\n       sleep=0.25)",
    doc: 'Copies the database to that of another connection.',
  },
  {
    name: 'interrupt',
    flags: METH_NOARGS,
    meth: connection_interrupt,
    sig: '($self, /)',
    doc: 'Ends the statements that are running.',
  },
  {
    name: 'iterdump',
    flags: METH_CLINIC,
    meth: connection_iterdump,
    sig: '($self, /, *, filter=None)',
    doc: 'The SQL that makes the database, line by line; of objects whose names are like `filter`.',
  },
  {
    name: 'setlimit',
    flags: METH_CLINIC,
    meth: connection_setlimit,
    sig: '($self, category, limit, /)',
    doc: 'Sets a limit of the connection, unless it is negative: the limit before.',
  },
  {
    name: 'getlimit',
    flags: METH_CLINIC,
    meth: connection_getlimit,
    sig: '($self, category, /)',
    doc: 'A limit of the connection.',
  },
  {
    name: 'serialize',
    flags: METH_CLINIC,
    meth: connection_serialize,
    sig: "($self, /, *, name='main')",
    doc: 'The database as the bytes of its file.',
  },
  {
    name: 'deserialize',
    flags: METH_CLINIC,
    meth: connection_deserialize,
    sig: "($self, data, /, *, name='main')",
    doc: 'Makes a database in memory of the bytes of a file, in place of the one that is open.',
  },
  {
    name: 'setconfig',
    flags: METH_CLINIC,
    meth: connection_setconfig,
    sig: '($self, op, enable=True, /)',
    doc: 'Turns a switch of the connection on or off.',
  },
  {
    name: 'getconfig',
    flags: METH_CLINIC,
    meth: connection_getconfig,
    sig: '($self, op, /)',
    doc: 'Whether a switch of the connection is on.',
  },
];
