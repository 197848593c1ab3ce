// info.ts: what sys says about the interpreter and its start-up options.          CPython: Python/sysmodule.c, Python/initconfig.c
import {
  decref,
  newref,
  Py_TPFLAGS_DISALLOW_INSTANTIATION,
  type PyObject,
  type PyTypeObject,
} from '../../core/object.ts';
import { current, type PyConfig } from '../../core/tstate.ts';
import { PyBool_FromLong } from '../../objects/boolobject.ts';
import { PyDict_New, PyDict_SetItemString } from '../../objects/dictobject.ts';
import { PyFloat_FromDouble } from '../../objects/floatobject.ts';
import { PyList_FromArraySteal } from '../../objects/listobject.ts';
import { PyLong_FromBigInt, PyLong_FromLong } from '../../objects/longobject.ts';
import { PyModule_Add, PyModule_AddStringConstant } from '../../objects/moduleobject.ts';
import { _PyNamespace_New } from '../../objects/namespaceobject.ts';
import { Py_None } from '../../objects/object.ts';
import { PyFrozenSet_New } from '../../objects/setobject.ts';
import { PyStructSequence_New, PyStructSequence_NewType, type StructSequenceDesc } from '../../objects/structseq.ts';
import { float_info, hash_info, int_info } from '../../objects/sysinfo.ts';
import { PyTuple_FromArraySteal } from '../../objects/tupleobject.ts';
import { PyUnicode_FromString, PyUnicode_InternFromString } from '../../objects/unicodeobject.ts';
import { nativeModules } from '../native_registry.ts';
import { STDLIB_MODULE_NAMES } from './names.ts';

/** The CPython whose behaviour this is. */
export const VERSION = { major: 3, minor: 14, micro: 10 } as const;
export const VERSION_TEXT = '3.14.10';
/** As CPython shows its compiler, so that `platform` can take it apart. */
export const FULL_VERSION = `${VERSION_TEXT} (main, Nov 21 2026, 12:00:00) [Pyvarium TypeScript]`;
const HEXVERSION = 0x030e0af0;
const MULTIARCH = 'x86_64-linux-gnu';

const COPYRIGHT = `Copyright (c) 2001 Python Software Foundation.
All Rights Reserved.

Copyright (c) 2000 BeOpen.com.
All Rights Reserved.

Copyright (c) 1995-2001 Corporation for National Research Initiatives.
All Rights Reserved.

Copyright (c) 1991-1995 Stichting Mathematisch Centrum, Amsterdam.
All Rights Reserved.`;

function describe(
  name: string,
  doc: string,
  fields: readonly string[],
  visible = fields.length,
  closed = false,
): StructSequenceDesc {
  return {
    name,
    doc,
    fields: fields.map(field => ({ name: field })),
    n_in_sequence: visible,
    builtin: true,
    ...(closed ? { disallow_instantiation: true, flags: Py_TPFLAGS_DISALLOW_INSTANTIATION } : {}),
  };
}

const FLAGS = [
  ...[
    'debug',
    'inspect',
    'interactive',
    'optimize',
    'dont_write_bytecode',
    'no_user_site',
    'no_site',
    'ignore_environment',
  ],
  ...[
    'verbose',
    'bytes_warning',
    'quiet',
    'hash_randomization',
    'isolated',
    'dev_mode',
    'utf8_mode',
    'warn_default_encoding',
  ],
  ...['safe_path', 'int_max_str_digits', 'gil', 'thread_inherit_context', 'context_aware_warnings'],
];
/** Reached by name only. */
const HIDDEN_FLAGS = 3;

interface InfoTypes {
  version_info: PyTypeObject;
  flags: PyTypeObject;
  float_info: PyTypeObject;
  int_info: PyTypeObject;
  hash_info: PyTypeObject;
  thread_info: PyTypeObject;
  asyncgen_hooks: PyTypeObject;
}

let types: InfoTypes | null = null;

/** The types of sys's struct sequences; they still have to be readied when they are made. */
export function info_types(): InfoTypes {
  const make = PyStructSequence_NewType;
  types ??= {
    version_info: make(
      describe(
        'sys.version_info',
        'sys.version_info\n\nVersion information as a named tuple.',
        ['major', 'minor', 'micro', 'releaselevel', 'serial'],
        5,
        true,
      ),
    ),
    flags: make(
      describe(
        'sys.flags',
        'sys.flags\n\nFlags provided through command line arguments or environment vars.',
        FLAGS,
        FLAGS.length - HIDDEN_FLAGS,
        true,
      ),
    ),
    float_info: make(describe('sys.float_info', 'Facts about the float type.', Object.keys(float_info))),
    int_info: make(describe('sys.int_info', 'Facts about how ints are kept.', Object.keys(int_info))),
    hash_info: make(describe('sys.hash_info', 'Facts about hashes.', Object.keys(hash_info))),
    thread_info: make(describe('sys.thread_info', 'Facts about threads.', ['name', 'lock', 'version'])),
    asyncgen_hooks: make(describe('asyncgen_hooks', 'Hooks of asynchronous generators.', ['firstiter', 'finalizer'])),
  };
  return types;
}

function value_of(value: number | bigint | string): PyObject {
  if (typeof value === 'string') return PyUnicode_FromString(value);
  return typeof value === 'bigint' ? PyLong_FromBigInt(value) : PyLong_FromLong(value);
}

function struct_of(type: PyTypeObject, values: readonly (number | bigint | string)[]): PyObject {
  return PyStructSequence_New(type, values.map(value_of));
}

