// genericaliasobject.ts: what `list[int]` is, and substitution of its type variables.      CPython: Objects/genericaliasobject.c
//
// An alias holds its origin and its arguments (always a tuple); the tuple of type variables is made when first asked for.
// Most attributes are those of the origin; the few of its own stand in OWN_ATTRIBUTES.
// Enter through: Py_GenericAlias, Py_GenericAlias_class_getitem, _Py_make_parameters, _Py_subs_parameters.

import { PyErr_Clear, PyErr_ExceptionMatches, PyErr_SetString } from '../core/errors.ts';
import { gc_del, gc_new } from '../core/gc.ts';
import { type Hash, hash_from_halves } from '../core/hash.ts';
import {
  decref,
  decref_all,
  G_WEAKREFS,
  incref,
  newref,
  Py_EQ,
  Py_NE,
  Py_TPFLAGS_BASETYPE,
  Py_TPFLAGS_HAVE_GC,
  Py_TPFLAGS_HAVE_VECTORCALL,
  PyObject,
  type PyTypeObject,
  type visitproc,
  xdecref,
} from '../core/object.ts';
import { METH_NOARGS, METH_O, static_type } from '../core/spec.ts';
import { PyObject_GetItem, PySequence_Contains, PySequence_List } from './abstract.ts';
import { check_no_keywords, check_positional } from './argcheck.ts';
import { PyBool_FromLong } from './boolobject.ts';
import { PyObject_Call, PyObject_CallOneArg, PyObject_CallTwoArgs, PyObject_Vectorcall } from './call.ts';
import { PyList_Check, PyTuple_Check, PyType_Check, PyUnicode_Check } from './checks.ts';
import { qualified_name } from './dictobject.ts';
import { PyExc_AttributeError, PyExc_IndexError, PyExc_TypeError } from './exceptions.ts';
import { builtin_iter } from './iterobject.ts';
import { PyList_Append, PyList_Type } from './listobject.ts';
import {
  _PyNone_Type,
  Py_Ellipsis,
  Py_None,
  Py_NotImplemented,
  PyObject_Dir,
  PyObject_GenericGetAttr,
  PyObject_GetAttr,
  PyObject_GetOptionalAttrString,
  PyObject_HasAttr,
  PyObject_Hash,
  PyObject_IsTrue,
  PyObject_RichCompare,
  PyObject_RichCompareBool,
  PyObject_SelfIter,
  PyObject_SetAttr,
  Py_EnterRecursiveCall,
  Py_LeaveRecursiveCall,
  repr_string,
  str_string,
} from './object.ts';
import {
  PyTuple_FromArray,
  PyTuple_FromArraySteal,
  PyTuple_Pack,
  PyTuple_Type,
  tuple_pair_steal,
} from './tupleobject.ts';
import { PyObject_TypeCheck } from './typeobject.ts';
import { _Py_ID, PyUnicode_AsString, PyUnicode_FromString } from './unicodeobject.ts';
import { _Py_union_type_or } from './unionobject.ts';
import { PyObject_ClearWeakRefs } from './weakrefobject.ts';

/** Payload of types.GenericAlias: all owned. */
export class GenericAlias {
  readonly origin: PyObject;
  readonly args: PyObject;
  parameters: PyObject | null = null;
  /** True for what `*tuple[int]` gives. */
  starred = false;
  constructor(origin: PyObject, args: PyObject) {
    this.origin = origin;
    this.args = args;
  }
}

export type GenericAliasObject = PyObject<GenericAlias>;

/** Attributes that are the alias's own; all others are looked up on its origin. */
const OWN_ATTRIBUTES: readonly string[] = [
  '__class__',
  '__origin__',
  '__args__',
  '__unpacked__',
  '__parameters__',
  '__typing_unpacked_tuple_args__',
  '__mro_entries__',
  '__reduce_ex__',
  '__reduce__',
];
/** Attributes that an alias has not, even if its origin has them. */
const BLOCKED_ATTRIBUTES: readonly string[] = ['__bases__', '__copy__', '__deepcopy__'];

export function _PyGenericAlias_Check(o: PyObject): o is GenericAliasObject {
  return PyObject_TypeCheck(o, Py_GenericAliasType);
}

