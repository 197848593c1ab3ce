// _signal.ts: signals and their Python handlers.                                         CPython: Modules/signalmodule.c
//
// A signal that arrives, from the host or from raise_signal(), is noted and its handler called when the eval loop next
// looks. Invariant: `handlers` holds for each signal SIG_DFL, SIG_IGN, a callable (owned), or nothing for "not Python's".

import { PyErr_SetNone, PyErr_SetString } from '../core/errors.ts';
import { HostError } from '../core/host.ts';
import { decref, newref, type PyObject } from '../core/object.ts';
import { METH_CLINIC, METH_NOARGS, METH_O, type ModuleSpec } from '../core/spec.ts';
import { current, EVAL_SIGNALS_PENDING } from '../core/tstate.ts';
import { PyObject_CallTwoArgs } from '../objects/call.ts';
import { PyLong_Check } from '../objects/checks.ts';
import { PyDict_GetItemString } from '../objects/dictobject.ts';
import { PyErr_FormatUnraisable } from '../objects/errors_util.ts';
import {
  PyExc_KeyboardInterrupt,
  PyExc_OSError,
  PyExc_TypeError,
  PyExc_ValueError,
  raise_errno,
  set_errno_error,
} from '../objects/exceptions.ts';
import { PyFrame_GetFrameObject } from '../objects/frameobject.ts';
import { PyLong_FromLong } from '../objects/longobject.ts';
import type { CFunction } from '../objects/methodobject.ts';
import { PyModule_AddIntConstant, PyModule_AddObjectRef, PyModule_GetDict } from '../objects/moduleobject.ts';
import { Py_None, PyCallable_Check } from '../objects/object.ts';
import { PySet_Add, PySet_New } from '../objects/setobject.ts';
import { PyUnicode_FromString } from '../objects/unicodeobject.ts';
import { breakerHooks } from '../vm/breaker.ts';
import { scheduler, signal_arrived } from '../vm/scheduler.ts';
import { c_bool, c_int, host, none } from './args.ts';
import { wait_for_events } from './blocking.ts';
import { mask_methods, siginfo_type } from './signal/mask.ts';
import { DESCRIPTIONS, NUMBERS } from './signal/names.ts';
import { ItimerError, timer_methods } from './signal/timers.ts';

const NSIG = 65;
const SIG_DFL = 0;
const SIG_IGN = 1;
const SIGINT = 2;
const SIGPIPE = 13;
const SIGXFSZ = 25;
const EAGAIN = 11;
const SIGKILL = 9;
const SIGSTOP = 19;
const EINVAL = 22;

export const handlers: (PyObject | null)[] = [];
/** Arrived, with a Python handler that was not called yet. */
const tripped: Set<number> = new Set();
export const signal_state = {
  wakeup_fd: -1,
  warn_on_full_buffer: true,
  /** Signals that wait until they are unblocked or asked for (pthread_sigmask). */
  blocked: new Set<number>(),
  pending: new Set<number>(),
  /** Handlers called so far. */
  calls: 0,
  /** Natives that want to know of signals before Python's handlers (faulthandler); false: nobody else is to hear of it. */
  taps: new Map<number, (signal: number) => boolean>(),
};

export function signal_arg(o: PyObject): number {
  const n = c_int(o);
  if (n < 1 || n >= NSIG) PyErr_SetString(PyExc_ValueError, 'signal number out of range');
  return n;
}

export function is_default(handler: PyObject | null): boolean {
  return handler === null || (PyLong_Check(handler) && handler.v === SIG_DFL);
}

function is_callable(handler: PyObject | null): handler is PyObject {
  return handler !== null && handler !== Py_None && !PyLong_Check(handler);
}

/** Tells the host what to do with a signal: blocked ones are caught, whatever their handler. */
export function watch_signal(n: number): void {
  const handler = handlers[n] ?? null;
  const caught = signal_state.blocked.has(n) || signal_state.taps.has(n) || is_callable(handler);
  host().watch_signal?.(n, caught ? 'catch' : is_default(handler) ? 'default' : 'ignore');
}

/** Takes over the signals from the host: at start-up, and when an interpreter that was started before gets its host. */
export function watch_signals(): void {
  // At whatever moment it comes: no more than flags, for the thread that runs and the one that handles signals.
  host().attention = () => {
    current.tstate.eval_breaker |= EVAL_SIGNALS_PENDING;
    if (scheduler.main !== null) scheduler.main.tstate.eval_breaker |= EVAL_SIGNALS_PENDING;
  };
  for (let n = 1; n < NSIG; n++) if (is_callable(handlers[n] ?? null)) watch_signal(n);
}

/** Takes up what the host has noted; whether handlers are to run. */
function poll_signals(): boolean {
  take_signals();
  return tripped.size > 0;
}

/** Whether the program counts on a signal: then a wait without end is no deadlock. */
function may_arrive(): boolean {
  const { poll, get_timer } = host();
  if (poll === undefined) return false;
  if (get_timer !== undefined && get_timer.call(host(), 0)[0] > 0n) return true;
  if (signal_state.taps.size > 0) return true;
  const ours = (handler: PyObject): boolean => (handler.v as CFunction).ml?.meth === default_int_handler;
  return handlers.some(h => is_callable(h) && !ours(h));
}

