// ast_convert.ts: syntax trees of the front end as Python objects, and back.                 CPython: Python/Python-ast.c (ast2obj, obj2ast)
//
// Driven by the table of src/parser/asdl.ts. Constants are converted here too.
// Enter through: PyAST_mod2obj, PyAST_obj2mod, constant_to_object, object_to_constant.

import { PyErr_SetString } from '../core/errors.ts';
import { decref, decref_all, newref, type PyObject, type PyTypeObject } from '../core/object.ts';
import { PyObject_IsInstance } from '../objects/abstract.ts';
import { Py_True, PyBool_FromLong, PyBool_Type } from '../objects/boolobject.ts';
import { PyBytes_FromUint8Array, PyBytes_Type } from '../objects/bytesobject.ts';
import { PyList_Check, PyLong_Check } from '../objects/checks.ts';
import { PyComplex_FromDoubles, PyComplex_Type } from '../objects/complexobject.ts';
import { PyDict_SetItem } from '../objects/dictobject.ts';
import { PyExc_RecursionError, PyExc_RuntimeError, PyExc_TypeError, PyExc_ValueError } from '../objects/exceptions.ts';
import { PyFloat_FromDouble, PyFloat_Type } from '../objects/floatobject.ts';
import { PyList_FromArraySteal } from '../objects/listobject.ts';
import {
  PyLong_AsBigInt,
  PyLong_AsInt,
  PyLong_FromBigInt,
  PyLong_FromLong,
  PyLong_Type,
} from '../objects/longobject.ts';
import { instance_dict, Py_Ellipsis, Py_None, PyObject_GetOptionalAttr, repr_string } from '../objects/object.ts';
import { _PySet_Items, PyFrozenSet_New, PyFrozenSet_Type } from '../objects/setobject.ts';
import { PyTuple_FromArraySteal, PyTuple_Type } from '../objects/tupleobject.ts';
import {
  PyUnicode_AsString,
  PyUnicode_FromCodePoints,
  PyUnicode_FromString,
  PyUnicode_InternFromString,
  PyUnicode_Type,
} from '../objects/unicodeobject.ts';
import * as nodes from '../parser/ast.generated.ts';
import { Complex, type Constant, Ellipsis, FrozenSet, PyTuple, SurrogateStr } from '../parser/constants.ts';
import { type AstField, type AstNodeType, ast_state } from './ast_types.ts';

// --- constants -------------------------------------------------------------------------------------------------------

/** Stands for a value that no constant can be, until the validator names it. */
export class InvalidConstant {
  readonly type_name: string;
  constructor(type_name: string) {
    this.type_name = type_name;
  }
}

/** The Python object of a constant (a new reference). */
export function constant_to_object(c: Constant): PyObject {
  switch (typeof c) {
    case 'string':
      return PyUnicode_FromString(c);
    case 'bigint':
      return PyLong_FromBigInt(c);
    case 'number':
      return PyFloat_FromDouble(c);
    case 'boolean':
      return PyBool_FromLong(c);
    case 'symbol':
      return newref(Py_Ellipsis);
  }
  if (c === null) return newref(Py_None);
  if (c instanceof Uint8Array) return PyBytes_FromUint8Array(c);
  if (c instanceof SurrogateStr) return PyUnicode_FromCodePoints(c.points as number[]);
  if (c instanceof Complex) return PyComplex_FromDoubles(c.real, c.imag);
  const tuple = PyTuple_FromArraySteal(c.items.map(constant_to_object));
  if (c instanceof PyTuple) return tuple;
  try {
    return PyFrozenSet_New(tuple);
  } finally {
    decref(tuple);
  }
}

/** A str as the front end has it. */
function str_constant(o: PyObject): string | SurrogateStr {
  if (typeof o.v === 'string') return o.v;
  const points = o.v as Uint32Array;
  for (const c of points) if (c >= 0xd800 && c <= 0xdfff) return new SurrogateStr([...points]);
  return PyUnicode_AsString(o);
}

/** The constant that an object is; an InvalidConstant for objects of other (or derived) types. */
export function object_to_constant(o: PyObject): Constant {
  switch (o.ob_type) {
    case PyUnicode_Type:
      return str_constant(o);
    case PyLong_Type:
      return PyLong_AsBigInt(o);
    case PyFloat_Type:
      return o.v as number;
    case PyBool_Type:
      return o === Py_True;
    case PyBytes_Type:
      return o.v as Uint8Array;
    case PyComplex_Type: {
      const { real, imag } = o.v as { real: number; imag: number };
      return new Complex(real, imag);
    }
    case PyTuple_Type:
      return new PyTuple((o.v as PyObject[]).map(object_to_constant));
    case PyFrozenSet_Type:
      return new FrozenSet(_PySet_Items(o).map(object_to_constant));
  }
  if (o === Py_None) return null;
  if (o === Py_Ellipsis) return Ellipsis;
  const name = o.ob_type.tp_name;
  return new InvalidConstant(name.slice(name.lastIndexOf('.') + 1)) as unknown as Constant;
}

