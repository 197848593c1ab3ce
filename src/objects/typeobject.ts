// typeobject.ts: classes: attribute look-up along the MRO, readying built-in types, instances' lives.   CPython: Objects/typeobject.c
//
// A type's attributes live in its dict; slots are a cache of the special methods among them. Whoever changes the dict
// calls PyType_Modified, which gives the type and all its subclasses a new version: every cache is keyed by it.
// Parts: typeobject/slots.ts (special methods), typeobject/new.ts (class statements), typeobject/attrs.ts (attributes and
// methods of `type`), typeobject/object.ts (`object`), typeobject/super.ts.
import { nulls } from '../core/arrays.ts';
import { PyErr_SetString } from '../core/errors.ts';
import { gc_alloc, gc_del, gc_track, gc_untrack } from '../core/gc.ts';
import { DICT_DIRECT, DICT_NONE, G_FINALIZED, G_INLINE_ORDER, G_INLINE_VALUES, G_INTERNED, G_WEAKREFS, PyObject, PyTypeObject, Py_TPFLAGS_BASE_EXC_SUBCLASS, Py_TPFLAGS_BYTES_SUBCLASS, Py_TPFLAGS_DICT_SUBCLASS, Py_TPFLAGS_DISALLOW_INSTANTIATION, Py_TPFLAGS_HAVE_GC, Py_TPFLAGS_HEAPTYPE, Py_TPFLAGS_IMMUTABLETYPE, Py_TPFLAGS_INLINE_VALUES, Py_TPFLAGS_ITEMS_AT_END, Py_TPFLAGS_LIST_SUBCLASS, Py_TPFLAGS_LONG_SUBCLASS, Py_TPFLAGS_MAPPING, Py_TPFLAGS_READY, Py_TPFLAGS_READYING, Py_TPFLAGS_SEQUENCE, Py_TPFLAGS_STATIC_BUILTIN, Py_TPFLAGS_TUPLE_SUBCLASS, Py_TPFLAGS_TYPE_SUBCLASS, Py_TPFLAGS_UNICODE_SUBCLASS, Py_TPFLAGS_VALID_VERSION_TAG, SLOT_IN_V, SLOT_IN_X, SlotState, _Py_TPFLAGS_MATCH_SELF, decref, immortalize, incref, new_slot_state, newref, swap_slot, xdecref } from '../core/object.ts';
import { METH_CLASS, METH_COEXIST, METH_FASTCALL, METH_KEYWORDS, METH_STATIC, type TypeSpec, static_types } from '../core/spec.ts';
import { kwnames_to_dict, make_tp_call } from './call.ts';
import { PyType_Check } from './checks.ts';
import { PyDescr_NewClassMethod, PyDescr_NewGetSet, PyDescr_NewMember, PyDescr_NewMethod, PyDescr_NewWrapper, type WrapperDescrObject, PyWrapperDescr_Type } from './descrobject.ts';
import { PyDict_Contains, PyDict_GetItem, PyDict_New, PyDict_SetItem } from './dictobject.ts';
import { PyExc_TypeError } from './exceptions.ts';
import { PyStaticMethod_New } from './funcobject.ts';
import { MethodDef, PyCFunction_New, PyCFunction_Type, type PyCFunctionObject } from './methodobject.ts';
import { PyObject_GenericGetAttr, PyObject_HashNotImplemented, Py_None } from './object.ts';
import { PyTuple_FromArray } from './tupleobject.ts';
import { type SlotDef, slotdefs, slot_instance_vectorcall, slot_tp_call, slot_tp_getattr_hook, slot_tp_getattro, slot_tp_init, slot_tp_new } from './typeobject/slots.ts';
import { PyBaseObject_Type, object_new } from './typeobject/object.ts';
import { PyType_Type, split_internal_doc, type_getattro } from './typeobject/attrs.ts';
import { mro_of } from './typeobject/mro.ts';
import { _Py_ID, interned_form, PyUnicode_FromString } from './unicodeobject.ts';
import { PyObject_ClearWeakRefs } from './weakrefobject.ts';

export { PyBaseObject_Type } from './typeobject/object.ts';
export { PyType_Type } from './typeobject/attrs.ts';
export { PySuper_Type } from './typeobject/super.ts';

// --- subtyping and look-up ---------------------------------------------------------------------------------------------

/** CPython: PyType_IsSubtype */
export function PyType_IsSubtype(a: PyTypeObject, b: PyTypeObject): boolean {
  const mro = a.tp_mro as PyObject<PyObject[]> | null;
  if (mro !== null) {
    // A metaclass's mro() may leave out the class itself.
    const items = mro.v;
    for (let i = 0; i < items.length; i++) if (items[i] === b) return true;
    return false;
  }
  for (let t: PyTypeObject | null = a; t !== null; t = t.tp_base) if (t === b) return true;
  return b === PyBaseObject_Type;
}

