// arguments.ts: binding a call's values to a Python function's parameters.     CPython: Python/ceval.c:initialize_locals
import { items_of, nulls } from '../core/arrays.ts';
import { PyErr_SetString } from '../core/errors.ts';
import type { InterpreterFrame } from '../core/frame.ts';
import { Py_TPFLAGS_IS_ABSTRACT, type PyObject, type PyTypeObject, decref, incref } from '../core/object.ts';
import { PyUnicode_Check } from '../objects/checks.ts';
import { CO_VARARGS, CO_VARKEYWORDS, type CodePayload } from '../objects/codeobject.ts';
import { PyDict_Contains, PyDict_GetItem, PyDict_New, PyDict_SetItem } from '../objects/dictobject.ts';
import { PyExc_TypeError } from '../objects/exceptions.ts';
import { type FunctionPayload, PyFunction_Type } from '../objects/funcobject.ts';
import { unpack_call_args } from '../objects/call.ts';
import { PyTuple_FromArraySteal } from '../objects/tupleobject.ts';
import { PyUnicode_AsString, _Py_ID, unicode_eq } from '../objects/unicodeobject.ts';
import { suggestion } from '../objects/suggestions.ts';
import { PyType_GenericAlloc, _PyType_Lookup, has_plain_new, slot_tp_init_ref } from '../objects/typeobject.ts';
import { new_frame } from './frames.ts';

type Stack = (PyObject | null)[];

/**
 * A frame with the values L[start..end) bound (keyword values last, named by the tuple `kwnames`). On success it has
 * taken the function's reference and the values'; when it raises it has taken nothing.
 */
export function frame_for_call(func: PyObject, L: Stack, start: number, end: number, kwnames: PyObject | null): InterpreterFrame {
  const f = (func as PyObject<FunctionPayload>).v;
  const co = (f.code as PyObject<CodePayload>).v;
  const n = end - start;
  if (co.simple && kwnames === null) {
    const argcount = co.co_argcount;
    if (n === argcount) {
      const frame = new_frame(co, func);
      const l = frame.localsplus;
      for (let i = 0; i < n; i++) l[i] = L[start + i]!;
      return frame;
    }
    if (n < argcount && f.defaults !== null) {
      const defaults = (f.defaults as PyObject<PyObject[]>).v;
      const first = argcount - defaults.length;
      if (n >= first) {
        const frame = new_frame(co, func);
        const l = frame.localsplus;
        for (let i = 0; i < n; i++) l[i] = L[start + i]!;
        for (let i = n; i < argcount; i++) {
          const v = defaults[i - first]!;
          incref(v);
          l[i] = v;
        }
        return frame;
      }
    }
  }
  if (kwnames === null && co.co_kwonlyargcount === 0 && (n === co.co_argcount || (n > co.co_argcount && (co.co_flags & CO_VARARGS) !== 0))) {
    return bind_rest(func, co, L, start, n);
  }
  if (co.simple && kwnames !== null) {
    const frame = bind_named(func, f, co, L, start, end, (kwnames as PyObject<PyObject[]>).v);
    if (frame !== null) return frame;
  }
  return bind(func, f, co, L, start, end, kwnames);
}

/** A call by position of a function with * or **: a value for each parameter, and those that * takes. */
function bind_rest(func: PyObject, co: CodePayload, L: Stack, start: number, n: number): InterpreterFrame {
  const { co_argcount } = co;
  const extra = (co.co_flags & CO_VARKEYWORDS) !== 0 ? PyDict_New() : null;
  const frame = new_frame(co, func);
  const l = frame.localsplus;
  for (let i = 0; i < co_argcount; i++) l[i] = L[start + i]!;
  let at = co_argcount;
  if ((co.co_flags & CO_VARARGS) !== 0) l[at++] = PyTuple_FromArraySteal(items_of(L as PyObject[], start + co_argcount, n - co_argcount));
  if (extra !== null) l[at] = extra;
  return frame;
}

