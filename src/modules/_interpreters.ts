// _interpreters.ts: interpreters of this process.                                    CPython: Modules/_interpretersmodule.c
//
// Whatever runs in another interpreter is a visit (interpreters/visit.ts) that the caller waits for, as it would for a lock.

import { PyErr_SetString } from '../core/errors.ts';
import type { PyObject } from '../core/object.ts';
import { METH_CLINIC, METH_KEYWORDS, METH_NOARGS, METH_VARARGS, type ModuleSpec } from '../core/spec.ts';
import { current, interpreters, type PyInterpreterState, WHENCES } from '../core/tstate.ts';
import { PyBool_FromLong } from '../objects/boolobject.ts';
import { PyDict_Check, PyTuple_Check, PyUnicode_Check } from '../objects/checks.ts';
import { PyCode_Check } from '../objects/codeobject.ts';
import { PyDict_Size } from '../objects/dictobject.ts';
import { PyExc_BaseException, PyExc_TypeError, PyExc_ValueError } from '../objects/exceptions.ts';
import { PyFunction_Check } from '../objects/funcobject.ts';
import { PyArg_Clinic } from '../objects/getargs.ts';
import { PyList_FromArraySteal } from '../objects/listobject.ts';
import { PyLong_FromLong } from '../objects/longobject.ts';
import { PyModule_AddIntConstant } from '../objects/moduleobject.ts';
import { Py_None, PyCallable_Check, repr_string } from '../objects/object.ts';
import { PyTuple_FromArraySteal } from '../objects/tupleobject.ts';
import { PyObject_TypeCheck } from '../objects/typeobject.ts';
import { run_steps, type Steps } from '../vm/steps.ts';
import { c_bool, none, type_name } from './args.ts';
import { config_from_object, config_object, named_config, update_config } from './interpreters/config.ts';
import { attempt, buffer_view_type, type CrossData, cross_data, is_shareable } from './interpreters/crossdata.ts';
import {
  forget,
  InterpreterError,
  InterpreterNotFoundError,
  NotShareableError,
  unwrapped,
} from './interpreters/errors.ts';
import { as_object, snapshot } from './interpreters/excinfo.ts';
import { create_interpreter, drop_id_reference, end_interpreter, look_up, resolve } from './interpreters/lifecycle.ts';
import { function_data, pickle_data, script_data } from './interpreters/pickled.ts';
import { CallJob, run_session, ScriptJob, updates_of } from './interpreters/session.ts';
import { utf8_text } from './interpreters/text.ts';

type Optional = PyObject | null;

/** A dict, a tuple or a str where nothing else will do. */
function check_type(fname: string, n: number, o: Optional, expected: string, check: (o: PyObject) => boolean): void {
  if (o !== null && !check(o))
    PyErr_SetString(PyExc_TypeError, `_interpreters.${fname}() argument ${n} must be ${expected}, not ${type_name(o)}`);
}

/** Steps that return None. */
function* then_none(steps: Steps<void>): Steps<PyObject> {
  yield* steps;
  return none();
}

// --- interpreters --------------------------------------------------------------------------------------------------------

function summary({ id, whence }: PyInterpreterState): PyObject {
  return PyTuple_FromArraySteal([PyLong_FromLong(id), PyLong_FromLong(whence)]);
}

function new_config(_m: PyObject, args: PyObject, kwargs: Optional): PyObject {
  const [name] = PyArg_Clinic('_interpreters.new_config', "(name='isolated', /)", args, null);
  check_type('new_config', 1, name ?? null, 'str', PyUnicode_Check);
  const config = named_config(name == null ? '' : utf8_text(name));
  if (kwargs !== null) update_config(config, kwargs);
  return config_object(config);
}

