// children.ts: child processes: starting them, waiting for them, signals to them.        CPython: Modules/posixmodule.c
//
// There is no fork(): a child begins with the program that it runs (Host.spawn). Waiting goes through wait_for_result(), so
// that signals and other threads are served meanwhile.

import { PyErr_SetString } from '../../core/errors.ts';
import type { HostSpawn, HostWaited } from '../../core/host.ts';
import { decref, type PyObject } from '../../core/object.ts';
import { METH_CLINIC, METH_NOARGS, METH_O, type MethodSpec } from '../../core/spec.ts';
import { PyMapping_Items, PySequence_Fast, PySequence_Fast_ITEMS } from '../../objects/abstract.ts';
import { PyBool_FromLong } from '../../objects/boolobject.ts';
import { PyList_Check, PyLong_Check, PyTuple_Check } from '../../objects/checks.ts';
import { PyExc_NotImplementedError, PyExc_TypeError, PyExc_ValueError, raise_errno } from '../../objects/exceptions.ts';
import { PyLong_FromLong } from '../../objects/longobject.ts';
import { Py_None } from '../../objects/object.ts';
import { PyStructSequence_New } from '../../objects/structseq.ts';
import { PyTuple_FromArraySteal } from '../../objects/tupleobject.ts';
import { watch_signal as watch_python_signal } from '../_signal.ts';
import { c_bool, c_int, host, none } from '../args.ts';
import { check_signals, wait_for_result, wait_until } from '../blocking.ts';
import { zero_rusage } from '../resource.ts';
import { sigset } from '../signal/mask.ts';
import { PidDescriptor } from './internal.ts';
import { fs_bytes, PyOS_FSPath, path_arg, path_error } from './path.ts';
import { waitid_result_type } from './results.ts';
import { check_scheduler } from './scheduling.ts';

const ECHILD = 10;
const EINVAL = 22;
const ENOSYS = 38;
const EQUALS = 61;
const SLASH = 47;
const COLON = 58;
const SIGCHLD = 17;
/** SIGINT and SIGQUIT. */
const TYPED_SIGNALS = [2, 3];

const WNOHANG = 1;
const WEXITED = 4;
const WNOWAIT = 0x1000000;
const P_ALL = 0;
const P_PID = 1;
const P_PGID = 2;
const P_PIDFD = 3;
const CLD_EXITED = 1;
const CLD_KILLED = 2;
const CLD_DUMPED = 3;

const utf8 = new TextEncoder();

// --- waiting --------------------------------------------------------------------------------------------------------

/** Waits for a child that ends unless told not to: what the native returns. `result` gets null if none has ended. */
export function wait_child(
  native: unknown,
  pid: number,
  options: number,
  result: (got: HostWaited | null) => PyObject,
): PyObject {
  const { process } = host();
  if (process.wait === undefined) raise_errno(ECHILD);
  // Groups of processes are not told apart: 0 and below mean any child.
  const which = pid > 0 ? pid : -1;
  const keep = (options & WNOWAIT) !== 0;
  const look = (): PyObject | null => {
    const got = process.wait!(which, keep);
    return got === null && (options & WNOHANG) === 0 ? null : result(got);
  };
  return wait_for_result(native, look, [], pid > 0 ? `child ${pid}` : 'a child');
}

function pid_and_status(got: HostWaited | null): PyObject {
  return PyTuple_FromArraySteal([PyLong_FromLong(got?.pid ?? 0), PyLong_FromLong(got?.status ?? 0)]);
}

function waitpid(_m: PyObject, pid: PyObject, options: PyObject): PyObject {
  return wait_child(waitpid, c_int(pid), c_int(options), pid_and_status);
}

function wait(): PyObject {
  return wait_child(wait, -1, 0, pid_and_status);
}

function with_rusage(got: HostWaited | null): PyObject {
  return PyTuple_FromArraySteal([PyLong_FromLong(got?.pid ?? 0), PyLong_FromLong(got?.status ?? 0), zero_rusage()]);
}

function wait3(_m: PyObject, options: PyObject): PyObject {
  return wait_child(wait3, -1, c_int(options), with_rusage);
}

function wait4(_m: PyObject, pid: PyObject, options: PyObject): PyObject {
  return wait_child(wait4, c_int(pid), c_int(options), with_rusage);
}

