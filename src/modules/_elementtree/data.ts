// data.ts: what an element consists of, and how its parts are put in and taken out.         CPython: Modules/_elementtree.c
//
// Attributes and children are kept apart in an Extra, which most leaves do without. Text and tail may be lists of pieces
// that the tree builder collected; they are joined when somebody first asks. Invariant: a flag `joins_*` is set only on
// such a list.

import { PyErr_SetString } from '../../core/errors.ts';
import { gc_new } from '../../core/gc.ts';
import { decref, newref, PyObject, xdecref } from '../../core/object.ts';
import { PyDict_Check } from '../../objects/checks.ts';
import { PyDict_CheckExact, PyDict_New, PyDict_Size } from '../../objects/dictobject.ts';
import { PyExc_SystemError, PyExc_TypeError } from '../../objects/exceptions.ts';
import { Py_None } from '../../objects/object.ts';
import { PyObject_TypeCheck } from '../../objects/typeobject.ts';
import { _Py_ID, PyUnicode_Join, PyUnicode_Type } from '../../objects/unicodeobject.ts';
import type { State } from './state.ts';

/** Children that CPython has room for in the Extra itself. */
export const STATIC_CHILDREN = 4;

/** References are owned. */
export class Extra {
  attrib: PyObject | null;
  children: ElementObject[] = [];
  /** Children that CPython has room for. */
  allocated = STATIC_CHILDREN;
  constructor(attrib: PyObject | null) {
    this.attrib = attrib;
  }
}

/** References are owned. */
export class ElementData {
  /** Of the module that made it. */
  readonly state: State;
  tag: PyObject;
  text: PyObject = newref(Py_None);
  tail: PyObject = newref(Py_None);
  joins_text = false;
  joins_tail = false;
  extra: Extra | null = null;
  /** Takes a new reference to the tag. */
  constructor(state: State, tag: PyObject) {
    this.state = state;
    this.tag = newref(tag);
  }
}
export type ElementObject = PyObject<ElementData>;

export function Element_CheckExact(state: State, o: PyObject): o is ElementObject {
  return o.ob_type === state.element_type;
}

export function Element_Check(state: State, o: PyObject): o is ElementObject {
  return o.ob_type === state.element_type || PyObject_TypeCheck(o, state.element_type);
}

/** CPython: raise_type_error */
export function raise_no_element(o: PyObject): never {
  PyErr_SetString(PyExc_TypeError, `expected an Element, not "${o.ob_type.tp_name}"`);
}

/** A new element; the attributes are not copied. CPython: create_new_element */
export function new_element(state: State, tag: PyObject, attrib: PyObject | null): ElementObject {
  const data = new ElementData(state, tag);
  if (attrib !== null && !is_empty_dict(attrib)) data.extra = new Extra(newref(attrib));
  const self: PyObject = new PyObject<unknown, unknown>(state.element_type, data, null);
  gc_new(self);
  return self as ElementObject;
}

export function is_empty_dict(o: PyObject): boolean {
  return PyDict_CheckExact(o) && PyDict_Size(o) === 0;
}

export function extra_of(e: ElementData): Extra {
  e.extra ??= new Extra(null);
  return e.extra;
}

/** Borrowed; made if there is none. CPython: element_get_attrib */
export function attrib_of(e: ElementData): PyObject {
  const extra = extra_of(e);
  extra.attrib ??= PyDict_New();
  return extra.attrib;
}

/** The attributes (borrowed) as a dict, or null; a pickle may have brought anything. */
export function attrib_dict(e: ElementData): PyObject | null {
  const attrib = e.extra?.attrib ?? null;
  if (attrib !== null && !PyDict_Check(attrib)) {
    PyErr_SetString(PyExc_SystemError, 'bad argument to internal function');
  }
  return attrib;
}

/** Makes room for more children. CPython: element_resize */
export function make_room(extra: Extra, more: number): void {
  const size = extra.children.length + more;
  if (size > extra.allocated) extra.allocated = size + (size >> 3) + (size < 9 ? 3 : 6);
}

/** CPython: element_add_subelement */
export function add_child(e: ElementData, child: PyObject): void {
  if (!Element_Check(e.state, child)) raise_no_element(child);
  const extra = extra_of(e);
  make_room(extra, 1);
  extra.children.push(newref(child));
}

/** Gives up attributes and children. CPython: clear_extra */
export function clear_extra(e: ElementData): void {
  const { extra } = e;
  if (extra !== null) {
    e.extra = null;
    release_extra(extra);
  }
}

/** CPython: dealloc_extra */
export function release_extra(extra: Extra): void {
  const { attrib, children } = extra;
  extra.attrib = null;
  extra.children = [];
  xdecref(attrib);
  for (const child of children) decref(child);
}

/** Steals the text. */
export function set_text(e: ElementData, text: PyObject, joins = false): void {
  const old = e.text;
  e.text = text;
  e.joins_text = joins;
  decref(old);
}

/** Steals the tail. */
export function set_tail(e: ElementData, tail: PyObject, joins = false): void {
  const old = e.tail;
  e.tail = tail;
  e.joins_tail = joins;
  decref(old);
}

/** A str of the pieces of a list, or of one piece. CPython: list_join */
export function join(data: PyObject): PyObject {
  return data.ob_type === PyUnicode_Type ? newref(data) : PyUnicode_Join(_Py_ID(''), data);
}

/** Borrowed. CPython: element_get_text */
export function text_of(e: ElementData): PyObject {
  if (e.joins_text) set_text(e, join(e.text));
  return e.text;
}

/** Borrowed. CPython: element_get_tail */
export function tail_of(e: ElementData): PyObject {
  if (e.joins_tail) set_tail(e, join(e.tail));
  return e.tail;
}

/** Puts another tag in place. */
export function set_tag(e: ElementData, tag: PyObject): void {
  const old = e.tag;
  e.tag = newref(tag);
  decref(old);
}

/** New references to the children. */
export function children_of(e: ElementData): ElementObject[] {
  return e.extra === null ? [] : e.extra.children.map(newref);
}
