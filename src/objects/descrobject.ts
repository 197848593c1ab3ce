// descrobject.ts: the descriptors that a built-in type's tables become, mappingproxy, and property.   CPython: Objects/descrobject.c
import { PyErr_Clear, PyErr_ExceptionMatches, PyErr_SetString } from '../core/errors.ts';
import { gc_del, gc_new } from '../core/gc.ts';
import { PyObject, type PyTypeObject, type initproc, type ternaryfunc, Py_EQ, Py_NE, Py_TPFLAGS_BASETYPE, Py_TPFLAGS_HAVE_GC, Py_TPFLAGS_HAVE_VECTORCALL, Py_TPFLAGS_MAPPING, Py_TPFLAGS_METHOD_DESCRIPTOR, decref, incref, newref, xdecref, xnewref } from '../core/object.ts';
import { type GetSetSpec, METH_FASTCALL, METH_METHOD, METH_NOARGS, METH_O, type MemberSpec, static_type } from '../core/spec.ts';
import { PyMapping_Check, PyNumber_Or, PyObject_GetItem, PyObject_GetIter, PyObject_Size, PySequence_Contains } from './abstract.ts';
import { PyObject_CallMethod, PyObject_CallOneArg, PyObject_CallTwoArgs, unpack_call_args } from './call.ts';
import { PyList_Check, PyTuple_Check, PyType_Check } from './checks.ts';
import { PyExc_AttributeError, PyExc_TypeError, set_attribute_error } from './exceptions.ts';
import { Py_GenericAlias_class_getitem } from './genericaliasobject.ts';
import { PyArg_Clinic, PyArg_CheckPositional } from './getargs.ts';
import { type MethodDef, PyCFunction_New, builtinFunctions, call_native, doc_or_none, text_signature } from './methodobject.ts';
import { PyObject_GetOptionalAttrString, PyObject_Hash, PyObject_IsTrue, PyObject_RichCompare, PyObject_SetAttrString, PyObject_Str, Py_None, Py_NotImplemented, address, pointer_hash, repr_string } from './object.ts';
import { PyTuple_FromArray } from './tupleobject.ts';
import { PyObject_TypeCheck, PyType_IsSubtype } from './typeobject.ts';
import type { SlotDef } from './typeobject/slots.ts';
import { PyUnicode_AsString, PyUnicode_FromString, _Py_ID } from './unicodeobject.ts';
import { Py_False, Py_True } from './boolobject.ts';

/** Payload that all descriptors share. */
export class Descr<T> {
  /** Borrowed from the type's own lifetime: built-in types never die; owned otherwise. */
  readonly d_type: PyTypeObject;
  readonly d_name: string;
  readonly row: T;
  constructor(d_type: PyTypeObject, d_name: string, row: T) {
    this.d_type = d_type;
    this.d_name = d_name;
    this.row = row;
  }
}

/** A slot function and how Python-level arguments reach it. */
export class WrappedSlot {
  readonly def: SlotDef;
  readonly wrapped: unknown;
  constructor(def: SlotDef, wrapped: unknown) {
    this.def = def;
    this.wrapped = wrapped;
  }
}

export type MethodDescrObject = PyObject<Descr<MethodDef>>;
export type WrapperDescrObject = PyObject<Descr<WrappedSlot>>;
export type GetSetDescrObject = PyObject<Descr<GetSetSpec>>;
export type MemberDescrObject = PyObject<Descr<MemberSpec>>;

function descr_new<T>(descrtype: PyTypeObject, type: PyTypeObject, name: string, row: T): PyObject {
  incref(type);
  const o = new PyObject<unknown, unknown>(descrtype, new Descr(type, name, row), null);
  gc_new(o);
  return o;
}

export function PyDescr_NewMethod(type: PyTypeObject, ml: MethodDef): PyObject {
  return descr_new(PyMethodDescr_Type, type, ml.name, ml);
}
export function PyDescr_NewClassMethod(type: PyTypeObject, ml: MethodDef): PyObject {
  return descr_new(PyClassMethodDescr_Type, type, ml.name, ml);
}
export function PyDescr_NewMember(type: PyTypeObject, row: MemberSpec): PyObject {
  return descr_new(PyMemberDescr_Type, type, row.name, row);
}
export function PyDescr_NewGetSet(type: PyTypeObject, row: GetSetSpec): PyObject {
  return descr_new(PyGetSetDescr_Type, type, row.name, row);
}
export function PyDescr_NewWrapper(type: PyTypeObject, def: SlotDef, wrapped: unknown): PyObject {
  return descr_new(PyWrapperDescr_Type, type, def.name, new WrappedSlot(def, wrapped));
}

