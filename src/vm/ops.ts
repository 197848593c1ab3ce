// ops.ts: instruction bodies too long or too rare to stand in the eval loop.                    CPython: Python/ceval.c, Python/bytecodes.c
//
// Unless said otherwise a function borrows its operands (the eval loop releases them) and returns new references.
import { items_of } from '../core/arrays.ts';
import { unicode_from_bmp } from '../objects/unicodeobject.ts';
import { raise_from_cause } from '../objects/exceptions.ts';
import { generic_getattr } from '../objects/object.ts';
import { PyException_GetTraceback } from '../objects/exceptions.ts';
import { PyObject_IsInstance } from '../objects/abstract.ts';
import { PySet_Check, PySet_Contains } from '../objects/setobject.ts';
import { PyBaseObject_Type } from '../objects/typeobject.ts';
import { as_raised, PyErr_Clear, PyErr_ExceptionMatches, PyErr_SetString, errorHooks } from '../core/errors.ts';
import { type PyObject, Py_TPFLAGS_METHOD_DESCRIPTOR, decref, decref_all, incref, newref, xdecref } from '../core/object.ts';
import { per_interpreter } from '../core/per_interpreter.ts';
import { METH_CLINIC, METH_FASTCALL, METH_KEYWORDS, METH_NOARGS, METH_O } from '../core/spec.ts';

import { PyNumber_Add, PyNumber_And, PyNumber_FloorDivide, PyNumber_InPlaceAdd, PyNumber_InPlaceAnd, PyNumber_InPlaceFloorDivide, PyNumber_InPlaceLshift, PyNumber_InPlaceMatrixMultiply, PyNumber_InPlaceMultiply, PyNumber_InPlaceOr, PyNumber_InPlacePower, PyNumber_InPlaceRemainder, PyNumber_InPlaceRshift, PyNumber_InPlaceSubtract, PyNumber_InPlaceTrueDivide, PyNumber_InPlaceXor, PyNumber_Lshift, PyNumber_MatrixMultiply, PyNumber_Multiply, PyNumber_Or, PyNumber_Power, PyNumber_Remainder, PyNumber_Rshift, PyNumber_Subtract, PyNumber_TrueDivide, PyNumber_Xor, PyObject_GetItem, PyObject_GetIter, PyObject_SetItem, PyIter_Next, PySequence_Check, PySequence_Tuple } from '../objects/abstract.ts';
import { Py_False, Py_True } from '../objects/boolobject.ts';
import { PyObject_CallMethodOneArg, PyObject_CallTwoArgs, PyObject_CallNoArgs, PyObject_Vectorcall, function_str } from '../objects/call.ts';
import { PyTuple_Check, PyType_Check, PyUnicode_Check } from '../objects/checks.ts';
import { CO_COROUTINE, CO_ITERABLE_COROUTINE, type CodePayload } from '../objects/codeobject.ts';
import { PyFloat_FromDouble } from '../objects/floatobject.ts';
import { PyFunction_Type } from '../objects/funcobject.ts';
import { PyDict_Merge, PyDict_New, PyDict_SetItem, PyDict_Update } from '../objects/dictobject.ts';
import { PyExc_AttributeError, PyExc_KeyError, PyExc_RuntimeError, PyExc_StopIteration, PyExc_TypeError, PyExc_ValueError, PyExc_AssertionError, PyExc_NotImplementedError, StopIteration_value } from '../objects/exceptions.ts';
import { PyCoro_CheckExact, PyGen_Check, _PyCoro_GetAwaitableIter, gen_yf, sendResult } from '../objects/genobject.ts';
import { _PyInterpolation_Build } from '../objects/interpolationobject.ts';
import { PyList_FromArraySteal, PyList_GetSlice, PyList_Type, list_extend, type PyListObject } from '../objects/listobject.ts';
import { has_own_attribute } from '../objects/instance.ts';
import { PyLong_FromLong, PyLong_Type } from '../objects/longobject.ts';
import type { MethodDef } from '../objects/methodobject.ts';
import { call_native } from '../objects/methodobject.ts';
import { PyObject_ASCII, PyObject_GenericGetAttr, PyObject_GetAttr, PyObject_GetOptionalAttr, PyObject_GetOptionalAttrString, PyObject_IsTrue, PyObject_Repr, PyObject_Str, Py_None, raise_no_attribute, repr_string, str_string } from '../objects/object.ts';
import { PySet_Add, PySet_New, _PySet_Update } from '../objects/setobject.ts';
import { PySlice_New } from '../objects/sliceobject.ts';
import { PyTuple_FromArraySteal, PyTuple_GetSlice, PyTuple_Type } from '../objects/tupleobject.ts';
import { PySuper_Type, PyType_IsSubtype, _PySuper_LookupBehind, _PyType_Lookup } from '../objects/typeobject.ts';
import { super_lookup, supercheck } from '../objects/typeobject/super.ts';
import { PyUnicode_AsString, PyUnicode_Join, PyUnicode_Substring, PyUnicode_Type, _Py_ID, empty_str } from '../objects/unicodeobject.ts';


