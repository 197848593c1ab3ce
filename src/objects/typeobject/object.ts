// object.ts: the class `object`, root of all.                              CPython: Objects/typeobject.c (object_*)

import { PyErr_SetString } from '../../core/errors.ts';
import { gc_del } from '../../core/gc.ts';
import {
  DICT_DIRECT,
  DICT_NONE,
  decref,
  G_INLINE_VALUES,
  incref,
  newref,
  Py_EQ,
  Py_NE,
  Py_TPFLAGS_BASETYPE,
  Py_TPFLAGS_HAVE_GC,
  Py_TPFLAGS_HEAPTYPE,
  Py_TPFLAGS_IMMUTABLETYPE,
  Py_TPFLAGS_IS_ABSTRACT,
  type PyObject,
  type PyTypeObject,
  xdecref,
} from '../../core/object.ts';
import { METH_CLASS, METH_NOARGS, METH_O, static_type } from '../../core/spec.ts';
import { PyIter_Next, PyObject_GetIter } from '../abstract.ts';
import { audit_set } from '../audit.ts';
import { Py_False, Py_True } from '../boolobject.ts';
import { PyObject_Call, PyObject_CallMethod, PyObject_CallNoArgs } from '../call.ts';
import { PyDict_Check, PyList_Check, PyTuple_Check, PyType_Check, PyUnicode_Check } from '../checks.ts';
import {
  PyDict_ContainsString,
  PyDict_Copy,
  PyDict_GetItem,
  PyDict_Keys,
  PyDict_New,
  PyDict_SetItem,
  PyDict_Size,
  PyDict_Type,
  PyDict_Update,
} from '../dictobject.ts';
import { PyExc_TypeError, PyExc_ValueError } from '../exceptions.ts';
import { PyImport_ImportModuleAttr } from '../import_util.ts';

import { PyList_Type } from '../listobject.ts';
import { PyLong_AsLong, PyLong_FromLong } from '../longobject.ts';
import { PyModule_Type } from '../moduleobject.ts';
import {
  _PyObject_LookupSpecial,
  address,
  instance_dict,
  instance_dict_or_null,
  materialize_dict,
  Py_None,
  Py_NotImplemented,
  PyObject_GenericGetAttr,
  PyObject_GenericSetAttr,
  PyObject_GetAttrString,
  PyObject_GetOptionalAttrString,
  PyObject_IsTrue,
  PyObject_Str,
  pointer_hash,
} from '../object.ts';
import { PyTuple_FromArray, PyTuple_FromArraySteal } from '../tupleobject.ts';
import { _PyType_Lookup, PyType_IsSubtype, PyType_Type } from '../typeobject.ts';
import { _Py_ID, PyUnicode_AsString, PyUnicode_FromString } from '../unicodeobject.ts';
import { type_module_text, type_qualname_text } from './attrs.ts';
import { compatible_layout } from './layout.ts';

function excess_args(args: PyObject, kwargs: PyObject | null): boolean {
  return (args as PyObject<PyObject[]>).v.length > 0 || (kwargs !== null && PyDict_Size(kwargs) > 0);
}

export function object_init(self: PyObject, args: PyObject, kwargs: PyObject | null): void {
  if (!excess_args(args, kwargs)) return;
  const type = self.ob_type;
  if (type.tp_init !== object_init) {
    PyErr_SetString(PyExc_TypeError, 'object.__init__() takes exactly one argument (the instance to initialize)');
  }
  if (type.tp_new === object_new) {
    PyErr_SetString(
      PyExc_TypeError,
      `${type.tp_name}.__init__() takes exactly one argument (the instance to initialize)`,
    );
  }
}

export function object_new(type: PyTypeObject, args: PyObject, kwargs: PyObject | null): PyObject {
  if (excess_args(args, kwargs)) {
    if (type.tp_new !== object_new) {
      PyErr_SetString(PyExc_TypeError, 'object.__new__() takes exactly one argument (the type to instantiate)');
    }
    if (type.tp_init === object_init) PyErr_SetString(PyExc_TypeError, `${type.tp_name}() takes no arguments`);
  }
  if ((type.tp_flags & Py_TPFLAGS_IS_ABSTRACT) !== 0) raise_abstract(type);
  return type.tp_alloc!(type, null);
}