function create(m: PyObject, config: Optional, reqrefs: Optional): PyObject {
  const features = config_from_object(config);
  function* steps(): Steps<PyObject> {
    const interp = yield* create_interpreter(features);
    interp.requires_id_ref = c_bool(reqrefs, false);
    return PyLong_FromLong(interp.id);
  }
  return run_steps(create, m, steps());
}

function destroy(m: PyObject, id: PyObject, restrict: Optional): PyObject {
  const interp = resolve(id, c_bool(restrict, false), false, 'destroy');
  if (interp === current.tstate.interp) PyErr_SetString(InterpreterError, 'cannot destroy the current interpreter');
  if (is_running_main(interp)) PyErr_SetString(InterpreterError, 'interpreter running');
  return run_steps(destroy, m, then_none(end_interpreter(interp)));
}

function list_all(_m: PyObject, require_ready: Optional): PyObject {
  const ready = c_bool(require_ready, false);
  return PyList_FromArraySteal(interpreters.filter(interp => !ready || interp.ready).map(summary));
}

function get_current(): PyObject {
  return summary(current.tstate.interp);
}

function get_main(): PyObject {
  return summary(interpreters[0]!);
}

function is_running_main(interp: PyInterpreterState): boolean {
  return interp.running_main !== null || interp.id === 0;
}

function is_running(_m: PyObject, id: PyObject, restrict: Optional): PyObject {
  return PyBool_FromLong(is_running_main(resolve(id, c_bool(restrict, false), true, 'check if running for')));
}

function get_config(_m: PyObject, id: PyObject, restrict: Optional): PyObject {
  const interp = resolve(id === Py_None ? null : id, c_bool(restrict, false), false, 'get the config of');
  return config_object(interp.features);
}

function whence(_m: PyObject, id: PyObject): PyObject {
  return PyLong_FromLong(look_up(id).whence);
}

function interp_incref(_m: PyObject, id: PyObject, implieslink: Optional, restrict: Optional): PyObject {
  const interp = resolve(id, c_bool(restrict, false), true, 'incref');
  if (c_bool(implieslink, false)) interp.requires_id_ref = true;
  interp.id_refcount++;
  return none();
}

function interp_decref(m: PyObject, id: PyObject, restrict: Optional): PyObject {
  const interp = resolve(id, c_bool(restrict, false), true, 'decref');
  return run_steps(interp_decref, m, then_none(drop_id_reference(interp)));
}

// --- running code ----------------------------------------------------------------------------------------------------------

/** CPython: interp_set___main___attrs */
function set_main_attrs(m: PyObject, id: PyObject, updates: PyObject, restrict: Optional): PyObject {
  check_type('set___main___attrs', 2, updates, 'dict', PyDict_Check);
  const interp = resolve(id, c_bool(restrict, false), true, 'update __main__ for');
  if (PyDict_Size(updates) === 0) PyErr_SetString(PyExc_ValueError, 'arg 2 must be a non-empty dict');
  function* steps(): Steps<PyObject> {
    yield* run_session(interp, updates_of(updates), null);
    return none();
  }
  return run_steps(set_main_attrs, m, steps());
}

/** The script's data; why it is none is raised. */
function script_of(code: PyObject): CrossData {
  try {
    return script_data(code);
  } catch (e) {
    throw unwrapped(e);
  }
}

/** Runs a script in `__main__` of an interpreter: a snapshot of the exception that it ended with, or None. */
function run_script(
  native: unknown,
  m: PyObject,
  interp: PyInterpreterState,
  code: PyObject,
  shared: Optional,
): PyObject {
  const script = script_of(code);
  function* steps(): Steps<PyObject> {
    const info = yield* run_session(interp, updates_of(shared), new ScriptJob(script));
    return info === null ? none() : as_object(info);
  }
  return run_steps(native, m, steps());
}

function exec(m: PyObject, id: PyObject, code: PyObject, shared: Optional, restrict: Optional): PyObject {
  check_type('exec', 3, shared, 'dict', PyDict_Check);
  const interp = resolve(id, c_bool(restrict, false), true, 'exec code for');
  return run_script(exec, m, interp, code, shared);
}