type AnyDescr = PyObject<Descr<unknown>>;

function descr_dealloc(self: PyObject): void {
  gc_del(self);
  decref((self as AnyDescr).v.d_type);
}
function descr_traverse(self: PyObject, visit: (o: PyObject) => void): void {
  visit((self as AnyDescr).v.d_type);
}

function descr_repr(self: PyObject, format: (name: string, type: string) => string): PyObject {
  const d = (self as AnyDescr).v;
  return PyUnicode_FromString(format(d.d_name, d.d_type.tp_name));
}

function descr_check(self: PyObject, obj: PyObject): void {
  const d = (self as AnyDescr).v;
  if (!PyObject_TypeCheck(obj, d.d_type)) {
    PyErr_SetString(
      PyExc_TypeError,
      `descriptor '${d.d_name}' for '${d.d_type.tp_name}' objects doesn't apply to a '${obj.ob_type.tp_name}' object`,
    );
  }
}

function method_get(self: PyObject, obj: PyObject | null, type: PyObject | null): PyObject {
  if (obj === null) return newref(self);
  descr_check(self, obj);
  const { row, d_name } = (self as MethodDescrObject).v;
  if ((row.flags & METH_METHOD) !== 0 && type !== null && !PyType_Check(type)) {
    PyErr_SetString(
      PyExc_TypeError,
      `descriptor '${d_name}' needs a type, not '${type.ob_type.tp_name}', as arg 2`,
    );
  }
  return PyCFunction_New((self as MethodDescrObject).v.row, obj, null);
}

function classmethod_get(self: PyObject, obj: PyObject | null, type: PyObject | null): PyObject {
  const d = (self as MethodDescrObject).v;
  const cls = type ?? (obj === null ? null : obj.ob_type);
  if (cls === null) {
    PyErr_SetString(
      PyExc_TypeError,
      `descriptor '${d.d_name}' for type '${d.d_type.tp_name}' needs either an object or a type`,
    );
  }
  if (!PyType_Check(cls)) {
    PyErr_SetString(
      PyExc_TypeError,
      `descriptor '${d.d_name}' for type '${d.d_type.tp_name}' needs a type, not a '${cls.ob_type.tp_name}' as arg 2`,
    );
  }
  if (!PyType_IsSubtype(cls, d.d_type)) {
    PyErr_SetString(
      PyExc_TypeError,
      `descriptor '${d.d_name}' requires a subtype of '${d.d_type.tp_name}' but received '${cls.tp_name}'`,
    );
  }
  return PyCFunction_New(d.row, cls, null);
}

function member_get(self: PyObject, obj: PyObject | null): PyObject {
  if (obj === null) return newref(self);
  descr_check(self, obj);
  return (self as MemberDescrObject).v.row.get(obj);
}

function member_set(self: PyObject, obj: PyObject, value: PyObject | null): void {
  descr_setcheck(self, obj);
  const row = (self as MemberDescrObject).v.row;
  if (row.set === undefined) PyErr_SetString(PyExc_AttributeError, 'readonly attribute');
  row.set(obj, value);
}

function descr_setcheck(self: PyObject, obj: PyObject): void {
  const d = (self as AnyDescr).v;
  if (!PyObject_TypeCheck(obj, d.d_type)) {
    PyErr_SetString(
      PyExc_TypeError,
      `descriptor '${d.d_name}' for '${d.d_type.tp_name}' objects doesn't apply to a '${obj.ob_type.tp_name}' object`,
    );
  }
}

function getset_get(self: PyObject, obj: PyObject | null): PyObject {
  if (obj === null) return newref(self);
  descr_check(self, obj);
  const d = (self as GetSetDescrObject).v;
  if (d.row.get !== null) return d.row.get(obj);
  PyErr_SetString(PyExc_AttributeError, `attribute '${d.d_name}' of '${d.d_type.tp_name}' objects is not readable`);
}

