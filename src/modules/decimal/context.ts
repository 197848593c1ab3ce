// context.ts: contexts, the exceptions of decimal, and how conditions become exceptions.      CPython: Modules/_decimal/_decimal.c

import { PyErr_SetObject, PyErr_SetString } from '../../core/errors.ts';
import {
  decref,
  newref,
  Py_EQ,
  Py_NE,
  Py_TPFLAGS_BASETYPE,
  type PyObject,
  type PyTypeObject,
  xdecref,
} from '../../core/object.ts';
import { per_interpreter } from '../../core/per_interpreter.ts';
import { exception_spec, METH_NOARGS, module_type } from '../../core/spec.ts';
import { PyObject_GetIter } from '../../objects/abstract.ts';
import { Py_False, Py_True, PyBool_FromLong } from '../../objects/boolobject.ts';
import { PyDict_Check } from '../../objects/checks.ts';
import { PyDict_GetItem, PyDict_New, PyDict_SetItem, PyDict_Size } from '../../objects/dictobject.ts';
import {
  PyExc_ArithmeticError,
  PyExc_KeyError,
  PyExc_TypeError,
  PyExc_ValueError,
  PyExc_ZeroDivisionError,
} from '../../objects/exceptions.ts';
import { PyList_FromArraySteal } from '../../objects/listobject.ts';
import { Py_None, Py_NotImplemented, PyObject_IsTrue } from '../../objects/object.ts';
import { PyTuple_FromArraySteal } from '../../objects/tupleobject.ts';
import { PyObject_TypeCheck } from '../../objects/typeobject.ts';
import { PyUnicode_FromString } from '../../objects/unicodeobject.ts';
import { PyContextVar_Get, PyContextVar_Set } from '../_contextvars.ts';
import {
  ANY_INVALID,
  CLAMPED,
  CONVERSION_SYNTAX,
  DIVISION_BY_ZERO,
  DIVISION_IMPOSSIBLE,
  DIVISION_UNDEFINED,
  FLOAT_OPERATION,
  INEXACT,
  INVALID_CONTEXT,
  INVALID_OPERATION,
  type Limits,
  OVERFLOW,
  ROUND_HALF_EVEN,
  ROUNDED,
  raised,
  SUBNORMAL,
  UNDERFLOW,
} from './number.ts';

function exception(name: string, bases: () => PyTypeObject[]): PyTypeObject {
  return module_type('_decimal', { ...exception_spec(`decimal.${name}`, () => bases()[0]!), bases });
}

export const DecimalException = exception('DecimalException', () => [PyExc_ArithmeticError]);
export const Clamped = exception('Clamped', () => [DecimalException]);
export const InvalidOperation = exception('InvalidOperation', () => [DecimalException]);
export const DivisionByZero = exception('DivisionByZero', () => [DecimalException, PyExc_ZeroDivisionError]);
export const Inexact = exception('Inexact', () => [DecimalException]);
export const Rounded = exception('Rounded', () => [DecimalException]);
export const Subnormal = exception('Subnormal', () => [DecimalException]);
export const Overflow = exception('Overflow', () => [Inexact, Rounded]);
export const Underflow = exception('Underflow', () => [Inexact, Rounded, Subnormal]);
export const FloatOperation = exception('FloatOperation', () => [DecimalException, PyExc_TypeError]);
export const ConversionSyntax = exception('ConversionSyntax', () => [InvalidOperation]);
export const DivisionImpossible = exception('DivisionImpossible', () => [InvalidOperation]);
export const DivisionUndefined = exception('DivisionUndefined', () => [InvalidOperation, PyExc_ZeroDivisionError]);
export const InvalidContext = exception('InvalidContext', () => [InvalidOperation]);

/** The signals, in the order of the dicts that show them. */
export function signals(): readonly { flag: number; type: PyTypeObject }[] {
  return [
    { flag: ANY_INVALID, type: InvalidOperation },
    { flag: FLOAT_OPERATION, type: FloatOperation },
    { flag: DIVISION_BY_ZERO, type: DivisionByZero },
    { flag: OVERFLOW, type: Overflow },
    { flag: UNDERFLOW, type: Underflow },
    { flag: SUBNORMAL, type: Subnormal },
    { flag: INEXACT, type: Inexact },
    { flag: ROUNDED, type: Rounded },
    { flag: CLAMPED, type: Clamped },
  ];
}

function conditions(): readonly { flag: number; type: PyTypeObject }[] {
  return [
    { flag: INVALID_OPERATION, type: InvalidOperation },
    { flag: CONVERSION_SYNTAX, type: ConversionSyntax },
    { flag: DIVISION_IMPOSSIBLE, type: DivisionImpossible },
    { flag: DIVISION_UNDEFINED, type: DivisionUndefined },
    { flag: INVALID_CONTEXT, type: InvalidContext },
  ];
}