type Stack = (PyObject | null)[];

/** Objects the compiler refers to by number; set at start-up. */
export const builtinObjects = /* @__PURE__ */ per_interpreter(() => ({
  len: null as PyObject | null,
  isinstance: null as PyObject | null,
  all: null as PyObject | null,
  any: null as PyObject | null,
  list_append: null as PyObject | null,
}));

export function builtins_len(): PyObject | null {
  return builtinObjects.len;
}
export function builtins_isinstance(): PyObject | null {
  return builtinObjects.isinstance;
}
export function list_append_descr(): PyObject | null {
  return builtinObjects.list_append;
}

/** Borrowed. */
export function common_constant(i: number): PyObject {
  switch (i) {
    case 0:
      return PyExc_AssertionError;
    case 1:
      return PyExc_NotImplementedError;
    case 2:
      return PyTuple_Type;
    case 3:
      return builtinObjects.all!;
    default:
      return builtinObjects.any!;
  }
}

const LARGEST = Number.MAX_SAFE_INTEGER;
const TWO_32 = 0x100000000;

/** The int with these bits above the low 32 ones (two's complement). */
function from_halves(high: number, low: number): PyObject {
  return high === low >> 31 ? PyLong_FromLong(low) : PyLong_FromLong(high * TWO_32 + (low >>> 0));
}

/** An int from the result of arithmetic with doubles, which V8 may leave a double where a small integer would do: fields that held small
 *  integers only would then become another kind. */
function from_double(n: number): PyObject {
  return (n | 0) === n ? PyLong_FromLong(n | 0) : PyLong_FromLong(n);
}

/** BINARY_OP of two ints below 2**53 for the operators that have no specialised form (or none beyond 30 bits); null where that does not do. */
export function small_int_op(x: number, y: number, oparg: number): PyObject | null {
  switch (oparg >= 13 ? oparg - 13 : oparg) {
    // JavaScript's operators take the low 32 bits of numbers; what is above them are the quotients' bits.
    case 1:
      return from_halves(Math.floor(x / TWO_32) & Math.floor(y / TWO_32), x & y);
    case 7:
      return from_halves(Math.floor(x / TWO_32) | Math.floor(y / TWO_32), x | y);
    case 12:
      return from_halves(Math.floor(x / TWO_32) ^ Math.floor(y / TWO_32), x ^ y);
    case 2: {
      if (y > 0 && x >= 0) return from_double(Math.floor(x / y));
      if (y === 0) return null;
      const r = x % y;
      // Exact, unlike x / y.
      const q = (x - r) / y;
      return from_double(r !== 0 && r < 0 !== y < 0 ? q - 1 : q + 0);
    }
    case 3: {
      const r = y >= 0 && y < 31 ? x * (1 << y) : Infinity;
      return r <= LARGEST && r >= -LARGEST ? from_double(r) : null;
    }
    case 6: {
      // Nothing is rounded here; V8 calls a function of C for `%` of doubles.
      if (y > 0 && x >= 0) return from_double(x - Math.floor(x / y) * y);
      if (y === 0) return null;
      const r = x % y;
      return from_double(r !== 0 && r < 0 !== y < 0 ? r + y : r + 0);
    }
    case 9:
      if (y < 0 || y > 30) return null;
      return from_double((x | 0) === x ? x >> y : Math.floor(x / (1 << y)));
    case 11:
      return y === 0 ? null : PyFloat_FromDouble(x / y);
    default:
      return null;
  }
}

/** BINARY_OP in general: oparg is the number of the operator in the nb_op table. */
export function binary_op(a: PyObject, b: PyObject, oparg: number): PyObject {
  switch (oparg) {
    case 0:
      return PyNumber_Add(a, b);
    case 1:
      return PyNumber_And(a, b);
    case 2:
      return PyNumber_FloorDivide(a, b);
    case 3:
      return PyNumber_Lshift(a, b);
    case 4:
      return PyNumber_MatrixMultiply(a, b);
    case 5:
      return PyNumber_Multiply(a, b);
    case 6:
      return PyNumber_Remainder(a, b);
    case 7:
      return PyNumber_Or(a, b);
    case 8:
      return PyNumber_Power(a, b, Py_None);
    case 9:
      return PyNumber_Rshift(a, b);
    case 10:
      return PyNumber_Subtract(a, b);
    case 11:
      return PyNumber_TrueDivide(a, b);
    case 12:
      return PyNumber_Xor(a, b);
    case 13:
      return PyNumber_InPlaceAdd(a, b);
    case 14:
      return PyNumber_InPlaceAnd(a, b);
    case 15:
      return PyNumber_InPlaceFloorDivide(a, b);
    case 16:
      return PyNumber_InPlaceLshift(a, b);
    case 17:
      return PyNumber_InPlaceMatrixMultiply(a, b);
    case 18:
      return PyNumber_InPlaceMultiply(a, b);
    case 19:
      return PyNumber_InPlaceRemainder(a, b);
    case 20:
      return PyNumber_InPlaceOr(a, b);
    case 21:
      return PyNumber_InPlacePower(a, b, Py_None);
    case 22:
      return PyNumber_InPlaceRshift(a, b);
    case 23:
      return PyNumber_InPlaceSubtract(a, b);
    case 24:
      return PyNumber_InPlaceTrueDivide(a, b);
    case 25:
      return PyNumber_InPlaceXor(a, b);
    default:
      return PyObject_GetItem(a, b);
  }
}