function getset_set(self: PyObject, obj: PyObject, value: PyObject | null): void {
  descr_setcheck(self, obj);
  const d = (self as GetSetDescrObject).v;
  if (d.row.set !== undefined) {
    d.row.set(obj, value);
    return;
  }
  PyErr_SetString(PyExc_AttributeError, `attribute '${d.d_name}' of '${d.d_type.tp_name}' objects is not writable`);
}

/** CPython: Objects/descrobject.c:method_vectorcall_* : args[0] is self. */
function method_vectorcall(func: PyObject, args: PyObject[], kwnames: PyObject | null): PyObject {
  const d = (func as MethodDescrObject).v;
  const nkw = kwnames === null ? 0 : (kwnames as PyObject<PyObject[]>).v.length;
  if (args.length - nkw < 1) {
    PyErr_SetString(PyExc_TypeError, `unbound method ${d.d_type.tp_name}.${d.d_name}() needs an argument`);
  }
  const self = args[0]!;
  if (self.ob_type !== d.d_type) descr_check(func, self);
  return call_native(func, d.row, self, args, 1, kwnames);
}

function vectorcall_from_tuple(vectorcall: (f: PyObject, args: PyObject[], kwnames: PyObject | null) => PyObject) {
  return (func: PyObject, args: PyObject, kwargs: PyObject | null): PyObject => {
    const [all, kwnames] = unpack_call_args(args, kwargs);
    try {
      return vectorcall(func, all, kwnames);
    } finally {
      xdecref(kwnames);
    }
  };
}

function classmethoddescr_vectorcall(func: PyObject, args: PyObject[], kwnames: PyObject | null): PyObject {
  const d = (func as MethodDescrObject).v;
  if (args.length < 1) {
    PyErr_SetString(PyExc_TypeError, `descriptor '${d.d_name}' of '${d.d_type.tp_name}' object needs an argument`);
  }
  const bound = classmethod_get(func, null, args[0]!);
  try {
    return call_native(bound, d.row, args[0]!, args, 1, kwnames);
  } finally {
    decref(bound);
  }
}

function wrapperdescr_vectorcall(func: PyObject, args: PyObject[], kwnames: PyObject | null): PyObject {
  const d = (func as WrapperDescrObject).v;
  if (args.length < 1) {
    PyErr_SetString(PyExc_TypeError, `descriptor '${d.d_name}' of '${d.d_type.tp_name}' object needs an argument`);
  }
  const self = args[0]!;
  if (!PyObject_TypeCheck(self, d.d_type)) {
    PyErr_SetString(
      PyExc_TypeError,
      `descriptor '${d.d_name}' requires a '${d.d_type.tp_name}' object but received a '${self.ob_type.tp_name}'`,
    );
  }
  // Held as CPython's tuple holds it, which is called with a part of itself.
  for (const arg of args) incref(arg);
  try {
    return wrapper_invoke(d, self, args.slice(1), kwnames);
  } finally {
    for (const arg of args) decref(arg);
  }
}

function wrapper_invoke(d: Descr<WrappedSlot>, self: PyObject, args: PyObject[], kwnames: PyObject | null): PyObject {
  const slot = d.row;
  if (kwnames !== null && (kwnames as PyObject<PyObject[]>).v.length > 0 && !slot.def.keywords) {
    PyErr_SetString(PyExc_TypeError, `wrapper ${d.d_name}() takes no keyword arguments`);
  }
  return slot.def.wrapper!(self, args, kwnames, slot.wrapped, slot.def);
}

function wrapperdescr_get(self: PyObject, obj: PyObject | null): PyObject {
  if (obj === null) return newref(self);
  descr_check(self, obj);
  return PyWrapper_New(self, obj);
}

// --- method-wrapper --------------------------------------------------------------------------------------------------

/** A slot wrapper bound to an object: v is the descriptor, x the object. */
export type WrapperObject = PyObject<WrapperDescrObject, PyObject>;

export function PyWrapper_New(descr: PyObject, self: PyObject): PyObject {
  const o = new PyObject<unknown, unknown>(_PyMethodWrapper_Type, newref(descr), newref(self));
  gc_new(o);
  return o;
}

