// _types.ts: the built-in types that have no name in builtins.                              CPython: Modules/_typesmodule.c

import type { ModuleSpec } from '../core/spec.ts';
import { PyAsyncGen_Type } from '../objects/asyncgenobject.ts';
import { PyCapsule_Type } from '../objects/capsuleobject.ts';
import { PyCell_Type } from '../objects/cellobject.ts';
import { PyMethod_Type } from '../objects/classobject.ts';
import { PyCode_Type } from '../objects/codeobject.ts';
import {
  _PyMethodWrapper_Type,
  PyClassMethodDescr_Type,
  PyDictProxy_Type,
  PyGetSetDescr_Type,
  PyMemberDescr_Type,
  PyMethodDescr_Type,
  PyWrapperDescr_Type,
} from '../objects/descrobject.ts';
import { PyFrame_Type } from '../objects/frameobject.ts';
import { PyFunction_Type } from '../objects/funcobject.ts';
import { Py_GenericAliasType } from '../objects/genericaliasobject.ts';
import { PyCoro_Type, PyGen_Type } from '../objects/genobject.ts';
import { PyCFunction_Type } from '../objects/methodobject.ts';
import { PyModule_AddObjectRef, PyModule_Type } from '../objects/moduleobject.ts';
import { _PyNamespace_Type } from '../objects/namespaceobject.ts';
import { _PyNone_Type, _PyNotImplemented_Type, PyEllipsis_Type } from '../objects/object.ts';
import { PyTraceBack_Type } from '../objects/tracebackobject.ts';
import { _PyUnion_Type } from '../objects/unionobject.ts';

export const module: ModuleSpec = {
  name: '_types',
  doc: 'Names of built-in types.',
  exec(m) {
    const types = {
      AsyncGeneratorType: PyAsyncGen_Type,
      BuiltinFunctionType: PyCFunction_Type,
      BuiltinMethodType: PyCFunction_Type,
      CapsuleType: PyCapsule_Type,
      CellType: PyCell_Type,
      ClassMethodDescriptorType: PyClassMethodDescr_Type,
      CodeType: PyCode_Type,
      CoroutineType: PyCoro_Type,
      EllipsisType: PyEllipsis_Type,
      FrameType: PyFrame_Type,
      FunctionType: PyFunction_Type,
      GeneratorType: PyGen_Type,
      GenericAlias: Py_GenericAliasType,
      GetSetDescriptorType: PyGetSetDescr_Type,
      LambdaType: PyFunction_Type,
      MappingProxyType: PyDictProxy_Type,
      MemberDescriptorType: PyMemberDescr_Type,
      MethodDescriptorType: PyMethodDescr_Type,
      MethodType: PyMethod_Type,
      MethodWrapperType: _PyMethodWrapper_Type,
      ModuleType: PyModule_Type,
      NoneType: _PyNone_Type,
      NotImplementedType: _PyNotImplemented_Type,
      SimpleNamespace: _PyNamespace_Type,
      TracebackType: PyTraceBack_Type,
      UnionType: _PyUnion_Type,
      WrapperDescriptorType: PyWrapperDescr_Type,
    };
    for (const [name, type] of Object.entries(types)) PyModule_AddObjectRef(m, name, type);
  },
};
