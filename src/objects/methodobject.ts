// methodobject.ts: native functions as Python objects, and how natives are called.       CPython: Objects/methodobject.c
import { PyErr_SetString } from '../core/errors.ts';
import { FREE_CFUNCTIONS, gc_del_to, gc_new_from } from '../core/gc.ts';
import { G_WEAKREFS, PyObject, Py_TPFLAGS_HAVE_GC, Py_TPFLAGS_HAVE_VECTORCALL, decref, newref, xdecref, xnewref, Py_EQ, Py_NE } from '../core/object.ts';
import { per_interpreter } from '../core/per_interpreter.ts';
import { METH_CLASS, METH_CLINIC, METH_FASTCALL, METH_KEYWORDS, METH_METHOD, METH_NOARGS, METH_O, METH_STATIC, METH_VARARGS, type MethodSpec, type NativeFunction, static_type } from '../core/spec.ts';
import { Py_False, Py_True } from './boolobject.ts';
import { function_str, kwnames_to_dict, unpack_call_args } from './call.ts';
import { PyType_Check } from './checks.ts';
import { PyExc_TypeError } from './exceptions.ts';
import { ClinicSpec, clinic_unpack, signature_of } from './getargs.ts';
import { PyModule_Check } from './moduleobject.ts';
import { PyObject_GetAttrString, Py_None, Py_NotImplemented, address, pointer_hash } from './object.ts';
import { PyTuple_FromArray } from './tupleobject.ts';
import { PyUnicode_FromString, _Py_ID } from './unicodeobject.ts';
import { PyObject_ClearWeakRefs } from './weakrefobject.ts';

/** A native as the run time knows it: the row of its table, and what its signature says (parsed when first called). */
export class MethodDef {
  readonly name: string;
  readonly flags: number;
  readonly meth: NativeFunction;
  readonly meth_or_null: MethodSpec['meth_or_null'] | null;
  readonly sig: string | null;
  /** The signature that Python sees. */
  readonly shown: string | null;
  readonly doc: string | null;
  clinic: ClinicSpec | null = null;
  constructor(spec: MethodSpec) {
    this.name = spec.name;
    this.flags = spec.flags;
    this.meth = spec.meth;
    this.meth_or_null = spec.meth_or_null ?? null;
    this.sig = spec.sig ?? null;
    this.shown = spec.shown ?? this.sig;
    this.doc = spec.doc ?? null;
  }
}

export type PyCFunctionObject = PyObject<CFunction>;

/** Payload of builtin_function_or_method. */
export class CFunction {
  readonly ml: MethodDef;
  /** Owned; null for a static method. */
  self: PyObject | null;
  /** Owned name of the module, or null. */
  module: PyObject | null;
  constructor(ml: MethodDef, self: PyObject | null, module: PyObject | null) {
    this.ml = ml;
    this.self = self;
    this.module = module;
  }
}

/** CPython: PyCFunction_NewEx. Borrows self and module. */
export function PyCFunction_New(ml: MethodDef, self: PyObject | null, module: PyObject | null): PyObject {
  const o = new PyObject<unknown, unknown>(PyCFunction_Type, new CFunction(ml, xnewref(self), xnewref(module)), null);
  gc_new_from(FREE_CFUNCTIONS, o);
  return o;
}

/** A method that is told its defining class takes keywords in C, whether it has parameters for them or not. */
function clinic_spec(ml: MethodDef): ClinicSpec {
  const spec = signature_of(ml.sig!);
  return (ml.flags & METH_METHOD) === 0 ? spec : Object.assign(new ClinicSpec(), spec, { as_keywords: true });
}

/**
 * Calls a native with args[start..] (keyword values last). `callable` is named in errors.
 * CPython: the vectorcall functions of Objects/methodobject.c and descrobject.c
 */
