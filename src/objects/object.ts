// object.ts: the protocols every object has: text forms, comparison, hash, attributes.   CPython: Objects/object.c
//
// Attribute lookup: a data descriptor on the type wins, then the instance's own state, then any other class attribute.
// Invariant: attribute names are exact str; names used by the generic functions are interned before a cache is asked.
import { object_richcompare } from './typeobject/object.ts';
import { PyErr_Clear, PyErr_ExceptionMatches, PyErr_SetString, Raised } from '../core/errors.ts';
import { Hash } from '../core/hash.ts';
import { DICT_DIRECT, DICT_NONE, DICT_SLOTTED, G_INLINE_ORDER, G_INLINE_VALUES, G_INTERNED, IMMORTAL_REFCNT, PyObject, Py_EQ, Py_NE, type PyTypeObject, type SlotState, decref, incref, newref, xdecref } from '../core/object.ts';
import { static_type } from '../core/spec.ts';
import { current } from '../core/tstate.ts';
import { PySequence_List } from './abstract.ts';
import { Py_False, Py_True } from './boolobject.ts';
import { PyObject_CallNoArgs } from './call.ts';
import { PyDict_Check, PyList_Check, PyLong_Check, PyType_Check, PyUnicode_Check } from './checks.ts';
import { PyDict_DelItem, PyDict_GetItem, PyDict_New, PyDict_SetItem } from './dictobject.ts';
import { PyExc_AttributeError, PyExc_RecursionError, PyExc_TypeError, attribute_error, set_attribute_error } from './exceptions.ts';
import { PyList_Sort } from './listobject.ts';
import { object_id } from './obmalloc.ts';
import { PyType_IsSubtype, _PyType_Lookup } from './typeobject.ts';
import { PyUnicode_AsString, PyUnicode_FromString, PyUnicode_Type, _Py_ID, intern_borrowed, interned_form, unicode_ascii_escape } from './unicodeobject.ts';

// --- singletons -----------------------------------------------------------------------------------------------------

function none_repr(): PyObject {
  return PyUnicode_FromString('None');
}

function singleton_new(type: PyTypeObject, args: PyObject, kwargs: PyObject | null): PyObject {
  if ((args as PyObject<PyObject[]>).v.length > 0 || (kwargs !== null && (kwargs as PyObject<{ used: number }>).v.used > 0)) {
    PyErr_SetString(PyExc_TypeError, `${type.tp_name} takes no arguments`);
  }
  return newref(type === _PyNone_Type ? Py_None : type === _PyNotImplemented_Type ? Py_NotImplemented : Py_Ellipsis);
}

export const _PyNone_Type = static_type({
  name: 'NoneType',
  tp_doc: 'NoneType()\n--\n\nThe type of None.',
  tp_basicsize: 16,
  tp_repr: none_repr,
  // A constant, so that hashes of what holds None do not change from run to run.
  tp_hash: () => new Hash(0xfca86420 | 0, 0),
  tp_richcompare: (a, b, op) => object_richcompare(a, b, op),
  nb_bool: () => false,
  tp_new: singleton_new,
});

export const _PyNotImplemented_Type = static_type({
  name: 'NotImplementedType',
  tp_doc: 'NotImplementedType()\n--\n\nThe type of NotImplemented.',
  tp_basicsize: 16,
  tp_repr: () => PyUnicode_FromString('NotImplemented'),
  nb_bool: () => PyErr_SetString(PyExc_TypeError, 'NotImplemented should not be used in a boolean context'),
  tp_new: singleton_new,
  methods: [{ name: '__reduce__', flags: 4, meth: () => PyUnicode_FromString('NotImplemented'), sig: '($self, /)' }],
});

export const PyEllipsis_Type = static_type({
  name: 'ellipsis',
  tp_doc: 'ellipsis()\n--\n\nThe type of Ellipsis.',
  tp_basicsize: 16,
  tp_repr: () => PyUnicode_FromString('Ellipsis'),
  tp_new: singleton_new,
  methods: [{ name: '__reduce__', flags: 4, meth: () => PyUnicode_FromString('Ellipsis'), sig: '($self, /)' }],
});

