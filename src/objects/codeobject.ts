// codeobject.ts: code objects as Python sees them and as the eval loop runs them.      CPython: Objects/codeobject.c
//
// `co_code` keeps the instructions as compiled. `exec` is their executable form, one int32 per code unit: opcode in the
// low byte, the whole argument (EXTENDED_ARG folded in) above it; an instruction's cache units are free for the
// specialising interpreter, which rewrites opcodes in place (PEP 659). `objs` holds cached objects by unit index.

import { nulls, packed } from '../core/arrays.ts';
import { PyErr_SetString } from '../core/errors.ts';
import type { InterpreterFrame } from '../core/frame.ts';
import { type Hash, hash_from_halves } from '../core/hash.ts';
import { decref, G_WEAKREFS, newref, Py_EQ, Py_NE, PyObject, type PyTypeObject, xdecref } from '../core/object.ts';
import { METH_CLINIC, METH_NOARGS, static_type } from '../core/spec.ts';
import { current } from '../core/tstate.ts';
import { UNFUSED } from '../opcode/fused.generated.ts';
import { EXTENDED_ARG, RESERVED } from '../opcode/opcodes.generated.ts';
import { PyObject_GetIter } from './abstract.ts';
import { auditHooks, PySys_Audit } from './audit.ts';
import { Py_False, Py_True } from './boolobject.ts';
import { PyBytes_FromUint8Array } from './bytesobject.ts';
import { PyBytes_Check, PyTuple_Check, PyUnicode_Check } from './checks.ts';
import { const_eq, const_hash } from './code_consts.ts';
import {
  iterate_lines,
  iterate_positions,
  line_of,
  type Position,
  position_of,
  without_columns,
} from './code_location.ts';
import { branches, cache_counts } from './code_units.ts';
import { PyExc_DeprecationWarning, PyExc_TypeError, PyExc_ValueError } from './exceptions.ts';
import { PyArg_Clinic } from './getargs.ts';
import { PyList_FromArraySteal } from './listobject.ts';
import { PyLong_AsLong, PyLong_FromLong } from './longobject.ts';
import { address, Py_None, Py_NotImplemented, PyObject_Hash, PyObject_RichCompareBool } from './object.ts';
import { _PySet_Items, PyFrozenSet_New } from './setobject.ts';
import { PyTuple_FromArray, PyTuple_FromArraySteal } from './tupleobject.ts';
import { PyUnicode_AsString, PyUnicode_FromString, PyUnicode_InternInPlace } from './unicodeobject.ts';
import { PyErr_WarnEx } from './warnings.ts';
import { PyObject_ClearWeakRefs } from './weakrefobject.ts';

export const CO_OPTIMIZED = 0x1;
export const CO_NEWLOCALS = 0x2;
export const CO_VARARGS = 0x4;
export const CO_VARKEYWORDS = 0x8;
export const CO_NESTED = 0x10;
export const CO_GENERATOR = 0x20;
export const CO_COROUTINE = 0x80;
export const CO_ITERABLE_COROUTINE = 0x100;
export const CO_ASYNC_GENERATOR = 0x200;
export const CO_HAS_DOCSTRING = 0x4000000;
export const CO_METHOD = 0x8000000;
export const CO_NO_MONITORING_EVENTS = 0x2000000;

export const CO_FAST_ARG_POS = 0x02;
export const CO_FAST_ARG_KW = 0x04;
export const CO_FAST_ARG_VAR = 0x08;
export const CO_FAST_ARG = 0x0e;
export const CO_FAST_HIDDEN = 0x10;
export const CO_FAST_LOCAL = 0x20;
export const CO_FAST_CELL = 0x40;
export const CO_FAST_FREE = 0x80;

/** What a code object is made of; every PyObject here is stolen by the constructor. */
export interface CodeFields {
  argcount: number;
  posonlyargcount: number;
  kwonlyargcount: number;
  stacksize: number;
  flags: number;
  code: Uint8Array;
  /** Tuples. */
  consts: PyObject;
  names: PyObject;
  localsplusnames: PyObject;
  /** Bytes. */
  localspluskinds: PyObject;
  filename: PyObject;
  name: PyObject;
  qualname: PyObject;
  firstlineno: number;
  /** Bytes. */
  linetable: PyObject;
  exceptiontable: PyObject;
}

/** Tables of a code object as the bytes and tuples that Python sees; those made on demand are null before. CPython: _PyCoCached */
interface CodeViews {
  readonly localspluskinds: PyObject;
  readonly linetable: PyObject;
  readonly exceptiontable: PyObject;
  code: PyObject | null;
  varnames: PyObject | null;
  cellvars: PyObject | null;
  freevars: PyObject | null;
}

