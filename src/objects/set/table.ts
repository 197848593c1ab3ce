// table.ts: the hash table inside set and frozenset.                                     CPython: Objects/setobject.c
//
// Open addressing without a dense entry list: the order of iteration is the order of the slots, so slots are probed
// exactly as CPython probes them: up to nine neighbours, then a jump by the perturbed hash.
// Invariants: keys[i] is null at a free slot and `dummy` where an item was taken away; hashes holds lo and hi of each
// slot's hash; used counts items, fill items and dummies; fill * 5 < mask * 3 after every insertion.

import { nulls, zeros } from '../../core/arrays.ts';
import { type Hash, keyed } from '../../core/hash.ts';
import { reserve } from '../../core/memory_limit.ts';
import { decref, incref, memoryHooks, Py_EQ, PyObject } from '../../core/object.ts';
import { PyLong_Type } from '../longobject.ts';
import { PyObject_RichCompareBool } from '../object.ts';
import { PyUnicode_Type, unicode_eq } from '../unicodeobject.ts';

const LINEAR_PROBES = 9;
export const PySet_MINSIZE = 8;

/** Marks a slot whose item was removed. */
export const dummy: PyObject = new PyObject<null, null>(null, null, null);

export class SetTable {
  keys: (PyObject | null)[] = nulls(PySet_MINSIZE);
  hashes: number[] = zeros(2 * PySet_MINSIZE);
  mask = PySet_MINSIZE - 1;
  /** Slots taken by items and dummies. */
  fill = 0;
  /** Items. */
  used = 0;
  /** Where pop() looks next. */
  finger = 0;

  constructor() {
    if (keyed.record !== null) keyed.record.sets.push(this);
  }
}

const CHANGED = -2;

/** The slot of a key, or -1. CPython: set_lookkey */
export function set_lookup(t: SetTable, key: PyObject, lo: number, hi: number): number {
  for (;;) {
    const i = probe(t, key, lo, hi);
    if (i !== CHANGED) return i;
  }
}

function probe(t: SetTable, key: PyObject, lo: number, hi: number): number {
  const keys = t.keys;
  const hashes = t.hashes;
  const mask = t.mask;
  let i = lo & mask;
  let plo = lo;
  let phi = hi;
  for (;;) {
    const end = i + LINEAR_PROBES <= mask ? i + LINEAR_PROBES : i;
    for (let j = i; j <= end; j++) {
      const k = keys[j] as PyObject | null;
      if (k === null) return -1;
      if (k === key) return j;
      if (hashes[2 * j] === lo && hashes[2 * j + 1] === hi) {
        const type = k.ob_type;
        if (type === key.ob_type && type === PyLong_Type) {
          if (k.v === key.v) return j;
        } else if (type === PyUnicode_Type && key.ob_type === PyUnicode_Type) {
          if (unicode_eq(k, key)) return j;
        } else {
          incref(k);
          let same: boolean;
          try {
            same = PyObject_RichCompareBool(k, key, Py_EQ);
          } finally {
            decref(k);
          }
          if (t.keys !== keys || keys[j] !== k) return CHANGED;
          if (same) return j;
        }
      }
    }
    plo = (plo >>> 5) | (phi << 27);
    phi = phi >>> 5;
    i = (Math.imul(i, 5) + 1 + plo) & mask;
  }
}

/** Adds a key that is known to be absent from a table without dummies. CPython: set_insert_clean */
function insert_clean(t: SetTable, key: PyObject, lo: number, hi: number): void {
  const keys = t.keys;
  const mask = t.mask;
  let i = lo & mask;
  let plo = lo;
  let phi = hi;
  for (;;) {
    const end = i + LINEAR_PROBES <= mask ? i + LINEAR_PROBES : i;
    for (let j = i; j <= end; j++) {
      if (keys[j] === null) {
        keys[j] = key;
        t.hashes[2 * j] = lo;
        t.hashes[2 * j + 1] = hi;
        return;
      }
    }
    plo = (plo >>> 5) | (phi << 27);
    phi = phi >>> 5;
    i = (Math.imul(i, 5) + 1 + plo) & mask;
  }
}

/** The slot where an absent key goes: the last dummy on its path, or the free slot that ends it. */
function insertion_slot(t: SetTable, lo: number, hi: number): number {
  const keys = t.keys;
  const mask = t.mask;
  let i = lo & mask;
  let plo = lo;
  let phi = hi;
  let last = -1;
  for (;;) {
    const end = i + LINEAR_PROBES <= mask ? i + LINEAR_PROBES : i;
    for (let j = i; j <= end; j++) {
      const k = keys[j] as PyObject | null;
      if (k === null) return last >= 0 ? last : j;
      if (k === dummy) last = j;
    }
    plo = (plo >>> 5) | (phi << 27);
    phi = phi >>> 5;
    i = (Math.imul(i, 5) + 1 + plo) & mask;
  }
}

