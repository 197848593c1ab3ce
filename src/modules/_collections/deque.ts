// deque.ts: the double-ended queue.                                             CPython: Modules/_collectionsmodule.c
//
// A ring buffer of a power-of-two size. CPython uses a list of 64-item blocks; where the first item would stand in its
// block is kept in `left`, since __sizeof__ shows the number of blocks.
// Invariant: items stand at (head + i) & (buf.length - 1) for 0 <= i < size, null elsewhere; `state` changes with every
// change of length or order, and iterators that see it change stop.

import { PyErr_SetString } from '../../core/errors.ts';
import { gc_del } from '../../core/gc.ts';
import {
  decref,
  decref_all,
  G_WEAKREFS,
  newref,
  Py_EQ,
  Py_NE,
  Py_TPFLAGS_BASETYPE,
  Py_TPFLAGS_HAVE_GC,
  Py_TPFLAGS_SEQUENCE,
  type PyObject,
  type PyTypeObject,
  type visitproc,
  xdecref,
} from '../../core/object.ts';
import { METH_CLASS, METH_CLINIC, METH_FASTCALL, METH_NOARGS, METH_O, static_type } from '../../core/spec.ts';
import { PyIter_Next, PyObject_GetIter, PySequence_List } from '../../objects/abstract.ts';
import { check_positional, ssize_arg } from '../../objects/argcheck.ts';
import { Py_False, Py_True } from '../../objects/boolobject.ts';
import { PyObject_CallMethodNoArgs, PyObject_CallOneArg, PyObject_CallTwoArgs } from '../../objects/call.ts';
import { PyLong_Check } from '../../objects/checks.ts';
import { PyExc_IndexError, PyExc_RuntimeError, PyExc_TypeError, PyExc_ValueError } from '../../objects/exceptions.ts';
import { Py_GenericAlias } from '../../objects/genericaliasobject.ts';
import { PyArg_Clinic } from '../../objects/getargs.ts';
import { PyLong_FromLong } from '../../objects/longobject.ts';
import {
  Py_None,
  Py_NotImplemented,
  Py_ReprEnter,
  Py_ReprLeave,
  PyObject_HashNotImplemented,
  PyObject_RichCompare,
  PyObject_RichCompareBool,
  repr_string,
} from '../../objects/object.ts';
import { slice_index } from '../../objects/sequtil.ts';
import { compare_lengths, PyTuple_FromArraySteal, type PyTupleObject } from '../../objects/tupleobject.ts';
import { PyObject_TypeCheck } from '../../objects/typeobject.ts';
import { PyUnicode_FromString } from '../../objects/unicodeobject.ts';
import { PyObject_ClearWeakRefs } from '../../objects/weakrefobject.ts';

const BLOCKLEN = 64;
const CENTER = 31;

class DequeData {
  buf: (PyObject | null)[] = [null, null, null, null, null, null, null, null];
  head = 0;
  size = 0;
  /** -1: no limit. */
  maxlen = -1;
  state = 0;
  /** CPython's leftindex: 0 to 63. */
  left = CENTER + 1;
}

type DequeObject = PyObject<DequeData>;

function at(d: DequeData, i: number): PyObject {
  return d.buf[(d.head + i) & (d.buf.length - 1)]!;
}

function grow(d: DequeData): void {
  const buf: (PyObject | null)[] = [];
  for (let i = 0; i < d.size; i++) buf.push(at(d, i));
  for (let n = 2 * d.buf.length; buf.length < n; ) buf.push(null);
  d.buf = buf;
  d.head = 0;
}

/** Adds a stolen reference at the right end. */
function push_right(d: DequeData, item: PyObject): void {
  if (d.size === d.buf.length) grow(d);
  d.buf[(d.head + d.size) & (d.buf.length - 1)] = item;
  d.size++;
  d.state++;
}

function push_left(d: DequeData, item: PyObject): void {
  if (d.size === d.buf.length) grow(d);
  d.head = (d.head - 1) & (d.buf.length - 1);
  d.buf[d.head] = item;
  d.size++;
  d.state++;
  d.left = d.left === 0 ? BLOCKLEN - 1 : d.left - 1;
}

