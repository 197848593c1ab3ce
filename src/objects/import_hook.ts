// import_hook.ts: how natives import modules; the import system fills it in at start-up.    CPython: Python/import.c:PyImport_ImportModuleAttr
import { type PyObject, decref } from '../core/object.ts';
import { PyObject_GetAttrString } from './object.ts';

export const importHooks = {
  /** Imports an absolute module by name; new reference. */
  import_module: null as ((name: string) => PyObject) | null,
  /** The module if it is in sys.modules already (borrowed), else null. */
  loaded_module: null as ((name: string) => PyObject | null) | null,
};

export function import_module_attribute(module: string, name: string): PyObject {
  const m = importHooks.import_module!(module);
  try {
    return PyObject_GetAttrString(m, name);
  } finally {
    decref(m);
  }
}
