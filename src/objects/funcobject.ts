// funcobject.ts: Python functions, classmethod and staticmethod.                      CPython: Objects/funcobject.c
import { annotations_from } from './annotate.ts';
import { PySys_Audit, audit_set, audited } from './audit.ts';
import { PyErr_SetString } from '../core/errors.ts';
import { gc_alloc, gc_del, gc_new, gc_track } from '../core/gc.ts';
import { G_WEAKREFS, PyObject, type PyTypeObject, Py_TPFLAGS_BASETYPE, Py_TPFLAGS_HAVE_GC, Py_TPFLAGS_HAVE_VECTORCALL, Py_TPFLAGS_METHOD_DESCRIPTOR, decref, incref, newref, xdecref, xnewref } from '../core/object.ts';
import { METH_CLASS, METH_O, static_type, type GetSetSpec } from '../core/spec.ts';
import { current } from '../core/tstate.ts';
import { PyObject_Call, unpack_call_args } from './call.ts';
import { PyCell_Type } from './cellobject.ts';
import { PyDict_Check, PyTuple_Check, PyUnicode_Check } from './checks.ts';
import { PyMethod_New } from './classobject.ts';
import { CO_ASYNC_GENERATOR, CO_COROUTINE, CO_GENERATOR, CO_HAS_DOCSTRING, type CodePayload, PyCode_Check } from './codeobject.ts';
import { is_abstract } from './descrobject.ts';
import { PyDict_DelItem, PyDict_GetItem, PyDict_GetItemString, PyDict_New, PyDict_SetItem } from './dictobject.ts';
import { PyExc_DeprecationWarning, PyExc_TypeError, PyExc_ValueError, set_attribute_error } from './exceptions.ts';
import { Py_GenericAlias_class_getitem } from './genericaliasobject.ts';
import { PyArg_Clinic } from './getargs.ts';
import { PyModule_Check } from './moduleobject.ts';
import { PyCallable_Check, PyObject_GenericGetDict, PyObject_GenericSetDict, PyObject_GetOptionalAttrString, PyObject_SetAttrString, Py_None, address, instance_dict, repr_string, clear_instance_dict } from './object.ts';
import { PyTuple_FromArray } from './tupleobject.ts';
import { clear_instance_state, traverse_instance_state } from './typeobject.ts';
import { PyUnicode_AsString, PyUnicode_FromString, _Py_ID } from './unicodeobject.ts';
import { PyErr_WarnEx } from './warnings.ts';
import { PyObject_ClearWeakRefs } from './weakrefobject.ts';
import { callPythonFunction } from './func_hook.ts';
import { Py_True, Py_False } from './boolobject.ts';

/** Payload of a function; every PyObject is owned. */
export class FunctionPayload {
  code: PyObject;
  globals: PyObject;
  builtins: PyObject;
  name: PyObject;
  qualname: PyObject;
  /** Tuple or null. */
  defaults: PyObject | null = null;
  /** Dict or null. */
  kwdefaults: PyObject | null = null;
  /** Tuple of cells or null. */
  closure: PyObject | null = null;
  doc: PyObject;
  module: PyObject | null;
  annotations: PyObject | null = null;
  annotate: PyObject | null = null;
  typeparams: PyObject | null = null;
  /** Changes whenever code, defaults or kwdefaults do; 0 while unassigned. */
  version = 0;
  constructor(code: PyObject, globals: PyObject, builtins: PyObject, name: PyObject, qualname: PyObject, doc: PyObject, module: PyObject | null) {
    this.code = code;
    this.globals = globals;
    this.builtins = builtins;
    this.name = name;
    this.qualname = qualname;
    this.doc = doc;
    this.module = module;
  }
}
export type PyFunctionObject = PyObject<FunctionPayload>;

function fn(o: PyObject): FunctionPayload {
  return (o as PyFunctionObject).v;
}

let next_version = 1;

/** CPython: _PyFunction_GetVersionForCurrentState */
export function function_version(f: FunctionPayload): number {
  if (f.version === 0) f.version = next_version++;
  return f.version;
}

