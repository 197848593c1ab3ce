// listobject.ts: the growing array.                                                    CPython: Objects/listobject.c
//
// The payload is a JS array of the items; the second payload is what CPython's ob_item would have room for, which only
// sys.getsizeof shows (and -1 while a sort runs, so that the sort notices changes).
// Invariant: v.length <= x except during a sort; the array is packed (never made by `new Array(n)`).
// Enter through: PyList_New, PyList_FromArraySteal, PyList_Append, list_extend.

import { PyErr_Clear, PyErr_ExceptionMatches, PyErr_SetString } from '../core/errors.ts';
import { FREE_LIST_ITERS, FREE_LISTS, gc_del, gc_del_to, gc_new, gc_new_from } from '../core/gc.ts';
import {
  _Py_TPFLAGS_MATCH_SELF,
  decref,
  decref_all,
  incref,
  memoryHooks,
  newref,
  Py_EQ,
  Py_NE,
  Py_TPFLAGS_BASETYPE,
  Py_TPFLAGS_HAVE_GC,
  Py_TPFLAGS_LIST_SUBCLASS,
  Py_TPFLAGS_SEQUENCE,
  PyObject,
  type PyTypeObject,
  traverse_items,
  type visitproc,
} from '../core/object.ts';
import { METH_CLASS, METH_CLINIC, METH_COEXIST, METH_NOARGS, METH_O, static_type } from '../core/spec.ts';
import {
  PyIndex_Check,
  PyNumber_AsSsize_t,
  PyObject_GetIter,
  PyObject_LengthHint,
  PySequence_List,
} from './abstract.ts';
import { check_no_keywords, check_no_kwnames, check_positional, ssize_arg } from './argcheck.ts';
import { Py_False, Py_True } from './boolobject.ts';
import { callHooks } from './call.ts';
import { PyList_Check } from './checks.ts';
import { PyDictItems_Type, PyDictKeys_Type, PyDictValues_Type, type PyDictViewObject } from './dict/views.ts';
import { PyDict_Next, PyDict_Type, type PyDictObject } from './dictobject.ts';
import { PyExc_IndexError, PyExc_StopIteration, PyExc_TypeError, PyExc_ValueError } from './exceptions.ts';
import { Py_GenericAlias } from './genericaliasobject.ts';
import { builtin_iter } from './iterobject.ts';
import { list_sort, list_sort_impl } from './listsort.ts';
import { PyLong_FromLong, PyLong_Type } from './longobject.ts';
import {
  Py_EnterRecursiveCall,
  Py_LeaveRecursiveCall,
  Py_None,
  Py_NotImplemented,
  Py_ReprEnter,
  Py_ReprLeave,
  PyObject_HashNotImplemented,
  PyObject_Repr,
  PyObject_RichCompare,
  PyObject_RichCompareBool,
} from './object.ts';
import { check_size, repeat_items, slice_bounds, slice_items } from './sequtil.ts';
import { _PySet_Items, PyFrozenSet_Type, PySet_Type } from './setobject.ts';
import { PySlice_AdjustIndices, PySlice_Check, PySlice_Unpack } from './sliceobject.ts';
import {
  compare_lengths,
  PyTuple_FromArraySteal,
  PyTuple_Type,
  type PyTupleObject,
  tuple_pair_steal,
} from './tupleobject.ts';
import { PyUnicode_AsString, PyUnicode_FromString } from './unicodeobject.ts';

export type PyListObject = PyObject<PyObject[], number>;

// --- making lists ----------------------------------------------------------------------------------------------------

/** A new empty list. (CPython's PyList_New(n) leaves n null slots; here use PyList_FromArraySteal.) */
export function PyList_New(): PyListObject {
  const l = new PyObject<PyObject[], number>(PyList_Type, [], 0);
  gc_new_from(FREE_LISTS, l);
  return l;
}

/** A new list that takes the array and the references in it. */
export function PyList_FromArraySteal(items: PyObject[]): PyListObject {
  const l = new PyObject<PyObject[], number>(PyList_Type, items, items.length);
  gc_new_from(FREE_LISTS, l);
  return l;
}

/** A list that takes the array, of the size that appending its items one by one to one with `room` makes in CPython. */
export function PyList_FromAppendedSteal(items: PyObject[], room = 0): PyListObject {
  const l = PyList_FromArraySteal(items);
  const n = items.length;
  while (room < n) room = overallocated(room + 1, 1);
  l.x = room;
  return l;
}

/** A new list of new references to the items. */
export function PyList_FromArray(items: readonly PyObject[]): PyListObject {
  const own = items.slice();
  for (let i = 0; i < own.length; i++) incref(own[i]!);
  return PyList_FromArraySteal(own);
}