function run_string(m: PyObject, id: PyObject, script: PyObject, shared: Optional, restrict: Optional): PyObject {
  check_type('run_string', 2, script, 'str', PyUnicode_Check);
  check_type('run_string', 3, shared, 'dict', PyDict_Check);
  const interp = resolve(id, c_bool(restrict, false), true, 'run a string in');
  return run_script(run_string, m, interp, script, shared);
}

function run_func(m: PyObject, id: PyObject, func: PyObject, shared: Optional, restrict: Optional): PyObject {
  check_type('run_func', 3, shared, 'dict', PyDict_Check);
  const interp = resolve(id, c_bool(restrict, false), true, 'run a function in');
  check_type('run_func', 2, func, 'a function', o => PyFunction_Check(o) || PyCode_Check(o));
  return run_script(run_func, m, interp, func, shared);
}

/** What is called as data. CPython: _interp_call_pack */
function callable_data(callable: PyObject): CrossData {
  if (!PyCallable_Check(callable))
    PyErr_SetString(PyExc_TypeError, `expected a callable, got ${repr_string(callable)}`);
  try {
    return function_data(callable);
  } catch (e) {
    const data = attempt(() => pickle_data(callable));
    if (data === null) throw e;
    forget(e);
    return data;
  }
}

function call(
  m: PyObject,
  id: PyObject,
  callable: PyObject,
  args: Optional,
  kwargs: Optional,
  preserve_exc: Optional,
  restrict: Optional,
): PyObject {
  check_type('call', 3, args, 'tuple', PyTuple_Check);
  check_type('call', 4, kwargs, 'dict', PyDict_Check);
  c_bool(preserve_exc, false);
  const interp = resolve(id, c_bool(restrict, false), true, 'make a call in');
  function* steps(): Steps<PyObject> {
    const func = callable_data(callable);
    let positional: CrossData | null = null;
    let named: CrossData | null = null;
    let job: CallJob | null = null;
    try {
      if (args !== null && (args.v as PyObject[]).length > 0) positional = cross_data(args, true);
      if (kwargs !== null && PyDict_Size(kwargs) > 0) named = cross_data(kwargs, true);
      job = new CallJob(func, positional, named);
      const info = yield* run_session(interp, [], job);
      if (info !== null) return PyTuple_FromArraySteal([none(), as_object(info)]);
      return PyTuple_FromArraySteal([job.result!.new_object(), none()]);
    } finally {
      for (const data of [func, positional, named, job?.result]) data?.release();
    }
  }
  return run_steps(call, m, steps());
}

// --- objects ---------------------------------------------------------------------------------------------------------------

function object_is_shareable(_m: PyObject, o: PyObject): PyObject {
  return PyBool_FromLong(is_shareable(o));
}

/** A snapshot of an exception, as exec() returns it. CPython: capture_exception */
function capture_exception(_m: PyObject, exc: Optional): PyObject {
  if (exc === null || exc === Py_None) return none();
  if (!PyObject_TypeCheck(exc, PyExc_BaseException))
    PyErr_SetString(PyExc_TypeError, `expected exception, got ${repr_string(exc)}`);
  return as_object(snapshot(exc));
}