function make_payload(origin: PyObject, args: PyObject): GenericAlias {
  return new GenericAlias(newref(origin), PyTuple_Check(args) ? newref(args) : PyTuple_Pack(args));
}

/** `origin[args]`: args is a tuple, or one argument. CPython: Objects/genericaliasobject.c:Py_GenericAlias */
export function Py_GenericAlias(origin: PyObject, args: PyObject): PyObject {
  const alias = new PyObject<unknown, unknown>(Py_GenericAliasType, make_payload(origin, args), null);
  gc_new(alias);
  return alias;
}

/** `__class_getitem__` of built-in types (METH_O | METH_CLASS). */
export function Py_GenericAlias_class_getitem(cls: PyObject, item: PyObject): PyObject {
  return Py_GenericAlias(cls, item);
}

function ga_new(type: PyTypeObject, args: PyObject, kwargs: PyObject | null): PyObject {
  check_no_keywords('GenericAlias', kwargs);
  const items = args.v as PyObject[];
  check_positional('GenericAlias', items.length, 2, 2);
  return type.tp_alloc!(type, make_payload(items[0]!, items[1]!));
}

function ga_dealloc(self: PyObject): void {
  gc_del(self);
  if ((self.g & G_WEAKREFS) !== 0) PyObject_ClearWeakRefs(self);
  const alias = (self as GenericAliasObject).v;
  decref(alias.origin);
  decref(alias.args);
  xdecref(alias.parameters);
}

function ga_traverse(self: PyObject, visit: visitproc): void {
  const alias = (self as GenericAliasObject).v;
  visit(alias.origin);
  visit(alias.args);
  if (alias.parameters !== null) visit(alias.parameters);
}

// --- repr ------------------------------------------------------------------------------------------------------------

/** How a type reads inside an alias or a union. CPython: Objects/typevarobject.c:_Py_typing_type_repr */
export function _Py_typing_type_repr(p: PyObject): string {
  if (p === Py_Ellipsis) return '...';
  if (p === _PyNone_Type) return 'None';
  if (PyObject_HasAttr(p, _Py_ID('__origin__')) && PyObject_HasAttr(p, _Py_ID('__args__'))) return repr_string(p);
  const qualname = PyObject_GetOptionalAttrString(p, '__qualname__');
  if (qualname === null) return repr_string(p);
  let module: PyObject | null = null;
  try {
    module = PyObject_GetOptionalAttrString(p, '__module__');
    if (module === null || module === Py_None) return repr_string(p);
    if (PyUnicode_Check(module) && PyUnicode_AsString(module) === 'builtins') return str_string(qualname);
    return `${str_string(module)}.${str_string(qualname)}`;
  } finally {
    decref(qualname);
    xdecref(module);
  }
}

function ga_repr(self: PyObject): PyObject {
  const alias = (self as GenericAliasObject).v;
  const args = alias.args.v as PyObject[];
  let text = `${alias.starred ? '*' : ''}${_Py_typing_type_repr(alias.origin)}[`;
  for (let i = 0; i < args.length; i++) {
    const arg = args[i]!;
    if (i > 0) text += ', ';
    if (arg.ob_type === PyList_Type) {
      // The list of types that stands for a ParamSpec. Their reprs may change it.
      const n = (arg.v as PyObject[]).length;
      text += '[';
      for (let k = 0; k < n; k++) {
        const items = arg.v as PyObject[];
        if (k >= items.length) PyErr_SetString(PyExc_IndexError, 'list index out of range');
        const item = newref(items[k]!);
        try {
          text += (k > 0 ? ', ' : '') + _Py_typing_type_repr(item);
        } finally {
          decref(item);
        }
      }
      text += ']';
    } else text += _Py_typing_type_repr(arg);
  }
  return PyUnicode_FromString(`${text}${args.length === 0 ? '()' : ''}]`);
}

// --- type variables --------------------------------------------------------------------------------------------------

function optional_attr(o: PyObject, name: string): PyObject | null {
  return PyObject_GetOptionalAttrString(o, name);
}

/** The type variables in a tuple or list of arguments, each once, as a new tuple.
 *  CPython: Objects/genericaliasobject.c:_Py_make_parameters */
