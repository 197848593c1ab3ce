// _imp.ts: what importlib needs from below: built-in and frozen modules, the import lock.                  CPython: Python/import.c
import { as_raised, PyErr_Clear, PyErr_SetString } from '../core/errors.ts';
import { siphash13_keyed } from '../core/hash.ts';
import { type PyObject, decref, newref } from '../core/object.ts';
import { per_interpreter } from '../core/per_interpreter.ts';
import { declare_module_types, METH_CLINIC, METH_NOARGS, METH_O, type ModuleSpec } from '../core/spec.ts';
import { current, is_main_interpreter } from '../core/tstate.ts';
import { PyBool_FromLong } from '../objects/boolobject.ts';
import { PyBytes_FromUint8Array } from '../objects/bytesobject.ts';
import { bytes_like } from '../objects/abstract.ts';
import { PyUnicode_Check } from '../objects/checks.ts';
import { type CodePayload, PyCode_Check } from '../objects/codeobject.ts';
import { PyDict_GetItem } from '../objects/dictobject.ts';
import { PyExc_ImportError, PyExc_RuntimeError, PyExc_TypeError, PyExc_ValueError, set_import_error } from '../objects/exceptions.ts';
import { PyList_FromArraySteal } from '../objects/listobject.ts';
import { PyLong_AsBigInt, PyLong_AsLong, PyLong_FromLong } from '../objects/longobject.ts';
import { type PyModuleObject, PyModule_Check, PyModule_Add, exec_module_spec, module_from_spec } from '../objects/moduleobject.ts';
import { PyObject_GetAttrString, PyObject_IsTrue, Py_None, repr_string } from '../objects/object.ts';
import { PyTuple_FromArraySteal } from '../objects/tupleobject.ts';
import { PyUnicode_AsString, PyUnicode_FromString } from '../objects/unicodeobject.ts';
import { MAGIC_NUMBER } from '../opcode/opcodes.ts';

import { block, WaitQueue } from '../vm/waiting.ts';
import { marshal_loads } from './marshal.ts';
import { nativeModules } from './native_registry.ts';

/** Frozen modules: code that is part of the build. Set at start-up. */
export interface FrozenTable {
  names(): string[];
  /** Marshalled code, or null. */
  code(name: string): Uint8Array | null;
  is_package(name: string): boolean;
  /** The module it was frozen from, where that has another name. */
  origname(name: string): string | null;
}
export const frozen: { table: FrozenTable } = {
  table: { names: () => [], code: () => null, is_package: () => false, origname: n => n },
};

/** tests may switch frozen modules off: 1 on, -1 off, 0 by default. */
let override = 0;

function usable(name: string): boolean {
  if (frozen.table.code(name) === null) return false;
  // The bootstrap modules are always frozen.
  if (name.startsWith('_frozen_importlib') || name === 'zipimport' || name.startsWith('importlib._bootstrap')) return true;
  return override > 0 || (override === 0 && current.tstate.interp.config.use_frozen_modules !== false);
}

/** Held around importlib's own tables. CPython: Python/import.c, "import lock" */
const import_lock = /* @__PURE__ */ per_interpreter(() => ({
  depth: 0,
  owner: 0,
  waiting: null as WaitQueue | null,
}));

function take_lock(): PyObject | null {
  const me = current.tstate.thread_id;
  if (import_lock.depth > 0 && import_lock.owner !== me) return null;
  import_lock.depth++;
  import_lock.owner = me;
  return newref(Py_None);
}

function acquire_lock(): PyObject {
  import_lock.waiting ??= new WaitQueue();
  return (
    take_lock() ??
    block(
      {
        attempt: take_lock,
        expired: () => newref(Py_None),
        timeout_ns: -1n,
        queue: import_lock.waiting,
        what: () => 'the import lock',
        holder: () => import_lock.owner,
      },
      acquire_lock,
    )
  );
}

function release_lock(): PyObject {
  if (import_lock.depth === 0 || import_lock.owner !== current.tstate.thread_id) {
    PyErr_SetString(PyExc_RuntimeError, 'not holding the import lock');
  }
  if (--import_lock.depth === 0) import_lock.waiting?.wake_one();
  return newref(Py_None);
}

function text(o: PyObject): string {
  return PyUnicode_AsString(o);
}

/** Multi-phase initialisation, first half: the module of a spec. A module is made once per interpreter. */
function create_builtin(_m: PyObject, spec: PyObject): PyObject {
  const name = PyObject_GetAttrString(spec, 'name');
  try {
    const native = nativeModules.find!(text(name));
    if (native === null) return newref(Py_None);
    const loaded = PyDict_GetItem(current.tstate.interp.modules!, name);
    if (native.one_interpreter === true) check_interpreter(text(name));
    if (loaded !== null && PyModule_Check(loaded) && (loaded as PyModuleObject).v === native) return newref(loaded);
    return module_from_spec(native, text(name));
  } finally {
    decref(name);
  }
}