/** Adjusts the modelled allocation to a new size. To be called before the array changes.
 *  CPython: Objects/listobject.c:list_resize */
export function list_resize(l: PyListObject, newsize: number): void {
  const allocated = l.x;
  // Room for 32 items or less is never given back.
  if (allocated >= newsize && (newsize >= allocated >> 1 || allocated <= 32)) return;
  if (memoryHooks.resized !== null) memoryHooks.resized(l);
  if (newsize === 0) {
    l.x = 0;
    return;
  }
  if (newsize > l.v.length) check_size(newsize);
  l.x = overallocated(newsize, newsize - l.v.length);
}

/** Room for `newsize` items of a list that grows by `more`. */
function overallocated(newsize: number, more: number): number {
  const n = (newsize + Math.floor(newsize / 8) + 6) & ~3;
  return more > n - newsize ? (newsize + 3) & ~3 : n;
}

/** Appends a stolen reference. CPython: _PyList_AppendTakeRef */
export function list_append_steal(l: PyListObject, item: PyObject): void {
  const items = l.v;
  if (items.length >= l.x) list_resize(l, items.length + 1);
  items.push(item);
}

/** Appends a new reference. CPython: PyList_Append */
export function PyList_Append(l: PyObject, item: PyObject): void {
  incref(item);
  list_append_steal(l as PyListObject, item);
}

export function PyList_GET_SIZE(l: PyObject): number {
  return (l as PyListObject).v.length;
}

export function PyList_Size(l: PyObject): number {
  return (l as PyListObject).v.length;
}

/** Borrowed. */
export function PyList_GET_ITEM(l: PyObject, i: number): PyObject {
  return (l as PyListObject).v[i]!;
}

/** Borrowed; IndexError when out of range. */
export function PyList_GetItem(l: PyObject, i: number): PyObject {
  const items = (l as PyListObject).v;
  if (i < 0 || i >= items.length) PyErr_SetString(PyExc_IndexError, 'list index out of range');
  return items[i]!;
}

/** Puts a stolen reference in place of an item. */
export function PyList_SetItem(l: PyObject, i: number, item: PyObject): void {
  const items = (l as PyListObject).v;
  if (i < 0 || i >= items.length) {
    decref(item);
    PyErr_SetString(PyExc_IndexError, 'list assignment index out of range');
  }
  const old = items[i]!;
  items[i] = item;
  decref(old);
}

/** Inserts a new reference; the index is clipped. CPython: Objects/listobject.c:ins1 */
export function PyList_Insert(l: PyObject, where: number, item: PyObject): void {
  const self = l as PyListObject;
  const items = self.v;
  const n = items.length;
  list_resize(self, n + 1);
  if (where < 0) {
    where += n;
    if (where < 0) where = 0;
  }
  incref(item);
  if (where >= n) items.push(item);
  else insert_at(items, where, item);
}

/** Up to so many items are moved one by one sooner than by V8's splice(); all of them it moves at once. */
const FEW = 32;

function insert_at(items: PyObject[], where: number, item: PyObject): void {
  const n = items.length;
  if (where === 0) items.unshift(item);
  else if (n - where > FEW) items.splice(where, 0, item);
  else {
    items.push(item);
    for (let i = n; i > where; i--) items[i] = items[i - 1]!;
    items[where] = item;
  }
}

function remove_at(items: PyObject[], where: number): void {
  const last = items.length - 1;
  if (where === 0) items.shift();
  else if (last - where > FEW) items.splice(where, 1);
  else {
    for (let i = where; i < last; i++) items[i] = items[i + 1]!;
    items.pop();
  }
}

export function PyList_AsTuple(l: PyObject): PyObject {
  const items = (l as PyListObject).v.slice();
  for (let i = 0; i < items.length; i++) incref(items[i]!);
  return PyTuple_FromArraySteal(items);
}

export function PyList_Reverse(l: PyObject): void {
  (l as PyListObject).v.reverse();
}

export function PyList_Sort(l: PyObject): void {
  list_sort_impl(l as PyListObject, null, false);
}

/** CPython: PyList_GetSlice */
export function PyList_GetSlice(l: PyObject, low: number, high: number): PyListObject {
  const items = (l as PyListObject).v;
  if (low < 0) low = 0;
  else if (low > items.length) low = items.length;
  if (high < low) high = low;
  else if (high > items.length) high = items.length;
  return PyList_FromArraySteal(slice_items(items, low, 1, high - low));
}

/** Assigns the items of a sequence to a slice, or deletes it (null). CPython: PyList_SetSlice */
export function PyList_SetSlice(l: PyObject, low: number, high: number, value: PyObject | null): void {
  list_ass_slice(l as PyListObject, low, high, value);
}