function wrapper_vectorcall(func: PyObject, args: PyObject[], kwnames: PyObject | null): PyObject {
  const w = func as WrapperObject;
  return wrapper_invoke(w.v.v, w.x, args, kwnames);
}

/** A `__call__` or `__init__` passes tuple and dict on as they are. CPython: wrapper_call */
function wrapper_call(func: PyObject, args: PyObject, kwargs: PyObject | null): PyObject {
  const { v: descr, x: self } = func as WrapperObject;
  const { def, wrapped } = descr.v.row;
  if (def.slot === 'tp_call') return (wrapped as ternaryfunc)(self, args, kwargs);
  if (def.slot === 'tp_init') {
    (wrapped as initproc)(self, args, kwargs);
    return newref(Py_None);
  }
  return vectorcall_from_tuple(wrapper_vectorcall)(func, args, kwargs);
}

function wrapper_richcompare(a: PyObject, b: PyObject, op: number): PyObject {
  if ((op !== Py_EQ && op !== Py_NE) || a.ob_type !== _PyMethodWrapper_Type || b.ob_type !== _PyMethodWrapper_Type) {
    return newref(Py_NotImplemented);
  }
  const x = a as WrapperObject;
  const y = b as WrapperObject;
  const eq = x.v === y.v && x.x === y.x;
  return newref(eq === (op === Py_EQ) ? Py_True : Py_False);
}

function getattr_reduce(obj: PyObject, name: string): PyObject {
  const args = PyTuple_FromArray([obj, _Py_ID(name)]);
  const result = PyTuple_FromArray([builtinFunctions.getattr!, args]);
  decref(args);
  return result;
}

export const _PyMethodWrapper_Type = static_type({
  name: 'method-wrapper',
  tp_basicsize: 32,
  tp_flags: Py_TPFLAGS_HAVE_GC,
  tp_dealloc(self) {
    gc_del(self);
    const w = self as WrapperObject;
    decref(w.v);
    decref(w.x);
  },
  tp_traverse(self, visit) {
    visit((self as WrapperObject).v);
    visit((self as WrapperObject).x);
  },
  tp_repr(self) {
    const w = self as WrapperObject;
    return PyUnicode_FromString(`<method-wrapper '${w.v.v.d_name}' of ${w.x.ob_type.tp_name} object at ${address(w.x)}>`);
  },
  tp_hash: self => pointer_hash((self as WrapperObject).x),
  tp_call: wrapper_call,
  tp_instance_vectorcall: wrapper_vectorcall,
  tp_richcompare: wrapper_richcompare,
  methods: [
    {
      name: '__reduce__',
      flags: METH_NOARGS,
      sig: '($self, /)',
      meth: (self: WrapperObject) => getattr_reduce(self.x, self.v.v.d_name),
    },
  ],
  members: [{ name: '__self__', get: self => newref((self as WrapperObject).x) }],
  getset: [
    { name: '__objclass__', get: self => newref((self as WrapperObject).v.v.d_type) },
    { name: '__name__', get: self => PyUnicode_FromString((self as WrapperObject).v.v.d_name) },
    { name: '__qualname__', get: self => descr_qualname((self as WrapperObject).v) },
    { name: '__doc__', get: self => doc_or_none((self as WrapperObject).v.v.row.def.doc) },
    { name: '__text_signature__', get: self => wrapper_signature((self as WrapperObject).v) },
  ],
});

function wrapper_signature(descr: WrapperDescrObject): PyObject {
  return PyUnicode_FromString(descr.v.row.def.sig);
}

function descr_qualname(self: PyObject): PyObject {
  const d = (self as AnyDescr).v;
  const q = PyObject_GetOptionalAttrString(d.d_type, '__qualname__');
  const text = q === null ? d.d_type.tp_name : PyUnicode_AsString(q);
  xdecref(q);
  return PyUnicode_FromString(`${text}.${d.d_name}`);
}

function descr_reduce(self: PyObject): PyObject {
  const d = (self as AnyDescr).v;
  return getattr_reduce(d.d_type, d.d_name);
}