const NO_ENTRIES: number[] = [];

export class CodePayload {
  co_argcount: number;
  co_posonlyargcount: number;
  co_kwonlyargcount: number;
  co_stacksize: number;
  co_flags: number;
  co_code: Uint8Array;
  co_consts: PyObject;
  co_names: PyObject;
  co_localsplusnames: PyObject;
  co_localspluskinds: Uint8Array;
  co_filename: PyObject;
  co_name: PyObject;
  co_qualname: PyObject;
  co_firstlineno: number;
  co_linetable: Uint8Array;
  co_exceptiontable: Uint8Array;
  /** Owned. */
  views: CodeViews;
  /** Copies of the items of co_consts and co_names (borrowed), for the eval loop. */
  consts: PyObject[];
  names: PyObject[];
  /** The items of co_localsplusnames. */
  varnames: PyObject[];
  nlocalsplus: number;
  nlocals: number;
  ncellvars: number;
  nfreevars: number;
  /** Fast locals and the value stack. */
  framesize: number;
  /** Number of parameters, *args and **kwargs included. */
  nparams: number;
  /** True for a function that takes only plain positional parameters: the fast call path. */
  simple: boolean;
  /** Executable form; made when the code first runs. */
  exec: Int32Array | null = null;
  /** Objects cached by specialised instructions, by unit index. */
  objs: unknown[] = [];
  /** Of code with a namespace: for each name the entry of the locals dict at which it was last found, or -1. */
  name_entries: number[] = NO_ENTRIES;
  /** Decoded exception table: start, end, target (unit indices), depth * 2 + lasti. Made when first needed. */
  handlers: Int32Array | null = null;
  /** Frames of finished calls, ready to be used again, linked by `previous`; and their number. */
  free_frames: InterpreterFrame | null = null;
  free_frame_count = 0;
  /** How often it was entered or jumped back (for a JIT). */
  heat = 0;
  /** Version for specialised calls of functions with this code. */
  co_version = 0;
  /** Monitoring data (PEP 669), null while nobody watches. */
  monitoring: unknown = null;
  co_extra: unknown = null;

  constructor(f: CodeFields) {
    this.co_argcount = f.argcount;
    this.co_posonlyargcount = f.posonlyargcount;
    this.co_kwonlyargcount = f.kwonlyargcount;
    this.co_stacksize = f.stacksize;
    this.co_flags = f.flags;
    this.co_code = f.code;
    this.co_consts = f.consts;
    this.co_names = f.names;
    this.co_localsplusnames = f.localsplusnames;
    this.co_localspluskinds = (f.localspluskinds as PyObject<Uint8Array>).v;
    this.co_filename = f.filename;
    this.co_name = f.name;
    this.co_qualname = f.qualname;
    this.co_firstlineno = f.firstlineno;
    this.co_linetable = (f.linetable as PyObject<Uint8Array>).v;
    this.co_exceptiontable = (f.exceptiontable as PyObject<Uint8Array>).v;
    const { localspluskinds, linetable, exceptiontable } = f;
    this.views = {
      localspluskinds,
      linetable,
      exceptiontable,
      code: null,
      varnames: null,
      cellvars: null,
      freevars: null,
    };
    this.consts = packed((f.consts as PyObject<PyObject[]>).v);
    this.names = packed((f.names as PyObject<PyObject[]>).v);
    this.varnames = (f.localsplusnames as PyObject<PyObject[]>).v;
    let nlocals = 0;
    let ncellvars = 0;
    let nfreevars = 0;
    for (const kind of this.co_localspluskinds) {
      if ((kind & CO_FAST_LOCAL) !== 0) nlocals++;
      if ((kind & CO_FAST_CELL) !== 0) ncellvars++;
      else if ((kind & CO_FAST_FREE) !== 0) nfreevars++;
    }
    this.nlocals = nlocals;
    this.ncellvars = ncellvars;
    this.nfreevars = nfreevars;
    this.nlocalsplus = this.co_localspluskinds.length;
    this.framesize = this.nlocalsplus + f.stacksize;
    const flags = f.flags;
    this.nparams =
      f.argcount + f.kwonlyargcount + ((flags & CO_VARARGS) !== 0 ? 1 : 0) + ((flags & CO_VARKEYWORDS) !== 0 ? 1 : 0);
    this.simple = f.kwonlyargcount === 0 && (flags & (CO_VARARGS | CO_VARKEYWORDS)) === 0;
  }

