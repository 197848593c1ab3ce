// dictobject.ts: the insertion-ordered mapping.                                        CPython: Objects/dictobject.c
//
// The payload is one DictTable (dict/table.ts) for the dict's whole life; iterators and views are in dict/views.ts.
// Invariant: keys and values are owned by the table; a reference leaves the table before it is given up, since giving
// it up may run code that looks at the dict.
// Enter through: PyDict_GetItem, PyDict_SetItem, PyDict_DelItem, PyDict_Next.

import { errorHooks, PyErr_Clear, PyErr_ExceptionMatches, PyErr_SetString, Raised } from '../core/errors.ts';
import { FREE_DICTS, gc_del, gc_del_to, gc_new_from } from '../core/gc.ts';
import { type Hash, hash_int } from '../core/hash.ts';
import {
  _Py_TPFLAGS_MATCH_SELF,
  decref,
  G_INTERNED,
  incref,
  newref,
  Py_EQ,
  Py_NE,
  Py_TPFLAGS_BASETYPE,
  Py_TPFLAGS_DICT_SUBCLASS,
  Py_TPFLAGS_HAVE_GC,
  Py_TPFLAGS_MAPPING,
  PyObject,
  type PyTypeObject,
  SHARED_KEYS_LOG2_SIZE,
  type visitproc,
} from '../core/object.ts';
import {
  METH_CLASS,
  METH_CLINIC,
  METH_COEXIST,
  METH_KEYWORDS,
  METH_NOARGS,
  METH_O,
  METH_VARARGS,
  static_type,
} from '../core/spec.ts';
import {
  PyIter_Next,
  PyMapping_Keys,
  PyObject_GetItem,
  PyObject_GetIter,
  PyObject_SetItem,
  PyObject_Size,
  PySequence_Fast,
} from './abstract.ts';
import { check_positional } from './argcheck.ts';
import { Py_False, Py_True } from './boolobject.ts';
import { PyObject_CallNoArgs, PyObject_CallOneArg } from './call.ts';
import { PyDict_Check } from './checks.ts';
import {
  clone_into,
  DictTable,
  delete_entry,
  estimate_log2_keysize,
  insert_new,
  keys_size,
  keys_version,
  last_entry,
  lookup,
  lookup_interned,
  lookup_str,
  prepare_insert,
  presized_table,
  resize,
  truncate,
  usable_fraction,
} from './dict/table.ts';
import {
  dict___reversed__,
  dict_items,
  dict_iter,
  dict_keys,
  dict_values,
  PyDictItems_Type,
  PyDictIterItem_Type,
  PyDictIterKey_Type,
  PyDictIterValue_Type,
  PyDictKeys_Type,
  PyDictValues_Type,
} from './dict/views.ts';
import {
  _PyException_AddNote,
  PyExc_KeyError,
  PyExc_RuntimeError,
  PyExc_TypeError,
  PyExc_ValueError,
} from './exceptions.ts';
import { Py_GenericAlias } from './genericaliasobject.ts';
import { PyList_FromArraySteal, type PyListObject } from './listobject.ts';
import { PyLong_FromLong, PyLong_Type } from './longobject.ts';
import {
  _PyObject_LookupSpecial,
  Py_None,
  Py_NotImplemented,
  Py_ReprEnter,
  Py_ReprLeave,
  PyObject_GetOptionalAttr,
  PyObject_Hash,
  PyObject_HashNotImplemented,
  PyObject_Repr,
  PyObject_RichCompareBool,
  str_string,
} from './object.ts';
import { _PySet_EachEntry, PyFrozenSet_Type, PySet_Type } from './setobject.ts';
import { PyTuple_FromArray, type PyTupleObject, tuple_pair_steal } from './tupleobject.ts';
import {
  _Py_ID,
  PyUnicode_AsString,
  PyUnicode_FromString,
  PyUnicode_InternFromString,
  PyUnicode_Type,
  unicode_hash,
} from './unicodeobject.ts';

export type PyDictObject = PyObject<DictTable>;
export {
  DictTable,
  PyDictItems_Type,
  PyDictIterItem_Type,
  PyDictIterKey_Type,
  PyDictIterValue_Type,
  PyDictKeys_Type,
  PyDictValues_Type,
};

// --- hashing keys ----------------------------------------------------------------------------------------------------

/** Adds to the TypeError of an unhashable value what it was to be used as. CPython: dict_unhashable_type */
export function unhashable(key: PyObject, error: unknown, as: string): never {
  if (!(error instanceof Raised) || error.exc.ob_type !== PyExc_TypeError) throw error;
  const text = str_string(error.exc);
  PyErr_Clear(error);
  PyErr_SetString(PyExc_TypeError, `cannot use '${qualified_name(key.ob_type)}' as ${as} (${text})`);
}