/** The builtins dict that code with these globals uses (borrowed). CPython: _PyDict_LoadBuiltinsFromGlobals */
export function builtins_from_globals(globals: PyObject): PyObject {
  const b = PyDict_Check(globals) ? PyDict_GetItem(globals, _Py_ID('__builtins__')) : null;
  if (b === null) {
    const { frame, interp } = current.tstate;
    return frame === null ? interp.builtins! : frame.f_builtins;
  }
  if (PyModule_Check(b)) return instance_dict(b)!;
  return b;
}

/** CPython: PyFunction_NewWithQualName. Borrows everything. */
export function PyFunction_New(code: PyObject, globals: PyObject, qualname: PyObject | null = null): PyObject {
  const co = (code as PyObject<CodePayload>).v;
  const doc = (co.co_flags & CO_HAS_DOCSTRING) !== 0 && co.consts.length > 0 ? co.consts[0]! : Py_None;
  const module = PyDict_GetItem(globals, _Py_ID('__name__'));
  incref(code);
  incref(globals);
  incref(co.co_name);
  incref(doc);
  if (module !== null) incref(module);
  const payload = new FunctionPayload(
    code,
    globals,
    newref(builtins_from_globals(globals)),
    co.co_name,
    newref(qualname ?? co.co_qualname),
    doc,
    module,
  );
  const o = new PyObject<unknown, unknown>(PyFunction_Type, payload, null);
  gc_alloc();
  gc_track(o);
  return o;
}

function func_dealloc(self: PyObject): void {
  gc_del(self);
  if ((self.g & G_WEAKREFS) !== 0) PyObject_ClearWeakRefs(self);
  const f = fn(self);
  decref(f.globals);
  xdecref(f.module);
  xdecref(f.defaults);
  xdecref(f.kwdefaults);
  decref(f.doc);
  clear_instance_state(self);
  xdecref(f.closure);
  xdecref(f.annotations);
  xdecref(f.annotate);
  xdecref(f.typeparams);
  decref(f.builtins);
  decref(f.code);
  decref(f.name);
  decref(f.qualname);
}

function func_traverse(self: PyObject, visit: (o: PyObject) => void): void {
  const f = fn(self);
  visit(f.code);
  visit(f.globals);
  visit(f.builtins);
  visit(f.doc);
  for (const o of [f.module, f.defaults, f.kwdefaults, f.closure, f.annotations, f.annotate, f.typeparams]) if (o !== null) visit(o);
  visit(f.name);
  visit(f.qualname);
  traverse_instance_state(self, visit);
}

function func_clear(self: PyObject): void {
  const f = fn(self);
  f.version = 0;
  const held = [f.module, f.defaults, f.kwdefaults, f.closure, f.annotations, f.annotate, f.typeparams];
  f.module = null;
  f.defaults = null;
  f.kwdefaults = null;
  f.closure = null;
  f.annotations = null;
  f.annotate = null;
  f.typeparams = null;
  clear_instance_dict(self);
  for (const o of held) xdecref(o);
}

function func_repr(self: PyObject): PyObject {
  return PyUnicode_FromString(`<function ${PyUnicode_AsString(fn(self).qualname)} at ${address(self)}>`);
}

function func_descr_get(self: PyObject, obj: PyObject | null): PyObject {
  if (obj === null || obj === Py_None) return newref(self);
  return PyMethod_New(self, obj);
}

function func_vectorcall(func: PyObject, args: PyObject[], kwnames: PyObject | null): PyObject {
  return callPythonFunction.call!(func, args, kwnames);
}

function func_call(func: PyObject, args: PyObject, kwargs: PyObject | null): PyObject {
  const [all, kwnames] = unpack_call_args(args, kwargs);
  try {
    return func_vectorcall(func, all, kwnames);
  } finally {
    xdecref(kwnames);
  }
}

