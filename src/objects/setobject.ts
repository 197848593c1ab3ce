// setobject.ts: set and frozenset.                                                       CPython: Objects/setobject.c
//
// The payload is a SetTable (set/table.ts), the second payload the cached hash of a frozenset. Operations that build a
// new set go through the operands in CPython's order, so that the result has its slots where CPython has them.
// Enter through: PySet_New, PySet_Add, PySet_Contains, _PySet_Items.

import { PyErr_Clear, PyErr_ExceptionMatches, PyErr_SetString } from '../core/errors.ts';
import { gc_del, gc_new } from '../core/gc.ts';
import { Hash, keyed } from '../core/hash.ts';
import {
  _Py_TPFLAGS_MATCH_SELF,
  decref,
  G_WEAKREFS,
  newref,
  Py_EQ,
  Py_GE,
  Py_GT,
  Py_LE,
  Py_LT,
  Py_NE,
  Py_TPFLAGS_BASETYPE,
  Py_TPFLAGS_HAVE_GC,
  PyObject,
  type PyTypeObject,
  type visitproc,
} from '../core/object.ts';
import { METH_CLASS, METH_CLINIC, METH_COEXIST, METH_NOARGS, METH_O, static_type } from '../core/spec.ts';
import { PyIter_Next, PyObject_GetIter, PySequence_List } from './abstract.ts';
import { check_no_keywords, check_no_kwnames, check_positional } from './argcheck.ts';
import { Py_False, Py_True } from './boolobject.ts';
import { PyObject_CallMethodNoArgs } from './call.ts';
import { lookup } from './dict/table.ts';
import { _PyErr_SetKeyError, PyDict_CheckExact, PyDict_Next, type PyDictObject, unhashable } from './dictobject.ts';
import { PyExc_KeyError, PyExc_RuntimeError, PyExc_TypeError } from './exceptions.ts';
import { Py_GenericAlias } from './genericaliasobject.ts';
import { mul64, product } from './int64.ts';
import { builtin_iter } from './iterobject.ts';
import { PyLong_FromLong, PyLong_Type } from './longobject.ts';
import {
  Py_None,
  Py_NotImplemented,
  Py_ReprEnter,
  Py_ReprLeave,
  PyObject_Hash,
  PyObject_HashNotImplemented,
  repr_string,
} from './object.ts';
import {
  dummy,
  grown,
  PySet_MINSIZE,
  SetTable,
  set_add_entry,
  set_lookup,
  set_merge,
  set_next,
  set_remove_slot,
  set_table_resize,
  set_take_all,
} from './set/table.ts';
import { PyTuple_FromArraySteal, type PyTupleObject } from './tupleobject.ts';
import { PyType_IsSubtype } from './typeobject.ts';
import { PyUnicode_FromString, PyUnicode_Type, unicode_hash } from './unicodeobject.ts';
import { PyObject_ClearWeakRefs } from './weakrefobject.ts';

export type PySetObject = PyObject<SetTable, Hash | null>;

// --- checks ----------------------------------------------------------------------------------------------------------

export function PyAnySet_CheckExact(o: PyObject): o is PySetObject {
  return o.ob_type === PySet_Type || o.ob_type === PyFrozenSet_Type;
}

export function PyAnySet_Check(o: PyObject): o is PySetObject {
  return (
    PyAnySet_CheckExact(o) || PyType_IsSubtype(o.ob_type, PySet_Type) || PyType_IsSubtype(o.ob_type, PyFrozenSet_Type)
  );
}

export function PySet_Check(o: PyObject): o is PySetObject {
  return o.ob_type === PySet_Type || PyType_IsSubtype(o.ob_type, PySet_Type);
}

export function PyFrozenSet_Check(o: PyObject): o is PySetObject {
  return o.ob_type === PyFrozenSet_Type || PyType_IsSubtype(o.ob_type, PyFrozenSet_Type);
}

// --- hashing items ---------------------------------------------------------------------------------------------------

/** The hash of an item; an unhashable one is told that it was to be a set element. */
function item_hash(key: PyObject): Hash {
  if (key.ob_type === PyUnicode_Type) {
    const h = key.x as Hash | null;
    if (h !== null) return h;
  }
  try {
    return PyObject_Hash(key);
  } catch (e) {
    unhashable(key, e, 'a set element');
  }
}

/** As item_hash, but a set hashes like the frozenset of its items: what membership tests allow. */
function member_hash(key: PyObject): Hash {
  if (key.ob_type === PyUnicode_Type) {
    const h = key.x as Hash | null;
    if (h !== null) return h;
  }
  try {
    return PyObject_Hash(key);
  } catch (e) {
    if (!PySet_Check(key) || !PyErr_ExceptionMatches(e, PyExc_TypeError)) unhashable(key, e, 'a set element');
    PyErr_Clear(e);
    return table_hash((key as PySetObject).v);
  }
}

