// _interpreters.ts: interpreters of this process: there is the main one only.   CPython: Modules/_interpretersmodule.c, _interpqueuesmodule.c
//
// Making another raises InterpreterError. The modules exist because concurrent.futures asks for them by name.

import { PyErr_SetString } from '../core/errors.ts';
import { Py_TPFLAGS_BASETYPE, Py_TPFLAGS_HAVE_GC, type PyObject, type PyTypeObject } from '../core/object.ts';
import { exception_spec, METH_CLINIC, METH_NOARGS, METH_O, type ModuleSpec, static_type } from '../core/spec.ts';
import { PyBool_FromLong } from '../objects/boolobject.ts';
import { PyTuple_Check } from '../objects/checks.ts';
import { PyExc_Exception, PyExc_RuntimeError, PyExc_TypeError } from '../objects/exceptions.ts';
import { PyList_FromArraySteal } from '../objects/listobject.ts';
import { PyLong_FromLong } from '../objects/longobject.ts';
import { PyModule_AddIntConstant } from '../objects/moduleobject.ts';
import { PyTuple_FromArraySteal } from '../objects/tupleobject.ts';
import { c_ssize, none } from './args.ts';

const MAIN = 0;
const WHENCE_RUNTIME = 1;

const PACKAGE = 'concurrent.interpreters';

/** These two cannot be weakly referenced in CPython. */
function exception(name: string, base: () => PyTypeObject): PyTypeObject {
  return static_type({
    name: `${PACKAGE}.${name}`,
    base,
    tp_basicsize: 72,
    tp_flags: Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE,
  });
}

export const InterpreterError = /* @__PURE__ */ exception('InterpreterError', () => PyExc_Exception);
export const InterpreterNotFoundError = /* @__PURE__ */ exception('InterpreterNotFoundError', () => InterpreterError);
export const NotShareableError = /* @__PURE__ */ static_type(
  exception_spec(`${PACKAGE}.NotShareableError`, () => PyExc_TypeError),
);
export const QueueError = /* @__PURE__ */ static_type(
  exception_spec(`${PACKAGE}.QueueError`, () => PyExc_RuntimeError),
);
export const QueueNotFoundError = /* @__PURE__ */ static_type(
  exception_spec(`${PACKAGE}.QueueNotFoundError`, () => QueueError),
);

function pair(id: number, whence: number): PyObject {
  return PyTuple_FromArraySteal([PyLong_FromLong(id), PyLong_FromLong(whence)]);
}

function get_main(): PyObject {
  return pair(MAIN, WHENCE_RUNTIME);
}

function list_all(): PyObject {
  return PyList_FromArraySteal([get_main()]);
}

function create(): PyObject {
  PyErr_SetString(InterpreterError, 'interpreter creation failed: this build runs one interpreter only');
}

/** The main interpreter, or InterpreterNotFoundError. */
function check_id(id: PyObject): void {
  const n = c_ssize(id);
  if (n !== MAIN) PyErr_SetString(InterpreterNotFoundError, `unrecognized interpreter ID ${n}`);
}

function is_running(_m: PyObject, id: PyObject): PyObject {
  check_id(id);
  return PyBool_FromLong(true);
}

function whence(_m: PyObject, id: PyObject): PyObject {
  check_id(id);
  return PyLong_FromLong(WHENCE_RUNTIME);
}

function destroy(_m: PyObject, id: PyObject): PyObject {
  check_id(id);
  PyErr_SetString(InterpreterError, 'cannot destroy the current interpreter');
}

function shareable(o: PyObject): boolean {
  if (PyTuple_Check(o) && o.ob_type.tp_name === 'tuple') return o.v.every(shareable);
  return ['int', 'str', 'bytes', 'float', 'NoneType', 'bool', 'memoryview'].includes(o.ob_type.tp_name);
}

function is_shareable(_m: PyObject, o: PyObject): PyObject {
  return PyBool_FromLong(shareable(o));
}

function counted(_m: PyObject, id: PyObject): PyObject {
  check_id(id);
  return none();
}

const WHENCES = ['UNKNOWN', 'RUNTIME', 'LEGACY_CAPI', 'CAPI', 'XI', 'STDLIB'];

export const interpreters_module: ModuleSpec = {
  name: '_interpreters',
  doc: 'This module provides primitive operations to manage Python interpreters.',
  types: () => [InterpreterError, InterpreterNotFoundError, NotShareableError],
  methods: [
    {
      name: 'create',
      flags: METH_CLINIC,
      meth: create,
      sig: "($module, /, config='isolated', *, reqrefs=False)",
    },
    { name: 'destroy', flags: METH_CLINIC, meth: destroy, sig: '($module, /, id, *, restrict=False)' },
    { name: 'list_all', flags: METH_CLINIC, meth: list_all, sig: '($module, /, *, require_ready=False)' },
    { name: 'get_current', flags: METH_NOARGS, meth: get_main, sig: '($module, /)' },
    { name: 'get_main', flags: METH_NOARGS, meth: get_main, sig: '($module, /)' },
    { name: 'is_running', flags: METH_CLINIC, meth: is_running, sig: '($module, /, id, *, restrict=False)' },
    { name: 'whence', flags: METH_CLINIC, meth: whence, sig: '($module, /, id)' },
    { name: 'is_shareable', flags: METH_O, meth: is_shareable, sig: '($module, obj, /)' },
    {
      name: 'incref',
      flags: METH_CLINIC,
      meth: counted,
      sig: '($module, /, id, *, implieslink=False, restrict=False)',
    },
    { name: 'decref', flags: METH_CLINIC, meth: counted, sig: '($module, /, id, *, restrict=False)' },
  ],
  exec(m) {
    for (const [i, name] of WHENCES.entries()) PyModule_AddIntConstant(m, `WHENCE_${name}`, i);
  },
};

function create_queue(): PyObject {
  PyErr_SetString(QueueError, 'queues between interpreters are not available: this build runs one interpreter only');
}

export const queues_module: ModuleSpec = {
  name: '_interpqueues',
  doc: 'This module provides primitive operations to manage Python interpreters.',
  types: () => [QueueError, QueueNotFoundError],
  methods: [
    { name: 'create', flags: METH_CLINIC, meth: create_queue, sig: '($module, /, maxsize, unboundop=-1, fallback=-1)' },
    { name: 'list_all', flags: METH_NOARGS, meth: () => PyList_FromArraySteal([]), sig: '($module, /)' },
    {
      name: '_register_heap_types',
      flags: METH_CLINIC,
      meth: none,
      sig: '($module, /, queuetype, emptyerror, fullerror)',
    },
  ],
};
