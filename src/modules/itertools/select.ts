// select.ts: the iterators that pass on, group or combine the items of their arguments.   CPython: Modules/itertoolsmodule.c

import { PyErr_Clear, PyErr_SetString, Raised } from '../../core/errors.ts';
import {
  decref,
  decref_all,
  incref,
  newref,
  Py_EQ,
  Py_TPFLAGS_BASETYPE,
  Py_TPFLAGS_HAVE_GC,
  type PyObject,
  type PyTypeObject,
  type visitproc,
  xdecref,
} from '../../core/object.ts';
import { METH_CLASS, METH_O, static_type } from '../../core/spec.ts';
import { PyNumber_Add, PyNumber_AsSsize_t, PyObject_GetIter, PySequence_Tuple } from '../../objects/abstract.ts';
import { check_no_keywords, ssize_arg } from '../../objects/argcheck.ts';
import { PyBool_Type } from '../../objects/boolobject.ts';
import { PyObject_Call, PyObject_CallOneArg, PyObject_CallTwoArgs } from '../../objects/call.ts';
import { PyDict_GetItemString, PyDict_Size } from '../../objects/dictobject.ts';
import { PyExc_OverflowError, PyExc_TypeError } from '../../objects/exceptions.ts';
import { Py_GenericAlias } from '../../objects/genericaliasobject.ts';
import { PyArg_Clinic } from '../../objects/getargs.ts';
import { Py_None, PyObject_IsTrue, PyObject_RichCompareBool } from '../../objects/object.ts';
import { new_tuple_tracked, PyTuple_Type, type PyTupleObject, tuple_recycle } from '../../objects/tupleobject.ts';
import { PyObject_TypeCheck } from '../../objects/typeobject.ts';
import { next_of, owner_dealloc, owner_traverse, positional, self_iter, value_error } from './common.ts';

const FLAGS = Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE;

/** A function and an iterator, both owned. */
class FuncIter {
  func: PyObject;
  it: PyObject;
  /** takewhile: has stopped; dropwhile: has started. */
  flag = false;
  constructor(func: PyObject, it: PyObject) {
    this.func = func;
    this.it = it;
  }
  each(visit: visitproc): void {
    visit(this.func);
    visit(this.it);
  }
}

type FuncIterObject = PyObject<FuncIter>;

function func_iter_new(base: () => PyTypeObject, name: string): PyTypeObject['tp_new'] {
  return (type, args, kwargs) => {
    const [func, iterable] = positional(type, base(), name, args, kwargs, 2, 2);
    const it = PyObject_GetIter(iterable!);
    return type.tp_alloc!(type, new FuncIter(newref(func!), it));
  };
}

/** The truth of func(item); releases the item if that throws. */
function test(func: PyObject, item: PyObject): boolean {
  try {
    const good = PyObject_CallOneArg(func, item);
    try {
      return PyObject_IsTrue(good);
    } finally {
      decref(good);
    }
  } catch (e) {
    decref(item);
    throw e;
  }
}

function takewhile_next(self: PyObject): PyObject | null {
  const lz = (self as FuncIterObject).v;
  if (lz.flag) return null;
  const item = next_of(lz.it);
  if (item === null) return null;
  if (test(lz.func, item)) return item;
  decref(item);
  lz.flag = true;
  return null;
}

function dropwhile_next(self: PyObject): PyObject | null {
  const lz = (self as FuncIterObject).v;
  for (;;) {
    const item = next_of(lz.it);
    if (item === null || lz.flag) return item;
    if (!test(lz.func, item)) {
      lz.flag = true;
      return item;
    }
    decref(item);
  }
}

function filterfalse_next(self: PyObject): PyObject | null {
  const lz = (self as FuncIterObject).v;
  const plain = lz.func === Py_None || lz.func === (PyBool_Type as PyObject);
  for (;;) {
    const item = next_of(lz.it);
    if (item === null) return null;
    let ok: boolean;
    if (plain) {
      try {
        ok = PyObject_IsTrue(item);
      } catch (e) {
        decref(item);
        throw e;
      }
    } else ok = test(lz.func, item);
    if (!ok) return item;
    decref(item);
  }
}

