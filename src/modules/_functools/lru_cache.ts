// lru_cache.ts: the wrapper behind functools.lru_cache.                          CPython: Modules/_functoolsmodule.c
//
// A dict maps argument keys to results, or, with a size limit, to links of a ring in order of last use; the root's
// `next` is the least recently used. Invariant: a link is in the ring exactly as long as the dict holds it.

import { PyErr_SetString } from '../../core/errors.ts';
import { gc_del, gc_new } from '../../core/gc.ts';
import type { Hash } from '../../core/hash.ts';
import {
  decref,
  newref,
  Py_TPFLAGS_HAVE_GC,
  Py_TPFLAGS_METHOD_DESCRIPTOR,
  PyObject,
  type PyTypeObject,
  type visitproc,
} from '../../core/object.ts';
import { METH_NOARGS, METH_VARARGS, static_type } from '../../core/spec.ts';
import { PyIndex_Check, PyNumber_AsSsize_t } from '../../objects/abstract.ts';
import { PyObject_Call, PyObject_Vectorcall } from '../../objects/call.ts';
import { PyMethod_New } from '../../objects/classobject.ts';
import {
  dict_del_hashed,
  dict_get_hashed,
  dict_set_hashed,
  PyDict_Clear,
  PyDict_New,
  PyDict_Next,
  PyDict_Size,
  type PyDictObject,
} from '../../objects/dictobject.ts';
import { PyExc_OverflowError, PyExc_TypeError } from '../../objects/exceptions.ts';
import { PyArg_Clinic } from '../../objects/getargs.ts';
import { release_instance, traverse_instance } from '../../objects/instance.ts';
import { PyLong_FromLong, PyLong_Type } from '../../objects/longobject.ts';
import {
  Py_None,
  PyCallable_Check,
  PyObject_GenericGetDict,
  PyObject_GenericSetDict,
  PyObject_GetAttrString,
  PyObject_Hash,
  PyObject_IsTrue,
} from '../../objects/object.ts';
import { PyTuple_FromArraySteal, type PyTupleObject } from '../../objects/tupleobject.ts';
import { PyBaseObject_Type } from '../../objects/typeobject.ts';
import { PyUnicode_Type } from '../../objects/unicodeobject.ts';

class Link {
  prev: LinkObject | null = null;
  next: LinkObject | null = null;
  /** Owned. */
  key: PyObject;
  result: PyObject;
  hash: Hash;
  constructor(key: PyObject, result: PyObject, hash: Hash) {
    this.key = key;
    this.result = result;
    this.hash = hash;
  }
}
type LinkObject = PyObject<Link>;

class LruCache {
  /** Owned. */
  func: PyObject;
  cache: PyDictObject;
  cache_info_type: PyObject;
  typed: boolean;
  /** -1: unlimited. */
  maxsize: number;
  hits = 0;
  misses = 0;
  /** Least and most recently used (borrowed: the dict holds the links). */
  oldest: LinkObject | null = null;
  newest: LinkObject | null = null;
  constructor(func: PyObject, cache: PyDictObject, info: PyObject, typed: boolean, maxsize: number) {
    this.func = func;
    this.cache = cache;
    this.cache_info_type = info;
    this.typed = typed;
    this.maxsize = maxsize;
  }
}
type LruCacheObject = PyObject<LruCache>;

/** Separates positional from keyword arguments in a key; made on first use. */
const kwd_mark: { value: PyObject | null } = { value: null };

function link_dealloc(self: PyObject): void {
  gc_del(self);
  const link = (self as LinkObject).v;
  decref(link.key);
  decref(link.result);
}

function link_traverse(self: PyObject, visit: visitproc): void {
  const link = (self as LinkObject).v;
  visit(link.key);
  visit(link.result);
}

export const lru_list_elem_type = static_type({
  name: 'functools._lru_list_elem',
  heap: 'immutable',
  tp_basicsize: 56,
  tp_flags: Py_TPFLAGS_HAVE_GC,
  tp_dealloc: link_dealloc,
  tp_traverse: link_traverse,
});

function unlink(self: LruCache, link: LinkObject): void {
  const { prev, next } = link.v;
  if (prev === null) self.oldest = next;
  else prev.v.next = next;
  if (next === null) self.newest = prev;
  else next.v.prev = prev;
}

