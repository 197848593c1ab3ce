// frame.ts: an activation of Python code.                         CPython: Include/internal/pycore_interpframe.h, InternalDocs/frames.md
//
// Every frame lives on the heap and links to its caller, so that a whole stack can be captured, stepped, suspended and
// resumed. `localsplus` holds fast locals, cells and free variables, then the value stack from `nlocalsplus` on.
// Invariant: stack slots below `sp` are owned references (or null); slots at or above it are garbage to be ignored.

import type { PyObject } from './object.ts';

export const FRAME_OWNED_BY_THREAD = 0;
export const FRAME_OWNED_BY_GENERATOR = 1;
export const FRAME_OWNED_BY_FRAME_OBJECT = 2;
export const FRAME_OWNED_BY_INTERPRETER = 3;
export const FRAME_CLEARED = 4;

export class InterpreterFrame {
  /** Owned: code object, function (null once cleared), locals mapping (null in functions). Borrowed from the function: globals, builtins. */
  f_code: PyObject;
  f_func: PyObject | null;
  f_globals: PyObject;
  f_builtins: PyObject;
  f_locals: PyObject | null;
  localsplus: (PyObject | null)[];
  /** Index in localsplus of the first free stack slot. */
  sp: number;
  /** Index in code units of the instruction being executed (saved before anything that may look). */
  instr: number;
  /** Where to go on when a callee returns, in code units. */
  return_ip: number;
  /** The caller, or null. */
  previous: InterpreterFrame | null = null;
  /** The Python frame object, if somebody asked for one (borrowed unless FRAME_OWNED_BY_FRAME_OBJECT). */
  frame_obj: PyObject | null = null;
  owner = FRAME_OWNED_BY_THREAD;
  /** The generator that owns this frame (borrowed), when owner is FRAME_OWNED_BY_GENERATOR. */
  generator: PyObject | null = null;
  /** The payload of f_code, kept at hand for the eval loop. */
  co: unknown;
  /** True for the first frame of an eval loop: leaving it leaves the loop. */
  is_entry = false;
  /** What becomes of the value that this frame returns: null: the caller goes on with it. A new instance (owned), whose `__init__` this
   *  is: the call's value in place of None. NotImplemented: the caller's instruction is finished first (src/vm/special.ts). */
  on_return: PyObject | null = null;

  constructor(code: PyObject, func: PyObject | null, globals: PyObject, builtins: PyObject, locals: PyObject | null, localsplus: (PyObject | null)[], sp: number) {
    this.f_code = code;
    this.co = code.v;
    this.f_func = func;
    this.f_globals = globals;
    this.f_builtins = builtins;
    this.f_locals = locals;
    this.localsplus = localsplus;
    this.sp = sp;
    this.instr = 0;
    this.return_ip = 0;
  }
}