  /** Index among the fast locals of a cell or free variable with that name; -1 if there is none. */
  localsplus_index(name: string): number {
    for (let i = this.nlocalsplus - 1; i >= 0; i--) {
      if (
        (this.co_localspluskinds[i]! & (CO_FAST_FREE | CO_FAST_CELL)) !== 0 &&
        (this.varnames[i] as PyObject<string>).v === name
      )
        return i;
    }
    return -1;
  }

  is_cell_local(i: number): boolean {
    return (this.co_localspluskinds[i]! & CO_FAST_CELL) !== 0;
  }
}

export type PyCodeObject = PyObject<CodePayload>;

/** Times a generic instruction runs before it specialises. */
export const ADAPTIVE_WARMUP = 1;

/** The executable form, made on first use. */
export function code_exec(co: CodePayload): Int32Array {
  if (co.exec !== null) return co.exec;
  const bytes = co.co_code;
  const n = bytes.length >> 1;
  const exec = new Int32Array(n);
  let ext = 0;
  for (let i = 0; i < n; i++) {
    const op = bytes[2 * i]!;
    const arg = (ext << 8) | bytes[2 * i + 1]!;
    // Numbers of fused forms are ours alone.
    exec[i] = (UNFUSED[op] === op ? op : RESERVED) | (arg << 8);
    if (op === EXTENDED_ARG) {
      ext = arg;
      continue;
    }
    ext = 0;
    const caches = cache_counts()[op]!;
    if (caches > 0) {
      exec[i + 1] = ADAPTIVE_WARMUP;
      i += caches;
    }
  }
  co.objs = nulls(n);
  if ((co.co_flags & CO_OPTIMIZED) === 0) co.name_entries = co.names.map(() => -1);
  co.exec = exec;
  return exec;
}

let code_version = 1;

/** Makes a code object; steals the references in `f`. Interns names and identifier-like constants. */
export function PyCode_New(f: CodeFields): PyObject {
  intern_names(f.names);
  intern_names(f.localsplusnames);
  intern_constants(f.consts);
  if (current.tstate?.interp.config.code_debug_ranges === false) {
    const lines = PyBytes_FromUint8Array(without_columns((f.linetable as PyObject<Uint8Array>).v));
    decref(f.linetable);
    f.linetable = lines;
  }
  f.filename = PyUnicode_InternInPlace(f.filename);
  f.name = PyUnicode_InternInPlace(f.name);
  f.qualname = PyUnicode_InternInPlace(f.qualname);
  const payload = new CodePayload(f);
  payload.co_version = code_version++;
  return new PyObject<unknown, unknown>(PyCode_Type, payload, null);
}

function intern_names(tuple: PyObject): void {
  const items = (tuple as PyObject<PyObject[]>).v;
  for (let i = 0; i < items.length; i++) items[i] = PyUnicode_InternInPlace(items[i]!);
}

/** CPython: Objects/codeobject.c:intern_constants */
function intern_constants(tuple: PyObject): void {
  const items = (tuple as PyObject<PyObject[]>).v;
  for (let i = 0; i < items.length; i++) {
    const v = items[i]!;
    if (v.ob_type.tp_name === 'str' && PyUnicode_Check(v)) {
      if (looks_like_name(v)) items[i] = PyUnicode_InternInPlace(v);
    } else if (v.ob_type.tp_name === 'tuple' && PyTuple_Check(v)) intern_constants(v);
    else if (v.ob_type.tp_name === 'frozenset') items[i] = intern_set(v);
  }
}

/** The same set of interned strings: a new one if strings had to be replaced. Steals and gives a reference. */
function intern_set(set: PyObject): PyObject {
  const items = PyTuple_FromArray(_PySet_Items(set));
  try {
    const before = (items as PyObject<PyObject[]>).v.slice();
    intern_constants(items);
    if ((items as PyObject<PyObject[]>).v.every((item, i) => item === before[i])) return set;
    const interned = PyFrozenSet_New(items);
    decref(set);
    return interned;
  } finally {
    decref(items);
  }
}

function looks_like_name(o: PyObject): boolean {
  const s = (o as PyObject<unknown>).v;
  return typeof s === 'string' && /^[A-Za-z0-9_]*$/.test(s);
}

function payload(o: PyObject): CodePayload {
  return (o as PyCodeObject).v;
}

export function PyCode_Check(o: PyObject): o is PyCodeObject {
  return o.ob_type === PyCode_Type;
}

// --- locations ---------------------------------------------------------------------------------------------------------

