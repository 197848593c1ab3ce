// spec.ts: the rows of which a built-in type or module is made.   CPython: Include/methodobject.h, Include/descrobject.h
//
// A type is bodies first, one table last: `export const PyList_Type = static_type({ ... })`. A native function says how
// it takes its arguments by its METH_* flag; METH_CLINIC natives get plain parameters parsed by their text signature.

import {
  Py_TPFLAGS_BASE_EXC_SUBCLASS,
  Py_TPFLAGS_BASETYPE,
  Py_TPFLAGS_HAVE_GC,
  Py_TPFLAGS_MANAGED_WEAKREF,
  type PyObject,
  PyTypeObject,
  type TypeSlots,
} from './object.ts';

/** (self, args tuple) or with METH_KEYWORDS (self, args tuple, kwargs dict or null). */
export const METH_VARARGS = 0x0001;
export const METH_KEYWORDS = 0x0002;
/** (self) */
export const METH_NOARGS = 0x0004;
/** (self, arg) */
export const METH_O = 0x0008;
export const METH_CLASS = 0x0010;
export const METH_STATIC = 0x0020;
export const METH_COEXIST = 0x0040;
/** (self, args array) or with METH_KEYWORDS (self, args array, kwnames tuple or null). */
export const METH_FASTCALL = 0x0080;
/** A method that CPython tells its defining class; here it only shows in what `__get__` takes. */
export const METH_METHOD = 0x0200;
/** (self, ...one argument per parameter of the text signature, null where not given). Ours: Argument Clinic's part. */
export const METH_CLINIC = 0x10000;

// biome-ignore lint/suspicious/noExplicitAny: natives of every shape share one table; the flag says which shape.
export type NativeFunction = (...args: any[]) => PyObject;

/** A native function or method. */
export interface MethodSpec {
  readonly name: string;
  readonly flags: number;
  readonly meth: NativeFunction;
  /** What the eval loop calls in place of `meth` (METH_FASTCALL), if that raises often in programs where nothing is wrong: null says that
   *  it raises what has been given to `native_failure`. A JavaScript throw takes a hundred times as long. */
  readonly meth_or_null?: (self: PyObject, args: PyObject[]) => PyObject | null;
  /** Text signature as CPython's `__text_signature__`: '($self, object, /)'. Required for METH_CLINIC. */
  readonly sig?: string;
  /** What Python shows in its place where CPython's tells less than arguments are checked by. */
  readonly shown?: string;
  /** One sentence of our own. */
  readonly doc?: string;
}

/** An attribute computed by functions. Without `set` it is read-only. `set` gets null for deletion. */
export interface GetSetSpec {
  readonly name: string;
  readonly get: ((self: PyObject) => PyObject) | null;
  readonly set?: (self: PyObject, value: PyObject | null) => void;
  readonly doc?: string;
}

/** An attribute that CPython keeps in a C struct field (`member_descriptor`). `get` gives a new reference. */
export interface MemberSpec {
  readonly name: string;
  readonly get: (self: PyObject) => PyObject;
  /** Absent: read-only. Gets null for deletion. */
  readonly set?: (self: PyObject, value: PyObject | null) => void;
  readonly doc?: string;
}

/** What a built-in type is declared by. */
export interface TypeSpec extends Partial<TypeSlots> {
  /** `module.name`, or the bare name for a type of `builtins`. */
  readonly name: string;
  /** CPython makes the type from a spec: it is a heap type, whose attributes can be set (`mutable`) or not. */
  readonly heap?: 'mutable' | 'immutable';
  /** The base; object when absent. A function, since modules of objects/ may import each other in a circle. */
  readonly base?: () => PyTypeObject;
  /** Further bases beside `base`, first to last, when there are several. */
  readonly bases?: () => PyTypeObject[];
  readonly methods?: readonly MethodSpec[];
  readonly members?: readonly MemberSpec[];
  readonly getset?: readonly GetSetSpec[];
  /** Instances have a `__dict__` (kept in `d`). */
  readonly has_dict?: boolean;
  /** Instances can be weakly referenced. */
  readonly has_weakrefs?: boolean;
  readonly tp_dictoffset?: number;
  readonly tp_weaklistoffset?: number;
  /** Called once, after the type is readied, to put further entries into its dict. */
  readonly after_ready?: (type: PyTypeObject) => void;
}

/** All declared types, in order of declaration, with their specs: readied at start-up. */
export const static_types: { type: PyTypeObject; spec: TypeSpec }[] = [];

const SLOT_SKIP = new Set([
  'name',
  'heap',
  'base',
  'bases',
  'methods',
  'members',
  'getset',
  'has_dict',
  'has_weakrefs',
  'after_ready',
]);

