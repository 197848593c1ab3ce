// pickled.ts: data that goes to another interpreter as bytes: pickles, functions, scripts.       CPython: Python/crossinterp.c
import { as_raised, PyErr_ExceptionMatches, PyErr_SetString } from '../../core/errors.ts';
import { decref, newref, type PyObject } from '../../core/object.ts';
import { current } from '../../core/tstate.ts';
import { PyObject_CheckBuffer } from '../../objects/abstract.ts';
import { PyBytes_AsUint8Array } from '../../objects/bytesobject.ts';
import { PyObject_CallOneArg, PyObject_Vectorcall } from '../../objects/call.ts';
import { PyUnicode_Check } from '../../objects/checks.ts';
import { type CodePayload, PyCode_Check } from '../../objects/codeobject.ts';
import { PyDict_GetItemString, PyDict_SetItemString, PyDict_Update } from '../../objects/dictobject.ts';
import { exc_data, PyExc_AttributeError, PyExc_TypeError } from '../../objects/exceptions.ts';
import { type FunctionPayload, PyFunction_Check, PyFunction_New } from '../../objects/funcobject.ts';
import { PyImport_ImportModuleAttr } from '../../objects/import_util.ts';
import { PyMemoryView_FromMemory } from '../../objects/memoryobject.ts';
import { PyModule_Check, PyModule_GetDict, PyModule_New } from '../../objects/moduleobject.ts';
import { Py_None, repr_string } from '../../objects/object.ts';
import { PyUnicode_AsString, PyUnicode_FromString } from '../../objects/unicodeobject.ts';
import { compile_source } from '../builtins/compile.ts';
import { source_of_object } from '../front_end.ts';
import { marshal_dumps, marshal_loads } from '../marshal.ts';
import { type CrossData, plain } from './crossdata.ts';
import { forget, InterpreterError, NotShareableError, raise_from } from './errors.ts';
import { verify_function, verify_script } from './stateless.ts';

const MARSHAL_VERSION = 5;

/** Raises NotShareableError because of what was caught. */
function refuse(message: string, e: unknown): never {
  return raise_from(NotShareableError, message, as_raised(e).exc);
}

/** The dict of `__main__` (borrowed). */
export function main_dict(): PyObject {
  const main = PyDict_GetItemString(current.tstate.interp.modules!, '__main__');
  if (main === null || !PyModule_Check(main)) PyErr_SetString(InterpreterError, 'failed to get __main__ namespace');
  return PyModule_GetDict(main);
}

// --- code --------------------------------------------------------------------------------------------------------------------

function code_bytes(code: PyObject): Uint8Array {
  try {
    return marshal_dumps(code, MARSHAL_VERSION, true);
  } catch (e) {
    return refuse('object could not be marshalled', e);
  }
}

function code_from(bytes: Uint8Array): PyObject {
  try {
    return marshal_loads(bytes);
  } catch (e) {
    return refuse('object could not be unmarshalled', e);
  }
}

/** A function that needs nothing but builtins: its globals are `__main__` there. CPython: _PyFunction_GetXIData */
export function function_data(func: PyObject): CrossData {
  if (!PyFunction_Check(func)) PyErr_SetString(NotShareableError, `expected a function, got ${repr_string(func)}`);
  const payload = func.v as FunctionPayload;
  try {
    verify_function(payload);
  } catch (e) {
    refuse('only stateless functions are shareable', e);
  }
  const bytes = code_bytes(payload.code);
  return plain(() => {
    const code = code_from(bytes);
    try {
      return PyFunction_New(code, main_dict());
    } finally {
      decref(code);
    }
  });
}

/** Source text, a function or code object that can be run in `__main__`, as code. CPython: get_script_xidata */
export function script_data(o: PyObject): CrossData {
  let bytes: Uint8Array;
  try {
    const code = script_code(o);
    try {
      verify_script(code.v as CodePayload);
      bytes = code_bytes(code);
    } finally {
      decref(code);
    }
  } catch (e) {
    return refuse('object not a valid script', e);
  }
  return plain(() => code_from(bytes));
}

