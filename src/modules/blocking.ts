// blocking.ts: how natives wait.                            CPython: Py_BEGIN_ALLOW_THREADS around system calls, PEP 475
//
// Whatever waits asks "is it there yet?" and, while it is not, lets `wait_for_events` pass the time. That one function
// has other threads run meanwhile and, when none can, the host wait (Host.poll) for what all of them wait for; then it runs
// the Python handlers of signals that arrived.
// Invariant: nothing here spins, and an exception of a signal's handler ends the wait.

import { HostError, type HostPoll, POLLIN, POLLOUT } from '../core/host.ts';
import { decref, newref, type PyObject } from '../core/object.ts';
import { current, EVAL_SIGNALS_PENDING } from '../core/tstate.ts';
import { PyBytes_Type } from '../objects/bytesobject.ts';
import { Py_None } from '../objects/object.ts';
import { PyUnicode_Type } from '../objects/unicodeobject.ts';
import { breakerHooks } from '../vm/breaker.ts';
import { alone } from '../vm/native_calls.ts';
import { holding, run_nested, run_steps, type Steps } from '../vm/steps.ts';
import { block, type WaitOptions, wait_for_host } from '../vm/waiting.ts';

const EAGAIN = 11;
const NO_FDS: HostPoll[] = [];

/** Runs the handlers of signals that arrived. May throw. */
export function check_signals(): void {
  breakerHooks.signals?.(current.tstate);
}

/**
 * Waits until a descriptor is ready, a child ended, a signal came or the time is over (0n: only looks; negative: no
 * limit), then runs the handlers of signals unless told not to. The number of ready descriptors; 0 says nothing: look again.
 */
export function wait_for_events(fds: HostPoll[], timeout_ns: bigint, handle_signals = true): number {
  if (timeout_ns !== 0n) return wait_for_host(fds, timeout_ns, handle_signals);
  const ready = current.tstate.interp.host.poll?.(fds, 0n) ?? 0;
  if (handle_signals) check_signals();
  return ready;
}

/** Waits until `look` gives something or the time is over (negative: no limit): what it gave last. */
export function wait_until<T>(look: () => T | null, fds: HostPoll[], timeout_ns: bigint): T | null {
  let found = look();
  if (found !== null || timeout_ns === 0n) return found;
  const { clock } = current.tstate.interp.host;
  const end = timeout_ns < 0n ? -1n : clock.monotonic_ns() + timeout_ns;
  for (;;) {
    let left = -1n;
    if (end >= 0n) {
      left = end - clock.monotonic_ns();
      if (left <= 0n) return found;
    }
    wait_for_events(fds, left);
    found = look();
    if (found !== null) return found;
  }
}

/**
 * Waits until `look` gives the result, as the last act of a native (as it stands in its method table): the thread suspends
 * where it can. `what` is waited for.
 */
export function wait_for_result(native: unknown, look: () => PyObject | null, fds: HostPoll[], what: string): PyObject {
  const found = look();
  if (found !== null) return found;
  const attempt = look;
  const expired = (): never => {
    throw new Error('a wait without limit is over');
  };
  return block({ attempt, expired, timeout_ns: -1n, fds, external: true, what: () => what }, native);
}

/** As read_fd, for a native that returns what `result` makes of the count. */
export function read_fd_and_return(
  native: unknown,
  fd: number,
  into: Uint8Array,
  result: (n: number) => PyObject,
): PyObject {
  const { files } = current.tstate.interp.host;
  if (files.read_now === undefined) return result(files.read(fd, into));
  const look = (): PyObject | null => {
    const n = files.read_now!(fd, into);
    if (n >= 0) return result(n);
    if (files.blocking?.(fd) === false) throw new HostError(EAGAIN, 'nothing to read yet');
    return null;
  };
  return wait_for_result(native, look, [{ fd, events: POLLIN, revents: 0 }], `something to read from descriptor ${fd}`);
}

