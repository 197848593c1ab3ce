// unionobject.ts: what `int | str` and typing.Union[int, str] are.                        CPython: Objects/unionobject.c
//
// A union holds its arguments in order, without duplicates: hashable ones are compared through a frozenset, the rest one
// by one. A union never contains None (its type stands in), another union, or fewer than two arguments.
// Enter through: _Py_union_type_or (the `|` of types), _Py_union_from_tuple (Union[...]).

import { as_raised, PyErr_SetString } from '../core/errors.ts';
import { gc_del, gc_new } from '../core/gc.ts';
import type { Hash } from '../core/hash.ts';
import {
  decref,
  decref_all,
  G_WEAKREFS,
  newref,
  Py_EQ,
  Py_NE,
  Py_TPFLAGS_HAVE_GC,
  PyObject,
  type PyTypeObject,
  type visitproc,
  xdecref,
} from '../core/object.ts';
import { METH_CLASS, METH_O, static_type } from '../core/spec.ts';
import { PyBool_FromLong } from './boolobject.ts';
import { PyObject_CallTwoArgs } from './call.ts';
import { PyType_Check, PyUnicode_Check } from './checks.ts';
import { PyExc_TypeError } from './exceptions.ts';
import {
  _Py_make_parameters,
  _Py_subs_parameters,
  _Py_typing_type_repr,
  _PyGenericAlias_Check,
} from './genericaliasobject.ts';
import { PyImport_ImportModuleAttr } from './import_util.ts';
import {
  _PyNone_Type,
  Py_None,
  Py_NotImplemented,
  PyObject_GenericGetAttr,
  PyObject_GetAttr,
  PyObject_Hash,
  PyObject_RichCompareBool,
  repr_string,
} from './object.ts';
import { PyFrozenSet_New, PySet_Add, PySet_Contains, PySet_New } from './setobject.ts';
import { PyTuple_FromArraySteal, PyTuple_Type } from './tupleobject.ts';
import { _PyTypeAlias_Type } from './typevarobject.ts';
import { PyUnicode_AsString, PyUnicode_FromString } from './unicodeobject.ts';
import { PyObject_ClearWeakRefs } from './weakrefobject.ts';

/** Payload of typing.Union: all owned. */
class Union {
  readonly args: PyObject;
  readonly hashable: PyObject;
  /** The arguments that cannot be hashed; null if there are none. */
  readonly unhashable: PyObject[] | null;
  parameters: PyObject | null = null;
  constructor(args: PyObject, hashable: PyObject, unhashable: PyObject[] | null) {
    this.args = args;
    this.hashable = hashable;
    this.unhashable = unhashable;
  }
}

type UnionObject = PyObject<Union>;

export function _PyUnion_Check(o: PyObject): o is UnionObject {
  return o.ob_type === _PyUnion_Type;
}

/** The tuple of a union's arguments (borrowed). */
export function _Py_union_args(o: PyObject): PyObject {
  return (o as UnionObject).v.args;
}

// --- making ----------------------------------------------------------------------------------------------------------

function contains(items: readonly PyObject[], o: PyObject): boolean {
  for (const item of items) if (PyObject_RichCompareBool(item, o, Py_EQ)) return true;
  return false;
}

/** Collects arguments; `release` gives up what is held. CPython: unionbuilder */
class UnionBuilder {
  readonly args: PyObject[] = [];
  readonly hashable: PyObject = PySet_New(null);
  unhashable: PyObject[] | null = null;
  /** Whether arguments of unknown kind go through typing._type_check. */
  readonly checked: boolean;

  constructor(checked: boolean) {
    this.checked = checked;
  }

  add(arg: PyObject): void {
    if (arg === Py_None) this.add_unchecked(_PyNone_Type);
    else if (_PyUnion_Check(arg)) this.add_all(arg.v.args);
    else if (this.checked && !is_unionable(arg)) {
      const type = type_check(arg);
      try {
        this.add_unchecked(type);
      } finally {
        decref(type);
      }
    } else this.add_unchecked(arg);
  }

