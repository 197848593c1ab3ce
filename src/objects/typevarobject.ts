// typevarobject.ts: TypeVar, ParamSpec, TypeVarTuple, `type` aliases and Generic.          CPython: Objects/typevarobject.c
//
// Bounds, constraints, defaults and alias values are evaluated when first asked for: an object has either the value or
// the function that computes it, and keeps both afterwards.
// Much of the behaviour is Python code in typing.py, imported only when it is needed.

import { PyErr_SetString } from '../core/errors.ts';
import { gc_del, gc_new } from '../core/gc.ts';
import {
  decref,
  G_WEAKREFS,
  IMMORTAL_REFCNT,
  newref,
  Py_EQ,
  Py_NE,
  Py_TPFLAGS_DISALLOW_INSTANTIATION,
  Py_TPFLAGS_HAVE_GC,
  PyObject,
  type PyTypeObject,
  type visitproc,
  xdecref,
  xnewref,
} from '../core/object.ts';
import { per_interpreter } from '../core/per_interpreter.ts';
import {
  METH_CLASS,
  METH_CLINIC,
  METH_KEYWORDS,
  METH_NOARGS,
  METH_O,
  METH_VARARGS,
  type MethodSpec,
  static_type,
} from '../core/spec.ts';
import { current } from '../core/tstate.ts';
import { PyObject_GetItem, PyObject_GetIter, PyObject_Size, PySequence_Concat, PySequence_Index } from './abstract.ts';
import { check_no_keywords } from './argcheck.ts';
import { PyBool_FromLong } from './boolobject.ts';
import { PyObject_Call, PyObject_CallNoArgs, PyObject_Vectorcall } from './call.ts';
import { PyTuple_Check, PyUnicode_Check } from './checks.ts';
import { PyDescr_NewClassMethod } from './descrobject.ts';
import { PyDict_DelItemString, PyDict_New, PyDict_SetItemString } from './dictobject.ts';
import { PyExc_SystemError, PyExc_TypeError, PyExc_ValueError } from './exceptions.ts';
import { PyFunction_Check } from './funcobject.ts';
import { _Py_typing_type_repr, Py_GenericAlias } from './genericaliasobject.ts';
import { PyArg_Clinic } from './getargs.ts';
import { PyImport_ImportModuleAttr } from './import_util.ts';
import { PyLong_AsLong } from './longobject.ts';
import { MethodDef } from './methodobject.ts';
import {
  _PyNone_Type,
  Py_None,
  Py_NotImplemented,
  PyObject_GetAttrString,
  PyObject_IsTrue,
  PyObject_RichCompare,
  PyObject_SetAttrString,
  repr_string,
  str_string,
} from './object.ts';
import { PyTuple_FromArray, PyTuple_FromArraySteal, PyTuple_Pack } from './tupleobject.ts';
import {
  clear_instance_state,
  PyBaseObject_Type,
  PyType_Modified,
  PyType_Type,
  traverse_instance_state,
} from './typeobject.ts';
import { PyUnicode_AsString, PyUnicode_FromString } from './unicodeobject.ts';
import { _Py_union_from_tuple, _Py_union_type_or } from './unionobject.ts';
import { PyObject_ClearWeakRefs } from './weakrefobject.ts';

// --- NoDefault -------------------------------------------------------------------------------------------------------

function nodefault_new(_type: PyTypeObject, args: PyObject, kwargs: PyObject | null): PyObject {
  if ((args.v as PyObject[]).length > 0 || (kwargs !== null && (kwargs.v as { used: number }).used > 0)) {
    PyErr_SetString(PyExc_TypeError, 'NoDefaultType takes no arguments');
  }
  return newref(_Py_NoDefaultStruct);
}

export const _PyNoDefault_Type = static_type({
  name: 'NoDefaultType',
  tp_doc: 'The type of the NoDefault singleton.',
  tp_basicsize: 16,
  tp_new: nodefault_new,
  tp_repr: () => PyUnicode_FromString('typing.NoDefault'),
  methods: [
    { name: '__reduce__', flags: METH_NOARGS, meth: () => PyUnicode_FromString('NoDefault'), sig: '($self, /)' },
  ],
});

function make_nodefault(): PyObject {
  const o = new PyObject<unknown, unknown>(_PyNoDefault_Type, null, null);
  o.ob_refcnt = IMMORTAL_REFCNT;
  return o;
}

/** Says that a type parameter has no default. Immortal. */
export const _Py_NoDefaultStruct: PyObject = /* @__PURE__ */ make_nodefault();

// --- _ConstEvaluator -------------------------------------------------------------------------------------------------

const ANNOTATE_FORMAT_STRING = 4;

type ConstEvaluatorObject = PyObject<PyObject>;

/** A function of an annotation format that gives a value that is known already. Borrows value. */
function constevaluator_alloc(value: PyObject): PyObject {
  const o = new PyObject<unknown, unknown>(_PyConstEvaluator_Type, newref(value), null);
  gc_new(o);
  return o;
}

