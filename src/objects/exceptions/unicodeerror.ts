// unicodeerror.ts: UnicodeEncodeError, UnicodeDecodeError, UnicodeTranslateError.     CPython: Objects/exceptions.c
//
// `start` and `end` in ExcData count code points of a str object or bytes of a bytes object.

import { errorHooks, PyErr_SetString, Raised } from '../../core/errors.ts';
import {
  decref,
  newref,
  Py_TPFLAGS_BASE_EXC_SUBCLASS,
  Py_TPFLAGS_BASETYPE,
  Py_TPFLAGS_HAVE_GC,
  type PyObject,
} from '../../core/object.ts';
import { type MemberSpec, PyBUF_SIMPLE, static_type } from '../../core/spec.ts';
import { PyBuffer_Release, PyNumber_AsSsize_t, PyObject_GetBuffer } from '../abstract.ts';
import { PyBytes_FromUint8Array } from '../bytesobject.ts';
import { PyBytes_Check, PyLong_Check, PyUnicode_Check } from '../checks.ts';
import { PyLong_AsSsize_t, PyLong_FromLong } from '../longobject.ts';
import { Py_None, str_string } from '../object.ts';
import { PyTuple_FromArraySteal } from '../tupleobject.ts';
import { PyUnicode_FromString, PyUnicode_GET_LENGTH, PyUnicode_READ_CHAR } from '../unicodeobject.ts';
import {
  BaseException_clear,
  BaseException_dealloc,
  BaseException_init,
  BaseException_new,
  BaseException_traverse,
  exc_data,
  exc_field,
  field_member,
  set_exc_field,
} from './base.ts';
import { PyExc_TypeError, PyExc_UnicodeError } from './hierarchy.ts';

const ENCODING = 0;
const OBJECT = 1;
const REASON = 2;

function expect_count(items: PyObject[], n: number): void {
  if (items.length !== n)
    PyErr_SetString(PyExc_TypeError, `function takes exactly ${n} arguments (${items.length} given)`);
}

function expect_str(items: PyObject[], i: number): PyObject {
  const o = items[i]!;
  if (!PyUnicode_Check(o)) {
    const got = o === Py_None ? 'None' : o.ob_type.tp_name;
    PyErr_SetString(PyExc_TypeError, `argument ${i + 1} must be str, not ${got}`);
  }
  return o;
}

function store(
  self: PyObject,
  encoding: PyObject | null,
  object: PyObject,
  start: number,
  end: number,
  reason: PyObject,
): void {
  if (encoding !== null) set_exc_field(self, ENCODING, newref(encoding));
  set_exc_field(self, OBJECT, object);
  set_exc_field(self, REASON, newref(reason));
  const data = exc_data(self);
  data.start = start;
  data.end = end;
}

/** CPython: Objects/exceptions.c:UnicodeEncodeError_init */
function UnicodeEncodeError_init(self: PyObject, args: PyObject, kwargs: PyObject | null): void {
  BaseException_init(self, args, kwargs);
  const items = args.v as PyObject[];
  expect_count(items, 5);
  const encoding = expect_str(items, 0);
  const object = expect_str(items, 1);
  const start = PyNumber_AsSsize_t(items[2]!, null);
  const end = PyNumber_AsSsize_t(items[3]!, null);
  store(self, encoding, newref(object), start, end, expect_str(items, 4));
}

/** CPython: Objects/exceptions.c:UnicodeDecodeError_init */
function UnicodeDecodeError_init(self: PyObject, args: PyObject, kwargs: PyObject | null): void {
  BaseException_init(self, args, kwargs);
  const items = args.v as PyObject[];
  expect_count(items, 5);
  const encoding = expect_str(items, 0);
  let object = items[1]!;
  const start = PyNumber_AsSsize_t(items[2]!, null);
  const end = PyNumber_AsSsize_t(items[3]!, null);
  const reason = expect_str(items, 4);
  if (PyBytes_Check(object)) object = newref(object);
  else {
    const view = PyObject_GetBuffer(object, PyBUF_SIMPLE);
    object = PyBytes_FromUint8Array(view.buf.slice(view.offset, view.offset + view.len));
    PyBuffer_Release(view);
  }
  store(self, encoding, object, start, end, reason);
}

/** CPython: Objects/exceptions.c:UnicodeTranslateError_init */
function UnicodeTranslateError_init(self: PyObject, args: PyObject, kwargs: PyObject | null): void {
  BaseException_init(self, args, kwargs);
  const items = args.v as PyObject[];
  expect_count(items, 4);
  const object = expect_str(items, 0);
  const start = PyNumber_AsSsize_t(items[1]!, null);
  const end = PyNumber_AsSsize_t(items[2]!, null);
  store(self, null, newref(object), start, end, expect_str(items, 3));
}

