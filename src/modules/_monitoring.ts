// _monitoring.ts: the module object sys.monitoring (PEP 669).                          CPython: Python/instrumentation.c

import { PyErr_SetString } from '../core/errors.ts';
import { decref, newref, Py_TPFLAGS_DISALLOW_INSTANTIATION, PyObject, type PyTypeObject } from '../core/object.ts';
import { METH_CLINIC, METH_NOARGS, METH_O, type ModuleSpec, static_type } from '../core/spec.ts';
import { PySys_Audit } from '../objects/audit.ts';
import { PyObject_Vectorcall } from '../objects/call.ts';
import { PyTuple_Check, PyUnicode_Check } from '../objects/checks.ts';
import { type CodePayload, PyCode_Check } from '../objects/codeobject.ts';
import { PyDict_New, PyDict_SetItemString } from '../objects/dictobject.ts';
import { PyExc_TypeError, PyExc_ValueError } from '../objects/exceptions.ts';
import { PyLong_AsLong, PyLong_FromLong } from '../objects/longobject.ts';
import { PyModule_AddIntConstant, PyModule_AddObjectRef } from '../objects/moduleobject.ts';
import { _PyNamespace_New } from '../objects/namespaceobject.ts';
import { Py_None, PyObject_SetAttrString } from '../objects/object.ts';
import {
  FOR_ITER,
  NOT_TAKEN,
  POP_JUMP_IF_FALSE,
  POP_JUMP_IF_NONE,
  POP_JUMP_IF_NOT_NONE,
  POP_JUMP_IF_TRUE,
} from '../opcode/opcodes.generated.ts';
import {
  BRANCH,
  BRANCH_LEFT,
  BRANCH_RIGHT,
  C_RAISE,
  C_RETURN,
  clear_tool,
  DISABLE,
  disable_at,
  EVENT_CALL,
  EVENT_NAMES,
  EVENTS,
  free_tool,
  get_events,
  get_local_events,
  LOCAL_EVENTS,
  MISSING,
  monitoring,
  restart_events,
  SYS_PROFILE_ID,
  set_callback,
  set_events,
  set_local_events,
  tools_at,
  UNGROUPED_EVENTS,
} from '../vm/instrumentation.ts';
import { c_int } from './args.ts';

function tool_id(o: PyObject): number {
  const tool = c_int(o);
  if (tool < 0 || tool >= SYS_PROFILE_ID)
    PyErr_SetString(PyExc_ValueError, `invalid tool ${tool} (must be between 0 and 5)`);
  return tool;
}

function use_tool_id(_m: PyObject, id: PyObject, name: PyObject): PyObject {
  const tool = tool_id(id);
  if (!PyUnicode_Check(name)) PyErr_SetString(PyExc_ValueError, 'tool name must be a str');
  if (monitoring.tool_names[tool] !== null) PyErr_SetString(PyExc_ValueError, `tool ${tool} is already in use`);
  monitoring.tool_names[tool] = newref(name);
  return newref(Py_None);
}

function clear_tool_id(_m: PyObject, id: PyObject): PyObject {
  const tool = tool_id(id);
  if (monitoring.tool_names[tool] !== null) clear_tool(tool);
  return newref(Py_None);
}

function free_tool_id(_m: PyObject, id: PyObject): PyObject {
  free_tool(tool_id(id));
  return newref(Py_None);
}

function get_tool(_m: PyObject, id: PyObject): PyObject {
  return newref(monitoring.tool_names[tool_id(id)] ?? Py_None);
}

// --- callbacks ----------------------------------------------------------------------------------------------------------------

/** v: the callback of the old BRANCH event; x: for which side it stands. */
interface Side {
  right: boolean;
  tool: number;
}
type BranchHandler = PyObject<PyObject, Side>;

