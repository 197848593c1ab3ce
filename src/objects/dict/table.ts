// table.ts: the hash table inside every dict.                                          CPython: Objects/dictobject.c
//
// A sparse power-of-two array of indices points into dense entry arrays; deleting leaves a hole (null) in the entries.
// Invariants: keys.length === values.length is the number of entries ever added since the last resize, holes included;
// used + holes === keys.length; keys.length + usable <= two thirds of the size.
// While all keys are exact strs `hashes` is null: a str carries its own hash. Otherwise it holds two int32 an entry.
// A table of the smallest size (8) has no index array: at most five entries are found by walking them.
// A str-only table of more entries without an index array is unindexed: so it comes out of a start-up snapshot, which may
// hold no hashes of strings, and its keys may lack theirs. It is walked, or indexed when that gets too much.
// Which slots a probe visits cannot be seen from Python: only keys of equal full hash are compared, and they are met in
// the same order.
//
// Look-up of an interned str key: 5 ns for one key again and again, 10 ns for 50 in turn (a JS Map keyed by strings: 11 ns).
// A plain array for the indices is no faster than an Int32Array.

import { nulls, room_for_five } from '../../core/arrays.ts';
import { type Hash, keyed } from '../../core/hash.ts';
import { reserve } from '../../core/memory_limit.ts';
import { decref, G_INTERNED, incref, memoryHooks, Py_EQ, type PyObject, type SharedKeys } from '../../core/object.ts';
import { PyLong_Type } from '../longobject.ts';
import { PyObject_RichCompareBool } from '../object.ts';
import { PyUnicode_Type, unicode_eq, unicode_hash } from '../unicodeobject.ts';

const EMPTY = -1;
const DUMMY = -2;

/** A lookup must start again: a comparison changed the table. */
const CHANGED = -3;

/** Int8Array up to 64 entries: so much V8 allocates in its heap. Memory from elsewhere takes five times as long. */
type Indices = Int8Array | Int32Array;
const MOST_BYTES = 6;
export const NO_INDICES = new Int8Array(0);

/** log2 of the smallest table. CPython: PyDict_LOG_MINSIZE */
export const LOG_MINSIZE = 3;

/** CPython: USABLE_FRACTION */
export function usable_fraction(size: number): number {
  return Math.floor((size * 2) / 3);
}

/** CPython: calculate_log2_keysize */
export function log2_keysize(minsize: number): number {
  if (minsize <= 8) return LOG_MINSIZE;
  return minsize <= 2 ** 31 ? 32 - Math.clz32(minsize - 1) : Math.ceil(Math.log2(minsize));
}

/** CPython: estimate_log2_keysize */
export function estimate_log2_keysize(n: number): number {
  return log2_keysize(Math.floor((n * 3 + 1) / 2));
}

/** True in the debug build. */
declare const PY_DEBUG: boolean;

let next_keys_version = 1;

/** Keys and values while no table is allocated: never written to. */
const NO_ENTRIES: (PyObject | null)[] = /* @__PURE__ */ nulls(0);
if (PY_DEBUG) Object.freeze(NO_ENTRIES);

export class DictTable {
  /** 2^log2_size entries: index into keys, or EMPTY, or DUMMY. Of length 0 for the two smallest kinds of table, and while
   *  unindexed. */
  indices: Indices = NO_INDICES;
  /** Owned; null at a hole. */
  keys: (PyObject | null)[] = NO_ENTRIES;
  values: (PyObject | null)[] = NO_ENTRIES;
  /** lo and hi of each entry's hash in turn; null while all keys are exact strs. */
  hashes: number[] | null = null;
  /** Entries that are not holes. */
  used = 0;
  /** Entries that may be added before the table must grow. */
  usable = 0;
  /** 0: no table allocated yet. */
  log2_size = 0;
  /** Whether every key is an interned str: then keys are equal only if they are identical. */
  interned = true;
  /** The class's keys, while CPython's dict would be one that shares them: what getsizeof shows differs, nothing else. */
  split: SharedKeys | null = null;
  /** Unique number of the present set of keys, 0 while unassigned. CPython: dk_version */
  keys_version = 0;

  /** Entries, holes included. */
  get nentries(): number {
    return this.keys.length;
  }
}

/** The number by which caches recognise this set of keys at these entries. CPython: _PyDictKeys_GetVersionForCurrentState */
export function keys_version(t: DictTable): number {
  if (t.keys_version === 0) t.keys_version = next_keys_version++;
  return t.keys_version;
}

// --- look-up ---------------------------------------------------------------------------------------------------------

