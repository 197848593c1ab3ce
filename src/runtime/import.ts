// import.ts: the import statement: sys.modules first, importlib for the rest.                          CPython: Python/import.c

import { PyErr_Clear, PyErr_SetString, Raised } from '../core/errors.ts';
import { decref, newref, type PyObject, xdecref, xnewref } from '../core/object.ts';
import { current } from '../core/tstate.ts';
import { frozen, mark_executed } from '../modules/_imp.ts';
import { builtin_import, importLevel } from '../modules/builtins.ts';
import { native_module, native_modules } from '../modules/index.ts';
import { marshal_loads } from '../modules/marshal.ts';
import { nativeModules } from '../modules/native_registry.ts';
import { PyMapping_GetOptionalItem } from '../objects/abstract.ts';
import { auditHooks, PySys_Audit } from '../objects/audit.ts';
import { PyDict_Check, PyUnicode_Check } from '../objects/checks.ts';
import type { CodePayload } from '../objects/codeobject.ts';
import { PyDict_GetItem, PyDict_GetItemString, PyDict_SetItem, PyDict_SetItemString } from '../objects/dictobject.ts';
import { PyFile_WriteString } from '../objects/errors_util.ts';
import {
  PyExc_DeprecationWarning,
  PyExc_ImportError,
  PyExc_ImportWarning,
  PyExc_KeyError,
  PyExc_ModuleNotFoundError,
  PyExc_TypeError,
  PyExc_ValueError,
  PyException_GetTraceback,
  PyException_SetTraceback,
} from '../objects/exceptions.ts';
import { PyList_New } from '../objects/listobject.ts';
import {
  exec_module_spec,
  module_from_spec,
  PyModule_GetDict,
  PyModule_NewObject,
  spec_is_initializing,
} from '../objects/moduleobject.ts';
import { Py_None, PyObject_GetAttrString, PyObject_GetOptionalAttrString, PyObject_IsTrue } from '../objects/object.ts';
import type { TracebackData } from '../objects/tracebackobject.ts';
import { PyTuple_FromArraySteal } from '../objects/tupleobject.ts';
import { _Py_ID, PyUnicode_AsString, PyUnicode_FromString } from '../objects/unicodeobject.ts';
import { PyErr_WarnEx } from '../objects/warnings.ts';
import { scheduler } from '../vm/scheduler.ts';
import { BREATH, call_method, run_code, run_nested, run_steps, type Steps } from '../vm/steps.ts';
import { importNative } from '../vm/waiting.ts';
import { explain_absence } from './absent_modules.ts';
import { adapt_module } from './foreign_library.ts';
import { init_builtin_types } from './init_types.ts';

/** The module in sys.modules (new reference), or null. A module set to None raises. CPython: import_get_module */
function get_module(name: PyObject): PyObject | null {
  const modules = PyDict_GetItemString(current.tstate.interp.sysdict!, 'modules') ?? current.tstate.interp.modules!;
  if (PyDict_Check(modules)) {
    const m = PyDict_GetItem(modules, name);
    return m === null ? null : newref(m);
  }
  return PyMapping_GetOptionalItem(modules, name, PyExc_KeyError);
}