/** `object` (borrowed) if it is of the expected type. CPython: Objects/exceptions.c:check_unicode_error_attribute */
function checked_object(self: PyObject, as_bytes: boolean): PyObject {
  const object = exc_field(self, OBJECT);
  if (object === null) PyErr_SetString(PyExc_TypeError, "UnicodeError 'object' attribute is not set");
  if (!(as_bytes ? PyBytes_Check(object) : PyUnicode_Check(object))) {
    PyErr_SetString(PyExc_TypeError, `UnicodeError 'object' attribute must be a ${as_bytes ? 'bytes' : 'string'}`);
  }
  return object;
}

function object_length(object: PyObject, as_bytes: boolean): number {
  return as_bytes ? (object.v as Uint8Array).length : PyUnicode_GET_LENGTH(object);
}

/** A code point as the shortest escape that holds it. */
function escaped(c: number): string {
  if (c <= 0xff) return `\\x${c.toString(16).padStart(2, '0')}`;
  if (c <= 0xffff) return `\\u${c.toString(16).padStart(4, '0')}`;
  return `\\U${c.toString(16).padStart(8, '0')}`;
}

/** `encoding: null` when the type has none. CPython: UnicodeEncodeError_str and its siblings */
function describe(self: PyObject, verb: string, as_bytes: boolean, has_encoding: boolean): PyObject {
  if (exc_field(self, OBJECT) === null) return PyUnicode_FromString(''); // not initialised
  const reason = str_string(exc_field(self, REASON) ?? Py_None);
  const prefix = has_encoding ? `'${str_string(exc_field(self, ENCODING) ?? Py_None)}' codec ` : '';
  const object = checked_object(self, as_bytes);
  const { start, end } = exc_data(self);
  const length = object_length(object, as_bytes);
  const what = as_bytes ? 'byte' : 'character';
  if (start >= 0 && start < length && end === start + 1) {
    const bad = as_bytes
      ? `0x${(object.v as Uint8Array)[start]!.toString(16).padStart(2, '0')}`
      : `'${escaped(PyUnicode_READ_CHAR(object, start))}'`;
    return PyUnicode_FromString(`${prefix}can't ${verb} ${what} ${bad} in position ${start}: ${reason}`);
  }
  return PyUnicode_FromString(`${prefix}can't ${verb} ${what}s in position ${start}-${end - 1}: ${reason}`);
}

function UnicodeEncodeError_str(self: PyObject): PyObject {
  return describe(self, 'encode', false, true);
}

function UnicodeDecodeError_str(self: PyObject): PyObject {
  return describe(self, 'decode', true, true);
}

function UnicodeTranslateError_str(self: PyObject): PyObject {
  return describe(self, 'translate', false, false);
}

function position_value(value: PyObject | null): number {
  if (value === null) PyErr_SetString(PyExc_TypeError, "can't delete numeric/char attribute");
  if (!PyLong_Check(value)) PyErr_SetString(PyExc_TypeError, 'an integer is required');
  return PyLong_AsSsize_t(value);
}

function start_get(self: PyObject): PyObject {
  return PyLong_FromLong(exc_data(self).start);
}

function start_set(self: PyObject, value: PyObject | null): void {
  exc_data(self).start = position_value(value);
}

function end_get(self: PyObject): PyObject {
  return PyLong_FromLong(exc_data(self).end);
}

function end_set(self: PyObject, value: PyObject | null): void {
  exc_data(self).end = position_value(value);
}

// --- the C API ------------------------------------------------------------------------------------------------------

/** What an error handler needs of a UnicodeError: the object (borrowed) and its range, clipped to the object.
 *  CPython: Objects/exceptions.c:_PyUnicodeError_GetParams */
export function _PyUnicodeError_GetParams(
  exc: PyObject,
  as_bytes: boolean,
): { object: PyObject; length: number; start: number; end: number } {
  const object = checked_object(exc, as_bytes);
  const length = object_length(object, as_bytes);
  const data = exc_data(exc);
  let start = data.start < 0 ? 0 : data.start;
  if (start >= length) start = length === 0 ? 0 : length - 1;
  let end = data.end < 1 ? 1 : data.end;
  if (end > length) end = length;
  return { object, length, start, end };
}