export function PyObject_TypeCheck(o: PyObject, type: PyTypeObject): boolean {
  return o.ob_type === type || PyType_IsSubtype(o.ob_type, type);
}

/** What lookups by interned names found last (null: nothing), at places told by the type's version and the name's number. Versions
 *  are used once, so that nothing needs to be taken out. CPython: struct type_cache */
const CACHE_SIZE = 4096;
const cache_versions = new Int32Array(CACHE_SIZE);
const cache_names: (PyObject | null)[] = [];
const cache_values: (PyObject | null)[] = [];

function cache_index(version: number, name: PyObject): number {
  return (Math.imul(version, 67) + name.gc) & (CACHE_SIZE - 1);
}

/** The same for super(): a name behind a class in a type's MRO. */
const BEHIND_SIZE = 256;
const behind_versions = new Int32Array(BEHIND_SIZE);
const behind_classes: (PyObject | null)[] = [];
const behind_names: (PyObject | null)[] = [];
const behind_values: (PyObject | null)[] = [];

/** Finds a name (interned) in the dicts of a type's MRO behind a class; borrowed, or null, also if the class is not there. */
export function _PySuper_LookupBehind(cls: PyTypeObject, type: PyTypeObject, name: PyObject): PyObject | null {
  const version = type.tp_version_tag;
  const i = (Math.imul(version, 67) + Math.imul(cls.tp_version_tag, 13) + name.gc) & (BEHIND_SIZE - 1);
  if (version !== 0 && behind_versions[i] === version && behind_names[i] === name && behind_classes[i] === cls) return behind_values[i]!;
  const mro = mro_items(type);
  const at = mro.indexOf(cls);
  const found = at < 0 ? null : find_in_mro(mro, at + 1, name);
  if (version === 0 || type.tp_uncached || (name.g & G_INTERNED) === 0) return found;
  while (behind_names.length < BEHIND_SIZE) {
    behind_classes.push(null);
    behind_names.push(null);
    behind_values.push(null);
  }
  behind_versions[i] = version;
  behind_classes[i] = cls;
  behind_names[i] = name;
  behind_values[i] = found;
  return found;
}

/** Finds a name in the dicts of the MRO; borrowed, or null. CPython: _PyType_Lookup */
export function _PyType_Lookup(type: PyTypeObject, name: PyObject): PyObject | null {
  const version = type.tp_version_tag;
  if (version !== 0) {
    const i = cache_index(version, name);
    if (cache_versions[i] === version && cache_names[i] === name) return cache_values[i]!;
  }
  return lookup_slow(type, name);
}

/** Where instances of a type keep an attribute: the type's version and the name, and the index among the inline values. */
const place_versions = new Int32Array(CACHE_SIZE);
const place_names: (PyObject | null)[] = [];
const place_indexes = new Int32Array(CACHE_SIZE);

/** The attribute of an instance with inline values, if it is one of these and nothing of its type comes first; borrowed. For
 *  instructions that meet instances of several types. */
export function inline_attribute(o: PyObject, name: PyObject): PyObject | null {
  const type = o.ob_type;
  const version = type.tp_version_tag;
  if (version === 0) return null;
  const at = cache_index(version, name);
  if (place_versions[at] !== version || place_names[at] !== name) {
    if (type.tp_getattro !== PyObject_GenericGetAttr || _PyType_Lookup(type, name) !== null) return null;
    const place = type.ht_cached_keys!.index.get(name);
    if (place === undefined) return null;
    while (place_names.length < CACHE_SIZE) place_names.push(null);
    place_versions[at] = version;
    place_names[at] = name;
    place_indexes[at] = place;
  }
  const values = o.d as (PyObject | null)[];
  const i = place_indexes[at]!;
  return i < values.length ? values[i]! : null;
}

function lookup_slow(type: PyTypeObject, name: PyObject): PyObject | null {
  if ((name.g & G_INTERNED) === 0) {
    const interned = interned_form(name);
    if (interned !== null) return _PyType_Lookup(type, interned);
    return find_in_mro(mro_items(type), 0, name);
  }
  const res = find_in_mro(mro_items(type), 0, name);
  if (type.tp_mro !== null && !type.tp_uncached) {
    while (cache_names.length < CACHE_SIZE) {
      cache_names.push(null);
      cache_values.push(null);
    }
    const version = type_version(type);
    const i = cache_index(version, name);
    cache_versions[i] = version;
    cache_names[i] = name;
    cache_values[i] = res;
  }
  return res;
}

function mro_items(type: PyTypeObject): PyObject[] {
  return type.tp_mro === null ? [] : (type.tp_mro as PyObject<PyObject[]>).v;
}

