// sequtil.ts: array helpers that list and tuple share.

import { PyErr_SetNone, PyErr_SetString } from '../core/errors.ts';
import { reserve } from '../core/memory_limit.ts';
import { incref, newref, type PyObject, refTotal } from '../core/object.ts';
import { PyIndex_Check, PyNumber_AsSsize_t } from './abstract.ts';
import { PyExc_MemoryError, PyExc_TypeError } from './exceptions.ts';
import { PyLong_Type } from './longobject.ts';

declare const PY_DEBUG: boolean;

/** Most items of one sequence: V8's arrays end near 2^27 elements. */
export const MAX_ITEMS = 1 << 27;

/** Raises MemoryError for a size that no array can have, or for which there is no memory. */
export function check_size(n: number): void {
  if (n > MAX_ITEMS) PyErr_SetNone(PyExc_MemoryError);
  reserve(8 * n);
}

/** `n` copies of the items, with a reference for each. */
export function repeat_items(items: readonly PyObject[], n: number): PyObject[] {
  const size = items.length;
  check_size(size * n);
  const result: PyObject[] = [];
  for (let i = 0; i < size; i++) items[i]!.ob_refcnt += n;
  if (PY_DEBUG) refTotal.count += size * n;
  if (size === 1) {
    const item = items[0]!;
    for (let k = 0; k < n; k++) result.push(item);
  } else {
    for (let k = 0; k < n; k++) for (let i = 0; i < size; i++) result.push(items[i]!);
  }
  return result;
}

/** `n` items from `start` on, `step` apart, with a reference for each. */
export function slice_items(items: readonly PyObject[], start: number, step: number, n: number): PyObject[] {
  if (step === 1) {
    const part = items.slice(start, start + n);
    for (let i = 0; i < part.length; i++) incref(part[i]!);
    return part;
  }
  const result: PyObject[] = [];
  for (let i = start, k = 0; k < n; k++, i += step) result.push(newref(items[i]!));
  return result;
}

/** An index argument, cut to the range of Py_ssize_t. CPython: Python/ceval.c:_PyEval_SliceIndexNotNone */
export function slice_index(o: PyObject): number {
  if (o.ob_type === PyLong_Type && typeof o.v === 'number') return o.v;
  if (PyIndex_Check(o)) return PyNumber_AsSsize_t(o, null);
  PyErr_SetString(PyExc_TypeError, 'slice indices must be integers or have an __index__ method');
}

/** The `start` and `stop` arguments of index() (null: not given), negative ones counted from the end. */
export function slice_bounds(start: PyObject | null, stop: PyObject | null, length: number): [number, number] {
  let lo = start === null ? 0 : slice_index(start);
  let hi = stop === null ? Infinity : slice_index(stop);
  if (lo < 0) {
    lo += length;
    if (lo < 0) lo = 0;
  }
  if (hi < 0) {
    hi += length;
    if (hi < 0) hi = 0;
  }
  return [lo, hi];
}
