// attrs.ts: the class `type`: attributes and methods of classes.             CPython: Objects/typeobject.c (type_*)
import { annotations_from } from '../annotate.ts';
import { audit_set } from '../audit.ts';
import { PyErr_SetString } from '../../core/errors.ts';
import { gc_del } from '../../core/gc.ts';
import { G_WEAKREFS, PyObject, type PyTypeObject, Py_TPFLAGS_BASETYPE, Py_TPFLAGS_HAVE_GC, Py_TPFLAGS_HAVE_VECTORCALL, Py_TPFLAGS_HEAPTYPE, Py_TPFLAGS_STATIC_BUILTIN, Py_TPFLAGS_VALID_VERSION_TAG, Py_TPFLAGS_IMMUTABLETYPE, Py_TPFLAGS_IS_ABSTRACT, Py_TPFLAGS_TYPE_SUBCLASS, Py_TPFLAGS_ITEMS_AT_END, decref, incref, newref, xdecref } from '../../core/object.ts';
import { METH_CLASS, METH_KEYWORDS, METH_FASTCALL, METH_NOARGS, METH_O, static_type } from '../../core/spec.ts';
import { _PyObject_RealIsInstance, _PyObject_RealIsSubclass } from '../abstract.ts';
import { PyBool_FromLong } from '../boolobject.ts';
import { PyTuple_Check, PyType_Check, PyUnicode_Check } from '../checks.ts';
import { PyDictProxy_New } from '../descrobject.ts';
import { PyDict_Clear, PyDict_DelItem, PyDict_GetItem, PyDict_GetItemString, PyDict_Keys, PyDict_New, PyDict_SetItem } from '../dictobject.ts';
import { PyExc_AttributeError, PyExc_TypeError, PyExc_ValueError, set_attribute_error } from '../exceptions.ts';

import { PyList_FromAppendedSteal } from '../listobject.ts';
import { PyLong_FromLong } from '../longobject.ts';
import { PyObject_IsTrue, Py_None, PyCallable_Check, optionalGetattro, repr_string } from '../object.ts';
import { PyTuple_FromArray } from '../tupleobject.ts';
import { PyType_IsSubtype, PyType_Modified, _PyType_Lookup, clear_instance_state, type_call, type_vectorcall, update_all_slots, update_slot } from '../typeobject.ts';
import { PyType_union_or } from '../unionobject.ts';
import { PyUnicode_AsString, PyUnicode_AsUTF8, PyUnicode_FromString, _Py_ID, intern_borrowed } from '../unicodeobject.ts';
import { PyObject_ClearWeakRefs } from '../weakrefobject.ts';
import { best_base, compatible_layout } from './layout.ts';
import { mro_internal, type_mro_list } from './mro.ts';
import { merge_class_dict } from './object.ts';
import { subclasses_list, type_new } from './new.ts';

/** Whether CPython has the type as a static one. The others are those of class statements, and those made from specs. */
function is_static(type: PyTypeObject): boolean {
  return (type.tp_flags & Py_TPFLAGS_STATIC_BUILTIN) !== 0;
}

/** `__flags__`. */
export function shown_flags(type: PyTypeObject): number {
  const flags = type.tp_flags & ~Py_TPFLAGS_VALID_VERSION_TAG;
  return (is_static(type) ? flags : flags | Py_TPFLAGS_HEAPTYPE) >>> 0;
}

function is_heap(type: PyTypeObject): boolean {
  return (type.tp_flags & Py_TPFLAGS_HEAPTYPE) !== 0;
}

function as_type(o: PyObject): PyTypeObject {
  return o as unknown as PyTypeObject;
}

/** The list is of a tuple's size where there is one base, and grown item by item from one where there are more. */
function type_mro(self: PyTypeObject): PyObject {
  const mro = PyList_FromAppendedSteal(type_mro_list(self), 1);
  if ((self.tp_bases as PyObject<PyObject[]>).v.length === 1) mro.x = (mro.v.length + 1) & ~1;
  return mro;
}

function last_part(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1);
}

/** `__qualname__` as text. */
export function type_qualname_text(type: PyTypeObject): string {
  return type.ht_qualname !== null ? PyUnicode_AsString(type.ht_qualname) : last_part(type.tp_name);
}