/** A call with keywords of a function without * and **, where each name is that of a parameter; null if something is not as it should be. */
function bind_named(func: PyObject, f: FunctionPayload, co: CodePayload, L: Stack, start: number, end: number, names: PyObject[]): InterpreterFrame | null {
  const npos = end - start - names.length;
  const argcount = co.co_argcount;
  if (npos < co.co_posonlyargcount || npos + names.length > argcount) return null;
  const { varnames } = co;
  const defaults = f.defaults === null ? null : (f.defaults as PyObject<PyObject[]>).v;
  const first = defaults === null ? argcount : argcount - defaults.length;
  // Names are compared by identity: those of calls and parameters are interned.
  let required = 0;
  for (let k = 0; k < names.length; k++) {
    const i = varnames.indexOf(names[k]!, npos);
    if (i < 0 || i >= argcount) return null;
    if (i < first) required++;
  }
  if (first > npos && required < first - npos) return null;
  const frame = new_frame(co, func);
  const l = frame.localsplus;
  for (let i = 0; i < npos; i++) l[i] = L[start + i]!;
  for (let k = 0; k < names.length; k++) l[varnames.indexOf(names[k]!, npos)] = L[start + npos + k]!;
  for (let i = npos > first ? npos : first; i < argcount; i++) {
    if (l[i] !== null) continue;
    const v = defaults![i - first]!;
    incref(v);
    l[i] = v;
  }
  return frame;
}

function bind(func: PyObject, f: FunctionPayload, co: CodePayload, L: Stack, start: number, end: number, kwnames: PyObject | null): InterpreterFrame {
  const names = kwnames === null ? [] : (kwnames as PyObject<PyObject[]>).v;
  const nkw = names.length;
  const npos = end - start - nkw;
  const argcount = co.co_argcount;
  const nnamed = argcount + co.co_kwonlyargcount;
  const varargs = (co.co_flags & CO_VARARGS) !== 0;
  const varkw = (co.co_flags & CO_VARKEYWORDS) !== 0;
  // Borrowed values by parameter; what is made here is owned and listed for release if binding fails.
  const values: Stack = nulls(nnamed);
  const given = npos < argcount ? npos : argcount;
  for (let i = 0; i < given; i++) values[i] = L[start + i]!;
  let extra: PyObject | null = null;
  try {
    if (varkw) extra = PyDict_New();
    for (let k = 0; k < nkw; k++) {
      const name = names[k]!;
      const value = L[start + npos + k]!;
      if (!PyUnicode_Check(name)) PyErr_SetString(PyExc_TypeError, `${qualname(f)}() keywords must be strings`);
      const i = parameter_index(co, name, co.co_posonlyargcount, nnamed);
      if (i < 0) {
        if (extra === null) {
          check_positional_only(f, co, names);
          raise_unexpected_keyword(f, co, name, nnamed);
        }
        if (PyDict_Contains(extra, name)) {
          PyErr_SetString(PyExc_TypeError, `${qualname(f)}() got multiple values for keyword argument '${PyUnicode_AsString(name)}'`);
        }
        PyDict_SetItem(extra, name, value);
        continue;
      }
      if (values[i] !== null) {
        PyErr_SetString(PyExc_TypeError, `${qualname(f)}() got multiple values for argument '${PyUnicode_AsString(name)}'`);
      }
      values[i] = value;
    }
    if (npos > argcount && !varargs) raise_too_many_positional(f, co, npos, values);
    if (npos < argcount) {
      const defaults = f.defaults === null ? [] : (f.defaults as PyObject<PyObject[]>).v;
      const first = argcount - defaults.length;
      let missing = false;
      for (let i = npos; i < first; i++) if (values[i] === null) missing = true;
      if (missing) raise_missing(f, co, values, npos, first, 'positional');
      for (let i = Math.max(npos, first); i < argcount; i++) values[i] ??= defaults[i - first]!;
    }
    if (co.co_kwonlyargcount > 0) {
      let missing = false;
      for (let i = argcount; i < nnamed; i++) {
        if (values[i] !== null) continue;
        const v = f.kwdefaults === null ? null : PyDict_GetItem(f.kwdefaults, co.varnames[i]!);
        if (v !== null) values[i] = v;
        else missing = true;
      }
      if (missing) raise_missing(f, co, values, argcount, nnamed, 'keyword-only');
    }
  } catch (e) {
    if (extra !== null) decref(extra);
    throw e;
  }
  const frame = new_frame(co, func);
  const l = frame.localsplus;
  for (let i = 0; i < nnamed; i++) {
    const v = values[i]!;
    incref(v);
    l[i] = v;
  }
  let at = nnamed;
  if (varargs) {
    const rest: PyObject[] = [];
    for (let i = start + argcount; i < start + npos; i++) {
      const v = L[i]!;
      incref(v);
      rest.push(v);
    }
    l[at++] = PyTuple_FromArraySteal(rest);
  }
  if (varkw) l[at] = extra;
  // The caller's references are given up: what was bound has its own.
  for (let i = start; i < end; i++) decref(L[i]!);
  return frame;
}