function make_type(spec: TypeSpec): PyTypeObject {
  const type = new PyTypeObject(spec.name);
  const target = type as unknown as Record<string, unknown>;
  for (const key in spec) {
    if (!SLOT_SKIP.has(key)) target[key] = (spec as unknown as Record<string, unknown>)[key];
  }
  type.tp_methods = spec.methods ?? [];
  type.tp_members = spec.members ?? [];
  type.tp_getset = spec.getset ?? [];
  type.tp_base_thunk = spec.base ?? null;
  return type;
}

/** Declares a built-in type. It can be named at once and used after start-up has readied it (PyType_Ready). */
export function static_type(spec: TypeSpec): PyTypeObject {
  const type = make_type(spec);
  static_types.push({ type, spec });
  return type;
}

/** Types that wait for the import of their module, by its name. */
const module_types = new Map<string, { type: PyTypeObject; spec: TypeSpec }[]>();

/** As static_type, for a type that is readied when its module is first imported: start-up does not pay for it. */
export function module_type(module: string, spec: TypeSpec): PyTypeObject {
  const type = make_type(spec);
  const waiting = module_types.get(module);
  if (waiting === undefined) module_types.set(module, [{ type, spec }]);
  else waiting.push({ type, spec });
  return type;
}

/** Declares the types that waited for this module. */
export function declare_module_types(module: string): void {
  const waiting = module_types.get(module);
  if (waiting === undefined) return;
  module_types.delete(module);
  static_types.push(...waiting);
}

/** The spec of an exception that a module makes; `basicsize` is its base's. CPython: Python/errors.c:PyErr_NewException */
export function exception_spec(name: string, base: () => PyTypeObject, basicsize = 72): TypeSpec {
  return {
    name,
    heap: 'mutable',
    base,
    tp_basicsize: basicsize,
    tp_dictoffset: 16,
    tp_weaklistoffset: -32,
    tp_flags: Py_TPFLAGS_BASETYPE | Py_TPFLAGS_BASE_EXC_SUBCLASS | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_MANAGED_WEAKREF,
    has_dict: true,
    has_weakrefs: true,
  };
}

/** A native module: `src/modules/<name>.ts` exports one as `module`. */
export interface ModuleSpec {
  readonly name: string;
  readonly doc?: string;
  readonly methods?: readonly MethodSpec[];
  /** Types to add under their bare names. */
  readonly types?: () => PyTypeObject[];
  /** Cannot be imported by interpreters that check for it. CPython: Py_mod_multiple_interpreters */
  readonly one_interpreter?: true;
  /** Fills in the rest (constants, state); gets the new module object. */
  readonly exec?: (module: PyObject) => void;
}

/** Buffer protocol (PEP 3118): what an exporter gives. CPython: Include/pybuffer.h */
export interface PyBuffer {
  /** The exporting object, owned by the buffer. */
  obj: PyObject | null;
  /** The bytes, shared with the exporter. `offset` bytes into it the first item starts. */
  buf: Uint8Array;
  offset: number;
  len: number;
  itemsize: number;
  readonly: boolean;
  ndim: number;
  /** struct format; null means 'B'. */
  format: string | null;
  shape: number[] | null;
  strides: number[] | null;
  suboffsets: number[] | null;
  /** The exporter's own. */
  internal: unknown;
}

export interface BufferProcs {
  bf_getbuffer: (self: PyObject, flags: number) => PyBuffer;
  bf_releasebuffer: (self: PyObject, view: PyBuffer) => void;
}

export const PyBUF_SIMPLE = 0;
export const PyBUF_WRITABLE = 0x0001;
export const PyBUF_FORMAT = 0x0004;
export const PyBUF_ND = 0x0008;
export const PyBUF_STRIDES = 0x0010 | PyBUF_ND;
export const PyBUF_C_CONTIGUOUS = 0x0020 | PyBUF_STRIDES;
export const PyBUF_F_CONTIGUOUS = 0x0040 | PyBUF_STRIDES;
export const PyBUF_ANY_CONTIGUOUS = 0x0080 | PyBUF_STRIDES;
export const PyBUF_INDIRECT = 0x0100 | PyBUF_STRIDES;
export const PyBUF_CONTIG = PyBUF_ND | PyBUF_WRITABLE;
export const PyBUF_CONTIG_RO = PyBUF_ND;
export const PyBUF_FULL = PyBUF_INDIRECT | PyBUF_WRITABLE | PyBUF_FORMAT;
export const PyBUF_FULL_RO = PyBUF_INDIRECT | PyBUF_FORMAT;