/** The type's name with its module unless that is builtins or __main__. CPython: PyType_GetFullyQualifiedName ('%T') */
export function qualified_name(type: PyTypeObject): string {
  if (type.ht_qualname === null) return type.tp_name;
  const name = PyUnicode_AsString(type.ht_qualname);
  const module = PyDict_GetItemString(type.tp_dict!, '__module__');
  if (module === null || module.ob_type !== PyUnicode_Type) return name;
  const m = PyUnicode_AsString(module);
  return m === 'builtins' || m === '__main__' ? name : `${m}.${name}`;
}

/** The hash of a key that is neither a str with a known hash nor a small int. */
export function key_hash(key: PyObject): Hash {
  if (key.ob_type === PyUnicode_Type) {
    const h = key.x as Hash | null;
    return h !== null ? h : PyObject_Hash(key);
  }
  if (key.ob_type === PyLong_Type && typeof key.v === 'number') return hash_int(key.v);
  return hash_other_key(key);
}

function hash_other_key(key: PyObject): Hash {
  try {
    return PyObject_Hash(key);
  } catch (e) {
    unhashable(key, e, 'a dict key');
  }
}

/** KeyError(key) to raise, also for a tuple or an exception; owned. */
export function KeyError_New(key: PyObject): PyObject {
  const args = PyTuple_FromArray([key]);
  try {
    return errorHooks.create!(PyExc_KeyError, args);
  } finally {
    decref(args);
  }
}

/** Raises KeyError(key). CPython: _PyErr_SetKeyError */
export function _PyErr_SetKeyError(key: PyObject): never {
  throw new Raised(KeyError_New(key));
}

/** Entry of a key, or -1. */
function find(t: DictTable, key: PyObject): number {
  const type = key.ob_type;
  if (type === PyUnicode_Type) {
    const h = (key.x as Hash | null) ?? PyObject_Hash(key);
    return t.hashes === null ? lookup_str(t, key, h.lo, h.hi) : lookup(t, key, h.lo, h.hi);
  }
  if (type === PyLong_Type) {
    const n = key.v as number;
    if (typeof n === 'number' && (n | 0) === n) return lookup(t, key, n === -1 ? -2 : n, n < 0 ? -1 : 0);
  }
  const h = key_hash(key);
  return lookup(t, key, h.lo, h.hi);
}

// --- the C API -------------------------------------------------------------------------------------------------------

export function PyDict_CheckExact(o: PyObject): o is PyDictObject {
  return o.ob_type === PyDict_Type;
}

export function PyDict_New(): PyDictObject {
  const d = new PyObject(PyDict_Type, new DictTable(), null);
  gc_new_from(FREE_DICTS, d);
  return d;
}

/** A dict with room for `n` entries. CPython: _PyDict_NewPresized */
export function _PyDict_NewPresized(n: number): PyDictObject {
  const d = new PyObject(PyDict_Type, presized_table(n, false), null);
  gc_new_from(FREE_DICTS, d);
  return d;
}

/** A dict of `n` key-value pairs at `stack[at...]`, key before value; borrowed. CPython: _PyDict_FromItems */
export function _PyDict_FromItems(stack: readonly (PyObject | null)[], at: number, n: number): PyDictObject {
  let unicode = true;
  for (let i = 0; i < n && unicode; i++) unicode = stack[at + 2 * i]!.ob_type === PyUnicode_Type;
  const d = new PyObject(PyDict_Type, presized_table(n, unicode), null);
  gc_new_from(FREE_DICTS, d);
  try {
    for (let i = 0; i < n; i++) PyDict_SetItem(d, stack[at + 2 * i]!, stack[at + 2 * i + 1]!);
  } catch (e) {
    decref(d);
    throw e;
  }
  return d;
}

/** Borrowed value, or null. Unlike CPython's old one it lets exceptions of `__eq__` and `__hash__` through. */
export function PyDict_GetItem(d: PyObject, key: PyObject): PyObject | null {
  const t = (d as PyDictObject).v;
  const ix = t.interned && (key.g & G_INTERNED) !== 0 ? lookup_interned(t, key) : find(t, key);
  return ix < 0 ? null : t.values[ix]!;
}

export const PyDict_GetItemWithError: (d: PyObject, key: PyObject) => PyObject | null = PyDict_GetItem;

/** Owned value, or null. CPython: PyDict_GetItemRef */
export function PyDict_GetItemRef(d: PyObject, key: PyObject): PyObject | null {
  const t = (d as PyDictObject).v;
  const ix = find(t, key);
  return ix < 0 ? null : newref(t.values[ix]!);
}