/** Disabling one side of a branch disables the other as well. CPython: branch_handler_vectorcall */
function branch_handler_call(self: PyObject, args: PyObject[], kwnames: PyObject | null): PyObject {
  const { v: handler, x: side } = self as BranchHandler;
  const co = (args[0] as PyObject<CodePayload>).v;
  const unit = PyLong_AsLong(args[1]!) >> 1;
  const op = co.co_code[2 * unit]!;
  if (tools_at(co, unit) === 0 && op !== NOT_TAKEN) return newref(DISABLE);
  const res = PyObject_Vectorcall(handler, args, kwnames);
  if (res !== DISABLE) return res;
  switch (op) {
    case FOR_ITER:
      if (side.right) disable_at(co, unit, side.tool);
      break;
    case POP_JUMP_IF_FALSE:
    case POP_JUMP_IF_TRUE:
    case POP_JUMP_IF_NONE:
    case POP_JUMP_IF_NOT_NONE:
      disable_at(co, side.right ? unit + 2 : unit, side.tool);
      break;
  }
  return res;
}

const branch_event_handler: PyTypeObject = static_type({
  name: 'sys.monitoring.branch_event_handler',
  tp_basicsize: 48,
  tp_flags: Py_TPFLAGS_DISALLOW_INSTANTIATION,
  tp_dealloc(self) {
    decref((self as BranchHandler).v);
  },
  tp_call(self, args, kwargs) {
    if (kwargs !== null || !PyTuple_Check(args))
      PyErr_SetString(PyExc_TypeError, 'a branch handler takes positional arguments only');
    return branch_handler_call(self, args.v, null);
  },
  tp_instance_vectorcall: branch_handler_call,
});

function branch_handler(handler: PyObject, right: boolean, tool: number): PyObject {
  return new PyObject<unknown, unknown>(branch_event_handler, newref(handler), { right, tool });
}

/** The callback as it was registered; takes over what was set, gives it or None as a new reference. */
function registered(old: PyObject | unknown): PyObject {
  if (!(old instanceof PyObject)) return newref(Py_None);
  if (old.ob_type !== branch_event_handler) return old;
  const handler = newref((old as BranchHandler).v);
  decref(old);
  return handler;
}

function register_callback(_m: PyObject, id: PyObject, event: PyObject, func: PyObject): PyObject {
  const tool = tool_id(id);
  const bits = c_int(event);
  const n = 31 - Math.clz32(bits);
  if (bits === 0 || (bits & (bits - 1)) !== 0) {
    PyErr_SetString(PyExc_ValueError, 'The callback can only be set for one event at a time');
  }
  if (n < 0 || n >= EVENTS) PyErr_SetString(PyExc_ValueError, `invalid event ${bits}`);
  PySys_Audit('sys.monitoring.register_callback', func);
  const callback = func === Py_None ? null : func;
  if (n !== BRANCH) return registered(set_callback(tool, n, callback));
  const sides = [BRANCH_RIGHT, BRANCH_LEFT].map(side => {
    const handler = callback === null ? null : branch_handler(callback, side === BRANCH_RIGHT, tool);
    const old = set_callback(tool, side, handler);
    if (handler !== null) decref(handler);
    return old;
  });
  if (sides[0] instanceof PyObject) decref(sides[0]);
  return registered(sides[1]);
}

// --- events -------------------------------------------------------------------------------------------------------------------

/** The set without the events that come with others. */
function plain_events(set: number): number {
  const ends = (1 << C_RETURN) | (1 << C_RAISE);
  const all = ends | (1 << EVENT_CALL);
  if ((set & ends) !== 0 && (set & all) !== all) {
    PyErr_SetString(PyExc_ValueError, 'cannot set C_RETURN or C_RAISE events independently');
  }
  set &= ~ends;
  if ((set & (1 << BRANCH)) !== 0) set = (set & ~(1 << BRANCH)) | (1 << BRANCH_RIGHT) | (1 << BRANCH_LEFT);
  return set;
}

function hex(n: number): string {
  return (n >>> 0).toString(16);
}

function monitoring_get_events(_m: PyObject, id: PyObject): PyObject {
  return PyLong_FromLong(get_events(tool_id(id)));
}

function monitoring_set_events(_m: PyObject, id: PyObject, event_set: PyObject): PyObject {
  const tool_o = c_int(id);
  const set = c_int(event_set);
  const tool = tool_o >= 0 && tool_o < SYS_PROFILE_ID ? tool_o : tool_id(id);
  if (set < 0 || set >= 1 << EVENTS) PyErr_SetString(PyExc_ValueError, `invalid event set 0x${hex(set)}`);
  set_events(tool, plain_events(set));
  return newref(Py_None);
}

