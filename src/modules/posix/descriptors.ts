// descriptors.ts: files by descriptor.                                            CPython: Modules/posixmodule.c

import { PyErr_SetString } from '../../core/errors.ts';
import { O_CLOEXEC, O_NONBLOCK, S_IFDIR, S_IFMT, S_IFREG } from '../../core/fcntl.ts';
import { HostError } from '../../core/host.ts';
import { decref, type PyObject } from '../../core/object.ts';
import { METH_CLINIC, METH_NOARGS, METH_O, type MethodSpec } from '../../core/spec.ts';
import { PySequence_Fast, PySequence_Fast_ITEMS } from '../../objects/abstract.ts';
import { PySys_Audit } from '../../objects/audit.ts';
import { PyBool_FromLong } from '../../objects/boolobject.ts';
import { PyBytes_FromUint8Array } from '../../objects/bytesobject.ts';
import { PyExc_MemoryError, PyExc_OverflowError, PyExc_ValueError, raise_errno } from '../../objects/exceptions.ts';
import { PyLong_AsLong, PyLong_FromLong } from '../../objects/longobject.ts';
import { Py_None } from '../../objects/object.ts';
import { PyStructSequence_New } from '../../objects/structseq.ts';
import { PyTuple_FromArraySteal } from '../../objects/tupleobject.ts';
import { PyUnicode_FromString } from '../../objects/unicodeobject.ts';
import { run_steps, type Steps } from '../../vm/steps.ts';
import { type BytesView, c_bool, c_int, c_ssize, host, none, read_buffer, release, write_buffer } from '../args.ts';
import { read_fd, read_fd_and_return, read_fd_steps, write_fd, write_fd_steps } from '../blocking.ts';
import { as_descriptor } from '../select/waiting.ts';
import { id_arg } from './identity.ts';
import { descriptor_path, path_arg, path_at, path_error } from './path.ts';
import { stat_result, terminal_size_type } from './results.ts';

const EISDIR = 21;
const EINVAL = 22;
const ESPIPE = 29;
/** Bytes that one sendfile() or copy_file_range() reads at most. */
const LONGEST_COPY = 1 << 18;
const ENOTTY = 25;
const EOVERFLOW = 75;