/** Borrowed value, or null. */
export function PyDict_GetItemString(d: PyObject, key: string): PyObject | null {
  return PyDict_GetItem(d, _Py_ID(key));
}

/** Borrowed value of a key whose hash is known, or null. CPython: _PyDict_GetItem_KnownHash */
export function dict_get_hashed(d: PyObject, key: PyObject, hash: Hash): PyObject | null {
  const t = (d as PyDictObject).v;
  const ix = lookup(t, key, hash.lo, hash.hi);
  return ix < 0 ? null : t.values[ix]!;
}

/** Entry index, or -1. */
export function dict_lookup_index(t: DictTable, key: PyObject, hash: Hash): number {
  return lookup(t, key, hash.lo, hash.hi);
}

/** The number for inline caches: equal numbers mean the same keys at the same entries. */
export function _PyDict_KeysVersion(d: PyObject): number {
  return keys_version((d as PyDictObject).v);
}

/** Stores new references. CPython: PyDict_SetItem */
export function PyDict_SetItem(d: PyObject, key: PyObject, value: PyObject): void {
  const t = (d as PyDictObject).v;
  if (t.interned && (key.g & G_INTERNED) !== 0) {
    const known = lookup_interned(t, key);
    if (known >= 0) {
      incref(value);
      const old = t.values[known]!;
      t.values[known] = value;
      decref(old);
      return;
    }
  }
  const type = key.ob_type;
  let lo: number;
  let hi: number;
  let ix: number;
  if (type === PyUnicode_Type) {
    const h = (key.x as Hash | null) ?? PyObject_Hash(key);
    lo = h.lo;
    hi = h.hi;
    ix = t.hashes === null ? lookup_str(t, key, lo, hi) : lookup(t, key, lo, hi);
  } else {
    const n = key.v as number;
    if (type === PyLong_Type && typeof n === 'number' && (n | 0) === n) {
      lo = n === -1 ? -2 : n;
      hi = n < 0 ? -1 : 0;
    } else {
      const h = key_hash(key);
      lo = h.lo;
      hi = h.hi;
    }
    prepare_insert(t, key);
    ix = lookup(t, key, lo, hi);
  }
  incref(value);
  if (ix >= 0) {
    const old = t.values[ix]!;
    t.values[ix] = value;
    decref(old);
  } else {
    incref(key);
    insert_new(t, key, lo, hi, value);
  }
}

/** As PyDict_SetItem with the hash known. CPython: _PyDict_SetItem_KnownHash */
export function dict_set_hashed(d: PyObject, key: PyObject, value: PyObject, hash: Hash): void {
  insert(d as PyDictObject, key, hash.lo, hash.hi, value);
}

function insert(d: PyDictObject, key: PyObject, lo: number, hi: number, value: PyObject): void {
  const t = d.v;
  prepare_insert(t, key);
  const ix = lookup(t, key, lo, hi);
  incref(value);
  if (ix >= 0) {
    const old = t.values[ix]!;
    t.values[ix] = value;
    decref(old);
  } else {
    incref(key);
    insert_new(t, key, lo, hi, value);
  }
}

export function PyDict_SetItemString(d: PyObject, key: string, value: PyObject): void {
  const k = PyUnicode_InternFromString(key);
  try {
    PyDict_SetItem(d, k, value);
  } finally {
    decref(k);
  }
}

/** Removes a key; KeyError if it is absent. */
export function PyDict_DelItem(d: PyObject, key: PyObject): void {
  const t = (d as PyDictObject).v;
  const ix = find(t, key);
  if (ix < 0) _PyErr_SetKeyError(key);
  remove_entry(t, ix);
}

/** As PyDict_DelItem with the hash known. */
export function dict_del_hashed(d: PyObject, key: PyObject, hash: Hash): void {
  const t = (d as PyDictObject).v;
  const ix = lookup(t, key, hash.lo, hash.hi);
  if (ix < 0) _PyErr_SetKeyError(key);
  remove_entry(t, ix);
}

function remove_entry(t: DictTable, ix: number): void {
  const k = t.keys[ix]!;
  const v = t.values[ix]!;
  delete_entry(t, ix);
  decref(k);
  decref(v);
}

export function PyDict_DelItemString(d: PyObject, key: string): void {
  PyDict_DelItem(d, _Py_ID(key));
}

export function PyDict_Contains(d: PyObject, key: PyObject): boolean {
  return find((d as PyDictObject).v, key) >= 0;
}

