// weakrefobject.ts: weak references and proxies.                                  CPython: Objects/weakrefobject.c
//
// An object's weak references stand in a list outside the object: first the one plain ref without a callback, then the
// one proxy without a callback (both are shared by all who ask), then the others, newest first.
// Invariant: G_WEAKREFS is set while the object's list is not empty; a reference whose object is null is in no list.

import { as_raised, PyErr_Clear, PyErr_SetString, type Raised } from '../core/errors.ts';
import { gc_del, gc_new, gcHooks } from '../core/gc.ts';
import { type Hash, keyed } from '../core/hash.ts';
import {
  decref,
  G_UNREACHABLE,
  G_WEAKREFS,
  incref,
  newref,
  Py_EQ,
  Py_NE,
  Py_TPFLAGS_BASETYPE,
  Py_TPFLAGS_DISALLOW_INSTANTIATION,
  Py_TPFLAGS_HAVE_GC,
  Py_TPFLAGS_HAVE_VECTORCALL,
  Py_TPFLAGS_MANAGED_WEAKREF,
  PyObject,
  type PyTypeObject,
  type visitproc,
  xdecref,
} from '../core/object.ts';
import { type GetSetSpec, METH_CLASS, METH_NOARGS, METH_O, static_type } from '../core/spec.ts';
import {
  PyIter_Check,
  PyIter_Next,
  PyNumber_Absolute,
  PyNumber_Add,
  PyNumber_And,
  PyNumber_Divmod,
  PyNumber_Float,
  PyNumber_FloorDivide,
  PyNumber_Index,
  PyNumber_InPlaceAdd,
  PyNumber_InPlaceAnd,
  PyNumber_InPlaceFloorDivide,
  PyNumber_InPlaceLshift,
  PyNumber_InPlaceMatrixMultiply,
  PyNumber_InPlaceMultiply,
  PyNumber_InPlaceOr,
  PyNumber_InPlacePower,
  PyNumber_InPlaceRemainder,
  PyNumber_InPlaceRshift,
  PyNumber_InPlaceSubtract,
  PyNumber_InPlaceTrueDivide,
  PyNumber_InPlaceXor,
  PyNumber_Invert,
  PyNumber_Long,
  PyNumber_Lshift,
  PyNumber_MatrixMultiply,
  PyNumber_Multiply,
  PyNumber_Negative,
  PyNumber_Or,
  PyNumber_Positive,
  PyNumber_Power,
  PyNumber_Remainder,
  PyNumber_Rshift,
  PyNumber_Subtract,
  PyNumber_TrueDivide,
  PyNumber_Xor,
  PyObject_DelItem,
  PyObject_GetItem,
  PyObject_GetIter,
  PyObject_SetItem,
  PyObject_Size,
  PySequence_Contains,
} from './abstract.ts';
import { PyBool_FromLong } from './boolobject.ts';
import { PyObject_Call, PyObject_CallMethodNoArgs, PyObject_CallOneArg } from './call.ts';
import { PyUnicode_Check } from './checks.ts';
import { qualified_name } from './dictobject.ts';
import { PyErr_FormatUnraisable } from './errors_util.ts';
import { PyExc_ReferenceError, PyExc_TypeError } from './exceptions.ts';
import { Py_GenericAlias } from './genericaliasobject.ts';
import { PyArg_CheckPositional, PyArg_NoKeywords, PyArg_NoKwnames } from './getargs.ts';
import {
  _PyObject_LookupSpecial,
  address,
  Py_None,
  Py_NotImplemented,
  PyCallable_Check,
  PyObject_GetAttr,
  PyObject_Hash,
  PyObject_IsTrue,
  PyObject_RichCompare,
  PyObject_SetAttr,
  PyObject_Str,
  repr_string,
} from './object.ts';
import { PyObject_TypeCheck } from './typeobject.ts';
import { _Py_ID, PyUnicode_AsString, PyUnicode_FromString } from './unicodeobject.ts';