const descr_members: readonly MemberSpec[] = [
  { name: '__objclass__', get: self => newref((self as AnyDescr).v.d_type) },
  { name: '__name__', get: self => newref(_Py_ID((self as AnyDescr).v.d_name)) },
];

const reduce_methods = [{ name: '__reduce__', flags: METH_NOARGS, meth: descr_reduce, sig: '($self, /)' }];

export const PyMethodDescr_Type = static_type({
  name: 'method_descriptor',
  tp_basicsize: 56,
  tp_flags: Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_METHOD_DESCRIPTOR | Py_TPFLAGS_HAVE_VECTORCALL,
  tp_dealloc: descr_dealloc,
  tp_traverse: descr_traverse,
  tp_repr: self => descr_repr(self, (n, t) => `<method '${n}' of '${t}' objects>`),
  tp_call: (f, args, kwargs) => vectorcall_from_tuple(method_vectorcall)(f, args, kwargs),
  tp_instance_vectorcall: method_vectorcall,
  tp_descr_get: method_get,
  methods: reduce_methods,
  members: descr_members,
  getset: [
    { name: '__doc__', get: self => doc_or_none((self as MethodDescrObject).v.row.doc) },
    { name: '__qualname__', get: descr_qualname },
    { name: '__text_signature__', get: self => text_signature((self as MethodDescrObject).v.row) },
  ],
});

export const PyClassMethodDescr_Type = static_type({
  name: 'classmethod_descriptor',
  tp_basicsize: 40,
  tp_flags: Py_TPFLAGS_HAVE_GC,
  tp_dealloc: descr_dealloc,
  tp_traverse: descr_traverse,
  tp_repr: self => descr_repr(self, (n, t) => `<method '${n}' of '${t}' objects>`),
  tp_call: (f, args, kwargs) => vectorcall_from_tuple(classmethoddescr_vectorcall)(f, args, kwargs),
  tp_instance_vectorcall: classmethoddescr_vectorcall,
  tp_descr_get: classmethod_get,
  members: descr_members,
  getset: [
    { name: '__doc__', get: self => doc_or_none((self as MethodDescrObject).v.row.doc) },
    { name: '__qualname__', get: descr_qualname },
    { name: '__text_signature__', get: self => text_signature((self as MethodDescrObject).v.row) },
  ],
});

export const PyMemberDescr_Type = static_type({
  name: 'member_descriptor',
  tp_basicsize: 48,
  tp_flags: Py_TPFLAGS_HAVE_GC,
  tp_dealloc: descr_dealloc,
  tp_traverse: descr_traverse,
  tp_repr: self => descr_repr(self, (n, t) => `<member '${n}' of '${t}' objects>`),
  tp_descr_get: member_get,
  tp_descr_set: member_set,
  methods: reduce_methods,
  members: descr_members,
  getset: [
    { name: '__doc__', get: self => doc_or_none((self as MemberDescrObject).v.row.doc ?? null) },
    { name: '__qualname__', get: descr_qualname },
  ],
});

export const PyGetSetDescr_Type = static_type({
  name: 'getset_descriptor',
  tp_basicsize: 48,
  tp_flags: Py_TPFLAGS_HAVE_GC,
  tp_dealloc: descr_dealloc,
  tp_traverse: descr_traverse,
  tp_repr: self => descr_repr(self, (n, t) => `<attribute '${n}' of '${t}' objects>`),
  tp_descr_get: getset_get,
  tp_descr_set: getset_set,
  members: descr_members,
  getset: [
    { name: '__doc__', get: self => doc_or_none((self as GetSetDescrObject).v.row.doc ?? null) },
    { name: '__qualname__', get: descr_qualname },
  ],
});

export const PyWrapperDescr_Type = static_type({
  name: 'wrapper_descriptor',
  tp_basicsize: 56,
  tp_flags: Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_METHOD_DESCRIPTOR,
  tp_dealloc: descr_dealloc,
  tp_traverse: descr_traverse,
  tp_repr: self => descr_repr(self, (n, t) => `<slot wrapper '${n}' of '${t}' objects>`),
  tp_call: (f, args, kwargs) => vectorcall_from_tuple(wrapperdescr_vectorcall)(f, args, kwargs),
  tp_instance_vectorcall: wrapperdescr_vectorcall,
  tp_descr_get: wrapperdescr_get,
  methods: reduce_methods,
  members: descr_members,
  getset: [
    { name: '__doc__', get: self => doc_or_none((self as WrapperDescrObject).v.row.def.doc) },
    { name: '__qualname__', get: descr_qualname },
    { name: '__text_signature__', get: self => wrapper_signature(self as WrapperDescrObject) },
  ],
});

