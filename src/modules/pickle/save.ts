// save.ts: how an object is pickled, type by type.                                        CPython: Modules/_pickle.c
//
// save() writes the instructions that leave the object on the unpickler's stack. What is written is CPython's to the
// byte. A container is memoized before its items are saved (a tuple or frozenset after), so that cycles end.

import { PyErr_SetString } from '../../core/errors.ts';
import { decref, newref, type PyObject, type PyTypeObject } from '../../core/object.ts';
import { PyMapping_GetOptionalItem } from '../../objects/abstract.ts';
import { Py_False, Py_True } from '../../objects/boolobject.ts';
import { bytearray_bytes, PyByteArray_Type } from '../../objects/bytearrayobject.ts';
import { PyBytes_FromUint8Array, PyBytes_Type } from '../../objects/bytesobject.ts';
import { PyObject_CallNoArgs, PyObject_CallOneArg } from '../../objects/call.ts';
import { PyTuple_Check, PyUnicode_Check } from '../../objects/checks.ts';
import { PyDict_GetItem, PyDict_Type, type PyDictObject } from '../../objects/dictobject.ts';
import { PyExc_KeyError, PyExc_RecursionError } from '../../objects/exceptions.ts';
import { PyFloat_Type } from '../../objects/floatobject.ts';
import { PyFunction_Type } from '../../objects/funcobject.ts';
import { PyList_Type, type PyListObject } from '../../objects/listobject.ts';
import { bit_length, type LongValue } from '../../objects/longobject/arith.ts';
import { to_byte_array } from '../../objects/longobject/convert.ts';
import { PyLong_FromLong, PyLong_Type } from '../../objects/longobject.ts';
import {
  _PyNone_Type,
  _PyNotImplemented_Type,
  Py_Ellipsis,
  Py_None,
  Py_NotImplemented,
  PyEllipsis_Type,
  PyObject_GetOptionalAttr,
  PyObject_IsTrue,
  repr_string,
  str_string,
} from '../../objects/object.ts';
import { buffer_is_contiguous, PyPickleBuffer_GetBuffer, PyPickleBuffer_Type } from '../../objects/picklebufobject.ts';
import { float_repr } from '../../objects/pystrtod.ts';
import { PyFrozenSet_Type, PySet_Type } from '../../objects/setobject.ts';
import {
  PyTuple_FromArraySteal,
  PyTuple_Type,
  type PyTupleObject,
  tuple_pair_steal,
} from '../../objects/tupleobject.ts';
import { PyType_IsSubtype, PyType_Type } from '../../objects/typeobject.ts';
import {
  _Py_ID,
  decode_latin1,
  encode_utf8,
  PyUnicode_FromString,
  PyUnicode_Type,
  type Text,
  text_at,
  utf8_from_js,
} from '../../objects/unicodeobject.ts';
import { save_global } from './global.ts';
import { save_plain } from './instances.ts';
import {
  BINBYTES,
  BINFLOAT,
  BININT,
  BININT1,
  BININT2,
  BINPERSID,
  BINUNICODE,
  BYTEARRAY8,
  FLOAT,
  INT,
  LONG,
  LONG1,
  LONG4,
  NEWFALSE,
  NEWTRUE,
  NEXT_BUFFER,
  NONE,
  PERSID,
  READONLY_BUFFER,
  SHORT_BINBYTES,
  SHORT_BINUNICODE,
  UNICODE,
} from './opcodes.ts';
import { save_reduce } from './reduce.ts';
import { save_dict, save_frozenset, save_list, save_set, save_tuple } from './save_containers.ts';
import { annotate, full_type_name, PicklingError, pickle_state } from './state.ts';
import type { Pickler } from './writer.ts';

/** How deep objects may nest; each level takes some four JS frames. */
const MAX_DEPTH = 4000;