/** Index of a parameter among those that may be named, or -1. */
function parameter_index(co: CodePayload, name: PyObject, from: number, to: number): number {
  const names = co.varnames;
  for (let i = from; i < to; i++) if (names[i] === name) return i;
  for (let i = from; i < to; i++) if (unicode_eq(names[i]!, name)) return i;
  return -1;
}

function qualname(f: FunctionPayload): string {
  return PyUnicode_AsString(f.qualname);
}

/** CPython: positional_only_passed_as_keyword */
function check_positional_only(f: FunctionPayload, co: CodePayload, names: PyObject[]): void {
  const wrong: string[] = [];
  for (let i = 0; i < co.co_posonlyargcount; i++) {
    if (names.some(n => PyUnicode_Check(n) && unicode_eq(n, co.varnames[i]!))) wrong.push(PyUnicode_AsString(co.varnames[i]!));
  }
  if (wrong.length > 0) {
    PyErr_SetString(
      PyExc_TypeError,
      `${qualname(f)}() got some positional-only arguments passed as keyword arguments: '${wrong.join(', ')}'`,
    );
  }
}

function raise_unexpected_keyword(f: FunctionPayload, co: CodePayload, name: PyObject, nnamed: number): never {
  const text = PyUnicode_AsString(name);
  const candidates = co.varnames.slice(co.co_posonlyargcount, nnamed).map(PyUnicode_AsString);
  const hint = suggestion(candidates, text);
  PyErr_SetString(
    PyExc_TypeError,
    `${qualname(f)}() got an unexpected keyword argument '${text}'${hint === null ? '' : `. Did you mean '${hint}'?`}`,
  );
}

/** 'a', 'b', and 'c' */
function enumerate_names(names: string[]): string {
  const quoted = names.map(n => `'${n}'`);
  if (quoted.length === 1) return quoted[0]!;
  if (quoted.length === 2) return `${quoted[0]} and ${quoted[1]}`;
  return `${quoted.slice(0, -1).join(', ')}, and ${quoted[quoted.length - 1]}`;
}

function raise_missing(f: FunctionPayload, co: CodePayload, values: Stack, from: number, to: number, kind: string): never {
  const names: string[] = [];
  for (let i = from; i < to; i++) if (values[i] === null) names.push(PyUnicode_AsString(co.varnames[i]!));
  PyErr_SetString(
    PyExc_TypeError,
    `${qualname(f)}() missing ${names.length} required ${kind} argument${names.length === 1 ? '' : 's'}: ${enumerate_names(names)}`,
  );
}