/** A context: limits of results, and which conditions raise. */
export class Ctx implements Limits {
  prec = 28;
  emax = 999999;
  emin = -999999;
  round = ROUND_HALF_EVEN;
  clamp = 0;
  capitals = 1;
  traps = ANY_INVALID | DIVISION_BY_ZERO | OVERFLOW;
  status = 0;
  /** Owned: the dicts that show the two, once asked for. */
  status_dict: PyObject | null = null;
  traps_dict: PyObject | null = null;

  copy(): Ctx {
    const c = new Ctx();
    c.prec = this.prec;
    c.emax = this.emax;
    c.emin = this.emin;
    c.round = this.round;
    c.clamp = this.clamp;
    c.capitals = this.capitals;
    c.traps = this.traps;
    c.status = this.status;
    return c;
  }
}

export type ContextObject = PyObject<Ctx>;

/** Records the conditions of an operation, and raises if one is trapped. CPython: dec_addstatus */
export function add_status(c: Ctx, flags: number): void {
  c.status |= flags;
  const trapped = flags & c.traps;
  if (trapped === 0) return;
  const types: PyObject[] = [];
  for (const { flag, type } of conditions()) if ((trapped & flag) !== 0) types.push(newref(type));
  for (const { flag, type } of signals().slice(1)) if ((trapped & flag) !== 0) types.push(newref(type));
  const list = PyList_FromArraySteal(types);
  const first = signals().find(({ flag }) => (trapped & flag) !== 0)!;
  const args = PyTuple_FromArraySteal([list]);
  try {
    PyErr_SetObject(first.type, args);
  } finally {
    decref(args);
  }
}

/** As add_status() of what the operation just made has met. */
export function check_status(c: Ctx): void {
  const { flags } = raised;
  if (flags !== 0) {
    raised.flags = 0;
    add_status(c, flags);
  }
}

// --- the current context ---------------------------------------------------------------------------------------------

/** Owned, set when the module is imported: the context variable, the template contexts, the type of the signal dicts. */
function make_held() {
  return {
    variable: null as PyObject | null,
    default_context: null as PyObject | null,
    templates: [] as PyObject[],
    signal_dict: null as PyTypeObject | null,
  };
}

/** Set when the types are readied. */
export const contextType = { type: null as unknown as PyTypeObject };

export const held = /* @__PURE__ */ per_interpreter(make_held, {
  clear({ variable, templates, signal_dict }) {
    xdecref(variable);
    templates.splice(0).forEach(decref);
    xdecref(signal_dict);
    Object.assign(held, make_held());
  },
});

export function new_context(c: Ctx): PyObject {
  return contextType.type.tp_alloc!(contextType.type, c);
}

/** The context of the running program; new reference. CPython: current_context */
export function current_context(): PyObject {
  const found = PyContextVar_Get(held.variable!, null);
  if (found !== null) return found;
  const fresh = new_context((held.default_context as ContextObject).v.copy());
  (fresh as ContextObject).v.status = 0;
  decref(PyContextVar_Set(held.variable!, fresh));
  return fresh;
}

/** The context of the running program. */
export function current_ctx(): Ctx {
  const o = current_context();
  decref(o);
  return (o as ContextObject).v;
}

/** The context of an optional argument. CPython: CONTEXT_CHECK_VA */
export function ctx_argument(o: PyObject | null): Ctx {
  if (o === null || o === Py_None) return current_ctx();
  if (!PyObject_TypeCheck(o, contextType.type)) {
    PyErr_SetString(PyExc_TypeError, 'optional argument must be a context');
  }
  return (o as ContextObject).v;
}

// --- SignalDict: flags and traps as a mapping ----------------------------------------------------------------------------

export class SignalBits {
  readonly ctx: Ctx;
  readonly which: 'status' | 'traps';
  constructor(ctx: Ctx, which: 'status' | 'traps') {
    this.ctx = ctx;
    this.which = which;
  }
  get bits(): number {
    return this.ctx[this.which];
  }
  set bits(n: number) {
    this.ctx[this.which] = n;
  }
}

function bits_of(self: PyObject): SignalBits {
  const v = self.v as SignalBits | null;
  if (v === null) PyErr_SetString(PyExc_ValueError, 'invalid signal dict');
  return v;
}

/** The flag of a signal's class. CPython: exception_as_flag */
export function flag_of(key: PyObject): number {
  const found = signals().find(({ type }) => type === key);
  if (found !== undefined) return found.flag;
  return PyErr_SetString(PyExc_KeyError, 'invalid error flag');
}

/** The flags that a dict of all signals sets. CPython: dict_as_flags */
export function dict_flags(dict: PyObject): number {
  if (!PyDict_Check(dict)) PyErr_SetString(PyExc_TypeError, 'argument must be a signal dict');
  if (PyDict_Size(dict) !== 9) PyErr_SetString(PyExc_KeyError, 'invalid signal dict');
  let flags = 0;
  for (const { flag, type } of signals()) {
    const value = PyDict_GetItem(dict, type);
    if (value === null) PyErr_SetString(PyExc_KeyError, 'invalid error flag');
    if (PyObject_IsTrue(value)) flags |= flag;
  }
  return flags;
}

