// names.ts: loading and storing names: locals mappings, globals, builtins, cells, imports.     CPython: Python/ceval.c

import { PyErr_Clear, PyErr_ExceptionMatches, PyErr_SetString } from '../core/errors.ts';
import type { InterpreterFrame } from '../core/frame.ts';
import { gc_new } from '../core/gc.ts';
import { decref, incref, newref, PyObject, xdecref } from '../core/object.ts';
import {
  PyIter_Next,
  PyMapping_GetOptionalItem,
  PyMapping_Keys,
  PyObject_DelItem,
  PyObject_GetIter,
  PyObject_SetItem,
} from '../objects/abstract.ts';
import { PyObject_Vectorcall } from '../objects/call.ts';
import { PyCell_Type } from '../objects/cellobject.ts';
import { PyUnicode_Check } from '../objects/checks.ts';
import { CO_FAST_FREE, type CodePayload } from '../objects/codeobject.ts';
import { type DictTable, name_index } from '../objects/dict/table.ts';
import { PyDict_DelItem, PyDict_GetItem, PyDict_New, PyDict_SetItem, PyDict_Type } from '../objects/dictobject.ts';
import {
  PyExc_ImportError,
  PyExc_KeyError,
  PyExc_NameError,
  PyExc_SystemError,
  PyExc_TypeError,
  PyExc_UnboundLocalError,
  set_attribute_error,
  set_import_error,
  set_name_error,
} from '../objects/exceptions.ts';
import type { FunctionPayload } from '../objects/funcobject.ts';
import { imported_module } from '../objects/import_util.ts';
import { rename_hint, shadowing, spec_is_initializing, spec_origin } from '../objects/moduleobject.ts';
import {
  Py_None,
  PyObject_GetOptionalAttr,
  PyObject_GetOptionalAttrString,
  repr_string,
  str_string,
} from '../objects/object.ts';

import { _Py_ID, PyUnicode_AsString, PyUnicode_FromString } from '../objects/unicodeobject.ts';

export function raise_unbound_local(co: CodePayload, i: number): never {
  const name = co.varnames[i]!;
  PyErr_SetString(
    PyExc_UnboundLocalError,
    `cannot access local variable '${PyUnicode_AsString(name)}' where it is not associated with a value`,
  );
}

export function raise_unbound_deref(co: CodePayload, i: number): never {
  const name = co.varnames[i]!;
  if ((co.co_localspluskinds[i]! & CO_FAST_FREE) === 0) raise_unbound_local(co, i);
  set_name_error(
    PyExc_NameError,
    `cannot access free variable '${PyUnicode_AsString(name)}' where it is not associated with a value in enclosing scope`,
    name,
  );
}

function raise_undefined(name: PyObject): never {
  set_name_error(PyExc_NameError, `name '${PyUnicode_AsString(name)}' is not defined`, name);
}

/** A cell that takes over the reference (or null). */
export function make_cell_steal(value: PyObject | null): PyObject {
  const cell = new PyObject<unknown, unknown>(PyCell_Type, value, null);
  gc_new(cell);
  return cell;
}

export function copy_free_vars(frame: InterpreterFrame, L: (PyObject | null)[], n: number): void {
  const co = frame.co as CodePayload;
  const closure = ((frame.f_func as PyObject<FunctionPayload>).v.closure as PyObject<PyObject[]>).v;
  const offset = co.nlocalsplus - n;
  for (let i = 0; i < n; i++) {
    const cell = closure[i]!;
    incref(cell);
    L[offset + i] = cell;
  }
}

/** Item of a mapping, or null; a plain dict is asked directly. New reference. */
function mapping_get(mapping: PyObject, name: PyObject): PyObject | null {
  if (mapping.ob_type === PyDict_Type) {
    const v = PyDict_GetItem(mapping, name);
    return v === null ? null : newref(v);
  }
  return PyMapping_GetOptionalItem(mapping, name, PyExc_KeyError);
}

export function load_locals(frame: InterpreterFrame): PyObject {
  if (frame.f_locals === null) PyErr_SetString(PyExc_SystemError, 'no locals');
  return newref(frame.f_locals);
}

/** New reference. */
export function load_global(frame: InterpreterFrame, name: PyObject): PyObject {
  const v = mapping_get(frame.f_globals, name) ?? mapping_get(frame.f_builtins, name);
  if (v === null) raise_undefined(name);
  return v;
}

/** The name at `index` of co_names, from locals, globals or builtins. Remembers at which entry of locals it was found. */
export function load_name(frame: InterpreterFrame, index: number): PyObject {
  const co = frame.co as CodePayload;
  const name = co.names[index]!;
  const locals = frame.f_locals;
  if (locals === null) PyErr_SetString(PyExc_SystemError, 'no locals when loading a name');
  if (locals.ob_type === PyDict_Type) {
    const i = name_index(locals, name);
    co.name_entries[index] = i;
    if (i >= 0) return newref((locals.v as DictTable).values[i]!);
  }
  return mapping_get(locals, name) ?? load_global(frame, name);
}