/** A bool for a comparison's result, which is consumed. */
export function to_bool_steal(r: PyObject): PyObject {
  if (r === Py_True || r === Py_False) return r;
  try {
    return newref(PyObject_IsTrue(r) ? Py_True : Py_False);
  } finally {
    decref(r);
  }
}

export function binary_slice(container: PyObject, start: PyObject, stop: PyObject): PyObject {
  const from = slice_bound(start, 0);
  const to = slice_bound(stop, Number.MAX_SAFE_INTEGER);
  if (from >= 0 && to >= 0) {
    const type = container.ob_type;
    if (type === PyList_Type) return PyList_GetSlice(container, from, to);
    if (type === PyUnicode_Type) return PyUnicode_Substring(container, from, to);
    if (type === PyTuple_Type) return PyTuple_GetSlice(container, from, to);
  }
  const slice = PySlice_New(start, stop, null);
  try {
    return PyObject_GetItem(container, slice);
  } finally {
    decref(slice);
  }
}

/** A bound that needs no length to be known; -1 for others. */
function slice_bound(bound: PyObject, missing: number): number {
  if (bound === Py_None) return missing;
  return bound.ob_type === PyLong_Type && typeof bound.v === 'number' ? bound.v : -1;
}

export function store_slice(container: PyObject, start: PyObject, stop: PyObject, value: PyObject): void {
  const slice = PySlice_New(start, stop, null);
  try {
    PyObject_SetItem(container, slice, value);
  } finally {
    decref(slice);
  }
}

// --- building ------------------------------------------------------------------------------------------------------------

/** Steals the n items from L[at] on. */
export function build_list(L: Stack, at: number, n: number): PyObject {
  return PyList_FromArraySteal(items_of(L, at, n) as PyObject[]);
}

export function build_set(L: Stack, sp: number, n: number): PyObject {
  const set = PySet_New(null);
  try {
    for (let i = sp - n; i < sp; i++) PySet_Add(set, L[i]!);
  } catch (e) {
    decref(set);
    throw e;
  }
  for (let i = sp - n; i < sp; i++) decref(L[i]!);
  return set;
}

export function build_map(L: Stack, sp: number, n: number): PyObject {
  const map = PyDict_New();
  const from = sp - 2 * n;
  try {
    for (let i = from; i < sp; i += 2) PyDict_SetItem(map, L[i]!, L[i + 1]!);
  } catch (e) {
    decref(map);
    throw e;
  }
  for (let i = sp - 1; i >= from; i--) decref(L[i]!);
  return map;
}

export function build_string(L: Stack, sp: number, n: number): PyObject {
  let s = '';
  for (let i = sp - n; i < sp; i++) {
    const piece = L[i]!.v;
    if (typeof piece !== 'string') return join_pieces(L, sp, n);
    s += piece;
  }
  for (let i = sp - n; i < sp; i++) decref(L[i]!);
  return unicode_from_bmp(s);
}

/** The same where a piece has characters beyond the BMP. */
function join_pieces(L: Stack, sp: number, n: number): PyObject {
  const pieces = L.slice(sp - n, sp) as PyObject[];
  const list = PyList_FromArraySteal(pieces.map(newref));
  let result: PyObject;
  try {
    result = PyUnicode_Join(empty_str(), list);
  } finally {
    decref(list);
  }
  decref_all(pieces);
  return result;
}

export function build_slice_steal(start: PyObject, stop: PyObject, step: PyObject | null): PyObject {
  const slice = PySlice_New(start, stop, step);
  decref(start);
  decref(stop);
  xdecref(step);
  return slice;
}

/** value, str, [format] → interpolation; gives the new stack pointer. */
export function build_interpolation(L: Stack, sp: number, oparg: number): number {
  const with_format = (oparg & 1) !== 0;
  const base = sp - (with_format ? 3 : 2);
  const format = with_format ? L[sp - 1]! : empty_str();
  const result = _PyInterpolation_Build(L[base]!, L[base + 1]!, oparg >> 2, format);
  for (let i = base; i < sp; i++) decref(L[i]!);
  L[base] = result;
  return base + 1;
}

