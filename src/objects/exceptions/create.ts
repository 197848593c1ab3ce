// create.ts: how a raise in native code becomes an exception instance.                CPython: Python/errors.c
//
// errors.ts of core throws Raised and asks here for the instance. The exception that is being handled becomes the
// context of the new one, unless that would close a cycle.

import { errorHooks, PyErr_SetString, Raised } from '../../core/errors.ts';
import { HostError } from '../../core/host.ts';
import { decref, incref, newref, type PyObject, type PyTypeObject } from '../../core/object.ts';
import { current } from '../../core/tstate.ts';
import { PyObject_IsSubclass } from '../abstract.ts';
import { PyObject_Call, PyObject_CallNoArgs, PyObject_CallOneArg } from '../call.ts';
import { PyExceptionInstance_Check, PyTuple_Check } from '../checks.ts';
import { Py_None, repr_string } from '../object.ts';
import { PyTuple_FromArraySteal, PyTuple_Type } from '../tupleobject.ts';
import { PyType_Type } from '../typeobject.ts';
import { PyUnicode_FromString } from '../unicodeobject.ts';
import { BaseException_init, BaseException_new, exc_alloc, exc_data, PyException_SetContext } from './base.ts';
import { PyExc_MemoryError, PyExc_RecursionError, PyExc_SystemError, PyExc_TypeError } from './hierarchy.ts';
import { new_os_error } from './oserror.ts';

/** An instance of the type for a value, as a raise makes it. CPython: Python/errors.c:_PyErr_CreateException */
export function create_exception(type: PyTypeObject, value: PyObject | null): PyObject {
  let exc: PyObject;
  if (value === null || value === Py_None) {
    if (is_plain(type)) return exc_alloc(type, PyTuple_FromArraySteal([]));
    exc = PyObject_CallNoArgs(type);
  } else if (PyTuple_Check(value)) {
    if (is_plain(type) && value.ob_type === PyTuple_Type) return exc_alloc(type, newref(value));
    exc = PyObject_Call(type, value, null);
  } else {
    if (is_plain(type)) return exc_alloc(type, PyTuple_FromArraySteal([newref(value)]));
    exc = PyObject_CallOneArg(type, value);
  }
  if (!PyExceptionInstance_Check(exc)) {
    const got = exc.ob_type.tp_name;
    decref(exc);
    PyErr_SetString(
      PyExc_TypeError,
      `calling ${repr_string(type)} should have returned an instance of BaseException, not ${got}`,
    );
  }
  return exc;
}

/** Whether calling the type does no more than store the arguments. */
function is_plain(type: PyTypeObject): boolean {
  return type.tp_init === BaseException_init && type.tp_new === BaseException_new && type.ob_type === PyType_Type;
}

/** The exception being handled (borrowed), or null. CPython: Python/errors.c:_PyErr_GetTopmostException */
export function handled_exception(): PyObject | null {
  if (current.tstate === null) return null;
  let info = current.tstate.exc_info;
  while ((info.exc_value === null || info.exc_value === Py_None) && info.previous !== null) info = info.previous;
  return info.exc_value === Py_None ? null : info.exc_value;
}

/** Makes the handled exception the context of a new one. CPython: Python/errors.c:_PyErr_SetObject */
export function set_exception_context(exc: PyObject): void {
  const handled = handled_exception();
  if (handled === null || handled === exc) return;
  // The chain below `handled` may lead back to the new exception: cut it there. `slow` notices chains that are
  // cycles already.
  let o = handled;
  let slow = handled;
  let step = false;
  for (;;) {
    const context = exc_data(o).context;
    if (context === null) break;
    if (context === exc) {
      PyException_SetContext(o, null);
      break;
    }
    o = context;
    if (o === slow) break;
    if (step) slow = exc_data(slow).context!;
    step = !step;
  }
  PyException_SetContext(exc, newref(handled));
}

