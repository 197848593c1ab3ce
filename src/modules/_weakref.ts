// _weakref.ts: the native part of the weakref module.                              CPython: Modules/_weakref.c

import { PyErr_SetString } from '../core/errors.ts';
import { newref, type PyObject } from '../core/object.ts';
import { METH_CLINIC, METH_O, type ModuleSpec } from '../core/spec.ts';
import { PyDict_Check } from '../objects/checks.ts';
import { PyDict_DelItem, PyDict_GetItem } from '../objects/dictobject.ts';
import { PyExc_TypeError } from '../objects/exceptions.ts';
import { PyList_FromArraySteal } from '../objects/listobject.ts';
import { PyLong_FromLong } from '../objects/longobject.ts';
import { PyModule_AddObjectRef } from '../objects/moduleobject.ts';
import { Py_None } from '../objects/object.ts';
import {
  _PyWeakref_CallableProxyType,
  _PyWeakref_ProxyType,
  _PyWeakref_RefType,
  PyWeakref_Check,
  PyWeakref_NewProxy,
  type WeakrefData,
  weakrefs_of,
} from '../objects/weakrefobject.ts';

function getweakrefcount(_module: PyObject, o: PyObject): PyObject {
  return PyLong_FromLong(weakrefs_of(o).length);
}

function getweakrefs(_module: PyObject, o: PyObject): PyObject {
  return PyList_FromArraySteal(weakrefs_of(o).map(ref => newref(ref as PyObject)));
}

function proxy(_module: PyObject, o: PyObject, callback: PyObject | null): PyObject {
  return PyWeakref_NewProxy(o, callback);
}

/** Deletes the entry if its value is a dead weak reference. CPython: Modules/_weakref.c:_weakref__remove_dead_weakref_impl */
function _remove_dead_weakref(_module: PyObject, dict: PyObject, key: PyObject): PyObject {
  if (!PyDict_Check(dict)) {
    PyErr_SetString(PyExc_TypeError, `_remove_dead_weakref() argument 1 must be dict, not ${dict.ob_type.tp_name}`);
  }
  const value = PyDict_GetItem(dict, key);
  if (value !== null) {
    if (!PyWeakref_Check(value)) PyErr_SetString(PyExc_TypeError, 'not a weakref');
    const target = (value.v as WeakrefData).object;
    if (target === null || target.ob_refcnt === 0) PyDict_DelItem(dict, key);
  }
  return newref(Py_None);
}

function exec(m: PyObject): void {
  PyModule_AddObjectRef(m, 'ref', _PyWeakref_RefType);
  PyModule_AddObjectRef(m, 'ReferenceType', _PyWeakref_RefType);
  PyModule_AddObjectRef(m, 'ProxyType', _PyWeakref_ProxyType);
  PyModule_AddObjectRef(m, 'CallableProxyType', _PyWeakref_CallableProxyType);
}

export const module: ModuleSpec = {
  name: '_weakref',
  doc: 'Weak references.',
  methods: [
    { name: 'getweakrefcount', flags: METH_O, meth: getweakrefcount, sig: '($module, object, /)' },
    {
      name: '_remove_dead_weakref',
      flags: METH_CLINIC,
      meth: _remove_dead_weakref,
      sig: '($module, dct, key, /)',
    },
    { name: 'getweakrefs', flags: METH_O, meth: getweakrefs, sig: '($module, object, /)' },
    { name: 'proxy', flags: METH_CLINIC, meth: proxy, sig: '($module, object, callback=None, /)' },
  ],
  exec,
};
