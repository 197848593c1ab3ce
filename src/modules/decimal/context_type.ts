// context_type.ts: the type Context, and localcontext()'s manager.                      CPython: Modules/_decimal/_decimal.c

import { PyErr_SetString } from '../../core/errors.ts';
import { gc_del } from '../../core/gc.ts';
import {
  decref,
  newref,
  Py_TPFLAGS_BASETYPE,
  Py_TPFLAGS_DISALLOW_INSTANTIATION,
  Py_TPFLAGS_HAVE_GC,
  type PyObject,
  type PyTypeObject,
} from '../../core/object.ts';
import { METH_CLINIC, METH_FASTCALL, METH_NOARGS, METH_O, type MethodSpec, module_type } from '../../core/spec.ts';
import { PyBool_FromLong } from '../../objects/boolobject.ts';
import { PyList_Check, PyLong_Check } from '../../objects/checks.ts';
import {
  PyExc_AttributeError,
  PyExc_OverflowError,
  PyExc_TypeError,
  PyExc_ValueError,
} from '../../objects/exceptions.ts';
import { PyFloat_Check } from '../../objects/floatobject.ts';
import { PyArg_Clinic } from '../../objects/getargs.ts';
import { release_instance } from '../../objects/instance.ts';
import { PyList_FromArraySteal } from '../../objects/listobject.ts';
import { PyLong_AsBigInt, PyLong_FromBigInt, PyLong_FromLong } from '../../objects/longobject.ts';
import { Py_None, PyObject_GenericGetAttr, PyObject_GenericSetAttr } from '../../objects/object.ts';
import { PyTuple_FromArraySteal, tuple_pair_steal } from '../../objects/tupleobject.ts';
import { PyObject_TypeCheck } from '../../objects/typeobject.ts';
import { _Py_ID, PyUnicode_FromString } from '../../objects/unicodeobject.ts';
import { PyContextVar_Set } from '../_contextvars.ts';
import { fma, power_modulo } from './arithmetic.ts';
import {
  type ContextObject,
  Ctx,
  contextType,
  dict_flags,
  held,
  list_flags,
  new_context,
  release_dicts,
  type SignalBits,
  signal_dict,
  signal_mixin_type,
  signal_names,
  signals,
} from './context.ts';
import { argument, dec_of_long, from_double, is_decimal, new_decimal, result, rounded_value } from './convert.ts';
import { CONTEXT_TESTS, divmod_in, rounding_of, same_quantum, TESTS } from './decimal_type.ts';
import { adjusted, finalize, from_int, negated, raised } from './number.ts';
import { BINARY, CONTEXT_BINARY, CONTEXT_UNARY, number_class, ROUNDINGS, UNARY } from './operations.ts';
import { to_text } from './text.ts';
import { power } from './transcendental.ts';

function ctx(self: PyObject): Ctx {
  return (self as ContextObject).v;
}

function ranged(o: PyObject, least: bigint, most: bigint, message: string): number {
  if (!PyLong_Check(o)) PyErr_SetString(PyExc_TypeError, 'an integer is required');
  const n = PyLong_AsBigInt(o);
  if (BigInt.asIntN(64, n) !== n) PyErr_SetString(PyExc_OverflowError, 'Python int too large to convert to C ssize_t');
  if (n < least || n > most) PyErr_SetString(PyExc_ValueError, message);
  return Number(n);
}

const MAX = 999999999999999999n;

const SETTERS: Readonly<Record<string, (c: Ctx, o: PyObject) => void>> = {
  prec: (c, o) => {
    c.prec = ranged(o, 1n, MAX, 'valid range for prec is [1, MAX_PREC]');
  },
  Emax: (c, o) => {
    c.emax = ranged(o, 0n, MAX, 'valid range for Emax is [0, MAX_EMAX]');
  },
  Emin: (c, o) => {
    c.emin = ranged(o, -MAX, 0n, 'valid range for Emin is [MIN_EMIN, 0]');
  },
  rounding: (c, o) => {
    c.round = rounding_of(o);
  },
  capitals: (c, o) => {
    c.capitals = ranged(o, 0n, 1n, 'valid values for capitals are 0 or 1');
  },
  clamp: (c, o) => {
    c.clamp = ranged(o, 0n, 1n, 'valid values for clamp are 0 or 1');
  },
  flags: (c, o) => {
    c.status = signal_argument(o);
  },
  traps: (c, o) => {
    c.traps = signal_argument(o);
  },
};