function create(type: PyTypeObject, value: PyObject | string | null): PyObject {
  let exc: PyObject;
  if (typeof value === 'string') {
    const text = PyUnicode_FromString(value);
    if (is_plain(type)) exc = exc_alloc(type, PyTuple_FromArraySteal([text]));
    else {
      try {
        exc = create_exception(type, text);
      } finally {
        decref(text);
      }
    }
  } else if (value !== null && PyExceptionInstance_Check(value) && PyObject_IsSubclass(value.ob_type, type)) {
    exc = newref(value);
  } else {
    exc = create_exception(type, value);
  }
  if (current.tstate !== null) set_exception_context(exc);
  return exc;
}

/** A Python exception for a JS error; owned. Our own mistakes show as SystemError. */
function from_js(error: unknown): PyObject {
  if (error instanceof Raised) return newref(error.exc);
  if (error instanceof HostError) {
    const exc = new_os_error(error.errno);
    set_exception_context(exc);
    return exc;
  }
  if (error instanceof RangeError) {
    const text = error.message;
    if (text.startsWith('Maximum call stack size'))
      return create(PyExc_RecursionError, 'maximum recursion depth exceeded');
    if (
      text.startsWith('Invalid array length') ||
      text.startsWith('Invalid string length') ||
      text.startsWith('Invalid typed array length') ||
      text.startsWith('Array buffer allocation failed') ||
      text.startsWith('Maximum BigInt size exceeded') ||
      text.startsWith('Map maximum size') ||
      text.startsWith('Set maximum size')
    ) {
      return create(PyExc_MemoryError, null);
    }
  }
  if (error instanceof Error) {
    const text = debug_wanted() && error.stack !== undefined ? error.stack : `${error.name}: ${error.message}`;
    return create(PyExc_SystemError, text);
  }
  return create(PyExc_SystemError, String(error));
}

let debug: boolean | undefined;

/** Whether PYVARIUM_DEBUG is set: SystemErrors then carry the JS stack. */
function debug_wanted(): boolean {
  if (debug === undefined) {
    debug = false;
    const host = current.tstate?.interp.host;
    if (host !== undefined) {
      const name = 'PYVARIUM_DEBUG';
      debug = host.process
        .environ()
        .some(([key]) => key.length === name.length && key.every((b, i) => b === name.charCodeAt(i)));
    }
  }
  return debug;
}

/** Connects core's raising functions with this file; called once at start-up. */
export function init_exceptions(): void {
  errorHooks.create = create;
  errorHooks.from_js = from_js;
}

/** Chains a caught error below a new one as cause and context, and raises the new one.
 *  CPython: Python/errors.c:_PyErr_FormatVFromCause */
export function raise_from_cause(caught: Raised, type: PyTypeObject, message: string): never {
  const exc = create(type, message);
  const data = exc_data(exc);
  incref(caught.exc);
  incref(caught.exc);
  const old_cause = data.cause;
  const old_context = data.context;
  data.cause = caught.exc;
  data.context = caught.exc;
  data.suppress_context = true;
  if (old_cause !== null) decref(old_cause);
  if (old_context !== null) decref(old_context);
  decref(caught.exc);
  throw new Raised(exc);
}

/** Whether the exception `caught` (or class) matches a class or a tuple of them. CPython: PyErr_GivenExceptionMatches */
export function PyErr_GivenExceptionMatches(given: PyObject, wanted: PyObject): boolean {
  if (PyTuple_Check(wanted)) {
    for (const item of wanted.v) if (PyErr_GivenExceptionMatches(given, item)) return true;
    return false;
  }
  const type = PyExceptionInstance_Check(given) ? given.ob_type : given;
  if (is_exception_class(type) && is_exception_class(wanted)) return is_subtype(type, wanted);
  return type === wanted;
}

function is_exception_class(o: PyObject): o is PyTypeObject {
  return (o.ob_type.tp_flags & (1 << 31)) !== 0 && ((o as PyTypeObject).tp_flags & (1 << 30)) !== 0;
}

function is_subtype(type: PyTypeObject, wanted: PyTypeObject): boolean {
  const mro = type.tp_mro as PyObject<PyObject[]> | null;
  return mro !== null ? mro.v.includes(wanted) : type === wanted;
}

/** Makes an error that is being replaced by `newer` its context. Steals the caught one. CPython: _PyErr_ChainExceptions1 */
export function chain_exceptions(older: Raised, newer: Raised): void {
  PyException_SetContext(newer.exc, older.exc);
}
