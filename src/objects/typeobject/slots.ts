// slots.ts: the one table of special methods: which slot a name fills, how a Python-level method is called through the
// slot, and how a native slot is called through its Python-level wrapper.            CPython: Objects/typeobject.c (slotdefs)
import { PyErr_Clear, PyErr_ExceptionMatches, PyErr_SetNone, PyErr_SetString, Raised } from '../../core/errors.ts';
import { type Hash, hash_bigint, hash_from_bigint, hash_from_number, hash_to_bigint } from '../../core/hash.ts';
import {
  decref,
  incref,
  newref,
  Py_EQ,
  Py_GE,
  Py_GT,
  Py_LE,
  Py_LT,
  Py_NE,
  Py_TPFLAGS_METHOD_DESCRIPTOR,
  type PyObject,
  type PyTypeObject,
  xdecref,
} from '../../core/object.ts';
import { current } from '../../core/tstate.ts';
import { contains_by_iteration, PyNumber_AsSsize_t, PyNumber_Index } from '../abstract.ts';
import { Py_False, Py_True, PyBool_FromLong } from '../boolobject.ts';
import { kwnames_to_dict, PyObject_Call, PyObject_Call_Prepend, PyObject_Vectorcall, with_self } from '../call.ts';
import { PyLong_Check } from '../checks.ts';
import { PyErr_FormatUnraisable } from '../errors_util.ts';
import {
  PyExc_AttributeError,
  PyExc_OverflowError,
  PyExc_StopIteration,
  PyExc_TypeError,
  PyExc_ValueError,
  StopIteration_value,
  set_attribute_error_context,
} from '../exceptions.ts';
import { PyArg_CheckPositional } from '../getargs.ts';
import { PySeqIter_New } from '../iterobject.ts';
import { PyLong_FromBigInt, PyLong_FromLong, PyLong_FromSsize_t } from '../longobject.ts';
import { PyMemoryView_FromBufferProc } from '../memoryobject.ts';
import {
  address,
  generic_getattr,
  Py_None,
  Py_NotImplemented,
  PyObject_GenericGetAttr,
  PyObject_GetOptionalAttr,
  PyObject_HashNotImplemented,
  PyObject_IsTrue,
  repr_string,
} from '../object.ts';
import { PyTuple_FromArray } from '../tupleobject.ts';
import { _PyType_Lookup, PyType_IsSubtype } from '../typeobject.ts';
import { _Py_ID, PyUnicode_FromString } from '../unicodeobject.ts';
import { release_python_view, slot_bf_getbuffer, slot_bf_releasebuffer } from './buffer_slots.ts';
import { slot_doc } from './slot_docs.ts';

type Wrapper = (self: PyObject, args: PyObject[], kwnames: PyObject | null, wrapped: unknown, def: SlotDef) => PyObject;

export interface SlotDef {
  readonly name: string;
  readonly slot: keyof PyTypeObject;
  /** What fills the slot of a class that defines the method in Python; null: nothing (the name alone). */
  readonly generic: unknown;
  /** How the native slot function is called with Python arguments; null: no wrapper is made. */
  readonly wrapper: Wrapper | null;
  readonly sig: string;
  readonly doc: string | null;
  readonly keywords: boolean;
  /** Comparison operator, for the six names of tp_richcompare. */
  readonly op: number;
}

// --- calling a special method ------------------------------------------------------------------------------------------

/** Calls type(self).name(self, ...args); null if there is no such method. CPython: vectorcall_maybe */
export function call_special_maybe(self: PyObject, name: string, args: PyObject[]): PyObject | null {
  const func = _PyType_Lookup(self.ob_type, _Py_ID(name));
  if (func === null) return null;
  return call_found_maybe(func, self, args);
}

const METHOD_DESCRIPTOR = 1 << 17;

/** Calls what a look-up on the type found, bound to self. */
export function call_found(func: PyObject, self: PyObject, args: PyObject[]): PyObject {
  if ((func.ob_type.tp_flags & METHOD_DESCRIPTOR) !== 0) return call_unbound(func, self, args);
  incref(func);
  return call_bound(bind(func, self), args);
}

/** As call_found; null if binding it to self raises AttributeError (a property, say): that counts as not having it.
 *  CPython: lookup_maybe_method */
function call_found_maybe(func: PyObject, self: PyObject, args: PyObject[]): PyObject | null {
  if ((func.ob_type.tp_flags & METHOD_DESCRIPTOR) !== 0) return call_unbound(func, self, args);
  incref(func);
  let bound: PyObject;
  try {
    bound = bind(func, self);
  } catch (e) {
    if (!PyErr_ExceptionMatches(e, PyExc_AttributeError)) throw e;
    PyErr_Clear(e);
    return null;
  }
  return call_bound(bound, args);
}

function call_unbound(func: PyObject, self: PyObject, args: PyObject[]): PyObject {
  incref(func);
  try {
    return PyObject_Vectorcall(func, with_self(self, args), null);
  } finally {
    decref(func);
  }
}