  add_all(tuple: PyObject): void {
    for (const arg of tuple.v as PyObject[]) this.add(arg);
  }

  private add_unchecked(arg: PyObject): void {
    let hashable = true;
    try {
      PyObject_Hash(arg);
    } catch (e) {
      decref(as_raised(e).exc);
      hashable = false;
    }
    if (hashable) {
      if (PySet_Contains(this.hashable, arg)) return;
      PySet_Add(this.hashable, arg);
    } else {
      if (this.unhashable === null) this.unhashable = [];
      else if (contains(this.unhashable, arg)) return;
      this.unhashable.push(newref(arg));
    }
    this.args.push(newref(arg));
  }

  /** The union, or its one member. */
  finish(): PyObject {
    const { args } = this;
    if (args.length === 0) PyErr_SetString(PyExc_TypeError, 'Cannot take a Union of no types.');
    if (args.length === 1) return newref(args[0]!);
    const frozen = PyFrozenSet_New(this.hashable);
    const union = new PyObject<unknown, unknown>(
      _PyUnion_Type,
      new Union(PyTuple_FromArraySteal(args.slice()), frozen, this.unhashable),
      null,
    );
    gc_new(union);
    args.length = 0;
    this.unhashable = null;
    return union;
  }

  release(): void {
    decref_all(this.args);
    if (this.unhashable !== null) decref_all(this.unhashable);
    decref(this.hashable);
  }
}

/** What `|` accepts without asking typing. */
function is_unionable(o: PyObject): boolean {
  return (
    o === Py_None || PyType_Check(o) || _PyGenericAlias_Check(o) || _PyUnion_Check(o) || o.ob_type === _PyTypeAlias_Type
  );
}

function type_check(arg: PyObject): PyObject {
  const check = PyImport_ImportModuleAttr('typing', '_type_check');
  const message = PyUnicode_FromString('Union[arg, ...]: each arg must be a type.');
  try {
    return PyObject_CallTwoArgs(check, arg, message);
  } finally {
    decref(message);
    decref(check);
  }
}

/** `self | other` of types, aliases and unions. CPython: Objects/unionobject.c:_Py_union_type_or */
export function _Py_union_type_or(self: PyObject, other: PyObject): PyObject {
  // With a union, everything that may stand in its brackets will do.
  const with_union = _PyUnion_Check(self) || _PyUnion_Check(other);
  if (!with_union && (!is_unionable(self) || !is_unionable(other))) return newref(Py_NotImplemented);
  const builder = new UnionBuilder(with_union);
  try {
    builder.add(self);
    builder.add(other);
    return builder.finish();
  } finally {
    builder.release();
  }
}

/** nb_or of `type`. */
export const PyType_union_or: (a: PyObject, b: PyObject) => PyObject = (a, b) => _Py_union_type_or(a, b);

/** `Union[args]`: a tuple of arguments, or one. CPython: Objects/unionobject.c:_Py_union_from_tuple */
export function _Py_union_from_tuple(args: PyObject): PyObject {
  const builder = new UnionBuilder(true);
  try {
    if (args.ob_type === PyTuple_Type) builder.add_all(args);
    else builder.add(args);
    return builder.finish();
  } finally {
    builder.release();
  }
}

function union_class_getitem(_cls: PyObject, args: PyObject): PyObject {
  return _Py_union_from_tuple(args);
}

// --- slots -----------------------------------------------------------------------------------------------------------

function union_dealloc(self: PyObject): void {
  gc_del(self);
  if ((self.g & G_WEAKREFS) !== 0) PyObject_ClearWeakRefs(self);
  const u = (self as UnionObject).v;
  decref(u.args);
  decref(u.hashable);
  if (u.unhashable !== null) decref_all(u.unhashable);
  xdecref(u.parameters);
}

function union_traverse(self: PyObject, visit: visitproc): void {
  const u = (self as UnionObject).v;
  visit(u.args);
  visit(u.hashable);
  if (u.unhashable !== null) for (const o of u.unhashable) visit(o);
  if (u.parameters !== null) visit(u.parameters);
}

