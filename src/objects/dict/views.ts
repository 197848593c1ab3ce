// views.ts: keys(), values(), items() of a dict, and the iterators over them.          CPython: Objects/dictobject.c
//
// A view's payload is its dict (owned). An iterator remembers the dict's size; when that has changed it stops with an
// error, and so it does when it meets more entries than there were.
// Invariant: an iterator's dict is null once it is exhausted or broken off.

import { PyErr_SetString } from '../../core/errors.ts';
import { gc_del, gc_new } from '../../core/gc.ts';
import {
  decref,
  newref,
  Py_EQ,
  Py_GE,
  Py_GT,
  Py_LE,
  Py_LT,
  Py_NE,
  Py_TPFLAGS_HAVE_GC,
  PyObject,
  type PyTypeObject,
  type visitproc,
} from '../../core/object.ts';
import { METH_NOARGS, METH_O, static_type } from '../../core/spec.ts';
import { PyIter_Next, PyObject_GetIter, PyObject_Size, PySequence_Contains, PySequence_List } from '../abstract.ts';
import { Py_False, Py_True } from '../boolobject.ts';
import { PyObject_CallMethodNoArgs, PyObject_CallMethodOneArg } from '../call.ts';
import { PyDict_Check } from '../checks.ts';
import { PyDictProxy_New } from '../descrobject.ts';
import { PyDict_Contains, PyDict_GetItemRef, type PyDictObject } from '../dictobject.ts';
import { refill_pair } from '../enumobject.ts';
import { PyExc_RuntimeError, PyExc_TypeError } from '../exceptions.ts';
import { builtin_iter } from '../iterobject.ts';
import { PyLong_FromLong } from '../longobject.ts';
import {
  Py_None,
  Py_NotImplemented,
  Py_ReprEnter,
  Py_ReprLeave,
  PyObject_HashNotImplemented,
  PyObject_RichCompareBool,
  repr_string,
} from '../object.ts';
import {
  _PySet_Items,
  _PySet_Update,
  PyAnySet_Check,
  PyAnySet_CheckExact,
  PySet_Add,
  PySet_New,
  PySet_Type,
} from '../setobject.ts';
import { PyTuple_FromArraySteal, type PyTupleObject, tuple_pair_steal } from '../tupleobject.ts';
import { PyType_IsSubtype } from '../typeobject.ts';
import { PyUnicode_FromString } from '../unicodeobject.ts';

// --- iterators -------------------------------------------------------------------------------------------------------

/** Payload of the six dict iterators. */
export class DictIter {
  /** Owned; null once done. */
  dict: PyDictObject | null;
  /** Size of the dict at the start; -1 after an error, so that it is repeated. */
  used: number;
  /** Next entry. */
  pos: number;
  /** Items that are still to come. */
  len: number;
  /** Owned, of an iterator over items: the pair that it gives as long as nobody else holds it. CPython: di_result */
  result: PyTupleObject | null;
  constructor(dict: PyDictObject | null, used: number, pos: number, len: number, result: PyTupleObject | null) {
    this.dict = dict;
    this.used = used;
    this.pos = pos;
    this.len = len;
    this.result = result;
  }
}

export type PyDictIterObject = PyObject<DictIter>;

export function dictiter_new(d: PyDictObject, type: PyTypeObject): PyObject {
  const reversed =
    type === PyDictRevIterKey_Type || type === PyDictRevIterValue_Type || type === PyDictRevIterItem_Type;
  const pair = type === PyDictIterItem_Type || type === PyDictRevIterItem_Type ? empty_pair() : null;
  const v = new DictIter(newref(d), d.v.used, reversed ? d.v.keys.length - 1 : 0, d.v.used, pair);
  const it = new PyObject(type, v, null);
  gc_new(it);
  return it;
}

function empty_pair(): PyTupleObject {
  return tuple_pair_steal(newref(Py_None), newref(Py_None)) as PyTupleObject;
}

/** The pair of an entry. CPython: the second half of dictiter_iternextitem_lock_held */
function give_item(it: DictIter, i: number): PyObject {
  const t = it.dict!.v;
  const key = newref(t.keys[i]!);
  const value = newref(t.values[i]!);
  return refill_pair(it.result!, key, value) ?? tuple_pair_steal(key, value);
}

