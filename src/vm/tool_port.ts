// tool_port.ts: what a tool that watches a run gets to hold on to: the eval loop's observer, memory, the collector, threads.
//
// Tools are a bundle of their own (src/cli/tools): they import types from here and get the functions handed over, so that both
// see the same interpreter. Nothing here runs unless a tool asked for it.
import { gcHooks } from '../core/gc.ts';
import { decref, G_HAS_ID, memoryHooks, type PyObject, type PyTypeObject, watch_births } from '../core/object.ts';
import { current, EVAL_GIL_DROP_REQUEST } from '../core/tstate.ts';
import { PyType_Check } from '../objects/checks.ts';
import { PyMethod_Type } from '../objects/classobject.ts';
import { iterate_lines } from '../objects/code_location.ts';
import { type CodePayload, code_adaptive, PyCode_Type } from '../objects/codeobject.ts';
import type { Descr } from '../objects/descrobject.ts';
import { type FunctionPayload, PyFunction_Type } from '../objects/funcobject.ts';
import { type CFunction, type MethodDef, PyCFunction_Type } from '../objects/methodobject.ts';
import { PyModule_Check } from '../objects/moduleobject.ts';
import { PyObject_Repr } from '../objects/object.ts';
import { allocated_size, block_size } from '../objects/object_size.ts';
import { PyUnicode_AsString } from '../objects/unicodeobject.ts';
import { breakerHooks } from './breaker.ts';
import { gilLog } from './gil_log.ts';
import { need_positions, set_tool_observer, tool_observer } from './observe.ts';

/** repr() of a value for people: never raises, never runs Python code of the program's. */
function show(o: PyObject | null): string {
  if (o === null) return 'NULL';
  const type = o.ob_type;
  if (type === null) return '?';
  const simple = /^(int|float|str|bool|NoneType|bytes|range|ellipsis|complex)$/.test(type.tp_name);
  if (o.ob_type === PyFunction_Type)
    return `<function ${PyUnicode_AsString((o as PyObject<FunctionPayload>).v.qualname)}>`;
  if (o.ob_type === PyCFunction_Type) return `<built-in ${native_name(o)}>`;
  if (PyType_Check(o)) return `<class ${native_name(o)}>`;
  if (/^(list|tuple|dict|set|frozenset)$/.test(type.tp_name) && plain(o, 2)) return text_of(o);
  return simple ? text_of(o) : `<${type.tp_name}>`;
}

function text_of(o: PyObject): string {
  const r = PyObject_Repr(o);
  try {
    return PyUnicode_AsString(r);
  } finally {
    decref(r);
  }
}

/** Whether a container holds only what repr() shows without calling Python code. */
function plain(o: PyObject, depth: number): boolean {
  if (o.ob_type === null) return false;
  if (/^(int|float|str|bool|NoneType|bytes|range|ellipsis|complex)$/.test(o.ob_type.tp_name)) return true;
  if (depth === 0 || !/^(list|tuple)$/.test(o.ob_type.tp_name)) return false;
  const items = o.v as PyObject[];
  return items.length <= 20 && items.every(i => plain(i, depth - 1));
}

/** The name of a callable that is no Python function: `len`, `list.append`, `range` (a class). */
function native_name(callable: PyObject): string {
  if (PyType_Check(callable)) return (callable as PyTypeObject).tp_name;
  const v = callable.v as Partial<CFunction & Descr<MethodDef>> | null;
  if (v === null || typeof v !== 'object') return callable.ob_type.tp_name;
  if (v.ml !== undefined) {
    const { self } = v;
    if (self === null || self === undefined || PyModule_Check(self)) return v.ml.name;
    const owner = PyType_Check(self) ? (self as PyTypeObject).tp_name : self.ob_type.tp_name;
    return `${owner}.${v.ml.name}`;
  }
  if (v.d_type !== undefined && typeof v.d_name === 'string') return `${v.d_type.tp_name}.${v.d_name}`;
  return callable.ob_type.tp_name;
}

function lines_of(co: CodePayload): Int32Array {
  const lines = new Int32Array(co.co_code.length >> 1).fill(-1);
  for (const [start, end, line] of iterate_lines(co.co_linetable, co.co_firstlineno))
    lines.fill(line, start >> 1, end >> 1);
  return lines;
}

/** The code objects among a code object's constants. */
function nested_code(co: CodePayload): PyObject[] {
  return co.consts.filter(c => c.ob_type === PyCode_Type);
}

/** co_code as it stands after specialisation. */
function adaptive_code(code: PyObject): Uint8Array {
  const bytes = code_adaptive(code);
  const copy = (bytes as PyObject<Uint8Array>).v.slice();
  decref(bytes);
  return copy;
}

export interface ToolPort {
  readonly current: typeof current;
  readonly set_tool_observer: typeof set_tool_observer;
  readonly tool_observer: typeof tool_observer;
  readonly memoryHooks: typeof memoryHooks;
  readonly watch_births: typeof watch_births;
  /** The bit that has an object's end told to memoryHooks.freed. */
  readonly G_HAS_ID: number;
  readonly need_positions: typeof need_positions;
  readonly block_size: typeof block_size;
  readonly allocated_size: typeof allocated_size;
  readonly gcHooks: typeof gcHooks;
  readonly gilLog: typeof gilLog;
  readonly breakerHooks: typeof breakerHooks;
  /** The bit of the eval breaker that has breakerHooks.gil called. */
  readonly EVAL_GIL_DROP_REQUEST: number;
  /** The line of each unit of a code object; -1 for none. */
  readonly lines_of: (co: CodePayload) => Int32Array;
  readonly text: (o: PyObject) => string;
  readonly nested_code: typeof nested_code;
  readonly adaptive_code: typeof adaptive_code;
  readonly show: typeof show;
  readonly native_name: typeof native_name;
  readonly types: { readonly function: PyObject; readonly method: PyObject };
}

/** What the bundle of tools is for `pyvarium.tools`: answers to requests, both in JSON. */
export interface ToolBox {
  /** An answer is `{"answer": ...}`, or `{"error": "one line"}` for what the user did wrong. */
  answerPython(port: ToolPort, request: string): string;
}

export type { CodePayload };

export function tool_port(): ToolPort {
  return {
    current,
    set_tool_observer,
    tool_observer,
    memoryHooks,
    watch_births,
    G_HAS_ID,
    need_positions,
    block_size,
    allocated_size,
    gcHooks,
    gilLog,
    breakerHooks,
    EVAL_GIL_DROP_REQUEST,
    lines_of,
    nested_code,
    adaptive_code,
    show,
    native_name,
    text: PyUnicode_AsString,
    types: { function: PyFunction_Type, method: PyMethod_Type },
  };
}