/** The line of the instruction at a byte offset; -1 if it has none. CPython: PyCode_Addr2Line */
export function PyCode_Addr2Line(code: PyObject, byteOffset: number): number {
  const co = payload(code);
  if (byteOffset < 0) return co.co_firstlineno;
  return line_of(co.co_linetable, co.co_firstlineno, byteOffset);
}

/** The full location at a byte offset (1-based lines, 0-based byte columns; -1 for none). CPython: PyCode_Addr2Location */
export function PyCode_Addr2Location(code: PyObject, byteOffset: number): Position {
  const co = payload(code);
  return position_of(co.co_linetable, co.co_firstlineno, byteOffset);
}

function int_or_none(n: number): PyObject {
  return n < 0 ? newref(Py_None) : PyLong_FromLong(n);
}

function code_lines(self: PyObject): PyObject {
  const co = payload(self);
  const items: PyObject[] = [];
  for (const [start, end, line] of iterate_lines(co.co_linetable, co.co_firstlineno)) {
    items.push(PyTuple_FromArraySteal([PyLong_FromLong(start), PyLong_FromLong(end), int_or_none(line)]));
  }
  return iterator_of(items);
}

function iterator_of(items: PyObject[]): PyObject {
  const list = PyList_FromArraySteal(items);
  const it = PyObject_GetIter(list);
  decref(list);
  return it;
}

function code_positions(self: PyObject): PyObject {
  const co = payload(self);
  const items: PyObject[] = [];
  for (const p of iterate_positions(co.co_linetable, co.co_firstlineno)) {
    items.push(
      PyTuple_FromArraySteal([
        int_or_none(p.line),
        int_or_none(p.end_line),
        int_or_none(p.col),
        int_or_none(p.end_col),
      ]),
    );
  }
  return iterator_of(items);
}

/** Branches: (source, not-taken target, taken target) byte offsets. CPython: Objects/codeobject.c:branchesiter_next */
function code_branches(self: PyObject): PyObject {
  const items: PyObject[] = [];
  for (const [source, left, right] of branches(payload(self))) {
    items.push(PyTuple_FromArraySteal([PyLong_FromLong(source), PyLong_FromLong(left), PyLong_FromLong(right)]));
  }
  return iterator_of(items);
}

// --- attributes --------------------------------------------------------------------------------------------------------

function names_of_kind(co: CodePayload, mask: number): PyObject {
  const items: PyObject[] = [];
  for (let i = 0; i < co.nlocalsplus; i++) if ((co.co_localspluskinds[i]! & mask) !== 0) items.push(co.varnames[i]!);
  return PyTuple_FromArray(items);
}

export function PyCode_GetVarnames(code: PyObject): PyObject {
  const co = payload(code);
  co.views.varnames ??= names_of_kind(co, CO_FAST_LOCAL);
  return newref(co.views.varnames);
}
export function PyCode_GetCellvars(code: PyObject): PyObject {
  const co = payload(code);
  co.views.cellvars ??= names_of_kind(co, CO_FAST_CELL);
  return newref(co.views.cellvars);
}
export function PyCode_GetFreevars(code: PyObject): PyObject {
  const co = payload(code);
  co.views.freevars ??= names_of_kind(co, CO_FAST_FREE);
  return newref(co.views.freevars);
}
/** The instructions as bytes. CPython: Objects/codeobject.c:_PyCode_GetCode */
export function PyCode_GetCode(code: PyObject): PyObject {
  const co = payload(code);
  co.views.code ??= PyBytes_FromUint8Array(co.co_code.slice());
  return newref(co.views.code);
}

/** The running form as bytes, specialised opcodes included. */
export function code_adaptive(self: PyObject): PyObject {
  const co = payload(self);
  if (co.exec === null) return PyBytes_FromUint8Array(co.co_code.slice());
  const bytes = co.co_code.slice();
  const counts = cache_counts();
  for (let i = 0; i < co.exec.length; ) {
    bytes[2 * i] = UNFUSED[co.exec[i]! & 255]!;
    i += 1 + counts[co.co_code[2 * i]!]!;
  }
  return PyBytes_FromUint8Array(bytes);
}

function code_repr(self: PyObject): PyObject {
  const co = payload(self);
  const line = co.co_firstlineno !== 0 ? co.co_firstlineno : -1;
  return PyUnicode_FromString(
    `<code object ${PyUnicode_AsString(co.co_name)} at ${address(self)}, file "${PyUnicode_AsString(co.co_filename)}", line ${line}>`,
  );
}

