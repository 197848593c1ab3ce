// evaluate.ts: evaluates Python expressions by the object API alone, so that natives can be tested without the VM.
import { Raised } from '../../../../src/core/errors.ts';
import { hash_to_bigint } from '../../../../src/core/hash.ts';
import type { Host } from '../../../../src/core/host.ts';
import { decref, decref_all, newref, type PyObject } from '../../../../src/core/object.ts';
import { METH_FASTCALL, METH_O, type ModuleSpec } from '../../../../src/core/spec.ts';
import { current, type PyConfig, PyInterpreterState, PyThreadState } from '../../../../src/core/tstate.ts';
import { constant_to_object, PyAST_obj2mod } from '../../../../src/modules/ast_convert.ts';
import { _PyAST_Validate } from '../../../../src/modules/ast_validate.ts';
import {
  PyNumber_Absolute,
  PyNumber_Add,
  PyNumber_Divmod,
  PyNumber_FloorDivide,
  PyNumber_Multiply,
  PyNumber_Negative,
  PyNumber_Or,
  PyNumber_Positive,
  PyNumber_Power,
  PyNumber_Remainder,
  PyNumber_Subtract,
  PyNumber_TrueDivide,
  PyObject_Format,
  PyObject_GetItem,
  PyObject_GetIter,
  PyObject_IsInstance,
  PyObject_IsSubclass,
  PySequence_List,
} from '../../../../src/objects/abstract.ts';
import { PyBool_FromLong, PyBool_Type } from '../../../../src/objects/boolobject.ts';
import { PyBytes_Type } from '../../../../src/objects/bytesobject.ts';
import { PyObject_Vectorcall } from '../../../../src/objects/call.ts';
import {
  PyDict_New,
  PyDict_Next,
  PyDict_SetItem,
  PyDict_SetItemString,
  PyDict_Type,
} from '../../../../src/objects/dictobject.ts';
import { init_exceptions, PyExc_ValueError } from '../../../../src/objects/exceptions.ts';
import { PyFloat_Type } from '../../../../src/objects/floatobject.ts';
import { Py_GenericAliasType } from '../../../../src/objects/genericaliasobject.ts';
import { _PyInterpolation_Type } from '../../../../src/objects/interpolationobject.ts';
import { PyList_FromArraySteal, PyList_Type } from '../../../../src/objects/listobject.ts';
import { PyLong_FromBigInt, PyLong_Type } from '../../../../src/objects/longobject.ts';
import { MethodDef, PyCFunction_New } from '../../../../src/objects/methodobject.ts';
import {
  exec_module_spec,
  module_from_spec,
  PyModule_AddObjectRef,
  PyModule_New,
} from '../../../../src/objects/moduleobject.ts';
import {
  Py_None,
  PyObject_GetAttrString,
  PyObject_Hash,
  PyObject_IsTrue,
  PyObject_Repr,
  PyObject_RichCompare,
  repr_string,
  str_string,
} from '../../../../src/objects/object.ts';
import { PySet_Add, PySet_New } from '../../../../src/objects/setobject.ts';
import { _PyTemplate_Type } from '../../../../src/objects/templateobject.ts';
import { PyTuple_FromArray, PyTuple_FromArraySteal, PyTuple_Type } from '../../../../src/objects/tupleobject.ts';
import { PyBaseObject_Type, PyType_Type, ready_static_types } from '../../../../src/objects/typeobject.ts';
import { PyUnicode_FromString, PyUnicode_Type } from '../../../../src/objects/unicodeobject.ts';
import type { Call, expr } from '../../../../src/parser/ast.generated.ts';
import { parse } from '../../../../src/parser/parser.ts';

export type Environment = Map<string, PyObject>;

type Binary = (a: PyObject, b: PyObject) => PyObject;

