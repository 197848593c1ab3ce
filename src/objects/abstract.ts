// abstract.ts: operations on any object through its type's slots.                    CPython: Objects/abstract.c
//
// Binary operations ask the left operand's slot, then the right one's; a subclass on the right with a slot of its own
// goes first. A slot answers Py_NotImplemented (a new reference) when it does not know the pair.
import { PyErr_Clear, PyErr_ExceptionMatches, PyErr_SetString } from '../core/errors.ts';
import { PyObject, type PyTypeObject, Py_EQ, type binaryfunc, decref, incref, newref } from '../core/object.ts';
import type { PyBuffer } from '../core/spec.ts';
import { PyErr_WarnFormat } from './warnings.ts';
import { check_size } from './sequtil.ts';
import { Py_False, Py_True } from './boolobject.ts';
import { PyObject_CallMethodNoArgs, PyObject_CallNoArgs, PyObject_CallOneArg } from './call.ts';
import { PyDict_Check, PyLong_Check, PyTuple_Check, PyType_Check, PyUnicode_Check } from './checks.ts';
import { PyDict_Items, PyDict_Keys, PyDict_Type, PyDict_Values } from './dictobject.ts';
import { PyExc_BufferError, PyExc_DeprecationWarning, PyExc_IndexError, PyExc_OverflowError, PyExc_StopIteration, PyExc_SystemError, PyExc_TypeError, PyExc_ValueError } from './exceptions.ts';
import { PyFloat_FromDouble, PyFloat_FromString, PyFloat_Type } from './floatobject.ts';
import { Py_GenericAlias } from './genericaliasobject.ts';
import { PySeqIter_New } from './iterobject.ts';
import { list_extend, PyList_New, PyList_Type } from './listobject.ts';
import { PyLong_AsBigInt, PyLong_FromLong, PyLong_FromUnicodeObject, PyLong_Type, _PyLong_Format, long_from_bytes_text } from './longobject.ts';
import { PyObject_GetOptionalAttr, PyObject_IsTrue, PyObject_RichCompareBool, PyObject_Str, Py_EnterRecursiveCall, Py_LeaveRecursiveCall, Py_None, Py_NotImplemented, _PyObject_LookupSpecial } from './object.ts';
import { PyTuple_FromArraySteal, PyTuple_Type } from './tupleobject.ts';
import { PyType_IsSubtype, PyType_Type } from './typeobject.ts';
import { PyUnicode_FromString, PyUnicode_Type, _Py_ID } from './unicodeobject.ts';
import { _PyUnion_Check, _Py_union_args } from './unionobject.ts';

function tn(o: PyObject): string {
  return o.ob_type.tp_name;
}

// --- numbers ---------------------------------------------------------------------------------------------------------

/** The result, or Py_NotImplemented (not a new reference then), with both types' slot functions. CPython: Objects/abstract.c:binary_op1 */
function binary_op1(a: PyObject, b: PyObject, slotv: binaryfunc | null, slot_of_b: binaryfunc | null): PyObject {
  let slotw = slot_of_b === slotv ? null : slot_of_b;
  if (slotv !== null) {
    if (slotw !== null && PyType_IsSubtype(b.ob_type, a.ob_type)) {
      const x = slotw(a, b);
      if (x !== Py_NotImplemented) return x;
      decref(x);
      slotw = null;
    }
    const x = slotv(a, b);
    if (x !== Py_NotImplemented) return x;
    decref(x);
  }
  if (slotw !== null) {
    const x = slotw(a, b);
    if (x !== Py_NotImplemented) return x;
    decref(x);
  }
  return Py_NotImplemented;
}

function binop_type_error(a: PyObject, b: PyObject, op: string): never {
  PyErr_SetString(PyExc_TypeError, `unsupported operand type(s) for ${op}: '${tn(a)}' and '${tn(b)}'`);
}

function binary_op(a: PyObject, b: PyObject, slotv: binaryfunc | null, slotw: binaryfunc | null, op: string): PyObject {
  const r = binary_op1(a, b, slotv, slotw);
  if (r === Py_NotImplemented) binop_type_error(a, b, op);
  return r;
}

function binary_iop(
  a: PyObject,
  b: PyObject,
  islot: binaryfunc | null,
  slotv: binaryfunc | null,
  slotw: binaryfunc | null,
  op: string,
): PyObject {
  if (islot !== null) {
    const x = islot(a, b);
    if (x !== Py_NotImplemented) return x;
    decref(x);
  }
  const r = binary_op1(a, b, slotv, slotw);
  if (r === Py_NotImplemented) binop_type_error(a, b, op);
  return r;
}

export function PyNumber_Add(a: PyObject, b: PyObject): PyObject {
  const r = binary_op1(a, b, a.ob_type.nb_add, b.ob_type.nb_add);
  if (r !== Py_NotImplemented) return r;
  const concat = a.ob_type.sq_concat;
  if (concat !== null) return concat(a, b);
  binop_type_error(a, b, '+');
}

export function PyNumber_Subtract(a: PyObject, b: PyObject): PyObject {
  return binary_op(a, b, a.ob_type.nb_subtract, b.ob_type.nb_subtract, '-');
}

function sequence_repeat(repeat: (self: PyObject, n: number) => PyObject, seq: PyObject, n: PyObject): PyObject {
  if (!PyIndex_Check(n)) PyErr_SetString(PyExc_TypeError, `can't multiply sequence by non-int of type '${tn(n)}'`);
  return repeat(seq, PyNumber_AsSsize_t(n, PyExc_OverflowError));
}