/** Asked for by tests in place of the interpreter's configuration: 1 checks, -1 does not, 0 by default. */
const extensions = /* @__PURE__ */ per_interpreter(() => ({ override: 0 }));

/** CPython: Python/import.c:_PyImport_CheckSubinterpIncompatibleExtensionAllowed */
function check_interpreter(name: string): void {
  const { override } = extensions;
  if (is_main_interpreter() || override < 0) return;
  if (override === 0 && !current.tstate.interp.features.check_multi_interp_extensions) return;
  PyErr_SetString(PyExc_ImportError, `module ${name} does not support loading in subinterpreters`);
}

function override_extensions_check(_m: PyObject, value: PyObject): PyObject {
  if (is_main_interpreter())
    PyErr_SetString(PyExc_RuntimeError, '_imp._override_multi_interp_extensions_check() cannot be used in the main interpreter');
  const old = extensions.override;
  extensions.override = PyLong_AsLong(value);
  return PyLong_FromLong(old);
}

const executed = new WeakSet<PyObject>();

/** The second half. */
function exec_builtin(_m: PyObject, mod: PyObject): PyObject {
  if (PyModule_Check(mod) && (mod as PyModuleObject).v !== null && !executed.has(mod)) {
    executed.add(mod);
    declare_module_types((mod as PyModuleObject).v!.name);
    nativeModules.ready!();
    exec_module_spec(mod);
  }
  return PyLong_FromLong(0);
}

/** Marks a module that start-up has run. */
export function mark_executed(mod: PyObject): void {
  executed.add(mod);
}

function is_builtin(_m: PyObject, name: PyObject): PyObject {
  const n = text(name);
  if (nativeModules.find!(n) === null) return PyLong_FromLong(0);
  return PyLong_FromLong(n === 'sys' || n === 'builtins' ? -1 : 1);
}

function raise_not_frozen(name: PyObject): never {
  set_import_error(PyExc_ImportError, `No such frozen object named ${text(name)}`, name, null);
}

function origname_object(name: string): PyObject {
  const origname = frozen.table.origname(name);
  return origname === null ? newref(Py_None) : PyUnicode_FromString(origname);
}

function find_frozen(_m: PyObject, name: PyObject, withdata: PyObject | null): PyObject {
  const n = text(name);
  if (!usable(n)) return newref(Py_None);
  const data = withdata !== null && PyObject_IsTrue(withdata) ? PyBytes_FromUint8Array(frozen.table.code(n)!.slice()) : newref(Py_None);
  return PyTuple_FromArraySteal([data, PyBool_FromLong(frozen.table.is_package(n)), origname_object(n)]);
}

/** The code object in marshal data that pretends to be a frozen module's. CPython: unmarshal_frozen_code */
function load_frozen_code(name: PyObject, bytes: Uint8Array): PyObject {
  let code: PyObject;
  try {
    code = marshal_loads(bytes);
  } catch (e) {
    PyErr_Clear(as_raised(e));
    set_import_error(PyExc_ImportError, `Frozen object named ${repr_string(name)} is invalid`, name, null);
  }
  if (PyCode_Check(code)) return code;
  decref(code);
  PyErr_SetString(PyExc_TypeError, `frozen object ${repr_string(name)} is not a code object`);
}

function get_frozen_object(_m: PyObject, name: PyObject, data: PyObject | null): PyObject {
  if (data !== null && data !== Py_None) {
    const bytes = bytes_like(data);
    if (bytes === null) PyErr_SetString(PyExc_TypeError, `a bytes-like object is required, not '${data.ob_type.tp_name}'`);
    return load_frozen_code(name, bytes);
  }
  if (!usable(text(name))) raise_not_frozen(name);
  return marshal_loads(frozen.table.code(text(name))!);
}

function is_frozen_package(_m: PyObject, name: PyObject): PyObject {
  if (!usable(text(name))) raise_not_frozen(name);
  return PyBool_FromLong(frozen.table.is_package(text(name)));
}

/** Imports a frozen module without importlib. */
function init_frozen(_m: PyObject, name: PyObject): PyObject {
  if (!usable(text(name))) return newref(Py_None);
  return nativeModules.import_frozen!(text(name));
}

function fix_co_filename(_m: PyObject, code: PyObject, path: PyObject): PyObject {
  if (!PyCode_Check(code)) PyErr_SetString(PyExc_TypeError, `_fix_co_filename() argument 1 must be code, not ${code.ob_type.tp_name}`);
  if (!PyUnicode_Check(path)) PyErr_SetString(PyExc_TypeError, `_fix_co_filename() argument 2 must be str, not ${path.ob_type.tp_name}`);
  if (text(code.v.co_filename) !== text(path)) update_filename(code, code.v.co_filename, path);
  return newref(Py_None);
}