/** What `func` (stolen) is as an attribute of self. */
function bind(func: PyObject, self: PyObject): PyObject {
  const get = func.ob_type.tp_descr_get;
  if (get === null) return func;
  try {
    return get(func, self, self.ob_type);
  } finally {
    decref(func);
  }
}

/** Calls `bound`, and gives it up. */
function call_bound(bound: PyObject, args: PyObject[]): PyObject {
  try {
    return PyObject_Vectorcall(bound, args, null);
  } finally {
    decref(bound);
  }
}

/** As call_special_maybe; AttributeError if there is no such method. CPython: vectorcall_method */
export function call_special(self: PyObject, name: string, ...args: PyObject[]): PyObject {
  const func = _PyType_Lookup(self.ob_type, _Py_ID(name));
  if (func === null) PyErr_SetString(PyExc_AttributeError, name);
  return call_found(func, self, args);
}

// --- generic slot functions ----------------------------------------------------------------------------------------------

/** `first`: the method that an operator's slot asks first has been called already and gave NotImplemented (src/vm/special.ts). */
export const asked = { first: false };

/** Asks an operand's method; null if it has none. */
function ask(self: PyObject, name: string, args: PyObject[]): PyObject | null {
  if (asked.first) {
    asked.first = false;
    return newref(Py_NotImplemented);
  }
  return call_special_maybe(self, name, args);
}

const unary = (name: string) => (self: PyObject) => call_special(self, name);

function binary(slot: keyof PyTypeObject, name: string, rname: string) {
  const slotfn = (self: PyObject, other: PyObject): PyObject => {
    const st = self.ob_type;
    const ot = other.ob_type;
    let do_other = st !== ot && (ot[slot] as unknown) === slotfn;
    if ((st[slot] as unknown) === slotfn) {
      if (do_other && PyType_IsSubtype(ot, st)) {
        if (method_is_overloaded(self, other, rname)) {
          const res = call_special_maybe(other, rname, [self]);
          if (res !== null && res !== Py_NotImplemented) return res;
          xdecref(res);
          do_other = false;
        }
      }
      const res = ask(self, name, [other]);
      if (res !== null) {
        if (res !== Py_NotImplemented || ot === st) return res;
        decref(res);
      }
    }
    if (do_other) return ask(other, rname, [self]) ?? newref(Py_NotImplemented);
    return newref(Py_NotImplemented);
  };
  return slotfn;
}

/** Whether the right operand's class gives another reflected method than the left one's. CPython: method_is_overloaded */
function method_is_overloaded(left: PyObject, right: PyObject, name: string): boolean {
  const id = _Py_ID(name);
  const b = PyObject_GetOptionalAttr(right.ob_type, id);
  if (b === null) return false;
  const a = PyObject_GetOptionalAttr(left.ob_type, id);
  if (a === null) {
    decref(b);
    return true;
  }
  const differs = a !== b;
  decref(a);
  decref(b);
  return differs;
}

const inplace = (name: string) => (self: PyObject, other: PyObject) => {
  if (!asked.first) return call_special(self, name, other);
  asked.first = false;
  return newref(Py_NotImplemented);
};

export function slot_nb_power(self: PyObject, other: PyObject, modulus: PyObject): PyObject {
  const st = self.ob_type;
  const ot = other.ob_type;
  let do_other = st !== ot && ot.nb_power === slot_nb_power;
  const extra = modulus === Py_None ? [] : [modulus];
  if (st.nb_power === slot_nb_power) {
    if (do_other && PyType_IsSubtype(ot, st) && method_is_overloaded(self, other, '__rpow__')) {
      const res = call_special_maybe(other, '__rpow__', [self, ...extra]);
      if (res !== null && res !== Py_NotImplemented) return res;
      xdecref(res);
      do_other = false;
    }
    const res = call_special_maybe(self, '__pow__', [other, ...extra]);
    if (res !== null) {
      if (res !== Py_NotImplemented || ot === st) return res;
      decref(res);
    }
  }
  if (do_other) return call_special_maybe(other, '__rpow__', [self, ...extra]) ?? newref(Py_NotImplemented);
  return newref(Py_NotImplemented);
}

export function slot_nb_bool(self: PyObject): boolean {
  let res = call_special_maybe(self, '__bool__', []);
  let using_len = false;
  if (res === null) {
    res = call_special_maybe(self, '__len__', []);
    if (res === null) return true;
    using_len = true;
  }
  try {
    return using_len ? length_of(res) > 0 : checked_bool(res);
  } finally {
    decref(res);
  }
}

/** What `__bool__` gave, checked. Borrows. */
export function checked_bool(res: PyObject): boolean {
  if (res === Py_True) return true;
  if (res === Py_False) return false;
  PyErr_SetString(PyExc_TypeError, `__bool__ should return bool, returned ${res.ob_type.tp_name}`);
}