/** Flags as a list of signals, a dict, or another context's. */
function signal_argument(o: PyObject): number {
  return PyList_Check(o) ? list_flags(o.v) : signal_mapping(o);
}

function signal_mapping(o: PyObject): number {
  if (PyObject_TypeCheck(o, signal_mixin_type)) return (o.v as SignalBits).bits;
  return dict_flags(o);
}

const INIT_SIG = '(prec=None, rounding=None, Emin=None, Emax=None, capitals=None, clamp=None, flags=None, traps=None)';
const INIT_NAMES = ['prec', 'rounding', 'Emin', 'Emax', 'capitals', 'clamp', 'flags', 'traps'];

function context_new(type: PyTypeObject, _args: PyObject, _kwargs: PyObject | null): PyObject {
  const c = held.default_context === null ? new Ctx() : ctx(held.default_context).copy();
  c.status = 0;
  return type.tp_alloc!(type, c);
}

function context_init(self: PyObject, args: PyObject, kwargs: PyObject | null): void {
  const given = PyArg_Clinic('Context', INIT_SIG, args, kwargs);
  for (const [i, name] of INIT_NAMES.entries()) {
    const value = given[i];
    if (value != null && value !== Py_None) SETTERS[name]!(ctx(self), value);
  }
}

/** Sets attributes by name, as localcontext() does. */
export function set_attributes(c: Ctx, names: readonly string[], values: readonly (PyObject | null)[]): void {
  for (const [i, name] of names.entries()) {
    const value = values[i];
    if (value != null && value !== Py_None) SETTERS[name]!(c, value);
  }
}

function context_getattro(self: PyObject, name: PyObject): PyObject {
  if (name.v === 'traps') return signal_dict(ctx(self), 'traps');
  if (name.v === 'flags') return signal_dict(ctx(self), 'status');
  return PyObject_GenericGetAttr(self, name);
}

function context_setattro(self: PyObject, name: PyObject, value: PyObject | null): void {
  if (value === null) PyErr_SetString(PyExc_AttributeError, 'context attributes cannot be deleted');
  if (name.v === 'traps' || name.v === 'flags') {
    const bits = signal_mapping(value);
    if (name.v === 'traps') ctx(self).traps = bits;
    else ctx(self).status = bits;
    return;
  }
  PyObject_GenericSetAttr(self, name, value);
}

function context_repr(self: PyObject): PyObject {
  const c = ctx(self);
  return PyUnicode_FromString(
    `Context(prec=${BigInt(c.prec)}, rounding=${ROUNDINGS[c.round]}, Emin=${BigInt(c.emin)}, Emax=${BigInt(c.emax)}, ` +
      `capitals=${c.capitals}, clamp=${c.clamp}, flags=${signal_names(c.status)}, traps=${signal_names(c.traps)})`,
  );
}

function context_copy(self: PyObject): PyObject {
  return new_context(ctx(self).copy());
}

/** CPython: context_reduce */
function context_reduce(self: PyObject): PyObject {
  const c = ctx(self);
  const args = PyTuple_FromArraySteal([
    PyLong_FromBigInt(BigInt(c.prec)),
    PyUnicode_FromString(ROUNDINGS[c.round]!),
    PyLong_FromBigInt(BigInt(c.emin)),
    PyLong_FromBigInt(BigInt(c.emax)),
    PyLong_FromLong(c.capitals),
    PyLong_FromLong(c.clamp),
    signal_list(c.status),
    signal_list(c.traps),
  ]);
  return tuple_pair_steal(newref(self.ob_type), args);
}

function context_create_decimal(self: PyObject, num: PyObject | null): PyObject {
  return new_decimal(rounded_value(num, ctx(self)));
}

function context_create_decimal_from_float(self: PyObject, f: PyObject): PyObject {
  const c = ctx(self);
  if (!PyFloat_Check(f) && !PyLong_Check(f)) PyErr_SetString(PyExc_TypeError, 'argument must be int or float');
  raised.flags = 0;
  return result(finalize(PyFloat_Check(f) ? from_double(f.v) : dec_of_long(f), c), c);
}

function context_power(self: PyObject, a: PyObject, b: PyObject, modulo: PyObject | null): PyObject {
  const c = ctx(self);
  const x = argument(a);
  const y = argument(b);
  const m = modulo === null || modulo === Py_None ? null : argument(modulo);
  raised.flags = 0;
  return result(m === null ? power(x, y, c) : power_modulo(x, y, m, c), c);
}