// --- tree to objects -------------------------------------------------------------------------------------------------

type JsNode = Record<string, unknown> & { _type: string };

/** What is being made, the innermost last: objects, and items of lists to be. Nothing else holds them if a tree is nested too deeply. */
const unfinished: (PyObject | PyObject[])[] = [];

/** The object of one value of a field. CPython: the ast2obj_* functions */
function value_to_object(value: unknown, field: AstField): PyObject {
  if (value === null || value === undefined) return newref(Py_None);
  switch (field.kind) {
    case 'identifier':
      return PyUnicode_InternFromString(value as string);
    case 'string':
      return PyUnicode_FromString(value as string);
    case 'int':
      return PyLong_FromLong(Number(value));
    case 'constant':
      return constant_to_object(value as Constant);
    default:
      return typeof value === 'string' ? newref(ast_state().singletons.get(value)!) : node_to_object(value as JsNode);
  }
}

function field_to_object(node: JsNode, field: AstField): PyObject {
  const value = node[field.name];
  if (field.kind === 'constant') return constant_to_object(value as Constant);
  if (!field.list) return value_to_object(value, field);
  const items = value as unknown[];
  const out: PyObject[] = [];
  unfinished.push(out);
  for (const item of items) out.push(value_to_object(item, field));
  unfinished.pop();
  return PyList_FromArraySteal(out);
}

function node_to_object(node: JsNode): PyObject {
  const entry = ast_state().nodes.get(node._type)!;
  const o = entry.type.tp_alloc!(entry.type, null);
  unfinished.push(o);
  const dict = instance_dict(o)!;
  for (const field of entry.fields) {
    const value = field_to_object(node, field);
    PyDict_SetItem(dict, field.py_name, value);
    decref(value);
  }
  if (entry.positions) {
    const { attributes } = ast_state();
    for (const attribute of attributes) {
      const value = PyLong_FromLong(node[attribute.name] as number);
      PyDict_SetItem(dict, attribute.py_name, value);
      decref(value);
    }
  }
  unfinished.pop();
  return o;
}

/** Runs a conversion; a JavaScript stack that runs out becomes the error CPython raises. */
function guarded<T>(convert: () => T, where: string): T {
  try {
    return convert();
  } catch (e) {
    if (e instanceof RangeError) PyErr_SetString(PyExc_RecursionError, `maximum recursion depth exceeded ${where}`);
    throw e;
  }
}

/** The objects of a tree (a new reference). CPython: Python/Python-ast.c:PyAST_mod2obj */
export function PyAST_mod2obj(tree: nodes.mod): PyObject {
  try {
    return guarded(() => node_to_object(tree as unknown as JsNode), 'during ast construction');
  } catch (e) {
    for (const made of unfinished) Array.isArray(made) ? decref_all(made) : decref(made);
    unfinished.length = 0;
    throw e;
  }
}

// --- objects to tree -------------------------------------------------------------------------------------------------

type NodeClass = new (...args: unknown[]) => JsNode;

function missing(field: string, owner: string): never {
  PyErr_SetString(PyExc_TypeError, `required field "${field}" missing from ${owner}`);
}

function to_int(o: PyObject): number {
  if (!PyLong_Check(o)) PyErr_SetString(PyExc_ValueError, `invalid integer value: ${repr_string(o)}`);
  return PyLong_AsInt(o);
}

/** One value of a field; null for None where the kind allows it. CPython: the obj2ast_* functions */
function object_to_value(o: PyObject, field: AstField): unknown {
  switch (field.kind) {
    case 'identifier':
      if (o === Py_None) return null;
      if (o.ob_type !== PyUnicode_Type) PyErr_SetString(PyExc_TypeError, 'AST identifier must be of type str');
      return PyUnicode_AsString(o);
    case 'string':
      if (o === Py_None) return null;
      if (o.ob_type !== PyUnicode_Type && o.ob_type !== PyBytes_Type) {
        PyErr_SetString(PyExc_TypeError, 'AST string must be of type str');
      }
      return o.ob_type === PyUnicode_Type ? PyUnicode_AsString(o) : String.fromCharCode(...(o.v as Uint8Array));
    case 'int':
      return to_int(o);
    case 'constant':
      return object_to_constant(o);
  }
  const state = ast_state();
  const product = state.products.get(field.kind);
  if (product !== undefined) return object_to_node(o, product, field.kind);
  return object_to_sum(o, field.kind);
}

/** Which constructor of a sum type an object is an instance of, or null. */
function constructor_of(o: PyObject, sum: readonly AstNodeType[]): AstNodeType | null {
  for (const entry of sum) if (o.ob_type === entry.type) return entry;
  for (const entry of sum) if (PyObject_IsInstance(o, entry.type)) return entry;
  return null;
}