function starmap_next(self: PyObject): PyObject | null {
  const lz = (self as FuncIterObject).v;
  let args = next_of(lz.it);
  if (args === null) return null;
  if (args.ob_type !== PyTuple_Type) {
    const item = args;
    try {
      args = PySequence_Tuple(item);
    } finally {
      decref(item);
    }
  }
  try {
    return PyObject_Call(lz.func, args, null);
  } finally {
    decref(args);
  }
}

export const takewhile_type = static_type({
  name: 'itertools.takewhile',
  heap: 'immutable',
  tp_basicsize: 40,
  tp_flags: FLAGS,
  tp_doc: 'Items as long as the predicate is true.',
  tp_dealloc: owner_dealloc,
  tp_traverse: owner_traverse,
  tp_iter: self_iter,
  tp_iternext: takewhile_next,
  tp_new: /* @__PURE__ */ func_iter_new(() => takewhile_type, 'takewhile'),
  after_ready: type => {
    type.tp_data = { text_signature: '(predicate, iterable, /)' };
  },
});

export const dropwhile_type = static_type({
  name: 'itertools.dropwhile',
  heap: 'immutable',
  tp_basicsize: 40,
  tp_flags: FLAGS,
  tp_doc: 'Items from the first for which the predicate is false.',
  tp_dealloc: owner_dealloc,
  tp_traverse: owner_traverse,
  tp_iter: self_iter,
  tp_iternext: dropwhile_next,
  tp_new: /* @__PURE__ */ func_iter_new(() => dropwhile_type, 'dropwhile'),
  after_ready: type => {
    type.tp_data = { text_signature: '(predicate, iterable, /)' };
  },
});

export const filterfalse_type = static_type({
  name: 'itertools.filterfalse',
  heap: 'immutable',
  tp_basicsize: 32,
  tp_flags: FLAGS,
  tp_doc: 'Items for which the function is false.',
  tp_dealloc: owner_dealloc,
  tp_traverse: owner_traverse,
  tp_iter: self_iter,
  tp_iternext: filterfalse_next,
  tp_new: /* @__PURE__ */ func_iter_new(() => filterfalse_type, 'filterfalse'),
  after_ready: type => {
    type.tp_data = { text_signature: '(function, iterable, /)' };
  },
});

export const starmap_type = static_type({
  name: 'itertools.starmap',
  heap: 'immutable',
  tp_basicsize: 32,
  tp_flags: FLAGS,
  tp_doc: 'Results of calling with the unpacked items.',
  tp_dealloc: owner_dealloc,
  tp_traverse: owner_traverse,
  tp_iter: self_iter,
  tp_iternext: starmap_next,
  tp_new: /* @__PURE__ */ func_iter_new(() => starmap_type, 'starmap'),
  after_ready: type => {
    type.tp_data = { text_signature: '(function, iterable, /)' };
  },
});

// --- accumulate ------------------------------------------------------------------------------------------------------

class Accumulate {
  /** All owned. */
  it: PyObject;
  func: PyObject | null;
  initial: PyObject | null;
  total: PyObject | null = null;
  constructor(it: PyObject, func: PyObject | null, initial: PyObject | null) {
    this.it = it;
    this.func = func;
    this.initial = initial;
  }
  each(visit: visitproc): void {
    visit(this.it);
    if (this.func !== null) visit(this.func);
    if (this.initial !== null) visit(this.initial);
    if (this.total !== null) visit(this.total);
  }
}

function or_null(o: PyObject | null | undefined): PyObject | null {
  return o === null || o === undefined || o === Py_None ? null : newref(o);
}

function accumulate_new(type: PyTypeObject, args: PyObject, kwargs: PyObject | null): PyObject {
  const sig = '(iterable, func=None, *, initial=None)';
  const [iterable, func, initial] = PyArg_Clinic('accumulate', sig, args, kwargs) as (PyObject | null)[];
  const it = PyObject_GetIter(iterable!);
  return type.tp_alloc!(type, new Accumulate(it, or_null(func), or_null(initial)));
}

function accumulate_next(self: PyObject): PyObject | null {
  const lz = (self as PyObject<Accumulate>).v;
  if (lz.initial !== null) {
    lz.total = lz.initial;
    lz.initial = null;
    return newref(lz.total);
  }
  const item = next_of(lz.it);
  if (item === null) return null;
  if (lz.total === null) {
    lz.total = newref(item);
    return item;
  }
  let total: PyObject;
  try {
    total = lz.func === null ? PyNumber_Add(lz.total, item) : PyObject_CallTwoArgs(lz.func, lz.total, item);
  } finally {
    decref(item);
  }
  const old = lz.total;
  lz.total = total;
  incref(total);
  xdecref(old);
  return total;
}