/** Payload of a weak reference or proxy. */
export class WeakrefData {
  /** Borrowed: the referent, null once it is gone. */
  object: PyObject | null;
  /** Owned. */
  callback: PyObject | null;
  hash: Hash | null = null;
  constructor(object: PyObject, callback: PyObject | null) {
    this.object = object;
    this.callback = callback;
  }
}

export type PyWeakReference = PyObject<WeakrefData>;

const lists: WeakMap<PyObject, PyWeakReference[]> = new WeakMap();

export function PyWeakref_CheckRef(o: PyObject): boolean {
  return PyObject_TypeCheck(o, _PyWeakref_RefType);
}

export function PyWeakref_CheckProxy(o: PyObject): boolean {
  return o.ob_type === _PyWeakref_ProxyType || o.ob_type === _PyWeakref_CallableProxyType;
}

export function PyWeakref_Check(o: PyObject): boolean {
  return PyWeakref_CheckRef(o) || PyWeakref_CheckProxy(o);
}

/** Whether instances of the type can be weakly referenced. CPython: _PyType_SUPPORTS_WEAKREFS */
export function supports_weakrefs(type: PyTypeObject): boolean {
  return type.tp_weaklistoffset !== 0 || (type.tp_flags & Py_TPFLAGS_MANAGED_WEAKREF) !== 0;
}

/** The weak references to an object (borrowed), in list order. */
export function weakrefs_of(o: PyObject): readonly PyWeakReference[] {
  if ((o.g & G_WEAKREFS) === 0) return [];
  return lists.get(o) ?? [];
}

/** The referent (a new reference), or null. CPython: _PyWeakref_GET_REF */
export function _PyWeakref_GET_REF(ref: PyObject): PyObject | null {
  const o = (ref.v as WeakrefData).object;
  return o === null || o.ob_refcnt === 0 ? null : newref(o);
}

/** Takes the reference out of its object's list; the callback stays. CPython: _PyWeakref_ClearRef */
function detach(ref: PyObject): void {
  const data = ref.v as WeakrefData;
  const o = data.object;
  if (o === null) return;
  data.object = null;
  const list = lists.get(o);
  if (list === undefined) return;
  const i = list.indexOf(ref as PyWeakReference);
  if (i >= 0) list.splice(i, 1);
  if (list.length === 0) {
    lists.delete(o);
    o.g &= ~G_WEAKREFS;
  }
}

/** CPython: Objects/weakrefobject.c:clear_weakref */
function clear_weakref(ref: PyObject): void {
  detach(ref);
  const data = ref.v as WeakrefData;
  const callback = data.callback;
  if (callback !== null) {
    data.callback = null;
    decref(callback);
  }
}

/** Gives the shared reference when there is one, else makes a new one. CPython: get_or_create_weakref */
function get_or_create(type: PyTypeObject, o: PyObject, callback: PyObject | null): PyObject {
  if (!supports_weakrefs(o.ob_type)) {
    PyErr_SetString(PyExc_TypeError, `cannot create weak reference to '${o.ob_type.tp_name}' object`);
  }
  if (callback === Py_None) callback = null;
  const list = (o.g & G_WEAKREFS) !== 0 ? lists.get(o) : undefined;
  // How many of the two shared references stand at the head.
  let basics = 0;
  let ref: PyObject | null = null;
  let proxy: PyObject | null = null;
  if (list !== undefined) {
    const first = list[0]!;
    if (first.v.callback === null && first.ob_type === _PyWeakref_RefType) {
      ref = first;
      basics = 1;
    }
    const next = list[basics];
    if (next !== undefined && next.v.callback === null && PyWeakref_CheckProxy(next)) {
      proxy = next;
      basics++;
    }
  }
  const is_proxy = type === _PyWeakref_ProxyType;
  if (callback === null) {
    const shared = type === _PyWeakref_RefType ? ref : is_proxy ? proxy : null;
    if (shared !== null) return newref(shared);
  }
  const data = new WeakrefData(o, callback === null ? null : newref(callback));
  let created: PyObject;
  if (is_proxy || type === _PyWeakref_RefType) {
    const exact = is_proxy && PyCallable_Check(o) ? _PyWeakref_CallableProxyType : type;
    created = new PyObject<WeakrefData>(exact, data, null);
    gc_new(created);
  } else {
    created = type.tp_alloc!(type, data);
  }
  // A collection during the allocation may have changed the list.
  const now = (o.g & G_WEAKREFS) !== 0 ? lists.get(o) : undefined;
  if (now === undefined) {
    lists.set(o, [created as PyWeakReference]);
    o.g |= G_WEAKREFS;
    return created;
  }
  let at = basics;
  if (callback === null) {
    if (type === _PyWeakref_RefType) at = 0;
    else if (is_proxy) at = ref === null ? 0 : 1;
  }
  if (at >= now.length) now.push(created as PyWeakReference);
  else now.splice(at, 0, created as PyWeakReference);
  return created;
}

