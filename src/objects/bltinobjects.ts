// bltinobjects.ts: zip, map and filter.                                                 CPython: Python/bltinmodule.c

import { PyErr_SetString } from '../core/errors.ts';
import { gc_del, gc_track } from '../core/gc.ts';
import {
  decref,
  decref_all,
  newref,
  Py_TPFLAGS_BASETYPE,
  Py_TPFLAGS_HAVE_GC,
  type PyObject,
  type PyTypeObject,
  type visitproc,
} from '../core/object.ts';
import { METH_NOARGS, METH_O, static_type } from '../core/spec.ts';
import { PyObject_GetIter } from './abstract.ts';
import { check_no_keywords, check_no_kwnames, check_positional } from './argcheck.ts';
import { Py_True, PyBool_Type } from './boolobject.ts';
import { PyObject_CallOneArg, PyObject_Vectorcall } from './call.ts';
import { PyDict_Next, type PyDictObject } from './dictobject.ts';
import { PyExc_TypeError, PyExc_ValueError } from './exceptions.ts';
import { Py_None, PyObject_IsTrue } from './object.ts';
import { new_tuple_tracked, PyTuple_FromArray, PyTuple_FromArraySteal, type PyTupleObject } from './tupleobject.ts';
import { PyUnicode_AsString } from './unicodeobject.ts';

/** The one keyword argument that zip() and map() know. */
function strict_argument(name: string, kwargs: PyObject | null): boolean {
  if (kwargs === null) return false;
  const d = (kwargs as PyDictObject).v;
  if (d.used > 1) PyErr_SetString(PyExc_TypeError, `${name}() takes at most 1 keyword argument (${d.used} given)`);
  const i = PyDict_Next(kwargs, 0);
  if (i < 0) return false;
  const key = PyUnicode_AsString(d.keys[i]!);
  if (key !== 'strict') PyErr_SetString(PyExc_TypeError, `${name}() got an unexpected keyword argument '${key}'`);
  return PyObject_IsTrue(d.values[i]!);
}

/** Iterators over each of the iterables (owned). */
function iterators(iterables: readonly PyObject[]): PyObject[] {
  const its: PyObject[] = [];
  try {
    for (let i = 0; i < iterables.length; i++) its.push(PyObject_GetIter(iterables[i]!));
  } catch (e) {
    decref_all(its);
    throw e;
  }
  return its;
}

/** Argument `i` ended before or after the first ones: raises what strict mode says of it. */
function uneven(name: string, i: number, how: 'shorter' | 'longer'): never {
  const plural = i === 1 ? ' ' : 's 1-';
  PyErr_SetString(PyExc_ValueError, `${name}() argument ${i + 1} is ${how} than argument${plural}${i}`);
}

/** After iterator `ended`, the first that has: in strict mode all must end at once. */
export function check_all_ended(name: string, its: readonly PyObject[], ended: number): void {
  if (ended > 0) uneven(name, ended, 'shorter');
  for (let i = 1; i < its.length; i++) {
    const item = its[i]!.ob_type.tp_iternext!(its[i]!);
    if (item !== null) {
      decref(item);
      uneven(name, i, 'longer');
    }
  }
}

function self_iter(self: PyObject): PyObject {
  return newref(self);
}

// --- zip -------------------------------------------------------------------------------------------------------------

export class ZipIter {
  /** Owned iterators. */
  its: PyObject[];
  /** Owned: the last tuple given, filled again if nobody else holds it. */
  result: PyTupleObject;
  strict: boolean;
  constructor(its: PyObject[], result: PyTupleObject, strict: boolean) {
    this.its = its;
    this.result = result;
    this.strict = strict;
  }
}

type PyZipObject = PyObject<ZipIter>;

function zip_make(type: PyTypeObject, iterables: readonly PyObject[], strict: boolean): PyObject {
  const its = iterators(iterables);
  const result = new_tuple_tracked(its.map(() => newref(Py_None))) as PyTupleObject;
  return type.tp_alloc!(type, new ZipIter(its, result, strict));
}

function zip_new(type: PyTypeObject, args: PyObject, kwargs: PyObject | null): PyObject {
  const strict = strict_argument('zip', kwargs);
  return zip_make(type, (args as PyTupleObject).v, strict);
}

