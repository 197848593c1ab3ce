// lifecycle.ts: starting and ending an interpreter.                                            CPython: Python/pylifecycle.c
//
// Order: types, builtins and sys, importlib out of frozen code, encodings, the standard streams, site. Each step may use
// only what the steps before it made.

import { PyErr_SetNone, Raised } from '../core/errors.ts';
import {
  gc_collect_generation,
  gc_program_outlives,
  gc_set_startup_aside,
  gc_set_stress,
  gcHooks,
} from '../core/gc.ts';
import { seed_hash, set_hash_key } from '../core/hash.ts';
import type { Host } from '../core/host.ts';
import { memoryLimit, set_memory_limit } from '../core/memory_limit.ts';
import { decref, G_STARTUP, incref, newref, type PyObject } from '../core/object.ts';
import {
  current,
  EVAL_GC_SCHEDULED,
  interpreters,
  is_main_interpreter,
  type PyConfig,
  PyInterpreterState,
  PyThreadState,
} from '../core/tstate.ts';
import { frozen, mark_executed } from '../modules/_imp.ts';
import { signal_fini } from '../modules/_signal.ts';
import { run_exit_functions } from '../modules/atexit.ts';
import { module as builtins_spec } from '../modules/builtins.ts';
import { add_reference_totals, module as sys_spec } from '../modules/sys.ts';
import { PyBool_FromLong } from '../objects/boolobject.ts';
import { PyObject_CallMethod, PyObject_Vectorcall } from '../objects/call.ts';
import { PyCodec_Lookup } from '../objects/codecs.ts';
import type { DictTable } from '../objects/dict/table.ts';
import {
  PyDict_Clear,
  PyDict_Copy,
  PyDict_GetItemString,
  PyDict_New,
  PyDict_Next,
  PyDict_SetItem,
  PyDict_SetItemString,
  PyDict_Update,
} from '../objects/dictobject.ts';
import { PyErr_FormatUnraisable } from '../objects/errors_util.ts';
import { PyExc_MemoryError } from '../objects/exceptions.ts';
import { PyList_FromArraySteal, PyList_Insert, PyList_New } from '../objects/listobject.ts';
import { PyLong_FromLong } from '../objects/longobject.ts';
import { exec_module_spec, module_from_spec, PyModule_Check, PyModule_GetDict } from '../objects/moduleobject.ts';
import {
  Py_None,
  PyObject_GetAttrString,
  PyObject_GetOptionalAttrString,
  PyObject_IsTrue,
  PyObject_SetAttrString,
} from '../objects/object.ts';
import { PyFile_NewStdPrinter } from '../objects/stdprinter.ts';
import { latin1Hook } from '../objects/unicodeobject/data.ts';
import { PyUnicode_AsString, PyUnicode_FromString } from '../objects/unicodeobject.ts';
import { _PyWeakref_GET_REF, PyWeakref_NewRef } from '../objects/weakrefobject.ts';
import { write_gil_log } from '../vm/gil_log.ts';
import { live_objects, total_references } from '../vm/memory/graph.ts';
import { debug_malloc_stats } from '../vm/memory/malloc_stats.ts';
import { init_scheduler } from '../vm/scheduler.ts';
import { call_method, run_nested, run_to_end, type Steps } from '../vm/steps.ts';
import { tracemalloc_start } from '../vm/tracemalloc.ts';
import { load_frozen } from './frozen.ts';
import {
  bootstrap_native,
  import_frozen_steps,
  import_module,
  import_module_steps,
  init_import_hooks,
} from './import.ts';
import { make_builtin_types } from './init_types.ts';
import { end_interpreters, init_interpreters } from './interpreters.ts';
import { drop_prepared } from './prepared.ts';

/** Sets a str, list of str or other object in sys; steals the value. */
function sys_set(name: string, value: PyObject): void {
  PyDict_SetItemString(current.tstate.interp.sysdict!, name, value);
  decref(value);
}

function str_list(items: readonly string[]): PyObject {
  return PyList_FromArraySteal(items.map(s => PyUnicode_FromString(s)));
}