/** What `__len__` gave, checked. Borrows. */
export function length_of(res: PyObject): number {
  const index = PyNumber_Index(res);
  try {
    const v = (index as PyObject<number | bigint>).v;
    if (v < 0) PyErr_SetString(PyExc_ValueError, '__len__() should return >= 0');
    return PyNumber_AsSsize_t(index, PyExc_OverflowError);
  } finally {
    decref(index);
  }
}

export function slot_sq_length(self: PyObject): number {
  const res = call_special(self, '__len__');
  try {
    return length_of(res);
  } finally {
    decref(res);
  }
}

export function slot_sq_item(self: PyObject, i: number): PyObject {
  const index = PyLong_FromLong(i);
  try {
    return call_special(self, '__getitem__', index);
  } finally {
    decref(index);
  }
}

function slot_sq_ass_item(self: PyObject, i: number, value: PyObject | null): void {
  const index = PyLong_FromLong(i);
  try {
    decref(value === null ? call_special(self, '__delitem__', index) : call_special(self, '__setitem__', index, value));
  } finally {
    decref(index);
  }
}

function slot_sq_contains(self: PyObject, item: PyObject): boolean {
  const func = _PyType_Lookup(self.ob_type, _Py_ID('__contains__'));
  if (func === Py_None) PyErr_SetString(PyExc_TypeError, `'${self.ob_type.tp_name}' object is not a container`);
  const res = func === null ? null : call_found_maybe(func, self, [item]);
  if (res !== null) {
    try {
      return PyObject_IsTrue(res);
    } finally {
      decref(res);
    }
  }
  return contains_by_iteration(self, item);
}

function slot_mp_ass_subscript(self: PyObject, key: PyObject, value: PyObject | null): void {
  decref(value === null ? call_special(self, '__delitem__', key) : call_special(self, '__setitem__', key, value));
}

export function slot_tp_repr(self: PyObject): PyObject {
  const res = call_special_maybe(self, '__repr__', []);
  return res ?? PyUnicode_FromString(`<${self.ob_type.tp_name} object at ${address(self)}>`);
}

export function slot_tp_hash(self: PyObject): Hash {
  const func = _PyType_Lookup(self.ob_type, _Py_ID('__hash__'));
  if (func === null || func === Py_None) PyObject_HashNotImplemented(self);
  const res = call_found_maybe(func, self, []);
  if (res === null) PyObject_HashNotImplemented(self);
  try {
    if (!PyLong_Check(res)) PyErr_SetString(PyExc_TypeError, '__hash__ method should return an integer');
    const v = (res as PyObject<number | bigint>).v;
    if (typeof v === 'number') return hash_from_number(v);
    if (v >= -(1n << 63n) && v < 1n << 63n) return hash_from_bigint(v);
    return hash_bigint(v);
  } finally {
    decref(res);
  }
}

/** What the VM sets. */
export const slotHooks = {
  /** Has the frame of a class's `__call__` entered in place of a nested loop, when bytecode calls the instance and other threads
   *  may have to run meanwhile. Null: it has to be called in the ordinary way. Everything is borrowed. */
  call: (_func: PyObject, _self: PyObject, _args: PyObject[], _kwnames: PyObject | null): PyObject | null => null,
};

export function slot_tp_call(self: PyObject, args: PyObject, kwargs: PyObject | null): PyObject {
  const func = _PyType_Lookup(self.ob_type, _Py_ID('__call__'));
  if (func === null) PyErr_SetString(PyExc_AttributeError, '__call__');
  const get = func.ob_type.tp_descr_get;
  const bound = get === null ? newref(func) : get(func, self, self.ob_type);
  try {
    return PyObject_Call(bound, args, kwargs);
  } finally {
    decref(bound);
  }
}

/** The vectorcall form of slot_tp_call. */
export function slot_instance_vectorcall(self: PyObject, args: PyObject[], kwnames: PyObject | null): PyObject {
  const func = _PyType_Lookup(self.ob_type, _Py_ID('__call__'));
  if (func === null) PyErr_SetString(PyExc_TypeError, `'${self.ob_type.tp_name}' object is not callable`);
  if ((func.ob_type.tp_flags & METHOD_DESCRIPTOR) !== 0) {
    const entered = slotHooks.call(func, self, args, kwnames);
    if (entered !== null) return entered;
    incref(func);
    try {
      return PyObject_Vectorcall(func, with_self(self, args), kwnames);
    } finally {
      decref(func);
    }
  }
  const get = func.ob_type.tp_descr_get;
  const bound = get === null ? newref(func) : get(func, self, self.ob_type);
  try {
    return PyObject_Vectorcall(bound, args, kwnames);
  } finally {
    decref(bound);
  }
}