/** A weak reference (new). CPython: PyWeakref_NewRef */
export function PyWeakref_NewRef(o: PyObject, callback: PyObject | null): PyObject {
  return get_or_create(_PyWeakref_RefType, o, callback);
}

/** A weak proxy (new). CPython: PyWeakref_NewProxy */
export function PyWeakref_NewProxy(o: PyObject, callback: PyObject | null): PyObject {
  return get_or_create(_PyWeakref_ProxyType, o, callback);
}

/** Calls the callback with the reference; an error is reported, not raised. CPython: handle_callback */
function handle_callback(ref: PyObject, callback: PyObject): void {
  try {
    decref(PyObject_CallOneArg(callback, ref));
  } catch (e) {
    PyErr_FormatUnraisable(`Exception ignored while calling weakref callback ${repr_or_type(callback)}`, e as Raised);
  }
}

function repr_or_type(o: PyObject): string {
  try {
    return repr_string(o);
  } catch (e) {
    PyErr_Clear(as_raised(e));
    return '<object repr() failed>';
  }
}

/** Kills the weak references to an object that is being deallocated, and calls their callbacks.
 *  CPython: Objects/weakrefobject.c:PyObject_ClearWeakRefs */
export function PyObject_ClearWeakRefs(o: PyObject): void {
  if ((o.g & G_WEAKREFS) === 0) return;
  const list = lists.get(o);
  lists.delete(o);
  o.g &= ~G_WEAKREFS;
  if (list === undefined) return;
  const pending: PyWeakReference[] = [];
  for (const ref of list) {
    ref.v.object = null;
    if (ref.v.callback === null) continue;
    if (ref.ob_refcnt > 0) {
      incref(ref);
      pending.push(ref);
    } else {
      decref(ref.v.callback);
      ref.v.callback = null;
    }
  }
  const callbacks = pending.map(ref => {
    const callback = ref.v.callback!;
    ref.v.callback = null;
    return callback;
  });
  for (let i = 0; i < pending.length; i++) handle_callback(pending[i]!, callbacks[i]!);
  for (let i = pending.length - 1; i >= 0; i--) {
    decref(callbacks[i]!);
    decref(pending[i]!);
  }
}

/** Kills the weak references to garbage and calls the callbacks of those that are not garbage themselves.
 *  CPython: Python/gc.c:handle_weakrefs */
function handle_weakrefs(unreachable: PyObject[]): void {
  const pending: PyWeakReference[] = [];
  for (const o of unreachable) {
    // A reference that is garbage must not run its callback, even when its referent is not garbage.
    if (is_weakref(o)) {
      const data = o.v as WeakrefData;
      if (data.callback !== null && data.object !== null && (data.object.g & G_UNREACHABLE) === 0) detach(o);
    }
    for (const ref of clear_references(o)) {
      if (ref.v.callback === null || (ref.g & G_UNREACHABLE) !== 0) continue;
      incref(ref);
      pending.push(ref);
    }
  }
  for (const ref of pending) {
    const callback = ref.v.callback;
    if (callback !== null) {
      incref(callback);
      handle_callback(ref, callback);
      decref(callback);
    }
    decref(ref);
  }
}