/** Chooses the key of string hashes from PYTHONHASHSEED. */
export function init_hash(host: Host, seed: string | undefined): void {
  if (seed !== undefined && seed !== '' && seed !== 'random') seed_hash(Number(seed));
  else set_hash_key(host.random_bytes(16));
}

/** Builds the interpreter up to where user code can run. Throws Raised if start-up code fails. CPython: Py_InitializeFromConfig */
export function Py_InitializeFromConfig(host: Host, config: PyConfig, hash_seed?: string): void {
  init_core(host, config, hash_seed);
  init_surroundings(config);
  if (config.no_site === 0) decref(import_module('site'));
}

/** What nothing outside the interpreter has a say in but the key of hashes and what sys tells of the configuration: a
 *  start-up snapshot holds the result (snapshot.ts). CPython: pyinit_core and the first half of init_interp_main */
export function init_core(host: Host, config: PyConfig, hash_seed?: string): void {
  run_to_end(make_core(host, config, hash_seed));
  run_nested(import_core());
}

/** The part of init_core() that runs no Python code: types, builtins and sys. Yields from time to time. */
export function* make_core(host: Host, config: PyConfig, hash_seed?: string): Generator<void, void> {
  const interp = new PyInterpreterState(host, config);
  interp.int_max_str_digits = config.int_max_str_digits;
  current.tstate = new PyThreadState(interp, 1);
  interpreters.splice(0, interpreters.length, interp);
  init_scheduler(current.tstate);
  init_hash(host, hash_seed);
  latin1Hook.decode = host.decode_latin1 ?? null;
  yield* make_builtin_types();
  init_import_hooks();
  init_interpreters();
  gcHooks.request = () => {
    current.tstate.eval_breaker |= EVAL_GC_SCHEDULED;
  };
  frozen.table = load_frozen(host) ?? frozen.table;
  yield* make_modules();
  if (config.tracemalloc !== undefined && config.tracemalloc > 0) tracemalloc_start(config.tracemalloc);
}

/** The first modules of an interpreter: builtins and sys. */
export function* make_modules(): Generator<void, void> {
  const { interp } = current.tstate;
  const { config } = interp;
  interp.modules = PyDict_New();
  const builtins = module_from_spec(builtins_spec, 'builtins');
  interp.builtins = PyModule_GetDict(builtins);
  incref(interp.builtins);
  const sys = module_from_spec(sys_spec, 'sys');
  interp.sysdict = PyModule_GetDict(sys);
  incref(interp.sysdict);
  PyDict_SetItemString(interp.modules, 'builtins', builtins);
  PyDict_SetItemString(interp.modules, 'sys', sys);
  PyDict_SetItemString(interp.sysdict, 'modules', interp.modules);
  // What start-up has to say before there are streams. CPython: _PySys_SetPreliminaryStderr
  const printer = PyFile_NewStdPrinter(2);
  PyDict_SetItemString(interp.sysdict, 'stderr', printer);
  PyDict_SetItemString(interp.sysdict, '__stderr__', printer);
  decref(printer);
  yield;
  exec_module_spec(builtins);
  mark_executed(builtins);
  interp.builtins_copy = PyDict_Copy(interp.builtins);
  yield;
  exec_module_spec(sys);
  mark_executed(sys);
  init_path(config);
  decref(builtins);
  decref(sys);
}

/** The part of init_core() that runs Python code: importlib and the first imports. */
export function* import_core(): Steps<void> {
  yield* init_importlib();
  const { failure } = start_step;
  start_step.failure = NO_ENCODINGS;
  // The codecs registry needs it before any text can be decoded by name. CPython: init_fs_encoding
  decref(yield* import_module_steps('encodings'));
  start_step.failure = failure;
  // Installs the handler of SIGINT.
  if (is_main_interpreter()) decref(yield* import_module_steps('_signal'));
  init_main();
}

/** What it means if start-up raises at this moment. */
export const start_step = { failure: 'init_import_site: Failed to import the site module' };

export const NO_ENCODINGS = 'Failed to import encodings module';