function constevaluator_call(self: PyObject, args: PyObject, kwargs: PyObject | null): PyObject {
  check_no_keywords('constevaluator.__call__', kwargs);
  const items = args.v as PyObject[];
  if (items.length !== 1) {
    PyErr_SetString(PyExc_TypeError, `constevaluator.__call__() takes exactly 1 argument (${items.length} given)`);
  }
  const format = PyLong_AsLong(items[0]!);
  const value = (self as ConstEvaluatorObject).v;
  if (format !== ANNOTATE_FORMAT_STRING) return newref(value);
  if (!PyTuple_Check(value)) return PyUnicode_FromString(_Py_typing_type_repr(value));
  return PyUnicode_FromString(`(${value.v.map(_Py_typing_type_repr).join(', ')})`);
}

export const _PyConstEvaluator_Type = static_type({
  name: '_typing._ConstEvaluator',
  heap: 'immutable',
  tp_doc: 'Gives a fixed value as an evaluate function.',
  tp_basicsize: 24,
  tp_flags: Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_DISALLOW_INSTANTIATION,
  tp_dealloc(self) {
    gc_del(self);
    decref((self as ConstEvaluatorObject).v);
  },
  tp_traverse: (self, visit) => visit((self as ConstEvaluatorObject).v),
  tp_repr: self => PyUnicode_FromString(`<constevaluator ${repr_string((self as ConstEvaluatorObject).v)}>`),
  tp_call: constevaluator_call,
});

// --- what the kinds share --------------------------------------------------------------------------------------------

/** A value that may be computed later. Both owned. */
class Lazy {
  value: PyObject | null;
  evaluate: PyObject | null;
  constructor(value: PyObject | null, evaluate: PyObject | null) {
    this.value = xnewref(value);
    this.evaluate = xnewref(evaluate);
  }

  /** The value (a new reference), computed now if need be; null if there is none. */
  get(): PyObject | null {
    if (this.value !== null) return newref(this.value);
    if (this.evaluate === null) return null;
    const value = PyObject_CallNoArgs(this.evaluate);
    const old = this.value as PyObject | null;
    this.value = newref(value);
    xdecref(old);
    return value;
  }

  /** The function that computes it (a new reference), or None. */
  get_evaluator(): PyObject {
    if (this.evaluate !== null) return newref(this.evaluate);
    return this.value === null ? newref(Py_None) : constevaluator_alloc(this.value);
  }

  traverse(visit: visitproc): void {
    if (this.value !== null) visit(this.value);
    if (this.evaluate !== null) visit(this.evaluate);
  }

  clear(): void {
    const { value, evaluate } = this;
    this.value = null;
    this.evaluate = null;
    xdecref(value);
    xdecref(evaluate);
  }
}

/** Payload of TypeVar, ParamSpec and TypeVarTuple. `bound` and `constraints` stay empty where the kind has none. */
class TypeParam {
  /** Owned str. */
  readonly name: PyObject;
  readonly bound: Lazy;
  readonly constraints: Lazy;
  readonly default_value: Lazy;
  covariant = false;
  contravariant = false;
  infer_variance = false;
  constructor(name: PyObject, bound: Lazy, constraints: Lazy, default_value: Lazy) {
    this.name = newref(name);
    this.bound = bound;
    this.constraints = constraints;
    this.default_value = default_value;
  }
}

type TypeParamObject = PyObject<TypeParam>;

function none_yet(): Lazy {
  return new Lazy(null, null);
}

function typeparam_alloc(type: PyTypeObject, payload: TypeParam, module: PyObject | null): PyObject {
  const o = new PyObject<unknown, unknown>(type, payload, null);
  gc_new(o);
  if (module !== null) {
    try {
      PyObject_SetAttrString(o, '__module__', module);
    } catch (e) {
      decref(o);
      throw e;
    }
  }
  return o;
}

function typeparam_dealloc(self: PyObject): void {
  gc_del(self);
  if ((self.g & G_WEAKREFS) !== 0) PyObject_ClearWeakRefs(self);
  const p = (self as TypeParamObject).v;
  decref(p.name);
  typeparam_clear(self);
}

function typeparam_traverse(self: PyObject, visit: visitproc): void {
  const p = (self as TypeParamObject).v;
  p.bound.traverse(visit);
  p.constraints.traverse(visit);
  p.default_value.traverse(visit);
  traverse_instance_state(self, visit);
}

function typeparam_clear(self: PyObject): void {
  const p = (self as TypeParamObject).v;
  p.bound.clear();
  p.constraints.clear();
  p.default_value.clear();
  clear_instance_state(self);
}

function typeparam_repr(self: PyObject): PyObject {
  const p = (self as TypeParamObject).v;
  if (p.infer_variance) return newref(p.name);
  return PyUnicode_FromString(`${p.covariant ? '+' : p.contravariant ? '-' : '~'}${PyUnicode_AsString(p.name)}`);
}