/** CPython: Python/gc.c:clear_weakrefs */
function clear_weakrefs(unreachable: PyObject[]): void {
  for (const o of unreachable) clear_references(o);
}

const NO_REFERENCES: PyWeakReference[] = [];

/** Takes its weak references from an object: they are dead, and nobody has been told. */
function clear_references(o: PyObject): PyWeakReference[] {
  if ((o.g & G_WEAKREFS) === 0) return NO_REFERENCES;
  const list = lists.get(o);
  lists.delete(o);
  o.g &= ~G_WEAKREFS;
  if (list === undefined) return NO_REFERENCES;
  for (const ref of list) ref.v.object = null;
  return list;
}

function is_weakref(o: PyObject): boolean {
  return o.v instanceof WeakrefData;
}

/** The `__weakref__` attribute of instances: the first weak reference. CPython: Objects/typeobject.c:subtype_getweakref */
export const PyWeakref_getset: GetSetSpec = {
  name: '__weakref__',
  get: self => newref(weakrefs_of(self)[0] ?? Py_None),
  doc: 'list of weak references to the object',
};

/** Callbacks of natives that only keep a table of their own in order: nobody notices them (ABCs' caches). */
export const housekeepers: WeakSet<PyObject> = new WeakSet();

/** Connects the collector with this file; called once at start-up. */
export function init_weakrefs(): void {
  gcHooks.handle_weakrefs = handle_weakrefs;
  gcHooks.clear_weakrefs = clear_weakrefs;
  gcHooks.watched = o =>
    o.v instanceof WeakrefData && o.v.callback !== null && !housekeepers.has(o.v.callback) ? o.v.object : null;
}

// --- ref ------------------------------------------------------------------------------------------------------------

function weakref_dealloc(self: PyObject): void {
  gc_del(self);
  clear_weakref(self);
}

function weakref_traverse(self: PyObject, visit: visitproc): void {
  const callback = (self.v as WeakrefData).callback;
  if (callback !== null) visit(callback);
}

function weakref_instance_vectorcall(self: PyObject, args: PyObject[], kwnames: PyObject | null): PyObject {
  PyArg_NoKwnames('weakref', kwnames);
  if (args.length !== 0) PyArg_CheckPositional('weakref', args.length, 0, 0);
  return _PyWeakref_GET_REF(self) ?? newref(Py_None);
}

function weakref_call(self: PyObject, args: PyObject, kwargs: PyObject | null): PyObject {
  PyArg_NoKeywords('weakref', kwargs);
  PyArg_CheckPositional('weakref', (args.v as PyObject[]).length, 0, 0);
  return _PyWeakref_GET_REF(self) ?? newref(Py_None);
}

/** The referent's hash, kept so that it outlives the referent. CPython: weakref_hash */
function weakref_hash(self: PyObject): Hash {
  const data = self.v as WeakrefData;
  if (data.hash === null) {
    const o = _PyWeakref_GET_REF(self);
    if (o === null) PyErr_SetString(PyExc_TypeError, 'weak object has gone away');
    try {
      data.hash = PyObject_Hash(o);
      if (keyed.record !== null)
        keyed.record.hashed.push({
          set x(_value: unknown) {
            data.hash = null;
          },
        });
    } finally {
      decref(o);
    }
  }
  return data.hash!;
}

/** CPython: Objects/weakrefobject.c:weakref_repr */
function weakref_repr(self: PyObject): PyObject {
  const o = _PyWeakref_GET_REF(self);
  if (o === null) return PyUnicode_FromString(`<weakref at ${address(self)}; dead>`);
  try {
    const name = _PyObject_LookupSpecial(o, _Py_ID('__name__'));
    let text = `<weakref at ${address(self)}; to '${qualified_name(o.ob_type)}' at ${address(o)}`;
    if (name !== null && PyUnicode_Check(name)) text += ` (${PyUnicode_AsString(name)})`;
    xdecref(name);
    return PyUnicode_FromString(`${text}>`);
  } finally {
    decref(o);
  }
}