export function PyDict_ContainsString(d: PyObject, key: string): boolean {
  return find((d as PyDictObject).v, _Py_ID(key)) >= 0;
}

export function PyDict_Size(d: PyObject): number {
  return (d as PyDictObject).v.used;
}

/** The first entry at or after `pos`: an index into `table.keys` and `table.values`; -1 at the end. */
export function PyDict_Next(d: PyObject, pos: number): number {
  const keys = (d as PyDictObject).v.keys;
  for (let i = pos; i < keys.length; i++) if (keys[i] !== null) return i;
  return -1;
}

/** Removes a key; its owned value, or null. CPython: PyDict_Pop */
export function PyDict_Pop(d: PyObject, key: PyObject): PyObject | null {
  const t = (d as PyDictObject).v;
  if (t.used === 0) return null;
  const ix = find(t, key);
  if (ix < 0) return null;
  const k = t.keys[ix]!;
  const v = t.values[ix]!;
  delete_entry(t, ix);
  decref(k);
  return v;
}

/** The value of the key (borrowed), after storing the default if it was absent. CPython: PyDict_SetDefault */
export function PyDict_SetDefault(d: PyObject, key: PyObject, value: PyObject): PyObject {
  const t = (d as PyDictObject).v;
  const h = key_hash(key);
  prepare_insert(t, key);
  const ix = lookup(t, key, h.lo, h.hi);
  if (ix >= 0) return t.values[ix]!;
  incref(key);
  incref(value);
  insert_new(t, key, h.lo, h.hi, value);
  return value;
}

/** CPython: PyDict_Clear */
export function PyDict_Clear(d: PyObject): void {
  const t = (d as PyDictObject).v;
  if (t.log2_size === 0) return;
  const { keys, values } = t;
  const fresh = new DictTable();
  // (`split` stays: the values are in the instance)
  t.indices = fresh.indices;
  t.keys = fresh.keys;
  t.values = fresh.values;
  t.hashes = null;
  t.interned = true;
  t.used = 0;
  t.usable = 0;
  t.log2_size = 0;
  t.keys_version = 0;
  release_entries(keys, values);
}

function release_entries(keys: (PyObject | null)[], values: (PyObject | null)[]): void {
  for (let i = 0; i < keys.length; i++) {
    const k = keys[i] as PyObject | null;
    if (k !== null) {
      decref(k);
      decref(values[i]!);
    }
  }
}

function list_of(d: PyDictObject, which: (t: DictTable, i: number) => PyObject): PyListObject {
  const items: PyObject[] = [];
  for (let i = PyDict_Next(d, 0); i >= 0; i = PyDict_Next(d, i + 1)) items.push(which(d.v, i));
  return PyList_FromArraySteal(items);
}

/** A new list. */
export function PyDict_Keys(d: PyObject): PyListObject {
  return list_of(d as PyDictObject, (t, i) => newref(t.keys[i]!));
}

/** A new list. */
export function PyDict_Values(d: PyObject): PyListObject {
  return list_of(d as PyDictObject, (t, i) => newref(t.values[i]!));
}

/** A new list of pairs. */
export function PyDict_Items(d: PyObject): PyListObject {
  return list_of(d as PyDictObject, (t, i) => tuple_pair_steal(newref(t.keys[i]!), newref(t.values[i]!)));
}

/** A shallow copy that is an exact dict. CPython: PyDict_Copy */
export function PyDict_Copy(d: PyObject): PyDictObject {
  const t = (d as PyDictObject).v;
  const copy = PyDict_New();
  if (t.used === 0) return copy;
  if (d.ob_type.tp_iter === dict_iter && t.used >= Math.floor((t.keys.length * 2) / 3)) {
    clone_into(copy.v, t);
    return copy;
  }
  try {
    PyDict_Merge(copy, d, 1);
  } catch (e) {
    decref(copy);
    throw e;
  }
  return copy;
}

// --- merging ---------------------------------------------------------------------------------------------------------