/** Calls a function of typing.py. */
function call_typing(name: string, ...args: PyObject[]): PyObject {
  const func = PyImport_ImportModuleAttr('typing', name);
  try {
    return PyObject_Vectorcall(func, args, null);
  } finally {
    decref(func);
  }
}

function type_check(arg: PyObject, message: string): PyObject {
  if (arg === Py_None) return newref(_PyNone_Type);
  const text = PyUnicode_FromString(message);
  try {
    return call_typing('_type_check', arg, text);
  } finally {
    decref(text);
  }
}

/** `__module__` of the running function (a new reference), or None. CPython: Objects/typevarobject.c:caller */
function caller(): PyObject {
  const func = current.tstate.frame?.f_func ?? null;
  return newref(function_module(func) ?? Py_None);
}

/** What a function's `__module__` is (borrowed); null where there is none. CPython: PyFunction_GetModule */
function function_module(func: PyObject | null): PyObject | null {
  return func !== null && PyFunction_Check(func) ? func.v.module : null;
}

/** `typing.Unpack[self]`. */
function unpack(self: PyObject): PyObject {
  const unpack_form = PyImport_ImportModuleAttr('typing', 'Unpack');
  try {
    return PyObject_GetItem(unpack_form, self);
  } finally {
    decref(unpack_form);
  }
}

/** An iterator over the one item Unpack[self]: what `*Ts` runs. */
function unpack_iter(self: PyObject): PyObject {
  const tuple = PyTuple_FromArraySteal([unpack(self)]);
  try {
    return PyObject_GetIter(tuple);
  } finally {
    decref(tuple);
  }
}

/** The tuple with each TypeVarTuple unpacked. CPython: Objects/typevarobject.c:unpack_typevartuples */
function unpack_typevartuples(params: PyObject): PyObject {
  const items = params.v as PyObject[];
  if (!items.some(o => o.ob_type === _PyTypeVarTuple_Type)) return newref(params);
  const out: PyObject[] = [];
  try {
    for (const o of items) out.push(o.ob_type === _PyTypeVarTuple_Type ? unpack(o) : newref(o));
  } catch (e) {
    for (const o of out) decref(o);
    throw e;
  }
  return PyTuple_FromArraySteal(out);
}

function make_union(self: PyObject, other: PyObject): PyObject {
  const args = PyTuple_Pack(self, other);
  try {
    return _Py_union_from_tuple(args);
  } finally {
    decref(args);
  }
}

function check_name(fname: string, name: PyObject): void {
  if (!PyUnicode_Check(name)) {
    PyErr_SetString(PyExc_TypeError, `${fname}() argument 'name' must be str, not ${name.ob_type.tp_name}`);
  }
}

function flag(o: PyObject | null): boolean {
  return o !== null && PyObject_IsTrue(o);
}

function check_variance(covariant: boolean, contravariant: boolean, infer_variance: boolean): void {
  if (covariant && contravariant) PyErr_SetString(PyExc_ValueError, 'Bivariant types are not supported.');
  if (infer_variance && (covariant || contravariant)) {
    PyErr_SetString(PyExc_ValueError, 'Variance cannot be specified with infer_variance.');
  }
}

function no_subclass(kind: string): MethodSpec {
  return {
    name: '__mro_entries__',
    flags: METH_O,
    meth: () => PyErr_SetString(PyExc_TypeError, `Cannot subclass an instance of ${kind}`),
    sig: '($self, object, /)',
  };
}

function typeparam_reduce(self: PyObject): PyObject {
  return newref((self as TypeParamObject).v.name);
}

function typeparam_default(self: PyObject): PyObject {
  return (self as TypeParamObject).v.default_value.get() ?? newref(_Py_NoDefaultStruct);
}

function typeparam_has_default(self: PyObject): PyObject {
  const { value, evaluate } = (self as TypeParamObject).v.default_value;
  return PyBool_FromLong(evaluate !== null || (value !== null && value !== _Py_NoDefaultStruct));
}

function typeparam_name(self: PyObject): PyObject {
  return newref((self as TypeParamObject).v.name);
}

// --- TypeVar ---------------------------------------------------------------------------------------------------------

const TYPEVAR_SIG =
  '(name, *constraints, bound=None, default=typing.NoDefault, covariant=False, contravariant=False, infer_variance=False)';

