// find.ts: children by tag or path, and the iterators over a tree.                          CPython: Modules/_elementtree.c

import { gc_del, gc_new } from '../../core/gc.ts';
import {
  decref,
  newref,
  Py_EQ,
  Py_TPFLAGS_DISALLOW_INSTANTIATION,
  Py_TPFLAGS_HAVE_GC,
  Py_TPFLAGS_IMMUTABLETYPE,
  PyObject,
  type visitproc,
  xdecref,
} from '../../core/object.ts';
import type { TypeSpec } from '../../core/spec.ts';
import { PyObject_CallMethodObjArgs } from '../../objects/call.ts';
import { PyBytes_Check, PyUnicode_Check } from '../../objects/checks.ts';
import { PyList_FromAppendedSteal } from '../../objects/listobject.ts';
import { Py_None, PyObject_IsTrue, PyObject_RichCompareBool, PyObject_SelfIter } from '../../objects/object.ts';
import { _Py_ID, PyUnicode_AsString, PyUnicode_FromString } from '../../objects/unicodeobject.ts';
import { type ElementData, type ElementObject, tail_of, text_of } from './data.ts';

function of(self: PyObject): ElementData {
  return (self as ElementObject).v;
}

/** The text of a str, the bytes of a bytes as one; null for other types. */
function path_text(path: PyObject): string | null {
  if (PyUnicode_Check(path)) return PyUnicode_AsString(path);
  return PyBytes_Check(path) ? Array.from(path.v as Uint8Array, b => String.fromCharCode(b)).join('') : null;
}

/** Whether it says more than one tag: outside of `{...}` a character of paths, or a wildcard for namespaces.
 *  CPython: checkpath */
function is_path(path: PyObject): boolean {
  const text = path_text(path);
  if (text === null) return true;
  if (text.length >= 3 && (text.startsWith('{}') || text.startsWith('{*}'))) return true;
  let outside = true;
  for (let i = 0; i < text.length; i++) {
    const c = text[i]!;
    if (c === '{') outside = false;
    else if (c === '}') outside = true;
    else if (outside && '/*[@.'.includes(c)) return true;
  }
  return false;
}

function by_path(name: string, self: PyObject, ...args: PyObject[]): PyObject {
  return PyObject_CallMethodObjArgs(of(self).state.elementpath, _Py_ID(name), self, ...args);
}

/** The next child with that tag (a new reference) from `place` on, which moves behind it, or null. */
function next_child(e: ElementData, tag: PyObject, place: { at: number }): ElementObject | null {
  while (e.extra !== null && place.at < e.extra.children.length) {
    const child = newref(e.extra.children[place.at++]!);
    let found: boolean;
    try {
      found = PyObject_RichCompareBool(child.v.tag, tag, Py_EQ);
    } catch (error) {
      decref(child);
      throw error;
    }
    if (found) return child;
    decref(child);
  }
  return null;
}

/** CPython: _elementtree_Element_find_impl */
export function element_find(self: PyObject, path: PyObject, namespaces: PyObject | null): PyObject {
  if (is_path(path) || (namespaces !== null && namespaces !== Py_None)) {
    return by_path('find', self, path, namespaces ?? Py_None);
  }
  return next_child(of(self), path, { at: 0 }) ?? newref(Py_None);
}

/** CPython: _elementtree_Element_findtext_impl */
export function element_findtext(
  self: PyObject,
  path: PyObject,
  fallback: PyObject | null,
  namespaces: PyObject | null,
): PyObject {
  const missing = fallback ?? Py_None;
  if (is_path(path) || (namespaces !== null && namespaces !== Py_None)) {
    return by_path('findtext', self, path, missing, namespaces ?? Py_None);
  }
  const child = next_child(of(self), path, { at: 0 });
  if (child === null) return newref(missing);
  try {
    const text = text_of(child.v);
    return text === Py_None ? PyUnicode_FromString('') : newref(text);
  } finally {
    decref(child);
  }
}

/** CPython: _elementtree_Element_findall_impl */
export function element_findall(self: PyObject, path: PyObject, namespaces: PyObject | null): PyObject {
  if (is_path(path) || (namespaces !== null && namespaces !== Py_None)) {
    return by_path('findall', self, path, namespaces ?? Py_None);
  }
  const found: PyObject[] = [];
  const place = { at: 0 };
  try {
    for (;;) {
      const child = next_child(of(self), path, place);
      if (child === null) return PyList_FromAppendedSteal(found);
      found.push(child);
    }
  } catch (error) {
    for (const child of found) decref(child);
    throw error;
  }
}

