// fields.ts: exception types with a few fields of their own.                        CPython: Objects/exceptions.c
//
// StopIteration.value, SystemExit.code, ImportError, NameError, AttributeError, and KeyError with its own str().
// Invariant: the constants name positions in ExcData.fields; field 0 of every family is read by the interpreter.

import { errorHooks, PyErr_SetObject, Raised } from '../../core/errors.ts';
import {
  decref,
  newref,
  Py_TPFLAGS_BASE_EXC_SUBCLASS,
  Py_TPFLAGS_BASETYPE,
  Py_TPFLAGS_HAVE_GC,
  type PyObject,
  type PyTypeObject,
} from '../../core/object.ts';
import { METH_NOARGS, static_type } from '../../core/spec.ts';
import { PyDict_Copy, PyDict_New, PyDict_SetItem, PyDict_SetItemString } from '../dictobject.ts';
import { PyArg_Clinic } from '../getargs.ts';
import { instance_dict_or_null, Py_None, PyObject_Repr } from '../object.ts';
import { PyTuple_FromArray, PyTuple_FromArraySteal, PyTuple_Pack } from '../tupleobject.ts';
import { PyObject_TypeCheck } from '../typeobject.ts';
import { _Py_ID, PyUnicode_Type } from '../unicodeobject.ts';
import {
  BaseException_clear,
  BaseException_dealloc,
  BaseException_init,
  BaseException_str,
  BaseException_traverse,
  exc_data,
  exc_field,
  field_member,
  reduce_result,
  set_exc_field,
} from './base.ts';
import { PyExc_BaseException, PyExc_Exception, PyExc_LookupError } from './hierarchy.ts';

const SLOTS = {
  tp_dictoffset: 16,
  tp_flags: Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASE_EXC_SUBCLASS,
  has_dict: true,
  tp_dealloc: BaseException_dealloc,
  tp_traverse: BaseException_traverse,
  tp_clear: BaseException_clear,
};

/** Takes keyword-only arguments that all may be missing; gives each borrowed, or null. */
function keyword_fields(name: string, sig: string, kwargs: PyObject | null): (PyObject | null)[] {
  const none = PyTuple_FromArraySteal([]);
  try {
    return PyArg_Clinic(name, sig, none, kwargs);
  } finally {
    decref(none);
  }
}

function store(self: PyObject, i: number, value: PyObject | null | undefined): void {
  set_exc_field(self, i, value === null || value === undefined ? null : newref(value));
}

// --- StopIteration --------------------------------------------------------------------------------------------------

/** CPython: Objects/exceptions.c:StopIteration_init */
function StopIteration_init(self: PyObject, args: PyObject, kwargs: PyObject | null): void {
  BaseException_init(self, args, kwargs);
  const items = args.v as PyObject[];
  set_exc_field(self, 0, newref(items.length > 0 ? items[0]! : Py_None));
}

/** `value` of a StopIteration, borrowed. */
export function StopIteration_value(exc: PyObject): PyObject {
  return exc_field(exc, 0) ?? Py_None;
}

/** Raises StopIteration(value), also when the value is a tuple or an exception. Borrows. CPython: _PyGen_SetStopIterationValue */
export function _PyGen_SetStopIterationValue(value: PyObject): never {
  const args = PyTuple_Pack(value);
  try {
    PyErr_SetObject(PyExc_StopIteration, args);
  } finally {
    decref(args);
  }
}

export const PyExc_StopIteration = static_type({
  ...SLOTS,
  name: 'StopIteration',
  base: () => PyExc_Exception,
  tp_basicsize: 80,
  tp_doc: 'Ends an iteration.',
  tp_init: StopIteration_init,
  members: [field_member('value', 0, 'generator return value')],
});

// --- SystemExit -----------------------------------------------------------------------------------------------------

/** CPython: Objects/exceptions.c:SystemExit_init */
function SystemExit_init(self: PyObject, args: PyObject, kwargs: PyObject | null): void {
  BaseException_init(self, args, kwargs);
  const items = args.v as PyObject[];
  if (items.length === 1) set_exc_field(self, 0, newref(items[0]!));
  else if (items.length > 1) set_exc_field(self, 0, newref(args));
}

/** `code` of a SystemExit, borrowed. */
export function SystemExit_code(exc: PyObject): PyObject {
  return exc_field(exc, 0) ?? Py_None;
}

export const PyExc_SystemExit = static_type({
  ...SLOTS,
  name: 'SystemExit',
  base: () => PyExc_BaseException,
  tp_basicsize: 80,
  tp_doc: 'Asks to leave the interpreter.',
  tp_init: SystemExit_init,
  members: [field_member('code', 0, 'exception code')],
});

