// base.ts: BaseException and what all exception types share.                      CPython: Objects/exceptions.c
//
// Every exception instance carries one ExcData. What a family of types keeps in extra C struct fields stands in
// `fields`, at positions that the family names (ImportError's msg, OSError's errno ...), so that one traverse, one
// clear and one dealloc serve all of them.
// Invariant: ExcData owns everything it names; `fields` is the shared empty array until the first field is set.

import { PyErr_SetString } from '../../core/errors.ts';
import { gc_del } from '../../core/gc.ts';
import {
  decref,
  incref,
  newref,
  Py_TPFLAGS_HEAPTYPE,
  type PyObject,
  type PyTypeObject,
  type visitproc,
  xdecref,
} from '../../core/object.ts';
import type { MemberSpec } from '../../core/spec.ts';
import { PySequence_Tuple } from '../abstract.ts';
import { Py_False, Py_True } from '../boolobject.ts';
import { PyObject_CallMethodOneArg } from '../call.ts';
import { PyDict_Check, PyExceptionInstance_Check, PyList_Check, PyUnicode_Check } from '../checks.ts';
import { PyDict_Next, PyDict_Size } from '../dictobject.ts';
import { PyList_Append, PyList_New } from '../listobject.ts';
import {
  instance_dict_or_null,
  Py_None,
  PyObject_GetOptionalAttr,
  PyObject_SetAttr,
  PyObject_Str,
  repr_string,
} from '../object.ts';
import { PyTraceBack_Check } from '../tracebackobject.ts';
import { PyTuple_FromArray, PyTuple_FromArraySteal, PyTuple_Pack } from '../tupleobject.ts';
import { clear_instance_state, traverse_instance_state } from '../typeobject.ts';
import { _Py_ID, PyUnicode_FromString } from '../unicodeobject.ts';
import { PyExc_TypeError } from './hierarchy.ts';

const NO_FIELDS: (PyObject | null)[] = [];

/** Payload of an exception. Everything is owned. CPython: PyBaseExceptionObject and its extensions */
export class ExcData {
  /** Tuple. */
  args: PyObject;
  traceback: PyObject | null = null;
  context: PyObject | null = null;
  cause: PyObject | null = null;
  suppress_context = false;
  /** The family's own fields; null where unset. */
  fields: (PyObject | null)[] = NO_FIELDS;
  /** UnicodeError: the range in code points or bytes. OSError: `start` is the number of characters written, or -1. */
  start = 0;
  end = 0;
  constructor(args: PyObject) {
    this.args = args;
  }
}

export type PyExceptionObject = PyObject<ExcData>;

/** The payload of an exception instance. */
export function exc_data(o: PyObject): ExcData {
  return o.v as ExcData;
}

/** A family's field, borrowed; null when unset. */
export function exc_field(o: PyObject, i: number): PyObject | null {
  return (o.v as ExcData).fields[i] ?? null;
}

/** Sets a family's field; steals `value`. */
export function set_exc_field(o: PyObject, i: number, value: PyObject | null): void {
  const data = o.v as ExcData;
  if (data.fields === NO_FIELDS) {
    if (value === null) return;
    data.fields = [];
  }
  const fields = data.fields;
  while (fields.length <= i) fields.push(null);
  const old = fields[i]!;
  fields[i] = value;
  if (old !== null) decref(old);
}

/** The bare name of a type, as `__name__` shows it. */
export function type_basename(type: PyTypeObject): string {
  const name = type.tp_name;
  return (type.tp_flags & Py_TPFLAGS_HEAPTYPE) !== 0 ? name : name.slice(name.lastIndexOf('.') + 1);
}

/** CPython: Python/getargs.c:_PyArg_NoKeywords */
export function no_keywords(name: string, kwargs: PyObject | null): void {
  if (kwargs !== null && PyDict_Size(kwargs) > 0)
    PyErr_SetString(PyExc_TypeError, `${name}() takes no keyword arguments`);
}

/** A new exception of that type with those arguments (stolen), without calling `__init__`. */
export function exc_alloc(type: PyTypeObject, args: PyObject): PyObject {
  return type.tp_alloc!(type, new ExcData(args));
}

/** CPython: Objects/exceptions.c:BaseException_new */
export function BaseException_new(type: PyTypeObject, args: PyObject, _kwargs: PyObject | null): PyObject {
  return exc_alloc(type, newref(args));
}

/** CPython: Objects/exceptions.c:BaseException_init */
export function BaseException_init(self: PyObject, args: PyObject, kwargs: PyObject | null): void {
  if (kwargs !== null) no_keywords(self.ob_type.tp_name, kwargs);
  set_args(self, newref(args));
}

/** Replaces `args`; steals the tuple. */
export function set_args(self: PyObject, args: PyObject): void {
  const data = exc_data(self);
  const old = data.args;
  data.args = args;
  decref(old);
}