export function element_iterfind(self: PyObject, path: PyObject, namespaces: PyObject | null): PyObject {
  return by_path('iterfind', self, path, namespaces ?? Py_None);
}

// --- iteration over a tree --------------------------------------------------------------------------------------------------

/** References are owned. */
class Walk {
  /** Where it begins, until it has begun. */
  root: ElementObject | null;
  /** Only elements with this tag; None: all. */
  readonly tag: PyObject;
  /** It gives texts, not elements. */
  readonly texts: boolean;
  /** The elements around the place, and the child of each that is next. */
  parents: ElementObject[] = [];
  next: number[] = [];
  constructor(root: PyObject, tag: PyObject, texts: boolean) {
    this.root = newref(root as ElementObject);
    this.tag = newref(tag);
    this.texts = texts;
  }
}
type WalkObject = PyObject<Walk>;

/** CPython: create_elementiter */
function new_walk(self: PyObject, tag: PyObject, texts: boolean): PyObject {
  const it: PyObject = new PyObject<unknown, unknown>(of(self).state.iterator_type, new Walk(self, tag, texts), null);
  gc_new(it);
  return it;
}

/** CPython: _elementtree_Element_iter_impl */
export function element_iter(self: PyObject, tag: PyObject | null): PyObject {
  const all = tag === null || path_text(tag) === '*';
  return new_walk(self, all ? Py_None : tag, false);
}

export function element_itertext(self: PyObject): PyObject {
  return new_walk(self, Py_None, true);
}

/** The text (a new reference) unless it is None or empty. */
function text_to_give(text: PyObject): PyObject | null {
  if (text === Py_None) return null;
  const own = newref(text);
  try {
    if (PyObject_IsTrue(own)) return own;
  } catch (error) {
    decref(own);
    throw error;
  }
  decref(own);
  return null;
}

function enter(w: Walk, element: ElementObject): void {
  w.parents.push(newref(element));
  w.next.push(0);
}

/** CPython: elementiter_next */
function walk_next(self: PyObject): PyObject | null {
  const w = (self as WalkObject).v;
  for (;;) {
    let element: ElementObject;
    const depth = w.parents.length;
    if (depth === 0) {
      if (w.root === null) return null;
      element = w.root;
      w.root = null;
    } else {
      const parent = w.parents[depth - 1]!;
      const child = parent.v.extra?.children[w.next[depth - 1]!];
      if (child === undefined) {
        w.parents.pop();
        w.next.pop();
        let text: PyObject | null;
        try {
          // What follows the first element is not within it.
          text = w.texts && depth > 1 ? text_to_give(tail_of(parent.v)) : null;
        } finally {
          decref(parent);
        }
        if (text !== null) return text;
        continue;
      }
      element = newref(child);
      w.next[depth - 1]!++;
    }
    enter(w, element);
    if (!w.texts && w.tag === Py_None) return element;
    try {
      if (w.texts) {
        // The text of a comment or processing instruction is none of the document's.
        const { tag } = element.v;
        const text = tag === Py_None || PyUnicode_Check(tag) ? text_to_give(text_of(element.v)) : null;
        if (text !== null) return text;
      } else if (PyObject_RichCompareBool(element.v.tag, w.tag, Py_EQ)) return newref(element);
    } finally {
      decref(element);
    }
  }
}

function walk_dealloc(self: PyObject): void {
  gc_del(self);
  const w = (self as WalkObject).v;
  const { parents } = w;
  w.parents = [];
  for (let i = parents.length - 1; i >= 0; i--) decref(parents[i]!);
  decref(w.tag);
  xdecref(w.root);
}

function walk_traverse(self: PyObject, visit: visitproc): void {
  const w = (self as WalkObject).v;
  for (let i = w.parents.length - 1; i >= 0; i--) visit(w.parents[i]!);
  if (w.root !== null) visit(w.root);
  visit(w.tag);
}

export const iterator_spec: TypeSpec = {
  name: '_elementtree._element_iterator',
  heap: 'immutable',
  tp_basicsize: 64,
  tp_flags: Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_IMMUTABLETYPE | Py_TPFLAGS_DISALLOW_INSTANTIATION,
  tp_dealloc: walk_dealloc,
  tp_traverse: walk_traverse,
  tp_iter: PyObject_SelfIter,
  tp_iternext: walk_next,
};
