// _abc.ts: what abc.ABCMeta does natively: registries and caches of virtual subclasses.     CPython: Modules/_abc.c
//
// Each ABC keeps an _abc_data in its attribute `_abc_impl`: registered classes, classes known to be subclasses, and
// classes known not to be (valid while no ABC registered anything since).
// Invariant: a WeakTypeSet owns one weak reference for each class it holds, whose callback takes the class out.

import { PyErr_SetString } from '../core/errors.ts';
import { gc_del } from '../core/gc.ts';
import {
  decref,
  newref,
  Py_TPFLAGS_HAVE_GC,
  Py_TPFLAGS_IMMUTABLETYPE,
  Py_TPFLAGS_MAPPING,
  Py_TPFLAGS_SEQUENCE,
  type PyObject,
  type PyTypeObject,
  type visitproc,
} from '../core/object.ts';
import { METH_CLINIC, METH_NOARGS, METH_O, type MethodSpec, type ModuleSpec, static_type } from '../core/spec.ts';
import { PyIter_Next, PyMapping_Items, PyObject_GetIter, PyObject_IsSubclass } from '../objects/abstract.ts';
import { Py_False, Py_True } from '../objects/boolobject.ts';
import { PyObject_CallMethodNoArgs, PyObject_CallMethodOneArg } from '../objects/call.ts';
import { PyList_Check, PyTuple_Check, PyType_Check } from '../objects/checks.ts';
import { PyDict_Pop } from '../objects/dictobject.ts';
import { PyExc_AssertionError, PyExc_RuntimeError, PyExc_TypeError } from '../objects/exceptions.ts';
import { PyLong_AsLong, PyLong_FromLong, PyLong_Type } from '../objects/longobject.ts';
import { MethodDef, PyCFunction_New } from '../objects/methodobject.ts';
import {
  Py_None,
  Py_NotImplemented,
  PyObject_GetAttrString,
  PyObject_GetOptionalAttr,
  PyObject_GetOptionalAttrString,
  PyObject_IsTrue,
  PyObject_SetAttrString,
} from '../objects/object.ts';
import { PyFrozenSet_New, PySet_Add, PySet_New } from '../objects/setobject.ts';
import { PyTuple_Pack } from '../objects/tupleobject.ts';
import { _Py_ID } from '../objects/unicodeobject.ts';
import { housekeepers, PyWeakref_NewRef } from '../objects/weakrefobject.ts';

const COLLECTION_FLAGS = Py_TPFLAGS_SEQUENCE | Py_TPFLAGS_MAPPING;

/** Counts registrations anywhere; negative caches of an older count are void. */
const abc_state = { invalidation_counter: 0 };

/** Classes held weakly, each with the weak reference (owned) that stands for it. */
class WeakTypeSet {
  readonly refs: Map<PyObject, PyObject> = new Map();
  /** Owned: the callback of the references. */
  private callback: PyObject | null = null;

  has(cls: PyObject): boolean {
    return this.refs.has(cls);
  }

  add(cls: PyObject): void {
    if (this.refs.has(cls)) return;
    if (this.callback === null) {
      const refs = this.refs;
      const spec: MethodSpec = {
        name: '_destroy',
        flags: METH_O,
        meth: (_self: PyObject, ref: PyObject) => {
          for (const [key, value] of refs) {
            if (value === ref) {
              refs.delete(key);
              decref(ref);
              break;
            }
          }
          return newref(Py_None);
        },
      };
      this.callback = PyCFunction_New(new MethodDef(spec), null, null);
      housekeepers.add(this.callback);
    }
    this.refs.set(cls, PyWeakref_NewRef(cls, this.callback));
  }

  clear(): void {
    const refs = [...this.refs.values()];
    this.refs.clear();
    for (const ref of refs) decref(ref);
  }

  release(): void {
    this.clear();
    if (this.callback !== null) {
      decref(this.callback);
      this.callback = null;
    }
  }

  traverse(visit: visitproc): void {
    for (const ref of this.refs.values()) visit(ref);
    if (this.callback !== null) visit(this.callback);
  }

