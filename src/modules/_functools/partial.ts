// partial.ts: functools.partial and its Placeholder.                             CPython: Modules/_functoolsmodule.c
//
// Positional arguments equal to Placeholder are holes that the call's own first arguments fill.
// Invariant: `args` does not end in a hole, and `holes` is how many it has.

import { PyErr_SetString } from '../../core/errors.ts';
import { gc_del } from '../../core/gc.ts';
import {
  decref,
  IMMORTAL_REFCNT,
  newref,
  Py_TPFLAGS_BASETYPE,
  Py_TPFLAGS_HAVE_GC,
  PyObject,
  type PyTypeObject,
  type visitproc,
} from '../../core/object.ts';
import { METH_CLASS, METH_NOARGS, METH_O, static_type } from '../../core/spec.ts';
import { PySequence_Concat, PySequence_Tuple } from '../../objects/abstract.ts';
import { make_tp_call, PyObject_Call, PyObject_Vectorcall, takes_tuple } from '../../objects/call.ts';
import { PyDict_Check, PyTuple_Check } from '../../objects/checks.ts';
import { PyMethod_New } from '../../objects/classobject.ts';
import {
  PyDict_CheckExact,
  PyDict_Copy,
  PyDict_New,
  PyDict_Next,
  PyDict_Size,
  PyDict_Update,
  type PyDictObject,
} from '../../objects/dictobject.ts';
import { PyExc_TypeError } from '../../objects/exceptions.ts';
import { Py_GenericAlias } from '../../objects/genericaliasobject.ts';
import { release_instance, traverse_instance } from '../../objects/instance.ts';
import {
  Py_None,
  Py_ReprEnter,
  Py_ReprLeave,
  PyCallable_Check,
  PyObject_GenericGetAttr,
  PyObject_GenericGetDict,
  PyObject_GenericSetAttr,
  PyObject_GenericSetDict,
  PyObject_GetAttrString,
  replace_instance_dict,
  repr_string,
  str_string,
} from '../../objects/object.ts';
import { PyTuple_FromArraySteal, type PyTupleObject } from '../../objects/tupleobject.ts';
import { PyObject_TypeCheck } from '../../objects/typeobject.ts';
import { PyUnicode_FromString } from '../../objects/unicodeobject.ts';

// --- Placeholder -----------------------------------------------------------------------------------------------------

function placeholder_new(_type: PyTypeObject, args: PyObject, kwargs: PyObject | null): PyObject {
  if ((args as PyTupleObject).v.length > 0 || (kwargs !== null && PyDict_Size(kwargs) > 0)) {
    PyErr_SetString(PyExc_TypeError, 'PlaceholderType takes no arguments');
  }
  return newref(Placeholder);
}

function placeholder_name(): PyObject {
  return PyUnicode_FromString('Placeholder');
}

export const placeholder_type = static_type({
  name: 'functools._PlaceholderType',
  heap: 'immutable',
  tp_basicsize: 16,
  tp_doc: 'The type of the Placeholder singleton.',
  tp_repr: placeholder_name,
  tp_new: placeholder_new,
  methods: [{ name: '__reduce__', flags: METH_NOARGS, meth: placeholder_name, sig: '($self, /)' }],
});

function make_placeholder(): PyObject {
  const o = new PyObject(placeholder_type, null, null);
  o.ob_refcnt = IMMORTAL_REFCNT;
  return o;
}

/** Immortal. */
export const Placeholder: PyObject = /* @__PURE__ */ make_placeholder();

// --- partial ---------------------------------------------------------------------------------------------------------

class Partial {
  /** All owned. */
  func: PyObject;
  args: PyTupleObject;
  kw: PyObject;
  holes: number;
  constructor(func: PyObject, args: PyTupleObject, kw: PyObject) {
    this.func = func;
    this.args = args;
    this.kw = kw;
    this.holes = count_holes(args.v);
  }
}

type PartialObject = PyObject<Partial>;

function count_holes(args: readonly PyObject[]): number {
  let n = 0;
  for (let i = 0; i < args.length; i++) if (args[i] === Placeholder) n++;
  return n;
}

/** A new tuple of new references. */
function tuple_of(items: readonly PyObject[]): PyTupleObject {
  return PyTuple_FromArraySteal(items.map(newref)) as PyTupleObject;
}

function check_trailing(args: readonly PyObject[]): void {
  if (args.length > 0 && args[args.length - 1] === Placeholder) {
    PyErr_SetString(PyExc_TypeError, 'trailing Placeholders are not allowed');
  }
}