/** SET_ADD; where annotations are conditional, what it adds to is a name that a program can bind. */
export function set_add_op(set: PyObject, item: PyObject): void {
  if (!PySet_Check(set)) PyErr_SetString(PyExc_TypeError, `'${set.ob_type.tp_name}' object is not a set`);
  PySet_Add(set, item);
}

export function list_extend_op(list: PyObject, iterable: PyObject): void {
  try {
    list_extend(list as PyListObject, iterable);
  } catch (e) {
    if (PyErr_ExceptionMatches(e, PyExc_TypeError) && iterable.ob_type.tp_iter === null && !PySequence_Check(iterable)) {
      PyErr_Clear(e);
      PyErr_SetString(PyExc_TypeError, `Value after * must be an iterable, not ${iterable.ob_type.tp_name}`);
    }
    throw e;
  }
}

export function set_update_op(set: PyObject, iterable: PyObject): void {
  _PySet_Update(set, iterable);
}

export function dict_update_op(dict: PyObject, update: PyObject): void {
  try {
    PyDict_Update(dict, update);
  } catch (e) {
    if (PyErr_ExceptionMatches(e, PyExc_AttributeError)) {
      PyErr_Clear(e);
      PyErr_SetString(PyExc_TypeError, `'${update.ob_type.tp_name}' object is not a mapping`);
    }
    throw e;
  }
}

/** f(**a, **b): duplicate keys are errors. CPython: _PyEval_FormatKwargsError */
export function dict_merge_op(dict: PyObject, update: PyObject, func: PyObject): void {
  try {
    PyDict_Merge(dict, update, 2);
  } catch (e) {
    if (PyErr_ExceptionMatches(e, PyExc_AttributeError)) {
      PyErr_Clear(e);
      PyErr_SetString(PyExc_TypeError, `${function_str(func)} argument after ** must be a mapping, not ${update.ob_type.tp_name}`);
    }
    if (PyErr_ExceptionMatches(e, PyExc_KeyError)) {
      const args = (e.exc as PyObject<{ args: PyObject<PyObject[]> }>).v.args.v;
      if (args.length === 1) {
        const key = args[0]!;
        const text = str_string(key);
        PyErr_Clear(e);
        PyErr_SetString(PyExc_TypeError, `${function_str(func)} got multiple values for keyword argument '${text}'`);
      }
    }
    throw e;
  }
}

// --- unpacking -----------------------------------------------------------------------------------------------------------

function not_iterable(seq: PyObject): boolean {
  return seq.ob_type.tp_iter === null && !PySequence_Check(seq);
}

/** Replaces L[at] by n items, the first on top. */
export function unpack_sequence(L: Stack, at: number, n: number): void {
  const seq = L[at]!;
  if (seq.ob_type === PyTuple_Type || seq.ob_type === PyList_Type) {
    const items = (seq as PyObject<PyObject[]>).v;
    if (items.length === n) {
      for (let i = 0; i < n; i++) {
        const v = items[n - 1 - i]!;
        incref(v);
        L[at + i] = v;
      }
      decref(seq);
      return;
    }
  }
  const items = unpack_iterable(seq, n, -1);
  for (let i = 0; i < n; i++) L[at + i] = items[n - 1 - i]!;
  decref(seq);
}

/** Exactly `before` items (new references), or with `after` >= 0 a list of the rest and the last `after`. CPython: _PyEval_UnpackIterableStackRef */
function unpack_iterable(seq: PyObject, before: number, after: number): PyObject[] {
  let it: PyObject;
  try {
    it = PyObject_GetIter(seq);
  } catch (e) {
    if (PyErr_ExceptionMatches(e, PyExc_TypeError) && not_iterable(seq)) {
      PyErr_Clear(e);
      PyErr_SetString(PyExc_TypeError, `cannot unpack non-iterable ${seq.ob_type.tp_name} object`);
    }
    throw e;
  }
  const items: PyObject[] = [];
  try {
    for (let i = 0; i < before; i++) {
      const v = PyIter_Next(it);
      if (v === null) {
        PyErr_SetString(
          PyExc_ValueError,
          after < 0
            ? `not enough values to unpack (expected ${before}, got ${i})`
            : `not enough values to unpack (expected at least ${before + after}, got ${i})`,
        );
      }
      items.push(v);
    }
    if (after < 0) {
      const extra = PyIter_Next(it);
      if (extra === null) return items;
      decref(extra);
      if (seq.ob_type === PyTuple_Type || seq.ob_type === PyList_Type || seq.ob_type.tp_name === 'dict') {
        const total = seq.ob_type.tp_name === 'dict' ? (seq as PyObject<{ used: number }>).v.used : (seq as PyObject<PyObject[]>).v.length;
        if (total > before) PyErr_SetString(PyExc_ValueError, `too many values to unpack (expected ${before}, got ${total})`);
      }
      PyErr_SetString(PyExc_ValueError, `too many values to unpack (expected ${before})`);
    }
    const rest: PyObject[] = [];
    try {
      for (let v = PyIter_Next(it); v !== null; v = PyIter_Next(it)) rest.push(v);
      if (rest.length < after) {
        PyErr_SetString(
          PyExc_ValueError,
          `not enough values to unpack (expected at least ${before + after}, got ${before + rest.length})`,
        );
      }
    } catch (e) {
      for (const v of rest) decref(v);
      throw e;
    }
    const tail = rest.splice(rest.length - after, after);
    items.push(PyList_FromArraySteal(rest), ...tail);
    return items;
  } catch (e) {
    for (const v of items) decref(v);
    throw e;
  } finally {
    decref(it);
  }
}

