// _multiprocessing.ts: semaphores that processes share, with what locks need besides.      CPython: Modules/_multiprocessing/semaphore.c
//
// The host has the semaphores (HostSemaphores). An object for one counts how often this process holds it and which thread took it
// last, so that a lock can be recursive. Waiting suspends the calling thread only.
// Where the host has none (a page), SemLock is missing, and multiprocessing says so.

import { PyErr_SetString } from '../core/errors.ts';
import { type HostSemaphore, type HostSemaphores, POLLIN } from '../core/host.ts';
import { decref, newref, Py_TPFLAGS_BASETYPE, type PyObject, type PyTypeObject } from '../core/object.ts';
import { METH_CLASS, METH_CLINIC, METH_NOARGS, type ModuleSpec, module_type } from '../core/spec.ts';
import { current } from '../core/tstate.ts';
import { PyBool_FromLong } from '../objects/boolobject.ts';
import { PyDict_New, PyDict_SetItemString } from '../objects/dictobject.ts';
import { PyExc_AssertionError, PyExc_ValueError, raise_errno } from '../objects/exceptions.ts';
import { PyFloat_AsDouble } from '../objects/floatobject.ts';
import { PyLong_FromLong } from '../objects/longobject.ts';
import { PyModule_AddObjectRef } from '../objects/moduleobject.ts';
import { Py_None, PyObject_IsTrue } from '../objects/object.ts';
import { PyUnicode_DecodeFSDefault, PyUnicode_FromString } from '../objects/unicodeobject.ts';
import { block } from '../vm/waiting.ts';
import { c_bool, c_int, host, none, str_arg, system } from './args.ts';
import { parse_arguments } from './parse_keywords.ts';

const RECURSIVE_MUTEX = 0;
const SEMAPHORE = 1;
const SEM_VALUE_MAX = 0x7fffffff;
const EINVAL = 22;
const EBADF = 9;
const ENOSYS = 38;

interface SemLock {
  readonly sem: HostSemaphore;
  readonly kind: number;
  readonly maxvalue: number;
  /** Null: it has none by which others could find it. */
  readonly name: string | null;
  /** Acquired less released by this process. */
  count: number;
  /** thread_id of the thread that acquired it last. */
  last_tid: number;
}

function of(self: PyObject): SemLock {
  return (self as PyObject<SemLock>).v;
}

function semaphores(): HostSemaphores {
  const all = host().semaphores;
  if (all === undefined) raise_errno(ENOSYS);
  return all;
}

function make(type: PyTypeObject, sem: HostSemaphore, kind: number, maxvalue: number, name: string | null): PyObject {
  const data: SemLock = { sem, kind, maxvalue, name, count: 0, last_tid: 0 };
  return type.tp_alloc!(type, data);
}

/** CPython: _multiprocessing_SemLock_impl */
function semlock_new(type: PyTypeObject, args: PyObject, kwargs: PyObject | null): PyObject {
  let [kind, value, maxvalue, name, unlink] = [0, 0, 0, '', false];
  parse_arguments('SemLock', ['kind', 'value', 'maxvalue', 'name', 'unlink'], 5, 5, args, kwargs, (i, o) => {
    if (i === 0) kind = c_int(o);
    else if (i === 1) value = c_int(o);
    else if (i === 2) maxvalue = c_int(o);
    else if (i === 3) name = name_arg('SemLock', "'name'", o);
    else unlink = PyObject_IsTrue(o);
  });
  if (kind !== RECURSIVE_MUTEX && kind !== SEMAPHORE) PyErr_SetString(PyExc_ValueError, 'unrecognized kind');
  if (value < 0) raise_errno(EINVAL);
  const all = semaphores();
  const sem = system(() => all.create(name, value, Math.max(value, maxvalue)));
  if (unlink) system(() => all.unlink(name));
  return make(type, sem, kind, maxvalue, unlink ? null : name);
}