export const accumulate_type = static_type({
  name: 'itertools.accumulate',
  heap: 'immutable',
  tp_basicsize: 56,
  tp_flags: FLAGS,
  tp_doc: 'Running totals.',
  tp_dealloc: owner_dealloc,
  tp_traverse: owner_traverse,
  tp_iter: self_iter,
  tp_iternext: accumulate_next,
  tp_new: accumulate_new,
  after_ready: type => {
    type.tp_data = { text_signature: '(iterable, func=None, *, initial=None)' };
  },
});

// --- batched ---------------------------------------------------------------------------------------------------------

class Batched {
  /** Owned; null once exhausted. */
  it: PyObject | null;
  size: number;
  strict: boolean;
  constructor(it: PyObject, size: number, strict: boolean) {
    this.it = it;
    this.size = size;
    this.strict = strict;
  }
  each(visit: visitproc): void {
    if (this.it !== null) visit(this.it);
  }
}

function batched_new(type: PyTypeObject, args: PyObject, kwargs: PyObject | null): PyObject {
  const sig = '(iterable, n, *, strict=False)';
  const [iterable, n, strict] = PyArg_Clinic('batched', sig, args, kwargs) as (PyObject | null)[];
  const size = ssize_arg(n!);
  const flag = strict ? PyObject_IsTrue(strict) : false;
  if (size < 1) value_error('n must be at least one');
  return type.tp_alloc!(type, new Batched(PyObject_GetIter(iterable!), size, flag));
}

function batched_next(self: PyObject): PyObject | null {
  const bo = (self as PyObject<Batched>).v;
  const it = bo.it;
  if (it === null) return null;
  const items: PyObject[] = [];
  try {
    while (items.length < bo.size) {
      const item = next_of(it);
      if (item === null) break;
      items.push(item);
    }
  } catch (e) {
    bo.it = null;
    decref(it);
    decref_all(items);
    throw e;
  }
  if (items.length === bo.size) return new_tuple_tracked(items);
  bo.it = null;
  decref(it);
  if (items.length === 0) return null;
  if (bo.strict) {
    decref_all(items);
    value_error('batched(): incomplete batch');
  }
  return new_tuple_tracked(items);
}

export const batched_type = static_type({
  name: 'itertools.batched',
  heap: 'immutable',
  tp_basicsize: 40,
  tp_flags: FLAGS,
  tp_doc: "Tuples of n items; the last may be shorter.\n\n>>> list(batched('abcde', 2))\n[('a', 'b'), ('c', 'd'), ('e',)]",
  tp_dealloc: owner_dealloc,
  tp_traverse: owner_traverse,
  tp_iter: self_iter,
  tp_iternext: batched_next,
  tp_new: batched_new,
  after_ready: type => {
    type.tp_data = { text_signature: '(iterable, n, *, strict=False)' };
  },
});

// --- chain -----------------------------------------------------------------------------------------------------------

class Chain {
  /** Owned: iterator over the iterables; null once exhausted. */
  source: PyObject | null;
  /** Owned: iterator over the present one. */
  active: PyObject | null = null;
  constructor(source: PyObject) {
    this.source = source;
  }
  each(visit: visitproc): void {
    if (this.active !== null) visit(this.active);
    if (this.source !== null) visit(this.source);
  }
}

function chain_new(type: PyTypeObject, args: PyObject, kwargs: PyObject | null): PyObject {
  if (type === chain_type || type.tp_init === chain_type.tp_init) check_no_keywords('chain', kwargs);
  return type.tp_alloc!(type, new Chain(PyObject_GetIter(args)));
}

function chain_from_iterable(type: PyObject, iterable: PyObject): PyObject {
  const source = PyObject_GetIter(iterable);
  return (type as PyTypeObject).tp_alloc!(type as PyTypeObject, new Chain(source));
}