function immortal(type: PyTypeObject): PyObject {
  const o = new PyObject(type, null, null);
  o.ob_refcnt = IMMORTAL_REFCNT;
  return o;
}

export const Py_None = /* @__PURE__ */ immortal(_PyNone_Type);
export const Py_NotImplemented = /* @__PURE__ */ immortal(_PyNotImplemented_Type);
export const Py_Ellipsis = /* @__PURE__ */ immortal(PyEllipsis_Type);

// --- recursion -------------------------------------------------------------------------------------------------------

/** Nested natives allowed before RecursionError: JS frames, unlike Python's, come from a stack of fixed size. */
export const NATIVE_DEPTH_LIMIT = { limit: 1000 };

/** CPython: Py_EnterRecursiveCall. `where` reads as in ' while calling a Python object'. */
export function Py_EnterRecursiveCall(where: string): void {
  const tstate = current.tstate;
  if (++tstate.native_depth > NATIVE_DEPTH_LIMIT.limit) {
    tstate.native_depth--;
    PyErr_SetString(PyExc_RecursionError, `maximum recursion depth exceeded${where}`);
  }
}

export function Py_LeaveRecursiveCall(): void {
  current.tstate.native_depth--;
}

/** True if a repr of this very object is already under way. CPython: Py_ReprEnter */
export function Py_ReprEnter(o: PyObject): boolean {
  const { repr_running } = current.tstate;
  if (repr_running.includes(o)) return true;
  repr_running.push(o);
  return false;
}

export function Py_ReprLeave(o: PyObject): void {
  const { repr_running } = current.tstate;
  const i = repr_running.lastIndexOf(o);
  if (i >= 0) repr_running.splice(i, 1);
}

// --- text forms ------------------------------------------------------------------------------------------------------

/** CPython: Objects/object.c:PyObject_Repr */
export function PyObject_Repr(o: PyObject): PyObject {
  const repr = o.ob_type.tp_repr;
  if (repr === null) return PyUnicode_FromString(`<${o.ob_type.tp_name} object at ${address(o)}>`);
  Py_EnterRecursiveCall(' while getting the repr of an object');
  try {
    const res = repr(o);
    if (!PyUnicode_Check(res)) {
      const name = res.ob_type.tp_name;
      decref(res);
      PyErr_SetString(PyExc_TypeError, `__repr__ returned non-string (type ${name})`);
    }
    return res;
  } finally {
    Py_LeaveRecursiveCall();
  }
}

/** CPython: Objects/object.c:PyObject_Str */
export function PyObject_Str(o: PyObject): PyObject {
  if (o.ob_type === PyUnicode_Type) return newref(o);
  const str = o.ob_type.tp_str;
  if (str === null) return PyObject_Repr(o);
  Py_EnterRecursiveCall(' while getting the str of an object');
  try {
    const res = str(o);
    if (!PyUnicode_Check(res)) {
      const name = res.ob_type.tp_name;
      decref(res);
      PyErr_SetString(PyExc_TypeError, `__str__ returned non-string (type ${name})`);
    }
    return res;
  } finally {
    Py_LeaveRecursiveCall();
  }
}

/** repr() with every non-ASCII character escaped. CPython: PyObject_ASCII */
export function PyObject_ASCII(o: PyObject): PyObject {
  const repr = PyObject_Repr(o);
  try {
    return unicode_ascii_escape(repr);
  } finally {
    decref(repr);
  }
}

/** The text of repr(o), for messages. */
export function repr_string(o: PyObject): string {
  const r = PyObject_Repr(o);
  const s = PyUnicode_AsString(r);
  decref(r);
  return s;
}

/** The text of str(o), for messages. */
export function str_string(o: PyObject): string {
  const r = PyObject_Str(o);
  const s = PyUnicode_AsString(r);
  decref(r);
  return s;
}

