// getters.ts: attrgetter, itemgetter and methodcaller.                            CPython: Modules/_operator.c

import { PyErr_SetString } from '../../core/errors.ts';
import { gc_del } from '../../core/gc.ts';
import {
  decref,
  decref_all,
  incref,
  newref,
  Py_TPFLAGS_HAVE_GC,
  type PyObject,
  type PyTypeObject,
  type visitproc,
} from '../../core/object.ts';
import { METH_NOARGS, static_type } from '../../core/spec.ts';
import { PyObject_GetItem } from '../../objects/abstract.ts';
import { kwnames_to_dict, PyObject_Call, PyObject_Vectorcall, unbound_method, unpack_call_args, with_self } from '../../objects/call.ts';
import { PyUnicode_Check } from '../../objects/checks.ts';
import { PyExc_IndexError, PyExc_TypeError } from '../../objects/exceptions.ts';
import { PyArg_NoKeywords, PyArg_NoKwnames } from '../../objects/getargs.ts';
import { PyImport_ImportModuleAttr } from '../../objects/import_util.ts';
import { PyList_Type } from '../../objects/listobject.ts';
import { PyLong_Type } from '../../objects/longobject.ts';
import { Py_ReprEnter, Py_ReprLeave, PyObject_GetAttr, repr_string } from '../../objects/object.ts';
import {
  PyTuple_FromArray,
  PyTuple_FromArraySteal,
  PyTuple_Type,
  tuple_pair_steal,
} from '../../objects/tupleobject.ts';
import {
  PyUnicode_AsString,
  PyUnicode_FromString,
  PyUnicode_InternFromString,
  PyUnicode_InternInPlace,
} from '../../objects/unicodeobject.ts';

function items_of(tuple: PyObject): PyObject[] {
  return (tuple as PyObject<PyObject[]>).v;
}

function one_argument(name: string, args: PyObject[], kwnames: PyObject | null): PyObject {
  PyArg_NoKwnames(name, kwnames);
  if (args.length !== 1) PyErr_SetString(PyExc_TypeError, `${name} expected 1 argument, got ${args.length}`);
  return args[0]!;
}

/** repr() of a getter: its name and the reprs of what it was made from. */
function getter_repr(self: PyObject, parts: () => string[]): PyObject {
  if (Py_ReprEnter(self)) return PyUnicode_FromString(`${self.ob_type.tp_name}(...)`);
  try {
    return PyUnicode_FromString(`${self.ob_type.tp_name}(${parts().join(', ')})`);
  } finally {
    Py_ReprLeave(self);
  }
}

/** One result, or a tuple of several. */
function one_or_tuple(n: number, get: (i: number) => PyObject): PyObject {
  if (n === 1) return get(0);
  const results: PyObject[] = [];
  try {
    for (let i = 0; i < n; i++) results.push(get(i));
  } catch (e) {
    decref_all(results);
    throw e;
  }
  return PyTuple_FromArraySteal(results);
}

// --- attrgetter -----------------------------------------------------------------------------------------------------

/** `__text_signature__` of an instance: how it is called. */
function call_signature(): PyObject {
  return PyUnicode_FromString('(obj, /)');
}

class AttrGetter {
  /** Owned: the names as given. */
  readonly names: PyObject[];
  /** Owned interned parts of each name, split at its dots. */
  readonly paths: PyObject[][];
  constructor(names: PyObject[], paths: PyObject[][]) {
    this.names = names;
    this.paths = paths;
  }
}

function attrgetter_new(type: PyTypeObject, args: PyObject, kwargs: PyObject | null): PyObject {
  PyArg_NoKeywords('attrgetter', kwargs);
  const names = items_of(args);
  if (names.length === 0) PyErr_SetString(PyExc_TypeError, 'attrgetter expected 1 argument, got 0');
  for (const name of names) {
    if (!PyUnicode_Check(name)) PyErr_SetString(PyExc_TypeError, 'attribute name must be a string');
  }
  const paths = names.map(name => {
    const text = PyUnicode_AsString(name);
    return text.includes('.')
      ? text.split('.').map(PyUnicode_InternFromString)
      : [PyUnicode_InternInPlace(newref(name))];
  });
  return type.tp_alloc!(type, new AttrGetter(names.map(newref), paths));
}

function attrgetter_dealloc(self: PyObject): void {
  gc_del(self);
  const { names, paths } = self.v as AttrGetter;
  decref_all(names);
  for (const path of paths) decref_all(path);
}

function attrgetter_traverse(self: PyObject, visit: visitproc): void {
  for (const name of (self.v as AttrGetter).names) visit(name);
}