/** Empties the list; releases from the last item to the first. CPython: Objects/listobject.c:list_clear */
export function PyList_Clear(l: PyObject): void {
  const self = l as PyListObject;
  const items = self.v;
  if (items.length === 0 && self.x <= 0) return;
  self.v = [];
  self.x = 0;
  decref_all(items);
}

// --- extend ----------------------------------------------------------------------------------------------------------

/** Room for exactly `n` items of a list that had no memory yet. CPython: list_preallocate_exact */
function preallocate(l: PyListObject, n: number): void {
  if (memoryHooks.resized !== null) memoryHooks.resized(l);
  l.x = (n + 1) & ~1;
}

function make_room(l: PyListObject, n: number): void {
  check_size(l.v.length + n);
  if (l.x === 0) preallocate(l, n);
  else list_resize(l, l.v.length + n);
}

function extend_items(l: PyListObject, source: readonly PyObject[]): void {
  const n = source.length;
  if (n === 0) return;
  make_room(l, n);
  const items = l.v;
  for (let i = 0; i < n; i++) items.push(newref(source[i]!));
}

/** Appends what an array owns, which is given up. */
export function list_extend_steal(l: PyListObject, source: PyObject[]): void {
  const n = source.length;
  if (n === 0) return;
  make_room(l, n);
  const items = l.v;
  if (items.length === 0) l.v = source;
  else for (let i = 0; i < n; i++) items.push(source[i]!);
}

/** Allocates room for as many items as an iterable says that it has. */
export function list_expect(l: PyListObject, iterable: PyObject): void {
  const hint = PyObject_LengthHint(iterable, 8);
  if (l.x === 0) {
    if (hint > 0) {
      check_size(hint);
      preallocate(l, hint);
    }
  } else if (hint < 2 ** 63) {
    // (sys.maxsize overflows together with a length, and is then not believed)
    check_size(l.v.length + hint);
    list_resize(l, l.v.length + hint);
  }
}

function extend_iter(l: PyListObject, iterable: PyObject): void {
  const it = PyObject_GetIter(iterable);
  try {
    list_expect(l, iterable);
    const next = it.ob_type.tp_iternext!;
    try {
      for (;;) {
        const item = next(it);
        if (item === null) break;
        list_append_steal(l, item);
      }
    } catch (e) {
      if (!PyErr_ExceptionMatches(e, PyExc_StopIteration)) throw e;
      PyErr_Clear(e);
    }
    list_shrink(l);
  } finally {
    decref(it);
  }
}

/** Gives back a guess that was too large. */
export function list_shrink(l: PyListObject): void {
  if (l.v.length < l.x) list_resize(l, l.v.length);
}

/** Appends all items of an iterable. CPython: Objects/listobject.c:_list_extend */
export function list_extend(l: PyListObject, iterable: PyObject): void {
  const t = iterable.ob_type;
  if ((iterable as PyListObject) === l) {
    inplace_repeat(l, 2);
  } else if (t === PyList_Type || t === PyTuple_Type) {
    extend_items(l, (iterable as PyListObject).v);
  } else if (t === PySet_Type || t === PyFrozenSet_Type) {
    const items = _PySet_Items(iterable);
    list_resize(l, l.v.length + items.length);
    for (let i = 0; i < items.length; i++) l.v.push(newref(items[i]!));
  } else if (t === PyDict_Type || t === PyDictKeys_Type) {
    extend_dict(l, (t === PyDict_Type ? iterable : (iterable as PyDictViewObject).v) as PyDictObject, 0);
  } else if (t === PyDictValues_Type) {
    extend_dict(l, (iterable as PyDictViewObject).v as PyDictObject, 1);
  } else if (t === PyDictItems_Type) {
    extend_dict(l, (iterable as PyDictViewObject).v as PyDictObject, 2);
  } else {
    extend_iter(l, iterable);
  }
}

function extend_dict(l: PyListObject, d: PyDictObject, which: number): void {
  const t = d.v;
  list_resize(l, l.v.length + t.used);
  const items = l.v;
  for (let i = PyDict_Next(d, 0); i >= 0; i = PyDict_Next(d, i + 1)) {
    if (which === 0) items.push(newref(t.keys[i]!));
    else if (which === 1) items.push(newref(t.values[i]!));
    else items.push(tuple_pair_steal(newref(t.keys[i]!), newref(t.values[i]!)));
  }
}

/** CPython: _PyList_Extend, PyList_Extend */
export function PyList_Extend(l: PyObject, iterable: PyObject): void {
  list_extend(l as PyListObject, iterable);
}

// --- construction, destruction --------------------------------------------------------------------------------------

function list_new(type: PyTypeObject, _args: PyObject, _kwargs: PyObject | null): PyObject {
  const l = type.tp_alloc!(type, []) as PyListObject;
  l.x = 0;
  return l;
}

