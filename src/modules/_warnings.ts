// _warnings.ts: the native part of the warnings module.                                    CPython: Python/_warnings.c

import { PyErr_Clear, PyErr_ExceptionMatches, PyErr_SetString } from '../core/errors.ts';
import { decref, newref, type PyObject, xnewref } from '../core/object.ts';
import { METH_CLINIC, METH_NOARGS, type ModuleSpec } from '../core/spec.ts';
import { current } from '../core/tstate.ts';
import { PyNumber_AsSsize_t } from '../objects/abstract.ts';
import { PyObject_CallMethod, PyObject_CallOneArg } from '../objects/call.ts';
import { PyDict_Check, PyList_Check, PyTuple_Check, PyUnicode_Check } from '../objects/checks.ts';
import { PyDict_GetItemString } from '../objects/dictobject.ts';
import { PyExc_ImportError, PyExc_RuntimeError, PyExc_TypeError } from '../objects/exceptions.ts';
import { PyModule_AddObjectRef } from '../objects/moduleobject.ts';
import { Py_None, PyObject_GetAttrString, PyObject_GetOptionalAttrString } from '../objects/object.ts';
import { do_warn, get_category, warn_explicit, warnings_state } from '../objects/warnings.ts';
import { PyContextVar_New } from './_contextvars.ts';

function type_name(o: PyObject): string {
  return o === Py_None ? 'None' : o.ob_type.tp_name;
}

/** CPython: Python/_warnings.c:warnings_warn_impl */
function warn(
  _module: PyObject,
  message: PyObject,
  category: PyObject | null,
  stacklevel: PyObject | null,
  source: PyObject | null,
  skip_file_prefixes: PyObject | null,
): PyObject {
  let level = stacklevel === null ? 1 : PyNumber_AsSsize_t(stacklevel, null);
  if (skip_file_prefixes !== null && !PyTuple_Check(skip_file_prefixes)) {
    PyErr_SetString(
      PyExc_TypeError,
      `warn() argument 'skip_file_prefixes' must be tuple, not ${type_name(skip_file_prefixes)}`,
    );
  }
  const cls = get_category(message, category);
  let prefixes: PyObject | null = null;
  if (skip_file_prefixes !== null && skip_file_prefixes.v.length > 0) {
    prefixes = skip_file_prefixes;
    for (const prefix of skip_file_prefixes.v) {
      if (!PyUnicode_Check(prefix)) {
        PyErr_SetString(PyExc_TypeError, `Found non-str '${prefix.ob_type.tp_name}' in skip_file_prefixes.`);
      }
    }
    if (level < 2) level = 2;
  }
  do_warn(message, cls, level, source, prefixes);
  return newref(Py_None);
}

/** A line of the source that the module's loader gives (new), or null. CPython: Python/_warnings.c:get_source_line */
function loader_line(globals: PyObject, lineno: number): PyObject | null {
  const { importlib } = current.tstate.interp;
  if (importlib === null) return null;
  const external = PyObject_GetAttrString(importlib, '_bootstrap_external');
  let loader: PyObject;
  try {
    loader = PyObject_CallMethod(external, '_bless_my_loader', globals);
  } finally {
    decref(external);
  }
  try {
    const source = loader_source(loader, globals);
    if (source === null) return null;
    try {
      if (source === Py_None) return null;
      if (!PyUnicode_Check(source)) PyErr_SetString(PyExc_TypeError, `must be str, not ${source.ob_type.tp_name}`);
      const lines = PyObject_CallMethod(source, 'splitlines');
      try {
        const line = PyList_Check(lines) ? lines.v[lineno - 1] : undefined;
        return line === undefined ? null : newref(line);
      } finally {
        decref(lines);
      }
    } finally {
      decref(source);
    }
  } finally {
    decref(loader);
  }
}

