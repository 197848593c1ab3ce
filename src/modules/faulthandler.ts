// faulthandler.ts: tracebacks written straight to a descriptor.                          CPython: Modules/faulthandler.c
//
// Crashes that a signal handler would report do not happen here; what remains is to show the stack on request.

import { PyErr_SetString } from '../core/errors.ts';
import { FRAME_OWNED_BY_INTERPRETER, type InterpreterFrame } from '../core/frame.ts';
import { decref, type PyObject } from '../core/object.ts';
import { METH_CLINIC, METH_NOARGS, METH_O, type ModuleSpec } from '../core/spec.ts';
import { current } from '../core/tstate.ts';
import { PyBool_FromLong } from '../objects/boolobject.ts';
import { PyObject_CallMethodNoArgs } from '../objects/call.ts';
import { PyLong_Check } from '../objects/checks.ts';
import { PyCode_Addr2Line } from '../objects/codeobject.ts';
import { PyExc_RuntimeError, PyExc_ValueError } from '../objects/exceptions.ts';
import { sys_attr } from '../objects/import_util.ts';
import { Py_None, PyObject_GetAttrString } from '../objects/object.ts';
import { PyUnicode_AsString } from '../objects/unicodeobject.ts';
import { c_int, host, none } from './args.ts';

const MAX_FRAMES = 100;

const state = { enabled: false };

/** The descriptor to write to. CPython: Modules/faulthandler.c:faulthandler_get_fileno */
function descriptor(file: PyObject | null): number {
  if (file === null || file === Py_None) {
    file = sys_attr('stderr');
    if (file === null) PyErr_SetString(PyExc_RuntimeError, 'unable to get sys.stderr');
    if (file === Py_None) PyErr_SetString(PyExc_RuntimeError, 'sys.stderr is None');
  }
  if (PyLong_Check(file)) {
    const fd = c_int(file);
    if (fd < 0) PyErr_SetString(PyExc_ValueError, 'file is not a valid file descriptor');
    return fd;
  }
  const result = PyObject_CallMethodNoArgs(file, 'fileno');
  let fd = -1;
  if (PyLong_Check(result)) fd = c_int(result);
  decref(result);
  if (fd < 0) PyErr_SetString(PyExc_RuntimeError, 'file.fileno() is not a valid file descriptor');
  decref(PyObject_CallMethodNoArgs(file, 'flush'));
  return fd;
}

function code_text(code: PyObject, name: string): string {
  const value = PyObject_GetAttrString(code, name);
  const text = PyUnicode_AsString(value);
  decref(value);
  return text;
}

/** The stack of the running thread, innermost first. CPython: Python/traceback.c:_Py_DumpTraceback */
export function stack_text(): string {
  let out = 'Stack (most recent call first):\n';
  let depth = 0;
  for (let f: InterpreterFrame | null = current.tstate.frame; f !== null; f = f.previous) {
    if (f.owner === FRAME_OWNED_BY_INTERPRETER) continue;
    if (depth++ >= MAX_FRAMES) {
      out += '  ...\n';
      break;
    }
    const line = PyCode_Addr2Line(f.f_code, f.instr * 2);
    out += `  File "${code_text(f.f_code, 'co_filename')}", line ${line < 0 ? '???' : line} in ${code_text(f.f_code, 'co_name')}\n`;
  }
  return out;
}

function dump_traceback(_m: PyObject, file: PyObject | null, _all: PyObject | null): PyObject {
  const fd = descriptor(file);
  // Plain ASCII, as a signal handler could write it.
  const text = stack_text().replace(/[^ -~\n]/g, c => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
  host().files.write(
    fd,
    Uint8Array.from(text, c => c.charCodeAt(0)),
  );
  return none();
}

/** There is no C stack to show: what CPython writes where it cannot get one. CPython: Python/traceback.c:_Py_DumpStack */
function dump_c_stack(_m: PyObject, file: PyObject | null): PyObject {
  const fd = descriptor(file);
  const text = "Current thread's C stack trace (most recent call first):\n  <cannot get C stack on this system>\n";
  host().files.write(
    fd,
    Uint8Array.from(text, c => c.charCodeAt(0)),
  );
  return none();
}

function enable(_m: PyObject, file: PyObject | null, _all: PyObject | null): PyObject {
  descriptor(file);
  state.enabled = true;
  return none();
}

function disable(): PyObject {
  const was = state.enabled;
  state.enabled = false;
  return PyBool_FromLong(was);
}

function is_enabled(): PyObject {
  return PyBool_FromLong(state.enabled);
}

/** Nothing runs beside the program that could watch the time. */
function dump_traceback_later(): PyObject {
  return none();
}

function register(): PyObject {
  return none();
}

function unregister(): PyObject {
  return PyBool_FromLong(false);
}

export const module: ModuleSpec = {
  name: 'faulthandler',
  doc: 'Shows the stack.',
  methods: [
    { name: 'enable', flags: METH_CLINIC, meth: enable, sig: '($module, /, file=sys.stderr, all_threads=True)' },
    { name: 'disable', flags: METH_NOARGS, meth: disable, sig: '($module, /)' },
    { name: 'is_enabled', flags: METH_NOARGS, meth: is_enabled, sig: '($module, /)' },
    {
      name: 'dump_traceback',
      flags: METH_CLINIC,
      meth: dump_traceback,
      sig: '($module, /, file=sys.stderr, all_threads=True)',
    },
    { name: 'dump_c_stack', flags: METH_CLINIC, meth: dump_c_stack, sig: '($module, /, file=sys.stderr)' },
    {
      name: 'dump_traceback_later',
      flags: METH_CLINIC,
      meth: dump_traceback_later,
      sig: '($module, /, timeout, repeat=False, file=sys.stderr, exit=False)',
    },
    { name: 'cancel_dump_traceback_later', flags: METH_NOARGS, meth: none, sig: '($module, /)' },
    {
      name: 'register',
      flags: METH_CLINIC,
      meth: register,
      sig: '($module, /, signum, file=sys.stderr, all_threads=True, chain=False)',
    },
    { name: 'unregister', flags: METH_O, meth: unregister, sig: '($module, signum, /)' },
  ],
};