function follow(obj: PyObject, path: PyObject[]): PyObject {
  let result = newref(obj);
  for (const name of path) {
    try {
      const next = PyObject_GetAttr(result, name);
      decref(result);
      result = next;
    } catch (e) {
      decref(result);
      throw e;
    }
  }
  return result;
}

function attrgetter_vectorcall(self: PyObject, args: PyObject[], kwnames: PyObject | null): PyObject {
  const obj = one_argument('attrgetter', args, kwnames);
  const { paths } = self.v as AttrGetter;
  return one_or_tuple(paths.length, i => follow(obj, paths[i]!));
}

function attrgetter_repr(self: PyObject): PyObject {
  return getter_repr(self, () => (self.v as AttrGetter).names.map(repr_string));
}

function attrgetter_reduce(self: PyObject): PyObject {
  return tuple_pair_steal(newref(self.ob_type), PyTuple_FromArray((self.v as AttrGetter).names));
}

function vectorcall_as_call(self: PyObject, args: PyObject, kwargs: PyObject | null): PyObject {
  const [values, kwnames] = unpack_call_args(args, kwargs);
  try {
    return self.ob_type.tp_instance_vectorcall!(self, values, kwnames);
  } finally {
    if (kwnames !== null) decref(kwnames);
  }
}

export const attrgetter_type = static_type({
  name: 'operator.attrgetter',
  heap: 'immutable',
  tp_basicsize: 40,
  tp_flags: Py_TPFLAGS_HAVE_GC,
  tp_doc: 'A function that fetches the named attributes of its argument; names may have dots.',
  tp_new: attrgetter_new,
  tp_dealloc: attrgetter_dealloc,
  tp_traverse: attrgetter_traverse,
  tp_repr: attrgetter_repr,
  tp_call: vectorcall_as_call,
  tp_instance_vectorcall: attrgetter_vectorcall,
  methods: [{ name: '__reduce__', flags: METH_NOARGS, meth: attrgetter_reduce, sig: '($self, /)' }],
  getset: [{ name: '__text_signature__', get: call_signature }],
  after_ready: type => {
    type.tp_data = { text_signature: '(attr, /, *attrs)' };
  },
});

// --- itemgetter -----------------------------------------------------------------------------------------------------

/** Payload: the keys, owned. */
type ItemGetter = PyObject<PyObject[]>;

function itemgetter_new(type: PyTypeObject, args: PyObject, kwargs: PyObject | null): PyObject {
  PyArg_NoKeywords('itemgetter', kwargs);
  const keys = items_of(args);
  if (keys.length === 0) PyErr_SetString(PyExc_TypeError, 'itemgetter expected 1 argument, got 0');
  return type.tp_alloc!(type, keys.map(newref));
}

function itemgetter_dealloc(self: PyObject): void {
  gc_del(self);
  decref_all((self as ItemGetter).v);
}

function itemgetter_traverse(self: PyObject, visit: visitproc): void {
  for (const key of (self as ItemGetter).v) visit(key);
}

function fetch(obj: PyObject, key: PyObject): PyObject {
  // A tuple or list indexed by a plain int needs no dispatch.
  if (key.ob_type === PyLong_Type && typeof key.v === 'number' && key.v >= 0) {
    if (obj.ob_type === PyTuple_Type || obj.ob_type === PyList_Type) {
      const items = items_of(obj);
      if (key.v < items.length) return newref(items[key.v]!);
      const what = obj.ob_type === PyTuple_Type ? 'tuple' : 'list';
      PyErr_SetString(PyExc_IndexError, `${what} index out of range`);
    }
  }
  return PyObject_GetItem(obj, key);
}

function itemgetter_vectorcall(self: PyObject, args: PyObject[], kwnames: PyObject | null): PyObject {
  const obj = one_argument('itemgetter', args, kwnames);
  const keys = (self as ItemGetter).v;
  return keys.length === 1 ? fetch(obj, keys[0]!) : one_or_tuple(keys.length, i => fetch(obj, keys[i]!));
}

function itemgetter_repr(self: PyObject): PyObject {
  return getter_repr(self, () => (self as ItemGetter).v.map(repr_string));
}

function itemgetter_reduce(self: PyObject): PyObject {
  return tuple_pair_steal(newref(self.ob_type), PyTuple_FromArray((self as ItemGetter).v));
}

export const itemgetter_type = static_type({
  name: 'operator.itemgetter',
  heap: 'immutable',
  tp_basicsize: 48,
  tp_flags: Py_TPFLAGS_HAVE_GC,
  tp_doc: 'A function that fetches the items of its argument under the given keys.',
  tp_new: itemgetter_new,
  tp_dealloc: itemgetter_dealloc,
  tp_traverse: itemgetter_traverse,
  tp_repr: itemgetter_repr,
  tp_call: vectorcall_as_call,
  tp_instance_vectorcall: itemgetter_vectorcall,
  methods: [{ name: '__reduce__', flags: METH_NOARGS, meth: itemgetter_reduce, sig: '($self, /)' }],
  getset: [{ name: '__text_signature__', get: call_signature }],
  after_ready: type => {
    type.tp_data = { text_signature: '(item, /, *items)' };
  },
});