export function PyNumber_Multiply(a: PyObject, b: PyObject): PyObject {
  const r = binary_op1(a, b, a.ob_type.nb_multiply, b.ob_type.nb_multiply);
  if (r !== Py_NotImplemented) return r;
  if (a.ob_type.sq_repeat !== null) return sequence_repeat(a.ob_type.sq_repeat, a, b);
  if (b.ob_type.sq_repeat !== null) return sequence_repeat(b.ob_type.sq_repeat, b, a);
  binop_type_error(a, b, '*');
}

export function PyNumber_MatrixMultiply(a: PyObject, b: PyObject): PyObject {
  return binary_op(a, b, a.ob_type.nb_matrix_multiply, b.ob_type.nb_matrix_multiply, '@');
}
export function PyNumber_FloorDivide(a: PyObject, b: PyObject): PyObject {
  return binary_op(a, b, a.ob_type.nb_floor_divide, b.ob_type.nb_floor_divide, '//');
}
export function PyNumber_TrueDivide(a: PyObject, b: PyObject): PyObject {
  return binary_op(a, b, a.ob_type.nb_true_divide, b.ob_type.nb_true_divide, '/');
}
export function PyNumber_Remainder(a: PyObject, b: PyObject): PyObject {
  return binary_op(a, b, a.ob_type.nb_remainder, b.ob_type.nb_remainder, '%');
}
export function PyNumber_Divmod(a: PyObject, b: PyObject): PyObject {
  return binary_op(a, b, a.ob_type.nb_divmod, b.ob_type.nb_divmod, 'divmod()');
}
export function PyNumber_Lshift(a: PyObject, b: PyObject): PyObject {
  return binary_op(a, b, a.ob_type.nb_lshift, b.ob_type.nb_lshift, '<<');
}
export function PyNumber_Rshift(a: PyObject, b: PyObject): PyObject {
  const r = binary_op1(a, b, a.ob_type.nb_rshift, b.ob_type.nb_rshift);
  if (r === Py_NotImplemented) {
    if (tn(a) === 'builtin_function_or_method' && (a as PyObject<{ ml?: { name?: string } }>).v?.ml?.name === 'print') {
      PyErr_SetString(
        PyExc_TypeError,
        `unsupported operand type(s) for >>: '${tn(a)}' and '${tn(b)}'. Did you mean "print(<message>, file=<output_stream>)"?`,
      );
    }
    binop_type_error(a, b, '>>');
  }
  return r;
}
export function PyNumber_And(a: PyObject, b: PyObject): PyObject {
  return binary_op(a, b, a.ob_type.nb_and, b.ob_type.nb_and, '&');
}
export function PyNumber_Xor(a: PyObject, b: PyObject): PyObject {
  return binary_op(a, b, a.ob_type.nb_xor, b.ob_type.nb_xor, '^');
}
export function PyNumber_Or(a: PyObject, b: PyObject): PyObject {
  return binary_op(a, b, a.ob_type.nb_or, b.ob_type.nb_or, '|');
}

export function PyNumber_InPlaceAdd(a: PyObject, b: PyObject): PyObject {
  const f = a.ob_type.nb_inplace_add;
  if (f !== null) {
    const x = f(a, b);
    if (x !== Py_NotImplemented) return x;
    decref(x);
  }
  const r = binary_op1(a, b, a.ob_type.nb_add, b.ob_type.nb_add);
  if (r !== Py_NotImplemented) return r;
  const concat = a.ob_type.sq_inplace_concat ?? a.ob_type.sq_concat;
  if (concat !== null) return concat(a, b);
  binop_type_error(a, b, '+=');
}
export function PyNumber_InPlaceSubtract(a: PyObject, b: PyObject): PyObject {
  return binary_iop(a, b, a.ob_type.nb_inplace_subtract, a.ob_type.nb_subtract, b.ob_type.nb_subtract, '-=');
}
export function PyNumber_InPlaceMultiply(a: PyObject, b: PyObject): PyObject {
  const f = a.ob_type.nb_inplace_multiply;
  if (f !== null) {
    const x = f(a, b);
    if (x !== Py_NotImplemented) return x;
    decref(x);
  }
  const r = binary_op1(a, b, a.ob_type.nb_multiply, b.ob_type.nb_multiply);
  if (r !== Py_NotImplemented) return r;
  const repeat = a.ob_type.sq_inplace_repeat ?? a.ob_type.sq_repeat;
  if (repeat !== null) return sequence_repeat(repeat, a, b);
  if (b.ob_type.sq_repeat !== null) return sequence_repeat(b.ob_type.sq_repeat, b, a);
  binop_type_error(a, b, '*=');
}
export function PyNumber_InPlaceMatrixMultiply(a: PyObject, b: PyObject): PyObject {
  return binary_iop(a, b, a.ob_type.nb_inplace_matrix_multiply, a.ob_type.nb_matrix_multiply, b.ob_type.nb_matrix_multiply, '@=');
}
export function PyNumber_InPlaceFloorDivide(a: PyObject, b: PyObject): PyObject {
  return binary_iop(a, b, a.ob_type.nb_inplace_floor_divide, a.ob_type.nb_floor_divide, b.ob_type.nb_floor_divide, '//=');
}
export function PyNumber_InPlaceTrueDivide(a: PyObject, b: PyObject): PyObject {
  return binary_iop(a, b, a.ob_type.nb_inplace_true_divide, a.ob_type.nb_true_divide, b.ob_type.nb_true_divide, '/=');
}
export function PyNumber_InPlaceRemainder(a: PyObject, b: PyObject): PyObject {
  return binary_iop(a, b, a.ob_type.nb_inplace_remainder, a.ob_type.nb_remainder, b.ob_type.nb_remainder, '%=');
}
export function PyNumber_InPlaceLshift(a: PyObject, b: PyObject): PyObject {
  return binary_iop(a, b, a.ob_type.nb_inplace_lshift, a.ob_type.nb_lshift, b.ob_type.nb_lshift, '<<=');
}
export function PyNumber_InPlaceRshift(a: PyObject, b: PyObject): PyObject {
  return binary_iop(a, b, a.ob_type.nb_inplace_rshift, a.ob_type.nb_rshift, b.ob_type.nb_rshift, '>>=');
}
export function PyNumber_InPlaceAnd(a: PyObject, b: PyObject): PyObject {
  return binary_iop(a, b, a.ob_type.nb_inplace_and, a.ob_type.nb_and, b.ob_type.nb_and, '&=');
}
export function PyNumber_InPlaceXor(a: PyObject, b: PyObject): PyObject {
  return binary_iop(a, b, a.ob_type.nb_inplace_xor, a.ob_type.nb_xor, b.ob_type.nb_xor, '^=');
}
export function PyNumber_InPlaceOr(a: PyObject, b: PyObject): PyObject {
  return binary_iop(a, b, a.ob_type.nb_inplace_or, a.ob_type.nb_or, b.ob_type.nb_or, '|=');
}