/** Equal while both live if their referents are; afterwards only identical ones are. CPython: weakref_richcompare */
function weakref_richcompare(self: PyObject, other: PyObject, op: number): PyObject {
  if ((op !== Py_EQ && op !== Py_NE) || !PyWeakref_Check(self) || !PyWeakref_Check(other))
    return newref(Py_NotImplemented);
  const a = _PyWeakref_GET_REF(self);
  const b = _PyWeakref_GET_REF(other);
  try {
    if (a === null || b === null) return PyBool_FromLong((self === other) === (op === Py_EQ));
    return PyObject_RichCompare(a, b, op);
  } finally {
    xdecref(a);
    xdecref(b);
  }
}

function ref_arguments(name: string, args: PyObject): [PyObject, PyObject | null] {
  const items = args.v as PyObject[];
  PyArg_CheckPositional(name, items.length, 1, 2);
  return [items[0]!, items[1] ?? null];
}

function weakref_new(type: PyTypeObject, args: PyObject, _kwargs: PyObject | null): PyObject {
  const [o, callback] = ref_arguments('__new__', args);
  return get_or_create(type, o, callback);
}

/** CPython: weakref_vectorcall */
function weakref_vectorcall(type: PyObject, args: PyObject[], kwnames: PyObject | null): PyObject {
  if (kwnames !== null && (kwnames.v as PyObject[]).length > 0)
    PyErr_SetString(PyExc_TypeError, 'ref() takes no keyword arguments');
  PyArg_CheckPositional('__new__', args.length, 1, 2);
  return get_or_create(type as PyTypeObject, args[0]!, args[1] ?? null);
}

function weakref_init(_self: PyObject, args: PyObject, kwargs: PyObject | null): void {
  PyArg_NoKeywords('ref', kwargs);
  ref_arguments('__init__', args);
}

export const _PyWeakref_RefType = static_type({
  name: 'weakref.ReferenceType',
  tp_basicsize: 64,
  tp_flags: Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_HAVE_VECTORCALL,
  tp_dealloc: weakref_dealloc,
  tp_traverse: weakref_traverse,
  tp_clear: clear_weakref,
  tp_repr: weakref_repr,
  tp_hash: weakref_hash,
  tp_richcompare: weakref_richcompare,
  tp_call: weakref_call,
  tp_instance_vectorcall: weakref_instance_vectorcall,
  tp_vectorcall: weakref_vectorcall,
  tp_new: weakref_new,
  tp_init: weakref_init,
  methods: [
    { name: '__class_getitem__', flags: METH_O | METH_CLASS, meth: Py_GenericAlias, sig: '($type, object, /)' },
  ],
  members: [{ name: '__callback__', get: self => newref((self.v as WeakrefData).callback ?? Py_None) }],
});

// --- proxies --------------------------------------------------------------------------------------------------------

/** The object to use in place of a possible proxy (a new reference). */
function unwrap(o: PyObject): PyObject {
  if (!PyWeakref_CheckProxy(o)) return newref(o);
  const target = _PyWeakref_GET_REF(o);
  if (target === null) PyErr_SetString(PyExc_ReferenceError, 'weakly-referenced object no longer exists');
  return target;
}

function unary(generic: (o: PyObject) => PyObject): (self: PyObject) => PyObject {
  return self => {
    const o = unwrap(self);
    try {
      return generic(o);
    } finally {
      decref(o);
    }
  };
}

function binary(generic: (a: PyObject, b: PyObject) => PyObject): (a: PyObject, b: PyObject) => PyObject {
  return (x, y) => {
    const a = unwrap(x);
    let b: PyObject | null = null;
    try {
      b = unwrap(y);
      return generic(a, b);
    } finally {
      decref(a);
      xdecref(b);
    }
  };
}

