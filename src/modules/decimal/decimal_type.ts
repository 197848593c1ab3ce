// decimal_type.ts: the type Decimal.                                                   CPython: Modules/_decimal/_decimal.c

import { PyErr_SetString } from '../../core/errors.ts';
import { type Hash, hash_from_bigint } from '../../core/hash.ts';
import {
  decref,
  newref,
  Py_EQ,
  Py_GE,
  Py_GT,
  Py_LE,
  Py_LT,
  Py_NE,
  Py_TPFLAGS_BASETYPE,
  type PyObject,
  type PyTypeObject,
  xdecref,
} from '../../core/object.ts';
import { per_interpreter } from '../../core/per_interpreter.ts';
import {
  METH_CLASS,
  METH_CLINIC,
  METH_FASTCALL,
  METH_NOARGS,
  METH_O,
  type MethodSpec,
  module_type,
} from '../../core/spec.ts';
import { PyObject_IsInstance } from '../../objects/abstract.ts';
import { check_positional } from '../../objects/argcheck.ts';
import { PyBool_FromLong } from '../../objects/boolobject.ts';
import { PyObject_CallOneArg } from '../../objects/call.ts';
import { PyLong_Check, PyUnicode_Check } from '../../objects/checks.ts';
import { PyComplex_FromDoubles, PyComplex_Type } from '../../objects/complexobject.ts';
import { PyExc_OverflowError, PyExc_TypeError, PyExc_ValueError } from '../../objects/exceptions.ts';
import { PyFloat_Check, PyFloat_FromDouble } from '../../objects/floatobject.ts';
import { PyArg_Clinic } from '../../objects/getargs.ts';
import { release_instance } from '../../objects/instance.ts';
import { PyLong_AsBigInt, PyLong_AsSsize_t, PyLong_FromBigInt, PyLong_FromLong } from '../../objects/longobject.ts';
import { Py_None, Py_NotImplemented, PyObject_GetAttrString, pointer_hash } from '../../objects/object.ts';
import { PyTuple_FromArraySteal, tuple_pair_steal } from '../../objects/tupleobject.ts';
import { PyObject_TypeCheck } from '../../objects/typeobject.ts';
import { PyUnicode_AsString, PyUnicode_FromString } from '../../objects/unicodeobject.ts';
import {
  add,
  divide,
  divide_int,
  divide_modulo,
  fma,
  magnitude,
  minus,
  multiply,
  plus,
  power_modulo,
  quantize,
  remainder,
  subtract,
  to_integral,
} from './arithmetic.ts';
import { add_status, type Ctx, ctx_argument, current_ctx } from './context.ts';
import {
  argument,
  type DecimalObject,
  dec_of_long,
  decimalType,
  exact_value,
  from_double,
  is_decimal,
  new_decimal,
  new_of_type,
  operand,
  result,
} from './convert.ts';
import { format_decimal } from './format.ts';
import {
  adjusted,
  compare_values,
  type Dec,
  digits_of,
  FINITE,
  FLOAT_OPERATION,
  finite,
  from_int,
  INFINITE,
  INVALID_OPERATION,
  integer_of,
  is_nan,
  is_zero,
  limits,
  negated,
  pow10,
  QNAN,
  ROUND_CEILING,
  ROUND_DOWN,
  ROUND_FLOOR,
  ROUND_HALF_EVEN,
  raised,
  SNAN,
} from './number.ts';
import { BINARY, number_class, ROUNDINGS, UNARY } from './operations.ts';
import { to_text } from './text.ts';
import { power } from './transcendental.ts';

function dec(self: PyObject): Dec {
  return (self as DecimalObject).v;
}

/** The number of a rounding's name. CPython: getround */
export function rounding_of(o: PyObject): number {
  const found = PyUnicode_Check(o) ? ROUNDINGS.indexOf(PyUnicode_AsString(o)) : -1;
  if (found >= 0) return found;
  return PyErr_SetString(
    PyExc_TypeError,
    'valid values for rounding are:\n  [ROUND_CEILING, ROUND_FLOOR, ROUND_UP, ROUND_DOWN,\n   ROUND_HALF_UP, ROUND_HALF_DOWN, ROUND_HALF_EVEN,\n   ROUND_05UP]',
  );
}