function list_init(self: PyObject, args: PyObject, kwargs: PyObject | null): void {
  const t = self.ob_type;
  if (t === PyList_Type || t.tp_new === list_new) check_no_keywords('list', kwargs);
  const a = (args as PyTupleObject).v;
  check_positional('list', a.length, 0, 1);
  PyList_Clear(self);
  if (a.length > 0) list_extend(self as PyListObject, a[0]!);
}

function list_vectorcall(type: PyObject, args: PyObject[], kwnames: PyObject | null): PyObject {
  check_no_kwnames('list', kwnames);
  check_positional('list', args.length, 0, 1);
  const entered = args.length > 0 ? callHooks.collect(type, args[0]!) : null;
  if (entered !== null) return entered;
  const l = PyList_New();
  if (args.length > 0) {
    try {
      list_extend(l, args[0]!);
    } catch (e) {
      decref(l);
      throw e;
    }
  }
  return l;
}

function list_dealloc(self: PyObject): void {
  if (self.ob_type === PyList_Type) gc_del_to(FREE_LISTS, self);
  else gc_del(self);
  decref_all((self as PyListObject).v);
}

// --- text and comparison ---------------------------------------------------------------------------------------------

function list_repr(self: PyObject): PyObject {
  const l = self as PyListObject;
  if (l.v.length === 0) return PyUnicode_FromString('[]');
  if (Py_ReprEnter(self)) return PyUnicode_FromString('[...]');
  try {
    let text = '[';
    for (let i = 0; i < l.v.length; i++) {
      const item = newref(l.v[i]!);
      let r: PyObject;
      try {
        r = PyObject_Repr(item);
      } finally {
        decref(item);
      }
      text += i === 0 ? PyUnicode_AsString(r) : `, ${PyUnicode_AsString(r)}`;
      decref(r);
    }
    return PyUnicode_FromString(`${text}]`);
  } finally {
    Py_ReprLeave(self);
  }
}

/** Equality of two items that other code may take out of their lists meanwhile. */
function items_equal(a: PyObject, b: PyObject): boolean {
  if (a === b) return true;
  incref(a);
  incref(b);
  try {
    return PyObject_RichCompareBool(a, b, Py_EQ);
  } finally {
    decref(a);
    decref(b);
  }
}

function list_richcompare(self: PyObject, other: PyObject, op: number): PyObject {
  if (!PyList_Check(self) || !PyList_Check(other)) return newref(Py_NotImplemented);
  const v = self as PyListObject;
  const w = other as PyListObject;
  if (v.v.length !== w.v.length && (op === Py_EQ || op === Py_NE)) return newref(op === Py_EQ ? Py_False : Py_True);
  Py_EnterRecursiveCall(' in comparison');
  try {
    let i = 0;
    while (i < v.v.length && i < w.v.length && items_equal(v.v[i]!, w.v[i]!)) i++;
    if (i >= v.v.length || i >= w.v.length) {
      return newref(compare_lengths(v.v.length, w.v.length, op) ? Py_True : Py_False);
    }
    if (op === Py_EQ) return newref(Py_False);
    if (op === Py_NE) return newref(Py_True);
    const a = newref(v.v[i]!);
    const b = newref(w.v[i]!);
    try {
      return PyObject_RichCompare(a, b, op);
    } finally {
      decref(a);
      decref(b);
    }
  } finally {
    Py_LeaveRecursiveCall();
  }
}

// --- the sequence protocol ------------------------------------------------------------------------------------------

function list_length(self: PyObject): number {
  return (self as PyListObject).v.length;
}

function list_contains(self: PyObject, item: PyObject): boolean {
  const l = self as PyListObject;
  for (let i = 0; i < l.v.length; i++) {
    const it = l.v[i]!;
    if (it === item) return true;
    incref(it);
    let same: boolean;
    try {
      same = PyObject_RichCompareBool(it, item, Py_EQ);
    } finally {
      decref(it);
    }
    if (same) return true;
  }
  return false;
}

function list_item(self: PyObject, i: number): PyObject {
  const items = (self as PyListObject).v;
  if (i < 0 || i >= items.length) PyErr_SetString(PyExc_IndexError, 'list index out of range');
  return newref(items[i]!);
}

function list_ass_item(self: PyObject, i: number, value: PyObject | null): void {
  const l = self as PyListObject;
  if (i < 0 || i >= l.v.length) PyErr_SetString(PyExc_IndexError, 'list assignment index out of range');
  if (value === null) {
    list_ass_slice(l, i, i + 1, null);
    return;
  }
  const old = l.v[i]!;
  l.v[i] = newref(value);
  decref(old);
}