/** What is to be shown when the library is not where it should be. CPython: Python/pathconfig.c:_Py_DumpPathConfig */
export function path_configuration(config: PyConfig): string {
  const text = (value: string | null): string => (value === null ? '(not set)' : `'${value}'`);
  const lib = config.stdlib_dir;
  return `Python path configuration:
  PYTHONHOME = ${text(config.home)}
  PYTHONPATH = ${config.pythonpath.length === 0 ? '(not set)' : text(config.pythonpath.join(':'))}
  program name = ${text(config.executable)}
  isolated = ${config.isolated}
  environment = ${1 - config.ignore_environment}
  user site = ${1 - config.no_user_site}
  safe_path = ${Number(config.safe_path)}
  import site = ${1 - config.no_site}
  is in build tree = 0
  stdlib dir = ${text(lib)}
  sys.path[0] = (not set)
  sys._base_executable = ${text(config.base_executable)}
  sys.base_prefix = ${text(config.prefix)}
  sys.base_exec_prefix = ${text(config.prefix)}
  sys.platlibdir = 'lib'
  sys.executable = ${text(config.executable)}
  sys.prefix = ${text(config.prefix)}
  sys.exec_prefix = ${text(config.prefix)}
  sys.path = [
${module_search_paths(config)
  .map(path => `    '${path}',\n`)
  .join('')}  ]
`;
}

/** The name that a codec gives itself. CPython: Python/initconfig.c:config_get_codec_name */
function codec_name(encoding: string): string {
  const codec = PyCodec_Lookup(encoding);
  try {
    const name = PyObject_GetAttrString(codec, 'name');
    try {
      return PyUnicode_AsString(name);
    } finally {
      decref(name);
    }
  } finally {
    decref(codec);
  }
}

/** The standard streams and what options ask for. CPython: the second half of init_interp_main */
export function init_surroundings(config: PyConfig): void {
  if (config.xoptions['showrefcount'] !== undefined)
    add_reference_totals(PyDict_GetItemString(current.tstate.interp.modules!, 'sys')!);
  if (is_main_interpreter()) {
    memoryLimit.host = current.tstate.interp.host.memory ?? null;
    memoryLimit.raise = () => PyErr_SetNone(PyExc_MemoryError);
    set_memory_limit(config.memory_limit ?? memoryLimit.host?.limit() ?? Infinity);
  }
  if (config.gc_stress !== undefined && config.gc_stress > 0) gc_set_stress(config.gc_stress);
  const { failure } = start_step;
  if (config.stdio_encoding !== null) {
    start_step.failure = 'init_stdio_encoding: failed to get the Python codec name of the stdio encoding';
    config.stdio_encoding = codec_name(config.stdio_encoding);
  }
  start_step.failure = "init_sys_streams: can't initialize sys standard streams";
  init_stdio(config);
  start_step.failure = failure;
  if (config.faulthandler === true && is_main_interpreter()) {
    const faulthandler = import_module('faulthandler');
    decref(PyObject_CallMethod(faulthandler, 'enable'));
    decref(faulthandler);
  }
  // The filters that were asked for take effect when the module is imported.
  if (config.warnoptions.length > 0) decref(import_module('warnings'));
  current.tstate.interp.ready = true;
}

/** sys.path and what hangs on it, where sys itself has not set them. */
function init_path(config: PyConfig): void {
  sys_set('meta_path', PyList_New());
  sys_set('path_hooks', PyList_New());
  sys_set('path_importer_cache', PyDict_New());
  init_search_paths(config);
}

export function init_search_paths(config: PyConfig): void {
  sys_set('path', str_list(module_search_paths(config)));
}

/** Where modules are looked for: PYTHONPATH first, then the zip, the library and its extension folder. */
function module_search_paths(config: PyConfig): string[] {
  const lib = config.stdlib_dir;
  const paths = [...config.pythonpath];
  if (lib === null) return paths;
  const slash = lib.lastIndexOf('/');
  paths.push(`${lib.slice(0, slash)}/python314.zip`, lib, `${lib}/lib-dynload`);
  return paths;
}