/** CPython: Objects/abstract.c:ternary_op */
function ternary_op(a: PyObject, b: PyObject, c: PyObject, opname: string): PyObject {
  const slotv = a.ob_type.nb_power;
  let slotw: typeof slotv = null;
  if (a.ob_type !== b.ob_type) {
    slotw = b.ob_type.nb_power;
    if (slotw === slotv) slotw = null;
  }
  if (slotv !== null) {
    if (slotw !== null && PyType_IsSubtype(b.ob_type, a.ob_type)) {
      const x = slotw(a, b, c);
      if (x !== Py_NotImplemented) return x;
      decref(x);
      slotw = null;
    }
    const x = slotv(a, b, c);
    if (x !== Py_NotImplemented) return x;
    decref(x);
  }
  if (slotw !== null) {
    const x = slotw(a, b, c);
    if (x !== Py_NotImplemented) return x;
    decref(x);
  }
  const slotz = c.ob_type.nb_power;
  if (slotz !== null && slotz !== slotv && slotz !== slotw) {
    const x = slotz(a, b, c);
    if (x !== Py_NotImplemented) return x;
    decref(x);
  }
  if (c === Py_None) binop_type_error(a, b, opname);
  PyErr_SetString(PyExc_TypeError, `unsupported operand type(s) for ${opname}: '${tn(a)}', '${tn(b)}', '${tn(c)}'`);
}

export function PyNumber_Power(a: PyObject, b: PyObject, c: PyObject): PyObject {
  return ternary_op(a, b, c, '** or pow()');
}

export function PyNumber_InPlacePower(a: PyObject, b: PyObject, c: PyObject): PyObject {
  const f = a.ob_type.nb_inplace_power;
  if (f !== null) {
    const x = f(a, b, c);
    if (x !== Py_NotImplemented) return x;
    decref(x);
  }
  return ternary_op(a, b, c, '**=');
}

function unary_error(o: PyObject, what: string): never {
  PyErr_SetString(PyExc_TypeError, `bad operand type for ${what}: '${tn(o)}'`);
}
export function PyNumber_Negative(o: PyObject): PyObject {
  const f = o.ob_type.nb_negative;
  return f !== null ? f(o) : unary_error(o, 'unary -');
}
export function PyNumber_Positive(o: PyObject): PyObject {
  const f = o.ob_type.nb_positive;
  return f !== null ? f(o) : unary_error(o, 'unary +');
}
export function PyNumber_Invert(o: PyObject): PyObject {
  const f = o.ob_type.nb_invert;
  return f !== null ? f(o) : unary_error(o, 'unary ~');
}
export function PyNumber_Absolute(o: PyObject): PyObject {
  const f = o.ob_type.nb_absolute;
  return f !== null ? f(o) : unary_error(o, 'abs()');
}

export function PyNumber_Check(o: PyObject): boolean {
  const t = o.ob_type;
  return t.nb_index !== null || t.nb_int !== null || t.nb_float !== null || t.tp_name === 'complex';
}

export function PyIndex_Check(o: PyObject): boolean {
  return o.ob_type.nb_index !== null;
}

/** An int (possibly of a subclass). CPython: _PyNumber_Index */
export function _PyNumber_Index(o: PyObject): PyObject {
  if (PyLong_Check(o)) return newref(o);
  const index = o.ob_type.nb_index;
  if (index === null) PyErr_SetString(PyExc_TypeError, `'${tn(o)}' object cannot be interpreted as an integer`);
  const r = index(o);
  if (r.ob_type === PyLong_Type) return r;
  if (!PyLong_Check(r)) {
    const name = tn(r);
    decref(r);
    PyErr_SetString(PyExc_TypeError, `__index__ returned non-int (type ${name})`);
  }
  warn_strict_subclass(r, '__index__', 'int');
  return r;
}