function list_concat(a: PyObject, b: PyObject): PyObject {
  if (!PyList_Check(b)) {
    PyErr_SetString(PyExc_TypeError, `can only concatenate list (not "${b.ob_type.tp_name}") to list`);
  }
  const items = (a as PyListObject).v.concat(b.v);
  for (let i = 0; i < items.length; i++) incref(items[i]!);
  return PyList_FromArraySteal(items);
}

function list_repeat(self: PyObject, n: number): PyObject {
  const items = (self as PyListObject).v;
  if (items.length === 0 || n <= 0) return PyList_New();
  return PyList_FromArraySteal(repeat_items(items, n));
}

function inplace_repeat(l: PyListObject, n: number): void {
  const size = l.v.length;
  if (size === 0 || n === 1) return;
  if (n < 1) {
    PyList_Clear(l);
    return;
  }
  const more = repeat_items(l.v, n - 1);
  list_resize(l, size * n);
  for (let i = 0; i < more.length; i++) l.v.push(more[i]!);
}

function list_inplace_repeat(self: PyObject, n: number): PyObject {
  inplace_repeat(self as PyListObject, n);
  return newref(self);
}

function list_inplace_concat(self: PyObject, other: PyObject): PyObject {
  list_extend(self as PyListObject, other);
  return newref(self);
}

/** `PySequence_Fast(v, message)`'s items, copied, so that nothing the releases run can change them. Owned. */
function fast_items(value: PyObject, message: string): PyObject[] {
  const t = value.ob_type;
  if (t === PyList_Type || t === PyTuple_Type) {
    const items = (value as PyListObject).v.slice();
    for (let i = 0; i < items.length; i++) incref(items[i]!);
    return items;
  }
  let it: PyObject;
  try {
    it = PyObject_GetIter(value);
  } catch (e) {
    if (PyErr_ExceptionMatches(e, PyExc_TypeError)) {
      PyErr_Clear(e);
      PyErr_SetString(PyExc_TypeError, message);
    }
    throw e;
  }
  try {
    const list = PySequence_List(it) as PyListObject;
    const items = list.v;
    list.v = [];
    decref(list);
    return items;
  } finally {
    decref(it);
  }
}

/** CPython: Objects/listobject.c:list_ass_slice_lock_held */
function list_ass_slice(l: PyListObject, low: number, high: number, value: PyObject | null): void {
  const fresh = value === null ? [] : fast_items(value, 'must assign iterable to extended slice');
  replace_slice(l, low, high, fresh);
}

/** Puts owned items in place of l[low:high]. */
function replace_slice(l: PyListObject, low: number, high: number, fresh: PyObject[]): void {
  const size = l.v.length;
  if (low < 0) low = 0;
  else if (low > size) low = size;
  if (high < low) high = low;
  else if (high > size) high = size;
  const newsize = size - (high - low) + fresh.length;
  if (newsize === 0) {
    PyList_Clear(l);
    return;
  }
  list_resize(l, newsize);
  let gone: PyObject[];
  if (fresh.length === high - low) {
    gone = l.v.slice(low, high);
    for (let i = 0; i < fresh.length; i++) l.v[low + i] = fresh[i]!;
  } else if (fresh.length === 0) {
    gone = l.v.splice(low, high - low);
  } else if (fresh.length < 1000) {
    gone = l.v.splice(low, high - low, ...fresh);
  } else {
    gone = l.v.slice(low, high);
    l.v = l.v.slice(0, low).concat(fresh, l.v.slice(high));
  }
  decref_all(gone);
}

function list_subscript(self: PyObject, item: PyObject): PyObject {
  if (PyIndex_Check(item)) {
    let i =
      item.ob_type === PyLong_Type && typeof item.v === 'number' ? item.v : PyNumber_AsSsize_t(item, PyExc_IndexError);
    const now = (self as PyListObject).v; // __index__ may have changed the list
    if (i < 0) i += now.length;
    if (i < 0 || i >= now.length) PyErr_SetString(PyExc_IndexError, 'list index out of range');
    return newref(now[i]!);
  }
  if (PySlice_Check(item)) {
    const [start0, stop, step] = PySlice_Unpack(item);
    const now = (self as PyListObject).v;
    const [start, , n] = PySlice_AdjustIndices(now.length, start0, stop, step);
    if (n <= 0) return PyList_New();
    return PyList_FromArraySteal(slice_items(now, start, step, n));
  }
  PyErr_SetString(PyExc_TypeError, `list indices must be integers or slices, not ${item.ob_type.tp_name}`);
}