/** CPython: chain_next */
function chain_next(self: PyObject): PyObject | null {
  const lz = (self as PyObject<Chain>).v;
  while (lz.source !== null) {
    if (lz.active === null) {
      const source = lz.source;
      try {
        const iterable = next_of(source);
        if (iterable !== null) {
          try {
            lz.active = PyObject_GetIter(iterable);
          } finally {
            decref(iterable);
          }
        }
      } finally {
        if (lz.active === null) {
          lz.source = null;
          decref(source);
        }
      }
      if (lz.active === null) return null;
    }
    const item = next_of(lz.active);
    if (item !== null) return item;
    const done = lz.active;
    lz.active = null;
    decref(done);
  }
  return null;
}

function class_getitem(type: PyObject, item: PyObject): PyObject {
  return Py_GenericAlias(type, item);
}

export const chain_type = static_type({
  name: 'itertools.chain',
  heap: 'immutable',
  tp_basicsize: 32,
  tp_flags: FLAGS,
  tp_doc: 'The items of one iterable after the other.',
  tp_dealloc: owner_dealloc,
  tp_traverse: owner_traverse,
  tp_iter: self_iter,
  tp_iternext: chain_next,
  tp_new: chain_new,
  methods: [
    { name: 'from_iterable', flags: METH_O | METH_CLASS, meth: chain_from_iterable, sig: '($type, iterable, /)' },
    { name: '__class_getitem__', flags: METH_O | METH_CLASS, meth: class_getitem, sig: '($type, object, /)' },
  ],
  after_ready: type => {
    type.tp_data = { text_signature: '(*iterables)' };
  },
});

// --- compress --------------------------------------------------------------------------------------------------------

class Compress {
  /** Owned. */
  data: PyObject;
  selectors: PyObject;
  constructor(data: PyObject, selectors: PyObject) {
    this.data = data;
    this.selectors = selectors;
  }
  each(visit: visitproc): void {
    visit(this.data);
    visit(this.selectors);
  }
}

function compress_new(type: PyTypeObject, args: PyObject, kwargs: PyObject | null): PyObject {
  const [seq1, seq2] = PyArg_Clinic('compress', '(data, selectors)', args, kwargs) as PyObject[];
  const data = PyObject_GetIter(seq1!);
  let selectors: PyObject;
  try {
    selectors = PyObject_GetIter(seq2!);
  } catch (e) {
    decref(data);
    throw e;
  }
  return type.tp_alloc!(type, new Compress(data, selectors));
}

function compress_next(self: PyObject): PyObject | null {
  const lz = (self as PyObject<Compress>).v;
  for (;;) {
    const datum = next_of(lz.data);
    if (datum === null) return null;
    let ok: boolean;
    try {
      const selector = next_of(lz.selectors);
      if (selector === null) {
        decref(datum);
        return null;
      }
      try {
        ok = PyObject_IsTrue(selector);
      } finally {
        decref(selector);
      }
    } catch (e) {
      decref(datum);
      throw e;
    }
    if (ok) return datum;
    decref(datum);
  }
}

export const compress_type = static_type({
  name: 'itertools.compress',
  heap: 'immutable',
  tp_basicsize: 32,
  tp_flags: FLAGS,
  tp_doc: 'Items whose selector is true.',
  tp_dealloc: owner_dealloc,
  tp_traverse: owner_traverse,
  tp_iter: self_iter,
  tp_iternext: compress_next,
  tp_new: compress_new,
  after_ready: type => {
    type.tp_data = { text_signature: '(data, selectors)' };
  },
});

// --- groupby ---------------------------------------------------------------------------------------------------------

class GroupBy {
  /** All owned but `grouper`, the newest group, which is borrowed. */
  it: PyObject;
  keyfunc: PyObject;
  tgtkey: PyObject | null = null;
  currkey: PyObject | null = null;
  currvalue: PyObject | null = null;
  grouper: PyObject | null = null;
  constructor(it: PyObject, keyfunc: PyObject) {
    this.it = it;
    this.keyfunc = keyfunc;
  }
  each(visit: visitproc): void {
    visit(this.it);
    visit(this.keyfunc);
    if (this.tgtkey !== null) visit(this.tgtkey);
    if (this.currkey !== null) visit(this.currkey);
    if (this.currvalue !== null) visit(this.currvalue);
  }
}

type GroupByObject = PyObject<GroupBy>;

class Grouper {
  /** Owned. */
  parent: GroupByObject;
  tgtkey: PyObject;
  constructor(parent: GroupByObject, tgtkey: PyObject) {
    this.parent = parent;
    this.tgtkey = tgtkey;
  }
  each(visit: visitproc): void {
    visit(this.parent);
    visit(this.tgtkey);
  }
}