/** Takes the rightmost item; the deque is not empty. */
function take_right(d: DequeData): PyObject {
  const i = (d.head + d.size - 1) & (d.buf.length - 1);
  const item = d.buf[i]!;
  d.buf[i] = null;
  const at_block_start = (d.left + d.size - 1) % BLOCKLEN === 0;
  d.size--;
  d.state++;
  if (d.size === 0 && at_block_start) d.left = CENTER + 1;
  return item;
}

function take_left(d: DequeData): PyObject {
  const item = d.buf[d.head]!;
  d.buf[d.head] = null;
  d.head = (d.head + 1) & (d.buf.length - 1);
  d.size--;
  d.state++;
  d.left++;
  if (d.left === BLOCKLEN) d.left = d.size === 0 ? CENTER + 1 : 0;
  return item;
}

/** Appends a stolen reference and drops the leftmost item if that is too many. */
function append(d: DequeData, item: PyObject): void {
  push_right(d, item);
  if (d.maxlen >= 0 && d.size > d.maxlen) decref(take_left(d));
}

function appendleft(d: DequeData, item: PyObject): void {
  push_left(d, item);
  if (d.maxlen >= 0 && d.size > d.maxlen) decref(take_right(d));
}

/** New references to all items. */
function items_of(d: DequeData): PyObject[] {
  const items: PyObject[] = [];
  for (let i = 0; i < d.size; i++) items.push(newref(at(d, i)));
  return items;
}

/** Appends the items of an iterable at either end. CPython: deque_extend, deque_extendleft */
function extend(self: DequeObject, iterable: PyObject, right: boolean): void {
  const d = self.v;
  if ((iterable as DequeObject) === self) {
    const list = PySequence_List(iterable);
    try {
      extend(self, list, right);
    } finally {
      decref(list);
    }
    return;
  }
  const it = PyObject_GetIter(iterable);
  try {
    const next = PyIter_Next;
    if (d.maxlen === 0) {
      for (let item = next(it); item !== null; item = next(it)) decref(item);
      return;
    }
    if (d.size === 0) d.left = right ? 1 : BLOCKLEN - 1;
    for (let item = next(it); item !== null; item = next(it)) {
      if (right) append(d, item);
      else appendleft(d, item);
    }
  } finally {
    decref(it);
  }
}

function deque_clear(self: PyObject): void {
  const d = (self as DequeObject).v;
  if (d.size === 0) return;
  const items: PyObject[] = [];
  for (let i = 0; i < d.size; i++) items.push(at(d, i));
  const fresh = new DequeData();
  d.buf = fresh.buf;
  d.head = 0;
  d.size = 0;
  d.left = CENTER + 1;
  d.state++;
  for (let i = 0; i < items.length; i++) decref(items[i]!);
}

// --- construction, destruction ---------------------------------------------------------------------------------------

function deque_new(type: PyTypeObject, _args: PyObject, _kwargs: PyObject | null): PyObject {
  return type.tp_alloc!(type, new DequeData());
}

function deque_init(self: PyObject, args: PyObject, kwargs: PyObject | null): void {
  const [iterable, max] = PyArg_Clinic('deque', '(iterable=(), maxlen=None)', args, kwargs) as (PyObject | null)[];
  let maxlen = -1;
  if (max && max !== Py_None) {
    if (!PyLong_Check(max)) PyErr_SetString(PyExc_TypeError, 'an integer is required');
    maxlen = ssize_arg(max);
    if (maxlen < 0) PyErr_SetString(PyExc_ValueError, 'maxlen must be non-negative');
  }
  (self as DequeObject).v.maxlen = maxlen;
  deque_clear(self);
  if (iterable) extend(self as DequeObject, iterable, true);
}

function deque_dealloc(self: PyObject): void {
  gc_del(self);
  if ((self.g & G_WEAKREFS) !== 0) PyObject_ClearWeakRefs(self);
  const d = (self as DequeObject).v;
  for (let i = 0; i < d.size; i++) decref(at(d, i));
}