/** `__getattribute__`, then `__getattr__` when that raised AttributeError. CPython: slot_tp_getattr_hook */
export function slot_tp_getattr_hook(self: PyObject, name: PyObject): PyObject {
  const type = self.ob_type;
  const getattr = _PyType_Lookup(type, _Py_ID('__getattr__'));
  const getattribute = _PyType_Lookup(type, _Py_ID('__getattribute__'));
  if (getattr === null) return call_found(getattribute!, self, [name]);
  incref(getattr);
  try {
    const found = getattribute_optional(self, name, getattribute);
    if (found !== null) return found;
    return call_found(getattr, self, [name]);
  } catch (e) {
    if (e instanceof Raised) set_attribute_error_context(e.exc, self, name);
    throw e;
  } finally {
    decref(getattr);
  }
}

/** The ordinary look-up, null where it raises AttributeError. */
function getattribute_optional(self: PyObject, name: PyObject, getattribute: PyObject | null): PyObject | null {
  try {
    if (getattribute === null || is_generic_getattribute(getattribute)) return generic_getattr(self, name);
    return call_found(getattribute, self, [name]);
  } catch (e) {
    if (!PyErr_ExceptionMatches(e, PyExc_AttributeError)) throw e;
    PyErr_Clear(e);
    return null;
  }
}

/** Whether attributes are looked up in the ordinary way, but for a `__getattr__`. */
export function has_generic_getattribute(type: PyTypeObject): boolean {
  const getattribute = _PyType_Lookup(type, _Py_ID('__getattribute__'));
  return getattribute === null || is_generic_getattribute(getattribute);
}

function is_generic_getattribute(descr: PyObject): boolean {
  const row = (descr as PyObject<{ row?: { wrapped?: unknown } }>).v?.row;
  return row !== undefined && row !== null && row.wrapped === PyObject_GenericGetAttr;
}

export function slot_tp_getattro(self: PyObject, name: PyObject): PyObject {
  return call_special(self, '__getattribute__', name);
}

function slot_tp_setattro(self: PyObject, name: PyObject, value: PyObject | null): void {
  decref(value === null ? call_special(self, '__delattr__', name) : call_special(self, '__setattr__', name, value));
}

export const RICHCMP_NAMES = ['__lt__', '__le__', '__eq__', '__ne__', '__gt__', '__ge__'];

export function slot_tp_richcompare(self: PyObject, other: PyObject, op: number): PyObject {
  return ask(self, RICHCMP_NAMES[op]!, [other]) ?? newref(Py_NotImplemented);
}

export function slot_tp_iter(self: PyObject): PyObject {
  const func = _PyType_Lookup(self.ob_type, _Py_ID('__iter__'));
  if (func === Py_None) PyErr_SetString(PyExc_TypeError, `'${self.ob_type.tp_name}' object is not iterable`);
  const res = func === null ? null : call_found_maybe(func, self, []);
  if (res !== null) return res;
  const getitem = _PyType_Lookup(self.ob_type, _Py_ID('__getitem__'));
  if (getitem === null) PyErr_SetString(PyExc_TypeError, `'${self.ob_type.tp_name}' object is not iterable`);
  return PySeqIter_New(self);
}

export function slot_tp_iternext(self: PyObject): PyObject | null {
  try {
    return call_special(self, '__next__');
  } catch (e) {
    if (!PyErr_ExceptionMatches(e, PyExc_StopIteration)) throw e;
    // Its value must not get lost, and an observer wants to see it.
    if (StopIteration_value(e.exc) !== Py_None || current.tstate.switch_loop) throw e;
    PyErr_Clear(e);
    return null;
  }
}

function slot_tp_descr_get(self: PyObject, obj: PyObject | null, type: PyObject | null): PyObject {
  return call_special_maybe(self, '__get__', [obj ?? Py_None, type ?? Py_None]) ?? newref(self);
}

function slot_tp_descr_set(self: PyObject, target: PyObject, value: PyObject | null): void {
  decref(value === null ? call_special(self, '__delete__', target) : call_special(self, '__set__', target, value));
}

export function slot_tp_init(self: PyObject, args: PyObject, kwargs: PyObject | null): void {
  const func = _PyType_Lookup(self.ob_type, _Py_ID('__init__'));
  if (func === null) PyErr_SetString(PyExc_AttributeError, '__init__');
  if ((func.ob_type.tp_flags & Py_TPFLAGS_METHOD_DESCRIPTOR) !== 0) {
    check_init_result(PyObject_Call_Prepend(func, self, args, kwargs));
    return;
  }
  const get = func.ob_type.tp_descr_get;
  const bound = get === null ? newref(func) : get(func, self, self.ob_type);
  let res: PyObject;
  try {
    res = PyObject_Call(bound, args, kwargs);
  } finally {
    decref(bound);
  }
  check_init_result(res);
}

/** Raises unless `__init__` returned None; consumes the result. */
export function check_init_result(res: PyObject): void {
  if (res !== Py_None) {
    const name = res.ob_type.tp_name;
    decref(res);
    PyErr_SetString(PyExc_TypeError, `__init__() should return None, not '${name}'`);
  }
  decref(res);
}