/** The absolute name of a relative import. CPython: resolve_name */
function resolve_name(name: PyObject, globals: PyObject | null, level: number): string {
  if (globals === null) PyErr_SetString(PyExc_KeyError, "'__name__' not in globals");
  if (!PyDict_Check(globals)) PyErr_SetString(PyExc_TypeError, 'globals must be a dict');
  let pkg = PyDict_GetItemString(globals, '__package__');
  const spec = PyDict_GetItemString(globals, '__spec__');
  let package_text: string;
  if (pkg === Py_None) pkg = null;
  if (pkg !== null) {
    if (!PyUnicode_Check(pkg)) PyErr_SetString(PyExc_TypeError, 'package must be a string');
    package_text = PyUnicode_AsString(pkg);
    if (spec !== null && spec !== Py_None) {
      const parent = PyObject_GetAttrString(spec, 'parent');
      const differs = !PyUnicode_Check(parent) || PyUnicode_AsString(parent) !== package_text;
      decref(parent);
      if (differs) PyErr_WarnEx(PyExc_DeprecationWarning, '__package__ != __spec__.parent', 1);
    }
  } else if (spec !== null && spec !== Py_None) {
    const parent = PyObject_GetAttrString(spec, 'parent');
    if (!PyUnicode_Check(parent)) {
      decref(parent);
      PyErr_SetString(PyExc_TypeError, '__spec__.parent must be a string');
    }
    package_text = PyUnicode_AsString(parent);
    decref(parent);
  } else {
    PyErr_WarnEx(
      PyExc_ImportWarning,
      "can't resolve package from __spec__ or __package__, falling back on __name__ and __path__",
      1,
    );
    const n = PyDict_GetItemString(globals, '__name__');
    if (n === null) PyErr_SetString(PyExc_KeyError, "'__name__' not in globals");
    if (!PyUnicode_Check(n)) PyErr_SetString(PyExc_TypeError, '__name__ must be a string');
    package_text = PyUnicode_AsString(n);
    if (PyDict_GetItemString(globals, '__path__') === null) {
      const dot = package_text.lastIndexOf('.');
      if (dot < 0) PyErr_SetString(PyExc_ImportError, 'attempted relative import with no known parent package');
      package_text = package_text.slice(0, dot);
    }
  }
  if (package_text === '') PyErr_SetString(PyExc_ImportError, 'attempted relative import with no known parent package');
  let base = package_text;
  for (let up = 1; up < level; up++) {
    const dot = base.lastIndexOf('.');
    if (dot < 0) PyErr_SetString(PyExc_ImportError, 'attempted relative import beyond top-level package');
    base = base.slice(0, dot);
  }
  const text = PyUnicode_AsString(name);
  return text === '' ? base : `${base}.${text}`;
}

function importlib(): PyObject {
  return current.tstate.interp.importlib!;
}

/** -X importtime: how deep imports are nested, and the nanoseconds that finished ones inside the present one took. */
const importTime = { level: 0, inside: 0n, headed: false };

interface ImportClock {
  readonly began: bigint;
  readonly inside_outer: bigint;
}

function begin_import(): ImportClock {
  if (!importTime.headed) {
    importTime.headed = true;
    write_stderr('import time: self [us] | cumulative | imported package\n');
  }
  const inside_outer = importTime.inside;
  importTime.inside = 0n;
  importTime.level++;
  return { began: current.tstate.interp.host.clock.monotonic_ns(), inside_outer };
}

function end_import({ began, inside_outer }: ImportClock, name: PyObject): void {
  const took = current.tstate.interp.host.clock.monotonic_ns() - began;
  const us = (ns: bigint): string => String((ns + 999n) / 1000n);
  importTime.level--;
  write_stderr(
    `import time: ${us(took - importTime.inside).padStart(9)} | ${us(took).padStart(10)} | ${'  '.repeat(importTime.level)}${PyUnicode_AsString(name)}\n`,
  );
  importTime.inside = inside_outer + took;
}

/** Finds and loads through importlib. CPython: import_find_and_load */
function* find_and_load(name: PyObject): Steps<PyObject> {
  const import_func = current.tstate.interp.import_func!;
  if (auditHooks.length > 0) {
    const sys = (attr: string): PyObject => PyDict_GetItemString(current.tstate.interp.sysdict!, attr) ?? Py_None;
    PySys_Audit('import', name, null, sys('path'), sys('meta_path'), sys('path_hooks'));
  }
  const { tstate } = current;
  const time = (tstate.interp.config.import_time ?? 0) > 0 ? begin_import() : null;
  tstate.importing++;
  try {
    const module = yield* call_method(importlib(), '_find_and_load', [name, import_func]);
    adapt_module(PyUnicode_AsString(name), module);
    return module;
  } catch (e) {
    explain_absence(e, name);
    throw e;
  } finally {
    tstate.importing--;
    if (time !== null) end_import(time, name);
  }
}

