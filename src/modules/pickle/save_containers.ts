// save_containers.ts: how tuples, lists, dicts and sets are pickled.                      CPython: Modules/_pickle.c

import { PyErr_SetString } from '../../core/errors.ts';
import { decref, incref, newref, type PyObject } from '../../core/object.ts';
import { PyIter_Next, PyObject_GetIter } from '../../objects/abstract.ts';
import { PyObject_CallMethodNoArgs } from '../../objects/call.ts';
import { PyTuple_Check } from '../../objects/checks.ts';
import { PyDict_Next, PyDict_Size, type PyDictObject } from '../../objects/dictobject.ts';
import { PyExc_RuntimeError, PyExc_TypeError } from '../../objects/exceptions.ts';
import { PyList_FromArraySteal, type PyListObject } from '../../objects/listobject.ts';
import { repr_string } from '../../objects/object.ts';
import { _PySet_EachEntry, PyFrozenSet_Type, PySet_Size, PySet_Type } from '../../objects/setobject.ts';
import { PyTuple_FromArraySteal, type PyTupleObject } from '../../objects/tupleobject.ts';
import {
  ADDITEMS,
  APPEND,
  APPENDS,
  DICT,
  EMPTY_DICT,
  EMPTY_LIST,
  EMPTY_SET,
  EMPTY_TUPLE,
  FROZENSET,
  LIST,
  MARK,
  POP,
  POP_MARK,
  SETITEM,
  SETITEMS,
  TUPLE,
  TUPLE1,
} from './opcodes.ts';
import { reduce_by, save, save_simple } from './save.ts';
import { annotate } from './state.ts';
import type { Pickler } from './writer.ts';

/** Items between two APPENDS, SETITEMS or ADDITEMS. */
const BATCHSIZE = 1000;
/** CPython: save_tuple */
export function save_tuple(p: Pickler, obj: PyTupleObject): void {
  const items = obj.v;
  const n = items.length;
  if (n === 0) {
    if (p.proto > 0) {
      p.op(EMPTY_TUPLE);
      return;
    }
    p.latin1('(t');
    return;
  }
  const small = n <= 3 && p.proto >= 2;
  if (!small) p.op(MARK);
  let i = 0;
  try {
    for (; i < n; i++) if (!save_simple(p, items[i]!)) save(p, items[i]!);
  } catch (e) {
    annotate(e, obj, `item ${i}`);
  }
  // A tuple that holds itself was memoized while its items were saved: that one is taken, the items go.
  const known = p.memo.get(obj);
  if (known !== undefined) {
    if (small) for (i = 0; i < n; i++) p.op(POP);
    else if (p.bin !== 0) p.op(POP_MARK);
    else for (i = 0; i <= n; i++) p.op(POP);
    p.memo_get(known);
    return;
  }
  p.op(small ? TUPLE1 + n - 1 : TUPLE);
  p.memo_put(obj);
}

/** CPython: save_list */
export function save_list(p: Pickler, obj: PyListObject): void {
  if (p.fast !== 0) p.fast_enter(obj);
  try {
    if (p.bin !== 0) p.op(EMPTY_LIST);
    else {
      p.op(MARK);
      p.op(LIST);
    }
    const n = obj.v.length;
    p.memo_put(obj);
    if (n === 0) return;
    if (p.proto > 0) batch_list_exact(p, obj);
    else {
      const it = PyObject_GetIter(obj);
      try {
        batch_list(p, it, obj);
      } finally {
        decref(it);
      }
    }
  } finally {
    if (p.fast !== 0) p.fast_leave(obj);
  }
}

/** CPython: batch_list_exact */
function batch_list_exact(p: Pickler, obj: PyListObject): void {
  let i = 0;
  try {
    if (obj.v.length === 1) {
      save_held(p, obj.v[0]!);
      p.op(APPEND);
      return;
    }
    do {
      p.op(MARK);
      let batch = 0;
      while (i < obj.v.length) {
        save_held(p, obj.v[i]!);
        i++;
        if (++batch === BATCHSIZE) break;
      }
      p.op(APPENDS);
    } while (i < obj.v.length);
  } catch (e) {
    annotate(e, obj, `item ${i}`);
  }
}