// --- ImportError ----------------------------------------------------------------------------------------------------

const IMPORT_MSG = 0;
const IMPORT_NAME = 1;
const IMPORT_PATH = 2;
const IMPORT_NAME_FROM = 3;

/** CPython: Objects/exceptions.c:ImportError_init */
function ImportError_init(self: PyObject, args: PyObject, kwargs: PyObject | null): void {
  BaseException_init(self, args, null);
  const [name, path, name_from] = keyword_fields('ImportError', '(*, name=None, path=None, name_from=None)', kwargs);
  store(self, IMPORT_NAME, name);
  store(self, IMPORT_PATH, path);
  store(self, IMPORT_NAME_FROM, name_from);
  const items = args.v as PyObject[];
  store(self, IMPORT_MSG, items.length === 1 ? items[0]! : null);
}

/** CPython: Objects/exceptions.c:ImportError_str */
function ImportError_str(self: PyObject): PyObject {
  const msg = exc_field(self, IMPORT_MSG);
  if (msg !== null && msg.ob_type === PyUnicode_Type) return newref(msg);
  return BaseException_str(self);
}

/** CPython: Objects/exceptions.c:ImportError_reduce */
function ImportError_reduce(self: PyObject): PyObject {
  const args = exc_data(self).args;
  const dict = instance_dict_or_null(self);
  const name = exc_field(self, IMPORT_NAME);
  const path = exc_field(self, IMPORT_PATH);
  const name_from = exc_field(self, IMPORT_NAME_FROM);
  if (name === null && path === null && name_from === null) return reduce_result(self, args, dict);
  const state = dict === null ? PyDict_New() : PyDict_Copy(dict);
  if (name !== null) PyDict_SetItem(state, _Py_ID('name'), name);
  if (path !== null) PyDict_SetItem(state, _Py_ID('path'), path);
  if (name_from !== null) PyDict_SetItem(state, _Py_ID('name_from'), name_from);
  const result = reduce_result(self, args, state);
  decref(state);
  return result;
}

const IMPORT = {
  ...SLOTS,
  tp_basicsize: 104,
  tp_init: ImportError_init,
  tp_str: ImportError_str,
};

export const PyExc_ImportError = static_type({
  ...IMPORT,
  name: 'ImportError',
  base: () => PyExc_Exception,
  tp_doc: 'A module, or a name in one, cannot be found.',
  methods: [{ name: '__reduce__', flags: METH_NOARGS, meth: ImportError_reduce, sig: '($self, /)' }],
  members: [
    field_member('msg', IMPORT_MSG, 'exception message'),
    field_member('name', IMPORT_NAME, 'module name'),
    field_member('path', IMPORT_PATH, 'module path'),
    field_member('name_from', IMPORT_NAME_FROM, 'name imported from module'),
  ],
});

export const PyExc_ModuleNotFoundError = static_type({
  ...IMPORT,
  name: 'ModuleNotFoundError',
  base: () => PyExc_ImportError,
  tp_doc: 'A module cannot be found.',
});

/** Raises an ImportError (or subtype) with its fields; all borrowed. CPython: PyErr_SetImportErrorSubclass */
export function set_import_error(
  type: PyTypeObject,
  message: string,
  name: PyObject | null,
  path: PyObject | null,
  name_from: PyObject | null = null,
): never {
  const exc = errorHooks.create!(type, message);
  if (PyObject_TypeCheck(exc, PyExc_ImportError)) {
    store(exc, IMPORT_NAME, name);
    store(exc, IMPORT_PATH, path);
    store(exc, IMPORT_NAME_FROM, name_from);
  }
  throw new Raised(exc);
}

// --- NameError ------------------------------------------------------------------------------------------------------

/** CPython: Objects/exceptions.c:NameError_init */
function NameError_init(self: PyObject, args: PyObject, kwargs: PyObject | null): void {
  BaseException_init(self, args, null);
  const [name] = keyword_fields('NameError', '(*, name=None)', kwargs);
  store(self, 0, name);
}

export const PyExc_NameError = static_type({
  ...SLOTS,
  name: 'NameError',
  base: () => PyExc_Exception,
  tp_basicsize: 80,
  tp_doc: 'A name is not defined.',
  tp_init: NameError_init,
  tp_str: BaseException_str,
  members: [field_member('name', 0, 'name')],
});

export const PyExc_UnboundLocalError = static_type({
  ...SLOTS,
  name: 'UnboundLocalError',
  base: () => PyExc_NameError,
  tp_basicsize: 80,
  tp_doc: 'A local name has no value yet.',
  tp_init: NameError_init,
  tp_str: BaseException_str,
});