function deque_traverse(self: PyObject, visit: visitproc): void {
  const d = (self as DequeObject).v;
  for (let i = 0; i < d.size; i++) visit(at(d, i));
}

// --- text and comparison ---------------------------------------------------------------------------------------------

function deque_repr(self: PyObject): PyObject {
  if (Py_ReprEnter(self)) return PyUnicode_FromString('[...]');
  try {
    const list = PySequence_List(self);
    let text: string;
    try {
      text = repr_string(list);
    } finally {
      decref(list);
    }
    const maxlen = (self as DequeObject).v.maxlen;
    const name = self.ob_type.tp_name.slice(self.ob_type.tp_name.lastIndexOf('.') + 1);
    return PyUnicode_FromString(maxlen >= 0 ? `${name}(${text}, maxlen=${maxlen})` : `${name}(${text})`);
  } finally {
    Py_ReprLeave(self);
  }
}

function deque_richcompare(self: PyObject, other: PyObject, op: number): PyObject {
  if (!is_deque(self) || !is_deque(other)) return newref(Py_NotImplemented);
  const n = self.v.size;
  const m = other.v.size;
  if (op === Py_EQ || op === Py_NE) {
    if (self === other) return newref(op === Py_EQ ? Py_True : Py_False);
    if (n !== m) return newref(op === Py_NE ? Py_True : Py_False);
  }
  const it1 = PyObject_GetIter(self);
  const it2 = PyObject_GetIter(other);
  try {
    for (;;) {
      const x = it1.ob_type.tp_iternext!(it1);
      if (x === null) break;
      let y: PyObject | null = null;
      try {
        y = it2.ob_type.tp_iternext!(it2);
        if (y === null) break;
        if (!PyObject_RichCompareBool(x, y, Py_EQ)) {
          if (op === Py_EQ || op === Py_NE) return newref(op === Py_NE ? Py_True : Py_False);
          return PyObject_RichCompare(x, y, op);
        }
      } finally {
        decref(x);
        xdecref(y);
      }
    }
    return newref(compare_lengths(n, m, op) ? Py_True : Py_False);
  } finally {
    decref(it1);
    decref(it2);
  }
}

function is_deque(o: PyObject): o is DequeObject {
  return PyObject_TypeCheck(o, deque_type);
}

// --- the sequence protocol ------------------------------------------------------------------------------------------

function deque_len(self: PyObject): number {
  return (self as DequeObject).v.size;
}

function deque_item(self: PyObject, i: number): PyObject {
  const d = (self as DequeObject).v;
  if (i < 0 || i >= d.size) PyErr_SetString(PyExc_IndexError, 'deque index out of range');
  return newref(at(d, i));
}

function deque_ass_item(self: PyObject, i: number, value: PyObject | null): void {
  const d = (self as DequeObject).v;
  if (i < 0 || i >= d.size) PyErr_SetString(PyExc_IndexError, 'deque index out of range');
  if (value === null) {
    delete_at(d, i);
    return;
  }
  const k = (d.head + i) & (d.buf.length - 1);
  const old = d.buf[k]!;
  d.buf[k] = newref(value);
  decref(old);
}

/** CPython: deque_del_item: rotate, pop, rotate back. */
function delete_at(d: DequeData, i: number): void {
  rotate(d, -i);
  const item = take_left(d);
  rotate(d, i);
  decref(item);
}

/** Moves `n` items from the right end to the left (negative: the other way). CPython: _deque_rotate */
function rotate(d: DequeData, n: number): void {
  const len = d.size;
  if (len <= 1) return;
  const half = len >> 1;
  if (n > half || n < -half) {
    n %= len;
    if (n > half) n -= len;
    else if (n < -half) n += len;
  }
  d.state++;
  for (; n > 0; n--) push_left(d, take_right(d));
  for (; n < 0; n++) push_right(d, take_left(d));
}

function mutated(type: PyTypeObject): never {
  PyErr_SetString(type, 'deque mutated during iteration');
}