/** CPython: Modules/posixmodule.c:os_waitid_impl */
function waitid(_m: PyObject, idtype: PyObject, id: PyObject, options: PyObject): PyObject {
  const type = c_int(idtype);
  const n = c_int(id);
  const flags = c_int(options);
  if (type !== P_ALL && type !== P_PID && type !== P_PGID && type !== P_PIDFD) raise_errno(EINVAL);
  if ((flags & WEXITED) === 0) raise_errno(EINVAL);
  const pid = type === P_PIDFD ? pid_behind(n) : type === P_PID ? n : -1;
  return wait_child(waitid, pid, flags, waitid_result);
}

/** The process that a pidfd stands for. */
function pid_behind(fd: number): number {
  const internal = host().files.internal?.(fd);
  if (!(internal instanceof PidDescriptor)) raise_errno(EINVAL);
  return internal.pid;
}

function waitid_result(got: HostWaited | null): PyObject {
  if (got === null) return none();
  const signal = got.status & 0x7f;
  const code = signal === 0 ? CLD_EXITED : (got.status & 0x80) !== 0 ? CLD_DUMPED : CLD_KILLED;
  const value = signal === 0 ? (got.status >> 8) & 0xff : signal;
  const fields = [got.pid, host().process.uid(), SIGCHLD, value, code];
  return PyStructSequence_New(waitid_result_type(), fields.map(PyLong_FromLong));
}

// --- wait status ----------------------------------------------------------------------------------------------------

function wifexited(status: number): boolean {
  return (status & 0x7f) === 0;
}
function wifsignaled(status: number): boolean {
  return (((status & 0x7f) + 1) << 24) >> 25 > 0;
}
function wifstopped(status: number): boolean {
  return (status & 0xff) === 0x7f;
}

function waitstatus_to_exitcode(_m: PyObject, status: PyObject): PyObject {
  if (!PyLong_Check(status)) {
    PyErr_SetString(PyExc_TypeError, `'${status.ob_type.tp_name}' object cannot be interpreted as an integer`);
  }
  return PyLong_FromLong(exit_code(c_int(status)));
}

/** What a child has ended with; negative: the signal. */
export function exit_code(s: number): number {
  if (wifexited(s)) return (s >> 8) & 0xff;
  if (wifsignaled(s)) return -(s & 0x7f);
  if (wifstopped(s)) PyErr_SetString(PyExc_ValueError, `process stopped by delivery of signal ${(s >> 8) & 0xff}`);
  PyErr_SetString(PyExc_ValueError, `invalid wait status: ${s}`);
}

function WIFEXITED(_m: PyObject, status: PyObject): PyObject {
  return PyBool_FromLong(wifexited(c_int(status)));
}
function WIFSIGNALED(_m: PyObject, status: PyObject): PyObject {
  return PyBool_FromLong(wifsignaled(c_int(status)));
}
function WIFSTOPPED(_m: PyObject, status: PyObject): PyObject {
  return PyBool_FromLong(wifstopped(c_int(status)));
}
function WIFCONTINUED(_m: PyObject, status: PyObject): PyObject {
  return PyBool_FromLong(c_int(status) === 0xffff);
}
function WCOREDUMP(_m: PyObject, status: PyObject): PyObject {
  return PyBool_FromLong((c_int(status) & 0x80) !== 0);
}
function WEXITSTATUS(_m: PyObject, status: PyObject): PyObject {
  return PyLong_FromLong((c_int(status) >> 8) & 0xff);
}
function WSTOPSIG(_m: PyObject, status: PyObject): PyObject {
  return PyLong_FromLong((c_int(status) >> 8) & 0xff);
}
function WTERMSIG(_m: PyObject, status: PyObject): PyObject {
  return PyLong_FromLong(c_int(status) & 0x7f);
}

// --- signals and groups ---------------------------------------------------------------------------------------------

/** CPython: Modules/posixmodule.c:os_kill_impl */
function kill(_m: PyObject, pid: PyObject, signal: PyObject): PyObject {
  host().process.kill(c_int(pid), c_int(signal));
  check_signals();
  return none();
}

function killpg(_m: PyObject, pgid: PyObject, signal: PyObject): PyObject {
  const group = c_int(pgid);
  host().process.kill(group === 0 ? 0 : -group, c_int(signal));
  check_signals();
  return none();
}

function group_of(pid: number): number {
  const { process } = host();
  if (process.getpgid === undefined) raise_errno(ENOSYS);
  return process.getpgid(pid);
}