/** Moves to the next entry; its index, or -1 at the end. CPython: the first half of dictiter_iternextkey and its kin */
function advance(it: DictIter): number {
  const d = it.dict;
  if (d === null) return -1;
  const t = d.v;
  if (it.used !== t.used) {
    it.used = -1;
    PyErr_SetString(PyExc_RuntimeError, 'dictionary changed size during iteration');
  }
  const keys = t.keys;
  let i = it.pos;
  while (i < keys.length && keys[i] === null) i++;
  if (i >= keys.length) {
    it.dict = null;
    decref(d);
    return -1;
  }
  if (it.len === 0) {
    it.dict = null;
    decref(d);
    PyErr_SetString(PyExc_RuntimeError, 'dictionary keys changed during iteration');
  }
  it.pos = i + 1;
  it.len--;
  return i;
}

function dictiter_nextkey(self: PyObject): PyObject | null {
  const it = (self as PyDictIterObject).v;
  const i = advance(it);
  return i < 0 ? null : newref(it.dict!.v.keys[i]!);
}

function dictiter_nextvalue(self: PyObject): PyObject | null {
  const it = (self as PyDictIterObject).v;
  const i = advance(it);
  return i < 0 ? null : newref(it.dict!.v.values[i]!);
}

function dictiter_nextitem(self: PyObject): PyObject | null {
  const it = (self as PyDictIterObject).v;
  const i = advance(it);
  return i < 0 ? null : give_item(it, i);
}

/** CPython: Objects/dictobject.c:dictreviter_iter_lock_held */
function retreat(it: DictIter): number {
  const d = it.dict;
  if (d === null) return -1;
  const t = d.v;
  if (it.used !== t.used) {
    it.used = -1;
    PyErr_SetString(PyExc_RuntimeError, 'dictionary changed size during iteration');
  }
  // The entries may be fewer by now, though as many are in use: then this is the end.
  let i = it.pos < t.keys.length ? it.pos : -1;
  while (i >= 0 && t.keys[i] === null) i--;
  if (i < 0) {
    it.dict = null;
    decref(d);
    return -1;
  }
  if (it.len === 0) {
    it.dict = null;
    decref(d);
    PyErr_SetString(PyExc_RuntimeError, 'dictionary keys changed during iteration');
  }
  it.pos = i - 1;
  it.len--;
  return i;
}

function dictreviter_nextkey(self: PyObject): PyObject | null {
  const it = (self as PyDictIterObject).v;
  const i = retreat(it);
  return i < 0 ? null : newref(it.dict!.v.keys[i]!);
}

function dictreviter_nextvalue(self: PyObject): PyObject | null {
  const it = (self as PyDictIterObject).v;
  const i = retreat(it);
  return i < 0 ? null : newref(it.dict!.v.values[i]!);
}

function dictreviter_nextitem(self: PyObject): PyObject | null {
  const it = (self as PyDictIterObject).v;
  const i = retreat(it);
  return i < 0 ? null : give_item(it, i);
}

function dictiter_dealloc(self: PyObject): void {
  gc_del(self);
  const { dict, result } = (self as PyDictIterObject).v;
  if (dict !== null) decref(dict);
  if (result !== null) decref(result);
}

function dictiter_traverse(self: PyObject, visit: visitproc): void {
  const { dict, result } = (self as PyDictIterObject).v;
  if (dict !== null) visit(dict);
  if (result !== null) visit(result);
}

function dictiter_len(self: PyObject): PyObject {
  const it = (self as PyDictIterObject).v;
  return PyLong_FromLong(it.dict !== null && it.used === it.dict.v.used ? it.len : 0);
}

/** The iterator as a call of iter() on the list of what is left. CPython: dictiter_reduce */
function dictiter_reduce(self: PyObject): PyObject {
  const it = (self as PyDictIterObject).v;
  const dict = it.dict === null ? null : newref(it.dict);
  const pair = it.result === null ? null : empty_pair();
  const copy = new PyObject(self.ob_type, new DictIter(dict, it.used, it.pos, it.len, pair), null);
  gc_new(copy);
  try {
    const list = PySequence_List(copy);
    return PyTuple_FromArraySteal([builtin_iter('iter'), PyTuple_FromArraySteal([list])]);
  } finally {
    decref(copy);
  }
}

function self_iter(self: PyObject): PyObject {
  return newref(self);
}

function iterator_type(name: string, next: (self: PyObject) => PyObject | null): PyTypeObject {
  return static_type({
    name,
    tp_basicsize: 56,
    tp_flags: Py_TPFLAGS_HAVE_GC,
    tp_dealloc: dictiter_dealloc,
    tp_traverse: dictiter_traverse,
    tp_iter: self_iter,
    tp_iternext: next,
    methods: [
      { name: '__length_hint__', flags: METH_NOARGS, meth: dictiter_len, sig: '($self, /)' },
      { name: '__reduce__', flags: METH_NOARGS, meth: dictiter_reduce, sig: '($self, /)' },
    ],
  });
}