/** Whether the item at `i` equals; raises if the comparison changed the deque. */
function equals_at(d: DequeData, i: number, value: PyObject, error: PyTypeObject): boolean {
  const item = newref(at(d, i));
  const state = d.state;
  let same: boolean;
  try {
    same = PyObject_RichCompareBool(item, value, Py_EQ);
  } finally {
    decref(item);
  }
  if (state !== d.state) mutated(error);
  return same;
}

function deque_contains(self: PyObject, value: PyObject): boolean {
  const d = (self as DequeObject).v;
  for (let i = 0; i < d.size; i++) if (equals_at(d, i, value, PyExc_RuntimeError)) return true;
  return false;
}

function deque_concat(self: PyObject, other: PyObject): PyObject {
  if (!is_deque(other)) {
    PyErr_SetString(PyExc_TypeError, `can only concatenate deque (not "${other.ob_type.tp_name}") to deque`);
  }
  const result = deque_copy(self);
  try {
    extend(result as DequeObject, other, true);
  } catch (e) {
    decref(result);
    throw e;
  }
  return result;
}

function deque_inplace_concat(self: PyObject, other: PyObject): PyObject {
  extend(self as DequeObject, other, true);
  return newref(self);
}

/** CPython: deque_inplace_repeat */
function deque_inplace_repeat(self: PyObject, n: number): PyObject {
  const d = (self as DequeObject).v;
  const size = d.size;
  if (size === 0 || n === 1) return newref(self);
  if (n <= 0) {
    deque_clear(self);
    return newref(self);
  }
  if (size === 1 && d.maxlen >= 0 && n > d.maxlen) n = d.maxlen;
  const items = items_of(d);
  for (let k = 1; k < n; k++) for (let i = 0; i < size; i++) append(d, newref(items[i]!));
  decref_all(items);
  return newref(self);
}

function deque_repeat(self: PyObject, n: number): PyObject {
  const copy = deque_copy(self);
  const result = deque_inplace_repeat(copy, n);
  decref(copy);
  return result;
}

// --- methods ---------------------------------------------------------------------------------------------------------

function deque_append(self: PyObject, item: PyObject): PyObject {
  append((self as DequeObject).v, newref(item));
  return newref(Py_None);
}

function deque_appendleft(self: PyObject, item: PyObject): PyObject {
  appendleft((self as DequeObject).v, newref(item));
  return newref(Py_None);
}

function deque_extend(self: PyObject, iterable: PyObject): PyObject {
  extend(self as DequeObject, iterable, true);
  return newref(Py_None);
}

function deque_extendleft(self: PyObject, iterable: PyObject): PyObject {
  extend(self as DequeObject, iterable, false);
  return newref(Py_None);
}

function deque_pop(self: PyObject): PyObject {
  const d = (self as DequeObject).v;
  if (d.size === 0) PyErr_SetString(PyExc_IndexError, 'pop from an empty deque');
  return take_right(d);
}

function deque_popleft(self: PyObject): PyObject {
  const d = (self as DequeObject).v;
  if (d.size === 0) PyErr_SetString(PyExc_IndexError, 'pop from an empty deque');
  return take_left(d);
}

/** CPython: deque_copy_impl */
function deque_copy(self: PyObject): PyObject {
  const d = (self as DequeObject).v;
  if (self.ob_type === deque_type) {
    const copy = deque_new(deque_type, self, null) as DequeObject;
    copy.v.maxlen = d.maxlen;
    extend(copy, self, true);
    return copy;
  }
  let result: PyObject;
  if (d.maxlen < 0) result = PyObject_CallOneArg(self.ob_type, self);
  else {
    const maxlen = PyLong_FromLong(d.maxlen);
    try {
      result = PyObject_CallTwoArgs(self.ob_type, self, maxlen);
    } finally {
      decref(maxlen);
    }
  }
  if (!is_deque(result)) {
    const text = `${self.ob_type.tp_name}() must return a deque, not ${result.ob_type.tp_name}`;
    decref(result);
    PyErr_SetString(PyExc_TypeError, text);
  }
  return result;
}

