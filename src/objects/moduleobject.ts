// moduleobject.ts: modules. The dict is the instance dict; `v` keeps the native spec.          CPython: Objects/moduleobject.c
import { PyErr_Clear, PyErr_ExceptionMatches, PyErr_SetString } from '../core/errors.ts';
import { gc_del, gc_new } from '../core/gc.ts';
import { G_WEAKREFS, PyObject, type PyTypeObject, Py_TPFLAGS_BASETYPE, Py_TPFLAGS_HAVE_GC, decref, newref, xdecref } from '../core/object.ts';
import { METH_NOARGS, type ModuleSpec, static_type, type MethodSpec } from '../core/spec.ts';
import { current } from '../core/tstate.ts';
import { annotations_from } from './annotate.ts';
import { PySequence_Contains } from './abstract.ts';
import { PyObject_CallMethod, PyObject_CallNoArgs, PyObject_CallOneArg } from './call.ts';
import { PyDict_Check, PyList_Check, PyUnicode_Check } from './checks.ts';
import { PyDict_DelItem, PyDict_GetItem, PyDict_GetItemString, PyDict_Keys, PyDict_New, PyDict_SetItem, PyDict_SetItemString } from './dictobject.ts';
import { PyExc_AttributeError, PyExc_TypeError, set_attribute_error } from './exceptions.ts';
import { PyArg_Clinic } from './getargs.ts';
import { PyImport_GetModule, sys_attr } from './import_util.ts';
import { PyLong_FromLong } from './longobject.ts';
import { MethodDef, PyCFunction_New } from './methodobject.ts';
import { PyCallable_Check, PyObject_GenericGetDict, PyObject_GetOptionalAttrString, PyObject_IsTrue, Py_None, clear_instance_dict, generic_getattr, instance_dict, optionalGetattro } from './object.ts';
import { PyAnySet_Check } from './setobject.ts';
import { PyType_IsSubtype, clear_instance_state, traverse_instance_state } from './typeobject.ts';
import { PyUnicode_AsString, PyUnicode_FromString, _Py_ID } from './unicodeobject.ts';
import { PyObject_ClearWeakRefs } from './weakrefobject.ts';

export type PyModuleObject = PyObject<ModuleSpec | null>;

export function PyModule_Check(o: PyObject): boolean {
  return o.ob_type === PyModule_Type || PyType_IsSubtype(o.ob_type, PyModule_Type);
}

/** CPython: PyModule_NewObject */
export function PyModule_NewObject(name: PyObject): PyObject {
  const m = new PyObject<unknown, unknown>(PyModule_Type, null, null);
  gc_new(m);
  const dict = PyDict_New();
  m.d = dict;
  init_dict(dict, name, Py_None);
  return m;
}

function init_dict(dict: PyObject, name: PyObject, doc: PyObject): void {
  PyDict_SetItem(dict, _Py_ID('__name__'), name);
  PyDict_SetItem(dict, _Py_ID('__doc__'), doc);
  PyDict_SetItem(dict, _Py_ID('__package__'), Py_None);
  PyDict_SetItem(dict, _Py_ID('__loader__'), Py_None);
  PyDict_SetItem(dict, _Py_ID('__spec__'), Py_None);
}

export function PyModule_New(name: string): PyObject {
  const n = PyUnicode_FromString(name);
  const m = PyModule_NewObject(n);
  decref(n);
  return m;
}

/** Borrowed. */
export function PyModule_GetDict(m: PyObject): PyObject {
  return instance_dict(m)!;
}

/** A module with the functions and types of a native spec; its `exec` has not run. */
export function module_from_spec(spec: ModuleSpec, fullname: string): PyObject {
  const m = PyModule_New(fullname) as PyModuleObject;
  m.v = spec;
  const dict = PyModule_GetDict(m);
  if (spec.doc !== undefined) {
    const doc = PyUnicode_FromString(spec.doc);
    PyDict_SetItem(dict, _Py_ID('__doc__'), doc);
    decref(doc);
  }
  add_functions(m, spec.methods ?? []);
  return m;
}