function raise_abstract(type: PyTypeObject): never {
  const methods = PyObject_GetAttrString(type, '__abstractmethods__');
  const names: string[] = [];
  const it = PyObject_GetIter(methods);
  for (let n = PyIter_Next(it); n !== null; n = PyIter_Next(it)) {
    names.push(PyUnicode_AsString(n));
    decref(n);
  }
  decref(it);
  decref(methods);
  names.sort();
  const text = names.map(n => `'${n}'`).join(', ');
  PyErr_SetString(
    PyExc_TypeError,
    `Can't instantiate abstract class ${type.tp_name} without an implementation for abstract method${names.length > 1 ? 's' : ''} ${text}`,
  );
}

function object_dealloc(self: PyObject): void {
  // (for an instance of a class statement's type subtype_dealloc does it)
  if ((self.ob_type.tp_flags & (Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_HEAPTYPE)) === Py_TPFLAGS_HAVE_GC) gc_del(self);
}

function object_repr(self: PyObject): PyObject {
  const type = self.ob_type;
  const mod = type_module_text(type);
  const qual = type_qualname_text(type);
  const name = mod !== null && mod !== 'builtins' ? `${mod}.${qual}` : type.tp_name;
  return PyUnicode_FromString(`<${name} object at ${address(self)}>`);
}

function object_str(self: PyObject): PyObject {
  const repr = self.ob_type.tp_repr;
  return repr === null ? object_repr(self) : repr(self);
}

export function object_richcompare(self: PyObject, other: PyObject, op: number): PyObject {
  if (op === Py_EQ) return newref(self === other ? Py_True : Py_NotImplemented);
  if (op === Py_NE) {
    const richcompare = self.ob_type.tp_richcompare;
    if (richcompare === null) return newref(Py_NotImplemented);
    const res = richcompare(self, other, Py_EQ);
    if (res === Py_NotImplemented) return res;
    let truth: boolean;
    try {
      truth = PyObject_IsTrue(res);
    } finally {
      decref(res);
    }
    return newref(truth ? Py_False : Py_True);
  }
  return newref(Py_NotImplemented);
}

function object_get_class(self: PyObject): PyObject {
  return newref(self.ob_type);
}

/** Assignment to `__class__`. CPython: object_set_class */
function object_set_class(self: PyObject, value: PyObject | null): void {
  if (value === null) PyErr_SetString(PyExc_TypeError, "can't delete __class__ attribute");
  if (!PyType_Check(value)) {
    PyErr_SetString(PyExc_TypeError, `__class__ must be set to a class, not '${value.ob_type.tp_name}' object`);
  }
  audit_set(self, '__class__', value);
  const oldto = self.ob_type;
  const newto = value;
  if (newto === oldto) return;
  const module = PyModule_Type;
  const both_modules = PyType_IsSubtype(newto, module) && PyType_IsSubtype(oldto, module);
  if (
    !both_modules &&
    ((newto.tp_flags & Py_TPFLAGS_IMMUTABLETYPE) !== 0 || (oldto.tp_flags & Py_TPFLAGS_IMMUTABLETYPE) !== 0)
  ) {
    PyErr_SetString(PyExc_TypeError, '__class__ assignment only supported for mutable types or ModuleType subclasses');
  }
  if (newto.tp_dealloc !== oldto.tp_dealloc && !both_modules) {
    PyErr_SetString(
      PyExc_TypeError,
      `__class__ assignment: '${newto.tp_name}' deallocator differs from '${oldto.tp_name}'`,
    );
  }
  if (!both_modules && !compatible_layout(newto, oldto)) {
    PyErr_SetString(
      PyExc_TypeError,
      `__class__ assignment: '${newto.tp_name}' object layout differs from '${oldto.tp_name}'`,
    );
  }
  if ((self.g & G_INLINE_VALUES) !== 0) materialize_dict(self);
  if ((newto.tp_flags & Py_TPFLAGS_HEAPTYPE) !== 0) incref(newto);
  self.ob_type = newto;
  if ((oldto.tp_flags & Py_TPFLAGS_HEAPTYPE) !== 0) decref(oldto);
}

// --- pickling ----------------------------------------------------------------------------------------------------------

/** Names of the slots that hold state. */
function slot_state_names(type: PyTypeObject): string[] {
  // A class may say itself which names they are.
  const given = PyDict_GetItem(type.tp_dict!, _Py_ID('__slotnames__'));
  if (given !== null && PyList_Check(given)) return (given.v as PyObject[]).map(n => PyUnicode_AsString(n));
  const names: string[] = [];
  for (const base of (type.tp_mro as PyObject<PyObject[]>).v) {
    const slots = (base as PyTypeObject).ht_slots as PyObject<PyObject[]> | null;
    if (slots !== null) for (const n of slots.v) names.push(PyUnicode_AsString(n));
  }
  return names;
}

