// call.ts: calling any object from a native.                                          CPython: Objects/call.c
//
// The vectorcall form is the primary one: positional values, then one value per name of the tuple `kwnames`. A type
// that has tp_instance_vectorcall is called through it; others get an argument tuple and dict (tp_call).
import { PyErr_SetString } from '../core/errors.ts';
import {
  decref,
  G_INTERNED,
  incref,
  newref,
  Py_TPFLAGS_METHOD_DESCRIPTOR,
  type PyObject,
  xdecref,
} from '../core/object.ts';
import { PyTuple_Check, PyType_Check, PyUnicode_Check } from './checks.ts';
import { _PyMethodWrapper_Type } from './descrobject.ts';
import { PyDict_New, PyDict_Next, PyDict_SetItem } from './dictobject.ts';
import { PyExc_TypeError } from './exceptions.ts';
import { has_own_attribute } from './instance.ts';
import { native_takes_dict } from './methodobject.ts';
import { PyModule_Check } from './moduleobject.ts';
import {
  Py_EnterRecursiveCall,
  Py_LeaveRecursiveCall,
  Py_None,
  PyCallable_Check,
  PyObject_GenericGetAttr,
  PyObject_GetAttr,
  PyObject_GetAttrString,
  PyObject_GetOptionalAttr,
  PyObject_GetOptionalAttrString,
  str_string,
} from './object.ts';
import { PyTuple_FromArray, PyTuple_FromArraySteal } from './tupleobject.ts';
import { _PyType_Lookup } from './typeobject.ts';
import { _Py_ID, PyUnicode_AsString } from './unicodeobject.ts';

/** A dict of the keyword values at the end of args. New reference. */
export function kwnames_to_dict(args: PyObject[], kwnames: PyObject): PyObject {
  const names = (kwnames as PyObject<PyObject[]>).v;
  const npos = args.length - names.length;
  const dict = PyDict_New();
  for (let i = 0; i < names.length; i++) PyDict_SetItem(dict, names[i]!, args[npos + i]!);
  return dict;
}

/** A module that holds a callable of its own name was probably meant to be that. CPython: Objects/call.c:object_is_not_callable */
function not_callable(callable: PyObject): never {
  if (PyModule_Check(callable)) {
    const name = PyObject_GetOptionalAttrString(callable, '__name__');
    const attr = name !== null && PyUnicode_Check(name) ? PyObject_GetOptionalAttr(callable, name) : null;
    const text = attr !== null && PyCallable_Check(attr) ? PyUnicode_AsString(name!) : null;
    xdecref(name);
    xdecref(attr);
    if (text !== null) {
      PyErr_SetString(PyExc_TypeError, `'module' object is not callable. Did you mean: '${text}.${text}(...)'?`);
    }
  }
  PyErr_SetString(PyExc_TypeError, `'${callable.ob_type.tp_name}' object is not callable`);
}

/** CPython: PyObject_Vectorcall. Borrows args; returns a new reference. */
export function PyObject_Vectorcall(callable: PyObject, args: PyObject[], kwnames: PyObject | null): PyObject {
  const type = callable.ob_type;
  const vectorcall = type.tp_instance_vectorcall;
  if (vectorcall !== null) return vectorcall(callable, args, kwnames);
  return make_tp_call(callable, args, kwnames);
}

/** What the VM sets. */
export const callHooks = {
  /** Has a class made an instance by frames in place of nested loops, when bytecode calls it and other threads may have to run
   *  meanwhile. Null: it has to be called in the ordinary way. Everything is borrowed. */
  instantiate: (_callable: PyObject, _args: PyObject, _kwargs: PyObject | null): PyObject | null => null,
  /** The same for `list(iterable)` and `tuple(iterable)`, called as types. */
  collect: (_type: PyObject, _iterable: PyObject): PyObject | null => null,
};