/** CPython: Objects/listobject.c:list_ass_subscript_lock_held */
function list_ass_subscript(self: PyObject, item: PyObject, value: PyObject | null): void {
  const l = self as PyListObject;
  if (PyIndex_Check(item)) {
    let i =
      item.ob_type === PyLong_Type && typeof item.v === 'number' ? item.v : PyNumber_AsSsize_t(item, PyExc_IndexError);
    if (i < 0) i += l.v.length;
    list_ass_item(l, i, value);
    return;
  }
  if (!PySlice_Check(item)) {
    PyErr_SetString(PyExc_TypeError, `list indices must be integers or slices, not ${item.ob_type.tp_name}`);
  }
  const [start0, stop0, step] = PySlice_Unpack(item);
  let [start, stop, n] = PySlice_AdjustIndices(l.v.length, start0, stop0, step);
  if (value === null) {
    delete_extended(l, start, stop, step, n);
    return;
  }
  if (step === 1) {
    const fresh = fast_items(value, 'must assign iterable to extended slice');
    [start, stop] = PySlice_AdjustIndices(l.v.length, start0, stop0, step);
    replace_slice(l, start, stop, fresh);
    return;
  }
  const fresh = fast_items(value, 'must assign iterable to extended slice');
  [start, stop, n] = PySlice_AdjustIndices(l.v.length, start0, stop0, step);
  if ((step < 0 && start < stop) || (step > 0 && start > stop)) stop = start;
  if (fresh.length !== n) {
    const size = fresh.length;
    decref_all(fresh);
    PyErr_SetString(PyExc_ValueError, `attempt to assign sequence of size ${size} to extended slice of size ${n}`);
  }
  if (n === 0) return;
  const gone: PyObject[] = [];
  for (let k = 0, i = start; k < n; k++, i += step) {
    gone.push(l.v[i]!);
    l.v[i] = fresh[k]!;
  }
  for (let k = 0; k < gone.length; k++) decref(gone[k]!);
}

function delete_extended(l: PyListObject, start: number, stop: number, step: number, n: number): void {
  if (step === 1) {
    replace_slice(l, start, stop, []);
    return;
  }
  if (n <= 0) return;
  if (step < 0) {
    start = start + step * (n - 1);
    step = -step;
  }
  const items = l.v;
  const gone: PyObject[] = [];
  let k = start;
  let next = start;
  for (let i = start; i < items.length; i++) {
    if (i === next && gone.length < n) {
      gone.push(items[i]!);
      next += step;
    } else items[k++] = items[i]!;
  }
  list_resize(l, k);
  items.length = k;
  for (let i = 0; i < gone.length; i++) decref(gone[i]!);
}

// --- methods ---------------------------------------------------------------------------------------------------------

function list_append(self: PyObject, item: PyObject): PyObject {
  incref(item);
  list_append_steal(self as PyListObject, item);
  return newref(Py_None);
}

function list_insert(self: PyObject, index: PyObject, item: PyObject): PyObject {
  PyList_Insert(self, ssize_arg(index), item);
  return newref(Py_None);
}

function list_extend_method(self: PyObject, iterable: PyObject): PyObject {
  list_extend(self as PyListObject, iterable);
  return newref(Py_None);
}

function list_pop(self: PyObject, index: PyObject | null): PyObject {
  const l = self as PyListObject;
  let i = index === null ? -1 : ssize_arg(index);
  const n = l.v.length;
  if (n === 0) PyErr_SetString(PyExc_IndexError, 'pop from empty list');
  if (i < 0) i += n;
  if (i < 0 || i >= n) PyErr_SetString(PyExc_IndexError, 'pop index out of range');
  if (n === 1) l.x = 0;
  else list_resize(l, n - 1);
  if (i === n - 1) return l.v.pop()!;
  const item = l.v[i]!;
  remove_at(l.v, i);
  return item;
}

function list_clear_method(self: PyObject): PyObject {
  PyList_Clear(self);
  return newref(Py_None);
}

function list_copy(self: PyObject): PyObject {
  return PyList_FromArray((self as PyListObject).v);
}

function list_reverse(self: PyObject): PyObject {
  (self as PyListObject).v.reverse();
  return newref(Py_None);
}

function list_index(self: PyObject, value: PyObject, start: PyObject | null, stop: PyObject | null): PyObject {
  const l = self as PyListObject;
  const [lo, hi] = slice_bounds(start, stop, l.v.length);
  for (let i = lo; i < hi && i < l.v.length; i++) {
    if (items_equal(l.v[i]!, value)) return PyLong_FromLong(i);
  }
  PyErr_SetString(PyExc_ValueError, 'list.index(x): x not in list');
}

function list_count(self: PyObject, value: PyObject): PyObject {
  const l = self as PyListObject;
  let count = 0;
  for (let i = 0; i < l.v.length; i++) if (items_equal(l.v[i]!, value)) count++;
  return PyLong_FromLong(count);
}