/** Cuts the importer's own frames out of a traceback. CPython: remove_importlib_frames */
export function remove_importlib_frames(exc: PyObject): void {
  if (current.tstate.interp.config.verbose > 0) return;
  const always = exc.ob_type === PyExc_ImportError || exc.ob_type === PyExc_ModuleNotFoundError;
  const base = PyException_GetTraceback(exc);
  if (base === null) return;
  // Chunks of importlib frames end with _call_with_frames_removed, or go whole for an ImportError.
  let head: PyObject | null = base;
  let prev: PyObject | null = null;
  let outer: PyObject | null = null;
  let in_importlib = false;
  for (let tb: PyObject | null = base; tb !== null; ) {
    const data = tb.v as TracebackData;
    const next: PyObject | null = data.tb_next;
    const frame = (data.tb_frame as PyObject<{ frame: { f_code: PyObject<CodePayload> } }>).v.frame;
    const file = PyUnicode_AsString(frame.f_code.v.co_filename);
    const now = file === '<frozen importlib._bootstrap>' || file === '<frozen importlib._bootstrap_external>';
    if (now && !in_importlib) outer = prev;
    in_importlib = now;
    if (in_importlib && (always || PyUnicode_AsString(frame.f_code.v.co_name) === '_call_with_frames_removed')) {
      if (outer === null) head = next;
      else {
        const cut: PyObject = (outer.v as TracebackData).tb_next!;
        (outer.v as TracebackData).tb_next = xnewref(next);
        decref(cut);
      }
    } else prev = tb;
    tb = next;
  }
  PyException_SetTraceback(exc, head ?? Py_None);
  decref(base);
}

/** Writes to sys.stderr. CPython: PySys_WriteStderr, PySys_FormatStderr */
function write_stderr(text: string): void {
  const file = PyDict_GetItemString(current.tstate.interp.sysdict!, 'stderr');
  if (file === null || file === Py_None) return;
  try {
    PyFile_WriteString(text, file);
  } catch (e) {
    if (!(e instanceof Raised)) throw e;
    PyErr_Clear(e);
  }
}

/** The module is still being imported by this or another thread: waits for it. CPython: import_ensure_initialized */
function* ensure_initialized(mod: PyObject, name: PyObject): Steps<void> {
  const spec = PyObject_GetOptionalAttrString(mod, '__spec__');
  if (spec === null) return;
  try {
    if (spec === Py_None || !spec_is_initializing(spec)) return;
    decref(yield* call_method(importlib(), '_lock_unlock_module', [name]));
  } finally {
    decref(spec);
  }
}

/** `__import__`. A thread that is not alone can leave its loop for what is imported. */
function import_native(
  native: unknown,
  name: PyObject,
  globals: PyObject | null,
  locals: PyObject | null,
  fromlist: PyObject | null,
  level: number,
): PyObject {
  if (scheduler.threads.length === 1 && !scheduler.paged)
    return import_module_level(name, globals, locals, fromlist, level);
  return run_steps(native, name, import_steps(name, globals, fromlist, level));
}

export function import_module_level(
  name: PyObject,
  globals: PyObject | null,
  _locals: PyObject | null,
  fromlist: PyObject | null,
  level: number,
): PyObject {
  return run_nested(import_steps(name, globals, fromlist, level));
}