export function unpack_ex(L: Stack, at: number, before: number, after: number): void {
  const seq = L[at]!;
  const items = unpack_iterable(seq, before, after);
  const n = items.length;
  for (let i = 0; i < n; i++) L[at + i] = items[n - 1 - i]!;
  decref(seq);
}

export function convert_value(v: PyObject, oparg: number): PyObject {
  return oparg === 1 ? PyObject_Str(v) : oparg === 2 ? PyObject_Repr(v) : PyObject_ASCII(v);
}

// --- iteration and awaiting ----------------------------------------------------------------------------------------------

export function yield_from_iter(co: CodePayload, o: PyObject): PyObject {
  if (PyCoro_CheckExact(o)) {
    if ((co.co_flags & (CO_COROUTINE | CO_ITERABLE_COROUTINE)) === 0) {
      PyErr_SetString(PyExc_TypeError, "cannot 'yield from' a coroutine object in a non-coroutine generator");
    }
    return newref(o);
  }
  if (PyGen_Check(o)) return newref(o);
  return PyObject_GetIter(o);
}

/** A step of SEND: `sendResult.returned` tells whether the receiver ended. */
export function send_value(receiver: PyObject, v: PyObject): PyObject {
  const type = receiver.ob_type;
  if (type.am_send !== null) return type.am_send(receiver, v)!;
  try {
    let r: PyObject | null;
    if (v === Py_None && type.tp_iternext !== null) {
      r = type.tp_iternext(receiver);
      if (r === null) {
        sendResult.returned = true;
        return newref(Py_None);
      }
    } else r = PyObject_CallMethodOneArg(receiver, 'send', v);
    sendResult.returned = false;
    return r;
  } catch (e) {
    if (!PyErr_ExceptionMatches(e, PyExc_StopIteration)) throw e;
    const value = StopIteration_value(e.exc);
    const owned = newref(value ?? Py_None);
    PyErr_Clear(e);
    sendResult.returned = true;
    return owned;
  }
}

/** The value of a StopIteration (new reference), or null for any other exception. */
export function cleanup_throw(exc: PyObject): PyObject | null {
  if (!PyType_IsSubtype(exc.ob_type, PyExc_StopIteration)) return null;
  return newref(StopIteration_value(exc) ?? Py_None);
}

/** CPython: Python/ceval.c:_PyEval_GetAwaitable */
export function get_awaitable(o: PyObject, oparg: number): PyObject {
  let it: PyObject;
  try {
    it = _PyCoro_GetAwaitableIter(o);
  } catch (e) {
    if (oparg > 0 && PyErr_ExceptionMatches(e, PyExc_TypeError) && o.ob_type.am_await === null && !PyGen_Check(o)) {
      PyErr_Clear(e);
      const which = oparg === 1 ? '__aenter__' : '__aexit__';
      PyErr_SetString(
        PyExc_TypeError,
        `'async with' received an object from ${which} that does not implement __await__: ${o.ob_type.tp_name}`,
      );
    }
    throw e;
  }
  if (PyCoro_CheckExact(it) && gen_yf(it) !== null) {
    decref(it);
    PyErr_SetString(PyExc_RuntimeError, 'coroutine is being awaited already');
  }
  return it;
}

export function get_aiter(o: PyObject): PyObject {
  const getter = o.ob_type.am_aiter;
  if (getter === null) {
    PyErr_SetString(PyExc_TypeError, `'async for' requires an object with __aiter__ method, got ${o.ob_type.tp_name}`);
  }
  const it = getter(o);
  if (it.ob_type.am_anext === null) {
    const name = it.ob_type.tp_name;
    decref(it);
    PyErr_SetString(
      PyExc_TypeError,
      `'async for' received an object from __aiter__ that does not implement __anext__: ${name}`,
    );
  }
  return it;
}

export function get_anext(aiter: PyObject): PyObject {
  const type = aiter.ob_type;
  if (type.tp_name === 'async_generator') return type.am_anext!(aiter);
  if (type.am_anext === null) {
    PyErr_SetString(PyExc_TypeError, `'async for' requires an iterator with __anext__ method, got ${type.tp_name}`);
  }
  const next = type.am_anext(aiter);
  try {
    return _PyCoro_GetAwaitableIter(next);
  } catch (e) {
    raise_from_cause(as_raised(e), PyExc_TypeError, `'async for' received an invalid object from __anext__: ${next.ob_type.tp_name}`);
  } finally {
    decref(next);
  }
}

