// breaker.ts: what a thread does when its eval breaker is set.                       CPython: Python/ceval_gil.c:_Py_HandlePending
import { PyErr_SetNone, PyErr_SetString } from '../core/errors.ts';
import { gc_run_requested } from '../core/gc.ts';
import { decref, type PyObject, type PyTypeObject } from '../core/object.ts';
import {
  EVAL_ASYNC_EXCEPTION,
  EVAL_BLOCKED,
  EVAL_CALLS_TO_DO,
  EVAL_GC_SCHEDULED,
  EVAL_GIL_DROP_REQUEST,
  EVAL_SIGNALS_PENDING,
  EVAL_WARM_UP,
  type PyThreadState,
} from '../core/tstate.ts';
import { PyExceptionClass_Check } from '../objects/checks.ts';
import { PyExc_SystemError } from '../objects/exceptions.ts';
import { repr_string } from '../objects/object.ts';

export const breakerHooks = {
  /** Runs the Python handlers of signals that arrived. May throw. */
  signals: null as ((tstate: PyThreadState) => void) | null,
  /** Runs pending calls (Py_AddPendingCall). */
  pending_calls: null as (() => void) | null,
  /** Threads: drops the GIL where that is due. True if the eval loop is about to be left. */
  gil: null as ((tstate: PyThreadState) => boolean) | null,
  /** Takes up signals that the host has noted; whether any is pending. */
  poll_signals: null as (() => boolean) | null,
  /** Whether a signal may still arrive that somebody waits for (a timer is set, a handler installed). */
  may_arrive: null as (() => boolean) | null,
  /** Called once, when a program goes round a loop for the first time: it may take a while. */
  first_loop: null as (() => void) | null,
  /** Set until the eval loop has been warmed up. */
  warm_up: null as (() => void) | null,
};

/** A loop goes round for the first time. */
export function first_jump(): void {
  const { first_loop } = breakerHooks;
  if (first_loop === null) return;
  breakerHooks.first_loop = null;
  first_loop();
}

/** Some thousand jumps back or hundred frames have gone by. */
export function program_runs(tstate: PyThreadState): void {
  if (breakerHooks.warm_up !== null) tstate.eval_breaker |= EVAL_WARM_UP;
}

const THREADS = EVAL_GIL_DROP_REQUEST | EVAL_BLOCKED;

export function eval_breaker(tstate: PyThreadState): void {
  const bits = tstate.eval_breaker;
  // First of all: a loop that is left looks again when it goes on.
  if ((bits & THREADS) !== 0 && breakerHooks.gil!(tstate)) return;
  if ((bits & ~THREADS) === 0) return;
  if ((bits & EVAL_WARM_UP) !== 0) {
    tstate.eval_breaker &= ~EVAL_WARM_UP;
    breakerHooks.warm_up?.();
  }
  if ((bits & EVAL_SIGNALS_PENDING) !== 0) {
    tstate.eval_breaker &= ~EVAL_SIGNALS_PENDING;
    breakerHooks.signals?.(tstate);
  }
  if ((bits & EVAL_CALLS_TO_DO) !== 0) {
    tstate.eval_breaker &= ~EVAL_CALLS_TO_DO;
    breakerHooks.pending_calls?.();
  }
  if ((bits & EVAL_GC_SCHEDULED) !== 0) {
    tstate.eval_breaker &= ~EVAL_GC_SCHEDULED;
    gc_run_requested();
  }
  if ((bits & EVAL_ASYNC_EXCEPTION) !== 0) {
    tstate.eval_breaker &= ~EVAL_ASYNC_EXCEPTION;
    const exc = tstate.async_exc;
    if (exc !== null) {
      tstate.async_exc = null;
      raise_async(exc);
    }
  }
}

/** Raises the exception class (owned) that another thread has set. CPython: _PyErr_SetNone with tstate->async_exc */
function raise_async(exc: PyObject): never {
  try {
    if (!PyExceptionClass_Check(exc))
      PyErr_SetString(
        PyExc_SystemError,
        `_PyErr_SetObject: exception ${repr_string(exc)} is not a BaseException subclass`,
      );
    PyErr_SetNone(exc as PyTypeObject);
  } finally {
    decref(exc);
  }
}