function add_key(t: SetTable, key: PyObject): void {
  const type = key.ob_type;
  const n = key.v as number;
  if (type === PyLong_Type && typeof n === 'number' && (n | 0) === n) {
    set_add_entry(t, key, n === -1 ? -2 : n, n < 0 ? -1 : 0);
    return;
  }
  const h = item_hash(key);
  set_add_entry(t, key, h.lo, h.hi);
}

function contains_key(t: SetTable, key: PyObject): boolean {
  const n = key.v as number;
  if (key.ob_type === PyLong_Type && typeof n === 'number' && (n | 0) === n) return set_lookup(t, key, n === -1 ? -2 : n, n < 0 ? -1 : 0) >= 0;
  const h = member_hash(key);
  return set_lookup(t, key, h.lo, h.hi) >= 0;
}

/** Removes an item if it is there; whether it was. */
function discard_entry(t: SetTable, key: PyObject, lo: number, hi: number): boolean {
  const i = set_lookup(t, key, lo, hi);
  if (i < 0) return false;
  decref(set_remove_slot(t, i));
  return true;
}

// --- the C API -------------------------------------------------------------------------------------------------------

/** A new set of the items of an iterable (null: empty). */
export function PySet_New(iterable: PyObject | null): PySetObject {
  return make_new_set(PySet_Type, iterable);
}

export function PyFrozenSet_New(iterable: PyObject | null): PySetObject {
  return make_new_set(PyFrozenSet_Type, iterable);
}

export function PySet_Size(o: PyObject): number {
  return (o as PySetObject).v.used;
}

export function PySet_Add(o: PyObject, key: PyObject): void {
  add_key((o as PySetObject).v, key);
}

export function PySet_Contains(o: PyObject, key: PyObject): boolean {
  return contains_key((o as PySetObject).v, key);
}

/** Whether the item was there. */
export function PySet_Discard(o: PyObject, key: PyObject): boolean {
  const h = item_hash(key);
  return discard_entry((o as PySetObject).v, key, h.lo, h.hi);
}

/** The items in order of their slots, borrowed. */
export function _PySet_Items(o: PyObject): PyObject[] {
  const t = (o as PySetObject).v;
  const items: PyObject[] = [];
  for (let i = set_next(t, 0); i >= 0; i = set_next(t, i + 1)) items.push(t.keys[i]!);
  return items;
}

/** Calls with each item and its hash, in order of their slots. CPython: _PySet_NextEntryRef */
export function _PySet_EachEntry(o: PyObject, f: (key: PyObject, lo: number, hi: number) => void): void {
  each_item((o as PySetObject).v, f);
}

/** Adds the items of an iterable. CPython: _PySet_Update, set_update_internal */
export function _PySet_Update(o: PyObject, other: PyObject): void {
  const t = (o as PySetObject).v;
  if (PyAnySet_Check(other)) {
    set_merge(t, other.v);
    return;
  }
  if (PyDict_CheckExact(other)) {
    update_from_dict(t, other);
    return;
  }
  const it = PyObject_GetIter(other);
  try {
    const next = PyIter_Next;
    for (let key = next(it); key !== null; key = next(it)) {
      try {
        add_key(t, key);
      } finally {
        decref(key);
      }
    }
  } finally {
    decref(it);
  }
}

function update_from_dict(t: SetTable, d: PyDictObject): void {
  const size = d.v.used;
  if ((t.fill + size) * 5 >= t.mask * 3) set_table_resize(t, (t.used + size) * 2);
  each_dict_key(d, (key, lo, hi) => set_add_entry(t, key, lo, hi));
}

/** Calls with each key of a dict and its hash; the key is held meanwhile. */
function each_dict_key(d: PyDictObject, f: (key: PyObject, lo: number, hi: number) => void): void {
  for (let i = PyDict_Next(d, 0); i >= 0; i = PyDict_Next(d, i + 1)) {
    const key = newref(d.v.keys[i]!);
    const hashes = d.v.hashes;
    try {
      if (hashes === null) {
        const h = unicode_hash(key);
        f(key, h.lo, h.hi);
      } else f(key, hashes[2 * i]!, hashes[2 * i + 1]!);
    } finally {
      decref(key);
    }
  }
}

export function PySet_Clear(o: PyObject): void {
  const so = o as PySetObject;
  if (so.v.fill === 0 && so.v.mask === PySet_MINSIZE - 1) return;
  so.x = null;
  release(set_take_all(so.v));
}

function release(keys: (PyObject | null)[]): void {
  for (let i = 0; i < keys.length; i++) {
    const k = keys[i] as PyObject | null;
    if (k !== null && k !== dummy) decref(k);
  }
}

// --- construction, destruction ---------------------------------------------------------------------------------------