function float_info_object(): PyObject {
  const floats = ['max', 'min', 'epsilon'];
  return PyStructSequence_New(
    info_types().float_info,
    Object.entries(float_info).map(([name, value]) =>
      floats.includes(name) ? PyFloat_FromDouble(value) : PyLong_FromLong(value),
    ),
  );
}

/** sys.flags for the present configuration. CPython: make_flags, set_flags_from_config */
export function flags_object(): PyObject {
  const { config, int_max_str_digits } = current.tstate.interp;
  const int = PyLong_FromLong;
  return PyStructSequence_New(info_types().flags, [
    int(config.debug),
    int(config.inspect),
    int(config.interactive),
    int(config.optimize),
    int(config.dont_write_bytecode),
    int(config.no_user_site),
    int(config.no_site),
    int(config.ignore_environment),
    int(config.verbose),
    int(config.bytes_warning),
    int(config.quiet),
    int(config.hash_randomization),
    int(config.isolated),
    PyBool_FromLong(config.dev_mode),
    int(config.utf8_mode),
    int(config.warn_default_encoding),
    PyBool_FromLong(config.safe_path),
    int(int_max_str_digits),
    int(1),
    int(0),
    int(0),
  ]);
}

function version_object(): PyObject {
  return struct_of(info_types().version_info, [VERSION.major, VERSION.minor, VERSION.micro, 'final', 0]);
}

function str_list(items: readonly string[]): PyObject {
  return PyList_FromArraySteal(items.map(PyUnicode_FromString));
}

function str_or_none(s: string | null): PyObject {
  return s === null ? newref(Py_None) : PyUnicode_FromString(s);
}

function implementation_object(): PyObject {
  const ns = PyDict_New();
  const set = (name: string, value: PyObject): void => {
    PyDict_SetItemString(ns, name, value);
    decref(value);
  };
  set('name', PyUnicode_InternFromString('cpython'));
  set('cache_tag', PyUnicode_InternFromString('cpython-314'));
  set('version', version_object());
  set('hexversion', PyLong_FromLong(HEXVERSION));
  set('_multiarch', PyUnicode_FromString(MULTIARCH));
  set('supports_isolated_interpreters', PyBool_FromLong(true));
  const implementation = _PyNamespace_New(ns);
  decref(ns);
  return implementation;
}

function xoptions_object(config: PyConfig): PyObject {
  const dict = PyDict_New();
  for (const [name, value] of Object.entries(config.xoptions)) {
    const v = value === true ? PyBool_FromLong(true) : PyUnicode_FromString(value);
    PyDict_SetItemString(dict, name, v);
    decref(v);
  }
  return dict;
}

/** Fills in everything that is not a function. */
export function add_info(m: PyObject): void {
  const add = (name: string, value: PyObject): void => PyModule_Add(m, name, value);
  const add_text = (name: string, value: string): void => PyModule_AddStringConstant(m, name, value);
  const t = info_types();

  add_text('version', FULL_VERSION);
  add('hexversion', PyLong_FromLong(HEXVERSION));
  add('version_info', version_object());
  add('_git', PyTuple_FromArraySteal(['CPython', '', ''].map(PyUnicode_FromString)));
  add('api_version', PyLong_FromLong(1013));
  add_text('copyright', COPYRIGHT);
  add_text('platform', 'linux');
  add_text('byteorder', 'little');
  add_text('abiflags', '');
  add_text('platlibdir', 'lib');
  add_text('float_repr_style', 'short');
  add_text('_framework', '');
  add('maxsize', PyLong_FromBigInt((1n << 63n) - 1n));
  add('maxunicode', PyLong_FromLong(0x10ffff));
  add('float_info', float_info_object());
  add('int_info', struct_of(t.int_info, Object.values(int_info)));
  add('hash_info', struct_of(t.hash_info, Object.values(hash_info)));
  add(
    'thread_info',
    PyStructSequence_New(t.thread_info, [...['pthread', 'semaphore'].map(PyUnicode_FromString), newref(Py_None)]),
  );
  add('implementation', implementation_object());
  const builtin_names = (nativeModules.names?.() ?? []).sort();
  add('builtin_module_names', PyTuple_FromArraySteal(builtin_names.map(PyUnicode_InternFromString)));
  add_stdlib_names(m);
  add_config(m);
}

/** A set whose order follows from the key of string hashes. */
export function add_stdlib_names(m: PyObject): void {
  const names = PyTuple_FromArraySteal(STDLIB_MODULE_NAMES.map(PyUnicode_InternFromString));
  PyModule_Add(m, 'stdlib_module_names', PyFrozenSet_New(names));
  decref(names);
}

/** Fills in what the configuration says. CPython: _PySys_UpdateConfig */
export function add_config(m: PyObject): void {
  const { config } = current.tstate.interp;
  const add = (name: string, value: PyObject): void => PyModule_Add(m, name, value);
  const add_text = (name: string, value: string): void => PyModule_AddStringConstant(m, name, value);
  add('flags', flags_object());
  add('argv', str_list(config.argv));
  add('orig_argv', str_list(config.orig_argv));
  add('warnoptions', str_list(config.warnoptions));
  add('_xoptions', xoptions_object(config));
  add('dont_write_bytecode', PyBool_FromLong(config.dont_write_bytecode !== 0));
  add('pycache_prefix', str_or_none(config.pycache_prefix));
  add_text('executable', config.executable);
  add_text('_base_executable', config.base_executable);
  for (const name of ['prefix', 'exec_prefix']) add_text(name, config.venv ?? config.prefix);
  for (const name of ['base_prefix', 'base_exec_prefix']) add_text(name, config.prefix);
  add('_stdlib_dir', str_or_none(config.stdlib_dir));
  add('_home', str_or_none(config.home));
}
