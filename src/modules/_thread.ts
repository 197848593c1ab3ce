// _thread.ts: threads and locks.                                                            CPython: Modules/_threadmodule.c
//
// The parts: _thread/lock.ts, _thread/handle.ts (starting and joining), _thread/local.ts. Who runs when is decided by
// vm/scheduler.ts, how a call blocks by vm/waiting.ts.

import { PyErr_SetNone, PyErr_SetString } from '../core/errors.ts';
import { decref, newref, type PyObject, type PyTypeObject } from '../core/object.ts';
import { METH_CLINIC, METH_NOARGS, METH_O, type ModuleSpec } from '../core/spec.ts';
import { current, is_main_interpreter } from '../core/tstate.ts';
import { PySys_Audit } from '../objects/audit.ts';
import { PyBool_FromLong } from '../objects/boolobject.ts';
import { PyBytes_AsUint8Array } from '../objects/bytesobject.ts';
import { PyObject_CallOneArg } from '../objects/call.ts';
import { PyDict_Check, PyLong_Check, PyTuple_Check, PyUnicode_Check } from '../objects/checks.ts';
import { PyFile_WriteString } from '../objects/errors_util.ts';
import { PyExc_RuntimeError, PyExc_SystemExit, PyExc_TypeError, PyExc_ValueError } from '../objects/exceptions.ts';
import { PyFloat_FromDouble } from '../objects/floatobject.ts';
import { PyImport_ImportModuleAttr, sys_attr } from '../objects/import_util.ts';
import { PyLong_AsBigInt, PyLong_FromLong } from '../objects/longobject.ts';
import { PyModule_AddIntConstant, PyModule_AddObjectRef } from '../objects/moduleobject.ts';
import {
  Py_None,
  PyCallable_Check,
  PyObject_GetAttrString,
  PyObject_GetOptionalAttrString,
  str_string,
} from '../objects/object.ts';
import { PyStructSequence_GetItem, PyStructSequence_New, PyStructSequence_NewType } from '../objects/structseq.ts';
import { ready_static_types } from '../objects/typeobject.ts';
import { fs_codec, PyUnicode_AsEncodedString, PyUnicode_DecodeFSDefault } from '../objects/unicodeobject.ts';
import { scheduler } from '../vm/scheduler.ts';
import { set_interrupt } from './_signal.ts';
import {
  handle_data,
  handle_new,
  handle_type,
  running,
  shutdown,
  start_detached,
  start_joinable,
} from './_thread/handle.ts';
import { local_type } from './_thread/local.ts';
import { ident, lock_type, new_lock, rlock_type, TIMEOUT_MAX } from './_thread/lock.ts';
import { c_bool, c_ssize, none, type_name } from './args.ts';

const NAME_MAXLEN = 15;

function allocate_lock(): PyObject {
  return new_lock();
}

function start_new_thread(_m: PyObject, func: PyObject, args: PyObject, kwargs: PyObject | null): PyObject {
  if (!PyCallable_Check(func)) PyErr_SetString(PyExc_TypeError, 'first arg must be callable');
  if (!PyTuple_Check(args)) PyErr_SetString(PyExc_TypeError, '2nd arg must be a tuple');
  if (kwargs !== null && !PyDict_Check(kwargs))
    PyErr_SetString(PyExc_TypeError, 'optional 3rd arg must be a dictionary');
  PySys_Audit('_thread.start_new_thread', func, args, kwargs ?? Py_None);
  return PyLong_FromLong(start_detached(func, args, kwargs));
}

/** CPython: Modules/_threadmodule.c:thread_PyThread_start_joinable_thread */
function start_joinable_thread(
  _m: PyObject,
  func: PyObject,
  handle: PyObject | null,
  daemon: PyObject | null,
): PyObject {
  if (!PyCallable_Check(func)) PyErr_SetString(PyExc_TypeError, 'thread function must be callable');
  if (handle === Py_None) handle = null;
  if (handle !== null && handle.ob_type !== handle_type)
    PyErr_SetString(PyExc_TypeError, "'handle' must be a _ThreadHandle");
  PySys_Audit('_thread.start_joinable_thread', func, c_bool(daemon, true) ? 1 : 0, handle ?? Py_None);
  const target = handle === null ? handle_new(handle_type) : newref(handle);
  try {
    start_joinable(target, func, c_bool(daemon, true));
  } catch (e) {
    decref(target);
    throw e;
  }
  return target;
}