export const PyDictIterKey_Type = /* @__PURE__ */ iterator_type('dict_keyiterator', dictiter_nextkey);
export const PyDictIterValue_Type = /* @__PURE__ */ iterator_type('dict_valueiterator', dictiter_nextvalue);
export const PyDictIterItem_Type = /* @__PURE__ */ iterator_type('dict_itemiterator', dictiter_nextitem);
export const PyDictRevIterKey_Type = /* @__PURE__ */ iterator_type('dict_reversekeyiterator', dictreviter_nextkey);
export const PyDictRevIterValue_Type = /* @__PURE__ */ iterator_type(
  'dict_reversevalueiterator',
  dictreviter_nextvalue,
);
export const PyDictRevIterItem_Type = /* @__PURE__ */ iterator_type('dict_reverseitemiterator', dictreviter_nextitem);

export function dict_iter(self: PyObject): PyObject {
  return dictiter_new(self as PyDictObject, PyDictIterKey_Type);
}

export function dict___reversed__(self: PyObject): PyObject {
  return dictiter_new(self as PyDictObject, PyDictRevIterKey_Type);
}

// --- views -----------------------------------------------------------------------------------------------------------

/** The payload is the dict itself, owned. */
export type PyDictViewObject = PyObject<PyDictObject>;

/** CPython: _PyDictView_New */
export function _PyDictView_New(dict: PyObject, type: PyTypeObject): PyObject {
  if (!PyDict_Check(dict)) {
    PyErr_SetString(PyExc_TypeError, `${type.tp_name}() requires a dict argument, not '${dict.ob_type.tp_name}'`);
  }
  const view = new PyObject(type, newref(dict as PyDictObject), null);
  gc_new(view);
  return view;
}

export function dict_keys(self: PyObject): PyObject {
  return _PyDictView_New(self, PyDictKeys_Type);
}

export function dict_values(self: PyObject): PyObject {
  return _PyDictView_New(self, PyDictValues_Type);
}

export function dict_items(self: PyObject): PyObject {
  return _PyDictView_New(self, PyDictItems_Type);
}

function dictview_dealloc(self: PyObject): void {
  gc_del(self);
  decref((self as PyDictViewObject).v);
}

function dictview_traverse(self: PyObject, visit: visitproc): void {
  visit((self as PyDictViewObject).v);
}

function dictview_len(self: PyObject): number {
  return (self as PyDictViewObject).v.v.used;
}

function dictview_mapping(self: PyObject): PyObject {
  return PyDictProxy_New((self as PyDictViewObject).v);
}

function dictview_repr(self: PyObject): PyObject {
  if (Py_ReprEnter(self)) return PyUnicode_FromString('...');
  try {
    const list = PySequence_List(self);
    try {
      return PyUnicode_FromString(`${self.ob_type.tp_name}(${repr_string(list)})`);
    } finally {
      decref(list);
    }
  } finally {
    Py_ReprLeave(self);
  }
}

function is_keys_view(o: PyObject): boolean {
  return o.ob_type === PyDictKeys_Type || PyType_IsSubtype(o.ob_type, PyDictKeys_Type);
}

function is_items_view(o: PyObject): boolean {
  return o.ob_type === PyDictItems_Type || PyType_IsSubtype(o.ob_type, PyDictItems_Type);
}

function is_view_set(o: PyObject): boolean {
  return is_keys_view(o) || is_items_view(o);
}

/** Whether all items of one are in the other. CPython: all_contained_in */
function all_contained_in(a: PyObject, b: PyObject): boolean {
  const it = PyObject_GetIter(a);
  try {
    const next = PyIter_Next;
    for (let item = next(it); item !== null; item = next(it)) {
      try {
        if (!PySequence_Contains(b, item)) return false;
      } finally {
        decref(item);
      }
    }
    return true;
  } finally {
    decref(it);
  }
}

function dictview_richcompare(self: PyObject, other: PyObject, op: number): PyObject {
  if (!PyAnySet_Check(other) && !is_view_set(other)) return newref(Py_NotImplemented);
  const a = PyObject_Size(self);
  const b = PyObject_Size(other);
  let ok = false;
  switch (op) {
    case Py_NE:
    case Py_EQ:
      if (a === b) ok = all_contained_in(self, other);
      if (op === Py_NE) ok = !ok;
      break;
    case Py_LT:
      if (a < b) ok = all_contained_in(self, other);
      break;
    case Py_LE:
      if (a <= b) ok = all_contained_in(self, other);
      break;
    case Py_GT:
      if (a > b) ok = all_contained_in(other, self);
      break;
    case Py_GE:
      if (a >= b) ok = all_contained_in(other, self);
      break;
  }
  return newref(ok ? Py_True : Py_False);
}

