// _contextvars.ts: context variables (PEP 567).                                            CPython: Python/context.c
//
// A Context holds a table from variables to values; copies share it until one of them changes. The running context is
// `tstate.context` (owned); entering another one links back to it.
// Invariant: a Bindings table with more than one user is never changed.
// Differs: iteration follows insertion, CPython's follows hashes of addresses.

import { PyErr_SetObject, PyErr_SetString } from '../core/errors.ts';
import { gc_del, gc_new } from '../core/gc.ts';
import type { Hash } from '../core/hash.ts';
import {
  decref,
  IMMORTAL_REFCNT,
  incref,
  newref,
  Py_EQ,
  Py_NE,
  Py_TPFLAGS_HAVE_GC,
  PyObject,
  type PyTypeObject,
  type visitproc,
  xdecref,
  xnewref,
} from '../core/object.ts';
import {
  METH_CLASS,
  METH_CLINIC,
  METH_FASTCALL,
  METH_KEYWORDS,
  METH_NOARGS,
  METH_O,
  type ModuleSpec,
  static_type,
} from '../core/spec.ts';
import { current, type PyThreadState } from '../core/tstate.ts';
import { Py_False, Py_True } from '../objects/boolobject.ts';
import { PyObject_Vectorcall } from '../objects/call.ts';
import { PyUnicode_Check } from '../objects/checks.ts';
import {
  _PyErr_SetKeyError,
  PyDict_GetItemString,
  PyDict_SetItemString,
  PyDict_Size,
  type PyDictObject,
} from '../objects/dictobject.ts';
import { PyExc_LookupError, PyExc_RuntimeError, PyExc_TypeError, PyExc_ValueError } from '../objects/exceptions.ts';
import { Py_GenericAlias } from '../objects/genericaliasobject.ts';
import { release_instance } from '../objects/instance.ts';
import {
  address,
  Py_None,
  Py_NotImplemented,
  PyObject_Hash,
  PyObject_HashNotImplemented,
  PyObject_RichCompareBool,
  pointer_hash,
  repr_string,
} from '../objects/object.ts';
import { PyTuple_FromArraySteal, type PyTupleObject } from '../objects/tupleobject.ts';
import { PyUnicode_FromString } from '../objects/unicodeobject.ts';
import { call_by_frame } from '../vm/native_calls.ts';

/** A table of values (owned, as are the variables), shared by contexts and snapshots. */
class Bindings {
  users = 1;
  map: Map<PyObject, PyObject> = new Map();
}

function share(b: Bindings): Bindings {
  b.users++;
  return b;
}

function release(b: Bindings): void {
  if (--b.users > 0) return;
  for (const [k, v] of b.map) {
    decref(k);
    decref(v);
  }
}

class Context {
  bindings: Bindings;
  /** Owned: what ran before this was entered. */
  prev: PyContextObject | null = null;
  entered = false;
  constructor(bindings: Bindings) {
    this.bindings = bindings;
  }
}
type PyContextObject = PyObject<Context>;

class ContextVar {
  /** Owned. */
  name: PyObject;
  dflt: PyObject | null;
  constructor(name: PyObject, dflt: PyObject | null) {
    this.name = name;
    this.dflt = dflt;
  }
}
type PyContextVarObject = PyObject<ContextVar>;

class Token {
  /** Owned. */
  ctx: PyContextObject;
  var: PyContextVarObject;
  old: PyObject | null;
  used = false;
  constructor(ctx: PyContextObject, v: PyContextVarObject, old: PyObject | null) {
    this.ctx = ctx;
    this.var = v;
    this.old = old;
  }
}
type PyContextTokenObject = PyObject<Token>;

// --- contexts --------------------------------------------------------------------------------------------------------

function context_make(bindings: Bindings): PyContextObject {
  const ctx = new PyObject(PyContext_Type, new Context(bindings), null);
  gc_new(ctx);
  return ctx;
}