function name_arg(fname: string, arg: string, o: PyObject): string {
  const name = str_arg(fname, arg, o);
  if (name.includes('\0')) PyErr_SetString(PyExc_ValueError, 'embedded null character');
  return name;
}

/** CPython: _multiprocessing_SemLock__rebuild_impl */
function rebuild(type: PyObject, _handle: PyObject, kind: PyObject, maxvalue: PyObject, name: PyObject): PyObject {
  const [k, most] = [c_int(kind), c_int(maxvalue)];
  // Without a name it could be found in this very process only, where CPython has its address.
  if (name === Py_None) raise_errno(EBADF);
  const text = name_arg('_rebuild', '4', name);
  const sem = system(() => semaphores().open(text));
  return make(type as PyTypeObject, sem, k, most, text);
}

function semlock_dealloc(self: PyObject): void {
  system(() => of(self).sem.close());
}

// --- acquire, release -------------------------------------------------------------------------------------------------

function is_mine(s: SemLock): boolean {
  return s.count > 0 && s.last_tid === current.tstate.thread_id;
}

function taken(s: SemLock): PyObject {
  s.count++;
  s.last_tid = current.tstate.thread_id;
  return PyBool_FromLong(true);
}

/** CPython: _multiprocessing_SemLock_acquire_impl */
function wait_and_take(self: PyObject, blocking: boolean, timeout: PyObject, native: unknown): PyObject {
  const s = of(self);
  if (s.kind === RECURSIVE_MUTEX && is_mine(s)) {
    s.count++;
    return PyBool_FromLong(true);
  }
  const seconds = timeout === Py_None ? -1 : Math.max(PyFloat_AsDouble(timeout), 0);
  const waits = blocking && seconds !== 0;
  if (system(() => s.sem.take(!waits))) return taken(s);
  if (!waits) return PyBool_FromLong(false);
  newref(self);
  return block(
    {
      attempt: () => (system(() => s.sem.take(false)) ? taken(s) : null),
      expired: () => (system(() => s.sem.take(true)) ? taken(s) : PyBool_FromLong(false)),
      timeout_ns: seconds < 0 || seconds > 1e9 ? -1n : BigInt(Math.ceil(seconds * 1e9)),
      fds: [{ fd: s.sem.fd, events: POLLIN, revents: 0 }],
      external: true,
      release: () => decref(self),
      what: () => `a semaphore shared with other processes (${s.name})`,
    },
    native,
  );
}

function acquire(self: PyObject, blocking: PyObject | null, timeout: PyObject | null): PyObject {
  return wait_and_take(self, c_bool(blocking, true), timeout ?? Py_None, acquire);
}

function enter(self: PyObject): PyObject {
  return wait_and_take(self, true, Py_None, enter);
}

/** Whether one more is more than `maxvalue`. CPython cannot be sure either when others give at the same time. */
function is_full(s: SemLock): boolean {
  if (s.maxvalue === SEM_VALUE_MAX) return false;
  if (s.maxvalue > 1) return s.sem.value() >= s.maxvalue;
  // A lock: whoever holds it finds nothing to take.
  if (!s.sem.take(false)) return false;
  s.sem.give();
  return true;
}

/** CPython: _multiprocessing_SemLock_release_impl */
function release(self: PyObject): PyObject {
  const s = of(self);
  if (s.kind === RECURSIVE_MUTEX) {
    if (!is_mine(s)) {
      PyErr_SetString(PyExc_AssertionError, 'attempt to release recursive lock not owned by thread');
    }
    if (s.count > 1) {
      s.count--;
      return none();
    }
  } else if (system(() => is_full(s))) {
    PyErr_SetString(PyExc_ValueError, 'semaphore or lock released too many times');
  }
  system(() => s.sem.give());
  s.count--;
  return none();
}

function count(self: PyObject): PyObject {
  return PyLong_FromLong(of(self).count);
}

function mine(self: PyObject): PyObject {
  return PyBool_FromLong(is_mine(of(self)));
}