function typevar_new(_type: PyTypeObject, args: PyObject, kwargs: PyObject | null): PyObject {
  const parsed = PyArg_Clinic('typevar', TYPEVAR_SIG, args, kwargs) as unknown[];
  const name = parsed[0] as PyObject;
  check_name('typevar', name);
  const bound_arg = parsed[1] as PyObject | null;
  const default_arg = (parsed[2] as PyObject | null) ?? _Py_NoDefaultStruct;
  const covariant = flag(parsed[3] as PyObject | null);
  const contravariant = flag(parsed[4] as PyObject | null);
  const infer_variance = flag(parsed[5] as PyObject | null);
  const constraints = parsed[6] as PyObject[];
  check_variance(covariant, contravariant, infer_variance);
  const bound = bound_arg === null || bound_arg === Py_None ? null : type_check(bound_arg, 'Bound must be a type.');
  let constraint_tuple: PyObject | null = null;
  const module = caller();
  try {
    if (constraints.length === 1) PyErr_SetString(PyExc_TypeError, 'A single constraint is not allowed');
    if (constraints.length > 0 && bound !== null) {
      PyErr_SetString(PyExc_TypeError, 'Constraints cannot be combined with bound=...');
    }
    if (constraints.length > 0) constraint_tuple = PyTuple_FromArray(constraints);
    const p = new TypeParam(name, new Lazy(bound, null), new Lazy(constraint_tuple, null), new Lazy(default_arg, null));
    p.covariant = covariant;
    p.contravariant = contravariant;
    p.infer_variance = infer_variance;
    return typeparam_alloc(_PyTypeVar_Type, p, module);
  } finally {
    decref(module);
    xdecref(bound);
    xdecref(constraint_tuple);
  }
}

/** Completes the arguments of an alias with the variable's default. CPython: typevar_typing_prepare_subst */
function typevar_typing_prepare_subst(self: PyObject, alias: PyObject, args: PyObject): PyObject {
  const params = PyObject_GetAttrString(alias, '__parameters__');
  try {
    const i = PySequence_Index(params, self);
    const n = PyObject_Size(args);
    if (i < n) return newref(args);
    if (i === n) {
      const value = typeparam_default(self);
      if (value !== _Py_NoDefaultStruct) {
        const more = PyTuple_FromArraySteal([value]);
        try {
          return PySequence_Concat(args, more);
        } finally {
          decref(more);
        }
      }
      decref(value);
    }
    PyErr_SetString(
      PyExc_TypeError,
      `Too few arguments for ${str_string(alias)}; actual ${n}, expected at least ${i + 1}`,
    );
  } finally {
    decref(params);
  }
}

export const _PyTypeVar_Type = static_type({
  name: 'typing.TypeVar',
  heap: 'immutable',
  tp_doc: 'A type variable.',
  tp_basicsize: 80,
  tp_dictoffset: -1,
  tp_weaklistoffset: -32,
  has_dict: true,
  has_weakrefs: true,
  tp_flags: Py_TPFLAGS_HAVE_GC,
  tp_new: typevar_new,
  tp_dealloc: typeparam_dealloc,
  tp_traverse: typeparam_traverse,
  tp_clear: typeparam_clear,
  tp_repr: typeparam_repr,
  nb_or: make_union,
  methods: [
    {
      name: '__typing_subst__',
      flags: METH_O,
      meth: (self: PyObject, arg: PyObject) => call_typing('_typevar_subst', self, arg),
      sig: '($self, arg, /)',
    },
    {
      name: '__typing_prepare_subst__',
      flags: METH_CLINIC,
      meth: typevar_typing_prepare_subst,
      sig: '($self, alias, args, /)',
    },
    { name: '__reduce__', flags: METH_NOARGS, meth: typeparam_reduce, sig: '($self, /)' },
    { name: 'has_default', flags: METH_NOARGS, meth: typeparam_has_default, sig: '($self, /)' },
    no_subclass('TypeVar'),
  ],
  members: [
    { name: '__name__', get: typeparam_name },
    { name: '__covariant__', get: self => PyBool_FromLong((self as TypeParamObject).v.covariant) },
    { name: '__contravariant__', get: self => PyBool_FromLong((self as TypeParamObject).v.contravariant) },
    { name: '__infer_variance__', get: self => PyBool_FromLong((self as TypeParamObject).v.infer_variance) },
  ],
  getset: [
    { name: '__bound__', get: self => (self as TypeParamObject).v.bound.get() ?? newref(Py_None) },
    {
      name: '__constraints__',
      get: self => (self as TypeParamObject).v.constraints.get() ?? PyTuple_FromArraySteal([]),
    },
    { name: '__default__', get: typeparam_default },
    { name: 'evaluate_bound', get: self => (self as TypeParamObject).v.bound.get_evaluator() },
    { name: 'evaluate_constraints', get: self => (self as TypeParamObject).v.constraints.get_evaluator() },
    { name: 'evaluate_default', get: self => (self as TypeParamObject).v.default_value.get_evaluator() },
  ],
});

// --- ParamSpec -------------------------------------------------------------------------------------------------------

const PARAMSPEC_SIG =
  '(name, *, bound=None, default=typing.NoDefault, covariant=False, contravariant=False, infer_variance=False)';