function getpgid(_m: PyObject, pid: PyObject): PyObject {
  return PyLong_FromLong(group_of(c_int(pid)));
}
function getpgrp(): PyObject {
  return PyLong_FromLong(group_of(0));
}
function getsid(_m: PyObject, pid: PyObject): PyObject {
  const { process } = host();
  if (process.getsid === undefined) raise_errno(ENOSYS);
  return PyLong_FromLong(process.getsid(c_int(pid)));
}

// --- starting programs ----------------------------------------------------------------------------------------------

/** The environment as programs get it: NAME=value each. */
export function environ_entries(): Uint8Array[] {
  return host()
    .process.environ()
    .map(([name, value]) => join_bytes(name, EQUALS, value));
}

function join_bytes(a: Uint8Array, between: number, b: Uint8Array): Uint8Array {
  const out = new Uint8Array(a.length + 1 + b.length);
  out.set(a);
  out[a.length] = between;
  out.set(b, a.length + 1);
  return out;
}

/** Bytes of a str, bytes or os.PathLike without zeros. CPython: fsconvert_strdup */
export function program_bytes(o: PyObject): Uint8Array {
  const path = PyOS_FSPath(o);
  const bytes = fs_bytes(path);
  decref(path);
  if (bytes.includes(0)) PyErr_SetString(PyExc_ValueError, 'embedded null byte');
  return bytes;
}

/** What a program gets unless something else is said. */
export function plain_spawn(files: Uint8Array[], argv: Uint8Array[], env: Uint8Array[], fds: number[]): HostSpawn {
  return {
    files,
    argv,
    env,
    cwd: null,
    fds,
    new_session: false,
    process_group: -1,
    uid: -1,
    gid: -1,
    umask: -1,
    restore_signals: true,
  };
}

/** The descriptors that programs get: by number, ours of the same number or -1. */
export function inheritable_fds(): number[] {
  const { files } = host();
  const fds: number[] = [];
  for (const fd of files.descriptors?.() ?? [0, 1, 2]) if (files.inheritable?.(fd) ?? true) set_fd(fds, fd, fd);
  while (fds.length < 3) fds.push(-1);
  return fds;
}

export function set_fd(fds: number[], child: number, ours: number): void {
  while (fds.length <= child) fds.push(-1);
  fds[child] = ours;
}

export function spawn(request: HostSpawn): number {
  const { process } = host();
  if (process.spawn === undefined) raise_errno(ENOSYS);
  return process.spawn(request);
}

/** Runs a shell command to its end; gives the wait status. CPython: Modules/posixmodule.c:os_system_impl */
function system(_m: PyObject, command: PyObject): PyObject {
  const shell = utf8.encode('/bin/sh');
  const argv = [utf8.encode('sh'), utf8.encode('-c'), program_bytes(command)];
  // As system(3) does: what is typed at the terminal meanwhile is the command's affair.
  const { watch_signal } = host();
  for (const n of TYPED_SIGNALS) watch_signal?.call(host(), n, 'ignore');
  try {
    const pid = spawn(plain_spawn([shell], argv, environ_entries(), inheritable_fds()));
    const got = wait_until(() => host().process.wait!(pid, false), [], -1n)!;
    return PyLong_FromLong(got.status);
  } finally {
    for (const n of TYPED_SIGNALS) watch_python_signal(n);
  }
}

function argv_bytes(fname: string, argv: PyObject): Uint8Array[] {
  const seq = PySequence_Fast(argv, `${fname}: argv must be a tuple or list`);
  try {
    const items = PySequence_Fast_ITEMS(seq);
    if (items.length === 0) PyErr_SetString(PyExc_ValueError, `${fname}: argv must not be empty`);
    const out = items.map(program_bytes);
    if (out[0]!.length === 0) PyErr_SetString(PyExc_ValueError, `${fname}: argv first element cannot be empty`);
    return out;
  } finally {
    decref(seq);
  }
}

/** CPython: Modules/posixmodule.c:parse_envlist */
export function env_bytes(fname: string, env: PyObject): Uint8Array[] {
  if (env === Py_None) return environ_entries();
  if (env.ob_type.mp_subscript === null)
    PyErr_SetString(PyExc_TypeError, `${fname}: environment must be a mapping object`);
  const items = PyMapping_Items(env);
  try {
    return PySequence_Fast_ITEMS(items).map(pair => {
      const [name, value] = pair.v as [PyObject, PyObject];
      const key = program_bytes(name);
      if (key.length === 0 || key.includes(EQUALS, 1))
        PyErr_SetString(PyExc_ValueError, 'illegal environment variable name');
      return join_bytes(key, EQUALS, program_bytes(value));
    });
  } finally {
    decref(items);
  }
}