/** Pickles an object. CPython: Modules/_pickle.c:save */
export function save(p: Pickler, obj: PyObject, ask_persistent = true): void {
  if (p.frame_start >= 0) p.boundary();
  if (ask_persistent && p.persistent_id !== null && save_persistent(p, obj)) return;
  const type = obj.ob_type;
  if (obj === Py_None) {
    p.op(NONE);
    return;
  }
  if (type === PyLong_Type) {
    save_long(p, obj);
    return;
  }
  if (obj === Py_True || obj === Py_False) {
    if (p.proto >= 2) {
      p.op(obj === Py_True ? NEWTRUE : NEWFALSE);
      return;
    }
    p.latin1(obj === Py_True ? 'I01\n' : 'I00\n');
    return;
  }
  if (type === PyFloat_Type) {
    save_float(p, obj.v as number);
    return;
  }
  const known = p.memo.get(obj);
  if (known !== undefined) {
    p.memo_get(known);
    return;
  }
  if (type === PyUnicode_Type) {
    save_str(p, obj);
    return;
  }
  if (type === PyBytes_Type) {
    save_bytes(p, obj);
    return;
  }
  if (++p.depth > MAX_DEPTH) {
    p.depth--;
    PyErr_SetString(PyExc_RecursionError, 'maximum recursion depth exceeded while pickling an object');
  }
  try {
    if (type === PyTuple_Type) save_tuple(p, obj as PyTupleObject);
    else if (type === PyDict_Type) save_dict(p, obj as PyDictObject);
    else if (type === PyList_Type) save_list(p, obj as PyListObject);
    else if (type === PySet_Type) save_set(p, obj);
    else if (type === PyFrozenSet_Type) save_frozenset(p, obj);
    else if (type === PyByteArray_Type) save_bytearray(p, obj);
    else if (type === PyPickleBuffer_Type) save_picklebuffer(p, obj);
    else save_other(p, obj, type);
  } finally {
    p.depth--;
  }
}

/** Saves an item of a container, if it is of the kinds that take a few bytes and run no code of others. */
export function save_simple(p: Pickler, obj: PyObject): boolean {
  if (p.persistent_id !== null || p.bin === 0 || p.is_full()) return false;
  const type = obj.ob_type;
  if (type === PyLong_Type) {
    const n = obj.v as LongValue;
    if (typeof n !== 'number' || (n | 0) !== n) return false;
    save_int32(p, n);
  } else if (type === PyUnicode_Type) {
    const known = p.memo.get(obj);
    if (known !== undefined) p.memo_get(known);
    else if ((obj.v as Text).length <= SHORT_STRING) save_str(p, obj);
    else return false;
  } else if (type === PyFloat_Type) save_float(p, obj.v as number);
  else if (obj === Py_None) p.op(NONE);
  else return false;
  return true;
}

/** Whether the object was pickled by its persistent id. CPython: save_pers */
function save_persistent(p: Pickler, obj: PyObject): boolean {
  const pid = PyObject_CallOneArg(p.persistent_id!, obj);
  try {
    if (pid === Py_None) return false;
    if (p.bin !== 0) {
      save(p, pid, false);
      p.op(BINPERSID);
      return true;
    }
    const text = str_string(pid);
    for (let i = 0; i < text.length; i++) {
      if (text.charCodeAt(i) > 127) {
        PyErr_SetString(PicklingError, 'persistent IDs in protocol 0 must be ASCII strings');
      }
    }
    p.op(PERSID);
    p.latin1(`${text}\n`);
    return true;
  } finally {
    decref(pid);
  }
}

/** CPython: save_long */
function save_long(p: Pickler, obj: PyObject): void {
  const n = obj.v as LongValue;
  if (typeof n === 'number' && (n | 0) === n) {
    if (p.bin === 0) {
      p.op(INT);
      p.latin1(`${n}\n`);
      return;
    }
    save_int32(p, n);
    return;
  }
  if (p.proto < 2) {
    const text = repr_string(obj);
    p.op(LONG);
    p.latin1(`${text}L\n`);
    return;
  }
  let b = to_byte_array(n, (bit_length(n) >> 3) + 1, true, true);
  const size = b.length;
  // -2 ** (8 * j - 1) needs no byte for the sign.
  if (n < 0 && size > 1 && b[size - 1] === 255 && (b[size - 2]! & 0x80) !== 0) b = b.subarray(0, size - 1);
  if (b.length < 256) p.op1(LONG1, b.length);
  else p.op4(LONG4, b.length);
  p.bytes(b);
}

function save_int32(p: Pickler, n: number): void {
  if (n >>> 8 === 0) p.op1(BININT1, n);
  else if (n >>> 16 === 0) {
    p.need(3);
    p.buf[p.len++] = BININT2;
    p.buf[p.len++] = n;
    p.buf[p.len++] = n >> 8;
  } else p.op4(BININT, n);
}

const double = /* @__PURE__ */ new DataView(/* @__PURE__ */ new ArrayBuffer(8));

