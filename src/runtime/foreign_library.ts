// foreign_library.ts: what modules of another library (PYTHONHOME) take for granted, and is not so here.
//
// The packed library is adapted when it is built (ADAPTED in scripts/build-stdlib.mjs). Another one is not ours to change: its
// modules are told once they have been imported.

import { decref, type PyObject } from '../core/object.ts';
import { Py_False } from '../objects/boolobject.ts';
import type { CodePayload } from '../objects/codeobject.ts';
import { type FunctionPayload, PyFunction_Type } from '../objects/funcobject.ts';
import { PyObject_GetOptionalAttrString, PyObject_SetAttrString } from '../objects/object.ts';

/** Names that a function of a module uses. */
function names_used(module: PyObject, name: string): string[] {
  const func = PyObject_GetOptionalAttrString(module, name);
  if (func === null) return [];
  const used =
    func.ob_type === PyFunction_Type ? ((func.v as FunctionPayload).code as PyObject<CodePayload>).v.names : [];
  decref(func);
  return used.map(used_name => (used_name as PyObject<string>).v);
}

/** Descriptors go to other processes by their names only, which the packed library knows: without that, `multiprocessing` has to do
 *  without its fork server, as it does on systems that cannot send descriptors. */
function multiprocessing_reduction(module: PyObject): void {
  if (!names_used(module, 'sendfds').includes('_descriptors'))
    PyObject_SetAttrString(module, 'HAVE_SEND_HANDLE', Py_False);
}

const AFTER_IMPORT: ReadonlyMap<string, (module: PyObject) => void> = new Map([
  ['multiprocessing.reduction', multiprocessing_reduction],
]);

/** Tells a module that has just been imported. */
export function adapt_module(name: string, module: PyObject): void {
  AFTER_IMPORT.get(name)?.(module);
}