// --- making ---------------------------------------------------------------------------------------------------------------

const NEW_SIG = '(value="0", context=None)';

function decimal_new(type: PyTypeObject, args: PyObject, kwargs: PyObject | null): PyObject {
  const [value, context] = PyArg_Clinic('Decimal', NEW_SIG, args, kwargs);
  const c = ctx_argument(context ?? null);
  if (value != null && type === decimal_type && value.ob_type === decimal_type) return newref(value);
  raised.flags = 0;
  return new_of_type(type, exact_value(value ?? null, c));
}

function decimal_dealloc(self: PyObject): void {
  release_instance(self);
}

function from_value(type: PyObject, d: Dec): PyObject {
  const made = new_decimal(d);
  if (type === decimal_type) return made;
  try {
    return PyObject_CallOneArg(type, made);
  } finally {
    decref(made);
  }
}

function decimal_from_float(type: PyObject, f: PyObject): PyObject {
  if (PyLong_Check(f)) return from_value(type, dec_of_long(f));
  if (PyFloat_Check(f)) return from_value(type, from_double(f.v));
  return PyErr_SetString(PyExc_TypeError, 'argument must be int or float');
}

function decimal_from_number(type: PyObject, n: PyObject): PyObject {
  if (is_decimal(n)) return from_value(type, n.v);
  if (PyLong_Check(n)) return from_value(type, dec_of_long(n));
  if (PyFloat_Check(n)) return from_value(type, from_double(n.v));
  return PyErr_SetString(PyExc_TypeError, 'Cannot convert %R to Decimal'.replace('%R', n.ob_type.tp_name));
}

// --- operators ---------------------------------------------------------------------------------------------------------------

function binary(op: (a: Dec, b: Dec, c: Ctx) => Dec): (a: PyObject, b: PyObject) => PyObject {
  return (a, b) => {
    const x = operand(a);
    if (x === null) return newref(Py_NotImplemented);
    const y = operand(b);
    if (y === null) return newref(Py_NotImplemented);
    const c = current_ctx();
    raised.flags = 0;
    return result(op(x, y, c), c);
  };
}

function unary(op: (a: Dec, c: Ctx) => Dec): (a: PyObject) => PyObject {
  return a => {
    const c = current_ctx();
    raised.flags = 0;
    return result(op(dec(a), c), c);
  };
}

function decimal_divmod(a: PyObject, b: PyObject): PyObject {
  const x = operand(a);
  const y = x === null ? null : operand(b);
  if (x === null || y === null) return newref(Py_NotImplemented);
  return divmod_in(x, y, current_ctx());
}

export function divmod_in(x: Dec, y: Dec, c: Ctx): PyObject {
  raised.flags = 0;
  const [q, r] = divide_modulo(x, y, c);
  const { flags } = raised;
  raised.flags = 0;
  if (flags !== 0) add_status(c, flags);
  return tuple_pair_steal(new_decimal(q), new_decimal(r));
}

function decimal_power(a: PyObject, b: PyObject, mod: PyObject): PyObject {
  const x = operand(a);
  const y = x === null ? null : operand(b);
  const m = mod === Py_None ? undefined : operand(mod);
  if (x === null || y === null || m === null) return newref(Py_NotImplemented);
  const c = current_ctx();
  raised.flags = 0;
  return result(m === undefined ? power(x, y, c) : power_modulo(x, y, m, c), c);
}

// --- comparing -------------------------------------------------------------------------------------------------------------

/** The other operand of a comparison as an exact number; null if there is none. CPython: convert_op_cmp */
function comparand(other: PyObject, op: number, c: Ctx): Dec | null {
  if (PyFloat_Check(other)) {
    if (op === Py_EQ || op === Py_NE) c.status |= FLOAT_OPERATION;
    else add_status(c, FLOAT_OPERATION);
    return from_double(other.v);
  }
  if (PyObject_TypeCheck(other, PyComplex_Type) && (op === Py_EQ || op === Py_NE)) {
    const { real, imag } = other.v as { real: number; imag: number };
    if (imag !== 0) return null;
    c.status |= FLOAT_OPERATION;
    return from_double(real);
  }
  return null;
}