function find_in_mro(mro: PyObject[], from: number, name: PyObject): PyObject | null {
  for (let i = from; i < mro.length; i++) {
    const dict = (mro[i] as PyTypeObject).tp_dict;
    if (dict === null) continue;
    const res = PyDict_GetItem(dict, name);
    if (res !== null) return res;
  }
  return null;
}

let next_version = 1;

/** The version tag of the type's present contents, assigned now if need be. CPython: assign_version_tag */
export function type_version(type: PyTypeObject): number {
  if (type.tp_version_tag !== 0) return type.tp_version_tag;
  if (type.tp_uncached) return next_version++;
  // A type without a tag tells nobody of its changes: whoever has one needs bases that have one.
  const bases = type.tp_bases as PyObject<PyTypeObject[]> | null;
  if (bases !== null) for (const base of bases.v) type_version(base);
  type.tp_version_tag = next_version++;
  type.tp_flags |= Py_TPFLAGS_VALID_VERSION_TAG;
  return type.tp_version_tag;
}

/** Says that a type's attributes or bases changed. CPython: PyType_Modified */
export function PyType_Modified(type: PyTypeObject): void {
  if (type.tp_version_tag === 0) return;
  for (const sub of type.tp_subclasses) PyType_Modified(sub);
  type.tp_version_tag = 0;
  type.tp_flags &= ~Py_TPFLAGS_VALID_VERSION_TAG;
  type.spec_init = null;
  type.spec_getitem = null;
}

// --- instances ---------------------------------------------------------------------------------------------------------

/** Room for as many values as the class's instances are known to have. The literals give arrays of exact capacity. */
function new_inline_values(n: number): (PyObject | null)[] {
  switch (n) {
    case 1:
      return [null];
    case 2:
      return [null, null];
    case 3:
      return [null, null, null];
    case 4:
      return [null, null, null, null];
    case 5:
      return [null, null, null, null, null];
    case 6:
      return [null, null, null, null, null, null];
    default:
      return nulls(n);
  }
}

/** A new instance with the payload: instance state set up, tracked, the type referenced. CPython: PyType_GenericAlloc */
export function PyType_GenericAlloc(type: PyTypeObject, v: unknown): PyObject {
  const o = new PyObject<unknown, unknown>(type, v, null);
  const flags = type.tp_flags;
  if ((flags & Py_TPFLAGS_HEAPTYPE) !== 0) {
    incref(type);
    const keys = type.ht_cached_keys;
    if (keys !== null && type.tp_itemsize === 0) {
      keys.shrunk = keys.usable > 1;
      if (keys.shrunk) keys.usable--;
    }
    if (type.ht_slot_count > 0) o.d = new_slot_state(type);
    else if ((flags & Py_TPFLAGS_INLINE_VALUES) !== 0) {
      o.d = new_inline_values(type.ht_cached_keys!.names.length);
      o.g |= G_INLINE_VALUES;
    }
  }
  if ((flags & Py_TPFLAGS_HAVE_GC) !== 0) {
    gc_alloc();
    gc_track(o);
  }
  return o;
}

export function PyType_GenericNew(type: PyTypeObject): PyObject {
  return type.tp_alloc!(type, null);
}

/** Whether the instances' first slots are in their fields. */
function has_slots_in_fields(type: PyTypeObject): boolean {
  return type.ht_slot_count > 0 && type.ht_no_payload;
}

/** Releases what an instance keeps in its slots and in `d`. */
export function clear_instance_state(o: PyObject): void {
  if (has_slots_in_fields(o.ob_type)) {
    xdecref(swap_slot(o, SLOT_IN_V, null));
    xdecref(swap_slot(o, SLOT_IN_X, null));
  }
  const state = o.d;
  if (state === null) return;
  if (state instanceof SlotState) {
    const values = state.values;
    for (let i = 0; i < values.length; i++) {
      const v = values[i]!;
      if (v !== null) {
        values[i] = null;
        decref(v);
      }
    }
    const dict = state.dict;
    state.dict = null;
    xdecref(dict);
  } else if ((o.g & G_INLINE_VALUES) !== 0) {
    // The array stays readable; what it held is given up.
    const values = state as (PyObject | null)[];
    o.g &= ~(G_INLINE_VALUES | G_INLINE_ORDER);
    o.d = null;
    for (let i = 0; i < values.length; i++) {
      const v = values[i]!;
      if (v !== null) decref(v);
    }
  } else {
    o.d = null;
    decref(state as PyObject);
  }
}

export function traverse_instance_state(o: PyObject, visit: (o: PyObject) => void): void {
  if (has_slots_in_fields(o.ob_type)) {
    if (o.v !== null) visit(o.v as PyObject);
    if (o.x !== null) visit(o.x as PyObject);
  }
  const state = o.d;
  if (state === null) return;
  if (state instanceof SlotState) {
    for (const v of state.values) if (v !== null) visit(v);
    if (state.dict !== null) visit(state.dict);
  } else if ((o.g & G_INLINE_VALUES) !== 0) {
    for (const v of state as (PyObject | null)[]) if (v !== null) visit(v);
  } else visit(state as PyObject);
}