export function slot_tp_new(type: PyTypeObject, args: PyObject, kwargs: PyObject | null): PyObject {
  const func = PyObject_GetOptionalAttr(type, _Py_ID('__new__'));
  if (func === null) PyErr_SetString(PyExc_AttributeError, '__new__');
  try {
    return PyObject_Call_Prepend(func, type, args, kwargs);
  } finally {
    decref(func);
  }
}

/** Runs `__del__`; errors go to sys.unraisablehook. */
export function slot_tp_finalize(self: PyObject): void {
  const del = _PyType_Lookup(self.ob_type, _Py_ID('__del__'));
  if (del === null) return;
  incref(del);
  try {
    decref(call_found(del, self, []));
  } catch (e) {
    PyErr_FormatUnraisable(`Exception ignored while calling deallocator ${repr_string(del)}`, e);
  } finally {
    decref(del);
  }
}

function slot_await(self: PyObject, name: string, what: string): PyObject {
  const func = _PyType_Lookup(self.ob_type, _Py_ID(name));
  if (func !== null && func !== Py_None) return call_found(func, self, []);
  PyErr_SetString(PyExc_AttributeError, `object ${self.ob_type.tp_name} does not have ${what} method`);
}

// --- wrappers --------------------------------------------------------------------------------------------------------------

function check_num_args(args: PyObject[], n: number): void {
  if (args.length !== n) {
    PyErr_SetString(PyExc_TypeError, `expected ${n} argument${n === 1 ? '' : 's'}, got ${args.length}`);
  }
}

type Unary = (self: PyObject) => PyObject;
type Binary = (a: PyObject, b: PyObject) => PyObject;

const wrap_unaryfunc: Wrapper = (self, args, _kw, f) => {
  check_num_args(args, 0);
  return (f as Unary)(self);
};
const wrap_binaryfunc: Wrapper = (self, args, _kw, f) => {
  check_num_args(args, 1);
  return (f as Binary)(self, args[0]!);
};
const wrap_binaryfunc_r: Wrapper = (self, args, _kw, f) => {
  check_num_args(args, 1);
  return (f as Binary)(args[0]!, self);
};
const wrap_ternaryfunc: Wrapper = (self, args, _kw, f) => {
  if (args.length < 1 || args.length > 2) {
    PyErr_SetString(PyExc_TypeError, `expected 1 or 2 arguments, got ${args.length}`);
  }
  return (f as (a: PyObject, b: PyObject, c: PyObject) => PyObject)(self, args[0]!, args[1] ?? Py_None);
};
const wrap_ternaryfunc_r: Wrapper = (self, args, _kw, f) => {
  if (args.length < 1 || args.length > 2) {
    PyErr_SetString(PyExc_TypeError, `expected 1 or 2 arguments, got ${args.length}`);
  }
  return (f as (a: PyObject, b: PyObject, c: PyObject) => PyObject)(args[0]!, self, args[1] ?? Py_None);
};
const wrap_inquirypred: Wrapper = (self, args, _kw, f) => {
  check_num_args(args, 0);
  return PyBool_FromLong((f as (o: PyObject) => boolean)(self));
};
const wrap_lenfunc: Wrapper = (self, args, _kw, f) => {
  check_num_args(args, 0);
  return PyLong_FromSsize_t((f as (o: PyObject) => number)(self));
};
const wrap_indexargfunc: Wrapper = (self, args, _kw, f) => {
  check_num_args(args, 1);
  return (f as (o: PyObject, n: number) => PyObject)(self, PyNumber_AsSsize_t(args[0]!, PyExc_OverflowError));
};
function getindex(self: PyObject, arg: PyObject): number {
  let i = PyNumber_AsSsize_t(arg, PyExc_OverflowError);
  if (i < 0 && self.ob_type.sq_length !== null) i += self.ob_type.sq_length(self);
  return i;
}
const wrap_sq_item: Wrapper = (self, args, _kw, f) => {
  check_num_args(args, 1);
  return (f as (o: PyObject, n: number) => PyObject)(self, getindex(self, args[0]!));
};
const wrap_sq_setitem: Wrapper = (self, args, _kw, f, def) => {
  PyArg_CheckPositional(def.name, args.length, 2, 2);
  (f as (o: PyObject, n: number, v: PyObject) => void)(self, getindex(self, args[0]!), args[1]!);
  return newref(Py_None);
};
const wrap_sq_delitem: Wrapper = (self, args, _kw, f) => {
  check_num_args(args, 1);
  (f as (o: PyObject, n: number, v: null) => void)(self, getindex(self, args[0]!), null);
  return newref(Py_None);
};
const wrap_objobjproc: Wrapper = (self, args, _kw, f) => {
  check_num_args(args, 1);
  return PyBool_FromLong((f as (o: PyObject, k: PyObject) => boolean)(self, args[0]!));
};
const wrap_objobjargproc: Wrapper = (self, args, _kw, f, def) => {
  PyArg_CheckPositional(def.name, args.length, 2, 2);
  (f as (o: PyObject, k: PyObject, v: PyObject) => void)(self, args[0]!, args[1]!);
  return newref(Py_None);
};
const wrap_delitem: Wrapper = (self, args, _kw, f) => {
  check_num_args(args, 1);
  (f as (o: PyObject, k: PyObject, v: null) => void)(self, args[0]!, null);
  return newref(Py_None);
};
const wrap_hashfunc: Wrapper = (self, args, _kw, f) => {
  check_num_args(args, 0);
  return PyLong_FromBigInt(hash_to_bigint((f as (o: PyObject) => Hash)(self)));
};
const wrap_call: Wrapper = (self, args, kwnames, f) => {
  const nkw = kwnames === null ? 0 : (kwnames as PyObject<PyObject[]>).v.length;
  const tuple = PyTuple_FromArray(args.slice(0, args.length - nkw));
  const dict = nkw === 0 ? null : kwnames_to_dict(args, kwnames!);
  try {
    return (f as (o: PyObject, a: PyObject, k: PyObject | null) => PyObject)(self, tuple, dict);
  } finally {
    decref(tuple);
    xdecref(dict);
  }
};
const wrap_init: Wrapper = (self, args, kwnames, f) => {
  const nkw = kwnames === null ? 0 : (kwnames as PyObject<PyObject[]>).v.length;
  const tuple = PyTuple_FromArray(args.slice(0, args.length - nkw));
  const dict = nkw === 0 ? null : kwnames_to_dict(args, kwnames!);
  try {
    (f as (o: PyObject, a: PyObject, k: PyObject | null) => void)(self, tuple, dict);
    return newref(Py_None);
  } finally {
    decref(tuple);
    xdecref(dict);
  }
};