/** CPython: init_importlib and init_importlib_external */
function* init_importlib(): Steps<void> {
  const interp = current.tstate.interp;
  const importlib = yield* import_frozen_steps('_frozen_importlib');
  interp.importlib = importlib;
  interp.import_func = newref(PyDict_GetItemString(interp.builtins!, '__import__')!);
  const imp = bootstrap_native('_imp');
  const sys = PyDict_GetItemString(interp.modules!, 'sys')!;
  decref(yield* call_method(importlib, '_install', [sys, imp]));
  decref(yield* call_method(importlib, '_install_external_importers', []));
  yield* init_zipimport();
}

/** zipimport serves zip files on sys.path. CPython: init_zipimport */
function* init_zipimport(): Steps<void> {
  const zipimport = yield* import_module_steps('zipimport');
  const importer = PyObject_GetOptionalAttrString(zipimport, 'zipimporter');
  decref(zipimport);
  if (importer === null) return;
  PyList_Insert(PyDict_GetItemString(current.tstate.interp.sysdict!, 'path_hooks')!, 0, importer);
  decref(importer);
}

/** An empty `__main__` with a loader. CPython: add_main_module */
function init_main(): void {
  const interp = current.tstate.interp;
  const name = PyUnicode_FromString('__main__');
  const types = PyObject_GetAttrString(PyDict_GetItemString(interp.modules!, 'sys')!, '__class__');
  const main = PyObject_Vectorcall(types, [name], null);
  decref(types);
  decref(name);
  const dict = PyModule_GetDict(main);
  const builtins = PyDict_GetItemString(interp.modules!, 'builtins')!;
  PyDict_SetItemString(dict, '__builtins__', builtins);
  const loader = PyObject_GetOptionalAttrString(interp.importlib!, 'BuiltinImporter');
  if (loader !== null) {
    PyDict_SetItemString(dict, '__loader__', loader);
    decref(loader);
  }
  PyDict_SetItemString(interp.modules!, '__main__', main);
  decref(main);
}

/** One standard stream. CPython: create_stdio */
function create_stdio(
  io: PyObject,
  config: PyConfig,
  fd: number,
  name: string,
  writing: boolean,
  errors: string,
): PyObject {
  const host = current.tstate.interp.host;
  try {
    host.files.fstat(fd);
  } catch {
    return newref(Py_None);
  }
  const open = PyObject_GetAttrString(io, 'open');
  const buffered = config.buffered_stdio || !writing;
  const args = [
    PyLong_FromLong(fd),
    PyUnicode_FromString(writing ? 'wb' : 'rb'),
    PyLong_FromLong(buffered ? -1 : 0),
    newref(Py_None),
    newref(Py_None),
    newref(Py_None),
    PyBool_FromLong(false),
  ];
  const buffer = PyObject_Vectorcall(open, args, null);
  for (const a of args) decref(a);
  decref(open);
  const raw = buffered ? PyObject_GetAttrString(buffer, 'raw') : newref(buffer);
  const label = PyUnicode_FromString(name);
  PyObject_SetAttrString(raw, 'name', label);
  decref(label);
  const isatty = host.files.isatty(fd);
  const wrapper = PyObject_GetAttrString(io, 'TextIOWrapper');
  const write_through = !buffered;
  const line_buffering = config.buffered_stdio && (isatty || fd === 2);
  const encoding = config.stdio_encoding ?? 'utf-8';
  const targs = [
    buffer,
    PyUnicode_FromString(encoding),
    PyUnicode_FromString(errors),
    PyUnicode_FromString('\n'),
    PyBool_FromLong(line_buffering),
    PyBool_FromLong(write_through),
  ];
  const stream = PyObject_Vectorcall(wrapper, targs, null);
  for (const a of targs) decref(a);
  decref(wrapper);
  decref(raw);
  const mode = PyUnicode_FromString(writing ? 'w' : 'r');
  PyObject_SetAttrString(stream, 'mode', mode);
  decref(mode);
  return stream;
}

/** Locales that say nothing of an encoding, and those that stand in for them. */
const UNSPECIFIC_LOCALES = new Set(['C', 'POSIX', 'C.UTF-8', 'C.utf8', 'UTF-8']);

