// global.ts: pickling classes and functions by name.                                       CPython: Modules/_pickle.c

import { as_raised, PyErr_ExceptionMatches, PyErr_SetString, type Raised } from '../../core/errors.ts';
import { decref, newref, type PyObject, type PyTypeObject, xdecref } from '../../core/object.ts';
import { PyNumber_Index } from '../../objects/abstract.ts';
import { PyTuple_Check, PyUnicode_Check } from '../../objects/checks.ts';
import {
  PyDict_CheckExact,
  PyDict_Copy,
  PyDict_GetItem,
  PyDict_Next,
  type PyDictObject,
} from '../../objects/dictobject.ts';
import { chain_exceptions } from '../../objects/exceptions/create.ts';
import {
  PyExc_AttributeError,
  PyExc_ImportError,
  PyExc_KeyError,
  PyExc_RuntimeError,
  PyExc_TypeError,
  PyExc_UnicodeEncodeError,
  PyExc_ValueError,
} from '../../objects/exceptions.ts';
import { import_module, sys_attr } from '../../objects/import_util.ts';
import { PyLong_AsLong } from '../../objects/longobject.ts';
import { Py_None, PyObject_GetAttr, PyObject_GetOptionalAttr, repr_string, str_string } from '../../objects/object.ts';
import { tuple_pair_steal } from '../../objects/tupleobject.ts';
import {
  _Py_ID,
  encode_ucs1,
  encode_utf8,
  PyUnicode_AsString,
  PyUnicode_FromString,
} from '../../objects/unicodeobject.ts';
import { EXT1, EXT2, EXT4, GLOBAL, MARK, REDUCE, STACK_GLOBAL, TUPLE, TUPLE2 } from './opcodes.ts';
import { save } from './save.ts';
import { PicklingError, pickle_state } from './state.ts';
import type { Pickler } from './writer.ts';

/** Raises with what was caught as context. */
function raise_instead(caught: unknown, type: PyTypeObject, message: string): never {
  const older = as_raised(caught);
  try {
    PyErr_SetString(type, message);
  } catch (e) {
    chain_exceptions(older, e as Raised);
    throw e;
  }
}

/** obj.a.b.c; a new reference. CPython: get_deep_attribute */
export function get_deep_attribute(obj: PyObject, path: readonly string[]): PyObject {
  let o = newref(obj);
  for (const part of path) {
    const name = PyUnicode_FromString(part);
    try {
      const next = PyObject_GetAttr(o, name);
      decref(o);
      o = next;
    } catch (e) {
      decref(o);
      throw e;
    } finally {
      decref(name);
    }
  }
  return o;
}

/** The module of that name, imported if need be; a new reference. */
export function import_by_name(name: PyObject): PyObject {
  if (!PyUnicode_Check(name)) PyErr_SetString(PyExc_TypeError, 'module name must be a string');
  return import_module(name);
}

/** The name of the module that has the object: its __module__, or found in sys.modules; a new reference. */
function module_name_of(obj: PyObject, path: readonly string[]): PyObject {
  const name = PyObject_GetOptionalAttr(obj, _Py_ID('__module__'));
  if (name !== null && name !== Py_None) return name;
  xdecref(name);
  const modules = sys_attr('modules');
  if (modules === null) PyErr_SetString(PyExc_RuntimeError, 'unable to get sys.modules');
  // A copy: looking up an attribute may import modules.
  const copy = PyDict_CheckExact(modules) ? PyDict_Copy(modules) : null;
  if (copy !== null) {
    try {
      for (let i = PyDict_Next(copy, 0); i >= 0; i = PyDict_Next(copy, i + 1)) {
        const key = (copy as PyDictObject).v.keys[i]!;
        if (is_found_in(copy.v.values[i]!, key, obj, path)) return newref(key);
      }
    } finally {
      decref(copy);
    }
  }
  return newref(_Py_ID('__main__'));
}

function is_found_in(module: PyObject, name: PyObject, obj: PyObject, path: readonly string[]): boolean {
  if (module === Py_None) return false;
  if (PyUnicode_Check(name) && (name.v === '__main__' || name.v === '__mp_main__')) return false;
  try {
    const found = get_deep_attribute(module, path);
    decref(found);
    return found === obj;
  } catch (e) {
    if (!PyErr_ExceptionMatches(e, PyExc_AttributeError)) throw e;
    decref(e.exc);
    return false;
  }
}

/** The module name under which the object can be found again; a new reference. CPython: whichmodule */
function whichmodule(obj: PyObject, name: PyObject, path: readonly string[]): PyObject {
  const module_name = module_name_of(obj, path);
  let checked = false;
  try {
    if (path.includes('<locals>')) PyErr_SetString(PicklingError, `Can't pickle local object ${repr_string(obj)}`);
    let module: PyObject;
    try {
      module = import_by_name(module_name);
    } catch (e) {
      const expected = [PyExc_ImportError, PyExc_ValueError, PyExc_KeyError].some(t => PyErr_ExceptionMatches(e, t));
      if (!expected) throw e;
      raise_instead(e, PicklingError, `Can't pickle ${repr_string(obj)}: ${str_string((e as Raised).exc)}`);
    }
    let found: PyObject;
    try {
      found = get_deep_attribute(module, path);
    } catch (e) {
      if (!PyErr_ExceptionMatches(e, PyExc_AttributeError)) throw e;
      const where = `${str_string(module_name)}.${str_string(name)}`;
      raise_instead(e, PicklingError, `Can't pickle ${repr_string(obj)}: it's not found as ${where}`);
    } finally {
      decref(module);
    }
    decref(found);
    if (found !== obj) {
      const where = `${str_string(module_name)}.${str_string(name)}`;
      PyErr_SetString(PicklingError, `Can't pickle ${repr_string(obj)}: it's not the same object as ${where}`);
    }
    checked = true;
    return module_name;
  } finally {
    if (!checked) decref(module_name);
  }
}