// --- mappingproxy ----------------------------------------------------------------------------------------------------

type ProxyObject = PyObject<PyObject>;

/** A read-only view of a mapping. CPython: PyDictProxy_New */
export function PyDictProxy_New(mapping: PyObject): PyObject {
  if (!PyMapping_Check(mapping) || PyList_Check(mapping) || PyTuple_Check(mapping)) {
    PyErr_SetString(PyExc_TypeError, `mappingproxy() argument must be a mapping, not ${mapping.ob_type.tp_name}`);
  }
  const o = new PyObject<unknown, unknown>(PyDictProxy_Type, newref(mapping), null);
  gc_new(o);
  return o;
}

function proxy_mapping(self: PyObject): PyObject {
  return (self as ProxyObject).v;
}

function unproxy(o: PyObject): PyObject {
  return o.ob_type === PyDictProxy_Type ? proxy_mapping(o) : o;
}

export const PyDictProxy_Type = static_type({
  name: 'mappingproxy',
  tp_doc: 'mappingproxy(mapping)\n--\n\nA view of a mapping through which it cannot be changed.',
  tp_basicsize: 24,
  tp_flags: Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_MAPPING,
  tp_dealloc(self) {
    gc_del(self);
    decref(proxy_mapping(self));
  },
  tp_traverse(self, visit) {
    visit(proxy_mapping(self));
  },
  tp_new(_type, args, kwargs) {
    const [mapping] = PyArg_Clinic('mappingproxy', '(mapping)', args, kwargs);
    return PyDictProxy_New(mapping!);
  },
  tp_repr(self) {
    return PyUnicode_FromString(`mappingproxy(${repr_string(proxy_mapping(self))})`);
  },
  tp_str: self => PyObject_Str(proxy_mapping(self)),
  tp_hash: self => PyObject_Hash(proxy_mapping(self)),
  tp_iter: self => PyObject_GetIter(proxy_mapping(self)),
  tp_richcompare: (a, b, op) => PyObject_RichCompare(proxy_mapping(a), b, op),
  mp_length: self => PyObject_Size(proxy_mapping(self)),
  mp_subscript: (self, key) => PyObject_GetItem(proxy_mapping(self), key),
  sq_contains: (self, key) => PySequence_Contains(proxy_mapping(self), key),
  nb_or: (a, b) => PyNumber_Or(unproxy(a), unproxy(b)),
  nb_inplace_or(self) {
    PyErr_SetString(PyExc_TypeError, `'|=' is not supported by ${self.ob_type.tp_name}; use '|' instead`);
  },
  methods: [
    {
      name: 'get',
      flags: METH_FASTCALL,
      meth(self: PyObject, args: PyObject[]) {
        PyArg_CheckPositional('get', args.length, 1, 2);
        return PyObject_CallMethod(proxy_mapping(self), 'get', args[0]!, args[1] ?? Py_None);
      },
      sig: '($self, key, default=None, /)',
    },
    { name: 'keys', flags: METH_NOARGS, meth: (self: PyObject) => PyObject_CallMethod(proxy_mapping(self), 'keys'), sig: '($self, /)' },
    { name: 'values', flags: METH_NOARGS, meth: (self: PyObject) => PyObject_CallMethod(proxy_mapping(self), 'values'), sig: '($self, /)' },
    { name: 'items', flags: METH_NOARGS, meth: (self: PyObject) => PyObject_CallMethod(proxy_mapping(self), 'items'), sig: '($self, /)' },
    { name: 'copy', flags: METH_NOARGS, meth: (self: PyObject) => PyObject_CallMethod(proxy_mapping(self), 'copy'), sig: '($self, /)' },
    { name: '__class_getitem__', flags: METH_O | 0x10, meth: Py_GenericAlias_class_getitem, sig: '($type, object, /)' },
    {
      name: '__reversed__',
      flags: METH_NOARGS,
      sig: '($self, /)',
      meth: (self: PyObject) => PyObject_CallMethod(proxy_mapping(self), '__reversed__'),
    },
  ],
});