function view_to_set(self: PyObject): PyObject {
  if (is_keys_view(self)) return PySet_New((self as PyDictViewObject).v);
  return PySet_New(self);
}

/** CPython: Objects/dictobject.c:dictviews_sub */
function dictviews_sub(self: PyObject, other: PyObject): PyObject {
  const result = view_to_set(self);
  try {
    decref(PyObject_CallMethodOneArg(result, 'difference_update', other));
  } catch (e) {
    decref(result);
    throw e;
  }
  return result;
}

/** CPython: Objects/dictobject.c:_PyDictView_Intersect */
function dictviews_and(self: PyObject, other: PyObject): PyObject {
  if (!is_view_set(self)) [self, other] = [other, self];
  const size = dictview_len(self);
  if (other.ob_type === PySet_Type && size <= PyObject_Size(other)) {
    return PyObject_CallMethodOneArg(other, 'intersection', self);
  }
  if (is_view_set(other) && dictview_len(other) > size) [self, other] = [other, self];
  const result = PySet_New(null);
  try {
    const it = PyObject_GetIter(other);
    try {
      const contains = is_keys_view(self) ? dictkeys_contains : dictitems_contains;
      const next = PyIter_Next;
      for (let key = next(it); key !== null; key = next(it)) {
        try {
          if (contains(self, key)) PySet_Add(result, key);
        } finally {
          decref(key);
        }
      }
    } finally {
      decref(it);
    }
  } catch (e) {
    decref(result);
    throw e;
  }
  return result;
}

function dictviews_or(self: PyObject, other: PyObject): PyObject {
  const result = view_to_set(self);
  try {
    _PySet_Update(result, other);
  } catch (e) {
    decref(result);
    throw e;
  }
  return result;
}

/** Items that one of the two dicts has and the other has not, or has with another value. CPython: dictitems_xor */
function dictitems_xor(self: PyObject, other: PyObject): PyObject {
  let d1 = (self as PyDictViewObject).v;
  let d2 = (other as PyDictViewObject).v;
  if (d1.v.used > d2.v.used) [d1, d2] = [d2, d1];
  const temp = PyObject_CallMethodNoArgs(d2, 'copy');
  const result = PySet_New(null);
  try {
    const t = d1.v;
    for (let i = 0; i < t.keys.length; i++) {
      const k = t.keys[i] as PyObject | null;
      if (k === null) continue;
      const key = newref(k);
      const v1 = newref(t.values[i]!);
      try {
        const v2 = PyDict_GetItemRef(temp, key);
        let differs = true;
        if (v2 !== null) {
          try {
            differs = !PyObject_RichCompareBool(v1, v2, Py_EQ);
          } finally {
            decref(v2);
          }
        }
        if (differs) {
          const pair = tuple_pair_steal(newref(key), newref(v1));
          try {
            PySet_Add(result, pair);
          } finally {
            decref(pair);
          }
        } else decref(PyObject_CallMethodOneArg(temp, 'pop', key));
      } finally {
        decref(key);
        decref(v1);
      }
    }
    const rest = _PyDictView_New(temp, PyDictItems_Type);
    try {
      _PySet_Update(result, rest);
    } finally {
      decref(rest);
    }
  } catch (e) {
    decref(result);
    throw e;
  } finally {
    decref(temp);
  }
  return result;
}

function dictviews_xor(self: PyObject, other: PyObject): PyObject {
  if (self.ob_type === PyDictItems_Type && other.ob_type === PyDictItems_Type) return dictitems_xor(self, other);
  const result = view_to_set(self);
  try {
    decref(PyObject_CallMethodOneArg(result, 'symmetric_difference_update', other));
  } catch (e) {
    decref(result);
    throw e;
  }
  return result;
}

/** CPython: Objects/dictobject.c:dictviews_isdisjoint */
function dictviews_isdisjoint(self: PyObject, other: PyObject): PyObject {
  if (self === other) return newref(dictview_len(self) === 0 ? Py_True : Py_False);
  if (PyAnySet_CheckExact(other) || is_view_set(other)) {
    if (PyObject_Size(other) > dictview_len(self)) [self, other] = [other, self];
  }
  const it = PyObject_GetIter(other);
  try {
    const next = PyIter_Next;
    for (let item = next(it); item !== null; item = next(it)) {
      try {
        if (PySequence_Contains(self, item)) return newref(Py_False);
      } finally {
        decref(item);
      }
    }
    return newref(Py_True);
  } finally {
    decref(it);
  }
}

