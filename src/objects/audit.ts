// audit.ts: audit events (PEP 578).                                                 CPython: Python/sysmodule.c:sys_audit_tstate
//
// Natives report what they are about to do with PySys_Audit; while nobody has added a hook that costs one comparison.

import { decref, newref, type PyObject } from '../core/object.ts';
import { per_interpreter } from '../core/per_interpreter.ts';
import { current } from '../core/tstate.ts';
import { PyBytes_FromUint8Array } from './bytesobject.ts';
import { PyObject_CallTwoArgs } from './call.ts';
import { PyLong_FromLong } from './longobject.ts';
import { Py_None, PyObject_GetOptionalAttrString, PyObject_IsTrue } from './object.ts';
import { PyTuple_FromArraySteal } from './tupleobject.ts';
import { PyUnicode_FromString } from './unicodeobject.ts';

/** Hooks in the order in which they were added, owned. */
export const auditHooks: PyObject[] = /* @__PURE__ */ per_interpreter((): PyObject[] => [], {
  clear: hooks => hooks.splice(0).forEach(decref),
});

/** An argument of an event: an object (borrowed), or what becomes a str, int, bytes or None. */
export type AuditArgument = PyObject | string | number | Uint8Array | null;

/** Tells the hooks of an event; one that raises stops it. */
export function PySys_Audit(event: string, ...args: AuditArgument[]): void {
  if (auditHooks.length === 0) return;
  const name = PyUnicode_FromString(event);
  try {
    run_audit_hooks(name, args);
  } finally {
    decref(name);
  }
}

function argument(a: AuditArgument): PyObject {
  if (a === null) return newref(Py_None);
  if (typeof a === 'string') return PyUnicode_FromString(a);
  if (typeof a === 'number') return PyLong_FromLong(a);
  if (a instanceof Uint8Array) return PyBytes_FromUint8Array(a.slice());
  return newref(a);
}

/** The hooks, whatever they are at the moment, in order. */
export function run_audit_hooks(event: PyObject, args: readonly AuditArgument[]): void {
  const tuple = PyTuple_FromArraySteal(args.map(argument));
  try {
    for (const hook of auditHooks) run_hook(hook, event, tuple);
  } finally {
    decref(tuple);
  }
}

/** Calls a hook, out of sight of trace functions unless it has a true __cantrace__. */
function run_hook(hook: PyObject, event: PyObject, args: PyObject): void {
  const tstate = current.tstate;
  tstate.tracing++;
  let seen = false;
  try {
    const cantrace = PyObject_GetOptionalAttrString(hook, '__cantrace__');
    if (cantrace !== null) {
      try {
        seen = PyObject_IsTrue(cantrace);
      } finally {
        decref(cantrace);
      }
    }
    if (seen) tstate.tracing--;
    decref(PyObject_CallTwoArgs(hook, event, args));
  } finally {
    if (!seen) tstate.tracing--;
  }
}

/** The event of reading an attribute that gives code or frames away; then the value: `get: self => audited(self, 'f_code', …)`. */
export function audited(self: PyObject, name: string, value: PyObject): PyObject {
  if (auditHooks.length > 0) PySys_Audit('object.__getattr__', self, name);
  return newref(value);
}

/** The event of setting such an attribute, or of deleting it (value null). */
export function audit_set(self: PyObject, name: string, value: PyObject | null): void {
  if (auditHooks.length === 0) return;
  if (value === null) PySys_Audit('object.__delattr__', self, name);
  else PySys_Audit('object.__setattr__', self, name, value);
}