/** CPython: PyContext_New */
export function PyContext_New(): PyObject {
  return context_make(new Bindings());
}

/** CPython: PyContext_Copy */
export function PyContext_Copy(ctx: PyObject): PyObject {
  return context_make(share((ctx as PyContextObject).v.bindings));
}

/** The running context (borrowed), made if there is none yet. CPython: context_get */
function context_get(): PyContextObject {
  const tstate = current.tstate;
  if (tstate.context === null) tstate.context = PyContext_New();
  return tstate.context as PyContextObject;
}

/** CPython: PyContext_CopyCurrent */
export function PyContext_CopyCurrent(): PyObject {
  return PyContext_Copy(context_get());
}

/** CPython: _PyContext_Enter */
export function PyContext_Enter(o: PyObject): void {
  const tstate = current.tstate;
  const ctx = o as PyContextObject;
  if (ctx.v.entered) {
    PyErr_SetString(PyExc_RuntimeError, `cannot enter context: ${repr_string(o)} is already entered`);
  }
  ctx.v.prev = tstate.context as PyContextObject | null;
  ctx.v.entered = true;
  switch_context(tstate, newref(ctx));
}

/** CPython: _PyContext_Exit */
export function PyContext_Exit(o: PyObject): void {
  const tstate = current.tstate;
  const ctx = o as PyContextObject;
  if (!ctx.v.entered) {
    PyErr_SetString(PyExc_RuntimeError, `cannot exit context: ${repr_string(o)} has not been entered`);
  }
  if (tstate.context !== o) {
    PyErr_SetString(PyExc_RuntimeError, 'cannot exit context: thread state references a different context object');
  }
  const { prev } = ctx.v;
  ctx.v.prev = null;
  ctx.v.entered = false;
  switch_context(tstate, prev);
  decref(ctx);
}

function switch_context(tstate: PyThreadState, ctx: PyContextObject | null): void {
  tstate.context = ctx;
  tstate.context_ver++;
}

function context_new(_type: PyTypeObject, args: PyObject, kwargs: PyObject | null): PyObject {
  if ((args as PyTupleObject).v.length > 0 || (kwargs !== null && PyDict_Size(kwargs) > 0)) {
    PyErr_SetString(PyExc_TypeError, 'Context() does not accept any arguments');
  }
  return PyContext_New();
}

function context_dealloc(self: PyObject): void {
  gc_del(self);
  release_instance(self);
  const c = (self as PyContextObject).v;
  xdecref(c.prev);
  release(c.bindings);
}

function context_traverse(self: PyObject, visit: visitproc): void {
  const c = (self as PyContextObject).v;
  if (c.prev !== null) visit(c.prev);
  // References of a shared table belong to several owners: then no one of them accounts for them.
  if (c.bindings.users === 1) {
    for (const [k, v] of c.bindings.map) {
      visit(k);
      visit(v);
    }
  }
}

function context_clear(self: PyObject): void {
  const c = (self as PyContextObject).v;
  const old = c.bindings;
  c.bindings = new Bindings();
  release(old);
}

function check_key(key: PyObject): void {
  if (key.ob_type !== PyContextVar_Type) {
    PyErr_SetString(PyExc_TypeError, `a ContextVar key was expected, got ${repr_string(key)}`);
  }
}

/** Borrowed value, or null. */
function find(self: PyObject, key: PyObject): PyObject | null {
  check_key(key);
  return (self as PyContextObject).v.bindings.map.get(key) ?? null;
}

function context_subscript(self: PyObject, key: PyObject): PyObject {
  const value = find(self, key);
  if (value === null) _PyErr_SetKeyError(key);
  return newref(value);
}

function context_contains(self: PyObject, key: PyObject): boolean {
  return find(self, key) !== null;
}

function context_len(self: PyObject): number {
  return (self as PyContextObject).v.bindings.map.size;
}