const BINARY: Readonly<Record<string, Binary>> = {
  Add: PyNumber_Add,
  Sub: PyNumber_Subtract,
  Mult: PyNumber_Multiply,
  Div: PyNumber_TrueDivide,
  FloorDiv: PyNumber_FloorDivide,
  Mod: PyNumber_Remainder,
  BitOr: PyNumber_Or,
  Pow: (a, b) => PyNumber_Power(a, b, Py_None),
};
const COMPARE: readonly string[] = ['Lt', 'LtE', 'Eq', 'NotEq', 'Gt', 'GtE'];

/** Calls `use` with the values of nodes and gives them up afterwards. */
function using(nodes: readonly expr[], env: Environment, use: (...values: PyObject[]) => PyObject): PyObject {
  const values: PyObject[] = [];
  try {
    for (const node of nodes) values.push(evaluate(node, env));
    return use(...values);
  } finally {
    decref_all(values);
  }
}

function call(node: Call, env: Environment): PyObject {
  const positional = node.args.length;
  return using([node.func, ...node.args, ...node.keywords.map(k => k.value)], env, (func, ...values) => {
    const args = values.slice(0, positional);
    const names: PyObject[] = [];
    node.keywords.forEach(({ arg }, k) => {
      const given = values[positional + k]!;
      if (arg !== null) {
        names.push(PyUnicode_FromString(arg));
        args.push(given);
        return;
      }
      const table = given.v as { keys: PyObject[]; values: PyObject[] };
      for (let i = PyDict_Next(given, 0); i >= 0; i = PyDict_Next(given, i + 1)) {
        names.push(newref(table.keys[i]!));
        args.push(table.values[i]!);
      }
    });
    if (names.length === 0) return PyObject_Vectorcall(func!, args, null);
    const kwnames = PyTuple_FromArraySteal(names);
    try {
      return PyObject_Vectorcall(func!, args, kwnames);
    } finally {
      decref(kwnames);
    }
  });
}

function evaluate(node: expr, env: Environment): PyObject {
  switch (node._type) {
    case 'Constant':
      return constant_to_object(node.value);
    case 'Name':
      return newref(env.get(node.id) ?? assert_never(node.id));
    case 'Attribute':
      return using([node.value], env, o => PyObject_GetAttrString(o, node.attr));
    case 'Tuple':
      return using(node.elts, env, (...items) => PyTuple_FromArray(items));
    case 'List':
      return using(node.elts, env, (...items) => PyList_FromArraySteal(items.map(newref)));
    case 'Set':
      return using(node.elts, env, (...items) => {
        const set = PySet_New(null);
        for (const o of items) PySet_Add(set, o);
        return set;
      });
    case 'Dict':
      return using([...(node.keys as expr[]), ...node.values], env, (...items) => {
        const dict = PyDict_New();
        const n = node.keys.length;
        for (let i = 0; i < n; i++) PyDict_SetItem(dict, items[i]!, items[n + i]!);
        return dict;
      });
    case 'BinOp':
      return using([node.left, node.right], env, BINARY[node.op]!);
    case 'UnaryOp':
      return using([node.operand], env, node.op === 'USub' ? PyNumber_Negative : PyNumber_Positive);
    case 'Compare':
      return using([node.left, node.comparators[0]!], env, (a, b) => {
        const op = node.ops[0]!;
        if (op === 'Is' || op === 'IsNot') return PyBool_FromLong((a === b) === (op === 'Is'));
        return PyObject_RichCompare(a, b, COMPARE.indexOf(op));
      });
    case 'Subscript':
      return using([node.value, node.slice], env, PyObject_GetItem);
    case 'Call':
      return call(node, env);
    case 'BoolOp':
      return using(node.values, env, (...items) => PyBool_FromLong(items.every(PyObject_IsTrue)));
    default:
      return assert_never(node._type);
  }
}

function assert_never(what: string): never {
  throw new Error(`the evaluator does not know ${what}`);
}