/** CPython: Objects/codeobject.c:code_richcompare */
function code_richcompare(a: PyObject, b: PyObject, op: number): PyObject {
  if ((op !== Py_EQ && op !== Py_NE) || !PyCode_Check(a) || !PyCode_Check(b)) return newref(Py_NotImplemented);
  return newref(code_equal(a.v, b.v) === (op === Py_EQ) ? Py_True : Py_False);
}

function bytes_equal(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((x, i) => x === b[i]);
}

function code_equal(a: CodePayload, b: CodePayload): boolean {
  if (a === b) return true;
  return (
    PyObject_RichCompareBool(a.co_name, b.co_name, Py_EQ) &&
    a.co_argcount === b.co_argcount &&
    a.co_posonlyargcount === b.co_posonlyargcount &&
    a.co_kwonlyargcount === b.co_kwonlyargcount &&
    a.co_flags === b.co_flags &&
    a.co_firstlineno === b.co_firstlineno &&
    bytes_equal(a.co_code, b.co_code) &&
    const_eq(a.co_consts, b.co_consts) &&
    PyObject_RichCompareBool(a.co_names, b.co_names, Py_EQ) &&
    PyObject_RichCompareBool(a.co_localsplusnames, b.co_localsplusnames, Py_EQ) &&
    bytes_equal(a.co_linetable, b.co_linetable) &&
    bytes_equal(a.co_exceptiontable, b.co_exceptiontable)
  );
}

function code_hash(self: PyObject): Hash {
  const co = payload(self);
  let lo = 0x811c9dc5 | 0;
  let hi = co.co_firstlineno;
  const mix = (n: number): void => {
    lo = Math.imul(lo ^ n, 0x01000193);
    hi = Math.imul(hi ^ lo, 0x85ebca6b);
  };
  for (const o of [co.co_name, co.co_names, co.co_localsplusnames]) mix(PyObject_Hash(o).lo);
  mix(const_hash(co.co_consts));
  for (const n of [co.co_argcount, co.co_posonlyargcount, co.co_kwonlyargcount, co.co_flags, co.co_firstlineno]) mix(n);
  for (const b of co.co_code) mix(b);
  for (const b of co.co_linetable) mix(b);
  return hash_from_halves(lo, hi);
}

function code_dealloc(self: PyObject): void {
  if ((self.g & G_WEAKREFS) !== 0) PyObject_ClearWeakRefs(self);
  const co = payload(self);
  for (const o of [co.co_consts, co.co_names, co.co_localsplusnames, co.co_filename, co.co_name, co.co_qualname])
    decref(o);
  for (const o of Object.values(co.views)) xdecref(o as PyObject | null);
  co.free_frames = null;
  co.free_frame_count = 0;
}

// --- construction from Python ------------------------------------------------------------------------------------------

/** Splits variable names into the localsplus form. CPython: _Py_set_localsplus_info and PyUnstable_Code_NewWithPosOnlyArgs */
function localsplus(
  varnames: PyObject[],
  cellvars: PyObject[],
  freevars: PyObject[],
  nargs: { pos: number; total: number; kwonly: number; flags: number },
): { names: PyObject[]; kinds: PyObject } {
  const names: PyObject[] = [];
  const kinds: number[] = [];
  const text = (o: PyObject): string => PyUnicode_AsString(o);
  const cells = new Set(cellvars.map(text));
  varnames.forEach((v, i) => {
    let kind = CO_FAST_LOCAL;
    if (cells.has(text(v))) kind |= CO_FAST_CELL;
    if (i < nargs.pos) kind |= CO_FAST_ARG_POS;
    else if (i < nargs.total) kind |= CO_FAST_ARG_POS | CO_FAST_ARG_KW;
    else if (i < nargs.total + nargs.kwonly) kind |= CO_FAST_ARG_KW;
    else if (i === nargs.total + nargs.kwonly && (nargs.flags & CO_VARARGS) !== 0)
      kind |= CO_FAST_ARG_VAR | CO_FAST_ARG_POS;
    else if (
      i === nargs.total + nargs.kwonly + ((nargs.flags & CO_VARARGS) !== 0 ? 1 : 0) &&
      (nargs.flags & CO_VARKEYWORDS) !== 0
    )
      kind |= CO_FAST_ARG_VAR | CO_FAST_ARG_KW;
    names.push(v);
    kinds.push(kind);
  });
  const locals = new Set(varnames.map(text));
  for (const c of cellvars) {
    if (locals.has(text(c))) continue;
    names.push(c);
    kinds.push(CO_FAST_CELL);
  }
  for (const f of freevars) {
    names.push(f);
    kinds.push(CO_FAST_FREE);
  }
  return { names, kinds: PyBytes_FromUint8Array(Uint8Array.from(kinds)) };
}