function drop_type(holder: { type: PyObject | null }): void {
  xdecref(holder.type);
  holder.type = null;
}

export const rationals = /* @__PURE__ */ per_interpreter(() => ({ type: null as PyObject | null }), {
  clear: drop_type,
});

function decimal_richcompare(self: PyObject, other: PyObject, op: number): PyObject {
  let a = dec(self);
  let b = operand(other);
  const c = current_ctx();
  if (b === null) {
    b = comparand(other, op, c);
    if (b === null && rationals.type !== null && PyObject_IsInstance(other, rationals.type)) {
      const scaled = scale_for_rational(self, other);
      if (scaled === null) return newref(Py_NotImplemented);
      [a, b] = scaled;
    }
    if (b === null) return newref(Py_NotImplemented);
  }
  if (is_nan(a) || is_nan(b)) {
    const signal = a.kind === SNAN || b.kind === SNAN || (op !== Py_EQ && op !== Py_NE);
    if (signal) add_status(c, INVALID_OPERATION);
    return PyBool_FromLong(op === Py_NE);
  }
  const order = compare_values(a, b);
  switch (op) {
    case Py_EQ:
      return PyBool_FromLong(order === 0);
    case Py_NE:
      return PyBool_FromLong(order !== 0);
    case Py_LT:
      return PyBool_FromLong(order < 0);
    case Py_LE:
      return PyBool_FromLong(order <= 0);
    case Py_GT:
      return PyBool_FromLong(order > 0);
    case Py_GE:
      return PyBool_FromLong(order >= 0);
  }
  return newref(Py_NotImplemented);
}

/** self * denominator and numerator of a Rational. CPython: multiply_by_denominator, numerator_as_decimal */
function scale_for_rational(self: PyObject, other: PyObject): [Dec, Dec] | null {
  const denominator = PyObject_GetAttrString(other, 'denominator');
  const numerator = PyObject_GetAttrString(other, 'numerator');
  try {
    if (!PyLong_Check(denominator) || !PyLong_Check(numerator)) return null;
    const a = dec(self);
    const d = PyLong_AsBigInt(denominator);
    const scaled = a.kind === FINITE ? finite(a.neg, a.coef * d, a.exp) : a;
    return [scaled, from_int(PyLong_AsBigInt(numerator))];
  } finally {
    decref(denominator);
    decref(numerator);
  }
}

const MODULUS = (1n << 61n) - 1n;

function power_mod(base: bigint, exp: bigint): bigint {
  let r = 1n;
  let b = base % MODULUS;
  for (let e = exp; e > 0n; e >>= 1n) {
    if ((e & 1n) === 1n) r = (r * b) % MODULUS;
    b = (b * b) % MODULUS;
  }
  return r;
}

/** As of an equal int or Fraction. CPython: dec_hash */
function decimal_hash(self: PyObject): Hash {
  const a = dec(self);
  if (a.kind === SNAN) PyErr_SetString(PyExc_TypeError, 'Cannot hash a signaling NaN value');
  if (a.kind === QNAN) return pointer_hash(self);
  if (a.kind === INFINITE) return hash_from_bigint(a.neg ? -314159n : 314159n);
  const exp = BigInt(a.exp);
  // 10^-1 modulo 2^61 - 1 is its own power.
  const scale = exp >= 0n ? power_mod(10n, exp) : power_mod(power_mod(10n, MODULUS - 2n), -exp);
  let h = ((a.coef % MODULUS) * scale) % MODULUS;
  if (a.neg) h = -h;
  return hash_from_bigint(h === -1n ? -2n : h);
}

// --- conversions -----------------------------------------------------------------------------------------------------------

/** int(self), rounded in some way. CPython: dec_as_long */
function to_int(a: Dec, round: number): PyObject {
  if (is_nan(a)) PyErr_SetString(PyExc_ValueError, 'cannot convert NaN to integer');
  if (a.kind === INFINITE) PyErr_SetString(PyExc_OverflowError, 'cannot convert Infinity to integer');
  return PyLong_FromBigInt(integer_of(to_integral(a, limits(1), round, false)));
}