/** Runs the finalizer once, with the object alive for its time; false if it was resurrected. CPython: PyObject_CallFinalizerFromDealloc */
export function call_finalizer_from_dealloc(o: PyObject): boolean {
  const finalize = o.ob_type.tp_finalize;
  if (finalize === null || (o.g & G_FINALIZED) !== 0) return true;
  o.g |= G_FINALIZED;
  o.ob_refcnt = 1;
  finalize(o);
  return --o.ob_refcnt === 0;
}

/** The nearest base that is not a heap type. */
function static_base(type: PyTypeObject): PyTypeObject {
  let base = type;
  while ((base.tp_flags & Py_TPFLAGS_HEAPTYPE) !== 0 && base.tp_dealloc === subtype_dealloc) base = base.tp_base!;
  return base;
}

/** Deallocates an instance of a class statement's type. CPython: Objects/typeobject.c:subtype_dealloc */
export function subtype_dealloc(self: PyObject): void {
  const type = self.ob_type;
  const is_gc = (type.tp_flags & Py_TPFLAGS_HAVE_GC) !== 0;
  if (type.tp_finalize !== null) {
    if (is_gc && (self.g & 1) === 0) gc_track(self);
    if (!call_finalizer_from_dealloc(self)) return;
  }
  if (is_gc) gc_untrack(self);
  if ((self.g & G_WEAKREFS) !== 0) PyObject_ClearWeakRefs(self);
  const base = type.ht_no_payload ? PyBaseObject_Type : static_base(type);
  if (base.tp_dict_kind === DICT_NONE || type.ht_slot_count > 0) clear_instance_state(self);
  const dealloc = base.tp_dealloc;
  if (dealloc !== null) dealloc(self);
  if (is_gc && (base.tp_flags & Py_TPFLAGS_HAVE_GC) === 0) gc_del(self);
  decref(type);
}

export function subtype_traverse(self: PyObject, visit: (o: PyObject) => void): void {
  const type = self.ob_type;
  const base = type.ht_no_payload ? PyBaseObject_Type : static_base(type);
  if (base.tp_dict_kind === DICT_NONE || type.ht_slot_count > 0) traverse_instance_state(self, visit);
  if (base.tp_traverse !== null && base.tp_traverse !== subtype_traverse) base.tp_traverse(self, visit);
  visit(type);
}

export function subtype_clear(self: PyObject): void {
  const type = self.ob_type;
  const base = static_base(type);
  if (base.tp_dict_kind === DICT_NONE || type.ht_slot_count > 0) clear_instance_state(self);
  if (base.tp_clear !== null && base.tp_clear !== subtype_clear) base.tp_clear(self);
}

// --- calling a type ------------------------------------------------------------------------------------------------------

/** CPython: Objects/typeobject.c:type_call */
export function type_call(type: PyTypeObject, args: PyObject, kwargs: PyObject | null): PyObject {
  const items = (args as PyObject<PyObject[]>).v;
  if (type === PyType_Type) {
    const nkw = kwargs === null ? 0 : (kwargs as PyObject<{ used: number }>).v.used;
    if (items.length === 1 && nkw === 0) return newref(items[0]!.ob_type);
    if (items.length !== 3) PyErr_SetString(PyExc_TypeError, 'type() takes 1 or 3 arguments');
  }
  if (type.tp_new === null) PyErr_SetString(PyExc_TypeError, `cannot create '${type.tp_name}' instances`);
  const obj = type.tp_new(type, args, kwargs);
  if (!PyObject_TypeCheck(obj, type)) return obj;
  const init = obj.ob_type.tp_init;
  if (init !== null) {
    try {
      init(obj, args, kwargs);
    } catch (e) {
      decref(obj);
      throw e;
    }
  }
  return obj;
}

export function type_vectorcall(callable: PyObject, args: PyObject[], kwnames: PyObject | null): PyObject {
  const type = callable as PyTypeObject;
  const vectorcall = type.tp_vectorcall;
  if (vectorcall !== null) return vectorcall(type, args, kwnames);
  if (type === PyType_Type && args.length === 1 && kwnames === null) return newref(args[0]!.ob_type);
  return make_tp_call(type, args, kwnames);
}

// --- readying ------------------------------------------------------------------------------------------------------------

const SUBCLASS_FLAGS =
  Py_TPFLAGS_LONG_SUBCLASS |
  Py_TPFLAGS_LIST_SUBCLASS |
  Py_TPFLAGS_TUPLE_SUBCLASS |
  Py_TPFLAGS_BYTES_SUBCLASS |
  Py_TPFLAGS_UNICODE_SUBCLASS |
  Py_TPFLAGS_DICT_SUBCLASS |
  Py_TPFLAGS_BASE_EXC_SUBCLASS |
  Py_TPFLAGS_TYPE_SUBCLASS;