function warn_strict_subclass(r: PyObject, method: string, what: string): void {
  try {
    PyErr_WarnFormat(
      PyExc_DeprecationWarning,
      1,
      `${method} returned non-${what} (type ${tn(r)}).  The ability to return an instance of a strict subclass of ${what} is deprecated, and may not be supported in a future version of Python.`,
    );
  } catch (e) {
    decref(r);
    throw e;
  }
}

/** An exact int. CPython: PyNumber_Index */
export function PyNumber_Index(o: PyObject): PyObject {
  const r = _PyNumber_Index(o);
  if (r.ob_type === PyLong_Type) return r;
  const exact = exact_int(r);
  decref(r);
  return exact;
}

function exact_int(r: PyObject): PyObject {
  const v = (r as PyObject<number | bigint>).v;
  return typeof v === 'number' ? PyLong_FromLong(v) : new PyObject<unknown, unknown>(PyLong_Type, v, null);
}

/** The value as a JS number; too big: raises `err`, or clips to ±2^63-ish when `err` is null. CPython: PyNumber_AsSsize_t */
export function PyNumber_AsSsize_t(o: PyObject, err: PyTypeObject | null): number {
  const r = PyLong_Check(o) ? o : _PyNumber_Index(o);
  const v = (r as PyObject<number | bigint>).v;
  if (r !== o) decref(r);
  if (typeof v === 'number') return v;
  if (v >= -9223372036854775808n && v <= 9223372036854775807n) return Number(v);
  if (err === null) return v < 0n ? -9223372036854775808 : 9223372036854775807;
  PyErr_SetString(err, `cannot fit '${tn(o)}' into an index-sized integer`);
}

/** int(o). CPython: PyNumber_Long */
export function PyNumber_Long(o: PyObject): PyObject {
  if (o.ob_type === PyLong_Type) return newref(o);
  const nb_int = o.ob_type.nb_int;
  if (nb_int !== null) {
    const r = nb_int(o);
    if (r.ob_type === PyLong_Type) return r;
    if (!PyLong_Check(r)) {
      const name = tn(r);
      decref(r);
      PyErr_SetString(PyExc_TypeError, `__int__ returned non-int (type ${name})`);
    }
    warn_strict_subclass(r, '__int__', 'int');
    const exact = exact_int(r);
    decref(r);
    return exact;
  }
  if (o.ob_type.nb_index !== null) return PyNumber_Index(o);
  if (PyUnicode_Check(o)) return PyLong_FromUnicodeObject(o, 10);
  const bytes = bytes_like(o);
  if (bytes !== null) return long_from_bytes_text(bytes, 10, o);
  PyErr_SetString(
    PyExc_TypeError,
    `int() argument must be a string, a bytes-like object or a real number, not '${tn(o)}'`,
  );
}

/** A copy of the bytes of a bytes-like object, or null if it is none. */
export function bytes_like(o: PyObject): Uint8Array | null {
  if (o.ob_type.bf_getbuffer === null) return null;
  const view = PyObject_GetBuffer(o, 0);
  const copy = view.buf.slice(view.offset, view.offset + view.len);
  PyBuffer_Release(view);
  return copy;
}

/** float(o). CPython: PyNumber_Float */
export function PyNumber_Float(o: PyObject): PyObject {
  if (o.ob_type === PyFloat_Type) return newref(o);
  const nb_float = o.ob_type.nb_float;
  if (nb_float !== null) {
    const r = nb_float(o);
    if (r.ob_type === PyFloat_Type) return r;
    if (!PyType_IsSubtype(r.ob_type, PyFloat_Type)) {
      const name = tn(r);
      decref(r);
      PyErr_SetString(PyExc_TypeError, `${tn(o)}.__float__ returned non-float (type ${name})`);
    }
    try {
      PyErr_WarnFormat(
        PyExc_DeprecationWarning,
        1,
        `${tn(o)}.__float__ returned non-float (type ${tn(r)}).  The ability to return an instance of a strict subclass of float is deprecated, and may not be supported in a future version of Python.`,
      );
    } catch (e) {
      decref(r);
      throw e;
    }
    const exact = PyFloat_FromDouble((r as PyObject<number>).v);
    decref(r);
    return exact;
  }
  if (o.ob_type.nb_index !== null) {
    const r = _PyNumber_Index(o);
    try {
      return r.ob_type.nb_float !== null ? PyNumber_Float(r) : PyFloat_FromDouble(Number(PyLong_AsBigInt(r)));
    } finally {
      decref(r);
    }
  }
  if (PyType_IsSubtype(o.ob_type, PyFloat_Type)) return PyFloat_FromDouble((o as PyObject<number>).v);
  return PyFloat_FromString(o);
}

/** bin(), oct(), hex(): CPython: PyNumber_ToBase */
export function PyNumber_ToBase(o: PyObject, base: number): PyObject {
  const index = _PyNumber_Index(o);
  try {
    return _PyLong_Format(index, base);
  } finally {
    decref(index);
  }
}

// --- sizes and items -------------------------------------------------------------------------------------------------

