// errors.ts: how natives raise Python exceptions.                                   CPython: Python/errors.c
//
// A native throws one light object, Raised, that owns the exception. It does not extend Error: capturing a JS stack
// trace costs microseconds. Iterator exhaustion and optional look-ups do not throw at all; they return null.

import { type PyObject, type PyTypeObject, decref } from './object.ts';

/** A Python exception on its way through JavaScript frames. */
export class Raised {
  /** The exception instance; owned by this object until somebody takes it. */
  readonly exc: PyObject;
  constructor(exc: PyObject) {
    this.exc = exc;
  }
}

let failure: PyObject | null = null;

/** What a `meth_or_null` raises (owned): it returns the null that this gives. */
export function native_failure(exc: PyObject): null {
  failure = exc;
  return null;
}

/** The exception of the `meth_or_null` that has just returned null. */
export function take_failure(): PyObject {
  const exc = failure!;
  failure = null;
  return exc;
}

/** Made by objects/exceptions.ts at start-up. */
export const errorHooks = {
  /** A new exception `type(value)`, with the handled exception as its context. Steals nothing. */
  create: null as ((type: PyTypeObject, value: PyObject | string | null) => PyObject) | null,
  /** Turns a JS error that is not Raised (stack overflow, internal error) into a Python exception; owned. */
  from_js: null as ((error: unknown) => PyObject) | null,
};

/** Raises `type(message)`. CPython: PyErr_SetString, PyErr_Format */
export function PyErr_SetString(type: PyTypeObject, message: string): never {
  throw new Raised(errorHooks.create!(type, message));
}

/** Raises `type(value)`, or `type(*value)` for a tuple, or value itself if it is an instance. CPython: PyErr_SetObject */
export function PyErr_SetObject(type: PyTypeObject, value: PyObject): never {
  throw new Raised(errorHooks.create!(type, value));
}

/** Raises `type()`. */
export function PyErr_SetNone(type: PyTypeObject): never {
  throw new Raised(errorHooks.create!(type, null));
}

/** The Raised for whatever a `catch` caught. */
export function as_raised(error: unknown): Raised {
  if (error instanceof Raised) return error;
  return new Raised(errorHooks.from_js!(error));
}

/** Whether a caught value is a Python exception of that type (or a subtype). CPython: PyErr_ExceptionMatches */
export function PyErr_ExceptionMatches(error: unknown, type: PyTypeObject): error is Raised {
  if (!(error instanceof Raised)) return false;
  for (let t: PyTypeObject | null = error.exc.ob_type; t !== null; t = t.tp_base) if (t === type) return true;
  // A second base: look through the whole MRO.
  const mro = error.exc.ob_type.tp_mro as PyObject<PyObject[]> | null;
  return mro !== null && mro.v.includes(type);
}

/** Drops a caught exception. */
export function PyErr_Clear(error: Raised): void {
  decref(error.exc);
}