function make_new_set(type: PyTypeObject, iterable: PyObject | null): PySetObject {
  let so: PySetObject;
  if (type === PySet_Type || type === PyFrozenSet_Type) {
    so = new PyObject<SetTable, Hash | null>(type, new SetTable(), null);
    gc_new(so);
  } else so = type.tp_alloc!(type, new SetTable()) as PySetObject;
  if (iterable !== null) {
    try {
      _PySet_Update(so, iterable);
    } catch (e) {
      decref(so);
      throw e;
    }
  }
  return so;
}

/** A new exact set or frozenset, whichever the type derives from. CPython: make_new_set_basetype */
function make_base_set(type: PyTypeObject, iterable: PyObject | null): PySetObject {
  if (type !== PySet_Type && type !== PyFrozenSet_Type) {
    type = PyType_IsSubtype(type, PySet_Type) ? PySet_Type : PyFrozenSet_Type;
  }
  return make_new_set(type, iterable);
}

function set_new(type: PyTypeObject, _args: PyObject, _kwargs: PyObject | null): PyObject {
  return make_new_set(type, null);
}

function set_init(self: PyObject, args: PyObject, kwargs: PyObject | null): void {
  check_no_keywords('set', kwargs);
  const a = (args as PyTupleObject).v;
  check_positional(self.ob_type.tp_name, a.length, 0, 1);
  PySet_Clear(self);
  (self as PySetObject).x = null;
  if (a.length > 0) _PySet_Update(self, a[0]!);
}

function set_vectorcall(type: PyObject, args: PyObject[], kwnames: PyObject | null): PyObject {
  check_no_kwnames('set', kwnames);
  check_positional('set', args.length, 0, 1);
  return make_new_set(type as PyTypeObject, args.length > 0 ? args[0]! : null);
}

function make_new_frozenset(type: PyTypeObject, iterable: PyObject | null): PyObject {
  if (type === PyFrozenSet_Type && iterable !== null && iterable.ob_type === PyFrozenSet_Type) return newref(iterable);
  return make_new_set(type, iterable);
}

function frozenset_new(type: PyTypeObject, args: PyObject, kwargs: PyObject | null): PyObject {
  if (type === PyFrozenSet_Type || type.tp_init === PyFrozenSet_Type.tp_init) check_no_keywords('frozenset', kwargs);
  const a = (args as PyTupleObject).v;
  check_positional('frozenset', a.length, 0, 1);
  return make_new_frozenset(type, a.length > 0 ? a[0]! : null);
}

function frozenset_vectorcall(type: PyObject, args: PyObject[], kwnames: PyObject | null): PyObject {
  check_no_kwnames('frozenset', kwnames);
  check_positional('frozenset', args.length, 0, 1);
  return make_new_frozenset(type as PyTypeObject, args.length > 0 ? args[0]! : null);
}

function set_dealloc(self: PyObject): void {
  gc_del(self);
  if ((self.g & G_WEAKREFS) !== 0) PyObject_ClearWeakRefs(self);
  release((self as PySetObject).v.keys);
}

function set_traverse(self: PyObject, visit: visitproc): void {
  const t = (self as PySetObject).v;
  for (let i = set_next(t, 0); i >= 0; i = set_next(t, i + 1)) visit(t.keys[i]!);
}

// --- text, hash, comparison -----------------------------------------------------------------------------------------

function set_repr(self: PyObject): PyObject {
  const so = self as PySetObject;
  const name = self.ob_type.tp_name;
  if (so.v.used === 0) return PyUnicode_FromString(`${name}()`);
  if (Py_ReprEnter(self)) return PyUnicode_FromString(`${name}(...)`);
  try {
    const list = PySequence_List(self);
    let text: string;
    try {
      text = repr_string(list).slice(1, -1);
    } finally {
      decref(list);
    }
    return PyUnicode_FromString(self.ob_type === PySet_Type ? `{${text}}` : `${name}({${text}})`);
  } finally {
    Py_ReprLeave(self);
  }
}

/** The hash of a frozenset with these items; independent of their order. CPython: frozenset_hash_impl */
function table_hash(t: SetTable): Hash {
  let lo = 0;
  let hi = 0;
  for (let i = set_next(t, 0); i >= 0; i = set_next(t, i + 1)) {
    const l = t.hashes[2 * i]!;
    const h = t.hashes[2 * i + 1]!;
    // ((h ^ 89869747) ^ (h << 16)) * 3644798167
    mul64(l ^ 89869747 ^ (l << 16), h ^ ((h << 16) | (l >>> 16)), 3644798167 | 0, 0);
    lo ^= product.lo;
    hi ^= product.hi;
  }
  mul64(t.used + 1, 0, 1927868237, 0);
  lo ^= product.lo;
  hi ^= product.hi;
  // hash ^= (hash >> 11) ^ (hash >> 25)
  const sl = ((lo >>> 11) | (hi << 21)) ^ ((lo >>> 25) | (hi << 7));
  const sh = (hi >>> 11) ^ (hi >>> 25);
  mul64(lo ^ sl, hi ^ sh, 69069, 0);
  const l = (product.lo + 907133923) | 0;
  const h = (product.hi + (l >>> 0 < product.lo >>> 0 ? 1 : 0)) | 0;
  return l === -1 && h === -1 ? new Hash(590923713, 0) : new Hash(l, h);
}