export function PyObject_Size(o: PyObject): number {
  const t = o.ob_type;
  if (t.sq_length !== null) return t.sq_length(o);
  if (t.mp_length !== null) return t.mp_length(o);
  PyErr_SetString(PyExc_TypeError, `object of type '${tn(o)}' has no len()`);
}
export const PySequence_Size = PyObject_Size;

export function PyMapping_Size(o: PyObject): number {
  const t = o.ob_type;
  if (t.mp_length !== null) return t.mp_length(o);
  if (t.sq_length !== null) PyErr_SetString(PyExc_TypeError, `${tn(o)} is not a mapping`);
  PyErr_SetString(PyExc_TypeError, `object of type '${tn(o)}' has no len()`);
}

/** CPython: Objects/abstract.c:PyObject_LengthHint */
export function PyObject_LengthHint(o: PyObject, defaultvalue: number): number {
  const t = o.ob_type;
  if (t.sq_length !== null || t.mp_length !== null) {
    try {
      return PyObject_Size(o);
    } catch (e) {
      if (!PyErr_ExceptionMatches(e, PyExc_TypeError)) throw e;
      PyErr_Clear(e);
    }
  }
  const hint = _PyObject_LookupSpecial(o, _Py_ID('__length_hint__'));
  if (hint === null) return defaultvalue;
  let result: PyObject;
  try {
    result = PyObject_CallNoArgs(hint);
  } catch (e) {
    if (PyErr_ExceptionMatches(e, PyExc_TypeError)) {
      PyErr_Clear(e);
      return defaultvalue;
    }
    throw e;
  } finally {
    decref(hint);
  }
  try {
    if (result === Py_NotImplemented) return defaultvalue;
    if (!PyLong_Check(result)) {
      PyErr_SetString(PyExc_TypeError, `__length_hint__ must be an integer, not ${tn(result)}`);
    }
    const n = PyNumber_AsSsize_t(result, PyExc_OverflowError);
    if (n < 0) PyErr_SetString(PyExc_ValueError, '__length_hint__() should return >= 0');
    return n;
  } finally {
    decref(result);
  }
}

/** CPython: Objects/abstract.c:PyObject_GetItem */
export function PyObject_GetItem(o: PyObject, key: PyObject): PyObject {
  const t = o.ob_type;
  if (t.mp_subscript !== null) return t.mp_subscript(o, key);
  if (t.sq_item !== null) {
    if (PyIndex_Check(key)) return PySequence_GetItem(o, PyNumber_AsSsize_t(key, PyExc_IndexError));
    PyErr_SetString(PyExc_TypeError, `sequence index must be integer, not '${tn(key)}'`);
  }
  if (PyType_Check(o)) {
    if (o === PyType_Type) return Py_GenericAlias(o, key);
    const meth = PyObject_GetOptionalAttr(o, _Py_ID('__class_getitem__'));
    if (meth !== null && meth !== Py_None) {
      try {
        return PyObject_CallOneArg(meth, key);
      } finally {
        decref(meth);
      }
    }
    if (meth !== null) decref(meth);
    PyErr_SetString(PyExc_TypeError, `type '${o.tp_name}' is not subscriptable`);
  }
  PyErr_SetString(PyExc_TypeError, `'${tn(o)}' object is not subscriptable`);
}

export function PyObject_SetItem(o: PyObject, key: PyObject, value: PyObject): void {
  const t = o.ob_type;
  if (t.mp_ass_subscript !== null) {
    t.mp_ass_subscript(o, key, value);
    return;
  }
  if (t.sq_ass_item !== null) {
    if (PyIndex_Check(key)) {
      PySequence_SetItem(o, PyNumber_AsSsize_t(key, PyExc_IndexError), value);
      return;
    }
    PyErr_SetString(PyExc_TypeError, `sequence index must be integer, not '${tn(key)}'`);
  }
  PyErr_SetString(PyExc_TypeError, `'${tn(o)}' object does not support item assignment`);
}

export function PyObject_DelItem(o: PyObject, key: PyObject): void {
  const t = o.ob_type;
  if (t.mp_ass_subscript !== null) {
    t.mp_ass_subscript(o, key, null);
    return;
  }
  if (t.sq_ass_item !== null) {
    if (PyIndex_Check(key)) {
      PySequence_SetItem(o, PyNumber_AsSsize_t(key, PyExc_IndexError), null);
      return;
    }
    PyErr_SetString(PyExc_TypeError, `sequence index must be integer, not '${tn(key)}'`);
  }
  PyErr_SetString(PyExc_TypeError, `'${tn(o)}' object doesn't support item deletion`);
}

// --- sequences -------------------------------------------------------------------------------------------------------

export function PySequence_Check(o: PyObject): boolean {
  return !PyDict_Check(o) && o.ob_type.sq_item !== null;
}

export function PySequence_GetItem(o: PyObject, i: number): PyObject {
  const t = o.ob_type;
  if (t.sq_item !== null) {
    if (i < 0 && t.sq_length !== null) i += t.sq_length(o);
    return t.sq_item(o, i);
  }
  if (t.mp_subscript !== null) PyErr_SetString(PyExc_TypeError, `${tn(o)} is not a sequence`);
  PyErr_SetString(PyExc_TypeError, `'${tn(o)}' object does not support indexing`);
}