function get_value(self: PyObject): PyObject {
  return PyLong_FromLong(system(() => of(self).sem.value()));
}

function is_zero(self: PyObject): PyObject {
  return PyBool_FromLong(system(() => of(self).sem.value() === 0));
}

function after_fork(self: PyObject): PyObject {
  of(self).count = 0;
  return none();
}

const semlock_type: PyTypeObject = module_type('_multiprocessing', {
  name: '_multiprocessing.SemLock',
  heap: 'immutable',
  tp_basicsize: 56,
  tp_flags: Py_TPFLAGS_BASETYPE,
  tp_doc: 'A semaphore or lock that processes share.',
  tp_new: semlock_new,
  tp_dealloc: semlock_dealloc,
  methods: [
    { name: 'acquire', flags: METH_CLINIC, meth: acquire, sig: '($self, /, block=True, timeout=None)' },
    { name: 'release', flags: METH_NOARGS, meth: release, sig: '($self, /)' },
    { name: '_count', flags: METH_NOARGS, meth: count, sig: '($self, /)' },
    { name: '_is_mine', flags: METH_NOARGS, meth: mine, sig: '($self, /)' },
    { name: '_get_value', flags: METH_NOARGS, meth: get_value, sig: '($self, /)' },
    { name: '_is_zero', flags: METH_NOARGS, meth: is_zero, sig: '($self, /)' },
    {
      name: '_rebuild',
      flags: METH_CLINIC | METH_CLASS,
      meth: rebuild,
      sig: '($type, handle, kind, maxvalue, name, /)',
    },
    { name: '_after_fork', flags: METH_NOARGS, meth: after_fork, sig: '($self, /)' },
    { name: '__enter__', flags: METH_NOARGS, meth: enter, sig: '($self, /)' },
    {
      name: '__exit__',
      flags: METH_CLINIC,
      meth: release,
      sig: '($self, exc_type=None, exc_value=None, exc_tb=None, /)',
    },
  ],
  members: [
    { name: 'handle', get: self => PyLong_FromLong(of(self).sem.fd) },
    { name: 'kind', get: self => PyLong_FromLong(of(self).kind) },
    { name: 'maxvalue', get: self => PyLong_FromLong(of(self).maxvalue) },
    {
      name: 'name',
      get: self => {
        const { name } = of(self);
        return name === null ? none() : PyUnicode_FromString(name);
      },
    },
  ],
  after_ready: type => {
    const most = PyLong_FromLong(SEM_VALUE_MAX);
    PyDict_SetItemString(type.tp_dict!, 'SEM_VALUE_MAX', most);
    decref(most);
  },
});

function sem_unlink(_m: PyObject, name: PyObject): PyObject {
  const text = name_arg('sem_unlink', '1', name);
  system(() => semaphores().unlink(text));
  return none();
}

/** A path by which other processes can open what a descriptor has open (pylib/multiprocessing/_descriptors.py). */
function descriptor_path(_m: PyObject, fd: PyObject): PyObject {
  const { files } = host();
  if (files.shared_path === undefined) raise_errno(ENOSYS);
  return PyUnicode_DecodeFSDefault(files.shared_path(c_int(fd)));
}

export const module: ModuleSpec = {
  name: '_multiprocessing',
  methods: [
    { name: 'descriptor_path', flags: METH_CLINIC, meth: descriptor_path, sig: '($module, fd, /)' },
    { name: 'sem_unlink', flags: METH_CLINIC, meth: sem_unlink, sig: '($module, name, /)' },
  ],
  exec(m) {
    const flags = PyDict_New();
    if (host().semaphores !== undefined) {
      PyModule_AddObjectRef(m, 'SemLock', semlock_type);
      for (const name of ['HAVE_SEM_OPEN', 'HAVE_SEM_TIMEDWAIT']) {
        const one = PyLong_FromLong(1);
        PyDict_SetItemString(flags, name, one);
        decref(one);
      }
    }
    PyModule_AddObjectRef(m, 'flags', flags);
    decref(flags);
  },
};