function ternary(
  generic: (a: PyObject, b: PyObject, c: PyObject) => PyObject,
): (a: PyObject, b: PyObject, c: PyObject) => PyObject {
  return (x, y, z) => {
    const held: PyObject[] = [];
    try {
      held.push(unwrap(x));
      held.push(unwrap(y));
      held.push(unwrap(z));
      return generic(held[0]!, held[1]!, held[2]!);
    } finally {
      for (const o of held) decref(o);
    }
  };
}

function proxy_call(self: PyObject, args: PyObject, kwargs: PyObject | null): PyObject {
  const o = unwrap(self);
  try {
    return PyObject_Call(o, args, kwargs);
  } finally {
    decref(o);
  }
}

function proxy_repr(self: PyObject): PyObject {
  const o = (self.v as WeakrefData).object;
  if (o === null || o.ob_refcnt === 0) return PyUnicode_FromString(`<weakproxy at ${address(self)}; dead>`);
  return PyUnicode_FromString(`<weakproxy at ${address(self)}; to '${qualified_name(o.ob_type)}' at ${address(o)}>`);
}

function proxy_setattro(self: PyObject, name: PyObject, value: PyObject | null): void {
  const o = unwrap(self);
  try {
    PyObject_SetAttr(o, name, value);
  } finally {
    decref(o);
  }
}

function proxy_richcompare(self: PyObject, other: PyObject, op: number): PyObject {
  const a = unwrap(self);
  let b: PyObject | null = null;
  try {
    b = unwrap(other);
    return PyObject_RichCompare(a, b, op);
  } finally {
    decref(a);
    xdecref(b);
  }
}

function proxy_bool(self: PyObject): boolean {
  const o = unwrap(self);
  try {
    return PyObject_IsTrue(o);
  } finally {
    decref(o);
  }
}

function proxy_length(self: PyObject): number {
  const o = unwrap(self);
  try {
    return PyObject_Size(o);
  } finally {
    decref(o);
  }
}

function proxy_contains(self: PyObject, item: PyObject): boolean {
  const o = unwrap(self);
  try {
    return PySequence_Contains(o, item);
  } finally {
    decref(o);
  }
}

function proxy_setitem(self: PyObject, key: PyObject, value: PyObject | null): void {
  const o = unwrap(self);
  try {
    if (value === null) PyObject_DelItem(o, key);
    else PyObject_SetItem(o, key, value);
  } finally {
    decref(o);
  }
}

function proxy_iternext(self: PyObject): PyObject | null {
  const o = unwrap(self);
  try {
    if (!PyIter_Check(o)) {
      PyErr_SetString(PyExc_TypeError, `Weakref proxy referenced a non-iterator '${o.ob_type.tp_name}' object`);
    }
    return PyIter_Next(o);
  } finally {
    decref(o);
  }
}

function proxy_bytes(self: PyObject): PyObject {
  const o = unwrap(self);
  try {
    return PyObject_CallMethodNoArgs(o, '__bytes__');
  } finally {
    decref(o);
  }
}

function proxy_reversed(self: PyObject): PyObject {
  const o = unwrap(self);
  try {
    return PyObject_CallMethodNoArgs(o, '__reversed__');
  } finally {
    decref(o);
  }
}

/** The slots that both proxy types have. The generic functions are reached through arrows: they belong to modules that
 *  may not be evaluated yet. */