function check_name_tuple(o: PyObject): PyObject[] {
  const items = (o as PyObject<PyObject[]>).v;
  for (const n of items) {
    if (!PyUnicode_Check(n))
      PyErr_SetString(PyExc_TypeError, `name tuples must contain only strings, not '${n.ob_type.tp_name}'`);
  }
  return items;
}

interface NewArgs {
  argcount: number;
  posonlyargcount: number;
  kwonlyargcount: number;
  nlocals: number;
  stacksize: number;
  flags: number;
  /** Bytes. */
  code: PyObject;
  consts: PyObject;
  names: PyObject;
  varnames: PyObject;
  filename: PyObject;
  name: PyObject;
  qualname: PyObject;
  firstlineno: number;
  linetable: PyObject;
  exceptiontable: PyObject;
  freevars: PyObject;
  cellvars: PyObject;
}

function make_code(a: NewArgs): PyObject {
  const bad = (): never => PyErr_SetString(PyExc_ValueError, 'code: bad argument');
  const code = (a.code as PyObject<Uint8Array>).v;
  if (code.length === 0 || code.length % 2 !== 0) PyErr_SetString(PyExc_ValueError, 'code: co_code is malformed');
  if (a.argcount < a.posonlyargcount || a.posonlyargcount < 0 || a.kwonlyargcount < 0 || a.stacksize < 0 || a.flags < 0)
    bad();
  const varnames = check_name_tuple(a.varnames);
  const total =
    a.argcount + a.kwonlyargcount + ((a.flags & CO_VARARGS) !== 0 ? 1 : 0) + ((a.flags & CO_VARKEYWORDS) !== 0 ? 1 : 0);
  if (total > varnames.length) PyErr_SetString(PyExc_ValueError, 'code: co_varnames is too small');
  if (a.nlocals !== varnames.length) PyErr_SetString(PyExc_ValueError, 'code: co_nlocals != len(co_varnames)');
  const { names, kinds } = localsplus(varnames, check_name_tuple(a.cellvars), check_name_tuple(a.freevars), {
    pos: a.posonlyargcount,
    total: a.argcount,
    kwonly: a.kwonlyargcount,
    flags: a.flags,
  });
  check_name_tuple(a.names);
  return PyCode_New({
    argcount: a.argcount,
    posonlyargcount: a.posonlyargcount,
    kwonlyargcount: a.kwonlyargcount,
    stacksize: a.stacksize,
    flags: a.flags,
    code: code.slice(),
    consts: newref(a.consts),
    names: newref(a.names),
    localsplusnames: PyTuple_FromArray(names),
    localspluskinds: kinds,
    filename: newref(a.filename),
    name: newref(a.name),
    qualname: newref(a.qualname),
    firstlineno: a.firstlineno,
    linetable: newref(a.linetable),
    exceptiontable: newref(a.exceptiontable),
  });
}

const KINDS: readonly [string, 'int' | 'bytes' | 'tuple' | 'str'][] = [
  ['argcount', 'int'],
  ['posonlyargcount', 'int'],
  ['kwonlyargcount', 'int'],
  ['nlocals', 'int'],
  ['stacksize', 'int'],
  ['flags', 'int'],
  ['code', 'bytes'],
  ['consts', 'tuple'],
  ['names', 'tuple'],
  ['varnames', 'tuple'],
  ['filename', 'str'],
  ['name', 'str'],
  ['qualname', 'str'],
  ['firstlineno', 'int'],
  ['linetable', 'bytes'],
  ['exceptiontable', 'bytes'],
  ['freevars', 'tuple'],
  ['cellvars', 'tuple'],
];

function convert(fname: string, label: string, kind: string, o: PyObject): unknown {
  if (kind === 'int') {
    if (o.ob_type.nb_index === null) {
      PyErr_SetString(PyExc_TypeError, `'${o.ob_type.tp_name}' object cannot be interpreted as an integer`);
    }
    return PyLong_AsLong(o);
  }
  const ok = kind === 'bytes' ? PyBytes_Check(o) : kind === 'tuple' ? PyTuple_Check(o) : PyUnicode_Check(o);
  if (!ok)
    PyErr_SetString(
      PyExc_TypeError,
      `${fname}() argument ${label} must be ${kind}, not ${o.ob_type.tp_name === 'NoneType' ? 'None' : o.ob_type.tp_name}`,
    );
  return o;
}