/** Slots inherited one by one, where the type leaves them null. */
const INHERITED: readonly (keyof PyTypeObject)[] = [
  'tp_repr', 'tp_str', 'tp_call', 'tp_instance_vectorcall', 'tp_getattro', 'tp_setattro', 'tp_iter', 'tp_iternext',
  'tp_descr_get', 'tp_descr_set', 'tp_init', 'tp_alloc', 'tp_finalize',
  'am_await', 'am_aiter', 'am_anext', 'am_send',
  'nb_add', 'nb_subtract', 'nb_multiply', 'nb_remainder', 'nb_divmod', 'nb_power', 'nb_negative', 'nb_positive', 'nb_absolute', 'nb_bool',
  'nb_invert', 'nb_lshift', 'nb_rshift', 'nb_and', 'nb_xor', 'nb_or', 'nb_int', 'nb_float', 'nb_inplace_add', 'nb_inplace_subtract',
  'nb_inplace_multiply', 'nb_inplace_remainder', 'nb_inplace_power', 'nb_inplace_lshift', 'nb_inplace_rshift', 'nb_inplace_and',
  'nb_inplace_xor', 'nb_inplace_or', 'nb_floor_divide', 'nb_true_divide', 'nb_inplace_floor_divide', 'nb_inplace_true_divide', 'nb_index',
  'nb_matrix_multiply', 'nb_inplace_matrix_multiply',
  'sq_length', 'sq_concat', 'sq_repeat', 'sq_item', 'sq_ass_item', 'sq_contains', 'sq_inplace_concat', 'sq_inplace_repeat',
  'mp_length', 'mp_subscript', 'mp_ass_subscript', 'bf_getbuffer', 'bf_releasebuffer',
];

/** Copies what a type leaves open from a base of its MRO. CPython: inherit_slots */
function inherit_slots(type: PyTypeObject, base: PyTypeObject): void {
  const t = type as unknown as Record<string, unknown>;
  const b = base as unknown as Record<string, unknown>;
  for (const slot of INHERITED) if (t[slot] === null && b[slot] !== null) t[slot] = b[slot];
  if (type.tp_richcompare === null && type.tp_hash === null) {
    const dict = type.tp_dict!;
    if (PyDict_GetItem(dict, _Py_ID('__eq__')) === null && PyDict_GetItem(dict, _Py_ID('__hash__')) === null) {
      type.tp_richcompare = base.tp_richcompare;
      type.tp_hash = base.tp_hash;
    }
  }
  // The collector has to forget a dead object that it might know; other objects inherit nothing to do.
  const leaf = base === PyBaseObject_Type && (type.tp_flags & Py_TPFLAGS_HAVE_GC) === 0;
  if (type.tp_dealloc === null && base.tp_dealloc !== subtype_dealloc && !leaf) type.tp_dealloc = base.tp_dealloc;
}

/** CPython: inherit_special */
function inherit_special(type: PyTypeObject, base: PyTypeObject): void {
  if ((type.tp_flags & Py_TPFLAGS_HAVE_GC) === 0 && (base.tp_flags & Py_TPFLAGS_HAVE_GC) !== 0 && type.tp_traverse === null && type.tp_clear === null) {
    type.tp_flags |= Py_TPFLAGS_HAVE_GC;
    type.tp_traverse = base.tp_traverse;
    type.tp_clear = base.tp_clear;
  }
  if (type.tp_basicsize === 0 || type.tp_basicsize < base.tp_basicsize) type.tp_basicsize = base.tp_basicsize;
  if (type.tp_itemsize === 0) type.tp_itemsize = base.tp_itemsize;
  if (type.tp_weaklistoffset === 0) type.tp_weaklistoffset = base.tp_weaklistoffset;
  if (type.tp_dictoffset === 0) type.tp_dictoffset = base.tp_dictoffset;
  if (type.tp_dict_kind === DICT_NONE) type.tp_dict_kind = base.tp_dict_kind;
  type.tp_flags |= base.tp_flags & (SUBCLASS_FLAGS | _Py_TPFLAGS_MATCH_SELF | Py_TPFLAGS_ITEMS_AT_END);
}

/** Whether `match` takes instances as sequences or as mappings: the first class of the MRO that says so. CPython: inherit_patma_flags */
export function inherit_pattern_flags(type: PyTypeObject): void {
  const collection = Py_TPFLAGS_SEQUENCE | Py_TPFLAGS_MAPPING;
  for (const b of (type.tp_mro as PyObject<PyTypeObject[]>).v) {
    if ((type.tp_flags & collection) !== 0) return;
    type.tp_flags |= b.tp_flags & collection;
  }
}

