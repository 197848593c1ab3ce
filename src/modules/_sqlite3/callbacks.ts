// callbacks.ts: Python functions that SQLite calls.                                    CPython: Modules/_sqlite/connection.c
//
// SQLite gets one function of ours per kind of callback, and with it a number that stands for the Python callable; it says
// when it needs a number no more. Invariant: nothing is thrown through SQLite's frames. What a callable raises is shown
// (enable_callback_tracebacks) or forgotten, and SQLite gets an error; what a collation raises waits in Engine.failure.

import { as_raised, PyErr_ExceptionMatches, PyErr_SetString } from '../../core/errors.ts';
import { decref, newref, type PyObject } from '../../core/object.ts';
import {
  PyObject_CallMethodNoArgs,
  PyObject_CallNoArgs,
  PyObject_CallOneArg,
  PyObject_Vectorcall,
} from '../../objects/call.ts';
import { PyLong_Check } from '../../objects/checks.ts';
import { PyErr_FormatUnraisable } from '../../objects/errors_util.ts';
import { PyExc_AttributeError, PyExc_MemoryError, PyExc_OverflowError } from '../../objects/exceptions.ts';
import { long_value, PyLong_AsInt, PyLong_FromLong } from '../../objects/longobject.ts';
import { Py_None, PyObject_GetAttrString, PyObject_IsTrue, repr_string } from '../../objects/object.ts';
import { decode_utf8, unicode_from_text } from '../../objects/unicodeobject.ts';
import { none } from '../args.ts';
import { SQLITE_TRACE_STMT } from './capi.ts';
import { SQLITE_DENY } from './constants.ts';
import { type Callback, type Engine, engine } from './engine.ts';
import { DataError, ProgrammingError } from './errors.ts';
import { SQLITE_OK } from './result_codes.ts';
import { module_state } from './state.ts';
import { set_result, value_object } from './values.ts';

/** Callables (owned) and instances of aggregates, by the numbers that SQLite knows. */
const objects = new Map<number, PyObject>();
const numbers = { last: 0 };

/** A number for a callable, of which a reference is taken. */
export function add_callback(callable: PyObject): number {
  const number = ++numbers.last;
  objects.set(number, newref(callable));
  return number;
}

/** Gives up a number (0: none). */
export function drop_callback(number: number): void {
  const callable = objects.get(number);
  if (callable === undefined) return;
  objects.delete(number);
  decref(callable);
}

/** What a number stands for, borrowed. */
export function callback_of(number: number): PyObject | null {
  return objects.get(number) ?? null;
}

/** Shows or forgets what a callable has raised. CPython: print_or_clear_traceback */
function report(error: unknown, callable: PyObject): void {
  const raised = as_raised(error);
  if (!module_state.callback_tracebacks) {
    decref(raised.exc);
    return;
  }
  let what: string;
  try {
    what = repr_string(callable);
  } catch (e) {
    decref(as_raised(e).exc);
    what = '<object repr() failed>';
  }
  PyErr_FormatUnraisable(`Exception ignored on sqlite3 callback ${what}`, raised);
}

/** Tells SQLite that a function has failed, and of what kind that was. CPython: set_sqlite_error */
function fail(e: Engine, context: number, callable: PyObject, error: unknown, message: string): void {
  const raised = as_raised(error);
  const { x } = e;
  if (PyErr_ExceptionMatches(raised, PyExc_MemoryError)) x.sqlite3_result_error_nomem(context);
  else if (PyErr_ExceptionMatches(raised, PyExc_OverflowError)) x.sqlite3_result_error_toobig(context);
  else x.sqlite3_result_error(context, e.temporary(new TextEncoder().encode(message)), -1);
  report(raised, callable);
}

/** Arguments of a function, owned. */
function arguments_of(e: Engine, n: number, values: number): PyObject[] {
  const args: PyObject[] = [];
  try {
    for (let i = 0; i < n; i++) args.push(value_object(e, e.view.getUint32(values + 4 * i, true)));
  } catch (error) {
    release(args);
    throw error;
  }
  return args;
}

function release(args: readonly PyObject[]): void {
  for (const o of args) decref(o);
}

/** Makes an object (stolen) the result. */
function give_result(e: Engine, context: number, result: PyObject): void {
  try {
    if (result === Py_None) e.x.sqlite3_result_null(context);
    else if (!set_result(e, context, result)) {
      const type = result.ob_type.tp_name;
      PyErr_SetString(ProgrammingError, `User-defined functions cannot return '${type}' values to SQLite`);
    }
  } finally {
    decref(result);
  }
}