/** CPython: Objects/exceptions.c:BaseException_vectorcall */
export function BaseException_vectorcall(callable: PyObject, args: PyObject[], kwnames: PyObject | null): PyObject {
  const type = callable as PyTypeObject;
  if (kwnames !== null && (kwnames.v as PyObject[]).length > 0) {
    PyErr_SetString(PyExc_TypeError, `${type.tp_name}() takes no keyword arguments`);
  }
  return exc_alloc(type, PyTuple_FromArray(args));
}

export function BaseException_traverse(self: PyObject, visit: visitproc): void {
  const data = exc_data(self);
  visit(data.args);
  if (data.traceback !== null) visit(data.traceback);
  if (data.cause !== null) visit(data.cause);
  if (data.context !== null) visit(data.context);
  for (const field of data.fields) if (field !== null) visit(field);
  if (self.d !== null && self.ob_type.ht_slot_count === 0) traverse_instance_state(self, visit);
}

export function BaseException_clear(self: PyObject): void {
  const data = exc_data(self);
  const { fields, traceback, cause, context } = data;
  data.fields = NO_FIELDS;
  data.traceback = null;
  data.cause = null;
  data.context = null;
  for (const field of fields) if (field !== null) decref(field);
  if (self.d !== null && self.ob_type.ht_slot_count === 0) clear_instance_state(self);
  set_args(self, PyTuple_FromArraySteal([]));
  xdecref(traceback);
  xdecref(cause);
  xdecref(context);
}

/** Releases what the exception held; ExcData stays readable. */
export function BaseException_dealloc(self: PyObject): void {
  gc_del(self);
  const data = exc_data(self);
  const { fields, traceback, cause, context } = data;
  data.traceback = null;
  data.cause = null;
  data.context = null;
  for (const field of fields) if (field !== null) decref(field);
  if (self.d !== null && self.ob_type.ht_slot_count === 0) clear_instance_state(self);
  decref(data.args);
  xdecref(traceback);
  xdecref(cause);
  xdecref(context);
}

/** CPython: Objects/exceptions.c:BaseException_str */
export function BaseException_str(self: PyObject): PyObject {
  const args = exc_data(self).args.v as PyObject[];
  if (args.length === 0) return PyUnicode_FromString('');
  if (args.length === 1) return PyObject_Str(args[0]!);
  return PyObject_Str(exc_data(self).args);
}

/** CPython: Objects/exceptions.c:BaseException_repr */
export function BaseException_repr(self: PyObject): PyObject {
  const name = type_basename(self.ob_type);
  const args = exc_data(self).args;
  const items = args.v as PyObject[];
  if (items.length === 1) return PyUnicode_FromString(`${name}(${repr_string(items[0]!)})`);
  return PyUnicode_FromString(name + repr_string(args));
}

/** `(type, args)` or `(type, args, state)`; `state` is borrowed. */
export function reduce_result(self: PyObject, args: PyObject, state: PyObject | null): PyObject {
  return state === null ? PyTuple_Pack(self.ob_type, args) : PyTuple_Pack(self.ob_type, args, state);
}

export function BaseException___reduce__(self: PyObject): PyObject {
  return reduce_result(self, exc_data(self).args, instance_dict_or_null(self));
}

/** CPython: Objects/exceptions.c:BaseException___setstate___impl */
export function BaseException___setstate__(self: PyObject, state: PyObject): PyObject {
  if (state !== Py_None) {
    if (!PyDict_Check(state)) PyErr_SetString(PyExc_TypeError, 'state is not a dictionary');
    const table = (state as PyObject<{ keys: PyObject[]; values: (PyObject | null)[] }>).v;
    for (let i = PyDict_Next(state, 0); i >= 0; i = PyDict_Next(state, i + 1)) {
      const key = newref(table.keys[i]!);
      const value = newref(table.values[i]!);
      try {
        PyObject_SetAttr(self, key, value);
      } finally {
        decref(value);
        decref(key);
      }
    }
  }
  return newref(Py_None);
}

export function BaseException_with_traceback(self: PyObject, tb: PyObject): PyObject {
  set_traceback(self, tb);
  return newref(self);
}

/** CPython: Objects/exceptions.c:BaseException_add_note_impl */
export function BaseException_add_note(self: PyObject, note: PyObject): PyObject {
  if (!PyUnicode_Check(note)) {
    const got = note === Py_None ? 'None' : note.ob_type.tp_name;
    PyErr_SetString(PyExc_TypeError, `add_note() argument must be str, not ${got}`);
  }
  const name = _Py_ID('__notes__');
  let notes = PyObject_GetOptionalAttr(self, name);
  try {
    if (notes === null) {
      notes = PyList_New();
      PyObject_SetAttr(self, name, notes);
    } else if (!PyList_Check(notes)) {
      PyErr_SetString(PyExc_TypeError, 'Cannot add note: __notes__ is not a list');
    }
    PyList_Append(notes, note);
  } finally {
    xdecref(notes);
  }
  return newref(Py_None);
}

