// _decimal.ts: decimal numbers.                                                       CPython: Modules/_decimal/_decimal.c
//
// The folder decimal/: number, arithmetic, fixed, transcendental and text compute with plain values (BigInt coefficients);
// context, convert, decimal_type, context_type and format are what Python sees.

import { PyErr_SetString } from '../core/errors.ts';
import { decref, newref, type PyObject, type PyTypeObject } from '../core/object.ts';
import { METH_KEYWORDS, METH_NOARGS, METH_O, METH_VARARGS, type ModuleSpec } from '../core/spec.ts';
import { Py_True } from '../objects/boolobject.ts';
import { PyObject_Call, PyObject_CallMethodOneArg } from '../objects/call.ts';
import { PyDict_New, PyDict_SetItemString } from '../objects/dictobject.ts';
import { PyExc_TypeError, PyExc_ValueError } from '../objects/exceptions.ts';
import { PyArg_Clinic } from '../objects/getargs.ts';
import { PyImport_ImportModuleAttr } from '../objects/import_util.ts';
import { PyLong_FromBigInt } from '../objects/longobject.ts';
import {
  PyModule_Add,
  PyModule_AddIntConstant,
  PyModule_AddObjectRef,
  PyModule_AddStringConstant,
} from '../objects/moduleobject.ts';
import { Py_None } from '../objects/object.ts';
import { PyTuple_FromArraySteal, tuple_pair_steal } from '../objects/tupleobject.ts';
import { PyObject_TypeCheck, PyType_Type } from '../objects/typeobject.ts';
import { _Py_ID, PyUnicode_FromString } from '../objects/unicodeobject.ts';
import { PyContextVar_New } from './_contextvars.ts';
import { c_ssize } from './args.ts';
import {
  Clamped,
  type ContextObject,
  ConversionSyntax,
  Ctx,
  current_context,
  DecimalException,
  DivisionByZero,
  DivisionImpossible,
  DivisionUndefined,
  FloatOperation,
  held,
  Inexact,
  InvalidContext,
  InvalidOperation,
  new_context,
  Overflow,
  Rounded,
  Subnormal,
  signal_mixin_type,
  Underflow,
} from './decimal/context.ts';
import { context_type, new_manager, set_attributes, set_current } from './decimal/context_type.ts';
import { decimal_type, decimalTuple, rationals } from './decimal/decimal_type.ts';
import {
  ANY_INVALID,
  CLAMPED,
  DIVISION_BY_ZERO,
  OVERFLOW,
  ROUND_HALF_EVEN,
  ROUND_HALF_UP,
  UNDERFLOW,
} from './decimal/number.ts';
import { ROUNDINGS } from './decimal/operations.ts';

function getcontext(_m: PyObject): PyObject {
  return current_context();
}

function setcontext(_m: PyObject, context: PyObject): PyObject {
  set_current(context);
  return newref(Py_None);
}

const LOCAL_SIG =
  '(ctx=None, *, prec=None, rounding=None, Emin=None, Emax=None, capitals=None, clamp=None, flags=None, traps=None)';
const ATTRIBUTES = ['prec', 'rounding', 'Emin', 'Emax', 'capitals', 'clamp', 'flags', 'traps'];

/** CPython: _decimal_localcontext_impl */
function localcontext(_m: PyObject, args: PyObject, kwargs: PyObject | null): PyObject {
  const [ctx, ...attributes] = PyArg_Clinic('localcontext', LOCAL_SIG, args, kwargs);
  const global = current_context();
  let local = global;
  if (ctx != null && ctx !== Py_None) {
    if (!PyObject_TypeCheck(ctx, context_type)) {
      decref(global);
      PyErr_SetString(PyExc_TypeError, 'optional argument must be a context');
    }
    local = ctx;
  }
  const copy = new_context((local as ContextObject).v.copy());
  try {
    set_attributes((copy as ContextObject).v, ATTRIBUTES, attributes);
  } catch (e) {
    decref(copy);
    decref(global);
    throw e;
  }
  return new_manager(copy, global);
}

/** A context of the IEEE 754 interchange formats. CPython: mpd_ieee_context */
function IEEEContext(_m: PyObject, bits_arg: PyObject): PyObject {
  const bits = c_ssize(bits_arg);
  if (bits <= 0 || bits > 512 || bits % 32 !== 0) {
    PyErr_SetString(PyExc_ValueError, 'argument must be a multiple of 32, with a maximum of 512');
  }
  const c = new Ctx();
  c.prec = 9 * (bits / 32) - 2;
  c.emax = 3 * 2 ** (bits / 16 + 3);
  c.emin = 1 - c.emax;
  c.round = ROUND_HALF_EVEN;
  c.traps = 0;
  c.clamp = 1;
  return new_context(c);
}