/** Puts `given` into the holes of `args`, the rest after them; borrowed. */
function fill_holes(args: readonly PyObject[], given: readonly PyObject[]): PyObject[] {
  const result: PyObject[] = [];
  let k = 0;
  for (let i = 0; i < args.length; i++) {
    if (args[i] === Placeholder && k < given.length) result.push(given[k++]!);
    else result.push(args[i]!);
  }
  while (k < given.length) result.push(given[k++]!);
  return result;
}

/** CPython: partial_new */
function partial_new(type: PyTypeObject, args: PyObject, kwargs: PyObject | null): PyObject {
  const a = (args as PyTupleObject).v;
  if (a.length < 1) PyErr_SetString(PyExc_TypeError, "type 'partial' takes at least one argument");
  let func = a[0]!;
  if (!PyCallable_Check(func)) PyErr_SetString(PyExc_TypeError, 'the first argument must be callable');
  let own: readonly PyObject[] = a.slice(1);
  check_trailing(own);
  if (kwargs !== null) {
    const d = (kwargs as PyDictObject).v;
    for (let i = PyDict_Next(kwargs, 0); i >= 0; i = PyDict_Next(kwargs, i + 1)) {
      if (d.values[i] === Placeholder) {
        PyErr_SetString(PyExc_TypeError, 'Placeholder cannot be passed as a keyword argument');
      }
    }
  }
  // A partial of a partial (with no attributes of its own) is merged into one.
  let inner: Partial | null = null;
  if (func.ob_type.tp_call === partial_type.tp_call && PyObject_TypeCheck(func, partial_type) && func.d === null) {
    inner = (func as PartialObject).v;
    func = inner.func;
    if (own.length > 0) own = fill_holes(inner.args.v, own);
    else own = inner.args.v;
  }
  let kw: PyObject;
  if (inner === null || PyDict_Size(inner.kw) === 0) kw = kwargs === null ? PyDict_New() : PyDict_Copy(kwargs);
  else {
    kw = PyDict_Copy(inner.kw);
    if (kwargs !== null) PyDict_Update(kw, kwargs);
  }
  return type.tp_alloc!(type, new Partial(newref(func), tuple_of(own), kw));
}

function partial_dealloc(self: PyObject): void {
  gc_del(self);
  release_instance(self);
  const pto = (self as PartialObject).v;
  decref(pto.func);
  decref(pto.args);
  decref(pto.kw);
}

function partial_traverse(self: PyObject, visit: visitproc): void {
  const pto = (self as PartialObject).v;
  visit(pto.func);
  visit(pto.args);
  visit(pto.kw);
  traverse_instance(self, visit);
}

function too_few(pto: Partial, given: number): never {
  PyErr_SetString(
    PyExc_TypeError,
    `missing positional arguments in 'partial' call; expected at least ${pto.holes}, got ${given}`,
  );
}

/** CPython: partial_vectorcall */
function partial_vectorcall(self: PyObject, args: PyObject[], kwnames: PyObject | null): PyObject {
  const pto = (self as PartialObject).v;
  if (PyDict_Size(pto.kw) > 0 || takes_tuple(pto.func)) return make_tp_call(self, args, kwnames);
  const nargs = args.length - (kwnames === null ? 0 : (kwnames as PyTupleObject).v.length);
  if (nargs < pto.holes) too_few(pto, nargs);
  const own = pto.args.v;
  const all = pto.holes === 0 ? own.concat(args) : [...fill_holes(own, args.slice(0, nargs)), ...args.slice(nargs)];
  newref(self);
  try {
    return PyObject_Vectorcall(pto.func, all, kwnames);
  } finally {
    decref(self);
  }
}

/** CPython: partial_call */
function partial_call(self: PyObject, args: PyObject, kwargs: PyObject | null): PyObject {
  const pto = (self as PartialObject).v;
  const given = (args as PyTupleObject).v;
  if (given.length < pto.holes) too_few(pto, given.length);
  newref(self);
  const all = pto.holes === 0 ? PySequence_Concat(pto.args, args) : tuple_of(fill_holes(pto.args.v, given));
  const kw = PyDict_Size(pto.kw) === 0 ? kwargs : PyDict_Copy(pto.kw);
  try {
    if (kw !== null && kw !== kwargs && kwargs !== null) PyDict_Update(kw, kwargs);
    return PyObject_Call(pto.func, all, kw);
  } finally {
    if (kw !== null && kw !== kwargs) decref(kw);
    decref(all);
    decref(self);
  }
}

function partial_descr_get(self: PyObject, obj: PyObject | null, _type: PyObject | null): PyObject {
  return obj === null || obj === Py_None ? newref(self) : PyMethod_New(self, obj);
}