function decimal_float(self: PyObject): PyObject {
  const a = dec(self);
  if (is_nan(a)) {
    if (a.kind === SNAN) PyErr_SetString(PyExc_ValueError, 'cannot convert signaling NaN to float');
    return PyFloat_FromDouble(Number.NaN);
  }
  if (a.kind === INFINITE) return PyFloat_FromDouble(a.neg ? -Infinity : Infinity);
  return PyFloat_FromDouble(Number(`${a.neg ? '-' : ''}${a.coef}e${a.exp}`));
}

function decimal_complex(self: PyObject): PyObject {
  const f = decimal_float(self);
  const real = f.v as number;
  decref(f);
  return PyComplex_FromDoubles(real, 0);
}

function decimal_str(self: PyObject): PyObject {
  return PyUnicode_FromString(to_text(dec(self), false, current_ctx().capitals === 1));
}

function decimal_repr(self: PyObject): PyObject {
  return PyUnicode_FromString(`Decimal('${to_text(dec(self), false, current_ctx().capitals === 1)}')`);
}

function decimal_to_eng_string(self: PyObject, context: PyObject | null): PyObject {
  return PyUnicode_FromString(to_text(dec(self), true, ctx_argument(context).capitals === 1));
}

/** CPython: PyDec_Round */
function decimal_round(self: PyObject, args: PyObject[]): PyObject {
  check_positional('__round__', args.length, 0, 1);
  if (args.length === 0) return to_int(dec(self), ROUND_HALF_EVEN);
  const n = args[0]!;
  if (!PyLong_Check(n)) PyErr_SetString(PyExc_TypeError, 'optional arg must be an integer');
  const places = PyLong_AsSsize_t(n);
  const c = current_ctx();
  raised.flags = 0;
  return result(quantize(dec(self), finite(false, 1n, -places), c), c);
}

/** CPython: dec_as_integer_ratio */
function decimal_as_integer_ratio(self: PyObject): PyObject {
  const a = dec(self);
  if (is_nan(a)) PyErr_SetString(PyExc_ValueError, 'cannot convert NaN to integer ratio');
  if (a.kind === INFINITE) PyErr_SetString(PyExc_OverflowError, 'cannot convert Infinity to integer ratio');
  let n = a.coef;
  let d = 1n;
  if (a.exp >= 0) n *= pow10(a.exp);
  else {
    d = pow10(-a.exp);
    let x = n;
    let y = d;
    while (y !== 0n) [x, y] = [y, x % y];
    if (x !== 0n) {
      n /= x;
      d /= x;
    }
  }
  return tuple_pair_steal(PyLong_FromBigInt(a.neg ? -n : n), PyLong_FromBigInt(d));
}

export const decimalTuple = /* @__PURE__ */ per_interpreter(() => ({ type: null as PyObject | null }), {
  clear: drop_type,
});

/** CPython: PyDec_AsTuple */
function decimal_as_tuple(self: PyObject): PyObject {
  const a = dec(self);
  let digits: PyObject[] = [];
  let exp: PyObject;
  if (a.kind === INFINITE) {
    digits = [PyLong_FromLong(0)];
    exp = PyUnicode_FromString('F');
  } else {
    if (a.kind === FINITE || a.coef !== 0n) digits = Array.from(a.coef.toString(), d => PyLong_FromLong(+d));
    exp = a.kind === FINITE ? PyLong_FromLong(a.exp) : PyUnicode_FromString(a.kind === QNAN ? 'n' : 'N');
  }
  const parts = PyTuple_FromArraySteal([PyLong_FromLong(a.neg ? 1 : 0), PyTuple_FromArraySteal(digits), exp]);
  try {
    const make = PyObject_GetAttrString(decimalTuple.type!, '_make');
    try {
      return PyObject_CallOneArg(make, parts);
    } finally {
      decref(make);
    }
  } finally {
    decref(parts);
  }
}

function decimal_reduce(self: PyObject): PyObject {
  const text = PyUnicode_FromString(to_text(dec(self), false, true));
  return tuple_pair_steal(newref(self.ob_type), PyTuple_FromArraySteal([text]));
}

