// _operator.ts: operators as functions, and the getters.                          CPython: Modules/_operator.c
//
// The functions are the abstract operations of objects/abstract.ts; the getters are in _operator/getters.ts.

import { PyErr_SetString } from '../core/errors.ts';
import { Py_EQ, Py_GE, Py_GT, Py_LE, Py_LT, Py_NE, type PyObject } from '../core/object.ts';
import { METH_CLINIC, METH_FASTCALL, METH_KEYWORDS, METH_O, type MethodSpec, type ModuleSpec } from '../core/spec.ts';
import {
  PyNumber_Absolute,
  PyNumber_Add,
  PyNumber_And,
  PyNumber_FloorDivide,
  PyNumber_Index,
  PyNumber_InPlaceAdd,
  PyNumber_InPlaceAnd,
  PyNumber_InPlaceFloorDivide,
  PyNumber_InPlaceLshift,
  PyNumber_InPlaceMatrixMultiply,
  PyNumber_InPlaceMultiply,
  PyNumber_InPlaceOr,
  PyNumber_InPlacePower,
  PyNumber_InPlaceRemainder,
  PyNumber_InPlaceRshift,
  PyNumber_InPlaceSubtract,
  PyNumber_InPlaceTrueDivide,
  PyNumber_InPlaceXor,
  PyNumber_Invert,
  PyNumber_Lshift,
  PyNumber_MatrixMultiply,
  PyNumber_Multiply,
  PyNumber_Negative,
  PyNumber_Or,
  PyNumber_Positive,
  PyNumber_Power,
  PyNumber_Remainder,
  PyNumber_Rshift,
  PyNumber_Subtract,
  PyNumber_TrueDivide,
  PyNumber_Xor,
  PyObject_DelItem,
  PyObject_GetItem,
  PyObject_LengthHint,
  PyObject_SetItem,
  PySequence_Concat,
  PySequence_Contains,
  PySequence_Count,
  PySequence_Index,
  PySequence_InPlaceConcat,
} from '../objects/abstract.ts';
import { PyBool_FromLong } from '../objects/boolobject.ts';
import { PyObject_Vectorcall } from '../objects/call.ts';
import { PyUnicode_Check } from '../objects/checks.ts';
import { PyExc_TypeError } from '../objects/exceptions.ts';
import { PyLong_FromLong } from '../objects/longobject.ts';
import { Py_None, PyObject_IsTrue, PyObject_Not, PyObject_RichCompare, type_name_of } from '../objects/object.ts';
import { attrgetter_type, itemgetter_type, methodcaller_type } from './_operator/getters.ts';
import { c_ssize, none, read_buffer, release } from './args.ts';

type Unary = (a: PyObject) => PyObject;
type Binary = (a: PyObject, b: PyObject) => PyObject;

function unary(name: string, f: Unary): MethodSpec {
  return { name, flags: METH_O, meth: (_module: PyObject, a: PyObject) => f(a), sig: '($module, a, /)' };
}

function binary(name: string, f: Binary): MethodSpec {
  return {
    name,
    flags: METH_CLINIC,
    meth: (_module: PyObject, a: PyObject, b: PyObject) => f(a, b),
    sig: '($module, a, b, /)',
  };
}

function comparison(name: string, op: number): MethodSpec {
  return binary(name, (a, b) => PyObject_RichCompare(a, b, op));
}

function predicate(name: string, f: (a: PyObject) => boolean): MethodSpec {
  return unary(name, a => PyBool_FromLong(f(a)));
}

function delitem(a: PyObject, b: PyObject): PyObject {
  PyObject_DelItem(a, b);
  return none();
}

function setitem(_module: PyObject, a: PyObject, b: PyObject, c: PyObject): PyObject {
  PyObject_SetItem(a, b, c);
  return none();
}

function length_hint(_module: PyObject, obj: PyObject, default_object: PyObject | null): PyObject {
  return PyLong_FromLong(PyObject_LengthHint(obj, default_object === null ? 0 : c_ssize(default_object)));
}

/** Compares all units whatever the first difference, so that the time tells nothing of it. CPython: _tscmp */
function same_units(a: ArrayLike<number>, b: ArrayLike<number>): boolean {
  let difference = a.length === b.length ? 0 : 1;
  for (let i = 0; i < b.length; i++) difference |= (a.length === b.length ? a[i]! : b[i]!) ^ b[i]!;
  return difference === 0;
}

/** Code points of an ASCII str. */
function ascii_units(o: PyObject): Uint8Array {
  const text = o.v as string | Uint32Array;
  const out = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) {
    const c = typeof text === 'string' ? text.charCodeAt(i) : text[i]!;
    if (c > 127) PyErr_SetString(PyExc_TypeError, 'comparing strings with non-ASCII characters is not supported');
    out[i] = c;
  }
  return out;
}

