// import_util.ts: how built-in types and native modules import other modules.            CPython: Python/import.c
//
// The import system lives above this layer; what is needed of it is builtins.__import__ and sys.modules.

import { PyErr_Clear, PyErr_ExceptionMatches, PyErr_SetString, Raised } from '../core/errors.ts';
import { decref, newref, type PyObject } from '../core/object.ts';
import { current } from '../core/tstate.ts';
import { PyObject_GetItem } from './abstract.ts';
import { PyObject_CallOneArg } from './call.ts';
import { PyDict_CheckExact, PyDict_GetItem, PyDict_GetItemString } from './dictobject.ts';
import { PyExc_ImportError, PyExc_KeyError } from './exceptions.ts';
import { PyObject_GetAttrString, PyObject_GetOptionalAttrString } from './object.ts';
import { _Py_ID, PyUnicode_AsString, PyUnicode_FromString } from './unicodeobject.ts';

/** A module that is imported already (a new reference), or null. CPython: PyImport_GetModule */
export function imported_module(name: PyObject): PyObject | null {
  const modules = current.tstate.interp.modules;
  if (modules === null) return null;
  if (PyDict_CheckExact(modules)) {
    const found = PyDict_GetItem(modules, name);
    return found === null ? null : newref(found);
  }
  try {
    return PyObject_GetItem(modules, name);
  } catch (e) {
    if (!PyErr_ExceptionMatches(e, PyExc_KeyError)) throw e;
    PyErr_Clear(e);
    return null;
  }
}

/** The same for a name that native code knows: it becomes immortal. */
export function PyImport_GetModule(name: string): PyObject | null {
  return imported_module(_Py_ID(name));
}

/** Imports a module by its absolute name (a new reference). CPython: PyImport_Import */
export function import_module(name: PyObject): PyObject {
  const loaded = imported_module(name);
  if (loaded !== null) return loaded;
  const interp = current.tstate.interp;
  const builtin = interp.builtins === null ? null : PyDict_GetItemString(interp.builtins, '__import__');
  const func = builtin ?? interp.import_func;
  if (func === null) PyErr_SetString(PyExc_ImportError, '__import__ not found');
  decref(PyObject_CallOneArg(func, name));
  return (
    imported_module(name) ??
    PyErr_SetString(PyExc_ImportError, `module '${PyUnicode_AsString(name)}' is not in sys.modules after its import`)
  );
}

/** The same for a name that native code knows. CPython: PyImport_ImportModule */
export function PyImport_ImportModule(name: string): PyObject {
  const loaded = PyImport_GetModule(name);
  if (loaded !== null) return loaded;
  const text = PyUnicode_FromString(name);
  try {
    return import_module(text);
  } finally {
    decref(text);
  }
}

/** An attribute of a module that is imported for it (a new reference). CPython: PyImport_ImportModuleAttrString */
export function PyImport_ImportModuleAttr(module: string, attr: string): PyObject {
  const m = PyImport_ImportModule(module);
  try {
    return PyObject_GetAttrString(m, attr);
  } finally {
    decref(m);
  }
}

/** An attribute of a module if that is imported already (a new reference), else null. */
export function loaded_module_attr(module: string, attr: string): PyObject | null {
  const m = PyImport_GetModule(module);
  if (m === null) return null;
  try {
    return PyObject_GetOptionalAttrString(m, attr);
  } finally {
    decref(m);
  }
}

/** A name in the sys module (borrowed), or null. CPython: PySys_GetObject */
export function sys_attr(name: string): PyObject | null {
  const dict = current.tstate?.interp.sysdict ?? null;
  return dict === null ? null : PyDict_GetItemString(dict, name);
}

/** Whether something caught is a Python exception. */
export function is_raised(e: unknown): e is Raised {
  return e instanceof Raised;
}