/** CPython: _PyObject_IsInstanceDictEmpty */
export function instance_dict_is_empty(self: PyObject): boolean {
  if (self.ob_type.tp_dict_kind !== DICT_NONE && (self.g & G_INLINE_VALUES) !== 0) {
    return (self.d as (PyObject | null)[]).every(value => value === null);
  }
  const dict = instance_dict_or_null(self);
  return dict === null || PyDict_Size(dict) === 0;
}

/** CPython: object_getstate_default */
function object_getstate_default(self: PyObject, required: boolean): PyObject {
  const type = self.ob_type;
  if (required && type.tp_itemsize !== 0) PyErr_SetString(PyExc_TypeError, `cannot pickle '${type.tp_name}' object`);
  let state = newref(instance_dict_is_empty(self) ? Py_None : instance_dict(self)!);
  const names = slot_state_names(type);
  if (required && has_hidden_state(type)) {
    decref(state);
    PyErr_SetString(PyExc_TypeError, `cannot pickle '${type.tp_name}' object`);
  }
  if (names.length > 0) {
    const slots = PyDict_New();
    for (const n of names) {
      const value = PyObject_GetOptionalAttrString(self, n);
      if (value === null) continue;
      PyDict_SetItem(slots, _Py_ID(n), value);
      decref(value);
    }
    if (PyDict_Size(slots) > 0) {
      const pair = PyTuple_FromArray([state, slots]);
      decref(state);
      state = pair;
    }
    decref(slots);
  }
  return state;
}

/** Whether instances hold more, in memory of their own, than attributes tell. */
function has_hidden_state(type: PyTypeObject): boolean {
  const base = static_root(type);
  let extra = 0;
  if (base.tp_dict_kind !== DICT_NONE && base.tp_dictoffset > 0) extra += 8;
  if (base.tp_weaklistoffset > 0) extra += 8;
  return base.tp_basicsize - extra > 16;
}

function static_root(type: PyTypeObject): PyTypeObject {
  let t = type;
  while ((t.tp_flags & Py_TPFLAGS_HEAPTYPE) !== 0) t = t.tp_base!;
  return t;
}

/** What `__getstate__` gives. CPython: _PyObject_GetState, object_getstate */
export function object_getstate(self: PyObject, required: boolean): PyObject {
  const func = PyObject_GetAttrString(self, '__getstate__');
  try {
    const f = func as PyObject<{ ml?: { meth?: unknown }; self?: PyObject }>;
    if (f.v !== null && typeof f.v === 'object' && f.v.ml?.meth === object___getstate__ && f.v.self === self) {
      return object_getstate_default(self, required);
    }
    return PyObject_CallNoArgs(func);
  } finally {
    decref(func);
  }
}

function object___getstate__(self: PyObject): PyObject {
  return object_getstate_default(self, false);
}

/** (args, kwargs) for `__new__`; null where the class says nothing. CPython: _PyObject_GetNewArguments */
function get_new_arguments(self: PyObject): [PyObject, PyObject | null] | null {
  const ex = _PyObject_LookupSpecial(self, _Py_ID('__getnewargs_ex__'));
  if (ex !== null) {
    let res: PyObject;
    try {
      res = PyObject_CallNoArgs(ex);
    } finally {
      decref(ex);
    }
    try {
      if (!PyTuple_Check(res)) {
        PyErr_SetString(PyExc_TypeError, `__getnewargs_ex__ should return a tuple, not '${res.ob_type.tp_name}'`);
      }
      if (res.v.length !== 2) {
        PyErr_SetString(PyExc_ValueError, `__getnewargs_ex__ should return a tuple of length 2, not ${res.v.length}`);
      }
      const [args, kwargs] = res.v as [PyObject, PyObject];
      if (!PyTuple_Check(args)) {
        PyErr_SetString(
          PyExc_TypeError,
          `first item of the tuple returned by __getnewargs_ex__ must be a tuple, not '${(args as PyObject).ob_type.tp_name}'`,
        );
      }
      if (!PyDict_Check(kwargs)) {
        PyErr_SetString(
          PyExc_TypeError,
          `second item of the tuple returned by __getnewargs_ex__ must be a dict, not '${kwargs.ob_type.tp_name}'`,
        );
      }
      return [newref(args), newref(kwargs)];
    } finally {
      decref(res);
    }
  }
  const plain = _PyObject_LookupSpecial(self, _Py_ID('__getnewargs__'));
  if (plain === null) return null;
  let args: PyObject;
  try {
    args = PyObject_CallNoArgs(plain);
  } finally {
    decref(plain);
  }
  if (!PyTuple_Check(args)) {
    const name = (args as PyObject).ob_type.tp_name;
    decref(args);
    PyErr_SetString(PyExc_TypeError, `__getnewargs__ should return a tuple, not '${name}'`);
  }
  return [args, null];
}

