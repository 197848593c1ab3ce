// common.ts: what the iterator types of itertools share.                         CPython: Modules/itertoolsmodule.c

import { PyErr_SetString } from '../../core/errors.ts';
import { gc_del } from '../../core/gc.ts';
import { decref, newref, type PyObject, type PyTypeObject, type visitproc } from '../../core/object.ts';
import { check_no_keywords, check_positional } from '../../objects/argcheck.ts';
import { PyExc_ValueError } from '../../objects/exceptions.ts';
import type { PyTupleObject } from '../../objects/tupleobject.ts';

/** A payload says which objects it owns: that is all deallocation and traversal need. */
export interface Owner {
  each(visit: visitproc): void;
}

export function owner_dealloc(self: PyObject): void {
  gc_del(self);
  (self as PyObject<Owner>).v.each(decref);
}

export function owner_traverse(self: PyObject, visit: visitproc): void {
  (self as PyObject<Owner>).v.each(visit);
}

export function self_iter(self: PyObject): PyObject {
  return newref(self);
}

/** The next item of an iterator, or null. */
export function next_of(it: PyObject): PyObject | null {
  return it.ob_type.tp_iternext!(it);
}

/** The arguments of a constructor that takes `min` to `max` positional ones. Keywords are refused unless a subclass
 *  brings its own __init__. */
export function positional(
  type: PyTypeObject,
  base: PyTypeObject,
  name: string,
  args: PyObject,
  kwargs: PyObject | null,
  min: number,
  max: number,
): PyObject[] {
  if (type === base || type.tp_init === base.tp_init) check_no_keywords(name, kwargs);
  const a = (args as PyTupleObject).v;
  check_positional(name, a.length, min, max);
  return a;
}

export function value_error(message: string): never {
  PyErr_SetString(PyExc_ValueError, message);
}
