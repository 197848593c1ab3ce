// absent_modules.ts: modules of CPython's library that cannot be imported, and why.
//
// docs/modules.md shows the same table; tests/unit/modules/imports.test.ts holds both to the truth.

import { PyErr_ExceptionMatches, type Raised } from '../core/errors.ts';
import { decref, type PyObject } from '../core/object.ts';
import { PyExc_ModuleNotFoundError, PyException_SetArgs } from '../objects/exceptions.ts';
import { PyObject_SetAttrString, str_string } from '../objects/object.ts';
import { PyTuple_Pack } from '../objects/tupleobject.ts';
import { PyUnicode_AsString, PyUnicode_FromString } from '../objects/unicodeobject.ts';

/** Names, separated by spaces, and the reason. */
const ABSENT: readonly (readonly [names: string, why: string])[] = [
  ['_android_support _aix_support _apple_support _ios_support _osx_support', 'for other systems; there with --lib'],
  ['_overlapped _scproxy _winapi _wmi msvcrt nt winreg winsound', 'for Windows or macOS; no CPython on Linux has them'],
  ['_gdbm', "needs GDBM; Debian's CPython lacks it, too"],
  ['_dbm', 'needs Berkeley DB; dbm.dumb and dbm.sqlite3 serve where dbm is there'],
  ['_tkinter tkinter turtle turtledemo idlelib', 'Tk has nothing to stand on in a JavaScript host'],
  ['_pydecimal', 'left out of the npm package; _decimal serves; there with --lib'],
  ['dbm pydoc_data', 'left out of the npm package; there with --lib'],
];

/** Has a failed import (owned by whoever caught it) say why there is no such module. */
export function explain_absence(error: unknown, module: PyObject): void {
  if (!PyErr_ExceptionMatches(error, PyExc_ModuleNotFoundError)) return;
  const name = PyUnicode_AsString(module);
  const row = ABSENT.find(([names]) => names.split(' ').includes(name));
  const { exc } = error as Raised;
  const message = `No module named '${name}'`;
  if (row === undefined || str_string(exc) !== message) return;
  const text = PyUnicode_FromString(`${message}: ${row[1]}`);
  const args = PyTuple_Pack(text);
  try {
    PyException_SetArgs(exc, args);
    PyObject_SetAttrString(exc, 'msg', text);
  } finally {
    decref(args);
    decref(text);
  }
}