/** Refuses `object.__setattr__(cls, ...)` where the class's own type overrides it. CPython: hackcheck */
function hackcheck(self: PyObject, f: unknown, what: string): void {
  let type: PyTypeObject | null = self.ob_type;
  const mro = type.tp_mro as PyObject<PyObject[]> | null;
  if (mro === null) return;
  // The nearest class of the MRO whose slot is not the generic one decides.
  let defining: PyTypeObject | null = type;
  for (let i = mro.v.length - 1; i >= 0; i--) {
    const base = mro.v[i] as PyTypeObject;
    if (base.tp_setattro === slot_tp_setattro) continue;
    if (base.tp_setattro === type!.tp_setattro) {
      defining = base;
      break;
    }
  }
  for (let base: PyTypeObject | null = defining; base !== null; base = base.tp_base) {
    if (base.tp_setattro === f) return;
    if (base.tp_setattro !== slot_tp_setattro) {
      type = self.ob_type;
      PyErr_SetString(PyExc_TypeError, `can't apply this ${what} to ${type.tp_name} object`);
    }
  }
}
const wrap_setattr: Wrapper = (self, args, _kw, f) => {
  PyArg_CheckPositional('__setattr__', args.length, 2, 2);
  hackcheck(self, f, '__setattr__');
  (f as (o: PyObject, k: PyObject, v: PyObject) => void)(self, args[0]!, args[1]!);
  return newref(Py_None);
};
const wrap_delattr: Wrapper = (self, args, _kw, f) => {
  check_num_args(args, 1);
  hackcheck(self, f, '__delattr__');
  (f as (o: PyObject, k: PyObject, v: null) => void)(self, args[0]!, null);
  return newref(Py_None);
};
const wrap_richcmp: Wrapper = (self, args, _kw, f, def) => {
  check_num_args(args, 1);
  return (f as (a: PyObject, b: PyObject, op: number) => PyObject)(self, args[0]!, def.op);
};
const wrap_next: Wrapper = (self, args, _kw, f) => {
  check_num_args(args, 0);
  const res = (f as (o: PyObject) => PyObject | null)(self);
  if (res === null) PyErr_SetNone(PyExc_StopIteration);
  return res;
};
const wrap_descr_get: Wrapper = (self, args, _kw, f) => {
  PyArg_CheckPositional('__get__', args.length, 1, 2);
  const obj = args[0] === Py_None ? null : args[0]!;
  const type = args[1] === undefined || args[1] === Py_None ? null : args[1];
  if (type === null && obj === null) PyErr_SetString(PyExc_TypeError, '__get__(None, None) is invalid');
  return (f as (d: PyObject, o: PyObject | null, t: PyObject | null) => PyObject)(self, obj, type);
};
const wrap_descr_set: Wrapper = (self, args, _kw, f, def) => {
  PyArg_CheckPositional(def.name, args.length, 2, 2);
  (f as (d: PyObject, o: PyObject, v: PyObject) => void)(self, args[0]!, args[1]!);
  return newref(Py_None);
};
const wrap_descr_delete: Wrapper = (self, args, _kw, f) => {
  check_num_args(args, 1);
  (f as (d: PyObject, o: PyObject, v: null) => void)(self, args[0]!, null);
  return newref(Py_None);
};
const wrap_del: Wrapper = (self, args, _kw, f) => {
  check_num_args(args, 0);
  (f as (o: PyObject) => void)(self);
  return newref(Py_None);
};
const wrap_buffer: Wrapper = (self, args, _kw, f) => {
  check_num_args(args, 1);
  const flags = PyNumber_AsSsize_t(args[0]!, PyExc_OverflowError);
  if (flags > 2147483647 || flags < -2147483648) PyErr_SetString(PyExc_OverflowError, 'buffer flags out of range');
  return PyMemoryView_FromBufferProc(self, flags, f as Parameters<typeof PyMemoryView_FromBufferProc>[2]);
};
const wrap_releasebuffer: Wrapper = (self, args) => {
  check_num_args(args, 1);
  release_python_view(self, args[0]!);
  return newref(Py_None);
};