/** CPython: Objects/dictobject.c:dict_dict_merge */
function merge_dict(a: PyDictObject, b: PyDictObject, override: number): void {
  const t = a.v;
  const o = b.v;
  if (a === b || o.used === 0) return;
  if (t.used === 0) {
    override = 1;
    if (
      o.used === o.keys.length &&
      t.split === null &&
      o.split === null &&
      (o.log2_size === 3 || usable_fraction(2 ** o.log2_size / 2) < o.used)
    ) {
      clone_into(t, o);
      return;
    }
  }
  const log2_size = t.split !== null ? SHARED_KEYS_LOG2_SIZE : t.log2_size;
  if (usable_fraction(log2_size === 0 ? 1 : 2 ** log2_size) < o.used) {
    if (t.log2_size === 0) t.hashes = null;
    resize(t, estimate_log2_keysize(t.used + o.used), o.hashes === null);
  }
  const n = o.keys.length;
  for (let i = PyDict_Next(b, 0); i >= 0; i = PyDict_Next(b, i + 1)) {
    const key = newref(o.keys[i]!);
    const value = newref(o.values[i]!);
    try {
      let lo: number;
      let hi: number;
      if (o.hashes === null) {
        const h = unicode_hash(key);
        lo = h.lo;
        hi = h.hi;
      } else {
        lo = o.hashes[2 * i]!;
        hi = o.hashes[2 * i + 1]!;
      }
      if (override === 1) insert(a, key, lo, hi, value);
      else if (lookup(t, key, lo, hi) < 0) insert(a, key, lo, hi, value);
      else if (override !== 0) _PyErr_SetKeyError(key);
    } finally {
      decref(key);
      decref(value);
    }
    if (n !== o.keys.length) PyErr_SetString(PyExc_RuntimeError, 'dict mutated during update');
  }
}

/** Merges a mapping. override 0: keys present stay; 1: they are replaced; 2: they raise KeyError. CPython: dict_merge */
export function _PyDict_MergeEx(a: PyObject, b: PyObject, override: number): void {
  if (PyDict_Check(b) && b.ob_type.tp_iter === dict_iter) {
    merge_dict(a as PyDictObject, b as PyDictObject, override);
    return;
  }
  const keys = PyMapping_Keys(b);
  try {
    const it = PyObject_GetIter(keys);
    try {
      const next = PyIter_Next;
      for (let key = next(it); key !== null; key = next(it)) {
        try {
          if (override !== 1 && PyDict_Contains(a, key)) {
            if (override === 0) continue;
            _PyErr_SetKeyError(key);
          }
          const value = PyObject_GetItem(b, key);
          try {
            PyDict_SetItem(a, key, value);
          } finally {
            decref(value);
          }
        } finally {
          decref(key);
        }
      }
    } finally {
      decref(it);
    }
  } finally {
    decref(keys);
  }
}

/** CPython: PyDict_Merge */
export function PyDict_Merge(a: PyObject, b: PyObject, override: number | boolean): void {
  _PyDict_MergeEx(a, b, Number(override));
}

/** CPython: PyDict_Update */
export function PyDict_Update(a: PyObject, b: PyObject): void {
  _PyDict_MergeEx(a, b, 1);
}

/** Merges a sequence of pairs. CPython: PyDict_MergeFromSeq2 */
export function PyDict_MergeFromSeq2(d: PyObject, seq2: PyObject, override: boolean): void {
  const it = PyObject_GetIter(seq2);
  try {
    const next = PyIter_Next;
    let i = 0;
    for (let item = next(it); item !== null; item = next(it), i++) {
      try {
        merge_pair(d, item, i, override);
      } finally {
        decref(item);
      }
    }
  } finally {
    decref(it);
  }
}

function merge_pair(d: PyObject, item: PyObject, i: number, override: boolean): void {
  let fast: PyObject;
  try {
    fast = PySequence_Fast(item, 'object is not iterable');
  } catch (e) {
    if (PyErr_ExceptionMatches(e, PyExc_TypeError)) {
      _PyException_AddNote(e.exc, `Cannot convert dictionary update sequence element #${i} to a sequence`);
    }
    throw e;
  }
  try {
    const pair = (fast as PyListObject).v;
    if (pair.length !== 2) {
      PyErr_SetString(
        PyExc_ValueError,
        `dictionary update sequence element #${i} has length ${pair.length}; 2 is required`,
      );
    }
    const key = newref(pair[0]!);
    const value = newref(pair[1]!);
    try {
      if (override) PyDict_SetItem(d, key, value);
      else PyDict_SetDefault(d, key, value);
    } finally {
      decref(key);
      decref(value);
    }
  } finally {
    decref(fast);
  }
}

/** CPython: Objects/dictobject.c:dict_update_arg */
export function dict_update_arg(self: PyObject, arg: PyObject): void {
  if (PyDict_CheckExact(arg)) {
    _PyDict_MergeEx(self, arg, 1);
    return;
  }
  const keys = PyObject_GetOptionalAttr(arg, _Py_ID('keys'));
  if (keys !== null) {
    decref(keys);
    _PyDict_MergeEx(self, arg, 1);
  } else PyDict_MergeFromSeq2(self, arg, true);
}

