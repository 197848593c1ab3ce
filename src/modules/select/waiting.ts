// waiting.ts: descriptors and timeouts as arguments, and waiting for descriptors.            CPython: Modules/selectmodule.c
import { PyErr_SetString } from '../../core/errors.ts';
import { type HostPoll, POLLIN, POLLNVAL, POLLOUT } from '../../core/host.ts';
import { decref, type PyObject } from '../../core/object.ts';
import { PyIndex_Check, PyNumber_Index } from '../../objects/abstract.ts';
import { PyBool_Type } from '../../objects/boolobject.ts';
import { PyObject_CallMethodNoArgs } from '../../objects/call.ts';
import { PyLong_Check } from '../../objects/checks.ts';
import {
  PyExc_OverflowError,
  PyExc_RuntimeWarning,
  PyExc_TypeError,
  PyExc_ValueError,
} from '../../objects/exceptions.ts';
import { PyFloat_Check } from '../../objects/floatobject.ts';
import { PyLong_AsBigInt } from '../../objects/longobject.ts';
import { Py_None, PyObject_GetOptionalAttrString } from '../../objects/object.ts';
import { PyErr_WarnEx } from '../../objects/warnings.ts';
import { block } from '../../vm/waiting.ts';
import { c_int, host } from '../args.ts';

export const MILLISECOND = 1_000_000n;

/** A descriptor, from an int or an object with a fileno() method. CPython: PyObject_AsFileDescriptor */
export function as_descriptor(o: PyObject): number {
  let fd: number;
  if (PyLong_Check(o)) {
    if (o.ob_type === PyBool_Type) PyErr_WarnEx(PyExc_RuntimeWarning, 'bool is used as a file descriptor', 1);
    fd = c_int(o);
  } else {
    const method = PyObject_GetOptionalAttrString(o, 'fileno');
    if (method === null) PyErr_SetString(PyExc_TypeError, 'argument must be an int, or have a fileno() method.');
    decref(method);
    const result = PyObject_CallMethodNoArgs(o, 'fileno');
    try {
      if (!PyLong_Check(result)) PyErr_SetString(PyExc_TypeError, 'fileno() returned a non-integer');
      fd = c_int(result);
    } finally {
      decref(result);
    }
  }
  if (fd < 0) PyErr_SetString(PyExc_ValueError, `file descriptor cannot be a negative integer (${fd})`);
  return fd;
}

/** A timeout in nanoseconds, rounded away from zero; -1 for None. CPython: _PyTime_FromSecondsObject, ROUND_TIMEOUT */
export function timeout_ns(o: PyObject | null, unit: bigint, kind: string): bigint {
  if (o === null || o === Py_None) return -1n;
  if (PyFloat_Check(o)) {
    const x = o.v * Number(unit);
    if (Number.isNaN(x)) PyErr_SetString(PyExc_ValueError, 'Invalid value NaN (not a number)');
    if (!(Math.abs(x) < 2 ** 63)) PyErr_SetString(PyExc_OverflowError, 'timestamp out of range for C PyTime_t');
    return BigInt(x < 0 ? Math.floor(x) : Math.ceil(x));
  }
  if (!PyIndex_Check(o)) PyErr_SetString(PyExc_TypeError, `timeout must be ${kind} or None`);
  const index = PyNumber_Index(o);
  const ns = PyLong_AsBigInt(index) * unit;
  decref(index);
  if (BigInt.asIntN(64, ns) !== ns) PyErr_SetString(PyExc_OverflowError, 'timestamp out of range for C PyTime_t');
  return ns;
}

/** Sets revents; the number of ready descriptors. */
export function look(fds: HostPoll[]): number {
  const { files, poll } = host();
  if (poll !== undefined) return host().poll!(fds, 0n);
  // Without a host that knows, everything that is open is ready.
  let ready = 0;
  for (const entry of fds) {
    try {
      files.fstat(entry.fd);
      entry.revents = entry.events & (POLLIN | POLLOUT);
    } catch {
      entry.revents = POLLNVAL;
    }
    if (entry.revents !== 0) ready++;
  }
  return ready;
}

/** Waits until a descriptor is ready or the time is over (negative: no limit), then gives `result()`. A native's last act. */
export function wait_ready(
  fds: HostPoll[],
  ns: bigint,
  native: unknown,
  release: () => void,
  result: () => PyObject,
): PyObject {
  if (look(fds) > 0 || ns === 0n) {
    try {
      return result();
    } finally {
      release();
    }
  }
  return block(
    {
      // Waiting itself tells what became ready.
      attempt: () => (fds.some(entry => entry.revents !== 0) || look(fds) > 0 ? result() : null),
      expired: result,
      timeout_ns: ns,
      fds,
      release,
      what: () => `descriptors ${fds.map(entry => entry.fd).join(', ')}`,
    },
    native,
  );
}