function context_richcompare(self: PyObject, other: PyObject, op: number): PyObject {
  if (other.ob_type !== PyContext_Type || (op !== Py_EQ && op !== Py_NE)) return newref(Py_NotImplemented);
  const a = (self as PyContextObject).v.bindings;
  const b = (other as PyContextObject).v.bindings;
  let equal = a === b;
  if (!equal && a.map.size === b.map.size) {
    equal = true;
    for (const [k, v] of a.map) {
      const w = b.map.get(k);
      if (w === undefined || !PyObject_RichCompareBool(v, w, Py_EQ)) {
        equal = false;
        break;
      }
    }
  }
  return newref(equal === (op === Py_EQ) ? Py_True : Py_False);
}

function context_get_method(self: PyObject, key: PyObject, dflt: PyObject | null): PyObject {
  return newref(find(self, key) ?? dflt ?? Py_None);
}

function context_copy(self: PyObject): PyObject {
  return PyContext_Copy(self);
}

/** Context.run(callable, *args, **kwargs). CPython: context_run */
function context_run(self: PyObject, args: PyObject[], kwnames: PyObject | null): PyObject {
  const nkw = kwnames === null ? 0 : (kwnames as PyTupleObject).v.length;
  if (args.length - nkw < 1) {
    PyErr_SetString(PyExc_TypeError, 'run() missing 1 required positional argument');
  }
  PyContext_Enter(self);
  let result: PyObject;
  try {
    const entered = call_by_frame(context_run, args[0]!, args.slice(1), kwnames, (value, error) => {
      PyContext_Exit(self);
      decref(self);
      if (value === null) throw error;
      return value;
    });
    if (entered !== null) {
      newref(self);
      return entered;
    }
    result = PyObject_Vectorcall(args[0]!, args.slice(1), kwnames);
  } catch (e) {
    PyContext_Exit(self);
    throw e;
  }
  PyContext_Exit(self);
  return result;
}

// --- iteration -------------------------------------------------------------------------------------------------------

/** A snapshot of what to iterate over: owned objects. */
class ContextIter {
  items: PyObject[];
  index = 0;
  constructor(items: PyObject[]) {
    this.items = items;
  }
}
type ContextIterObject = PyObject<ContextIter>;

function iter_over(ctx: PyObject, type: PyTypeObject): PyObject {
  const items: PyObject[] = [];
  for (const [k, v] of (ctx as PyContextObject).v.bindings.map) {
    if (type === PyContextKeys_Type) items.push(newref(k));
    else if (type === PyContextValues_Type) items.push(newref(v));
    else items.push(PyTuple_FromArraySteal([newref(k), newref(v)]));
  }
  const it = new PyObject(type, new ContextIter(items), null);
  gc_new(it);
  return it;
}

function iter_next(self: PyObject): PyObject | null {
  const it = (self as ContextIterObject).v;
  return it.index < it.items.length ? newref(it.items[it.index++]!) : null;
}

function iter_dealloc(self: PyObject): void {
  gc_del(self);
  for (const o of (self as ContextIterObject).v.items) decref(o);
}

function iter_traverse(self: PyObject, visit: visitproc): void {
  for (const o of (self as ContextIterObject).v.items) visit(o);
}

function iter_len(self: PyObject): number {
  const it = (self as ContextIterObject).v;
  return it.items.length - it.index;
}

function self_iter(self: PyObject): PyObject {
  return newref(self);
}

function iterator_type(name: string): PyTypeObject {
  return static_type({
    name,
    tp_basicsize: 120,
    tp_flags: Py_TPFLAGS_HAVE_GC,
    tp_dealloc: iter_dealloc,
    tp_traverse: iter_traverse,
    tp_iter: self_iter,
    tp_iternext: iter_next,
    mp_length: iter_len,
  });
}

const PyContextKeys_Type = /* @__PURE__ */ iterator_type('keys');
const PyContextValues_Type = /* @__PURE__ */ iterator_type('values');
const PyContextItems_Type = /* @__PURE__ */ iterator_type('items');