  /** A set of the references. */
  to_set(): PyObject {
    const set = PySet_New(null);
    for (const ref of this.refs.values()) PySet_Add(set, ref);
    return set;
  }
}

class AbcData {
  readonly registry = new WeakTypeSet();
  readonly cache = new WeakTypeSet();
  readonly negative_cache = new WeakTypeSet();
  negative_cache_version = abc_state.invalidation_counter;
}

function abc_data_new(type: PyTypeObject): PyObject {
  return type.tp_alloc!(type, new AbcData());
}

function abc_data_dealloc(self: PyObject): void {
  gc_del(self);
  abc_data_clear(self);
}

function abc_data_clear(self: PyObject): void {
  const data = self.v as AbcData;
  data.registry.release();
  data.cache.release();
  data.negative_cache.release();
}

function abc_data_traverse(self: PyObject, visit: visitproc): void {
  const data = self.v as AbcData;
  data.registry.traverse(visit);
  data.cache.traverse(visit);
  data.negative_cache.traverse(visit);
}

/** The ABC's data; stays valid as long as the class keeps its `_abc_impl`. CPython: Modules/_abc.c:_get_impl */
function get_impl(cls: PyObject): AbcData {
  const impl = PyObject_GetAttrString(cls, '_abc_impl');
  const data = impl.v;
  const ok = impl.ob_type === abc_data_type;
  decref(impl);
  if (!ok) PyErr_SetString(PyExc_TypeError, '_abc_impl is set to a wrong type');
  return data as AbcData;
}

function is_abstract(value: PyObject): boolean {
  const flag = PyObject_GetOptionalAttr(value, _Py_ID('__isabstractmethod__'));
  if (flag === null) return false;
  try {
    return PyObject_IsTrue(flag);
  } finally {
    decref(flag);
  }
}

/** Sets `__abstractmethods__`: own abstract attributes, and those of the bases that are still abstract.
 *  CPython: Modules/_abc.c:compute_abstract_methods */
function compute_abstract_methods(self: PyObject): void {
  const abstracts = PyFrozenSet_New(null);
  const held: PyObject[] = [abstracts];
  try {
    const ns = PyObject_GetAttrString(self, '__dict__');
    held.push(ns);
    const items = PyMapping_Items(ns);
    held.push(items);
    for (const pair of items.v as PyObject[]) {
      if (!PyTuple_Check(pair) || pair.v.length !== 2)
        PyErr_SetString(PyExc_TypeError, 'Iteration over mapping items failed.');
      if (is_abstract(pair.v[1]!)) PySet_Add(abstracts, pair.v[0]!);
    }
    const bases = PyObject_GetAttrString(self, '__bases__');
    held.push(bases);
    if (!PyTuple_Check(bases)) PyErr_SetString(PyExc_TypeError, '__bases__ is not tuple');
    for (const base of bases.v) {
      const inherited = PyObject_GetOptionalAttrString(base, '__abstractmethods__');
      if (inherited === null) continue;
      held.push(inherited);
      const iter = PyObject_GetIter(inherited);
      held.push(iter);
      for (let key = PyIter_Next(iter); key !== null; key = PyIter_Next(iter)) {
        held.push(key);
        const value = PyObject_GetOptionalAttr(self, key);
        if (value === null) continue;
        held.push(value);
        if (is_abstract(value)) PySet_Add(abstracts, key);
      }
    }
    PyObject_SetAttrString(self, '__abstractmethods__', abstracts);
  } finally {
    for (let i = held.length - 1; i >= 0; i--) decref(held[i]!);
  }
}