export function _Py_make_parameters(args: PyObject): PyObject {
  Py_EnterRecursiveCall(' in __parameter__ calculation');
  try {
    return make_parameters(args);
  } finally {
    Py_LeaveRecursiveCall();
  }
}

function make_parameters(args: PyObject): PyObject {
  const found: PyObject[] = [];
  const add = (o: PyObject): void => {
    if (!found.includes(o)) found.push(newref(o));
  };
  const items = (args.v as PyObject[]).slice();
  for (const o of items) incref(o);
  try {
    for (const t of items) {
      if (PyType_Check(t)) continue; // `__parameters__` of a class is a descriptor or another matter
      if (PyObject_HasAttr(t, _Py_ID('__typing_subst__'))) {
        add(t);
        continue;
      }
      let inner = optional_attr(t, '__parameters__');
      if (inner === null && (PyTuple_Check(t) || PyList_Check(t))) inner = _Py_make_parameters(t);
      if (inner === null) continue;
      if (PyTuple_Check(inner)) for (const p of inner.v) add(p);
      decref(inner);
    }
  } catch (e) {
    decref_all(found);
    throw e;
  } finally {
    decref_all(items);
  }
  return PyTuple_FromArraySteal(found);
}

/** `obj` with its type variables replaced: `params[i]` by `values[i]`. CPython: subs_tvars */
function subs_tvars(obj: PyObject, params: PyObject[], values: PyObject[]): PyObject {
  const inner = optional_attr(obj, '__parameters__');
  if (inner === null) return newref(obj);
  try {
    if (!PyTuple_Check(inner) || inner.v.length === 0) return newref(obj);
    const subargs: PyObject[] = [];
    for (const p of inner.v) {
      const i = params.indexOf(p);
      const value = i < 0 ? p : values[i]!;
      if (i >= 0 && p.ob_type.tp_iter !== null && PyTuple_Check(value)) subargs.push(...value.v);
      else subargs.push(value);
    }
    const key = PyTuple_FromArray(subargs);
    try {
      return PyObject_GetItem(obj, key);
    } finally {
      decref(key);
    }
  } finally {
    decref(inner);
  }
}

function is_unpacked_typevartuple(arg: PyObject): boolean {
  const flag = optional_attr(arg, '__typing_is_unpacked_typevartuple__');
  if (flag === null) return false;
  try {
    return PyObject_IsTrue(flag);
  } finally {
    decref(flag);
  }
}

/** The types that `*tuple[...]` stands for (a new reference), or null. */
function unpacked_tuple_args(arg: PyObject): PyObject | null {
  if (_PyGenericAlias_Check(arg) && arg.v.starred && arg.v.origin === PyTuple_Type) return newref(arg.v.args);
  const result = optional_attr(arg, '__typing_unpacked_tuple_args__');
  if (result === Py_None) {
    decref(result);
    return null;
  }
  return result;
}

/** The arguments of a subscript as a new tuple, with unpacked tuples of known length spread. CPython: _unpack_args */
function unpack_args(item: PyObject): PyObject {
  const given = PyTuple_Check(item) ? item.v : [item];
  const out: PyObject[] = [];
  for (const arg of given) {
    if (!PyType_Check(arg)) {
      let inner: PyObject | null;
      try {
        inner = unpacked_tuple_args(arg);
      } catch (e) {
        decref_all(out);
        throw e;
      }
      if (inner !== null) {
        const known = PyTuple_Check(inner) && !(inner.v.length > 0 && inner.v[inner.v.length - 1] === Py_Ellipsis);
        if (known) for (const o of inner.v as PyObject[]) out.push(newref(o));
        decref(inner);
        if (known) continue;
      }
    }
    out.push(newref(arg));
  }
  return PyTuple_FromArraySteal(out);
}