function deque_clear_method(self: PyObject): PyObject {
  deque_clear(self);
  return newref(Py_None);
}

function deque_rotate(self: PyObject, n: PyObject | null): PyObject {
  rotate((self as DequeObject).v, n === null ? 1 : ssize_arg(n));
  return newref(Py_None);
}

function deque_reverse(self: PyObject): PyObject {
  const d = (self as DequeObject).v;
  const mask = d.buf.length - 1;
  for (let i = 0, j = d.size - 1; i < j; i++, j--) {
    const a = (d.head + i) & mask;
    const b = (d.head + j) & mask;
    const t = d.buf[a]!;
    d.buf[a] = d.buf[b]!;
    d.buf[b] = t;
  }
  return newref(Py_None);
}

function deque_count(self: PyObject, value: PyObject): PyObject {
  const d = (self as DequeObject).v;
  let count = 0;
  for (let i = 0; i < d.size; i++) if (equals_at(d, i, value, PyExc_RuntimeError)) count++;
  return PyLong_FromLong(count);
}

function deque_index(self: PyObject, args: PyObject[]): PyObject {
  check_positional('index', args.length, 1, 3);
  const d = (self as DequeObject).v;
  const bound = (o: PyObject): number => {
    const i = slice_index(o);
    return i < 0 ? Math.max(0, i + d.size) : i;
  };
  let start = args.length > 1 ? bound(args[1]!) : 0;
  let stop = args.length > 2 ? bound(args[2]!) : d.size;
  if (stop > d.size) stop = d.size;
  if (start > stop) start = stop;
  for (let i = start; i < stop; i++) {
    if (equals_at(d, i, args[0]!, PyExc_RuntimeError)) return PyLong_FromLong(i);
  }
  PyErr_SetString(PyExc_ValueError, 'deque.index(x): x not in deque');
}

function deque_insert(self: PyObject, index: PyObject, value: PyObject): PyObject {
  const d = (self as DequeObject).v;
  const i = ssize_arg(index);
  const n = d.size;
  if (d.maxlen === n) PyErr_SetString(PyExc_IndexError, 'deque already at its maximum size');
  if (i >= n) append(d, newref(value));
  else if (i <= -n || i === 0) appendleft(d, newref(value));
  else {
    rotate(d, -i);
    if (i < 0) append(d, newref(value));
    else appendleft(d, newref(value));
    rotate(d, i);
  }
  return newref(Py_None);
}

function deque_remove(self: PyObject, value: PyObject): PyObject {
  const d = (self as DequeObject).v;
  for (let i = 0; i < d.size; i++) {
    if (equals_at(d, i, value, PyExc_IndexError)) {
      delete_at(d, i);
      return newref(Py_None);
    }
  }
  PyErr_SetString(PyExc_ValueError, 'deque.remove(x): x not in deque');
}

function deque_reduce(self: PyObject): PyObject {
  const { maxlen } = (self as DequeObject).v;
  const state = PyObject_CallMethodNoArgs(self, '__getstate__');
  let it: PyObject;
  try {
    it = PyObject_GetIter(self);
  } catch (e) {
    decref(state);
    throw e;
  }
  const args =
    maxlen < 0
      ? PyTuple_FromArraySteal([])
      : PyTuple_FromArraySteal([PyTuple_FromArraySteal([]), PyLong_FromLong(maxlen)]);
  return PyTuple_FromArraySteal([newref(self.ob_type as PyObject), args, state, it]);
}

function deque_sizeof(self: PyObject): PyObject {
  const d = (self as DequeObject).v;
  const blocks = Math.floor((d.left + d.size + BLOCKLEN - 1) / BLOCKLEN);
  return PyLong_FromLong(self.ob_type.tp_basicsize + Math.max(1, blocks) * 528);
}

function deque_get_maxlen(self: PyObject): PyObject {
  const { maxlen } = (self as DequeObject).v;
  return maxlen < 0 ? newref(Py_None) : PyLong_FromLong(maxlen);
}

function class_getitem(type: PyObject, item: PyObject): PyObject {
  return Py_GenericAlias(type, item);
}