/** The arguments of dict() and update(). CPython: Objects/dictobject.c:dict_update_common */
export function dict_update_common(self: PyObject, args: PyObject, kwargs: PyObject | null, name: string): void {
  const a = (args as PyTupleObject).v;
  check_positional(name, a.length, 0, 1);
  if (a.length > 0) dict_update_arg(self, a[0]!);
  if (kwargs !== null) {
    check_keyword_names(kwargs);
    _PyDict_MergeEx(self, kwargs, 1);
  }
}

/** CPython: PyArg_ValidateKeywordArguments */
function check_keyword_names(kwargs: PyObject): void {
  const t = (kwargs as PyDictObject).v;
  if (t.hashes === null) return;
  for (let i = 0; i < t.keys.length; i++) {
    const k = t.keys[i] as PyObject | null;
    if (k !== null && !is_str(k)) PyErr_SetString(PyExc_TypeError, 'keywords must be strings');
  }
}

function is_str(o: PyObject): boolean {
  return o.ob_type === PyUnicode_Type || (o.ob_type.tp_flags & (1 << 28)) !== 0;
}

// --- construction, destruction ---------------------------------------------------------------------------------------

function dict_new(type: PyTypeObject, _args: PyObject, _kwargs: PyObject | null): PyObject {
  return type.tp_alloc!(type, new DictTable());
}

function dict_init(self: PyObject, args: PyObject, kwargs: PyObject | null): void {
  dict_update_common(self, args, kwargs, 'dict');
}

function dict_vectorcall(type: PyObject, args: PyObject[], kwnames: PyObject | null): PyObject {
  const names = kwnames === null ? null : (kwnames as PyTupleObject).v;
  const nargs = args.length - (names === null ? 0 : names.length);
  check_positional('dict', nargs, 0, 1);
  const self = type === PyDict_Type ? PyDict_New() : dict_new(type as PyTypeObject, type, null);
  try {
    if (nargs > 0) dict_update_arg(self, args[0]!);
    if (names !== null) for (let i = 0; i < names.length; i++) PyDict_SetItem(self, names[i]!, args[nargs + i]!);
  } catch (e) {
    decref(self);
    throw e;
  }
  return self;
}

function dict_dealloc(self: PyObject): void {
  if (self.ob_type === PyDict_Type) gc_del_to(FREE_DICTS, self);
  else gc_del(self);
  const t = (self as PyDictObject).v;
  release_entries(t.keys, t.values);
}

/** Keys that are exact strs are passed over: they hold nothing. CPython: Objects/dictobject.c:dict_traverse */
function dict_traverse(self: PyObject, visit: visitproc): void {
  const { keys, values, hashes } = (self as PyDictObject).v;
  if (hashes === null) {
    for (let i = 0; i < values.length; i++) {
      const value = values[i] as PyObject | null;
      if (value !== null) visit(value);
    }
    return;
  }
  for (let i = 0; i < keys.length; i++) {
    const k = keys[i] as PyObject | null;
    if (k !== null) {
      visit(values[i]!);
      visit(k);
    }
  }
}

// --- text and comparison ---------------------------------------------------------------------------------------------

function dict_repr(self: PyObject): PyObject {
  const d = self as PyDictObject;
  if (d.v.used === 0) return PyUnicode_FromString('{}');
  if (Py_ReprEnter(self)) return PyUnicode_FromString('{...}');
  try {
    let text = '{';
    let first = true;
    for (let i = PyDict_Next(d, 0); i >= 0; i = PyDict_Next(d, i + 1)) {
      const key = newref(d.v.keys[i]!);
      const value = newref(d.v.values[i]!);
      try {
        const k = PyObject_Repr(key);
        text += `${first ? '' : ', '}${PyUnicode_AsString(k)}: `;
        decref(k);
        const v = PyObject_Repr(value);
        text += PyUnicode_AsString(v);
        decref(v);
      } finally {
        decref(key);
        decref(value);
      }
      first = false;
    }
    return PyUnicode_FromString(`${text}}`);
  } finally {
    Py_ReprLeave(self);
  }
}

/** CPython: Objects/dictobject.c:dict_equal */
function dict_equal(a: PyDictObject, b: PyDictObject): boolean {
  if (a.v.used !== b.v.used) return false;
  const t = a.v;
  for (let i = 0; i < t.keys.length; i++) {
    const key = t.keys[i] as PyObject | null;
    if (key === null) continue;
    const value = newref(t.values[i]!);
    incref(key);
    try {
      const h = t.hashes;
      const own = h === null ? unicode_hash(key) : null;
      const lo = own !== null ? own.lo : h![2 * i]!;
      const hi = own !== null ? own.hi : h![2 * i + 1]!;
      const ix = lookup(b.v, key, lo, hi);
      if (ix < 0) return false;
      const other = newref(b.v.values[ix]!);
      try {
        if (!PyObject_RichCompareBool(value, other, Py_EQ)) return false;
      } finally {
        decref(other);
      }
    } finally {
      decref(key);
      decref(value);
    }
  }
  return true;
}

