// errors.ts: the exceptions of the modules for interpreters.                   CPython: Python/crossinterp_exceptions.h
import { errorHooks, PyErr_Clear, Raised } from '../../core/errors.ts';
import {
  decref,
  Py_TPFLAGS_BASETYPE,
  Py_TPFLAGS_HAVE_GC,
  type PyObject,
  type PyTypeObject,
} from '../../core/object.ts';
import { exception_spec, static_type } from '../../core/spec.ts';
import {
  PyExc_Exception,
  PyExc_TypeError,
  PyException_GetCause,
  PyException_SetCause,
  PyException_SetContext,
} from '../../objects/exceptions.ts';

export const PACKAGE = 'concurrent.interpreters';

/** These two cannot be weakly referenced in CPython. */
function exception(name: string, base: () => PyTypeObject, tp_doc: string): PyTypeObject {
  return static_type({
    name: `${PACKAGE}.${name}`,
    base,
    tp_basicsize: 72,
    tp_flags: Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE,
    tp_doc,
  });
}

export const InterpreterError = /* @__PURE__ */ exception(
  'InterpreterError',
  () => PyExc_Exception,
  'A cross-interpreter operation failed',
);
export const InterpreterNotFoundError = /* @__PURE__ */ exception(
  'InterpreterNotFoundError',
  () => InterpreterError,
  'An interpreter was not found',
);
export const NotShareableError = /* @__PURE__ */ static_type(
  exception_spec(`${PACKAGE}.NotShareableError`, () => PyExc_TypeError),
);

/** An exception (owned) that is not raised. */
export function new_exception(type: PyTypeObject, message: string | null): PyObject {
  return errorHooks.create!(type, message);
}

/** Raises an exception because of another (owned; null: none), or in the midst of handling it. */
export function raise_from(type: PyTypeObject, message: string | null, cause: PyObject | null): never {
  const exc = new_exception(type, message);
  if (cause !== null) PyException_SetCause(exc, cause);
  throw new Raised(exc);
}

export function raise_in_context(type: PyTypeObject, message: string | null, context: PyObject | null): never {
  const exc = new_exception(type, message);
  if (context !== null) PyException_SetContext(exc, context);
  throw new Raised(exc);
}

export function is_not_shareable(e: unknown): e is Raised {
  return e instanceof Raised && e.exc.ob_type === NotShareableError;
}

/** What is to be raised where the reason counts, not that something cannot be shared. CPython: _PyXI_UnwrapNotShareableError */
export function unwrapped(e: unknown): unknown {
  if (!is_not_shareable(e)) return e;
  const cause = PyException_GetCause(e.exc);
  if (cause === null) return e;
  PyErr_Clear(e);
  return new Raised(cause);
}

/** Drops a caught exception; other errors go on. */
export function forget(e: unknown): void {
  if (!(e instanceof Raised)) throw e;
  decref(e.exc);
}