function frozenset_hash(self: PyObject): Hash {
  const so = self as PySetObject;
  if (so.x === null) {
    so.x = table_hash(so.v);
    if (keyed.record !== null) keyed.record.hashed.push(so);
  }
  return so.x;
}

function set_richcompare(self: PyObject, other: PyObject, op: number): PyObject {
  if (!PyAnySet_Check(other)) return newref(Py_NotImplemented);
  const v = self as PySetObject;
  const w = other as PySetObject;
  let result = false;
  switch (op) {
    case Py_EQ:
    case Py_NE:
      result =
        v.v.used === w.v.used &&
        !(v.x !== null && w.x !== null && (v.x.lo !== w.x.lo || v.x.hi !== w.x.hi)) &&
        is_subset(v, w);
      if (op === Py_NE) result = !result;
      break;
    case Py_LE:
      result = is_subset(v, w);
      break;
    case Py_GE:
      result = is_subset(w, v);
      break;
    case Py_LT:
      result = v.v.used < w.v.used && is_subset(v, w);
      break;
    case Py_GT:
      result = v.v.used > w.v.used && is_subset(w, v);
      break;
  }
  return newref(result ? Py_True : Py_False);
}

function is_subset(a: PySetObject, b: PySetObject): boolean {
  if (a.v.used > b.v.used) return false;
  const t = a.v;
  for (let i = set_next(t, 0); i >= 0; i = set_next(t, i + 1)) {
    const key = newref(t.keys[i]!);
    try {
      if (set_lookup(b.v, key, t.hashes[2 * i]!, t.hashes[2 * i + 1]!) < 0) return false;
    } finally {
      decref(key);
    }
  }
  return true;
}

// --- membership ------------------------------------------------------------------------------------------------------

function set_len(self: PyObject): number {
  return (self as PySetObject).v.used;
}

function set_contains(self: PyObject, key: PyObject): boolean {
  return contains_key((self as PySetObject).v, key);
}

function set___contains__(self: PyObject, key: PyObject): PyObject {
  return newref(contains_key((self as PySetObject).v, key) ? Py_True : Py_False);
}

function set_add(self: PyObject, key: PyObject): PyObject {
  add_key((self as PySetObject).v, key);
  return newref(Py_None);
}

function set_remove(self: PyObject, key: PyObject): PyObject {
  const h = member_hash(key);
  if (!discard_entry((self as PySetObject).v, key, h.lo, h.hi)) _PyErr_SetKeyError(key);
  return newref(Py_None);
}

function set_discard(self: PyObject, key: PyObject): PyObject {
  const h = member_hash(key);
  discard_entry((self as PySetObject).v, key, h.lo, h.hi);
  return newref(Py_None);
}

/** Takes the next item at or after the finger. CPython: set_pop */
function set_pop(self: PyObject): PyObject {
  const t = (self as PySetObject).v;
  if (t.used === 0) PyErr_SetString(PyExc_KeyError, 'pop from an empty set');
  let i = t.finger & t.mask;
  while (t.keys[i] === null || t.keys[i] === dummy) i = i === t.mask ? 0 : i + 1;
  t.finger = i + 1;
  return set_remove_slot(t, i);
}

export function PySet_Pop(o: PyObject): PyObject {
  return set_pop(o);
}

function set_clear(self: PyObject): PyObject {
  PySet_Clear(self);
  return newref(Py_None);
}

// --- set algebra -----------------------------------------------------------------------------------------------------

function set_copy(self: PyObject): PySetObject {
  return make_base_set(self.ob_type, self);
}

function frozenset_copy(self: PyObject): PyObject {
  return self.ob_type === PyFrozenSet_Type ? newref(self) : set_copy(self);
}

function set_update(self: PyObject, others: PyObject[]): PyObject {
  for (let i = 0; i < others.length; i++) _PySet_Update(self, others[i]!);
  return newref(Py_None);
}

/** Runs `f` on a fresh set and returns it; releases the set if `f` throws. */
function building(result: PySetObject, f: (result: PySetObject) => void): PySetObject {
  try {
    f(result);
  } catch (e) {
    decref(result);
    throw e;
  }
  return result;
}

function set_union(self: PyObject, others: PyObject[]): PyObject {
  return building(set_copy(self), result => {
    for (let i = 0; i < others.length; i++) if (others[i] !== self) _PySet_Update(result, others[i]!);
  });
}

function set_or(self: PyObject, other: PyObject): PyObject {
  if (!PyAnySet_Check(self) || !PyAnySet_Check(other)) return newref(Py_NotImplemented);
  return building(set_copy(self), result => {
    if (self !== other) _PySet_Update(result, other);
  });
}

