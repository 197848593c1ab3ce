// epoll.ts: select.epoll.                                                              CPython: Modules/selectmodule.c
//
// What the kernel keeps for an epoll object is an Epoll here, behind a descriptor of its own (HostInternal): dup(), close()
// and poll() work with it, too.
// Invariant: a registration belongs to what its descriptor has open; when that is closed, it goes. Edges (EPOLLET) are
// seen by counting what is read and written.
import { PyErr_SetString } from '../../core/errors.ts';
import { S_IFDIR, S_IFMT, S_IFREG } from '../../core/fcntl.ts';
import {
  HostError,
  type HostFiles,
  type HostInternal,
  type HostPoll,
  POLLERR,
  POLLHUP,
  POLLIN,
  POLLNVAL,
  POLLRDHUP,
} from '../../core/host.ts';
import { decref, newref, type PyObject, type PyTypeObject } from '../../core/object.ts';
import { METH_CLASS, METH_CLINIC, METH_NOARGS, METH_O, METH_VARARGS, static_type } from '../../core/spec.ts';
import { PyNumber_Index } from '../../objects/abstract.ts';
import { PyBool_FromLong } from '../../objects/boolobject.ts';
import { PyExc_OSError, PyExc_ValueError, raise_errno } from '../../objects/exceptions.ts';
import { PyArg_Clinic } from '../../objects/getargs.ts';
import { release_instance } from '../../objects/instance.ts';
import { PyList_FromArraySteal } from '../../objects/listobject.ts';
import { PyLong_AsBigInt, PyLong_FromLong } from '../../objects/longobject.ts';
import { PyTuple_FromArraySteal } from '../../objects/tupleobject.ts';
import { c_int, host, none } from '../args.ts';
import { as_descriptor, MILLISECOND, timeout_ns, wait_ready } from './waiting.ts';

const SECOND = 1_000_000_000n;
const EPERM = 1;
const ENOENT = 2;
const EEXIST = 17;
const EINVAL = 22;
const ENOSYS = 38;
const ELOOP = 40;
const EPOLLIN = 1;
const EPOLLPRI = 2;
const EPOLLOUT = 4;
const EPOLLEXCLUSIVE = 2 ** 28;
const EPOLLONESHOT = 2 ** 30;
const EPOLLET = 2 ** 31;
const EPOLL_CLOEXEC = 0o2000000;
/** What poll(2) and epoll share. */
const POLL_BITS = 0x3fff;
const INT_MAX = 0x7fffffffn;
/** As many as CPython asks for when not told. */
const USUAL_MAX_EVENTS = 1023;

export const EPOLL_CONSTANTS: Readonly<Record<string, number>> = {
  EPOLLIN,
  EPOLLPRI,
  EPOLLOUT,
  EPOLLERR: POLLERR,
  EPOLLHUP: POLLHUP,
  EPOLLRDNORM: 64,
  EPOLLRDBAND: 128,
  EPOLLWRNORM: 256,
  EPOLLWRBAND: 512,
  EPOLLMSG: 1024,
  EPOLLRDHUP: POLLRDHUP,
  EPOLLEXCLUSIVE,
  EPOLLWAKEUP: 2 ** 29,
  EPOLLONESHOT,
  EPOLLET,
  EPOLL_CLOEXEC,
};

interface Registration {
  events: number;
  /** What the descriptor had open. */
  readonly description: object;
  /** EPOLLONESHOT: it was reported, and waits for modify(). */
  spent: boolean;
  /** EPOLLET: what was reported, and the count of changes then. */
  reported: number;
  changes: number;
}

function has(events: number, bit: number): boolean {
  return Math.floor(events / bit) % 2 === 1;
}

/** An epoll object of the kernel's. */
class Epoll implements HostInternal {
  readonly mode = 0o600;
  private readonly registered: Map<number, Registration> = new Map();
  /** What the descriptors' states were when it was asked last. */
  private seen: HostPoll[] = [];
  private readonly files: HostFiles;
  constructor(files: HostFiles) {
    this.files = files;
  }

  /** The registration of a descriptor that is still open for the same thing. */
  private get(fd: number): Registration | undefined {
    const registration = this.registered.get(fd);
    if (registration === undefined) return undefined;
    try {
      if (this.files.description!(fd) === registration.description) return registration;
    } catch (e) {
      if (!(e instanceof HostError)) throw e;
    }
    this.registered.delete(fd);
    return undefined;
  }