function code_of(code: PyObject): CodePayload {
  if (!PyCode_Check(code)) PyErr_SetString(PyExc_TypeError, 'code must be a code object');
  return code.v;
}

function monitoring_get_local_events(_m: PyObject, id: PyObject, code: PyObject): PyObject {
  c_int(id);
  const co = code_of(code);
  return PyLong_FromLong(get_local_events(co, tool_id(id)));
}

function monitoring_set_local_events(_m: PyObject, id: PyObject, code: PyObject, event_set: PyObject): PyObject {
  c_int(id);
  const wanted = c_int(event_set);
  const co = code_of(code);
  const tool = tool_id(id);
  const set = plain_events(wanted);
  if (set < 0 || set >= 1 << LOCAL_EVENTS) PyErr_SetString(PyExc_ValueError, `invalid local event set 0x${hex(set)}`);
  set_local_events(co, tool, set);
  return newref(Py_None);
}

function monitoring_restart_events(): PyObject {
  restart_events();
  return newref(Py_None);
}

/** Which tools have which events on, for tests. */
function all_events(): PyObject {
  const dict = PyDict_New();
  for (let e = 0; e < UNGROUPED_EVENTS; e++) {
    if (monitoring.monitors[e] === 0) continue;
    const tools = PyLong_FromLong(monitoring.monitors[e]!);
    PyDict_SetItemString(dict, EVENT_NAMES[e]!, tools);
    decref(tools);
  }
  return dict;
}

export const module: ModuleSpec = {
  name: 'sys.monitoring',
  methods: [
    { name: 'use_tool_id', flags: METH_CLINIC, meth: use_tool_id, sig: '($module, tool_id, name, /)' },
    { name: 'clear_tool_id', flags: METH_O, meth: clear_tool_id, sig: '($module, tool_id, /)' },
    { name: 'free_tool_id', flags: METH_O, meth: free_tool_id, sig: '($module, tool_id, /)' },
    { name: 'get_tool', flags: METH_O, meth: get_tool, sig: '($module, tool_id, /)' },
    {
      name: 'register_callback',
      flags: METH_CLINIC,
      meth: register_callback,
      sig: '($module, tool_id, event, func, /)',
    },
    { name: 'get_events', flags: METH_O, meth: monitoring_get_events, sig: '($module, tool_id, /)' },
    { name: 'set_events', flags: METH_CLINIC, meth: monitoring_set_events, sig: '($module, tool_id, event_set, /)' },
    {
      name: 'get_local_events',
      flags: METH_CLINIC,
      meth: monitoring_get_local_events,
      sig: '($module, tool_id, code, /)',
    },
    {
      name: 'set_local_events',
      flags: METH_CLINIC,
      meth: monitoring_set_local_events,
      sig: '($module, tool_id, code, event_set, /)',
    },
    { name: 'restart_events', flags: METH_NOARGS, meth: monitoring_restart_events, sig: '($module, /)' },
    { name: '_all_events', flags: METH_NOARGS, meth: all_events, sig: '($module, /)' },
  ],
  exec(m) {
    PyModule_AddObjectRef(m, 'DISABLE', DISABLE);
    PyModule_AddObjectRef(m, 'MISSING', MISSING);
    const events = _PyNamespace_New(null);
    EVENT_NAMES.forEach((name, e) => {
      const bit = PyLong_FromLong(1 << e);
      PyObject_SetAttrString(events, name, bit);
      decref(bit);
    });
    const zero = PyLong_FromLong(0);
    PyObject_SetAttrString(events, 'NO_EVENTS', zero);
    decref(zero);
    PyModule_AddObjectRef(m, 'events', events);
    decref(events);
    PyModule_AddIntConstant(m, 'DEBUGGER_ID', 0);
    PyModule_AddIntConstant(m, 'COVERAGE_ID', 1);
    PyModule_AddIntConstant(m, 'PROFILER_ID', 2);
    PyModule_AddIntConstant(m, 'OPTIMIZER_ID', 5);
  },
};