/** Entry of an interned str in a table of interned strs, or -1. */
export function lookup_interned(t: DictTable, key: PyObject): number {
  const keys = t.keys;
  const indices = t.indices;
  if (indices.length === 0) {
    const n = keys.length;
    if (n > SMALLEST_USABLE) count_walk(t);
    for (let i = 0; i < n; i++) if (keys[i] === key) return i;
    return -1;
  }
  const h = key.x as Hash | null;
  return h === null ? -1 : probe_interned(keys, indices, key, h);
}

/** Entries of a table of the smallest size. */
export const SMALLEST_USABLE = 5;
/** Walks through unindexed tables. */
let walks = 0;

/** Now and then a table that is walked gets its index after all: one that is asked often soon does. */
function count_walk(t: DictTable): void {
  if ((++walks & 1023) === 0) build_indices(t);
}

/** Gives an unindexed table its index. */
function ensure_indexed(t: DictTable): void {
  if (t.indices.length === 0 && t.keys.length > SMALLEST_USABLE) build_indices(t);
}

function probe_interned(keys: (PyObject | null)[], indices: Indices, key: PyObject, h: Hash): number {
  const mask = indices.length - 1;
  let i = h.lo & mask;
  let ix = indices[i]!;
  if (ix >= 0) {
    if (keys[ix] === key) return ix;
  } else if (ix === EMPTY) return -1;
  let plo = h.lo;
  let phi = h.hi;
  for (;;) {
    plo = (plo >>> 5) | (phi << 27);
    phi = phi >>> 5;
    i = (Math.imul(i, 5) + plo + 1) & mask;
    ix = indices[i]!;
    if (ix >= 0) {
      if (keys[ix] === key) return ix;
    } else if (ix === EMPTY) return -1;
  }
}

/** Entry of an exact str key in a str-only table, or -1. */
export function lookup_str(t: DictTable, key: PyObject, lo: number, hi: number): number {
  if (t.interned && (key.g & G_INTERNED) !== 0) return lookup_interned(t, key);
  const keys = t.keys;
  if (t.indices.length === 0) ensure_indexed(t);
  const indices = t.indices;
  if (indices.length === 0) {
    const n = keys.length;
    for (let i = 0; i < n; i++) if (keys[i] === key) return i;
    for (let i = 0; i < n; i++) {
      const k = keys[i] as PyObject | null;
      if (k !== null) {
        const h = unicode_hash(k);
        if (h.lo === lo && h.hi === hi && unicode_eq(k, key)) return i;
      }
    }
    return -1;
  }
  const mask = indices.length - 1;
  let i = lo & mask;
  let plo = lo;
  let phi = hi;
  for (;;) {
    const ix = indices[i]!;
    if (ix >= 0) {
      const k = keys[ix]!;
      if (k === key) return ix;
      const h = k.x as Hash;
      if (h.lo === lo && h.hi === hi && unicode_eq(k, key)) return ix;
    } else if (ix === EMPTY) return -1;
    plo = (plo >>> 5) | (phi << 27);
    phi = phi >>> 5;
    i = (Math.imul(i, 5) + plo + 1) & mask;
  }
}

/** Entry of an interned name in a dict all of whose keys are strs, or -1. */
export function name_index(dict: PyObject, name: PyObject): number {
  const t = dict.v as DictTable;
  if (t.hashes !== null || (name.g & G_INTERNED) === 0) return -1;
  const h = unicode_hash(name);
  return lookup_str(t, name, h.lo, h.hi);
}

/** Entry of any key in any table, or -1. Comparisons may run Python code and throw. CPython: _Py_dict_lookup */
export function lookup(t: DictTable, key: PyObject, lo: number, hi: number): number {
  for (;;) {
    const hashes = t.hashes;
    let ix: number;
    if (hashes === null) {
      if (key.ob_type === PyUnicode_Type) return lookup_str(t, key, lo, hi);
      ix = lookup_odd_key(t, key, lo, hi);
    } else ix = lookup_general(t, hashes, key, lo, hi);
    if (ix !== CHANGED) return ix;
  }
}

