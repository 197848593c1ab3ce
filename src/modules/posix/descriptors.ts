// descriptors.ts: files by descriptor.                                            CPython: Modules/posixmodule.c

import { PyErr_SetString } from '../../core/errors.ts';
import { O_CLOEXEC, O_NONBLOCK } from '../../core/fcntl.ts';
import { HostError } from '../../core/host.ts';
import type { PyObject } from '../../core/object.ts';
import { METH_CLINIC, METH_NOARGS, METH_O, type MethodSpec } from '../../core/spec.ts';
import { PySys_Audit } from '../../objects/audit.ts';
import { PyBool_FromLong } from '../../objects/boolobject.ts';
import { PyBytes_FromUint8Array } from '../../objects/bytesobject.ts';
import { PyExc_MemoryError, PyExc_OverflowError, raise_errno } from '../../objects/exceptions.ts';
import { PyLong_FromLong } from '../../objects/longobject.ts';
import { PyStructSequence_New } from '../../objects/structseq.ts';
import { PyTuple_FromArraySteal } from '../../objects/tupleobject.ts';
import { PyUnicode_FromString } from '../../objects/unicodeobject.ts';
import { run_steps, type Steps } from '../../vm/steps.ts';
import { type BytesView, c_bool, c_int, c_ssize, host, none, read_buffer, release, write_buffer } from '../args.ts';
import {
  after_open,
  may_wait_for_other_end,
  open_file,
  read_fd_and_return,
  read_fd_steps,
  write_fd_steps,
} from '../blocking.ts';
import { as_descriptor } from '../select/waiting.ts';
import { id_arg } from './identity.ts';
import { descriptor_path, fs_bytes, path_arg, path_at, path_error } from './path.ts';
import { stat_result, terminal_size_type } from './results.ts';

const EINVAL = 22;
const ENOTTY = 25;

/** CPython: os_open_impl */
function open(m: PyObject, path: PyObject, flags: PyObject, mode: PyObject | null, dir_fd: PyObject | null): PyObject {
  const now = (): PyObject => open_now(m, path, flags, mode, dir_fd);
  if (!may_wait_for_other_end(path) || dir_fd !== null) return now();
  const held = mode === null ? [path, flags] : [path, flags, mode];
  return after_open(open, held, fs_bytes(path), c_int(flags) | O_CLOEXEC, now);
}

function open_now(
  _m: PyObject,
  path: PyObject,
  flags: PyObject,
  mode: PyObject | null,
  dir_fd: PyObject | null,
): PyObject {
  const p = path_arg('open', 'path', path);
  try {
    const f = c_int(flags) | O_CLOEXEC;
    const m = mode === null ? 0o777 : c_int(mode);
    PySys_Audit('open', path, null, f);
    return PyLong_FromLong(open_file(path_at(p, dir_fd), f, m));
  } catch (e) {
    path_error(e, p);
  } finally {
    p.free();
  }
}

function close(_m: PyObject, fd: PyObject): PyObject {
  host().files.close(c_int(fd));
  return none();
}

function closerange(_m: PyObject, low: PyObject, high: PyObject): PyObject {
  const { files } = host();
  for (let fd = Math.max(c_int(low), 0), end = Math.min(c_int(high), 65536); fd < end; fd++) {
    try {
      files.close(fd);
    } catch (e) {
      if (!(e instanceof HostError)) throw e;
    }
  }
  return none();
}

function read(_m: PyObject, fd: PyObject, length: PyObject): PyObject {
  const n = c_ssize(length);
  const f = c_int(fd);
  if (n < 0) raise_errno(EINVAL);
  if (n > 0x7ffff000) {
    if (n > Number.MAX_SAFE_INTEGER)
      PyErr_SetString(PyExc_OverflowError, 'Python int too large to convert to C ssize_t');
    if (n > 0x7fffffff) PyErr_SetString(PyExc_MemoryError, '');
  }
  const data = new Uint8Array(n);
  return read_fd_and_return(read, f, data, got => PyBytes_FromUint8Array(got === n ? data : data.slice(0, got)));
}

