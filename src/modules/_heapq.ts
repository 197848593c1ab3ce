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
import { list_resize, PyList_Append, PyList_Type, type PyListObject } from '../objects/listobject.ts';
import { PyLong_Type } from '../objects/longobject.ts';
import { PyObject_RichCompareBool } from '../objects/object.ts';
import { PyTuple_Type } from '../objects/tupleobject.ts';
import { none, type_name } from './args.ts';

/** Whether it is an int or float whose payload is a number. */
function is_number(o: PyObject): boolean {
  const type = o.ob_type;
  return (type === PyLong_Type || type === PyFloat_Type) && typeof o.v === 'number';
}

/** Whether a < b (1 or 0) where that can be told without calling anybody, else -1. */
function known_less(a: PyObject, b: PyObject): number {
  if (is_number(a) && is_number(b)) return (a.v as number) < (b.v as number) ? 1 : 0;
  const type = a.ob_type;
  if (type !== b.ob_type || (type !== PyTuple_Type && type !== PyList_Type)) return -1;
  return items_less(a.v as PyObject[], b.v as PyObject[]);
}

/** As known_less, of what two tuples or lists hold. */
function items_less(a: readonly PyObject[], b: readonly PyObject[]): number {
  const n = Math.min(a.length, b.length);
  for (let i = 0; i < n; i++) {
    const x = a[i]!;
    const y = b[i]!;
    if (x === y) continue;
    if (!is_number(x) || !is_number(y)) return -1;
    if (x.v !== y.v) return (x.v as number) < (y.v as number) ? 1 : 0;
  }
  return a.length < b.length ? 1 : 0;
}

/** a < b; both stay alive meanwhile. */
function less(a: PyObject, b: PyObject): boolean {
  const known = known_less(a, b);
  if (known >= 0) return known === 1;
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

// As far as comparisons call nobody (who might look at the list), an item that moves is put down once: the others move into the gap.

/** The beginning of siftdown(); gives the item's new place, or `start` if it has found its own. */
function rise(items: PyObject[], start: number, pos: number, max: boolean): number {
  const item = items[pos]!;
  while (pos > start) {
    const parent = (pos - 1) >> 1;
    const other = items[parent]!;
    const known = max ? known_less(other, item) : known_less(item, other);
    if (known !== 1) {
      items[pos] = item;
      return known === 0 ? start : pos;
    }
    items[pos] = other;
    pos = parent;
  }
  items[pos] = item;
  return pos;
}

/** Moves the item at `pos` up to its place below `start`. CPython: siftdown */
function siftdown(heap: PyListObject, start: number, pos: number, max: boolean): void {
  const size = heap.v.length;
  if (pos >= size) PyErr_SetString(PyExc_IndexError, 'index out of range');
  pos = rise(heap.v, start, pos, max);
  while (pos > start) {
    const parent = (pos - 1) >> 1;
    const moves = above(heap.v[pos]!, heap.v[parent]!, max);
    check_size(heap, size);
    if (!moves) return;
    swap(heap.v, pos, parent);
    pos = parent;
  }
}

/** The beginning of siftup(); gives the item's new place. */
function sink(items: PyObject[], pos: number, max: boolean): number {
  const n = items.length;
  const item = items[pos]!;
  for (let child = 2 * pos + 1; child + 1 < n; child = 2 * pos + 1) {
    const left = items[child]!;
    const right = items[child + 1]!;
    const known = max ? known_less(right, left) : known_less(left, right);
    if (known < 0) break;
    if (known === 1) items[pos] = left;
    else {
      items[pos] = right;
      child++;
    }
    pos = child;
  }
  items[pos] = item;
  return pos;
}

/** Moves the item at `pos` to a leaf past the smaller children, then up to its place. CPython: siftup */
function siftup(heap: PyListObject, pos: number, max: boolean): void {
  const size = heap.v.length;
  const start = pos;
  if (pos >= size) PyErr_SetString(PyExc_IndexError, 'index out of range');
  const limit = size >> 1;
  pos = sink(heap.v, pos, max);
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