// --- attributes ------------------------------------------------------------------------------------------------------------

/**
 * Looks a method up without binding it: true puts the function at L[sp - 1] and the owner behind it; false puts the
 * attribute at L[sp - 1] and leaves the owner to the caller. CPython: Objects/object.c:_PyObject_GetMethod
 */
export function load_method(L: Stack, sp: number, owner: PyObject, name: PyObject): boolean {
  const type = owner.ob_type;
  if (type.tp_getattro !== PyObject_GenericGetAttr || !PyUnicode_Check(name)) {
    L[sp - 1] = PyObject_GetAttr(owner, name);
    return false;
  }
  const descr = _PyType_Lookup(type, name);
  let meth_found = false;
  if (descr !== null) {
    if ((descr.ob_type.tp_flags & Py_TPFLAGS_METHOD_DESCRIPTOR) !== 0) meth_found = true;
    else {
      const get = descr.ob_type.tp_descr_get;
      if (get !== null && descr.ob_type.tp_descr_set !== null) {
        incref(descr);
        try {
          L[sp - 1] = get(descr, owner, type);
        } finally {
          decref(descr);
        }
        return false;
      }
    }
  }
  if (meth_found) {
    if (!has_own_attribute(owner, name)) {
      L[sp - 1] = newref(descr!);
      L[sp] = owner;
      return true;
    }
  }
  const found = generic_getattr(owner, name);
  if (found === null) raise_no_attribute(owner, name);
  L[sp - 1] = found;
  return false;
}

/** super().name: global_super, class, self → attr, [self or null]; gives the new stack pointer. */
export function load_super_attr(L: Stack, sp: number, name: PyObject, oparg: number): number {
  const global_super = L[sp - 3]!;
  const cls = L[sp - 2]!;
  const self = L[sp - 1]!;
  let attr: PyObject | null = null;
  if (global_super === PySuper_Type && PyType_Check(cls)) {
    if ((oparg & 1) !== 0 && !PyType_Check(self)) {
      // A plain function found behind the class needs no binding.
      const found = _PySuper_LookupBehind(cls, self.ob_type, name);
      if (found !== null && (found.ob_type.tp_flags & Py_TPFLAGS_METHOD_DESCRIPTOR) !== 0) {
        L[sp - 3] = newref(found);
        L[sp - 2] = self;
        decref(global_super);
        decref(cls);
        return sp - 1;
      }
    }
    const start = supercheck(cls, self);
    try {
      if (name.v !== '__class__') attr = super_lookup(cls, start, self, name);
    } finally {
      decref(start);
    }
  }
  if (attr === null) {
    const args = (oparg & 2) !== 0 ? [cls, self] : [];
    const su = PyObject_Vectorcall(global_super, args, null);
    try {
      attr = PyObject_GetAttr(su, name);
    } finally {
      decref(su);
    }
  }
  L[sp - 3] = attr;
  decref(global_super);
  decref(cls);
  if ((oparg & 1) === 0) {
    decref(self);
    return sp - 2;
  }
  L[sp - 2] = null;
  decref(self);
  return sp - 1;
}

const SPECIAL = ['__enter__', '__exit__', '__aenter__', '__aexit__'];
const SPECIAL_TEXT = [
  ["'with'", 'context manager', '__enter__', false],
  ["'with'", 'context manager', '__exit__', false],
  ["'async with'", 'asynchronous context manager', '__aenter__', true],
  ["'async with'", 'asynchronous context manager', '__aexit__', true],
] as const;

/** owner → attr, self or null. CPython: _PyEval_... LOAD_SPECIAL */
export function load_special(L: Stack, sp: number, oparg: number): void {
  const owner = L[sp - 1]!;
  const type = owner.ob_type;
  const descr = _PyType_Lookup(type, _Py_ID(SPECIAL[oparg]!));
  if (descr === null) {
    const other = SPECIAL_TEXT[oparg]!;
    const pair = other[3] ? ['__enter__', '__exit__'] : ['__aenter__', '__aexit__'];
    const hint =
      _PyType_Lookup(type, _Py_ID(pair[0]!)) !== null && _PyType_Lookup(type, _Py_ID(pair[1]!)) !== null
        ? ` but it supports the ${other[3] ? 'context manager' : 'asynchronous context manager'} protocol. Did you mean to use '${other[3] ? 'with' : 'async with'}'?`
        : '';
    PyErr_SetString(PyExc_TypeError, `'${type.tp_name}' object does not support the ${other[1]} protocol (missed ${other[2]} method)${hint}`);
  }
  if ((descr.ob_type.tp_flags & Py_TPFLAGS_METHOD_DESCRIPTOR) !== 0) {
    L[sp - 1] = newref(descr);
    L[sp] = owner;
    return;
  }
  const get = descr.ob_type.tp_descr_get;
  if (get === null) L[sp - 1] = newref(descr);
  else {
    incref(descr);
    try {
      L[sp - 1] = get(descr, owner, type);
    } finally {
      decref(descr);
    }
  }
  L[sp] = null;
  decref(owner);
}

