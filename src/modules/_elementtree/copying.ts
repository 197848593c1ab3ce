// copying.ts: copies of elements, and what pickles hold of them.                            CPython: Modules/_elementtree.c

import { PyErr_SetString } from '../../core/errors.ts';
import { decref, newref, type PyObject, xnewref } from '../../core/object.ts';
import { PyObject_CallTwoArgs } from '../../objects/call.ts';
import { PyDict_Check, PyList_Check, PyUnicode_Check } from '../../objects/checks.ts';
import {
  PyDict_CheckExact,
  PyDict_Copy,
  PyDict_New,
  PyDict_Next,
  PyDict_SetItem,
  PyDict_SetItemString,
  type PyDictObject,
} from '../../objects/dictobject.ts';
import { PyExc_RecursionError, PyExc_TypeError } from '../../objects/exceptions.ts';
import { PyList_FromArraySteal, PyList_Type } from '../../objects/listobject.ts';
import { PyLong_FromLong } from '../../objects/longobject.ts';
import { Py_None, repr_string } from '../../objects/object.ts';
import { object_id } from '../../objects/obmalloc.ts';
import { PyUnicode_AsString, PyUnicode_Type } from '../../objects/unicodeobject.ts';
import { none, type_name } from '../args.ts';
import {
  children_of,
  Element_Check,
  Element_CheckExact,
  type ElementData,
  type ElementObject,
  Extra,
  extra_of,
  make_room,
  new_element,
  raise_no_element,
  release_extra,
  set_tag,
  set_tail,
  set_text,
} from './data.ts';
import type { State } from './state.ts';

/** CPython: _elementtree_Element___copy___impl */
export function element_copy(self: PyObject): PyObject {
  const e = (self as ElementObject).v;
  const copy = new_element(e.state, e.tag, e.extra?.attrib ?? null);
  set_text(copy.v, newref(e.text), e.joins_text);
  set_tail(copy.v, newref(e.tail), e.joins_tail);
  if (e.extra !== null) {
    const extra = extra_of(copy.v);
    make_room(extra, e.extra.children.length);
    extra.children = children_of(e);
  }
  return copy;
}

// --- deep copies -----------------------------------------------------------------------------------------------------------

/** Levels of elements that CPython's stack of eight megabytes is good for, and some more. */
const DEEPEST = 30_000;

/** An element being copied; both are owned. */
interface Copying {
  readonly from: ElementObject;
  readonly to: ElementObject;
  /** Children that there was room made for. */
  expected: number;
}

function is_plain_dict(o: PyObject): boolean {
  if (o.ob_refcnt !== 1 || !PyDict_CheckExact(o)) return false;
  const table = (o as PyDictObject).v;
  for (let i = PyDict_Next(o, 0); i >= 0; i = PyDict_Next(o, i + 1)) {
    if (table.keys[i]!.ob_type !== PyUnicode_Type || table.values[i]!.ob_type !== PyUnicode_Type) return false;
  }
  return true;
}

/** A deep copy of anything but an element that nobody else has. CPython: deepcopy */
function copy_part(state: State, o: PyObject, memo: PyObject): PyObject {
  if (o === Py_None || o.ob_type === PyUnicode_Type) return newref(o);
  if (is_plain_dict(o)) return PyDict_Copy(o);
  return PyObject_CallTwoArgs(state.deepcopy, o, memo);
}

/** A copy without children. */
function begin_copy(from: ElementObject, memo: PyObject): Copying {
  const e = from.v;
  const tag = copy_part(e.state, e.tag, memo);
  let attrib: PyObject | null = null;
  let to: ElementObject;
  try {
    if (e.extra !== null && e.extra.attrib !== null) attrib = copy_part(e.state, e.extra.attrib, memo);
    to = new_element(e.state, tag, attrib);
  } finally {
    decref(tag);
    if (attrib !== null) decref(attrib);
  }
  try {
    const { joins_text, joins_tail } = e;
    set_text(to.v, copy_part(e.state, e.text, memo), joins_text);
    set_tail(to.v, copy_part(e.state, e.tail, memo), joins_tail);
  } catch (error) {
    decref(to);
    throw error;
  }
  const expected = e.extra === null ? 0 : e.extra.children.length;
  if (e.extra !== null) make_room(extra_of(to.v), expected);
  return { from: newref(from), to, expected };
}

/** Adds a copied child (stolen). */
function put_child(c: Copying, child: PyObject): void {
  if (!Element_Check(c.to.v.state, child)) {
    try {
      raise_no_element(child);
    } finally {
      decref(child);
    }
  }
  const extra = extra_of(c.to.v);
  const { extra: source } = c.from.v;
  if (source !== null && source.children.length !== c.expected) {
    c.expected = source.children.length;
    make_room(extra, c.expected - extra.children.length);
  }
  extra.children.push(child);
}

/** Remembers the copy, so that it is made once. */
function remember(c: Copying, memo: PyObject): void {
  const id = PyLong_FromLong(object_id(c.from));
  try {
    PyDict_SetItem(memo, id, c.to);
  } finally {
    decref(id);
  }
}