function set_code(self: PyObject, value: PyObject | null): void {
  if (value === null || !PyCode_Check(value)) {
    PyErr_SetString(PyExc_TypeError, '__code__ must be set to a code object');
  }
  audit_set(self, '__code__', value);
  const f = fn(self);
  const nclosure = f.closure === null ? 0 : (f.closure as PyObject<PyObject[]>).v.length;
  const nfree = (value as PyObject<CodePayload>).v.nfreevars;
  if (nclosure !== nfree) {
    PyErr_SetString(
      PyExc_ValueError,
      `${PyUnicode_AsString(f.name)}() requires a code object with ${nclosure} free vars, not ${nfree}`,
    );
  }
  const kind = CO_GENERATOR | CO_COROUTINE | CO_ASYNC_GENERATOR;
  const old_flags = (f.code as PyObject<CodePayload>).v.co_flags & kind;
  if (old_flags !== ((value as PyObject<CodePayload>).v.co_flags & kind)) {
    PyErr_WarnEx(
      PyExc_DeprecationWarning,
      'Assigning a code object of non-matching type is deprecated (e.g., from a generator to a plain function)',
      1,
    );
  }
  const old = f.code;
  f.code = newref(value as PyObject);
  f.version = 0;
  decref(old);
}

function set_text(slot: 'name' | 'qualname') {
  return (self: PyObject, value: PyObject | null): void => {
    if (value === null || !PyUnicode_Check(value)) {
      PyErr_SetString(PyExc_TypeError, `__${slot}__ must be set to a string object`);
    }
    const f = fn(self);
    const old = f[slot];
    f[slot] = newref(value);
    decref(old);
  };
}

/** Sets an owned field; None clears it. */
function set_optional(self: PyObject, slot: 'defaults' | 'kwdefaults' | 'annotations' | 'annotate', value: PyObject | null): void {
  const f = fn(self);
  const old = f[slot];
  f[slot] = xnewref(value);
  xdecref(old);
}

function func_annotations(self: PyObject): PyObject {
  const f = fn(self);
  if (f.annotations === null) {
    const computed = f.annotate !== null && PyCallable_Check(f.annotate);
    f.annotations = computed ? annotations_from(f.annotate!) : PyDict_New();
  } else if (PyTuple_Check(f.annotations)) f.annotations = annotations_dict(f.annotations);
  return newref(f.annotations);
}

/** The compiler may give annotations as a flat tuple of names and values. */
function annotations_dict(tuple: PyObject): PyObject {
  const items = (tuple as PyObject<PyObject[]>).v;
  const dict = PyDict_New();
  for (let i = 0; i < items.length; i += 2) PyDict_SetItem(dict, items[i]!, items[i + 1]!);
  decref(tuple);
  return dict;
}

function func_new(_type: PyObject, args: PyObject, kwargs: PyObject | null): PyObject {
  const [code, globals, name, argdefs, closure, kwdefaults] = PyArg_Clinic(
    'function',
    '(code, globals, name=None, argdefs=None, closure=None, kwdefaults=None)',
    args,
    kwargs,
  );
  const bad = (i: string, want: string, o: PyObject): never =>
    PyErr_SetString(PyExc_TypeError, `function() argument '${i}' must be ${want}, not ${o.ob_type.tp_name}`);
  if (!PyCode_Check(code!)) bad('code', 'code', code!);
  if (!PyDict_Check(globals!)) bad('globals', 'dict', globals!);
  PySys_Audit('function.__new__', code!);
  const given = (o: PyObject | null | undefined): o is PyObject => o !== null && o !== undefined && o !== Py_None;
  if (given(name) && !PyUnicode_Check(name)) PyErr_SetString(PyExc_TypeError, 'arg 3 (name) must be None or string');
  if (given(argdefs) && !PyTuple_Check(argdefs)) PyErr_SetString(PyExc_TypeError, 'arg 4 (defaults) must be None or tuple');
  const co = (code as PyObject<CodePayload>).v;
  if (closure === null || closure === undefined || !PyTuple_Check(closure)) {
    if (co.nfreevars > 0 && !given(closure)) PyErr_SetString(PyExc_TypeError, 'arg 5 (closure) must be tuple');
    if (given(closure)) PyErr_SetString(PyExc_TypeError, 'arg 5 (closure) must be None or tuple');
  }
  if (given(kwdefaults) && !PyDict_Check(kwdefaults)) PyErr_SetString(PyExc_TypeError, 'arg 6 (kwdefaults) must be None or dict');
  const cells = given(closure) ? (closure as PyObject<PyObject[]>).v : [];
  if (cells.length !== co.nfreevars) {
    PyErr_SetString(PyExc_ValueError, `${PyUnicode_AsString(co.co_name)} requires closure of length ${co.nfreevars}, not ${cells.length}`);
  }
  for (const c of cells) {
    if (c.ob_type !== PyCell_Type) PyErr_SetString(PyExc_TypeError, `arg 5 (closure) expected cell, found ${c.ob_type.tp_name}`);
  }
  const o = PyFunction_New(code!, globals!);
  const f = fn(o);
  if (given(name)) {
    const old = f.name;
    f.name = newref(name);
    decref(old);
  }
  if (given(argdefs)) f.defaults = newref(argdefs);
  if (given(closure)) f.closure = newref(closure);
  if (given(kwdefaults)) f.kwdefaults = newref(kwdefaults);
  return o;
}