/** CPython: reduce_newobj */
function reduce_newobj(self: PyObject): PyObject {
  const cls = self.ob_type;
  if (cls.tp_new === null) PyErr_SetString(PyExc_TypeError, `cannot pickle '${cls.tp_name}' object`);
  const hasargs = get_new_arguments(self);
  let newobj: PyObject;
  let newargs: PyObject;
  if (hasargs === null || hasargs[1] === null || PyDict_Size(hasargs[1]) === 0) {
    newobj = PyImport_ImportModuleAttr('copyreg', '__newobj__');
    newargs = PyTuple_FromArray([cls, ...(hasargs === null ? [] : (hasargs[0] as PyObject<PyObject[]>).v)]);
  } else {
    newobj = PyImport_ImportModuleAttr('copyreg', '__newobj_ex__');
    newargs = PyTuple_FromArray([cls, hasargs[0], hasargs[1]]);
  }
  if (hasargs !== null) {
    decref(hasargs[0]);
    xdecref(hasargs[1]);
  }
  let state: PyObject;
  try {
    state = object_getstate(self, hasargs === null && !PyList_Check(self) && !PyDict_Check(self));
  } catch (e) {
    decref(newobj);
    decref(newargs);
    throw e;
  }
  const listitems = PyList_Check(self) ? PyObject_GetIter(self) : newref(Py_None);
  let dictitems: PyObject;
  if (PyDict_Check(self)) {
    const items = PyObject_CallMethod(self, 'items');
    dictitems = PyObject_GetIter(items);
    decref(items);
  } else dictitems = newref(Py_None);
  return PyTuple_FromArraySteal([newobj, newargs, state, listitems, dictitems]);
}

function common_reduce(self: PyObject, protocol: number): PyObject {
  if (protocol >= 2) return reduce_newobj(self);
  const f = PyImport_ImportModuleAttr('copyreg', '_reduce_ex');
  const proto = PyLong_FromLong(protocol);
  const args = PyTuple_FromArray([self, proto]);
  try {
    return PyObject_Call(f, args, null);
  } finally {
    decref(f);
    decref(proto);
    decref(args);
  }
}

function object_reduce(self: PyObject): PyObject {
  return common_reduce(self, 0);
}

function object_reduce_ex(self: PyObject, protocol: PyObject): PyObject {
  const n = PyLong_AsLong(protocol);
  const reduce = PyObject_GetOptionalAttrString(self, '__reduce__');
  if (reduce !== null) {
    const clsreduce = PyObject_GetAttrString(self.ob_type, '__reduce__');
    const objreduce = _PyType_Lookup(PyBaseObject_Type, _Py_ID('__reduce__'));
    const override = clsreduce !== objreduce;
    decref(clsreduce);
    if (override) {
      try {
        return PyObject_CallNoArgs(reduce);
      } finally {
        decref(reduce);
      }
    }
    decref(reduce);
  }
  return common_reduce(self, n);
}

/**
 * Whether object.__reduce_ex__() says the same of all instances of a class, from protocol 2 on: copyreg.__newobj__ makes them from
 * the class alone, and their state is their `__dict__` (None if it is empty). So it is as long as the class keeps its version,
 * but for an instance with own attributes of names that reduction asks for (`shadows_reduction`).
 */
export function reduces_plainly(type: PyTypeObject): boolean {
  if (type.ob_type !== PyType_Type || type.tp_dict_kind !== DICT_DIRECT || type.tp_getattro !== PyObject_GenericGetAttr)
    return false;
  if (PyType_IsSubtype(type, PyList_Type) || PyType_IsSubtype(type, PyDict_Type)) return false;
  if (type.tp_new === null || type.tp_itemsize !== 0 || has_hidden_state(type)) return false;
  const same = (name: string): boolean =>
    _PyType_Lookup(type, _Py_ID(name)) === PyDict_GetItem(PyBaseObject_Type.tp_dict!, _Py_ID(name));
  const none = (name: string): boolean => _PyType_Lookup(type, _Py_ID(name)) === null;
  return (
    ['__reduce_ex__', '__reduce__', '__getstate__', '__class__'].every(same) &&
    ['__getnewargs_ex__', '__getnewargs__'].every(none) &&
    slot_state_names(type).length === 0
  );
}

