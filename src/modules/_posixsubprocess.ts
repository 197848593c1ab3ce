// _posixsubprocess.ts: what subprocess.py starts programs with.                        CPython: Modules/_posixsubprocess.c
//
// CPython forks, and the child reports through a pipe what kept it from becoming the program. Here the host starts the
// program; when it cannot, the same report is written to the same pipe, and the number of a process that never was is
// returned: waiting for it raises ChildProcessError, which subprocess.py expects.

import { as_raised, PyErr_Clear, PyErr_SetString } from '../core/errors.ts';
import { HostError } from '../core/host.ts';
import { decref, type PyObject } from '../core/object.ts';
import { METH_CLINIC, type ModuleSpec } from '../core/spec.ts';
import { current, is_main_interpreter } from '../core/tstate.ts';
import { PySequence_Fast, PySequence_Fast_ITEMS } from '../objects/abstract.ts';
import { PySys_Audit } from '../objects/audit.ts';
import { PyTuple_Check } from '../objects/checks.ts';
import {
  PyExc_PythonFinalizationError,
  PyExc_RuntimeError,
  PyExc_TypeError,
  PyExc_ValueError,
} from '../objects/exceptions.ts';
import { PyLong_FromLong } from '../objects/longobject.ts';
import { Py_None, PyObject_IsTrue } from '../objects/object.ts';
import { c_int, host } from './args.ts';
import { environ_entries, inheritable_fds, plain_spawn, program_bytes, set_fd, spawn } from './posix/children.ts';

/** Linux gives no process a number above this. */
const PID_MAX = 4194304;
const ENOSYS = 38;
const EBADF = 9;

function byte_strings(o: PyObject, what: string): Uint8Array[] {
  const seq = PySequence_Fast(o, what);
  try {
    return PySequence_Fast_ITEMS(seq).map(program_bytes);
  } finally {
    decref(seq);
  }
}

/** A user or group number, or -1 for None. */
function id_arg(o: PyObject): number {
  return o === Py_None ? -1 : c_int(o);
}

/** Descriptors to pass, which must ascend. CPython: Modules/_posixsubprocess.c:_sanity_check_python_fd_sequence */
function pass_fds_arg(o: PyObject): number[] {
  const out: number[] = [];
  if (!PyTuple_Check(o)) PyErr_SetString(PyExc_TypeError, 'fork_exec() argument 4 must be tuple');
  for (const item of o.v as PyObject[]) {
    let fd = -1;
    try {
      fd = c_int(item);
    } catch (e) {
      PyErr_Clear(as_raised(e));
    }
    if (fd < 0 || (out.length > 0 && fd <= out[out.length - 1]!))
      PyErr_SetString(PyExc_ValueError, 'bad value(s) in fds_to_keep');
    out.push(fd);
  }
  return out;
}

/** CPython: Modules/_posixsubprocess.c:subprocess_fork_exec_impl */
function fork_exec(
  _m: PyObject,
  args: PyObject,
  executable_list: PyObject,
  close_fds: PyObject,
  pass_fds: PyObject,
  cwd: PyObject,
  env: PyObject,
  p2cread: PyObject,
  _p2cwrite: PyObject,
  c2pread: PyObject,
  c2pwrite: PyObject,
  _errread: PyObject,
  errwrite: PyObject,
  _errpipe_read: PyObject,
  errpipe_write: PyObject,
  restore_signals: PyObject,
  call_setsid: PyObject,
  pgid_to_set: PyObject,
  gid: PyObject,
  extra_groups: PyObject,
  uid: PyObject,
  child_umask: PyObject,
  preexec_fn: PyObject,
): PyObject {
  c_int(c2pread);
  const closes = PyObject_IsTrue(close_fds);
  const report_to = c_int(errpipe_write);
  if (closes && report_to < 3) PyErr_SetString(PyExc_ValueError, 'errpipe_write must be >= 3');
  // The pipe for reports is in the list for the child, not for the program.
  const kept = pass_fds_arg(pass_fds).filter(fd => fd !== report_to);
  if (preexec_fn !== Py_None && current.tstate.interp.finalizing)
    PyErr_SetString(PyExc_PythonFinalizationError, 'preexec_fn not supported at interpreter shutdown');
  if (preexec_fn !== Py_None && !is_main_interpreter())
    PyErr_SetString(PyExc_RuntimeError, 'preexec_fn not supported within subinterpreters');
  if (preexec_fn !== Py_None)
    PyErr_SetString(PyExc_RuntimeError, 'preexec_fn is not supported: there is no fork() on this platform');
  const argv = byte_strings(args, 'argv must be a tuple');
  const files = byte_strings(executable_list, 'executable_list must be a sequence');
  const entries = env === Py_None ? environ_entries() : byte_strings(env, 'env must be a sequence');

  PySys_Audit('_posixsubprocess.fork_exec', executable_list, args, env);
  const fds = inheritable_fds();
  if (closes) {
    fds.length = 3;
    for (const fd of kept) set_fd(fds, fd, fd);
  }
  for (const [n, fd] of [p2cread, c2pwrite, errwrite].entries()) if (c_int(fd) !== -1) fds[n] = c_int(fd);
  const request = plain_spawn(files, argv, entries, fds);
  if (cwd !== Py_None) request.cwd = program_bytes(cwd);
  request.new_session = PyObject_IsTrue(call_setsid);
  request.process_group = c_int(pgid_to_set);
  request.uid = id_arg(uid);
  request.gid = id_arg(gid);
  request.umask = c_int(child_umask);
  request.restore_signals = PyObject_IsTrue(restore_signals);
  try {
    for (const fd of kept) if (!is_open(fd)) throw new HostError(EBADF, '');
    if (extra_groups !== Py_None) throw new HostError(ENOSYS, '');
    return PyLong_FromLong(spawn(request));
  } catch (e) {
    if (!(e instanceof HostError)) throw e;
    // 'exec': the file's fault; 'chdir': the folder's; else: a step in between.
    const step = e.message === 'exec' ? '' : e.message === 'chdir' ? 'noexec:chdir' : 'noexec';
    const report = `OSError:${e.errno.toString(16).toUpperCase()}:${step}`;
    host().files.write(report_to, new TextEncoder().encode(report));
    return PyLong_FromLong(PID_MAX + 1);
  }
}

function is_open(fd: number): boolean {
  try {
    host().files.fstat(fd);
    return true;
  } catch {
    return false;
  }
}

export const module: ModuleSpec = {
  name: '_posixsubprocess',
  doc: 'Starts child processes.',
  methods: [
    {
      name: 'fork_exec',
      flags: METH_CLINIC,
      meth: fork_exec,
      sig: '($module, args, executable_list, close_fds, pass_fds, cwd,\n          env, p2cread, p2cwrite, c2pread, c2pwrite, errread, errwrite,\n          errpipe_read, errpipe_write, restore_signals, call_setsid,\n          pgid_to_set, gid, extra_groups, uid, child_umask, preexec_fn,\n          /)',
    },
  ],
};