/** Calls __exit__(type, value, traceback) for the exception on top. */
export function with_except_start(L: Stack, sp: number): PyObject {
  const val = L[sp - 1]!;
  const exit_self = L[sp - 4]!;
  const exit_func = L[sp - 5]!;
  const tb = PyException_GetTraceback(val) ?? newref(Py_None);
  const args = exit_self === null ? [val.ob_type, val, tb] : [exit_self, val.ob_type, val, tb];
  try {
    return PyObject_Vectorcall(exit_func, args, null);
  } finally {
    decref(tb);
  }
}

// --- calls -----------------------------------------------------------------------------------------------------------------

/** A bound method on the stack becomes its function and its object. */
export function unpack_method(L: Stack, base: number): PyObject {
  const m = L[base] as PyObject<PyObject, PyObject>;
  const func = newref(m.v);
  L[base + 1] = newref(m.x);
  L[base] = func;
  decref(m);
  return func;
}

/** CALL of an instance whose class defines `__call__`: puts that function and the instance in its place. Gives what is called. */
export function unpack_callable(L: Stack, base: number): PyObject {
  const self = L[base]!;
  const call = _PyType_Lookup(self.ob_type, _Py_ID('__call__'));
  if (call === null || call.ob_type !== PyFunction_Type) return self;
  L[base + 1] = self;
  L[base] = newref(call);
  return call;
}

/** Calls anything but a Python function with L[start..end). */
export function call_stack(f: PyObject, L: Stack, start: number, end: number): PyObject {
  return PyObject_Vectorcall(f, items_of(L, start, end - start) as PyObject[], null);
}

/** Releases callable, self and arguments of a finished call, the last first; gives the stack pointer behind them. */
export function drop_call(L: Stack, base: number, sp: number): number {
  for (let i = sp - 1; i >= base; i--) {
    const v = L[i]!;
    if (v !== null) decref(v);
  }
  return base;
}

/** Calls a native without keyword arguments; fixed arities need no array. */
export function call_native_stack(f: PyObject, ml: MethodDef, self: PyObject | null, L: Stack, start: number, end: number): PyObject {
  const flags = ml.flags;
  const n = end - start;
  if ((flags & METH_O) !== 0) {
    if (n === 1) return ml.meth(self, L[start]);
  } else if ((flags & METH_NOARGS) !== 0) {
    if (n === 0) return ml.meth(self);
  } else if ((flags & METH_FASTCALL) !== 0) {
    const args = items_of(L, start, n);
    return (flags & METH_KEYWORDS) !== 0 ? ml.meth(self, args, null) : ml.meth(self, args);
  } else if ((flags & METH_CLINIC) !== 0 && ml.clinic !== null) {
    const c = ml.clinic;
    if (n >= c.minpos && n <= c.maxpos && !c.varargs && !c.varkw) {
      switch (c.names.length) {
        case 1:
          return ml.meth(self, n > 0 ? L[start] : null);
        case 2:
          if (!c.required[1] || n === 2) return ml.meth(self, n > 0 ? L[start] : null, n > 1 ? L[start + 1] : null);
          break;
        case 3:
          if (!c.required[2] || n === 3) {
            return ml.meth(self, n > 0 ? L[start] : null, n > 1 ? L[start + 1] : null, n > 2 ? L[start + 2] : null);
          }
          break;
      }
    }
  }
  return call_native(f, ml, self, items_of(L, start, n) as PyObject[], 0, null);
}

/** CALL_FUNCTION_EX: func, null, args, kwargs or null: makes args a tuple and kwargs a dict. */
export function check_call_ex(L: Stack, sp: number): void {
  const args = L[sp - 2]!;
  const func = L[sp - 4]!;
  if (!PyTuple_Check(args) || args.ob_type !== PyTuple_Type) {
    if (not_iterable(args)) {
      PyErr_SetString(PyExc_TypeError, `${function_str(func)} argument after * must be an iterable, not ${args.ob_type.tp_name}`);
    }
    const tuple = PySequence_Tuple(args);
    L[sp - 2] = tuple;
    decref(args);
  }
  const kwargs = L[sp - 1]!;
  if (kwargs !== null && kwargs.ob_type.tp_name !== 'dict') {
    const dict = PyDict_New();
    try {
      dict_merge_op(dict, kwargs, func);
    } catch (e) {
      decref(dict);
      throw e;
    }
    L[sp - 1] = dict;
    decref(kwargs);
  }
}