function decimal_sizeof(self: PyObject): PyObject {
  const words = Math.ceil(digits_of(dec(self).coef) / 19);
  return PyLong_FromLong(104 + (words > 4 ? words * 8 : 0));
}

// --- methods ---------------------------------------------------------------------------------------------------------------

/** Rounding and context of an operation that takes both. */
function with_rounding(rounding: PyObject | null, c: Ctx): Ctx {
  if (rounding === null || rounding === Py_None) return c;
  const other = c.copy();
  other.round = rounding_of(rounding);
  return other;
}

function integral_method(exact: boolean) {
  return (self: PyObject, rounding: PyObject | null, context: PyObject | null): PyObject => {
    const c = ctx_argument(context);
    const work = with_rounding(rounding, c);
    raised.flags = 0;
    return result(to_integral(dec(self), work, work.round, exact), c);
  };
}

function decimal_quantize(
  self: PyObject,
  exp: PyObject,
  rounding: PyObject | null,
  context: PyObject | null,
): PyObject {
  const c = ctx_argument(context);
  const work = with_rounding(rounding, c);
  const b = argument(exp);
  raised.flags = 0;
  return result(quantize(dec(self), b, work), c);
}

function decimal_fma(self: PyObject, other: PyObject, third: PyObject, context: PyObject | null): PyObject {
  const c = ctx_argument(context);
  const b = argument(other);
  const d = argument(third);
  raised.flags = 0;
  return result(fma(dec(self), b, d, c), c);
}

export function same_quantum(a: Dec, b: Dec): boolean {
  if (a.kind !== FINITE || b.kind !== FINITE) {
    return (is_nan(a) && is_nan(b)) || (a.kind === INFINITE && b.kind === INFINITE);
  }
  return a.exp === b.exp;
}

/** What is asked of a number, without or with a context. */
export const TESTS: Readonly<Record<string, (a: Dec) => boolean>> = {
  is_canonical: () => true,
  is_finite: a => a.kind === FINITE,
  is_infinite: a => a.kind === INFINITE,
  is_nan,
  is_qnan: a => a.kind === QNAN,
  is_snan: a => a.kind === SNAN,
  is_signed: a => a.neg,
  is_zero,
};

export const CONTEXT_TESTS: Readonly<Record<string, (a: Dec, c: Ctx) => boolean>> = {
  is_normal: (a, c) => a.kind === FINITE && a.coef !== 0n && adjusted(a) >= c.emin,
  is_subnormal: (a, c) => a.kind === FINITE && a.coef !== 0n && adjusted(a) < c.emin,
};