// --- addresses -------------------------------------------------------------------------------------------------------

export { object_id };

/** The address as '%p' prints it. */
export function address(o: PyObject): string {
  return `0x${object_id(o).toString(16)}`;
}

/** CPython: Python/pyhash.c:Py_HashPointer */
export function pointer_hash(o: PyObject): Hash {
  const a = object_id(o);
  return { lo: Math.floor(a / 16) | 0, hi: Math.floor(a / 16 / 4294967296) | 0 } as Hash;
}

// --- comparison and hash ---------------------------------------------------------------------------------------------

const SWAPPED_OP = [4, 5, 2, 3, 0, 1];
const OP_STRINGS = ['<', '<=', '==', '!=', '>', '>='];

/** CPython: Objects/object.c:do_richcompare */
export function PyObject_RichCompare(a: PyObject, b: PyObject, op: number): PyObject {
  const ta = a.ob_type;
  const tb = b.ob_type;
  let checked_reverse = false;
  if (ta !== tb && tb.tp_richcompare !== null && PyType_IsSubtype(tb, ta)) {
    checked_reverse = true;
    const res = tb.tp_richcompare(b, a, SWAPPED_OP[op]!);
    if (res !== Py_NotImplemented) return res;
    decref(res);
  }
  if (ta.tp_richcompare !== null) {
    const res = ta.tp_richcompare(a, b, op);
    if (res !== Py_NotImplemented) return res;
    decref(res);
  }
  if (!checked_reverse && tb.tp_richcompare !== null) {
    const res = tb.tp_richcompare(b, a, SWAPPED_OP[op]!);
    if (res !== Py_NotImplemented) return res;
    decref(res);
  }
  if (op === Py_EQ) return newref(a === b ? Py_True : Py_False);
  if (op === Py_NE) return newref(a !== b ? Py_True : Py_False);
  PyErr_SetString(
    PyExc_TypeError,
    `'${OP_STRINGS[op]}' not supported between instances of '${ta.tp_name}' and '${tb.tp_name}'`,
  );
}

/** Comparison by identity first, then by value. CPython: PyObject_RichCompareBool */
export function PyObject_RichCompareBool(a: PyObject, b: PyObject, op: number): boolean {
  if (a === b) {
    if (op === Py_EQ) return true;
    if (op === Py_NE) return false;
  }
  const res = PyObject_RichCompare(a, b, op);
  const truth = res === Py_True ? true : res === Py_False ? false : PyObject_IsTrue(res);
  decref(res);
  return truth;
}

/** CPython: Objects/object.c:PyObject_Hash */
export function PyObject_Hash(o: PyObject): Hash {
  const hash = o.ob_type.tp_hash;
  if (hash !== null) return hash(o);
  return PyObject_HashNotImplemented(o);
}

export function PyObject_HashNotImplemented(o: PyObject): never {
  PyErr_SetString(PyExc_TypeError, `unhashable type: '${o.ob_type.tp_name}'`);
}

/** CPython: Objects/object.c:PyObject_IsTrue */
export function PyObject_IsTrue(o: PyObject): boolean {
  if (o === Py_True) return true;
  if (o === Py_False || o === Py_None) return false;
  const t = o.ob_type;
  if (t.nb_bool !== null) return t.nb_bool(o);
  if (t.mp_length !== null) return t.mp_length(o) > 0;
  if (t.sq_length !== null) return t.sq_length(o) > 0;
  return true;
}

export function PyObject_Not(o: PyObject): boolean {
  return !PyObject_IsTrue(o);
}

export function PyCallable_Check(o: PyObject): boolean {
  return o.ob_type.tp_call !== null || o.ob_type.tp_instance_vectorcall !== null;
}

export function PyObject_SelfIter(o: PyObject): PyObject {
  return newref(o);
}

// --- attributes ------------------------------------------------------------------------------------------------------