// --- keys ------------------------------------------------------------------------------------------------------------

function dictkeys_iter(self: PyObject): PyObject {
  return dictiter_new((self as PyDictViewObject).v, PyDictIterKey_Type);
}

function dictkeys_contains(self: PyObject, key: PyObject): boolean {
  return PyDict_Contains((self as PyDictViewObject).v, key);
}

function dictkeys_reversed(self: PyObject): PyObject {
  return dictiter_new((self as PyDictViewObject).v, PyDictRevIterKey_Type);
}

// --- items -----------------------------------------------------------------------------------------------------------

function dictitems_iter(self: PyObject): PyObject {
  return dictiter_new((self as PyDictViewObject).v, PyDictIterItem_Type);
}

function dictitems_contains(self: PyObject, item: PyObject): boolean {
  if ((item.ob_type.tp_flags & (1 << 26)) === 0 || (item as PyTupleObject).v.length !== 2) return false;
  const [key, value] = (item as PyTupleObject).v as [PyObject, PyObject];
  const found = PyDict_GetItemRef((self as PyDictViewObject).v, key);
  if (found === null) return false;
  try {
    return PyObject_RichCompareBool(found, value, Py_EQ);
  } finally {
    decref(found);
  }
}

function dictitems_reversed(self: PyObject): PyObject {
  return dictiter_new((self as PyDictViewObject).v, PyDictRevIterItem_Type);
}

// --- values ----------------------------------------------------------------------------------------------------------

function dictvalues_iter(self: PyObject): PyObject {
  return dictiter_new((self as PyDictViewObject).v, PyDictIterValue_Type);
}

function dictvalues_reversed(self: PyObject): PyObject {
  return dictiter_new((self as PyDictViewObject).v, PyDictRevIterValue_Type);
}

const MAPPING = [{ name: 'mapping', get: dictview_mapping, doc: 'The dict that the view shows, read-only.' }];

export const PyDictKeys_Type = static_type({
  name: 'dict_keys',
  tp_basicsize: 24,
  tp_flags: Py_TPFLAGS_HAVE_GC,
  tp_dealloc: dictview_dealloc,
  tp_traverse: dictview_traverse,
  tp_repr: dictview_repr,
  tp_richcompare: dictview_richcompare,
  tp_hash: PyObject_HashNotImplemented,
  tp_iter: dictkeys_iter,
  nb_subtract: dictviews_sub,
  nb_and: dictviews_and,
  nb_xor: dictviews_xor,
  nb_or: dictviews_or,
  sq_length: dictview_len,
  sq_contains: dictkeys_contains,
  methods: [
    { name: 'isdisjoint', flags: METH_O, meth: dictviews_isdisjoint, sig: '($self, object, /)' },
    { name: '__reversed__', flags: METH_NOARGS, meth: dictkeys_reversed, sig: '($self, /)' },
  ],
  getset: MAPPING,
});

export const PyDictItems_Type = static_type({
  name: 'dict_items',
  tp_basicsize: 24,
  tp_flags: Py_TPFLAGS_HAVE_GC,
  tp_dealloc: dictview_dealloc,
  tp_traverse: dictview_traverse,
  tp_repr: dictview_repr,
  tp_richcompare: dictview_richcompare,
  tp_hash: PyObject_HashNotImplemented,
  tp_iter: dictitems_iter,
  nb_subtract: dictviews_sub,
  nb_and: dictviews_and,
  nb_xor: dictviews_xor,
  nb_or: dictviews_or,
  sq_length: dictview_len,
  sq_contains: dictitems_contains,
  methods: [
    { name: 'isdisjoint', flags: METH_O, meth: dictviews_isdisjoint, sig: '($self, object, /)' },
    { name: '__reversed__', flags: METH_NOARGS, meth: dictitems_reversed, sig: '($self, /)' },
  ],
  getset: MAPPING,
});

export const PyDictValues_Type = static_type({
  name: 'dict_values',
  tp_basicsize: 24,
  tp_flags: Py_TPFLAGS_HAVE_GC,
  tp_dealloc: dictview_dealloc,
  tp_traverse: dictview_traverse,
  tp_repr: dictview_repr,
  tp_iter: dictvalues_iter,
  sq_length: dictview_len,
  methods: [{ name: '__reversed__', flags: METH_NOARGS, meth: dictvalues_reversed, sig: '($self, /)' }],
  getset: MAPPING,
});

/** Whether the object is a view over keys or items (odict views too). */
export function PyDictViewSet_Check(o: PyObject): boolean {
  return is_view_set(o);
}
