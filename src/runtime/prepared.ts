// prepared.ts: library modules that a start-up snapshot holds imported, for those who import them from inside.
//
// They are used where an import would find the very file that they were made from: nothing in front of the library on
// sys.path has the name, and the file is as it was.
import { HostError } from '../core/host.ts';
import { decref, type PyObject } from '../core/object.ts';
import { current } from '../core/tstate.ts';
import { PyList_Check, PyUnicode_Check } from '../objects/checks.ts';
import { PyDict_ContainsString, PyDict_GetItemString, PyDict_SetItem } from '../objects/dictobject.ts';
import { PyUnicode_AsString } from '../objects/unicodeobject.ts';

/** Entries of sys.modules, owned. */
export type PreparedModules = readonly (readonly [name: PyObject, module: PyObject])[];

interface PreparedModule {
  readonly modules: PreparedModules;
  readonly mtime_ns: bigint;
}

const prepared = new Map<string, PreparedModule>();
const held = { site: [] as PreparedModules };
/** Finders that the interpreter starts with. */
const FINDERS = 3;

const encoder = { utf8: null as TextEncoder | null };

/** When the file was last changed; null if there is none. */
function mtime_of(path: string): bigint | null {
  encoder.utf8 ??= new TextEncoder();
  try {
    return current.tstate.interp.host.files.stat(encoder.utf8.encode(path)).mtime_ns;
  } catch (e) {
    if (e instanceof HostError) return null;
    throw e;
  }
}

/** Keeps a module that was imported from the library and taken out of sys.modules; steals the references. */
export function keep_prepared(name: string, modules: PreparedModules): void {
  const mtime_ns = mtime_of(`${current.tstate.interp.config.stdlib_dir}/${name}.py`);
  if (mtime_ns !== null) prepared.set(name, { modules, mtime_ns });
}

/** Keeps what `import site` adds to sys.modules, in order; steals the references. */
export function keep_site(modules: PreparedModules): void {
  held.site = modules;
}

export function site_modules(): PreparedModules {
  return held.site;
}

/** Lets go of all that is kept: the interpreter ends. */
export function drop_prepared(): void {
  const all = [held.site, ...[...prepared.values()].map(it => it.modules)];
  held.site = [];
  prepared.clear();
  for (const modules of all) {
    for (const [name, module] of modules) {
      decref(name);
      decref(module);
    }
  }
}

/** Whether there is a file or folder of that name. */
export function exists(path: string): boolean {
  encoder.utf8 ??= new TextEncoder();
  return current.tstate.interp.host.files.access(encoder.utf8.encode(path), 0);
}

/** Whether a folder of sys.path has something of that name, or is no folder. */
function hides(folder: string, name: string): boolean {
  const at = folder === '' ? '.' : folder;
  if (exists(`${at}/${name}.py`) || exists(`${at}/${name}.pyc`) || exists(`${at}/${name}/.`)) return true;
  return !exists(`${at}/.`) && exists(at);
}

/** Puts the module into sys.modules if an import would have the same result. */
export function use_prepared(name: string): void {
  const it = prepared.get(name);
  if (it === undefined) return;
  const { interp } = current.tstate;
  const modules = interp.modules!;
  if (PyDict_ContainsString(modules, name)) return;
  const sysdict = interp.sysdict!;
  const path = PyDict_GetItemString(sysdict, 'path');
  const finders = PyDict_GetItemString(sysdict, 'meta_path');
  if (path === null || finders === null || !PyList_Check(path) || !PyList_Check(finders)) return;
  if ((finders.v as PyObject[]).length !== FINDERS) return;
  const library = interp.config.stdlib_dir!;
  for (const item of path.v as PyObject[]) {
    if (!PyUnicode_Check(item)) return;
    const folder = PyUnicode_AsString(item);
    if (folder === library) {
      if (mtime_of(`${library}/${name}.py`) !== it.mtime_ns) return;
      for (const [key, module] of it.modules) PyDict_SetItem(modules, key, module);
      return;
    }
    if (hides(folder, name)) return;
  }
}