function signal_repr(self: PyObject): PyObject {
  const { bits } = bits_of(self);
  const rows = signals().map(({ flag, type }) => `<class '${type.tp_name}'>:${(bits & flag) !== 0 ? 'True' : 'False'}`);
  return PyUnicode_FromString(`{${rows.join(', ')}}`);
}

function signal_compare(self: PyObject, other: PyObject, op: number): PyObject {
  if (op !== Py_EQ && op !== Py_NE) return newref(Py_NotImplemented);
  let bits: number;
  if (PyObject_TypeCheck(other, signal_mixin_type)) bits = bits_of(other).bits;
  else if (PyDict_Check(other)) {
    if (PyDict_Size(other) !== 9) return PyBool_FromLong(op === Py_NE);
    bits = dict_flags(other);
  } else return newref(Py_NotImplemented);
  return PyBool_FromLong((bits === bits_of(self).bits) === (op === Py_EQ));
}

function signal_keys(): PyObject {
  return PyTuple_FromArraySteal(signals().map(({ type }) => newref(type)));
}

function signal_iter(self: PyObject): PyObject {
  bits_of(self);
  const keys = signal_keys();
  try {
    return PyObject_GetIter(keys);
  } finally {
    decref(keys);
  }
}

function signal_copy(self: PyObject): PyObject {
  return signals_as_dict(bits_of(self).bits);
}

export function signals_as_dict(bits: number): PyObject {
  const dict = PyDict_New();
  for (const { flag, type } of signals()) PyDict_SetItem(dict, type, (bits & flag) !== 0 ? Py_True : Py_False);
  return dict;
}

export const signal_mixin_type: PyTypeObject = module_type('_decimal', {
  name: 'decimal.SignalDictMixin',
  heap: 'immutable',
  tp_basicsize: 24,
  tp_flags: Py_TPFLAGS_BASETYPE,
  tp_new: (type): PyObject => type.tp_alloc!(type, null),
  tp_repr: signal_repr,
  tp_richcompare: signal_compare,
  tp_iter: signal_iter,
  mp_length: self => {
    bits_of(self);
    return 9;
  },
  mp_subscript: (self, key) => PyBool_FromLong((bits_of(self).bits & flag_of(key)) !== 0),
  mp_ass_subscript: (self, key, value) => {
    if (value === null) PyErr_SetString(PyExc_ValueError, 'signal keys cannot be deleted');
    const data = bits_of(self);
    const flag = flag_of(key);
    if (PyObject_IsTrue(value)) data.bits |= flag;
    else data.bits &= ~flag;
  },
  methods: [{ name: 'copy', flags: METH_NOARGS, meth: signal_copy, sig: '($self, /)' }],
});

/** The dict of a context's flags or traps; new reference. */
export function signal_dict(c: Ctx, which: 'status' | 'traps'): PyObject {
  const known = which === 'status' ? c.status_dict : c.traps_dict;
  if (known !== null) return newref(known);
  const type = held.signal_dict!;
  const made = type.tp_alloc!(type, new SignalBits(c, which));
  if (which === 'status') c.status_dict = made;
  else c.traps_dict = made;
  return newref(made);
}

/** The context is gone: its dicts show nothing any more. */
export function release_dicts(c: Ctx): void {
  for (const dict of [c.status_dict, c.traps_dict]) {
    if (dict === null) continue;
    dict.v = null;
    decref(dict);
  }
  c.status_dict = null;
  c.traps_dict = null;
}

/** The flags that a list of signals sets. CPython: list_as_flags */
export function list_flags(list: readonly PyObject[]): number {
  let flags = 0;
  for (const item of list) {
    const found = [...conditions(), ...signals()].find(({ type }) => type === item);
    if (found === undefined) {
      PyErr_SetString(
        PyExc_KeyError,
        'valid values for signals are:\n  [InvalidOperation, FloatOperation, DivisionByZero,\n   Overflow, Underflow, Subnormal, Inexact, Rounded,\n   Clamped]',
      );
    }
    flags |= item === InvalidOperation ? ANY_INVALID : found.flag;
  }
  return flags;
}

/** The names of the signals that are set, in the order of their bits. CPython: mpd_lsprint_signals */
export function signal_names(bits: number): string {
  const lowest = (n: number): number => n & -n;
  const set = signals().filter(({ flag }) => (bits & flag) !== 0);
  set.sort((a, b) => lowest(bits & a.flag) - lowest(bits & b.flag));
  return `[${set.map(({ type }) => type.tp_name.slice('decimal.'.length)).join(', ')}]`;
}