function context_iter(self: PyObject): PyObject {
  return iter_over(self, PyContextKeys_Type);
}

function context_values(self: PyObject): PyObject {
  return iter_over(self, PyContextValues_Type);
}

function context_items(self: PyObject): PyObject {
  return iter_over(self, PyContextItems_Type);
}

export const PyContext_Type = static_type({
  name: '_contextvars.Context',
  tp_basicsize: 48,
  tp_weaklistoffset: 32,
  has_weakrefs: true,
  tp_flags: Py_TPFLAGS_HAVE_GC,
  tp_dealloc: context_dealloc,
  tp_traverse: context_traverse,
  tp_clear: context_clear,
  tp_hash: PyObject_HashNotImplemented,
  tp_richcompare: context_richcompare,
  tp_iter: context_iter,
  tp_new: context_new,
  sq_contains: context_contains,
  mp_length: context_len,
  mp_subscript: context_subscript,
  methods: [
    { name: 'get', flags: METH_CLINIC, meth: context_get_method, sig: '($self, key, default=None, /)' },
    { name: 'items', flags: METH_NOARGS, meth: context_items, sig: '($self, /)' },
    { name: 'keys', flags: METH_NOARGS, meth: context_iter, sig: '($self, /)' },
    { name: 'values', flags: METH_NOARGS, meth: context_values, sig: '($self, /)' },
    { name: 'copy', flags: METH_NOARGS, meth: context_copy, sig: '($self, /)' },
    { name: 'run', flags: METH_FASTCALL | METH_KEYWORDS, meth: context_run },
  ],
});

// --- variables -------------------------------------------------------------------------------------------------------

/** ContextVar(name, *, default=<none>) */
function contextvar_new(type: PyTypeObject, args: PyObject, kwargs: PyObject | null): PyObject {
  const a = (args as PyTupleObject).v;
  const nkw = kwargs === null ? 0 : PyDict_Size(kwargs);
  if (a.length + nkw > 2) {
    PyErr_SetString(PyExc_TypeError, `ContextVar() takes at most 2 arguments (${a.length + nkw} given)`);
  }
  if (a.length > 1) {
    PyErr_SetString(PyExc_TypeError, `ContextVar() takes at most 1 positional argument (${a.length} given)`);
  }
  const name_kw = kwargs === null ? null : PyDict_GetItemString(kwargs, 'name');
  const dflt = kwargs === null ? null : PyDict_GetItemString(kwargs, 'default');
  if (a.length === 0) {
    PyErr_SetString(PyExc_TypeError, 'ContextVar() takes exactly 1 positional argument (0 given)');
  }
  if (nkw > (dflt === null ? 0 : 1) || name_kw !== null) {
    const t = (kwargs as PyDictObject).v;
    const bad = t.keys.find(k => k !== null && t.values[t.keys.indexOf(k)] !== dflt)!;
    PyErr_SetString(PyExc_TypeError, `ContextVar() got an unexpected keyword argument ${repr_string(bad)}`);
  }
  const name = a[0]!;
  if (!PyUnicode_Check(name)) PyErr_SetString(PyExc_TypeError, 'context variable name must be a str');
  PyObject_Hash(name);
  return contextvar_make(type, name, dflt);
}

function contextvar_make(type: PyTypeObject, name: PyObject, dflt: PyObject | null): PyObject {
  return type.tp_alloc!(type, new ContextVar(newref(name), xnewref(dflt)));
}

/** CPython: PyContextVar_New */
export function PyContextVar_New(name: string, dflt: PyObject | null): PyObject {
  const n = PyUnicode_FromString(name);
  const v = contextvar_make(PyContextVar_Type, n, dflt);
  decref(n);
  return v;
}

