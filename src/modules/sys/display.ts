// display.ts: showing exceptions nobody handled, and values at the prompt.       CPython: Python/pythonrun.c, Python/sysmodule.c
//
// Exceptions are printed by the traceback module; should that fail, by the plain printer here.
// Enter through: PyErr_Display, sys_displayhook, sys_breakpointhook.

import { as_raised, PyErr_Clear, PyErr_ExceptionMatches, PyErr_SetString, Raised } from '../../core/errors.ts';
import { decref, newref, type PyObject } from '../../core/object.ts';
import { current } from '../../core/tstate.ts';
import { call_bound_method, PyObject_CallMethod, PyObject_CallOneArg, PyObject_Vectorcall } from '../../objects/call.ts';
import { PyExceptionInstance_Check, PyList_Check, PyTuple_Check, PyUnicode_Check } from '../../objects/checks.ts';
import { PyDict_SetItemString } from '../../objects/dictobject.ts';
import { PyFile_WriteString } from '../../objects/errors_util.ts';
import {
  exc_data,
  PyExc_AttributeError,
  PyExc_ImportError,
  PyExc_RuntimeError,
  PyExc_RuntimeWarning,
  PyExc_UnicodeEncodeError,
  PyException_SetTraceback,
} from '../../objects/exceptions.ts';
import {
  PyImport_GetModule,
  PyImport_ImportModule,
  PyImport_ImportModuleAttr,
  sys_attr,
} from '../../objects/import_util.ts';
import { PyModule_GetDict } from '../../objects/moduleobject.ts';
import {
  Py_None,
  PyObject_GetAttrString,
  PyObject_GetOptionalAttrString,
  PyObject_Repr,
  repr_string,
  str_string,
} from '../../objects/object.ts';
import { PyTraceBack_Check, traceback_text } from '../../objects/tracebackobject.ts';
import { PyUnicode_AsEncodedString, PyUnicode_AsString, PyUnicode_Decode } from '../../objects/unicodeobject.ts';
import { PyErr_WarnEx } from '../../objects/warnings.ts';

function drop(error: unknown): void {
  decref(as_raised(error).exc);
}

/** `module.Qualname` of an exception's type, without the module when that goes without saying. */
function type_text(exc: PyObject): string {
  try {
    const qualname = PyObject_GetAttrString(exc.ob_type, '__qualname__');
    const module = PyObject_GetAttrString(exc.ob_type, '__module__');
    const place = PyUnicode_Check(module) ? PyUnicode_AsString(module) : '<unknown>';
    const name = PyUnicode_AsString(qualname);
    decref(qualname);
    decref(module);
    return place === 'builtins' || place === '__main__' ? name : `${place}.${name}`;
  } catch (e) {
    drop(e);
    return '<unknown>';
  }
}

/** An exception with its causes, printed without help of any module. CPython: print_exception_recursive */
function plain_exception_text(exc: PyObject, seen: Set<PyObject>): string {
  let out = '';
  seen.add(exc);
  const data = exc_data(exc);
  if (data.cause !== null) {
    if (!seen.has(data.cause)) {
      out += `${plain_exception_text(data.cause, seen)}\nThe above exception was the direct cause of the following exception:\n\n`;
    }
  } else if (data.context !== null && !data.suppress_context && !seen.has(data.context)) {
    out += `${plain_exception_text(data.context, seen)}\nDuring handling of the above exception, another exception occurred:\n\n`;
  }
  if (data.traceback !== null) out += traceback_text(data.traceback);
  const name = type_text(exc);
  let text: string;
  try {
    text = str_string(exc);
  } catch (e) {
    drop(e);
    text = '<exception str() failed>';
  }
  out += text === '' ? `${name}\n` : `${name}: ${text}\n`;
  let notes: PyObject | null = null;
  try {
    notes = PyObject_GetOptionalAttrString(exc, '__notes__');
    if (notes !== null && (PyList_Check(notes) || PyTuple_Check(notes))) {
      for (const note of notes.v) out += `${str_string(note)}\n`;
    } else if (notes !== null) out += `${repr_string(notes)}\n`;
  } catch (e) {
    drop(e);
  }
  if (notes !== null) decref(notes);
  return out;
}

/** Prints an exception (borrowed) to a file. Throws nothing. CPython: _PyErr_Display */
export function PyErr_Display(file: PyObject, value: PyObject, tb: PyObject | null): void {
  if (PyExceptionInstance_Check(value) && tb !== null && PyTraceBack_Check(tb) && exc_data(value).traceback === null) {
    PyException_SetTraceback(value, tb);
  }
  try {
    const print = PyImport_ImportModuleAttr('traceback', '_print_exception_bltin');
    try {
      decref(PyObject_CallOneArg(print, value));
      return;
    } finally {
      decref(print);
    }
  } catch (e) {
    drop(e);
  }
  try {
    if (PyExceptionInstance_Check(value)) PyFile_WriteString(plain_exception_text(value, new Set()), file);
    else {
      PyFile_WriteString(
        `TypeError: print_exception(): Exception expected for value, ${value.ob_type.tp_name} found\n`,
        file,
      );
    }
    decref(PyObject_CallMethod(file, 'flush'));
  } catch (e) {
    drop(e);
  }
}

