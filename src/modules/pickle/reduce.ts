// reduce.ts: pickling by what __reduce__() says.                                          CPython: Modules/_pickle.c

import { PyErr_SetString } from '../../core/errors.ts';
import { decref, newref, type PyObject, xdecref } from '../../core/object.ts';
import { PyIter_Check } from '../../objects/abstract.ts';
import { PyObject_Call } from '../../objects/call.ts';
import { PyDict_Check, PyTuple_Check, PyType_Check, PyUnicode_Check } from '../../objects/checks.ts';
import {
  Py_None,
  PyCallable_Check,
  PyObject_GetAttr,
  PyObject_GetOptionalAttr,
  repr_string,
} from '../../objects/object.ts';
import { PyTuple_FromArraySteal, PyTuple_GetSlice } from '../../objects/tupleobject.ts';
import { _Py_ID } from '../../objects/unicodeobject.ts';
import { BUILD, NEWOBJ, NEWOBJ_EX, POP, REDUCE, TUPLE2 } from './opcodes.ts';
import { save } from './save.ts';
import { batch_dict, batch_list } from './save_containers.ts';
import { annotate, full_type_name, PicklingError, pickle_state } from './state.ts';
import type { Pickler } from './writer.ts';

function refuse(message: string): never {
  return PyErr_SetString(PicklingError, message);
}

/** Saves a part of obj, noting which if that fails. */
function save_part(p: Pickler, part: PyObject, obj: PyObject | null, what: string): void {
  try {
    save(p, part);
  } catch (e) {
    annotate(e, obj, what);
  }
}

/** The value, or null if it is None or missing. */
function optional(items: readonly PyObject[], i: number): PyObject | null {
  const o = items[i];
  return o === undefined || o === Py_None ? null : o;
}

/** Saves obj (null: a value that nobody refers to) by the tuple that its reducer gave. CPython: save_reduce */
export function save_reduce(p: Pickler, value: PyObject, obj: PyObject | null): void {
  const items = value.v as PyObject[];
  if (items.length < 2 || items.length > 6) {
    refuse('tuple returned by __reduce__ must contain 2 through 6 elements');
  }
  const callable = items[0]!;
  const args = items[1]!;
  const state = optional(items, 2);
  const list_items = optional(items, 3);
  const dict_items = optional(items, 4);
  const state_setter = optional(items, 5);
  const item = (which: string, wanted: string, got: PyObject): never =>
    refuse(`${which} item of the tuple returned by __reduce__ must be ${wanted}, not ${full_type_name(got.ob_type)}`);
  if (!PyCallable_Check(callable)) item('first', 'callable', callable);
  if (!PyTuple_Check(args)) item('second', 'a tuple', args);
  if (list_items !== null && !PyIter_Check(list_items)) item('fourth', 'an iterator', list_items);
  if (dict_items !== null && !PyIter_Check(dict_items)) item('fifth', 'an iterator', dict_items);
  if (state_setter !== null && !PyCallable_Check(state_setter)) item('sixth', 'callable', state_setter);

  save_construction(p, callable, args, obj);

  if (obj !== null) {
    // An object that holds itself was memoized meanwhile: that one is taken.
    const known = p.memo.get(obj);
    if (known !== undefined) {
      p.op(POP);
      p.memo_get(known);
      return;
    }
    p.memo_put(obj);
  }
  if (list_items !== null) batch_list(p, list_items, obj);
  if (dict_items !== null) batch_dict(p, dict_items, obj);
  if (state === null) return;
  if (state_setter === null) {
    save_part(p, state, obj, 'state');
    p.op(BUILD);
    return;
  }
  // state_setter(obj, state), whose result is dropped.
  save_part(p, state_setter, obj, 'state setter');
  save(p, obj!);
  save_part(p, state, obj, 'state');
  p.op(TUPLE2);
  p.op(REDUCE);
  p.op(POP);
}

function save_construction(p: Pickler, callable: PyObject, args: PyObject, obj: PyObject | null): void {
  if (p.proto >= 2) {
    const name = PyObject_GetOptionalAttr(callable, _Py_ID('__name__'));
    const text = name !== null && PyUnicode_Check(name) ? name.v : null;
    xdecref(name);
    if (text === '__newobj_ex__') {
      save_newobj_ex(p, args, obj);
      return;
    }
    if (text === '__newobj__') {
      save_newobj(p, args, obj);
      return;
    }
  }
  save_part(p, callable, obj, 'reconstructor');
  save_part(p, args, obj, 'reconstructor arguments');
  p.op(REDUCE);
}

function save_newobj(p: Pickler, args: PyObject, obj: PyObject | null): void {
  const items = args.v as PyObject[];
  if (items.length < 1) refuse('__newobj__ expected at least 1 argument, got 0');
  const cls = items[0]!;
  if (!PyType_Check(cls)) {
    refuse(`first argument to __newobj__() must be a class, not ${full_type_name(cls.ob_type)}`);
  }
  if (obj !== null) {
    const obj_class = PyObject_GetOptionalAttr(obj, _Py_ID('__class__')) ?? newref(obj.ob_type);
    try {
      if (obj_class !== cls) {
        refuse(`first argument to __newobj__() must be ${repr_string(obj_class)}, not ${repr_string(cls)}`);
      }
    } finally {
      decref(obj_class);
    }
  }
  save_part(p, cls, obj, 'class');
  const rest = PyTuple_GetSlice(args, 1, items.length);
  try {
    save_part(p, rest, obj, '__new__ arguments');
  } finally {
    decref(rest);
  }
  p.op(NEWOBJ);
}

function save_newobj_ex(p: Pickler, argtup: PyObject, obj: PyObject | null): void {
  const items = argtup.v as PyObject[];
  if (items.length !== 3) refuse(`__newobj_ex__ expected 3 arguments, got ${items.length}`);
  const [cls, args, kwargs] = items as [PyObject, PyObject, PyObject];
  const argument = (which: string, wanted: string, got: PyObject): never =>
    refuse(`${which} argument to __newobj_ex__() must be ${wanted}, not ${full_type_name(got.ob_type)}`);
  if (!PyType_Check(cls)) argument('first', 'a class', cls);
  if (!PyTuple_Check(args)) argument('second', 'a tuple', args);
  if (!PyDict_Check(kwargs)) argument('third', 'a dict', kwargs);
  if (p.proto >= 4) {
    save_part(p, cls, obj, 'class');
    save_part(p, args, obj, '__new__ arguments');
    save_part(p, kwargs, obj, '__new__ arguments');
    p.op(NEWOBJ_EX);
    return;
  }
  // Before protocol 4: partial(cls.__new__, cls, *args, **kwargs)()
  const cls_new = PyObject_GetAttr(cls, _Py_ID('__new__'));
  const partial_args = PyTuple_FromArraySteal([cls_new, newref(cls), ...(args.v as PyObject[]).map(newref)]);
  let made: PyObject;
  try {
    made = PyObject_Call(pickle_state().partial, partial_args, kwargs);
  } finally {
    decref(partial_args);
  }
  const nothing = PyTuple_FromArraySteal([]);
  try {
    save_part(p, made, obj, 'reconstructor');
    save(p, nothing);
    p.op(REDUCE);
  } finally {
    decref(made);
    decref(nothing);
  }
}