/** Adds a new reference to a key unless it is there. CPython: set_add_entry */
export function set_add_entry(t: SetTable, key: PyObject, lo: number, hi: number): void {
  if (set_lookup(t, key, lo, hi) >= 0) return;
  const i = insertion_slot(t, lo, hi);
  const reused = t.keys[i] === dummy;
  incref(key);
  t.keys[i] = key;
  t.hashes[2 * i] = lo;
  t.hashes[2 * i + 1] = hi;
  t.used++;
  if (reused) return;
  t.fill++;
  if (t.fill * 5 < t.mask * 3) return;
  set_table_resize(t, grown(t));
}

/** Lays a table out anew after the hashes of its keys changed. */
export function rehash_set(t: SetTable, hash_of: (key: PyObject) => Hash): void {
  const keys = t.keys;
  const size = keys.length;
  t.keys = nulls(size);
  t.hashes = zeros(2 * size);
  t.fill = t.used;
  t.finger = 0;
  for (let i = 0; i < size; i++) {
    const key = keys[i]!;
    if (key === null || key === dummy) continue;
    const h = hash_of(key);
    insert_clean(t, key, h.lo, h.hi);
  }
}

/** The size asked for when a table fills up. */
export function grown(t: SetTable): number {
  return t.used > 50000 ? t.used * 2 : t.used * 4;
}

/** Rebuilds the table with more than `minused` slots and no dummies. CPython: set_table_resize */
export function set_table_resize(t: SetTable, minused: number): void {
  let size = PySet_MINSIZE;
  while (size <= minused) size *= 2;
  const keys = t.keys;
  const hashes = t.hashes;
  if (size === PySet_MINSIZE && keys.length === size && t.fill === t.used) return;
  reserve(16 * size);
  if (memoryHooks.resized !== null) memoryHooks.resized(t);
  t.keys = nulls(size);
  t.hashes = zeros(2 * size);
  t.mask = size - 1;
  for (let i = 0; i < keys.length; i++) {
    const k = keys[i] as PyObject | null;
    if (k !== null && k !== dummy) insert_clean(t, k, hashes[2 * i]!, hashes[2 * i + 1]!);
  }
  t.fill = t.used;
}

/** Takes the item of a slot away; the caller takes over its reference. */
export function set_remove_slot(t: SetTable, i: number): PyObject {
  const key = t.keys[i]!;
  t.keys[i] = dummy;
  t.hashes[2 * i] = -1;
  t.hashes[2 * i + 1] = -1;
  t.used--;
  return key;
}

/** The first item at or after `pos`: its slot, or -1. */
export function set_next(t: SetTable, pos: number): number {
  const keys = t.keys;
  for (let i = pos; i < keys.length; i++) if (keys[i] !== null && keys[i] !== dummy) return i;
  return -1;
}

/** Adds all items of another table. CPython: set_merge */
export function set_merge(t: SetTable, o: SetTable): void {
  if (o === t || o.used === 0) return;
  if ((t.fill + o.used) * 5 >= t.mask * 3) set_table_resize(t, (t.used + o.used) * 2);
  if (t.fill === 0 && t.mask === o.mask && o.fill === o.used) {
    for (let i = 0; i < o.keys.length; i++) if (o.keys[i] !== null) incref(o.keys[i]!);
    t.keys = o.keys.slice();
    t.hashes = o.hashes.slice();
    t.fill = o.fill;
    t.used = o.used;
    return;
  }
  if (t.fill === 0) {
    t.fill = o.used;
    t.used = o.used;
    for (let i = set_next(o, 0); i >= 0; i = set_next(o, i + 1)) {
      incref(o.keys[i]!);
      insert_clean(t, o.keys[i]!, o.hashes[2 * i]!, o.hashes[2 * i + 1]!);
    }
    return;
  }
  for (let i = set_next(o, 0); i >= 0; i = set_next(o, i + 1)) {
    const key = o.keys[i]!;
    incref(key);
    try {
      set_add_entry(t, key, o.hashes[2 * i]!, o.hashes[2 * i + 1]!);
    } finally {
      decref(key);
    }
  }
}

/** Empties the table; returns the keys, whose references the caller takes over. */
export function set_take_all(t: SetTable): (PyObject | null)[] {
  const keys = t.keys;
  t.keys = nulls(PySet_MINSIZE);
  t.hashes = zeros(2 * PySet_MINSIZE);
  t.mask = PySet_MINSIZE - 1;
  t.fill = 0;
  t.used = 0;
  return keys;
}