/** `__module__` as text; null if it is no str. */
export function type_module_text(type: PyTypeObject): string | null {
  if (!is_heap(type)) {
    const dot = type.tp_name.lastIndexOf('.');
    return dot < 0 ? 'builtins' : type.tp_name.slice(0, dot);
  }
  const m = type.tp_dict === null ? null : PyDict_GetItemString(type.tp_dict, '__module__');
  return m !== null && PyUnicode_Check(m) ? PyUnicode_AsString(m) : null;
}

// --- attribute access ----------------------------------------------------------------------------------------------------

/** CPython: Objects/typeobject.c:_Py_type_getattro_impl; null where there is no such attribute. */
export function type_getattr_optional(self: PyObject, name: PyObject): PyObject | null {
  if (!PyUnicode_Check(name)) PyErr_SetString(PyExc_TypeError, `attribute name must be string, not '${name.ob_type.tp_name}'`);
  const type = as_type(self);
  const metatype = type.ob_type;
  const meta_attribute = _PyType_Lookup(metatype, name);
  let meta_get: PyTypeObject['tp_descr_get'] = null;
  if (meta_attribute !== null) {
    meta_get = meta_attribute.ob_type.tp_descr_get;
    if (meta_get !== null && meta_attribute.ob_type.tp_descr_set !== null) {
      incref(meta_attribute);
      try {
        return meta_get(meta_attribute, type, metatype);
      } finally {
        decref(meta_attribute);
      }
    }
  }
  const attribute = _PyType_Lookup(type, name);
  if (attribute !== null) {
    const get = attribute.ob_type.tp_descr_get;
    if (get !== null) {
      incref(attribute);
      try {
        return get(attribute, null, type);
      } finally {
        decref(attribute);
      }
    }
    return newref(attribute);
  }
  if (meta_get !== null) {
    incref(meta_attribute!);
    try {
      return meta_get(meta_attribute!, type, metatype);
    } finally {
      decref(meta_attribute!);
    }
  }
  return meta_attribute === null ? null : newref(meta_attribute);
}

export function type_getattro(self: PyObject, name: PyObject): PyObject {
  const res = type_getattr_optional(self, name);
  if (res === null) {
    set_attribute_error(`type object '${type_display(as_type(self))}' has no attribute '${PyUnicode_AsString(name)}'`, self, name);
  }
  return res;
}

function type_display(type: PyTypeObject): string {
  return type.tp_name;
}

function check_immutable(type: PyTypeObject, name: PyObject): void {
  if ((type.tp_flags & Py_TPFLAGS_IMMUTABLETYPE) !== 0) {
    PyErr_SetString(PyExc_TypeError, `cannot set ${repr_string(name)} attribute of immutable type '${type.tp_name}'`);
  }
}

/** CPython: type_setattro */
function type_setattro(self: PyObject, name: PyObject, value: PyObject | null): void {
  const type = as_type(self);
  check_immutable(type, name);
  if (!PyUnicode_Check(name)) PyErr_SetString(PyExc_TypeError, `attribute name must be string, not '${name.ob_type.tp_name}'`);
  const key = intern_borrowed(name);
  const meta_attribute = _PyType_Lookup(type.ob_type, key);
  if (meta_attribute !== null) {
    const set = meta_attribute.ob_type.tp_descr_set;
    if (set !== null) {
      incref(meta_attribute);
      try {
        set(meta_attribute, type, value);
      } finally {
        decref(meta_attribute);
      }
      return;
    }
  }
  const dict = type.tp_dict!;
  const old = PyDict_GetItem(dict, key);
  if (old !== null) incref(old);
  PyType_Modified(type);
  if (value === null) {
    if (old === null) {
      set_attribute_error(`type object '${type.tp_name}' has no attribute '${PyUnicode_AsString(name)}'`, self, name);
    }
    PyDict_DelItem(dict, key);
  } else PyDict_SetItem(dict, key, value);
  const text = PyUnicode_AsString(key);
  if (text.startsWith('__') && text.endsWith('__')) update_slot(type, text);
  xdecref(old);
}

// --- getset ------------------------------------------------------------------------------------------------------------