function groupby_new(type: PyTypeObject, args: PyObject, kwargs: PyObject | null): PyObject {
  const [iterable, key] = PyArg_Clinic('groupby', '(iterable, key=None)', args, kwargs) as (PyObject | null)[];
  const it = PyObject_GetIter(iterable!);
  return type.tp_alloc!(type, new GroupBy(it, newref(key ?? Py_None)));
}

/** Reads one item and its key; false at the end. CPython: groupby_step */
function groupby_step(gbo: GroupBy): boolean {
  const value = next_of(gbo.it);
  if (value === null) return false;
  let key: PyObject;
  if (gbo.keyfunc === Py_None) key = newref(value);
  else {
    try {
      key = PyObject_CallOneArg(gbo.keyfunc, value);
    } catch (e) {
      decref(value);
      throw e;
    }
  }
  const oldvalue = gbo.currvalue;
  gbo.currvalue = value;
  const oldkey = gbo.currkey;
  gbo.currkey = key;
  xdecref(oldvalue);
  xdecref(oldkey);
  return true;
}

function same_key(a: PyObject, b: PyObject): boolean {
  incref(a);
  incref(b);
  try {
    return PyObject_RichCompareBool(a, b, Py_EQ);
  } finally {
    decref(a);
    decref(b);
  }
}

function groupby_next(self: PyObject): PyObject | null {
  const gbo = (self as GroupByObject).v;
  gbo.grouper = null;
  // Skip what is left of the present group.
  for (;;) {
    if (gbo.currkey !== null) {
      if (gbo.tgtkey === null || !same_key(gbo.tgtkey, gbo.currkey)) break;
    }
    if (!groupby_step(gbo)) return null;
  }
  const old = gbo.tgtkey;
  gbo.tgtkey = newref(gbo.currkey!);
  xdecref(old);
  const grouper = grouper_create(self as GroupByObject, gbo.tgtkey);
  return new_tuple_tracked([newref(gbo.currkey!), grouper]);
}

function grouper_create(parent: GroupByObject, tgtkey: PyObject): PyObject {
  const igo = grouper_type.tp_alloc!(grouper_type, new Grouper(newref(parent), newref(tgtkey)));
  parent.v.grouper = igo;
  return igo;
}

function grouper_new(_type: PyTypeObject, args: PyObject, kwargs: PyObject | null): PyObject {
  const [parent, tgtkey] = positional(grouper_type, grouper_type, '_grouper', args, kwargs, 2, 2);
  if (!PyObject_TypeCheck(parent!, groupby_type)) {
    PyErr_SetString(PyExc_TypeError, `_grouper() argument 1 must be itertools.groupby, not ${parent!.ob_type.tp_name}`);
  }
  return grouper_create(parent as GroupByObject, tgtkey!);
}

function grouper_next(self: PyObject): PyObject | null {
  const igo = (self as PyObject<Grouper>).v;
  const gbo = igo.parent.v;
  if (gbo.grouper !== self) return null;
  if (gbo.currvalue === null && !groupby_step(gbo)) return null;
  if (gbo.currkey === null || !same_key(igo.tgtkey, gbo.currkey)) return null;
  const value = gbo.currvalue;
  gbo.currvalue = null;
  const key = gbo.currkey;
  gbo.currkey = null;
  xdecref(key);
  return value;
}

export const groupby_type = static_type({
  name: 'itertools.groupby',
  heap: 'immutable',
  tp_basicsize: 72,
  tp_flags: FLAGS,
  tp_doc: 'Pairs of a key and the iterator over the consecutive items that have it.',
  tp_dealloc: owner_dealloc,
  tp_traverse: owner_traverse,
  tp_iter: self_iter,
  tp_iternext: groupby_next,
  tp_new: groupby_new,
  after_ready: type => {
    type.tp_data = { text_signature: '(iterable, key=None)' };
  },
});

export const grouper_type = static_type({
  name: 'itertools._grouper',
  heap: 'immutable',
  tp_basicsize: 32,
  tp_flags: Py_TPFLAGS_HAVE_GC,
  tp_dealloc: owner_dealloc,
  tp_traverse: owner_traverse,
  tp_iter: self_iter,
  tp_iternext: grouper_next,
  tp_new: grouper_new,
});