export const PyFunction_Type = static_type({
  name: 'function',
  tp_doc: 'function(code, globals, name=None, argdefs=None, closure=None,\n         kwdefaults=None)\n--\n\nCode together with a namespace, default values and shared variables.',
  tp_basicsize: 152,
  tp_flags: Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_HAVE_VECTORCALL | Py_TPFLAGS_METHOD_DESCRIPTOR,
  has_dict: true,
  tp_dictoffset: 88,
  tp_weaklistoffset: 96,
  tp_dealloc: func_dealloc,
  tp_traverse: func_traverse,
  tp_clear: func_clear,
  tp_repr: func_repr,
  tp_call: func_call,
  tp_instance_vectorcall: func_vectorcall,
  tp_descr_get: func_descr_get,
  tp_new: func_new,
  members: [
    { name: '__closure__', get: self => newref(fn(self).closure ?? Py_None) },
    {
      name: '__doc__',
      get: self => newref(fn(self).doc),
      set(self, value) {
        const f = fn(self);
        const old = f.doc;
        f.doc = newref(value ?? Py_None);
        decref(old);
      },
    },
    { name: '__globals__', get: self => newref(fn(self).globals) },
    {
      name: '__module__',
      get: self => newref(fn(self).module ?? Py_None),
      set(self, value) {
        const f = fn(self);
        const old = f.module;
        f.module = xnewref(value);
        xdecref(old);
      },
    },
    { name: '__builtins__', get: self => newref(fn(self).builtins) },
  ],
  getset: [
    { name: '__code__', get: self => audited(self, '__code__', fn(self).code), set: set_code },
    {
      name: '__defaults__',
      get: self => audited(self, '__defaults__', fn(self).defaults ?? Py_None),
      set(self, value) {
        if (value === Py_None) value = null;
        if (value !== null && !PyTuple_Check(value)) PyErr_SetString(PyExc_TypeError, '__defaults__ must be set to a tuple object');
        audit_set(self, '__defaults__', value);
        fn(self).version = 0;
        set_optional(self, 'defaults', value);
      },
    },
    {
      name: '__kwdefaults__',
      get: self => audited(self, '__kwdefaults__', fn(self).kwdefaults ?? Py_None),
      set(self, value) {
        if (value === Py_None) value = null;
        if (value !== null && !PyDict_Check(value)) PyErr_SetString(PyExc_TypeError, '__kwdefaults__ must be set to a dict object');
        audit_set(self, '__kwdefaults__', value);
        fn(self).version = 0;
        set_optional(self, 'kwdefaults', value);
      },
    },
    {
      name: '__annotations__',
      get: func_annotations,
      set(self, value) {
        if (value === Py_None) value = null;
        if (value !== null && !PyDict_Check(value)) PyErr_SetString(PyExc_TypeError, '__annotations__ must be set to a dict object');
        set_optional(self, 'annotations', value);
        set_optional(self, 'annotate', null);
      },
    },
    {
      name: '__annotate__',
      get: self => newref(fn(self).annotate ?? Py_None),
      set(self, value) {
        if (value === null) PyErr_SetString(PyExc_TypeError, '__annotate__ cannot be deleted');
        if (value === Py_None) {
          set_optional(self, 'annotate', null);
          return;
        }
        if (!PyCallable_Check(value)) PyErr_SetString(PyExc_TypeError, '__annotate__ must be callable or None');
        set_optional(self, 'annotate', value);
        set_optional(self, 'annotations', null);
      },
    },
    { name: '__dict__', get: PyObject_GenericGetDict, set: PyObject_GenericSetDict },
    { name: '__name__', get: self => newref(fn(self).name), set: set_text('name') },
    { name: '__qualname__', get: self => newref(fn(self).qualname), set: set_text('qualname') },
    {
      name: '__type_params__',
      get: self => xnewref(fn(self).typeparams) ?? PyTuple_FromArray([]),
      set(self, value) {
        if (value === null || !PyTuple_Check(value)) PyErr_SetString(PyExc_TypeError, '__type_params__ must be set to a tuple');
        const f = fn(self);
        const old = f.typeparams;
        f.typeparams = newref(value);
        xdecref(old);
      },
    },
  ],
});