function zip_next(self: PyObject): PyObject | null {
  const z = (self as PyZipObject).v;
  const its = z.its;
  const n = its.length;
  if (n === 0) return null;
  const result = z.result;
  const reuse = result.ob_refcnt === 1;
  if (reuse) newref(result);
  const items: PyObject[] = reuse ? result.v : [];
  for (let i = 0; i < n; i++) {
    const it = its[i]!;
    let item: PyObject | null;
    try {
      item = it.ob_type.tp_iternext!(it);
    } catch (e) {
      if (reuse) decref(result);
      else decref_all(items);
      throw e;
    }
    if (item === null) {
      if (reuse) decref(result);
      else decref_all(items);
      if (z.strict) check_all_ended('zip', its, i);
      return null;
    }
    if (reuse) {
      const old = items[i]!;
      items[i] = item;
      decref(old);
    } else items.push(item);
  }
  if (!reuse) return new_tuple_tracked(items);
  result.x = null;
  gc_track(result);
  return result;
}

function zip_dealloc(self: PyObject): void {
  gc_del(self);
  const z = (self as PyZipObject).v;
  decref_all(z.its);
  decref(z.result);
}

function zip_traverse(self: PyObject, visit: visitproc): void {
  const z = (self as PyZipObject).v;
  for (const it of z.its) visit(it);
  visit(z.result);
}

function zip_reduce(self: PyObject): PyObject {
  const z = (self as PyZipObject).v;
  const parts = [newref(self.ob_type as PyObject), PyTuple_FromArray(z.its)];
  if (z.strict) parts.push(newref(Py_True));
  return PyTuple_FromArraySteal(parts);
}

function strict_setstate(self: PyObject, state: PyObject): PyObject {
  (self as PyObject<{ strict: boolean }>).v.strict = PyObject_IsTrue(state);
  return newref(Py_None);
}

export const PyZip_Type = static_type({
  name: 'zip',
  tp_basicsize: 48,
  tp_flags: Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE,
  tp_doc: "Tuples of one item of each iterable, until the shortest ends; with strict=True they must end together.\n\n>>> list(zip('ab', range(3)))\n[('a', 0), ('b', 1)]",
  after_ready: type => {
    type.tp_data = { text_signature: '(*iterables, strict=False)' };
  },
  tp_dealloc: zip_dealloc,
  tp_traverse: zip_traverse,
  tp_iter: self_iter,
  tp_iternext: zip_next,
  tp_new: zip_new,
  methods: [
    { name: '__reduce__', flags: METH_NOARGS, meth: zip_reduce, sig: '($self, /)' },
    { name: '__setstate__', flags: METH_O, meth: strict_setstate, sig: '($self, object, /)' },
  ],
});

// --- map -------------------------------------------------------------------------------------------------------------

export class MapIter {
  /** Owned. */
  func: PyObject;
  its: PyObject[];
  strict: boolean;
  constructor(func: PyObject, its: PyObject[], strict: boolean) {
    this.func = func;
    this.its = its;
    this.strict = strict;
  }
}

type PyMapObject = PyObject<MapIter>;

function map_make(type: PyTypeObject, args: readonly PyObject[], strict: boolean): PyObject {
  if (args.length < 2) PyErr_SetString(PyExc_TypeError, 'map() must have at least two arguments.');
  const its = iterators(args.slice(1));
  return type.tp_alloc!(type, new MapIter(newref(args[0]!), its, strict));
}

function map_new(type: PyTypeObject, args: PyObject, kwargs: PyObject | null): PyObject {
  const strict = strict_argument('map', kwargs);
  return map_make(type, (args as PyTupleObject).v, strict);
}

function map_next(self: PyObject): PyObject | null {
  const m = (self as PyMapObject).v;
  const its = m.its;
  if (its.length === 1) {
    const it = its[0]!;
    const item = it.ob_type.tp_iternext!(it);
    if (item === null) return null;
    try {
      return PyObject_CallOneArg(m.func, item);
    } finally {
      decref(item);
    }
  }
  const items: PyObject[] = [];
  try {
    for (let i = 0; i < its.length; i++) {
      const it = its[i]!;
      const item = it.ob_type.tp_iternext!(it);
      if (item === null) {
        if (m.strict) check_all_ended('map', its, i);
        return null;
      }
      items.push(item);
    }
    return PyObject_Vectorcall(m.func, items, null);
  } finally {
    decref_all(items);
  }
}