/** `encoding` of the error (borrowed). CPython: PyUnicodeEncodeError_GetEncoding */
export function PyUnicodeError_GetEncoding(exc: PyObject): PyObject {
  const encoding = exc_field(exc, ENCODING);
  if (encoding === null) PyErr_SetString(PyExc_TypeError, "UnicodeError 'encoding' attribute is not set");
  if (!PyUnicode_Check(encoding))
    PyErr_SetString(PyExc_TypeError, "UnicodeError 'encoding' attribute must be a string");
  return encoding;
}

/** Moves the range of an existing error and words its reason anew, as codecs do for the next bad place. */
export function update_unicode_error(exc: PyObject, start: number, end: number, reason: string): void {
  const data = exc_data(exc);
  data.start = start;
  data.end = end;
  set_exc_field(exc, REASON, PyUnicode_FromString(reason));
}

/** A new UnicodeEncodeError; borrows `object` (str). */
export function new_unicode_encode_error(
  encoding: string,
  object: PyObject,
  start: number,
  end: number,
  reason: string,
): PyObject {
  return create(PyExc_UnicodeEncodeError, [
    PyUnicode_FromString(encoding),
    newref(object),
    PyLong_FromLong(start),
    PyLong_FromLong(end),
    PyUnicode_FromString(reason),
  ]);
}

/** A new UnicodeDecodeError; borrows `object` (bytes). */
export function new_unicode_decode_error(
  encoding: string,
  object: PyObject,
  start: number,
  end: number,
  reason: string,
): PyObject {
  return create(PyExc_UnicodeDecodeError, [
    PyUnicode_FromString(encoding),
    newref(object),
    PyLong_FromLong(start),
    PyLong_FromLong(end),
    PyUnicode_FromString(reason),
  ]);
}

/** A new UnicodeTranslateError; borrows `object` (str). */
export function new_unicode_translate_error(object: PyObject, start: number, end: number, reason: string): PyObject {
  return create(PyExc_UnicodeTranslateError, [
    newref(object),
    PyLong_FromLong(start),
    PyLong_FromLong(end),
    PyUnicode_FromString(reason),
  ]);
}

function create(type: typeof PyExc_UnicodeEncodeError, items: PyObject[]): PyObject {
  const args = PyTuple_FromArraySteal(items);
  try {
    return errorHooks.create!(type, args);
  } finally {
    decref(args);
  }
}

/** Raises UnicodeEncodeError. */
export function raise_unicode_encode_error(
  encoding: string,
  object: PyObject,
  start: number,
  end: number,
  reason: string,
): never {
  throw new Raised(new_unicode_encode_error(encoding, object, start, end, reason));
}

/** Raises UnicodeDecodeError. */
export function raise_unicode_decode_error(
  encoding: string,
  object: PyObject,
  start: number,
  end: number,
  reason: string,
): never {
  throw new Raised(new_unicode_decode_error(encoding, object, start, end, reason));
}

// --- the types ------------------------------------------------------------------------------------------------------

const members: MemberSpec[] = [
  field_member('encoding', ENCODING, 'exception encoding'),
  field_member('object', OBJECT, 'exception object'),
  { name: 'start', get: start_get, set: start_set, doc: 'exception start' },
  { name: 'end', get: end_get, set: end_set, doc: 'exception end' },
  field_member('reason', REASON, 'exception reason'),
];

const UNICODE = {
  base: () => PyExc_UnicodeError,
  tp_basicsize: 112,
  tp_dictoffset: 16,
  tp_flags: Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASE_EXC_SUBCLASS,
  has_dict: true,
  tp_dealloc: BaseException_dealloc,
  tp_traverse: BaseException_traverse,
  tp_clear: BaseException_clear,
  tp_new: BaseException_new,
  members,
};

export const PyExc_UnicodeEncodeError = static_type({
  ...UNICODE,
  name: 'UnicodeEncodeError',
  tp_doc: 'A str cannot be encoded.',
  tp_init: UnicodeEncodeError_init,
  tp_str: UnicodeEncodeError_str,
});

export const PyExc_UnicodeDecodeError = static_type({
  ...UNICODE,
  name: 'UnicodeDecodeError',
  tp_doc: 'Bytes cannot be decoded.',
  tp_init: UnicodeDecodeError_init,
  tp_str: UnicodeDecodeError_str,
});

export const PyExc_UnicodeTranslateError = static_type({
  ...UNICODE,
  name: 'UnicodeTranslateError',
  tp_doc: 'A str cannot be translated.',
  tp_init: UnicodeTranslateError_init,
  tp_str: UnicodeTranslateError_str,
});