// --- iterators -------------------------------------------------------------------------------------------------------

class DequeIter {
  /** Owned. */
  deque: DequeObject;
  state: number;
  /** Index of the next item, and how many are left. */
  index: number;
  counter: number;
  constructor(deque: DequeObject, reverse: boolean) {
    this.deque = deque;
    this.state = deque.v.state;
    this.index = reverse ? deque.v.size - 1 : 0;
    this.counter = deque.v.size;
  }
}
type DequeIterObject = PyObject<DequeIter>;

function iterator_over(self: PyObject, type: PyTypeObject): PyObject {
  return type.tp_alloc!(type, new DequeIter(newref(self as DequeObject), type === dequereviter_type));
}

function deque_iter(self: PyObject): PyObject {
  return iterator_over(self, dequeiter_type);
}

function deque_reversed(self: PyObject): PyObject {
  return iterator_over(self, dequereviter_type);
}

function step(it: DequeIter, by: number): PyObject | null {
  if (it.deque.v.state !== it.state) {
    it.counter = 0;
    mutated(PyExc_RuntimeError);
  }
  if (it.counter === 0) return null;
  const item = newref(at(it.deque.v, it.index));
  it.index += by;
  it.counter--;
  return item;
}

function dequeiter_next(self: PyObject): PyObject | null {
  return step((self as DequeIterObject).v, 1);
}

function dequereviter_next(self: PyObject): PyObject | null {
  const it = (self as DequeIterObject).v;
  if (it.counter === 0) return null;
  return step(it, -1);
}

/** _deque_iterator(deque, index=0): for unpickling. */
function dequeiter_new(type: PyTypeObject, args: PyObject, _kwargs: PyObject | null): PyObject {
  const a = (args as PyTupleObject).v;
  if (a.length < 1) PyErr_SetString(PyExc_TypeError, 'function takes at least 1 argument (0 given)');
  if (a.length > 2) PyErr_SetString(PyExc_TypeError, `function takes at most 2 arguments (${a.length} given)`);
  if (!is_deque(a[0]!)) {
    PyErr_SetString(PyExc_TypeError, `argument 1 must be collections.deque, not ${a[0]!.ob_type.tp_name}`);
  }
  const n = a.length > 1 ? ssize_arg(a[1]!) : 0;
  const it = iterator_over(a[0]!, type === dequereviter_type ? dequereviter_type : dequeiter_type);
  const next = it.ob_type.tp_iternext!;
  for (let i = 0; i < n; i++) {
    const item = next(it);
    if (item === null) break;
    decref(item);
  }
  return it;
}

function dequeiter_dealloc(self: PyObject): void {
  gc_del(self);
  decref((self as DequeIterObject).v.deque);
}

function dequeiter_traverse(self: PyObject, visit: visitproc): void {
  visit((self as DequeIterObject).v.deque);
}

function dequeiter_len(self: PyObject): PyObject {
  return PyLong_FromLong((self as DequeIterObject).v.counter);
}

function dequeiter_reduce(self: PyObject): PyObject {
  const it = (self as DequeIterObject).v;
  const done = PyLong_FromLong(it.deque.v.size - it.counter);
  return PyTuple_FromArraySteal([
    newref(self.ob_type as PyObject),
    PyTuple_FromArraySteal([newref(it.deque as PyObject), done]),
  ]);
}

function self_iter(self: PyObject): PyObject {
  return newref(self);
}

export const dequeiter_type = static_type({
  name: 'collections._deque_iterator',
  heap: 'immutable',
  tp_basicsize: 56,
  tp_flags: Py_TPFLAGS_HAVE_GC,
  tp_dealloc: dequeiter_dealloc,
  tp_traverse: dequeiter_traverse,
  tp_iter: self_iter,
  tp_iternext: dequeiter_next,
  tp_new: dequeiter_new,
  methods: [
    { name: '__length_hint__', flags: METH_NOARGS, meth: dequeiter_len, sig: '($self, /)' },
    { name: '__reduce__', flags: METH_NOARGS, meth: dequeiter_reduce, sig: '($self, /)' },
  ],
});

