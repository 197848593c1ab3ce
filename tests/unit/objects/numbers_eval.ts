// numbers_eval.ts: evaluates a Python expression on the objects alone, without compiler or VM.
//
// It walks the AST and calls the abstract operations, so that what natives do can be compared with recorded answers.
import { PyErr_SetString, Raised } from '../../../src/core/errors.ts';
import { hash_to_bigint } from '../../../src/core/hash.ts';
import { decref, decref_all, newref, type PyObject } from '../../../src/core/object.ts';
import { METH_FASTCALL, type ModuleSpec } from '../../../src/core/spec.ts';
import {
  PyNumber_Absolute,
  PyNumber_Add,
  PyNumber_And,
  PyNumber_Divmod,
  PyNumber_FloorDivide,
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
  PyNumber_ToBase,
  PyNumber_TrueDivide,
  PyNumber_Xor,
  PyObject_Format,
  PyObject_GetItem,
  PyObject_Size,
} from '../../../src/objects/abstract.ts';
import { PyBool_FromLong, PyBool_Type } from '../../../src/objects/boolobject.ts';
import { PyByteArray_Type } from '../../../src/objects/bytearrayobject.ts';
import { PyBytes_FromUint8Array, PyBytes_Type } from '../../../src/objects/bytesobject.ts';
import { PyObject_CallNoArgs, PyObject_CallOneArg, PyObject_Vectorcall } from '../../../src/objects/call.ts';
import { PyComplex_FromDoubles, PyComplex_Type } from '../../../src/objects/complexobject.ts';
import { PyExc_TypeError } from '../../../src/objects/exceptions.ts';
import { PyFloat_FromDouble, PyFloat_Type } from '../../../src/objects/floatobject.ts';
import { PyArg_CheckPositional } from '../../../src/objects/getargs.ts';
import { PyList_FromArraySteal, PyList_Type } from '../../../src/objects/listobject.ts';
import { PyLong_FromBigInt, PyLong_FromLong, PyLong_Type } from '../../../src/objects/longobject.ts';
import { PyMemoryView_Type } from '../../../src/objects/memoryobject.ts';
import { MethodDef, PyCFunction_New } from '../../../src/objects/methodobject.ts';
import { exec_module_spec, module_from_spec } from '../../../src/objects/moduleobject.ts';
import {
  _PyObject_LookupSpecial,
  Py_None,
  PyObject_GetAttrString,
  PyObject_Hash,
  PyObject_Not,
  PyObject_Repr,
  PyObject_RichCompare,
  repr_string,
  str_string,
} from '../../../src/objects/object.ts';
import { PySlice_New } from '../../../src/objects/sliceobject.ts';
import { PyTuple_FromArraySteal, PyTuple_Type } from '../../../src/objects/tupleobject.ts';
import { _Py_ID, PyUnicode_FromString, PyUnicode_Type } from '../../../src/objects/unicodeobject.ts';
import type { expr } from '../../../src/parser/ast.generated.ts';
import { Complex as ComplexConstant, type Constant } from '../../../src/parser/constants.ts';
import { parse } from '../../../src/parser/parser.ts';

type Binary = (a: PyObject, b: PyObject) => PyObject;

const BINARY: Record<string, Binary> = {
  Add: PyNumber_Add,
  Sub: PyNumber_Subtract,
  Mult: PyNumber_Multiply,
  MatMult: PyNumber_MatrixMultiply,
  Div: PyNumber_TrueDivide,
  FloorDiv: PyNumber_FloorDivide,
  Mod: PyNumber_Remainder,
  LShift: PyNumber_Lshift,
  RShift: PyNumber_Rshift,
  BitAnd: PyNumber_And,
  BitOr: PyNumber_Or,
  BitXor: PyNumber_Xor,
  Pow: (a, b) => PyNumber_Power(a, b, Py_None),
};
const UNARY: Record<string, (a: PyObject) => PyObject> = {
  USub: PyNumber_Negative,
  UAdd: PyNumber_Positive,
  Invert: PyNumber_Invert,
  Not: a => PyBool_FromLong(PyObject_Not(a)),
};
const COMPARE: Record<string, number> = { Lt: 0, LtE: 1, Eq: 2, NotEq: 3, Gt: 4, GtE: 5 };

class UnknownName extends Error {}

const names = new Map<string, PyObject>();

function builtin(name: string, min: number, max: number, f: (...args: PyObject[]) => PyObject): void {
  const meth = (_self: PyObject, args: PyObject[]): PyObject => {
    PyArg_CheckPositional(name, args.length, min, max);
    return f(...args);
  };
  names.set(name, PyCFunction_New(new MethodDef({ name, flags: METH_FASTCALL, meth }), newref(Py_None), null));
}

function round(o: PyObject, n?: PyObject): PyObject {
  const method = _PyObject_LookupSpecial(o, _Py_ID('__round__'));
  if (method === null) {
    PyErr_SetString(PyExc_TypeError, `type ${o.ob_type.tp_name} doesn't define __round__ method`);
  }
  try {
    return n === undefined || n === Py_None ? PyObject_CallNoArgs(method) : PyObject_CallOneArg(method, n);
  } finally {
    decref(method);
  }
}