export function PyFunction_Check(o: PyObject): o is PyFunctionObject {
  return o.ob_type === PyFunction_Type;
}

// --- classmethod and staticmethod --------------------------------------------------------------------------------------

/** v is the wrapped callable (owned), null before __init__. */
type WrapperObject = PyObject<PyObject | null>;

const COPIED = ['__module__', '__name__', '__qualname__', '__doc__'];

/** Takes over the wrapped callable's names. CPython: functools_wraps */
function functools_wraps(self: PyObject, wrapped: PyObject): void {
  for (const name of COPIED) {
    const value = PyObject_GetOptionalAttrString(wrapped, name);
    if (value === null) continue;
    try {
      PyObject_SetAttrString(self, name, value);
    } finally {
      decref(value);
    }
  }
}

function wrapper_new(type: PyTypeObject): PyObject {
  return type.tp_alloc!(type, null);
}

function wrapper_init(fname: string) {
  return (self: PyObject, args: PyObject, kwargs: PyObject | null): void => {
    const [callable] = PyArg_Clinic(fname, '(function, /)', args, kwargs);
    const w = self as WrapperObject;
    const old = w.v;
    w.v = newref(callable!);
    xdecref(old);
    functools_wraps(self, callable!);
  };
}

function wrapper_dealloc(self: PyObject): void {
  gc_del(self);
  xdecref((self as WrapperObject).v);
  clear_instance_state(self);
}
function wrapper_traverse(self: PyObject, visit: (o: PyObject) => void): void {
  const v = (self as WrapperObject).v;
  if (v !== null) visit(v);
  traverse_instance_state(self, visit);
}
function wrapper_clear(self: PyObject): void {
  const w = self as WrapperObject;
  const old = w.v;
  w.v = null;
  xdecref(old);
  clear_instance_dict(self);
}

/** `__annotations__` and `__annotate__` of the wrapped callable, kept in the wrapper's dict once asked for. */
function forwarded(name: string): GetSetSpec {
  return {
    name,
    get(self) {
      const dict = instance_dict(self)!;
      const own = PyDict_GetItemString(dict, name);
      if (own !== null) return newref(own);
      const w = (self as WrapperObject).v;
      const value = w === null ? null : PyObject_GetOptionalAttrString(w, name);
      if (value === null) set_attribute_error(`'${self.ob_type.tp_name}' object has no attribute '${name}'`, self, _Py_ID(name));
      PyDict_SetItem(dict, _Py_ID(name), value);
      return value;
    },
    set(self, value) {
      const dict = instance_dict(self)!;
      if (value === null) {
        if (PyDict_GetItemString(dict, name) === null) {
          set_attribute_error(`'${self.ob_type.tp_name}' object has no attribute '${name}'`, self, _Py_ID(name));
        }
        PyDict_DelItem(dict, _Py_ID(name));
      } else PyDict_SetItem(dict, _Py_ID(name), value);
    },
  };
}

