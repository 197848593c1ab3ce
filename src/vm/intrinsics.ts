// intrinsics.ts: the helpers behind CALL_INTRINSIC_1 and CALL_INTRINSIC_2.                     CPython: Python/intrinsics.c
import { PyErr_SetString, errorHooks } from '../core/errors.ts';
import type { InterpreterFrame } from '../core/frame.ts';
import { type PyObject, decref, newref } from '../core/object.ts';
import { current } from '../core/tstate.ts';
import { PyNumber_Positive } from '../objects/abstract.ts';
import { PyObject_CallOneArg } from '../objects/call.ts';
import { CO_ASYNC_GENERATOR, CO_COROUTINE, type CodePayload } from '../objects/codeobject.ts';
import { PyDict_GetItemString } from '../objects/dictobject.ts';
import { PyExc_RuntimeError, PyExc_StopAsyncIteration, PyExc_StopIteration, PyException_SetCause, PyException_SetContext, _PyExc_PrepReraiseStar } from '../objects/exceptions.ts';
import type { FunctionPayload } from '../objects/funcobject.ts';
import { PyList_AsTuple } from '../objects/listobject.ts';
import { Py_None } from '../objects/object.ts';
import { PyType_IsSubtype } from '../objects/typeobject.ts';
import { _Py_make_paramspec, _Py_make_typealias, _Py_make_typevar, _Py_make_typevartuple, _Py_set_typeparam_default, _Py_subscript_generic } from '../objects/typevarobject.ts';
import { async_gen_wrap } from '../objects/asyncgenobject.ts';
import { import_star } from './names.ts';

/** Shows an expression statement's value at the prompt. */
function print_expr(value: PyObject): PyObject {
  const hook = PyDict_GetItemString(current.tstate.interp.sysdict!, 'displayhook');
  if (hook === null) PyErr_SetString(PyExc_RuntimeError, 'lost sys.displayhook');
  return PyObject_CallOneArg(hook, value);
}

/** A StopIteration that leaves a generator becomes a RuntimeError; consumes nothing, returns the exception to raise. */
function stopiteration_error(exc: PyObject, frame: InterpreterFrame): PyObject {
  const flags = (frame.co as CodePayload).co_flags;
  let message: string | null = null;
  if (PyType_IsSubtype(exc.ob_type, PyExc_StopIteration)) {
    message =
      (flags & CO_ASYNC_GENERATOR) !== 0
        ? 'async generator raised StopIteration'
        : (flags & CO_COROUTINE) !== 0
          ? 'coroutine raised StopIteration'
          : 'generator raised StopIteration';
  } else if ((flags & CO_ASYNC_GENERATOR) !== 0 && PyType_IsSubtype(exc.ob_type, PyExc_StopAsyncIteration)) {
    message = 'async generator raised StopAsyncIteration';
  }
  if (message === null) return newref(exc);
  const error = errorHooks.create!(PyExc_RuntimeError, message);
  PyException_SetCause(error, newref(exc));
  PyException_SetContext(error, newref(exc));
  return error;
}

/** Borrows the value; new reference. */
export function intrinsic_1(oparg: number, value: PyObject, frame: InterpreterFrame): PyObject {
  switch (oparg) {
    case 1:
      return print_expr(value);
    case 2:
      import_star(frame, value);
      return newref(Py_None);
    case 3:
      return stopiteration_error(value, frame);
    case 4:
      return async_gen_wrap(value);
    case 5:
      return PyNumber_Positive(value);
    case 6:
      return PyList_AsTuple(value);
    case 7:
      return _Py_make_typevar(value, null, null);
    case 8:
      return _Py_make_paramspec(value);
    case 9:
      return _Py_make_typevartuple(value);
    case 10:
      return _Py_subscript_generic(value);
    case 11:
      return _Py_make_typealias(value);
    default:
      throw new Error(`unknown intrinsic ${oparg}`);
  }
}

/** Borrows both (value2 lies below value1 on the stack); new reference. */
export function intrinsic_2(oparg: number, value2: PyObject, value1: PyObject): PyObject {
  switch (oparg) {
    case 1:
      return prep_reraise_star(value2, value1);
    case 2:
      return _Py_make_typevar(value2, value1, null);
    case 3:
      return _Py_make_typevar(value2, null, value1);
    case 4: {
      const f = (value2 as PyObject<FunctionPayload>).v;
      const old = f.typeparams;
      f.typeparams = newref(value1);
      if (old !== null) decref(old);
      return newref(value2);
    }
    case 5:
      return _Py_set_typeparam_default(value2, value1);
    default:
      throw new Error(`unknown intrinsic ${oparg}`);
  }
}

function prep_reraise_star(orig: PyObject, excs: PyObject): PyObject {
  return _PyExc_PrepReraiseStar(orig, excs);
}