/** Puts native functions into a module. CPython: PyModule_AddFunctions */
export function add_functions(m: PyObject, rows: readonly MethodSpec[]): void {
  const dict = PyModule_GetDict(m);
  const name = PyDict_GetItem(dict, _Py_ID('__name__'))!;
  for (const row of rows) {
    const f = PyCFunction_New(new MethodDef(row), m, name);
    PyDict_SetItem(dict, _Py_ID(row.name), f);
    decref(f);
  }
}

/** The second half: types, constants. */
export function exec_module_spec(m: PyObject): void {
  const spec = (m as PyModuleObject).v;
  if (spec === null) return;
  const dict = PyModule_GetDict(m);
  for (const type of spec.types?.() ?? []) {
    PyDict_SetItem(dict, _Py_ID(type.tp_name.slice(type.tp_name.lastIndexOf('.') + 1)), type);
  }
  spec.exec?.(m);
}

export function PyModule_AddObjectRef(m: PyObject, name: string, value: PyObject): void {
  PyDict_SetItemString(PyModule_GetDict(m), name, value);
}

/** Steals the value. */
export function PyModule_Add(m: PyObject, name: string, value: PyObject): void {
  PyDict_SetItemString(PyModule_GetDict(m), name, value);
  decref(value);
}

export function PyModule_AddIntConstant(m: PyObject, name: string, n: number): void {
  PyModule_Add(m, name, PyLong_FromLong(n));
}

export function PyModule_AddStringConstant(m: PyObject, name: string, s: string): void {
  PyModule_Add(m, name, PyUnicode_FromString(s));
}

export function PyModule_AddType(m: PyObject, type: PyTypeObject): void {
  PyModule_AddObjectRef(m, type.tp_name.slice(type.tp_name.lastIndexOf('.') + 1), type);
}

function module_init(self: PyObject, args: PyObject, kwargs: PyObject | null): void {
  const [name, doc] = PyArg_Clinic('module', '(name, doc=None)', args, kwargs);
  if (!PyUnicode_Check(name!)) PyErr_SetString(PyExc_TypeError, `module() argument 'name' must be str, not ${name!.ob_type.tp_name}`);
  init_dict(instance_dict(self)!, name!, doc ?? Py_None);
}

function module_new(type: PyTypeObject): PyObject {
  const m = type.tp_alloc!(type, null);
  if (type === PyModule_Type) m.d = PyDict_New();
  return m;
}

function module_repr(self: PyObject): PyObject {
  const m = PyImport_GetModule('_frozen_importlib');
  if (m !== null) {
    try {
      return PyObject_CallMethod(m, '_module_repr', self);
    } finally {
      decref(m);
    }
  }
  const name = PyDict_GetItem(instance_dict(self)!, _Py_ID('__name__'));
  return PyUnicode_FromString(`<module '${name === null ? '?' : PyUnicode_AsString(name)}'>`);
}

/** `__getattr__` of the module, else null. */
function module_getattr_optional(self: PyObject, name: PyObject): PyObject | null {
  const found = generic_getattr(self, name);
  if (found !== null) return found;
  const dict = instance_dict(self);
  const getattr = dict === null ? null : PyDict_GetItem(dict, _Py_ID('__getattr__'));
  if (getattr === null) return null;
  try {
    return PyObject_CallOneArg(getattr, name);
  } catch (e) {
    if (!PyErr_ExceptionMatches(e, PyExc_AttributeError)) throw e;
    PyErr_Clear(e);
    return null;
  }
}

