// _typing.ts: what typing.py takes from native code.                                     CPython: Modules/_typingmodule.c

import { newref, type PyObject } from '../core/object.ts';
import { METH_O, type ModuleSpec } from '../core/spec.ts';
import { PyModule_AddObjectRef } from '../objects/moduleobject.ts';
import {
  _Py_NoDefaultStruct,
  _PyParamSpec_Type,
  _PyParamSpecArgs_Type,
  _PyParamSpecKwargs_Type,
  _PyTypeAlias_Type,
  _PyTypeVar_Type,
  _PyTypeVarTuple_Type,
  PyGeneric_Type,
} from '../objects/typevarobject.ts';
import { _PyUnion_Type } from '../objects/unionobject.ts';

function idfunc(_module: PyObject, o: PyObject): PyObject {
  return newref(o);
}

export const module: ModuleSpec = {
  name: '_typing',
  doc: 'What typing takes from native code.',
  methods: [{ name: '_idfunc', flags: METH_O, meth: idfunc, sig: '($module, x, /)' }],
  types: () => [
    _PyTypeVar_Type,
    _PyTypeVarTuple_Type,
    _PyParamSpec_Type,
    _PyParamSpecArgs_Type,
    _PyParamSpecKwargs_Type,
    PyGeneric_Type(),
    _PyTypeAlias_Type,
    _PyUnion_Type,
  ],
  exec(m) {
    PyModule_AddObjectRef(m, 'NoDefault', _Py_NoDefaultStruct);
  },
};
