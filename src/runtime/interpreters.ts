// interpreters.ts: starting and ending interpreters besides the main one.                      CPython: Python/pylifecycle.c
//
// All of it runs as a thread of the interpreter that it is about (modules/interpreters/visit.ts).
import { gc_collect_generation } from '../core/gc.ts';
import { decref, xdecref } from '../core/object.ts';
import { clear_state } from '../core/per_interpreter.ts';
import { current, interpreters } from '../core/tstate.ts';
import { run_exit_functions } from '../modules/atexit.ts';
import { end_interpreter, interpreterEnds, lifecycleHooks } from '../modules/interpreters/lifecycle.ts';
import { PyDict_GetItemString } from '../objects/dictobject.ts';
import { PyErr_FormatUnraisable } from '../objects/errors_util.ts';
import { PyExc_RuntimeWarning } from '../objects/exceptions.ts';
import { PyList_Insert } from '../objects/listobject.ts';
import { PyUnicode_FromString } from '../objects/unicodeobject.ts';
import { PyErr_WarnEx } from '../objects/warnings.ts';
import { run_nested, run_to_end } from '../vm/steps.ts';
import { import_module } from './import.ts';
import { finalize_modules, import_core, init_surroundings, make_modules, wait_for_threads } from './lifecycle.ts';

/** CPython: new_interpreter */
function start(): void {
  const { interp } = current.tstate;
  const { config, sys_path_0 } = interp;
  run_to_end(make_modules());
  run_nested(import_core());
  init_surroundings(config);
  if (config.no_site === 0) decref(import_module('site'));
  if (sys_path_0 !== null) {
    const item = PyUnicode_FromString(sys_path_0);
    PyList_Insert(PyDict_GetItemString(interp.sysdict!, 'path')!, 0, item);
    decref(item);
  }
}

/** CPython: Py_EndInterpreter */
function finish(): void {
  const { tstate } = current;
  const { interp } = tstate;
  wait_for_threads();
  run_exit_functions();
  for (const tell of interpreterEnds) tell(interp);
  interp.finalizing = true;
  interp.finalizer = tstate;
  finalize_modules();
  for (const field of [
    'main_copy',
    'import_func',
    'importlib',
    'builtins_copy',
    'modules',
    'builtins',
    'sysdict',
  ] as const) {
    const owned = interp[field];
    interp[field] = null;
    xdecref(owned);
  }
  clear_state();
  gc_collect_generation(2, false);
}

/** Ends those that are left when the program ends, the last one first. CPython: finalize_subinterpreters */
export function end_interpreters(): void {
  if (interpreters.length === 1) return;
  try {
    PyErr_WarnEx(PyExc_RuntimeWarning, 'remaining subinterpreters; close them with Interpreter.close()', 0);
  } catch (e) {
    PyErr_FormatUnraisable('Exception ignored in: finalize_subinterpreters()', e);
  }
  while (interpreters.length > 1) run_nested(end_interpreter(interpreters[interpreters.length - 1]!));
}

/** Connects the modules with what they cannot import. Called at start-up. */
export function init_interpreters(): void {
  lifecycleHooks.start = start;
  lifecycleHooks.finish = finish;
}