  add(fd: number, events: number): void {
    const type = this.files.fstat(fd).mode & S_IFMT;
    if (type === S_IFREG || type === S_IFDIR) raise_errno(EPERM);
    const internal = this.files.internal!(fd);
    if (internal === this) raise_errno(EINVAL);
    if (internal instanceof Epoll && internal.watches(this)) raise_errno(ELOOP);
    if (this.get(fd) !== undefined) raise_errno(EEXIST);
    const description = this.files.description!(fd);
    this.registered.set(fd, { events, description, spent: false, reported: 0, changes: 0 });
  }

  /** Whether its state depends on another's, maybe by way of others. */
  private watches(other: Epoll): boolean {
    for (const fd of [...this.registered.keys()]) {
      const internal = this.get(fd) === undefined ? null : this.files.internal!(fd);
      if (internal === other || (internal instanceof Epoll && internal.watches(other))) return true;
    }
    return false;
  }

  modify(fd: number, events: number): void {
    this.files.description!(fd);
    if (has(events, EPOLLEXCLUSIVE)) raise_errno(EINVAL);
    const registration = this.get(fd);
    if (registration === undefined) raise_errno(ENOENT);
    registration.events = events;
    registration.spent = false;
    registration.reported = 0;
  }

  remove(fd: number): void {
    this.files.description!(fd);
    if (this.get(fd) === undefined) raise_errno(ENOENT);
    this.registered.delete(fd);
  }

  depends_on(): HostPoll[] {
    const entries: HostPoll[] = [];
    for (const fd of [...this.registered.keys()]) {
      const registration = this.get(fd);
      if (registration === undefined || registration.spent) continue;
      entries.push({ fd, events: registration.events & POLL_BITS, revents: 0 });
    }
    return entries;
  }

  /** What is to be reported of a descriptor whose state was asked. */
  private news({ fd, revents }: HostPoll): number {
    if ((revents & POLLNVAL) !== 0) return 0;
    const registration = this.get(fd);
    if (registration === undefined || registration.spent) return 0;
    const events = revents & ((registration.events & POLL_BITS) | POLLERR | POLLHUP);
    if (!has(registration.events, EPOLLET)) return events;
    const seen = registration.changes === this.files.changes!(fd) ? registration.reported : 0;
    return (events & ~seen) === 0 ? 0 : events;
  }

  state(events: number, ask: (entry: HostPoll) => number): number {
    this.seen = this.depends_on();
    for (const entry of this.seen) entry.revents = ask(entry);
    return this.seen.some(entry => this.news(entry) !== 0) ? events & POLLIN : 0;
  }

  /** Takes up to so many of the events that state() saw last, which are reported thereby. */
  take(most: number): [fd: number, events: number][] {
    const taken: [number, number][] = [];
    for (const entry of this.seen) {
      if (taken.length === most) break;
      const events = this.news(entry);
      if (events === 0) continue;
      const { fd } = entry;
      const registration = this.registered.get(fd)!;
      registration.reported = events;
      registration.changes = this.files.changes!(fd);
      if (has(registration.events, EPOLLONESHOT)) registration.spent = true;
      taken.push([fd, events]);
      // The next call begins with those that were not reported now.
      this.registered.delete(fd);
      this.registered.set(fd, registration);
    }
    return taken;
  }

  read(): number {
    return raise_errno(EINVAL);
  }
  write(): number {
    return raise_errno(EINVAL);
  }
  close(): void {
    this.registered.clear();
  }
}

// --- the type -----------------------------------------------------------------------------------------------------------

/** -1: closed. */
interface EpollObject {
  fd: number;
}

function fd_of(self: PyObject): number {
  const { fd } = self.v as EpollObject;
  if (fd < 0) PyErr_SetString(PyExc_ValueError, 'I/O operation on closed epoll object');
  return fd;
}

function epoll_of(self: PyObject): Epoll {
  const internal = host().files.internal!(fd_of(self));
  if (!(internal instanceof Epoll)) raise_errno(EINVAL);
  return internal;
}

function events_arg(o: PyObject): number {
  const index = PyNumber_Index(o);
  const events = Number(BigInt.asUintN(32, PyLong_AsBigInt(index)));
  decref(index);
  return events;
}

function epoll_new(type: PyTypeObject, args: PyObject, kwargs: PyObject | null): PyObject {
  const [sizehint, flags] = PyArg_Clinic('epoll', '(sizehint=-1, flags=0)', args, kwargs);
  const size = sizehint == null ? -1 : c_int(sizehint);
  const bits = flags == null ? 0 : c_int(flags);
  if (size !== -1 && size <= 0) PyErr_SetString(PyExc_ValueError, 'negative sizehint');
  if ((bits & ~EPOLL_CLOEXEC) !== 0) PyErr_SetString(PyExc_OSError, 'invalid flags');
  const { files } = host();
  if (files.add_internal === undefined) raise_errno(ENOSYS);
  return type.tp_alloc!(type, { fd: files.add_internal(new Epoll(files)) });
}

