// cache.ts: which instances of ZoneInfo are handed out again.                               CPython: Modules/_zoneinfo.c
//
// A class keeps its instances by key in a WeakValueDictionary: ZoneInfo's is here, a subclass's is its `_weak_cache`.
// The last eight of ZoneInfo itself are kept longer.

import { decref, incref, newref, Py_EQ, type PyObject, type PyTypeObject, xdecref } from '../../core/object.ts';
import { per_interpreter } from '../../core/per_interpreter.ts';
import { PyObject_CallNoArgs } from '../../objects/call.ts';
import { PyImport_ImportModuleAttr } from '../../objects/import_util.ts';
import { PyObject_GetAttrString, PyObject_RichCompareBool } from '../../objects/object.ts';

/** Owns both. */
interface Kept {
  readonly key: PyObject;
  readonly zone: PyObject;
}

const STRONG_CACHE_SIZE = 8;
/** The weak cache of ZoneInfo (owned), and its last instances, the most recent first. */
const caches = /* @__PURE__ */ per_interpreter(() => ({ weak: null as PyObject | null, strong: [] as Kept[] }), {
  clear({ weak, strong }) {
    caches.weak = null;
    xdecref(weak);
    strong.splice(0).forEach(release);
  },
});

/** A new WeakValueDictionary. CPython: new_weak_cache */
export function new_weak_cache(): PyObject {
  const type = PyImport_ImportModuleAttr('weakref', 'WeakValueDictionary');
  try {
    return PyObject_CallNoArgs(type);
  } finally {
    decref(type);
  }
}

/** Called when the module is imported. CPython: initialize_caches */
export function initialize_caches(): void {
  xdecref(caches.weak);
  caches.weak = new_weak_cache();
}

/** The weak cache of a class (new). CPython: get_weak_cache */
export function get_weak_cache(type: PyTypeObject, base: PyTypeObject): PyObject {
  return type === base ? newref(caches.weak!) : PyObject_GetAttrString(type, '_weak_cache');
}

/** The kept instance of ZoneInfo for a key (new), which becomes the most recent. CPython: zone_from_strong_cache */
export function zone_from_strong_cache(key: PyObject): PyObject | null {
  const { strong } = caches;
  const found = strong.find(kept => PyObject_RichCompareBool(kept.key, key, Py_EQ));
  if (found === undefined) return null;
  strong.splice(strong.indexOf(found), 1);
  strong.unshift(found);
  return newref(found.zone);
}

/** CPython: update_strong_cache */
export function update_strong_cache(key: PyObject, zone: PyObject): void {
  const { strong } = caches;
  incref(key);
  incref(zone);
  strong.unshift({ key, zone });
  if (strong.length > STRONG_CACHE_SIZE) release(strong.pop()!);
}

/** CPython: eject_from_strong_cache */
export function eject_from_strong_cache(key: PyObject): void {
  const { strong } = caches;
  const found = strong.find(kept => PyObject_RichCompareBool(kept.key, key, Py_EQ));
  if (found === undefined) return;
  strong.splice(strong.indexOf(found), 1);
  release(found);
}

/** CPython: clear_strong_cache */
export function clear_strong_cache(): void {
  for (const kept of caches.strong.splice(0)) release(kept);
}

function release(kept: Kept): void {
  decref(kept.key);
  decref(kept.zone);
}