// --- property --------------------------------------------------------------------------------------------------------

/** Payload of property; all owned. */
export class Property {
  fget: PyObject | null = null;
  fset: PyObject | null = null;
  fdel: PyObject | null = null;
  doc: PyObject | null = null;
  name: PyObject | null = null;
  getter_doc = false;
}
export type PropertyObject = PyObject<Property>;

function property_new(type: PyTypeObject): PyObject {
  return type.tp_alloc!(type, new Property());
}

function none_as_null(o: PyObject | null | undefined): PyObject | null {
  return o === undefined || o === Py_None ? null : o;
}

function property_init(self: PyObject, args: PyObject, kwargs: PyObject | null): void {
  const [fget, fset, fdel, doc] = PyArg_Clinic('property', '(fget=None, fset=None, fdel=None, doc=None)', args, kwargs);
  const p = (self as PropertyObject).v;
  const old = [p.fget, p.fset, p.fdel, p.doc, p.name];
  p.fget = xnewref(none_as_null(fget));
  p.fset = xnewref(none_as_null(fset));
  p.fdel = xnewref(none_as_null(fdel));
  p.doc = null;
  p.name = null;
  p.getter_doc = false;
  for (const o of old) xdecref(o);
  let text: PyObject | null = null;
  if (doc !== null && doc !== Py_None) text = newref(doc!);
  else if (p.fget !== null) {
    const d = PyObject_GetOptionalAttrString(p.fget, '__doc__');
    if (d !== null && d !== Py_None) {
      text = d;
      p.getter_doc = true;
    } else xdecref(d);
  }
  if (self.ob_type === PyProperty_Type) p.doc = text;
  else {
    // A subclass keeps its text in its own __dict__, where its class attribute does not hide it.
    const value = text ?? newref(Py_None);
    try {
      PyObject_SetAttrString(self, '__doc__', value);
    } catch (e) {
      // A text given by the caller is dropped; one that the getter has is not.
      if (p.getter_doc || !PyErr_ExceptionMatches(e, PyExc_AttributeError)) throw e;
      PyErr_Clear(e);
    } finally {
      decref(value);
    }
  }
}

function property_name(p: Property): PyObject | null {
  if (p.name !== null) return newref(p.name);
  if (p.fget === null) return null;
  return PyObject_GetOptionalAttrString(p.fget, '__name__');
}

function property_error(p: Property, obj: PyObject, what: string): never {
  const name = property_name(p);
  const q = PyObject_GetOptionalAttrString(obj.ob_type, '__qualname__');
  const type = q === null ? null : repr_string(q);
  xdecref(q);
  if (name !== null && type !== null) {
    const text = repr_string(name);
    decref(name);
    PyErr_SetString(PyExc_AttributeError, `property ${text} of ${type} object has no ${what}`);
  }
  if (type !== null) PyErr_SetString(PyExc_AttributeError, `property of ${type} object has no ${what}`);
  PyErr_SetString(PyExc_AttributeError, `property has no ${what}`);
}

function property_get(self: PyObject, obj: PyObject | null): PyObject {
  if (obj === null || obj === Py_None) return newref(self);
  const p = (self as PropertyObject).v;
  if (p.fget === null) property_error(p, obj, 'getter');
  return PyObject_CallOneArg(p.fget, obj);
}

function property_set(self: PyObject, obj: PyObject, value: PyObject | null): void {
  const p = (self as PropertyObject).v;
  const f = value === null ? p.fdel : p.fset;
  if (f === null) property_error(p, obj, value === null ? 'deleter' : 'setter');
  decref(value === null ? PyObject_CallOneArg(f, obj) : PyObject_CallTwoArgs(f, obj, value));
}