function template(prec: number, round: number, traps: number): PyObject {
  const c = new Ctx();
  c.prec = prec;
  c.round = round;
  c.traps = traps;
  return new_context(c);
}

/** Makes the context variable and the template contexts, once. */
function init_state(): void {
  init_types();
  held.variable = PyContextVar_New('decimal_context', null);
  held.default_context = template(28, ROUND_HALF_EVEN, ANY_INVALID | DIVISION_BY_ZERO | OVERFLOW);
  const basic = template(9, ROUND_HALF_UP, ANY_INVALID | DIVISION_BY_ZERO | OVERFLOW | UNDERFLOW | CLAMPED);
  const extended = template(9, ROUND_HALF_EVEN, 0);
  held.templates = [held.default_context, basic, extended];
}

/** Makes the Python classes that the types need. */
function init_types(): void {
  const namedtuple = PyImport_ImportModuleAttr('collections', 'namedtuple');
  const name = PyUnicode_FromString('DecimalTuple');
  const fields = PyUnicode_FromString('sign digits exponent');
  const kwargs = PyDict_New();
  const module_name = PyUnicode_FromString('decimal');
  PyDict_SetItemString(kwargs, 'module', module_name);
  const args = tuple_pair_steal(name, fields);
  const tuple = PyObject_Call(namedtuple, args, kwargs);
  decref(args);
  decref(kwargs);
  decref(module_name);
  decref(namedtuple);
  decimalTuple.type = tuple;

  const mapping = PyImport_ImportModuleAttr('collections.abc', 'MutableMapping');
  const bases = tuple_pair_steal(newref(signal_mixin_type), mapping);
  const class_args = PyTuple_FromArraySteal([PyUnicode_FromString('SignalDict'), bases, PyDict_New()]);
  held.signal_dict = PyObject_Call(PyType_Type, class_args, null) as PyTypeObject;
  decref(class_args);

  const number = PyImport_ImportModuleAttr('numbers', 'Number');
  decref(PyObject_CallMethodOneArg(number, 'register', decimal_type));
  decref(number);
  rationals.type = PyImport_ImportModuleAttr('numbers', 'Rational');
}

const EXCEPTIONS: () => PyTypeObject[] = () => [
  DecimalException,
  Clamped,
  InvalidOperation,
  DivisionByZero,
  Inexact,
  Rounded,
  Subnormal,
  Overflow,
  Underflow,
  FloatOperation,
  ConversionSyntax,
  DivisionImpossible,
  DivisionUndefined,
  InvalidContext,
];

export const module: ModuleSpec = {
  name: '_decimal',
  doc: 'C decimal arithmetic module',
  methods: [
    { name: 'getcontext', flags: METH_NOARGS, meth: getcontext, sig: '($module, /)' },
    { name: 'setcontext', flags: METH_O, meth: setcontext, sig: '($module, context, /)' },
    {
      name: 'localcontext',
      flags: METH_VARARGS | METH_KEYWORDS,
      meth: localcontext,
      sig: '($module, /, ctx=None, **kwargs)',
    },
    { name: 'IEEEContext', flags: METH_O, meth: IEEEContext, sig: '($module, bits, /)' },
  ],
  types: () => [decimal_type, context_type, ...EXCEPTIONS()],
  exec(m) {
    if (held.variable === null) init_state();
    const [, basic, extended] = held.templates as [PyObject, PyObject, PyObject];
    PyModule_AddObjectRef(m, 'DecimalTuple', decimalTuple.type!);
    PyModule_AddObjectRef(m, 'DefaultContext', held.templates[0]!);
    PyModule_AddObjectRef(m, 'BasicContext', basic);
    PyModule_AddObjectRef(m, 'ExtendedContext', extended);
    PyModule_AddObjectRef(m, 'HAVE_THREADS', Py_True);
    PyModule_AddObjectRef(m, 'HAVE_CONTEXTVAR', Py_True);
    for (const name of ROUNDINGS) PyModule_AddObjectRef(m, name, _Py_ID(name));
    PyModule_Add(m, 'MAX_PREC', PyLong_FromBigInt(999999999999999999n));
    PyModule_Add(m, 'MAX_EMAX', PyLong_FromBigInt(999999999999999999n));
    PyModule_Add(m, 'MIN_EMIN', PyLong_FromBigInt(-999999999999999999n));
    PyModule_Add(m, 'MIN_ETINY', PyLong_FromBigInt(-1999999999999999997n));
    PyModule_AddIntConstant(m, 'IEEE_CONTEXT_MAX_BITS', 512);
    PyModule_AddStringConstant(m, '__version__', '1.70');
    PyModule_AddStringConstant(m, '__libmpdec_version__', '2.5.1');
  },
};
