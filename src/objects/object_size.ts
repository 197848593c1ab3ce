// object_size.ts: how many bytes CPython would have allocated for an object.            CPython: Python/sysmodule.c:_PySys_GetSizeOf
//
// Three figures: what lies in front of an object (the collector's header; pointers to its dict and weak references), the
// block that it is allocated in, and all that it takes with its tables. They depend on the types' basic sizes, on the
// modelled allocations of containers, and on the types' own __sizeof__; no Python code runs.
import {
  decref,
  Py_TPFLAGS_HAVE_GC,
  Py_TPFLAGS_HEAPTYPE,
  Py_TPFLAGS_LONG_SUBCLASS,
  Py_TPFLAGS_MANAGED_DICT,
  Py_TPFLAGS_MANAGED_WEAKREF,
  Py_TPFLAGS_TYPE_SUBCLASS,
  Py_TPFLAGS_UNICODE_SUBCLASS,
  type PyObject,
  type PyTypeObject,
} from '../core/object.ts';
import type { MethodDescrObject } from './descrobject.ts';
import { PyLong_Type } from './longobject.ts';
import { _PyType_Lookup } from './typeobject.ts';
import { _Py_ID } from './unicodeobject.ts';

/** Bytes in front of the object: the collector's header (16), and the dict and weakref pointers (16). CPython: _PyType_PreHeaderSize */
export function preheader_size(o: PyObject): number {
  const type = o.ob_type;
  const managed = (type.tp_flags & (Py_TPFLAGS_MANAGED_DICT | Py_TPFLAGS_MANAGED_WEAKREF)) !== 0;
  let size = managed || type.tp_weaklistoffset < 0 || type.tp_dictoffset === -1 ? 16 : 0;
  // Static types are instances of a collected type that the collector does not manage.
  const is_static =
    (type.tp_flags & Py_TPFLAGS_TYPE_SUBCLASS) !== 0 && ((o as PyTypeObject).tp_flags & Py_TPFLAGS_HEAPTYPE) === 0;
  if ((type.tp_flags & Py_TPFLAGS_HAVE_GC) !== 0 && !is_static) size += 16;
  return size;
}

type sizer = (self: PyObject) => PyObject;

/** `__sizeof__` of the innermost built-in base, by type. */
const sizers = new WeakMap<PyTypeObject, sizer>();

function builtin_sizer(type: PyTypeObject): sizer {
  let found = sizers.get(type);
  if (found !== undefined) return found;
  let base = type;
  while ((base.tp_flags & Py_TPFLAGS_HEAPTYPE) !== 0) base = base.tp_base!;
  const descr = _PyType_Lookup(base, _Py_ID('__sizeof__')) as MethodDescrObject;
  found = descr.v.row.meth as sizer;
  sizers.set(type, found);
  return found;
}

/** CPython's struct of an int has room for one digit and is padded: more than `__sizeof__` tells. */
const SMALLEST_INT = 32;

/** What the built-in `__sizeof__` gives. */
function basic_size(o: PyObject): number {
  const result = builtin_sizer(o.ob_type)(o);
  const n = Number(result.v);
  decref(result);
  return n;
}

/** Bytes of the values that an instance of a plain class is made with. CPython: _PyInlineValuesSize */
function inline_values_size(o: PyObject): number {
  const keys = o.ob_type.ht_cached_keys;
  if (keys === null || o.ob_type.tp_itemsize !== 0) return 0;
  const n = keys.shrunk ? keys.size + 1 : keys.size;
  return 8 * (n + 1) + ((n + 7) & ~7);
}

/** The block that holds the object and what lies in front of it: what its address depends on. */
export function block_size(o: PyObject): number {
  const { tp_flags, tp_itemsize, tp_basicsize } = o.ob_type;
  const varying = tp_itemsize !== 0 || (tp_flags & (Py_TPFLAGS_LONG_SUBCLASS | Py_TPFLAGS_UNICODE_SUBCLASS)) !== 0;
  if (o.ob_type === PyLong_Type) return Math.max(SMALLEST_INT, basic_size(o));
  return preheader_size(o) + (varying ? basic_size(o) : tp_basicsize) + inline_values_size(o);
}

/** Everything that was allocated for the object: its block and its tables. */
export function allocated_size(o: PyObject): number {
  if (o.ob_type === PyLong_Type) return block_size(o);
  return preheader_size(o) + basic_size(o) + inline_values_size(o);
}
