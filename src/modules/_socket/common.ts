// common.ts: what all methods of a socket stand on: its data, the host's calls, waiting.       CPython: Modules/socketmodule.c
//
// The host's calls never wait; where one would have to, the thread blocks on the descriptor (vm/waiting.ts).
// Invariant: `fd` is -1 once closed or detached. Timeouts: -1n none, 0n does not wait.
import { PyErr_SetString } from '../../core/errors.ts';
import { type HostAddress, type HostControl, type HostSockets, POLLOUT } from '../../core/host.ts';
import { decref, newref, type PyObject } from '../../core/object.ts';
import { PyUnicode_Check } from '../../objects/checks.ts';
import { PyExc_TimeoutError, PyExc_TypeError, raise_errno } from '../../objects/exceptions.ts';
import { PyLong_FromLong } from '../../objects/longobject.ts';
import { block } from '../../vm/waiting.ts';
import { type BytesView, c_int, host, read_buffer, release, system, type_name } from '../args.ts';

const EAGAIN = 11;
const EBADF = 9;
const ENOSYS = 38;
const MSG_DONTWAIT = 0x40;

export class SocketData {
  fd = -1;
  family = 0;
  type = 0;
  proto = 0;
  timeout = -1n;
}

export function data_of(self: PyObject): SocketData {
  return self.v as SocketData;
}

/** The descriptor of a socket that is open. */
export function fd_of(self: PyObject): number {
  const { fd } = data_of(self);
  if (fd < 0) raise_errno(EBADF);
  return fd;
}

export function sockets(): HostSockets {
  const s = host().sockets;
  if (s === undefined) raise_errno(ENOSYS);
  return s;
}

function timed_out(): never {
  PyErr_SetString(PyExc_TimeoutError, 'timed out');
}

/** Tries; waits where the host would have to. `attempt` gives null then. The last act of a native. */
export function wait_io(
  self: PyObject,
  events: number,
  flags: number,
  native: unknown,
  attempt: () => PyObject | null,
  expired: () => PyObject = timed_out,
): PyObject {
  const data = data_of(self);
  const attempt_now = (): PyObject | null => {
    if (data.fd < 0) raise_errno(EBADF);
    return system(attempt);
  };
  const now = attempt_now();
  if (now !== null) return now;
  if (data.timeout === 0n || ((flags & MSG_DONTWAIT) !== 0 && data.timeout < 0n)) raise_errno(EAGAIN);
  newref(self);
  return block(
    {
      attempt: attempt_now,
      expired,
      timeout_ns: data.timeout,
      fds: [{ fd: data.fd, events, revents: 0 }],
      release: () => decref(self),
      what: () => `socket ${data.fd}`,
    },
    native,
  );
}

/** As wait_io, with something to release at the end however it comes. */
export function wait_holding(
  self: PyObject,
  events: number,
  flags: number,
  native: unknown,
  free: () => void,
  attempt: () => PyObject | null,
): PyObject {
  let freed = false;
  const once = (): void => {
    if (!freed) free();
    freed = true;
  };
  const tried = (): PyObject | null => {
    try {
      const r = attempt();
      if (r !== null) once();
      return r;
    } catch (e) {
      once();
      throw e;
    }
  };
  return wait_io(self, events, flags, native, tried);
}

export function flags_arg(o: PyObject | undefined): number {
  return o === undefined ? 0 : c_int(o);
}

function bytes_arg(o: PyObject): BytesView {
  if (PyUnicode_Check(o) || o.ob_type.bf_getbuffer === null)
    PyErr_SetString(PyExc_TypeError, `a bytes-like object is required, not '${type_name(o)}'`);
  return read_buffer(o);
}

/** A copy of an argument's bytes: nobody changes them while the thread waits. */
export function copy_arg(o: PyObject): Uint8Array {
  const view = bytes_arg(o);
  const copy = view.bytes.slice();
  release(view);
  return copy;
}

/** Sends what fits at once. */
export function send_some(
  self: PyObject,
  native: unknown,
  data: Uint8Array,
  flags: number,
  to: HostAddress | null,
  control: readonly HostControl[] = [],
): PyObject {
  return wait_io(self, POLLOUT, flags, native, () => {
    const n = sockets().send_now(fd_of(self), data, to, control);
    return n < 0 ? null : PyLong_FromLong(n);
  });
}