function lookup_general(t: DictTable, hashes: number[], key: PyObject, lo: number, hi: number): number {
  const keys = t.keys;
  const indices = t.indices;
  if (indices.length === 0) {
    // In order: an earlier key of the same hash is compared even where a later one is the very key.
    for (let i = 0; i < keys.length; i++) {
      const k = keys[i] as PyObject | null;
      if (k === key) return i;
      if (hashes[2 * i] === lo && hashes[2 * i + 1] === hi) {
        if (k !== null) {
          const type = k.ob_type;
          if (type === key.ob_type && type === PyLong_Type) {
            if (k.v === key.v) return i;
          } else {
            const c = compare_key(t, keys, i, k, key);
            if (c !== 0) return c === 1 ? i : CHANGED;
          }
        }
      }
    }
    return -1;
  }
  const mask = indices.length - 1;
  let i = lo & mask;
  let plo = lo;
  let phi = hi;
  for (;;) {
    const ix = indices[i]!;
    if (ix >= 0) {
      const k = keys[ix]!;
      if (k === key) return ix;
      if (hashes[2 * ix] === lo && hashes[2 * ix + 1] === hi) {
        const type = k.ob_type;
        if (type === key.ob_type && type === PyLong_Type) {
          if (k.v === key.v) return ix;
        } else {
          const c = compare_key(t, keys, ix, k, key);
          if (c !== 0) return c === 1 ? ix : CHANGED;
          if (t.indices !== indices) return CHANGED;
        }
      }
    } else if (ix === EMPTY) return -1;
    plo = (plo >>> 5) | (phi << 27);
    phi = phi >>> 5;
    i = (Math.imul(i, 5) + plo + 1) & mask;
  }
}

/** A key that is no exact str in a str-only table: it may still equal one. CPython: unicodekeys_lookup_generic */
function lookup_odd_key(t: DictTable, key: PyObject, lo: number, hi: number): number {
  ensure_indexed(t);
  const keys = t.keys;
  const indices = t.indices;
  if (indices.length === 0) {
    for (let i = 0; i < keys.length; i++) {
      const k = keys[i] as PyObject | null;
      if (k === key) return i;
      if (k !== null) {
        const h = unicode_hash(k);
        if (h.lo === lo && h.hi === hi) {
          const c = compare_key(t, keys, i, k, key);
          if (c !== 0) return c === 1 ? i : CHANGED;
        }
      }
    }
    return -1;
  }
  const mask = indices.length - 1;
  let i = lo & mask;
  let plo = lo;
  let phi = hi;
  for (;;) {
    const ix = indices[i]!;
    if (ix >= 0) {
      const k = keys[ix]!;
      if (k === key) return ix;
      const h = k.x as Hash;
      if (h.lo === lo && h.hi === hi) {
        const c = compare_key(t, keys, ix, k, key);
        if (c !== 0) return c === 1 ? ix : CHANGED;
        if (t.indices !== indices) return CHANGED;
      }
    } else if (ix === EMPTY) return -1;
    plo = (plo >>> 5) | (phi << 27);
    phi = phi >>> 5;
    i = (Math.imul(i, 5) + plo + 1) & mask;
  }
}

/** 1: equal; 0: not; 2: the comparison changed the table. */
function compare_key(t: DictTable, keys: (PyObject | null)[], ix: number, k: PyObject, key: PyObject): number {
  if (k.ob_type === PyUnicode_Type && key.ob_type === PyUnicode_Type) return unicode_eq(k, key) ? 1 : 0;
  const hashes = t.hashes;
  const indices = t.indices;
  incref(k);
  let same: boolean;
  try {
    same = PyObject_RichCompareBool(k, key, Py_EQ);
  } finally {
    decref(k);
  }
  if (t.keys !== keys || t.hashes !== hashes || t.indices !== indices || keys[ix] !== k) return 2;
  return same ? 1 : 0;
}

// --- insertion -------------------------------------------------------------------------------------------------------

/** Makes the smallest table for an empty dict; `filler` is any object. */
function init_table(t: DictTable, unicode: boolean, filler: PyObject): void {
  if (memoryHooks.resized !== null) memoryHooks.resized(t);
  t.log2_size = LOG_MINSIZE;
  t.usable = 5;
  t.indices = NO_INDICES;
  t.keys = room_for_five<PyObject | null>(filler);
  t.values = room_for_five<PyObject | null>(filler);
  t.hashes = unicode ? null : [];
  t.interned = unicode;
  if (!unicode && keyed.record !== null) keyed.record.dicts.push(t);
}

