// state.ts: what pickling and unpickling share: the exceptions, the registries, names of types.  CPython: Modules/_pickle.c

import { as_raised, PyErr_SetString } from '../../core/errors.ts';
import { decref, Py_TPFLAGS_HEAPTYPE, type PyObject, type PyTypeObject } from '../../core/object.ts';
import { per_interpreter } from '../../core/per_interpreter.ts';
import { exception_spec, module_type } from '../../core/spec.ts';
import { PyDict_CheckExact } from '../../objects/dictobject.ts';
import { add_exception_note, PyExc_Exception, PyExc_RuntimeError } from '../../objects/exceptions.ts';
import { PyImport_ImportModule, PyImport_ImportModuleAttr } from '../../objects/import_util.ts';
import { PyObject_GetAttrString } from '../../objects/object.ts';
import { type_module_text, type_qualname_text } from '../../objects/typeobject/attrs.ts';

export const HIGHEST_PROTOCOL = 5;
export const DEFAULT_PROTOCOL = 5;

export const PickleError: PyTypeObject = module_type(
  '_pickle',
  exception_spec('_pickle.PickleError', () => PyExc_Exception),
);

export const PicklingError: PyTypeObject = module_type(
  '_pickle',
  exception_spec('_pickle.PicklingError', () => PickleError),
);

export const UnpicklingError: PyTypeObject = module_type(
  '_pickle',
  exception_spec('_pickle.UnpicklingError', () => PickleError),
);

/** Objects of Python modules that the format refers to; owned, set when the module is imported. */
class PickleState {
  /** copyreg: reducers by type, codes by (module, name), (module, name) by code, objects by code. */
  dispatch_table: PyObject;
  extension_registry: PyObject;
  inverted_registry: PyObject;
  extension_cache: PyObject;
  /** _compat_pickle: Python 2's names and Python 3's. */
  name_mapping_2to3: PyObject;
  import_mapping_2to3: PyObject;
  name_mapping_3to2: PyObject;
  import_mapping_3to2: PyObject;
  codecs_encode: PyObject;
  getattr: PyObject;
  partial: PyObject;

  constructor() {
    const copyreg = PyImport_ImportModule('copyreg');
    this.dispatch_table = dict_of(copyreg, 'copyreg', 'dispatch_table');
    this.extension_registry = dict_of(copyreg, 'copyreg', '_extension_registry');
    this.inverted_registry = dict_of(copyreg, 'copyreg', '_inverted_registry');
    this.extension_cache = dict_of(copyreg, 'copyreg', '_extension_cache');
    decref(copyreg);
    const compat = PyImport_ImportModule('_compat_pickle');
    this.name_mapping_2to3 = dict_of(compat, '_compat_pickle', 'NAME_MAPPING');
    this.import_mapping_2to3 = dict_of(compat, '_compat_pickle', 'IMPORT_MAPPING');
    this.name_mapping_3to2 = dict_of(compat, '_compat_pickle', 'REVERSE_NAME_MAPPING');
    this.import_mapping_3to2 = dict_of(compat, '_compat_pickle', 'REVERSE_IMPORT_MAPPING');
    decref(compat);
    this.codecs_encode = PyImport_ImportModuleAttr('codecs', 'encode');
    this.getattr = PyImport_ImportModuleAttr('builtins', 'getattr');
    this.partial = PyImport_ImportModuleAttr('functools', 'partial');
  }

  release(): void {
    for (const o of Object.values(this) as PyObject[]) decref(o);
  }
}

function dict_of(module: PyObject, module_name: string, name: string): PyObject {
  const o = PyObject_GetAttrString(module, name);
  if (!PyDict_CheckExact(o)) {
    const got = o.ob_type.tp_name;
    decref(o);
    PyErr_SetString(PyExc_RuntimeError, `${module_name}.${name} should be a dict, not ${got}`);
  }
  return o;
}

const held = /* @__PURE__ */ per_interpreter(() => ({ state: null as PickleState | null }), {
  clear() {
    held.state?.release();
    held.state = null;
  },
});

/** CPython: _Pickle_InitState */
export function init_state(): void {
  held.state ??= new PickleState();
}

export function pickle_state(): PickleState {
  return held.state!;
}

/** How a type is named in notes: with its module unless that is builtins or __main__. CPython: %T */
export function full_type_name(type: PyTypeObject): string {
  if ((type.tp_flags & Py_TPFLAGS_HEAPTYPE) === 0) return type.tp_name;
  const module = type_module_text(type);
  const qualname = type_qualname_text(type);
  return module === null || module === 'builtins' || module === '__main__' ? qualname : `${module}.${qualname}`;
}

/** Goes on with a caught error, noting what was being pickled: 'when serializing dict item 3'. CPython: _PyErr_FormatNote */
export function annotate(error: unknown, obj: PyObject | null, what: string): never {
  const raised = as_raised(error);
  const name = obj === null ? 'NoneType' : full_type_name(obj.ob_type);
  add_exception_note(raised.exc, `when serializing ${name} ${what}`);
  throw raised;
}