function save_float(p: Pickler, x: number): void {
  if (p.bin === 0) {
    p.op(FLOAT);
    p.latin1(`${float_repr(x)}\n`);
    return;
  }
  p.need(9);
  const { buf, len } = p;
  buf[len] = BINFLOAT;
  double.setFloat64(0, x);
  for (let i = 0; i < 8; i++) buf[len + 1 + i] = double.getUint8(i);
  p.len = len + 9;
}

/** Saves what a reducer of our own says: (callable, args), both stolen. */
export function reduce_by(p: Pickler, callable: PyObject, args: PyObject, obj: PyObject | null): void {
  const value = tuple_pair_steal(callable, args);
  try {
    save_reduce(p, value, obj);
  } finally {
    decref(value);
  }
}

function bytes_header(n: number): (p: Pickler) => void {
  return p => (n <= 0xff ? p.op1(SHORT_BINBYTES, n) : p.op4(BINBYTES, n));
}

/** CPython: save_bytes */
function save_bytes(p: Pickler, obj: PyObject): void {
  const b = obj.v as Uint8Array;
  if (p.proto < 3) {
    // There is no opcode: it is made by codecs.encode(), which Python 2 has as well.
    if (b.length === 0) {
      reduce_by(p, newref(PyBytes_Type), PyTuple_FromArraySteal([]), obj);
      return;
    }
    const args = tuple_pair_steal(PyUnicode_FromString(decode_latin1(b)), newref(_Py_ID('latin1')));
    reduce_by(p, newref(pickle_state().codecs_encode), args, obj);
    return;
  }
  p.payload(bytes_header(b.length), b, obj);
  p.memo_put(obj);
}

/** CPython: save_bytearray */
function save_bytearray(p: Pickler, obj: PyObject): void {
  const b = bytearray_bytes(obj);
  if (p.proto < 5) {
    const args = b.length === 0 ? [] : [PyBytes_FromUint8Array(b.slice())];
    reduce_by(p, newref(PyByteArray_Type), PyTuple_FromArraySteal(args), obj);
    return;
  }
  p.payload(q => q.op8(BYTEARRAY8, b.length), b, obj);
  p.memo_put(obj);
}

/** CPython: save_picklebuffer */
function save_picklebuffer(p: Pickler, obj: PyObject): void {
  if (p.proto < 5) PyErr_SetString(PicklingError, 'PickleBuffer can only be pickled with protocol >= 5');
  const view = PyPickleBuffer_GetBuffer(obj);
  if (view.suboffsets !== null || !buffer_is_contiguous(view)) {
    PyErr_SetString(PicklingError, 'PickleBuffer can not be pickled when pointing to a non-contiguous buffer');
  }
  let in_band = true;
  if (p.buffer_callback !== null) {
    const answer = PyObject_CallOneArg(p.buffer_callback, obj);
    try {
      in_band = PyObject_IsTrue(answer);
    } finally {
      decref(answer);
    }
  }
  if (!in_band) {
    p.op(NEXT_BUFFER);
    if (view.readonly) p.op(READONLY_BUFFER);
    return;
  }
  const b = view.buf.subarray(view.offset, view.offset + view.len);
  p.payload(view.readonly ? bytes_header(b.length) : q => q.op8(BYTEARRAY8, b.length), b, obj);
  p.memo_put(obj);
}

/** Strings up to this length are written character by character. */
const SHORT_STRING = 80;

/** CPython: save_unicode */
function save_str(p: Pickler, obj: PyObject): void {
  const t = obj.v as Text;
  if (p.bin === 0) {
    p.op(UNICODE);
    save_escaped(p, t);
    p.memo_put(obj);
    return;
  }
  if (typeof t === 'string' && t.length <= SHORT_STRING && save_ascii(p, t)) {
    p.memo_put(obj);
    return;
  }
  const b = typeof t === 'string' ? utf8_from_js(t) : encode_utf8(obj, 'surrogatepass');
  p.payload(
    q => (b.length <= 0xff && q.proto >= 4 ? q.op1(SHORT_BINUNICODE, b.length) : q.op4(BINUNICODE, b.length)),
    b,
    null,
  );
  p.memo_put(obj);
}

