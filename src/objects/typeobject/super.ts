// super.ts: super(), which continues a look-up behind a given class in the MRO.          CPython: Objects/typeobject.c (super)
import { PyErr_SetString } from '../../core/errors.ts';
import { gc_del } from '../../core/gc.ts';
import { type PyObject, type PyTypeObject, Py_TPFLAGS_BASETYPE, Py_TPFLAGS_HAVE_GC, decref, incref, newref, xdecref, xnewref } from '../../core/object.ts';
import { static_type } from '../../core/spec.ts';
import { current } from '../../core/tstate.ts';
import { PyCell_Type } from '../cellobject.ts';
import { PyObject_CallTwoArgs } from '../call.ts';
import { PyType_Check } from '../checks.ts';
import type { CodePayload } from '../codeobject.ts';
import { PyDict_GetItem } from '../dictobject.ts';
import { PyExc_RuntimeError, PyExc_TypeError, set_attribute_error } from '../exceptions.ts';
import { PyArg_CheckPositional, PyArg_NoKeywords } from '../getargs.ts';
import { PyObject_GetOptionalAttrString, Py_None, generic_getattr, optionalGetattro } from '../object.ts';
import { PyType_IsSubtype } from '../typeobject.ts';
import { PyUnicode_AsString, PyUnicode_FromString } from '../unicodeobject.ts';

/** Payload of super; all owned, null before __init__. */
export class Super {
  type: PyTypeObject | null = null;
  obj: PyObject | null = null;
  obj_type: PyTypeObject | null = null;
}
type SuperObject = PyObject<Super>;

/** Whether `obj` is an instance or a subtype of `type`, and the class whose MRO then counts. CPython: supercheck */
export function supercheck(type: PyTypeObject, obj: PyObject): PyTypeObject {
  if (PyType_Check(obj) && PyType_IsSubtype(obj, type)) return newref(obj);
  if (PyType_IsSubtype(obj.ob_type, type)) return newref(obj.ob_type);
  const cls = PyObject_GetOptionalAttrString(obj, '__class__');
  if (cls !== null) {
    if (PyType_Check(cls) && cls !== obj.ob_type && PyType_IsSubtype(cls, type)) return cls;
    decref(cls);
  }
  const kind = PyType_Check(obj) ? `type ${short(obj)}` : `instance of ${obj.ob_type.tp_name}`;
  PyErr_SetString(
    PyExc_TypeError,
    `super(type, obj): obj (${kind}) is not an instance or subtype of type (${short(type)}).`,
  );
}

function short(t: PyTypeObject): string {
  return t.tp_name;
}

/** The attribute behind `su_type` in the MRO of `starttype`, bound; null if there is none. CPython: _super_lookup_descr and do_super_lookup */
export function super_lookup(type: PyTypeObject, starttype: PyTypeObject, obj: PyObject | null, name: PyObject): PyObject | null {
  const mro = starttype.tp_mro as PyObject<PyObject[]> | null;
  if (mro === null) return null;
  incref(mro);
  try {
    const items = mro.v;
    let i = items.indexOf(type);
    if (i < 0) return null;
    for (i++; i < items.length; i++) {
      const dict = (items[i] as PyTypeObject).tp_dict;
      if (dict === null) continue;
      const res = PyDict_GetItem(dict, name);
      if (res === null) continue;
      incref(res);
      const get = res.ob_type.tp_descr_get;
      if (get === null) return res;
      try {
        return get(res, obj === starttype ? null : obj, starttype);
      } finally {
        decref(res);
      }
    }
    return null;
  } finally {
    decref(mro);
  }
}

function super_getattr_optional(self: PyObject, name: PyObject): PyObject | null {
  const su = (self as SuperObject).v;
  if (su.obj_type !== null && !is_class_name(name)) {
    const res = super_lookup(su.type!, su.obj_type, su.obj, name);
    if (res !== null) return res;
  }
  return generic_getattr(self, name);
}

function is_class_name(name: PyObject): boolean {
  return (name as PyObject<unknown>).v === '__class__';
}

function super_getattro(self: PyObject, name: PyObject): PyObject {
  const res = super_getattr_optional(self, name);
  if (res === null) set_attribute_error(`'super' object has no attribute '${PyUnicode_AsString(name)}'`, self, name);
  return res;
}

function super_descr_get(self: PyObject, obj: PyObject | null): PyObject {
  const su = (self as SuperObject).v;
  if (obj === null || obj === Py_None || su.obj !== null) return newref(self);
  if (self.ob_type !== PySuper_Type) return PyObject_CallTwoArgs(self.ob_type, su.type!, obj);
  const obj_type = supercheck(su.type!, obj);
  const fresh = PySuper_Type.tp_alloc!(PySuper_Type, new Super());
  const to = (fresh as SuperObject).v;
  to.type = newref(su.type!);
  to.obj = newref(obj);
  to.obj_type = obj_type;
  return fresh;
}

