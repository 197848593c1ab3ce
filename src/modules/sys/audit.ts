// audit.ts: sys.audit and sys.addaudithook.                                          CPython: Python/sysmodule.c
import { PyErr_Clear, PyErr_ExceptionMatches } from '../../core/errors.ts';
import { newref, type PyObject } from '../../core/object.ts';
import { auditHooks, PySys_Audit, run_audit_hooks } from '../../objects/audit.ts';
import { PyUnicode_Check } from '../../objects/checks.ts';
import { PyExc_RuntimeError } from '../../objects/exceptions.ts';
import { PyArg_CheckPositional } from '../../objects/getargs.ts';
import { Py_None } from '../../objects/object.ts';
import { bad_argument } from '../../objects/unicodeobject.ts';

export function sys_audit(_m: PyObject, args: PyObject[]): PyObject {
  if (args.length === 0) PyArg_CheckPositional('audit', 0, 1, Infinity);
  if (!PyUnicode_Check(args[0]!)) bad_argument('audit', 'argument 1', 'str', args[0]!);
  if (auditHooks.length > 0) run_audit_hooks(args[0]!, args.slice(1));
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