function list_remove(self: PyObject, value: PyObject): PyObject {
  const l = self as PyListObject;
  for (let i = 0; i < l.v.length; i++) {
    if (items_equal(l.v[i]!, value)) {
      list_ass_slice(l, i, i + 1, null);
      return newref(Py_None);
    }
  }
  PyErr_SetString(PyExc_ValueError, 'list.remove(x): x not in list');
}

function list___sizeof__(self: PyObject): PyObject {
  return PyLong_FromLong(self.ob_type.tp_basicsize + (self as PyListObject).x * 8);
}

function class_getitem(type: PyObject, item: PyObject): PyObject {
  return Py_GenericAlias(type, item);
}

// --- iterators -------------------------------------------------------------------------------------------------------

/** Payload of a list iterator: the list (owned; null once exhausted) and the next index. */
export class ListIter {
  seq: PyListObject | null;
  index: number;
  constructor(seq: PyListObject, index: number) {
    this.seq = seq;
    this.index = index;
  }
}

export type PyListIterObject = PyObject<ListIter>;

export function list_iter(self: PyObject): PyObject {
  const it = new PyObject(PyListIter_Type, new ListIter(newref(self as PyListObject), 0), null);
  gc_new_from(FREE_LIST_ITERS, it);
  return it;
}

function listiter_next(self: PyObject): PyObject | null {
  const it = (self as PyListIterObject).v;
  const seq = it.seq;
  if (seq === null) return null;
  const items = seq.v;
  if (it.index < items.length) return newref(items[it.index++]!);
  it.seq = null;
  decref(seq);
  return null;
}

function listiter_dealloc(self: PyObject): void {
  if (self.ob_type === PyListIter_Type) gc_del_to(FREE_LIST_ITERS, self);
  else gc_del(self);
  const seq = (self as PyListIterObject).v.seq;
  if (seq !== null) decref(seq);
}

function listiter_traverse(self: PyObject, visit: visitproc): void {
  const seq = (self as PyListIterObject).v.seq;
  if (seq !== null) visit(seq);
}

function listiter_length_hint(self: PyObject): PyObject {
  const it = (self as PyListIterObject).v;
  const n = it.seq === null ? 0 : it.seq.v.length - it.index;
  return PyLong_FromLong(n < 0 ? 0 : n);
}

function listiter_reduce_general(it: ListIter, name: string): PyObject {
  const f = builtin_iter(name);
  // Only now: the look-up may have run Python code that exhausted the iterator.
  if (it.seq !== null && it.index >= 0) {
    return PyTuple_FromArraySteal([f, PyTuple_FromArraySteal([newref(it.seq as PyObject)]), PyLong_FromLong(it.index)]);
  }
  return PyTuple_FromArraySteal([f, PyTuple_FromArraySteal([PyList_New() as PyObject])]);
}

function listiter_reduce(self: PyObject): PyObject {
  return listiter_reduce_general((self as PyListIterObject).v, 'iter');
}

function listiter_setstate(self: PyObject, state: PyObject): PyObject {
  const index = PyNumber_AsSsize_t(state, null);
  const it = (self as PyListIterObject).v;
  const { seq } = it;
  if (seq === null) return newref(Py_None);
  if (index < 0) {
    // The iterator is at its end; unlike CPython's it does not come back from there.
    it.seq = null;
    decref(seq as PyObject);
  } else it.index = Math.min(index, seq.v.length);
  return newref(Py_None);
}

function list___reversed__(self: PyObject): PyObject {
  const l = self as PyListObject;
  const it = new PyObject(PyListRevIter_Type, new ListIter(newref(l), l.v.length - 1), null);
  gc_new(it);
  return it;
}

function listreviter_next(self: PyObject): PyObject | null {
  const it = (self as PyListIterObject).v;
  const seq = it.seq;
  const i = it.index;
  // One that has come to the front keeps its list; one that fell behind the end lets go of it.
  if (seq === null || i < 0) return null;
  if (i < seq.v.length) {
    it.index = i - 1;
    return newref(seq.v[i]!);
  }
  it.index = -1;
  it.seq = null;
  decref(seq);
  return null;
}

function listreviter_length_hint(self: PyObject): PyObject {
  const it = (self as PyListIterObject).v;
  let n = it.index + 1;
  if (it.seq === null || it.seq.v.length < n) n = 0;
  return PyLong_FromLong(n);
}

function listreviter_reduce(self: PyObject): PyObject {
  return listiter_reduce_general((self as PyListIterObject).v, 'reversed');
}