function append(self: LruCache, link: LinkObject): void {
  const last = self.newest;
  link.v.prev = last;
  link.v.next = null;
  if (last === null) self.oldest = link;
  else last.v.next = link;
  self.newest = link;
}

/** The cache key of a call; owned. CPython: lru_cache_make_key */
function make_key(args: readonly PyObject[], kwargs: PyObject | null, typed: boolean): PyObject {
  const nkw = kwargs === null ? 0 : PyDict_Size(kwargs);
  if (!typed && nkw === 0 && args.length === 1) {
    const key = args[0]!;
    if (key.ob_type === PyUnicode_Type || key.ob_type === PyLong_Type) return newref(key);
  }
  const items: PyObject[] = [];
  for (let i = 0; i < args.length; i++) items.push(newref(args[i]!));
  if (nkw > 0) {
    if (kwd_mark.value === null) kwd_mark.value = new PyObject(PyBaseObject_Type, null, null);
    items.push(newref(kwd_mark.value));
    const d = (kwargs as PyDictObject).v;
    for (let i = PyDict_Next(kwargs!, 0); i >= 0; i = PyDict_Next(kwargs!, i + 1)) {
      items.push(newref(d.keys[i]!), newref(d.values[i]!));
    }
  }
  if (typed) {
    for (let i = 0; i < args.length; i++) items.push(newref(args[i]!.ob_type as PyObject));
    if (nkw > 0) {
      const d = (kwargs as PyDictObject).v;
      for (let i = PyDict_Next(kwargs!, 0); i >= 0; i = PyDict_Next(kwargs!, i + 1)) {
        items.push(newref(d.values[i]!.ob_type as PyObject));
      }
    }
  }
  return PyTuple_FromArraySteal(items);
}

/** CPython: infinite_lru_cache_wrapper */
function call_unlimited(self: LruCache, args: PyObject, kwargs: PyObject | null): PyObject {
  const key = make_key((args as PyTupleObject).v, kwargs, self.typed);
  try {
    const hash = PyObject_Hash(key);
    const found = dict_get_hashed(self.cache, key, hash);
    if (found !== null) {
      self.hits++;
      return newref(found);
    }
    self.misses++;
    const result = PyObject_Call(self.func, args, kwargs);
    try {
      dict_set_hashed(self.cache, key, result, hash);
    } catch (e) {
      decref(result);
      throw e;
    }
    return result;
  } finally {
    decref(key);
  }
}

/** CPython: bounded_lru_cache_wrapper */
function call_bounded(self: LruCache, args: PyObject, kwargs: PyObject | null): PyObject {
  const key = make_key((args as PyTupleObject).v, kwargs, self.typed);
  try {
    const hash = PyObject_Hash(key);
    const found = dict_get_hashed(self.cache, key, hash) as LinkObject | null;
    if (found !== null) {
      unlink(self, found);
      append(self, found);
      self.hits++;
      return newref(found.v.result);
    }
    self.misses++;
    const result = PyObject_Call(self.func, args, kwargs);
    try {
      remember(self, key, hash, result);
    } catch (e) {
      decref(result);
      throw e;
    }
    return result;
  } finally {
    decref(key);
  }
}

/** Stores a result, in the place of the least recently used one if the cache is full. */
function remember(self: LruCache, key: PyObject, hash: Hash, result: PyObject): void {
  // The call may have cached the same key meanwhile.
  if (dict_get_hashed(self.cache, key, hash) !== null) return;
  const oldest = self.oldest;
  if (self.cache.v.used >= self.maxsize && oldest !== null) {
    newref(oldest);
    try {
      unlink(self, oldest);
      dict_del_hashed(self.cache, oldest.v.key, oldest.v.hash);
    } finally {
      decref(oldest);
    }
  }
  const link = new PyObject(lru_list_elem_type, new Link(newref(key), newref(result), hash), null);
  gc_new(link);
  try {
    dict_set_hashed(self.cache, key, link, hash);
    append(self, link);
  } finally {
    decref(link);
  }
}

function lru_cache_call(self: PyObject, args: PyObject, kwargs: PyObject | null): PyObject {
  const c = (self as LruCacheObject).v;
  if (c.maxsize === 0) {
    c.misses++;
    return PyObject_Call(c.func, args, kwargs);
  }
  return c.maxsize < 0 ? call_unlimited(c, args, kwargs) : call_bounded(c, args, kwargs);
}