function map_dealloc(self: PyObject): void {
  gc_del(self);
  const m = (self as PyMapObject).v;
  decref_all(m.its);
  decref(m.func);
}

function map_traverse(self: PyObject, visit: visitproc): void {
  const m = (self as PyMapObject).v;
  for (const it of m.its) visit(it);
  visit(m.func);
}

function map_reduce(self: PyObject): PyObject {
  const m = (self as PyMapObject).v;
  const parts = [newref(self.ob_type as PyObject), PyTuple_FromArray([m.func, ...m.its])];
  if (m.strict) parts.push(newref(Py_True));
  return PyTuple_FromArraySteal(parts);
}

export const PyMap_Type = static_type({
  name: 'map',
  tp_basicsize: 40,
  tp_flags: Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE,
  tp_doc: 'Results of calling with the items of the iterables.',
  after_ready: type => {
    type.tp_data = { text_signature: '(function, iterable, /, *iterables, strict=False)' };
  },
  tp_dealloc: map_dealloc,
  tp_traverse: map_traverse,
  tp_iter: self_iter,
  tp_iternext: map_next,
  tp_new: map_new,
  methods: [
    { name: '__reduce__', flags: METH_NOARGS, meth: map_reduce, sig: '($self, /)' },
    { name: '__setstate__', flags: METH_O, meth: strict_setstate, sig: '($self, object, /)' },
  ],
});

// --- filter ----------------------------------------------------------------------------------------------------------

export class FilterIter {
  /** Owned. */
  func: PyObject;
  it: PyObject;
  constructor(func: PyObject, it: PyObject) {
    this.func = func;
    this.it = it;
  }
}

type PyFilterObject = PyObject<FilterIter>;

function filter_make(type: PyTypeObject, args: readonly PyObject[]): PyObject {
  check_positional('filter', args.length, 2, 2);
  const it = PyObject_GetIter(args[1]!);
  return type.tp_alloc!(type, new FilterIter(newref(args[0]!), it));
}

function filter_new(type: PyTypeObject, args: PyObject, kwargs: PyObject | null): PyObject {
  if (type === PyFilter_Type || type.tp_init === PyFilter_Type.tp_init) check_no_keywords('filter', kwargs);
  return filter_make(type, (args as PyTupleObject).v);
}

function filter_vectorcall(type: PyObject, args: PyObject[], kwnames: PyObject | null): PyObject {
  check_no_kwnames('filter', kwnames);
  return filter_make(type as PyTypeObject, args);
}

function filter_next(self: PyObject): PyObject | null {
  const f = (self as PyFilterObject).v;
  const it = f.it;
  const next = it.ob_type.tp_iternext!;
  const plain = f.func === Py_None || f.func === (PyBool_Type as PyObject);
  for (;;) {
    const item = next(it);
    if (item === null) return null;
    let ok: boolean;
    try {
      if (plain) ok = PyObject_IsTrue(item);
      else {
        const good = PyObject_CallOneArg(f.func, item);
        try {
          ok = PyObject_IsTrue(good);
        } finally {
          decref(good);
        }
      }
    } catch (e) {
      decref(item);
      throw e;
    }
    if (ok) return item;
    decref(item);
  }
}

function filter_dealloc(self: PyObject): void {
  gc_del(self);
  const f = (self as PyFilterObject).v;
  decref(f.func);
  decref(f.it);
}

function filter_traverse(self: PyObject, visit: visitproc): void {
  const f = (self as PyFilterObject).v;
  visit(f.it);
  visit(f.func);
}

function filter_reduce(self: PyObject): PyObject {
  const f = (self as PyFilterObject).v;
  return PyTuple_FromArraySteal([newref(self.ob_type as PyObject), PyTuple_FromArray([f.func, f.it])]);
}

export const PyFilter_Type = static_type({
  name: 'filter',
  tp_basicsize: 32,
  tp_flags: Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE,
  tp_doc: 'The items for which the function is true.',
  after_ready: type => {
    type.tp_data = { text_signature: '(function, iterable, /)' };
  },
  tp_dealloc: filter_dealloc,
  tp_traverse: filter_traverse,
  tp_iter: self_iter,
  tp_iternext: filter_next,
  tp_new: filter_new,
  tp_vectorcall: filter_vectorcall,
  methods: [{ name: '__reduce__', flags: METH_NOARGS, meth: filter_reduce, sig: '($self, /)' }],
});