export function call_native(
  callable: PyObject,
  ml: MethodDef,
  self: PyObject | null,
  args: PyObject[],
  start: number,
  kwnames: PyObject | null,
): PyObject {
  const flags = ml.flags;
  const nkw = kwnames === null ? 0 : (kwnames as PyObject<PyObject[]>).v.length;
  if ((flags & METH_CLINIC) !== 0) {
    const spec = (ml.clinic ??= clinic_spec(ml));
    const n = args.length - start;
    if (nkw === 0) {
      if (n >= spec.minpos && n <= spec.maxpos && !spec.varargs && !spec.varkw) {
        switch (spec.names.length) {
          case 0:
            return ml.meth(self);
          case 1:
            if (!spec.required[0] || n === 1) return ml.meth(self, n > 0 ? args[start] : null);
            break;
          case 2:
            if (!spec.required[1] || n === 2) return ml.meth(self, n > 0 ? args[start] : null, n > 1 ? args[start + 1] : null);
            break;
          case 3:
            if (!spec.required[2] || n === 3) {
              return ml.meth(self, n > 0 ? args[start] : null, n > 1 ? args[start + 1] : null, n > 2 ? args[start + 2] : null);
            }
            break;
        }
      }
    } else if (spec.posonly === spec.names.length && !spec.varkw && !spec.as_keywords) no_keywords(callable);
    const values = clinic_unpack(ml.name, spec, args, start, nkw === 0 ? null : (kwnames as PyObject<PyObject[]>).v);
    if (!spec.varkw) return ml.meth(self, ...values);
    try {
      return ml.meth(self, ...values);
    } finally {
      xdecref(values[values.length - 1] as PyObject | null);
    }
  }
  if (nkw !== 0 && (flags & METH_KEYWORDS) === 0) no_keywords(callable);
  const n = args.length - start - nkw;
  if ((flags & METH_O) !== 0) {
    if (n !== 1) PyErr_SetString(PyExc_TypeError, `${function_str(callable)} takes exactly one argument (${n} given)`);
    return ml.meth(self, args[start]);
  }
  if ((flags & METH_NOARGS) !== 0) {
    if (n !== 0) PyErr_SetString(PyExc_TypeError, `${function_str(callable)} takes no arguments (${n} given)`);
    return ml.meth(self);
  }
  if ((flags & METH_FASTCALL) !== 0) {
    const rest = start === 0 ? args : args.slice(start);
    return (flags & METH_KEYWORDS) !== 0 ? ml.meth(self, rest, nkw === 0 ? null : kwnames) : ml.meth(self, rest);
  }
  const tuple = PyTuple_FromArray(args.slice(start, start + n));
  const dict = nkw === 0 ? null : kwnames_to_dict(args, kwnames!);
  try {
    return (flags & METH_KEYWORDS) !== 0 ? ml.meth(self, tuple, dict) : ml.meth(self, tuple);
  } finally {
    decref(tuple);
    xdecref(dict);
  }
}

function no_keywords(callable: PyObject): never {
  PyErr_SetString(PyExc_TypeError, `${function_str(callable)} takes no keyword arguments`);
}

function cfunction_vectorcall(func: PyObject, args: PyObject[], kwnames: PyObject | null): PyObject {
  const f = (func as PyCFunctionObject).v;
  return call_native(func, f.ml, f.self, args, 0, kwnames);
}

/** Is it a native that is called with its keywords as a dict? CPython: METH_VARARGS | METH_KEYWORDS has no vectorcall */
export function native_takes_dict(callable: PyObject): boolean {
  if (callable.ob_type !== PyCFunction_Type) return false;
  const kind = METH_VARARGS | METH_KEYWORDS | METH_NOARGS | METH_O | METH_FASTCALL | METH_CLINIC;
  return ((callable as PyCFunctionObject).v.ml.flags & kind) === (METH_VARARGS | METH_KEYWORDS);
}

/** CPython: Objects/methodobject.c:cfunction_call */
function cfunction_call(func: PyObject, args: PyObject, kwargs: PyObject | null): PyObject {
  if (native_takes_dict(func)) {
    const f = (func as PyCFunctionObject).v;
    return f.ml.meth(f.self, args, kwargs);
  }
  const [all, kwnames] = unpack_call_args(args, kwargs);
  try {
    return cfunction_vectorcall(func, all, kwnames);
  } finally {
    xdecref(kwnames);
  }
}

function meth_dealloc(self: PyObject): void {
  gc_del_to(FREE_CFUNCTIONS, self);
  if ((self.g & G_WEAKREFS) !== 0) PyObject_ClearWeakRefs(self);
  const f = (self as PyCFunctionObject).v;
  xdecref(f.self);
  xdecref(f.module);
}

function meth_traverse(self: PyObject, visit: (o: PyObject) => void): void {
  const f = (self as PyCFunctionObject).v;
  if (f.self !== null) visit(f.self);
  if (f.module !== null) visit(f.module);
}