/** Notes that a signal with a Python handler arrived. CPython: Modules/signalmodule.c:trip_signal */
export function trip_signal(signal: number): void {
  tripped.add(signal);
  signal_arrived();
  const { wakeup_fd } = signal_state;
  if (wakeup_fd < 0) return;
  const { files } = host();
  try {
    const n = (files.write_now ?? files.write).call(files, wakeup_fd, Uint8Array.of(signal));
    if (n < 0) throw new HostError(EAGAIN, '');
  } catch (e) {
    if (!(e instanceof HostError)) throw e;
    if (e.errno !== EAGAIN || signal_state.warn_on_full_buffer) report_wakeup_error(e);
  }
}

/** CPython: Modules/signalmodule.c:report_wakeup_write_error */
function report_wakeup_error(error: HostError): void {
  try {
    set_errno_error(error);
  } catch (e) {
    PyErr_FormatUnraisable('Exception ignored while trying to write to the signal wakeup fd', e);
  }
}

/** As if the signal had arrived, for Python's handler only: no default action. CPython: PyErr_SetInterruptEx */
export function set_interrupt(signal: number): void {
  const handler = handlers[signal] ?? null;
  if (handler === null || !PyLong_Check(handler)) trip_signal(signal);
}

/** Signals are no business of Python any more. CPython: Modules/signalmodule.c:_PySignal_Fini */
export function signal_fini(): void {
  tripped.clear();
  for (let n = 1; n < handlers.length; n++) {
    const handler = handlers[n]!;
    if (handler === null) continue;
    handlers[n] = null;
    if (is_callable(handler)) watch_signal(n);
    decref(handler);
  }
}

/** Hears from the host which signals arrived. */
export function take_signals(): void {
  for (const signal of host().take_signals?.() ?? []) {
    if (signal_state.blocked.has(signal)) signal_state.pending.add(signal);
    else if (signal_state.taps.get(signal)?.(signal) === false) continue;
    else if (is_callable(handlers[signal] ?? null)) trip_signal(signal);
  }
}

/** Calls the handlers of the signals that arrived. CPython: _PyErr_CheckSignalsTstate */
export function run_pending_signals(): void {
  if (scheduler.running !== scheduler.main) {
    signal_arrived();
    return;
  }
  take_signals();
  if (tripped.size === 0) return;
  for (const signal of [...tripped].sort((a, b) => a - b)) {
    if (!tripped.delete(signal)) continue;
    const handler = handlers[signal] ?? null;
    if (!is_callable(handler)) {
      try {
        PyErr_SetString(PyExc_OSError, `Signal ${signal} ignored due to race condition`);
      } catch (e) {
        PyErr_FormatUnraisable('Exception ignored while calling signal handler', e);
      }
      continue;
    }
    const number = PyLong_FromLong(signal);
    const frame = current.tstate.frame;
    newref(handler);
    signal_state.calls++;
    try {
      decref(PyObject_CallTwoArgs(handler, number, frame === null ? Py_None : PyFrame_GetFrameObject(frame)));
    } finally {
      decref(handler);
      decref(number);
      if (tripped.size > 0) current.tstate.eval_breaker |= EVAL_SIGNALS_PENDING;
    }
  }
}

function default_int_handler(): PyObject {
  PyErr_SetNone(PyExc_KeyboardInterrupt);
}

function check_main_thread(what: string): void {
  if (scheduler.running !== scheduler.main)
    PyErr_SetString(PyExc_ValueError, `${what} only works in main thread of the main interpreter`);
}

/** CPython: Modules/signalmodule.c:signal_signal_impl */
function signal(_m: PyObject, signalnum: PyObject, handler: PyObject): PyObject {
  const n = signal_arg(signalnum);
  const is_number = PyLong_Check(handler);
  if (!(is_number && (handler.v === SIG_DFL || handler.v === SIG_IGN)) && !PyCallable_Check(handler)) {
    PyErr_SetString(PyExc_TypeError, 'signal handler must be signal.SIG_IGN, signal.SIG_DFL, or a callable object');
  }
  check_main_thread('signal');
  if (n === SIGKILL || n === SIGSTOP || n === 32 || n === 33) raise_errno(EINVAL);
  const old = handlers[n] ?? null;
  handlers[n] = newref(handler);
  watch_signal(n);
  return old ?? none();
}

function getsignal(_m: PyObject, signalnum: PyObject): PyObject {
  return newref(handlers[signal_arg(signalnum)] ?? Py_None);
}

/** CPython: Modules/signalmodule.c:signal_raise_signal_impl */
function raise_signal(_m: PyObject, signalnum: PyObject): PyObject {
  const n = c_int(signalnum);
  if (n < 0 || n >= NSIG) raise_errno(EINVAL);
  const { process } = host();
  process.kill(process.pid, n);
  run_pending_signals();
  return none();
}

