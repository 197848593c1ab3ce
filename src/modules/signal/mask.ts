// mask.ts: blocked and pending signals, and waiting for them.                            CPython: Modules/signalmodule.c
//
// The mask is kept here, not by the system: the host catches what is blocked, and it stays pending until it is unblocked
// or asked for.

import { PyErr_SetString } from '../../core/errors.ts';
import { decref, type PyObject, type PyTypeObject } from '../../core/object.ts';
import { METH_CLINIC, METH_NOARGS, METH_O, type MethodSpec } from '../../core/spec.ts';
import { PyIter_Next, PyObject_GetIter } from '../../objects/abstract.ts';
import { PyLong_Check } from '../../objects/checks.ts';
import { PyExc_RuntimeWarning, PyExc_ValueError, raise_errno } from '../../objects/exceptions.ts';
import { PyLong_FromLong } from '../../objects/longobject.ts';
import { Py_None } from '../../objects/object.ts';
import { PySet_Add, PySet_New } from '../../objects/setobject.ts';
import { PyStructSequence_New, PyStructSequence_NewType } from '../../objects/structseq.ts';
import { ready_static_types } from '../../objects/typeobject.ts';
import { PyErr_WarnEx } from '../../objects/warnings.ts';
import {
  handlers,
  is_default,
  run_pending_signals,
  signal_state,
  take_signals,
  trip_signal,
  watch_signal,
} from '../_signal.ts';
import { big_int, c_int, host, none } from '../args.ts';
import { wait_until } from '../blocking.ts';
import { duration } from '../time.ts';

const NSIG = 65;
const EINVAL = 22;
const SIG_BLOCK = 0;
const SIG_UNBLOCK = 1;
const SIG_SETMASK = 2;
/** Signals that cannot be blocked. */
const NEVER_BLOCKED = new Set([9, 19]);

/** The signals of an iterable. CPython: Modules/signalmodule.c:_Py_Sigset_Converter */
export function sigset(o: PyObject): Set<number> {
  const found = new Set<number>();
  const iterator = PyObject_GetIter(o);
  try {
    for (let item = PyIter_Next(iterator); item !== null; item = PyIter_Next(iterator)) {
      let n: number;
      try {
        const value = big_int(item);
        n = BigInt.asIntN(64, value) === value ? Number(value) : -1;
      } finally {
        decref(item);
      }
      if (n < 1 || n >= NSIG) PyErr_SetString(PyExc_ValueError, `signal number ${n} out of range [1; ${NSIG - 1}]`);
      if (n === 32 || n === 33)
        PyErr_WarnEx(PyExc_RuntimeWarning, `invalid signal number ${n}, please use valid_signals()`, 1);
      else found.add(n);
    }
  } finally {
    decref(iterator);
  }
  return found;
}

function signal_set(signals: Iterable<number>): PyObject {
  const set = PySet_New(null);
  for (const n of [...signals].sort((a, b) => a - b)) {
    const number = PyLong_FromLong(n);
    PySet_Add(set, number);
    decref(number);
  }
  return set;
}

function unblock(n: number): void {
  const { blocked, pending } = signal_state;
  if (!blocked.delete(n)) return;
  watch_signal(n);
  if (!pending.delete(n)) return;
  const handler = handlers[n] ?? null;
  const { process } = host();
  if (is_default(handler)) process.kill(process.pid, n);
  else if (!PyLong_Check(handler!)) trip_signal(n);
}

/** CPython: Modules/signalmodule.c:signal_pthread_sigmask_impl */
function pthread_sigmask(_m: PyObject, how: PyObject, mask: PyObject): PyObject {
  const action = c_int(how);
  const signals = sigset(mask);
  if (action !== SIG_BLOCK && action !== SIG_UNBLOCK && action !== SIG_SETMASK) raise_errno(EINVAL);
  const { blocked } = signal_state;
  const old = signal_set(blocked);
  take_signals();
  if (action !== SIG_UNBLOCK) {
    for (const n of signals) {
      if (NEVER_BLOCKED.has(n) || blocked.has(n)) continue;
      blocked.add(n);
      watch_signal(n);
    }
  }
  for (const n of [...blocked])
    if (action === SIG_UNBLOCK ? signals.has(n) : action === SIG_SETMASK && !signals.has(n)) unblock(n);
  try {
    run_pending_signals();
  } catch (e) {
    decref(old);
    throw e;
  }
  return old;
}