/** Sets, or deletes when value is null. */
export function PySequence_SetItem(o: PyObject, i: number, value: PyObject | null): void {
  const t = o.ob_type;
  if (t.sq_ass_item !== null) {
    if (i < 0 && t.sq_length !== null) i += t.sq_length(o);
    t.sq_ass_item(o, i, value);
    return;
  }
  PyErr_SetString(
    PyExc_TypeError,
    `'${tn(o)}' object ${value === null ? "doesn't support item deletion" : 'does not support item assignment'}`,
  );
}

export function PySequence_Concat(a: PyObject, b: PyObject): PyObject {
  const f = a.ob_type.sq_concat;
  if (f !== null) return f(a, b);
  if (PySequence_Check(a) && PySequence_Check(b)) {
    const r = binary_op1(a, b, a.ob_type.nb_add, b.ob_type.nb_add);
    if (r !== Py_NotImplemented) return r;
  }
  PyErr_SetString(PyExc_TypeError, `'${tn(a)}' object can't be concatenated`);
}

export function PySequence_InPlaceConcat(a: PyObject, b: PyObject): PyObject {
  const f = a.ob_type.sq_inplace_concat ?? a.ob_type.sq_concat;
  if (f !== null) return f(a, b);
  if (PySequence_Check(a) && PySequence_Check(b)) return PyNumber_InPlaceAdd(a, b);
  PyErr_SetString(PyExc_TypeError, `'${tn(a)}' object can't be concatenated`);
}

export function PySequence_Repeat(o: PyObject, n: number): PyObject {
  const f = o.ob_type.sq_repeat;
  if (f !== null) return f(o, n);
  if (PySequence_Check(o)) {
    const count = PyLong_FromLong(n);
    const r = binary_op1(o, count, o.ob_type.nb_multiply, count.ob_type.nb_multiply);
    decref(count);
    if (r !== Py_NotImplemented) return r;
  }
  PyErr_SetString(PyExc_TypeError, `'${tn(o)}' object can't be repeated`);
}

/** All items as an array of new references. */
export function iterate_all(o: PyObject): PyObject[] {
  if (o.ob_type === PyList_Type || o.ob_type === PyTuple_Type) {
    const items = (o as PyObject<PyObject[]>).v.slice();
    for (const item of items) incref(item);
    return items;
  }
  const it = PyObject_GetIter(o);
  const items: PyObject[] = [];
  try {
    for (;;) {
      const item = PyIter_Next(it);
      if (item === null) return items;
      items.push(item);
      if ((items.length & 0xffff) === 0) check_size(items.length);
    }
  } catch (e) {
    for (const item of items) decref(item);
    throw e;
  } finally {
    decref(it);
  }
}

export function PySequence_List(o: PyObject): PyObject {
  const l = PyList_New();
  try {
    list_extend(l, o);
  } catch (e) {
    decref(l);
    throw e;
  }
  return l;
}

export function PySequence_Tuple(o: PyObject): PyObject {
  if (o.ob_type === PyTuple_Type) return newref(o);
  return PyTuple_FromArraySteal(iterate_all(o));
}

/** A list or tuple with the items of `o`; raises TypeError with the message if it cannot be iterated. */
export function PySequence_Fast(o: PyObject, message: string): PyObject {
  if (o.ob_type === PyList_Type || o.ob_type === PyTuple_Type) return newref(o);
  let it: PyObject;
  try {
    it = PyObject_GetIter(o);
  } catch (e) {
    if (PyErr_ExceptionMatches(e, PyExc_TypeError)) {
      PyErr_Clear(e);
      PyErr_SetString(PyExc_TypeError, message);
    }
    throw e;
  }
  try {
    return PySequence_List(it);
  } finally {
    decref(it);
  }
}

/** The items (borrowed) of what PySequence_Fast gave. */
export function PySequence_Fast_ITEMS(o: PyObject): PyObject[] {
  return (o as PyObject<PyObject[]>).v;
}

/** CPython: Objects/abstract.c:_PySequence_IterSearch: the index of the first equal item, -1, or the count of all. */
function iter_search(o: PyObject, item: PyObject, what: 'count' | 'index' | 'contains'): number {
  let it: PyObject;
  try {
    it = PyObject_GetIter(o);
  } catch (e) {
    if (PyErr_ExceptionMatches(e, PyExc_TypeError)) {
      PyErr_Clear(e);
      if (what === 'contains') {
        PyErr_SetString(PyExc_TypeError, `argument of type '${tn(o)}' is not a container or iterable`);
      }
      PyErr_SetString(PyExc_TypeError, `argument of type '${tn(o)}' is not iterable`);
    }
    throw e;
  }
  try {
    let n = 0;
    for (let i = 0; ; i++) {
      const x = PyIter_Next(it);
      if (x === null) break;
      let eq: boolean;
      try {
        eq = PyObject_RichCompareBool(x, item, Py_EQ);
      } finally {
        decref(x);
      }
      if (eq) {
        if (what === 'count') n++;
        else return i;
      }
    }
    if (what === 'count') return n;
    if (what === 'index') PyErr_SetString(PyExc_ValueError, 'sequence.index(x): x not in sequence');
    return -1;
  } finally {
    decref(it);
  }
}

export function PySequence_Contains(o: PyObject, item: PyObject): boolean {
  const f = o.ob_type.sq_contains;
  if (f !== null) return f(o, item);
  return iter_search(o, item, 'contains') >= 0;
}
/** `item in o` for an object without __contains__. */
export function contains_by_iteration(o: PyObject, item: PyObject): boolean {
  return iter_search(o, item, 'contains') >= 0;
}
export function PySequence_Count(o: PyObject, item: PyObject): number {
  return iter_search(o, item, 'count');
}
export function PySequence_Index(o: PyObject, item: PyObject): number {
  return iter_search(o, item, 'index');
}