/** Adds a note to an exception. CPython: _PyException_AddNote */
export function add_exception_note(exc: PyObject, text: string): void {
  const note = PyUnicode_FromString(text);
  try {
    decref(PyObject_CallMethodOneArg(exc, 'add_note', note));
  } finally {
    decref(note);
  }
}

// --- attributes -----------------------------------------------------------------------------------------------------

export function args_get(self: PyObject): PyObject {
  return newref(exc_data(self).args);
}

export function args_set(self: PyObject, value: PyObject | null): void {
  if (value === null) PyErr_SetString(PyExc_TypeError, 'args may not be deleted');
  set_args(self, PySequence_Tuple(value));
}

export function traceback_get(self: PyObject): PyObject {
  return newref(exc_data(self).traceback ?? Py_None);
}

export function set_traceback(self: PyObject, value: PyObject | null): void {
  if (value === null) PyErr_SetString(PyExc_TypeError, '__traceback__ may not be deleted');
  const data = exc_data(self);
  const old = data.traceback;
  if (PyTraceBack_Check(value)) data.traceback = newref(value);
  else if (value === Py_None) data.traceback = null;
  else PyErr_SetString(PyExc_TypeError, '__traceback__ must be a traceback or None');
  xdecref(old);
}

export function context_get(self: PyObject): PyObject {
  return newref(exc_data(self).context ?? Py_None);
}

export function context_set(self: PyObject, value: PyObject | null): void {
  if (value === null) PyErr_SetString(PyExc_TypeError, '__context__ may not be deleted');
  if (value === Py_None) value = null;
  else if (!PyExceptionInstance_Check(value)) {
    PyErr_SetString(PyExc_TypeError, 'exception context must be None or derive from BaseException');
  } else incref(value);
  PyException_SetContext(self, value);
}

export function cause_get(self: PyObject): PyObject {
  return newref(exc_data(self).cause ?? Py_None);
}

export function cause_set(self: PyObject, value: PyObject | null): void {
  if (value === null) PyErr_SetString(PyExc_TypeError, '__cause__ may not be deleted');
  if (value === Py_None) value = null;
  else if (!PyExceptionInstance_Check(value)) {
    PyErr_SetString(PyExc_TypeError, 'exception cause must be None or derive from BaseException');
  } else incref(value);
  PyException_SetCause(self, value);
}

export function suppress_context_get(self: PyObject): PyObject {
  return newref(exc_data(self).suppress_context ? Py_True : Py_False);
}

export function suppress_context_set(self: PyObject, value: PyObject | null): void {
  if (value === null) PyErr_SetString(PyExc_TypeError, "can't delete numeric/char attribute");
  if (value !== Py_True && value !== Py_False) PyErr_SetString(PyExc_TypeError, 'attribute value type must be bool');
  exc_data(self).suppress_context = value === Py_True;
}

/** A row for a family's field. CPython: PyMemberDef of kind _Py_T_OBJECT */
export function field_member(name: string, i: number, doc: string, readonly = false): MemberSpec {
  const get = (self: PyObject): PyObject => newref(exc_field(self, i) ?? Py_None);
  if (readonly) return { name, get, doc };
  return { name, get, set: (self, value) => set_exc_field(self, i, value === null ? null : newref(value)), doc };
}

// --- the C API ------------------------------------------------------------------------------------------------------

/** New reference, or null. */
export function PyException_GetTraceback(exc: PyObject): PyObject | null {
  const tb = exc_data(exc).traceback;
  return tb === null ? null : newref(tb);
}

/** `tb` is borrowed; null or None clears. */
export function PyException_SetTraceback(exc: PyObject, tb: PyObject | null): void {
  set_traceback(exc, tb ?? Py_None);
}

/** New reference, or null. */
export function PyException_GetCause(exc: PyObject): PyObject | null {
  const cause = exc_data(exc).cause;
  return cause === null ? null : newref(cause);
}

/** Steals `cause`. */
export function PyException_SetCause(exc: PyObject, cause: PyObject | null): void {
  const data = exc_data(exc);
  const old = data.cause;
  data.suppress_context = true;
  data.cause = cause;
  xdecref(old);
}

/** New reference, or null. */
export function PyException_GetContext(exc: PyObject): PyObject | null {
  const context = exc_data(exc).context;
  return context === null ? null : newref(context);
}

/** Steals `context`. */
export function PyException_SetContext(exc: PyObject, context: PyObject | null): void {
  const data = exc_data(exc);
  const old = data.context;
  data.context = context;
  xdecref(old);
}

/** New reference. */
export function PyException_GetArgs(exc: PyObject): PyObject {
  return newref(exc_data(exc).args);
}

/** `args` is borrowed. */
export function PyException_SetArgs(exc: PyObject, args: PyObject): void {
  set_args(exc, newref(args));
}