function wrapper_repr(fname: string) {
  return (self: PyObject): PyObject => PyUnicode_FromString(`<${fname}(${repr_string((self as WrapperObject).v ?? Py_None)})>`);
}

const wrapper_members = [
  { name: '__func__', get: (self: PyObject): PyObject => newref((self as WrapperObject).v ?? Py_None) },
  { name: '__wrapped__', get: (self: PyObject): PyObject => newref((self as WrapperObject).v ?? Py_None) },
];

const wrapper_getset: readonly GetSetSpec[] = [
  {
    name: '__isabstractmethod__',
    get(self) {
      const w = (self as WrapperObject).v;
      return newref(w !== null && is_abstract(w) ? Py_True : Py_False);
    },
  },
  { name: '__dict__', get: PyObject_GenericGetDict, set: PyObject_GenericSetDict },
  forwarded('__annotations__'),
  forwarded('__annotate__'),
];

function classmethod_get(self: PyObject, obj: PyObject | null, type: PyObject | null): PyObject {
  const w = (self as WrapperObject).v;
  if (w === null) PyErr_SetString(PyExc_TypeError, 'uninitialized classmethod object');
  return PyMethod_New(w, type ?? obj!.ob_type);
}

export const PyClassMethod_Type = static_type({
  name: 'classmethod',
  after_ready: type => {
    type.tp_data = { text_signature: '(function, /)' };
  },
  tp_basicsize: 32,
  tp_flags: Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_GC,
  has_dict: true,
  tp_dictoffset: 24,
  tp_dealloc: wrapper_dealloc,
  tp_traverse: wrapper_traverse,
  tp_clear: wrapper_clear,
  tp_repr: wrapper_repr('classmethod'),
  tp_new: wrapper_new,
  tp_init: wrapper_init('classmethod'),
  tp_descr_get: classmethod_get,
  methods: [{ name: '__class_getitem__', flags: METH_O | METH_CLASS, meth: Py_GenericAlias_class_getitem, sig: '($type, object, /)' }],
  members: wrapper_members,
  getset: wrapper_getset,
});

function staticmethod_get(self: PyObject): PyObject {
  const w = (self as WrapperObject).v;
  if (w === null) PyErr_SetString(PyExc_TypeError, 'uninitialized staticmethod object');
  return newref(w);
}

export const PyStaticMethod_Type = static_type({
  name: 'staticmethod',
  after_ready: type => {
    type.tp_data = { text_signature: '(function, /)' };
  },
  tp_basicsize: 32,
  tp_flags: Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_GC,
  has_dict: true,
  tp_dictoffset: 24,
  tp_dealloc: wrapper_dealloc,
  tp_traverse: wrapper_traverse,
  tp_clear: wrapper_clear,
  tp_repr: wrapper_repr('staticmethod'),
  tp_call: (self, args, kwargs) => PyObject_Call((self as WrapperObject).v!, args, kwargs),
  tp_new: wrapper_new,
  tp_init: wrapper_init('staticmethod'),
  tp_descr_get: staticmethod_get,
  methods: [{ name: '__class_getitem__', flags: METH_O | METH_CLASS, meth: Py_GenericAlias_class_getitem, sig: '($type, object, /)' }],
  members: wrapper_members,
  getset: wrapper_getset,
});

/** Wraps a function in a class body; copies no names (they are there when looked up through the function). CPython: PyClassMethod_New */
export function PyClassMethod_New(callable: PyObject): PyObject {
  const o = new PyObject<unknown, unknown>(PyClassMethod_Type, newref(callable), null);
  gc_new(o);
  return o;
}
export function PyStaticMethod_New(callable: PyObject): PyObject {
  const o = new PyObject<unknown, unknown>(PyStaticMethod_Type, newref(callable), null);
  gc_new(o);
  return o;
}