function _compare_digest(a: PyObject, b: PyObject): PyObject {
  if (PyUnicode_Check(a) && PyUnicode_Check(b)) return PyBool_FromLong(same_units(ascii_units(a), ascii_units(b)));
  if (a.ob_type.bf_getbuffer === null && b.ob_type.bf_getbuffer === null) {
    PyErr_SetString(
      PyExc_TypeError,
      `unsupported operand types(s) or combination of types: '${type_name_of(a)}' and '${type_name_of(b)}'`,
    );
  }
  const x = read_buffer(a);
  try {
    const y = read_buffer(b);
    const same = same_units(x.bytes, y.bytes);
    release(y);
    return PyBool_FromLong(same);
  } finally {
    release(x);
  }
}

function operator_call(_module: PyObject, args: PyObject[], kwnames: PyObject | null): PyObject {
  const positional = args.length - (kwnames === null ? 0 : (kwnames as PyObject<PyObject[]>).v.length);
  if (positional < 1) PyErr_SetString(PyExc_TypeError, 'call expected at least 1 argument, got 0');
  return PyObject_Vectorcall(args[0]!, args.slice(1), kwnames);
}

function index_of(a: PyObject, b: PyObject): PyObject {
  return PyLong_FromLong(PySequence_Index(a, b));
}

export const module: ModuleSpec = {
  name: '_operator',
  doc: 'Operators as functions.',
  types: () => [attrgetter_type, itemgetter_type, methodcaller_type],
  methods: [
    predicate('truth', PyObject_IsTrue),
    binary('contains', (a, b) => PyBool_FromLong(PySequence_Contains(a, b))),
    binary('indexOf', index_of),
    binary('countOf', (a, b) => PyLong_FromLong(PySequence_Count(a, b))),
    binary('is_', (a, b) => PyBool_FromLong(a === b)),
    binary('is_not', (a, b) => PyBool_FromLong(a !== b)),
    predicate('is_none', a => a === Py_None),
    predicate('is_not_none', a => a !== Py_None),
    unary('index', PyNumber_Index),
    binary('add', PyNumber_Add),
    binary('sub', PyNumber_Subtract),
    binary('mul', PyNumber_Multiply),
    binary('matmul', PyNumber_MatrixMultiply),
    binary('floordiv', PyNumber_FloorDivide),
    binary('truediv', PyNumber_TrueDivide),
    binary('mod', PyNumber_Remainder),
    unary('neg', PyNumber_Negative),
    unary('pos', PyNumber_Positive),
    unary('abs', PyNumber_Absolute),
    unary('inv', PyNumber_Invert),
    unary('invert', PyNumber_Invert),
    binary('lshift', PyNumber_Lshift),
    binary('rshift', PyNumber_Rshift),
    predicate('not_', PyObject_Not),
    binary('and_', PyNumber_And),
    binary('xor', PyNumber_Xor),
    binary('or_', PyNumber_Or),
    binary('iadd', PyNumber_InPlaceAdd),
    binary('isub', PyNumber_InPlaceSubtract),
    binary('imul', PyNumber_InPlaceMultiply),
    binary('imatmul', PyNumber_InPlaceMatrixMultiply),
    binary('ifloordiv', PyNumber_InPlaceFloorDivide),
    binary('itruediv', PyNumber_InPlaceTrueDivide),
    binary('imod', PyNumber_InPlaceRemainder),
    binary('ilshift', PyNumber_InPlaceLshift),
    binary('irshift', PyNumber_InPlaceRshift),
    binary('iand', PyNumber_InPlaceAnd),
    binary('ixor', PyNumber_InPlaceXor),
    binary('ior', PyNumber_InPlaceOr),
    binary('concat', PySequence_Concat),
    binary('iconcat', PySequence_InPlaceConcat),
    binary('getitem', PyObject_GetItem),
    { name: 'setitem', flags: METH_CLINIC, meth: setitem, sig: '($module, a, b, c, /)' },
    binary('delitem', delitem),
    binary('pow', (a, b) => PyNumber_Power(a, b, Py_None)),
    binary('ipow', (a, b) => PyNumber_InPlacePower(a, b, Py_None)),
    comparison('eq', Py_EQ),
    comparison('ne', Py_NE),
    comparison('lt', Py_LT),
    comparison('le', Py_LE),
    comparison('gt', Py_GT),
    comparison('ge', Py_GE),
    binary('_compare_digest', _compare_digest),
    { name: 'length_hint', flags: METH_CLINIC, meth: length_hint, sig: '($module, obj, default=0, /)' },
    {
      name: 'call',
      flags: METH_FASTCALL | METH_KEYWORDS,
      meth: operator_call,
      sig: '($module, obj, /, *args, **kwargs)',
    },
  ],
};