function paramspec_new(_type: PyTypeObject, args: PyObject, kwargs: PyObject | null): PyObject {
  const parsed = PyArg_Clinic('paramspec', PARAMSPEC_SIG, args, kwargs);
  const name = parsed[0]!;
  check_name('paramspec', name);
  const default_arg = parsed[2] ?? _Py_NoDefaultStruct;
  const covariant = flag(parsed[3]!);
  const contravariant = flag(parsed[4]!);
  const infer_variance = flag(parsed[5]!);
  check_variance(covariant, contravariant, infer_variance);
  const bound_arg = parsed[1]!;
  const bound = bound_arg === Py_None ? null : bound_arg;
  const module = caller();
  try {
    const p = new TypeParam(name, new Lazy(bound, null), none_yet(), new Lazy(default_arg, null));
    p.covariant = covariant;
    p.contravariant = contravariant;
    p.infer_variance = infer_variance;
    return typeparam_alloc(_PyParamSpec_Type, p, module);
  } finally {
    decref(module);
  }
}

export const _PyParamSpec_Type = static_type({
  name: 'typing.ParamSpec',
  heap: 'immutable',
  tp_doc: 'A parameter specification variable.',
  tp_basicsize: 56,
  tp_dictoffset: -1,
  tp_weaklistoffset: -32,
  has_dict: true,
  has_weakrefs: true,
  tp_flags: Py_TPFLAGS_HAVE_GC,
  tp_new: paramspec_new,
  tp_dealloc: typeparam_dealloc,
  tp_traverse: typeparam_traverse,
  tp_clear: typeparam_clear,
  tp_repr: typeparam_repr,
  nb_or: make_union,
  methods: [
    {
      name: '__typing_subst__',
      flags: METH_O,
      meth: (self: PyObject, arg: PyObject) => call_typing('_paramspec_subst', self, arg),
      sig: '($self, arg, /)',
    },
    {
      name: '__typing_prepare_subst__',
      flags: METH_CLINIC,
      meth: (self: PyObject, alias: PyObject, args: PyObject) =>
        call_typing('_paramspec_prepare_subst', self, alias, args),
      sig: '($self, alias, args, /)',
    },
    { name: 'has_default', flags: METH_NOARGS, meth: typeparam_has_default, sig: '($self, /)' },
    { name: '__reduce__', flags: METH_NOARGS, meth: typeparam_reduce, sig: '($self, /)' },
    no_subclass('ParamSpec'),
  ],
  members: [
    { name: '__name__', get: typeparam_name },
    { name: '__bound__', get: self => newref((self as TypeParamObject).v.bound.value ?? Py_None) },
    { name: '__covariant__', get: self => PyBool_FromLong((self as TypeParamObject).v.covariant) },
    { name: '__contravariant__', get: self => PyBool_FromLong((self as TypeParamObject).v.contravariant) },
    { name: '__infer_variance__', get: self => PyBool_FromLong((self as TypeParamObject).v.infer_variance) },
  ],
  getset: [
    { name: 'args', get: self => paramspecattr_alloc(_PyParamSpecArgs_Type, self), doc: 'The positional arguments.' },
    { name: 'kwargs', get: self => paramspecattr_alloc(_PyParamSpecKwargs_Type, self), doc: 'The keyword arguments.' },
    { name: '__default__', get: typeparam_default, doc: 'The default value, or NoDefault.' },
    { name: 'evaluate_default', get: self => (self as TypeParamObject).v.default_value.get_evaluator() },
  ],
});

type ParamSpecAttrObject = PyObject<PyObject>;

/** P.args or P.kwargs; borrows origin. */
function paramspecattr_alloc(type: PyTypeObject, origin: PyObject): PyObject {
  const o = new PyObject<unknown, unknown>(type, newref(origin), null);
  gc_new(o);
  return o;
}

function paramspecattr_dealloc(self: PyObject): void {
  gc_del(self);
  if ((self.g & G_WEAKREFS) !== 0) PyObject_ClearWeakRefs(self);
  decref((self as ParamSpecAttrObject).v);
}

function paramspecattr_richcompare(self: PyObject, other: PyObject, op: number): PyObject {
  if (self.ob_type !== other.ob_type || (op !== Py_EQ && op !== Py_NE)) return newref(Py_NotImplemented);
  return PyObject_RichCompare((self as ParamSpecAttrObject).v, (other as ParamSpecAttrObject).v, op);
}

function paramspecattr_repr(self: PyObject, suffix: string): PyObject {
  const origin = (self as ParamSpecAttrObject).v;
  const text =
    origin.ob_type === _PyParamSpec_Type ? PyUnicode_AsString((origin as TypeParamObject).v.name) : repr_string(origin);
  return PyUnicode_FromString(`${text}.${suffix}`);
}

