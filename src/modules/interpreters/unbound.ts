// unbound.ts: what becomes of items whose interpreter ends, and how items are taken.        CPython: Modules/_interpreters_common.h
import { PyErr_SetString } from '../../core/errors.ts';
import type { PyObject } from '../../core/object.ts';
import { PyExc_ValueError } from '../../objects/exceptions.ts';
import { c_int } from '../args.ts';

export const UNBOUND_REMOVE = 1;
export const UNBOUND_ERROR = 2;
export const UNBOUND_REPLACE = 3;

/** Only as the type knows how, or by any way. */
export const XIDATA_ONLY = 0;
export const FULL_FALLBACK = 1;

/** The number of an argument; -1: not given. */
function choice(o: PyObject | null): number {
  return o === null ? -1 : c_int(o);
}

/** CPython: resolve_unboundop */
export function unbound_choice(o: PyObject | null, fallback: number): number {
  const n = choice(o);
  if (n < 0) return fallback;
  if (n !== UNBOUND_REMOVE && n !== UNBOUND_ERROR && n !== UNBOUND_REPLACE)
    PyErr_SetString(PyExc_ValueError, `unsupported unboundop ${n}`);
  return n;
}

/** CPython: resolve_fallback */
export function fallback_choice(o: PyObject | null, fallback: number): number {
  const n = choice(o);
  if (n < 0) return fallback;
  if (n !== XIDATA_ONLY && n !== FULL_FALLBACK) PyErr_SetString(PyExc_ValueError, `unsupported fallback ${n}`);
  return n;
}