/** Lets every parameter complete the arguments (defaults, type variable tuples). Steals `item`, returns its successor. */
function prepare_args(self: PyObject, parameters: PyObject[], item: PyObject): PyObject {
  for (const param of parameters) {
    let next: PyObject;
    let prepare: PyObject | null = null;
    try {
      prepare = optional_attr(param, '__typing_prepare_subst__');
      if (prepare === null || prepare === Py_None) continue;
      if (PyTuple_Check(item)) next = PyObject_CallTwoArgs(prepare, self, item);
      else {
        const tuple = PyTuple_Pack(item);
        try {
          next = PyObject_CallTwoArgs(prepare, self, tuple);
        } finally {
          decref(tuple);
        }
      }
    } catch (e) {
      decref(item);
      throw e;
    } finally {
      xdecref(prepare);
    }
    decref(item);
    item = next;
  }
  return item;
}

/** The arguments `args` (tuple or list) of `self` with its type variables replaced, as a new tuple.
 *  CPython: Objects/genericaliasobject.c:_Py_subs_parameters */
export function _Py_subs_parameters(self: PyObject, args: PyObject, parameters: PyObject, given: PyObject): PyObject {
  const params = parameters.v as PyObject[];
  if (params.length === 0) PyErr_SetString(PyExc_TypeError, `${repr_string(self)} is not a generic class`);
  const item = prepare_args(self, params, unpack_args(given));
  const out: PyObject[] = [];
  let sources: PyObject[] = [];
  try {
    const values = PyTuple_Check(item) ? item.v : [item];
    if (values.length !== params.length) {
      PyErr_SetString(
        PyExc_TypeError,
        `Too ${values.length > params.length ? 'many' : 'few'} arguments for ${repr_string(self)}; actual ${values.length}, expected ${params.length}`,
      );
    }
    sources = (args.v as PyObject[]).slice();
    for (const o of sources) incref(o);
    for (const arg of sources) substitute_one(self, arg, parameters, params, values, item, out);
  } catch (e) {
    decref_all(out);
    throw e;
  } finally {
    decref_all(sources);
    decref(item);
  }
  return PyTuple_FromArraySteal(out);
}

/** Appends what one argument becomes to `out` (which owns its items). */
function substitute_one(
  self: PyObject,
  arg: PyObject,
  parameters: PyObject,
  params: PyObject[],
  values: PyObject[],
  item: PyObject,
  out: PyObject[],
): void {
  if (PyType_Check(arg)) {
    out.push(newref(arg));
    return;
  }
  if (PyTuple_Check(arg) || PyList_Check(arg)) {
    const inner = _Py_subs_parameters(self, arg, parameters, item);
    if (PyTuple_Check(arg)) {
      out.push(inner);
      return;
    }
    try {
      out.push(PySequence_List(inner));
    } finally {
      decref(inner);
    }
    return;
  }
  const unpack = is_unpacked_typevartuple(arg);
  const subst = optional_attr(arg, '__typing_subst__');
  let result: PyObject;
  if (subst === null) result = subs_tvars(arg, params, values);
  else {
    try {
      // An argument may have become a parameter after the parameters were collected.
      const i = params.indexOf(arg);
      if (i < 0) {
        PyErr_SetString(PyExc_TypeError, `argument ${repr_string(arg)} with __typing_subst__ was not found in __parameters__`);
      }
      result = PyObject_CallOneArg(subst, values[i]!);
    } finally {
      decref(subst);
    }
  }
  if (!unpack) {
    out.push(result);
    return;
  }
  try {
    if (!PyTuple_Check(result)) {
      PyErr_SetString(
        PyExc_TypeError,
        `expected __typing_subst__ of ${qualified_name(arg.ob_type)} objects to return a tuple, not ${qualified_name(result.ob_type)}`,
      );
    }
    for (const o of result.v) out.push(newref(o));
  } finally {
    decref(result);
  }
}

/** The tuple of type variables (borrowed). */
function parameters_of(alias: GenericAlias): PyObject {
  if (alias.parameters === null) {
    const made = _Py_make_parameters(alias.args);
    if (alias.parameters === null) alias.parameters = made;
    else decref(made);
  }
  return alias.parameters;
}

function ga_getitem(self: PyObject, item: PyObject): PyObject {
  const alias = (self as GenericAliasObject).v;
  const args = _Py_subs_parameters(self, alias.args, parameters_of(alias), item);
  const res = Py_GenericAlias(alias.origin, args);
  decref(args);
  (res as GenericAliasObject).v.starred = alias.starred;
  return res;
}