export function dict_richcompare(self: PyObject, other: PyObject, op: number): PyObject {
  if (!PyDict_Check(self) || !PyDict_Check(other) || (op !== Py_EQ && op !== Py_NE)) return newref(Py_NotImplemented);
  const equal = dict_equal(self as PyDictObject, other as PyDictObject);
  return newref(equal === (op === Py_EQ) ? Py_True : Py_False);
}

// --- the mapping protocol --------------------------------------------------------------------------------------------

function dict_length(self: PyObject): number {
  return (self as PyDictObject).v.used;
}

export function dict_subscript(self: PyObject, key: PyObject): PyObject {
  const t = (self as PyDictObject).v;
  const ix = find(t, key);
  if (ix >= 0) return newref(t.values[ix]!);
  if (self.ob_type !== PyDict_Type) {
    const missing = _PyObject_LookupSpecial(self, _Py_ID('__missing__'));
    if (missing !== null) {
      try {
        return PyObject_CallOneArg(missing, key);
      } finally {
        decref(missing);
      }
    }
  }
  _PyErr_SetKeyError(key);
}

export function dict_ass_sub(self: PyObject, key: PyObject, value: PyObject | null): void {
  if (value === null) PyDict_DelItem(self, key);
  else PyDict_SetItem(self, key, value);
}

function dict_or(self: PyObject, other: PyObject): PyObject {
  if (!PyDict_Check(self) || !PyDict_Check(other)) return newref(Py_NotImplemented);
  const result = dict_copy(self);
  try {
    dict_update_arg(result, other);
  } catch (e) {
    decref(result);
    throw e;
  }
  return result;
}

function dict_ior(self: PyObject, other: PyObject): PyObject {
  dict_update_arg(self, other);
  return newref(self);
}

// --- methods ---------------------------------------------------------------------------------------------------------

function dict___contains__(self: PyObject, key: PyObject): PyObject {
  return newref(find((self as PyDictObject).v, key) >= 0 ? Py_True : Py_False);
}

function dict_get(self: PyObject, key: PyObject, dflt: PyObject | null): PyObject {
  const t = (self as PyDictObject).v;
  const ix = t.interned && (key.g & G_INTERNED) !== 0 ? lookup_interned(t, key) : find(t, key);
  if (ix >= 0) return newref(t.values[ix]!);
  return newref(dflt === null ? Py_None : dflt);
}

function dict_setdefault(self: PyObject, key: PyObject, dflt: PyObject | null): PyObject {
  return newref(PyDict_SetDefault(self, key, dflt === null ? Py_None : dflt));
}

function dict_pop(self: PyObject, key: PyObject, dflt: PyObject | null): PyObject {
  const value = PyDict_Pop(self, key);
  if (value !== null) return value;
  if (dflt !== null) return newref(dflt);
  _PyErr_SetKeyError(key);
}

/** CPython: Objects/dictobject.c:dict_popitem_impl */
export function dict_popitem(self: PyObject): PyObject {
  const t = (self as PyDictObject).v;
  if (t.used === 0) PyErr_SetString(PyExc_KeyError, 'popitem(): dictionary is empty');
  if (t.split !== null) resize(t, SHARED_KEYS_LOG2_SIZE, t.hashes === null);
  const ix = last_entry(t);
  const key = t.keys[ix]!;
  const value = t.values[ix]!;
  truncate(t, ix);
  return tuple_pair_steal(key, value);
}

function dict_update(self: PyObject, args: PyObject, kwargs: PyObject | null): PyObject {
  dict_update_common(self, args, kwargs, 'update');
  return newref(Py_None);
}

function dict_clear_method(self: PyObject): PyObject {
  PyDict_Clear(self);
  return newref(Py_None);
}

function dict_copy(self: PyObject): PyObject {
  return PyDict_Copy(self);
}

function dict___sizeof__(self: PyObject): PyObject {
  return PyLong_FromLong(self.ob_type.tp_basicsize + keys_size((self as PyDictObject).v));
}

function dict_fromkeys(type: PyObject, iterable: PyObject, value: PyObject | null): PyObject {
  return _PyDict_FromKeys(type, iterable, value === null ? Py_None : value);
}