/** `super()` without arguments: the class from the `__class__` cell, the object from the first local. */
function super_from_frame(): [PyTypeObject, PyObject] {
  const frame = current.tstate.frame;
  if (frame === null) PyErr_SetString(PyExc_RuntimeError, 'super(): no current frame');
  const co = (frame.f_code as PyObject<CodePayload>).v;
  if (co.co_argcount === 0) PyErr_SetString(PyExc_RuntimeError, 'super(): no arguments');
  let obj = frame.localsplus[0]!;
  if (obj !== null && obj.ob_type === PyCell_Type && co.is_cell_local(0)) obj = (obj as PyObject<PyObject>).v;
  if (obj === null) PyErr_SetString(PyExc_RuntimeError, 'super(): arg[0] deleted');
  const i = co.localsplus_index('__class__');
  if (i >= 0) {
    const cell = frame.localsplus[i]!;
    if (cell === null || cell.ob_type !== PyCell_Type) PyErr_SetString(PyExc_RuntimeError, 'super(): bad __class__ cell');
    const type = (cell as PyObject<PyObject | null>).v;
    if (type === null) PyErr_SetString(PyExc_RuntimeError, 'super(): empty __class__ cell');
    if (!PyType_Check(type)) {
      PyErr_SetString(PyExc_RuntimeError, `super(): __class__ is not a type (${type.ob_type.tp_name})`);
    }
    return [type, obj];
  }
  PyErr_SetString(PyExc_RuntimeError, 'super(): __class__ cell not found');
}

function super_init(self: PyObject, args: PyObject, kwargs: PyObject | null): void {
  PyArg_NoKeywords('super', kwargs);
  super_init_from((self as SuperObject).v, (args as PyObject<PyObject[]>).v);
}

function super_init_from(su: Super, items: PyObject[]): void {
  if (items.length > 2) PyArg_CheckPositional('super()', items.length, 0, 2);
  let type: PyObject;
  let obj: PyObject | null;
  if (items.length === 0) [type, obj] = super_from_frame();
  else {
    type = items[0]!;
    obj = items[1] ?? null;
    if (!PyType_Check(type)) {
      PyErr_SetString(PyExc_TypeError, `super() argument 1 must be a type, not ${type.ob_type.tp_name}`);
    }
  }
  if (obj === Py_None) obj = null;
  const obj_type = obj === null ? null : supercheck(type as PyTypeObject, obj);
  const old = [su.type, su.obj, su.obj_type];
  su.type = newref(type as PyTypeObject);
  su.obj = xnewref(obj);
  su.obj_type = obj_type;
  for (const o of old) xdecref(o);
}

function super_vectorcall(type: PyObject, args: PyObject[], kwnames: PyObject | null): PyObject {
  if (kwnames !== null && (kwnames as PyObject<PyObject[]>).v.length > 0) {
    PyErr_SetString(PyExc_TypeError, 'super() takes no keyword arguments');
  }
  const self = (type as PyTypeObject).tp_alloc!(type as PyTypeObject, new Super());
  try {
    super_init_from((self as SuperObject).v, args);
  } catch (e) {
    decref(self);
    throw e;
  }
  return self;
}

export const PySuper_Type = static_type({
  name: 'super',
  tp_basicsize: 40,
  tp_flags: Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE,
  tp_new: type => type.tp_alloc!(type, new Super()),
  tp_init: super_init,
  tp_vectorcall: super_vectorcall,
  tp_getattro: super_getattro,
  tp_descr_get: super_descr_get,
  tp_dealloc(self) {
    gc_del(self);
    const su = (self as SuperObject).v;
    xdecref(su.obj);
    xdecref(su.type);
    xdecref(su.obj_type);
  },
  tp_traverse(self, visit) {
    const su = (self as SuperObject).v;
    for (const o of [su.obj, su.type, su.obj_type]) if (o !== null) visit(o);
  },
  tp_repr(self) {
    const su = (self as SuperObject).v;
    const type = su.type === null ? 'NULL' : short(su.type);
    if (su.obj_type === null) return PyUnicode_FromString(`<super: <class '${type}'>, NULL>`);
    return PyUnicode_FromString(`<super: <class '${type}'>, <${short(su.obj_type)} object>>`);
  },
  members: [
    { name: '__thisclass__', get: self => newref((self as SuperObject).v.type ?? Py_None) },
    { name: '__self__', get: self => newref((self as SuperObject).v.obj ?? Py_None) },
    { name: '__self_class__', get: self => newref((self as SuperObject).v.obj_type ?? Py_None) },
  ],
  after_ready() {
    optionalGetattro.set(super_getattro, super_getattr_optional);
  },
});