/** Owned value, the default, or null. CPython: PyContextVar_Get */
export function PyContextVar_Get(self: PyObject, dflt: PyObject | null): PyObject | null {
  const ctx = current.tstate.context as PyContextObject | null;
  if (ctx !== null) {
    const value = ctx.v.bindings.map.get(self);
    if (value !== undefined) return newref(value);
  }
  return xnewref(dflt ?? (self as PyContextVarObject).v.dflt);
}

/** Binds (a new reference) or unbinds (null) in the running context. */
function bind(ctx: PyContextObject, v: PyContextVarObject, value: PyObject | null): void {
  const c = ctx.v;
  if (c.bindings.users > 1) {
    const own = new Bindings();
    for (const [k, o] of c.bindings.map) {
      incref(k);
      incref(o);
      own.map.set(k, o);
    }
    release(c.bindings);
    c.bindings = own;
  }
  const { map } = c.bindings;
  const old = map.get(v) ?? null;
  if (value !== null) {
    if (old === null) incref(v);
    map.set(v, newref(value));
  } else if (old !== null) map.delete(v);
  xdecref(old);
  if (value === null && old !== null) decref(v);
}

/** CPython: PyContextVar_Set */
export function PyContextVar_Set(self: PyObject, value: PyObject): PyObject {
  const ctx = context_get();
  const v = self as PyContextVarObject;
  const old = xnewref(ctx.v.bindings.map.get(v) ?? null);
  const token = new PyObject(PyContextToken_Type, new Token(newref(ctx), newref(v), old), null);
  gc_new(token);
  bind(ctx, v, value);
  return token;
}

/** CPython: PyContextVar_Reset */
export function PyContextVar_Reset(self: PyObject, o: PyObject): void {
  const tok = (o as PyContextTokenObject).v;
  if (tok.used) PyErr_SetString(PyExc_RuntimeError, `${repr_string(o)} has already been used once`);
  if (self !== tok.var) {
    PyErr_SetString(PyExc_ValueError, `${repr_string(o)} was created by a different ContextVar`);
  }
  const ctx = context_get();
  if (ctx !== tok.ctx) PyErr_SetString(PyExc_ValueError, `${repr_string(o)} was created in a different Context`);
  tok.used = true;
  bind(ctx, self as PyContextVarObject, tok.old);
}

function contextvar_get(self: PyObject, dflt: PyObject | null): PyObject {
  const value = PyContextVar_Get(self, dflt);
  if (value === null) PyErr_SetObject(PyExc_LookupError, self);
  return value;
}

function contextvar_reset(self: PyObject, token: PyObject): PyObject {
  if (token.ob_type !== PyContextToken_Type) {
    PyErr_SetString(PyExc_TypeError, `expected an instance of Token, got ${repr_string(token)}`);
  }
  PyContextVar_Reset(self, token);
  return newref(Py_None);
}

function contextvar_repr(self: PyObject): PyObject {
  const v = (self as PyContextVarObject).v;
  const dflt = v.dflt === null ? '' : ` default=${repr_string(v.dflt)}`;
  return PyUnicode_FromString(`<ContextVar name=${repr_string(v.name)}${dflt} at ${address(self)}>`);
}

function contextvar_hash(self: PyObject): Hash {
  return pointer_hash(self);
}

function contextvar_dealloc(self: PyObject): void {
  gc_del(self);
  const v = (self as PyContextVarObject).v;
  decref(v.name);
  xdecref(v.dflt);
}

function contextvar_traverse(self: PyObject, visit: visitproc): void {
  const v = (self as PyContextVarObject).v;
  visit(v.name);
  if (v.dflt !== null) visit(v.dflt);
}

function class_getitem(type: PyObject, item: PyObject): PyObject {
  return Py_GenericAlias(type, item);
}

