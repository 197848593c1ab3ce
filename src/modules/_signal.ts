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
import {
  PyExc_KeyboardInterrupt,
  PyExc_OSError,
  PyExc_TypeError,
  PyExc_ValueError,
  raise_errno,
} from '../objects/exceptions.ts';
import { PyFloat_FromDouble } from '../objects/floatobject.ts';
import { PyFrame_GetFrameObject } from '../objects/frameobject.ts';
import { PyLong_FromLong } from '../objects/longobject.ts';
import type { CFunction } from '../objects/methodobject.ts';
import { PyModule_AddIntConstant, PyModule_AddObjectRef, PyModule_GetDict } from '../objects/moduleobject.ts';
import { Py_None, PyCallable_Check } from '../objects/object.ts';
import { PySet_Add, PySet_New } from '../objects/setobject.ts';
import { PyTuple_FromArraySteal } from '../objects/tupleobject.ts';
import { PyUnicode_FromString } from '../objects/unicodeobject.ts';
import { breakerHooks } from '../vm/breaker.ts';
import { scheduler, signal_arrived } from '../vm/scheduler.ts';
import { c_int, host, none } from './args.ts';

const NSIG = 65;
const SIG_DFL = 0;
const SIG_IGN = 1;
const SIGINT = 2;
const SIGPIPE = 13;
const SIGKILL = 9;
const SIGSTOP = 19;
const EINVAL = 22;

const NUMBERS: Readonly<Record<string, number>> = {
  SIGHUP: 1,
  SIGINT: 2,
  SIGQUIT: 3,
  SIGILL: 4,
  SIGTRAP: 5,
  SIGIOT: 6,
  SIGABRT: 6,
  SIGFPE: 8,
  SIGKILL: 9,
  SIGBUS: 7,
  SIGSEGV: 11,
  SIGSYS: 31,
  SIGPIPE: 13,
  SIGALRM: 14,
  SIGTERM: 15,
  SIGUSR1: 10,
  SIGUSR2: 12,
  SIGCLD: 17,
  SIGCHLD: 17,
  SIGPWR: 30,
  SIGIO: 29,
  SIGURG: 23,
  SIGWINCH: 28,
  SIGPOLL: 29,
  SIGSTOP: 19,
  SIGTSTP: 20,
  SIGCONT: 18,
  SIGTTIN: 21,
  SIGTTOU: 22,
  SIGVTALRM: 26,
  SIGPROF: 27,
  SIGXCPU: 24,
  SIGXFSZ: 25,
  SIGRTMIN: 34,
  SIGRTMAX: 64,
  SIGSTKFLT: 16,
};

const DESCRIPTIONS: readonly (string | undefined)[] = [
  undefined,
  'Hangup',
  'Interrupt',
  'Quit',
  'Illegal instruction',
  'Trace/breakpoint trap',
  'Aborted',
  'Bus error',
  'Floating point exception',
  'Killed',
  'User defined signal 1',
  'Segmentation fault',
  'User defined signal 2',
  'Broken pipe',
  'Alarm clock',
  'Terminated',
  'Stack fault',
  'Child exited',
  'Continued',
  'Stopped (signal)',
  'Stopped',
  'Stopped (tty input)',
  'Stopped (tty output)',
  'Urgent I/O condition',
  'CPU time limit exceeded',
  'File size limit exceeded',
  'Virtual timer expired',
  'Profiling timer expired',
  'Window changed',
  'I/O possible',
  'Power failure',
  'Bad system call',
];

const handlers: (PyObject | null)[] = [];
const tripped: Set<number> = new Set();
const settings = { wakeup_fd: -1 };

function signal_arg(o: PyObject): number {
  const n = c_int(o);
  if (n < 1 || n >= NSIG) PyErr_SetString(PyExc_ValueError, 'signal number out of range');
  return n;
}

/** Notes that a signal arrived. CPython: Modules/signalmodule.c:trip_signal */
export function trip_signal(signal: number): void {
  tripped.add(signal);
  signal_arrived();
}

/** Takes up what the host has noted; whether handlers are to run. */
function poll_signals(): boolean {
  for (const signal of host().take_signals?.() ?? []) tripped.add(signal);
  return tripped.size > 0;
}

/** Whether the program counts on a signal: then a wait without end is no deadlock. */
function may_arrive(): boolean {
  const { poll, get_timer } = host();
  if (poll === undefined) return false;
  if (get_timer !== undefined && get_timer.call(host(), 0)[0] > 0n) return true;
  const ours = (handler: PyObject): boolean => (handler.v as CFunction).ml?.meth === default_int_handler;
  return handlers.some(h => h !== null && h !== Py_None && !PyLong_Check(h) && !ours(h));
}