export function load_from_dict_or_globals(frame: InterpreterFrame, mapping: PyObject, name: PyObject): PyObject {
  return mapping_get(mapping, name) ?? load_global(frame, name);
}

export function load_from_dict_or_deref(
  co: CodePayload,
  L: (PyObject | null)[],
  i: number,
  mapping: PyObject,
): PyObject {
  const v = mapping_get(mapping, co.varnames[i]!);
  if (v !== null) return v;
  const content = (L[i] as PyObject<PyObject | null>).v;
  if (content === null) raise_unbound_deref(co, i);
  return newref(content);
}

/** Stores the name at `index` of co_names. Remembers at which entry of locals it was found. */
export function store_name(frame: InterpreterFrame, index: number, value: PyObject): void {
  const co = frame.co as CodePayload;
  const name = co.names[index]!;
  const locals = frame.f_locals;
  if (locals !== null && locals.ob_type === PyDict_Type) co.name_entries[index] = name_index(locals, name);
  set_name(frame, name, value);
}

function set_name(frame: InterpreterFrame, name: PyObject, value: PyObject): void {
  const ns = frame.f_locals;
  if (ns === null) PyErr_SetString(PyExc_SystemError, `no locals found when storing ${repr_string(name)}`);
  if (ns.ob_type === PyDict_Type) PyDict_SetItem(ns, name, value);
  else PyObject_SetItem(ns, name, value);
}

export function delete_name(frame: InterpreterFrame, name: PyObject): void {
  const ns = frame.f_locals;
  if (ns === null) PyErr_SetString(PyExc_SystemError, `no locals when deleting ${repr_string(name)}`);
  try {
    PyObject_DelItem(ns, name);
  } catch (e) {
    if (!PyErr_ExceptionMatches(e, PyExc_KeyError)) throw e;
    PyErr_Clear(e);
    raise_undefined(name);
  }
}

export function delete_global(frame: InterpreterFrame, name: PyObject): void {
  if (PyDict_GetItem(frame.f_globals, name) === null) raise_undefined(name);
  PyDict_DelItem(frame.f_globals, name);
}

export function setup_annotations(frame: InterpreterFrame): void {
  const locals = frame.f_locals!;
  const found = mapping_get(locals, _Py_ID('__annotations__'));
  if (found !== null) {
    decref(found);
    return;
  }
  const dict = PyDict_New();
  try {
    PyObject_SetItem(locals, _Py_ID('__annotations__'), dict);
  } finally {
    decref(dict);
  }
}

export function load_build_class(frame: InterpreterFrame): PyObject {
  const v = mapping_get(frame.f_builtins, _Py_ID('__build_class__'));
  if (v === null) set_name_error(PyExc_NameError, '__build_class__ not found', _Py_ID('__build_class__'));
  return v;
}

/** Gives a new function what the flag says; steals the attribute. */
export function set_function_attribute(func: PyObject, attr: PyObject, flag: number): void {
  const f = (func as PyObject<FunctionPayload>).v;
  switch (flag) {
    case 1:
      f.defaults = attr;
      break;
    case 2:
      f.kwdefaults = attr;
      break;
    case 4:
      f.annotations = attr;
      break;
    case 8:
      f.closure = attr;
      break;
    case 16:
      f.annotate = attr;
      name_annotate(f, attr);
      break;
    default:
      throw new Error(`unknown function attribute ${flag}`);
  }
}

/** The function that makes annotations is named after the one that they are about. */
function name_annotate(f: FunctionPayload, annotate: PyObject): void {
  const target = (annotate as PyObject<FunctionPayload>).v;
  const old = target.qualname;
  target.qualname = PyUnicode_FromString(`${PyUnicode_AsString(f.qualname)}.__annotate__`);
  decref(old);
}

// --- imports ---------------------------------------------------------------------------------------------------------

/** CPython: Python/ceval.c:_PyEval_ImportName */
export function import_name(frame: InterpreterFrame, name: PyObject, fromlist: PyObject, level: PyObject): PyObject {
  const func = mapping_get(frame.f_builtins, _Py_ID('__import__'));
  if (func === null) PyErr_SetString(PyExc_ImportError, '__import__ not found');
  try {
    return PyObject_Vectorcall(func, [name, frame.f_globals, frame.f_locals ?? Py_None, fromlist, level], null);
  } finally {
    decref(func);
  }
}

