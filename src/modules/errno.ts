// errno.ts: the errno module.                                                         CPython: Modules/errnomodule.c

import { ERRNO_ALIASES, errno_names, errno_number } from '../core/errno.ts';
import { decref, type PyObject } from '../core/object.ts';
import type { ModuleSpec } from '../core/spec.ts';
import { PyDict_New, PyDict_SetItem } from '../objects/dictobject.ts';
import { PyLong_FromLong } from '../objects/longobject.ts';
import { PyModule_AddIntConstant, PyModule_AddObjectRef } from '../objects/moduleobject.ts';
import { PyUnicode_FromString } from '../objects/unicodeobject.ts';

function exec(m: PyObject): void {
  const errorcode = PyDict_New();
  for (const [name, n] of errno_names()) {
    PyModule_AddIntConstant(m, name, n);
    const key = PyLong_FromLong(n);
    const value = PyUnicode_FromString(name);
    PyDict_SetItem(errorcode, key, value);
    decref(key);
    decref(value);
  }
  for (const [alias] of ERRNO_ALIASES) PyModule_AddIntConstant(m, alias, errno_number(alias));
  PyModule_AddObjectRef(m, 'errorcode', errorcode);
  decref(errorcode);
}

export const module: ModuleSpec = { name: 'errno', doc: 'Numbers of the errors of the operating system.', exec };