/** Prints an exception (borrowed) to sys.stderr. Throws nothing. CPython: PyErr_DisplayException */
export function PyErr_DisplayException(value: PyObject): void {
  const file = sys_attr('stderr');
  if (file === null) {
    // Before there are streams: the bare descriptor.
    const text = PyExceptionInstance_Check(value) ? plain_exception_text(value, new Set()) : '<unknown error>\n';
    current.tstate.interp.host.files.write(2, new TextEncoder().encode(text));
    return;
  }
  if (file !== Py_None) PyErr_Display(file, value, null);
}

export function sys_excepthook(_m: PyObject, _type: PyObject, value: PyObject, traceback: PyObject): PyObject {
  const file = sys_attr('stderr');
  if (file !== null && file !== Py_None) PyErr_Display(file, value, traceback);
  return newref(Py_None);
}

/** Writes the repr with what the stream cannot encode escaped. CPython: sys_displayhook_unencodable */
function write_unencodable(file: PyObject, o: PyObject): void {
  const encoding = PyObject_GetAttrString(file, 'encoding');
  const name = PyUnicode_AsString(encoding);
  decref(encoding);
  const repr = PyObject_Repr(o);
  const bytes = PyUnicode_AsEncodedString(repr, name, 'backslashreplace');
  decref(repr);
  try {
    const buffer = PyObject_GetOptionalAttrString(file, 'buffer');
    if (buffer !== null) {
      try {
        decref(PyObject_CallMethod(buffer, 'write', bytes));
      } finally {
        decref(buffer);
      }
      return;
    }
    const text = PyUnicode_Decode(bytes.v as Uint8Array, name, 'strict');
    try {
      decref(call_bound_method(file, 'write', text));
    } finally {
      decref(text);
    }
  } finally {
    decref(bytes);
  }
}

export function sys_displayhook(_m: PyObject, o: PyObject): PyObject {
  const builtins = PyImport_GetModule('builtins');
  if (builtins === null) PyErr_SetString(PyExc_RuntimeError, 'lost builtins module');
  try {
    if (o === Py_None) return newref(Py_None);
    const dict = PyModule_GetDict(builtins);
    PyDict_SetItemString(dict, '_', Py_None);
    const file = sys_attr('stdout');
    if (file === null || file === Py_None) PyErr_SetString(PyExc_RuntimeError, 'lost sys.stdout');
    newref(file);
    try {
      try {
        const repr = PyObject_Repr(o);
        try {
          decref(call_bound_method(file, 'write', repr));
        } finally {
          decref(repr);
        }
      } catch (e) {
        if (!PyErr_ExceptionMatches(e, PyExc_UnicodeEncodeError)) throw e;
        PyErr_Clear(e);
        write_unencodable(file, o);
      }
      PyFile_WriteString('\n', file);
    } finally {
      decref(file);
    }
    PyDict_SetItemString(dict, '_', o);
    return newref(Py_None);
  } finally {
    decref(builtins);
  }
}

/** The value of an environment variable, or null. */
function getenv(name: string): string | null {
  const wanted = new TextEncoder().encode(name);
  for (const [key, value] of current.tstate.interp.host.process.environ()) {
    if (key.length === wanted.length && key.every((byte, i) => byte === wanted[i]))
      return new TextDecoder().decode(value);
  }
  return null;
}

/** breakpoint(): calls what PYTHONBREAKPOINT names, pdb.set_trace by default. */
export function sys_breakpointhook(_m: PyObject, args: PyObject[], kwnames: PyObject | null): PyObject {
  let name = current.tstate.interp.config.ignore_environment !== 0 ? null : getenv('PYTHONBREAKPOINT');
  if (name === null || name === '') name = 'pdb.set_trace';
  if (name === '0') return newref(Py_None);
  const dot = name.lastIndexOf('.');
  let hook: PyObject;
  try {
    // A name that is nothing but dots, or begins with one, names no module.
    if (dot === 0) PyErr_SetString(PyExc_ImportError, 'unimportable');
    const module = PyImport_ImportModule(dot < 0 ? 'builtins' : name.slice(0, dot));
    try {
      hook = PyObject_GetAttrString(module, name.slice(dot + 1));
    } finally {
      decref(module);
    }
  } catch (e) {
    if (!(e instanceof Raised)) throw e;
    if (!PyErr_ExceptionMatches(e, PyExc_ImportError) && !PyErr_ExceptionMatches(e, PyExc_AttributeError)) throw e;
    PyErr_Clear(e);
    PyErr_WarnEx(PyExc_RuntimeWarning, `Ignoring unimportable $PYTHONBREAKPOINT: "${name}"`, 1);
    return newref(Py_None);
  }
  try {
    return PyObject_Vectorcall(hook, args, kwnames);
  } finally {
    decref(hook);
  }
}