export const _PyParamSpecArgs_Type = static_type({
  name: 'typing.ParamSpecArgs',
  heap: 'immutable',
  tp_doc: 'What P.args of a ParamSpec P is.',
  tp_basicsize: 24,
  tp_weaklistoffset: -32,
  has_weakrefs: true,
  tp_flags: Py_TPFLAGS_HAVE_GC,
  tp_new: (type, args, kwargs) =>
    paramspecattr_alloc(type, PyArg_Clinic('paramspecargs', '(origin)', args, kwargs)[0]!),
  tp_dealloc: paramspecattr_dealloc,
  tp_traverse: (self, visit) => visit((self as ParamSpecAttrObject).v),
  tp_repr: self => paramspecattr_repr(self, 'args'),
  tp_richcompare: paramspecattr_richcompare,
  methods: [no_subclass('ParamSpecArgs')],
  members: [{ name: '__origin__', get: self => newref((self as ParamSpecAttrObject).v) }],
});

export const _PyParamSpecKwargs_Type = static_type({
  name: 'typing.ParamSpecKwargs',
  heap: 'immutable',
  tp_doc: 'What P.kwargs of a ParamSpec P is.',
  tp_basicsize: 24,
  tp_weaklistoffset: -32,
  has_weakrefs: true,
  tp_flags: Py_TPFLAGS_HAVE_GC,
  tp_new: (type, args, kwargs) =>
    paramspecattr_alloc(type, PyArg_Clinic('paramspeckwargs', '(origin)', args, kwargs)[0]!),
  tp_dealloc: paramspecattr_dealloc,
  tp_traverse: (self, visit) => visit((self as ParamSpecAttrObject).v),
  tp_repr: self => paramspecattr_repr(self, 'kwargs'),
  tp_richcompare: paramspecattr_richcompare,
  methods: [no_subclass('ParamSpecKwargs')],
  members: [{ name: '__origin__', get: self => newref((self as ParamSpecAttrObject).v) }],
});

// --- TypeVarTuple ----------------------------------------------------------------------------------------------------

function typevartuple_new(_type: PyTypeObject, args: PyObject, kwargs: PyObject | null): PyObject {
  const parsed = PyArg_Clinic('typevartuple', '(name, *, default=typing.NoDefault)', args, kwargs);
  const name = parsed[0]!;
  check_name('typevartuple', name);
  const module = caller();
  try {
    const p = new TypeParam(name, none_yet(), none_yet(), new Lazy(parsed[1] ?? _Py_NoDefaultStruct, null));
    p.infer_variance = true;
    return typeparam_alloc(_PyTypeVarTuple_Type, p, module);
  } finally {
    decref(module);
  }
}

export const _PyTypeVarTuple_Type = static_type({
  name: 'typing.TypeVarTuple',
  heap: 'immutable',
  tp_doc: 'A type variable that stands for any number of types.',
  tp_basicsize: 40,
  tp_dictoffset: -1,
  tp_weaklistoffset: -32,
  has_dict: true,
  has_weakrefs: true,
  tp_flags: Py_TPFLAGS_HAVE_GC,
  tp_new: typevartuple_new,
  tp_dealloc: typeparam_dealloc,
  tp_traverse: typeparam_traverse,
  tp_clear: typeparam_clear,
  tp_repr: typeparam_repr,
  tp_iter: unpack_iter,
  methods: [
    {
      name: '__typing_subst__',
      flags: METH_O,
      meth: () => PyErr_SetString(PyExc_TypeError, 'Substitution of bare TypeVarTuple is not supported'),
      sig: '($self, arg, /)',
    },
    {
      name: '__typing_prepare_subst__',
      flags: METH_CLINIC,
      meth: (self: PyObject, alias: PyObject, args: PyObject) =>
        call_typing('_typevartuple_prepare_subst', self, alias, args),
      sig: '($self, alias, args, /)',
    },
    { name: '__reduce__', flags: METH_NOARGS, meth: typeparam_reduce, sig: '($self, /)' },
    { name: 'has_default', flags: METH_NOARGS, meth: typeparam_has_default, sig: '($self, /)' },
    no_subclass('TypeVarTuple'),
  ],
  members: [{ name: '__name__', get: typeparam_name }],
  getset: [
    { name: '__default__', get: typeparam_default, doc: 'The default value, or NoDefault.' },
    { name: 'evaluate_default', get: self => (self as TypeParamObject).v.default_value.get_evaluator() },
  ],
});

// --- what the compiler's intrinsics call -------------------------------------------------------------------------------

/** A TypeVar of the type parameter syntax; the functions may be null. Borrows. */
export function _Py_make_typevar(
  name: PyObject,
  evaluate_bound: PyObject | null,
  evaluate_constraints: PyObject | null,
): PyObject {
  const p = new TypeParam(name, new Lazy(null, evaluate_bound), new Lazy(null, evaluate_constraints), none_yet());
  p.infer_variance = true;
  return typeparam_alloc(_PyTypeVar_Type, p, null);
}