// --- mappings --------------------------------------------------------------------------------------------------------

export function PyMapping_Check(o: PyObject): boolean {
  return o.ob_type.mp_subscript !== null;
}

export function PyMapping_GetItemString(o: PyObject, key: string): PyObject {
  return PyObject_GetItem(o, _Py_ID(key));
}

/** The item, or null where KeyError would be raised. CPython: PyMapping_GetOptionalItem */
export function PyMapping_GetOptionalItem(o: PyObject, key: PyObject, keyError: PyTypeObject): PyObject | null {
  try {
    return PyObject_GetItem(o, key);
  } catch (e) {
    if (PyErr_ExceptionMatches(e, keyError)) {
      PyErr_Clear(e);
      return null;
    }
    throw e;
  }
}

function method_output_as_list(o: PyObject, name: string): PyObject {
  const out = PyObject_CallMethodNoArgs(o, name);
  try {
    if (out.ob_type.tp_iter === null && out.ob_type.sq_item === null) {
      PyErr_SetString(PyExc_TypeError, `${tn(o)}.${name}() returned a non-iterable (type ${tn(out)})`);
    }
    return PySequence_List(out);
  } finally {
    decref(out);
  }
}

export function PyMapping_Keys(o: PyObject): PyObject {
  return o.ob_type === PyDict_Type ? PyDict_Keys(o) : method_output_as_list(o, 'keys');
}
export function PyMapping_Values(o: PyObject): PyObject {
  return o.ob_type === PyDict_Type ? PyDict_Values(o) : method_output_as_list(o, 'values');
}
export function PyMapping_Items(o: PyObject): PyObject {
  return o.ob_type === PyDict_Type ? PyDict_Items(o) : method_output_as_list(o, 'items');
}

// --- iteration -------------------------------------------------------------------------------------------------------

/** CPython: Objects/abstract.c:PyObject_GetIter */
export function PyObject_GetIter(o: PyObject): PyObject {
  const f = o.ob_type.tp_iter;
  if (f === null) {
    if (PySequence_Check(o)) return PySeqIter_New(o);
    PyErr_SetString(PyExc_TypeError, `'${tn(o)}' object is not iterable`);
  }
  const it = f(o);
  if (it.ob_type.tp_iternext === null) {
    const name = tn(it);
    decref(it);
    PyErr_SetString(PyExc_TypeError, `iter() returned non-iterator of type '${name}'`);
  }
  return it;
}

export function PyIter_Check(o: PyObject): boolean {
  return o.ob_type.tp_iternext !== null;
}

/** The next item, or null at the end; a StopIteration that the iterator raises counts as the end. */
export function PyIter_Next(it: PyObject): PyObject | null {
  const next = it.ob_type.tp_iternext;
  if (next === null) PyErr_SetString(PyExc_TypeError, `'${tn(it)}' object is not an iterator`);
  try {
    return next(it);
  } catch (e) {
    if (PyErr_ExceptionMatches(e, PyExc_StopIteration)) {
      PyErr_Clear(e);
      return null;
    }
    throw e;
  }
}

/** CPython: PyObject_GetAIter */
export function PyObject_GetAIter(o: PyObject): PyObject {
  const f = o.ob_type.am_aiter;
  if (f === null) PyErr_SetString(PyExc_TypeError, `'${tn(o)}' object is not an async iterable`);
  const it = f(o);
  if (it.ob_type.am_anext === null) {
    const name = tn(it);
    decref(it);
    PyErr_SetString(PyExc_TypeError, `${tn(o)}.__aiter__() must return an async iterator, not ${name}`);
  }
  return it;
}

// --- isinstance and issubclass ---------------------------------------------------------------------------------------

function abstract_get_bases(cls: PyObject): PyObject | null {
  const bases = PyObject_GetOptionalAttr(cls, _Py_ID('__bases__'));
  if (bases !== null && !PyTuple_Check(bases)) {
    decref(bases);
    return null;
  }
  return bases;
}

function abstract_issubclass(derived: PyObject, cls: PyObject): boolean {
  if (derived === cls) return true;
  const bases = abstract_get_bases(derived);
  if (bases === null) return false;
  Py_EnterRecursiveCall(' in __issubclass__');
  try {
    return (bases as PyObject<PyObject[]>).v.some(base => abstract_issubclass(base, cls));
  } finally {
    Py_LeaveRecursiveCall();
    decref(bases);
  }
}

function check_class(cls: PyObject, message: string): void {
  const bases = abstract_get_bases(cls);
  if (bases === null) PyErr_SetString(PyExc_TypeError, message);
  decref(bases);
}

function recursive_isinstance(o: PyObject, cls: PyObject): boolean {
  if (PyType_Check(cls)) {
    if (PyType_IsSubtype(o.ob_type, cls)) return true;
    const icls = PyObject_GetOptionalAttr(o, _Py_ID('__class__'));
    if (icls === null) return false;
    const res = icls !== o.ob_type && PyType_Check(icls) && PyType_IsSubtype(icls, cls);
    decref(icls);
    return res;
  }
  check_class(cls, 'isinstance() arg 2 must be a type, a tuple of types, or a union');
  const icls = PyObject_GetOptionalAttr(o, _Py_ID('__class__'));
  if (icls === null) return false;
  try {
    return abstract_issubclass(icls, cls);
  } finally {
    decref(icls);
  }
}