// --- slots -----------------------------------------------------------------------------------------------------------

function ga_hash(self: PyObject): Hash {
  const alias = (self as GenericAliasObject).v;
  const a = PyObject_Hash(alias.origin);
  const b = PyObject_Hash(alias.args);
  return hash_from_halves(a.lo ^ b.lo, a.hi ^ b.hi);
}

/** Tells a new instance by which alias it was made, where it can be told. Steals and returns obj. */
function set_orig_class(obj: PyObject, self: PyObject): PyObject {
  try {
    PyObject_SetAttr(obj, _Py_ID('__orig_class__'), self);
  } catch (e) {
    if (!PyErr_ExceptionMatches(e, PyExc_AttributeError) && !PyErr_ExceptionMatches(e, PyExc_TypeError)) {
      decref(obj);
      throw e;
    }
    PyErr_Clear(e);
  }
  return obj;
}

function ga_call(self: PyObject, args: PyObject, kwargs: PyObject | null): PyObject {
  return set_orig_class(PyObject_Call((self as GenericAliasObject).v.origin, args, kwargs), self);
}

function ga_vectorcall(self: PyObject, args: PyObject[], kwnames: PyObject | null): PyObject {
  return set_orig_class(PyObject_Vectorcall((self as GenericAliasObject).v.origin, args, kwnames), self);
}

function ga_getattro(self: PyObject, name: PyObject): PyObject {
  if (PyUnicode_Check(name)) {
    const text = PyUnicode_AsString(name);
    if (!OWN_ATTRIBUTES.includes(text) && !BLOCKED_ATTRIBUTES.includes(text)) {
      return PyObject_GetAttr((self as GenericAliasObject).v.origin, name);
    }
  }
  return PyObject_GenericGetAttr(self, name);
}

function ga_richcompare(self: PyObject, other: PyObject, op: number): PyObject {
  if ((op !== Py_EQ && op !== Py_NE) || !_PyGenericAlias_Check(other)) return newref(Py_NotImplemented);
  const a = (self as GenericAliasObject).v;
  const b = other.v;
  if (a.starred !== b.starred || !PyObject_RichCompareBool(a.origin, b.origin, Py_EQ))
    return PyBool_FromLong(op === Py_NE);
  return PyObject_RichCompare(a.args, b.args, op);
}

function ga_mro_entries(self: PyObject): PyObject {
  return PyTuple_Pack((self as GenericAliasObject).v.origin);
}

function ga_instancecheck(): PyObject {
  PyErr_SetString(PyExc_TypeError, 'isinstance() argument 2 cannot be a parameterized generic');
}

function ga_subclasscheck(): PyObject {
  PyErr_SetString(PyExc_TypeError, 'issubclass() argument 2 cannot be a parameterized generic');
}

function ga_reduce(self: PyObject): PyObject {
  const alias = (self as GenericAliasObject).v;
  if (alias.starred) {
    const next = builtin_iter('next');
    const plain = Py_GenericAlias(alias.origin, alias.args);
    const iter = ga_iter(plain);
    decref(plain);
    return tuple_pair_steal(next, PyTuple_FromArraySteal([iter]));
  }
  return tuple_pair_steal(newref(self.ob_type), PyTuple_Pack(alias.origin, alias.args));
}

function ga_dir(self: PyObject): PyObject {
  const dir = PyObject_Dir((self as GenericAliasObject).v.origin);
  try {
    for (const name of OWN_ATTRIBUTES) {
      if (!PySequence_Contains(dir, _Py_ID(name))) PyList_Append(dir, _Py_ID(name));
    }
  } catch (e) {
    decref(dir);
    throw e;
  }
  return dir;
}

function ga_unpacked_tuple_args(self: PyObject): PyObject {
  const alias = (self as GenericAliasObject).v;
  return newref(alias.starred && alias.origin === PyTuple_Type ? alias.args : Py_None);
}

// --- the iterator behind `*alias` -----------------------------------------------------------------------------------------

/** Payload: the alias still to be given starred (owned), null once exhausted. */
class GenericAliasIter {
  obj: PyObject | null;
  constructor(obj: PyObject) {
    this.obj = obj;
  }
}