/** Saves an item of a container that may change meanwhile. */
function save_held(p: Pickler, item: PyObject): void {
  if (save_simple(p, item)) return;
  incref(item);
  try {
    save(p, item);
  } finally {
    decref(item);
  }
}

/** Items that an iterator gives, for a list that is on the stack. CPython: batch_list */
export function batch_list(p: Pickler, it: PyObject, origin: PyObject | null): void {
  let total = 0;
  const save_item = (item: PyObject): void => {
    try {
      save(p, item);
    } catch (e) {
      annotate(e, origin, `item ${total}`);
    } finally {
      decref(item);
    }
    total++;
  };
  if (p.proto === 0) {
    for (let item = PyIter_Next(it); item !== null; item = PyIter_Next(it)) {
      save_item(item);
      p.op(APPEND);
    }
    return;
  }
  for (;;) {
    const first = PyIter_Next(it);
    if (first === null) return;
    let item = next_or_release(it, first);
    if (item === null) {
      save_item(first);
      p.op(APPEND);
      return;
    }
    p.op(MARK);
    try {
      save_item(first);
    } catch (e) {
      decref(item);
      throw e;
    }
    let n = 1;
    while (item !== null) {
      save_item(item);
      if (++n === BATCHSIZE) break;
      item = PyIter_Next(it);
    }
    p.op(APPENDS);
    if (n !== BATCHSIZE) return;
  }
}

function next_or_release(it: PyObject, first: PyObject): PyObject | null {
  try {
    return PyIter_Next(it);
  } catch (e) {
    decref(first);
    throw e;
  }
}

/** CPython: save_dict */
export function save_dict(p: Pickler, obj: PyDictObject): void {
  if (p.fast !== 0) p.fast_enter(obj);
  try {
    if (p.bin !== 0) p.op(EMPTY_DICT);
    else {
      p.op(MARK);
      p.op(DICT);
    }
    p.memo_put(obj);
    if (PyDict_Size(obj) === 0) return;
    if (p.proto > 0) batch_dict_exact(p, obj);
    else {
      const items = PyObject_CallMethodNoArgs(obj, 'items');
      let it: PyObject;
      try {
        it = PyObject_GetIter(items);
      } finally {
        decref(items);
      }
      try {
        batch_dict(p, it, obj);
      } finally {
        decref(it);
      }
    }
  } finally {
    if (p.fast !== 0) p.fast_leave(obj);
  }
}

/** CPython: batch_dict_exact */
function batch_dict_exact(p: Pickler, obj: PyDictObject): void {
  const size = PyDict_Size(obj);
  let at = PyDict_Next(obj, 0);
  if (size === 1) {
    save_entry(p, obj.v.keys[at]!, obj.v.values[at]!, obj);
    p.op(SETITEM);
    return;
  }
  for (;;) {
    p.op(MARK);
    let n = 0;
    for (; at >= 0; at = PyDict_Next(obj, at + 1)) {
      save_entry(p, obj.v.keys[at]!, obj.v.values[at]!, obj);
      if (++n === BATCHSIZE) {
        at = PyDict_Next(obj, at + 1);
        break;
      }
    }
    p.op(SETITEMS);
    if (PyDict_Size(obj) !== size) PyErr_SetString(PyExc_RuntimeError, 'dictionary changed size during iteration');
    if (n !== BATCHSIZE) return;
  }
}

function save_entry(p: Pickler, key: PyObject, value: PyObject, origin: PyObject | null): void {
  incref(key);
  incref(value);
  let key_saved = false;
  try {
    if (!save_simple(p, key)) save(p, key);
    key_saved = true;
    if (!save_simple(p, value)) save(p, value);
  } catch (e) {
    if (!key_saved) throw e;
    annotate(e, origin, `item ${repr_string(key)}`);
  } finally {
    decref(key);
    decref(value);
  }
}