const SPAWN_OPEN = 0;
const SPAWN_CLOSE = 1;
const SPAWN_DUP2 = 2;
const SPAWN_CLOSEFROM = 3;

/** Does to `fds` what the file actions say; descriptors that were opened for it are added to `opened`. */
function apply_file_actions(actions: PyObject, fds: number[], opened: number[]): void {
  const { files } = host();
  const seq = PySequence_Fast(actions, 'file_actions must be a sequence or None');
  try {
    for (const action of PySequence_Fast_ITEMS(seq)) {
      if (!PyTuple_Check(action) || (action.v as PyObject[]).length === 0)
        PyErr_SetString(PyExc_TypeError, 'Each file_actions element must be a non-empty tuple');
      const [tag, ...args] = action.v as PyObject[];
      if (!PyLong_Check(tag!)) PyErr_SetString(PyExc_TypeError, 'Each file_actions element must be a non-empty tuple');
      const kind = c_int(tag);
      const wants = [4, 1, 2, 1][kind];
      if (wants === undefined) PyErr_SetString(PyExc_TypeError, 'Unknown file_actions identifier');
      const names = ['open', 'close', 'dup2', 'closefrom'];
      if (args.length !== wants) {
        const tuple = `A ${names[kind]} file_action tuple must have ${wants + 1} elements`;
        PyErr_SetString(PyExc_TypeError, tuple);
      }
      const fd = c_int(args[0]!);
      if (kind === SPAWN_OPEN) {
        const path = path_arg('posix_spawn', 'path', args[1]!);
        try {
          const made = files.open(path.bytes, c_int(args[2]!), c_int(args[3]!));
          opened.push(made);
          set_fd(fds, fd, made);
        } finally {
          path.free();
        }
      } else if (kind === SPAWN_CLOSE) {
        if (fd >= 0 && fd < fds.length) fds[fd] = -1;
      } else if (kind === SPAWN_DUP2) {
        const from = fds[fd] ?? -1;
        // Any descriptor of ours may be duplicated, inheritable or not.
        if (from < 0) files.fstat(fd);
        set_fd(fds, c_int(args[1]!), from < 0 ? fd : from);
      } else if (kind === SPAWN_CLOSEFROM) {
        for (let n = Math.max(fd, 0); n < fds.length; n++) fds[n] = -1;
      }
    }
  } finally {
    decref(seq);
  }
}

/** The files that a program's name may mean, by the PATH of an environment. */
export function search_path(name: Uint8Array, env: Uint8Array[]): Uint8Array[] {
  if (name.includes(SLASH)) return [name];
  let path: Uint8Array = utf8.encode('/bin:/usr/bin');
  for (const entry of env) if (String.fromCharCode(...entry.subarray(0, 5)) === 'PATH=') path = entry.subarray(5);
  const files: Uint8Array[] = [];
  for (let start = 0; start <= path.length; ) {
    let end = path.indexOf(COLON, start);
    if (end < 0) end = path.length;
    files.push(end === start ? name : join_bytes(path.subarray(start, end), SLASH, name));
    start = end + 1;
  }
  return files;
}

type SpawnArguments = [
  path: PyObject,
  argv: PyObject,
  env: PyObject,
  file_actions: PyObject | null,
  setpgroup: PyObject | null,
  resetids: PyObject | null,
  setsid: PyObject | null,
  setsigmask: PyObject | null,
  setsigdef: PyObject | null,
  scheduler: PyObject | null,
];