/** `name` (borrowed) has to live until it is done. CPython: PyImport_ImportModuleLevelObject */
function* import_steps(
  name: PyObject,
  globals: PyObject | null,
  fromlist: PyObject | null,
  level: number,
): Steps<PyObject> {
  if (!PyUnicode_Check(name)) PyErr_SetString(PyExc_TypeError, 'module name must be a string');
  if (level < 0) PyErr_SetString(PyExc_ValueError, 'level must be >= 0');
  let abs_name: PyObject;
  if (level > 0) abs_name = PyUnicode_FromString(resolve_name(name, globals, level));
  else {
    if (PyUnicode_AsString(name) === '') PyErr_SetString(PyExc_ValueError, 'Empty module name');
    abs_name = newref(name);
  }
  fromlist = xnewref(fromlist);
  try {
    let mod = get_module(abs_name);
    if (mod !== null && mod !== Py_None) {
      yield* ensure_initialized(mod, abs_name);
      const still = get_module(abs_name);
      xdecref(still);
      // The import that was waited for has failed, or put something else there.
      if (still !== mod) {
        decref(mod);
        mod = yield* find_and_load(abs_name);
      }
      if ((current.tstate.interp.config.import_time ?? 0) > 1) {
        write_stderr(
          `import time: cached    | cached     | ${PyUnicode_AsString(abs_name).padStart(2 * importTime.level)}\n`,
        );
      }
    } else {
      xdecref(mod);
      mod = yield* find_and_load(abs_name);
    }
    const has_from = fromlist !== null && fromlist !== Py_None && PyObject_IsTrue(fromlist);
    if (!has_from) {
      const text = PyUnicode_AsString(name);
      if (level !== 0 && text === '') return mod;
      const dot = text.indexOf('.');
      if (dot < 0) return mod;
      if (level === 0) {
        decref(mod);
        const front = PyUnicode_FromString(text.slice(0, dot));
        try {
          return yield* import_steps(front, null, null, 0);
        } finally {
          decref(front);
        }
      }
      const abs = PyUnicode_AsString(abs_name);
      const to = _Py_ID(abs.slice(0, abs.length - (text.length - dot)));
      decref(mod);
      const final = get_module(to);
      if (final === null) PyErr_SetString(PyExc_KeyError, `'${PyUnicode_AsString(to)}' not in sys.modules as expected`);
      return final;
    }
    const path = PyObject_GetOptionalAttrString(mod, '__path__');
    if (path === null) return mod;
    decref(path);
    try {
      return yield* call_method(importlib(), '_handle_fromlist', [mod, fromlist!, current.tstate.interp.import_func!]);
    } finally {
      decref(mod);
    }
  } catch (e) {
    if (e instanceof Raised) remove_importlib_frames(e.exc);
    throw e;
  } finally {
    decref(abs_name);
    xdecref(fromlist);
  }
}

/** Imports an absolute name; for `a.b` the module `a.b` itself. New reference. CPython: PyImport_ImportModule */
export function import_module(name: string): PyObject {
  return run_nested(import_module_steps(name));
}

export function* import_module_steps(name: string): Steps<PyObject> {
  const n = PyUnicode_FromString(name);
  const list = PyTuple_FromArraySteal([PyUnicode_FromString('__doc__')]);
  try {
    return yield* import_steps(n, null, list, 0);
  } finally {
    decref(n);
    decref(list);
  }
}

/** Runs a frozen module's code in a new module that is put into sys.modules. New reference. */
export function import_frozen(name: string): PyObject {
  return run_nested(import_frozen_steps(name));
}

export function* import_frozen_steps(name: string): Steps<PyObject> {
  const data = frozen.table.code(name);
  if (data === null) PyErr_SetString(PyExc_ImportError, `No such frozen object named ${name}`);
  const code = marshal_loads(data);
  yield BREATH;
  const n = PyUnicode_FromString(name);
  const mod = PyModule_NewObject(n);
  const dict = PyModule_GetDict(mod);
  PyDict_SetItemString(dict, '__builtins__', current.tstate.interp.builtins!);
  if (frozen.table.is_package(name)) {
    const empty = PyList_New();
    PyDict_SetItemString(dict, '__path__', empty);
    decref(empty);
  }
  const orig = PyUnicode_FromString(frozen.table.origname(name) ?? name);
  PyDict_SetItemString(dict, '__origname__', orig);
  decref(orig);
  PyDict_SetItem(current.tstate.interp.modules!, n, mod);
  try {
    decref(yield* run_code(code, dict));
  } finally {
    decref(code);
    decref(n);
  }
  return mod;
}

/** Makes and runs a native module without importlib, and puts it into sys.modules. Borrowed. */
export function bootstrap_native(name: string): PyObject {
  const spec = native_module(name)!;
  const mod = module_from_spec(spec, name);
  PyDict_SetItemString(current.tstate.interp.modules!, name, mod);
  exec_module_spec(mod);
  mark_executed(mod);
  decref(mod);
  return mod;
}

/** Connects imports with the layers below. */
export function init_import_hooks(): void {
  importLevel.call = import_native;
  importNative.meth = builtin_import;
  nativeModules.find = native_module;
  nativeModules.names = () => native_modules().map(m => m.name);
  nativeModules.ready = init_builtin_types;
  nativeModules.import_frozen = import_frozen;
}
