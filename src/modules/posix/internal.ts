// internal.ts: descriptors that are no files: children to wait for (pidfd), counters (eventfd).  CPython: Modules/posixmodule.c
//
// Their state is kept here, behind a descriptor of the host's (HostInternal), so that select() and its kin work with them.
import { O_NONBLOCK } from '../../core/fcntl.ts';
import { HostError, type HostInternal, type HostProcess, POLLHUP, POLLIN, POLLOUT } from '../../core/host.ts';
import type { PyObject } from '../../core/object.ts';
import { METH_CLINIC, type MethodSpec } from '../../core/spec.ts';
import { raise_errno } from '../../objects/exceptions.ts';
import { PyLong_FromBigInt, PyLong_FromLong } from '../../objects/longobject.ts';
import { run_steps, type Steps } from '../../vm/steps.ts';
import { c_int, host, none, unsigned_arg } from '../args.ts';
import { read_fd_and_return, write_fd_steps } from '../blocking.ts';

const ESRCH = 3;
const ECHILD = 10;
const EINVAL = 22;
const ENOSYS = 38;
const EFD_SEMAPHORE = 1;
const EFD_CLOEXEC = 0o2000000;
const COUNTER_SIZE = 8;
const MOST = 2n ** 64n - 2n;

export const INTERNAL_CONSTANTS: Readonly<Record<string, number>> = {
  EFD_CLOEXEC,
  EFD_NONBLOCK: O_NONBLOCK,
  EFD_SEMAPHORE,
  PIDFD_NONBLOCK: O_NONBLOCK,
};

function add(internal: HostInternal, nonblocking: boolean): number {
  const { files } = host();
  if (files.add_internal === undefined) raise_errno(ENOSYS);
  const fd = files.add_internal(internal);
  if (nonblocking) files.set_blocking?.(fd, false);
  return fd;
}

function invalid(): never {
  throw new HostError(EINVAL, 'not for this kind of descriptor');
}

/** A process, by its number: it can be read when the process has ended. */
export class PidDescriptor implements HostInternal {
  readonly mode = 0o700;
  readonly pid: number;
  private readonly process: HostProcess;
  constructor(pid: number, process: HostProcess) {
    this.pid = pid;
    this.process = process;
  }

  /** Null: it runs. Otherwise whether its end was waited for. */
  private gone(): boolean | null {
    try {
      return this.process.wait?.(this.pid, true) == null ? null : false;
    } catch (e) {
      if (!(e instanceof HostError) || e.errno !== ECHILD) throw e;
    }
    try {
      this.process.kill(this.pid, 0);
      return null;
    } catch (e) {
      if (e instanceof HostError && e.errno === ESRCH) return true;
      if (e instanceof HostError) return null;
      throw e;
    }
  }

  state(events: number): number {
    const gone = this.gone();
    return gone === null ? 0 : (events & POLLIN) | (gone ? POLLHUP : 0);
  }
  read(): number {
    return invalid();
  }
  write(): number {
    return invalid();
  }
  close(): void {}
}

function pidfd_open(_m: PyObject, pid: PyObject, flags: PyObject | null): PyObject {
  const { process } = host();
  const n = c_int(pid);
  const bits = flags === null ? 0 : c_int(flags);
  if (n <= 0 || (bits & ~O_NONBLOCK) !== 0) raise_errno(EINVAL);
  process.kill(n, 0);
  return PyLong_FromLong(add(new PidDescriptor(n, process), bits !== 0));
}

/** The kernel's counter behind an eventfd. */
class Counter implements HostInternal {
  readonly mode = 0o600;
  changes = 0;
  private count: bigint;
  private readonly semaphore: boolean;
  constructor(count: bigint, semaphore: boolean) {
    this.count = count;
    this.semaphore = semaphore;
  }
  state(events: number): number {
    return (this.count > 0n ? events & POLLIN : 0) | (this.count < MOST ? events & POLLOUT : 0);
  }
  read(into: Uint8Array): number {
    if (into.length < COUNTER_SIZE) invalid();
    if (this.count === 0n) return -1;
    const taken = this.semaphore ? 1n : this.count;
    this.count -= taken;
    this.changes++;
    new DataView(into.buffer, into.byteOffset).setBigUint64(0, taken, true);
    return COUNTER_SIZE;
  }
  write(data: Uint8Array): number {
    if (data.length < COUNTER_SIZE) invalid();
    const more = new DataView(data.buffer, data.byteOffset).getBigUint64(0, true);
    if (more > MOST) invalid();
    if (this.count + more > MOST) return -1;
    this.count += more;
    this.changes++;
    return COUNTER_SIZE;
  }
  close(): void {}
}

function eventfd(_m: PyObject, initval: PyObject, flags: PyObject | null): PyObject {
  const count = unsigned_arg(initval, 32, 'unsigned int');
  const bits = flags === null ? EFD_CLOEXEC : c_int(flags);
  if ((bits & ~(EFD_CLOEXEC | O_NONBLOCK | EFD_SEMAPHORE)) !== 0) raise_errno(EINVAL);
  const fd = add(new Counter(count, (bits & EFD_SEMAPHORE) !== 0), (bits & O_NONBLOCK) !== 0);
  host().files.set_inheritable?.(fd, (bits & EFD_CLOEXEC) === 0);
  return PyLong_FromLong(fd);
}

function eventfd_read(_m: PyObject, fd: PyObject): PyObject {
  const bytes = new Uint8Array(COUNTER_SIZE);
  return read_fd_and_return(eventfd_read, c_int(fd), bytes, () =>
    PyLong_FromBigInt(new DataView(bytes.buffer).getBigUint64(0, true)),
  );
}

function eventfd_write(module: PyObject, fd: PyObject, value: PyObject): PyObject {
  const bytes = new Uint8Array(COUNTER_SIZE);
  const f = c_int(fd);
  new DataView(bytes.buffer).setBigUint64(0, unsigned_arg(value, 64, 'unsigned long long'), true);
  return run_steps(eventfd_write, module, told(write_fd_steps(f, bytes)));
}

function* told(steps: Steps<number>): Steps<PyObject> {
  yield* steps;
  return none();
}

export const internal_methods: MethodSpec[] = [
  { name: 'pidfd_open', flags: METH_CLINIC, meth: pidfd_open, sig: '($module, /, pid, flags=0)' },
  { name: 'eventfd', flags: METH_CLINIC, meth: eventfd, sig: '($module, /, initval, flags=os.EFD_CLOEXEC)' },
  { name: 'eventfd_read', flags: METH_CLINIC, meth: eventfd_read, sig: '($module, /, fd)' },
  { name: 'eventfd_write', flags: METH_CLINIC, meth: eventfd_write, sig: '($module, /, fd, value)' },
];