function update_filename(code: PyObject<CodePayload>, old: PyObject, path: PyObject): void {
  if (text(code.v.co_filename) !== text(old)) return;
  const before = code.v.co_filename;
  code.v.co_filename = newref(path);
  for (const c of code.v.consts) if (PyCode_Check(c)) update_filename(c, before, path);
  decref(before);
}

function source_hash(_m: PyObject, key: PyObject, source: PyObject): PyObject {
  const bytes = bytes_like(source);
  if (bytes === null) PyErr_SetString(PyExc_TypeError, `a bytes-like object is required, not '${source.ob_type.tp_name}'`);
  const hash = siphash13_keyed(PyLong_AsBigInt(key), 0n, bytes);
  const out = new Uint8Array(8);
  new DataView(out.buffer).setBigUint64(0, hash, true);
  return PyBytes_FromUint8Array(out);
}

export const module: ModuleSpec = {
  name: '_imp',
  doc: 'The part of the import machinery that importlib builds on.',
  methods: [
    { name: 'extension_suffixes', flags: METH_NOARGS, meth: () => PyList_FromArraySteal([]), sig: '($module, /)' },
    { name: 'lock_held', flags: METH_NOARGS, meth: () => PyBool_FromLong(import_lock.depth > 0), sig: '($module, /)' },
    {
      name: 'acquire_lock',
      flags: METH_NOARGS,
      meth: acquire_lock,
      sig: '($module, /)',
    },
    {
      name: 'release_lock',
      flags: METH_NOARGS,
      meth: release_lock,
      sig: '($module, /)',
    },
    { name: 'find_frozen', flags: METH_CLINIC, meth: find_frozen, sig: '($module, name, /, *, withdata=False)' },
    { name: 'get_frozen_object', flags: METH_CLINIC, meth: get_frozen_object, sig: '($module, name, data=None, /)' },
    { name: 'is_frozen_package', flags: METH_O, meth: is_frozen_package, sig: '($module, name, /)' },
    { name: 'create_builtin', flags: METH_O, meth: create_builtin, sig: '($module, spec, /)' },
    { name: 'init_frozen', flags: METH_O, meth: init_frozen, sig: '($module, name, /)' },
    { name: 'is_builtin', flags: METH_O, meth: is_builtin, sig: '($module, name, /)' },
    { name: 'is_frozen', flags: METH_O, meth: (_m: PyObject, name: PyObject) => PyBool_FromLong(usable(text(name))), sig: '($module, name, /)' },
    {
      name: '_frozen_module_names',
      flags: METH_NOARGS,
      meth: () => PyList_FromArraySteal(frozen.table.names().map(n => PyUnicode_FromString(n))),
      sig: '($module, /)',
    },
    {
      name: '_override_frozen_modules_for_tests',
      flags: METH_O,
      meth(_m: PyObject, value: PyObject) {
        override = PyLong_AsLong(value);
        return newref(Py_None);
      },
      sig: '($module, override, /)',
    },
    {
      name: '_override_multi_interp_extensions_check',
      flags: METH_O,
      meth: override_extensions_check,
      sig: '($module, override, /)',
    },
    { name: 'exec_builtin', flags: METH_O, meth: exec_builtin, sig: '($module, mod, /)' },
    {
      name: 'create_dynamic',
      flags: METH_CLINIC,
      meth(_m: PyObject, spec: PyObject) {
        const name = PyObject_GetAttrString(spec, 'name');
        const origin = PyObject_GetAttrString(spec, 'origin');
        const bad = text(name).includes('\0') || text(origin).includes('\0');
        decref(origin);
        if (bad) {
          decref(name);
          PyErr_SetString(PyExc_ValueError, 'embedded null character');
        }
        set_import_error(PyExc_ImportError, `C extension modules cannot be loaded here: '${text(name)}'`, name, null);
      },
      sig: '($module, spec, file=<unrepresentable>, /)',
    },
    { name: 'exec_dynamic', flags: METH_O, meth: () => PyLong_FromLong(0), sig: '($module, mod, /)' },
    { name: '_fix_co_filename', flags: METH_CLINIC, meth: fix_co_filename, sig: '($module, code, path, /)' },
    { name: 'source_hash', flags: METH_CLINIC, meth: source_hash, sig: '($module, /, key, source)' },
  ],
  exec(m) {
    const mode = current.tstate.interp.config.xoptions['check_hash_based_pycs'];
    PyModule_Add(m, 'check_hash_based_pycs', PyUnicode_FromString(typeof mode === 'string' ? mode : 'default'));
    // The magic number with CR LF, as a little-endian int.
    PyModule_Add(m, 'pyc_magic_number_token', PyLong_FromLong(MAGIC_NUMBER | (0x0d << 16) | (0x0a << 24)));
  },
};