function set_ior(self: PyObject, other: PyObject): PyObject {
  if (!PyAnySet_Check(other)) return newref(Py_NotImplemented);
  _PySet_Update(self, other);
  return newref(self);
}

/** Calls with each item of a set and its hash; the item is held meanwhile. `f` returns false to stop. */
function each_item(t: SetTable, f: (key: PyObject, lo: number, hi: number) => unknown): void {
  for (let i = set_next(t, 0); i >= 0; i = set_next(t, i + 1)) {
    const key = newref(t.keys[i]!);
    try {
      if (f(key, t.hashes[2 * i]!, t.hashes[2 * i + 1]!) === false) return;
    } finally {
      decref(key);
    }
  }
}

/** The same for any iterable; hashing is plain. */
function each_of_iterable(o: PyObject, f: (key: PyObject, lo: number, hi: number) => unknown): void {
  const it = PyObject_GetIter(o);
  try {
    const next = PyIter_Next;
    for (let key = next(it); key !== null; key = next(it)) {
      try {
        const h = PyObject_Hash(key);
        if (f(key, h.lo, h.hi) === false) return;
      } finally {
        decref(key);
      }
    }
  } finally {
    decref(it);
  }
}

/** CPython: set_intersection */
function intersection(so: PySetObject, other: PyObject): PySetObject {
  if (so === other) return set_copy(so);
  return building(make_base_set(so.ob_type, null), result => {
    if (PyAnySet_Check(other)) {
      let a = so.v;
      let b = (other as PySetObject).v;
      if (b.used > a.used) [a, b] = [b, a];
      each_item(b, (key, lo, hi) => {
        if (set_lookup(a, key, lo, hi) >= 0) set_add_entry(result.v, key, lo, hi);
      });
      return;
    }
    each_of_iterable(other, (key, lo, hi) => {
      if (set_lookup(so.v, key, lo, hi) < 0) return;
      set_add_entry(result.v, key, lo, hi);
    });
  });
}

function set_intersection_multi(self: PyObject, others: PyObject[]): PySetObject {
  if (others.length === 0) return set_copy(self);
  let result = newref(self as PySetObject);
  for (let i = 0; i < others.length; i++) {
    try {
      const next = intersection(result, others[i]!);
      decref(result);
      result = next;
    } catch (e) {
      decref(result);
      throw e;
    }
  }
  return result;
}

/** Exchanges the contents of a set with those of a temporary one, and drops that. CPython: set_swap_bodies */
function take_body(so: PySetObject, tmp: PySetObject): void {
  const t = so.v;
  so.v = tmp.v;
  tmp.v = t;
  so.x = null;
  tmp.x = null;
  decref(tmp);
}

function set_intersection_update(self: PyObject, others: PyObject[]): PyObject {
  take_body(self as PySetObject, set_intersection_multi(self, others));
  return newref(Py_None);
}

function set_and(self: PyObject, other: PyObject): PyObject {
  if (!PyAnySet_Check(self) || !PyAnySet_Check(other)) return newref(Py_NotImplemented);
  return intersection(self as PySetObject, other);
}

function set_iand(self: PyObject, other: PyObject): PyObject {
  if (!PyAnySet_Check(other)) return newref(Py_NotImplemented);
  take_body(self as PySetObject, intersection(self as PySetObject, other));
  return newref(self);
}

function set_isdisjoint(self: PyObject, other: PyObject): PyObject {
  const so = self as PySetObject;
  if (self === other) return newref(so.v.used === 0 ? Py_True : Py_False);
  let disjoint = true;
  if (PyAnySet_CheckExact(other)) {
    let a = so.v;
    let b = (other as PySetObject).v;
    if (b.used > a.used) [a, b] = [b, a];
    each_item(b, (key, lo, hi) => (disjoint = set_lookup(a, key, lo, hi) < 0));
  } else {
    const it = PyObject_GetIter(other);
    try {
      const next = PyIter_Next;
      for (let key = next(it); key !== null && disjoint; key = next(it)) {
        try {
          const h = item_hash(key);
          disjoint = set_lookup(so.v, key, h.lo, h.hi) < 0;
        } finally {
          decref(key);
        }
        if (!disjoint) break;
      }
    } finally {
      decref(it);
    }
  }
  return newref(disjoint ? Py_True : Py_False);
}

/** CPython: set_difference_update_internal */
function difference_update(so: PySetObject, other: PyObject): void {
  if (so === other) {
    PySet_Clear(so);
    return;
  }
  const t = so.v;
  if (PyAnySet_Check(other)) {
    // A much larger set is first cut down to what is in both.
    const o = (other as PySetObject).v.used >> 3 > t.used ? intersection(so, other) : newref(other as PySetObject);
    try {
      each_item(o.v, (key, lo, hi) => {
        discard_entry(t, key, lo, hi);
      });
    } finally {
      decref(o);
    }
  } else {
    const it = PyObject_GetIter(other);
    try {
      const next = PyIter_Next;
      for (let key = next(it); key !== null; key = next(it)) {
        try {
          const h = item_hash(key);
          discard_entry(t, key, h.lo, h.hi);
        } finally {
          decref(key);
        }
      }
    } finally {
      decref(it);
    }
  }
  // More than a quarter of dummies: rebuild.
  if (t.fill - t.used <= Math.floor(t.mask / 4)) return;
  set_table_resize(t, grown(t));
}