function check_set_special(type: PyTypeObject, value: PyObject | null, name: string): asserts value is PyObject {
  if ((type.tp_flags & Py_TPFLAGS_IMMUTABLETYPE) !== 0) {
    PyErr_SetString(PyExc_TypeError, `cannot set '${name}' attribute of immutable type '${type.tp_name}'`);
  }
  if (value === null) PyErr_SetString(PyExc_TypeError, `cannot delete '${name}' attribute of immutable type '${type.tp_name}'`);
  audit_set(type, name, value);
}

function type_name(self: PyObject): PyObject {
  const type = as_type(self);
  return type.ht_name !== null ? newref(type.ht_name) : PyUnicode_FromString(last_part(type.tp_name));
}

function type_set_name(self: PyObject, value: PyObject | null): void {
  const type = as_type(self);
  check_set_special(type, value, '__name__');
  if (!PyUnicode_Check(value)) {
    PyErr_SetString(PyExc_TypeError, `can only assign string to ${type.tp_name}.__name__, not '${value.ob_type.tp_name}'`);
  }
  const text = PyUnicode_AsUTF8(value);
  if (text.includes('\0')) PyErr_SetString(PyExc_ValueError, 'type name must not contain null characters');
  type.tp_name = text;
  const old = type.ht_name;
  type.ht_name = newref(value);
  xdecref(old);
}

function type_qualname(self: PyObject): PyObject {
  const type = as_type(self);
  return type.ht_qualname === null ? PyUnicode_FromString(type_qualname_text(type)) : newref(type.ht_qualname);
}

function type_set_qualname(self: PyObject, value: PyObject | null): void {
  const type = as_type(self);
  check_set_special(type, value, '__qualname__');
  if (!PyUnicode_Check(value)) {
    PyErr_SetString(PyExc_TypeError, `can only assign string to ${type.tp_name}.__qualname__, not '${value.ob_type.tp_name}'`);
  }
  const old = type.ht_qualname;
  type.ht_qualname = newref(value);
  xdecref(old);
}

function type_module(self: PyObject): PyObject {
  const type = as_type(self);
  if (is_heap(type)) {
    const m = PyDict_GetItemString(type.tp_dict!, '__module__');
    if (m === null) set_attribute_error("type object has no attribute '__module__'", self, _Py_ID('__module__'));
    return newref(m);
  }
  return newref(_Py_ID(type_module_text(type)!));
}

function type_set_module(self: PyObject, value: PyObject | null): void {
  const type = as_type(self);
  check_set_special(type, value, '__module__');
  PyType_Modified(type);
  if (PyDict_GetItemString(type.tp_dict!, '__firstlineno__') !== null) PyDict_DelItem(type.tp_dict!, _Py_ID('__firstlineno__'));
  PyDict_SetItem(type.tp_dict!, _Py_ID('__module__'), value);
}

function type_get_bases(self: PyObject): PyObject {
  return newref(as_type(self).tp_bases ?? Py_None);
}

/** Whether `b` is reached from `a` along the first bases: these are up to date before the MRO is. */
function in_base_chain(a: PyTypeObject, b: PyTypeObject): boolean {
  for (let t: PyTypeObject | null = a; t !== null; t = t.tp_base) if (t === b) return true;
  return false;
}