/** CPython: Python/ceval.c:_PyEval_ImportFrom */
export function import_from(v: PyObject, name: PyObject): PyObject {
  const x = PyObject_GetOptionalAttr(v, name);
  if (x !== null) return x;
  const mod_name_obj = PyObject_GetOptionalAttrString(v, '__name__');
  try {
    return import_from_module(v, name, mod_name_obj !== null && PyUnicode_Check(mod_name_obj) ? mod_name_obj : null);
  } finally {
    xdecref(mod_name_obj);
  }
}

/** What has no such attribute may have a submodule of that name. */
function import_from_module(v: PyObject, name: PyObject, mod_name_obj: PyObject | null): PyObject {
  const mod_name = mod_name_obj === null ? null : PyUnicode_AsString(mod_name_obj);
  const text = PyUnicode_AsString(name);
  if (mod_name !== null) {
    const full = PyUnicode_FromString(`${mod_name}.${text}`);
    try {
      const sub = imported_module(full);
      if (sub !== null) return sub;
    } finally {
      decref(full);
    }
  }
  const shown = mod_name ?? '<unknown module name>';
  const spec = PyObject_GetOptionalAttrString(v, '__spec__');
  let origin: string | null = null;
  let initializing = false;
  if (spec !== null && spec !== Py_None) {
    origin = spec_origin(spec);
    initializing = spec_is_initializing(spec);
  }
  xdecref(spec);
  if (origin === null) {
    const file = PyObject_GetOptionalAttrString(v, '__file__');
    if (file !== null && PyUnicode_Check(file)) origin = PyUnicode_AsString(file);
    xdecref(file);
  }
  const shadows = mod_name_obj === null ? null : shadowing(origin, mod_name_obj);
  let message: string;
  if (shadows === 'stdlib') message = `cannot import name '${text}' from '${shown}' (${rename_hint(origin!, shown)})`;
  else if (initializing && shadows !== null) {
    message = `cannot import name '${text}' from '${shown}' (consider renaming '${origin}' if it has the same name as a library you intended to import)`;
  } else if (initializing && origin !== null) {
    message = `cannot import name '${text}' from partially initialized module '${shown}' (most likely due to a circular import) (${origin})`;
  } else if (initializing) {
    message = `cannot import name '${text}' from partially initialized module '${shown}' (most likely due to a circular import)`;
  } else message = `cannot import name '${text}' from '${shown}' (${origin ?? 'unknown location'})`;
  const mod = PyUnicode_FromString(shown);
  const path = origin === null ? null : PyUnicode_FromString(origin);
  try {
    set_import_error(PyExc_ImportError, message, mod_name === null ? null : mod, path, name);
  } finally {
    decref(mod);
    xdecref(path);
  }
}

/** `from m import *`: binds the public names in the frame's locals. CPython: Python/intrinsics.c:import_all_from */
export function import_star(frame: InterpreterFrame, module: PyObject): void {
  const locals = frame.f_locals;
  if (locals === null) PyErr_SetString(PyExc_SystemError, "no locals found during 'import *'");
  let all = PyObject_GetOptionalAttrString(module, '__all__');
  let skip_underscores = false;
  if (all === null) {
    const dict = PyObject_GetOptionalAttrString(module, '__dict__');
    if (dict === null) PyErr_SetString(PyExc_ImportError, 'from-import-* object has no __dict__ and no __all__');
    all = keys_of(dict);
    decref(dict);
    skip_underscores = true;
  }
  try {
    const it = PyObject_GetIter(all);
    try {
      for (;;) {
        const name = PyIter_Next(it);
        if (name === null) break;
        try {
          if (!PyUnicode_Check(name)) {
            const mod = PyObject_GetOptionalAttrString(module, '__name__');
            const shown = mod === null ? '?' : str_string(mod);
            xdecref(mod);
            PyErr_SetString(
              PyExc_TypeError,
              `${skip_underscores ? 'Key' : 'Item'} in ${shown}.${skip_underscores ? '__dict__' : '__all__'} must be str, not ${name.ob_type.tp_name}`,
            );
          }
          if (skip_underscores && PyUnicode_AsString(name).startsWith('_')) continue;
          const value = PyObject_GetOptionalAttr(module, name);
          if (value === null) {
            const mod = PyObject_GetOptionalAttrString(module, '__name__');
            const shown = mod === null ? '?' : str_string(mod);
            xdecref(mod);
            raise_star_attribute(module, name, shown);
          }
          try {
            set_name(frame, name, value);
          } finally {
            decref(value);
          }
        } finally {
          decref(name);
        }
      }
    } finally {
      decref(it);
    }
  } finally {
    decref(all);
  }
}

function raise_star_attribute(module: PyObject, name: PyObject, shown: string): never {
  set_attribute_error(`module '${shown}' has no attribute '${PyUnicode_AsString(name)}'`, module, name);
}

function keys_of(dict: PyObject): PyObject {
  return PyMapping_Keys(dict);
}