function copy_and_difference(so: PySetObject, other: PyObject): PySetObject {
  return building(set_copy(so), result => difference_update(result, other));
}

/** CPython: set_difference */
function difference(so: PySetObject, other: PyObject): PySetObject {
  let size: number;
  if (PyAnySet_Check(other)) size = (other as PySetObject).v.used;
  else if (PyDict_CheckExact(other)) size = other.v.used;
  else return copy_and_difference(so, other);
  if (so.v.used >> 2 > size) return copy_and_difference(so, other);
  return building(make_base_set(so.ob_type, null), result => {
    const dict = PyDict_CheckExact(other) ? other.v : null;
    const table = (other as PySetObject).v;
    each_item(so.v, (key, lo, hi) => {
      const found = dict !== null ? lookup(dict, key, lo, hi) : set_lookup(table, key, lo, hi);
      if (found < 0) set_add_entry(result.v, key, lo, hi);
    });
  });
}

function set_difference_multi(self: PyObject, others: PyObject[]): PyObject {
  if (others.length === 0) return set_copy(self);
  return building(difference(self as PySetObject, others[0]!), result => {
    for (let i = 1; i < others.length; i++) difference_update(result, others[i]!);
  });
}

function set_difference_update(self: PyObject, others: PyObject[]): PyObject {
  for (let i = 0; i < others.length; i++) difference_update(self as PySetObject, others[i]!);
  return newref(Py_None);
}

function set_sub(self: PyObject, other: PyObject): PyObject {
  if (!PyAnySet_Check(self) || !PyAnySet_Check(other)) return newref(Py_NotImplemented);
  return difference(self as PySetObject, other);
}

function set_isub(self: PyObject, other: PyObject): PyObject {
  if (!PyAnySet_Check(other)) return newref(Py_NotImplemented);
  difference_update(self as PySetObject, other);
  return newref(self);
}

function toggle(t: SetTable): (key: PyObject, lo: number, hi: number) => void {
  return (key, lo, hi) => {
    if (!discard_entry(t, key, lo, hi)) set_add_entry(t, key, lo, hi);
  };
}

/** CPython: set_symmetric_difference_update_impl */
function symmetric_difference_update(so: PySetObject, other: PyObject): void {
  if (so === other) {
    PySet_Clear(so);
    return;
  }
  if (PyDict_CheckExact(other)) {
    each_dict_key(other, toggle(so.v));
    return;
  }
  const o = PyAnySet_Check(other) ? newref(other as PySetObject) : make_base_set(so.ob_type, other);
  try {
    each_item(o.v, toggle(so.v));
  } finally {
    decref(o);
  }
}

function set_symmetric_difference_update(self: PyObject, other: PyObject): PyObject {
  symmetric_difference_update(self as PySetObject, other);
  return newref(Py_None);
}

function set_symmetric_difference(self: PyObject, other: PyObject): PyObject {
  return building(make_base_set(self.ob_type, other), result => each_item((self as PySetObject).v, toggle(result.v)));
}

function set_xor(self: PyObject, other: PyObject): PyObject {
  if (!PyAnySet_Check(self) || !PyAnySet_Check(other)) return newref(Py_NotImplemented);
  return set_symmetric_difference(self, other);
}

function set_ixor(self: PyObject, other: PyObject): PyObject {
  if (!PyAnySet_Check(other)) return newref(Py_NotImplemented);
  symmetric_difference_update(self as PySetObject, other);
  return newref(self);
}

function set_issubset(self: PyObject, other: PyObject): PyObject {
  const so = self as PySetObject;
  let result: boolean;
  if (PyAnySet_Check(other)) result = is_subset(so, other as PySetObject);
  else {
    const tmp = intersection(so, other);
    result = tmp.v.used === so.v.used;
    decref(tmp);
  }
  return newref(result ? Py_True : Py_False);
}

function set_issuperset(self: PyObject, other: PyObject): PyObject {
  const so = self as PySetObject;
  if (PyAnySet_Check(other)) return newref(is_subset(other as PySetObject, so) ? Py_True : Py_False);
  let result = true;
  const it = PyObject_GetIter(other);
  try {
    const next = PyIter_Next;
    for (let key = next(it); key !== null; key = next(it)) {
      try {
        result = contains_key(so.v, key);
      } finally {
        decref(key);
      }
      if (!result) break;
    }
  } finally {
    decref(it);
  }
  return newref(result ? Py_True : Py_False);
}

// --- other methods ---------------------------------------------------------------------------------------------------

