// errors_util.ts: errors that nobody can handle (finalizers, callbacks), shown by sys.unraisablehook.
//                                                                                        CPython: Python/errors.c
// Invariant: nothing here throws; what goes wrong while reporting is reported in the same way, or dropped.

import { as_raised, PyErr_SetString, Raised } from '../core/errors.ts';
import { decref, newref, type PyObject, type PyTypeObject } from '../core/object.ts';
import { current } from '../core/tstate.ts';
import { PyObject_CallMethodNoArgs, PyObject_CallMethodOneArg, PyObject_CallOneArg } from './call.ts';
import { PyUnicode_Check } from './checks.ts';
import { exc_data, PyExc_TypeError } from './exceptions.ts';
import { sys_attr } from './import_util.ts';
import { Py_None, PyObject_GetAttrString, repr_string, str_string } from './object.ts';
import { PyStructSequence_New, PyStructSequence_NewType, type StructSequenceDesc } from './structseq.ts';
import { _PyTraceBack_FromFrame, PyTraceBack_Check, traceback_text } from './tracebackobject.ts';
import { ready_static_types } from './typeobject.ts';
import { PyUnicode_AsString, PyUnicode_FromString } from './unicodeobject.ts';

const hook_args_desc: StructSequenceDesc = {
  name: 'UnraisableHookArgs',
  doc: 'What sys.unraisablehook gets.',
  fields: [
    { name: 'exc_type', doc: 'Exception type' },
    { name: 'exc_value', doc: 'Exception value' },
    { name: 'exc_traceback', doc: 'Exception traceback' },
    { name: 'err_msg', doc: 'Error message' },
    { name: 'object', doc: 'Object causing the exception' },
  ],
  n_in_sequence: 5,
  builtin: true,
};

let hook_args_type: PyTypeObject | undefined;

/** The type of what sys.unraisablehook gets. */
export function UnraisableHookArgs_Type(): PyTypeObject {
  if (hook_args_type === undefined) {
    hook_args_type = PyStructSequence_NewType(hook_args_desc);
    ready_static_types();
  }
  return hook_args_type;
}

/** What is to be shown. All borrowed. */
interface Report {
  exc: PyObject;
  err_msg: PyObject | null;
  object: PyObject | null;
}

/** Writes a text to a Python file object. CPython: PyFile_WriteString */
export function PyFile_WriteString(text: string, file: PyObject): void {
  const str = PyUnicode_FromString(text);
  try {
    decref(PyObject_CallMethodOneArg(file, 'write', str));
  } finally {
    decref(str);
  }
}

/** `module.qualname` of an exception type, without the module when that goes without saying. */
function exception_type_text(type: PyTypeObject): string {
  let text = '';
  try {
    const module = PyObject_GetAttrString(type, '__module__');
    if (PyUnicode_Check(module)) {
      const name = PyUnicode_AsString(module);
      if (name !== 'builtins' && name !== '__main__') text = `${name}.`;
    } else text = '<unknown>';
    decref(module);
  } catch (e) {
    drop(e);
    text = '<unknown>';
  }
  try {
    const qualname = PyObject_GetAttrString(type, '__qualname__');
    text += PyUnicode_Check(qualname) ? PyUnicode_AsString(qualname) : '<unknown>';
    decref(qualname);
  } catch (e) {
    drop(e);
    text += '<unknown>';
  }
  return text;
}

function drop(e: unknown): void {
  decref(as_raised(e).exc);
}