/** From a descriptor that is one of an epoll object. */
function epoll_fromfd(type: PyObject, fd: PyObject): PyObject {
  return (type as PyTypeObject).tp_alloc!(type as PyTypeObject, { fd: c_int(fd) });
}

function epoll_close(self: PyObject): PyObject {
  const data = self.v as EpollObject;
  const { fd } = data;
  data.fd = -1;
  if (fd >= 0) host().files.close(fd);
  return none();
}

function epoll_dealloc(self: PyObject): void {
  try {
    decref(epoll_close(self));
  } catch (e) {
    // Somebody else closed the descriptor.
    if (!(e instanceof HostError)) throw e;
  }
  release_instance(self);
}

function epoll_register(self: PyObject, fd: PyObject, eventmask: PyObject | null): PyObject {
  const epoll = epoll_of(self);
  epoll.add(as_descriptor(fd), eventmask === null ? EPOLLIN | EPOLLPRI | EPOLLOUT : events_arg(eventmask));
  return none();
}

function epoll_modify(self: PyObject, fd: PyObject, eventmask: PyObject): PyObject {
  const epoll = epoll_of(self);
  epoll.modify(as_descriptor(fd), events_arg(eventmask));
  return none();
}

function epoll_unregister(self: PyObject, fd: PyObject): PyObject {
  epoll_of(self).remove(as_descriptor(fd));
  return none();
}

/** CPython: select_epoll_poll_impl */
function epoll_poll(self: PyObject, timeout: PyObject | null, maxevents: PyObject | null): PyObject {
  const most = maxevents === null ? -1 : c_int(maxevents);
  const epoll = epoll_of(self);
  let ns = timeout_ns(timeout, SECOND, 'an integer');
  if (ns > INT_MAX * MILLISECOND) PyErr_SetString(PyExc_ValueError, 'timeout is too large');
  if (ns < 0n) ns = -1n;
  if (most === 0 || most < -1) PyErr_SetString(PyExc_ValueError, `maxevents must be greater than 0, got ${most}`);
  newref(self);
  const result = (): PyObject => {
    const taken = epoll.take(most === -1 ? USUAL_MAX_EVENTS : most);
    return PyList_FromArraySteal(
      taken.map(([fd, events]) => PyTuple_FromArraySteal([PyLong_FromLong(fd), PyLong_FromLong(events)])),
    );
  };
  const fds = [{ fd: fd_of(self), events: POLLIN, revents: 0 }];
  return wait_ready(fds, ns, epoll_poll, () => decref(self), result);
}

function epoll_enter(self: PyObject): PyObject {
  fd_of(self);
  return newref(self);
}

export const epoll_type: PyTypeObject = static_type({
  name: 'select.epoll',
  heap: 'mutable',
  tp_basicsize: 24,
  tp_doc: 'Waits for descriptors that are registered once.',
  tp_new: epoll_new,
  tp_dealloc: epoll_dealloc,
  methods: [
    { name: 'fromfd', flags: METH_O | METH_CLASS, meth: epoll_fromfd, sig: '($type, fd, /)' },
    { name: 'close', flags: METH_NOARGS, meth: epoll_close, sig: '($self, /)' },
    { name: 'fileno', flags: METH_NOARGS, meth: self => PyLong_FromLong(fd_of(self)), sig: '($self, /)' },
    {
      name: 'register',
      flags: METH_CLINIC,
      meth: epoll_register,
      sig: '($self, /, fd,\n         eventmask=select.EPOLLIN | select.EPOLLPRI | select.EPOLLOUT)',
    },
    { name: 'modify', flags: METH_CLINIC, meth: epoll_modify, sig: '($self, /, fd, eventmask)' },
    { name: 'unregister', flags: METH_CLINIC, meth: epoll_unregister, sig: '($self, /, fd)' },
    { name: 'poll', flags: METH_CLINIC, meth: epoll_poll, sig: '($self, /, timeout=None, maxevents=-1)' },
    { name: '__enter__', flags: METH_NOARGS, meth: epoll_enter, sig: '($self, /)' },
    {
      name: '__exit__',
      flags: METH_VARARGS,
      meth: epoll_close,
      sig: '($self, exc_type=None, exc_value=None, exc_tb=None, /)',
    },
  ],
  getset: [{ name: 'closed', get: self => PyBool_FromLong((self.v as EpollObject).fd < 0) }],
});
