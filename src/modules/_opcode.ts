// _opcode.ts: facts about instructions for opcode.py and dis.py.                          CPython: Modules/_opcode.c
//
// Everything is read from the table of src/opcode.

import { PyErr_SetString } from '../core/errors.ts';
import { newref, type PyObject } from '../core/object.ts';
import { METH_CLINIC, METH_NOARGS, type MethodSpec, type ModuleSpec } from '../core/spec.ts';
import { Py_False, Py_True, PyBool_FromLong } from '../objects/boolobject.ts';
import { PyCode_Check } from '../objects/codeobject.ts';
import { PyExc_TypeError, PyExc_ValueError } from '../objects/exceptions.ts';
import { PyList_FromArraySteal } from '../objects/listobject.ts';
import { PyLong_FromLong } from '../objects/longobject.ts';
import { PyModule_AddIntConstant } from '../objects/moduleobject.ts';
import { Py_None } from '../objects/object.ts';
import { PyTuple_FromArraySteal } from '../objects/tupleobject.ts';
import { PyUnicode_FromString } from '../objects/unicodeobject.ts';
import {
  HAS_ARG,
  HAS_CONST,
  HAS_FREE,
  HAS_JUMP,
  HAS_LOCAL,
  HAS_NAME,
  MIN_PSEUDO_OPCODE,
  numPopped,
  numPushed,
  OPCODE_DEOPT,
  OPCODE_FLAGS,
  OPCODE_NAMES,
  SETUP_CLEANUP,
  SETUP_FINALLY,
  SETUP_WITH,
} from '../opcode/opcodes.generated.ts';
import { INTRINSICS_1, INTRINSICS_2, NB_OPS, SPECIAL_METHODS } from '../opcode/operands.ts';
import { c_int } from './args.ts';

function is_valid(opcode: number): boolean {
  return opcode >= 0 && opcode < OPCODE_NAMES.length && OPCODE_NAMES[opcode] !== '';
}

/** The instructions that begin a protected range. */
function has_exc(opcode: number): boolean {
  return opcode === SETUP_FINALLY || opcode === SETUP_WITH || opcode === SETUP_CLEANUP;
}

function has_flag(opcode: number, flag: number): boolean {
  return is_valid(opcode) && (OPCODE_FLAGS[opcode]! & flag) !== 0;
}

/** CPython: Modules/_opcode.c:_opcode_stack_effect_impl, Python/compile.c:stack_effect */
function stack_effect(_module: PyObject, op: PyObject, oparg: PyObject | null, jump: PyObject | null): PyObject {
  const opcode = c_int(op);
  const arg = oparg === null || oparg === Py_None ? 0 : c_int(oparg);
  const not_taken = jump === Py_False;
  if (jump !== null && jump !== Py_None && jump !== Py_True && !not_taken) {
    PyErr_SetString(PyExc_ValueError, 'stack_effect: jump must be False, True or None');
  }
  // Specialised forms have no effect of their own to ask for.
  const general = is_valid(opcode) && (opcode >= MIN_PSEUDO_OPCODE || OPCODE_DEOPT[opcode] === opcode);
  const popped = general ? numPopped(opcode, arg) : -1;
  const pushed = general ? numPushed(opcode, arg) : -1;
  if (popped < 0 || pushed < 0) PyErr_SetString(PyExc_ValueError, 'invalid opcode or oparg');
  return PyLong_FromLong(not_taken && has_exc(opcode) ? 0 : pushed - popped);
}

/** A function that tells something about an opcode number. */
function predicate(name: string, test: (opcode: number) => boolean): MethodSpec {
  return {
    name,
    flags: METH_CLINIC,
    meth: (_module: PyObject, opcode: PyObject) => PyBool_FromLong(test(c_int(opcode))),
    sig: '($module, /, opcode)',
  };
}

/** A function without arguments that gives a new list. */
function lister(name: string, items: () => PyObject[]): MethodSpec {
  return { name, flags: METH_NOARGS, meth: () => PyList_FromArraySteal(items()), sig: '($module, /)' };
}

function get_executor(_module: PyObject, code: PyObject, offset: PyObject): PyObject {
  c_int(offset);
  if (!PyCode_Check(code)) {
    PyErr_SetString(PyExc_TypeError, `expected a code object, not '${code.ob_type.tp_name}'`);
  }
  PyErr_SetString(PyExc_ValueError, 'no executor at given byte offset');
}

export const module: ModuleSpec = {
  name: '_opcode',
  doc: 'Opcode support module.',
  methods: [
    {
      name: 'stack_effect',
      flags: METH_CLINIC,
      meth: stack_effect,
      sig: '($module, opcode, oparg=None, /, *, jump=None)',
    },
    predicate('is_valid', is_valid),
    predicate('has_arg', opcode => has_flag(opcode, HAS_ARG)),
    predicate('has_const', opcode => has_flag(opcode, HAS_CONST)),
    predicate('has_name', opcode => has_flag(opcode, HAS_NAME)),
    predicate('has_jump', opcode => has_flag(opcode, HAS_JUMP)),
    predicate('has_free', opcode => has_flag(opcode, HAS_FREE)),
    predicate('has_local', opcode => has_flag(opcode, HAS_LOCAL)),
    predicate('has_exc', has_exc),
    { name: 'get_specialization_stats', flags: METH_NOARGS, meth: () => newref(Py_None), sig: '($module, /)' },
    lister('get_nb_ops', () =>
      NB_OPS.map(([name, symbol]) =>
        PyTuple_FromArraySteal([PyUnicode_FromString(name), PyUnicode_FromString(symbol)]),
      ),
    ),
    lister('get_intrinsic1_descs', () => INTRINSICS_1.map(s => PyUnicode_FromString(s))),
    lister('get_intrinsic2_descs', () => INTRINSICS_2.map(s => PyUnicode_FromString(s))),
    lister('get_special_method_names', () => SPECIAL_METHODS.map(row => PyUnicode_FromString(row[1]))),
    { name: 'get_executor', flags: METH_CLINIC, meth: get_executor, sig: '($module, /, code, offset)' },
  ],
  exec(m) {
    PyModule_AddIntConstant(m, 'ENABLE_SPECIALIZATION', 1);
    PyModule_AddIntConstant(m, 'ENABLE_SPECIALIZATION_FT', 1);
  },
};