function readinto(_m: PyObject, fd: PyObject, buffer: PyObject): PyObject {
  const view = write_buffer(buffer, 'readinto', 'argument 2');
  let f: number;
  try {
    f = c_int(fd);
  } catch (e) {
    release(view);
    throw e;
  }
  return run_steps(readinto, buffer, counted(view, read_fd_steps(f, view.bytes)));
}

/** The count that the steps give as an object; releases the view. */
function* counted(view: BytesView, steps: Steps<number>): Steps<PyObject> {
  try {
    return PyLong_FromLong(yield* steps);
  } finally {
    release(view);
  }
}

function write(_m: PyObject, fd: PyObject, data: PyObject): PyObject {
  const f = c_int(fd);
  const view = read_buffer(data);
  return run_steps(write, data, counted(view, write_fd_steps(f, view.bytes)));
}

function lseek(_m: PyObject, fd: PyObject, position: PyObject, whence: PyObject): PyObject {
  return PyLong_FromLong(host().files.lseek(c_int(fd), c_ssize(position), c_int(whence)));
}

function fstat(_m: PyObject, fd: PyObject): PyObject {
  return stat_result(host().files.fstat(c_int(fd)));
}

function ftruncate(_m: PyObject, fd: PyObject, length: PyObject): PyObject {
  host().files.ftruncate(c_int(fd), c_ssize(length));
  return none();
}

function fsync(_m: PyObject, fd: PyObject): PyObject {
  host().files.fsync(as_descriptor(fd));
  return none();
}

function fchdir(_m: PyObject, fd: PyObject): PyObject {
  host().process.chdir(descriptor_path(as_descriptor(fd), 'fd'));
  return none();
}

function fchown(_m: PyObject, fd: PyObject, uid: PyObject, gid: PyObject): PyObject {
  host().files.chown(descriptor_path(c_int(fd), 'fd'), id_arg('uid', uid), id_arg('gid', gid), true);
  return none();
}

function fchmod(_m: PyObject, fd: PyObject, mode: PyObject): PyObject {
  host().files.fchmod(c_int(fd), c_int(mode));
  return none();
}

function isatty(_m: PyObject, fd: PyObject): PyObject {
  const f = c_int(fd);
  try {
    return PyBool_FromLong(host().files.isatty(f));
  } catch (e) {
    if (!(e instanceof HostError)) throw e;
    return PyBool_FromLong(false);
  }
}

function dup(_m: PyObject, fd: PyObject): PyObject {
  return PyLong_FromLong(host().files.dup(c_int(fd)));
}

function dup2(_m: PyObject, fd: PyObject, fd2: PyObject, inheritable: PyObject | null): PyObject {
  const { files } = host();
  const made = files.dup2(c_int(fd), c_int(fd2));
  files.set_inheritable?.(made, c_bool(inheritable, true));
  return PyLong_FromLong(made);
}

function pipe2(_m: PyObject, flags: PyObject): PyObject {
  const bits = c_int(flags);
  if ((bits & ~(O_CLOEXEC | O_NONBLOCK)) !== 0) raise_errno(EINVAL);
  const { files } = host();
  const ends = files.pipe();
  for (const fd of ends) {
    files.set_inheritable?.(fd, (bits & O_CLOEXEC) === 0);
    if ((bits & O_NONBLOCK) !== 0) files.set_blocking?.(fd, false);
  }
  return PyTuple_FromArraySteal(ends.map(PyLong_FromLong));
}

function pipe(): PyObject {
  const [r, w] = host().files.pipe();
  return PyTuple_FromArraySteal([PyLong_FromLong(r), PyLong_FromLong(w)]);
}

function get_inheritable(_m: PyObject, fd: PyObject): PyObject {
  const f = c_int(fd);
  const { files } = host();
  files.fstat(f);
  return PyBool_FromLong(files.inheritable?.(f) ?? f < 3);
}

function set_inheritable(_m: PyObject, fd: PyObject, value: PyObject): PyObject {
  const f = c_int(fd);
  const { files } = host();
  files.fstat(f);
  files.set_inheritable?.(f, c_int(value) !== 0);
  return none();
}

function get_blocking(_m: PyObject, fd: PyObject): PyObject {
  const f = c_int(fd);
  const { files } = host();
  files.fstat(f);
  return PyBool_FromLong(files.blocking?.(f) ?? true);
}