/** Defines the names that expressions may use. */
export function define_names(modules: ModuleSpec[]): void {
  const types = [PyLong_Type, PyFloat_Type, PyComplex_Type, PyBool_Type, PyUnicode_Type, PyBytes_Type];
  for (const t of [...types, PyByteArray_Type, PyMemoryView_Type, PyList_Type, PyTuple_Type]) names.set(t.tp_name, t);
  for (const spec of modules) {
    const m = module_from_spec(spec, spec.name);
    exec_module_spec(m);
    names.set(spec.name, m);
  }
  builtin('abs', 1, 1, PyNumber_Absolute);
  builtin('repr', 1, 1, PyObject_Repr);
  builtin('hash', 1, 1, o => PyLong_FromBigInt(hash_to_bigint(PyObject_Hash(o))));
  builtin('pow', 2, 3, (a, b, c) => PyNumber_Power(a, b, c ?? Py_None));
  builtin('divmod', 2, 2, PyNumber_Divmod);
  builtin('format', 1, 2, (o, spec) => PyObject_Format(o, spec ?? null));
  builtin('len', 1, 1, o => PyLong_FromLong(PyObject_Size(o)));
  builtin('bin', 1, 1, o => PyNumber_ToBase(o, 2));
  builtin('oct', 1, 1, o => PyNumber_ToBase(o, 8));
  builtin('hex', 1, 1, o => PyNumber_ToBase(o, 16));
  builtin('round', 1, 2, round);
  names.set('struct', names.get('_struct')!);
}

function constant(v: Constant): PyObject {
  if (v === null) return newref(Py_None);
  if (typeof v === 'boolean') return PyBool_FromLong(v);
  if (typeof v === 'bigint') return PyLong_FromBigInt(v);
  if (typeof v === 'number') return PyFloat_FromDouble(v);
  if (typeof v === 'string') return PyUnicode_FromString(v);
  if (v instanceof Uint8Array) return PyBytes_FromUint8Array(v.slice());
  if (v instanceof ComplexConstant) return PyComplex_FromDoubles(v.real, v.imag);
  throw new Error('constant of a kind that tests do not use');
}

/** Evaluates all, or none when one raises. */
function all(nodes: readonly expr[]): PyObject[] {
  const values: PyObject[] = [];
  try {
    for (const node of nodes) values.push(evaluate(node));
  } catch (e) {
    decref_all(values);
    throw e;
  }
  return values;
}

function kind_of(op: unknown): string {
  return typeof op === 'string' ? op : (op as { _type: string })._type;
}

/** Calls `f` with the values of the nodes, which are released afterwards. */
function with_values(nodes: readonly expr[], f: (...values: PyObject[]) => PyObject): PyObject {
  const values = all(nodes);
  try {
    return f(...values);
  } finally {
    decref_all(values);
  }
}

function evaluate(node: expr): PyObject {
  switch (node._type) {
    case 'Constant':
      return constant(node.value);
    case 'Name': {
      const value = node.id === 'None' ? Py_None : names.get(node.id);
      if (value === undefined) throw new UnknownName(node.id);
      return newref(value);
    }
    case 'BinOp':
      return with_values([node.left, node.right], BINARY[kind_of(node.op)]!);
    case 'UnaryOp':
      return with_values([node.operand], UNARY[kind_of(node.op)]!);
    case 'Compare':
      return with_values([node.left, node.comparators[0]!], (a, b) =>
        PyObject_RichCompare(a, b, COMPARE[kind_of(node.ops[0])]!),
      );
    case 'Tuple':
      return PyTuple_FromArraySteal(all(node.elts));
    case 'List':
      return PyList_FromArraySteal(all(node.elts));
    case 'Attribute':
      return with_values([node.value], o => PyObject_GetAttrString(o, node.attr));
    case 'Subscript': {
      const index = node.slice;
      if (index._type !== 'Slice') return with_values([node.value, index], PyObject_GetItem);
      const bounds = [index.lower, index.upper].map(n => n ?? null);
      return with_values([node.value, ...bounds.filter(n => n !== null)], (o, ...given) => {
        const next = (n: expr | null): PyObject | null => (n === null ? null : given.shift()!);
        const slice = PySlice_New(next(bounds[0]!), next(bounds[1]!), null);
        try {
          return PyObject_GetItem(o, slice);
        } finally {
          decref(slice);
        }
      });
    }
    case 'Call': {
      const keywords = node.keywords;
      const nodes = [node.func, ...node.args, ...keywords.map(k => k.value)];
      return with_values(nodes, (f, ...args) => {
        if (keywords.length === 0) return PyObject_Vectorcall(f!, args, null);
        const kwnames = PyTuple_FromArraySteal(keywords.map(k => PyUnicode_FromString(k.arg!)));
        try {
          return PyObject_Vectorcall(f!, args, kwnames);
        } finally {
          decref(kwnames);
        }
      });
    }
    default:
      throw new Error(`${node._type} is not for this evaluator`);
  }
}

/** repr() of the expression's value, or its error as `Type: message`; addresses are masked. */
export function answer(source: string): string {
  const tree = parse(source, '<case>', 'eval', { intMaxStrDigits: 0 }) as { body: expr };
  try {
    const value = evaluate(tree.body);
    try {
      return repr_string(value).replace(/0x[0-9a-f]+>/g, '0x>');
    } finally {
      decref(value);
    }
  } catch (e) {
    if (e instanceof UnknownName) return `NameError: name '${e.message}' is not defined`;
    if (!(e instanceof Raised)) throw e;
    const name = e.exc.ob_type.tp_name;
    const text = `${name.slice(name.lastIndexOf('.') + 1)}: ${str_string(e.exc)}`;
    decref(e.exc);
    return text;
  }
}