/** What stdin and stdout do with bytes that are no text. CPython: Python/initconfig.c:config_get_stdio_errors */
function stdio_errors(config: PyConfig): string {
  if (config.stdio_errors !== null) return config.stdio_errors;
  if (config.utf8_mode > 0) return 'surrogateescape';
  const env = new Map<string, string>();
  const decoder = new TextDecoder();
  for (const [name, value] of current.tstate.interp.host.process.environ()) {
    env.set(decoder.decode(name), decoder.decode(value));
  }
  const locale = env.get('LC_ALL') || env.get('LC_CTYPE') || env.get('LANG') || 'C';
  return UNSPECIFIC_LOCALES.has(locale) ? 'surrogateescape' : 'strict';
}

/** CPython: init_sys_streams */
function init_stdio(config: PyConfig): void {
  const io = import_module('_io');
  const wrapper = PyObject_GetAttrString(io, 'open');
  PyDict_SetItemString(current.tstate.interp.builtins!, 'open', wrapper);
  decref(wrapper);
  const streams: [string, number, boolean, string][] = [
    ['stdin', 0, false, stdio_errors(config)],
    ['stdout', 1, true, stdio_errors(config)],
    ['stderr', 2, true, 'backslashreplace'],
  ];
  for (const [name, fd, writing, errors] of streams) {
    const stream = create_stdio(io, config, fd, `<${name}>`, writing, errors);
    PyDict_SetItemString(current.tstate.interp.sysdict!, `__${name}__`, stream);
    PyDict_SetItemString(current.tstate.interp.sysdict!, name, stream);
    decref(stream);
  }
  decref(io);
}

/** Flushes sys.stdout and sys.stderr; false if that failed. CPython: flush_std_files */
export function flush_std_files(): boolean {
  const dict = current.tstate.interp.sysdict!;
  let ok = true;
  for (const name of ['stdout', 'stderr']) {
    const f = PyDict_GetItemString(dict, name);
    if (f === null || f === Py_None) continue;
    try {
      const closed = PyObject_GetOptionalAttrString(f, 'closed');
      const is_closed = closed !== null && closed !== Py_None && PyObject_IsTrue(closed);
      if (closed !== null) decref(closed);
      if (!is_closed) decref(PyObject_CallMethod(f, 'flush'));
    } catch (e) {
      if (!(e instanceof Raised)) throw e;
      if (name === 'stdout') PyErr_FormatUnraisable('Exception ignored while flushing sys.stdout', e);
      else decref(e.exc);
      ok = false;
    }
  }
  return ok;
}

/** Waits for threads, runs exit functions, flushes, and takes modules apart. False if flushing failed. CPython: Py_FinalizeEx */
export function Py_FinalizeEx(): boolean {
  const interp = current.tstate.interp;
  wait_for_threads();
  run_exit_functions();
  end_interpreters();
  let ok = flush_std_files();
  interp.finalizing = true;
  signal_fini();
  const all = gc_program_outlives(program_modules());
  if (!all) gc_set_startup_aside();
  gc_collect_generation(2, false);
  ok = (all ? finalize_modules() : finalize_program()) && ok;
  write_gil_log();
  if (interp.config.xoptions['showrefcount'] !== undefined) show_references();
  if (interp.config.malloc_stats === true) write_malloc_stats();
  return ok;
}

/** What there still is. CPython: Python/pylifecycle.c:_PyDebug_PrintTotalRefs */
function show_references(): void {
  const text = `[${total_references()} refs, ${live_objects().size} blocks]\n`;
  current.tstate.interp.host.files.write(2, new TextEncoder().encode(text));
}

/** CPython: _PyObject_DebugMallocStats */
function write_malloc_stats(): void {
  current.tstate.interp.host.files.write(2, new TextEncoder().encode(debug_malloc_stats(live_objects())));
}

/** CPython: wait_for_thread_shutdown */
export function wait_for_threads(): void {
  const threading = PyDict_GetItemString(current.tstate.interp.modules!, 'threading');
  if (threading === null) return;
  try {
    decref(PyObject_CallMethod(threading, '_shutdown'));
  } catch (e) {
    if (!(e instanceof Raised)) throw e;
    PyErr_FormatUnraisable('Exception ignored on threading shutdown', e);
  }
}

