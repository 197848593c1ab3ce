// timers.ts: alarm() and the interval timers.                                            CPython: Modules/signalmodule.c
//
// The host runs them (Host.set_timer): a signal that comes while Python computes comes all the same.

import { strerror } from '../../core/errno.ts';
import { Raised } from '../../core/errors.ts';
import { HostError } from '../../core/host.ts';
import { decref, type PyObject } from '../../core/object.ts';
import { exception_spec, METH_CLINIC, METH_O, type MethodSpec, static_type } from '../../core/spec.ts';
import { PyObject_CallTwoArgs } from '../../objects/call.ts';
import { PyExc_OSError, raise_errno } from '../../objects/exceptions.ts';
import { PyFloat_FromDouble } from '../../objects/floatobject.ts';
import { PyLong_FromLong } from '../../objects/longobject.ts';
import { PyTuple_FromArraySteal } from '../../objects/tupleobject.ts';
import { PyUnicode_FromString } from '../../objects/unicodeobject.ts';
import { c_int, host } from '../args.ts';
import { duration } from '../time.ts';

const EINVAL = 22;
const ENOSYS = 38;
const ITIMER_REAL = 0;
const SECOND = 1_000_000_000n;

export const ItimerError = static_type(exception_spec('signal.ItimerError', () => PyExc_OSError, 112));

function raise_itimer_error(errno: number): never {
  const number = PyLong_FromLong(errno);
  const text = PyUnicode_FromString(strerror(errno));
  try {
    throw new Raised(PyObject_CallTwoArgs(ItimerError, number, text));
  } finally {
    decref(number);
    decref(text);
  }
}

/** The time left and the interval of a timer, as seconds. CPython: Modules/signalmodule.c:itimer_retval */
function timer_tuple(which: number): PyObject {
  const { get_timer } = host();
  if (get_timer === undefined) raise_itimer_error(which < 0 || which > 2 ? EINVAL : ENOSYS);
  try {
    const [left, interval] = host().get_timer!(which);
    return PyTuple_FromArraySteal([left, interval].map(ns => PyFloat_FromDouble(Number(ns / 1000n) / 1e6)));
  } catch (e) {
    if (e instanceof HostError) raise_itimer_error(e.errno);
    throw e;
  }
}

function getitimer(_m: PyObject, which: PyObject): PyObject {
  return timer_tuple(c_int(which));
}

/** CPython: Modules/signalmodule.c:signal_setitimer_impl */
function setitimer(_m: PyObject, which: PyObject, seconds: PyObject, interval: PyObject | null): PyObject {
  const n = c_int(which);
  const after = duration(seconds);
  const every = interval === null ? 0n : duration(interval);
  if (after < 0n || every < 0n) raise_itimer_error(EINVAL);
  const old = timer_tuple(n);
  host().set_timer!(n, after, every);
  return old;
}

/** CPython: Modules/signalmodule.c:signal_alarm_impl */
function alarm(_m: PyObject, seconds: PyObject): PyObject {
  const n = c_int(seconds);
  const h = host();
  if (h.get_timer === undefined) raise_errno(ENOSYS);
  const [left] = h.get_timer(ITIMER_REAL);
  h.set_timer!(ITIMER_REAL, BigInt(n >>> 0) * SECOND, 0n);
  // A rest below half a second is shown as one second if it is all there is.
  const rounded = Number((left + SECOND / 2n) / SECOND);
  return PyLong_FromLong(left > 0n && rounded === 0 ? 1 : rounded);
}

export const timer_methods: MethodSpec[] = [
  { name: 'alarm', flags: METH_O, meth: alarm, sig: '($module, seconds, /)' },
  { name: 'getitimer', flags: METH_O, meth: getitimer, sig: '($module, which, /)' },
  { name: 'setitimer', flags: METH_CLINIC, meth: setitimer, sig: '($module, which, seconds, interval=0.0, /)' },
];