function check_name(name: PyObject): void {
  if (!PyUnicode_Check(name)) {
    PyErr_SetString(PyExc_TypeError, `attribute name must be string, not '${name.ob_type.tp_name}'`);
  }
}

/** CPython: Objects/object.c:PyObject_GetAttr */
export function PyObject_GetAttr(o: PyObject, name: PyObject): PyObject {
  const getattro = o.ob_type.tp_getattro;
  if (getattro === PyObject_GenericGetAttr) {
    const res = generic_getattr(o, name);
    if (res !== null) return res;
    raise_no_attribute(o, name);
  }
  check_name(name);
  if (getattro === null) raise_no_attribute(o, name);
  return getattro(o, name);
}

/** The attribute, or null where AttributeError would be raised. CPython: PyObject_GetOptionalAttr */
export function PyObject_GetOptionalAttr(o: PyObject, name: PyObject): PyObject | null {
  const getattro = o.ob_type.tp_getattro;
  // Whichever way is taken, a descriptor may raise AttributeError of its own.
  try {
    if (getattro === PyObject_GenericGetAttr || getattro === null) return generic_getattr(o, name);
    const optional = optionalGetattro.get(getattro);
    if (optional !== undefined) return optional(o, name);
    check_name(name);
    return getattro(o, name);
  } catch (e) {
    if (PyErr_ExceptionMatches(e, PyExc_AttributeError)) {
      PyErr_Clear(e);
      return null;
    }
    throw e;
  }
}

/** getattro functions that have a form without an exception for a missing attribute (type, module, super). */
export const optionalGetattro = new Map<unknown, (o: PyObject, name: PyObject) => PyObject | null>();

export function PyObject_HasAttr(o: PyObject, name: PyObject): boolean {
  const v = PyObject_GetOptionalAttr(o, name);
  if (v === null) return false;
  decref(v);
  return true;
}

export function PyObject_GetAttrString(o: PyObject, name: string): PyObject {
  return PyObject_GetAttr(o, _Py_ID(name));
}

export function PyObject_GetOptionalAttrString(o: PyObject, name: string): PyObject | null {
  return PyObject_GetOptionalAttr(o, _Py_ID(name));
}

/** The attribute, or null if there is none and no code of the program had a say in that. */
export function attribute_or_null(o: PyObject, name: PyObject): PyObject | null {
  return o.ob_type.tp_getattro === PyObject_GenericGetAttr ? generic_getattr(o, name) : PyObject_GetAttr(o, name);
}

/** Raises AttributeError with its name and obj. */
export function raise_no_attribute(o: PyObject, name: PyObject): never {
  check_name(name);
  throw new Raised(no_attribute(o, name));
}

/** The AttributeError for an attribute that an object has not. */
export function no_attribute(o: PyObject, name: PyObject): PyObject {
  const text = PyType_Check(o)
    ? `type object '${o.tp_name.slice(o.tp_name.lastIndexOf('.') + 1)}' has no attribute '${PyUnicode_AsString(name)}'`
    : `'${o.ob_type.tp_name}' object has no attribute '${PyUnicode_AsString(name)}'`;
  return attribute_error(text, o, name);
}

/** The instance's `__dict__` if it has one by now (borrowed). Inline values are not turned into a dict. */
export function instance_dict_or_null(o: PyObject): PyObject | null {
  const kind = o.ob_type.tp_dict_kind;
  if (kind === DICT_DIRECT) return (o.g & G_INLINE_VALUES) !== 0 ? null : (o.d as PyObject | null);
  if (kind === DICT_SLOTTED) return (o.d as SlotState).dict;
  return null;
}