function daemon_threads_allowed(): PyObject {
  return PyBool_FromLong(current.tstate.interp.features.allow_daemon_threads);
}

function exit_thread(): PyObject {
  PyErr_SetNone(PyExc_SystemExit);
}

function interrupt_main(_m: PyObject, signum: PyObject | null): PyObject {
  const n = signum === null ? 2 : c_ssize(signum);
  if (n < 1 || n >= 65) PyErr_SetString(PyExc_ValueError, 'signal number out of range');
  set_interrupt(n);
  return none();
}

function get_ident(): PyObject {
  return PyLong_FromLong(ident());
}

function get_native_id(): PyObject {
  return PyLong_FromLong(scheduler.running.native_id);
}

function _count(): PyObject {
  return PyLong_FromLong(running.count);
}

const stack = { size: 0 };

function stack_size(_m: PyObject, size: PyObject | null): PyObject {
  const n = size === null ? 0 : c_ssize(size);
  if (n !== 0 && n < 53248) PyErr_SetString(PyExc_ValueError, 'size must be at least 53248 bytes');
  const old = stack.size;
  if (size !== null) stack.size = n;
  return PyLong_FromLong(old);
}

function _is_main_interpreter(): PyObject {
  return PyBool_FromLong(is_main_interpreter());
}

/** A handle for a thread that somebody else started; it counts as running. */
function _make_thread_handle(_m: PyObject, id: PyObject): PyObject {
  if (!PyLong_Check(id)) PyErr_SetString(PyExc_TypeError, 'ident must be an integer');
  const handle = handle_new(handle_type);
  const data = handle_data(handle);
  data.ident = Number(PyLong_AsBigInt(id));
  data.state = 'running';
  return handle;
}

function _get_main_thread_ident(): PyObject {
  return PyLong_FromLong(scheduler.main.tstate.thread_id);
}

function set_name(_m: PyObject, name: PyObject): PyObject {
  if (!PyUnicode_Check(name))
    PyErr_SetString(PyExc_TypeError, `set_name() argument 'name' must be str, not ${type_name(name)}`);
  const encoded = PyUnicode_AsEncodedString(name, fs_codec.encoding, 'replace');
  const bytes = PyBytes_AsUint8Array(encoded).slice(0, NAME_MAXLEN);
  decref(encoded);
  const end = bytes.indexOf(0);
  scheduler.running.name = end < 0 ? bytes : bytes.subarray(0, end);
  return none();
}

function _get_name(): PyObject {
  return PyUnicode_DecodeFSDefault(scheduler.running.name);
}

let hook_args: PyTypeObject | undefined;

function ExceptHookArgs_Type(): PyTypeObject {
  if (hook_args === undefined) {
    hook_args = PyStructSequence_NewType({
      name: '_thread._ExceptHookArgs',
      doc: 'What threading.excepthook gets.',
      fields: ['exc_type', 'exc_value', 'exc_traceback', 'thread'].map(name => ({ name })),
      n_in_sequence: 4,
    });
    ready_static_types();
  }
  return hook_args!;
}

/** Shows what a thread raised. CPython: Modules/_threadmodule.c:thread_excepthook */
function _excepthook(_m: PyObject, args: PyObject): PyObject {
  if (args.ob_type !== ExceptHookArgs_Type()) {
    PyErr_SetString(PyExc_TypeError, '_thread.excepthook argument type must be ExceptHookArgs');
  }
  if (PyStructSequence_GetItem(args, 0) === PyExc_SystemExit) return none();
  const exc = PyStructSequence_GetItem(args, 1);
  const thread = PyStructSequence_GetItem(args, 3);
  let file = sys_attr('stderr');
  if (file !== null && file !== Py_None) newref(file);
  else {
    // The stream that there was when the thread was made.
    if (thread === Py_None) return none();
    file = PyObject_GetAttrString(thread, '_stderr');
    if (file === Py_None) {
      decref(file);
      return none();
    }
  }
  try {
    let name = String(ident());
    if (thread !== Py_None) {
      const given = PyObject_GetOptionalAttrString(thread, 'name');
      if (given !== null) {
        name = str_string(given);
        decref(given);
      }
    }
    PyFile_WriteString(`Exception in thread ${name}:\n`, file);
    const print = PyImport_ImportModuleAttr('traceback', '_print_exception_bltin');
    try {
      decref(PyObject_CallOneArg(print, exc));
    } finally {
      decref(print);
    }
  } finally {
    decref(file);
  }
  return none();
}