function code_new(_type: PyTypeObject, args: PyObject, kwargs: PyObject | null): PyObject {
  const values = PyArg_Clinic(
    'code',
    '(argcount, posonlyargcount, kwonlyargcount, nlocals, stacksize, flags, codestring, constants, names, varnames, filename, name, qualname, firstlineno, linetable, exceptiontable, freevars=(), cellvars=(), /)',
    args,
    kwargs,
  );
  const out: Record<string, unknown> = {};
  const empty = PyTuple_FromArray([]);
  try {
    KINDS.forEach(([name, kind], i) => {
      const v = values[i];
      out[name] = v === null || v === undefined ? empty : convert('code', String(i + 1), kind, v);
    });
    const a = out as unknown as NewArgs;
    if (a.argcount < 0) PyErr_SetString(PyExc_ValueError, 'code: argcount must not be negative');
    if (a.posonlyargcount < 0) PyErr_SetString(PyExc_ValueError, 'code: posonlyargcount must not be negative');
    if (a.kwonlyargcount < 0) PyErr_SetString(PyExc_ValueError, 'code: kwonlyargcount must not be negative');
    if (a.nlocals < 0) PyErr_SetString(PyExc_ValueError, 'code: nlocals must not be negative');
    audit_new(a);
    return make_code(a);
  } finally {
    decref(empty);
  }
}

function audit_new(a: NewArgs): void {
  if (auditHooks.length === 0) return;
  const { argcount, posonlyargcount, kwonlyargcount, nlocals, stacksize, flags } = a;
  PySys_Audit(
    'code.__new__',
    (a.code as PyObject<Uint8Array>).v,
    a.filename,
    a.name,
    argcount,
    posonlyargcount,
    kwonlyargcount,
    nlocals,
    stacksize,
    flags,
  );
}

/** CPython: code.replace() */
function code_replace(self: PyObject, ...given: (PyObject | null)[]): PyObject {
  const co = payload(self);
  const own: NewArgs = {
    argcount: co.co_argcount,
    posonlyargcount: co.co_posonlyargcount,
    kwonlyargcount: co.co_kwonlyargcount,
    nlocals: co.nlocals,
    stacksize: co.co_stacksize,
    flags: co.co_flags,
    code: PyCode_GetCode(self),
    consts: co.co_consts,
    names: co.co_names,
    varnames: PyCode_GetVarnames(self),
    filename: co.co_filename,
    name: co.co_name,
    qualname: co.co_qualname,
    firstlineno: co.co_firstlineno,
    linetable: co.views.linetable,
    exceptiontable: co.views.exceptiontable,
    freevars: PyCode_GetFreevars(self),
    cellvars: PyCode_GetCellvars(self),
  };
  const temporaries = [own.code, own.varnames, own.freevars, own.cellvars];
  const out = own as unknown as Record<string, unknown>;
  try {
    REPLACE_ORDER.forEach((name, i) => {
      const v = given[i];
      if (v === null || v === undefined) return;
      const kind = KINDS.find(k => k[0] === name)![1];
      out[name] = convert('replace', `'co_${name}'`, kind, v);
    });

    for (const n of [
      'argcount',
      'posonlyargcount',
      'kwonlyargcount',
      'nlocals',
      'stacksize',
      'flags',
      'firstlineno',
    ] as const) {
      if (own[n] < 0 && n !== 'firstlineno') PyErr_SetString(PyExc_ValueError, `co_${n} must be a positive integer`);
    }
    audit_new(own);
    return make_code(own);
  } finally {
    for (const t of temporaries) decref(t);
  }
}

const REPLACE_ORDER = [
  'argcount',
  'posonlyargcount',
  'kwonlyargcount',
  'nlocals',
  'stacksize',
  'flags',
  'firstlineno',
  'code',
  'consts',
  'names',
  'varnames',
  'freevars',
  'cellvars',
  'filename',
  'name',
  'qualname',
  'linetable',
  'exceptiontable',
];

function code_varname_from_oparg(self: PyObject, oparg: PyObject | null): PyObject {
  const co = payload(self);
  return newref(co.varnames[PyLong_AsLong(oparg!)]!);
}