/** CPython: Objects/moduleobject.c:_Py_module_getattro_impl */
function module_getattro(self: PyObject, name: PyObject): PyObject {
  const found = generic_getattr(self, name);
  if (found !== null) return found;
  const dict = instance_dict(self);
  const text = PyUnicode_Check(name) ? PyUnicode_AsString(name) : '?';
  if (dict !== null) {
    const getattr = PyDict_GetItem(dict, _Py_ID('__getattr__'));
    if (getattr !== null) return PyObject_CallOneArg(getattr, name);
    const mod_name = PyDict_GetItem(dict, _Py_ID('__name__'));
    if (mod_name !== null && PyUnicode_Check(mod_name)) {
      const mod = PyUnicode_AsString(mod_name);
      const spec = PyDict_GetItem(dict, _Py_ID('__spec__'));
      if (spec !== null && spec !== Py_None) {
        const origin = spec_origin(spec);
        const shadows = shadowing(origin, mod_name);
        if (shadows === 'stdlib') set_attribute_error(`module '${mod}' has no attribute '${text}' (${rename_hint(origin!, mod)})`, self, name);
        if (spec_is_initializing(spec)) {
          if (shadows === 'library') {
            set_attribute_error(
              `module '${mod}' has no attribute '${text}' (consider renaming '${origin}' if it has the same name as a library you intended to import)`,
              self,
              name,
            );
          }
          if (origin !== null) {
            set_attribute_error(
              `partially initialized module '${mod}' from '${origin}' has no attribute '${text}' (most likely due to a circular import)`,
              self,
              name,
            );
          }
          set_attribute_error(
            `partially initialized module '${mod}' has no attribute '${text}' (most likely due to a circular import)`,
            self,
            name,
          );
        }
        if (spec_is_uninitialized_submodule(spec, name)) {
          set_attribute_error(
            `cannot access submodule '${text}' of module '${mod}' (most likely due to a circular import)`,
            self,
            name,
          );
        }
      }
      set_attribute_error(`module '${mod}' has no attribute '${text}'`, self, name);
    }
  }
  set_attribute_error(`module has no attribute '${text}'`, self, name);
}

/** The file that a spec names. CPython: _PyModuleSpec_GetFileOrigin */
export function spec_origin(spec: PyObject): string | null {
  const has = PyObject_GetOptionalAttrString(spec, 'has_location');
  if (has === null) return null;
  const located = PyObject_IsTrue(has);
  decref(has);
  if (!located) return null;
  const origin = PyObject_GetOptionalAttrString(spec, 'origin');
  const text = origin !== null && PyUnicode_Check(origin) ? PyUnicode_AsString(origin) : null;
  xdecref(origin);
  return text;
}

/**
 * Whether the file lies in the program's own folder, and so may have taken the place of another module:
 * of one of the standard library, or of what was meant otherwise. CPython: _PyModule_IsPossiblyShadowing
 */
export function shadowing(origin: string | null, name: PyObject): 'stdlib' | 'library' | null {
  const { interp } = current.tstate;
  const root = interp.sys_path_0;
  if (origin === null || root === null || interp.config.safe_path) return null;
  const parts = origin.split('/');
  const file = parts.pop();
  if (file === '__init__.py') parts.pop();
  if (parts.join('/') !== (root === '' ? new TextDecoder().decode(interp.host.process.cwd()) : root)) return null;
  const names = sys_attr('stdlib_module_names');
  return names !== null && PyAnySet_Check(names) && PySequence_Contains(names, name) ? 'stdlib' : 'library';
}

/** What to do about a module that shadows one of the standard library. */
export function rename_hint(origin: string, name: string): string {
  return `consider renaming '${origin}' since it has the same name as the standard library module named '${name}' and prevents importing that standard library module`;
}

/** CPython: _PyModuleSpec_IsInitializing */
export function spec_is_initializing(spec: PyObject): boolean {
  const v = PyObject_GetOptionalAttrString(spec, '_initializing');
  if (v === null) return false;
  const truth = PyObject_IsTrue(v);
  decref(v);
  return truth;
}

function spec_is_uninitialized_submodule(spec: PyObject, name: PyObject): boolean {
  const list = PyObject_GetOptionalAttrString(spec, '_uninitialized_submodules');
  if (list === null) return false;
  try {
    return PyList_Check(list) && PySequence_Contains(list, name);
  } finally {
    decref(list);
  }
}