function set_blocking(_m: PyObject, fd: PyObject, blocking: PyObject): PyObject {
  const f = c_int(fd);
  const { files } = host();
  files.fstat(f);
  files.set_blocking?.(f, c_bool(blocking, true));
  return none();
}

function device_encoding(_m: PyObject, fd: PyObject): PyObject {
  const f = c_int(fd);
  try {
    if (host().files.isatty(f)) return PyUnicode_FromString('utf-8');
  } catch (e) {
    if (!(e instanceof HostError)) throw e;
  }
  return none();
}

/** CPython: Modules/posixmodule.c:get_terminal_size */
function get_terminal_size(_m: PyObject, fd: PyObject | null): PyObject {
  const f = fd === null ? 1 : c_int(fd);
  const h = host();
  h.files.fstat(f);
  let size = h.terminal_size?.(f) ?? null;
  if (size === null && h.terminals !== undefined && h.files.isatty(f)) {
    const [rows, columns] = h.terminals.get_size(f);
    size = [columns, rows];
  }
  if (size === null) raise_errno(ENOTTY);
  return PyStructSequence_New(terminal_size_type(), [PyLong_FromLong(size[0]), PyLong_FromLong(size[1])]);
}

export const descriptor_methods: MethodSpec[] = [
  { name: 'open', flags: METH_CLINIC, meth: open, sig: '($module, /, path, flags, mode=511, *, dir_fd=None)' },
  { name: 'close', flags: METH_CLINIC, meth: close, sig: '($module, /, fd)' },
  { name: 'closerange', flags: METH_CLINIC, meth: closerange, sig: '($module, fd_low, fd_high, /)' },
  { name: 'read', flags: METH_CLINIC, meth: read, sig: '($module, fd, length, /)' },
  { name: 'readinto', flags: METH_CLINIC, meth: readinto, sig: '($module, fd, buffer, /)' },
  { name: 'write', flags: METH_CLINIC, meth: write, sig: '($module, fd, data, /)' },
  { name: 'lseek', flags: METH_CLINIC, meth: lseek, sig: '($module, fd, position, whence, /)' },
  { name: 'fstat', flags: METH_CLINIC, meth: fstat, sig: '($module, /, fd)' },
  { name: 'ftruncate', flags: METH_CLINIC, meth: ftruncate, sig: '($module, fd, length, /)' },
  { name: 'fsync', flags: METH_CLINIC, meth: fsync, sig: '($module, /, fd)' },
  { name: 'fdatasync', flags: METH_CLINIC, meth: fsync, sig: '($module, /, fd)' },
  { name: 'fchdir', flags: METH_CLINIC, meth: fchdir, sig: '($module, /, fd)' },
  { name: 'fchown', flags: METH_CLINIC, meth: fchown, sig: '($module, /, fd, uid, gid)' },
  { name: 'fchmod', flags: METH_CLINIC, meth: fchmod, sig: '($module, /, fd, mode)' },
  { name: 'isatty', flags: METH_O, meth: isatty, sig: '($module, fd, /)' },
  { name: 'dup', flags: METH_O, meth: dup, sig: '($module, fd, /)' },
  { name: 'dup2', flags: METH_CLINIC, meth: dup2, sig: '($module, /, fd, fd2, inheritable=True)' },
  { name: 'pipe', flags: METH_NOARGS, meth: pipe, sig: '($module, /)' },
  { name: 'pipe2', flags: METH_O, meth: pipe2, sig: '($module, flags, /)' },
  { name: 'get_inheritable', flags: METH_O, meth: get_inheritable, sig: '($module, fd, /)' },
  { name: 'set_inheritable', flags: METH_CLINIC, meth: set_inheritable, sig: '($module, fd, inheritable, /)' },
  { name: 'get_blocking', flags: METH_O, meth: get_blocking, sig: '($module, fd, /)' },
  { name: 'set_blocking', flags: METH_CLINIC, meth: set_blocking, sig: '($module, fd, blocking, /)' },
  { name: 'device_encoding', flags: METH_CLINIC, meth: device_encoding, sig: '($module, /, fd)' },
  { name: 'get_terminal_size', flags: METH_CLINIC, meth: get_terminal_size, sig: '($module, fd=<unrepresentable>, /)' },
];