/** CPython: Objects/abstract.c:PyObject_IsInstance */
export function PyObject_IsInstance(o: PyObject, cls: PyObject): boolean {
  if (o.ob_type === cls) return true;
  if (cls.ob_type === PyType_Type) return recursive_isinstance(o, cls);
  if (_PyUnion_Check(cls)) cls = _Py_union_args(cls);
  if (PyTuple_Check(cls)) {
    Py_EnterRecursiveCall(' in __instancecheck__');
    try {
      for (const item of cls.v) if (PyObject_IsInstance(o, item)) return true;
      return false;
    } finally {
      Py_LeaveRecursiveCall();
    }
  }
  const checker = _PyObject_LookupSpecial(cls, _Py_ID('__instancecheck__'));
  if (checker !== null) return call_checker(checker, o, ' in __instancecheck__');
  return recursive_isinstance(o, cls);
}

function call_checker(checker: PyObject, arg: PyObject, where: string): boolean {
  try {
    Py_EnterRecursiveCall(where);
    try {
      const res = PyObject_CallOneArg(checker, arg);
      const truth = res === Py_True ? true : res === Py_False ? false : PyObject_IsTrue(res);
      decref(res);
      return truth;
    } finally {
      Py_LeaveRecursiveCall();
    }
  } finally {
    decref(checker);
  }
}

/** The default of type.__instancecheck__. */
export function _PyObject_RealIsInstance(o: PyObject, cls: PyObject): boolean {
  return recursive_isinstance(o, cls);
}

function recursive_issubclass(derived: PyObject, cls: PyObject): boolean {
  if (PyType_Check(cls) && PyType_Check(derived)) return PyType_IsSubtype(derived, cls);
  check_class(derived, 'issubclass() arg 1 must be a class');
  check_class(cls, 'issubclass() arg 2 must be a class, a tuple of classes, or a union');
  return abstract_issubclass(derived, cls);
}

/** CPython: Objects/abstract.c:PyObject_IsSubclass */
export function PyObject_IsSubclass(derived: PyObject, cls: PyObject): boolean {
  if (cls.ob_type === PyType_Type) return derived === cls || recursive_issubclass(derived, cls);
  if (_PyUnion_Check(cls)) cls = _Py_union_args(cls);
  if (PyTuple_Check(cls)) {
    Py_EnterRecursiveCall(' in __subclasscheck__');
    try {
      for (const item of cls.v) if (PyObject_IsSubclass(derived, item)) return true;
      return false;
    } finally {
      Py_LeaveRecursiveCall();
    }
  }
  const checker = _PyObject_LookupSpecial(cls, _Py_ID('__subclasscheck__'));
  if (checker !== null) return call_checker(checker, derived, ' in __subclasscheck__');
  return recursive_issubclass(derived, cls);
}

export function _PyObject_RealIsSubclass(derived: PyObject, cls: PyObject): boolean {
  return recursive_issubclass(derived, cls);
}

// --- format, type, buffers -------------------------------------------------------------------------------------------

/** format(o, spec); null is the empty spec. CPython: PyObject_Format */
export function PyObject_Format(o: PyObject, spec: PyObject | null): PyObject {
  if (spec !== null && !PyUnicode_Check(spec)) {
    PyErr_SetString(PyExc_SystemError, `Format specifier must be a string, not ${tn(spec)}`);
  }
  if (spec === null || (spec as PyObject<{ length: number }>).v.length === 0) {
    if (o.ob_type === PyUnicode_Type) return newref(o);
    if (o.ob_type === PyLong_Type) return PyObject_Str(o);
  }
  const meth = _PyObject_LookupSpecial(o, _Py_ID('__format__'));
  if (meth === null) PyErr_SetString(PyExc_TypeError, `Type ${tn(o)} doesn't define __format__`);
  const empty = spec === null ? PyUnicode_FromString('') : newref(spec);
  let result: PyObject;
  try {
    result = PyObject_CallOneArg(meth, empty);
  } finally {
    decref(meth);
    decref(empty);
  }
  if (!PyUnicode_Check(result)) {
    const name = tn(result);
    decref(result);
    PyErr_SetString(PyExc_TypeError, `__format__ must return a str, not ${name}`);
  }
  return result;
}

export function PyObject_Type(o: PyObject): PyObject {
  return newref(o.ob_type);
}

export function PyObject_CheckBuffer(o: PyObject): boolean {
  return o.ob_type.bf_getbuffer !== null;
}

/** CPython: PyObject_GetBuffer. Release what it gives with PyBuffer_Release. */
export function PyObject_GetBuffer(o: PyObject, flags: number): PyBuffer {
  const f = o.ob_type.bf_getbuffer;
  if (f === null) PyErr_SetString(PyExc_TypeError, `a bytes-like object is required, not '${tn(o)}'`);
  return f(o, flags);
}

export function PyBuffer_Release(view: PyBuffer): void {
  const o = view.obj;
  if (o === null) return;
  view.obj = null;
  o.ob_type.bf_releasebuffer?.(o, view);
  decref(o);
}

export function buffer_error(message: string): never {
  PyErr_SetString(PyExc_BufferError, message);
}