function add_method(type: PyTypeObject, dict: PyObject, ml: MethodDef): void {
  const name = _Py_ID(ml.name);
  if ((ml.flags & METH_COEXIST) === 0 && PyDict_GetItem(dict, name) !== null) return;
  let descr: PyObject;
  if ((ml.flags & METH_CLASS) !== 0) descr = PyDescr_NewClassMethod(type, ml);
  else if ((ml.flags & METH_STATIC) !== 0) {
    const func = PyCFunction_New(ml, type, null);
    descr = PyStaticMethod_New(func);
    decref(func);
  } else descr = PyDescr_NewMethod(type, ml);
  PyDict_SetItem(dict, name, descr);
  decref(descr);
}

/** Gives a name to every slot that the type itself fills. CPython: add_operators */
function add_operators(type: PyTypeObject): void {
  const dict = type.tp_dict!;
  for (const def of slotdefs()) {
    if (def.wrapper === null) continue;
    const f = type[def.slot];
    if (f === null || f === undefined) continue;
    const name = _Py_ID(def.name);
    if (PyDict_Contains(dict, name)) continue;
    if (f === PyObject_HashNotImplemented) {
      PyDict_SetItem(dict, name, Py_None);
      continue;
    }
    const descr = PyDescr_NewWrapper(type, def, f);
    PyDict_SetItem(dict, name, descr);
    decref(descr);
  }
}

/** `T.__new__(S, ...)` from Python. CPython: Objects/typeobject.c:tp_new_wrapper */
function tp_new_wrapper(self: PyObject, args: PyObject[], kwnames: PyObject | null): PyObject {
  const type = self as PyTypeObject;
  const nkw = kwnames === null ? 0 : (kwnames as PyObject<PyObject[]>).v.length;
  if (args.length - nkw < 1) PyErr_SetString(PyExc_TypeError, `${type.tp_name}.__new__(): not enough arguments`);
  const arg0 = args[0]!;
  if (!PyType_Check(arg0)) {
    PyErr_SetString(PyExc_TypeError, `${type.tp_name}.__new__(X): X is not a type object (${arg0.ob_type.tp_name})`);
  }
  if (!PyType_IsSubtype(arg0, type)) {
    PyErr_SetString(
      PyExc_TypeError,
      `${type.tp_name}.__new__(${arg0.tp_name}): ${arg0.tp_name} is not a subtype of ${type.tp_name}`,
    );
  }
  let base: PyTypeObject | null = arg0;
  while (base !== null && base.tp_new === slot_tp_new) base = base.tp_base;
  if (base !== null && base.tp_new === null) PyErr_SetString(PyExc_TypeError, `cannot create '${arg0.tp_name}' instances`);
  if (base !== null && base.tp_new !== type.tp_new) {
    PyErr_SetString(
      PyExc_TypeError,
      `${type.tp_name}.__new__(${arg0.tp_name}) is not safe, use ${base.tp_name}.__new__()`,
    );
  }
  const tuple = PyTuple_FromArray(args.slice(1, args.length - nkw));
  const dict = nkw === 0 ? null : kwnames_to_dict(args, kwnames!);
  try {
    return type.tp_new!(arg0, tuple, dict);
  } finally {
    decref(tuple);
    xdecref(dict);
  }
}

const new_method = /* @__PURE__ */ {
  name: '__new__',
  flags: METH_FASTCALL | METH_KEYWORDS,
  meth: (self: PyObject, args: PyObject[], kwnames: PyObject | null) => tp_new_wrapper(self, args, kwnames),
  sig: '($type, *args, **kwargs)',
};

/** The type whose `__new__` wrapper an object is, or null. */
export function tp_new_wrapper_type(o: PyObject): PyTypeObject | null {
  if (o.ob_type !== PyCFunction_Type) return null;
  const f = (o as PyCFunctionObject).v;
  return f.ml.meth === new_method.meth ? (f.self as PyTypeObject) : null;
}

function add_new_wrapper(type: PyTypeObject): void {
  const name = _Py_ID('__new__');
  if (PyDict_GetItem(type.tp_dict!, name) !== null) return;
  const func = PyCFunction_New(new MethodDef(new_method), type, null);
  PyDict_SetItem(type.tp_dict!, name, func);
  decref(func);
}

