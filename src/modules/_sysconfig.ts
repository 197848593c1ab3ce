// _sysconfig.ts: how the interpreter was built.                                            CPython: Modules/_sysconfig.c

import type { PyObject } from '../core/object.ts';
import { decref } from '../core/object.ts';
import { METH_NOARGS, type ModuleSpec } from '../core/spec.ts';
import { PyDict_New, PyDict_SetItemString } from '../objects/dictobject.ts';
import { PyLong_FromLong } from '../objects/longobject.ts';

function config_vars(): PyObject {
  const vars = PyDict_New();
  for (const name of ['Py_GIL_DISABLED', 'Py_DEBUG']) {
    const zero = PyLong_FromLong(0);
    PyDict_SetItemString(vars, name, zero);
    decref(zero);
  }
  return vars;
}

export const module: ModuleSpec = {
  name: '_sysconfig',
  doc: 'What sysconfig asks of the build.',
  methods: [{ name: 'config_vars', flags: METH_NOARGS, meth: config_vars, sig: '($module, /)' }],
};