// --- methodcaller ---------------------------------------------------------------------------------------------------

class MethodCaller {
  /** Owned, interned. */
  readonly name: PyObject;
  /** Owned: positional values, then one for each name of kwnames. */
  readonly args: PyObject[];
  /** Owned tuple, or null. */
  readonly kwnames: PyObject | null;
  constructor(name: PyObject, args: PyObject[], kwnames: PyObject | null) {
    this.name = name;
    this.args = args;
    this.kwnames = kwnames;
  }
}

function methodcaller_new(type: PyTypeObject, args: PyObject, kwargs: PyObject | null): PyObject {
  const given = items_of(args);
  if (given.length < 1) PyErr_SetString(PyExc_TypeError, 'methodcaller needs at least one argument, the method name');
  const name = given[0]!;
  if (!PyUnicode_Check(name)) PyErr_SetString(PyExc_TypeError, 'method name must be a string');
  const [values, kwnames] = unpack_call_args(args, kwargs);
  const rest = values.slice(1);
  for (const value of rest) incref(value);
  return type.tp_alloc!(type, new MethodCaller(PyUnicode_InternInPlace(newref(name)), rest, kwnames));
}

function methodcaller_dealloc(self: PyObject): void {
  gc_del(self);
  const { name, args, kwnames } = self.v as MethodCaller;
  decref_all(args);
  if (kwnames !== null) decref(kwnames);
  decref(name);
}

function methodcaller_traverse(self: PyObject, visit: visitproc): void {
  const { name, args, kwnames } = self.v as MethodCaller;
  visit(name);
  for (const value of args) visit(value);
  if (kwnames !== null) visit(kwnames);
}

function methodcaller_vectorcall(self: PyObject, args: PyObject[], kwnames: PyObject | null): PyObject {
  const obj = one_argument('methodcaller', args, kwnames);
  const caller = self.v as MethodCaller;
  const unbound = unbound_method(obj, caller.name);
  const method = unbound ?? PyObject_GetAttr(obj, caller.name);
  try {
    const values = unbound === null ? caller.args.slice() : with_self(obj, caller.args);
    return PyObject_Vectorcall(method, values, caller.kwnames);
  } finally {
    decref(method);
  }
}

function methodcaller_repr(self: PyObject): PyObject {
  return getter_repr(self, () => {
    const { name, args, kwnames } = self.v as MethodCaller;
    const names = kwnames === null ? [] : items_of(kwnames);
    const positional = args.length - names.length;
    return [
      repr_string(name),
      ...args.map((value, i) => {
        const prefix = i < positional ? '' : `${PyUnicode_AsString(names[i - positional]!)}=`;
        return prefix + repr_string(value);
      }),
    ];
  });
}

/** With keyword arguments: a functools.partial that holds them, called with the rest. */
function methodcaller_reduce(self: PyObject): PyObject {
  const { name, args, kwnames } = self.v as MethodCaller;
  if (kwnames === null) {
    return tuple_pair_steal(newref(self.ob_type), PyTuple_FromArray([name, ...args]));
  }
  const positional = args.length - items_of(kwnames).length;
  const partial = PyImport_ImportModuleAttr('functools', 'partial');
  const head = PyTuple_FromArray([self.ob_type, name]);
  const keywords = kwnames_to_dict(args, kwnames);
  try {
    return tuple_pair_steal(PyObject_Call(partial, head, keywords), PyTuple_FromArray(args.slice(0, positional)));
  } finally {
    decref(keywords);
    decref(head);
    decref(partial);
  }
}

export const methodcaller_type = static_type({
  name: 'operator.methodcaller',
  heap: 'immutable',
  tp_basicsize: 64,
  tp_flags: Py_TPFLAGS_HAVE_GC,
  tp_doc: 'A function that calls the named method of its argument.',
  tp_new: methodcaller_new,
  tp_dealloc: methodcaller_dealloc,
  tp_traverse: methodcaller_traverse,
  tp_repr: methodcaller_repr,
  tp_call: vectorcall_as_call,
  tp_instance_vectorcall: methodcaller_vectorcall,
  methods: [{ name: '__reduce__', flags: METH_NOARGS, meth: methodcaller_reduce, sig: '($self, /)' }],
  getset: [{ name: '__text_signature__', get: call_signature }],
  after_ready: type => {
    type.tp_data = { text_signature: '(name, /, *args, **kwargs)' };
  },
});