function sigpending(): PyObject {
  take_signals();
  return signal_set(signal_state.pending);
}

/** Waits for one of the signals, which counts as handled then; null when the time is over. */
function wait_signal(signals: Set<number>, timeout_ns: bigint): number | null {
  const { blocked, pending } = signal_state;
  // As good as blocked meanwhile: their default action is not wanted.
  const added = [...signals].filter(n => !blocked.has(n));
  for (const n of added) {
    blocked.add(n);
    watch_signal(n);
  }
  try {
    const look = (): number | null => {
      take_signals();
      for (const n of signals) if (pending.delete(n)) return n;
      return null;
    };
    return wait_until(look, [], timeout_ns);
  } finally {
    for (const n of added) {
      blocked.delete(n);
      watch_signal(n);
    }
  }
}

function sigwait(_m: PyObject, mask: PyObject): PyObject {
  return PyLong_FromLong(wait_signal(sigset(mask), -1n)!);
}

let siginfo: PyTypeObject | undefined;

export function siginfo_type(): PyTypeObject {
  if (siginfo === undefined) {
    const fields = ['signal number', 'signal code', 'errno associated with this signal', 'sending process ID'];
    fields.push('real user ID of sending process', 'exit value or signal', 'band event for SIGPOLL');
    const names = ['si_signo', 'si_code', 'si_errno', 'si_pid', 'si_uid', 'si_status', 'si_band'];
    siginfo = PyStructSequence_NewType({
      name: 'signal.struct_siginfo',
      doc: 'What sigwaitinfo() and sigtimedwait() tell of a signal: a tuple of\n(si_signo, si_code, si_errno, si_pid, si_uid, si_status, si_band) that has these\nas attributes too.',
      fields: names.map((name, i) => ({ name, doc: fields[i]! })),
      n_in_sequence: 7,
    });
    ready_static_types();
  }
  return siginfo;
}

/** Who sent it is not known here: it is shown as if it came from this process. */
function signal_info(n: number): PyObject {
  const { process } = host();
  return PyStructSequence_New(siginfo_type(), [n, 0, 0, process.pid, process.uid(), 0, 0].map(PyLong_FromLong));
}

function sigwaitinfo(_m: PyObject, mask: PyObject): PyObject {
  return signal_info(wait_signal(sigset(mask), -1n)!);
}

/** CPython: Modules/signalmodule.c:signal_sigtimedwait_impl */
function sigtimedwait(_m: PyObject, mask: PyObject, timeout: PyObject): PyObject {
  const signals = sigset(mask);
  const ns = timeout === Py_None ? -1n : duration(timeout);
  if (timeout !== Py_None && ns < 0n) PyErr_SetString(PyExc_ValueError, 'timeout must be non-negative');
  const n = wait_signal(signals, ns);
  return n === null ? none() : signal_info(n);
}

export const mask_methods: MethodSpec[] = [
  { name: 'pthread_sigmask', flags: METH_CLINIC, meth: pthread_sigmask, sig: '($module, how, mask, /)' },
  { name: 'sigpending', flags: METH_NOARGS, meth: sigpending, sig: '($module, /)' },
  { name: 'sigwait', flags: METH_O, meth: sigwait, sig: '($module, sigset, /)' },
  { name: 'sigwaitinfo', flags: METH_O, meth: sigwaitinfo, sig: '($module, sigset, /)' },
  { name: 'sigtimedwait', flags: METH_CLINIC, meth: sigtimedwait, sig: '($module, sigset, timeout, /)' },
];