/** Assignment to `__bases__`. CPython: type_set_bases */
function type_set_bases(self: PyObject, value: PyObject | null): void {
  const type = as_type(self);
  check_set_special(type, value, '__bases__');
  if (!PyTuple_Check(value)) {
    PyErr_SetString(PyExc_TypeError, `can only assign tuple to ${type.tp_name}.__bases__, not ${value.ob_type.tp_name}`);
  }
  const bases = value.v;
  if (bases.length === 0) PyErr_SetString(PyExc_TypeError, `can only assign non-empty tuple to ${type.tp_name}.__bases__, not ()`);
  for (const b of bases) {
    if (!PyType_Check(b)) {
      PyErr_SetString(PyExc_TypeError, `${type.tp_name}.__bases__ must be tuple of classes, not '${b.ob_type.tp_name}'`);
    }
    if (PyType_IsSubtype(b, type) || in_base_chain(b, type)) PyErr_SetString(PyExc_TypeError, 'a __bases__ item causes an inheritance cycle');
  }
  const new_base = best_base(bases as PyTypeObject[]);
  if (new_base.tp_dealloc !== type.tp_base!.tp_dealloc) {
    PyErr_SetString(PyExc_TypeError, `__bases__ assignment: '${new_base.tp_name}' deallocator differs from '${type.tp_base!.tp_name}'`);
  }
  if (!compatible_layout(type.tp_base!, new_base)) {
    PyErr_SetString(PyExc_TypeError, `__bases__ assignment: '${new_base.tp_name}' object layout differs from '${type.tp_base!.tp_name}'`);
  }
  const old_bases = type.tp_bases!;
  const old_base = type.tp_base!;
  // Each class whose order was computed again, its old order and its new one, owned here.
  const changed: [PyTypeObject, PyObject | null, PyObject][] = [];
  type.tp_bases = newref(value);
  type.tp_base = newref(new_base);
  PyType_Modified(type);
  const recompute = (t: PyTypeObject): void => {
    const old = t.tp_mro;
    if (old !== null) incref(old);
    try {
      // A mro() that assigned bases in turn has seen to the subclasses.
      if (!mro_internal(t)) {
        xdecref(old);
        return;
      }
    } catch (e) {
      xdecref(old);
      throw e;
    }
    changed.push([t, old, newref(t.tp_mro!)]);
    for (const sub of t.tp_subclasses) recompute(sub);
  };
  try {
    recompute(type);
  } catch (e) {
    for (const [t, old, mro] of changed.reverse()) {
      if (t.tp_mro === mro) {
        t.tp_mro = old;
        decref(mro);
      } else xdecref(old);
      decref(mro);
    }
    if (type.tp_bases === value && type.tp_base === new_base) {
      type.tp_bases = old_bases;
      type.tp_base = old_base;
      decref(value);
      decref(new_base);
    } else {
      decref(old_bases);
      decref(old_base);
    }
    PyType_Modified(type);
    throw e;
  }
  for (const [, old, mro] of changed) {
    xdecref(old);
    decref(mro);
  }
  if (type.tp_bases !== value) {
    // An assignment during the computation has won.
    decref(old_bases);
    decref(old_base);
    return;
  }
  for (const b of (old_bases as PyObject<PyObject[]>).v) as_type(b).tp_subclasses.delete(type);
  for (const b of bases) as_type(b).tp_subclasses.add(type);
  decref(old_bases);
  decref(old_base);
  PyType_Modified(type);
  update_all_slots(type);
}

function type_abstractmethods(self: PyObject): PyObject {
  const type = as_type(self);
  const m = (self as unknown) === PyType_Type || type.tp_dict === null ? null : PyDict_GetItemString(type.tp_dict, '__abstractmethods__');
  if (m === null) PyErr_SetString(PyExc_AttributeError, '__abstractmethods__');
  return newref(m);
}

function type_set_abstractmethods(self: PyObject, value: PyObject | null): void {
  const type = as_type(self);
  let abstract = false;
  if (value !== null) {
    abstract = PyObject_IsTrue(value);
    PyDict_SetItem(type.tp_dict!, _Py_ID('__abstractmethods__'), value);
  } else {
    if (PyDict_GetItemString(type.tp_dict!, '__abstractmethods__') === null) {
      PyErr_SetString(PyExc_AttributeError, '__abstractmethods__');
    }
    PyDict_DelItem(type.tp_dict!, _Py_ID('__abstractmethods__'));
  }
  PyType_Modified(type);
  if (abstract) type.tp_flags |= Py_TPFLAGS_IS_ABSTRACT;
  else type.tp_flags &= ~Py_TPFLAGS_IS_ABSTRACT;
}

function type_doc(self: PyObject): PyObject {
  const type = as_type(self);
  const doc = type.tp_dict === null ? null : PyDict_GetItemString(type.tp_dict, '__doc__');
  if (doc === null) return newref(Py_None);
  const get = doc.ob_type.tp_descr_get;
  return get === null ? newref(doc) : get(doc, null, type);
}