function set_reduce(self: PyObject): PyObject {
  const list = PySequence_List(self);
  const args = PyTuple_FromArraySteal([list]);
  try {
    const state = PyObject_CallMethodNoArgs(self, '__getstate__');
    return PyTuple_FromArraySteal([newref(self.ob_type as PyObject), newref(args), state]);
  } finally {
    decref(args);
  }
}

function set_sizeof(self: PyObject): PyObject {
  const t = (self as PySetObject).v;
  const table = t.mask + 1 === PySet_MINSIZE ? 0 : (t.mask + 1) * 16;
  return PyLong_FromLong(self.ob_type.tp_basicsize + table);
}

function class_getitem(type: PyObject, item: PyObject): PyObject {
  return Py_GenericAlias(type, item);
}

// --- the iterator ----------------------------------------------------------------------------------------------------

/** Payload of a set iterator. */
export class SetIter {
  /** Owned; null once done. */
  set: PySetObject | null;
  /** Size at the start; -1 after an error, so that it is repeated. */
  used: number;
  pos = 0;
  /** Items still to come. */
  len: number;
  constructor(set: PySetObject) {
    this.set = set;
    this.used = set.v.used;
    this.len = set.v.used;
  }
}

export type PySetIterObject = PyObject<SetIter>;

function set_iter(self: PyObject): PyObject {
  const it = new PyObject(PySetIter_Type, new SetIter(newref(self as PySetObject)), null);
  gc_new(it);
  return it;
}

function setiter_next(self: PyObject): PyObject | null {
  const it = (self as PySetIterObject).v;
  const so = it.set;
  if (so === null) return null;
  if (it.used !== so.v.used) {
    it.used = -1;
    PyErr_SetString(PyExc_RuntimeError, 'Set changed size during iteration');
  }
  const i = set_next(so.v, it.pos);
  if (i < 0) {
    it.set = null;
    decref(so);
    return null;
  }
  it.pos = i + 1;
  it.len--;
  return newref(so.v.keys[i]!);
}

function setiter_dealloc(self: PyObject): void {
  gc_del(self);
  const so = (self as PySetIterObject).v.set;
  if (so !== null) decref(so);
}

function setiter_traverse(self: PyObject, visit: visitproc): void {
  const so = (self as PySetIterObject).v.set;
  if (so !== null) visit(so);
}

function setiter_len(self: PyObject): PyObject {
  const it = (self as PySetIterObject).v;
  return PyLong_FromLong(it.set !== null && it.used === it.set.v.used ? it.len : 0);
}

/** CPython: setiter_reduce: iter() of the list of what is left. */
function setiter_reduce(self: PyObject): PyObject {
  const it = (self as PySetIterObject).v;
  const items: PyObject[] = [];
  if (it.set !== null) {
    if (it.used !== it.set.v.used) PyErr_SetString(PyExc_RuntimeError, 'Set changed size during iteration');
    const t = it.set.v;
    for (let i = set_next(t, it.pos); i >= 0; i = set_next(t, i + 1)) items.push(t.keys[i]!);
  }
  const tuple = PyTuple_FromArraySteal(items.map(newref));
  let list: PyObject;
  try {
    list = PySequence_List(tuple);
  } finally {
    decref(tuple);
  }
  return PyTuple_FromArraySteal([builtin_iter('iter'), PyTuple_FromArraySteal([list])]);
}

function self_iter(self: PyObject): PyObject {
  return newref(self);
}

export const PySetIter_Type = static_type({
  name: 'set_iterator',
  tp_basicsize: 48,
  tp_flags: Py_TPFLAGS_HAVE_GC,
  tp_dealloc: setiter_dealloc,
  tp_traverse: setiter_traverse,
  tp_iter: self_iter,
  tp_iternext: setiter_next,
  methods: [
    { name: '__length_hint__', flags: METH_NOARGS, meth: setiter_len, sig: '($self, /)' },
    { name: '__reduce__', flags: METH_NOARGS, meth: setiter_reduce, sig: '($self, /)' },
  ],
});

const OTHERS = '($self, /, *others)';