/** CPython: too_many_positional */
function raise_too_many_positional(f: FunctionPayload, co: CodePayload, given: number, values: Stack): never {
  const argcount = co.co_argcount;
  let kwonly_given = 0;
  for (let i = argcount; i < argcount + co.co_kwonlyargcount; i++) if (values[i] !== null) kwonly_given++;
  const ndefaults = f.defaults === null ? 0 : (f.defaults as PyObject<PyObject[]>).v.length;
  const plural = ndefaults > 0 ? true : argcount !== 1;
  const sig = ndefaults > 0 ? `from ${argcount - ndefaults} to ${argcount}` : `${argcount}`;
  const kw =
    kwonly_given > 0
      ? ` positional argument${given !== 1 ? 's' : ''} (and ${kwonly_given} keyword-only argument${kwonly_given !== 1 ? 's' : ''})`
      : '';
  PyErr_SetString(
    PyExc_TypeError,
    `${qualname(f)}() takes ${sig} positional argument${plural ? 's' : ''} but ${given}${kw} ${given === 1 && kwonly_given === 0 ? 'was' : 'were'} given`,
  );
}

/** The same from borrowed values: a native's call of a Python function. Borrows the function too. */
export function frame_for_vectorcall(func: PyObject, args: PyObject[], kwnames: PyObject | null): InterpreterFrame {
  const co = ((func as PyObject<FunctionPayload>).v.code as PyObject<CodePayload>).v;
  if (co.simple && kwnames === null && args.length === co.co_argcount) {
    incref(func);
    const frame = new_frame(co, func);
    const l = frame.localsplus;
    for (let i = 0; i < args.length; i++) {
      const a = args[i]!;
      incref(a);
      l[i] = a;
    }
    return frame;
  }
  const copy = args.slice();
  for (const a of copy) incref(a);
  incref(func);
  try {
    return frame_for_call(func, copy, 0, copy.length, kwnames);
  } catch (e) {
    decref(func);
    for (const a of copy) decref(a);
    throw e;
  }
}

/** f(*args, **kwargs) from the stack: steals the function, borrows the tuple and the dict (or null). */
export function frame_for_call_ex(func: PyObject, args: PyObject, kwargs: PyObject | null): InterpreterFrame {
  const [all, kwnames] = unpack_call_args(args, kwargs);
  try {
    const frame = frame_for_vectorcall(func, all, kwnames);
    decref(func);
    return frame;
  } finally {
    if (kwnames !== null) decref(kwnames);
  }
}

/** f(a), f(a, b): steal everything; the function is known to take them. */
export function frame_for_1(func: PyObject, a: PyObject): InterpreterFrame {
  const frame = new_frame(((func as PyObject<FunctionPayload>).v.code as PyObject<CodePayload>).v, func);
  frame.localsplus[0] = a;
  return frame;
}
export function frame_for_2(func: PyObject, a: PyObject, b: PyObject): InterpreterFrame {
  const frame = frame_for_1(func, a);
  frame.localsplus[1] = b;
  return frame;
}

/** As frame_for_init for any class; null if it is none of that kind: it has to be called in the ordinary way. */
export function init_frame(type: PyTypeObject, L: Stack, base: number, end: number, kwnames: PyObject | null): InterpreterFrame | null {
  if (type.tp_init !== slot_tp_init_ref() || !has_plain_new(type)) return null;
  if ((type.tp_flags & Py_TPFLAGS_IS_ABSTRACT) !== 0) return null;
  const init = _PyType_Lookup(type, _Py_ID('__init__'));
  return init === null || init.ob_type !== PyFunction_Type ? null : frame_for_init(type, init, L, base, end, kwnames);
}

/** The frame of `__init__` for a new instance of a plain class; L[base + 2..end) are the class call's arguments. Borrows the
 *  function. On success the arguments are taken; the instance is the frame's `on_return`. */
export function frame_for_init(type: PyTypeObject, init: PyObject, L: Stack, base: number, end: number, kwnames: PyObject | null = null): InterpreterFrame {
  const self = PyType_GenericAlloc(type, null);
  incref(init);
  incref(self);
  L[base + 1] = self;
  try {
    const frame = frame_for_call(init, L, base + 1, end, kwnames);
    frame.on_return = self;
    return frame;
  } catch (e) {
    decref(init);
    decref(self);
    throw e;
  }
}
