// namespaceobject.ts: types.SimpleNamespace.                                        CPython: Objects/namespaceobject.c
import { PyErr_SetString } from '../core/errors.ts';
import { gc_del } from '../core/gc.ts';
import { type PyObject, Py_TPFLAGS_BASETYPE, Py_TPFLAGS_HAVE_GC, decref, newref, Py_EQ, Py_NE } from '../core/object.ts';
import { METH_KEYWORDS, METH_NOARGS, METH_VARARGS, static_type } from '../core/spec.ts';
import { PyObject_CallNoArgs, PyObject_CallOneArg } from './call.ts';
import { PyUnicode_Check } from './checks.ts';
import { PyDict_Next, PyDict_New, PyDict_Type, PyDict_Update, qualified_name } from './dictobject.ts';
import { PyExc_TypeError } from './exceptions.ts';
import { PyObject_GenericGetDict, PyObject_RichCompare, Py_NotImplemented, Py_ReprEnter, Py_ReprLeave, clear_instance_dict, instance_dict, repr_string } from './object.ts';
import { PyTuple_FromArray, PyTuple_FromArraySteal } from './tupleobject.ts';
import { PyType_IsSubtype, clear_instance_state, traverse_instance_state } from './typeobject.ts';
import { PyUnicode_AsString, PyUnicode_FromString } from './unicodeobject.ts';
import { PyType_GenericAlloc } from './typeobject.ts';

/** A namespace with the entries of a dict (copied). CPython: _PyNamespace_New */
export function _PyNamespace_New(kwds: PyObject | null): PyObject {
  const ns = PyType_GenericAlloc(_PyNamespace_Type, null);
  ns.d = PyDict_New();
  if (kwds !== null) PyDict_Update(ns.d as PyObject, kwds);
  return ns;
}

function namespace_init(self: PyObject, args: PyObject, kwargs: PyObject | null): void {
  const items = (args as PyObject<PyObject[]>).v;
  if (items.length > 1) {
    PyErr_SetString(PyExc_TypeError, `${self.ob_type.tp_name} expected at most 1 positional argument, got ${items.length}`);
  }
  const dict = instance_dict(self)!;
  if (items.length === 1) {
    const arg = items[0]!;
    const tmp = PyObject_CallOneArg(PyDict_Type, arg);
    try {
      check_keys(tmp);
      PyDict_Update(dict, tmp);
    } finally {
      decref(tmp);
    }
  }
  if (kwargs !== null) {
    check_keys(kwargs);
    PyDict_Update(dict, kwargs);
  }
}

function check_keys(dict: PyObject): void {
  const table = (dict as PyObject<{ keys: PyObject[] }>).v;
  for (let i = PyDict_Next(dict, 0); i >= 0; i = PyDict_Next(dict, i + 1)) {
    if (!PyUnicode_Check(table.keys[i]!)) PyErr_SetString(PyExc_TypeError, 'keywords must be strings');
  }
}

function namespace_repr(self: PyObject): PyObject {
  const name = self.ob_type === _PyNamespace_Type ? 'namespace' : self.ob_type.tp_name;
  if (Py_ReprEnter(self)) return PyUnicode_FromString(`${name}(...)`);
  try {
    const dict = instance_dict(self)!;
    const table = (dict as PyObject<{ keys: PyObject[]; values: PyObject[] }>).v;
    const parts: string[] = [];
    for (let i = PyDict_Next(dict, 0); i >= 0; i = PyDict_Next(dict, i + 1)) {
      const key = table.keys[i]!;
      if (!PyUnicode_Check(key)) continue;
      parts.push(`${PyUnicode_AsString(key)}=${repr_string(table.values[i]!)}`);
    }
    return PyUnicode_FromString(`${name}(${parts.join(', ')})`);
  } finally {
    Py_ReprLeave(self);
  }
}

function namespace_replace(self: PyObject, args: PyObject, kwargs: PyObject | null): PyObject {
  if ((args as PyObject<PyObject[]>).v.length > 0) {
    PyErr_SetString(PyExc_TypeError, '_PyNamespace_Type.__replace__() takes no positional arguments');
  }
  const result = PyObject_CallNoArgs(self.ob_type);
  if (!PyType_IsSubtype(result.ob_type, _PyNamespace_Type)) {
    const got = qualified_name(result.ob_type);
    decref(result);
    PyErr_SetString(
      PyExc_TypeError,
      `expect ${_PyNamespace_Type.tp_name} type, but ${qualified_name(self.ob_type)}() returned '${got}' object`,
    );
  }
  PyDict_Update(instance_dict(result)!, instance_dict(self)!);
  if (kwargs !== null) PyDict_Update(instance_dict(result)!, kwargs);
  return result;
}

export const _PyNamespace_Type = static_type({
  name: 'types.SimpleNamespace',
  tp_doc: 'SimpleNamespace(mapping_or_iterable=(), /, **kwargs)\n--\n\nAn object whose attributes can be set at will.',
  tp_basicsize: 24,
  tp_flags: Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE,
  has_dict: true,
  tp_dictoffset: 16,
  tp_new(type) {
    const o = type.tp_alloc!(type, null);
    if (type === _PyNamespace_Type) o.d = PyDict_New();
    return o;
  },
  tp_init: namespace_init,
  tp_dealloc(self) {
    gc_del(self);
    clear_instance_state(self);
  },
  tp_traverse: traverse_instance_state,
  tp_clear: clear_instance_dict,
  tp_repr: namespace_repr,
  tp_richcompare(a, b, op) {
    const ok = (o: PyObject): boolean => PyType_IsSubtype(o.ob_type, _PyNamespace_Type);
    if (!ok(a) || !ok(b) || (op !== Py_EQ && op !== Py_NE)) return newref(Py_NotImplemented);
    return PyObject_RichCompare(instance_dict(a)!, instance_dict(b)!, op);
  },
  methods: [
    {
      name: '__reduce__',
      flags: METH_NOARGS,
      sig: '($self, /)',
      meth(self: PyObject) {
        const empty = PyTuple_FromArraySteal([]);
        const result = PyTuple_FromArray([self.ob_type, empty, instance_dict(self)!]);
        decref(empty);
        return result;
      },
    },
    { name: '__replace__', flags: METH_VARARGS | METH_KEYWORDS, meth: namespace_replace, sig: '($self, /, **changes)' },
  ],
  members: [{ name: '__dict__', get: PyObject_GenericGetDict }],
});