function type_set_doc(self: PyObject, value: PyObject | null): void {
  const type = as_type(self);
  check_set_special(type, value, '__doc__');
  PyType_Modified(type);
  PyDict_SetItem(type.tp_dict!, _Py_ID('__doc__'), value);
}

/** `__annotations__`: computed from `__annotate__` on first demand (PEP 649). CPython: type_get_annotations */
function type_annotations(self: PyObject): PyObject {
  const type = as_type(self);
  const missing = (): never =>
    set_attribute_error(`type object '${type.tp_name}' has no attribute '__annotations__'`, self, _Py_ID('__annotations__'));
  if (!is_heap(type)) missing();
  const dict = type.tp_dict!;
  const stored = PyDict_GetItemString(dict, '__annotations__') ?? PyDict_GetItemString(dict, '__annotations_cache__');
  if (stored !== null) {
    const get = stored.ob_type.tp_descr_get;
    return get === null ? newref(stored) : get(stored, null, type);
  }
  const annotate = type_annotate(self);
  let result: PyObject;
  try {
    result = PyCallable_Check(annotate) ? annotations_from(annotate) : PyDict_New();
  } finally {
    decref(annotate);
  }
  PyDict_SetItem(dict, _Py_ID('__annotations_cache__'), result);
  PyType_Modified(type);
  return result;
}

function type_set_annotations(self: PyObject, value: PyObject | null): void {
  const type = as_type(self);
  if ((type.tp_flags & Py_TPFLAGS_IMMUTABLETYPE) !== 0) {
    PyErr_SetString(PyExc_TypeError, `cannot set '__annotations__' attribute of immutable type '${type.tp_name}'`);
  }
  const dict = type.tp_dict!;
  const stored = PyDict_GetItemString(dict, '__annotations__') !== null ? '__annotations__' : '__annotations_cache__';
  if (value !== null) PyDict_SetItem(dict, _Py_ID(stored), value);
  else {
    if (PyDict_GetItemString(dict, stored) === null) {
      set_attribute_error(`__annotations__`, self, _Py_ID('__annotations__'));
    }
    PyDict_DelItem(dict, _Py_ID(stored));
  }
  for (const n of ['__annotate_func__', '__annotate__']) {
    if (PyDict_GetItemString(dict, n) !== null) PyDict_SetItem(dict, _Py_ID(n), Py_None);
  }
  PyType_Modified(type);
}

/** CPython: type_get_annotate */
function type_annotate(self: PyObject): PyObject {
  const type = as_type(self);
  if (!is_heap(type)) {
    set_attribute_error(`type object '${type.tp_name}' has no attribute '__annotate__'`, self, _Py_ID('__annotate__'));
  }
  const dict = type.tp_dict!;
  const f = PyDict_GetItemString(dict, '__annotate__') ?? PyDict_GetItemString(dict, '__annotate_func__');
  if (f !== null) {
    const get = f.ob_type.tp_descr_get;
    return get === null ? newref(f) : get(f, null, type);
  }
  PyDict_SetItem(dict, _Py_ID('__annotate_func__'), Py_None);
  PyType_Modified(type);
  return newref(Py_None);
}

function type_set_annotate(self: PyObject, value: PyObject | null): void {
  const type = as_type(self);
  if (value === null) PyErr_SetString(PyExc_TypeError, 'cannot delete __annotate__ attribute');
  check_set_special(type, value, '__annotate__');
  if (value !== Py_None && !PyCallable_Check(value)) PyErr_SetString(PyExc_TypeError, '__annotate__ must be callable or None');
  const dict = type.tp_dict!;
  const stored = PyDict_GetItemString(dict, '__annotate__') !== null ? '__annotate__' : '__annotate_func__';
  PyDict_SetItem(dict, _Py_ID(stored), value);
  if (value !== Py_None && PyDict_GetItemString(dict, '__annotations_cache__') !== null) {
    PyDict_DelItem(dict, _Py_ID('__annotations_cache__'));
  }
  PyType_Modified(type);
}

function type_type_params(self: PyObject): PyObject {
  const type = as_type(self);
  if ((self as unknown) === PyType_Type) return PyTuple_FromArray([]);
  const p = type.tp_dict === null ? null : PyDict_GetItemString(type.tp_dict, '__type_params__');
  return p === null ? PyTuple_FromArray([]) : newref(p);
}