export function _Py_make_paramspec(name: PyObject): PyObject {
  const p = new TypeParam(name, none_yet(), none_yet(), none_yet());
  p.infer_variance = true;
  return typeparam_alloc(_PyParamSpec_Type, p, null);
}

export function _Py_make_typevartuple(name: PyObject): PyObject {
  const p = new TypeParam(name, none_yet(), none_yet(), none_yet());
  p.infer_variance = true;
  return typeparam_alloc(_PyTypeVarTuple_Type, p, null);
}

function is_typeparam(o: PyObject): o is TypeParamObject {
  return o.ob_type === _PyTypeVar_Type || o.ob_type === _PyParamSpec_Type || o.ob_type === _PyTypeVarTuple_Type;
}

function not_a_typeparam(o: PyObject): never {
  PyErr_SetString(PyExc_TypeError, `Expected a type param, got ${repr_string(o)}`);
}

/** Gives a type parameter the function that computes its default; returns a new reference to the parameter. */
export function _Py_set_typeparam_default(typeparam: PyObject, evaluate_default: PyObject): PyObject {
  if (!is_typeparam(typeparam)) not_a_typeparam(typeparam);
  const lazy = typeparam.v.default_value;
  const old = lazy.evaluate;
  lazy.evaluate = newref(evaluate_default);
  xdecref(old);
  return newref(typeparam);
}

// --- type aliases ----------------------------------------------------------------------------------------------------

/** Payload of TypeAliasType: all owned. */
class TypeAlias {
  readonly name: PyObject;
  /** A tuple, null when empty. */
  type_params: PyObject | null;
  readonly value: Lazy;
  module: PyObject | null;
  constructor(name: PyObject, type_params: PyObject | null, value: Lazy, module: PyObject | null) {
    this.name = newref(name);
    this.type_params = xnewref(type_params);
    this.value = value;
    this.module = xnewref(module);
  }
}

type TypeAliasObject = PyObject<TypeAlias>;

function typealias_alloc(payload: TypeAlias): PyObject {
  const o = new PyObject<unknown, unknown>(_PyTypeAlias_Type, payload, null);
  gc_new(o);
  return o;
}

/** Whether the tuple holds type parameters with defaults last; null stands for an empty one. */
function checked_type_params(type_params: PyObject | null): PyObject | null {
  if (type_params === null) return null;
  const items = type_params.v as PyObject[];
  let default_seen = false;
  for (const p of items) {
    if (!is_typeparam(p)) not_a_typeparam(p);
    const value = typeparam_default(p);
    decref(value);
    if (value !== _Py_NoDefaultStruct) default_seen = true;
    else if (default_seen) {
      PyErr_SetString(PyExc_TypeError, `non-default type parameter '${repr_string(p)}' follows default type parameter`);
    }
  }
  return items.length === 0 ? null : type_params;
}

function typealias_new(_type: PyTypeObject, args: PyObject, kwargs: PyObject | null): PyObject {
  const parsed = PyArg_Clinic('typealias', '(name, value, *, type_params=())', args, kwargs);
  const name = parsed[0]!;
  check_name('typealias', name);
  const given = parsed[2]!;
  if (given !== null && !PyTuple_Check(given)) PyErr_SetString(PyExc_TypeError, 'type_params must be a tuple');
  const type_params = checked_type_params(given);
  const module = caller();
  const o = typealias_alloc(new TypeAlias(name, type_params, new Lazy(parsed[1]!, null), module));
  decref(module);
  return o;
}

/** The alias of a `type` statement: args is (name, type parameters or None, function). */
export function _Py_make_typealias(args: PyObject): PyObject {
  const [name, type_params, compute] = args.v as [PyObject, PyObject, PyObject];
  const none = type_params === Py_None || (PyTuple_Check(type_params) && type_params.v.length === 0);
  return typealias_alloc(new TypeAlias(name, none ? null : type_params, new Lazy(null, compute), null));
}

function typealias_dealloc(self: PyObject): void {
  gc_del(self);
  decref((self as TypeAliasObject).v.name);
  typealias_clear(self);
}

function typealias_traverse(self: PyObject, visit: visitproc): void {
  const a = (self as TypeAliasObject).v;
  if (a.type_params !== null) visit(a.type_params);
  a.value.traverse(visit);
  if (a.module !== null) visit(a.module);
}

function typealias_clear(self: PyObject): void {
  const a = (self as TypeAliasObject).v;
  const { type_params, module } = a;
  a.type_params = null;
  a.module = null;
  a.value.clear();
  xdecref(type_params);
  xdecref(module);
}

function typealias_subscript(self: PyObject, args: PyObject): PyObject {
  if ((self as TypeAliasObject).v.type_params === null) {
    PyErr_SetString(PyExc_TypeError, 'Only generic type aliases are subscriptable');
  }
  return Py_GenericAlias(self, args);
}

function typealias_parameters(self: PyObject): PyObject {
  const params = (self as TypeAliasObject).v.type_params;
  return params === null ? PyTuple_FromArraySteal([]) : unpack_typevartuples(params);
}

