// save.ts: how an object is pickled, type by type.                                        CPython: Modules/_pickle.c
//
// save() writes the instructions that leave the object on the unpickler's stack. What is written is CPython's to the
// byte. A container is memoized before its items are saved (a tuple or frozenset after), so that cycles end.

import { PyErr_SetString } from '../../core/errors.ts';
import { decref, incref, newref, type PyObject, type PyTypeObject } from '../../core/object.ts';
import { PyIter_Next, PyMapping_GetOptionalItem, PyObject_GetIter } from '../../objects/abstract.ts';
import { Py_False, Py_True } from '../../objects/boolobject.ts';
import { bytearray_bytes, PyByteArray_Type } from '../../objects/bytearrayobject.ts';
import { PyBytes_FromUint8Array, PyBytes_Type } from '../../objects/bytesobject.ts';
import { PyObject_CallMethodNoArgs, PyObject_CallNoArgs, PyObject_CallOneArg } from '../../objects/call.ts';
import { PyTuple_Check, PyUnicode_Check } from '../../objects/checks.ts';
import { PyDict_GetItem, PyDict_Next, PyDict_Size, PyDict_Type, type PyDictObject } from '../../objects/dictobject.ts';
import { PyExc_KeyError, PyExc_RecursionError, PyExc_RuntimeError, PyExc_TypeError } from '../../objects/exceptions.ts';
import { PyFloat_Type } from '../../objects/floatobject.ts';
import { PyFunction_Type } from '../../objects/funcobject.ts';
import { PyList_FromArraySteal, PyList_Type, type PyListObject } from '../../objects/listobject.ts';
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
import { _PySet_EachEntry, PyFrozenSet_Type, PySet_Size, PySet_Type } from '../../objects/setobject.ts';
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
import {
  ADDITEMS,
  APPEND,
  APPENDS,
  BINBYTES,
  BINFLOAT,
  BININT,
  BININT1,
  BININT2,
  BINPERSID,
  BINUNICODE,
  BYTEARRAY8,
  DICT,
  EMPTY_DICT,
  EMPTY_LIST,
  EMPTY_SET,
  EMPTY_TUPLE,
  FLOAT,
  FROZENSET,
  INT,
  LIST,
  LONG,
  LONG1,
  LONG4,
  MARK,
  NEWFALSE,
  NEWTRUE,
  NEXT_BUFFER,
  NONE,
  PERSID,
  POP,
  POP_MARK,
  READONLY_BUFFER,
  SETITEM,
  SETITEMS,
  SHORT_BINBYTES,
  SHORT_BINUNICODE,
  TUPLE,
  TUPLE1,
  UNICODE,
} from './opcodes.ts';
import { save_reduce } from './reduce.ts';
import { annotate, full_type_name, PicklingError, pickle_state } from './state.ts';
import type { Pickler } from './writer.ts';

/** Items between two APPENDS, SETITEMS or ADDITEMS. */
const BATCHSIZE = 1000;
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
    if (n >>> 8 === 0) {
      p.op1(BININT1, n);
      return;
    }
    if (n >>> 16 === 0) {
      p.need(3);
      p.buf[p.len++] = BININT2;
      p.buf[p.len++] = n;
      p.buf[p.len++] = n >> 8;
      return;
    }
    p.op4(BININT, n);
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

const double = /* @__PURE__ */ new DataView(/* @__PURE__ */ new ArrayBuffer(8));

function save_float(p: Pickler, x: number): void {
  if (p.bin === 0) {
    p.op(FLOAT);
    p.latin1(`${float_repr(x)}\n`);
    return;
  }
  p.need(9);
  p.buf[p.len++] = BINFLOAT;
  double.setFloat64(0, x);
  for (let i = 0; i < 8; i++) p.buf[p.len++] = double.getUint8(i);
}