/** CPython: lru_cache_new */
function lru_cache_new(type: PyTypeObject, args: PyObject, kwargs: PyObject | null): PyObject {
  const sig = '(user_function, maxsize, typed, cache_info_type)';
  const [func, max, typed, info] = PyArg_Clinic('lru_cache', sig, args, kwargs) as [
    PyObject,
    PyObject,
    PyObject,
    PyObject,
  ];
  const is_typed = PyObject_IsTrue(typed);
  if (!PyCallable_Check(func)) PyErr_SetString(PyExc_TypeError, 'the first argument must be callable');
  let maxsize = -1;
  if (max !== Py_None) {
    if (!PyIndex_Check(max)) PyErr_SetString(PyExc_TypeError, 'maxsize should be integer or None');
    maxsize = Math.max(0, PyNumber_AsSsize_t(max, PyExc_OverflowError));
  }
  return type.tp_alloc!(type, new LruCache(newref(func), PyDict_New(), newref(info), is_typed, maxsize));
}

function lru_cache_clear(self: PyObject): PyObject {
  const c = (self as LruCacheObject).v;
  c.hits = 0;
  c.misses = 0;
  c.oldest = null;
  c.newest = null;
  PyDict_Clear(c.cache);
  return newref(Py_None);
}

function lru_cache_info(self: PyObject): PyObject {
  const c = (self as LruCacheObject).v;
  const values = [
    PyLong_FromLong(c.hits),
    PyLong_FromLong(c.misses),
    c.maxsize < 0 ? newref(Py_None) : PyLong_FromLong(c.maxsize),
    PyLong_FromLong(PyDict_Size(c.cache)),
  ];
  try {
    return PyObject_Vectorcall(c.cache_info_type, values, null);
  } finally {
    for (const v of values) decref(v);
  }
}

function lru_cache_dealloc(self: PyObject): void {
  gc_del(self);
  release_instance(self);
  const c = (self as LruCacheObject).v;
  c.oldest = null;
  c.newest = null;
  decref(c.cache);
  decref(c.func);
  decref(c.cache_info_type);
}

function lru_cache_traverse(self: PyObject, visit: visitproc): void {
  const c = (self as LruCacheObject).v;
  visit(c.cache);
  visit(c.func);
  visit(c.cache_info_type);
  traverse_instance(self, visit);
}

function lru_cache_tp_clear(self: PyObject): void {
  decref(lru_cache_clear(self));
}

function lru_cache_descr_get(self: PyObject, obj: PyObject | null, _type: PyObject | null): PyObject {
  return obj === null || obj === Py_None ? newref(self) : PyMethod_New(self, obj);
}

function itself(self: PyObject): PyObject {
  return newref(self);
}

export const lru_cache_type = static_type({
  name: 'functools._lru_cache_wrapper',
  heap: 'immutable',
  tp_basicsize: 152,
  tp_dictoffset: 136,
  tp_weaklistoffset: 144,
  has_dict: true,
  has_weakrefs: true,
  tp_flags: Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_METHOD_DESCRIPTOR,
  tp_doc: 'A function with a cache of its results.',
  tp_dealloc: lru_cache_dealloc,
  tp_traverse: lru_cache_traverse,
  tp_clear: lru_cache_tp_clear,
  tp_call: lru_cache_call,
  tp_descr_get: lru_cache_descr_get,
  tp_new: lru_cache_new,
  methods: [
    { name: 'cache_info', flags: METH_NOARGS, meth: lru_cache_info, sig: '($self, /)' },
    { name: 'cache_clear', flags: METH_NOARGS, meth: lru_cache_clear, sig: '($self, /)' },
    {
      name: '__reduce__',
      flags: METH_NOARGS,
      meth: (self: PyObject) => PyObject_GetAttrString(self, '__qualname__'),
      sig: '($self, /)',
    },
    { name: '__copy__', flags: METH_VARARGS, meth: itself },
    { name: '__deepcopy__', flags: METH_VARARGS, meth: itself },
  ],
  getset: [{ name: '__dict__', get: PyObject_GenericGetDict, set: PyObject_GenericSetDict }],
});
