// children.ts: an element as a sequence of its children.                                    CPython: Modules/_elementtree.c
//
// Code that may run in between (comparisons, deallocators) may change the children: what is taken out is released last.

import { PyErr_SetString } from '../../core/errors.ts';
import { decref, newref, Py_EQ, type PyObject } from '../../core/object.ts';
import { PyIndex_Check, PyNumber_AsSsize_t, PySequence_Fast, PySequence_Fast_ITEMS } from '../../objects/abstract.ts';
import { PyExc_IndexError, PyExc_TypeError, PyExc_ValueError } from '../../objects/exceptions.ts';
import { PyList_FromArraySteal, PyList_New } from '../../objects/listobject.ts';
import { PyObject_RichCompareBool } from '../../objects/object.ts';
import { PySlice_AdjustIndices, PySlice_Check, PySlice_Unpack } from '../../objects/sliceobject.ts';
import { c_ssize, none, type_name } from '../args.ts';
import {
  add_child,
  Element_Check,
  type ElementData,
  type ElementObject,
  type Extra,
  extra_of,
  make_room,
  raise_no_element,
} from './data.ts';
import type { State } from './state.ts';

function of(self: PyObject): ElementData {
  return (self as ElementObject).v;
}

/** An argument that must be an element. */
export function element_arg(state: State, o: PyObject, where: string): ElementObject {
  if (!Element_Check(state, o)) {
    PyErr_SetString(PyExc_TypeError, `${where} must be ${state.element_type.tp_name}, not ${type_name(o)}`);
  }
  return o;
}

export function element_length(self: PyObject): number {
  return of(self).extra?.children.length ?? 0;
}

export function element_append(self: PyObject, child: PyObject): PyObject {
  add_child(of(self), element_arg(of(self).state, child, 'append() argument 1'));
  return none();
}

/** CPython: _elementtree_Element_extend_impl */
export function element_extend(self: PyObject, elements: PyObject): PyObject {
  const seq = PySequence_Fast(elements, "'elements' must be an iterable");
  try {
    const items = PySequence_Fast_ITEMS(seq);
    for (let i = 0; i < items.length; i++) add_child(of(self), items[i]!);
  } finally {
    decref(seq);
  }
  return none();
}

/** CPython: _elementtree_Element_insert_impl */
export function element_insert(self: PyObject, index: PyObject, child: PyObject): PyObject {
  const i = c_ssize(index);
  const element = element_arg(of(self).state, child, 'insert() argument 2');
  const extra = extra_of(of(self));
  make_room(extra, 1);
  // A negative index counts from the end, as splice() has it.
  extra.children.splice(i, 0, newref(element));
  return none();
}

/** CPython: _elementtree_Element_remove_impl */
export function element_remove(self: PyObject, child: PyObject): PyObject {
  const wanted = element_arg(of(self).state, child, 'remove() argument');
  const e = of(self);
  for (let i = 0; e.extra !== null && i < e.extra.children.length; i++) {
    const one = newref(e.extra.children[i]!);
    let found: boolean;
    try {
      found = one === wanted || PyObject_RichCompareBool(one, wanted, Py_EQ);
    } finally {
      decref(one);
    }
    if (!found) continue;
    // The comparison may have taken it out already.
    const { extra } = e as { extra: Extra | null };
    if (extra !== null && i < extra.children.length) decref(extra.children.splice(i, 1)[0]!);
    return none();
  }
  PyErr_SetString(PyExc_ValueError, 'Element.remove(x): element not found');
}

/** CPython: element_getitem */
export function element_getitem(self: PyObject, index: number): PyObject {
  const child = of(self).extra?.children[index];
  if (child === undefined) PyErr_SetString(PyExc_IndexError, 'child index out of range');
  return newref(child);
}

/** CPython: element_setitem */
export function element_setitem(self: PyObject, index: number, value: PyObject | null): void {
  const { state, extra } = of(self);
  const old = extra?.children[index];
  if (extra === null || old === undefined) {
    PyErr_SetString(PyExc_IndexError, 'child assignment index out of range');
  }
  if (value === null) extra.children.splice(index, 1);
  else if (Element_Check(state, value)) extra.children[index] = newref(value);
  else raise_no_element(value);
  decref(old);
}

/** An index, counted from the start. */
function index_of(self: PyObject, item: PyObject): number {
  const i = PyNumber_AsSsize_t(item, PyExc_IndexError);
  return i < 0 ? i + element_length(self) : i;
}

function no_index(): never {
  PyErr_SetString(PyExc_TypeError, 'element indices must be integers');
}

/** CPython: element_subscr */
export function element_subscr(self: PyObject, item: PyObject): PyObject {
  if (PyIndex_Check(item)) return element_getitem(self, index_of(self, item));
  if (!PySlice_Check(item)) no_index();
  const [start0, stop0, step] = PySlice_Unpack(item);
  if (of(self).extra === null) return PyList_New();
  const children = of(self).extra?.children ?? [];
  const [start, , n] = PySlice_AdjustIndices(children.length, start0, stop0, step);
  const items: PyObject[] = [];
  for (let i = 0; i < n; i++) items.push(newref(children[start + i * step]!));
  return PyList_FromArraySteal(items);
}

function delete_slice(extra: Extra, start: number, step: number, n: number): void {
  if (n === 0) return;
  const first = step < 0 ? start + step * (n - 1) : start;
  const every = Math.abs(step);
  const last = first + every * (n - 1);
  const gone: ElementObject[] = [];
  const kept: ElementObject[] = [];
  extra.children.forEach((child, i) => {
    if (i >= first && i <= last && (i - first) % every === 0) gone.push(child);
    else kept.push(child);
  });
  extra.children = kept;
  // A list, since that is what holds them in CPython meanwhile.
  decref(PyList_FromArraySteal(gone));
}

function assign_slice(e: ElementData, item: PyObject, value: PyObject | null): void {
  const [start0, stop0, step] = PySlice_Unpack(item);
  if (value === null) {
    if (e.extra === null) return;
    const [start, , n] = PySlice_AdjustIndices(e.extra.children.length, start0, stop0, step);
    delete_slice(e.extra, start, step, n);
    return;
  }
  const seq = PySequence_Fast(value, 'assignment expects an iterable');
  let gone: PyObject | null = null;
  try {
    const extra = extra_of(e);
    const [start, , n] = PySlice_AdjustIndices(extra.children.length, start0, stop0, step);
    const items = PySequence_Fast_ITEMS(seq);
    if (step !== 1 && items.length !== n) {
      PyErr_SetString(
        PyExc_ValueError,
        `attempt to assign sequence of size ${items.length} to extended slice of size ${n}`,
      );
    }
    if (items.length > n) make_room(extra, items.length - n);
    for (const one of items) if (!Element_Check(e.state, one)) raise_no_element(one);
    const { children } = extra;
    const fresh = (items as ElementObject[]).map(newref);
    let old: ElementObject[];
    if (step === 1) old = children.splice(start, n, ...fresh);
    else {
      old = fresh.map((_, i) => children[start + i * step]!);
      fresh.forEach((child, i) => {
        children[start + i * step] = child;
      });
    }
    if (old.length > 0) gone = PyList_FromArraySteal(old);
  } finally {
    decref(seq);
    if (gone !== null) decref(gone);
  }
}

/** CPython: element_ass_subscr */
export function element_ass_subscr(self: PyObject, item: PyObject, value: PyObject | null): void {
  if (PyIndex_Check(item)) element_setitem(self, index_of(self, item), value);
  else if (PySlice_Check(item)) assign_slice(of(self), item, value);
  else no_index();
}
