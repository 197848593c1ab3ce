// errors.ts: the exceptions of the DB-API, and which of them a result code of SQLite becomes.       CPython: Modules/_sqlite/util.c

import { PyErr_SetString, Raised } from '../../core/errors.ts';
import { decref, type PyTypeObject } from '../../core/object.ts';
import { exception_spec, module_type } from '../../core/spec.ts';
import { PyObject_CallOneArg } from '../../objects/call.ts';
import { PyExc_Exception, PyExc_MemoryError } from '../../objects/exceptions.ts';
import { PyLong_FromLong } from '../../objects/longobject.ts';
import { PyObject_SetAttrString } from '../../objects/object.ts';
import { PyUnicode_FromString } from '../../objects/unicodeobject.ts';
import { engine } from './engine.ts';
import * as codes from './result_codes.ts';

function exception(name: string, base: () => PyTypeObject): PyTypeObject {
  return module_type('_sqlite3', exception_spec(`sqlite3.${name}`, base));
}

export const Warning_type: PyTypeObject = exception('Warning', () => PyExc_Exception);
export const Error_type: PyTypeObject = exception('Error', () => PyExc_Exception);
export const InterfaceError: PyTypeObject = exception('InterfaceError', () => Error_type);
export const DatabaseError: PyTypeObject = exception('DatabaseError', () => Error_type);
export const InternalError: PyTypeObject = exception('InternalError', () => DatabaseError);
export const OperationalError: PyTypeObject = exception('OperationalError', () => DatabaseError);
export const ProgrammingError: PyTypeObject = exception('ProgrammingError', () => DatabaseError);
export const IntegrityError: PyTypeObject = exception('IntegrityError', () => DatabaseError);
export const DataError: PyTypeObject = exception('DataError', () => DatabaseError);
export const NotSupportedError: PyTypeObject = exception('NotSupportedError', () => DatabaseError);

/** All of them, in the order of the DB-API's. */
export function exceptions(): PyTypeObject[] {
  return [
    Warning_type,
    Error_type,
    InterfaceError,
    DatabaseError,
    DataError,
    OperationalError,
    IntegrityError,
    InternalError,
    ProgrammingError,
    NotSupportedError,
  ];
}

// CPython: Modules/_sqlite/util.c:get_exception_class
function exception_class(code: number): PyTypeObject {
  switch (code) {
    case codes.SQLITE_INTERNAL:
    case codes.SQLITE_NOTFOUND:
      return InternalError;
    case codes.SQLITE_NOMEM:
      return PyExc_MemoryError;
    case codes.SQLITE_ERROR:
    case codes.SQLITE_PERM:
    case codes.SQLITE_ABORT:
    case codes.SQLITE_BUSY:
    case codes.SQLITE_LOCKED:
    case codes.SQLITE_READONLY:
    case codes.SQLITE_INTERRUPT:
    case codes.SQLITE_IOERR:
    case codes.SQLITE_FULL:
    case codes.SQLITE_CANTOPEN:
    case codes.SQLITE_PROTOCOL:
    case codes.SQLITE_EMPTY:
    case codes.SQLITE_SCHEMA:
      return OperationalError;
    case codes.SQLITE_TOOBIG:
      return DataError;
    case codes.SQLITE_CONSTRAINT:
    case codes.SQLITE_MISMATCH:
      return IntegrityError;
    case codes.SQLITE_MISUSE:
    case codes.SQLITE_RANGE:
      return InterfaceError;
    default:
      return DatabaseError;
  }
}

// CPython: Modules/_sqlite/module.c:pysqlite_error_name
function error_name(code: number): string {
  for (const [name, value] of Object.entries(codes)) if (value === code) return name;
  return 'unknown';
}

// CPython: Modules/_sqlite/util.c:raise_exception
function raise(type: PyTypeObject, code: number, message: string): never {
  if (type === PyExc_MemoryError) PyErr_SetString(type, '');
  const text = PyUnicode_FromString(message);
  const exc = PyObject_CallOneArg(type, text);
  decref(text);
  try {
    const attributes = {
      sqlite_errorcode: PyLong_FromLong(code),
      sqlite_errorname: PyUnicode_FromString(error_name(code)),
    };
    for (const [name, value] of Object.entries(attributes)) {
      PyObject_SetAttrString(exc, name, value);
      decref(value);
    }
  } catch (e) {
    decref(exc);
    throw e;
  }
  throw new Raised(exc);
}

/** Raises an error that SQLite would, had it the function. */
export function raise_sqlite_error(code: number, message: string): never {
  raise(exception_class(code & 255), code, message);
}

/** Raises what ended a call of SQLite: what broke a wait within it off, else the connection's last error. */
export function raise_from_db(db: number): never {
  const e = engine();
  e.rethrow_interruption();
  e.drop_failure();
  const { x } = e;
  raise(exception_class(x.sqlite3_errcode(db) & 255), x.sqlite3_extended_errcode(db), e.text(x.sqlite3_errmsg(db)));
}

/** The same for a result code that the connection does not know of. */
export function raise_from_code(code: number): never {
  const e = engine();
  raise(exception_class(code & 255), code, e.text(e.x.sqlite3_errstr(code)));
}