/** Whether an instance's dict has an attribute that its reduction would find in place of object's method. */
export function shadows_reduction(dict: PyObject): boolean {
  if (PyDict_ContainsString(dict, '__reduce_ex__') || PyDict_ContainsString(dict, '__reduce__')) return true;
  return PyDict_ContainsString(dict, '__getstate__');
}

// --- the rest ----------------------------------------------------------------------------------------------------------

function object_format(self: PyObject, spec: PyObject): PyObject {
  if (!PyUnicode_Check(spec)) {
    PyErr_SetString(PyExc_TypeError, `__format__() argument must be str, not ${spec.ob_type.tp_name}`);
  }
  if (PyUnicode_AsString(spec) !== '') {
    PyErr_SetString(PyExc_TypeError, `unsupported format string passed to ${self.ob_type.tp_name}.__format__`);
  }
  return PyObject_Str(self);
}

function object_sizeof(self: PyObject): PyObject {
  const type = self.ob_type;
  let size = type.tp_basicsize;
  if (type.tp_itemsize > 0) size += type.tp_itemsize * ((self as PyObject<{ length?: number }>).v?.length ?? 0);
  return PyLong_FromLong(size);
}

function object_dir(self: PyObject): PyObject {
  let dict: PyObject;
  const own = PyObject_GetOptionalAttrString(self, '__dict__');
  if (own === null) dict = PyDict_New();
  else if (!PyDict_Check(own)) {
    decref(own);
    dict = PyDict_New();
  } else {
    dict = PyDict_Copy(own);
    decref(own);
  }
  try {
    const cls = PyObject_GetOptionalAttrString(self, '__class__');
    if (cls !== null) {
      merge_class_dict(dict, cls);
      decref(cls);
    }
    return PyDict_Keys(dict);
  } finally {
    decref(dict);
  }
}

/** CPython: merge_class_dict */
export function merge_class_dict(dict: PyObject, cls: PyObject): void {
  const classdict = PyObject_GetOptionalAttrString(cls, '__dict__');
  if (classdict !== null) {
    try {
      PyDict_Update(dict, classdict);
    } finally {
      decref(classdict);
    }
  }
  const bases = PyObject_GetOptionalAttrString(cls, '__bases__');
  if (bases === null) return;
  try {
    if (PyTuple_Check(bases)) for (const b of bases.v) merge_class_dict(dict, b);
  } finally {
    decref(bases);
  }
}

export const PyBaseObject_Type = static_type({
  name: 'object',
  after_ready: type => {
    type.tp_data = { text_signature: '()' };
  },
  tp_basicsize: 16,
  tp_flags: Py_TPFLAGS_BASETYPE,
  tp_dealloc: object_dealloc,
  tp_repr: object_repr,
  tp_hash: self => pointer_hash(self),
  tp_str: object_str,
  tp_getattro: PyObject_GenericGetAttr,
  tp_setattro: PyObject_GenericSetAttr,
  tp_richcompare: object_richcompare,
  tp_init: object_init,
  tp_new: object_new,
  methods: [
    { name: '__reduce_ex__', flags: METH_O, meth: object_reduce_ex, sig: '($self, protocol, /)' },
    { name: '__reduce__', flags: METH_NOARGS, meth: object_reduce, sig: '($self, /)' },
    { name: '__getstate__', flags: METH_NOARGS, meth: object___getstate__, sig: '($self, /)' },
    {
      name: '__subclasshook__',
      flags: METH_CLASS | METH_O,
      meth: () => newref(Py_NotImplemented),
      sig: '($type, object, /)',
    },
    { name: '__init_subclass__', flags: METH_CLASS | METH_NOARGS, meth: () => newref(Py_None), sig: '($type, /)' },
    { name: '__format__', flags: METH_O, meth: object_format, sig: '($self, format_spec, /)' },
    { name: '__sizeof__', flags: METH_NOARGS, meth: object_sizeof, sig: '($self, /)' },
    { name: '__dir__', flags: METH_NOARGS, meth: object_dir, sig: '($self, /)' },
  ],
  getset: [{ name: '__class__', get: object_get_class, set: object_set_class }],
});
