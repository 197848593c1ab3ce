// common.ts: what the stream types share.                                             CPython: Modules/_io/_iomodule.c

import { PyErr_Clear, PyErr_ExceptionMatches, PyErr_SetString, Raised } from '../../core/errors.ts';
import { gc_del } from '../../core/gc.ts';
import { HostError } from '../../core/host.ts';
import { decref, G_WEAKREFS, newref, type PyObject, type visitproc } from '../../core/object.ts';
import { exception_spec, static_type } from '../../core/spec.ts';
import {
  PyExc_InterruptedError,
  PyExc_OSError,
  PyExc_TypeError,
  PyExc_ValueError,
  set_errno_error,
} from '../../objects/exceptions.ts';
import {
  Py_None,
  PyObject_GetAttrString,
  PyObject_GetOptionalAttrString,
  PyObject_IsTrue,
} from '../../objects/object.ts';
import {
  call_finalizer_from_dealloc,
  clear_instance_state,
  traverse_instance_state,
} from '../../objects/typeobject.ts';
import { PyObject_ClearWeakRefs } from '../../objects/weakrefobject.ts';

export const DEFAULT_BUFFER_SIZE = 131072;

/** io.UnsupportedOperation: the stream cannot do that. */
export const PyExc_UnsupportedOperation = static_type({
  ...exception_spec('io.UnsupportedOperation', () => PyExc_OSError, 112),
  bases: () => [PyExc_OSError, PyExc_ValueError],
});

export function unsupported(message: string): never {
  PyErr_SetString(PyExc_UnsupportedOperation, message);
}

export function closed_error(message = 'I/O operation on closed file.'): never {
  PyErr_SetString(PyExc_ValueError, message);
}

/** Runs host calls; a failure becomes an OSError at once, so that native callers can catch it. */
export function raise_host_error(e: unknown): never {
  if (e instanceof HostError) set_errno_error(e);
  throw e;
}

/** Whether an attribute is true; the attribute must exist. */
export function attr_is_true(o: PyObject, name: string): boolean {
  const value = PyObject_GetAttrString(o, name);
  try {
    return PyObject_IsTrue(value);
  } finally {
    decref(value);
  }
}

/** Whether something caught means that a signal interrupted the call; it is dropped then. CPython: _PyIO_trap_eintr */
export function trap_eintr(e: unknown): boolean {
  if (!PyErr_ExceptionMatches(e, PyExc_InterruptedError)) return false;
  PyErr_Clear(e);
  return true;
}

/** The first part of every stream's tp_dealloc: runs the finalizer (which closes the stream); false when the stream was
 *  brought back to life. CPython: Modules/_io/iobase.c:_PyIOBase_finalize */
export function begin_dealloc(self: PyObject): boolean {
  if (!call_finalizer_from_dealloc(self)) return false;
  gc_del(self);
  if ((self.g & G_WEAKREFS) !== 0) PyObject_ClearWeakRefs(self);
  if (self.d !== null && self.ob_type.ht_slot_count === 0) clear_instance_state(self);
  return true;
}

/** Visits the instance's dict, for the types' tp_traverse. */
export function traverse_dict(self: PyObject, visit: visitproc): void {
  if (self.d !== null && self.ob_type.ht_slot_count === 0) traverse_instance_state(self, visit);
}

/** Clears the instance's dict, for the types' tp_clear. */
export function clear_dict(self: PyObject): void {
  if (self.d !== null && self.ob_type.ht_slot_count === 0) clear_instance_state(self);
}

/** `name` of a stream for its repr: the text, or null when it has none. */
export function stream_name(self: PyObject): PyObject | null {
  try {
    return PyObject_GetOptionalAttrString(self, 'name');
  } catch (e) {
    if (!PyErr_ExceptionMatches(e, PyExc_ValueError)) throw e;
    PyErr_Clear(e); // a detached stream has no name
    return null;
  }
}

/** Raises the TypeError of streams that cannot be pickled. */
export function no_pickle(self: PyObject): never {
  const name = self.ob_type.tp_name;
  PyErr_SetString(PyExc_TypeError, `cannot pickle '${name.slice(name.lastIndexOf('.') + 1)}' instances`);
}

/** Throws `first` with what was caught later chained to it, as CPython does when close() fails twice. */
export function chain_and_throw(first: unknown, second: unknown): never {
  if (first instanceof Raised && second instanceof Raised) {
    decref(first.exc);
    throw second;
  }
  throw second;
}

/** None as a new reference. */
export function py_none(): PyObject {
  return newref(Py_None);
}