/** Saves what a reducer of our own says: (callable, args), both stolen. */
function reduce_by(p: Pickler, callable: PyObject, args: PyObject, obj: PyObject | null): void {
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

/** CPython: save_tuple */
function save_tuple(p: Pickler, obj: PyTupleObject): void {
  const items = obj.v;
  const n = items.length;
  if (n === 0) {
    if (p.proto > 0) {
      p.op(EMPTY_TUPLE);
      return;
    }
    p.latin1('(t');
    return;
  }
  const small = n <= 3 && p.proto >= 2;
  if (!small) p.op(MARK);
  let i = 0;
  try {
    for (; i < n; i++) save(p, items[i]!);
  } catch (e) {
    annotate(e, obj, `item ${i}`);
  }
  // A tuple that holds itself was memoized while its items were saved: that one is taken, the items go.
  const known = p.memo.get(obj);
  if (known !== undefined) {
    if (small) for (i = 0; i < n; i++) p.op(POP);
    else if (p.bin !== 0) p.op(POP_MARK);
    else for (i = 0; i <= n; i++) p.op(POP);
    p.memo_get(known);
    return;
  }
  p.op(small ? TUPLE1 + n - 1 : TUPLE);
  p.memo_put(obj);
}

/** CPython: save_list */
function save_list(p: Pickler, obj: PyListObject): void {
  if (p.fast !== 0) p.fast_enter(obj);
  try {
    if (p.bin !== 0) p.op(EMPTY_LIST);
    else {
      p.op(MARK);
      p.op(LIST);
    }
    const n = obj.v.length;
    p.memo_put(obj);
    if (n === 0) return;
    if (p.proto > 0) batch_list_exact(p, obj);
    else {
      const it = PyObject_GetIter(obj);
      try {
        batch_list(p, it, obj);
      } finally {
        decref(it);
      }
    }
  } finally {
    if (p.fast !== 0) p.fast_leave(obj);
  }
}

/** CPython: batch_list_exact */
function batch_list_exact(p: Pickler, obj: PyListObject): void {
  let i = 0;
  try {
    if (obj.v.length === 1) {
      save_held(p, obj.v[0]!);
      p.op(APPEND);
      return;
    }
    do {
      p.op(MARK);
      let batch = 0;
      while (i < obj.v.length) {
        save_held(p, obj.v[i]!);
        i++;
        if (++batch === BATCHSIZE) break;
      }
      p.op(APPENDS);
    } while (i < obj.v.length);
  } catch (e) {
    annotate(e, obj, `item ${i}`);
  }
}

/** Saves an item of a container that may change meanwhile. */
function save_held(p: Pickler, item: PyObject): void {
  incref(item);
  try {
    save(p, item);
  } finally {
    decref(item);
  }
}

/** Items that an iterator gives, for a list that is on the stack. CPython: batch_list */
export function batch_list(p: Pickler, it: PyObject, origin: PyObject | null): void {
  let total = 0;
  const save_item = (item: PyObject): void => {
    try {
      save(p, item);
    } catch (e) {
      annotate(e, origin, `item ${total}`);
    } finally {
      decref(item);
    }
    total++;
  };
  if (p.proto === 0) {
    for (let item = PyIter_Next(it); item !== null; item = PyIter_Next(it)) {
      save_item(item);
      p.op(APPEND);
    }
    return;
  }
  for (;;) {
    const first = PyIter_Next(it);
    if (first === null) return;
    let item = next_or_release(it, first);
    if (item === null) {
      save_item(first);
      p.op(APPEND);
      return;
    }
    p.op(MARK);
    try {
      save_item(first);
    } catch (e) {
      decref(item);
      throw e;
    }
    let n = 1;
    while (item !== null) {
      save_item(item);
      if (++n === BATCHSIZE) break;
      item = PyIter_Next(it);
    }
    p.op(APPENDS);
    if (n !== BATCHSIZE) return;
  }
}

function next_or_release(it: PyObject, first: PyObject): PyObject | null {
  try {
    return PyIter_Next(it);
  } catch (e) {
    decref(first);
    throw e;
  }
}

/** CPython: save_dict */
function save_dict(p: Pickler, obj: PyDictObject): void {
  if (p.fast !== 0) p.fast_enter(obj);
  try {
    if (p.bin !== 0) p.op(EMPTY_DICT);
    else {
      p.op(MARK);
      p.op(DICT);
    }
    p.memo_put(obj);
    if (PyDict_Size(obj) === 0) return;
    if (p.proto > 0) batch_dict_exact(p, obj);
    else {
      const items = PyObject_CallMethodNoArgs(obj, 'items');
      let it: PyObject;
      try {
        it = PyObject_GetIter(items);
      } finally {
        decref(items);
      }
      try {
        batch_dict(p, it, obj);
      } finally {
        decref(it);
      }
    }
  } finally {
    if (p.fast !== 0) p.fast_leave(obj);
  }
}

/** CPython: batch_dict_exact */
function batch_dict_exact(p: Pickler, obj: PyDictObject): void {
  const size = PyDict_Size(obj);
  let at = PyDict_Next(obj, 0);
  if (size === 1) {
    save_entry(p, obj.v.keys[at]!, obj.v.values[at]!, obj);
    p.op(SETITEM);
    return;
  }
  for (;;) {
    p.op(MARK);
    let n = 0;
    for (; at >= 0; at = PyDict_Next(obj, at + 1)) {
      save_entry(p, obj.v.keys[at]!, obj.v.values[at]!, obj);
      if (++n === BATCHSIZE) {
        at = PyDict_Next(obj, at + 1);
        break;
      }
    }
    p.op(SETITEMS);
    if (PyDict_Size(obj) !== size) PyErr_SetString(PyExc_RuntimeError, 'dictionary changed size during iteration');
    if (n !== BATCHSIZE) return;
  }
}

function save_entry(p: Pickler, key: PyObject, value: PyObject, origin: PyObject | null): void {
  incref(key);
  incref(value);
  let key_saved = false;
  try {
    save(p, key);
    key_saved = true;
    save(p, value);
  } catch (e) {
    if (!key_saved) throw e;
    annotate(e, origin, `item ${repr_string(key)}`);
  } finally {
    decref(key);
    decref(value);
  }
}

/** Pairs that an iterator gives, for a dict that is on the stack. CPython: batch_dict */
export function batch_dict(p: Pickler, it: PyObject, origin: PyObject | null): void {
  const save_pair = (pair: PyObject): void => {
    try {
      save_entry(p, (pair.v as PyObject[])[0]!, (pair.v as PyObject[])[1]!, origin);
    } finally {
      decref(pair);
    }
  };
  if (p.proto === 0) {
    for (let pair = PyIter_Next(it); pair !== null; pair = PyIter_Next(it)) {
      save_pair(check_pair(pair));
      p.op(SETITEM);
    }
    return;
  }
  for (;;) {
    let pair = PyIter_Next(it);
    if (pair === null) return;
    const first = check_pair(pair);
    pair = next_or_release(it, first);
    if (pair === null) {
      save_pair(first);
      p.op(SETITEM);
      return;
    }
    p.op(MARK);
    try {
      save_pair(first);
    } catch (e) {
      decref(pair);
      throw e;
    }
    let n = 1;
    while (pair !== null) {
      save_pair(check_pair(pair));
      if (++n === BATCHSIZE) break;
      pair = PyIter_Next(it);
    }
    p.op(SETITEMS);
    if (n !== BATCHSIZE) return;
  }
}

function check_pair(pair: PyObject): PyObject {
  if (!PyTuple_Check(pair) || pair.v.length !== 2) {
    decref(pair);
    PyErr_SetString(PyExc_TypeError, 'dict items iterator must return 2-tuples');
  }
  return pair;
}

/** The items of a set in its order; new references. */
function set_items(obj: PyObject): PyObject[] {
  const items: PyObject[] = [];
  _PySet_EachEntry(obj, key => items.push(newref(key)));
  return items;
}

/** CPython: save_set */
function save_set(p: Pickler, obj: PyObject): void {
  if (p.proto < 4) {
    const args = PyTuple_FromArraySteal([PyList_FromArraySteal(set_items(obj))]);
    reduce_by(p, newref(PySet_Type), args, obj);
    return;
  }
  p.op(EMPTY_SET);
  p.memo_put(obj);
  const size = PySet_Size(obj);
  if (size === 0) return;
  const items = set_items(obj);
  try {
    for (let start = 0; start < items.length || start === 0; start += BATCHSIZE) {
      p.op(MARK);
      const end = Math.min(start + BATCHSIZE, items.length);
      save_elements(p, obj, items, start, end);
      p.op(ADDITEMS);
      if (PySet_Size(obj) !== size) PyErr_SetString(PyExc_RuntimeError, 'set changed size during iteration');
      if (end - start === BATCHSIZE && end === items.length) {
        // A full last batch is followed by an empty one.
        p.op(MARK);
        p.op(ADDITEMS);
      }
    }
  } finally {
    for (const item of items) decref(item);
  }
}

function save_elements(p: Pickler, obj: PyObject, items: readonly PyObject[], start: number, end: number): void {
  try {
    for (let i = start; i < end; i++) save(p, items[i]!);
  } catch (e) {
    annotate(e, obj, 'element');
  }
}

/** CPython: save_frozenset */
function save_frozenset(p: Pickler, obj: PyObject): void {
  const items = set_items(obj);
  if (p.proto < 4) {
    reduce_by(p, newref(PyFrozenSet_Type), PyTuple_FromArraySteal([PyList_FromArraySteal(items)]), obj);
    return;
  }
  p.op(MARK);
  try {
    save_elements(p, obj, items, 0, items.length);
  } finally {
    for (const item of items) decref(item);
  }
  const known = p.memo.get(obj);
  if (known !== undefined) {
    p.op(POP_MARK);
    p.memo_get(known);
    return;
  }
  p.op(FROZENSET);
  p.memo_put(obj);
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
