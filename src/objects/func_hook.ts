// func_hook.ts: how a Python function is called from a native; the VM sets it at start-up.
import type { PyObject } from '../core/object.ts';

export const callPythonFunction: {
  call: ((func: PyObject, args: PyObject[], kwnames: PyObject | null) => PyObject) | null;
} = { call: null };

/** Assignment to `frame.f_lineno` inside a trace function; the VM sets it. */
export const frameJump: { set_lineno: ((frame: PyObject, line: number) => void) | null } = { set_lineno: null };