export const module: ModuleSpec = {
  name: '_interpreters',
  doc: "This module provides primitive operations to manage Python interpreters.\nThe 'interpreters' module provides a more convenient interface.",
  types: () => [InterpreterError, InterpreterNotFoundError, NotShareableError, buffer_view_type],
  methods: [
    {
      name: 'new_config',
      flags: METH_VARARGS | METH_KEYWORDS,
      meth: new_config,
      doc: "new_config(name='isolated', /, **overrides) -> type.SimpleNamespace\n\nThe named config, with some of its fields changed.",
    },
    {
      name: 'create',
      flags: METH_CLINIC,
      meth: create,
      sig: "($module, /, config='isolated', *, reqrefs=False)",
      doc: 'Makes an interpreter and returns its number. The config is a name, or an object with the fields of new_config(). With reqrefs it ends with the last decref().',
    },
    {
      name: 'destroy',
      flags: METH_CLINIC,
      meth: destroy,
      sig: '($module, /, id, *, restrict=False)',
      doc: 'Ends an interpreter.',
    },
    {
      name: 'list_all',
      flags: METH_CLINIC,
      meth: list_all,
      sig: '($module, /, *, require_ready=False)',
      doc: 'Numbers and origins of all interpreters.',
    },
    {
      name: 'get_current',
      flags: METH_NOARGS,
      meth: get_current,
      sig: '($module, /)',
      doc: 'Number and origin of the interpreter that runs.',
    },
    {
      name: 'get_main',
      flags: METH_NOARGS,
      meth: get_main,
      sig: '($module, /)',
      doc: 'Number and origin of the main interpreter.',
    },
    {
      name: 'is_running',
      flags: METH_CLINIC,
      meth: is_running,
      sig: '($module, /, id, *, restrict=False)',
      doc: 'Whether code runs in its __main__ on behalf of another interpreter.',
    },
    {
      name: 'get_config',
      flags: METH_CLINIC,
      meth: get_config,
      sig: '($module, /, id, *, restrict=False)',
      doc: 'What the interpreter may do.',
    },
    {
      name: 'whence',
      flags: METH_CLINIC,
      meth: whence,
      sig: '($module, /, id)',
      doc: 'Where the interpreter comes from, one of the WHENCE numbers.',
    },
    {
      name: 'exec',
      flags: METH_CLINIC,
      meth: exec,
      sig: '($module, /, id, code, shared=None, *, restrict=False)',
      doc: 'Runs a script in its __main__: source text, a function without parameters, or a code object. Returns a snapshot of the exception that it ended with, or None.',
    },
    {
      name: 'call',
      flags: METH_CLINIC,
      meth: call,
      sig: '($module, /, id, callable, args=None, kwargs=None, *, preserve_exc=False, restrict=False)',
      doc: 'Calls something in the interpreter. Returns the result, and a snapshot of the exception that it ended with, or None.',
    },
    {
      name: 'run_string',
      flags: METH_CLINIC,
      meth: run_string,
      sig: '($module, /, id, script, shared=None, *, restrict=False)',
      doc: 'As exec(), for source text only.',
    },
    {
      name: 'run_func',
      flags: METH_CLINIC,
      meth: run_func,
      sig: '($module, /, id, func, shared=None, *, restrict=False)',
      doc: 'As exec(), for functions and code objects only.',
    },
    {
      name: 'set___main___attrs',
      flags: METH_CLINIC,
      meth: set_main_attrs,
      sig: '($module, /, id, updates, *, restrict=False)',
      doc: 'Sets names in its __main__.',
    },
    {
      name: 'incref',
      flags: METH_CLINIC,
      meth: interp_incref,
      sig: '($module, /, id, *, implieslink=False, restrict=False)',
    },
    { name: 'decref', flags: METH_CLINIC, meth: interp_decref, sig: '($module, /, id, *, restrict=False)' },
    {
      name: 'is_shareable',
      flags: METH_CLINIC,
      meth: object_is_shareable,
      sig: '($module, /, obj)',
      doc: 'Whether the type of the object says how its data goes to other interpreters.',
    },
    {
      name: 'capture_exception',
      flags: METH_CLINIC,
      meth: capture_exception,
      sig: '($module, /, exc=None)',
      doc: 'A snapshot of an exception, as exec() returns it.',
    },
  ],
  exec(m) {
    for (const [i, name] of WHENCES.entries()) PyModule_AddIntConstant(m, `WHENCE_${name}`, i);
  },
};