/** Pairs that an iterator gives, for a dict that is on the stack. CPython: batch_dict */
export function batch_dict(p: Pickler, it: PyObject, origin: PyObject | null): void {
  const save_pair = (pair: PyObject): void => {
    try {
      save_entry(p, (pair.v as PyObject[])[0]!, (pair.v as PyObject[])[1]!, origin);
    } finally {
      decref(pair);
    }
  };
  if (p.proto === 0) {
    for (let pair = PyIter_Next(it); pair !== null; pair = PyIter_Next(it)) {
      save_pair(check_pair(pair));
      p.op(SETITEM);
    }
    return;
  }
  for (;;) {
    let pair = PyIter_Next(it);
    if (pair === null) return;
    const first = check_pair(pair);
    pair = next_or_release(it, first);
    if (pair === null) {
      save_pair(first);
      p.op(SETITEM);
      return;
    }
    p.op(MARK);
    try {
      save_pair(first);
    } catch (e) {
      decref(pair);
      throw e;
    }
    let n = 1;
    while (pair !== null) {
      save_pair(check_pair(pair));
      if (++n === BATCHSIZE) break;
      pair = PyIter_Next(it);
    }
    p.op(SETITEMS);
    if (n !== BATCHSIZE) return;
  }
}

function check_pair(pair: PyObject): PyObject {
  if (!PyTuple_Check(pair) || pair.v.length !== 2) {
    decref(pair);
    PyErr_SetString(PyExc_TypeError, 'dict items iterator must return 2-tuples');
  }
  return pair;
}

/** The items of a set in its order; new references. */
function set_items(obj: PyObject): PyObject[] {
  const items: PyObject[] = [];
  _PySet_EachEntry(obj, key => items.push(newref(key)));
  return items;
}

/** CPython: save_set */
export function save_set(p: Pickler, obj: PyObject): void {
  if (p.proto < 4) {
    const args = PyTuple_FromArraySteal([PyList_FromArraySteal(set_items(obj))]);
    reduce_by(p, newref(PySet_Type), args, obj);
    return;
  }
  p.op(EMPTY_SET);
  p.memo_put(obj);
  const size = PySet_Size(obj);
  if (size === 0) return;
  const items = set_items(obj);
  try {
    for (let start = 0; start < items.length || start === 0; start += BATCHSIZE) {
      p.op(MARK);
      const end = Math.min(start + BATCHSIZE, items.length);
      save_elements(p, obj, items, start, end);
      p.op(ADDITEMS);
      if (PySet_Size(obj) !== size) PyErr_SetString(PyExc_RuntimeError, 'set changed size during iteration');
      if (end - start === BATCHSIZE && end === items.length) {
        // A full last batch is followed by an empty one.
        p.op(MARK);
        p.op(ADDITEMS);
      }
    }
  } finally {
    for (const item of items) decref(item);
  }
}

function save_elements(p: Pickler, obj: PyObject, items: readonly PyObject[], start: number, end: number): void {
  try {
    for (let i = start; i < end; i++) save(p, items[i]!);
  } catch (e) {
    annotate(e, obj, 'element');
  }
}

/** CPython: save_frozenset */
export function save_frozenset(p: Pickler, obj: PyObject): void {
  const items = set_items(obj);
  if (p.proto < 4) {
    reduce_by(p, newref(PyFrozenSet_Type), PyTuple_FromArraySteal([PyList_FromArraySteal(items)]), obj);
    return;
  }
  p.op(MARK);
  try {
    save_elements(p, obj, items, 0, items.length);
  } finally {
    for (const item of items) decref(item);
  }
  const known = p.memo.get(obj);
  if (known !== undefined) {
    p.op(POP_MARK);
    p.memo_get(known);
    return;
  }
  p.op(FROZENSET);
  p.memo_put(obj);
}