function property_copy(old: PyObject, get: PyObject | null, set: PyObject | null, del: PyObject | null): PyObject {
  const p = (old as PropertyObject).v;
  const fget = none_as_null(get) ?? p.fget ?? Py_None;
  const fset = none_as_null(set) ?? p.fset ?? Py_None;
  const fdel = none_as_null(del) ?? p.fdel ?? Py_None;
  const doc = p.getter_doc && fget !== Py_None ? Py_None : (p.doc ?? Py_None);
  const args = PyTuple_FromArray([fget, fset, fdel, doc]);
  let result: PyObject;
  try {
    const type = old.ob_type;
    result = type.ob_type.tp_call!(type, args, null);
  } finally {
    decref(args);
  }
  if (PyObject_TypeCheck(result, PyProperty_Type)) {
    const q = (result as PropertyObject).v;
    const before = q.name;
    q.name = xnewref(p.name);
    xdecref(before);
  }
  return result;
}

function property_member(name: 'fget' | 'fset' | 'fdel'): MemberSpec {
  return { name, get: self => newref((self as PropertyObject).v[name] ?? Py_None) };
}

function property_isabstract(self: PyObject): PyObject {
  const p = (self as PropertyObject).v;
  for (const f of [p.fget, p.fset, p.fdel]) if (f !== null && is_abstract(f)) return newref(Py_True);
  return newref(Py_False);
}

/** Whether `o.__isabstractmethod__` is true. CPython: _PyObject_IsAbstract */
export function is_abstract(o: PyObject): boolean {
  const attr = PyObject_GetOptionalAttrString(o, '__isabstractmethod__');
  if (attr === null) return false;
  try {
    return PyObject_IsTrue(attr);
  } finally {
    decref(attr);
  }
}

export const PyProperty_Type = static_type({
  name: 'property',
  after_ready: type => {
    type.tp_data = { text_signature: '(fget=None, fset=None, fdel=None, doc=None)' };
  },
  tp_basicsize: 64,
  tp_flags: Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE,
  tp_new: property_new,
  tp_init: property_init,
  tp_dealloc(self) {
    gc_del(self);
    const p = (self as PropertyObject).v;
    xdecref(p.fget);
    xdecref(p.fset);
    xdecref(p.fdel);
    xdecref(p.doc);
    xdecref(p.name);
  },
  tp_traverse(self, visit) {
    const p = (self as PropertyObject).v;
    for (const o of [p.fget, p.fset, p.fdel, p.doc, p.name]) if (o !== null) visit(o);
  },
  tp_clear(self) {
    const p = (self as PropertyObject).v;
    const doc = p.doc;
    p.doc = null;
    xdecref(doc);
  },
  tp_descr_get: property_get,
  tp_descr_set: property_set,
  methods: [
    { name: 'getter', flags: METH_O, meth: (self: PyObject, f: PyObject) => property_copy(self, f, null, null), sig: '($self, object, /)' },
    { name: 'setter', flags: METH_O, meth: (self: PyObject, f: PyObject) => property_copy(self, null, f, null), sig: '($self, object, /)' },
    { name: 'deleter', flags: METH_O, meth: (self: PyObject, f: PyObject) => property_copy(self, null, null, f), sig: '($self, object, /)' },
    {
      name: '__set_name__',
      flags: METH_FASTCALL,
      sig: '($self, owner, name, /)',
      meth(self: PyObject, args: PyObject[]) {
        if (args.length !== 2) {
          PyErr_SetString(PyExc_TypeError, `__set_name__() takes 2 positional arguments but ${args.length} were given`);
        }
        const p = (self as PropertyObject).v;
        const old = p.name;
        p.name = newref(args[1]!);
        xdecref(old);
        return newref(Py_None);
      },
    },
  ],
  members: [
    property_member('fget'),
    property_member('fset'),
    property_member('fdel'),
    {
      name: '__doc__',
      get: self => newref((self as PropertyObject).v.doc ?? Py_None),
      set(self, value) {
        const p = (self as PropertyObject).v;
        const old = p.doc;
        p.doc = xnewref(value);
        xdecref(old);
      },
    },
  ],
  getset: [
    { name: '__isabstractmethod__', get: property_isabstract },
    {
      name: '__name__',
      get(self) {
        const name = property_name((self as PropertyObject).v);
        if (name === null) set_attribute_error("'property' object has no attribute '__name__'", self, _Py_ID('__name__'));
        return name;
      },
      set(self, value) {
        const p = (self as PropertyObject).v;
        const old = p.name;
        p.name = xnewref(value);
        xdecref(old);
      },
    },
  ],
});