// --- the table -------------------------------------------------------------------------------------------------------------

function row(
  name: string,
  slot: keyof PyTypeObject,
  generic: unknown,
  wrapper: Wrapper | null,
  sig = '($self, /)',
  extra: { keywords?: boolean; op?: number } = {},
): SlotDef {
  return {
    name,
    slot,
    generic,
    wrapper,
    sig,
    doc: slot_doc(name, slot),
    keywords: extra.keywords ?? false,
    op: extra.op ?? 0,
  };
}

const VALUE = '($self, value, /)';
const KEY = '($self, key, /)';

function binary_rows(base: string, slot: keyof PyTypeObject): SlotDef[] {
  const f = binary(slot, `__${base}__`, `__r${base}__`);
  return [row(`__${base}__`, slot, f, wrap_binaryfunc, VALUE), row(`__r${base}__`, slot, f, wrap_binaryfunc_r, VALUE)];
}

function inplace_row(base: string, slot: keyof PyTypeObject): SlotDef {
  return row(`__i${base}__`, slot, inplace(`__i${base}__`), wrap_binaryfunc, VALUE);
}

let table: SlotDef[] | null = null;

/** The rows, in CPython's order (it decides which wrapper a name gets when two slots could fill it). */
export function slotdefs(): readonly SlotDef[] {
  return (table ??= make_slotdefs());
}

