// functions.ts: methods of connections that give SQLite functions of Python's.          CPython: Modules/_sqlite/connection.c

import { PyErr_SetString } from '../../core/errors.ts';
import type { PyObject } from '../../core/object.ts';
import { METH_CLINIC, METH_KEYWORDS, METH_VARARGS, type MethodSpec } from '../../core/spec.ts';
import { PyDict_ContainsString } from '../../objects/dictobject.ts';
import { PyExc_DeprecationWarning, PyExc_TypeError } from '../../objects/exceptions.ts';
import { PyArg_Clinic } from '../../objects/getargs.ts';
import { Py_None, PyCallable_Check } from '../../objects/object.ts';
import { PyErr_WarnEx } from '../../objects/warnings.ts';
import { c_bool, c_int, none } from '../args.ts';
import { add_callback, drop_callback, trampolines } from './callbacks.ts';
import { SQLITE_DETERMINISTIC, SQLITE_TRACE_STMT, SQLITE_UTF8 } from './capi.ts';
import { SQLITE_LIMIT_FUNCTION_ARG } from './constants.ts';
import { engine } from './engine.ts';
import { OperationalError, ProgrammingError, raise_from_code, raise_from_db } from './errors.ts';
import { SQLITE_OK } from './result_codes.ts';
import { type Connection, check_usable, con } from './state.ts';
import { utf8_arg } from './values.ts';

/** 'a', 'b' and 'c' */
function listed(names: readonly string[]): string {
  const quoted = names.map(name => `'${name}'`);
  return quoted.length === 1 ? quoted[0]! : `${quoted.slice(0, -1).join(', ')} and ${quoted.at(-1)}`;
}

/** Parses the arguments, the first of which will be positional-only: says so if they are given by name. */
function parse(
  fname: string,
  sig: string,
  soon_positional: readonly string[],
  args: PyObject,
  kwargs: PyObject | null,
): (PyObject | null)[] {
  if (kwargs !== null && soon_positional.some(name => PyDict_ContainsString(kwargs, name))) {
    const s = soon_positional.length === 1 ? '' : 's';
    const names = listed(soon_positional);
    PyErr_WarnEx(
      PyExc_DeprecationWarning,
      `Passing keyword argument${s} ${names} to _sqlite3.Connection.${fname}() is deprecated. ` +
        `Parameter${s} ${names} will become positional-only in Python 3.15.`,
      1,
    );
  }
  return PyArg_Clinic(fname, sig, args, kwargs);
}

// CPython: check_num_params
function check_number(c: Connection, n: number, name: string): void {
  const limit = engine().x.sqlite3_limit(c.db, SQLITE_LIMIT_FUNCTION_ARG, -1);
  if (n < -1 || n > limit) PyErr_SetString(ProgrammingError, `'${name}' must be between -1 and ${limit}, not ${n}`);
}

/** Runs with a zero-terminated string in SQLite's memory. */
function with_string<T>(text: Uint8Array, run: (p: number) => T): T {
  const e = engine();
  const p = e.string(text);
  try {
    return run(p);
  } finally {
    e.x.sqlite3_free(p);
  }
}

const FUNCTION_SIG = '($self, /, name, narg, func, *, deterministic=False)';

function create_function(self: PyObject, args: PyObject, kwargs: PyObject | null): PyObject {
  const given = parse('create_function', FUNCTION_SIG, ['name', 'narg', 'func'], args, kwargs);
  const name = utf8_arg('create_function', "'name'", given[0]!);
  const n = c_int(given[1]!);
  const flags = SQLITE_UTF8 | (c_bool(given[3]!, false) ? SQLITE_DETERMINISTIC : 0);
  const c = con(self);
  check_usable(c);
  check_number(c, n, 'narg');
  const { run_function, destroy } = trampolines();
  const number = add_callback(given[2]!);
  const rc = with_string(name, p =>
    engine().x.sqlite3_create_function_v2(c.db, p, n, flags, number, run_function, 0, 0, destroy),
  );
  if (rc !== SQLITE_OK) PyErr_SetString(OperationalError, 'Error creating function');
  return none();
}

const AGGREGATE_SIG = '($self, /, name, n_arg, aggregate_class)';

function create_aggregate(self: PyObject, args: PyObject, kwargs: PyObject | null): PyObject {
  const given = parse('create_aggregate', AGGREGATE_SIG, ['name', 'n_arg', 'aggregate_class'], args, kwargs);
  const name = utf8_arg('create_aggregate', "'name'", given[0]!);
  const n = c_int(given[1]!);
  const c = con(self);
  check_usable(c);
  check_number(c, n, 'n_arg');
  const { step, final, destroy } = trampolines();
  const number = add_callback(given[2]!);
  const rc = with_string(name, p =>
    engine().x.sqlite3_create_function_v2(c.db, p, n, SQLITE_UTF8, number, 0, step, final, destroy),
  );
  if (rc !== SQLITE_OK) PyErr_SetString(OperationalError, 'Error creating aggregate');
  return none();
}