/** Without recursion where elements lie in elements: documents may be nested deep.
 *  CPython: _elementtree_Element___deepcopy___impl */
export function element_deepcopy(self: PyObject, memo: PyObject): PyObject {
  if (!PyDict_Check(memo)) {
    PyErr_SetString(PyExc_TypeError, `__deepcopy__() argument must be dict, not ${type_name(memo)}`);
  }
  const { state } = (self as ElementObject).v;
  const open = [begin_copy(self as ElementObject, memo)];
  try {
    for (;;) {
      const top = open[open.length - 1]!;
      const { extra } = top.from.v;
      const done = top.to.v.extra === null ? 0 : top.to.v.extra.children.length;
      if (extra !== null && done < extra.children.length) {
        const child = extra.children[done]!;
        if (child.ob_refcnt !== 1 || !Element_CheckExact(state, child)) put_child(top, copy_part(state, child, memo));
        else {
          if (open.length >= DEEPEST) {
            PyErr_SetString(PyExc_RecursionError, 'Stack overflow (used 8160 kB) in Element.__deepcopy__');
          }
          open.push(begin_copy(child, memo));
        }
        continue;
      }
      remember(top, memo);
      open.pop();
      decref(top.from);
      if (open.length === 0) return top.to;
      put_child(open[open.length - 1]!, top.to);
    }
  } catch (error) {
    for (const c of open.reverse()) {
      decref(c.from);
      decref(c.to);
    }
    throw error;
  }
}

// --- pickles ---------------------------------------------------------------------------------------------------------------

/** As the instance dict of an element in Python. CPython: _elementtree_Element___getstate___impl */
export function element_getstate(self: PyObject): PyObject {
  const e = (self as ElementObject).v;
  const children = PyList_FromArraySteal(children_of(e));
  const attrib = e.extra?.attrib ? newref(e.extra.attrib) : PyDict_New();
  const state = PyDict_New();
  PyDict_SetItemString(state, 'tag', e.tag);
  PyDict_SetItemString(state, '_children', children);
  PyDict_SetItemString(state, 'attrib', attrib);
  PyDict_SetItemString(state, 'text', e.text);
  PyDict_SetItemString(state, 'tail', e.tail);
  decref(children);
  decref(attrib);
  return state;
}

const STATE_KEYS = ['tag', 'attrib', 'text', 'tail', '_children'];

/** The state's values (borrowed) in the order of STATE_KEYS. */
function unpack_state(state: PyObject): (PyObject | null)[] {
  const { keys, values } = (state as PyDictObject).v;
  const found: (PyObject | null)[] = STATE_KEYS.map(() => null);
  for (let i = PyDict_Next(state, 0); i >= 0; i = PyDict_Next(state, i + 1)) {
    const key = keys[i]!;
    if (!PyUnicode_Check(key)) PyErr_SetString(PyExc_TypeError, 'keywords must be strings');
    const name = PyUnicode_AsString(key);
    const at = STATE_KEYS.indexOf(name);
    if (at < 0) {
      PyErr_SetString(PyExc_TypeError, `this function got an unexpected keyword argument '${name}'`);
    }
    found[at] = values[i]!;
  }
  return found;
}

/** CPython: element_setstate_from_attributes */
function set_parts(e: ElementData, state: PyObject): void {
  const [tag, attrib, text, tail, children] = unpack_state(state) as [
    PyObject | null,
    PyObject | null,
    PyObject | null,
    PyObject | null,
    PyObject | null,
  ];
  if (tag === null) PyErr_SetString(PyExc_TypeError, 'tag may not be NULL');
  set_tag(e, tag);
  set_text(e, newref(text ?? Py_None), text !== null && text.ob_type === PyList_Type);
  set_tail(e, newref(tail ?? Py_None), tail !== null && tail.ob_type === PyList_Type);
  if (children === null && attrib === null) return;
  let old: Extra | null = null;
  try {
    if (children !== null) {
      if (!PyList_Check(children)) PyErr_SetString(PyExc_TypeError, "'_children' is not a list");
      const items = (children as PyObject<PyObject[]>).v;
      old = e.extra;
      const extra = new Extra(old === null ? null : old.attrib);
      if (old !== null) old.attrib = null;
      e.extra = extra;
      make_room(extra, items.length);
      for (const child of items) {
        if (!Element_Check(e.state, child)) raise_no_element(child);
        extra.children.push(newref(child));
      }
    }
    const extra = extra_of(e);
    const before = extra.attrib;
    extra.attrib = xnewref(attrib);
    if (before !== null) decref(before);
  } finally {
    if (old !== null) release_extra(old);
  }
}

/** CPython: _elementtree_Element___setstate___impl */
export function element_setstate(self: PyObject, state: PyObject): PyObject {
  if (!PyDict_CheckExact(state)) {
    PyErr_SetString(PyExc_TypeError, `Don't know how to unpickle "${repr_string(state).slice(0, 200)}" as an Element`);
  }
  set_parts((self as ElementObject).v, state);
  return none();
}