/** CPython: Modules/_abc.c:_abc__abc_init */
function _abc_init(_module: PyObject, self: PyObject): PyObject {
  compute_abstract_methods(self);
  const data = abc_data_new(abc_data_type);
  try {
    PyObject_SetAttrString(self, '_abc_impl', data);
  } finally {
    decref(data);
  }
  if (PyType_Check(self) && self.tp_dict !== null) {
    const flags = PyDict_Pop(self.tp_dict, _Py_ID('__abc_tpflags__'));
    if (flags !== null) {
      try {
        if (flags.ob_type === PyLong_Type) {
          const value = PyLong_AsLong(flags);
          if ((value & COLLECTION_FLAGS) === COLLECTION_FLAGS) {
            PyErr_SetString(
              PyExc_TypeError,
              '__abc_tpflags__ cannot be both Py_TPFLAGS_SEQUENCE and Py_TPFLAGS_MAPPING',
            );
          }
          self.tp_flags |= value & COLLECTION_FLAGS;
        }
      } finally {
        decref(flags);
      }
    }
  }
  return newref(Py_None);
}

/** CPython: Modules/_abc.c:set_collection_flag_recursive */
function set_collection_flag(child: PyTypeObject, flag: number): void {
  if ((child.tp_flags & COLLECTION_FLAGS) === flag || (child.tp_flags & Py_TPFLAGS_IMMUTABLETYPE) !== 0) return;
  child.tp_flags = (child.tp_flags & ~COLLECTION_FLAGS) | flag;
  for (const grandchild of child.tp_subclasses) set_collection_flag(grandchild, flag);
}

/** CPython: Modules/_abc.c:_abc__abc_register_impl */
function _abc_register(_module: PyObject, self: PyObject, subclass: PyObject): PyObject {
  if (!PyType_Check(subclass)) PyErr_SetString(PyExc_TypeError, 'Can only register classes');
  if (PyObject_IsSubclass(subclass, self)) return newref(subclass);
  if (PyObject_IsSubclass(self, subclass))
    PyErr_SetString(PyExc_RuntimeError, 'Refusing to create an inheritance cycle');
  get_impl(self).registry.add(subclass);
  abc_state.invalidation_counter++;
  if (PyType_Check(self)) {
    const flag = self.tp_flags & COLLECTION_FLAGS;
    if (flag !== 0) set_collection_flag(subclass, flag);
  }
  return newref(subclass);
}

/** CPython: Modules/_abc.c:_abc__abc_instancecheck_impl */
function _abc_instancecheck(_module: PyObject, self: PyObject, instance: PyObject): PyObject {
  const data = get_impl(self);
  // Both are owned: what __subclasscheck__ runs may give the instance another class.
  const subtype = newref(instance.ob_type);
  let subclass: PyObject | null = null;
  try {
    subclass = PyObject_GetOptionalAttr(instance, _Py_ID('__class__')) ?? newref(subtype);
    if (data.cache.has(subclass)) return newref(Py_True);
    if (subtype === subclass) {
      if (data.negative_cache_version === abc_state.invalidation_counter && data.negative_cache.has(subclass)) {
        return newref(Py_False);
      }
      return PyObject_CallMethodOneArg(self, '__subclasscheck__', subclass);
    }
    const result = PyObject_CallMethodOneArg(self, '__subclasscheck__', subclass);
    let yes = false;
    try {
      yes = PyObject_IsTrue(result);
    } finally {
      if (!yes) decref(result);
    }
    if (yes) return result;
    return PyObject_CallMethodOneArg(self, '__subclasscheck__', subtype);
  } finally {
    if (subclass !== null) decref(subclass);
    decref(subtype);
  }
}

/** Whether `subclass` is, or derives from, a registered class. CPython: subclasscheck_check_registry */
function check_registry(data: AbcData, subclass: PyObject): boolean {
  if (data.registry.has(subclass)) return true;
  if (data.registry.refs.size === 0) return false;
  for (const registered of [...data.registry.refs.keys()]) {
    if (registered.ob_refcnt === 0) continue;
    newref(registered);
    try {
      if (PyObject_IsSubclass(subclass, registered)) {
        data.cache.add(subclass);
        return true;
      }
    } finally {
      decref(registered);
    }
  }
  return false;
}