function open(_m: PyObject, path: PyObject, flags: PyObject, mode: PyObject | null, dir_fd: PyObject | null): PyObject {
  const p = path_arg('open', 'path', path);
  try {
    const f = c_int(flags) | O_CLOEXEC;
    const m = mode === null ? 0o777 : c_int(mode);
    PySys_Audit('open', path, null, f);
    return PyLong_FromLong(host().files.open(path_at(p, dir_fd), f, m));
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

/** Runs with the position moved, and puts it back. */
export function at_position<T>(fd: number, offset: number, f: () => T): T {
  const { files } = host();
  if (offset < 0) raise_errno(EINVAL);
  const before = files.lseek(fd, 0, 1);
  files.lseek(fd, offset, 0);
  try {
    return f();
  } finally {
    files.lseek(fd, before, 0);
  }
}

function pread(_m: PyObject, fd: PyObject, length: PyObject, offset: PyObject): PyObject {
  const f = c_int(fd);
  const n = c_ssize(length);
  if (n < 0) raise_errno(EINVAL);
  const data = new Uint8Array(n);
  const got = at_position(f, c_ssize(offset), () => read_fd(f, data));
  return PyBytes_FromUint8Array(data.slice(0, got));
}

function pwrite(_m: PyObject, fd: PyObject, buffer: PyObject, offset: PyObject): PyObject {
  const f = c_int(fd);
  const view = read_buffer(buffer);
  try {
    return PyLong_FromLong(at_position(f, c_ssize(offset), () => write_fd(f, view.bytes)));
  } finally {
    release(view);
  }
}

/** CPython: os_sendfile_impl. Like Linux, it may send less than was asked for. */
function sendfile(module: PyObject, out_fd: PyObject, in_fd: PyObject, offset: PyObject, count: PyObject): PyObject {
  const { files } = host();
  const out = c_int(out_fd);
  const source = c_int(in_fd);
  const moves = offset === Py_None;
  const start = moves ? 0 : PyLong_AsLong(offset);
  const n = c_ssize(count);
  if (n < 0 || start < 0) raise_errno(EINVAL);
  files.fstat(out);
  if ((files.fstat(source).mode & S_IFMT) !== S_IFREG) raise_errno(moves ? EINVAL : ESPIPE);
  const from = moves ? files.lseek(source, 0, 1) : start;
  const data = new Uint8Array(Math.min(n, LONGEST_COPY));
  const got = at_position(source, from, () => files.read(source, data));
  return run_steps(sendfile, module, sent(source, moves ? from : null, write_fd_steps(out, data.subarray(0, got))));
}

/** The count that was written; moves the file's position past it unless `from` is null. */
function* sent(source: number, from: number | null, steps: Steps<number>): Steps<PyObject> {
  const n = yield* steps;
  if (from !== null) host().files.lseek(source, from + n, 0);
  return PyLong_FromLong(n);
}

function optional_offset(o: PyObject | null): number | null {
  return o === null || o === Py_None ? null : PyLong_AsLong(o);
}

/** CPython: os_copy_file_range_impl. Like Linux, it may copy less than was asked for. */
function copy_file_range(
  _m: PyObject,
  src: PyObject,
  dst: PyObject,
  count: PyObject,
  offset_src: PyObject | null,
  offset_dst: PyObject | null,
): PyObject {
  const { files } = host();
  const from = c_int(src);
  const to = c_int(dst);
  const n = c_ssize(count);
  if (n < 0) PyErr_SetString(PyExc_ValueError, "negative value for 'count' not allowed");
  const given_from = optional_offset(offset_src);
  const given_to = optional_offset(offset_dst);
  const source = files.fstat(from);
  const target = files.fstat(to);
  const types = [source.mode & S_IFMT, target.mode & S_IFMT];
  if (types.includes(S_IFDIR)) raise_errno(EISDIR);
  if (types.some(type => type !== S_IFREG)) raise_errno(EINVAL);
  // For what they say of the descriptors' access.
  files.read(from, new Uint8Array(0));
  files.write(to, new Uint8Array(0));
  if ((given_from ?? 0) < 0 || (given_to ?? 0) < 0) raise_errno(EOVERFLOW);
  const start = given_from ?? files.lseek(from, 0, 1);
  const place = given_to ?? files.lseek(to, 0, 1);
  const length = Math.max(0, Math.min(n, source.size - start));
  const same = source.ino === target.ino && source.dev === target.dev;
  if (same && place + length > start && place < start + length) raise_errno(EINVAL);
  const data = new Uint8Array(Math.min(length, LONGEST_COPY));
  const got = data.subarray(
    0,
    at_position(from, start, () => files.read(from, data)),
  );
  const put = given_to === null ? files.write(to, got) : at_position(to, given_to, () => files.write(to, got));
  if (given_from === null) files.lseek(from, start + put, 0);
  return PyLong_FromLong(put);
}

function readv(_m: PyObject, fd: PyObject, buffers: PyObject): PyObject {
  const f = c_int(fd);
  const seq = PySequence_Fast(buffers, 'readv() arg 2 must be a sequence');
  let total = 0;
  try {
    for (const item of PySequence_Fast_ITEMS(seq)) {
      const view = write_buffer(item, 'readv');
      try {
        const n = read_fd(f, view.bytes);
        total += n;
        if (n < view.bytes.length) break;
      } finally {
        release(view);
      }
    }
  } finally {
    decref(seq);
  }
  return PyLong_FromLong(total);
}

function writev(_m: PyObject, fd: PyObject, buffers: PyObject): PyObject {
  const f = c_int(fd);
  const seq = PySequence_Fast(buffers, 'writev() arg 2 must be a sequence');
  let total = 0;
  try {
    for (const item of PySequence_Fast_ITEMS(seq)) {
      const view = read_buffer(item);
      try {
        const n = write_fd(f, view.bytes);
        total += n;
        if (n < view.bytes.length) break;
      } finally {
        release(view);
      }
    }
  } finally {
    decref(seq);
  }
  return PyLong_FromLong(total);
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
  const size = h.terminal_size?.(f) ?? null;
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
  { name: 'pread', flags: METH_CLINIC, meth: pread, sig: '($module, fd, length, offset, /)' },
  { name: 'pwrite', flags: METH_CLINIC, meth: pwrite, sig: '($module, fd, buffer, offset, /)' },
  { name: 'sendfile', flags: METH_CLINIC, meth: sendfile, sig: '($module, /, out_fd, in_fd, offset, count)' },
  {
    name: 'copy_file_range',
    flags: METH_CLINIC,
    meth: copy_file_range,
    sig: '($module, /, src, dst, count, offset_src=None,\n                offset_dst=None)',
  },
  { name: 'readv', flags: METH_CLINIC, meth: readv, sig: '($module, fd, buffers, /)' },
  { name: 'writev', flags: METH_CLINIC, meth: writev, sig: '($module, fd, buffers, /)' },
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