/** As if the signal had arrived, for Python's handler only: no default action. CPython: PyErr_SetInterruptEx */
export function set_interrupt(signal: number): void {
  const handler = handlers[signal] ?? null;
  if (handler === null || handler === Py_None || PyLong_Check(handler)) return;
  trip_signal(signal);
}

/** Calls the handlers of the signals that arrived. CPython: _PyErr_CheckSignalsTstate */
export function run_pending_signals(): void {
  if (scheduler.running !== scheduler.main) {
    signal_arrived();
    return;
  }
  poll_signals();
  for (const signal of [...tripped].sort((a, b) => a - b)) {
    if (!tripped.delete(signal)) continue;
    const handler = handlers[signal] ?? null;
    if (handler === null || handler === Py_None || PyLong_Check(handler)) continue;
    const number = PyLong_FromLong(signal);
    const frame = current.tstate.frame;
    newref(handler);
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

/** CPython: Modules/signalmodule.c:signal_signal_impl */
function signal(_m: PyObject, signalnum: PyObject, handler: PyObject): PyObject {
  const n = signal_arg(signalnum);
  const is_number = PyLong_Check(handler);
  if (!(is_number && (handler.v === SIG_DFL || handler.v === SIG_IGN)) && !PyCallable_Check(handler)) {
    PyErr_SetString(PyExc_TypeError, 'signal handler must be signal.SIG_IGN, signal.SIG_DFL, or a callable object');
  }
  if (n === SIGKILL || n === SIGSTOP || n === 32 || n === 33) raise_errno(EINVAL);
  const old = handlers[n] ?? null;
  handlers[n] = newref(handler);
  host().watch_signal?.(n, is_number ? (handler.v === SIG_DFL ? 'default' : 'ignore') : 'catch');
  return old ?? none();
}

function getsignal(_m: PyObject, signalnum: PyObject): PyObject {
  return newref(handlers[signal_arg(signalnum)] ?? Py_None);
}

/** CPython: Modules/signalmodule.c:signal_raise_signal_impl */
function raise_signal(_m: PyObject, signalnum: PyObject): PyObject {
  const n = c_int(signalnum);
  if (n < 1 || n >= NSIG) raise_errno(EINVAL);
  deliver(n);
  return none();
}

/** A signal to ourselves: handled by Python, ignored, or given to the system for its default action. */
function deliver(n: number): void {
  const handler = handlers[n] ?? null;
  if (handler === null || (PyLong_Check(handler) && handler.v === SIG_DFL)) {
    const { process } = host();
    process.kill(process.pid, n);
    return;
  }
  if (PyLong_Check(handler)) return;
  tripped.add(n);
  run_pending_signals();
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

function set_wakeup_fd(_m: PyObject, fd: PyObject, _warn: PyObject | null): PyObject {
  const n = c_int(fd);
  if (n !== -1) {
    try {
      host().files.fstat(n);
    } catch (e) {
      if (e instanceof HostError) raise_errno(e.errno);
      throw e;
    }
  }
  const old = settings.wakeup_fd;
  settings.wakeup_fd = n;
  return PyLong_FromLong(old);
}

function siginterrupt(_m: PyObject, signalnum: PyObject): PyObject {
  signal_arg(signalnum);
  return none();
}

/** There are no timers here: they are always stopped. */
function getitimer(_m: PyObject, which: PyObject): PyObject {
  const n = c_int(which);
  if (n < 0 || n > 2) raise_errno(EINVAL);
  return PyTuple_FromArraySteal([PyFloat_FromDouble(0), PyFloat_FromDouble(0)]);
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
  PyModule_AddObjectRef(m, 'ItimerError', PyExc_OSError);
  breakerHooks.signals = run_pending_signals;
  breakerHooks.poll_signals = poll_signals;
  breakerHooks.may_arrive = may_arrive;
  if (handlers.length > 0) return;
  for (let n = 0; n < NSIG; n++)
    handlers.push(n === 0 || n === 32 || n === 33 ? null : PyLong_FromLong(n === SIGPIPE ? SIG_IGN : SIG_DFL));
  // Ctrl-C raises KeyboardInterrupt unless the program says otherwise.
  const handler = PyDict_GetItemString(PyModule_GetDict(m), 'default_int_handler');
  if (handler !== null) {
    decref(handlers[SIGINT]!);
    handlers[SIGINT] = newref(handler);
    host().watch_signal?.(SIGINT, 'catch');
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
    { name: 'getitimer', flags: METH_O, meth: getitimer, sig: '($module, which, /)' },
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
  ],
  exec,
};
