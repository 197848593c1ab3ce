// classobject.ts: bound methods and instancemethod. A method's `v` is the function, `x` the object; both owned.   CPython: Objects/classobject.c
import { PyErr_SetString } from '../core/errors.ts';
import { FREE_METHODS, gc_del_to, gc_new_from } from '../core/gc.ts';
import { G_WEAKREFS, PyObject, Py_EQ, Py_NE, Py_TPFLAGS_HAVE_GC, Py_TPFLAGS_HAVE_VECTORCALL, decref, incref, newref, xdecref } from '../core/object.ts';
import { METH_NOARGS, static_type } from '../core/spec.ts';
import { hash_from_halves } from '../core/hash.ts';
import { Py_False, Py_True } from './boolobject.ts';
import { PyObject_Vectorcall, unpack_call_args } from './call.ts';
import { PyExc_TypeError } from './exceptions.ts';
import { PyArg_Clinic } from './getargs.ts';
import { builtinFunctions } from './methodobject.ts';
import { PyCallable_Check, PyObject_GetAttr, PyObject_GetAttrString, PyObject_GetOptionalAttrString, PyObject_Hash, PyObject_RichCompareBool, Py_None, Py_NotImplemented, pointer_hash, repr_string } from './object.ts';
import { PyTuple_FromArray } from './tupleobject.ts';
import { PyUnicode_AsString, PyUnicode_FromString } from './unicodeobject.ts';
import { PyUnicode_Check } from './checks.ts';
import { _PyType_Lookup } from './typeobject.ts';
import { PyObject_ClearWeakRefs } from './weakrefobject.ts';

export type PyMethodObject = PyObject<PyObject, PyObject>;

export function PyMethod_New(func: PyObject, self: PyObject): PyObject {
  incref(func);
  incref(self);
  const o = new PyObject<unknown, unknown>(PyMethod_Type, func, self);
  gc_new_from(FREE_METHODS, o);
  return o;
}

function method_vectorcall(method: PyObject, args: PyObject[], kwnames: PyObject | null): PyObject {
  const m = method as PyMethodObject;
  return PyObject_Vectorcall(m.v, [m.x, ...args], kwnames);
}

function method_call(method: PyObject, args: PyObject, kwargs: PyObject | null): PyObject {
  const [all, kwnames] = unpack_call_args(args, kwargs);
  try {
    return method_vectorcall(method, all, kwnames);
  } finally {
    xdecref(kwnames);
  }
}

/** An attribute of the method itself, else of its function. CPython: method_getattro */
function method_getattro(self: PyObject, name: PyObject): PyObject {
  const descr = _PyType_Lookup(self.ob_type, name);
  if (descr !== null) {
    const get = descr.ob_type.tp_descr_get;
    return get === null ? newref(descr) : get(descr, self, self.ob_type);
  }
  return PyObject_GetAttr((self as PyMethodObject).v, name);
}

function method_repr(self: PyObject): PyObject {
  const m = self as PyMethodObject;
  let name = PyObject_GetOptionalAttrString(m.v, '__qualname__') ?? PyObject_GetOptionalAttrString(m.v, '__name__');
  if (name !== null && !PyUnicode_Check(name)) {
    decref(name);
    name = null;
  }
  const text = name === null ? '?' : PyUnicode_AsString(name);
  xdecref(name);
  return PyUnicode_FromString(`<bound method ${text} of ${repr_string(m.x)}>`);
}

function method_richcompare(a: PyObject, b: PyObject, op: number): PyObject {
  if ((op !== Py_EQ && op !== Py_NE) || a.ob_type !== PyMethod_Type || b.ob_type !== PyMethod_Type) return newref(Py_NotImplemented);
  const x = a as PyMethodObject;
  const y = b as PyMethodObject;
  const eq = PyObject_RichCompareBool(x.v, y.v, Py_EQ) && x.x === y.x;
  return newref(eq === (op === Py_EQ) ? Py_True : Py_False);
}

export const PyMethod_Type = static_type({
  name: 'method',
  tp_doc: 'method(function, instance, /)\n--\n\nA function with its first argument.',
  tp_basicsize: 48,
  tp_flags: Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_HAVE_VECTORCALL,
  has_weakrefs: true,
  tp_weaklistoffset: 32,
  tp_dealloc(self) {
    gc_del_to(FREE_METHODS, self);
    if ((self.g & G_WEAKREFS) !== 0) PyObject_ClearWeakRefs(self);
    const m = self as PyMethodObject;
    decref(m.v);
    decref(m.x);
  },
  tp_traverse(self, visit) {
    visit((self as PyMethodObject).v);
    visit((self as PyMethodObject).x);
  },
  tp_repr: method_repr,
  tp_hash(self) {
    const m = self as PyMethodObject;
    const a = pointer_hash(m.x);
    const b = PyObject_Hash(m.v);
    return hash_from_halves(a.lo ^ b.lo, a.hi ^ b.hi);
  },
  tp_call: method_call,
  tp_instance_vectorcall: method_vectorcall,
  tp_getattro: method_getattro,
  tp_descr_get: self => newref(self),
  tp_richcompare: method_richcompare,
  tp_new(_type, args, kwargs) {
    const [func, self] = PyArg_Clinic('method', '(function, instance, /)', args, kwargs);
    if (!PyCallable_Check(func!)) PyErr_SetString(PyExc_TypeError, 'first argument must be callable');
    if (self === Py_None) PyErr_SetString(PyExc_TypeError, 'instance must not be None');
    return PyMethod_New(func!, self!);
  },
  methods: [
    {
      name: '__reduce__',
      flags: METH_NOARGS,
      sig: '($self, /)',
      meth(self: PyMethodObject) {
        const name = PyObject_GetAttrString(self.v, '__name__');
        const args = PyTuple_FromArray([self.x, name]);
        const result = PyTuple_FromArray([builtinFunctions.getattr!, args]);
        decref(args);
        decref(name);
        return result;
      },
    },
  ],
  members: [
    { name: '__func__', get: self => newref((self as PyMethodObject).v) },
    { name: '__self__', get: self => newref((self as PyMethodObject).x) },
  ],
  getset: [
    {
      name: '__doc__',
      get: self => PyObject_GetOptionalAttrString((self as PyMethodObject).v, '__doc__') ?? newref(Py_None),
    },
  ],
});