function typealias_module(self: PyObject): PyObject {
  const a = (self as TypeAliasObject).v;
  if (a.module !== null) return newref(a.module);
  return newref(function_module(a.value.evaluate) ?? Py_None);
}

export const _PyTypeAlias_Type = static_type({
  name: 'typing.TypeAliasType',
  tp_doc: 'What a type statement makes.',
  tp_basicsize: 56,
  tp_flags: Py_TPFLAGS_HAVE_GC,
  tp_new: typealias_new,
  tp_dealloc: typealias_dealloc,
  tp_traverse: typealias_traverse,
  tp_clear: typealias_clear,
  tp_repr: self => newref((self as TypeAliasObject).v.name),
  tp_iter: unpack_iter,
  nb_or: (a, b) => _Py_union_type_or(a, b),
  mp_subscript: typealias_subscript,
  methods: [
    {
      name: '__reduce__',
      flags: METH_NOARGS,
      meth: (self: PyObject) => newref((self as TypeAliasObject).v.name),
      sig: '($self, /)',
    },
  ],
  members: [{ name: '__name__', get: self => newref((self as TypeAliasObject).v.name) }],
  getset: [
    { name: '__parameters__', get: typealias_parameters },
    {
      name: '__type_params__',
      get(self) {
        const params = (self as TypeAliasObject).v.type_params;
        return params === null ? PyTuple_FromArraySteal([]) : newref(params);
      },
    },
    { name: '__value__', get: self => (self as TypeAliasObject).v.value.get() ?? newref(Py_None) },
    { name: 'evaluate_value', get: self => (self as TypeAliasObject).v.value.get_evaluator() },
    { name: '__module__', get: typealias_module },
  ],
});

// --- Generic ---------------------------------------------------------------------------------------------------------

/** Calls typing.name(cls, *args, **kwargs). */
function call_typing_with_class(name: string, cls: PyObject, args: PyObject, kwargs: PyObject | null): PyObject {
  const func = PyImport_ImportModuleAttr('typing', name);
  const all = PyTuple_FromArray([cls, ...(args.v as PyObject[])]);
  try {
    return PyObject_Call(func, all, kwargs);
  } finally {
    decref(all);
    decref(func);
  }
}

/** `Generic[params]`, the base that a class with type parameters gets. CPython: _Py_subscript_generic */
export function _Py_subscript_generic(params: PyObject): PyObject {
  if (!PyTuple_Check(params)) PyErr_SetString(PyExc_SystemError, 'type parameters must be a tuple');
  const unpacked = unpack_typevartuples(params);
  try {
    return call_typing('_GenericAlias', PyGeneric_Type(), unpacked);
  } finally {
    decref(unpacked);
  }
}

const generic_methods: readonly MethodSpec[] = [
  {
    name: '__class_getitem__',
    flags: METH_VARARGS | METH_KEYWORDS | METH_CLASS,
    meth: (cls: PyObject, args: PyObject, kwargs: PyObject | null) =>
      call_typing_with_class('_generic_class_getitem', cls, args, kwargs),
    doc: 'Gives a generic class its type arguments.',
  },
  {
    name: '__init_subclass__',
    flags: METH_VARARGS | METH_KEYWORDS | METH_CLASS,
    meth: (cls: PyObject, args: PyObject, kwargs: PyObject | null) =>
      call_typing_with_class('_generic_init_subclass', cls, args, kwargs),
    doc: 'Sets a new generic class up.',
  },
];

const generic = /* @__PURE__ */ per_interpreter(() => ({ type: null as PyTypeObject | null }), {
  clear({ type }) {
    generic.type = null;
    xdecref(type);
  },
});

/** typing.Generic (borrowed): like a class statement's type it can be changed, so it is made as one. */
export function PyGeneric_Type(): PyTypeObject {
  if (generic.type !== null) return generic.type;
  const dict = PyDict_New();
  const put = (name: string, value: PyObject): void => {
    PyDict_SetItemString(dict, name, value);
    decref(value);
  };
  put('__module__', PyUnicode_FromString('typing'));
  put('__doc__', PyUnicode_FromString('Abstract base class for generic types.'));
  put('__slots__', PyTuple_FromArraySteal([]));
  const args = PyTuple_FromArraySteal([PyUnicode_FromString('Generic'), PyTuple_Pack(PyBaseObject_Type), dict]);
  const type = PyObject_Call(PyType_Type, args, null) as PyTypeObject;
  decref(args);
  type.tp_name = 'typing.Generic';
  PyDict_DelItemString(type.tp_dict!, '__slots__');
  for (const row of generic_methods) {
    const descr = PyDescr_NewClassMethod(type, new MethodDef(row));
    PyDict_SetItemString(type.tp_dict!, row.name, descr);
    decref(descr);
  }
  PyType_Modified(type);
  generic.type = type;
  return type;
}