/** Writes a short str if it is ASCII. */
function save_ascii(p: Pickler, s: string): boolean {
  const n = s.length;
  p.need(n + 5);
  const { buf } = p;
  let at = p.len;
  if (p.proto >= 4) {
    buf[at++] = SHORT_BINUNICODE;
    buf[at++] = n;
  } else {
    buf[at++] = BINUNICODE;
    buf[at++] = n;
    buf[at++] = 0;
    buf[at++] = 0;
    buf[at++] = 0;
  }
  for (let i = 0; i < n; i++) {
    const c = s.charCodeAt(i);
    if (c > 127) return false;
    buf[at++] = c;
  }
  p.len = at;
  return true;
}

/** Protocol 0: as in a raw-unicode-escape literal, on one line. CPython: raw_unicode_escape */
function save_escaped(p: Pickler, t: Text): void {
  let out = '';
  for (let i = 0; i < t.length; i++) {
    const c = text_at(t, i);
    if (c >= 0x10000) out += `\\U${c.toString(16).padStart(8, '0')}`;
    else if (c >= 256 || c === 92 || c === 0 || c === 10 || c === 13 || c === 26) {
      out += `\\u${c.toString(16).padStart(4, '0')}`;
    } else out += String.fromCharCode(c);
  }
  p.latin1(`${out}\n`);
}

/** Types, functions, and everything that says itself how it is made. CPython: the second half of save */
function save_other(p: Pickler, obj: PyObject, type: PyTypeObject): void {
  if (p.reducer_override !== null) {
    const value = PyObject_CallOneArg(p.reducer_override, obj);
    if (value !== Py_NotImplemented) {
      save_reduced(p, obj, value);
      return;
    }
    decref(value);
  }
  if (type === PyType_Type) {
    save_type(p, obj);
    return;
  }
  if (type === PyFunction_Type) {
    save_global(p, obj, null);
    return;
  }
  if (save_plain(p, obj, type)) return;
  const reducer = find_reducer(p, type);
  if (reducer !== null) {
    let value: PyObject;
    try {
      value = PyObject_CallOneArg(reducer, obj);
    } finally {
      decref(reducer);
    }
    save_reduced(p, obj, value);
    return;
  }
  if (PyType_IsSubtype(type, PyType_Type)) {
    save_global(p, obj, null);
    return;
  }
  save_reduced(p, obj, reduce_object(p, obj, type));
}

/** A new reference, or null. */
function find_reducer(p: Pickler, type: PyTypeObject): PyObject | null {
  if (p.dispatch_table !== null) return PyMapping_GetOptionalItem(p.dispatch_table, type, PyExc_KeyError);
  const found = PyDict_GetItem(pickle_state().dispatch_table, type);
  return found === null ? null : newref(found);
}

/** What obj.__reduce_ex__(protocol) says. */
function reduce_object(p: Pickler, obj: PyObject, type: PyTypeObject): PyObject {
  const reduce_ex = PyObject_GetOptionalAttr(obj, _Py_ID('__reduce_ex__'));
  if (reduce_ex !== null) {
    const proto = PyLong_FromLong(p.proto);
    try {
      return PyObject_CallOneArg(reduce_ex, proto);
    } finally {
      decref(proto);
      decref(reduce_ex);
    }
  }
  const reduce = PyObject_GetOptionalAttr(obj, _Py_ID('__reduce__'));
  if (reduce === null) PyErr_SetString(PicklingError, `Can't pickle ${full_type_name(type)} object`);
  try {
    return PyObject_CallNoArgs(reduce);
  } finally {
    decref(reduce);
  }
}

/** Saves by what a reducer gave: the name of a global, or a tuple. Steals the value. */
function save_reduced(p: Pickler, obj: PyObject, value: PyObject): void {
  try {
    if (PyUnicode_Check(value)) {
      save_global(p, obj, value);
      return;
    }
    try {
      if (!PyTuple_Check(value)) {
        const got = full_type_name(value.ob_type);
        PyErr_SetString(PicklingError, `__reduce__ must return a string or tuple, not ${got}`);
      }
      save_reduce(p, value, obj);
    } catch (e) {
      annotate(e, obj, 'object');
    }
  } finally {
    decref(value);
  }
}

/** CPython: save_type */
function save_type(p: Pickler, obj: PyObject): void {
  let only: PyObject | null = null;
  if (obj === _PyNone_Type) only = Py_None;
  else if (obj === PyEllipsis_Type) only = Py_Ellipsis;
  else if (obj === _PyNotImplemented_Type) only = Py_NotImplemented;
  if (only === null) {
    save_global(p, obj, null);
    return;
  }
  reduce_by(p, newref(PyType_Type), PyTuple_FromArraySteal([newref(only)]), obj);
}