function methods(): MethodSpec[] {
  const rows: MethodSpec[] = [];
  const add_row = (name: string, sig: string, meth: MethodSpec['meth']): void => {
    rows.push({ name, flags: METH_CLINIC, meth, sig });
  };
  const no_arguments = (name: string, meth: (self: PyObject) => PyObject): void => {
    rows.push({ name, flags: METH_NOARGS, meth, sig: '($self, /)' });
  };
  for (const [name, op] of Object.entries(UNARY)) {
    add_row(name, '($self, /, context=None)', (self: PyObject, context: PyObject | null): PyObject => {
      const c = ctx_argument(context);
      raised.flags = 0;
      return result(op(dec(self), c), c);
    });
  }
  for (const [name, op] of Object.entries(BINARY)) {
    add_row(name, '($self, /, other, context=None)', (self: PyObject, other: PyObject, context: PyObject | null) => {
      const c = ctx_argument(context);
      const b = argument(other);
      raised.flags = 0;
      return result(op(dec(self), b, c), c);
    });
  }
  for (const name of ['to_integral', 'to_integral_exact', 'to_integral_value']) {
    add_row(name, '($self, /, rounding=None, context=None)', integral_method(name === 'to_integral_exact'));
  }
  add_row('quantize', '($self, /, exp, rounding=None, context=None)', decimal_quantize);
  add_row('fma', '($self, /, other, third, context=None)', decimal_fma);
  for (const [name, test] of Object.entries(TESTS)) no_arguments(name, self => PyBool_FromLong(test(dec(self))));
  for (const [name, test] of Object.entries(CONTEXT_TESTS)) {
    add_row(name, '($self, /, context=None)', (self: PyObject, context: PyObject | null) =>
      PyBool_FromLong(test(dec(self), ctx_argument(context))),
    );
  }
  no_arguments('adjusted', self => PyLong_FromLong(dec(self).kind === FINITE ? adjusted(dec(self)) : 0));
  no_arguments('canonical', newref);
  no_arguments('conjugate', newref);
  no_arguments('radix', () => new_decimal(from_int(10)));
  no_arguments('copy_abs', self => new_decimal(dec(self).neg ? negated(dec(self)) : dec(self)));
  no_arguments('copy_negate', self => new_decimal(negated(dec(self))));
  add_row('number_class', '($self, /, context=None)', (self: PyObject, context: PyObject | null) =>
    PyUnicode_FromString(number_class(dec(self), ctx_argument(context), adjusted(dec(self)))),
  );
  add_row('to_eng_string', '($self, /, context=None)', decimal_to_eng_string);
  add_row(
    'same_quantum',
    '($self, /, other, context=None)',
    (self: PyObject, other: PyObject, context: PyObject | null) => {
      ctx_argument(context);
      return PyBool_FromLong(same_quantum(dec(self), argument(other)));
    },
  );
  rows.push({ name: 'from_float', flags: METH_O | METH_CLASS, meth: decimal_from_float, sig: '($type, f, /)' });
  rows.push({ name: 'from_number', flags: METH_O | METH_CLASS, meth: decimal_from_number, sig: '($type, number, /)' });
  no_arguments('as_tuple', decimal_as_tuple);
  no_arguments('as_integer_ratio', decimal_as_integer_ratio);
  no_arguments('__copy__', newref);
  rows.push({ name: '__deepcopy__', flags: METH_O, meth: (self: PyObject) => newref(self), sig: '($self, object, /)' });
  rows.push({ name: '__format__', flags: METH_FASTCALL, meth: decimal_format });
  no_arguments('__reduce__', decimal_reduce);
  rows.push({ name: '__round__', flags: METH_FASTCALL, meth: decimal_round });
  no_arguments('__ceil__', self => to_int(dec(self), ROUND_CEILING));
  no_arguments('__floor__', self => to_int(dec(self), ROUND_FLOOR));
  no_arguments('__trunc__', self => to_int(dec(self), ROUND_DOWN));
  no_arguments('__complex__', decimal_complex);
  no_arguments('__sizeof__', decimal_sizeof);
  return rows;
}

function decimal_format(self: PyObject, args: PyObject[]): PyObject {
  check_positional('__format__', args.length, 1, 2);
  return format_decimal(dec(self), args[0]!, args[1] ?? null, current_ctx());
}

export const decimal_type: PyTypeObject = module_type('_decimal', {
  name: 'decimal.Decimal',
  heap: 'immutable',
  tp_basicsize: 104,
  tp_flags: Py_TPFLAGS_BASETYPE,
  tp_doc: 'Construct a new Decimal object.',
  tp_new: decimal_new,
  tp_dealloc: decimal_dealloc,
  tp_repr: decimal_repr,
  tp_str: decimal_str,
  tp_hash: decimal_hash,
  tp_richcompare: decimal_richcompare,
  nb_add: binary(add),
  nb_subtract: binary(subtract),
  nb_multiply: binary(multiply),
  nb_remainder: binary(remainder),
  nb_divmod: decimal_divmod,
  nb_power: decimal_power,
  nb_negative: unary(minus),
  nb_positive: unary(plus),
  nb_absolute: unary(magnitude),
  nb_bool: self => !is_zero(dec(self)),
  nb_int: self => to_int(dec(self), ROUND_DOWN),
  nb_float: decimal_float,
  nb_floor_divide: binary(divide_int),
  nb_true_divide: binary(divide),
  methods: methods(),
  getset: [
    { name: 'real', get: newref },
    { name: 'imag', get: () => new_decimal(from_int(0)) },
  ],
  after_ready: type => {
    type.tp_data = { text_signature: NEW_SIG };
    decimalType.type = type;
  },
});