/** CPython: Modules/posixmodule.c:py_posix_spawn */
function py_posix_spawn(fname: string, ...given: SpawnArguments): PyObject {
  const [path, argv, env, file_actions, setpgroup, resetids, setsid, setsigmask, setsigdef, scheduler] = given;
  const p = path_arg(fname, 'path', path);
  const opened: number[] = [];
  try {
    if (!PyTuple_Check(argv) && !PyList_Check(argv))
      PyErr_SetString(PyExc_TypeError, `${fname}: argv must be a tuple or list`);
    const args = argv_bytes(fname, argv);
    const entries = env_bytes(fname, env);
    if (setsigmask !== null && sigset(setsigmask).size > 0)
      PyErr_SetString(PyExc_NotImplementedError, `${fname}: setsigmask is not available here`);
    // Programs begin with default handlers anyway.
    if (setsigdef !== null) sigset(setsigdef);
    if (scheduler !== null && scheduler !== Py_None) check_scheduler(fname, scheduler);
    if (c_bool(resetids, false)) {
      const { process } = host();
      if (process.uid() !== process.euid() || process.gid() !== process.egid())
        PyErr_SetString(PyExc_NotImplementedError, `${fname}: resetids is not available here`);
    }
    const fds = inheritable_fds();
    if (file_actions !== null && file_actions !== Py_None) apply_file_actions(file_actions, fds, opened);
    const files = fname === 'posix_spawnp' ? search_path(p.bytes, environ_entries()) : [p.bytes];
    const request = plain_spawn(files, args, entries, fds);
    request.new_session = c_bool(setsid, false);
    if (setpgroup !== null && setpgroup !== Py_None) request.process_group = c_int(setpgroup);
    return PyLong_FromLong(spawn(request));
  } catch (e) {
    return path_error(e, p);
  } finally {
    for (const fd of opened) host().files.close(fd);
    p.free();
  }
}

/** posix_spawn or posix_spawnp, as the method table has it. */
function spawner(name: 'posix_spawn' | 'posix_spawnp'): MethodSpec {
  return {
    name,
    flags: METH_CLINIC,
    meth: (_m: PyObject, ...given: SpawnArguments) => py_posix_spawn(name, ...given),
    sig: [
      '($module, path, argv, env, /, *, file_actions=(),',
      'setpgroup=None, resetids=False, setsid=False,',
      'setsigmask=(), setsigdef=(), scheduler=None)',
    ].join(`\n${' '.repeat(name.length + 1)}`),
  };
}

export const children_methods: MethodSpec[] = [
  { name: 'system', flags: METH_CLINIC, meth: system, sig: '($module, /, command)' },
  { name: 'wait', flags: METH_NOARGS, meth: wait, sig: '($module, /)' },
  { name: 'waitpid', flags: METH_CLINIC, meth: waitpid, sig: '($module, pid, options, /)' },
  { name: 'wait3', flags: METH_CLINIC, meth: wait3, sig: '($module, /, options)' },
  { name: 'wait4', flags: METH_CLINIC, meth: wait4, sig: '($module, /, pid, options)' },
  { name: 'waitid', flags: METH_CLINIC, meth: waitid, sig: '($module, idtype, id, options, /)' },
  { name: 'waitstatus_to_exitcode', flags: METH_CLINIC, meth: waitstatus_to_exitcode, sig: '($module, /, status)' },
  { name: 'WIFEXITED', flags: METH_CLINIC, meth: WIFEXITED, sig: '($module, /, status)' },
  { name: 'WIFSIGNALED', flags: METH_CLINIC, meth: WIFSIGNALED, sig: '($module, /, status)' },
  { name: 'WIFSTOPPED', flags: METH_CLINIC, meth: WIFSTOPPED, sig: '($module, /, status)' },
  { name: 'WIFCONTINUED', flags: METH_CLINIC, meth: WIFCONTINUED, sig: '($module, /, status)' },
  { name: 'WCOREDUMP', flags: METH_O, meth: WCOREDUMP, sig: '($module, status, /)' },
  { name: 'WEXITSTATUS', flags: METH_CLINIC, meth: WEXITSTATUS, sig: '($module, /, status)' },
  { name: 'WSTOPSIG', flags: METH_CLINIC, meth: WSTOPSIG, sig: '($module, /, status)' },
  { name: 'WTERMSIG', flags: METH_CLINIC, meth: WTERMSIG, sig: '($module, /, status)' },
  { name: 'kill', flags: METH_CLINIC, meth: kill, sig: '($module, pid, signal, /)' },
  { name: 'killpg', flags: METH_CLINIC, meth: killpg, sig: '($module, pgid, signal, /)' },
  { name: 'getpgid', flags: METH_CLINIC, meth: getpgid, sig: '($module, /, pid)' },
  { name: 'getpgrp', flags: METH_NOARGS, meth: getpgrp, sig: '($module, /)' },
  { name: 'getsid', flags: METH_O, meth: getsid, sig: '($module, pid, /)' },
  spawner('posix_spawn'),
  spawner('posix_spawnp'),
];