/** Adds an entry that is known to be absent; steals both references. Nothing runs that could observe it. */
export function insert_new(t: DictTable, key: PyObject, lo: number, hi: number, value: PyObject): void {
  if (t.split !== null && !stays_split(t.split, key)) unshare(t, key);
  if (t.log2_size === 0) init_table(t, key.ob_type === PyUnicode_Type, key);
  else {
    if (t.hashes === null && key.ob_type !== PyUnicode_Type) resize(t, log2_keysize(t.used * 3), false);
    if (t.usable <= 0) {
      const { split } = t;
      resize(t, log2_keysize(t.used * 3), t.hashes === null);
      t.split = split;
    }
  }
  t.keys_version = 0;
  const indices = t.indices;
  const n = t.keys.length;
  if (indices.length !== 0) {
    const mask = indices.length - 1;
    let i = lo & mask;
    let plo = lo;
    let phi = hi;
    while (indices[i]! >= 0) {
      plo = (plo >>> 5) | (phi << 27);
      phi = phi >>> 5;
      i = (Math.imul(i, 5) + plo + 1) & mask;
    }
    indices[i] = n;
  }
  if ((key.g & G_INTERNED) === 0) t.interned = false;
  t.keys.push(key);
  t.values.push(value);
  if (t.hashes !== null) t.hashes.push(lo, hi);
  t.usable--;
  t.used++;
}

/** Whether a new key finds room among the shared ones. */
function stays_split(shared: SharedKeys, key: PyObject): boolean {
  if (key.ob_type !== PyUnicode_Type) return false;
  if ((key.g & G_INTERNED) !== 0) return shared.add(key) >= 0;
  return shared.names.some(name => unicode_eq(name, key));
}

/** Gives a dict that shared its keys a table of its own. */
function unshare(t: DictTable, key: PyObject): void {
  const unicode = key.ob_type === PyUnicode_Type;
  if (t.log2_size === 0) init_table(t, unicode, key);
  resize(t, log2_keysize(t.used * 3), unicode);
}

/** Before a lookup that will insert: a str-only table that gets another kind of key becomes general first.
 *  CPython: the beginning of Objects/dictobject.c:insertdict */
export function prepare_insert(t: DictTable, key: PyObject): void {
  if (t.hashes === null && t.log2_size !== 0 && key.ob_type !== PyUnicode_Type) {
    resize(t, log2_keysize(t.used * 3), false);
  }
}

/** Rebuilds the table at another size, without holes. CPython: Objects/dictobject.c:dictresize */
export function resize(t: DictTable, log2_size: number, unicode: boolean): void {
  const { keys, values } = t;
  const old = t.hashes;
  if (old !== null) unicode = false;
  if (memoryHooks.resized !== null) memoryHooks.resized(t);
  t.split = null;
  const n = keys.length;
  const size = 2 ** log2_size;
  reserve(20 * size);
  if (keys === NO_ENTRIES || t.used !== n) {
    const k2: (PyObject | null)[] = [];
    const v2: (PyObject | null)[] = [];
    const h2: number[] | null = unicode ? null : [];
    for (let i = 0; i < n; i++) {
      const k = keys[i] as PyObject | null;
      if (k === null) continue;
      k2.push(k);
      v2.push(values[i]!);
      if (h2 !== null) {
        if (old !== null) h2.push(old[2 * i]!, old[2 * i + 1]!);
        else push_hash(h2, k);
      }
    }
    t.keys = k2;
    t.values = v2;
    t.hashes = h2;
  } else if (!unicode && old === null) {
    const h2: number[] = [];
    for (let i = 0; i < n; i++) push_hash(h2, keys[i]!);
    t.hashes = h2;
  }
  if (!unicode) t.interned = false;
  t.log2_size = log2_size;
  t.usable = usable_fraction(size) - t.used;
  t.keys_version = 0;
  build_indices(t);
}

/** Appends the hash of a str. */
function push_hash(hashes: number[], key: PyObject): void {
  const h = unicode_hash(key);
  hashes.push(h.lo, h.hi);
}

/** Fills a fresh index array from the entries. */
function build_indices(t: DictTable): void {
  if (keyed.record !== null) keyed.record.dicts.push(t);
  if (t.log2_size <= LOG_MINSIZE) {
    t.indices = NO_INDICES;
    return;
  }
  const indices =
    t.log2_size <= MOST_BYTES
      ? new Int8Array(1 << t.log2_size).fill(EMPTY)
      : new Int32Array(2 ** t.log2_size).fill(EMPTY);
  const mask = indices.length - 1;
  const { keys, hashes } = t;
  for (let n = 0; n < keys.length; n++) {
    const key = keys[n] as PyObject | null;
    if (key === null) continue;
    let plo: number;
    let phi: number;
    if (hashes !== null) {
      plo = hashes[2 * n]!;
      phi = hashes[2 * n + 1]!;
    } else {
      const h = unicode_hash(key);
      plo = h.lo;
      phi = h.hi;
    }
    let i = plo & mask;
    while (indices[i]! >= 0) {
      plo = (plo >>> 5) | (phi << 27);
      phi = phi >>> 5;
      i = (Math.imul(i, 5) + plo + 1) & mask;
    }
    indices[i] = n;
  }
  t.indices = indices;
}

