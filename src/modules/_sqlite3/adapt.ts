// adapt.ts: objects of other types as values that SQLite knows (PEP 246).   CPython: Modules/_sqlite/microprotocols.c, prepare_protocol.c

import { PyErr_Clear, PyErr_ExceptionMatches, PyErr_SetString } from '../../core/errors.ts';
import {
  decref,
  newref,
  Py_TPFLAGS_BASETYPE,
  Py_TPFLAGS_IMMUTABLETYPE,
  type PyObject,
  type PyTypeObject,
} from '../../core/object.ts';
import { module_type } from '../../core/spec.ts';
import { PyByteArray_Type } from '../../objects/bytearrayobject.ts';
import { PyObject_CallOneArg } from '../../objects/call.ts';
import { PyDict_GetItem, PyDict_SetItem } from '../../objects/dictobject.ts';
import { PyExc_TypeError } from '../../objects/exceptions.ts';
import { PyFloat_Type } from '../../objects/floatobject.ts';
import { PyLong_Type } from '../../objects/longobject.ts';
import { Py_None, PyObject_GetOptionalAttrString } from '../../objects/object.ts';
import { PyTuple_Pack } from '../../objects/tupleobject.ts';
import { PyType_GenericNew } from '../../objects/typeobject.ts';
import { PyUnicode_Type } from '../../objects/unicodeobject.ts';
import { ProgrammingError } from './errors.ts';
import { adapters, module_state } from './state.ts';

export const prepare_protocol_type = module_type('_sqlite3', {
  name: 'sqlite3.PrepareProtocol',
  heap: 'immutable',
  tp_basicsize: 16,
  tp_flags: Py_TPFLAGS_BASETYPE | Py_TPFLAGS_IMMUTABLETYPE,
  tp_doc: 'PEP 246 style object adaption protocol type.',
  tp_new: PyType_GenericNew,
  tp_init: () => {},
});

function is_basic(type: PyTypeObject): boolean {
  return type === PyLong_Type || type === PyFloat_Type || type === PyUnicode_Type || type === PyByteArray_Type;
}

/** Whether adapters may have a say about the object. CPython: need_adapt */
export function needs_adapting(o: PyObject): boolean {
  return module_state.base_type_adapted || !is_basic(o.ob_type);
}

// CPython: Modules/_sqlite/module.c:pysqlite_register_adapter_impl
export function register_adapter(type: PyObject, adapter: PyObject): void {
  if (is_basic(type as PyTypeObject)) module_state.base_type_adapted = true;
  const key = PyTuple_Pack(type, prepare_protocol_type);
  try {
    PyDict_SetItem(adapters(), key, adapter);
  } finally {
    decref(key);
  }
}

/** What an object's method says of another one (owned); null: nothing. */
function ask(who: PyObject, method: string, about: PyObject): PyObject | null {
  const f = PyObject_GetOptionalAttrString(who, method);
  if (f === null) return null;
  try {
    const adapted = PyObject_CallOneArg(f, about);
    if (adapted !== Py_None) return adapted;
    decref(adapted);
    return null;
  } catch (e) {
    if (!PyErr_ExceptionMatches(e, PyExc_TypeError)) throw e;
    PyErr_Clear(e);
    return null;
  } finally {
    decref(f);
  }
}

/** The object as the protocol wants it, else `otherwise` (owned); ProgrammingError. CPython: pysqlite_microprotocols_adapt */
export function adapt(o: PyObject, protocol: PyObject, otherwise: PyObject | null): PyObject {
  const key = PyTuple_Pack(o.ob_type, protocol);
  let adapter: PyObject | null;
  try {
    adapter = PyDict_GetItem(adapters(), key);
  } finally {
    decref(key);
  }
  if (adapter !== null) {
    newref(adapter);
    try {
      return PyObject_CallOneArg(adapter, o);
    } finally {
      decref(adapter);
    }
  }
  const adapted = ask(protocol, '__adapt__', o) ?? ask(o, '__conform__', protocol);
  if (adapted !== null) return adapted;
  if (otherwise === null) PyErr_SetString(ProgrammingError, "can't adapt");
  return newref(otherwise);
}
