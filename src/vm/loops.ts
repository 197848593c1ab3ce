// loops.ts: running frames: the plain loop or the observed one, and unwinding between them.        CPython: Python/ceval.c
import { as_raised } from '../core/errors.ts';
import type { InterpreterFrame } from '../core/frame.ts';
import type { PyObject } from '../core/object.ts';
import type { PyThreadState } from '../core/tstate.ts';
import { LEFT, RERAISED, SWITCHED, eval_loop, eval_loop_observed, outcome } from './ceval.generated.ts';
import { unwind } from './unwind.ts';

/**
 * Runs from a frame until the innermost entry frame is left: the value it returns or yields (owned), or null if a loop was left at
 * the eval breaker, to go on with the thread's frame. With `thrown` (owned), the instruction that suspended the frame
 * raises it. Throws `Raised` if the entry frame is left by an exception.
 */
export function run_loops(tstate: PyThreadState, entry: InterpreterFrame, thrown: PyObject | null): PyObject | null {
  let frame = entry;
  let exc = thrown;
  let ip = thrown === null ? frame.instr : frame.instr - 1;
  let reraised = false;
  let observed = tstate.switch_loop;
  // The observed loop goes on where it was left: whether a line begins depends on the instruction before.
  if (observed && thrown === null && tstate.prev_instr >= 0) frame.instr = tstate.prev_instr;
  tstate.prev_instr = -1;
  for (;;) {
    if (exc !== null) {
      frame = unwind(tstate, frame, ip, exc, reraised);
      exc = null;
      ip = frame.return_ip;
      // A loop that begins to observe knows of no instruction before.
      if (!observed) frame.instr = ip;
    }
    observed = tstate.in_observed = tstate.switch_loop;
    let code: number;
    try {
      code = observed ? eval_loop_observed(tstate, frame, ip) : eval_loop(tstate, frame, ip);
    } catch (e) {
      exc = as_raised(e).exc;
      frame = tstate.frame!;
      ip = frame.instr;
      reraised = false;
      continue;
    }
    if (code === SWITCHED) return null;
    const value = outcome.value!;
    outcome.value = null;
    if (code === LEFT) return value;
    exc = value;
    frame = tstate.frame!;
    reraised = code === RERAISED;
    ip = reraised ? outcome.ip : frame.instr;
  }
}