/** A table with room for `n` entries, of strs only or not. CPython: dict_new_presized */
export function presized_table(n: number, unicode: boolean): DictTable {
  const t = new DictTable();
  if (n <= 5) {
    // CPython starts such a dict from the empty keys, which take the kind of the first key.
    return t;
  }
  t.log2_size = estimate_log2_keysize(n);
  t.usable = usable_fraction(2 ** t.log2_size);
  t.hashes = unicode ? null : [];
  t.interned = unicode;
  build_indices(t);
  return t;
}

// --- removal ---------------------------------------------------------------------------------------------------------

/** The slot of the index array that points to entry `ix`. CPython: lookdict_index */
function slot_of(t: DictTable, ix: number): number {
  const indices = t.indices;
  const mask = indices.length - 1;
  let plo: number;
  let phi: number;
  if (t.hashes !== null) {
    plo = t.hashes[2 * ix]!;
    phi = t.hashes[2 * ix + 1]!;
  } else {
    const h = t.keys[ix]!.x as Hash;
    plo = h.lo;
    phi = h.hi;
  }
  let i = plo & mask;
  while (indices[i] !== ix) {
    plo = (plo >>> 5) | (phi << 27);
    phi = phi >>> 5;
    i = (Math.imul(i, 5) + plo + 1) & mask;
  }
  return i;
}

/** Makes entry `ix` a hole. The caller takes over the references of key and value, read before. */
export function delete_entry(t: DictTable, ix: number): void {
  if (t.indices.length !== 0) t.indices[slot_of(t, ix)] = DUMMY;
  t.keys[ix] = null;
  t.values[ix] = null;
  t.used--;
  t.keys_version = 0;
}

/** Takes the last entry off, with the holes after it; -1 if there is none. The caller takes over the references. */
export function last_entry(t: DictTable): number {
  let i = t.keys.length - 1;
  while (i >= 0 && t.keys[i] === null) i--;
  return i;
}

/** Cuts the entries off at `ix`, which was the last. CPython: the end of Objects/dictobject.c:dict_popitem_impl */
export function truncate(t: DictTable, ix: number): void {
  delete_entry(t, ix);
  t.keys.length = ix;
  t.values.length = ix;
  if (t.hashes !== null) t.hashes.length = 2 * ix;
}

/** An exact copy of the layout; takes new references. CPython: clone_combined_dict_keys */
export function clone_into(target: DictTable, t: DictTable): void {
  const keys = t.keys.slice();
  const values = t.values.slice();
  for (let i = 0; i < keys.length; i++) {
    const k = keys[i] as PyObject | null;
    if (k !== null) {
      incref(k);
      incref(values[i]!);
    }
  }
  target.indices = t.indices.length === 0 ? NO_INDICES : t.indices.slice();
  target.keys = keys;
  target.values = values;
  target.hashes = t.hashes === null ? null : t.hashes.slice();
  target.used = t.used;
  target.usable = t.usable;
  target.log2_size = t.log2_size;
  target.interned = t.interned;
  target.split = t.split;
  target.keys_version = 0;
  if (keyed.record !== null) keyed.record.dicts.push(target);
}

/** Takes the index away: what a start-up snapshot does, since hashes of strings differ in each process. */
export function unindex(t: DictTable): void {
  if (t.hashes === null) t.indices = NO_INDICES;
}

/** Lays a table out anew after the hashes of its keys changed. */
export function rehash(t: DictTable, hash_of: (key: PyObject) => Hash): void {
  if (t.hashes === null) return;
  for (let i = 0; i < t.keys.length; i++) {
    const key = t.keys[i] as PyObject | null;
    if (key === null) continue;
    const h = hash_of(key);
    t.hashes[2 * i] = h.lo;
    t.hashes[2 * i + 1] = h.hi;
  }
  build_indices(t);
}

/** Bytes that a dict takes besides the object: its keys object, or the values if the keys are shared.
 *  CPython: _PyDict_KeysSize, _PyDict_SizeOf */
export function keys_size(t: DictTable): number {
  if (t.split !== null) return 8 * t.split.size;
  const log2 = t.log2_size;
  if (log2 === 0) return 0;
  const index = 2 ** log2 * (log2 < 8 ? 1 : log2 < 16 ? 2 : log2 < 32 ? 4 : 8);
  return 32 + index + usable_fraction(2 ** log2) * (t.hashes === null ? 16 : 24);
}