/** The arguments for threading.excepthook; borrows. */
export function new_except_hook_args(exc: PyObject, traceback: PyObject, thread: PyObject): PyObject {
  return PyStructSequence_New(ExceptHookArgs_Type(), [
    newref(exc.ob_type),
    newref(exc),
    newref(traceback),
    newref(thread),
  ]);
}

function exec(m: PyObject): void {
  PyModule_AddObjectRef(m, '_ThreadHandle', handle_type);
  PyModule_AddObjectRef(m, 'lock', lock_type);
  PyModule_AddObjectRef(m, 'LockType', lock_type);
  PyModule_AddObjectRef(m, 'RLock', rlock_type);
  PyModule_AddObjectRef(m, '_local', local_type);
  PyModule_AddObjectRef(m, 'error', PyExc_RuntimeError);
  PyModule_AddObjectRef(m, '_ExceptHookArgs', ExceptHookArgs_Type());
  const max = PyFloat_FromDouble(TIMEOUT_MAX);
  PyModule_AddObjectRef(m, 'TIMEOUT_MAX', max);
  decref(max);
  PyModule_AddIntConstant(m, '_NAME_MAXLEN', NAME_MAXLEN);
}

export const module: ModuleSpec = {
  name: '_thread',
  doc: 'Threads and locks.',
  methods: [
    {
      name: 'start_new_thread',
      flags: METH_CLINIC,
      meth: start_new_thread,
      sig: '($module, function, args, kwargs={}, /)',
    },
    { name: 'start_new', flags: METH_CLINIC, meth: start_new_thread, sig: '($module, function, args, kwargs={}, /)' },
    {
      name: 'start_joinable_thread',
      flags: METH_CLINIC,
      meth: start_joinable_thread,
      sig: '($module, /, function, handle=None, daemon=True)',
    },
    { name: 'daemon_threads_allowed', flags: METH_NOARGS, meth: daemon_threads_allowed, sig: '($module, /)' },
    { name: 'allocate_lock', flags: METH_NOARGS, meth: allocate_lock, sig: '($module, /)' },
    { name: 'allocate', flags: METH_NOARGS, meth: allocate_lock, sig: '($module, /)' },
    { name: 'exit_thread', flags: METH_NOARGS, meth: exit_thread, sig: '($module, /)' },
    { name: 'exit', flags: METH_NOARGS, meth: exit_thread, sig: '($module, /)' },
    { name: 'interrupt_main', flags: METH_CLINIC, meth: interrupt_main, sig: '($module, signum=signal.SIGINT, /)' },
    { name: 'get_ident', flags: METH_NOARGS, meth: get_ident, sig: '($module, /)' },
    { name: 'get_native_id', flags: METH_NOARGS, meth: get_native_id, sig: '($module, /)' },
    { name: '_count', flags: METH_NOARGS, meth: _count, sig: '($module, /)' },
    { name: 'stack_size', flags: METH_CLINIC, meth: stack_size, sig: '($module, size=0, /)' },
    { name: '_excepthook', flags: METH_O, meth: _excepthook, sig: '($module, args, /)' },
    { name: '_is_main_interpreter', flags: METH_NOARGS, meth: _is_main_interpreter, sig: '($module, /)' },
    { name: '_shutdown', flags: METH_NOARGS, meth: shutdown, sig: '($module, /)' },
    { name: '_make_thread_handle', flags: METH_O, meth: _make_thread_handle, sig: '($module, ident, /)' },
    { name: '_get_main_thread_ident', flags: METH_NOARGS, meth: _get_main_thread_ident, sig: '($module, /)' },
    { name: 'set_name', flags: METH_CLINIC, meth: set_name, sig: '($module, /, name)' },
    { name: '_get_name', flags: METH_NOARGS, meth: _get_name, sig: '($module, /)' },
  ],
  exec,
};