/** Calls through tp_call. Everything is borrowed. */
function tp_call(callable: PyObject, args: PyObject, kwargs: PyObject | null): PyObject {
  const entered = callHooks.instantiate(callable, args, kwargs);
  if (entered !== null) return entered;
  Py_EnterRecursiveCall(' while calling a Python object');
  try {
    return callable.ob_type.tp_call!(callable, args, kwargs);
  } finally {
    Py_LeaveRecursiveCall();
  }
}

/** CPython: Objects/call.c:_PyObject_MakeTpCall */
export function make_tp_call(callable: PyObject, args: PyObject[], kwnames: PyObject | null): PyObject {
  if (callable.ob_type.tp_call === null) not_callable(callable);
  let argstuple: PyObject;
  let kwdict: PyObject | null = null;
  if (kwnames !== null && (kwnames as PyObject<PyObject[]>).v.length > 0) {
    kwdict = kwnames_to_dict(args, kwnames);
    argstuple = PyTuple_FromArray(args.slice(0, args.length - (kwnames as PyObject<PyObject[]>).v.length));
  } else argstuple = PyTuple_FromArray(args);
  try {
    return tp_call(callable, argstuple, kwdict);
  } finally {
    decref(argstuple);
    if (kwdict !== null) decref(kwdict);
  }
}

/** The vectorcall form of (args tuple, kwargs dict): the values and a new tuple of names, or null. */
export function unpack_call_args(args: PyObject, kwargs: PyObject | null): [PyObject[], PyObject | null] {
  return unpack_call_values((args as PyObject<PyObject[]>).v, kwargs);
}

/** The same with the values of an argument tuple. */
export function unpack_call_values(items: PyObject[], kwargs: PyObject | null): [PyObject[], PyObject | null] {
  if (kwargs === null) return [items, null];
  const table = (kwargs as PyObject<{ keys: PyObject[]; values: PyObject[]; used: number }>).v;
  if (table.used === 0) return [items, null];
  const all = items.slice();
  const names: PyObject[] = [];
  for (let i = PyDict_Next(kwargs, 0); i >= 0; i = PyDict_Next(kwargs, i + 1)) {
    const key = table.keys[i]!;
    if (!PyUnicode_Check(key)) {
      for (const n of names) decref(n);
      PyErr_SetString(PyExc_TypeError, 'keywords must be strings');
    }
    incref(key);
    names.push(key);
    all.push(table.values[i]!);
  }
  return [all, PyTuple_FromArraySteal(names)];
}

/** Most types, and natives of the oldest kind, are called through tp_call: they take tuple and dict as they are. */
export function takes_tuple(callable: PyObject): boolean {
  return (
    callable.ob_type.tp_instance_vectorcall === null ||
    (PyType_Check(callable) && callable.tp_vectorcall === null) ||
    native_takes_dict(callable) ||
    callable.ob_type === _PyMethodWrapper_Type
  );
}

/** CPython: PyObject_Call with an argument tuple and an optional dict. */
export function PyObject_Call(callable: PyObject, args: PyObject, kwargs: PyObject | null): PyObject {
  if (!takes_tuple(callable)) {
    const [all, kwnames] = unpack_call_args(args, kwargs);
    return call_unpacked(callable, all, kwnames);
  }
  if (callable.ob_type.tp_call === null) not_callable(callable);
  if (!PyTuple_Check(args)) PyErr_SetString(PyExc_TypeError, 'argument list must be a tuple');
  return tp_call(callable, args, kwargs);
}

/** Calls with what unpack_call_args() gave: where there are names, all is held meanwhile. CPython: _PyStack_UnpackDict */
function call_unpacked(callable: PyObject, args: PyObject[], kwnames: PyObject | null): PyObject {
  if (kwnames === null) return PyObject_Vectorcall(callable, args, null);
  for (const arg of args) incref(arg);
  try {
    return PyObject_Vectorcall(callable, args, kwnames);
  } finally {
    for (const arg of args) decref(arg);
    decref(kwnames);
  }
}