/** Calls with arguments (stolen). */
function call(callable: PyObject, args: PyObject[]): PyObject {
  try {
    return PyObject_Vectorcall(callable, args, null);
  } finally {
    release(args);
  }
}

// CPython: func_callback
function run_function(e: Engine, context: number, n: number, values: number): void {
  const callable = newref(objects.get(e.x.sqlite3_user_data(context))!);
  try {
    give_result(e, context, call(callable, arguments_of(e, n, values)));
  } catch (error) {
    fail(e, context, callable, error, 'user-defined function raised exception');
  } finally {
    decref(callable);
  }
}

/** The instance of an aggregate that is at work, borrowed; its number is in memory that SQLite keeps for it. */
function instance_of(e: Engine, context: number, size: number): PyObject | null {
  const at = e.x.sqlite3_aggregate_context(context, size);
  return at === 0 ? null : callback_of(e.view.getUint32(at, true));
}

// CPython: step_callback
function run_step(e: Engine, context: number, n: number, values: number): void {
  const callable = newref(objects.get(e.x.sqlite3_user_data(context))!);
  let message = "user-defined aggregate's '__init__' method raised error";
  let method: PyObject | null = null;
  try {
    let instance = instance_of(e, context, 4);
    if (instance === null) {
      instance = PyObject_CallNoArgs(callable);
      const number = add_callback(instance);
      decref(instance);
      e.view.setUint32(e.x.sqlite3_aggregate_context(context, 4), number, true);
    }
    message = "user-defined aggregate's 'step' method not defined";
    method = PyObject_GetAttrString(instance, 'step');
    message = "user-defined aggregate's 'step' method raised error";
    decref(call(method, arguments_of(e, n, values)));
  } catch (error) {
    fail(e, context, callable, error, message);
  } finally {
    if (method !== null) decref(method);
    decref(callable);
  }
}

function missing_or_raised(error: unknown, name: string): string {
  const missing = PyErr_ExceptionMatches(error, PyExc_AttributeError);
  return `user-defined aggregate's '${name}' method ${missing ? 'not defined' : 'raised error'}`;
}

// CPython: final_callback
function run_final(e: Engine, context: number): void {
  const at = e.x.sqlite3_aggregate_context(context, 0);
  // No row has matched, or the instance could not be made.
  const number = at === 0 ? 0 : e.view.getUint32(at, true);
  const instance = callback_of(number);
  if (instance === null) return;
  const callable = newref(objects.get(e.x.sqlite3_user_data(context))!);
  try {
    give_result(e, context, PyObject_CallMethodNoArgs(instance, 'finalize'));
  } catch (error) {
    fail(e, context, callable, error, missing_or_raised(error, 'finalize'));
  } finally {
    decref(callable);
    drop_callback(number);
  }
}

// CPython: value_callback
function run_value(e: Engine, context: number): void {
  const callable = newref(objects.get(e.x.sqlite3_user_data(context))!);
  let result: PyObject | null = null;
  try {
    result = PyObject_CallMethodNoArgs(instance_of(e, context, 4)!, 'value');
    give_result(e, context, result);
  } catch (error) {
    const message =
      result === null
        ? missing_or_raised(error, 'value')
        : "unable to set result from user-defined aggregate's 'value' method";
    fail(e, context, callable, error, message);
  } finally {
    decref(callable);
  }
}

// CPython: inverse_callback
function run_inverse(e: Engine, context: number, n: number, values: number): void {
  const callable = newref(objects.get(e.x.sqlite3_user_data(context))!);
  let message = "user-defined aggregate's 'inverse' method not defined";
  let method: PyObject | null = null;
  try {
    method = PyObject_GetAttrString(instance_of(e, context, 4)!, 'inverse');
    message = "unable to build arguments for user-defined aggregate's 'inverse' method";
    const args = arguments_of(e, n, values);
    message = "user-defined aggregate's 'inverse' method raised error";
    decref(call(method, args));
  } catch (error) {
    fail(e, context, callable, error, message);
  } finally {
    if (method !== null) decref(method);
    decref(callable);
  }
}

function text_at(e: Engine, at: number, length: number): PyObject {
  return unicode_from_text(decode_utf8(e.bytes.subarray(at, at + length)));
}