function type_set_type_params(self: PyObject, value: PyObject | null): void {
  const type = as_type(self);
  check_set_special(type, value, '__type_params__');
  PyDict_SetItem(type.tp_dict!, _Py_ID('__type_params__'), value);
  PyType_Modified(type);
}

function type_repr(self: PyObject): PyObject {
  const type = as_type(self);
  const mod = type_module_text(type);
  if (mod !== null && mod !== 'builtins') return PyUnicode_FromString(`<class '${mod}.${type_qualname_text(type)}'>`);
  return PyUnicode_FromString(`<class '${is_heap(type) ? type_qualname_text(type) : type.tp_name}'>`);
}

function type_dealloc(self: PyObject): void {
  const type = as_type(self);
  gc_del(self);
  if ((self.g & G_WEAKREFS) !== 0) PyObject_ClearWeakRefs(self);
  if (type.tp_bases !== null) for (const b of (type.tp_bases as PyObject<PyObject[]>).v) as_type(b).tp_subclasses.delete(type);
  for (const o of [type.tp_base, type.tp_dict, type.tp_bases, type.tp_mro, type.ht_name, type.ht_qualname, type.ht_slots]) xdecref(o);
  if (type.ht_cached_keys !== null) for (const n of type.ht_cached_keys.names) decref(n);
  clear_instance_state(self);
  // (subtype_dealloc and subtype_traverse see to a metaclass written in Python.)
}

function type_traverse(self: PyObject, visit: (o: PyObject) => void): void {
  const type = as_type(self);
  if (!is_heap(type)) return;
  for (const o of [type.tp_dict, type.tp_mro, type.tp_bases, type.tp_base]) if (o !== null) visit(o);
}

function type_clear(self: PyObject): void {
  const type = as_type(self);
  if (!is_heap(type)) return;
  PyType_Modified(type);
  if (type.tp_dict !== null) PyDict_Clear(type.tp_dict);
  const mro = type.tp_mro;
  type.tp_mro = null;
  xdecref(mro);
}

function type_prepare(): PyObject {
  return PyDict_New();
}

function type_dir(self: PyObject): PyObject {
  const dict = PyDict_New();
  try {
    merge_class_dict(dict, self);
    return PyDict_Keys(dict);
  } finally {
    decref(dict);
  }
}

function type_init(_self: PyObject, args: PyObject, kwargs: PyObject | null): void {
  const n = (args as PyObject<PyObject[]>).v.length;
  if (n === 1 && kwargs !== null && (kwargs as PyObject<{ used: number }>).v.used !== 0) {
    PyErr_SetString(PyExc_TypeError, 'type.__init__() takes no keyword arguments');
  }
  if (n !== 1 && n !== 3) PyErr_SetString(PyExc_TypeError, 'type.__init__() takes 1 or 3 arguments');
}