const PROXY = {
  tp_basicsize: 64,
  tp_flags: Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_DISALLOW_INSTANTIATION,
  tp_dealloc: weakref_dealloc,
  tp_traverse: weakref_traverse,
  tp_clear: clear_weakref,
  tp_repr: proxy_repr,
  tp_str: unary(o => PyObject_Str(o)),
  tp_getattro: binary((a, b) => PyObject_GetAttr(a, b)),
  tp_setattro: proxy_setattro,
  tp_richcompare: proxy_richcompare,
  tp_iter: unary(o => PyObject_GetIter(o)),
  tp_iternext: proxy_iternext,
  nb_add: binary((a, b) => PyNumber_Add(a, b)),
  nb_subtract: binary((a, b) => PyNumber_Subtract(a, b)),
  nb_multiply: binary((a, b) => PyNumber_Multiply(a, b)),
  nb_remainder: binary((a, b) => PyNumber_Remainder(a, b)),
  nb_divmod: binary((a, b) => PyNumber_Divmod(a, b)),
  nb_power: ternary((a, b, c) => PyNumber_Power(a, b, c)),
  nb_negative: unary(o => PyNumber_Negative(o)),
  nb_positive: unary(o => PyNumber_Positive(o)),
  nb_absolute: unary(o => PyNumber_Absolute(o)),
  nb_bool: proxy_bool,
  nb_invert: unary(o => PyNumber_Invert(o)),
  nb_lshift: binary((a, b) => PyNumber_Lshift(a, b)),
  nb_rshift: binary((a, b) => PyNumber_Rshift(a, b)),
  nb_and: binary((a, b) => PyNumber_And(a, b)),
  nb_xor: binary((a, b) => PyNumber_Xor(a, b)),
  nb_or: binary((a, b) => PyNumber_Or(a, b)),
  nb_int: unary(o => PyNumber_Long(o)),
  nb_float: unary(o => PyNumber_Float(o)),
  nb_inplace_add: binary((a, b) => PyNumber_InPlaceAdd(a, b)),
  nb_inplace_subtract: binary((a, b) => PyNumber_InPlaceSubtract(a, b)),
  nb_inplace_multiply: binary((a, b) => PyNumber_InPlaceMultiply(a, b)),
  nb_inplace_remainder: binary((a, b) => PyNumber_InPlaceRemainder(a, b)),
  nb_inplace_power: ternary((a, b, c) => PyNumber_InPlacePower(a, b, c)),
  nb_inplace_lshift: binary((a, b) => PyNumber_InPlaceLshift(a, b)),
  nb_inplace_rshift: binary((a, b) => PyNumber_InPlaceRshift(a, b)),
  nb_inplace_and: binary((a, b) => PyNumber_InPlaceAnd(a, b)),
  nb_inplace_xor: binary((a, b) => PyNumber_InPlaceXor(a, b)),
  nb_inplace_or: binary((a, b) => PyNumber_InPlaceOr(a, b)),
  nb_floor_divide: binary((a, b) => PyNumber_FloorDivide(a, b)),
  nb_true_divide: binary((a, b) => PyNumber_TrueDivide(a, b)),
  nb_inplace_floor_divide: binary((a, b) => PyNumber_InPlaceFloorDivide(a, b)),
  nb_inplace_true_divide: binary((a, b) => PyNumber_InPlaceTrueDivide(a, b)),
  nb_index: unary(o => PyNumber_Index(o)),
  nb_matrix_multiply: binary((a, b) => PyNumber_MatrixMultiply(a, b)),
  nb_inplace_matrix_multiply: binary((a, b) => PyNumber_InPlaceMatrixMultiply(a, b)),
  sq_length: proxy_length,
  sq_contains: proxy_contains,
  mp_length: proxy_length,
  mp_subscript: binary((a, b) => PyObject_GetItem(a, b)),
  mp_ass_subscript: proxy_setitem,
};

export const _PyWeakref_ProxyType = static_type({
  ...PROXY,
  name: 'weakref.ProxyType',
  methods: [
    { name: '__bytes__', flags: METH_NOARGS, meth: proxy_bytes, sig: '($self, /)' },
    { name: '__reversed__', flags: METH_NOARGS, meth: proxy_reversed, sig: '($self, /)' },
  ],
});

export const _PyWeakref_CallableProxyType = static_type({
  ...PROXY,
  name: 'weakref.CallableProxyType',
  tp_call: proxy_call,
});