function pthread_kill(_m: PyObject, _thread: PyObject, signalnum: PyObject): PyObject {
  return raise_signal(_m, signalnum);
}

function strsignal(_m: PyObject, signalnum: PyObject): PyObject {
  const n = signal_arg(signalnum);
  const text = n >= 34 ? `Real-time signal ${n - 34}` : DESCRIPTIONS[n];
  return text === undefined ? none() : PyUnicode_FromString(text);
}

function valid_signals(): PyObject {
  const set = PySet_New(null);
  for (let n = 1; n < NSIG; n++) {
    if (n === 32 || n === 33) continue;
    const number = PyLong_FromLong(n);
    PySet_Add(set, number);
    decref(number);
  }
  return set;
}

/** CPython: Modules/signalmodule.c:signal_set_wakeup_fd_impl */
function set_wakeup_fd(_m: PyObject, fd: PyObject, warn: PyObject | null): PyObject {
  const n = c_int(fd);
  check_main_thread('set_wakeup_fd');
  const { files } = host();
  if (n !== -1) {
    files.fstat(n);
    if (files.blocking?.(n) ?? false) PyErr_SetString(PyExc_ValueError, `the fd ${n} must be in non-blocking mode`);
  }
  const old = signal_state.wakeup_fd;
  signal_state.wakeup_fd = n;
  signal_state.warn_on_full_buffer = c_bool(warn, true);
  return PyLong_FromLong(old);
}

/** Interrupted calls are always started anew here. */
function siginterrupt(_m: PyObject, signalnum: PyObject): PyObject {
  const n = signal_arg(signalnum);
  if (n === SIGKILL || n === SIGSTOP || n === 32 || n === 33) raise_errno(EINVAL);
  return none();
}

/** Waits until a handler was called. CPython: Modules/signalmodule.c:signal_pause_impl */
function pause(): PyObject {
  const before = signal_state.calls;
  while (signal_state.calls === before) wait_for_events([], -1n);
  return none();
}

function exec(m: PyObject): void {
  for (const name of Object.keys(NUMBERS)) PyModule_AddIntConstant(m, name, NUMBERS[name]!);
  const others = {
    NSIG,
    SIG_DFL,
    SIG_IGN,
    SIG_BLOCK: 0,
    SIG_UNBLOCK: 1,
    SIG_SETMASK: 2,
    ITIMER_REAL: 0,
    ITIMER_VIRTUAL: 1,
    ITIMER_PROF: 2,
  };
  for (const [name, value] of Object.entries(others)) PyModule_AddIntConstant(m, name, value);
  PyModule_AddObjectRef(m, 'ItimerError', ItimerError);
  PyModule_AddObjectRef(m, 'struct_siginfo', siginfo_type());
  breakerHooks.signals = run_pending_signals;
  breakerHooks.poll_signals = poll_signals;
  breakerHooks.may_arrive = may_arrive;
  if (handlers.length > 0) return;
  for (let n = 0; n < NSIG; n++)
    handlers.push(
      n === 0 || n === 32 || n === 33 ? null : PyLong_FromLong(n === SIGPIPE || n === SIGXFSZ ? SIG_IGN : SIG_DFL),
    );
  // Ctrl-C raises KeyboardInterrupt unless the program says otherwise.
  const handler = PyDict_GetItemString(PyModule_GetDict(m), 'default_int_handler');
  if (handler !== null) {
    decref(handlers[SIGINT]!);
    handlers[SIGINT] = newref(handler);
    watch_signals();
  }
}

export const module: ModuleSpec = {
  name: '_signal',
  doc: 'Signals.',
  methods: [
    {
      name: 'default_int_handler',
      flags: METH_CLINIC,
      meth: default_int_handler,
      sig: '($module, signalnum, frame, /)',
    },
    { name: 'pause', flags: METH_NOARGS, meth: pause, sig: '($module, /)' },
    { name: 'signal', flags: METH_CLINIC, meth: signal, sig: '($module, signalnum, handler, /)' },
    { name: 'raise_signal', flags: METH_O, meth: raise_signal, sig: '($module, signalnum, /)' },
    { name: 'strsignal', flags: METH_O, meth: strsignal, sig: '($module, signalnum, /)' },
    { name: 'getsignal', flags: METH_O, meth: getsignal, sig: '($module, signalnum, /)' },
    {
      name: 'set_wakeup_fd',
      flags: METH_CLINIC,
      meth: set_wakeup_fd,
      sig: '($module, fd, /, *, warn_on_full_buffer=True)',
    },
    { name: 'siginterrupt', flags: METH_CLINIC, meth: siginterrupt, sig: '($module, signalnum, flag, /)' },
    { name: 'pthread_kill', flags: METH_CLINIC, meth: pthread_kill, sig: '($module, thread_id, signalnum, /)' },
    { name: 'valid_signals', flags: METH_NOARGS, meth: valid_signals, sig: '($module, /)' },
    ...timer_methods,
    ...mask_methods,
  ],
  types: () => [ItimerError],
  exec,
};