/** CPython: partial_repr */
function partial_repr(self: PyObject): PyObject {
  if (Py_ReprEnter(self)) return PyUnicode_FromString('...');
  const pto = (self as PartialObject).v;
  // An item's repr may put other contents into the partial.
  const func = newref(pto.func);
  const args = newref(pto.args);
  const kw = newref(pto.kw);
  try {
    let text = '';
    for (const o of args.v) text += `, ${repr_string(o)}`;
    const d = (kw as PyDictObject).v;
    for (let i = PyDict_Next(kw, 0); i >= 0; i = PyDict_Next(kw, i + 1)) {
      const value = newref(d.values[i]!);
      try {
        text += `, ${str_string(d.keys[i]!)}=${repr_string(value)}`;
      } finally {
        decref(value);
      }
    }
    const attribute = (name: string): string => {
      const o = PyObject_GetAttrString(self.ob_type, name);
      const s = str_string(o);
      decref(o);
      return s;
    };
    const type_name = `${attribute('__module__')}.${attribute('__qualname__')}`;
    return PyUnicode_FromString(`${type_name}(${repr_string(func)}${text})`);
  } finally {
    decref(func);
    decref(args);
    decref(kw);
    Py_ReprLeave(self);
  }
}

function partial_reduce(self: PyObject): PyObject {
  const pto = (self as PartialObject).v;
  const dict = self.d as PyObject | null;
  return PyTuple_FromArraySteal([
    newref(self.ob_type as PyObject),
    PyTuple_FromArraySteal([newref(pto.func)]),
    PyTuple_FromArraySteal([newref(pto.func), newref(pto.args as PyObject), newref(pto.kw), newref(dict ?? Py_None)]),
  ]);
}

/** CPython: partial_setstate */
function partial_setstate(self: PyObject, state: PyObject): PyObject {
  const pto = (self as PartialObject).v;
  const bad = (): never => PyErr_SetString(PyExc_TypeError, 'invalid partial state');
  if (!PyTuple_Check(state) || state.v.length !== 4) bad();
  const [func, args, kw, dict] = (state as PyTupleObject).v as [PyObject, PyObject, PyObject, PyObject];
  if (
    !PyCallable_Check(func) ||
    !PyTuple_Check(args) ||
    (kw !== Py_None && !PyDict_Check(kw)) ||
    (dict !== Py_None && !PyDict_Check(dict))
  )
    bad();
  check_trailing((args as PyTupleObject).v);
  const new_args = PySequence_Tuple(args) as PyTupleObject;
  const new_kw = kw === Py_None ? PyDict_New() : PyDict_CheckExact(kw) ? newref(kw as PyObject) : PyDict_Copy(kw);
  const { func: old_func, args: old_args, kw: old_kw } = pto;
  pto.func = newref(func);
  pto.args = new_args;
  pto.kw = new_kw;
  pto.holes = count_holes(new_args.v);
  replace_instance_dict(self, dict === Py_None ? null : newref(dict));
  decref(old_func);
  decref(old_args);
  decref(old_kw);
  return newref(Py_None);
}

function class_getitem(type: PyObject, item: PyObject): PyObject {
  return Py_GenericAlias(type, item);
}

export const partial_type = static_type({
  name: 'functools.partial',
  heap: 'immutable',
  tp_basicsize: 80,
  tp_dictoffset: 40,
  tp_weaklistoffset: 48,
  has_dict: true,
  has_weakrefs: true,
  tp_flags: Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE,
  tp_doc: 'A function with some of its arguments fixed.',
  tp_dealloc: partial_dealloc,
  tp_traverse: partial_traverse,
  tp_repr: partial_repr,
  tp_call: partial_call,
  tp_instance_vectorcall: partial_vectorcall,
  tp_getattro: PyObject_GenericGetAttr,
  tp_setattro: PyObject_GenericSetAttr,
  tp_descr_get: partial_descr_get,
  tp_new: partial_new,
  methods: [
    { name: '__reduce__', flags: METH_NOARGS, meth: partial_reduce, sig: '($self, /)' },
    { name: '__setstate__', flags: METH_O, meth: partial_setstate, sig: '($self, object, /)' },
    { name: '__class_getitem__', flags: METH_O | METH_CLASS, meth: class_getitem, sig: '($type, object, /)' },
  ],
  members: [
    { name: 'func', get: self => newref((self as PartialObject).v.func) },
    { name: 'args', get: self => newref((self as PartialObject).v.args as PyObject) },
    { name: 'keywords', get: self => newref((self as PartialObject).v.kw) },
  ],
  getset: [{ name: '__dict__', get: PyObject_GenericGetDict, set: PyObject_GenericSetDict }],
  after_ready: type => {
    type.tp_data = { text_signature: '(func, /, *args, **keywords)' };
  },
});