// --- islice ----------------------------------------------------------------------------------------------------------

class ISlice {
  /** Owned; null once exhausted. */
  it: PyObject | null;
  next: number;
  /** -1: no end. */
  stop: number;
  step: number;
  cnt = 0;
  constructor(it: PyObject, next: number, stop: number, step: number) {
    this.it = it;
    this.next = next;
    this.stop = stop;
    this.step = step;
  }
  each(visit: visitproc): void {
    if (this.it !== null) visit(this.it);
  }
}

/** The index, or null where that raises anything. */
function try_index(o: PyObject): number | null {
  try {
    return PyNumber_AsSsize_t(o, PyExc_OverflowError);
  } catch (e) {
    if (!(e instanceof Raised)) throw e;
    PyErr_Clear(e);
    return null;
  }
}

const STOP_TEXT = 'Stop argument for islice() must be None or an integer: 0 <= x <= sys.maxsize.';

/** CPython: islice_new */
function islice_new(type: PyTypeObject, args: PyObject, kwargs: PyObject | null): PyObject {
  const [seq, a1, a2, a3] = positional(type, islice_type, 'islice', args, kwargs, 2, 4);
  let start = 0;
  let stop = -1;
  let step = 1;
  const stop_of = (o: PyObject): number => {
    if (o === Py_None) return -1;
    const i = try_index(o);
    if (i === null || i === -1) value_error(STOP_TEXT);
    return i;
  };
  if (a2 === undefined) stop = stop_of(a1!);
  else {
    if (a1 !== Py_None) start = try_index(a1!) ?? -1;
    stop = stop_of(a2);
  }
  if (start < 0 || stop < -1) {
    value_error('Indices for islice() must be None or an integer: 0 <= x <= sys.maxsize.');
  }
  if (a3 !== undefined && a3 !== Py_None) step = try_index(a3) ?? -1;
  if (step < 1) value_error('Step for islice() must be a positive integer or None.');
  return type.tp_alloc!(type, new ISlice(PyObject_GetIter(seq!), start, stop, step));
}

function islice_next(self: PyObject): PyObject | null {
  const lz = (self as PyObject<ISlice>).v;
  const it = lz.it;
  if (it === null) return null;
  while (lz.cnt < lz.next) {
    const item = next_of(it);
    if (item === null) return islice_end(lz);
    decref(item);
    lz.cnt++;
  }
  if (lz.stop !== -1 && lz.cnt >= lz.stop) return islice_end(lz);
  const item = next_of(it);
  if (item === null) return islice_end(lz);
  lz.cnt++;
  lz.next += lz.step;
  if (lz.stop !== -1 && lz.next > lz.stop) lz.next = lz.stop;
  return item;
}

function islice_end(lz: ISlice): null {
  const it = lz.it;
  lz.it = null;
  xdecref(it);
  return null;
}

export const islice_type = static_type({
  name: 'itertools.islice',
  heap: 'immutable',
  tp_basicsize: 56,
  tp_flags: FLAGS,
  tp_doc: 'islice(iterable, stop) or islice(iterable, start, stop[, step]): the items of that slice.',
  tp_dealloc: owner_dealloc,
  tp_traverse: owner_traverse,
  tp_iter: self_iter,
  tp_iternext: islice_next,
  tp_new: islice_new,
});

// --- pairwise --------------------------------------------------------------------------------------------------------

class Pairwise {
  /** Owned; both null once exhausted. */
  it: PyObject | null;
  old: PyObject | null = null;
  constructor(it: PyObject) {
    this.it = it;
  }
  each(visit: visitproc): void {
    if (this.it !== null) visit(this.it);
    if (this.old !== null) visit(this.old);
  }
}

function pairwise_new(type: PyTypeObject, args: PyObject, kwargs: PyObject | null): PyObject {
  const [iterable] = positional(type, pairwise_type, 'pairwise', args, kwargs, 1, 1);
  return type.tp_alloc!(type, new Pairwise(PyObject_GetIter(iterable!)));
}

function pairwise_clear(po: Pairwise): null {
  const { it, old } = po;
  po.it = null;
  po.old = null;
  xdecref(it);
  xdecref(old);
  return null;
}