function object_to_sum(o: PyObject, sum: string): unknown {
  const state = ast_state();
  const entries = state.sums.get(sum)!;
  const simple = state.simple_sums.has(sum);
  if (o === Py_None && !simple) return null;
  const positions = entries[0]!.positions ? read_positions(o, sum, entries[0]!.end_optional) : null;
  const entry = constructor_of(o, entries);
  if (entry === null) {
    PyErr_SetString(PyExc_TypeError, `expected some sort of ${sum}, but got ${repr_string(o)}`);
  }
  return simple ? entry.name : build_node(o, entry, entry.name, positions);
}

function object_to_node(o: PyObject, entry: AstNodeType, owner: string): JsNode {
  const values = read_fields(o, entry, owner);
  if (entry.positions) values.push(...read_positions(o, owner, entry.end_optional));
  return new (node_class(entry.name))(...values);
}

function build_node(o: PyObject, entry: AstNodeType, owner: string, positions: number[] | null): JsNode {
  const values = read_fields(o, entry, owner);
  if (positions !== null) values.push(...positions);
  return new (node_class(entry.name))(...values);
}

function node_class(name: string): NodeClass {
  return (nodes as unknown as Record<string, NodeClass>)[name]!;
}

/** lineno, col_offset, end_lineno, end_col_offset; the end is the start where it is missing. */
function read_positions(o: PyObject, owner: string, end_optional: boolean): number[] {
  const out: number[] = [];
  for (const { name, py_name } of ast_state().attributes) {
    const value = PyObject_GetOptionalAttr(o, py_name);
    const may_miss = end_optional && out.length >= 2;
    if (value === null) {
      if (!may_miss) missing(name, owner);
      out.push(out[out.length - 2]!);
      continue;
    }
    try {
      out.push(may_miss && value === Py_None ? out[out.length - 2]! : to_int(value));
    } finally {
      decref(value);
    }
  }
  return out;
}

function read_fields(o: PyObject, entry: AstNodeType, owner: string): unknown[] {
  const values: unknown[] = [];
  for (const field of entry.fields) {
    const value = PyObject_GetOptionalAttr(o, field.py_name);
    if (value === null) {
      if (field.list) values.push([]);
      else if (field.optional) values.push(field.kind === 'int' ? 0 : null);
      else missing(field.name, owner);
      continue;
    }
    try {
      if (field.list) values.push(read_list(value, field, owner));
      else if (field.optional && value === Py_None) values.push(field.kind === 'int' ? 0 : null);
      else values.push(object_to_value(value, field));
    } finally {
      decref(value);
    }
  }
  for (let i = 0; i < values.length; i++) {
    const field = entry.fields[i]!;
    if (values[i] === null && !field.optional && field.kind !== 'constant') {
      PyErr_SetString(PyExc_ValueError, `field '${field.name}' is required for ${owner}`);
    }
  }
  return values;
}

function read_list(list: PyObject, field: AstField, owner: string): unknown[] {
  if (!PyList_Check(list)) {
    const name = list.ob_type.tp_name;
    const shown = name.slice(name.lastIndexOf('.') + 1);
    PyErr_SetString(PyExc_TypeError, `${owner} field "${field.name}" must be a list, not a ${shown}`);
  }
  const n = list.v.length;
  const out: unknown[] = [];
  for (let i = 0; i < n; i++) {
    const item = newref(list.v[i]!);
    try {
      out.push(object_to_value(item, field));
    } finally {
      decref(item);
    }
    if (list.v.length !== n) {
      PyErr_SetString(PyExc_RuntimeError, `${owner} field "${field.name}" changed size during iteration`);
    }
  }
  return out;
}

/** Whether an object is an AST node. */
export function PyAST_Check(o: PyObject): boolean {
  return PyObject_IsInstance(o, ast_state().AST);
}

const MODES: Readonly<Record<string, string>> = {
  exec: 'Module',
  eval: 'Expression',
  single: 'Interactive',
  func_type: 'FunctionType',
};

/** The tree of AST objects given to compile(). CPython: Python/Python-ast.c:PyAST_obj2mod */
export function PyAST_obj2mod(o: PyObject, mode: 'exec' | 'eval' | 'single' | 'func_type'): nodes.mod {
  const wanted = MODES[mode]!;
  const type: PyTypeObject = ast_state().nodes.get(wanted)!.type;
  if (!PyObject_IsInstance(o, type)) {
    PyErr_SetString(PyExc_TypeError, `expected ${wanted} node, got ${o.ob_type.tp_name.replace(/^.*\./, '')}`);
  }
  return guarded(() => object_to_sum(o, 'mod') as nodes.mod, "while traversing 'mod' node");
}