function make_slotdefs(): SlotDef[] {
  return [
    row('__getattribute__', 'tp_getattro', slot_tp_getattr_hook, wrap_binaryfunc, '($self, name, /)'),
    row('__getattr__', 'tp_getattro', slot_tp_getattr_hook, null),
    row('__setattr__', 'tp_setattro', slot_tp_setattro, wrap_setattr, '($self, name, value, /)'),
    row('__delattr__', 'tp_setattro', slot_tp_setattro, wrap_delattr, '($self, name, /)'),
    row('__repr__', 'tp_repr', slot_tp_repr, wrap_unaryfunc),
    row('__hash__', 'tp_hash', slot_tp_hash, wrap_hashfunc),
    row('__call__', 'tp_call', slot_tp_call, wrap_call, '($self, /, *args, **kwargs)', { keywords: true }),
    row('__str__', 'tp_str', unary('__str__'), wrap_unaryfunc),
    row('__lt__', 'tp_richcompare', slot_tp_richcompare, wrap_richcmp, VALUE, { op: Py_LT }),
    row('__le__', 'tp_richcompare', slot_tp_richcompare, wrap_richcmp, VALUE, { op: Py_LE }),
    row('__eq__', 'tp_richcompare', slot_tp_richcompare, wrap_richcmp, VALUE, { op: Py_EQ }),
    row('__ne__', 'tp_richcompare', slot_tp_richcompare, wrap_richcmp, VALUE, { op: Py_NE }),
    row('__gt__', 'tp_richcompare', slot_tp_richcompare, wrap_richcmp, VALUE, { op: Py_GT }),
    row('__ge__', 'tp_richcompare', slot_tp_richcompare, wrap_richcmp, VALUE, { op: Py_GE }),
    row('__iter__', 'tp_iter', slot_tp_iter, wrap_unaryfunc),
    row('__next__', 'tp_iternext', slot_tp_iternext, wrap_next),
    row('__get__', 'tp_descr_get', slot_tp_descr_get, wrap_descr_get, '($self, instance, owner=None, /)'),
    row('__set__', 'tp_descr_set', slot_tp_descr_set, wrap_descr_set, '($self, instance, value, /)'),
    row('__delete__', 'tp_descr_set', slot_tp_descr_set, wrap_descr_delete, '($self, instance, /)'),
    row('__init__', 'tp_init', slot_tp_init, wrap_init, '($self, /, *args, **kwargs)', { keywords: true }),
    row('__new__', 'tp_new', slot_tp_new, null),
    row('__del__', 'tp_finalize', slot_tp_finalize, wrap_del),
    row('__buffer__', 'bf_getbuffer', slot_bf_getbuffer, wrap_buffer, '($self, flags, /)'),
    row('__release_buffer__', 'bf_releasebuffer', slot_bf_releasebuffer, wrap_releasebuffer, '($self, buffer, /)'),
    row('__await__', 'am_await', (o: PyObject) => slot_await(o, '__await__', '__await__'), wrap_unaryfunc),
    row('__aiter__', 'am_aiter', (o: PyObject) => slot_await(o, '__aiter__', '__aiter__'), wrap_unaryfunc),
    row('__anext__', 'am_anext', (o: PyObject) => slot_await(o, '__anext__', '__anext__'), wrap_unaryfunc),
    ...binary_rows('add', 'nb_add'),
    ...binary_rows('sub', 'nb_subtract'),
    ...binary_rows('mul', 'nb_multiply'),
    ...binary_rows('mod', 'nb_remainder'),
    ...binary_rows('divmod', 'nb_divmod'),
    row('__pow__', 'nb_power', slot_nb_power, wrap_ternaryfunc, '($self, value, mod=None, /)'),
    row('__rpow__', 'nb_power', slot_nb_power, wrap_ternaryfunc_r, '($self, value, mod=None, /)'),
    row('__neg__', 'nb_negative', unary('__neg__'), wrap_unaryfunc),
    row('__pos__', 'nb_positive', unary('__pos__'), wrap_unaryfunc),
    row('__abs__', 'nb_absolute', unary('__abs__'), wrap_unaryfunc),
    row('__bool__', 'nb_bool', slot_nb_bool, wrap_inquirypred),
    row('__invert__', 'nb_invert', unary('__invert__'), wrap_unaryfunc),
    ...binary_rows('lshift', 'nb_lshift'),
    ...binary_rows('rshift', 'nb_rshift'),
    ...binary_rows('and', 'nb_and'),
    ...binary_rows('xor', 'nb_xor'),
    ...binary_rows('or', 'nb_or'),
    row('__int__', 'nb_int', unary('__int__'), wrap_unaryfunc),
    row('__float__', 'nb_float', unary('__float__'), wrap_unaryfunc),
    inplace_row('add', 'nb_inplace_add'),
    inplace_row('sub', 'nb_inplace_subtract'),
    inplace_row('mul', 'nb_inplace_multiply'),
    inplace_row('mod', 'nb_inplace_remainder'),
    row(
      '__ipow__',
      'nb_inplace_power',
      (a: PyObject, b: PyObject) => call_special(a, '__ipow__', b),
      wrap_ternaryfunc,
      VALUE,
    ),
    inplace_row('lshift', 'nb_inplace_lshift'),
    inplace_row('rshift', 'nb_inplace_rshift'),
    inplace_row('and', 'nb_inplace_and'),
    inplace_row('xor', 'nb_inplace_xor'),
    inplace_row('or', 'nb_inplace_or'),
    ...binary_rows('floordiv', 'nb_floor_divide'),
    ...binary_rows('truediv', 'nb_true_divide'),
    inplace_row('floordiv', 'nb_inplace_floor_divide'),
    inplace_row('truediv', 'nb_inplace_true_divide'),
    row('__index__', 'nb_index', unary('__index__'), wrap_unaryfunc),
    ...binary_rows('matmul', 'nb_matrix_multiply'),
    inplace_row('matmul', 'nb_inplace_matrix_multiply'),
    row('__len__', 'mp_length', slot_sq_length, wrap_lenfunc),
    row(
      '__getitem__',
      'mp_subscript',
      (a: PyObject, b: PyObject) => call_special(a, '__getitem__', b),
      wrap_binaryfunc,
      KEY,
    ),
    row('__setitem__', 'mp_ass_subscript', slot_mp_ass_subscript, wrap_objobjargproc, '($self, key, value, /)'),
    row('__delitem__', 'mp_ass_subscript', slot_mp_ass_subscript, wrap_delitem, KEY),
    row('__len__', 'sq_length', slot_sq_length, wrap_lenfunc),
    // sq_concat and sq_repeat have no generic function: the numeric slots serve classes written in Python.
    row('__add__', 'sq_concat', null, wrap_binaryfunc, VALUE),
    row('__mul__', 'sq_repeat', null, wrap_indexargfunc, VALUE),
    row('__rmul__', 'sq_repeat', null, wrap_indexargfunc, VALUE),
    row('__getitem__', 'sq_item', slot_sq_item, wrap_sq_item, KEY),
    row('__setitem__', 'sq_ass_item', slot_sq_ass_item, wrap_sq_setitem, '($self, key, value, /)'),
    row('__delitem__', 'sq_ass_item', slot_sq_ass_item, wrap_sq_delitem, KEY),
    row('__contains__', 'sq_contains', slot_sq_contains, wrap_objobjproc, KEY),
    row('__iadd__', 'sq_inplace_concat', null, wrap_binaryfunc, VALUE),
    row('__imul__', 'sq_inplace_repeat', null, wrap_indexargfunc, VALUE),
  ];
}