/** Pickles an object as the global of that (or its own) name. CPython: save_global */
export function save_global(p: Pickler, obj: PyObject, name: PyObject | null): void {
  let global_name: PyObject;
  if (name !== null) global_name = newref(name);
  else global_name = PyObject_GetOptionalAttr(obj, _Py_ID('__qualname__')) ?? PyObject_GetAttr(obj, _Py_ID('__name__'));
  let module_name: PyObject | null = null;
  try {
    if (!PyUnicode_Check(global_name)) {
      PyErr_SetString(PyExc_TypeError, `must be str, not ${global_name.ob_type.tp_name}`);
    }
    const path = PyUnicode_AsString(global_name).split('.');
    module_name = whichmodule(obj, global_name, path);
    if (p.proto >= 2 && save_extension(p, module_name, global_name)) return;
    if (p.proto >= 4) {
      save(p, module_name);
      save(p, global_name);
      p.op(STACK_GLOBAL);
    } else if (path.length > 1) save_dotted(p, module_name, path);
    else save_toplevel(p, module_name, global_name);
    p.memo_put(obj);
  } finally {
    decref(global_name);
    xdecref(module_name);
  }
}

/** Whether copyreg has a number for it, which was written. */
function save_extension(p: Pickler, module_name: PyObject, global_name: PyObject): boolean {
  const key = tuple_pair_steal(newref(module_name), newref(global_name));
  let found: PyObject | null;
  try {
    found = PyDict_GetItem(pickle_state().extension_registry, key);
  } finally {
    decref(key);
  }
  if (found === null) return false;
  const index = PyNumber_Index(found);
  let code: number;
  try {
    code = PyLong_AsLong(index);
  } finally {
    decref(index);
  }
  if (code <= 0 || code > 0x7fffffff) PyErr_SetString(PyExc_RuntimeError, `extension code ${code} is out of range`);
  if (code <= 0xff) p.op1(EXT1, code);
  else if (code <= 0xffff) {
    p.need(3);
    p.buf[p.len++] = EXT2;
    p.buf[p.len++] = code;
    p.buf[p.len++] = code >> 8;
  } else p.op4(EXT4, code);
  return true;
}

/** Before protocol 4: getattr(getattr(module.a, 'b'), 'c'). */
function save_dotted(p: Pickler, module_name: PyObject, path: readonly string[]): void {
  for (let i = 1; i < path.length; i++) {
    save(p, pickle_state().getattr);
    if (p.proto < 2) p.op(MARK);
  }
  const top = PyUnicode_FromString(path[0]!);
  try {
    save_toplevel(p, module_name, top);
  } finally {
    decref(top);
  }
  for (let i = 1; i < path.length; i++) {
    const attr = PyUnicode_FromString(path[i]!);
    try {
      save(p, attr);
    } finally {
      decref(attr);
    }
    p.op(p.proto < 2 ? TUPLE : TUPLE2);
    p.op(REDUCE);
  }
}

/** CPython: save_toplevel_by_name */
function save_toplevel(p: Pickler, module_name: PyObject, global_name: PyObject): void {
  const [module, name] = p.fix_imports ? old_names(module_name, global_name) : [module_name, global_name];
  p.op(GLOBAL);
  save_identifier(p, module, 'module');
  save_identifier(p, name, 'global');
}

function save_identifier(p: Pickler, name: PyObject, kind: string): void {
  let b: Uint8Array;
  try {
    b = p.proto >= 3 ? encode_utf8(name) : encode_ucs1(name, 128);
  } catch (e) {
    if (!PyErr_ExceptionMatches(e, PyExc_UnicodeEncodeError)) throw e;
    const what = `can't pickle ${kind} identifier ${repr_string(name)} using pickle protocol ${p.proto}`;
    raise_instead(e, PicklingError, what);
  }
  p.bytes(b);
  p.op(10);
}

/** What Python 2 called it; borrowed. CPython: fix_imports */
function old_names(module_name: PyObject, global_name: PyObject): [PyObject, PyObject] {
  const state = pickle_state();
  const key = tuple_pair_steal(newref(module_name), newref(global_name));
  try {
    const pair = PyDict_GetItem(state.name_mapping_3to2, key);
    if (pair !== null) return checked_pair(pair, 'REVERSE_NAME_MAPPING');
  } finally {
    decref(key);
  }
  const module = PyDict_GetItem(state.import_mapping_3to2, module_name);
  if (module === null) return [module_name, global_name];
  check_str(module, 'REVERSE_IMPORT_MAPPING');
  return [module, global_name];
}

export function checked_pair(pair: PyObject, table: string): [PyObject, PyObject] {
  if (!PyTuple_Check(pair) || pair.v.length !== 2) {
    const got = pair.ob_type.tp_name;
    PyErr_SetString(PyExc_RuntimeError, `_compat_pickle.${table} values should be 2-tuples, not ${got}`);
  }
  const [module, name] = pair.v as [PyObject, PyObject];
  if (!PyUnicode_Check(module) || !PyUnicode_Check(name)) {
    const got = `(${module.ob_type.tp_name}, ${name.ob_type.tp_name})`;
    PyErr_SetString(PyExc_RuntimeError, `_compat_pickle.${table} values should be pairs of str, not ${got}`);
  }
  return [module, name];
}

export function check_str(o: PyObject, table: string): void {
  if (PyUnicode_Check(o)) return;
  const got = o.ob_type.tp_name;
  PyErr_SetString(PyExc_RuntimeError, `_compat_pickle.${table} values should be strings, not ${got}`);
}