function listreviter_setstate(self: PyObject, state: PyObject): PyObject {
  let index = PyNumber_AsSsize_t(state, null);
  const it = (self as PyListIterObject).v;
  if (it.seq !== null) {
    if (index < -1) index = -1;
    else if (index > it.seq.v.length - 1) index = it.seq.v.length - 1;
    it.index = index;
  }
  return newref(Py_None);
}

function self_iter(self: PyObject): PyObject {
  return newref(self);
}

export const PyListIter_Type = static_type({
  name: 'list_iterator',
  tp_basicsize: 32,
  tp_flags: Py_TPFLAGS_HAVE_GC,
  tp_dealloc: listiter_dealloc,
  tp_traverse: listiter_traverse,
  tp_iter: self_iter,
  tp_iternext: listiter_next,
  methods: [
    { name: '__length_hint__', flags: METH_NOARGS, meth: listiter_length_hint, sig: '($self, /)' },
    { name: '__reduce__', flags: METH_NOARGS, meth: listiter_reduce, sig: '($self, /)' },
    { name: '__setstate__', flags: METH_O, meth: listiter_setstate, sig: '($self, object, /)' },
  ],
});

export const PyListRevIter_Type = static_type({
  name: 'list_reverseiterator',
  tp_basicsize: 32,
  tp_flags: Py_TPFLAGS_HAVE_GC,
  tp_dealloc: listiter_dealloc,
  tp_traverse: listiter_traverse,
  tp_iter: self_iter,
  tp_iternext: listreviter_next,
  methods: [
    { name: '__length_hint__', flags: METH_NOARGS, meth: listreviter_length_hint, sig: '($self, /)' },
    { name: '__reduce__', flags: METH_NOARGS, meth: listreviter_reduce, sig: '($self, /)' },
    { name: '__setstate__', flags: METH_O, meth: listreviter_setstate, sig: '($self, object, /)' },
  ],
});

export const PyList_Type = static_type({
  name: 'list',
  tp_basicsize: 40,
  tp_flags:
    Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_LIST_SUBCLASS | _Py_TPFLAGS_MATCH_SELF | Py_TPFLAGS_SEQUENCE,
  tp_doc: 'Mutable sequence of any objects.',
  after_ready: type => {
    type.tp_data = { text_signature: '(iterable=(), /)' };
  },
  tp_dealloc: list_dealloc,
  tp_traverse: traverse_items,
  tp_clear: PyList_Clear,
  tp_repr: list_repr,
  tp_hash: PyObject_HashNotImplemented,
  tp_richcompare: list_richcompare,
  tp_iter: list_iter,
  tp_init: list_init,
  tp_new: list_new,
  tp_vectorcall: list_vectorcall,
  sq_length: list_length,
  sq_concat: list_concat,
  sq_repeat: list_repeat,
  sq_item: list_item,
  sq_ass_item: list_ass_item,
  sq_contains: list_contains,
  sq_inplace_concat: list_inplace_concat,
  sq_inplace_repeat: list_inplace_repeat,
  mp_length: list_length,
  mp_subscript: list_subscript,
  mp_ass_subscript: list_ass_subscript,
  methods: [
    { name: '__getitem__', flags: METH_O | METH_COEXIST, meth: list_subscript, sig: '($self, index, /)' },
    { name: '__reversed__', flags: METH_NOARGS, meth: list___reversed__, sig: '($self, /)' },
    { name: '__sizeof__', flags: METH_NOARGS, meth: list___sizeof__, sig: '($self, /)' },
    { name: 'clear', flags: METH_NOARGS, meth: list_clear_method, sig: '($self, /)' },
    { name: 'copy', flags: METH_NOARGS, meth: list_copy, sig: '($self, /)' },
    { name: 'append', flags: METH_O, meth: list_append, sig: '($self, object, /)' },
    { name: 'insert', flags: METH_CLINIC, meth: list_insert, sig: '($self, index, object, /)' },
    { name: 'extend', flags: METH_O, meth: list_extend_method, sig: '($self, iterable, /)' },
    { name: 'pop', flags: METH_CLINIC, meth: list_pop, sig: '($self, index=-1, /)' },
    { name: 'remove', flags: METH_O, meth: list_remove, sig: '($self, value, /)' },
    { name: 'index', flags: METH_CLINIC, meth: list_index, sig: '($self, value, start=0, stop=sys.maxsize, /)' },
    { name: 'count', flags: METH_O, meth: list_count, sig: '($self, value, /)' },
    { name: 'reverse', flags: METH_NOARGS, meth: list_reverse, sig: '($self, /)' },
    { name: 'sort', flags: METH_CLINIC, meth: list_sort, sig: '($self, /, *, key=None, reverse=False)' },
    { name: '__class_getitem__', flags: METH_O | METH_CLASS, meth: class_getitem, sig: '($type, object, /)' },
  ],
});