/** CALL_FUNCTION_EX of a bound method that frame_for_method_ex() does not take: puts its function, and (self, *args), in its place.
 *  Gives what is called then. */
export function unpack_method_ex(L: Stack, sp: number): PyObject {
  const method = L[sp - 4]!;
  const func = method.v as PyObject;
  if (func.ob_type !== PyFunction_Type) return method;
  const args = L[sp - 2] as PyObject<PyObject[]>;
  const all = [newref(method.x as PyObject)];
  for (const a of args.v) all.push(newref(a));
  L[sp - 2] = PyTuple_FromArraySteal(all);
  decref(args);
  L[sp - 4] = newref(func);
  decref(method);
  return func;
}

/** The error of an `__init__` that returned something; consumes the value. */
export function init_returned(v: PyObject): PyObject {
  const exc = errorHooks.create!(PyExc_TypeError, `__init__() should return None, not '${v.ob_type.tp_name}'`);
  decref(v);
  return exc;
}

// --- match -----------------------------------------------------------------------------------------------------------------

const MATCH_SELF = 1 << 22;

/** A tuple of attributes, or None. CPython: Python/ceval.c:_PyEval_MatchClass */
export function match_class(subject: PyObject, type: PyObject, nargs: number, kwattrs: PyObject): PyObject {
  if (!PyType_Check(type)) PyErr_SetString(PyExc_TypeError, 'called match pattern must be a class');
  if (!PyObject_IsInstance(subject, type)) return newref(Py_None);
  const seen = new Set<string>();
  const attrs: PyObject[] = [];
  const attribute = (name: PyObject): PyObject | null => {
    const text = PyUnicode_AsString(name);
    if (seen.has(text)) PyErr_SetString(PyExc_TypeError, `${type.tp_name}() got multiple sub-patterns for attribute '${text}'`);
    seen.add(text);
    return PyObject_GetOptionalAttr(subject, name);
  };
  try {
    if (nargs > 0) {
      let match_self = false;
      let match_args = PyObject_GetOptionalAttrString(type, '__match_args__');
      try {
        if (match_args !== null) {
          if (match_args.ob_type !== PyTuple_Type) {
            PyErr_SetString(PyExc_TypeError, `${type.tp_name}.__match_args__ must be a tuple (got ${match_args.ob_type.tp_name})`);
          }
        } else {
          match_args = PyTuple_FromArraySteal([]);
          match_self = (type.tp_flags & MATCH_SELF) !== 0;
        }
        const names = (match_args as PyObject<PyObject[]>).v;
        const allowed = match_self ? 1 : names.length;
        if (allowed < nargs) {
          PyErr_SetString(
            PyExc_TypeError,
            `${type.tp_name}() accepts ${allowed} positional sub-pattern${allowed === 1 ? '' : 's'} (${nargs} given)`,
          );
        }
        if (match_self) attrs.push(newref(subject));
        else {
          for (let i = 0; i < nargs; i++) {
            const name = names[i]!;
            if (!PyUnicode_Check(name)) {
              PyErr_SetString(PyExc_TypeError, `__match_args__ elements must be strings (got ${name.ob_type.tp_name})`);
            }
            const attr = attribute(name);
            if (attr === null) {
              for (const a of attrs) decref(a);
              return newref(Py_None);
            }
            attrs.push(attr);
          }
        }
      } finally {
        xdecref(match_args);
      }
    }
    for (const name of (kwattrs as PyObject<PyObject[]>).v) {
      const attr = attribute(name);
      if (attr === null) {
        for (const a of attrs) decref(a);
        return newref(Py_None);
      }
      attrs.push(attr);
    }
  } catch (e) {
    for (const a of attrs) decref(a);
    throw e;
  }
  return PyTuple_FromArraySteal(attrs);
}

/** A tuple of the values, or None. CPython: Python/ceval.c:_PyEval_MatchKeys */
export function match_keys(map: PyObject, keys: PyObject): PyObject {
  const items = (keys as PyObject<PyObject[]>).v;
  if (items.length === 0) return PyTuple_FromArraySteal([]);
  const seen = PySet_New(null);
  const values: PyObject[] = [];
  const get = PyObject_GetAttr(map, _Py_ID('get'));
  const dummy = PyObject_CallNoArgs(PyBaseObject_Type);
  let ok = false;
  try {
    for (const key of items) {
      if (PySet_Contains(seen, key)) {
        PyErr_SetString(PyExc_ValueError, `mapping pattern checks duplicate key (${repr_string(key)})`);
      }
      PySet_Add(seen, key);
      const value = PyObject_CallTwoArgs(get, key, dummy);
      if (value === dummy) {
        decref(value);
        return newref(Py_None);
      }
      values.push(value);
    }
    ok = true;
    return PyTuple_FromArraySteal(values);
  } finally {
    if (!ok) for (const v of values) decref(v);
    decref(seen);
    decref(get);
    decref(dummy);
  }
}
