// class_calls.ts: calls of classes as steps, so that `__new__` and `__init__` can block.     CPython: Objects/typeobject.c:type_call
//
// Invariant: while a native `tp_new` or `tp_init` runs here, the thread steps through none of the natives that bytecode calls:
// a call of the same class from inside is none of the bytecode's.
import { decref, newref, type PyObject, type PyTypeObject, xdecref, xnewref } from '../core/object.ts';
import { with_self } from '../objects/call.ts';
import { PyFunction_Type } from '../objects/funcobject.ts';
import { PyObject_GetOptionalAttr } from '../objects/object.ts';
import { check_init_result, slot_tp_init, slot_tp_new } from '../objects/typeobject/slots.ts';
import { _PyType_Lookup, PyType_IsSubtype } from '../objects/typeobject.ts';
import { _Py_ID } from '../objects/unicodeobject.ts';
import { call_with_dict, natively, type Steps } from './steps.ts';

/** Calls a class with a tuple and a dict (or null), as type() does. */
export function* instantiate(type: PyTypeObject, args: PyObject, kwargs: PyObject | null): Steps<PyObject> {
  newref(type);
  newref(args);
  xnewref(kwargs);
  try {
    const obj = yield* make(type, args, kwargs);
    if (!PyType_IsSubtype(obj.ob_type, type)) return obj;
    try {
      yield* initialize(obj, args, kwargs);
    } catch (e) {
      decref(obj);
      throw e;
    }
    return obj;
  } finally {
    decref(type);
    decref(args);
    xdecref(kwargs);
  }
}

function* make(type: PyTypeObject, args: PyObject, kwargs: PyObject | null): Steps<PyObject> {
  const func = type.tp_new === slot_tp_new ? PyObject_GetOptionalAttr(type, _Py_ID('__new__')) : null;
  try {
    if (func === null || func.ob_type !== PyFunction_Type) return natively(() => type.tp_new!(type, args, kwargs));
    return yield* call_with_dict(func, with_self(type, (args as PyObject<PyObject[]>).v), kwargs);
  } finally {
    xdecref(func);
  }
}

function* initialize(obj: PyObject, args: PyObject, kwargs: PyObject | null): Steps<void> {
  const { tp_init } = obj.ob_type;
  if (tp_init === null) return;
  const func = tp_init === slot_tp_init ? _PyType_Lookup(obj.ob_type, _Py_ID('__init__')) : null;
  if (func === null || func.ob_type !== PyFunction_Type) natively(() => tp_init(obj, args, kwargs));
  else check_init_result(yield* call_with_dict(func, with_self(obj, (args as PyObject<PyObject[]>).v), kwargs));
}