function code_lnotab(self: PyObject): PyObject {
  PyErr_WarnEx(PyExc_DeprecationWarning, 'co_lnotab is deprecated, use co_lines instead.', 1);
  const co = payload(self);
  const out: number[] = [];
  let line = co.co_firstlineno;
  let at = 0;
  for (const [start, , next] of iterate_lines(co.co_linetable, co.co_firstlineno)) {
    if (next < 0 || next === line) continue;
    let bdelta = start - at;
    let ldelta = next - line;
    while (bdelta > 255) {
      out.push(255, 0);
      bdelta -= 255;
    }
    while (ldelta > 127) {
      out.push(bdelta, 127);
      bdelta = 0;
      ldelta -= 127;
    }
    while (ldelta < -128) {
      out.push(bdelta, 0x80);
      bdelta = 0;
      ldelta += 128;
    }
    out.push(bdelta, ldelta & 0xff);
    at = start;
    line = next;
  }
  return PyBytes_FromUint8Array(Uint8Array.from(out));
}

const num = (name: keyof CodePayload) => ({
  name: name as string,
  get: (self: PyObject): PyObject => PyLong_FromLong(payload(self)[name] as number),
});
const obj = (name: keyof CodePayload) => ({
  name: name as string,
  get: (self: PyObject): PyObject => newref(payload(self)[name] as PyObject),
});

/** Each given field replaces the code object's. */
const REPLACE_SIGNATURE =
  '($self, /, *, co_argcount=<unrepresentable>, co_posonlyargcount=<unrepresentable>, co_kwonlyargcount=<unrepresentable>, co_nlocals=<unrepresentable>, co_stacksize=<unrepresentable>, co_flags=<unrepresentable>, co_firstlineno=<unrepresentable>, co_code=<unrepresentable>, co_consts=<unrepresentable>, co_names=<unrepresentable>, co_varnames=<unrepresentable>, co_freevars=<unrepresentable>, co_cellvars=<unrepresentable>, co_filename=<unrepresentable>, co_name=<unrepresentable>, co_qualname=<unrepresentable>, co_linetable=<unrepresentable>, co_exceptiontable=<unrepresentable>)';

export const PyCode_Type = static_type({
  name: 'code',
  tp_doc:
    'code(argcount, posonlyargcount, kwonlyargcount, nlocals, stacksize,\n     flags, codestring, constants, names, varnames, filename, name,\n     qualname, firstlineno, linetable, exceptiontable, freevars=(),\n     cellvars=(), /)\n--\n\nCompiled code.',
  tp_basicsize: 208,
  tp_itemsize: 2,
  tp_dealloc: code_dealloc,
  tp_repr: code_repr,
  tp_hash: code_hash,
  tp_richcompare: code_richcompare,
  tp_new: code_new,
  has_weakrefs: true,
  tp_weaklistoffset: 144,
  members: [
    num('co_argcount'),
    num('co_posonlyargcount'),
    num('co_kwonlyargcount'),
    num('co_stacksize'),
    num('co_flags'),
    obj('co_names'),
    obj('co_filename'),
    obj('co_name'),
    obj('co_qualname'),
    num('co_firstlineno'),
    { name: 'co_linetable', get: self => newref(payload(self).views.linetable) },
    { name: 'co_exceptiontable', get: self => newref(payload(self).views.exceptiontable) },
    obj('co_consts'),
  ],
  getset: [
    { name: 'co_nlocals', get: self => PyLong_FromLong(payload(self).nlocals) },
    { name: 'co_lnotab', get: code_lnotab },
    { name: '_co_code_adaptive', get: code_adaptive },
    { name: 'co_varnames', get: PyCode_GetVarnames },
    { name: 'co_cellvars', get: PyCode_GetCellvars },
    { name: 'co_freevars', get: PyCode_GetFreevars },
    { name: 'co_code', get: PyCode_GetCode },
  ],
  methods: [
    { name: 'co_lines', flags: METH_NOARGS, meth: code_lines, sig: '($self, /)' },
    { name: 'co_positions', flags: METH_NOARGS, meth: code_positions, sig: '($self, /)' },
    { name: 'co_branches', flags: METH_NOARGS, meth: code_branches, sig: '($self, /)' },
    {
      name: '__sizeof__',
      flags: METH_NOARGS,
      sig: '($self, /)',
      meth: (self: PyObject) => PyLong_FromLong((208 + payload(self).co_code.length + 7) & ~7),
    },
    {
      name: 'replace',
      flags: METH_CLINIC,
      meth: code_replace,
      sig: REPLACE_SIGNATURE,
      shown: '($self, /, **changes)',
    },
    {
      name: '__replace__',
      flags: METH_CLINIC,
      meth: code_replace,
      sig: REPLACE_SIGNATURE,
      shown: '($self, /, **changes)',
      doc: 'The same as replace().',
    },
    { name: '_varname_from_oparg', flags: METH_CLINIC, meth: code_varname_from_oparg, sig: '($self, /, oparg)' },
  ],
});