export function value_of(text: string, env: Environment): PyObject {
  const tree = parse(text, 'expression', 'eval');
  if (tree._type !== 'Expression') throw new Error('not an expression');
  return evaluate(tree.body, env);
}

/** repr() of the value, or type and message of the exception. */
export function answer(text: string, env: Environment): string {
  try {
    const value = value_of(text, env);
    try {
      return repr_string(value);
    } finally {
      decref(value);
    }
  } catch (e) {
    if (!(e instanceof Raised)) throw e;
    const name = e.exc.ob_type.tp_name;
    const shown = `${name.slice(name.lastIndexOf('.') + 1)} ${str_string(e.exc)}`;
    decref(e.exc);
    return shown;
  }
}

function natives(env: Environment): void {
  const add = (name: string, flags: number, meth: (self: PyObject, arg: never) => PyObject): void => {
    env.set(name, PyCFunction_New(new MethodDef({ name, flags, meth }), null, null));
  };
  add('repr', METH_O, (_s, o: PyObject) => PyObject_Repr(o));
  add('hash', METH_O, (_s, o: PyObject) => PyLong_FromBigInt(hash_to_bigint(PyObject_Hash(o))));
  add('abs', METH_O, (_s, o: PyObject) => PyNumber_Absolute(o));
  add('iter', METH_O, (_s, o: PyObject) => PyObject_GetIter(o));
  add('list_', METH_O, (_s, o: PyObject) => PySequence_List(o));
  add('divmod', METH_FASTCALL, (_s, a: PyObject[]) => PyNumber_Divmod(a[0]!, a[1]!));
  add('format', METH_FASTCALL, (_s, a: PyObject[]) => PyObject_Format(a[0]!, a[1]!));
  add('isinstance', METH_FASTCALL, (_s, a: PyObject[]) => PyBool_FromLong(PyObject_IsInstance(a[0]!, a[1]!)));
  add('issubclass', METH_FASTCALL, (_s, a: PyObject[]) => PyBool_FromLong(PyObject_IsSubclass(a[0]!, a[1]!)));
  add('check', METH_O, (_s, o: PyObject) => {
    _PyAST_Validate(PyAST_obj2mod(o, 'exec'));
    return PyUnicode_FromString('ok');
  });
}

/** Starts an interpreter without VM that has these modules; gives the names that expressions may use. */
export function start(modules: readonly ModuleSpec[]): Environment {
  const config = { warnoptions: [] as string[], bytes_warning: 0, dev_mode: false } as unknown as PyConfig;
  const interp = new PyInterpreterState({} as Host, config);
  current.tstate = new PyThreadState(interp, 1);
  ready_static_types();
  init_exceptions();
  const env: Environment = new Map();
  interp.modules = PyDict_New();
  interp.builtins = PyDict_New();
  natives(env);
  for (const name of ['iter', 'repr']) PyDict_SetItemString(interp.builtins, name, env.get(name)!);
  PyDict_SetItemString(interp.builtins, 'next', env.get('iter')!);
  for (const type of [
    PyLong_Type,
    PyFloat_Type,
    PyUnicode_Type,
    PyBool_Type,
    PyList_Type,
    PyTuple_Type,
    PyDict_Type,
    PyType_Type,
    PyBaseObject_Type,
    PyBytes_Type,
  ]) {
    env.set(type.tp_name, type);
  }
  env.set('GA', Py_GenericAliasType);
  env.set('Template', _PyTemplate_Type);
  env.set('Interp', _PyInterpolation_Type);
  env.set('ValueError', PyExc_ValueError);
  const decoder = PyModule_New('json.decoder');
  PyModule_AddObjectRef(decoder, 'JSONDecodeError', value_of("type('JSONDecodeError', (ValueError,), {})", env));
  PyDict_SetItemString(interp.modules, 'json.decoder', decoder);
  for (const spec of modules) {
    const module = module_from_spec(spec, spec.name);
    exec_module_spec(module);
    env.set(spec.name, module);
  }
  return env;
}