/** Raises NameError (or a subtype) with its name (borrowed). CPython: Python/ceval.c:_PyEval_FormatExcCheckArg */
export function set_name_error(type: PyTypeObject, message: string, name: PyObject): never {
  const exc = errorHooks.create!(type, message);
  if (type === PyExc_NameError && exc_field(exc, 0) === null) store(exc, 0, name);
  throw new Raised(exc);
}

// --- AttributeError -------------------------------------------------------------------------------------------------

const ATTR_OBJ = 0;
const ATTR_NAME = 1;

/** CPython: Objects/exceptions.c:AttributeError_init */
function AttributeError_init(self: PyObject, args: PyObject, kwargs: PyObject | null): void {
  BaseException_init(self, args, null);
  const [name, obj] = keyword_fields('AttributeError', '(*, name=None, obj=None)', kwargs);
  store(self, ATTR_NAME, name);
  store(self, ATTR_OBJ, obj);
}

/** `obj` stays out: it often cannot be pickled. CPython: Objects/exceptions.c:AttributeError_getstate */
function AttributeError_getstate(self: PyObject): PyObject {
  const dict = instance_dict_or_null(self);
  const state = dict === null ? PyDict_New() : PyDict_Copy(dict);
  const name = exc_field(self, ATTR_NAME);
  if (name !== null) PyDict_SetItemString(state, 'name', name);
  PyDict_SetItemString(state, 'args', exc_data(self).args);
  return state;
}

function AttributeError_reduce(self: PyObject): PyObject {
  const state = AttributeError_getstate(self);
  const result = reduce_result(self, exc_data(self).args, state);
  decref(state);
  return result;
}

export const PyExc_AttributeError = static_type({
  ...SLOTS,
  name: 'AttributeError',
  base: () => PyExc_Exception,
  tp_basicsize: 88,
  tp_doc: 'An attribute does not exist.',
  tp_init: AttributeError_init,
  tp_str: BaseException_str,
  methods: [
    { name: '__getstate__', flags: METH_NOARGS, meth: AttributeError_getstate, sig: '($self, /)' },
    { name: '__reduce__', flags: METH_NOARGS, meth: AttributeError_reduce, sig: '($self, /)' },
  ],
  members: [field_member('name', ATTR_NAME, 'attribute name'), field_member('obj', ATTR_OBJ, 'object')],
});

/** An AttributeError with obj and name (borrowed). */
export function attribute_error(message: string, obj: PyObject, name: PyObject): PyObject {
  const exc = errorHooks.create!(PyExc_AttributeError, message);
  store(exc, ATTR_NAME, name);
  store(exc, ATTR_OBJ, obj);
  return exc;
}

/** Raises AttributeError with obj and name (borrowed). */
export function set_attribute_error(message: string, obj: PyObject, name: PyObject): never {
  throw new Raised(attribute_error(message, obj, name));
}

/** Fills in obj and name of an AttributeError that has none yet. CPython: Objects/object.c:_PyObject_SetAttributeErrorContext */
export function set_attribute_error_context(exc: PyObject, obj: PyObject, name: PyObject): void {
  if (exc.ob_type !== PyExc_AttributeError) return;
  if (exc_field(exc, ATTR_NAME) !== null || exc_field(exc, ATTR_OBJ) !== null) return;
  store(exc, ATTR_NAME, name);
  store(exc, ATTR_OBJ, obj);
}

// --- KeyError -------------------------------------------------------------------------------------------------------

/** One argument shows as its repr(), so that KeyError('') is visible. CPython: Objects/exceptions.c:KeyError_str */
function KeyError_str(self: PyObject): PyObject {
  const args = exc_data(self).args.v as PyObject[];
  if (args.length === 1) return PyObject_Repr(args[0]!);
  return BaseException_str(self);
}

export const PyExc_KeyError = static_type({
  ...SLOTS,
  name: 'KeyError',
  base: () => PyExc_LookupError,
  tp_basicsize: 72,
  tp_doc: 'A mapping has no such key.',
  tp_init: BaseException_init,
  tp_str: KeyError_str,
});

/** Raises KeyError(key), also when the key is a tuple. Borrows. CPython: Python/errors.c:_PyErr_SetKeyError */
export function _PyErr_SetKeyError(key: PyObject): never {
  const args = PyTuple_FromArray([key]);
  try {
    PyErr_SetObject(PyExc_KeyError, args);
  } finally {
    decref(args);
  }
}