type GenericAliasIterObject = PyObject<GenericAliasIter>;

function ga_iter(self: PyObject): PyObject {
  const it = new PyObject<unknown, unknown>(_Py_GenericAliasIterType, new GenericAliasIter(newref(self)), null);
  gc_new(it);
  return it;
}

function ga_iternext(self: PyObject): PyObject | null {
  const it = (self as GenericAliasIterObject).v;
  const obj = it.obj as GenericAliasObject | null;
  if (obj === null) return null;
  const starred = Py_GenericAlias(obj.v.origin, obj.v.args);
  (starred as GenericAliasObject).v.starred = true;
  it.obj = null;
  decref(obj);
  return starred;
}

function ga_iter_dealloc(self: PyObject): void {
  gc_del(self);
  xdecref((self as GenericAliasIterObject).v.obj);
}

function ga_iter_traverse(self: PyObject, visit: visitproc): void {
  const obj = (self as GenericAliasIterObject).v.obj;
  if (obj !== null) visit(obj);
}

function ga_iter_clear(self: PyObject): void {
  const it = (self as GenericAliasIterObject).v;
  const obj = it.obj;
  it.obj = null;
  xdecref(obj);
}

function ga_iter_reduce(self: PyObject): PyObject {
  const iter = builtin_iter('iter');
  const obj = (self as GenericAliasIterObject).v.obj;
  return tuple_pair_steal(iter, PyTuple_FromArraySteal([obj === null ? PyTuple_FromArraySteal([]) : newref(obj)]));
}

export const _Py_GenericAliasIterType = static_type({
  name: 'generic_alias_iterator',
  tp_basicsize: 24,
  tp_flags: Py_TPFLAGS_HAVE_GC,
  tp_dealloc: ga_iter_dealloc,
  tp_traverse: ga_iter_traverse,
  tp_clear: ga_iter_clear,
  tp_iter: PyObject_SelfIter,
  tp_iternext: ga_iternext,
  methods: [{ name: '__reduce__', flags: METH_NOARGS, meth: ga_iter_reduce, sig: '($self, /)' }],
});

export const Py_GenericAliasType = static_type({
  name: 'types.GenericAlias',
  tp_doc: 'GenericAlias(origin, args, /)\n--\n\nA generic type with its arguments, such as list[int].',
  tp_basicsize: 64,
  tp_weaklistoffset: 40,
  has_weakrefs: true,
  tp_flags: Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_VECTORCALL,
  tp_new: ga_new,
  tp_dealloc: ga_dealloc,
  tp_traverse: ga_traverse,
  tp_repr: ga_repr,
  tp_hash: ga_hash,
  tp_call: ga_call,
  tp_instance_vectorcall: ga_vectorcall,
  tp_getattro: ga_getattro,
  tp_richcompare: ga_richcompare,
  tp_iter: ga_iter,
  nb_or: (a, b) => _Py_union_type_or(a, b),
  mp_subscript: ga_getitem,
  methods: [
    { name: '__mro_entries__', flags: METH_O, meth: ga_mro_entries, sig: '($self, object, /)' },
    { name: '__instancecheck__', flags: METH_O, meth: ga_instancecheck, sig: '($self, object, /)' },
    { name: '__subclasscheck__', flags: METH_O, meth: ga_subclasscheck, sig: '($self, object, /)' },
    { name: '__reduce__', flags: METH_NOARGS, meth: ga_reduce, sig: '($self, /)' },
    { name: '__dir__', flags: METH_NOARGS, meth: ga_dir, sig: '($self, /)' },
  ],
  members: [
    { name: '__origin__', get: self => newref((self as GenericAliasObject).v.origin) },
    { name: '__args__', get: self => newref((self as GenericAliasObject).v.args) },
    { name: '__unpacked__', get: self => PyBool_FromLong((self as GenericAliasObject).v.starred) },
  ],
  getset: [
    {
      name: '__parameters__',
      get: self => newref(parameters_of((self as GenericAliasObject).v)),
      doc: 'Type variables in the alias.',
    },
    { name: '__typing_unpacked_tuple_args__', get: ga_unpacked_tuple_args },
  ],
});