export const dequereviter_type = static_type({
  name: 'collections._deque_reverse_iterator',
  heap: 'immutable',
  tp_basicsize: 56,
  tp_flags: Py_TPFLAGS_HAVE_GC,
  tp_dealloc: dequeiter_dealloc,
  tp_traverse: dequeiter_traverse,
  tp_iter: self_iter,
  tp_iternext: dequereviter_next,
  tp_new: dequeiter_new,
  methods: [
    { name: '__length_hint__', flags: METH_NOARGS, meth: dequeiter_len, sig: '($self, /)' },
    { name: '__reduce__', flags: METH_NOARGS, meth: dequeiter_reduce, sig: '($self, /)' },
  ],
});

export const deque_type = static_type({
  name: 'collections.deque',
  heap: 'immutable',
  tp_basicsize: 216,
  tp_weaklistoffset: 208,
  has_weakrefs: true,
  tp_flags: Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_SEQUENCE,
  tp_doc: 'A list-like sequence optimized for access near its ends.',
  tp_dealloc: deque_dealloc,
  tp_traverse: deque_traverse,
  tp_clear: deque_clear,
  tp_repr: deque_repr,
  tp_hash: PyObject_HashNotImplemented,
  tp_richcompare: deque_richcompare,
  tp_iter: deque_iter,
  tp_init: deque_init,
  tp_new: deque_new,
  sq_length: deque_len,
  sq_concat: deque_concat,
  sq_repeat: deque_repeat,
  sq_item: deque_item,
  sq_ass_item: deque_ass_item,
  sq_contains: deque_contains,
  sq_inplace_concat: deque_inplace_concat,
  sq_inplace_repeat: deque_inplace_repeat,
  methods: [
    { name: 'append', flags: METH_O, meth: deque_append, sig: '($self, item, /)' },
    { name: 'appendleft', flags: METH_O, meth: deque_appendleft, sig: '($self, item, /)' },
    { name: 'clear', flags: METH_NOARGS, meth: deque_clear_method, sig: '($self, /)' },
    { name: '__copy__', flags: METH_NOARGS, meth: deque_copy, sig: '($self, /)' },
    { name: 'copy', flags: METH_NOARGS, meth: deque_copy, sig: '($self, /)' },
    { name: 'count', flags: METH_O, meth: deque_count, sig: '($self, value, /)' },
    { name: 'extend', flags: METH_O, meth: deque_extend, sig: '($self, iterable, /)' },
    { name: 'extendleft', flags: METH_O, meth: deque_extendleft, sig: '($self, iterable, /)' },
    { name: 'index', flags: METH_FASTCALL, meth: deque_index, sig: '($self, value, [start, [stop]])' },
    { name: 'insert', flags: METH_CLINIC, meth: deque_insert, sig: '($self, index, value, /)' },
    { name: 'pop', flags: METH_NOARGS, meth: deque_pop, sig: '($self, /)' },
    { name: 'popleft', flags: METH_NOARGS, meth: deque_popleft, sig: '($self, /)' },
    { name: '__reduce__', flags: METH_NOARGS, meth: deque_reduce, sig: '($self, /)' },
    { name: 'remove', flags: METH_O, meth: deque_remove, sig: '($self, value, /)' },
    { name: '__reversed__', flags: METH_NOARGS, meth: deque_reversed, sig: '($self, /)' },
    { name: 'reverse', flags: METH_NOARGS, meth: deque_reverse, sig: '($self, /)' },
    { name: 'rotate', flags: METH_CLINIC, meth: deque_rotate, sig: '($self, n=1, /)' },
    { name: '__sizeof__', flags: METH_NOARGS, meth: deque_sizeof, sig: '($self, /)' },
    { name: '__class_getitem__', flags: METH_O | METH_CLASS, meth: class_getitem, sig: '($type, object, /)' },
  ],
  getset: [{ name: 'maxlen', get: deque_get_maxlen, doc: 'Most items, or None.' }],
  after_ready: type => {
    type.tp_data = { text_signature: '([iterable[, maxlen]])' };
  },
});