/** CPython: pairwise_next. The iterator may re-enter. */
function pairwise_next(self: PyObject): PyObject | null {
  const po = (self as PyObject<Pairwise>).v;
  if (po.it === null) return null;
  if (po.old === null) {
    const first = next_of(po.it);
    const before = po.old as PyObject | null;
    po.old = first;
    xdecref(before);
    if (first === null) return pairwise_clear(po);
    if (po.it === null) return pairwise_clear(po);
  }
  const old = newref(po.old!);
  let item: PyObject | null;
  try {
    item = next_of(po.it);
  } catch (e) {
    pairwise_clear(po);
    decref(old);
    throw e;
  }
  if (item === null) {
    pairwise_clear(po);
    decref(old);
    return null;
  }
  const pair = new_tuple_tracked([old, newref(item)]);
  const before = po.old;
  po.old = item;
  xdecref(before);
  return pair;
}

export const pairwise_type = static_type({
  name: 'itertools.pairwise',
  heap: 'immutable',
  tp_basicsize: 40,
  tp_flags: FLAGS,
  tp_doc: 'Overlapping pairs of neighbours.',
  tp_dealloc: owner_dealloc,
  tp_traverse: owner_traverse,
  tp_iter: self_iter,
  tp_iternext: pairwise_next,
  tp_new: pairwise_new,
  after_ready: type => {
    type.tp_data = { text_signature: '(iterable, /)' };
  },
});

// --- zip_longest -----------------------------------------------------------------------------------------------------

class ZipLongest {
  /** Owned; null where exhausted. */
  its: (PyObject | null)[];
  active: number;
  /** Owned. */
  fill: PyObject;
  /** The last tuple given out (owned), used again when nobody else has it any more. */
  result: PyTupleObject | null = null;
  constructor(its: PyObject[], fill: PyObject) {
    this.its = its;
    this.active = its.length;
    this.fill = fill;
  }
  each(visit: visitproc): void {
    for (const it of this.its) if (it !== null) visit(it);
    visit(this.fill);
    if (this.result !== null) visit(this.result);
  }
}

function zip_longest_new(type: PyTypeObject, args: PyObject, kwargs: PyObject | null): PyObject {
  let fill: PyObject = Py_None;
  if (kwargs !== null && PyDict_Size(kwargs) > 0) {
    const f = PyDict_GetItemString(kwargs, 'fillvalue');
    if (f === null || PyDict_Size(kwargs) > 1) {
      PyErr_SetString(PyExc_TypeError, 'zip_longest() got an unexpected keyword argument');
    }
    fill = f;
  }
  const its: PyObject[] = [];
  try {
    for (const o of (args as PyTupleObject).v) its.push(PyObject_GetIter(o));
  } catch (e) {
    decref_all(its);
    throw e;
  }
  return type.tp_alloc!(type, new ZipLongest(its, newref(fill)));
}

function zip_longest_next(self: PyObject): PyObject | null {
  const lz = (self as PyObject<ZipLongest>).v;
  const n = lz.its.length;
  if (n === 0 || lz.active === 0) return null;
  const items: PyObject[] = [];
  try {
    for (let i = 0; i < n; i++) {
      const it = lz.its[i]!;
      let item: PyObject | null = null;
      if (it !== null) {
        item = next_of(it);
        if (item === null) {
          lz.active--;
          if (lz.active === 0) {
            decref_all(items);
            return null;
          }
          lz.its[i] = null;
          decref(it);
        }
      }
      items.push(item ?? newref(lz.fill));
    }
  } catch (e) {
    lz.active = 0;
    decref_all(items);
    throw e;
  }
  const last = lz.result;
  if (last !== null && last.ob_refcnt === 1) return tuple_recycle(newref(last), items);
  const result = new_tuple_tracked(items) as PyTupleObject;
  lz.result = newref(result);
  if (last !== null) decref(last);
  return result;
}

export const zip_longest_type = static_type({
  name: 'itertools.zip_longest',
  heap: 'immutable',
  tp_basicsize: 56,
  tp_flags: FLAGS,
  tp_doc: 'Tuples of one item of each iterable, filled up until the longest ends.',
  tp_dealloc: owner_dealloc,
  tp_traverse: owner_traverse,
  tp_iter: self_iter,
  tp_iternext: zip_longest_next,
  tp_new: zip_longest_new,
  after_ready: type => {
    type.tp_data = { text_signature: '(*iterables, fillvalue=None)' };
  },
});