/** Readies a built-in type: base first, then its dict, slots and MRO. CPython: PyType_Ready */
export function PyType_Ready(type: PyTypeObject, spec: TypeSpec): void {
  if ((type.tp_flags & (Py_TPFLAGS_READY | Py_TPFLAGS_READYING)) !== 0) return;
  type.tp_flags |= Py_TPFLAGS_READYING;
  const base = type === PyBaseObject_Type ? null : (type.tp_base_thunk?.() ?? PyBaseObject_Type);
  const bases = spec.bases === undefined ? (base === null ? [] : [base]) : spec.bases();
  for (const b of bases) ready_by_type(b);
  if (type.ob_type === null) type.ob_type = base === null || base.ob_type === null ? PyType_Type : base.ob_type;
  immortalize(type);
  type.tp_base = base;
  type.tp_bases = PyTuple_FromArray(bases);
  type.tp_dict = PyDict_New();
  if (spec.has_dict === true) {
    type.tp_dict_kind = DICT_DIRECT;
  }
  if (spec.has_weakrefs === true && type.tp_weaklistoffset === 0) type.tp_weaklistoffset = type.tp_basicsize - 8;
  if (spec.heap === undefined) type.tp_flags |= Py_TPFLAGS_STATIC_BUILTIN;
  if (spec.heap !== 'mutable') type.tp_flags |= Py_TPFLAGS_IMMUTABLETYPE;
  if (type.tp_new === null) {
    if (base === PyBaseObject_Type || base === null || (type.tp_flags & Py_TPFLAGS_DISALLOW_INSTANTIATION) !== 0) {
      type.tp_flags |= Py_TPFLAGS_DISALLOW_INSTANTIATION;
    } else type.tp_new = base.tp_new;
  } else if (base !== null && type.tp_new === object_new) {
    // Inherited, as types do that CPython makes from specs.
  } else if ((type.tp_flags & Py_TPFLAGS_DISALLOW_INSTANTIATION) === 0) add_new_wrapper(type);
  const dict = type.tp_dict;
  add_operators(type);
  for (const m of type.tp_methods) add_method(type, dict, new MethodDef(m));
  for (const m of type.tp_members) {
    const d = PyDescr_NewMember(type, m);
    if (PyDict_GetItem(dict, _Py_ID(m.name)) === null) PyDict_SetItem(dict, _Py_ID(m.name), d);
    decref(d);
  }
  for (const g of type.tp_getset) {
    const d = PyDescr_NewGetSet(type, g);
    if (PyDict_GetItem(dict, _Py_ID(g.name)) === null) PyDict_SetItem(dict, _Py_ID(g.name), d);
    decref(d);
  }
  type.tp_mro = PyTuple_FromArray(mro_of(type, bases));
  if (base !== null) inherit_special(type, base);
  for (const b of (type.tp_mro as PyObject<PyObject[]>).v.slice(1)) inherit_slots(type, b as PyTypeObject);
  inherit_pattern_flags(type);
  if (type.tp_alloc === null) type.tp_alloc = PyType_GenericAlloc;
  if (PyDict_GetItem(dict, _Py_ID('__doc__')) === null) {
    const doc = type.tp_doc === null ? newref(Py_None) : PyUnicode_FromString(split_internal_doc(type.tp_name, type.tp_doc).doc);
    PyDict_SetItem(dict, _Py_ID('__doc__'), doc);
    decref(doc);
  }
  if (type.tp_hash === null && PyDict_GetItem(dict, _Py_ID('__hash__')) === null) {
    PyDict_SetItem(dict, _Py_ID('__hash__'), Py_None);
    type.tp_hash = PyObject_HashNotImplemented;
  }
  for (const b of bases) b.tp_subclasses.add(type);
  type.tp_flags = (type.tp_flags & ~Py_TPFLAGS_READYING) | Py_TPFLAGS_READY;
  spec.after_ready?.(type);
  type.tp_methods = [];
  type.tp_members = [];
  type.tp_getset = [];
}

const specs = new Map<PyTypeObject, TypeSpec>();

function ready_by_type(type: PyTypeObject): void {
  if ((type.tp_flags & (Py_TPFLAGS_READY | Py_TPFLAGS_READYING)) !== 0) return;
  const spec = specs.get(type);
  if (spec !== undefined) PyType_Ready(type, spec);
}

/** Readies every declared type that is not ready yet (again after a module declared more), or so many of them; whether that
 *  was all. */
export function ready_static_types(most = Number.POSITIVE_INFINITY): boolean {
  for (const { type, spec } of static_types) specs.set(type, spec);
  for (const { type, spec } of static_types.splice(0, most)) PyType_Ready(type, spec);
  if (static_types.length > 0) return false;
  specs.clear();
  return true;
}

// --- slots of heap types ---------------------------------------------------------------------------------------------------

let defs_by_name: Map<string, SlotDef[]> | null = null;
let defs_by_slot: Map<string, SlotDef[]> | null = null;

function index_defs(): void {
  defs_by_name = new Map();
  defs_by_slot = new Map();
  for (const def of slotdefs()) {
    let list = defs_by_name.get(def.name);
    if (list === undefined) defs_by_name.set(def.name, (list = []));
    list.push(def);
    list = defs_by_slot.get(def.slot);
    if (list === undefined) defs_by_slot.set(def.slot, (list = []));
    list.push(def);
  }
}