function meth_repr(self: PyObject): PyObject {
  const f = (self as PyCFunctionObject).v;
  if (f.self === null || PyModule_Check(f.self)) return PyUnicode_FromString(`<built-in function ${f.ml.name}>`);
  return PyUnicode_FromString(`<built-in method ${f.ml.name} of ${f.self.ob_type.tp_name} object at ${address(f.self)}>`);
}

function meth_richcompare(self: PyObject, other: PyObject, op: number): PyObject {
  if ((op !== Py_EQ && op !== Py_NE) || other.ob_type !== PyCFunction_Type) return newref(Py_NotImplemented);
  const a = (self as PyCFunctionObject).v;
  const b = (other as PyCFunctionObject).v;
  const eq = a.self === b.self && a.ml.meth === b.ml.meth;
  return newref(eq === (op === Py_EQ) ? Py_True : Py_False);
}

function meth_qualname(self: PyObject): PyObject {
  const f = (self as PyCFunctionObject).v;
  if (f.self === null || PyModule_Check(f.self)) return PyUnicode_FromString(f.ml.name);
  const type = PyType_Check(f.self) ? f.self : f.self.ob_type;
  const qualname = PyObject_GetAttrString(type, '__qualname__');
  const text = `${(qualname as PyObject<string>).v}.${f.ml.name}`;
  decref(qualname);
  return PyUnicode_FromString(text);
}

function meth_reduce(self: PyObject): PyObject {
  const f = (self as PyCFunctionObject).v;
  if (f.self === null || PyModule_Check(f.self)) return PyUnicode_FromString(f.ml.name);
  const getattr = builtinFunctions.getattr!;
  const args = PyTuple_FromArray([f.self, _Py_ID(f.ml.name)]);
  const result = PyTuple_FromArray([getattr, args]);
  decref(args);
  return result;
}

/** The builtin getattr (borrowed); set by the builtins module. */
export const builtinFunctions = /* @__PURE__ */ per_interpreter(() => ({
  getattr: null as PyObject | null,
  iter: null as PyObject | null,
  reversed: null as PyObject | null,
}));

/** The text signature as Python shows it, or None. CPython: _PyType_GetTextSignatureFromInternalDoc */
export function text_signature(ml: MethodDef): PyObject {
  return ml.shown === null ? newref(Py_None) : PyUnicode_FromString(ml.shown);
}

export function doc_or_none(doc: string | null): PyObject {
  return doc === null ? newref(Py_None) : PyUnicode_FromString(doc);
}

export function PyCFunction_Check(o: PyObject): boolean {
  return o.ob_type === PyCFunction_Type;
}

/** Whether a row is a class or static method, for those who put it into a dict. */
export function is_class_method(ml: MethodDef): boolean {
  return (ml.flags & METH_CLASS) !== 0;
}
export function is_static_method(ml: MethodDef): boolean {
  return (ml.flags & METH_STATIC) !== 0;
}

export const PyCFunction_Type = static_type({
  name: 'builtin_function_or_method',
  tp_basicsize: 56,
  tp_flags: Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_HAVE_VECTORCALL,
  tp_dealloc: meth_dealloc,
  tp_traverse: meth_traverse,
  tp_repr: meth_repr,
  tp_hash: self => pointer_hash(self),
  tp_call: cfunction_call,
  tp_instance_vectorcall: cfunction_vectorcall,
  tp_richcompare: meth_richcompare,
  tp_weaklistoffset: 40,
  methods: [{ name: '__reduce__', flags: METH_NOARGS, meth: meth_reduce, sig: '($self, /)' }],
  getset: [
    { name: '__doc__', get: self => doc_or_none((self as PyCFunctionObject).v.ml.doc) },
    { name: '__name__', get: self => PyUnicode_FromString((self as PyCFunctionObject).v.ml.name) },
    { name: '__qualname__', get: meth_qualname },
    {
      name: '__self__',
      // A static method keeps its type for its qualified name only. CPython: PyCFunction_GET_SELF
      get(self) {
        const f = (self as PyCFunctionObject).v;
        return newref(is_static_method(f.ml) ? Py_None : (f.self ?? Py_None));
      },
    },
    { name: '__text_signature__', get: self => text_signature((self as PyCFunctionObject).v.ml) },
  ],
  members: [
    {
      name: '__module__',
      get: self => newref((self as PyCFunctionObject).v.module ?? Py_None),
      set(self, value) {
        const f = (self as PyCFunctionObject).v;
        const old = f.module;
        f.module = xnewref(value);
        xdecref(old);
      },
    },
  ],
});