export const PySet_Type = static_type({
  name: 'set',
  tp_basicsize: 200,
  tp_weaklistoffset: 192,
  has_weakrefs: true,
  tp_flags: Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE | _Py_TPFLAGS_MATCH_SELF,
  tp_doc: 'Unordered collection of unique hashable objects.',
  after_ready: type => {
    type.tp_data = { text_signature: '(iterable=(), /)' };
  },
  tp_dealloc: set_dealloc,
  tp_traverse: set_traverse,
  tp_clear: PySet_Clear,
  tp_repr: set_repr,
  tp_hash: PyObject_HashNotImplemented,
  tp_richcompare: set_richcompare,
  tp_iter: set_iter,
  tp_init: set_init,
  tp_new: set_new,
  tp_vectorcall: set_vectorcall,
  nb_subtract: set_sub,
  nb_and: set_and,
  nb_xor: set_xor,
  nb_or: set_or,
  nb_inplace_subtract: set_isub,
  nb_inplace_and: set_iand,
  nb_inplace_xor: set_ixor,
  nb_inplace_or: set_ior,
  sq_length: set_len,
  sq_contains: set_contains,
  methods: [
    { name: 'add', flags: METH_O, meth: set_add, sig: '($self, object, /)' },
    { name: 'clear', flags: METH_NOARGS, meth: set_clear, sig: '($self, /)' },
    { name: '__contains__', flags: METH_O | METH_COEXIST, meth: set___contains__, sig: '($self, object, /)' },
    { name: 'copy', flags: METH_NOARGS, meth: set_copy, sig: '($self, /)' },
    { name: 'discard', flags: METH_O, meth: set_discard, sig: '($self, object, /)' },
    { name: 'difference', flags: METH_CLINIC, meth: set_difference_multi, sig: OTHERS },
    { name: 'difference_update', flags: METH_CLINIC, meth: set_difference_update, sig: OTHERS },
    { name: 'intersection', flags: METH_CLINIC, meth: set_intersection_multi, sig: OTHERS },
    { name: 'intersection_update', flags: METH_CLINIC, meth: set_intersection_update, sig: OTHERS },
    { name: 'isdisjoint', flags: METH_O, meth: set_isdisjoint, sig: '($self, other, /)' },
    { name: 'issubset', flags: METH_O, meth: set_issubset, sig: '($self, other, /)' },
    { name: 'issuperset', flags: METH_O, meth: set_issuperset, sig: '($self, other, /)' },
    { name: 'pop', flags: METH_NOARGS, meth: set_pop, sig: '($self, /)' },
    { name: '__reduce__', flags: METH_NOARGS, meth: set_reduce, sig: '($self, /)' },
    { name: 'remove', flags: METH_O, meth: set_remove, sig: '($self, object, /)' },
    { name: '__sizeof__', flags: METH_NOARGS, meth: set_sizeof, sig: '($self, /)' },
    { name: 'symmetric_difference', flags: METH_O, meth: set_symmetric_difference, sig: '($self, other, /)' },
    {
      name: 'symmetric_difference_update',
      flags: METH_O,
      meth: set_symmetric_difference_update,
      sig: '($self, other, /)',
    },
    { name: 'union', flags: METH_CLINIC, meth: set_union, sig: OTHERS },
    { name: 'update', flags: METH_CLINIC, meth: set_update, sig: OTHERS },
    { name: '__class_getitem__', flags: METH_O | METH_CLASS, meth: class_getitem, sig: '($type, object, /)' },
  ],
});

export const PyFrozenSet_Type = static_type({
  name: 'frozenset',
  tp_basicsize: 200,
  tp_weaklistoffset: 192,
  has_weakrefs: true,
  tp_flags: Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE | _Py_TPFLAGS_MATCH_SELF,
  tp_doc: 'Immutable, hashable set.',
  after_ready: type => {
    type.tp_data = { text_signature: '(iterable=(), /)' };
  },
  tp_dealloc: set_dealloc,
  tp_traverse: set_traverse,
  tp_clear: PySet_Clear,
  tp_repr: set_repr,
  tp_hash: frozenset_hash,
  tp_richcompare: set_richcompare,
  tp_iter: set_iter,
  tp_new: frozenset_new,
  tp_vectorcall: frozenset_vectorcall,
  nb_subtract: set_sub,
  nb_and: set_and,
  nb_xor: set_xor,
  nb_or: set_or,
  sq_length: set_len,
  sq_contains: set_contains,
  methods: [
    { name: '__contains__', flags: METH_O | METH_COEXIST, meth: set___contains__, sig: '($self, object, /)' },
    { name: 'copy', flags: METH_NOARGS, meth: frozenset_copy, sig: '($self, /)' },
    { name: 'difference', flags: METH_CLINIC, meth: set_difference_multi, sig: OTHERS },
    { name: 'intersection', flags: METH_CLINIC, meth: set_intersection_multi, sig: OTHERS },
    { name: 'isdisjoint', flags: METH_O, meth: set_isdisjoint, sig: '($self, other, /)' },
    { name: 'issubset', flags: METH_O, meth: set_issubset, sig: '($self, other, /)' },
    { name: 'issuperset', flags: METH_O, meth: set_issuperset, sig: '($self, other, /)' },
    { name: '__reduce__', flags: METH_NOARGS, meth: set_reduce, sig: '($self, /)' },
    { name: '__sizeof__', flags: METH_NOARGS, meth: set_sizeof, sig: '($self, /)' },
    { name: 'symmetric_difference', flags: METH_O, meth: set_symmetric_difference, sig: '($self, other, /)' },
    { name: 'union', flags: METH_CLINIC, meth: set_union, sig: OTHERS },
    { name: '__class_getitem__', flags: METH_O | METH_CLASS, meth: class_getitem, sig: '($type, object, /)' },
  ],
});
