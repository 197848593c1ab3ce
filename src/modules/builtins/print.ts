// print.ts: print() and input().                                            CPython: Python/bltinmodule.c

import { PyErr_Clear, PyErr_ExceptionMatches, PyErr_SetNone, PyErr_SetString, Raised } from '../../core/errors.ts';
import { decref, newref, type PyObject, xdecref } from '../../core/object.ts';
import { current } from '../../core/tstate.ts';
import { PySys_Audit } from '../../objects/audit.ts';
import { call_bound_method, PyObject_CallMethod, PyObject_CallOneArg } from '../../objects/call.ts';
import { PyUnicode_Check } from '../../objects/checks.ts';
import { PyDict_GetItemString } from '../../objects/dictobject.ts';
import {
  PyExc_EOFError,
  PyExc_Exception,
  PyExc_RuntimeError,
  PyExc_TypeError,
  PyExc_ValueError,
} from '../../objects/exceptions.ts';
import { Py_None, PyObject_GetAttrString, PyObject_IsTrue, PyObject_Str, str_string } from '../../objects/object.ts';
import { PyUnicode_AsString, PyUnicode_Decode, PyUnicode_FromString } from '../../objects/unicodeobject.ts';
import { call_method, run_steps, type Steps } from '../../vm/steps.ts';

function sys_object(name: string): PyObject | null {
  return PyDict_GetItemString(current.tstate.interp.sysdict!, name);
}

function separator(o: PyObject | null, name: string): PyObject | null {
  if (o === null || o === Py_None) return null;
  if (!PyUnicode_Check(o))
    PyErr_SetString(PyExc_TypeError, `${name} must be None or a string, not ${o.ob_type.tp_name}`);
  return o;
}

/** print(*args, sep=' ', end='\n', file=None, flush=False) */
export function builtin_print(
  _m: PyObject,
  sep: PyObject | null,
  end: PyObject | null,
  file: PyObject | null,
  flush: PyObject | null,
  args: PyObject[],
): PyObject {
  if (file === null || file === Py_None) {
    file = sys_object('stdout');
    if (file === null) PyErr_SetString(PyExc_RuntimeError, 'lost sys.stdout');
    if (file === Py_None) return newref(Py_None);
  }
  const sep_o = separator(sep, 'sep');
  const end_o = separator(end, 'end');
  newref(file);
  let write: PyObject | null = null;
  try {
    write = PyObject_GetAttrString(file, 'write');
    for (let i = 0; i < args.length; i++) {
      if (i > 0) write_text(write, sep_o, ' ');
      const s = PyObject_Str(args[i]!);
      try {
        decref(PyObject_CallOneArg(write, s));
      } finally {
        decref(s);
      }
    }
    write_text(write, end_o, '\n');
    decref(write);
    write = null;
    if (flush !== null && PyObject_IsTrue(flush)) decref(PyObject_CallMethod(file, 'flush'));
  } finally {
    xdecref(write);
    decref(file);
  }
  return newref(Py_None);
}

function write_text(write: PyObject, o: PyObject | null, text: string): void {
  const s = o === null ? PyUnicode_FromString(text) : newref(o);
  try {
    decref(PyObject_CallOneArg(write, s));
  } finally {
    decref(s);
  }
}

/** Reads a line at a terminal, without its newline (null: at the end): set when `readline` is imported. CPython: PyOS_ReadlineFunctionPointer */
export const terminalInput: { readline: ((prompt: string) => Steps<Uint8Array | null>) | null } = { readline: null };

function is_terminal(file: PyObject, fd: number): boolean {
  try {
    const no = PyObject_CallMethod(file, 'fileno');
    const same = no.v === fd;
    decref(no);
    return same && current.tstate.interp.host.files.isatty(fd);
  } catch (e) {
    if (!PyErr_ExceptionMatches(e, PyExc_Exception)) throw e;
    PyErr_Clear(e);
    return false;
  }
}

/** Flushes a stream; what it raises counts for nothing. */
function try_flush(file: PyObject): void {
  try {
    decref(PyObject_CallMethod(file, 'flush'));
  } catch (e) {
    if (!(e instanceof Raised)) throw e;
    PyErr_Clear(e);
  }
}

/** One line without its newline. CPython: Objects/fileobject.c:PyFile_GetLine (n < 0) */
function* get_line(file: PyObject): Steps<PyObject> {
  const line = yield* call_method(file, 'readline', []);
  try {
    if (!PyUnicode_Check(line)) PyErr_SetString(PyExc_TypeError, 'object.readline() returned non-string');
    const text = PyUnicode_AsString(line);
    if (text === '') PyErr_SetString(PyExc_EOFError, 'EOF when reading a line');
    return text.endsWith('\n') ? PyUnicode_FromString(text.slice(0, -1)) : newref(line);
  } finally {
    decref(line);
  }
}

/** A line that was read by `readline`, decoded as the stream is. */
function* edited_line(fin: PyObject, line: Steps<Uint8Array | null>): Steps<PyObject> {
  const bytes = yield* line;
  if (bytes === null) PyErr_SetNone(PyExc_EOFError);
  return PyUnicode_Decode(bytes, text_attribute(fin, 'encoding'), text_attribute(fin, 'errors'));
}

function text_attribute(o: PyObject, name: string): string {
  const value = PyObject_GetAttrString(o, name);
  try {
    return str_string(value);
  } finally {
    decref(value);
  }
}

/** input(prompt='', /). CPython: Python/bltinmodule.c:builtin_input_impl */
export function builtin_input(_m: PyObject, prompt: PyObject | null): PyObject {
  const held: PyObject[] = [];
  const get = (name: string): PyObject => {
    const f = sys_object(name);
    if (f === null || f === Py_None) PyErr_SetString(PyExc_RuntimeError, `lost sys.${name}`);
    held.push(newref(f));
    return f;
  };
  try {
    const fin = get('stdin');
    const fout = get('stdout');
    const ferr = get('stderr');
    PySys_Audit('builtins.input', prompt ?? Py_None);
    try_flush(ferr);
    if (terminalInput.readline !== null && is_terminal(fin, 0) && is_terminal(fout, 1)) {
      try_flush(fout);
      const text = prompt === null ? '' : str_string(prompt);
      if (text.includes('\0')) PyErr_SetString(PyExc_ValueError, 'input: prompt string cannot contain null characters');
      return run_steps(builtin_input, fin, edited_line(fin, terminalInput.readline(text)));
    }
    if (prompt !== null) {
      const s = PyObject_Str(prompt);
      try {
        decref(call_bound_method(fout, 'write', s));
      } finally {
        decref(s);
      }
    }
    try_flush(fout);
    return run_steps(builtin_input, fin, get_line(fin));
  } finally {
    for (const o of held) decref(o);
  }
}