function context_fma(self: PyObject, x: PyObject, y: PyObject, z: PyObject): PyObject {
  const c = ctx(self);
  const [a, b, d] = [argument(x), argument(y), argument(z)];
  raised.flags = 0;
  return result(fma(a, b, d, c), c);
}

/** CPython: PyDec_AsDecimal... ctx_copy_decimal */
function context_copy_decimal(_self: PyObject, x: PyObject): PyObject {
  if (is_decimal(x)) return newref(x);
  return new_decimal(argument(x));
}

function methods(): MethodSpec[] {
  const rows: MethodSpec[] = [];
  const one = (name: string, meth: (self: PyObject, x: PyObject) => PyObject): void => {
    rows.push({ name, flags: METH_O, meth, sig: '($self, x, /)' });
  };
  const two = (name: string, meth: (self: PyObject, x: PyObject, y: PyObject) => PyObject): void => {
    rows.push({ name, flags: METH_CLINIC, meth, sig: '($self, x, y, /)' });
  };
  const none = (name: string, meth: (self: PyObject) => PyObject): void => {
    rows.push({ name, flags: METH_NOARGS, meth, sig: '($self, /)' });
  };
  for (const [name, op] of [...Object.entries(UNARY), ...Object.entries(CONTEXT_UNARY)]) {
    one(name, (self, x) => {
      const a = argument(x);
      raised.flags = 0;
      return result(op(a, ctx(self)), ctx(self));
    });
  }
  for (const [name, op] of [...Object.entries(BINARY), ...Object.entries(CONTEXT_BINARY)]) {
    two(name, (self, x, y) => {
      const a = argument(x);
      const b = argument(y);
      raised.flags = 0;
      return result(op(a, b, ctx(self)), ctx(self));
    });
  }
  two('divmod', (self, x, y) => divmod_in(argument(x), argument(y), ctx(self)));
  two('same_quantum', (_self, x, y) => PyBool_FromLong(same_quantum(argument(x), argument(y))));
  rows.push({ name: 'power', flags: METH_CLINIC, meth: context_power, sig: '($self, /, a, b, modulo=None)' });
  rows.push({ name: 'fma', flags: METH_CLINIC, meth: context_fma, sig: '($self, x, y, z, /)' });
  for (const [name, test] of Object.entries(TESTS)) {
    one(name, (_self, x) => {
      if (name === 'is_canonical' && !is_decimal(x)) PyErr_SetString(PyExc_TypeError, 'argument must be a Decimal');
      return PyBool_FromLong(test(argument(x)));
    });
  }
  for (const [name, test] of Object.entries(CONTEXT_TESTS)) {
    one(name, (self, x) => PyBool_FromLong(test(argument(x), ctx(self))));
  }
  one('canonical', (_self, x) => {
    if (!is_decimal(x)) PyErr_SetString(PyExc_TypeError, 'argument must be a Decimal');
    return newref(x);
  });
  one('copy_abs', (_self, x) => {
    const a = argument(x);
    return new_decimal(a.neg ? negated(a) : a);
  });
  one('copy_negate', (_self, x) => new_decimal(negated(argument(x))));
  one('copy_decimal', context_copy_decimal);
  one('number_class', (self, x) => {
    const a = argument(x);
    return PyUnicode_FromString(number_class(a, ctx(self), adjusted(a)));
  });
  one('to_sci_string', (self, x) => PyUnicode_FromString(to_text(argument(x), false, ctx(self).capitals === 1)));
  one('to_eng_string', (self, x) => PyUnicode_FromString(to_text(argument(x), true, ctx(self).capitals === 1)));
  rows.push({
    name: '_apply',
    flags: METH_O,
    meth: (self: PyObject, x: PyObject) => {
      const a = argument(x);
      raised.flags = 0;
      return result(finalize(a, ctx(self)), ctx(self));
    },
    sig: '($self, object, /)',
  });
  none('Etiny', self => PyLong_FromBigInt(BigInt(ctx(self).emin) - BigInt(ctx(self).prec) + 1n));
  none('Etop', self => PyLong_FromBigInt(BigInt(ctx(self).emax) - BigInt(ctx(self).prec) + 1n));
  none('radix', () => new_decimal(from_int(10)));
  none('clear_flags', self => {
    ctx(self).status = 0;
    return newref(Py_None);
  });
  none('clear_traps', self => {
    ctx(self).traps = 0;
    return newref(Py_None);
  });
  none('copy', context_copy);
  none('__copy__', context_copy);
  none('__reduce__', context_reduce);
  rows.push({
    name: 'create_decimal',
    flags: METH_CLINIC,
    meth: context_create_decimal,
    sig: '($self, num="0", /)',
  });
  rows.push({
    name: 'create_decimal_from_float',
    flags: METH_O,
    meth: context_create_decimal_from_float,
    sig: '($self, f, /)',
  });
  return rows;
}

