// atexit.ts: functions to be called when the interpreter ends.                            CPython: Modules/atexitmodule.c

import { as_raised, PyErr_Clear, PyErr_SetString } from '../core/errors.ts';
import { decref, newref, Py_EQ, type PyObject, xdecref } from '../core/object.ts';
import { per_interpreter } from '../core/per_interpreter.ts';
import { METH_KEYWORDS, METH_NOARGS, METH_O, METH_VARARGS, type ModuleSpec } from '../core/spec.ts';
import { PyObject_Call } from '../objects/call.ts';
import { PyErr_FormatUnraisable } from '../objects/errors_util.ts';
import { PyExc_TypeError } from '../objects/exceptions.ts';
import { PyLong_FromLong } from '../objects/longobject.ts';
import { PyCallable_Check, PyObject_RichCompareBool, repr_string } from '../objects/object.ts';
import { PyTuple_FromArray } from '../objects/tupleobject.ts';
import { none } from './args.ts';

/** A registered call; everything is owned. */
interface Callback {
  func: PyObject;
  args: PyObject;
  kwargs: PyObject | null;
}

const callbacks: Callback[] = /* @__PURE__ */ per_interpreter((): Callback[] => [], { clear: _clear });

function release(callback: Callback): void {
  decref(callback.func);
  decref(callback.args);
  xdecref(callback.kwargs);
}

function register(_m: PyObject, args: PyObject, kwargs: PyObject | null): PyObject {
  const items = args.v as PyObject[];
  if (items.length === 0) PyErr_SetString(PyExc_TypeError, 'register() takes at least 1 argument (0 given)');
  const func = items[0]!;
  if (!PyCallable_Check(func)) PyErr_SetString(PyExc_TypeError, 'the first argument must be callable');
  callbacks.push({
    func: newref(func),
    args: PyTuple_FromArray(items.slice(1)),
    kwargs: kwargs === null ? null : newref(kwargs),
  });
  return newref(func);
}

/** Calls what is registered, last first; errors are reported and do not stop the rest.
 *  CPython: Modules/atexitmodule.c:atexit_callfuncs */
export function run_exit_functions(): void {
  for (let callback = callbacks.pop(); callback !== undefined; callback = callbacks.pop()) {
    try {
      decref(PyObject_Call(callback.func, callback.args, callback.kwargs));
    } catch (e) {
      let text = '<function>';
      try {
        text = repr_string(callback.func);
      } catch (failure) {
        PyErr_Clear(as_raised(failure)); // the message does without
      }
      PyErr_FormatUnraisable(`Exception ignored in atexit callback ${text}`, e);
    } finally {
      release(callback);
    }
  }
}

function _run_exitfuncs(): PyObject {
  run_exit_functions();
  return none();
}

function _clear(): PyObject {
  for (const callback of callbacks.splice(0)) release(callback);
  return none();
}

function unregister(_m: PyObject, func: PyObject): PyObject {
  for (let i = callbacks.length - 1; i >= 0; i--) {
    const callback = callbacks[i];
    if (callback !== undefined && PyObject_RichCompareBool(callback.func, func, Py_EQ)) {
      const at = callbacks.indexOf(callback);
      if (at >= 0) {
        callbacks.splice(at, 1);
        release(callback);
      }
    }
  }
  return none();
}

function _ncallbacks(): PyObject {
  return PyLong_FromLong(callbacks.length);
}

export const module: ModuleSpec = {
  name: 'atexit',
  doc: 'Calls at the end of the program.',
  methods: [
    {
      name: 'register',
      flags: METH_VARARGS | METH_KEYWORDS,
      meth: register,
      sig: '($module, func, /, *args, **kwargs)',
    },
    { name: '_clear', flags: METH_NOARGS, meth: _clear, sig: '($module, /)' },
    { name: 'unregister', flags: METH_O, meth: unregister, sig: '($module, func, /)' },
    { name: '_run_exitfuncs', flags: METH_NOARGS, meth: _run_exitfuncs, sig: '($module, /)' },
    { name: '_ncallbacks', flags: METH_NOARGS, meth: _ncallbacks, sig: '($module, /)' },
  ],
};