/** Recomputes one slot of a heap type from what its MRO defines. CPython: Objects/typeobject.c:update_one_slot */
function update_one_slot(type: PyTypeObject, slot: string, defs: SlotDef[]): void {
  let specific: unknown = null;
  let generic: unknown = null;
  let use_generic = false;
  for (const def of defs) {
    const descr = _PyType_Lookup(type, _Py_ID(def.name));
    if (descr === null) continue;
    if (descr.ob_type === PyWrapperDescr_Type && (descr as WrapperDescrObject).v.row.def.name === def.name) {
      const d = (descr as WrapperDescrObject).v;
      if (d.row.def.slot === def.slot && PyType_IsSubtype(type, d.d_type)) {
        if (specific === null || specific === d.row.wrapped) {
          specific = d.row.wrapped;
          if (generic === null) generic = def.generic;
          continue;
        }
        use_generic = true;
      } else if (d.row.def.slot !== def.slot) {
        // A native slot of another kind under the same name (mp_length and sq_length): its own row serves it.
        if (PyType_IsSubtype(type, d.d_type)) {
          if (type_fills(d.d_type, def.slot)) specific ??= d.d_type[def.slot];
          continue;
        }
        use_generic = true;
      } else use_generic = true;
      generic = def.generic;
    } else if (slot === 'tp_new' && tp_new_wrapper_type(descr) !== null) {
      specific = tp_new_wrapper_type(descr)!.tp_new;
    } else if (descr === Py_None && slot === 'tp_hash') {
      specific = PyObject_HashNotImplemented;
    } else {
      use_generic = true;
      generic = def.generic;
    }
  }
  const value = specific !== null && !use_generic ? specific : use_generic ? generic : null;
  (type as unknown as Record<string, unknown>)[slot] = value;
}

function type_fills(type: PyTypeObject, slot: keyof PyTypeObject): boolean {
  return type[slot] !== null;
}

/** All slots of a new heap type. CPython: fixup_slot_dispatchers */
export function fixup_slot_dispatchers(type: PyTypeObject): void {
  if (defs_by_slot === null) index_defs();
  for (const [slot, defs] of defs_by_slot!) update_one_slot(type, slot, defs);
  derive_slots(type);
}

/** Slots that follow from others. */
function derive_slots(type: PyTypeObject): void {
  if (type.tp_getattro === slot_tp_getattr_hook && _PyType_Lookup(type, _Py_ID('__getattr__')) === null) {
    type.tp_getattro = slot_tp_getattro;
  }
  // A special slot without a name (am_send, tp_instance_vectorcall) comes from the base when its method does.
  const base = type.tp_base!;
  if (type.tp_call === slot_tp_call) type.tp_instance_vectorcall = slot_instance_vectorcall;
  else type.tp_instance_vectorcall = type.tp_call === base.tp_call ? base.tp_instance_vectorcall : null;
  type.am_send = type.tp_iternext === base.tp_iternext && type.am_await === base.am_await ? base.am_send : null;
}

/** After a special method of `type` was set or deleted: it and the subclasses that inherit it. CPython: update_slot */
export function update_slot(type: PyTypeObject, name: string): void {
  if (defs_by_name === null) index_defs();
  const named = defs_by_name!.get(name);
  if (named === undefined) return;
  const slots = new Set(named.map(d => d.slot as string));
  update_recursive(type, _Py_ID(name), slots, true);
}

function update_recursive(type: PyTypeObject, name: PyObject, slots: Set<string>, first: boolean): void {
  if ((type.tp_flags & Py_TPFLAGS_STATIC_BUILTIN) === 0) {
    if (!first && type.tp_dict !== null && PyDict_GetItem(type.tp_dict, name) !== null) return;
    for (const slot of slots) update_one_slot(type, slot, defs_by_slot!.get(slot)!);
    // One made from a spec has its own special slots.
    if ((type.tp_flags & Py_TPFLAGS_HEAPTYPE) !== 0) derive_slots(type);
    else if (type.tp_call === slot_tp_call) type.tp_instance_vectorcall = slot_instance_vectorcall;
  }
  for (const sub of type.tp_subclasses) update_recursive(sub, name, slots, false);
}

/** All slots of a type and its subclasses, after its bases changed. */
export function update_all_slots(type: PyTypeObject): void {
  if ((type.tp_flags & Py_TPFLAGS_HEAPTYPE) !== 0) fixup_slot_dispatchers(type);
  for (const sub of type.tp_subclasses) update_all_slots(sub);
}

export { inherit_special };

/** Slot functions that the VM compares with, by reference. */
export function type_getattro_ref(): unknown {
  return type_getattro;
}
/** Whether a class makes its instances as object does, without a payload. */
export function has_plain_new(type: PyTypeObject): boolean {
  return type.tp_new === object_new && type.tp_alloc === PyType_GenericAlloc;
}
export function slot_tp_init_ref(): unknown {
  return slot_tp_init;
}