/** Calls with an object in front of a tuple and a dict (or null). CPython: _PyObject_Call_Prepend */
export function PyObject_Call_Prepend(
  callable: PyObject,
  o: PyObject,
  args: PyObject,
  kwargs: PyObject | null,
): PyObject {
  const [all, kwnames] = unpack_call_values(with_self(o, (args as PyObject<PyObject[]>).v), kwargs);
  return call_unpacked(callable, all, kwnames);
}

/** [self, ...args]. V8 makes the short ones in line. */
export function with_self(self: PyObject, args: PyObject[]): PyObject[] {
  switch (args.length) {
    case 0:
      return [self];
    case 1:
      return [self, args[0]!];
    case 2:
      return [self, args[0]!, args[1]!];
    default:
      return [self, ...args];
  }
}

export function PyObject_CallNoArgs(callable: PyObject): PyObject {
  return PyObject_Vectorcall(callable, [], null);
}
export function PyObject_CallOneArg(callable: PyObject, a: PyObject): PyObject {
  return PyObject_Vectorcall(callable, [a], null);
}
export function PyObject_CallTwoArgs(callable: PyObject, a: PyObject, b: PyObject): PyObject {
  return PyObject_Vectorcall(callable, [a, b], null);
}

/** The function of `o`'s type that `o.name` would be bound from (owned), or null if it is nothing of that kind.
 *  CPython: Objects/object.c:_PyObject_GetMethod */
export function unbound_method(o: PyObject, name: PyObject): PyObject | null {
  if (o.ob_type.tp_getattro !== PyObject_GenericGetAttr || (name.g & G_INTERNED) === 0) return null;
  const descr = _PyType_Lookup(o.ob_type, name);
  if (descr === null || (descr.ob_type.tp_flags & Py_TPFLAGS_METHOD_DESCRIPTOR) === 0) return null;
  return has_own_attribute(o, name) ? null : newref(descr);
}

/** Calls `o.name(*args)` from a native; no bound method is made, which would hold `o`. CPython: PyObject_CallMethodObjArgs */
export function PyObject_CallMethodObjArgs(o: PyObject, name: PyObject, ...args: PyObject[]): PyObject {
  const unbound = unbound_method(o, name);
  const meth = unbound ?? PyObject_GetAttr(o, name);
  try {
    return PyObject_Vectorcall(meth, unbound === null ? args : with_self(o, args), null);
  } finally {
    decref(meth);
  }
}
export function PyObject_CallMethod(o: PyObject, name: string, ...args: PyObject[]): PyObject {
  return PyObject_CallMethodObjArgs(o, _Py_ID(name), ...args);
}
export function PyObject_CallMethodNoArgs(o: PyObject, name: string): PyObject {
  return PyObject_CallMethodObjArgs(o, _Py_ID(name));
}
export function PyObject_CallMethodOneArg(o: PyObject, name: string, a: PyObject): PyObject {
  return PyObject_CallMethodObjArgs(o, _Py_ID(name), a);
}

/** The same where CPython binds the method (PyObject_CallMethod, PyFile_WriteObject). */
export function call_bound_method(o: PyObject, name: string, ...args: PyObject[]): PyObject {
  const meth = PyObject_GetAttrString(o, name);
  try {
    return PyObject_Vectorcall(meth, args, null);
  } finally {
    decref(meth);
  }
}

/** How a callable is named in call errors: `module.qualname()`. CPython: Objects/object.c:_PyObject_FunctionStr */
export function function_str(callable: PyObject): string {
  const qualname = PyObject_GetOptionalAttr(callable, _Py_ID('__qualname__'));
  if (qualname === null) return str_string(callable);
  const module = PyObject_GetOptionalAttr(callable, _Py_ID('__module__'));
  let text = `${str_string(qualname)}()`;
  if (module !== null && module !== Py_None) {
    const name = str_string(module);
    if (name !== 'builtins') text = `${name}.${text}`;
  }
  decref(qualname);
  if (module !== null) decref(module);
  return text;
}