export const PyType_Type = static_type({
  name: 'type',
  tp_basicsize: 936,
  tp_itemsize: 40,
  tp_flags: Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_TYPE_SUBCLASS | Py_TPFLAGS_HAVE_VECTORCALL | Py_TPFLAGS_ITEMS_AT_END,
  tp_dealloc: type_dealloc,
  tp_traverse: type_traverse,
  tp_clear: type_clear,
  tp_repr: type_repr,
  tp_call: (self, args, kwargs) => type_call(as_type(self), args, kwargs),
  tp_instance_vectorcall: (self, args, kwnames) => type_vectorcall(self, args, kwnames),
  tp_getattro: type_getattro,
  tp_setattro: type_setattro,
  tp_init: type_init,
  tp_new: (type, args, kwargs) => type_new(type, args, kwargs),
  nb_or: (a, b) => PyType_union_or(a, b),
  has_weakrefs: true,
  tp_weaklistoffset: 368,
  tp_dictoffset: 264,
  methods: [
    { name: 'mro', flags: METH_NOARGS, meth: type_mro, sig: '($self, /)' },
    { name: '__subclasses__', flags: METH_NOARGS, meth: (self: PyTypeObject) => subclasses_list(self), sig: '($self, /)' },
    {
      name: '__prepare__',
      flags: METH_CLASS | METH_FASTCALL | METH_KEYWORDS,
      meth: type_prepare,
      sig: '($cls, name, bases, /, **kwds)',
    },
    {
      name: '__instancecheck__',
      flags: METH_O,
      meth: (self: PyObject, o: PyObject) => PyBool_FromLong(_PyObject_RealIsInstance(o, self)),
      sig: '($self, instance, /)',
    },
    {
      name: '__subclasscheck__',
      flags: METH_O,
      meth: (self: PyObject, o: PyObject) => PyBool_FromLong(_PyObject_RealIsSubclass(o, self)),
      sig: '($self, subclass, /)',
    },
    { name: '__dir__', flags: METH_NOARGS, meth: type_dir, sig: '($self, /)' },
    {
      name: '__sizeof__',
      flags: METH_NOARGS,
      meth(self: PyTypeObject) {
        // A heap type carries its name tables and, for plain classes, the shared keys (measured on 3.14).
        return PyLong_FromLong(is_static(self) ? 416 : self.ht_cached_keys !== null ? 936 + 768 : 936);
      },
      sig: '($self, /)',
    },
  ],
  members: [
    { name: '__basicsize__', get: self => PyLong_FromLong(as_type(self).tp_basicsize) },
    { name: '__itemsize__', get: self => PyLong_FromLong(as_type(self).tp_itemsize) },
    { name: '__flags__', get: self => PyLong_FromLong(shown_flags(as_type(self))) },
    { name: '__weakrefoffset__', get: self => PyLong_FromLong(as_type(self).tp_weaklistoffset) },
    { name: '__base__', get: self => newref(as_type(self).tp_base ?? Py_None) },
    { name: '__dictoffset__', get: self => PyLong_FromLong(as_type(self).tp_dictoffset) },
  ],
  getset: [
    { name: '__name__', get: type_name, set: type_set_name },
    { name: '__qualname__', get: type_qualname, set: type_set_qualname },
    { name: '__bases__', get: type_get_bases, set: type_set_bases },
    { name: '__mro__', get: self => newref(as_type(self).tp_mro ?? Py_None) },
    { name: '__module__', get: type_module, set: type_set_module },
    { name: '__abstractmethods__', get: type_abstractmethods, set: type_set_abstractmethods },
    { name: '__dict__', get: self => (as_type(self).tp_dict === null ? newref(Py_None) : PyDictProxy_New(as_type(self).tp_dict!)) },
    { name: '__doc__', get: type_doc, set: type_set_doc },
    { name: '__text_signature__', get: type_text_signature },
    { name: '__annotations__', get: type_annotations, set: type_set_annotations },
    { name: '__annotate__', get: type_annotate, set: type_set_annotate },
    { name: '__type_params__', get: type_type_params, set: type_set_type_params },
  ],
  after_ready() {
    optionalGetattro.set(type_getattro, type_getattr_optional);
  },
});

/** A signature may stand at the head of a type's text: `name(...)\n--\n\n`. Gives it, and the text without it.
 *  CPython: Objects/typeobject.c:find_signature, skip_signature */
export function split_internal_doc(name: string, doc: string): { sig: string | null; doc: string } {
  const head = `${last_part(name)}(`;
  const end = doc.startsWith(head) ? doc.indexOf(')\n--\n\n') : -1;
  const gap = doc.indexOf('\n\n');
  if (end < 0 || gap < end) return { sig: null, doc };
  return { sig: doc.slice(head.length - 1, end + 1), doc: doc.slice(end + 6) };
}

/** Built-in types may state a signature as `tp_data.text_signature` too. */
function type_text_signature(self: PyObject): PyObject {
  const type = as_type(self);
  const sig = type.tp_doc === null ? null : split_internal_doc(type.tp_name, type.tp_doc).sig;
  if (sig !== null) return PyUnicode_FromString(sig);
  const data = type.tp_data as { text_signature?: string } | null;
  return data !== null && typeof data === 'object' && typeof data.text_signature === 'string'
    ? PyUnicode_FromString(data.text_signature)
    : newref(Py_None);
}