function create_window_function(
  self: PyObject,
  name_arg: PyObject,
  num_params: PyObject,
  aggregate: PyObject,
): PyObject {
  const name = utf8_arg('create_window_function', '1', name_arg);
  const n = c_int(num_params);
  const c = con(self);
  check_usable(c);
  check_number(c, n, 'num_params');
  const { x } = engine();
  const rc = with_string(name, p => {
    if (aggregate === Py_None) return x.sqlite3_create_window_function(c.db, p, n, SQLITE_UTF8, 0, 0, 0, 0, 0, 0);
    const { step, final, value, inverse, destroy } = trampolines();
    const number = add_callback(aggregate);
    return x.sqlite3_create_window_function(c.db, p, n, SQLITE_UTF8, number, step, final, value, inverse, destroy);
  });
  if (rc !== SQLITE_OK) raise_from_code(rc);
  return none();
}

function create_collation(self: PyObject, name_arg: PyObject, callback: PyObject): PyObject {
  const name = utf8_arg('create_collation', '1', name_arg);
  const c = con(self);
  check_usable(c);
  const { x } = engine();
  if (callback !== Py_None && !PyCallable_Check(callback))
    PyErr_SetString(PyExc_TypeError, 'parameter must be callable');
  const number = callback === Py_None ? 0 : add_callback(callback);
  const { collation, destroy } = trampolines();
  const rc = with_string(name, p =>
    x.sqlite3_create_collation_v2(
      c.db,
      p,
      SQLITE_UTF8,
      number,
      number === 0 ? 0 : collation,
      number === 0 ? 0 : destroy,
    ),
  );
  if (rc !== SQLITE_OK) {
    // Here SQLite does not give the number up itself.
    drop_callback(number);
    raise_from_db(c.db);
  }
  return none();
}

/** A number for what is called until something else is set: 0 for None. Gives the old one up. */
function replaced(old: number, callable: PyObject): number {
  const number = callable === Py_None ? 0 : add_callback(callable);
  drop_callback(old);
  return number;
}

function set_authorizer(self: PyObject, args: PyObject, kwargs: PyObject | null): PyObject {
  const sig = '($self, /, authorizer_callback)';
  const [callable] = parse('set_authorizer', sig, ['authorizer_callback'], args, kwargs) as [PyObject];
  const c = con(self);
  check_usable(c);
  c.authorizer = replaced(c.authorizer, callable);
  const rc = engine().x.sqlite3_set_authorizer(c.db, c.authorizer === 0 ? 0 : trampolines().authorizer, c.authorizer);
  if (rc !== SQLITE_OK) {
    c.authorizer = replaced(c.authorizer, Py_None);
    PyErr_SetString(OperationalError, 'Error setting authorizer callback');
  }
  return none();
}

function set_progress_handler(self: PyObject, args: PyObject, kwargs: PyObject | null): PyObject {
  const sig = '($self, /, progress_handler, n)';
  const [callable, n_arg] = parse('set_progress_handler', sig, ['progress_handler'], args, kwargs) as [
    PyObject,
    PyObject,
  ];
  const n = c_int(n_arg);
  const c = con(self);
  check_usable(c);
  c.progress = replaced(c.progress, callable);
  const off = c.progress === 0;
  engine().x.sqlite3_progress_handler(c.db, off ? 0 : n, off ? 0 : trampolines().progress, c.progress);
  return none();
}

function set_trace_callback(self: PyObject, args: PyObject, kwargs: PyObject | null): PyObject {
  const sig = '($self, /, trace_callback)';
  const [callable] = parse('set_trace_callback', sig, ['trace_callback'], args, kwargs) as [PyObject];
  const c = con(self);
  check_usable(c);
  c.trace = replaced(c.trace, callable);
  engine().x.sqlite3_trace_v2(c.db, SQLITE_TRACE_STMT, c.trace === 0 ? 0 : trampolines().trace, c.trace);
  return none();
}

const VARKW = METH_VARARGS | METH_KEYWORDS;

export const FUNCTION_METHODS: readonly MethodSpec[] = [
  {
    name: 'create_aggregate',
    flags: VARKW,
    meth: create_aggregate,
    sig: AGGREGATE_SIG,
    doc: 'Makes a class with step() and finalize() an aggregate function of SQL.',
  },
  {
    name: 'create_collation',
    flags: METH_CLINIC,
    meth: create_collation,
    sig: '($self, name, callback, /)',
    doc: 'Makes a function that compares two strings a collation of SQL; None removes it.',
  },
  {
    name: 'create_function',
    flags: VARKW,
    meth: create_function,
    sig: FUNCTION_SIG,
    doc: 'Makes a callable a function of SQL.',
  },
  {
    name: 'create_window_function',
    flags: METH_CLINIC,
    meth: create_window_function,
    sig: '($self, name, num_params, aggregate_class, /)',
    doc: 'Makes a class with step(), finalize(), value() and inverse() a window function of SQL; None removes it.',
  },
  {
    name: 'set_authorizer',
    flags: VARKW,
    meth: set_authorizer,
    sig: '($self, /, authorizer_callback)',
    doc: 'Sets what is asked whether a statement may do what it is about to do.',
  },
  {
    name: 'set_progress_handler',
    flags: VARKW,
    meth: set_progress_handler,
    sig: '($self, /, progress_handler, n)',
    doc: 'Sets what is called after every n steps of a statement; a true result ends that.',
  },
  {
    name: 'set_trace_callback',
    flags: VARKW,
    meth: set_trace_callback,
    sig: '($self, /, trace_callback)',
    doc: 'Sets what is called with the SQL of each statement that is run.',
  },
];