/** The instance's `__dict__` (borrowed), made now if need be; null if its type gives it none. CPython: _PyObject_GetDictPtr */
export function instance_dict(o: PyObject): PyObject | null {
  const kind = o.ob_type.tp_dict_kind;
  if (kind === DICT_NONE) return null;
  if (kind === DICT_SLOTTED) {
    const state = o.d as SlotState;
    if (state.dict === null) state.dict = new_instance_dict(o.ob_type);
    return state.dict;
  }
  if ((o.g & G_INLINE_VALUES) !== 0) return materialize_dict(o);
  if (o.d === null) o.d = new_instance_dict(o.ob_type);
  return o.d as PyObject;
}

/** An empty dict for an instance, of the size that sharing its keys with the class gives it in CPython. */
function new_instance_dict(type: PyTypeObject): PyObject {
  const dict = PyDict_New();
  dict.v.split = type.ht_cached_keys;
  return dict;
}

/** Moves the inline values into a real dict, which becomes the instance's. CPython: _PyObject_MaterializeManagedDict */
export function materialize_dict(o: PyObject): PyObject {
  const values = o.d as (PyObject | null)[];
  const names = o.ob_type.ht_cached_keys!.names;
  const dict = new_instance_dict(o.ob_type);
  for (const i of inline_order(o)) {
    const value = values[i]!;
    PyDict_SetItem(dict, names[i]!, value);
    decref(value);
  }
  o.g &= ~(G_INLINE_VALUES | G_INLINE_ORDER);
  o.d = dict;
  return dict;
}

// The order in which an instance's attributes were set, kept only where it is not that of the shared keys (G_INLINE_ORDER):
// when attributes were set in another order than by the first instance, or deleted and set again.
const inlineOrders = new WeakMap<PyObject, number[]>();

/** Indices of the inline values that are set, in the order in which they were set. */
export function inline_order(o: PyObject): number[] {
  const values = o.d as (PyObject | null)[];
  if ((o.g & G_INLINE_ORDER) !== 0) return inlineOrders.get(o)!.filter(i => values[i] !== null);
  const order: number[] = [];
  for (let i = 0; i < values.length; i++) if (values[i] !== null) order.push(i);
  return order;
}

/** Stores an inline value (stolen) at key `i`; returns what was there.
 *  Invariant: without G_INLINE_ORDER the values that are set are the first ones, without a gap. */
export function store_inline(o: PyObject, i: number, value: PyObject): PyObject | null {
  const values = o.d as (PyObject | null)[];
  if (i < values.length) {
    const old = values[i]!;
    if (old !== null) {
      values[i] = value;
      return old;
    }
  } else while (values.length <= i) values.push(null);
  if ((o.g & G_INLINE_ORDER) === 0 && (i === 0 || values[i - 1] !== null)) {
    values[i] = value;
    return null;
  }
  const order = inline_order(o);
  order.push(i);
  inlineOrders.set(o, order);
  o.g |= G_INLINE_ORDER;
  values[i] = value;
  return null;
}

/** Deletes the inline value at key `i`; returns it, or null if there was none. */
export function delete_inline(o: PyObject, i: number): PyObject | null {
  const values = o.d as (PyObject | null)[];
  const old = i < values.length ? values[i]! : null;
  if (old === null) return null;
  if ((o.g & G_INLINE_ORDER) === 0 && i + 1 < values.length && values[i + 1] !== null) {
    inlineOrders.set(o, inline_order(o));
    o.g |= G_INLINE_ORDER;
  }
  values[i] = null;
  return old;
}