export const PyContextVar_Type = static_type({
  name: '_contextvars.ContextVar',
  tp_basicsize: 64,
  tp_flags: Py_TPFLAGS_HAVE_GC,
  tp_dealloc: contextvar_dealloc,
  tp_traverse: contextvar_traverse,
  tp_repr: contextvar_repr,
  tp_hash: contextvar_hash,
  tp_new: contextvar_new,
  methods: [
    { name: 'get', flags: METH_CLINIC, meth: contextvar_get, sig: '($self, default=<unrepresentable>, /)' },
    { name: 'set', flags: METH_O, meth: PyContextVar_Set, sig: '($self, value, /)' },
    { name: 'reset', flags: METH_O, meth: contextvar_reset, sig: '($self, token, /)' },
    { name: '__class_getitem__', flags: METH_O | METH_CLASS, meth: class_getitem, sig: '($type, object, /)' },
  ],
  members: [{ name: 'name', get: self => newref((self as PyContextVarObject).v.name) }],
});

// --- tokens ----------------------------------------------------------------------------------------------------------

function token_new(): PyObject {
  PyErr_SetString(PyExc_RuntimeError, 'Tokens can only be created by ContextVars');
}

function token_dealloc(self: PyObject): void {
  gc_del(self);
  const tok = (self as PyContextTokenObject).v;
  decref(tok.ctx);
  decref(tok.var);
  xdecref(tok.old);
}

function token_traverse(self: PyObject, visit: visitproc): void {
  const tok = (self as PyContextTokenObject).v;
  visit(tok.ctx);
  visit(tok.var);
  if (tok.old !== null) visit(tok.old);
}

function token_repr(self: PyObject): PyObject {
  const tok = (self as PyContextTokenObject).v;
  return PyUnicode_FromString(`<Token${tok.used ? ' used' : ''} var=${repr_string(tok.var)} at ${address(self)}>`);
}

function token_exit(self: PyObject, _type: PyObject, _val: PyObject, _tb: PyObject): PyObject {
  PyContextVar_Reset((self as PyContextTokenObject).v.var, self);
  return newref(Py_None);
}

const PyContextTokenMissing_Type = static_type({
  name: 'Token.MISSING',
  tp_basicsize: 16,
  tp_repr: () => PyUnicode_FromString('<Token.MISSING>'),
});

function make_missing(): PyObject {
  const o = new PyObject(PyContextTokenMissing_Type, null, null);
  o.ob_refcnt = IMMORTAL_REFCNT;
  return o;
}

/** Immortal. */
const Token_MISSING: PyObject = /* @__PURE__ */ make_missing();

export const PyContextToken_Type = static_type({
  name: '_contextvars.Token',
  tp_basicsize: 48,
  tp_flags: Py_TPFLAGS_HAVE_GC,
  tp_dealloc: token_dealloc,
  tp_traverse: token_traverse,
  tp_repr: token_repr,
  tp_hash: PyObject_HashNotImplemented,
  tp_new: token_new,
  methods: [
    { name: '__class_getitem__', flags: METH_O | METH_CLASS, meth: class_getitem, sig: '($type, object, /)' },
    { name: '__enter__', flags: METH_NOARGS, meth: self_iter, sig: '($self, /)' },
    { name: '__exit__', flags: METH_CLINIC, meth: token_exit, sig: '($self, type, val, tb, /)' },
  ],
  getset: [
    { name: 'var', get: self => newref((self as PyContextTokenObject).v.var as PyObject) },
    { name: 'old_value', get: self => newref((self as PyContextTokenObject).v.old ?? Token_MISSING) },
  ],
  after_ready: type => PyDict_SetItemString(type.tp_dict!, 'MISSING', Token_MISSING),
});

function copy_context(_module: PyObject): PyObject {
  return PyContext_CopyCurrent();
}

export const module: ModuleSpec = {
  name: '_contextvars',
  doc: 'Context variables.',
  methods: [{ name: 'copy_context', flags: METH_NOARGS, meth: copy_context, sig: '($module, /)' }],
  types: () => [PyContext_Type, PyContextVar_Type, PyContextToken_Type],
};