/** What of sys goes before modules do. CPython: sys_deletes */
const SYS_DELETES = [
  'path_importer_cache',
  'path_hooks',
  'path',
  'argv',
  'ps1',
  'ps2',
  'last_exc',
  'last_type',
  'last_value',
  'last_traceback',
  '__interactivehook__',
  'meta_path',
];

/** Modules die: those that nobody holds, whole where they hold each other; the contents of what is left are taken away, the
 *  last imported first; sys and builtins last. Whether the standard streams could be flushed.
 *  CPython: Python/pylifecycle.c:finalize_modules */
export function finalize_modules(): boolean {
  const interp = current.tstate.interp;
  const sysdict = interp.sysdict!;
  PyDict_SetItemString(interp.builtins!, '_', Py_None);
  for (const name of SYS_DELETES) {
    if (PyDict_GetItemString(sysdict, name) !== null) PyDict_SetItemString(sysdict, name, Py_None);
  }
  for (const name of ['stdin', 'stdout', 'stderr']) {
    const original = PyDict_GetItemString(sysdict, `__${name}__`);
    if (original !== null) PyDict_SetItemString(sysdict, name, original);
  }
  if (is_main_interpreter()) drop_prepared();
  const refs = remove_modules();
  restore_builtins();
  gc_collect_generation(2, false);
  for (let i = refs.length - 1; i >= 0; i--) {
    const m = _PyWeakref_GET_REF(refs[i]!);
    decref(refs[i]!);
    if (m === null) continue;
    const dict = PyModule_GetDict(m);
    if (dict !== sysdict && dict !== interp.builtins) clear_module_dict(dict);
    decref(m);
  }
  // Afterwards nothing can be printed any more.
  const flushed = flush_std_files();
  clear_module_dict(sysdict);
  clear_module_dict(interp.builtins!);
  gc_collect_generation(2, false);
  return flushed;
}

/** As finalize_modules, where nothing of what start-up made holds anything whose end would be noticed. */
function finalize_program(): boolean {
  for (const ref of remove_modules()) decref(ref);
  restore_builtins();
  gc_collect_generation(2, false);
  return flush_std_files();
}

/** The modules that are not start-up's (borrowed). */
function program_modules(): PyObject[] {
  const modules = current.tstate.interp.modules!;
  const { values } = modules.v as DictTable;
  const found: PyObject[] = [];
  for (let i = PyDict_Next(modules, 0); i >= 0; i = PyDict_Next(modules, i + 1)) {
    if ((values[i]!.g & G_STARTUP) === 0) found.push(values[i]!);
  }
  return found;
}

/** Empties sys.modules, the first imported first; returns weak references (owned) to the modules.
 *  CPython: finalize_remove_modules, finalize_clear_modules_dict */
function remove_modules(): PyObject[] {
  const modules = current.tstate.interp.modules!;
  const table = modules.v as DictTable;
  const refs: PyObject[] = [];
  for (let i = PyDict_Next(modules, 0); i >= 0; i = PyDict_Next(modules, i + 1)) {
    if (!PyModule_Check(table.values[i]!)) continue;
    refs.push(PyWeakref_NewRef(table.values[i]!, null));
    PyDict_SetItem(modules, table.keys[i]!, Py_None);
  }
  PyDict_Clear(modules);
  return refs;
}

/** What was added to builtins or replaced there goes. CPython: finalize_restore_builtins */
function restore_builtins(): void {
  const { builtins, builtins_copy } = current.tstate.interp;
  const changed = PyDict_Copy(builtins!);
  PyDict_Clear(builtins!);
  PyDict_Update(builtins!, builtins_copy!);
  decref(changed);
}

/** Names with one underscore first, then the others but __builtins__. CPython: _PyModule_ClearDict */
function clear_module_dict(dict: PyObject): void {
  const table = dict.v as DictTable;
  for (const pass of [0, 1]) {
    for (let i = PyDict_Next(dict, 0); i >= 0; i = PyDict_Next(dict, i + 1)) {
      const key = table.keys[i]!;
      if (table.values[i] === Py_None || typeof key.v !== 'string') continue;
      const single = key.v[0] === '_' && key.v[1] !== '_';
      if (pass === 0 ? single : key.v !== '__builtins__') PyDict_SetItem(dict, key, Py_None);
    }
  }
}