function script_code(o: PyObject): PyObject {
  if (PyCode_Check(o)) return newref(o);
  if (PyFunction_Check(o)) return newref((o.v as FunctionPayload).code);
  if (!PyUnicode_Check(o) && !PyObject_CheckBuffer(o))
    PyErr_SetString(PyExc_TypeError, `unsupported script ${repr_string(o)}`);
  return compile_source(source_of_object(o, '???', '???'), '<script>', 'exec', 0, 0);
}

// --- pickles -------------------------------------------------------------------------------------------------------------------

/** Where the program's `__main__` is from, or null. */
function main_file(): string | null {
  const main = PyDict_GetItemString(current.tstate.interp.modules!, '__main__');
  const file = main === null || !PyModule_Check(main) ? null : PyDict_GetItemString(PyModule_GetDict(main), '__file__');
  return file === null || !PyUnicode_Check(file) ? null : PyUnicode_AsString(file);
}

/** CPython: _PyPickle_GetXIData */
export function pickle_data(o: PyObject): CrossData {
  let bytes: Uint8Array;
  try {
    const dumps = PyImport_ImportModuleAttr('pickle', 'dumps');
    try {
      const pickled = PyObject_CallOneArg(dumps, o);
      bytes = PyBytes_AsUint8Array(pickled);
      decref(pickled);
    } finally {
      decref(dumps);
    }
  } catch (e) {
    return refuse('object could not be pickled', e);
  }
  const file = main_file();
  return plain(() => {
    try {
      return load_pickle(bytes, file);
    } catch (e) {
      return refuse('object could not be unpickled', e);
    }
  });
}

/** CPython: _PyPickle_Loads */
function load_pickle(bytes: Uint8Array, file: string | null): PyObject {
  const loads = PyImport_ImportModuleAttr('pickle', 'loads');
  const view = PyMemoryView_FromMemory(bytes, true);
  try {
    try {
      return PyObject_CallOneArg(loads, view);
    } catch (e) {
      if (!is_missing_in_main(e)) throw e;
      const found = load_with_copy(loads, view, file);
      if (found === null) throw e;
      forget(e);
      return found;
    }
  } finally {
    decref(view);
    decref(loads);
  }
}

/** CPython: check_missing___main___attr */
function is_missing_in_main(e: unknown): boolean {
  if (!PyErr_ExceptionMatches(e, PyExc_AttributeError)) return false;
  const [message] = exc_data(e.exc).args.v as PyObject[];
  return (
    message !== undefined &&
    PyUnicode_Check(message) &&
    PyUnicode_AsString(message).startsWith("module '__main__' has no attribute '")
  );
}

/** Loads a pickle with a copy of the sender's `__main__` in its place; null if that fails, too. */
function load_with_copy(loads: PyObject, view: PyObject, file: string | null): PyObject | null {
  const { interp } = current.tstate;
  // A program that is no file defines nothing anew.
  if (file === null && interp.main_copy === null) return null;
  const modules = interp.modules!;
  try {
    const copy = interp.main_copy ?? make_main_copy(file!);
    const main = newref(PyDict_GetItemString(modules, '__main__') ?? Py_None);
    PyDict_SetItemString(modules, '__main__', copy);
    try {
      return PyObject_CallOneArg(loads, view);
    } finally {
      PyDict_SetItemString(modules, '__main__', main);
      decref(main);
    }
  } catch (e) {
    forget(e);
    return null;
  }
}

/** Makes the module (borrowed) with what the program's file defines. CPython: ensure_isolated_main */
function make_main_copy(file: string): PyObject {
  const run_path = PyImport_ImportModuleAttr('runpy', 'run_path');
  const args = [PyUnicode_FromString(file), newref(Py_None), PyUnicode_FromString('<fake __main__>')];
  try {
    const namespace = PyObject_Vectorcall(run_path, args, null);
    const copy = PyModule_New('__main__');
    PyDict_Update(PyModule_GetDict(copy), namespace);
    decref(namespace);
    current.tstate.interp.main_copy = copy;
    return copy;
  } finally {
    args.forEach(decref);
    decref(run_path);
  }
}