/** CPython: Objects/object.c:_PyObject_GenericGetAttrWithDict. null where there is no such attribute. */
export function generic_getattr(o: PyObject, name: PyObject): PyObject | null {
  if (name.ob_type !== PyUnicode_Type) check_name(name);
  const type = o.ob_type;
  const descr = _PyType_Lookup(type, name);
  let get: PyTypeObject['tp_descr_get'] = null;
  if (descr !== null) {
    const dt = descr.ob_type;
    get = dt.tp_descr_get;
    if (get !== null && dt.tp_descr_set !== null) {
      incref(descr);
      try {
        return get(descr, o, type);
      } finally {
        decref(descr);
      }
    }
  }
  const kind = type.tp_dict_kind;
  if (kind !== DICT_NONE && o.d !== null) {
    if ((o.g & G_INLINE_VALUES) !== 0) {
      const key = (name.g & G_INTERNED) !== 0 ? name : interned_form(name);
      const i = key === null ? undefined : type.ht_cached_keys!.index.get(key);
      if (i !== undefined) {
        const value = (o.d as (PyObject | null)[])[i];
        if (value !== null && value !== undefined) return newref(value);
      }
    } else {
      const dict = kind === DICT_DIRECT ? (o.d as PyObject) : (o.d as SlotState).dict;
      if (dict !== null) {
        if (descr !== null) incref(descr);
        const value = PyDict_GetItem(dict, name);
        if (descr !== null) decref(descr);
        if (value !== null) return newref(value);
      }
    }
  }
  if (get !== null) {
    incref(descr!);
    try {
      return get(descr!, o, type);
    } finally {
      decref(descr!);
    }
  }
  return descr === null ? null : newref(descr);
}

/** CPython: Objects/object.c:PyObject_GenericGetAttr */
export function PyObject_GenericGetAttr(o: PyObject, name: PyObject): PyObject {
  const res = generic_getattr(o, name);
  if (res === null) raise_no_attribute(o, name);
  return res;
}

/** Sets or deletes. CPython: Objects/object.c:PyObject_SetAttr */
export function PyObject_SetAttr(o: PyObject, name: PyObject, value: PyObject | null): void {
  check_name(name);
  const setattro = o.ob_type.tp_setattro;
  if (setattro !== null) {
    setattro(o, name, value);
    return;
  }
  const kind = o.ob_type.tp_getattro === null ? 'no attributes' : 'only read-only attributes';
  const verb = value === null ? 'del' : 'assign to';
  PyErr_SetString(
    PyExc_TypeError,
    `'${o.ob_type.tp_name}' object has ${kind} (${verb} .${PyUnicode_AsString(name)})`,
  );
}

export function PyObject_SetAttrString(o: PyObject, name: string, value: PyObject | null): void {
  PyObject_SetAttr(o, _Py_ID(name), value);
}

export function PyObject_DelAttr(o: PyObject, name: PyObject): void {
  PyObject_SetAttr(o, name, null);
}

/** CPython: Objects/object.c:_PyObject_GenericSetAttrWithDict */
export function PyObject_GenericSetAttr(o: PyObject, name: PyObject, value: PyObject | null): void {
  if (name.ob_type !== PyUnicode_Type) check_name(name);
  const type = o.ob_type;
  const descr = _PyType_Lookup(type, name);
  if (descr !== null) {
    const set = descr.ob_type.tp_descr_set;
    if (set !== null) {
      incref(descr);
      try {
        set(descr, o, value);
      } finally {
        decref(descr);
      }
      return;
    }
  }
  if (type.tp_dict_kind === DICT_NONE) {
    const text = PyUnicode_AsString(name);
    if (descr === null) {
      if (type.tp_setattro === PyObject_GenericSetAttr) {
        set_attribute_error(
          `'${type.tp_name}' object has no attribute '${text}' and no __dict__ for setting new attributes`,
          o,
          name,
        );
      }
      set_attribute_error(`'${type.tp_name}' object has no attribute '${text}'`, o, name);
    }
    set_attribute_error(`'${type.tp_name}' object attribute '${text}' is read-only`, o, name);
  }
  if (set_instance_attribute(o, name, value)) return;
  set_attribute_error(`'${type.tp_name}' object has no attribute '${PyUnicode_AsString(name)}'`, o, name);
}