/** What a loader's get_source() gives for the module with these globals (new); null if there is none to be had. */
function loader_source(loader: PyObject, globals: PyObject): PyObject | null {
  const name = name_for_loader(globals);
  if (name === null) return null;
  try {
    const get_source = PyObject_GetOptionalAttrString(loader, 'get_source');
    if (get_source === null) return null;
    try {
      return PyObject_CallOneArg(get_source, name);
    } catch (e) {
      if (!PyErr_ExceptionMatches(e, PyExc_ImportError)) throw e;
      PyErr_Clear(e);
      return null;
    } finally {
      decref(get_source);
    }
  } finally {
    decref(name);
  }
}

/** The name in the module's spec, which is the true one of a program; else its __name__. New. */
function name_for_loader(globals: PyObject): PyObject | null {
  const spec = PyDict_GetItemString(globals, '__spec__');
  const name = spec === null || spec === Py_None ? null : PyObject_GetOptionalAttrString(spec, 'name');
  return name ?? xnewref(PyDict_GetItemString(globals, '__name__'));
}

/** CPython: Python/_warnings.c:warnings_warn_explicit_impl */
function explicit(
  _module: PyObject,
  message: PyObject,
  category: PyObject,
  filename: PyObject,
  lineno: PyObject,
  mod: PyObject | null,
  registry: PyObject | null,
  module_globals: PyObject | null,
  source: PyObject | null,
): PyObject {
  if (!PyUnicode_Check(filename)) {
    PyErr_SetString(PyExc_TypeError, `warn_explicit() argument 'filename' must be str, not ${type_name(filename)}`);
  }
  const line = PyNumber_AsSsize_t(lineno, null);
  let text: PyObject | null = null;
  if (module_globals !== null && module_globals !== Py_None) {
    if (!PyDict_Check(module_globals)) {
      PyErr_SetString(PyExc_TypeError, `module_globals must be a dict, not '${module_globals.ob_type.tp_name}'`);
    }
    text = loader_line(module_globals, line);
  }
  try {
    warn_explicit(category, message, filename, line, mod, registry, text, source);
  } finally {
    if (text !== null) decref(text);
  }
  return newref(Py_None);
}

// The lock guards the filters against other threads; threads switch only between bytecodes, so that a depth suffices.

function _acquire_lock(): PyObject {
  warnings_state().lock_depth++;
  return newref(Py_None);
}

function _release_lock(): PyObject {
  const st = warnings_state();
  if (st.lock_depth === 0) PyErr_SetString(PyExc_RuntimeError, 'cannot release un-acquired lock');
  st.lock_depth--;
  return newref(Py_None);
}

function _filters_mutated_lock_held(): PyObject {
  const st = warnings_state();
  if (st.lock_depth === 0) PyErr_SetString(PyExc_RuntimeError, 'warnings lock is not held');
  st.filters_version++;
  return newref(Py_None);
}

function exec(m: PyObject): void {
  const st = warnings_state();
  PyModule_AddObjectRef(m, 'filters', st.filters);
  PyModule_AddObjectRef(m, '_onceregistry', st.once_registry);
  PyModule_AddObjectRef(m, '_defaultaction', st.default_action);
  st.context ??= PyContextVar_New('_warnings_context', null);
  PyModule_AddObjectRef(m, '_warnings_context', st.context);
}

export const module: ModuleSpec = {
  name: '_warnings',
  doc: 'Filters and shows warnings.',
  methods: [
    {
      name: 'warn',
      flags: METH_CLINIC,
      meth: warn,
      sig: '($module, /, message, category=None, stacklevel=1, source=None, *,\n     skip_file_prefixes=())',
    },
    {
      name: 'warn_explicit',
      flags: METH_CLINIC,
      meth: explicit,
      sig: '($module, /, message, category, filename, lineno,\n              module=<unrepresentable>, registry=None,\n              module_globals=None, source=None)',
    },
    { name: '_filters_mutated_lock_held', flags: METH_NOARGS, meth: _filters_mutated_lock_held, sig: '($module, /)' },
    { name: '_acquire_lock', flags: METH_NOARGS, meth: _acquire_lock, sig: '($module, /)' },
    { name: '_release_lock', flags: METH_NOARGS, meth: _release_lock, sig: '($module, /)' },
  ],
  exec,
};