/** The attributes whose values are numbers, and the rounding. */
const READERS: Readonly<Record<string, (c: Ctx) => PyObject>> = {
  prec: c => PyLong_FromBigInt(BigInt(c.prec)),
  Emax: c => PyLong_FromBigInt(BigInt(c.emax)),
  Emin: c => PyLong_FromBigInt(BigInt(c.emin)),
  rounding: c => newref(_Py_ID(ROUNDINGS[c.round]!)),
  capitals: c => PyLong_FromLong(c.capitals),
  clamp: c => PyLong_FromLong(c.clamp),
};

export const context_type: PyTypeObject = module_type('_decimal', {
  name: 'decimal.Context',
  heap: 'immutable',
  tp_basicsize: 104,
  tp_flags: Py_TPFLAGS_BASETYPE,
  tp_doc: 'Limits and rounding of results, and which conditions raise.',
  tp_new: context_new,
  tp_init: context_init,
  tp_dealloc: self => {
    release_instance(self);
    release_dicts(ctx(self));
  },
  tp_repr: context_repr,
  tp_getattro: context_getattro,
  tp_setattro: context_setattro,
  methods: methods(),
  getset: Object.entries(READERS).map(([name, get]) => ({
    name,
    get: (self: PyObject) => get(ctx(self)),
    set: (self: PyObject, value: PyObject | null) => SETTERS[name]!(ctx(self), value!),
  })),
  after_ready: type => {
    type.tp_data = { text_signature: INIT_SIG };
    contextType.type = type;
  },
});

/** The signals that are set, as a list. CPython: flags_as_list */
function signal_list(bits: number): PyObject {
  const set = signals().filter(({ flag }) => (bits & flag) !== 0);
  return PyList_FromArraySteal(set.map(({ type }) => newref(type)));
}

/** Makes a context the current one; templates are copied. CPython: PyDec_SetCurrentContext */
export function set_current(o: PyObject): void {
  if (!PyObject_TypeCheck(o, context_type)) PyErr_SetString(PyExc_TypeError, 'argument must be a context');
  let context = newref(o);
  if (held.templates.includes(o)) {
    decref(context);
    const c = ctx(o).copy();
    c.status = 0;
    context = new_context(c);
  }
  try {
    decref(PyContextVar_Set(held.variable!, context));
  } finally {
    decref(context);
  }
}

// --- localcontext() --------------------------------------------------------------------------------------------------------

/** Both contexts owned. */
class Manager {
  local: PyObject;
  global: PyObject;
  constructor(local: PyObject, global: PyObject) {
    this.local = local;
    this.global = global;
  }
}

export function new_manager(local: PyObject, global: PyObject): PyObject {
  return manager_type.tp_alloc!(manager_type, new Manager(local, global));
}

function manager_enter(self: PyObject): PyObject {
  const { local } = self.v as Manager;
  set_current(local);
  return newref(local);
}

function manager_exit(self: PyObject, _args: PyObject[]): PyObject {
  set_current((self.v as Manager).global);
  return PyBool_FromLong(false);
}

const manager_type: PyTypeObject = module_type('_decimal', {
  name: 'decimal.ContextManager',
  heap: 'immutable',
  tp_basicsize: 32,
  tp_flags: Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_DISALLOW_INSTANTIATION,
  tp_dealloc: self => {
    gc_del(self);
    const m = self.v as Manager;
    decref(m.local);
    decref(m.global);
  },
  tp_traverse: (self, visit) => {
    visit((self.v as Manager).local);
    visit((self.v as Manager).global);
  },
  methods: [
    { name: '__enter__', flags: METH_NOARGS, meth: manager_enter, sig: '($self, /)' },
    { name: '__exit__', flags: METH_FASTCALL, meth: manager_exit },
  ],
});