function union_hash(self: PyObject): Hash {
  const u = (self as UnionObject).v;
  if (u.unhashable !== null) {
    for (const o of u.unhashable) PyObject_Hash(o); // raises the member's own error
    PyErr_SetString(PyExc_TypeError, `union contains ${u.unhashable.length} unhashable elements`);
  }
  return PyObject_Hash(u.hashable);
}

function unions_equal(a: Union, b: Union): boolean {
  if (!PyObject_RichCompareBool(a.hashable, b.hashable, Py_EQ)) return false;
  if (a.unhashable === null || b.unhashable === null) return a.unhashable === b.unhashable;
  if (a.unhashable.length !== b.unhashable.length) return false;
  for (const o of a.unhashable) if (!contains(b.unhashable, o)) return false;
  for (const o of b.unhashable) if (!contains(a.unhashable, o)) return false;
  return true;
}

function union_richcompare(self: PyObject, other: PyObject, op: number): PyObject {
  if ((op !== Py_EQ && op !== Py_NE) || !_PyUnion_Check(other)) return newref(Py_NotImplemented);
  return PyBool_FromLong(unions_equal((self as UnionObject).v, other.v) === (op === Py_EQ));
}

function union_repr(self: PyObject): PyObject {
  const args = (self as UnionObject).v.args.v as PyObject[];
  let text = '';
  for (let i = 0; i < args.length; i++) text += (i > 0 ? ' | ' : '') + _Py_typing_type_repr(args[i]!);
  return PyUnicode_FromString(text);
}

function parameters_of(u: Union): PyObject {
  if (u.parameters === null) {
    const made = _Py_make_parameters(u.args);
    if (u.parameters === null) u.parameters = made;
    else decref(made);
  }
  return u.parameters;
}

function union_getitem(self: PyObject, item: PyObject): PyObject {
  const u = (self as UnionObject).v;
  const args = _Py_subs_parameters(self, u.args, parameters_of(u), item);
  try {
    return _Py_union_from_tuple(args);
  } finally {
    decref(args);
  }
}

function union_getattro(self: PyObject, name: PyObject): PyObject {
  // typing.py reads __module__ of what it shows.
  if (PyUnicode_Check(name) && PyUnicode_AsString(name) === '__module__') return PyObject_GetAttr(self.ob_type, name);
  return PyObject_GenericGetAttr(self, name);
}

function union_mro_entries(self: PyObject): PyObject {
  PyErr_SetString(PyExc_TypeError, `Cannot subclass ${repr_string(self)}`);
}

export const _PyUnion_Type: PyTypeObject = static_type({
  name: 'typing.Union',
  tp_doc: 'A union of types, such as int | str.',
  tp_basicsize: 56,
  tp_weaklistoffset: 48,
  has_weakrefs: true,
  tp_flags: Py_TPFLAGS_HAVE_GC,
  tp_dealloc: union_dealloc,
  tp_traverse: union_traverse,
  tp_hash: union_hash,
  tp_richcompare: union_richcompare,
  tp_repr: union_repr,
  tp_getattro: union_getattro,
  nb_or: _Py_union_type_or,
  mp_subscript: union_getitem,
  methods: [
    { name: '__mro_entries__', flags: METH_O, meth: union_mro_entries, sig: '($self, object, /)' },
    {
      name: '__class_getitem__',
      flags: METH_O | METH_CLASS,
      meth: union_class_getitem,
      sig: '($type, object, /)',
      doc: 'See PEP 585',
    },
  ],
  members: [{ name: '__args__', get: self => newref((self as UnionObject).v.args) }],
  getset: [
    { name: '__name__', get: () => PyUnicode_FromString('Union') },
    { name: '__qualname__', get: () => PyUnicode_FromString('Union') },
    { name: '__origin__', get: () => newref(_PyUnion_Type) },
    { name: '__parameters__', get: self => newref(parameters_of((self as UnionObject).v)) },
  ],
});