/** Opens a file, for a native in the midst of which other threads may run: one of them may open the other end of a FIFO. */
export function open_file(path: Uint8Array, flags: number, mode: number): number {
  const { files } = current.tstate.interp.host;
  const opened = alone() ? null : files.begin_open?.(path, flags, mode);
  if (opened != null) wait_until(() => opened() || null, NO_FDS, -1n);
  return files.open(path, flags, mode);
}

/** Whether a file may be a FIFO whose other end another thread is about to open: one that is named by a str or bytes. */
export function may_wait_for_other_end(file: PyObject): boolean {
  return !alone() && (file.ob_type === PyUnicode_Type || file.ob_type === PyBytes_Type);
}

/** What `then` gives, which opens such a file with these flags of the system: a step after the other end has been opened. */
export function after_open(
  native: unknown,
  held: readonly PyObject[],
  path: Uint8Array,
  flags: number,
  then: () => PyObject,
): PyObject {
  const opened = current.tstate.interp.host.files.begin_open?.(path, flags, 0o666);
  if (opened == null) return then();
  const none = (): PyObject => newref(Py_None);
  const attempt = (): PyObject | null => (opened() ? none() : null);
  function* steps(): Steps<PyObject> {
    decref(yield { attempt, expired: none, timeout_ns: -1n, external: true, what: () => 'the other end of a FIFO' });
    return then();
  }
  return run_steps(native, Py_None, holding(held, steps()));
}

/** Lets that many nanoseconds pass; signals are handled on the way. CPython: Modules/timemodule.c:pysleep */
export function sleep_ns(ns: bigint): void {
  const { clock } = current.tstate.interp.host;
  const end = clock.monotonic_ns() + ns;
  for (let left = ns; left > 0n; left = end - clock.monotonic_ns()) wait_for_events(NO_FDS, left);
  if (ns === 0n) check_signals();
}

/** Reads; waits as the descriptor does (EAGAIN if it does not wait). CPython: Python/fileutils.c:_Py_read */
export function* read_fd_steps(fd: number, into: Uint8Array): Steps<number> {
  const { files } = current.tstate.interp.host;
  if (files.read_now === undefined) return files.read(fd, into);
  for (;;) {
    const n = files.read_now(fd, into);
    if (n >= 0) return n;
    if (files.blocking?.(fd) === false) throw new HostError(EAGAIN, 'nothing to read yet');
    decref(yield descriptor_event(fd, POLLIN, true));
  }
}

export function read_fd(fd: number, into: Uint8Array): number {
  return run_nested(read_fd_steps(fd, into));
}

/** Writes; waits as the descriptor does: for all to be written. CPython: Python/fileutils.c:_Py_write */
export function* write_fd_steps(fd: number, data: Uint8Array): Steps<number> {
  const { files } = current.tstate.interp.host;
  if (files.write_now === undefined) return files.write(fd, data);
  for (let done = 0; ; ) {
    const n = files.write_now(fd, done === 0 ? data : data.subarray(done));
    if (n >= 0) done += n;
    if (n >= 0 && done >= data.length) return done;
    if (files.blocking?.(fd) === false) {
      if (done > 0) return done;
      throw new HostError(EAGAIN, 'no room to write');
    }
    // An exception of a handler would hide how much is written already: then the handler runs after the return.
    if (done > 0 && (current.tstate.eval_breaker & EVAL_SIGNALS_PENDING) !== 0) return done;
    if (n < 0) decref(yield descriptor_event(fd, POLLOUT, done === 0));
  }
}

export function write_fd(fd: number, data: Uint8Array): number {
  return run_nested(write_fd_steps(fd, data));
}

/** A wait for a descriptor, to be looked at again after anything that happens, or when the time is over. */
export function descriptor_event(fd: number, events: number, signals: boolean, timeout_ns = -1n): WaitOptions {
  const over = (): PyObject => newref(Py_None);
  return {
    attempt: over,
    expired: over,
    timeout_ns,
    fds: [{ fd, events, revents: 0 }],
    external: true,
    signals,
    what: () => `descriptor ${fd}`,
  };
}