/** CPython: Python/errors.c:write_unraisable_exc_file */
function write_report(report: Report, file: PyObject): void {
  const { exc, err_msg, object } = report;
  if (object !== null && object !== Py_None) {
    PyFile_WriteString(
      err_msg !== null && err_msg !== Py_None ? `${str_string(err_msg)}: ` : 'Exception ignored in: ',
      file,
    );
    let text: string;
    try {
      text = repr_string(object);
    } catch (e) {
      drop(e);
      text = '<object repr() failed>';
    }
    PyFile_WriteString(`${text}\n`, file);
  } else if (err_msg !== null && err_msg !== Py_None) {
    PyFile_WriteString(`${str_string(err_msg)}:\n`, file);
  }
  const tb = exc_data(exc).traceback;
  if (tb !== null && PyTraceBack_Check(tb)) PyFile_WriteString(traceback_text(tb), file);
  let text: string;
  try {
    text = `: ${str_string(exc)}`;
  } catch (e) {
    drop(e);
    text = ': <exception str() failed>';
  }
  PyFile_WriteString(`${exception_type_text(exc.ob_type)}${text}\n`, file);
  decref(PyObject_CallMethodNoArgs(file, 'flush'));
}

/** Shows it on sys.stderr, if there is one. CPython: Python/errors.c:write_unraisable_exc */
function write_default(report: Report): void {
  const file = sys_attr('stderr');
  if (file === null || file === Py_None) return;
  newref(file);
  try {
    write_report(report, file);
  } finally {
    decref(file);
  }
}

/** What `sys.__unraisablehook__` does. CPython: Python/errors.c:_PyErr_WriteUnraisableDefaultHook */
export function _PyErr_WriteUnraisableDefaultHook(args: PyObject): PyObject {
  if (args.ob_type !== UnraisableHookArgs_Type()) {
    PyErr_SetString(PyExc_TypeError, 'sys.unraisablehook argument type must be UnraisableHookArgs');
  }
  const items = args.v as PyObject[];
  write_default({ exc: items[1]!, err_msg: items[3]!, object: items[4]! });
  return newref(Py_None);
}

/** Calls sys.unraisablehook with the error; takes what was caught over. CPython: Python/errors.c:format_unraisable_v */
function report_unraisable(error: unknown, message: string | null, object: PyObject | null): void {
  let raised = as_raised(error);
  if (current.tstate === null || current.tstate.interp.sysdict === null) {
    decref(raised.exc);
    return;
  }
  let err_msg = message === null ? null : PyUnicode_FromString(message);
  let shown = object;
  let hook: PyObject | null = null;
  try {
    const data = exc_data(raised.exc);
    if (data.traceback === null && current.tstate.frame !== null) {
      data.traceback = _PyTraceBack_FromFrame(null, current.tstate.frame);
    }
    hook = sys_attr('unraisablehook');
    if (hook !== null && hook !== Py_None) {
      newref(hook);
      const exc = raised.exc;
      const args = PyStructSequence_New(UnraisableHookArgs_Type(), [
        newref(exc.ob_type),
        newref(exc),
        newref(data.traceback ?? Py_None),
        newref(err_msg ?? Py_None),
        newref(object ?? Py_None),
      ]);
      try {
        decref(PyObject_CallOneArg(hook, args));
        return;
      } catch (e) {
        // The hook failed: its own error is shown, by the default hook.
        const newer = as_raised(e);
        decref(raised.exc);
        raised = newer;
        if (err_msg !== null) decref(err_msg);
        err_msg = PyUnicode_FromString('Exception ignored in sys.unraisablehook');
        shown = hook;
      } finally {
        decref(args);
      }
    } else hook = null;
    write_default({ exc: raised.exc, err_msg, object: shown });
  } catch (e) {
    if (e instanceof Raised) decref(e.exc);
    else throw e;
  } finally {
    if (err_msg !== null) decref(err_msg);
    if (hook !== null && hook !== Py_None) decref(hook);
    decref(raised.exc);
  }
}

/** Reports an error in or about an object (borrowed, or null). Takes `error`, whatever was caught, over.
 *  CPython: PyErr_WriteUnraisable */
export function PyErr_WriteUnraisable(object: PyObject | null, error: unknown): void {
  report_unraisable(error, null, object);
}

/** Reports an error with a message of its own, such as 'Exception ignored in atexit callback <...>'. Takes `error` over.
 *  CPython: PyErr_FormatUnraisable */
export function PyErr_FormatUnraisable(message: string, error: unknown): void {
  report_unraisable(error, message, null);
}