function module_dir(self: PyObject): PyObject {
  const dict = PyObject_GetOptionalAttrString(self, '__dict__');
  if (dict === null || !PyDict_Check(dict)) {
    xdecref(dict);
    PyErr_SetString(PyExc_TypeError, '<module>.__dict__ is not a dictionary');
  }
  try {
    const dir = PyDict_GetItem(dict, _Py_ID('__dir__'));
    if (dir !== null) return PyObject_CallNoArgs(dir);
    return PyDict_Keys(dict);
  } finally {
    decref(dict);
  }
}

function module_annotate(self: PyObject): PyObject {
  const dict = instance_dict(self)!;
  const f = PyDict_GetItemString(dict, '__annotate__');
  if (f !== null) return newref(f);
  PyDict_SetItemString(dict, '__annotate__', Py_None);
  return newref(Py_None);
}

function module_annotations(self: PyObject): PyObject {
  const dict = instance_dict(self)!;
  const stored = PyDict_GetItemString(dict, '__annotations__');
  if (stored !== null) return newref(stored);
  const spec = PyDict_GetItem(dict, _Py_ID('__spec__'));
  const initializing = spec !== null && spec !== Py_None && spec_is_initializing(spec);
  const annotate = PyDict_GetItemString(dict, '__annotate__');
  const computed = annotate !== null && PyCallable_Check(annotate);
  const result = computed ? annotations_from(annotate) : PyDict_New();
  if (!initializing) PyDict_SetItemString(dict, '__annotations__', result);
  return result;
}

export const PyModule_Type = static_type({
  name: 'module',
  tp_basicsize: 56,
  tp_flags: Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE,
  has_dict: true,
  tp_dictoffset: 16,
  tp_weaklistoffset: 40,
  tp_new: module_new,
  tp_init: module_init,
  tp_doc: 'module(name, doc=None)\n--\n\nA module: a namespace with a name and perhaps a docstring.',
  tp_dealloc(self) {
    gc_del(self);
    if ((self.g & G_WEAKREFS) !== 0) PyObject_ClearWeakRefs(self);
    clear_instance_state(self);
  },
  tp_traverse: traverse_instance_state,
  tp_clear: clear_instance_dict,
  tp_repr: module_repr,
  tp_getattro: module_getattro,
  methods: [{ name: '__dir__', flags: METH_NOARGS, meth: module_dir, sig: '($self, /)' }],
  members: [{ name: '__dict__', get: PyObject_GenericGetDict }],
  getset: [
    {
      name: '__annotations__',
      get: module_annotations,
      set(self, value) {
        const dict = instance_dict(self)!;
        if (value !== null) PyDict_SetItemString(dict, '__annotations__', value);
        else {
          if (PyDict_GetItemString(dict, '__annotations__') === null) PyErr_SetString(PyExc_AttributeError, '__annotations__');
          PyDict_DelItem(dict, _Py_ID('__annotations__'));
        }
        if (PyDict_GetItemString(dict, '__annotate__') !== null) PyDict_SetItemString(dict, '__annotate__', Py_None);
      },
    },
    {
      name: '__annotate__',
      get: module_annotate,
      set(self, value) {
        if (value === null) PyErr_SetString(PyExc_TypeError, 'cannot delete __annotate__ attribute');
        if (value !== Py_None && !PyCallable_Check(value)) PyErr_SetString(PyExc_TypeError, '__annotate__ must be callable or None');
        const dict = instance_dict(self)!;
        PyDict_SetItemString(dict, '__annotate__', value);
        if (value !== Py_None && PyDict_GetItemString(dict, '__annotations__') !== null) PyDict_DelItem(dict, _Py_ID('__annotations__'));
      },
    },
  ],
  after_ready() {
    optionalGetattro.set(module_getattro, module_getattr_optional);
  },
});