/** Stores in (or deletes from) the instance's own state; false if the attribute to delete is not there. */
export function set_instance_attribute(o: PyObject, name: PyObject, value: PyObject | null): boolean {
  if ((o.g & G_INLINE_VALUES) !== 0) {
    const keys = o.ob_type.ht_cached_keys!;
    const key = intern_borrowed(name);
    if (value === null) {
      const i = keys.index.get(key);
      if (i === undefined) return false;
      const old = delete_inline(o, i);
      if (old === null) return false;
      decref(old);
      return true;
    }
    const i = key.ob_type === PyUnicode_Type ? keys.add(key) : -1;
    if (i >= 0) {
      incref(value);
      xdecref(store_inline(o, i, value));
      return true;
    }
  }
  if (value === null) {
    const dict = instance_dict_or_null(o);
    if (dict === null || PyDict_GetItem(dict, name) === null) return false;
    PyDict_DelItem(dict, name);
    return true;
  }
  PyDict_SetItem(instance_dict(o)!, name, value);
  return true;
}

/** `obj.__dict__` as a getset's getter. CPython: PyObject_GenericGetDict */
export function PyObject_GenericGetDict(o: PyObject): PyObject {
  const dict = instance_dict(o);
  if (dict === null) set_attribute_error('This object has no __dict__', o, _Py_ID('__dict__'));
  return newref(dict);
}

/** CPython: PyObject_GenericSetDict */
export function PyObject_GenericSetDict(o: PyObject, value: PyObject | null): void {
  if (value === null) PyErr_SetString(PyExc_TypeError, 'cannot delete __dict__');
  if (!PyDict_Check(value)) {
    PyErr_SetString(PyExc_TypeError, `__dict__ must be set to a dictionary, not a '${value.ob_type.tp_name}'`);
  }
  replace_instance_dict(o, newref(value));
}

/** Puts another dict (stolen; null for none) in place of the instance's state. */
export function replace_instance_dict(o: PyObject, dict: PyObject | null): void {
  if (o.ob_type.tp_dict_kind === DICT_SLOTTED) {
    const state = o.d as SlotState;
    const old = state.dict;
    state.dict = dict;
    xdecref(old);
    return;
  }
  if ((o.g & G_INLINE_VALUES) !== 0) {
    const values = o.d as (PyObject | null)[];
    o.g &= ~(G_INLINE_VALUES | G_INLINE_ORDER);
    o.d = dict;
    for (const v of values) if (v !== null && v !== undefined) decref(v);
    return;
  }
  const old = o.d as PyObject | null;
  o.d = dict;
  xdecref(old);
}

/** Drops the instance's attributes (tp_clear of types whose instances have a dict). */
export function clear_instance_dict(o: PyObject): void {
  if (o.ob_type.tp_dict_kind !== DICT_NONE) replace_instance_dict(o, null);
}

/** Looks a special method up on the type and binds it; null if absent. CPython: _PyObject_LookupSpecial */
export function _PyObject_LookupSpecial(o: PyObject, name: PyObject): PyObject | null {
  const res = _PyType_Lookup(o.ob_type, name);
  if (res === null) return null;
  const get = res.ob_type.tp_descr_get;
  if (get === null) return newref(res);
  return get(res, o, o.ob_type);
}

/** CPython: Objects/object.c:PyObject_Dir with an argument */
export function PyObject_Dir(o: PyObject): PyObject {
  const func = _PyObject_LookupSpecial(o, _Py_ID('__dir__'));
  if (func === null) PyErr_SetString(PyExc_TypeError, 'object does not provide __dir__');
  let result: PyObject;
  try {
    result = PyObject_CallNoArgs(func);
  } finally {
    decref(func);
  }
  let list: PyObject;
  try {
    list = PySequence_List(result);
  } finally {
    decref(result);
  }
  if (PyList_Check(list)) PyList_Sort(list);
  return list;
}

/** `__name__` of a class, or its repr text if there is none. */
export function type_name_of(o: PyObject): string {
  return o.ob_type.tp_name;
}

/** Raises SystemError-like TypeError unless the object is an int. */
export function expect_int(o: PyObject): void {
  if (!PyLong_Check(o)) PyErr_SetString(PyExc_TypeError, `an integer is required (got type ${o.ob_type.tp_name})`);
}