/** CPython: Modules/_abc.c:_abc__abc_subclasscheck_impl */
function _abc_subclasscheck(_module: PyObject, self: PyObject, subclass: PyObject): PyObject {
  if (!PyType_Check(subclass)) PyErr_SetString(PyExc_TypeError, 'issubclass() arg 1 must be a class');
  const data = get_impl(self);
  if (data.cache.has(subclass)) return newref(Py_True);
  if (data.negative_cache_version < abc_state.invalidation_counter) {
    data.negative_cache.clear();
    data.negative_cache_version = abc_state.invalidation_counter;
  } else if (data.negative_cache.has(subclass)) return newref(Py_False);

  const ok = PyObject_CallMethodOneArg(self, '__subclasshook__', subclass);
  decref(ok);
  if (ok === Py_True) {
    data.cache.add(subclass);
    return newref(Py_True);
  }
  if (ok === Py_False) {
    data.negative_cache.add(subclass);
    return newref(Py_False);
  }
  if (ok !== Py_NotImplemented) {
    PyErr_SetString(PyExc_AssertionError, '__subclasshook__ must return either False, True, or NotImplemented');
  }
  if (subclass.tp_mro !== null && (subclass.tp_mro.v as PyObject[]).includes(self)) {
    data.cache.add(subclass);
    return newref(Py_True);
  }
  if (check_registry(data, subclass)) return newref(Py_True);
  const subclasses = PyObject_CallMethodNoArgs(self, '__subclasses__');
  try {
    if (!PyList_Check(subclasses)) PyErr_SetString(PyExc_TypeError, '__subclasses__() must return a list');
    for (let i = 0; i < subclasses.v.length; i++) {
      if (PyObject_IsSubclass(subclass, subclasses.v[i]!)) {
        data.cache.add(subclass);
        return newref(Py_True);
      }
    }
  } finally {
    decref(subclasses);
  }
  data.negative_cache.add(subclass);
  return newref(Py_False);
}

function get_cache_token(): PyObject {
  return PyLong_FromLong(abc_state.invalidation_counter);
}

function _reset_registry(_module: PyObject, self: PyObject): PyObject {
  get_impl(self).registry.clear();
  return newref(Py_None);
}

function _reset_caches(_module: PyObject, self: PyObject): PyObject {
  const data = get_impl(self);
  data.cache.clear();
  data.negative_cache.clear();
  return newref(Py_None);
}

/** For debugging: registry, cache, negative cache and its version. CPython: Modules/_abc.c:_abc__get_dump */
function _get_dump(_module: PyObject, self: PyObject): PyObject {
  const data = get_impl(self);
  const parts = [
    data.registry.to_set(),
    data.cache.to_set(),
    data.negative_cache.to_set(),
    PyLong_FromLong(data.negative_cache_version),
  ];
  const result = PyTuple_Pack(...parts);
  for (const part of parts) decref(part);
  return result;
}

const abc_data_type = static_type({
  name: '_abc._abc_data',
  heap: 'mutable',
  tp_basicsize: 48,
  tp_flags: Py_TPFLAGS_HAVE_GC,
  tp_doc: 'What an abstract base class remembers.',
  tp_new: abc_data_new,
  tp_dealloc: abc_data_dealloc,
  tp_traverse: abc_data_traverse,
  tp_clear: abc_data_clear,
});

export const module: ModuleSpec = {
  name: '_abc',
  doc: 'Helpers of abc.ABCMeta.',
  methods: [
    { name: 'get_cache_token', flags: METH_NOARGS, meth: get_cache_token, sig: '($module, /)' },
    { name: '_abc_init', flags: METH_O, meth: _abc_init, sig: '($module, self, /)' },
    { name: '_reset_registry', flags: METH_O, meth: _reset_registry, sig: '($module, self, /)' },
    { name: '_reset_caches', flags: METH_O, meth: _reset_caches, sig: '($module, self, /)' },
    { name: '_get_dump', flags: METH_O, meth: _get_dump, sig: '($module, self, /)' },
    { name: '_abc_register', flags: METH_CLINIC, meth: _abc_register, sig: '($module, self, subclass, /)' },
    { name: '_abc_instancecheck', flags: METH_CLINIC, meth: _abc_instancecheck, sig: '($module, self, instance, /)' },
    { name: '_abc_subclasscheck', flags: METH_CLINIC, meth: _abc_subclasscheck, sig: '($module, self, subclass, /)' },
  ],
};
