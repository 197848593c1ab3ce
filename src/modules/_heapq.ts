// _heapq.ts: heaps in lists.                                                   CPython: Modules/_heapqmodule.c
//
// heap[k] is at most (in a max-heap: at least) heap[2k+1] and heap[2k+2]. Comparisons may run Python code that changes
// the list: after each one its size is checked, and slots are read anew.

import { PyErr_SetString } from '../core/errors.ts';
import { decref, incref, newref, Py_LT, type PyObject } from '../core/object.ts';
import { METH_CLINIC, METH_O, type MethodSpec, type ModuleSpec } from '../core/spec.ts';
import { PyList_Check } from '../objects/checks.ts';
import { PyExc_IndexError, PyExc_RuntimeError, PyExc_TypeError } from '../objects/exceptions.ts';
import { PyFloat_Type } from '../objects/floatobject.ts';
import { list_resize, PyList_Append, type PyListObject } from '../objects/listobject.ts';
import { PyLong_Type } from '../objects/longobject.ts';
import { PyObject_RichCompareBool } from '../objects/object.ts';
import { none, type_name } from './args.ts';

/** a < b; both stay alive meanwhile. */
function less(a: PyObject, b: PyObject): boolean {
  const type = a.ob_type;
  if (type === b.ob_type && (type === PyLong_Type || type === PyFloat_Type)) {
    return (a.v as number | bigint) < (b.v as number | bigint);
  }
  incref(a);
  incref(b);
  try {
    return PyObject_RichCompareBool(a, b, Py_LT);
  } finally {
    decref(a);
    decref(b);
  }
}

/** Whether a belongs above b. */
function above(a: PyObject, b: PyObject, max: boolean): boolean {
  return max ? less(b, a) : less(a, b);
}

function check_size(heap: PyListObject, size: number): void {
  if (heap.v.length !== size) PyErr_SetString(PyExc_RuntimeError, 'list changed size during iteration');
}

function swap(items: PyObject[], i: number, j: number): void {
  const t = items[i]!;
  items[i] = items[j]!;
  items[j] = t;
}

/** Moves the item at `pos` up to its place below `start`. CPython: siftdown */
function siftdown(heap: PyListObject, start: number, pos: number, max: boolean): void {
  const size = heap.v.length;
  if (pos >= size) PyErr_SetString(PyExc_IndexError, 'index out of range');
  while (pos > start) {
    const parent = (pos - 1) >> 1;
    const moves = above(heap.v[pos]!, heap.v[parent]!, max);
    check_size(heap, size);
    if (!moves) return;
    swap(heap.v, pos, parent);
    pos = parent;
  }
}

/** Moves the item at `pos` to a leaf past the smaller children, then up to its place. CPython: siftup */
function siftup(heap: PyListObject, pos: number, max: boolean): void {
  const size = heap.v.length;
  const start = pos;
  if (pos >= size) PyErr_SetString(PyExc_IndexError, 'index out of range');
  const limit = size >> 1;
  while (pos < limit) {
    let child = 2 * pos + 1;
    if (child + 1 < size) {
      const left = above(heap.v[child]!, heap.v[child + 1]!, max);
      check_size(heap, size);
      if (!left) child++;
    }
    swap(heap.v, pos, child);
    pos = child;
  }
  siftdown(heap, start, pos, max);
}

function as_list(o: PyObject, fname: string, which: string): PyListObject {
  if (!PyList_Check(o))
    PyErr_SetString(PyExc_TypeError, `${fname}() argument ${which}must be list, not ${type_name(o)}`);
  return o;
}

function heappush(fname: string, max: boolean): MethodSpec {
  const meth = (_module: PyObject, o: PyObject, item: PyObject): PyObject => {
    const heap = as_list(o, fname, '1 ');
    PyList_Append(heap, item);
    siftdown(heap, 0, heap.v.length - 1, max);
    return none();
  };
  return { name: fname, flags: METH_CLINIC, meth, sig: '($module, heap, item, /)' };
}

function heappop(fname: string, max: boolean): MethodSpec {
  const meth = (_module: PyObject, o: PyObject): PyObject => {
    const heap = as_list(o, fname, '');
    const n = heap.v.length;
    if (n === 0) PyErr_SetString(PyExc_IndexError, 'index out of range');
    list_resize(heap, n - 1);
    const last = heap.v.pop()!;
    if (n === 1) return last;
    const top = heap.v[0]!;
    heap.v[0] = last;
    try {
      siftup(heap, 0, max);
    } catch (e) {
      decref(top);
      throw e;
    }
    return top;
  };
  return { name: fname, flags: METH_O, meth, sig: '($module, heap, /)' };
}

function replace_top(heap: PyListObject, item: PyObject, max: boolean): PyObject {
  const top = heap.v[0]!;
  heap.v[0] = newref(item);
  try {
    siftup(heap, 0, max);
  } catch (e) {
    decref(top);
    throw e;
  }
  return top;
}

function heapreplace(fname: string, max: boolean): MethodSpec {
  const meth = (_module: PyObject, o: PyObject, item: PyObject): PyObject => {
    const heap = as_list(o, fname, '1 ');
    if (heap.v.length === 0) PyErr_SetString(PyExc_IndexError, 'index out of range');
    return replace_top(heap, item, max);
  };
  return { name: fname, flags: METH_CLINIC, meth, sig: '($module, heap, item, /)' };
}

function heappushpop(fname: string, max: boolean): MethodSpec {
  const meth = (_module: PyObject, o: PyObject, item: PyObject): PyObject => {
    const heap = as_list(o, fname, '1 ');
    if (heap.v.length === 0 || !above(heap.v[0]!, item, max)) return newref(item);
    if (heap.v.length === 0) PyErr_SetString(PyExc_IndexError, 'index out of range');
    return replace_top(heap, item, max);
  };
  return { name: fname, flags: METH_CLINIC, meth, sig: '($module, heap, item, /)' };
}

function heapify(fname: string, max: boolean): MethodSpec {
  const meth = (_module: PyObject, o: PyObject): PyObject => {
    const heap = as_list(o, fname, '');
    for (let i = (heap.v.length >> 1) - 1; i >= 0; i--) siftup(heap, i, max);
    return none();
  };
  return { name: fname, flags: METH_O, meth, sig: '($module, heap, /)' };
}

export const module: ModuleSpec = {
  name: '_heapq',
  doc: 'Heaps (priority queues) in lists.',
  methods: [
    heappush('heappush', false),
    heappushpop('heappushpop', false),
    heappop('heappop', false),
    heapreplace('heapreplace', false),
    heapify('heapify', false),
    heappush('heappush_max', true),
    heappushpop('heappushpop_max', true),
    heappop('heappop_max', true),
    heapreplace('heapreplace_max', true),
    heapify('heapify_max', true),
  ],
};
