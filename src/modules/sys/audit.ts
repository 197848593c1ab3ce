// audit.ts: audit events (PEP 578).                                                 CPython: Python/sysmodule.c:sys_audit_tstate
//
// Natives report what they are about to do with PySys_Audit; while nobody has added a hook that costs one comparison.

import { PyErr_Clear, PyErr_ExceptionMatches } from '../../core/errors.ts';
import { decref, newref, type PyObject } from '../../core/object.ts';
import { PyObject_CallTwoArgs } from '../../objects/call.ts';
import { PyUnicode_Check } from '../../objects/checks.ts';
import { PyExc_RuntimeError } from '../../objects/exceptions.ts';
import { PyArg_CheckPositional } from '../../objects/getargs.ts';
import { Py_None } from '../../objects/object.ts';
import { PyTuple_FromArray } from '../../objects/tupleobject.ts';
import { bad_argument, PyUnicode_FromString } from '../../objects/unicodeobject.ts';

/** Hooks in the order in which they were added, owned. */
export const auditHooks: PyObject[] = [];

/** Tells the hooks of an event; one that raises stops it. Arguments are borrowed. */
export function PySys_Audit(event: string, ...args: PyObject[]): void {
  if (auditHooks.length === 0) return;
  const name = PyUnicode_FromString(event);
  try {
    run_hooks(name, args);
  } finally {
    decref(name);
  }
}

function run_hooks(event: PyObject, args: PyObject[]): void {
  const tuple = PyTuple_FromArray(args);
  try {
    for (const hook of auditHooks) decref(PyObject_CallTwoArgs(hook, event, tuple));
  } finally {
    decref(tuple);
  }
}

export function sys_audit(_m: PyObject, args: PyObject[]): PyObject {
  if (args.length === 0) PyArg_CheckPositional('audit', 0, 1, Infinity);
  if (!PyUnicode_Check(args[0]!)) bad_argument('audit', 'argument 1', 'str', args[0]!);
  if (auditHooks.length > 0) run_hooks(args[0]!, args.slice(1));
  return newref(Py_None);
}

/** Hooks may refuse another one by raising a RuntimeError, which goes no further. */
export function sys_addaudithook(_m: PyObject, hook: PyObject): PyObject {
  try {
    PySys_Audit('sys.addaudithook');
  } catch (e) {
    if (!PyErr_ExceptionMatches(e, PyExc_RuntimeError)) throw e;
    PyErr_Clear(e);
    return newref(Py_None);
  }
  auditHooks.push(newref(hook));
  return newref(Py_None);
}