/** CPython: Objects/dictobject.c:_PyDict_FromKeys */
export function _PyDict_FromKeys(cls: PyObject, iterable: PyObject, value: PyObject): PyObject {
  const d = PyObject_CallNoArgs(cls);
  try {
    if (PyDict_CheckExact(d) && d.v.used === 0) {
      if (PyDict_CheckExact(iterable)) {
        const o = iterable.v;
        resize(d.v, estimate_log2_keysize(o.used), o.hashes === null);
        for (let i = PyDict_Next(iterable, 0); i >= 0; i = PyDict_Next(iterable, i + 1)) {
          // A comparison may empty the dict that is walked.
          const key = newref(o.keys[i]!);
          try {
            if (o.hashes === null) PyDict_SetItem(d, key, value);
            else insert(d, key, o.hashes[2 * i]!, o.hashes[2 * i + 1]!, value);
          } finally {
            decref(key);
          }
        }
        return d;
      }
      if (iterable.ob_type === PySet_Type || iterable.ob_type === PyFrozenSet_Type) {
        resize(d.v, estimate_log2_keysize(PyObject_Size(iterable)), false);
        _PySet_EachEntry(iterable, (key, lo, hi) => insert(d, key, lo, hi, value));
        return d;
      }
    }
    const it = PyObject_GetIter(iterable);
    try {
      const exact = PyDict_CheckExact(d);
      const next = PyIter_Next;
      for (let key = next(it); key !== null; key = next(it)) {
        try {
          if (exact) PyDict_SetItem(d, key, value);
          else PyObject_SetItem(d, key, value);
        } finally {
          decref(key);
        }
      }
    } finally {
      decref(it);
    }
    return d;
  } catch (e) {
    decref(d);
    throw e;
  }
}

function class_getitem(type: PyObject, item: PyObject): PyObject {
  return Py_GenericAlias(type, item);
}

export const PyDict_Type = static_type({
  name: 'dict',
  tp_basicsize: 48,
  tp_flags:
    Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_DICT_SUBCLASS | _Py_TPFLAGS_MATCH_SELF | Py_TPFLAGS_MAPPING,
  tp_doc: 'Mapping of hashable keys to values, in order of insertion.',
  tp_dealloc: dict_dealloc,
  tp_traverse: dict_traverse,
  tp_clear: PyDict_Clear,
  tp_repr: dict_repr,
  tp_hash: PyObject_HashNotImplemented,
  tp_richcompare: dict_richcompare,
  tp_iter: dict_iter,
  tp_init: dict_init,
  tp_new: dict_new,
  tp_vectorcall: dict_vectorcall,
  nb_or: dict_or,
  nb_inplace_or: dict_ior,
  sq_contains: PyDict_Contains,
  mp_length: dict_length,
  mp_subscript: dict_subscript,
  mp_ass_subscript: dict_ass_sub,
  methods: [
    { name: '__getitem__', flags: METH_O | METH_COEXIST, meth: dict_subscript, sig: '($self, key, /)' },
    { name: '__contains__', flags: METH_O | METH_COEXIST, meth: dict___contains__, sig: '($self, key, /)' },
    { name: '__sizeof__', flags: METH_NOARGS, meth: dict___sizeof__, sig: '($self, /)' },
    { name: 'get', flags: METH_CLINIC, meth: dict_get, sig: '($self, key, default=None, /)' },
    { name: 'setdefault', flags: METH_CLINIC, meth: dict_setdefault, sig: '($self, key, default=None, /)' },
    { name: 'pop', flags: METH_CLINIC, meth: dict_pop, sig: '($self, key, default=<unrepresentable>, /)' },
    { name: 'popitem', flags: METH_NOARGS, meth: dict_popitem, sig: '($self, /)' },
    { name: 'keys', flags: METH_NOARGS, meth: dict_keys, sig: '($self, /)' },
    { name: 'items', flags: METH_NOARGS, meth: dict_items, sig: '($self, /)' },
    { name: 'values', flags: METH_NOARGS, meth: dict_values, sig: '($self, /)' },
    { name: 'update', flags: METH_VARARGS | METH_KEYWORDS, meth: dict_update },
    {
      name: 'fromkeys',
      flags: METH_CLINIC | METH_CLASS,
      meth: dict_fromkeys,
      sig: '($type, iterable, value=None, /)',
    },
    { name: 'clear', flags: METH_NOARGS, meth: dict_clear_method, sig: '($self, /)' },
    { name: 'copy', flags: METH_NOARGS, meth: dict_copy, sig: '($self, /)' },
    { name: '__reversed__', flags: METH_NOARGS, meth: dict___reversed__, sig: '($self, /)' },
    { name: '__class_getitem__', flags: METH_O | METH_CLASS, meth: class_getitem, sig: '($type, object, /)' },
  ],
});
