// snapshot.ts: an interpreter that was started as far as possible before its process began.
//
// Two halves: prepare_snapshot() starts an interpreter up to where the surroundings matter (command line, environment, open
// files, clock, key of hashes), so that the heap can be saved; Py_InitializeFromSnapshot() finishes it in each process.
// What the second half sets is what init_core() took from the configuration and the host: a new dependency of start-up on
// either belongs there too. Options that change how start-up itself runs have no use for a snapshot: fits_snapshot().
import type { Host } from '../core/host.ts';
import { gc_mark_startup } from '../core/gc.ts';
import { type PyObject, decref, newref } from '../core/object.ts';
import { type PyConfig, current } from '../core/tstate.ts';
import { watch_signals } from '../modules/_signal.ts';
import { add_debug } from '../modules/builtins.ts';
import { fill_environ } from '../modules/posix/process.ts';
import { add_config, add_stdlib_names } from '../modules/sys/info.ts';
import { update_zone } from '../modules/time.ts';
import { PyObject_CallMethod } from '../objects/call.ts';
import { PyDict_Clear, PyDict_Contains, PyDict_DelItem, PyDict_GetItem, PyDict_GetItemString, PyDict_Next, PyDict_SetItem, PyDict_SetItemString } from '../objects/dictobject.ts';
import { PyModule_GetDict } from '../objects/moduleobject.ts';
import { Py_None, PyObject_GetAttrString } from '../objects/object.ts';
import { type KeyedTables, forget_hashes, record_hashes, restore_hashes } from '../objects/rekey.ts';
import type { DictTable } from '../objects/dict/table.ts';
import { PyUnicode_AsString, PyUnicode_FromString } from '../objects/unicodeobject.ts';
import { init_scheduler } from '../vm/scheduler.ts';
import { forget_frozen_code } from './frozen.ts';
import { import_module } from './import.ts';
import { exists, keep_prepared, keep_site, site_modules } from './prepared.ts';
import { load_warm_up } from './warm_up.ts';
import { init_core, init_hash, init_search_paths, init_surroundings } from './lifecycle.ts';

interface Prepared {
  readonly config: PyConfig;
  readonly tables: KeyedTables;
}

const held = { prepared: null as Prepared | null };

/** The names in sys.modules (borrowed), in order. */
function module_names(): PyObject[] {
  const modules = current.tstate.interp.modules!;
  const table = modules.v as DictTable;
  const names: PyObject[] = [];
  for (let i = PyDict_Next(modules, 0); i >= 0; i = PyDict_Next(modules, i + 1)) names.push(table.keys[i]!);
  return names;
}

/** Imports modules and takes them out of sys.modules again. */
function import_aside(name: string): [PyObject, PyObject][] {
  const modules = current.tstate.interp.modules!;
  const before = new Set(module_names());
  decref(import_module(name));
  const added = module_names().filter(n => !before.has(n));
  const out = added.map((n): [PyObject, PyObject] => [newref(n), newref(PyDict_GetItem(modules, n)!)]);
  for (const [n] of out) PyDict_DelItem(modules, n);
  return out;
}

/** Starts an interpreter whose heap is to be saved. The configuration is that of -I -S without further options. */
export function prepare_snapshot(host: Host, config: PyConfig): void {
  if (config.no_site === 0) throw new Error('site looks at its surroundings when it is imported');
  record_hashes();
  init_core(host, config, '0');
  keep_site(import_aside('site'));
  keep_prepared('linecache', import_aside('linecache'));
  fill_importer_cache();
  // Made anew, so that its order is that of any other start with the same key.
  PyDict_SetItemString(current.tstate.interp.sysdict!, 'stdlib_module_names', Py_None);
  load_warm_up();
  forget_frozen_code();
  gc_mark_startup([]);
  held.prepared = { config, tables: forget_hashes() };
}

/** Lets importlib look at every entry of sys.path, for a name that is nowhere: finders remember what folders hold, and look
 *  again when a folder has changed. */
function fill_importer_cache(): void {
  const external = module_named('_frozen_importlib_external');
  const finder = PyObject_GetAttrString(external, 'PathFinder');
  const name = PyUnicode_FromString('sitecustomize');
  decref(PyObject_CallMethod(finder, 'find_spec', name));
  decref(name);
  decref(finder);
}

/** Entries of sys.path that were not there when the snapshot was made are looked at again if they are now. */
function check_importer_cache(): void {
  const cache = PyDict_GetItemString(current.tstate.interp.sysdict!, 'path_importer_cache')!;
  const { keys, values } = cache.v as DictTable;
  for (let i = PyDict_Next(cache, 0); i >= 0; i = PyDict_Next(cache, i + 1)) {
    if (values[i] === Py_None && exists(PyUnicode_AsString(keys[i]!))) PyDict_DelItem(cache, keys[i]!);
  }
}

/** -X options that are asked for when start-up is over. */
const LATE_OPTIONS = ['gil-seed', 'gil-log', 'gil-explore'];

/** Whether a start with this configuration may begin from the interpreter prepared. */
export function fits_snapshot(config: PyConfig): boolean {
  const prepared = held.prepared;
  return (
    prepared !== null &&
    config.prefix === prepared.config.prefix &&
    config.stdlib_dir === prepared.config.stdlib_dir &&
    config.home === null &&
    config.venv === null &&
    config.verbose === 0 &&
    (config.import_time ?? 0) === 0 &&
    config.use_frozen_modules !== false &&
    !config.dev_mode &&
    (config.tracemalloc ?? 0) === 0 &&
    Object.keys(config.xoptions).every(name => LATE_OPTIONS.includes(name))
  );
}

/** A module of start-up. Borrowed. */
function module_named(name: string): PyObject {
  return PyDict_GetItemString(current.tstate.interp.modules!, name)!;
}

/** Finishes the interpreter prepared: afterwards all is as after Py_InitializeFromConfig. */
export function Py_InitializeFromSnapshot(host: Host, config: PyConfig, hash_seed?: string): void {
  const { tables } = held.prepared!;
  const { interp } = current.tstate;
  interp.host = host;
  interp.config = config;
  interp.int_max_str_digits = config.int_max_str_digits;
  init_scheduler(current.tstate);
  init_hash(host, hash_seed);
  restore_hashes(tables);
  add_config(module_named('sys'));
  add_stdlib_names(module_named('sys'));
  add_debug(module_named('builtins'));
  const environ = PyDict_GetItemString(PyModule_GetDict(module_named('posix')), 'environ')!;
  PyDict_Clear(environ);
  fill_environ(environ);
  update_zone();
  watch_signals();
  init_search_paths(config);
  check_importer_cache();
  init_surroundings(config);
  if (config.no_site === 0) add_site();
  const main = module_named('__main__');
  gc_mark_startup([main, PyModule_GetDict(main)]);
}

/** What `import site` does, with its modules made before. */
function add_site(): void {
  const modules = current.tstate.interp.modules!;
  // What options made start-up import stays.
  for (const [name, module] of site_modules()) if (!PyDict_Contains(modules, name)) PyDict_SetItem(modules, name, module);
  decref(PyObject_CallMethod(module_named('site'), 'main'));
}