/** CPython: collation_callback */
function run_collation(e: Engine, number: number, n1: number, p1: number, n2: number, p2: number): number {
  // It is called many times in one step: not after an error.
  if (e.failure !== null) return 0;
  const callable = newref(objects.get(number)!);
  const args: PyObject[] = [];
  try {
    args.push(text_at(e, p1, n1));
    args.push(text_at(e, p2, n2));
    const result = PyObject_Vectorcall(callable, args, null);
    try {
      // What is no int is taken for equality.
      return PyLong_Check(result) ? Math.sign(Number(long_value(result))) : 0;
    } finally {
      decref(result);
    }
  } catch (error) {
    e.failure = as_raised(error);
    return 0;
  } finally {
    release(args);
    decref(callable);
  }
}

// CPython: authorizer_callback
function run_authorizer(e: Engine, number: number, action: number, ...strings: number[]): number {
  const callable = newref(objects.get(number)!);
  try {
    const args = [PyLong_FromLong(action), ...strings.map(p => (p === 0 ? none() : e.str(p)))];
    const result = call(callable, args);
    try {
      return PyLong_Check(result) ? PyLong_AsInt(result) : SQLITE_DENY;
    } finally {
      decref(result);
    }
  } catch (error) {
    report(error, callable);
    return SQLITE_DENY;
  } finally {
    decref(callable);
  }
}

// CPython: progress_callback
function run_progress(number: number): number {
  const callable = newref(objects.get(number)!);
  try {
    const result = PyObject_CallNoArgs(callable);
    try {
      return PyObject_IsTrue(result) ? 1 : 0;
    } finally {
      decref(result);
    }
  } catch (error) {
    report(error, callable);
    return -1;
  } finally {
    decref(callable);
  }
}

/** The SQL with the values of its parameters; as it stands if that is too long. */
function traced_sql(e: Engine, st: number, sql: number, callable: PyObject): PyObject {
  const expanded = e.x.sqlite3_expanded_sql(st);
  if (expanded !== 0) {
    try {
      return e.str(expanded);
    } finally {
      e.x.sqlite3_free(expanded);
    }
  }
  try {
    PyErr_SetString(DataError, 'Expanded SQL string exceeds the maximum string length');
  } catch (error) {
    report(error, callable);
  }
  return e.str(sql);
}

// CPython: trace_callback
function run_trace(e: Engine, type: number, number: number, st: number, sql: number): number {
  if (type !== SQLITE_TRACE_STMT) return SQLITE_OK;
  const callable = newref(objects.get(number)!);
  try {
    const text = traced_sql(e, st, sql, callable);
    try {
      decref(PyObject_CallOneArg(callable, text));
    } finally {
      decref(text);
    }
  } catch (error) {
    report(error, callable);
  } finally {
    decref(callable);
  }
  return SQLITE_OK;
}

/** The functions as SQLite calls them, by their numbers in its table. */
export interface Trampolines {
  run_function: number;
  step: number;
  final: number;
  value: number;
  inverse: number;
  collation: number;
  authorizer: number;
  progress: number;
  trace: number;
  destroy: number;
}

const installed: { trampolines: Trampolines | null } = { trampolines: null };

export function trampolines(): Trampolines {
  return (installed.trampolines ??= install(engine()));
}

function install(e: Engine): Trampolines {
  const table: Record<keyof Trampolines, Callback> = {
    run_function: { signature: 'viii', run: (context, n, values) => run_function(e, context, n, values) },
    step: { signature: 'viii', run: (context, n, values) => run_step(e, context, n, values) },
    final: { signature: 'vi', run: context => run_final(e, context) },
    value: { signature: 'vi', run: context => run_value(e, context) },
    inverse: { signature: 'viii', run: (context, n, values) => run_inverse(e, context, n, values) },
    collation: { signature: 'iiiiii', run: (number, n1, p1, n2, p2) => run_collation(e, number, n1, p1, n2, p2) },
    authorizer: {
      signature: 'iiiiiii',
      run: (number, action, a, b, c, d) => run_authorizer(e, number, action, a, b, c, d),
    },
    progress: { signature: 'ii', run: number => run_progress(number) },
    trace: { signature: 'iiiii', run: (type, number, st, sql) => run_trace(e, type, number, st, sql) },
    destroy: { signature: 'vi', run: number => drop_callback(number) },
  };
  const names = Object.keys(table) as (keyof Trampolines)[];
  const places = e.install(names.map(name => table[name]));
  return Object.fromEntries(names.map((name, i) => [name, places[i]])) as unknown as Trampolines;
}
